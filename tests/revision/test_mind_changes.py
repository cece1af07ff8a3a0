"""The contrary guesser: what it sees, what it says, how often it changes its mind."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from checks.revision import mind_changes as checks
from checks.revision.mind_changes import (
    NO,
    NO_YES,
    NO_YES_NO,
    YES,
    YES_NO,
    Row,
    agreement,
    follower,
    following,
    has_loop,
    own_guesses,
    rows,
)
from examples.guessers.make import files
from models.machine.compiled_run import run_batch
from models.machine.oracle import EMPTY, FULL, Table
from models.machine.program import Cons, Hd, Id, Program, Quote, Then, code, parse_program
from models.machine.run import run
from models.machine.source import load_program
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, numeral, parse_tree
from models.machine.universal import ASK, TEST_COST, reporting
from models.revision.mind_changes import (
    CONTRARY_STEPS,
    COUNT,
    LOOK,
    LOOK_STEPS,
    changes,
    contrary,
    contrary_gas,
    contrary_guess,
    seen_stage,
    settled_stage,
    watch,
    watching_gas,
)

PARITY = parse_program(
    "then(cons(quote 0, tl), then(while(tl, cons(if(hd, quote 0, quote 1), then(tl, tl))), hd))"
)
"""Whether the stage is odd; each stage takes some steps more than the one before."""


def guesses(tree: Tree, n: int, stages: int, oracle: Table = EMPTY) -> str:
    """The contrary guesses in stages 0 to ``stages``: y or n each."""
    found = (contrary_guess(oracle, tree, n, stage) for stage in range(stages + 1))
    return "".join("y" if guess == TRUE else "n" for guess in found)


def by_program(tree: Tree, n: int, stages: int, oracle: Table = EMPTY) -> str:
    """The same by the program."""
    found = run_batch(
        [contrary(n)] * (stages + 1), [Pair(tree, numeral(stage)) for stage in range(stages + 1)],
        oracle=oracle, gas=contrary_gas(numeral(stages)), results=True,
    )
    assert set(found.results) <= {TRUE, FALSE}
    return "".join("y" if guess == TRUE else "n" for guess in found.results)


def turns(said: str) -> int:
    return sum(one != next_ for one, next_ in pairwise(said))


# How often guesses change


def test_changes_are_counted_up_to_a_stage() -> None:
    row = Row(numeral(0), numeral(1), numeral(1), numeral(0), numeral(2))
    assert [changes(row, stage) for stage in range(-2, 7)] == [0, 0, 0, 1, 1, 2, 3, 3, 3]


# What is seen. A guess of NO_YES takes 4 steps in stage 0 and 6 in the others; one of NO_YES_NO
# takes 4, 9 and then 11.


def seen(time: int, count: int, last: Tree, left: int) -> Tree:
    return watch(EMPTY, NO_YES.code, time, count, 0, last, left)


@pytest.mark.parametrize(
    ("time", "count", "found"),
    [
        (3, 3, "<true.2>"),  # none in time
        (4, 0, "<true.2>"),  # none looked at
        (4, 1, "<nil.1>"),
        (5, 5, "<nil.1>"),  # the second one takes longer, so no later one is looked at
        (6, 1, "<nil.1>"),
        (6, 2, "<true.0>"),
        (6, 6, "<true.0>"),  # the others are the same as the second one
    ],
)
def test_what_is_seen_in_time_counts(time: int, count: int, found: str) -> None:
    assert seen(time, count, TRUE, 2) == parse_tree(found)


def test_a_guess_that_counted_last_does_not_count_again() -> None:
    assert seen(4, 1, FALSE, 2) == parse_tree("<nil.2>")
    assert seen(6, 2, FALSE, 2) == parse_tree("<true.1>")


def test_when_none_is_left_nothing_counts() -> None:
    assert seen(6, 2, TRUE, 0) == parse_tree("<true.0>")
    assert seen(6, 2, TRUE, 1) == parse_tree("<nil.0>")


def test_every_pair_counts_as_true() -> None:
    twos = code(Quote(numeral(2)))
    assert watch(EMPTY, twos, 1, 1, 0, FALSE, 1) == parse_tree("<true.0>")
    assert guesses(twos, 0, 2) == guesses(YES.code, 0, 2) == "nnn"


# What it says


@pytest.mark.parametrize(
    ("own", "n", "said"),
    [
        (NO, 0, "nyyy"),
        (YES, 0, "nnnn"),
        (NO_YES, 0, "nnnnyyyyy"),
        (NO_YES, 1, "nnnnyynnn"),
        (NO_YES, 2, "nnnnyynnn"),
        (YES_NO, 0, "nnnnnnyyy"),
        (YES_NO, 1, "nnnnnnyyy"),
        (NO_YES_NO, 0, "nnnnyyyyyyyyyy"),
        (NO_YES_NO, 1, "nnnnyyyyynnnnn"),
        (NO_YES_NO, 2, "nnnnyyyyynnyyy"),
    ],
)
def test_it_says_the_opposite_of_what_it_has_seen(
    own: checks.Own, n: int, said: str
) -> None:
    assert guesses(own.code, n, len(said) - 1) == said
    assert by_program(own.code, n, len(said) - 1) == said


@pytest.mark.parametrize(("oracle", "said"), [(EMPTY, "nyy"), (FULL, "nnn")], ids=["∅", "all"])
def test_it_watches_relative_to_the_oracle(oracle: Table, said: str) -> None:
    ask = code(parse_program("ask"))
    assert guesses(ask, 0, 2, oracle) == by_program(ask, 0, 2, oracle) == said


def test_of_what_has_no_guess_it_sees_nothing() -> None:
    loop = code(parse_program("while(quote 1, id)"))
    assert guesses(loop, 2, 6) == by_program(loop, 2, 6) == "nnnnnnn"


def test_a_guess_after_one_that_is_missing_is_not_seen() -> None:
    late = code(parse_program("if(tl, quote 0, while(quote 1, id))"))
    assert run(parse_program("if(tl, quote 0, while(quote 1, id))"), parse_tree("<0.1>")).steps == 4
    assert guesses(late, 0, 9) == "n" * 10


# How often it changes its mind


@pytest.mark.parametrize("n", range(4))
def test_it_changes_its_mind_n_plus_1_times_where_it_has_to(n: int) -> None:
    row = tuple(bool(stage % 2) for stage in range(n + 1))
    own = follower(row)
    assert own.guesses.changes == n
    said = guesses(own.code, n, own.seen + 2)
    assert turns(said) == n + 1
    assert said[-1] == ("n" if row[-1] else "y")


@pytest.mark.parametrize("n", range(4))
def test_no_more_often_where_guesses_never_settle(n: int) -> None:
    said = guesses(code(PARITY), n, 90)
    assert turns(said) == n + 1 and len(set(said[-20:])) == 1
    assert turns(guesses(code(PARITY), 9, 90)) > 4


def test_a_guesser_with_n_plus_1_changes_can_have_its_limit() -> None:
    for n in range(3):
        row = tuple(bool(stage % 2) for stage in range(n + 2))
        own = follower(row)
        assert own.guesses.changes == n + 1
        assert (guesses(own.code, n, own.seen + 2)[-1] == "y") == row[-1]


def test_the_example_is_what_its_maker_writes() -> None:
    written = files()
    folder = Path(__file__).parents[2] / "examples" / "guessers"
    assert sorted(written) == sorted(folder.glob("*.term"))
    for path, text in written.items():
        assert path.read_text(encoding="utf-8") == text
        assert load_program(path) == contrary(1)


# Steps


def test_the_steps_around_the_rounds() -> None:
    for own in (NO, NO_YES):
        result = run(contrary(1), Pair(own.code, NIL))
        assert result.steps == CONTRARY_STEPS + TEST_COST == contrary_gas(NIL)


def test_the_most_steps_of_a_round_beside_the_report() -> None:
    """Of one in which a change of mind uses up one that is left, from yes to no."""
    state = parse_tree("<1.<true.<1.<0.<2.<4.0>>>>>>")
    said = run(reporting(ASK), parse_tree("<2.<0.<<4.0>.<<4.0>.0>>>>"))
    assert said.value == parse_tree("<true.0>")
    look = run(Then(LOOK, reporting(ASK)), state)
    assert look.value == said.value
    before: Program = Cons(Then(LOOK, Quote(said.value)), Id())
    body = run(Then(before, COUNT), state)
    assert body.value == parse_tree("<0.<0.<0.<1.<2.<4.0>>>>>>")
    # The report took a step here; with Hd, the test of the loop.
    assert body.steps - 1 + TEST_COST == LOOK_STEPS
    assert run(Hd(), state).value == TRUE


@pytest.mark.parametrize(
    ("guess", "last", "left"),
    [(g, v, k) for g in ("true", "nil") for v in ("true", "nil") for k in (0, 1, 2)],
)
def test_no_round_takes_more(guess: str, last: str, left: int) -> None:
    state = parse_tree(f"<1.<{last}.<{left}.<0.<2.<4.0>>>>>>")
    for report in (f"<true.{guess}>", "nil"):
        body = Then(Cons(Then(LOOK, Quote(parse_tree(report))), Id()), COUNT)
        assert run(body, state).steps - 1 + TEST_COST <= LOOK_STEPS


def test_gas_is_enough_and_adds_up() -> None:
    assert watching_gas(5, 0) == TEST_COST
    rounds = [watching_gas(5, count) for count in range(4)]
    assert len({later - now for now, later in pairwise(rounds)}) == 1
    for stage in range(9):
        clock = numeral(stage)
        assert contrary_gas(clock) == watching_gas(stage, stage) + CONTRARY_STEPS
        assert run(contrary(2), Pair(NO_YES_NO.code, clock)).steps <= contrary_gas(clock)


# Stages


@pytest.mark.parametrize(
    ("costs", "modulus", "stage"),
    [
        ((1,), 0, 1),
        ((5,), 0, 5),
        ((1,), 3, 4),  # so many guesses are looked at only in a later stage
        ((4, 6), 1, 6),
        ((9, 6), 1, 10),
        ((1, 7, 2), 2, 8),
        ((5,), -3, 5),  # guess 0 has to be seen in any case
    ],
)
def test_the_stage_in_which_guesses_are_seen(
    costs: tuple[int, ...], modulus: int, stage: int
) -> None:
    assert seen_stage(Row(*costs), modulus) == stage


def test_the_jump_is_asked_for_changes_as_long_as_there_are_some() -> None:
    told: list[Tree] = []

    def jump(question: Tree) -> Tree:
        told.append(question)
        return TRUE if len(told) <= 2 else NIL

    def steps(question: Tree) -> int:
        return 10 * (1 + told.index(question))

    assert settled_stage(jump, steps, NO.program, NIL, 3, 5) == 3 + 10 + 20
    assert len(told) == 3
    told.clear()
    assert settled_stage(jump, steps, NO.program, NIL, 3, 2) == 3 + 10 + 20
    assert len(told) == 2  # no change is left
    told.clear()
    assert settled_stage(jump, steps, NO.program, NIL, 3, 0) == 3 and not told


# The finite check


def test_rows_and_their_programs() -> None:
    assert following((True,)) == parse_program("quote 1")
    assert following((False, True)) == parse_program("if(tl, then(tl, quote 1), quote 0)")
    assert len(list(rows(4))) == 2 + 2 + 4 + 8
    for row in rows(4):
        own = follower(row)
        said = [own.guesses(stage) == TRUE for stage in range(8)]
        assert said == [row[min(stage, len(row) - 1)] for stage in range(8)]
        program = following(row)
        for stage in (0, 1, len(row), len(row) + 7):
            result = run(program, Pair(own.code, numeral(stage)))
            assert (result.value, result.steps) == (own.guesses(stage), own.steps(stage))


def test_of_a_row() -> None:
    row = Row(1, 2, 2, 1, 1)
    assert (row.modulus, row.changes) == (3, 2)
    assert [row(stage) for stage in (-1, 0, 3, 9)] == [1, 1, 1, 1]
    assert repr(row) == "1, 2, 2, 1 and so on"
    assert (Row(7).modulus, Row(7).changes, repr(Row(7))) == (0, 0, "7 and so on")


def test_what_is_no_guesser_is_left_out() -> None:
    assert own_guesses(parse_program("tl"), EMPTY, 3) is None
    found = own_guesses(parse_program("then(tl, ask)"), Table({NIL: TRUE}), 5)
    assert found is not None and (found.guesses.modulus, found.guesses.changes) == (1, 1)


def test_loops_are_found() -> None:
    assert has_loop(parse_program("cons(id, if(id, while(id, id), id))"))
    assert not has_loop(parse_program("cons(id, if(id, hd, id))"))


def test_a_program_that_guesses_otherwise_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    for bound in ("SMALL", "LONGEST"):
        monkeypatch.setattr(checks, bound, 2)
    assert agreement("these").verdict == "exhausted"
    monkeypatch.setattr(checks, "contrary", lambda n: contrary(n + 1))
    wrong = agreement("these")
    assert wrong.verdict == "refuted" and wrong.counterexample is not None
    assert wrong.counterexample["n"] == "0" and wrong.counterexample["f"] == "empty"
