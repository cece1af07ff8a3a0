"""The exponential laws of the moving frontier: worked by hand, and against floating point."""

from __future__ import annotations

from fractions import Fraction as F
from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.amdahl.frontier import (
    advantage,
    later_ratio,
    later_scalable,
    two_to,
)
from models.amdahl.number import compare, exact_text, float_value


@pytest.mark.parametrize(
    ("exponent", "value"),
    [(F(0), "1"), (F(3), "8"), (F(-2), "1/4"), (F(1, 2), "sqrt(2)"), (F(-1, 2), "sqrt(2)/2")],
)
def test_powers_of_two(exponent: F, value: str) -> None:
    assert exact_text(two_to(exponent)) == value
    assert compare(two_to(exponent) * two_to(1 - exponent), F(2)) == 0


def test_laws_by_hand() -> None:
    # A ratio of 8 that halves every two years; a quarter that is scalable; the rest halves yearly.
    assert later_ratio(F(8), F(1, 2), F(4)) == 2
    assert later_scalable(F(1, 4), F(1), F(2)) == 1 - F(3, 4) / 4
    assert advantage(F(8), F(1, 4)) == 6
    assert (later_ratio(F(8), F(1, 2), F(0)), later_scalable(F(1, 4), F(1), F(0))) == (8, F(1, 4))


@settings(max_examples=40, deadline=None)
@given(
    ratio=st.fractions(F(3, 2), F(64), max_denominator=8),
    scalable=st.fractions(F(0), F(9, 10), max_denominator=10),
    catch_up=st.fractions(F(0), F(2), max_denominator=2),
    migration=st.fractions(F(1, 2), F(2), max_denominator=2),
    year=st.integers(0, 12),
)
def test_the_year_is_the_logarithm(
    ratio: F, scalable: F, catch_up: F, migration: F, year: int
) -> None:
    crossing = log2(ratio * (1 - scalable)) / (catch_up + migration)
    if abs(crossing - year) < 1e-9:
        return
    now = advantage(
        later_ratio(ratio, catch_up, F(year)), later_scalable(scalable, migration, F(year))
    )
    assert (float_value(now) > 1) == (year < crossing)
