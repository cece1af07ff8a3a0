"""The bounded jump as a table: every program to a size, decided on its own code.

*Definitions*: :class:`JumpTable`, :func:`decide_jump`.

Units are decided by worker processes and kept (:mod:`checks.machine.jump.store`), so that a run
which is stopped at any moment goes on where it was. What comes out depends neither on the number of
workers nor on interruptions.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arro3.core import RecordBatch

from checks.files import cache_folder
from checks.machine.jump.columns import write_batches
from checks.machine.jump.store import SCHEMA, Store, Summary, joined
from checks.machine.jump.unit import Decider, Unit, Verdict, units
from checks.machine.oracles import LARGEST_SIZE, NamedOracle, read_oracle
from checks.progress import Event, Pace
from checks.workers import spread
from models.errors import BadInput
from models.machine.flat import Enumeration, Forest
from models.machine.oracle import ORACLE_GAS
from models.machine.program import Program
from models.machine.tree import Tree

FEW_UNITS = 8
"""With fewer, and no number of workers named, starting them takes longer than the work."""

FORMAT = 1
"""Of the metadata of a table's file."""


@dataclass(frozen=True, slots=True)
class JumpTable:
    """J_size relative to an oracle: what each size and all of them come to, and where the rows are.
    """

    size: int
    oracle: NamedOracle
    by_size: tuple[Summary, ...]
    summary: Summary
    store: Store
    listed: tuple[Unit, ...]

    @property
    def complete(self) -> bool:
        """Whether every program is decided."""
        return not self.summary.unknown

    def batches(self) -> Iterator[RecordBatch]:
        """The rows in order, as columns."""
        for unit in self.listed:
            yield from self.store.batches(unit)

    def verdicts(self) -> Callable[[Program], Verdict]:
        """The verdict of a program in the table, by its place. Raises :class:`ValueError` for one
        that is larger."""
        programs = Enumeration(max(1, self.size - 2), Forest())
        listed: list[Verdict] = []
        for rows in self.batches():
            listed += rows.column("verdict").to_pylist()
        starts = [0]
        for part in self.by_size:
            starts.append(starts[-1] + part.programs)

        def verdict(program: Program) -> Verdict:
            size, place = programs.place(program)
            if size > self.size:
                raise ValueError(f"a program of size {size} in a table to size {self.size}")
            return listed[starts[size - 1] + place]

        return verdict

    def members(self) -> tuple[list[Tree], list[Tree]]:
        """The codes of the programs that halt, and of those that are not decided, in order."""
        forest = Forest()
        programs = Enumeration(self.size, forest)
        found: dict[str, list[Tree]] = {"halts": [], "loops": [], "unknown": []}
        at = 0
        for rows in self.batches():
            for verdict in rows.column("verdict").to_pylist():
                found[verdict].append(forest.tree(int(programs.code[at])))
                at += 1
        return found["halts"], found["unknown"]

    def write(self, path: Path) -> None:
        """Write the rows to a Parquet file. Raises :class:`BadInput` if that is not possible."""
        about = {
            "format": FORMAT, "size": self.size, "oracle": self.oracle.spec,
            "identity": self.oracle.identity, "digest": self.summary.digest,
        }
        write_batches(path, SCHEMA, self.batches(), {"jumpbound": json.dumps(about)})

    def to_json(self) -> dict[str, Any]:
        """As ``jump --json`` prints it."""
        return {
            "size": self.size,
            "oracle": self.oracle.spec,
            "by_size": [
                {
                    "size": size, "programs": part.programs, "halts": part.halts,
                    "loops": part.loops, "unknown": part.unknown, "max_steps": part.max_steps,
                    "total_steps": part.total_steps,
                }
                for size, part in enumerate(self.by_size, start=1)
            ],
            "complete": self.complete,
            "unknown": self.summary.unknown_codes,
            "certificates": self.summary.kinds,
            "longest": [[steps, code] for steps, code in self.summary.longest],
            "digest": self.summary.digest,
        }


def decide_jump(
    size: int,
    oracle: str | NamedOracle = "empty",
    *,
    workers: int | None = None,
    gas: int = ORACLE_GAS,
    accept_unknown: bool = False,
    fresh: bool = False,
    folder: Path | None = None,
    progress: Callable[[Event], None] | None = None,
) -> JumpTable:
    """Decide every program of size at most ``size`` on its own code, relative to an oracle.

    ``workers``: processes, as many as there are processors if none are named; ``gas`` and
    ``accept_unknown``: as for :func:`checks.machine.oracles.read_oracle`; ``fresh``: decide what is
    in store again; ``folder``: where finished units are kept. Raises :class:`BadInput` for a size
    or an oracle that is none, if the units cannot be written, and what the oracle raises.
    """
    if not 1 <= size <= LARGEST_SIZE:
        raise BadInput(f"size {size}", expected=f"a size from 1 to {LARGEST_SIZE}")
    tell = progress or (lambda event: None)
    named = oracle if isinstance(oracle, NamedOracle) else read_oracle(
        oracle, workers=workers, gas=gas, accept_unknown=accept_unknown, progress=progress
    )
    listed, store = _listed(size), Store(folder or cache_folder(), named.identity)
    done: dict[Unit, Summary] = {}
    for unit in listed:
        if fresh:
            store.remove(unit)
        elif (found := store.find(unit)) is not None:
            done[unit] = found
    waiting = [unit for unit in listed if unit not in done]
    if waiting:
        task = _Task(size, named.spec, named.identity, gas, accept_unknown, store.folder.parents[1])
        pace = Pace("deciding", named.spec, sum(unit.end - unit.begin for unit in listed), tell)
        pace.done = sum(summary.programs for summary in done.values())
        for unit, summary in spread(
            _decide, waiting, prepare=_prepare, arguments=(task,),
            workers=workers or (1 if len(waiting) < FEW_UNITS else os.cpu_count() or 1),
        ):
            done[unit] = summary
            pace.add(summary.programs)
    by_size = tuple(
        joined([done[unit] for unit in listed if unit.size == n]) for n in range(1, size + 1)
    )
    whole = joined([done[unit] for unit in listed])
    return JumpTable(size, named, by_size, whole, store, listed)


def in_store(size: int, oracle: str, *, folder: Path | None = None) -> bool:
    """Whether all of a table was decided before."""
    store = Store(folder or cache_folder(), read_oracle(oracle).identity)
    return all(store.has(unit) for unit in _listed(size))


def _listed(size: int) -> tuple[Unit, ...]:
    programs = Enumeration(max(1, size - 2), Forest())
    return tuple(units(size, [programs.programs(n) for n in range(1, size + 1)]))


@dataclass(frozen=True, slots=True)
class _Task:
    """What a worker needs to know. Oracles don't travel: each worker reads its own."""

    size: int
    oracle: str
    identity: str
    gas: int
    accept_unknown: bool
    folder: Path


_worker: tuple[Decider, Store] | None = None


def _prepare(task: _Task) -> None:
    global _worker
    named = read_oracle(task.oracle, workers=1, gas=task.gas, accept_unknown=task.accept_unknown)
    if named.identity != task.identity:
        raise BadInput(f"oracle {task.oracle!r} has changed", expected="the same all the time")
    _worker = Decider(task.size, named.oracle), Store(task.folder, named.identity)


def _decide(unit: Unit) -> Summary:
    assert _worker is not None
    decider, store = _worker
    return store.add(unit, decider.decide(unit))
