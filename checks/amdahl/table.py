"""A table of instances as CSV: one row for each ratio and scalable share of a grid.

*Definitions*: :data:`COLUMNS`, :func:`table_text`, :func:`grid_points`.

*Results*: ``collapse``, ``optimum``, ``break-even``, at the points of the grid.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from checks.files import csv_text
from models.amdahl.analysis import analyse
from models.amdahl.number import Real, simplest
from models.amdahl.sensitivity import sensitivities
from models.amdahl.uncertainty import Range
from models.errors import BadInput

MAX_ROWS = 10_000

_NUMBERS = (
    "ratio", "scalable", "threshold", "critical_ratio", "allocation", "time", "break_even",
)
_DERIVATIVES = (
    "allocation_by_ratio", "allocation_by_scalable", "time_by_ratio", "time_by_scalable",
)
COLUMNS = (
    *(f"{key}{kind}" for key in _NUMBERS for kind in ("", "_float")), "collapse", "attained",
    *(f"{key}{kind}" for key in _DERIVATIVES for kind in ("", "_float")),
)
"""Exact numbers as text, each with its nearest double; empty where there is no such number."""


def grid_points(given: Range, steps: int) -> list[Real]:
    """The ends and what divides the interval into equal steps; one point for a single number."""
    if given.single:
        return [given.low]
    width = given.high - given.low
    return [simplest(given.low + width * Fraction(step, steps)) for step in range(steps + 1)]


def table_text(ratio: Range, scalable: Range, *, steps: int) -> str:
    """The table: ratios in rising order, and for each all scalable shares in rising order."""
    ratios, shares = grid_points(ratio, steps), grid_points(scalable, steps)
    if len(ratios) * len(shares) > MAX_ROWS:
        raise BadInput(
            f"a table of {len(ratios) * len(shares):,} rows", where="--steps",
            expected=f"at most {MAX_ROWS:,} rows",
        )
    return csv_text(
        COLUMNS, ([_cell(row[key]) for key in COLUMNS] for row in _rows(ratios, shares))
    )


def _rows(ratios: list[Real], shares: list[Real]) -> Iterator[dict[str, Any]]:
    for ratio in ratios:
        for scalable in shares:
            answers = analyse(ratio, scalable)
            row: dict[str, Any] = dict(answers.to_json())
            slopes = sensitivities(answers)
            for key in _DERIVATIVES:
                slope = getattr(slopes, key).to_json()
                row[key], row[f"{key}_float"] = slope["value"], slope["value_float"]
            yield row


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
