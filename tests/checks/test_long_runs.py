"""``jumpbound run`` on long runs: the compiled machine takes over, and nothing else changes."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from checks import cli
from models.errors import BadInput
from models.machine import compiled_run
from models.machine.oracle import Oracle, Remembering
from models.machine.program import parse_program
from models.machine.tree import NIL, TRUE, Tree, numeral
from tests.checks.console import Command


@pytest.fixture
def said(place: Path, jumpbound: Command, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Exit code and output of ``jumpbound run``, after so many steps of the reference."""
    (place / "odd.while").write_text(
        "odd read X { Y := nil; while X { if Y { Y := nil } else { Y := true }; X := tl X } } "
        "write Y"
    )

    def run(short: int, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(cli, "SHORT_RUN", short)
        found = jumpbound("run", *arguments)
        return found.code, found.out, found.err

    return run


@pytest.mark.parametrize("oracle", ["empty", "full", "set:3,<1.2>", "while:odd.while"])
@pytest.mark.parametrize("more", [[], ["--numbers"], ["--json"], ["--gas", "100"]])
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("while(id, tl)", "30"),
        ("while(id, then(cons(tl, ask), hd))", "20"),
        ("while(ask, cons(tl, hd))", "[<1.2>, 3]"),
    ],
)
def test_the_same_output(said: Any, oracle: str, more: list[str], text: str, value: str) -> None:
    arguments = ["-e", text, "--input", value, "--oracle", oracle, "--gas", "400", *more]
    expected = said(10_000, *arguments)
    assert expected[0] in (0, 1) and expected[2] == ""
    for short in (0, 1, 50):
        assert said(short, *arguments) == expected


def test_a_long_run(said: Any) -> None:
    code, out, err = said(20_000, "-e", "while(id, tl)", "--input", "200000", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {"outcome": "halted", "value": "nil", "steps": 800_003, "queries": []}
    code, out, err = said(20_000, "-e", "while(quote 1, id)", "--gas", "300000000")
    assert (code, err) == (1, "")
    assert out == "out of gas after 300000000 steps: it may halt with more, or never\n"


def test_a_run_that_is_too_large(said: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled_run, "LARGEST_HEAP", 200_000)
    code, out, err = said(20_000, "-e", "while(quote 1, cons(quote 0, id))", "--gas", "10000000")
    assert (code, out) == (2, "")
    assert err.startswith("jumpbound: the run holds ")
    assert err.count("\n") == 1


def test_a_question_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Counting(Oracle):
        asked = 0

        def __call__(self, argument: Tree, /) -> Tree:
            self.asked += 1
            if self.asked == 8:
                raise BadInput("no answer")
            return TRUE

    monkeypatch.setattr(cli, "SHORT_RUN", 20)
    program, oracle = parse_program("while(id, then(cons(tl, ask), hd))"), Counting()
    found = cli.short_or_long_run(program, numeral(7), oracle, 1000, quiet=True)
    assert (found.value, len(found.queries), oracle.asked) == (NIL, 7, 7)
    with pytest.raises(BadInput, match="no answer"):
        cli.short_or_long_run(program, numeral(30), oracle, 1000, quiet=True)
    remembering = Remembering(Counting())
    assert [remembering(numeral(n % 3)) for n in range(20)] == [TRUE] * 20


def test_stopped_by_ctrl_c(said: Any) -> None:
    # In place of the terminal's, a signal that comes when the run is well under way.
    before = signal.getsignal(signal.SIGINT)
    other = signal.signal(signal.SIGVTALRM, signal.default_int_handler)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, 1)
        command = ["-e", "while(quote 1, id)", "--gas", str(10**13)]
        code, out, err = said(0, *command)
        assert (code, out) == (130, "")
        assert err.startswith("jumpbound: stopped") and err.count("\n") == 1
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, other)
        signal.signal(signal.SIGINT, before)
