"""The contrary guesser on random rows of guesses, programs and oracles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checks.revision.mind_changes import Own, Row
from checks.strategies import functions, programs, row_guesser, trees
from models.algebra import curried
from models.machine.oracle import EMPTY, Oracle
from models.machine.program import Program, code
from models.machine.run import run
from models.machine.semantics import Done, evaluate
from models.machine.tree import FALSE, TRUE, Pair, Tree, length, numeral, truth
from models.machine.universal import ASK
from models.revision.mind_changes import (
    changes,
    contrary_by,
    contrary_gas,
    contrary_guess,
    watch,
)

most = st.integers(0, 3)


@st.composite
def guessers(draw: st.DrawFn) -> Own:
    """Programs that guess a random row at any tree, some guesses later than others."""
    row = draw(st.lists(st.booleans(), min_size=1, max_size=6))
    waits = draw(st.lists(st.integers(0, 4), min_size=len(row), max_size=len(row)))

    program = row_guesser(row, waits)
    steps = [run(program, Pair(code(program), numeral(s))).steps for s in range(len(row) + 1)]
    return Own(program, EMPTY, Row(*map(truth, row)), Row(*steps))


@given(guessers(), most)
def test_it_settles_on_the_opposite_of_guesses_that_change_seldom(own: Own, n: int) -> None:
    if own.guesses.changes > n:
        n = own.guesses.changes
    opposite = FALSE if own.guesses.values[-1] == TRUE else TRUE
    for stage in (own.seen, own.seen + 1, own.seen + 7):
        assert contrary_guess(EMPTY, own.code, n, stage) == opposite


@given(guessers(), most)
def test_on_rows_it_changes_its_mind_at_most_n_plus_1_times(own: Own, n: int) -> None:
    said = curried(contrary_guess)(EMPTY, own.code, n)
    assert changes(said, own.seen + 1) <= min(n, own.guesses.changes) + 1


@given(functions(), programs(), most, st.integers(0, 12))
def test_on_any_program_it_changes_its_mind_at_most_n_plus_1_times(
    f: Oracle, p: Program, n: int, stage: int
) -> None:
    assert changes(curried(contrary_guess)(f, code(p), n), stage) <= n + 1


@given(functions(), trees(), trees(4), trees(3))
def test_the_program_has_the_contrary_guess_whatever_the_clock(
    f: Oracle, x: Tree, w: Tree, y: Tree
) -> None:
    outcome = evaluate(f, contrary_by(y, ASK), Pair(x, w), contrary_gas(w))
    assert isinstance(outcome, Done)
    assert outcome.value == contrary_guess(f, x, length(y), length(w))


@given(functions(), programs(), st.integers(0, 20), st.integers(0, 6), st.booleans(), most)
def test_a_change_uses_up_one_that_is_left(
    f: Oracle, p: Program, time: int, count: int, last: bool, left: int
) -> None:
    found = watch(f, code(p), time, count, 0, truth(last), left)
    later = watch(f, code(p), time + 1, count + 1, 0, truth(last), left)
    assert isinstance(found, Pair) and isinstance(later, Pair)
    for before, before_left, after in (
        (truth(last), left, found), (found.head, length(found.tail), later)
    ):
        now = length(after.tail)
        assert 0 <= now <= before_left
        assert after.head == before or now < before_left


@given(guessers())
def test_programs_guess_their_rows(own: Own) -> None:
    for stage in range(8):
        result = run(own.program, Pair(own.code, numeral(stage)))
        assert (result.value, result.steps) == (own.guesses(stage), own.steps(stage))
