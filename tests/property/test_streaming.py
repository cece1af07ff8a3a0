"""Streaming over structures that are drawn: what the machine and the mesh compute and count.

What is compared with is computed here, by sums over lists.
"""

from __future__ import annotations

from functools import reduce
from itertools import pairwise
from math import ceil
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.streaming.machine import (
    amount,
    collect,
    cut,
    even,
    held,
    part_of,
    place_of,
    plan,
    rows_of,
    stream,
    stream_pieces,
    upto,
)
from models.streaming.mesh import mesh, totals
from models.streaming.semiring import (
    BOOLEAN,
    FLOATS,
    INTEGERS,
    RATIONALS,
    TROPICAL,
    Entries,
    Semiring,
    entries,
    semiring,
    square_matrices_mod,
)

ELEMENTS: dict[str, tuple[Semiring, st.SearchStrategy[Any]]] = {
    "integers": (INTEGERS, st.integers(-9, 9)),
    "rationals": (RATIONALS, st.fractions(-3, 3, max_denominator=7)),
    "floats": (FLOATS, st.floats(-10, 10)),
    "boolean": (BOOLEAN, st.booleans()),
    "tropical": (TROPICAL, st.one_of(st.just(TROPICAL.zero), st.integers(-5, 9))),
    "matrices": (
        square_matrices_mod(2, 2),
        st.tuples(*[st.tuples(*[st.integers(0, 1)] * 2)] * 2),
    ),
}
COMMUTATIVE = sorted(set(ELEMENTS) - {"floats"})


@st.composite
def tables(draw: st.DrawFn) -> tuple[Semiring, st.SearchStrategy[Any]]:
    """Two operations on 0, 1, 2 by any tables, which obey no law."""
    row = st.lists(st.integers(0, 2), min_size=3, max_size=3)
    plus, times = (draw(st.lists(row, min_size=3, max_size=3)) for _ in range(2))
    made = semiring(
        "drawn", lambda a, b: plus[a][b], lambda a, b: times[a][b], draw(st.integers(0, 2)), 1
    )
    return made, st.integers(0, 2)


Case = tuple[Semiring, Entries, Entries, tuple[int, int, int]]


@st.composite
def products(draw: st.DrawFn, *, lawful: bool = False) -> Case:
    """A structure, two matrices over it, and their sizes L, N, M."""
    if lawful:
        of, element = ELEMENTS[draw(st.sampled_from(COMMUTATIVE))]
    else:
        usual = st.sampled_from(sorted(ELEMENTS)).map(lambda name: ELEMENTS[name])
        of, element = draw(st.one_of(usual, tables()))
    height, inner, width = (draw(st.integers(0, 4)) for _ in range(3))

    def matrix(rows: int, columns: int) -> Entries:
        row = st.lists(element, min_size=columns, max_size=columns)
        return entries(draw(st.lists(row, min_size=rows, max_size=rows)), of.zero)

    return of, matrix(height, inner), matrix(inner, width), (height, inner, width)


def expected(case: Case) -> list[list[Any]]:
    of, X, Y, (height, inner, width) = case

    def one(i: int, j: int) -> Any:
        terms = (of.multiply(X.rows[i][k], Y.rows[k][j]) for k in range(inner))
        return reduce(of.add, terms, of.zero)

    return [[one(i, j) for j in range(width)] for i in range(height)]


@st.composite
def sizes(draw: st.DrawFn, total: int) -> list[int]:
    """Sizes of pieces, some of them 0, that add up."""
    if total == 0:
        return [0] * draw(st.integers(0, 2))
    places = sorted(draw(st.lists(st.integers(0, total), max_size=3)))
    return [b - a for a, b in pairwise((0, *places, total))]


@given(products(), st.data())
def test_any_cut_over_any_operations(case: Case, data: st.DataObject) -> None:
    of, X, Y, (height, inner, width) = case
    down, across = data.draw(sizes(height)), data.draw(sizes(width))
    rows, columns = cut(down), cut(across)
    state = stream(of.plus, of.times, of.zero, X, Y, rows, columns, upto(inner))
    wanted = expected(case)
    matrix = collect(rows, state.grid)
    assert rows_of(matrix) == wanted
    assert state.steps == inner
    assert state.counts.column_words == inner * height * len(across)
    assert state.counts.row_words == inner * len(down) * width
    assert state.counts.additions == height * inner * width
    assert amount(matrix) == height * width
    for i in range(height):
        for j in range(width):
            p, q = part_of(rows, i), part_of(columns, j)
            a, b = place_of(rows, i), place_of(columns, j)
            assert held(state.grid, p, q, a, b, None) == wanted[i][j]
            assert sum(down[:p]) + a == i and 0 <= a < down[p]


@given(products(), st.integers(1, 5), st.integers(1, 5))
def test_words_of_even_tiles(case: Case, high: int, wide: int) -> None:
    of, X, Y, (height, inner, width) = case
    rows, columns = even(height, high), even(width, wide)
    state = stream(of.plus, of.times, of.zero, X, Y, rows, columns, upto(inner))
    reads = state.counts.column_words + state.counts.row_words
    assert reads == inner * (height * ceil(width / wide) + width * ceil(height / high))
    assert rows_of(collect(rows, state.grid)) == expected(case)


@given(products(lawful=True), st.data())
def test_pieces_in_any_order(case: Case, data: st.DataObject) -> None:
    of, X, Y, (height, inner, width) = case
    order = data.draw(st.permutations(range(inner)))
    ends = pairwise((0, *sorted(data.draw(st.lists(st.integers(0, inner), max_size=3))), inner))
    rows, columns = cut(data.draw(sizes(height))), cut(data.draw(sizes(width)))
    pieces = plan(order[a:b] for a, b in ends)
    found = stream_pieces(of.plus, of.times, of.zero, X, Y, rows, columns, pieces)
    assert rows_of(found) == expected(case)


@given(products(), st.integers(0, 3))
def test_the_mesh_computes_the_same(case: Case, more: int) -> None:
    of, X, Y, (height, inner, width) = case
    cycles = max(height + inner + width - 2, 0)
    state = mesh(of.plus, of.times, of.zero, X, Y, height, inner, width, cycles + more)
    assert rows_of(totals(state.cells)) == expected(case)
    assert state.additions == height * inner * width
    assert state.last == (cycles if height and inner and width else 0)
    if height and width:
        assert state.words == inner * (height + width)
