"""Measuring in turns, and what was measured.

*Definitions*: :func:`medians`, :class:`Section`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any


def medians(candidates: Mapping[str, Callable[[], float]], repetitions: int) -> dict[str, float]:
    """The median of what each candidate measures. They are called in turns; the first turn, in
    which code is compiled and caches fill, does not count."""
    found: dict[str, list[float]] = {name: [] for name in candidates}
    for turn in range(repetitions + 1):
        for name, measure in candidates.items():
            value = measure()
            if turn > 0:
                found[name].append(value)
    return {name: median(values) for name, values in found.items()}


@dataclass(frozen=True, slots=True)
class Section:
    """A table of figures.

    ``columns``: headings by key. ``rows``: values by key; a missing one was not measured.
    ``notes``: what a reader should know, one line each.
    """

    name: str
    title: str
    columns: Mapping[str, str]
    rows: list[dict[str, Any]]
    notes: list[str]

    def to_json(self) -> dict[str, Any]:
        """Title, rows and notes."""
        return {"title": self.title, "rows": self.rows, "notes": self.notes}

    def __str__(self) -> str:
        cells = [
            list(self.columns.values()),
            *([_text(row.get(key)) for key in self.columns] for row in self.rows),
        ]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        lines = [
            "  ".join(
                cell.ljust(width) if i == 0 else cell.rjust(width)
                for i, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in cells
        ]
        return "\n".join([f"{self.name}: {self.title}", "", *lines, "", *self.notes]).rstrip()


def _text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}" if value < 100 else f"{value:,.0f}"
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
