"""The largest share that any ratio deserves: worked by hand, and against an independent maximum."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from scipy.optimize import minimize_scalar

from models.amdahl.analysis import analyse
from models.amdahl.number import compare, exact_text, float_value, simplest
from models.amdahl.peak import peak_allocation, peak_ratio


@pytest.mark.parametrize(
    ("scalable", "ratio", "allocation"),
    [
        (F(1, 4), "4", "1/3"),
        (F(1, 9), "3", "1/2"),
        (F(16, 25), "10", "1/9"),
        (F(1, 2), "2*sqrt(2) + 4", "3 - 2*sqrt(2)"),
    ],
)
def test_worked_by_hand(scalable: F, ratio: str, allocation: str) -> None:
    assert exact_text(peak_ratio(scalable)) == ratio
    assert exact_text(peak_allocation(scalable)) == allocation
    found = analyse(simplest(peak_ratio(scalable)), scalable)
    assert found.allocation is not None
    assert compare(found.allocation, peak_allocation(scalable)) == 0


@pytest.mark.parametrize("scalable", [F(1, 100), F(1, 7), F(1, 2), F(9, 10)])
def test_an_independent_maximum_is_the_same(scalable: F) -> None:
    s = float(scalable)

    def share(ratio: float) -> float:
        k = ((1 - s) * (ratio - 1) / s) ** 0.5
        return (k - 1) / (k + ratio - 1)

    found = minimize_scalar(
        lambda ratio: -share(ratio), bounds=(1 / (1 - s), 200), method="bounded",
        options={"xatol": 1e-9},
    )
    assert float_value(peak_ratio(scalable)) == pytest.approx(found.x, rel=1e-4)
    assert float_value(peak_allocation(scalable)) == pytest.approx(-found.fun)
