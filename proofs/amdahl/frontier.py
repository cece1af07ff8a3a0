"""When specialised hardware stops paying: where R(t)(1-s(t)) comes down to 1.

*Definitions* accepted by the kernel: :func:`advantage`, :func:`later_ratio`,
:func:`later_scalable`, and :func:`two_to`, chosen to be exp(y log 2).

*Results*: ``moving-frontier`` (its parts: :func:`pays`, :func:`stops`, :func:`falls`,
:func:`exponential`).

*How it is done*: by ``amdahl-identity`` T - 1 has the sign of 1 - R(1-s) + (R-1)x. That is linear
in x, with the values 1 - R(1-s) at 0 and Rs at 1, so no share gains if R(1-s) <= 1, also for R < 1.
With 2^((γ+μ)t*) = R(1-s) the exponential laws have R(t)(1-s(t)) = 2^((γ+μ)(t*-t)), which is more
than 1 exactly before t*. All that is used of powers of two is that they turn sums into products and
are more than 1 exactly for positive exponents; both follow from the axioms of the exponential.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654; 'The Race to Efficiency', arXiv
2501.02156.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.amdahl import frontier as model
from proofs.amdahl.collapse import at_zero, better
from proofs.amdahl.objective import break_even, identity, time
from proofs.amdahl.real import (
    multiply,
    product,
    product_nonnegative,
    quotient_at,
    reals,
    sign_of_factor,
)
from proofs.efficiency.exponential import (
    exp,
    exponential_sum,
    log,
    log_two,
    order,
    positive,
    real,
    same,
    zero,
)
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, choose, define, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import both, equal, iff, implies, negate

advantage = once(lambda: define(model.advantage))


@once
def two_to() -> Definition:
    """The powers of two: 2^y = exp(y log 2), which there is."""
    return choose(
        model.two_to,
        lambda y, r: equal(r, exp(y * log(2))),
        witness=lambda y: exp(y * log(2)),
    )


@once
def powers() -> Theorem:
    """2^y is positive, and more than 1 exactly for y > 0."""
    (y,) = reals("y")
    value = two_to().function(y)
    return prove(
        "powers-of-two",
        forall(y, then=both(value > 0, iff(value > 1, y > 0), iff(equal(value, 1), equal(y, 0)))),
        lambda goal: [
            two_to()(y), positive().at(z=y * log(2)), log_two().at(), zero().at(),
            order().at(a=real(0), b=y * log(2)), sign_of_factor().at(d=y, e=log(2)),
        ],
        opaque=True,
    )


@once
def power_sum() -> Theorem:
    """2^(y+z) = 2^y 2^z."""
    y, z = reals("yz")
    power = two_to().function
    first, second = y * log(2), z * log(2)
    return prove(
        "power-of-two-sum",
        forall(y, z, then=equal(power(y + z), power(y) * power(z))),
        lambda goal: [
            two_to()(y), two_to()(z), two_to()(y + z), exponential_sum()(first, second),
            same(exp((y + z) * log(2)), exp(first + second)),
        ],
        opaque=True,
    )


@once
def later_ratio() -> Definition:
    """R 2^(-γt)."""
    two_to()
    return define(model.later_ratio)


@once
def later_scalable() -> Definition:
    """1 - (1-s) 2^(-μt)."""
    two_to()
    return define(model.later_scalable)


@once
def signs() -> Theorem:
    """T - 1 has the sign of 1 - R(1-s) + (R-1)x, also for R = 0."""
    R, s, x = reals("Rsx")
    value, rest = time().function(R, s, x), 1 - R * (1 - s) + (R - 1) * x
    bounded = 1 + (R - 1) * x
    top, bottom = x * rest, bounded * (1 - x)

    def premises(goal: Goal) -> Iterable[Fact]:
        ratio, begin, end = (goal.hypothesis(label) for label in ("ratio", "from", "to"))
        positive = goal.have(
            both(bounded > 0, bottom > 0), ratio, begin, end,
            product_nonnegative().at(a=R, b=x), product(bounded, 1 - x), opaque=True,
        )
        known = goal.have(
            equal(value - 1, top / bottom), positive, end, identity().at(R=R, s=s, x=x),
            opaque=True,
        )
        yield known
        yield goal.have(
            iff(top / bottom > 0, top > 0), positive, quotient_at(top / bottom),
            sign_of_factor().at(d=top / bottom, e=bottom), opaque=True,
        )
        yield goal.have(
            iff(top / bottom >= 0, top >= 0), positive, quotient_at(top / bottom),
            sign_of_factor().at(d=top / bottom, e=bottom), opaque=True,
        )
        yield begin
        yield sign_of_factor().at(d=rest, e=x)

    return prove(
        "moving-frontier-signs",
        forall(
            R, s, x,
            given={"ratio": R >= 0, "from": x > 0, "to": x < 1},
            then=both(iff(value > 1, rest > 0), iff(value < 1, rest < 0)),
        ),
        premises,
        opaque=True,
    )


@once
def pays() -> Theorem:
    """While R(1-s) > 1, every share up to break-even takes less time than none."""
    R, s, x = reals("Rsx")
    even = break_even()
    end, value = even.function(R, s), time().function

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        gain = goal.have(
            both(R > 1, R * (1 - s) > 1, R * s >= 0), *given,
            advantage()(R, s), product_nonnegative().at(a=R, b=s), opaque=True,
        )
        cleared = goal.have(
            equal(end * (R - 1), R * (1 - s) - 1), gain, even(R, s),
            quotient_at((R * (1 - s) - 1) / (R - 1)), opaque=True,
        )
        inside = goal.have(
            both(end > 0, end <= 1), gain, cleared,
            sign_of_factor().at(d=end, e=R - 1), sign_of_factor().at(d=1 - end, e=R - 1),
            opaque=True,
        )
        yield inside
        # The factor is (R-1)(x - b), b being break-even.
        yield goal.have(
            implies(both(x > 0, x < end), 1 - R * (1 - s) + (R - 1) * x < 0), gain, cleared,
            sign_of_factor().at(d=end - x, e=R - 1), opaque=True,
        )
        yield given[0]
        yield signs().at(R=R, s=s, x=x)
        yield at_zero().at(R=R, s=s)

    return prove(
        "moving-frontier.pays",
        forall(
            R, s, x,
            given={
                "ratio": R >= 0, "scalable": s >= 0, "advantage": advantage().function(R, s) > 1,
            },
            then=both(
                end > 0, end <= 1,
                implies(both(x > 0, x < end), value(R, s, x) < value(R, s, 0)),
            ),
        ),
        premises,
        opaque=True,
    )


@once
def stops() -> Theorem:
    """From R(1-s) = 1 on, every share takes more time than none: also where R < 1."""
    R, s, x = reals("Rsx")
    rest = 1 - R * (1 - s) + (R - 1) * x

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        # The factor is (1-x)(1 - R(1-s)) + x R s.
        yield goal.have(
            rest > 0, *given, advantage()(R, s),
            product_nonnegative().at(a=1 - x, b=1 - R * (1 - s)),
            product(1 - x, 1 - R * (1 - s)), product_nonnegative().at(a=R, b=s),
            product(R, s), product(x, R * s), product_nonnegative().at(a=x, b=R * s), opaque=True,
        )
        yield from given
        yield signs().at(R=R, s=s, x=x)
        yield at_zero().at(R=R, s=s)

    return prove(
        "moving-frontier.stops",
        forall(
            R, s, x,
            given={
                "ratio": R >= 0, "scalable": s >= 0, "advantage": advantage().function(R, s) <= 1,
                "unlike": negate(both(equal(R, 1), equal(s, 0))), "from": x > 0, "to": x < 1,
            },
            then=better(R, s, x),
        ),
        premises,
        opaque=True,
    )


@once
def falls() -> Theorem:
    """If R does not rise and s does not fall, and one of them moves, R(1-s) falls."""
    R, s, Q, z = reals("RsQz")
    value = advantage()
    return prove(
        "moving-frontier.falls",
        forall(
            R, s, Q, z,
            given={
                "ratio": Q > 0, "some bounded": s < 1,
                "catches up": Q <= R, "migrates": s <= z,
                "moves": negate(both(equal(Q, R), equal(z, s))),
            },
            then=value.function(Q, z) < value.function(R, s),
        ),
        # R(1-s) - Q(1-z) = (R-Q)(1-s) + Q(z-s).
        lambda goal: [
            value(R, s), value(Q, z),
            product(R - Q, 1 - s), product(Q, z - s),
            product_nonnegative().at(a=R - Q, b=1 - s), product_nonnegative().at(a=Q, b=z - s),
        ],
        opaque=True,
    )


@once
def same_power() -> Theorem:
    """Equal exponents, equal powers."""
    y, z = reals("yz")
    power = two_to().function
    return prove(
        "same-power-of-two", forall(y, z, then=implies(equal(y, z), equal(power(y), power(z))))
    )


@once
def exponential() -> Theorem:
    """The exponential laws come down to advantage 1 in the year t* with 2^((γ+μ)t*) = R(1-s)."""
    R, s, g, m, t, w = reals("Rsgmtw")
    power, value = two_to().function, advantage()
    ratio, scalable = later_ratio().function(R, g, t), later_scalable().function(s, m, t)
    caught, moved, whole = power(g * t), power(m * t), power((g + m) * w)
    left = power((g + m) * (w - t))
    p, q = R / caught, (1 - s) / moved

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        positive = goal.have(
            both(caught > 0, moved > 0, moved >= 1, caught * moved > 0),
            given["migrates"], given["later"],
            powers().at(y=g * t), powers().at(y=m * t), product_nonnegative().at(a=m, b=t),
            product(caught, moved), opaque=True,
        )
        exponents = goal.have(
            equal(whole, caught * moved * left),
            power_sum().at(y=g * t, z=m * t),
            power_sum().at(y=g * t + m * t, z=(g + m) * (w - t)),
            same_power().at(y=g * t + m * t + (g + m) * (w - t), z=(g + m) * w),
            multiply().at(c=power(g * t + m * t), d=caught * moved, e=left),
            opaque=True,
        )
        laws = goal.have(
            both(
                equal(ratio, p), equal(scalable, 1 - q),
                equal(p * caught, R), equal(q * moved, 1 - s),
            ),
            positive, later_ratio()(R, g, t), later_scalable()(s, m, t),
            quotient_at(p), quotient_at(q), opaque=True,
        )
        product_of = goal.have(
            equal((p * q) * (caught * moved), R * (1 - s)), laws,
            multiply().at(c=p * caught, d=R, e=q * moved), opaque=True,
        )
        known = goal.have(
            equal(p * q, left), positive, product_of, exponents, given["year"],
            sign_of_factor().at(d=p * q - left, e=caught * moved), opaque=True,
        )
        yield goal.have(equal(value.function(ratio, scalable), left), laws, known,
                        value(ratio, scalable), opaque=True)
        yield goal.have(
            both(iff(left > 1, t < w), iff(equal(left, 1), equal(t, w))), given["speed"],
            powers().at(y=(g + m) * (w - t)), sign_of_factor().at(d=w - t, e=g + m), opaque=True,
        )
        some = goal.have(
            both(R > 0, 1 - s > 0), given["ratio"], given["year"], powers().at(y=(g + m) * w),
            product_nonnegative().at(a=R, b=s - 1), sign_of_factor().at(d=1 - s, e=R), opaque=True,
        )
        yield goal.have(
            ratio > 0, some, positive, laws,
            sign_of_factor().at(d=p, e=caught), opaque=True,
        )
        # (s(t) - s) 2^(μt) = (1-s)(2^(μt) - 1).
        yield goal.have(
            scalable >= s, some, positive, laws,
            product_nonnegative().at(a=1 - s, b=moved - 1),
            sign_of_factor().at(d=1 - q - s, e=moved), opaque=True,
        )

    return prove(
        "moving-frontier.exponential",
        forall(
            R, s, g, m, t, w,
            given={
                "ratio": R >= 0, "speed": g + m > 0, "migrates": m >= 0, "later": t >= 0,
                "year": equal(whole, R * (1 - s)),
            },
            then=both(
                ratio > 0, scalable >= s,
                iff(value.function(ratio, scalable) > 1, t < w),
                iff(equal(value.function(ratio, scalable), 1), equal(t, w)),
            ),
        ),
        premises,
        opaque=True,
    )


def moving_frontier() -> tuple[Theorem, ...]:
    """All parts of ``moving-frontier``."""
    return pays(), stops(), falls(), exponential()
