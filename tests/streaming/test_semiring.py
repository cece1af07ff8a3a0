"""Semirings and their laws; the structures on which the streaming theorems are tried."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import Any

import pytest

from checks.streaming.samples import (
    BAGS,
    FREE,
    OF_ADDITION,
    breach,
    cuts,
    divisions,
    law_windows,
    plans,
    symbols,
)
from checks.streaming.show import shown
from models.streaming.machine import (
    cut,
    extent,
    plan,
    proper,
    schedule,
    stream,
    table,
    tiles,
    times_sent,
    upto,
    within,
)
from models.streaming.mesh import mesh
from models.streaming.semiring import (
    BOOLEAN,
    FLOATS,
    INTEGERS,
    LAWS,
    RATIONALS,
    TROPICAL,
    Semiring,
    broken,
    entries,
    semiring,
    square_matrices_mod,
)

MATRICES = square_matrices_mod(2, 2)
SOME_MATRICES = [MATRICES.zero, MATRICES.one, ((1, 1), (0, 1)), ((0, 1), (1, 0)), ((1, 0), (1, 0))]


@pytest.mark.parametrize(
    ("of", "elements"),
    [
        (INTEGERS, [-2, 0, 1, 3]),
        (RATIONALS, [Fraction(1, 2), Fraction(0), Fraction(1), Fraction(-2, 3)]),
        (BOOLEAN, [False, True]),
        (TROPICAL, [inf, 0, 1, -3, Fraction(1, 2)]),
        (square_matrices_mod(3, 1), [((n,),) for n in range(3)]),
    ],
)
def test_semirings_obey_the_laws(of: Semiring, elements: list[Any]) -> None:
    assert broken(of, elements) == {}


def test_what_is_no_commutative_semiring() -> None:
    assert set(broken(MATRICES, SOME_MATRICES)) == {"multiplication is commutative"}
    lost = broken(FLOATS, [0.0, 1.0, 0.1, 0.2, 0.3])
    assert "addition is associative" in lost
    a, b, c = lost["addition is associative"]
    assert (a + b) + c != a + (b + c)
    assert not {"addition is commutative", "zero is neutral"} & set(lost)
    assert set(broken(FREE, ["x", "y", "z", "0"])) == set(LAWS)
    bags = [(), ("a",), ("b",)]
    assert set(broken(BAGS, bags)) == set(LAWS) - set(OF_ADDITION)


def test_a_law_is_broken_on_the_elements_that_are_named() -> None:
    minus = semiring("differences", lambda a, b: a - b, lambda a, b: a * b, 0, 1)
    for law, elements in broken(minus, [0, 1, 2]).items():
        arity, holds = LAWS[law]
        assert len(elements) == arity and not holds(minus, *elements)
    assert "addition is commutative" in broken(minus, [0, 1])
    assert "multiplication is associative" not in broken(minus, [0, 1, 2])


def test_matrices_as_functions() -> None:
    matrix = entries([[1, 2], [3]], "none")
    assert [matrix(i)(j) for i, j in ((0, 1), (1, 0), (1, 1), (2, 0), (-1, 0), (0, -1))] == [
        2, 3, "none", "none", "none", "none"
    ]
    assert repr(matrix) == "[[1, 2], [3]]"


@pytest.mark.parametrize("law", OF_ADDITION)
def test_small_structures_that_break_a_law(law: str) -> None:
    found = breach(law)
    assert law in found.laws
    assert not set(found.laws) & (set(OF_ADDITION) - {law})
    assert set(broken(found.semiring, range(found.size))) == set(found.laws)

    def summed(elements: list[int]) -> int:
        total = 0
        for element in elements:
            total = found.semiring.add(total, element)
        return total

    pieces = [summed([found.summands[k] for k in piece]) for piece in found.pieces]
    assert summed(pieces) != summed(list(found.summands))
    assert sorted(k for piece in found.pieces for k in piece) == list(range(len(found.summands)))


def test_associativity_and_commutativity_can_fail_alone() -> None:
    for law in OF_ADDITION[:2]:
        assert breach(law).laws == (law,) and breach(law).size == 3


def test_cuts_and_plans() -> None:
    assert list(cuts(0, 0)) == [cut([])]
    assert set(cuts(2, 2)) == {cut(s) for s in ([2], [0, 2], [1, 1], [2, 0])}
    for pieces in cuts(3, 3):
        assert extent(pieces) == 3 and proper(pieces)
    assert set(divisions(2)) == {((0, 1),), ((0,), (1,)), ((1, 0),), ((1,), (0,))}
    for n in range(4):
        for pieces_of in plans(n):
            assert within(pieces_of, n)
            assert [times_sent(pieces_of, k) for k in range(n)] == [1] * n


def test_windows() -> None:
    windows = law_windows(["a", "b"])
    assert {name: len(list(rows({}))) for name, rows in windows.items()} == {
        "associative": 8, "commutative": 4, "neutral": 2
    }


def test_names_for_entries() -> None:
    assert symbols("x", 2, 1)(1)(0) == "x10"
    assert symbols("x", 2, 1, bags=True)(0)(0) == ("x00",)
    assert symbols("x", 2, 1)(5)(0) == "x"


def test_what_a_reader_sees() -> None:
    matrix = entries([[1, 2], [3, Fraction(1, 2)]])
    assert shown(cut([2, 0, 1])) == "cut [2, 0, 1]" and shown(cut([])) == "cut []"
    assert shown(schedule([2, 0])) == "send [2, 0]"
    assert shown(plan([[2, 0], [], [1]])) == "pieces [[2, 0], [], [1]]"
    assert shown(table(matrix, 2, 2)) == "[[1, 2], [3, 1/2]]"
    assert shown(tiles(matrix, 0, cut([1, 1]), cut([1, 1]))) == (
        "bands [units [[[1]], [[2]]], units [[[3]], [[1/2]]]]"
    )
    assert shown(stream(INTEGERS.plus, INTEGERS.times, 0, *(entries([[3]]),) * 2, cut([1]),
                        cut([1]), upto(1))) == (
        "1 steps, 1 words of X, 1 words of Y, 1 multiply-adds; bands [units [[[9]]]]"
    )
    assert shown(mesh(INTEGERS.plus, INTEGERS.times, 0, *(entries([[3]]),) * 2, 1, 1, 1, 1)) == (
        "1 cycles, 2 words, 1 multiply-adds, the last in cycle 1; sums [[9]]"
    )
    assert shown(3) is None
