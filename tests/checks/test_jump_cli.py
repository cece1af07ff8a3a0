"""The command line of the bounded jump: `jump`, `recheck`, and oracles made of tables."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from checks import cli
from checks.machine.jump import decide_jump
from checks.progress import Event
from models.machine.program import code, parse_program
from models.machine.tree import format_tree
from tests.checks.console import Command, is_one_error

ROOT = Path(__file__).parents[2]


@pytest.fixture
def place(undecided: Path) -> Path:
    """The working folder."""
    return undecided



def coded(term: str) -> str:
    return format_tree(code(parse_program(term)), style="numbers")


# jump


def test_a_table_for_a_reader(jumpbound: Command) -> None:
    said = jumpbound("jump", "--size", "4", "--workers", "1", "--fresh")
    assert said.code == 0
    lines = [line.split() for line in said.out.splitlines()]
    for expected in ("1 5 5 0 0 1 5", "2 1 1 0 0 1 1", "3 77 74 3 0 15 344", "4 160 154 6 0 7 605"):
        assert expected.split() in lines
    assert "relative to empty" in said.out
    assert "15  while(id, tl)" in said.out
    assert "Complete: all 243 programs are decided." in said.out
    assert re.search(r"^Digest [0-9a-f]{64}$", said.out, re.MULTILINE)
    last = said.err.splitlines()[-1]
    assert re.fullmatch(r"deciding 243/243 empty: [\d,]+ a second, 0 s left", last)


def test_a_table_as_json(jumpbound: Command) -> None:
    said = jumpbound("jump", "--size", "3", "--oracle", "full", "--json", "--workers", "1")
    assert (said.code, said.err) == (0, "")
    data = said.json()
    assert data.items() >= {
        "size": 3, "oracle": "full", "complete": True, "unknown": [],
        "digest": decide_jump(3, "full", workers=1).summary.digest,
    }.items()
    assert data["by_size"][2] == {
        "size": 3, "programs": 77, "halts": 68, "loops": 9, "unknown": 0, "max_steps": 15,
        "total_steps": 322,
    }
    assert jumpbound(
        "jump", "--size", "3", "--oracle", "full", "--json", "--fresh", "--workers", "2"
    ).json() == data


def test_a_table_with_unknown_programs(jumpbound: Command) -> None:
    arguments = ("jump", "--size", "5", "--oracle", "while:pairs.while", "--workers", "1")
    said = jumpbound(*arguments)
    assert said.code == 1
    assert "Undecided: 11\n" in said.out and "while(ask, cons(id, id))" in said.out
    assert "Complete" not in said.out
    data = jumpbound(*arguments, "--json").json()
    assert data["complete"] is False and len(data["unknown"]) == 11
    assert data["by_size"][4]["unknown"] == 11
    said = jumpbound(*arguments, "--out", "table.parquet", "--json")
    assert said.code == 1 and Path("table.parquet").exists()


def test_other_tools_read_the_file(jumpbound: Command, place: Path) -> None:
    assert jumpbound("jump", "--size", "3", "--out", "table.parquet", "--workers", "1").code == 0
    from arro3.io import read_parquet

    table = read_parquet(place / "table.parquet").read_all()
    assert table.column_names == ["code", "size", "verdict", "steps", "certificate"]
    assert table.num_rows == 83
    rows = list(zip(*(table[name].to_pylist() for name in table.column_names), strict=True))
    assert rows[0] == ("1", 1, "halts", 1, '{"kind":"replay","steps":1}')
    loop = next(row for row in rows if row[0] == coded("while(id, id)"))
    assert loop[1:4] == (3, "loops", None)
    assert json.loads(loop[4])["kind"] in ("cycle", "automaton")


# recheck


def test_recheck_for_a_reader(jumpbound: Command) -> None:
    said = jumpbound("jump", "--size", "3", "--out", "table.parquet", "--workers", "1")
    assert said.out.endswith(
        "Written to table.parquet; `jumpbound recheck table.parquet` verifies it.\n"
    )
    said = jumpbound("recheck", "table.parquet", "--workers", "1")
    assert said.code == 0
    lines = [" ".join(line.split()) for line in said.out.splitlines()]
    assert lines[0] == "Programs of size at most 3, relative to empty"
    assert {"83 programs there are", "83 rows", "80 halt, each run again"} <= set(lines)
    assert lines[-1] == "Every row is as it should be."
    assert re.fullmatch(
        r"checking 83/83 empty: [\d,]+ a second, 0 s left", said.err.splitlines()[-1]
    )


def test_recheck_as_json(jumpbound: Command) -> None:
    jumpbound("jump", "--size", "3", "--out", "table.parquet", "--workers", "1")
    said = jumpbound("recheck", "table.parquet", "--json", "--workers", "2")
    assert (said.code, said.err) == (0, "")
    assert said.json() == {
        "ok": True, "size": 3, "oracle": "empty", "expected": 83, "rows": 83,
        "halts": 80, "loops": 3, "unknown": 0,
        "missing": 0, "duplicated": 0, "out_of_order": 0, "altered": 0,
        "digest": decide_jump(3, workers=1).summary.digest, "digest_matches": True, "problems": [],
    }


def test_recheck_of_an_altered_table(
    jumpbound: Command, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of each kind: what a table says that was decided by a wrong decider."""
    from checks.machine.jump import table, unit

    jumpbound("jump", "--size", "3", "--out", "good.parquet", "--workers", "1")
    decide_unit = unit.Decider.decide

    def wrong(self: unit.Decider, wanted: unit.Unit) -> list[unit.Row]:
        rows = decide_unit(self, wanted)
        if wanted.size == 3:
            rows[5] = unit.Row(rows[5].code, "loops", None, '{"kind":"cycle","steps":0,"period":1}')
            rows[10:12] = [rows[11], rows[10]]
            rows[20] = rows[21]
        return rows

    with monkeypatch.context() as patch:
        patch.setattr(unit.Decider, "decide", wrong)
        table.decide_jump(3, workers=1, folder=place / "other").write(place / "bad.parquet")
    said = jumpbound("recheck", "bad.parquet", "--workers", "1")
    assert said.code == 1
    assert said.out.endswith("\nThe table is not to be believed.\n")
    for kind, row in (("altered", 11), ("out of order", 17), ("duplicated", 27)):
        assert f"\n{kind}: row {row}: " in said.out
    assert "\nmissing: " in said.out
    data = jumpbound("recheck", "bad.parquet", "--workers", "1", "--json").json()
    assert data["ok"] is False
    counts = {key: data[key] for key in ("missing", "duplicated", "out_of_order", "altered")}
    assert counts == {"missing": 1, "duplicated": 1, "out_of_order": 1, "altered": 1}


def test_recheck_of_a_damaged_file(jumpbound: Command, place: Path) -> None:
    jumpbound("jump", "--size", "3", "--out", "table.parquet", "--workers", "1")
    whole = (place / "table.parquet").read_bytes()
    for content in (b"", b"nonsense", whole[:-1], whole[1:], whole[: len(whole) // 2]):
        (place / "damaged.parquet").write_bytes(content)
        said = jumpbound("recheck", "damaged.parquet")
        assert is_one_error(said, "damaged.parquet: not a readable Parquet file")
        assert is_one_error(jumpbound("recheck", "damaged.parquet", "--json"))


# Oracles


def test_oracles_made_of_tables(jumpbound: Command) -> None:
    loop, halt = coded("while(id, id)"), coded("id")
    for oracle in ("jump:3", "jump", "jump/empty", "jump:3/empty", "jump:4"):
        for question, steps in ((halt, None), (loop, 5)):
            # Looks whether the program halts, and does the opposite.
            said = jumpbound(
                "halts", "-e", "then(ask, while(id, id))", "-i", question, "--oracle", oracle,
                "--json",
            )
            data = said.json()
            assert data["verdict"] == ("loops" if steps is None else "halts")
            assert data["steps"] == steps


def test_an_incomplete_table_as_an_oracle(jumpbound: Command) -> None:
    oracle = "jump:5/while:pairs.while"
    for command in (
        ("halts", "-e", "id", "--oracle", oracle), ("jump", "--size", "2", "--oracle", oracle),
    ):
        assert is_one_error(
            jumpbound(*command), "11 programs are undecided, such as <8.",
            "expected a complete table, or --accept-unknown",
        )
        assert jumpbound(*command, "--accept-unknown").code == 0
    asked = ("halts", "-e", "ask", "--oracle", oracle, "--accept-unknown", "-i")
    assert jumpbound(*asked, coded("id")).code == 0
    assert is_one_error(
        jumpbound(*asked, coded("while(ask, cons(id, id))")),
        "undecided whether while(ask, cons(id, id)) halts on its own code",
    )


def test_an_undecided_question_is_an_error_that_names_it(jumpbound: Command) -> None:
    asked = ("halts", "-e", "ask", "--oracle", "jump/while:pairs.while", "-i")
    assert jumpbound(*asked, coded("id")).code == 0
    said = jumpbound(*asked, coded("while(ask, cons(id, id))"))
    assert is_one_error(said, "undecided whether while(ask, cons(id, id)) halts on its own code")


# Bad input


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("jump",), "size"),
        (("jump", "--size", "0"), "a size from 1 to 10"),
        (("jump", "--size", "-1"), "a size from 1 to 10"),
        (("jump", "--size", "11"), "a size from 1 to 10"),
        (("jump", "--size", "x"), "size"),
        (("jump", "--size", "1" * 30), "a size from 1 to 10"),
        (("jump", "--size", "3", "--oracle", "jump:0"), "a size from 1 to 10"),
        (("jump", "--size", "3", "--oracle", f"jump:{'1' * 5_000}"), "a size from 1 to 10"),
        (("jump", "--size", "3", "--oracle", "jump/" * 3_000), "too many levels"),
        (("jump", "--size", "3", "--oracle", "jump:3/"), "no oracle after '/'"),
        (("jump", "--size", "3", "--oracle", "generic"), "unknown oracle 'generic'"),
        (("jump", "--size", "3", "--oracle", "while:nothing.while"), "No such file"),
        (("jump", "--size", "3", "--oracle", "jump/while:nothing.while"), "No such file"),
        (("jump", "--size", "3", "--workers", "0"), "workers"),
        (("jump", "--size", "3", "--workers", "257"), "workers"),
        (("jump", "--size", "3", "--oracle-gas", "-1"), "gas -1"),
        (("jump", "--size", "3", "--oracle-gas", "-1", "--oracle", "jump:2"), "gas -1"),
        (("jump", "--size", "3", "--out", "nowhere/table.parquet"), "no such folder"),
        (("jump", "--size", "3", "--out", "."), "no place for a file"),
        (("recheck",), "FILE"),
        (("recheck", "nothing.parquet"), "No such file"),
        (("recheck", "."), "Is a directory"),
        (("recheck", "pairs.while"), "not a readable Parquet file"),
        (("recheck", "pairs.while", "--oracle-gas", "-1"), "gas -1"),
        (("halts", "-e", "id", "--oracle", "jump:x"), "a size from 1 to 10"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_bad_input(
    jumpbound: Command, place: Path, arguments: tuple[str, ...], message: str
) -> None:
    before = sorted(place.iterdir())
    assert is_one_error(jumpbound(*arguments), message)
    assert sorted(place.iterdir()) == before


def test_what_was_decided_cannot_be_removed(
    jumpbound: Command, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache that belongs to somebody else; a folder stands for a file that stays."""
    monkeypatch.setenv("JUMPBOUND_CACHE", str(place / "cache"))
    assert jumpbound("jump", "--size", "2").code == 0
    (summary, *_) = (place / "cache").rglob("01-*.json")
    summary.unlink()
    summary.mkdir()
    said = jumpbound("jump", "--size", "2", "--fresh")
    assert is_one_error(said, "cannot remove it", str(summary), "JUMPBOUND_CACHE")
    assert jumpbound("jump", "--size", "2", "--oracle", "full").code == 0


def test_a_cache_that_cannot_be_made(
    jumpbound: Command, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "taken").write_text("")
    monkeypatch.setenv("JUMPBOUND_CACHE", str(place / "taken"))
    assert is_one_error(jumpbound("jump", "--size", "2"), "cannot make it", "JUMPBOUND_CACHE")


def test_output_that_does_not_fit(place: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with open("/dev/full", "w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "checks.cli", "jump", "--size", "3", "--json"],
            stdout=full, stderr=subprocess.PIPE, text=True, timeout=100, check=False, cwd=ROOT,
        )
    assert (ran.returncode, ran.stderr) == (2, "jumpbound: no space left for the output\n")


def test_progress_on_a_terminal_shows_any_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    for name in ("set:[nil, true]", "while:[/x].while", "while:[bold].while"):
        with cli.shown_progress(False) as progress:
            progress(Event("deciding", f"{name}: 5 a second", 1, 2))
        assert f"{name}: 5 a second" in capsys.readouterr().err
