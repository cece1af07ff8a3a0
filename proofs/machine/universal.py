"""The universal program: it makes the machine's steps, one after the other, until there are none.

*Definitions* accepted by the kernel: the loop (:func:`simulating`), with a first state and the
value taken out (:func:`interpreting`), and what it costs (:func:`costing`).

*Results*: ``universal-program``: what halts does so under the universal program, within a constant
times as many steps (:func:`universal`), and the other way round (:func:`universal_only`). Its parts
``universal-program.clocked`` and ``universal-step`` are in :mod:`proofs.machine.universal_clocked`
and :mod:`proofs.machine.universal_step`.

*How it is done*: the loop makes the machine's steps by ``universal-step``; induction on the
machine's steps for one direction, on the gas of the loop for the other. ``machine-agreement`` says
what the machine's steps come to.

*References*: N. D. Jones, 'Computability and Complexity' (MIT Press 1997), section 4.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.machine import universal as model
from models.machine.program import Hd
from models.machine.semantics import Do, Done, Next, State, Stop
from models.machine.specialisation import SPECIALISED_STEPS
from models.machine.tree import NIL, Nil
from proofs.kernel.reading import made, part, quote
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import INT, Term, both, equal, select
from proofs.machine.program import decoding
from proofs.machine.semantics import (
    evaluation,
    evaluation_variables,
    gas,
    halts,
    more_gas,
    running,
    stepping,
    value,
    whole_runs,
)
from proofs.machine.specialisation import outcome as specialised
from proofs.machine.specialisation import specialising
from proofs.machine.straight import exactly, followed, half, pair
from proofs.machine.universal_clocked import universal_clocked
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
    rows,
    saving,
    state_variables,
    step_costing,
    stepped,
    universal_variables,
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
    step_costing()
    return define(model.simulation_gas, measure=lambda g, k, state, n: n)


@once
def simulation_costs() -> Theorem:
    """A simulation costs something, if answers do."""
    return costs_something("simulation-costs", costing())


@once
def simulation_linear() -> Theorem:
    """A simulation that ends takes at most a constant times the machine's steps, less what is saved
    by the instructions on the control list, if questions are passed on."""
    cost, step, save, machine = costing(), stepping(), saving(), running()
    f, _, _, n = evaluation_variables()
    (state,) = variables(state=step.function.domain[1])
    k = passing_on().function()
    accumulator, control = part(state, State, "accumulator"), part(state, State, "control")

    def premises(goal: Goal) -> Iterable[Fact]:
        following = step(f, state)
        yield cost(f, k, state, n)
        yield step_costing()(k, state)
        yield passing_on()(accumulator)
        yield passing_cost()(accumulator)
        yield machine(f, state, n)
        yield following
        yield save(control)
        for _, way in rows(following.term.args[1]):
            if way.op == "make":
                yield from (save(inner) for inner in following_instructions(way.args[0]))
        yield goal.induction(state=step.function(f, state), n=n - 1)

    return prove(
        "simulation-linear",
        forall(
            f, state, n,
            given={"steps": n >= 0, "halts": halts(machine.function(f, state, n))},
            then=cost.function(f, k, state, n)
            <= model.OVERHEAD * n + model.TEST_COST - save.function(control),
        ),
        premises,
        measure=n,
    )


def following_instructions(control: Term) -> Iterator[Term]:
    """A control list and its rests, as far as it is written out."""
    yield control
    while control.op == "make" and control.args:
        control = control.args[1]
        yield control


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
        before = rest + m + step_costing().function(k, state)
        first = evaluate.function(f, step, tree, before)
        control, accumulator, stack = parts(value(first))
        yield loop(a)
        yield evaluate(f, loop(a).term.args[1], tree, need + m)
        yield evaluate(f, made(Hd), tree, need + m - 1)
        yield machine(g, state, n)
        yield cost(g, k, state, n)
        yield simulation_costs().at(
            g=g, k=k, state=following, n=n - 1,
            **{"answers cost": answers_cost(f, g, a, k, r, goal.schema("answers"))},
        )
        yield reading_state()(tree)
        yield reading_control()(c)
        yield answering_costs().at(
            f=f, g=g, a=a, k=k, r=r, x=x, answers=goal.schema("answers")
        )
        yield step_costing()(k, state)
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
        more = step_costing().function(k, state)
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
        yield step_costing()(k, state)
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
        yield simulation_costs().at(
            g=g, k=k, state=state, n=n,
            **{"answers cost": answers_cost(f, g, a, k, r, goal.schema("answers"))},
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


# Relative to the oracle itself


def universal_program() -> Term:
    """The universal program: what interprets, asking the oracle itself, with parameter nil."""
    nil = quote(NIL, reading_state().function.domain[0])
    return specialising().function(interpreting().function(ask()), nil)


@once
def universal() -> Theorem:
    """If e halts on x within n steps, the universal program halts on <e.x> with the same value,
    within a constant times n."""
    evaluate = evaluation()
    f, e, x, n = universal_variables()
    program = universal_program()
    interpreter, nil = program.args
    k = passing_on().function()
    original = evaluate.function(f, decoding().function(e), x, n)
    enough = model.OVERHEAD * n + model.UNIVERSAL_MORE
    result = evaluate.function(f, program, pair(e, x), enough)
    state = reading_state().function(first_state(e, x, nil))
    need = costing().function(f, k, state, n) + model.INTERPRETING_STEPS
    control = made(Next, made(Do, decoding().function(e)), made(Stop))
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
                f=f, g=f, a=ask(), k=k, e=e, x=x, r=nil, n=n, m=0,
                answers=asking_oracle(f, nil),
            ),
            evaluate.invariant(f, decoding().function(e), x, n),
            simulation_linear().at(f=f, state=state, n=n),
            first_read().at(e=e, x=x, r=nil),
            whole_runs().at(f=f, p=decoding().function(e), x=x, n=n),
            saving()(control), saving()(control.args[1]),
            more_gas().at(
                f=f, p=interpreter, x=pair(nil, pair(e, x)), n=need,
                d=enough - SPECIALISED_STEPS - need,
            ),
        ],
    )


@once
def universal_only() -> Theorem:
    """If the universal program halts on <e.x>, e halts on x, with the same value and sooner."""
    evaluate = evaluation()
    f, e, x, n = universal_variables()
    program = universal_program()
    interpreter, nil = program.args
    original = evaluate.function(f, decoding().function(e), x, n)
    result = evaluate.function(f, program, pair(e, x), n)
    before = n - SPECIALISED_STEPS
    return prove(
        "universal-program.only",
        forall(
            f, e, x, n,
            given={"halts": halts(result)},
            then=both(
                halts(original), equal(value(original), value(result)),
                gas(original) > gas(result),
            ),
        ),
        lambda goal: [
            specialised().at(f=f, p=interpreter, c=nil, x=pair(e, x), n=before),
            interpreted_only().at(
                f=f, g=f, a=ask(), k=passing_on().function(), e=e, x=x, r=nil, n=before,
                answers=asking_oracle(f, nil),
            ),
            more_gas().at(
                f=f, p=decoding().function(e), x=x, n=before, d=SPECIALISED_STEPS
            ),
        ],
    )


def universal_program_theorems() -> tuple[Theorem, ...]:
    """All parts of ``universal-program``."""
    return universal(), universal_only(), universal_clocked(), stepped()
