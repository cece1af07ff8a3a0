"""The semantics, written once: the abstract machine and the gas equation.

A bounded oracle machine is a program, an oracle and a gas bound. One unit of gas is one step of
the abstract machine.

*Definitions*: :data:`Instruction`, :data:`Control`, :data:`Stack`, :class:`State`,
:data:`Outcome`; the equations :func:`step` (one machine step), :func:`after` (so many of them),
:func:`machine` (steps until the control list is empty or the gas is gone) and :func:`evaluate`
(the same as a recursive equation: functional big-step semantics with a clock).

*Results*: ``gas-monotone``, ``machine-agreement`` (in :mod:`proofs.machine`).

*References*: Owens, Myreen, Kumar, Tan, 'Functional big-step semantics' (ESOP 2016); Reynolds,
'Definitional interpreters' (1972), for the machine with explicit continuations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from models.algebra import Algebra, Mapped, equation
from models.machine.program import (
    Ask,
    Cons,
    Hd,
    Id,
    If,
    Program,
    Quote,
    Then,
    Tl,
    While,
)
from models.machine.tree import Nil, Pair, Tree, head, tail
from models.node import Node

OracleFunction: TypeAlias = Mapped[Tree, Tree]
"""What the semantics needs of an oracle: a total function. Solvers see an array."""


@dataclass(frozen=True, slots=True, eq=False)
class Do(Node):
    """Run a program on the accumulator."""

    program: Program


@dataclass(frozen=True, slots=True, eq=False)
class Swap(Node):
    """Exchange accumulator and stack top."""


@dataclass(frozen=True, slots=True, eq=False)
class MkCons(Node):
    """Make the pair of stack top and accumulator."""


@dataclass(frozen=True, slots=True, eq=False)
class Branch(Node):
    """Choose by the accumulator; the input is on the stack."""

    then: Program
    otherwise: Program


@dataclass(frozen=True, slots=True, eq=False)
class Loop(Node):
    """Go round or leave by the accumulator; the input is on the stack."""

    test: Program
    body: Program


Instruction: TypeAlias = Do | Swap | MkCons | Branch | Loop


@dataclass(frozen=True, slots=True, eq=False)
class Stop(Node):
    """The empty control list: halted."""


@dataclass(frozen=True, slots=True, eq=False)
class Next(Node):
    """An instruction and what follows it."""

    instruction: Instruction
    rest: Control


Control: TypeAlias = Stop | Next


@dataclass(frozen=True, slots=True, eq=False)
class Bottom(Node):
    """The empty stack."""


@dataclass(frozen=True, slots=True, eq=False)
class Push(Node):
    """A tree on a stack."""

    top: Tree
    rest: Stack


Stack: TypeAlias = Bottom | Push


@dataclass(frozen=True, slots=True, eq=False)
class State(Node):
    """Control list, accumulator, stack."""

    control: Control
    accumulator: Tree
    stack: Stack


@dataclass(frozen=True, slots=True, eq=False)
class Done(Node):
    """A value, and the gas left over."""

    value: Tree
    gas: int


@dataclass(frozen=True, slots=True, eq=False)
class OutOfGas(Node):
    """Not finished within the gas given."""


Outcome: TypeAlias = Done | OutOfGas


def start(algebra: Algebra, program: Program, value: Tree) -> State:
    """The first state: ``([Do program], value, [])``."""
    control = algebra.make(Next, algebra.make(Do, program), algebra.make(Stop))
    return algebra.make(State, control, value, algebra.make(Bottom))


def pop(algebra: Algebra, stack: Stack, use: Callable[[Tree, Stack], State]) -> State:
    """``use`` the top and the rest of a stack; an empty stack reads as nil on an empty stack.

    No run from :func:`start` pops an empty stack; the clause makes :func:`step` total.
    """
    return algebra.case(
        stack, {Bottom: lambda: use(algebra.make(Nil), stack), Push: use}
    )


@equation()
def step(algebra: Algebra, oracle: OracleFunction, state: State) -> State:
    """One step of the abstract machine; a halted state stays as it is."""
    make = algebra.make

    def at(control: Control, acc: Tree, stack: Stack) -> State:
        def then(*instructions: Instruction, rest: Control) -> Control:
            for instruction in reversed(instructions):
                rest = make(Next, instruction, rest)
            return rest

        def do(program: Program, rest: Control) -> State:
            saved = make(Push, acc, stack)
            return algebra.case(
                program,
                {
                    Id: lambda: make(State, rest, acc, stack),
                    Hd: lambda: make(State, rest, head(algebra, acc), stack),
                    Tl: lambda: make(State, rest, tail(algebra, acc), stack),
                    Ask: lambda: make(State, rest, algebra.apply(oracle, acc), stack),
                    Quote: lambda tree: make(State, rest, tree, stack),
                    Cons: lambda p, q: make(
                        State,
                        then(make(Do, p), make(Swap), make(Do, q), make(MkCons), rest=rest),
                        acc,
                        saved,
                    ),
                    Then: lambda p, q: make(
                        State, then(make(Do, p), make(Do, q), rest=rest), acc, stack
                    ),
                    If: lambda c, p, q: make(
                        State, then(make(Do, c), make(Branch, p, q), rest=rest), acc, saved
                    ),
                    While: lambda c, p: make(
                        State, then(make(Do, c), make(Loop, c, p), rest=rest), acc, saved
                    ),
                },
            )

        def obey(instruction: Instruction, rest: Control) -> State:
            return algebra.case(
                instruction,
                {
                    Do: lambda program: do(program, rest),
                    Swap: lambda: pop(
                        algebra,
                        stack,
                        lambda top, below: make(State, rest, top, make(Push, acc, below)),
                    ),
                    MkCons: lambda: pop(
                        algebra,
                        stack,
                        lambda top, below: make(State, rest, make(Pair, top, acc), below),
                    ),
                    Branch: lambda p, q: pop(
                        algebra,
                        stack,
                        lambda top, below: algebra.case(
                            acc,
                            {
                                Nil: lambda: make(State, then(make(Do, q), rest=rest), top, below),
                                Pair: lambda _, __: make(
                                    State, then(make(Do, p), rest=rest), top, below
                                ),
                            },
                        ),
                    ),
                    Loop: lambda c, p: pop(
                        algebra,
                        stack,
                        lambda top, below: algebra.case(
                            acc,
                            {
                                Nil: lambda: make(State, rest, top, below),
                                Pair: lambda _, __: make(
                                    State,
                                    then(make(Do, p), make(Do, make(While, c, p)), rest=rest),
                                    top,
                                    below,
                                ),
                            },
                        ),
                    ),
                },
            )

        return algebra.case(control, {Stop: lambda: state, Next: obey})

    return algebra.case(state, {State: at})


@equation()
def machine(algebra: Algebra, oracle: OracleFunction, state: State, gas: int) -> Outcome:
    """Machine steps until the control list is empty, or until ``gas`` of them are taken."""

    def on(instruction: Instruction, rest: Control) -> Outcome:
        return algebra.cond(
            gas > 0,
            lambda: algebra.bind(
                step.at(algebra, oracle, state),
                lambda after: machine.at(algebra, oracle, after, gas - 1),
            ),
            lambda: algebra.make(OutOfGas),
        )

    return algebra.case(
        state,
        {
            State: lambda control, acc, _: algebra.case(
                control, {Stop: lambda: algebra.make(Done, acc, gas), Next: on}
            )
        },
    )


@equation()
def after(algebra: Algebra, oracle: OracleFunction, state: State, steps: int) -> State:
    """The state after so many machine steps."""
    return algebra.cond(
        steps > 0,
        lambda: algebra.bind(
            step.at(algebra, oracle, state),
            lambda following: after.at(algebra, oracle, following, steps - 1),
        ),
        lambda: state,
    )


@equation()
def evaluate(
    algebra: Algebra, oracle: OracleFunction, program: Program, value: Tree, gas: int
) -> Outcome:
    """The program's outcome on ``value`` with ``gas``, as a recursive equation.

    Each machine step is one unit: that of the constructor, of ``Swap`` and ``MkCons`` in a Cons,
    of ``Branch`` in an If, of ``Loop`` in a While.
    """
    make = algebra.make

    def pay(gas: int, rest: Callable[[int], Outcome]) -> Outcome:
        return algebra.cond(gas > 0, lambda: rest(gas - 1), lambda: make(OutOfGas))

    def run(
        program: Program, value: Tree, gas: int, rest: Callable[[Tree, int], Outcome]
    ) -> Outcome:
        return algebra.bind(
            evaluate.at(algebra, oracle, program, value, gas),
            lambda outcome: algebra.case(
                outcome, {Done: rest, OutOfGas: lambda: make(OutOfGas)}
            ),
        )

    def at(gas: int) -> Outcome:
        return algebra.case(
            program,
            {
                Id: lambda: make(Done, value, gas),
                Hd: lambda: make(Done, head(algebra, value), gas),
                Tl: lambda: make(Done, tail(algebra, value), gas),
                Ask: lambda: make(Done, algebra.apply(oracle, value), gas),
                Quote: lambda tree: make(Done, tree, gas),
                Cons: lambda p, q: run(p, value, gas, lambda first, gas: pay(
                    gas, lambda gas: run(q, value, gas, lambda second, gas: pay(
                        gas, lambda gas: make(Done, make(Pair, first, second), gas)
                    ))
                )),
                Then: lambda p, q: run(p, value, gas, lambda middle, gas: evaluate.at(
                    algebra, oracle, q, middle, gas
                )),
                If: lambda c, p, q: run(c, value, gas, lambda test, gas: pay(
                    gas, lambda gas: algebra.case(test, {
                        Nil: lambda: evaluate.at(algebra, oracle, q, value, gas),
                        Pair: lambda _, __: evaluate.at(algebra, oracle, p, value, gas),
                    })
                )),
                While: lambda c, p: run(c, value, gas, lambda test, gas: pay(
                    gas, lambda gas: algebra.case(test, {
                        Nil: lambda: make(Done, value, gas),
                        Pair: lambda _, __: run(p, value, gas, lambda next_, gas: evaluate.at(
                            algebra, oracle, make(While, c, p), next_, gas
                        )),
                    })
                )),
            },
        )

    return pay(gas, at)
