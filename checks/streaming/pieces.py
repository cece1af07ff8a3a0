"""Finite check of ``streaming-equals-product``: on bags for any semiring, on expressions for more.

*Definitions*: :func:`streaming_equals_product`; :func:`instances`, the witnesses of its parts and
what their hypotheses are for: structures that break one law of addition are found by a search.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust
from checks.results import CheckResult
from checks.streaming.invariant import BOUND as TILINGS
from checks.streaming.invariant import SIZE as WIDEST
from checks.streaming.invariant import kinds, numbers, tilings
from checks.streaming.samples import (
    BAGS,
    FREE,
    breach,
    law_windows,
    operands,
    plans,
    symbols,
)
from checks.witness import Claim, Claims, Without, Witness
from models.streaming.machine import Cut, cut, plan
from models.streaming.semiring import FLOATS, INTEGERS, TROPICAL, entries
from proofs.kernel.evaluate import Assignment, Window
from proofs.kernel.rules import Statement

INNER, SIZE = 3, 2
BOUND = (
    f"all ways to send at most {INNER} inner indices in pieces, for four cuts of the result; the "
    f"elements are bags of products, so for all operations that obey the laws, and all entries"
)
ADDED = f"four plans, {TILINGS}"
FOUR = [
    (cut(rows), cut(columns))
    for rows, columns in (([], [1]), ([1, 1], [2]), ([2], [1, 0, 1]), ([1], [1]))
]


def streaming_equals_product(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts, each on all instances."""
    rows = {
        "streaming-equals-product": (_bags(), BOUND),
        "streaming-equals-product.whole": (_whole(), TILINGS),
        "streaming-equals-product.pieces": (_added(), ADDED),
    }
    few = [(), ("a",), ("b",), ("a", "b")]
    return [
        exhaust(
            name, statement, rows[name][0], bound=rows[name][1],
            window={**law_windows(few), "once": once},
        )
        for name, statement in statements.items()
    ]


def once(values: Assignment) -> Iterator[int]:
    """The inner indices at which it is seen what is sent once: all others are not spoken of."""
    yield from range(-1, max(0, values["n"]) + 1)


def _bags() -> Iterator[dict[str, Any]]:
    for n in range(INNER + 1):
        X, Y = symbols("x", SIZE, n, bags=True), symbols("y", n, SIZE, bags=True)
        for pieces, (rows, columns) in product(plans(n), FOUR):
            yield operands(BAGS, X, Y, rows=rows, columns=columns, pieces=pieces, n=n)


def _whole() -> Iterator[dict[str, Any]]:
    for values in tilings():
        for n in range(WIDEST + 1):
            yield {**values, "n": n}


def _added() -> Iterator[dict[str, Any]]:
    for values in tilings():
        for pieces in ([], [[1]], [[0], [1]], [[1, 0], []]):
            yield {**values, "pieces": plan(pieces)}


# --- instances ------------------------------------------------------------------------------------

LINE: dict[str, Cut] = {"rows": cut([1]), "columns": cut([1])}
LABELS = {
    "associative": "addition is associative", "commutative": "addition is commutative",
    "neutral": "zero is neutral",
}


def window(*elements: Any) -> Window:
    """The laws are tried on these elements."""
    return {**law_windows(elements), "once": once}


def without_law(label: str) -> Without:
    """A small structure in which a law fails, and a sum that comes out wrong."""
    found = breach(LABELS[label])
    n = len(found.summands)
    values = operands(
        found.semiring, entries([[1] * n]), entries([[x] for x in found.summands]), **LINE, n=n,
        pieces=plan(found.pieces),
    )
    other = [law for law in found.laws if law != LABELS[label]]
    also = f" Of the other laws of a semiring this one fails too: {other[0]}." if other else ""
    assert len(other) < 2
    return Without(
        label, f"Found by a search: {found.described()}.{also}", values,
        window(*range(found.size)),
    )


def rounding() -> dict[str, Any]:
    """1/10 + 2/10 + 3/10 in floating point, the last two first."""
    return operands(
        FLOATS, entries([[1.0, 1.0, 1.0]], 0.0), entries([[0.1], [0.2], [0.3]], 0.0), **LINE, n=3,
        pieces=plan([[1, 2], [0]]),
    )


def words() -> dict[str, Any]:
    """Words of letters that are written one behind the other: the order matters."""
    return operands(
        FREE, entries([["a", "b"]], ""), entries([["c"], ["d"]], ""), **LINE, n=2,
        pieces=plan([[1], [0]]),
    ) | {"plus": CONCATENATION, "zero": ""}


class _Concatenation:
    """Text behind text, as an operation."""

    def __call__(self, left: str, /) -> Any:
        return left.__add__

    def __repr__(self) -> str:
        return "concatenation"


CONCATENATION = _Concatenation()


def instances() -> Claims:
    """The product over several semirings in pieces; and without each law."""
    pieces = plan([[2, 0], [], [1]])
    of_numbers = numbers(INTEGERS, int) | {"pieces": pieces}
    bags = operands(
        BAGS, symbols("x", 2, 3, bags=True), symbols("y", 3, 3, bags=True), rows=cut([1, 1]),
        columns=cut([2, 1]), pieces=pieces, n=3,
    )
    ends = window(0, 1, 2, 58)
    improper = {"proper rows": {"rows": cut([-1, 2])}, "proper columns": {"columns": cut([-1, 2])}}

    def not_proper(values: dict[str, Any], where: Window) -> tuple[Claim, ...]:
        return tuple(
            Without(
                label, "A piece of -1 takes one back: the next one begins at -1, not at 0.",
                {**values, **changed}, where,
            )
            for label, changed in improper.items()
        )

    free = operands(FREE, symbols("x", 2, 3), symbols("y", 3, 2), rows=cut([1, 1]),
                    columns=cut([1, 1]), n=3)
    return {
        "streaming-equals-product": (
            Witness("Whole numbers, in pieces of two, none and one inner index.", of_numbers, ends),
            Witness(
                "Bags of products: of multiplication no law holds, and none is needed.", bags,
                window((), ("x00",), ("y00",)),
            ),
            Witness(
                "Lengths of paths.",
                numbers(TROPICAL, int) | {"pieces": pieces}, window(TROPICAL.zero, 0, 1, 5),
            ),
            without_law("associative"),
            Without(
                "associative",
                "Floating point: 0.1 + (0.2 + 0.3) is 0.6, but (0.1 + 0.2) + 0.3 a little more.",
                rounding(), window(0.0, 0.1, 0.2, 0.3, 0.5),
            ),
            without_law("commutative"),
            Without(
                "commutative", "Text written one behind the other.", words(),
                window("", "a", "b", "ab"),
            ),
            without_law("neutral"),
            *not_proper(of_numbers, ends),
            Without(
                "within", "A third inner index is sent, of two.",
                {**of_numbers, "n": 2}, ends,
            ),
            *(
                Without("once", says, {**of_numbers, "pieces": plan(sent)}, ends)
                for says, sent in (
                    ("The inner index 0 is not sent.", [[2, 1]]),
                    ("Each inner index is sent twice.", [[0, 1, 2], [0, 1, 2]]),
                    ("Nothing is sent.", []),
                )
            ),
        ),
        "streaming-equals-product.whole": (
            Witness("Expressions in four tiles: no law holds.", free),
            *(Witness(says, values) for says, values in kinds()),
            *not_proper(numbers(INTEGERS, int), {}),
        ),
        "streaming-equals-product.pieces": (
            Witness("Expressions in four tiles and three pieces.", free | {"pieces": pieces}),
            *not_proper(of_numbers, {}),
        ),
    }
