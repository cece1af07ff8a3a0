"""Finite checks of ``turing-preorder``: small reductions, and what they compute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.semantics import ORACLES
from checks.machine.substitution import Computed
from checks.results import CheckResult
from models.machine.oracle import Join
from models.machine.tree import Tree
from proofs.kernel.rules import Statement

SIZE = 3
OTHER_SIZE = 2
PAIRS = 3
TREES = list(trees_to(PAIRS))
SEEN = list(trees_to(1))
"""Where what is supposed of all trees is tested."""

NAMES = ", ".join(name for name, _ in ORACLES)
LAST = ORACLES[-1:]


def reflexive() -> Iterator[dict[str, Any]]:
    """An oracle f, an input x."""
    for (_, f), x in product(ORACLES, TREES):
        yield {"f": f, "x": x}


def transitive() -> Iterator[dict[str, Any]]:
    """Programs p and q, the g that q computes from f, and the h that p computes from g."""
    for (_, f), q, p in product(LAST, programs_to(SIZE), programs_to(SIZE)):
        g = Computed(q, f)
        h = Computed(p, g)
        for x in SEEN:
            yield {"f": f, "g": g, "h": h, "k": g.cost, "c": h.cost, "p": p, "q": q, "x": x}


def joins() -> Iterator[dict[str, Any]]:
    """Oracles g and h with their join J, an input x."""
    for (_, g), (_, h), x in product(ORACLES, ORACLES, TREES):
        yield {"g": g, "h": h, "J": Join(g, h), "x": x}


def least() -> Iterator[dict[str, Any]]:
    """Programs p and q, and the join J of what they compute from f."""
    for (_, f), p, q in product(LAST, programs_to(SIZE), programs_to(OTHER_SIZE)):
        g, h = Computed(p, f), Computed(q, f)
        for x in TREES:
            yield {
                "f": f, "g": g, "h": h, "J": Join(g, h), "p": p, "q": q,
                "b": g.cost, "c": h.cost, "x": x,
            }


def included() -> Iterator[dict[str, Any]]:
    """A program q, and the f that it computes from g."""
    for (_, g), q in product(ORACLES, programs_to(SIZE)):
        f = Computed(q, g)
        for w, x in product(SEEN, TREES):
            yield {"f": f, "g": g, "q": q, "c": f.cost, "w": w, "x": x}


def seen(*labels: str) -> dict[str, Any]:
    """The small window of these hypotheses."""

    def some(_: Mapping[str, Any]) -> list[Tree]:
        return SEEN

    return dict.fromkeys(labels, some)


def turing_preorder(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Every part."""
    inputs = f"inputs of ≤ {PAIRS} pairs"
    any_two = f"any two of the oracles {NAMES}, {inputs}"
    last = f"oracle {LAST[0][0]}"

    def check(
        part: str, instances: Iterator[dict[str, Any]], bound: str, *labels: str
    ) -> CheckResult:
        name = f"turing-preorder.{part}"
        return exhaust(name, statements[name], instances, bound=bound, window=seen(*labels))

    return [
        check("reflexive", reflexive(), f"oracles {NAMES}, {inputs}"),
        check(
            "transitive", transitive(),
            f"all programs p, q of size ≤ {SIZE}, inputs of ≤ 1 pair, {last}", "lower", "upper",
        ),
        check("join-of-sets", joins(), any_two, "first", "second", "join"),
        check("halves", joins(), any_two, "join"),
        check(
            "join", least(),
            f"all programs p of size ≤ {SIZE} and q of size ≤ {OTHER_SIZE}, {inputs}, {last}",
            "left", "right", "join",
        ),
        check(
            "included", included(),
            f"all programs q of size ≤ {SIZE}, oracles {NAMES}, {inputs}", "included",
        ),
    ]
