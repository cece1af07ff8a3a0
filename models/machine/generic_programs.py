"""The programs that compute the two sets of a generic pair from the jump.

*Definitions*: :data:`FINDING`, the search; :func:`half_staging`, which asks the jump whether a
search halts and, if it does, runs it, asking the jump about A too; :func:`staging`,
:func:`building`, :func:`computing`; what they cost: :func:`half_gas`, :func:`stage_gas`,
:func:`building_gas`, :func:`computing_gas`.

*Results*: :mod:`proofs.machine.generic_programs`; used for ``kleene-post``.

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), section V.2.
"""

from __future__ import annotations

from models.algebra import Algebra, Mapped, curried, equation
from models.machine.breadth_first import ADVANCE_TREES
from models.machine.condition import ANSWER, BIT, DROP_ROUND
from models.machine.extension_search import finding
from models.machine.generic_pair import _begin, built, condition_at, half_stage
from models.machine.program import Ask, Cons, Hd, Id, If, Program, Quote, Then, Tl, While, code
from models.machine.semantics import OracleFunction
from models.machine.spelling import NOT, constant, in_turn, listed, spelled
from models.machine.transform import answering_gas, substitute
from models.machine.tree import NIL, Nil, Pair, Tree, head, length, numeral, tail
from models.machine.turing_jump import ABOVE, above_cost

_FIRST, _SECOND = in_turn(Tl(), Hd()), in_turn(Tl(), Tl())

_QUEUED: Program = Cons(Cons(Hd(), _SECOND), Cons(Cons(_FIRST, Quote(NIL)), Quote(NIL)))
"""From ``<z.<a.b>>`` to the input of :func:`finding`."""

_CHANGED: Program = Cons(
    in_turn(Hd(), Hd()), Cons(in_turn(Hd(), Tl(), NOT), Tl())
)
"""From ``<<a.value>.b>`` to ``<a.<opposite.b>>``."""

FINDING: Program = finding(ANSWER)
"""On ``<<z.x>.<<a.nil>.nil>>`` it finds a condition that extends a with which z halts on x, and the
value: ``<condition.value>``."""


@equation()
def asking_jump(algebra: Algebra) -> Program:
    """On ``<z.<a.b>>`` it asks the jump whether the search from a halts, for z on b."""
    make = algebra.make
    return algebra.bind(
        finding.at(algebra, spelled(algebra, ANSWER)),
        lambda find: algebra.bind(
            code.at(algebra, find),
            lambda own: make(
                Then,
                listed(
                    algebra,
                    constant(algebra, numeral(6)),
                    make(Cons, constant(algebra, numeral(4)), spelled(algebra, _QUEUED)),
                    make(Quote, own),
                ),
                make(Ask),
            ),
        ),
    )


@equation()
def extending_conditions(algebra: Algebra) -> Program:
    """On ``<z.<a.b>>`` it has what comes after a half of a stage, if the search halts."""
    make = algebra.make
    return algebra.bind(
        finding.at(algebra, spelled(algebra, ANSWER)),
        lambda find: algebra.bind(
            substitute.at(algebra, find, spelled(algebra, ABOVE)),
            lambda run: make(
                Then,
                make(
                    Cons,
                    make(Then, spelled(algebra, _QUEUED), run), spelled(algebra, _SECOND),
                ),
                spelled(algebra, _CHANGED),
            ),
        ),
    )


@equation()
def half_staging(algebra: Algebra) -> Program:
    """Relative to the jump it has on ``<z.<a.b>>`` what comes after a half of a stage."""
    make = algebra.make
    unchanged = Cons(_FIRST, Cons(Quote(NIL), _SECOND))
    return algebra.bind(
        asking_jump.at(algebra),
        lambda asked: algebra.bind(
            extending_conditions.at(algebra),
            lambda extended: make(If, asked, extended, spelled(algebra, unchanged)),
        ),
    )


EXTENDING_STEPS, HALF_STEPS = 60, 60
"""Enough for :func:`extending_conditions` beside the search, and for :func:`half_staging` beside
that."""


@equation()
def half_gas(
    algebra: Algebra,
    oracle: OracleFunction,
    jump: OracleFunction,
    steps: Mapped[Tree, int],
    program: Tree,
    first: Tree,
    second: Tree,
) -> int:
    """Enough for :func:`half_staging`."""
    make = algebra.make
    nil = make(Nil)
    queue = make(Pair, make(Pair, first, nil), nil)
    start = make(Pair, make(Pair, program, second), queue)

    def searched(find: Program, own: Tree) -> int:
        time = algebra.apply(steps, own) - 2
        return algebra.bind(
            curried(above_cost).at(algebra),
            lambda cost: algebra.bind(
                answering_gas.at(algebra, oracle, cost, find, start, time),
                lambda asked: time + asked + EXTENDING_STEPS + HALF_STEPS,
            ),
        )

    def asked(find: Program, own: Tree) -> int:
        return algebra.case(algebra.apply(jump, own), {
            Nil: lambda: HALF_STEPS, Pair: lambda _, __: searched(find, own),
        })

    return algebra.bind(
        finding.at(algebra, spelled(algebra, ANSWER)),
        lambda find: algebra.bind(
            code.at(algebra, make(Then, make(Quote, start), find)),
            lambda own: asked(find, own),
        ),
    )


@equation()
def staging(algebra: Algebra) -> Program:
    """Relative to the jump it has on ``<queue.<a.b>>`` what comes after a stage."""
    make = algebra.make
    program = in_turn(Hd(), Hd(), Hd(), Hd())
    exchanged = Cons(_SECOND, _FIRST)
    begin, swap = Cons(program, Tl()), Cons(Hd(), exchanged)
    # On <z.<a.b>>: z goes along with what the first half makes of all.
    return algebra.bind(
        half_staging.at(algebra),
        lambda defeat: make(
            Cons,
            make(Then, make(Hd), spelled(algebra, ADVANCE_TREES)),
            make(
                Then, spelled(algebra, begin),
                make(
                    Then, make(Cons, make(Hd), defeat),
                    make(
                        Then, spelled(algebra, swap),
                        make(Then, defeat, spelled(algebra, Cons(Tl(), Hd()))),
                    ),
                ),
            ),
        ),
    )


STAGE_STEPS = 150
"""Enough for a stage beside its halves."""


@equation()
def stage_gas(
    algebra: Algebra,
    oracle: OracleFunction,
    jump: OracleFunction,
    steps: Mapped[Tree, int],
    state: Tree,
) -> int:
    """Enough for :func:`staging`."""
    queue, conditions = head(algebra, state), tail(algebra, state)
    program = head(algebra, head(algebra, head(algebra, queue)))
    first, second = head(algebra, conditions), tail(algebra, conditions)
    return algebra.bind(
        half_gas.at(algebra, oracle, jump, steps, program, first, second),
        lambda one: algebra.bind(
            half_stage.at(algebra, oracle, jump, steps, program, first, second),
            lambda once: algebra.bind(
                half_gas.at(
                    algebra, oracle, jump, steps, program,
                    tail(algebra, once), head(algebra, once),
                ),
                lambda other: one + other + STAGE_STEPS,
            ),
        ),
    )


@equation()
def building(algebra: Algebra) -> Program:
    """Relative to the jump it makes on ``<count.state>`` as many stages as the count is long."""
    make = algebra.make
    return algebra.bind(
        staging.at(algebra),
        lambda once: make(
            While, make(Hd),
            make(Cons, spelled(algebra, in_turn(Hd(), Tl())), make(Then, make(Tl), once)),
        ),
    )


BUILDING_ROUND = 20
"""Enough for a round beside the stage."""


@equation()
def building_gas(
    algebra: Algebra,
    oracle: OracleFunction,
    jump: OracleFunction,
    steps: Mapped[Tree, int],
    root: Tree,
    stages: int,
    count: Tree,
) -> int:
    """Enough for :func:`building` after so many stages, for as many more as the count is long."""

    def more(_: Tree, fewer: Tree) -> int:
        return algebra.bind(
            built.at(algebra, oracle, jump, steps, root, stages),
            lambda state: algebra.bind(
                stage_gas.at(algebra, oracle, jump, steps, state),
                lambda once: algebra.bind(
                    building_gas.at(algebra, oracle, jump, steps, root, stages + 1, fewer),
                    lambda rest: once + BUILDING_ROUND + rest,
                ),
            ),
        )

    return algebra.case(count, {Nil: lambda: BUILDING_ROUND, Pair: more})


@equation()
def computing(algebra: Algebra, root: Tree, side: Tree) -> Program:
    """Relative to the jump it decides the set of a side: a stage more than the tree is long, and
    what the condition then says."""
    make = algebra.make
    begin = make(
        Cons, make(Id),
        make(
            Cons, spelled(algebra, Cons(Quote(NIL), Id())),
            make(Quote, _begin(algebra, root)),
        ),
    )
    told = Then(BIT, Tl())
    # After the stages: <tree.<nil.<queue.<a.b>>>>
    first = Cons(Hd(), in_turn(Tl(), Tl(), Tl(), Hd()))
    second = Cons(Hd(), in_turn(Tl(), Tl(), Tl(), Tl()))
    return algebra.bind(
        building.at(algebra),
        lambda loop: make(
            Then, begin,
            make(
                Then, make(Cons, make(Hd), make(Then, make(Tl), loop)),
                algebra.case(side, {
                    Nil: lambda: make(Then, spelled(algebra, first), spelled(algebra, told)),
                    Pair: lambda _, __: make(
                        Then, spelled(algebra, second), spelled(algebra, told)
                    ),
                }),
            ),
        ),
    )


COMPUTING_STEPS = 120
"""Enough for :func:`computing` beside the stages and the rounds of :data:`DROP`."""


@equation()
def computing_gas(
    algebra: Algebra,
    oracle: OracleFunction,
    jump: OracleFunction,
    steps: Mapped[Tree, int],
    root: Tree,
    side: Tree,
    tree: Tree,
) -> int:
    """Enough for :func:`computing` on a tree."""

    def at(count: int, last: int, loop: int) -> int:
        return loop + DROP_ROUND * count + DROP_ROUND * last + COMPUTING_STEPS

    return algebra.bind(
        length.at(algebra, tree),
        lambda count: algebra.bind(
            condition_at.at(algebra, oracle, jump, steps, root, side, count + 1),
            lambda condition: algebra.bind(
                length.at(algebra, condition),
                lambda last: algebra.bind(
                    building_gas.at(
                        algebra, oracle, jump, steps, root, 0,
                        algebra.make(Pair, algebra.make(Nil), tree),
                    ),
                    lambda loop: at(count, last, loop),
                ),
            ),
        ),
    )
