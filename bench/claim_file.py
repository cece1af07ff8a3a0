"""Claims whose instances are counted, or whose counterexamples are looked for, by the clock."""

from __future__ import annotations

from checks.claims import NIL, Bound, Oracle, Program, Share, Tree, assume, claim, halts, value
from models.machine.program import Id
from models.machine.run import run
from models.machine.tree import trees

GAS = 50


@claim("Within 50 steps a program asks at most as many questions as it takes steps.")
def runs(p: Program, x: Tree) -> bool:
    """On the reference machine, for at most 50 steps."""
    found = run(p, x, gas=GAS)
    return len(found.queries) <= found.steps


@claim("A program has a value where it halts, and nowhere else.")
def decides(p: Program, x: Tree) -> bool:
    """By the exact deciders: each loop is decided with a certificate."""
    return halts(p, x) == (value(p, x) is not None)


@claim("A program that halts on nil halts on every tree.")
def halting_on_nil(p: Program, x: Tree) -> bool:
    """False for ``while(id, id)``."""
    assume(halts(p, NIL))
    return halts(p, x)


@claim("A program that halts on both trees of at most one pair halts on every tree.")
def halting_on_small_trees(p: Program, x: Tree) -> bool:
    """False, and for few programs."""
    assume(all(halts(p, tree) for count in range(2) for tree in trees(count)))
    return halts(p, x)


@claim("Only id has each tree of at most two pairs as its value on it.")
def only_id_changes_nothing(p: Program) -> bool:
    """False for ``then(id, id)``; the assumption holds of few programs."""
    assume(all(value(p, tree) == tree for count in range(3) for tree in trees(count)))
    return p == Id()


@claim("What halts relative to the empty set halts relative to every other.")
def oracles_do_not_matter(p: Program, a: Oracle, x: Tree) -> bool:
    """False for ``while(ask, id)``."""
    assume(halts(p, x))
    return halts(p, x, a)


@claim("If the optimum collapses at a share s, it collapses at every smaller one.")
def collapse_goes_down(ratio: Bound, s: Share, t: Share) -> bool:
    """False: it goes up. From the threshold 1 - 1/R on the best share is nothing."""
    assume(t <= s and s >= 1 - Share(1) / ratio)  # type: ignore[operator, arg-type]
    return t >= 1 - Share(1) / ratio  # type: ignore[operator, arg-type, no-any-return]
