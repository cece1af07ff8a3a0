"""How long the loss takes to halve, in the long run.

*Results*: ``halving-time`` (its parts: :func:`limit`, :func:`side`).

*How it is done*: with a = γ ln 2, u = r^(-1/κ) and h = 2^(1/κ), let D = 1 + a(u-1) and
D' = 1 + a(hu-1). The time H from r to r/2 has a H = log D' - log D, and a/(κγ) = log h. As
D' - h D = (1-a)(1-h), H is compared with 1/(κγ) as a is with 1, and
|log(D'/(h D))| < (1+a)(h-1)/D.

*References*: 'The Race to Efficiency', arXiv 2501.02156.
"""

from __future__ import annotations

from collections.abc import Iterable

from proofs.amdahl.real import (
    cancel,
    multiply,
    product,
    product_nonnegative,
    quotient_at,
    reals,
    sign_of_factor,
)
from proofs.efficiency import laws
from proofs.efficiency.exponential import (
    log,
    log_one,
    log_order,
    log_product,
    log_quotient,
    log_two,
    log_upper,
    real,
    same,
)
from proofs.kernel.rules import Fact, Goal, Theorem, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, equal, iff


def sizes(k: Term, g: Term, r: Term) -> tuple[Term, Term, Term, Term]:
    """a, h, D and D'."""
    rate, multiple = laws.growth().function(g), laws.compute_multiple().function
    half = laws.real_power().function(2, 1 / k)
    return rate, half, 1 + rate * (multiple(k, r) - 1), 1 + rate * (multiple(k, r / 2) - 1)


@once
def doubled() -> Theorem:
    """(r/2)^(-1/κ) = 2^(1/κ) r^(-1/κ), and 2^(1/κ) > 1."""
    k, r = reals("kr")
    half, multiple = laws.real_power().function(2, 1 / k), laws.compute_multiple().function
    now, later = multiple(k, r), multiple(k, r / 2)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        reciprocal = goal.have(
            both(equal((1 / k) * k, 1), 1 / k > 0), *given, quotient_at(1 / k),
            sign_of_factor().at(d=1 / k, e=k), opaque=True,
        )
        logs = goal.have(
            both(half > 0, equal(log(half) * k, log(2)), log(half) > 0), reciprocal,
            laws.power().at(x=real(2), y=1 / k), log_two().at(), product(1 / k, log(2)),
            multiply().at(c=(1 / k) * k, d=real(1), e=log(2)), opaque=True,
        )
        yield logs
        yield goal.have(
            half > 1, logs, log_one().at(), log_order().at(x=real(1), y=half), opaque=True
        )
        yield goal.have(
            equal(later, half * now), *given, logs, laws.multiple().at(k=k, r=r),
            laws.multiple().at(k=k, r=r / 2), quotient_at(r / 2),
            log_quotient().at(x=r, y=real(2)), log_product().at(x=half, y=now),
            product(half, now), log_order().at(x=later, y=half * now),
            cancel().at(c=log(later), d=log(half) + log(now), e=k), opaque=True,
        )

    return prove(
        "target-halved",
        forall(
            k, r, given={"kappa": k > 0, "loss": r > 0},
            then=both(half > 1, equal(log(half) * k, log(2)), equal(later, half * now)),
        ),
        premises,
        opaque=True,
    )


@once
def halving() -> Theorem:
    """a H = log D' - log D and a/(κγ) = log h, with the sizes of these."""
    k, g, r = reals("kgr")
    rate, half, now, later = sizes(k, g, r)
    multiple, pace = laws.compute_multiple().function(k, r), 1 / (k * g)
    time = laws.time_to_target()
    value = laws.halving_time()

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        rates = goal.have(
            both(rate > 0, equal(rate, g * log(2))), *given, laws.growing().at(g=g), opaque=True
        )
        twice = goal.have(
            both(half > 1, equal(log(half) * k, log(2)),
                 equal(laws.compute_multiple().function(k, r / 2), half * multiple)),
            *given, doubled().at(k=k, r=r), opaque=True,
        )
        least = goal.have(
            multiple >= 1, *given, laws.multiple_side().at(k=k, r=r), opaque=True
        )
        yield twice
        yield rates
        grown = goal.have(
            both(now >= 1, later >= now, equal(later - half * now, (1 - rate) * (1 - half)),
                 now - 1 >= rate * (multiple - 1)),
            rates, twice, least, product_nonnegative().at(a=rate, b=multiple - 1),
            product_nonnegative().at(a=half - 1, b=multiple),
            product_nonnegative().at(a=rate, b=(half - 1) * multiple), opaque=True,
        )
        yield grown
        for loss in (r, r / 2):
            law = time(k, g, loss)
            fraction = law.term.args[1].args[2]
            yield goal.have(
                equal(time.function(k, g, loss) * rate, fraction.args[0]), *given, rates, law,
                quotient_at(fraction), opaque=True,
            )
        yield value(k, g, r)
        yield goal.have(
            equal(pace * rate, log(half)), *given, rates, twice, product(k, g),
            quotient_at(pace), multiply().at(c=pace * (k * g), d=real(1), e=log(half)),
            cancel().at(c=pace * rate, d=log(half), e=k),
            multiply().at(c=log(half) * k, d=log(2), e=pace * g), opaque=True,
        )

    return prove(
        "halving",
        forall(
            k, g, r,
            given={"kappa": k > 0, "rate": g > 0, "loss": r > 0, "lower": r <= 1},
            then=both(
                rate > 0, half > 1, now >= 1, later >= now,
                equal(later - half * now, (1 - rate) * (1 - half)),
                equal(value.function(k, g, r) * rate, log(later) - log(now)),
                equal(pace * rate, log(half)),
            ),
        ),
        premises,
        opaque=True,
    )


@once
def side() -> Theorem:
    """Halving takes less than 1/(κγ) years if γ ln 2 < 1, just as long if γ ln 2 = 1."""
    k, g, r = reals("kgr")
    rate, half, now, later = sizes(k, g, r)
    value, pace = laws.halving_time().function(k, g, r), 1 / (k * g)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        known = goal.have(
            halving().statement.conclusion, *given, halving().at(k=k, g=g, r=r), opaque=True
        )
        yield known
        logs = goal.have(
            both(half * now > 0, equal(log(half * now), log(half) + log(now))), known,
            product(half, now), log_product().at(x=half, y=now), opaque=True,
        )
        yield logs
        yield log_order().at(x=later, y=half * now)
        yield sign_of_factor().at(d=1 - rate, e=half - 1)
        yield sign_of_factor().at(d=pace - value, e=rate)

    return prove(
        "halving-time.side",
        forall(
            k, g, r,
            given={"kappa": k > 0, "rate": g > 0, "loss": r > 0, "lower": r <= 1},
            then=both(iff(value < pace, rate < 1), iff(equal(value, pace), equal(rate, 1))),
        ),
        premises,
        opaque=True,
    )


@once
def error() -> Theorem:
    """|H - 1/(κγ)| a D is less than (1+a)(h-1)."""
    k, g, r = reals("kgr")
    rate, half, now, later = sizes(k, g, r)
    value, pace = laws.halving_time().function(k, g, r), 1 / (k * g)
    off = (value - pace) * rate

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        known = goal.have(
            halving().statement.conclusion, *given, halving().at(k=k, g=g, r=r), opaque=True
        )
        whole = half * now
        logs = goal.have(
            both(whole >= now, equal(off, log(later) - log(whole))), known,
            product_nonnegative().at(a=half - 1, b=now), product(half, now),
            log_product().at(x=half, y=now), opaque=True,
        )
        up, down = later / whole, whole / later
        above = goal.have(
            off * whole <= later - whole, known, logs, log_quotient().at(x=later, y=whole),
            log_upper().at(x=up), quotient_at(up),
            product_nonnegative().at(a=up - 1 - off, b=whole), opaque=True,
        )
        below = goal.have(
            -off * later <= whole - later, known, logs, log_quotient().at(x=whole, y=later),
            log_upper().at(x=down), quotient_at(down),
            product_nonnegative().at(a=down - 1 + off, b=later), opaque=True,
        )
        gap = goal.have(
            both((1 + rate) * (half - 1) > later - whole, (1 + rate) * (half - 1) > whole - later,
                 (1 + rate) * (half - 1) > 0),
            known, product(half - 1, rate), opaque=True,
        )
        yield known
        yield gap
        # Where off is not negative the larger factor h D may become D, and so may D' where it is.
        yield goal.have(
            off * now < (1 + rate) * (half - 1), known, logs, gap, above,
            product_nonnegative().at(a=off, b=whole - now),
            product_nonnegative().at(a=-off, b=now), opaque=True,
        )
        yield goal.have(
            -off * now < (1 + rate) * (half - 1), known, logs, gap, below,
            product_nonnegative().at(a=-off, b=later - now),
            product_nonnegative().at(a=off, b=now), opaque=True,
        )

    return prove(
        "halving-error",
        forall(
            k, g, r,
            given={"kappa": k > 0, "rate": g > 0, "loss": r > 0, "lower": r <= 1},
            then=both(
                off * now < (1 + rate) * (half - 1), -off * now < (1 + rate) * (half - 1),
                now >= 1, rate > 0, half > 1,
            ),
        ),
        premises,
        opaque=True,
    )


@once
def settled() -> Theorem:
    """The settled loss ρ lies between 0 and 1: with X = 1 + (1+a)(h-1)/(ε a²), log ρ = -κ log X."""
    k, g, e = reals("kge")
    rate, half = laws.growth().function(g), laws.real_power().function(2, 1 / k)
    law = laws.settled_loss()(k, g, e)
    power = law.term.args[1]
    loss, (least, exponent) = law.term.args[0], power.args
    gap = least.args[1]

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        begin = goal.have(
            both(rate > 0, half > 1, e * rate * rate > 0), *given, laws.growing().at(g=g),
            doubled().at(k=k, r=real(1)), product(e, rate), product(e * rate, rate), opaque=True,
        )
        some = goal.have(
            both(gap > 0, equal(gap * (e * rate * rate), (1 + rate) * (half - 1))), begin,
            quotient_at(gap), product(1 + rate, half - 1),
            sign_of_factor().at(d=gap, e=e * rate * rate), opaque=True,
        )
        logs = goal.have(
            both(equal(log(loss), -k * log(least)), loss > 0, log(least) > 0), some, law,
            laws.power().at(x=least, y=exponent), log_one().at(),
            log_order().at(x=real(1), y=least), same(log(loss), log(power)), opaque=True,
        )
        yield some
        yield logs
        yield goal.have(
            loss < 1, logs, given[0], product(k, log(least)), log_one().at(),
            log_order().at(x=loss, y=real(1)), opaque=True,
        )

    return prove(
        "settled-loss",
        forall(
            k, g, e, given={"kappa": k > 0, "rate": g > 0, "margin": e > 0},
            then=both(
                loss > 0, loss < 1, equal(log(loss), -k * log(least)), gap > 0,
                equal(gap * (e * rate * rate), (1 + rate) * (half - 1)),
            ),
        ),
        premises,
        opaque=True,
    )


@once
def limit() -> Theorem:
    """From the settled loss on, halving takes 1/(κγ) years, up to ε."""
    k, g, r, e = reals("kgre")
    rate, half, now, _ = sizes(k, g, r)
    value, pace = laws.halving_time().function(k, g, r), 1 / (k * g)
    multiple = laws.compute_multiple().function(k, r)
    law = laws.settled_loss()(k, g, e).term
    loss, least = law.args[0], law.args[1].args[0]
    off = (value - pace) * rate

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        small = goal.have(
            settled().statement.conclusion, given["kappa"], given["rate"], given["margin"],
            settled().at(k=k, g=g, e=e), opaque=True,
        )
        yield small
        large = goal.have(
            multiple >= least, small, given["kappa"], given["positive"], given["settled"],
            laws.multiple().at(k=k, r=r), log_order().at(x=loss, y=r),
            log_order().at(x=multiple, y=least),
            sign_of_factor().at(d=log(least) - log(multiple), e=k), opaque=True,
        )
        sized = goal.have(
            both(rate > 0, e * rate * rate > 0), given["margin"], given["rate"],
            laws.growing().at(g=g), product(e, rate), product(e * rate, rate), opaque=True,
        )
        bound = goal.have(
            e * rate * now >= (1 + rate) * (half - 1), small, sized, large, given["margin"],
            product(e, rate), product_nonnegative().at(a=e * rate * rate, b=multiple - least),
            opaque=True,
        )
        near = goal.have(
            both(off * now < e * rate * now, -off * now < e * rate * now, now >= 1, rate > 0),
            bound, small, *given.values(), error().at(k=k, g=g, r=r), opaque=True,
        )
        yield near
        yield sign_of_factor().at(d=e * rate - off, e=now)
        yield sign_of_factor().at(d=e * rate + off, e=now)
        yield sign_of_factor().at(d=e - (value - pace), e=rate)
        yield sign_of_factor().at(d=e + (value - pace), e=rate)

    return prove(
        "halving-time.limit",
        forall(
            k, g, r, e,
            given={
                "kappa": k > 0, "rate": g > 0, "margin": e > 0, "positive": r > 0,
                "settled": r <= loss,
            },
            then=both(loss > 0, loss < 1, value - pace < e, pace - value < e),
        ),
        premises,
        opaque=True,
    )


def halving_time() -> tuple[Theorem, ...]:
    """All parts of ``halving-time``."""
    return limit(), side()
