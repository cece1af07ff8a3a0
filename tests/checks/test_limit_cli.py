"""``jumpbound limit``: what it prints, draws and refuses."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from checks.revision import plot
from checks.revision.guessing import Known, Look
from models.errors import BadInput
from models.machine.program import parse_program
from models.machine.source import load_program
from models.machine.tree import FALSE, NIL, TRUE, numeral
from models.revision.guessing import Guess, Guesses, guesses
from tests.checks.console import Command

EXAMPLES = Path(__file__).parents[2] / "examples" / "while"
WAVER, ONLY = (str(EXAMPLES / f"{name}.while") for name in ("waver", "only_member_from"))


@pytest.fixture
def limit(jumpbound: Command) -> Command:
    """The command ``jumpbound limit``."""
    return partial(jumpbound, "limit")


# For a reader


def test_guesses_for_a_reader(limit: Command) -> None:
    said = limit(ONLY, "-i", "0", "-i", "3", "-i", "7", "--stages", "10", "--oracle", "set:2,6")
    assert (said.code, said.err) == (0, "")
    lines = [line.rstrip() for line in said.out.splitlines()]
    assert lines[:8] == [
        "Guesses in stages 0 to 9: # yes, . no, ^ a change of mind",
        "",
        "stage  0",
        "0      ...####...",
        "          ^   ^",
        "3      ....######",
        "           ^",
        "7      ..........",
    ]
    words = [re.split(r"\s{2,}", line)[:5] for line in lines[9:13]]
    assert words[0] == ["input", "changes", "after stages", "last guess", "same since"]
    assert words[1:3] == [["0", "2", "2, 6", "no", "7"], ["3", "1", "3", "yes", "4"]]
    assert words[3][:4] == ["7", "0", "no", "0"]
    assert lines[-1] == "Nothing here tells the limits: a guess may change after stage 9."
    assert not re.search(r"\blimit\b", said.out)


def test_the_defaults(limit: Command) -> None:
    said = limit("-e", "quote true")
    assert said.code == 0
    assert "Guesses in stages 0 to 39" in said.out
    assert "0      " + "#" * 40 in said.out


def test_a_term_in_a_file_and_an_input_from_a_file(limit: Command, place: Path) -> None:
    (place / "h.term").write_text("then(hd, ask)  // in every stage the same")
    (place / "tree.txt").write_text("<1.\n2>")
    said = limit("h.term", "-i", "@tree.txt", "--oracle", "set:<1.2>", "--stages", "3", "--json")
    assert said.json()["inputs"][0]["guesses"] == [True, True, True]


def test_many_stages_are_not_shown_one_by_one(limit: Command) -> None:
    said = limit(WAVER, "-i", "2", "--stages", "1500")
    assert said.code == 0
    assert "stage  0" not in said.out and "####" not in said.out
    assert said.out.startswith("Guesses in stages 0 to 1499, too many to show each\n\ninput ")
    assert re.search(r"^2 +2  0, 1 +no +2 ", said.out, re.MULTILINE)


def test_no_guesser(limit: Command) -> None:
    said = limit("-e", "if(tl, quote 3, while(id, id))", "--stages", "4", "--gas", "90")
    assert said.code == 1
    assert "? another value, a gap no value within the gas" in said.out
    assert "0       ???" in said.out
    assert "This is no guesser, as far as was seen: no truth value at 0 in stage 0." in said.out


# Limits that are known


def test_the_guesser_of_a_program_that_asks_the_jump(limit: Command) -> None:
    asked = ("-e", "ask", "--asks-jump", "-i", "<8.<<2.0>.<2.0>>>", "-i", "<8.<1.1>>")
    said = limit(*asked, "--stages", "13")
    assert said.code == 0
    assert "<8.<<2.0>.<2.0>>>  ...........##" in said.out
    rows = [line.split() for line in said.out.splitlines() if line.startswith("<8.")]
    assert rows[-2][-2:] == ["yes", "11"] and rows[-1][-2:] == ["no", "1"]
    assert "Limits and moduli are known" in said.out
    found = limit(*asked, "--stages", "13", "--json").json()["inputs"]
    assert [(row["limit"], row["modulus"], row["changes"]) for row in found] == [
        (True, 11, [10]), (False, 1, []),
    ]


def test_a_limit_that_is_not_known(limit: Command) -> None:
    said = limit("-e", "while(quote 1, id)", "--asks-jump", "--stages", "3")
    assert said.code == 0
    assert "Not known at 0: relative to the jump it has not halted after 10000 steps." in said.out
    assert "are known" not in said.out and "Nothing here tells the limits" in said.out


def test_limits_of_which_some_are_known(limit: Command) -> None:
    said = limit("-e", "while(id, id)", "--asks-jump", "--stages", "3", "-i", "0", "-i", "1")
    assert "The limits and moduli that are told are known: " in said.out
    assert "Not known at 1: relative to the jump it has not halted" in said.out


def test_looking_ahead(limit: Command) -> None:
    asked = (WAVER, "-i", "2", "-i", "6", "--stages", "5", "--ahead")
    said = limit(*asked)
    assert said.code == 0
    assert "changes after stage 4" in said.out
    rows = [line.split() for line in said.out.splitlines() if re.match(r"[26] +\d", line)]
    assert [row[-1] for row in rows] == ["no", "yes"]
    assert [row["changes_again"] for row in limit(*asked, "--json").json()["inputs"]] == [
        False, True
    ]


def test_ahead_of_what_is_not_decided(limit: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    from checks.machine.decide import Decision
    from checks.revision import guessing

    monkeypatch.setattr(guessing, "decide", lambda *_, **__: Decision("unknown"))
    said = limit(WAVER, "--stages", "3", "--ahead")
    assert said.code == 1
    assert "not known" in said.out
    assert "with evidence" not in said.out and "Nothing here tells the limits" in said.out
    said = limit(WAVER, "--stages", "3", "--ahead", "--json")
    assert (said.code, said.json()["inputs"][0]["changes_again"]) == (1, None)


# JSON


def test_json(limit: Command) -> None:
    said = limit(WAVER, "-i", "1", "--stages", "3", "--json")
    assert (said.code, said.err) == (0, "")
    data = said.json()
    assert set(data) == {"stages", "oracle", "truth_values", "inputs"}
    assert (data["stages"], data["oracle"], data["truth_values"]) == (3, "empty", True)
    (row,) = data["inputs"]
    assert set(row) == {"input", "guesses", "changes", "unchanged_from", "steps", "max_steps"}
    assert row["input"] == "<nil.nil>"
    assert (row["guesses"], row["changes"], row["unchanged_from"]) == ([False, True, True], [0], 1)
    assert 0 < row["max_steps"] < row["steps"]


def test_the_compiled_machine_says_the_same(
    limit: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.revision import guessing

    asked = (ONLY, "-i", "0", "-i", "5", "--stages", "9", "--oracle", "set:2,6", "--json")
    expected = limit(*asked)
    monkeypatch.setattr(guessing, "SHORT", 0)
    assert limit(*asked) == expected


# Pictures


@pytest.mark.parametrize("suffix", ["svg", "png", "html"])
def test_a_picture(limit: Command, place: Path, suffix: str) -> None:
    said = limit(
        WAVER, "-i", "0", "-i", "3", "--stages", "6", "--plot", f"guesses.{suffix}", "--json"
    )
    assert said.code == 0 and said.json()["stages"] == 6
    content = (place / f"guesses.{suffix}").read_bytes()
    if suffix == "svg":
        assert ElementTree.fromstring(content).tag.endswith("svg")
    assert [path.name for path in place.iterdir()] == [f"guesses.{suffix}"]


def layers(chart: Any, field: str) -> list[dict[str, Any]]:
    """The rows of the data that have a field."""
    data = chart.to_dict(validate=False)["datasets"].values()
    return [row for rows in data for row in rows if field in row]


def test_what_is_drawn() -> None:
    waver = load_program(Path(WAVER))
    seen = tuple(guesses(waver, numeral(n), stages=8) for n in (0, 3))
    chart = plot.guesses_chart(Look(seen), of="waver.while", oracle="empty")
    bars = [(row["input"], row["first"], row["last"], row["guess"]) for row in
            layers(chart, "first")]
    assert bars == [
        ("0", 0, 7, "no"),
        ("3", 0, 0, "no"), ("3", 1, 1, "yes"), ("3", 2, 2, "no"), ("3", 3, 7, "yes"),
    ]
    marks = layers(chart, "after stage")
    assert [(row["input"], row["after stage"], row["from"]) for row in marks] == [
        ("3", 0, 0.5), ("3", 1, 1.5), ("3", 2, 2.5)
    ]
    spec = chart.to_dict(validate=False)
    assert spec["title"]["text"] == "Guesses of waver.while"
    assert spec["title"]["subtitle"][0] == "relative to empty"
    assert "What comes after stage 7 is not known." in spec["title"]["subtitle"][1]
    assert "3: 3 changes" in spec["description"]
    assert not layers(chart, "modulus")


def test_what_is_known_is_drawn() -> None:
    seen = tuple(guesses(load_program(Path(WAVER)), numeral(n), stages=5) for n in (1, 2, 8))
    known = (Known(True, 1), Known(None, None, "open"), Known(False, 8))
    chart = plot.guesses_chart(Look(seen, known), of="waver", oracle="empty")
    # The last one is behind the picture.
    assert [(row["input"], row["modulus"]) for row in layers(chart, "modulus")] == [("1", 1)]
    chart = plot.guesses_chart(
        Look(seen, None, (False, None, True)), of="waver", oracle="empty"
    )
    assert "1: 1 change, no more; 2: 2 changes; 8: 4 changes and more" in (
        chart.to_dict(validate=False)["description"]
    )


def test_every_kind_of_guess_has_its_colour() -> None:
    mixed = parse_program(
        "if(then(tl, tl), if(then(tl, then(tl, tl)), quote 1, quote 3), "
        "if(tl, quote 0, while(id, id)))"
    )
    chart = plot.guesses_chart(
        Look((guesses(mixed, NIL, stages=5, gas=50),)), of="a" * 99, oracle="set:\u2028"
    )
    assert [row["guess"] for row in layers(chart, "first")] == [
        "no value in time", "no", "another value", "yes"
    ]
    colours = [colour for _, colour in plot.LEGEND.values()]
    assert len(set(colours)) == len(colours)
    title = chart.to_dict(validate=False)["title"]
    assert len(title["text"]) < 80 and title["text"].endswith("…")
    assert title["subtitle"][0] == "relative to set:?"


def test_equal_inputs_have_rows_of_their_own() -> None:
    (seen,) = [guesses(load_program(Path(WAVER)), numeral(1), stages=3)]
    chart = plot.guesses_chart(Look((seen, seen)), of="waver", oracle="empty")
    assert {row["input"] for row in layers(chart, "first")} == {"1", "1 (2)"}


def test_too_much_for_a_picture() -> None:
    (seen,) = [guesses(load_program(Path(WAVER)), NIL, stages=1)]
    with pytest.raises(BadInput, match="61 inputs in a picture; expected from 1 to 60"):
        plot.guesses_chart(Look((seen,) * 61), of="waver", oracle="empty")
    turns = tuple(Guess(TRUE if stage % 2 else FALSE, 1) for stage in range(5_001))
    with pytest.raises(BadInput, match="5001 stretches of equal guesses; expected at most 5000"):
        plot.guesses_chart(Look((Guesses(NIL, turns),)), of="waver", oracle="empty")


# What is refused


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("--stages", "5"), "no program; expected FILE or -e TERM"),
        ((WAVER, "-e", "id"), "two programs"),
        (("-e", "id", "--stages", "0"), "--stages"),
        (("-e", "id", "--stages", "1000001"), "--stages"),
        (("-e", "id", "--stages", "many"), "--stages"),
        (("-e", "id", "-i", "<1"), "--input: line 1, column 3"),
        (("-e", "id", "-i", "1", "-i", "2]"), "--input: line 1, column 2"),
        (("-e", "id", "--gas", "-1"), "gas -1"),
        (("-e", "id", "--oracle", "some"), "unknown oracle 'some'"),
        (("-e", "id", "--asks-jump", "--ahead"), "--asks-jump with --ahead; expected one of them"),
        (("-e", "id", "--plot", "guesses.pdf"), "no picture format for the suffix '.pdf'"),
        (("-e", "id", "--plot", "nowhere/guesses.svg"), "an existing folder"),
        (("none.while",), "none.while: cannot read it"),
    ],
)
def test_bad_input(
    limit: Command, place: Path, arguments: tuple[str, ...], wanted: str
) -> None:
    said = limit(*arguments)
    assert (said.code, said.out) == (2, "")
    (line,) = said.err.splitlines()
    assert line.startswith("jumpbound: ") and wanted in line
    assert list(place.iterdir()) == []


def test_a_picture_that_cannot_be_is_refused_before_the_work(
    limit: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from checks.revision import guessing

    def forbidden(*_: Any, **__: Any) -> None:
        raise AssertionError("work was done")

    monkeypatch.setattr(guessing, "guesses", forbidden)
    assert limit("-e", "id", "--plot", "guesses.pdf").code == 2


def test_an_oracle_that_does_not_answer(limit: Command, place: Path) -> None:
    (place / "loop.while").write_text("loop read X { while true {} } write X")
    said = limit("-e", "ask", "--oracle", "while:loop.while", "--oracle-gas", "50")
    assert said.code == 2 and "ran out of gas" in said.err and said.out == ""
