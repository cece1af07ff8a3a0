"""A universal program: an interpreter of the language, written in the language.

It keeps a state of the abstract machine as a tree and makes one machine step after the other. Every
tree is read as a state, as every tree is read as a program:

    ``<control.<accumulator.<stack.parameter>>>``

Control and stack are lists. An instruction is ``<kind.data>``, its kind told by the number of tails
that can be taken from it: 0 to do the program that ``data`` is read as, 1 Swap, 2 MkCons, 3 Branch,
4 or more Loop. The parameter is carried along.

*Definitions*: :func:`decode_instruction`, :func:`decode_control`, :func:`decode_stack`,
:func:`decode_state`, how trees are read; :func:`one_step`, a program without loops that makes a
step; :func:`simulating`, which makes steps until the machine halts, and :func:`clocked`, which
makes as many as it is told; with a first state and the value taken out :func:`interpreting` and
:func:`reporting`; :data:`UNIVERSAL` and :data:`CLOCKED`.

In all of these ``answer`` is a program that stands in for Ask: on ``<parameter.question>`` it has
the answer. :data:`ASK` passes the question on to the oracle.

*Results*: ``universal-program`` (in :mod:`proofs.machine.universal`).

*References*: N. D. Jones, 'Computability and Complexity' (MIT Press 1997), section 4.1 (a
self-interpreter for WHILE); P. Odifreddi, 'Classical Recursion Theory' (1989), section II.1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from models.algebra import Algebra, Mapped, equation
from models.machine.program import Ask, Cons, Hd, Id, If, Program, Quote, Then, Tl, While, decode
from models.machine.semantics import (
    Bottom,
    Branch,
    Control,
    Do,
    Instruction,
    Loop,
    MkCons,
    Next,
    OracleFunction,
    Push,
    Stack,
    State,
    Stop,
    Swap,
    step,
)
from models.machine.specialisation import SPECIALISED_STEPS, specialise
from models.machine.spelling import at_least, constant, listed, path, spelled
from models.machine.tree import NIL, TRUE, Nil, Pair, Tree, head, numeral, tail

SWAP, MK_CONS = Pair(numeral(1), NIL), Pair(numeral(2), NIL)
"""Instructions without data, as trees."""

BRANCH, LOOP = numeral(3), numeral(4)
"""Kinds of instructions."""


DO_STEPS: Mapping[type[Program], int] = {
    Id: 61, Hd: 71, Tl: 75, Ask: 82, Quote: 89, Cons: 141, Then: 113, If: 160, While: 158,
}
"""The steps of :func:`one_step` on an instruction to do a program, by its kind; for Ask beside
those of the program that answers."""

SWAP_STEPS, MK_CONS_STEPS, BRANCH_STEPS = 56, 60, 86
"""Its steps on these instructions."""

AGAIN_STEPS, END_STEPS = 102, 72
"""Its steps on Loop, if there is a further round and if not."""

HALTED_STEPS = 4
"""Its steps on a state that has halted."""

STEP_COST = max(DO_STEPS.values())
"""The most of all these, on an If."""

TEST_COST = 3
"""The steps of a test of the loop around it."""

ROUND_COST = 11
"""The steps of a round of the clocked loop beside those of the step."""

ASK_STEPS = 3
"""The steps of :data:`ASK`."""

START_STEPS, VALUE_STEPS = 25, 3
"""Those of :data:`START` and :data:`VALUE`."""

INTERPRETING_STEPS = START_STEPS + VALUE_STEPS + 2
"""The steps of :func:`interpreting` beside those of the simulation."""

REPORTING_STEPS, HALTED_MORE = 45, 6
"""The steps of :func:`reporting` beside the loop, on a run that has halted; and how many of them
are not taken on one that is running."""

UNIVERSAL_STEPS = SPECIALISED_STEPS + INTERPRETING_STEPS + TEST_COST
"""The steps of :data:`UNIVERSAL` beside those of the rounds of its loop."""

OVERHEAD = TEST_COST + (DO_STEPS[While] + END_STEPS) // 2
"""The most steps of :data:`UNIVERSAL` for one of the program that it runs, on average over a run
that halts: a While and the end of its loop take twice as many."""

DO_SAVES = OVERHEAD - TEST_COST - DO_STEPS[Quote]
LOOP_SAVES = OVERHEAD - TEST_COST - END_STEPS
BRANCH_SAVES = DO_STEPS[If] + TEST_COST - OVERHEAD
"""What the instructions on a control list save, at least, of so many steps each, when they are done
in the end; see :func:`saved`."""

UNIVERSAL_MORE = UNIVERSAL_STEPS - DO_SAVES
"""What :data:`UNIVERSAL` takes at most beside these: a run that halts saves this."""

CLOCKED_OVERHEAD = STEP_COST + ROUND_COST
"""The most steps of :data:`CLOCKED` for one that its clock says: an If takes as many."""

CLOCKED_STEPS = REPORTING_STEPS - HALTED_MORE + TEST_COST + 10
"""Its steps beside these, while the run goes on."""


# How trees are read


@equation(shared=True)
def decode_instruction(algebra: Algebra, tree: Tree) -> Instruction:
    """The instruction of a tree."""
    make = algebra.make
    data = tail(algebra, tree)

    def two(constructor: Callable[[Program, Program], Instruction]) -> Instruction:
        return algebra.bind(
            decode.at(algebra, head(algebra, data)),
            lambda first: algebra.bind(
                decode.at(algebra, tail(algebra, data)),
                lambda second: make(constructor, first, second),
            ),
        )

    ways: list[Callable[[], Instruction]] = [
        lambda: algebra.bind(decode.at(algebra, data), lambda program: make(Do, program)),
        lambda: make(Swap),
        lambda: make(MkCons),
        lambda: two(Branch),
    ]

    def at(rest: Tree, kind: int) -> Instruction:
        if kind == len(ways):
            return two(Loop)
        return algebra.case(rest, {Nil: ways[kind], Pair: lambda _, more: at(more, kind + 1)})

    return at(head(algebra, tree), 0)


@equation(shared=True)
def decode_control(algebra: Algebra, tree: Tree) -> Control:
    """The control list of a tree."""
    return algebra.case(tree, {
        Nil: lambda: algebra.make(Stop),
        Pair: lambda first, rest: algebra.bind(
            decode_instruction.at(algebra, first),
            lambda instruction: algebra.bind(
                decode_control.at(algebra, rest),
                lambda others: algebra.make(Next, instruction, others),
            ),
        ),
    })


@equation(shared=True)
def decode_stack(algebra: Algebra, tree: Tree) -> Stack:
    """The stack of a tree, top first."""
    return algebra.case(tree, {
        Nil: lambda: algebra.make(Bottom),
        Pair: lambda top, rest: algebra.bind(
            decode_stack.at(algebra, rest), lambda others: algebra.make(Push, top, others)
        ),
    })


@equation()
def decode_state(algebra: Algebra, tree: Tree) -> State:
    """The machine state of a tree."""
    rest = tail(algebra, tree)
    return algebra.bind(
        decode_control.at(algebra, head(algebra, tree)),
        lambda control: algebra.bind(
            decode_stack.at(algebra, head(algebra, tail(algebra, rest))),
            lambda stack: algebra.make(State, control, head(algebra, rest), stack),
        ),
    )


# One step


@equation()
def one_step(algebra: Algebra, answer: Program) -> Program:
    """Makes one machine step on a state; a halted one stays as it is."""
    make = algebra.make
    hd, tl = make(Hd), make(Tl)

    def after(*steps: Program) -> Program:
        return path(algebra, *steps)

    def cells(*items: Program) -> Program:
        return listed(algebra, *items)

    def quote(tree: Tree) -> Program:
        return constant(algebra, tree)

    # The state, and the instruction that is next
    others, below = after(hd, tl), after(tl, tl)
    accumulator, stack, parameter = after(tl, hd), after(tl, tl, hd), after(tl, tl, tl)
    kind, data = (hd, hd, hd), (hd, hd, tl)
    opcode, fields = (*data, hd), (*data, tl)
    left, right = after(*fields, hd), after(*fields, tl)

    def do(program: Program) -> Program:
        return cells(quote(NIL), program)

    def leave(value: Program) -> Program:
        """Goes on with a value in the accumulator."""
        return cells(others, value, below)

    saved = cells(accumulator, cells(accumulator, stack), parameter)
    ask = after(cells(parameter, accumulator), answer)
    pair = cells(
        cells(do(left), quote(SWAP), do(right), quote(MK_CONS), others), saved
    )
    then = cells(cells(do(left), do(right), others), tl)
    choose = cells(cells(do(left), cells(quote(BRANCH), right), others), saved)
    loop = cells(cells(do(left), cells(quote(LOOP), after(*fields)), others), saved)

    def by(number: Program, *ways: Program) -> Program:
        """One of the ways, by how many tails can be taken from a number: a tree of tests."""

        def between(low: int, high: int) -> Program:
            if high - low == 1:
                return ways[low]
            middle = (low + high) // 2
            return at_least(
                algebra, middle, [number], between(middle, high), between(low, middle)
            )

        return between(0, len(ways))

    program = by(
        after(*opcode),
        cells(others, tl),
        leave(after(accumulator, hd)),
        leave(after(accumulator, tl)),
        leave(ask),
        leave(after(*fields)),
        pair,
        then,
        choose,
        loop,
    )

    # The other instructions take a tree from the stack.
    top, rest = after(stack, hd), cells(after(stack, tl), parameter)
    swap = cells(others, top, cells(cells(accumulator, after(stack, tl)), parameter))
    mk_cons = cells(others, cells(top, accumulator), rest)
    first, second = after(*data, hd), after(*data, tl)
    branch = cells(
        make(If, accumulator, cells(do(first), others), cells(do(second), others)), top, rest
    )
    again = cells(quote(numeral(8)), after(*data))
    go_round = cells(
        make(If, accumulator, cells(do(second), do(again), others), others), top, rest
    )
    instruction = by(after(*kind), program, swap, mk_cons, branch, go_round)
    return make(If, hd, instruction, make(Id))


# What it costs


@equation()
def step_gas(algebra: Algebra, cost: Mapped[Tree, int], state: State) -> int:
    """The steps of :func:`one_step` on a state; ``cost`` is that of the program that answers."""

    def do(program: Program, accumulator: Tree) -> int:
        ways: dict[type[Program], Callable[..., int]] = {
            kind: lambda *_, steps=steps: steps for kind, steps in DO_STEPS.items()
        }
        return algebra.case(program, {
            **ways, Ask: lambda: algebra.apply(cost, accumulator) + DO_STEPS[Ask],
        })

    def at(control: Control, accumulator: Tree, _: Stack) -> int:
        return algebra.case(control, {
            Stop: lambda: HALTED_STEPS,
            Next: lambda instruction, _: algebra.case(instruction, {
                Do: lambda program: do(program, accumulator),
                Swap: lambda: SWAP_STEPS,
                MkCons: lambda: MK_CONS_STEPS,
                Branch: lambda _, __: BRANCH_STEPS,
                Loop: lambda _, __: algebra.case(accumulator, {
                    Nil: lambda: END_STEPS, Pair: lambda _, __: AGAIN_STEPS,
                }),
            }),
        })

    return algebra.case(state, {State: at})


@equation()
def saved(algebra: Algebra, control: Control) -> int:
    """What the instructions on a control list save together of OVERHEAD steps each.

    A leaf takes fewer steps than that. An If or a While takes more, but leaves an instruction on
    the list that takes fewer. So a simulation from here on that ends takes for n steps of the
    machine at most OVERHEAD n, less what is saved, and the last test.
    """
    return algebra.case(control, {
        Stop: lambda: 0,
        Next: lambda instruction, rest: algebra.bind(
            saved.at(algebra, rest),
            lambda others: others + algebra.case(instruction, {
                Do: lambda _: DO_SAVES,
                Swap: lambda: 0,
                MkCons: lambda: 0,
                Branch: lambda _, __: BRANCH_SAVES,
                Loop: lambda _, __: LOOP_SAVES,
            }),
        ),
    })


# Programs


@equation()
def simulating(algebra: Algebra, answer: Program) -> Program:
    """Makes steps on a state until it is a halted one."""
    return algebra.bind(
        one_step.at(algebra, answer),
        lambda once: algebra.make(While, algebra.make(Hd), once),
    )


@equation()
def simulation_gas(
    algebra: Algebra,
    oracle: OracleFunction,
    cost: Mapped[Tree, int],
    state: State,
    steps: int,
) -> int:
    """The steps of :func:`simulating` from a state on from which the machine halts within
    ``steps``, relative to ``oracle``; ``cost`` is that of the program that answers."""

    def go_on() -> int:
        return algebra.bind(
            step_gas.at(algebra, cost, state),
            lambda own: algebra.bind(
                step.at(algebra, oracle, state),
                lambda following: algebra.bind(
                    simulation_gas.at(algebra, oracle, cost, following, steps - 1),
                    lambda rest: own + TEST_COST + rest,
                ),
            ),
        )

    def at(control: Control, _: Tree, __: Stack) -> int:
        return algebra.case(control, {
            Stop: lambda: TEST_COST,
            Next: lambda _, __: algebra.cond(steps > 0, go_on, lambda: TEST_COST),
        })

    return algebra.case(state, {State: at})


@equation()
def clocked(algebra: Algebra, answer: Program) -> Program:
    """On ``<clock.state>`` it makes as many steps as tails can be taken from the clock, or fewer if
    the machine halts before; it leaves ``<nil.state>``."""
    make = algebra.make
    hd, tl = make(Hd), make(Tl)
    return algebra.bind(
        one_step.at(algebra, answer),
        lambda once: make(While, hd, make(Cons, make(Then, hd, tl), make(Then, tl, once))),
    )


@equation()
def clocked_gas(
    algebra: Algebra,
    oracle: OracleFunction,
    cost: Mapped[Tree, int],
    state: State,
    steps: int,
) -> int:
    """The steps of :func:`clocked` from a state on with a clock of so many steps."""

    def go_on() -> int:
        return algebra.bind(
            step_gas.at(algebra, cost, state),
            lambda own: algebra.bind(
                step.at(algebra, oracle, state),
                lambda following: algebra.bind(
                    clocked_gas.at(algebra, oracle, cost, following, steps - 1),
                    lambda rest: own + ROUND_COST + rest,
                ),
            ),
        )

    return algebra.cond(steps > 0, go_on, lambda: TEST_COST)


def clocked_run_gas(
    algebra: Algebra, oracle: OracleFunction, cost: Mapped[Tree, int], program: Tree, value: Tree,
    clock: Tree, steps: int,
) -> int:
    """The steps of :func:`clocked` from the first state of a program on a value, with a clock of so
    many steps that is the parameter, too."""
    nil = algebra.make(Nil)
    begin = algebra.make(Pair, algebra.make(Pair, nil, program), nil)
    rest = algebra.make(Pair, value, algebra.make(Pair, nil, clock))
    return algebra.bind(
        decode_state.at(algebra, algebra.make(Pair, begin, rest)),
        lambda state: clocked_gas.at(algebra, oracle, cost, state, steps),
    )


START: Program = Cons(
    Cons(Cons(Quote(NIL), Then(Tl(), Hd())), Quote(NIL)),
    Cons(Then(Tl(), Tl()), Cons(Quote(NIL), Hd())),
)
"""On ``<parameter.<e.x>>`` it has the state in which e starts on x."""

VALUE: Program = Then(Tl(), Hd())
"""On a state it has the accumulator."""

REPORT: Program = Then(Tl(), If(Hd(), Quote(NIL), Cons(Quote(TRUE), VALUE)))
"""On ``<clock.state>`` it has nil if the machine is running and ``<true.value>`` if it has halted.
"""


@equation()
def interpreting(algebra: Algebra, answer: Program) -> Program:
    """On ``<parameter.<e.x>>`` it does what e does on x."""
    make = algebra.make
    return algebra.bind(
        simulating.at(algebra, answer),
        lambda loop: make(
            Then, spelled(algebra, START), make(Then, loop, spelled(algebra, VALUE))
        ),
    )


@equation()
def reporting(algebra: Algebra, answer: Program) -> Program:
    """On ``<clock.<parameter.<e.x>>>`` it has nil if e on x is running after so many steps, and
    ``<true.value>`` if it has halted."""
    make = algebra.make
    start = make(Cons, make(Hd), make(Then, make(Tl), spelled(algebra, START)))
    return algebra.bind(
        clocked.at(algebra, answer),
        lambda loop: make(Then, start, make(Then, loop, spelled(algebra, REPORT))),
    )


ASK: Program = Then(Tl(), Ask())
"""Answers by the oracle itself."""


@equation()
def passing_on(algebra: Algebra, question: Tree) -> int:
    """The steps of :data:`ASK` on a question."""
    return ASK_STEPS


UNIVERSAL: Program = specialise(interpreting(ASK), NIL)
"""The universal program: on ``<e.x>`` it does what e does on x, relative to any oracle."""

ARRANGE: Program = Cons(Tl(), Cons(Quote(NIL), Hd()))
"""From ``<<e.x>.clock>`` to ``<clock.<nil.<e.x>>>``."""

CLOCKED: Program = Then(ARRANGE, reporting(ASK))
"""Its clocked version: on ``<<e.x>.clock>`` it has nil if e on x is running after as many steps as
tails can be taken from the clock, and ``<true.value>`` if it has halted."""
