"""What the search needs for many programs at once, made ready once, as flat arrays.

*Definitions*: :class:`Prepared`: all programs to a size, trees with the oracle's answers, and
three automata for which the possible values of all smaller programs are tabulated.

Part of the search, so nothing here is trusted: what it finds is handed to the checker.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from checks.machine.certificate import Looping
from checks.machine.decide.classes import Automaton, answered, classify, cut_off, table
from checks.machine.decide.runs import Classes, Programs, Room, Trees
from models.machine.compiled import NOT_NAMED, OUTSIDE
from models.machine.flat import Enumeration, Forest, Rows
from models.machine.oracle import Oracle, Table
from models.machine.tree import TRUE, Tree

ROOM = 20_000
"""Entries of the control list and of the stack; a run that needs more is left to the search for
one program."""

DEPTHS = (1, 2, 3)
"""The automata are those of trees cut off at these depths."""

HEAP = 1_000_000
"""Trees that a run can make."""


class Prepared:
    """Programs of size at most ``size`` relative to an oracle, as arrays.

    ``parts`` has the programs that others are made of; ``values`` are the numbers of the trees that
    are named, for runs on them.
    """

    def __init__(self, size: int, oracle: Oracle, values: Iterable[Tree] = ()) -> None:
        self.oracle = oracle
        self.forest = Forest()
        self.parts = Enumeration(max(1, size - 2), self.forest)
        self.parts.programs(size)  # makes the trees that programs of this size quote
        self.values = [self.forest.node(value) for value in values]
        self.trees = self._trees()
        self.room = Room.of(ROOM)
        self.automata = [self._tabulated(cut_off(depth)) for depth in DEPTHS]

    def programs(self, rows: Rows) -> Programs:
        """Some programs, behind the parts that they are made of."""
        parts = self.parts
        opcode = np.concatenate([parts.all.opcode, rows.opcode])
        first, second, third = (
            np.concatenate([getattr(parts.all, name), getattr(rows, name)])
            for name in ("first", "second", "third")
        )
        return Programs(
            opcode, first, second, third, len(parts.all), parts.code,
            np.array(parts.numerals, np.int32),
        )

    def _trees(self) -> Trees:
        """The arrays of trees with the oracle's answers; those of another oracle than a table are
        OUTSIDE, unless they are filled in."""
        forest, oracle = self.forest, self.oracle
        listed: list[tuple[int, int]] = []
        otherwise = OUTSIDE
        forest.node(TRUE)
        if isinstance(oracle, Table):
            otherwise = forest.node(oracle.otherwise)
            listed = [(forest.node(q), forest.node(a)) for q, a in oracle.answers.items()]
        forest.reserve(HEAP)
        names, answers = np.zeros(0, np.int32), np.zeros(0, np.int32)
        if listed or otherwise == OUTSIDE:
            names = np.full(len(forest.heads), NOT_NAMED, np.int32)
            names[: forest.count] = np.arange(forest.count)
            answers = np.full(forest.count, otherwise, np.int32)
        if listed:
            answers[[question for question, _ in listed]] = [answer for _, answer in listed]
        return Trees(
            forest.heads, forest.tails, names, forest.slots, forest.count, answers, otherwise
        )

    def _tabulated(self, automaton: Automaton) -> tuple[Looping, Classes]:
        forest, parts = self.forest, self.parts.all
        quoted = np.zeros(len(forest.heads), np.int64)
        classify(forest.heads, forest.tails, 0, forest.count, automaton.delta, quoted)
        heads, tails = automaton.parts()
        answers = answered(self.oracle, automaton)
        known = np.zeros((len(parts), len(automaton.delta)), np.uint64)
        table(
            parts.opcode, parts.first, parts.second, parts.third,
            quoted, automaton.delta, heads, tails, answers, known,
        )
        return Looping(0, automaton.transitions), Classes(
            automaton.delta, heads, tails, answers, quoted, known
        )
