"""The words of matrices: what belongs to a semiring, and when it fits in machine words.

*Definitions*: :data:`KINDS`, the semirings that can be named; :func:`check_element`,
:func:`matrix`; :class:`Packed`, :func:`packed`, :func:`unpacked`, a matrix in machine words and
back; :func:`python_values`, entries that never overflow.

Floating point is no semiring, for its addition is not associative: there the result is the sum in
the order of the steps.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from models.errors import BadInput
from models.streaming.semiring import (
    BOOLEAN,
    FLOATS,
    INTEGERS,
    RATIONALS,
    TROPICAL,
    Semiring,
)

Array: TypeAlias = NDArray[Any]

KINDS: Mapping[str, Semiring] = {
    each.name: each for each in (INTEGERS, RATIONALS, FLOATS, BOOLEAN, TROPICAL)
}

PLAIN, CHECKED, EITHER, SHORTEST = range(4)
"""How a compiled unit gains a product: plus and times; the same, noticing that an integer no longer
fits; or and and; min and plus."""

LARGEST_DISTANCE = 1 << 61
"""Integers to this size can be added twice over without leaving a machine word."""

EXACT_FLOAT = 1 << 53
"""Integers to this size are floating-point numbers as well."""

NO_PATH = (1 << 63) - 1
"""Infinity among machine integers, and the largest of them."""


def _integer(value: object) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, (bool, np.bool_))


def _rational(value: object) -> bool:
    return _integer(value) or isinstance(value, Fraction)


def _float(value: object) -> bool:
    return isinstance(value, (float, np.floating)) or _integer(value)


def _truth(value: object) -> bool:
    return isinstance(value, (bool, np.bool_)) or (_integer(value) and value in (0, 1))


def _distance(value: object) -> bool:
    if isinstance(value, (float, np.floating)):
        return bool(value > -math.inf)
    return _rational(value)


_ELEMENTS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "integers": (_integer, "a whole number"),
    "rationals": (_rational, "a whole number or a fraction"),
    "floats": (_float, "a floating-point number"),
    "boolean": (_truth, "0 or 1"),
    "tropical": (_distance, "a number, or inf for no path"),
}


_SURE: Mapping[str, set[type]] = {
    "integers": {int}, "rationals": {int, Fraction}, "floats": {int, float}, "boolean": {bool},
    "tropical": {int, Fraction},
}
"""Python's types all of whose values are elements."""


def check_element(value: object, semiring: Semiring, where: str = "") -> None:
    """Refuse what is no element of a semiring that is known here. Raises :class:`BadInput`."""
    if semiring is KINDS.get(semiring.name):
        holds, expected = _ELEMENTS[semiring.name]
        if not holds(value):
            raise BadInput(f"the entry {value!r:.60}", where=where, expected=expected)


def matrix(rows: Sequence[Sequence[Any]] | Array, semiring: Semiring, name: str) -> Array:
    """Rows as an array of two dimensions. Raises :class:`BadInput` for rows of different lengths
    and for what is no element."""
    found = rows if isinstance(rows, np.ndarray) else _filled(rows, name)
    if found.ndim != 2:
        raise BadInput(f"{found.ndim} dimensions", where=name, expected="rows and columns")
    check_entries(found, semiring, name)
    return found


def _filled(rows: Sequence[Sequence[Any]], name: str) -> Array:
    lengths = {len(row) for row in rows}
    if len(lengths) > 1:
        raise BadInput(
            f"rows with {min(lengths):,} to {max(lengths):,} entries", where=name,
            expected="rows of the same length",
        )
    found = np.empty((len(rows), lengths.pop() if lengths else 0), dtype=object)
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            found[i, j] = value
    return found


def check_entries(array: Array, semiring: Semiring, name: str) -> None:
    """Refuse an array with an entry that is no element. Raises :class:`BadInput`."""
    kind = array.dtype.kind
    if (kind in "iu" and semiring.name != "boolean") or (kind, semiring.name) in (
        ("f", "floats"), ("b", "boolean"),
    ):
        return
    values = array.reshape(-1).tolist()
    # Most arrays are of one kind, about which there is nothing to ask; a float may be no number.
    sure = _SURE.get(semiring.name, set())
    if {type(value) for value in values} <= sure:
        return
    for value in values:
        if type(value) not in sure:
            check_element(value, semiring, where=name)


@dataclass(frozen=True, slots=True)
class Packed:
    """Two matrices in machine words, how a compiled unit gains a product of them, and what stands
    for infinity, and for zero."""

    how: int
    infinity: Any
    zero: Any
    left: Array
    right: Array


def packed(left: Array, right: Array, inner: int, semiring: Semiring) -> Packed | None:
    """Two matrices in machine words; nothing if their entries do not fit, or nothing is compiled
    for the semiring.

    ``inner`` is how many products each word of the result is the sum of.
    """
    if semiring is FLOATS:
        return Packed(PLAIN, math.inf, 0.0, left.astype(np.float64), right.astype(np.float64))
    if semiring is BOOLEAN:
        bits = [array.astype(bool).astype(np.uint8) for array in (left, right)]
        return Packed(EITHER, 0, 0, *bits)
    if semiring is INTEGERS:
        sizes = _largest(left), _largest(right)
        if max(sizes) > NO_PATH:
            return None
        how = PLAIN if sizes[0] * sizes[1] * inner <= NO_PATH else CHECKED
        return Packed(how, NO_PATH, 0, left.astype(np.int64), right.astype(np.int64))
    return _distances(left, right) if semiring is TROPICAL else None


def _distances(left: Array, right: Array) -> Packed | None:
    arrays = left, right
    if all(array.dtype.kind == "f" for array in arrays):
        return Packed(
            SHORTEST, math.inf, math.inf, left.astype(np.float64), right.astype(np.float64)
        )
    if all(array.dtype.kind in "iu" for array in arrays):
        if max(map(_largest, arrays)) > LARGEST_DISTANCE:
            return None
        return Packed(SHORTEST, NO_PATH, NO_PATH, *(array.astype(np.int64) for array in arrays))
    lists = [array.reshape(-1).tolist() for array in arrays]
    finite = [value for values in lists for value in values if value != math.inf]
    whole = [abs(value) for value in finite if type(value) is int]
    if len(whole) == len(finite):
        if max(whole, default=0) > LARGEST_DISTANCE:
            return None
        words = [np.array(
            [NO_PATH if value == math.inf else value for value in values], np.int64
        ).reshape(array.shape) for values, array in zip(lists, arrays, strict=True)]
        return Packed(SHORTEST, NO_PATH, NO_PATH, *words)
    if max(whole, default=0) <= EXACT_FLOAT and all(
        type(value) in (int, float) for value in finite
    ):
        return Packed(
            SHORTEST, math.inf, math.inf, left.astype(np.float64), right.astype(np.float64)
        )
    return None


def _largest(array: Array) -> int:
    return max(abs(int(array.max())), abs(int(array.min()))) if array.size else 0


def unpacked(result: Array, semiring: Semiring) -> Array:
    """A result in machine words, as elements."""
    if semiring is BOOLEAN:
        return result.astype(bool)
    if semiring is TROPICAL and result.dtype == np.int64 and (result == NO_PATH).any():
        found = result.astype(object)
        found[result == NO_PATH] = math.inf
        return found
    return result


def python_values(array: Array, semiring: Semiring) -> Array:
    """The entries as Python values, which never overflow."""
    if semiring is FLOATS:
        return array.astype(np.float64).astype(object)
    if semiring is BOOLEAN:
        return array.astype(bool).astype(object)
    found = array.astype(object)
    if semiring is RATIONALS:
        flat = found.reshape(-1)
        for i, value in enumerate(flat):
            flat[i] = Fraction(value)
        return flat.reshape(array.shape)
    return found
