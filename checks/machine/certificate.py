"""The checker: whether a certificate shows that a program halts, or that it does not.

*Definitions*: :class:`Halting`, :class:`Cycle`, :class:`Looping`, :func:`check`,
:class:`Rejected`, :func:`from_json`; for all sets as oracles at once :class:`QueryTree` and
:func:`check_every`.

The checker knows nothing of how a certificate was found. A halting one is replayed. A cycle
is handed to :func:`models.machine.cycle.repeats`, an automaton to
:func:`models.machine.automaton.accepts`, with the answer classes that
:mod:`models.machine.covering` computes from the oracle: theorem ``looping-certificate-sound`` is
about these very functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias

from models.algebra import Concrete, Mapped
from models.errors import BadInput
from models.machine.automaton import (
    STAYING,
    VALUES,
    Answers,
    NoStates,
    StateList,
    States,
    Transitions,
    accepts,
    outcomes,
    states,
    transitions,
)
from models.machine.covering import answer_classes, replies, truth_classes
from models.machine.cycle import repeats
from models.machine.oracle import EMPTY, Oracle, SetOracle, Table
from models.machine.program import Program, While, code
from models.machine.run import run
from models.machine.semantics import Done, evaluate
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
class Cycle:
    """After ``steps`` the run is in a state in which it is again ``period`` steps later."""

    steps: int
    period: int

    def to_json(self) -> dict[str, Any]:
        """As ``halts --json`` prints it."""
        return {"kind": "cycle", "steps": self.steps, "period": self.period}


Triples: TypeAlias = tuple[tuple[int, int, int], ...]
"""Transitions: the classes of head, tail and pair."""


@dataclass(frozen=True, slots=True)
class Looping:
    """After ``steps`` the run is about to enter a program without possible values.

    ``transitions``: those of the tree automaton.
    """

    steps: int
    transitions: Triples

    def to_json(self) -> dict[str, Any]:
        """As ``halts --json`` prints it."""
        return {
            "kind": "automaton",
            "steps": self.steps,
            "transitions": [list(row) for row in self.transitions],
        }


Certificate: TypeAlias = Halting | Cycle | Looping

Invariants: TypeAlias = dict[tuple[Program, int], tuple[int, ...]]
"""For a loop and the class in which it is entered, the classes that its rounds stay in."""

MOST_REMEMBERED = 1_500_000
"""Values that a checker keeps: some hundred megabytes."""

MOST_STEPS = 1_000_000
"""Steps for a run of a query tree."""


def check(
    program: Program, value: Tree, oracle: Oracle, certificate: Certificate
) -> Literal["halts", "loops"]:
    """The verdict that the certificate shows. Raises :class:`Rejected` if it shows none.

    An automaton needs the classes of all answers: those of a table, or of false and true for a
    set. So it shows the same for every set with the same answers in the first ``steps`` steps.
    Raises what the oracle raises.
    """
    return Checker(oracle).check(program, value, certificate)


class Checker:
    """The checker for one oracle. What equations have computed for one program is used again for
    others: one automaton serves many programs with the same parts."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self._algebra = Concrete(remembers=True)
        self._settings: dict[Triples, _Setting] = {}

    def check_on_own_code(
        self, program: Program, certificate: Certificate
    ) -> Literal["halts", "loops"]:
        """As :func:`check`, on the program's own code."""
        return self.check(program, self._algebra.value(code, (program,)), certificate)

    def check(
        self, program: Program, value: Tree, certificate: Certificate
    ) -> Literal["halts", "loops"]:
        """As :func:`check`."""
        steps = certificate.steps
        if steps < 0:
            raise Rejected("a run takes no negative number of steps")
        if isinstance(certificate, Halting):
            # Theorem machine-agreement: the equation's gas is the machine's steps.
            outcome = evaluate(self.oracle, program, value, steps)
            if not isinstance(outcome, Done):
                raise Rejected(f"the run is not over after {steps} steps")
            if outcome.gas:
                raise Rejected(f"the run takes {steps - outcome.gas} steps, not {steps}")
            return "halts"
        if isinstance(certificate, Cycle):
            period = certificate.period
            if period <= 0:
                raise Rejected("a cycle takes a positive number of steps")
            if not repeats(self.oracle, program, value, steps, period):
                raise Rejected(
                    f"the run is over after {steps} steps, or in another state after "
                    f"{steps + period}"
                )
            return "loops"
        if self._algebra.remembered() > MOST_REMEMBERED:
            self._algebra.forget()
            self._settings = {}
        rows = certificate.transitions
        if rows not in self._settings:
            self._settings[rows] = _setting(rows, self.oracle, self._algebra)
        self._settings[rows].require(self.oracle, program, value, steps)
        return "loops"


class _Setting:
    """An automaton with the classes of the oracle's answers, and with invariants of loops: the
    classes that a loop reaches, round by round. They are proposals, which :func:`accepts` checks.
    """

    def __init__(self, automaton: Transitions, answers: Answers, algebra: Concrete) -> None:
        self.automaton = automaton
        self.answers = answers
        self.algebra = algebra
        self.reached: dict[tuple[Program, int], StateList] = {}

    def require(self, oracle: Oracle, program: Program, value: Tree, steps: int) -> None:
        """Raises :class:`Rejected` unless the certificate is accepted."""
        arguments = (
            self.automaton, oracle, self.answers, self.rounds, program, value, steps
        )
        try:
            accepted = self.algebra.value(accepts, arguments)
        except RecursionError:
            raise Rejected("loops are nested too deeply") from None
        if not accepted:
            raise Rejected("the automaton leaves a possible value")

    def rounds(self, loop: Program) -> Mapped[int, StateList]:
        """The classes that a loop reaches, by the class in which it is entered."""
        assert isinstance(loop, While)

        def reached(state: int) -> StateList:
            if (loop, state) not in self.reached:
                found = [state]
                for here in found:
                    if self.values(loop.test, here, STAYING):
                        after = self.values(loop.body, here, VALUES)
                        found += [other for other in after if other not in found]
                self.reached[loop, state] = states(sorted(found))
            return self.reached[loop, state]

        return reached

    def values(self, program: Program, state: int, asked: int) -> list[int]:
        """What :func:`outcomes` lists for one class."""
        here = self.algebra.make(States, state, self.algebra.make(NoStates))
        listed = self.algebra.value(
            outcomes, (self.automaton, self.answers, self.rounds, program, here, asked)
        )
        return list(members(listed))


def _setting(rows: Triples, oracle: Oracle, algebra: Concrete) -> _Setting:
    automaton = transitions(rows)
    if isinstance(oracle, Table):
        listed = replies(oracle.answers)

        def answers(state: int) -> StateList:
            return algebra.value(answer_classes, (automaton, listed, oracle.otherwise, state))

        return _Setting(automaton, cache(answers), algebra)
    if isinstance(oracle, SetOracle):
        return _any_set(rows, algebra)
    raise Rejected("an automaton is checked for sets and for finite and cofinite oracles only")


def _any_set(rows: Triples, algebra: Concrete) -> _Setting:
    automaton = transitions(rows)
    both = truth_classes(automaton)
    return _Setting(automaton, lambda state: both, algebra)


def invariants(
    program: Program, value: Tree, oracle: Oracle | None, certificate: Looping
) -> Invariants:
    """What an accepted certificate comes to, for a reader. Without an oracle: for every set.

    Raises :class:`Rejected` if it is not accepted.
    """
    setting = (
        _any_set(certificate.transitions, Concrete(remembers=True))
        if oracle is None
        else _setting(certificate.transitions, oracle, Concrete(remembers=True))
    )
    setting.require(oracle or EMPTY, program, value, certificate.steps)
    return {key: tuple(members(listed)) for key, listed in setting.reached.items()}


def members(listed: StateList) -> Iterator[int]:
    """The classes of a list."""
    while isinstance(listed, States):
        yield listed.first
        listed = listed.rest


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
        setting = _any_set(certificate.transitions, Concrete(remembers=True))
        setting.require(EMPTY, program, value, 0)
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
        if data["kind"] == "cycle":
            return Cycle(_whole(data["steps"]), _whole(data["period"]))
        if data["kind"] == "automaton":
            rows = tuple((_whole(a), _whole(b), _whole(c)) for a, b, c in data["transitions"])
            return Looping(_whole(data["steps"]), rows)
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        why = f"it has no {error}" if isinstance(error, KeyError) else str(error)
        raise BadInput(
            f"not a certificate: {why}", expected="what `halts --json` prints"
        ) from None
    raise BadInput(f"certificate of kind {data['kind']!r}", expected="replay, cycle or automaton")


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is no whole number")
    return value
