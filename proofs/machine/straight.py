"""Programs without loops, followed step by step: they denote a term, and take a known time.

*Definitions*: :func:`denoted`, the value of such a program as a term, and its steps;
:func:`followed`, the claim that it has this value after these steps, with its proof;
:class:`Known`, a part with a loop of which the same is known already; :func:`half`.

*How it is done*: each part of the program gets a claim of its own, which follows from one unfolding
of the gas equation and the claims about its parts; so every obligation is small. Where a test is
decided by the shape of the input, one branch is followed; elsewhere both are.

*References*: Reynolds, 'Definitional interpreters' (1972).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from models.machine.program import Ask, Cons, Hd, Id, If, Quote, Then, Tl
from models.machine.semantics import Done
from models.machine.tree import Nil, Pair
from proofs.kernel.reading import is_a, made, part
from proofs.kernel.rules import Fact, Goal
from proofs.kernel.terms import FALSE, TRUE, Term, as_term, choose_by, equal, implies, select
from proofs.machine.semantics import evaluation


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a part that is not followed: on its input it has ``value`` after ``steps``;
    ``positive`` says that the steps are not negative, and ``claim`` gives, for any gas, the fact
    :func:`reached`."""

    value: Term
    steps: Term
    positive: Fact
    claim: Callable[[Term], Fact]


Parts: TypeAlias = Mapping[Term, Known]
NONE: Parts = {}


def half(tree: Term, name: str) -> Term:
    """Head or tail of a tree; of nil it is nil."""
    return choose_by(is_a(tree, Nil), tree, part(tree, Pair, name))


def denoted(f: Term, program: Term, x: Term, known: Parts = NONE) -> tuple[Term, Term]:
    """The value on x of a program without loops that is spelled out, and its steps."""
    if program in known:
        return known[program].value, known[program].steps
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
        return made(Pair, first, second), _sum(3, before, after)
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


def reached(f: Term, program: Term, x: Term, gas: Term, value: Term, steps: Term) -> Term:
    """The claim that a program, with gas for so many steps, has a value on x after them."""
    outcome = evaluation().function(f, program, x, gas)
    return implies(gas >= steps, equal(outcome, made(Done, value, gas - steps)))


def followed(
    goal: Goal, f: Term, program: Term, x: Term, gas: Term, known: Parts = NONE
) -> Fact:
    """With gas for its steps, the program has on x the value that it denotes."""
    if program in known:
        return known[program].claim(gas)
    value, steps = denoted(f, program, x, known)
    facts = [evaluation()(f, program, x, gas), *(each.positive for each in known.values())]

    def follow(inner: Term, x: Term, before: Term | int) -> tuple[Term, Term]:
        """A claim for a part that begins so many steps later."""
        facts.append(followed(goal, f, inner, x, gas - before, known))
        return denoted(f, inner, x, known)

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
