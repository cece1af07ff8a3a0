"""Finite check of ``substitution``: all pairs of small programs, both directions.

*Definitions*: :class:`Computed`; :func:`substitution`; :func:`instances`, its witnesses and what
its hypotheses are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.semantics import ORACLES
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
from models.machine.oracle import Oracle, Table
from models.machine.program import Ask, Program, parse_program
from models.machine.semantics import Done, Outcome, evaluate
from models.machine.tree import FALSE, NIL, TRUE, Tree, numeral
from proofs.kernel.evaluate import Finite, Unevaluated, Window
from proofs.kernel.rules import Statement

SIZE, OTHER_SIZE = 3, 2
GASES = (4, 14)
ENOUGH = 100
"""Steps within which an answering program must halt on a question, or the instance is skipped."""
QUESTIONS = tuple(trees_to(1))
"""Questions on which it is tested what an answering program says."""


class Computed(Oracle):
    """What a program computes from an oracle, and (:meth:`cost`) in how many steps.

    ``otherwise`` is said of questions on which the program does not halt within :data:`ENOUGH`
    steps; without it an instance that asks one is left unevaluated.
    """

    def __init__(
        self, program: Program, oracle: Oracle, *, otherwise: Tree | None = None
    ) -> None:
        self.program = program
        self.oracle = oracle
        self.otherwise = otherwise
        self.known: dict[Tree, Outcome] = {}

    def _at(self, argument: Tree) -> Outcome:
        outcome = self.known.get(argument)
        if outcome is None:
            outcome = evaluate(self.oracle, self.program, argument, ENOUGH)
            self.known[argument] = outcome
        return outcome

    def __call__(self, argument: Tree, /) -> Tree:
        outcome = self._at(argument)
        if isinstance(outcome, Done):
            return outcome.value
        if self.otherwise is None:
            raise Unevaluated("the answering program does not halt in time")
        return self.otherwise

    def cost(self, argument: Tree) -> int:
        """Steps on a question."""
        outcome = self._at(argument)
        if not isinstance(outcome, Done):
            raise Unevaluated("the answering program does not halt in time")
        return ENOUGH - outcome.gas

    def __repr__(self) -> str:
        return f"what {self.program!r} computes from {self.oracle!r}"


def pairs_of_programs(*, partial: bool = False) -> Iterator[dict[str, Any]]:
    """Programs p and q, and for q the function g it computes from f with its cost k.

    ``partial``: also where q does not halt on all questions; there g says nil.
    """
    oracles = ORACLES[2:]
    for q, (_, f) in product(programs_to(OTHER_SIZE), oracles):
        g = Computed(q, f, otherwise=NIL if partial else None)
        for p, x, n in product(programs_to(SIZE), QUESTIONS, GASES):
            yield {"f": f, "g": g, "k": g.cost, "p": p, "q": q, "x": x, "n": n}


def substitution(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Both directions; what is supposed of all questions is tested on small ones."""
    bound = (
        f"all programs p of size ≤ {SIZE} and q of size ≤ {OTHER_SIZE}, inputs of ≤ 1 pair, "
        f"gas {', '.join(map(str, GASES))}, oracle {', '.join(name for name, _ in ORACLES[2:])}"
    )
    runs = list(product(QUESTIONS, (*GASES, ENOUGH)))
    forward, backward = "substitution.forward", "substitution.backward"
    return [
        exhaust(
            forward, statements[forward], pairs_of_programs(), bound=bound,
            window={"computes": lambda _: QUESTIONS},
        ),
        exhaust(
            backward, statements[backward], pairs_of_programs(partial=True),
            bound=f"{bound}, g nil where q does not halt", window={"agrees": lambda _: runs},
        ),
    ]


COMPLEMENT = parse_program("if(ask, quote nil, quote true)")
"""Computes the complement of a set from it."""

COMPLEMENT_STEPS = 4
"""On every tree."""


def instances() -> Claims:
    """The complement of a set in the place of the set."""
    only_nil, all_but_nil = Table({NIL: TRUE}), Table({NIL: FALSE}, otherwise=TRUE)
    cost = Finite({}, COMPLEMENT_STEPS)
    answered = {"f": only_nil, "g": all_but_nil, "k": cost, "q": COMPLEMENT, "x": numeral(1)}
    two_questions = answered | {"p": parse_program("cons(ask, then(tl, ask))")}
    round_and_round = answered | {"p": parse_program("while(ask, id)"), "n": 20}
    seen: Window = {
        "computes": lambda _: trees_to(2),
        "agrees": lambda _: product(trees_to(2), range(COMPLEMENT_STEPS + 2)),
    }
    return {
        "substitution.forward": (
            Witness(
                "q computes the complement of f. p asks two questions; each costs four units.",
                two_questions | {"n": 7}, seen,
            ),
            Without(
                "computes",
                "q takes four steps to answer, not one as k says: the gas does not suffice.",
                two_questions | {"k": Finite({}, 1), "n": 7}, seen,
            ),
            Without(
                "halts", "1 is in g, so p goes round for ever, and so it does with q in it.",
                round_and_round, seen,
            ),
        ),
        "substitution.backward": (
            Witness(
                "p takes seven steps; with q in it to answer two questions it takes thirteen.",
                two_questions | {"n": 13}, seen,
            ),
            Without(
                "agrees", "g is f, and q says the opposite.",
                answered | {"g": only_nil, "p": Ask(), "n": COMPLEMENT_STEPS}, seen,
            ),
            Without(
                "halts", "p goes round for ever with q in it, and so it does relative to g.",
                round_and_round, seen,
            ),
        ),
    }
