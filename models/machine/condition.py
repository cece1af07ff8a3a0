"""Conditions: finite parts of a set, and what a program finds out if it asks no further.

A condition is a list of bits, the newest first; it decides a set on the trees that are shorter than
it (:func:`models.machine.tree.length`): the bit with n bits before it is that of all trees of
length n. Each extension of a condition is that condition with further bits.

*Definitions*: :func:`bit`, what a condition decides; :func:`extends`, :func:`way_to`; the oracle
:func:`partial_join`, which tells what is known of a join if a condition of its second set is known,
and says where nothing is; :func:`whole_join`, what it tends to; :data:`CHECKED`, which in the place
of Ask lets a program go on only as far as that; the programs :data:`DROP`, :data:`BIT`,
:data:`ANSWER`, which find out what a condition decides, with :func:`answer_cost`.

*Results*: :mod:`proofs.machine.condition`; used for ``kleene-post``.

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), section V.2 (finite extensions).
"""

from __future__ import annotations

from collections.abc import Callable

from models.algebra import Algebra, equation
from models.machine.oracle import join_answer
from models.machine.program import Ask, Cons, Hd, Id, If, Program, Quote, Then, Tl, While
from models.machine.semantics import Done, OracleFunction, OutOfGas, evaluate
from models.machine.spelling import NOT, in_turn, spelled
from models.machine.tree import NIL, TRUE, Nil, Pair, Tree, head, length, tail


@equation()
def drop(algebra: Algebra, count: Tree, items: Tree) -> Tree:
    """A list without as many first elements as ``count`` is long."""
    return algebra.case(count, {
        Nil: lambda: items,
        Pair: lambda _, fewer: drop.at(algebra, fewer, tail(algebra, items)),
    })


def opposite(algebra: Algebra, tree: Tree) -> Tree:
    """True for nil, nil for a pair."""
    nil = algebra.make(Nil)
    return algebra.case(tree, {
        Nil: lambda: algebra.make(Pair, nil, nil), Pair: lambda _, __: nil,
    })


def normal(algebra: Algebra, tree: Tree) -> Tree:
    """True for a pair, nil for nil."""
    nil = algebra.make(Nil)
    return algebra.case(tree, {
        Nil: lambda: nil, Pair: lambda _, __: algebra.make(Pair, nil, nil),
    })


@equation()
def bit(algebra: Algebra, condition: Tree, position: Tree) -> Tree:
    """``<nil.b>`` if the condition decides that a tree is in the set (b true) or not (false), nil
    if it doesn't decide it."""

    def decided(_: Tree, newer: Tree) -> Tree:
        return algebra.bind(
            drop.at(algebra, newer, condition),
            lambda found: algebra.make(
                Pair, algebra.make(Nil), normal(algebra, head(algebra, found))
            ),
        )

    return algebra.bind(
        drop.at(algebra, position, condition),
        lambda rest: algebra.case(rest, {Nil: lambda: algebra.make(Nil), Pair: decided}),
    )


def _is_truth(algebra: Algebra, tree: Tree) -> bool:
    """Whether a tree is true or false."""
    return algebra.same(normal(algebra, tree), tree)


@equation()
def extends(algebra: Algebra, shorter: Tree, longer: Tree) -> bool:
    """Whether a condition is another one with further bits."""
    return algebra.cond(
        algebra.same(shorter, longer),
        lambda: True,
        lambda: algebra.case(longer, {
            Nil: lambda: False,
            Pair: lambda newest, rest: algebra.cond(
                _is_truth(algebra, newest),
                lambda: extends.at(algebra, shorter, rest),
                lambda: False,
            ),
        }),
    )


@equation()
def partial_join(
    algebra: Algebra, oracle: OracleFunction, condition: Tree, question: Tree
) -> Tree:
    """What is known of the join of ``oracle`` and a set of which the condition is known:
    ``<nil.answer>``, or nil."""

    nil = algebra.make(Nil)
    no = algebra.make(Pair, nil, nil)

    def second(rest: Tree) -> Callable[[Tree, Tree], Tree]:
        """The tag is a pair: it should be true."""
        return lambda first, more: algebra.case(first, {
            Nil: lambda: algebra.case(more, {
                Nil: lambda: bit.at(algebra, condition, rest), Pair: lambda _, __: no,
            }),
            Pair: lambda _, __: no,
        })

    return algebra.case(question, {
        Nil: lambda: no,
        Pair: lambda tag, rest: algebra.case(tag, {
            Nil: lambda: algebra.make(Pair, nil, algebra.apply(oracle, rest)),
            Pair: second(rest),
        }),
    })


CHECKED: Program = Then(Ask(), Then(While(NOT, Id()), Tl()))
"""In the place of Ask, relative to :func:`partial_join`: it has the answer if it is known, and does
not halt if it isn't."""

DROP: Program = While(Hd(), Cons(Then(Hd(), Tl()), Then(Tl(), Tl())))
"""From ``<count.items>`` to ``<nil.rest>``, ``rest`` being what :func:`drop` leaves."""

DROP_ROUND, DROP_END = 12, 3
"""The steps of a round of :data:`DROP`, and of its last test."""

NEWER: Program = Cons(in_turn(Hd(), Tl()), Tl())

BIT: Program = Then(
    Cons(Then(DROP, Tl()), Tl()),
    If(
        Hd(),
        Then(NEWER, Then(DROP, Then(in_turn(Tl(), Hd()), Cons(
            Quote(NIL), If(Id(), Quote(TRUE), Quote(NIL))
        )))),
        Quote(NIL),
    ),
)
"""On ``<position.condition>`` it has what the condition decides, as :func:`bit` says it."""

_TAG = in_turn(Tl(), Hd())

_NO = Quote(Pair(NIL, NIL))

ANSWER: Program = If(
    _TAG,
    If(
        Then(_TAG, Hd()), _NO,
        If(Then(_TAG, Tl()), _NO, Then(Cons(in_turn(Tl(), Tl()), Hd()), BIT)),
    ),
    If(Tl(), Cons(Quote(NIL), in_turn(Tl(), Tl(), Ask())), _NO),
)
"""On ``<condition.question>`` it has what :func:`partial_join` answers."""

ANSWER_STEPS = 80
"""Enough for it beside the rounds of :data:`DROP`."""


@equation()
def answer_cost(
    algebra: Algebra, oracle: OracleFunction, condition: Tree, question: Tree
) -> int:
    """In how many steps :data:`ANSWER` finds out about a question."""
    input_ = algebra.make(Pair, condition, question)

    def at(asked: int, decided: int) -> int:
        enough = DROP_ROUND * asked + DROP_ROUND * decided + ANSWER_STEPS
        return algebra.bind(
            evaluate.at(algebra, oracle, spelled(algebra, ANSWER), input_, enough),
            lambda outcome: algebra.case(outcome, {
                Done: lambda _, left: enough - left, OutOfGas: lambda: enough,
            }),
        )

    return algebra.bind(
        length.at(algebra, question),
        lambda asked: algebra.bind(
            length.at(algebra, condition), lambda decided: at(asked, decided)
        ),
    )


@equation()
def way_to(algebra: Algebra, shorter: Tree, longer: Tree, further: Tree) -> Tree:
    """The way from a condition to one that extends it, and then ``further``."""
    return algebra.cond(
        algebra.same(shorter, longer),
        lambda: further,
        lambda: algebra.case(longer, {
            Nil: lambda: further,
            Pair: lambda newest, rest: way_to.at(
                algebra, shorter, rest, algebra.make(Pair, newest, further)
            ),
        }),
    )


@equation()
def whole_join(
    algebra: Algebra, oracle: OracleFunction, set_: OracleFunction, question: Tree
) -> Tree:
    """What :func:`partial_join` tends to: ``<nil.answer>``, the answer being that of the join."""
    return algebra.bind(
        join_answer.at(algebra, oracle, set_, question),
        lambda answer: algebra.make(Pair, algebra.make(Nil), answer),
    )


CHECKED_STEPS = 13
"""Enough for :data:`CHECKED` if the answer is known."""


@equation()
def checked_cost(algebra: Algebra, question: Tree) -> int:
    """The steps of :data:`CHECKED` on a question, at most."""
    return CHECKED_STEPS


@equation()
def known_from(algebra: Algebra, question: Tree) -> int:
    """From which stage on the answer to a question is known, at the latest."""
    return algebra.bind(length.at(algebra, question), lambda shorter: shorter + 1)
