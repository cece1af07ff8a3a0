"""Programs as data: their size and their code.

*Definitions* accepted by the kernel: :func:`counting` (the pairs of a tree), :func:`sizing`,
:func:`coding`.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.machine import program as model
from models.machine.program import CONSTRUCTORS, Quote
from models.machine.tree import Pair, pairs
from proofs.kernel.reading import part
from proofs.kernel.rules import Definition, Fact, define, height
from proofs.kernel.tactics import once
from proofs.kernel.terms import Term, rank


@once
def counting() -> Definition:
    """The pairs of a tree, never fewer than none: recursion on the tree."""
    return define(
        pairs,
        measure=rank,
        invariant=lambda x, count: count >= 0,
        premises=lambda x: [*height(part(x, Pair, "head")), *height(part(x, Pair, "tail"))],
    )


@once
def sizing() -> Definition:
    """The size of a program, at least 1: recursion on the program."""
    counting()

    def premises(p: Term) -> Iterable[Fact]:
        yield counting().invariant(part(p, Quote, "tree"))
        for cls in CONSTRUCTORS:
            for name in cls.__match_args__:
                yield from height(part(p, cls, name))

    return define(
        model.size, measure=rank, invariant=lambda p, size: size >= 1, premises=premises
    )


@once
def coding() -> Definition:
    """The code of a program: recursion on the program."""
    return define(model.code, measure=rank)
