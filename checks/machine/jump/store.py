"""Decided units on disk, so that work once done is not done again.

*Definitions*: :class:`Summary`, what a unit comes to; :class:`Store`, a folder of units;
:data:`SCHEMA` and :func:`batch`, rows as columns; :func:`digest_of`.

A unit is a Parquet file with its summary beside it, written last, with a seal of both. The folder's
name is a digest of the oracle and of the source that decides, so what another version found is not
mixed in. A unit that does not match its seal counts as absent.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from arro3.core import Array, DataType, Field, RecordBatch, Schema

from checks.files import CACHE_PLACE, make_folder, remove_file, write_whole
from checks.machine.jump.columns import parquet_bytes, read_batches
from checks.machine.jump.unit import Row, Unit

SCHEMA = Schema([
    Field("code", DataType.string(), nullable=False),
    Field("size", DataType.int32(), nullable=False),
    Field("verdict", DataType.string(), nullable=False),
    Field("steps", DataType.int64(), nullable=True),
    Field("certificate", DataType.string(), nullable=False),
])
"""One row a program. ``code`` is a tree with numerals as numbers; ``steps`` is null unless it
halts; ``certificate`` is JSON, with the reason if the verdict is unknown."""

MOST_LISTED = 1_000
"""Unknown programs that a summary lists."""

LONGEST = 5
"""Longest halting runs that a summary lists."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a unit, or a table, comes to.

    ``digest``: of the rows; ``longest``: the halting programs with most steps, as pairs of steps
    and code; ``unknown_codes``: the first of them; ``kinds``: loops by kind of certificate.
    """

    programs: int
    halts: int
    loops: int
    unknown: int
    max_steps: int
    total_steps: int
    digest: str
    longest: list[tuple[int, str]]
    unknown_codes: list[str]
    kinds: dict[str, int]


def digest_of(rows: Iterable[Row], size: int) -> str:
    """A digest of rows, whatever file they are in: SHA-256 of their lines."""
    lines = (
        f"{row.code}\t{size}\t{row.verdict}\t{'' if row.steps is None else row.steps}"
        f"\t{row.certificate}\n"
        for row in rows
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@cache
def kind_of(certificate: str) -> str:
    """A few words for a looping certificate: its kind, and the number of an automaton's classes."""
    data = json.loads(certificate)
    if data["kind"] != "automaton":
        return str(data["kind"])
    classes = 1 + max((max(row) for row in data["transitions"]), default=0)
    return f"automaton, {classes} classes"


def summarised(rows: Sequence[Row], size: int) -> Summary:
    """The summary of a unit's rows."""
    steps = [(row.steps, row.code) for row in rows if row.steps is not None]
    unknown = [row.code for row in rows if row.verdict == "unknown"]
    loops = [row.certificate for row in rows if row.verdict == "loops"]
    return Summary(
        programs=len(rows), halts=len(steps), loops=len(loops), unknown=len(unknown),
        max_steps=max((taken for taken, _ in steps), default=0),
        total_steps=sum(taken for taken, _ in steps),
        digest=digest_of(rows, size),
        longest=longest(steps),
        unknown_codes=unknown[:MOST_LISTED],
        kinds=dict(sorted(Counter(map(kind_of, loops)).items())),
    )


def longest(steps: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """The pairs with most steps, of equal ones the first."""
    return sorted(steps, key=lambda pair: -pair[0])[:LONGEST]


def joined(parts: Sequence[Summary]) -> Summary:
    """The summary of units together; its digest is that of their digests."""
    kinds: Counter[str] = Counter()
    for part in parts:
        kinds.update(part.kinds)
    return Summary(
        programs=sum(part.programs for part in parts),
        halts=sum(part.halts for part in parts),
        loops=sum(part.loops for part in parts),
        unknown=sum(part.unknown for part in parts),
        max_steps=max((part.max_steps for part in parts), default=0),
        total_steps=sum(part.total_steps for part in parts),
        digest=hashlib.sha256("".join(part.digest for part in parts).encode()).hexdigest(),
        longest=longest(pair for part in parts for pair in part.longest),
        unknown_codes=[code for part in parts for code in part.unknown_codes],
        kinds=dict(sorted(kinds.items())),
    )


def batch(rows: Sequence[Row], size: int) -> RecordBatch:
    """The rows as columns."""
    columns = [
        Array([row.code for row in rows], type=DataType.string()),
        Array([size] * len(rows), type=DataType.int32()),
        Array([row.verdict for row in rows], type=DataType.string()),
        Array([row.steps for row in rows], type=DataType.int64()),
        Array([row.certificate for row in rows], type=DataType.string()),
    ]
    return RecordBatch.from_arrays(columns, schema=SCHEMA)


class Store:
    """The finished units relative to one oracle.

    ``identity`` is a text that is different for different oracles.
    """

    def __init__(self, folder: Path, identity: str) -> None:
        name = hashlib.sha256(f"{_source()}\n{identity}".encode()).hexdigest()[:32]
        self.folder = folder / "jump" / name

    def _path(self, unit: Unit) -> Path:
        return self.folder / f"{unit.size:02}-{unit.begin:09}-{unit.end:09}.parquet"

    def has(self, unit: Unit) -> bool:
        """Whether a unit seems to be finished; :meth:`find` makes sure."""
        return self._path(unit).with_suffix(".json").exists()

    def find(self, unit: Unit) -> Summary | None:
        """The summary of a finished unit; none if it is not there, or damaged."""
        path = self._path(unit)
        try:
            data = json.loads(path.with_suffix(".json").read_bytes())
            if data.pop("seal") != _seal(data, path.read_bytes()):
                return None
            data["longest"] = [(steps, code) for steps, code in data["longest"]]
            return Summary(**data)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def add(self, unit: Unit, rows: Sequence[Row]) -> Summary:
        """Write a unit. Raises :class:`BadInput` if it cannot be written."""
        make_folder(self.folder, expected=CACHE_PLACE)
        summary = summarised(rows, unit.size)
        content = parquet_bytes(batch(rows, unit.size))
        path = self._path(unit)
        write_whole(path, content, expected=CACHE_PLACE)
        data = asdict(summary)
        sealed = json.dumps({**data, "seal": _seal(data, content)})
        write_whole(path.with_suffix(".json"), sealed, expected=CACHE_PLACE)
        return summary

    def remove(self, unit: Unit) -> None:
        """Forget a unit. Raises :class:`BadInput` if it cannot be removed."""
        remove_file(self._path(unit).with_suffix(".json"), expected=CACHE_PLACE)
        remove_file(self._path(unit), expected=CACHE_PLACE)

    def batches(self, unit: Unit) -> Iterable[RecordBatch]:
        """A finished unit's rows."""
        return read_batches(io.BytesIO(self._path(unit).read_bytes()))[1]


def _seal(summary: dict[str, Any], content: bytes) -> str:
    return hashlib.sha256(json.dumps(summary).encode() + content).hexdigest()


@cache
def _source() -> str:
    """A digest of the source that decides: models, search, checker and oracles."""
    root = Path(__file__).parents[3]
    files = sorted([
        *root.glob("models/*.py"), *root.glob("models/machine/*.py"),
        root / "checks/machine/certificate.py", root / "checks/machine/oracles.py",
        *root.glob("checks/machine/decide/*.py"), *root.glob("checks/machine/jump/*.py"),
    ])
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


