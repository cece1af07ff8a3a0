"""The recursion theorem: a program that is given its own code does what it should with it.

*Definitions* accepted by the kernel: those of :mod:`models.machine.recursion`.

*Results*: ``recursion-theorem``: with 34 steps more, a recursive program has the outcome of its
program on the pair of its own code and the input (:func:`outcome`); one program finds this code
(:func:`found`); how large the recursive program is (:func:`larger`, :func:`bounded`).

*How it is done*: what a recursive program does before p begins is followed step by step, and its
code is spelled out, both only as far as p is not reached. With too little gas for these steps it
does not halt, as with just enough it would not.

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), section II.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.machine import recursion as model
from models.machine.recursion import MAKE_RECURSIVE, MAKE_RECURSIVE_STEPS, RECURSIVE_STEPS
from models.machine.semantics import Done
from models.machine.specialisation import SPECIALISED_STEPS
from models.machine.tree import Pair
from proofs.kernel.reading import made, quote
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, as_term, equal
from proofs.machine import specialisation
from proofs.machine.program import (
    code_pairs,
    coding,
    counting,
    decode_code,
    decoding,
    sizing,
    spelled_out,
)
from proofs.machine.semantics import evaluation, evaluation_variables, more_gas
from proofs.machine.specialisation import specialising
from proofs.machine.straight import followed

with_self = once(lambda: define(model.with_self))


@once
def recursive() -> Definition:
    """The recursive program of a program."""
    with_self(), coding(), specialising()
    return define(model.recursive)


def spelled(program: Term) -> Iterator[Fact]:
    """The recursive program of p, and its code down to that of p with its own one."""
    unfinished = with_self().function(program)
    special = specialising()(unfinished, coding().function(unfinished))
    yield with_self()(program)
    yield recursive()(program)
    yield special
    yield coding()(recursive().function(program))
    for part in spelled_out(special, program.sort):
        yield coding()(part)


@once
def outcome() -> Theorem:
    """With 34 units more, a recursive program has the outcome of its program on the pair."""
    evaluate, code, decode = evaluation(), coding(), decoding()
    run = evaluate.function
    f, p, x, n = evaluation_variables()
    program, unfinished = recursive().function(p), with_self().function(p)
    own = code.function(program)
    first, second = made(Pair, code.function(unfinished), x), made(Pair, own, x)
    told, _ = with_self()(p).term.args[1].args
    more = RECURSIVE_STEPS - SPECIALISED_STEPS

    def premises(goal: Goal) -> Iterable[Fact]:
        yield from spelled(p)
        yield decode_code().at(p=program)
        yield specialisation.outcome().at(
            f=f, p=unfinished, c=code.function(unfinished), x=x, n=n + more
        )
        for gas in (n, as_term(0)):
            yield evaluate(f, unfinished, first, gas + more)
            yield followed(goal, f, told, first, gas + more - 1)
            yield evaluate(f, p, second, gas)
        # With less than it takes before p begins: with as much, p would have none.
        yield more_gas().at(f=f, p=unfinished, x=first, n=n + more, d=-n)

    return prove(
        "recursion-theorem",
        forall(
            f, p, x, n,
            then=equal(
                run(f, decode.function(own), x, n + RECURSIVE_STEPS), run(f, p, second, n)
            ),
        ),
        premises,
    )


@once
def found() -> Theorem:
    """On the code of p, MAKE_RECURSIVE has the code of the recursive program, after 31 steps."""
    evaluate, code = evaluation(), coding()
    f, p, _, n = evaluation_variables()
    maker = quote(MAKE_RECURSIVE, p.sort)
    given, gas = code.function(p), n + MAKE_RECURSIVE_STEPS

    def premises(goal: Goal) -> Iterable[Fact]:
        yield from spelled(p)
        yield code(with_self().function(p))
        for part in spelled_out(with_self()(p), p.sort):
            yield code(part)
        yield followed(goal, f, maker, given, gas)

    return prove(
        "recursion-theorem.found",
        forall(
            f, p, n,
            given={"gas": n >= 0},
            then=equal(
                evaluate.function(f, maker, given, gas),
                made(Done, code.function(recursive().function(p)), n),
            ),
        ),
        premises,
    )


@once
def larger() -> Theorem:
    """By how much a recursive program is larger: 137 and the pairs of the code of p."""
    size, count, code = sizing(), counting(), coding()
    _, p, _, _ = evaluation_variables()
    unfinished = with_self().function(p)
    own = code.function(unfinished)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield recursive()(p)
        yield specialisation.larger().at(p=unfinished, c=own)
        yield with_self()(p)
        for part in (unfinished, *spelled_out(with_self()(p), p.sort)):
            yield size(part)
            yield code(part)
            for tree in spelled_out(code(part), count.function.domain[0]):
                yield count(tree)

    return prove(
        "recursion-theorem.size",
        forall(
            p,
            then=equal(
                size.function(recursive().function(p)),
                size.function(p) + count.function(code.function(p)) + 137,
            ),
        ),
        premises,
    )


@once
def bounded() -> Theorem:
    """A recursive program is of size at most 134 and nine times that of its program."""
    size = sizing().function
    _, p, _, _ = evaluation_variables()
    return prove(
        "recursion-theorem.bound",
        forall(p, then=size(recursive().function(p)) <= 9 * size(p) + 134),
        lambda goal: [larger().at(p=p), code_pairs().at(p=p)],
    )


def recursion_theorem() -> tuple[Theorem, ...]:
    """All parts of ``recursion-theorem``."""
    return outcome(), found(), larger(), bounded(), code_pairs()
