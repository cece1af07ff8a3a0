"""The contrary guesser: what it sees, how often it changes its mind, and as a program.

*Definitions* accepted by the kernel: :func:`counting_changes`, :func:`watching`,
:func:`contrary_guess`, the program :func:`contrary_program` and what it costs.

*Results*: two parts of ``mind-changes``: the contrary guesses change at most n+1 times
(:func:`few`), and a program makes them (:func:`made_by`).

*How it is done*: what has been seen in a stage is seen in the next one too, and a change of what
was seen last uses up one of those that may count: induction on the number of guesses looked at. The
program looks at each by a run of the clocked universal program, in a loop that is known to end.

*References*: Y. L. Ershov, 'A hierarchy of sets I' (1968); R. I. Soare, 'Turing Computability'
(2016), chapter 3.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.algebra import curried
from models.machine.tree import Nil, Pair
from models.machine.universal import CLOCKED_OVERHEAD, REPORTING_STEPS, TEST_COST
from models.revision import mind_changes as model
from proofs.kernel.reading import is_a, made, part
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, comprehend, define, height, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import INT, Term, both, choose_by, equal, implies, negate, rank
from proofs.machine.degrees import FALSE, TRUE, is_truth
from proofs.machine.program import decoding
from proofs.machine.semantics import (
    evaluation,
    evaluation_variables,
    gas,
    halts,
    more_gas,
    value,
)
from proofs.machine.straight import denoted, followed, half, halting, pair
from proofs.machine.tree import measuring, numbering, numeral_length
from proofs.machine.universal_clocked import clock_costing, clocked_linear, reported, reporting
from proofs.machine.universal_step import (
    ask,
    asking_oracle,
    first_state,
    passing_on,
    reading_state,
)
from proofs.revision.limit_lemma import stage


@once
def counting_changes() -> Definition:
    """The changes before a stage: recursion on it."""
    return define(
        model.changes,
        measure=lambda G, s: s,
        invariant=lambda G, s, count: count >= 0,
    )


@once
def watching() -> Definition:
    """What has been seen: recursion on the guesses that are left to look at."""
    numbering()
    decoding()
    evaluation()
    return define(model.watch, measure=lambda f, x, s, k, i, v, left: k)


def watch_variables() -> tuple[Term, ...]:
    """Oracle f; tree x; time s, count k, stage i; last guess v, and l changes left."""
    f, _, x, _ = evaluation_variables()
    (v,) = variables(v=x.sort)
    s, k, i, left = variables(s=INT, k=INT, i=INT, l=INT)
    return f, x, s, k, i, v, left


def spent(before: Term, left_before: Term, after: Term, left: Term) -> Term:
    """No more are left after, and fewer if the guess is another one."""
    return both(
        left >= 0, left <= left_before, implies(negate(equal(before, after)), left < left_before)
    )


def last_of(found: Term) -> Term:
    """The guess that was seen last."""
    return part(found, Pair, "head")


def left_of(found: Term) -> Term:
    """How many changes are left."""
    return measuring().function(part(found, Pair, "tail"))


def looked(f: Term, x: Term, s: Term, i: Term) -> Term:
    """The outcome of the guess of x at itself in stage i with s units of gas."""
    return evaluation().function(f, decoding().function(x), stage(x, i), s)


def goes_on(goal: Goal, i: Term, left: Term, **more: Term) -> Iterable[Fact]:
    """The induction hypothesis after each of the ways in which a guess can be seen."""
    _, _, _, k, _, v, _ = watch_variables()
    for last in (v, FALSE, TRUE):
        for others in (left, left - 1):
            yield goal.induction(k=k - 1, i=i + 1, v=last, l=others, **more)


@once
def spends() -> Theorem:
    """A change of what was seen last uses up one of those left."""
    watch = watching()
    f, x, s, k, i, v, left = watch_variables()
    found = watch.function(f, x, s, k, i, v, left)
    return prove(
        "watch-spends",
        forall(
            f, x, s, k, i, v, left,
            given={"left": left >= 0},
            then=both(is_a(found, Pair), spent(v, left, last_of(found), left_of(found))),
        ),
        lambda goal: [
            watch(f, x, s, k, i, v, left), numeral_length().at(n=left),
            *goes_on(goal, i, left),
        ],
        measure=choose_by(k >= 0, k, 0),
    )


@once
def watches_longer() -> Theorem:
    """With more time and one guess more to look at, what was seen is seen, and more perhaps."""
    watch = watching()
    f, x, s, k, i, v, left = watch_variables()
    first = watch.function(f, x, s, k, i, v, left)
    second = watch.function(f, x, s + 1, k + 1, i, v, left)
    return prove(
        "watch-longer",
        forall(
            f, x, s, k, i, v, left,
            given={"left": left >= 0, "count": k >= 0},
            then=spent(last_of(first), left_of(first), last_of(second), left_of(second)),
        ),
        lambda goal: [
            watch(f, x, s, k, i, v, left), watch(f, x, s + 1, k + 1, i, v, left),
            numeral_length().at(n=left),
            spends().at(f=f, x=x, s=s + 1, k=k + 1, i=i, v=v, l=left),
            more_gas().at(f=f, p=decoding().function(x), x=stage(x, i), n=s, d=1),
            *goes_on(goal, i, left),
        ],
        measure=k,
    )


@once
def contrary_guess() -> Definition:
    """The contrary guess; not recursive."""
    watching()
    return define(model.contrary_guess)


@once
def contrary_guesses() -> Definition:
    """The contrary guesses at a tree, by stage."""
    contrary_guess()
    return comprehend(curried(model.contrary_guess))


@once
def changes_left() -> Theorem:
    """The contrary guesses have changed no more often than they might, less what is left."""
    count, guess, all_, watch = (
        counting_changes(), contrary_guess(), contrary_guesses(), watching()
    )
    f, x, s, _, _, _, _ = watch_variables()
    (n,) = variables(n=INT)
    G = all_.function(f, x, n)

    def seen(s: Term) -> Term:
        return watch.function(f, x, s, s, 0, TRUE, n + 1)

    return prove(
        "contrary-changes",
        forall(
            f, x, n, s,
            given={"most": n >= -1, "stage": s >= 0},
            then=count.function(G, s) <= n + 1 - left_of(seen(s)),
        ),
        lambda goal: [
            count(G, s), goal.induction(s=s - 1),
            *(spends().at(f=f, x=x, s=t, k=t, i=0, v=TRUE, l=n + 1) for t in (s, s - 1)),
            watches_longer().at(f=f, x=x, s=s - 1, k=s - 1, i=0, v=TRUE, l=n + 1),
            *(all_(f, x, n, t) for t in (s, s - 1)),
            *(guess(f, x, n, t) for t in (s, s - 1)),
        ],
        measure=s,
    )


@once
def few() -> Theorem:
    """The contrary guesses change at most n+1 times, if that is not less than no time."""
    f, x, s, _, _, _, _ = watch_variables()
    (n,) = variables(n=INT)
    G = contrary_guesses().function(f, x, n)
    return prove(
        "mind-changes.few",
        forall(
            f, x, n, s,
            given={"most": n >= -1},
            then=counting_changes().function(G, s) <= n + 1,
        ),
        lambda goal: [
            changes_left().at(f=f, x=x, n=n, s=s), counting_changes()(G, s),
            spends().at(f=f, x=x, s=s, k=s, i=0, v=TRUE, l=n + 1),
        ],
    )


# The program


@once
def watching_gas() -> Definition:
    """What the loop costs: recursion on the guesses that are left to look at."""
    return define(
        model.watching_gas,
        measure=lambda s, k: k,
        invariant=lambda s, k, cost: implies(s >= 0, cost >= TEST_COST),
    )


@once
def watching_program() -> Definition:
    """The loop that looks at guesses."""
    reporting()
    return define(model.watching)


@once
def contrary_program() -> Definition:
    """The contrary guesser."""
    watching_program()
    return define(model.contrary_by)


@once
def contrary_gas() -> Definition:
    """What it costs."""
    measuring()
    watching_gas()
    return define(model.contrary_gas)


def kept(*cells: Term) -> Term:
    """The state of the loop."""
    *before, last = cells
    for cell in reversed(before):
        last = pair(cell, last)
    return last


@once
def watched() -> Theorem:
    """The loop sees what is to be seen."""
    evaluate, loop, size, watch = evaluation(), watching_program(), measuring(), watching()
    f, x, _, _, i, v, _ = watch_variables()
    w, k, left, n = variables(w=x.sort, k=x.sort, l=x.sort, n=INT)
    time, count = size.function(w), size.function(k)
    need = watching_gas().function(time, count)
    program = loop.function(ask())
    state = kept(k, v, left, numbering().function(i), w, x)
    result = evaluate.function(f, program, state, need + n)
    found = watch.function(f, x, time, count, i, v, size.function(left))

    def premises(goal: Goal) -> Iterable[Fact]:
        spelled = loop(ask()).term.args[1]
        test, body = spelled.args
        looking, _ = body.args
        report = looking.args[0]
        number = numbering().function(i)
        there = pair(w, pair(made(Nil), pair(x, pair(x, number))))
        nil = made(Nil)
        first = reading_state().function(first_state(x, pair(x, number), nil))
        passing = passing_on().function()
        enough = CLOCKED_OVERHEAD * time + REPORTING_STEPS + TEST_COST
        cost = clock_costing().function(f, passing, first, time)
        bounded = clocked_linear().at(f=f, state=first, n=time)
        halted = goal.have(
            both(
                halts(evaluate.function(f, report.args[1], there, enough)),
                equal(
                    value(evaluate.function(f, report.args[1], there, enough)),
                    choose_by(
                        halts(looked(f, x, time, i)),
                        pair(TRUE, value(looked(f, x, time, i))), made(Nil),
                    ),
                ),
            ),
            reported().at(
                f=f, g=f, a=ask(), k=passing, e=x, x=pair(x, number), r=nil, w=w,
                m=enough - cost - REPORTING_STEPS, answers=asking_oracle(f, nil),
            ),
            bounded, size.invariant(w),
        )
        reporting_ = halting(goal, f, report.args[1], there, enough, halted)
        known = {(report.args[1], there): reporting_}
        within = goal.have(
            reporting_.steps <= enough, halted,
            evaluate.invariant(f, report.args[1], there, enough),
        )
        less = part(k, Pair, "tail")
        yield halted
        yield within
        yield reporting_.positive
        yield loop(ask())
        yield evaluate(f, spelled, state, need + n)
        yield evaluate(f, test, state, need + n - 1)
        yield followed(goal, f, body, state, need + n - 3, known)
        _, steps = denoted(f, body, state, known)
        # What is left of a round is the test of the loop.
        yield goal.have(steps <= reporting_.steps + model.LOOK_STEPS - 3, reporting_.positive)
        yield size(k)
        yield size.invariant(less)
        yield size.invariant(w)
        yield size(left)
        yield size.invariant(part(left, Pair, "tail"))
        yield size.invariant(left)
        yield watching_gas()(time, count)
        yield watching_gas().invariant(time, count - 1)
        yield watch(f, x, time, count, i, v, size.function(left))
        yield numbering()(i + 1)
        left_over = need + n - 3 - steps
        # A loop that has stopped looking
        ended = kept(made(Nil), v, left, number, w, x)
        yield evaluate(f, spelled, ended, left_over)
        yield evaluate(f, test, ended, left_over - 1)
        rest = watching_gas().function(time, count - 1)
        for last in (v, FALSE, TRUE):
            for others in (left, part(left, Pair, "tail")):
                yield goal.induction(k=less, v=last, l=others, i=i + 1, n=left_over - rest)
        yield from height(less)

    return prove(
        "contrary-watched",
        forall(
            f, w, x, k, v, left, i, n,
            given={"truth": is_truth(v), "stage": i >= 0, "gas": n >= 0},
            then=both(
                halts(result), gas(result) >= n,
                equal(half(half(value(result), "tail"), "head"), last_of(found)),
            ),
        ),
        premises,
        measure=rank(k),
    )


@once
def made_by() -> Theorem:
    """A program makes the contrary guesses, which are truth values."""
    evaluate, whole, size, guess = evaluation(), contrary_program(), measuring(), contrary_guess()
    f, x, _, _, _, _, _ = watch_variables()
    w, y = variables(w=x.sort, y=x.sort)
    time, most = size.function(w), size.function(y)
    program = whole.function(y, ask())
    enough = contrary_gas().function(w)
    result = evaluate.function(f, program, pair(x, w), enough)

    def premises(goal: Goal) -> Iterable[Fact]:
        spelled = whole(y, ask()).term.args[1]
        begin, rest = spelled.args
        loop, end = rest.args
        nil = made(Nil)
        left = pair(nil, y)
        state = kept(w, TRUE, left, nil, w, x)
        _, first = denoted(f, begin, pair(x, w))
        before = enough - 2 - first
        need = watching_gas().function(time, time)
        looked_ = evaluate.function(f, loop, state, before)
        yield whole(y, ask())
        yield contrary_gas()(w)
        yield evaluate(f, spelled, pair(x, w), enough)
        yield followed(goal, f, begin, pair(x, w), enough - 1)
        yield evaluate(f, rest, state, before + 1)
        yield numbering()(0)
        yield watched().at(f=f, w=w, x=x, k=w, v=TRUE, l=left, i=0, n=before - need)
        yield followed(goal, f, end, value(looked_), gas(looked_))
        yield size(left)
        yield size.invariant(y)
        yield size.invariant(w)
        yield watching_gas().invariant(time, time)
        yield guess(f, x, most, time)
        yield spends().at(f=f, x=x, s=time, k=time, i=0, v=TRUE, l=most + 1)

    return prove(
        "mind-changes.made",
        forall(
            f, x, w, y,
            then=both(
                halts(result), is_truth(value(result)),
                equal(value(result), guess.function(f, x, most, time)),
            ),
        ),
        premises,
    )
