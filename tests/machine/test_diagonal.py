"""Diagonals: they halt where their program answers nil, and make it wrong about themselves."""

from __future__ import annotations

import pytest

from checks.exhaust import programs_to
from checks.machine.decide import decide
from models.algebra import Equation
from models.machine.diagonal import diagonal, short_diagonal
from models.machine.oracle import EMPTY, FULL, Table
from models.machine.program import Program, code, parse_program, size
from models.machine.run import run
from models.machine.tree import NIL, TRUE, Pair, parse_tree

both_kinds = pytest.mark.parametrize("kind", [diagonal, short_diagonal], ids=lambda k: k.name)


def test_as_terms() -> None:
    program = parse_program("cons(ask, hd)")
    assert diagonal(program) == parse_program("then(cons(ask, hd), while(id, id))")
    assert short_diagonal(program) == parse_program("while(cons(ask, hd), id)")


@pytest.mark.parametrize(
    ("program", "long", "short"),
    [("id", 5, 3), ("quote nil", 5, 3), ("quote 3", 8, 6), ("if(hd, tl, ask)", 8, 6)],
)
def test_sizes(program: str, long: int, short: int) -> None:
    assert size(diagonal(parse_program(program))) == long
    assert size(short_diagonal(parse_program(program))) == short


@pytest.mark.parametrize(
    ("program", "value", "steps"),
    [
        ("id", "nil", 1),
        ("hd", "<nil.3>", 1),
        ("quote nil", "2", 1),
        ("then(hd, tl)", "<<1.nil>.1>", 3),
        ("while(id, tl)", "2", 11),
    ],
)
def test_after_nil_they_halt(program: str, value: str, steps: int) -> None:
    p, x = parse_program(program), parse_tree(value)
    assert run(p, x).value == NIL and run(p, x).steps == steps
    long, short = run(diagonal(p), x), run(short_diagonal(p), x)
    assert (long.value, long.steps) == (NIL, steps + 4)
    assert (short.value, short.steps) == (x, steps + 2)


@both_kinds
@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("id", "1"),
        ("tl", "<nil.3>"),
        ("quote 1", "nil"),
        ("cons(id, id)", "nil"),
        # No answer at all
        ("while(id, id)", "1"),
        ("then(quote 1, while(id, id))", "nil"),
    ],
)
def test_after_a_pair_or_no_answer_they_loop(
    kind: Equation[..., Program], program: str, value: str
) -> None:
    assert decide(kind(parse_program(program)), parse_tree(value)).verdict == "loops"


@both_kinds
def test_the_answer_is_the_oracles(kind: Equation[..., Program]) -> None:
    ask = parse_program("ask")
    oracle = Table({NIL: TRUE})
    assert decide(kind(ask), NIL, oracle=oracle).verdict == "loops"
    assert decide(kind(ask), TRUE, oracle=oracle).verdict == "halts"


@both_kinds
@pytest.mark.parametrize("oracle", [EMPTY, FULL], ids=["empty", "full"])
def test_no_program_is_right_about_its_diagonal(
    kind: Equation[..., Program], oracle: Table
) -> None:
    for program in programs_to(3):
        against = kind(program)
        own = code(against)
        answer = run(program, own, oracle=oracle, gas=1_000).value
        if answer is not None:
            halts = decide(against, own, oracle=oracle).verdict == "halts"
            assert isinstance(answer, Pair) != halts


# How small a program can decide the halting of programs of size at most k on their own code: not of
# size k-2, by the theorem.


def test_for_k_2_a_program_of_size_1_does() -> None:
    for oracle in (EMPTY, FULL, Table({NIL: TRUE})):
        for program in programs_to(2):
            assert decide(program, code(program), oracle=oracle).verdict == "halts"
            assert isinstance(run(parse_program("id"), code(program)).value, Pair)


def test_for_k_4_one_of_size_3_does_relative_to_a_set() -> None:
    """The set has the programs that loop relative to it, and nil, but not true."""
    decider = parse_program("then(ask, ask)")
    loops = """
        while(id, id); while(hd, id); while(tl, id); while(id, quote 1); while(quote 1, id);
        while(quote 1, hd); while(quote 1, tl); while(quote 1, ask); while(quote 1, quote 0)
    """
    listed = [parse_program(text) for text in loops.split(";")]
    oracle = Table({NIL: TRUE, **{code(program): TRUE for program in listed}})
    assert size(decider) == 3
    for program in programs_to(4):
        halts = decide(program, code(program), oracle=oracle).verdict == "halts"
        assert halts == (program not in listed)
        answer = run(decider, code(program), oracle=oracle).value
        assert answer == (TRUE if halts else NIL)
