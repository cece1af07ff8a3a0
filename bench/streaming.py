"""Multiply-adds a second of the streaming machine: compiled, and NumPy's product beside it.

*Definitions*: :func:`section`.

Random square matrices are streamed with tiles of two sizes, all words counted. NumPy multiplies the
same matrices: integers by its own loops, floating point by BLAS; shortest paths a row of products
at a time. Growth is how much longer a product takes than one of half the size: eight times the
multiply-adds.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from bench.measure import Section, medians
from models.streaming.elements import Array
from models.streaming.semiring import BOOLEAN, FLOATS, INTEGERS, TROPICAL, Semiring
from models.streaming.simulate import stream

SIZE = 512
TILES = (8, 64)
SEMIRINGS = (INTEGERS, FLOATS, BOOLEAN, TROPICAL)

COLUMNS = {
    "semiring": "semiring", "tile": "tile", "seconds": "seconds", "rate": "multiply-adds/s",
    "to_numpy": "to NumPy", "growth": "growth",
}

MOST_SECONDS = 5.0
"""What a product of 512 by 512 should take at most: they are multiplied in seconds."""


def section(repetitions: int) -> Section:
    """Measure."""
    rows = [
        {"semiring": over.name, "tile": tile, **_row(over, tile, repetitions)}
        for over in SEMIRINGS for tile in TILES
    ]
    slowest = max(row["seconds"] for row in rows)
    verdict = "reached" if slowest <= MOST_SECONDS else "NOT REACHED"
    notes = [
        f"Medians of processor time for {SIZE} by {SIZE}; to NumPy: how much longer it takes.",
        f"At most {slowest:.2f} s; wanted {MOST_SECONDS:g}: {verdict}.",
    ]
    title = f"products of {SIZE} by {SIZE} by streaming"
    return Section("streaming", title, COLUMNS, rows, notes)


def matrices(over: Semiring, size: int) -> tuple[Array, Array]:
    """Two of them, always the same."""
    chance = np.random.default_rng(0)
    made: list[Array] = [chance.integers(-99, 100, (size, size)) for _ in range(2)]
    if over is FLOATS:
        made = [each / 7 for each in made]
    if over is BOOLEAN:
        made = [each > 60 for each in made]
    return made[0], made[1]


def by_numpy(over: Semiring, left: Array, right: Array) -> Array:
    """The product as one writes it with NumPy."""
    if over is TROPICAL:
        return np.stack([(row[:, None] + right).min(axis=0) for row in left])
    found: Array = left @ right
    return found


def _row(over: Semiring, tile: int, repetitions: int) -> dict[str, float]:
    def timed(size: int, multiply: Callable[[Array, Array], Any]) -> Callable[[], float]:
        left, right = matrices(over, size)

        def measure() -> float:
            begin = time.process_time()
            multiply(left, right)
            return time.process_time() - begin

        return measure

    def streamed(left: Array, right: Array) -> Any:
        return stream(left, right, tile=(tile, tile), semiring=over)

    found = medians({
        "streaming": timed(SIZE, streamed),
        "half": timed(SIZE // 2, streamed),
        "numpy": timed(SIZE, lambda left, right: by_numpy(over, left, right)),
    }, repetitions)
    return {
        "seconds": found["streaming"], "rate": SIZE**3 / found["streaming"],
        "to_numpy": found["streaming"] / max(found["numpy"], 1e-9),
        "growth": found["streaming"] / max(found["half"], 1e-9),
    }
