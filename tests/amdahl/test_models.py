"""The objective, exact numbers and the analysis, against values worked by hand and by search."""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.algebra import Concrete
from models.amdahl import objective
from models.amdahl.analysis import Analysis, analyse
from models.amdahl.number import (
    compare,
    exact,
    exact_text,
    float_text,
    float_value,
    parse_number,
    parse_real,
    sign,
    simplest,
    square_root,
)
from models.errors import BadInput, Undefined

JSON_NUMBERS = (
    "ratio",
    "scalable",
    "threshold",
    "critical_ratio",
    "allocation",
    "time",
    "break_even",
)


def equal(left: Any, right: Any) -> bool:
    return compare(left, right) == 0


def texts(answers: Analysis) -> dict[str, Any]:
    return {
        key: value
        for key, value in answers.to_json().items()
        if not key.endswith(("_float", "note"))
    }


# Each row by hand. For R = 4, s = 1/2: k = sqrt(3), x* = (sqrt(3)-1)/(sqrt(3)+3), rationalised
# (4 sqrt(3) - 6)/6; T* = (sqrt(3/2) + sqrt(1/2))^2/4 = (2 + sqrt(3))/4.
WORKED = [
    (F(4), F(1, 2), "3/4", "2", "-1 + 2*sqrt(3)/3", "sqrt(3)/4 + 1/2", "1/3"),
    (F(10), F(1, 2), "9/10", "2", "1/6", "4/5", "4/9"),
    (F(4), F(1, 4), "3/4", "4/3", "1/3", "3/4", "2/3"),
    (F(7), F(3, 5), "6/7", "5/2", "1/8", "32/35", "3/10"),
    (F(2), F(1, 5), "1/2", "5/4", "1/3", "9/10", "3/5"),
    (F(2), F(1, 3), "1/2", "3/2", "3 - 2*sqrt(2)", "sqrt(2)/3 + 1/2", "1/3"),
]


@pytest.mark.parametrize("row", WORKED, ids=lambda row: f"R={row[0]},s={row[1]}")
def test_worked_by_hand(row: tuple[Any, ...]) -> None:
    ratio, scalable, threshold, critical, allocation, time, break_even = row
    assert texts(analyse(ratio, scalable)) == {
        "ratio": str(ratio),
        "scalable": str(scalable),
        "threshold": threshold,
        "critical_ratio": critical,
        "collapse": False,
        "allocation": allocation,
        "time": time,
        "attained": True,
        "break_even": break_even,
    }


def test_equations_are_exact_and_read_by_the_concrete_algebra() -> None:
    assert objective.time(F(4), F(1, 2), F(0)) == 1
    assert objective.time(F(4), F(1, 2), F(1, 3)) == F(1, 4) + F(3, 4)
    assert objective.threshold(F(4)) == F(3, 4)
    assert objective.critical_ratio(F(3, 4)) == 4
    assert objective.break_even(F(4), F(1, 2)) == F(1, 3)
    assert objective.balance(F(10), F(1, 2)) == 3
    assert objective.optimal_allocation(F(10), F(3)) == F(1, 6)
    assert simplest(objective.optimal_time(F(10), F(1, 2))) == F(4, 5)
    call = Concrete().value(objective.balance, (F(4), F(1, 2)))
    assert exact_text(call) == "sqrt(3)"
    assert list(objective.time.parameters()) == ["ratio", "scalable", "allocation"]


@pytest.mark.parametrize(
    ("ratio", "scalable", "collapse", "allocation", "time", "attained", "break_even", "critical"),
    [
        (3, 0, False, None, "1/3", False, None, "1"),  # falls to its infimum, never reached
        (3, 1, True, "0", "1", True, None, None),  # no ratio is large enough
        (1, F(1, 2), True, "0", "1", True, None, "2"),
        (1, 0, True, "0", "1", True, None, "1"),  # T is 1 everywhere
        (1, 1, True, "0", "1", True, None, None),
        (F(1, 2), 0, True, "0", "1", True, None, "1"),
        (F(1, 2), F(1, 2), True, "0", "1", True, None, "2"),
        (4, F(3, 4), True, "0", "1", True, None, "4"),  # exactly at the threshold
        (4, F(4, 5), True, "0", "1", True, None, "5"),
    ],
)
def test_edges(
    ratio: Any,
    scalable: Any,
    collapse: bool,
    allocation: str | None,
    time: str,
    attained: bool,
    break_even: str | None,
    critical: str | None,
) -> None:
    found = texts(analyse(ratio, scalable))
    assert found["collapse"] is collapse
    assert found["allocation"] == allocation
    assert found["time"] == time
    assert found["attained"] is attained
    assert found["break_even"] == break_even
    assert found["critical_ratio"] == critical


def test_each_edge_has_its_own_note() -> None:
    instances = [(3, 0), (3, 1), (1, 0), (1, F(1, 2)), (4, F(3, 4)), (4, F(4, 5)), (4, F(1, 2))]
    notes = [analyse(ratio, scalable).note for ratio, scalable in instances]
    assert len(set(notes)) == len(notes)
    assert all(note.endswith(".") and note.count(". ") == 0 for note in notes)


@pytest.mark.parametrize(
    ("ratio", "scalable", "where"),
    [
        (0, F(1, 2), "ratio"),
        (-1, F(1, 2), "ratio"),
        (2, F(-1, 9), "scalable"),
        (2, F(10, 9), "scalable"),
        (2.0, F(1, 2), "ratio"),
        (2, 0.5, "scalable"),
        (True, F(1, 2), "ratio"),
        ("2", F(1, 2), "ratio"),
        (None, F(1, 2), "ratio"),
        (10**301, F(1, 2), "ratio"),
    ],
)
def test_bad_instances(ratio: Any, scalable: Any, where: str) -> None:
    with pytest.raises(BadInput) as caught:
        analyse(ratio, scalable)
    assert caught.value.where == where
    assert caught.value.expected


def test_json_twins() -> None:
    for ratio, scalable in [(F(4), F(1, 2)), (F(10), F(1, 2)), (F(3), F(0)), (F(2), F(1))]:
        found = json.loads(json.dumps(analyse(ratio, scalable).to_json()))
        assert set(found) == {
            *JSON_NUMBERS,
            *(f"{key}_float" for key in JSON_NUMBERS),
            "collapse",
            "attained",
            "note",
        }
        for key in JSON_NUMBERS:
            twin = found[f"{key}_float"]
            assert (found[key] is None) == (twin is None)
            assert twin is None or isinstance(twin, float)
    found = analyse(F(4), F(1, 2)).to_json()
    assert found["allocation_float"] == pytest.approx(2 / math.sqrt(3) - 1, rel=1e-15)
    assert found["break_even_float"] == 1 / 3


def test_ratio_where_the_best_share_is_largest() -> None:
    # At R = 2/(1 - sqrt(s)) the share is (1 - sqrt(s))/(1 + sqrt(s)); nested roots must come apart.
    for scalable in (F(1, 2), F(2, 7), F(1, 9)):
        root = square_root(scalable)
        answers = analyse(simplest(2 / (1 - root)), scalable)
        assert answers.allocation is not None
        assert equal(answers.allocation, (1 - root) / (1 + root))
        for other in (F(1, 3), F(7, 5)) if scalable == F(1, 9) else ():
            nearby = analyse(simplest(answers.ratio * other), scalable).allocation
            assert nearby is not None
            assert compare(nearby, answers.allocation) < 0
    assert exact_text(analyse(simplest(2 / (1 - square_root(F(1, 2)))), F(1, 2)).allocation) == (
        "3 - 2*sqrt(2)"
    )


def golden_minimum(ratio: float, scalable: float) -> tuple[float, float]:
    """A plain golden-section search: knows T and nothing else."""

    def time(x: float) -> float:
        return (1 - scalable) / (1 + (ratio - 1) * x) + scalable / (1 - x)

    low, high, step = 0.0, 1 - 1e-12, (math.sqrt(5) - 1) / 2
    for _ in range(90):
        left, right = high - step * (high - low), low + step * (high - low)
        if time(left) <= time(right):
            high = right
        else:
            low = left
    best = (low + high) / 2
    return best, time(best)


def test_agrees_with_a_numeric_minimiser() -> None:
    chance = random.Random(20260320)
    kinds = set()
    for _ in range(120):
        ratio = F(chance.randint(1, 400), chance.randint(1, 20))
        scalable = F(chance.randint(1, 99), 100)
        answers = analyse(ratio, scalable)
        place, height = golden_minimum(float(ratio), float(scalable))
        assert answers.allocation is not None
        assert float_value(answers.time) == pytest.approx(height, abs=1e-10)
        assert float_value(answers.allocation) == pytest.approx(place, abs=2e-5)
        kinds.add(answers.collapse)
    assert kinds == {True, False}


ratios = st.fractions(min_value=F(11, 10), max_value=40, max_denominator=12)
shares = st.fractions(min_value=F(1, 40), max_value=F(39, 40), max_denominator=40)
grid = [F(i, 24) for i in range(24)]


@settings(max_examples=40, deadline=None)
@given(ratio=ratios, scalable=shares)
def test_optimum_is_exact(ratio: F, scalable: F) -> None:
    answers = analyse(ratio, scalable)
    assert answers.collapse == (scalable >= 1 - 1 / ratio) == (ratio <= 1 / (1 - scalable))
    assert answers.allocation is not None
    assert equal(objective.time(ratio, scalable, answers.allocation), answers.time)
    assert all(compare(objective.time(ratio, scalable, x), answers.time) >= 0 for x in grid)
    if answers.collapse:
        assert (answers.allocation, answers.time, answers.break_even) == (0, 1, None)
        assert all(objective.time(ratio, scalable, x) > 1 for x in grid[1:])
        return
    assert sign(answers.allocation) > 0
    assert equal(objective.optimal_time(ratio, scalable), answers.time)
    even = answers.break_even
    assert isinstance(even, F)
    assert 0 < even < 1
    assert compare(answers.allocation, even) < 0
    assert objective.time(ratio, scalable, even) == 1
    for x in grid[1:]:
        assert (objective.time(ratio, scalable, x) < 1) == (x < even)


@settings(max_examples=40, deadline=None)
@given(
    root=st.fractions(min_value=F(9, 8), max_value=12, max_denominator=9),
    scalable=shares,
)
def test_square_balance_gives_rational_answers(root: F, scalable: F) -> None:
    # k is rational by choice: R = 1 + k^2 s/(1-s).
    ratio = 1 + root * root * scalable / (1 - scalable)
    answers = analyse(ratio, scalable)
    assert isinstance(answers.allocation, F)
    assert isinstance(answers.time, F)
    assert objective.balance(ratio, scalable) == root
    assert answers.allocation == (root - 1) / (root + ratio - 1)
    assert objective.time(ratio, scalable, answers.allocation) == answers.time < 1
    assert equal(objective.optimal_time(ratio, scalable), answers.time)
    # The balance that gives k its name.
    assert 1 + (ratio - 1) * answers.allocation == root * (1 - answers.allocation)


@settings(max_examples=40, deadline=None)
@given(
    ratio=st.fractions(min_value=F(1, 20), max_value=1, max_denominator=20),
    scalable=st.fractions(min_value=0, max_value=1, max_denominator=20),
)
def test_without_an_advantage_zero_is_best(ratio: F, scalable: F) -> None:
    answers = analyse(ratio, scalable)
    assert answers.collapse
    assert answers.allocation == 0
    constant = ratio == 1 and scalable == 0
    for x in grid[1:]:
        height = objective.time(ratio, scalable, x)
        assert height == 1 if constant else height > 1


@settings(max_examples=50, deadline=None)
@given(value=st.fractions(min_value=0, max_value=10**6, max_denominator=10**6))
def test_square_roots(value: F) -> None:
    root = square_root(value)
    assert sign(root) == (value > 0)
    assert simplest(root * root) == value
    assert square_root(value * value) == value
    assert float_value(root) == pytest.approx(math.sqrt(value), rel=1e-15)


def test_square_root_of_a_negative_number() -> None:
    for value in (F(-1), 1 - square_root(F(2))):
        with pytest.raises(Undefined, match="the square root of "):
            square_root(value)


def test_texts_are_canonical() -> None:
    two, three, six = (square_root(F(n)) for n in (2, 3, 6))
    assert exact_text(F(1, 6)) == "1/6"
    assert exact_text(two / 3) == "sqrt(2)/3"
    assert exact_text(square_root(F(2, 9))) == "sqrt(2)/3"
    assert exact_text(1 / (two + three)) == exact_text(three - two)
    assert exact_text(square_root(3 + 2 * two)) == exact_text(1 + two)
    assert exact_text(two * three - six) == "0"
    assert simplest((1 + two) * (1 - two)) == F(-1)
    assert isinstance(simplest((1 + two) * (1 - two)), F)


def test_comparison_is_decided_where_digits_do_not_tell() -> None:
    two, three = square_root(F(2)), square_root(F(3))
    assert compare(two + three, square_root(5 + 2 * square_root(F(6)))) == 0
    assert compare(square_root(F(10**80 + 1)), F(10**40)) == 1
    assert compare(F(10**40), square_root(F(10**80 + 1))) == -1
    assert sign(F(0)) == 0


def test_floats_are_the_nearest() -> None:
    assert float_value(F(1, 3)) == 1 / 3
    assert float_value(square_root(F(2))) == math.sqrt(2)
    tiny = square_root(F(10**80 + 1)) - 10**40  # 80 digits cancel
    assert float_value(tiny) == 5e-41
    assert float_value(F(10) ** 400) == math.inf
    assert float_value(-(F(10) ** 400)) == -math.inf
    assert float_value(F(1, 10**400)) == 0.0
    assert float_text(F(1, 7)) == "0.142857"
    assert float_text(square_root(F(3)), digits=3) == "1.73"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", F(4)),
        ("3/4", F(3, 4)),
        ("6/8", F(3, 4)),
        ("0.75", F(3, 4)),
        (".75", F(3, 4)),
        ("5.", F(5)),
        ("1e-3", F(1, 1000)),
        ("2.5E+2", F(250)),
        ("-1/2", F(-1, 2)),
        ("+7", F(7)),
        ("  1/3\n", F(1, 3)),
        ("0.1", F(1, 10)),
        ("1e299", F(10**299)),
        ("0" * 900 + "1", F(1)),
    ],
)
def test_parse(text: str, value: F) -> None:
    found = parse_number(text, name="--ratio")
    assert found == value
    assert isinstance(found, F)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "nan",
        "inf",
        "-inf",
        "1/0",
        "1/",
        "/2",
        "e5",
        ".",
        "-",
        "1e",
        "1e+",
        "1e1e1",
        "1e999999999",
        "-1e-999999999",
        "1e" + "9" * 900,
        "9" * 1001,
        "9" * 1000,
        "1e300",
        "0x10",
        "1_000",
        "1,5",
        "1 2",
        "1/2/3",
        "1.5/2",
        "1/-2",
        "--1",
        "sqrt(2)",
        "٣",
        "½",
        "__import__('os')",
        "1\x00",
    ],
)
def test_parse_refuses(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_number(text, name="--ratio")
    assert caught.value.where.startswith("--ratio")
    assert caught.value.expected
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("sqrt(2)", "sqrt(2)"),
        ("2*sqrt(3)/3", "2*sqrt(3)/3"),
        ("-1 + 2*sqrt(3)/3", "-1 + 2*sqrt(3)/3"),
        ("(1+sqrt(5))/2", "1/2 + sqrt(5)/2"),
        ("1/sqrt(2)", "sqrt(2)/2"),
        (" 3 - sqrt( 0.5 ) ", "3 - sqrt(2)/2"),
        ("2-(1-sqrt(4)-3)", "6"),
        ("4", "4"),
    ],
)
def test_parse_with_a_root(text: str, shown: str) -> None:
    assert exact_text(parse_real(text, name="n")) == shown


@pytest.mark.parametrize(
    "text",
    [
        "sqrt(2", "sqrt 2", "sqrt(-1)", "sqrt(2)+sqrt(3)", "sqrt(x)", "1/sqrt(0)", "sqrt(2)sqrt",
        "sqrt(2) 3", "sqrt()", "(" * 30 + "sqrt(2)" + ")" * 30, "sqrt(1..2)", "sqrt(2)%", "sqrt",
        "sqrt(2)*1e290*1e290", "sqrt(sqrt(2))", "sqrt(2)/", "+sqrt(2)*", "sqrt(2)" + " " * 1000,
        "sqrt(1e9999)",
    ],
)
def test_parse_with_a_root_refuses(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_real(text, name="--ratio")
    assert caught.value.where.startswith("--ratio")
    assert caught.value.expected
    assert len(str(caught.value)) < 250


def test_parse_says_where() -> None:
    with pytest.raises(BadInput) as caught:
        parse_number(" 1/x", name="--scalable")
    assert caught.value.where == "--scalable: line 1, column 4"


@settings(max_examples=80, deadline=None)
@given(value=st.fractions())
def test_text_and_parse_are_inverse(value: F) -> None:
    assert parse_number(exact_text(value), name="n") == value
    assert exact(value) == value


@settings(max_examples=150, deadline=None)
@given(text=st.text(alphabet="0123456789+-./eE ", max_size=12))
def test_parse_gives_a_fraction_or_bad_input(text: str) -> None:
    try:
        found = parse_number(text, name="n")
    except BadInput:
        return
    assert found == F(text.strip())


def test_long_numbers_end_quickly_and_exactly() -> None:
    ratio, scalable = F(10**299 + 7, 10**250 + 3), F(10**100 + 1, 10**120 + 9)
    answers = analyse(ratio, scalable)
    assert answers.allocation is not None
    assert 0 < float_value(answers.allocation) < 1
    assert json.dumps(answers.to_json())


def test_rational_work_does_not_load_sympy() -> None:
    code = (
        "import sys\n"
        "import models.amdahl.objective\n"
        "from models.amdahl.analysis import analyse\n"
        "from models.amdahl.number import parse_number\n"
        "print(analyse(parse_number('10', name='r'), parse_number('0.5', name='s')).to_json())\n"
        "sys.exit('sympy' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
