"""The streaming machine: cuts, steps and what is collected, by hand."""

from __future__ import annotations

import pytest

from models.streaming.machine import (
    Bands,
    Counts,
    NoBands,
    NoParts,
    Rows,
    State,
    Unit,
    add_outer,
    amount,
    band_at,
    collect,
    column_piece,
    cut,
    even,
    extent,
    held,
    part_of,
    parts,
    place_of,
    plan,
    planned,
    product,
    product_matrix,
    proper,
    row_piece,
    rows_of,
    schedule,
    scheduled,
    sent,
    size_of,
    start,
    stream,
    stream_pieces,
    table,
    tile_at,
    tiles,
    times_sent,
    upto,
    within,
    words_of,
    zero_tile,
)
from models.streaming.semiring import FLOATS, INTEGERS, TROPICAL, Semiring, entries
from models.streaming.weights import in_plan, in_schedule, multiple, weighted

A, B = entries([[1, 2, 3], [4, 5, 6]]), entries([[7, 8], [9, 10], [11, 12]])
PLUS, TIMES = INTEGERS.plus, INTEGERS.times


def run(rows: list[int], columns: list[int], steps: int, of: Semiring = INTEGERS) -> State:
    return stream(of.plus, of.times, of.zero, A, B, cut(rows), cut(columns), upto(steps))


def tiles_of(state: State) -> list[list[list[list[int]]]]:
    found = []
    grid = state.grid
    while isinstance(grid, Bands):
        band, row = grid.band, []
        while isinstance(band, Unit):
            row.append(rows_of(band.tile))
            band = band.right
        found.append(row)
        grid = grid.lower
    return found


# --- cuts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "size", "sizes"),
    [
        (0, 3, []), (1, 3, [1]), (3, 3, [3]), (4, 3, [3, 1]), (7, 2, [2, 2, 2, 1]),
        (3, 1, [1, 1, 1]), (-2, 3, []), (5, 0, [5]), (5, -1, [5]),
    ],
)
def test_even_pieces(total: int, size: int, sizes: list[int]) -> None:
    assert even(total, size) == cut(sizes)
    assert (extent(cut(sizes)), parts(cut(sizes))) == (sum(sizes), len(sizes))


def test_places_in_a_cut() -> None:
    pieces = cut([2, 0, 3])
    assert [start(pieces, p) for p in range(4)] == [0, 2, 2, 5]
    assert [size_of(pieces, p) for p in range(-1, 4)] == [0, 2, 0, 3, 0]
    assert [(part_of(pieces, i), place_of(pieces, i)) for i in range(5)] == [
        (0, 0), (0, 1), (2, 0), (2, 1), (2, 2)
    ]
    assert proper(pieces) and proper(NoParts()) and not proper(cut([2, -1]))


# --- the sections ---------------------------------------------------------------------------------


def test_what_is_sent() -> None:
    assert words_of(column_piece(A, 1, 0, 2)) == [2, 5]
    assert words_of(row_piece(B(2), 1, 1)) == [12]
    assert words_of(row_piece(B(2), 0, 0)) == words_of(column_piece(A, 0, 1, -1)) == []


def test_a_unit_adds_an_outer_product() -> None:
    tile = table(entries([[10, 20], [30, 40]]), 2, 2)
    xs, ys = column_piece(A, 0, 0, 2), row_piece(B(0), 0, 2)
    done = add_outer(PLUS, TIMES, xs, ys, tile, 5)
    assert rows_of(done.tile) == [[10 + 7, 20 + 8], [30 + 28, 40 + 32]]
    assert done.made == 5 + 4


def test_step_by_step() -> None:
    """Two units, with the first and the second row."""
    assert tiles_of(run([1, 1], [2], 0)) == [[[[0, 0]]], [[[0, 0]]]]
    assert tiles_of(run([1, 1], [2], 1)) == [[[[7, 8]]], [[[28, 32]]]]
    assert tiles_of(run([1, 1], [2], 2)) == [[[[25, 28]]], [[[73, 82]]]]
    last = run([1, 1], [2], 3)
    assert tiles_of(last) == [[[[58, 64]]], [[[139, 154]]]]
    # A word of X to each unit, and both words of Y to both, in each of three steps.
    assert (last.steps, last.counts) == (3, Counts(6, 12, 12))
    assert rows_of(collect(cut([1, 1]), last.grid)) == [[58, 64], [139, 154]]
    assert amount(collect(cut([1, 1]), last.grid)) == 4


def test_tiles_of_several_sizes() -> None:
    state = run([2], [1, 0, 1], 3)
    assert tiles_of(state) == [[[[58], [139]], [[], []], [[64], [154]]]]
    # The unit without columns is sent words of X, and no word of Y.
    assert state.counts == Counts(18, 6, 12)
    assert rows_of(collect(cut([2]), state.grid)) == [[58, 64], [139, 154]]
    grid = state.grid
    assert held(grid, 0, 2, 1, 0, None) == 154
    assert held(grid, 0, 1, 0, 0, None) is None
    assert rows_of(tile_at(band_at(grid, 0), 1)) == [[], []]


@pytest.mark.parametrize("rows", [[], [0], [0, 0]])
def test_nothing_to_compute(rows: list[int]) -> None:
    state = run(rows, [2], 3)
    assert rows_of(collect(cut(rows), state.grid)) == []
    assert state.steps == 3 and state.counts.additions == 0
    assert state.counts == Counts(0, 6 * len(rows), 0)
    if not rows:
        assert state.grid == NoBands()


def test_no_columns_and_no_inner_indices() -> None:
    assert rows_of(collect(cut([1, 1]), run([1, 1], [], 3).grid)) == [[], []]
    assert rows_of(collect(cut([2]), run([2], [2], 0).grid)) == [[0, 0], [0, 0]]
    assert rows_of(zero_tile("zero", 1, 2)) == [["zero", "zero"]]


def test_the_product_and_its_tiles() -> None:
    assert [product(PLUS, TIMES, 0, A, B, n, 1, 0) for n in range(-1, 4)] == [0, 0, 28, 73, 139]
    matrix = product_matrix(PLUS, TIMES, 0, A, B, 3)
    assert matrix(1)(0) == 139
    assert rows_of(table(matrix, 2, 2)) == [[58, 64], [139, 154]]
    assert tiles(matrix, 0, cut([1, 1]), cut([2])) == run([1, 1], [2], 3).grid


def test_shortest_paths() -> None:
    """From 0 to 1 in two steps: 3 + 1 over 2 is less than the way 5 + 0 over 1."""
    inf = TROPICAL.zero
    lengths = entries([[0, 5, 3], [inf, 0, inf], [inf, 1, 0]], inf)
    one = cut([3])
    state = stream(TROPICAL.plus, TROPICAL.times, inf, lengths, lengths, one, one, upto(3))
    assert rows_of(collect(one, state.grid)) == [[0, 4, 3], [inf, 0, inf], [inf, 1, 0]]


# --- pieces of the inner dimension ----------------------------------------------------------------


def collected(pieces: list[list[int]], of: Semiring = INTEGERS) -> Rows:
    return stream_pieces(
        of.plus, of.times, of.zero, A, B, cut([1, 1]), cut([1, 1]), plan(pieces)
    )


@pytest.mark.parametrize("pieces", [[[0, 1, 2]], [[2], [0, 1]], [[1], [], [2, 0]]])
def test_pieces_of_the_inner_dimension(pieces: list[list[int]]) -> None:
    assert rows_of(collected(pieces)) == [[58, 64], [139, 154]]
    assert within(plan(pieces), 3) and not within(plan(pieces), 2)
    assert [times_sent(plan(pieces), k) for k in range(-1, 4)] == [0, 1, 1, 1, 0]
    assert planned(PLUS, TIMES, 0, A, B, plan(pieces), 1, 1) == 154


def test_pieces_that_are_no_partition() -> None:
    assert rows_of(collected([])) == [[0, 0], [0, 0]]
    assert rows_of(collected([[0], [0]])) == [[14, 16], [56, 64]]
    assert times_sent(plan([[0], [0]]), 0) == 2
    assert not within(plan([[-1]]), 3)


def test_schedules() -> None:
    assert upto(3) == schedule([0, 1, 2]) and sent(upto(3)) == 3
    assert scheduled(PLUS, TIMES, 0, A, B, schedule([2, 2]), 0, 0) == 66


def test_sums_by_weight() -> None:
    assert multiple(PLUS, 0, 7, 3) == 21 and multiple(PLUS, 0, 7, -1) == 0
    twice = in_schedule(schedule([0, 2, 2]))
    assert [twice(k) for k in range(4)] == [1, 0, 2, 0]
    assert weighted(PLUS, TIMES, 0, A, B, twice, 3, 0, 0) == 7 + 66
    assert in_plan(plan([[0], [2, 2]]))(2) == 2


def test_the_order_matters_to_floating_point_numbers() -> None:
    """Streaming adds up in the order of the inner index; pieces do not."""
    X, Y = entries([[1.0, 1.0, 1.0]]), entries([[0.1], [0.2], [0.3]])
    one = cut([1])
    state = stream(FLOATS.plus, FLOATS.times, 0.0, X, Y, one, one, upto(3))
    assert rows_of(collect(one, state.grid)) == [[0.1 + 0.2 + 0.3]] != [[0.6]]
    apart = stream_pieces(FLOATS.plus, FLOATS.times, 0.0, X, Y, one, one, plan([[1, 2], [0]]))
    assert rows_of(apart) == [[0.6]]


def test_long_runs_meet_no_recursion_limit() -> None:
    long = entries([[1] * 3000]), entries([[1]] * 3000)
    state = stream(PLUS, TIMES, 0, *long, cut([1]), cut([1]), upto(3000))
    assert rows_of(collect(cut([1]), state.grid)) == [[3000]]
    assert state.steps == 3000
