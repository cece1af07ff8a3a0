"""Trees and programs in flat arrays: what the compiled machine runs on.

*Definitions*: :class:`Forest`, trees as numbers, equal ones equal; :class:`Enumeration`, all
programs up to a size, in the order of :func:`models.machine.program.programs`, as numbers too, with
any range of the programs of a larger size on top.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from models.machine.compiled import CONS, ID, IF, NOT_NAMED, QUOTE, THEN, WHILE, Numbers, interned
from models.machine.program import CONSTRUCTORS, Program, Quote, size
from models.machine.tree import NIL, Pair, Tree, format_tree

INT32 = np.int32


class Forest:
    """Trees as numbers: 0 is nil, and every other tree is a pair of smaller numbers.

    ``heads`` and ``tails`` are longer than ``count``: the room behind is the compiled machine's.
    ``slots`` finds a pair's number by its parts.
    """

    def __init__(self) -> None:
        self.count = 1
        self.heads: Numbers = np.zeros(1024, INT32)
        self.tails: Numbers = np.zeros(1024, INT32)
        self.slots: Numbers = np.full(4096, NOT_NAMED, INT32)
        self._trees: list[Tree] = [NIL]
        self._numbers: dict[Tree, int] = {NIL: 0}

    def reserve(self, room: int) -> None:
        """Make sure of ``room`` free places behind the trees."""
        needed = self.count + room
        if needed > len(self.heads):
            length = max(needed, 2 * len(self.heads))
            self.heads = np.resize(self.heads, length)
            self.tails = np.resize(self.tails, length)

    def copy(self) -> Forest:
        """Another forest with the same trees."""
        other = Forest()
        other.count = self.count
        other.heads, other.tails = self.heads.copy(), self.tails.copy()
        other.slots = self.slots.copy()
        other._numbers = self._numbers.copy()
        return other

    def pairs(self, lefts: NDArray[np.integer], rights: NDArray[np.integer]) -> Numbers:
        """The numbers of the pairs of trees; both arrays have the same length, as the result."""
        self.reserve(len(lefts))
        if 2 * (self.count + len(lefts)) > len(self.slots):
            self._widen(self.count + len(lefts))
        found = np.empty(len(lefts), INT32)
        self.count = interned(
            lefts.astype(INT32), rights.astype(INT32),
            self.heads, self.tails, self.slots, self.count, found,
        )
        return found

    def _widen(self, needed: int) -> None:
        heads, tails = self.heads[1 : self.count].copy(), self.tails[1 : self.count].copy()
        self.slots = np.full(1 << (4 * needed).bit_length(), NOT_NAMED, INT32)
        again = np.empty(len(heads), INT32)
        interned(heads, tails, self.heads, self.tails, self.slots, 1, again)

    def node(self, tree: Tree) -> int:
        """The number of a tree. Equal trees have equal numbers."""
        known = self._numbers
        todo = [tree]
        while todo:
            node = todo[-1]
            if node in known:
                todo.pop()
                continue
            assert isinstance(node, Pair)
            left, right = known.get(node.head), known.get(node.tail)
            if left is None or right is None:
                todo += [part for part in (node.head, node.tail) if part not in known]
                continue
            known[node] = int(self.pairs(np.array([left]), np.array([right]))[0])
        return known[tree]

    def tree(self, node: int) -> Tree:
        """The tree of a number; equal parts are shared."""
        for n in range(len(self._trees), min(node + 1, self.count)):
            self._trees.append(
                Pair(self._trees[self.heads[n]], self._trees[self.tails[n]])
            )
        return self._trees[node]


@dataclass(frozen=True, slots=True)
class Rows:
    """A range of programs whose parts are numbers of an :class:`Enumeration`.

    Four arrays of the same length. ``first`` of a Quote is its tree.
    """

    opcode: NDArray[np.int8]
    first: Numbers
    second: Numbers
    third: Numbers

    def __len__(self) -> int:
        return len(self.opcode)


@dataclass(frozen=True, slots=True)
class _Block:
    """The programs of one opcode whose parts have given sizes."""

    opcode: int
    parts: tuple[int, ...]
    count: int


class Enumeration:
    """All programs of size at most ``size``, in order, as flat arrays with their codes.

    ``all`` are the programs, ``code`` their codes; ``starts[n]`` is the number of the first one of
    size n. Programs of size ``size + 1`` and ``size + 2`` have their parts here; :meth:`rows`
    makes any range of them.
    """

    def __init__(self, size: int, forest: Forest) -> None:
        self.size = size
        self.forest = forest
        self.numerals = [0]
        for _ in range(8):
            self.numerals.append(self._pair(0, self.numerals[-1]))
        self._quoted: list[Numbers] = [np.zeros(1, INT32)]
        self.starts = [0, 0]
        made: list[Rows] = []
        codes: list[Numbers] = []
        self.code: Numbers = np.zeros(0, INT32)
        for n in range(1, size + 1):
            rows = self.rows(n, 0, self.programs(n))
            made.append(rows)
            codes.append(self.codes(rows))
            self.code = np.concatenate(codes)
            self.starts.append(len(self.code))
        self.all = Rows(
            np.concatenate([np.zeros(0, np.int8), *(rows.opcode for rows in made)]),
            *(
                np.concatenate([np.zeros(0, INT32), *(getattr(rows, name) for rows in made)])
                for name in ("first", "second", "third")
            ),
        )
        self._programs: dict[int, Program] = {}
        self._texts: list[str] = []

    def _pair(self, left: int, right: int) -> int:
        return int(self.forest.pairs(np.array([left]), np.array([right]))[0])

    def _trees(self, pairs: int) -> Numbers:
        """The trees with so many pairs, in the order of :func:`models.machine.tree.trees`."""
        while len(self._quoted) <= pairs:
            n = len(self._quoted)
            self._quoted.append(np.concatenate([
                self.forest.pairs(
                    np.repeat(self._quoted[left], len(self._quoted[n - 1 - left])),
                    np.tile(self._quoted[n - 1 - left], len(self._quoted[left])),
                )
                for left in range(n)
            ]))
        return self._quoted[pairs]

    def _blocks(self, size: int) -> Iterator[_Block]:
        if size == 1:
            yield from (_Block(opcode, (), 1) for opcode in range(QUOTE))
        yield _Block(QUOTE, (), len(self._trees(size - 1)))
        splits = [(left, size - 1 - left) for left in range(1, size - 1)]
        for opcode in (CONS, THEN, IF, WHILE):
            for left, rest in splits:
                parts = (
                    [(left, middle, rest - middle) for middle in range(1, rest)]
                    if opcode == IF
                    else [(left, rest)]
                )
                for sizes in parts:
                    yield _Block(opcode, sizes, prod(self.programs(n) for n in sizes))

    def programs(self, size: int) -> int:
        """How many programs of a size there are."""
        if size < len(self.starts) - 1:
            return self.starts[size + 1] - self.starts[size]
        return sum(block.count for block in self._blocks(size))

    def rows(self, size: int, begin: int, end: int) -> Rows:
        """The programs of a size from the ``begin``-th to before the ``end``-th."""
        opcodes, columns = [], []
        at = 0
        for block in self._blocks(size):
            low, high = max(begin - at, 0), min(end - at, block.count)
            at += block.count
            if low >= high:
                continue
            index = np.arange(low, high)
            parts = [np.zeros(high - low, INT32)] * 3
            if block.opcode == QUOTE:
                parts[0] = self._trees(size - 1)[index]
            for place in reversed(range(len(block.parts))):
                part = block.parts[place]
                index, digit = np.divmod(index, self.programs(part))
                parts[place] = (self.starts[part] + digit).astype(INT32)
            opcodes.append(np.full(high - low, block.opcode, np.int8))
            columns.append(parts)
        if not opcodes:
            nothing = np.zeros(0, INT32)
            return Rows(np.zeros(0, np.int8), nothing, nothing, nothing)
        first, second, third = (np.concatenate(column) for column in zip(*columns, strict=True))
        return Rows(np.concatenate(opcodes), first, second, third)

    def codes(self, rows: Rows) -> Numbers:
        """The codes of programs, interned: an array as long as ``rows``."""
        fields = np.zeros(len(rows), INT32)
        two = (rows.opcode == CONS) | (rows.opcode == THEN) | (rows.opcode == WHILE)
        three = rows.opcode == IF
        right = np.zeros(len(rows), INT32)
        right[two] = self.code[rows.second[two]]
        right[three] = self.forest.pairs(
            self.code[rows.second[three]], self.code[rows.third[three]]
        )
        quote, both = rows.opcode == QUOTE, two | three
        fields[quote] = rows.first[quote]
        fields[both] = self.forest.pairs(self.code[rows.first[both]], right[both])
        return self.forest.pairs(np.array(self.numerals, INT32)[rows.opcode], fields)

    def texts(self, rows: Rows) -> Iterator[str]:
        """The codes of programs as :func:`models.machine.tree.format_tree` writes them, with
        numerals as numbers."""
        if len(self._texts) < len(self.code):
            for text in self._coded(self.all):
                self._texts.append(text)
        yield from self._coded(rows)

    def _coded(self, rows: Rows) -> Iterator[str]:
        texts = self._texts
        for opcode, first, second, third in zip(
            rows.opcode.tolist(), rows.first.tolist(), rows.second.tolist(), rows.third.tolist(),
            strict=True,
        ):
            if opcode == ID:
                yield "1"  # <0.nil>, which is the numeral
            elif opcode < QUOTE:
                yield f"<{opcode}.0>"
            elif opcode == QUOTE:
                yield f"<4.{format_tree(self.forest.tree(first), style='numbers')}>"
            elif opcode == IF:
                yield f"<7.<{texts[first]}.<{texts[second]}.{texts[third]}>>>"
            else:
                yield f"<{opcode}.<{texts[first]}.{texts[second]}>>"

    def place(self, program: Program) -> tuple[int, int]:
        """A program's size, and which of the programs of this size it is, counted from 0.

        Its size is at most ``size + 2``. Raises :class:`ValueError` for a larger one.
        """
        total = size(program)
        if total > self.size + 2:
            raise ValueError(f"a program of size {total}")
        opcode = CONSTRUCTORS.index(type(program))
        if opcode < QUOTE:
            return total, opcode
        at = 0
        if isinstance(program, Quote):
            for block in self._blocks(total):
                if block.opcode == QUOTE:
                    listed = self._trees(total - 1)
                    return total, at + listed.tolist().index(self.forest.node(program.tree))
                at += block.count
        places = [self.place(part) for part in program.fields()]
        sizes = tuple(of_size for of_size, _ in places)
        for block in self._blocks(total):
            if (block.opcode, block.parts) == (opcode, sizes):
                break
            at += block.count
        index = 0
        for of_size, place in places:
            index = index * self.programs(of_size) + place
        return total, at + index

    def program(self, node: int) -> Program:
        """The program of a number."""
        if node not in self._programs:
            self._programs[node] = self.made(self.all, node)
        return self._programs[node]

    def made(self, rows: Rows, index: int) -> Program:
        """The program of a row whose parts are numbers of this enumeration."""
        opcode, first = int(rows.opcode[index]), int(rows.first[index])
        if opcode == QUOTE:
            return Quote(self.forest.tree(first))
        constructor = CONSTRUCTORS[opcode]
        parts = (first, int(rows.second[index]), int(rows.third[index]))
        needed = parts[: len(constructor.__match_args__)]
        return constructor(*(self.program(part) for part in needed))  # type: ignore[arg-type]
