"""Reductions between oracles, as programs.

A program p computes g from f at cost c if p halts on every tree x relative to f with the value
g(x), within c(x) steps. Ask computes every oracle from itself, and
:func:`models.machine.transform.substitute` composes reductions.

*Definitions*: :func:`composed_gas`, what a composed reduction costs; for joins of oracles
(:func:`models.machine.oracle.join_answer`) the reductions :func:`half`, :func:`joining` and
:func:`joining_gas`.

*Results*: ``turing-preorder`` (in :mod:`proofs.machine.degrees`).

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), sections II.3 and V.1.
"""

from __future__ import annotations

from models.algebra import Algebra, Mapped, equation
from models.machine.program import Ask, Cons, Hd, Id, If, Program, Quote, Then, Tl
from models.machine.semantics import OracleFunction
from models.machine.transform import answering_gas
from models.machine.tree import Nil, Tree, tail


@equation()
def composed_gas(
    algebra: Algebra,
    middle: OracleFunction,
    answer_cost: Mapped[Tree, int],
    program: Program,
    cost: Mapped[Tree, int],
    value: Tree,
) -> int:
    """What it costs to run ``program``, which takes ``cost`` relative to ``middle``, on ``value``
    if each question to ``middle`` is answered by a program that takes ``answer_cost``."""
    own = algebra.apply(cost, value)
    return algebra.bind(
        answering_gas.at(algebra, middle, answer_cost, program, value, own),
        lambda answers: own + answers,
    )


@equation()
def half(algebra: Algebra, tag: Tree) -> Program:
    """Computes, from a join, its first oracle if ``tag`` is false and its second if it is true."""
    make = algebra.make
    return make(Then, make(Cons, make(Quote, tag), make(Id)), make(Ask))


@equation()
def joining(algebra: Algebra, left: Program, right: Program) -> Program:
    """Computes a join from what ``left`` and ``right`` compute its two oracles from.

    By the question's tag: false goes to ``left``, true to ``right``, everything else is false.
    """
    make = algebra.make
    no = make(Quote, make(Nil))
    is_true = make(
        If, make(Then, make(Hd), make(Hd)), no,
        make(If, make(Then, make(Hd), make(Tl)), no, make(Then, make(Tl), right)),
    )
    is_false = make(If, make(Id), make(Then, make(Tl), left), no)
    return make(If, make(Hd), is_true, is_false)


@equation()
def joining_gas(
    algebra: Algebra,
    left_cost: Mapped[Tree, int],
    right_cost: Mapped[Tree, int],
    question: Tree,
) -> int:
    """Enough for :func:`joining` on a question: the costs of both parts, and 15 steps to choose."""
    asked = tail(algebra, question)
    return algebra.apply(left_cost, asked) + algebra.apply(right_cost, asked) + 15
