"""Other machines for the same product: a systolic mesh, cycle by cycle, and a processor with a
cache, use by use.

*Definitions*: :func:`mesh_run`, an output-stationary mesh with a cell for each word of the product;
:func:`mesh_by_tiles`, one with a cell for each word of a tile, which makes the product tile by
tile; :func:`cache_run`, a nest of loops over blocks through a cache that gives up the word that was
not used for longest; :func:`best_block`; :class:`Work`, what a machine did; :func:`compare`, all of
them beside streaming.

*Results*: ``streaming-steps`` is about the mesh as well: it takes L+M+N-2 cycles.

*How it is done*: each machine computes the product and counts what it does on the way. Two of them
do all at once: the streaming machine with a unit for each tile, and the mesh with a cell for each
word. Three have the local memory of one unit, ιφ+ι+φ words or as near to it as they come, and go on
from tile to tile: the streaming machine with one unit, the mesh with ιφ cells, and the processor.

*References*: Kung, Leiserson, 'Systolic arrays (for VLSI)' (1978); Sleator, Tarjan, 'Amortized
efficiency of list update and paging rules' (1985), for caches that give up the word not used for
longest; Lam, Rothberg, Wolf, 'The cache performance and optimizations of blocked
algorithms' (1991).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isqrt
from typing import Any

import numpy as np

from models.errors import BadInput
from models.streaming.compiled import (
    ADDED,
    CACHE_COUNTED,
    CYCLE,
    EDGE,
    HITS,
    LAST,
    MADE,
    MESH_COUNTED,
    PASSED,
    READ,
    WRITTEN,
    blocked,
    cycles,
)
from models.streaming.elements import (
    EITHER,
    PLAIN,
    SHORTEST,
    Array,
    Packed,
    packed,
    python_values,
    unpacked,
)
from models.streaming.semiring import BOOLEAN, FLOATS, INTEGERS, RATIONALS, TROPICAL, Semiring
from models.streaming.simulate import Streamed, Tell, stream
from models.streaming.tiling import Tiling, least_words

MESH_SLICE = 50_000_000
"""Cells times cycles between two chances for Python to see a signal."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a machine did.

    ``at_once``: multiply-adds that it can make in a step. ``memory``: words that one of its local
    memories holds, ``memories`` of them. ``reads``, ``writes``: words from and to the memory
    outside. ``passed``: words that went from cell to cell. ``hits``: words found in a cache.
    """

    machine: str
    says: str
    steps: int
    at_once: int
    memories: int
    memory: int
    reads: int
    writes: int
    passed: int
    hits: int
    multiply_adds: int

    @property
    def moved(self) -> int:
        """Words from and to the memory outside."""
        return self.reads + self.writes

    @property
    def least(self) -> int:
        """How many words must be moved with these local memories, in whatever order it is done."""
        return least_words(self.multiply_adds, max(self.memory, 1), self.memories)

    def to_json(self) -> dict[str, Any]:
        """All of it."""
        data: dict[str, Any] = {
            name: getattr(self, name) for name in Work.__slots__
        }
        return {**data, "moved": self.moved, "lower_bound": self.least}


class _DoesNotFit(Exception):
    """An integer left its machine word."""


def _ways(left: Array, right: Array, semiring: Semiring) -> Iterator[tuple[Packed, bool]]:
    """The matrices in machine words, if that is possible, and then as Python values; whether to use
    the compiled functions."""
    words = packed(left, right, left.shape[1], semiring)
    if words is not None:
        yield words, True
    how = {
        INTEGERS.name: PLAIN, RATIONALS.name: PLAIN, FLOATS.name: PLAIN, BOOLEAN.name: EITHER,
        TROPICAL.name: SHORTEST,
    }.get(semiring.name)
    if how is None:
        raise BadInput(
            f"the semiring {semiring.name}", where="mesh and cache",
            expected="one of those that are named",
        )
    yield Packed(
        how, semiring.zero, semiring.zero,
        python_values(left, semiring), python_values(right, semiring),
    ), False


def _first_that_fits(
    left: Array, right: Array, semiring: Semiring, make: Callable[[Packed, bool], Any]
) -> Any:
    for words, is_compiled in _ways(left, right, semiring):
        try:
            return make(words, is_compiled)
        except _DoesNotFit:
            continue
    raise AssertionError("Python values fit")


def _filled(shape: tuple[int, int], words: Packed) -> Array:
    return np.full(shape, words.zero, words.left.dtype)


def _function(compiled: Any, is_compiled: bool) -> Any:
    return compiled if is_compiled else compiled.py_func


# The mesh


def _mesh(
    words: Packed, left: Array, right: Array, is_compiled: bool, tell: Tell | None
) -> tuple[Array, Array]:
    """A mesh with a cell for each word of the product: its sums and its counts."""
    height, width = left.shape[0], right.shape[1]
    sums, across, down = (_filled((height, width), words) for _ in range(3))
    held = [np.zeros((height, width), np.uint8) for _ in range(2)]
    counts = np.zeros(MESH_COUNTED, np.int64)
    if not (height and width and left.shape[1]):
        return sums, counts
    advance = _function(cycles, is_compiled)
    last = height + width + left.shape[1] - 2
    most = max(1, MESH_SLICE // max(1, height * width))
    # It runs until nothing is in it any more, one cycle longer than it has something to add.
    while counts[CYCLE] == 0 or held[0].any() or held[1].any():
        before = counts[MADE]
        if not advance(
            words.how, words.infinity, left, right, sums, across, down, *held,
            min(most, max(1, last + 1 - int(counts[CYCLE]))), counts,
        ):
            raise _DoesNotFit
        if tell is not None:
            tell(int(counts[MADE] - before))
    return sums, counts


def mesh_run(
    left: Array, right: Array, semiring: Semiring = INTEGERS, *, tell: Tell | None = None
) -> tuple[Array, Work]:
    """The product by a mesh of L×M cells, and what that took."""

    def make(words: Packed, is_compiled: bool) -> tuple[Array, Work]:
        sums, counts = _mesh(words, words.left, words.right, is_compiled, tell)
        cells = sums.size
        return unpacked(sums, semiring), Work(
            "mesh", f"mesh, {sums.shape[0]:,} by {sums.shape[1]:,} cells",
            int(counts[LAST]), cells, 1, 3 * cells, int(counts[EDGE]), cells,
            int(counts[PASSED]), 0, int(counts[MADE]),
        )

    found: tuple[Array, Work] = _first_that_fits(left, right, semiring, make)
    return found


def mesh_by_tiles(
    left: Array, right: Array, tiling: Tiling, semiring: Semiring = INTEGERS, *,
    tell: Tell | None = None,
) -> tuple[Array, Work]:
    """The product by a mesh of ι×φ cells, one tile after the other, and what that took."""

    def make(words: Packed, is_compiled: bool) -> tuple[Array, Work]:
        product = _filled((tiling.rows, tiling.columns), words)
        total = np.zeros(MESH_COUNTED, np.int64)
        for row in range(0, tiling.rows, tiling.tile_rows):
            for column in range(0, tiling.columns, tiling.tile_columns):
                past = row + tiling.tile_rows, column + tiling.tile_columns
                sums, counts = _mesh(
                    words, words.left[row:past[0]],
                    np.ascontiguousarray(words.right[:, column:past[1]]), is_compiled, tell,
                )
                product[row:past[0], column:past[1]] = sums
                total += counts
        cells = tiling.tile_rows * tiling.tile_columns
        return unpacked(product, semiring), Work(
            "mesh-of-a-tile",
            f"mesh, {tiling.tile_rows:,} by {tiling.tile_columns:,} cells, tile by tile",
            int(total[LAST]), cells, 1, 3 * cells, int(total[EDGE]), product.size,
            int(total[PASSED]), 0, int(total[MADE]),
        )

    found: tuple[Array, Work] = _first_that_fits(left, right, semiring, make)
    return found


# The cache


def best_block(memory: int) -> tuple[int, int, int]:
    """Blocks for which a cache of so many words moves few: an outer product at a time into the
    largest square part of the product, of side b, that stays in the cache.

    Until a sum is used again, in the next step, all b² sums are used, at most b + 1 words of X (the
    old ones below, the new ones above) and 2b of Y. So b² + 3b + 1 words are needed, where one who
    decides what to keep needs b² + 2b.
    """
    side = max(1, (isqrt(4 * memory + 5) - 3) // 2)
    return side, side, 1


def cache_run(
    left: Array, right: Array, semiring: Semiring = INTEGERS, *, memory: int,
    block: tuple[int, int, int] | None = None, tell: Tell | None = None,
) -> tuple[Array, Work]:
    """The product by a processor with a cache of so many words, and what that took.

    ``block``: how many rows, columns and inner indices the nest of loops goes through before it
    goes on to the next block.
    """
    if memory < 3:
        raise BadInput(f"a cache of {memory} words", expected="at least 3, a word of each matrix")
    sides = block or best_block(memory)

    def make(words: Packed, is_compiled: bool) -> tuple[Array, Work]:
        height, width = left.shape[0], right.shape[1]
        sums = _filled((height, width), words)
        size = left.size + right.size + sums.size
        ring = [np.full(size + 1, size, np.int64) for _ in range(2)]
        state = np.zeros(size + 1, np.uint8)
        begun = np.zeros((height, width), np.uint8)
        counts = np.zeros(CACHE_COUNTED + 1, np.int64)
        counts[CACHE_COUNTED] = memory
        for first in range(0, height, sides[0]):
            before = counts[ADDED]
            if not _function(blocked, is_compiled)(
                words.how, words.infinity, words.left, words.right, sums, begun, *sides, first,
                min(first + sides[0], height), *ring, state, counts,
            ):
                raise _DoesNotFit
            if tell is not None:
                tell(int(counts[ADDED] - before))
        # In the end what was changed and is still held goes to memory; sums of nothing, too.
        kept = int((state == 2).sum()) + int((begun == 0).sum())
        return unpacked(sums, semiring), Work(
            "cache", "processor with a cache, " + " by ".join(f"{side:,}" for side in sides),
            int(counts[ADDED]), 1, 1, memory, int(counts[READ]), int(counts[WRITTEN]) + kept, 0,
            int(counts[HITS]), int(counts[ADDED]),
        )

    found: tuple[Array, Work] = _first_that_fits(left, right, semiring, make)
    return found


# All of them


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The same product by all machines. ``agree``: whether all came to the same."""

    streamed: Streamed
    works: tuple[Work, ...]
    agree: bool

    @property
    def tiling(self) -> Tiling:
        """Sizes and tile."""
        return self.streamed.tiling

    def work(self, machine: str) -> Work:
        """What a machine did, by its name."""
        return next(work for work in self.works if work.machine == machine)


MACHINES = ("streaming", "mesh", "streaming-one-unit", "mesh-of-a-tile", "cache")
"""Two that do all at once, and three with the local memory of a unit."""


def streaming_works(streamed: Streamed) -> tuple[Work, Work]:
    """What a streaming run comes to with a unit for each tile, and with one unit that takes tile
    after tile, and so sends for each tile once for each inner index."""
    tiling, counts = streamed.tiling, streamed.counts
    size = tiling.tile_rows * tiling.tile_columns
    moved = counts.reads, counts.collected, 0, 0, counts.multiply_adds
    shape = f"{tiling.tile_rows:,} by {tiling.tile_columns:,}"
    units = "1 unit" if tiling.units == 1 else f"{tiling.units:,} units"
    return (
        Work(
            "streaming", f"streaming, {units} of {shape}", counts.steps,
            tiling.units * size, tiling.units, tiling.tile_words, *moved,
        ),
        Work(
            "streaming-one-unit", f"streaming, one unit of {shape}",
            counts.steps * tiling.units, size, 1, tiling.tile_words, *moved,
        ),
    )


def compare(
    left: Array, right: Array, *, tile: tuple[int, int], semiring: Semiring = INTEGERS,
    tell: Tell | None = None,
) -> Comparison:
    """Multiply by every machine. Raises :class:`BadInput` as
    :func:`~models.streaming.simulate.stream` does, and for a semiring that has no name."""
    streamed = stream(left, right, tile=tile, semiring=semiring, tell=tell)
    tiling = streamed.tiling
    together, alone = streaming_works(streamed)
    results = [
        mesh_run(left, right, semiring, tell=tell),
        mesh_by_tiles(left, right, tiling, semiring, tell=tell),
        cache_run(left, right, semiring, memory=tiling.tile_words, tell=tell),
    ]
    works = (together, results[0][1], alone, results[1][1], results[2][1])
    agree = all(bool((product == streamed.product).all()) for product, _ in results)
    return Comparison(streamed, works, agree)
