"""Semirings given by their operations, and matrices over them.

A semiring is a set with an addition and a multiplication that obey the laws of :data:`LAWS`. What
streams over one knows its elements through the operations alone: numbers, truth values, lengths of
paths, matrices, or anything else.

*Definitions*: :data:`Operation`, :data:`Matrix`, the types of operations and matrices in equations;
:class:`Binary`, an operation from a Python function of two arguments; :func:`entries`, a matrix by
its rows; :func:`written`, an element as text; :class:`Semiring`, :func:`semiring`; :data:`LAWS`,
:func:`broken`; :data:`INTEGERS`, :data:`RATIONALS`, :data:`BOOLEAN`, :data:`TROPICAL`,
:func:`square_matrices_mod`; :data:`FLOATS`, which is no semiring: its addition is not associative.

*References*: Golan, 'Semirings and their Applications' (1999), chapter 1; Mohri, 'Semiring
frameworks and algorithms for shortest-distance problems' (2002), for the tropical semiring.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import product
from operator import add, and_, mul, or_
from typing import Any, TypeAlias

from models.algebra import Element, Mapped

Operation: TypeAlias = Mapped[Element, Mapped[Element, Element]]
"""An operation of two arguments, one after the other: a + b is ``plus(a)(b)``."""

Matrix: TypeAlias = Mapped[int, Mapped[int, Element]]
"""The entry in row l and column m of a matrix Z is ``Z(l)(m)``, both counted from 0. It is total:
how many rows and columns are meant is said beside it."""


@dataclass(frozen=True, slots=True, eq=False)
class Binary:
    """A Python function of two arguments as an operation; equal to itself alone."""

    function: Callable[[Any, Any], Any]
    name: str = ""

    def __call__(self, left: Any, /) -> Mapped[Any, Any]:
        return partial(self.function, left)

    def __repr__(self) -> str:
        return self.name or repr(self.function)


def written(element: Any) -> str:
    """An element as text."""
    return str(element) if isinstance(element, Fraction) else repr(element)


@dataclass(frozen=True, slots=True)
class Entries:
    """A matrix by its rows, with one value everywhere else."""

    rows: tuple[tuple[Any, ...], ...]
    otherwise: Any

    def __call__(self, row: int, /) -> Line:
        return Line(self.rows[row] if 0 <= row < len(self.rows) else (), self.otherwise)

    def __repr__(self) -> str:
        rows = (", ".join(map(written, row)) for row in self.rows)
        return "[" + ", ".join(f"[{row}]" for row in rows) + "]"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of :class:`Entries`."""

    entries: tuple[Any, ...]
    otherwise: Any

    def __call__(self, column: int, /) -> Any:
        return self.entries[column] if 0 <= column < len(self.entries) else self.otherwise


def entries(rows: Iterable[Iterable[Any]], otherwise: Any = 0) -> Entries:
    """The matrix with these rows."""
    return Entries(tuple(map(tuple, rows)), otherwise)


@dataclass(frozen=True, slots=True)
class Semiring:
    """A name, two operations and their neutral elements. That the laws hold is not asked here."""

    name: str
    plus: Binary
    times: Binary
    zero: Any
    one: Any

    def add(self, left: Any, right: Any) -> Any:
        """left + right."""
        return self.plus.function(left, right)

    def multiply(self, left: Any, right: Any) -> Any:
        """left · right."""
        return self.times.function(left, right)


def semiring(
    name: str,
    plus: Callable[[Any, Any], Any],
    times: Callable[[Any, Any], Any],
    zero: Any,
    one: Any,
) -> Semiring:
    """The semiring of these operations."""
    return Semiring(name, Binary(plus, f"{name} +"), Binary(times, f"{name} ·"), zero, one)


Law: TypeAlias = tuple[int, Callable[..., bool]]
"""Of how many elements a law speaks, and whether a semiring (first argument) obeys it on them."""

LAWS: Mapping[str, Law] = {
    "addition is associative": (
        3, lambda s, a, b, c: s.add(s.add(a, b), c) == s.add(a, s.add(b, c))
    ),
    "addition is commutative": (2, lambda s, a, b: s.add(a, b) == s.add(b, a)),
    "zero is neutral": (1, lambda s, a: s.add(s.zero, a) == a and s.add(a, s.zero) == a),
    "multiplication is associative": (
        3, lambda s, a, b, c: s.multiply(s.multiply(a, b), c) == s.multiply(a, s.multiply(b, c))
    ),
    "one is neutral": (1, lambda s, a: s.multiply(s.one, a) == a and s.multiply(a, s.one) == a),
    "multiplication is commutative": (2, lambda s, a, b: s.multiply(a, b) == s.multiply(b, a)),
    "multiplication distributes over addition": (3, lambda s, a, b, c: (
        s.multiply(a, s.add(b, c)) == s.add(s.multiply(a, b), s.multiply(a, c))
        and s.multiply(s.add(b, c), a) == s.add(s.multiply(b, a), s.multiply(c, a))
    )),
    "zero annihilates": (
        1, lambda s, a: s.multiply(s.zero, a) == s.zero and s.multiply(a, s.zero) == s.zero
    ),
}
"""The laws of a commutative semiring."""


def broken(of: Semiring, elements: Sequence[Any]) -> dict[str, tuple[Any, ...]]:
    """The laws that fail on these elements, each with the first ones on which it does."""
    found = {}
    for name, (arity, holds) in LAWS.items():
        for chosen in product(elements, repeat=arity):
            if not holds(of, *chosen):
                found[name] = chosen
                break
    return found


INTEGERS = semiring("integers", add, mul, 0, 1)
RATIONALS = semiring("rationals", add, mul, Fraction(0), Fraction(1))
FLOATS = semiring("floats", add, mul, 0.0, 1.0)
BOOLEAN = semiring("boolean", or_, and_, False, True)
TROPICAL = semiring("tropical", min, add, math.inf, 0)
"""The lengths of shortest paths: the sum is the shorter one, the product one after the other."""


def square_matrices_mod(modulus: int, size: int) -> Semiring:
    """Square matrices of numbers modulo a number, as tuples of rows: multiplication does not
    commute from size 2 on."""
    places = range(size)

    def plus(a: Any, b: Any) -> Any:
        return tuple(tuple((a[i][j] + b[i][j]) % modulus for j in places) for i in places)

    def times(a: Any, b: Any) -> Any:
        return tuple(
            tuple(sum(a[i][k] * b[k][j] for k in places) % modulus for j in places) for i in places
        )

    zero = ((0,) * size,) * size
    one = tuple(tuple(int(i == j) for j in places) for i in places)
    return semiring(f"{size}×{size} matrices mod {modulus}", plus, times, zero, one)
