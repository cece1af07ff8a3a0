"""Substitution for the oracle: a program in place of Ask.

*Definitions* accepted by the kernel: :func:`substituting`, :func:`answering`.

*Results*: ``substitution``: if q computes g from f, then substitute(p, q) has relative to f the
same halting and values as p relative to g (:func:`forward`, :func:`backward`), with explicit gas.
Backward it is enough that no value of q differs from that of g (:func:`computed_value`).

*How it is done*: induction on gas. Forward, the gas needed is n and the cost of the questions
asked; backward n itself suffices, as answering a question takes q at least the one step that Ask
takes.

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), section II.3.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.machine import transform as model
from models.machine.program import While
from proofs.kernel.reading import array_of, made, part
from proofs.kernel.rules import Definition, Fact, Goal, Schema, Theorem, define, prove
from proofs.kernel.tactics import Supposition, calls, forall, once, replace, variables
from proofs.kernel.terms import INT, Term, both, equal, implies, select
from proofs.machine.semantics import (
    evaluation,
    evaluation_variables,
    gas,
    halts,
    inner_calls,
    more_gas,
    value,
)


@once
def substituting() -> Definition:
    """Substitution is by recursion on the program."""
    from proofs.kernel.terms import rank

    return define(model.substitute, measure=lambda p, q: rank(p))


@once
def answering() -> Definition:
    """What the questions cost: recursion on gas, along the gas equation."""
    evaluate = evaluation()

    def premises(g: Term, k: Term, p: Term, x: Term, n: Term) -> Iterable[Fact]:
        unfolded = evaluate(g, p, x, n)
        return [evaluate.invariant(*call.args) for call in inner_calls(unfolded)]

    return define(
        model.answering_gas, measure=lambda g, k, p, x, n: n + 1, premises=premises
    )


def computes(
    f: Term, q: Term, g: Term, k: Term, z: Term
) -> Supposition:
    """The schema "q computes g from f": on every z, within k(z) steps, the value is g(z)."""
    outcome = evaluation().function(f, q, z, select(k, z))
    return (z,), both(halts(outcome), equal(value(outcome), select(g, z)))


def agrees(
    f: Term, q: Term, g: Term, z: Term, m: Term
) -> Supposition:
    """The schema "q agrees with g where it halts": on every z, for every gas m that it halts with,
    its value is g(z)."""
    outcome = evaluation().function(f, q, z, m)
    return (z, m), implies(halts(outcome), equal(value(outcome), select(g, z)))


def substitution_variables() -> tuple[Term, ...]:
    """Oracles f, g; cost k; programs p, q; input x; gas n; and z, bound in the schema."""
    f, p, x, n = evaluation_variables()
    g, q, z = variables(g=f.sort, q=p.sort, z=x.sort)
    (k,) = variables(k=array_of(x.sort, INT))
    return f, g, k, p, q, x, n, z


@once
def forward() -> Theorem:
    """If p halts relative to g, substitute(p, q) does relative to f, with the same value."""
    evaluate, sub, cost = evaluation(), substituting(), answering()
    run = evaluate.function
    f, g, k, p, q, x, n, z = substitution_variables()
    outcome = run(g, p, x, n)
    extra = cost.function(g, k, p, x, n)
    program = sub.function(p, q)
    result = run(f, program, x, n + extra)
    statement = forall(
        f, g, k, p, q, x, n,
        given={"computes": computes(f, q, g, k, z), "halts": halts(outcome)},
        then=both(
            extra >= 0,
            halts(result),
            equal(value(result), value(outcome)),
            gas(result) >= gas(outcome),
        ),
    )

    def premises(goal: Goal) -> Iterable[Fact]:
        unfolded = evaluate(g, p, x, n)
        yield unfolded
        yield cost(g, k, p, x, n)
        yield sub(p, q)
        yield evaluate(f, program, x, n + extra)
        yield goal.hypothesis("computes", x)
        yield evaluate.invariant(f, q, x, select(k, x))
        yield more_gas().at(f=f, p=q, x=x, n=select(k, x), d=n)
        for call in inner_calls(unfolded, outcome):
            yield evaluate.invariant(*call.args)
            yield goal.induction(p=call.args[1], x=call.args[2], n=call.args[3])
        yield sub(part(p, While, "test"), q)
        loop = made(While, part(p, While, "test"), part(p, While, "body"))
        yield sub(loop, q)
        yield from lifts(unfolded, n + extra)

    def lifts(unfolded: Fact, total: Term) -> Iterable[Fact]:
        """In the run of the substituted program a part starts with at least the gas that its
        induction hypothesis speaks of."""
        for call in calls(run, evaluate(f, program, x, total).term):
            own = replace(call.args[1], program, p)
            mine = sub.function(own, q)
            for inner in inner_calls(unfolded, outcome):
                if inner.args[1] is own:
                    need = inner.args[3] + cost.function(g, k, *inner.args[1:])
                    yield more_gas().at(
                        f=f, p=mine, x=inner.args[2], n=need, d=call.args[3] - need
                    )

    return prove("substitution.forward", statement, premises, measure=n)


@once
def computed_value() -> Theorem:
    """If q computes g from f, then it agrees with g where it halts, whatever the gas."""
    f, g, k, _, q, _, _, z = substitution_variables()
    (m,) = variables(m=INT)
    enough = select(k, z)
    _, conclusion = agrees(f, q, g, z, m)
    return prove(
        "computed-value",
        forall(f, g, k, q, z, m, given={"computes": computes(f, q, g, k, z)}, then=conclusion),
        lambda goal: [
            goal.hypothesis("computes", z),
            more_gas().at(f=f, p=q, x=z, n=m, d=enough - m),
            more_gas().at(f=f, p=q, x=z, n=enough, d=m - enough),
        ],
    )


def agreement(f: Term, g: Term, k: Term, q: Term, computing: Schema) -> Schema:
    """The schema :func:`agrees` of what computes g, from the schema that it does."""
    *_, z = substitution_variables()
    (m,) = variables(m=INT)
    return computed_value().schema(z, m, f=f, g=g, k=k, q=q, z=z, m=m, computes=computing)


@once
def backward() -> Theorem:
    """If substitute(p, q) halts relative to f, p does relative to g, with the same value, if q
    agrees with g where it halts."""
    evaluate, sub = evaluation(), substituting()
    run = evaluate.function
    f, g, _, p, q, x, n, z = substitution_variables()
    (m,) = variables(m=INT)
    program = sub.function(p, q)
    outcome = run(f, program, x, n)
    result = run(g, p, x, n)
    statement = forall(
        f, g, p, q, x, n,
        given={"agrees": agrees(f, q, g, z, m), "halts": halts(outcome)},
        then=both(
            halts(result), equal(value(result), value(outcome)), gas(result) >= gas(outcome)
        ),
    )

    def premises(goal: Goal) -> Iterable[Fact]:
        unfolded = evaluate(f, program, x, n)
        yield unfolded
        yield evaluate(g, p, x, n)
        yield sub(p, q)
        yield goal.hypothesis("agrees", x, n)
        yield evaluate.invariant(f, q, x, n)
        ours = evaluate(g, p, x, n)
        for call in inner_calls(unfolded, outcome):
            own = replace(call.args[1], program, p)
            yield evaluate.invariant(*call.args)
            yield sub(own, q)
            yield goal.induction(p=own, x=call.args[2], n=call.args[3])
            for other in inner_calls(ours, result):
                if other.args[1] is own:
                    yield more_gas().at(
                        f=g, p=own, x=call.args[2], n=call.args[3],
                        d=other.args[3] - call.args[3],
                    )

    return prove("substitution.backward", statement, premises, measure=n)


def substitution() -> tuple[Theorem, ...]:
    """Both directions of ``substitution``."""
    return forward(), backward()
