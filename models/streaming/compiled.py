"""The three machines compiled, on matrices of machine words in flat arrays.

*Definitions*: :func:`work`, units that gain outer products; :func:`collect`; :func:`cycles`, a mesh
of cells; :func:`blocked`, a processor with a cache of least recently used words.

*How it is done*: each function does a part of a run and can be called again to go on, so that
Python comes to word between. Words are counted where they are moved. How a product is gained
(:data:`~models.streaming.elements.PLAIN` and its like) is one number, and the code for it stands in
each place: the mesh and the cache run also uncompiled, on any Python numbers
(:mod:`models.streaming.simulate`).

This is the second place where the machine is written, for speed; tests hold it to the equations.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from models.compilation import compiled
from models.streaming.elements import CHECKED, EITHER, NO_PATH, PLAIN

LARGEST = NO_PATH
"""The largest integer in a machine word; the smallest one is not used."""

LEFT, RIGHT, COLLECTED, GAINED, STEPS = range(5)
"""What is counted of the units: words of X and of Y distributed, words collected, multiply-adds,
steps."""

COUNTED = 5


@compiled
def _gain(how: int, infinity: Any, tiles: Any, unit: int, column: Any, row: Any, height: int,
          width: int) -> bool:
    """Add an outer product to the tile of a unit. Whether all words of it fit."""
    if how == PLAIN:
        for i in range(height):
            for j in range(width):
                tiles[unit, i, j] += column[i] * row[j]
    elif how == CHECKED:
        # Asked before it is done: compiled arithmetic must not leave the machine word.
        for i in range(height):
            a = column[i]
            if a == 0:
                continue
            most = LARGEST // abs(a)
            for j in range(width):
                b, before = row[j], tiles[unit, i, j]
                if abs(b) > most:
                    return False
                gained = a * b
                if (gained > 0 and before > LARGEST - gained) or (
                    gained < 0 and before < -LARGEST - gained
                ):
                    return False
                tiles[unit, i, j] = before + gained
    elif how == EITHER:
        for i in range(height):
            if column[i] != 0:
                for j in range(width):
                    if row[j] != 0:
                        tiles[unit, i, j] = 1
    else:
        for i in range(height):
            a = column[i]
            if a != infinity:
                for j in range(width):
                    through = infinity if row[j] == infinity else a + row[j]
                    so_far = tiles[unit, i, j]
                    tiles[unit, i, j] = through if through < so_far else so_far
    return True


@compiled
def work(how: int, infinity: Any, left: Any, right: Any, rows: Any, left_inner: Any,
         right_inner: Any, columns: Any, row: int, past_row: int, width: int, tiles: Any,
         first: int, past: int, seen_left: Any, seen_right: Any, counts: Any) -> bool:
    """Steps ``first`` to ``past`` of the units in one row of the grid, whose tiles begin at
    ``row``. Whether all words fit; if not, some tiles are wrong.

    ``rows``, ``left_inner``, ``right_inner``, ``columns``: addresses by l, by n, by n, by m, so
    that X[l, n] is at ``rows[l] + left_inner[n]``. ``tiles``: one for each unit of the row.
    """
    height = past_row - row
    column_piece = np.empty(tiles.shape[1], left.dtype)
    row_piece = np.empty(tiles.shape[2], right.dtype)
    from_left = from_right = gained = 0
    fits = True
    for n in range(first, past):
        for unit in range(tiles.shape[0]):
            for i in range(height):
                at = left_inner[n] + rows[row + i]
                column_piece[i] = left[at]
                seen_left[at] = 1
                from_left += 1
            begin = unit * width
            size = min(width, columns.shape[0] - begin)
            for j in range(size):
                at = right_inner[n] + columns[begin + j]
                row_piece[j] = right[at]
                seen_right[at] = 1
                from_right += 1
            fits = _gain(how, infinity, tiles, unit, column_piece, row_piece, height, size)
            if not fits:
                break
            gained += height * size
        if not fits:
            break
        counts[STEPS] += 1
    counts[LEFT] += from_left
    counts[RIGHT] += from_right
    counts[GAINED] += gained
    return fits


@compiled
def collect(tiles: Any, rows: Any, columns: Any, row: int, past_row: int, width: int,
            result: Any, counts: Any) -> None:
    """Move the tiles of one row of the grid to the result."""
    for unit in range(tiles.shape[0]):
        for j in range(unit * width, min((unit + 1) * width, columns.shape[0])):
            for i in range(row, past_row):
                result[rows[i] + columns[j]] = tiles[unit, i - row, j - unit * width]
                counts[COLLECTED] += 1


CYCLE, LAST, EDGE, PASSED, MADE = range(5)
"""What is counted of a mesh: cycles, the last one with a multiply-add, words read at its edges,
words that went from a cell to its neighbour, multiply-adds."""

MESH_COUNTED = 5


@compiled
def cycles(how: int, infinity: Any, left: Any, right: Any, sums: Any, across: Any, down: Any,
           is_across: Any, is_down: Any, most: int, counts: Any) -> bool:
    """At most so many cycles of a mesh with a cell for each word of the product. Whether all words
    fit.

    In a cycle each cell hands on what it held: words of X to the right, words of Y down. Row i of X
    enters at the left i cycles late, column j of Y at the top j cycles late. Then each cell that
    holds a word of both multiplies them and adds. ``is_across``, ``is_down``: which cells hold
    words.
    """
    height, width = sums.shape
    inner = left.shape[1]
    for _ in range(most):
        t = counts[CYCLE]
        for i in range(height):
            for j in range(width - 1, 0, -1):
                if is_across[i, j - 1] != 0:
                    across[i, j] = across[i, j - 1]
                    counts[PASSED] += 1
                is_across[i, j] = is_across[i, j - 1]
            is_across[i, 0] = 0
            if 0 <= t - i < inner:
                across[i, 0] = left[i, t - i]
                is_across[i, 0] = 1
                counts[EDGE] += 1
        for i in range(height - 1, 0, -1):
            for j in range(width):
                if is_down[i - 1, j] != 0:
                    down[i, j] = down[i - 1, j]
                    counts[PASSED] += 1
                is_down[i, j] = is_down[i - 1, j]
        for j in range(width):
            is_down[0, j] = 0
            if 0 <= t - j < inner:
                down[0, j] = right[t - j, j]
                is_down[0, j] = 1
                counts[EDGE] += 1
        counts[CYCLE] += 1
        for i in range(height):
            for j in range(width):
                if is_across[i, j] == 0 or is_down[i, j] == 0:
                    continue
                counts[MADE] += 1
                counts[LAST] = counts[CYCLE]
                a, b, before = across[i, j], down[i, j], sums[i, j]
                if how == PLAIN:
                    sums[i, j] = before + a * b
                elif how == CHECKED:
                    if a != 0 and abs(b) > LARGEST // abs(a):
                        return False
                    gained = a * b
                    if (gained > 0 and before > LARGEST - gained) or (
                        gained < 0 and before < -LARGEST - gained
                    ):
                        return False
                    sums[i, j] = before + gained
                elif how == EITHER:
                    if a != 0 and b != 0:
                        sums[i, j] = 1
                elif a != infinity and b != infinity and a + b < before:
                    sums[i, j] = a + b
    return True


READ, WRITTEN, HITS, ADDED, HELD = range(5)
"""What is counted of a cache: words read from memory and written to it, words found, multiply-adds,
words held now."""

CACHE_COUNTED = 5


@compiled
def _touch(word: int, fetch: bool, change: bool, before: Any, after: Any, state: Any,
           counts: Any) -> None:
    """Use a word; if it is not there, fetch it, and make room by giving up the one that was not
    used for longest. A word that is changed when it is used is so at each use.

    ``before``, ``after``: the words in the order of their last use, a ring that begins and ends at
    the last entry. ``state``: 0 not there, 1 there, 2 there and changed. ``counts``: as above, and
    then the capacity.
    """
    ring = state.shape[0] - 1
    if state[word] != 0:
        counts[HITS] += 1
        if after[ring] == word:
            return
        after[before[word]] = after[word]
        before[after[word]] = before[word]
    else:
        if counts[HELD] == counts[CACHE_COUNTED]:
            oldest = before[ring]
            before[ring] = before[oldest]
            after[before[oldest]] = ring
            if state[oldest] == 2:
                counts[WRITTEN] += 1
            state[oldest] = 0
            counts[HELD] -= 1
        if fetch:
            counts[READ] += 1
        counts[HELD] += 1
        state[word] = 2 if change else 1
    first = after[ring]
    after[ring] = word
    before[word] = ring
    after[word] = first
    before[first] = word


@compiled
def blocked(how: int, infinity: Any, left: Any, right: Any, sums: Any, begun: Any, block_l: int,
            block_m: int, block_n: int, first: int, past: int, before: Any, after: Any, state: Any,
            counts: Any) -> bool:
    """Rows ``first`` to ``past`` of the product by a nest of loops over blocks, through a cache.
    Whether all words fit.

    ``begun``: which sums are there; one that is not begun is made in the cache, not fetched. The
    addresses are those of X, of Y behind it, and of the product behind both, row by row.
    """
    inner, width = right.shape
    height = left.shape[0]
    start_right = height * inner
    start_sums = start_right + inner * width
    for l_block in range(first, past, block_l):
        for m_block in range(0, width, block_m):
            for n_block in range(0, inner, block_n):
                for l in range(l_block, min(l_block + block_l, past)):  # noqa: E741
                    for m in range(m_block, min(m_block + block_m, width)):
                        for n in range(n_block, min(n_block + block_n, inner)):
                            _touch(l * inner + n, True, False, before, after, state, counts)
                            _touch(
                                start_right + n * width + m, True, False, before, after, state,
                                counts,
                            )
                            _touch(
                                start_sums + l * width + m, begun[l, m] != 0, True, before, after,
                                state, counts,
                            )
                            begun[l, m] = 1
                            counts[ADDED] += 1
                            a, b, so_far = left[l, n], right[n, m], sums[l, m]
                            if how == PLAIN:
                                sums[l, m] = so_far + a * b
                            elif how == CHECKED:
                                if a != 0 and abs(b) > LARGEST // abs(a):
                                    return False
                                gained = a * b
                                if (gained > 0 and so_far > LARGEST - gained) or (
                                    gained < 0 and so_far < -LARGEST - gained
                                ):
                                    return False
                                sums[l, m] = so_far + gained
                            elif how == EITHER:
                                if a != 0 and b != 0:
                                    sums[l, m] = 1
                            elif a != infinity and b != infinity and a + b < so_far:
                                sums[l, m] = a + b
    return True
