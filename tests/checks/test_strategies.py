"""The strategies for users: what they draw is what they say, and shrinks to small values."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from checks.claims import AtMost, Bound, Nat, Share, generator
from checks.claims.generators import generator_for
from checks.strategies import (
    candidates,
    functions,
    guessers,
    numerals,
    oracles,
    programs,
    row_guesser,
    shared_out,
    strategy_for,
    trees,
    while_programs,
    while_sources,
)
from models.errors import BadInput
from models.machine.oracle import EMPTY, FULL, Oracle
from models.machine.program import Ask, Program, Quote, While, format_program, size
from models.machine.run import run
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, numeral, pairs
from models.machine.while_syntax import format_while, parse_while


class Colour:
    def __init__(self, name: str) -> None:
        self.name = name


COLOURS = [Colour(name) for name in ("red", "green", "blue")]
generator(Colour, lambda number: [COLOURS[number - 1]] if number else [], largest=3)

KINDS: list[Any] = [
    Tree, Program, Oracle, Nat, Bound, int, bool, Fraction, Share, tuple[Tree, Nat],
    tuple[Program, ...], tuple[()], Annotated[Program, AtMost(3)], Colour, tuple[bool, Colour],
]


def content(value: Any) -> Any:
    """What is equal for equal values; the members of a set have no order."""
    if isinstance(value, Oracle):
        return frozenset(value.answers.items()), value.otherwise
    return value


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_values_of_every_type_have_at_most_the_size(kind: Any) -> None:
    known = generator_for(kind)

    @settings(max_examples=30, deadline=None)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        most = data.draw(st.integers(1, 6))
        value = data.draw(strategy_for(kind, most))
        count = known.measure(value)
        assert count <= most
        assert content(value) in map(content, known.space.values(count))

    check()


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_all_small_values_are_drawn(kind: Any) -> None:
    known = generator_for(kind)
    wanted = {content(value) for count in range(3) for value in known.space.values(count)}
    drawn: set[Any] = set()

    @settings(max_examples=400, deadline=None)
    @given(strategy_for(kind, 2))
    def check(value: Any) -> None:
        drawn.add(content(value))

    check()
    assert drawn == wanted


def test_a_size_of_which_there_is_nothing() -> None:
    with pytest.raises(BadInput, match="no values of size at most 0"):
        strategy_for(Program, 0)
    with pytest.raises(BadInput, match="nothing is known of the type str"):
        strategy_for(str)


@given(shared_out((Program, Tree, Program), 9))
def test_sizes_are_shared_out(values: tuple[Program, Tree, Program]) -> None:
    first, tree, second = values
    assert size(first) + pairs(tree) + size(second) <= 9


@given(programs(12, asks=False), programs(12, loops=False), programs(12, least=10))
def test_kinds_of_programs(quiet: Program, straight: Program, large: Program) -> None:
    assert "ask" not in format_program(quiet)
    assert "while" not in format_program(straight)
    assert run(straight, NIL, gas=100).value is not None
    assert 10 <= size(large) <= 12


@given(numerals(4), trees(5, least=2), functions())
def test_trees_and_functions(number: Tree, tree: Tree, function: Oracle) -> None:
    assert number in map(numeral, range(5))
    assert 2 <= pairs(tree) <= 5
    assert isinstance(function(tree), Tree)


@settings(max_examples=50, deadline=None)
@given(while_programs("p"), while_sources(most=2))
def test_while_programs_are_read_again(program: Any, source: str) -> None:
    assert parse_while(format_while(program)) == program
    assert format_while(parse_while(source)) == source


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3).flatmap(lambda n: st.tuples(st.just(n), guessers(n))), trees(4),
       oracles())
def test_guessers_are_total_and_change_seldom(
    drawn: tuple[int, Program], tree: Tree, oracle: Oracle
) -> None:
    most, guesser = drawn
    guesses = [
        run(guesser, Pair(tree, numeral(stage)), oracle=oracle, gas=1_000).value
        for stage in range(most + 4)
    ]
    assert set(guesses) <= {FALSE, TRUE}
    assert sum(a != b for a, b in pairwise(guesses)) <= most


def test_a_row_of_guesses() -> None:
    guesser = row_guesser([True, False, False, True], [0, 2, 0, 1])
    for oracle in (EMPTY, FULL):
        said = [run(guesser, Pair(NIL, numeral(s)), oracle=oracle).value for s in range(6)]
        assert said == [TRUE, FALSE, FALSE, TRUE, TRUE, TRUE]


def test_some_candidates_are_no_guessers() -> None:
    def has_no_truth_value(program: Program) -> bool:
        return run(program, Pair(NIL, NIL), gas=100).value not in (FALSE, TRUE)

    assert size(smallest_found(candidates(), has_no_truth_value)) == 3


def smallest_found(strategy: Any, wanted: Any) -> Any:
    options = settings(max_examples=5_000, database=None, deadline=None)
    return find(strategy, wanted, settings=options, random=random.Random(0))


def parts(program: Program) -> list[Program]:
    return [program, *(
        part for field in program.fields() if isinstance(field, Program) for part in parts(field)
    )]


@pytest.mark.parametrize(("strategy", "wanted", "expected"), [
    (trees(), lambda tree: pairs(tree) >= 3, 3),
    (programs(), lambda program: any(isinstance(p, While) for p in parts(program)), 3),
    (programs(), lambda program: Ask() in parts(program), 1),
    (programs(), lambda p: run(p, numeral(1), gas=200).value == numeral(4), 5),
    (oracles(), lambda oracle: oracle(numeral(1)) != oracle(NIL), 1),
    (strategy_for(Fraction), lambda number: number > 1, 2),
    (strategy_for(tuple[int, ...]), lambda numbers: sum(numbers) >= 3, 4),
], ids=lambda value: str(value) if isinstance(value, int) else "")
def test_values_shrink_to_the_smallest(strategy: Any, wanted: Any, expected: int) -> None:
    found = smallest_found(strategy, wanted)
    kind = next(
        kind for kind, test in (
            (Tree, Tree), (Program, Program), (Oracle, Oracle), (Fraction, Fraction),
            (tuple[int, ...], tuple),
        ) if isinstance(found, test)
    )
    assert generator_for(kind).measure(found) == expected


def test_quoted_trees_shrink() -> None:
    found = smallest_found(
        programs(),
        lambda program: any(isinstance(p, Quote) and pairs(p.tree) > 1 for p in parts(program)),
    )
    assert size(found) == 3
