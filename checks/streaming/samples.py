"""What streaming theorems are tried on: free structures, small tables, the usual semirings.

*Definitions*: :data:`FREE`, the free structure, whose elements are the expressions themselves;
:data:`BAGS`, the free commutative addition; :func:`symbols`, a matrix of distinct names;
:func:`breach`, the smallest structure in which a law of addition fails and sums go wrong, with
:class:`Breach`; :func:`cuts`, :func:`divisions`, :func:`plans`; :func:`operands`, values of a
theorem's variables; :func:`law_windows`.

*How it is done*. Whatever holds of the free structure, with names for the entries, holds of every
structure and of all matrices of that size: each computation there is the image of the one with
expressions. What needs the laws of addition is tried on bags (multisets) of products, and holds
likewise wherever these laws do.

*References*: Birkhoff, 'On the structure of abstract algebras' (1935), for free structures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import combinations, pairwise, permutations, product
from typing import Any

from models.streaming.machine import Cut, Plan, cut, plan
from models.streaming.semiring import LAWS, Entries, Semiring, broken, entries, semiring

FREE = semiring(
    "expressions", lambda a, b: f"({a} + {b})", lambda a, b: f"({a}·{b})", "0", "1"
)
"""No two expressions are equal: no law holds."""

BAGS = semiring(
    "bags", lambda a, b: tuple(sorted(a + b)),
    lambda a, b: ("[" + " + ".join(a) + "]·[" + " + ".join(b) + "]",), (), ("1",),
)
"""A bag is added to another one; a product is an element of its own. No other law holds."""


def symbols(name: str, height: int, width: int, *, bags: bool = False) -> Entries:
    """A matrix with a name for each entry, all different."""
    rows = [[f"{name}{row}{column}" for column in range(width)] for row in range(height)]
    if bags:
        return entries([[(entry,) for entry in row] for row in rows], (name,))
    return entries(rows, name)


def cuts(total: int, most: int) -> Iterator[Cut]:
    """All cuts of so many rows into at most so many pieces, some of which may have no rows."""
    for count in range(most + 1):
        if count == 0 and total > 0:
            continue
        if count == 0:
            yield cut([])
            continue
        for places in product(range(total + 1), repeat=count - 1):
            if list(places) == sorted(places):
                yield cut(b - a for a, b in pairwise((0, *places, total)))


def divisions(n: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    """All ways to send each inner index below n once, in pieces, in any order."""
    for order in permutations(range(n)):
        for count in range(max(n, 1)):
            for places in combinations(range(1, n), count):
                yield tuple(order[a:b] for a, b in pairwise((0, *places, n)))


def plans(n: int) -> Iterator[Plan]:
    """The plans of these."""
    yield from map(plan, divisions(n))


def operands(
    of: Semiring, X: Entries, Y: Entries, **others: Any
) -> dict[str, Any]:
    """Values of a theorem's variables: operations, matrices and others."""
    return {"plus": of.plus, "times": of.times, "zero": of.zero, "X": X, "Y": Y, **others}


# --- small structures that break one law ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Table:
    """An operation on 0, …, n-1 by its table."""

    rows: tuple[tuple[int, ...], ...]

    def __call__(self, left: int, right: int) -> int:
        return self.rows[left][right]


@dataclass(frozen=True, slots=True)
class Breach:
    """A structure on 0, …, size-1 in which one law of addition fails, and elements whose sum
    depends on the pieces in which they are added up."""

    semiring: Semiring
    size: int
    laws: tuple[str, ...]
    summands: tuple[int, ...]
    pieces: tuple[tuple[int, ...], ...]

    def described(self) -> str:
        """How it adds, and how it multiplies what is neither 0 nor 1."""
        plus = self.semiring.plus.function
        places = range(self.size)
        sums = ", ".join(f"{a}+{b}={plus(a, b)}" for a in places for b in places)
        more = ", ".join(
            f"{a}·{b}={self.semiring.multiply(a, b)}" for a in places[2:] for b in places[2:]
        )
        return f"{sums}; 0·a=0, 1·a=a{', ' + more if more else ''}"


MOST_ELEMENTS = 3
OF_ADDITION = ("addition is associative", "addition is commutative", "zero is neutral")


@cache
def breach(law: str) -> Breach:
    """The smallest structure in which this law of addition fails, the others of addition hold, and
    sums depend on the pieces; of these the first that breaks the fewest laws of a semiring. Its
    multiplication has 1 as its neutral element, and 0 annihilates."""
    for size in range(2, MOST_ELEMENTS + 1):
        found: list[Breach] = []
        for plus in filter(lambda table: _breaks(table, law), _additions(size)):
            differing = _differing(plus, size)
            if differing is None:
                continue
            for times in _multiplications(size):
                structure = semiring(f"{size} elements", plus, times, 0, 1)
                laws = tuple(broken(structure, range(size)))
                found.append(Breach(structure, size, laws, *differing))
        if found:
            return min(found, key=lambda each: len(each.laws))
    raise LookupError(f"no structure with at most {MOST_ELEMENTS} elements breaks '{law}'")


def _additions(size: int) -> Iterator[Table]:
    """All operations on so many elements."""
    for listed in product(range(size), repeat=size * size):
        yield Table(tuple(listed[row * size:(row + 1) * size] for row in range(size)))


def _multiplications(size: int) -> Iterator[Table]:
    """Those for which 1 is neutral and 0 annihilates."""
    free = [(a, b) for a in range(2, size) for b in range(2, size)]
    for values in product(range(size), repeat=len(free)):
        known = dict(zip(free, values, strict=True))
        yield Table(tuple(
            tuple(known.get((a, b), a * b) for b in range(size)) for a in range(size)
        ))


def _breaks(plus: Table, law: str) -> bool:
    """Whether this law of addition fails, and the others hold."""
    alone = semiring("addition", plus, plus, 0, 0)
    elements = range(len(plus.rows))
    for name in OF_ADDITION:
        arity, holds = LAWS[name]
        obeyed = all(holds(alone, *chosen) for chosen in product(elements, repeat=arity))
        if obeyed == (name == law):
            return False
    return True


def _differing(
    plus: Table, size: int
) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]] | None:
    """The fewest elements, and pieces of them, whose sum by pieces is not their sum in order."""

    def summed(elements: Iterable[int]) -> int:
        return reduce(plus, elements, 0)

    for count in range(MOST_ELEMENTS + 1):
        for elements in product(range(size), repeat=count):
            for pieces in divisions(count):
                by_pieces = summed(summed(elements[k] for k in piece) for piece in pieces)
                if by_pieces != summed(elements):
                    return elements, pieces
    return None


def law_windows(elements: Sequence[Any]) -> Mapping[str, Any]:
    """On what the laws of addition are tried: all of these elements."""
    return {
        "associative": lambda _: product(elements, repeat=3),
        "commutative": lambda _: product(elements, repeat=2),
        "neutral": lambda _: list(elements),
    }
