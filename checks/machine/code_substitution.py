"""Finite checks of ``jump-monotone``: some reductions, all small trees and codes.

The jumps on both sides are decided question by question, as for ``jump-escape``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.semantics import ORACLES
from checks.machine.substitution import Computed
from checks.machine.turing_jump import SMALL, Jump, right_about
from checks.results import CheckResult
from models.machine.code_substitution import question
from models.machine.oracle import EMPTY
from models.machine.program import code, parse_program
from models.machine.tree import Tree
from proofs.kernel.evaluate import Assignment
from proofs.kernel.rules import Statement

SIZE = 3
GASES = (0, 7)
ANSWERING = ("ask", "if(ask, quote false, quote true)", "then(tl, ask)", "quote true")
"""Programs q, each of which computes a set from any set."""
CODES: tuple[Tree, ...] = (*trees_to(3), *map(code, programs_to(SIZE)))


def reductions() -> Iterator[dict[str, Any]]:
    """f and the g that q computes from it, their jumps J and K, tree e, gas n."""
    for text, (_, f) in product(ANSWERING, ORACLES):
        q = parse_program(text)
        g = Computed(q, f)
        J, K = Jump(f), Jump(g)
        for e, n in product(CODES, GASES):
            yield {
                "f": f, "g": g, "k": g.cost, "q": q, "J": J, "s": J.steps, "K": K, "t": K.steps,
                "e": e, "n": n,
            }


def asked(values: Assignment) -> Tree:
    """The question about e."""
    found: Tree = question(values["e"], code(values["q"]))
    return found


def around() -> dict[str, Any]:
    """Where to test what is supposed of all trees."""
    below = right_about(lambda values: values["e"])
    return {
        "computes": lambda _: SMALL,
        **right_about(asked),
        **{f"{label} below": window for label, window in below.items()},
    }


def jump_monotone(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """The reduction, its questions, and substitution on codes."""
    trees = f"all trees of ≤ 3 pairs and codes of programs of size ≤ {SIZE}"
    oracles = f"oracles {', '.join(name for name, _ in ORACLES)}"
    queries = f"q one of {'; '.join(ANSWERING)}"
    lists = list(trees_to(1))
    instances = {
        "jump-monotone": (
            reductions,
            f"{trees}, {queries}, gas {', '.join(map(str, GASES))} more, {oracles}, with their "
            "jumps and those of what q computes",
        ),
        "jump-reduction": (
            lambda: (
                {"f": f, "c": c, "e": e, "n": n}
                for (_, f), c, e, n in product(ORACLES, lists, CODES, GASES)
            ),
            f"{trees}, c of ≤ 1 pair, gas {', '.join(map(str, GASES))} more, {oracles}",
        ),
        "code-visited": (
            lambda: (
                {"f": EMPTY, "c": c, "e": e, "k": k, "v": v, "n": n}
                for c, e, k, v, n in product(lists, CODES, lists, lists, (0, 40))
            ),
            f"{trees}, c and other tasks and values of ≤ 1 pair, gas 0, 40 more",
        ),
        "substituted-code": (
            lambda: (
                {"e": e, "q": q}
                for e, q in product((*trees_to(6), *CODES), programs_to(2))
            ),
            f"all trees of ≤ 6 pairs and codes of programs of size ≤ {SIZE}, programs q of size "
            "≤ 2",
        ),
    }
    return [
        exhaust(name, statements[name], found(), bound=bound, window=around())
        for name, (found, bound) in instances.items()
    ]
