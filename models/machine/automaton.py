"""Tree automata as certificates: what classes of trees say of a program's values.

A deterministic bottom-up tree automaton puts trees into classes: nil into class 0, a pair into the
class that the classes of its parts lead to, or, if no transition is listed for them, into
:data:`ANY`. From it follows which classes a program's values can have on inputs of a class; a
program that can have no value on the class of its input does not halt.

*Definitions*: :data:`Transitions`, :data:`States`; the equations :func:`target`, :func:`classify`,
:func:`contains`, :func:`join`, :func:`subset`, :func:`heads`, :func:`tails`, :func:`products`,
:func:`may_be_pair`, :func:`outcomes`, and the acceptance function :func:`accepts`;
:func:`transitions`, :func:`states`.

*Results*: ``looping-certificate-sound`` (in :mod:`proofs.machine.automaton`).

*References*: Comon et al., 'Tree Automata Techniques and Applications' (2007), chapter 1; Cousot
and Cousot, 'Abstract interpretation' (1977), for values by classes and loops by an invariant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from models.algebra import Algebra, Mapped, equation
from models.machine.program import Ask, Cons, Hd, Id, If, Program, Quote, Then, Tl, While
from models.machine.semantics import (
    Branch,
    Do,
    Instruction,
    Loop,
    MkCons,
    Next,
    OracleFunction,
    State,
    Stop,
    Swap,
    after,
    start,
)
from models.machine.tree import Nil, Pair, Tree
from models.node import Node

NIL_CLASS = 0
"""The class of nil. Transitions may lead there too; then it holds pairs as well."""

ANY = -1
"""The class of every tree: what is known of a value when nothing is."""

VALUES, LEAVING, STAYING = 0, 1, 2
"""What :func:`outcomes` is asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class NoTransitions(Node):
    """No transition."""

    def __repr__(self) -> str:
        return "{}"


@dataclass(frozen=True, slots=True, eq=False)
class Transition(Node):
    """A pair of parts of classes ``left`` and ``right`` has class ``goal``; then more of them.

    Of several transitions for the same two classes the first one counts.
    """

    left: int
    right: int
    goal: int
    rest: Transitions

    def __repr__(self) -> str:
        return f"{{{', '.join(f'<{a}.{b}> -> {c}' for a, b, c in _rows(self))}}}"


Transitions: TypeAlias = NoTransitions | Transition


@dataclass(frozen=True, slots=True, eq=False)
class NoStates(Node):
    """No class."""

    def __repr__(self) -> str:
        return "[]"


@dataclass(frozen=True, slots=True, eq=False)
class States(Node):
    """A class and more of them."""

    first: int
    rest: StateList

    def __repr__(self) -> str:
        return repr([state for (state,) in _rows(self)])


StateList: TypeAlias = NoStates | States


def _rows(listed: Transitions | StateList) -> Iterator[tuple[int, ...]]:
    while isinstance(listed, Transition | States):
        *row, rest = listed.fields()
        yield tuple(row)
        listed = rest


def transitions(listed: Iterable[tuple[int, int, int]]) -> Transitions:
    """The automaton of triples ``(left, right, goal)``."""
    found: Transitions = NoTransitions()
    for left, right, goal in reversed(list(listed)):
        found = Transition(left, right, goal, found)
    return found


def states(listed: Iterable[int]) -> StateList:
    """The list of classes."""
    found: StateList = NoStates()
    for state in reversed(list(listed)):
        found = States(state, found)
    return found


def only(algebra: Algebra, state: int) -> StateList:
    """The list of one class."""
    return algebra.make(States, state, algebra.make(NoStates))


@equation(shared=True)
def target(algebra: Algebra, automaton: Transitions, left: int, right: int) -> int:
    """The class of a pair with parts of classes ``left`` and ``right``; ANY if none is listed."""

    def at(first: int, second: int, goal: int, rest: Transitions) -> int:
        return algebra.cond(
            algebra.same(left, first),
            lambda: algebra.cond(
                algebra.same(right, second),
                lambda: goal,
                lambda: target.at(algebra, rest, left, right),
            ),
            lambda: target.at(algebra, rest, left, right),
        )

    return algebra.case(automaton, {NoTransitions: lambda: ANY, Transition: at})


@equation(shared=True)
def classify(algebra: Algebra, automaton: Transitions, tree: Tree) -> int:
    """The class of a tree."""
    return algebra.case(
        tree,
        {
            Nil: lambda: NIL_CLASS,
            Pair: lambda first, second: algebra.bind(
                classify.at(algebra, automaton, first),
                lambda left: algebra.bind(
                    classify.at(algebra, automaton, second),
                    lambda right: target.at(algebra, automaton, left, right),
                ),
            ),
        },
    )


@equation(shared=True)
def contains(algebra: Algebra, listed: StateList, state: int) -> bool:
    """Whether a list allows trees of a class: the class itself or ANY is in it."""

    def at(first: int, rest: StateList) -> bool:
        return algebra.cond(
            algebra.same(first, ANY),
            lambda: True,
            lambda: algebra.cond(
                algebra.same(first, state),
                lambda: True,
                lambda: contains.at(algebra, rest, state),
            ),
        )

    return algebra.case(listed, {NoStates: lambda: False, States: at})


@equation(shared=True)
def join(algebra: Algebra, listed: StateList, others: StateList) -> StateList:
    """Both lists, leaving out what the second one allows already."""

    def at(first: int, rest: StateList) -> StateList:
        return algebra.bind(
            join.at(algebra, rest, others),
            lambda joined: algebra.bind(
                contains.at(algebra, joined, first),
                lambda known: algebra.cond(
                    known, lambda: joined, lambda: algebra.make(States, first, joined)
                ),
            ),
        )

    return algebra.case(listed, {NoStates: lambda: others, States: at})


@equation(shared=True)
def subset(algebra: Algebra, listed: StateList, others: StateList) -> bool:
    """Whether the second list allows all that the first one allows."""

    def at(first: int, rest: StateList) -> bool:
        return algebra.bind(
            contains.at(algebra, others, first),
            lambda known: algebra.cond(
                known, lambda: subset.at(algebra, rest, others), lambda: False
            ),
        )

    return algebra.case(listed, {NoStates: lambda: True, States: at})


def _parts(
    algebra: Algebra,
    automaton: Transitions,
    state: int,
    again: Callable[[Transitions], StateList],
    part: Callable[[int, int], int],
) -> StateList:
    def at(left: int, right: int, goal: int, rest: Transitions) -> StateList:
        return algebra.bind(
            again(rest),
            lambda found: algebra.cond(
                algebra.same(goal, state),
                lambda: algebra.make(States, part(left, right), found),
                lambda: found,
            ),
        )

    def last() -> StateList:
        # Of nil both parts are nil; of anything they are anything.
        return algebra.cond(
            algebra.same(state, NIL_CLASS),
            lambda: only(algebra, NIL_CLASS),
            lambda: algebra.cond(
                algebra.same(state, ANY),
                lambda: only(algebra, ANY),
                lambda: algebra.make(NoStates),
            ),
        )

    return algebra.case(automaton, {NoTransitions: last, Transition: at})


@equation(shared=True)
def heads(algebra: Algebra, automaton: Transitions, state: int) -> StateList:
    """The classes that heads of trees of a class can have."""
    return _parts(
        algebra,
        automaton,
        state,
        lambda rest: heads.at(algebra, rest, state),
        lambda left, _: left,
    )


@equation(shared=True)
def tails(algebra: Algebra, automaton: Transitions, state: int) -> StateList:
    """The classes that tails of trees of a class can have."""
    return _parts(
        algebra,
        automaton,
        state,
        lambda rest: tails.at(algebra, rest, state),
        lambda _, right: right,
    )


@equation(shared=True)
def row(algebra: Algebra, automaton: Transitions, left: int, rights: StateList) -> StateList:
    """The classes of pairs with a head of class ``left`` and a tail of one of ``rights``."""

    def at(right: int, rest: StateList) -> StateList:
        return algebra.bind(
            row.at(algebra, automaton, left, rest),
            lambda others: algebra.cond(
                algebra.same(left, ANY),
                lambda: only(algebra, ANY),
                lambda: algebra.cond(
                    algebra.same(right, ANY),
                    lambda: only(algebra, ANY),
                    lambda: algebra.bind(
                        target.at(algebra, automaton, left, right),
                        lambda goal: join.at(algebra, only(algebra, goal), others),
                    ),
                ),
            ),
        )

    return algebra.case(rights, {NoStates: lambda: rights, States: at})


@equation(shared=True)
def products(
    algebra: Algebra, automaton: Transitions, lefts: StateList, rights: StateList
) -> StateList:
    """The classes of pairs with a head of one of ``lefts`` and a tail of one of ``rights``."""
    return algebra.case(
        lefts,
        {
            NoStates: lambda: lefts,
            States: lambda left, rest: algebra.bind(
                row.at(algebra, automaton, left, rights),
                lambda mine: algebra.bind(
                    products.at(algebra, automaton, rest, rights),
                    lambda others: join.at(algebra, mine, others),
                ),
            ),
        },
    )


@equation(shared=True)
def holds_pair(algebra: Algebra, automaton: Transitions, state: int) -> bool:
    """Whether a class can have pairs in it: it is ANY, or a transition leads to it."""

    def at(left: int, right: int, goal: int, rest: Transitions) -> bool:
        return algebra.cond(
            algebra.same(goal, state),
            lambda: True,
            lambda: holds_pair.at(algebra, rest, state),
        )

    return algebra.case(
        automaton, {NoTransitions: lambda: algebra.same(state, ANY), Transition: at}
    )


@equation(shared=True)
def may_be_pair(algebra: Algebra, automaton: Transitions, listed: StateList) -> bool:
    """Whether a tree of one of the classes can be a pair."""
    return algebra.case(
        listed,
        {
            NoStates: lambda: False,
            States: lambda first, rest: algebra.bind(
                holds_pair.at(algebra, automaton, first),
                lambda found: algebra.cond(
                    found, lambda: True, lambda: may_be_pair.at(algebra, automaton, rest)
                ),
            ),
        },
    )


Answers: TypeAlias = Mapped[int, StateList]
"""The classes that the oracle's answers can have on questions of a class."""

Invariants: TypeAlias = Mapped[Program, Mapped[int, StateList]]
"""For a loop entered in a class: classes that its rounds do not leave. Checked, not believed."""


@equation(shared=True)
def outcomes(
    algebra: Algebra,
    automaton: Transitions,
    answers: Answers,
    invariants: Invariants,
    program: Program,
    listed: StateList,
    asked: int,
) -> StateList:
    """What a program can do on inputs of the classes listed.

    ``asked``: VALUES, the classes its values can have; LEAVING, those input classes on which a
    value can be nil; STAYING, those on which it can be a pair. An invariant that does not contain
    the class a loop is entered in, or that a round leaves, counts as none: the values can be ANY.
    """
    make = algebra.make

    def values(program: Program, listed: StateList, rest: Callable[[StateList], StateList]) -> (
        StateList
    ):
        return algebra.bind(
            outcomes.at(algebra, automaton, answers, invariants, program, listed, VALUES), rest
        )

    def pair(listed: StateList, then: Callable[[], StateList]) -> StateList:
        return algebra.bind(
            may_be_pair.at(algebra, automaton, listed),
            lambda can: algebra.cond(can, then, lambda: make(NoStates)),
        )

    def nil(listed: StateList, then: Callable[[], StateList]) -> StateList:
        return algebra.bind(
            contains.at(algebra, listed, NIL_CLASS),
            lambda can: algebra.cond(can, then, lambda: make(NoStates)),
        )

    def choice(test: Program, then: Program, otherwise: Program, here: StateList) -> StateList:
        def branch(program: Program) -> Callable[[], StateList]:
            return lambda: outcomes.at(
                algebra, automaton, answers, invariants, program, here, VALUES
            )

        return values(test, here, lambda tests: algebra.bind(
            pair(tests, branch(then)),
            lambda first: algebra.bind(
                nil(tests, branch(otherwise)),
                lambda second: join.at(algebra, first, second),
            ),
        ))

    def loop(test: Program, body: Program, state: int) -> StateList:
        invariant = algebra.apply(algebra.apply(invariants, program), state)

        def by(asked: int) -> StateList:
            return outcomes.at(algebra, automaton, answers, invariants, test, invariant, asked)

        return algebra.bind(by(STAYING), lambda staying: values(body, staying, lambda after: (
            algebra.bind(subset.at(algebra, after, invariant), lambda closed: algebra.bind(
                contains.at(algebra, invariant, state),
                lambda entered: algebra.cond(
                    closed,
                    lambda: algebra.cond(
                        entered, lambda: by(LEAVING), lambda: only(algebra, ANY)
                    ),
                    lambda: only(algebra, ANY),
                ),
            ))
        )))

    def of(state: int) -> StateList:
        here = only(algebra, state)
        return algebra.case(
            program,
            {
                Id: lambda: here,
                Hd: lambda: heads.at(algebra, automaton, state),
                Tl: lambda: tails.at(algebra, automaton, state),
                Ask: lambda: algebra.apply(answers, state),
                Quote: lambda tree: algebra.bind(
                    classify.at(algebra, automaton, tree), lambda found: only(algebra, found)
                ),
                Cons: lambda p, q: values(p, here, lambda lefts: values(q, here, lambda rights: (
                    products.at(algebra, automaton, lefts, rights)
                ))),
                Then: lambda p, q: values(p, here, lambda middle: outcomes.at(
                    algebra, automaton, answers, invariants, q, middle, VALUES
                )),
                If: lambda c, p, q: choice(c, p, q, here),
                While: lambda c, p: loop(c, p, state),
            },
        )

    def at(state: int, rest: StateList) -> StateList:
        def kept(others: StateList) -> Callable[[], StateList]:
            return lambda: make(States, state, others)

        def among(others: StateList) -> StateList:
            return algebra.cond(
                algebra.same(asked, VALUES),
                lambda: algebra.bind(of(state), lambda mine: join.at(algebra, mine, others)),
                lambda: values(program, only(algebra, state), lambda mine: algebra.cond(
                    algebra.same(asked, LEAVING),
                    lambda: algebra.bind(
                        contains.at(algebra, mine, NIL_CLASS),
                        lambda can: algebra.cond(can, kept(others), lambda: others),
                    ),
                    lambda: algebra.bind(
                        may_be_pair.at(algebra, automaton, mine),
                        lambda can: algebra.cond(can, kept(others), lambda: others),
                    ),
                )),
            )

        return algebra.bind(
            outcomes.at(algebra, automaton, answers, invariants, program, rest, asked), among
        )

    return algebra.case(listed, {NoStates: lambda: listed, States: at})


@equation()
def accepts(
    algebra: Algebra,
    automaton: Transitions,
    oracle: OracleFunction,
    answers: Answers,
    invariants: Invariants,
    program: Program,
    value: Tree,
    steps: int,
) -> bool:
    """Whether a certificate shows that a program does not halt on a value.

    After ``steps`` machine steps a program is about to run that can have no value on the class of
    the accumulator. The answers are taken as given: who asks makes sure that they cover the oracle.
    """

    def about_to(instruction: Instruction, accumulator: Tree) -> bool:
        return algebra.case(
            instruction,
            {
                Do: lambda waiting: algebra.bind(
                    classify.at(algebra, automaton, accumulator),
                    lambda state: algebra.bind(
                        outcomes.at(
                            algebra, automaton, answers, invariants, waiting,
                            only(algebra, state), VALUES,
                        ),
                        lambda found: algebra.same(found, algebra.make(NoStates)),
                    ),
                ),
                Swap: lambda: False,
                MkCons: lambda: False,
                Branch: lambda _, __: False,
                Loop: lambda _, __: False,
            },
        )

    return algebra.bind(
        after.at(algebra, oracle, start(algebra, program, value), steps),
        lambda state: algebra.case(state, {
            State: lambda control, accumulator, _: algebra.case(control, {
                Stop: lambda: False,
                Next: lambda instruction, _: about_to(instruction, accumulator),
            })
        }),
    )
