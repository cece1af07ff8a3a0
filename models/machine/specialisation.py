"""Specialisation: a program with its first argument fixed.

A program of two arguments takes them as a pair; specialised to a tree c, it takes the second one
alone.

*Definitions*: :func:`specialise`.

*Results*: ``specialisation`` (in :mod:`proofs.machine.specialisation`).

*References*: N. D. Jones, 'Computability and Complexity' (MIT Press 1997), chapter 3; P. Odifreddi,
'Classical Recursion Theory' (1989), section II.1 (the s-m-n theorem).
"""

from __future__ import annotations

from models.algebra import Algebra, equation
from models.machine.program import Cons, Id, Program, Quote, Then
from models.machine.tree import Tree

SPECIALISED_STEPS = 6
"""How many steps a specialised program takes before the program that it is made from begins."""


@equation()
def specialise(algebra: Algebra, program: Program, argument: Tree) -> Program:
    """``Then(Cons(Quote argument, Id), program)``: on x it does what ``program`` does on
    ``<argument.x>``."""
    make = algebra.make
    return make(Then, make(Cons, make(Quote, argument), make(Id)), program)
