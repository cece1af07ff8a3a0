"""Modifiers for the tests: programs whose values are programs, with their steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.machine.program import Program, code, parse_program
from models.machine.tree import Tree, length, numeral

GROW = parse_program("cons(quote 6, cons(quote <2.0>, id))")
"""e becomes then(tl, e)."""
WRAP = parse_program("cons(quote 6, cons(id, quote <8.<<0.0>.<0.0>>>))")
"""e becomes then(e, while(id, id))."""
SWAPPED = parse_program("cons(tl, hd)")
"""Head and tail change places, whatever they mean."""
IS_ZERO = parse_program("if(id, quote 0, quote 1)")
"""Decides {0}."""


@dataclass(frozen=True)
class Case:
    """A modifier, a first program, and the steps on a program."""

    name: str
    modifier: Program
    first: Tree
    cost: Callable[[Tree], int]


CASES = [
    Case("grow", GROW, code(IS_ZERO), lambda _: 9),
    Case("wrap", WRAP, code(IS_ZERO), lambda _: 9),
    Case("swap", SWAPPED, code(IS_ZERO), lambda _: 5),
    Case("ask", parse_program("if(ask, quote <3.0>, id)"), code(IS_ZERO), lambda _: 4),
    # Four steps for each tail that can be taken, and three more
    Case("empty", parse_program("while(id, tl)"), numeral(3), lambda e: 4 * length(e) + 3),
]
