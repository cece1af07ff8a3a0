"""A run that is twice in the same state never halts.

*Definitions* accepted by the kernel: that of :mod:`models.machine.cycle`.

*Results*: ``looping-certificate-sound`` for cycles (:func:`cycle_never_halts`, from
:func:`returning`).

*How it is done*: induction on gas. A run from a state goes on from the state it is in after one
period, which is the same one, with less gas.
"""

from __future__ import annotations

from models.machine import cycle as model
from models.machine.semantics import Bottom, Do, Next, OutOfGas, State, Stop
from proofs.kernel.reading import is_a, made, part
from proofs.kernel.rules import Definition, Theorem, define, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import INT, equal
from proofs.machine.semantics import (
    continued,
    evaluation,
    evaluation_variables,
    passing,
    running,
    whole_runs,
)


@once
def repeating() -> Definition:
    """The acceptance function."""
    passing()
    return define(model.repeats)


@once
def returning() -> Theorem:
    """From a state that has not halted and comes back, the machine runs out of any gas."""
    machine, after = running().function, passing().function
    f, _, _, n = evaluation_variables()
    (state,) = variables(state=machine.domain[1])
    (period,) = variables(period=INT)
    return prove(
        "run-returns",
        forall(
            f, state, n, period,
            given={
                "period": period > 0,
                "unfinished": is_a(part(state, State, "control"), Next),
                "returns": equal(after(f, state, period), state),
            },
            then=equal(machine(f, state, n), made(OutOfGas)),
        ),
        lambda goal: [
            continued().at(f=f, state=state, n=n, k=period),
            goal.induction(n=n - period),
        ],
        measure=n,
    )


@once
def cycle_never_halts() -> Theorem:
    """A program with an accepted cycle does not halt on its input, for any oracle and any gas."""
    f, p, x, n = evaluation_variables()
    steps, period = variables(steps=INT, period=INT)
    begin = made(State, made(Next, made(Do, p), made(Stop)), x, made(Bottom))
    there = passing().function(f, begin, steps)
    return prove(
        "looping-certificate-sound.cycle",
        forall(
            f, p, x, n, steps, period,
            given={"accepted": repeating().function(f, p, x, steps, period)},
            then=equal(evaluation().function(f, p, x, n), made(OutOfGas)),
        ),
        lambda goal: [
            repeating()(f, p, x, steps, period),
            whole_runs().at(f=f, p=p, x=x, n=n),
            continued().at(f=f, state=begin, n=n, k=steps),
            returning().at(f=f, state=there, n=n - steps, period=period),
            # Of no steps or fewer: the cycle begins at the start.
            passing()(f, begin, steps),
            returning().at(f=f, state=begin, n=n, period=period),
        ],
    )
