"""Certified enclosures: two rationals between which a real number provably lies.

Ball arithmetic carries a bound of all rounding with every number, so what comes out is a theorem
about the number, not an estimate.

*Definitions*: :class:`Interval`; :func:`ball` (a rational as a ball), :func:`interval` (the
rationals at a ball's ends), :func:`root_ball`, :func:`spanning`; :func:`precise` and :func:`signed`
(as many bits as a number's digits, or its sign, ask for); :class:`Number` (a number with its
enclosure, and exactly where a closed form is known), :func:`number`, :func:`enclosed_json`.

*Results*: none of its own.

*How it is done*: balls are those of Arb, in FLINT. Their ends are dyadic rationals, read off
without rounding; for reading they are rounded outward to decimals.

*References*: Johansson, 'Arb: efficient arbitrary-precision midpoint-radius interval arithmetic',
IEEE Transactions on Computers 66 (2017).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil, floor, inf
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
    """All reals from ``low`` to ``high``, both included: where a number is known to lie."""

    low: Fraction
    high: Fraction

    @classmethod
    def at(cls, value: Fraction) -> Interval:
        """A rational number alone."""
        return cls(value, value)

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
        """The ends as decimals, rounded outward to some significant digits."""
        wide = self.outward(digits)
        return decimal_text(wide.low), decimal_text(wide.high)

    def decimals(self, places: int) -> tuple[str, str]:
        """The ends as decimals, rounded outward to some places after the point."""
        scale = 10**places
        low, high = floor(self.low * scale), ceil(self.high * scale)
        return decimal_text(Fraction(low, scale)), decimal_text(Fraction(high, scale))

    def text(self, digits: int = 6) -> str:
        """The number rounded to some significant digits, or to fewer where these are not certain.

        Both ends round to what is shown, so that it is the number, rounded.
        """
        for wanted in range(digits, 0, -1):
            low, high = _rounded(self.low, wanted), _rounded(self.high, wanted)
            if low == high:
                return low
        return f"{_rounded(self.low, 1)} to {_rounded(self.high, 1)}"


def _rounded(value: Fraction, digits: int) -> str:
    with localcontext(prec=digits):
        number = Decimal(value.numerator) / Decimal(value.denominator)
    if not number:
        return "0"
    if not -5 <= number.adjusted() < max(digits, 5):
        return f"{number.normalize():e}"
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


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


def precise(value: Callable[[], arb]) -> Interval:
    """An enclosure that shows the digits of a number other than 0, which balls compute."""
    precision = PRECISION
    while True:
        with ctx.workprec(precision):
            found = value()
        if found.rel_accuracy_bits() >= ACCURACY:
            return interval(found)
        precision *= 2


def signed(value: Callable[[], arb], *, limit: float = inf) -> arb:
    """A number's ball, at a precision that decides its sign if one up to a limit does."""
    precision = PRECISION
    while True:
        with ctx.workprec(precision):
            found = value()
        if found > 0 or found < 0 or precision >= limit:
            return found
        precision *= 4


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
        return Number(Interval.at(fraction), fraction, exact_text(fraction))
    return Number(precise(lambda: _algebraic_ball(value)), value, exact_text(value))


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
