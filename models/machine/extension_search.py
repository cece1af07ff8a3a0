"""The search for a longer condition with which a program halts.

A condition is *right* for a program z and a tree x if z halts on x within as many steps as the
condition has bits, asking only for what is known if that condition is. The search tries all
extensions of a condition, breadth first; it halts if one of them is right.

*Definitions*: :func:`trying`, :func:`searching`, :func:`finding`, :func:`search`, with what they
cost: :func:`trying_gas`, :func:`searching_gas`; :func:`all_extend`.

*Results*: :mod:`proofs.machine.extension_search`; used for ``kleene-post``.

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), section V.2 (finite extensions).
"""

from __future__ import annotations

from models.algebra import Algebra, curried, equation
from models.machine.breadth_first import ADVANCE_CONDITIONS, queue_at
from models.machine.condition import answer_cost, extends, partial_join
from models.machine.program import Cons, Hd, Program, Quote, Then, Tl, While, _literal
from models.machine.semantics import OracleFunction
from models.machine.spelling import NOT, in_turn, listed, spelled
from models.machine.tree import TRUE, Nil, Pair, Tree, head, length
from models.machine.universal import clocked_run_gas, reporting


@equation()
def all_extend(algebra: Algebra, shorter: Tree, nodes: Tree) -> bool:
    """Whether all conditions of a list extend one."""
    return algebra.case(nodes, {
        Nil: lambda: True,
        Pair: lambda first, rest: algebra.bind(
            extends.at(algebra, shorter, first),
            lambda one: algebra.cond(
                one, lambda: all_extend.at(algebra, shorter, rest), lambda: False
            ),
        ),
    })


_NODE = in_turn(Tl(), Hd(), Hd())


@equation()
def trying(algebra: Algebra, answer: Program) -> Program:
    """On ``<<z.x>.queue>`` it runs z on x for as many steps as the first condition of the queue has
    bits, its questions answered by what is known if that condition is: nil if z is still running,
    ``<true.value>`` if it has halted."""
    make = algebra.make
    node = spelled(algebra, _NODE)
    return algebra.bind(
        reporting.at(algebra, answer),
        lambda report: make(Then, listed(algebra, node, node, make(Hd)), report),
    )


TRYING_STEPS = 80
"""Enough for it beside the clocked loop."""


@equation()
def trying_gas(
    algebra: Algebra, oracle: OracleFunction, program: Tree, value: Tree, condition: Tree
) -> int:
    """Enough for :func:`trying`."""
    return algebra.bind(
        length.at(algebra, condition),
        lambda time: algebra.bind(
            curried(partial_join).at(algebra, oracle, condition),
            lambda answers: algebra.bind(
                curried(answer_cost).at(algebra, oracle, condition),
                lambda cost: algebra.bind(
                    clocked_run_gas(algebra, answers, cost, program, value, condition, time),
                    lambda loop: loop + TRYING_STEPS,
                ),
            ),
        ),
    )


@equation()
def searching(algebra: Algebra, answer: Program) -> Program:
    """On ``<<z.x>.queue>`` it goes on to the first condition with which z halts."""
    make = algebra.make
    onward = make(Cons, make(Hd), make(Then, make(Tl), spelled(algebra, ADVANCE_CONDITIONS)))
    return algebra.bind(
        trying.at(algebra, answer),
        lambda test: make(While, make(Then, test, spelled(algebra, NOT)), onward),
    )


SEARCH_ROUND = 60
"""Enough for a round beside the trial."""


@equation()
def searching_gas(
    algebra: Algebra, oracle: OracleFunction, program: Tree, value: Tree, queue: Tree,
    first: int, last: int,
) -> int:
    """Enough for :func:`searching` from round ``first`` on, if the condition whose turn it is in
    round ``last`` is a right one."""

    def at(there: Tree) -> int:
        return algebra.bind(
            trying_gas.at(algebra, oracle, program, value, head(algebra, head(algebra, there))),
            lambda trial: algebra.cond(
                first < last,
                lambda: algebra.bind(
                    searching_gas.at(algebra, oracle, program, value, queue, first + 1, last),
                    lambda rest: trial + SEARCH_ROUND + rest,
                ),
                lambda: trial + SEARCH_ROUND,
            ),
        )

    return algebra.bind(
        queue_at.at(algebra, _literal(algebra, TRUE), queue, first), at
    )


@equation()
def finding(algebra: Algebra, answer: Program) -> Program:
    """On ``<<z.x>.queue>`` it finds such a condition, and the value of z: ``<condition.value>``."""
    make = algebra.make
    return algebra.bind(
        searching.at(algebra, answer),
        lambda loop: algebra.bind(
            trying.at(algebra, answer),
            lambda again: make(
                Then, loop,
                make(Cons, spelled(algebra, _NODE), make(Then, again, make(Tl))),
            ),
        ),
    )


@equation()
def search(
    algebra: Algebra, answer: Program, program: Tree, condition: Tree, value: Tree
) -> Program:
    """The search with its input built in: from a condition on, for ``program`` on ``value``."""
    make = algebra.make
    nil = make(Nil)
    queue = make(Pair, make(Pair, condition, nil), nil)
    return algebra.bind(
        finding.at(algebra, answer),
        lambda find: make(
            Then, make(Quote, make(Pair, make(Pair, program, value), queue)), find
        ),
    )
