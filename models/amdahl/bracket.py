"""Where a function on (0,1) changes its sign: an interval around the place, by certified signs.

*Definitions*: :func:`change_of_sign`.

*Results*: none of its own; :mod:`models.amdahl.allocation` finds best shares and break-even by it.

*How it is done*: points near the root of the secant through the ends, then, where that does not
halve the interval, points inside of it. Only signs that balls decide are believed, so a bad guess
costs time and never the truth.

*References*: Brent, 'Algorithms for Minimization without Derivatives' (1973), chapter 4, for
secants that bisection keeps in bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from flint import arb

from models.amdahl.enclosure import Interval, interval

WIDTH = Fraction(1, 2**72)
"""How wide the interval may be, relative to its distance from 0 and from 1."""


def change_of_sign(
    value: Callable[[Fraction], arb], guess: float | None = None
) -> Interval:
    """Where a function that is negative near 0 and positive near 1 changes its sign.

    ``guess`` is a first point to look at.
    """
    low, high = Fraction(0), Fraction(1)
    at_low: arb | None = None
    at_high: arb | None = None

    def decided(point: Fraction) -> bool:
        """Whether the sign at a point inside is known; if so, that is an end from now on."""
        nonlocal low, high, at_low, at_high
        found = value(point)
        if found < 0:
            low, at_low = point, found
        elif found > 0:
            high, at_high = point, found
        return point in (low, high)

    first = _first_points(guess)
    while high - low > WIDTH * min(low, 1 - high):
        width = high - low
        for point in first or _next_points(low, high, at_low, at_high):
            if low < point < high:
                decided(point)
        first = []
        if high - low > width / 2:
            for point in _inner_points(low, high):
                if decided(point):
                    break
    return Interval(low, high)


def _first_points(guess: float | None) -> list[Fraction]:
    if guess is None or not 0 < guess < 1:
        return []
    centre = Fraction(guess)
    off = min(centre, 1 - centre) / 2**36
    return [centre - off, centre + off]


def _next_points(
    low: Fraction, high: Fraction, at_low: arb | None, at_high: arb | None
) -> list[Fraction]:
    """Two points around the secant's root, close together."""
    if at_low is None or at_high is None:
        return []
    part = interval((at_low / (at_low - at_high)).mid()).middle
    margin = Fraction(1, 2**24)
    width = high - low
    centre = low + width * min(max(part, margin), 1 - margin)
    return [_rounded(centre + off * width, width) for off in (-margin / 2, margin / 2)]


def _inner_points(low: Fraction, high: Fraction) -> Iterator[Fraction]:
    """The middle, and other points in case the sign there stays open."""
    for part in (Fraction(1, 2), Fraction(3, 8), Fraction(5, 8), Fraction(5, 16), Fraction(11, 16)):
        yield _rounded(low + part * (high - low), high - low)


def _rounded(value: Fraction, width: Fraction) -> Fraction:
    """A dyadic number close to it, seen from an interval of some width: short to compute with."""
    bits = 40 + max(0, width.denominator.bit_length() - width.numerator.bit_length())
    return Fraction(round(value * 2**bits), 2**bits)
