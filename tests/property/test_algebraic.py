"""Signs of numbers with square roots: against their digits, and where digits say nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import sympy
from hypothesis import example, given
from hypothesis import strategies as st

from models.amdahl.number import compare, sign

fractions = st.fractions(-20, 20, max_denominator=12)
radicands = st.integers(1, 60)


def rational(number: Fraction) -> Any:
    return sympy.Rational(number.numerator, number.denominator)


def sign_by_digits(number: Any) -> int:
    """From 60 digits; 0 if the first 50 behind the point are zero."""
    with mpmath.workdps(60):
        value = mpmath.mpf(sympy.N(number, 60))
        return 0 if abs(value) < mpmath.mpf(10) ** -50 else int(mpmath.sign(value))


@given(fractions, fractions, radicands)
@example(Fraction(-3), Fraction(2), 2)
@example(Fraction(3), Fraction(-2), 2)
@example(Fraction(-2), Fraction(1), 4)
@example(Fraction(0), Fraction(-1), 7)
def test_one_root(first: Fraction, second: Fraction, radicand: int) -> None:
    number = rational(first) + rational(second) * sympy.sqrt(radicand)
    assert sign(number) == sign_by_digits(number)
    if number != 0:
        assert sign(1 / number) == sign(number)
        assert sign(-1 / number**3) == -sign(number)


@given(fractions, fractions, radicands, radicands)
@example(Fraction(1), Fraction(-1), 2, 8)
@example(Fraction(2), Fraction(-1), 2, 8)
@example(Fraction(1), Fraction(1), 5, 10)
def test_two_roots(first: Fraction, second: Fraction, one: int, two: int) -> None:
    number = rational(first) * sympy.sqrt(one) + rational(second) * sympy.sqrt(two)
    assert sign(number) == sign_by_digits(number)
    square = number**2 - rational(first**2 * one + second**2 * two)
    assert sign(square) == sign_by_digits(square)


@given(fractions, fractions, radicands)
def test_zero_is_seen_in_every_form(first: Fraction, second: Fraction, radicand: int) -> None:
    root = sympy.sqrt(radicand)
    number = rational(first) + rational(second) * root
    expanded = rational(first**2 + second**2 * radicand) + 2 * rational(first * second) * root
    assert compare(number**2, expanded) == 0
    assert sign(number**2 - expanded) == 0
    if number != 0:
        assert sign(1 / (1 + 1 / number**2) - number**2 / (number**2 + 1)) == 0


def test_nearly_zero_is_not_zero() -> None:
    # Convergents of sqrt(2), on either side of it.
    above, below = 1, 1
    for step in range(40):
        above, below = above + 2 * below, above + below
        number = sympy.Rational(above, below) - sympy.sqrt(2)
        assert sign(number) == (1 if step % 2 == 0 else -1)
