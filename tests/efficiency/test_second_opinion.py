"""SymPy derives the integral, the limits and the inverse; the equations, read on symbols, agree."""

from __future__ import annotations

from fractions import Fraction as F
from typing import Any

import pytest
import sympy

from models.efficiency.laws import (
    burden,
    doublings,
    gathered,
    halving_time,
    relative_loss,
    settled_loss,
    time_to_target,
)
from models.efficiency.number import exp_of, log_of

K, G, T, U, R = sympy.symbols("k g t u r", positive=True)


def zero(expression: Any) -> bool:
    """Whether an expression in positive symbols simplifies to 0."""
    return bool(sympy.simplify(expression) == 0)


def test_what_is_gathered_is_the_integral_of_efficiency() -> None:
    integral = sympy.integrate(2 ** (G * U), (U, 0, T))
    assert zero(gathered(G, T) - integral)
    assert not zero(gathered(G, T) - 2 * integral)
    constant = sympy.integrate(sympy.Integer(1), (U, 0, T))
    assert gathered(0, T) == constant == T


def test_the_rate_of_what_is_gathered() -> None:
    assert zero(sympy.diff(gathered(G, T), T) - 2 ** (G * T))


def test_the_limits_without_efficiency() -> None:
    for side in "+-":
        assert sympy.limit(gathered(G, T), G, 0, side) == T
    loss = sympy.limit(relative_loss(sympy.Rational(1, 2), G, T), G, 0)
    assert zero(loss - (1 + T) ** sympy.Rational(-1, 2))
    assert zero(relative_loss(K, 0, T) - (1 + T) ** -K)


def test_the_error_is_of_first_order_as_the_bound_is() -> None:
    series = sympy.series(gathered(G, T), G, 0, 2).removeO()
    assert zero(series - (T + G * sympy.log(2) * T**2 / 2))


def test_the_time_to_a_target_is_the_inverse() -> None:
    assert zero(sympy.expand_log(
        sympy.log(relative_loss(K, G, time_to_target(K, G, R))), force=True) - sympy.log(R))
    # r^(-1/κ) = u: solved for t, SymPy's own solution is the equation's.
    (solution,) = sympy.solve(sympy.Eq(1 + gathered(G, T), U), T)
    assert zero(solution - time_to_target(sympy.Integer(1), G, 1 / U))


@pytest.mark.parametrize(
    ("kappa", "rate"), [(F(1, 2), F(1)), (F(1), F(3)), (F(1, 3), F(1, 4)), (F(2), F(5, 2))]
)
def test_the_pace_of_halving(kappa: F, rate: F) -> None:
    symbols = [sympy.Rational(x.numerator, x.denominator) for x in (kappa, rate)]
    limit = sympy.limit(halving_time(*symbols, R), R, 0, "+")
    assert zero(limit - 1 / (symbols[0] * symbols[1]))


def test_the_derivatives_that_say_what_falls() -> None:
    # d/dγ of I at 0 is t² ln 2 / 2: positive for t > 0.
    slope = sympy.limit(sympy.diff(gathered(G, T), G), G, 0)
    assert zero(slope - T**2 * sympy.log(2) / 2)


def test_the_burden_is_level_after_the_doublings() -> None:
    level = burden(K, G, R, doublings(K, R) / G)
    assert zero(sympy.expand_log(sympy.log(level), force=True))


def test_closed_forms_are_the_expressions() -> None:
    two: Any = log_of(F(2))
    forms: list[Any] = [
        two, exp_of(F(3, 2)), 1 / (1 + two), exp_of(log_of(F(3)) / 2), exp_of(two * two),
        exp_of(log_of(1 + two) / 3), exp_of(1 / (1 + two)), settled_loss(F(1, 3), F(1), F(2)),
    ]
    for form in forms:
        assert abs(float(sympy.sympify(form)) - float(form)) < 1e-12 * max(1, abs(float(form)))
    assert sympy.sympify(two) == sympy.log(2)
    assert two * T == T * two == T * sympy.log(2)
