"""Derivatives of the best share and its time, against SymPy's and against differences."""

from __future__ import annotations

import random
from fractions import Fraction as F
from typing import Any

import pytest
import sympy

from models.amdahl.analysis import analyse
from models.amdahl.number import compare, float_value
from models.amdahl.sensitivity import Slope, sensitivities

KEYS = ("allocation_by_ratio", "allocation_by_scalable", "time_by_ratio", "time_by_scalable")


def symbolic() -> list[Any]:
    """The four derivatives, by SymPy from the closed forms."""
    R, s = sympy.symbols("R s", positive=True)
    k = sympy.sqrt((1 - s) * (R - 1) / s)
    share = (k - 1) / (k + R - 1)
    time = (sympy.sqrt(s * (R - 1)) + sympy.sqrt(1 - s)) ** 2 / R
    return [
        sympy.lambdify((R, s), sympy.diff(value, by), "mpmath")
        for value in (share, time) for by in (R, s)
    ]


def test_against_sympy() -> None:
    from mpmath import mp, mpf

    mp.dps = 40
    chance = random.Random(4)
    derivatives = symbolic()
    for _ in range(60):
        share = F(chance.randint(1, 90), 100)
        ratio = 1 / (1 - share) + F(chance.randint(1, 400), 20)
        found = sensitivities(analyse(ratio, share))
        at = (mpf(ratio.numerator) / ratio.denominator, mpf(share.numerator) / share.denominator)
        for key, derivative in zip(KEYS, derivatives, strict=True):
            value = getattr(found, key).value
            assert float_value(value) == pytest.approx(float(derivative(*at)), rel=1e-14)


def test_against_differences() -> None:
    step = F(1, 10**7)
    for ratio, share in ((F(4), F(1, 2)), (F(10), F(1, 5)), (F(3), F(1, 3)), (F(4), F(4, 5))):
        found = sensitivities(analyse(ratio, share))
        for key in KEYS:
            what, by = key.split("_by_")
            moved = [
                getattr(analyse(*(
                    (ratio + side, share) if by == "ratio" else (ratio, share + side)
                )), what)
                for side in (step, -step)
            ]
            near = (float_value(moved[0]) - float_value(moved[1])) / float(2 * step)
            assert float_value(getattr(found, key).value) == pytest.approx(near, abs=1e-6)


def test_the_kink_at_the_threshold() -> None:
    found = sensitivities(analyse(4, F(3, 4)))
    # From below in s: -1/(2 s(1-s) R) = -2/3; from above in R: 1/(2R(R-1)) = 1/24.
    assert found.allocation_by_scalable == Slope(F(-2, 3), F(0))
    assert found.allocation_by_ratio == Slope(F(0), F(1, 24))
    assert found.allocation_by_ratio.value is None
    assert found.time_by_ratio.value == found.time_by_scalable.value == 0
    assert "kink" in found.note
    step = F(1, 10**7)
    left = analyse(4, F(3, 4) - step).allocation
    right = analyse(4 + step, F(3, 4)).allocation
    assert left is not None and right is not None
    assert float_value(left) / -float(step) == pytest.approx(-2 / 3, abs=1e-5)
    assert float_value(right) / float(step) == pytest.approx(1 / 24, abs=1e-5)


def sides(found: Any, key: str) -> tuple[Any, Any]:
    slope = getattr(found, key)
    return slope.below, slope.above


def test_edges() -> None:
    none, zero = None, F(0)
    found = sensitivities(analyse(4, 0))  # T* = 1/R, no best share
    assert [sides(found, key) for key in KEYS] == [
        (none, none), (none, none), (F(-1, 16), F(-1, 16)), (none, none)
    ]
    found = sensitivities(analyse(4, 1))
    assert [sides(found, key) for key in KEYS] == [
        (zero, zero), (zero, none), (zero, zero), (zero, none)
    ]
    found = sensitivities(analyse(1, 0))
    assert [sides(found, key) for key in KEYS] == [
        (zero, none), (none, zero), (zero, F(-1)), (none, zero)
    ]
    found = sensitivities(analyse(F(1, 2), 0))
    assert [sides(found, key) for key in KEYS] == [
        (zero, zero), (none, zero), (zero, zero), (none, zero)
    ]
    for ratio, share in ((1, F(1, 2)), (F(1, 2), F(1, 2)), (4, F(4, 5))):
        found = sensitivities(analyse(ratio, share))
        assert all(getattr(found, key).value == 0 for key in KEYS)


def test_plain_data() -> None:
    found = sensitivities(analyse(4, F(3, 4))).to_json()
    assert found["allocation_by_ratio"] == {
        "value": None, "value_float": None, "below": "0", "below_float": 0.0,
        "above": "1/24", "above_float": 1 / 24,
    }
    slope = sensitivities(analyse(4, F(1, 2))).allocation_by_ratio
    assert slope.value is not None and compare(slope.value, F(0)) > 0
