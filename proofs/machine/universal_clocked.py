"""The clocked universal program: as many steps of the machine as the clock says.

*Definitions* accepted by the kernel: the loop (:func:`clocking`), with a first state and a report
(:func:`reporting`), and what it costs (:func:`clock_costing`).

*Results*: ``universal-program.clocked`` (:func:`universal_clocked`), a part of
``universal-program``; :func:`reported`, the same with any program that answers in the place of Ask.

*How it is done*: the loop makes the machine's steps by ``universal-step``, induction on the clock;
the state after n steps tells the outcome with n units of gas (:func:`over`).

*References*: N. D. Jones, 'Computability and Complexity' (MIT Press 1997), section 4.1.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.machine import universal as model
from models.machine.program import Hd, Then, Tl
from models.machine.semantics import Next, State, Stop
from models.machine.tree import TRUE, Nil, Pair
from models.machine.universal import REPORTING_STEPS
from proofs.kernel.reading import is_a, made, part, quote
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, height, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import (
    INT,
    both,
    choose_by,
    equal,
    iff,
    implies,
    rank,
)
from proofs.machine.program import decoding
from proofs.machine.semantics import (
    evaluation,
    evaluation_variables,
    gas,
    halts,
    passing,
    running,
    stepping,
    stopped,
    value,
    whole_runs,
)
from proofs.machine.straight import denoted, followed, pair
from proofs.machine.tree import measuring
from proofs.machine.universal_step import (
    answering,
    answering_costs,
    answers_cost,
    ask,
    asking_oracle,
    costs_something,
    first_read,
    first_state,
    interpreting_variables,
    one_step,
    parts,
    passing_cost,
    passing_on,
    reading_control,
    reading_state,
    shaped,
    state_variables,
    step_costing,
    stepped,
    universal_variables,
)


@once
def clocking() -> Definition:
    """The clocked loop."""
    one_step()
    return define(model.clocked)


@once
def clock_costing() -> Definition:
    """What it costs: recursion on the steps."""
    stepping()
    step_costing()
    return define(model.clocked_gas, measure=lambda g, k, state, n: n)


@once
def clocked_costs() -> Theorem:
    """The clocked loop costs something, if answers do."""
    return costs_something("clocked-costs", clock_costing())


@once
def clocked_linear() -> Theorem:
    """The clocked loop takes at most a constant times the clock, if questions are passed on; and
    some steps less if the machine halts in that time."""
    cost, step, there = clock_costing(), stepping(), passing()
    f, _, _, n = evaluation_variables()
    (state,) = variables(state=step.function.domain[1])
    k = passing_on().function()
    accumulator = part(state, State, "accumulator")
    following = step.function(f, state)
    most = model.CLOCKED_OVERHEAD * n + model.TEST_COST
    halts_now = both(
        is_a(part(state, State, "control"), Next),
        is_a(part(there.function(f, state, n), State, "control"), Stop),
    )
    return prove(
        "clocked-linear",
        forall(
            f, state, n,
            given={"steps": n >= 0},
            then=both(
                cost.function(f, k, state, n) <= most,
                implies(halts_now, cost.function(f, k, state, n) <= most - model.HALTED_MORE),
            ),
        ),
        lambda goal: [
            cost(f, k, state, n), step_costing()(k, state), passing_on()(accumulator),
            passing_cost()(accumulator), step(f, state), there(f, state, n),
            there(f, following, n - 1), goal.induction(state=following, n=n - 1),
        ],
        measure=n,
    )


@once
def clocked() -> Theorem:
    """The clocked loop makes as many steps as the clock is long."""
    evaluate, loop, cost, size = evaluation(), clocking(), clock_costing(), measuring()
    f, g, a, k, c, x, s, r, _ = state_variables()
    (w, m) = variables(w=x.sort, m=INT)
    tree = pair(c, pair(x, pair(s, r)))
    state = reading_state().function(tree)
    time = size.function(w)
    need = cost.function(g, k, state, time)
    result = evaluate.function(f, loop.function(a), pair(w, tree), need + m)
    last = part(value(result), Pair, "tail")
    there = passing().function(g, state, time)
    step = one_step().function(a)

    def premises(goal: Goal) -> Iterable[Fact]:
        less = part(w, Pair, "tail")
        following = stepping().function(g, state)
        rest = cost.function(g, k, following, size.function(less))
        spelled = loop(a).term.args[1]
        body = spelled.args[1]
        before = need + m
        own = rest + m + 1 + step_costing().function(k, state)
        first = evaluate.function(f, step, tree, own)
        control, accumulator, stack = parts(value(first))
        yield loop(a)
        yield evaluate(f, spelled, pair(w, tree), before)
        yield evaluate(f, made(Hd), pair(w, tree), before - 1)
        yield evaluate(f, body, pair(w, tree), before - 3)
        yield followed(goal, f, body.args[0], pair(w, tree), before - 4)
        yield evaluate(f, body.args[1], pair(w, tree), before - 8)
        yield evaluate(f, made(Tl), pair(w, tree), before - 9)
        yield size(w)
        yield size.invariant(less)
        yield cost(g, k, state, time)
        yield passing()(g, state, time)
        yield reading_state()(tree)
        yield clocked_costs().at(
            g=g, k=k, state=following, n=size.function(less),
            **{"answers cost": answers_cost(f, g, a, k, r, goal.schema("answers"))},
        )
        yield answering_costs().at(
            f=f, g=g, a=a, k=k, r=r, x=x, answers=goal.schema("answers")
        )
        yield step_costing()(k, state)
        yield stepped().at(
            f=f, g=g, a=a, k=k, c=c, x=x, s=s, r=r, n=rest + m + 1,
            answers=goal.schema("answers"),
        )
        yield goal.induction(
            w=less, c=control, x=accumulator, s=stack, m=gas(first) - 1 - rest
        )
        yield from height(less)

    return prove(
        "universal-clocked",
        forall(
            f, g, a, k, c, x, s, r, w, m,
            given={"answers": answering(f, g, a, k, r), "gas": m >= 0},
            then=both(
                halts(result), gas(result) >= m,
                equal(value(result), pair(made(Nil), last)), shaped(last, r),
                equal(reading_state().function(last), there),
            ),
        ),
        premises,
        measure=rank(w),
    )


@once
def over() -> Theorem:
    """The state after n steps tells the machine's outcome with n units of gas."""
    machine, step, after = running(), stepping(), passing()
    f, _, _, n = evaluation_variables()
    (state,) = variables(state=machine.function.domain[1])
    there = after.function(f, state, n)
    outcome = machine.function(f, state, n)
    following = step.function(f, state)
    halted = is_a(part(there, State, "control"), Stop)
    return prove(
        "run-over",
        forall(
            f, state, n,
            given={"steps": n >= 0},
            then=both(
                iff(halts(outcome), halted),
                implies(halted, equal(value(outcome), part(there, State, "accumulator"))),
            ),
        ),
        lambda goal: [
            machine(f, state, n), after(f, state, n),
            stopped().at(f=f, state=state, k=n),
            goal.induction(state=following, n=n - 1),
        ],
        measure=n,
    )


@once
def reporting() -> Definition:
    """The clocked loop with a first state, and the report."""
    clocking()
    return define(model.reporting)


@once
def reported() -> Theorem:
    """The outcome of e on x with as much gas as the clock is long, as a tree: nil if it is running,
    <true.value> if it has halted."""
    evaluate, whole, cost, size = evaluation(), reporting(), clock_costing(), measuring()
    f, g, a, k, e, x, r, _, m = interpreting_variables()
    (w,) = variables(w=x.sort)
    time = size.function(w)
    original = evaluate.function(g, decoding().function(e), x, time)
    tree = first_state(e, x, r)
    state = reading_state().function(tree)
    need = cost.function(g, k, state, time)
    input_ = pair(w, pair(r, pair(e, x)))
    enough = need + m + REPORTING_STEPS
    result = evaluate.function(f, whole.function(a), input_, enough)
    loop = clocking().function(a)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield whole(a)
        spelled = whole(a).term.args[1]
        begin, rest = spelled.args
        _, first = denoted(f, begin, input_)
        left = enough - 2 - first
        there = evaluate.function(f, loop, pair(w, tree), left)
        last = part(value(there), Pair, "tail")
        control, _, _ = parts(last)
        yield evaluate(f, spelled, input_, enough)
        yield followed(goal, f, begin, input_, enough - 1)
        yield evaluate(f, rest, pair(w, tree), left + 1)
        yield clocked().at(
            f=f, g=g, a=a, k=k, c=tree.args[0], x=x, s=made(Nil), r=r, w=w, m=left - need,
            answers=goal.schema("answers"),
        )
        yield clocked_costs().at(
            g=g, k=k, state=state, n=time,
            **{"answers cost": answers_cost(f, g, a, k, r, goal.schema("answers"))},
        )
        yield followed(goal, f, rest.args[1], value(there), gas(there))
        yield reading_state()(last)
        yield reading_control()(control)
        yield first_read().at(e=e, x=x, r=r)
        yield size.invariant(w)
        yield over().at(f=g, state=state, n=time)
        yield whole_runs().at(f=g, p=decoding().function(e), x=x, n=time)

    return prove(
        "universal-reported",
        forall(
            f, g, a, k, e, x, r, w, m,
            given={
                "answers": answering(f, g, a, k, r),
                "gas": m >= choose_by(halts(original), 0, -model.HALTED_MORE),
            },
            then=both(
                halts(result), gas(result) >= m,
                equal(
                    value(result),
                    choose_by(
                        halts(original), pair(quote(TRUE, x.sort), value(original)), made(Nil)
                    ),
                ),
            ),
        ),
        premises,
    )


@once
def universal_clocked() -> Theorem:
    """The clocked version reports the outcome with as much gas as the clock is long."""
    evaluate, whole, size = evaluation(), reporting(), measuring()
    f, e, x, _ = universal_variables()
    (w,) = variables(w=x.sort)
    time = size.function(w)
    arrange = quote(model.ARRANGE, decoding().function.range)
    report = whole.function(ask())
    program = made(Then, arrange, report)
    k, nil = passing_on().function(), made(Nil)
    original = evaluate.function(f, decoding().function(e), x, time)
    input_ = pair(pair(e, x), w)
    enough = model.CLOCKED_OVERHEAD * time + model.CLOCKED_STEPS
    result = evaluate.function(f, program, input_, enough)
    state = reading_state().function(first_state(e, x, nil))
    need = clock_costing().function(f, k, state, time)

    def premises(goal: Goal) -> Iterable[Fact]:
        _, first = denoted(f, arrange, input_)
        left = enough - 1 - first
        yield evaluate(f, program, input_, enough)
        yield followed(goal, f, arrange, input_, enough - 1)
        yield reported().at(
            f=f, g=f, a=ask(), k=k, e=e, x=x, r=nil, w=w,
            m=left - need - REPORTING_STEPS,
            answers=asking_oracle(f, nil),
        )
        yield size.invariant(w)
        yield clocked_linear().at(f=f, state=state, n=time)
        yield first_read().at(e=e, x=x, r=nil)
        yield over().at(f=f, state=state, n=time)
        yield whole_runs().at(f=f, p=decoding().function(e), x=x, n=time)

    return prove(
        "universal-program.clocked",
        forall(
            f, e, x, w,
            then=both(
                halts(result),
                equal(
                    value(result),
                    choose_by(
                        halts(original), pair(quote(TRUE, x.sort), value(original)), made(Nil)
                    ),
                ),
            ),
        ),
        premises,
    )
