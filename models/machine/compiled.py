"""The abstract machine compiled, on trees and programs in flat arrays.

A tree is a number: 0 is nil, and ``heads[n]``, ``tails[n]`` are the parts of pair n, both smaller
than n. A program is a number too: ``opcode[n]`` with ``first[n]``, ``second[n]``, ``third[n]``,
which are programs, or the tree of a Quote. An entry of the control list is ``4 * program + kind``.

*Definitions*: :func:`advance`, the machine's loop, which can stop and go on; :func:`collect`, which
frees the trees that a run no longer needs; :func:`interned`, :func:`renumbered` and :func:`named`,
trees by their parts. :mod:`models.machine.compiled_run` runs programs on them.

This is the one place where the semantics of :mod:`models.machine.semantics` is written again, for
speed; tests hold it to the reference on all small programs.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.compilation import compiled

Numbers = NDArray[np.int32]

ID, HD, TL, ASK, QUOTE, CONS, THEN, IF, WHILE = range(9)
"""Opcodes."""

DO, BRANCH, LOOP, PAIRING = range(4)
"""Kinds of control entries; PAIRING with program 0 is Swap, with program 1 is MkCons."""

SWAP_ENTRY, MKCONS_ENTRY = PAIRING, 4 + PAIRING

HALTED, OUT_OF_GAS, CONTROL_FULL, STACK_FULL, HEAP_FULL, LOG_FULL, ASKS, AT_LOOP = range(8)
"""Why :func:`advance` stopped. After all but the first it can go on."""

CONTROL, STACK, ACCUMULATOR, STEPS, TOP, ASKED = range(6)
"""Registers: lengths of control list and stack, accumulator, steps taken, first free tree, length
of the query log."""

REGISTERS = 6

NOT_NAMED = -1
"""A tree that is none of the interned ones."""

OUTSIDE = -2
"""An answer that only the oracle itself can give."""


@compiled
def _slot(left: Any, right: Any, slots: Any) -> Any:
    mixed = np.uint64(left) * np.uint64(0x9E3779B97F4A7C15) ^ np.uint64(right) * np.uint64(
        0xC2B2AE3D27D4EB4F
    )
    mixed ^= mixed >> np.uint64(29)
    return np.int64(mixed & np.uint64(slots.shape[0] - 1))


@compiled
def named(left: Any, right: Any, heads: Any, tails: Any, slots: Any) -> Any:
    """The interned pair of two interned trees, or NOT_NAMED."""
    if left < 0 or right < 0:
        return NOT_NAMED
    at = _slot(left, right, slots)
    while True:
        found = slots[at]
        if found < 0:
            return NOT_NAMED
        if heads[found] == left and tails[found] == right:
            return found
        at = (at + 1) & (slots.shape[0] - 1)


@compiled
def _pair(left: int, right: int, heads: Any, tails: Any, slots: Any, count: int) -> Any:
    """The interned pair of two interned trees; ``count`` if it is new."""
    at = _slot(left, right, slots)
    while slots[at] >= 0 and (heads[slots[at]] != left or tails[slots[at]] != right):
        at = (at + 1) & (slots.shape[0] - 1)
    if slots[at] < 0:
        slots[at] = count
        heads[count] = left
        tails[count] = right
    return slots[at]


@compiled
def interned(
    lefts: Any, rights: Any, heads: Any, tails: Any, slots: Any, count: int, found: Any
) -> Any:
    """Write the pairs of interned trees into ``found``, new ones appended; the new count.

    ``slots`` is an open-addressing hash table, a power of two long and less than half full.
    """
    for i in range(lefts.shape[0]):
        found[i] = _pair(lefts[i], rights[i], heads, tails, slots, count)
        if found[i] == count:
            count += 1
    return count


@compiled
def renumbered(lefts: Any, rights: Any, heads: Any, tails: Any, slots: Any, found: Any) -> Any:
    """Intern trees, each a pair of earlier ones, the first of them nil; the count.

    ``found``: the number of each among the interned trees.
    """
    count = 1
    found[0] = 0
    for i in range(1, lefts.shape[0]):
        found[i] = _pair(found[lefts[i]], found[rights[i]], heads, tails, slots, count)
        if found[i] == count:
            count += 1
    return count


@compiled
def collect(
    heads: Any, tails: Any, names: Any, base: int, stack: Any, log: Any, registers: Any
) -> None:
    """Move the trees that are still needed together, in their order; the others are gone.

    Trees before ``base`` stay where they are. Needed are the accumulator, the trees on the stack
    and in the log, and their parts.
    """
    top, height, asked = registers[TOP], registers[STACK], registers[ASKED]
    # First 1 for the trees that are needed, then their new numbers.
    moved = np.zeros(top - base, np.int32)
    if registers[ACCUMULATOR] >= base:
        moved[registers[ACCUMULATOR] - base] = 1
    for i in range(height):
        if stack[i] >= base:
            moved[stack[i] - base] = 1
    for i in range(asked):
        for tree in log[i]:
            if tree >= base:
                moved[tree - base] = 1
    # Parts have smaller numbers than what is made of them: one pass down finds all, and one up
    # never overwrites what is still to be read.
    for tree in range(top - 1, base - 1, -1):
        if moved[tree - base] != 0:
            if heads[tree] >= base:
                moved[heads[tree] - base] = 1
            if tails[tree] >= base:
                moved[tails[tree] - base] = 1
    free = base
    for tree in range(base, top):
        if moved[tree - base] != 0:
            left, right = heads[tree], tails[tree]
            heads[free] = left if left < base else moved[left - base]
            tails[free] = right if right < base else moved[right - base]
            if names.shape[0] > 0:
                names[free] = names[tree]
            moved[tree - base] = free
            free += 1
    if registers[ACCUMULATOR] >= base:
        registers[ACCUMULATOR] = moved[registers[ACCUMULATOR] - base]
    for i in range(height):
        if stack[i] >= base:
            stack[i] = moved[stack[i] - base]
    for i in range(asked):
        for j in range(2):
            if log[i, j] >= base:
                log[i, j] = moved[log[i, j] - base]
    registers[TOP] = free


@compiled
def advance(
    opcode: Any, first: Any, second: Any, third: Any,
    heads: Any, tails: Any, names: Any, slots: Any,
    answers: Any, otherwise: int,
    control: Any, stack: Any, log: Any, registers: Any,
    gas: int, stops_at_loops: bool,
) -> Any:
    """Machine steps until there is a reason to stop.

    ``names``: for each tree the equal interned one, or NOT_NAMED; empty if no answer depends on
    it. ``answers``: the oracle's answer to each interned tree, ``otherwise`` that to all others;
    OUTSIDE stops with ASKS, and who goes on writes the answer into the accumulator, takes the Ask
    off the control list and counts the step. ``log``: rows of question and answer; of no columns
    if none is kept. ``gas``: the number of steps, counted from the start of the run, at which it
    stops. ``stops_at_loops``: AT_LOOP before each step that enters a loop or goes round again.
    """
    depth, height = registers[CONTROL], registers[STACK]
    accumulator, steps = registers[ACCUMULATOR], registers[STEPS]
    top, asked = registers[TOP], registers[ASKED]
    naming, logging = names.shape[0] > 0, log.shape[1] > 0
    deepest, highest, last = control.shape[0] - 4, stack.shape[0] - 1, heads.shape[0] - 1
    # A step at which it stopped last time is taken now.
    resumed = True
    reason = HALTED
    while depth > 0:
        if steps >= gas:
            reason = OUT_OF_GAS
            break
        if depth > deepest:
            reason = CONTROL_FULL
            break
        if height > highest:
            reason = STACK_FULL
            break
        if top > last:
            reason = HEAP_FULL
            break
        entry = control[depth - 1]
        kind = entry & 3
        program = entry >> 2
        if kind == DO:
            code = opcode[program]
            if code == ID:
                depth -= 1
            elif code == HD:
                depth -= 1
                accumulator = heads[accumulator]
            elif code == TL:
                depth -= 1
                accumulator = tails[accumulator]
            elif code == ASK:
                answer = otherwise
                if naming:
                    name = names[accumulator]
                    if name >= 0:
                        answer = answers[name]
                if answer == OUTSIDE:
                    reason = ASKS
                    break
                if logging:
                    if asked >= log.shape[0]:
                        reason = LOG_FULL
                        break
                    log[asked, 0] = accumulator
                    log[asked, 1] = answer
                    asked += 1
                depth -= 1
                accumulator = answer
            elif code == QUOTE:
                depth -= 1
                accumulator = first[program]
            elif code == CONS:
                stack[height] = accumulator
                height += 1
                control[depth - 1] = MKCONS_ENTRY
                control[depth] = 4 * second[program]
                control[depth + 1] = SWAP_ENTRY
                control[depth + 2] = 4 * first[program]
                depth += 3
            elif code == THEN:
                control[depth - 1] = 4 * second[program]
                control[depth] = 4 * first[program]
                depth += 1
            elif code == IF:
                stack[height] = accumulator
                height += 1
                control[depth - 1] = 4 * program + BRANCH
                control[depth] = 4 * first[program]
                depth += 1
            else:
                if stops_at_loops and not resumed:
                    reason = AT_LOOP
                    break
                stack[height] = accumulator
                height += 1
                control[depth - 1] = 4 * program + LOOP
                control[depth] = 4 * first[program]
                depth += 1
        elif kind == BRANCH:
            control[depth - 1] = 4 * (second[program] if accumulator != 0 else third[program])
            height -= 1
            accumulator = stack[height]
        elif kind == LOOP:
            if accumulator != 0:
                control[depth - 1] = 4 * program
                control[depth] = 4 * second[program]
                depth += 1
            else:
                depth -= 1
            height -= 1
            accumulator = stack[height]
        elif program == 0:
            depth -= 1
            swapped = stack[height - 1]
            stack[height - 1] = accumulator
            accumulator = swapped
        else:
            depth -= 1
            height -= 1
            heads[top] = stack[height]
            tails[top] = accumulator
            if naming:
                names[top] = named(
                    names[stack[height]], names[accumulator], heads, tails, slots
                )
            accumulator = top
            top += 1
        steps += 1
        resumed = False
    registers[CONTROL], registers[STACK] = depth, height
    registers[ACCUMULATOR], registers[STEPS] = accumulator, steps
    registers[TOP], registers[ASKED] = top, asked
    return reason
