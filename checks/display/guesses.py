"""Blocks of guesses: a timeline of each input, and the table of mind changes.

*Definitions*: :func:`look`, :func:`guesses`.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.display.blocks import WIDTH, Block, Lines, Paragraph, Picture, Table
from checks.display.machine import relative
from checks.picture import svg
from checks.revision.guessing import Look
from checks.revision.plot import guesses_chart
from checks.revision.show import MOST_MARKS, columns, conclusion, legend, mark_lines, rows
from models.errors import BadInput
from models.machine.program import format_program, size
from models.revision.guessing import Guesses

LARGEST_NAMED = 20
"""A larger program is not written out in a title."""


def look(found: Look) -> Iterator[Block]:
    """The picture of ``jumpbound limit``, or marks for the stages, and what is known of limits."""
    stages = len(found.seen[0].guesses)
    if stages <= MOST_MARKS:
        marks = [
            f"Guesses in stages 0 to {stages - 1}: {legend(found.seen)}", "",
            *mark_lines(found.seen, WIDTH),
        ]
    else:
        marks = [f"Guesses in stages 0 to {stages - 1}"]
    try:
        chart = guesses_chart(found, of=_named(found), oracle=_relative(found))
    except BadInput:  # too much for a picture
        yield Lines(marks)
    else:
        described = chart.to_dict(validate=False)["description"]
        yield Picture(svg(chart), described, marks)
    yield Table(columns(found), list(rows(found)))
    yield Paragraph(conclusion(found))


def guesses(found: Guesses) -> Iterator[Block]:
    """One input's."""
    yield from look(Look((found,)))


def _named(found: Look) -> str:
    program = found.program
    if program is None:
        return "a program"
    if size(program) <= LARGEST_NAMED:
        return format_program(program)
    return f"a program of size {size(program)}"


def _relative(found: Look) -> str:
    return "an oracle" if found.oracle is None else relative(found.oracle)
