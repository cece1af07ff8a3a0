"""The mesh, the cache and the lower bound beside streaming: each counted anew in another way."""

from __future__ import annotations

import math
from collections import OrderedDict
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import BadInput
from models.streaming.compare import (
    MACHINES,
    best_block,
    cache_run,
    compare,
    mesh_by_tiles,
    mesh_run,
)
from models.streaming.elements import KINDS
from models.streaming.machine import rows_of
from models.streaming.mesh import mesh, totals
from models.streaming.semiring import INTEGERS, RATIONALS, entries, square_matrices_mod
from models.streaming.tiling import Tiling, least_words

SIZES = st.integers(0, 6)


def matrices(rows: int, columns: int, inner: int, seed: int = 0) -> tuple[Any, Any]:
    """Small integers."""
    chance = np.random.default_rng(seed)
    return chance.integers(-9, 10, (rows, inner)), chance.integers(-9, 10, (inner, columns))


@given(SIZES, SIZES, SIZES)
@settings(max_examples=40, deadline=None)
def test_the_mesh_is_that_of_the_equations(rows: int, columns: int, inner: int) -> None:
    left, right = matrices(rows, columns, inner)
    product, work = mesh_run(left, right)
    cycles = rows + columns + inner + 1
    state = mesh(
        INTEGERS.plus, INTEGERS.times, 0, entries(left.tolist()), entries(right.tolist()),
        rows, inner, columns, cycles,
    )
    assert product.tolist() == rows_of(totals(state.cells)) == (left @ right).tolist()
    assert work.multiply_adds == state.additions
    assert work.steps == state.last
    if rows and columns:
        assert work.reads == state.words == inner * (rows + columns)
        assert work.passed == inner * (rows * (columns - 1) + columns * (rows - 1))
        assert work.steps == (rows + columns + inner - 2 if inner else 0)


@given(SIZES, SIZES, SIZES, st.data())
@settings(max_examples=40, deadline=None)
def test_a_mesh_of_a_tile(rows: int, columns: int, inner: int, data: st.DataObject) -> None:
    left, right = matrices(rows, columns, inner)
    tile = data.draw(st.integers(1, max(1, rows))), data.draw(st.integers(1, max(1, columns)))
    tiling = Tiling(rows, columns, inner, *tile)
    product, work = mesh_by_tiles(left, right, tiling)
    assert (product == left @ right).all()
    heights = [min(tile[0], rows - at) for at in range(0, rows, tile[0])]
    widths = [min(tile[1], columns - at) for at in range(0, columns, tile[1])]
    each = [(height, width) for height in heights for width in widths]
    assert work.steps == (sum(h + w + inner - 2 for h, w in each) if inner else 0)
    # At its edges a mesh takes in what a streaming unit is sent for the tile.
    assert work.reads == tiling.reads
    assert work.multiply_adds == tiling.multiply_adds


def replayed(rows: int, columns: int, inner: int, memory: int, block: tuple[int, int, int]) -> Any:
    """The cache once more, with Python's own list of uses: words read and written, and hits."""
    cache: OrderedDict[tuple[str, int, int], bool] = OrderedDict()
    read = written = hits = 0
    begun = set()

    def use(word: tuple[str, int, int], fetch: bool, change: bool) -> None:
        nonlocal read, written, hits
        if word in cache:
            hits += 1
            cache[word] = cache[word] or change
            cache.move_to_end(word)
            return
        if len(cache) == memory:
            written += cache.popitem(last=False)[1]
        read += fetch
        cache[word] = change

    spans = [range(0, size, side) for size, side in zip((rows, columns, inner), block, strict=True)]
    for l0 in spans[0]:
        for m0 in spans[1]:
            for n0 in spans[2]:
                for row in range(l0, min(l0 + block[0], rows)):
                    for column in range(m0, min(m0 + block[1], columns)):
                        for n in range(n0, min(n0 + block[2], inner)):
                            use(("X", row, n), True, False)
                            use(("Y", n, column), True, False)
                            use(("Z", row, column), (row, column) in begun, True)
                            begun.add((row, column))
    return read, written + sum(cache.values()) + rows * columns - len(begun), hits


@given(SIZES, SIZES, SIZES, st.integers(3, 40), st.data())
@settings(max_examples=80, deadline=None)
def test_the_cache_gives_up_the_word_not_used_for_longest(
    rows: int, columns: int, inner: int, memory: int, data: st.DataObject
) -> None:
    side = st.integers(1, 7)
    block = data.draw(st.none() | st.tuples(side, side, side))
    left, right = matrices(rows, columns, inner)
    product, work = cache_run(left, right, memory=memory, block=block)
    assert (product == left @ right).all()
    wanted = replayed(rows, columns, inner, memory, block or best_block(memory))
    assert (work.reads, work.writes, work.hits) == wanted
    assert work.multiply_adds == work.steps == rows * columns * inner


@pytest.mark.parametrize("side", [3, 5, 8])
def test_how_large_a_cache_must_be_to_keep_a_tile(side: int) -> None:
    """It needs b² + 3b + 1 words to move as few as a unit does with b² + 2b."""
    size = 4 * side
    left, right = matrices(size, size, size)
    least = 2 * size**3 // side + size**2
    enough = side**2 + 3 * side + 1
    assert best_block(enough) == (side, side, 1)
    assert best_block(enough - 1) == (side - 1, side - 1, 1)
    assert cache_run(left, right, memory=enough)[1].moved == least
    fewer = cache_run(left, right, memory=enough - 1, block=(side, side, 1))[1].moved
    assert fewer > 1.5 * least
    found = compare(left, right, tile=(side, side))
    assert found.work("streaming-one-unit").moved == least
    assert found.tiling.tile_words == side**2 + 2 * side


@pytest.mark.parametrize("memory", [12, 35, 80, 288])
def test_no_other_square_block_of_outer_products_moves_much_less(memory: int) -> None:
    left, right = matrices(48, 48, 48)
    chosen = cache_run(left, right, memory=memory)[1].moved
    least = min(
        cache_run(left, right, memory=memory, block=(side, side, inner))[1].moved
        for side in range(1, math.isqrt(memory) + 2) for inner in (1, side)
    )
    assert chosen <= 1.2 * least


@given(st.sampled_from([*KINDS]), st.integers(1, 5), st.integers(1, 5), st.integers(1, 5),
       st.data())
@settings(max_examples=60, deadline=None)
def test_all_machines_come_to_the_same(
    name: str, rows: int, columns: int, inner: int, data: st.DataObject
) -> None:
    entry = {
        "integers": st.integers(), "rationals": st.fractions(max_denominator=9),
        "floats": st.floats(-1e3, 1e3), "boolean": st.booleans(),
        "tropical": st.integers(-9, 9) | st.just(math.inf),
    }[name]
    left, right = (np.empty(shape, dtype=object) for shape in ((rows, inner), (inner, columns)))
    for array in (left, right):
        for i in np.ndindex(array.shape):
            array[i] = data.draw(entry)
    tile = data.draw(st.integers(1, rows)), data.draw(st.integers(1, columns))
    found = compare(left, right, tile=tile, semiring=KINDS[name])
    assert found.agree
    assert [work.machine for work in found.works] == list(MACHINES)
    assert {work.multiply_adds for work in found.works} == {rows * columns * inner}
    assert all(work.moved >= work.least for work in found.works)
    alone = found.work("streaming-one-unit")
    assert alone.steps == inner * found.tiling.units
    assert found.work("cache").memory == alone.memory == found.tiling.tile_words


def test_the_grid_and_the_mesh_of_the_theorem() -> None:
    """n steps and 3n - 2."""
    for size in (1, 2, 5, 16):
        found = compare(*matrices(size, size, size), tile=(1, 1))
        assert found.work("streaming").steps == size
        assert found.work("mesh").steps == 3 * size - 2


def test_integers_beyond_the_machine_word() -> None:
    left, right = [[2**62, 1]], [[2], [10**30]]
    found = compare(
        np.array(left, dtype=object), np.array(right, dtype=object), tile=(1, 1)
    )
    assert found.agree
    assert found.streamed.product[0, 0] == 2**63 + 10**30
    one, other = np.array([[2**62, 2]], dtype=object), np.array([[4], [-1]], dtype=object)
    tiling = Tiling(1, 1, 2, 1, 1)
    for product in (
        mesh_run(one, other)[0], cache_run(one, other, memory=3)[0],
        mesh_by_tiles(one, other, tiling)[0],
    ):
        assert product[0, 0] == 2**64 - 2
    near = np.array([[2**62, 2**62]], dtype=object), np.array([[1], [1]], dtype=object)
    assert mesh_run(*near)[0][0, 0] == cache_run(*near, memory=3)[0][0, 0] == 2**63


def test_the_lower_bound() -> None:
    # ⌈1000/(2√2 √2)⌉ - 2 = 250 - 2; and √2 · 100 = 141.4…
    assert least_words(1000, 2) == 248
    assert least_words(400, 1) == 142 - 1
    assert least_words(0, 5) == least_words(10, 100) == 0
    assert least_words(1000, 2, memories=3) == 244
    with pytest.raises(BadInput):
        least_words(1, 0)


@given(st.integers(0, 10**30), st.integers(1, 10**9))
def test_the_lower_bound_is_rounded_up_exactly(work: int, memory: int) -> None:
    found = least_words(work, memory) + memory
    assert 8 * memory * found**2 >= work**2
    if found > memory:
        assert 8 * memory * (found - 1)**2 < work**2


def test_what_is_refused() -> None:
    left, right = matrices(2, 2, 2)
    with pytest.raises(BadInput, match="a cache of 2 words"):
        cache_run(left, right, memory=2)
    squares = square_matrices_mod(2, 2)
    word = np.empty((1, 1), dtype=object)
    word[0, 0] = squares.one
    with pytest.raises(BadInput, match="one of those that are named"):
        mesh_run(word, word, squares)
    half = np.array([[Fraction(1, 2)]], dtype=object)
    assert mesh_run(half, half, RATIONALS)[0][0, 0] == Fraction(1, 4)
