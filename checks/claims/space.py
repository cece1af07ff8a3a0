"""Spaces: values counted by size, each reached by its place, so that a claim's instances can be
gone through in order, shared out, and taken up again anywhere.

*Definitions*: :class:`Space`; :class:`Listed`, :class:`Sum`, :class:`Larger`, :class:`Product`,
:class:`Subsets`, :class:`Lists`, :class:`Named` for spaces that mention themselves, and
:class:`Capped`.

A space has finitely many values of each size. Every value has one size and one place among those of
its size, so going through the places is complete and without repetition, and the values of a
smaller size come first. Products go through the ways of sharing out the size among their parts in
lexicographic order, and then through the values with the last part changing fastest.

*References*: P. Flajolet, R. Sedgewick, 'Analytic Combinatorics' (2009), chapter I, for the
classes; A. Nijenhuis, H. Wilf, 'Combinatorial Algorithms' (1978), for reaching a value by its
place.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, islice
from math import comb
from typing import Any, final

from models.errors import BadInput

MOST_KEPT = 20_000
"""Values of one size that are kept once they are made."""

MOST_VALUES = 1_000_000
"""Values of one size that a user's generator may list."""


class Space(ABC):
    """Finitely many values of each size 0, 1, 2, …"""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}
        self._kept: dict[int, list[Any]] = {}

    @property
    def largest(self) -> int | None:
        """No value has a larger size; none if there is no such bound."""
        return None

    @abstractmethod
    def _count(self, size: int) -> int: ...

    @abstractmethod
    def _at(self, size: int, place: int) -> Any: ...

    @final
    def count(self, size: int) -> int:
        """How many values have this size; none have a negative one."""
        if size < 0:
            return 0
        if size not in self._counts:
            self._counts[size] = self._count(size)
        return self._counts[size]

    @final
    def at(self, size: int, place: int) -> Any:
        """The value at a place. Raises :class:`IndexError` for a place that there is not."""
        if not 0 <= place < self.count(size):
            raise IndexError(f"place {place} of {self.count(size)} values of size {size}")
        if self.count(size) > MOST_KEPT:
            return self._at(size, place)
        kept = self._kept.get(size)
        if kept is None:
            kept = self._kept[size] = [self._at(size, n) for n in range(self.count(size))]
        return kept[place]

    @final
    def values(self, size: int, begin: int = 0, end: int | None = None) -> Iterator[Any]:
        """The values of a size, in order, from one place to another."""
        for place in range(begin, self.count(size) if end is None else end):
            yield self.at(size, place)


class Listed(Space):
    """The values that a function lists for each size. Raises :class:`BadInput` for one that lists
    a value twice."""

    def __init__(
        self, listed: Callable[[int], Iterable[Any]], *, largest: int | None = None, name: str = ""
    ) -> None:
        super().__init__()
        self._list = listed
        self._largest = largest
        self._name = name
        self._made: dict[int, list[Any]] = {}

    @property
    def largest(self) -> int | None:
        return self._largest

    def _values(self, size: int) -> list[Any]:
        if size not in self._made:
            found = self._listed(size)
            _require_different(found, self._name, size)
            self._made[size] = found
        return self._made[size]

    def _listed(self, size: int) -> list[Any]:
        """What the function lists; a user's may do anything."""
        if not self._name:
            return list(self._list(size))
        where = f"generator {self._name}, size {size}"
        try:
            found = list(islice(self._list(size), MOST_VALUES + 1))
        except BadInput:
            raise
        except Exception as error:
            raise BadInput(
                f"it raised {type(error).__name__}: {' '.join(str(error).split())[:200]}",
                where=where, expected="a function that lists the values of a size",
            ) from None
        if len(found) > MOST_VALUES:
            raise BadInput(
                f"it lists more than {MOST_VALUES:,} values", where=where,
                expected="fewer, and finitely many, of each size",
            )
        return found

    def _count(self, size: int) -> int:
        if self._largest is not None and size > self._largest:
            return 0
        return len(self._values(size))

    def _at(self, size: int, place: int) -> Any:
        return self._values(size)[place]


def _require_different(values: Sequence[Any], name: str, size: int) -> None:
    try:
        different = len(set(values))
    except TypeError:
        different = sum(value not in values[:place] for place, value in enumerate(values))
    if different < len(values):
        raise BadInput(
            f"a value is listed twice among those of size {size}",
            where=f"generator {name}" if name else "a generator",
            expected="each value once",
        )


class Sum(Space):
    """The values of all parts, those of the first one first. The parts have no value in common."""

    def __init__(self, *parts: Space) -> None:
        super().__init__()
        self._parts = parts

    @property
    def largest(self) -> int | None:
        bounds = [part.largest for part in self._parts]
        return None if None in bounds else max((b for b in bounds if b is not None), default=0)

    def _count(self, size: int) -> int:
        return sum(part.count(size) for part in self._parts)

    def _at(self, size: int, place: int) -> Any:
        for part in self._parts:
            if place < part.count(size):
                return part.at(size, place)
            place -= part.count(size)
        raise AssertionError("the place was looked up before")


class Larger(Space):
    """The values of a space, each made into another one whose size is larger ``by`` that much."""

    def __init__(self, part: Space, by: int = 0, make: Callable[[Any], Any] | None = None) -> None:
        super().__init__()
        self._part, self._by, self._make = part, by, make

    @property
    def largest(self) -> int | None:
        return None if self._part.largest is None else self._part.largest + self._by

    def _count(self, size: int) -> int:
        return self._part.count(size - self._by)

    def _at(self, size: int, place: int) -> Any:
        value = self._part.at(size - self._by, place)
        return value if self._make is None else self._make(value)


class Product(Space):
    """What ``make`` makes of a value of each part; sizes add up."""

    def __init__(self, make: Callable[..., Any], *parts: Space) -> None:
        super().__init__()
        self._make = make
        self._parts = parts
        self._shares: dict[int, tuple[list[int], list[tuple[int, ...]]]] = {}

    @property
    def largest(self) -> int | None:
        bounds = [part.largest for part in self._parts]
        return None if None in bounds else sum(b for b in bounds if b is not None)

    def _shared(self, size: int) -> tuple[list[int], list[tuple[int, ...]]]:
        """The ways of sharing out a size, and before each how many values those before it have."""
        if size not in self._shares:
            ways = list(_ways(self._parts, size))
            counts = []
            for way in ways:
                number = 1
                for part, share in zip(self._parts, way, strict=True):
                    number *= part.count(share)
                counts.append(number)
            self._shares[size] = list(accumulate(counts, initial=0)), ways
        return self._shares[size]

    def _count(self, size: int) -> int:
        return self._shared(size)[0][-1]

    def _at(self, size: int, place: int) -> Any:
        starts, ways = self._shared(size)
        number = bisect_right(starts, place) - 1
        place -= starts[number]
        values = []
        for part, share in zip(reversed(self._parts), reversed(ways[number]), strict=True):
            place, inner = divmod(place, part.count(share))
            values.append(part.at(share, inner))
        return self._make(*reversed(values))


def _ways(parts: Sequence[Space], size: int) -> Iterator[tuple[int, ...]]:
    """All ways of sharing out a size such that each part has a value of its share."""
    if not parts:
        if size == 0:
            yield ()
        return
    first, rest = parts[0], parts[1:]
    if not rest:
        if first.count(size):
            yield (size,)
        return
    for share in range(size + 1):
        # A space that mentions itself is not asked for a size that is still being counted.
        ways = list(_ways(rest, size - share))
        if ways and first.count(share):
            yield from ((share, *way) for way in ways)


class Subsets(Space):
    """All finite sets of values of a space, whose sizes are added up; the space has none of size 0.

    A set is a tuple of its values, those of a larger size first.
    """

    def __init__(self, part: Space) -> None:
        super().__init__()
        if part.count(0):
            raise ValueError("with values of size 0 there are infinitely many sets of one size")
        self._part = part
        self._ways: dict[tuple[int, int], int] = {}

    def _number(self, size: int, top: int) -> int:
        """How many sets of this size have only values of size at most ``top``."""
        if size == 0:
            return 1
        top = min(top, size)
        if top == 0:
            return 0
        if (size, top) not in self._ways:
            there = self._part.count(top)
            self._ways[size, top] = sum(
                comb(there, chosen) * self._number(size - chosen * top, top - 1)
                for chosen in range(min(size // top, there) + 1)
            )
        return self._ways[size, top]

    def _count(self, size: int) -> int:
        return self._number(size, size)

    def _at(self, size: int, place: int) -> tuple[Any, ...]:
        chosen: list[Any] = []
        for top in range(size, 0, -1):
            there = self._part.count(top)
            for number in range(min(size // top, there) + 1):
                rest = self._number(size - number * top, top - 1)
                if place < comb(there, number) * rest:
                    which, place = divmod(place, rest)
                    chosen += [self._part.at(top, n) for n in _combination(there, number, which)]
                    size -= number * top
                    break
                place -= comb(there, number) * rest
        return tuple(chosen)


def _combination(count: int, chosen: int, place: int) -> Iterator[int]:
    """The numbers of the combination at a place, of all in lexicographic order."""
    first = 0
    while chosen:
        with_first = comb(count - first - 1, chosen - 1)
        if place < with_first:
            yield first
            chosen -= 1
        else:
            place -= with_first
        first += 1


class Lists(Space):
    """All finite lists of values of a space, as tuples; an element counts 1 and its size."""

    def __init__(self, part: Space) -> None:
        super().__init__()
        self._whole = Sum(
            Listed(lambda size: [()] if size == 0 else [], largest=0),
            Larger(Product(lambda first, rest: (first, *rest), part, self), 1),
        )

    def _count(self, size: int) -> int:
        return self._whole.count(size)

    def _at(self, size: int, place: int) -> Any:
        return self._whole.at(size, place)


class Named(Space):
    """A space whose parts can mention it; they mention it with a smaller size only."""

    def __init__(self, parts: Callable[[Space], Space]) -> None:
        super().__init__()
        self._whole = parts(self)

    def _count(self, size: int) -> int:
        return self._whole.count(size)

    def _at(self, size: int, place: int) -> Any:
        return self._whole.at(size, place)


class Capped(Space):
    """The values of a space of size at most ``largest``."""

    def __init__(self, part: Space, largest: int) -> None:
        super().__init__()
        self._part = part
        self._cap = largest

    @property
    def largest(self) -> int | None:
        inner = self._part.largest
        return self._cap if inner is None else min(self._cap, inner)

    def _count(self, size: int) -> int:
        return self._part.count(size) if size <= self._cap else 0

    def _at(self, size: int, place: int) -> Any:
        return self._part.at(size, place)
