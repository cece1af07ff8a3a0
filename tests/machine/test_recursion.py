"""Recursive programs: what they are, what they cost, and the examples that know their own code."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.exhaust import programs_to, trees_to
from examples.own_code.make import files
from models.machine.compiled_run import run as run_compiled
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import Program, Then, code, decode, parse_program, size
from models.machine.recursion import (
    MAKE_RECURSIVE,
    MAKE_RECURSIVE_STEPS,
    RECURSIVE_STEPS,
    SELF,
    SELF_STEPS,
    recursive,
    with_self,
)
from models.machine.run import run
from models.machine.semantics import Done, OutOfGas, evaluate
from models.machine.source import load_program
from models.machine.specialisation import specialise
from models.machine.tree import NIL, TRUE, Pair, Tree, numeral, pairs, parse_tree

EXAMPLES = Path(__file__).parents[2] / "examples"
SMALL = list(trees_to(3))
SELF_TEXT = "cons(quote 6, cons(cons(quote 5, cons(cons(quote 4, id), quote <0.0>)), id))"


def example(name: str) -> Program:
    return load_program(EXAMPLES / "own_code" / f"{name}.term")


def test_as_terms() -> None:
    assert SELF == parse_program(SELF_TEXT)
    assert with_self(parse_program("ask")) == parse_program(
        f"then(cons(then(hd, {SELF_TEXT}), tl), ask)"
    )
    unfinished = with_self(parse_program("ask"))
    assert recursive(parse_program("ask")) == specialise(unfinished, code(unfinished))


def test_sizes() -> None:
    """Constructors and pairs of constants, counted by hand."""
    assert size(SELF) == 5 + (1 + 6) + (1 + 5) + (1 + 4) + 1 + (1 + 1) + 1 == 27
    assert size(with_self(parse_program("id"))) == 5 + 27 + 1
    # A Cons has 1+5+1 pairs in its code beside those of its parts, a Then 1+6+1, a Quote 1+4.
    self_pairs = 5 * 7 + (5 + 6) + (5 + 5) + (5 + 4) + 1 + (5 + 1) + 1
    whole = 8 + (7 + (8 + 2 + self_pairs) + 3) + 1
    assert pairs(code(with_self(parse_program("id")))) == whole
    assert size(recursive(parse_program("id"))) == 33 + 4 + whole == 1 + 1 + 137
    loop = parse_program("while(hd, cons(tl, id))")
    assert size(recursive(loop)) == size(loop) + (10 + 2 + 7 + 3 + 1) + 137


def test_the_bound_is_reached() -> None:
    """By the program whose code is largest for its size."""
    assert size(recursive(parse_program("quote nil"))) == 9 + 134


@pytest.mark.parametrize("tree", SMALL, ids=repr)
def test_self_makes_the_code_of_a_program_specialised_to_a_tree(tree: Tree) -> None:
    """Every tree is read as a program, also one that is no code."""
    found = run(SELF, tree)
    assert found.value is not None
    assert decode(found.value) == specialise(decode(tree), tree)
    assert found.steps == SELF_STEPS


def test_self_makes_codes_of_codes() -> None:
    for program in programs_to(3):
        own = code(program)
        assert run(SELF, own).value == code(specialise(program, own))


@pytest.mark.parametrize(
    ("program", "steps"),
    [("id", 1), ("hd", 1), ("tl", 1), ("quote 3", 1), ("then(tl, tl)", 3), ("cons(tl, hd)", 5)],
)
def test_runs(program: str, steps: int) -> None:
    """The steps before the program begins, and its own, counted by hand."""
    p = parse_program(program)
    whole, x = recursive(p), parse_tree("<5.2>")
    found = run(whole, x)
    assert found.value == run(p, Pair(code(whole), x)).value
    assert found.steps == 6 + 1 + 3 + 1 + 1 + 21 + 1 + steps == RECURSIVE_STEPS + steps


def test_its_code_is_its_own() -> None:
    for program in programs_to(3):
        whole = recursive(program)
        own = code(whole)
        assert decode(own) == whole
        found = run(MAKE_RECURSIVE, code(program))
        assert (found.value, found.steps) == (own, MAKE_RECURSIVE_STEPS)


def test_no_two_programs_become_the_same() -> None:
    made = {recursive(program) for program in programs_to(3)}
    assert len(made) == len(list(programs_to(3)))


def test_the_gas_to_the_unit() -> None:
    whole = recursive(parse_program("hd"))
    for gas in range(-2, RECURSIVE_STEPS + 1):
        assert evaluate(EMPTY, whole, NIL, gas) == OutOfGas()
    assert evaluate(EMPTY, whole, NIL, RECURSIVE_STEPS + 1) == Done(code(whole), 0)


def test_it_may_loop() -> None:
    """By what it knows of itself: this one goes on for ever on its own code alone."""
    same = Then(load_program(EXAMPLES / "while" / "equal.while"), parse_program("while(id, id)"))
    whole = recursive(same)
    assert run(whole, NIL, gas=5_000).value == NIL
    assert run_compiled(whole, code(whole), oracle=EMPTY, gas=1_000_000).value is None


def test_it_asks_about_itself() -> None:
    whole = recursive(parse_program("then(hd, ask)"))
    own = code(whole)
    oracles: list[tuple[Oracle, Tree]] = [
        (EMPTY, NIL), (FULL, TRUE), (Table({own: numeral(3)}), numeral(3)),
    ]
    for oracle, answer in oracles:
        found = run(whole, numeral(8), oracle=oracle)
        assert found.value == answer
        assert found.queries == ((own, answer),)


def test_a_recursive_program_made_recursive() -> None:
    """It is given the code of the outer one, which it hands on with its own."""
    inner = recursive(parse_program("id"))
    outer = recursive(inner)
    found = run(outer, numeral(1)).value
    assert found == Pair(code(inner), Pair(code(outer), numeral(1)))


# Examples


def test_the_files_are_what_they_are_made_from() -> None:
    written = files()
    assert sorted(written) == sorted((EXAMPLES / "own_code").glob("*.term"))
    for path, text in written.items():
        assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("tree", SMALL[:9], ids=repr)
def test_the_quine(tree: Tree) -> None:
    quine = example("quine")
    found = run(quine, tree)
    assert found.value == code(quine)
    assert decode(found.value) == quine
    assert found.steps == RECURSIVE_STEPS + 1


def test_its_own_size() -> None:
    program = example("own_size")
    for tree in (NIL, numeral(7)):
        found = run_compiled(program, tree, oracle=EMPTY, gas=1_000_000)
        assert found.value == numeral(size(program))


def test_whether_it_is_its_own_code() -> None:
    program = example("is_own_code")
    own = code(program)
    other = code(recursive(parse_program("hd")))
    for tree, answer in [(own, TRUE), (other, NIL), (NIL, NIL), (Pair(own, NIL), NIL)]:
        assert run_compiled(program, tree, oracle=EMPTY, gas=1_000_000).value == answer


def test_the_size_of_every_small_program_and_tree() -> None:
    """By the WHILE program that the example is made from."""
    program = load_program(EXAMPLES / "while" / "program_size.while")
    trees = [*trees_to(5), *map(code, programs_to(3))]
    for tree in trees:
        assert run(program, tree, gas=20_000).value == numeral(size(decode(tree)))
