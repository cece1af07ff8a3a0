"""Substitution on codes: a program that turns the code of p into that of substitute(p, q).

:func:`models.machine.transform.substitute` works on programs. Here the same is done by a program of
the language, on trees, every one of which is read as a program.

*Definitions*: :func:`substitute_code`, what is computed, and :func:`visiting_steps`, in how many
steps; the tasks :func:`visit`, :data:`JOIN`, :func:`tag`; :func:`one_task`, a program without loops
that does the first task of a list, and :func:`all_tasks`, which does one after the other;
:func:`question` and :func:`reducing`, the reduction of one jump to another.

*Results*: ``jump-monotone`` (in :mod:`proofs.machine.code_substitution`).

*How it is done*: a state is ``<tasks.values>``, two lists. To visit a tree puts its substituted
code before the values; for a program with parts it is replaced by tasks to visit the parts, to join
the codes that these leave behind, and to put the opcode before them.

*References*: N. D. Jones, 'Computability and Complexity' (MIT Press 1997), chapter 4 (an
interpreter's stacks in WHILE); P. Odifreddi, 'Classical Recursion Theory' (1989), section II.3.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from models.algebra import Algebra, equation
from models.machine.program import (
    Ask,
    Hd,
    Id,
    If,
    Program,
    Quote,
    Then,
    Tl,
    While,
    _literal,
)
from models.machine.spelling import at_least, constant, listed, path
from models.machine.tree import NIL, TRUE, Nil, Pair, Tree, head, numeral, tail

Value = TypeVar("Value")

REDUCING_STEPS = 35
"""Steps of a reduction beside those of the visit."""


def by_opcode(
    algebra: Algebra,
    tree: Tree,
    *,
    same: Callable[[], Value],
    ask: Callable[[], Value],
    quoted: Callable[[], Value],
    two: Callable[[], Value],
    three: Callable[[], Value],
    last: Callable[[], Value],
) -> Value:
    """One of these, by the opcode with which ``decode`` reads the tree: 0 to 2, 3, 4, 5 and 6, 7,
    8; it is found from its number of tails."""
    ways = [same, same, same, ask, quoted, two, two, three]

    def at(rest: Tree, opcode: int) -> Value:
        if opcode == 8:
            return last()
        return algebra.case(
            rest, {Nil: ways[opcode], Pair: lambda _, more: at(more, opcode + 1)}
        )

    return at(head(algebra, tree), 0)


@equation(shared=True)
def substitute_code(algebra: Algebra, tree: Tree, answer: Tree) -> Tree:
    """``tree`` with ``answer`` in place of every part that is read as Ask."""
    fields = tail(algebra, tree)
    left, right = head(algebra, fields), tail(algebra, fields)

    def tagged(fields: Tree) -> Tree:
        return algebra.make(Pair, head(algebra, tree), fields)

    def joined(left: Tree, right: Tree, use: Callable[[Tree], Tree]) -> Tree:
        return algebra.bind(
            substitute_code.at(algebra, left, answer),
            lambda first: algebra.bind(
                substitute_code.at(algebra, right, answer),
                lambda second: use(algebra.make(Pair, first, second)),
            ),
        )

    def three() -> Tree:
        return algebra.bind(
            substitute_code.at(algebra, left, answer),
            lambda test: joined(
                head(algebra, right),
                tail(algebra, right),
                lambda branches: tagged(algebra.make(Pair, test, branches)),
            ),
        )

    def two() -> Tree:
        return joined(left, right, tagged)

    return by_opcode(
        algebra, tree,
        same=lambda: tree, ask=lambda: answer, quoted=lambda: tree, two=two, three=three, last=two,
    )


@equation(shared=True)
def visiting_steps(algebra: Algebra, tree: Tree) -> int:
    """In how many steps :func:`all_tasks` does the task to visit a tree, whatever the answer."""
    fields = tail(algebra, tree)
    left, right = head(algebra, fields), tail(algebra, fields)

    def sum_of(before: int, *trees: Tree) -> int:
        if not trees:
            return before
        return algebra.bind(
            visiting_steps.at(algebra, trees[0]), lambda steps: sum_of(before + steps, *trees[1:])
        )

    # The round of the visit itself, and 60 for each Join and 52 for the opcode
    return by_opcode(
        algebra, tree,
        same=lambda: 48,
        ask=lambda: 59,
        quoted=lambda: 72,
        two=lambda: sum_of(123 + 60 + 52, left, right),
        three=lambda: sum_of(
            162 + 60 + 60 + 52, left, head(algebra, right), tail(algebra, right)
        ),
        last=lambda: sum_of(142 + 60 + 52, left, right),
    )


# Tasks


def visit(tree: Tree) -> Tree:
    """The task to put the substituted code of a tree before the values."""
    return Pair(NIL, tree)


JOIN = Pair(TRUE, NIL)
"""The task to make one pair of the first two values, the second of them first."""


def tag(opcode: Tree) -> Tree:
    """The task to put an opcode, which is not nil, before the first value."""
    return Pair(TRUE, opcode)


@equation()
def one_task(algebra: Algebra, answer: Tree) -> Program:
    """A program without loops that does the first task of a state; ``answer`` takes the place of
    what is read as Ask."""
    make = algebra.make
    hd, tl = make(Hd), make(Tl)

    def after(*steps: Program) -> Program:
        return path(algebra, *steps)

    def cells(*items: Program) -> Program:
        return listed(algebra, *items)

    # On <argument.<rest of the tasks.values>>
    argument, rest, values = hd, after(tl, hd), after(tl, tl)
    opcode, fields = (hd, hd), (hd, tl)
    left, right = after(*fields, hd), after(*fields, tl)

    def visiting(part: Program) -> Program:
        return cells(constant(algebra, NIL), part)

    join = constant(algebra, JOIN)
    tagging = cells(constant(algebra, TRUE), after(*opcode))

    leave = cells(rest, argument, values)
    ask = cells(rest, make(Quote, answer), values)
    two = cells(cells(visiting(left), visiting(right), join, tagging, rest), values)
    three = cells(
        cells(
            visiting(left), visiting(after(*fields, tl, hd)), visiting(after(*fields, tl, tl)),
            join, join, tagging, rest,
        ),
        values,
    )

    def by(count: int, then: Program, otherwise: Program) -> Program:
        """By whether the opcode of the argument is so large."""
        return at_least(algebra, count, opcode, then, otherwise)

    visited = by(3, by(4, by(5, by(7, by(8, two, three), two), leave), ask), leave)
    first, others = after(tl, tl, hd), after(tl, tl, tl)
    tagged = cells(rest, cells(argument, first), others)
    joined = cells(rest, cells(after(tl, tl, tl, hd), first), after(tl, tl, tl, tl))
    apart = cells(after(hd, hd, tl), after(hd, tl), tl)
    return make(
        If,
        after(hd, hd, hd),
        make(Then, apart, make(If, argument, tagged, joined)),
        make(Then, apart, visited),
    )


@equation()
def all_tasks(algebra: Algebra, answer: Tree) -> Program:
    """A program that does one task after the other, until there is none."""
    return algebra.bind(
        one_task.at(algebra, answer), lambda body: algebra.make(While, algebra.make(Hd), body)
    )


# The reduction


@equation()
def question(algebra: Algebra, tree: Tree, answer: Tree) -> Tree:
    """The code of Then(Quote tree, p), p being the substituted program: whatever its input, it runs
    p on ``tree``."""

    def coded(opcode: int, fields: Tree) -> Tree:
        return algebra.make(Pair, _literal(algebra, numeral(opcode)), fields)

    return algebra.bind(
        substitute_code.at(algebra, tree, answer),
        lambda substituted: coded(6, algebra.make(Pair, coded(4, tree), substituted)),
    )


@equation()
def reducing(algebra: Algebra, answer: Tree) -> Program:
    """A program that asks about a tree the :func:`question` of it."""
    make = algebra.make

    def cells(*items: Program) -> Program:
        return listed(algebra, *items)

    def quote(tree: Tree) -> Program:
        return constant(algebra, tree)

    nil, this = quote(NIL), make(Id)
    begin = cells(cells(cells(nil, this), nil), nil)

    def asking(tasks: Program) -> Program:
        substituted = path(algebra, begin, tasks, make(Tl), make(Hd))
        asked = cells(quote(numeral(6)), cells(quote(numeral(4)), this), substituted)
        return make(Then, asked, make(Ask))

    return algebra.bind(all_tasks.at(algebra, answer), asking)
