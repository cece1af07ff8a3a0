"""Finitely many answers hard-wired into a program: it answers these questions itself.

A transcript is a list of pairs ``<question.answer>``, and a list is a tree: nil, or a pair of the
first one and the rest. Of two answers to one question the first counts; missing parts read as nil,
so every tree is a transcript.

*Definitions*: :func:`equals`, a decision tree that tells one tree from all others;
:func:`answers`, which answers by a transcript and asks only what is not listed; :func:`patched`,
what it then says; :func:`listed`; :func:`internalise`; :func:`transcript`.

*Results*: ``finite-internalization`` (in :mod:`proofs.machine.internalisation`).

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), section II.3.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.algebra import Algebra, equation
from models.machine.program import Ask, Hd, Id, If, Program, Quote, Then, Tl
from models.machine.semantics import OracleFunction
from models.machine.transform import substitute
from models.machine.tree import Nil, Pair, Tree, head, tail, tree_list


@equation(shared=True)
def equals(algebra: Algebra, tree: Tree) -> Program:
    """A program with the value true on ``tree`` and false on every other tree.

    It compares from the root down and stops at the first difference, within as many steps as it
    has constructors and pairs of constants.
    """
    make = algebra.make

    def false() -> Program:
        return make(Quote, make(Nil))

    def both(first: Program, second: Program) -> Program:
        parts = make(If, make(Then, make(Hd), first), make(Then, make(Tl), second), false())
        return make(If, make(Id), parts, false())

    return algebra.case(
        tree,
        {
            Nil: lambda: make(
                If, make(Id), false(), make(Quote, make(Pair, make(Nil), make(Nil)))
            ),
            Pair: lambda left, right: algebra.bind(
                equals.at(algebra, left),
                lambda first: algebra.bind(
                    equals.at(algebra, right), lambda second: both(first, second)
                ),
            ),
        },
    )


@equation(shared=True)
def answers(algebra: Algebra, transcript: Tree) -> Program:
    """A program that answers by the transcript, and by the oracle what is not listed."""
    make = algebra.make

    def at(entry: Tree, rest: Tree) -> Program:
        question, answer = head(algebra, entry), tail(algebra, entry)
        return algebra.bind(
            equals.at(algebra, question),
            lambda test: algebra.bind(
                answers.at(algebra, rest),
                lambda others: make(If, test, make(Quote, answer), others),
            ),
        )

    return algebra.case(transcript, {Nil: lambda: make(Ask), Pair: at})


@equation()
def patched(
    algebra: Algebra, oracle: OracleFunction, transcript: Tree, question: Tree
) -> Tree:
    """The answer of the transcript, or the oracle's to a question that is not listed."""
    return algebra.case(
        transcript,
        {
            Nil: lambda: algebra.apply(oracle, question),
            Pair: lambda entry, rest: algebra.cond(
                algebra.same(question, head(algebra, entry)),
                lambda: tail(algebra, entry),
                lambda: patched.at(algebra, oracle, rest, question),
            ),
        },
    )


@equation()
def listed(algebra: Algebra, transcript: Tree, question: Tree) -> bool:
    """Whether the transcript has an answer to a question."""
    return algebra.case(
        transcript,
        {
            Nil: lambda: False,
            Pair: lambda entry, rest: algebra.cond(
                algebra.same(question, head(algebra, entry)),
                lambda: True,
                lambda: listed.at(algebra, rest, question),
            ),
        },
    )


@equation()
def internalise(algebra: Algebra, program: Program, transcript: Tree) -> Program:
    """``program`` with the transcript hard-wired: it answers listed questions itself."""
    return algebra.bind(
        answers.at(algebra, transcript),
        lambda answering: substitute.at(algebra, program, answering),
    )


def transcript(entries: Iterable[tuple[Tree, Tree]]) -> Tree:
    """The transcript of questions with their answers."""
    return tree_list(Pair(question, answer) for question, answer in entries)
