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
from models.machine.oracle import EMPTY, FULL, Oracle, parse_oracle
from models.machine.program import Program, code, decode, parse_program
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, numeral, pairs, parse_tree

__all__ = [
    "EMPTY", "FALSE", "FULL", "NIL", "TRUE", "AtMost", "Bound", "Claim", "Fraction",
    "Function", "Nat",
    "Oracle", "Outcome", "Pair", "Program", "Share", "Tree", "assume", "claim", "code", "computes",
    "decides", "decode", "generator", "guess", "halts", "jump", "limit", "modulus", "note",
    "numeral", "pairs", "parse_oracle", "parse_program", "parse_tree", "refute", "replay", "steps",
    "undecided", "uses", "value",
]
