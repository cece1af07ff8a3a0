"""The frontier year by year: exact years, balls that contain them, tables, and the edges."""

from __future__ import annotations

from fractions import Fraction as F
from math import log2, sqrt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from models.amdahl.enclosure import Interval
from models.amdahl.frontier import advantage, later_ratio, later_scalable
from models.amdahl.horizon import Power, frontier, horizon, yearly
from models.amdahl.number import compare, float_value
from models.errors import BadInput


def found(ratio: Any = F(4), scalable: Any = F(1, 2), years: int = 3, **more: Any) -> Any:
    return horizon(frontier(ratio, scalable, years=F(years), **more))


# --- the year -------------------------------------------------------------------------------------


def test_a_power_of_two_gives_an_exact_year() -> None:
    # 4·(1/2) = 2, which halves 1/2 + 1/4 times a year: 4/3 years.
    result = found(catch_up=F(1, 2), migration=F(1, 4), first=F(2030))
    assert result.verdict == "crosses"
    assert result.crossing == Interval(2030 + F(4, 3), 2030 + F(4, 3))
    assert result.sentence() == "specialised hardware stops paying in year 2031.333333"
    assert [year.collapse for year in result.years] == [False, False, True, True]


def test_the_year_itself_is_collapsed() -> None:
    result = found(catch_up=F(1))
    assert result.crossing == Interval(F(1), F(1))
    assert [year.collapse for year in result.years] == [False, True, True, True]
    # R(3) = 1/2: programmable hardware has overtaken, and still no share gains.
    assert result.years[3].ratio == Interval(F(1, 2), F(1, 2))
    assert result.years[3].threshold.text() == "-1"


def test_never_already_and_beyond() -> None:
    assert found().verdict == "never"
    assert found().crossing is None
    slow = found(catch_up=F(1, 100))
    assert (slow.verdict, slow.crossing) == ("never", Interval(F(100), F(100)))
    assert "never within the horizon" in slow.sentence()
    assert "by the same laws, in year 100" in slow.sentence()
    there = found(F(2), F(1, 2), catch_up=F(1))
    assert (there.verdict, there.crossing) == ("already", None)
    assert "already collapsed" in there.sentence()
    assert found(F(1, 2), F(0)).verdict == "already"
    assert found(F(4), F(1)).verdict == "already"


@settings(max_examples=200, deadline=None)
@given(
    ratio=st.fractions(F(3, 2), F(100), max_denominator=20),
    scalable=st.fractions(F(0), F(9, 10), max_denominator=20),
    catch_up=st.fractions(F(0), F(3), max_denominator=10),
    migration=st.fractions(F(1, 10), F(3), max_denominator=10),
)
def test_the_year_is_the_logarithm(ratio: F, scalable: F, catch_up: F, migration: F) -> None:
    result = found(ratio, scalable, 200, catch_up=catch_up, migration=migration)
    start = ratio * (1 - scalable)
    if start <= 1:
        assert result.verdict == "already"
        return
    expected = log2(start) / float(catch_up + migration)
    assert result.verdict == "crosses"
    assert result.crossing.low <= result.crossing.high
    assert result.crossing.high - result.crossing.low < F(1, 10**30)
    assert float(result.crossing.low) == pytest.approx(expected, abs=1e-9)
    # Just outside the enclosure the exact signs differ.
    before, after = result.crossing.low - F(1, 10**9), result.crossing.high + F(1, 10**9)
    if before > 0:
        assert result.frontier.advantage(before).above_one() == 1
    assert result.frontier.advantage(after).above_one() == -1


@settings(max_examples=30, deadline=None)
@given(
    ratio=st.fractions(F(1, 2), F(16), max_denominator=4),
    scalable=st.fractions(F(0), F(1), max_denominator=8),
    catch_up=st.sampled_from([F(0), F(1, 2), F(1)]),
    migration=st.sampled_from([F(0), F(1, 2), F(1)]),
)
def test_years_are_those_of_the_equations(
    ratio: F, scalable: F, catch_up: F, migration: F
) -> None:
    """Enclosures contain the exact numbers of the equations that the theorem is about."""
    for year in found(ratio, scalable, 2, catch_up=catch_up, migration=migration).years:
        exact = later_ratio(ratio, catch_up, year.year)
        share = later_scalable(scalable, migration, year.year)
        gain = advantage(exact, share)
        for value, shown in (
            (exact, year.ratio), (share, year.scalable), (gain, year.advantage)
        ):
            assert compare(shown.low, value) <= 0 <= compare(shown.high, value)
        assert year.collapse == (compare(gain, F(1)) <= 0)


def test_the_best_share_against_an_independent_minimum() -> None:
    result = found(F(9), F(1, 5), 6, catch_up=F(1, 3), migration=F(1, 7))
    paying = [year for year in result.years if not year.collapse]
    assert len(paying) > 2
    for year in paying:
        R, s = (float(each.low) for each in (year.ratio, year.scalable))
        best = minimize_scalar(
            lambda x, R=R, s=s: (1 - s) / (1 + (R - 1) * x) + s / (1 - x),
            bounds=(0, 1 - 1e-9), method="bounded", options={"xatol": 1e-12},
        )
        assert year.allocation is not None
        assert float(year.allocation.low) == pytest.approx(best.x, abs=1e-5)
        assert float(year.time.low) == pytest.approx(best.fun, abs=1e-10)


def test_without_scalable_work_no_share_is_best() -> None:
    first = found(F(4), F(0), catch_up=F(1, 2)).years[0]
    assert (first.allocation, first.time.text(), first.collapse) == (None, "0.25", False)


# --- tables ---------------------------------------------------------------------------------------


def table(points: dict[int, F], *, rising: bool = True) -> Any:
    return yearly({F(y): v for y, v in points.items()}, name="t", rising=rising)


def test_a_table_is_linear_between_years() -> None:
    law = table({2020: F(1, 5), 2024: F(3, 5), 2026: F(4, 5)})
    values = [law.at(F(year, 2)).rational() for year in (4040, 4041, 4048, 4050, 4052)]
    assert values == [F(1, 5), F(1, 4), F(3, 5), F(7, 10), F(4, 5)]
    with pytest.raises(BadInput, match="2027"):
        law.at(F(2027))


def test_the_year_of_a_table() -> None:
    # 4(1-s) = 1 at s = 3/4, three quarters of the way from 0 to 1.
    result = found(F(4), table({0: F(0), 4: F(1)}), 4)
    assert result.crossing == Interval(F(3), F(3))
    # Both by a table: (10 - t)(1 - t/10)/10 = 1 where (10-t)² = 100/10.
    result = found(
        table({0: F(10), 10: F(1, 1000)}, rising=False), table({0: F(0), 10: F(1)}), 10
    )
    slope = F(10) - F(1, 1000)
    value = F(10) - slope * result.crossing.low / 10
    assert float(value * (1 - result.crossing.low / 10)) == pytest.approx(1)
    assert float(result.crossing.low) == pytest.approx(10 - sqrt(10), abs=1e-3)


def test_a_table_with_an_exponential_law() -> None:
    result = found(F(8), table({0: F(1, 4), 10: F(3, 4)}), 10, catch_up=F(1, 4))
    low, high = float(result.crossing.low), float(result.crossing.high)
    assert high - low < 1e-14

    def gain(t: float) -> float:
        return 8 * 2 ** (-t / 4) * (3 / 4 - t / 20)

    assert gain(low - 1e-9) > 1 > gain(high + 1e-9)


@pytest.mark.parametrize(
    ("points", "rising", "message"),
    [
        ({0: F(1, 2)}, True, "at least two years"),
        ({0: F(1, 2), 1: F(1, 4)}, True, "do not fall"),
        ({0: F(2), 1: F(3)}, False, "do not rise"),
    ],
)
def test_tables_that_are_refused(points: dict[int, F], rising: bool, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        table(points, rising=rising)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"years": 0}, "horizon"),
        ({"years": 201}, "horizon"),
        ({"ratio": F(0)}, "greater than 0"),
        ({"scalable": F(6, 5)}, "from 0 to 1"),
        ({"catch_up": F(-1)}, "catch-up"),
        ({"migration": F(101)}, "migrate"),
        ({"scalable": table({0: F(0), 2: F(1)})}, "a table from 0 to 3"),
    ],
)
def test_what_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        found(**change)


# --- numbers --------------------------------------------------------------------------------------


def test_powers_are_compared_with_one_exactly() -> None:
    assert Power(F(1, 8), F(3)).above_one() == 0
    assert Power(F(0), F(5)).above_one() == -1
    # 2^(1/2) to 25 digits from below and above: doubles do not tell them from it.
    near = F(14142135623730950488016887, 10**25)
    assert Power(1 / near, F(1, 2)).above_one() == 1
    assert Power(1 / (near + F(1, 10**25)), F(1, 2)).above_one() == -1
    assert Power(F(3), F(1, 2)).rational() is None
    assert Power(F(3), F(-2)).rational() == F(3, 4)


def test_plain_data() -> None:
    data = found(F(6), F(1, 2), catch_up=F(1)).to_json()
    assert data["verdict"] == "crosses"
    assert data["year"] == "1.58496250072116"
    low, high = map(F, data["between"])
    assert low < high
    assert high - low < F(1, 10**16)
    assert [row["year"] for row in data["years"]] == ["0", "1", "2", "3"]
    assert data["years"][2]["time"] == "1"
    assert data["years"][2]["collapse"] is True
    assert float(data["years"][0]["ratio"]) == float_value(F(6))
