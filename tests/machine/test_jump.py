"""The bounded jump: what is decided, in which order, kept where, and the oracles made of it."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.machine import jump
from checks.machine.certificate import Checker, Halting, from_json
from checks.machine.decide import decide, search
from checks.machine.jump import JumpTable, decide_jump, recheck, table, unit
from checks.machine.jump.unit import Decider, Row, Unit, units
from checks.machine.oracles import BoundedJump, DecidedJump, JumpUndecided, read_oracle
from models.errors import BadInput
from models.machine import (
    EMPTY,
    FALSE,
    FULL,
    NIL,
    TRUE,
    Pair,
    Table,
    parse_program,
    parse_tree,
    programs,
)
from models.machine.oracle import Decided, SetOracle
from models.machine.program import Ask, Id, code, decode
from models.machine.run import run
from models.machine.tree import format_tree, trees

PAIRS = "pairs read X { Y := X } write Y"
"""Decides the set of all pairs."""

PROGRAMS = (5, 1, 77, 160, 2402, 11094)

EXPECTED = {
    # By size: programs that halt, steps of the longest run, steps of all halting runs.
    "empty": ((5, 1, 74, 154, 2076, 10333), (1, 1, 15, 7, 53, 66), (5, 1, 344, 605, 16097, 74775)),
    "full": ((5, 1, 68, 153, 1789), (1, 1, 15, 7, 53), (5, 1, 322, 602, 14266)),
    "set:nil": ((5, 1, 74, 154, 2040), (1, 1, 15, 7, 53), (5, 1, 344, 605, 15749)),
    "jump:3": ((5, 1, 71, 154, 2074), (1, 1, 15, 7, 53), (5, 1, 343, 605, 16051)),
    "jump/full": ((5, 1, 74, 154, 2011), (1, 1, 15, 7, 53), (5, 1, 344, 605, 15642)),
}


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the tables of this module are kept."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUMPBOUND_CACHE", str(folder))
        yield folder


@pytest.fixture
def small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many units where there would be one."""
    monkeypatch.setattr(unit, "UNIT", 200)


@pytest.fixture(scope="module")
def pairs_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The oracle of all pairs."""
    file = tmp_path_factory.mktemp("pairs") / "pairs.while"
    file.write_text(PAIRS)
    return f"while:{file}"


@pytest.fixture(scope="module")
def of_pairs(pairs_file: str) -> JumpTable:
    """A table with unknown programs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "THOROUGH", ())
        return decide_jump(5, pairs_file, workers=1)


def rows_of(found: JumpTable) -> list[tuple[str, int, str, int | None, str]]:
    """All rows, in order."""
    return [
        row
        for batch in found.batches()
        for row in zip(*(batch.column(i).to_pylist() for i in range(5)), strict=True)
    ]


def said_by(found: JumpTable) -> tuple[Any, ...]:
    """All that a table says."""
    return found.by_size, found.summary, rows_of(found)


# The table


@pytest.mark.parametrize("oracle", EXPECTED)
def test_counts(oracle: str) -> None:
    halts, longest, steps = EXPECTED[oracle]
    found = decide_jump(len(halts), oracle, workers=1)
    parts = found.by_size
    assert tuple(part.programs for part in parts) == PROGRAMS[: len(halts)]
    assert tuple(part.halts for part in parts) == halts
    assert tuple(part.programs - part.halts for part in parts) == tuple(
        part.loops for part in parts
    )
    assert [part.unknown for part in parts] == [0] * len(halts)
    assert tuple(part.max_steps for part in parts) == longest
    assert tuple(part.total_steps for part in parts) == steps
    assert found.complete


def test_loops_of_the_empty_oracle() -> None:
    found = decide_jump(6, workers=1)
    assert [part.loops for part in found.by_size] == [0, 0, 3, 6, 326, 761]
    assert sum(found.summary.kinds.values()) == found.summary.loops == 1096


def test_rows_are_all_programs_in_order() -> None:
    expected = [(program, size) for size in range(1, 6) for program in programs(size)]
    found = rows_of(decide_jump(5, workers=1))
    assert [row[:2] for row in found] == [
        (format_tree(code(program), style="numbers"), size) for program, size in expected
    ]
    checker = Checker(EMPTY)
    for (program, _), (_, _, verdict, steps, evidence) in zip(expected, found, strict=True):
        certificate = from_json(json.loads(evidence))
        assert checker.check_on_own_code(program, certificate) == verdict
        assert steps == (certificate.steps if isinstance(certificate, Halting) else None)


def test_totals_are_those_of_the_rows(of_pairs: JumpTable) -> None:
    for found in (decide_jump(4, "full", workers=1), of_pairs):
        rows = rows_of(found)
        for size, part in enumerate(found.by_size, start=1):
            mine = [row for row in rows if row[1] == size]
            steps = [taken for _, _, _, taken, _ in mine if taken is not None]
            counts = Counter(verdict for _, _, verdict, _, _ in mine)
            assert (part.programs, part.halts, part.loops, part.unknown) == (
                len(mine), counts["halts"], counts["loops"], counts["unknown"]
            )
            assert (part.max_steps, part.total_steps) == (max(steps), sum(steps))
        data = json.loads(json.dumps(found.to_json()))
        assert data["by_size"] == [
            {
                "size": size, "programs": part.programs, "halts": part.halts, "loops": part.loops,
                "unknown": part.unknown, "max_steps": part.max_steps,
                "total_steps": part.total_steps,
            }
            for size, part in enumerate(found.by_size, start=1)
        ]
        assert data["complete"] is (found.summary.unknown == 0)
        assert data["unknown"] == [row[0] for row in rows if row[2] == "unknown"]
        assert found.summary.longest == sorted(
            ((row[3], row[0]) for row in rows if row[3] is not None), key=lambda pair: -pair[0]
        )[:5]


def test_digest_is_that_of_the_rows(small_units: None) -> None:
    found = decide_jump(5, workers=1)
    sizes: dict[int, list[str]] = {}
    for text, size, verdict, steps, certificate in rows_of(found):
        said = "" if steps is None else steps
        sizes.setdefault(size, []).append(f"{text}\t{size}\t{verdict}\t{said}\t{certificate}\n")
    parts = [
        hashlib.sha256("".join(lines[at : at + 200]).encode()).hexdigest()
        for lines in sizes.values()
        for at in range(0, len(lines), 200)
    ]
    assert len(parts) == 4 + 13
    assert found.summary.digest == hashlib.sha256("".join(parts).encode()).hexdigest()


@pytest.mark.parametrize("oracle", [
    "jump:3", "jump:2/jump:3", "set:nil,<1.0>", "jump:3/full", "join:jump:3+full",
    "jump:3/join:set:nil+set:1",
])
def test_a_table_says_what_the_search_for_one_program_says(oracle: str) -> None:
    relative_to = read_oracle(oracle).oracle
    for text, _, verdict, steps, _ in rows_of(decide_jump(4, oracle, workers=1)):
        tree = parse_tree(text)
        decision = decide(decode(tree), tree, oracle=relative_to)
        assert (decision.verdict, decision.steps) == (verdict, steps), text


def test_relative_to_a_set_decided_by_a_program(of_pairs: JumpTable) -> None:
    assert isinstance(of_pairs.oracle.oracle, Decided)
    for text, _, verdict, steps, certificate in rows_of(of_pairs):
        tree = parse_tree(text)
        result = run(decode(tree), tree, oracle=of_pairs.oracle.oracle, gas=100)
        assert (result.value is not None) == (verdict == "halts"), text
        if verdict == "halts":
            assert result.steps == steps
        assert (json.loads(certificate)["kind"] == "none") == (verdict == "unknown")


def test_unknown_programs_are_stated(of_pairs: JumpTable) -> None:
    listed = [decode(parse_tree(text)) for text in of_pairs.summary.unknown_codes]
    assert of_pairs.summary.unknown == len(listed) == 11
    assert not of_pairs.complete
    # That every pair is in the set is more than the answers' being true or false says.
    assert parse_program("while(ask, cons(id, id))") in listed
    assert all("cons" in repr(program) and "ask" in repr(program) for program in listed)


def test_a_question_that_is_undecided_leaves_the_program_unknown() -> None:
    oracle = BoundedJump(frozenset(), frozenset([code(Ask())]), "jump:1")
    found = {row.code: row for row in Decider(1, oracle).decide(Unit(1, 0, 5))}
    open_row = found.pop("<3.0>")
    assert (open_row.verdict, open_row.steps) == ("unknown", None)
    assert json.loads(open_row.certificate)["kind"] == "none"
    assert {(row.verdict, row.steps) for row in found.values()} == {("halts", 1)}


def test_the_reason_does_not_depend_on_how_the_oracle_is_named() -> None:
    rows = [
        Decider(1, BoundedJump(frozenset(), frozenset([code(Ask())]), name)).decide(Unit(1, 0, 5))
        for name in ("jump:1/set:", "jump:1")
    ]
    assert rows[0] == rows[1]


def test_units_are_all_programs_once() -> None:
    listed = list(units(7, [5, 1, 77, 160, 2402, 11094, 105250]))
    for size, count in enumerate([5, 1, 77, 160, 2402, 11094, 105250], start=1):
        mine = [(found.begin, found.end) for found in listed if found.size == size]
        assert [place for begin, end in mine for place in range(begin, end)] == list(range(count))
    assert len(listed) == 6 + 4


@pytest.mark.parametrize("size", [-1, 0, 11, 10**30])
def test_no_size(size: int) -> None:
    with pytest.raises(BadInput, match="expected a size from 1 to 10"):
        decide_jump(size)


def test_nothing_that_the_search_proposes_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    def every(programs: Any, value: int, classes: Any, wanted: Any, found: Any) -> None:
        found[:] = wanted

    # Halting programs are not seen to halt, and are said to loop, for all the reasons there are.
    monkeypatch.setattr(unit, "SHORT", 0)
    monkeypatch.setattr(unit, "LONG", 0)
    expected = [(row[0], row[2]) for row in rows_of(decide_jump(4, workers=1))]
    for name, proposed in (
        ("without_value", every),
        ("cycle", lambda *_: (0, 4)),
        ("cycle", lambda *_: (-1, 1)),
        ("moment", lambda *_: 0),
        ("moment", lambda *_: 3),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(unit, name, proposed)
            decider = Decider(4, EMPTY)
            found = [
                (row.code, row.verdict)
                for size in range(1, 5)
                for row in decider.decide(Unit(size, 0, PROGRAMS[size - 1]))
            ]
            assert found == expected


# The same however it is decided


def test_any_number_of_workers(small_units: None, tmp_path: Path) -> None:
    one, four = (
        decide_jump(5, "jump:3", workers=workers, folder=tmp_path / str(workers))
        for workers in (1, 4)
    )
    assert len(one.listed) == 17
    assert said_by(one) == said_by(four)


def test_an_oracle_is_decided_by_as_many_workers_as_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    spread = table.spread

    def noted(*arguments: Any, workers: int, **more: Any) -> Any:
        seen.append(workers)
        return spread(*arguments, workers=workers, **more)

    monkeypatch.setattr(table, "FEW_UNITS", 0)
    monkeypatch.setattr(table, "spread", noted)
    monkeypatch.setenv("JUMPBOUND_CACHE", str(tmp_path / "cache"))
    decide_jump(2, "jump:2/jump:1", workers=1).write(tmp_path / "table.parquet")
    monkeypatch.setenv("JUMPBOUND_CACHE", str(tmp_path / "empty"))
    assert recheck(tmp_path / "table.parquet", workers=1).ok
    assert seen == [1, 1, 1, 1, 1]


def test_step_by_step_or_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decided: list[Unit] = []
    decide_unit = Decider.decide

    def noted(self: Decider, wanted: Unit) -> list[Row]:
        decided.append(wanted)
        return decide_unit(self, wanted)

    monkeypatch.setattr(Decider, "decide", noted)
    at_once = decide_jump(6, "set:nil", workers=1, folder=tmp_path / "at once")
    assert len(decided) == 6
    for size in (1, 3, 5, 6):
        step = decide_jump(size, "set:nil", workers=1, folder=tmp_path / "steps")
    assert sorted(decided[6:], key=lambda found: found.size) == decided[:6]
    assert said_by(step) == said_by(at_once)
    assert said_by(decide_jump(4, "set:nil", workers=1, folder=tmp_path / "steps")) == said_by(
        decide_jump(4, "set:nil", workers=1, folder=tmp_path / "four")
    )
    before = said_by(decide_jump(4, "set:nil", workers=1, folder=tmp_path / "steps"))
    assert len(decided) == 6 + 6 + 4
    fresh = decide_jump(4, "set:nil", folder=tmp_path / "steps", fresh=True, workers=1)
    assert said_by(fresh) == before
    assert len(decided) == 6 + 6 + 4 + 4


def test_the_same_oracle_by_another_name() -> None:
    assert decide_jump(3, "set:", workers=1).store.folder == decide_jump(3).store.folder
    assert decide_jump(3, "set:0,1", workers=1).store.folder == (
        decide_jump(3, "set:<nil.nil>,nil,0").store.folder
    )
    assert decide_jump(3, "join:set:nil+set:1", workers=1).store.folder == (
        decide_jump(3, "set:<0.nil>,<1.1>").store.folder
    )
    others = [
        "empty", "full", "set:nil", "jump", "jump/full", "jump:1", "jump:2", "jump:1/full",
        "join:full+empty", "join:empty+full", "join:full+jump", "join:jump+full",
        "jump/join:full+empty", "jump:1/join:full+empty",
    ]
    assert len({read_oracle(name).identity for name in others}) == len(others)


def test_progress_tells_what_is_done(small_units: None, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    def tell(event: Any) -> None:
        assert "a second" in event.text and "s left" in event.text
        told.append((event.stage, event.done, event.total))

    decide_jump(4, workers=1, folder=tmp_path, progress=tell)
    assert told[-1] == ("deciding", 243, 243)
    told.clear()
    decide_jump(5, workers=1, folder=tmp_path, progress=tell)
    assert told[-1] == ("deciding", 2645, 2645)
    assert [done for _, done, _ in told] == sorted({done for _, done, _ in told})
    assert all(done > 243 for _, done, _ in told)
    told.clear()
    decide_jump(5, workers=1, folder=tmp_path, progress=tell)
    assert told == []


# What is kept


class Kept:
    """A folder with a table's units, and what the table says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.expected = said_by(decide_jump(3, "full", workers=1, folder=folder))
        self.files = {path.suffix: path for path in folder.glob("jump/*/03-*")}
        self.content = {suffix: path.read_bytes() for suffix, path in self.files.items()}

    def decided_after(self, suffix: str, content: bytes | None) -> list[Unit]:
        """What is decided again if a file of the last unit has another content, or is gone.

        The table must say what it said.
        """
        for other, path in self.files.items():
            path.write_bytes(self.content[other])
        if content is None:
            self.files[suffix].unlink()
        else:
            self.files[suffix].write_bytes(content)
        decided: list[Unit] = []
        decide_unit = Decider.decide

        def noted(decider: Decider, wanted: Unit) -> list[Row]:
            decided.append(wanted)
            return decide_unit(decider, wanted)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Decider, "decide", noted)
            assert said_by(decide_jump(3, "full", workers=1, folder=self.folder)) == self.expected
        return decided


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("kept"))


LAST = [Unit(3, 0, 77)]


def test_an_untouched_unit_is_used(kept: Kept) -> None:
    assert sorted(kept.content) == [".json", ".parquet"]
    for suffix, content in kept.content.items():
        assert kept.decided_after(suffix, content) == []


@pytest.mark.parametrize("suffix", [".parquet", ".json"])
@pytest.mark.parametrize("content", [None, b"", b"nonsense", b"{}", b"[]", b"null", b"[" * 100_000])
def test_a_unit_that_is_no_longer_there(kept: Kept, suffix: str, content: bytes | None) -> None:
    assert kept.decided_after(suffix, content) == LAST


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([".parquet", ".json"]), st.sampled_from(["flip", "drop", "cut"]),
    st.floats(0, 1, exclude_max=True), st.integers(1, 255),
)
def test_a_damaged_unit_is_not_believed(
    kept: Kept, suffix: str, kind: str, share: float, flipped: int
) -> None:
    whole = kept.content[suffix]
    at = int(share * len(whole))
    rest = {"flip": bytes([whole[at] ^ flipped]) + whole[at + 1 :], "drop": whole[at + 1 :]}
    kept.decided_after(suffix, whole[:at] + rest.get(kind, b""))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("programs", 78), ("halts", 69), ("loops", 8), ("unknown", 1), ("max_steps", 16),
        ("total_steps", 0), ("digest", "0" * 64), ("kinds", {}), ("longest", []),
        ("unknown_codes", ["1"]), ("seal", "0" * 64), ("seal", None), ("more", 1),
    ],
)
def test_a_changed_summary_is_not_believed(kept: Kept, key: str, value: object) -> None:
    data = json.loads(kept.content[".json"])
    changed = json.dumps({**data, key: value}).encode()
    assert kept.decided_after(".json", changed) == LAST


def test_what_another_version_decided_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from checks.machine.jump import store

    before = decide_jump(2, workers=1, folder=tmp_path)
    monkeypatch.setattr(store, "_source", lambda: "another source")
    after = decide_jump(2, workers=1, folder=tmp_path)
    assert before.store.folder != after.store.folder
    assert said_by(before) == said_by(after)


# Oracles


def test_the_bounded_jump_is_the_set_of_programs_that_halt() -> None:
    oracle = read_oracle("jump:3").oracle
    assert isinstance(oracle, Table)
    members = {
        code(program)
        for size in range(1, 4)
        for program in programs(size)
        if run(program, code(program), gas=1_000).value is not None
    }
    assert set(oracle.answers) == members and len(members) == 80
    for tree in [*members, *(tree for pairs in range(6) for tree in trees(pairs))]:
        assert oracle(tree) == (TRUE if tree in members else NIL)
    # nil decodes to a program that halts, but is not its code.
    assert oracle(NIL) == NIL


def test_levels_of_the_bounded_jump() -> None:
    members = set(read_oracle("jump:3").oracle.answers)  # type: ignore[attr-defined]
    below = Table(dict.fromkeys(members, TRUE))
    expected = {
        code(program)
        for size in range(1, 4)
        for program in programs(size)
        if run(program, code(program), oracle=below, gas=1_000).value is not None
    }
    level = read_oracle("jump:3/jump:3").oracle
    assert isinstance(level, Table)
    assert set(level.answers) == expected != members
    assert read_oracle("jump:3/jump:3/full").oracle.answers != level.answers  # type: ignore[attr-defined]


def test_an_incomplete_table_is_no_oracle_unless_accepted(
    pairs_file: str, of_pairs: JumpTable
) -> None:
    spec = f"jump:5/{pairs_file}"
    with pytest.raises(BadInput, match="11 programs are undecided, such as <8") as refused:
        read_oracle(spec)
    assert refused.value.expected == "a complete table, or --accept-unknown"
    with pytest.raises(BadInput, match="11 programs are undecided"):
        decide_jump(2, spec, workers=1)
    oracle = read_oracle(spec, accept_unknown=True).oracle
    assert isinstance(oracle, SetOracle) and not isinstance(oracle, Table)
    for text, _, verdict, _, _ in rows_of(of_pairs):
        tree = parse_tree(text)
        if verdict == "unknown":
            with pytest.raises(JumpUndecided, match="undecided whether while"):
                oracle(tree)
        else:
            assert oracle(tree) == (TRUE if verdict == "halts" else NIL)
    assert oracle(NIL) == NIL
    with pytest.raises(JumpUndecided, match=r"while\(ask, cons\(id, id\)\) halts on its own code"):
        oracle(code(parse_program("while(ask, cons(id, id))")))
    found = decide_jump(3, spec, workers=1, accept_unknown=True)
    assert found.complete
    assert read_oracle(f"jump:4/{pairs_file}").identity != read_oracle(
        spec, accept_unknown=True
    ).identity


def test_the_decided_jump_is_the_bounded_one_on_codes() -> None:
    for below in ("empty", "full", "jump:3"):
        jump = read_oracle(f"jump/{below}").oracle
        bounded = read_oracle(f"jump:4/{below}").oracle
        for size in range(1, 5):
            for program in programs(size):
                assert jump(code(program)) == bounded(code(program))


@pytest.mark.parametrize(("name", "below"), [("jump", EMPTY), ("jump/full", FULL)])
def test_the_decided_jump_reads_every_tree_as_a_program(name: str, below: Table) -> None:
    jump = read_oracle(name).oracle
    assert isinstance(jump, DecidedJump)
    for tree in (tree for pairs in range(7) for tree in trees(pairs)):
        result = run(decode(tree), tree, oracle=below, gas=1_000)
        assert jump(tree) == (NIL if result.value is None else TRUE)
    # It runs on the very tree, which may not be the code of the program that it is read as.
    loop = parse_tree("<8.<1.<1.0>>>")
    assert decode(loop) == parse_program("while(id, hd)") and code(decode(loop)) == loop
    for tree in (NIL, parse_tree("<9.<2.3>>")):
        assert code(decode(tree)) != tree


def test_an_undecided_question_stops_a_run(pairs_file: str) -> None:
    jump = read_oracle(f"jump/{pairs_file}").oracle
    open_question = code(parse_program("while(ask, cons(id, id))"))
    assert jump(code(Id())) == TRUE
    for _ in range(2):
        with pytest.raises(JumpUndecided) as stopped:
            run(Ask(), open_question, oracle=jump)
    assert "while(ask, cons(id, id)) halts on its own code" in str(stopped.value)
    assert "no automaton was found" in str(stopped.value)
    assert f"oracle jump/{pairs_file}" in str(stopped.value)
    with pytest.raises(JumpUndecided):
        decide(Ask(), open_question, oracle=jump)
    # A question about a program that asks it in turn.
    with pytest.raises(JumpUndecided):
        read_oracle(f"jump/jump/{pairs_file}").oracle(
            parse_tree(f"<6.<<4.{format_tree(open_question)}>.<3.0>>>")
        )


def test_an_undecided_program_is_named_also_if_it_is_large() -> None:
    program = parse_program("then(quote 3000, while(id, cons(id, id)))")
    with pytest.raises(JumpUndecided, match="the program is large") as stopped:
        read_oracle("jump").oracle(code(program))
    assert len(str(stopped.value)) < 500


def test_answers_once_found_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    from checks.machine import oracles

    jump = read_oracle("jump").oracle
    tree = code(parse_program("while(id, id)"))
    assert jump(tree) == NIL
    monkeypatch.setattr(oracles, "decide", lambda *_, **__: pytest.fail("decided again"))
    assert jump(tree) == NIL


@pytest.mark.parametrize(
    "spec",
    [
        "jump:", "jump:0", "jump:11", "jump:-1", "jump:x", "jump:1.5", "jump:²", "jump: 3",
        "jump:3:4", "jump:3/", "jump/", "jump:3/jump:0", "jump//", "jump/nothing", "jumps", "Jump",
        "jump:3 /full", "jump:3/generic", f"jump:{'1' * 5_000}", "jump:3/set:<", "jump/set:nil,",
        "join:jump:3", "join:jump:3+", "join:jump:0+full", "join:full+generic", "jump:3/join:full",
        "join:jump:9+oops", "join:jump:9/full+jump:9/oops", "jump:9/join:full+oops",
    ],
)
def test_no_oracle(spec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # All of it is read before any of it is decided.
    monkeypatch.setattr(jump, "decide_jump", lambda *_, **__: pytest.fail("decided a table"))
    with pytest.raises(BadInput) as refused:
        read_oracle(spec)
    assert len(str(refused.value)) < 400


def test_joins_of_tables() -> None:
    joined = read_oracle("join:jump:3+jump:2/full", workers=1)
    left, right = (read_oracle(spec, workers=1).oracle for spec in ("jump:3", "jump:2/full"))
    assert isinstance(joined.oracle, Table)
    for size in range(1, 4):
        for program in programs(size):
            tree = code(program)
            assert joined.oracle(Pair(FALSE, tree)) == left(tree)
            assert joined.oracle(Pair(TRUE, tree)) == right(tree)
    nested = read_oracle("join:(join:jump:2+full)+jump", workers=1).oracle
    assert nested(Pair(TRUE, code(parse_program("while(id, id)")))) == FALSE
    assert nested(Pair(FALSE, Pair(TRUE, NIL))) == TRUE


def test_many_levels_are_refused_before_they_are_too_many() -> None:
    for level in ("jump/", "jump:1/"):
        with pytest.raises(BadInput, match="levels"):
            read_oracle(level * 2_000 + "empty")
    # A table for each level takes no time: it is read once, not twice by each level above.
    began = time.perf_counter()
    assert read_oracle("jump:1/" * 20 + "empty", workers=1).oracle(code(Id())) == TRUE
    assert time.perf_counter() - began < 20
    # Each level asks the one below whether the program halts relative to that.
    deepest = read_oracle("jump/" * 20 + "empty").oracle
    assert deepest(code(Ask())) == TRUE
    assert decide(Ask(), code(Ask()), oracle=deepest).verdict == "halts"


def test_a_table_relative_to_a_bounded_jump_is_checked_relative_to_it(tmp_path: Path) -> None:
    file = tmp_path / "table.parquet"
    decide_jump(4, "jump:3", workers=1).write(file)
    assert recheck(file, workers=1).ok
    assert table.FORMAT == 1
