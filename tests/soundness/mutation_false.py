"""Mutants that are false where nobody can run them: the values, and how the kernel proves it.

*Definitions*: :class:`ProvedFalse`, :data:`PROVED_FALSE`.

To refute a mutant is to run it on values. If what it speaks of is too far away to be run, the
kernel proves, of values that are named, that the mutant's hypotheses imply the opposite of its
conclusion (:func:`tests.soundness.mutation_kernel.disproved`). As no hypothesis is left out or
made stronger, whatever the theorem is about is a counterexample to the mutant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from models.machine.program import Ask, Id, If, Quote, Then, Tl
from models.machine.tree import TRUE as TRUE_TREE
from models.machine.tree import Nil, Pair
from proofs.kernel.reading import is_a, made, part, quote
from proofs.kernel.rules import Fact, Goal, Statement, Theorem, height, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import INT, Term, as_term, both, equal, implies, rank, select
from proofs.machine import kleene_post
from proofs.machine.breadth_first import NIL, TREE
from proofs.machine.condition import (
    decided,
    deciding,
    dropping,
    extending,
    extension,
    joining_partly,
    partial_oracle,
)
from proofs.machine.degrees import FALSE, TRUE, joins
from proofs.machine.escape import short_diagonal, short_halting, short_halting_only
from proofs.machine.generic_pair import (
    building,
    conditioning,
    generic,
    generic_decided,
    half_right,
    halves_of,
    pointing,
    staging,
)
from proofs.machine.program import coding, decode_code
from proofs.machine.semantics import evaluation, evaluation_variables, halts, more_gas
from proofs.machine.straight import exactly, half, pair
from proofs.machine.tree import measuring, numbering, numeral_length
from proofs.machine.turing_jump import JUMPING, passed_on
from tests.soundness.mutation_kernel import Case, Premises

Values: TypeAlias = Callable[[Statement], Mapping[str, Term]]
"""Of some of a mutant's variables, by name, terms of the others."""


@dataclass(frozen=True, slots=True)
class ProvedFalse:
    """Mutants, by theorem, that are false at ``values`` that cannot be run, and the premises from
    which that is proved."""

    reason: str
    values: Values
    premises: Premises
    mutants: Mapping[str, tuple[str, ...]]


# --- a program that waits for a condition to say no -----------------------------------------------

WAITED = 20
"""Enough steps for :func:`waiting`, if the answer is no."""

UNLESS_NO = If(Id(), Tl(), Quote(TRUE_TREE))
"""Nil on <nil.nil>, which is a known no; a pair on nil and on <nil.true>."""


def waiting(question: Term) -> Term:
    """A program that asks what is known of a question, and halts if that is no."""
    _, p, _, _ = evaluation_variables()
    loop = short_diagonal().function(quote(UNLESS_NO, p.sort))
    return made(Then, made(Quote, question), made(Then, made(Ask), loop))


@once
def waited() -> Theorem:
    """It halts only if the answer is known and is no; if it is, then within twenty steps."""
    evaluate = evaluation()
    f, p, x, n = evaluation_variables()
    (z,) = variables(z=TREE)
    program, test = waiting(z), quote(UNLESS_NO, p.sort)
    known = select(f, z)
    no = equal(known, pair(NIL, NIL))
    loop = short_diagonal().function(test)
    rest = program.args[1]

    def premises(goal: Goal) -> Iterator[Fact]:
        for m in (n, as_term(WAITED)):
            yield evaluate(f, program, x, m)
            yield evaluate(f, program.args[0], x, m - 1)
            yield evaluate(f, rest, z, m - 2)
            yield evaluate(f, rest.args[0], z, m - 3)
            yield exactly(goal, f, test, known, m - 5)
            yield short_halting_only().at(f=f, p=test, x=known, n=m - 4)
            yield exactly(goal, f, test, known, m - 6)
            yield short_halting().at(f=f, p=test, x=known, n=m - 6)
            yield evaluate.invariant(f, loop, known, m - 4)

    return prove(
        "waited",
        forall(
            f, z, x, n,
            then=both(
                implies(
                    halts(evaluate.function(f, program, x, n)),
                    both(is_a(known, Pair), is_a(half(known, "tail"), Nil)),
                ),
                implies(no, halts(evaluate.function(f, program, x, WAITED))),
            ),
        ),
        premises,
    )


# --- conditions that say no -----------------------------------------------------------------------


@once
def no_bit_in_numeral() -> Theorem:
    """All elements of a numeral are nil."""
    drop, number = dropping().function, numbering().function
    c, n = variables(c=TREE, n=INT)
    less = part(c, Pair, "tail")
    return prove(
        "no-bit-in-numeral",
        forall(c, n, then=is_a(half(drop(c, number(n)), "head"), Nil)),
        lambda goal: [
            dropping()(c, number(n)), dropping()(less, NIL), numbering()(n),
            goal.induction(c=less, n=n - 1), goal.induction(c=less, n=as_term(0)),
            numbering()(as_term(0)), *height(less),
        ],
        measure=rank(c),
    )


@once
def numeral_extends() -> Theorem:
    """A numeral is a condition."""
    extends, number = extending(), numbering()
    (n,) = variables(n=INT)
    return prove(
        "numeral-extends",
        forall(n, then=extends.function(NIL, number.function(n))),
        lambda goal: [
            extends(NIL, number.function(n)), number(n), goal.induction(n=n - 1),
        ],
        measure=n,
    )


@once
def numeral_says_no() -> Theorem:
    """Of every tree that is shorter it decides that it is not in the set."""
    bit, drop, number, size = deciding(), dropping().function, numbering().function, measuring()
    y, n = variables(y=TREE, n=INT)
    condition = number(n)
    newer = part(drop(y, condition), Pair, "tail")
    return prove(
        "numeral-says-no",
        forall(
            y, n,
            given={"longer": size.function(y) < n},
            then=equal(bit.function(condition, y), pair(NIL, NIL)),
        ),
        lambda goal: [
            bit(condition, y), decided().at(t=condition, y=y, b=NIL), size.invariant(y),
            numeral_length().at(n=n), no_bit_in_numeral().at(c=newer, n=n),
        ],
    )


# --- a tree that is too long ----------------------------------------------------------------------


def far_point(statement: Statement) -> Term:
    """The point of the program that always says no, if true has the first turn."""
    f, J, s = (v for v in statement.variables if str(v.data) in ("f", "J", "s"))
    A = kleene_post.truths().function(f)
    no = made(Quote, NIL)
    return pointing().function(A, J, s, TRUE, TRUE, kleene_post.deciding_from_set().function(no))


def waiting_for_no(statement: Statement) -> Mapping[str, Term]:
    """The program of stage 0 waits until the far point is not in the set."""
    program = waiting(pair(TRUE, far_point(statement)))
    return {
        "w": pair(coding().function(program), NIL), "p": made(Quote, NIL), "n": as_term(1)
    }


def not_in_set(case: Case) -> Iterator[Fact]:
    """That the far point is not in the first set, as stage 0 sees to that."""
    goal, statement = case.goal, case.mutant.statement
    f, J, s = (case[name] for name in "fJs")
    A, y = kleene_post.truths().function(f), far_point(statement)
    question = pair(TRUE, y)
    w = waiting_for_no(statement)["w"]
    program = waiting(question)
    own = coding().function(program)
    bit, size = deciding(), measuring()
    no_set = kleene_post.deciding_from_set().function(made(Quote, NIL))
    jump = passed_on(goal, *JUMPING)

    # Whatever pair w is, the point is the same.
    yield pointing()(A, J, s, TRUE, TRUE, no_set)
    yield pointing()(A, J, s, TRUE, w, no_set)
    # The program of stage 0, and what it makes of the conditions.
    state = building().function(A, J, s, w, 0)
    _, _, first, second, third, _ = halves_of(A, J, s, state)
    long = size.function(y) + WAITED + 1
    enough = numbering().function(long)
    yield building()(A, J, s, w, 0)
    yield building()(A, J, s, w, 1)
    yield staging()(A, J, s, state)
    yield conditioning()(A, J, s, w, FALSE, 1)
    yield decode_code().at(p=program)
    yield half_right().at(f=A, J=J, s=s, z=own, a=NIL, b=NIL, t=enough, **jump)
    yield half_right().at(f=A, J=J, s=s, z=own, a=second, b=first, t=NIL, **jump)
    # It halts only with a condition that says no, and does so with this one.
    yield size.invariant(y)
    yield numeral_length().at(n=long)
    yield numeral_extends().at(n=long)
    yield numeral_says_no().at(y=y, n=long)
    for condition in (first, enough):
        oracle = partial_oracle().function(A, condition)
        yield partial_oracle()(A, condition, question)
        yield joining_partly()(A, condition, question)
        yield bit(condition, y)
        time = size.function(condition)
        yield waited().at(f=oracle, z=question, x=NIL, n=time)
        yield more_gas().at(f=oracle, p=program, x=NIL, n=WAITED, d=time - WAITED)
    # What it decides is so in the set.
    now = conditioning().function(A, J, s, w, FALSE, 1)
    yield extending()(first, third)
    yield extending()(first, first)
    yield extension().at(s=first, t=now, y=y)
    yield generic_decided().at(f=A, J=J, s=s, w=w, side=FALSE, k=1, y=y, **jump)
    chosen = generic().function(A, J, s, w, FALSE)
    yield kleene_post.joined().at(f=A, g=chosen, z=question)
    yield joins()(A, chosen, question)
    yield evaluation()(A, made(Quote, NIL), question, 1)


PROVED_FALSE = (
    ProvedFalse(
        "It speaks of the stage of from_set(p) if true has the first turn, which is after more "
        "than a million others, so its point y is as long. Let p always say no, and the program "
        "of stage 0 wait until y is known not to be in the set: the condition that is found says "
        "so, and p is right about <true.y>.",
        waiting_for_no,
        not_in_set,
        {
            "kleene-post.not-below": (
                "conclusion: point(membership(f, ·), J, s, w, 1, from_set(p)) with its arguments 4 "
                "and 5 exchanged",
            ),
        },
    ),
)
