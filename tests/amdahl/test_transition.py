"""The best share on both sides of the threshold: worked by hand, and its slope measured."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.amdahl import objective
from models.amdahl.analysis import analyse
from models.amdahl.number import Real, compare, exact_text, float_value
from models.amdahl.transition import best_share, kink_bound, kink_slope


@pytest.mark.parametrize(
    ("ratio", "scalable", "share"),
    [
        (F(4), F(1, 4), "1/3"),
        (F(4), F(1, 2), "-1 + 2*sqrt(3)/3"),
        (F(4), F(3, 4), "0"),
        (F(4), F(9, 10), "0"),
        (F(4), F(1), "0"),
    ],
)
def test_worked_by_hand(ratio: F, scalable: F, share: str) -> None:
    assert exact_text(best_share(ratio, scalable)) == share


def test_slope_and_bound_by_hand() -> None:
    assert kink_slope(F(4)) == F(2, 3)
    assert kink_bound(F(4)) == F(32, 9)


@settings(max_examples=40, deadline=None)
@given(
    ratio=st.fractions(F(9, 8), F(40), max_denominator=8),
    scalable=st.fractions(F(1, 40), F(1), max_denominator=40),
)
def test_it_is_the_allocation_of_the_analysis(ratio: F, scalable: F) -> None:
    found = analyse(ratio, scalable).allocation
    assert found is not None
    assert compare(best_share(ratio, scalable), found) == 0


@pytest.mark.parametrize("ratio", [F(9, 8), F(2), F(4), F(100)])
def test_the_difference_quotients_tend_to_the_slope(ratio: F) -> None:
    start = objective.threshold(ratio)
    for step in (F(1, 10**4), F(1, 10**6), F(1, 10**8)):
        below: Real = best_share(ratio, start - step) / step
        error = abs(float_value(below - kink_slope(ratio)))
        assert error <= float_value(kink_bound(ratio) * step)
        assert best_share(ratio, start + step) == 0
