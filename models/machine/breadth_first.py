"""Nodes of a tree of trees, breadth first: each has its turn.

Every node has two children, and a queue holds the nodes whose turn it is. A queue ``<now.later>``
has two lists: the first node of ``now`` has its turn, and its children come before ``later``; when
``now`` is empty, it is what was ``later``. So one round needs no loop.

*Definitions*: :func:`second_child`, of two kinds; :func:`advance`, :func:`queue_at`; a *way*, which
is a list of steps: :func:`descend`, :func:`way_of`; :func:`turn`, when it is a node's turn;
:data:`ADVANCE_CONDITIONS` and :data:`ADVANCE_TREES`, the programs that make a round.

*Results*: :mod:`proofs.machine.breadth_first`; used for ``kleene-post``.

"""

from __future__ import annotations

from models.algebra import Algebra, equation
from models.machine.program import Cons, Hd, Id, If, Program, Quote, Then, Tl
from models.machine.spelling import in_turn
from models.machine.tree import NIL, TRUE, Nil, Pair, Tree, head, tail


@equation()
def second_child(algebra: Algebra, kind: Tree, node: Tree) -> Tree:
    """Every node has two children. The first has nil before it. The second has true before it, if
    ``kind`` is a pair: so all conditions come after the first one. If it is nil, its two first
    elements are made a pair: so every tree becomes the first element of some node."""
    rest = tail(algebra, node)
    return algebra.case(kind, {
        Nil: lambda: algebra.make(
            Pair,
            algebra.make(Pair, head(algebra, rest), head(algebra, node)), tail(algebra, rest),
        ),
        Pair: lambda _, __: algebra.make(
            Pair, algebra.make(Pair, algebra.make(Nil), algebra.make(Nil)), node
        ),
    })


def _following(algebra: Algebra, second: Tree, now: Tree, later: Tree) -> tuple[Tree, Tree]:
    """What ``later`` becomes when the first node of ``now`` had its turn, and what is left."""
    first = algebra.make(Pair, algebra.make(Nil), head(algebra, now))
    return algebra.make(Pair, first, algebra.make(Pair, second, later)), tail(algebra, now)


@equation()
def advance(algebra: Algebra, kind: Tree, queue: Tree) -> Tree:
    """The next queue. A queue ``<now.later>`` has two lists of nodes: the first node of ``now`` has
    its turn, and its children come before ``later``. When ``now`` is empty, it is ``later``."""
    now, later = head(algebra, queue), tail(algebra, queue)

    def at(second: Tree) -> Tree:
        grown, rest = _following(algebra, second, now, later)
        return algebra.case(rest, {
            Nil: lambda: algebra.make(Pair, grown, algebra.make(Nil)),
            Pair: lambda _, __: algebra.make(Pair, rest, grown),
        })

    return algebra.bind(second_child.at(algebra, kind, head(algebra, now)), at)


@equation()
def queue_at(algebra: Algebra, kind: Tree, queue: Tree, rounds: int) -> Tree:
    """The queue after so many rounds."""
    return algebra.cond(
        rounds > 0,
        lambda: algebra.bind(
            queue_at.at(algebra, kind, queue, rounds - 1),
            lambda before: advance.at(algebra, kind, before),
        ),
        lambda: queue,
    )


@equation()
def member(algebra: Algebra, node: Tree, nodes: Tree) -> bool:
    """Whether a list has an element."""
    return algebra.case(nodes, {
        Nil: lambda: False,
        Pair: lambda first, rest: algebra.cond(
            algebra.same(first, node), lambda: True, lambda: member.at(algebra, node, rest)
        ),
    })


def _child(algebra: Algebra, step: Tree, second: Tree, node: Tree) -> Tree:
    """The first child if the step is nil, the second one if it isn't."""
    return algebra.case(step, {
        Nil: lambda: algebra.make(Pair, algebra.make(Nil), node), Pair: lambda _, __: second,
    })


@equation()
def descend(algebra: Algebra, kind: Tree, way: Tree, node: Tree) -> Tree:
    """Where a way leads to from a node: a list of steps."""
    return algebra.case(way, {
        Nil: lambda: node,
        Pair: lambda step, further: algebra.bind(
            second_child.at(algebra, kind, node),
            lambda second: descend.at(
                algebra, kind, further, _child(algebra, step, second, node)
            ),
        ),
    })


@equation()
def turn(
    algebra: Algebra, kind: Tree, way: Tree, node: Tree, now: Tree, later: Tree
) -> int:
    """After how many rounds it is the turn of the node to which a way leads from a node in one of
    the lists of a queue."""
    first = head(algebra, now)

    def go_on(way: Tree, node: Tree) -> int:
        def at(second: Tree) -> int:
            grown, rest = _following(algebra, second, now, later)
            return algebra.case(rest, {
                Nil: lambda: algebra.bind(
                    turn.at(algebra, kind, way, node, grown, algebra.make(Nil)),
                    lambda more: more + 1,
                ),
                Pair: lambda _, __: algebra.bind(
                    turn.at(algebra, kind, way, node, rest, grown), lambda more: more + 1
                ),
            })

        return algebra.bind(second_child.at(algebra, kind, first), at)

    def mine() -> int:
        return algebra.case(way, {
            Nil: lambda: 0,
            Pair: lambda step, further: algebra.bind(
                second_child.at(algebra, kind, first),
                lambda second: go_on(further, _child(algebra, step, second, first)),
            ),
        })

    def others() -> int:
        return algebra.bind(
            member.at(algebra, node, now),
            lambda soon: algebra.bind(
                member.at(algebra, node, later),
                lambda afterwards: algebra.cond(
                    soon, lambda: go_on(way, node),
                    lambda: algebra.cond(afterwards, lambda: go_on(way, node), lambda: 0),
                ),
            ),
        )

    return algebra.cond(algebra.same(first, node), mine, others)


def _advancing(child: Program) -> Program:
    """On a queue it has the next one, if ``child`` makes second children."""
    rest = in_turn(Hd(), Tl())
    node = in_turn(Hd(), Hd())
    grown = Cons(Cons(Quote(NIL), node), Cons(Then(node, child), Tl()))
    return If(rest, Cons(rest, grown), Cons(grown, Quote(NIL)))


ADVANCE_CONDITIONS: Program = _advancing(Cons(Quote(TRUE), Id()))

ADVANCE_TREES: Program = _advancing(
    Cons(Cons(in_turn(Tl(), Hd()), Hd()), in_turn(Tl(), Tl()))
)


@equation()
def way_of(algebra: Algebra, tree: Tree, further: Tree) -> Tree:
    """The way from a node to the one with a tree before it, and then ``further``."""
    make = algebra.make
    nil = make(Nil)
    paired = make(Pair, make(Pair, nil, nil), further)
    return algebra.case(tree, {
        Nil: lambda: make(Pair, nil, further),
        Pair: lambda first, second: algebra.bind(
            way_of.at(algebra, second, paired),
            lambda rest: way_of.at(algebra, first, rest),
        ),
    })
