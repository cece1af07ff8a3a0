"""Everything about one instance: ratio and scalable share in, exact answers out.

*Definitions*: :class:`Analysis`, :func:`analyse`.

*Results*: ``collapse``, ``optimum``, ``break-even``, computed at one instance, with the edge cases
that those statements leave out.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from models.algebra import Equation
from models.amdahl import objective
from models.amdahl.number import Real, compare, exact, number_json, short_text, sign, simplest
from models.errors import BadInput


@dataclass(frozen=True, slots=True)
class Analysis:
    """The answers for one ratio R > 0 and one scalable share 0 <= s <= 1; all numbers exact.

    ``threshold``: S_c = 1 - 1/R (negative for R < 1).
    ``critical_ratio``: R_c = 1/(1-s); None for s = 1, where no ratio is large enough.
    ``collapse``: no allocation is better than 0; the same as s >= S_c, and as R <= R_c.
    ``allocation``: the smallest minimiser of T on [0,1); None where T has none (s = 0, R > 1).
    ``time``: the infimum of T on [0,1).
    ``attained``: some allocation has that time.
    ``break_even``: the allocation other than 0 with T = 1; None where there is none.
    ``note``: one sentence on what holds here.
    """

    ratio: Real
    scalable: Real
    threshold: Real
    critical_ratio: Real | None
    collapse: bool
    allocation: Real | None
    time: Real
    attained: bool
    break_even: Real | None
    note: str

    def to_json(self) -> dict[str, str | float | bool | None]:
        """Plain data; numbers as :func:`~models.amdahl.number.number_json` has them."""
        result: dict[str, str | float | bool | None] = {}
        for key in (
            "ratio",
            "scalable",
            "threshold",
            "critical_ratio",
            "collapse",
            "allocation",
            "time",
            "attained",
            "break_even",
            "note",
        ):
            value: Real | bool | str | None = getattr(self, key)
            result |= {key: value} if isinstance(value, (bool, str)) else number_json(key, value)
        return result


def analyse(ratio: object, scalable: object) -> Analysis:
    """The analysis of T(R,s,x) for exact R > 0 and 0 <= s <= 1.

    Raises :class:`BadInput` for numbers that are not exact or not in range.
    """
    ratio_, scalable_ = exact(ratio, name="ratio"), exact(scalable, name="scalable")
    if sign(ratio_) <= 0:
        raise BadInput(
            f"the ratio {short_text(ratio_)}", where="ratio", expected="a number greater than 0"
        )
    if sign(scalable_) < 0 or compare(scalable_, Fraction(1)) > 0:
        raise BadInput(
            f"the scalable share {short_text(scalable_)}",
            where="scalable",
            expected="a number from 0 to 1",
        )
    threshold = _value(objective.threshold, ratio_)
    critical_ratio: Real | None = None
    if compare(scalable_, Fraction(1)) < 0:
        critical_ratio = _value(objective.critical_ratio, scalable_)
    collapse = compare(scalable_, threshold) >= 0
    allocation: Real | None = Fraction(0)
    break_even: Real | None = None
    attained = True
    if collapse:
        # For R > 1 this is the theorem `collapse`. For R <= 1, `amdahl-identity` says that T - 1 is
        # x times 1 - R(1-s) + (R-1)x over a positive number. That factor is linear in x, with value
        # 1 - R(1-s) >= 0 at x = 0 and Rs >= 0 at x = 1, so it is positive on (0,1) unless both are
        # zero, which is s = 0 and R = 1.
        time: Real = Fraction(1)
        note = _collapse_note(ratio_, scalable_, threshold)
    elif sign(scalable_) == 0:
        # T = 1/(1+(R-1)x) falls strictly on [0,1) and tends to 1/R.
        allocation, attained = None, False
        time = simplest(1 / ratio_)
        note = (
            "Without scalable work every further share of specialised hardware gains, so there is "
            "no best allocation below 1: the time tends to 1/R and does not reach it."
        )
    else:
        balance = _value(objective.balance, ratio_, scalable_)
        best = _value(objective.optimal_allocation, ratio_, balance)
        allocation = best
        time = _value(objective.time, ratio_, scalable_, best)
        break_even = _value(objective.break_even, ratio_, scalable_)
        note = (
            "The scalable share is below the threshold: the optimum is unique, and every "
            "allocation between 0 and break-even is better than none."
        )
    return Analysis(
        ratio=ratio_,
        scalable=scalable_,
        threshold=threshold,
        critical_ratio=critical_ratio,
        collapse=collapse,
        allocation=allocation,
        time=time,
        attained=attained,
        break_even=break_even,
        note=note,
    )


def _value(equation: Equation[..., Real], *arguments: Real) -> Real:
    return simplest(equation(*arguments))


def _collapse_note(ratio: Real, scalable: Real, threshold: Real) -> str:
    one = Fraction(1)
    if compare(scalable, one) == 0:
        return (
            "All work is scalable, so no ratio, however large, makes specialised hardware worth "
            "having: allocation 0 is the unique optimum."
        )
    if compare(ratio, one) == 0 and sign(scalable) == 0:
        return (
            "Both kinds of hardware are equal and no work is scalable: the time is 1 at every "
            "allocation, so every allocation is optimal; 0 is the smallest."
        )
    if compare(ratio, one) <= 0:
        return (
            "Specialised hardware is no faster than programmable hardware, so allocation 0 is the "
            "unique optimum."
        )
    if compare(scalable, threshold) == 0:
        return (
            "The scalable share is exactly the threshold: allocation 0 is still the unique "
            "optimum, and any smaller scalable share would give specialised hardware a place."
        )
    return (
        "The scalable share is above the threshold: allocation 0 is the unique optimum, and every "
        "other allocation takes longer."
    )
