"""Programs about the Turing jump: absence, and the program that computes a set from its jump."""

from __future__ import annotations

import pytest

from checks.machine.decide import decide
from checks.machine.turing_jump import Jump
from models.machine.diagonal import diagonal
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import Program, code, decode, parse_program, programs, size
from models.machine.run import run
from models.machine.semantics import Done, OutOfGas, evaluate
from models.machine.tree import FALSE, NIL, TRUE, Tree, numeral, parse_tree, trees
from models.machine.turing_jump import ABOVE, ABOVE_STEPS, CODE_OF_ABSENCE, absence

TWO = Table({numeral(2): TRUE, NIL: TRUE})
ORACLES = [EMPTY, FULL, TWO, Table({NIL: numeral(3)}, otherwise=numeral(1))]
SMALL = [tree for count in range(4) for tree in trees(count)]


def test_as_terms() -> None:
    assert absence(numeral(2)) == parse_program("while(then(quote 2, ask), id)")
    assert ABOVE == parse_program(
        "then(cons(quote 8, cons(cons(quote 6, cons(cons(quote 4, id), quote <3.0>)), "
        "quote <0.0>)), if(ask, quote false, quote true))"
    )


def test_sizes() -> None:
    """Constructors and pairs of constants, counted by hand."""
    assert size(absence(NIL)) == 5 and size(absence(parse_tree("<1.2>"))) == 9
    assert size(CODE_OF_ABSENCE) == 5 + 1 + (1 + 8) + (1 + 6) + (1 + 4) + (1 + 4) + (1 + 1)
    assert size(ABOVE) == 1 + size(CODE_OF_ABSENCE) + 2 + 1 + 2


@pytest.mark.parametrize("tree", SMALL, ids=repr)
def test_the_code_of_the_absence_is_made(tree: Tree) -> None:
    made = run(CODE_OF_ABSENCE, tree)
    assert made.value == code(absence(tree))
    assert made.steps == 5 * 3 + 6
    assert decode(made.value) == absence(tree)


@pytest.mark.parametrize("oracle", ORACLES, ids=repr)
def test_absence_halts_where_the_oracle_says_no(oracle: Oracle) -> None:
    for tree in SMALL:
        verdicts = {decide(absence(tree), x, oracle=oracle).verdict for x in SMALL}
        assert verdicts == {"halts" if oracle(tree) == NIL else "loops"}


@pytest.mark.parametrize("oracle", ORACLES, ids=repr)
def test_above_computes_each_set_from_its_jump(oracle: Oracle) -> None:
    jump = Jump(oracle)
    for tree in SMALL:
        found = run(ABOVE, tree, oracle=jump)
        assert found.value == (FALSE if oracle(tree) == NIL else TRUE)
        assert found.steps == ABOVE_STEPS
        assert [question for question, _ in found.queries] == [code(absence(tree))]


def test_the_gas_to_the_unit() -> None:
    jump = Jump(TWO)
    assert evaluate(jump, ABOVE, numeral(2), ABOVE_STEPS) == Done(TRUE, 0)
    assert evaluate(jump, ABOVE, numeral(2), ABOVE_STEPS - 1) == OutOfGas()


def test_relative_to_another_oracle_it_computes_another_set() -> None:
    """It knows of A only what the jump knows."""
    assert run(ABOVE, numeral(2), oracle=TWO).value == TRUE
    assert run(ABOVE, numeral(1), oracle=TWO).value == TRUE
    assert run(ABOVE, numeral(2), oracle=FULL).value == FALSE


@pytest.mark.parametrize("oracle", ORACLES, ids=repr)
def test_no_small_program_knows_the_jump(oracle: Oracle) -> None:
    jump = Jump(oracle)
    for program in (p for count in (1, 2, 3) for p in programs(count)):
        own = code(diagonal(program))
        answer = run(program, own, oracle=oracle, gas=500).value
        if answer is not None:
            assert (answer == NIL) != (jump(own) == NIL)


def test_the_jump_of_every_small_code() -> None:
    jump = Jump(EMPTY)
    assert jump(NIL) == TRUE and jump.steps(NIL) == 1  # nil is read as Id
    loop: Program = parse_program("while(id, id)")
    assert jump(code(loop)) == FALSE and jump.steps(code(loop)) == 0
    assert jump(code(parse_program("while(tl, tl)"))) == TRUE
