"""The universal program on random programs, trees and oracles."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from checks.strategies import functions, gas, inputs, programs, trees
from models.machine.compiled_run import run
from models.machine.oracle import Oracle, Table
from models.machine.program import Hd, Program, code, decode
from models.machine.semantics import Done, machine, step
from models.machine.tree import NIL, TRUE, Pair, Tree, length, numeral
from models.machine.universal import (
    ASK,
    ASK_STEPS,
    CLOCKED,
    CLOCKED_OVERHEAD,
    CLOCKED_STEPS,
    OVERHEAD,
    STEP_COST,
    TEST_COST,
    UNIVERSAL,
    UNIVERSAL_MORE,
    decode_state,
    interpreting,
    one_step,
    saved,
    simulating,
    simulation_gas,
    step_gas,
)

anything = st.one_of(trees(20), programs(14).map(code))


@given(functions(), anything, inputs(), gas())
def test_it_halts_where_the_program_does(f: Oracle, e: Tree, x: Tree, n: int) -> None:
    """With its value and its questions; the other way round, the program needs no more steps."""
    plain = run(decode(e), x, oracle=f, gas=n)
    found = run(UNIVERSAL, Pair(e, x), oracle=f, gas=OVERHEAD * n + UNIVERSAL_MORE)
    if plain.value is not None:
        assert (found.value, found.queries) == (plain.value, plain.queries)
    if found.value is not None:
        again = run(decode(e), x, oracle=f, gas=found.steps)
        assert again.value == found.value and again.steps <= found.steps


@given(functions(), anything, inputs(), trees(30))
def test_the_clocked_one_reports(f: Oracle, e: Tree, x: Tree, w: Tree) -> None:
    time = length(w)
    plain = run(decode(e), x, oracle=f, gas=time)
    found = run(CLOCKED, Pair(Pair(e, x), w), oracle=f)
    assert found.value == (NIL if plain.value is None else Pair(TRUE, plain.value))
    assert found.steps <= CLOCKED_OVERHEAD * time + CLOCKED_STEPS


@given(functions(), programs(14), inputs(), st.integers(0, 60))
def test_it_never_forgets(f: Oracle, p: Program, x: Tree, n: int) -> None:
    """What has halted by one clock has, with the same value, by all later ones."""
    pair = Pair(code(p), x)
    now, later = (run(CLOCKED, Pair(pair, numeral(k)), oracle=f).value for k in (n, n + 1))
    if now != NIL:
        assert now == later


@given(functions(), trees(24))
def test_a_step_from_every_tree(f: Oracle, tree: Tree) -> None:
    found = run(one_step(ASK), tree, oracle=f, gas=STEP_COST)
    assert found.value is not None
    assert found.steps == step_gas(lambda _: ASK_STEPS, decode_state(tree))
    assert decode_state(found.value) == step(f, decode_state(tree))


@given(functions(), trees(24), gas())
def test_the_cost_of_a_simulation(f: Oracle, tree: Tree, n: int) -> None:
    """That which the proof speaks of, from any tree as a state, to the step; and its bound."""
    enough = simulation_gas(f, lambda _: ASK_STEPS, decode_state(tree), n)
    assert enough <= (STEP_COST + TEST_COST) * n + TEST_COST
    found = run(simulating(ASK), tree, oracle=f, gas=OVERHEAD * n)
    if found.value is not None:
        state = decode_state(tree)
        rounds = found.steps  # each round takes at least a step
        assert found.steps == simulation_gas(f, lambda _: ASK_STEPS, state, rounds)
        left = machine(f, state, rounds)
        assert isinstance(left, Done)
        most = OVERHEAD * (rounds - left.gas) + TEST_COST - saved(state.control)
        assert found.steps <= most


@given(functions(), anything, inputs(), trees(6))
@settings(max_examples=50)
def test_another_program_answers(f: Oracle, e: Tree, x: Tree, r: Tree) -> None:
    """In place of Ask one that says the parameter: as relative to an oracle that always says it."""
    plain = run(decode(e), x, oracle=Table(otherwise=r), gas=100)
    found = run(interpreting(Hd()), Pair(r, Pair(e, x)), oracle=f, gas=OVERHEAD * 100 + 33)
    assert found.queries == ()
    if plain.value is not None:
        assert found.value == plain.value


@given(functions(), programs(6), inputs())
@settings(max_examples=25)
def test_it_runs_itself(f: Oracle, p: Program, x: Tree) -> None:
    plain = run(p, x, oracle=f, gas=40)
    own = run(UNIVERSAL, Pair(code(UNIVERSAL), Pair(code(p), x)), oracle=f, gas=2_000_000)
    if plain.value is not None:
        assert (own.value, own.queries) == (plain.value, plain.queries)
