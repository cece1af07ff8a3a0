"""The overclaim: "beyond a critical share specialisation never pays, whatever its advantage".

*Results*: ``overclaim`` (its parts: :func:`restored`, :func:`instance`, :func:`bounded_gain`, and
the edge :func:`all_scalable`).

*How it is done*: that a ratio above R_c restores a gain is ``break-even`` there. The instance has
twice the critical ratio, and half of the break-even allocation: T is 1 - (1-s)/(3(1+3s)), an
identity of rational functions, so that every s < 1 has its own refutation.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.amdahl import overclaim as model
from proofs.amdahl.break_even import gain, place
from proofs.amdahl.collapse import at_zero, one, thresholds
from proofs.amdahl.objective import break_even, critical_ratio, time
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
    sign_of_factor,
)
from proofs.kernel.rules import Fact, Goal, Theorem, define, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import both, equal, implies

refuting_ratio = once(lambda: define(model.refuting_ratio))
refuting_allocation = once(lambda: define(model.refuting_allocation))
refuting_gain = once(lambda: define(model.refuting_gain))


@once
def restored() -> Theorem:
    """Every ratio above R_c restores a gain: from 0 to its break-even allocation."""
    R, s, x = reals("Rsx")
    critical = critical_ratio()
    b = break_even().function(R, s)
    t = time().function

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h) for h in ("scalable", "some bounded", "ratio")]
        turned = goal.have(
            equal(critical.function(s) * (1 - s), 1), given[1],
            critical(s), quotient().at(a=1, b=1 - s), opaque=True,
        )
        yield goal.have(
            R > 1, *given, turned, sign_of_factor().at(d=critical.function(s) - 1, e=1 - s),
            opaque=True,
        )
        yield thresholds().at(R=R, s=s)
        yield place().at(R=R, s=s)
        yield gain().at(R=R, s=s, x=x)
        yield at_zero().at(R=R, s=s)

    return prove(
        "overclaim.restored",
        forall(
            R, s, x,
            given={"scalable": s >= 0, "some bounded": s < 1, "ratio": R > critical.function(s)},
            then=both(
                b > 0, b <= 1, implies(both(x > 0, x < b), t(R, s, x) < t(R, s, 0))
            ),
        ),
        premises,
        opaque=True,
    )


@once
def instance() -> Theorem:
    """For every share below 1, a ratio above R_c, an allocation, and the exact time there."""
    (s,) = reals("s")
    r, x, g = (
        each().function(s) for each in (refuting_ratio, refuting_allocation, refuting_gain)
    )
    t, critical = time(), critical_ratio()
    c = critical.function(s)
    a, b = 1 + (r - 1) * x, 1 - x
    p, q = (1 - s) / a, s / b

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h) for h in ("scalable", "some bounded")]
        turned = goal.have(
            both(
                equal(r * (1 - s), 2), equal(c * (1 - s), 1),
                equal(x * (2 * (1 + s)), 1 - s), equal(g * (3 * (1 + 3 * s)), 1 - s),
            ),
            *given, refuting_ratio()(s), critical(s), refuting_allocation()(s), refuting_gain()(s),
            quotient().at(a=2, b=1 - s), quotient().at(a=1, b=1 - s),
            quotient().at(a=1 - s, b=2 * (1 + s)), quotient().at(a=1 - s, b=3 * (1 + 3 * s)),
            opaque=True,
        )
        yield goal.have(
            both(r > c, x > 0, x < 1, g > 0), *given, turned,
            sign_of_factor().at(d=r - c, e=1 - s), sign_of_factor().at(d=x, e=2 * (1 + s)),
            sign_of_factor().at(d=1 - x, e=2 * (1 + s)),
            sign_of_factor().at(d=g, e=3 * (1 + 3 * s)), opaque=True,
        )
        # (R-1)(1-s) = 1+s and 2(1+s)x = 1-s.
        half = goal.have(
            equal((r - 1) * x * 2, 1), *given, turned,
            multiply().at(c=r * (1 - s), d=2, e=x * (2 * (1 + s))),
            product(1 - s, 1 + s),
            cancel().at(c=(r - 1) * x * 2, d=1, e=(1 - s) * (1 + s)), opaque=True,
        )
        yield goal.have(
            equal(p * 3, 2 * (1 - s)), half, quotient_at(p), opaque=True
        )
        below = goal.have(
            equal(b * (2 * (1 + s)), 1 + 3 * s), turned, opaque=True
        )
        apart = goal.have(
            nonzero(b), *given, below, opaque=True
        )
        yield goal.have(
            equal(q * (1 + 3 * s), 2 * s * (1 + s)), apart, below, quotient_at(q),
            multiply().at(c=q * b, d=s, e=2 * (1 + s)),
            multiply().at(c=b * (2 * (1 + s)), d=1 + 3 * s, e=q), opaque=True,
        )
        yield goal.have(1 + 3 * s > 0, given[0])
        yield turned
        yield t(r, s, x)
        yield cancel().at(c=p + q, d=1 - g, e=3 * (1 + 3 * s))

    return prove(
        "overclaim.instance",
        forall(
            s,
            given={"scalable": s >= 0, "some bounded": s < 1},
            then=both(
                r > c, x > 0, x < 1, g > 0, equal(t.function(r, s, x), 1 - g)
            ),
        ),
        premises,
        opaque=True,
    )


@once
def bounded_gain() -> Theorem:
    """No ratio saves as much as the bounded part: the time is always more than s."""
    R, s, x = reals("Rsx")
    t = time()
    a, b = 1 + (R - 1) * x, 1 - x
    p, q = (1 - s) / a, s / b

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        positive = goal.have(
            both(a > 0, b > 0), *given, product_nonnegative().at(a=R, b=x), opaque=True
        )
        yield t(R, s, x)
        yield goal.have(
            p > 0, *given, positive, quotient_at(p), sign_of_factor().at(d=p, e=a), opaque=True
        )
        yield goal.have(
            q >= s, *given, positive, quotient_at(q), product_nonnegative().at(a=s, b=x),
            sign_of_factor().at(d=q - s, e=b), opaque=True,
        )

    return prove(
        "overclaim.bounded-gain",
        forall(
            R, s, x,
            given={
                "ratio": R >= 0, "scalable": s >= 0, "some bounded": s < 1,
                "from": x >= 0, "to": x < 1,
            },
            then=t.function(R, s, x) > s,
        ),
        premises,
        opaque=True,
    )


@once
def all_scalable() -> Theorem:
    """Edge s = 1: the time is 1/(1-x), whatever the ratio is."""
    R, x = reals("Rx")
    t, a = time(), 1 + (R - 1) * x
    none = (one() - 1) / a

    return prove(
        "overclaim.all-scalable",
        forall(
            R, x,
            given={"bounded": nonzero(a)},
            then=equal(t.function(R, one(), x), 1 / (1 - x)),
        ),
        lambda goal: [
            t(R, one(), x),
            goal.have(
                equal(none, 0), goal.hypothesis("bounded"), quotient_at(none),
                product_nonzero().at(a=none, b=a), opaque=True,
            ),
        ],
        opaque=True,
    )


def overclaim() -> tuple[Theorem, ...]:
    """All parts of ``overclaim``."""
    return restored(), instance(), bounded_gain(), all_scalable()
