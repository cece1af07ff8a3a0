"""Programs without loops, followed step by step: they denote a term, and take a known time.

*Definitions*: :func:`denoted`, the value of such a program as a term, and its steps;
:func:`followed`, the claim that it has this value after these steps, with its proof;
:func:`exactly`, that it has none sooner;
:class:`Known`, a part with a loop of which the same is known already, for instance by
:func:`halting`; :func:`pair` and :func:`half` of trees.

*How it is done*: the gas equation is unfolded once for each of cons, then and if, in a rule that
says what follows for the whole from what is known of its parts. A program is followed by rules
alone, with each run as a constant, so that nothing is left but to add up steps. A large part gets a
claim of its own. Where a test is decided by the shape of the input, one branch is followed;
elsewhere both are.

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
from proofs.kernel.rules import Fact, Goal, Theorem, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import (
    FALSE,
    INT,
    TRUE,
    Term,
    as_term,
    choose_by,
    equal,
    implies,
    negate,
    select,
)
from proofs.machine.semantics import evaluation, evaluation_variables, less_gas, more_gas


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
    return goal.have(
        reached(f, program, x, gas, value, steps),
        *_grounds(goal, f, program, x, gas, known),
        *(each.positive for each in known.values()),
        opaque=True,
    )


def _grounds(
    goal: Goal, f: Term, program: Term, x: Term, gas: Term, known: Parts
) -> Iterator[Fact]:
    """From what it follows: rules for the program and its small parts, claims about its large ones.
    """
    cls = program.data.cls
    if cls not in (Cons, Then, If):
        yield evaluation()(f, program, x, gas)
        return
    first, *others = program.args
    one, i = denoted(f, first, x, known)
    ends = [denoted(f, other, one if cls is Then else x, known) for other in others]
    m = gas - _sum(1 if cls is Then else 2, i)
    value, steps = denoted(f, program, x, known)
    parts = [(first, x, gas - 1)]
    if cls is If:
        (two, j), (three, k) = ends
        yield if_reached().at(
            f=f, p=first, q=others[0], r=others[1], x=x, a=one, b=two, c=three, d=value,
            n=gas, m=m, i=i, j=j, k=k, s=steps,
        )
        no = is_a(one, Nil)
        parts += [
            (other, x, m) for other, left_out in zip(others, (TRUE, FALSE), strict=True)
            if no is not left_out
        ]
    else:
        ((two, j),) = ends
        rule, then = (cons_reached(), x) if cls is Cons else (then_reached(), one)
        yield rule.at(f=f, p=first, q=others[0], x=x, a=one, b=two, n=gas, m=m, i=i, j=j, s=steps)
        parts.append((others[0], then, m))
    for inner, at, left in parts:
        if (inner, at) not in known and _count(inner) <= SMALL:
            yield from _grounds(goal, f, inner, at, left, known)
        else:
            yield followed(goal, f, inner, at, left, known)


@once
def cons_reached() -> Theorem:
    """If p has the value a on x after i steps and q has b after j, then cons(p, q) has their pair
    after i + j + 3."""
    f, p, x, n = evaluation_variables()
    q, a, b, m, i, j, s = variables(q=p.sort, a=x.sort, b=x.sort, m=INT, i=INT, j=INT, s=INT)
    whole = made(Cons, p, q)
    statement = forall(
        f, p, q, x, a, b, n, m, i, j, s,
        given={
            "second": equal(m, n - 2 - i), "all": equal(s, i + j + 3),
            "i": i >= 0, "j": j >= 0,
            "p": reached(f, p, x, n - 1, a, i), "q": reached(f, q, x, m, b, j),
        },
        then=reached(f, whole, x, n, pair(a, b), s),
    )
    return prove("reached.cons", statement, lambda goal: [evaluation()(f, whole, x, n)])


@once
def then_reached() -> Theorem:
    """If p has the value a on x after i steps and q has b on a after j, then so has p; q on x after
    i + j + 1."""
    f, p, x, n = evaluation_variables()
    q, a, b, m, i, j, s = variables(q=p.sort, a=x.sort, b=x.sort, m=INT, i=INT, j=INT, s=INT)
    whole = made(Then, p, q)
    statement = forall(
        f, p, q, x, a, b, n, m, i, j, s,
        given={
            "second": equal(m, n - 1 - i), "all": equal(s, i + j + 1),
            "i": i >= 0, "j": j >= 0,
            "p": reached(f, p, x, n - 1, a, i), "q": reached(f, q, a, m, b, j),
        },
        then=reached(f, whole, x, n, b, s),
    )
    return prove("reached.then", statement, lambda goal: [evaluation()(f, whole, x, n)])


@once
def if_reached() -> Theorem:
    """If p has the value a on x after i steps, and the branch that a says has its value after j or
    k, then the whole has it after two more."""
    f, p, x, n = evaluation_variables()
    q, r, a, b, c, d = variables(q=p.sort, r=p.sort, a=x.sort, b=x.sort, c=x.sort, d=x.sort)
    m, i, j, k, s = variables(m=INT, i=INT, j=INT, k=INT, s=INT)
    no = is_a(a, Nil)
    whole = made(If, p, q, r)
    statement = forall(
        f, p, q, r, x, a, b, c, d, n, m, i, j, k, s,
        given={
            "branch": equal(m, n - 2 - i), "all": equal(s, i + choose_by(no, k, j) + 2),
            "i": i >= 0, "chosen": choose_by(no, k, j) >= 0,
            "p": reached(f, p, x, n - 1, a, i),
            "q": implies(negate(no), reached(f, q, x, m, b, j)),
            "r": implies(no, reached(f, r, x, m, c, k)),
            "value": equal(d, choose_by(no, c, b)),
        },
        then=reached(f, whole, x, n, d, s),
    )
    return prove("reached.if", statement, lambda goal: [evaluation()(f, whole, x, n)])


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


SMALL = 60
"""Parts of so many constructors get no claim of their own."""


def _count(program: Term) -> int:
    """How many constructors it has; what is quoted counts for none."""
    todo, count = [program], 0
    while todo:
        inner = todo.pop()
        count += 1
        if inner.op == "make" and inner.data.cls is not Quote:
            todo += inner.args
    return count
