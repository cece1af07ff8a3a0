"""Trees and programs in flat arrays: equal trees equal numbers, all programs in order."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from models.machine.flat import Enumeration, Forest
from models.machine.program import code, programs
from models.machine.tree import NIL, Nil, Pair, Tree, format_tree, numeral, trees


@pytest.fixture(scope="module")
def forest() -> Forest:
    return Forest()


@pytest.fixture(scope="module")
def enumeration(forest: Forest) -> Enumeration:
    return Enumeration(6, forest)


SMALL = [tree for count in range(7) for tree in trees(count)]


# Forest


def test_there_and_back() -> None:
    forest = Forest()
    numbers = [forest.node(tree) for tree in SMALL]
    assert [forest.tree(number) for number in numbers] == SMALL
    assert sorted(numbers) == list(range(len(SMALL)))
    assert forest.count == len(SMALL)


def test_equal_trees_have_equal_numbers() -> None:
    forest = Forest()
    made = forest.node(Pair(numeral(3), Pair(Nil(), numeral(3))))
    assert made == forest.node(Pair(numeral(3), Pair(NIL, numeral(3))))
    assert forest.node(Nil()) == 0
    assert forest.tree(made).head is forest.tree(made).tail.tail  # type: ignore[union-attr]


def test_parts_have_smaller_numbers() -> None:
    forest = Forest()
    forest.node(Pair(SMALL[-1], Pair(numeral(20), SMALL[100])))
    inside = np.arange(1, forest.count)
    assert (forest.heads[inside] < inside).all()
    assert (forest.tails[inside] < inside).all()
    assert (forest.heads[0], forest.tails[0]) == (0, 0)


def test_many_pairs_at_once() -> None:
    forest = Forest()
    numbers = [0]
    for _ in range(3):
        # Each time all pairs of what there is, some of them known: the table grows on the way.
        lefts, rights = np.repeat(numbers, len(numbers)), np.tile(numbers, len(numbers))
        found = forest.pairs(lefts, rights)
        for left, right, number in zip(lefts, rights, found, strict=True):
            assert (forest.heads[number], forest.tails[number]) == (left, right)
        assert len(set(found)) == len(found)
        numbers = sorted({*numbers, *found.tolist()})
    wide = list(range(forest.count)) * 40
    found = forest.pairs(np.array(wide), np.array(wide[::-1]))
    assert forest.pairs(np.array(wide), np.array(wide[::-1])).tolist() == found.tolist()
    for left, right, number in zip(wide, wide[::-1], found, strict=True):
        assert (forest.heads[number], forest.tails[number]) == (left, right)


def test_growing_keeps_what_there_is() -> None:
    forest = Forest()
    before = [forest.node(tree) for tree in SMALL]
    forest.reserve(100_000)
    assert len(forest.heads) >= forest.count + 100_000
    long = numeral(3000)
    assert forest.tree(forest.node(long)) == long
    assert [forest.node(tree) for tree in SMALL] == before
    assert [forest.tree(number) for number in before] == SMALL


def test_deep_and_shared_trees() -> None:
    forest = Forest()
    deep = numeral(5000)
    left: Tree = NIL
    shared: Tree = NIL
    for _ in range(5000):
        left = Pair(left, NIL)
        shared = Pair(shared, shared)
    for tree in (deep, left, shared):
        assert forest.tree(forest.node(tree)) == tree
    assert forest.count < 3 * 5000 + 1


# Enumeration


@pytest.mark.parametrize("size", range(1, 7))
def test_all_programs_of_a_size_in_order(
    size: int, enumeration: Enumeration, forest: Forest
) -> None:
    first, last = enumeration.starts[size], enumeration.starts[size + 1]
    expected = list(programs(size))
    assert last - first == enumeration.programs(size) == len(expected)
    assert [enumeration.program(node) for node in range(first, last)] == expected
    for node, program in zip(range(first, last), expected, strict=True):
        assert enumeration.code[node] == forest.node(code(program))


def test_an_enumeration_ends_at_its_size(enumeration: Enumeration) -> None:
    assert enumeration.starts[0] == enumeration.starts[1] == 0
    assert len(enumeration.starts) == 8
    assert len(enumeration.all) == len(enumeration.code) == enumeration.starts[-1]


@pytest.mark.parametrize("base", [1, 2, 3, 4])
@pytest.mark.parametrize("beyond", [1, 2])
def test_programs_of_larger_sizes_in_ranges(base: int, beyond: int) -> None:
    forest = Forest()
    enumeration = Enumeration(base, forest)
    size = base + beyond
    expected = list(programs(size))
    assert enumeration.programs(size) == len(expected)
    cuts = sorted({0, 1, len(expected) // 3, len(expected) // 2, len(expected)})
    found = []
    for begin, end in pairwise(cuts):
        rows = enumeration.rows(size, begin, end)
        assert len(rows) == end - begin
        made = [enumeration.made(rows, index) for index in range(len(rows))]
        codes = enumeration.codes(rows).tolist()
        assert codes == [forest.node(code(program)) for program in made]
        texts = [format_tree(code(program), style="numbers") for program in made]
        assert list(enumeration.texts(rows)) == texts
        found += made
    assert found == expected


def test_an_empty_range(enumeration: Enumeration) -> None:
    assert len(enumeration.rows(5, 7, 7)) == 0
    assert len(enumeration.rows(3, 10_000, 20_000)) == 0


def test_the_place_of_a_program() -> None:
    enumeration = Enumeration(3, Forest())
    for size in range(1, 6):
        places = [enumeration.place(program) for program in programs(size)]
        assert places == [(size, place) for place in range(len(places))]
    with pytest.raises(ValueError, match="a program of size 6"):
        enumeration.place(next(programs(6)))


def test_counts_of_larger_sizes(enumeration: Enumeration) -> None:
    assert enumeration.programs(7) == 105_250
