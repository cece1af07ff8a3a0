"""Powers, gathered compute and relative loss: what all theorems of this topic use.

*Definitions* accepted by the kernel: :func:`real_power`, :func:`growth`, :func:`efficiency`,
:func:`gathered`, :func:`relative_loss`, :func:`fleet_loss`, :func:`compute_multiple`,
:func:`time_to_target`, :func:`least_loss`, :func:`fleet_multiple`, :func:`halving_time`,
:func:`doublings`, :func:`burden`, :func:`rate_within`, :func:`settled_loss`, :func:`power_law`.

*Results* (auxiliary): ``power``, ``power-order``, ``power-undone``, ``multiple``, ``growth``,
``efficiency``, ``gathered``, ``gathered-positive``.

*How it is done*: x^y = exp(y log x), so that log x^y = y log x and powers compare as their
logarithms do. With z = γ t ln 2, I_γ(t) γ ln 2 = exp z - 1, whatever the sign of γ.

*References*: 'The Race to Efficiency', arXiv 2501.02156.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.efficiency import laws as model
from proofs.amdahl.real import (
    multiply,
    nonzero,
    product,
    product_nonzero,
    quotient_at,
    reals,
    sign_of_factor,
)
from proofs.efficiency.exponential import (
    exp,
    exponential,
    log,
    log_of_exp,
    log_one,
    log_order,
    log_product,
    log_two,
    logarithm,
    order,
    positive,
    real,
    same,
    zero,
)
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import both, equal, iff, implies

TWO = 2


@once
def real_power() -> Definition:
    """x^y."""
    exponential(), logarithm()
    return define(model.real_power)


@once
def growth() -> Definition:
    """γ ln 2."""
    logarithm()
    return define(model.growth)


@once
def efficiency() -> Definition:
    """E."""
    real_power()
    return define(model.efficiency)


@once
def gathered() -> Definition:
    """I_γ."""
    efficiency(), growth()
    return define(model.gathered)


@once
def relative_loss() -> Definition:
    """R_γ."""
    gathered()
    return define(model.relative_loss)


@once
def fleet_loss() -> Definition:
    """(1 + M I_γ(t))^-κ."""
    gathered()
    return define(model.fleet_loss)


@once
def compute_multiple() -> Definition:
    """r^(-1/κ)."""
    real_power()
    return define(model.compute_multiple)


@once
def time_to_target() -> Definition:
    """The time at which the loss is r."""
    compute_multiple(), growth()
    return define(model.time_to_target)


@once
def least_loss() -> Definition:
    """What the loss tends to for a negative rate."""
    real_power(), growth()
    return define(model.least_loss)


@once
def fleet_multiple() -> Definition:
    """(r^(-1/κ) - 1)/I_γ(t)."""
    compute_multiple(), gathered()
    return define(model.fleet_multiple)


@once
def halving_time() -> Definition:
    """The time from r to r/2."""
    time_to_target()
    return define(model.halving_time)


@once
def doublings() -> Definition:
    """log2(1/r)/κ."""
    logarithm()
    return define(model.doublings)


@once
def burden() -> Definition:
    """r^(-1/κ) 2^(-βt)."""
    compute_multiple(), efficiency()
    return define(model.burden)


@once
def rate_within() -> Definition:
    """The rates for which I_γ(t) is near t."""
    return define(model.rate_within)


@once
def settled_loss() -> Definition:
    """The loss from which on halving has its pace."""
    real_power(), growth()
    return define(model.settled_loss)


@once
def power_law() -> Definition:
    """A C^-κ."""
    real_power()
    return define(model.power_law)


@once
def power() -> Theorem:
    """x^y is positive, and its logarithm is y log x."""
    x, y = reals("xy")
    value = real_power().function(x, y)
    return prove(
        "power",
        forall(x, y, then=both(value > 0, equal(log(value), y * log(x)))),
        lambda goal: [
            real_power()(x, y), positive().at(z=y * log(x)), log_of_exp().at(z=y * log(x)),
            same(log(value), log(exp(y * log(x)))),
        ],
        opaque=True,
    )


@once
def power_order() -> Theorem:
    """Of two bases, the larger has the smaller power for a negative exponent."""
    x, y, k = reals("xyk")
    left, right = real_power().function(x, -k), real_power().function(y, -k)
    return prove(
        "power-order",
        forall(x, y, k, then=implies(both(x > 0, y > 0, k > 0), both(
            iff(left > right, x < y), iff(equal(left, right), equal(x, y))
        ))),
        lambda goal: [
            power().at(x=x, y=-k), power().at(x=y, y=-k), log_order().at(x=right, y=left),
            log_order().at(x=x, y=y), sign_of_factor().at(d=log(y) - log(x), e=k),
        ],
        opaque=True,
    )


@once
def power_undone() -> Theorem:
    """x^y = r exactly if y log x = log r."""
    x, y, r = reals("xyr")
    value = real_power().function(x, y)
    return prove(
        "power-undone",
        forall(x, y, r, then=implies(r > 0, iff(equal(value, r), equal(y * log(x), log(r))))),
        lambda goal: [power().at(x=x, y=y), log_order().at(x=value, y=r)],
        opaque=True,
    )


@once
def multiple() -> Theorem:
    """With x = r^(-1/κ): x > 0, -κ log x = log r, and x has the side of 1 that 1/r has."""
    k, r = reals("kr")
    value = compute_multiple().function(k, r)

    def premises(goal: Goal) -> Iterable[Fact]:
        law = compute_multiple()(k, r)
        yield law
        yield goal.have(
            both(value > 0, equal(log(value), (-1 / k) * log(r))), law,
            power().at(x=r, y=-1 / k), same(log(value), log(law.term.args[1])), opaque=True,
        )
        yield quotient_at(-1 / k)
        yield multiply().at(c=(-1 / k) * k, d=real(-1), e=log(r))

    return prove(
        "multiple",
        forall(k, r, then=implies(
            both(nonzero(k), r > 0), both(value > 0, equal(-k * log(value), log(r)))
        )),
        premises,
        opaque=True,
    )


@once
def multiple_side() -> Theorem:
    """r^(-1/κ) is more than 1 exactly for r < 1, and 1 for r = 1, if κ > 0."""
    k, r = reals("kr")
    value, one = compute_multiple().function(k, r), real(1)
    return prove(
        "multiple-side",
        forall(k, r, then=implies(both(k > 0, r > 0), both(
            iff(value > 1, r < 1), iff(equal(value, 1), equal(r, 1)), iff(log(value) > 0, r < 1),
        ))),
        lambda goal: [
            multiple().at(k=k, r=r), log_one().at(), log_order().at(x=one, y=value),
            log_order().at(x=r, y=one), sign_of_factor().at(d=log(value), e=k),
            sign_of_factor().at(d=-log(value), e=k),
        ],
        opaque=True,
    )


@once
def growing() -> Theorem:
    """γ ln 2 has the sign of γ, and is nearer to 0."""
    (g,) = reals("g")
    value = growth().function(g)
    return prove(
        "growth",
        forall(g, then=both(
            equal(value, g * log(2)), iff(value > 0, g > 0), iff(equal(value, 0), equal(g, 0)),
            implies(g >= 0, value <= g), implies(g <= 0, value >= g),
        )),
        lambda goal: [
            growth()(g), log_two().at(), sign_of_factor().at(d=g, e=log(2)),
            sign_of_factor().at(d=g, e=1 - log(2)),
        ],
        opaque=True,
    )


@once
def efficient() -> Theorem:
    """2^(γt) = exp(γ ln 2 t)."""
    g, t = reals("gt")
    value, rate = efficiency().function(g, t), growth().function(g)

    def premises(goal: Goal) -> Iterable[Fact]:
        inner = real_power().function(real(TWO), g * t)
        yield goal.have(equal(value, inner), efficiency()(g, t), opaque=True)
        yield goal.have(
            equal(inner, exp(g * t * log(2))), real_power()(real(TWO), g * t), opaque=True
        )
        yield same(exp(g * t * log(2)), exp(rate * t))
        yield growing().at(g=g)

    return prove(
        "efficiency", forall(g, t, then=equal(value, exp(rate * t))), premises, opaque=True
    )


@once
def gathering() -> Theorem:
    """I_γ(t) γ ln 2 = exp(γ ln 2 t) - 1, and I_0(t) = t."""
    g, t = reals("gt")
    value, rate = gathered().function(g, t), growth().function(g)

    def premises(goal: Goal) -> Iterable[Fact]:
        law = gathered()(g, t)
        fraction = law.term.args[1].args[2]
        yield law
        yield quotient_at(fraction)
        yield growing().at(g=g)
        yield efficient().at(g=g, t=t)

    return prove(
        "gathered",
        forall(g, t, then=both(
            implies(nonzero(g), equal(value * rate, exp(rate * t) - 1)),
            implies(equal(g, 0), equal(value, t)),
        )),
        premises,
        opaque=True,
    )


@once
def gathered_order() -> Theorem:
    """I_γ increases strictly in t, whatever γ is."""
    g, t, u = reals("gtu")
    value, rate = gathered().function, growth().function(g)
    return prove(
        "gathered-order",
        forall(g, t, u, then=both(
            iff(value(g, t) < value(g, u), t < u),
            iff(equal(value(g, t), value(g, u)), equal(t, u)),
        )),
        lambda goal: [
            gathering().at(g=g, t=t), gathering().at(g=g, t=u), growing().at(g=g),
            goal.have(
                both(
                    implies(rate > 0, iff(exp(rate * t) < exp(rate * u), t < u)),
                    implies(rate < 0, iff(exp(rate * t) > exp(rate * u), t < u)),
                    implies(
                        nonzero(rate), iff(equal(exp(rate * t), exp(rate * u)), equal(t, u))
                    ),
                ),
                order().at(a=rate * t, b=rate * u), order().at(a=rate * u, b=rate * t),
                sign_of_factor().at(d=u - t, e=rate), sign_of_factor().at(d=u - t, e=-rate),
                opaque=True,
            ),
            sign_of_factor().at(d=value(g, u) - value(g, t), e=rate),
            sign_of_factor().at(d=value(g, u) - value(g, t), e=-rate),
        ],
        opaque=True,
    )


@once
def gathered_start() -> Theorem:
    """I_γ(0) = 0, and I_γ(t) > 0 for t > 0."""
    g, t = reals("gt")
    value, start = gathered().function, real(0)
    rate = growth().function(g)
    return prove(
        "gathered-start",
        forall(g, t, then=both(equal(value(g, 0), 0), iff(value(g, t) > 0, t > 0))),
        lambda goal: [
            goal.have(
                equal(value(g, 0), 0), gathering().at(g=g, t=start), growing().at(g=g),
                zero().at(), same(exp(rate * start), exp(0)),
                product_nonzero().at(a=value(g, 0), b=rate), opaque=True,
            ),
            gathered_order().at(g=g, t=start, u=t),
        ],
        opaque=True,
    )


@once
def power_product() -> Theorem:
    """(xy)^z = x^z y^z."""
    x, y, z = reals("xyz")
    value = real_power().function
    return prove(
        "power-product",
        forall(x, y, z, then=implies(
            both(x > 0, y > 0), equal(value(x * y, z), value(x, z) * value(y, z))
        )),
        lambda goal: [
            power().at(x=x * y, y=z), power().at(x=x, y=z), power().at(x=y, y=z),
            log_product().at(x=x, y=y), product(value(x, z), value(y, z)),
            log_product().at(x=value(x, z), y=value(y, z)),
            log_order().at(x=value(x * y, z), y=value(x, z) * value(y, z)),
        ],
        opaque=True,
    )
