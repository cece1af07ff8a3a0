"""Data of the streaming machine as a reader writes them.

*Definitions*: :func:`shown`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.streaming.machine import (
    Bands,
    Counts,
    NoBands,
    NoParts,
    NoPieces,
    NoRows,
    Nothing,
    NoUnits,
    NoWords,
    Part,
    Piece,
    Row,
    Rows,
    Sent,
    State,
    Unit,
    Word,
    rows_of,
    words_of,
)
from models.streaming.mesh import MeshState, totals
from models.streaming.semiring import written


def shown(value: Any) -> str | None:
    """A cut as sizes, a schedule as inner indices, a plan as schedules, words and rows as lists,
    units with their tiles, a state with what was counted; none for what is nothing of that kind."""
    match value:
        case NoParts() | Part():
            return f"cut {_list(str(size) for size in _chain(value, Part, 'size', 'more'))}"
        case Nothing() | Sent():
            return f"send {_indices(value)}"
        case NoPieces() | Piece():
            pieces = _chain(value, Piece, "piece", "earlier")[::-1]
            return f"pieces {_list(map(_indices, pieces))}"
        case NoWords() | Word():
            return _list(map(written, words_of(value)))
        case NoRows() | Row():
            return _rows(value)
        case NoUnits() | Unit():
            return f"units {_list(map(_rows, _chain(value, Unit, 'tile', 'right')))}"
        case State(grid, steps, Counts(of_X, of_Y, made)):
            counted = f"{steps} steps, {of_X} words of X, {of_Y} words of Y, {made} multiply-adds"
            return f"{counted}; {shown(grid)}"
        case MeshState(cells, cycles, words, made, last):
            counted = f"{cycles} cycles, {words} words, {made} multiply-adds"
            return f"{counted}, the last in cycle {last}; sums {_rows(totals(cells))}"
        case NoBands() | Bands():
            bands = _chain(value, Bands, "band", "lower")
            return f"bands {_list(str(shown(band)) for band in bands)}"
    return None


def _chain(value: Any, cls: type, part: str, rest: str) -> list[Any]:
    """What a list of nodes holds."""
    found = []
    while isinstance(value, cls):
        found.append(getattr(value, part))
        value = getattr(value, rest)
    return found


def _rows(matrix: Rows) -> str:
    return _list(_list(map(written, row)) for row in rows_of(matrix))


def _indices(order: Any) -> str:
    return _list(str(index) for index in _chain(order, Sent, "index", "before")[::-1])


def _list(parts: Iterable[str]) -> str:
    return f"[{', '.join(parts)}]"
