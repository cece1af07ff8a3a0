"""The checker: whether a certificate shows that a program halts, or that it does not.

*Definitions*: :class:`Halting`, :class:`Looping`, :func:`check`, :class:`Rejected`,
:func:`from_json`; for all sets as oracles at once :class:`QueryTree` and :func:`check_every`.

The checker knows nothing of how a certificate was found. A halting one is replayed. A looping one
is handed to :func:`models.machine.automaton.accepts`, with the answer classes that
:mod:`models.machine.covering` computes from the oracle: theorem ``looping-certificate-sound`` is
about these very functions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from models.errors import BadInput
from models.machine.automaton import Answers, NoStates, Transitions, accepts, states, transitions
from models.machine.covering import answer_classes, replies, truth_classes
from models.machine.oracle import EMPTY, Oracle, Table
from models.machine.program import Program, format_program, parse_program
from models.machine.run import run
from models.machine.tree import Tree, format_tree, truth


class Rejected(Exception):
    """The certificate does not show what it claims; the message says why."""


@dataclass(frozen=True, slots=True)
class Halting:
    """The run halts after so many steps."""

    steps: int

    def to_json(self) -> dict[str, Any]:
        """As ``halts --json`` prints it."""
        return {"kind": "replay", "steps": self.steps}


@dataclass(frozen=True, slots=True)
class Looping:
    """After ``steps`` the run is about to enter a program without possible values.

    ``transitions``: triples of the tree automaton. ``invariants``: for a loop and the class in
    which it is entered, the classes that its rounds stay in.
    """

    steps: int
    transitions: tuple[tuple[int, int, int], ...]
    invariants: Mapping[tuple[Program, int], tuple[int, ...]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As ``halts --json`` prints it."""
        return {
            "kind": "automaton",
            "steps": self.steps,
            "transitions": [list(row) for row in self.transitions],
            "invariants": [
                {"loop": format_program(loop), "state": state, "states": list(members)}
                for (loop, state), members in self.invariants.items()
            ],
        }


Certificate: TypeAlias = Halting | Looping

MOST_STEPS = 1_000_000
"""Steps for a run of a query tree."""


def check(
    program: Program, value: Tree, oracle: Oracle, certificate: Certificate
) -> Literal["halts", "loops"]:
    """The verdict that the certificate shows. Raises :class:`Rejected` if it shows none."""
    if isinstance(certificate, Halting):
        if certificate.steps < 0:
            raise Rejected("a run takes no negative number of steps")
        result = run(program, value, oracle=oracle, gas=certificate.steps)
        if result.value is None:
            raise Rejected(f"the run is not over after {certificate.steps} steps")
        if result.steps != certificate.steps:
            raise Rejected(f"the run takes {result.steps} steps, not {certificate.steps}")
        return "halts"
    if not isinstance(oracle, Table):
        raise Rejected("looping is checked for finite and cofinite oracles only")
    automaton = transitions(certificate.transitions)
    listed = replies(oracle.answers)
    _loops(
        program, value, oracle, certificate, automaton,
        lambda state: answer_classes(automaton, listed, oracle.otherwise, state),
    )
    return "loops"


def _loops(
    program: Program,
    value: Tree,
    oracle: Oracle,
    certificate: Looping,
    automaton: Transitions,
    answers: Answers,
) -> None:
    if certificate.steps < 0:
        raise Rejected("a run takes no negative number of steps")
    nothing = NoStates()
    invariants = {key: states(members) for key, members in certificate.invariants.items()}

    def invariant(loop: Program) -> Any:
        return lambda state: invariants.get((loop, state), nothing)

    if not accepts(automaton, oracle, answers, invariant, program, value, certificate.steps):
        raise Rejected("the automaton leaves a possible value")


@dataclass(frozen=True, slots=True)
class QueryTree:
    """The runs for all sets as oracles: for each, the questions, each once, with the answers."""

    runs: tuple[tuple[tuple[Tree, bool], ...], ...]

    def to_json(self) -> dict[str, Any]:
        """As ``halts --json`` prints it."""
        return {
            "kind": "query-tree",
            "runs": [[[format_tree(q), answer] for q, answer in run] for run in self.runs],
        }


def check_every(
    program: Program, value: Tree, certificate: QueryTree | Looping
) -> Literal["halts", "loops"]:
    """The verdict, for every set as oracle, that the certificate shows.

    A query tree is complete: after the same questions and answers the same question is asked next,
    and both its answers are gone through. A run asks as listed, so every set has its run there.
    Raises :class:`Rejected` if the certificate shows no verdict.
    """
    if isinstance(certificate, Looping):
        if certificate.steps:
            raise Rejected("for every oracle, an automaton is asked at the start")
        automaton = transitions(certificate.transitions)
        both = truth_classes(automaton)
        _loops(program, value, EMPTY, certificate, automaton, lambda state: both)
        return "loops"
    todo = [(0, list(certificate.runs))]
    while todo:
        depth, runs = todo.pop()
        if len(runs) == 1 and len(runs[0]) == depth:
            continue
        if any(len(listed) <= depth for listed in runs):
            raise Rejected("a run ends where another one asks")
        questions = {listed[depth][0] for listed in runs}
        sides = [[listed for listed in runs if listed[depth][1] is side] for side in (False, True)]
        if len(questions) != 1 or not all(sides):
            raise Rejected("not every answer is gone through")
        todo += [(depth + 1, side) for side in sides]
    for listed in certificate.runs:
        _replay(program, value, listed)
    return "halts"


def _replay(program: Program, value: Tree, listed: tuple[tuple[Tree, bool], ...]) -> None:
    answers = {question: truth(answer) for question, answer in listed}
    asked: dict[Tree, Tree] = {}

    class Listed(Oracle):
        def __call__(self, argument: Tree, /) -> Tree:
            if argument not in answers:
                raise Rejected("a run asks what is not listed for it")
            asked.setdefault(argument, answers[argument])
            return answers[argument]

    result = run(program, value, oracle=Listed(), gas=MOST_STEPS)
    if result.value is None:
        raise Rejected(f"a run is not over after {MOST_STEPS} steps")
    if list(asked) != [question for question, _ in listed]:
        raise Rejected("a run asks otherwise than listed")


def from_json(data: Any) -> Certificate:
    """The certificate that :meth:`to_json` wrote. Raises :class:`BadInput` for anything else."""
    try:
        if data["kind"] == "replay":
            return Halting(_whole(data["steps"]))
        if data["kind"] == "automaton":
            rows = tuple((_whole(a), _whole(b), _whole(c)) for a, b, c in data["transitions"])
            invariants = {
                (parse_program(row["loop"], source="certificate"), _whole(row["state"])): tuple(
                    _whole(state) for state in row["states"]
                )
                for row in data["invariants"]
            }
            return Looping(_whole(data["steps"]), rows, invariants)
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        what = f"not a certificate: {error!r}"
        raise BadInput(what, expected="what `halts --json` prints") from None
    raise BadInput(f"certificate of kind {data['kind']!r}", expected="replay or automaton")


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is no whole number")
    return value
