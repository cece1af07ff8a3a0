"""Enclosures of any size: two decimals between which a positive real number provably lies.

Compute and times of this topic are soon beyond what a float, or the memory for all digits, holds:
to halve the loss at κ = 1/1000 takes 2^1000 times the compute, at κ = 1e-300 more than 10^(10^299)
times. The ends of an enclosure are decimals of some digits, and beyond :data:`LARGEST` powers of
ten whose exponents are.

*Definitions*: :class:`TenTo` (10^x), :data:`End`, :class:`Enclosure`; :func:`enclose` (what an
equation has on exact numbers), :func:`near`, :func:`narrowed` (what balls compute), :func:`at`,
:func:`rounded` (a ball as an enclosure); :func:`ordered` (which of two numbers is larger),
:func:`equal_power`; :func:`check_digits`.

*Results*: none of its own; every number of ``jumpbound loss`` is one of these.

*How it is done*: an equation is computed on balls (Arb, in FLINT) with more and more bits, until
the ball has the digits that are wanted. What cancels on the way, as in (exp z - 1)/z for z near 0,
costs bits and no digits: numbers from outside have at most :data:`MOST_GIVEN` digits, so
:data:`BITS` bits are more than enough. Where the equation has a rational value in closed form, that
is exact.

*References*: Johansson, 'Arb: efficient arbitrary-precision midpoint-radius interval arithmetic',
IEEE Transactions on Computers 66 (2017).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import Any, TypeAlias

from flint import arb, ctx

from models.amdahl.enclosure import ball, decimal_text, interval
from models.errors import BadInput, Undecided

LARGEST = 10**6
"""Larger exponents of ten are not written with a number, but as a number: 10^(1.5e9)."""

BITS = 1 << 17
"""The most bits with which balls are computed."""

MOST_DIGITS = 1000
MOST_GIVEN = 400
"""Digits of an answer, and of the numbers that it is asked for."""
_SHORT = 10**9
_GUARD = 16
_NEAR_DIGITS = 9


@dataclass(frozen=True, slots=True)
class TenTo:
    """10 to a decimal power, for exponents whose size is beyond :data:`LARGEST`."""

    exponent: Decimal

    def text(self) -> str:
        """``10^(1.5e9)``."""
        return f"10^({end_text(self.exponent)})"


End: TypeAlias = Decimal | TenTo


@dataclass(frozen=True, slots=True)
class Enclosure:
    """All numbers from ``low`` to ``high``, both included and not negative."""

    low: End
    high: End
    near: float
    """A double in it or next to it, for pictures; ``inf`` or 0 beyond their range."""

    @property
    def exact(self) -> bool:
        """Whether it is one number alone."""
        return self.low == self.high

    def texts(self) -> tuple[str, str]:
        """The ends."""
        return end_text(self.low), end_text(self.high)

    def text(self) -> str:
        """``[0.1, 0.2]``; one number alone if it is exact."""
        low, high = self.texts()
        return low if low == high else f"[{low}, {high}]"


def end_text(end: End) -> str:
    """An end as text: ``0.125``, ``1.5e-30``, ``10^(1.5e9)``."""
    if isinstance(end, TenTo):
        return end.text()
    sign, digits, exponent = end.as_tuple()
    shown = "".join(map(str, digits)).rstrip("0")
    if not shown:
        return "0"
    assert isinstance(exponent, int)
    size = exponent + len(digits) - 1
    minus = "-" if sign else ""
    if -6 <= size <= 20:
        value = Fraction(int("".join(map(str, digits)))) * Fraction(10) ** exponent
        return minus + decimal_text(value)
    part = f".{shown[1:]}" if len(shown) > 1 else ""
    return f"{minus}{shown[0]}{part}e{size}"


def check_digits(digits: int, *, where: str = "digits") -> int:
    """Refuse a number of digits that is none. Raises :class:`BadInput`."""
    if isinstance(digits, bool) or not 1 <= digits <= MOST_DIGITS:
        raise BadInput(
            f"{digits} digits", where=where, expected=f"a whole number from 1 to {MOST_DIGITS}"
        )
    return digits


def enclose(
    equation: Callable[..., Any], *numbers: Fraction, digits: int, most: int | None = None
) -> Enclosure:
    """What an equation of :mod:`models.efficiency.laws` has on exact numbers: not negative, and not
    above ``most``."""
    if all(max(abs(n.numerator), n.denominator) < _SHORT for n in numbers):
        closed = _closed(equation, numbers)
        if closed is not None:
            return at(closed, digits)
    found = narrowed(lambda: equation(*map(ball, numbers)), digits)
    if most is not None and isinstance(found.high, Decimal) and found.high > most:
        return Enclosure(found.low, Decimal(most), found.near)
    return found


def near(equation: Callable[..., Any], *numbers: Fraction) -> float:
    """A double next to what an equation has on exact numbers; ``inf`` or 0 beyond their range."""
    return narrowed(lambda: equation(*map(ball, numbers)), _NEAR_DIGITS).near


def at(value: Fraction, digits: int) -> Enclosure:
    """A rational number >= 0: exact if it has no more digits than that, else enclosed."""
    return rounded(arb(0) if not value else ball(value), digits, value)


def narrowed(value: Callable[[], arb], digits: int) -> Enclosure:
    """A number >= 0 that balls compute, with so many significant digits."""
    wanted = int(3.33 * digits) + _GUARD
    bits = wanted + 64
    while True:
        with ctx.workprec(bits):
            found = value()
        if found.is_finite() and (found.is_exact() or found.rel_accuracy_bits() >= wanted):
            return rounded(found, digits)
        bits *= 2
        if bits > BITS:
            raise Undecided(f"{BITS} bits don't give {digits} digits of a number")


def _closed(equation: Callable[..., Any], numbers: tuple[Fraction, ...]) -> Fraction | None:
    """The value in closed form, if that is seen to be rational."""
    try:
        found = equation(*numbers)
    except Undecided:
        return None
    return found if isinstance(found, Fraction) else None


def rounded(value: arb, digits: int, exact: Fraction | None = None) -> Enclosure:
    """The enclosure of a finite ball of a number >= 0, its ends rounded outward to decimals.

    ``exact`` is the number, where it is a fraction.
    """
    if value == 0:
        return Enclosure(Decimal(0), Decimal(0), 0.0)
    bits = int(3.33 * digits) + _GUARD
    with ctx.workprec(max(64, bits)):
        size = value.log() / arb(10).log()
    if abs(size) > LARGEST:
        power = rounded(abs(size), digits)
        assert isinstance(power.low, Decimal)
        assert isinstance(power.high, Decimal)
        if size > 0:
            return Enclosure(TenTo(power.low), TenTo(power.high), inf)
        return Enclosure(TenTo(-power.high), TenTo(-power.low), 0.0)
    # Its first digit may be one place off: then there is a digit more, or less, which is no harm.
    floor: Any = size.mid().floor().unique_fmpz()
    shift = digits - 1 - int(floor)
    if exact is not None:
        whole = exact * Fraction(10) ** shift
        low, high = whole.__floor__(), whole.__ceil__()
    else:
        # Multiplying by a power of ten must not cost what the ball knows.
        with ctx.workprec(_ball_bits(value) + 64):
            scale = arb(10) ** shift if shift >= 0 else 1 / arb(10) ** -shift
            scaled = value * scale
            if not scaled.is_exact():
                # A radius such as 2^(-10^9) has too many digits; 2^-64 of the last one is no loss.
                scaled = scaled + arb(0, arb(2) ** -64)
            ends = interval(scaled)
        low, high = max(0, ends.low.__floor__()), ends.high.__ceil__()
    return Enclosure(_scaled(low, -shift), _scaled(high, -shift), _near(value))


def _scaled(digits: int, exponent: int) -> Decimal:
    return Decimal((0, tuple(map(int, str(digits))), exponent))


def _ball_bits(value: arb) -> int:
    parts: Any = value.mid().man_exp()
    return max(64, int(parts[0]).bit_length())


def _near(value: arb) -> float:
    with ctx.workprec(64):
        return float(value.mid())


def ordered(left: Callable[[], arb], right: Callable[[], arb], *, bits: int = BITS) -> int:
    """-1 or 1 as one of two different numbers is smaller or larger.

    Raises :class:`Undecided` where so many bits don't tell: equal numbers stay so.
    """
    working = 128
    while working <= bits:
        with ctx.workprec(working):
            first, second = left(), right()
            if first < second:
                return -1
            if first > second:
                return 1
        working *= 4
    raise Undecided(f"{bits} bits don't tell two numbers apart")


def equal_power(base: Fraction, exponent: Fraction, value: Fraction) -> bool:
    """Whether base^exponent = value, for base and value above 0; exact.

    With the exponent p/q in lowest terms that is base = z^q and value = z^p for a rational z.
    """
    if base == 1 or value == 1 or exponent == 0:
        return value == 1 and (base == 1 or exponent == 0)
    power, root = exponent.numerator, exponent.denominator
    above, below = (_root(number, root) for number in (base.numerator, base.denominator))
    if above is None or below is None:
        return False
    common = Fraction(above, below)
    longest = max(value.numerator, value.denominator).bit_length()
    # z is not 1, so that z^p has at least p bits above or below.
    return abs(power) <= longest and common**power == value


def _root(number: int, degree: int) -> int | None:
    """The whole root of a whole number > 0, if it has one."""
    if degree == 1 or number == 1:
        return number
    if degree >= number.bit_length():
        return None
    low, high = 1, 1 << -(-number.bit_length() // degree)
    while low < high:
        middle = (low + high + 1) // 2
        if middle**degree <= number:
            low = middle
        else:
            high = middle - 1
    return low if low**degree == number else None
