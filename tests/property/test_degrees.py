"""Reductions and joins, on random programs and oracles."""

from __future__ import annotations

from hypothesis import assume, given

from checks.exhaust import trees_to
from checks.machine.substitution import Computed
from checks.strategies import functions, inputs, programs, trees
from models.machine.degrees import composed_gas, half, joining, joining_gas
from models.machine.oracle import Join, Oracle
from models.machine.program import Ask, Program
from models.machine.run import run
from models.machine.semantics import Done, evaluate
from models.machine.transform import substitute
from models.machine.tree import FALSE, TRUE, Pair, Tree
from proofs.kernel.evaluate import Unevaluated


@given(functions(), inputs())
def test_ask_computes_every_oracle_from_itself(f: Oracle, x: Tree) -> None:
    assert evaluate(f, Ask(), x, 1) == Done(f(x), 0)


@given(functions(), programs(12), programs(8), inputs())
def test_reductions_compose(f: Oracle, p: Program, q: Program, x: Tree) -> None:
    g = Computed(q, f)
    h = Computed(p, g)
    try:
        answer = h(x)
        gas = composed_gas(g, g.cost, p, h.cost, x)
    except Unevaluated:
        assume(False)
    outcome = evaluate(f, substitute(p, q), x, gas)
    assert isinstance(outcome, Done) and outcome.value == answer


@given(functions(), functions(), inputs())
def test_halves(g: Oracle, h: Oracle, x: Tree) -> None:
    joined = Join(g, h)
    assert evaluate(joined, half(FALSE), x, 7) == Done(g(x), 0)
    assert evaluate(joined, half(TRUE), x, 7) == Done(h(x), 0)


@given(functions(), functions(), trees(6))
def test_a_join_is_what_its_tags_say(g: Oracle, h: Oracle, z: Tree) -> None:
    if isinstance(z, Pair) and z.head in (FALSE, TRUE):
        assert Join(g, h)(z) == (g if z.head == FALSE else h)(z.tail)
    else:
        assert Join(g, h)(z) == FALSE


@given(functions(), programs(10), programs(10), trees(6))
def test_joining(f: Oracle, p: Program, q: Program, x: Tree) -> None:
    left, right = Computed(p, f), Computed(q, f)
    for question in (x, Pair(FALSE, x), Pair(TRUE, x)):
        try:
            wanted = Join(left, right)(question)
            gas = joining_gas(left.cost, right.cost, question)
        except Unevaluated:
            continue
        outcome = evaluate(f, joining(p, q), question, gas)
        assert isinstance(outcome, Done) and outcome.value == wanted


@given(functions(), functions())
def test_a_join_is_the_least_upper_bound(g: Oracle, h: Oracle) -> None:
    """From the join both halves are computed, so from it the join of the halves."""
    joined = Join(g, h)
    program = joining(half(FALSE), half(TRUE))
    for question in trees_to(4):
        assert run(program, question, oracle=joined).value == joined(question)
