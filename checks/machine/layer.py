"""Layers on a finite window, decided: programs in batches, with evidence for every loop.

*Definitions*: :func:`decide_layer`; :class:`LayerDecider`, which decides ranges of programs;
:func:`answers` and :func:`decided_by`, which decide one program at a time.

*How it is done*: all programs run for a while on each tree of the window, on the compiled machine;
one with another value than true and false decides nothing, whatever it does elsewhere. Those left
that did not halt somewhere are gone through with the automata of
:mod:`checks.machine.decide.prepared`, and what is left then is run for longer and decided one by
one. Every certificate that a program loops is handed to the checker; where nothing is found, what
the program decides is unknown.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from checks.machine.certificate import Checker, Looping, Rejected
from checks.machine.decide import decide
from checks.machine.decide.prepared import Prepared
from checks.machine.decide.runs import (
    FALSE_VALUE,
    OTHER_VALUE,
    TRUE_VALUE,
    Programs,
    run_all,
    without_value,
)
from checks.machine.jump.unit import Unit, units
from checks.machine.oracles import NamedOracle, read_oracle
from checks.progress import Event, Pace
from checks.workers import spread
from models.errors import BadInput
from models.machine.compiled import ASKS, HALTED, NOT_NAMED
from models.machine.compiled_run import Machine, TooLarge, run_batch
from models.machine.compiled_run import run as run_compiled
from models.machine.flat import Enumeration, Forest
from models.machine.layer import (
    Answer,
    Answers,
    DecidedSet,
    Found,
    Layer,
    OpenProgram,
    Subset,
    assembled,
    check_window,
    found_by,
    parse_window,
    said,
)
from models.machine.oracle import (
    ORACLE_GAS,
    Oracle,
    OracleUndecided,
    Remembering,
    SetOracle,
    Table,
)
from models.machine.program import Program, size
from models.machine.tree import FALSE, TRUE, Tree, format_tree, parse_tree

LARGEST_SIZE = 9
"""There are 6,518,681 programs of at most this size, and eight times as many with one more."""

MOST_RUNS = 40_000_000
"""Programs times trees of the window."""

SHORT, LONG, LONG_ASKING, WATCHED = 500, 1_000_000, 10_000, 2_000
"""Steps: of the first run; of that of the programs left, and of those that ask what the arrays
don't answer; of those watched for a loop."""

FEW_UNITS = 8
"""With fewer, and no number of workers named, starting them takes longer than the work."""

OPEN = -1
"""In place of what a value is, where it is not known whether there is one."""

Verdicts: TypeAlias = NDArray[np.int8]
"""For each program and each tree of the window what the value is, or OPEN."""

Place: TypeAlias = int
"""Which program of a unit, counted from 0."""


@dataclass(frozen=True, slots=True)
class UnitFound:
    """What a unit's programs come to, as :class:`models.machine.layer.Found`: sets with the first
    program that decides each, and programs that may decide more."""

    programs: int
    deciding: int
    sets: tuple[tuple[Subset, Place], ...]
    unknown: tuple[tuple[Place, Subset, Subset], ...]


def answers(oracle: Oracle) -> Answers:
    """Decides what one program says on one tree: a run, or a certificate that there is no value."""
    # Where the oracle itself has to be asked, a long run takes longer than the search.
    first, then = (LONG, 0) if isinstance(oracle, Table) else (WATCHED, LONG_ASKING)

    def run(program: Program, tree: Tree, gas: int) -> Answer:
        # Nothing is remembered from one run to the next: large trees, equal and made anew, would
        # have to be compared node by node.
        try:
            value = run_compiled(
                program, tree, oracle=_remembering(oracle), gas=gas, queries=False
            ).value
        except TooLarge:
            value = None
        return "unknown" if value is None else said(value)

    def answer(program: Program, tree: Tree) -> Answer:
        try:
            found = run(program, tree, first)
            if found != "unknown":
                return found
            if decide(program, tree, oracle=oracle, gas=WATCHED).verdict == "loops":
                return "none"
            return run(program, tree, then)
        except OracleUndecided:
            return "unknown"

    return answer


def decided_by(program: Program, window: tuple[Tree, ...], oracle: Oracle) -> Found:
    """What one program decides on a window, as :func:`models.machine.layer.found_by`; sooner,
    as it runs on the whole window at once."""
    of_size = size(program)
    try:
        values = run_batch(
            [program] * len(window), window, oracle=_remembering(oracle), gas=SHORT, results=True
        ).results
    except (OracleUndecided, TooLarge):
        return found_by(program, of_size, window, answers(oracle))
    known = {
        tree: said(value) for tree, value in zip(window, values, strict=True) if value is not None
    }
    if "none" in known.values():
        return Found(1, 0, (), ())
    answer = answers(oracle)
    return found_by(
        program, of_size, window, lambda program, tree: known.get(tree) or answer(program, tree)
    )


def _remembering(oracle: Oracle) -> Oracle:
    return oracle if isinstance(oracle, Table) else Remembering(oracle)


class LayerDecider(Prepared):
    """Decides what programs of size at most ``size`` decide on a window."""

    def __init__(self, size: int, oracle: Oracle, window: tuple[Tree, ...]) -> None:
        super().__init__(size, oracle, window)
        self.window = window
        self.checker = Checker(oracle)
        self.asked = _remembering(oracle)
        # By name, the questions that the oracle leaves undecided; and answers that have a number.
        self.undecided: set[int] = set()
        self.known_answers = {tree: self.forest.node(tree) for tree in (FALSE, TRUE)}
        self.answer = answers(oracle)

    def decide(self, unit: Unit) -> UnitFound:
        """What the programs of a unit come to."""
        rows = self.parts.rows(unit.size, unit.begin, unit.end)
        programs = self.programs(rows)

        def made(place: Place) -> Program:
            return self.parts.made(rows, place)

        verdicts, left = self._short_runs(programs, len(rows), made)
        self._without_loops(programs, verdicts, left, made)
        unknown = []
        for place in np.flatnonzero(left & (verdicts == OPEN).any(axis=1)).tolist():
            open_ = self._one_by_one(made(place), verdicts[place])
            if open_ is None or open_:
                left[place] = False
            if open_:
                members = _subset(verdicts[place] == TRUE_VALUE)
                unknown.append((place, members, open_))
        decided = np.flatnonzero(left)
        return UnitFound(
            len(rows), len(decided), tuple(_first(verdicts[decided], decided)), tuple(unknown)
        )

    def _short_runs(
        self, programs: Programs, count: int, made: Callable[[Place], Program]
    ) -> tuple[Verdicts, NDArray[np.bool_]]:
        """Runs on all trees, and the programs that may decide a set."""
        verdicts = np.full((count, len(self.window)), OPEN, np.int8)
        left = np.ones(count, np.bool_)
        reasons, steps = np.zeros(count, np.int8), np.zeros(count, np.int64)
        results = np.zeros(count, np.int32)
        for column, tree in enumerate(self.window):
            wanted = left
            while wanted.any():
                run_all(
                    programs, self.values[column], self.trees, self.room, SHORT,
                    wanted, reasons, steps, results,
                )
                asking = left & (reasons == ASKS)
                wanted = asking & np.isin(results, self._answered(results[asking]))
            halted = left & (reasons == HALTED)
            verdicts[halted, column] = results[halted]
            others = np.flatnonzero(asking).tolist()
            if others:
                verdicts[others, column] = list(self._asked([made(p) for p in others], tree))
            left &= verdicts[:, column] != OTHER_VALUE
        return verdicts, left

    def _answered(self, questions: NDArray[np.int32]) -> list[int]:
        """Fill in what the oracle answers to trees that have a name; the ones that are answered."""
        answered = []
        for name in np.unique(questions[questions != NOT_NAMED]).tolist():
            if name not in self.undecided:
                try:
                    answer = self.asked(self.forest.tree(name))
                except OracleUndecided:
                    self.undecided.add(name)
                    continue
                number = self.known_answers.get(answer)
                if number is not None:
                    self.trees.answers[name] = number
                    answered.append(name)
        return answered

    def _asked(self, programs: list[Program], tree: Tree) -> Iterator[int]:
        """Runs of programs that ask what cannot be filled in."""
        machine = Machine(
            programs, [tree] * len(programs), oracle=self.asked, queries=False
        )
        for index in range(len(programs)):
            try:
                halted = machine.run(index, SHORT)
            except OracleUndecided:
                halted = False
            yield VALUE_OF[said(machine.result())] if halted else OPEN

    def _without_loops(
        self, programs: Programs, verdicts: Verdicts, left: NDArray[np.bool_],
        made: Callable[[Place], Program],
    ) -> None:
        """Take the programs away that are seen to loop on a tree."""
        if not isinstance(self.oracle, Table | SetOracle):
            return
        for certificate, classes in self.automata:
            columns = (verdicts[left] == OPEN).any(axis=0)
            for column in np.flatnonzero(columns).tolist():
                empty = np.zeros(len(left), np.bool_)
                wanted = left & (verdicts[:, column] == OPEN)
                without_value(programs, self.values[column], classes, wanted, empty)
                for place in np.flatnonzero(empty).tolist():
                    left[place] = not self._loops(made(place), self.window[column], certificate)

    def _loops(self, program: Program, tree: Tree, certificate: Looping) -> bool:
        try:
            return self.checker.check(program, tree, certificate) == "loops"
        except Rejected:
            return False

    def _one_by_one(self, program: Program, verdicts: Verdicts) -> Subset | None:
        """Decide where a program's verdicts are open, and write there what is found.

        The trees where it stays open; None if the program decides nothing.
        """
        undecided = 0
        for column in np.flatnonzero(verdicts == OPEN).tolist():
            answer = self.answer(program, self.window[column])
            if answer == "none":
                return None
            verdicts[column] = VALUE_OF[answer]
            undecided |= (answer == "unknown") << column
        return undecided


VALUE_OF: dict[Answer, int] = {
    "no": FALSE_VALUE, "yes": TRUE_VALUE, "none": OTHER_VALUE, "unknown": OPEN
}


def _subset(members: NDArray[np.bool_]) -> Subset:
    """A subset of the window by its members."""
    return int.from_bytes(np.packbits(members, bitorder="little").tobytes(), "little")


def _first(
    verdicts: Verdicts, places: NDArray[np.int64]
) -> Iterator[tuple[Subset, Place]]:
    """Each set among programs that decide one, with the first of them, in their order."""
    if len(places):
        _, first = np.unique(verdicts, axis=0, return_index=True)
        for index in np.sort(first).tolist():
            yield _subset(verdicts[index] == TRUE_VALUE), int(places[index])


def decide_layer(
    size: int,
    window: str | Iterable[Tree],
    oracle: str | NamedOracle | Oracle = "empty",
    *,
    workers: int | None = None,
    gas: int = ORACLE_GAS,
    accept_unknown: bool = False,
    progress: Callable[[Event], None] | None = None,
) -> Layer:
    """The sets on a window that programs of size at most ``size`` decide relative to an oracle.

    ``window``: trees, or what :func:`models.machine.layer.parse_window` reads; ``workers``, ``gas``
    and ``accept_unknown``: as for :func:`checks.machine.jump.decide_jump`, but an oracle without a
    name is gone through in this process. Raises :class:`BadInput` for a size, a window or an oracle
    that is none, and for too many runs.
    """
    if not 1 <= size <= LARGEST_SIZE:
        raise BadInput(f"size {size}", expected=f"a size from 1 to {LARGEST_SIZE}")
    trees = parse_window(window) if isinstance(window, str) else tuple(window)
    check_window(trees)
    parts = Enumeration(max(1, size - 2), Forest())
    counts = [parts.programs(n) for n in range(1, size + 1)]
    runs = sum(counts) * len(trees)
    if runs > MOST_RUNS:
        raise BadInput(
            f"{sum(counts):,} programs on {len(trees):,} trees are {runs:,} runs",
            expected=f"at most {MOST_RUNS:,}: a smaller size or window",
        )
    if isinstance(oracle, str):
        oracle = read_oracle(
            oracle, workers=workers, gas=gas, accept_unknown=accept_unknown, progress=progress
        )
    listed = tuple(units(size, counts))
    found: Iterable[tuple[Unit, UnitFound]]
    if isinstance(oracle, NamedOracle):
        name, relative_to = oracle.spec, oracle.oracle
        task = _Task(
            size, window if isinstance(window, str) else tuple(map(format_tree, trees)),
            name, oracle.identity, gas, accept_unknown,
        )
        found = spread(
            _decide, listed, prepare=_prepare, arguments=(task,),
            workers=workers or (1 if len(listed) < FEW_UNITS else os.cpu_count() or 1),
        )
    else:
        name, relative_to = "layer", oracle
        decider = LayerDecider(size, oracle, trees)
        found = ((unit, decider.decide(unit)) for unit in listed)
    pace = Pace("deciding", name, sum(counts), progress or (lambda event: None))
    done: dict[Unit, UnitFound] = {}
    for unit, what in found:
        done[unit] = what
        pace.add(what.programs)
    return assembled(
        relative_to, size, trees,
        ((unit.size, _read(parts, unit, done[unit])) for unit in listed),
    )


def _read(parts: Enumeration, unit: Unit, found: UnitFound) -> Found:
    """What a worker found, with the programs themselves."""
    rows = parts.rows(unit.size, unit.begin, unit.end)
    return Found(
        found.programs, found.deciding,
        tuple(
            DecidedSet(members, parts.made(rows, place), unit.size)
            for members, place in found.sets
        ),
        tuple(
            OpenProgram(parts.made(rows, place), members, undecided)
            for place, members, undecided in found.unknown
        ),
    )


@dataclass(frozen=True, slots=True)
class _Task:
    """What a worker needs to know. Oracles and trees don't travel: each worker reads its own."""

    size: int
    window: str | tuple[str, ...]
    oracle: str
    identity: str
    gas: int
    accept_unknown: bool


_worker: LayerDecider | None = None


def _prepare(task: _Task) -> None:
    global _worker
    named = read_oracle(task.oracle, workers=1, gas=task.gas, accept_unknown=task.accept_unknown)
    if named.identity != task.identity:
        raise BadInput(f"oracle {task.oracle!r} has changed", expected="the same all the time")
    window = (
        parse_window(task.window) if isinstance(task.window, str)
        else tuple(parse_tree(text) for text in task.window)
    )
    _worker = LayerDecider(task.size, named.oracle, window)


def _decide(unit: Unit) -> UnitFound:
    assert _worker is not None
    return _worker.decide(unit)
