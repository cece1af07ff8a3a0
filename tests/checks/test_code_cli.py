"""``jumpbound code``: the tree of a program, and back; and what ``halts`` says can be typed in."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import pytest

from checks import cli

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The exit code, output and errors of a command."""

    def command(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["jumpbound", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return command


@pytest.mark.parametrize(
    ("program", "tree"),
    [
        ("ask", "<3.0>"),
        ("while(tl, tl)", "<8.<<2.0>.<2.0>>>"),
        ("quote <1.2>", "<4.<1.2>>"),
        ("if(hd, tl, ask)", "<7.<<1.0>.<<2.0>.<3.0>>>>"),
    ],
)
def test_there_and_back(command: Command, program: str, tree: str) -> None:
    assert command("code", "-e", program) == (0, f"{tree}\n", "")
    assert command("code", "--read", tree) == (0, f"{program}\n", "")
    said = command("code", "-e", program, "--json")[1]
    assert json.loads(said) == {"program": program, "code": tree}


def test_every_tree_is_a_program(command: Command) -> None:
    """But only one tree is a program's own code."""
    code, said, _ = command("code", "--read", "0", "--json")
    assert code == 0
    assert json.loads(said) == {"program": "id", "code": "1"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "no program; expected FILE or -e TERM"),
        (("-e", "tl", "--read", "3"), "two programs; expected FILE, -e TERM or --read TREE"),
        (("--read", "<1"), "--read: "),
    ],
)
def test_what_is_refused(command: Command, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = command("code", *arguments)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert said in err


def test_an_open_question_names_the_option(command: Command) -> None:
    asked = ("halts", "-e", "while(id, tl)", "--input", "300", "--gas", "100")
    code, said, _ = command(*asked)
    assert (code, said.splitlines()[-1]) == (1, "It may be decided with more --gas.")
    assert command(*asked[:-1], "10000")[:2] == (0, "halts after 1203 steps\n")


def test_oracles_are_written_as_they_are_named(command: Command) -> None:
    code, said, _ = command("halts", "-e", "while(ask, id)", "--oracle", "generic")
    named = [line[12:-1] for line in said.splitlines() if line.startswith("Relative to ")]
    assert (code, named) == (0, ["empty", "full"])
    for oracle, verdict in zip(named, ("halts", "loops"), strict=True):
        assert command("halts", "-e", "while(ask, id)", "--oracle", oracle)[1].startswith(verdict)
