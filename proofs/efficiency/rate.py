"""What the loss does as the rate γ tends to 0, and as time or the rate grow.

*Results*: ``no-efficiency-limit`` (its parts: :func:`compute_near`, :func:`loss_near`,
:func:`bounds`, :func:`no_efficiency`), ``loss-monotone`` (:func:`falls_in_time`,
:func:`falls_in_rate`, :func:`starts`).

*How it is done*: with z = γ t ln 2, I_γ(t) = t p where p z = exp z - 1. From 1 + z <= exp z and
exp z (1-z) <= 1, p lies between 1 and 1/(1-z), for z of either sign. That p increases with z is,
for a < b of one sign, exp b - exp a >= exp a (b-a) together with exp a (1-a) < 1.

*References*: 'The Race to Efficiency', arXiv 2501.02156.
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
    exponential,
    log,
    log_one,
    log_order,
    log_quotient,
    log_two,
    log_upper,
    order,
    positive,
    real,
    same,
    strict,
    tangent,
    upper,
    zero,
)
from proofs.kernel.rules import Fact, Goal, Theorem, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, equal, implies


def mean(p: Term, z: Term) -> Term:
    """p is the mean of exp from 0 to z: p z = exp z - 1, and 1 for z = 0."""
    return both(implies(nonzero(z), equal(p * z, exp(z) - 1)), implies(equal(z, 0), equal(p, 1)))


@once
def mean_rate() -> Theorem:
    """I_γ(t)/t is the mean of exp from 0 to γ t ln 2, for t other than 0."""
    g, t = reals("gt")
    value, rate = laws.gathered().function(g, t), laws.growth().function(g)
    return prove(
        "mean-rate",
        forall(g, t, then=implies(nonzero(t), mean(value / t, rate * t))),
        lambda goal: [
            quotient_at(value / t), laws.gathering().at(g=g, t=t), laws.growing().at(g=g),
            cancel().at(c=value / t, d=real(1), e=t),
            multiply().at(c=(value / t) * t, d=value, e=rate),
        ],
        opaque=True,
    )


@once
def mean_order() -> Theorem:
    """The mean of exp from 0 to z increases strictly with z."""
    a, b, p, q = reals("abpq")

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        yield goal.have(
            implies(both(a <= 0, b >= 0), p < q), *given, strict().at(z=a), strict().at(z=b),
            sign_of_factor().at(d=q - 1, e=b), sign_of_factor().at(d=1 - p, e=-a), opaque=True,
        )
        # (q - p) a b = a(exp b - 1) - b(exp a - 1) >= (b-a)(1 - exp c (1-c)) > 0, where c is the
        # one of a and b that is nearer to 0.
        cross = (exp(b) - 1) * a - (exp(a) - 1) * b
        for near, far, weight in ((a, b, a), (b, a, -b)):
            sides = goal.have(
                implies(weight > 0, cross > 0), *given, tangent().at(a=near, b=far),
                upper().at(z=near), product(b - a, 1 - exp(near) * (1 - near)),
                product_nonnegative().at(a=weight, b=exp(far) - exp(near) * (1 + far - near)),
                opaque=True,
            )
            yield goal.have(
                implies(weight > 0, p < q), *given, sides, product(a, b), product(-a, -b),
                sign_of_factor().at(d=q - p, e=a * b), multiply().at(c=p * a, d=exp(a) - 1, e=b),
                multiply().at(c=q * b, d=exp(b) - 1, e=a), opaque=True,
            )

    return prove(
        "mean-order",
        forall(
            a, b, p, q,
            given={"first": mean(p, a), "second": mean(q, b), "order": a < b}, then=p < q,
        ),
        premises,
        opaque=True,
    )


@once
def mean_bounds() -> Theorem:
    """The mean p of exp from 0 to z is between 1 and 1/(1-z); for z >= 1 it is at least 1."""
    z, p = reals("zp")

    def premises(goal: Goal) -> Iterable[Fact]:
        yield goal.hypothesis("mean")
        yield exponential()(z)
        yield upper().at(z=z)
        yield sign_of_factor().at(d=p - 1, e=z)
        yield sign_of_factor().at(d=1 - p, e=-z)
        yield sign_of_factor().at(d=1 - p * (1 - z), e=z)
        yield sign_of_factor().at(d=p * (1 - z) - 1, e=-z)

    return prove(
        "mean-bounds",
        forall(z, p, given={"mean": mean(p, z)}, then=both(
            implies(z >= 0, both(p >= 1, p * (1 - z) <= 1)),
            implies(z <= 0, both(p <= 1, p * (1 - z) >= 1)),
        )),
        premises,
        opaque=True,
    )


@once
def compute_error() -> Theorem:
    """I_γ(t) is within 2|γ|t² of t, if |γ|t is at most 1/2."""
    g, t, d = reals("gtd")
    value, rate = laws.gathered().function(g, t), laws.growth().function(g)
    p, z = value / t, rate * t

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        size = goal.have(
            both(z <= d * t, -z <= d * t), *given, laws.growing().at(g=g),
            product_nonnegative().at(a=d - rate, b=t), product_nonnegative().at(a=d + rate, b=t),
            opaque=True,
        )
        near = goal.have(
            implies(t > 0, both(p - 1 <= 2 * (d * t), 1 - p <= 2 * (d * t))), *given, size,
            mean_rate().at(g=g, t=t), mean_bounds().at(z=z, p=p),
            product_nonnegative().at(a=p - 1, b=1 - 2 * z),
            product_nonnegative().at(a=1 - p, b=-z), opaque=True,
        )
        yield near
        yield from given
        yield laws.gathered_start().at(g=g, t=t)
        yield quotient_at(p)
        yield product_nonnegative().at(a=2 * (d * t) - (p - 1), b=t)
        yield product_nonnegative().at(a=2 * (d * t) - (1 - p), b=t)
        yield same(laws.gathered().function(g, 0), value)

    return prove(
        "compute-error",
        forall(
            g, t, d,
            given={
                "later": t >= 0, "to": g <= d, "from": g >= -d, "small": 2 * (d * t) <= 1,
            },
            then=both(value - t <= 2 * (d * t) * t, t - value <= 2 * (d * t) * t),
        ),
        premises,
        opaque=True,
    )


@once
def reach() -> Theorem:
    """δ > 0, and δ 2(1+t)(t+ε) = ε."""
    e, t = reals("et")
    near, law = laws.rate_within().function(e, t), laws.rate_within()(e, t)
    fraction = law.term.args[1]
    bottom = fraction.args[1]
    return prove(
        "rate-within",
        forall(e, t, given={"margin": e > 0, "later": t >= 0}, then=both(
            near > 0, equal(near * bottom, e)
        )),
        lambda goal: [
            goal.hypothesis("margin"), goal.hypothesis("later"), law, quotient_at(fraction),
            product(1 + t, t + e), sign_of_factor().at(d=near, e=bottom),
        ],
        opaque=True,
    )


@once
def compute_near() -> Theorem:
    """I_γ(t) is within ε of t for all γ up to δ, forwards or backwards."""
    e, g, t = reals("egt")
    value, near = laws.gathered().function(g, t), laws.rate_within().function(e, t)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        known = goal.have(
            reach().statement.conclusion, given["margin"], given["later"], reach().at(e=e, t=t),
            opaque=True,
        )
        yield known
        # With s = 2 δ (1+t): s (t+ε) = ε, so that δ t <= s/2 <= 1/2 and s t <= ε.
        step = 2 * near * (1 + t)
        sizes = goal.have(
            both(step * (t + e) <= e, step > 0, 2 * (near * t) <= step, step <= 1, step * t < e),
            known, given["margin"], given["later"], product(near, 1 + t),
            product_nonnegative().at(a=near, b=t), product_nonnegative().at(a=step, b=t),
            sign_of_factor().at(d=1 - step, e=t + e), product(step, e), opaque=True,
        )
        yield goal.have(
            2 * (near * t) * t < e, known, sizes, given["later"],
            product_nonnegative().at(a=step - 2 * (near * t), b=t), opaque=True,
        )
        yield sizes
        yield from given.values()
        yield compute_error().at(g=g, t=t, d=near)

    return prove(
        "no-efficiency-limit.compute",
        forall(
            e, g, t,
            given={"margin": e > 0, "later": t >= 0, "from": g >= -near, "to": g <= near},
            then=both(near > 0, value - t < e, t - value < e),
        ),
        premises,
        opaque=True,
    )


@once
def power_lipschitz() -> Theorem:
    """For u, v >= 1, u^-κ - v^-κ is at most κ(v-u) if u <= v, and not negative."""
    k, u, v = reals("kuv")
    power = laws.real_power().function
    left, right = power(u, -k), power(v, -k)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        # v^-κ = u^-κ exp(-κ log(v/u)) >= u^-κ (1 - κ(v/u - 1)), and u^-κ <= 1.
        ratio = goal.have(
            both(log(v) - log(u) <= v - u, log(v) >= log(u), log(u) >= 0), *given,
            log_quotient().at(x=v, y=u), log_upper().at(x=v / u), quotient_at(v / u),
            product_nonnegative().at(a=v / u - 1, b=u - 1), log_order().at(x=u, y=v),
            log_order().at(x=real(1), y=u), log_one().at(),
            sign_of_factor().at(d=v / u - 1, e=u), opaque=True,
        )
        first, second = -k * log(u), -k * log(v)
        powers = goal.have(
            both(equal(left, exp(first)), equal(right, exp(second))),
            laws.real_power()(u, -k), laws.real_power()(v, -k), opaque=True,
        )
        sizes = goal.have(
            both(exp(first) <= 1, exp(first) > 0), *given, ratio, order().at(a=first, b=real(0)),
            zero().at(), positive().at(z=first), product_nonnegative().at(a=k, b=log(u)),
            opaque=True,
        )
        step = k * (v - u)
        yield powers
        yield sizes
        yield goal.have(
            both(second - first >= -step, second <= first, step >= 0), *given, ratio,
            product_nonnegative().at(a=k, b=v - u - (log(v) - log(u))),
            product_nonnegative().at(a=k, b=log(v) - log(u)),
            product_nonnegative().at(a=k, b=v - u), opaque=True,
        )
        yield tangent().at(a=first, b=second)
        yield order().at(a=second, b=first)
        yield product_nonnegative().at(a=exp(first), b=second - first + step)
        yield product_nonnegative().at(a=1 - exp(first), b=step)

    return prove(
        "power-lipschitz",
        forall(
            k, u, v, given={"kappa": k > 0, "least": u >= 1, "order": u <= v},
            then=both(left - right <= k * (v - u), left >= right),
        ),
        premises,
        opaque=True,
    )


@once
def loss_near() -> Theorem:
    """R_γ(t) is within ε of (1+t)^-κ for all γ up to the δ of ε/κ."""
    k, e, g, t = reals("kegt")
    value, loss = laws.gathered().function(g, t), laws.relative_loss()
    limit, near = laws.real_power().function(1 + t, -k), laws.rate_within().function(e / k, t)
    found = loss.function(k, g, t)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        margin = goal.have(
            both(e / k > 0, equal((e / k) * k, e)), given["kappa"], given["margin"],
            quotient_at(e / k), sign_of_factor().at(d=e / k, e=k), opaque=True,
        )
        yield margin
        error = goal.have(
            both(near > 0, value - t < e / k, t - value < e / k), margin, given["later"],
            given["from"], given["to"], compute_near().at(e=e / k, g=g, t=t), opaque=True,
        )
        yield error
        yield goal.have(
            value >= 0, given["later"], laws.gathered_start().at(g=g, t=t),
            laws.gathered_order().at(g=g, t=real(0), u=t), opaque=True,
        )
        yield from given.values()
        yield loss(k, g, t)
        yield power_lipschitz().at(k=k, u=1 + value, v=1 + t)
        yield power_lipschitz().at(k=k, u=1 + t, v=1 + value)
        yield product(k, e / k - (value - t))
        yield product(k, e / k - (t - value))

    return prove(
        "no-efficiency-limit.loss",
        forall(
            k, e, g, t,
            given={
                "kappa": k > 0, "margin": e > 0, "later": t >= 0,
                "from": g >= -near, "to": g <= near,
            },
            then=both(near > 0, found - limit < e, limit - found < e),
        ),
        premises,
        opaque=True,
    )


@once
def bounds() -> Theorem:
    """I_γ(t) is between t and t/(1 - γ t ln 2): bounds without cancellation, for small γ t."""
    g, t = reals("gt")
    value, rate = laws.gathered().function(g, t), laws.growth().function(g)
    p, z = value / t, rate * t

    def premises(goal: Goal) -> Iterable[Fact]:
        yield goal.have(
            both(*(
                implies(both(s * g >= 0, u * t >= 0), s * u * z >= 0)
                for s in (1, -1) for u in (1, -1)
            )),
            laws.growing().at(g=g),
            *(product_nonnegative().at(a=s * rate, b=u * t) for s in (1, -1) for u in (1, -1)),
            opaque=True,
        )
        yield mean_rate().at(g=g, t=t)
        yield mean_bounds().at(z=z, p=p)
        yield laws.gathered_start().at(g=g, t=t)
        yield same(laws.gathered().function(g, 0), value)
        yield quotient_at(p)
        yield multiply().at(c=p * t, d=value, e=1 - z)
        for part in (p - 1, 1 - p, 1 - p * (1 - z), p * (1 - z) - 1):
            yield product_nonnegative().at(a=part, b=t)
            yield product_nonnegative().at(a=part, b=-t)

    return prove(
        "no-efficiency-limit.bounds",
        forall(g, t, then=both(
            implies(g >= 0, both(t <= value, value * (1 - z) <= t)),
            implies(g <= 0, both(value <= t, t <= value * (1 - z))),
        )),
        premises,
        opaque=True,
    )


@once
def no_efficiency() -> Theorem:
    """R_0(t) = (1+t)^-κ, and I_0(t) = t."""
    k, t = reals("kt")
    value, loss = laws.gathered(), laws.relative_loss()
    power = laws.real_power().function
    start = real(0)
    return prove(
        "no-efficiency-limit.none",
        forall(k, t, then=both(
            equal(value.function(0, t), t), equal(loss.function(k, 0, t), power(1 + t, -k))
        )),
        lambda goal: [
            value(0, t), loss(k, start, t),
            same(power(1 + value.function(0, t), -k), power(1 + t, -k)),
        ],
        opaque=True,
    )


def no_efficiency_limit() -> tuple[Theorem, ...]:
    """All parts of ``no-efficiency-limit``."""
    return compute_near(), loss_near(), bounds(), no_efficiency()


@once
def falls_in_time() -> Theorem:
    """The loss falls strictly with time, whatever γ is."""
    k, g, t, u = reals("kgtu")
    value, loss = laws.gathered().function, laws.relative_loss()
    return prove(
        "loss-monotone.time",
        forall(
            k, g, t, u, given={"kappa": k > 0, "from": t >= 0, "later": t < u},
            then=loss.function(k, g, u) < loss.function(k, g, t),
        ),
        lambda goal: [
            *(goal.hypothesis(h.label) for h in goal.statement.hypotheses),
            loss(k, g, t), loss(k, g, u), laws.gathered_order().at(g=g, t=t, u=u),
            laws.gathered_order().at(g=g, t=real(0), u=t), laws.gathered_start().at(g=g, t=t),
            laws.power_order().at(x=1 + value(g, t), y=1 + value(g, u), k=k),
        ],
        opaque=True,
    )


@once
def falls_in_rate() -> Theorem:
    """The loss at a time t > 0 falls strictly with the rate, also where it is 0 or negative."""
    k, g, h, t = reals("kght")
    value, loss, rate = laws.gathered().function, laws.relative_loss(), laws.growth().function
    p, q = value(g, t) / t, value(h, t) / t

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        means = goal.have(
            both(mean(p, rate(g) * t), mean(q, rate(h) * t)), *given,
            mean_rate().at(g=g, t=t), mean_rate().at(g=h, t=t), opaque=True,
        )
        faster = goal.have(
            rate(g) * t < rate(h) * t, *given, laws.growing().at(g=g), laws.growing().at(g=h),
            log_two().at(), product(h - g, log(2)), product((h - g) * log(2), t), opaque=True,
        )
        yield goal.have(
            p < q, means, faster, mean_order().at(a=rate(g) * t, b=rate(h) * t, p=p, q=q),
            opaque=True,
        )
        yield from given
        yield quotient_at(p)
        yield quotient_at(q)
        yield product(q - p, t)
        yield laws.gathered_start().at(g=g, t=t)
        yield laws.gathered_start().at(g=h, t=t)
        yield loss(k, g, t)
        yield loss(k, h, t)
        yield laws.power_order().at(x=1 + value(g, t), y=1 + value(h, t), k=k)

    return prove(
        "loss-monotone.rate",
        forall(
            k, g, h, t, given={"kappa": k > 0, "later": t > 0, "faster": g < h},
            then=loss.function(k, h, t) < loss.function(k, g, t),
        ),
        premises,
        opaque=True,
    )


@once
def starts() -> Theorem:
    """At time 0 the loss is 1, whatever κ and γ are."""
    k, g = reals("kg")
    loss, one = laws.relative_loss(), real(1)
    power, start = laws.real_power(), real(0)
    value = laws.gathered().function(g, start)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield loss(k, g, start)
        yield goal.have(
            equal(power.function(one, -k), 1), power(one, -k), log_one().at(), zero().at(),
            same(exp(-k * log(1)), exp(0)), opaque=True,
        )
        yield laws.gathered_start().at(g=g, t=start)
        yield same(power.function(1 + value, -k), power.function(one, -k))

    return prove(
        "loss-monotone.start", forall(k, g, then=equal(loss.function(k, g, 0), 1)), premises,
        opaque=True,
    )


def loss_monotone() -> tuple[Theorem, ...]:
    """All parts of ``loss-monotone``."""
    return falls_in_time(), falls_in_rate(), starts()
