"""The checker: whether a certificate shows that a program halts, or that it does not.

*Definitions*: :class:`Halting`, :class:`Looping`, :func:`check`, :class:`Rejected`,
:func:`from_json`.

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
from models.machine.automaton import NoStates, StateList, accepts, states, transitions
from models.machine.covering import answer_classes, replies
from models.machine.oracle import Oracle, Table
from models.machine.program import Program, format_program, parse_program
from models.machine.run import run
from models.machine.tree import Tree


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
    if certificate.steps < 0:
        raise Rejected("a run takes no negative number of steps")
    automaton = transitions(certificate.transitions)
    listed = replies(oracle.answers)
    nothing = NoStates()
    invariants = {key: states(members) for key, members in certificate.invariants.items()}

    def answers(state: int) -> StateList:
        return answer_classes(automaton, listed, oracle.otherwise, state)

    def invariant(loop: Program) -> Any:
        return lambda state: invariants.get((loop, state), nothing)

    if not accepts(
        automaton, oracle, answers, invariant, program, value, certificate.steps
    ):
        raise Rejected("the automaton leaves a possible value")
    return "loops"


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
