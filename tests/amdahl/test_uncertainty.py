"""Answers over intervals: against the answers at the points of a grid inside."""

from __future__ import annotations

from fractions import Fraction as F
from typing import Any

import pytest

from models.amdahl.analysis import analyse
from models.amdahl.number import compare, float_value
from models.amdahl.uncertainty import Uncertain, span, uncertain
from models.errors import BadInput

BOXES: list[tuple[Any, Any, str]] = [
    ((8, 12), (F(3, 5), F(4, 5)), "excluded"),
    ((8, 12), (F(9, 10), F(19, 20)), "depends"),
    ((2, 4), (F(9, 10), 1), "certain"),
    ((F(3, 2), 40), (F(1, 4), F(1, 2)), "depends"),
    ((3, 40), (F(1, 4), F(1, 4)), "excluded"),  # the peak M = 4 lies inside
    ((5, 40), (F(1, 4), F(1, 4)), "excluded"),  # and here to the left
    ((2, 3), (F(1, 9), F(1, 5)), "excluded"),  # M = 3 at the end
    ((1, 20), (0, F(1, 2)), "depends"),
    ((2, 20), (0, F(1, 4)), "excluded"),
    ((4, 4), (F(1, 2), F(1, 2)), "excluded"),
    ((4, 4), (F(3, 4), F(4, 5)), "certain"),  # the threshold itself collapses
    ((1, 1), (0, 1), "certain"),
]


def inside(low: Any, high: Any, parts: int = 8) -> list[F]:
    return [F(low) + F(high - low) * F(step, parts) for step in range(parts + 1)]


def box(ratio: Any, share: Any) -> Uncertain:
    return uncertain(span(*ratio), span(*share))


@pytest.mark.parametrize(("ratio", "share", "verdict"), BOXES)
def test_encloses_every_instance_and_is_sharp(ratio: Any, share: Any, verdict: str) -> None:
    found = box(ratio, share)
    assert found.collapse == verdict
    collapses, shares, times = set(), [], []
    assert found.allocation is not None
    for R in inside(*ratio):
        for s in inside(*share):
            answers = analyse(R, s)
            collapses.add(answers.collapse)
            assert compare(found.time.low, answers.time) <= 0
            assert compare(found.time.high, answers.time) >= 0  # type: ignore[arg-type]
            times.append(float_value(answers.time))
            if answers.allocation is None:
                continue
            assert compare(found.allocation.low, answers.allocation) <= 0
            assert compare(found.allocation.high, answers.allocation) >= 0  # type: ignore[arg-type]
            shares.append(float_value(answers.allocation))
    assert collapses == {"certain": {True}, "excluded": {False}, "depends": {True, False}}[verdict]
    assert min(times) == pytest.approx(float_value(found.time.low))
    assert max(times) == pytest.approx(float_value(found.time.high))  # type: ignore[arg-type]
    assert min(shares) == pytest.approx(float_value(found.allocation.low))
    if not found.allocation.high_open:
        highest = float_value(found.allocation.high)  # type: ignore[arg-type]
        assert max(shares) == pytest.approx(highest, abs=0.02)


def test_the_peak_inside_is_the_largest_share() -> None:
    found = box((3, 40), (F(1, 4), F(1, 4))).allocation
    assert found is not None
    assert found.high == F(1, 3) == analyse(4, F(1, 4)).allocation  # (1-1/2)/(1+1/2) at 2/(1-1/2)
    ends = [analyse(R, F(1, 4)).allocation for R in (3, 40)]
    assert found.low == min(ends, key=float_value)  # type: ignore[arg-type]


def test_boundaries() -> None:
    found = box((8, 12), (F(9, 10), 1))
    assert (found.threshold.low, found.threshold.high) == (F(7, 8), F(11, 12))
    assert found.critical_ratio is not None
    assert (found.critical_ratio.low, found.critical_ratio.high) == (10, None)
    assert box((8, 12), (1, 1)).critical_ratio is None
    data = box((8, 12), (1, 1)).to_json()
    assert data["critical_ratio_low"] is None and data["collapse"] == "certain"


def test_without_scalable_work() -> None:
    found = box((2, 4), (0, 0))
    assert (found.allocation, found.time.low, found.time.high) == (None, F(1, 4), F(1, 2))
    assert found.to_json()["allocation_high"] is None
    found = box((2, 4), (0, F(1, 4)))
    assert found.allocation is not None
    assert (found.allocation.high, found.allocation.high_open) == (1, True)


@pytest.mark.parametrize(("ratio", "share", "where"), [
    ((4, 3), (0, 1), "interval"),
    ((4, 5), (1, 0), "interval"),
    ((F(1, 2), 3), (0, 1), "ratio"),
    ((2, 3), (-1, 1), "scalable"),
    ((2, 3), (0, 2), "scalable"),
    ((2.0, 3), (0, 1), "interval"),
])
def test_bad_boxes(ratio: Any, share: Any, where: str) -> None:
    with pytest.raises(BadInput) as caught:
        box(ratio, share)
    assert caught.value.where == where
