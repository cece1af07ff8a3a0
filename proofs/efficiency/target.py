"""The time to a target, the fleet that reaches it, and when efficiency has paid for it.

*Results*: ``time-to-target`` (its parts: :func:`reaches`, :func:`inverse`,
:func:`fading`, :func:`never`), ``fleet-multiple`` (:func:`fleet_multiple`), ``burden-constant``
(:func:`burden_constant`).

*How it is done*: with x = r^(-1/κ), (1 + I)^-κ = r exactly if 1 + I = x. For the time T this is
exp(γ T ln 2) = 1 + γ ln 2 (x-1), and for M times the fleet M I = x-1. The burden x 2^(-βt)
compares with 1 as log x with βt log 2.

*References*: 'The Race to Efficiency', arXiv 2501.02156; 'The Unreasonable Effectiveness of Scaling
Laws', arXiv 2603.28507.
"""

from __future__ import annotations

from collections.abc import Iterable

from proofs.amdahl.real import (
    cancel,
    multiply,
    nonzero,
    product,
    product_nonnegative,
    quotient_at,
    reals,
    sign_of_factor,
)
from proofs.efficiency import laws
from proofs.efficiency.exponential import (
    exp,
    log,
    log_of_exp,
    log_one,
    log_order,
    log_product,
    log_quotient,
    log_two,
    logarithm,
    positive,
    real,
    same,
)
from proofs.kernel.rules import Fact, Goal, Theorem, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, equal, iff, implies


@once
def loss_is() -> Theorem:
    """u^-κ = r exactly if u = r^(-1/κ)."""
    k, u, r = reals("kur")
    value = laws.real_power().function(u, -k)
    multiple = laws.compute_multiple().function(k, r)
    return prove(
        "loss-is",
        forall(k, u, r, then=implies(
            both(nonzero(k), u > 0, r > 0), iff(equal(value, r), equal(u, multiple))
        )),
        lambda goal: [
            laws.power_undone().at(x=u, y=-k, r=r), laws.multiple().at(k=k, r=r),
            log_order().at(x=u, y=multiple),
            cancel().at(c=log(u), d=log(multiple), e=k),
        ],
        opaque=True,
    )


@once
def reached() -> Theorem:
    """1 + I_γ(T) = r^(-1/κ) at the time T to r, wherever T has a value."""
    k, g, r = reals("kgr")
    rate, time = laws.growth().function(g), laws.time_to_target().function(k, g, r)
    multiple = laws.compute_multiple().function(k, r)
    value = laws.gathered().function(g, time)
    inside = 1 + rate * (multiple - 1)

    def premises(goal: Goal) -> Iterable[Fact]:
        law = laws.time_to_target()(k, g, r)
        given = goal.hypothesis("inside")
        rates = laws.growing().at(g=g)
        grown = goal.have(
            implies(nonzero(g), both(nonzero(rate), equal(exp(rate * time), inside))), given, law,
            rates, quotient_at(law.term.args[1].args[2]), logarithm()(inside),
            same(exp(rate * time), exp(log(inside))), opaque=True,
        )
        yield grown
        yield law
        yield laws.gathering().at(g=g, t=time)
        yield cancel().at(c=value, d=multiple - 1, e=rate)

    return prove(
        "target-reached",
        forall(k, g, r, given={"inside": inside > 0}, then=equal(1 + value, multiple)),
        premises,
        opaque=True,
    )


@once
def reaches() -> Theorem:
    """At the time to r the loss is r."""
    k, g, r = reals("kgr")
    rate, time = laws.growth().function(g), laws.time_to_target().function(k, g, r)
    multiple = laws.compute_multiple().function(k, r)
    value, loss = laws.gathered().function(g, time), laws.relative_loss()

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        large = goal.have(
            both(multiple >= 1, rate >= 0), *given, laws.multiple_side().at(k=k, r=r),
            laws.growing().at(g=g), opaque=True,
        )
        inside = goal.have(
            1 + rate * (multiple - 1) > 0, large,
            product_nonnegative().at(a=rate, b=multiple - 1), opaque=True,
        )
        known = goal.have(
            equal(1 + value, multiple), inside, reached().at(k=k, g=g, r=r), opaque=True
        )
        yield goal.have(
            time >= 0, known, large, laws.gathered_start().at(g=g, t=time),
            laws.gathered_order().at(g=g, t=time, u=real(0)), opaque=True,
        )
        yield known
        yield large
        yield from given
        yield loss(k, g, time)
        yield loss_is().at(k=k, u=1 + value, r=r)

    return prove(
        "time-to-target.reaches",
        forall(
            k, g, r,
            given={"kappa": k > 0, "rate": g >= 0, "target": r > 0, "lower": r <= 1},
            then=both(time >= 0, equal(loss.function(k, g, time), r)),
        ),
        premises,
        opaque=True,
    )


def least_compute(g: Term) -> Term:
    """1 - 1/(γ ln 2): what 1 + I_γ(t) stays below, for γ < 0."""
    return 1 - 1 / laws.growth().function(g)


@once
def fading() -> Theorem:
    """With γ < 0 the loss stays above its least value, and reaches all values above that."""
    k, g, r = reals("kgr")
    rate, time = laws.growth().function(g), laws.time_to_target().function(k, g, r)
    multiple, least = laws.compute_multiple().function(k, r), least_compute(g)
    value, loss = laws.gathered().function(g, time), laws.relative_loss()
    power = laws.real_power().function

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        rates = goal.have(
            both(rate < 0, equal(1 / rate * rate, 1), least > 1), *given,
            laws.growing().at(g=g), quotient_at(1 / rate),
            sign_of_factor().at(d=-(1 / rate), e=-rate), opaque=True,
        )
        # For κ <= 0 the least loss would be 1 or more.
        law = laws.least_loss()(k, g)
        lowest = law.term.args[0]
        signs = goal.have(
            both(r > 0, k > 0), *given, rates, law, laws.power().at(x=least, y=-k),
            same(log(lowest), log(law.term.args[1])), log_one().at(),
            log_order().at(x=lowest, y=real(1)), log_order().at(x=real(1), y=least),
            product_nonnegative().at(a=-k, b=log(least)), opaque=True,
        )
        large = goal.have(
            both(multiple >= 1, equal(power(multiple, -k), r)), *given, signs,
            laws.multiple_side().at(k=k, r=r), loss_is().at(k=k, u=multiple, r=r), opaque=True,
        )
        below = goal.have(
            multiple < least, *given, large, rates, signs, law,
            laws.power_order().at(x=multiple, y=least, k=k), opaque=True,
        )
        inside = goal.have(
            1 + rate * (multiple - 1) > 0, below, rates, product(least - multiple, -rate),
            opaque=True,
        )
        known = goal.have(
            equal(1 + value, multiple), inside, reached().at(k=k, g=g, r=r), opaque=True
        )
        yield goal.have(
            time >= 0, known, large, laws.gathered_start().at(g=g, t=time),
            laws.gathered_order().at(g=g, t=time, u=real(0)), opaque=True,
        )
        yield known
        yield large
        yield loss(k, g, time)
        yield same(power(1 + value, -k), power(multiple, -k))

    return prove(
        "time-to-target.fading",
        forall(
            k, g, r,
            given={
                "rate": g < 0, "least": laws.least_loss().function(k, g) < r, "lower": r <= 1,
            },
            then=both(time >= 0, equal(loss.function(k, g, time), r)),
        ),
        premises,
        opaque=True,
    )


@once
def never() -> Theorem:
    """With γ < 0 the loss is never as low as its least value."""
    k, g, t = reals("kgt")
    rate, value, least = laws.growth().function(g), laws.gathered().function(g, t), least_compute(g)
    loss = laws.relative_loss()

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        yield goal.have(
            both(1 + value > 0, 1 + value < least), *given, laws.growing().at(g=g),
            laws.gathering().at(g=g, t=t), positive().at(z=rate * t), quotient_at(1 / rate),
            sign_of_factor().at(d=least - (1 + value), e=-rate),
            laws.gathered_start().at(g=g, t=t),
            laws.gathered_order().at(g=g, t=real(0), u=t), opaque=True,
        )
        yield from given
        yield loss(k, g, t)
        yield laws.least_loss()(k, g)
        yield laws.power_order().at(x=1 + value, y=least, k=k)

    return prove(
        "time-to-target.never",
        forall(
            k, g, t, given={"kappa": k > 0, "rate": g < 0, "later": t >= 0},
            then=loss.function(k, g, t) > laws.least_loss().function(k, g),
        ),
        premises,
        opaque=True,
    )


@once
def inverse() -> Theorem:
    """The time to the loss at t is t: no other time has it."""
    k, g, t = reals("kgt")
    loss = laws.relative_loss().function(k, g, t)
    time = laws.time_to_target().function(k, g, loss)
    rate, value = laws.growth().function(g), laws.gathered().function
    multiple = laws.compute_multiple().function(k, loss)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        some = goal.have(
            both(1 + value(g, t) > 0, value(g, t) >= 0), *given,
            laws.gathered_start().at(g=g, t=t), laws.gathered_order().at(g=g, t=real(0), u=t),
            opaque=True,
        )
        law = laws.relative_loss()(k, g, t)
        back = goal.have(
            equal(1 + value(g, t), multiple), some, *given, law,
            laws.power().at(x=1 + value(g, t), y=-k),
            loss_is().at(k=k, u=1 + value(g, t), r=loss), opaque=True,
        )
        rates = laws.growing().at(g=g)
        inside = goal.have(
            1 + rate * (multiple - 1) > 0, back, laws.gathering().at(g=g, t=t), rates,
            positive().at(z=rate * t), opaque=True,
        )
        yield goal.have(
            equal(value(g, time), value(g, t)), inside, back, reached().at(k=k, g=g, r=loss),
            opaque=True,
        )
        yield laws.gathered_order().at(g=g, t=time, u=t)

    return prove(
        "time-to-target.inverse",
        forall(k, g, t, given={"kappa": nonzero(k), "later": t >= 0}, then=equal(time, t)),
        premises,
        opaque=True,
    )


def time_to_target() -> tuple[Theorem, ...]:
    """All parts of ``time-to-target``."""
    return reaches(), inverse(), fading(), never()


@once
def fleet_multiple() -> Theorem:
    """With M times the fleet the loss at t is r exactly if M is the fleet multiple."""
    k, g, r, t, m = reals("kgrtm")
    multiple = laws.compute_multiple().function(k, r)
    value = laws.gathered().function(g, t)
    loss, fleet = laws.fleet_loss(), laws.fleet_multiple()

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        law = fleet(k, g, r, t)
        some = goal.have(
            both(value > 0, m * value >= 0), *given, laws.gathered_start().at(g=g, t=t),
            product_nonnegative().at(a=m, b=value), opaque=True,
        )
        exact = goal.have(
            equal(fleet.function(k, g, r, t) * value, multiple - 1), some, law,
            quotient_at(law.term.args[1]), opaque=True,
        )
        yield from given
        yield some
        yield exact
        yield loss(k, g, m, t)
        yield loss_is().at(k=k, u=1 + m * value, r=r)
        yield cancel().at(c=m, d=fleet.function(k, g, r, t), e=value)
        yield laws.multiple_side().at(k=k, r=r)
        yield sign_of_factor().at(d=fleet.function(k, g, r, t), e=value)

    return prove(
        "fleet-multiple",
        forall(
            k, g, r, t, m,
            given={"kappa": k > 0, "target": r > 0, "later": t > 0, "fleet": m >= 0},
            then=both(
                iff(
                    equal(loss.function(k, g, m, t), r),
                    equal(m, fleet.function(k, g, r, t)),
                ),
                iff(fleet.function(k, g, r, t) >= 0, r <= 1),
            ),
        ),
        premises,
        opaque=True,
    )


@once
def burden_constant() -> Theorem:
    """The burden is 1 exactly when efficiency has made the doublings, and more before."""
    k, b, r, t = reals("kbrt")
    burden, wanted = laws.burden(), laws.doublings()
    multiple = laws.compute_multiple().function(k, r)
    saved = laws.efficiency().function(-b, t)
    count, value = wanted.function(k, r), burden.function(k, b, r, t)
    rate = laws.growth().function(-b)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        law = wanted(k, r)
        inner = law.term.args[1].args[0]
        doubled = goal.have(
            equal(count * log(2), log(multiple)), *given, law, quotient_at(law.term.args[1]),
            quotient_at(inner), log_two().at(), log_quotient().at(x=real(1), y=r),
            log_one().at(), laws.multiple().at(k=k, r=r),
            cancel().at(c=count * log(2), d=log(multiple), e=k), opaque=True,
        )
        power = exp(rate * t)
        logs = goal.have(
            both(value > 0, equal(log(value), log(multiple) - b * log(2) * t)), *given,
            burden(k, b, r, t), laws.multiple().at(k=k, r=r), laws.efficient().at(g=-b, t=t),
            laws.growing().at(g=-b), positive().at(z=rate * t), log_of_exp().at(z=rate * t),
            product(multiple, saved), log_product().at(x=multiple, y=saved),
            same(log(value), log(multiple * saved)), same(log(saved), log(power)), opaque=True,
        )
        # log of the burden = (d/β - t) β log 2.
        spent = goal.have(
            equal((count / b) * b, count), *given, quotient_at(count / b), opaque=True
        )
        yield spent
        yield doubled
        yield logs
        yield from given
        yield log_one().at()
        yield log_two().at()
        yield log_order().at(x=real(1), y=value)
        yield product(b, log(2))
        yield sign_of_factor().at(d=count / b - t, e=b * log(2))
        yield laws.multiple_side().at(k=k, r=r)
        yield sign_of_factor().at(d=count, e=log(2))
        yield multiply().at(c=(count / b) * b, d=count, e=log(2))

    return prove(
        "burden-constant",
        forall(
            k, b, r, t,
            given={"kappa": k > 0, "rate": b > 0, "ratio": r > 0},
            then=both(
                iff(equal(value, 1), equal(t, count / b)),
                iff(value > 1, t < count / b),
                iff(count > 0, r < 1),
            ),
        ),
        premises,
        opaque=True,
    )
