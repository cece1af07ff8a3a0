"""Mind changes: each further one decides more.

The contrary guesser watches the guesses of every program h at the tree e that is read as h, and
holds the opposite of the last one that it has seen, unless it has changed its mind n+1 times. Its
limit is not that of any guesser that changes its mind at most n times.

*Definitions*: :func:`changes`, how often guesses have changed up to a stage; :func:`watch`, what
has been seen in a stage and how many changes are left; :func:`contrary_guess`; the program
:func:`contrary` and enough gas for it, :func:`contrary_gas`; :func:`seen_stage`, a stage in which
the guesses of a program have been seen up to its modulus; :func:`settled_stage`, after which
guesses that change seldom are the same.

*Results*: ``mind-changes`` (in :mod:`proofs.revision.mind_changes` and
:mod:`proofs.revision.contrary`).

*References*: Y. L. Ershov, 'A hierarchy of sets I' (1968); H. Putnam, 'Trial and error predicates'
(1965); R. I. Soare, 'Turing Computability' (2016), chapter 3.
"""

from __future__ import annotations

from models.algebra import Algebra, Concrete, Mapped, equation
from models.machine.program import (
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
from models.machine.spelling import NOT, listed, path, spelled
from models.machine.tree import FALSE, NIL, TRUE, Nil, Pair, Tree, head, length, numeral, unary
from models.machine.universal import (
    ASK,
    CLOCKED_OVERHEAD,
    REPORTING_STEPS,
    TEST_COST,
    reporting,
)
from models.revision.limit_lemma import change


@equation()
def changes(algebra: Algebra, guesses: Mapped[int, Tree], stage: int) -> int:
    """How often guesses have changed up to a stage: how many before it have another one next."""

    def more(before: int) -> int:
        last, next_ = algebra.apply(guesses, stage - 1), algebra.apply(guesses, stage)
        return algebra.cond(
            algebra.same(last, next_), lambda: before, lambda: before + 1
        )

    return algebra.cond(
        stage > 0,
        lambda: algebra.bind(changes.at(algebra, guesses, stage - 1), more),
        lambda: 0,
    )


@equation()
def watch(
    algebra: Algebra,
    oracle: OracleFunction,
    tree: Tree,
    time: int,
    count: int,
    stage: int,
    last: Tree,
    left: int,
) -> Tree:
    """The last guess that counts, and how many may count after it, as ``<guess.num(left)>``.

    ``count`` guesses of the program ``tree`` at itself are looked at from ``stage`` on, as far as
    each is made within ``time`` steps; every pair stands for true. One that is not the last one
    that counted counts, unless none is left.
    """
    make = algebra.make

    def go_on(last: Tree, left: int) -> Tree:
        return watch.at(algebra, oracle, tree, time, count - 1, stage + 1, last, left)

    def found() -> Tree:
        return algebra.bind(
            unary.at(algebra, left), lambda number: make(Pair, last, number)
        )

    def seen(guess: Tree) -> Tree:
        return algebra.cond(
            algebra.same(guess, last),
            lambda: go_on(last, left),
            lambda: algebra.cond(
                left > 0, lambda: go_on(guess, left - 1), lambda: go_on(last, left)
            ),
        )

    def done(value: Tree) -> Tree:
        return algebra.case(value, {
            Nil: lambda: seen(_literal(algebra, FALSE)),
            Pair: lambda _, __: seen(_literal(algebra, TRUE)),
        })

    def look(program: Program) -> Tree:
        return algebra.bind(
            unary.at(algebra, stage),
            lambda number: algebra.bind(
                evaluate.at(algebra, oracle, program, make(Pair, tree, number), time),
                lambda outcome: algebra.case(
                    outcome, {OutOfGas: found, Done: lambda value, _: done(value)}
                ),
            ),
        )

    return algebra.cond(
        count > 0, lambda: algebra.bind(decode.at(algebra, tree), look), found
    )


@equation()
def contrary_guess(
    algebra: Algebra, oracle: OracleFunction, tree: Tree, most: int, stage: int
) -> Tree:
    """The contrary guess at a tree in a stage, with at most ``most`` + 1 changes: the opposite of
    what has been seen, where true counts as seen at first."""
    return algebra.bind(
        watch.at(
            algebra, oracle, tree, stage, stage, 0, _literal(algebra, TRUE), most + 1
        ),
        lambda found: algebra.case(head(algebra, found), {
            Nil: lambda: _literal(algebra, TRUE), Pair: lambda _, __: _literal(algebra, FALSE),
        }),
    )


@equation()
def seen_stage(algebra: Algebra, cost: Mapped[int, int], modulus: int) -> int:
    """A stage in which all guesses up to the modulus have been seen; ``cost`` is that of these."""

    def larger(one: int, other: int) -> int:
        return algebra.cond(one > other, lambda: one, lambda: other)

    return algebra.cond(
        modulus > 0,
        lambda: algebra.bind(
            seen_stage.at(algebra, cost, modulus - 1),
            lambda before: larger(algebra.apply(cost, modulus), before + 1),
        ),
        lambda: larger(algebra.apply(cost, 0), 1),
    )


# The program

LOOK_STEPS = 143
"""The most steps of a round beside those of the report."""

CONTRARY_STEPS = 31
"""The steps around the rounds."""


@equation()
def watching_gas(algebra: Algebra, time: int, count: int) -> int:
    """Enough to look at so many guesses for so many steps each."""
    report = CLOCKED_OVERHEAD * time + REPORTING_STEPS + TEST_COST
    return algebra.cond(
        count > 0,
        lambda: algebra.bind(
            watching_gas.at(algebra, time, count - 1), lambda rest: report + LOOK_STEPS + rest
        ),
        lambda: TEST_COST,
    )


@equation()
def contrary_gas(algebra: Algebra, clock: Tree) -> int:
    """Enough for the contrary guess in the stage that a clock says."""
    return algebra.bind(
        length.at(algebra, clock),
        lambda time: algebra.bind(
            watching_gas.at(algebra, time, time), lambda rounds: rounds + CONTRARY_STEPS
        ),
    )


# On <k.<last.<left.<stage.<w.x>>>>>: a count of guesses to look at, what is kept, the clock and x
_LAST, _LEFT = path(Concrete(), Tl(), Hd()), path(Concrete(), Tl(), Tl(), Hd())
_STAGE = path(Concrete(), Tl(), Tl(), Tl(), Hd())
_CLOCK = path(Concrete(), Tl(), Tl(), Tl(), Tl(), Hd())
_TREE = path(Concrete(), Tl(), Tl(), Tl(), Tl(), Tl())

LOOK: Program = listed(Concrete(), _CLOCK, Quote(NIL), _TREE, _TREE, _STAGE)
"""From such a state to ``<w.<nil.<x.<x.stage>>>>``: the program x on ``<x.stage>``."""


def _count() -> Program:
    """On ``<report.state>`` it goes on to the next stage, or stops if there is no guess."""

    def of(*steps: Program) -> Program:
        return path(Concrete(), Tl(), *steps)

    def next_(last: Program, left: Program) -> Program:
        later = Cons(Quote(NIL), of(_STAGE))
        rest = of(Tl(), Tl(), Tl(), Tl())
        return listed(Concrete(), of(Hd(), Tl()), last, left, later, rest)

    guess, last, left = path(Concrete(), Hd(), Tl()), of(_LAST), of(_LEFT)
    other = Then(last, NOT)
    same = If(guess, last, other)
    go_on = If(
        same, next_(last, left), If(left, next_(other, Then(left, Tl())), next_(last, left))
    )
    return If(Hd(), go_on, Cons(Quote(NIL), of(Tl())))


COUNT: Program = _count()
"""What a round does with the report on a guess."""

END: Program = Then(_LAST, NOT)
"""The opposite of what was seen last."""


@equation()
def watching(algebra: Algebra, asking: Program) -> Program:
    """The loop that looks at one guess after the other."""
    make = algebra.make
    return algebra.bind(
        reporting.at(algebra, asking),
        lambda report: make(
            While, make(Hd),
            make(
                Then,
                make(Cons, make(Then, spelled(algebra, LOOK), report), make(Id)),
                spelled(algebra, COUNT),
            ),
        ),
    )


@equation()
def contrary_by(algebra: Algebra, most: Tree, asking: Program) -> Program:
    """On ``<x.w>`` it has the contrary guess at x in stage w, with at most as many changes as
    ``most`` is long, and one."""
    make = algebra.make
    hd, tl = make(Hd), make(Tl)
    kept = make(Quote, make(Pair, make(Nil), most))
    true = make(Quote, _literal(algebra, TRUE))
    nil = make(Quote, make(Nil))
    begin = listed(algebra, tl, true, kept, nil, tl, hd)
    return algebra.bind(
        watching.at(algebra, asking),
        lambda loop: make(Then, begin, make(Then, loop, spelled(algebra, END))),
    )


def contrary(most: int) -> Program:
    """The contrary guesser that changes its mind at most ``most`` + 1 times."""
    return contrary_by(numeral(most), ASK)


# That guesses which change seldom settle


@equation()
def settled_stage(
    algebra: Algebra,
    jump: OracleFunction,
    steps: Mapped[Tree, int],
    guesser: Program,
    value: Tree,
    stage: int,
    most: int,
) -> int:
    """A stage from ``stage`` on after which the guess at a tree does not change, if it changes at
    most ``most`` times from there on: as long as the jump says that it changes, it goes on by the
    steps that the search for the change takes, which are more than the stages to it."""

    def asked(own: Tree) -> int:
        return algebra.case(algebra.apply(jump, own), {
            Nil: lambda: stage,
            Pair: lambda _, __: settled_stage.at(
                algebra, jump, steps, guesser, value,
                stage + algebra.apply(steps, own), most - 1,
            ),
        })

    def at(number: Tree) -> int:
        return algebra.bind(
            change.at(algebra, guesser, algebra.make(Pair, value, number)),
            lambda program: algebra.bind(code.at(algebra, program), asked),
        )

    return algebra.cond(
        most > 0, lambda: algebra.bind(unary.at(algebra, stage), at), lambda: stage
    )
