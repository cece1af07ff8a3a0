"""The theorem ``substitution``, on random programs and oracles."""

from __future__ import annotations

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from checks.strategies import functions, gas, inputs, programs, trees
from models.machine.oracle import EMPTY, FULL, Oracle, Recording
from models.machine.program import Ask, Hd, Id, Program, parse_program, size
from models.machine.run import run
from models.machine.semantics import Done, evaluate
from models.machine.transform import answering_gas, substitute
from models.machine.tree import NIL, Tree

ENOUGH = 120
"""As much as any run here is given: no longer run of an answering program is part of one."""


class Undefined(Exception):
    """The answering program does not halt in time on a question."""


class Computed(Oracle):
    """What a program computes from an oracle, and in how many steps."""

    def __init__(self, program: Program, oracle: Oracle) -> None:
        self.program = program
        self.oracle = oracle

    def steps(self, argument: Tree) -> int:
        found = run(self.program, argument, oracle=self.oracle, gas=ENOUGH)
        if found.value is None:
            raise Undefined
        return found.steps

    def __call__(self, argument: Tree, /) -> Tree:
        found = run(self.program, argument, oracle=self.oracle, gas=ENOUGH)
        if found.value is None:
            raise Undefined
        return found.value


@given(functions(), programs(16), programs(8), inputs(), gas())
def test_forward(f: Oracle, p: Program, q: Program, x: Tree, n: int) -> None:
    """If p halts relative to g then substitute(p, q) does relative to f, with the stated gas."""
    g = Computed(q, f)
    try:
        plain = evaluate(g, p, x, n)
        assume(isinstance(plain, Done))
        extra = answering_gas(g, g.steps, p, x, n)
    except Undefined:
        assume(False)
    assert isinstance(plain, Done)
    assert extra >= 0
    found = evaluate(f, substitute(p, q), x, n + extra)
    assert isinstance(found, Done)
    assert found.value == plain.value
    assert found.gas >= plain.gas


class Extended(Computed):
    """What a program computes from an oracle, and ``otherwise`` where it does not halt in time."""

    def __init__(self, program: Program, oracle: Oracle, otherwise: Tree) -> None:
        super().__init__(program, oracle)
        self.otherwise = otherwise

    def __call__(self, argument: Tree, /) -> Tree:
        try:
            return super().__call__(argument)
        except Undefined:
            return self.otherwise


@given(functions(), programs(16), programs(8), inputs(), gas(), trees(3))
def test_backward(f: Oracle, p: Program, q: Program, x: Tree, n: int, otherwise: Tree) -> None:
    """If substitute(p, q) halts relative to f then p does relative to g, with no more gas, whatever
    g says where q does not halt."""
    substituted = evaluate(f, substitute(p, q), x, n)
    assume(isinstance(substituted, Done))
    plain = evaluate(Extended(q, f, otherwise), p, x, n)
    assert isinstance(substituted, Done)
    assert isinstance(plain, Done)
    assert plain.value == substituted.value
    assert plain.gas >= substituted.gas


@given(functions(), programs(16), inputs(), st.integers(0, 40))
@settings(max_examples=400)
@example(FULL, parse_program("while(ask, cons(ask, id))"), NIL, 4)
def test_the_cost_is_that_of_the_logged_questions(f: Oracle, p: Program, x: Tree, n: int) -> None:
    asked = Recording(f)
    evaluate(asked, p, x, n)
    assert answering_gas(f, size_of, p, x, n) == sum(size_of(z) for z, _ in asked.log)


def size_of(tree: Tree) -> int:
    return len(repr(tree))


@given(programs(), programs(6), programs(6))
def test_substituting_twice(p: Program, q: Program, r: Program) -> None:
    assert substitute(p, Ask()) == p
    assert substitute(substitute(p, q), r) == substitute(p, substitute(q, r))
    asks = (size(substitute(p, q)) - size(p)) // (size(q) - 1) if size(q) > 1 else 0
    assert size(substitute(p, q)) == size(p) + asks * (size(q) - 1)


@given(programs(), inputs(), gas())
def test_a_program_that_does_not_ask_has_no_use(p: Program, x: Tree, n: int) -> None:
    silent = substitute(p, Id())
    assert substitute(silent, Hd()) == silent
    assert run(silent, x, gas=n).queries == ()
    assert answering_gas(EMPTY, size_of, silent, x, n) == 0
