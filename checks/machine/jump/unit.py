"""Deciding a range of programs of one size on their own codes.

*Definitions*: :class:`Unit`, :func:`units`; :class:`Row`; :class:`Decider`, which decides units
relative to one oracle.

*How it is done*: all programs run for a while. Those that have not halted are gone through with
three automata for which the values of all smaller programs are tabulated; what is left is run for
longer, watched for a cycle and for a loop without values, and given to the search for one program.
Every certificate that a program loops is handed to the checker; one that it refuses leaves the
program unknown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from checks.machine.certificate import Certificate, Checker, Cycle, Looping, Rejected
from checks.machine.decide import decide
from checks.machine.decide.prepared import Prepared
from checks.machine.decide.runs import (
    OWN_CODE,
    Programs,
    cycle,
    moment,
    run_all,
    without_value,
)
from models.machine.compiled import ASKS, HALTED
from models.machine.oracle import Oracle, OracleUndecided, SetOracle, Table
from models.machine.program import Program, code

UNIT = 1 << 15
"""Programs that are decided together."""

SHORT, LONG, WATCHED, GAS = 500, 1_000_000, 2_000, 10_000
"""Steps: of the first run, of that of the programs left, of those watched for a loop; and of those
that ask what the arrays don't answer, by the reference."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The programs of a size from the ``begin``-th to before the ``end``-th."""

    size: int
    begin: int
    end: int


def units(size: int, programs: list[int]) -> Iterator[Unit]:
    """All programs to a size in order; ``programs``: how many there are of each size from 1 on."""
    for of_size in range(1, size + 1):
        count = programs[of_size - 1]
        for begin in range(0, count, UNIT):
            yield Unit(of_size, begin, min(begin + UNIT, count))


Verdict: TypeAlias = Literal["halts", "loops", "unknown"]


@dataclass(frozen=True, slots=True)
class Row:
    """A program's code as text, the verdict, the steps if it halts, the evidence as JSON; for an
    unknown one the reason as JSON."""

    code: str
    verdict: Verdict
    steps: int | None
    certificate: str


def written(certificate: Certificate) -> str:
    """A certificate as it is in a table."""
    return json.dumps(certificate.to_json(), separators=(",", ":"))


def without_certificate(reason: str) -> str:
    """What is in a table in place of a certificate: why there is none."""
    return json.dumps({"kind": "none", "reason": reason}, separators=(",", ":"))


class Decider(Prepared):
    """Decides programs of size at most ``size`` relative to an oracle."""

    def __init__(self, size: int, oracle: Oracle) -> None:
        super().__init__(size, oracle)
        self.checker = Checker(oracle)
        self._certificates = {id(looping): written(looping) for looping, _ in self.automata}

    def decide(self, unit: Unit) -> list[Row]:
        """The rows of a unit, in order. Raises what the oracle raises."""
        parts = self.parts
        rows = parts.rows(unit.size, unit.begin, unit.end)
        programs = self.programs(rows)
        count = len(rows)
        reasons, steps = np.zeros(count, np.int8), np.zeros(count, np.int64)
        results = np.zeros(count, np.int32)

        def run(gas: int, wanted: NDArray[np.bool_]) -> None:
            run_all(
                programs, OWN_CODE, self.trees, self.room, gas, wanted, reasons, steps, results
            )

        run(SHORT, np.ones(count, np.bool_))
        left = reasons != HALTED
        found: dict[int, Certificate] = {}
        if isinstance(self.oracle, Table | SetOracle):
            for certificate, classes in self.automata:
                empty = np.zeros(count, np.bool_)
                without_value(programs, OWN_CODE, classes, left, empty)
                left &= ~empty
                found |= dict.fromkeys(np.flatnonzero(empty).tolist(), certificate)
        # A run that asks what the arrays don't answer is left to the search for one program.
        runs = left & (reasons != ASKS)
        run(LONG, runs)
        for i in np.flatnonzero(runs & (reasons != HALTED)).tolist():
            watched = self._watched(programs.base + i, programs)
            if watched is not None:
                found[i] = watched
        halted = (reasons == HALTED).tolist()
        return [
            Row(text, "halts", taken, f'{{"kind":"replay","steps":{taken}}}')
            if halted[i]
            else self._without_end(text, parts.made(rows, i), found.get(i))
            for i, (text, taken) in enumerate(zip(parts.texts(rows), steps.tolist(), strict=True))
        ]

    def _without_end(self, text: str, program: Program, found: Certificate | None) -> Row:
        if found is not None:
            try:
                self.checker.check_on_own_code(program, found)
                return Row(text, "loops", None, self._written(found))
            except Rejected:
                pass
        # What halts later or comes back to a state was seen above, if nothing had to be asked.
        gas = WATCHED if isinstance(self.oracle, Table) else GAS
        try:
            decision = decide(program, code(program), oracle=self.oracle, gas=gas)
        except OracleUndecided:
            # Without the oracle's name: one oracle has many.
            reason = "the oracle leaves a question undecided"
            return Row(text, "unknown", None, without_certificate(reason))
        if decision.certificate is None:
            return Row(text, "unknown", None, without_certificate(decision.reason))
        return Row(text, decision.verdict, decision.steps, self._written(decision.certificate))

    def _written(self, certificate: Certificate) -> str:
        return self._certificates.get(id(certificate)) or written(certificate)

    def _watched(self, program: int, programs: Programs) -> Certificate | None:
        """A certificate seen in the run of a program."""
        steps, period = cycle(program, programs, self.trees, self.room, WATCHED)
        if period:
            return Cycle(int(steps), int(period))
        for looping, classes in self.automata:
            steps = moment(program, programs, self.trees, self.room, WATCHED, classes)
            if steps >= 0:
                return Looping(int(steps), looping.transitions)
        return None
