"""Programs as data: their size and their code.

*Definitions* accepted by the kernel: :func:`counting` (the pairs of a tree), :func:`sizing`,
:func:`coding`, :func:`decoding`.

*Results*: the code of a program decodes to it (:func:`decode_code`), so a code has one program; how
large a code can be (:func:`code_pairs`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.machine import program as model
from models.machine.program import CONSTRUCTORS, Program, Quote
from models.machine.tree import Pair, pairs
from proofs.kernel.reading import part, sort_of
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, height, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import Sort, Term, equal, postorder, rank


def fields(program: Term) -> Iterator[Term]:
    """The fields that a program may have, by constructor."""
    for cls in CONSTRUCTORS:
        for name in cls.__match_args__:
            yield part(program, cls, name)


def subprograms(program: Term) -> Iterator[Term]:
    """Those of them that are programs."""
    return (field for field in fields(program) if field.sort is program.sort)


def spelled_out(equation: Fact, sort: Sort) -> list[Term]:
    """What the right-hand side of an equation has of a sort with its constructor, innermost
    first."""
    whole = equation.term.args[1]
    return [term for term in postorder([whole]) if term.op == "make" and term.sort is sort]


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
        for field in fields(p):
            yield from height(field)

    return define(
        model.size, measure=rank, invariant=lambda p, size: size >= 1, premises=premises
    )


@once
def coding() -> Definition:
    """The code of a program: recursion on the program."""
    return define(model.code, measure=rank)


@once
def decoding() -> Definition:
    """The program of a tree: recursion on the tree."""
    return define(model.decode, measure=rank)


@once
def decode_code() -> Theorem:
    """The code of a program decodes to that program."""
    code, decode = coding(), decoding()
    (p,) = variables(p=sort_of(Program))
    own = code.function(p)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield code(p)
        yield decode(own)
        for inner in subprograms(p):
            yield from height(inner)
            yield goal.induction(p=inner)

    return prove(
        "decode-code",
        forall(p, then=equal(decode.function(own), p)),
        premises,
        measure=rank(p),
    )


@once
def code_pairs() -> Theorem:
    """A code has at most eight pairs for each unit of its program's size, less three."""
    code, count, size = coding(), counting(), sizing()
    (p,) = variables(p=sort_of(Program))
    own = code.function(p)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield code(p)
        yield size(p)
        yield count.invariant(part(p, Quote, "tree"))
        for tree in spelled_out(code(p), own.sort):
            yield count(tree)
        for inner in subprograms(p):
            yield from height(inner)
            yield goal.induction(p=inner)

    return prove(
        "code-pairs",
        forall(p, then=count.function(own) <= 8 * size.function(p) - 3),
        premises,
        measure=rank(p),
    )
