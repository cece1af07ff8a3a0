"""The objective without absorption: worked by hand, and against an independent minimum."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from models.amdahl.absorption import (
    separate_allocation,
    separate_least_time,
    separate_root,
    separate_time,
)
from models.amdahl.number import exact_text, float_value, simplest


@pytest.mark.parametrize(
    ("ratio", "scalable", "root", "allocation", "time"),
    [
        (F(3), F(1, 4), "1/2", "1/2", "1"),
        (F(1), F(1, 2), "sqrt(2)/2", "1/2", "2"),
        (F(1, 4), F(16, 25), "6/5", "3/5", "4"),
        (F(19, 99), F(99, 100), "3*sqrt(209)/190", None, None),
        (F(100), F(0), "1/10", "1", "1/100"),
        (F(100), F(1), "0", "0", "1"),
    ],
)
def test_worked_by_hand(
    ratio: F, scalable: F, root: str, allocation: str | None, time: str | None
) -> None:
    assert exact_text(separate_root(ratio, scalable)) == root
    if allocation is not None:
        assert exact_text(separate_allocation(ratio, scalable)) == allocation
    if time is not None:
        assert exact_text(separate_least_time(ratio, scalable)) == time


def test_time() -> None:
    assert separate_time(F(4), F(1, 2), F(1, 2)) == F(1) + F(1, 4)


@settings(max_examples=25, deadline=None)
@given(
    ratio=st.fractions(F(1, 20), F(50), max_denominator=20),
    scalable=st.fractions(F(1, 50), F(49, 50), max_denominator=50),
)
def test_an_independent_minimum_is_the_same(ratio: F, scalable: F) -> None:
    r, s = float(ratio), float(scalable)
    found = minimize_scalar(
        lambda x: s / (1 - x) + (1 - s) / (r * x), bounds=(0, 1), method="bounded",
        options={"xatol": 1e-9},
    )
    assert float_value(separate_least_time(ratio, scalable)) == pytest.approx(found.fun)
    assert float_value(separate_allocation(ratio, scalable)) == pytest.approx(found.x, abs=1e-5)
    place = simplest(separate_allocation(ratio, scalable))
    assert 0 < float_value(place) < 1
