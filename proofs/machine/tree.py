"""Trees: their length, and numerals.

*Definitions* accepted by the kernel: :func:`measuring` (how many tails can be taken from a tree),
:func:`numbering` (the numeral of a number).

*Results*: a numeral is as long as it says (:func:`numeral_length`).
"""

from __future__ import annotations

from models.machine import tree as trees
from models.machine.tree import Pair
from proofs.kernel.reading import part
from proofs.kernel.rules import Definition, Theorem, define, height, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import INT, equal, rank


@once
def measuring() -> Definition:
    """The length of a tree, never negative: recursion on the tree."""
    return define(
        trees.length,
        measure=rank,
        invariant=lambda t, count: count >= 0,
        premises=lambda t: height(part(t, Pair, "tail")),
    )


@once
def numbering() -> Definition:
    """Numerals: recursion on the number."""
    return define(trees.unary, measure=lambda n: n)


@once
def numeral_length() -> Theorem:
    """A numeral is as long as it says."""
    (n,) = variables(n=INT)
    number = numbering().function(n)
    return prove(
        "numeral-length",
        forall(n, given={"number": n >= 0}, then=equal(measuring().function(number), n)),
        lambda goal: [numbering()(n), measuring()(number), goal.induction(n=n - 1)],
        measure=n,
    )
