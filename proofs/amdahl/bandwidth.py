"""Specialised hardware that shares a bandwidth: the same threshold, a smaller share.

*Definitions* accepted by the kernel: :func:`bandwidth_share`.

*Results*: ``bandwidth`` (:func:`enough`, :func:`needed`, :func:`difference`, :func:`monotone`,
:func:`shrinks`, and the parts in :mod:`proofs.amdahl.bandwidth_time` and
:mod:`proofs.amdahl.bandwidth_side`).

*How it is done*: the threshold is read off the sign of T_γ - 1. What a larger γ costs, T_γ' - T_γ,
is (1-s)R²(γ'-γ) times the product of x/N for both (:func:`difference`). And x/N increases, as
y N(x) - x N(y) = (y-x)(1+γRxy), so that the larger share loses more: of two shares, a larger γ
never makes the larger one best where it was not. No derivative is taken.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654; Topkis, 'Minimizing a submodular
function on a lattice' (1978), for increasing differences.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.amdahl import bandwidth as model
from proofs.amdahl.bandwidth_side import (
    bandwidth_side,
    crowded_side,
    ends,
    gap,
    later,
    left,
    mixture,
    none_scalable,
    over,
    quotient_positive,
    regrouped,
    right,
    side,
    total,
)
from proofs.amdahl.bandwidth_time import (
    at_zero,
    bandwidth_time,
    bounded_turned,
    crowding,
    identity,
    idle,
    numerator,
    positive,
    rated,
    sign,
    small_ratio,
    unlimited,
)
from proofs.amdahl.collapse import below_threshold
from proofs.amdahl.objective import threshold
from proofs.amdahl.real import (
    cancel,
    multiply,
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
from proofs.kernel.rules import Fact, Goal, Theorem, define, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, equal, implies

bandwidth_share = once(lambda: define(model.bandwidth_share))


@once
def enough() -> Theorem:
    """From the threshold on, x = 0 is the unique minimiser, whatever γ is."""
    R, s, g, x = reals("Rsgx")
    spare = R * (1 - s) - 1

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        limit = goal.have(
            spare <= 0, given["ratio"], given["threshold"], below_threshold().at(R=R, s=s),
            opaque=True,
        )
        gained = goal.have(
            (R - 1) * x > 0, given["ratio"], given["from"], product(R - 1, x), opaque=True
        )
        crowded = goal.have(
            g * R * x * (1 - x) >= 0, *given.values(), product_nonnegative().at(a=g, b=R),
            product_nonnegative().at(a=g * R, b=x),
            product_nonnegative().at(a=g * R * x, b=1 - x), opaque=True,
        )
        yield goal.have(
            numerator(R, s, g, x) > 0, given["from"], limit, gained, crowded,
            product(x, (R - 1) * x + g * R * x * (1 - x) - spare), opaque=True,
        )
        yield from given.values()
        yield sign().at(R=R, s=s, g=g, x=x)

    return prove(
        "bandwidth.if",
        forall(
            R, s, g, x,
            given={
                "ratio": R > 1, "bandwidth": g >= 0, "threshold": s >= threshold().function(R),
                "from": x > 0, "to": x < 1,
            },
            then=bandwidth_time().function(R, s, g, x) > 1,
        ),
        premises,
        opaque=True,
    )


@once
def needed() -> Theorem:
    """Below the threshold an explicit share takes less time than none, whatever γ is."""
    R, s, g = reals("Rsg")
    share = bandwidth_share()
    x = share.function(R, s, g)
    spare, wide = R * (1 - s) - 1, R - 1 + g * R

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        ratio, bandwidth, scalable = (given[h] for h in ("ratio", "bandwidth", "scalable"))
        limit = goal.have(
            spare > 0, ratio, given["threshold"], below_threshold().at(R=R, s=s), opaque=True
        )
        crowded = goal.have(
            g * R >= 0, ratio, bandwidth, product_nonnegative().at(a=g, b=R), opaque=True
        )
        cleared = goal.have(
            equal(x * (2 * wide), spare), ratio, crowded, share(R, s, g),
            quotient().at(a=spare, b=2 * wide), opaque=True,
        )
        # 2(R-1+γR) - d is R-1 + 2γR + Rs.
        inside = goal.have(
            both(x > 0, x < 1), ratio, scalable, limit, crowded, cleared,
            product_nonnegative().at(a=R, b=s), sign_of_factor().at(d=x, e=2 * wide),
            sign_of_factor().at(d=1 - x, e=2 * wide), opaque=True,
        )
        # The numerator is -x (d/2 + γRx²).
        lost = goal.have(
            numerator(R, s, g, x) < 0, limit, crowded, cleared, inside, product(x, x),
            product_nonnegative().at(a=g * R, b=x * x),
            product(x, spare + 2 * (g * R * (x * x))), opaque=True,
        )
        yield inside
        yield ratio
        yield bandwidth
        yield lost
        yield sign().at(R=R, s=s, g=g, x=x)

    return prove(
        "bandwidth.only-if",
        forall(
            R, s, g,
            given={
                "ratio": R > 1, "bandwidth": g >= 0, "scalable": s >= 0,
                "threshold": s < threshold().function(R),
            },
            then=both(x > 0, x < 1, bandwidth_time().function(R, s, g, x) < 1),
        ),
        premises,
        opaque=True,
    )


def cost(R: Term, s: Term, g: Term, h: Term, x: Term) -> Term:
    """(1-s)R²(γ'-γ) (x/N)(x/N'), N and N' being those of γ and γ'."""
    return (1 - s) * (R * R) * (h - g) * (x / rated(R, g, x) * (x / rated(R, h, x)))


@once
def difference() -> Theorem:
    """T_γ' - T_γ in closed form: what the larger γ costs at one share."""
    R, s, g, h, x = reals("Rsghx")
    t = bandwidth_time().function
    n, m = rated(R, g, x), rated(R, h, x)
    b, c = crowding(R, g, x), crowding(R, h, x)
    low, high = b / n, c / m
    first, second = x / n, x / m
    change = R * R * (h - g)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        times = goal.have(
            equal(t(R, s, h, x) - t(R, s, g, x), (1 - s) * (high - low)), *given.values(),
            bounded_turned().at(R=R, s=s, g=g, x=x), bounded_turned().at(R=R, s=s, g=h, x=x),
            opaque=True,
        )
        parts = goal.have(
            both(equal(low * n, b), equal(first * n, x)), given["bounded"],
            quotient_at(low), quotient_at(first), opaque=True,
        )
        others = goal.have(
            both(equal(high * m, c), equal(second * m, x)), given["bounded'"],
            quotient_at(high), quotient_at(second), opaque=True,
        )
        left = goal.have(
            equal((high - low) * (n * m), c * n - b * m), parts, others,
            multiply().at(c=high * m, d=c, e=n), multiply().at(c=low * n, d=b, e=m), opaque=True,
        )
        squared = goal.have(
            equal(first * second * (n * m), x * x), parts, others,
            multiply().at(c=first * n, d=x, e=second * m), multiply().at(c=second * m, d=x, e=x),
            opaque=True,
        )
        right = goal.have(
            equal(change * (first * second) * (n * m), c * n - b * m), squared,
            multiply().at(c=first * second * (n * m), d=x * x, e=change), opaque=True,
        )
        both_nonzero = goal.have(
            nonzero(n * m), given["bounded"], given["bounded'"], product_nonzero().at(a=n, b=m),
            opaque=True,
        )
        equal_parts = goal.have(
            equal(high - low, change * (first * second)), left, right, both_nonzero,
            cancel().at(c=high - low, d=change * (first * second), e=n * m), opaque=True,
        )
        yield goal.have(
            equal((1 - s) * (high - low), cost(R, s, g, h, x)), equal_parts,
            multiply().at(c=high - low, d=change * (first * second), e=1 - s), opaque=True,
        )
        yield times

    return prove(
        "bandwidth.difference",
        forall(
            R, s, g, h, x,
            given={
                "crowded": nonzero(b), "crowded'": nonzero(c),
                "bounded": nonzero(n), "bounded'": nonzero(m),
            },
            then=equal(t(R, s, h, x) - t(R, s, g, x), cost(R, s, g, h, x)),
        ),
        premises,
        opaque=True,
    )


@once
def rising() -> Theorem:
    """x/N rises strictly with x, as y N(x) - x N(y) = (y-x)(1+γRxy)."""
    R, g, x, y = reals("Rgxy")
    n, m = rated(R, g, x), rated(R, g, y)
    first, second = x / n, y / m
    gap = (y - x) * (1 + g * R * (x * y))

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        sized = goal.have(
            both(n > 0, m > 0), *given, positive().at(R=R, g=g, x=x),
            positive().at(R=R, g=g, x=y), opaque=True,
        )
        bottom = goal.have(n * m > 0, sized, product(n, m), opaque=True)
        parts = goal.have(
            both(equal(first * n, x), equal(second * m, y)), sized,
            quotient_at(first), quotient_at(second), opaque=True,
        )
        cleared = goal.have(
            equal((second - first) * (n * m), gap), parts,
            multiply().at(c=first * n, d=x, e=m), multiply().at(c=second * m, d=y, e=n),
            opaque=True,
        )
        wide = goal.have(
            gap > 0, *given, product_nonnegative().at(a=x, b=y),
            product_nonnegative().at(a=g, b=R), product_nonnegative().at(a=g * R, b=x * y),
            product(y - x, 1 + g * R * (x * y)), opaque=True,
        )
        yield goal.have(
            second - first > 0, cleared, bottom, wide,
            quotient_positive().at(a=second - first, e=n * m, z=gap), opaque=True,
        )
        yield goal.have(
            first >= 0, sized, parts, given[2], sign_of_factor().at(d=first, e=n), opaque=True
        )

    return prove(
        "bandwidth-part-rises",
        forall(
            R, g, x, y,
            given={"ratio": R >= 0, "bandwidth": g >= 0, "from": x >= 0, "order": x < y,
                   "to": y < 1},
            then=both(first >= 0, second > first),
        ),
        premises,
        opaque=True,
    )


@once
def costlier() -> Theorem:
    """With something gained, what the larger γ costs rises strictly with the share."""
    R, s, g, h, x, y = reals("Rsghxy")
    size = (1 - s) * (R * R) * (h - g)
    n, m = (rated(R, each, x) for each in (g, h))
    p, q = (rated(R, each, y) for each in (g, h))
    a, b, c, d = x / n, x / m, y / p, y / q

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        factor = goal.have(
            size > 0, given["ratio"], given["some bounded"], given["more"], product(R, R),
            product(1 - s, R * R), product((1 - s) * (R * R), h - g), opaque=True,
        )
        rises = goal.have(
            both(a >= 0, b >= 0, c > a, d > b), *given.values(),
            rising().at(R=R, g=g, x=x, y=y), rising().at(R=R, g=h, x=x, y=y), opaque=True,
        )
        # cd - ab = c (d-b) + b (c-a).
        larger = goal.have(
            c * d - a * b > 0, rises, product(c, d - b), product_nonnegative().at(a=b, b=c - a),
            opaque=True,
        )
        yield goal.have(
            cost(R, s, g, h, y) > cost(R, s, g, h, x), factor, larger,
            product(size, c * d - a * b), opaque=True,
        )

    return prove(
        "bandwidth-costlier",
        forall(
            R, s, g, h, x, y,
            given={
                "ratio": R > 0, "some bounded": s < 1, "bandwidth": g >= 0, "more": g < h,
                "from": x >= 0, "order": x < y, "to": y < 1,
            },
            then=cost(R, s, g, h, y) > cost(R, s, g, h, x),
        ),
        premises,
        opaque=True,
    )


@once
def scalable_rises() -> Theorem:
    """Where all work is scalable, the time rises with the share."""
    R, s, g, x, y = reals("Rsgxy")
    t = bandwidth_time().function
    whole = total(R, s, g, x, y)
    return prove(
        "bandwidth-scalable-rises",
        forall(
            R, s, g, x, y,
            given={
                "ratio": R >= 0, "all": s >= 1, "bandwidth": g >= 0, "from": x >= 0,
                "order": x < y, "to": y < 1,
            },
            then=t(R, s, g, y) > t(R, s, g, x),
        ),
        lambda goal: [
            *(goal.hypothesis(h.label) for h in goal.statement.hypotheses),
            goal.have(
                (y - x) * whole > 0,
                *(goal.hypothesis(h.label) for h in goal.statement.hypotheses),
                over().at(R=R, s=s, g=g, x=x, y=y), product(y - x, whole), opaque=True,
            ),
            later().at(R=R, s=s, g=g, x=x, y=y),
        ],
        opaque=True,
    )


@once
def monotone() -> Theorem:
    """A larger γ never has a larger minimiser: that each is no worse than the other is enough."""
    R, s, g, h, x, y = reals("Rsghxy")
    t = bandwidth_time().function
    right_of = y > x

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        general_ = [given[label] for label in ("ratio", "bandwidth", "more")]
        places = goal.have(
            implies(right_of, both(x >= 0, x < 1, y >= 0, y < 1)), given["from"], given["to"],
            opaque=True,
        )
        for point in (x, y):
            sized = goal.have(
                implies(right_of, both(
                    crowding(R, g, point) > 0, rated(R, g, point) > 0,
                    crowding(R, h, point) > 0, rated(R, h, point) > 0,
                )),
                *general_, places, positive().at(R=R, g=g, x=point),
                positive().at(R=R, g=h, x=point), opaque=True,
            )
            yield goal.have(
                implies(
                    right_of,
                    equal(t(R, s, h, point) - t(R, s, g, point), cost(R, s, g, h, point)),
                ),
                sized, places, difference().at(R=R, s=s, g=g, h=h, x=point), opaque=True,
            )
            yield goal.have(
                implies(
                    both(right_of, equal(R, 0)), equal(t(R, s, g, point), 1 / (1 - point))
                ),
                *general_, places, idle().at(R=R, s=s, g=g, x=point), opaque=True,
            )
        yield goal.have(
            implies(both(right_of, s >= 1), t(R, s, h, y) > t(R, s, h, x)), *general_, places,
            scalable_rises().at(R=R, s=s, g=h, x=x, y=y), opaque=True,
        )
        yield costlier().at(R=R, s=s, g=g, h=h, x=x, y=y)
        yield reciprocal_decreasing().at(u=1 - y, v=1 - x)
        yield from given.values()

    return prove(
        "bandwidth.monotone",
        forall(
            R, s, g, h, x, y,
            given={
                "ratio": R >= 0, "bandwidth": g >= 0, "more": g < h, "from": x >= 0, "to": y < 1,
                "best": t(R, s, g, x) <= t(R, s, g, y),
                "best with more": t(R, s, h, y) <= t(R, s, h, x),
            },
            then=y <= x,
        ),
        premises,
        opaque=True,
    )


@once
def shrinks() -> Theorem:
    """A larger γ has a strictly smaller minimiser, where that of γ is not 0.

    If the minimiser of γ is x or left of it, and that of γ' is y or right of it, y < x.
    """
    R, s, g, h, x, y = reals("Rsghxy")
    b, c = crowding(R, g, x), crowding(R, h, x)
    n, m, u = rated(R, g, x), rated(R, h, x), 1 - x
    first, second = side(R, s, g, x), side(R, s, h, x)
    last, end = side(R, s, h, y), crowding(R, h, y)
    not_left = y >= x

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        general_ = [given[label] for label in ("ratio", "scalable", "bandwidth", "more")]
        places = goal.have(
            implies(not_left, both(x > 0, x < 1, y > 0, y < 1)), given["from"], given["to"],
            opaque=True,
        )
        # Only where R > 1 and s < 1 is there such a share.
        over_one = goal.have(
            implies(both(not_left, R <= 1), end * end > R), *general_, places,
            product_nonnegative().at(a=R, b=y), product_nonnegative().at(a=h, b=R * y),
            product(R, y), product(h, R * y), product_nonnegative().at(a=end, b=end - 1),
            opaque=True,
        )
        limits = goal.have(
            implies(not_left, both(R > 1, s < 1)), *general_, places, over_one,
            given["best with more"], crowded_side().at(R=R, s=s, g=h, x=y), opaque=True,
        )
        # If y > x, x is better than y with γ, and y better than x with γ'.
        yield goal.have(
            y <= x, *general_, places, limits, given["best"], given["best with more"],
            right().at(R=R, s=s, g=g, x=x, y=y), left().at(R=R, s=s, g=h, x=y, y=x),
            monotone().at(R=R, s=s, g=g, h=h, x=x, y=y), opaque=True,
        )
        sized = goal.have(
            implies(not_left, both(b > 0, n > 0, u > 0, R > 0)), *general_, places, limits,
            positive().at(R=R, g=g, x=x), opaque=True,
        )
        more = goal.have(
            implies(not_left, both(c - b > 0, m - n > 0)), *general_, places, sized,
            product(R, x), product(h - g, R * x), product(1 - x, (h - g) * (R * x)), opaque=True,
        )
        squares = goal.have(
            implies(not_left, both(c * c - b * b > 0, m * m - n * n > 0, u * u > 0)), sized, more,
            product(c - b, c + b), product(m - n, m + n), product(u, u), opaque=True,
        )
        rise = goal.have(
            equal(second - first, s * (m * m - n * n) + (1 - s) * (c * c - b * b) * (u * u)),
            bandwidth_side()(R, s, g, x), bandwidth_side()(R, s, h, x), opaque=True,
        )
        yield goal.have(
            implies(not_left, second > first), given["scalable"], limits, squares, rise,
            mixture().at(s=s, a=m * m - n * n, e=c * c - b * b, w=u * u), opaque=True,
        )
        yield given["best"]
        yield given["best with more"]
        yield goal.have(implies(equal(y, x), equal(last, second)))

    return prove(
        "bandwidth.shrinks",
        forall(
            R, s, g, h, x, y,
            given={
                "ratio": R >= 0, "scalable": s >= 0, "bandwidth": g >= 0, "more": g < h,
                "from": x > 0, "to": y < 1, "best": first >= 0,
                "best with more": last <= 0,
            },
            then=y < x,
        ),
        premises,
        opaque=True,
    )


def bandwidth() -> tuple[Theorem, ...]:
    """All parts of ``bandwidth``."""
    return (
        identity(), at_zero(), enough(), needed(), gap(), regrouped(), left(), right(), ends(),
        difference(), monotone(), shrinks(), unlimited(), small_ratio(), idle(), none_scalable(),
    )
