"""Certified enclosures: two rationals between which a real number provably lies.

Ball arithmetic carries a bound of all rounding with every number, so what comes out is a theorem
about the number, not an estimate.

*Definitions*: :class:`Interval`; :func:`ball` (a rational as a ball), :func:`interval` (the
rationals at a ball's ends), :func:`root_ball`, :func:`spanning`; :class:`Number` (a number with its
enclosure, and exactly where a closed form is known), :func:`number`, :func:`enclosed_json`.

*Results*: none of its own.

*How it is done*: balls are those of Arb, in FLINT. Their ends are dyadic rationals, read off
without rounding; for reading they are rounded outward to decimals.

*References*: Johansson, 'Arb: efficient arbitrary-precision midpoint-radius interval arithmetic',
IEEE Transactions on Computers 66 (2017).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from models.amdahl.number import Real, compare, exact_text, finite_double
from models.errors import BadInput

DIGITS = 18
"""Decimal digits of an enclosure's ends, as they are shown."""

PRECISION = 192
"""Bits with which balls are computed where nothing asks for more."""

ACCURACY = 80
"""Bits of a number that its enclosure settles: more than a double or a reader can tell."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All reals from ``low`` to ``high``, both included."""

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise BadInput("an interval that ends below its beginning", expected="low <= high")

    @property
    def middle(self) -> Fraction:
        """Half-way between the ends."""
        return (self.low + self.high) / 2

    def contains(self, value: Real) -> bool:
        """Whether an exact number lies in it."""
        return compare(self.low, value) <= 0 <= compare(self.high, value)

    def outward(self, digits: int = DIGITS) -> Interval:
        """The smallest interval around it whose ends have some number of significant digits."""
        size = max(abs(self.low), abs(self.high))
        if not size:
            return self
        unit = Fraction(10) ** (_magnitude(size) - digits + 1)
        return Interval(self.low // unit * unit, -(-self.high // unit) * unit)

    def texts(self, digits: int = DIGITS) -> tuple[str, str]:
        """The ends as decimals, rounded outward."""
        wide = self.outward(digits)
        return decimal_text(wide.low), decimal_text(wide.high)


def _magnitude(size: Fraction) -> int:
    """The exponent of ten that a positive number has in scientific notation."""
    guess = len(str(size.numerator)) - len(str(size.denominator))
    return guess if Fraction(10) ** guess <= size else guess - 1


def decimal_text(value: Fraction) -> str:
    """A number with a finite decimal expansion, written out: ``0.125``, ``-3``, ``1.5e-30``."""
    places, scaled = 0, value
    while scaled.denominator > 1:
        places += 1
        scaled = value * 10**places
    digits = str(abs(scaled.numerator))
    sign = "-" if value < 0 else ""
    exponent = len(digits) - 1 - places
    if -6 <= exponent <= 20:
        digits = digits.zfill(places + 1)
        whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
        return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"
    stripped = digits.rstrip("0")
    part = f".{stripped[1:]}" if len(stripped) > 1 else ""
    return f"{sign}{stripped[0]}{part}e{exponent}"


def ball(value: Fraction | int) -> arb:
    """A rational number as a ball, at the precision that is set."""
    number = Fraction(value)
    return arb(fmpq(number.numerator, number.denominator))


def spanning(low: Fraction, high: Fraction) -> arb:
    """A ball around all numbers between two."""
    return ball(low).union(ball(high))


def interval(value: arb) -> Interval:
    """The reals of a finite ball. Its ends are exact: nothing is rounded here."""
    centre, radius = _dyadic(value.mid()), _dyadic(value.rad())
    return Interval(centre - radius, centre + radius)


def _dyadic(value: arb) -> Fraction:
    mantissa, exponent = (int(part) for part in value.man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent


def root_ball(value: Fraction) -> arb:
    """The square root of a rational number >= 0, as a ball; exact for the square of a rational."""
    number = ball(value)
    return number.sqrt() if value else number


@dataclass(frozen=True, slots=True)
class Number:
    """A real number: its certified enclosure, and what is known exactly.

    ``exact`` is the number as a fraction or an algebraic number, or None; ``closed_form`` is its
    text, also where taking the roots apart would make a long number of it.
    """

    enclosure: Interval
    exact: Real | None = None
    closed_form: str | None = None

    @property
    def near(self) -> float | None:
        """The nearest double to the enclosure's middle, or to the number if it is known exactly.

        None beyond the range of doubles.
        """
        return finite_double(self.enclosure.middle if self.exact is None else self.exact)


def enclosed_json(key: str, value: Number | None) -> dict[str, str | float | None]:
    """Plain data: closed form, double, and the ends of the enclosure; all None for no number."""
    low, high = (None, None) if value is None else value.enclosure.texts()
    return {
        key: None if value is None else value.closed_form,
        f"{key}_float": None if value is None else value.near,
        f"{key}_low": low,
        f"{key}_high": high,
    }


def number(value: Real) -> Number:
    """A number that is known exactly, with its enclosure."""
    if isinstance(value, (int, Fraction)):
        fraction = Fraction(value)
        return Number(Interval(fraction, fraction), fraction, exact_text(fraction))
    precision = PRECISION
    while True:  # the number is not zero, so some precision shows its digits
        with ctx.workprec(precision):
            found = _algebraic_ball(value)
        if found.rel_accuracy_bits() >= ACCURACY:
            return Number(interval(found), value, exact_text(value))
        precision *= 2


def _algebraic_ball(expression: Any) -> arb:
    """A sum and product of rational powers, as SymPy keeps an algebraic number, by balls."""
    if expression.is_Rational:
        return arb(fmpq(int(expression.p), int(expression.q)))
    if expression.is_Pow:
        power = expression.exp
        return _algebraic_ball(expression.base) ** arb(fmpq(int(power.p), int(power.q)))
    total = arb(0 if expression.is_Add else 1)
    for part in map(_algebraic_ball, expression.args):
        total = total + part if expression.is_Add else total * part
    return total
