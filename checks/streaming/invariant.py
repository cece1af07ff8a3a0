"""Finite check of ``streaming-invariant`` on expressions: for any operations at all.

*Definitions*: :func:`streaming_invariant`; :func:`instances`, the witnesses of its parts and what
their hypotheses are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import inf
from typing import Any

from checks.exhaust import exhaust
from checks.results import CheckResult
from checks.streaming.samples import FREE, cuts, operands, symbols
from checks.witness import Claims, Without, Witness
from models.streaming.machine import cut
from models.streaming.semiring import (
    BOOLEAN,
    FLOATS,
    INTEGERS,
    RATIONALS,
    TROPICAL,
    Entries,
    Semiring,
    entries,
    square_matrices_mod,
)
from proofs.kernel.rules import Statement

SIZE, FEW, PARTS = 3, 2, 2
ROWS, PIECES = 4, 3


def bound(size: int) -> str:
    """What is gone through, for results of that size."""
    return (
        f"all cuts of at most {size} rows and {size} columns into at most {PARTS} pieces, at most "
        f"{size} steps; the elements are expressions, so for all operations and entries"
    )


BOUND = bound(SIZE)
PLACES = f"all cuts of at most {ROWS} rows into at most {PIECES} pieces, and a little beyond"


def streaming_invariant(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts, each on all instances."""
    rows = {
        "streaming-invariant": (_runs(), BOUND),
        "streaming-invariant.entries": (_entries(), bound(FEW)),
        "streaming-invariant.place": (_rows(), PLACES),
        "streaming-invariant.row": (_places(), PLACES),
    }
    return [
        exhaust(name, statement, rows[name][0], bound=rows[name][1])
        for name, statement in statements.items()
    ]


def tilings(size: int = SIZE) -> Iterator[dict[str, Any]]:
    """All cuts of small results, with matrices of expressions."""
    for height, width in product(range(size + 1), repeat=2):
        X, Y = symbols("x", height, size), symbols("y", size, width)
        for rows, columns in product(cuts(height, PARTS), cuts(width, PARTS)):
            yield operands(FREE, X, Y, rows=rows, columns=columns)


def _runs(size: int = SIZE) -> Iterator[dict[str, Any]]:
    for values in tilings(size):
        for n in range(-1, size + 1):
            yield {**values, "n": n}


def _entries() -> Iterator[dict[str, Any]]:
    for values in _runs(FEW):
        for i, j in product(range(FEW), repeat=2):
            yield {**values, "i": i, "j": j, "missing": "missing"}


def _cuts() -> Iterator[Any]:
    for total in range(ROWS + 1):
        yield from cuts(total, PIECES)


def _rows() -> Iterator[dict[str, Any]]:
    for rows in _cuts():
        for r in range(-1, ROWS + 1):
            yield {"rows": rows, "r": r}


def _places() -> Iterator[dict[str, Any]]:
    for rows in _cuts():
        for p, a in product(range(-1, PIECES + 1), range(-1, ROWS + 1)):
            yield {"rows": rows, "p": p, "a": a}


A, B = entries([[1, 2, 3], [4, 5, 6]]), entries([[7, 8], [9, 10], [11, 12]])
"""A·B = [[58, 64], [139, 154]]."""
TWO = {"rows": cut([1, 1]), "columns": cut([2])}
"""Two units, one below the other, each with a row of a result with two columns."""


def numbers(of: Semiring, make: Any) -> dict[str, Any]:
    """The two matrices with other elements in the place of their entries."""

    def changed(matrix: Entries) -> Entries:
        return entries([[make(x) for x in row] for row in matrix.rows], of.zero)

    return {**operands(of, changed(A), changed(B)), **TWO, "n": 3}


def kinds() -> Iterator[tuple[str, dict[str, Any]]]:
    """The same product over several semirings, and over what is none."""
    yield "Whole numbers: [[58, 64], [139, 154]].", numbers(INTEGERS, int)
    yield "Fractions.", numbers(RATIONALS, lambda x: Fraction(x, 7))
    yield "Lengths of paths: the sum is the shorter one.", numbers(
        TROPICAL, lambda x: inf if x == 9 else x
    )
    yield "Truth values: whether there is a path.", numbers(BOOLEAN, lambda x: x % 3 == 0)
    modulo = square_matrices_mod(2, 2)
    yield "Entries that are matrices modulo 2: multiplication does not commute.", numbers(
        modulo, lambda x: ((x % 2, x // 2 % 2), (x // 4 % 2, x // 8 % 2))
    )
    yield "Floating-point numbers: addition is not associative.", numbers(
        FLOATS, lambda x: x / 10
    )


def instances() -> Claims:
    """A product over several semirings; rows and places beyond the ends."""
    words = {
        **operands(FREE, symbols("x", 3, 2), symbols("y", 2, 4)), "rows": cut([2, 1]),
        "columns": cut([1, 3]), "n": 2,
    }
    entry = {**numbers(INTEGERS, int), "i": 1, "j": 0, "missing": -1}
    overlapping = {"rows": cut([2, -1, 1]), "p": 2, "a": 0}
    return {
        "streaming-invariant": (
            Witness("Expressions, in four tiles: no two are equal, so no law holds.", words),
            *(Witness(says, values) for says, values in kinds()),
        ),
        "streaming-invariant.entries": (
            Witness("The second unit holds 139 at the beginning of its tile.", entry),
            Without("i from", "There is no row -1.", {**entry, "i": -1}),
            Without("i to", "There is no third row.", {**entry, "i": 2}),
            Without("j from", "There is no column -1.", {**entry, "j": -1}),
            Without("j to", "There is no third column.", {**entry, "j": 2}),
        ),
        "streaming-invariant.place": (
            Witness("Row 3 is the second one of the second piece.", {"rows": cut([2, 3]), "r": 3}),
            Without("from", "Row -1 would be at place -1.", {"rows": cut([2, 3]), "r": -1}),
            Without("to", "There is no row 5, and no third piece.", {"rows": cut([2, 3]), "r": 5}),
        ),
        "streaming-invariant.row": (
            Witness("The second row of the second piece.", {"rows": cut([2, 3]), "p": 1, "a": 1}),
            Without(
                "proper", "A piece of -1 rows takes one back: row 1 is in two pieces.", overlapping
            ),
            Without(
                "from", "What would be row -1 of the second piece is in the first one.",
                {"rows": cut([2, 3]), "p": 1, "a": -1},
            ),
            Without(
                "to", "Behind the first piece comes the second one.",
                {"rows": cut([2, 3]), "p": 0, "a": 2},
            ),
        ),
    }
