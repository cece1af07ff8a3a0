"""Finite check of ``streaming-steps``: the machine and the mesh, run on expressions.

*Definitions*: :func:`streaming_steps`; :func:`instances`, the witnesses of its parts and what their
hypotheses are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust
from checks.results import CheckResult
from checks.streaming.invariant import kinds
from checks.streaming.samples import FREE, operands, symbols
from checks.witness import Claims, Without, Witness
from proofs.kernel.rules import Statement

SIZE, SQUARE = 2, 4
CYCLES = 3 * SIZE + 1
BOUND = (
    f"all sizes to {SIZE}×{SIZE}×{SIZE}, {CYCLES} cycles; the elements are expressions, so for all "
    "operations and entries"
)
SQUARES = f"n to {SQUARE}; the elements are expressions, so for all operations and entries"


def streaming_steps(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts, each on all instances."""
    rows = {
        "streaming-steps": (_squares(), SQUARES),
        "streaming-steps.cell": (_cells(), BOUND),
        "streaming-steps.last": (_meshes(), BOUND),
        "streaming-steps.mesh": (_meshes(), BOUND),
        "streaming-steps.words": (_meshes(), BOUND),
    }
    return [
        exhaust(name, statement, rows[name][0], bound=rows[name][1])
        for name, statement in statements.items()
    ]


def square(n: int) -> dict[str, Any]:
    """Two n×n matrices of expressions."""
    return operands(FREE, symbols("x", n, n), symbols("y", n, n), n=n)


def sized(L: int, n: int, M: int, t: int) -> dict[str, Any]:
    """An L×M mesh after t cycles."""
    X, Y = symbols("x", max(L, 0), max(n, 0)), symbols("y", max(n, 0), max(M, 0))
    return operands(FREE, X, Y, L=L, n=n, M=M, t=t)


def _squares() -> Iterator[dict[str, Any]]:
    for n in range(SQUARE + 1):
        yield square(n)


def _meshes() -> Iterator[dict[str, Any]]:
    for L, n, M in product(range(SIZE + 1), repeat=3):
        for t in range(CYCLES + 1):
            yield sized(L, n, M, t)


def _cells() -> Iterator[dict[str, Any]]:
    for values in _meshes():
        for i, j in product(range(SIZE), repeat=2):
            yield {**values, "i": i, "j": j}


def instances() -> Claims:
    """A 2×3 mesh and what is beyond its edges."""
    mesh = sized(2, 4, 3, 5)
    late = sized(2, 4, 3, 7)
    squares = [
        (says, {name: values[name] for name in ("plus", "times", "zero", "X", "Y")})
        for says, values in kinds()
    ]
    return {
        "streaming-steps": (
            Witness("3×3 matrices of expressions: 3 steps, and 7 cycles.", square(3)),
            *(Witness(f"2×2 of them. {says}", {**values, "n": 2}) for says, values in squares),
            Without("size", "A mesh without cells has no last multiply-add.", square(0)),
        ),
        "streaming-steps.cell": (
            Witness("After 5 cycles cell (1, 2) has met two words.", {**mesh, "i": 1, "j": 2}),
            Without("i from", "There is no row -1.", {**mesh, "i": -1, "j": 2}),
            Without("i to", "There is no third row.", {**mesh, "i": 2, "j": 2}),
            Without("j from", "There is no column -1.", {**mesh, "t": 4, "i": 1, "j": -1}),
            Without("j to", "There is no fourth column.", {**mesh, "i": 1, "j": 3}),
        ),
        "streaming-steps.last": (
            Witness("The last multiply-add of 2×4 times 4×3 is in cycle 7, of 9.",
                    sized(2, 4, 3, 9)),
            Without("L", "Without rows nothing is multiplied.", sized(0, 4, 3, 7)),
            Without("M", "Without columns nothing is multiplied.", sized(2, 4, 0, 7)),
            Without("N", "Of empty sums there is no multiply-add.", sized(2, 0, 3, 7)),
            Without("cycles", "In 6 cycles the last multiply-add is not made.",
                    sized(2, 4, 3, 6)),
        ),
        "streaming-steps.mesh": (
            Witness("After 7 cycles the product of 2×4 and 4×3 is there.", late),
            *(
                Witness(f"2×3 by 3×2 in 5 cycles. {says}", {**values, "L": 2, "n": 3, "M": 2,
                                                            "t": 5})
                for says, values in squares
            ),
            Without("late", "After 6 cycles the last cell lacks a product.",
                    {**late, "t": 6}),
        ),
        "streaming-steps.words": (
            Witness("A 2×3 mesh for 4 inner indices: 20 words, 24 multiply-adds.", late),
            Without("L", "Without rows the last word from above comes in a cycle later.",
                    sized(0, 4, 3, 5)),
            Without("M", "Without columns the last word from the left comes in a cycle later.",
                    sized(2, 4, 0, 4)),
            Without("N", "Of less than no inner indices no word comes in.", sized(2, -1, 3, 7)),
            Without("late", "After 6 cycles one product is not made.", {**late, "t": 6}),
        ),
    }
