"""Blocks of runs, traces, decisions, tables of the bounded jump, and layers.

*Definitions*: :func:`run`, :func:`states`; :func:`decision`, :func:`generic_decision`,
:func:`query_tree`; :func:`jump_table`; :func:`layer`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from checks.claims.generators import show_oracle
from checks.display.blocks import (
    Align,
    Block,
    Branches,
    Fold,
    Heading,
    Listing,
    Node,
    Paragraph,
    Table,
)
from checks.machine.certificate import Certificate, Cycle, Halting, Looping, QueryTree
from checks.machine.decide import Decision, GenericDecision
from checks.machine.jump import JumpTable
from checks.machine.show import set_text
from models.errors import BadInput, counted
from models.machine.layer import Layer
from models.machine.oracle import Oracle
from models.machine.program import Program, decode, format_program, size
from models.machine.run import Run
from models.machine.semantics import State, Stop
from models.machine.show import show_control, show_stack, show_state
from models.machine.tree import brief, parse_tree

MOST_QUESTIONS, MOST_SETS, MOST_OPEN = 20, 40, 8
"""Rows that are shown."""

MOST_RUNS = 200
"""Runs of a query tree."""

SOUND = "it halts for no gas (theorem looping-certificate-sound)"


def run(found: Run) -> Iterator[Block]:
    """The value, the steps, and each question with its answer."""
    if found.value is None:
        said = f"out of gas after {counted(found.steps, 'step')}: it may halt with more, or never"
        yield Paragraph(said)
    else:
        yield Paragraph(f"after {counted(found.steps, 'step')}, with the value", "halts")
        yield Table((("", "code"),), [(brief(found.value),)])
    if found.queries:
        rows = [(brief(question), brief(answer)) for question, answer in found.queries]
        yield Table((("asked", "code"), ("answer", "code")), rows[:MOST_QUESTIONS])
        if len(rows) > MOST_QUESTIONS:
            yield Paragraph(f"and {len(rows) - MOST_QUESTIONS:,} more questions")


def states(trace: Iterable[Any], *, steps: int) -> Iterator[Block]:
    """So many steps of a trace: accumulator, stack with its top first, control list. Raises
    :class:`BadInput` for what is no trace."""
    taken = list(islice(trace, steps + 1))
    if not all(isinstance(state, State) for state in taken):
        raise BadInput("a list of other things than states", expected="a trace")
    rows = [
        (str(step), brief(state.accumulator), show_stack(state.stack), show_control(state.control))
        for step, state in enumerate(taken)
    ]
    lines = [f"{step:>6}  {show_state(state)}" for step, state in enumerate(taken)]
    if taken and not isinstance(taken[-1].control, Stop):
        rows.append(("…", "", "", ""))
        lines.append("     …")
    columns: list[tuple[str, Align]] = [
        ("step", "right"), ("accumulator", "code"), ("stack", "code"), ("control", "code")
    ]
    yield Table(columns, rows, instead=lines)


def decision(found: Decision) -> Iterator[Block]:
    """The verdict with its evidence."""
    if found.verdict == "unknown":
        yield Paragraph(f": {found.reason}", "unknown")
    else:
        assert found.certificate is not None
        yield from _evidence(found.certificate)


def _evidence(certificate: Certificate) -> Iterator[Block]:
    match certificate:
        case Halting(steps):
            yield Paragraph(f"after {counted(steps, 'step')}", "halts")
        case Cycle(steps, period):
            yield Paragraph(f": {SOUND}", "loops")
            yield Paragraph(
                f"After {counted(steps, 'step')} the machine is in a state in which it is again "
                f"{counted(period, 'step')} later."
            )
        case Looping(steps, transitions):
            classes = {goal for _, _, goal in transitions} | {0}
            yield Paragraph(f": {SOUND}", "loops")
            automaton = [
                (f"<{left}.{right}>", str(goal)) for left, right, goal in transitions
            ]
            yield Fold(
                f"After {counted(steps, 'step')} it enters a program that can have no value, by a "
                f"tree automaton with {len(classes)} classes; class 0 is nil.",
                [Table((("pair", "code"), ("is in class", "right")), automaton)],
            )


def generic_decision(found: GenericDecision) -> Iterator[Block]:
    """What holds for all sets as oracles: the tree of questions, or a set of each kind."""
    if found.verdict == "unknown":
        yield Paragraph(f": {found.reason}", "unknown")
    elif found.verdict == "depends":
        yield Paragraph("on the oracle", "depends")
        for table, witness in found.witnesses:
            yield Heading(f"Relative to {relative(table)}")
            yield from decision(witness)
    elif isinstance(found.certificate, QueryTree):
        runs = found.certificate.runs
        yield Paragraph(f"relative to every set; {counted(len(runs), 'run')}", "halts")
        if len(runs) <= MOST_RUNS:
            yield Branches(query_tree(found.certificate))
        else:
            yield Paragraph(f"Its questions are not drawn: there are more than {MOST_RUNS} runs.")
    else:
        assert found.certificate is not None
        yield from _evidence(found.certificate)


def query_tree(certificate: QueryTree) -> Node:
    """The questions, and after each answer the next one. All runs begin with the same question, and
    so do those that agree so far."""
    asked = {run[:depth]: run[depth][0] for run in certificate.runs for depth in range(len(run))}
    nodes = {run: Node("halts") for run in certificate.runs}
    # The longest beginnings first: a deep tree needs no recursion.
    for begun in sorted(asked, key=len, reverse=True):
        question = asked[begun]
        branches = tuple(
            (answer, nodes[*begun, (question, truth)])
            for answer, truth in (("no", False), ("yes", True))
        )
        nodes[begun] = Node(f"{brief(question)}?", branches)
    return nodes[()]


def jump_table(found: JumpTable) -> Iterator[Block]:
    """Sizes with their counts, the longest runs, how loops were decided, what is left open."""
    yield Paragraph(f"Programs on their own codes, relative to {found.oracle.spec}")
    names = ("size", "programs", "halts", "loops", "unknown", "longest run", "steps in all")
    yield Table([(name, "right") for name in names], [
        [f"{number:,}" for number in (
            size, part.programs, part.halts, part.loops, part.unknown, part.max_steps,
            part.total_steps,
        )]
        for size, part in enumerate(found.by_size, start=1)
    ])
    yield Heading("Longest runs that halt")
    yield Table(
        (("steps", "right"), ("program", "code")),
        [(f"{steps:,}", _own(text)) for steps, text in found.summary.longest],
    )
    if found.summary.kinds:
        yield Heading("How the loops were decided")
        yield Table(
            (("", "right"), ("", "left")),
            [(f"{count:,}", kind) for kind, count in found.summary.kinds.items()],
        )
    if found.complete:
        yield Paragraph(f"Complete: all {found.summary.programs:,} programs are decided.")
    else:
        listed = [_own(text) for text in found.summary.unknown_codes[:MOST_OPEN]]
        yield Heading(f"Undecided: {found.summary.unknown:,}, such as")
        yield Table((("", "code"),), [(text,) for text in listed])


def _own(text: str) -> str:
    """The program whose code this is."""
    return _program(decode(parse_tree(text)))


def _program(program: Program) -> str:
    return format_program(program) if size(program) <= 60 else f"(size {size(program)})"


def layer(found: Layer) -> Iterator[Block]:
    """Sizes with their counts, and the sets, each with the smallest program that decides it."""
    yield Paragraph(
        f"Sets that programs decide relative to {relative(found.oracle)}, on a window of "
        f"{counted(len(found.window), 'tree')}"
    )
    names = ("size", "programs", "deciding", "new sets", "unknown")
    yield Table([(name, "right") for name in names], [
        [f"{number:,}" for number in (
            size, part.programs, part.deciding, len(part.sets), len(part.unknown)
        )]
        for size, part in enumerate(found.by_size, start=1)
    ])
    yield Heading(f"{counted(len(found.sets), 'set')}, each with the smallest program")
    yield Table((("size", "right"), ("program", "code"), ("members", "code")), [
        (str(one.size), _program(one.program), set_text(found, one.members, numbers=True))
        for one in found.sets[:MOST_SETS]
    ])
    if len(found.sets) > MOST_SETS:
        yield Paragraph(f"and {len(found.sets) - MOST_SETS:,} more")
    if found.complete:
        yield Paragraph(f"Complete: all {found.programs:,} programs are decided.")
        return
    yield Heading(f"Undecided: {counted(len(found.unknown), 'program')}, such as")
    yield Listing([
        f"{_program(open_.program)} on {set_text(found, open_.undecided, numbers=True)}"
        for open_ in found.unknown[:MOST_OPEN]
    ])


def relative(oracle: Oracle) -> str:
    """An oracle's name, with numbers."""
    return show_oracle(oracle, style="numbers")
