"""The answers when ratio and scalable share are known only to lie between bounds.

*Definitions*: :class:`Range` (of a number that is given), :class:`Reach` (of an answer),
:class:`Uncertain`, :func:`uncertain`.

*Results*: ``collapse``, ``optimum`` and ``share-not-monotone``, over a box of instances.

*How it is done*: an instance collapses exactly if R(1-s) <= 1, which falls in s and rises in R, so
two corners of the box decide. T(R,s,x) falls in R and rises in s for every x, hence so does T*,
and its extremes are at the same two corners. The best share falls in s too. In R it rises up to M
= 2/(1-sqrt(s)) and falls beyond (``share-not-monotone``), so its least value is at the largest s,
at one end of the ratios; its largest is at the least s, at M if that lies between the ends, else
at the end nearer to M. All these are values that the box contains, so the ends are sharp.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from models.amdahl.analysis import analyse
from models.amdahl.number import Real, compare, exact, number_json, short_text, sign, simplest
from models.amdahl.objective import critical_ratio, threshold
from models.amdahl.peak import peak_allocation, peak_ratio
from models.errors import BadInput


@dataclass(frozen=True, slots=True)
class Range:
    """All numbers from ``low`` to ``high``, both included; exact. Made by :func:`span`."""

    low: Real
    high: Real

    @property
    def single(self) -> bool:
        """Whether it is one number."""
        return compare(self.low, self.high) == 0

    def to_json(self, key: str) -> dict[str, str | float | None]:
        """Plain data, each end with its nearest double."""
        return _ends(key, self.low, self.high)


def span(low: object, high: object, *, name: str = "interval") -> Range:
    """An interval of exact numbers. Raises :class:`BadInput` for one that is reversed."""
    first, last = exact(low, name=name), exact(high, name=name)
    if compare(first, last) > 0:
        raise BadInput(
            f"the interval {short_text(first)}..{short_text(last)} ends below its beginning",
            where=name, expected="the smaller number first",
        )
    return Range(first, last)


@dataclass(frozen=True, slots=True)
class Reach:
    """The least and the largest value of an answer over the box; exact.

    An end is ``open`` where values come as near as one likes and do not reach it. ``high`` is None
    where they have no bound.
    """

    low: Real
    high: Real | None
    low_open: bool = False
    high_open: bool = False

    def to_json(self, key: str) -> dict[str, str | float | bool | None]:
        """Plain data."""
        return {
            **_ends(key, self.low, self.high),
            f"{key}_low_open": self.low_open,
            f"{key}_high_open": self.high_open,
        }


def _ends(key: str, low: Real, high: Real | None) -> dict[str, str | float | None]:
    return number_json(f"{key}_low", low) | number_json(f"{key}_high", high)


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The answers over a box of instances.

    ``collapse``: ``certain`` if every instance in the box collapses, ``excluded`` if none does,
    ``depends`` otherwise. ``threshold``: S_c over the ratios; ``critical_ratio``: R_c over the
    scalable shares (its high end is None for s = 1): the boundary runs between these.
    ``allocation``: the best share, None if no instance has one; ``time``: T*, the infimum of the
    times at one instance.
    """

    ratio: Range
    scalable: Range
    collapse: str
    threshold: Reach
    critical_ratio: Reach | None
    allocation: Reach | None
    time: Reach
    note: str

    def to_json(self) -> dict[str, str | float | bool | None]:
        """Plain data; numbers as ``<key>_low`` and ``<key>_high``, None where there are none."""
        found: dict[str, str | float | bool | None] = {"collapse": self.collapse}
        found |= self.ratio.to_json("ratio") | self.scalable.to_json("scalable")
        for key in ("threshold", "critical_ratio", "allocation", "time"):
            reach: Reach | None = getattr(self, key)
            none = Reach(Fraction(0), None).to_json(key)
            found |= dict.fromkeys(none) if reach is None else reach.to_json(key)
        return {**found, "note": self.note}


def uncertain(ratio: Range, scalable: Range) -> Uncertain:
    """The answers for all ratios >= 1 and scalable shares in [0,1] of two intervals.

    Raises :class:`BadInput` for what is out of range.
    """
    one = Fraction(1)
    if compare(ratio.low, one) < 0:
        raise BadInput(
            f"a ratio of {short_text(ratio.low)}", where="ratio", expected="ratios of at least 1"
        )
    if sign(scalable.low) < 0 or compare(scalable.high, one) > 0:
        raise BadInput(
            f"scalable shares from {short_text(scalable.low)} to {short_text(scalable.high)}",
            where="scalable", expected="numbers from 0 to 1",
        )
    best, worst = analyse(ratio.high, scalable.low), analyse(ratio.low, scalable.high)
    verdict = "certain" if best.collapse else "depends" if worst.collapse else "excluded"
    lowest = _critical(scalable.low)
    return Uncertain(
        ratio=ratio,
        scalable=scalable,
        collapse=verdict,
        threshold=Reach(simplest(threshold(ratio.low)), simplest(threshold(ratio.high))),
        critical_ratio=None if lowest is None else Reach(lowest, _critical(scalable.high)),
        allocation=_allocation(ratio, scalable, certain=best.collapse),
        time=Reach(best.time, worst.time),
        note=_NOTES[verdict],
    )


_NOTES = {
    "certain": "Every instance in the box is at or above its threshold: no specialised hardware, "
    "whatever the numbers are.",
    "excluded": "Every instance in the box is below its threshold: some specialised hardware is "
    "worth having, whatever the numbers are.",
    "depends": "Some instances in the box are below their threshold, R(1-s) > 1, where some "
    "specialised hardware is worth having, and some at or above it, where none is.",
}


def _critical(scalable: Real) -> Real | None:
    if compare(scalable, Fraction(1)) == 0:
        return None
    return simplest(critical_ratio(scalable))


def _allocation(ratio: Range, scalable: Range, *, certain: bool) -> Reach | None:
    """The best share over the box."""
    zero = Fraction(0)
    if certain:
        return Reach(zero, zero)
    if sign(scalable.high) == 0:
        # Without scalable work there is a best share only for R = 1, where 0 is the smallest one.
        return Reach(zero, zero) if compare(ratio.low, Fraction(1)) == 0 else None
    ends = [analyse(each, scalable.high).allocation for each in (ratio.low, ratio.high)]
    first, last = ends
    assert first is not None and last is not None  # s > 0
    low = first if compare(first, last) <= 0 else last
    if sign(scalable.low) == 0:
        return Reach(low, Fraction(1), high_open=True)  # as s tends to 0, x* does to 1
    peak = simplest(peak_ratio(scalable.low))
    if compare(ratio.high, peak) < 0:
        high = analyse(ratio.high, scalable.low).allocation
    elif compare(ratio.low, peak) > 0:
        high = analyse(ratio.low, scalable.low).allocation
    else:
        high = simplest(peak_allocation(scalable.low))
    return Reach(low, high)
