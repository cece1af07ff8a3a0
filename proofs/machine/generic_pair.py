"""Neither set of a generic pair is computed from A and the other one.

*Definitions* accepted by the kernel: those of :mod:`models.machine.generic_pair`.

*Results*: what a half of a stage does (:func:`half_right`); the conditions are a chain
(:func:`chain`) and tend to the sets (:func:`generic_decided`); every program has its stage
(:func:`has_its_stage`), and is wrong at its point (:func:`incomparable`). Used for ``kleene-post``.

*How it is done*: a program p that asks about the join of A and a set is followed through its
checked form, p with CHECKED in place of Ask, which asks what is known in some stage. If that form
was made to halt with a value, p halts with this value: CHECKED agrees with the join where it halts,
so this is ``substitution`` backward (:func:`known_right`). If p halts at all, its checked form does
relative to all that will be known, by ``substitution`` forward; what is known tends to that, so by
``use-principle`` it halts with what is known in some late stage (:func:`tried_in_the_end`), and a
right extension was there to be found.

*References*: S. C. Kleene, E. L. Post, 'The upper semi-lattice of degrees of recursive
unsolvability' (1954); P. Odifreddi, 'Classical Recursion Theory' (1989), section V.2.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.algebra import curried
from models.machine import generic_pair as model
from models.machine.tree import Pair
from proofs.kernel.reading import is_a, part
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, comprehend, define, prove
from proofs.kernel.tactics import Supposition, forall, once, variables
from proofs.kernel.terms import (
    INT,
    Term,
    as_term,
    both,
    choose_by,
    either,
    equal,
    implies,
    negate,
    select,
)
from proofs.machine.breadth_first import (
    NIL,
    TREE,
    advancing,
    belonging,
    descending,
    finding_tree,
    first_of,
    has_its_turn,
    queueing,
    tree_found,
    turning,
)
from proofs.machine.condition import (
    answer,
    checked,
    checked_costs,
    checking,
    decided,
    deciding,
    drop_length,
    dropping,
    extended_twice,
    extending,
    extension,
    joining_partly,
    joining_whole,
    knowing_from,
    known_moduli,
    opposite,
    partial_oracle,
    whole_computes,
    whole_oracle,
)
from proofs.machine.degrees import FALSE, TRUE, is_join, is_truth, joins
from proofs.machine.extension_search import enough_for, search, search_right, search_succeeds, trial
from proofs.machine.program import coding, decode_code
from proofs.machine.semantics import evaluation, evaluation_variables, halts, more_gas, value
from proofs.machine.straight import half, pair
from proofs.machine.substitution import agrees, answering, backward, forward, substituting
from proofs.machine.tree import measuring
from proofs.machine.turing_jump import JUMPING, is_jump, jump_variables, passed_on
from proofs.machine.use import asking, converges, in_the_limit, settling

(W,) = variables(w=TREE)


@once
def half_staging() -> Definition:
    """A program defeated; not recursive."""
    evaluation()
    search()
    coding()
    return define(model.half_stage)


def stage_variables() -> tuple[Term, ...]:
    """Oracle f, its jump J with the steps s of its members; program z; conditions a, b and t."""
    f, J, s, _, _, _ = jump_variables()
    z, a, b, t = variables(z=TREE, a=TREE, b=TREE, t=TREE)
    return f, J, s, z, a, b, t


@once
def half_right() -> Theorem:
    """A half of a stage extends both conditions; either the first one now makes z halt on the
    second one, and the new bit is not the value, or no extension of the first one does."""
    half_stage, whole = half_staging(), search()
    f, J, s, z, a, b, t = stage_variables()
    after = half_stage.function(f, J, s, z, a, b)
    first, rest = half(after, "head"), half(after, "tail")
    newest = half(rest, "head")
    now = trial(f, first, z, b)
    program = whole.function(answer(), z, a, b)
    own = coding().function(program)
    enough, _, _, _ = enough_for(f, z, b, a, t)
    return prove(
        "half-stage",
        forall(
            f, J, s, z, a, b, t,
            given=is_jump(f, J, s),
            then=both(
                extending().function(a, first), equal(rest, pair(newest, b)), is_truth(newest),
                either(
                    both(halts(now), equal(newest, opposite(value(now)))),
                    implies(extending().function(a, t), negate(halts(trial(f, t, z, b)))),
                ),
            ),
        ),
        lambda goal: [
            half_stage(f, J, s, z, a, b), decode_code().at(p=program),
            goal.hypothesis("members halt", own), goal.hypothesis("others loop", own, enough),
            search_right().at(f=f, z=z, x=b, a=a, y=own, n=select(s, own)),
            search_succeeds().at(f=f, z=z, x=b, a=a, y=own, t=t),
            extending()(a, a),
        ],
    )


@once
def staging() -> Definition:
    """A stage; not recursive."""
    half_staging()
    advancing()
    return define(model.next_stage)


@once
def building() -> Definition:
    """The stages: recursion on their number."""
    staging()
    return define(model.built, measure=lambda f, J, s, w, stages: stages)


@once
def conditioning() -> Definition:
    """One of the two conditions; not recursive."""
    building()
    return define(model.condition_at)


@once
def conditions() -> Definition:
    """The same as a function of the stage."""
    conditioning()
    return comprehend(curried(model.condition_at))


@once
def generating() -> Definition:
    """What is in the sets; not recursive."""
    conditioning()
    measuring()
    deciding()
    return define(model.generic)


@once
def generic() -> Definition:
    """The sets."""
    generating()
    return comprehend(curried(model.generic))


def side_variables() -> tuple[Term, ...]:
    """Oracle f, its jump J with the steps s of its members; side; stages i and k; tree y."""
    f, J, s, _, _, _ = jump_variables()
    side, i, k, y = variables(side=TREE, i=INT, k=INT, y=TREE)
    return f, J, s, side, i, k, y


def other(side: Term) -> Term:
    """The other side."""
    return opposite(side)


def program_of(state: Term) -> Term:
    """The program that is defeated in a stage."""
    return half(first_of(half(state, "head")), "head")


def halves_of(f: Term, J: Term, s: Term, state: Term) -> tuple[Term, ...]:
    """The conditions before a stage, and after its first part, and after its second one."""
    half_stage = half_staging().function
    z = program_of(state)
    a, b = half(half(state, "tail"), "head"), half(half(state, "tail"), "tail")
    once_ = half_stage(f, J, s, z, a, b)
    first, second = half(once_, "head"), half(once_, "tail")
    twice = half_stage(f, J, s, z, second, first)
    return a, b, first, second, half(twice, "tail"), half(twice, "head")


@once
def grows() -> Theorem:
    """From one stage to the next both conditions are extended, by one bit or more."""
    extends, size, condition, build = extending(), measuring(), conditioning(), building()
    f, J, s, side, _, k, _ = side_variables()
    now, following = (condition.function(f, J, s, W, side, each) for each in (k, k + 1))

    def premises(goal: Goal) -> Iterable[Fact]:
        state = build.function(f, J, s, W, k)
        z = program_of(state)
        a, b, first, second, third, fourth = halves_of(f, J, s, state)
        yield build(f, J, s, W, k + 1)
        yield staging()(f, J, s, state)
        yield condition(f, J, s, W, side, k)
        yield condition(f, J, s, W, side, k + 1)
        for one, two, then in ((a, b, (first, second)), (second, first, (fourth, third))):
            yield half_right().at(
                f=f, J=J, s=s, z=z, a=one, b=two, t=one, **passed_on(goal, *JUMPING)
            )
            yield extension().at(s=one, t=then[0], y=NIL)
            yield extends(two, then[1])
            yield extends(two, two)
            yield size(then[1])
        yield extends(a, third)
        yield extended_twice().at(s=b, t=second, c=fourth)

    return prove(
        "conditions-grow",
        forall(
            f, J, s, W, side, k,
            given={**is_jump(f, J, s), "stage": k >= 0},
            then=both(
                extends.function(now, following),
                size.function(following) >= size.function(now) + 1,
            ),
        ),
        premises,
    )


@once
def chain() -> Theorem:
    """A later condition extends an earlier one, and after k stages it has k bits or more."""
    extends, size, condition = extending(), measuring(), conditioning()
    f, J, s, side, i, k, _ = side_variables()
    earlier, before, later = (
        condition.function(f, J, s, W, side, each) for each in (i, k - 1, k)
    )
    return prove(
        "conditions-chain",
        forall(
            f, J, s, W, side, i, k,
            given={**is_jump(f, J, s), "from": i >= 0, "to": i <= k},
            then=both(
                extends.function(earlier, later), size.function(later) >= k,
            ),
        ),
        lambda goal: [
            extends(later, later), size.invariant(later), goal.induction(k=k - 1),
            goal.induction(k=k - 1, i=0), goal.hypothesis("from"), goal.hypothesis("to"),
            grows().at(f=f, J=J, s=s, w=W, side=side, k=k - 1, **passed_on(goal, *JUMPING)),
            extended_twice().at(s=earlier, t=before, c=later),
        ],
        measure=k,
    )


@once
def generic_decided() -> Theorem:
    """What a condition decides is so in the set; after k stages that is decided of trees shorter
    than k; and the set answers true or false."""
    bit, condition, member, size = deciding(), conditioning(), generating(), measuring()
    f, J, s, side, _, k, y = side_variables()
    now = condition.function(f, J, s, W, side, k)
    soon = size.function(y) + 1
    then = condition.function(f, J, s, W, side, soon)
    answer_ = select(generic().function(f, J, s, W, side), y)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield generic()(f, J, s, W, side, y)
        yield member(f, J, s, W, side, y)
        yield size.invariant(y)
        for i, j in ((k, soon), (soon, k)):
            one, two = (condition.function(f, J, s, W, side, each) for each in (i, j))
            yield chain().at(f=f, J=J, s=s, w=W, side=side, i=i, k=j, **passed_on(goal, *JUMPING))
            yield extension().at(s=one, t=two, y=y)
        yield chain().at(f=f, J=J, s=s, w=W, side=side, i=0, k=soon, **passed_on(goal, *JUMPING))
        for each in (now, then):
            yield decided().at(t=each, y=y, b=NIL)
        yield bit(now, y)
        yield bit(then, y)
        yield goal.hypothesis("stage")

    return prove(
        "generic-decided",
        forall(
            f, J, s, W, side, k, y,
            given={**is_jump(f, J, s), "stage": k >= 0},
            then=both(
                implies(
                    is_a(bit.function(now, y), Pair),
                    equal(bit.function(now, y), pair(NIL, answer_)),
                ),
                implies(size.function(y) < k, is_a(bit.function(now, y), Pair)),
                is_truth(answer_),
            ),
        ),
        premises,
    )


@once
def numbering_stage() -> Definition:
    """The stage of a program; not recursive."""
    finding_tree()
    turning()
    return define(model.stage_of)


def root_queue() -> Term:
    """The first queue."""
    return pair(pair(W, pair(NIL, NIL)), NIL)


def begin() -> Term:
    """What the stages begin with."""
    return pair(root_queue(), pair(NIL, NIL))


@once
def queue_built() -> Theorem:
    """The queue of a stage."""
    f, J, s, _, _, k, _ = side_variables()
    build, queue_at = building(), queueing()
    root = root_queue()
    return prove(
        "queue-built",
        forall(
            f, J, s, W, k,
            then=equal(
                half(build.function(f, J, s, W, k), "head"), queue_at.function(NIL, root, k)
            ),
        ),
        lambda goal: [
            build(f, J, s, W, k), queue_at(NIL, root, k), goal.induction(k=k - 1),
            staging()(f, J, s, build.function(f, J, s, W, k - 1)),
        ],
        measure=k,
    )


@once
def has_its_stage() -> Theorem:
    """In its stage it is a program's turn."""
    f, J, s, z, _, _, _ = stage_variables()
    k = numbering_stage().function(W, z)
    root = root_queue()
    way = finding_tree().function(z, NIL)
    now = half(root, "head")
    return prove(
        "has-its-stage",
        forall(
            f, J, s, W, z,
            then=both(
                k >= 0, equal(program_of(building().function(f, J, s, W, k)), z)
            ),
        ),
        lambda goal: [
            numbering_stage()(W, z), building()(f, J, s, W, 0),
            turning().invariant(NIL, way, NIL, now, NIL),
            queue_built().at(f=f, J=J, s=s, w=W, k=k),
            has_its_turn().at(
                kind=NIL, way=way, node=NIL, now=now, later=NIL, queue=root, i=0
            ),
            queueing()(NIL, root, 0), belonging()(NIL, now),
            belonging()(NIL, pair(NIL, NIL)),
            tree_found().at(z=z, further=NIL, node=NIL),
            descending()(NIL, NIL, pair(z, NIL)),
        ],
    )


@once
def knowing() -> Definition:
    """What is known after so many stages; not recursive."""
    conditioning()
    partial_oracle()
    return define(model.oracle_at)


@once
def knowledge() -> Definition:
    """The same by stage."""
    knowing()
    return comprehend(curried(model.oracle_at))


def generic_of(f: Term, J: Term, s: Term, side: Term) -> Term:
    """The set of a side."""
    return generic().function(f, J, s, W, side)


def condition_of(f: Term, J: Term, s: Term, side: Term, stages: Term | int) -> Term:
    """The condition of a side."""
    return conditioning().function(f, J, s, W, side, stages)


def joined_with(B: Term, f: Term, J: Term, s: Term, side: Term) -> dict[str, Supposition]:
    """The hypotheses "J is the jump of f" and "B is the join of f and the set of a side"."""
    (z,) = variables(z=TREE)
    return {**is_jump(f, J, s), "join": is_join(B, f, generic_of(f, J, s, side), z)}


JOINED = (*JUMPING, "join")


def join_of() -> Term:
    """A set B that is the join of f and the set of a side."""
    f, _, _, _, _, _, _ = side_variables()
    (B,) = variables(B=f.sort)
    return B


def sure(f: Term, J: Term, s: Term, side: Term, k: Term, t: Term) -> Term:
    """A condition, if the one of stage k extends it; else the one that decides nothing."""
    later = condition_of(f, J, s, side, k)
    return choose_by(both(k >= 0, extending().function(t, later)), t, NIL)


@once
def known_right() -> Theorem:
    """CHECKED, asking what is known if a condition is that the set of a side extends, agrees with
    the join where it halts."""
    f, J, s, side, _, k, _ = side_variables()
    B, (t, z, m) = join_of(), variables(t=TREE, z=TREE, m=INT)
    known = sure(f, J, s, side, k, t)
    oracle = partial_oracle().function(f, known)
    rest = part(z, Pair, "tail")
    _, claim = agrees(oracle, checked(), B, z, m)
    return prove(
        "known-right",
        forall(
            f, J, s, W, side, B, k, t, z, m, given=joined_with(B, f, J, s, side), then=claim
        ),
        lambda goal: [
            checking().at(f=oracle, x=z, n=m), partial_oracle()(f, known, z),
            joining_partly()(f, known, z), goal.hypothesis("join", z),
            joins()(f, generic_of(f, J, s, side), z),
            extension().at(s=t, t=condition_of(f, J, s, side, k), y=rest),
            deciding()(NIL, rest), drop_length().at(c=rest, t=NIL), measuring()(NIL),
            measuring()(dropping().function(rest, NIL)), measuring().invariant(rest),
            measuring().invariant(part(dropping().function(rest, NIL), Pair, "tail")),
            generic_decided().at(
                f=f, J=J, s=s, w=W, side=side, k=k, y=rest, **passed_on(goal, *JUMPING)
            ),
        ],
    )


@once
def knowledge_converges() -> Theorem:
    """What is known of the join tends to all of it."""
    f, J, s, side, _, _, _ = side_variables()
    z, t = variables(z=TREE, t=INT)
    oracles = knowledge().function(f, J, s, W, side)
    whole = whole_oracle().function(f, generic_of(f, J, s, side))
    rest = part(z, Pair, "tail")
    now = condition_of(f, J, s, side, t)
    _, claim = converges(oracles, whole, known_moduli().function(), z, t)
    return prove(
        "knowledge-converges",
        forall(f, J, s, W, side, z, t, given=is_jump(f, J, s), then=claim),
        lambda goal: [
            knowledge()(f, J, s, W, side, t), knowing()(f, J, s, W, side, t),
            partial_oracle()(f, now, z), joining_partly()(f, now, z),
            whole_oracle()(f, generic_of(f, J, s, side), z),
            joining_whole()(f, generic_of(f, J, s, side), z),
            joins()(f, generic_of(f, J, s, side), z),
            known_moduli()(z), knowing_from()(z), measuring()(z), measuring().invariant(rest),
            generic_decided().at(
                f=f, J=J, s=s, w=W, side=side, k=t, y=rest, **passed_on(goal, *JUMPING)
            ),
        ],
    )


@once
def tried_in_the_end() -> Theorem:
    """If p, asking about the join, halts on x, then with what is known in some late stage its
    checked form halts on x within as many steps as the condition has bits."""
    run = evaluation().function
    f, J, s, side, _, k, _ = side_variables()
    B = join_of()
    _, p, x, n = evaluation_variables()
    late, more = late_stage(f, J, s, side, p, x, n, k)
    outcome = run(B, p, x, n)
    program = substituting().function(p, checked())
    own = coding().function(program)
    whole = whole_oracle().function(f, generic_of(f, J, s, side))
    there = condition_of(f, J, s, side, late)
    oracles = knowledge().function(f, J, s, W, side)
    z, t = variables(z=TREE, t=INT)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield forward().at(
            f=whole, g=B, k=checked_costs().function(), p=p, q=checked(), x=x, n=n,
            computes=whole_computes().schema(
                z, f=f, g=generic_of(f, J, s, side), B=B, z=z, join=goal.schema("join")
            ),
        )
        yield in_the_limit().at(
            F=oracles, f=whole, m=known_moduli().function(), p=program, x=x, n=more, s=late,
            converges=knowledge_converges().schema(
                z, t, f=f, J=J, s=s, w=W, side=side, z=z, t=t, **passed_on(goal, *JUMPING)
            ),
        )
        yield knowledge()(f, J, s, W, side, late)
        yield knowing()(f, J, s, W, side, late)
        oracle = partial_oracle().function(f, there)
        size = measuring().function(there)
        yield more_gas().at(f=oracle, p=program, x=x, n=more, d=size - more)
        for i in (as_term(0), k):
            yield chain().at(
                f=f, J=J, s=s, w=W, side=side, i=i, k=late, **passed_on(goal, *JUMPING)
            )
        yield decode_code().at(p=program)
        yield goal.hypothesis("stage")
        yield evaluation().invariant(B, p, x, n)

    return prove(
        "tried-in-the-end",
        forall(
            f, J, s, W, side, B, p, x, n, k,
            given={
                **joined_with(B, f, J, s, side), "halts": halts(outcome), "stage": k >= 0,
            },
            then=both(
                halts(trial(f, there, own, x)),
                extending().function(condition_of(f, J, s, side, k), there),
            ),
        ),
        premises,
    )


def late_stage(
    f: Term, J: Term, s: Term, side: Term, p: Term, x: Term, n: Term, k: Term
) -> tuple[Term, Term]:
    """A stage, k or later, in which all answers are known that p on x asks for within n steps, and
    conditions are as long as its checked form runs; and how long that is at most."""
    g = generic_of(f, J, s, side)
    B = join_of()
    program = substituting().function(p, checked())
    more = n + answering().function(B, checked_costs().function(), p, x, n)
    whole = whole_oracle().function(f, g)
    questions = asking().function(whole, program, x, more, NIL)
    known = settling().function(known_moduli().function(), questions)
    longer = choose_by(more >= k, more, k)
    return choose_by(known >= longer, known, longer), more


@once
def defeated() -> Theorem:
    """After a half of a stage that defeats the checked form of p on b, p is wrong there: asking
    about the join with the set of the side, about the set of the other side."""
    run, extends = evaluation().function, extending().function
    f, J, s, side, _, k, _ = side_variables()
    B = join_of()
    _, p, b, n = evaluation_variables()
    (b, a) = variables(b=TREE, a=TREE)
    program = substituting().function(p, checked())
    own = coding().function(program)
    after = half_staging().function(f, J, s, own, a, b)
    first, rest = half(after, "head"), half(after, "tail")
    newest = half(rest, "head")
    mine, others = (condition_of(f, J, s, each, k) for each in (side, other(side)))
    outcome = run(B, p, b, n)
    late, _ = late_stage(f, J, s, side, p, b, n, k)
    there = condition_of(f, J, s, side, late)
    right = select(generic_of(f, J, s, other(side)), b)

    def premises(goal: Goal) -> Iterable[Fact]:
        z, m = variables(z=TREE, m=INT)
        known = sure(f, J, s, side, k, first)
        oracle, size = partial_oracle().function(f, known), measuring().function(first)
        yield half_right().at(
            f=f, J=J, s=s, z=own, a=a, b=b, t=there, **passed_on(goal, *JUMPING)
        )
        yield decode_code().at(p=program)
        # If it was made to halt:
        yield backward().at(
            f=oracle, g=B, p=p, q=checked(), x=b, n=size,
            agrees=known_right().schema(
                z, m, f=f, J=J, s=s, w=W, side=side, B=B, k=k, t=first, z=z, m=m,
                **passed_on(goal, *JOINED),
            ),
        )
        yield more_gas().at(f=B, p=p, x=b, n=n, d=size - n)
        yield more_gas().at(f=B, p=p, x=b, n=size, d=n - size)
        yield decided().at(t=b, y=b, b=newest)
        yield extension().at(s=rest, t=others, y=b)
        yield generic_decided().at(
            f=f, J=J, s=s, w=W, side=other(side), k=k, y=b, **passed_on(goal, *JUMPING)
        )
        # If it could not be made to halt:
        yield tried_in_the_end().at(
            f=f, J=J, s=s, w=W, side=side, B=B, p=p, x=b, n=n, k=k,
            **passed_on(goal, *JOINED),
        )
        yield extended_twice().at(s=a, t=first, c=mine)
        yield extended_twice().at(s=a, t=mine, c=there)

    return prove(
        "program-defeated",
        forall(
            f, J, s, W, side, B, a, b, k, p, n,
            given={
                **joined_with(B, f, J, s, side), "stage": k >= 0,
                "first": extends(first, mine), "second": extends(rest, others),
            },
            then=negate(both(halts(outcome), equal(value(outcome), right))),
        ),
        premises,
    )


@once
def pointing() -> Definition:
    """Where a program is wrong; not recursive."""
    building()
    substituting()
    coding()
    numbering_stage()
    return define(model.point)


@once
def incomparable() -> Theorem:
    """No program computes the set of the other side from the join of A and the set of a side: it is
    wrong at its point."""
    run, build = evaluation().function, building().function
    f, J, s, side, _, _, _ = side_variables()
    B = join_of()
    _, p, _, n = evaluation_variables()
    where = pointing().function(f, J, s, W, side, p)
    outcome = run(B, p, where, n)
    right = select(generic_of(f, J, s, other(side)), where)

    def premises(goal: Goal) -> Iterable[Fact]:
        program = substituting().function(p, checked())
        own = coding().function(program)
        k = numbering_stage().function(W, own)
        state = build(f, J, s, W, k)
        a, b, first, second, third, fourth = halves_of(f, J, s, state)
        yield pointing()(f, J, s, W, side, p)
        yield has_its_stage().at(f=f, J=J, s=s, w=W, z=own)
        yield building()(f, J, s, W, k + 1)
        yield staging()(f, J, s, state)
        for each in (FALSE, TRUE):
            yield conditioning()(f, J, s, W, each, k + 1)
        for each in (side, other(side)):
            yield conditioning()(f, J, s, W, each, k + 1)
        for one, two in ((a, b), (second, first)):
            yield half_right().at(
                f=f, J=J, s=s, z=program_of(state), a=one, b=two, t=one,
                **passed_on(goal, *JUMPING),
            )
            yield defeated().at(
                f=f, J=J, s=s, w=W, side=side, B=B, a=one, b=two, k=k + 1, p=p, n=n,
                **passed_on(goal, *JOINED),
            )
        yield extending()(first, third)
        yield extending()(first, first)
        yield extending()(third, third)
        yield extending()(fourth, fourth)

    return prove(
        "incomparable",
        forall(
            f, J, s, W, side, B, p, n,
            given=joined_with(B, f, J, s, side),
            then=negate(both(halts(outcome), equal(value(outcome), right))),
        ),
        premises,
    )
