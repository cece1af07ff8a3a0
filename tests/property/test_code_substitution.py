"""Substitution on codes and the reduction of jumps, on random programs and trees."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from checks.strategies import functions, gas, inputs, programs, trees
from models.machine.code_substitution import (
    REDUCING_STEPS,
    all_tasks,
    question,
    reducing,
    substitute_code,
    visit,
    visiting_steps,
)
from models.machine.oracle import Oracle
from models.machine.program import Program, code, decode
from models.machine.semantics import Done, OutOfGas, evaluate
from models.machine.transform import substitute
from models.machine.tree import Pair, Tree

anything = st.one_of(trees(20), programs(12).map(code))


@given(anything, programs(8))
def test_the_substituted_code_is_read_as_the_substituted_program(e: Tree, q: Program) -> None:
    assert decode(substitute_code(e, code(q))) == substitute(decode(e), q)


@given(programs(), programs(8))
def test_codes_become_codes(p: Program, q: Program) -> None:
    assert substitute_code(code(p), code(q)) == code(substitute(p, q))


@given(functions(), anything, trees(), trees(6), trees(6), gas())
@settings(max_examples=50)
def test_a_visit(f: Oracle, e: Tree, c: Tree, k: Tree, v: Tree, n: int) -> None:
    """The loop goes on from what the visit leaves, with the gas that is left."""
    begun = Pair(Pair(visit(e), k), v)
    left = Pair(k, Pair(substitute_code(e, c), v))
    program = all_tasks(c)
    assert evaluate(f, program, begun, n + visiting_steps(e)) == evaluate(f, program, left, n)


@given(functions(), anything, trees(6), gas())
@settings(max_examples=50)
def test_the_reduction(f: Oracle, e: Tree, c: Tree, n: int) -> None:
    steps = visiting_steps(e) + REDUCING_STEPS
    assert evaluate(f, reducing(c), e, n + steps) == Done(f(question(e, c)), n)
    assert evaluate(f, reducing(c), e, steps - 1) == OutOfGas()


@given(functions(), programs(12), programs(6), inputs(), gas())
def test_the_question_ignores_its_input(
    f: Oracle, p: Program, q: Program, x: Tree, n: int
) -> None:
    own = code(p)
    asked = evaluate(f, decode(question(own, code(q))), x, n + 2)
    assert asked == evaluate(f, substitute(p, q), own, n)
