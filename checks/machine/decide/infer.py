"""Automata found for one program: a depth-first search over their transitions, compiled.

*Definitions*: :class:`Answers`, what an oracle answers; :func:`automata`, automata by which a
program can have no value on a tree; :class:`Task`, all that as small arrays; :func:`infer`.

*How it is done*: a transition is chosen only when a class that it leads to is asked for: first by
the trees in view, then by the values that the program can have. Every transition adds values and
takes none away, so a choice is given up as soon as there is one.

Part of the search, so nothing here is trusted: what it finds is handed to the checker.

*References*: bbchallenge.org, 'Finite Automata Reduction', for the search by transitions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.compilation import compiled
from models.machine.compiled import ASK, CONS, HD, ID, IF, QUOTE, THEN, TL
from models.machine.flat import Forest
from models.machine.oracle import Oracle, Table
from models.machine.program import CONSTRUCTORS, Program, Quote
from models.machine.tree import FALSE, TRUE, Tree

UNKNOWN = -1
SOLVED, REFUTED, NEEDED = 0, 1, 2

FEW = 5_000
"""Trees for which the number of automata to look at is as stated."""

Transitions = tuple[tuple[int, int, int], ...]


class Task(NamedTuple):
    """Whether a program, the last one of the arrays, has a value on a tree.

    ``opcode`` to ``third``: the program's parts before what is made of them; ``heads``, ``tails``:
    trees, parts first, 0 is nil; ``value``: the tree; ``needed``: the trees whose classes have to
    be known; ``asked`` and ``answers``: questions with the oracle's answers; ``otherwise``: trees
    that it can answer to any other question.
    """

    opcode: Any
    first: Any
    second: Any
    third: Any
    heads: Any
    tails: Any
    value: int
    needed: Any
    asked: Any
    answers: Any
    otherwise: Any


@compiled
def _values(
    task: Any, program: int, state: int, size: int, delta: Any, heads: Any, tails: Any,
    answers: Any, classes: Any, known: Any, needs: Any,
) -> Any:
    """Classes of the values as bits; ``needs`` gets a transition that more values depend on."""
    one, none = np.uint64(1), np.uint64(0)
    here = one << np.uint64(state)
    code = task.opcode[program]
    first, second, third = task.first[program], task.second[program], task.third[program]
    values = none
    need = UNKNOWN
    if code == ID:
        values = here
    elif code == HD:
        values = heads[state]
    elif code == TL:
        values = tails[state]
    elif code == ASK:
        values = answers[state]
    elif code == QUOTE:
        values = one << np.uint64(classes[first])
    elif code == CONS:
        lefts, rights = known[first, state], known[second, state]
        need = max(needs[first, state], needs[second, state])
        for i in range(size):
            if (lefts >> np.uint64(i)) & one:
                for j in range(size):
                    if (rights >> np.uint64(j)) & one:
                        if delta[i, j] == UNKNOWN:
                            need = i * size + j
                        else:
                            values |= one << np.uint64(delta[i, j])
    elif code == THEN:
        middle = known[first, state]
        for i in range(size):
            if (middle >> np.uint64(i)) & one:
                values |= known[second, i]
                need = max(need, needs[second, i])
        if needs[first, state] != UNKNOWN:
            need = needs[first, state]
    elif code == IF:
        tests = known[first, state]
        if tests & one:
            values |= known[third, state]
            need = max(need, needs[third, state])
        if tests >> one:
            values |= known[second, state]
            need = max(need, needs[second, state])
        if needs[first, state] != UNKNOWN:
            need = needs[first, state]
    else:
        reached = todo = here
        while todo != none:
            new = none
            for i in range(size):
                if (todo >> np.uint64(i)) & one:
                    tests = known[first, i]
                    if needs[first, i] != UNKNOWN:
                        need = needs[first, i]
                    if tests & one:
                        values |= one << np.uint64(i)
                    if tests >> one:
                        new |= known[second, i]
                        if needs[second, i] != UNKNOWN:
                            need = needs[second, i]
            todo = new & ~reached
            reached |= new
    needs[program, state] = need
    return values


@compiled
def _answers(task: Any, size: int, delta: Any, classes: Any) -> Any:
    """The classes of the answers to questions of each class.

    Where only one transition leads to a class, and so on for its parts, a tree is alone in it.
    """
    one = np.uint64(1)
    found = np.zeros(size, np.uint64)
    for tree in task.otherwise:
        found |= one << np.uint64(classes[tree])
    if task.asked.shape[0] == 0:
        return found
    leading = np.zeros(size, np.int64)
    for left in range(size):
        for right in range(size):
            if delta[left, right] != UNKNOWN:
                leading[delta[left, right]] += 1
    alone = np.ones(task.heads.shape[0], np.bool_)
    for tree in range(1, task.heads.shape[0]):
        alone[tree] = (
            classes[tree] != UNKNOWN
            and leading[classes[tree]] == 1
            and alone[task.heads[tree]]
            and alone[task.tails[tree]]
        )
    for i in range(task.asked.shape[0]):
        question = task.asked[i]
        if classes[question] != UNKNOWN:
            answer = one << np.uint64(classes[task.answers[i]])
            if alone[question]:
                found[classes[question]] = answer
            else:
                found[classes[question]] |= answer
    return found


@compiled
def _seen(task: Any, size: int, delta: Any, classes: Any, known: Any, needs: Any) -> Any:
    """Whether the transitions chosen are enough, too many, or which one is needed."""
    for tree in range(1, task.heads.shape[0]):
        left, right = classes[task.heads[tree]], classes[task.tails[tree]]
        if left == UNKNOWN or right == UNKNOWN:
            classes[tree] = UNKNOWN
        else:
            classes[tree] = delta[left, right]
            if classes[tree] == UNKNOWN and task.needed[tree]:
                return NEEDED, left * size + right
    heads, tails = np.zeros(size, np.uint64), np.zeros(size, np.uint64)
    heads[0] = tails[0] = 1
    for left in range(size):
        for right in range(size):
            goal = delta[left, right]
            if goal != UNKNOWN:
                heads[goal] |= np.uint64(1) << np.uint64(left)
                tails[goal] |= np.uint64(1) << np.uint64(right)
    answers = _answers(task, size, delta, classes)
    last = task.opcode.shape[0] - 1
    for program in range(last):
        for state in range(size):
            known[program, state] = _values(
                task, program, state, size, delta, heads, tails, answers, classes, known, needs
            )
    own = classes[task.value]
    if _values(
        task, last, own, size, delta, heads, tails, answers, classes, known, needs
    ) != 0:
        return REFUTED, UNKNOWN
    if needs[last, own] != UNKNOWN:
        return NEEDED, needs[last, own]
    return SOLVED, UNKNOWN


@compiled
def infer(task: Any, size: int, budget: int) -> Any:
    """An automaton of at most ``size`` classes by which there is no value.

    A square array, UNKNOWN where it has no transition; all UNKNOWN if none is found by looking at
    ``budget`` automata. Class 0 is nil and holds no pair.
    """
    delta = np.full((size, size), UNKNOWN, np.int64)
    classes = np.zeros(task.heads.shape[0], np.int64)
    known = np.zeros((task.opcode.shape[0], size), np.uint64)
    needs = np.full((task.opcode.shape[0], size), UNKNOWN, np.int64)
    chosen = np.zeros(size * size + 1, np.int64)
    most = np.zeros(size * size + 2, np.int64)  # the largest class in use before each choice
    depth = 0
    for _ in range(budget):
        verdict, need = _seen(task, size, delta, classes, known, needs)
        if verdict == SOLVED:
            return delta
        if verdict == NEEDED:
            chosen[depth] = need
            delta[need // size, need % size] = 1
            most[depth + 1] = max(most[depth], 1)
            depth += 1
            continue
        while depth > 0:
            left, right = chosen[depth - 1] // size, chosen[depth - 1] % size
            # One class not in use is as good as another.
            if delta[left, right] < min(most[depth - 1] + 1, size - 1):
                delta[left, right] += 1
                most[depth] = max(most[depth - 1], delta[left, right])
                break
            delta[left, right] = UNKNOWN
            depth -= 1
        if depth == 0:
            break
    delta[:] = UNKNOWN
    return delta


class Answers:
    """What an oracle answers: all of a table's answers, or false and true for any set."""

    def __init__(self, oracle: Oracle | None) -> None:
        self.forest = Forest()
        listed = oracle.answers.items() if isinstance(oracle, Table) else ()
        others: list[Tree] = [FALSE, TRUE]
        if isinstance(oracle, Table):
            others = [oracle.otherwise]
        self.asked = self._nodes(question for question, _ in listed)
        self.answers = self._nodes(answer for _, answer in listed)
        self.otherwise = self._nodes(others)

    def _nodes(self, trees: Iterable[Tree]) -> NDArray[np.int64]:
        return np.array([self.forest.node(tree) for tree in trees], np.int64)

    def task(self, program: Program, value: Tree) -> Task:
        """The arrays for a program and a tree."""
        forest = self.forest.copy()
        numbers: dict[Program, int] = {}
        rows: list[tuple[int, ...]] = []
        todo: list[Program] = [program]
        roots = [forest.node(value), *self.otherwise.tolist(), *self.answers.tolist()]
        while todo:
            part = todo[-1]
            fields = part.fields()
            if isinstance(part, Quote):
                roots.append(forest.node(part.tree))
                places = roots[-1:]
            elif missing := [field for field in fields if field not in numbers]:
                todo += missing
                continue
            else:
                places = [numbers[field] for field in fields]
            todo.pop()
            if part not in numbers:
                numbers[part] = len(rows)
                rows.append((CONSTRUCTORS.index(type(part)), *(*places, 0, 0, 0)[:3]))
        opcode, first, second, third = np.array(rows, np.int64).T.copy()
        heads, tails = (
            part[: forest.count].astype(np.int64) for part in (forest.heads, forest.tails)
        )
        needed = np.zeros(forest.count, np.bool_)
        needed[roots] = True
        for tree in range(forest.count - 1, 0, -1):
            if needed[tree]:
                needed[heads[tree]] = needed[tails[tree]] = True
        return Task(
            opcode, first, second, third, heads, tails, roots[0], needed,
            self.asked, self.answers, self.otherwise,
        )


def automata(
    program: Program, value: Tree, answers: Answers, *, effort: Sequence[tuple[int, int]]
) -> Iterator[Transitions]:
    """Automata, as triples, by which a program has no value on a tree: at most one for each pair of
    a number of classes and a number of automata to look at, fewer where there are many trees."""
    wanted = answers.task(program, value)
    for size, budget in effort:
        delta = infer(wanted, size, budget * FEW // max(FEW, len(wanted.heads)))
        rows = tuple(
            (left, right, int(goal))
            for (left, right), goal in np.ndenumerate(delta)
            if goal != UNKNOWN
        )
        if rows:
            yield rows
