"""The recursion theorem: programs that are given their own code.

A program p of two arguments takes them as a pair ``<own code.input>``. From it comes a program of
one argument that does the same with its own code as the first one: programs are data, so it can
make that code while it runs.

*Definitions*: :data:`SELF`, which turns the code of q into that of q specialised to its own code;
:func:`with_self`, a program that gives p what SELF makes of its first argument;
:func:`recursive`, the program that results; :data:`MAKE_RECURSIVE`, the same on codes.

*Results*: ``recursion-theorem`` (in :mod:`proofs.machine.recursion`).

*How it is done*: q applies SELF to its first argument and then does what p does. So q specialised
to its own code gives p the code of q specialised to its own code: its own.

This is Kleene's second recursion theorem. Rogers' form, a fixed point of every computable map of
codes, runs a code that it computes and so needs a universal program; it is not claimed here.

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), section II.2; N. D. Jones,
'Computability and Complexity' (MIT Press 1997), chapter 14; S. C. Kleene, 'On notation for ordinal
numbers' (1938).
"""

from __future__ import annotations

from models.algebra import Algebra, equation
from models.machine.program import Cons, Hd, Id, Program, Quote, Then, Tl, code
from models.machine.specialisation import SPECIALISED_STEPS, specialise
from models.machine.spelling import spelled
from models.machine.tree import numeral


def _coded(opcode: int, fields: Program) -> Program:
    """With ``fields`` for the codes of its parts: a program for the code with this opcode."""
    return Cons(Quote(numeral(opcode)), fields)


SELF: Program = _coded(
    6,  # Then
    Cons(
        _coded(5, Cons(_coded(4, Id()), Quote(code(Id())))),  # Cons of a Quote and Id
        Id(),
    ),
)
"""On a tree y it has the value ``<6.<<5.<<4.y>.<0.0>>>.y>>``: if y is the code of q, the code of
``specialise(q, y)``."""

SELF_STEPS = 21
"""How many steps it takes, on every tree."""

RECURSIVE_STEPS = SPECIALISED_STEPS + SELF_STEPS + 7
"""How many steps a recursive program takes before the program that it is made from begins."""


@equation()
def with_self(algebra: Algebra, program: Program) -> Program:
    """``Then(Cons(Then(Hd, SELF), Tl), program)``: on ``<y.x>`` it does what ``program`` does on
    ``<SELF(y).x>``."""
    make = algebra.make
    told = make(Cons, make(Then, make(Hd), spelled(algebra, SELF)), make(Tl))
    return make(Then, told, program)


@equation()
def recursive(algebra: Algebra, program: Program) -> Program:
    """:func:`with_self` specialised to its own code: on x it does what ``program`` does on
    ``<e.x>``, where e is the code of the recursive program itself."""
    return algebra.bind(
        with_self.at(algebra, program),
        lambda unfinished: algebra.bind(
            code.at(algebra, unfinished),
            lambda own: specialise.at(algebra, unfinished, own),
        ),
    )


MAKE_RECURSIVE: Program = Then(
    _coded(6, Cons(Quote(code(Cons(Then(Hd(), SELF), Tl()))), Id())),  # with_self
    SELF,
)
"""On the code of p it has the value ``code(recursive(p))``."""

MAKE_RECURSIVE_STEPS = 31
"""How many steps it takes, on every tree."""
