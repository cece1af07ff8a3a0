"""Shortest paths and reachability by streaming, against SciPy."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from models.errors import BadInput
from models.streaming.paths import closure, graph
from models.streaming.semiring import BOOLEAN, INTEGERS

EDGES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 20)), max_size=30)


@given(EDGES, st.integers(1, 3))
@settings(max_examples=80, deadline=None)
def test_scipy_agrees(edges: list[tuple[int, int, int]], side: int) -> None:
    found = graph((str(start), str(end), length) for start, end, length in edges)
    size = len(found.vertices)
    tile = (max(1, min(side, size)),) * 2
    lengths = closure(found, tile=tile)
    reached = closure(found, BOOLEAN, tile=tile)
    assert lengths.counts == reached.counts
    assert lengths.counts.reads == lengths.products * lengths.tiling.reads
    assert 2**lengths.products >= size
    if size == 0:
        assert lengths.matrix.shape == (0, 0)
        return
    least: dict[tuple[int, int], int] = {}
    for start, end, length in found.edges:
        if start != end:
            least[start, end] = min(length, least.get((start, end), length))
    starts, ends = [start for start, _ in least], [end for _, end in least]
    wanted = shortest_path(csr_array((list(least.values()), (starts, ends)), shape=(size, size)))
    assert (lengths.matrix.astype(float) == wanted).all()
    assert (reached.matrix == ~np.isinf(wanted)).all()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(-3, 9)), max_size=14))
@settings(max_examples=120, deadline=None)
def test_negative_lengths_against_floyd_and_warshall(edges: list[tuple[int, int, int]]) -> None:
    found = graph((str(start), str(end), length) for start, end, length in edges)
    size = len(found.vertices)
    table = [[0 if i == j else math.inf for j in range(size)] for i in range(size)]
    for start, end, length in found.edges:
        table[start][end] = min(table[start][end], length)
    for k in range(size):
        for i in range(size):
            for j in range(size):
                table[i][j] = min(table[i][j], table[i][k] + table[k][j])
    if any(table[i][i] < 0 for i in range(size)):
        with pytest.raises(BadInput, match="a cycle of negative length"):
            closure(found)
    else:
        assert closure(found).matrix.tolist() == table


def test_a_cycle_through_all_vertices() -> None:
    """Five edges, the sum -1: four of them make no cycle."""
    edges = [(str(i), str((i + 1) % 5), 1 if i else -5) for i in range(5)]
    with pytest.raises(BadInput, match="through '0'"):
        closure(graph(edges))


def test_one_vertex_two_vertices_and_fractions() -> None:
    alone = closure(graph([("a", "a", 3)]))
    assert (alone.matrix.tolist(), alone.products) == ([[0]], 0)
    two = closure(graph([("a", "b", Fraction(1, 3)), ("a", "b", 1)]))
    assert two.matrix.tolist() == [[0, Fraction(1, 3)], [math.inf, 0]]
    with pytest.raises(BadInput, match="paths over integers"):
        closure(graph([("a", "b", 1)]), INTEGERS)
