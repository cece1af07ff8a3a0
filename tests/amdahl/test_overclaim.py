"""The refuting instances: worked by hand, and never better than the best allocation."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.amdahl import objective
from models.amdahl.analysis import analyse
from models.amdahl.number import compare
from models.amdahl.overclaim import refuting_allocation, refuting_gain, refuting_ratio


@pytest.mark.parametrize(
    ("scalable", "ratio", "allocation", "gain"),
    [
        (F(0), F(2), F(1, 2), F(1, 3)),
        (F(1, 2), F(4), F(1, 6), F(1, 15)),
        (F(9, 10), F(20), F(1, 38), F(1, 111)),
        (F(99, 100), F(200), F(1, 398), F(1, 1191)),
    ],
)
def test_worked_by_hand(scalable: F, ratio: F, allocation: F, gain: F) -> None:
    assert refuting_ratio(scalable) == ratio == 2 * objective.critical_ratio(scalable)
    assert refuting_allocation(scalable) == allocation
    assert refuting_gain(scalable) == gain
    assert objective.time(ratio, scalable, allocation) == 1 - gain


@given(st.fractions(F(1, 1000), F(999, 1000), max_denominator=1000))
def test_an_instance_pays_and_is_no_better_than_the_optimum(scalable: F) -> None:
    found = analyse(refuting_ratio(scalable), scalable)
    assert not found.collapse
    assert found.break_even == 2 * refuting_allocation(scalable)
    assert refuting_gain(scalable) > 0
    assert compare(found.time, 1 - refuting_gain(scalable)) <= 0
