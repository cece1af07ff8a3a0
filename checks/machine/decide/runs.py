"""Runs of many programs on one tree, or on their own codes, and what is seen in them, compiled.

*Definitions*: :class:`Programs`, :class:`Trees`, :class:`Room`, :class:`Classes`, the arrays;
:func:`run_all`, outcome, steps and value; :func:`without_value`, the programs that can have no
value on the class of their input; and for programs on their own codes :func:`moment`, a step at
which a run enters a loop that can have no value; :func:`cycle`, a step at which a run is in a state
to which it comes back.

Part of the search, so nothing here is trusted: what it finds is handed to the checker.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from checks.machine.decide.classes import classify, possible
from models.compilation import compiled
from models.machine.compiled import (
    ACCUMULATOR,
    ASKS,
    AT_LOOP,
    CONTROL,
    IF,
    NOT_NAMED,
    QUOTE,
    REGISTERS,
    STACK,
    STEPS,
    TOP,
    advance,
    named,
)

OWN_CODE = -1
"""In place of a tree's number: each program's own code."""

FALSE_VALUE, TRUE_VALUE, OTHER_VALUE = range(3)
"""What the value of a run is."""

STOPS, GOES_ON = np.bool_(True), np.bool_(False)
"""Whether :func:`advance` stops at loops. Python's own would have it compiled for each."""

MOST_OPEN = 1_000
"""Pairs of trees that wait to be compared; where more would, two trees count as different."""

MOST_COMPARED = 10_000
"""Pairs of trees gone through to see that two trees are equal; with more they count as not."""


class Programs(NamedTuple):
    """Programs by number: those before ``base`` with their codes, and programs made of them."""

    opcode: Any
    first: Any
    second: Any
    third: Any
    base: int
    codes: Any
    numerals: Any


class Trees(NamedTuple):
    """Trees by number, interned before ``top``, and the oracle's answers about them."""

    heads: Any
    tails: Any
    names: Any
    slots: Any
    top: int
    answers: Any
    otherwise: int


class Room(NamedTuple):
    """The control list, the stack and the registers of a run; those of an earlier state of it, and
    the pairs of trees that are still to be compared. No log is kept.

    All is made once and outside: arrays that compiled code makes cost as much to compile as it does
    itself.
    """

    control: Any
    stack: Any
    registers: Any
    old_control: Any
    old_stack: Any
    old_registers: Any
    todo: Any
    log: Any

    @classmethod
    def of(cls, entries: int) -> Room:
        """Room for so many entries of the control list and of the stack."""
        lists = [np.zeros(entries, np.int32) for _ in range(4)]
        registers = [np.zeros(REGISTERS, np.int64) for _ in range(2)]
        todo, log = np.zeros((MOST_OPEN, 2), np.int32), np.zeros((0, 0), np.int32)
        return cls(lists[0], lists[1], registers[0], lists[2], lists[3], registers[1], todo, log)


class Classes(NamedTuple):
    """An automaton, the classes of trees, and those of the values of the programs before base."""

    delta: Any
    heads: Any
    tails: Any
    answers: Any
    quoted: Any
    known: Any


@compiled
def _pair(left: int, right: int, trees: Any, at: int) -> Any:
    trees.heads[at] = left
    trees.tails[at] = right
    if trees.names.shape[0] > 0:
        trees.names[at] = named(
            trees.names[left], trees.names[right], trees.heads, trees.tails, trees.slots
        )
    return at


@compiled
def _begin(program: int, value: int, programs: Any, trees: Any, room: Any) -> None:
    """The start of a program's run on a tree, or on its own code, which is made behind the trees.
    """
    registers = room.registers
    for i in range(REGISTERS):
        registers[i] = 0
    registers[CONTROL] = 1
    registers[ACCUMULATOR] = value
    registers[TOP] = trees.top
    room.control[0] = 4 * program
    if value != OWN_CODE:
        return
    code = programs.opcode[program]
    fields, at = np.int64(0), trees.top
    if code == QUOTE:
        fields = np.int64(programs.first[program])
    elif code > QUOTE:
        right = np.int64(programs.codes[programs.second[program]])
        if code == IF:
            last = np.int64(programs.codes[programs.third[program]])
            right = _pair(right, last, trees, at)
            at += 1
        fields = _pair(np.int64(programs.codes[programs.first[program]]), right, trees, at)
        at += 1
    own = _pair(np.int64(programs.numerals[code]), fields, trees, at)
    registers[ACCUMULATOR] = own
    registers[TOP] = own + 1


@compiled
def _advance(programs: Any, trees: Any, room: Any, gas: int, stops_at_loops: bool) -> Any:
    return advance(
        programs.opcode, programs.first, programs.second, programs.third,
        trees.heads, trees.tails, trees.names, trees.slots, trees.answers, trees.otherwise,
        room.control, room.stack, room.log, room.registers, gas, stops_at_loops,
    )


@compiled
def run_all(
    programs: Any, value: int, trees: Any, room: Any, gas: int,
    wanted: Any, reasons: Any, steps: Any, results: Any,
) -> None:
    """Write why each wanted run on a tree, or on the own code, stopped, its steps, and as result
    what the value is if it has halted, or the name of the question if it asks. The arrays have an
    entry for each program from ``base`` on."""
    registers = room.registers
    for i in range(wanted.shape[0]):
        if wanted[i]:
            _begin(programs.base + i, value, programs, trees, room)
            reasons[i] = _advance(programs, trees, room, gas, GOES_ON)
            steps[i] = registers[STEPS]
            found = registers[ACCUMULATOR]
            if reasons[i] == ASKS:
                results[i] = trees.names[found] if trees.names.shape[0] > 0 else NOT_NAMED
            elif found == 0:
                results[i] = FALSE_VALUE
            elif trees.heads[found] == 0 and trees.tails[found] == 0:
                results[i] = TRUE_VALUE
            else:
                results[i] = OTHER_VALUE


@compiled
def _values(program: int, state: int, programs: Any, classes: Any) -> Any:
    if program < programs.base:
        return classes.known[program, state]
    return possible(
        programs.opcode[program], programs.first[program], programs.second[program],
        programs.third[program], state,
        classes.known, classes.quoted, classes.delta,
        classes.heads, classes.tails, classes.answers,
    )


@compiled
def _class_of_code(program: int, programs: Any, classes: Any) -> Any:
    delta, quoted, codes = classes.delta, classes.quoted, programs.codes
    code = programs.opcode[program]
    fields = 0
    if code == QUOTE:
        fields = quoted[programs.first[program]]
    elif code > QUOTE:
        right = quoted[codes[programs.second[program]]]
        if code == IF:
            right = delta[right, quoted[codes[programs.third[program]]]]
        fields = delta[quoted[codes[programs.first[program]]], right]
    return delta[quoted[programs.numerals[code]], fields]


@compiled
def without_value(programs: Any, value: int, classes: Any, wanted: Any, found: Any) -> None:
    """Write which of the wanted programs can have no value on the class of a tree, or of their own
    code."""
    for i in range(wanted.shape[0]):
        if wanted[i]:
            program = programs.base + i
            if value == OWN_CODE:
                state = _class_of_code(program, programs, classes)
            else:
                state = classes.quoted[value]
            found[i] = _values(program, state, programs, classes) == 0


@compiled
def moment(program: int, programs: Any, trees: Any, room: Any, gas: int, classes: Any) -> Any:
    """The first step at which a loop is entered that can have no value; -1 if there is none.

    ``classes.quoted`` has room for the trees that the run makes.
    """
    registers = room.registers
    _begin(program, np.int64(OWN_CODE), programs, trees, room)
    classified = trees.top
    while _advance(programs, trees, room, gas, STOPS) == AT_LOOP:
        classify(
            trees.heads, trees.tails, classified, registers[TOP], classes.delta, classes.quoted
        )
        classified = registers[TOP]
        loop = room.control[registers[CONTROL] - 1] >> 2
        state = classes.quoted[registers[ACCUMULATOR]]
        if _values(loop, state, programs, classes) == 0:
            return registers[STEPS]
    return -1


@compiled
def _equal(left: int, right: int, trees: Any, todo: Any) -> Any:
    todo[0, 0], todo[0, 1] = left, right
    length, compared = 1, 0
    while length > 0:
        length -= 1
        a, b = todo[length, 0], todo[length, 1]
        if a == b:
            continue
        compared += 1
        if a == 0 or b == 0 or compared > MOST_COMPARED or length + 2 > todo.shape[0]:
            return False
        todo[length, 0], todo[length, 1] = trees.tails[a], trees.tails[b]
        todo[length + 1, 0], todo[length + 1, 1] = trees.heads[a], trees.heads[b]
        length += 2
    return True


@compiled
def cycle(program: int, programs: Any, trees: Any, room: Any, gas: int) -> Any:
    """Steps and period of a state at a loop to which the run comes back; (-1, 0) if none is seen.

    Brent's algorithm: the state is compared with one that is renewed after 1, 2, 4, 8, … loops.
    """
    registers, control, stack = room.registers, room.control, room.stack
    saved, controls, stacks = room.old_registers, room.old_control, room.old_stack
    saved[CONTROL] = -1
    loops, renewed = 0, 1
    _begin(program, np.int64(OWN_CODE), programs, trees, room)
    while _advance(programs, trees, room, gas, STOPS) == AT_LOOP:
        depth, height = registers[CONTROL], registers[STACK]
        same = depth == saved[CONTROL] and height == saved[STACK]
        same = same and _equal(registers[ACCUMULATOR], saved[ACCUMULATOR], trees, room.todo)
        for i in range(depth if same else 0):
            if control[i] != controls[i]:
                same = False
                break
        for i in range(height if same else 0):
            if not _equal(np.int64(stack[i]), np.int64(stacks[i]), trees, room.todo):
                same = False
                break
        if same:
            return saved[STEPS], registers[STEPS] - saved[STEPS]
        loops += 1
        if loops == renewed:
            renewed *= 2
            for i in range(REGISTERS):
                saved[i] = registers[i]
            for i in range(depth):
                controls[i] = control[i]
            for i in range(height):
                stacks[i] = stack[i]
    return -1, 0
