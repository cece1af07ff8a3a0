"""Between a set and its jump there is another degree: Kleene and Post, relative to any set.

*Definitions* accepted by the kernel: those of :mod:`models.machine.kleene_post`.

*Results*: ``kleene-post``: with B the join of A and the first set of a generic pair, A is computed
from B (:func:`above_set`), B from the jump of A (:func:`below_jump`); no program computes B from A
(:func:`not_from_set`), and none the jump of A from B (:func:`jump_not_from`), as none computes the
second set of the pair from B (:func:`other_not_from`).

*How it is done*: let G and H be the generic pair. A is a half of the join. B is computed from the
jump as both A and G are. If p computed B from A, it would compute G from A, so some program would
from the join of A and H; that one is wrong at its point. If p computed the jump from B, then H,
which some q computes from the jump (:func:`other_below_jump`), would be computed from B, the join
of A and G, by the composition of both. That one is wrong at its point, so p is wrong on one of the
questions that q asks there. For this, ``substitution`` is needed for a program that is right on the
questions of one run alone (:func:`answered_on_use`).

*References*: S. C. Kleene, E. L. Post, 'The upper semi-lattice of degrees of recursive
unsolvability' (1954); P. Odifreddi, 'Classical Recursion Theory' (1989), section V.2.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.algebra import curried
from models.machine import kleene_post as model
from models.machine.oracle import join_answer
from models.machine.program import While
from models.machine.semantics import Done
from models.machine.specialisation import SPECIALISED_STEPS
from models.machine.tree import Pair
from models.machine.turing_jump import ABOVE
from proofs.kernel.reading import array_of, made, part, quote
from proofs.kernel.rules import (
    Definition,
    Fact,
    Goal,
    Schema,
    Theorem,
    comprehend,
    define,
    height,
    prove,
)
from proofs.kernel.tactics import calls, forall, once, replace, variables
from proofs.kernel.terms import INT, Term, both, equal, negate, rank, select
from proofs.machine.breadth_first import NIL, TREE
from proofs.machine.degrees import FALSE, TRUE, halves, is_truth, joining, joining_gas, joins, least
from proofs.machine.degrees import half as half_of_join
from proofs.machine.generic_pair import W, generic_of, incomparable, pointing
from proofs.machine.generic_programs import (
    computing,
    computing_costs,
    first_computed,
    second_computed,
)
from proofs.machine.semantics import evaluation, gas, halts, inner_calls, more_gas, value
from proofs.machine.specialisation import outcome as specialised
from proofs.machine.specialisation import specialising
from proofs.machine.straight import pair
from proofs.machine.substitution import (
    answering,
    computes,
    forward,
    substituting,
    substitution_variables,
)
from proofs.machine.turing_jump import (
    JUMPING,
    above_computes,
    above_costs,
    is_jump,
    jump_variables,
    passed_on,
)
from proofs.machine.use import asking


@once
def being_right() -> Definition:
    """Whether all questions of a list are answered rightly: recursion on the list."""
    evaluation()
    return define(
        model.right_on, measure=lambda f, q, g, k, questions: rank(questions),
        premises=lambda f, q, g, k, questions: height(part(questions, Pair, "tail")),
    )


@once
def answered_on_use() -> Theorem:
    """If q answers rightly all questions that p asks g on x, substitute(p, q) has relative to f the
    value of p relative to g.

    Any list may follow the questions; then q is right on that list too.
    """
    evaluate, sub, cost = evaluation(), substituting(), answering()
    use, right = asking(), being_right()
    run = evaluate.function
    f, g, k, p, q, x, n, _ = substitution_variables()
    (rest,) = variables(rest=TREE)
    outcome = run(g, p, x, n)
    extra = cost.function(g, k, p, x, n)
    program = sub.function(p, q)
    result = run(f, program, x, n + extra)
    questions = use.function(g, p, x, n, rest)

    def premises(goal: Goal) -> Iterable[Fact]:
        unfolded, listed = evaluate(g, p, x, n), use(g, p, x, n, rest)
        yield unfolded
        yield listed
        yield cost(g, k, p, x, n)
        yield sub(p, q)
        yield evaluate(f, program, x, n + extra)
        yield right(f, q, g, k, pair(x, rest))
        yield evaluate.invariant(f, q, x, select(k, x))
        yield more_gas().at(f=f, p=q, x=x, n=select(k, x), d=n)
        for call in inner_calls(unfolded, outcome):
            yield evaluate.invariant(*call.args)
        for call in calls(use.function, listed.term):
            if call is not questions:
                _, part_, value_, gas_, following = call.args
                yield goal.induction(p=part_, x=value_, n=gas_, rest=following)
        yield sub(part(p, While, "test"), q)
        yield sub(made(While, part(p, While, "test"), part(p, While, "body")), q)
        for call in calls(run, evaluate(f, program, x, n + extra).term):
            own = replace(call.args[1], program, p)
            for inner in inner_calls(unfolded, outcome):
                if inner.args[1] is own:
                    need = inner.args[3] + cost.function(g, k, *inner.args[1:])
                    yield more_gas().at(
                        f=f, p=sub.function(own, q), x=inner.args[2], n=need,
                        d=call.args[3] - need,
                    )

    return prove(
        "kleene-post.on-use",
        forall(
            f, g, k, p, q, x, n, rest,
            given={
                "right": right.function(f, q, g, k, questions), "halts": halts(outcome),
            },
            then=both(
                right.function(f, q, g, k, rest), extra >= 0, halts(result),
                equal(value(result), value(outcome)), gas(result) >= gas(outcome),
            ),
        ),
        premises,
        measure=n,
    )


truth = once(lambda: define(model.membership))


@once
def truths() -> Definition:
    """The set of an oracle."""
    truth()
    return comprehend(curried(model.membership))


@once
def join_oracle() -> Definition:
    """The join of two oracles, as an oracle."""
    joins()
    return comprehend(curried(join_answer))


half_cost = once(lambda: define(model.half_cost))


@once
def half_costs() -> Definition:
    """What it costs to ask a join about one of its oracles."""
    half_cost()
    return comprehend(curried(model.half_cost))


@once
def deciding_from_set() -> Definition:
    """A reduction of a join made one of its second set."""
    specialising()
    half_of_join()
    substituting()
    return define(model.from_set)


@once
def set_of_oracle() -> Theorem:
    """It is a set."""
    f, z = variables(f=evaluation().function.domain[0], z=TREE)
    own = truths().function(f)
    return prove(
        "set-of-oracle",
        forall(f, z, then=is_truth(select(own, z))),
        lambda goal: [truths()(f, z), truth()(f, z)],
    )


@once
def joined() -> Theorem:
    """The join is what it should be."""
    oracle = evaluation().function.domain[0]
    f, g, z = variables(f=oracle, g=oracle, z=TREE)
    whole = join_oracle().function(f, g)
    return prove(
        "join-oracle",
        forall(f, g, z, then=equal(select(whole, z), joins().function(f, g, z))),
        lambda goal: [join_oracle()(f, g, z)],
    )


def joined_schema(f: Term, g: Term) -> Schema:
    """That the join is one; to be handed to a theorem that assumes it."""
    (z,) = variables(z=TREE)
    return joined().schema(z, f=f, g=g, z=z)


@once
def half_computes() -> Theorem:
    """From the join of f and g, f is computed."""
    oracle = evaluation().function.domain[0]
    f, g, z = variables(f=oracle, g=oracle, z=TREE)
    B = join_oracle().function(f, g)
    costs = half_costs().function()
    _, claim = computes(B, half_of_join().function(FALSE), f, costs, z)
    return prove(
        "half-computes",
        forall(f, g, z, then=claim),
        lambda goal: [
            halves().at(g=f, h=g, J=B, x=z, join=joined_schema(f, g)),
            half_costs()(z), half_cost()(z),
        ],
    )


def final_variables() -> tuple[Term, ...]:
    """Oracle f with its set A; the jump J of A with the steps s of its members; program p; tree x;
    gas n."""
    f, J, s, p, x, n = jump_variables()
    return f, truths().function(f), J, s, p, x, n


def between(A: Term, J: Term, s: Term, side: Term = FALSE) -> Term:
    """The join of A and one of the two sets. With the first one it is the set B."""
    return join_oracle().function(A, generic_of(A, J, s, side))


def set_schema(f: Term) -> Schema:
    """That the set of an oracle is one."""
    (z,) = variables(z=TREE)
    return set_of_oracle().schema(z, f=f, z=z)


def incomparable_joins(
    goal: Goal, A: Term, J: Term, s: Term, side: Term, p: Term, n: Term
) -> Fact:
    """That p is wrong at its point, asking about the join with the set of a side."""
    return incomparable().at(
        f=A, J=J, s=s, w=W, side=side, B=between(A, J, s, side), p=p, n=n,
        join=joined_schema(A, generic_of(A, J, s, side)), **passed_on(goal, *JUMPING),
    )


@once
def above_set() -> Theorem:
    """A is computed from B, in seven steps."""
    f, A, J, s, _, x, _ = final_variables()
    B = between(A, J, s)
    outcome = evaluation().function(B, half_of_join().function(FALSE), x, 7)
    return prove(
        "kleene-post.above",
        forall(f, J, s, W, x, then=equal(outcome, made(Done, select(A, x), 0))),
        lambda goal: [
            halves().at(
                g=A, h=generic_of(A, J, s, FALSE), J=B, x=x,
                join=joined_schema(A, generic_of(A, J, s, FALSE)),
            ),
        ],
    )


@once
def below_jump() -> Theorem:
    """B is computed from the jump of A."""
    f, A, J, s, p, x, _ = final_variables()
    B = between(A, J, s)
    left, right = quote(ABOVE, p.sort), computing().function(W, FALSE)
    costs = above_costs().function(), computing_costs().function(A, J, s, W, FALSE)
    enough = joining_gas().function(*costs, x)
    outcome = evaluation().function(J, joining().function(left, right), x, enough)
    (z,) = variables(z=TREE)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {"set": set_schema(f), **passed_on(goal, *JUMPING)}
        yield least().at(
            f=J, g=A, h=generic_of(A, J, s, FALSE), J=B, p=left, q=right, b=costs[0],
            c=costs[1], x=x,
            left=above_computes().schema(z, f=A, J=J, s=s, x=z, **given),
            right=first_computed().schema(z, f=A, J=J, s=s, w=W, x=z, **given),
            join=joined_schema(A, generic_of(A, J, s, FALSE)),
        )

    return prove(
        "kleene-post.below",
        forall(
            f, J, s, W, x, given=is_jump(A, J, s),
            then=both(halts(outcome), equal(value(outcome), select(B, x))),
        ),
        premises,
    )


@once
def not_from_set() -> Theorem:
    """No program computes B from A: each is wrong at a tree that it tells."""
    run = evaluation().function
    f, A, J, s, p, _, n = final_variables()
    B = between(A, J, s)
    program = deciding_from_set().function(p)
    y = pointing().function(A, J, s, W, TRUE, program)
    where = pair(TRUE, y)
    outcome = run(A, p, where, n)

    def premises(goal: Goal) -> Iterable[Fact]:
        member, left = specialising().function(p, TRUE), half_of_join().function(FALSE)
        other_set = generic_of(A, J, s, TRUE)
        costs = half_costs().function()
        more = n + SPECIALISED_STEPS
        enough = more + answering().function(A, costs, member, y, more)
        (z,) = variables(z=TREE)
        yield deciding_from_set()(p)
        yield specialised().at(f=A, p=p, c=TRUE, x=y, n=n)
        yield forward().at(
            f=between(A, J, s, TRUE), g=A, k=costs, p=member, q=left, x=y, n=more,
            computes=half_computes().schema(z, f=A, g=other_set, z=z),
        )
        yield incomparable_joins(goal, A, J, s, TRUE, program, enough)
        yield joined().at(f=A, g=generic_of(A, J, s, FALSE), z=where)
        yield joins()(A, generic_of(A, J, s, FALSE), where)

    return prove(
        "kleene-post.not-below",
        forall(
            f, J, s, W, p, n, given=is_jump(A, J, s),
            then=negate(both(halts(outcome), equal(value(outcome), select(B, where)))),
        ),
        premises,
    )


@once
def other_below_jump() -> Theorem:
    """The other set of the pair is computed from the jump of A too."""
    f, A, J, s, _, x, _ = final_variables()
    program = computing().function(W, TRUE)
    costs = computing_costs().function(A, J, s, W, TRUE)
    _, claim = computes(J, program, generic_of(A, J, s, TRUE), costs, x)
    return prove(
        "kleene-post.other",
        forall(f, J, s, W, x, given=is_jump(A, J, s), then=claim),
        lambda goal: [
            second_computed().at(
                f=A, J=J, s=s, w=W, x=x, set=set_schema(f), **passed_on(goal, *JUMPING)
            )
        ],
    )


@once
def other_not_from() -> Theorem:
    """No program computes the other set of the pair from B: each is wrong at its point."""
    f, A, J, s, p, _, n = final_variables()
    y = pointing().function(A, J, s, W, FALSE, p)
    outcome = evaluation().function(between(A, J, s), p, y, n)
    right = select(generic_of(A, J, s, TRUE), y)
    return prove(
        "kleene-post",
        forall(
            f, J, s, W, p, n, given=is_jump(A, J, s),
            then=negate(both(halts(outcome), equal(value(outcome), right))),
        ),
        lambda goal: [incomparable_joins(goal, A, J, s, FALSE, p, n)],
    )


@once
def jump_not_from() -> Theorem:
    """No program computes the jump of A from B: it is wrong on one of the questions that a program
    which computes the other set from the jump asks at the point of the composition of both."""
    f, A, J, s, p, _, _ = final_variables()
    q, c, d, z = variables(q=p.sort, c=array_of(TREE, INT), d=array_of(TREE, INT), z=TREE)
    B = between(A, J, s)
    program = substituting().function(q, p)
    y = pointing().function(A, J, s, W, FALSE, program)
    enough = select(d, y)
    questions = asking().function(J, q, y, enough, NIL)
    return prove(
        "kleene-post.jump",
        forall(
            f, J, s, W, q, d, p, c,
            given={
                **is_jump(A, J, s),
                "other": computes(J, q, generic_of(A, J, s, TRUE), d, z),
            },
            then=negate(being_right().function(B, p, J, c, questions)),
        ),
        lambda goal: [
            goal.hypothesis("other", y),
            answered_on_use().at(f=B, g=J, k=c, p=q, q=p, x=y, n=enough, rest=NIL),
            other_not_from().at(
                f=f, J=J, s=s, w=W, p=program,
                n=enough + answering().function(J, c, q, y, enough),
                **passed_on(goal, *JUMPING),
            ),
        ],
    )


def kleene_post() -> tuple[Theorem, ...]:
    """All parts of ``kleene-post`` that can be run.

    What puts them together, :func:`jump_not_from`, is proved too; but it speaks of the stage of a
    program that is a composition with one for the other set, and no run gets that far.
    """
    jump_not_from()
    return (
        other_not_from(), above_set(), below_jump(), other_below_jump(), not_from_set(),
        answered_on_use(),
    )
