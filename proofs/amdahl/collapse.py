"""The collapse: x = 0 is the unique minimiser of T exactly from the threshold on.

*Results*: ``collapse`` (its parts: :func:`enough`, :func:`needed`, :func:`thresholds`, and the
edges :func:`equal_ratio`, :func:`equal_ratio_bounded`, :func:`all_scalable`,
:func:`none_scalable`).

*How it is done*: by ``amdahl-identity`` T - 1 has the sign of x (1 - R(1-s) + (R-1)x). From the
threshold on that is positive; below it, it is negative at half the break-even allocation, or for
s < 0, where that need not be in (0,1), at 1/2.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from proofs.amdahl.objective import break_even, critical_ratio, identity, threshold, time
from proofs.amdahl.real import (
    nonzero,
    product,
    product_nonnegative,
    product_nonzero,
    quotient,
    quotient_at,
    reals,
    reciprocal_decreasing,
    sign_of_factor,
)
from proofs.kernel.rules import Fact, Goal, Theorem, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, equal, iff, implies

HALF = Fraction(1, 2)


@once
def at_zero() -> Theorem:
    """T is 1 without specialised hardware."""
    t = time()
    R, s = reals("Rs")
    return prove(
        "time-at-zero",
        forall(R, s, then=equal(t.function(R, s, 0), 1)),
        lambda goal: [
            t(R, s, 0),
            quotient().at(a=1 - s, b=1 + (R - 1) * zero()),
            quotient().at(a=s, b=1 - zero()),
        ],
        opaque=True,
    )


def zero() -> Term:
    """0 as a real number."""
    from proofs.kernel.terms import REAL, as_term

    return as_term(0, REAL)


def numerator(R: Term, s: Term, x: Term) -> Term:
    """What T - 1 has the sign of."""
    return x * (1 - R * (1 - s) + (R - 1) * x)


@once
def denominators() -> Theorem:
    """Both denominators of T are positive on [0,1)."""
    R, x = reals("Rx")
    return prove(
        "denominators-positive",
        forall(
            R, x,
            given={"ratio": R > 0, "from": x >= 0, "to": x < 1},
            then=both(1 + (R - 1) * x > 0, 1 - x > 0, (1 + (R - 1) * x) * (1 - x) > 0),
        ),
        lambda goal: [product_nonnegative().at(a=R, b=x), product(1 + (R - 1) * x, 1 - x)],
    )


@once
def sign() -> Theorem:
    """T - 1 has the sign of the numerator of the identity."""
    t = time()
    R, s, x = reals("Rsx")
    top, bottom = numerator(R, s, x), (1 + (R - 1) * x) * (1 - x)
    value = t.function(R, s, x)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in ("ratio", "from", "to")]
        positive = goal.have(
            both(1 + (R - 1) * x > 0, 1 - x > 0, bottom > 0), *given, denominators().at(R=R, x=x)
        )
        known = goal.have(
            equal(value - 1, top / bottom), positive, identity().at(R=R, s=s, x=x), opaque=True
        )
        yield goal.have(
            both(iff(value > 1, top > 0), iff(equal(value, 1), equal(top, 0))),
            positive, known, quotient_at(top / bottom),
            sign_of_factor().at(d=top / bottom, e=bottom), opaque=True,
        )

    return prove(
        "amdahl-sign",
        forall(
            R, s, x,
            given={"ratio": R > 0, "from": x >= 0, "to": x < 1},
            then=both(iff(value > 1, top > 0), iff(equal(value, 1), equal(top, 0))),
        ),
        premises,
        opaque=True,
    )


@once
def below_threshold() -> Theorem:
    """s < S_c says the same as R(1-s) > 1."""
    R, s = reals("Rs")
    return prove(
        "threshold-cleared",
        forall(
            R, s,
            given={"ratio": R > 0},
            then=iff(s < threshold().function(R), R * (1 - s) > 1),
        ),
        lambda goal: [
            threshold()(R),
            quotient().at(a=1, b=R),
            sign_of_factor().at(d=1 - 1 / R - s, e=R),
        ],
        opaque=True,
    )


def better(R: Term, s: Term, x: Term) -> Term:
    """x = 0 takes less time than x."""
    t = time().function
    return t(R, s, x) > t(R, s, 0)


@once
def enough() -> Theorem:
    """From the threshold on, x = 0 is the unique minimiser."""
    R, s, x = reals("Rsx")
    return prove(
        "collapse.if",
        forall(
            R, s, x,
            given={
                "ratio": R > 1,
                "threshold": s >= threshold().function(R),
                "from": x > 0,
                "to": x < 1,
            },
            then=better(R, s, x),
        ),
        lambda goal: [
            sign().at(R=R, s=s, x=x),
            at_zero().at(R=R, s=s),
            below_threshold().at(R=R, s=s),
            product(R - 1, x),
            product(x, 1 - R * (1 - s) + (R - 1) * x),
        ],
        opaque=True,
    )


@once
def half_way() -> Theorem:
    """Below the threshold, half the break-even allocation takes less time than none."""
    R, s = reals("Rs")
    even = break_even()
    b = even.function(R, s)
    half = b / 2
    t = time().function

    def premises(goal: Goal) -> Iterable[Fact]:
        ratio, some, below = (goal.hypothesis(h) for h in ("ratio", "scalable", "threshold"))
        gain = goal.have(
            R * (1 - s) > 1, ratio, below, below_threshold().at(R=R, s=s), opaque=True
        )
        cleared = goal.have(
            equal(b * (R - 1), R * (1 - s) - 1),
            ratio, even(R, s), quotient().at(a=R * (1 - s) - 1, b=R - 1), opaque=True,
        )
        positive = goal.have(
            b > 0, ratio, gain, cleared, sign_of_factor().at(d=b, e=R - 1), opaque=True
        )
        less = goal.have(
            b <= 1, ratio, some, cleared,
            product_nonnegative().at(a=R, b=s), sign_of_factor().at(d=1 - b, e=R - 1), opaque=True,
        )
        inside = goal.have(
            both(half > 0, half < 1, equal(half * 2, b)),
            positive, less, quotient_at(half), opaque=True,
        )
        # With b for R(1-s) - 1 the numerator at b/2 is -(R-1) (b/2)^2.
        negative = goal.have(
            numerator(R, s, half) < 0, ratio, cleared, inside,
            product(half, half), product(R - 1, half * half), opaque=True,
        )
        yield inside
        yield goal.have(
            t(R, s, half) < t(R, s, 0), ratio, inside, negative,
            sign().at(R=R, s=s, x=half), at_zero().at(R=R, s=s), opaque=True,
        )

    return prove(
        "collapse.below",
        forall(
            R, s,
            given={"ratio": R > 1, "scalable": s >= 0, "threshold": s < threshold().function(R)},
            then=both(half > 0, half < 1, t(R, s, half) < t(R, s, 0)),
        ),
        premises,
        opaque=True,
    )


@once
def negative() -> Theorem:
    """For s < 0, half of the budget takes less time than none."""
    R, s = reals("Rs")
    t = time().function
    return prove(
        "collapse.negative",
        forall(R, s, given={"ratio": R > 1, "negative": s < 0}, then=t(R, s, HALF) < t(R, s, 0)),
        lambda goal: [
            sign().at(R=R, s=s, x=HALF), at_zero().at(R=R, s=s), product(R, -s),
        ],
        opaque=True,
    )


@once
def needed() -> Theorem:
    """If x = 0 is the unique minimiser, s is at or above the threshold."""
    R, s, x = reals("Rsx")
    half = break_even().function(R, s) / 2
    return prove(
        "collapse.only-if",
        forall(
            R, s,
            given={
                "ratio": R > 1,
                "unique minimiser": ((x,), implies(both(x > 0, x < 1), better(R, s, x))),
            },
            then=s >= threshold().function(R),
        ),
        lambda goal: [
            goal.hypothesis("unique minimiser", half),
            half_way().at(R=R, s=s),
            goal.hypothesis("unique minimiser", HALF),
            negative().at(R=R, s=s),
        ],
    )


@once
def thresholds() -> Theorem:
    """The threshold on s and the one on R say the same."""
    R, s = reals("Rs")
    critical = critical_ratio()
    return prove(
        "collapse.thresholds",
        forall(
            R, s,
            given={"ratio": R > 0, "some bounded": s < 1},
            then=iff(s >= threshold().function(R), R <= critical.function(s)),
        ),
        lambda goal: [
            below_threshold().at(R=R, s=s),
            critical(s),
            quotient().at(a=1, b=1 - s),
            sign_of_factor().at(d=1 / (1 - s) - R, e=1 - s),
        ],
        opaque=True,
    )


@once
def equal_ratio() -> Theorem:
    """Edge R = 1: with any scalable work, x = 0 is the unique minimiser."""
    s, x = reals("sx")
    return prove(
        "collapse.equal-ratio",
        forall(
            s, x,
            given={"some scalable": s > 0, "from": x > 0, "to": x < 1},
            then=better(one(), s, x),
        ),
        lambda goal: [
            sign().at(R=1, s=s, x=x), at_zero().at(R=1, s=s), product(x, s),
        ],
        opaque=True,
    )


def one() -> Term:
    """1 as a real number."""
    from proofs.kernel.terms import REAL, as_term

    return as_term(1, REAL)


@once
def equal_ratio_bounded() -> Theorem:
    """Edge R = 1, s = 0: T is 1 everywhere, so every x is a minimiser and none is unique."""
    (x,) = reals("x")
    return prove(
        "collapse.equal-ratio-bounded",
        forall(
            x,
            given={"not all": nonzero(1 - x)},
            then=equal(time().function(one(), zero(), x), 1),
        ),
        lambda goal: [
            time()(one(), zero(), x),
            quotient().at(a=1 - zero(), b=1 + (one() - 1) * x),
            quotient().at(a=0, b=1 - x),
            product_nonzero().at(a=zero() / (1 - x), b=1 - x),
        ],
        opaque=True,
    )


@once
def all_scalable() -> Theorem:
    """Edge s = 1: x = 0 is the unique minimiser, whatever R > 0 is."""
    R, x = reals("Rx")
    return prove(
        "collapse.all-scalable",
        forall(
            R, x,
            given={"ratio": R > 0, "from": x > 0, "to": x < 1},
            then=better(R, one(), x),
        ),
        lambda goal: [
            sign().at(R=R, s=1, x=x),
            at_zero().at(R=R, s=1),
            denominators().at(R=R, x=x),
            product(x, 1 + (R - 1) * x),
        ],
        opaque=True,
    )


@once
def none_scalable() -> Theorem:
    """Edge s = 0, R > 1: no minimiser on [0,1): half-way from x to 1 always takes less time."""
    R, x = reals("Rx")
    t = time()
    further = (x + 1) / 2
    u, v = 1 + (R - 1) * x, 1 + (R - 1) * further

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in ("ratio", "from", "to")]
        there = goal.have(
            both(further > x, further >= 0, further < 1), *given, quotient_at(further), opaque=True
        )
        order = goal.have(
            both(u > 0, u < v), *given, there,
            product(R - 1, further - x), product_nonnegative().at(a=R - 1, b=x), opaque=True,
        )
        yield there
        yield order
        yield reciprocal_decreasing().at(u=u, v=v)
        for z, denominator in ((x, u), (further, v)):
            yield t(R, zero(), z)
            yield goal.have(
                both(
                    equal((1 - zero()) / denominator, 1 / denominator),
                    equal(zero() / (1 - z), 0),
                ),
                *given, there, order,
                quotient().at(a=0, b=1 - z), sign_of_factor().at(d=zero() / (1 - z), e=1 - z),
            )

    return prove(
        "collapse.none-scalable",
        forall(
            R, x,
            given={"ratio": R > 1, "from": x >= 0, "to": x < 1},
            then=both(
                further >= 0, further < 1,
                t.function(R, zero(), further) < t.function(R, zero(), x),
            ),
        ),
        premises,
        opaque=True,
    )


def collapse() -> tuple[Theorem, ...]:
    """All parts of ``collapse``."""
    return (
        enough(), needed(), thresholds(),
        equal_ratio(), equal_ratio_bounded(), all_scalable(), none_scalable(),
    )
