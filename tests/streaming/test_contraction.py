"""Contractions by named indices, against NumPy's einsum and SciPy's correlation."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import correlate

from models.errors import BadInput
from models.streaming.contraction import contract, index_sizes, parse
from models.streaming.elements import KINDS
from models.streaming.semiring import BOOLEAN, INTEGERS, TROPICAL, square_matrices_mod
from models.streaming.simulate import stream


@st.composite
def contractions(draw: st.DrawFn) -> tuple[str, dict[str, int], tuple[int, int]]:
    """A contraction that einsum has, too, the sizes of its indices, and a tile."""
    letters = draw(st.permutations("abcdefgh"))
    groups, left = [], list(letters)
    for largest in (2, 2, 2, 1):  # l, m, n, outside
        count = draw(st.integers(0, largest))
        groups.append(left[:count])
        left = left[count:]
    rows, columns, inner, outside = groups
    operands = [
        "".join(draw(st.permutations(group)))
        for group in (rows + inner + outside, inner + columns + outside, rows + columns + outside)
    ]
    sizes = {index: draw(st.integers(0, 4)) for group in groups for index in group}
    tile = (
        draw(st.integers(1, max(1, math.prod(sizes[i] for i in rows)))),
        draw(st.integers(1, max(1, math.prod(sizes[i] for i in columns)))),
    )
    return f"{operands[0]},{operands[1]}->{operands[2]}", sizes, tile


def shaped(axes: str, sizes: dict[str, int], seed: int) -> Any:
    """Small integers."""
    return np.random.default_rng(seed).integers(-9, 10, tuple(sizes[index] for index in axes))


@given(contractions())
@settings(max_examples=150, deadline=None)
def test_einsum_agrees(given_: tuple[str, dict[str, int], tuple[int, int]]) -> None:
    text, sizes, tile = given_
    axes, result = text.split("->")
    one, other = axes.split(",")
    left, right = shaped(one, sizes, 1), shaped(other, sizes, 2)
    found = contract(text, left, right, tile=tile)
    wanted = np.einsum(text, left, right)
    assert found.product.shape == wanted.shape == tuple(sizes[index] for index in result)
    assert (found.product == wanted).all()
    tiling, counts = found.tiling, found.counts
    assert found.runs == math.prod(sizes[i] for i in found.contraction.outside)
    assert (counts.reads, counts.collected, counts.steps, counts.multiply_adds) == tuple(
        found.runs * count
        for count in (tiling.reads, tiling.writes, tiling.steps, tiling.multiply_adds)
    )
    if tiling.rows and tiling.columns:
        assert (counts.distinct_left, counts.distinct_right) == (
            left.size if found.runs else 0, right.size if found.runs else 0
        )


@given(st.integers(0, 99), st.integers(1, 9), st.integers(1, 9), st.integers(1, 4),
       st.integers(1, 4), st.data())
@settings(max_examples=50, deadline=None)
def test_a_convolution_is_not_unfolded(
    seed: int, height: int, width: int, tall: int, wide: int, data: st.DataObject
) -> None:
    tall, wide = min(tall, height), min(wide, width)
    chance = np.random.default_rng(seed)
    picture = chance.integers(-9, 10, (height, width))
    kernel = chance.integers(-9, 10, (tall, wide))
    places = (height - tall + 1) * (width - wide + 1)
    tile = data.draw(st.integers(1, places)), 1
    found = contract("(x+w)(y+h),wh->xy", picture, kernel, tile=tile)
    assert (found.product == correlate(picture, kernel, "valid")).all()
    assert found.unfolded == (places * kernel.size, kernel.size)
    assert found.counts.left == places * kernel.size
    assert found.counts.right == -(-places // tile[0]) * kernel.size
    assert (found.counts.distinct_left, found.counts.distinct_right) == (picture.size, kernel.size)


def test_a_convolution_with_channels_strides_and_gaps() -> None:
    chance = np.random.default_rng(0)
    pictures = chance.integers(-9, 10, (2, 12, 11, 3))
    kernels = chance.integers(-3, 4, (3, 2, 3, 4))
    found = contract("b(2x+w)(y+3h)c,whck->bkxy", pictures, kernels, tile=(7, 3))
    assert found.product.shape == (2, 4, 5, 8)
    for b, k, x, y in product(*map(range, found.product.shape)):
        assert found.product[b, k, x, y] == sum(
            pictures[b, 2 * x + w, y + 3 * h, c] * kernels[w, h, c, k]
            for w, h, c in product(range(3), range(2), range(3))
        )
    # Two steps at a time: the last rows and columns of a picture may be left over.
    assert found.counts.distinct_left == 2 * 11 * 11 * 3
    assert found.sizes == {"b": 2, "x": 5, "w": 3, "y": 8, "h": 2, "c": 3, "k": 4}


def test_a_diagonal_and_other_elements() -> None:
    square = np.arange(9).reshape(3, 3)
    assert contract("ii,ij->j", square, square, tile=(1, 2)).product.tolist() == (
        np.einsum("ii,ij->j", square, square).tolist()
    )
    near = contract("ab,bc->ca", [[0, 1], [math.inf, 0]], [[0, 5], [2, 0]], tile=(1, 1),
                    semiring=TROPICAL)
    assert near.product.tolist() == [[0, 2], [1, 0]]
    truth = contract("a,b->ab", [True, False], [True], tile=(2, 1), semiring=BOOLEAN)
    assert truth.product.tolist() == [[True], [False]]
    assert contract("a,a->", [1, 2], [10**20, 1], tile=(1, 1)).product[()] == 10**20 + 2


@pytest.mark.parametrize("name", list(KINDS))
def test_matrices_are_a_contraction(name: str) -> None:
    left, right = np.eye(3, 4, dtype=int), np.ones((4, 2), dtype=int)
    one = contract("ln,nm->lm", left, right, tile=(2, 2), semiring=KINDS[name])
    other = stream(left, right, tile=(2, 2), semiring=KINDS[name])
    assert (one.product == other.product).all()
    assert one.counts == other.counts


def test_values_that_fit_in_some_runs_only() -> None:
    """One run goes through machine words, the other one does not: both are there."""
    left = [[[2**40]], [[2**62]]]
    found = contract("bln,bnm->blm", left, [[[1]], [[4]]], tile=(1, 1))
    assert found.product.reshape(-1).tolist() == [2**40, 2**64]


def test_a_semiring_of_ones_own() -> None:
    over = square_matrices_mod(5, 2)
    words = np.empty((2,), dtype=object)
    words[0], words[1] = ((1, 2), (3, 4)), ((0, 1), (1, 0))
    found = contract("n,n->", words, words[::-1].copy(), tile=(1, 1), semiring=over)
    both = over.multiply(words[0], words[1]), over.multiply(words[1], words[0])
    assert found.product[()] == over.add(*both)
    with pytest.raises(BadInput, match="a NumPy array"):
        contract("n,n->", [over.one], [over.one], tile=(1, 1), semiring=over)


@pytest.mark.parametrize(("text", "said"), [
    ("ab,bc", "contraction 'ab,bc'"),
    ("ab->a", "contraction"),
    ("ab,bc,cd->ad", "contraction"),
    ("ab,bc->a1", "the result 'a1'"),
    ("ab,bc->aa", "the result 'aa'"),
    ("ab,bc->ad", "index d of the result is in neither"),
    ("abz,bc->ac", "index z is in X only"),
    ("ab,bcz->ac", "index z is in Y only"),
    ("a(b,bc->ac", "among the axes of X"),
    ("a*,bc->ac", "among the axes of X"),
    ("(a+),bc->ac", "an axis of X"),
    ("(a-b),bc->ac", "an axis of X"),
    ("(0a+b),bc->ac", "an axis of X"),
    ("(99999999999a+b),bc->ac", "an axis of X"),
    ("(a+a),ac->c", "an index twice"),
])
def test_contractions_that_are_refused(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said.replace("(", r"\(").replace("*", r"\*")):
        parse(text)


@pytest.mark.parametrize(("text", "left", "right", "said"), [
    ("ab,bc->ac", (2, 3), (4, 5), "the index b has the sizes 3 and 4"),
    ("ab,bc->ac", (2, 3, 1), (3, 5), "X has 3 axes"),
    ("(x+w),w->x", (2,), (3,), "need"),
    ("(x+y),x->y", (5,), (7,), "need"),
    ("(x+y)w,w->xy", (5, 2), (2,), "the size of x cannot be told"),
])
def test_shapes_that_are_refused(
    text: str, left: tuple[int, ...], right: tuple[int, ...], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        contract(text, np.zeros(left, int), np.zeros(right, int), tile=(1, 1))


def test_sizes_are_found_where_they_can_be() -> None:
    sizes = index_sizes(parse("(x+w)(2y+h),wh->xy"), (10, 10), (3, 4))
    assert sizes == {"w": 3, "h": 4, "x": 8, "y": 4}
    assert index_sizes(parse("(x+w)(x+y),wy->x"), (4, 6), (2, 4)) == {"w": 2, "y": 4, "x": 3}


def test_ragged_lists_are_refused() -> None:
    with pytest.raises(BadInput, match="X"):
        contract("ab,bc->ac", [[1, 2], [3]], [[1]], tile=(1, 1), semiring=INTEGERS)
