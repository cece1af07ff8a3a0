"""Which answers an oracle can give, by classes of a tree automaton.

*Definitions*: :data:`Replies`, a finite list of questions with their answers; the equations
:func:`answer` (the oracle of such a list, with one answer for all other questions),
:func:`truth_classes` (for any set), :func:`leading`, :func:`alone_in_class` and
:func:`answer_classes`; :func:`replies`.

*Results*: ``answers-cover`` (in :mod:`proofs.machine.covering`): the classes computed hold the
class of every answer, as ``looping-certificate-sound`` asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

from models.algebra import Algebra, equation
from models.machine.automaton import (
    ANY,
    NIL_CLASS,
    NoTransitions,
    StateList,
    States,
    Transition,
    Transitions,
    classify,
    only,
)
from models.machine.tree import Nil, Pair, Tree, brief
from models.node import Node


@dataclass(frozen=True, slots=True, eq=False)
class NoReplies(Node):
    """No question with an answer of its own."""

    def __repr__(self) -> str:
        return "{}"


@dataclass(frozen=True, slots=True, eq=False)
class Reply(Node):
    """A question with its answer, and more of them. The first one for a question counts."""

    question: Tree
    answer: Tree
    rest: Replies

    def __repr__(self) -> str:
        found, listed = [], cast(Replies, self)
        while isinstance(listed, Reply):
            found.append(f"{brief(listed.question)} -> {brief(listed.answer)}")
            listed = listed.rest
        return f"{{{', '.join(found)}}}"


Replies: TypeAlias = NoReplies | Reply


def replies(answers: Mapping[Tree, Tree]) -> Replies:
    """The list of a table's questions and answers."""
    found: Replies = NoReplies()
    for question, reply in reversed(list(answers.items())):
        found = Reply(question, reply, found)
    return found


@equation(shared=True)
def answer(algebra: Algebra, listed: Replies, otherwise: Tree, question: Tree) -> Tree:
    """The answer of the oracle that a list describes."""
    return algebra.case(
        listed,
        {
            NoReplies: lambda: otherwise,
            Reply: lambda asked, reply, rest: algebra.cond(
                algebra.same(asked, question),
                lambda: reply,
                lambda: answer.at(algebra, rest, otherwise, question),
            ),
        },
    )


@equation(shared=True)
def truth_classes(algebra: Algebra, automaton: Transitions) -> StateList:
    """The classes of false and true: what any set can answer."""
    make = algebra.make
    true = make(Pair, make(Nil), make(Nil))
    return algebra.bind(
        classify.at(algebra, automaton, true),
        lambda found: make(States, NIL_CLASS, only(algebra, found)),
    )


@equation(shared=True)
def leading(algebra: Algebra, automaton: Transitions, state: int) -> int:
    """How many transitions lead to a class."""
    return algebra.case(
        automaton,
        {
            NoTransitions: lambda: 0,
            Transition: lambda _, __, goal, rest: algebra.bind(
                leading.at(algebra, rest, state),
                lambda count: algebra.cond(
                    algebra.same(goal, state), lambda: 1 + count, lambda: count
                ),
            ),
        },
    )


@equation(shared=True)
def alone_in_class(algebra: Algebra, automaton: Transitions, tree: Tree) -> bool:
    """Whether a tree is seen to be the only one of its class: one way leads there, at each node."""

    def at(first: Tree, second: Tree) -> bool:
        return algebra.bind(alone_in_class.at(algebra, automaton, first), lambda left: (
            algebra.bind(alone_in_class.at(algebra, automaton, second), lambda right: (
                algebra.bind(classify.at(algebra, automaton, tree), lambda state: (
                    algebra.bind(leading.at(algebra, automaton, state), lambda count: (
                        algebra.cond(left, lambda: algebra.cond(right, lambda: algebra.cond(
                            algebra.same(state, ANY),
                            lambda: False,
                            lambda: algebra.cond(
                                algebra.same(state, NIL_CLASS),
                                lambda: False,
                                lambda: algebra.same(count, 1),
                            ),
                        ), lambda: False), lambda: False)
                    ))
                ))
            ))
        ))

    return algebra.case(
        tree,
        {
            Nil: lambda: algebra.bind(
                leading.at(algebra, automaton, NIL_CLASS), lambda count: algebra.same(count, 0)
            ),
            Pair: at,
        },
    )


@equation(shared=True)
def answer_classes(
    algebra: Algebra, automaton: Transitions, listed: Replies, otherwise: Tree, state: int
) -> StateList:
    """The classes of the answers to questions of a class.

    If an exception's question is alone in the class, its answer's class; otherwise the classes of
    the answers of all exceptions in the class, and that of the answer to all other questions.
    """

    def at(asked: Tree, reply: Tree, rest: Replies) -> StateList:
        return algebra.bind(classify.at(algebra, automaton, asked), lambda found: (
            algebra.bind(classify.at(algebra, automaton, reply), lambda mine: (
                algebra.bind(alone_in_class.at(algebra, automaton, asked), lambda alone: (
                    algebra.bind(
                        answer_classes.at(algebra, automaton, rest, otherwise, state),
                        lambda others: algebra.cond(
                            algebra.same(state, ANY),
                            lambda: algebra.make(States, mine, others),
                            lambda: algebra.cond(
                                algebra.same(state, found),
                                lambda: algebra.cond(
                                    alone,
                                    lambda: only(algebra, mine),
                                    lambda: algebra.make(States, mine, others),
                                ),
                                lambda: others,
                            ),
                        ),
                    )
                ))
            ))
        ))

    return algebra.case(
        listed,
        {
            NoReplies: lambda: algebra.bind(
                classify.at(algebra, automaton, otherwise), lambda found: only(algebra, found)
            ),
            Reply: at,
        },
    )
