"""The objective under a bandwidth limit: its identity, its sign, its edges.

*Definitions* accepted by the kernel: :func:`effective_ratio`, :func:`bandwidth_time`; the terms
:func:`crowding` (B), :func:`rated` (N).

*Results*: parts of ``bandwidth``: :func:`identity`, :func:`at_zero`, and the edges
:func:`unlimited` (γ = 0), :func:`small_ratio` (R <= 1), :func:`idle` (R = 0, s = 1).

*How it is done*: with B = 1+γRx and N = (1-x)B + Rx, bounded work takes (1-s)B/N (:func:`turned`).
Over the denominator (1-x)N, T_γ - 1 has the numerator x ((R-1)x + γRx(1-x) - d), d = R(1-s)-1: near
0 its sign is that of -d, whatever γ is.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.amdahl import bandwidth as model
from proofs.amdahl.collapse import zero
from proofs.amdahl.objective import time
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
    scale,
    sign_of_factor,
)
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, either, equal, iff, implies

effective_ratio = once(lambda: define(model.effective_ratio))


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
def bounded_turned() -> Theorem:
    """T_γ(x) = (1-s) B/N + s/(1-x)."""
    R, s, g, x = reals("Rsgx")
    t, effective = bandwidth_time(), effective_ratio()
    b, n = crowding(R, g, x), rated(R, g, x)
    e = effective.function(R, g, x)
    rate = 1 - x + e * x
    p = (1 - s) / rate

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
        yield t(R, s, g, x)

    return prove(
        "bandwidth-bounded-turned",
        forall(
            R, s, g, x,
            given={"crowded": nonzero(b), "bounded": nonzero(n)},
            then=equal(t.function(R, s, g, x), (1 - s) * (b / n) + s / (1 - x)),
        ),
        premises,
        opaque=True,
    )


@once
def turned() -> Theorem:
    """T_γ(x) = (1-s) B/N + s 1/(1-x)."""
    R, s, g, x = reals("Rsgx")
    b, n = crowding(R, g, x), rated(R, g, x)
    return prove(
        "bandwidth-time-turned",
        forall(
            R, s, g, x,
            given={"crowded": nonzero(b), "bounded": nonzero(n), "scalable": nonzero(1 - x)},
            then=equal(
                bandwidth_time().function(R, s, g, x), (1 - s) * (b / n) + s * (1 / (1 - x))
            ),
        ),
        lambda goal: [
            *(goal.hypothesis(h.label) for h in goal.statement.hypotheses),
            bounded_turned().at(R=R, s=s, g=g, x=x),
            scale().at(a=s, b=1 - x),
        ],
        opaque=True,
    )


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


def numerator(R: Term, s: Term, g: Term, x: Term) -> Term:
    """What T_γ - 1 has the sign of."""
    return x * ((R - 1) * x + g * R * x * (1 - x) - (R * (1 - s) - 1))


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


@once
def idle() -> Theorem:
    """Edges R = 0 and s = 1: nothing is gained, and the time is 1/(1-x)."""
    R, s, g, x = reals("Rsgx")
    t = bandwidth_time()
    b = crowding(R, g, x)
    r = 1 / (1 - x)

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
