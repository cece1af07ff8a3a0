"""Several units, a bandwidth, an exponent: closed forms and brackets, against each other, against
the equations of the theorems, and on edges worked by hand."""

from __future__ import annotations

import json
import random
from fractions import Fraction as F
from typing import Any

import pytest

from models.amdahl import allocation, objective
from models.amdahl.allocation import analyse_variant, break_even, optimum
from models.amdahl.analysis import analyse
from models.amdahl.bandwidth import bandwidth_time
from models.amdahl.bracket import change_of_sign
from models.amdahl.enclosure import Interval, decimal_text, number
from models.amdahl.exponent import exponent_time
from models.amdahl.number import compare, exact_text, float_value, square_root
from models.amdahl.problem import Problem, first_share_bound, problem, time_at
from models.amdahl.several import divide
from models.amdahl.units import many_time, units
from models.errors import BadInput


def bracketed(given: Problem) -> Any:
    """The optimum by brackets, also where there is a closed form."""
    return allocation._division(
        given,
        change_of_sign(lambda left: allocation._slope(given, left), allocation._guess(given)),
    )


def overlap(left: Interval, right: Interval) -> bool:
    return left.low <= right.high and right.low <= left.high


def test_time_is_that_of_the_theorems() -> None:
    shares = [F(1, 5), F(1, 10)]
    both = [(F(1, 3), F(7)), (F(1, 4), F(3, 2))]
    listed = units([(w, R, x) for (w, R), x in zip(both, shares, strict=True)])
    given = problem(both)
    assert time_at(given, shares) == many_time(listed, given.scalable)
    one = problem([(F(2, 3), 7)], gamma=F(1, 5))
    assert time_at(one, shares[:1]) == bandwidth_time(F(7), F(1, 3), F(1, 5), F(1, 5))
    one = problem([(F(2, 3), 7)], exponent=F(3, 2))
    assert compare(
        time_at(one, shares[:1]), exponent_time(F(7), F(1, 3), F(3, 2), F(1, 5))
    ) == 0
    one = problem([(F(2, 3), 7)])
    assert time_at(one, shares[:1]) == objective.time(F(7), F(1, 3), F(1, 5))


def test_worked_by_hand() -> None:
    # w = 1/2, R = 10: ρ = 9/10, σ = 1/2, t² = 9/5, u = sqrt(5 · 9/5) = 3, z = 2/10, x = 1/6.
    found = divide(problem([(F(1, 2), 10)]))
    assert found.allocation is not None
    assert (found.allocation.exact, found.time.exact) == (F(1, 6), F(4, 5))
    # Two units with w = 1/4 and R = 8 are one with w = 1/2, of which each half of the work sees
    # half: w/(p + 8x/2) with w = 1/2 is the objective of R = 4.
    found = divide(problem([(F(1, 4), 8), (F(1, 4), 8)]))
    one = divide(problem([(F(1, 2), 4)]))
    assert overlap(found.time.enclosure, one.time.enclosure)
    assert overlap(found.allocation.enclosure, one.allocation.enclosure)  # type: ignore[union-attr]


@pytest.mark.parametrize("listed", [
    [(F(1, 2), 4)],
    [(F(1, 2), 10), (F(1, 4), 3)],
    [(F(3, 10), 8), (F(2, 10), 4), (F(1, 10), 2)],
    [(F(1, 4), 8), (F(1, 4), 8)],
    [(F(1, 2), 40), (F(0), 5), (F(1, 10), 1), (F(1, 10), F(1, 2))],
])
def test_closed_form_lies_in_the_bracket_and_is_the_value(listed: Any) -> None:
    given = problem(listed)
    closed, found = divide(given), bracketed(given)
    assert overlap(closed.time.enclosure, found.time.enclosure)
    for one, other in zip(closed.units, found.units, strict=True):
        assert overlap(one.share.enclosure, other.share.enclosure)  # type: ignore[union-attr]
    shares = [unit.share.enclosure.middle for unit in closed.units]  # type: ignore[union-attr]
    value = time_at(given, shares)
    assert value - closed.time.enclosure.low < F(1, 10**30)  # second order in the shares' error
    # No other point nearby is better.
    for place in range(len(shares)):
        for step in (F(1, 1000), -F(1, 1000)):
            moved = [share + step * (place == at) for at, share in enumerate(shares)]
            if min(moved) >= 0:
                assert compare(time_at(given, moved), value) > 0


def test_closed_forms_as_text_denote_what_the_enclosures_hold() -> None:
    import sympy

    found = divide(problem([(F(1, 2), 10), (F(1, 4), 3)]))
    for one in (found.time, found.allocation, *(unit.share for unit in found.units)):
        assert one is not None and one.closed_form is not None
        value = F(str(sympy.N(sympy.sympify(one.closed_form), 90)))
        assert one.enclosure.low <= value <= one.enclosure.high


def test_one_unit_is_the_objective_of_the_paper() -> None:
    for ratio, share in ((4, F(1, 2)), (10, F(1, 2)), (2, F(1, 3)), (2, F(1, 2)), (1, F(1, 4))):
        plain, found = analyse(ratio, share), divide(problem([(1 - share, ratio)]))
        assert found.collapse == plain.collapse
        assert found.allocation is not None and found.allocation.exact is not None
        assert plain.allocation is not None
        assert compare(found.allocation.exact, plain.allocation) == 0
        assert compare(found.time.exact, plain.time) == 0  # type: ignore[arg-type]


def test_a_unit_worth_it_alone_is_served_and_others_may_be() -> None:
    chance = random.Random(2)
    beside = 0
    for _ in range(500):
        parts = [chance.randint(0, 30) for _ in range(chance.randint(1, 5))]
        parts.append(chance.randint(1, 30))
        given = problem([
            (F(part, sum(parts)), F(chance.randint(1, 200), 5)) for part in parts[:-1]
        ])
        found = divide(given, closed_forms=False)
        for unit in found.units:
            assert unit.pays_alone == (unit.kind.weight * unit.kind.ratio > 1)
            assert unit.active or not unit.pays_alone
            if unit.kind.ratio <= 1 or not unit.kind.weight:
                assert not unit.active
            beside += unit.active and not unit.pays_alone
    assert beside
    note = divide(problem([(F(1, 2), 10), (F(1, 4), 3)])).note
    assert "Unit 2 is not worth a first share alone, and still served" in note


def test_a_unit_worth_it_alone_may_be_left_out_with_a_steep_exponent() -> None:
    given = problem([(F(1, 4), 40), (F(1, 4), F(121, 10))], exponent=5)
    assert first_share_bound(given) == 3
    found = optimum(given)
    assert [unit.pays_alone for unit in found.units] == [True, True]
    assert [unit.active for unit in found.units] == [True, False]
    assert "Unit 2 is worth a first share alone, and left out" in found.note
    # Alone it is served.
    assert optimum(problem([(F(1, 4), F(121, 10)), (F(1, 4), 1)], exponent=5)).units[0].active


@pytest.mark.parametrize(("listed", "time"), [
    ([(F(1), 4)], "1/4"),
    ([(F(1, 2), 4), (F(1, 2), 4)], "1/2"),
    ([(F(4, 5), 20), (F(1, 5), 5), (F(0), 3)], "4/25"),
])
def test_without_scalable_work_there_is_no_best_division(listed: Any, time: str) -> None:
    found = divide(problem(listed))
    assert (found.collapse, found.attained, found.allocation) == (False, False, None)
    assert exact_text(found.time.exact) == time  # type: ignore[arg-type]
    assert found.to_json()["allocation_low"] is None
    assert "tends to" in found.note


def test_without_scalable_work_slow_units_leave_a_minimum() -> None:
    # Σ 1/R = 1/20 + 1 > 1: the second unit takes nothing, and programmable hardware is kept for it.
    found = divide(problem([(F(4, 5), 20), (F(1, 5), 1)]))
    assert found.attained is True
    assert [unit.active for unit in found.units] == [True, False]
    # Σ 1/R = 1 and w R = 1 everywhere: T is 1 at x = 0 and nothing is better.
    found = divide(problem([(F(1, 2), 2), (F(1, 2), 2)]))
    assert (found.collapse, found.time.exact) == (True, 1)


def test_bandwidth_without_scalable_work() -> None:
    # (1 + γR)² <= R: the rate 1 - x + g(x) rises to the end; else its maximum is inside.
    found = optimum(problem([(1, 4)], gamma=F(1, 4)))
    assert (found.attained, found.allocation) == (False, None)
    assert found.time.enclosure.contains(F(1, 4) + F(1, 4))
    found = optimum(problem([(1, 4)], gamma=1))
    assert (found.allocation.exact, found.time.exact) == (F(1, 4), F(4, 5))  # type: ignore[union-attr]
    assert optimum(problem([(F(1, 2), 40), (F(1, 2), 30)], gamma=F(1, 10**6))).attained is False
    found = optimum(problem([(F(1, 2), 40), (F(1, 2), 30)], gamma=1))
    assert found.attained is True
    # A limit that no precision decides: Σ (1 + γ q r)²/R = 1 with equal units of R = 8, w = 1/2.
    # There q r = 4, so (1 + 4γ)² = 4: γ = 1/4.
    found = optimum(problem([(F(1, 2), 8), (F(1, 2), 8)], gamma=F(1, 4)))
    assert found.attained is not True
    assert found.time.enclosure.contains(F(1, 2))


def test_the_edges_gamma_0_and_exponent_1_are_the_plain_case() -> None:
    found = analyse_variant(10, F(1, 2), gamma=0, exponent=1)
    assert found.division.time.exact == F(4, 5)
    assert found.break_even is not None and found.break_even.exact == F(4, 9)
    assert (found.threshold, found.critical_ratio) == (F(9, 10), 2)


def test_threshold_exactly() -> None:
    for exponent in (F(1, 2), F(1), F(3)):
        for gamma in (F(0), F(1, 3)):
            edge = F(4) / (4 + exponent)  # R = 5
            at = analyse_variant(5, edge, gamma=gamma, exponent=exponent)
            assert (at.threshold, at.critical_ratio) == (edge, 5)
            assert at.division.collapse and at.break_even is None
            below = analyse_variant(5, edge - F(1, 10**9), gamma=gamma, exponent=exponent)
            assert not below.division.collapse
            assert below.division.allocation.enclosure.low > 0  # type: ignore[union-attr]
            assert below.division.time.enclosure.high < 1


def test_break_even_with_a_bandwidth_is_a_root() -> None:
    for ratio, share, gamma in ((10, F(1, 2), F(1, 10)), (7, F(1, 5), F(2)), (3, F(1, 9), F(1, 2))):
        found = break_even(problem([(1 - share, ratio)], gamma=gamma))
        assert found is not None and found.exact is not None
        assert compare(bandwidth_time(F(ratio), share, gamma, found.exact), F(1)) == 0
        assert found.enclosure.contains(found.exact)
    # R = 3, s = 0, γ = 1: (R-1)/(γR) = 2/3; with γ = 1/3 every share gains.
    assert break_even(problem([(1, 3)], gamma=1)).exact == F(2, 3)  # type: ignore[union-attr]
    assert break_even(problem([(1, 3)], gamma=F(1, 3))) is None


def test_brackets_hold_exact_optima() -> None:
    # a = 2 and R = 3 with the optimum at x = 1/2 by choice:
    # (1-s)(R-1)/(1+(R-1)/2)² = 2s/(1/8), so s = 1/33.
    found = optimum(problem([(F(32, 33), 3)], exponent=2))
    assert found.allocation is not None
    assert found.allocation.enclosure.contains(F(1, 2))
    assert found.time.enclosure.contains(exponent_time(F(3), F(1, 33), F(2), F(1, 2)))
    # γ = 2/9 and R = 9 with the optimum at x = 1/4: there 1 + γRx = 3/2, the rate is
    # 3/4 + (9/4)/(3/2) = 9/4, and its slope 9/(9/4) - 1 = 3. So 3(1-s)/(9/4)² = s/(3/4)²: s = 1/4.
    found = optimum(problem([(F(3, 4), 9)], gamma=F(2, 9)))
    assert found.allocation is not None
    assert found.allocation.enclosure.contains(F(1, 4))
    assert found.time.enclosure.contains(bandwidth_time(F(9), F(1, 4), F(2, 9), F(1, 4)))


def test_narrow_brackets_at_extreme_numbers() -> None:
    for ratio, share, gamma, exponent in (
        (F(10**250), F(2, 3), F(1, 1000), F(1)),
        (2 + F(1, 10**200), F(1, 2), F(1, 1000), F(1)),
        (2 + F(1, 10**20), F(1, 2), F(0), F(99, 100)),
        (F(50), F(1, 10**200), F(0), F(1000)),
        (F(50), F(1, 10**200), F(3), F(1, 1000)),
        (F(50), 1 - F(1, 10), F(10**200), F(1)),
    ):
        found = analyse_variant(ratio, share, gamma=gamma, exponent=exponent).division
        assert found.allocation is not None
        bracket = found.allocation.enclosure
        if found.collapse:
            continue
        assert 0 < bracket.low <= bracket.high < 1
        assert bracket.high - bracket.low <= bracket.low / 2**70
        assert found.time.enclosure.high - found.time.enclosure.low < F(1, 10**30)
        assert json.dumps(found.to_json())


def test_many_units_end_quickly() -> None:
    chance = random.Random(3)
    parts = [chance.randint(1, 10**6) for _ in range(65)]
    given = problem([
        (F(part, sum(parts)), F(chance.randint(100, 10**4), 7)) for part in parts[:64]
    ])
    found = divide(given)
    assert found.time.closed_form is None
    assert overlap(found.time.enclosure, bracketed(given).time.enclosure)
    assert len(json.dumps(found.to_json())) < 50_000


@pytest.mark.parametrize(("listed", "more", "where"), [
    ([], {}, "units"),
    ([(F(1, 100), 2)] * 65, {}, "units"),
    ([(F(3, 5), 2), (F(1, 2), 2)], {}, "units"),
    ([(F(3, 5), 2)], {"scalable": F(1, 2)}, "scalable"),
    ([(-1, 2)], {}, "unit 1: weight"),
    ([(F(1, 2), 2), (F(1, 4), 0)], {}, "unit 2: ratio"),
    ([(0.5, 2)], {}, "unit 1: weight"),
    ([(F(1, 2), 2)], {"gamma": -1}, "gamma"),
    ([(F(1, 2), 2)], {"exponent": 0}, "exponent"),
    ([(F(1, 2), 2)], {"exponent": 1001}, "exponent"),
    ([(F(1, 2), 2)], {"exponent": F(1, 1001)}, "exponent"),
    ([(F(1, 2), 2)], {"exponent": 1 + F(1, 10**9)}, "exponent"),
])
def test_bad_problems(listed: Any, more: Any, where: str) -> None:
    with pytest.raises(BadInput) as caught:
        problem(listed, **more)
    assert caught.value.where == where
    assert caught.value.expected


def test_irrational_numbers_are_refused_here() -> None:
    with pytest.raises(BadInput, match="irrational"):
        problem([(F(1, 2), square_root(F(6)))])


def test_enclosures() -> None:
    root = number(square_root(F(2)))
    assert root.enclosure.low < root.enclosure.high
    assert root.enclosure.low**2 < 2 < root.enclosure.high**2
    assert root.near == 2**0.5
    tiny = number(square_root(F(10**80 + 1)) - 10**40)
    assert 0 < tiny.enclosure.low and tiny.near == 5e-41
    low, high = Interval(F(1, 3), F(2, 3)).texts(3)
    assert (low, high) == ("0.333", "0.667")
    assert Interval(F(-1, 3), F(-1, 3)).texts(3) == ("-0.334", "-0.333")
    assert Interval(F(0), F(0)).texts() == ("0", "0")
    with pytest.raises(BadInput):
        Interval(F(1), F(0))


def test_only_certain_digits_are_shown() -> None:
    third = F(1, 3)
    assert Interval(third, third).text() == "0.333333"
    assert Interval(F("1.2341"), F("1.2344")).text() == "1.234"
    assert Interval(F("1.99"), F("2.01")).text() == "2"
    assert Interval(F(1), F(9)).text() == "1 to 9"
    assert Interval(F(10**9), F(10**9)).text() == "1e+9"
    assert Interval(F(0), F(0)).text() == "0"
    assert Interval(F(1, 4), F(1, 3)).decimals(2) == ("0.25", "0.34")


@pytest.mark.parametrize(("value", "text"), [
    (F(1, 8), "0.125"), (F(-3), "-3"), (F(3, 2) / 10**30, "1.5e-30"), (F(10**25), "1e25"),
    (F(1200), "1200"), (F(-1, 10), "-0.1"), (F(5, 10**6), "0.000005"),
])
def test_decimals(value: F, text: str) -> None:
    assert decimal_text(value) == text
    assert F(text) == value
    assert float(text) == float_value(value)
