"""Mutants that are true: why, and how the kernel proves them.

*Definitions*: :class:`StillTrue`, :data:`STILL_TRUE`.

A mutant that by its form follows from its theorem (:attr:`tests.soundness.mutation.Mutant.weaker`)
is not listed. Each of the others has to be refuted by running, or has to be here. That a hypothesis
is not needed, or a bound not sharp, shows here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from models.machine.program import Ask, Id, Quote, Then, While
from models.machine.semantics import Bottom, Do, Next, OutOfGas, State, Stop
from models.machine.tree import Nil, Pair
from models.machine.turing_jump import ABOVE_STEPS
from models.streaming.machine import Piece, Sent
from proofs.amdahl import (
    bandwidth,
    bandwidth_side,
    bandwidth_time,
    collapse,
    exponent,
    frontier,
    objective,
    optimum,
    peak,
)
from proofs.amdahl.real import (
    cancel,
    multiply,
    product,
    product_nonnegative,
    product_nonzero,
    quotient,
    quotient_at,
    sign_of_factor,
    square,
)
from proofs.efficiency import rate
from proofs.kernel.reading import is_a, made, part
from proofs.kernel.rules import Fact, Goal, Theorem, height, prove
from proofs.kernel.tactics import calls, forall, once, variables
from proofs.kernel.terms import (
    INT,
    Term,
    as_term,
    both,
    choose_by,
    equal,
    iff,
    implies,
    negate,
    postorder,
    rank,
    select,
)
from proofs.machine import escape, internalisation, kleene_post, turing_jump, use
from proofs.machine.automaton import accepting
from proofs.machine.covering import set_never_halts
from proofs.machine.degrees import halves, joining, joining_gas, least
from proofs.machine.generic_pair import stage_variables
from proofs.machine.generic_programs import (
    first_computed,
    half_question,
    searched_right,
    second_if_searched,
)
from proofs.machine.program import coding, counting, decode_code, decoding, sizing
from proofs.machine.semantics import (
    evaluation,
    evaluation_variables,
    gas,
    gas_monotone,
    halts,
    inner_calls,
    more_gas,
    passing,
    stepping,
    value,
)
from proofs.machine.straight import followed
from proofs.machine.substitution import computes
from proofs.machine.tree import measuring
from proofs.machine.turing_jump import is_jump
from proofs.revision import mind_changes
from proofs.revision.limit_lemma import change, passed_on, stage
from proofs.streaming import machine as streaming
from tests.soundness.mutation import mutants
from tests.soundness.mutation_efficiency import (
    both_ways,
    either_first,
    either_sign,
    larger,
    least_below_one,
    least_defined,
    nothing_satisfies,
    other_number,
    part_of,
    positive_beyond_one,
    reciprocal,
    renamed,
    settled_elsewhere,
    smaller,
    with_schema,
    within_positive,
)
from tests.soundness.mutation_kernel import (
    Case,
    Derivation,
    by,
    definitions,
    from_theorem,
    same_proof,
    where_defined,
)


@dataclass(frozen=True, slots=True)
class StillTrue:
    """Mutants, by theorem, that are true for one reason and are proved in one way."""

    reason: str
    proof: Derivation
    mutants: Mapping[str, tuple[str, ...]]


# --- the machine ----------------------------------------------------------------------------------


@once
def agreement_is_symmetric() -> Theorem:
    """f agrees with g on a list if g agrees with f."""
    agree = use.agreeing()
    f, g, listed = variables(
        f=agree.function.domain[0], g=agree.function.domain[1], listed=agree.function.domain[2]
    )
    rest = part(listed, Pair, "tail")
    return prove(
        "agreement-symmetric",
        forall(f, g, listed, then=iff(agree.function(f, g, listed), agree.function(g, f, listed))),
        lambda goal: [
            agree(f, g, listed), agree(g, f, listed), goal.induction(listed=rest), *height(rest),
        ],
        measure=rank(listed),
    )


def agreement(case: Case) -> Iterator[Fact]:
    """That agreement is symmetric, where the theorem speaks of it."""
    (given,) = case.theorem.statement.hypotheses
    f, g, listed = given.term.args
    yield agreement_is_symmetric().at(f=f, g=g, listed=listed)


def one_more_unit(case: Case) -> Iterator[Fact]:
    """Another unit of gas for the runs that the mutant does not speak of."""
    run = evaluation().function
    kept = calls(run, case.mutant.statement.conclusion)
    for call in calls(run, case.theorem.statement.conclusion):
        if call not in kept:
            f, p, x, n = call.args
            yield more_gas().at(f=f, p=p, x=x, n=n, d=1)


def richer(case: Case) -> Iterator[Fact]:
    """More gas for the runs that the mutant gives more than the theorem, and that what both suppose
    takes at least a step."""
    run, length = evaluation(), measuring()
    conclusion, theirs = case.mutant.statement.conclusion, case.theorem.statement.conclusion
    for call in calls(run.function, theirs):
        for other in calls(run.function, conclusion):
            if call.args[:3] == other.args[:3]:
                f, p, x, n = call.args
                yield more_gas().at(f=f, p=p, x=x, n=n, d=other.args[3] - n)
    for size in calls(length.function, conclusion):
        yield length.invariant(*size.args)
    for hypothesis in case.mutant.statement.hypotheses:
        if all(bound.sort is case["x"].sort for bound in hypothesis.bound):
            given = case.goal.hypothesis(hypothesis.label, *(case["x"] for _ in hypothesis.bound))
            yield given
            for call in calls(run.function, given.term):
                yield run.invariant(*call.args)


def never_negative(case: Case) -> Iterator[Fact]:
    """That a run which halts leaves no less than no gas, so nothing answers so."""
    given = case.goal.hypothesis("answers", case["x"])
    yield given
    for call in calls(evaluation().function, given.term):
        yield evaluation().invariant(*call.args)


@once
def less_gas() -> Theorem:
    """If a unit is left over, p halts with one unit less."""
    evaluate = evaluation()
    run = evaluate.function
    f, p, x, n = evaluation_variables()
    richer = run(f, p, x, n + 1)

    def premises(goal: Goal) -> Iterable[Fact]:
        unfolded = evaluate(f, p, x, n + 1)
        yield unfolded
        yield evaluate(f, p, x, n)
        for call in inner_calls(unfolded, richer):
            _, inner, x_, left = call.args
            yield evaluate.invariant(*call.args)
            yield goal.induction(p=inner, x=x_, n=left - 1)
            yield gas_monotone().at(f=f, p=inner, x=x_, n=left - 1)

    return prove(
        "halts-with-less",
        forall(
            f, p, x, n,
            given={"halts": halts(richer), "left": gas(richer) >= 1},
            then=halts(run(f, p, x, n)),
        ),
        premises,
        measure=n,
    )


def halts_only(kind: escape.Kind) -> Derivation:
    """That the diagonal halts only if p says no, and p with what it has left over."""

    def premises(case: Case) -> Iterator[Fact]:
        f, p, n = case["f"], case["p"], case["n"]
        own = coding().function(kind.of(p))
        yield decode_code().at(p=kind.of(p))
        yield kind.halting_only().at(f=f, p=p, x=own, n=n + kind.more)
        yield evaluation().invariant(f, kind.of(p), own, n + kind.more)
        for more in range(kind.more - 1):
            yield less_gas().at(f=f, p=p, x=own, n=n + more)
            yield gas_monotone().at(f=f, p=p, x=own, n=n + more)

    return by(premises)


def some_program_loops(below: bool = False) -> Derivation:
    """That While(Id, Id) loops on its code: with no gas nothing halts, so the mutant says that
    every tree is a member, and members halt."""

    def premises(case: Case) -> Iterator[Fact]:
        which = " below" if below else ""
        identity = made(Id)
        loop = made(While, identity, identity)
        own = coding().function(loop)
        members = case.goal.hypothesis(f"members halt{which}", own)
        (run,) = calls(evaluation().function, members.term)
        oracle, program, _, steps = run.args
        yield coding()(loop)
        yield decode_code().at(p=loop)
        yield escape.short_diagonal()(identity)
        yield evaluation()(oracle, identity, own, 1)
        yield members
        yield case.goal.hypothesis(f"others loop{which}", own, 0)
        if any(h.label == "jump is a set" for h in case.mutant.statement.hypotheses):
            yield case.goal.hypothesis("jump is a set", own)
        yield evaluation()(oracle, program, own, 0)
        yield escape.short_looping().at(f=oracle, p=identity, x=own, n=1, m=steps)

    return by(premises, with_theorem=False)


def not_negative(case: Case) -> Iterator[Fact]:
    """That no tree has fewer than no pairs, and no program is smaller than 1."""
    for definition in (counting(), sizing()):
        for call in calls(definition.function, case.mutant.statement.conclusion):
            yield definition.invariant(*call.args)


@once
def comparison_steps() -> Theorem:
    """A comparison with c takes at most 13 |c| + 4 steps."""
    test, count = internalisation.equal_to(), counting()
    run = evaluation().function
    f, _, x, n = evaluation_variables()
    (c,) = variables(c=x.sort)

    def steps(c: Term) -> Term:
        return 13 * count.function(c) + 4

    outcome = run(f, test.function(c), x, n + steps(c))

    def premises(goal: Goal) -> Iterator[Fact]:
        yield test(c)
        yield count(c)
        facts = [
            fact for program in internalisation.comparing(c)
            for fact in internalisation.followed(f, program, x, n + steps(c))
        ]
        yield from facts
        for name in ("head", "tail"):
            half = part(c, Pair, name)
            yield count.invariant(half)
            yield from height(half)
            for call in internalisation.runs_of(test.function(half), facts):
                yield goal.induction(c=half, x=call.args[2], n=call.args[3] - steps(half))

    said = choose_by(equal(x, c), made(Pair, made(Nil), made(Nil)), made(Nil))
    return prove(
        "constant-equality.steps",
        forall(
            f, c, x, n,
            given={"gas": n >= 0},
            then=both(halts(outcome), equal(value(outcome), said), gas(outcome) >= n),
        ),
        premises,
        measure=rank(c),
    )


def comparison(case: Case) -> Iterator[Fact]:
    """What a comparison takes, at most, at the gas that the mutant speaks of."""
    count = counting()
    yield count.invariant(case["c"])
    for call in calls(evaluation().function, case.mutant.statement.conclusion):
        f, _, x, n = call.args
        needed = 13 * count.function(case["c"]) + 4
        yield comparison_steps().at(f=f, c=case["c"], x=x, n=n - needed)


@once
def exchanged_absence_loops() -> Theorem:
    """While(Id, Then(Quote x, Ask)) halts on no pair if f says no nil of x."""
    evaluate = evaluation()
    f, _, x, n = evaluation_variables()
    (y,) = variables(y=x.sort)
    body = made(Then, made(Quote, x), made(Ask))
    loop = made(While, made(Id), body)

    def premises(goal: Goal) -> Iterator[Fact]:
        yield evaluate(f, loop, y, n)
        yield evaluate(f, made(Id), y, n - 1)
        yield followed(goal, f, body, y, n - 3)
        yield evaluate(f, body, y, n - 3)
        yield evaluate(f, made(Quote, x), y, n - 4)
        yield evaluate(f, made(Ask), x, n - 5)
        yield goal.induction(y=select(f, x), n=n - 6)

    return prove(
        "exchanged-absence-loops",
        forall(
            f, x, y, n,
            given={"pair": is_a(y, Pair), "yes": is_a(select(f, x), Pair)},
            then=equal(evaluate.function(f, loop, y, n), made(OutOfGas)),
        ),
        premises,
        measure=n,
    )


def exchanged_absence(case: Case) -> Iterator[Fact]:
    """That the program whose code is made halts on itself exactly if f says nil of x."""
    goal, evaluate = case.goal, evaluation()
    f, J, s, x, n = (case[name] for name in "fJsxn")
    (run,) = calls(evaluate.function, case.mutant.statement.conclusion)
    _, program, _, _ = run.args
    body = made(Then, made(Quote, x), made(Ask))
    loop = made(While, made(Id), body)
    own = coding().function(loop)
    yield decode_code().at(p=loop)
    for inner in (loop, body, made(Id), made(Quote, x), made(Ask)):
        yield coding()(inner)
    yield goal.hypothesis("members halt", own)
    yield goal.hypothesis("others loop", own, 12)
    yield exchanged_absence_loops().at(f=f, x=x, y=own, n=select(s, own))
    # Nine steps are enough: three for the body, and three for each of the two tests.
    yield evaluate(f, loop, own, 12)
    yield evaluate(f, made(Id), own, 11)
    yield followed(goal, f, body, own, as_term(9))
    again = select(f, x)
    yield evaluate(f, loop, again, 6)
    yield evaluate(f, made(Id), again, 5)
    for enough in (n, as_term(ABOVE_STEPS)):
        yield followed(goal, J, program, x, enough)
    yield more_gas().at(f=J, p=program, x=x, n=n, d=ABOVE_STEPS - n)
    yield evaluate.invariant(J, program, x, n)


ABOVE_EXCHANGED = (
    "conclusion: cons(cons(quote 6, cons(cons(quote 4, id), quote <3.0>)), quote 1) with its "
    "arguments exchanged"
)
"""The program that decides a set from its jump makes the code of another loop."""

by_exchanged_absence = by(exchanged_absence, with_theorem=False)


@once
def exchanged_above_computes() -> Theorem:
    """The program with exchanged absence computes a set from its jump too."""
    name = turing_jump.above().name
    (mutant,) = [
        m for m in mutants(name, turing_jump.above().statement) if m.name == ABOVE_EXCHANGED
    ]
    theorem = by_exchanged_absence(turing_jump.above(), mutant)
    (run,) = calls(evaluation().function, theorem.statement.conclusion)
    f, J, s, _, x, _ = turing_jump.jump_variables()
    costs = turing_jump.above_costs()
    _, claim = computes(J, run.args[1], f, costs.function(), x)
    return prove(
        "exchanged-above-computes",
        forall(f, J, s, x, given={"set": turing_jump.is_set(f), **is_jump(f, J, s)}, then=claim),
        lambda goal: [
            theorem.at(
                f=f, J=J, s=s, x=x, n=select(costs.function(), x),
                **turing_jump.passed_on(goal, *turing_jump.JUMPING),
            ),
            goal.hypothesis("set", x), costs(x), turing_jump.above_cost()(x),
        ],
    )


# --- between a set and its jump -------------------------------------------------------------------


def join_with_any_set(case: Case) -> Iterator[Fact]:
    """That a half of the join is its first set, whatever the second one is."""
    (joined,) = calls(kleene_post.join_oracle().function, case.mutant.statement.conclusion)
    first, second = joined.args
    yield halves().at(
        g=first, h=second, J=joined, x=case["x"], join=kleene_post.joined_schema(first, second)
    )


def below_with_exchanged_absence(case: Case) -> Iterator[Fact]:
    """The premises of the theorem, with the other program that decides the set from its jump."""
    goal, conclusion = case.goal, case.mutant.statement.conclusion
    f, J, s, w, x = (case[name] for name in ("f", "J", "s", "w", "x"))
    (program,) = calls(joining().function, conclusion)
    (gas_,) = calls(joining_gas().function, conclusion)
    (B,) = calls(kleene_post.join_oracle().function, conclusion)
    A, other = B.args
    (z,) = variables(z=x.sort)
    given = {
        "set": kleene_post.set_schema(f),
        **turing_jump.passed_on(goal, *turing_jump.JUMPING),
    }
    yield least().at(
        f=J, g=A, h=other, J=B, p=program.args[0], q=program.args[1], b=gas_.args[0],
        c=gas_.args[1], x=x,
        left=exchanged_above_computes().schema(z, f=A, J=J, s=s, x=z, **given),
        right=first_computed().schema(z, f=A, J=J, s=s, w=w, x=z, **given),
        join=kleene_post.joined_schema(A, other),
    )


@once
def nothing_to_search() -> Theorem:
    """If J is empty, all that J says halts is found: nothing is. J is supposed to be empty wherever
    a tree does not halt on itself for some gas, and without gas none does."""
    f, J, s, z, a, b, _ = stage_variables()
    e, m = variables(e=z.sort, m=INT)
    own = half_question(z, a, b)
    run, decode = evaluation(), decoding().function
    _, claim = searched_right(f, J, s)
    no_halt = equal(run.function(f, decode(e), e, m), made(OutOfGas))
    return prove(
        "nothing-to-search",
        forall(
            f, J, s, z, a, b,
            given={"others loop": ((e, m), implies(no_halt, is_a(select(J, e), Nil)))},
            then=claim,
        ),
        lambda goal: [goal.hypothesis("others loop", own, 0), run(f, decode(own), own, 0)],
    )


def other_without_searches(case: Case) -> Iterator[Fact]:
    """That the program for the other set does what the stages do, which search for nothing."""
    f, J, s, w, x = (case[name] for name in ("f", "J", "s", "w", "x"))
    A = kleene_post.truths().function(f)
    z, a, b = variables(z=x.sort, a=x.sort, b=x.sort)
    yield second_if_searched().at(
        f=A, J=J, s=s, w=w, x=x,
        searched=nothing_to_search().schema(
            z, a, b, f=A, J=J, s=s, z=z, a=a, b=b,
            **turing_jump.passed_on(case.goal, "others loop"),
        ),
    )


# --- certificates ---------------------------------------------------------------------------------


def _begin(case: Case) -> Term:
    control = made(Next, made(Do, case["p"]), made(Stop))
    return made(State, control, case["x"], made(Bottom))


def _accepted(case: Case, oracle: Term, steps: Term | int) -> Iterator[Fact]:
    """Acceptance after so many steps, and these steps."""
    given = (case[name] for name in ("answers", "invariants", "p", "x"))
    yield accepting()(case["t"], oracle, *given, steps)
    yield passing()(oracle, _begin(case), steps)


def backwards(case: Case) -> Iterator[Fact]:
    """That a step back from the beginning is none."""
    for steps in (-1, 0):
        yield from _accepted(case, case["g"], steps)


def first_step(case: Case) -> Iterator[Fact]:
    """That the first step is the same relative to every oracle, or the last one."""
    begin = _begin(case)
    for oracle in (case["f"], case["g"]):
        yield from _accepted(case, oracle, 1)
        yield stepping()(oracle, begin)
        yield passing()(oracle, stepping().function(oracle, begin), 0)
    names = ("t", "f", "answers", "invariants", "p", "x", "n")
    yield set_never_halts().at(
        **{name: case[name] for name in names}, steps=1,
        set=case.goal.schema("set"), classes=case.goal.schema("classes"),
    )


def cycle_of(case: Case) -> Iterator[Fact]:
    """The theorem with steps and period exchanged."""
    values = {str(v.data): v for v in case.theorem.statement.variables}
    yield case.theorem.at(**{**values, "steps": case["period"], "period": case["steps"]})


# --- changes of mind ------------------------------------------------------------------------------


@once
def settles_later() -> Theorem:
    """The stage in which guesses have settled is not before the one from which it is looked for."""
    there = mind_changes.settling()
    f, J, s, h, _, x, _, i, _, k = mind_changes.settling_variables()
    own = coding().function(change().function(h, stage(x, i)))
    last = there.function(J, s, h, x, i, k)
    return prove(
        "settles-later",
        forall(
            f, J, s, h, x, i, k,
            given={"members halt": is_jump(f, J, s)["members halt"]},
            then=last >= i,
        ),
        lambda goal: [
            there(J, s, h, x, i, k), goal.hypothesis("members halt", own),
            evaluation().invariant(f, decoding().function(own), own, select(s, own)),
            goal.induction(i=i + select(s, own), k=k - 1),
        ],
        measure=choose_by(k >= 0, k, 0),
    )


def no_guess(case: Case) -> Iterator[Fact]:
    """That what is missing in two stages is one and the same."""
    J, s, h, x, k, t = (case[name] for name in ("J", "s", "h", "x", "k", "t"))
    last = mind_changes.settling().function(J, s, h, x, 0, k)
    yield settles_later().at(
        f=case["f"], J=J, s=s, h=h, x=x, i=0, k=k,
        **{"members halt": case.goal.schema("members halt")},
    )
    for where in (t, last):
        yield case.goal.hypothesis("guesses", where)
        yield case.goal.hypothesis("are", where)


def looked_for_later(case: Case) -> Iterator[Fact]:
    """That guesses have settled in two stages, so that they are the same in both."""
    goal = case.goal
    values = {name: case[name] for name in ("f", "J", "s", "h", "c", "x", "G", "k")}
    at = [
        mind_changes.settling().function(
            *(values[name] for name in ("J", "s", "h", "x")), i, values["k"]
        )
        for i in (0, 1)
    ]
    counted = mind_changes.counting_changes()
    yield counted(values["G"], 0)
    yield counted(values["G"], 1)
    yield counted.invariant(values["G"], 1)
    for i in (0, 1):
        for t in (case["t"], *at):
            yield mind_changes.settled_from().at(
                **values, m=values["k"], i=i, t=t,
                **passed_on(goal, "guesses", "are", "members halt", "others loop", "few"),
            )


# --- Amdahl's law ---------------------------------------------------------------------------------

HALF = Fraction(1, 2)

def minimiser_at(*places: Any, **options: Any) -> Derivation:
    """By what "x = 0 is the unique minimiser" says at some allocations, functions of R and s."""

    def premises(case: Case) -> Iterator[Fact]:
        for place in places:
            x = as_term(place(case["R"], case["s"]), case["R"].sort)
            fact = case.goal.hypothesis("unique minimiser", x)
            yield fact
            yield from definitions(fact.term)

    return by(premises, **options)



def _less_time(case: Case, when: Term, x: Term, *, beyond: bool) -> Iterator[Fact]:
    """Less time at x than without specialised hardware, and what the hypothesis says of that: by
    the signs of T - 1 = x N/(A B), with x and N positive beyond 1, and negative below -1/(R-1)."""
    goal, given = case.goal, case.given()
    R, s = case["R"], case["s"]
    sign = 1 if beyond else -1
    a, b = 1 + (R - 1) * x, 1 - x
    over = 1 - R * (1 - s) + (R - 1) * x
    top, bottom = collapse.numerator(R, s, x), a * b
    factors = goal.have(
        implies(when, both(sign * x > 0, sign * over > 0, sign * a > 0, sign * b < 0)),
        *given, *(quotient_at(each) for each in postorder([x]) if each.op == "/"),
        *(product(R - 1, each) for each in (x, -x, x - 1)), product(R, s),
        *(sign_of_factor().at(d=each, e=R - 1) for each in (x, -x, x - 1)), opaque=True,
    )
    signs = goal.have(
        implies(when, both(top > 0, bottom < 0)), factors, product(sign * x, sign * over),
        product(sign * a, -sign * b), opaque=True,
    )
    apart = goal.have(
        implies(when, both(negate(equal(a, 0)), negate(equal(b, 0)))), factors, opaque=True
    )
    yield goal.have(
        implies(when, objective.time().function(R, s, x) < 1), signs, apart,
        objective.identity().at(R=R, s=s, x=x), quotient_at(top / bottom),
        sign_of_factor().at(d=-(top / bottom), e=-bottom), opaque=True,
    )
    yield goal.have(implies(when, x > 1 if beyond else x < 0), factors, *given, opaque=True)
    yield goal.hypothesis("unique minimiser", x)
    yield collapse.at_zero().at(R=R, s=s)


def somewhere_beyond_one(case: Case) -> Iterator[Fact]:
    """At 2 for shares s that are not negative, farther off for others."""
    R, s = case["R"], case["s"]
    yield from _less_time(case, s >= 0, as_term(2, R.sort), beyond=True)
    yield from _less_time(case, s < 0, 2 + (-R * s) / (R - 1), beyond=True)


def somewhere_below_zero(case: Case) -> Iterator[Fact]:
    """Below the pole at -1/(R-1)."""
    R, s = case["R"], case["s"]
    yield from _less_time(case, s >= 0, -(R * (1 + s)) / (R - 1), beyond=False)
    yield from _less_time(case, s < 0, -R / (R - 1), beyond=False)


def at_the_threshold(case: Case) -> Iterator[Fact]:
    """There the balance is 1, so x* is 0."""
    goal, given = case.goal, case.given()
    R, s, x = case["R"], case["s"], case["x"]
    k, best = objective.balance().function(R, s), optimum.best_allocation(R, s)
    under, threshold = (1 - s) * (R - 1) / s, objective.threshold().function(R)
    there = equal(s, threshold)
    cleared = goal.have(
        implies(there, equal(s * R, R - 1)), *given, objective.threshold()(R),
        quotient().at(a=1, b=R), opaque=True,
    )
    one = goal.have(
        implies(there, equal(under, 1)), *given, cleared, quotient_at(under),
        multiply().at(c=s * R, d=R - 1, e=s), cancel().at(c=under, d=1, e=s), opaque=True,
    )
    root = goal.have(
        implies(there, equal(k, 1)), one, objective.balance()(R, s),
        objective.square_root()(under), opaque=True,
    )
    none = goal.have(
        implies(there, equal(best, 0)), *given, root, objective.optimal_allocation()(R, k),
        quotient().at(a=k - 1, b=k + R - 1), opaque=True,
    )
    t = objective.time().function
    yield none
    yield goal.have(implies(there, equal(t(R, s, best), t(R, s, 0))), none)
    yield collapse.enough().at(R=R, s=s, x=x)


def more_than_one(case: Case) -> Iterator[Fact]:
    """T(s,R,x) is at least 1: (T(s,R,x) - 1) A B = (1-A) B + R (A-B) with A = 1-(1-s)x, B = 1-x."""
    goal, given = case.goal, case.given()
    R, s, x = case["R"], case["s"], case["x"]
    t = objective.time()
    a, b = 1 + (s - 1) * x, 1 - x
    p, q = (1 - R) / a, R / b
    some_bounded = goal.have(
        s < 1, *given, collapse.below_threshold().at(R=R, s=s),
        sign_of_factor().at(d=1 - s, e=R), opaque=True,
    )
    inside = goal.have(
        both(a > 0, b > 0, a * b > 0, 1 - a >= 0, a - b >= 0), *given, some_bounded,
        product_nonnegative().at(a=s, b=x), product_nonnegative().at(a=1 - s, b=x),
        product(a, b), opaque=True,
    )
    yield goal.have(
        p + q >= 1, *given, inside, quotient_at(p), quotient_at(q),
        product_nonnegative().at(a=1 - a, b=b), product_nonnegative().at(a=R, b=a - b),
        sign_of_factor().at(d=p + q - 1, e=a * b), opaque=True,
    )
    yield t(R, s, as_term(0, R.sort))
    yield case.theorem.at(R=R, s=s, x=0)
    yield optimum.attained().at(R=R, s=s)


def balances_exchanged(exchanged: str) -> Derivation:
    """With h, the balance of s and R, h² R = s k²: it is no more than k, and a smaller balance
    gives a smaller share, as (x*(k) - x*(h)) (k+R-1) (h+R-1) = R (k-h)."""

    def premises(case: Case) -> Iterator[Fact]:
        goal, given = case.goal, case.given()
        s, R = case["s"], case[exchanged]
        k, h = objective.balance().function(R, s), objective.balance().function(s, R)
        most, least = (objective.optimal_allocation().function(R, each) for each in (k, h))
        known, other = (1 - s) * (R - 1) / s, (1 - R) * (s - 1) / R
        ratio = goal.have(
            both(R > 1, s > 0), *given, peak.at_peak().at(s=s), opaque=True
        )
        bounded = goal.have(
            s <= 1, *given, ratio, peak.below_peak().at(R=R, s=s), peak.below_peak().at(
                R=case["Q"], s=s
            ),
        )
        cleared = goal.have(
            both(
                equal(known * s, (1 - s) * (R - 1)), equal(other * R, (1 - R) * (s - 1)),
                known >= 0, other >= 0,
            ),
            ratio, bounded, quotient_at(known), quotient_at(other),
            product_nonnegative().at(a=1 - s, b=R - 1),
            sign_of_factor().at(d=known, e=s), sign_of_factor().at(d=other, e=R), opaque=True,
        )
        roots = goal.have(
            both(k >= 0, h >= 0, equal(k * k * s, h * h * R)), cleared,
            objective.balance()(R, s), objective.balance()(s, R),
            objective.square_root()(known), objective.square_root()(other), opaque=True,
        )
        order = goal.have(
            h <= k, ratio, bounded, roots, product(h - k, h + k), product(h * h, R - s),
            product_nonnegative().at(a=R - s, b=k * k), square().at(a=h),
            sign_of_factor().at(d=h * h - k * k, e=R), opaque=True,
        )
        shares = goal.have(
            both(equal(most * (k + R - 1), k - 1), equal(least * (h + R - 1), h - 1)),
            ratio, roots, objective.optimal_allocation()(R, k),
            objective.optimal_allocation()(R, h),
            quotient().at(a=k - 1, b=k + R - 1), quotient().at(a=h - 1, b=h + R - 1), opaque=True,
        )
        apart = goal.have(
            equal((most - least) * ((k + R - 1) * (h + R - 1)), R * (k - h)), shares,
            multiply().at(c=most * (k + R - 1), d=k - 1, e=h + R - 1),
            multiply().at(c=least * (h + R - 1), d=h - 1, e=k + R - 1), opaque=True,
        )
        yield goal.have(
            least <= most, ratio, roots, order, apart, product(k + R - 1, h + R - 1),
            product_nonnegative().at(a=R, b=k - h),
            sign_of_factor().at(d=most - least, e=(k + R - 1) * (h + R - 1)), opaque=True,
        )

    return by(premises, opaque=True)


def exponent_exchanged(case: Case) -> Iterator[Fact]:
    """T_a(s,R,x) is more than 1: with A = 1+(s-1)x, (T_a - 1) A >= x (R a A - (R-1)(1-s)), where
    (R-1)(1-s) <= s a, and s <= A for s <= 1."""
    goal, given = case.goal, case.given()
    R, s, a, x = (case[name] for name in "Rsax")
    below = 1 + (s - 1) * x
    p, low = (1 - R) / below, R * (1 + a * x)
    limit = goal.have(
        both(s > 0, s * a >= (1 - s) * (R - 1)), *given, exponent.cleared().at(R=R, s=s, a=a),
        opaque=True,
    )
    positive = goal.have(
        below > 0, *given, limit, product(s, x), product(x, 1 - x), opaque=True
    )
    enough = goal.have(
        R * a * below - (R - 1) * (1 - s) > 0, *given, limit, positive,
        product(R, a), product(R * a, below), product_nonnegative().at(a=R - 1, b=s - 1),
        product_nonnegative().at(a=1 - s, b=1 - x), product(R - 1, a),
        product_nonnegative().at(a=a, b=below - s), product_nonnegative().at(a=a, b=R - 1),
        product_nonnegative().at(a=R - 1, b=a * below), product(a, below), opaque=True,
    )
    whole = goal.have(
        equal((p + low - 1) * below, x * (R * a * below - (R - 1) * (1 - s))), positive,
        quotient_at(p), opaque=True,
    )
    yield goal.have(
        p + low > 1, *given, positive, enough, whole,
        product(x, R * a * below - (R - 1) * (1 - s)),
        sign_of_factor().at(d=p + low - 1, e=below), opaque=True,
    )
    yield goal.have(R >= 0, *given, opaque=True)
    yield exponent.scalable_loses().at(s=R, a=a, x=x)


def bandwidth_exchanged(case: Case) -> Iterator[Fact]:
    """With ratio and scalable part exchanged, all work and more is scalable: the time rises."""
    R, s, g, x = (case[name] for name in "Rsgx")
    nothing = collapse.zero()
    yield case.goal.have(
        s >= 0, *case.given(), collapse.below_threshold().at(R=R, s=s),
        product_nonnegative().at(a=R, b=-s), opaque=True,
    )
    yield bandwidth.scalable_rises().at(R=s, s=R, g=g, x=nothing, y=x)
    yield bandwidth_time.at_zero().at(R=s, s=R, g=g)


def left_exchanged(case: Case) -> Iterator[Fact]:
    """Exchanged, the time is at least 1; and x, right of 0, takes less than 1."""
    R, s, g, x, y = (case[name] for name in "Rsgxy")
    nothing = collapse.zero()
    yield from case.given()
    yield bandwidth_side.left().at(R=R, s=s, g=g, x=x, y=nothing)
    yield bandwidth_time.at_zero().at(R=R, s=s, g=g)
    yield bandwidth.scalable_rises().at(R=s, s=R, g=g, x=nothing, y=y)
    yield bandwidth_time.at_zero().at(R=s, s=R, g=g)
    yield case.goal.have(implies(
        equal(y, 0),
        equal(
            bandwidth_time.bandwidth_time().function(s, R, g, y),
            bandwidth_time.bandwidth_time().function(s, R, g, nothing),
        ),
    ))


def side_exchanged(case: Case) -> Iterator[Fact]:
    """Exchanged, f is positive."""
    R, s, g, x = (case[name] for name in "Rsgx")
    yield bandwidth_side.crowded_side().at(R=s, s=R, g=g, x=x)


def gains_only_above_one(case: Case) -> Iterator[Fact]:
    """A share below the threshold needs R (1-s) > 1."""
    R, s = case["R"], case["s"]
    yield case.goal.have(
        R > 1, *case.given(), collapse.below_threshold().at(R=R, s=s),
        product_nonnegative().at(a=R, b=s), opaque=True,
    )


def root_exchanged(case: Case) -> Iterator[Fact]:
    """f is 0 where (1+γRx)² = R, in which γ and x may be exchanged."""
    R, g = case["R"], case["g"]
    x = bandwidth_side.bounded_share().function(R, g)
    nothing = collapse.zero()
    crowd = bandwidth_time.crowding(R, g, x)
    spare, left = R - crowd * crowd, (1 - x) * (1 - x)
    yield bandwidth_side.bandwidth_side()(R, nothing, g, x)
    yield bandwidth_side.bandwidth_side()(R, nothing, x, g)
    yield product_nonzero().at(a=spare, b=left)
    yield product_nonzero().at(a=1 - x, b=1 - x)
    yield product_nonzero().at(a=spare, b=(1 - g) * (1 - g))
def commuted(case: Case) -> Iterator[Fact]:
    """2^(tγ) = 2^(γt), and 2^(tμ) = 2^(μt)."""
    g, m, t = (case[name] for name in "gmt")
    yield frontier.same_power().at(y=g * t, z=t * g)
    yield frontier.same_power().at(y=m * t, z=t * m)


def ratio_zero(case: Case) -> Iterator[Fact]:
    """T(0,s,z) = 1/(1-z) = T(1,1,z), of which the theorem speaks too."""
    goal, given = case.goal, case.given()
    R, s, x, y, k = (case[name] for name in "Rsxyk")
    t = objective.time()
    one = as_term(1, R.sort)
    between = goal.have(
        k * x + (1 - k) * y < 1, *given, product(k, 1 - x), product(1 - k, 1 - y), opaque=True
    )
    for z in (x, y, k * x + (1 - k) * y):
        parts = (1 - s) / (1 + (R - 1) * z), s / (1 - z), one / (1 - z)
        none = (one - one) / (one + (one - one) * z)
        cleared = goal.have(
            implies(
                equal(R, 0),
                both(
                    equal((parts[0] + parts[1]) * (1 - z), parts[2] * (1 - z)), equal(none, 0)
                ),
            ),
            *given, between, *map(quotient_at, (*parts, none)), opaque=True,
        )
        yield goal.have(
            implies(equal(R, 0), equal(t.function(R, s, z), t.function(one, one, z))),
            *given, between, cleared, t(R, s, z), t(one, one, z),
            cancel().at(c=parts[0] + parts[1], d=parts[2], e=1 - z), opaque=True,
        )
    yield case.theorem.at(R=1, s=1, x=x, y=y, k=k)


# --- streaming ------------------------------------------------------------------------------------

_RUN = "stream(plus, times, zero, X, Y, {}, upto(n))"
EVENLY, ANYHOW = _RUN.format("even(L, high), even(M, wide)"), _RUN.format("rows, columns")
MESH = "mesh(plus, times, zero, X, Y, L, n, M, t)"


def exchanged(*pairs: str) -> Derivation:
    """By the theorem, with variables exchanged in pairs."""

    def premises(case: Case) -> Iterator[Fact]:
        values = {str(v.data): v for v in case.theorem.statement.variables}
        for first, second in map(str.split, pairs):
            values[first], values[second] = values[second], values[first]
        yield case.theorem.at(**values)

    return by(premises, with_theorem=False)


@once
def none_in_below_zero() -> Theorem:
    """A schedule within 0, …, n-1 does not send what is negative."""
    order, n, k = variables(order=streaming.SCHEDULE, n=INT, k=INT)
    before = part(order, Sent, "before")
    return prove(
        "times-in.below",
        forall(
            order, n, k,
            given={"within": streaming.schedule_within().function(order, n), "below": k < 0},
            then=equal(streaming.times_in().function(order, k), 0),
        ),
        lambda goal: [
            streaming.schedule_within()(order, n), streaming.times_in()(order, k),
            goal.induction(order=before), *height(before),
        ],
        measure=rank(order),
    )


@once
def none_sent_below_zero() -> Theorem:
    """Nor does a plan."""
    pieces, n, k = variables(pieces=streaming.PLAN, n=INT, k=INT)
    earlier, piece = (part(pieces, Piece, name) for name in ("earlier", "piece"))
    return prove(
        "times-sent.below",
        forall(
            pieces, n, k,
            given={"within": streaming.within().function(pieces, n), "below": k < 0},
            then=equal(streaming.times_sent().function(pieces, k), 0),
        ),
        lambda goal: [
            streaming.within()(pieces, n), streaming.times_sent()(pieces, k),
            none_in_below_zero().at(order=piece, n=n, k=k),
            goal.induction(pieces=earlier), *height(earlier),
        ],
        measure=rank(pieces),
    )


def sent_below_zero(case: Case) -> Iterator[Fact]:
    """How many times -1 and n-1 are sent."""
    n = case["n"]
    for k in (as_term(-1), n - 1):
        yield case.goal.hypothesis("once", k)
        yield none_sent_below_zero().at(pieces=case["pieces"], n=n, k=k)


# --- the list -------------------------------------------------------------------------------------

NO_RATIO_BELOW_ONE = (
    "A ratio of at most 1 has a threshold of at most 0, above which no share of work lies."
)
WITHOUT_RESOURCES = "Without specialised hardware the time is 1, whatever the ratio and the shares."
ANOTHER_UNIT = "It halts all the more with one unit of gas more."
SOME_LOOP = (
    "Nothing halts without gas, so it supposes that every tree is a member, and halts on itself. "
    "But some program loops, whatever the oracle."
)

NOT_NIL = "jump is a set: J(z) = Nil denied"
OTHERS_LOOP = "others loop: evaluate(f, decode(e), e, m) = OutOfGas denied"


def _no_means_halting(run: str, whole: str) -> str:
    """That p says no if its diagonal halts, in the place of the other way round."""
    answer = f"evaluate(f, p, code({whole}(p)), n)"
    return (
        f"conclusion: {answer} is Done and {answer}.value is Nil ⟹ {run} is Done "
        "with its arguments exchanged"
    )


def _one_more(begin: str, *summands: str) -> Iterator[str]:
    """The changes of a sum by which one of its numbers is one more."""
    for summand in summands:
        begin = f"{begin} + {summand}"
        if summand.isdigit():
            yield f"{begin} with {int(summand) + 1} for {summand}"


STILL_TRUE: tuple[StillTrue, ...] = (
    # The machine
    StillTrue(
        "Agreement is symmetric.",
        by(agreement),
        {
            "use-principle": (
                "agree: agree(f, g, use(f, p, x, n, Nil)) with its arguments 1 and 2 exchanged",
            ),
        },
    ),
    StillTrue(
        "What joining costs is a sum of both costs.",
        from_theorem,
        {
            "turing-preorder.join": (
                "conclusion: joining_gas(b, c, x) with its arguments 1 and 2 exchanged",
            ),
        },
    ),
    StillTrue(
        "With more gas Ask has the same value.",
        from_theorem,
        {"turing-preorder.included": ("included: evaluate(f, Ask, w, 1) with 2 for 1",)},
    ),
    StillTrue(
        "A larger multiple of a number that is not negative is no smaller.",
        by(not_negative),
        {
            "finite-internalization.answers": ("conclusion: 14 · pairs(t) with 15 for 14",),
            "recursion-theorem.bound": ("conclusion: 9 · size(p) with 10 for 9",),
            "code-pairs": ("conclusion: 8 · size(p) with 9 for 8",),
        },
    ),
    StillTrue(
        "The bound is not sharp: 13 steps for each pair, and 4, are enough.",
        by(comparison, with_theorem=False),
        {
            "constant-equality": (
                "gas: 0 ≤ n with -1 for 0",
                "conclusion: 14 · pairs(c) with 15 for 14",
                "conclusion: 14 · pairs(c) with 13 for 14",
                "conclusion: 14 · pairs(c) + 5 with 6 for 5",
                "conclusion: 14 · pairs(c) + 5 with 4 for 5",
                "conclusion: n ≤ evaluate(f, equals(c), x, n + (14 · pairs(c) + 5)).gas made "
                "strict",
            ),
        },
    ),
    StillTrue(
        SOME_LOOP,
        some_program_loops(),
        {
            "jump-above": (OTHERS_LOOP,),
            "jump-above.asking": (OTHERS_LOOP,),
            "jump-escape": (OTHERS_LOOP,),
            "jump-monotone": (OTHERS_LOOP,),
            "limit-to-jump": (OTHERS_LOOP,),
            "jump-to-limit": (OTHERS_LOOP,),
            "separation": (OTHERS_LOOP,),
            "mind-changes.settles": (OTHERS_LOOP,),
        },
    ),
    StillTrue(
        "It supposes that every tree is a member, and halts on itself. But some program loops, "
        "whatever the oracle.",
        some_program_loops(),
        {
            "jump-to-limit": (NOT_NIL,),
            "separation": (NOT_NIL,),
        },
    ),
    StillTrue(
        SOME_LOOP,
        some_program_loops(below=True),
        {
            "jump-monotone": (
                "others loop below: evaluate(g, decode(e), e, m) = OutOfGas denied",
            ),
        },
    ),
    StillTrue(
        "While(Id, Then(Quote x, Ask)), whose code is made instead, halts on itself exactly if "
        "While(Then(Quote x, Ask), Id) does.",
        by_exchanged_absence,
        {"jump-above": (ABOVE_EXCHANGED,)},
    ),
    StillTrue(
        "The program for A makes the code of While(Id, Then(Quote x, Ask)) instead, and computes A "
        "as well.",
        by(below_with_exchanged_absence, with_theorem=False),
        {"kleene-post.below": (ABOVE_EXCHANGED,)},
    ),
    StillTrue(
        SOME_LOOP,
        some_program_loops(),
        dict.fromkeys(
            ("kleene-post", "kleene-post.below", "kleene-post.other", "kleene-post.not-below"),
            ("others loop: evaluate(membership(f, ·), decode(e), e, m) = OutOfGas denied",),
        ),
    ),
    StillTrue(
        "A half of a join is its first set, whatever the second one is.",
        by(join_with_any_set, with_theorem=False),
        {
            "kleene-post.above": tuple(
                "conclusion: generic(membership(f, ·), J, s, w, Nil, ·) with its arguments "
                f"{which} exchanged"
                for which in ("1 and 2", "4 and 5")
            ),
        },
    ),
    StillTrue(
        "Nothing halts without gas, so it supposes that J is empty. Then no search is made, and "
        "the program makes the same stages.",
        by(other_without_searches, with_theorem=False),
        {
            "kleene-post.other": (
                "others loop: J(e) is Nil ⟹ evaluate(membership(f, ·), decode(e), e, m) = OutOfGas "
                "with its arguments exchanged",
            ),
        },
    ),
    StillTrue(
        "The costs of both halves are added.",
        from_theorem,
        {
            "kleene-post.below": (
                "conclusion: joining_gas(above_cost(·), computing_gas(membership(f, ·), J, s, w, "
                "Nil, ·), x) with its arguments 1 and 2 exchanged",
            ),
        },
    ),
    StillTrue(
        ANOTHER_UNIT,
        by(one_more_unit),
        {
            "jump-escape.error": ("conclusion: n + 4 with 5 for 4",),
            "bounded-escape": ("conclusion: c(code(diagonal(p))) + 4 with 5 for 4",),
            "bounded-escape.error": ("conclusion: n + 4 with 5 for 4",),
            "bounded-escape.short": ("conclusion: c(code(short_diagonal(p))) + 2 with 3 for 2",),
            "bounded-escape.short.error": ("conclusion: n + 2 with 3 for 2",),
            "bounded-escape.sharp": (
                "conclusion: evaluate(f, p, code(p), 1) with 2 for 1",
                "conclusion: evaluate(f, Id, code(p), 1) with 2 for 1",
            ),
        },
    ),
    StillTrue(
        "A diagonal that halts within n+4 steps (the short one: n+2) does so because p said no "
        "within n.",
        halts_only(escape.LONG),
        {
            "jump-escape.error": (_no_means_halting(
                "evaluate(f, decode(code(diagonal(p))), code(diagonal(p)), n + 4)", "diagonal"
            ),),
            "bounded-escape.error": (_no_means_halting(
                "evaluate(f, diagonal(p), code(diagonal(p)), n + 4)", "diagonal"
            ),),
        },
    ),
    StillTrue(
        "A diagonal that halts within n+4 steps (the short one: n+2) does so because p said no "
        "within n.",
        halts_only(escape.SHORT),
        {
            "bounded-escape.short.error": (_no_means_halting(
                "evaluate(f, short_diagonal(p), code(short_diagonal(p)), n + 2)", "short_diagonal"
            ),),
        },
    ),
    StillTrue(
        "A run that is out of gas has no value, so nothing is said of what it is.",
        where_defined,
        {
            name: (f"conclusion: evaluate(f, p, code({whole}(p)), n) is Done left out (2)",)
            for name, whole in (
                ("jump-escape.error", "diagonal"), ("bounded-escape.error", "diagonal"),
                ("bounded-escape.short.error", "short_diagonal"),
            )
        },
    ),
    StillTrue(
        "After fewer than no steps the run is where it begins, as after none.",
        by(backwards),
        {
            "looping-certificate-sound.sets": (
                "accepted: accepts(t, g, answers, invariants, p, x, 0) with -1 for 0",
            ),
        },
    ),
    StillTrue(
        "The first step asks nothing, or it is the last one.",
        by(first_step, with_theorem=False),
        {
            "looping-certificate-sound.sets": (
                "accepted: accepts(t, g, answers, invariants, p, x, 0) with 1 for 0",
            ),
        },
    ),
    StillTrue(
        "Steps and period are any two numbers.",
        by(cycle_of, with_theorem=False),
        {
            "looping-certificate-sound.cycle": (
                "accepted: repeats(f, p, x, steps, period) with its arguments 4 and 5 exchanged",
            ),
        },
    ),
    StillTrue(
        "It halts all the more with more gas.",
        by(richer),
        {
            "universal-program": (
                "conclusion: 118 · n with 119 for 118",
                "conclusion: 118 · n + 13 with 14 for 13",
            ),
            "universal-program.clocked": (
                "conclusion: 171 · length(w) with 172 for 171",
                "conclusion: 171 · length(w) + 52 with 53 for 52",
            ),
            "closure": (
                "conclusion: 118 · n with 119 for 118",
                "conclusion: 118 · n + 13 with 14 for 13",
                "conclusion: revising_gas(g, c, e, length(w)) + (118 · n + 13) + 3 with 4 for 3",
            ),
            "closure.layer": (
                "conclusion: 118 · k(x) with 119 for 118",
                *(f"conclusion: {each}" for each in _one_more(
                    "revising_gas(g, c, e, length(w)) + 118 · k(x)", "13", "3", "12"
                )),
            ),
            "closure.computed-layer": (
                "conclusion: 118 · k(x) with 119 for 118",
                *(f"conclusion: {each}" for each in _one_more(
                    "revising_gas(g, c, e, length(r(x))) + 118 · k(x)", "13", "3", "b(x)", "9"
                )),
            ),
            "computable-modulus": ("conclusion: n + c(m) + 5 with 6 for 5",),
        },
    ),
    StillTrue(
        "A run that halts leaves no less than no gas, so that nothing answers as it supposes.",
        by(never_negative, with_theorem=False),
        {"universal-step": ("answers: Done(g(z), 0) with -1 for 0",)},
    ),
    StillTrue(
        "Of all stages only that counts which q finds. It is said of the later ones too because m "
        "is a modulus.",
        same_proof,
        {"computable-modulus": ("settles: m ≤ j with its sides exchanged",)},
    ),
    StillTrue(
        "It supposes that there is no guess at all. What is missing is the same in all stages.",
        by(no_guess, with_theorem=False),
        {
            "mind-changes.settles": (
                "guesses: evaluate(f, h, Pair(x, unary(j)), c(j)) is Done denied",
            ),
        },
    ),
    StillTrue(
        "From stage 1 on a stage is found, too, after which nothing changes.",
        by(looked_for_later, with_theorem=False),
        {
            "mind-changes.settles": (
                "later: settled_stage(J, s, h, x, 0, k) with 1 for 0",
                "conclusion: settled_stage(J, s, h, x, 0, k) with 1 for 0",
            ),
        },
    ),
    # Amdahl's law
    StillTrue(
        "The difference, or its square, is 0 exactly if the other one is.",
        from_theorem,
        {
            "amdahl-identity": ("scalable: 1 - x with its arguments exchanged",),
            "collapse.equal-ratio-bounded": ("not all: 1 - x with its arguments exchanged",),
            "bandwidth.identity": ("scalable: 1 - x with its arguments exchanged",),
            "bandwidth.none-scalable": (
                "not all: 1 - bounded_share(R, g) with its arguments exchanged",
            ),
            "bandwidth.gap": (
                "scalable: 1 - x with its arguments exchanged",
                "scalable': 1 - y with its arguments exchanged",
            ),
            "absorption-needed.gap": (
                "conclusion: square_root(s) · x - separate_root(R, s) · (1 - x) with its arguments "
                "exchanged",
            ),
            "transition.bend": ("conclusion: balance(R, s) - 1 with its arguments exchanged",),
            "break-even.factored": (
                "ratio: R - 1 with its arguments exchanged",
                "scalable: 1 - x with its arguments exchanged",
            ),
        },
    ),
    StillTrue(
        NO_RATIO_BELOW_ONE,
        from_theorem,
        {
            "optimum.attained": ("ratio: 1 < R or equal", "ratio: 1 < R with 0 for 1"),
            "transition.kink": ("ratio: 1 < R or equal", "ratio: 1 < R with 0 for 1"),
            "optimum.least": ("ratio: 1 < R or equal", "ratio: 1 < R with 0 for 1"),
        },
    ),
    StillTrue(
        "On the threshold x* is 0, the unique minimiser.",
        by(at_the_threshold, opaque=True),
        {"optimum.least": ("threshold: s < threshold(R) or equal",)},
    ),
    StillTrue(
        "T(s,R,x) is at least 1, which is more than the least time.",
        by(more_than_one),
        {
            "optimum.least": (
                "conclusion: time(R, s, x) with its arguments 1 and 2 exchanged",
            ),
        },
    ),
    StillTrue(
        "With ratio 0 both denominators are 1-x, which is not 0.",
        from_theorem,
        {"collapse.all-scalable": ("ratio: 0 < R or equal",)},
    ),
    StillTrue(
        "With ratio 0 both denominators are 1-x, and 1/(1-x) is convex.",
        by(ratio_zero, opaque=True),
        {"amdahl-convex": ("ratio: 0 < R or equal",)},
    ),
    StillTrue(
        "Nothing takes less time than itself.",
        from_theorem,
        {
            "transition.minimiser": (
                "conclusion: x ≠ best_share(R, s) ⟹ time(R, s, best_share(R, s)) < time(R, s, x) "
                "with its arguments exchanged",
            ),
            "absorption-needed.least": (
                "conclusion: x ≠ separate_allocation(R, s) ⟹ separate_time(R, s, "
                "separate_allocation(R, s)) < separate_time(R, s, x) with its arguments exchanged",
            ),
            "optimum.least": (
                "conclusion: x ≠ optimal_allocation(R, balance(R, s)) ⟹ time(R, s, "
                "optimal_allocation(R, balance(R, s))) < time(R, s, x) with its arguments "
                "exchanged",
            ),
        },
    ),
    StillTrue(
        "γt and tγ are the same.",
        by(commuted),
        {
            "moving-frontier.exponential": (
                "conclusion: later_ratio(R, g, t) with its arguments 2 and 3 exchanged",
                "conclusion: later_scalable(s, m, t) with its arguments 2 and 3 exchanged",
            ),
        },
    ),
    StillTrue(
        WITHOUT_RESOURCES,
        from_theorem,
        {
            "collapse.if": ("conclusion: time(R, s, 0) with its arguments 1 and 2 exchanged",),
            "collapse.only-if": (
                "unique minimiser: time(R, s, 0) with its arguments 1 and 2 exchanged",
            ),
            "collapse.equal-ratio": (
                "conclusion: time(1, s, 0) with its arguments 1 and 2 exchanged",
                "conclusion: time(1, s, 0) with 2 for 1",
                "conclusion: time(1, s, 0) with 0 for 1",
            ),
            "collapse.all-scalable": (
                "conclusion: time(R, 1, 0) with its arguments 1 and 2 exchanged",
                "conclusion: time(R, 1, 0) with 2 for 1",
                "conclusion: time(R, 1, 0) with 0 for 1",
            ),
            "overclaim.restored": (
                "conclusion: time(R, s, 0) with its arguments 1 and 2 exchanged",
            ),
            "bandwidth.none": (
                "conclusion: bandwidth_time(R, s, g, 0) with its arguments 1 and 2 exchanged",
                "conclusion: bandwidth_time(R, s, g, 0) with its arguments 1 and 3 exchanged",
                "conclusion: bandwidth_time(R, s, g, 0) with its arguments 2 and 3 exchanged",
            ),
            "moving-frontier.pays": (
                "conclusion: time(R, s, 0) with its arguments 1 and 2 exchanged",
            ),
            "moving-frontier.stops": (
                "conclusion: time(R, s, 0) with its arguments 1 and 2 exchanged",
            ),
            "scaling-exponent.none": (
                "conclusion: exponent_time(R, s, a, 0) with its arguments 1 and 2 exchanged",
                "conclusion: exponent_time(R, s, a, 0) with its arguments 1 and 3 exchanged",
                "conclusion: exponent_time(R, s, a, 0) with its arguments 2 and 3 exchanged",
            ),
        },
    ),
    StillTrue(
        "With s = 1 the critical ratio and the peak have no value, and nothing is supposed.",
        where_defined,
        {
            "overclaim.restored": ("some bounded: s < 1 or equal",),
            "share-not-monotone.fall": ("some bounded: s < 1 or equal",),
        },
    ),
    StillTrue(
        "With R = 1 the share that is to gain divides by zero, and nothing has a value.",
        where_defined,
        {"scaling-exponent.only-if": ("ratio: 1 < R or equal",)},
    ),
    StillTrue(
        "With ratio and scalable part exchanged the time is more than 1, too.",
        by(exponent_exchanged, opaque=True),
        {
            "scaling-exponent.if": (
                "conclusion: exponent_time(R, s, a, x) with its arguments 1 and 2 exchanged",
            ),
        },
    ),
    StillTrue(
        "With ratio and scalable part exchanged the time is more than 1, too.",
        by(bandwidth_exchanged, opaque=True),
        {
            "bandwidth.if": (
                "conclusion: bandwidth_time(R, s, g, x) with its arguments 1 and 2 exchanged",
            ),
        },
    ),
    StillTrue(
        "With ratio and scalable part exchanged the time is at least 1, and x takes less.",
        by(left_exchanged, opaque=True),
        {
            "bandwidth.left": (
                "conclusion: bandwidth_time(R, s, g, y) with its arguments 1 and 2 exchanged",
            ),
        },
    ),
    StillTrue(
        "With ratio and scalable part exchanged f is positive, and nothing is supposed.",
        by(side_exchanged, opaque=True),
        {
            "bandwidth.left": (
                "side: bandwidth_side(R, s, g, x) with its arguments 1 and 2 exchanged",
            ),
        },
    ),
    StillTrue(
        "No scalable share from 0 on is below the threshold of a ratio of at most 1.",
        by(gains_only_above_one, opaque=True),
        {"bandwidth.only-if": ("ratio: 1 < R or equal", "ratio: 1 < R with 0 for 1")},
    ),
    StillTrue(
        "The two other cases are as in the theorem, and this one is none of those supposed.",
        from_theorem,
        {
            "bandwidth.small-ratio": (
                "some loss: R < 1 with its sides exchanged",
                "some loss: 0 < s with its sides exchanged",
                "some loss: 0 < g with its sides exchanged",
            ),
            "bandwidth.idle": ("idle: R = 0 as ≤", "idle: R = 0 with -1 for 0"),
            "scaling-exponent.small-ratio": (
                "felt: R < 1 with its sides exchanged",
                "felt: s < 1 with its sides exchanged",
                "felt: 0 < s with its sides exchanged",
                "felt: 0 < a with its sides exchanged",
            ),
        },
    ),
    StillTrue(
        "What is supposed of s and γ is the same, so that they can be exchanged.",
        by(
            lambda case: [
                *case.given(),
                bandwidth_time.small_ratio().at(R=case["R"], s=case["g"], g=case["s"], x=case["x"]),
            ],
            opaque=True,
        ),
        {
            "bandwidth.small-ratio": (
                "conclusion: bandwidth_time(R, s, g, x) with its arguments 2 and 3 exchanged",
            ),
        },
    ),
    StillTrue(
        "With y = 1, or γ = 0, something divides by zero, and nothing is supposed.",
        where_defined,
        {
            "bandwidth.monotone": ("to: y < 1 or equal",),
            "bandwidth.none-scalable": ("bandwidth: 0 < g or equal",),
        },
    ),
    StillTrue(
        "f is 0 where (1+γRx)² = R, in which γ and x may be exchanged.",
        by(root_exchanged, opaque=True),
        {
            "bandwidth.none-scalable": (
                "conclusion: bandwidth_side(R, 0, g, bounded_share(R, g)) with its arguments 3 "
                "and 4 exchanged",
            ),
        },
    ),
    StillTrue(
        "With s = 1 the balances are 0, and the two sides are equal.",
        from_theorem,
        {
            "share-not-monotone.difference": ("some bounded: s < 1 or equal",),
            "transition.bend": ("some bounded: s < 1 or equal",),
        },
    ),
    StillTrue(
        "The distance from the line is bounded on both sides.",
        from_theorem,
        {
            "transition.kink": (
                "conclusion: best_share(R, s) - kink_slope(R) · (threshold(R) - s) with its "
                "arguments exchanged",
                "conclusion: kink_slope(R) · (threshold(R) - s) - best_share(R, s) with its "
                "arguments exchanged",
            ),
        },
    ),
    StillTrue(
        "With R = 1 the balance is 0, and so are both sides.",
        from_theorem,
        {"transition.bend": ("ratio: 1 < R or equal",)},
    ),
    StillTrue(
        "For s < 0 the peak has no value, and nothing is supposed.",
        where_defined,
        {
            "share-not-monotone.rise": ("some scalable: 0 < s with its sides exchanged",),
            "share-not-monotone.fall": ("some scalable: 0 < s with its sides exchanged",),
        },
    ),
    StillTrue(
        "The balance of s and R is less than that of R and s, and with it the share.",
        balances_exchanged("R"),
        {"share-not-monotone.rise": ("conclusion: balance(R, s) with its arguments exchanged",)},
    ),
    StillTrue(
        "The balance of s and Q is less than that of Q and s, and with it the share.",
        balances_exchanged("Q"),
        {"share-not-monotone.fall": ("conclusion: balance(Q, s) with its arguments exchanged",)},
    ),
    StillTrue(
        "With an allocation of 1 nothing has a value, and nothing is supposed.",
        by(lambda _: (), with_theorem=False, defined=True),
        {"collapse.only-if": ("unique minimiser: time(R, s, 0) with 1 for 0",)},
    ),
    StillTrue(
        "It is another comparison, which happens to hold.",
        from_theorem,
        {
            "collapse.if": (
                "conclusion: time(R, s, 0) with its arguments 1 and 3 exchanged",
                "conclusion: time(R, s, x) with its arguments 1 and 2 exchanged",
            ),
            "collapse.equal-ratio": (
                "conclusion: time(1, s, 0) with -1 for 0",
                "conclusion: time(1, s, x) with its arguments 1 and 2 exchanged",
                "conclusion: time(1, s, x) with 0 for 1",
            ),
            "collapse.equal-ratio-bounded": (
                "conclusion: time(1, 0, x) with its arguments 2 and 3 exchanged",
            ),
            "collapse.all-scalable": (
                "conclusion: time(R, 1, x) with its arguments 1 and 2 exchanged",
                "conclusion: time(R, 1, x) with 2 for 1",
            ),
            "collapse.none-scalable": (
                "conclusion: time(R, 0, (x + 1) / 2) with -1 for 0",
                "conclusion: time(R, 0, x) with its arguments 1 and 2 exchanged",
                "conclusion: time(R, 0, x) with its arguments 2 and 3 exchanged",
                "conclusion: time(R, 0, x) with 1 for 0",
            ),
            "overclaim.bounded-gain": (
                "conclusion: time(R, s, x) with its arguments 1 and 2 exchanged",
            ),
            "scaling-exponent.equal-ratio": (
                "conclusion: exponent_time(1, s, a, x) with its arguments 1 and 2 exchanged",
                "conclusion: exponent_time(1, s, a, x) with its arguments 2 and 3 exchanged",
            ),
        },
    ),
    StillTrue(
        "(x+1)/2 is more than 0.",
        from_theorem,
        {"collapse.none-scalable": ("conclusion: 0 ≤ (x + 1) / 2 made strict",)},
    ),
    # Streaming
    StillTrue(
        "What is counted does not depend on what is added and multiplied.",
        exchanged("plus times"),
        {
            **dict.fromkeys(
                ("streaming-traffic", "streaming-traffic.fitting"),
                (f"conclusion: {EVENLY} with its arguments 1 and 2 exchanged",),
            ),
            **dict.fromkeys(
                ("streaming-traffic.any", "streaming-traffic.written"),
                (f"conclusion: {ANYHOW} with its arguments 1 and 2 exchanged",),
            ),
            **dict.fromkeys(
                ("streaming-steps.last", "streaming-steps.words"),
                (f"conclusion: {MESH} with its arguments 1 and 2 exchanged",),
            ),
        },
    ),
    StillTrue(
        "What is counted does not depend on the entries of the matrices.",
        exchanged("X Y"),
        {
            **dict.fromkeys(
                ("streaming-traffic", "streaming-traffic.fitting"),
                (f"conclusion: {EVENLY} with its arguments 4 and 5 exchanged",),
            ),
            **dict.fromkeys(
                ("streaming-traffic.any", "streaming-traffic.written"),
                (f"conclusion: {ANYHOW} with its arguments 4 and 5 exchanged",),
            ),
            **dict.fromkeys(
                ("streaming-steps.last", "streaming-steps.words"),
                (f"conclusion: {MESH} with its arguments 4 and 5 exchanged",),
            ),
        },
    ),
    StillTrue(
        "Of the transposed product as many words are read.",
        exchanged("L M", "high wide", "P Q"),
        {
            "streaming-traffic.fitting": (
                f"conclusion: {EVENLY} with its arguments 6 and 7 exchanged",
            ),
        },
    ),
    StillTrue(
        "The last cycle is the same for all orders of L, N and M.",
        exchanged("L n"),
        {"streaming-steps.last": (f"conclusion: {MESH} with its arguments 6 and 7 exchanged",)},
    ),
    StillTrue(
        "The last cycle, and what is counted, is the same for the transposed product.",
        exchanged("L M"),
        dict.fromkeys(
            ("streaming-steps.last", "streaming-steps.words"),
            (f"conclusion: {MESH} with its arguments 6 and 8 exchanged",),
        ),
    ),
    StillTrue(
        "The last cycle is the same for all orders of L, N and M.",
        exchanged("n M"),
        {"streaming-steps.last": (f"conclusion: {MESH} with its arguments 7 and 8 exchanged",)},
    ),
    StillTrue(
        "The number of pieces would be less than itself.",
        from_theorem,
        {"streaming-traffic": ("bands: P - 1 with 0 for 1", "tiles: Q - 1 with 0 for 1")},
    ),
    StillTrue(
        "Of two equal numbers it does not matter which is the smaller one.",
        from_theorem,
        {"streaming-steps.cell": ("conclusion: t - i - j ≤ n made strict",)},
    ),
    StillTrue(
        "It fails of zero three times, as zero is neutral: nothing is supposed.",
        by(
            lambda case: [
                case.goal.hypothesis("associative", *[case["zero"]] * 3),
                case.goal.hypothesis("neutral", case["zero"]),
            ],
            with_theorem=False,
        ),
        {
            "streaming-equals-product": (
                "associative: plus(plus(a)(b))(c) = plus(a)(plus(b)(c)) denied",
            ),
        },
    ),
    StillTrue(
        "It fails of an element and itself: nothing is supposed.",
        by(
            lambda case: [case.goal.hypothesis("commutative", case["zero"], case["zero"])],
            with_theorem=False,
        ),
        {"streaming-equals-product": ("commutative: plus(a)(b) = plus(b)(a) denied",)},
    ),
    StillTrue(
        "It supposes that negative inner indices are sent, and that none are.",
        by(sent_below_zero, with_theorem=False),
        {"streaming-equals-product": ("once: 0 ≤ k with its sides exchanged",)},
    ),
    StillTrue(
        "Below the threshold of a ratio of at most 1, half the budget takes less time than none.",
        minimiser_at(lambda R, s: HALF),
        {"collapse.only-if": ("ratio: 1 < R or equal", "ratio: 1 < R with 0 for 1")},
    ),
    StillTrue(
        "That no allocation takes less time is enough: below the threshold one does.",
        same_proof,
        {
            "collapse.only-if": (
                "unique minimiser: time(R, s, 0) < time(R, s, x) or equal",
            ),
        },
    ),
    StillTrue(
        "Somewhere beyond 1 the time is less than 1: nothing is the minimiser that it speaks of.",
        by(somewhere_beyond_one, with_theorem=False, opaque=True),
        {"collapse.only-if": ("unique minimiser: x < 1 with its sides exchanged",)},
    ),
    StillTrue(
        "For some negative allocation the time is less than 1: nothing is the minimiser that it "
        "speaks of.",
        by(somewhere_below_zero, with_theorem=False, opaque=True),
        {"collapse.only-if": ("unique minimiser: 0 < x with its sides exchanged",)},
    ),
    StillTrue(
        "What it supposes is so for no share below the threshold, as one allocation shows.",
        minimiser_at(lambda R, s: (R - 1) / (2 * R), with_theorem=False),
        {
            "collapse.only-if": (
                "unique minimiser: time(R, s, x) with its arguments 1 and 3 exchanged",
            ),
        },
    ),
    StillTrue(
        "What it supposes is so for no share below the threshold, as one allocation shows.",
        minimiser_at(
            lambda R, s: (R - 1) * (1 - s) / R, lambda R, s: HALF, with_theorem=False, defined=True
        ),
        {
            "collapse.only-if": (
                "unique minimiser: time(R, s, x) with its arguments 2 and 3 exchanged",
            ),
        },
    ),
    StillTrue(
        "The bound is positive, so that it is a narrower one.",
        by(within_positive, opaque=True),
        {
            "no-efficiency-limit.compute": (
                "from: 0 - rate_within(e, t) with its arguments exchanged",
            ),
            "no-efficiency-limit.loss": (
                "from: 0 - rate_within(e / k, t) with its arguments exchanged",
                "conclusion: e / k with its arguments exchanged",
            ),
        },
    ),
    StillTrue(
        "The other half of the conclusion says it.",
        from_theorem,
        {
            "no-efficiency-limit.compute": (
                "conclusion: gathered(g, t) - t with its arguments exchanged",
                "conclusion: t - gathered(g, t) with its arguments exchanged",
            ),
            "no-efficiency-limit.loss": (
                "conclusion: relative_loss(k, g, t) - real_power(1 + t, 0 - k) with its arguments "
                "exchanged",
                "conclusion: real_power(1 + t, 0 - k) - relative_loss(k, g, t) with its arguments "
                "exchanged",
            ),
            "halving-time.limit": (
                "conclusion: halving_time(k, g, r) - 1 / (k · g) with its arguments exchanged",
                "conclusion: 1 / (k · g) - halving_time(k, g, r) with its arguments exchanged",
            ),
        },
    ),
    StillTrue(
        "With 0 what is supposed divides by zero.",
        where_defined,
        {
            "no-efficiency-limit.loss": ("kappa: 0 < k or equal",),
            "halving-time.limit": (
                "kappa: 0 < k or equal", "rate: 0 < g or equal", "margin: 0 < e or equal",
            ),
        },
    ),
    StillTrue(
        "With γ from 0 to 1 the least loss has no value, and of the least loss the time has none.",
        by(least_defined, with_theorem=False, defined=True, opaque=True),
        {
            "time-to-target.fading": (
                "rate: g < 0 or equal", "rate: g < 0 with 1 for 0",
                "least: least_loss(k, g) < r or equal",
            ),
        },
    ),
    StillTrue(
        "With a negative exponent and a positive rate the loss grows; the least one is below 1.",
        by(least_below_one, with_theorem=False, opaque=True),
        {
            "time-to-target.never": (
                "conclusion: relative_loss(k, g, t) with its arguments 1 and 2 exchanged",
            ),
        },
    ),
    StillTrue(
        "At time 0 the loss is 1, whatever κ and γ are.",
        renamed(rate.starts, k="g", g="k"),
        {
            "loss-monotone.start": (
                "conclusion: relative_loss(k, g, 0) with its arguments 1 and 2 exchanged",
            ),
        },
    ),
    StillTrue(
        "The settled loss lies between 0 and 1 whatever positive numbers it is of.",
        settled_elsewhere(k="g", g="k"),
        {
            "halving-time.limit": (
                "conclusion: settled_loss(k, g, e) with its arguments 1 and 2 exchanged",
            ),
        },
    ),
    StillTrue(
        "The settled loss lies between 0 and 1 whatever positive numbers it is of.",
        settled_elsewhere(k="e", e="k"),
        {
            "halving-time.limit": (
                "conclusion: settled_loss(k, g, e) with its arguments 1 and 3 exchanged",
            ),
        },
    ),
    StillTrue(
        "The settled loss lies between 0 and 1 whatever positive numbers it is of.",
        settled_elsewhere(g="e", e="g"),
        {
            "halving-time.limit": (
                "conclusion: settled_loss(k, g, e) with its arguments 2 and 3 exchanged",
            ),
        },
    ),
    StillTrue(
        "1/κ doublings at the rate β are as many years as 1/β doublings at the rate κ.",
        by(either_first, opaque=True),
        {
            "burden-constant": (
                "conclusion: burden(k, b, r, t) with its arguments 1 and 2 exchanged",
            ),
        },
    ),
    StillTrue(
        "βt is tβ.",
        by(both_ways),
        {
            "burden-constant": (
                "conclusion: burden(k, b, r, t) with its arguments 2 and 4 exchanged",
            ),
        },
    ),
    StillTrue(
        "From what is positive beyond 1 the law of ratios goes to all.",
        with_schema("positive", positive_beyond_one),
        {"ratio-law.bounded": ("positive: 0 < x with 1 for 0",)},
    ),
    StillTrue(
        "The law is 0, or of one sign; if it is negative, minus the law is bounded.",
        either_sign,
        {
            "ratio-law.bounded": (
                "positive: 0 < value_at(f, x) or equal",
                "positive: 0 < value_at(f, x) with -1 for 0",
            ),
        },
    ),
    StillTrue(
        "From what is so of numbers above 1 it is so of their reciprocals.",
        with_schema("scale-free", reciprocal),
        {
            "ratio-law.bounded": (
                "scale-free: 0 < c with 1 for 0", "scale-free: 0 < x with 1 for 0",
            ),
        },
    ),
    StillTrue(
        "Said of 1 and 1, it makes the law at 2 what it is at 1.",
        with_schema("scale-free", other_number(2)),
        {"ratio-law.bounded": ("scale-free: value_at(f, 1) with 2 for 1",)},
    ),
    StillTrue(
        "Said of 1 and 1, it makes the law at 0 what it is at 1.",
        with_schema("scale-free", other_number(0)),
        {"ratio-law.bounded": ("scale-free: value_at(f, 1) with 0 for 1",)},
    ),
    StillTrue(
        "It is so of 1 and 1, which the mutant denies.",
        nothing_satisfies(1, 1),
        {
            "ratio-law.bounded": (
                "scale-free: value_at(f, c · x) · value_at(f, 1) = value_at(f, c) · value_at(f, x) "
                "denied",
            ),
        },
    ),
    StillTrue(
        "It is so of 1 and -1, which the mutant denies.",
        nothing_satisfies(1, -1),
        {
            "ratio-law.bounded": (
                "scale-free: 0 < c and 0 < x ⟹ value_at(f, c · x) · value_at(f, 1) = value_at(f, "
                "c) · value_at(f, x) with its arguments exchanged",
            ),
        },
    ),
    StillTrue(
        "A part of the interval is enough.",
        part_of(lambda p, q: (choose_by(p < q, (p + q) * HALF, q + 1), q)),
        {"ratio-law.bounded": ("bounded: p ≤ x made strict",)},
    ),
    StillTrue(
        "A part of the interval is enough.",
        part_of(lambda p, q: (p, choose_by(p < q, (p + q) * HALF, p - 1))),
        {"ratio-law.bounded": ("bounded: x ≤ q made strict",)},
    ),
    StillTrue(
        "It bounds the law below the interval.",
        part_of(lambda p, q: (p / 2, smaller(p, q))),
        {"ratio-law.bounded": ("bounded: p ≤ x with its sides exchanged",)},
    ),
    StillTrue(
        "It bounds the law beyond the interval.",
        part_of(lambda p, q: (larger(p, q), larger(p, q) + 1)),
        {"ratio-law.bounded": ("bounded: x ≤ q with its sides exchanged",)},
    ),
    StillTrue(
        "The part of the interval from q/2 on is enough.",
        part_of(lambda p, q: (larger(p, q / 2), q)),
        {"ratio-law.bounded": ("from: 0 < p or equal",)},
    ),
    StillTrue(
        "Below the threshold negative allocations near 0 take more time than none.",
        minimiser_at(lambda R, s: -1 / (2 * (R - 1)), with_theorem=False),
        {
            "collapse.only-if": (
                "unique minimiser: 0 < x and x < 1 ⟹ time(R, s, 0) < time(R, s, x) with its "
                "arguments exchanged",
            ),
        },
    ),
)
