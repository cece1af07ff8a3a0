"""Breadth first, each node has its turn.

*Definitions* accepted by the kernel: those of :mod:`models.machine.breadth_first`.

*Results*: in how many rounds it is a node's turn (:func:`has_its_turn`); the way to a tree
(:func:`tree_found`). Used for ``kleene-post``.

*How it is done*: :func:`turning` counts the rounds until it is the turn of the node to which a way
leads, from any node in one of the two lists: as long as it waits the first list gets shorter or is
exchanged for the one it is in, and once it had its turn the way does. The number counted is the
measure of the induction.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.machine import breadth_first as model
from models.machine.tree import Nil, Pair
from proofs.kernel.reading import is_a, made, part
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, height, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import INT, Term, choose_by, either, equal, rank
from proofs.machine.degrees import TRUE
from proofs.machine.straight import half, pair

NIL = made(Nil)

TREE = NIL.sort

second_child = once(lambda: define(model.second_child))


@once
def advancing() -> Definition:
    """The next queue; not recursive."""
    second_child()
    return define(model.advance)


@once
def queueing() -> Definition:
    """The queue after so many rounds: recursion on their number."""
    advancing()
    return define(model.queue_at, measure=lambda kind, queue, rounds: rounds)


@once
def belonging() -> Definition:
    """Membership in a list: recursion on the list."""
    return define(model.member, measure=lambda node, nodes: rank(nodes))


@once
def descending() -> Definition:
    """Where a way leads: recursion on the way."""
    second_child()
    return define(model.descend, measure=lambda kind, way, node: rank(way))


def grown(kind: Term, now: Term, later: Term) -> Term:
    """The list of those whose turn is later, once the first node of ``now`` had its turn."""
    first = half(now, "head")
    return pair(pair(NIL, first), pair(second_child().function(kind, first), later))


@once
def turning() -> Definition:
    """When it is a node's turn: recursion on the way, then on whether the node it starts from is
    in the first list, then on that list."""
    second_child()
    member = belonging()

    def soon(node: Term, now: Term) -> Term:
        return choose_by(member.function(node, now), 0, 1)

    def premises(kind: Term, way: Term, node: Term, now: Term, later: Term) -> Iterable[Fact]:
        more = grown(kind, now, later)
        yield member(node, now)
        yield member(node, more)
        yield member(node, part(more, Pair, "tail"))
        yield member(node, later)
        yield member(node, half(now, "tail"))
        yield from height(half(now, "tail"))
        yield from height(part(now, Pair, "tail"))
        yield from height(part(way, Pair, "tail"))

    return define(
        model.turn,
        measure=lambda kind, way, node, now, later: (
            rank(way), soon(node, now), rank(now)
        ),
        invariant=lambda kind, way, node, now, later, count: count >= 0,
        premises=premises,
    )


def queue_variables() -> tuple[Term, ...]:
    """Kind of children; way; node; lists now and later; first queue; round i."""
    return variables(
        kind=TREE, way=TREE, node=TREE, now=TREE, later=TREE, queue=TREE, i=INT
    )


def first_of(queue: Term) -> Term:
    """The node whose turn it is."""
    return half(half(queue, "head"), "head")


@once
def has_its_turn() -> Theorem:
    """From a round in which a node is in one of the lists, it is in so many rounds the turn of the
    node to which the way leads."""
    queue_at, member, turn, lead = queueing(), belonging(), turning(), descending()
    kind, way, node, now, later, queue, i = queue_variables()
    there = queue_at.function(kind, queue, i)
    count = turn.function(kind, way, node, now, later)
    first = half(now, "head")
    more = grown(kind, now, later)
    rest = half(now, "tail")

    def premises(goal: Goal) -> Iterable[Fact]:
        child = choose_by(
            is_a(part(way, Pair, "head"), Nil), pair(NIL, first),
            second_child().function(kind, first),
        )
        yield turn(kind, way, node, now, later)
        yield lead(kind, way, node)
        yield advancing()(kind, there)
        yield queue_at(kind, queue, i + 1)
        for each in (node, child):
            yield member(each, now)
            yield member(each, more)
            yield member(each, part(more, Pair, "tail"))
            yield member(each, later)
            yield member(each, rest)
            yield member(each, NIL)
        for onward, start in ((way, node), (part(way, Pair, "tail"), child)):
            for one, other in ((more, NIL), (rest, more)):
                yield turn.invariant(kind, onward, start, one, other)
                yield goal.induction(
                    way=onward, node=start, now=one, later=other, i=i + 1
                )

    return prove(
        "has-its-turn",
        forall(
            kind, way, node, now, later, queue, i,
            given={
                "round": i >= 0, "queue": equal(there, pair(now, later)),
                "member": either(member.function(node, now), member.function(node, later)),
            },
            then=equal(
                first_of(queue_at.function(kind, queue, i + count)),
                lead.function(kind, way, node),
            ),
        ),
        premises,
        measure=count,
    )


@once
def finding_tree() -> Definition:
    """The way to a tree: recursion on the tree."""
    return define(model.way_of, measure=lambda tree, further: rank(tree))


@once
def tree_found() -> Theorem:
    """The way of a tree leads from each node to the one with the tree before it."""
    way, lead = finding_tree(), descending()
    z, further, node = variables(z=TREE, further=TREE, node=TREE)
    first, second = part(z, Pair, "head"), part(z, Pair, "tail")
    paired = pair(TRUE, further)
    return prove(
        "tree-found",
        forall(
            z, further, node,
            then=equal(
                lead.function(NIL, way.function(z, further), node),
                lead.function(NIL, further, pair(z, node)),
            ),
        ),
        lambda goal: [
            way(z, further), lead(NIL, pair(NIL, further), node),
            goal.induction(z=first, further=way.function(second, paired)),
            goal.induction(z=second, further=paired, node=pair(first, node)),
            lead(NIL, paired, pair(second, pair(first, node))),
            second_child()(NIL, pair(second, pair(first, node))),
            *height(first), *height(second),
        ],
        measure=rank(z),
    )
