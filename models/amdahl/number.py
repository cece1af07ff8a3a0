"""Exact real numbers: fractions, and algebraic numbers where a root asks for them.

*Definitions*: :class:`Real` (the type of a number in an equation), the equation
:func:`square_root`; :func:`exact`, :func:`symbolic`, :func:`closed_form`, :func:`simplest`,
:func:`sign`, :func:`compare`; :func:`parse_number`, :func:`parse_real`; :func:`exact_text`,
:func:`short_text`, :func:`float_value`, :func:`float_text`, :func:`finite_double`,
:func:`number_json`.

*Results*: none of its own; ``optimum``, ``transition`` and ``share-not-monotone`` speak of
:func:`square_root`, which their proofs know only as the nonnegative number whose square is given.

*How it is done*: a number is a :class:`fractions.Fraction` whenever it is rational, and a SymPy
expression otherwise. SymPy is loaded only when the first irrational number appears.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654, for the formulas these numbers are for.
"""

from __future__ import annotations

import math
import re
import sys
from fractions import Fraction
from functools import cache
from importlib import import_module
from typing import Any, Protocol, TypeAlias, TypeGuard, cast

from models.algebra import Algebra, equation
from models.errors import BadInput, Undefined, position

MAX_TEXT = 1000
"""The longest text that is read as a number."""

MAX_DIGITS = 300
"""The most decimal digits of a numerator or a denominator that comes from outside."""


class Real(Protocol):
    """A real number as the equations use it.

    In the concrete reading a :class:`~fractions.Fraction` or a real algebraic number of SymPy;
    in proofs a term of sort Real. A call of an equation makes a Python ``int`` a fraction.
    """

    def __add__(self, other: Any, /) -> Real: ...
    def __radd__(self, other: Any, /) -> Real: ...
    def __sub__(self, other: Any, /) -> Real: ...
    def __rsub__(self, other: Any, /) -> Real: ...
    def __mul__(self, other: Any, /) -> Real: ...
    def __rmul__(self, other: Any, /) -> Real: ...
    def __truediv__(self, other: Any, /) -> Real: ...
    def __rtruediv__(self, other: Any, /) -> Real: ...
    def __neg__(self) -> Real: ...
    def __lt__(self, other: Any, /) -> bool: ...
    def __le__(self, other: Any, /) -> bool: ...
    def __gt__(self, other: Any, /) -> bool: ...
    def __ge__(self, other: Any, /) -> bool: ...


_Pair: TypeAlias = tuple[Fraction, Fraction]


@cache
def _sympy() -> Any:
    return import_module("sympy")


@equation(opaque=True)
def square_root(algebra: Algebra, value: Real) -> Real:
    """The nonnegative number whose square is ``value``, for ``value`` >= 0; exact.

    This body is the concrete reading; a proof takes the root as a chosen function and never looks
    inside.
    """
    if isinstance(value, (int, Fraction)):
        number = Fraction(value)
        if number < 0:
            raise Undefined(f"the square root of {exact_text(number)}", expected="a number >= 0")
        above, below = math.isqrt(number.numerator), math.isqrt(number.denominator)
        if above * above == number.numerator and below * below == number.denominator:
            return Fraction(above, below)
        return cast(Real, _sympy().sqrt(_rational(number)))
    if sign(value) < 0:
        raise Undefined(f"the square root of {exact_text(value)}", expected="a number >= 0")
    return simplest(cast(Real, _sympy().sqrt(simplest(value))))


def simplest(value: Real) -> Real:
    """The same number: a fraction if it is rational, else a rationalised sum of roots.

    Two equal numbers a + b sqrt(d) get equal results, as long as the square factors of d are small
    enough for SymPy to find. Roots inside roots are taken apart where that is possible; what is
    left then has no unique form, and :func:`compare` decides equality.
    """
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    sympy = _sympy()
    number: Any = sympy.expand(value)
    if number.is_Rational:
        return Fraction(int(number.p), int(number.q))
    found = _in_quadratic_field(number)
    if found is None:
        number = sympy.expand(sympy.radsimp(sympy.sqrtdenest(number)))
        denested = sympy.sqrtdenest(number)
        if denested != number:
            number = sympy.expand(sympy.radsimp(denested))
        if number.is_Rational:
            return Fraction(int(number.p), int(number.q))
        return cast(Real, number)
    first, second, radicand = found
    if second == 0:
        return first
    return cast(Real, _rational(first) + _rational(second) * sympy.sqrt(radicand))


def _rational(number: Fraction) -> Any:
    return _sympy().Rational(number.numerator, number.denominator)


def _in_quadratic_field(number: Any) -> tuple[Fraction, Fraction, int] | None:
    """``(a, b, d)`` with the number equal to a + b sqrt(d), if only one root occurs in it.

    All rational instances end here; SymPy's general rationalisation is a hundred times slower.
    """
    sympy = _sympy()
    roots = {power.base for power in number.atoms(sympy.Pow) if not power.exp.is_Integer}
    if len(roots) != 1 or not all(root.is_Integer and root > 0 for root in roots):
        return None
    radicand = int(roots.pop())

    def times(left: _Pair, right: _Pair) -> _Pair:
        return (
            left[0] * right[0] + radicand * left[1] * right[1],
            left[0] * right[1] + left[1] * right[0],
        )

    def pair(term: Any) -> _Pair | None:
        if term.is_Rational:
            return Fraction(int(term.p), int(term.q)), Fraction(0)
        if term.is_Pow and (2 * term.exp).is_Integer:
            twice = int(2 * term.exp)
            base = (Fraction(0), Fraction(1)) if twice % 2 else pair(term.base)
            power = abs(twice) if twice % 2 else abs(twice) // 2
            if base is None or power > 4:
                return None
            result = base
            for _ in range(power - 1):
                result = times(result, base)
            if twice > 0:
                return result
            norm = result[0] * result[0] - radicand * result[1] * result[1]
            return (result[0] / norm, -result[1] / norm) if norm else None
        if not (term.is_Add or term.is_Mul):
            return None
        parts = [pair(part) for part in term.args]
        result = (Fraction(0), Fraction(0)) if term.is_Add else (Fraction(1), Fraction(0))
        for part in parts:
            if part is None:
                return None
            if term.is_Add:
                result = result[0] + part[0], result[1] + part[1]
            else:
                result = times(result, part)
        return result

    both = pair(number)
    return None if both is None else (*both, radicand)


def exact(value: object, *, name: str = "number") -> Real:
    """A number from outside as an exact number: ``int``, ``Fraction`` or SymPy's real algebraic.

    Raises :class:`BadInput` for everything else, floats included: a float is not the number that
    was meant.
    """
    expected = f"an int, a Fraction or a SymPy real algebraic number of at most {MAX_DIGITS} digits"
    number: Real
    if isinstance(value, bool):
        raise BadInput(f"{value!r} is not a number", where=name, expected=expected)
    if isinstance(value, (int, Fraction)):
        number = Fraction(value)
        if not _short(number.numerator, number.denominator):
            raise BadInput("too many digits", where=name, expected=expected)
        return number
    if symbolic(value):
        if not (value.is_algebraic and value.is_real):
            raise BadInput(f"{str(value)[:80]} is not exact", where=name, expected=expected)
        if not all(_short(int(r.p), int(r.q)) for r in value.atoms(_sympy().Rational)):
            raise BadInput("too many digits", where=name, expected=expected)
        return simplest(cast(Real, value))
    shown = f"{value!r:.80}" if isinstance(value, (float, str)) else type(value).__name__
    raise BadInput(f"{shown} is not an exact number", where=name, expected=expected)


def symbolic(value: object) -> TypeGuard[Any]:
    """Whether a value is one of SymPy's expressions; SymPy is loaded only where there is one."""
    return "sympy" in sys.modules and isinstance(value, _sympy().Expr)


def closed_form(value: object) -> bool:
    """Whether a value is a number of :mod:`models.efficiency.number` that is no fraction."""
    return hasattr(value, "decided_sign")


def _short(numerator: int, denominator: int, most: int = MAX_DIGITS) -> bool:
    return bool(max(abs(numerator), denominator) < 10**most)


def sign(value: Real) -> int:
    """-1, 0 or 1; decided exactly, with a minimal polynomial where digits do not tell."""
    if isinstance(value, (int, Fraction)):
        return (value > 0) - (value < 0)
    number: Any = value
    if closed_form(number):
        return int(number.decided_sign())
    found = _in_quadratic_field(number) or _in_quadratic_field(_sympy().expand(number))
    if found is not None:
        first, second, radicand = found
        # The larger one of first^2 and second^2 radicand has the say, if their signs differ.
        return sign(first * abs(first) + second * abs(second) * radicand)
    if number.is_positive:
        return 1
    if number.is_negative:
        return -1
    sympy = _sympy()
    variable = sympy.Dummy()
    if number.is_zero or sympy.minimal_polynomial(number, variable) == variable:
        return 0
    digits = 50
    while True:  # the number is not zero, so some number of digits tells
        approximation = number.evalf(digits, maxn=4 * digits)
        if approximation._prec > 1:
            return 1 if approximation > 0 else -1
        digits *= 2


def compare(left: Real, right: Real) -> int:
    """-1, 0 or 1 as ``left`` is smaller than, equal to or larger than ``right``; exact."""
    if isinstance(left, (int, Fraction)) and isinstance(right, (int, Fraction)):
        return (left > right) - (left < right)
    return sign(simplest(left - right))


def exact_text(value: Real) -> str:
    """The number as text without rounding: ``1/6``, ``sqrt(2)/3``, ``-1 + 2*sqrt(3)/3``."""
    return str(simplest(value))


def short_text(value: Real) -> str:
    """The exact text for a message; cut when it is long."""
    text = exact_text(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def float_value(value: Real) -> float:
    """The nearest double, ties to even; infinite beyond the range of doubles."""
    number = simplest(value)
    if isinstance(number, Fraction):
        try:
            return number.numerator / number.denominator
        except OverflowError:
            return math.inf if number > 0 else -math.inf
    algebraic: Any = number
    digits = 30
    while True:  # an irrational number is never half-way between two doubles
        near = _sympy().Rational(algebraic.evalf(digits, maxn=10_000))
        centre = Fraction(int(near.p), int(near.q))
        radius = abs(centre) / 10 ** (digits - 3)
        low, high = float_value(centre - radius), float_value(centre + radius)
        if low == high:
            return low
        digits *= 2


def float_text(value: Real, *, digits: int = 6) -> str:
    """The nearest double, rounded to some significant digits, for reading: ``0.154701``."""
    return f"{float_value(value):.{digits}g}"


def finite_double(value: Real | None) -> float | None:
    """The nearest double; None for no number, and beyond the range of doubles."""
    near = math.inf if value is None else float_value(value)
    return near if math.isfinite(near) else None


def number_json(key: str, value: Real | None) -> dict[str, str | float | None]:
    """Plain data: the exact text, None for no number; the double as ``<key>_float``."""
    return {
        key: None if value is None else exact_text(value),
        f"{key}_float": finite_double(value),
    }


_NUMBER = re.compile(
    r"[+-]?(?:(?P<whole>[0-9]*)(?P<point>\.(?P<part>[0-9]*))?)"
    r"(?:(?P<e>[eE])(?P<exponent>[+-]?[0-9]*)|(?P<slash>/)(?P<below>[0-9]*))?"
)
_EXPECTED = "a number such as 4, 3/4, 0.75 or 1e-3"


def parse_number(text: str, *, name: str, most: int = MAX_DIGITS) -> Fraction:
    """The rational number that a text denotes: ``4``, ``3/4``, ``0.75``, ``-.5``, ``1e-3``.

    ``name`` is what a message calls the text's place, such as ``--ratio``; numerator and
    denominator have at most so many digits. The text is parsed, never evaluated; roots such as
    ``sqrt(2)`` are not read. Raises :class:`BadInput` for anything
    else: other words, ``nan``, ``inf``, a zero denominator, a text or a number that is too long.
    """
    if len(text) > MAX_TEXT:
        raise BadInput(
            f"a text of {len(text)} characters",
            where=name,
            expected=f"{_EXPECTED}, of at most {MAX_TEXT} characters",
        )
    source = text.strip()
    start = text.find(source)

    def fail(what: str, offset: int, expected: str = _EXPECTED) -> BadInput:
        return BadInput(what, where=position(text, start + offset, name), expected=expected)

    if not source:
        raise fail("no number", 0)
    found = cast("re.Match[str]", _NUMBER.match(source))  # every part is optional
    whole, part = found["whole"], found["part"] or ""
    if found.end() < len(source):
        shown = source if len(source) <= 40 else source[:40] + "…"
        if "sqrt(" in source:
            raise fail(f"{shown!r} is a root", found.end(), "a rational number such as 3/4 or 0.75")
        raise fail(f"{shown!r} is not a number", found.end())
    if not whole + part:
        raise fail(f"{source!r:.50} has no digits", found.start("whole"))
    if found["exponent"] in ("", "+", "-") or found["below"] == "":
        raise fail(f"the text ends inside the number {source!r:.50}", len(source))
    if found["slash"] and found["point"]:
        raise fail("a decimal point in a fraction", found.start("point"))
    minus = source.startswith("-")
    if found["slash"]:
        below = int(found["below"])
        if below == 0:
            raise fail("a zero denominator", found.start("below"))
        number = Fraction(int(whole), below)
    else:
        exponent = found["exponent"] or "0"
        # The digits' own length bounds how far an exponent can be brought back.
        if len(exponent.lstrip("+-0")) > 4 or abs(int(exponent)) > most + MAX_TEXT:
            raise fail(
                "an exponent too large",
                found.start("exponent"),
                f"a number of at most {most} digits",
            )
        scale = int(exponent) - len(part)
        digits = int(whole + part)
        number = Fraction(digits * 10 ** max(scale, 0), 10 ** max(-scale, 0))
    if not _short(number.numerator, number.denominator, most):
        raise fail("a number too long", 0, f"numerator and denominator below 10^{most}")
    return -number if minus else number


_TOKEN = re.compile(r"\s*(?:(?P<number>[0-9.]+(?:[eE][+-]?[0-9]+)?)|(?P<mark>sqrt|[-+*/()]))")
_REAL_EXPECTED = "a number such as 4, 3/4, 0.75, sqrt(2) or (1 + sqrt(5))/2, with one root at most"


def parse_real(text: str, *, name: str) -> Real:
    """The number that a text denotes, with at most one root: ``3/4``, ``2*sqrt(3)/3``.

    Texts without ``sqrt`` are those of :func:`parse_number`. The text is parsed, never evaluated.
    Raises :class:`BadInput` for anything else.
    """
    if "sqrt" not in text or len(text) > MAX_TEXT:
        return parse_number(text, name=name)
    reader = _Reader(text, name)
    found = simplest(reader.total())
    if reader.token:
        raise reader.fail(f"{reader.token!r:.50} is not expected here")
    return exact(found, name=name)


class _Reader:
    """Reads sums, products and quotients of numbers and one root, from left to right."""

    def __init__(self, text: str, name: str) -> None:
        self._text, self._name = text, name
        self._end = self._start = 0
        self._roots = self._depth = 0
        self.token = ""
        self._next()

    def fail(self, what: str) -> BadInput:
        """An error at the token that comes next."""
        return BadInput(
            what, where=position(self._text, self._start, self._name), expected=_REAL_EXPECTED
        )

    def _next(self) -> None:
        found = _TOKEN.match(self._text, self._end)
        rest = self._text[self._end :]
        self._start = self._end + len(rest) - len(rest.lstrip())
        if found is None:
            self.token = ""
            if rest.strip():
                raise self.fail(f"{rest.strip()!r:.50} is not a number")
            return
        self._start, self._end = found.end() - len(found[0].lstrip()), found.end()
        self.token = found["number"] or found["mark"]

    def _take(self, mark: str) -> bool:
        if self.token != mark:
            return False
        self._next()
        return True

    def total(self) -> Real:
        """A sum."""
        sum_: Real = -self._product() if self._take("-") else self._product()
        while self.token in ("+", "-"):
            sum_ = sum_ + self._product() if self._take("+") else self._minus(sum_)
        return sum_

    def _minus(self, sum_: Real) -> Real:
        self._take("-")
        return sum_ - self._product()

    def _product(self) -> Real:
        product = self._factor()
        while self.token in ("*", "/"):
            if self._take("*"):
                product = product * self._factor()
                continue
            self._next()
            divisor = simplest(self._factor())
            if sign(divisor) == 0:
                raise self.fail("a zero denominator before this")
            product = product / divisor
        return product

    def _factor(self) -> Real:
        if self._take("("):
            return self._inside()
        if self._take("sqrt"):
            self._roots += 1
            if self._roots > 1:
                raise self.fail("a second root")
            if not self._take("("):
                raise self.fail("no parenthesis after sqrt")
            radicand = self._inside()
            if sign(radicand) < 0:
                raise self.fail("the root of a negative number before this")
            return square_root(radicand)
        if not self.token or not (self.token[0].isdigit() or self.token[0] == "."):
            raise self.fail(f"{self.token!r} where a number is expected" if self.token else
                            "the text ends where a number is expected")
        number = parse_number(self.token, name=self._name)
        self._next()
        return number

    def _inside(self) -> Real:
        self._depth += 1
        if self._depth > 20:
            raise self.fail("too many parentheses")
        found = simplest(self.total())
        if not self._take(")"):
            raise self.fail("a parenthesis that is not closed")
        self._depth -= 1
        return found
