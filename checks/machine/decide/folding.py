"""Automata for programs that count: they tell small numbers apart, and all larger ones are alike.

A loop that never ends often goes on to ever larger numbers, with a few other trees around them. If
all numbers from a bound on are in one class, and every other tree that is made gets a class of its
own, there may be only a few classes; what is known of a class then holds for all rounds to come.

*Definitions*: :func:`folded`, such automata as certificates; :class:`Folding`, the classes, which
are made when a program asks for them, and what values it can have.

Part of the search, so nothing here is trusted: what it finds is handed to the checker.

*References*: P. Cousot, R. Cousot, 'Abstract interpretation' (1977), section 9 (widening).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checks.machine.certificate import Looping, Triples
from models.machine.automaton import ANY, NIL_CLASS
from models.machine.oracle import Oracle, Table
from models.machine.program import Ask, Cons, Hd, Id, If, Program, Quote, Then, Tl
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, pairs

BOUNDS = (2, 3, 4, 6, 9, 12, 16, 24)
"""From these numbers on all are alike. With 9 the opcodes of programs are still told apart."""

MOST_CLASSES = 400
"""The checker's work grows with their square."""

LARGEST_INPUT = 50
"""Pairs. A larger one, mostly the program's own code, is taken for any tree."""


class TooMany(Exception):
    """There are more classes than are of use."""


def folded(program: Program, value: Tree, oracle: Oracle) -> Iterator[Looping]:
    """Automata by which the whole program can have no value on a tree."""
    for bound in BOUNDS:
        folding = Folding(bound, oracle)
        try:
            own = ANY if pairs(value) > LARGEST_INPUT else folding.of(value)
            possible = folding.values(program, own)
        except (TooMany, RecursionError):
            continue
        if not possible:
            yield Looping(0, folding.triples)


class Folding:
    """The classes of the trees that programs make, the numbers from ``bound`` on being one."""

    def __init__(self, bound: int, oracle: Oracle) -> None:
        self.bound = bound
        self._rows = {(NIL_CLASS, number): number + 1 for number in range(bound)}
        self._rows[NIL_CLASS, bound] = bound
        self._heads: list[frozenset[int]] = [frozenset([NIL_CLASS])] * (bound + 1)
        self._tails = [frozenset([max(0, number - 1)]) for number in range(bound)]
        self._tails.append(frozenset([bound - 1, bound]))
        self._classes: dict[Tree, int] = {NIL: NIL_CLASS}
        self._known: dict[tuple[Program, int], frozenset[int]] = {}
        listed: Mapping[Tree, Tree] = {}
        others: tuple[Tree, ...] = (FALSE, TRUE)
        if isinstance(oracle, Table):
            listed, others = oracle.answers, (oracle.otherwise,)
        self._otherwise = frozenset(self.of(answer) for answer in others)
        self._answers = {
            question: frozenset([self.of(answer)]) for question, answer in listed.items()
        }
        self._asked: dict[int, frozenset[int]] = {}
        for question, answer in self._answers.items():
            here = self.of(question)
            # In the class of the large numbers, and around it, a question is not alone.
            alone = self._alone(question)
            more = frozenset() if alone else self._asked.get(here, self._otherwise)
            self._asked[here] = answer | more

    @property
    def triples(self) -> Triples:
        """The transitions so far."""
        return tuple((left, right, goal) for (left, right), goal in self._rows.items())

    def pair(self, left: int, right: int) -> int:
        """The class of pairs with parts of these classes. Raises :class:`TooMany`."""
        if ANY in (left, right):
            return ANY
        key = left, right
        if key not in self._rows:
            goal = len(self._heads)
            if goal >= MOST_CLASSES:
                raise TooMany
            self._rows[key] = goal
            self._heads.append(frozenset([left]))
            self._tails.append(frozenset([right]))
        return self._rows[key]

    def of(self, tree: Tree) -> int:
        """The class of a tree. Raises :class:`TooMany`."""
        todo = [tree]
        while todo:
            part = todo[-1]
            if part in self._classes:
                todo.pop()
                continue
            assert isinstance(part, Pair)
            missing = [each for each in (part.head, part.tail) if each not in self._classes]
            todo += missing
            if not missing:
                left, right = self._classes[part.head], self._classes[part.tail]
                self._classes[part] = self.pair(left, right)
        return self._classes[tree]

    def _alone(self, tree: Tree) -> bool:
        """Whether no other tree is in its class: there is no large number in it."""
        todo, done = [tree], set()
        while todo:
            part = todo.pop()
            if self.of(part) == self.bound:
                return False
            if isinstance(part, Pair) and part not in done:
                done.add(part)
                todo += [part.head, part.tail]
        return True

    def values(self, program: Program, state: int) -> frozenset[int]:
        """The classes of the values that a program can have on trees of a class.

        Raises :class:`TooMany`, and RecursionError for a deep program.
        """
        key = program, state
        if key not in self._known:
            self._known[key] = self._values(program, state)
        return self._known[key]

    def _values(self, program: Program, state: int) -> frozenset[int]:
        match program:
            case Id():
                return frozenset([state])
            case Hd():
                return frozenset([ANY]) if state == ANY else self._heads[state]
            case Tl():
                return frozenset([ANY]) if state == ANY else self._tails[state]
            case Ask():
                return self._answered(state)
            case Quote(tree):
                return frozenset([self.of(tree)])
            case Cons(first, second):
                lefts, rights = self.values(first, state), self.values(second, state)
                return frozenset(self.pair(left, right) for left in lefts for right in rights)
            case Then(first, second):
                middle = self.values(first, state)
                return frozenset().union(*(self.values(second, each) for each in middle))
            case If(test, then, otherwise):
                truths = self.values(test, state)
                yes = self.values(then, state) if truths - {NIL_CLASS} else frozenset()
                no = self.values(otherwise, state) if truths & {NIL_CLASS, ANY} else frozenset()
                return yes | no
        test, body = program.fields()
        reached, leaving = [state], set()
        for here in reached:
            truths = self.values(test, here)
            if truths & {NIL_CLASS, ANY}:
                leaving.add(here)
            if truths - {NIL_CLASS}:
                reached += [each for each in self.values(body, here) if each not in reached]
        return frozenset(leaving)

    def _answered(self, state: int) -> frozenset[int]:
        if state == ANY:
            return self._otherwise.union(*self._answers.values())
        return self._asked.get(state, self._otherwise)
