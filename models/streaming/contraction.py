"""Contractions X(l, n) Y(n, m), where l, m and n are groups of named indices.

What streams are not matrices but words at addresses, and an address is a sum: a part of it is
given by the indices of l and a part by those of n. So tensors stream as they lie in memory, and so
does a convolution, in which two indices share an axis: word (x, y, w, h) of the unfolded picture is
word (x + w, y + h) of the picture, and the unfolded picture is nowhere.

*Definitions*: :func:`parse`, a contraction such as ``lhw,hwm->lm`` or ``(x+w)(y+h),whc->xyc``;
:class:`Contraction`; :func:`index_sizes`,
:func:`group_sizes`; :func:`contract`; :class:`Contracted`.

*How it is done*: an index of X and of the result belongs to l, one of Y and of the result to m,
one of X and Y to n; one of all three is gone through from outside, a product for each of its
values. An axis in parentheses is a sum of indices, each with a factor in front if it is not 1
(``(2x+w)`` moves by two). Each index has a *stride*, by how much the address goes up with it: the
sum of the strides of the axes that it is in, times its factors there.

*References*: Chetlur et al., 'cuDNN: Efficient primitives for deep learning' (2014), for
convolutions as matrix products and what unfolding costs; NumPy's ``einsum`` for the notation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, TypeAlias

import numpy as np

from models.errors import BadInput, quoted
from models.streaming.elements import KINDS, Array, check_entries
from models.streaming.semiring import INTEGERS, Semiring
from models.streaming.simulate import Addresses, Counts, Operands, Path, Tell, run
from models.streaming.tiling import Tiling, check_words

Axis: TypeAlias = tuple[tuple[int, str], ...]
"""A sum of indices, each with its factor."""

FORM = "a contraction such as lhw,hwm->lm or (x+w)(y+h),whc->xyc"
_AXIS = re.compile(r"[a-zA-Z]|\(([^()]*)\)")
_TERM = re.compile(r"(\d*)\*?([a-zA-Z])\Z")
_LARGEST_FACTOR = 1_000_000


@dataclass(frozen=True, slots=True)
class Contraction:
    """The axes of X, of Y, and the indices of the result, one for each of its axes; made by
    :func:`parse`."""

    text: str
    left: tuple[Axis, ...]
    right: tuple[Axis, ...]
    result: str

    @property
    def rows(self) -> str:
        """The indices l: of X and of the result, in the order of the result."""
        return "".join(
            i for i in self.result if i in _indices(self.left) and i not in _indices(self.right)
        )

    @property
    def columns(self) -> str:
        """The indices m."""
        return "".join(
            i for i in self.result if i in _indices(self.right) and i not in _indices(self.left)
        )

    @property
    def inner(self) -> str:
        """The indices n, in the order of X."""
        return "".join(i for i in _indices(self.left) if i not in self.result)

    @property
    def outside(self) -> str:
        """The indices of X, Y and the result."""
        return "".join(
            i for i in self.result if i in _indices(self.left) and i in _indices(self.right)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Contracted:
    """The result, in as many dimensions as the contraction says, and what the run did.

    ``sizes``: of all indices. ``unfolded``: how many words X and Y would have as matrices.
    """

    product: Array
    contraction: Contraction
    sizes: Mapping[str, int]
    tiling: Tiling
    semiring: Semiring
    counts: Counts
    runs: int
    path: Path

    @property
    def unfolded(self) -> tuple[int, int]:
        """Words of X and Y as matrices, in all runs."""
        tiling = self.tiling
        return (
            self.runs * tiling.rows * tiling.inner, self.runs * tiling.inner * tiling.columns
        )


def parse(text: str) -> Contraction:
    """Read a contraction. Raises :class:`BadInput` that says where it is wrong."""
    plain = re.sub(r"\s", "", text)
    operands, arrow, result = plain.partition("->")
    left, comma, right = operands.partition(",")
    if not arrow or not comma or "," in right or "->" in result:
        raise BadInput(f"contraction {quoted(text)}", expected=FORM)
    axes = _axes(left, "X", text), _axes(right, "Y", text)
    if not re.fullmatch(r"[a-zA-Z]*", result) or len(set(result)) != len(result):
        raise BadInput(
            f"the result {quoted(result)} in {quoted(text)}", expected="different letters"
        )
    found = Contraction(plain, *axes, result)
    in_left, in_right = (_indices(each) for each in axes)
    for index in result:
        if index not in in_left + in_right:
            raise BadInput(
                f"the index {index} of the result is in neither X nor Y", where=text,
                expected="an index of one of them",
            )
    for name, own, other in (("X", in_left, in_right), ("Y", in_right, in_left)):
        for index in own:
            if index not in result and index not in other:
                raise BadInput(
                    f"the index {index} is in {name} only", where=text,
                    expected="an index of the result or of both X and Y",
                )
    return found


def _axes(text: str, name: str, whole: str) -> tuple[Axis, ...]:
    found: list[Axis] = []
    place = 0
    while place < len(text):
        match = _AXIS.match(text, place)
        if match is None:
            raise BadInput(
                f"{quoted(text[place:])} among the axes of {name} in {quoted(whole)}",
                expected="a letter, or a sum in parentheses such as (x+w) or (2x+w)",
            )
        place = match.end()
        terms = [match[0]] if match[1] is None else match[1].split("+")
        axis = []
        for term in terms:
            parts = _TERM.match(term)
            factor = int(parts[1] or 1) if parts and len(parts[1]) < 9 else 0
            if parts is None or not 1 <= factor <= _LARGEST_FACTOR:
                raise BadInput(
                    f"{quoted(term)} in {match[0]}, an axis of {name}",
                    expected="an index, with a factor in front if it is not 1",
                )
            axis.append((factor, parts[2]))
        if len({index for _, index in axis}) != len(axis):
            raise BadInput(f"an index twice in {match[0]}", expected="different indices")
        found.append(tuple(axis))
    return tuple(found)


def _indices(axes: Sequence[Axis]) -> str:
    return "".join(dict.fromkeys(index for axis in axes for _, index in axis))


def index_sizes(
    contraction: Contraction, left: tuple[int, ...], right: tuple[int, ...]
) -> dict[str, int]:
    """The size of each index, from the shapes of X and Y.

    An axis that is a sum has room for all values of its indices; if one of them is not known from
    elsewhere, it gets as many values as there is room for. Raises :class:`BadInput` for shapes that
    do not match.
    """
    axes: list[tuple[str, Axis, int]] = []
    for name, named, shape in (("X", contraction.left, left), ("Y", contraction.right, right)):
        if len(named) != len(shape):
            raise BadInput(
                f"{name} has {len(shape)} axes, {contraction.text} names {len(named)}",
                expected="as many of both",
            )
        axes += ((name, axis, length) for axis, length in zip(named, shape, strict=True))
    sizes: dict[str, int] = {}
    for name, axis, length in axes:
        if len(axis) == 1 and axis[0][0] == 1:
            _agree(sizes, axis[0][1], length, name)
    sums = [each for each in axes if len(each[1]) > 1 or each[1][0][0] > 1]
    for _ in sums:
        for _, axis, length in sums:
            unknown = [(factor, index) for factor, index in axis if index not in sizes]
            if len(unknown) == 1:
                factor, index = unknown[0]
                known = [term for term in axis if term[1] != index]
                sizes[index] = _room(length, known, sizes, factor)
    for name, axis, length in sums:
        missing = [index for _, index in axis if index not in sizes]
        if missing:
            raise BadInput(
                f"the size of {missing[0]} cannot be told from the shapes",
                where=contraction.text, expected="at most one unknown index in a sum",
            )
        reach = _reach(axis, sizes)
        if reach > length:
            raise BadInput(
                f"the indices {', '.join(index for _, index in axis)} need {reach:,} words of an "
                f"axis of {name} that has {length:,}",
                expected="a larger one",
            )
    return sizes


def group_sizes(
    contraction: Contraction, left: tuple[int, ...], right: tuple[int, ...]
) -> tuple[int, int, int, int]:
    """How many values the groups l, m and n have, and the indices outside."""
    sizes = index_sizes(contraction, left, right)
    rows, columns, inner, outside = (
        prod(sizes[index] for index in group) for group in (
            contraction.rows, contraction.columns, contraction.inner, contraction.outside
        )
    )
    return rows, columns, inner, outside


def _agree(sizes: dict[str, int], index: str, length: int, name: str) -> None:
    if sizes.setdefault(index, length) != length:
        raise BadInput(
            f"the index {index} has the sizes {sizes[index]:,} and {length:,} (in {name})",
            expected="the same size everywhere",
        )


def _reach(axis: Sequence[tuple[int, str]], sizes: Mapping[str, int]) -> int:
    """How long an axis must be for all values of its indices; 0 if one of them has none."""
    if any(sizes[index] == 0 for _, index in axis):
        return 0
    return 1 + sum(factor * (sizes[index] - 1) for factor, index in axis)


def _room(
    length: int, known: Sequence[tuple[int, str]], sizes: Mapping[str, int], factor: int
) -> int:
    """How many values one more index of an axis can have."""
    if any(sizes[index] == 0 for _, index in known):
        return 0
    left = length - _reach(known, sizes)
    # What has no room is refused by the reach of all indices.
    return left // factor + 1 if left >= 0 else 1


def _strides(axes: Sequence[Axis], shape: Sequence[int]) -> dict[str, int]:
    """By how many words the address in a flat memory goes up with each index."""
    found: dict[str, int] = {}
    for place, axis in enumerate(axes):
        step = prod(shape[place + 1:])
        for factor, index in axis:
            found[index] = found.get(index, 0) + factor * step
    return found


def _addresses(
    indices: str, sizes: Mapping[str, int], strides: Mapping[str, int]
) -> Addresses:
    """The addresses of all values of a group of indices, the last index going fastest."""
    found: Addresses = np.zeros(1, np.int64)
    for index in indices:
        steps = np.arange(sizes[index], dtype=np.int64) * strides.get(index, 0)
        found = (found[:, None] + steps[None, :]).reshape(-1)
    return found


def contract(
    contraction: str | Contraction,
    left: Any,
    right: Any,
    *,
    tile: tuple[int, int],
    semiring: Semiring = INTEGERS,
    path: Path = "auto",
    tell: Tell | None = None,
) -> Contracted:
    """Stream a contraction of two arrays of any number of dimensions.

    ``tile``: how many values of l and of m, each group counted as one, a unit holds. Raises
    :class:`BadInput` as :func:`models.streaming.simulate.stream` does.
    """
    asked = parse(contraction) if isinstance(contraction, str) else contraction
    one, other = _array(left, semiring, "X"), _array(right, semiring, "Y")
    sizes = index_sizes(asked, one.shape, other.shape)
    rows, columns, inner, outside = group_sizes(asked, one.shape, other.shape)
    check_words(rows * outside, columns, "the result")
    tiling = Tiling(rows, columns, inner, *tile)
    shape = tuple(sizes[index] for index in asked.result)
    steps = _strides(asked.left, one.shape), _strides(asked.right, other.shape)
    to = _strides([((1, index),) for index in asked.result], shape)
    flat = one.reshape(-1), other.reshape(-1)
    groups = asked.rows, asked.inner
    left_at, left_inner = (_addresses(group, sizes, steps[0]) for group in groups)
    right_inner, right_at = (
        _addresses(group, sizes, steps[1]) for group in (asked.inner, asked.columns)
    )
    # Each run is collected in the order of its rows and columns, and then put where it belongs.
    places = (
        _addresses(asked.rows, sizes, to)[:, None] + _addresses(asked.columns, sizes, to)[None, :]
    ).reshape(-1)
    batches = zip(
        *(_addresses(asked.outside, sizes, strides) for strides in (*steps, to)), strict=True
    )
    counts, ran = Counts(0, 0, 0, 0, 0, 0, 0), path
    parts: list[tuple[Array, Addresses]] = []
    for from_left, from_right, start in batches:
        operands = Operands(
            *flat, from_left + left_at, left_inner, right_inner, from_right + right_at,
            np.arange(rows, dtype=np.int64) * columns, np.arange(columns, dtype=np.int64),
            rows * columns,
        )
        done = run(operands, tiling, semiring, path=path, tell=tell)
        parts.append((done.product, start + places))
        counts, ran = counts + done.counts, done.path
    kinds = {part.dtype for part, _ in parts}
    found = np.empty(prod(shape), dtype=kinds.pop() if len(kinds) == 1 else object)
    for part, at in parts:
        found[at] = part
    return Contracted(
        found.reshape(shape), asked, sizes, tiling, semiring, counts, len(parts), ran
    )


def _array(given: Any, semiring: Semiring, name: str) -> Array:
    """An array of elements."""
    if isinstance(given, np.ndarray):
        found = given
    elif semiring is KINDS.get(semiring.name):
        try:
            found = np.array(given, dtype=object)
        except ValueError:
            raise BadInput(
                "parts of different lengths", where=name, expected="an array"
            ) from None
    else:
        raise BadInput(f"{type(given).__name__}", where=name, expected="a NumPy array")
    check_entries(found, semiring, name)
    return found
