"""The theorem ``recursion-theorem``, on random programs and oracles."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from checks.strategies import functions, gas, inputs, programs, trees
from models.machine.oracle import Oracle
from models.machine.program import Program, code, decode, size
from models.machine.recursion import (
    MAKE_RECURSIVE,
    MAKE_RECURSIVE_STEPS,
    RECURSIVE_STEPS,
    SELF,
    SELF_STEPS,
    recursive,
)
from models.machine.run import run
from models.machine.semantics import Done, OutOfGas, evaluate
from models.machine.specialisation import specialise
from models.machine.tree import Pair, Tree, pairs

anything = st.one_of(trees(20), programs(12).map(code))


@given(functions(), programs(), inputs(), st.integers(-50, 200))
@settings(max_examples=200)
def test_outcomes_for_every_gas(f: Oracle, p: Program, x: Tree, n: int) -> None:
    own = code(recursive(p))
    assert evaluate(f, decode(own), x, n + RECURSIVE_STEPS) == evaluate(f, p, Pair(own, x), n)


@given(functions(), programs(), inputs(), gas())
def test_the_same_questions(f: Oracle, p: Program, x: Tree, n: int) -> None:
    whole = recursive(p)
    found = run(whole, x, oracle=f, gas=n + RECURSIVE_STEPS)
    told = run(p, Pair(code(whole), x), oracle=f, gas=n)
    assert found.queries == told.queries
    assert found.steps == told.steps + RECURSIVE_STEPS


@given(functions(), programs(), gas())
def test_its_code_is_found(f: Oracle, p: Program, n: int) -> None:
    coded = code(p)
    found = evaluate(f, MAKE_RECURSIVE, coded, n + MAKE_RECURSIVE_STEPS)
    assert found == Done(code(recursive(p)), n)
    assert evaluate(f, MAKE_RECURSIVE, coded, MAKE_RECURSIVE_STEPS - 1) == OutOfGas()


@given(anything)
def test_self_on_every_tree(y: Tree) -> None:
    found = run(SELF, y)
    assert found.value is not None and found.steps == SELF_STEPS
    assert decode(found.value) == specialise(decode(y), y)


@given(programs(40))
def test_sizes(p: Program) -> None:
    assert size(recursive(p)) == size(p) + pairs(code(p)) + 137 <= 9 * size(p) + 134
    assert pairs(code(p)) <= 8 * size(p) - 3
