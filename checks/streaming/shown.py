"""What a run of the streaming machine looks like to a reader, and as data.

*Definitions*: :func:`shown`, :func:`formulas`, :func:`comparison_table`; :func:`run_json`,
:func:`comparison_json`; :func:`shown_matrix`, :func:`small`.
"""

from __future__ import annotations

from textwrap import fill
from typing import Any

from checks.display.blocks import Align, Table
from checks.streaming.matrix_file import entry_text
from models.streaming.compare import Comparison, Work
from models.streaming.elements import Array
from models.streaming.semiring import Semiring
from models.streaming.simulate import Counts
from models.streaming.tiling import Tiling

MOST_SHOWN = 12
"""Rows and columns of a product that is printed."""

LABEL = 20
WIDTH = 96


def shown(
    tiling: Tiling, semiring: Semiring, counts: Counts, *, runs: int = 1, of: str = ""
) -> list[str]:
    """The lines for a run, or for several in a row."""
    rows, columns = tiling.tile_rows, tiling.tile_columns
    different = f"{counts.distinct_left:,} and {counts.distinct_right:,} different"
    reuse = ""
    if counts.reads:
        reuse = f", {counts.multiply_adds / counts.reads:.4g} for each word read"
    lines = [
        ("units", f"{tiling.unit_rows:,} by {tiling.unit_columns:,}, with tiles of {rows:,} by "
         f"{columns:,} words"),
        ("memory of a unit", f"{tiling.tile_words:,} words: tile, piece of a column, piece of a "
         "row"),
        ("steps", f"{counts.steps:,}"),
        ("words distributed",
         f"{counts.reads:,}: {counts.left:,} of X, {counts.right:,} of Y ({different})"),
        ("words collected", f"{counts.collected:,}"),
        ("multiply-adds", f"{counts.multiply_adds:,}{reuse}"),
    ]
    head = of or (
        f"X, {tiling.rows:,} by {tiling.inner:,}, times Y, {tiling.inner:,} by {tiling.columns:,}"
    )
    several = f", {runs:,} products" * (runs != 1)
    return [
        f"{head}: {semiring.name}{several}", "",
        *(f"  {name:<{LABEL}}{text}" for name, text in lines),
    ]


def formulas(tiling: Tiling, counts: Counts, runs: int = 1) -> str:
    """Whether the counts are what the theorems say."""
    agree = (counts.reads, counts.collected, counts.steps) == (
        runs * tiling.reads, runs * tiling.writes, runs * tiling.steps
    )
    said = "as the theorems say" if agree else "NOT what the theorems say"
    return fill(
        f"Counted in the run, {said}: N(L⌈M/φ⌉ + M⌈L/ι⌉) words distributed and LM collected "
        "(streaming-traffic), N steps (streaming-steps).", WIDTH,
    )


COLUMNS: tuple[tuple[str, Align], ...] = (
    ("machine", "left"), ("steps", "right"), ("at once", "right"), ("memory", "right"),
    ("read", "right"), ("written", "right"), ("cell to cell", "right"), ("at least", "right"),
)


def comparison_table(works: tuple[Work, ...]) -> str:
    """A row for each machine."""
    return Table(COLUMNS, [
        [
            work.says, f"{work.steps:,}", f"{work.at_once:,}",
            f"{work.memories * work.memory:,}", f"{work.reads:,}", f"{work.writes:,}",
            f"{work.passed:,}", f"{work.least:,}",
        ]
        for work in works
    ]).text()


COMPARED = tuple(fill(text, WIDTH, subsequent_indent="  ") for text in (
    "steps: of the streaming machine, one for each inner index (and tile, if there is one unit); "
    "of a mesh, cycles; of the processor, which goes through blocks of so many rows, columns and "
    "inner indices, multiply-adds",
    "at once: multiply-adds that it can make in a step",
    "memory: words in all its local memories together",
    "at least: words that such memories read and write in whatever order the products are made "
    "(Irony, Toledo, Tiskin 2004)",
))


def run_json(
    tiling: Tiling, semiring: Semiring, counts: Counts, path: str, *, runs: int = 1
) -> dict[str, Any]:
    """Sizes and counts."""
    intensity = counts.multiply_adds / counts.reads if counts.reads else None
    return {
        "semiring": semiring.name, **tiling.to_json(), "products": runs, "steps": counts.steps,
        "words": {
            "left": counts.left, "right": counts.right, "distributed": counts.reads,
            "collected": counts.collected, "distinct_left": counts.distinct_left,
            "distinct_right": counts.distinct_right,
        },
        "multiply_adds": counts.multiply_adds, "intensity_float": intensity,
        "unit_memory": tiling.tile_words, "path": path,
    }


def comparison_json(found: Comparison, works: tuple[Work, ...]) -> dict[str, Any]:
    """A run with what machines did."""
    streamed = found.streamed
    return {
        **run_json(streamed.tiling, streamed.semiring, streamed.counts, streamed.path),
        "agree": found.agree, "machines": [work.to_json() for work in works],
    }


def shown_matrix(matrix: Array) -> list[str]:
    """The rows of a small matrix, its columns under one another."""
    cells = [[entry_text(value) for value in row] for row in matrix.tolist()]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in cells
    ]


def small(matrix: Array) -> bool:
    """Whether it is printed."""
    return matrix.ndim == 2 and 0 < matrix.size and max(matrix.shape) <= MOST_SHOWN
