"""Damaged tables of the bounded jump: what was changed is reported, or the file is refused."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from arro3.core import Array, DataType, Field, RecordBatch, Schema
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.machine.decide import search
from checks.machine.jump import Findings, decide_jump, recheck, unit
from checks.machine.jump.columns import read_batches, write_batches
from checks.machine.jump.recheck import MOST_PROBLEMS, MOST_REPLAYED, MOST_STEPS, MOST_TRANSITIONS
from checks.machine.jump.store import SCHEMA
from checks.machine.oracles import read_oracle
from models.errors import BadInput
from models.machine.program import code, parse_program
from models.machine.tree import format_tree

SIZE = 4
PROGRAMS = 243


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUMPBOUND_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@dataclass(frozen=True)
class Line:
    """A row of a table."""

    code: str | None
    size: int | None
    verdict: str | None
    steps: int | None
    certificate: str | None


@dataclass
class Forged:
    """A table that can be changed, and written with a digest that fits or with the old one."""

    about: dict[str, Any]
    lines: list[Line] = field(default_factory=list)

    def at(self, term: str) -> int:
        """The row of a program."""
        text = format_tree(code(parse_program(term)), style="numbers")
        return next(i for i, line in enumerate(self.lines) if line.code == text)

    def put(self, term: str, **changed: Any) -> None:
        """Change the row of a program."""
        at = self.at(term)
        self.lines[at] = replace(self.lines[at], **changed)

    def sealed(self) -> Forged:
        """With the digest of the rows as they are now: what who forges a table would write."""
        digests = []
        rest = self.lines
        while rest:
            length = next(
                (i for i, line in enumerate(rest) if line.size != rest[0].size), len(rest)
            )
            text = "".join(
                f"{line.code or ''}\t{line.size or 0}\t{line.verdict}\t"
                f"{'' if line.steps is None else line.steps}\t{line.certificate or ''}\n"
                for line in rest[:length]
            )
            digests.append(hashlib.sha256(text.encode()).hexdigest())
            rest = rest[length:]
        self.about["digest"] = hashlib.sha256("".join(digests).encode()).hexdigest()
        return self

    def write(self, path: Path, schema: Schema = SCHEMA, rows_at_once: int = 100_000) -> Path:
        batches = []
        for at in range(0, len(self.lines), rows_at_once):
            lines = self.lines[at : at + rows_at_once]
            columns: list[Sequence[Any]] = [
                [getattr(line, name) for line in lines]
                for name in ("code", "size", "verdict", "steps", "certificate")
            ]
            batches.append(RecordBatch.from_arrays(
                [
                    Array(column, type=schema.field(i).type)
                    for i, column in enumerate(columns)
                ],
                schema=schema,
            ))
        write_batches(path, schema, batches, {"jumpbound": json.dumps(self.about)})
        return path


NULLABLE = Schema([
    Field("code", DataType.string()), Field("size", DataType.int32()),
    Field("verdict", DataType.string()), Field("steps", DataType.int64()),
    Field("certificate", DataType.string()),
])


def opened(content: bytes) -> Forged:
    metadata, batches = read_batches(io.BytesIO(content))
    lines = [
        Line(*row)
        for batch in batches
        for row in zip(*(batch.column(i).to_pylist() for i in range(5)), strict=True)
    ]
    return Forged(json.loads(metadata["jumpbound"]), lines)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, cache: None) -> bytes:
    """A table's file."""
    path = tmp_path_factory.mktemp("table") / "table.parquet"
    decide_jump(SIZE, "set:nil", workers=1).write(path)
    return path.read_bytes()


@pytest.fixture
def table(whole: bytes) -> Forged:
    return opened(whole)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "table.parquet"


MODULE = "checks.machine.jump.recheck"


def found_in(forged: Forged, path: Path, **more: Any) -> Findings:
    forged.write(path, **more)
    with pytest.MonkeyPatch.context() as patch:
        # It takes a process to see that a file can be read, which is clear of this one.
        patch.setattr(sys.modules[MODULE], "require_readable", lambda content: None)
        return recheck(path, workers=1)


def problems(found: Findings) -> list[tuple[str, int | None]]:
    return [(problem.kind, problem.row) for problem in found.problems]


# As written


def test_an_untouched_table(whole: bytes, table: Forged, path: Path) -> None:
    path.write_bytes(whole)
    for workers in (1, 2):
        found = recheck(path, workers=workers)
        assert found.ok and found.digest_matches
        assert (found.rows, found.expected) == (PROGRAMS, PROGRAMS)
        assert found.verdicts == {"halts": 234, "loops": 9}
        assert (problems(found), found.counts) == ([], {})
        assert (found.size, found.oracle) == (SIZE, "set:nil")
    digest = table.about["digest"]
    assert table.sealed().about["digest"] == digest == found.digest
    assert found_in(table, path).ok
    # Other tools may group the rows otherwise.
    assert found_in(table, path, rows_at_once=7).ok
    assert found_in(table, path, schema=NULLABLE).ok


def test_a_table_of_many_units(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit, "UNIT", 50)
    made = decide_jump(SIZE, "full", workers=1)
    made.write(path)
    assert not recheck(path, workers=1).digest_matches
    monkeypatch.setattr(sys.modules[MODULE], "UNIT", 50)
    found = recheck(path, workers=2)
    assert found.ok and found.digest == made.summary.digest


# Rows


def both(forged: Forged, path: Path) -> Findings:
    """What is found, with the old digest; with a new one it is the same but for the digest."""
    found = found_in(forged, path)
    assert not found.ok and not found.digest_matches
    again = found_in(forged.sealed(), path)
    assert not again.ok and again.digest_matches
    assert again.problems == found.problems
    assert again.counts == found.counts
    return found


@pytest.mark.parametrize("at", [0, 5, 100, 242])
def test_a_row_removed(table: Forged, path: Path, at: int) -> None:
    gone = table.lines.pop(at)
    found = both(table, path)
    assert [(p.kind, p.row, p.what) for p in found.problems] == [("missing", None, gone.code)]
    assert found.rows == PROGRAMS - 1


@pytest.mark.parametrize("at", [0, 5, 100, 242])
@pytest.mark.parametrize("to", [0, 1, 101, 243])
def test_a_row_duplicated(table: Forged, path: Path, at: int, to: int) -> None:
    table.lines.insert(to, table.lines[at])
    found = both(table, path)
    assert found.rows == PROGRAMS + 1
    kinds = {kind for kind, _ in problems(found)}
    assert "duplicated" in kinds and kinds <= {"duplicated", "out of order"}
    assert found.counts["duplicated"] == 1
    if to in (at, at + 1):
        assert problems(found) == [("duplicated", at + 1)]


@pytest.mark.parametrize(("at", "other"), [(0, 1), (7, 8), (7, 200), (0, 242), (90, 240)])
def test_two_rows_swapped(table: Forged, path: Path, at: int, other: int) -> None:
    table.lines[at], table.lines[other] = table.lines[other], table.lines[at]
    found = both(table, path)
    assert set(found.counts) == {"out of order"}
    assert {row for _, row in problems(found)} <= set(range(at, other + 1))


def test_rows_in_another_order(table: Forged, path: Path) -> None:
    table.lines.reverse()
    found = both(table, path)
    assert found.counts == {"out of order": PROGRAMS - 1}
    assert len(found.problems) == MOST_PROBLEMS


def test_extra_rows(table: Forged, path: Path) -> None:
    extra = Line("<5.<<1.0>.<6.<1.1>>>>", 5, "halts", 8, '{"kind":"replay","steps":8}')
    table.lines += [extra, extra]
    found = both(table, path)
    assert problems(found) == [("altered", PROGRAMS), ("altered", PROGRAMS + 1)]


def test_all_rows_removed(table: Forged, path: Path) -> None:
    table.lines.clear()
    found = both(table, path)
    assert found.counts == {"missing": PROGRAMS}
    assert [p.what for p in found.problems[:3]] == ["1", "<1.0>", "<2.0>"]


def test_a_claimed_size_of_many_programs_takes_no_time(table: Forged, path: Path) -> None:
    table.lines.clear()
    table.about["size"] = 9
    began = time.perf_counter()
    found = found_in(table, path)
    assert found.counts == {"missing": 6_518_681}
    assert len(found.problems) == MOST_PROBLEMS
    assert time.perf_counter() - began < 15


LOOP = "while(id, id)"
HALT = "while(id, tl)"


@pytest.mark.parametrize(
    ("term", "changed", "said"),
    [
        (HALT, {"verdict": "loops"}, "the certificate shows that it halts|steps"),
        (HALT, {"verdict": "loops", "steps": None}, "steps none, but the certificate has 15"),
        (LOOP, {"verdict": "halts"}, "the certificate shows that it loops"),
        (LOOP, {"verdict": "halts", "steps": 4}, "steps 4, but the certificate has none"),
        (HALT, {"verdict": "maybe"}, "the certificate shows that it halts"),
        (HALT, {"verdict": ""}, "the certificate shows that it halts"),
        (HALT, {"steps": 14}, "steps 14, but the certificate has 15"),
        (HALT, {"steps": None}, "steps none, but"),
        (HALT, {"steps": -15}, "steps -15, but"),
        (LOOP, {"steps": 3}, "steps 3, but the certificate has none"),
        (HALT, {"certificate": '{"kind":"replay","steps":14}', "steps": 14}, "not over after 14"),
        (HALT, {"certificate": '{"kind":"replay","steps":16}', "steps": 16}, "takes 15 steps"),
        (HALT, {"verdict": "unknown"}, "an unknown program with steps"),
        (HALT, {"verdict": "unknown", "steps": None}, "an unknown program with"),
        (LOOP, {"verdict": "unknown"}, "an unknown program with"),
        (LOOP, {"verdict": "unknown", "certificate": ""}, "an unknown program"),
        (LOOP, {"certificate": ""}, "no certificate"),
        (LOOP, {"certificate": "loops"}, "no certificate"),
        (LOOP, {"certificate": "null"}, "no certificate"),
        (LOOP, {"certificate": "[]"}, "no certificate"),
        (LOOP, {"certificate": '{"kind":"none","reason":"lost"}'}, "no certificate"),
        (LOOP, {"certificate": '{"kind":"cycle","steps":0}'}, "no certificate"),
        (LOOP, {"certificate": '{"kind":"cycle","steps":0,"period":3}'}, "in another state"),
        (LOOP, {"certificate": '{"kind":"cycle","steps":-4,"period":4}'}, "no negative number"),
        (LOOP, {"certificate": '{"kind":"automaton","steps":0,"transitions":[]}'}, "leaves a poss"),
        (HALT, {"certificate": '{"kind":"cycle","steps":0,"period":4}', "steps": None,
                "verdict": "loops"}, "in another state"),
    ],
)
def test_a_row_altered(
    table: Forged, path: Path, term: str, changed: dict[str, Any], said: str
) -> None:
    at = table.at(term)
    table.put(term, **changed)
    found = both(table, path)
    (problem,) = found.problems
    assert (problem.kind, problem.row) == ("altered", at)
    assert problem.what.startswith(f"{term}: ")
    assert re.search(said, problem.what)


def test_certificates_of_other_rows(table: Forged, path: Path) -> None:
    """No program that halts is shown to loop by what shows it for another one."""
    loops = sorted({line.certificate or "" for line in table.lines if line.verdict == "loops"})
    halting = [i for i, line in enumerate(table.lines) if line.verdict == "halts"]
    for turn in range(len(loops)):
        for i in halting:
            table.lines[i] = replace(
                table.lines[i], verdict="loops", steps=None,
                certificate=loops[(turn + i) % len(loops)],
            )
        found = both(table, path)
        assert found.counts == {"altered": len(halting)}
        assert found.verdicts == {"loops": 9}


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("<8.<1.<2.0>>", 3), ("", 3), (None, 3), ("nonsense", 3), ("nil", 3), ("<9.0>", 3),
        ("<8.<1.<2.0>>>", 4), ("<8.<1.<2.0>>>", 2), ("<8.<1.<2.0>>>", 0), ("<8.<1.<2.0>>>", -3),
        ("<8.<1.<2.0>>>", None), ("<8.<1.<2.0>>>", 2**31 - 1), ("<8.<1.<2.1>>>", 3),
        ("<8.<1.2>>", 3), ("<4.<0.<1.<0.0>>>>", 3), ("<5.<<1.0>.<6.<1.1>>>>", 5),
        ("10000000", 3), ("99999999999999", 3), ("<4.10000000>", 3), ("<" * 1_000_000, 3),
        # The same code in another form: whoever compares texts would not find it.
        ("<8.<1.<2.nil>>>", 3), ("<8.<<0.0>.<2.0>>>", 3), (" <8.<1.<2.0>>>", 3),
        ("[8, 1, 2]", 3), ("<8.<1.<2.0>>>\n", 3),
    ],
)
def test_a_code_altered(table: Forged, path: Path, text: str | None, size: int | None) -> None:
    at = table.at(HALT)
    table.put(HALT, code=text, size=size)
    began = time.perf_counter()
    for forged in (table, table.sealed()):
        found = found_in(forged, path, schema=NULLABLE)
        assert not found.ok
        assert ("altered", at) in problems(found)
        assert found.counts == {"altered": 1, "missing": 1}
    assert time.perf_counter() - began < 5


def test_an_honest_unknown_is_counted(table: Forged, path: Path) -> None:
    reason = '{"kind":"none","reason":"no automaton was found"}'
    table.put(LOOP, verdict="unknown", certificate=reason)
    assert not found_in(table, path).ok
    found = found_in(table.sealed(), path)
    assert found.verdicts["unknown"] == 1
    assert not found.problems


@st.composite
def changes(draw: st.DrawFn) -> Callable[[Forged], None]:
    """A change of a few rows, such that some row is not as it was."""
    kind = draw(st.sampled_from(["drop", "copy", "swap", "field", "certificate"]))
    at = draw(st.integers(0, PROGRAMS - 1))
    other = draw(st.integers(0, PROGRAMS - 1).filter(lambda place: place != at))
    name = draw(st.sampled_from(["code", "size", "verdict", "steps", "certificate"]))

    def change(forged: Forged) -> None:
        lines = forged.lines
        here, there = min(at, len(lines) - 1), lines[min(other, len(lines) - 1)]
        if kind == "drop":
            del lines[here]
        elif kind == "copy":
            lines.insert(here, there)
        elif kind == "swap":
            lines[lines.index(there)], lines[here] = lines[here], there
        elif kind == "field":
            lines[here] = replace(lines[here], **{name: getattr(there, name)})
        else:
            lines[here] = replace(
                lines[here], verdict=there.verdict, steps=there.steps,
                certificate=there.certificate,
            )

    return change


@settings(max_examples=60, deadline=None)
@given(st.lists(changes(), min_size=1, max_size=3), st.booleans())
def test_changed_rows_are_found(
    whole: bytes, tmp_path_factory: pytest.TempPathFactory,
    made: list[Callable[[Forged], None]], seals: bool,
) -> None:
    original = opened(whole)
    forged = opened(whole)
    for change in made:
        change(forged)
    path = tmp_path_factory.mktemp("changed") / "table.parquet"
    found = found_in(forged.sealed() if seals else forged, path)
    if forged.lines == original.lines:
        assert found.ok
        return
    assert found.digest_matches is seals
    if found.ok:
        # Another certificate can show the same; but what it shows is as it was.
        assert seals
        assert [replace(line, certificate=None) for line in forged.lines] == [
            replace(line, certificate=None) for line in original.lines
        ]


# Hostile certificates


@pytest.mark.parametrize(
    "certificate",
    [
        '{"kind":"replay","steps":1000000000000000000}',
        f'{{"kind":"replay","steps":{"9" * 4_000}}}',
        f'{{"kind":"replay","steps":{"9" * 5_000}}}',
        '{"kind":"replay","steps":1e3}',
        '{"kind":"replay","steps":NaN}',
        '{"kind":"replay","steps":Infinity}',
        '{"kind":"replay","steps":-1000000000000000000}',
        '{"kind":"replay","steps":true}',
        '{"kind":"cycle","steps":0,"period":1000000000000000000}',
        '{"kind":"cycle","steps":1000000000000000000,"period":4}',
        '{"kind":"cycle","steps":10000000,"period":4}',
        '{"kind":"cycle","steps":0,"period":10000000}',
        '{"kind":"cycle","steps":NaN,"period":4}',
        '{"kind":"automaton","steps":1000000000000000000,"transitions":[]}',
        '{"kind":"automaton","steps":10000000,"transitions":[]}',
        '{"kind":"automaton","steps":0,"transitions":[[0,0,NaN]]}',
        '{"kind":"automaton","steps":0,"transitions":[[0,0]]}',
        '{"kind":"automaton","steps":0,"transitions":[[0,0,1,2]]}',
        '{"kind":"automaton","steps":0,"transitions":{"0":0}}',
        '{"kind":"automaton","steps":0,"transitions":"000"}',
        '{"kind":"automaton","steps":0,"transitions":7}',
        f'{{"kind":"automaton","steps":0,"transitions":[[0,0,{"9" * 4_000}]]}}',
        json.dumps({
            "kind": "automaton", "steps": 0,
            "transitions": [[a, b, (a + b) % 60] for a in range(60) for b in range(60)],
        }),
        "[" * 1_000_000,
        '{"a":' * 200_000,
        '{"kind":' + "[" * 100_000 + "]" * 100_000 + "}",
        '"' + "x" * 5_000_000,
        "\x00",
        '{"kind":"replay","steps":15}' + " " * 10 + "{}",
    ],
    ids=lambda text: text[:50],
)
def test_a_hostile_certificate_is_refused_soon(
    table: Forged, path: Path, certificate: str
) -> None:
    wanted = {HALT, LOOP, "while(hd, id)"}
    for term in wanted:
        table.put(term, certificate=certificate, verdict="loops", steps=None)
    began = time.perf_counter()
    found = found_in(table.sealed(), path)
    assert time.perf_counter() - began < 5
    assert found.counts == {"altered": len(wanted)}
    assert all(len(problem.what) < 500 for problem in found.problems)


def test_what_the_search_writes_is_not_refused_as_hostile() -> None:
    from checks.machine.decide.classes import cut_off
    from checks.machine.decide.prepared import DEPTHS

    assert MOST_REPLAYED >= unit.LONG
    assert MOST_STEPS >= unit.WATCHED and MOST_STEPS >= search.GAS
    assert MOST_TRANSITIONS >= cut_off(max(DEPTHS)).delta.size


# What the file says about itself


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"digest": "0" * 64}, None),
        ({"digest": ""}, None),
        ({"size": 3}, None),
        ({"size": 5}, None),
        ({"size": 0}, "not a table"),
        ({"size": 11}, "not a table"),
        ({"size": True}, "not a table"),
        ({"size": 4.0}, "not a table"),
        ({"size": "4"}, "not a table"),
        ({"size": None}, "not a table"),
        ({"size": 10**30}, "not a table"),
        ({"digest": None}, "not a table"),
        ({"format": 2}, "not a table"),
        ({"format": None}, "not a table"),
        ({"oracle": "empty"}, "another oracle"),
        ({"oracle": "full"}, "another oracle"),
        ({"oracle": "jump:2"}, "another oracle"),
        ({"oracle": "jump"}, "another oracle"),
        ({"oracle": "set:1"}, "another oracle"),
        ({"oracle": ""}, "unknown oracle"),
        ({"oracle": "generic"}, "unknown oracle"),
        ({"oracle": "jump/" * 5_000}, "levels|no oracle"),
        ({"oracle": f"jump:{'1' * 5_000}"}, "size"),
        ({"oracle": "while:/no/such/file"}, "cannot read"),
        ({"oracle": "while:/dev/zero"}, "cannot read|1,000,000"),
        ({"oracle": "set:" + "<" * 100_000}, "the text ends"),
        ({"oracle": ["set:nil"]}, "not a table"),
        ({"identity": "x"}, "another oracle"),
        ({"identity": None}, "not a table"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_another_statement_about_the_table(
    table: Forged, path: Path, changed: dict[str, Any], said: str | None
) -> None:
    table.about |= changed
    if said is None:
        assert not found_in(table, path).ok
        return
    with pytest.raises(BadInput, match=said) as refused:
        found_in(table, path)
    assert len(str(refused.value)) < 1_000 + len(str(path))


def test_a_table_relative_to_another_oracle_is_refused(table: Forged, path: Path) -> None:
    """With all it says of the oracle changed too, the rows show it."""
    other = read_oracle("full")
    table.about |= {"oracle": other.spec, "identity": other.identity}
    found = found_in(table.sealed(), path)
    assert not found.ok and found.digest_matches
    assert "while(ask, id)" in {problem.what.partition(":")[0] for problem in found.problems}


@pytest.mark.parametrize(
    "metadata",
    [
        {}, {"jumpbound": ""}, {"jumpbound": "null"}, {"jumpbound": "[]"}, {"jumpbound": "{}"},
        {"jumpbound": "{"}, {"jumpbound": "[" * 200_000}, {"jumpbound": '{"size":' * 200_000},
        {"jumpbound": f'{{"format":1,"size":{"1" * 5_000}}}'}, {"other": "{}"},
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_file_that_does_not_say_what_it_is(
    path: Path, whole: bytes, metadata: dict[str, str]
) -> None:
    _, batches = read_batches(io.BytesIO(whole))
    write_batches(path, SCHEMA, batches, metadata)
    with pytest.raises(BadInput, match="not a table of the bounded jump"):
        recheck(path, workers=1)


def strings(name: str, nullable: bool = False) -> Field:
    return Field(name, DataType.string(), nullable=nullable)


@pytest.mark.parametrize(
    "schema",
    [
        Schema([strings("kode"), *(SCHEMA.field(i) for i in range(1, 5))]),
        Schema([SCHEMA.field(i) for i in (1, 0, 2, 3, 4)]),
        Schema([SCHEMA.field(i) for i in (0, 1, 2, 3)]),
        Schema([*(SCHEMA.field(i) for i in range(5)), strings("more", nullable=True)]),
        Schema([SCHEMA.field(0), Field("size", DataType.int64()), *(
            SCHEMA.field(i) for i in (2, 3, 4)
        )]),
        Schema([Field("code", DataType.binary()), *(SCHEMA.field(i) for i in range(1, 5))]),
        Schema([Field("code", DataType.large_string()), *(SCHEMA.field(i) for i in range(1, 5))]),
        Schema([*(SCHEMA.field(i) for i in range(3)), Field("steps", DataType.float64()),
                SCHEMA.field(4)]),
        Schema([strings("x")]),
    ],
    ids=lambda schema: " ".join(f"{name}" for name in schema.names),
)
def test_other_columns(table: Forged, path: Path, schema: Schema) -> None:
    values: dict[str, Any] = {"text": "1", "integer": 1}
    columns = [
        Array(
            [
                None if f.nullable else b"1" if f.type == DataType.binary()
                else values["integer"] if f.type in (DataType.int32(), DataType.int64())
                else values["text"]
            ],
            type=f.type,
        )
        for f in (schema.field(i) for i in range(len(schema.names)))
    ]
    write_batches(
        path, schema, [RecordBatch.from_arrays(columns, schema=schema)],
        {"jumpbound": json.dumps(table.about)},
    )
    with pytest.raises(BadInput, match="columns ") as refused:
        recheck(path, workers=1)
    assert refused.value.expected == (
        "code <Utf8>, size <Int32>, verdict <Utf8>, steps <Int64>, certificate <Utf8>"
    )
    assert "\n" not in str(refused.value)


# Bytes


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, cache: None) -> bytes:
    """The file of a small table."""
    path = tmp_path_factory.mktemp("small") / "table.parquet"
    decide_jump(3, workers=1).write(path)
    return path.read_bytes()


def refused_or_found(content: bytes, original: bytes, path: Path) -> str:
    """What becomes of damaged bytes: never a table that is all right and says something else."""
    path.write_bytes(content)
    try:
        found = recheck(path, workers=1)
    except BadInput as error:
        assert str(path) in str(error) or "oracle" in str(error)
        assert "\n" not in str(error)
        return "refused"
    if not found.ok:
        return "found"
    assert opened(content).lines == opened(original).lines
    return "the same"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"P", b"PAR1", b"PAR1PAR1", b"PAR1\x00\x00\x00\x00PAR1", b"PAR1\xff\xff\xff\xffPAR1",
        b"PAR1" + b"\xff" * 100 + b"\x10\x00\x00\x00PAR1", b"{}", b"\x00" * 1_000,
        b"some text\n" * 100, Random(0).randbytes(5_000), b"ARROW1\x00\x00",
    ],
    ids=lambda content: repr(content[:12]),
)
def test_no_parquet_file(content: bytes, path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path.write_bytes(content)
    with pytest.raises(BadInput, match="not a readable Parquet file"):
        recheck(path, workers=1)
    assert capfd.readouterr() == ("", "")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_bytes_flipped_dropped_or_added(
    small: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(small)
    for _ in range(data.draw(st.integers(1, 2))):
        at = data.draw(st.integers(0, len(content) - 1))
        kind = data.draw(st.sampled_from(["flip", "flip", "flip", "drop", "add", "cut"]))
        if kind == "flip":
            content[at] ^= data.draw(st.integers(1, 255))
        elif kind == "drop":
            del content[at : at + data.draw(st.integers(1, 20))]
        elif kind == "add":
            content[at:at] = data.draw(st.binary(min_size=1, max_size=20))
        elif at:
            del content[at:]
    path = tmp_path_factory.mktemp("bytes") / "table.parquet"
    refused_or_found(bytes(content), small, path)


READ_ALL = """
import io, os, sys
from arro3.io import read_parquet
content = sys.stdin.buffer.read()
silent = os.open(os.devnull, os.O_WRONLY)
found = []
for at in range(len(content)):
    child = os.fork()
    if child == 0:
        os.dup2(silent, 2)
        try:
            for batch in read_parquet(io.BytesIO(
                content[:at] + bytes([content[at] ^ 255]) + content[at + 1:]
            )):
                pass
        finally:
            os._exit(0)
    if os.WIFSIGNALED(os.waitpid(child, 0)[1]):
        found.append(at)
        break
print(*found)
"""


def test_bytes_on_which_the_library_ends_the_process(small: bytes, path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", READ_ALL], input=small, capture_output=True, check=True,
        env={**os.environ, "RUST_BACKTRACE": "0"},
    )
    for at in map(int, ran.stdout.split()):
        damaged = small[:at] + bytes([small[at] ^ 255]) + small[at + 1 :]
        assert refused_or_found(damaged, small, path) == "refused"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file(small: bytes, path: Path, share: float) -> None:
    assert refused_or_found(small[: int(len(small) * share)], small, path) == "refused"
    assert refused_or_found(small[int(len(small) * (1 - share)) :], small, path) == "refused"


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot read it"):
        recheck(tmp_path)
    with pytest.raises(BadInput, match="cannot read it: No such file"):
        recheck(tmp_path / "nothing")


# Oracles that do not answer


def test_a_row_whose_run_asks_what_is_undecided(tmp_path: Path, path: Path) -> None:
    """It can't be shown to halt; the other rows are checked all the same."""
    program = tmp_path / "slow.while"
    program.write_text("slow read X { while X { X := X } } write X")
    oracle = f"while:{program}"
    decide_jump(3, oracle, workers=1, gas=50).write(path)
    found = recheck(path, workers=1, gas=50)
    assert found.ok and found.verdicts["unknown"] > 0
    forged = opened(path.read_bytes())
    forged.put("ask", verdict="halts", steps=1, certificate='{"kind":"replay","steps":1}')
    forged.put("id", steps=2, certificate='{"kind":"replay","steps":2}')
    found = recheck(forged.sealed().write(path), workers=1, gas=50)
    assert found.counts == {"altered": 2}
    with pytest.raises(BadInput, match="another oracle"):
        recheck(path, workers=1, gas=51)
