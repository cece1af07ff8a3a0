"""A bandwidth limit: worked by hand, and against an independent minimum."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from models.amdahl import objective
from models.amdahl.bandwidth import (
    bandwidth_share,
    bandwidth_side,
    bandwidth_time,
    bounded_share,
    bounded_time,
    effective_ratio,
)
from models.amdahl.number import exact_text, simplest

RATIOS = st.fractions(F(9, 8), F(30), max_denominator=8)
SHARES = st.fractions(F(0), F(1), max_denominator=40)
BANDWIDTHS = st.fractions(F(0), F(5), max_denominator=20)
PLACES = st.fractions(F(0), F(99, 100), max_denominator=100)


def numeric(ratio: F, scalable: F, gamma: F) -> tuple[float, float]:
    """The best share on [0, 0.999999] and its time by a numerical optimiser."""
    r, s, g = float(ratio), float(scalable), float(gamma)
    found = minimize_scalar(
        lambda x: (1 - s) / (1 - x + r / (1 + g * r * x) * x) + s / (1 - x),
        bounds=(0, 0.999999), method="bounded", options={"xatol": 1e-12},
    )
    return float(found.x), float(found.fun)


@pytest.mark.parametrize(
    ("ratio", "gamma", "share", "left"),
    [
        (F(4), F(0), F(1, 2), F(4)),
        (F(4), F(1, 2), F(1, 2), F(2)),
        (F(4), F(1), F(1, 4), F(2)),
        (F(4), F(1), F(0), F(4)),
        (F(1), F(1), F(1), F(1, 2)),
    ],
)
def test_the_ratio_that_is_left(ratio: F, gamma: F, share: F, left: F) -> None:
    assert effective_ratio(ratio, gamma, share) == left


def test_times_by_hand() -> None:
    # Half of the budget at ratio 2: the bounded quarter at the rate 3/2, the scalable one at 1/2.
    assert bandwidth_time(F(4), F(1, 4), F(1, 2), F(1, 2)) == F(3, 4) / F(3, 2) + F(1, 2)
    assert bandwidth_share(F(4), F(1, 4), F(1)) == F(1, 7)
    assert bandwidth_share(F(4), F(1, 4), F(0)) == objective.break_even(F(4), F(1, 4)) / 2
    assert bandwidth_side(F(4), F(1, 4), F(1), F(0)) == F(1, 4) - F(3, 4) * 3
    assert bandwidth_side(F(4), F(1, 4), F(1), F(1)) == F(1, 4) * 16


@pytest.mark.parametrize(
    ("ratio", "gamma", "share", "time"),
    [
        (F(4), F(1), "1/4", "4/5"),
        (F(9), F(1, 3), "2/3", "3/7"),
        (F(2), F(1), "-1/2 + sqrt(2)/2", None),
    ],
)
def test_the_best_share_without_scalable_work(
    ratio: F, gamma: F, share: str, time: str | None
) -> None:
    found = bounded_share(ratio, gamma)
    assert exact_text(found) == share
    if time is not None:
        assert exact_text(bounded_time(ratio, gamma)) == time
        assert bandwidth_time(ratio, F(0), gamma, simplest(found)) == simplest(
            bounded_time(ratio, gamma)
        )
    place, value = numeric(ratio, F(0), gamma)
    assert float(found) == pytest.approx(place, abs=1e-6)
    assert float(bounded_time(ratio, gamma)) == pytest.approx(value)


class TestEdges:
    """s = 0, s = 1, R = 1, R < 1, γ = 0."""

    @pytest.mark.parametrize("share", [F(0), F(1, 3), F(9, 10)])
    @pytest.mark.parametrize("scalable", [F(0), F(1, 2), F(1)])
    @pytest.mark.parametrize("ratio", [F(1, 2), F(1), F(4)])
    def test_without_a_limit_it_is_the_objective(self, ratio: F, scalable: F, share: F) -> None:
        assert bandwidth_time(ratio, scalable, F(0), share) == objective.time(
            ratio, scalable, share
        )

    def test_all_work_scalable(self) -> None:
        assert bandwidth_time(F(4), F(1), F(1), F(1, 2)) == 2
        assert bandwidth_side(F(4), F(1), F(1), F(0)) == 1

    def test_no_work_scalable(self) -> None:
        assert bandwidth_time(F(4), F(0), F(1), F(1, 2)) == F(6, 7)
        # With (1+γR)² = R the best share would be 1: the time falls on all of [0,1).
        assert exact_text(bounded_share(F(4), F(1, 4))) == "1"
        assert numeric(F(4), F(0), F(1, 4))[0] > 0.999

    def test_a_ratio_of_1(self) -> None:
        assert bandwidth_time(F(1), F(0), F(0), F(1, 2)) == 1
        assert bandwidth_time(F(1), F(0), F(1), F(1, 2)) == F(6, 5)

    def test_a_ratio_below_1(self) -> None:
        assert bandwidth_time(F(1, 2), F(0), F(0), F(1, 2)) == F(4, 3)
        assert bandwidth_time(F(1, 2), F(0), F(2), F(1, 2)) == F(3, 2)


@settings(max_examples=60, deadline=None)
@given(ratio=RATIOS, scalable=SHARES, gamma=BANDWIDTHS)
def test_an_independent_minimum_collapses_at_the_same_threshold(
    ratio: F, scalable: F, gamma: F
) -> None:
    least = numeric(ratio, scalable, gamma)[1]
    if scalable >= objective.threshold(ratio):
        assert least == pytest.approx(1)
    else:
        share = bandwidth_share(ratio, scalable, gamma)
        assert 0 < share < 1
        time = bandwidth_time(ratio, scalable, gamma, share)
        assert time < 1
        assert least <= float(time) + 1e-12


@settings(max_examples=60, deadline=None)
@given(ratio=RATIOS, scalable=SHARES, gammas=st.tuples(BANDWIDTHS, BANDWIDTHS))
def test_an_independent_minimum_does_not_grow_with_the_limit(
    ratio: F, scalable: F, gammas: tuple[F, F]
) -> None:
    less, more = sorted(gammas)
    assert numeric(ratio, scalable, more)[0] <= numeric(ratio, scalable, less)[0] + 1e-5


@settings(max_examples=60, deadline=None)
@given(ratio=RATIOS, scalable=SHARES, gamma=BANDWIDTHS, share=PLACES, other=PLACES)
def test_the_side_leads_to_an_independent_minimum(
    ratio: F, scalable: F, gamma: F, share: F, other: F
) -> None:
    side = bandwidth_side(ratio, scalable, gamma, share)
    place, least = numeric(ratio, scalable, gamma)
    time = bandwidth_time(ratio, scalable, gamma, share)
    if side > 0:
        assert place <= float(share) + 1e-5
    elif side < 0:
        assert place >= float(share) - 1e-5
    else:
        assert float(time) == pytest.approx(least)
    assume(share != other and side != 0)
    if (other > share) == (side > 0):
        assert bandwidth_time(ratio, scalable, gamma, other) > time
