"""Exact numbers with exponentials and logarithms: for instances of theorems about real exponents.

A number is a fraction whenever it is known to be rational, and else a :class:`Closed` form: a
quotient of sums of products of powers of primes, exponentials and logarithms. Signs are decided, or
:class:`models.errors.Undecided` is raised; nothing is rounded.

*Definitions*: :class:`Closed`, :func:`exp_of`, :func:`log_of`, :func:`sign`,
:func:`ceiling`.

*Results*: none of its own; the theorems of this topic are run on these numbers.

*How it is done*. Every operation rewrites by laws that hold of all real numbers: products of powers
of one base are one power, exp(log x) = x, exp(q log p) = p^q, the logarithm of a product or a
quotient is a sum or a difference. So a form that is the empty sum is 0. Whether another one is
positive or negative is told by balls, with more bits until 0 lies outside, up to :data:`BITS`, and
in between by multiplying out whole powers of sums; a number that is 0 and does not become the empty
sum is never settled, and never taken for 0.

*References*: Richardson, 'How to recognize zero' (1997), for why there is no better way known;
Johansson, 'Arb: efficient arbitrary-precision midpoint-radius interval arithmetic' (2017).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from math import ceil, floor
from typing import Any, TypeAlias, cast

from flint import arb, ctx, fmpq

from models.amdahl.number import Real, symbolic
from models.errors import Undecided, Undefined

BITS = 2048
"""The most bits with which balls are computed to tell a sign."""

_FIRST_BITS = 128
_MOST_FACTORS = 16
"""Sums that are multiplied out."""
_DOUBLE = 60
"""Bits that make a double."""
_MOST_WHOLE = 4096
"""Bits of a whole power that is multiplied out."""


@dataclass(frozen=True, slots=True)
class _Base:
    """A whole number > 1: a prime, or what is left of a number without small factors."""

    number: int

    def ball(self, exponent: Fraction) -> arb:
        return arb(self.number) ** _ball(exponent)

    def __str__(self) -> str:
        return str(self.number)


@dataclass(frozen=True, slots=True)
class _Exponential:
    """exp of a product."""

    of: _Product

    def ball(self, exponent: Fraction) -> arb:
        return (_ball(exponent) * _product_ball(self.of)).exp()

    def __str__(self) -> str:
        inside = _sum_inside(self)
        if inside is not None:
            return f"({inside})"
        return f"exp({_product_text(self.of)})" if self.of else "e"


@dataclass(frozen=True, slots=True)
class _Logarithm:
    """log of a base, or of a closed form that is positive and no product of powers."""

    of: _Base | Closed

    def ball(self, exponent: Fraction) -> arb:
        value = arb(self.of.number) if isinstance(self.of, _Base) else self.of.ball()
        return value.log() ** int(exponent)

    def __str__(self) -> str:
        return f"log({self.of})"


@dataclass(frozen=True, slots=True)
class _Quotient:
    """A closed form that is no sum, as an atom: what an exponential is taken of."""

    of: Closed

    def ball(self, exponent: Fraction) -> arb:
        return self.of.ball() ** int(exponent)

    def __str__(self) -> str:
        return f"({self.of})"


_Atom: TypeAlias = _Base | _Exponential | _Logarithm | _Quotient
_Product: TypeAlias = "frozenset[tuple[_Atom, Fraction]]"
"""A product of powers, each atom once; logarithms and quotients have whole exponents."""
_Sum: TypeAlias = "Mapping[_Product, Fraction]"
"""A sum of products, with coefficients other than 0."""

_NOTHING: _Product = frozenset()
_ONE: _Sum = {_NOTHING: Fraction(1)}


class Closed:
    """A real number in closed form, not known to be rational. It does not change.

    Made by arithmetic, :func:`exp_of` and :func:`log_of`. Comparisons raise :class:`Undecided`
    where neither rewriting nor :data:`BITS` bits tell.
    """

    __slots__ = ("_hash", "above", "below")
    above: _Sum
    below: _Sum

    def __init__(self, above: _Sum, below: _Sum) -> None:
        self.above = above
        self.below = below
        self._hash = hash((frozenset(above.items()), frozenset(below.items())))

    def ball(self) -> arb:
        """A ball around it, at the precision that is set."""
        above = _sum_ball(self.above)
        return above if self.below is _ONE else above / _sum_ball(self.below)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Closed | Fraction | int):
            return NotImplemented
        return sign(self - other) == 0

    def __add__(self, other: Any) -> Real:
        return _operation(self, other, _plus, lambda left, right: left + right)

    __radd__ = __add__

    def __neg__(self) -> Real:
        return _made({product: -factor for product, factor in self.above.items()}, self.below)

    def __sub__(self, other: Any) -> Real:
        return _operation(self, other, _minus, lambda left, right: left - right)

    def __rsub__(self, other: Any) -> Real:
        negative = -self
        return cast(Real, negative + other)

    def __mul__(self, other: Any) -> Real:
        return _operation(self, other, _times, lambda left, right: left * right)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Real:
        return _operation(self, other, _over, lambda left, right: left / right)

    def __rtruediv__(self, other: Any) -> Real:
        return _operation(
            self, other, lambda left, right: _over(right, left), lambda left, right: right / left
        )

    def __lt__(self, other: Any) -> bool:
        return sign(self - other) < 0

    def __le__(self, other: Any) -> bool:
        return sign(self - other) <= 0

    def __gt__(self, other: Any) -> bool:
        return sign(self - other) > 0

    def __ge__(self, other: Any) -> bool:
        return sign(self - other) >= 0

    def decided_sign(self) -> int:
        """-1, 0 or 1. Raises :class:`Undecided`."""
        bits = _FIRST_BITS
        while bits <= BITS:
            with ctx.workprec(bits):
                found = _sign_of(_sum_ball(self.above)) * _sign_of(_sum_ball(self.below))
            if found:
                return found
            if bits == _FIRST_BITS:
                plain = _multiplied_out(self)
                if plain is not self:
                    return sign(plain)
            bits *= 4
        raise Undecided(f"{BITS} bits don't tell the sign of {self!s:.200}")

    def _sympy_(self) -> Any:
        """As one of SymPy's expressions, which makes them of operations with them."""
        return _sum_expression(self.above) / _sum_expression(self.below)

    def __float__(self) -> float:
        """The nearest double, or one beside it. Raises :class:`Undecided`."""
        bits = _FIRST_BITS
        while bits <= BITS:
            with ctx.workprec(bits):
                found = self.ball()
            if found.rel_accuracy_bits() >= _DOUBLE:
                return float(found.mid())
            bits *= 4
        raise Undecided(f"{BITS} bits don't tell the size of {self!s:.200}")

    def __str__(self) -> str:
        if self.below is _ONE:
            return _sum_text(self.above)
        return f"({_sum_text(self.above)})/({_sum_text(self.below)})"

    __repr__ = __str__


def exp_of(value: Any) -> Real:
    """exp of a number: in closed form; of a ball a ball, of SymPy's expressions one of them."""
    if isinstance(value, arb):
        return cast(Real, value.exp())
    if symbolic(value):
        return cast(Real, import_module("sympy").exp(value))
    above, below = _parts(value)
    if below is not _ONE:
        above = {frozenset({(_Quotient(cast(Closed, value)), Fraction(1))}): Fraction(1)}
    result: Real = Fraction(1)
    for product, factor in above.items():
        result = result * _atom(_base_of(product), factor)
    return result


def log_of(value: Any) -> Real:
    """The natural logarithm of a number > 0: as :func:`exp_of`.

    Raises :class:`Undefined` for other numbers.
    """
    if isinstance(value, arb):
        return cast(Real, value.log())
    if symbolic(value):
        return cast(Real, import_module("sympy").log(value))
    if sign(value) <= 0:
        raise Undefined(f"the logarithm of {value}", expected="a number greater than 0")
    above, below = _parts(value)
    if below is not _ONE:
        upper, lower = _made(above, _ONE), _made(below, _ONE)
        if sign(upper) < 0:
            upper, lower = -upper, -lower
        return log_of(upper) - log_of(lower)
    if len(above) == 1:
        ((product, factor),) = above.items()
        if all(isinstance(atom, _Base | _Exponential) for atom, _ in product):
            return _log_of_product(factor, product)
    return _atom(_Logarithm(cast(Closed, value)))


def ceiling(value: Any) -> int:
    """A whole number that is not below a number; the least one for a fraction."""
    if isinstance(value, int | Fraction):
        return ceil(value)
    with ctx.workprec(_FIRST_BITS):
        upper = value.ball().upper().ceil()
    if not upper.is_integer():
        raise Undecided(f"{_FIRST_BITS} bits don't tell the size of {value!s:.200}")
    return int(upper.unique_fmpz())


def sign(value: Any) -> int:
    """-1, 0 or 1. Raises :class:`Undecided`."""
    if isinstance(value, int | Fraction):
        return (value > 0) - (value < 0)
    found: int = value.decided_sign()
    return found


def _sign_of(ball: arb) -> int:
    """1 or -1 for a ball on one side of 0, and else 0."""
    return int(ball > 0) - int(ball < 0)


# Arithmetic

_Number: TypeAlias = Closed | Fraction | int


def _operation(
    left: Closed,
    right: Any,
    exact: Callable[[Closed, _Number], Real],
    rounded: Callable[[arb, arb], arb],
) -> Real:
    """An operation with a number, or with a ball: then its value is one."""
    if isinstance(right, arb):
        return cast(Real, rounded(left.ball(), right))
    return exact(left, right) if isinstance(right, _Number) else NotImplemented


def _plus(left: _Number, right: _Number) -> Real:
    (above, below), (other, under) = _parts(left), _parts(right)
    if below is under or below == under:
        return _made(_add(above, other), below)
    return _made(
        _add(_multiply(above, under), _multiply(other, below)), _multiply(below, under)
    )


def _minus(left: _Number, right: _Number) -> Real:
    return _plus(left, cast("_Number", -right))


def _times(left: _Number, right: _Number) -> Real:
    (above, below), (other, under) = _parts(left), _parts(right)
    return _made(_multiply(above, other), _multiply(below, under))


def _over(left: _Number, right: _Number) -> Real:
    if sign(right) == 0:
        raise ZeroDivisionError("division by zero")
    (above, below), (other, under) = _parts(left), _parts(right)
    return _made(_multiply(above, under), _multiply(below, other))


# Sums of products


def _parts(value: Any) -> tuple[_Sum, _Sum]:
    if isinstance(value, Closed):
        return value.above, value.below
    return ({_NOTHING: Fraction(value)} if value else {}), _ONE


def _made(above: _Sum, below: _Sum) -> Real:
    """The quotient of two sums: a fraction if that is seen, else a closed form."""
    if not above:
        return Fraction(0)
    if len(below) == 1 and below is not _ONE:
        ((product, factor),) = below.items()
        inverse = {frozenset((atom, -exponent) for atom, exponent in product): 1 / factor}
        return _made(_multiply(above, inverse), _ONE)
    if above.keys() == below.keys():
        ratios = {above[product] / below[product] for product in above}
        if len(ratios) == 1:
            return ratios.pop()
    if _has(_is_sum, above, below):
        return _expanded(above, _is_sum) / _expanded(below, _is_sum)
    return Closed(above, below)


def _multiplied_out(value: Closed) -> Real:
    """The same number with whole powers of sums multiplied out; itself if there are none."""
    found: Real = value
    while isinstance(found, Closed) and _has(_is_power_of_sum, found.above, found.below):
        above, below = (_expanded(s, _is_power_of_sum) for s in (found.above, found.below))
        found = above / below
    return found


def _has(wanted: Callable[[_Atom, Fraction], bool], *sums: _Sum) -> bool:
    return any(wanted(*power) for sum_ in sums for product in sum_ for power in product)


def _is_sum(atom: _Atom, exponent: Fraction) -> bool:
    """Whether a power is exp(log x) for a closed form x."""
    return exponent == 1 and _sum_inside(atom) is not None


def _is_power_of_sum(atom: _Atom, exponent: Fraction) -> bool:
    """Whether a power of such a one has a whole part that can be multiplied out."""
    return not 0 <= exponent < 1 and abs(exponent) <= _MOST_FACTORS and (
        _sum_inside(atom) is not None
    )


def _sum_inside(atom: _Atom) -> Closed | None:
    """x, if the atom is exp(log x) for a closed form x."""
    if isinstance(atom, _Exponential) and len(atom.of) == 1:
        ((inner, exponent),) = atom.of
        if isinstance(inner, _Logarithm) and exponent == 1 and isinstance(inner.of, Closed):
            return inner.of
    return None


def _expanded(sum_: _Sum, wanted: Callable[[_Atom, Fraction], bool]) -> Real:
    """The sum with whole parts of some powers of sums multiplied out."""
    total: Real = Fraction(0)
    for product, factor in sum_.items():
        kept: dict[_Atom, Fraction] = {}
        part: Real = factor
        for atom, exponent in product:
            inside = _sum_inside(atom)
            if inside is None or not wanted(atom, exponent):
                kept[atom] = exponent
                continue
            whole = floor(exponent)
            for _ in range(abs(whole)):
                part = part * inside if whole > 0 else part / inside
            if exponent != whole:
                kept[atom] = exponent - whole
        total = total + part * _made({frozenset(kept.items()): Fraction(1)}, _ONE)
    return total


def _add(left: _Sum, right: _Sum) -> _Sum:
    total = dict(left)
    for product, factor in right.items():
        found = total.get(product, 0) + factor
        if found:
            total[product] = found
        else:
            del total[product]
    return total


def _multiply(left: _Sum, right: _Sum) -> _Sum:
    if left is _ONE:
        return right
    if right is _ONE:
        return left
    total: _Sum = {}
    for first, a in left.items():
        for second, b in right.items():
            factor, product = _product(a * b, [*first, *second])
            total = _add(total, {product: factor})
    return total


def _product(factor: Fraction, powers: Iterable[tuple[_Atom, Fraction]]) -> tuple[
    Fraction, _Product
]:
    """A product with each atom once; whole powers of whole numbers go to the factor."""
    exponents: dict[_Atom, Fraction] = {}
    for atom, exponent in powers:
        exponents[atom] = exponents.get(atom, Fraction(0)) + exponent
    for atom, exponent in exponents.items():
        whole = floor(exponent)
        if isinstance(atom, _Base) and abs(whole) * atom.number.bit_length() <= _MOST_WHOLE:
            factor *= Fraction(atom.number) ** whole
            exponents[atom] = exponent - whole
    return factor, frozenset((atom, e) for atom, e in exponents.items() if e)


def _atom(atom: _Atom, exponent: Fraction = Fraction(1)) -> Real:
    factor, product = _product(Fraction(1), [(atom, exponent)])
    return _made({product: factor}, _ONE)


def _base_of(product: _Product) -> _Base | _Exponential:
    """The atom that is exp of a product: p for log p."""
    if len(product) == 1:
        ((atom, exponent),) = product
        if isinstance(atom, _Logarithm) and exponent == 1 and isinstance(atom.of, _Base):
            return atom.of
    return _Exponential(product)


def _log_of_product(factor: Fraction, product: _Product) -> Real:
    """log of a product of powers of bases and exponentials."""
    total: Real = Fraction(0)
    for number, signed in ((factor.numerator, 1), (factor.denominator, -1)):
        for base, count in _factors(number):
            total = total + signed * count * _atom(_Logarithm(_Base(base)))
    for atom, exponent in product:
        if isinstance(atom, _Base):
            total = total + exponent * _atom(_Logarithm(atom))
        elif isinstance(atom, _Exponential):
            total = total + exponent * _made({atom.of: Fraction(1)}, _ONE)
    return total


def _factors(number: int) -> Iterator[tuple[int, int]]:
    """Numbers > 1 and how often each is a factor: primes, but for one that has no small factor."""
    for divisor in range(2, 1000):
        if divisor * divisor > number:
            break
        count = 0
        while number % divisor == 0:
            number //= divisor
            count += 1
        if count:
            yield divisor, count
    if number > 1:
        yield number, 1


# Balls, expressions and text


def _ball(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


def _product_ball(product: _Product) -> arb:
    total = arb(1)
    for atom, exponent in product:
        total = total * atom.ball(exponent)
    return total


def _sum_ball(sum_: _Sum) -> arb:
    total = arb(0)
    for product, factor in sum_.items():
        total = total + _ball(factor) * _product_ball(product)
    return total


def _expression(atom: _Atom) -> Any:
    sympy: Any = import_module("sympy")
    if isinstance(atom, _Base):
        return sympy.Integer(atom.number)
    if isinstance(atom, _Exponential):
        return sympy.exp(_product_expression(atom.of))
    inside = _expression(atom.of) if isinstance(atom.of, _Base) else sympy.sympify(atom.of)
    return sympy.log(inside) if isinstance(atom, _Logarithm) else inside


def _product_expression(product: _Product) -> Any:
    sympy: Any = import_module("sympy")
    return sympy.Mul(*(_expression(atom) ** sympy.sympify(e) for atom, e in product))


def _sum_expression(sum_: _Sum) -> Any:
    sympy: Any = import_module("sympy")
    return sympy.Add(*(
        sympy.sympify(factor) * _product_expression(product) for product, factor in sum_.items()
    ))


def _product_text(product: _Product) -> str:
    def power(atom: _Atom, exponent: Fraction) -> str:
        return f"{atom}" if exponent == 1 else f"{atom}^{_exponent_text(exponent)}"

    return "*".join(sorted(power(atom, exponent) for atom, exponent in product))


def _exponent_text(exponent: Fraction) -> str:
    return f"{exponent}" if exponent >= 0 and exponent.denominator == 1 else f"({exponent})"


def _sum_text(sum_: _Sum) -> str:
    def term(product: _Product, factor: Fraction) -> str:
        if not product:
            return f"{factor}"
        powers = _product_text(product)
        return powers if factor == 1 else f"-{powers}" if factor == -1 else f"{factor}*{powers}"

    parts = sorted((term(*each) for each in sum_.items()), key=lambda text: (len(text), text))
    return " + ".join(parts).replace("+ -", "- ") or "0"
