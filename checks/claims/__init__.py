"""Claims: state one in a few lines, get the smallest counterexample or an exhausted space.

    from checks.claims import Program, Tree, assume, claim, halts

    @claim("A program that halts on nil halts on every tree.")
    def halting_on_nil_is_enough(p: Program, x: Tree) -> bool:
        assume(halts(p, NIL))
        return halts(p, x)

Then ``jumpbound refute FILE::halting_on_nil_is_enough``, or ``refute(halting_on_nil_is_enough)``.
The names that a claim file needs; each module documents its own.
"""

from fractions import Fraction

from checks.claims.claim import Claim, assume, claim, undecided
from checks.claims.deciders import (
    computes,
    decides,
    guess,
    halts,
    jump,
    limit,
    modulus,
    note,
    steps,
    uses,
    value,
)
from checks.claims.generators import AtMost, Bound, Function, Nat, Share, generator
from checks.claims.refute import refute
from checks.claims.replay import replay
from checks.claims.result import Outcome
from models.machine.oracle import EMPTY, FULL, Oracle
from models.machine.program import Program
from models.machine.tree import FALSE, NIL, TRUE, Tree, numeral

__all__ = [
    "EMPTY", "FALSE", "FULL", "NIL", "TRUE", "AtMost", "Bound", "Claim", "Fraction",
    "Function", "Nat",
    "Oracle", "Outcome", "Program", "Share", "Tree", "assume", "claim", "computes", "decides",
    "generator", "guess", "halts", "jump", "limit", "modulus", "note", "numeral", "refute",
    "replay", "steps", "undecided", "uses", "value",
]
