"""The programs of the limit lemma on random guessers, programs, trees and oracles."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checks.strategies import functions, gas, inputs, programs, trees
from models.algebra import curried
from models.machine.oracle import Oracle, Table
from models.machine.program import Program, code, decode
from models.machine.run import run
from models.machine.semantics import Done, OutOfGas, evaluate
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, numeral
from models.machine.universal import ASK, ROUND_COST, STEP_COST
from models.revision.guessing import enough, guesses
from models.revision.limit_lemma import (
    STEADY_STEPS,
    STOPPING_STEPS,
    change,
    changing,
    code_of_change,
    guesser,
    guessing_gas,
    halts_within,
    same_guess,
    stage_cost,
    stage_jump,
    steady,
    stopping,
)

clocks = st.integers(0, 12)


def guess(h: Program, f: Oracle, x: Tree, stage: int) -> Tree | None:
    return run(h, Pair(x, numeral(stage)), oracle=f, gas=300).value


@given(programs(12), trees())
def test_the_code_of_a_search(h: Program, pair: Tree) -> None:
    made = run(code_of_change(h), pair).value
    assert made == code(change(h, pair))
    assert decode(made) == change(h, pair)


@given(functions(), programs(10), trees(4), clocks)
def test_the_same_guess(f: Oracle, h: Program, x: Tree, stage: int) -> None:
    now, later = guess(h, f, x, stage), guess(h, f, x, stage + 1)
    assume(now in (FALSE, TRUE) and later in (FALSE, TRUE))
    found = run(same_guess(h), Pair(x, numeral(stage)), oracle=f, gas=1_000).value
    assert found is not None and (found != NIL) == (now == later)


@given(functions(), programs(10), trees(4), clocks)
def test_a_search_ends_at_the_first_change(f: Oracle, h: Program, x: Tree, stage: int) -> None:
    """If guesses are truth values as far as it gets."""
    said = [guess(h, f, x, stage + more) for more in range(6)]
    assume(all(value in (FALSE, TRUE) for value in said))
    found = run(changing(h), Pair(x, numeral(stage)), oracle=f, gas=5_000).value
    changes = [more for more in range(5) if said[more] != said[more + 1]]
    if changes:
        assert found == Pair(x, numeral(stage + changes[0]))
    elif found is not None:
        assert isinstance(found, Pair)
        assert found.tail not in [numeral(stage + more) for more in range(5)]


@given(functions(), trees(8), clocks)
def test_what_is_known_in_a_stage(f: Oracle, z: Tree, stage: int) -> None:
    halted = isinstance(evaluate(f, decode(z), z, stage), Done)
    assert stage_jump(f, stage, z) == (TRUE if halted else FALSE)
    found = run(halts_within(ASK), Pair(numeral(stage), z), oracle=f)
    assert found.value == stage_jump(f, stage, z)
    assert found.steps == stage_cost(f, numeral(stage), z)


@settings(max_examples=60)
@given(functions(), programs(12), inputs(), st.integers(0, 9))
def test_the_guess_of_a_guesser(f: Oracle, p: Program, x: Tree, stage: int) -> None:
    """It is what p says within so many steps, asking what is known of the jump in that stage."""
    outcome = evaluate(curried(stage_jump)(f, stage), p, x, stage)
    yes = isinstance(outcome, Done) and outcome.value != NIL
    found = run(guesser(p), Pair(x, numeral(stage)), oracle=f)
    assert found.value == (TRUE if yes else FALSE)
    cost = guessing_gas(f, p, x, numeral(stage))
    assert found.steps <= cost <= enough(stage)
    assert enough(stage) >= stage * (STEP_COST + ROUND_COST)


@given(functions(), programs(8), programs(8), trees(4), gas())
def test_stopping(f: Oracle, q: Program, h: Program, x: Tree, n: int) -> None:
    stage = run(q, x, oracle=f, gas=200)
    assume(stage.value is not None)
    assert stage.value is not None
    guessed = run(h, Pair(x, stage.value), oracle=f, gas=200)
    assume(guessed.value is not None)
    need = stage.steps + guessed.steps + STOPPING_STEPS
    outcome = evaluate(f, stopping(q, h), x, n)
    assert outcome == (Done(guessed.value, n - need) if n >= need else OutOfGas())


@given(functions(), programs(), inputs(), trees(), gas())
def test_steady(f: Oracle, p: Program, x: Tree, w: Tree, n: int) -> None:
    assert evaluate(f, steady(p), Pair(x, w), n + STEADY_STEPS) == evaluate(f, p, x, n)


@given(functions(), programs(10), trees(4), st.integers(1, 8))
def test_a_window(f: Table, h: Program, x: Tree, stages: int) -> None:
    """Stretches are the window, and the mind changes lie between them where both have a value."""
    seen = guesses(h, x, stages=stages, oracle=f, gas=300)
    assert [each.value for each in seen.guesses] == [guess(h, f, x, s) for s in range(stages)]
    parts = seen.stretches
    assert [parts[0].first, parts[-1].last] == [0, stages - 1]
    for before, after in pairwise(parts):
        assert before.last + 1 == after.first and before.value != after.value
        known = before.value is not None and after.value is not None
        assert (before.last in seen.changes) == known
    assert len(seen.changes) <= len(parts) - 1
    assert seen.unchanged_from == (None if parts[-1].value is None else parts[-1].first)
