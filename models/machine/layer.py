"""Layers on a finite window: which sets small programs decide relative to an oracle.

The layer C(A) of an oracle A holds the sets that some program decides relative to A. Here programs
have at most some size, and a set is what it is on finitely many trees, the window. A program
decides a set S on the window if relative to A it halts on each tree of the window, with the value
true on those in S and false on the others. One with another value somewhere, or with none because
it does not halt, decides nothing.

*Definitions*: :data:`Answer`, :func:`said`; :data:`Subset`, :class:`DecidedSet`,
:class:`OpenProgram`, :class:`Found`, :class:`Layer`; :func:`layer`, by going through all programs;
:func:`assembled`; :func:`compare`, :class:`Comparison`; :func:`parse_window`.

*How it is done*: halting is for others to decide (:mod:`checks.machine.layer`), so :func:`layer` is
given a function that does. Where that says ``unknown``, the program is listed as one that may
decide more, unless it decides nothing whatever it does there.

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), section V.1 (degrees, and the sets
below one).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal, TypeAlias

from models.errors import BadInput, position, quoted
from models.machine.flat import Enumeration, Forest
from models.machine.oracle import Oracle
from models.machine.program import Program, programs
from models.machine.tree import (
    FALSE,
    NIL,
    TRUE,
    Pair,
    Tree,
    brief,
    parse_tree_at,
    trees,
)

Answer: TypeAlias = Literal["yes", "no", "none", "unknown"]
"""What a program says on a tree: ``none`` if it has another value than true and false, or no value;
``unknown`` if none of these is known."""

Answers: TypeAlias = Callable[[Program, Tree], Answer]
"""A decider: what programs say relative to one oracle."""

Subset: TypeAlias = int
"""A subset of a window: bit i is 1 if the i-th tree of the window is in it."""


def said(value: Tree) -> Answer:
    """What a value says."""
    return "yes" if value == TRUE else "no" if value == FALSE else "none"


@dataclass(frozen=True, slots=True)
class DecidedSet:
    """A set on the window, with the first program that decides it and that program's size."""

    members: Subset
    program: Program
    size: int


@dataclass(frozen=True, slots=True)
class OpenProgram:
    """A program of which it is unknown what it decides: where it says yes, and where it is not
    known what it says. Everywhere else it says no."""

    program: Program
    members: Subset
    undecided: Subset

    def may_decide(self, subset: Subset) -> bool:
        """Whether what is known of it is true of a program that decides a set."""
        return subset & ~self.undecided == self.members


@dataclass(frozen=True, slots=True)
class Found:
    """What some programs of one size come to.

    ``programs``: how many they are; ``deciding``: how many of them decide a set; ``sets``: each
    such set once; ``unknown``: those of which it is unknown.
    """

    programs: int
    deciding: int
    sets: tuple[DecidedSet, ...]
    unknown: tuple[OpenProgram, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """The sets on a window that programs of size at most ``size`` decide relative to an oracle.

    ``by_size``: for each size from 1 on what its programs come to, with the sets that no smaller
    program decides. Raises :class:`BadInput` if the window's trees are not all different.
    """

    oracle: Oracle
    size: int
    window: tuple[Tree, ...]
    by_size: tuple[Found, ...]

    def __post_init__(self) -> None:
        check_window(self.window)
        if len(self.by_size) != self.size:
            raise BadInput(f"{len(self.by_size)} sizes", expected=f"those from 1 to {self.size}")

    @property
    def programs(self) -> int:
        """How many programs there are."""
        return sum(found.programs for found in self.by_size)

    @property
    def sets(self) -> tuple[DecidedSet, ...]:
        """All sets, those with the smallest programs first."""
        return tuple(decided for found in self.by_size for decided in found.sets)

    @property
    def unknown(self) -> tuple[OpenProgram, ...]:
        """The programs that may decide more."""
        return tuple(open_ for found in self.by_size for open_ in found.unknown)

    @property
    def complete(self) -> bool:
        """Whether nothing is unknown."""
        return not self.unknown

    def by_members(self) -> dict[Subset, DecidedSet]:
        """The sets by their members."""
        return {decided.members: decided for decided in self.sets}

    def holds(self, subset: Subset) -> bool | None:
        """Whether a set is decided by one of these programs; None if that is unknown."""
        if any(decided.members == subset for decided in self.sets):
            return True
        return None if any(open_.may_decide(subset) for open_ in self.unknown) else False

    def up_to(self, size: int) -> Layer:
        """The layer of a smaller size. Raises :class:`BadInput` for one that is not smaller."""
        if not 0 <= size <= self.size:
            raise BadInput(f"size {size}", expected=f"a size from 0 to {self.size}")
        return Layer(self.oracle, size, self.window, self.by_size[:size])

    def subset(self, members: Iterable[Tree]) -> Subset:
        """A set as a subset of the window; members outside of the window are left out."""
        wanted = set(members)
        return sum(1 << place for place, tree in enumerate(self.window) if tree in wanted)

    def trees(self, subset: Subset) -> tuple[Tree, ...]:
        """The members of a subset, in the window's order."""
        return tuple(tree for place, tree in enumerate(self.window) if subset >> place & 1)


def layer(oracle: Oracle, size: int, window: tuple[Tree, ...], answers: Answers) -> Layer:
    """The layer, by asking for every program and every tree of the window. ``answers`` says what
    programs say relative to the oracle."""
    check_window(window)
    return assembled(
        oracle, size, window,
        (
            (of_size, found_by(program, of_size, window, answers))
            for of_size in range(1, size + 1)
            for program in programs(of_size)
        ),
    )


def found_by(program: Program, size: int, window: tuple[Tree, ...], answers: Answers) -> Found:
    """What one program comes to, ``size`` being its size."""
    members = undecided = 0
    for place, tree in enumerate(window):
        answer = answers(program, tree)
        if answer == "none":
            return Found(1, 0, (), ())
        members |= (answer == "yes") << place
        undecided |= (answer == "unknown") << place
    if undecided:
        return Found(1, 0, (), (OpenProgram(program, members, undecided),))
    return Found(1, 1, (DecidedSet(members, program, size),), ())


def assembled(
    oracle: Oracle, size: int, window: tuple[Tree, ...], found: Iterable[tuple[int, Found]]
) -> Layer:
    """The layer of what parts of the programs come to, each with their size. Every program is in
    one of them; they are in order, and so are the programs of each."""
    counts = [[0, 0] for _ in range(size)]
    sets: list[list[DecidedSet]] = [[] for _ in range(size)]
    unknown: list[list[OpenProgram]] = [[] for _ in range(size)]
    seen: set[Subset] = set()
    for of_size, part in found:
        counts[of_size - 1][0] += part.programs
        counts[of_size - 1][1] += part.deciding
        unknown[of_size - 1] += part.unknown
        for decided in part.sets:
            if decided.members not in seen:
                seen.add(decided.members)
                sets[of_size - 1].append(decided)
    return Layer(oracle, size, window, tuple(
        Found(all_, deciding, tuple(mine), tuple(open_))
        for (all_, deciding), mine, open_ in zip(counts, sets, unknown, strict=True)
    ))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two layers on one window, set by set.

    ``both``: the sets in both, with their programs; ``left`` and ``right``: those in one of them
    and not in the other; ``unknown``: those in one of them of which the other may decide them.
    """

    both: tuple[tuple[DecidedSet, DecidedSet], ...]
    left: tuple[DecidedSet, ...]
    right: tuple[DecidedSet, ...]
    unknown: tuple[DecidedSet, ...]


def compare(left: Layer, right: Layer) -> Comparison:
    """Which sets are in both layers, and which in one. Raises :class:`BadInput` if they are about
    different windows."""
    if left.window != right.window:
        raise BadInput("layers on different windows", expected="the same window")
    known = {side: side_layer.by_members() for side, side_layer in enumerate((left, right))}
    only: list[list[DecidedSet]] = [[], []]
    unknown: list[DecidedSet] = []
    for side, other in ((0, right), (1, left)):
        for members, decided in known[side].items():
            if members not in known[1 - side]:
                open_ = any(program.may_decide(members) for program in other.unknown)
                (unknown if open_ else only[side]).append(decided)
    both = tuple((mine, known[1][members]) for members, mine in known[0].items()
                 if members in known[1])
    return Comparison(both, tuple(only[0]), tuple(only[1]), tuple(unknown))


# Windows

WINDOWS = "pairs:N, codes:K, numbers:N or TREE,TREE,…"

MOST_PAIRS, LARGEST_CODES, MOST_NUMBERS = 11, 7, 1_000
"""Bounds of windows by name: 82,500 trees, 118,989 codes, 1,001 numerals."""

LARGEST_LISTED = 100_000
"""Pairs in the trees of a window that is listed, in all, about."""


def check_window(window: tuple[Tree, ...]) -> None:
    """Refuse what is no window. Raises :class:`BadInput`."""
    if not window:
        raise BadInput("no tree in the window", expected="at least one")
    seen: set[Tree] = set()
    for tree in window:
        if not isinstance(tree, Tree):
            raise BadInput(f"{tree!r:.60} in the window", expected="trees")
        if tree in seen:
            raise BadInput(f"{brief(tree)} is in the window twice", expected="different trees")
        seen.add(tree)


def parse_window(spec: str) -> tuple[Tree, ...]:
    """The window that a specification names, each tree once.

    ``pairs:N``: all trees of at most N pairs; ``codes:K``: the codes of all programs of size at
    most K; ``numbers:N``: the numerals from 0 to N; or the trees themselves, with commas. Raises
    :class:`BadInput` for anything else, and for a window that is too large.
    """
    kind, colon, rest = spec.partition(":")
    if not colon:
        return _listed(spec)
    if kind == "pairs":
        most = _bound(spec, rest, 0, MOST_PAIRS)
        return tuple(tree for count in range(most + 1) for tree in trees(count))
    if kind == "codes":
        forest = Forest()
        coded = Enumeration(_bound(spec, rest, 1, LARGEST_CODES), forest).code
        return tuple(forest.tree(number) for number in coded.tolist())
    if kind == "numbers":
        return tuple(islice(_numerals(), _bound(spec, rest, 0, MOST_NUMBERS) + 1))
    raise BadInput(f"unknown window {quoted(spec)}", expected=WINDOWS)


def _numerals() -> Iterator[Tree]:
    tree: Tree = NIL
    while True:
        yield tree
        tree = Pair(NIL, tree)


def _bound(spec: str, text: str, least: int, most: int) -> int:
    # Python refuses to read numbers of many digits.
    digits = text.isascii() and text.isdigit() and len(text) < 10
    if not (digits and least <= int(text) <= most):
        raise BadInput(
            f"bound {quoted(text)}", where=f"window {quoted(spec)}",
            expected=f"a number from {least} to {most}",
        )
    return int(text)


def _listed(spec: str) -> tuple[Tree, ...]:
    # Before they are made: the pairs of the numerals, and at most one a character elsewhere.
    numerals = re.findall("[0-9]+", spec)
    if any(len(digits) > 9 for digits in numerals) or (
        len(spec) + sum(map(int, numerals)) > LARGEST_LISTED
    ):
        raise BadInput(
            "a window of large trees", where=f"window {quoted(spec)}",
            expected=f"numerals and characters that come to at most {LARGEST_LISTED:,}",
        )
    found: list[Tree] = []
    offset = 0
    while True:
        try:
            tree, offset = parse_tree_at(spec, offset, source="window")
        except BadInput as error:
            expected = f"{error.expected}; or {WINDOWS}"
            raise BadInput(error.what, where=error.where, expected=expected) from None
        found.append(tree)
        rest = spec[offset:].lstrip()
        if not rest:
            return tuple(dict.fromkeys(found))
        offset = len(spec) - len(rest)
        if rest[0] != ",":
            raise BadInput(
                f"unexpected {rest[0]!r}", where=position(spec, offset, "window"),
                expected=f"',' or the end; or {WINDOWS}",
            )
        offset += 1
