"""Two sets, neither of which is computed from A and the other one.

Stage after stage two conditions grow, and in the end they are two sets G and H. In each stage one
program z is defeated twice. If some longer first condition makes z halt, relative to the join of A
and what that condition decides, on the tree b that the second condition is, then the first one
becomes such a condition, and the bit of b in H another one than the value; if none does, z will not
halt there. Then the same is done with G and H exchanged. Whether some condition does is one
question to the jump of A.

Every tree is the program of some stage. A node ``root`` has its turn first: its first element is
the program of stage 0, whatever it is, so that what happens to a program can be seen early.

*Definitions*: :func:`searching_from`; :func:`half_stage`, :func:`next_stage`, :func:`built`;
:func:`condition_at`, :func:`generic` (the sets), :func:`oracle_at`; :func:`stage_of`,
:func:`point`, where a program is wrong.

*Results*: :mod:`proofs.machine.generic_pair`; used for ``kleene-post``.

*References*: S. C. Kleene, E. L. Post, 'The upper semi-lattice of degrees of recursive
unsolvability' (1954); P. Odifreddi, 'Classical Recursion Theory' (1989), section V.2.
"""

from __future__ import annotations

from models.algebra import Algebra, Mapped, curried, equation
from models.machine.breadth_first import advance, turn, way_of
from models.machine.condition import ANSWER, CHECKED, bit, opposite, partial_join
from models.machine.extension_search import search
from models.machine.program import Program, code
from models.machine.semantics import Done, OracleFunction, OutOfGas, evaluate
from models.machine.spelling import spelled
from models.machine.transform import substitute
from models.machine.tree import Nil, Pair, Tree, head, length, tail


def searching_from(program: Tree, condition: Tree, value: Tree) -> Program:
    """The search for an extension of a condition with which ``program``, asking about the join of
    A and what the condition tells, halts on ``value``."""
    return search(ANSWER, program, condition, value)


@equation()
def half_stage(
    algebra: Algebra,
    oracle: OracleFunction,
    jump: OracleFunction,
    steps: Mapped[Tree, int],
    program: Tree,
    first: Tree,
    second: Tree,
) -> Tree:
    """Defeats ``program``: ``<first.second>`` with the first condition extended so that it halts on
    the second one, if the jump says that it can be, and the second one with one bit more, which is
    not the value.

    ``steps``: those in which programs halt on themselves that the jump says halt.
    """
    make = algebra.make
    nil = make(Nil)

    def unchanged() -> Tree:
        return make(Pair, first, make(Pair, nil, second))

    def halted(result: Tree, _: int) -> Tree:
        newest = opposite(algebra, tail(algebra, result))
        return make(Pair, head(algebra, result), make(Pair, newest, second))

    def asked(question: Program, own: Tree) -> Tree:
        return algebra.case(algebra.apply(jump, own), {
            Nil: unchanged,
            Pair: lambda _, __: algebra.bind(
                evaluate.at(algebra, oracle, question, own, algebra.apply(steps, own)),
                lambda outcome: algebra.case(outcome, {Done: halted, OutOfGas: unchanged}),
            ),
        })

    return algebra.bind(
        search.at(algebra, spelled(algebra, ANSWER), program, first, second),
        lambda question: algebra.bind(
            code.at(algebra, question), lambda own: asked(question, own)
        ),
    )


@equation()
def next_stage(
    algebra: Algebra,
    oracle: OracleFunction,
    jump: OracleFunction,
    steps: Mapped[Tree, int],
    state: Tree,
) -> Tree:
    """A stage: from ``<queue.<first.second>>`` to the next one. The program is the first element of
    the node whose turn it is; it is defeated with both conditions in both parts."""
    queue, conditions = head(algebra, state), tail(algebra, state)
    program = head(algebra, head(algebra, head(algebra, queue)))
    make = algebra.make

    def both(once: Tree, following: Tree) -> Tree:
        return algebra.bind(
            half_stage.at(
                algebra, oracle, jump, steps, program, tail(algebra, once), head(algebra, once)
            ),
            lambda twice: make(
                Pair, following, make(Pair, tail(algebra, twice), head(algebra, twice))
            ),
        )

    return algebra.bind(
        half_stage.at(
            algebra, oracle, jump, steps, program,
            head(algebra, conditions), tail(algebra, conditions),
        ),
        lambda once: algebra.bind(
            advance.at(algebra, make(Nil), queue), lambda following: both(once, following)
        ),
    )


def _begin(algebra: Algebra, root: Tree) -> Tree:
    """What the stages begin with: no bits, and a queue of two nodes."""
    make = algebra.make
    nil = make(Nil)
    return make(Pair, _first_queue(algebra, root), make(Pair, nil, nil))


def _first_queue(algebra: Algebra, root: Tree) -> Tree:
    make = algebra.make
    nil = make(Nil)
    return make(Pair, make(Pair, root, make(Pair, nil, nil)), nil)


@equation()
def built(
    algebra: Algebra,
    oracle: OracleFunction,
    jump: OracleFunction,
    steps: Mapped[Tree, int],
    root: Tree,
    stages: int,
) -> Tree:
    """``<queue.<first.second>>`` after so many stages."""
    return algebra.cond(
        stages > 0,
        lambda: algebra.bind(
            built.at(algebra, oracle, jump, steps, root, stages - 1),
            lambda before: next_stage.at(algebra, oracle, jump, steps, before),
        ),
        lambda: _begin(algebra, root),
    )


@equation()
def condition_at(
    algebra: Algebra,
    oracle: OracleFunction,
    jump: OracleFunction,
    steps: Mapped[Tree, int],
    root: Tree,
    side: Tree,
    stages: int,
) -> Tree:
    """One of the two conditions after so many stages: the first one if ``side`` is nil, the second
    one if it is a pair."""
    return algebra.bind(
        built.at(algebra, oracle, jump, steps, root, stages),
        lambda state: algebra.case(side, {
            Nil: lambda: head(algebra, tail(algebra, state)),
            Pair: lambda _, __: tail(algebra, tail(algebra, state)),
        }),
    )


@equation()
def generic(
    algebra: Algebra,
    oracle: OracleFunction,
    jump: OracleFunction,
    steps: Mapped[Tree, int],
    root: Tree,
    side: Tree,
    tree: Tree,
) -> Tree:
    """Whether a tree is in the first set (``side`` nil) or the second one: true or false."""
    return algebra.bind(
        length.at(algebra, tree),
        lambda shorter: algebra.bind(
            condition_at.at(algebra, oracle, jump, steps, root, side, shorter + 1),
            lambda condition: algebra.bind(
                bit.at(algebra, condition, tree), lambda decided: tail(algebra, decided)
            ),
        ),
    )


@equation()
def oracle_at(
    algebra: Algebra,
    oracle: OracleFunction,
    jump: OracleFunction,
    steps: Mapped[Tree, int],
    root: Tree,
    side: Tree,
    stages: int,
) -> OracleFunction:
    """What is known after so many stages of the join of ``oracle`` and one of the sets."""
    return algebra.bind(
        condition_at.at(algebra, oracle, jump, steps, root, side, stages),
        lambda condition: curried(partial_join).at(algebra, oracle, condition),
    )


@equation()
def stage_of(algebra: Algebra, root: Tree, program: Tree) -> int:
    """The stage in which a program is defeated, at the latest."""
    nil = algebra.make(Nil)
    now = head(algebra, _first_queue(algebra, root))
    return algebra.cond(
        algebra.same(head(algebra, root), program),
        lambda: 0,
        lambda: algebra.bind(
            way_of.at(algebra, program, nil),
            lambda way: turn.at(algebra, nil, way, nil, now, nil),
        ),
    )


@equation()
def point(
    algebra: Algebra,
    oracle: OracleFunction,
    jump: OracleFunction,
    steps: Mapped[Tree, int],
    root: Tree,
    side: Tree,
    program: Program,
) -> Tree:
    """A tree on which ``program``, asking about the join of ``oracle`` and the set of a side, is
    wrong about the set of the other side."""

    def before(state: Tree, own: Tree) -> Tree:
        first, second = head(algebra, tail(algebra, state)), tail(algebra, tail(algebra, state))
        return algebra.case(side, {
            Nil: lambda: second,
            Pair: lambda _, __: algebra.bind(
                half_stage.at(algebra, oracle, jump, steps, own, first, second),
                lambda once: head(algebra, once),
            ),
        })

    return algebra.bind(
        substitute.at(algebra, program, spelled(algebra, CHECKED)),
        lambda checked: algebra.bind(
            code.at(algebra, checked),
            lambda own: algebra.bind(
                stage_of.at(algebra, root, own),
                lambda stages: algebra.bind(
                    built.at(algebra, oracle, jump, steps, root, stages),
                    lambda state: before(state, own),
                ),
            ),
        ),
    )
