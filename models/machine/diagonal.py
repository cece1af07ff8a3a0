"""Diagonals: programs that halt exactly where a program answers nil.

On its own code the diagonal of p makes p wrong: it halts there if p says that it does not, and
runs for ever if p says that it halts.

*Definitions*: :func:`diagonal`, and :func:`short_diagonal`, which is smaller by two.

*Results*: ``bounded-escape`` (in :mod:`proofs.machine.escape`).

*References*: N. D. Jones, 'Computability and Complexity' (MIT Press 1997), chapter 5.
"""

from __future__ import annotations

from models.algebra import Algebra, equation
from models.machine.program import Id, Program, Then, While


@equation()
def diagonal(algebra: Algebra, program: Program) -> Program:
    """``Then(program, While(Id, Id))``: the loop stops on nil and goes on for ever on a pair."""
    identity = algebra.make(Id)
    return algebra.make(Then, program, algebra.make(While, identity, identity))


@equation()
def short_diagonal(algebra: Algebra, program: Program) -> Program:
    """``While(program, Id)``: a round leaves the input as it was, so each test answers alike."""
    return algebra.make(While, program, algebra.make(Id))
