"""Diagonals, and the halting of programs that no slightly smaller one decides.

*Definitions* accepted by the kernel: those of :mod:`models.machine.diagonal`.

*Results*: a diagonal halts exactly where its program answers nil, on every input
(:func:`halting`, :func:`halting_only`, :func:`looping`, and the same for short diagonals);
``bounded-escape`` (:func:`bounded_escape`).

*How it is done*: in every round a short diagonal gets the same answer, as a program has one answer,
whatever the gas; so an induction on gas shows that it does not halt after a pair. The loop of a
diagonal is the short diagonal of Id. ``bounded-escape`` is what all this says of a diagonal's own
code, with sizes counted.

*References*: N. D. Jones, 'Computability and Complexity' (MIT Press 1997), chapter 5.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.machine import diagonal as model
from models.machine.program import Cons, Id, If, Then, While
from models.machine.semantics import Done, OutOfGas
from models.machine.tree import Nil, Pair
from proofs.kernel.reading import array_of, is_a, made, part
from proofs.kernel.rules import Definition, Theorem, define, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import BOOL, INT, Term, both, equal, iff, implies, negate, select
from proofs.machine.program import coding, sizing
from proofs.machine.semantics import (
    evaluation,
    evaluation_variables,
    gas,
    halts,
    more_gas,
    value,
)

diagonal = once(lambda: define(model.diagonal))
short_diagonal = once(lambda: define(model.short_diagonal))


def no(outcome: Term) -> Term:
    """Whether an outcome is a finished one with nil."""
    return both(halts(outcome), is_a(value(outcome), Nil))


def yes(outcome: Term) -> Term:
    """Whether an outcome is a finished one with a pair."""
    return both(halts(outcome), is_a(value(outcome), Pair))


@once
def short_halting() -> Theorem:
    """If p answers nil on x, its short diagonal halts there, in two steps more."""
    evaluate, short = evaluation(), short_diagonal()
    f, p, x, n = evaluation_variables()
    outcome = evaluate.function(f, p, x, n)
    looped = short.function(p)
    return prove(
        "short-diagonal-halts",
        forall(
            f, p, x, n,
            given={"no": no(outcome)},
            then=equal(evaluate.function(f, looped, x, n + 2), made(Done, x, gas(outcome))),
        ),
        lambda goal: [
            short(p), evaluate(f, looped, x, n + 2), evaluate.invariant(f, p, x, n),
            more_gas().at(f=f, p=p, x=x, n=n, d=1),
        ],
    )


@once
def short_halting_only() -> Theorem:
    """If the short diagonal of p halts on x, then p answers nil there."""
    evaluate, short = evaluation(), short_diagonal()
    f, p, x, n = evaluation_variables()
    looped, identity = short.function(p), made(Id)
    outcome = evaluate.function(f, looped, x, n)
    first = evaluate.function(f, p, x, n - 1)
    again = gas(first) - 2  # what is left for the second round
    return prove(
        "short-diagonal-halts-only",
        forall(
            f, p, x, n,
            given={"halts": halts(outcome)},
            then=equal(
                evaluate.function(f, p, x, n - 1), made(Done, made(Nil), gas(outcome) + 1)
            ),
        ),
        lambda goal: [
            short(p), evaluate(f, looped, x, n), evaluate.invariant(f, p, x, n - 1),
            evaluate(f, identity, x, gas(first) - 1),
            goal.induction(n=again),
            more_gas().at(f=f, p=p, x=x, n=again - 1, d=n - again),
        ],
        measure=n,
    )


@once
def halting() -> Theorem:
    """If p answers nil on x, its diagonal halts there, in four steps more."""
    evaluate, long = evaluation(), diagonal()
    f, p, x, n = evaluation_variables()
    outcome = evaluate.function(f, p, x, n)
    whole, identity, nil = long.function(p), made(Id), made(Nil)
    left = gas(outcome) + 1
    return prove(
        "diagonal-halts",
        forall(
            f, p, x, n,
            given={"no": no(outcome)},
            then=equal(evaluate.function(f, whole, x, n + 4), made(Done, nil, gas(outcome))),
        ),
        lambda goal: [
            long(p), evaluate(f, whole, x, n + 4), evaluate.invariant(f, p, x, n),
            more_gas().at(f=f, p=p, x=x, n=n, d=3),
            short_diagonal()(identity), evaluate(f, identity, nil, left),
            short_halting().at(f=f, p=identity, x=nil, n=left),
        ],
    )


@once
def halting_only() -> Theorem:
    """If the diagonal of p halts on x, then p answers nil there."""
    evaluate, long = evaluation(), diagonal()
    f, p, x, n = evaluation_variables()
    whole, identity = long.function(p), made(Id)
    outcome = evaluate.function(f, whole, x, n)
    first = evaluate.function(f, p, x, n - 1)
    answer, left = value(first), gas(first)
    return prove(
        "diagonal-halts-only",
        forall(
            f, p, x, n,
            given={"halts": halts(outcome)},
            then=equal(first, made(Done, made(Nil), gas(outcome) + 3)),
        ),
        lambda goal: [
            long(p), evaluate(f, whole, x, n), evaluate.invariant(f, p, x, n - 1),
            short_diagonal()(identity), evaluate(f, identity, answer, left - 1),
            evaluate(f, short_diagonal().function(identity), answer, left),
            short_halting_only().at(f=f, p=identity, x=answer, n=left),
        ],
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of diagonals. ``more``: how much larger than its program, and how many steps longer.

    ``escape`` is the name of its part of ``bounded-escape``.
    """

    name: str
    escape: str
    definition: Callable[[], Definition]
    more: int
    halting: Callable[[], Theorem]
    halting_only: Callable[[], Theorem]

    def of(self, program: Term) -> Term:
        """The diagonal of a program."""
        return self.definition().function(program)


LONG = Kind("diagonal", "bounded-escape", diagonal, 4, halting, halting_only)
SHORT = Kind(
    "short-diagonal", "bounded-escape.short", short_diagonal, 2, short_halting, short_halting_only
)


def _looping(kind: Kind) -> Theorem:
    run = evaluation().function
    f, p, x, n = evaluation_variables()
    (m,) = variables(m=INT)
    outcome = run(f, p, x, n)
    return prove(
        f"{kind.name}-loops",
        forall(
            f, p, x, n, m,
            given={"yes": yes(outcome)},
            then=equal(run(f, kind.of(p), x, m), made(OutOfGas)),
        ),
        lambda goal: [
            kind.halting_only().at(f=f, p=p, x=x, n=m),
            more_gas().at(f=f, p=p, x=x, n=n, d=m - 1 - n),
            more_gas().at(f=f, p=p, x=x, n=m - 1, d=n - (m - 1)),
        ],
    )


def _larger(kind: Kind) -> Theorem:
    (_, p, _, _), size = evaluation_variables(), sizing()
    identity = made(Id)
    return prove(
        f"{kind.escape}.size",
        forall(p, then=equal(size.function(kind.of(p)), size.function(p) + kind.more)),
        lambda goal: [
            kind.definition()(p), size(kind.of(p)),
            size(made(While, identity, identity)), size(identity),
        ],
    )


def _error(kind: Kind, looping: Callable[[], Theorem]) -> Theorem:
    """What p answers at the code of its diagonal, if anything, is wrong."""
    run = evaluation().function
    f, p, _, n = evaluation_variables()
    (m,) = variables(m=INT)
    whole = kind.of(p)
    own = coding().function(whole)
    answer = run(f, p, own, n)
    return prove(
        f"{kind.escape}.error",
        forall(
            f, p, n, m,
            then=both(
                implies(no(answer), halts(run(f, whole, own, n + kind.more))),
                implies(yes(answer), equal(run(f, whole, own, m), made(OutOfGas))),
            ),
        ),
        lambda goal: [
            kind.halting().at(f=f, p=p, x=own, n=n),
            looping().at(f=f, p=p, x=own, n=n, m=m),
        ],
    )


def _escape(
    kind: Kind, larger: Callable[[], Theorem], error: Callable[[], Theorem]
) -> Theorem:
    """If J is a set of programs that halt on their code, as far as those of size at most k go, and
    p decides J on their codes, then J lacks one of them that halts: the diagonal of p.

    So J is not J_k, which lacks none. To say this without "there is", s has the gas for members of
    J, c that for answers of p, and the conclusion names the program that is missing and its gas.
    """
    run, size, code = evaluation().function, sizing().function, coding().function
    f, p, x, _ = evaluation_variables()
    (k,) = variables(k=INT)
    J, s, c = variables(
        J=array_of(x.sort, BOOL), s=array_of(x.sort, INT), c=array_of(x.sort, INT)
    )
    (q,) = variables(q=p.sort)
    small, member = size(q) <= k, select(J, code(q))
    answer = run(f, p, code(q), select(c, code(q)))
    whole = kind.of(p)
    own = code(whole)
    return prove(
        kind.escape,
        forall(
            f, J, s, c, p, k,
            given={
                "size": size(p) <= k - kind.more,
                "members halt": (
                    (q,),
                    implies(both(small, member), halts(run(f, q, code(q), select(s, code(q))))),
                ),
                "decides": (
                    (q,),
                    implies(small, both(halts(answer), iff(member, is_a(value(answer), Pair)))),
                ),
            },
            then=both(
                size(whole) <= k,
                negate(select(J, own)),
                halts(run(f, whole, own, select(c, own) + kind.more)),
            ),
        ),
        lambda goal: [
            goal.hypothesis("members halt", whole),
            goal.hypothesis("decides", whole),
            larger().at(p=p),
            error().at(f=f, p=p, n=select(c, own), m=select(s, own)),
        ],
    )


looping = once(lambda: _looping(LONG))
short_looping = once(lambda: _looping(SHORT))
larger = once(lambda: _larger(LONG))
short_larger = once(lambda: _larger(SHORT))
error = once(lambda: _error(LONG, looping))
short_error = once(lambda: _error(SHORT, short_looping))
escape = once(lambda: _escape(LONG, larger, error))
short_escape = once(lambda: _escape(SHORT, short_larger, short_error))


@once
def sharp() -> Theorem:
    """Id, of size 1, decides J_2 relative to every oracle: it says yes, and all are members."""
    evaluate, size, code = evaluation(), sizing(), coding()
    f, p, _, _ = evaluation_variables()
    identity, own = made(Id), code.function(p)
    parts = [part(p, cls, name) for cls in (Cons, Then, If, While) for name in cls.__match_args__]
    return prove(
        "bounded-escape.sharp",
        forall(
            f, p,
            given={"size": size.function(p) <= 2},
            then=both(
                equal(size.function(identity), 1),
                halts(evaluate.function(f, p, own, 1)),
                yes(evaluate.function(f, identity, own, 1)),
            ),
        ),
        lambda goal: [
            size(p), size(identity), code(p),
            evaluate(f, p, own, 1), evaluate(f, identity, own, 1),
            *map(size.invariant, parts),
        ],
    )


def bounded_escape() -> tuple[Theorem, ...]:
    """All parts of ``bounded-escape``."""
    return escape(), error(), larger(), short_escape(), short_error(), short_larger(), sharp()
