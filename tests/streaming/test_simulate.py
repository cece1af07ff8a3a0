"""Streaming at full size: equal to NumPy's product and to the equations, and so are the counts."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import BadInput
from models.streaming import simulate
from models.streaming.elements import KINDS, NO_PATH
from models.streaming.semiring import (
    BOOLEAN,
    FLOATS,
    INTEGERS,
    RATIONALS,
    TROPICAL,
    Semiring,
    broken,
    semiring,
    square_matrices_mod,
)
from models.streaming.simulate import stream
from models.streaming.tiling import Tiling

ENTRIES: dict[str, st.SearchStrategy[Any]] = {
    "integers": st.integers(-(10**6), 10**6) | st.integers(),
    "rationals": st.fractions(max_denominator=30),
    "floats": st.floats(-1e6, 1e6).filter(lambda value: value != 0 or math.copysign(1, value) > 0),
    "boolean": st.booleans(),
    "tropical": st.integers(-50, 50) | st.just(math.inf),
}


@st.composite
def products(draw: st.DrawFn, name: str, largest: int = 6) -> tuple[Any, Any, tuple[int, int]]:
    """Two matrices as lists of rows, and a tile."""
    rows, columns, inner = (draw(st.integers(0, largest)) for _ in range(3))
    entry = ENTRIES[name]
    left = np.empty((rows, inner), dtype=object)
    right = np.empty((inner, columns), dtype=object)
    for array in (left, right):
        for i in np.ndindex(array.shape):
            array[i] = draw(entry)
    tile = (
        draw(st.integers(1, max(1, rows))), draw(st.integers(1, max(1, columns)))
    )
    return left, right, tile


def expected(left: Any, right: Any, over: Semiring) -> list[list[Any]]:
    """The product as everybody knows it, in the order of the inner index."""
    found = []
    for row in left.tolist():
        line = []
        for column in range(right.shape[1]):
            total = over.zero
            for k, value in enumerate(row):
                total = over.add(total, over.multiply(value, right[k, column]))
            line.append(total)
        found.append(line)
    return found


@pytest.mark.parametrize("name", list(KINDS))
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_all_ways_to_run_give_the_product_and_the_counts_of_the_theorems(
    name: str, data: st.DataObject
) -> None:
    over = KINDS[name]
    left, right, tile = data.draw(products(name))
    wanted = expected(left, right, over)
    counts = set()
    for path in ("auto", "python", "equations"):
        found = stream(left, right, tile=tile, semiring=over, path=path)  # type: ignore[arg-type]
        assert found.product.tolist() == wanted
        counts.add(found.counts)
    (only,) = counts
    tiling = Tiling(left.shape[0], right.shape[1], left.shape[1], *tile)
    rows, columns, inner = tiling.rows, tiling.columns, tiling.inner
    assert only.steps == inner
    assert only.left == inner * rows * -(-columns // tile[1])
    assert only.right == inner * columns * -(-rows // tile[0])
    assert only.reads == tiling.reads
    assert only.collected == rows * columns == tiling.writes
    assert only.multiply_adds == rows * columns * inner
    if rows and columns:
        assert (only.distinct_left, only.distinct_right) == (rows * inner, inner * columns)
    if rows % tile[0] == columns % tile[1] == 0 and only.reads:
        assert only.reads == rows * columns * inner * (Fraction(1, tile[0]) + Fraction(1, tile[1]))
        assert tiling.intensity == Fraction(tile[0] * tile[1], tile[0] + tile[1])


@given(st.integers(0, 2**32 - 1), st.integers(0, 70), st.integers(0, 70), st.integers(0, 70),
       st.data())
@settings(max_examples=60, deadline=None)
def test_numpy_agrees_on_larger_shapes(
    seed: int, rows: int, columns: int, inner: int, data: st.DataObject
) -> None:
    chance = np.random.default_rng(seed)
    left = chance.integers(-99, 99, (rows, inner))
    right = chance.integers(-99, 99, (inner, columns))
    tile = (data.draw(st.integers(1, max(1, rows))), data.draw(st.integers(1, max(1, columns))))
    found = stream(left, right, tile=tile)
    assert found.path == "compiled"
    assert (found.product == left @ right).all()
    tiling = found.tiling
    assert (found.counts.reads, found.counts.collected, found.counts.steps) == (
        tiling.reads, tiling.writes, tiling.steps
    )
    floats = stream(left / 7, right / 7, tile=tile, semiring=FLOATS)
    assert floats.path == "compiled"
    assert np.allclose(floats.product, (left / 7) @ (right / 7), rtol=1e-12, atol=1e-9)
    truth = stream(left > 60, right > 60, tile=tile, semiring=BOOLEAN)
    assert truth.path == "compiled"
    assert (truth.product == ((left > 60).astype(int) @ (right > 60).astype(int) > 0)).all()
    assert floats.counts == truth.counts == found.counts


def test_a_large_product_with_ragged_tiles() -> None:
    chance = np.random.default_rng(0)
    left, right = chance.integers(-99, 99, (512, 512)), chance.integers(-99, 99, (512, 512))
    told: list[int] = []
    found = stream(left, right, tile=(100, 33), tell=told.append)
    assert (found.product == left @ right).all()
    assert found.counts.reads == 512 * (512 * 16 + 512 * 6)
    assert sum(told) == found.counts.multiply_adds == 512**3
    assert len(told) > 2


@pytest.mark.parametrize(("left", "right"), [
    ([[2**62]], [[2]]),
    ([[2**62]], [[-2]]),
    ([[-(2**62)]], [[-3]]),
    ([[2**62, 2**62]], [[1], [1]]),
    ([[-(2**62), -(2**62), -1]], [[1], [1], [1]]),
    ([[3_037_000_500]], [[3_037_000_500]]),
    ([[2**63 - 1, 1]], [[1], [1]]),
    ([[2**63]], [[1]]),
    ([[-(2**63)]], [[-1]]),
    ([[10**40]], [[10**40]]),
])
def test_integers_that_leave_the_machine_word_are_noticed(left: Any, right: Any) -> None:
    found = stream(left, right, tile=(1, 1))
    assert found.path == "python"
    assert found.product[0, 0] == sum(a * b[0] for a, b in zip(left[0], right, strict=True))
    with pytest.raises(BadInput, match=r"64 bits does not hold|do not fit in machine words"):
        stream(left, right, tile=(1, 1), path="compiled")


@pytest.mark.parametrize(("left", "right"), [
    ([[2**62, -(2**62), 2**62]], [[1], [1], [1]]),
    ([[2**63 - 1]], [[-1]]),
    ([[2**31]], [[2**31]]),
    ([[2**63 - 1, -1]], [[1], [1]]),
])
def test_integers_that_just_fit_stay_in_machine_words(left: Any, right: Any) -> None:
    found = stream(left, right, tile=(1, 1))
    assert found.path == "compiled"
    assert found.product[0, 0] == sum(a * b[0] for a, b in zip(left[0], right, strict=True))


def test_path_lengths_keep_infinity_and_size() -> None:
    inf = math.inf
    found = stream([[inf, 3], [inf, inf]], [[1, inf], [-4, 2]], tile=(2, 2), semiring=TROPICAL)
    assert found.path == "compiled"
    assert found.product.tolist() == [[-1, 5], [inf, inf]]
    mixed = stream([[0.5, 2]], [[1], [inf]], tile=(1, 1), semiring=TROPICAL)
    assert (mixed.path, mixed.product.tolist()) == ("compiled", [[1.5]])
    exact = stream([[Fraction(1, 3)]], [[2]], tile=(1, 1), semiring=TROPICAL)
    assert (exact.path, exact.product.tolist()) == ("python", [[Fraction(7, 3)]])
    huge = stream([[2**62]], [[2**62]], tile=(1, 1), semiring=TROPICAL)
    assert (huge.path, huge.product.tolist()) == ("python", [[2**63]])
    assert stream([[NO_PATH]], [[0]], tile=(1, 1), semiring=TROPICAL).product[0, 0] == NO_PATH
    beyond = stream([[0.5, 2**53 + 1]], [[1], [0]], tile=(1, 1), semiring=TROPICAL)
    assert beyond.path == "python"


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_any_semiring_given_by_its_operations(data: st.DataObject) -> None:
    """Matrices over one, whose words are tuples; and sets of words, in which order matters."""
    squares = square_matrices_mod(3, 2)
    languages = semiring(
        "languages", lambda a, b: a | b, lambda a, b: frozenset(x + y for x in a for y in b),
        frozenset(), frozenset({""}),
    )
    entry = {
        squares: st.tuples(*[st.tuples(st.integers(0, 2), st.integers(0, 2))] * 2),
        languages: st.frozensets(st.text("ab", max_size=2), max_size=2),
    }
    for over, words in entry.items():
        rows, columns, inner = (data.draw(st.integers(1, 3)) for _ in range(3))
        left, right = (
            [[data.draw(words) for _ in range(width)] for _ in range(height)]
            for height, width in ((rows, inner), (inner, columns))
        )
        tile = data.draw(st.integers(1, rows)), data.draw(st.integers(1, columns))
        found = stream(left, right, tile=tile, semiring=over)
        again = stream(left, right, tile=tile, semiring=over, path="equations")
        assert found.path == "python"
        assert found.product.tolist() == again.product.tolist()
        assert found.counts == again.counts
        if over is languages:
            assert found.product[0, 0] == frozenset().union(*(
                over.multiply(left[0][k], right[k][0]) for k in range(inner)
            ))


@pytest.mark.parametrize("name", list(KINDS))
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_the_named_semirings_obey_the_laws(name: str, data: st.DataObject) -> None:
    sample = data.draw(st.lists(ENTRIES[name], min_size=1, max_size=4))
    if name == "floats":
        sample = [float(int(value)) for value in sample]  # where nothing is rounded
    assert broken(KINDS[name], sample) == {}


def test_floating_point_breaks_a_law() -> None:
    assert set(broken(FLOATS, [1e16, -1e16, 1.0])) >= {"addition is associative"}


def test_a_run_can_be_stopped_between_two_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulate, "SLICE", 100)
    calls = []

    def stop(count: int) -> None:
        calls.append(count)
        if len(calls) == 3:
            raise KeyboardInterrupt

    left = np.ones((10, 10), np.int64)
    with pytest.raises(KeyboardInterrupt):
        stream(left, left, tile=(10, 10), tell=stop)
    assert calls == [100, 100, 100]


@pytest.mark.parametrize(("left", "right", "tile", "said"), [
    ([[1, 2]], [[1]], (1, 1), "X has 2 columns and Y has 1 row"),
    ([[1, 2], [3]], [[1]], (1, 1), "X: rows with 1 to 2 entries"),
    ([[1]], [[1]], (2, 1), "a tile of 2 rows for a product of 1"),
    ([[1]], [[1]], (1, 0), "the number of columns of a tile, 0"),
    ([[1]], [[1]], (-1, 1), "the number of rows of a tile, -1"),
    ([], [], (2, 1), "a tile of 2 rows for a product of 0"),
    ([[1.5]], [[1]], (1, 1), r"X: the entry 1\.5"),
    ([[1]], [[True]], (1, 1), "Y: the entry True"),
    ([[1]], [["1"]], (1, 1), "Y: the entry '1'"),
])
def test_what_is_refused(left: Any, right: Any, tile: tuple[int, int], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        stream(left, right, tile=tile)


def test_entries_of_arrays_are_looked_at() -> None:
    with pytest.raises(BadInput, match=r"expected a whole number"):
        stream(np.array([[0.5]]), np.array([[1]]), tile=(1, 1))
    with pytest.raises(BadInput, match="expected 0 or 1"):
        stream(np.array([[2]]), np.array([[1]]), tile=(1, 1), semiring=BOOLEAN)
    with pytest.raises(BadInput, match="no path"):
        stream(np.array([[math.nan]]), np.array([[1.0]]), tile=(1, 1), semiring=TROPICAL)
    with pytest.raises(BadInput, match="1 dimensions"):
        stream(np.array([1]), np.array([[1]]), tile=(1, 1))
    with pytest.raises(BadInput, match="the path 'fast'"):
        stream([[1]], [[1]], tile=(1, 1), path="fast")  # type: ignore[arg-type]
    assert stream([[1]], [[Fraction(1, 2)]], tile=(1, 1), semiring=RATIONALS).product[0, 0] == (
        Fraction(1, 2)
    )
    assert stream(np.array([[1]], np.uint8), np.array([[255]], np.uint8), tile=(1, 1),
                  semiring=INTEGERS).product[0, 0] == 255
