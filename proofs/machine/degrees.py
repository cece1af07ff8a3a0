"""Turing reducibility: a preorder, with joins.

*Definitions* accepted by the kernel: those of :mod:`models.machine.degrees`, and
:func:`models.machine.oracle.join_answer`.

*Results*: ``turing-preorder``: :func:`reflexive`, :func:`transitive`; the join of two sets is a set
(:func:`join_of_sets`), both are reducible to it (:func:`halves`), and it to all that both are
reducible to (:func:`least`); if a layer is included in another one, so is its oracle
(:func:`included`).

*How it is done*: transitivity is ``substitution``. The other reductions are short programs without
loops, whose runs are unfolded.

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), sections II.3 and V.1.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.machine import degrees as model
from models.machine.oracle import join_answer
from models.machine.program import Ask
from models.machine.semantics import Done
from models.machine.tree import Nil, Pair, Tree
from proofs.kernel.reading import array_of, is_a, made, part, sort_of
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, prove
from proofs.kernel.tactics import Supposition, forall, once, variables
from proofs.kernel.terms import INT, Term, both, choose_by, either, equal, iff, implies, select
from proofs.machine.semantics import (
    evaluation,
    evaluation_variables,
    halts,
    inner_calls,
    more_gas,
    value,
)
from proofs.machine.substitution import answering, computes, forward, substituting

# The tags of a join.
sort_of(Tree)
FALSE = made(Nil)
TRUE = made(Pair, FALSE, FALSE)


@once
def joins() -> Definition:
    """The answers of a join; not recursive."""
    evaluation()
    return define(join_answer)


@once
def composing() -> Definition:
    """The cost of a composed reduction."""
    answering()
    return define(model.composed_gas)


@once
def half() -> Definition:
    """From a join to one of its oracles."""
    evaluation()
    return define(model.half)


@once
def joining() -> Definition:
    """From two oracles' reductions to their join's."""
    evaluation()
    return define(model.joining)


@once
def joining_gas() -> Definition:
    """The cost of that reduction."""
    evaluation()
    return define(model.joining_gas)


def unfoldings(call: Term) -> Iterable[Fact]:
    """The gas equation at a call, and at the calls that it shows, as far as programs are written
    out."""
    evaluate = evaluation()
    todo, seen = [call], {call}
    while todo:
        current = todo.pop()
        fact = evaluate(*current.args)
        yield fact
        for inner in inner_calls(fact, current):
            if inner not in seen and inner.args[1].op == "make":
                seen.add(inner)
                todo.append(inner)


@once
def reflexive() -> Theorem:
    """Ask computes every oracle from itself, in one step."""
    evaluate = evaluation()
    f, _, x, _ = evaluation_variables()
    return prove(
        "turing-preorder.reflexive",
        forall(
            f, x,
            then=equal(evaluate.function(f, made(Ask), x, 1), made(Done, select(f, x), 0)),
        ),
        lambda goal: [evaluate(f, made(Ask), x, 1)],
    )


@once
def transitive() -> Theorem:
    """If q computes g from f, and p computes h from g, substitute(p, q) computes h from f."""
    run, sub, composed = evaluation().function, substituting().function, composing()
    f, p, x, _ = evaluation_variables()
    g, h, q, z = variables(g=f.sort, h=f.sort, q=p.sort, z=x.sort)
    k, c = variables(k=array_of(x.sort, INT), c=array_of(x.sort, INT))
    gas = composed.function(g, k, p, c, x)
    outcome = run(f, sub(p, q), x, gas)
    return prove(
        "turing-preorder.transitive",
        forall(
            f, g, h, k, c, p, q, x,
            given={"lower": computes(f, q, g, k, z), "upper": computes(g, p, h, c, z)},
            then=both(halts(outcome), equal(value(outcome), select(h, x))),
        ),
        lambda goal: [
            composed(g, k, p, c, x),
            goal.hypothesis("upper", x),
            forward().at(
                f=f, g=g, k=k, p=p, q=q, x=x, n=select(c, x), computes=goal.schema("lower")
            ),
        ],
    )


def join_variables() -> tuple[Term, ...]:
    """Oracles g and h; J, which the schema "J is the join of g and h" speaks of; z, bound in it."""
    f, _, x, _ = evaluation_variables()
    return variables(g=f.sort, h=f.sort, J=f.sort, z=x.sort)


def is_join(J: Term, g: Term, h: Term, z: Term) -> Supposition:
    """The schema "J is the join of g and h"."""
    return (z,), equal(select(J, z), joins().function(g, h, z))


def is_truth(answer: Term) -> Term:
    """Whether a tree is true or false."""
    return either(equal(answer, FALSE), equal(answer, TRUE))


@once
def join_of_sets() -> Theorem:
    """The join of two sets is a set: of the <false.x>, x in one, and the <true.x>, x in the other.
    """
    _, _, x, _ = evaluation_variables()
    g, h, J, z = join_variables()
    tag, rest = part(x, Pair, "head"), part(x, Pair, "tail")
    answer = select(J, x)

    def in_set(which: Term, member: Term) -> Term:
        return equal(select(which, member), TRUE)

    return prove(
        "turing-preorder.join-of-sets",
        forall(
            g, h, J, x,
            given={
                "first": ((z,), is_truth(select(g, z))),
                "second": ((z,), is_truth(select(h, z))),
                "join": is_join(J, g, h, z),
            },
            then=both(
                is_truth(answer),
                iff(
                    in_set(J, x),
                    both(
                        is_a(x, Pair),
                        either(
                            both(equal(tag, FALSE), in_set(g, rest)),
                            both(equal(tag, TRUE), in_set(h, rest)),
                        ),
                    ),
                ),
            ),
        ),
        lambda goal: [
            goal.hypothesis("first", rest), goal.hypothesis("second", rest),
            goal.hypothesis("join", x), joins()(g, h, x),
        ],
    )


@once
def halves() -> Theorem:
    """From the join of g and h both are computed, in seven steps."""
    run, of = evaluation().function, half()
    _, _, x, _ = evaluation_variables()
    g, h, J, z = join_variables()

    def premises(goal: Goal) -> Iterable[Fact]:
        for tag in (FALSE, TRUE):
            law = of(tag)
            yield law
            yield from unfoldings(run(J, law.term.args[1], x, 7))
            question = made(Pair, tag, x)
            yield goal.hypothesis("join", question)
            yield joins()(g, h, question)

    return prove(
        "turing-preorder.halves",
        forall(
            g, h, J, x,
            given={"join": is_join(J, g, h, z)},
            then=both(
                equal(run(J, of.function(FALSE), x, 7), made(Done, select(g, x), 0)),
                equal(run(J, of.function(TRUE), x, 7), made(Done, select(h, x), 0)),
            ),
        ),
        premises,
    )


@once
def least() -> Theorem:
    """If p computes g from f and q computes h from f, joining(p, q) computes their join from f."""
    run, whole, cost = evaluation().function, joining(), joining_gas()
    f, p, x, _ = evaluation_variables()
    g, h, J, z = join_variables()
    (q,) = variables(q=p.sort)
    b, c = variables(b=array_of(x.sort, INT), c=array_of(x.sort, INT))
    gas = cost.function(b, c, x)
    outcome = run(f, whole.function(p, q), x, gas)

    def premises(goal: Goal) -> Iterable[Fact]:
        law = whole(p, q)
        yield law
        yield cost(b, c, x)
        yield goal.hypothesis("join", x)
        yield joins()(g, h, x)
        asked = choose_by(is_a(x, Nil), x, part(x, Pair, "tail"))
        for label, program, enough in (
            ("left", p, select(b, asked)), ("right", q, select(c, asked))
        ):
            yield goal.hypothesis(label, asked)
            yield evaluation().invariant(f, program, asked, enough)
        for fact in unfoldings(run(f, law.term.args[1], x, gas)):
            yield fact
            for call in inner_calls(fact):
                for program, enough in ((p, select(b, asked)), (q, select(c, asked))):
                    if call.args[1] is program:
                        yield more_gas().at(
                            f=f, p=program, x=asked, n=enough, d=call.args[3] - enough
                        )

    return prove(
        "turing-preorder.join",
        forall(
            f, g, h, J, p, q, b, c, x,
            given={
                "left": computes(f, p, g, b, z),
                "right": computes(f, q, h, c, z),
                "join": is_join(J, g, h, z),
            },
            then=both(halts(outcome), equal(value(outcome), select(J, x))),
        ),
        premises,
    )


@once
def included() -> Theorem:
    """If the layer of f is included in that of g, some program computes f from g.

    Included in it is then what Ask computes from f: if for every tree w it computes f at w, then
    some q computes f from g. This is to say that for some w and q: if it computes f at w, then q
    computes f from g at every z.
    """
    run = evaluation().function
    f, p, x, _ = evaluation_variables()
    g, q, w, z = variables(g=f.sort, q=p.sort, w=x.sort, z=x.sort)
    (c,) = variables(c=array_of(x.sort, INT))
    asks = run(f, made(Ask), w, 1)
    itself = both(halts(asks), equal(value(asks), select(f, w)))
    outcome = run(g, q, x, select(c, x))
    _, other = computes(g, q, f, c, z)
    return prove(
        "turing-preorder.included",
        forall(
            f, g, q, c, w, x,
            given={"included": ((z,), implies(itself, other))},
            then=both(halts(outcome), equal(value(outcome), select(f, x))),
        ),
        lambda goal: [reflexive().at(f=f, x=w), goal.hypothesis("included", x)],
    )


def turing_preorder() -> tuple[Theorem, ...]:
    """All parts of ``turing-preorder``."""
    return reflexive(), transitive(), join_of_sets(), halves(), least(), included()
