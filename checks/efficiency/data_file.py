"""Measured losses, from a CSV file.

*Definitions*: :func:`read_measured`.

The first row names the columns: ``loss``, and ``compute``, ``years`` or both, in any order. All
others have a number for each. Empty lines are passed over. A column of another name is refused: a
misspelt one would be ignored.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from models.amdahl.number import float_value, parse_number
from models.efficiency.fit import MOST_ROWS, MOST_YEARS, Measured
from models.errors import BadInput

COLUMNS = ("compute", "years", "loss")
MOST_BYTES = 10_000_000
_EXPECTED = "a CSV file with the columns loss and compute, years or both"


def read_measured(file: Path) -> Measured:
    """Read a file. Raises :class:`BadInput`, with file and line, for anything that is not one."""
    rows = _rows(file, _text(file))
    try:
        start, names = next(rows)
    except StopIteration:
        raise BadInput("no rows", where=str(file), expected=_EXPECTED) from None
    names = [name.strip() for name in names]
    _require_columns(names, f"{file}: line {start}")
    columns: dict[str, list[float]] = {name: [] for name in names}
    for line, row in rows:
        where = f"{file}: line {line}"
        if len(row) != len(names):
            raise BadInput(f"{len(row)} cells", where=where, expected=f"{len(names)}, as named")
        if len(columns["loss"]) == MOST_ROWS:
            raise BadInput("too many rows", where=where, expected=f"at most {MOST_ROWS}")
        for name, cell in zip(names, row, strict=True):
            columns[name].append(_number(name, cell, f"{where}: {name}"))
    if not columns["loss"]:
        raise BadInput("no rows of numbers", where=str(file), expected=_EXPECTED)
    compute, years, loss = (
        tuple(columns[name]) if name in columns else None for name in COLUMNS
    )
    return Measured(loss or (), compute, years)


def _number(name: str, cell: str, where: str) -> float:
    number = parse_number(cell, name=where)
    value = float_value(number)
    if name == "years":
        if not 0 <= number <= MOST_YEARS:
            raise BadInput(f"{cell.strip():.60}", where=where, expected=f"years, 0 to {MOST_YEARS}")
    elif not 1e-300 <= value <= 1e300:
        raise BadInput(
            f"{cell.strip():.60}", where=where, expected="a number from 1e-300 to 1e300"
        )
    return value


def _require_columns(names: list[str], where: str) -> None:
    for name in names:
        if name not in COLUMNS:
            raise BadInput(
                f"unknown column {name!r:.60}", where=where, expected=f"{', '.join(COLUMNS)}"
            )
    if len(set(names)) < len(names):
        raise BadInput("a column named twice", where=where, expected=_EXPECTED)
    if "loss" not in names or len(names) < 2:
        missing = "loss" if "loss" not in names else "compute and no years"
        raise BadInput(f"no {missing}", where=where, expected=_EXPECTED)


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput(f"cannot read {file}: {error.strerror}", expected=_EXPECTED) from error
    if len(data) > MOST_BYTES:
        raise BadInput(
            "too long", where=str(file), expected=f"a file of at most {MOST_BYTES} bytes"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput("no UTF-8", where=f"{file}: line {line}", expected=_EXPECTED) from error


def _rows(file: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with the numbers of their lines."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadInput(
                f"{error}", where=f"{file}: line {reader.line_num}", expected=_EXPECTED
            ) from error
        if any(cell.strip() for cell in row):
            yield reader.line_num, row
