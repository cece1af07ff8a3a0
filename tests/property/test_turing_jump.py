"""``jump-above`` and ``jump-escape`` on random programs, trees and oracles."""

from __future__ import annotations

from hypothesis import given

from checks.strategies import functions, gas, inputs, programs, trees
from models.machine.diagonal import diagonal
from models.machine.oracle import Oracle, Table
from models.machine.program import Program, code, decode
from models.machine.run import run
from models.machine.semantics import Done, OutOfGas, evaluate
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree
from models.machine.turing_jump import ABOVE, ABOVE_STEPS, CODE_OF_ABSENCE, absence


@given(functions(), trees(), inputs(), gas())
def test_absence(f: Oracle, tree: Tree, x: Tree, n: int) -> None:
    """Five steps if the oracle says nil, whatever the input; else it never halts."""
    halts = f(tree) == NIL and n >= 5
    assert evaluate(f, absence(tree), x, n) == (Done(x, n - 5) if halts else OutOfGas())


@given(trees())
def test_the_code_of_the_absence(x: Tree) -> None:
    assert run(CODE_OF_ABSENCE, x).value == code(absence(x))


@given(functions(), functions(), trees(), gas())
def test_above(f: Oracle, rest: Oracle, x: Tree, n: int) -> None:
    """Any oracle will do that is right about the one question asked."""
    own = code(absence(x))
    halts = isinstance(evaluate(f, decode(own), own, 5), Done)
    jump = Table({own: TRUE if halts else FALSE}, otherwise=rest(NIL))
    outcome = evaluate(jump, ABOVE, x, n)
    said = TRUE if isinstance(f(x), Pair) else FALSE
    assert outcome == (Done(said, n - ABOVE_STEPS) if n >= ABOVE_STEPS else OutOfGas())


@given(functions(), programs(16), gas())
def test_no_answer_about_the_diagonal_is_right(f: Oracle, p: Program, n: int) -> None:
    own = code(diagonal(p))
    answer = evaluate(f, p, own, n)
    itself = evaluate(f, decode(own), own, n + 4)
    if isinstance(answer, Done):
        assert isinstance(itself, Done) == (answer.value == NIL)
