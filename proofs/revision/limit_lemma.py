"""The limit lemma, relative to any oracle.

*Definitions* accepted by the kernel: those of :mod:`models.revision.limit_lemma`.

*Results*: ``limit-to-jump`` (:func:`limit_to_jump`), ``jump-to-limit`` (:func:`jump_to_limit`,
:func:`always_guesses`), ``computable-modulus`` (:func:`computable_modulus`), ``separation``
(:func:`separation`, :func:`included`).

*How it is done*: the statements are about one tree x, at which the guesses of h are truth values
and in the limit b; what halts or not is asked of any J that is the jump
(:func:`proofs.machine.turing_jump.is_jump`). To decide the limit, searches for a change are asked
about, one stage after the other; a round of a search has no loop but the runs of h, which are known
to halt. To guess what p decides from the jump, p is interpreted for as many steps as the stage
says, its questions answered by what is known of the jump in that stage. These oracles tend to the
jump, so by ``use-principle`` the run is the right one from some stage on.

*References*: J. R. Shoenfield, 'On degrees of unsolvability' (1959); R. I. Soare, 'Turing
Computability' (2016), section 3.6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.algebra import curried
from models.machine.program import Ask, Hd
from models.machine.semantics import Done, OutOfGas
from models.machine.tree import Nil, Pair
from models.machine.turing_jump import ABOVE
from models.machine.universal import CLOCKED_OVERHEAD, REPORTING_STEPS
from models.revision import limit_lemma as model
from proofs.kernel.reading import array_of, is_a, made, quote
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, comprehend, define, prove
from proofs.kernel.tactics import Supposition, forall, once, variables
from proofs.kernel.terms import (
    INT,
    Term,
    both,
    choose_by,
    equal,
    implies,
    negate,
    select,
)
from proofs.machine.degrees import FALSE, TRUE, is_truth
from proofs.machine.escape import diagonal
from proofs.machine.program import coding, decode_code, decoding
from proofs.machine.semantics import (
    evaluation,
    evaluation_variables,
    gas,
    halts,
    less_gas,
    more_gas,
    value,
)
from proofs.machine.straight import Known, denoted, exactly, followed, halting, pair, reached
from proofs.machine.substitution import answering, forward, substituting
from proofs.machine.tree import measuring, numbering, numeral_length
from proofs.machine.turing_jump import (
    JUMPING,
    above_computes,
    above_costs,
    escape,
    is_jump,
    is_set,
    passed_on,
)
from proofs.machine.universal_clocked import (
    clock_costing,
    clocked_costs,
    clocked_linear,
    reported,
    reporting,
)
from proofs.machine.universal_step import answering as answering_for
from proofs.machine.universal_step import (
    answers_cost,
    ask,
    asking_oracle,
    first_state,
    passing_on,
    reading_state,
)
from proofs.machine.use import asking, converges, in_the_limit, settling

same_guess = once(lambda: define(model.same_guess))


@once
def changing() -> Definition:
    """The loop while guesses are the same."""
    same_guess()
    return define(model.changing)


@once
def change() -> Definition:
    """The same with its stage built in."""
    changing()
    return define(model.change)


@once
def changing_gas() -> Definition:
    """What it costs: recursion on the stages that are left."""
    return define(model.changing_gas, measure=lambda c, i, t: t - i)


def guess_variables() -> tuple[Term, ...]:
    """Oracle f, guesser h, cost c of the guesses at x by stage; stages i and t."""
    f, h, x, _ = evaluation_variables()
    (h,) = variables(h=h.sort)
    (c,) = variables(c=array_of(INT, INT))
    i, t = variables(i=INT, t=INT)
    return f, h, c, x, i, t


def stage(x: Term, number: Term | int) -> Term:
    """The tree <x.num(s)>."""
    return made(Pair, x, numbering().function(number))


def guessed(f: Term, h: Term, c: Term, x: Term, number: Term | int) -> Term:
    """The outcome of a guess."""
    return evaluation().function(f, h, stage(x, number), select(c, number))


def guesses(f: Term, h: Term, c: Term, x: Term) -> Supposition:
    """The schema "in every stage h has a truth value on x"."""
    (j,) = variables(j=INT)
    outcome = guessed(f, h, c, x, j)
    return (j,), implies(j >= 0, both(halts(outcome), is_truth(value(outcome))))


def settles(f: Term, h: Term, c: Term, x: Term, m: Term, b: Term) -> Supposition:
    """The schema "from stage m on the guess at x is b"."""
    (j,) = variables(j=INT)
    return (j,), implies(both(j >= 0, j >= m), equal(value(guessed(f, h, c, x, j)), b))


def has_settled(f: Term, h: Term, c: Term, x: Term, m: Term, b: Term) -> Supposition:
    """The schema "from stage m on h has a guess at x, and it is b"; what is before stage 0 is as
    stage 0."""
    (j,) = variables(j=INT)
    outcome = guessed(f, h, c, x, j)
    return (j,), implies(j >= m, both(halts(outcome), equal(value(outcome), b)))


def known_guess(
    goal: Goal, f: Term, h: Term, c: Term, x: Term, number: Term, *given: Fact
) -> tuple[Known, Fact]:
    """What is known of a guess in a stage that is not negative, as is ``given``; and that it is a
    truth value."""
    outcome = guessed(f, h, c, x, number)
    right = goal.have(
        both(halts(outcome), is_truth(value(outcome))),
        goal.hypothesis("guesses", number), *given,
    )
    return halting(goal, f, h, stage(x, number), select(c, number), right), right


def compared(
    goal: Goal, f: Term, h: Term, c: Term, x: Term, i: Term
) -> tuple[Mapping[tuple[Term, Term], Known], list[Fact]]:
    """What is known of the two guesses that :func:`same_guess` compares in stage i, which is not
    negative; and that they are truth values."""
    from_ = goal.hypothesis("stage")
    now, later = stage(x, i), made(Pair, x, made(Pair, made(Nil), numbering().function(i)))
    first, one = known_guess(goal, f, h, c, x, i, from_)
    second, other = known_guess(goal, f, h, c, x, i + 1, from_)
    again = goal.have(equal(later, stage(x, i + 1)), numbering()(i + 1), from_)

    def claim(n: Term) -> Fact:
        return goal.have(
            reached(f, h, later, n, second.value, second.steps), second.claim(n), again
        )

    advanced = Known(second.value, second.steps, second.positive, claim)
    return {(h, now): first, (h, later): advanced}, [one, other, again]


@once
def guess_costs() -> Theorem:
    """A guess takes at least a step."""
    f, h, c, x, i, _ = guess_variables()
    return prove(
        "guess-costs",
        forall(
            f, h, c, x, i,
            given={"guesses": guesses(f, h, c, x)},
            then=implies(i >= 0, select(c, i) > 0),
        ),
        lambda goal: [
            goal.hypothesis("guesses", i),
            evaluation().invariant(f, h, stage(x, i), select(c, i)),
        ],
    )


@once
def change_costs() -> Theorem:
    """The search for a change costs something, if guesses do."""
    cost = changing_gas()
    _, _, c, _, i, t = guess_variables()
    (j,) = variables(j=INT)
    return prove(
        "change-costs",
        forall(
            c, i, t,
            given={
                "guesses cost": ((j,), implies(j >= 0, select(c, j) > 0)), "stage": i >= 0,
            },
            then=cost.function(c, i, t) >= 0,
        ),
        lambda goal: [
            cost(c, i, t), goal.hypothesis("guesses cost", i),
            goal.hypothesis("guesses cost", i + 1), goal.induction(i=i + 1),
        ],
        measure=t - i,
    )


def search_costs(goal: Goal, f: Term, h: Term, c: Term, x: Term, i: Term, t: Term) -> Fact:
    """That the search from stage i costs something."""
    (j,) = variables(j=INT)
    return change_costs().at(
        c=c, i=i, t=t,
        **{"guesses cost": guess_costs().schema(
            j, f=f, h=h, c=c, x=x, i=j, guesses=goal.schema("guesses")
        )},
    )


@once
def change_halts() -> Theorem:
    """If the guesses in stages i and t differ, the search for a change halts in stage i."""
    evaluate, loop, cost = evaluation(), changing(), changing_gas()
    f, h, c, x, i, t = guess_variables()
    (n,) = variables(n=INT)
    need = cost.function(c, i, t)
    result = evaluate.function(f, loop.function(h), stage(x, i), need + n)

    def premises(goal: Goal) -> Iterable[Fact]:
        known, facts = compared(goal, f, h, c, x, i)
        now = stage(x, i)
        spelled = loop(h).term.args[1]
        test = same_guess()(h)
        same, steps = denoted(f, test.term.args[1], now, known)
        advance = spelled.args[1]
        _, advancing = denoted(f, advance, now)
        left = need + n - 1
        yield loop(h)
        yield test
        yield cost(c, i, t)
        yield from facts
        yield from (each.positive for each in known.values())
        yield evaluate(f, spelled, now, need + n)
        yield goal.have(
            reached(f, same_guess().function(h), now, left, same, steps),
            followed(goal, f, test.term.args[1], now, left, known), test,
        )
        yield followed(goal, f, advance, now, left - steps - 1)
        for number in (i, i + 1):
            yield evaluate.invariant(f, h, stage(x, number), select(c, number))
        rest = cost.function(c, i + 1, t)
        yield search_costs(goal, f, h, c, x, i + 1, t)
        after = left - steps - 1 - advancing
        yield goal.induction(i=i + 1, n=after - rest)

    return prove(
        "change-halts",
        forall(
            f, h, c, x, i, t, n,
            given={
                "guesses": guesses(f, h, c, x), "stage": i >= 0, "later": t >= i,
                "gas": n >= 0,
                "changed": negate(equal(
                    value(guessed(f, h, c, x, i)), value(guessed(f, h, c, x, t))
                )),
            },
            then=halts(result),
        ),
        premises,
        measure=t - i,
    )


@once
def never_changes() -> Theorem:
    """From the modulus on, the search for a change does not halt."""
    evaluate, loop = evaluation(), changing()
    f, h, c, x, i, _ = guess_variables()
    n, m, b = variables(n=INT, m=INT, b=x.sort)
    result = evaluate.function(f, loop.function(h), stage(x, i), n)

    def premises(goal: Goal) -> Iterable[Fact]:
        known, facts = compared(goal, f, h, c, x, i)
        now = stage(x, i)
        spelled = loop(h).term.args[1]
        test = same_guess()(h)
        _, steps = denoted(f, test.term.args[1], now, known)
        advance = spelled.args[1]
        _, advancing = denoted(f, advance, now)
        yield loop(h)
        yield test
        yield from facts
        yield from (each.positive for each in known.values())
        yield evaluate(f, spelled, now, n)
        yield exactly(goal, f, test.term.args[1], now, n - 1, known)
        yield exactly(goal, f, advance, now, n - 1 - steps - 1)
        for number in (i, i + 1):
            yield goal.hypothesis("settles", number)
        yield goal.induction(i=i + 1, n=n - 1 - steps - 1 - advancing)

    return prove(
        "never-changes",
        forall(
            f, h, c, x, m, b, i, n,
            given={
                "guesses": guesses(f, h, c, x), "settles": settles(f, h, c, x, m, b),
                "stage": i >= 0, "late": i >= m,
            },
            then=equal(result, made(OutOfGas)),
        ),
        premises,
        measure=n,
    )


# What the jump says of it


def limit_variables() -> tuple[Term, ...]:
    """Oracle f with its jump J and the steps s of its members; guesser h with cost c of the guesses
    at x, modulus m and limit b at x; stage i; gas n."""
    f, h, c, x, i, _ = guess_variables()
    J, s = variables(J=f.sort, s=array_of(x.sort, INT))
    m, b, n = variables(m=INT, b=x.sort, n=INT)
    return f, J, s, h, c, x, m, b, i, n


def limit_hypotheses() -> dict[str, Supposition]:
    """That h guesses truth values at x, from stage m on b; and that J is the jump of f."""
    f, J, s, h, c, x, m, b, _, _ = limit_variables()
    return {
        "guesses": guesses(f, h, c, x), "settles": settles(f, h, c, x, m, b),
        **is_jump(f, J, s),
    }


GUESSING = ("guesses", "settles")


def question(h: Term, x: Term, i: Term) -> Term:
    """The code of the search for a change from stage i on."""
    return coding().function(change().function(h, stage(x, i)))


@once
def change_asked() -> Theorem:
    """If the jump says that the guess changes from stage i on, i is before the modulus; if not, the
    guess is the limit."""
    evaluate = evaluation()
    f, J, s, h, c, x, m, b, i, _ = limit_variables()
    program = change().function(h, stage(x, i))
    own = question(h, x, i)
    answer = select(J, own)
    last = choose_by(i >= m, i, m)

    def premises(goal: Goal) -> Iterable[Fact]:
        enough = changing_gas().function(c, i, last)
        yield change()(h, stage(x, i))
        yield decode_code().at(p=program)
        spelled = change()(h, stage(x, i)).term.args[1]
        for n in (select(s, own), enough + 2):
            yield evaluate(f, spelled, own, n)
            yield evaluate(f, spelled.args[0], own, n - 1)
        yield goal.hypothesis("members halt", own)
        yield goal.hypothesis("others loop", own, enough + 2)
        yield goal.hypothesis("settles", last)
        yield goal.hypothesis("settles", i)
        yield never_changes().at(
            f=f, h=h, c=c, x=x, m=m, b=b, i=i, n=select(s, own) - 2,
            **passed_on(goal, *GUESSING),
        )
        yield change_halts().at(
            f=f, h=h, c=c, x=x, i=i, t=last, n=0, **passed_on(goal, "guesses")
        )
        yield search_costs(goal, f, h, c, x, i, last)

    return prove(
        "change-asked",
        forall(
            f, J, s, h, c, x, m, b, i,
            given={**limit_hypotheses(), "stage": i >= 0},
            then=both(
                implies(is_a(answer, Pair), i < m),
                implies(is_a(answer, Nil), equal(value(guessed(f, h, c, x, i)), b)),
            ),
        ),
        premises,
    )


# The program that asks the jump


@once
def coding_change() -> Definition:
    """The program that makes the code of a search."""
    changing()
    coding()
    return define(model.code_of_change)


@once
def searching() -> Definition:
    """The search for a stage after which the guess does not change."""
    coding_change()
    return define(model.settling_stage)


@once
def staging() -> Definition:
    """The stage that it finds: recursion on the stages before the modulus."""
    numbering()
    change()
    coding()
    return define(model.last_stage, measure=lambda J, h, x, i, m: m - i)


@once
def searched() -> Theorem:
    """Relative to the jump, the search finds a stage in which the guess is the limit."""
    evaluate, loop, last = evaluation(), searching(), staging()
    f, J, s, h, c, x, m, b, i, n = limit_variables()
    found = last.function(J, h, x, i, m)
    need = n + model.SEARCH_ROUND * (found - i) + model.SEARCH_END
    now = stage(x, i)
    result = evaluate.function(J, loop.function(h), now, need)

    def premises(goal: Goal) -> Iterable[Fact]:
        asked = coding_change()(h)
        spelled = loop(h).term.args[1]
        test, advance = spelled.args
        program = change()(h, now).term.args[1]
        yield loop(h)
        yield asked
        yield last(J, h, x, i, m)
        yield change()(h, now)
        yield coding()(program)
        yield coding()(program.args[0])
        yield change_asked().at(
            f=f, J=J, s=s, h=h, c=c, x=x, m=m, b=b, i=i, **passed_on(goal, *GUESSING, *JUMPING)
        )
        yield evaluate(J, spelled, now, need)
        yield evaluate(J, test, now, need - 1)
        yield followed(goal, J, asked.term.args[1], now, need - 2)
        code_, steps = denoted(J, asked.term.args[1], now)
        yield evaluate(J, made(Ask), code_, need - 2 - steps)
        yield followed(goal, J, advance, now, need - 4 - steps)
        yield numbering()(i + 1)
        yield goal.induction(i=i + 1)

    return prove(
        "change-searched",
        forall(
            f, J, s, h, c, x, m, b, i, n,
            given={**limit_hypotheses(), "stage": i >= 0, "gas": n >= 0},
            then=both(
                found >= i,
                equal(value(guessed(f, h, c, x, found)), b),
                equal(result, made(Done, stage(x, found), n)),
            ),
        ),
        premises,
        measure=choose_by(m >= i, m - i, 0),
    )


@once
def deciding() -> Definition:
    """The program that decides the limit from the jump."""
    searching()
    substituting()
    return define(model.deciding)


@once
def deciding_gas() -> Definition:
    """What it costs."""
    staging()
    answering()
    above_costs()
    return define(model.deciding_gas)


@once
def limit_to_jump() -> Theorem:
    """Relative to the jump of a set, the limit of the guesses is computed."""
    evaluate, whole, cost, last = evaluation(), deciding(), deciding_gas(), staging()
    f, J, s, h, c, x, m, b, _, _ = limit_variables()
    enough = cost.function(f, J, h, c, x, m)
    result = evaluate.function(J, whole.function(h), x, enough)
    found = last.function(J, h, x, 0, m)

    def premises(goal: Goal) -> Iterable[Fact]:
        spelled = whole(h).term.args[1]
        begin, rest = spelled.args
        k = above_costs().function()
        there = stage(x, found)
        own = select(c, found)
        guess = own + answering().function(f, k, h, there, own)
        _, first = denoted(J, begin, x)
        (z,) = variables(z=x.sort)
        yield whole(h)
        yield cost(f, J, h, c, x, m)
        yield evaluate(J, spelled, x, enough)
        yield followed(goal, J, begin, x, enough - 1)
        yield numbering()(0)
        yield evaluate(J, rest, stage(x, 0), enough - 1 - first)
        # That the gas left for the guess is not negative rests on the stage being none.
        for left in (0, guess):
            yield searched().at(
                f=f, J=J, s=s, h=h, c=c, x=x, m=m, b=b, i=0, n=left,
                **passed_on(goal, *GUESSING, *JUMPING),
            )
        yield goal.hypothesis("guesses", found)
        yield evaluate.invariant(f, h, there, own)
        yield forward().at(
            f=J, g=f, k=k, p=h, q=quote(ABOVE, h.sort), x=there, n=own,
            computes=above_computes().schema(
                z, f=f, J=J, s=s, x=z, **passed_on(goal, "set", *JUMPING)
            ),
        )

    return prove(
        "limit-to-jump",
        forall(
            f, J, s, h, c, x, m, b,
            given={"set": is_set(f), **limit_hypotheses()},
            then=both(halts(result), equal(value(result), b)),
        ),
        premises,
    )


# From a program that asks the jump to a guesser


@once
def staged_jump() -> Definition:
    """What is known of the jump in a stage; not recursive."""
    decoding()
    evaluation()
    return define(model.stage_jump)


@once
def stage_oracle() -> Definition:
    """The same as an oracle."""
    staged_jump()
    return comprehend(curried(model.stage_jump))


@once
def stage_oracles() -> Definition:
    """These oracles by stage."""
    stage_oracle()
    return comprehend(curried(curried(model.stage_jump)))


@once
def halting_within() -> Definition:
    """The program that finds out about a stage."""
    reporting()
    return define(model.halts_within)


@once
def stage_cost() -> Definition:
    """In how many steps; not recursive."""
    halting_within()
    measuring()
    evaluation()
    return define(model.stage_cost)


@once
def stage_costs() -> Definition:
    """The same as a function value."""
    stage_cost()
    return comprehend(curried(model.stage_cost))


@once
def staged() -> Theorem:
    """On <w.z> the program says, after the steps said, what is known of z in stage w."""
    evaluate, whole, size = evaluation(), halting_within(), measuring()
    f, _, x, _ = evaluation_variables()
    w, z = variables(w=x.sort, z=x.sort)
    program = whole.function(ask())
    time = size.function(w)
    input_ = pair(w, z)
    enough = CLOCKED_OVERHEAD * time + model.STAGE_STEPS
    answer = staged_jump().function(f, time, z)
    cost = stage_cost().function(f, w, z)

    def premises(goal: Goal) -> Iterable[Fact]:
        spelled = whole(ask()).term.args[1]
        begin, rest = spelled.args
        report, take = rest.args
        _, first = denoted(f, begin, input_)
        nil = made(Nil)
        there = pair(w, pair(nil, pair(z, z)))
        state = reading_state().function(first_state(z, z, nil))
        need = clock_costing().function(f, passing_on().function(), state, time)
        left = enough - 2 - first
        reported_ = evaluate.function(f, report, there, left)
        yield whole(ask())
        yield evaluate(f, spelled, input_, enough)
        yield followed(goal, f, begin, input_, enough - 1)
        yield evaluate(f, rest, there, left + 1)
        yield reported().at(
            f=f, g=f, a=ask(), k=passing_on().function(), e=z, x=z, r=nil, w=w,
            m=left - need - REPORTING_STEPS, answers=asking_oracle(f, nil),
        )
        yield size.invariant(w)
        yield clocked_linear().at(f=f, state=state, n=time)
        yield evaluate(f, take, value(reported_), gas(reported_))
        yield staged_jump()(f, time, z)
        yield stage_cost()(f, w, z)
        yield evaluate.invariant(f, program, input_, enough)
        outcome = evaluate.function(f, program, input_, enough)
        yield less_gas().at(f=f, p=program, x=input_, n=enough, d=gas(outcome))

    return prove(
        "jump-staged",
        forall(
            f, w, z,
            then=equal(evaluate.function(f, program, input_, cost), made(Done, answer, 0)),
        ),
        premises,
    )


@once
def stage_answers() -> Theorem:
    """The same in the words of the simulation: on <w.z> it answers as the oracle of stage w."""
    f, _, x, _ = evaluation_variables()
    w, z = variables(w=x.sort, z=x.sort)
    time = measuring().function(w)
    oracle = stage_oracle().function(f, time)
    costs = stage_costs().function(f, w)
    _, claim = answering_for(f, oracle, halting_within().function(ask()), costs, w)
    return prove(
        "stage-answers",
        forall(f, w, z, then=claim),
        lambda goal: [
            staged().at(f=f, w=w, z=z), stage_oracle()(f, time, z), stage_costs()(f, w, z)
        ],
    )


@once
def jump_converges() -> Theorem:
    """The oracles of the stages tend to the jump, with the steps of its members as a modulus."""
    f, J, s, _, _, x, _, _, _, _ = limit_variables()
    z, t = variables(z=x.sort, t=INT)
    oracles = stage_oracles().function(f)
    program = decoding().function(z)
    _, claim = converges(oracles, J, s, z, t)
    return prove(
        "jump-converges",
        forall(f, J, s, z, t, given={"jump is a set": is_set(J), **is_jump(f, J, s)}, then=claim),
        lambda goal: [
            stage_oracles()(f, t), stage_oracle()(f, t, z), staged_jump()(f, t, z),
            goal.hypothesis("jump is a set", z), goal.hypothesis("members halt", z),
            goal.hypothesis("others loop", z, t),
            more_gas().at(f=f, p=program, x=z, n=select(s, z), d=t - select(s, z)),
        ],
    )


@once
def guesser() -> Definition:
    """The guesser of what a program decides from the jump."""
    coding()
    reporting()
    return define(model.guessing)


@once
def guessing_gas() -> Definition:
    """What a guess costs."""
    measuring()
    coding()
    reading_state()
    clock_costing()
    stage_oracle()
    stage_costs()
    return define(model.guessing_gas)


def guessing_variables() -> tuple[Term, ...]:
    """Oracle f, program p, input x, clock w."""
    f, p, x, _ = evaluation_variables()
    (w,) = variables(w=x.sort)
    return f, p, x, w


def guess_on(f: Term, p: Term, x: Term, w: Term) -> Term:
    """The outcome of the guess on <x.w>."""
    program = guesser().function(p, halting_within().function(ask()))
    enough = guessing_gas().function(f, p, x, w)
    return evaluation().function(f, program, pair(x, w), enough)


@once
def guess_made() -> Theorem:
    """The guess on <x.w> says whether p, asking about the jump in stage w, has halted on x with a
    pair within as many steps as w is long."""
    evaluate, whole, size, cost = evaluation(), guesser(), measuring(), guessing_gas()
    f, p, x, w = guessing_variables()
    answer = halting_within().function(ask())
    time = size.function(w)
    oracle = stage_oracle().function(f, time)
    original = evaluate.function(oracle, p, x, time)
    result = guess_on(f, p, x, w)
    yes = both(halts(original), is_a(value(original), Pair))

    def premises(goal: Goal) -> Iterable[Fact]:
        own = coding().function(p)
        enough = cost.function(f, p, x, w)
        spelled = whole(p, answer).term.args[1]
        begin, rest = spelled.args
        report, take = rest.args
        input_ = pair(x, w)
        _, first = denoted(f, begin, input_)
        there = pair(w, pair(w, pair(own, x)))
        left = enough - 2 - first
        costs = stage_costs().function(f, w)
        state = reading_state().function(first_state(own, x, w))
        need = clock_costing().function(oracle, costs, state, time)
        reported_ = evaluate.function(f, report, there, left)
        (z,) = variables(z=x.sort)
        answers = stage_answers().schema(z, f=f, w=w, z=z)
        yield whole(p, answer)
        yield cost(f, p, x, w)
        yield evaluate(f, spelled, input_, enough)
        yield followed(goal, f, begin, input_, enough - 1)
        yield evaluate(f, rest, there, left + 1)
        yield reported().at(
            f=f, g=oracle, a=answer, k=costs, e=own, x=x, r=w, w=w,
            m=left - need - REPORTING_STEPS, answers=answers,
        )
        yield clocked_costs().at(
            g=oracle, k=costs, state=state, n=time,
            **{"answers cost": answers_cost(f, oracle, answer, costs, w, answers)},
        )
        yield decode_code().at(p=p)
        yield followed(goal, f, take, value(reported_), gas(reported_))

    return prove(
        "guess-made",
        forall(
            f, p, x, w,
            then=both(halts(result), equal(value(result), choose_by(yes, TRUE, FALSE))),
        ),
        premises,
    )


@once
def jump_to_limit() -> Theorem:
    """If p decides whether x is in a set by asking the jump, the guesses at x say so from a stage
    on that its run and the jump tell."""
    evaluate = evaluation()
    f, J, s, _, _, x, _, _, _, n = limit_variables()
    _, p, _, _ = guessing_variables()
    (t,) = variables(t=INT)
    original = evaluate.function(J, p, x, n)
    questions = asking().function(J, p, x, n, made(Nil))
    result = guess_on(f, p, x, numbering().function(t))
    oracles = stage_oracles().function(f)
    z, y = variables(z=x.sort, y=INT)
    return prove(
        "jump-to-limit",
        forall(
            f, J, s, p, x, n, t,
            given={
                "jump is a set": is_set(J), **is_jump(f, J, s),
                "halts": halts(original), "decides": is_truth(value(original)),
                "stage": both(t >= n, t >= settling().function(s, questions)),
            },
            then=both(halts(result), equal(value(result), value(original))),
        ),
        lambda goal: [
            guess_made().at(f=f, p=p, x=x, w=numbering().function(t)),
            numeral_length().at(n=t),
            evaluate.invariant(J, p, x, n),
            stage_oracles()(f, t),
            in_the_limit().at(
                F=oracles, f=J, m=s, p=p, x=x, n=n, s=t,
                converges=jump_converges().schema(
                    z, y, f=f, J=J, s=s, z=z, t=y,
                    **passed_on(goal, "jump is a set", *JUMPING),
                ),
            ),
            more_gas().at(f=stage_oracle().function(f, t), p=p, x=x, n=n, d=t - n),
        ],
    )


@once
def always_guesses() -> Theorem:
    """In every stage the guess is a truth value."""
    f, p, x, _ = guessing_variables()
    (t,) = variables(t=INT)
    result = guess_on(f, p, x, numbering().function(t))
    return prove(
        "jump-to-limit.guesses",
        forall(f, p, x, t, then=both(halts(result), is_truth(value(result)))),
        lambda goal: [guess_made().at(f=f, p=p, x=x, w=numbering().function(t))],
    )


# A modulus that is computed; what limits reach beyond a layer

stopping = once(lambda: define(model.stopping))


@once
def computable_modulus() -> Theorem:
    """If a program computes a modulus of the guesses, one decides their limit, relative to the same
    oracle."""
    evaluate, whole = evaluation(), stopping()
    f, _, _, h, c, x, m, b, _, n = limit_variables()
    (q,) = variables(q=h.sort)
    found = evaluate.function(f, q, x, n)
    there = stage(x, m)
    enough = n + select(c, m) + model.STOPPING_STEPS
    result = evaluate.function(f, whole.function(q, h), x, enough)

    def premises(goal: Goal) -> Iterable[Fact]:
        spelled = whole(q, h).term.args[1]
        begin = spelled.args[0]
        modulus = halting(goal, f, q, x, n, goal.hypothesis("modulus"))
        known = {(q, x): modulus}
        _, first = denoted(f, begin, x, known)
        left = enough - 1 - first
        yield whole(q, h)
        yield evaluate(f, spelled, x, enough)
        yield followed(goal, f, begin, x, enough - 1, known)
        yield modulus.positive
        yield evaluate.invariant(f, q, x, n)
        yield goal.hypothesis("settles", m)
        yield evaluate.invariant(f, h, there, select(c, m))
        yield more_gas().at(f=f, p=h, x=there, n=select(c, m), d=left - select(c, m))

    return prove(
        "computable-modulus",
        forall(
            f, q, h, c, x, m, b, n,
            given={
                "settles": has_settled(f, h, c, x, m, b),
                "modulus": both(
                    halts(found), equal(value(found), numbering().function(m))
                ),
            },
            then=both(halts(result), equal(value(result), b)),
        ),
        premises,
    )


@once
def separation() -> Theorem:
    """The jump of f is the limit of guesses from f, and no program decides it from f."""
    evaluate = evaluation()
    f, J, s, _, _, x, _, _, _, n = limit_variables()
    _, p, _, _ = guessing_variables()
    (t,) = variables(t=INT)
    question, number = made(Ask), numbering().function(t)
    result = guess_on(f, question, x, number)
    own = coding().function(diagonal().function(p))
    answer = evaluate.function(f, p, own, n)
    nil = made(Nil)
    return prove(
        "separation",
        forall(
            f, J, s, x, t, p, n,
            given={
                "jump is a set": is_set(J), **is_jump(f, J, s), "stage": t >= select(s, x),
            },
            then=both(
                halts(result), equal(value(result), select(J, x)),
                negate(both(halts(answer), equal(value(answer), select(J, own)))),
            ),
        ),
        lambda goal: [
            jump_to_limit().at(
                f=f, J=J, s=s, p=question, x=x, n=1, t=t,
                **passed_on(goal, "jump is a set", *JUMPING),
            ),
            # In stage 0, which can only do if x is no member, Ask has not halted.
            guess_made().at(f=f, p=question, x=x, w=number),
            numbering()(t), measuring()(number),
            evaluate(stage_oracle().function(f, 0), question, x, 0),
            goal.hypothesis("members halt", x),
            evaluate.invariant(f, decoding().function(x), x, select(s, x)),
            goal.hypothesis("jump is a set", x), goal.hypothesis("jump is a set", own),
            evaluate(J, question, x, 1), asking()(J, question, x, 1, nil),
            settling()(s, pair(x, nil)), settling()(s, nil),
            escape().at(f=f, J=J, s=s, p=p, n=n, **passed_on(goal, *JUMPING)),
        ],
    )


steady = once(lambda: define(model.steady))


@once
def included() -> Theorem:
    """What a program does on x is what its steady guesses are, in every stage."""
    evaluate, whole = evaluation(), steady()
    f, p, x, w = guessing_variables()
    (n,) = variables(n=INT)
    more = n + model.STEADY_STEPS
    return prove(
        "separation.included",
        forall(
            f, p, x, w, n,
            then=equal(
                evaluate.function(f, whole.function(p), pair(x, w), more),
                evaluate.function(f, p, x, n),
            ),
        ),
        lambda goal: [
            whole(p),
            evaluate(f, whole(p).term.args[1], pair(x, w), more),
            evaluate(f, made(Hd), pair(x, w), more - 1),
            evaluate(f, p, x, n),
        ],
    )


def jump_to_limit_theorems() -> tuple[Theorem, ...]:
    """Both parts of ``jump-to-limit``."""
    return jump_to_limit(), always_guesses()


def separation_theorems() -> tuple[Theorem, ...]:
    """All parts of ``separation``."""
    return separation(), included(), limit_to_jump(), jump_to_limit()
