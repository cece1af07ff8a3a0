"""Self-modification on random modifiers, programs, clocks and oracles: the theorem ``closure``."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from checks.strategies import functions, inputs, programs, trees
from models.machine.compiled_run import run
from models.machine.oracle import Oracle
from models.machine.program import Program, code
from models.machine.tree import Pair, Tree, length, numeral
from models.machine.universal import OVERHEAD
from models.revision.rewriting import Rewriting, enough, rewrite
from models.revision.self_modification import (
    COUNTING_STEPS,
    compose,
    count,
    revise,
    revising,
)

GAS = 200
firsts = st.one_of(trees(10), programs(8).map(code))


def made(u: Program, e: Tree, rounds: int, x: Tree, f: Oracle) -> Rewriting:
    """All rounds, where the modifier halts on what it meets."""
    found = rewrite(u, e, rounds, window=[x], oracle=f, gas=GAS)
    assume(found.complete)
    return found


@given(programs(8), firsts, st.integers(0, 5), inputs(), functions())
def test_one_program_says_what_the_last_revision_says(
    u: Program, e: Tree, rounds: int, x: Tree, f: Oracle
) -> None:
    found = made(u, e, rounds, x, f)
    (last,) = found.last.runs
    gas = enough(found, last)
    one = run(found.composed, x, oracle=f, gas=gas)
    if last.value is not None:
        assert one.value == last.value
    if one.value is not None:
        again = run(found.last.program, x, oracle=f, gas=one.steps)
        assert again.value == one.value and again.steps <= one.steps


@given(programs(8), firsts, trees(8), inputs(), functions())
def test_what_is_built_in_takes_twelve_steps(
    u: Program, e: Tree, w: Tree, x: Tree, f: Oracle
) -> None:
    gas = OVERHEAD * GAS
    plain = run(revise(u), Pair(w, Pair(e, x)), oracle=f, gas=gas)
    fixed = run(compose(u, e, w), x, oracle=f, gas=gas + 12)
    assert (fixed.value, fixed.queries) == (plain.value, plain.queries)
    assert fixed.steps == plain.steps + 12


@given(programs(8), programs(6), firsts, inputs(), functions())
def test_rounds_that_a_program_finds(
    u: Program, q: Program, e: Tree, x: Tree, f: Oracle
) -> None:
    found = run(q, x, oracle=f, gas=GAS)
    gas = 20_000
    one = run(count(u, e, q), x, oracle=f, gas=found.steps + gas + COUNTING_STEPS)
    if found.value is None:
        return
    plain = run(revise(u), Pair(found.value, Pair(e, x)), oracle=f, gas=gas)
    assert one.value == plain.value
    assert one.queries == (*found.queries, *plain.queries)
    assert one.steps == plain.steps + found.steps + COUNTING_STEPS


@given(programs(8), firsts, trees(8), functions())
def test_the_rounds_themselves(u: Program, e: Tree, w: Tree, f: Oracle) -> None:
    """As many as the clock is long, and the input stays as it is."""
    found = made(u, e, length(w), e, f)
    clock, x = Pair(w, Pair(e, numeral(3))), numeral(3)
    loop = run(revising(u), clock, oracle=f, gas=OVERHEAD * GAS)
    assert isinstance(loop.value, Pair)
    assert loop.value.tail == Pair(found.last.tree, x)


@given(programs(8), firsts, st.integers(0, 3), st.integers(0, 3), inputs(), functions())
def test_rounds_add_up(
    u: Program, e: Tree, some: int, more: int, x: Tree, f: Oracle
) -> None:
    """To go on from a revision is to make its rounds first."""
    found = made(u, e, some + more, x, f)
    later = rewrite(u, found.revisions[some].tree, more, window=[x], oracle=f, gas=GAS)
    assert later.last.tree == found.last.tree and later.last.runs == found.last.runs
