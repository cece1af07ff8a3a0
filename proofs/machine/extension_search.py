"""The search for a longer condition halts if and only if there is one that is right.

*Definitions* accepted by the kernel: those of :mod:`models.machine.extension_search`.

*Results*: what a trial says (:func:`tried`); if the search halts, what it has found is right and an
extension (:func:`search_right`); if an extension is right, the search halts
(:func:`search_succeeds`). Used for ``kleene-post``.

*How it is done*: a trial is the clocked universal program, with ANSWER in the place of Ask and the
condition itself as the clock. A round has no loop but the trial, which is known to halt, so it is
followed exactly.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.machine import extension_search as model
from models.machine.tree import Pair
from models.machine.universal import REPORTING_STEPS
from proofs.kernel.reading import is_a, part
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import INT, Term, as_term, both, choose_by, equal, rank
from proofs.machine.breadth_first import (
    NIL,
    TREE,
    advancing,
    belonging,
    descending,
    first_of,
    grown,
    has_its_turn,
    queueing,
    second_child,
    turning,
)
from proofs.machine.condition import (
    answer,
    answer_costs,
    answers,
    extending,
    finding_way,
    partial_oracle,
    way_found,
)
from proofs.machine.degrees import TRUE
from proofs.machine.program import decoding
from proofs.machine.semantics import evaluation, evaluation_variables, gas, halts, value
from proofs.machine.straight import Known, denoted, exactly, followed, half, halting, pair
from proofs.machine.tree import measuring
from proofs.machine.universal_clocked import clock_costing, clocked_costs, reported, reporting
from proofs.machine.universal_step import answers_cost, first_state, reading_state


@once
def extending_all() -> Definition:
    """Whether all conditions of a list extend one: recursion on the list."""
    extending()
    return define(model.all_extend, measure=lambda shorter, nodes: rank(nodes))


@once
def trying() -> Definition:
    """The program that tries a condition."""
    reporting()
    return define(model.trying)


@once
def trying_gas() -> Definition:
    """What a trial costs."""
    measuring()
    reading_state()
    clock_costing()
    partial_oracle()
    answer_costs()
    return define(model.trying_gas)


@once
def searching() -> Definition:
    """The search."""
    trying()
    return define(model.searching)


@once
def searching_gas() -> Definition:
    """What it costs: recursion on the rounds that are left."""
    trying_gas()
    queueing()
    return define(
        model.searching_gas, measure=lambda f, z, x, queue, first, last: last - first
    )


@once
def finding() -> Definition:
    """The search, with the value found."""
    searching()
    return define(model.finding)


@once
def search() -> Definition:
    """The same with its input built in."""
    finding()
    return define(model.search)


def search_variables() -> tuple[Term, ...]:
    """Oracle f; program z and input x; condition a; queue; gas n."""
    f, _, x, n = evaluation_variables()
    z, a, queue = variables(z=TREE, a=TREE, queue=TREE)
    return f, z, x, a, queue, n


def trial(f: Term, t: Term, z: Term, x: Term) -> Term:
    """The outcome of z on x, with what is known if condition t is, after as many steps as it has
    bits."""
    oracle = partial_oracle().function(f, t)
    return evaluation().function(oracle, decoding().function(z), x, measuring().function(t))


def reported_trial(f: Term, t: Term, z: Term, x: Term) -> Term:
    """The same as a tree: nil or <true.value>."""
    outcome = trial(f, t, z, x)
    return choose_by(halts(outcome), pair(TRUE, value(outcome)), NIL)


@once
def tried() -> Theorem:
    """A trial says how z on x comes out."""
    evaluate, whole, size, cost = evaluation(), trying(), measuring(), trying_gas()
    f, z, x, _, queue, _ = search_variables()
    t = first_of(queue)
    time = size.function(t)
    oracle = partial_oracle().function(f, t)
    costs = answer_costs().function(f, t)
    input_ = pair(pair(z, x), queue)
    enough = cost.function(f, z, x, t)
    result = evaluate.function(f, whole.function(answer()), input_, enough)

    def premises(goal: Goal) -> Iterable[Fact]:
        spelled = whole(answer()).term.args[1]
        begin, _ = spelled.args
        _, first = denoted(f, begin, input_)
        left = enough - 1 - first
        state = reading_state().function(first_state(z, x, t))
        need = clock_costing().function(oracle, costs, state, time)
        (y,) = variables(y=TREE)
        supply = answers().schema(y, f=f, t=t, z=y)
        yield whole(answer())
        yield cost(f, z, x, t)
        yield evaluate(f, spelled, input_, enough)
        yield followed(goal, f, begin, input_, enough - 1)
        yield reported().at(
            f=f, g=oracle, a=answer(), k=costs, e=z, x=x, r=t, w=t,
            m=left - need - REPORTING_STEPS, answers=supply,
        )
        yield clocked_costs().at(
            g=oracle, k=costs, state=state, n=time,
            **{"answers cost": answers_cost(f, oracle, answer(), costs, t, supply)},
        )

    return prove(
        "condition-tried",
        forall(
            f, z, x, queue,
            then=both(halts(result), equal(value(result), reported_trial(f, t, z, x))),
        ),
        premises,
    )


def known_trial(goal: Goal, f: Term, z: Term, x: Term, queue: Term) -> tuple[Known, Fact]:
    """What is known of a trial; and that it says how z on x comes out."""
    program, input_ = trying().function(answer()), pair(pair(z, x), queue)
    enough = trying_gas().function(f, z, x, first_of(queue))
    right = tried().at(f=f, z=z, x=x, queue=queue)
    known = halting(goal, f, program, input_, enough, right)
    said = goal.have(
        both(
            equal(known.value, reported_trial(f, first_of(queue), z, x)),
            known.steps <= enough, known.steps >= 1,
        ),
        right, evaluation().invariant(f, program, input_, enough), known.positive,
    )
    return known, said


def a_round(goal: Goal, f: Term, z: Term, x: Term, queue: Term, n: Term) -> list[Fact]:
    """A round of the search with so much gas, followed exactly: test and body."""
    evaluate = evaluation()
    input_ = pair(pair(z, x), queue)
    program = trying().function(answer())
    known, said = known_trial(goal, f, z, x, queue)
    law = searching()(answer())
    spelled = law.term.args[1]
    test, body = spelled.args
    _, steps = denoted(f, test, input_, {(program, input_): known})
    onward = made_next(f, z, x, queue)
    reached_, took = denoted(f, body, input_)
    again = advancing()(TRUE, queue)
    child = second_child()(TRUE, first_of(queue))
    return [
        law, said, known.positive,
        evaluate(f, spelled, input_, n),
        exactly(goal, f, test, input_, n - 1, {(program, input_): known}),
        exactly(goal, f, body, input_, n - 2 - steps),
        goal.have(both(equal(reached_, onward), took <= 50, took >= 1), again, child),
    ]


def made_next(f: Term, z: Term, x: Term, queue: Term) -> Term:
    """What the search goes on with."""
    return pair(pair(z, x), advancing().function(TRUE, queue))


def left_after(f: Term, z: Term, x: Term, queue: Term, n: Term, goal: Goal) -> Term:
    """The gas left after a round."""
    input_ = pair(pair(z, x), queue)
    program = trying().function(answer())
    known, _ = known_trial(goal, f, z, x, queue)
    test, body = searching()(answer()).term.args[1].args
    _, steps = denoted(f, test, input_, {(program, input_): known})
    _, took = denoted(f, body, input_)
    return n - 2 - steps - took


@once
def search_halts() -> Theorem:
    """If in a later round a condition is a right one, the search halts."""
    evaluate, cost, queue_at = evaluation(), searching_gas(), queueing()
    f, z, x, _, queue, n = search_variables()
    i, k = variables(i=INT, k=INT)
    now, last = queue_at.function(TRUE, queue, i), queue_at.function(TRUE, queue, k)
    need = cost.function(f, z, x, queue, i, k)
    program = searching().function(answer())
    result = evaluate.function(f, program, pair(pair(z, x), now), need + n)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield from a_round(goal, f, z, x, now, need + n)
        yield cost(f, z, x, queue, i, k)
        yield queue_at(TRUE, queue, i + 1)
        rest = cost.function(f, z, x, queue, i + 1, k)
        left = left_after(f, z, x, now, need + n, goal)
        following = pair(pair(z, x), queue_at.function(TRUE, queue, i + 1))
        yield goal.induction(i=i + 1, n=as_term(0))
        yield evaluate.invariant(f, program, following, rest + 0)
        yield goal.induction(i=i + 1, n=left - rest)

    return prove(
        "search-halts",
        forall(
            f, z, x, queue, i, k, n,
            given={
                "from": i >= 0, "to": i <= k, "gas": n >= 0,
                "right": halts(trial(f, first_of(last), z, x)),
            },
            then=halts(result),
        ),
        premises,
        measure=k - i,
    )


@once
def search_finds() -> Theorem:
    """If the search halts, it has found a condition with which z halts, and which extends the one
    that all in the queue extend."""
    evaluate, all_ = evaluation(), extending_all()
    f, z, x, a, queue, n = search_variables()
    program = searching().function(answer())
    result = evaluate.function(f, program, pair(pair(z, x), queue), n)
    there = half(value(result), "tail")
    found = first_of(there)

    def premises(goal: Goal) -> Iterable[Fact]:
        now, later = half(queue, "head"), half(queue, "tail")
        more = grown(TRUE, now, later)
        yield from a_round(goal, f, z, x, queue, n)
        left = left_after(f, z, x, queue, n, goal)
        yield advancing()(TRUE, queue)
        child = second_child()(TRUE, first_of(queue))
        yield child
        yield all_(a, now)
        yield all_(a, more)
        yield all_(a, part(more, Pair, "tail"))
        yield all_(a, NIL)
        yield extending()(a, pair(NIL, first_of(queue)))
        yield extending()(a, pair(TRUE, first_of(queue)))
        yield goal.induction(queue=advancing().function(TRUE, queue), n=left)

    return prove(
        "search-finds",
        forall(
            f, z, x, a, queue, n,
            given={
                "halts": halts(result), "some": is_a(half(queue, "head"), Pair),
                "now": all_.function(a, half(queue, "head")),
                "later": all_.function(a, half(queue, "tail")),
            },
            then=both(
                equal(value(result), pair(pair(z, x), there)),
                extending().function(a, found),
                halts(trial(f, found, z, x)),
            ),
        ),
        premises,
        measure=n,
    )


@once
def search_right() -> Theorem:
    """If the search halts, its value is a condition that extends the one it began with and makes z
    halt, with the value of z."""
    evaluate, whole = evaluation(), search()
    f, z, x, a, _, n = search_variables()
    (y,) = variables(y=TREE)
    program = whole.function(answer(), z, a, x)
    result = evaluate.function(f, program, y, n)
    found = half(value(result), "head")

    def premises(goal: Goal) -> Iterable[Fact]:
        law, find = whole(answer(), z, a, x), finding()(answer())
        yield law
        yield find
        spelled, inside = law.term.args[1], find.term.args[1]
        start = spelled.args[0].args[0]
        queue = part(start, Pair, "tail")
        loop, last = inside.args
        first = evaluate.function(f, loop, start, n - 3)
        there = half(value(first), "tail")
        input_ = pair(pair(z, x), there)
        known, said = known_trial(goal, f, z, x, there)
        yield evaluate(f, spelled, y, n)
        yield evaluate(f, spelled.args[0], y, n - 1)
        yield evaluate(f, inside, start, n - 2)
        yield search_finds().at(f=f, z=z, x=x, a=a, queue=queue, n=n - 3)
        parts = {(trying().function(answer()), input_): known}
        yield exactly(goal, f, last, input_, gas(first), parts)
        yield said
        now = part(queue, Pair, "head")
        yield extending_all()(a, now)
        yield extending_all()(a, NIL)
        yield extending()(a, a)

    return prove(
        "search-right",
        forall(
            f, z, x, a, y, n,
            given={"halts": halts(result)},
            then=both(
                equal(value(result), pair(found, value(trial(f, found, z, x)))),
                extending().function(a, found),
                halts(trial(f, found, z, x)),
            ),
        ),
        premises,
    )


def enough_for(f: Term, z: Term, x: Term, a: Term, t: Term) -> tuple[Term, ...]:
    """What the search needs to halt if there is the right condition t: in all; for the loop; in
    what round it is the turn of t; where the loop ends."""
    queue = pair(pair(a, NIL), NIL)
    way = finding_way().function(a, t, NIL)
    k = turning().function(TRUE, way, a, pair(a, NIL), NIL)
    need = searching_gas().function(f, z, x, queue, 0, k)
    program = searching().function(answer())
    loop = evaluation().function(f, program, pair(pair(z, x), queue), need)
    there = half(value(loop), "tail")
    return need + trying_gas().function(f, z, x, first_of(there)) + 40, need, k, there


@once
def search_succeeds() -> Theorem:
    """If some condition that extends a makes z halt, the search from a halts."""
    evaluate, whole = evaluation(), search()
    f, z, x, a, _, _ = search_variables()
    y, t = variables(y=TREE, t=TREE)
    program = whole.function(answer(), z, a, x)
    enough, need, k, there = enough_for(f, z, x, a, t)
    result = evaluate.function(f, program, y, enough)

    def premises(goal: Goal) -> Iterable[Fact]:
        law, find = whole(answer(), z, a, x), finding()(answer())
        yield law
        yield find
        spelled, inside = law.term.args[1], find.term.args[1]
        start = spelled.args[0].args[0]
        queue = part(start, Pair, "tail")
        now = part(queue, Pair, "head")
        loop, last = inside.args
        way = finding_way().function(a, t, NIL)
        found = goal.have(
            halts(evaluate.function(f, loop, start, need)),
            has_its_turn().at(
                kind=TRUE, way=way, node=a, now=now, later=NIL, queue=queue, i=0
            ),
            queueing()(TRUE, queue, 0), belonging()(a, now),
            turning().invariant(TRUE, way, a, now, NIL),
            way_found().at(s=a, t=t, c=NIL), descending()(TRUE, NIL, t),
            search_halts().at(f=f, z=z, x=x, queue=queue, i=0, k=k, n=0),
            goal.hypothesis("extends"), goal.hypothesis("right"),
        )
        looped = halting(goal, f, loop, start, need, found)
        known, said = known_trial(goal, f, z, x, there)
        input_ = pair(pair(z, x), there)
        left = enough - 3
        first = evaluate.function(f, loop, start, left)
        yield evaluate(f, spelled, y, enough)
        yield evaluate(f, spelled.args[0], y, enough - 1)
        yield evaluate(f, inside, start, enough - 2)
        yield looped.claim(left)
        yield looped.positive
        yield evaluate.invariant(f, loop, start, need)
        yield found
        yield search_finds().at(f=f, z=z, x=x, a=a, queue=queue, n=need)
        yield followed(
            goal, f, last, input_, gas(first), {(trying().function(answer()), input_): known}
        )
        yield said
        yield extending_all()(a, now)
        yield extending_all()(a, NIL)
        yield extending()(a, a)

    return prove(
        "search-succeeds",
        forall(
            f, z, x, a, y, t,
            given={
                "extends": extending().function(a, t), "right": halts(trial(f, t, z, x)),
            },
            then=halts(result),
        ),
        premises,
    )
