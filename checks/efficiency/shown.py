"""Tables of enclosures: for a reader, as CSV, and as plain data for JSON.

*Definitions*: :class:`Column`, :class:`Sheet`; :func:`plain`, a fraction for a reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from checks.display.blocks import Align, Table
from checks.files import csv_text
from models.amdahl.enclosure import decimal_text
from models.amdahl.number import exact_text
from models.efficiency.enclosure import Enclosure

Cell: TypeAlias = Fraction | Enclosure | str | None

_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in JSON and CSV, its title for a reader."""

    key: str
    title: str
    enclosed: bool = True
    """Whether its cells are enclosures, which have two ends; others are exact, or words."""
    align: Align = "right"
    missing: str = "never"
    """What a reader sees where there is no number."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns, and rows with a cell for each."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def text(self) -> str:
        """For a reader: an interval holds the number, a number alone is exact."""
        names = [(column.title, column.align) for column in self.columns]
        return Table(names, [
            [
                column.missing if cell is None else _shown(cell)
                for column, cell in zip(self.columns, row, strict=True)
            ]
            for row in self.rows
        ]).text()

    def csv(self) -> str:
        """With two columns for each enclosure, ``…_low`` and ``…_high``."""
        names: list[str] = []
        for column in self.columns:
            ends = ("_low", "_high") if column.enclosed else ("",)
            names += [f"{column.key}{end}" for end in ends]
        return csv_text(names, map(self._csv_row, self.rows))

    def _csv_row(self, row: Sequence[Cell]) -> list[str]:
        found: list[str] = []
        for column, cell in zip(self.columns, row, strict=True):
            data = _data(column, cell)
            if not column.enclosed:
                found.append("" if data is None else str(data))
            else:
                found += ["", ""] if data is None else data
        return found

    def json(self) -> list[dict[str, Any]]:
        """A record a row; enclosures as ``[low, high]``."""
        return [
            {
                column.key: _data(column, cell)
                for column, cell in zip(self.columns, row, strict=True)
            }
            for row in self.rows
        ]


def _data(column: Column, cell: Cell) -> Any:
    if isinstance(cell, Enclosure):
        return list(cell.texts())
    text = exact_text(cell) if isinstance(cell, Fraction) else cell
    return [text, text] if column.enclosed and text is not None else text


def _shown(cell: Fraction | Enclosure | str) -> str:
    if isinstance(cell, Enclosure):
        return cell.text()
    return plain(cell) if isinstance(cell, Fraction) else cell


def plain(value: Fraction) -> str:
    """A fraction as a decimal if that is short, or else as it is, cut if it is long."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        text = decimal_text(value)
        if len(text) <= _LONGEST:
            return text
    text = exact_text(value)
    return text if len(text) <= 2 * _LONGEST else f"{text[:_LONGEST]}…"
