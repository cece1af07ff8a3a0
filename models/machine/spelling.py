"""Short words for writing longer programs, in any reading.

*Definitions*: :func:`spelled`, :func:`path` and :func:`in_turn`, :func:`listed`, :func:`constant`,
:func:`at_least`; :data:`NOT`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models.algebra import Algebra, Concrete
from models.machine.program import Cons, Id, If, Program, Quote, Then, Tl, _literal
from models.machine.tree import NIL, TRUE, Tree

NOT: Program = If(Id(), Quote(NIL), Quote(TRUE))
"""True for nil, nil for a pair."""


def spelled(algebra: Algebra, program: Program) -> Program:
    """A program that is known."""
    fields = [
        _literal(algebra, field) if isinstance(program, Quote) else spelled(algebra, field)
        for field in program.fields()
    ]
    constructor: Callable[..., Program] = type(program)
    return algebra.make(constructor, *fields)


def path(algebra: Algebra, *steps: Program) -> Program:
    """One program after the other."""
    *before, last = steps
    for step in reversed(before):
        last = algebra.make(Then, step, last)
    return last


def in_turn(*steps: Program) -> Program:
    """The same of programs that are known."""
    return path(Concrete(), *steps)


def listed(algebra: Algebra, *items: Program) -> Program:
    """The list of values of all items but the last, followed by the value of the last."""
    *before, last = items
    for item in reversed(before):
        last = algebra.make(Cons, item, last)
    return last


def constant(algebra: Algebra, tree: Tree) -> Program:
    """A Quote of a tree that is known."""
    return algebra.make(Quote, _literal(algebra, tree))


def at_least(
    algebra: Algebra,
    count: int,
    number: Sequence[Program],
    then: Program,
    otherwise: Program,
) -> Program:
    """By whether ``count`` tails, 1 or more, can be taken from the value of ``number``, one program
    after the other."""
    tails = [algebra.make(Tl)] * (count - 1)
    return algebra.make(If, path(algebra, *number, *tails), then, otherwise)
