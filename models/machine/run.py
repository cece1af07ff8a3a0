"""Runs: the abstract machine's outcome, steps, query log and trace.

*Definitions*: :class:`Run`, :func:`run`. The trace is the list of calls that the equation
:func:`models.machine.semantics.machine` makes; there is no second loop.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from models.algebra import Concrete
from models.errors import BadInput, check_gas
from models.machine.oracle import EMPTY, Oracle, Recording
from models.machine.program import Program
from models.machine.semantics import Done, State, machine, start
from models.machine.tree import Tree

DEFAULT_GAS = 1_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """What happened: a value or none, the machine steps taken, each question with its answer."""

    value: Tree | None
    steps: int
    queries: tuple[tuple[Tree, Tree], ...]

    @property
    def outcome(self) -> Literal["halted", "out-of-gas"]:
        """``out-of-gas`` says nothing about what more gas would do."""
        return "out-of-gas" if self.value is None else "halted"


def run(
    program: Program, value: Tree, *, oracle: Oracle = EMPTY, gas: int = DEFAULT_GAS
) -> Run:
    """Run a program on a tree relative to an oracle for at most ``gas`` machine steps.

    Raises :class:`BadInput` for negative gas, and what the oracle raises.
    """
    check_run(program, value, gas)
    recording = Recording(oracle)
    # A loop: nothing is ever computed twice for want of stack, so the log is that of one run.
    outcome = machine.translated({}, None, recording, start(Concrete(), program, value), gas)
    if isinstance(outcome, Done):
        return Run(outcome.value, gas - outcome.gas, tuple(recording.log))
    return Run(None, gas, tuple(recording.log))


def trace(
    program: Program, value: Tree, *, oracle: Oracle = EMPTY, gas: int = DEFAULT_GAS
) -> Iterator[State]:
    """The states of a run, the first one included, at most ``gas`` steps."""
    check_run(program, value, gas)
    algebra = Concrete()
    state = start(algebra, program, value)
    for equation, arguments, _ in algebra.calls(machine, (oracle, state, gas)):
        if equation is machine:
            yield arguments[1]


def check_run(program: object, value: object, gas: object) -> None:
    """Refuse what cannot be run. Raises :class:`BadInput`."""
    if not isinstance(program, Program):
        raise BadInput(f"program {program!r:.60}", expected="a program")
    if not isinstance(value, Tree):
        raise BadInput(f"input {value!r:.60}", expected="a tree")
    check_gas(gas)
