"""Runs on the compiled machine: the same outcomes, steps and questions as the reference, sooner.

*Definitions*: :func:`run`, which is used as :func:`models.machine.run.run` is;
:func:`run_batch`, for many programs at once; :class:`Machine`; :class:`TooLarge`.

*How it is done*: :func:`models.machine.compiled.advance` stops when there is something to do that
it cannot: an array is full, or the oracle has to be asked. A full heap is collected first and
lengthened if that frees too little, so that a long run takes the memory of what it keeps. Each
hundred million steps Python comes to word, so that Ctrl-C works.

*References*: Jones, Hosking, Moss, 'The Garbage Collection Handbook' (2012), chapter 3 (sliding
compaction).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.errors import BadInput
from models.machine.compiled import (
    ACCUMULATOR,
    ASK,
    ASKED,
    ASKS,
    CONTROL,
    HALTED,
    HEAP_FULL,
    LOG_FULL,
    NOT_NAMED,
    OUT_OF_GAS,
    OUTSIDE,
    QUOTE,
    REGISTERS,
    STEPS,
    TOP,
    Numbers,
    advance,
    collect,
    renumbered,
)
from models.machine.oracle import EMPTY, Oracle, Table
from models.machine.program import CONSTRUCTORS, Program, Quote
from models.machine.run import DEFAULT_GAS, Run, check_run
from models.machine.tree import NIL, Nil, Pair, Tree

INT32 = np.int32

SLICE = 100_000_000
"""Steps between two chances for Python to see a signal and to report progress."""

FIRST_HEAP = 1 << 16
"""Pairs made by a run before the heap is first collected; a small heap stays in the cache."""

FIRST_LOG = 1 << 10

LARGEST_HEAP = 1 << 27
"""Most pairs held at once, those of the input included: a gigabyte. A number must fit 32 bits."""

LARGEST_LOG = 1 << 24
"""Most questions logged. As Python values they take more than a gigabyte."""

LARGEST_VALUE = 1 << 24
"""Most pairs handed back, in all: as Python values they take more than a gigabyte too."""


class TooLarge(BadInput):
    """A run that needs more memory than the compiled machine takes."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """What happened to many programs; each part has an entry for each, in their order.

    ``halted``, ``steps``: arrays. ``results``: a value, or none out of gas. ``queries``: the
    questions with their answers. Of these two, what was not wanted is empty.
    """

    halted: NDArray[np.bool_]
    steps: NDArray[np.int64]
    results: tuple[Tree | None, ...]
    queries: tuple[tuple[tuple[Tree, Tree], ...], ...]


def run(
    program: Program,
    value: Tree,
    *,
    oracle: Oracle = EMPTY,
    gas: int = DEFAULT_GAS,
    queries: bool = True,
    progress: Callable[[int], None] | None = None,
) -> Run:
    """Run a program on a tree relative to an oracle for at most ``gas`` machine steps.

    ``queries``: whether to keep the questions. ``progress`` is called now and then with the steps
    taken. Raises :class:`BadInput` for negative gas, :class:`TooLarge`, and what the oracle raises.
    """
    check_run(program, value, gas)
    machine = Machine([program], [value], oracle=oracle, queries=queries)
    halted = machine.run(0, gas, progress)
    return Run(machine.result() if halted else None, machine.steps, machine.queries())


def run_batch(
    programs: Sequence[Program],
    values: Sequence[Tree],
    *,
    oracle: Oracle = EMPTY,
    gas: int = DEFAULT_GAS,
    results: bool = False,
    queries: bool = False,
) -> Batch:
    """Run each program on its value; what they share is made ready once.

    ``results``, ``queries``: whether to hand back values, and questions. Raises as :func:`run`.
    """
    if len(programs) != len(values):
        raise BadInput(f"{len(programs)} programs on {len(values)} values", expected="one each")
    for program, value in zip(programs, values, strict=True):
        check_run(program, value, gas)
    machine = Machine(programs, values, oracle=oracle, queries=queries)
    halted = np.zeros(len(programs), np.bool_)
    steps = np.zeros(len(programs), np.int64)
    found: list[Tree | None] = []
    logs = []
    for i in range(len(programs)):
        halted[i] = machine.run(i, gas)
        steps[i] = machine.steps
        if results:
            found.append(machine.result() if halted[i] else None)
        if queries:
            logs.append(machine.queries())
    return Batch(halted, steps, tuple(found), tuple(logs))


class Machine:
    """Programs and their inputs in flat arrays, ready to run relative to an oracle.

    ``programs`` and ``inputs`` are their numbers. The trees before ``base`` are those of the
    inputs, of the Quotes and of the oracle; behind them is the heap.
    """

    def __init__(
        self,
        programs: Sequence[Program],
        values: Sequence[Tree],
        *,
        oracle: Oracle = EMPTY,
        queries: bool = True,
    ) -> None:
        self._oracle = oracle
        # A subclass may answer otherwise.
        table = oracle if type(oracle) is Table else None
        self._asks = table is None
        # By identity, the numbers of trees; those of a run's trees are in `_made` too.
        self._numbers: dict[int, int] = {}
        self._made: dict[int, Tree] = {}
        self._trees: list[Tree] = [NIL]
        lefts, rights = [0], [0]

        def number(tree: Tree) -> int:
            new, more_lefts, more_rights = _unfolded(tree, self._numbers, len(self._trees))
            self._trees.extend(new)
            lefts.extend(more_lefts)
            rights.extend(more_rights)
            return _number(tree, self._numbers)

        rows, roots, depth = _numbered(programs, number)
        inputs = [number(value) for value in values]
        asked = any(row[0] == ASK for row in rows)
        exceptions = table.answers if table is not None and asked else {}
        questions = [number(question) for question in exceptions]
        answers = [number(answer) for answer in exceptions.values()]
        self._otherwise = OUTSIDE if table is None else number(table.otherwise)

        count = len(self._trees)
        if max(count + FIRST_HEAP, len(rows)) > LARGEST_HEAP:
            raise TooLarge(
                f"{len(rows)} programs and {count} pairs in inputs and oracle",
                expected=f"at most {LARGEST_HEAP - FIRST_HEAP}",
            )
        left, right = np.array(lefts, INT32), np.array(rights, INT32)
        self.heads = np.zeros(count + FIRST_HEAP, INT32)
        self.tails = np.zeros(count + FIRST_HEAP, INT32)
        self._slots: Numbers = np.zeros(0, INT32)
        self._names: Numbers = np.zeros(0, INT32)
        self._answers: Numbers = np.zeros(0, INT32)
        found = np.arange(count, dtype=INT32)
        if questions:
            # The oracle's answer is found by a tree's name, so equal trees must have equal names.
            self._slots = np.full(1 << (4 * count).bit_length(), NOT_NAMED, INT32)
            renumbered(left, right, self.heads, self.tails, self._slots, found)
            self._trees = [self._trees[i] for i in np.unique(found, return_index=True)[1]]
            count = len(self._trees)
            self._names = np.arange(len(self.heads), dtype=INT32)
            self._otherwise = int(found[self._otherwise])
            self._answers = np.full(count, self._otherwise, INT32)
            self._answers[found[questions]] = found[answers]
        else:
            self.heads[:count], self.tails[:count] = left, right
        if not self._asks:
            self._numbers = {}
        self.base = count

        columns = np.array(rows, INT32).reshape(-1, 4)
        quotes = columns[:, 0] == QUOTE
        columns[quotes, 1] = found[columns[quotes, 1]]
        self.opcode = columns[:, 0].astype(np.int8)
        self.first, self.second, self.third = (columns[:, i].copy() for i in (1, 2, 3))
        self.programs, self.inputs = roots, found[inputs]
        # A program of depth d has at most 3d - 2 control entries and d - 1 trees on the stack at
        # once; the machine stops where there is no place for the four of a Cons.
        self._control = np.zeros(3 * depth + 4, INT32)
        self._stack = np.zeros(depth + 1, INT32)
        self._log = np.zeros((FIRST_LOG, 2) if queries else (0, 0), INT32)
        self._registers = np.zeros(REGISTERS, np.int64)

    @property
    def steps(self) -> int:
        """The steps that the last run took."""
        return int(self._registers[STEPS])

    def run(self, index: int, gas: int, progress: Callable[[int], None] | None = None) -> bool:
        """Run a program on its input for at most ``gas`` steps; whether it has halted."""
        self._forget()
        registers = self._registers
        registers[:] = 0
        registers[CONTROL] = 1
        registers[ACCUMULATOR] = self.inputs[index]
        registers[TOP] = self.base
        self._control[0] = 4 * self.programs[index]
        limit = min(gas, SLICE)
        while True:
            reason = advance(
                self.opcode, self.first, self.second, self.third,
                self.heads, self.tails, self._names, self._slots,
                self._answers, self._otherwise,
                self._control, self._stack, self._log, registers, limit, False,
            )
            if reason == HALTED or (reason == OUT_OF_GAS and limit == gas):
                return bool(reason == HALTED)
            if reason == OUT_OF_GAS:
                limit = min(gas, limit + SLICE)
            elif reason == HEAP_FULL:
                self._make_room(1)
            elif reason == LOG_FULL:
                self._lengthen_log()
            elif reason == ASKS:
                self._ask()
            else:
                raise AssertionError("control list and stack are as long as a run needs")
            if progress is not None:
                progress(self.steps)

    def result(self) -> Tree:
        """The value of the last run, which has halted."""
        return self._tree(int(self._registers[ACCUMULATOR]))

    def queries(self) -> tuple[tuple[Tree, Tree], ...]:
        """The questions of the last run with their answers, in order."""
        log = self._log[: self._registers[ASKED]].tolist()
        return tuple((self._tree(question), self._tree(answer)) for question, answer in log)

    def _ask(self) -> None:
        """Take the step at which the oracle has to be asked."""
        registers = self._registers
        answer = self._oracle(self._tree(int(registers[ACCUMULATOR])))
        if not isinstance(answer, Tree):
            raise BadInput(f"oracle answer {answer!r:.60}", expected="a tree")
        number = self._added(answer)
        if self._log.shape[1] > 0:
            if registers[ASKED] == len(self._log):
                self._lengthen_log()
            self._log[registers[ASKED]] = registers[ACCUMULATOR], number
            registers[ASKED] += 1
        registers[ACCUMULATOR] = number
        registers[CONTROL] -= 1
        registers[STEPS] += 1

    def _added(self, tree: Tree) -> int:
        """The number of a tree; its parts that have none are put on the heap."""
        while True:
            top = int(self._registers[TOP])
            new, lefts, rights = _unfolded(tree, self._numbers, top)
            self._made.update(enumerate(new, start=top))
            end = top + len(new)
            if end <= len(self.heads):
                self.heads[top:end], self.tails[top:end] = lefts, rights
                self._registers[TOP] = end
                return _number(tree, self._numbers)
            self._make_room(len(new))

    def _tree(self, number: int) -> Tree:
        """The tree of a number. What is shared on the heap is shared in the tree."""
        made, base, trees = self._made, self.base, self._trees
        todo = [number]
        while todo:
            number = todo[-1]
            if number < base or number in made:
                todo.pop()
                continue
            left, right = int(self.heads[number]), int(self.tails[number])
            head = trees[left] if left < base else made.get(left)
            tail = trees[right] if right < base else made.get(right)
            if head is None or tail is None:
                todo += [part for part in (left, right) if part >= base and part not in made]
                continue
            if len(made) >= LARGEST_VALUE:
                raise TooLarge(
                    f"more than {LARGEST_VALUE} pairs in the value and the questions",
                    expected="at most so many",
                )
            made[number] = tree = Pair(head, tail)
            if self._asks:
                self._numbers[id(tree)] = number
        return trees[number] if number < base else made[number]

    def _forget(self) -> None:
        """Forget the trees made of what is on the heap: it moves."""
        if self._asks:
            for tree in self._made.values():
                del self._numbers[id(tree)]
        self._made = {}

    def _make_room(self, wanted: int) -> None:
        """Make room for more pairs on the heap: at least so many, and more if possible."""
        self._forget()
        collect(
            self.heads, self.tails, self._names, self.base, self._stack, self._log,
            self._registers,
        )
        top = int(self._registers[TOP])
        size, live = len(self.heads) - self.base, top - self.base
        # To collect again should not cost more than was done since.
        free = max(wanted, size // 2, int(self._registers[ASKED]))
        if size - live >= free:
            return
        longer = min(max(2 * size, live + free), LARGEST_HEAP - self.base)
        # With next to nothing free, the run would do little but collect.
        if longer - live < max(wanted, longer // 8):
            raise TooLarge(
                f"the run holds {top} pairs after {self.steps} steps",
                expected=f"at most {LARGEST_HEAP} at once, and an eighth of them free",
            )
        if longer > size:
            self.heads = _lengthened(self.heads, self.base + longer)
            self.tails = _lengthened(self.tails, self.base + longer)
            if len(self._names):
                self._names = _lengthened(self._names, self.base + longer)

    def _lengthen_log(self) -> None:
        rows = min(2 * len(self._log), LARGEST_LOG)
        if rows == len(self._log):
            raise TooLarge(
                f"the run asks more than {rows} questions in {self.steps} steps",
                expected="at most so many, or a run that does not keep them",
            )
        self._log = _lengthened(self._log, rows)


def _lengthened(array: Numbers, length: int) -> Numbers:
    """A longer array that begins alike; what follows is arbitrary."""
    longer = np.empty((length, *array.shape[1:]), INT32)
    longer[: len(array)] = array
    return longer


def _number(tree: Tree, numbers: dict[int, int]) -> int:
    return 0 if isinstance(tree, Nil) else numbers[id(tree)]


def _unfolded(
    tree: Tree, numbers: dict[int, int], first: int
) -> tuple[list[Tree], list[int], list[int]]:
    """The pairs in a tree that have no number yet, parts first, and the numbers of their parts.

    They are numbered from ``first``, by identity.
    """
    found: list[Tree] = []
    lefts: list[int] = []
    rights: list[int] = []
    todo: list[Pair] = []
    part = tree
    while True:
        # Down the spine: when a pair comes to its turn, its tail has a number.
        while isinstance(part, Pair) and id(part) not in numbers:
            todo.append(part)
            part = part.tail
        if not todo:
            return found, lefts, rights
        pair = todo.pop()
        part = pair.head
        if isinstance(part, Pair) and id(part) not in numbers:
            todo.append(pair)
            continue
        lefts.append(_number(part, numbers))
        rights.append(_number(pair.tail, numbers))
        numbers[id(pair)] = first + len(found)
        found.append(pair)
        part = NIL


def _numbered(
    programs: Iterable[Program], tree_number: Callable[[Tree], int]
) -> tuple[list[tuple[int, ...]], list[int], int]:
    """Programs as rows of opcode and parts, equal ones once; their numbers; the greatest depth."""
    opcodes = {constructor: opcode for opcode, constructor in enumerate(CONSTRUCTORS)}
    rows: dict[tuple[int, ...], int] = {}
    depths: list[int] = []
    numbers: dict[int, int] = {}
    roots = []
    for root in programs:
        todo = [root]
        while todo:
            program = todo[-1]
            parts = () if isinstance(program, Quote) else program.fields()
            missing = [part for part in parts if id(part) not in numbers]
            if id(program) in numbers:
                todo.pop()
            elif missing:
                todo += missing
            else:
                fields = [numbers[id(part)] for part in parts]
                depth = 1 + max((depths[field] for field in fields), default=0)
                if isinstance(program, Quote):
                    fields = [tree_number(program.tree)]
                row = (opcodes[type(program)], *fields, *[0] * (3 - len(fields)))
                numbers[id(program)] = rows.setdefault(row, len(rows))
                if len(rows) > len(depths):
                    depths.append(depth)
        roots.append(numbers[id(root)])
    return list(rows), roots, max(depths, default=1)
