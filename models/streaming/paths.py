"""Shortest paths and reachability by streaming.

The lengths of shortest paths of a graph are a power of the matrix of its edges over min and plus,
and what can be reached is one over or and and. With 0 (or true) on the diagonal each squaring
allows twice as many edges, so that ⌈log2 V⌉ products are enough for V vertices, and
show a cycle of negative length.

*Definitions*: :class:`Graph`, :func:`graph`; :func:`closure`, :class:`Closure`.

*References*: Aho, Hopcroft, Ullman, 'The Design and Analysis of Computer Algorithms' (1974),
section 5.6; Mohri, 'Semiring frameworks and algorithms for shortest-distance problems' (2002).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.errors import BadInput, quoted
from models.streaming.elements import Array
from models.streaming.semiring import BOOLEAN, TROPICAL, Semiring
from models.streaming.simulate import Counts, Path, Tell, stream
from models.streaming.tiling import Tiling, check_words


@dataclass(frozen=True, slots=True)
class Graph:
    """Vertices in their order, and edges with their lengths, by the places of their vertices."""

    vertices: tuple[str, ...]
    edges: tuple[tuple[int, int, Any], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Closure:
    """The lengths of all shortest paths (infinity if there is none), or what can be reached.

    ``products``: how many were streamed.
    """

    graph: Graph
    matrix: Array
    semiring: Semiring
    tiling: Tiling
    products: int
    counts: Counts
    path: Path


def graph(edges: Iterable[tuple[str, str, Any]]) -> Graph:
    """The graph of these edges, its vertices in the order in which they are named first."""
    found: dict[str, int] = {}
    listed = []
    for start, end, length in edges:
        for name in (start, end):
            found.setdefault(name, len(found))
        listed.append((found[start], found[end], length))
    return Graph(tuple(found), tuple(listed))


def closure(
    of: Graph,
    semiring: Semiring = TROPICAL,
    *,
    tile: tuple[int, int] | None = None,
    path: Path = "auto",
    tell: Tell | None = None,
    begin: Callable[[int, int], None] = lambda products, multiply_adds: None,
) -> Closure:
    """All shortest paths (:data:`TROPICAL`), or what can be reached (:data:`BOOLEAN`).

    ``begin`` is told how many products there will be, and of how many multiply-adds each. Raises
    :class:`BadInput` for a cycle of negative length, for then there is no shortest path.
    """
    if semiring not in (TROPICAL, BOOLEAN):
        raise BadInput(f"paths over {semiring.name}", expected="tropical or boolean")
    size = len(of.vertices)
    check_words(size, size, "the matrix of a graph")
    matrix = np.full((size, size), semiring.zero, dtype=object)
    for start, end, length in of.edges:
        value = length if semiring is TROPICAL else length != math.inf
        matrix[start, end] = semiring.add(matrix[start, end], value)
    for vertex in range(size):
        matrix[vertex, vertex] = semiring.add(matrix[vertex, vertex], semiring.one)
    _refuse_negative(matrix, of, semiring)
    side = max(1, min(size, 64))
    tiling = Tiling(size, size, size, *(tile or (side, side)))
    products = max(size - 1, 0).bit_length()
    begin(products, tiling.multiply_adds)
    counts, ran = Counts(0, 0, 0, 0, 0, 0, 0), path
    for _ in range(products):
        done = stream(
            matrix, matrix, tile=(tiling.tile_rows, tiling.tile_columns), semiring=semiring,
            path=path, tell=tell,
        )
        matrix, counts, ran = done.product, counts + done.counts, done.path
        _refuse_negative(matrix, of, semiring)
    return Closure(of, matrix, semiring, tiling, products, counts, ran)


def _refuse_negative(matrix: Array, of: Graph, semiring: Semiring) -> None:
    """A path from a vertex to itself that is shorter than nothing can be gone any number of times.
    """
    if semiring is TROPICAL:
        for vertex, name in enumerate(of.vertices):
            if matrix[vertex, vertex] < 0:
                raise BadInput(
                    f"there is a cycle of negative length through {quoted(name)}",
                    expected="a graph without one: otherwise no path is shortest",
                )
