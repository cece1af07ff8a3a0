"""Break-even: how much specialised hardware still takes less time than none.

*Results*: ``break-even`` (its parts: :func:`factored`, :func:`gain`, :func:`place`, :func:`even`,
and the edge :func:`small_ratio`).

*How it is done*: with b the break-even allocation, the identity of ``amdahl-identity`` factors:
T - 1 = (R-1) x (x-b) / ((1+(R-1)x)(1-x)). Its roots are 0 and b, and it is negative between them.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from collections.abc import Iterable

from proofs.amdahl.collapse import below_threshold, denominators, numerator
from proofs.amdahl.objective import break_even as even_allocation
from proofs.amdahl.objective import identity, threshold, time
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
from proofs.kernel.rules import Fact, Goal, Theorem, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, equal, iff, negate


def bottom(R: Term, x: Term) -> Term:
    """The common denominator of T."""
    return (1 + (R - 1) * x) * (1 - x)


@once
def cleared() -> Theorem:
    """b (R-1) = R(1-s) - 1."""
    R, s = reals("Rs")
    even = even_allocation()
    return prove(
        "break-even-cleared",
        forall(
            R, s, given={"ratio": nonzero(R - 1)},
            then=equal(even.function(R, s) * (R - 1), R * (1 - s) - 1),
        ),
        lambda goal: [even(R, s), quotient().at(a=R * (1 - s) - 1, b=R - 1)],
        opaque=True,
    )


@once
def factored() -> Theorem:
    """T - 1 as a parabola with the roots 0 and b, over the common denominator."""
    R, s, x = reals("Rsx")
    b, value = even_allocation().function(R, s), time().function(R, s, x)
    top = (R - 1) * x * (x - b)
    bounded, scalable = 1 + (R - 1) * x, 1 - x

    def premises(goal: Goal) -> Iterable[Fact]:
        ratio, *given = (goal.hypothesis(h) for h in ("ratio", "bounded", "scalable"))
        known = goal.have(
            equal(b * (R - 1), R * (1 - s) - 1), ratio, cleared().at(R=R, s=s), opaque=True
        )
        same = goal.have(
            equal(numerator(R, s, x), top), known,
            multiply().at(c=b * (R - 1), d=R * (1 - s) - 1, e=x), opaque=True,
        )
        whole = numerator(R, s, x) / bottom(R, x)
        gained = goal.have(
            equal(value - 1, whole), *given, identity().at(R=R, s=s, x=x), opaque=True
        )
        divided = top / bottom(R, x)
        apart = goal.have(
            nonzero(bottom(R, x)), *given, product_nonzero().at(a=bounded, b=scalable),
            opaque=True,
        )
        yield gained
        yield goal.have(
            equal(whole, divided), same, apart, quotient_at(whole), quotient_at(divided),
            cancel().at(c=whole, d=divided, e=bottom(R, x)), opaque=True,
        )

    return prove(
        "break-even.factored",
        forall(
            R, s, x,
            given={
                "ratio": nonzero(R - 1), "bounded": nonzero(bounded), "scalable": nonzero(scalable)
            },
            then=equal(value - 1, top / bottom(R, x)),
        ),
        premises,
        opaque=True,
    )


@once
def gain() -> Theorem:
    """The time is less than that of none exactly between 0 and b."""
    R, s, x = reals("Rsx")
    b, value = even_allocation().function(R, s), time().function(R, s, x)
    top = (R - 1) * x * (x - b)
    ratio_of = top / bottom(R, x)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in ("ratio", "from", "to")]
        positive = goal.have(
            both(1 + (R - 1) * x > 0, 1 - x > 0, bottom(R, x) > 0), *given,
            denominators().at(R=R, x=x),
        )
        known = goal.have(
            equal(value - 1, ratio_of), given[0], positive, factored().at(R=R, s=s, x=x),
            opaque=True,
        )
        same_sign = goal.have(
            iff(value < 1, top < 0), positive, known, quotient_at(ratio_of),
            sign_of_factor().at(d=ratio_of, e=bottom(R, x)), opaque=True,
        )
        yield same_sign
        yield goal.have(
            iff(top < 0, x * (x - b) < 0), given[0],
            sign_of_factor().at(d=x * (x - b), e=R - 1), opaque=True,
        )
        yield goal.have(
            iff(x * (x - b) < 0, both(x > 0, x < b)), given[1],
            product(x, b - x), product_nonnegative().at(a=x, b=x - b), opaque=True,
        )

    return prove(
        "break-even.gain",
        forall(
            R, s, x,
            given={"ratio": R > 1, "from": x >= 0, "to": x < 1},
            then=iff(value < 1, both(x > 0, x < b)),
        ),
        premises,
        opaque=True,
    )


@once
def place() -> Theorem:
    """b is positive exactly below the threshold, and below 1 exactly if some work is scalable."""
    R, s = reals("Rs")
    b = even_allocation().function(R, s)

    def premises(goal: Goal) -> Iterable[Fact]:
        ratio = goal.hypothesis("ratio")
        known = goal.have(
            equal(b * (R - 1), R * (1 - s) - 1), ratio, cleared().at(R=R, s=s), opaque=True
        )
        yield goal.have(
            iff(b > 0, s < threshold().function(R)), ratio, known,
            below_threshold().at(R=R, s=s), sign_of_factor().at(d=b, e=R - 1), opaque=True,
        )
        # (1-b)(R-1) = R s.
        yield goal.have(
            both(iff(b < 1, s > 0), iff(equal(b, 1), equal(s, 0))), ratio, known,
            sign_of_factor().at(d=1 - b, e=R - 1), sign_of_factor().at(d=s, e=R), opaque=True,
        )

    return prove(
        "break-even.place",
        forall(
            R, s,
            given={"ratio": R > 1},
            then=both(
                iff(b > 0, s < threshold().function(R)), iff(b < 1, s > 0),
                iff(equal(b, 1), equal(s, 0)),
            ),
        ),
        premises,
        opaque=True,
    )


@once
def even() -> Theorem:
    """At b the time is that of none."""
    R, s = reals("Rs")
    b = even_allocation().function(R, s)
    value = time().function(R, s, b)
    top = (R - 1) * b * (b - b)
    bounded, scalable = 1 + (R - 1) * b, 1 - b

    def premises(goal: Goal) -> Iterable[Fact]:
        ratio, some, rest = (
            goal.hypothesis(h) for h in ("ratio", "some scalable", "some bounded")
        )
        known = goal.have(
            equal(b * (R - 1), R * (1 - s) - 1), ratio, cleared().at(R=R, s=s), opaque=True
        )
        # The denominators are R(1-s) and R s/(R-1).
        apart = goal.have(
            both(nonzero(bounded), nonzero(scalable)), ratio, some, rest, known,
            product_nonzero().at(a=R, b=1 - s), product_nonzero().at(a=R, b=s), opaque=True,
        )
        known_gain = goal.have(
            equal(value - 1, top / bottom(R, b)), ratio, apart, factored().at(R=R, s=s, x=b),
            opaque=True,
        )
        nonzero_bottom = goal.have(
            nonzero(bottom(R, b)), apart, product_nonzero().at(a=bounded, b=scalable), opaque=True
        )
        yield known_gain
        yield goal.have(
            equal(top / bottom(R, b), 0), nonzero_bottom, quotient_at(top / bottom(R, b)),
            product_nonzero().at(a=top / bottom(R, b), b=bottom(R, b)), opaque=True,
        )

    return prove(
        "break-even.even",
        forall(
            R, s,
            given={
                "ratio": R > 1, "some scalable": nonzero(s),
                "some bounded": negate(equal(s, 1)),
            },
            then=equal(value, 1),
        ),
        premises,
        opaque=True,
    )


@once
def small_ratio() -> Theorem:
    """Edge R ≤ 1: no allocation takes less time than none."""
    R, s, x = reals("Rsx")
    value = time().function(R, s, x)
    bounded, scalable = 1 + (R - 1) * x, 1 - x
    top = numerator(R, s, x)
    gained = top / bottom(R, x)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        positive = goal.have(
            both(bounded > 0, scalable > 0, bottom(R, x) > 0),
            given["ratio"], given["from"], given["to"],
            product_nonnegative().at(a=R, b=x), product(bounded, scalable), opaque=True,
        )
        # The numerator is x ((1-R)(1-x) + R s).
        more = goal.have(
            top >= 0, *given.values(),
            product_nonnegative().at(a=1 - R, b=1 - x), product_nonnegative().at(a=R, b=s),
            product_nonnegative().at(a=x, b=(1 - R) * (1 - x) + R * s), opaque=True,
        )
        known = goal.have(
            equal(value - 1, gained), positive, identity().at(R=R, s=s, x=x), opaque=True
        )
        yield goal.have(
            value >= 1, positive, more, known, quotient_at(gained),
            sign_of_factor().at(d=gained, e=bottom(R, x)), opaque=True,
        )

    return prove(
        "break-even.small-ratio",
        forall(
            R, s, x,
            given={
                "ratio": R >= 0, "small": R <= 1, "scalable": s >= 0, "from": x >= 0, "to": x < 1
            },
            then=value >= 1,
        ),
        premises,
        opaque=True,
    )


def break_even() -> tuple[Theorem, ...]:
    """All parts of ``break-even``."""
    return factored(), gain(), place(), even(), small_ratio()
