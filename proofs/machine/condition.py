"""Conditions decide more and more of a set, and programs find out what.

*Definitions* accepted by the kernel: those of :mod:`models.machine.condition`.

*Results*: what is decided stays so (:func:`extension`); the way to a condition
(:func:`way_found`); ANSWER finds out what is known of a join (:func:`answered`); CHECKED goes on if
and only if the answer is known (:func:`checking`). Used for ``kleene-post``.

*How it is done*: what is left of a list without its first elements depends only on how many they
are (:func:`same_drop`), and the bit of a position is found by counting from both ends. The loop
DROP takes twelve steps a round; what stands around it has no loop.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.algebra import curried
from models.machine import condition as model
from models.machine.semantics import Done
from models.machine.tree import Nil, Pair
from proofs.kernel.reading import is_a, made, part, quote
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, comprehend, define, height, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import Term, as_term, both, choose_by, equal, iff, implies, rank, select
from proofs.machine.breadth_first import NIL, TREE, descending, second_child
from proofs.machine.degrees import FALSE, TRUE, is_join, joins
from proofs.machine.escape import short_diagonal, short_halting, short_halting_only
from proofs.machine.program import decoding
from proofs.machine.semantics import (
    evaluation,
    evaluation_variables,
    gas,
    halts,
    less_gas,
    more_gas,
    value,
)
from proofs.machine.straight import Known, denoted, exactly, followed, half, pair, reached
from proofs.machine.substitution import computes
from proofs.machine.tree import measuring
from proofs.machine.universal_step import answering as answering_for


@once
def dropping() -> Definition:
    """A list without its first elements: recursion on their number."""
    return define(
        model.drop, measure=lambda count, items: rank(count),
        premises=lambda count, items: height(part(count, Pair, "tail")),
    )


@once
def deciding() -> Definition:
    """What a condition decides; not recursive."""
    dropping()
    return define(model.bit)


@once
def extending() -> Definition:
    """Whether a condition extends another one: recursion on it."""
    return define(model.extends, measure=lambda shorter, longer: rank(longer))


@once
def finding_way() -> Definition:
    """The way from a condition to another one: recursion on the latter."""
    return define(model.way_to, measure=lambda shorter, longer, further: rank(longer))


def condition_variables() -> tuple[Term, ...]:
    """Conditions s and t; tree y; trees c and d; bit b."""
    return variables(s=TREE, t=TREE, y=TREE, c=TREE, d=TREE, b=TREE)


@once
def drop_length() -> Theorem:
    """How long a list is without its first elements."""
    drop, size = dropping(), measuring()
    _, t, _, c, _, _ = condition_variables()
    left = size.function(t) - size.function(c)
    less = part(c, Pair, "tail")
    return prove(
        "drop-length",
        forall(
            c, t,
            then=equal(size.function(drop.function(c, t)), choose_by(left >= 0, left, 0)),
        ),
        lambda goal: [
            drop(c, t), size(c), size(t), size.invariant(t), size.invariant(c),
            size.invariant(less), size.invariant(part(t, Pair, "tail")), size(NIL),
            goal.induction(c=less, t=half(t, "tail")), *height(less),
        ],
        measure=rank(c),
    )


@once
def same_drop() -> Theorem:
    """It depends on their number only what is left."""
    drop, size = dropping(), measuring()
    _, t, _, c, d, _ = condition_variables()
    less, other = part(c, Pair, "tail"), part(d, Pair, "tail")
    return prove(
        "same-drop",
        forall(
            c, d, t,
            given={"as long": equal(size.function(c), size.function(d))},
            then=equal(drop.function(c, t), drop.function(d, t)),
        ),
        lambda goal: [
            drop(c, t), drop(d, t), size(c), size(d), size.invariant(less),
            size.invariant(other),
            goal.induction(c=less, d=other, t=half(t, "tail")), *height(less),
        ],
        measure=rank(c),
    )


@once
def decided() -> Theorem:
    """A condition decides the trees that are shorter; of those as long as it, a further bit."""
    bit, drop, size = deciding(), dropping(), measuring()
    _, t, y, _, _, b = condition_variables()
    longer = pair(b, t)
    rest = drop.function(y, longer)
    normal = choose_by(is_a(b, Nil), FALSE, TRUE)
    return prove(
        "condition-decides",
        forall(
            t, y, b,
            then=both(
                iff(
                    is_a(bit.function(t, y), Pair), size.function(y) < size.function(t)
                ),
                implies(
                    equal(size.function(y), size.function(t)),
                    equal(bit.function(longer, y), pair(NIL, normal)),
                ),
            ),
        ),
        lambda goal: [
            bit(t, y), bit(longer, y), drop_length().at(c=y, t=t),
            drop_length().at(c=y, t=longer), size(longer), size(drop.function(y, t)),
            size.invariant(part(drop.function(y, t), Pair, "tail")),
            size(rest), size(part(rest, Pair, "tail")), size.invariant(t), size.invariant(y),
            size.invariant(part(part(rest, Pair, "tail"), Pair, "tail")),
            drop(NIL, longer),
        ],
    )


@once
def decided_before() -> Theorem:
    """A further bit changes nothing of what is decided."""
    bit, drop, size = deciding(), dropping(), measuring()
    _, t, y, _, _, b = condition_variables()
    longer = pair(b, t)
    rest, more = drop.function(y, t), drop.function(y, longer)
    newer, newest = part(rest, Pair, "tail"), part(more, Pair, "tail")
    return prove(
        "decided-before",
        forall(
            t, y, b,
            given={"decided": is_a(bit.function(t, y), Pair)},
            then=equal(bit.function(longer, y), bit.function(t, y)),
        ),
        lambda goal: [
            bit(t, y), bit(longer, y), drop_length().at(c=y, t=t),
            drop_length().at(c=y, t=longer), size(longer), size(rest), size(more),
            size(newest), size.invariant(newer), drop(newest, longer),
            same_drop().at(c=part(newest, Pair, "tail"), d=newer, t=t),
            size.invariant(part(newest, Pair, "tail")),
        ],
    )


@once
def extension() -> Theorem:
    """A condition that extends another one is as long or longer, and decides what it decides."""
    bit, extends, size = deciding(), extending(), measuring()
    s, t, y, _, _, _ = condition_variables()
    rest = part(t, Pair, "tail")
    return prove(
        "condition-extended",
        forall(
            s, t, y,
            given={"extends": extends.function(s, t)},
            then=both(
                size.function(s) <= size.function(t),
                implies(
                    is_a(bit.function(s, y), Pair),
                    equal(bit.function(t, y), bit.function(s, y)),
                ),
            ),
        ),
        lambda goal: [
            extends(s, t), size(t), goal.induction(t=rest), *height(rest),
            decided_before().at(t=rest, y=y, b=part(t, Pair, "head")),
        ],
        measure=rank(t),
    )


@once
def extended_twice() -> Theorem:
    """What extends an extension extends the condition."""
    extends = extending()
    s, t, _, c, _, _ = condition_variables()
    rest = part(c, Pair, "tail")
    return prove(
        "condition-extended-twice",
        forall(
            s, t, c,
            given={"first": extends.function(s, t), "second": extends.function(t, c)},
            then=extends.function(s, c),
        ),
        lambda goal: [
            extends(s, t), extends(t, c), extends(s, c), goal.induction(c=rest), *height(rest)
        ],
        measure=rank(c),
    )


@once
def way_found() -> Theorem:
    """The way from a condition to one that extends it leads there."""
    extends, way, lead = extending(), finding_way(), descending()
    s, t, _, c, _, _ = condition_variables()
    rest, newest = part(t, Pair, "tail"), part(t, Pair, "head")
    return prove(
        "way-found",
        forall(
            s, t, c,
            given={"extends": extends.function(s, t)},
            then=equal(
                lead.function(TRUE, way.function(s, t, c), s), lead.function(TRUE, c, t)
            ),
        ),
        lambda goal: [
            extends(s, t), way(s, t, c), lead(TRUE, pair(newest, c), rest),
            second_child()(TRUE, rest), goal.induction(t=rest, c=pair(newest, c)),
            *height(rest),
        ],
        measure=rank(t),
    )


@once
def dropped() -> Theorem:
    """DROP leaves what it should, after twelve steps for each element and three more."""
    evaluate, drop, size = evaluation(), dropping(), measuring()
    f, p, _, n = evaluation_variables()
    _, t, _, c, _, _ = condition_variables()
    program = quote(model.DROP, p.sort)
    now = pair(c, t)
    less = part(c, Pair, "tail")
    steps = model.DROP_ROUND * size.function(c) + model.DROP_END

    def premises(goal: Goal) -> Iterable[Fact]:
        test, body = program.args
        _, took = denoted(f, body, now)
        left = n - 3 - took
        yield evaluate(f, program, now, n)
        yield evaluate(f, test, now, n - 1)
        yield followed(goal, f, body, now, n - 3)
        yield drop(c, t)
        yield size(c)
        yield size.invariant(less)
        yield goal.induction(c=less, t=half(t, "tail"), n=left)
        yield from height(less)

    return prove(
        "dropped",
        forall(
            f, c, t, n,
            then=reached(f, program, now, n, pair(NIL, drop.function(c, t)), steps),
        ),
        premises,
        measure=rank(c),
    )


def known_drop(goal: Goal, f: Term, c: Term, t: Term) -> Known:
    """What is known of DROP."""
    size = measuring()
    _, p, _, _ = evaluation_variables()
    program, now = quote(model.DROP, p.sort), pair(c, t)
    result = pair(NIL, dropping().function(c, t))
    steps = model.DROP_ROUND * size.function(c) + model.DROP_END

    def claim(n: Term) -> Fact:
        return goal.have(
            reached(f, program, now, n, result, steps), dropped().at(f=f, c=c, t=t, n=n)
        )

    return Known(result, steps, goal.have(steps >= 1, size.invariant(c)), claim)


def known_bit(goal: Goal, f: Term, t: Term, y: Term) -> dict[tuple[Term, Term], Known]:
    """What is known of the two loops in BIT on <y.t>."""
    _, p, _, _ = evaluation_variables()
    program = quote(model.DROP, p.sort)
    newer = half(dropping().function(y, t), "tail")
    return {(program, pair(each, t)): known_drop(goal, f, each, t) for each in (y, newer)}


def drops_cost(t: Term, y: Term) -> Iterable[Fact]:
    """That both loops take as long as condition and position say."""
    size = measuring()
    rest = dropping().function(y, t)
    yield size.invariant(y)
    yield size.invariant(t)
    yield drop_length().at(c=y, t=t)
    yield size(rest)
    yield size.invariant(part(rest, Pair, "tail"))
    yield size(NIL)


@once
def joining_partly() -> Definition:
    """What is known of a join; not recursive."""
    deciding()
    return define(model.partial_join)


@once
def partial_oracle() -> Definition:
    """The same as an oracle."""
    joining_partly()
    return comprehend(curried(model.partial_join))


@once
def answer_cost() -> Definition:
    """What it costs to find it out; not recursive."""
    evaluation()
    measuring()
    return define(model.answer_cost)


@once
def answer_costs() -> Definition:
    """The same as a function value."""
    answer_cost()
    return comprehend(curried(model.answer_cost))


def answer() -> Term:
    """The program that finds it out."""
    return quote(model.ANSWER, decoding().function.range)


@once
def answered() -> Theorem:
    """On <t.z> ANSWER says, after the steps said, what is known at z if condition t is."""
    evaluate, size = evaluation(), measuring()
    f, _, _, _ = evaluation_variables()
    _, t, _, _, _, _ = condition_variables()
    (z,) = variables(z=TREE)
    input_ = pair(t, z)
    cost = answer_cost().function(f, t, z)
    enough = (
        model.DROP_ROUND * size.function(z) + model.DROP_ROUND * size.function(t)
        + model.ANSWER_STEPS
    )
    result = joining_partly().function(f, t, z)

    def premises(goal: Goal) -> Iterable[Fact]:
        asked = half(z, "tail")
        known = known_bit(goal, f, t, asked)
        yield followed(goal, f, answer(), input_, enough, known)
        yield from drops_cost(t, asked)
        yield size(z)
        yield size.invariant(part(z, Pair, "tail"))
        yield joining_partly()(f, t, z)
        yield deciding()(t, asked)
        yield answer_cost()(f, t, z)
        outcome = evaluate.function(f, answer(), input_, enough)
        yield evaluate.invariant(f, answer(), input_, enough)
        yield less_gas().at(f=f, p=answer(), x=input_, n=enough, d=gas(outcome))

    return prove(
        "partial-join-answered",
        forall(
            f, t, z,
            then=equal(evaluate.function(f, answer(), input_, cost), made(Done, result, 0)),
        ),
        premises,
    )


@once
def answers() -> Theorem:
    """The same in the words of the simulation."""
    f, _, _, _ = evaluation_variables()
    _, t, _, _, _, _ = condition_variables()
    (z,) = variables(z=TREE)
    oracle = partial_oracle().function(f, t)
    costs = answer_costs().function(f, t)
    _, claim = answering_for(f, oracle, answer(), costs, t)
    return prove(
        "partial-join-answers",
        forall(f, t, z, then=claim),
        lambda goal: [
            answered().at(f=f, t=t, z=z), partial_oracle()(f, t, z), answer_costs()(f, t, z)
        ],
    )


def opposite(tree: Term) -> Term:
    """True for nil, false for a pair."""
    return choose_by(is_a(tree, Nil), TRUE, FALSE)


@once
def joining_whole() -> Definition:
    """What that tends to; not recursive."""
    joins()
    return define(model.whole_join)


@once
def whole_oracle() -> Definition:
    """The same as an oracle."""
    joining_whole()
    return comprehend(curried(model.whole_join))


checked_cost = once(lambda: define(model.checked_cost))


@once
def checked_costs() -> Definition:
    """The cost of CHECKED, as a function value."""
    checked_cost()
    return comprehend(curried(model.checked_cost))


@once
def knowing_from() -> Definition:
    """From which stage on an answer is known; not recursive."""
    measuring()
    return define(model.known_from)


@once
def known_moduli() -> Definition:
    """The same as a function value."""
    knowing_from()
    return comprehend(curried(model.known_from))


def checked() -> Term:
    """The program that goes on only if the answer is known."""
    return quote(model.CHECKED, decoding().function.range)


@once
def checking() -> Theorem:
    """CHECKED halts if and only if the answer is known, with the answer."""
    evaluate = evaluation()
    f, _, x, n = evaluation_variables()
    program = checked()
    rest = program.args[1]
    loop, take = rest.args
    test = loop.args[0]
    known = select(f, x)
    outcome = evaluate.function(f, program, x, n)
    quick = evaluate.function(f, program, x, model.CHECKED_STEPS)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield short_diagonal()(test)
        for m in (n, as_term(model.CHECKED_STEPS)):
            looped = evaluate.function(f, loop, known, m - 3)
            yield evaluate(f, program, x, m)
            yield evaluate(f, program.args[0], x, m - 1)
            yield evaluate(f, rest, known, m - 2)
            yield exactly(goal, f, test, known, m - 4)
            yield short_halting_only().at(f=f, p=test, x=known, n=m - 3)
            yield exactly(goal, f, test, known, m - 5)
            yield short_halting().at(f=f, p=test, x=known, n=m - 5)
            yield evaluate(f, loop, known, m - 3)
            yield evaluate(f, take, value(looped), gas(looped))
        yield more_gas().at(f=f, p=test, x=known, n=n - 4, d=as_term(1))
        yield short_halting().at(f=f, p=test, x=known, n=n - 4)
        yield more_gas().at(f=f, p=loop, x=known, n=n - 3, d=as_term(1))
        yield evaluate.invariant(f, test, known, n - 4)
        yield evaluate.invariant(f, loop, known, n - 3)

    return prove(
        "checked",
        forall(
            f, x, n,
            then=both(
                implies(
                    halts(outcome),
                    both(is_a(known, Pair), equal(value(outcome), half(known, "tail"))),
                ),
                implies(
                    is_a(known, Pair),
                    both(halts(quick), equal(value(quick), half(known, "tail"))),
                ),
            ),
        ),
        premises,
    )


@once
def whole_computes() -> Theorem:
    """CHECKED, asking about all of the join, computes it."""
    f, g, B, z = variables(
        f=evaluation().function.domain[0], g=evaluation().function.domain[0],
        B=evaluation().function.domain[0], z=TREE,
    )
    (y,) = variables(y=TREE)
    oracle = whole_oracle().function(f, g)
    costs = checked_costs().function()
    _, claim = computes(oracle, checked(), B, costs, z)
    return prove(
        "whole-join-checked",
        forall(f, g, B, z, given={"join": is_join(B, f, g, y)}, then=claim),
        lambda goal: [
            checking().at(f=oracle, x=z, n=0), whole_oracle()(f, g, z),
            joining_whole()(f, g, z), goal.hypothesis("join", z),
            checked_costs()(z), checked_cost()(z),
        ],
    )
