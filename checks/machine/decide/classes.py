"""Possible values of all programs at once, by the classes of a tree automaton, compiled.

*Definitions*: :class:`Automaton`, a complete one as a square array; :func:`cut_off`, trees cut off
at a depth; :func:`possible` and :func:`table`, what :func:`models.machine.automaton.outcomes`
computes, for the search: which classes a program's values can have on inputs of a class, as a set
of bits; :func:`classify`.

Part of the search, so nothing here is trusted: what it finds is handed to the checker.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.algebra import Concrete
from models.compilation import compiled
from models.machine.automaton import NIL_CLASS, StateList, States, transitions
from models.machine.compiled import ASK, CONS, HD, ID, IF, QUOTE, THEN, TL
from models.machine.covering import answer_classes, replies, truth_classes
from models.machine.oracle import Oracle, SetOracle, Table

Bits = NDArray[np.uint64]
MOST_CLASSES = 64


@dataclass(frozen=True, slots=True, eq=False)
class Automaton:
    """``delta[left, right]`` is the class of a pair; class 0 is nil and holds no pair."""

    name: str
    delta: NDArray[np.int64]

    @property
    def transitions(self) -> tuple[tuple[int, int, int], ...]:
        """As triples for a certificate."""
        return tuple(
            (left, right, int(goal)) for (left, right), goal in np.ndenumerate(self.delta)
        )

    def parts(self) -> tuple[Bits, Bits]:
        """For each class the classes of heads and of tails, as bits."""
        heads = np.zeros(len(self.delta), np.uint64)
        tails = np.zeros(len(self.delta), np.uint64)
        heads[NIL_CLASS] = tails[NIL_CLASS] = 1
        for (left, right), goal in np.ndenumerate(self.delta):
            heads[goal] |= np.uint64(1 << left)
            tails[goal] |= np.uint64(1 << right)
        return heads, tails


@cache
def cut_off(depth: int) -> Automaton:
    """The automaton of trees cut off at a depth: 2, 5, 26 classes at depths 1, 2, 3."""
    shapes: list[Any] = ["cut"]
    for _ in range(depth):
        shapes = ["nil", *product(shapes, repeat=2)]

    def trimmed(shape: Any, left: int) -> Any:
        if left == 0 or shape == "cut":
            return "cut"
        return shape if shape == "nil" else tuple(trimmed(part, left - 1) for part in shape)

    number = {shape: index for index, shape in enumerate(shapes)}
    delta = [
        [number[trimmed(a, depth - 1), trimmed(b, depth - 1)] for b in shapes] for a in shapes
    ]
    return Automaton(f"cut {depth}", np.array(delta, np.int64))


def bits(listed: StateList) -> np.uint64:
    """A list of classes as bits."""
    found = 0
    while isinstance(listed, States):
        found |= 1 << listed.first
        listed = listed.rest
    return np.uint64(found)


@compiled
def classify(heads: Any, tails: Any, begin: int, end: int, delta: Any, found: Any) -> None:
    """Write the classes of the trees from ``begin`` to before ``end`` into ``found``."""
    for n in range(begin, end):
        found[n] = 0 if n == 0 else delta[found[heads[n]], found[tails[n]]]


@compiled
def possible(
    opcode: int, first: int, second: int, third: int, state: int,
    known: Any, quoted: Any, delta: Any, heads: Any, tails: Any, answers: Any,
) -> Any:
    """The classes of the values of one program on inputs of class ``state``.

    ``known``: the same for its parts; ``quoted``: the classes of trees; ``heads``, ``tails``,
    ``answers``: the classes of heads, tails and of the oracle's answers, by class.
    """
    one, none = np.uint64(1), np.uint64(0)
    here = one << np.uint64(state)
    if opcode == ID:
        return here
    if opcode == HD:
        return heads[state]
    if opcode == TL:
        return tails[state]
    if opcode == ASK:
        return answers[state]
    if opcode == QUOTE:
        return one << np.uint64(quoted[first])
    count = delta.shape[0]
    values = none
    if opcode == CONS:
        lefts, rights = known[first, state], known[second, state]
        for i in range(count):
            if (lefts >> np.uint64(i)) & one:
                for j in range(count):
                    if (rights >> np.uint64(j)) & one:
                        values |= one << np.uint64(delta[i, j])
        return values
    if opcode == THEN:
        middle = known[first, state]
        for i in range(count):
            if (middle >> np.uint64(i)) & one:
                values |= known[second, i]
        return values
    if opcode == IF:
        tests = known[first, state]
        if tests & one:
            values |= known[third, state]
        if tests >> one:
            values |= known[second, state]
        return values
    reached = todo = here
    while todo != none:
        new = none
        for i in range(count):
            if (todo >> np.uint64(i)) & one:
                tests = known[first, i]
                if tests & one:
                    values |= one << np.uint64(i)
                if tests >> one:
                    new |= known[second, i]
        todo = new & ~reached
        reached |= new
    return values


@compiled
def table(
    opcode: Any, first: Any, second: Any, third: Any,
    quoted: Any, delta: Any, heads: Any, tails: Any, answers: Any, known: Any,
) -> None:
    """Write :func:`possible` into ``known`` for as many programs as it has rows, and all classes.
    """
    for program in range(known.shape[0]):
        for state in range(delta.shape[0]):
            known[program, state] = possible(
                opcode[program], first[program], second[program], third[program], state,
                known, quoted, delta, heads, tails, answers,
            )


def answered(oracle: Oracle, automaton: Automaton) -> Bits:
    """The classes of the oracle's answers, by the class of the question."""
    algebra = Concrete(remembers=True)
    rows = transitions(automaton.transitions)
    listed = replies(oracle.answers) if isinstance(oracle, Table) else None
    count = len(automaton.delta)
    found = np.full(count, (1 << count) - 1, np.uint64)
    for state in range(count):
        if isinstance(oracle, Table):
            arguments = (rows, listed, oracle.otherwise, state)
            found[state] = bits(algebra.value(answer_classes, arguments))
        elif isinstance(oracle, SetOracle):
            found[state] = bits(algebra.value(truth_classes, (rows,)))
    return found
