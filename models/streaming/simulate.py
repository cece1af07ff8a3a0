"""The streaming machine at full size: the same words, steps and products as the equations, sooner.

*Definitions*: :func:`stream`, for two matrices; :class:`Streamed`, what came of it;
:class:`Counts`; :class:`Operands` and :func:`run`, for words anywhere in memory, of which
:mod:`models.streaming.contraction` makes use; :data:`PATHS`.

*How it is done*: integers, floats, truth values and path lengths go through compiled units
(:mod:`models.streaming.compiled`) as machine words. Integers that leave a machine word are noticed,
and the run begins again with Python's. Everything else (fractions, any semiring given by its
operations) goes through units that work on Python values. The equations
(:mod:`models.streaming.machine`) can be asked for, too; all three say the same.

*References*: 'AI, Native Supercomputing', arXiv 1705.05983.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from models.errors import BadInput, counted
from models.streaming import machine
from models.streaming.compiled import (
    COLLECTED,
    COUNTED,
    GAINED,
    LEFT,
    RIGHT,
    STEPS,
    collect,
    work,
)
from models.streaming.elements import Array, Packed, matrix, packed, python_values, unpacked
from models.streaming.semiring import INTEGERS, Semiring, entries
from models.streaming.tiling import Tiling

Addresses: TypeAlias = NDArray[np.int64]
Tell: TypeAlias = Callable[[int], None]
"""Called now and then with the multiply-adds made since the last call."""

Path: TypeAlias = Literal["auto", "compiled", "python", "equations"]
PATHS: tuple[Path, ...] = ("auto", "compiled", "python", "equations")
"""How to run; ``auto`` takes the compiled units if they can, or else Python values."""

SLICE = 20_000_000
"""Multiply-adds between two chances for Python to see a signal and to report progress."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a run did: steps; words of X and of Y that the distribution section sent, and how many
    different ones; words that the collection section took out; multiply-adds."""

    steps: int
    left: int
    right: int
    distinct_left: int
    distinct_right: int
    collected: int
    multiply_adds: int

    @property
    def reads(self) -> int:
        """All words distributed."""
        return self.left + self.right

    def __add__(self, other: Counts) -> Counts:
        """One run after the other. Different words are counted in each of them."""
        return Counts(*(
            getattr(self, name) + getattr(other, name) for name in Counts.__slots__
        ))


@dataclass(frozen=True, slots=True, eq=False)
class Streamed:
    """A product with what its run did, and how it ran."""

    product: Array
    tiling: Tiling
    semiring: Semiring
    counts: Counts
    path: Path


@dataclass(frozen=True, slots=True, eq=False)
class Operands:
    """X and Y in flat memories: X[l, n] is at ``rows[l] + left_inner[n]``, Y[n, m] at
    ``right_inner[n] + columns[m]``, and word (l, m) of the product goes to
    ``to_rows[l] + to_columns[m]`` of a memory of ``size`` words."""

    left: Array
    right: Array
    rows: Addresses
    left_inner: Addresses
    right_inner: Addresses
    columns: Addresses
    to_rows: Addresses
    to_columns: Addresses
    size: int


class _DoesNotFit(Exception):
    """An integer left its machine word."""


def stream(
    left: Sequence[Sequence[Any]] | Array,
    right: Sequence[Sequence[Any]] | Array,
    *,
    tile: tuple[int, int],
    semiring: Semiring = INTEGERS,
    path: Path = "auto",
    tell: Tell | None = None,
) -> Streamed:
    """Stream the product of two matrices, as arrays or as lists of rows.

    ``tile``: rows and columns of the product that a unit holds. Raises :class:`BadInput` for
    shapes that do not match, rows of different lengths, what is no element of the semiring, and a
    tile that does not fit the product.
    """
    one, other = matrix(left, semiring, "X"), matrix(right, semiring, "Y")
    tiling = tiling_of(one, other, tile)
    if path == "equations":
        return _by_equations(one, other, tiling, semiring)
    rows, inner, columns = tiling.rows, tiling.inner, tiling.columns
    operands = Operands(
        one.reshape(-1), other.reshape(-1),
        np.arange(rows, dtype=np.int64) * inner, np.arange(inner, dtype=np.int64),
        np.arange(inner, dtype=np.int64) * columns, np.arange(columns, dtype=np.int64),
        np.arange(rows, dtype=np.int64) * columns, np.arange(columns, dtype=np.int64),
        rows * columns,
    )
    found = run(operands, tiling, semiring, path=path, tell=tell)
    return replace(found, product=found.product.reshape(rows, columns))


def tiling_of(left: Array, right: Array, tile: tuple[int, int]) -> Tiling:
    """The tiling of a product. Raises :class:`BadInput` for shapes that do not match."""
    if left.shape[1] != right.shape[0]:
        raise BadInput(
            f"X has {counted(left.shape[1], 'column')} and Y has {counted(right.shape[0], 'row')}",
            expected="as many of both",
        )
    return Tiling(left.shape[0], right.shape[1], left.shape[1], *tile)


def run(
    operands: Operands,
    tiling: Tiling,
    semiring: Semiring,
    *,
    path: Path = "auto",
    tell: Tell | None = None,
) -> Streamed:
    """Stream words from their addresses to theirs; the product is a flat memory."""
    if path not in PATHS or path == "equations":
        raise BadInput(f"the path {path!r:.40}", expected="auto, compiled or python")
    if path != "python":
        words = packed(operands.left, operands.right, tiling.inner, semiring)
        if words is not None:
            try:
                return _compiled(operands, words, tiling, semiring, tell)
            except _DoesNotFit:
                if path == "compiled":
                    raise BadInput(
                        "an integer of 64 bits does not hold a sum", expected="the path python"
                    ) from None
        elif path == "compiled":
            raise BadInput(
                f"these {semiring.name} do not fit in machine words", expected="the path python"
            )
    return _python(operands, tiling, semiring, tell)


def _compiled(
    operands: Operands, words: Packed, tiling: Tiling, semiring: Semiring, tell: Tell | None
) -> Streamed:
    result = np.full(operands.size, words.zero, words.left.dtype)
    seen = np.zeros(len(words.left), np.uint8), np.zeros(len(words.right), np.uint8)
    counts = np.zeros(COUNTED, np.int64)
    height, width = tiling.tile_rows, tiling.tile_columns
    steps = []
    for row in range(0, tiling.rows, height):
        past_row = min(row + height, tiling.rows)
        counts[STEPS] = 0
        tiles = np.full((tiling.unit_columns, height, width), words.zero, words.left.dtype)
        slice_ = max(1, SLICE // max(1, (past_row - row) * tiling.columns))
        for first in range(0, tiling.inner, slice_):
            past = min(first + slice_, tiling.inner)
            before = counts[GAINED]
            fits = work(
                words.how, words.infinity, words.left, words.right, operands.rows,
                operands.left_inner, operands.right_inner, operands.columns, row, past_row, width,
                tiles, first, past, *seen, counts,
            )
            if not fits:
                raise _DoesNotFit
            if tell is not None:
                tell(int(counts[GAINED] - before))
        steps.append(int(counts[STEPS]))
        collect(tiles, operands.to_rows, operands.to_columns, row, past_row, width, result, counts)
    # The rows of units work at the same time; without any, words are sent to nobody.
    found = Counts(
        max(steps, default=len(operands.left_inner)), int(counts[LEFT]), int(counts[RIGHT]),
        int(seen[0].sum()), int(seen[1].sum()), int(counts[COLLECTED]), int(counts[GAINED]),
    )
    return Streamed(unpacked(result, semiring), tiling, semiring, found, "compiled")


def _python(
    operands: Operands, tiling: Tiling, semiring: Semiring, tell: Tell | None
) -> Streamed:
    """The units on Python values, step by step: all units make a step before the next one."""
    add = np.frompyfunc(semiring.add, 2, 1)
    multiply = np.frompyfunc(semiring.multiply, 2, 1)
    left = python_values(operands.left, semiring)
    right = python_values(operands.right, semiring)
    seen = np.zeros(len(left), bool), np.zeros(len(right), bool)
    bands, stripes = (
        [slice(begin, min(begin + tile, size)) for begin in range(0, size, tile)]
        for size, tile in (
            (tiling.rows, tiling.tile_rows), (tiling.columns, tiling.tile_columns)
        )
    )
    tiles = {
        (p, q): _filled((band.stop - band.start, stripe.stop - stripe.start), semiring.zero)
        for p, band in enumerate(bands) for q, stripe in enumerate(stripes)
    }
    steps = from_left = from_right = made = collected = 0
    for n in range(tiling.inner):
        for (p, q), tile in tiles.items():
            column = operands.rows[bands[p]] + operands.left_inner[n]
            row = operands.right_inner[n] + operands.columns[stripes[q]]
            from_left += len(column)
            from_right += len(row)
            seen[0][column] = True
            seen[1][row] = True
            outer = multiply.outer(left[column], right[row])
            tiles[p, q] = add(tile, outer)
            made += outer.size
            if tell is not None:
                tell(outer.size)
        steps += 1
    result = _filled((operands.size,), semiring.zero)
    for (p, q), tile in tiles.items():
        addresses = operands.to_rows[bands[p], None] + operands.to_columns[None, stripes[q]]
        result[addresses] = tile
        collected += tile.size
    counts = Counts(
        steps, from_left, from_right, int(seen[0].sum()), int(seen[1].sum()), collected, made
    )
    return Streamed(result, tiling, semiring, counts, "python")


def _filled(shape: tuple[int, ...], value: Any) -> Array:
    """An array of Python values; also where one of them is a sequence itself."""
    found = np.empty(shape, dtype=object)
    for i in np.ndindex(shape):
        found[i] = value
    return found


def _by_equations(left: Array, right: Array, tiling: Tiling, semiring: Semiring) -> Streamed:
    """The run that the theorems are about."""
    one, other = python_values(left, semiring), python_values(right, semiring)
    matrices = [entries(array.tolist(), semiring.zero) for array in (one, other)]
    rows = machine.even(tiling.rows, tiling.tile_rows)
    columns = machine.even(tiling.columns, tiling.tile_columns)
    state = machine.stream(
        semiring.plus, semiring.times, semiring.zero, *matrices, rows, columns,
        machine.schedule(range(tiling.inner)),
    )
    collected = machine.collect(rows, state.grid)
    product = _filled((tiling.rows, tiling.columns), semiring.zero)
    for i, row in enumerate(machine.rows_of(collected)):
        for j, word in enumerate(row):
            product[i, j] = word
    counts = Counts(
        state.steps, state.counts.column_words, state.counts.row_words,
        left.size if tiling.columns else 0, right.size if tiling.rows else 0,
        machine.amount(collected), state.counts.additions,
    )
    return Streamed(product, tiling, semiring, counts, "equations")
