"""Finite check of ``streaming-traffic``: small sizes and all tiles, counted by running the machine.

*Definitions*: :func:`streaming_traffic`; :func:`instances`, the witnesses of its parts and what
their hypotheses are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust
from checks.results import CheckResult
from checks.streaming.invariant import BOUND as TILINGS
from checks.streaming.invariant import SIZE as WIDEST
from checks.streaming.invariant import numbers, tilings
from checks.streaming.samples import FREE, operands, symbols
from checks.witness import Claims, Without, Witness
from models.streaming.machine import cut
from models.streaming.semiring import INTEGERS
from proofs.kernel.rules import Statement

SIZE, TILE, INNER = 3, 3, 2
BOUND = (
    f"at most {SIZE} rows and {SIZE} columns, {INNER} inner indices, tiles of at most "
    f"{TILE}×{TILE}; the elements are expressions"
)


def streaming_traffic(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts, each on all instances."""
    rows = {
        "streaming-traffic": (_even(), BOUND),
        "streaming-traffic.fitting": (_fitting(), BOUND),
        "streaming-traffic.any": (_any(), TILINGS),
        "streaming-traffic.written": (_any(), TILINGS),
    }
    return [
        exhaust(name, statement, rows[name][0], bound=rows[name][1])
        for name, statement in statements.items()
    ]


def _any() -> Iterator[dict[str, Any]]:
    for values in tilings():
        for n in range(WIDEST + 1):
            yield {**values, "n": n}


def sized(L: int, M: int, high: int, wide: int, n: int, P: int, Q: int) -> dict[str, Any]:
    """An L×M result of expressions, in tiles of one size."""
    values = operands(FREE, symbols("x", max(L, 0), INNER), symbols("y", INNER, max(M, 0)))
    return {**values, "L": L, "M": M, "high": high, "wide": wide, "n": n, "P": P, "Q": Q}


def _even() -> Iterator[dict[str, Any]]:
    sizes, tiles = range(SIZE + 1), range(1, TILE + 1)
    for L, M, high, wide in product(sizes, sizes, tiles, tiles):
        for n in range(INNER + 1):
            yield sized(L, M, high, wide, n, -(-L // high), -(-M // wide))


def _fitting() -> Iterator[dict[str, Any]]:
    tiles = range(TILE + 1)
    for P, Q, high, wide in product(range(3), range(3), tiles, tiles):
        if P * high <= SIZE and Q * wide <= SIZE:
            for n in range(INNER + 1):
                yield sized(P * high, Q * wide, high, wide, n, P, Q)


def instances() -> Claims:
    """A 5×4 result in tiles of 2×3, and what a hypothesis keeps out."""
    ragged = sized(5, 4, 2, 3, 2, 3, 2)
    fitting = sized(4, 6, 2, 3, 2, 2, 2)
    free = {
        **operands(FREE, symbols("x", 3, 2), symbols("y", 2, 4)), "rows": cut([2, 1]),
        "columns": cut([1, 3]), "n": 2,
    }
    improper = {"proper rows": {"rows": cut([2, -1])}, "proper columns": {"columns": cut([2, -1])}}
    backwards = "Less than no steps are no steps: nothing is sent."
    return {
        "streaming-traffic": (
            Witness("5×4 in ragged tiles of 2×3: 44 words are read, 20 written.", ragged),
            Witness("One tile for all: each word is read once.", sized(2, 3, 2, 3, 2, 1, 1)),
            Without("steps", backwards, {**ragged, "n": -1}),
            Without("L", "There is no result with -1 rows.", sized(-1, 4, 1, 3, 2, -1, 2)),
            Without("M", "There is no result with -1 columns.", sized(4, -1, 3, 1, 2, 2, -1)),
            Without("bands", "5 rows are three bands of 2, not two.", {**ragged, "P": 2}),
            Without("tiles", "4 columns are two tiles of 3, not one.", {**ragged, "Q": 1}),
        ),
        "streaming-traffic.fitting": (
            Witness("4×6 in tiles of 2×3: 40 words for 48 multiply-adds, 6/5 for each.", fitting),
            Without("steps", backwards, {**fitting, "n": -1}),
            Without("bands", "A result with -2 rows is empty.", sized(-2, 6, 2, 3, 2, -1, 2)),
            Without("tiles", "A result with -3 columns is empty.", sized(4, -3, 2, 3, 2, 2, -1)),
            Without("high", "A tile with -1 rows.", sized(-2, 6, -1, 3, 2, 2, 2)),
            Without("wide", "A tile with -1 columns.", sized(4, -2, 2, -1, 2, 2, 2)),
            Without("L", "5 rows are not two bands of 2.", sized(5, 6, 2, 3, 2, 2, 2)),
            Without("M", "7 columns are not two tiles of 3.", sized(4, 7, 2, 3, 2, 2, 2)),
        ),
        "streaming-traffic.any": (
            Witness("Four tiles of 2×1, 2×3, 1×1 and 1×3.", free),
            *(
                Without(label, "To 2 rows (or columns) words are sent, though 2 - 1 is 1.",
                        {**free, **changed})
                for label, changed in improper.items()
            ),
            Without("steps", backwards, {**free, "n": -1}),
        ),
        "streaming-traffic.written": (
            Witness("Four tiles, 12 words.", free),
            Witness("Numbers, 4 words.", numbers(INTEGERS, int)),
            *(
                Without(label, "2 rows (or columns) are collected, though 2 - 1 is 1.",
                        {**free, **changed})
                for label, changed in improper.items()
            ),
        ),
    }
