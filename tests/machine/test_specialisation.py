"""Specialised programs: what they are, and the steps that fixing an argument takes."""

from __future__ import annotations

import pytest

from models.machine.oracle import Table
from models.machine.program import Program, Then, code, decode, parse_program, programs, size
from models.machine.run import run
from models.machine.semantics import Done, OutOfGas, evaluate
from models.machine.specialisation import SPECIALISED_STEPS, specialise
from models.machine.tree import NIL, TRUE, Pair, numeral, parse_tree


def test_as_a_term() -> None:
    found = specialise(parse_program("hd"), numeral(2))
    assert found == parse_program("then(cons(quote 2, id), hd)")


@pytest.mark.parametrize(
    ("program", "argument", "more"),
    [("hd", "nil", 4), ("hd", "2", 6), ("while(id, tl)", "<1.<1.1>>", 9)],
)
def test_sizes(program: str, argument: str, more: int) -> None:
    p = parse_program(program)
    assert size(specialise(p, parse_tree(argument))) == size(p) + more


@pytest.mark.parametrize(
    ("program", "argument", "value", "result", "steps"),
    [
        ("hd", "3", "5", "3", 7),
        ("tl", "3", "5", "5", 7),
        ("id", "nil", "nil", "<nil.nil>", 7),
        ("cons(tl, hd)", "1", "2", "<2.1>", 11),
        # Entering the loop, its test and leaving it
        ("while(hd, tl)", "nil", "4", "<nil.4>", 9),
    ],
)
def test_runs(program: str, argument: str, value: str, result: str, steps: int) -> None:
    """Six steps, then those of the program, counted by hand."""
    found = run(specialise(parse_program(program), parse_tree(argument)), parse_tree(value))
    assert found.value == parse_tree(result)
    assert found.steps == steps


def test_the_pair_is_what_is_asked() -> None:
    oracle = Table({Pair(numeral(1), numeral(2)): TRUE})
    asked = run(specialise(parse_program("ask"), numeral(1)), numeral(2), oracle=oracle)
    assert asked.value == TRUE
    assert asked.queries == ((Pair(numeral(1), numeral(2)), TRUE),)


def test_the_gas_to_the_unit() -> None:
    identity, found = parse_program("id"), Pair(numeral(1), NIL)
    program = specialise(identity, numeral(1))
    for gas in range(-2, SPECIALISED_STEPS + 1):
        assert evaluate(Table(), program, NIL, gas) == OutOfGas()
    assert evaluate(Table(), program, NIL, SPECIALISED_STEPS + 1) == Done(found, 0)


def test_a_program_specialised_to_its_argument_and_the_rest() -> None:
    """Two arguments are fixed one after the other."""
    add: Program = parse_program("cons(hd, tl)")
    once = specialise(add, numeral(4))
    assert isinstance(once, Then)
    twice = specialise(once, numeral(3))
    assert run(twice, NIL).value == Pair(numeral(4), Pair(numeral(3), NIL))


def test_every_small_program_is_a_first_argument() -> None:
    """A program that is given the code of another: the first argument may be one."""
    for count in (1, 2, 3):
        for program in programs(count):
            found = run(specialise(parse_program("hd"), code(program)), NIL)
            assert found.value is not None and decode(found.value) == program
