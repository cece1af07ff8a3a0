"""Hypothesis strategies: trees, programs by size, oracles, inputs."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import (
    Ask,
    Cons,
    Hd,
    Id,
    If,
    Program,
    Quote,
    Then,
    Tl,
    While,
)
from models.machine.tree import NIL, TRUE, Pair, Tree, numeral


def tree_of(draw: DrawFn, count: int) -> Tree:
    """A tree with exactly so many pairs."""
    if count == 0:
        return NIL
    left = draw(st.integers(0, count - 1))
    return Pair(tree_of(draw, left), tree_of(draw, count - 1 - left))


@st.composite
def trees(draw: DrawFn, most: int = 12) -> Tree:
    """Trees with at most so many pairs."""
    return tree_of(draw, draw(st.integers(0, most)))


def program_of(draw: DrawFn, size: int) -> Program:
    """A program of exactly this size."""
    if size == 1:
        return draw(st.sampled_from([Id(), Hd(), Tl(), Ask(), Quote(NIL)]))
    kinds: list[type[Program]] = [Quote]
    if size >= 3:
        kinds += [Cons, Then, While]
    if size >= 4:
        kinds += [If]
    kind = draw(st.sampled_from(kinds[::-1]))
    if kind is Quote:
        return Quote(tree_of(draw, size - 1))
    first = draw(st.integers(1, size - (3 if kind is If else 2)))
    if kind is If:
        second = draw(st.integers(1, size - 2 - first))
        rest = size - 1 - first - second
        return If(program_of(draw, first), program_of(draw, second), program_of(draw, rest))
    return kind(program_of(draw, first), program_of(draw, size - 1 - first))


@st.composite
def programs(draw: DrawFn, most: int = 20) -> Program:
    """Programs of at most this size."""
    return program_of(draw, draw(st.integers(1, most)))


def inputs() -> SearchStrategy[Tree]:
    """Inputs: any small tree, numerals more often than by chance."""
    return st.one_of(st.integers(0, 6).map(numeral), trees(6))


def oracles() -> SearchStrategy[Oracle]:
    """Total functions from trees to trees: the two trivial sets, finite sets, any finite table."""
    sets = st.lists(trees(3), max_size=4).map(lambda members: Table(dict.fromkeys(members, TRUE)))
    tables = st.builds(Table, st.dictionaries(trees(3), trees(3), max_size=4), trees(2))
    return st.one_of(st.sampled_from([EMPTY, FULL]), sets, tables)


def gas() -> SearchStrategy[int]:
    """Gas for a small run."""
    return st.integers(0, 120)
