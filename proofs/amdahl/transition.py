"""The collapse is a phase transition: at the threshold the best share has a kink.

*Results*: ``transition`` (its parts: :func:`minimiser`, :func:`bend`, :func:`kink`,
:func:`beyond`).

*How it is done*: with s k² = (1-s)(R-1), all is a rational function of the balance k. With
g = k+R-1 and h = R-1+k², S_c - s is (R-1)(k²-1)/(R h), and x* less R/(2(R-1)) times that is
(k-1)²(k-R+1)/(2 g h) (:func:`bend`). As |k-R+1| < g and h < R(k+1)², this is less than
R³/(2(R-1)²) (S_c - s)². No derivative is taken: the bound holds on all of (0, S_c), and that the
left derivative exists is what it says, divided by S_c - s.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from models.amdahl import transition as model
from proofs.amdahl.collapse import at_zero, below_threshold, enough, sign
from proofs.amdahl.objective import (
    balance,
    optimal_allocation,
    threshold,
    time,
)
from proofs.amdahl.optimum import attained, balanced, below, best_allocation, least
from proofs.amdahl.peak import cleared as share_cleared
from proofs.amdahl.peak import mixed
from proofs.amdahl.real import (
    multiply,
    product,
    product_nonnegative,
    quotient,
    quotient_at,
    reals,
    sign_of_factor,
)
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, equal, implies, negate

kink_slope = once(lambda: define(model.kink_slope))
kink_bound = once(lambda: define(model.kink_bound))


@once
def best_share() -> Definition:
    """x* below the threshold, 0 from it on."""
    threshold()
    balance()
    optimal_allocation()
    return define(model.best_share)


@once
def small_ratio() -> Theorem:
    """Edge R <= 1: with any scalable work, every share but 0 takes more time than none."""
    R, s, x = reals("Rsx")
    t = time().function
    return prove(
        "small-ratio-loses",
        forall(
            R, s, x,
            given={
                "ratio": R > 0, "small": R <= 1, "some scalable": s > 0, "from": x > 0, "to": x < 1
            },
            then=t(R, s, x) > t(R, s, 0),
        ),
        # The numerator of T - 1 is x ((1-R)(1-x) + R s).
        lambda goal: [
            sign().at(R=R, s=s, x=x),
            at_zero().at(R=R, s=s),
            product(R, s),
            product_nonnegative().at(a=1 - R, b=1 - x),
            product(x, (1 - R) * (1 - x) + R * s),
        ],
        opaque=True,
    )


@once
def minimiser() -> Theorem:
    """The best share is the unique minimiser of T on [0,1)."""
    R, s, x = reals("Rsx")
    t, share = time().function, best_share()
    best = share.function(R, s)
    start = threshold().function(R)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in ("ratio", "some scalable")]
        # s < 1 - 1/R, so that R > 1 + R s.
        yield goal.have(
            implies(s < start, R > 1), *given, below_threshold().at(R=R, s=s), product(R, s),
            opaque=True,
        )
        yield share(R, s)
        yield attained().at(R=R, s=s)
        yield least().at(R=R, s=s, x=x)
        yield enough().at(R=R, s=s, x=x)
        yield small_ratio().at(R=R, s=s, x=x)

    return prove(
        "transition.minimiser",
        forall(
            R, s, x,
            given={"ratio": R > 0, "some scalable": s > 0, "from": x >= 0, "to": x < 1},
            then=both(
                best >= 0, best < 1, implies(negate(equal(x, best)), t(R, s, x) > t(R, s, best))
            ),
        ),
        premises,
    )


def sizes(R: Term, k: Term) -> tuple[Term, Term]:
    """g = k+R-1 and h = R-1+k²."""
    return k + R - 1, R - 1 + k * k


@once
def distance() -> Theorem:
    """(S_c - s) R h = (R-1)(k²-1)."""
    R, s = reals("Rs")
    k, start = balance().function(R, s), threshold().function(R)
    _, h = sizes(R, k)

    def premises(goal: Goal) -> Iterable[Fact]:
        ratio, some, bounded = (goal.hypothesis(h) for h in ("ratio", *mixed(s)))
        squared = goal.have(
            equal(s * k * k, (1 - s) * (R - 1)), ratio, some, bounded,
            share_cleared().at(R=R, s=s), opaque=True,
        )
        begins = goal.have(
            equal(start * R, R - 1), ratio, threshold()(R), quotient().at(a=1, b=R), opaque=True
        )
        yield goal.have(
            equal((start - s) * R * h, (R - 1) * (k * k - 1)), squared, begins,
            multiply().at(c=s * k * k, d=(1 - s) * (R - 1), e=R),
            multiply().at(c=start * R, d=R - 1, e=h), opaque=True,
        )

    return prove(
        "threshold-distance",
        forall(
            R, s, given={"ratio": R > 1, **mixed(s)},
            then=equal((start - s) * R * h, (R - 1) * (k * k - 1)),
        ),
        premises,
        opaque=True,
    )


@once
def bend() -> Theorem:
    """How far x* is from the line with the slope of the kink, cleared of its denominators."""
    R, s = reals("Rs")
    k, start = balance().function(R, s), threshold().function(R)
    slope, best = kink_slope().function(R), best_allocation(R, s)
    g, h = sizes(R, k)
    away = best - slope * (start - s)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in ("ratio", *mixed(s))]
        ratio = given[0]
        positive = goal.have(k > 0, *given, share_cleared().at(R=R, s=s), opaque=True)
        share = goal.have(
            equal(best * g, k - 1), ratio, positive,
            optimal_allocation()(R, k), quotient().at(a=k - 1, b=k + R - 1), opaque=True,
        )
        known = goal.have(
            equal((start - s) * R * h, (R - 1) * (k * k - 1)), *given, distance().at(R=R, s=s),
            opaque=True,
        )
        tilt = goal.have(
            equal(slope * (2 * (R - 1)), R), ratio, kink_slope()(R),
            quotient().at(a=R, b=2 * (R - 1)), opaque=True,
        )
        line = goal.have(
            equal(slope * (start - s) * (2 * h) * (R - 1), (k * k - 1) * (R - 1)), known, tilt,
            multiply().at(c=slope * (2 * (R - 1)), d=R, e=(start - s) * h), opaque=True,
        )
        less = goal.have(
            equal(slope * (start - s) * (2 * h), k * k - 1), ratio, line,
            sign_of_factor().at(d=slope * (start - s) * (2 * h) - (k * k - 1), e=R - 1),
            opaque=True,
        )
        yield goal.have(
            equal(away * (2 * g * h), (k - 1) * (k - 1) * (k - R + 1)), share, less,
            multiply().at(c=best * g, d=k - 1, e=2 * h),
            multiply().at(c=slope * (start - s) * (2 * h), d=k * k - 1, e=g), opaque=True,
        )

    return prove(
        "transition.bend",
        forall(
            R, s, given={"ratio": R > 1, **mixed(s)},
            then=equal(away * (2 * g * h), (k - 1) * (k - 1) * (k - R + 1)),
        ),
        premises,
        opaque=True,
    )


@once
def kink() -> Theorem:
    """Below the threshold, x* is the line with the slope of the kink, up to a square."""
    R, s = reals("Rs")
    k, start = balance().function(R, s), threshold().function(R)
    slope, most = kink_slope().function(R), kink_bound().function(R)
    share, best = best_share(), best_allocation(R, s)
    g, h = sizes(R, k)
    w = start - s
    away, bound = best - slope * w, most * (w * w)
    wide = (k - 1) * (k - 1)
    room = R * ((k + 1) * (k + 1)) * g

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in below(R, s)]
        ratio, some, under = given
        bounded = goal.have(
            s < 1, *given, below_threshold().at(R=R, s=s), sign_of_factor().at(d=1 - s, e=R),
            opaque=True,
        )
        positive = goal.have(k > 1, *given, balanced().at(R=R, s=s), opaque=True)
        sized = goal.have(
            both(g > 0, h > 0), ratio, positive, product(k, k), opaque=True
        )
        known = goal.have(
            equal(w * R * h, (R - 1) * (k * k - 1)), ratio, some, bounded,
            distance().at(R=R, s=s), opaque=True,
        )
        bends = goal.have(
            equal(away * (2 * g * h), wide * (k - R + 1)), ratio, some, bounded,
            bend().at(R=R, s=s), opaque=True,
        )
        limit = goal.have(
            equal(most * (2 * ((R - 1) * (R - 1))), R * R * R), ratio, kink_bound()(R),
            product(R - 1, R - 1),
            quotient().at(a=R * R * R, b=2 * ((R - 1) * (R - 1))), opaque=True,
        )
        # Twice the bound times h² is R (k²-1)².
        cubed = goal.have(
            equal(bound * (2 * h * h) * ((R - 1) * (R - 1)), R * R * R * (w * w * h * h)),
            limit, multiply().at(c=most * (2 * ((R - 1) * (R - 1))), d=R * R * R, e=w * w * h * h),
            opaque=True,
        )
        left, right = w * R * h, (R - 1) * (k * k - 1)
        squares = goal.have(
            equal(left * left, right * right), known,
            multiply().at(c=left, d=right, e=left), multiply().at(c=left, d=right, e=right),
            opaque=True,
        )
        scaled = goal.have(
            equal(bound * (2 * h * h) * ((R - 1) * (R - 1)), R * (right * right)), cubed,
            multiply().at(c=left * left, d=right * right, e=R), squares, opaque=True,
        )
        square_of = goal.have(
            equal(bound * (2 * h * h), R * ((k * k - 1) * (k * k - 1))), ratio, scaled,
            product(R - 1, R - 1),
            sign_of_factor().at(
                d=bound * (2 * h * h) - R * ((k * k - 1) * (k * k - 1)), e=(R - 1) * (R - 1)
            ),
            opaque=True,
        )
        # h < R (k+1)², and |k-R+1| < g.
        roomy = goal.have(
            both(room - h * (k - R + 1) > 0, room + h * (k - R + 1) > 0), ratio, positive, sized,
            product(R, k), product(R - 1, k * k), product(k, k),
            product(R * ((k + 1) * (k + 1)) - h, g),
            product(h, R - 1), product(h, k), opaque=True,
        )
        bottom = goal.have(
            2 * g * h * h > 0, sized, product(g, h), product(g * h, h), opaque=True
        )
        for turn, side in ((1, bound - away), (-1, bound + away)):
            total = goal.have(
                equal(side * (2 * g * h * h), wide * (room - turn * (h * (k - R + 1)))),
                bends, square_of,
                multiply().at(c=away * (2 * g * h), d=wide * (k - R + 1), e=h),
                multiply().at(
                    c=bound * (2 * h * h), d=R * ((k * k - 1) * (k * k - 1)), e=g
                ),
                opaque=True,
            )
            yield goal.have(
                side > 0, roomy, total, bottom, positive, product(k - 1, k - 1),
                product(wide, room - turn * (h * (k - R + 1))),
                sign_of_factor().at(d=side, e=2 * g * h * h), opaque=True,
            )
        yield goal.have(
            equal(share.function(R, s), best), under, share(R, s)
        )
        tilt = R / (2 * (R - 1))
        yield goal.have(
            slope > Fraction(1, 2), ratio, kink_slope()(R), quotient_at(tilt),
            sign_of_factor().at(d=tilt - Fraction(1, 2), e=2 * (R - 1)), opaque=True,
        )

    found = share.function(R, s)
    return prove(
        "transition.kink",
        forall(
            R, s, given=below(R, s),
            then=both(
                slope > Fraction(1, 2),
                found - slope * w < bound, slope * w - found < bound,
            ),
        ),
        premises,
        opaque=True,
    )


@once
def beyond() -> Theorem:
    """From the threshold on, the best share is 0."""
    R, s = reals("Rs")
    share = best_share()
    return prove(
        "transition.beyond",
        forall(
            R, s, given={"threshold": s >= threshold().function(R)},
            then=equal(share.function(R, s), 0),
        ),
        lambda goal: [share(R, s)],
    )


def transition() -> tuple[Theorem, ...]:
    """All parts of ``transition``."""
    return minimiser(), bend(), kink(), beyond()
