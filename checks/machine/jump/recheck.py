"""A table's file, verified row by row with the checker alone.

*Definitions*: :class:`Findings`, :class:`Problem`, :func:`recheck`.

Nothing of the search is used: the programs that there must be are enumerated, and every row's
verdict is checked against its certificate by :class:`checks.machine.certificate.Checker`.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from arro3.core import RecordBatch, Schema

from checks.machine.certificate import (
    Certificate,
    Checker,
    Halting,
    Looping,
    Rejected,
    from_json,
)
from checks.machine.jump.columns import read_batches, require_readable
from checks.machine.jump.store import SCHEMA, digest_of
from checks.machine.jump.table import FORMAT
from checks.machine.jump.unit import UNIT, Row
from checks.machine.oracles import LARGEST_SIZE, read_oracle
from checks.progress import Event, Pace
from checks.workers import spread
from models.errors import BadInput
from models.machine.flat import Enumeration, Forest
from models.machine.oracle import ORACLE_GAS, OracleUndecided
from models.machine.program import code, decode, size
from models.machine.tree import format_tree, parse_tree

Kind = Literal["missing", "duplicated", "out of order", "altered"]

MOST_REPLAYED, MOST_STEPS, MOST_TRANSITIONS = 1_000_000, 10_000, 1_000
"""A certificate that is larger is refused, so that checking ends: steps of a halting run, steps of
any other certificate and of a cycle, transitions. What is written is not larger."""

LONGEST_CODE = 1_000
"""Characters of a program's code: more than any has."""

MOST_PROBLEMS = 100
"""Problems that are listed; all are counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row, counted from 0; with none if the row is not there."""

    kind: Kind
    row: int | None
    what: str

    def to_json(self) -> dict[str, Any]:
        """As ``recheck --json`` prints it."""
        return {"kind": self.kind, "row": self.row, "what": self.what}


@dataclass(slots=True)
class Findings:
    """What a file holds, and what is wrong with it."""

    size: int
    oracle: str
    expected: int
    rows: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    digest: str = ""
    digest_matches: bool = False

    @property
    def ok(self) -> bool:
        """Whether every row is there, once, in order, and as the checker has it."""
        return not self.counts and self.digest_matches

    def add(self, problem: Problem) -> None:
        """Count a problem, and list it if there are not many."""
        self.counts[problem.kind] += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)

    def to_json(self) -> dict[str, Any]:
        """As ``recheck --json`` prints it."""
        return {
            "ok": self.ok, "size": self.size, "oracle": self.oracle,
            "expected": self.expected, "rows": self.rows,
            **{verdict: self.verdicts[verdict] for verdict in ("halts", "loops", "unknown")},
            "missing": self.counts["missing"], "duplicated": self.counts["duplicated"],
            "out_of_order": self.counts["out of order"], "altered": self.counts["altered"],
            "digest": self.digest, "digest_matches": self.digest_matches,
            "problems": [problem.to_json() for problem in self.problems],
        }


def recheck(
    path: Path,
    *,
    workers: int | None = None,
    gas: int = ORACLE_GAS,
    accept_unknown: bool = False,
    progress: Callable[[Event], None] | None = None,
) -> Findings:
    """Verify a file that ``jump --out`` wrote.

    ``workers``, ``gas``, ``accept_unknown``: as for
    :func:`checks.machine.jump.table.decide_jump`; the oracle is read anew. Raises
    :class:`BadInput` for a file that is no such table, or is one for an oracle that is now another.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(
            f"cannot read it: {error.strerror}", where=str(path), expected="a table's file"
        ) from None
    try:
        about, columns = _opened(content)
        named = read_oracle(
            about["oracle"], workers=workers, gas=gas, accept_unknown=accept_unknown,
            progress=progress,
        )
        if named.identity != about["identity"]:
            raise BadInput(
                f"made relative to another oracle than {about['oracle']!r} is now",
                expected="the same oracle",
            )
        task = _Task(about["size"], about["oracle"], gas, accept_unknown)
        programs = Enumeration(max(1, task.size - 2), Forest())
        counts = [programs.programs(n) for n in range(1, task.size + 1)]
        found = Findings(task.size, task.oracle, sum(counts))
        placing = _Placing(programs, counts, found)
        tell = progress or (lambda event: None)
        pace = Pace("checking", task.oracle, max(found.expected, 1), tell)
        placed = placing.pieces(columns)
        for piece, (verdicts, problems) in spread(
            _check, placed, prepare=_prepare, arguments=(task,),
            workers=workers or (1 if found.expected <= UNIT else os.cpu_count() or 1),
        ):
            found.verdicts.update(verdicts)
            for problem in problems:
                found.add(problem)
            pace.add(len(piece.rows))
        placing.finish()
        found.problems.sort(key=lambda problem: (problem.row is None, problem.row or 0))
        found.digest = placing.digest()
        found.digest_matches = found.digest == about["digest"]
    except BadInput as error:
        if error.where:
            raise
        raise BadInput(error.what, where=str(path), expected=error.expected) from None
    return found


def _opened(content: bytes) -> tuple[dict[str, Any], Iterator[RecordBatch]]:
    require_readable(content)
    metadata, columns = read_batches(io.BytesIO(content))
    try:
        about = json.loads(metadata["jumpbound"])
        right = (
            about["format"] == FORMAT
            and type(about["size"]) is int
            and 1 <= about["size"] <= LARGEST_SIZE
            and all(isinstance(about[key], str) for key in ("oracle", "identity", "digest"))
        )
    except (KeyError, TypeError, ValueError, RecursionError):
        right = False
    if not right:
        raise BadInput("not a table of the bounded jump", expected="what `jump --out` writes")
    return about, columns


@dataclass(frozen=True, slots=True)
class _Piece:
    """Rows whose programs are the ``begin``-th of a size and those after it, with the first row's
    place in the file."""

    first: int
    size: int
    begin: int
    rows: list[Row]


class _Placing:
    """Which program each row of a file is about, and what is wrong with their order."""

    def __init__(self, programs: Enumeration, counts: list[int], found: Findings) -> None:
        self.programs = programs
        self.found = found
        self.starts = [0]
        for count in counts:
            self.starts.append(self.starts[-1] + count)
        self.seen = bytearray(found.expected)
        self.following = 0  # the program after that of the last row
        self.texts_of: tuple[int, int] | None = None
        self.texts: list[str] = []
        self.digests: list[str] = []
        self.unit: list[Row] = []
        self.unit_size = 0

    def pieces(self, columns: Iterable[RecordBatch]) -> Iterator[_Piece]:
        """The rows that are about a program, in pieces of neighbours."""
        piece: _Piece | None = None
        for batch in columns:
            for row, of_size in _rows(batch):
                number = self.found.rows
                self.found.rows += 1
                place = self._place(row, of_size, number)
                if place is None:
                    continue
                begin = place - self.starts[of_size - 1]
                neighbour = (
                    piece is not None
                    and piece.size == of_size
                    and piece.begin + len(piece.rows) == begin
                    and piece.first + len(piece.rows) == number
                    and len(piece.rows) < UNIT
                )
                if piece is None or not neighbour:
                    if piece is not None:
                        yield piece
                    piece = _Piece(number, of_size, begin, [])
                piece.rows.append(row)
        if piece is not None:
            yield piece

    def _place(self, row: Row, of_size: int, number: int) -> int | None:
        """Which of all programs a row is about; none if it is about none that is looked for."""
        self._count(row, of_size)
        place = self.following
        if row.code != self._expected(place) or of_size != self._size(place):
            found = self._found(row.code, of_size)
            if found is None:
                what = f"{row.code:.100} is not how a program of size {of_size} is written"
                self.found.add(Problem("altered", number, what))
                return None
            if found < place and not self.seen[found]:
                self.found.add(Problem("out of order", number, f"{row.code:.100} is too late"))
            place = found
        if self.seen[place]:
            self.found.add(Problem("duplicated", number, f"{row.code:.100} is there already"))
            return None
        self.seen[place] = 1
        self.following = place + 1
        return place

    def _size(self, place: int) -> int:
        return next((n for n, end in enumerate(self.starts) if place < end), 0)

    def _expected(self, place: int) -> str:
        """The code of a program by its place among all."""
        if place >= self.found.expected:
            return ""
        of_size = self._size(place)
        at = place - self.starts[of_size - 1]
        unit = at - at % UNIT
        if (of_size, unit) != self.texts_of:
            self.texts_of = (of_size, unit)
            end = min(unit + UNIT, self.programs.programs(of_size))
            self.texts = list(self.programs.texts(self.programs.rows(of_size, unit, end)))
        return self.texts[at - unit]

    def _found(self, text: str, of_size: int) -> int | None:
        # No part of so small a program is a large number, which would be a large tree.
        if len(text) > LONGEST_CODE or re.search("[0-9]{3}", text):
            return None
        try:
            tree = parse_tree(text)
            program = decode(tree)
            if code(program) != tree or size(program) != of_size or of_size >= len(self.starts):
                return None
            if format_tree(tree, style="numbers") != text:
                return None
            _, index = self.programs.place(program)
        except ValueError:
            return None
        return self.starts[of_size - 1] + index

    def _count(self, row: Row, of_size: int) -> None:
        """Digest the rows in units as they were written."""
        if len(self.unit) == UNIT or self.unit_size != of_size:
            self._close()
        self.unit.append(row)
        self.unit_size = of_size

    def _close(self) -> None:
        if self.unit:
            self.digests.append(digest_of(self.unit, self.unit_size))
            self.unit = []

    def digest(self) -> str:
        """The digest of all rows, as :func:`checks.machine.jump.store.joined` has it."""
        self._close()
        return hashlib.sha256("".join(self.digests).encode()).hexdigest()

    def finish(self) -> None:
        """Report the programs that no row is about."""
        at = self.seen.find(0)
        while at >= 0 and len(self.found.problems) < MOST_PROBLEMS:
            self.found.add(Problem("missing", None, self._expected(at)))
            at = self.seen.find(0, at + 1)
        if at >= 0:
            self.found.counts["missing"] += self.seen.count(0, at)


def _rows(batch: RecordBatch) -> Iterator[tuple[Row, int]]:
    wanted, given = _columns(SCHEMA), _columns(batch.schema)
    if given != wanted:
        raise BadInput(f"columns {given:.200}", expected=wanted)
    columns = [batch.column(name).to_pylist() for name in SCHEMA.names]
    for text, of_size, verdict, steps, certificate in zip(*columns, strict=True):
        yield Row(text or "", verdict, steps, certificate or ""), of_size or 0


def _columns(schema: Schema) -> str:
    fields = (schema.field(place) for place in range(len(schema.names)))
    return ", ".join(
        f"{field.name} {str(field.type).strip().removeprefix('arro3.core.DataType')}"
        for field in fields
    )


@dataclass(frozen=True, slots=True)
class _Task:
    """What a worker needs to know. Oracles don't travel: each worker reads its own."""

    size: int
    oracle: str
    gas: int
    accept_unknown: bool


_worker: tuple[Enumeration, Checker] | None = None


def _prepare(task: _Task) -> None:
    global _worker
    named = read_oracle(task.oracle, workers=1, gas=task.gas, accept_unknown=task.accept_unknown)
    _worker = Enumeration(max(1, task.size - 2), Forest()), Checker(named.oracle)


def _check(piece: _Piece) -> tuple[Counter[str], list[Problem]]:
    assert _worker is not None
    programs, checker = _worker
    rows = programs.rows(piece.size, piece.begin, piece.begin + len(piece.rows))
    verdicts: Counter[str] = Counter()
    problems = []
    for i, row in enumerate(piece.rows):
        program = programs.made(rows, i)
        try:
            if row.verdict == "unknown":
                if row.steps is not None or not _is_reason(row.certificate):
                    raise Rejected("an unknown program with steps, or without a reason")
            else:
                certificate = _parsed(row.certificate)
                steps = certificate.steps if isinstance(certificate, Halting) else None
                if row.steps != steps:
                    raise Rejected(
                        f"steps {_said(row.steps)}, but the certificate has {_said(steps)}"
                    )
                verdict = checker.check_on_own_code(program, certificate)
                if verdict != row.verdict:
                    raise Rejected(f"the certificate shows that it {verdict}")
            verdicts[row.verdict] += 1
        except (Rejected, OracleUndecided) as error:
            problems.append(Problem("altered", piece.first + i, f"{program!r}: {error}"))
    return verdicts, problems


def _said(steps: int | None) -> str:
    return "none" if steps is None else str(steps)


def _is_reason(text: str) -> bool:
    try:
        data = json.loads(text)
        return data["kind"] == "none" and isinstance(data["reason"], str)
    except (ValueError, RecursionError, TypeError, KeyError):
        return False


@lru_cache(maxsize=10_000)
def _parsed(text: str) -> Certificate:
    try:
        certificate = from_json(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise Rejected(f"no certificate: {error!s:.200}") from None
    most = MOST_REPLAYED if isinstance(certificate, Halting) else MOST_STEPS
    if max(certificate.steps, getattr(certificate, "period", 0)) > most:
        raise Rejected(f"it would take more than {most} steps to check")
    if isinstance(certificate, Looping) and len(certificate.transitions) > MOST_TRANSITIONS:
        raise Rejected(f"it has more than {MOST_TRANSITIONS} transitions")
    return certificate
