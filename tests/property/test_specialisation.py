"""The theorem ``specialisation``, on random programs and oracles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checks.strategies import functions, gas, inputs, programs, trees
from models.machine.oracle import Oracle
from models.machine.program import Program, size
from models.machine.run import run
from models.machine.semantics import evaluate
from models.machine.specialisation import SPECIALISED_STEPS, specialise
from models.machine.tree import Pair, Tree, pairs


@given(functions(), programs(16), trees(), inputs(), st.integers(-8, 120))
def test_outcomes_for_every_gas(f: Oracle, p: Program, c: Tree, x: Tree, n: int) -> None:
    special = evaluate(f, specialise(p, c), x, n + SPECIALISED_STEPS)
    assert special == evaluate(f, p, Pair(c, x), n)


@given(functions(), programs(16), trees(), inputs(), gas())
def test_the_same_questions(f: Oracle, p: Program, c: Tree, x: Tree, n: int) -> None:
    special = run(specialise(p, c), x, oracle=f, gas=n + SPECIALISED_STEPS)
    plain = run(p, Pair(c, x), oracle=f, gas=n)
    assert special.queries == plain.queries
    assert special.steps == plain.steps + SPECIALISED_STEPS


@given(programs(), trees())
def test_sizes(p: Program, c: Tree) -> None:
    assert size(specialise(p, c)) == size(p) + pairs(c) + 4
