"""Diagonals on random programs and oracles: they halt exactly where the program answers nil."""

from __future__ import annotations

from hypothesis import given

from checks.strategies import functions, gas, inputs, programs
from models.machine.diagonal import diagonal, short_diagonal
from models.machine.oracle import Oracle
from models.machine.program import Program, code, size
from models.machine.semantics import Done, Outcome, OutOfGas, evaluate
from models.machine.tree import NIL, Tree


def after_nil(outcome: Outcome, value: Tree, steps: int) -> Outcome:
    """Halted with a value so many steps after ``outcome``, if that is nil and gas suffices."""
    if isinstance(outcome, Done) and outcome.value == NIL and outcome.gas >= steps:
        return Done(value, outcome.gas - steps)
    return OutOfGas()


@given(functions(), programs(16), inputs(), gas())
def test_outcomes_for_every_gas(f: Oracle, p: Program, x: Tree, n: int) -> None:
    outcome = evaluate(f, p, x, n - 1)
    assert evaluate(f, diagonal(p), x, n) == after_nil(outcome, NIL, 3)
    assert evaluate(f, short_diagonal(p), x, n) == after_nil(outcome, x, 1)


@given(functions(), programs(16), gas())
def test_answers_about_the_diagonal_are_wrong(f: Oracle, p: Program, n: int) -> None:
    for against in (diagonal(p), short_diagonal(p)):
        own = code(against)
        outcome = evaluate(f, p, own, n)
        if isinstance(outcome, Done):
            says_that_it_halts = outcome.value != NIL
            assert isinstance(evaluate(f, against, own, n + 4), Done) != says_that_it_halts


@given(programs())
def test_sizes(p: Program) -> None:
    assert size(diagonal(p)) == size(p) + 4
    assert size(short_diagonal(p)) == size(p) + 2
