"""Guesses stage by stage: windows, mind changes, and what is known behind a window."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.revision import show
from checks.revision.guessing import Known, Look, changes_again, known_limit, look
from models.errors import BadInput
from models.machine.oracle import EMPTY, FULL, Decided, Oracle, Table
from models.machine.program import Ask, code, parse_program
from models.machine.run import run
from models.machine.source import load_program
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, numeral, parse_tree
from models.revision import guessing
from models.revision.guessing import Guess, Guesses, Stretch, guesses, guesses_of_jump
from models.revision.limit_lemma import guesser

EXAMPLES = Path(__file__).parents[2] / "examples" / "while"
WAVER = load_program(EXAMPLES / "waver.while")
MEMBER = load_program(EXAMPLES / "member_from.while")
ONLY = load_program(EXAMPLES / "only_member_from.while")
HALTS_WITHIN = load_program(EXAMPLES / "halts_within.while")
LOOP, LIST = code(parse_program("while(id, id)")), code(parse_program("while(tl, tl)"))
MIXED = parse_program("if(then(tl, tl), if(then(tl, then(tl, tl)), quote 1, quote 3), "
                      "if(tl, quote 0, while(id, id)))")
"""No value in stage 0, then 0, 3, and from stage 3 on 1."""


def marks(seen: Guesses) -> str:
    return "".join(show.MARKS[guess.kind] for guess in seen.guesses)


# Windows


@pytest.mark.parametrize(
    ("n", "expected", "changes"),
    [
        (0, "......", ()),
        (1, ".#####", (0,)),
        (3, ".#.###", (0, 1, 2)),
        (4, ".#.#..", (0, 1, 2, 3)),
        # In this window it does not get to an end.
        (9, ".#.#.#", (0, 1, 2, 3, 4)),
    ],
)
def test_a_guesser_that_changes_its_mind_n_times(
    n: int, expected: str, changes: tuple[int, ...]
) -> None:
    seen = guesses(WAVER, numeral(n), stages=6)
    assert marks(seen) == expected
    assert seen.changes == changes
    assert seen.unchanged_from == len(changes)
    assert seen.first_without_truth_value is None


@pytest.mark.parametrize(
    ("n", "expected"),
    [(0, "...####..."), (2, ".####....."), (3, "....######"), (6, ".#########"), (7, "..........")],
)
def test_a_guesser_that_takes_back_a_yes(n: int, expected: str) -> None:
    """Of the members 2 and 6; it looks at n first in stage 1."""
    oracle = Table({numeral(2): TRUE, numeral(6): TRUE})
    seen = guesses(ONLY, numeral(n), stages=10, oracle=oracle)
    assert marks(seen) == expected
    assert len(seen.changes) <= 2


def test_what_has_no_truth_value() -> None:
    seen = guesses(MIXED, NIL, stages=6, gas=50)
    assert [guess.kind for guess in seen.guesses] == ["none", "no", "other", "yes", "yes", "yes"]
    assert seen.guesses[0] == Guess(None, 50)
    assert seen.guesses[2].value == numeral(3)
    assert seen.first_without_truth_value == 0
    # Of a guess that is missing it is not said that it is another one.
    assert seen.changes == (1, 2)
    assert seen.unchanged_from == 3
    assert seen.stretches == (
        Stretch(0, 0, None, "none"), Stretch(1, 1, FALSE, "no"),
        Stretch(2, 2, numeral(3), "other"), Stretch(3, 5, TRUE, "yes"),
    )


def test_a_window_that_ends_without_a_value() -> None:
    seen = guesses(parse_program("if(tl, while(id, id), quote 1)"), NIL, stages=3, gas=30)
    assert marks(seen) == "#  "
    assert (seen.changes, seen.unchanged_from, seen.first_without_truth_value) == ((), None, 1)


def test_steps_are_those_of_the_runs() -> None:
    seen = guesses(WAVER, numeral(2), stages=4)
    alone = [run(WAVER, Pair(numeral(2), numeral(stage))).steps for stage in range(4)]
    assert [guess.steps for guess in seen.guesses] == alone
    assert seen.steps == sum(alone)


@pytest.mark.parametrize("short", [0, 1, 40, 700, 10**6])
@pytest.mark.parametrize("gas", [100, 2_000])
def test_the_compiled_machine_takes_over(
    short: int, gas: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever that is, the guesses and their steps are the same."""
    expected = [
        run(program, Pair(value, numeral(stage)), oracle=FULL, gas=gas)
        for program, value in ((MEMBER, numeral(1)), (MIXED, LIST)) for stage in range(5)
    ]
    monkeypatch.setattr(guessing, "SHORT", short)
    found = [
        guess
        for program, value in ((MEMBER, numeral(1)), (MIXED, LIST))
        for guess in guesses(program, value, stages=5, oracle=FULL, gas=gas).guesses
    ]
    assert [(g.value, g.steps) for g in found] == [(r.value, r.steps) for r in expected]


def test_an_oracle_is_asked_once() -> None:
    class Counting(Oracle):
        asked = 0

        def __call__(self, argument: Tree, /) -> Tree:
            Counting.asked += 1
            return TRUE

    guesses(parse_program("then(hd, ask)"), NIL, stages=30, oracle=Counting())
    assert Counting.asked == 1


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    seen = guesses(WAVER, numeral(1), stages=4, progress=lambda *now: told.append(now))
    assert [made for made, _ in told] == [1, 2, 3, 4]
    assert told[-1][1] == seen.steps


@pytest.mark.parametrize("stages", [0, -1, True, 1.5, "3", guessing.LARGEST_WINDOW + 1])
def test_windows_that_are_none(stages: object) -> None:
    with pytest.raises(BadInput, match="a whole number from 1 to 1000000"):
        guesses(WAVER, NIL, stages=stages)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="stages"):
        guesses_of_jump(WAVER, NIL, stages=stages)  # type: ignore[arg-type]


def test_what_cannot_be_run() -> None:
    with pytest.raises(BadInput, match="gas -1"):
        guesses(WAVER, NIL, stages=2, gas=-1)
    with pytest.raises(BadInput, match="a program"):
        guesses("waver", NIL, stages=2)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="a tree"):
        guesses_of_jump(WAVER, 3, stages=2)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="ran out of gas"):
        undecided = Decided(parse_program("while(id, id)"), gas=100)
        guesses(parse_program("ask"), NIL, stages=2, oracle=undecided)


# The guesser of the jump


@pytest.mark.parametrize(
    ("tree", "oracle", "first"),
    [(NIL, EMPTY, 1), (LIST, EMPTY, 11), (LOOP, EMPTY, None),
     (code(parse_program("while(ask, id)")), EMPTY, 3),
     (code(parse_program("while(ask, id)")), FULL, None)],
)
def test_two_guessers_of_the_jump(tree: Tree, oracle: Oracle, first: int | None) -> None:
    """The one of theorem jump-to-limit and the one that is written down in the examples say the
    same in every stage: no before the program has halted, and then yes."""
    made = guesses_of_jump(Ask(), tree, stages=20, oracle=oracle)
    written = guesses(HALTS_WITHIN, tree, stages=20, oracle=oracle)
    assert marks(made) == marks(written) == ("." * 20 if first is None else
                                             "." * first + "#" * (20 - first))


def test_these_are_the_guesses_of_the_guesser() -> None:
    program = parse_program("if(ask, quote false, quote true)")
    seen = guesses_of_jump(program, LIST, stages=15)
    assert seen == guesses(guesser(program), LIST, stages=15)
    assert seen.changes == (3, 10)


def test_there_is_always_gas_enough() -> None:
    """Also for a program that asks in every other step."""
    program = parse_program("while(ask, ask)")
    seen = guesses_of_jump(program, NIL, stages=40)
    assert seen.first_without_truth_value is None
    assert all(guess.steps <= guessing.enough(s) for s, guess in enumerate(seen.guesses))


# What is known


@pytest.mark.parametrize(
    ("p", "x", "oracle", "known"),
    [
        ("ask", LIST, EMPTY, Known(True, 11)),
        ("ask", LOOP, EMPTY, Known(False, 1)),
        ("ask", NIL, EMPTY, Known(True, 1)),
        # Its four steps are more than the one of id
        ("if(ask, quote false, quote true)", NIL, EMPTY, Known(False, 4)),
        ("if(ask, quote false, quote true)", LIST, EMPTY, Known(False, 11)),
        ("ask", code(parse_program("while(ask, id)")), FULL, Known(False, 1)),
    ],
)
def test_limits_with_a_modulus(p: str, x: Tree, oracle: Oracle, known: Known) -> None:
    program = parse_program(p)
    assert known_limit(program, x, oracle) == known
    seen = guesses_of_jump(program, x, stages=known.modulus + 9 if known.modulus else 9,
                           oracle=oracle)
    assert seen.unchanged_from is not None and known.modulus is not None
    assert seen.unchanged_from <= known.modulus
    assert seen.guesses[-1].value == (TRUE if known.limit else FALSE)


def test_limits_that_are_not_known() -> None:
    for text, reason in (
        ("while(quote 1, id)", "relative to the jump it has not halted after 10000 steps"),
        ("quote 2", "relative to the jump its value is no truth value"),
    ):
        assert known_limit(parse_program(text), NIL, EMPTY) == Known(None, None, reason)


def test_a_question_that_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    from checks.machine import turing_jump
    from checks.machine.decide import Decision

    monkeypatch.setattr(turing_jump, "decide", lambda *_, **__: Decision("unknown"))
    found = known_limit(Ask(), LIST, EMPTY)
    assert (found.limit, found.modulus) == (None, None)
    assert found.reason.startswith("a question to the jump is open: not decided whether <8.")


@pytest.mark.parametrize(
    ("n", "after", "again"),
    [(0, 2, True), (0, 6, True), (0, 7, False), (3, 2, True), (3, 4, False), (7, 0, False)],
)
def test_whether_a_guess_changes_again(n: int, after: int, again: bool) -> None:
    oracle = Table({numeral(2): TRUE, numeral(6): TRUE})
    seen = guesses(ONLY, numeral(n), stages=30, oracle=oracle)
    assert any(stage >= after for stage in seen.changes) == again
    assert changes_again(ONLY, numeral(n), after, oracle) == again


def test_a_window_can_deceive() -> None:
    """Nothing changes in forty stages, but then it does."""
    oracle = Table({numeral(50): TRUE})
    seen = guesses(MEMBER, NIL, stages=40, oracle=oracle)
    assert (seen.changes, seen.unchanged_from) == ((), 0)
    assert guesses(MEMBER, NIL, stages=60, oracle=oracle).changes == (50,)


# Looking


def test_looking_at_several_inputs() -> None:
    told = []
    found = look(
        WAVER, [numeral(0), numeral(2)], stages=5, oracle=EMPTY, gas=1_000,
        progress=lambda event: told.append((event.done, event.total)),
    )
    assert [marks(seen) for seen in found.seen] == [".....", ".#..."]
    assert (found.known, found.again, found.total, found.answered) == (None, None, True, True)
    assert told == [(done, 10) for done in range(1, 11)]
    assert found.to_json() == {
        "truth_values": True,
        "inputs": [
            {
                "input": "nil", "guesses": [False] * 5, "changes": [], "unchanged_from": 0,
                "steps": found.seen[0].steps,
                "max_steps": max(guess.steps for guess in found.seen[0].guesses),
            },
            {
                "input": "<nil.<nil.nil>>", "guesses": [False, True, False, False, False],
                "changes": [0, 1], "unchanged_from": 2, "steps": found.seen[1].steps,
                "max_steps": max(guess.steps for guess in found.seen[1].guesses),
            },
        ],
    }


def test_looking_ahead() -> None:
    found = look(WAVER, [numeral(2), numeral(9)], stages=5, oracle=EMPTY, gas=1_000, ahead=True)
    assert found.again == (False, True)
    assert [row["changes_again"] for row in found.to_json()["inputs"]] == [False, True]


def test_looking_ahead_of_what_is_no_guesser() -> None:
    """The values of tl change in every stage, and all but the first two are pairs."""
    found = look(parse_program("tl"), [NIL], stages=3, oracle=EMPTY, gas=100, ahead=True)
    assert (found.again, found.total) == ((False,), False)
    assert show.columns(found)[-1] == ("yes and no change after stage 2", "left")
    said = show.conclusion(found)
    assert "no truth value at 0 in stage 2" in said
    assert "Whether nil comes behind a pair or a pair behind nil was decided" in said
    assert "changes again" not in said


def test_looking_at_what_the_jump_decides() -> None:
    found = look(
        parse_program("if(hd, ask, quote 2)"), [LIST, NIL], stages=4, oracle=EMPTY, gas=1,
        asks_jump=True,
    )
    rows = found.to_json()["inputs"]
    assert [(row["limit"], row["modulus"]) for row in rows] == [(True, 11), (None, None)]
    assert "no truth value" in rows[1]["reason"] and "reason" not in rows[0]
    assert found.total


def test_what_is_no_guesser() -> None:
    found = look(MIXED, [NIL], stages=4, oracle=EMPTY, gas=40)
    assert not found.total
    (row,) = found.to_json()["inputs"]
    assert row["guesses"] == [None, False, "<nil.<nil.<nil.nil>>>", True]
    assert "This is no guesser, as far as was seen: no truth value at 0 in stage 0." in (
        show.conclusion(found)
    )


# On a terminal


def test_marks() -> None:
    seen = [guesses(WAVER, numeral(n), stages=12) for n in (0, 3)]
    assert list(show.mark_lines(seen, 100)) == [
        "stage  0         10",
        "0      ............",
        "3      .#.#########",
        "        ^^^",
    ]
    assert show.legend(seen) == "# yes, . no, ^ a change of mind"


def test_marks_go_on_in_further_lines() -> None:
    (seen,) = [guesses(WAVER, numeral(13), stages=25)]
    assert list(show.mark_lines([seen], 19)) == [
        "stage  0",
        "13     .#.#.#.#.#",
        "        ^^^^^^^^^",
        "",
        "stage  10",
        "13     .#.#######",
        "       ^^^^",
        "",
        "stage  20",
        "13     #####",
    ]


def test_the_table() -> None:
    seen = (guesses(WAVER, numeral(3), stages=5), guesses(WAVER, numeral(20), stages=30))
    steps = [f"{max(guess.steps for guess in each.guesses):,}" for each in seen]
    assert list(show.rows(Look(seen))) == [
        ("3", "3", "0, 1, 2", "yes", "3", steps[0]),
        ("20", "20", "0, 1, 2, 3, 4, 5, 6, 7, …", "no", "20", steps[1]),
    ]
    known = (Known(True, 4), Known(None, None, "a question is open"))
    assert [row[-2:] for row in show.rows(Look(seen, known))] == [("yes", "4"), ("not known", "")]
    assert [row[-1] for row in show.rows(Look(seen, None, (True, None)))] == ["yes", "not known"]
    for found in (Look(seen), Look(seen, known), Look(seen, None, (True, None))):
        assert all(len(row) == len(show.columns(found)) for row in show.rows(found))


def test_what_is_said_in_the_end() -> None:
    """A limit is not spoken of where none is known."""
    seen = (guesses(WAVER, numeral(3), stages=5),)
    assert show.conclusion(Look(seen)) == (
        "Nothing here tells the limits: a guess may change after stage 4."
    )
    assert "Not known at 3: it is open." in show.conclusion(
        Look(seen, (Known(None, None, "it is open"),))
    )
    assert "decided with evidence" in show.conclusion(Look(seen, None, (False,)))


def test_a_last_guess_that_is_no_truth_value() -> None:
    (row,) = show.rows(Look((guesses(parse_program("quote <1.2>"), NIL, stages=2),)))
    assert row[3] == "<1.2>"
    (row,) = show.rows(Look((guesses(parse_program("while(id, id)"), NIL, stages=2, gas=9),)))
    assert row[3:5] == ("no value within the gas", "")


def test_trees_are_read_as_they_are_written() -> None:
    assert show.label(guesses(WAVER, parse_tree("<8.<<2.0>.<2.0>>>"), stages=1)) == (
        "<8.<<2.0>.<2.0>>>"
    )
