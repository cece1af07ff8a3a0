"""The semantics: gas monotonicity, and the agreement of machine and gas equation.

*Definitions* accepted by the kernel: :func:`evaluation`, :func:`stepping`, :func:`running`.

*Results*: ``gas-monotone`` (:func:`gas_monotone`; :func:`more_gas` for any amount more,
:func:`less_gas` for less), ``machine-agreement`` (:func:`machine_agreement`).

*How it is done*: every machine step and every call of the gas equation takes one unit of gas, so
both theorems are inductions on gas, with the induction hypothesis at the calls that one unfolding
of the equation shows.

*References*: Owens, Myreen, Kumar, Tan, 'Functional big-step semantics' (ESOP 2016).
"""

from __future__ import annotations

from collections.abc import Iterable

from models.machine import semantics as model
from models.machine.program import Cons, If, Then, While
from models.machine.semantics import (
    Bottom,
    Branch,
    Control,
    Do,
    Done,
    Loop,
    MkCons,
    Next,
    OutOfGas,
    Push,
    Stack,
    State,
    Stop,
    Swap,
)
from proofs.kernel.reading import is_a, made, part, sort_of
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, prove
from proofs.kernel.tactics import calls, forall, once, variables
from proofs.kernel.terms import INT, Term, both, choose_by, equal, implies


@once
def evaluation() -> Definition:
    """The gas equation. Every call takes gas: that makes it well-founded."""
    return define(
        model.evaluate,
        measure=lambda f, p, x, n: n,
        invariant=lambda f, p, x, n, outcome: implies(
            is_a(outcome, Done), both(0 <= gas(outcome), gas(outcome) < n)
        ),
    )


@once
def stepping() -> Definition:
    """One machine step; not recursive."""
    return define(model.step)


@once
def running() -> Definition:
    """Machine steps until the control list is empty or the gas is gone."""
    stepping()
    return define(model.machine, measure=lambda f, state, n: n)


@once
def passing() -> Definition:
    """So many machine steps."""
    stepping()
    return define(model.after, measure=lambda f, state, n: n)


def value(outcome: Term) -> Term:
    """The value of a finished outcome."""
    return part(outcome, Done, "value")


def gas(outcome: Term) -> Term:
    """The gas left over in a finished outcome."""
    return part(outcome, Done, "gas")


def halts(outcome: Term) -> Term:
    """Whether an outcome is a finished one."""
    return is_a(outcome, Done)


def evaluation_variables() -> tuple[Term, Term, Term, Term]:
    """Oracle f, program p, input x, gas n."""
    oracle, program, tree, number = evaluation().function.domain
    f, p, x, n = variables(f=oracle, p=program, x=tree, n=number)
    return f, p, x, n


def inner_calls(fact: Fact, *outer: Term) -> list[Term]:
    """The calls of the gas equation in a fact, other than the outermost ones."""
    return [call for call in calls(evaluation().function, fact.term) if call not in outer]


@once
def gas_monotone() -> Theorem:
    """If p halts with gas n it halts with n+1: same value, one more unit left."""
    evaluate = evaluation()
    run = evaluate.function
    f, p, x, n = evaluation_variables()
    outcome, richer = run(f, p, x, n), run(f, p, x, n + 1)
    statement = forall(
        f, p, x, n,
        given={"halts": halts(outcome)},
        then=equal(richer, made(Done, value(outcome), gas(outcome) + 1)),
    )

    def premises(goal: Goal) -> Iterable[Fact]:
        unfolded = evaluate(f, p, x, n)
        yield unfolded
        yield evaluate(f, p, x, n + 1)
        for call in inner_calls(unfolded, outcome):
            yield evaluate.invariant(*call.args)
            yield goal.induction(p=call.args[1], x=call.args[2], n=call.args[3])

    return prove("gas-monotone", statement, premises, measure=n)


@once
def more_gas() -> Theorem:
    """If p halts with gas n it halts with n+d, d >= 0: same value, d more left."""
    run = evaluation().function
    f, p, x, n = evaluation_variables()
    (d,) = variables(d=INT)
    outcome = run(f, p, x, n)
    statement = forall(
        f, p, x, n, d,
        given={"halts": halts(outcome), "more": d >= 0},
        then=equal(run(f, p, x, n + d), made(Done, value(outcome), gas(outcome) + d)),
    )
    return prove(
        "gas-monotone.any",
        statement,
        lambda goal: [
            goal.induction(d=d - 1),
            gas_monotone().at(f=f, p=p, x=x, n=n + d - 1),
        ],
        measure=d,
    )


@once
def less_gas() -> Theorem:
    """If p halts with n, leaving d units or more, it halts with n-d: same value, d less left."""
    evaluate = evaluation()
    run = evaluate.function
    f, p, x, n = evaluation_variables()
    (d,) = variables(d=INT)
    outcome = run(f, p, x, n)
    statement = forall(
        f, p, x, n, d,
        given={"halts": halts(outcome), "from": d >= 0, "to": d <= gas(outcome)},
        then=equal(run(f, p, x, n - d), made(Done, value(outcome), gas(outcome) - d)),
    )

    def premises(goal: Goal) -> Iterable[Fact]:
        unfolded = evaluate(f, p, x, n)
        yield unfolded
        yield evaluate(f, p, x, n - d)
        for call in inner_calls(unfolded, outcome):
            yield evaluate.invariant(*call.args)
            yield goal.induction(p=call.args[1], x=call.args[2], n=call.args[3])

    return prove("gas-monotone.less", statement, premises, measure=n)


@once
def machine_agreement() -> Theorem:
    """Machine steps and the gas equation agree, in any surrounding control and stack."""
    evaluate, machine, step = evaluation(), running(), stepping()
    run = machine.function
    f, p, x, n = evaluation_variables()
    k, s = variables(k=sort_of(Control), s=sort_of(Stack))
    outcome = evaluate.function(f, p, x, n)

    def at(control: Term, accumulator: Term, stack: Term) -> Term:
        return made(State, control, accumulator, stack)

    def then(*instructions: Term, rest: Term = k) -> Term:
        for instruction in reversed(instructions):
            rest = made(Next, instruction, rest)
        return rest

    def do(program: Term) -> Term:
        return made(Do, program)

    statement = forall(
        f, p, x, n, k, s,
        then=equal(
            run(f, at(then(do(p)), x, s), n),
            choose_by(
                halts(outcome), run(f, at(k, value(outcome), s), gas(outcome)), made(OutOfGas)
            ),
        ),
    )

    def premises(goal: Goal) -> Iterable[Fact]:
        def advance(state: Term, left: Term) -> Iterable[Fact]:
            yield machine(f, state, left)
            yield step(f, state)

        def follow(program: Term, x: Term, left: Term, k: Term, s: Term) -> Term:
            """The induction hypothesis for a part; its outcome."""
            found.append(goal.induction(p=program, x=x, n=left, k=k, s=s))
            found.append(evaluate.invariant(f, program, x, left))
            return evaluate.function(f, program, x, left)

        found: list[Fact] = []
        yield evaluate(f, p, x, n)
        yield from advance(at(then(do(p)), x, s), n)
        saved = made(Push, x, s)

        first, second = part(p, Cons, "first"), part(p, Cons, "second")
        after = then(made(Swap), do(second), made(MkCons))
        one = follow(first, x, n - 1, after, saved)
        yield from advance(at(after, value(one), saved), gas(one))
        kept = made(Push, value(one), s)
        two = follow(second, x, gas(one) - 1, then(made(MkCons)), kept)
        yield from advance(at(then(made(MkCons)), value(two), kept), gas(two))

        first, second = part(p, Then, "first"), part(p, Then, "second")
        one = follow(first, x, n - 1, then(do(second)), s)
        follow(second, value(one), gas(one), k, s)

        test = part(p, If, "test")
        ways = part(p, If, "then"), part(p, If, "otherwise")
        after = then(made(Branch, *ways))
        one = follow(test, x, n - 1, after, saved)
        yield from advance(at(after, value(one), saved), gas(one))
        for way in ways:
            follow(way, x, gas(one) - 1, k, s)

        test, body = part(p, While, "test"), part(p, While, "body")
        loop = made(While, test, body)
        after = then(made(Loop, test, body))
        one = follow(test, x, n - 1, after, saved)
        yield from advance(at(after, value(one), saved), gas(one))
        two = follow(body, x, gas(one) - 1, then(do(loop)), s)
        follow(loop, value(two), gas(two), k, s)
        yield from found

    return prove("machine-agreement", statement, premises, measure=n)


@once
def whole_runs() -> Theorem:
    """A whole run of the machine has the outcome of the gas equation."""
    evaluate, machine = evaluation(), running()
    f, p, x, n = evaluation_variables()
    stop, bottom = made(Stop), made(Bottom)
    outcome = evaluate.function(f, p, x, n)
    state = made(State, made(Next, made(Do, p), stop), x, bottom)
    return prove(
        "machine-agreement.whole",
        forall(f, p, x, n, then=equal(machine.function(f, state, n), outcome)),
        lambda goal: [
            machine_agreement().at(f=f, p=p, x=x, n=n, k=stop, s=bottom),
            machine(f, made(State, stop, value(outcome), bottom), gas(outcome)),
        ],
    )


@once
def continued() -> Theorem:
    """A run that is not over after k steps goes on from the state it is then in."""
    machine, step, after = running(), stepping(), passing()
    f, _, _, n = evaluation_variables()
    (state,) = variables(state=machine.function.domain[1])
    (k,) = variables(k=INT)
    there = after.function(f, state, k)
    following = step.function(f, state)
    return prove(
        "run-continued",
        forall(
            f, state, n, k,
            given={
                "steps": k >= 0,
                "unfinished": is_a(part(there, State, "control"), Next),
            },
            then=equal(
                machine.function(f, state, n),
                choose_by(n >= k, machine.function(f, there, n - k), made(OutOfGas)),
            ),
        ),
        lambda goal: [
            machine(f, state, n), after(f, state, k), step(f, state),
            machine(f, there, n - k),
            machine(f, following, n - 1),
            goal.induction(state=following, n=n - 1, k=k - 1),
            stopped().at(f=f, state=state, k=k),
        ],
        measure=k,
    )


@once
def stopped() -> Theorem:
    """A halted machine stays halted."""
    step, after = stepping(), passing()
    f, _, _, _ = evaluation_variables()
    (state,) = variables(state=after.function.domain[1])
    (k,) = variables(k=INT)
    return prove(
        "halted-stays",
        forall(
            f, state, k,
            given={"halted": is_a(part(state, State, "control"), Stop)},
            then=equal(after.function(f, state, k), state),
        ),
        lambda goal: [after(f, state, k), step(f, state), goal.induction(k=k - 1)],
        measure=k,
    )


def agreement() -> tuple[Theorem, ...]:
    """All parts of ``machine-agreement``."""
    return machine_agreement(), whole_runs()
