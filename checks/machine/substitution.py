"""Finite check of ``substitution``: all pairs of small programs, both directions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.semantics import ORACLES
from checks.results import CheckResult
from models.machine.oracle import Oracle
from models.machine.program import Program
from models.machine.run import run
from models.machine.tree import Tree
from proofs.kernel.evaluate import Unevaluated
from proofs.kernel.rules import Statement

SIZE = 3
GASES = (4, 14)
ENOUGH = 100
"""Steps within which an answering program must halt on a question, or the instance is skipped."""


class Computed(Oracle):
    """What a program computes from an oracle, and (:meth:`cost`) in how many steps."""

    def __init__(self, program: Program, oracle: Oracle) -> None:
        self.program = program
        self.oracle = oracle
        self.known: dict[Tree, tuple[Tree, int]] = {}

    def _at(self, argument: Tree) -> tuple[Tree, int]:
        if argument not in self.known:
            result = run(self.program, argument, oracle=self.oracle, gas=ENOUGH)
            if result.value is None:
                raise Unevaluated("the answering program does not halt in time")
            self.known[argument] = (result.value, result.steps)
        return self.known[argument]

    def __call__(self, argument: Tree, /) -> Tree:
        return self._at(argument)[0]

    def cost(self, argument: Tree) -> int:
        """Steps on a question."""
        return self._at(argument)[1]


def instances() -> Iterator[dict[str, Any]]:
    """Programs p and q, and for q the function g it computes from f with its cost k."""
    oracles = ORACLES[2:]
    for q, (_, f) in product(programs_to(SIZE), oracles):
        g = Computed(q, f)
        for p, x, n in product(programs_to(SIZE), list(trees_to(1)), GASES):
            yield {"f": f, "g": g, "k": g.cost, "p": p, "q": q, "x": x, "n": n}


def substitution(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Both directions; the schema is tested on small questions."""
    bound = (
        f"all programs p, q of size ≤ {SIZE}, inputs of ≤ 1 pair, gas {', '.join(map(str, GASES))},"
        f" oracle {', '.join(name for name, _ in ORACLES[2:])}"
    )
    questions = list(trees_to(1))
    return [
        exhaust(
            name, statements[name], instances(), bound=bound,
            window={"computes": lambda _: questions},
        )
        for name in ("substitution.forward", "substitution.backward")
    ]
