"""The limit lemma: what is guessed in the limit is what the jump decides.

A guesser is a program h that has, on ``<x.num(s)>``, a truth value: its guess at x in stage s. If
the guesses at x are the same from some stage on, that is its limit at x.

*Definitions*: from a guesser to a program that decides its limit from the jump: :func:`changing`,
which halts exactly if the guesses change at or after a stage, :func:`change`, the same with the
stage built in, and :func:`deciding`, which asks the jump about these, stage after stage, and
guesses at the first stage from which there is no change. How long they take: :func:`changing_gas`,
:func:`last_stage`, :func:`deciding_gas`.

From a program that may ask the jump to a guesser: :func:`stage_jump`, what is known of the jump in
a stage, and :func:`halts_within`, which finds it out; :func:`guessing`, which runs the program for
as many steps as the stage says and answers its questions so. How long they take:
:func:`stage_cost`, :func:`guessing_gas`.

With a modulus that a program computes, :func:`stopping` decides the limit. What a program decides
is the limit of guesses that never change, :func:`steady`.

*Results*: ``limit-to-jump``, ``jump-to-limit``, ``computable-modulus``, ``separation`` (in
:mod:`proofs.revision.limit_lemma`).

*References*: J. R. Shoenfield, 'On degrees of unsolvability' (1959); R. I. Soare, 'Turing
Computability' (2016), section 3.6.
"""

from __future__ import annotations

from models.algebra import Algebra, Mapped, curried, equation
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
    _literal,
    code,
    decode,
)
from models.machine.semantics import Done, OracleFunction, OutOfGas, evaluate
from models.machine.spelling import NOT, constant, listed, spelled
from models.machine.transform import answering_gas, substitute
from models.machine.tree import NIL, TRUE, Nil, Pair, Tree, length, numeral, unary
from models.machine.turing_jump import ABOVE, above_cost
from models.machine.universal import (
    ASK,
    CLOCKED_OVERHEAD,
    clocked_run_gas,
    reporting,
)

ADVANCE: Program = Cons(Hd(), Cons(Quote(NIL), Tl()))
"""From ``<x.num(s)>`` to ``<x.num(s+1)>``, in nine steps."""

ROUND_GAS = 40
"""Enough for a round of :func:`changing` beside the two guesses."""

SEARCH_ROUND, SEARCH_END = 26, 17
"""Steps of a round of :func:`settling_stage`, and of its last test."""

DECIDING_STEPS = 7
"""Steps of :func:`deciding` beside the search and the guess."""


@equation()
def same_guess(algebra: Algebra, guesser: Program) -> Program:
    """On ``<x.num(s)>`` it says whether the guesses in stages s and s+1 are the same."""
    make = algebra.make
    advance, negation = spelled(algebra, ADVANCE), spelled(algebra, NOT)
    return make(
        If, guesser,
        make(Then, advance, guesser),
        make(Then, advance, make(Then, guesser, negation)),
    )


@equation()
def changing(algebra: Algebra, guesser: Program) -> Program:
    """On ``<x.num(s)>`` it halts if and only if the guess at x changes in stage s or later."""
    return algebra.bind(
        same_guess.at(algebra, guesser),
        lambda same: algebra.make(While, same, spelled(algebra, ADVANCE)),
    )


@equation()
def change(algebra: Algebra, guesser: Program, stage: Tree) -> Program:
    """The same with ``<x.num(s)>`` built in, whatever the input."""
    return algebra.bind(
        changing.at(algebra, guesser),
        lambda search: algebra.make(Then, algebra.make(Quote, stage), search),
    )


@equation()
def changing_gas(
    algebra: Algebra, cost: Mapped[int, int], first: int, last: int
) -> int:
    """Enough for :func:`changing` in stage ``first`` if the guess in stage ``last`` is another one;
    ``cost`` is that of the guesses."""
    return algebra.cond(
        first < last,
        lambda: algebra.bind(
            changing_gas.at(algebra, cost, first + 1, last),
            lambda rest: (
                algebra.apply(cost, first) + algebra.apply(cost, first + 1) + ROUND_GAS + rest
            ),
        ),
        lambda: 0,
    )


@equation()
def code_of_change(algebra: Algebra, guesser: Program) -> Program:
    """On ``<x.num(s)>`` it has the code of its :func:`change`."""
    make = algebra.make
    return algebra.bind(
        changing.at(algebra, guesser),
        lambda search: algebra.bind(
            code.at(algebra, search),
            lambda own: listed(
                algebra,
                constant(algebra, numeral(6)),
                make(Cons, constant(algebra, numeral(4)), make(Id)),
                make(Quote, own),
            ),
        ),
    )


@equation()
def settling_stage(algebra: Algebra, guesser: Program) -> Program:
    """On ``<x.num(s)>``, relative to the jump, it goes on to the first stage after which the guess
    at x does not change."""
    make = algebra.make
    return algebra.bind(
        code_of_change.at(algebra, guesser),
        lambda asked: make(While, make(Then, asked, make(Ask)), spelled(algebra, ADVANCE)),
    )


@equation()
def deciding(algebra: Algebra, guesser: Program) -> Program:
    """Relative to the jump of A it has the limit of the guesses of ``guesser`` from A."""
    make = algebra.make
    begin = make(Cons, make(Id), constant(algebra, NIL))
    return algebra.bind(
        settling_stage.at(algebra, guesser),
        lambda search: algebra.bind(
            substitute.at(algebra, guesser, spelled(algebra, ABOVE)),
            lambda guess: make(Then, begin, make(Then, search, guess)),
        ),
    )


@equation()
def last_stage(
    algebra: Algebra,
    jump: OracleFunction,
    guesser: Program,
    value: Tree,
    stage: int,
    modulus: int,
) -> int:
    """The first stage from ``stage`` on after which, as the jump says, the guess does not change;
    no later than the modulus."""

    def asked(numbered: Tree) -> int:
        return algebra.bind(
            change.at(algebra, guesser, algebra.make(Pair, value, numbered)),
            lambda program: algebra.bind(
                code.at(algebra, program),
                lambda own: algebra.case(algebra.apply(jump, own), {
                    Nil: lambda: stage,
                    Pair: lambda _, __: last_stage.at(
                        algebra, jump, guesser, value, stage + 1, modulus
                    ),
                }),
            ),
        )

    return algebra.cond(
        stage < modulus,
        lambda: algebra.bind(unary.at(algebra, stage), asked),
        lambda: stage,
    )


@equation()
def deciding_gas(
    algebra: Algebra,
    oracle: OracleFunction,
    jump: OracleFunction,
    guesser: Program,
    cost: Mapped[int, int],
    value: Tree,
    modulus: int,
) -> int:
    """Enough for :func:`deciding` on a tree; ``cost`` is that of the guesses there."""

    def at(stage: int) -> int:
        own = algebra.apply(cost, stage)
        return algebra.bind(
            unary.at(algebra, stage),
            lambda numbered: algebra.bind(
                curried(above_cost).at(algebra),
                lambda answers: algebra.bind(
                    answering_gas.at(
                        algebra, oracle, answers, guesser,
                        algebra.make(Pair, value, numbered), own,
                    ),
                    lambda asked: (
                        SEARCH_ROUND * stage + SEARCH_END + DECIDING_STEPS + own + asked
                    ),
                ),
            ),
        )

    return algebra.bind(last_stage.at(algebra, jump, guesser, value, 0, modulus), at)


# From a program that asks the jump to a guesser


@equation()
def stage_jump(algebra: Algebra, oracle: OracleFunction, stage: int, tree: Tree) -> Tree:
    """Whether a tree, as a program on itself, has halted after so many steps: true or false."""
    return algebra.bind(
        decode.at(algebra, tree),
        lambda program: algebra.bind(
            evaluate.at(algebra, oracle, program, tree, stage),
            lambda outcome: algebra.case(outcome, {
                Done: lambda _, __: _literal(algebra, TRUE),
                OutOfGas: lambda: _literal(algebra, NIL),
            }),
        ),
    )


TWICE: Program = Cons(Hd(), Cons(Quote(NIL), Cons(Tl(), Tl())))
"""From ``<w.z>`` to ``<w.<nil.<z.z>>>``."""

POSITIVE: Program = If(Tl(), Quote(TRUE), Quote(NIL))
"""Whether a report is of a run that has halted with a pair: a truth value."""

STAGE_STEPS, GUESSING_STEPS = 80, 80
"""Enough beside the clocked loop."""


@equation()
def halts_within(algebra: Algebra, asking: Program) -> Program:
    """On ``<w.z>`` it says whether z on itself has halted after as many steps as w is long."""
    make = algebra.make
    return algebra.bind(
        reporting.at(algebra, asking),
        lambda report: make(
            Then, spelled(algebra, TWICE), make(Then, report, make(Hd))
        ),
    )


@equation()
def guessing(algebra: Algebra, program: Program, answer: Program) -> Program:
    """On ``<x.w>`` it runs the program on x for as many steps as w is long, asking ``answer`` about
    ``<w.z>`` in the place of z; a truth value."""
    make = algebra.make
    hd, tl = make(Hd), make(Tl)
    return algebra.bind(
        code.at(algebra, program),
        lambda own: algebra.bind(
            reporting.at(algebra, answer),
            lambda report: make(
                Then,
                listed(algebra, tl, tl, make(Quote, own), hd),
                make(Then, report, spelled(algebra, POSITIVE)),
            ),
        ),
    )


def guesser(program: Program) -> Program:
    """The guesser of what a program decides from the jump."""
    return guessing(program, halts_within(ASK))


@equation()
def stage_cost(algebra: Algebra, oracle: OracleFunction, clock: Tree, tree: Tree) -> int:
    """In how many steps it is found out whether a tree has halted on itself within the clock."""
    input_ = algebra.make(Pair, clock, tree)

    def at(time: int) -> int:
        enough = CLOCKED_OVERHEAD * time + STAGE_STEPS
        return algebra.bind(
            halts_within.at(algebra, spelled(algebra, ASK)),
            lambda program: algebra.bind(
                evaluate.at(algebra, oracle, program, input_, enough),
                lambda outcome: algebra.case(outcome, {
                    Done: lambda _, left: enough - left, OutOfGas: lambda: enough,
                }),
            ),
        )

    return algebra.bind(length.at(algebra, clock), at)


@equation()
def guessing_gas(
    algebra: Algebra, oracle: OracleFunction, program: Program, value: Tree, clock: Tree
) -> int:
    """Enough for the guess on ``<value.clock>``."""
    return algebra.bind(
        length.at(algebra, clock),
        lambda time: algebra.bind(
            code.at(algebra, program),
            lambda own: algebra.bind(
                curried(stage_jump).at(algebra, oracle, time),
                lambda answers: algebra.bind(
                    curried(stage_cost).at(algebra, oracle, clock),
                    lambda cost: algebra.bind(
                        clocked_run_gas(algebra, answers, cost, own, value, clock, time),
                        lambda loop: loop + GUESSING_STEPS,
                    ),
                ),
            ),
        ),
    )


# A modulus that is computed


@equation()
def stopping(algebra: Algebra, modulus: Program, guesser: Program) -> Program:
    """On x it guesses in the stage that ``modulus`` finds from x."""
    make = algebra.make
    return make(Then, make(Cons, make(Id), modulus), guesser)


STOPPING_STEPS = 5
"""Its steps beside those of the two programs."""


# Guesses that never change


@equation()
def steady(algebra: Algebra, program: Program) -> Program:
    """On ``<x.w>`` it does what the program does on x, in every stage w."""
    return algebra.make(Then, algebra.make(Hd), program)


STEADY_STEPS = 2
"""Its steps beside those of the program."""
