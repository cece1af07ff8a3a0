"""Spaces: complete, without repetition, smallest first, and every value found by its place."""

from fractions import Fraction
from itertools import product
from math import gcd

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.claims.generators import ORACLES, PROGRAMS, TREES, generator_for, show_oracle
from checks.claims.space import Capped, Listed, Lists, Product, Space, Subsets, Sum
from models.errors import BadInput
from models.machine.oracle import parse_oracle
from models.machine.program import programs, size
from models.machine.tree import format_tree, pairs, trees

NATURALS = Listed(lambda size: [size])


@pytest.mark.parametrize("count", range(1, 6))
def test_programs_are_those_of_the_model(count: int) -> None:
    assert list(PROGRAMS.values(count)) == list(programs(count))


@pytest.mark.parametrize("count", range(8))
def test_trees_are_those_of_the_model(count: int) -> None:
    assert list(TREES.values(count)) == list(trees(count))


@given(st.integers(6, 12), st.data())
def test_a_large_program_by_its_place(count: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, PROGRAMS.count(count) - 1))
    assert size(PROGRAMS.at(count, place)) == count


@pytest.mark.parametrize("count", range(7))
def test_every_set_of_trees_once(count: int) -> None:
    """Against all subsets of all trees that are small enough."""
    found = [frozenset(chosen) for chosen in Subsets(weighted()).values(count)]
    small = [tree for number in range(count) for tree in trees(number)]
    expected = {
        frozenset(chosen)
        for chosen in subsets(small)
        if sum(1 + pairs(tree) for tree in chosen) == count
    } if len(small) <= 9 else set(found)
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert all(sum(1 + pairs(tree) for tree in chosen) == count for chosen in found)


def weighted() -> Space:
    return Listed(lambda count: list(trees(count - 1)) if count else [])


def subsets(items: list) -> list:
    return [
        [item for item, inside in zip(items, chosen, strict=True) if inside]
        for chosen in product((False, True), repeat=len(items))
    ]


@pytest.mark.parametrize("count", range(6))
def test_oracles_differ_and_are_read_again(count: int) -> None:
    specs = [show_oracle(oracle) for oracle in ORACLES.values(count)]
    assert len(specs) == len(set(specs))
    for spec, oracle in zip(specs, ORACLES.values(count), strict=True):
        again = parse_oracle(spec)
        assert all(again(tree) == oracle(tree) for n in range(count + 1) for tree in trees(n))
        assert again(numeral_beyond(count)) == oracle(numeral_beyond(count))


def numeral_beyond(count: int):
    from models.machine.tree import numeral

    return numeral(count + 3)


def test_rationals_each_once() -> None:
    found = [value for count in range(7) for value in generator_for(Fraction).space.values(count)]
    expected = {
        Fraction(p, q)
        for p in range(-7, 8) for q in range(1, 8)
        if gcd(p, q) == 1 and abs(p) + q - 1 <= 6
    }
    assert len(found) == len(set(found))
    assert set(found) == expected


@given(st.integers(0, 9))
def test_products_share_out_the_size(count: int) -> None:
    space = Product(lambda *values: values, TREES, NATURALS, TREES)
    found = list(space.values(count))
    expected = {
        (x, n, y)
        for n in range(count + 1)
        for left in range(count - n + 1)
        for x in trees(left)
        for y in trees(count - n - left)
    } if count <= 6 else set(found)
    assert len(found) == space.count(count) == len(expected)
    assert set(found) == expected


def test_lists() -> None:
    space = Lists(Listed(lambda count: "ab" if count == 0 else [], largest=0))
    assert list(space.values(0)) == [()]
    assert sorted(space.values(2)) == [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]


def test_bounds_of_finite_spaces() -> None:
    few = Listed(lambda count: [count] if count < 3 else [], largest=2)
    assert Product(lambda *values: values, few, few).largest == 4
    assert Sum(few, NATURALS).largest is None
    assert Capped(NATURALS, 5).largest == 5
    assert list(Capped(NATURALS, 5).values(6)) == []
    assert Product(lambda: (), ).count(0) == 1


def test_a_place_that_there_is_not() -> None:
    with pytest.raises(IndexError, match="place 1 of 1 values of size 4"):
        NATURALS.at(4, 1)
    assert NATURALS.count(-1) == 0


def test_a_value_listed_twice_is_refused() -> None:
    with pytest.raises(BadInput, match="listed twice among those of size 1"):
        Listed(lambda count: [1, 1] if count else []).count(1)


def test_sets_of_weightless_values_are_refused() -> None:
    with pytest.raises(ValueError, match="infinitely many"):
        Subsets(TREES)


@given(st.integers(0, 5), st.data())
def test_tuples_as_text(count: int, data: st.DataObject) -> None:
    generator = generator_for(tuple[bool, tuple[int, ...]])
    place = data.draw(st.integers(0, generator.space.count(count) - 1))
    value = generator.space.at(count, place)
    assert generator.read is not None
    assert generator.read(generator.show(value)) == value


def test_texts_are_read_again() -> None:
    for kind in ("Tree", "Program"):
        space = {"Tree": TREES, "Program": PROGRAMS}[kind]
        show = {"Tree": format_tree, "Program": repr}[kind]
        assert len({show(value) for value in space.values(4)}) == space.count(4)
