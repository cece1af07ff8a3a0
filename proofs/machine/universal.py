"""The universal program: it makes the machine's steps, one after the other.

*Definitions* accepted by the kernel: those of :mod:`models.machine.universal`.

*Results*: ``universal-program``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.algebra import curried
from models.machine import universal as model
from models.machine.program import Hd, Then, Tl
from models.machine.semantics import Bottom, Do, Done, Next, State, Stop
from models.machine.specialisation import SPECIALISED_STEPS
from models.machine.tree import NIL, TRUE, Nil, Pair, length
from models.machine.universal import REPORTING_STEPS
from proofs.kernel.reading import array_of, is_a, made, part, quote
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, comprehend, define, height, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import (
    INT,
    Term,
    both,
    choose_by,
    equal,
    iff,
    implies,
    negate,
    rank,
    select,
)
from proofs.machine.program import decoding
from proofs.machine.semantics import (
    evaluation,
    evaluation_variables,
    gas,
    halts,
    more_gas,
    passing,
    running,
    stepping,
    stopped,
    value,
    whole_runs,
)
from proofs.machine.specialisation import outcome as specialised
from proofs.machine.specialisation import specialising
from proofs.machine.straight import Known, denoted, exactly, followed, half, reached


@once
def reading_instruction() -> Definition:
    """The instruction of a tree; not recursive."""
    decoding()
    return define(model.decode_instruction)


@once
def reading_control() -> Definition:
    """The control list of a tree: recursion on the tree."""
    reading_instruction()
    return define(
        model.decode_control, measure=rank, premises=lambda t: height(part(t, Pair, "tail"))
    )


@once
def reading_stack() -> Definition:
    """The stack of a tree: recursion on the tree."""
    return define(
        model.decode_stack, measure=rank, premises=lambda t: height(part(t, Pair, "tail"))
    )


@once
def reading_state() -> Definition:
    """The state of a tree; not recursive."""
    reading_control()
    reading_stack()
    return define(model.decode_state)


one_step = once(lambda: define(model.one_step))


def pair(first: Term, second: Term) -> Term:
    """A pair of trees."""
    return made(Pair, first, second)


def state_variables() -> tuple[Term, ...]:
    """A program a that answers, from f, with g after k steps; control c, accumulator x, stack s
    and parameter r of a state; gas n."""
    f, a, x, n = evaluation_variables()
    (a,) = variables(a=a.sort)
    g, c, s, r = variables(g=f.sort, c=x.sort, s=x.sort, r=x.sort)
    (k,) = variables(k=array_of(x.sort, INT))
    return f, g, a, k, c, x, s, r, n


def answering(f: Term, g: Term, a: Term, k: Term, r: Term) -> tuple[tuple[Term, ...], Term]:
    """The schema "on <r.z> a has the value g(z), after exactly k(z) steps"."""
    (z,) = variables(z=r.sort)
    outcome = evaluation().function(f, a, pair(r, z), select(k, z))
    return (z,), equal(outcome, made(Done, select(g, z), 0))


def rows(term: Term, given: tuple[Term, ...] = ()) -> Iterator[tuple[tuple[Term, ...], Term]]:
    """The values that nested tests lead to, with what was found on the way."""
    if term.op != "ite":
        yield given, term
        return
    test, then, otherwise = term.args
    yield from rows(then, (*given, test))
    yield from rows(otherwise, (*given, negate(test)))


def known_answer(goal: Goal, f: Term, g: Term, a: Term, k: Term, r: Term, z: Term) -> Known:
    """What is known of the program that answers, at a question."""
    question = pair(r, z)
    steps, answer = select(k, z), select(g, z)
    given = goal.hypothesis("answers", z)
    positive = evaluation().invariant(f, a, question, steps)

    def claim(n: Term) -> Fact:
        return goal.have(
            reached(f, a, question, n, answer, steps),
            given, positive, more_gas().at(f=f, p=a, x=question, n=steps, d=n - steps),
        )

    return Known(answer, steps, goal.have(steps >= 1, given, positive), claim)


def spine(tree: Term) -> Iterator[Term]:
    """A tree and its tails, as far as it is written out."""
    yield tree
    while tree.op == "make" and tree.args:
        tree = tree.args[1]
        yield tree


def shaped(tree: Term, parameter: Term) -> Term:
    """That a tree is <control.<accumulator.<stack.parameter>>>."""
    first, rest = part(tree, Pair, "head"), part(tree, Pair, "tail")
    second, last = part(rest, Pair, "head"), part(rest, Pair, "tail")
    third = part(last, Pair, "head")
    return equal(tree, pair(first, pair(second, pair(third, parameter))))


def readings(g: Term, tree: Term) -> Iterator[Fact]:
    """How a tree is read as a state, as far as it is written out."""
    yield reading_state()(tree)
    control, stack = tree.args[0], tree.args[1].args[1].args[0]
    for _, way in rows(control):
        for part_ in spine(way):
            yield reading_control()(part_)
            if part_.op == "make" and part_.args:
                yield reading_instruction()(part_.args[0])
                data = half(part_.args[0], "tail")
                yield decoding()(data)
    for part_ in spine(stack):
        yield reading_stack()(part_)


@once
def stepped() -> Theorem:
    """One step of the simulation is one step of the machine."""
    evaluate, simulate, step = evaluation(), one_step(), stepping()
    f, g, a, k, c, x, s, r, n = state_variables()
    state = pair(c, pair(x, pair(s, r)))
    body = simulate(a)
    spelled = body.term.args[1]
    enough = n + select(k, x) + model.STEP_COST
    outcome = evaluate.function(f, simulate.function(a), state, enough)
    there = reading_state().function(state)
    following = step.function(g, there)

    def premises(goal: Goal) -> Iterable[Fact]:
        answer = known_answer(goal, f, g, a, k, r, x)
        known = {(a, pair(r, x)): answer}
        result, steps = denoted(f, spelled, state, known)
        yield body
        yield followed(goal, f, spelled, state, enough, known)
        yield goal.have(steps <= select(k, x) + model.STEP_COST, answer.positive)
        first = part(c, Pair, "head")
        before = [
            reading_state()(state), reading_control()(c), reading_instruction()(first),
            decoding()(half(first, "tail")), reading_stack()(s), step(g, there),
        ]
        for given, leaf in rows(result):
            yield goal.have(
                implies(
                    both(*given), both(equal(reading_state().function(leaf), following))
                ),
                *before, *readings(g, leaf),
            )

    return prove(
        "universal-step",
        forall(
            f, g, a, k, c, x, s, r, n,
            given={"answers": answering(f, g, a, k, r), "gas": n >= 0},
            then=both(
                halts(outcome), gas(outcome) >= n,
                shaped(value(outcome), r),
                equal(reading_state().function(value(outcome)), following),
            ),
        ),
        premises,
    )


@once
def simulating() -> Definition:
    """The loop over steps."""
    one_step()
    return define(model.simulating)


@once
def costing() -> Definition:
    """What a simulation costs: recursion on the machine's steps."""
    stepping()
    return define(
        model.simulation_gas,
        measure=lambda g, k, state, n: n,
    )


@once
def answering_costs() -> Theorem:
    """Answering takes at least a step."""
    f, g, a, k, _, x, _, r, _ = state_variables()
    steps = select(k, x)
    return prove(
        "answering-costs",
        forall(f, g, a, k, r, x, given={"answers": answering(f, g, a, k, r)}, then=steps > 0),
        lambda goal: [
            goal.hypothesis("answers", x), evaluation().invariant(f, a, pair(r, x), steps)
        ],
    )


@once
def simulation_costs() -> Theorem:
    """A simulation costs something, if answers do."""
    cost, step = costing(), stepping()
    _, g, _, k, _, _, _, _, n = state_variables()
    (state,) = variables(state=step.function.domain[1])
    (z,) = variables(z=part(state, State, "accumulator").sort)
    following = step.function(g, state)
    return prove(
        "simulation-costs",
        forall(
            g, k, state, n,
            given={"answers cost": ((z,), select(k, z) > 0)},
            then=cost.function(g, k, state, n) >= 0,
        ),
        lambda goal: [
            cost(g, k, state, n),
            goal.hypothesis("answers cost", part(state, State, "accumulator")),
            goal.induction(state=following, n=n - 1),
        ],
        measure=n,
    )


@once
def machine_more() -> Theorem:
    """If the machine halts with n units of gas it halts with n+d: same value, d more left."""
    machine = running()
    f, _, _, n = evaluation_variables()
    (state,) = variables(state=machine.function.domain[1])
    (d,) = variables(d=INT)
    outcome = machine.function(f, state, n)
    following = stepping().function(f, state)
    return prove(
        "machine-more",
        forall(
            f, state, n, d,
            given={"halts": halts(outcome), "more": d >= 0},
            then=equal(
                machine.function(f, state, n + d),
                made(Done, value(outcome), gas(outcome) + d),
            ),
        ),
        lambda goal: [
            machine(f, state, n), machine(f, state, n + d),
            goal.induction(state=following, n=n - 1),
        ],
        measure=n,
    )


def parts(tree: Term) -> tuple[Term, Term, Term]:
    """Control, accumulator and stack of a state that is written as a tree."""
    first, rest = part(tree, Pair, "head"), part(tree, Pair, "tail")
    second, last = part(rest, Pair, "head"), part(rest, Pair, "tail")
    return first, second, part(last, Pair, "head")


@once
def simulated() -> Theorem:
    """If the machine halts, the simulation does, with the machine's value."""
    evaluate, loop, cost, machine = evaluation(), simulating(), costing(), running()
    f, g, a, k, c, x, s, r, n = state_variables()
    (m,) = variables(m=INT)
    tree = pair(c, pair(x, pair(s, r)))
    state = reading_state().function(tree)
    outcome = machine.function(g, state, n)
    need = cost.function(g, k, state, n)
    program = loop.function(a)
    result = evaluate.function(f, program, tree, need + m)
    step = one_step().function(a)

    def premises(goal: Goal) -> Iterable[Fact]:
        following = stepping().function(g, state)
        rest = cost.function(g, k, following, n - 1)
        before = rest + m + select(k, x) + model.STEP_COST
        first = evaluate.function(f, step, tree, before)
        control, accumulator, stack = parts(value(first))
        yield loop(a)
        yield evaluate(f, loop(a).term.args[1], tree, need + m)
        yield evaluate(f, made(Hd), tree, need + m - 1)
        yield machine(g, state, n)
        yield cost(g, k, state, n)
        (z,) = variables(z=x.sort)
        yield simulation_costs().at(
            g=g, k=k, state=following, n=n - 1,
            **{"answers cost": answering_costs().schema(
                z, f=f, g=g, a=a, k=k, r=r, x=z, answers=goal.schema("answers")
            )},
        )
        yield reading_state()(tree)
        yield reading_control()(c)
        yield answering_costs().at(
            f=f, g=g, a=a, k=k, r=r, x=x, answers=goal.schema("answers")
        )
        yield stepped().at(
            f=f, g=g, a=a, k=k, c=c, x=x, s=s, r=r, n=rest + m, answers=goal.schema("answers")
        )
        yield goal.induction(
            c=control, x=accumulator, s=stack, n=n - 1, m=gas(first) - rest
        )

    return prove(
        "universal-simulated",
        forall(
            f, g, a, k, c, x, s, r, n, m,
            given={
                "answers": answering(f, g, a, k, r), "halts": halts(outcome), "gas": m >= 0,
            },
            then=both(
                halts(result), gas(result) >= m,
                equal(half(half(value(result), "tail"), "head"), value(outcome)),
            ),
        ),
        premises,
        measure=n,
    )


@once
def simulated_only() -> Theorem:
    """If the simulation halts, the machine does, with its value."""
    evaluate, loop, machine = evaluation(), simulating(), running()
    f, g, a, k, c, x, s, r, n = state_variables()
    tree = pair(c, pair(x, pair(s, r)))
    state = reading_state().function(tree)
    program = loop.function(a)
    result = evaluate.function(f, program, tree, n)
    outcome = machine.function(g, state, n)
    step = one_step().function(a)

    def premises(goal: Goal) -> Iterable[Fact]:
        following = stepping().function(g, state)
        first = evaluate.function(f, step, tree, n - 3)
        more = select(k, x) + model.STEP_COST
        control, accumulator, stack = parts(value(first))
        yield loop(a)
        yield evaluate(f, loop(a).term.args[1], tree, n)
        yield evaluate(f, made(Hd), tree, n - 1)
        yield evaluate.invariant(f, step, tree, n - 3)
        yield machine(g, state, n)
        yield reading_state()(tree)
        yield reading_control()(c)
        yield goal.hypothesis("answers", x)
        yield evaluate.invariant(f, a, pair(r, x), select(k, x))
        yield stepped().at(
            f=f, g=g, a=a, k=k, c=c, x=x, s=s, r=r, n=n - 3, answers=goal.schema("answers")
        )
        yield more_gas().at(f=f, p=step, x=tree, n=n - 3, d=more)
        yield goal.induction(c=control, x=accumulator, s=stack, n=gas(first))
        yield machine_more().at(f=g, state=following, n=gas(first), d=n - 1 - gas(first))

    return prove(
        "universal-simulated-only",
        forall(
            f, g, a, k, c, x, s, r, n,
            given={"answers": answering(f, g, a, k, r), "halts": halts(result)},
            then=both(
                halts(outcome), gas(outcome) >= gas(result),
                equal(value(outcome), half(half(value(result), "tail"), "head")),
            ),
        ),
        premises,
        measure=n,
    )


@once
def interpreting() -> Definition:
    """The loop with a first state, and the value taken out."""
    simulating()
    return define(model.interpreting)


def first_state(e: Term, x: Term, r: Term) -> Term:
    """The tree of the state in which e starts on x."""
    nil = made(Nil)
    return pair(pair(pair(nil, e), nil), pair(x, pair(nil, r)))


def interpreting_variables() -> tuple[Term, ...]:
    """Oracles f and g, program a, cost k; e, x, r of the input <r.<e.x>>; gas n; more gas m."""
    f, g, a, k, _, x, _, r, n = state_variables()
    (e, m) = variables(e=x.sort, m=INT)
    return f, g, a, k, e, x, r, n, m


@once
def first_read() -> Theorem:
    """The tree of the first state is read as it."""
    _, _, _, _, e, x, r, _, _ = interpreting_variables()
    nil = made(Nil)
    tree = first_state(e, x, r)
    reading_state()
    control = made(Next, made(Do, decoding().function(e)), made(Stop))
    return prove(
        "universal-start",
        forall(
            e, x, r,
            then=equal(
                reading_state().function(tree), made(State, control, x, made(Bottom))
            ),
        ),
        lambda goal: [
            reading_state()(tree), reading_control()(tree.args[0]), reading_control()(nil),
            reading_instruction()(pair(nil, e)), reading_stack()(nil),
        ],
    )


@once
def interpreted() -> Theorem:
    """If e halts on x relative to g, interpreting it does relative to f, with the same value."""
    evaluate, whole, cost = evaluation(), interpreting(), costing()
    f, g, a, k, e, x, r, n, m = interpreting_variables()
    original = evaluate.function(g, decoding().function(e), x, n)
    tree = first_state(e, x, r)
    state = reading_state().function(tree)
    need = cost.function(g, k, state, n)
    start, take = (quote(program, a.sort) for program in (model.START, model.VALUE))
    loop = simulating().function(a)
    input_ = pair(r, pair(e, x))
    enough = need + m + model.INTERPRETING_STEPS
    result = evaluate.function(f, whole.function(a), input_, enough)

    def premises(goal: Goal) -> Iterable[Fact]:
        more = m + model.VALUE_STEPS
        there = evaluate.function(f, loop, tree, need + more)
        yield whole(a)
        spelled = whole(a).term.args[1]
        yield evaluate(f, spelled, input_, enough)
        yield evaluate(f, spelled.args[1], tree, enough - 1 - model.START_STEPS)
        yield followed(goal, f, start, input_, enough - 1)
        yield simulated().at(
            f=f, g=g, a=a, k=k, c=tree.args[0], x=x, s=made(Nil), r=r, n=n, m=more,
            answers=goal.schema("answers"),
        )
        (z,) = variables(z=x.sort)
        yield simulation_costs().at(
            g=g, k=k, state=state, n=n,
            **{"answers cost": answering_costs().schema(
                z, f=f, g=g, a=a, k=k, r=r, x=z, answers=goal.schema("answers")
            )},
        )
        yield followed(goal, f, take, value(there), gas(there))
        yield first_read().at(e=e, x=x, r=r)
        yield whole_runs().at(f=g, p=decoding().function(e), x=x, n=n)

    return prove(
        "universal-interpreted",
        forall(
            f, g, a, k, e, x, r, n, m,
            given={
                "answers": answering(f, g, a, k, r), "halts": halts(original), "gas": m >= 0,
            },
            then=both(
                halts(result), gas(result) >= m, equal(value(result), value(original))
            ),
        ),
        premises,
    )


@once
def interpreted_only() -> Theorem:
    """If interpreting e on x halts relative to f, e does relative to g, with the same value."""
    evaluate, whole = evaluation(), interpreting()
    f, g, a, k, e, x, r, n, _ = interpreting_variables()
    tree = first_state(e, x, r)
    start, take = (quote(program, a.sort) for program in (model.START, model.VALUE))
    loop = simulating().function(a)
    input_ = pair(r, pair(e, x))
    result = evaluate.function(f, whole.function(a), input_, n)
    original = evaluate.function(g, decoding().function(e), x, n)

    def premises(goal: Goal) -> Iterable[Fact]:
        left = n - 1 - model.START_STEPS
        there = evaluate.function(f, loop, tree, left - 1)
        yield whole(a)
        spelled = whole(a).term.args[1]
        yield evaluate(f, spelled, input_, n)
        yield evaluate(f, spelled.args[1], tree, left)
        yield exactly(goal, f, start, input_, n - 1)
        yield exactly(goal, f, take, value(there), gas(there))
        yield simulated_only().at(
            f=f, g=g, a=a, k=k, c=tree.args[0], x=x, s=made(Nil), r=r, n=left - 1,
            answers=goal.schema("answers"),
        )
        yield first_read().at(e=e, x=x, r=r)
        yield whole_runs().at(f=g, p=decoding().function(e), x=x, n=left - 1)
        yield more_gas().at(f=g, p=decoding().function(e), x=x, n=left - 1, d=n - left + 1)

    return prove(
        "universal-interpreted-only",
        forall(
            f, g, a, k, e, x, r, n,
            given={"answers": answering(f, g, a, k, r), "halts": halts(result)},
            then=both(
                halts(original), gas(original) >= gas(result),
                equal(value(original), value(result)),
            ),
        ),
        premises,
    )


# As many steps as the clock says


@once
def measuring() -> Definition:
    """The length of a tree, never negative: recursion on the tree."""
    return define(
        length,
        measure=rank,
        invariant=lambda t, count: count >= 0,
        premises=lambda t: height(part(t, Pair, "tail")),
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
    return define(model.clocked_gas, measure=lambda g, k, state, n: n)


@once
def clocked_costs() -> Theorem:
    """The clocked loop costs something, if answers do."""
    cost, step = clock_costing(), stepping()
    _, g, _, k, _, _, _, _, n = state_variables()
    (state,) = variables(state=step.function.domain[1])
    (z,) = variables(z=part(state, State, "accumulator").sort)
    return prove(
        "clocked-costs",
        forall(
            g, k, state, n,
            given={"answers cost": ((z,), select(k, z) > 0)},
            then=cost.function(g, k, state, n) >= 0,
        ),
        lambda goal: [
            cost(g, k, state, n),
            goal.hypothesis("answers cost", part(state, State, "accumulator")),
            goal.induction(state=step.function(g, state), n=n - 1),
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
        own = rest + m + 1 + select(k, x) + model.STEP_COST
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
        (z,) = variables(z=x.sort)
        yield clocked_costs().at(
            g=g, k=k, state=following, n=size.function(less),
            **{"answers cost": answering_costs().schema(
                z, f=f, g=g, a=a, k=k, r=r, x=z, answers=goal.schema("answers")
            )},
        )
        yield answering_costs().at(
            f=f, g=g, a=a, k=k, r=r, x=x, answers=goal.schema("answers")
        )
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
        (z,) = variables(z=x.sort)
        yield clocked_costs().at(
            g=g, k=k, state=state, n=time,
            **{"answers cost": answering_costs().schema(
                z, f=f, g=g, a=a, k=k, r=r, x=z, answers=goal.schema("answers")
            )},
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
            given={"answers": answering(f, g, a, k, r), "gas": m >= 0},
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


# Relative to the oracle itself


passed = once(lambda: define(model.passing_on))


@once
def passing_on() -> Definition:
    """The cost of passing a question on, as a function value."""
    passed()
    return comprehend(curried(model.passing_on))


@once
def asked() -> Theorem:
    """ASK answers as the oracle does, in three steps, whatever the parameter."""
    f, _, a, _, _, _, _, r, _ = state_variables()
    (z,) = variables(z=r.sort)
    ask = quote(model.ASK, a.sort)
    k = passing_on().function()
    _, claim = answering(f, f, ask, k, r)
    return prove(
        "ask-answers",
        forall(f, r, z, then=claim),
        lambda goal: [
            followed(goal, f, ask, pair(r, z), select(k, z)), passing_on()(z),
            passed()(z),
        ],
    )


def _linear(name: str, cost: Definition, each: int) -> Theorem:
    """What passes questions on costs at most so much for a step of the machine."""
    step = stepping()
    f, _, _, _, _, _, _, _, n = state_variables()
    (state,) = variables(state=step.function.domain[1])
    k = passing_on().function()
    accumulator = part(state, State, "accumulator")
    return prove(
        name,
        forall(
            f, state, n,
            given={"steps": n >= 0},
            then=cost.function(f, k, state, n) <= each * n + model.TEST_COST,
        ),
        lambda goal: [
            cost(f, k, state, n), passing_on()(accumulator), passed()(accumulator),
            goal.induction(state=step.function(f, state), n=n - 1),
        ],
        measure=n,
    )


simulation_linear = once(lambda: _linear("simulation-linear", costing(), model.OVERHEAD))
clocked_linear = once(lambda: _linear("clocked-linear", clock_costing(), model.CLOCKED_OVERHEAD))


def universal_program() -> Term:
    """The universal program: what interprets, asking the oracle itself, with parameter nil."""
    _, _, a, _, _, x, _, _, _ = state_variables()
    ask = quote(model.ASK, a.sort)
    return specialising().function(interpreting().function(ask), quote(NIL, x.sort))


def universal_variables() -> tuple[Term, ...]:
    """Oracle f, tree e that is read as a program, input x, gas n."""
    f, _, x, n = evaluation_variables()
    (e,) = variables(e=x.sort)
    return f, e, x, n


@once
def universal() -> Theorem:
    """If e halts on x within n steps, the universal program halts on <e.x> with the same value,
    within a constant times n."""
    evaluate = evaluation()
    f, e, x, n = universal_variables()
    program = universal_program()
    interpreter, nil = program.args
    (ask,) = interpreter.args
    k = passing_on().function()
    original = evaluate.function(f, decoding().function(e), x, n)
    enough = model.OVERHEAD * n + model.UNIVERSAL_STEPS
    result = evaluate.function(f, program, pair(e, x), enough)
    state = reading_state().function(first_state(e, x, nil))
    need = costing().function(f, k, state, n) + model.INTERPRETING_STEPS
    (z,) = variables(z=x.sort)
    return prove(
        "universal-program",
        forall(
            f, e, x, n,
            given={"halts": halts(original)},
            then=both(halts(result), equal(value(result), value(original))),
        ),
        lambda goal: [
            specialised().at(
                f=f, p=interpreter, c=nil, x=pair(e, x), n=enough - SPECIALISED_STEPS
            ),
            interpreted().at(
                f=f, g=f, a=ask, k=k, e=e, x=x, r=nil, n=n, m=0,
                answers=asked().schema(z, f=f, r=nil, z=z),
            ),
            evaluate.invariant(f, decoding().function(e), x, n),
            simulation_linear().at(f=f, state=state, n=n),
            more_gas().at(
                f=f, p=interpreter, x=pair(nil, pair(e, x)), n=need,
                d=enough - SPECIALISED_STEPS - need,
            ),
        ],
    )


@once
def universal_only() -> Theorem:
    """If the universal program halts on <e.x>, e halts on x, with the same value and no later."""
    evaluate = evaluation()
    f, e, x, n = universal_variables()
    program = universal_program()
    interpreter, nil = program.args
    (ask,) = interpreter.args
    original = evaluate.function(f, decoding().function(e), x, n)
    result = evaluate.function(f, program, pair(e, x), n)
    before = n - SPECIALISED_STEPS
    (z,) = variables(z=x.sort)
    return prove(
        "universal-program.only",
        forall(
            f, e, x, n,
            given={"halts": halts(result)},
            then=both(
                halts(original), equal(value(original), value(result)),
                gas(original) >= gas(result),
            ),
        ),
        lambda goal: [
            specialised().at(f=f, p=interpreter, c=nil, x=pair(e, x), n=before),
            interpreted_only().at(
                f=f, g=f, a=ask, k=passing_on().function(), e=e, x=x, r=nil, n=before,
                answers=asked().schema(z, f=f, r=nil, z=z),
            ),
            more_gas().at(
                f=f, p=decoding().function(e), x=x, n=before, d=SPECIALISED_STEPS
            ),
        ],
    )


@once
def universal_clocked() -> Theorem:
    """The clocked version reports the outcome with as much gas as the clock is long."""
    evaluate, whole, size = evaluation(), reporting(), measuring()
    f, e, x, _ = universal_variables()
    (w,) = variables(w=x.sort)
    time = size.function(w)
    ask = quote(model.ASK, decoding().function.range)
    arrange = quote(model.ARRANGE, decoding().function.range)
    report = whole.function(ask)
    program = made(Then, arrange, report)
    k, nil = passing_on().function(), made(Nil)
    original = evaluate.function(f, decoding().function(e), x, time)
    input_ = pair(pair(e, x), w)
    enough = model.CLOCKED_OVERHEAD * time + model.CLOCKED_STEPS
    result = evaluate.function(f, program, input_, enough)
    state = reading_state().function(first_state(e, x, nil))
    need = clock_costing().function(f, k, state, time)
    (z,) = variables(z=x.sort)

    def premises(goal: Goal) -> Iterable[Fact]:
        _, first = denoted(f, arrange, input_)
        left = enough - 1 - first
        yield evaluate(f, program, input_, enough)
        yield followed(goal, f, arrange, input_, enough - 1)
        yield reported().at(
            f=f, g=f, a=ask, k=k, e=e, x=x, r=nil, w=w,
            m=left - need - REPORTING_STEPS,
            answers=asked().schema(z, f=f, r=nil, z=z),
        )
        yield size.invariant(w)
        yield clocked_linear().at(f=f, state=state, n=time)

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


def universal_program_theorems() -> tuple[Theorem, ...]:
    """All parts of ``universal-program``."""
    return universal(), universal_only(), universal_clocked(), stepped()
