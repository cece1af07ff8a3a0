"""Specialised hardware that shares a bandwidth: the same threshold, a smaller share.

*Definitions* accepted by the kernel: :func:`effective_ratio`, :func:`bandwidth_time`,
:func:`bandwidth_share`.

*Results*: ``bandwidth`` (its parts: :func:`identity`, :func:`at_zero`, :func:`enough`,
:func:`needed`, :func:`difference`, :func:`monotone`, and the edges :func:`unlimited`,
:func:`small_ratio`, :func:`idle`).

*How it is done*: with B = 1+γRx and N = (1-x)B + Rx, bounded work takes (1-s)B/N (:func:`turned`).
Three identities are found on paper and checked here. Over the denominator (1-x)N, T_γ - 1 has the
numerator x ((R-1)x + γRx(1-x) - d), d = R(1-s)-1: γ is no part of the sign near 0. What a larger γ
costs, T_γ' - T_γ, is (1-s)R²(γ'-γ) times the product of x/N for both. And x/N increases, as
y N(x) - x N(y) = (y-x)(1+γRxy), so that the larger share loses more: of two shares, a larger γ
never makes the larger one best where it was not. No derivative is taken.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654; Topkis, 'Minimizing a submodular
function on a lattice' (1978), for increasing differences.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.amdahl import bandwidth as model
from proofs.amdahl.collapse import below_threshold, one, zero
from proofs.amdahl.objective import threshold, time
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
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, either, equal, iff, implies

effective_ratio = once(lambda: define(model.effective_ratio))
bandwidth_share = once(lambda: define(model.bandwidth_share))


@once
def bandwidth_time() -> Definition:
    """T_γ(x) = (1-s)/(1-x+R_eff(x)x) + s/(1-x)."""
    effective_ratio()
    return define(model.bandwidth_time)


def crowding(R: Term, g: Term, x: Term) -> Term:
    """B = 1+γRx: by how much the ratio falls."""
    return 1 + g * R * x


def rated(R: Term, g: Term, x: Term) -> Term:
    """N = (1-x)B + Rx: the rate of the bounded work, times B."""
    return (1 - x) * crowding(R, g, x) + R * x


@once
def turned() -> Theorem:
    """T_γ(x) = (1-s) B/N + s 1/(1-x)."""
    R, s, g, x = reals("Rsgx")
    t, effective = bandwidth_time(), effective_ratio()
    b, n = crowding(R, g, x), rated(R, g, x)
    e = effective.function(R, g, x)
    rate = 1 - x + e * x
    p, q = (1 - s) / rate, s / (1 - x)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        fallen = goal.have(
            equal(e * b, R), given["crowded"], effective(R, g, x), quotient().at(a=R, b=b),
            opaque=True,
        )
        scaled = goal.have(
            equal(rate * b, n), fallen, multiply().at(c=e * b, d=R, e=x), opaque=True
        )
        runs = goal.have(
            nonzero(rate), given["bounded"], scaled, product_nonzero().at(a=rate, b=b),
            opaque=True,
        )
        share = goal.have(equal(p * rate, 1 - s), runs, quotient_at(p), opaque=True)
        whole = goal.have(equal(b / n * n, b), given["bounded"], quotient_at(b / n), opaque=True)
        cleared = goal.have(
            equal(p * n, (1 - s) * (b / n) * n), scaled, share, whole,
            multiply().at(c=p * rate, d=1 - s, e=b), multiply().at(c=rate * b, d=n, e=p),
            multiply().at(c=b / n * n, d=b, e=1 - s), opaque=True,
        )
        yield goal.have(
            equal(p, (1 - s) * (b / n)), given["bounded"], cleared,
            cancel().at(c=p, d=(1 - s) * (b / n), e=n), opaque=True,
        )
        rest = goal.have(
            equal(q * (1 - x), s * (1 / (1 - x)) * (1 - x)), given["scalable"], quotient_at(q),
            quotient().at(a=1, b=1 - x), opaque=True,
        )
        yield goal.have(
            equal(q, s * (1 / (1 - x))), given["scalable"], rest,
            cancel().at(c=q, d=s * (1 / (1 - x)), e=1 - x), opaque=True,
        )
        yield t(R, s, g, x)

    return prove(
        "bandwidth-time-turned",
        forall(
            R, s, g, x,
            given={"crowded": nonzero(b), "bounded": nonzero(n), "scalable": nonzero(1 - x)},
            then=equal(t.function(R, s, g, x), (1 - s) * (b / n) + s * (1 / (1 - x))),
        ),
        premises,
        opaque=True,
    )


def numerator(R: Term, s: Term, g: Term, x: Term) -> Term:
    """What T_γ - 1 has the sign of."""
    return x * ((R - 1) * x + g * R * x * (1 - x) - (R * (1 - s) - 1))


@once
def identity() -> Theorem:
    """T_γ - 1 over a common denominator: where it is positive, and where negative, shows."""
    R, s, g, x = reals("Rsgx")
    value = bandwidth_time().function(R, s, g, x)
    b, n = crowding(R, g, x), rated(R, g, x)
    top, bottom = numerator(R, s, g, x), (1 - x) * n
    p, q = b / n, 1 / (1 - x)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        known = goal.have(
            equal(value, (1 - s) * p + s * q), *given.values(), turned().at(R=R, s=s, g=g, x=x),
            opaque=True,
        )
        parts = goal.have(
            both(equal(p * n, b), equal(q * (1 - x), 1)), given["bounded"], given["scalable"],
            quotient_at(p), quotient_at(q), opaque=True,
        )
        cleared = goal.have(
            equal((value - 1) * bottom, top), known, parts,
            multiply().at(c=p * n, d=b, e=(1 - s) * (1 - x)),
            multiply().at(c=q * (1 - x), d=1, e=s * n),
            multiply().at(c=value, d=(1 - s) * p + s * q, e=bottom), opaque=True,
        )
        nonzero_bottom = goal.have(
            nonzero(bottom), given["bounded"], given["scalable"],
            product_nonzero().at(a=1 - x, b=n), opaque=True,
        )
        yield goal.have(
            equal(value - 1, top / bottom), cleared, nonzero_bottom, quotient_at(top / bottom),
            cancel().at(c=value - 1, d=top / bottom, e=bottom), opaque=True,
        )

    return prove(
        "bandwidth.identity",
        forall(
            R, s, g, x,
            given={"crowded": nonzero(b), "bounded": nonzero(n), "scalable": nonzero(1 - x)},
            then=equal(value - 1, top / bottom),
        ),
        premises,
        opaque=True,
    )


def place(x: Term) -> dict[str, Term]:
    """The hypotheses: x is a share."""
    return {"from": x >= 0, "to": x < 1}


@once
def positive() -> Theorem:
    """B, N and (1-x)N are positive on [0,1)."""
    R, g, x = reals("Rgx")
    b, n = crowding(R, g, x), rated(R, g, x)
    return prove(
        "bandwidth-positive",
        forall(
            R, g, x, given={"ratio": R >= 0, "bandwidth": g >= 0, **place(x)},
            then=both(b > 0, n > 0, (1 - x) * n > 0),
        ),
        lambda goal: [
            product_nonnegative().at(a=R, b=x), product_nonnegative().at(a=g, b=R),
            product_nonnegative().at(a=g * R, b=x), product(1 - x, b), product(1 - x, n),
        ],
        opaque=True,
    )


@once
def sign() -> Theorem:
    """T_γ - 1 has the sign of the numerator of the identity."""
    R, s, g, x = reals("Rsgx")
    value = bandwidth_time().function(R, s, g, x)
    top, bottom = numerator(R, s, g, x), (1 - x) * rated(R, g, x)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        sized = goal.have(
            both(crowding(R, g, x) > 0, rated(R, g, x) > 0, bottom > 0), *given,
            positive().at(R=R, g=g, x=x), opaque=True,
        )
        known = goal.have(
            equal(value - 1, top / bottom), sized, given[-1], identity().at(R=R, s=s, g=g, x=x),
            opaque=True,
        )
        yield goal.have(
            both(iff(value > 1, top > 0), iff(equal(value, 1), equal(top, 0))),
            sized, known, quotient_at(top / bottom),
            sign_of_factor().at(d=top / bottom, e=bottom), opaque=True,
        )

    return prove(
        "bandwidth-sign",
        forall(
            R, s, g, x, given={"ratio": R >= 0, "bandwidth": g >= 0, **place(x)},
            then=both(iff(value > 1, top > 0), iff(equal(value, 1), equal(top, 0))),
        ),
        premises,
        opaque=True,
    )


@once
def at_zero() -> Theorem:
    """T_γ is 1 without specialised hardware."""
    R, s, g = reals("Rsg")
    t, effective = bandwidth_time(), effective_ratio()
    rate = 1 - zero() + effective.function(R, g, zero()) * zero()
    return prove(
        "bandwidth.none",
        forall(R, s, g, then=equal(t.function(R, s, g, zero()), 1)),
        lambda goal: [
            t(R, s, g, zero()),
            quotient().at(a=1 - s, b=rate),
            quotient().at(a=s, b=1 - zero()),
        ],
        opaque=True,
    )


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
            turned().at(R=R, s=s, g=g, x=x), turned().at(R=R, s=s, g=h, x=x), opaque=True,
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
                "bounded": nonzero(n), "bounded'": nonzero(m), "scalable": nonzero(1 - x),
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
            sign_of_factor().at(d=second - first, e=n * m), opaque=True,
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
def idle() -> Theorem:
    """Edges R = 0 and s = 1: nothing is gained, and the time is 1/(1-x)."""
    R, s, g, x = reals("Rsgx")
    t, effective = bandwidth_time(), effective_ratio()
    b = crowding(R, g, x)
    e = effective.function(R, g, x)
    rate = 1 - x + e * x
    p, q, r = (1 - s) / rate, s / (1 - x), 1 / (1 - x)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        runs = goal.have(
            both(b > 0, rated(R, g, x) > 0), given["ratio"], given["bandwidth"], given["from"],
            given["to"], positive().at(R=R, g=g, x=x), opaque=True,
        )
        known = goal.have(
            equal(t.function(R, s, g, x), (1 - s) * (b / rated(R, g, x)) + s * r), runs,
            given["to"], turned().at(R=R, s=s, g=g, x=x), opaque=True,
        )
        share = b / rated(R, g, x)
        parts = goal.have(
            both(equal(share * rated(R, g, x), b), equal(r * (1 - x), 1)), runs, given["to"],
            quotient_at(share), quotient_at(r), opaque=True,
        )
        without = goal.have(
            implies(equal(R, 0), equal(share, r)), parts, given["to"],
            cancel().at(c=share, d=r, e=1 - x), opaque=True,
        )
        yield known
        yield without
        yield given["idle"]

    return prove(
        "bandwidth.idle",
        forall(
            R, s, g, x,
            given={
                "ratio": R >= 0, "bandwidth": g >= 0, "idle": either(equal(R, 0), equal(s, 1)),
                **place(x),
            },
            then=equal(t.function(R, s, g, x), r),
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
def monotone() -> Theorem:
    """A larger γ never has a larger minimiser: that each is no worse than the other is enough."""
    R, s, g, h, x, y = reals("Rsghxy")
    t = bandwidth_time().function

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        general = [given[label] for label in ("ratio", "bandwidth", "more")]
        places = [given[label] for label in ("x from", "x to", "y from", "y to")]
        for point in (x, y):
            sized = goal.have(
                both(
                    crowding(R, g, point) > 0, rated(R, g, point) > 0,
                    crowding(R, h, point) > 0, rated(R, h, point) > 0,
                ),
                *general, *places, positive().at(R=R, g=g, x=point),
                positive().at(R=R, g=h, x=point), opaque=True,
            )
            yield goal.have(
                equal(t(R, s, h, point) - t(R, s, g, point), cost(R, s, g, h, point)),
                sized, *places, difference().at(R=R, s=s, g=g, h=h, x=point), opaque=True,
            )
            yield goal.have(
                implies(
                    either(equal(R, 0), equal(s, 1)),
                    equal(t(R, s, g, point), 1 / (1 - point)),
                ),
                *general, *places, idle().at(R=R, s=s, g=g, x=point), opaque=True,
            )
        yield costlier().at(R=R, s=s, g=g, h=h, x=x, y=y)
        yield reciprocal_decreasing().at(u=1 - y, v=1 - x)
        yield from given.values()

    return prove(
        "bandwidth.monotone",
        forall(
            R, s, g, h, x, y,
            given={
                "ratio": R >= 0, "scalable": s <= 1, "bandwidth": g >= 0, "more": g < h,
                "x from": x >= 0, "x to": x < 1, "y from": y >= 0, "y to": y < 1,
                "best": t(R, s, g, x) <= t(R, s, g, y),
                "best with more": t(R, s, h, y) <= t(R, s, h, x),
            },
            then=y <= x,
        ),
        premises,
        opaque=True,
    )


@once
def same_quotient() -> Theorem:
    """Equal denominators, 0 or not, give equal quotients."""
    a, b, c = reals("abc")
    return prove("same-quotient", forall(a, b, c, then=implies(equal(b, c), equal(a / b, a / c))))


@once
def unlimited() -> Theorem:
    """Edge γ = 0: the objective is T."""
    R, s, x = reals("Rsx")
    t, mine, effective = time(), bandwidth_time(), effective_ratio()
    e = effective.function(R, zero(), x)
    left, right = 1 - x + e * x, 1 + (R - 1) * x

    def premises(goal: Goal) -> Iterable[Fact]:
        whole = goal.have(
            equal(e, R), effective(R, zero(), x), quotient().at(a=R, b=1 + zero() * R * x),
            opaque=True,
        )
        yield goal.have(equal(left, right), whole, opaque=True)
        yield same_quotient().at(a=1 - s, b=left, c=right)
        yield mine(R, s, zero(), x)
        yield t(R, s, x)

    return prove(
        "bandwidth.unlimited",
        forall(R, s, x, then=equal(mine.function(R, s, zero(), x), t.function(R, s, x))),
        premises,
        opaque=True,
    )


@once
def small_ratio() -> Theorem:
    """Edge R <= 1: nothing gains, and every share loses unless R = 1, s = 0 and γ = 0."""
    R, s, g, x = reals("Rsgx")
    rest = (1 - R) * (1 - x) + R * s + g * R * (x * (1 - x))

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        ratio, small, scalable = (given[h] for h in ("ratio", "small", "scalable"))
        here = given["from"], given["to"]
        # The numerator is x ((1-R)(1-x) + Rs + γRx(1-x)).
        turned_sum = goal.have(equal(numerator(R, s, g, x), x * rest), opaque=True)
        inner = goal.have(x * (1 - x) > 0, *here, product(x, 1 - x), opaque=True)
        parts = goal.have(
            both(
                (1 - R) * (1 - x) >= 0, R * s >= 0, g * R * (x * (1 - x)) >= 0,
                implies(R < 1, (1 - R) * (1 - x) > 0),
                implies(both(R > 0, s > 0), R * s > 0),
                implies(both(R > 0, g > 0), g * R * (x * (1 - x)) > 0),
            ),
            ratio, small, scalable, given["bandwidth"], *here, inner,
            product_nonnegative().at(a=1 - R, b=1 - x), product_nonnegative().at(a=R, b=s),
            product_nonnegative().at(a=g, b=R),
            product_nonnegative().at(a=g * R, b=x * (1 - x)),
            product(1 - R, 1 - x), product(R, s), product(g, R), product(g * R, x * (1 - x)),
            opaque=True,
        )
        yield goal.have(
            numerator(R, s, g, x) > 0, turned_sum, ratio, small, given["some loss"], here[0],
            parts, product(x, rest), opaque=True,
        )
        yield sign().at(R=R, s=s, g=g, x=x)
        yield from given.values()

    return prove(
        "bandwidth.small-ratio",
        forall(
            R, s, g, x,
            given={
                "ratio": R >= 0, "small": R <= 1, "bandwidth": g >= 0, "scalable": s >= 0,
                "some loss": either(R < 1, s > 0, g > 0), "from": x > 0, "to": x < 1,
            },
            then=bandwidth_time().function(R, s, g, x) > 1,
        ),
        premises,
        opaque=True,
    )


def bandwidth() -> tuple[Theorem, ...]:
    """All parts of ``bandwidth``."""
    return (
        identity(), at_zero(), enough(), needed(), difference(), monotone(), unlimited(),
        small_ratio(), idle(),
    )
