"""Finite check of ``looping-certificate-sound`` for automata: what is accepted is out of gas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.semantics import ORACLES
from checks.results import CheckResult
from models.machine.automaton import ANY, StateList, Transitions, states, transitions
from models.machine.covering import Replies, answer_classes, replies, truth_classes
from models.machine.oracle import EMPTY
from models.machine.program import Program, code, format_program
from models.machine.tree import Tree
from proofs.kernel.rules import Statement

SIZE = 4
GAS = 60


def with_a_loop(size: int) -> Iterator[Program]:
    """All programs of size at most ``size`` that have a loop."""
    return (p for p in programs_to(size) if "while" in format_program(p))


@cache
def depth(cut: int) -> Transitions:
    """The automaton of trees cut off at a depth: class 0 is nil, ANY is not used."""
    shapes: list[Any] = ["cut"]
    for _ in range(cut):
        shapes = ["nil", *product(shapes, shapes)]

    def trimmed(shape: Any, left: int) -> Any:
        if left == 0 or shape == "cut":
            return "cut"
        return shape if shape == "nil" else tuple(trimmed(part, left - 1) for part in shape)

    number = {shape: index for index, shape in enumerate(shapes)}
    return transitions(
        (number[a], number[b], number[trimmed(a, cut - 1), trimmed(b, cut - 1)])
        for a, b in product(shapes, shapes)
    )


PARTS = {
    "looping-certificate-sound": (False, (-1, 0, 2)),
    "looping-certificate-sound.table": (False, (-1, 0, 2)),
    "looping-certificate-sound.set": (True, (-1, 0, 2)),
    "looping-certificate-sound.sets": (True, (0,)),
}
"""By statement: whether it is about the answers of any set, and the steps to go through."""


def instances(*, any_set: bool, numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Programs on their own code and on small trees, two automata, several invariants.

    ``any_set``: with answers that cover every set, instead of those that cover the oracle.
    ``numbers``: of steps.
    """
    loops = list(with_a_loop(SIZE))
    listings = {oracle: replies(oracle.answers) for _, oracle in ORACLES}
    for cut, members in ((1, (1,)), (1, (0, 1)), (2, (1, 2, 3, 4)), (2, (3, 4)), (2, (2, 4))):
        automaton = depth(cut)
        invariant = states(members)

        def same(program: Program, invariant: StateList = invariant) -> Any:
            return lambda state: invariant

        for _, oracle in ORACLES:
            listed = listings[oracle]

            @cache
            def answers(
                state: int,
                automaton: Transitions = automaton,
                listed: Replies = listed,
                otherwise: Tree = oracle.otherwise,
            ) -> StateList:
                if any_set:
                    return truth_classes(automaton)
                return answer_classes(automaton, listed, otherwise, state)

            for p in loops:
                for x, steps in product([code(p), *trees_to(1)], numbers):
                    yield {
                        "t": automaton, "f": oracle, "g": EMPTY, "answers": answers,
                        "invariants": same, "p": p, "x": x, "n": GAS, "steps": steps,
                        "r": listed, "y": oracle.otherwise,
                    }


def looping_certificates(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Every certificate of a few kinds, for all small programs."""
    questions = list(trees_to(2))
    return [
        exhaust(
            name,
            statements[name],
            instances(any_set=any_set, numbers=numbers),
            bound=(
                f"all programs of size ≤ {SIZE} with a loop, on their code and inputs of ≤ 1 pair, "
                f"gas {GAS}, {' or '.join(map(str, numbers))} steps, trees cut off at "
                "depth 1 and 2, five invariants, "
                f"oracles {', '.join(oracle for oracle, _ in ORACLES)}"
            ),
            window={
                "oracle": lambda _: questions,
                "replies": lambda _: questions,
                "set": lambda _: questions,
                "classes": lambda _: range(ANY, 6),
            },
        )
        for name, (any_set, numbers) in PARTS.items()
    ]
