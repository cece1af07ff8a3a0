"""The machines against tile and size: each point of the table is simulated.

*Definitions*: :func:`sweep`, :class:`Point`; :data:`COLUMNS`, :func:`table_text`;
:func:`random_matrix`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from checks.files import csv_text
from models.streaming.compare import Comparison, compare
from models.streaming.elements import Array
from models.streaming.semiring import INTEGERS, Semiring
from models.streaming.simulate import Tell
from models.streaming.tiling import Tiling

COLUMNS = (
    "varied", "rows", "columns", "inner", "tile_rows", "tile_columns", "machine", "steps",
    "at_once", "memories", "memory", "reads", "writes", "moved", "passed", "hits",
    "multiply_adds", "lower_bound",
)
SIMULATED = 4
"""How often :func:`~models.streaming.compare.compare` makes each multiply-add."""


@dataclass(frozen=True, slots=True)
class Point:
    """What all machines did for one tiling; ``varied``: which of the two series it belongs to."""

    varied: Literal["tile", "size"]
    found: Comparison


def series(tiling: Tiling) -> Iterator[tuple[Literal["tile", "size"], Tiling]]:
    """Square tiles of sides that double, at the given size; and sizes that halve, at the given
    tile."""
    rows, columns, inner = tiling.rows, tiling.columns, tiling.inner
    side = 1
    while side <= min(rows, columns):
        yield "tile", Tiling(rows, columns, inner, side, side)
        side *= 2
    height, width = tiling.tile_rows, tiling.tile_columns
    smaller = []
    while rows >= height and columns >= width and inner >= 1:
        smaller.append(Tiling(rows, columns, inner, height, width))
        if rows == columns == inner == 1:
            break
        rows, columns, inner = (-(-size // 2) for size in (rows, columns, inner))
    yield from (("size", each) for each in reversed(smaller))


def sweep(
    tiling: Tiling, *, tell: Tell | None = None, begin: Callable[[int], None] = lambda total: None
) -> list[Point]:
    """Simulate both series, on small random integers: no count depends on the words.

    ``begin`` is told how many multiply-adds there will be.
    """
    listed = list(series(tiling))
    begin(SIMULATED * sum(each.multiply_adds for _, each in listed))
    return [
        Point(varied, compare(
            random_matrix(each.rows, each.inner, INTEGERS, 1),
            random_matrix(each.inner, each.columns, INTEGERS, 2),
            tile=(each.tile_rows, each.tile_columns), tell=tell,
        ))
        for varied, each in listed
    ]


def table_text(points: list[Point]) -> str:
    """The table: a row for each machine at each point."""
    rows = []
    for point in points:
        tiling = point.found.tiling
        for work in point.found.works:
            data = work.to_json()
            rows.append([
                point.varied, *map(str, (
                    tiling.rows, tiling.columns, tiling.inner, tiling.tile_rows,
                    tiling.tile_columns, *(data[name] for name in COLUMNS[6:]),
                )),
            ])
    return csv_text(COLUMNS, rows)


def random_matrix(rows: int, columns: int, semiring: Semiring, seed: int) -> Array:
    """Small elements of a semiring that is named, the same for the same seed."""
    if semiring.name == "rationals":
        source = random.Random(seed)
        found = np.empty((rows, columns), dtype=object)
        for i in np.ndindex(rows, columns):
            found[i] = Fraction(source.randint(-9, 9), source.randint(1, 9))
        return found
    chance = np.random.default_rng(seed)
    makers: dict[str, Callable[[], Any]] = {
        "integers": lambda: chance.integers(-9, 10, (rows, columns)),
        "floats": lambda: chance.standard_normal((rows, columns)),
        "boolean": lambda: chance.random((rows, columns)) < 0.25,
        "tropical": lambda: chance.integers(0, 100, (rows, columns)),
    }
    made: Array = makers[semiring.name]()
    return made
