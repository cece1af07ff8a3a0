"""The command line of self-modification: `jumpbound revise`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from models.machine.program import parse_program
from models.machine.run import run
from models.machine.tree import numeral
from tests.checks.console import Command

GROW = "cons(quote 6, cons(quote <2.0>, id))"
IS_ZERO = "if(id, quote 0, quote 1)"
WRAP = "cons(quote 6, cons(id, quote <8.<<0.0>.<0.0>>>))"


@pytest.fixture
def revise(jumpbound: Command) -> Command:
    """The command ``jumpbound revise``."""
    return partial(jumpbound, "revise")


def test_a_table_of_what_each_revision_decides(revise: Command) -> None:
    said = revise(GROW, IS_ZERO, "--rounds", "2", "-i", "0", "-i", "1", "-i", "2", "-i", "3")
    assert (said.code, said.err) == (0, "")
    assert [line.split() for line in said.out.splitlines()[:4]] == [
        ["round", "program", "0", "1", "2", "3"],
        ["0", "if(id,", "quote", "0,", "quote", "1)", "1", "0", "0", "0"],
        ["1", "then(tl,", "if(id,", "quote", "0,", "quote", "1))", "1", "1", "0", "0"],
        ["2", "then(tl,", "then(tl,", "if(id,", "quote", "0,", "quote", "1)))",
         "1", "1", "1", "0"],
    ]
    text = " ".join(said.out.split())
    assert "One program of size 667, which rewrites nothing, does what that of round 2" in text
    assert "Run on these trees it says the same" in text


def test_the_one_program_can_be_run(revise: Command) -> None:
    found = revise(GROW, IS_ZERO, "--rounds", "2", "-i", "2", "--json").json()
    program = parse_program(found["composed"]["program"])
    result = run(program, numeral(2))
    assert result.value == numeral(1)
    assert found["composed"]["steps"] == [result.steps]
    assert (found["oracle"], found["window"], found["complete"]) == ("empty", ["2"], True)


def test_all_small_trees_if_none_is_named(revise: Command) -> None:
    assert revise("id", "tl", "--json").json()["window"] == ["0", "1", "2", "<1.0>"]
    assert len(revise("id", "tl", "--window", "4", "--json").json()["window"]) == 23
    assert revise("id", "tl", "--window", "0", "--json").json()["window"] == ["0"]


def test_more_trees_than_there_is_place_for(revise: Command) -> None:
    said = revise("id", "tl", "--window", "4")
    assert "11 more trees: see --json." in said.out


def test_loops_are_told(revise: Command) -> None:
    said = revise(WRAP, IS_ZERO, "--rounds", "1", "-i", "0", "-i", "1")
    assert said.code == 0
    assert said.out.splitlines()[2].split()[-2:] == ["loops", "0"]


def test_what_is_not_decided_is_a_question_mark(revise: Command) -> None:
    said = revise("id", "while(id, tl)", "--rounds", "0", "-i", "5", "--gas", "10")
    assert said.code == 1
    assert said.out.splitlines()[1].split()[-1] == "?"
    assert "?: halts after 23 steps, more than the gas." in said.out


def test_a_modifier_that_does_not_halt(revise: Command) -> None:
    said = revise("while(id, id)", "tl")
    assert said.code == 1
    assert "There is no round 1: the modifier on the last program loops." in said.out
    found = revise("while(id, id)", "tl", "--json")
    assert found.code == 1
    assert (found.json()["complete"], found.json()["stuck"]["verdict"]) == (False, "loops")
    said = revise("while(id, tl)", "quote 30", "--gas", "9")
    assert "the modifier on the last program is not decided: halts after" in said.out


def test_revisions_that_go_round(revise: Command) -> None:
    said = revise("cons(tl, hd)", "tl", "--rounds", "50")
    assert "The program of round 2 is that of round 0: it goes round." in said.out
    rows = [line.split()[0] for line in said.out.splitlines()[1:6]]
    assert rows == ["0", "1", "2", "…", "50"]


def test_many_rounds(revise: Command) -> None:
    """Programs of any size are named, and not all rows are shown."""
    said = revise(GROW, "tl", "--rounds", "60", "-i", "100")
    rows = [line.split()[0] for line in said.out.splitlines()[1:44]]
    assert rows == [*map(str, range(41)), "…", "60"]
    doubled = revise("cons(id, id)", "quote 1", "--rounds", "160", "-i", "0", "--gas", "500")
    assert "a program of size at least 2^64" in doubled.out


def test_relative_to_an_oracle(revise: Command) -> None:
    modifier = "if(ask, quote <4.5>, id)"
    for spec, value in (("full", "5"), ("empty", "1")):
        found = revise(modifier, IS_ZERO, "-i", "0", "--oracle", spec, "--json").json()
        assert found["revisions"][-1]["decides"] == [
            {"verdict": "halts", "value": value, "steps": 1 if spec == "full" else 4}
        ]
        assert found["revisions"][1]["questions"] == 1


def test_programs_from_files(revise: Command) -> None:
    Path("grow.term").write_text(GROW)
    Path("zero.while").write_text(
        "zero read X {\n  if X { Y := nil } else { Y := <nil.nil> }\n} write Y\n"
    )
    said = revise("@grow.term", "@zero.while", "--rounds", "1", "-i", "1", "--json")
    assert said.code == 0, said.err
    assert said.json()["modifier"] == GROW
    assert [row["decides"][0]["value"] for row in said.json()["revisions"]] == ["0", "1"]


def test_help(revise: Command) -> None:
    said = revise("--help")
    assert said.code == 0
    for word in ("MODIFIER", "FIRST", "--rounds", "--input", "--window", "--oracle", "closure"):
        assert word in said.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["tl"], "Missing argument 'FIRST'"),
        (["tal", "tl"], "MODIFIER: line 1, column 1: unknown constructor 'tal'"),
        (["tl", "cons(tl"], "FIRST: line 1, column 8: "),
        (["@none.term", "tl"], "none.term: cannot read it"),
        (["tl", "tl", "--rounds", "-1"], "-1 rounds; expected a number from 0 to 100000"),
        (["tl", "tl", "--rounds", "1000000"], "1000000 rounds"),
        (["tl", "tl", "--rounds", "two"], "'--rounds'"),
        (["tl", "tl", "--window", "7"], "window 7; expected a number from 0 to 6"),
        (["tl", "tl", "-i", "<1"], "--input: line 1, column 3: "),
        (["tl", "tl", "--gas", "-1"], "gas -1"),
        (["tl", "tl", "--oracle", "all"], "unknown oracle 'all'"),
    ],
)
def test_bad_input(revise: Command, arguments: list[str], message: str) -> None:
    said = revise(*arguments)
    assert (said.code, said.out) == (2, "")
    assert message in said.err and len(said.err.splitlines()) == 1
    assert "Traceback" not in said.err
