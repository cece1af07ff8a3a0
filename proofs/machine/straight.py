"""Programs without loops, followed step by step: they denote a term, and take a known time.

*Definitions*: :func:`denoted`, the value of such a program as a term, and its steps;
:func:`followed`, the claim that it has this value after these steps, with its proof;
:func:`exactly`, that it has none sooner;
:class:`Known`, a part with a loop of which the same is known already, for instance by
:func:`halting`; :func:`pair` and :func:`half` of trees.

*How it is done*: each part of the program gets a claim of its own, which follows from one unfolding
of the gas equation and the claims about its parts; so every obligation is small. A small part
without tests gets one claim for all of it. Where a test is decided by the shape of the input, one
branch is followed; elsewhere both are.

*References*: Reynolds, 'Definitional interpreters' (1972).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from models.machine.program import Ask, Cons, Hd, Id, If, Quote, Then, Tl
from models.machine.semantics import Done, OutOfGas, evaluate
from models.machine.tree import Nil, Pair
from proofs.kernel.reading import function_of, is_a, made, part
from proofs.kernel.rules import Fact, Goal
from proofs.kernel.terms import FALSE, TRUE, Term, as_term, choose_by, equal, implies, select
from proofs.machine.semantics import evaluation, less_gas, more_gas


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a part that is not followed: on its input it has ``value`` after ``steps``;
    ``positive`` says that the steps are not negative, and ``claim`` gives, for any gas, the fact
    :func:`reached`."""

    value: Term
    steps: Term
    positive: Fact
    claim: Callable[[Term], Fact]


Parts: TypeAlias = Mapping[tuple[Term, Term], Known]
"""Parts that are not followed, each on an input."""

NONE: Parts = {}


def pair(first: Term, second: Term) -> Term:
    """A pair of trees."""
    return made(Pair, first, second)


def half(tree: Term, name: str) -> Term:
    """Head or tail of a tree; of nil it is nil."""
    return choose_by(is_a(tree, Nil), tree, part(tree, Pair, name))


def denoted(f: Term, program: Term, x: Term, known: Parts = NONE) -> tuple[Term, Term]:
    """The value on x of a program without loops that is spelled out, and its steps."""
    if (program, x) in known:
        return known[program, x].value, known[program, x].steps
    cls = program.data.cls
    if cls is Id:
        return x, as_term(1)
    if cls is Hd:
        return half(x, "head"), as_term(1)
    if cls is Tl:
        return half(x, "tail"), as_term(1)
    if cls is Ask:
        return select(f, x), as_term(1)
    if cls is Quote:
        return program.args[0], as_term(1)
    if cls is Cons:
        (first, before), (second, after) = (denoted(f, inner, x, known) for inner in program.args)
        return pair(first, second), _sum(3, before, after)
    if cls is Then:
        middle, before = denoted(f, program.args[0], x, known)
        result, after = denoted(f, program.args[1], middle, known)
        return result, _sum(1, before, after)
    if cls is not If:
        raise TypeError(f"{program!r} is not a program without loops")
    test, before = denoted(f, program.args[0], x, known)
    (then, one), (otherwise, other) = (denoted(f, inner, x, known) for inner in program.args[1:])
    no = is_a(test, Nil)
    return choose_by(no, otherwise, then), _sum(2, before, choose_by(no, other, one))


def _sum(*summands: Term | int) -> Term:
    """The sum, its numbers added up."""
    terms = [as_term(summand) for summand in summands]
    total = as_term(sum(term.data for term in terms if term.op == "int"))
    for term in terms:
        if term.op != "int":
            total = term + total
    return total


def halting(goal: Goal, f: Term, program: Term, x: Term, n: Term, given: Fact) -> Known:
    """What is known of a program that halts on x within n steps, as ``given`` says."""
    outcome = evaluation().function(f, program, x, n)
    left = part(outcome, Done, "gas")
    result, steps = part(outcome, Done, "value"), n - left
    bounds = evaluation().invariant(f, program, x, n)
    halted = goal.have(is_a(outcome, Done), given)
    exact = less_gas().at(f=f, p=program, x=x, n=n, d=left)

    def claim(enough: Term) -> Fact:
        return goal.have(
            reached(f, program, x, enough, result, steps),
            halted, bounds, exact,
            more_gas().at(f=f, p=program, x=x, n=steps, d=enough - steps),
        )

    return Known(result, steps, goal.have(steps >= 1, halted, bounds), claim)


def reached(f: Term, program: Term, x: Term, gas: Term, value: Term, steps: Term) -> Term:
    """The claim that a program, with gas for so many steps, has a value on x after them."""
    outcome = function_of(evaluate)(f, program, x, gas)
    return implies(gas >= steps, equal(outcome, made(Done, value, gas - steps)))


def followed(
    goal: Goal, f: Term, program: Term, x: Term, gas: Term, known: Parts = NONE
) -> Fact:
    """With gas for its steps, the program has on x the value that it denotes."""
    if (program, x) in known:
        return known[program, x].claim(gas)
    value, steps = denoted(f, program, x, known)
    facts = [evaluation()(f, program, x, gas), *(each.positive for each in known.values())]

    def follow(inner: Term, x: Term, before: Term | int) -> tuple[Term, Term]:
        """A claim for a part that begins so many steps later."""
        facts.append(followed(goal, f, inner, x, gas - before, known))
        return denoted(f, inner, x, known)

    if _small(program, known):
        unfolded = list(_unfolded(f, program, x, gas))
        return goal.have(reached(f, program, x, gas, value, steps), *unfolded)
    cls = program.data.cls
    if cls is Cons:
        _, first = follow(program.args[0], x, 1)
        follow(program.args[1], x, _sum(2, first))
    elif cls is Then:
        middle, first = follow(program.args[0], x, 1)
        follow(program.args[1], middle, _sum(1, first))
    elif cls is If:
        test, first = follow(program.args[0], x, 1)
        no = is_a(test, Nil)
        for branch, left_out in zip(program.args[1:], (TRUE, FALSE), strict=True):
            if no is not left_out:
                follow(branch, x, _sum(2, first))
    return goal.have(reached(f, program, x, gas, value, steps), *facts)


def exactly(
    goal: Goal, f: Term, program: Term, x: Term, gas: Term, known: Parts = NONE
) -> Fact:
    """With gas for its steps the program has the value that it denotes, and with less none."""
    value, steps = denoted(f, program, x, known)
    outcome = evaluation().function(f, program, x, gas)
    return goal.have(
        equal(
            outcome,
            choose_by(gas >= steps, made(Done, value, gas - steps), made(OutOfGas)),
        ),
        followed(goal, f, program, x, gas, known),
        followed(goal, f, program, x, gas + steps, known),
        # If it had halted with less, some gas would be left with more.
        more_gas().at(f=f, p=program, x=x, n=gas, d=steps),
        evaluation().invariant(f, program, x, gas),
        *(each.positive for each in known.values()),
    )


SMALL = 12
"""Parts of so many constructors, without tests, get one claim."""


def _small(program: Term, known: Parts) -> bool:
    """Whether a part is one of few constructors, all of them of one step or Cons and Then."""
    todo, count, apart = [program], 0, {part for part, _ in known}
    while todo:
        inner = todo.pop()
        count += 1
        if count > SMALL or inner in apart or inner.op != "make" or inner.data.cls is If:
            return False
        if inner.data.cls is not Quote:
            todo += inner.args
    return True


def _unfolded(f: Term, program: Term, x: Term, gas: Term) -> Iterator[Fact]:
    """The gas equation at a part and at all parts of it."""
    yield evaluation()(f, program, x, gas)
    cls = program.data.cls
    if cls in (Cons, Then):
        first, second = program.args
        middle, before = denoted(f, first, x)
        yield from _unfolded(f, first, x, gas - 1)
        more = 2 if cls is Cons else 1
        yield from _unfolded(
            f, second, x if cls is Cons else middle, gas - _sum(more, before)
        )
