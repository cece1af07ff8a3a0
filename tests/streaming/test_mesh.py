"""The systolic mesh: cycle by cycle, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from models.streaming.machine import rows_of
from models.streaming.mesh import (
    Cell,
    Empty,
    Holding,
    MeshEnd,
    MeshState,
    NoCells,
    Registered,
    cell_at,
    fed_above,
    fed_left,
    holding,
    mesh,
    met,
    met_in_mesh,
    met_in_row,
    skewed,
    top,
    totals,
)
from models.streaming.semiring import INTEGERS, entries

A, B = entries([[1, 2, 3], [4, 5, 6]]), entries([[7, 8], [9, 10], [11, 12]])
OPERANDS = (INTEGERS.plus, INTEGERS.times, 0, A, B)


def after(cycles: int) -> MeshState:
    return mesh(*OPERANDS, 2, 3, 2, cycles)


def test_what_comes_in_at_the_edges() -> None:
    assert [fed_left(A, 3, 1, k) for k in (-1, 0, 2, 3)] == [
        Empty(), Holding(4), Holding(6), Empty()
    ]
    assert [fed_above(B, 3, k, 1) for k in (-1, 0, 2, 3)] == [
        Empty(), Holding(8), Holding(12), Empty()
    ]
    first = top(B, 3, 0, 0, 2)
    assert isinstance(first, Registered) and first.register == Holding(7)
    assert [holding(top(B, 3, time, 0, 2)) for time in range(5)] == [1, 2, 2, 1, 0]


@pytest.mark.parametrize(
    ("cycles", "sums"),
    [
        (0, [[0, 0], [0, 0]]),
        (1, [[7, 0], [0, 0]]),
        # Cell (0, 0) adds 2·9; (0, 1) has 1·8, and (1, 0) has 4·7.
        (2, [[25, 8], [28, 0]]),
        (3, [[58, 28], [73, 32]]),
        (4, [[58, 64], [139, 82]]),
        (5, [[58, 64], [139, 154]]),
        (6, [[58, 64], [139, 154]]),
    ],
)
def test_cycle_by_cycle(cycles: int, sums: list[list[int]]) -> None:
    state = after(cycles)
    assert rows_of(totals(state.cells)) == sums
    assert state.cycles == cycles
    assert state.last == min(cycles, 5)
    assert state.cells == skewed(*OPERANDS, 3, cycles, 0, 2, 2)


def test_what_is_counted() -> None:
    """Each word comes in once, and each product is made once."""
    assert [after(t).words for t in range(6)] == [0, 2, 6, 10, 12, 12]
    assert [after(t).additions for t in range(7)] == [0, 1, 4, 8, 11, 12, 12]


def test_how_many_words_are_met() -> None:
    assert [met(3, time) for time in range(-1, 6)] == [0, 0, 1, 2, 3, 3, 3]
    assert [met_in_row(3, time, 0, 2) for time in range(6)] == [0, 1, 3, 5, 6, 6]
    assert [met_in_mesh(3, time, 0, 2, 2) for time in range(7)] == [
        after(time).additions for time in range(7)
    ]


def test_the_words_that_meet_in_a_cell() -> None:
    cell = cell_at(after(3).cells, 1, 0)
    assert isinstance(cell, Cell)
    # k = 3 - 1 - 1 - 0 = 1.
    assert (cell.rightward, cell.downward, cell.total) == (Holding(5), Holding(9), 73)
    assert cell_at(after(3).cells, 2, 0) == NoCells() == cell_at(after(3).cells, 0, 2)


@pytest.mark.parametrize("size", [(0, 3, 2), (2, 0, 2), (2, 3, 0), (0, 0, 0)])
def test_empty_meshes(size: tuple[int, int, int]) -> None:
    height, n, width = size
    state: Any = mesh(*OPERANDS, height, n, width, 7)
    assert (state.additions, state.last) == (0, 0)
    assert rows_of(totals(state.cells)) == [[0] * width for _ in range(height)]
    if height == 0:
        assert state.cells == MeshEnd()


def test_less_than_no_cycles_are_none() -> None:
    assert after(-1) == after(0)
