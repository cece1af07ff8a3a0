"""The command line of layers, and joins as oracles."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checks import cli
from checks.machine import layer_laws
from checks.machine.layer import decide_layer
from models.machine.tree import format_tree
from tests.checks.console import Command, Said, is_one_error

ROOT = Path(__file__).parents[2]


@pytest.fixture
def place(undecided: Path) -> Path:
    """The working folder."""
    return undecided



def lines(said: Said) -> list[str]:
    return [" ".join(line.split()) for line in said.out.splitlines()]


# For a reader


def test_a_layer_for_a_reader(jumpbound: Command) -> None:
    said = jumpbound("layer", "--oracle", "set:nil", "--size", "3", "--numbers")
    assert said.code == 0
    assert said.out == """\
Sets that programs decide relative to set:nil, on a window (pairs:2, 4 trees)

size  programs  deciding  new sets  unknown
   1         5         4         4        0
   2         1         1         1        0
   3        77        29         3        0

8 sets, each with the smallest program that decides it:
   1  hd              {<1.0>}
   1  tl              {2}
   1  ask             {0}
   1  quote 0         {}
   2  quote 1         all
   3  then(hd, ask)   {0, 1, 2}
   3  then(tl, ask)   {0, 1, <1.0>}
   3  then(ask, ask)  {1, 2, <1.0>}

Complete: all 83 programs are decided.
"""
    assert re.fullmatch(
        r"deciding 83/83 set:nil: [\d,]+ a second, 0 s left", said.err.splitlines()[-1]
    )


def test_trees_as_pairs(jumpbound: Command) -> None:
    said = jumpbound("layer", "--size", "1", "-w", "2", "--oracle", "set:2")
    assert "on a window (1 tree)" in said.out
    # Tl comes before Ask; Id has another value than true and false.
    assert lines(said)[-4:-2] == ["1 hd {}", "1 tl {<nil.<nil.nil>>}"]


def test_large_sets_and_many_are_cut(jumpbound: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    said = jumpbound("layer", "--size", "5", "-w", "numbers:40", "--oracle", "set:3", "--numbers")
    found = {line.split("{")[0].strip(): line for line in lines(said) if "{" in line}
    even = found["5 while(tl, then(tl, tl))"]
    assert even.endswith(" 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, … (20 of 41)}")
    assert found["3 while(tl, tl) all but"].endswith("all but {0}")
    monkeypatch.setattr(cli, "MOST_SETS", 5)
    said = jumpbound("layer", "--size", "4", "-w", "pairs:2", "--oracle", "set:nil")
    assert lines(said)[-3:] == [
        "and 6 more; --json lists them", "", "Complete: all 243 programs are decided.",
    ]


def test_unknown_programs(jumpbound: Command) -> None:
    asked = ("layer", "--size", "5", "-w", "0,2", "--oracle", "while:pairs.while", "--numbers")
    said = jumpbound(*asked)
    assert said.code == 1
    assert "Complete" not in said.out
    assert re.search(r"^Undecided: \d+ programs; to know", said.out, re.MULTILINE)
    assert "while(ask, cons(id, id)) on {2}" in lines(said)
    data = jumpbound(*asked, "--json").json()
    assert data["complete"] is False
    listed = {open_["program"]: open_ for open_ in data["unknown"]}
    assert listed["while(ask, cons(id, id))"] == {
        "program": "while(ask, cons(id, id))", "members": [], "undecided": ["2"],
    }
    assert data["by_size"][4]["unknown"] == len(listed)
    # Also where only the other layer has unknown programs.
    said = jumpbound("layer", "--size", "5", "-w", "0,2", "--compare", "while:pairs.while")
    assert said.code == 1
    assert f"Undecided relative to while:pairs.while: {len(listed)}" in lines(said)


def test_a_comparison_for_a_reader(jumpbound: Command) -> None:
    said = jumpbound("layer", "--oracle", "set:nil", "--size", "3", "--compare", "full",
                     "--numbers")
    assert said.code == 0
    assert said.out.partition("Complete: all 83 programs are decided.\n")[2] == """
Compared with full: 4 sets are in both layers

Only relative to set:nil: 4
   1  ask             {0}
   3  then(hd, ask)   {0, 1, 2}
   3  then(tl, ask)   {0, 1, <1.0>}
   3  then(ask, ask)  {1, 2, <1.0>}

Only relative to full: 0
"""


def test_laws_for_a_reader(jumpbound: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("layer", "--size", "2", "-w", "codes:4", "--compare", "full", "--laws")
    said = jumpbound(*asked)
    assert said.code == 0
    found = decide_layer(2, "codes:4")
    count = sum(one is not None for one in layer_laws.compositions(found))
    assert count > 50
    assert [line for line in lines(said) if " holds, " in line] == [
        "growth: holds, 1 instances", f"composition: holds, {count} instances",
        "join: holds, 4 instances", "jump: holds, 6 instances",
    ]
    monkeypatch.setattr(layer_laws, "substituted_size", lambda p, q: 1_000)
    said = jumpbound(*asked)
    assert said.code == 1
    assert "composition: REFUTED, 0 instances" in lines(said)
    assert "counterexample {'q': 'ask'" in said.out


# JSON


def test_a_layer_as_json(jumpbound: Command) -> None:
    said = jumpbound("layer", "--oracle", "set:nil", "--size", "3", "-w", "pairs:1", "--json")
    assert (said.code, said.err) == (0, "")
    assert said.json() == {
        "oracle": "set:nil", "size": 3, "window": ["nil", "<nil.nil>"],
        "by_size": [
            {"size": 1, "programs": 5, "deciding": 5, "new_sets": 3, "unknown": 0},
            {"size": 2, "programs": 1, "deciding": 1, "new_sets": 1, "unknown": 0},
            {"size": 3, "programs": 77, "deciding": 54, "new_sets": 0, "unknown": 0},
        ],
        "complete": True, "unknown": [],
        "sets": [
            {"members": ["<nil.nil>"], "program": "id", "size": 1},
            {"members": [], "program": "hd", "size": 1},
            {"members": ["nil"], "program": "ask", "size": 1},
            {"members": ["nil", "<nil.nil>"], "program": "quote 1", "size": 2},
        ],
    }


def test_a_comparison_as_json(jumpbound: Command) -> None:
    data = jumpbound(
        "layer", "--oracle", "set:nil", "--size", "1", "-w", "pairs:1", "--json", "--numbers",
        "--compare", "full", "--laws",
    ).json()
    assert data["window"] == ["0", "1"]
    assert data["compared"] == {
        "oracle": "full",
        "by_size": [{"size": 1, "programs": 5, "deciding": 5, "new_sets": 3, "unknown": 0}],
        "complete": True, "unknown": [],
        "both": [
            {"members": ["1"], "programs": ["id", "id"], "sizes": [1, 1]},
            {"members": [], "programs": ["hd", "hd"], "sizes": [1, 1]},
        ],
        "only": [{"members": ["0"], "program": "ask", "size": 1}],
        "only_compared": [{"members": ["0", "1"], "program": "ask", "size": 1}],
        "undecided": [],
    }
    # A layer of size 1 has no smaller one that it could have grown from.
    assert [(law["name"], law["verdict"]) for law in data["laws"]] == [
        ("composition", "exhausted"), ("join", "exhausted"),
    ]


def test_all_sets_are_listed(jumpbound: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("layer", "--size", "6", "-w", "pairs:4", "--json", "--compare", "empty")
    found = decide_layer(6, "pairs:4")
    data = jumpbound(*asked).json()
    assert data["sets"] == [
        {
            "members": [format_tree(tree) for tree in found.trees(one.members)],
            "program": repr(one.program), "size": one.size,
        }
        for one in found.sets
    ]
    assert len(data["sets"]) == 25 and "sets_omitted" not in data
    assert len(data["compared"]["both"]) == len(data["sets"])
    monkeypatch.setattr(cli, "MOST_MEMBERS", 2_000)
    short = jumpbound(*asked).json()
    assert short["sets"] == data["sets"][: len(short["sets"])]
    assert short["sets_omitted"] == len(data["sets"]) - len(short["sets"]) > 0
    assert short["compared"]["sets_omitted"] == len(data["compared"]["both"])


# Joins


def test_joins_as_oracles(jumpbound: Command) -> None:
    asked = ("run", "-e", "ask", "--numbers", "--json", "--oracle")
    for oracle, question, answer in (
        ("join:set:1+full", "<0.1>", "1"), ("join:set:1+full", "<0.2>", "0"),
        ("join:set:1+full", "<1.7>", "1"), ("join:set:1+full", "<2.7>", "0"),
        ("join:(join:full+empty)+jump:3", "<0.<0.5>>", "1"),
        ("join:jump+while:pairs.while", "<1.5>", "1"),
    ):
        assert jumpbound(*asked, oracle, "-i", question).json()["value"] == answer
    # What is in the join of two finite sets and outside of it is known as that of one.
    loop = ("halts", "-e", "while(ask, cons(quote 1, tl))", "-i", "<1.2>", "--json", "--oracle")
    assert jumpbound(*loop, "join:set:1+set:2").json()["verdict"] == "loops"
    assert jumpbound(*loop, "join:set:1+set:3").json()["verdict"] == "halts"
    assert jumpbound("jump", "--size", "3", "--oracle", "join:full+set:nil").code == 0
    assert jumpbound("layer", "--size", "3", "--oracle", "join:full+set:nil").code == 0


def test_joins_that_are_none(jumpbound: Command) -> None:
    for command in (("run", "-e", "id"), ("layer", "--size", "1"), ("jump", "--size", "1")):
        for oracle, message in (
            ("join:full", "no '+'"), ("join:full+all", "unknown oracle 'all'"),
            ("join:jump:0+full", "a size from 1 to 10"),
        ):
            assert is_one_error(jumpbound(*command, "--oracle", oracle), message)


# Bad input


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "size"),
        (("--size", "0"), "a size from 1 to 9"),
        (("--size", "10"), "a size from 1 to 9"),
        (("--size", "x"), "size"),
        (("--size", "9", "-w", "pairs:3"), "runs; expected at most 40,000,000"),
        (("--size", "7", "-w", "codes:5"), "314,725,905 runs"),
        (("--size", "2", "-w", ""), "no tree"),
        (("--size", "2", "-w", "pairs:99"), "a number from 0 to 11"),
        (("--size", "2", "-w", "codes:8"), "a number from 1 to 7"),
        (("--size", "2", "-w", "sets:8"), "unknown window 'sets:8'"),
        (("--size", "2", "-w", "0,<1"), "window: line 1, column 5"),
        (("--size", "2", "-w", "pairs"), "or pairs:N, codes:K, numbers:N or TREE,TREE,…"),
        (("--size", "2", "-w", "10000000"), "a window of large trees"),
        (("--size", "2", "--oracle", "generic"), "unknown oracle 'generic'"),
        (("--size", "2", "--compare", "generic"), "unknown oracle 'generic'"),
        (("--size", "2", "--oracle", "while:nothing.while"), "No such file"),
        (("--size", "2", "--oracle-gas", "-1"), "gas -1"),
        (("--size", "2", "--workers", "0"), "workers"),
        (
            ("--size", "2", "--oracle", "jump:5/while:pairs.while"),
            "expected a complete table, or --accept-unknown",
        ),
    ],
    ids=lambda value: str(value)[:60],
)
def test_bad_input(
    jumpbound: Command, place: Path, arguments: tuple[str, ...], message: str
) -> None:
    before = sorted(place.iterdir())
    assert is_one_error(jumpbound("layer", *arguments, "--json"), message)
    assert sorted(place.iterdir()) == before


def test_an_oracle_that_leaves_questions_open(jumpbound: Command) -> None:
    said = jumpbound(
        "layer", "--size", "1", "--oracle", "jump:5/while:pairs.while", "--accept-unknown",
        "--json", "-w", "<8.<<3.0>.<5.<1.1>>>>,0",
    )
    assert said.code == 1
    (open_,) = said.json()["unknown"]
    assert open_["program"] == "ask" and len(open_["undecided"]) == 1


# Stopped


def test_ctrl_c(place: Path) -> None:
    command = [
        sys.executable, "-m", "checks.cli", "layer", "--size", "9", "-w", "pairs:2", "--workers",
        "2",
    ]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}

    def listen() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)

    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, preexec_fn=listen
    ) as started:
        assert started.stderr is not None
        assert started.stderr.readline().startswith(b"deciding ")
        time.sleep(0.2)
        started.send_signal(signal.SIGINT)
        out, err = started.communicate(timeout=60)
    assert (started.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    assert err.splitlines()[-1].startswith(b"jumpbound: stopped")
