"""From the jump of a set both sets of a generic pair are computed.

*Definitions* accepted by the kernel: those of :mod:`models.machine.generic_programs`.

*Results*: the program for a half of a stage (:func:`half_done`), for a stage (:func:`stage_done`)
and for so many (:func:`all_done`), if what J says halts is found (:func:`searched_right`), as it is
if J is the jump (:func:`jump_searches`); the sets are computed (:func:`first_computed`,
:func:`second_computed`). Used for ``kleene-post``.

*How it is done*: the jump is asked about the code of a search, which the program makes. If it says
yes, the search is run with ABOVE in place of Ask, which is ``substitution``. What is left has no
loop but the one for the stages.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.algebra import curried
from models.machine import generic_programs as model
from models.machine.program import Quote, Then
from models.machine.tree import Pair
from models.machine.turing_jump import ABOVE
from proofs.kernel.reading import is_a, made, part, quote
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, comprehend, define, height, prove
from proofs.kernel.tactics import Supposition, forall, once, variables
from proofs.kernel.terms import INT, Term, as_term, both, equal, implies, rank, select
from proofs.machine.breadth_first import NIL, TREE, advancing, first_of, second_child
from proofs.machine.condition import answer, deciding, drops_cost, known_bit
from proofs.machine.degrees import FALSE, TRUE
from proofs.machine.extension_search import finding, search
from proofs.machine.generic_pair import (
    W,
    begin,
    building,
    conditioning,
    generating,
    generic,
    generic_of,
    half_staging,
    program_of,
    side_variables,
    stage_variables,
    staging,
)
from proofs.machine.program import coding, decode_code
from proofs.machine.semantics import evaluation, halts, more_gas, value
from proofs.machine.straight import Known, denoted, followed, half, halting, pair
from proofs.machine.substitution import answering, computes, forward, substituting
from proofs.machine.tree import measuring
from proofs.machine.turing_jump import (
    JUMPING,
    above_computes,
    above_costs,
    is_jump,
    is_set,
    passed_on,
)


@once
def asking_jump() -> Definition:
    """The program that asks the jump about a search."""
    finding()
    coding()
    return define(model.asking_jump)


@once
def extending_conditions() -> Definition:
    """The program that runs the search, asking the jump about A."""
    finding()
    substituting()
    return define(model.extending_conditions)


@once
def half_program() -> Definition:
    """The program for a half of a stage."""
    asking_jump()
    extending_conditions()
    return define(model.half_staging)


@once
def half_gas() -> Definition:
    """What it costs; not recursive."""
    finding()
    coding()
    above_costs()
    answering()
    return define(model.half_gas)


def queued(z: Term, a: Term, b: Term) -> Term:
    """The input of the search."""
    return pair(pair(z, b), pair(pair(a, NIL), NIL))


def half_question(z: Term, a: Term, b: Term) -> Term:
    """The code of the search."""
    return coding().function(search().function(answer(), z, a, b))


def searched_gas(f: Term, s: Term, z: Term, a: Term, b: Term) -> Term:
    """Enough for the search, asking the jump about A."""
    time = select(s, half_question(z, a, b)) - 2
    find = finding().function(answer())
    return time + answering().function(
        f, above_costs().function(), find, queued(z, a, b), time
    )


@once
def conditions_extended() -> Theorem:
    """If the jump says that the search halts, the program that runs it has what comes after the
    half of the stage."""
    evaluate, whole = evaluation(), extending_conditions()
    f, J, s, z, a, b, _ = stage_variables()
    own = half_question(z, a, b)
    input_ = pair(z, pair(a, b))
    time = searched_gas(f, s, z, a, b)
    enough = time + model.EXTENDING_STEPS
    result = evaluate.function(J, whole.function(), input_, enough)

    def premises(goal: Goal) -> Iterable[Fact]:
        find, start = finding().function(answer()), queued(z, a, b)
        program = search().function(answer(), z, a, b)
        law = search()(answer(), z, a, b)
        spelled = law.term.args[1]
        steps = select(s, own)
        (y,) = variables(y=TREE)
        above_ = quote(ABOVE, find.sort)
        run = substituting().function(find, above_)
        original = evaluate.function(f, find, start, steps - 2)
        first = goal.have(
            both(
                halts(original),
                equal(evaluate.function(f, program, own, steps), original),
            ),
            goal.hypothesis("yes"), goal.hypothesis("members halt", own),
            decode_code().at(p=program), law, evaluate(f, spelled, own, steps),
            evaluate(f, spelled.args[0], own, steps - 1),
        )
        ran = evaluate.function(J, run, start, time)
        again = goal.have(
            both(halts(ran), equal(value(ran), value(original))),
            first,
            forward().at(
                f=J, g=f, k=above_costs().function(), p=find, q=above_, x=start, n=steps - 2,
                computes=above_computes().schema(
                    y, f=f, J=J, s=s, x=y, **passed_on(goal, "set", *JUMPING)
                ),
            ),
        )
        known = {(run, start): halting(goal, J, run, start, time, again)}
        yield first
        yield again
        yield whole()
        yield followed(goal, J, whole().term.args[1], input_, enough, known)
        yield from (each.positive for each in known.values())
        yield evaluate.invariant(J, run, start, time)
        yield half_staging()(f, J, s, z, a, b)

    return prove(
        "conditions-extended",
        forall(
            f, J, s, z, a, b,
            given={
                "set": is_set(f), **is_jump(f, J, s), "yes": is_a(select(J, own), Pair),
            },
            then=both(
                halts(result),
                equal(value(result), half_staging().function(f, J, s, z, a, b)),
            ),
        ),
        premises,
    )


def searched_right(f: Term, J: Term, s: Term) -> Supposition:
    """The hypothesis "what J says halts is found": if J says that a search halts, the program that
    runs it has what comes after the half of the stage. So it is if J is the jump of f."""
    z, a, b = variables(z=TREE, a=TREE, b=TREE)
    enough = searched_gas(f, s, z, a, b) + model.EXTENDING_STEPS
    program = extending_conditions().function()
    result = evaluation().function(J, program, pair(z, pair(a, b)), enough)
    return (z, a, b), implies(
        is_a(select(J, half_question(z, a, b)), Pair),
        both(halts(result), equal(value(result), half_staging().function(f, J, s, z, a, b))),
    )


SEARCHED = "searched"
"""The label of the hypothesis :func:`searched_right`."""


@once
def jump_searches() -> Theorem:
    """What the jump says halts is found."""
    f, J, s, z, a, b, _ = stage_variables()
    _, claim = searched_right(f, J, s)
    return prove(
        "jump-searches",
        forall(f, J, s, z, a, b, given={"set": is_set(f), **is_jump(f, J, s)}, then=claim),
        lambda goal: [
            conditions_extended().at(
                f=f, J=J, s=s, z=z, a=a, b=b, **passed_on(goal, "set", *JUMPING)
            ),
        ],
    )


@once
def half_done() -> Theorem:
    """Relative to J the program for a half of a stage has what comes after it."""
    evaluate, whole, cost = evaluation(), half_program(), half_gas()
    f, J, s, z, a, b, _ = stage_variables()
    input_ = pair(z, pair(a, b))
    enough = cost.function(f, J, s, z, a, b)
    result = evaluate.function(J, whole.function(), input_, enough)

    def premises(goal: Goal) -> Iterable[Fact]:
        ask, spelled = asking_jump()(), whole().term.args[1]
        listing = ask.term.args[1]
        law = search()(answer(), z, a, b)
        extend = extending_conditions().function()
        time = searched_gas(f, s, z, a, b) + model.EXTENDING_STEPS
        _, asked = denoted(J, listing, input_)
        left = enough - 2 - asked
        yield ask
        yield whole()
        yield law
        yield coding()(law.term.args[1])
        yield coding()(law.term.args[1].args[0])
        yield cost(f, J, s, z, a, b)
        yield coding()(made(Then, made(Quote, queued(z, a, b)), finding().function(answer())))
        yield evaluate(J, spelled, input_, enough)
        yield followed(goal, J, listing, input_, enough - 1)
        yield followed(goal, J, spelled.args[2], input_, left)
        yield goal.hypothesis(SEARCHED, z, a, b)
        yield evaluate.invariant(J, extend, input_, time)
        yield more_gas().at(f=J, p=extend, x=input_, n=time, d=left - time)
        yield half_staging()(f, J, s, z, a, b)

    return prove(
        "half-stage-done",
        forall(
            f, J, s, z, a, b,
            given={SEARCHED: searched_right(f, J, s)},
            then=both(
                halts(result),
                equal(value(result), half_staging().function(f, J, s, z, a, b)),
            ),
        ),
        premises,
    )


@once
def stage_program() -> Definition:
    """The program for a stage."""
    half_program()
    return define(model.staging)


@once
def stage_gas() -> Definition:
    """What it costs; not recursive."""
    half_gas()
    half_staging()
    return define(model.stage_gas)


@once
def building_program() -> Definition:
    """The program for so many stages."""
    stage_program()
    return define(model.building)


@once
def building_gas() -> Definition:
    """What it costs: recursion on how many are left."""
    building()
    stage_gas()
    return define(
        model.building_gas, measure=lambda f, J, s, w, stages, count: rank(count),
        premises=lambda f, J, s, w, stages, count: height(part(count, Pair, "tail")),
    )


@once
def computing() -> Definition:
    """The program that decides the set of a side."""
    building_program()
    return define(model.computing)


@once
def computing_gas() -> Definition:
    """What it costs; not recursive."""
    building_gas()
    conditioning()
    measuring()
    return define(model.computing_gas)


@once
def computing_costs() -> Definition:
    """The same as a function value."""
    computing_gas()
    return comprehend(curried(model.computing_gas))


@once
def stage_done() -> Theorem:
    """Relative to J the program for a stage has what comes after it."""
    evaluate, whole, cost, half_cost = evaluation(), stage_program(), stage_gas(), half_gas()
    f, J, s, _, a, b, _ = stage_variables()
    (queue,) = variables(queue=TREE)
    state = pair(queue, pair(a, b))
    z = program_of(state)
    enough = cost.function(f, J, s, state)
    program = half_program().function()
    result = evaluate.function(J, whole.function(), state, enough)

    def premises(goal: Goal) -> Iterable[Fact]:
        def known_half(a: Term, b: Term) -> Known:
            input_ = pair(z, pair(a, b))
            gas_ = half_cost.function(f, J, s, z, a, b)
            done = half_done().at(
                f=f, J=J, s=s, z=z, a=a, b=b, **passed_on(goal, SEARCHED)
            )
            known = halting(goal, J, program, input_, gas_, done)
            said.append(done)
            said.append(known.positive)
            said.append(evaluate.invariant(J, program, input_, gas_))
            parts[program, input_] = known
            return known

        said: list[Fact] = []
        parts: dict[tuple[Term, Term], Known] = {}
        once_ = known_half(a, b).value
        known_half(half(once_, "tail"), half(once_, "head"))
        yield from said
        yield whole()
        yield cost(f, J, s, state)
        yield followed(goal, J, whole().term.args[1], state, enough, parts)
        yield staging()(f, J, s, state)
        yield advancing()(NIL, queue)
        yield second_child()(NIL, first_of(queue))

    return prove(
        "stage-done",
        forall(
            f, J, s, queue, a, b,
            given={SEARCHED: searched_right(f, J, s)},
            then=both(
                halts(result),
                equal(value(result), staging().function(f, J, s, state)),
            ),
        ),
        premises,
    )


def shape(state: Term) -> Term:
    """A state taken apart and put together."""
    rest = half(state, "tail")
    return pair(half(state, "head"), pair(half(rest, "head"), half(rest, "tail")))


@once
def all_done() -> Theorem:
    """The program for so many stages makes them."""
    evaluate, whole, cost, build = evaluation(), building_program(), building_gas(), building()
    f, J, s, _, i, _, _ = side_variables()
    c, n = variables(c=TREE, n=INT)
    state = build.function(f, J, s, W, i)
    input_ = pair(c, state)
    need = cost.function(f, J, s, W, i, c)
    result = evaluate.function(J, whole.function(), input_, need + n)
    size = measuring()

    def premises(goal: Goal) -> Iterable[Fact]:
        less = part(c, Pair, "tail")
        spelled = whole().term.args[1]
        test, body = spelled.args
        program = stage_program().function()
        shaped = goal.have(
            equal(state, shape(state)), build(f, J, s, W, i),
            staging()(f, J, s, build.function(f, J, s, W, i - 1)),
        )
        once_ = stage_gas().function(f, J, s, state)
        done = goal.have(
            both(
                halts(evaluate.function(J, program, state, once_)),
                equal(
                    value(evaluate.function(J, program, state, once_)),
                    staging().function(f, J, s, state),
                ),
            ),
            shaped,
            stage_done().at(
                f=f, J=J, s=s, queue=shape(state).args[0], a=shape(state).args[1].args[0],
                b=shape(state).args[1].args[1], **passed_on(goal, SEARCHED),
            ),
        )
        known = halting(goal, J, program, state, once_, done)
        parts = {(program, state): known}
        _, took = denoted(J, body, input_, parts)
        left = need + n - 3 - took
        rest = cost.function(f, J, s, W, i + 1, less)
        following = pair(less, build.function(f, J, s, W, i + 1))
        yield done
        yield known.positive
        yield evaluate.invariant(J, program, state, once_)
        yield whole()
        yield cost(f, J, s, W, i, c)
        yield size(c)
        yield size.invariant(less)
        yield build(f, J, s, W, i + 1)
        yield evaluate(J, spelled, input_, need + n)
        yield evaluate(J, test, input_, need + n - 1)
        yield followed(goal, J, body, input_, need + n - 3, parts)
        yield goal.induction(c=less, i=i + 1, n=as_term(0))
        yield evaluate.invariant(J, whole.function(), following, rest + 0)
        yield goal.induction(c=less, i=i + 1, n=left - rest)
        yield from height(less)

    return prove(
        "stages-done",
        forall(
            f, J, s, W, i, c, n,
            given={
                SEARCHED: searched_right(f, J, s), "from": i >= 0, "gas": n >= 0,
            },
            then=both(
                halts(result),
                equal(
                    value(result), pair(NIL, build.function(f, J, s, W, i + size.function(c)))
                ),
            ),
        ),
        premises,
        measure=rank(c),
    )


def computed_on(side: Term) -> Theorem:
    """The set of a side, false or true, is computed from J, if what J says halts is found."""
    evaluate, whole, build, size = evaluation(), computing(), building(), measuring()
    f, J, s, _, _, _, _ = side_variables()
    (x,) = variables(x=TREE)
    set_ = generic_of(f, J, s, side)
    costs = computing_costs().function(f, J, s, W, side)
    _, claim = computes(J, whole.function(W, side), set_, costs, x)

    def premises(goal: Goal) -> Iterable[Fact]:
        enough = select(costs, x)
        program = building_program().function()
        spelled = whole(W, side).term.args[1]
        count = pair(NIL, x)
        stages = size.function(x) + 1
        input_ = pair(count, begin())
        need = building_gas().function(f, J, s, W, 0, count)
        begun = goal.have(
            both(
                halts(evaluate.function(J, program, input_, need)),
                equal(
                    value(evaluate.function(J, program, input_, need)),
                    pair(NIL, build.function(f, J, s, W, stages)),
                ),
            ),
            all_done().at(
                f=f, J=J, s=s, w=W, i=0, c=count, n=0, **passed_on(goal, SEARCHED)
            ),
            build(f, J, s, W, 0), size(count),
        )
        loop = halting(goal, J, program, input_, need, begun)
        rest = half(loop.value, "tail")
        name = "head" if side is FALSE else "tail"
        condition = half(half(rest, "tail"), name)
        parts = {(program, input_): loop, **known_bit(goal, J, condition, x)}
        yield whole(W, side)
        yield begun
        yield loop.positive
        yield evaluate.invariant(J, program, input_, need)
        yield followed(goal, J, spelled, x, enough, parts)
        yield from drops_cost(condition, x)
        yield computing_costs()(f, J, s, W, side, x)
        yield computing_gas()(f, J, s, W, side, x)
        yield conditioning()(f, J, s, W, side, stages)
        yield generic()(f, J, s, W, side, x)
        yield generating()(f, J, s, W, side, x)
        yield deciding()(condition, x)

    return prove(
        f"set-computed-if-searched.{SIDES[side]}",
        forall(f, J, s, W, x, given={SEARCHED: searched_right(f, J, s)}, then=claim),
        premises,
    )


SIDES = {FALSE: "first", TRUE: "second"}

first_if_searched = once(lambda: computed_on(FALSE))

second_if_searched = once(lambda: computed_on(TRUE))


def computed_from_jump(side: Term, if_searched: Theorem) -> Theorem:
    """The set of a side is computed from the jump."""
    f, J, s, _, _, _, _ = side_variables()
    x, z, a, b = variables(x=TREE, z=TREE, a=TREE, b=TREE)
    costs = computing_costs().function(f, J, s, W, side)
    _, claim = computes(J, computing().function(W, side), generic_of(f, J, s, side), costs, x)
    return prove(
        f"set-computed.{SIDES[side]}",
        forall(f, J, s, W, x, given={"set": is_set(f), **is_jump(f, J, s)}, then=claim),
        lambda goal: [
            if_searched.at(
                f=f, J=J, s=s, w=W, x=x,
                searched=jump_searches().schema(
                    z, a, b, f=f, J=J, s=s, z=z, a=a, b=b, **passed_on(goal, "set", *JUMPING)
                ),
            ),
        ],
    )


first_computed = once(lambda: computed_from_jump(FALSE, first_if_searched()))

second_computed = once(lambda: computed_from_jump(TRUE, second_if_searched()))
