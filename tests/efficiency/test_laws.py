"""The laws of loss and compute: worked by hand, against floating point, and on balls."""

from __future__ import annotations

from fractions import Fraction as F
from math import exp, expm1, isclose, log, log2
from typing import Any

import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from models.efficiency.laws import (
    burden,
    compute_multiple,
    doublings,
    efficiency,
    exponential,
    exponential_sum,
    fleet_loss,
    fleet_multiple,
    gathered,
    halving_time,
    law_exponent,
    least_loss,
    logarithm,
    power_law,
    rate_within,
    real_power,
    relative_loss,
    settled_loss,
    time_to_target,
    whole_above,
    whole_number,
)
from models.errors import Undefined

HALF, THIRD = F(1, 2), F(1, 3)
KAPPAS = st.sampled_from([F(63, 1000), F(1, 3), HALF, F(1), F(2)])
RATES = st.sampled_from([F(-1, 2), F(0), F(1, 10**30), F(1, 10), F(1), F(5, 2)])
YEARS = st.fractions(0, 30, max_denominator=4)


def test_by_hand() -> None:
    two: Any = logarithm(F(2))
    assert efficiency(F(3), F(1, 3)) == 2  # three doublings a year: one every four months
    assert gathered(F(0), F(5)) == 5
    assert gathered(F(1), F(3)) == 7 / two
    assert gathered(F(-1), F(1)) == HALF / two
    assert relative_loss(HALF, F(0), F(8)) == THIRD
    assert relative_loss(F(1), F(1), F(1)) == 1 / (1 + 1 / two)
    assert compute_multiple(HALF, THIRD) == 9
    assert time_to_target(HALF, F(0), THIRD) == 8
    assert time_to_target(HALF, F(1), THIRD) == logarithm(1 + 8 * two) / two
    assert fleet_multiple(HALF, F(0), THIRD, F(2)) == 4
    assert fleet_loss(HALF, F(0), F(4), F(2)) == THIRD
    assert (doublings(HALF, F(1, 8)), burden(HALF, F(2), F(1, 8), F(3))) == (6, 1)
    assert burden(HALF, F(1), F(1, 8), F(5)) == 2
    assert halving_time(HALF, 1 / two, THIRD) == 2 * two
    assert power_law(F(3), HALF, F(4)) == F(3, 2)
    assert law_exponent(lambda c: 5 / (c * c)) == 2
    assert real_power(F(8), F(-2, 3)) == F(1, 4)
    assert exponential_sum(F(1, 3), F(-1, 3)) == 1
    assert rate_within(F(1, 10), F(2)) == F(1, 126)
    assert (whole_number(4), whole_number(-1), whole_above(F(7, 2))) == (4, 0, 4)


@settings(max_examples=80, deadline=None)
@given(kappa=KAPPAS, rate=RATES, time=YEARS)
def test_against_floating_point(kappa: F, rate: F, time: F) -> None:
    growth = float(rate) * log(2)
    compute = expm1(growth * time) / growth if rate else float(time)
    assert isclose(float(gathered(rate, time)), compute, rel_tol=1e-9, abs_tol=1e-12)  # type: ignore[arg-type]
    loss = (1 + compute) ** -float(kappa)
    assert isclose(float(relative_loss(kappa, rate, time)), loss, rel_tol=1e-9)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(kappa=KAPPAS, rate=RATES, target=st.fractions(F(1, 3), 1, max_denominator=9))
def test_the_time_to_a_target_reaches_it(kappa: F, rate: F, target: F) -> None:
    if rate < 0:
        return
    time = time_to_target(kappa, rate, target)
    assert relative_loss(kappa, rate, time) == target
    assert time >= 0


def test_where_a_target_is_never_reached() -> None:
    with pytest.raises(Undefined):
        time_to_target(HALF, F(-1), THIRD)
    with pytest.raises(Undefined):
        relative_loss(HALF, F(0), F(-2))
    with pytest.raises(ZeroDivisionError):
        time_to_target(F(0), F(1), THIRD)


def test_the_first_halving_and_later_ones() -> None:
    # With one doubling a year and κ = 1/2 it takes less than two years, and in the end two.
    first, later = (float(halving_time(HALF, F(1), r)) for r in (F(1), F(1, 10**6)))  # type: ignore[arg-type]
    assert isclose(first, log2(1 + 3 * log(2)))
    assert first < later < 2 and isclose(later, 2, rel_tol=1e-11)
    settled = settled_loss(HALF, F(1), F(1, 100))
    wanted = (1 + (1 + log(2)) * 3 / (0.01 * log(2) ** 2)) ** -0.5
    assert isclose(float(settled), wanted)  # type: ignore[arg-type]


def test_the_least_loss_while_efficiency_is_lost() -> None:
    # With γ = -1 the fleet gathers 1/ln 2 years' compute in the end.
    two: Any = logarithm(F(2))
    least: Any = least_loss(F(1), F(-1))
    assert least == 1 / (1 + 1 / two)
    late: Any = relative_loss(F(1), F(-1), F(60))
    assert least < late < least + F(1, 10**15)
    assert time_to_target(F(1), F(-1), HALF) == -logarithm(1 - two) / two  # type: ignore[operator]


def test_on_balls() -> None:
    """The same equations enclose what they are exactly."""
    with ctx.workprec(200):
        for rate in (F(1), F(1, 3), F(-1, 5)):
            ball = relative_loss(arb("0.5"), arb(rate.numerator) / rate.denominator, arb(7))
            exact: Any = relative_loss(HALF, rate, F(7))
            assert isinstance(ball, arb) and ball.overlaps(exact.ball())
            assert ball.rad() < 1e-50
        assert relative_loss(arb("0.5"), arb(0), arb(8)).overlaps(arb(1) / 3)  # type: ignore[attr-defined]


def test_exponentials_are_as_in_the_library() -> None:
    assert isclose(float(exponential(F(1))), exp(1))  # type: ignore[arg-type]
