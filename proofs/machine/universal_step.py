"""One step of the universal program is one step of the machine.

*Definitions* accepted by the kernel: how trees are read as states (:func:`reading_state` and what
it needs), the program that makes a step (:func:`one_step`), what it costs to pass a question on
(:func:`passing_on`).

*Results*: ``universal-step`` (:func:`stepped`), a part of ``universal-program``: if on <r.z> the
program a has the value g(z) after exactly k(z) steps, :func:`answering`, then the step made with a
in the place of Ask is that of the machine relative to g. ASK answers so (:func:`asked`).

*How it is done*: the program has no loop, so it denotes a term: tests, with the tree of a state at
each leaf. That a leaf is read as the machine's next state is one obligation each.

*References*: N. D. Jones, 'Computability and Complexity' (MIT Press 1997), section 4.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.algebra import curried
from models.machine import universal as model
from models.machine.semantics import Bottom, Do, Done, Next, State, Stop
from models.machine.tree import Nil, Pair
from proofs.kernel.reading import array_of, made, part, quote
from proofs.kernel.rules import (
    Definition,
    Fact,
    Goal,
    Schema,
    Theorem,
    comprehend,
    define,
    height,
    prove,
)
from proofs.kernel.tactics import Supposition, forall, once, variables
from proofs.kernel.terms import INT, Term, both, equal, implies, negate, rank, select
from proofs.machine.program import decoding
from proofs.machine.semantics import (
    evaluation,
    evaluation_variables,
    more_gas,
    stepping,
    value,
)
from proofs.machine.straight import Known, denoted, followed, half, pair, reached

# How trees are read as states


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


def state_variables() -> tuple[Term, ...]:
    """A program a that answers, from f, with g after k steps; control c, accumulator x, stack s
    and parameter r of a state; gas n."""
    f, a, x, n = evaluation_variables()
    (a,) = variables(a=a.sort)
    g, c, s, r = variables(g=f.sort, c=x.sort, s=x.sort, r=x.sort)
    (k,) = variables(k=array_of(x.sort, INT))
    return f, g, a, k, c, x, s, r, n


def parts(tree: Term) -> tuple[Term, Term, Term]:
    """Control, accumulator and stack of a state that is written as a tree."""
    first, rest = part(tree, Pair, "head"), part(tree, Pair, "tail")
    second, last = part(rest, Pair, "head"), part(rest, Pair, "tail")
    return first, second, part(last, Pair, "head")


def shaped(tree: Term, parameter: Term) -> Term:
    """That a tree is <control.<accumulator.<stack.parameter>>>."""
    control, accumulator, stack = parts(tree)
    return equal(tree, pair(control, pair(accumulator, pair(stack, parameter))))


def interpreting_variables() -> tuple[Term, ...]:
    """Oracles f and g, program a, cost k; e, x, r of the input <r.<e.x>>; gas n; more gas m."""
    f, g, a, k, _, x, _, r, n = state_variables()
    (e, m) = variables(e=x.sort, m=INT)
    return f, g, a, k, e, x, r, n, m


def universal_variables() -> tuple[Term, ...]:
    """Oracle f, tree e that is read as a program, input x, gas n."""
    f, _, x, n = evaluation_variables()
    (e,) = variables(e=x.sort)
    return f, e, x, n


def first_state(e: Term, x: Term, r: Term) -> Term:
    """The tree of the state in which e starts on x."""
    nil = made(Nil)
    return pair(pair(pair(nil, e), nil), pair(x, pair(nil, r)))


@once
def first_read() -> Theorem:
    """The tree of the first state is read as it."""
    _, _, _, _, _, x, _, r, _ = state_variables()
    (e,) = variables(e=x.sort)
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


# The program that answers in the place of Ask


def answering(f: Term, g: Term, a: Term, k: Term, r: Term) -> Supposition:
    """The schema "on <r.z> a has the value g(z), after exactly k(z) steps"."""
    (z,) = variables(z=r.sort)
    outcome = evaluation().function(f, a, pair(r, z), select(k, z))
    return (z,), equal(outcome, made(Done, select(g, z), 0))


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


def answers_cost(f: Term, g: Term, a: Term, k: Term, r: Term, answers: Schema) -> Schema:
    """That answers cost something, ``answers`` being the hypothesis :func:`answering`; to be handed
    to a theorem that assumes it."""
    (z,) = variables(z=r.sort)
    return answering_costs().schema(z, f=f, g=g, a=a, k=k, r=r, x=z, answers=answers)


@once
def passing_cost() -> Definition:
    """What it costs to pass a question on; not recursive."""
    return define(model.passing_on)


@once
def passing_on() -> Definition:
    """The same as a function value."""
    passing_cost()
    return comprehend(curried(model.passing_on))


def ask() -> Term:
    """The program that asks the oracle itself."""
    return quote(model.ASK, decoding().function.range)


@once
def asked() -> Theorem:
    """ASK answers as the oracle does, in three steps, whatever the parameter."""
    f, _, _, _, _, _, _, r, _ = state_variables()
    (z,) = variables(z=r.sort)
    k = passing_on().function()
    _, claim = answering(f, f, ask(), k, r)
    return prove(
        "ask-answers",
        forall(f, r, z, then=claim),
        lambda goal: [
            followed(goal, f, ask(), pair(r, z), select(k, z)), passing_on()(z),
            passing_cost()(z),
        ],
    )


def asking_oracle(f: Term, r: Term) -> Schema:
    """That ASK answers, with parameter r; to be handed to a theorem that assumes it."""
    (z,) = variables(z=r.sort)
    return asked().schema(z, f=f, r=r, z=z)


# What a step costs


@once
def step_costing() -> Definition:
    """What it costs; not recursive."""
    return define(model.step_gas)


def costs_something(name: str, loop: Definition) -> Theorem:
    """What a loop over steps costs is not negative, if answers cost something."""
    step = stepping()
    _, g, _, k, _, _, _, _, n = state_variables()
    (state,) = variables(state=step.function.domain[1])
    accumulator = part(state, State, "accumulator")
    (z,) = variables(z=accumulator.sort)
    return prove(
        name,
        forall(
            g, k, state, n,
            given={"answers cost": ((z,), select(k, z) > 0)},
            then=loop.function(g, k, state, n) >= 0,
        ),
        lambda goal: [
            loop(g, k, state, n), step_costing()(k, state),
            goal.hypothesis("answers cost", accumulator),
            goal.induction(state=step.function(g, state), n=n - 1),
        ],
        measure=n,
    )


@once
def saving() -> Definition:
    """What is saved by the instructions on a control list: recursion on it."""
    return define(
        model.saved, measure=rank, premises=lambda c: height(part(c, Next, "rest"))
    )


# One step


@once
def one_step() -> Definition:
    """The program that makes a step; not recursive."""
    return define(model.one_step)


def rows(term: Term, given: tuple[Term, ...] = ()) -> Iterator[tuple[tuple[Term, ...], Term]]:
    """The values that nested tests lead to, with what was found on the way."""
    if term.op != "ite":
        yield given, term
        return
    test, then, otherwise = term.args
    yield from rows(then, (*given, test))
    yield from rows(otherwise, (*given, negate(test)))


def spine(tree: Term) -> Iterator[Term]:
    """A tree and its tails, as far as it is written out."""
    yield tree
    while tree.op == "make" and tree.args:
        tree = tree.args[1]
        yield tree


def readings(tree: Term) -> Iterator[Fact]:
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
    """One step of the simulation is one step of the machine, and takes as long as said."""
    evaluate, simulate, step, cost = evaluation(), one_step(), stepping(), step_costing()
    f, g, a, k, c, x, s, r, n = state_variables()
    state = pair(c, pair(x, pair(s, r)))
    body = simulate(a)
    spelled = body.term.args[1]
    there = reading_state().function(state)
    enough = n + cost.function(k, there)
    outcome = evaluate.function(f, simulate.function(a), state, enough)
    following = step.function(g, there)

    def premises(goal: Goal) -> Iterable[Fact]:
        answer = known_answer(goal, f, g, a, k, r, x)
        known = {(a, pair(r, x)): answer}
        result, steps = denoted(f, spelled, state, known)
        yield body
        yield followed(goal, f, spelled, state, enough, known)
        first = part(c, Pair, "head")
        before = [
            reading_state()(state), reading_control()(c), reading_instruction()(first),
            decoding()(half(first, "tail")), reading_stack()(s), step(g, there),
        ]
        yield goal.have(equal(steps, cost.function(k, there)), *before, cost(k, there))
        yield goal.have(steps >= 1, answer.positive)
        for given, leaf in rows(result):
            yield goal.have(
                implies(both(*given), equal(reading_state().function(leaf), following)),
                *before, *readings(leaf),
            )

    return prove(
        "universal-step",
        forall(
            f, g, a, k, c, x, s, r, n,
            given={"answers": answering(f, g, a, k, r), "gas": n >= 0},
            then=both(
                equal(outcome, made(Done, value(outcome), n)),
                shaped(value(outcome), r),
                equal(reading_state().function(value(outcome)), following),
            ),
        ),
        premises,
    )
