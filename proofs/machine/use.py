"""The use principle: a run depends on the answers to its own questions only.

*Definitions* accepted by the kernel: those of :mod:`models.machine.use`.

*Results*: ``use-principle``: an oracle that agrees on the use has the same run (:func:`same_run`);
oracles that tend to a limit have in the end the run of the limit (:func:`in_the_limit`).

*How it is done*: induction on gas, for all lists that may follow the questions of a run at once: a
part's questions come before those of what follows it. A stage beyond the moduli of all questions is
one at which the oracle agrees with the limit on them (:func:`settled`).

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), section II.3.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.machine import use as model
from models.machine.tree import Nil, Pair
from proofs.kernel.reading import array_of, made, part
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, height, prove
from proofs.kernel.tactics import Supposition, calls, forall, once, variables
from proofs.kernel.terms import INT, Term, both, equal, implies, rank, select
from proofs.machine.semantics import evaluation, evaluation_variables, inner_calls


@once
def asking() -> Definition:
    """The use: recursion on gas, along the gas equation."""
    evaluate = evaluation()

    def premises(f: Term, p: Term, x: Term, n: Term, rest: Term) -> Iterable[Fact]:
        unfolded = evaluate(f, p, x, n)
        return [evaluate.invariant(*call.args) for call in inner_calls(unfolded)]

    return define(model.use, measure=lambda f, p, x, n, rest: n + 1, premises=premises)


@once
def agreeing() -> Definition:
    """Agreement on a list of questions: recursion on the list."""
    evaluation()
    return define(model.agree, measure=lambda f, g, questions: rank(questions))


@once
def settling() -> Definition:
    """The stage for a list of questions: recursion on the list."""
    evaluation()
    return define(model.stage, measure=lambda m, questions: rank(questions))


@once
def same_run() -> Theorem:
    """If g agrees with f on the use of a run relative to f, its run is the same, with the same use.

    Any list may follow the use; then g must agree on that list too.
    """
    evaluate, use, agree = evaluation(), asking(), agreeing()
    f, p, x, n = evaluation_variables()
    g, rest = variables(g=f.sort, rest=x.sort)
    outcome = evaluate.function(f, p, x, n)
    questions = use.function(f, p, x, n, rest)
    statement = forall(
        f, g, p, x, n, rest,
        given={"agree": agree.function(f, g, questions)},
        then=both(
            equal(evaluate.function(g, p, x, n), outcome),
            equal(use.function(g, p, x, n, rest), questions),
            agree.function(f, g, rest),
        ),
    )

    def premises(goal: Goal) -> Iterable[Fact]:
        unfolded = use(f, p, x, n, rest)
        yield unfolded
        yield use(g, p, x, n, rest)
        yield evaluate(f, p, x, n)
        yield evaluate(g, p, x, n)
        yield agree(f, g, made(Pair, x, rest))
        for call in calls(use.function, unfolded.term):
            if call is not questions:
                _, part_, value, gas, following = call.args
                yield evaluate.invariant(f, part_, value, gas)
                yield goal.induction(p=part_, x=value, n=gas, rest=following)

    # A part may be left with no gas at all, and what follows it with one unit less.
    return prove("use-principle.followed", statement, premises, measure=n + 1)


@once
def whole_run() -> Theorem:
    """If g agrees with f on the use of a run relative to f, its run is the same, with the same use.
    """
    run, use, agree = evaluation().function, asking().function, agreeing()
    f, p, x, n = evaluation_variables()
    (g,) = variables(g=f.sort)
    nothing = made(Nil)
    questions = use(f, p, x, n, nothing)
    return prove(
        "use-principle",
        forall(
            f, g, p, x, n,
            given={"agree": agree.function(f, g, questions)},
            then=both(
                equal(run(g, p, x, n), run(f, p, x, n)),
                equal(use(g, p, x, n, nothing), questions),
            ),
        ),
        lambda goal: [same_run().at(f=f, g=g, p=p, x=x, n=n, rest=nothing)],
    )


def limit_variables() -> tuple[Term, ...]:
    """Oracles F by stage; their limit f; a modulus m; a stage s; and z, t, bound in the schema."""
    f, _, x, _ = evaluation_variables()
    F, m = variables(F=array_of(INT, f.sort), m=array_of(x.sort, INT))
    s, z, t = variables(s=INT, z=x.sort, t=INT)
    return F, f, m, s, z, t


def converges(F: Term, f: Term, m: Term, z: Term, t: Term) -> Supposition:
    """The schema "F tends to f with modulus m": from stage m(z) on, the answer at z is f's."""
    reached = both(t >= 0, t >= select(m, z))
    return (z, t), implies(reached, equal(select(select(F, t), z), select(f, z)))


@once
def settled() -> Theorem:
    """From the stage for a list of questions on, the oracles agree with their limit on the list."""
    agree, stage = agreeing(), settling()
    F, f, m, s, z, t = limit_variables()
    (questions,) = variables(questions=z.sort)
    rest, question = part(questions, Pair, "tail"), part(questions, Pair, "head")
    latest = stage.function(m, questions)
    return prove(
        "questions-settled",
        forall(
            F, f, m, questions, s,
            given={"converges": converges(F, f, m, z, t), "stage": s >= latest},
            then=both(latest >= 0, agree.function(f, select(F, s), questions)),
        ),
        lambda goal: [
            stage(m, questions), agree(f, select(F, s), questions),
            goal.hypothesis("converges", question, s),
            goal.induction(questions=rest), *height(rest),
        ],
        measure=rank(questions),
    )


@once
def in_the_limit() -> Theorem:
    """Oracles that tend to f have, from a stage on that f's run tells, the run of f."""
    run, use, stage = evaluation().function, asking().function, settling().function
    _, p, x, n = evaluation_variables()
    F, f, m, s, z, t = limit_variables()
    questions = use(f, p, x, n, made(Nil))
    there = select(F, s)
    return prove(
        "use-principle.limit",
        forall(
            F, f, m, p, x, n, s,
            given={"converges": converges(F, f, m, z, t), "stage": s >= stage(m, questions)},
            then=both(
                equal(run(there, p, x, n), run(f, p, x, n)),
                equal(use(there, p, x, n, made(Nil)), questions),
            ),
        ),
        lambda goal: [
            settled().at(
                F=F, f=f, m=m, questions=questions, s=s, converges=goal.schema("converges")
            ),
            whole_run().at(f=f, g=there, p=p, x=x, n=n),
        ],
    )


def use_principle() -> tuple[Theorem, ...]:
    """Both parts of ``use-principle``."""
    return whole_run(), in_the_limit()
