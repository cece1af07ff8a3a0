"""Finite checks of ``jump-escape`` and ``jump-above``, with jumps decided question by question.

*Definitions*: :class:`Jump`; :func:`jump_escape`, :func:`jump_above`.

That J is the jump is what the theorems suppose of all trees; here each answer of J is decided with
evidence (:mod:`checks.machine.decide`), without the theorems, and tested on the tree that they ask
about and on the smallest ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.decide import decide
from checks.machine.escape import ORACLES
from checks.results import CheckResult
from models.machine.diagonal import diagonal
from models.machine.oracle import Oracle, SetOracle, Table
from models.machine.program import code, decode
from models.machine.tree import NIL, TRUE, Tree, numeral
from models.machine.turing_jump import ABOVE_STEPS, absence
from proofs.kernel.evaluate import Assignment, Unevaluated
from proofs.kernel.rules import Statement

SIZE = 3
GASES = (0, 3, 12)
SMALL = tuple(trees_to(2))
"""Trees on which it is tested that J is the jump, beside the one that it is asked about."""

VALUES: tuple[tuple[str, Table], ...] = (
    *ORACLES, ("{nil: 2, 1: 0, else: 1}", Table({NIL: numeral(2), TRUE: NIL}, otherwise=TRUE))
)


class Jump(SetOracle):
    """The jump of an oracle. A question that is not decided leaves an instance unevaluated."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.known: dict[Tree, int | None] = {}

    def _steps(self, tree: Tree) -> int | None:
        if tree not in self.known:
            found = decide(decode(tree), tree, oracle=self.oracle)
            if found.verdict == "unknown":
                raise Unevaluated(f"not decided whether {tree!r} halts on itself")
            self.known[tree] = found.steps
        return self.known[tree]

    def __contains__(self, tree: Tree, /) -> bool:
        return self._steps(tree) is not None

    def steps(self, tree: Tree) -> int:
        """In how many steps a member halts; 0 for the others."""
        return self._steps(tree) or 0


def right_about(
    asked: Callable[[Assignment], Tree], small: Iterable[Tree] = SMALL
) -> dict[str, Callable[[Assignment], list[Any]]]:
    """Where to test that J is the jump."""
    others = list(small)

    def trees(values: Assignment) -> list[Any]:
        return [asked(values), *others]

    return {
        "members halt": trees,
        "others loop": lambda values: list(product(trees(values), GASES)),
    }


def programs() -> Iterator[dict[str, Any]]:
    """Oracle f with its jump J, program p, gas n."""
    for _, f in ORACLES:
        J = Jump(f)
        for p, n in product(programs_to(SIZE), GASES):
            yield {"f": f, "J": J, "s": J.steps, "p": p, "n": n, "m": 4 * n}


def questions() -> Iterator[dict[str, Any]]:
    """Oracle f with its jump J, tree x, gas n."""
    for _, f in VALUES:
        J = Jump(f)
        for x, more in product(trees_to(3), (-ABOVE_STEPS, -1, 0, 7)):
            yield {"f": f, "J": J, "s": J.steps, "x": x, "n": ABOVE_STEPS + more}


def _named(oracles: Iterable[tuple[str, Oracle]]) -> str:
    return ", ".join(name for name, _ in oracles)


def jump_escape(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Small programs with the jumps of some oracles."""
    small = f"all programs of size ≤ {SIZE}, gas {', '.join(map(str, GASES))}"
    return [
        exhaust(
            name,
            statements[name],
            programs(),
            bound=f"{small}, oracles {_named(ORACLES)}, with their jumps",
            window=right_about(lambda values: code(diagonal(values["p"]))),
        )
        for name in ("jump-escape", "jump-escape.error")
    ] + [
        exhaust(
            "decode-code",
            statements["decode-code"],
            ({"p": p} for p in programs_to(SIZE + 2)),
            bound=f"all programs of size ≤ {SIZE + 2}",
        )
    ]


def jump_above(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Small questions, with just enough gas and with too little."""
    return [
        exhaust(
            name,
            statements[name],
            questions(),
            bound=f"all trees of ≤ 3 pairs, oracles {_named(VALUES)}, with their jumps",
            window=right_about(lambda values: code(absence(values["x"]))),
        )
        for name in ("jump-above", "jump-above.asking")
    ]
