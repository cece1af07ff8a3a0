"""The Turing jump: what a program that may ask it can find out.

The jump A' of a set A holds the trees e with [e]^A(e) defined, every tree being read as a program.
No program decides it relative to A, but relative to it one program decides A.

*Definitions*: :func:`absence`, programs that halt or not as A says; :data:`CODE_OF_ABSENCE`,
which makes their codes; :data:`ABOVE`, which computes every A from A'.

*Results*: ``jump-escape``, ``jump-above`` (in :mod:`proofs.machine.turing_jump`).

*References*: R. I. Soare, 'Turing Computability' (2016), section 3.4.
"""

from __future__ import annotations

from models.algebra import Algebra, equation
from models.machine.program import (
    Ask,
    Cons,
    Id,
    If,
    Program,
    Quote,
    Then,
    While,
    code,
)
from models.machine.tree import FALSE, TRUE, Tree, numeral


@equation()
def absence(algebra: Algebra, tree: Tree) -> Program:
    """``While(Then(Quote tree, Ask), Id)``: whatever its input, it halts if and only if the oracle
    answers nil on ``tree``."""
    make = algebra.make
    asking = make(Then, make(Quote, tree), make(Ask))
    return make(While, asking, make(Id))


CODE_OF_ABSENCE: Program = Cons(
    Quote(numeral(8)),
    Cons(
        Cons(Quote(numeral(6)), Cons(Cons(Quote(numeral(4)), Id()), Quote(code(Ask())))),
        Quote(code(Id())),
    ),
)
"""On x it has the value ``code(absence(x))``: a While of a Then of a Quote of x."""

ABOVE: Program = Then(CODE_OF_ABSENCE, If(Ask(), Quote(FALSE), Quote(TRUE)))
"""Relative to the jump of A it decides A: x is in A if the absence of x does not halt."""

ABOVE_STEPS = 26
"""How many steps it takes, on every tree."""


@equation()
def above_cost(algebra: Algebra, question: Tree) -> int:
    """The steps of ABOVE on a question."""
    return ABOVE_STEPS
