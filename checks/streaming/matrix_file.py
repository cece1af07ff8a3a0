"""Matrices and graphs as CSV files.

*Definitions*: :func:`read_matrix`, :func:`matrix_text`; :func:`read_edges`, :func:`closure_text`;
:func:`parse_entry`, :func:`entry_text`.

A matrix has a line for each row and no heading; a graph has a line ``from,to`` or
``from,to,length`` for each edge, perhaps after the heading ``from,to,length``. Lines without
anything in them and lines that begin with ``#`` are left out.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from checks.files import csv_text
from models.errors import BadInput, counted, quoted
from models.streaming.elements import Array
from models.streaming.paths import Closure, Graph, graph
from models.streaming.semiring import TROPICAL, Semiring
from models.streaming.tiling import check_words

MOST_DIGITS = 1_000
MOST_DISTANCE_DIGITS = 300
"""Longer ones are beyond what floating point has, and so is their sum with infinity."""

HEADING = ["from", "to", "length"]

_WHOLE = re.compile(r"[+-]?\d+\Z", re.ASCII)
_FRACTION = re.compile(r"[+-]?\d+/\d+\Z", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?\Z", re.ASCII)


def _integer(text: str) -> int | None:
    return int(text) if _WHOLE.match(text) else None


def _rational(text: str) -> Fraction | None:
    if _DECIMAL.match(text) or (_FRACTION.match(text) and int(text.partition("/")[2])):
        return Fraction(text)
    return None


def _float(text: str) -> float | None:
    found = float(text) if _DECIMAL.match(text) else math.inf
    return found if math.isfinite(found) else None


def _truth(text: str) -> bool | None:
    return {"0": False, "1": True, "false": False, "true": True}.get(text.lower())


def _distance(text: str) -> int | float | Fraction | None:
    if text.lower() in ("inf", "+inf", "infinity", "∞"):
        return math.inf
    if len(text) > MOST_DISTANCE_DIGITS:
        return None
    if _FRACTION.match(text):
        return _rational(text)
    whole = _integer(text)
    return _float(text) if whole is None else whole


_ENTRIES: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "integers": (_integer, "a whole number"),
    "rationals": (_rational, "a whole number, a fraction such as 2/3, or a decimal"),
    "floats": (_float, "a finite number"),
    "boolean": (_truth, "0, 1, false or true"),
    "tropical": (_distance, "a number, or inf for no path"),
}


def parse_entry(text: str, semiring: Semiring, where: str) -> Any:
    """An element of a semiring that is named. Raises :class:`BadInput`."""
    parse, expected = _ENTRIES[semiring.name]
    plain = text.strip()
    found = parse(plain) if len(plain) <= MOST_DIGITS else None
    if found is None:
        raise BadInput(f"the entry {quoted(plain)}", where=where, expected=expected)
    return found


def entry_text(value: Any) -> str:
    """An entry as :func:`parse_entry` reads it."""
    if isinstance(value, (bool, np.bool_)):
        return str(int(value))
    if isinstance(value, (float, np.floating)):
        return repr(float(value))
    return str(value)


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file, each with the number of its line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(
            f"cannot read it: {error.strerror}", where=str(path), expected="a CSV file"
        ) from None
    except UnicodeDecodeError:
        raise BadInput("no text in UTF-8", where=str(path), expected="a CSV file") from None
    reader = csv.reader(text.splitlines(), strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row) and not row[0].lstrip().startswith("#"):
                yield reader.line_num, row
    except csv.Error as error:
        raise BadInput(
            str(error), where=f"{path}: line {reader.line_num}", expected="a line of CSV"
        ) from None


def read_matrix(path: Path, semiring: Semiring) -> Array:
    """A matrix of elements. Raises :class:`BadInput` with the line of what is wrong."""
    rows: list[list[Any]] = []
    for line, row in _lines(path):
        if rows and len(row) != len(rows[0]):
            raise BadInput(
                counted(len(row), "entry", "entries"), where=f"{path}: line {line}",
                expected=f"{len(rows[0]):,}, as in the first row",
            )
        check_words(len(rows) + 1, len(row), str(path))
        rows.append([
            parse_entry(cell, semiring, f"{path}: line {line}, entry {place}")
            for place, cell in enumerate(row, start=1)
        ])
    found = np.empty((len(rows), len(rows[0]) if rows else 0), dtype=object)
    for i, values in enumerate(rows):
        found[i, :] = values
    return found


def matrix_text(matrix: Array) -> str:
    """An array as CSV: the last axis along a line, all others one line after the other."""
    if matrix.ndim != 2:
        width = matrix.shape[-1] if matrix.ndim else 1
        matrix = matrix.reshape(-1, width) if matrix.size else matrix.reshape(0, width)
    return "".join(",".join(map(entry_text, row)) + "\n" for row in matrix.tolist())


def read_edges(path: Path) -> Graph:
    """A graph from a list of edges; an edge without a length has the length 1.

    A length ``inf`` is no edge. Raises :class:`BadInput` with the line of what is wrong.
    """
    edges = []
    for number, (line, row) in enumerate(_lines(path)):
        where = f"{path}: line {line}"
        if number == 0 and [cell.strip().lower() for cell in row] == HEADING:
            continue
        if len(row) not in (2, 3) or not row[0].strip() or not row[1].strip():
            raise BadInput(
                f"no edge: {quoted(','.join(row))}", where=where, expected="from,to,length"
            )
        length: Any = 1
        if len(row) == 3:
            length = parse_entry(row[2], TROPICAL, where)
        edges.append((row[0].strip(), row[1].strip(), length))
    return graph(edges)


def closure_text(found: Closure) -> str:
    """A row for each vertex: its name, and its distance to each other one, or whether that can be
    reached."""
    names = found.graph.vertices
    rows = (
        [name, *map(entry_text, row)]
        for name, row in zip(names, found.matrix.tolist(), strict=True)
    )
    return csv_text(["from/to", *names], rows)
