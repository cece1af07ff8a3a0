"""The threshold with an exponent on the scalable work's resource: S_c = (R-1)/(R-1+a).

*Definitions* accepted by the kernel: :func:`exponent_time`, :func:`exponent_threshold`,
:func:`exponent_allocation`, and the choice :func:`power`.

*Results*: ``scaling-exponent`` (its parts: :func:`at_zero`, :func:`enough`, :func:`needed`, and the
edges :func:`equal_ratio`, :func:`small_ratio`, :func:`exponent_one`).

*How it is done*: all that is used of the power b^a, for real a, is Bernoulli's inequality with the
exponents -a and a+1. The first says 1/(1-x)^a >= 1 + a x, by which the scalable work loses enough;
the second says that it loses no more than a x/(1-(a+1)x), by which a small share gains. The powers
are never looked at otherwise, so no derivative is needed. That there are such powers is proved of
exp(a log b) (``bernoulli``), from the axioms of the exponential.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654; Mitrinović, 'Analytic Inequalities'
(1970), section 2.4.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.amdahl import exponent as model
from proofs.amdahl.collapse import one, zero
from proofs.amdahl.objective import threshold, time
from proofs.amdahl.real import (
    cancel,
    multiply,
    nonzero,
    product,
    product_nonnegative,
    quotient,
    quotient_at,
    reals,
    sign_of_factor,
)
from proofs.efficiency.exponential import (
    exp,
    exponential,
    inverse,
    log,
    log_one,
    log_upper,
    logarithm,
    positive,
    same,
    upper,
)
from proofs.efficiency.exponential import zero as exp_zero
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, choose, define, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, either, equal, implies

exponent_threshold = once(lambda: define(model.exponent_threshold))
exponent_allocation = once(lambda: define(model.exponent_allocation))


def of_power(b: Term, a: Term, r: Term) -> Term:
    """What is used of r as the power b^a: 1^a = 1, b^1 = b, and Bernoulli's inequality."""
    return both(
        implies(equal(b, 1), equal(r, 1)),
        implies(both(b > 0, equal(a, 1)), equal(r, b)),
        implies(
            both(b > 0, b <= 1, a >= 0),
            both(r > 0, r * (1 + a * (1 - b)) <= 1, r * b >= 1 - (a + 1) * (1 - b)),
        ),
    )


@once
def bernoulli() -> Theorem:
    """exp(a log b) is such a number."""
    b, a = reals("ba")
    exponent = a * log(b)
    value = exp(exponent)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield log_one().at()
        yield exp_zero().at()
        yield logarithm()(b)
        yield same(log(b), log(1))
        yield same(value, exp(0))
        yield same(value, exp(log(b)))
        yield positive().at(z=exponent)
        # log b <= b-1, b log b >= b-1, and exp z >= 1+z at a log b and at -a log b.
        yield log_upper().at(x=b)
        yield upper().at(z=log(b))
        yield exponential()(exponent)
        yield exponential()(-exponent)
        yield inverse().at(z=exponent)
        yield product_nonnegative().at(a=a, b=b - 1 - log(b))
        yield product_nonnegative().at(a=value, b=exp(-exponent) - (1 + a * (1 - b)))
        yield product_nonnegative().at(a=b, b=value - (1 + exponent))
        yield product_nonnegative().at(a=a, b=b * log(b) - (b - 1))

    return prove("bernoulli", forall(b, a, then=of_power(b, a, value)), premises, opaque=True)


@once
def power() -> Definition:
    """The power b^a of a positive real: a number of which Bernoulli's inequality holds, such as
    exp(a log b)."""
    return choose(
        model.power,
        of_power,
        witness=lambda b, a: exp(a * log(b)),
        premises=lambda b, a: [bernoulli().at(b=b, a=a)],
    )


@once
def exponent_time() -> Definition:
    """T_a(x) = (1-s)/(1+(R-1)x) + s/(1-x)^a."""
    power()
    return define(model.exponent_time)


@once
def at_zero() -> Theorem:
    """T_a is 1 without specialised hardware."""
    R, s, a = reals("Rsa")
    t, p = exponent_time(), power()
    return prove(
        "scaling-exponent.none",
        forall(R, s, a, then=equal(t.function(R, s, a, zero()), 1)),
        lambda goal: [
            t(R, s, a, zero()),
            p(1 - zero(), a),
            quotient().at(a=1 - s, b=1 + (R - 1) * zero()),
            quotient().at(a=s, b=p.function(1 - zero(), a)),
        ],
        opaque=True,
    )


@once
def cleared() -> Theorem:
    """s < S_c says the same as s a < (1-s)(R-1)."""
    R, s, a = reals("Rsa")
    start = exponent_threshold()
    return prove(
        "exponent-threshold-cleared",
        forall(
            R, s, a,
            given={"ratio": R > 1, "exponent": a >= 0},
            then=both(
                implies(s < start.function(R, a), s * a < (1 - s) * (R - 1)),
                implies(s >= start.function(R, a), s * a >= (1 - s) * (R - 1)),
                start.function(R, a) > 0, start.function(R, a) <= 1,
            ),
        ),
        lambda goal: [
            start(R, a),
            quotient().at(a=R - 1, b=R - 1 + a),
            sign_of_factor().at(d=start.function(R, a) - s, e=R - 1 + a),
            sign_of_factor().at(d=start.function(R, a), e=R - 1 + a),
            sign_of_factor().at(d=1 - start.function(R, a), e=R - 1 + a),
        ],
        opaque=True,
    )


@once
def scalable_loses() -> Theorem:
    """s/(1-x)^a >= s (1 + a x), by Bernoulli's inequality with the exponent -a."""
    s, a, x = reals("sax")
    left = power().function(1 - x, a)
    q = s / left

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        bounds = goal.have(
            both(left > 0, left * (1 + a * x) <= 1), *given, power()(1 - x, a), opaque=True
        )
        yield goal.have(
            q >= s * (1 + a * x), *given, bounds, quotient_at(q),
            product_nonnegative().at(a=s, b=1 - left * (1 + a * x)),
            sign_of_factor().at(d=q - s * (1 + a * x), e=left), opaque=True,
        )

    return prove(
        "scalable-loses",
        forall(
            s, a, x,
            given={"scalable": s >= 0, "exponent": a >= 0, "from": x >= 0, "to": x < 1},
            then=q >= s * (1 + a * x),
        ),
        premises,
        opaque=True,
    )


@once
def enough() -> Theorem:
    """From the threshold on, x = 0 is the unique minimiser."""
    R, s, a, x = reals("Rsax")
    t = exponent_time()
    bottom = 1 + (R - 1) * x
    p, q = (1 - s) / bottom, s / power().function(1 - x, a)
    low = s * (1 + a * x)
    value = t.function(R, s, a, x)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        limit = goal.have(
            both(s > 0, s * a >= (1 - s) * (R - 1)),
            given["ratio"], given["exponent"], given["threshold"], cleared().at(R=R, s=s, a=a),
            opaque=True,
        )
        positive = goal.have(
            both(bottom > 1, (R - 1) * x > 0), given["ratio"], given["from"], product(R - 1, x),
            opaque=True,
        )
        lost = goal.have(
            q >= low, limit, given["exponent"], given["from"], given["to"],
            scalable_loses().at(s=s, a=a, x=x), opaque=True,
        )
        gained = goal.have(equal(p * bottom, 1 - s), positive, quotient_at(p), opaque=True)
        # (p + s(1+ax) - 1)(1+(R-1)x) = x (sa (R-1)x + sa - (1-s)(R-1)).
        more = goal.have(
            p + low > 1, given["from"], given["exponent"], limit, positive, gained,
            product(s, a), product(s * a, (R - 1) * x),
            product(x, s * a * ((R - 1) * x) + s * a - (1 - s) * (R - 1)),
            sign_of_factor().at(d=p + low - 1, e=bottom), opaque=True,
        )
        yield lost
        yield more
        yield t(R, s, a, x)

    return prove(
        "scaling-exponent.if",
        forall(
            R, s, a, x,
            given={
                "ratio": R > 1, "exponent": a > 0,
                "threshold": s >= exponent_threshold().function(R, a),
                "from": x > 0, "to": x < 1,
            },
            then=value > 1,
        ),
        premises,
        opaque=True,
    )


@once
def needed() -> Theorem:
    """Below the threshold, an explicit share takes less time than none."""
    R, s, a = reals("Rsa")
    t, place = exponent_time(), exponent_allocation()
    x = place.function(R, s, a)
    left = power().function(1 - x, a)
    bottom, e, b = 1 + (R - 1) * x, 1 - (a + 1) * x, 1 - x
    p, q = (1 - s) / bottom, s / left
    wide = (R - 1) * (a + 2)
    spare = (R - 1) * (1 - s) - a * s

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        ratio, exponent, scalable = (given[h] for h in ("ratio", "exponent", "scalable"))
        limit = goal.have(
            spare > 0, ratio, exponent, given["threshold"], cleared().at(R=R, s=s, a=a),
            opaque=True,
        )
        wider = goal.have(wide > 0, ratio, exponent, product(R - 1, a + 2), opaque=True)
        turned = goal.have(
            equal(x * wide, spare), wider, place(R, s, a), quotient().at(a=spare, b=wide),
            opaque=True,
        )
        # (1 - (a+2) x)(R-1) = s (R-1+a).
        inside = goal.have(
            both(x > 0, (a + 2) * x <= 1), ratio, exponent, scalable, limit, wider, turned,
            sign_of_factor().at(d=x, e=wide), product_nonnegative().at(a=s, b=R - 1 + a),
            sign_of_factor().at(d=1 - (a + 2) * x, e=R - 1), opaque=True,
        )
        small = goal.have(
            both(x < 1, e > 0, b > 0), exponent, inside, product_nonnegative().at(a=a, b=x),
            opaque=True,
        )
        positive = goal.have(
            both(bottom > 0, (R - 1) * x > 0), ratio, inside, product(R - 1, x), opaque=True
        )
        bounds = goal.have(
            both(left > 0, left * b >= e), exponent, inside, small, power()(1 - x, a), opaque=True
        )
        parts = goal.have(
            both(equal(p * bottom, 1 - s), equal(q * left, s), q >= 0), scalable, positive, bounds,
            quotient_at(p), quotient_at(q), sign_of_factor().at(d=q, e=left), opaque=True,
        )
        lost = goal.have(
            q * e <= s * b, bounds, parts, product_nonnegative().at(a=q, b=left * b - e),
            opaque=True,
        )
        # e (1-s) + s b A - A e = -(R-1) (1+s) x², with A = 1+(R-1)x.
        apart = goal.have(
            e * (1 - s) + bottom * (s * b) - bottom * e < 0, scalable, inside, positive, turned,
            product((R - 1) * x, x), product((R - 1) * x * x, 1 + s),
            opaque=True,
        )
        yield inside
        yield small
        total = goal.have(
            equal((1 - p - q) * (bottom * e), bottom * e - (1 - s) * e - bottom * (q * e)), parts,
            multiply().at(c=p * bottom, d=1 - s, e=e), opaque=True,
        )
        weighed = goal.have(
            both(bottom * (q * e) <= bottom * (s * b), bottom * e > 0), positive, small, lost,
            product_nonnegative().at(a=bottom, b=s * b - q * e), product(bottom, e), opaque=True,
        )
        saved = goal.have(
            (1 - p - q) * (bottom * e) > 0, total, weighed, apart, opaque=True
        )
        yield goal.have(
            p + q < 1, weighed, saved, sign_of_factor().at(d=1 - p - q, e=bottom * e), opaque=True
        )
        yield t(R, s, a, x)

    return prove(
        "scaling-exponent.only-if",
        forall(
            R, s, a,
            given={
                "ratio": R > 1, "exponent": a >= 0, "scalable": s >= 0,
                "threshold": s < exponent_threshold().function(R, a),
            },
            then=both(x > 0, x < 1, t.function(R, s, a, x) < 1),
        ),
        premises,
        opaque=True,
    )


@once
def equal_ratio() -> Theorem:
    """Edge R = 1: with any scalable work, x = 0 is the unique minimiser."""
    s, a, x = reals("sax")
    t = exponent_time()
    p = (1 - s) / (1 + (one() - 1) * x)
    return prove(
        "scaling-exponent.equal-ratio",
        forall(
            s, a, x,
            given={"some scalable": s > 0, "exponent": a > 0, "from": x > 0, "to": x < 1},
            then=t.function(1, s, a, x) > 1,
        ),
        lambda goal: [
            t(1, s, a, x),
            quotient_at(p),
            scalable_loses().at(s=s, a=a, x=x),
            product(s, a), product(s * a, x),
        ],
        opaque=True,
    )


@once
def small_ratio() -> Theorem:
    """Edge R <= 1: every share loses, unless neither kind of work takes notice."""
    R, s, a, x = reals("Rsax")
    t = exponent_time()
    bottom, spare = 1 + (R - 1) * x, (1 - R) * x
    p, q = (1 - s) / bottom, s / power().function(1 - x, a)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        ends = [given["ratio"], given["at most one"], given["from"], given["to"]]
        positive = goal.have(
            both(bottom > 0, spare >= 0, implies(R < 1, spare > 0)), *ends,
            product_nonnegative().at(a=R, b=x), product_nonnegative().at(a=1 - R, b=x),
            product(1 - R, x), opaque=True,
        )
        # (p - (1-s)) (1+(R-1)x) = (1-s) (1-R) x.
        yield goal.have(
            both(p >= 1 - s, implies(both(R < 1, s < 1), p > 1 - s)), positive, given["shares"],
            quotient_at(p), sign_of_factor().at(d=p - (1 - s), e=bottom),
            product_nonnegative().at(a=1 - s, b=spare), product(1 - s, spare), opaque=True,
        )
        yield goal.have(
            both(q >= s, implies(both(s > 0, a > 0), q > s)), given["scalable"], given["exponent"],
            given["from"], given["to"], scalable_loses().at(s=s, a=a, x=x),
            product_nonnegative().at(a=s, b=a), product_nonnegative().at(a=s * a, b=x),
            product(s, a), product(s * a, x), opaque=True,
        )
        yield given["felt"]
        yield t(R, s, a, x)

    return prove(
        "scaling-exponent.small-ratio",
        forall(
            R, s, a, x,
            given={
                "ratio": R >= 0, "at most one": R <= 1, "scalable": s >= 0, "shares": s <= 1,
                "exponent": a >= 0, "felt": either(both(R < 1, s < 1), both(s > 0, a > 0)),
                "from": x > 0, "to": x < 1,
            },
            then=t.function(R, s, a, x) > 1,
        ),
        premises,
        opaque=True,
    )


@once
def exponent_one() -> Theorem:
    """Edge a = 1: the objective and the threshold are those of ``collapse``."""
    R, s, x = reals("Rsx")
    t, mine = time(), exponent_time()
    base, start = threshold(), exponent_threshold()
    q, r = (R - 1) / (R - 1 + one()), 1 / R

    def premises(goal: Goal) -> Iterable[Fact]:
        ratio, end = goal.hypothesis("ratio"), goal.hypothesis("to")
        same = goal.have(
            equal(power().function(1 - x, 1), 1 - x), end, power()(1 - x, 1), opaque=True
        )
        yield goal.have(
            equal(mine.function(R, s, 1, x), t.function(R, s, x)), same,
            mine(R, s, 1, x), t(R, s, x),
        )
        yield start(R, 1)
        yield base(R)
        yield goal.have(
            equal(q, 1 - r), ratio, quotient_at(q), quotient_at(r),
            cancel().at(c=q, d=1 - r, e=R), opaque=True,
        )

    return prove(
        "scaling-exponent.one",
        forall(
            R, s, x,
            given={"ratio": nonzero(R), "to": x < 1},
            then=both(
                equal(mine.function(R, s, 1, x), t.function(R, s, x)),
                equal(start.function(R, 1), base.function(R)),
            ),
        ),
        premises,
        opaque=True,
    )


def scaling_exponent() -> tuple[Theorem, ...]:
    """All parts of ``scaling-exponent``."""
    return at_zero(), enough(), needed(), equal_ratio(), small_ratio(), exponent_one()
