"""Each further mind change decides more.

*Definitions* accepted by the kernel: those of :mod:`models.revision.mind_changes`.

*Results*: ``mind-changes``: a program whose guesses at its own code settle with at most n changes
has another limit there than the contrary guesser (:func:`separated`), whose guesses are made by a
program (:func:`made_by`) and change at most n+1 times (:func:`few`); the same for a tree that is
read as a program, with a stage from which on the contrary guesses are the opposite
(:func:`contradicted`); guesses that change seldom have a limit (:func:`settled`).

*How it is done*: what has been seen in a stage is seen in the next one too, and a change of what
was seen last uses up one of those that may count (induction on the number of guesses looked at).
Of a program with at most n changes all are seen and counted, so that what is seen last is its
limit. For the last part the jump is asked whether there is a further change: if so, it is found
within the steps that the search for it takes.

*References*: Y. L. Ershov, 'A hierarchy of sets I' (1968); R. I. Soare, 'Turing Computability'
(2016), section 3.8.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.algebra import curried
from models.machine.tree import Nil, Pair
from models.machine.universal import CLOCKED_OVERHEAD, REPORTING_STEPS, TEST_COST
from models.revision import mind_changes as model
from proofs.kernel.reading import array_of, is_a, made, part
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, comprehend, define, height, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import (
    INT,
    Term,
    both,
    choose_by,
    either,
    equal,
    implies,
    negate,
    rank,
    select,
)
from proofs.machine.degrees import FALSE, TRUE, is_truth
from proofs.machine.program import coding, decode_code, decoding
from proofs.machine.semantics import (
    evaluation,
    evaluation_variables,
    gas,
    halts,
    more_gas,
    value,
)
from proofs.machine.straight import denoted, exactly, followed, half, halting, pair
from proofs.machine.tree import measuring, numbering, numeral_length
from proofs.machine.turing_jump import is_jump
from proofs.machine.universal_clocked import clock_costing, clocked_linear, reported, reporting
from proofs.machine.universal_step import (
    ask,
    asking_oracle,
    first_state,
    passing_on,
    reading_state,
)
from proofs.revision.limit_lemma import (
    Schema,
    change,
    change_halts,
    changing,
    changing_gas,
    compared,
    costing,
    guessed,
    guesses,
    limit_variables,
    passed_on,
    same_guess,
    stage,
)


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
        "mind-changes.left",
        forall(
            f, x, n, s,
            given={"most": n >= 0, "stage": s >= 0},
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
    """The contrary guesses change at most n+1 times."""
    f, x, s, _, _, _, _ = watch_variables()
    (n,) = variables(n=INT)
    G = contrary_guesses().function(f, x, n)
    return prove(
        "mind-changes.few",
        forall(
            f, x, n, s,
            given={"most": n >= 0},
            then=counting_changes().function(G, s) <= n + 1,
        ),
        lambda goal: [
            changes_left().at(f=f, x=x, n=n, s=s), counting_changes()(G, s),
            spends().at(f=f, x=x, s=s, k=s, i=0, v=TRUE, l=n + 1),
        ],
    )


# What is seen of a guesser that changes its mind seldom


@once
def changes_grow() -> Theorem:
    """No fewer changes are before a later stage."""
    count = counting_changes()
    G, i, j = variables(G=array_of(INT, numbering().function.range), i=INT, j=INT)
    return prove(
        "changes-grow",
        forall(
            G, i, j, given={"later": j >= i},
            then=count.function(G, i) <= count.function(G, j),
        ),
        lambda goal: [
            count(G, j), count(G, i), count.invariant(G, j), goal.induction(j=j - 1),
        ],
        measure=choose_by(j >= i, j - i, 0),
    )


@once
def seeing() -> Definition:
    """A stage in which guesses have been seen: recursion on the modulus."""
    return define(model.seen_stage, measure=lambda c, m: m)


@once
def seen_by_then() -> Theorem:
    """That stage is later than the modulus, and no earlier than the cost of guess 0 and of each up
    to the modulus."""
    see = seeing()
    c, m, j = variables(c=array_of(INT, INT), m=INT, j=INT)
    there = see.function(c, m)
    return prove(
        "seen-by-then",
        forall(
            c, m, j,
            given={"from": j >= 0, "to": either(j <= m, equal(j, 0))},
            then=both(there > 0, there > m, there >= select(c, j)),
        ),
        lambda goal: [
            see(c, m), goal.induction(m=m - 1), goal.induction(m=m - 1, j=m - 1),
            goal.induction(m=m - 1, j=0),
        ],
        measure=choose_by(m >= 0, m, 0),
    )


def guess_variables() -> tuple[Term, ...]:
    """Oracle f, tree x, the guesses G of the program x at itself with their cost c, their modulus m
    and limit b, how often they change at most, n."""
    f, x, _, _, _, _, _ = watch_variables()
    G, c = variables(G=array_of(INT, x.sort), c=array_of(INT, INT))
    m, b, n = variables(m=INT, b=x.sort, n=INT)
    return f, x, G, c, m, b, n


def makes(f: Term, h: Term, x: Term, c: Term, G: Term) -> Schema:
    """The schema "in stage j the guess of h at x is the truth value G(j), within c(j) steps"."""
    (j,) = variables(j=INT)
    outcome = guessed(f, h, c, x, j)
    right = both(halts(outcome), equal(value(outcome), select(G, j)), is_truth(select(G, j)))
    return (j,), implies(j >= 0, right)


def seldom(h: Term, x: Term) -> dict[str, Schema | Term]:
    """That G are the guesses of h at x, from stage m on b, with at most n changes."""
    f, _, G, c, m, b, n = guess_variables()
    (j,) = variables(j=INT)
    return {
        "guesses": makes(f, h, x, c, G),
        "settles": ((j,), implies(both(j >= 0, j >= m), equal(select(G, j), b))),
        "few": counting_changes().function(G, m) <= n,
    }


@once
def follows() -> Theorem:
    """Watching such guesses, what is seen last is their limit."""
    watch, count = watching(), counting_changes()
    f, x, G, c, m, b, n = guess_variables()
    s, i = variables(s=INT, i=INT)
    # What has been seen before stage i, where true counts as seen at first
    last = choose_by(i <= 0, TRUE, select(G, i - 1))
    first = choose_by(equal(select(G, 0), TRUE), 0, 1)
    used = choose_by(i <= 0, 0, count.function(G, i - 1) + first)
    left = n + 1 - used
    found = watch.function(f, x, s, s - i, i, last, left)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield watch(f, x, s, s - i, i, last, left)
        for j in (i, i - 1):
            yield goal.hypothesis("settles", j)
        yield goal.hypothesis("guesses", i)
        yield goal.hypothesis("guesses", i - 1)
        yield goal.hypothesis("guesses", 0)
        yield seen_by_then().at(c=c, m=m, j=i)
        yield seen_by_then().at(c=c, m=m, j=0)
        yield count(G, i)
        yield count(G, 0)
        yield count.invariant(G, i - 1)
        yield count.invariant(G, m)
        yield changes_grow().at(G=G, i=i, j=m)
        yield more_gas().at(
            f=f, p=decoding().function(x), x=stage(x, i), n=select(c, i), d=s - select(c, i)
        )
        yield more_gas().at(
            f=f, p=decoding().function(x), x=stage(x, i), n=s, d=select(c, i) - s
        )
        yield goal.induction(i=i + 1)

    return prove(
        "watch-follows",
        forall(
            f, x, G, c, m, b, n, s, i,
            given={
                **seldom(decoding().function(x), x), "seen": s >= seeing().function(c, m),
                "from": i >= 0, "to": i <= s,
            },
            then=equal(last_of(found), b),
        ),
        premises,
        measure=choose_by(s >= i, s - i, 0),
    )


@once
def contradicted() -> Theorem:
    """At the tree of a program whose guesses there settle, with at most n changes, the contrary
    guesses settle on the opposite."""
    guess = contrary_guess()
    f, x, G, c, m, b, n = guess_variables()
    (s,) = variables(s=INT)
    return prove(
        "mind-changes.contradicted",
        forall(
            f, x, G, c, m, b, n, s,
            given={
                **seldom(decoding().function(x), x), "seen": s >= seeing().function(c, m),
            },
            then=equal(
                guess.function(f, x, n, s), choose_by(equal(b, TRUE), FALSE, TRUE)
            ),
        ),
        lambda goal: [
            guess(f, x, n, s),
            *(goal.hypothesis(label, j) for label in ("guesses", "settles") for j in (0, m)),
            counting_changes().invariant(G, m), seen_by_then().at(c=c, m=m, j=0),
            spends().at(f=f, x=x, s=s, k=s, i=0, v=TRUE, l=n + 1),
            follows().at(
                f=f, x=x, G=G, c=c, m=m, b=b, n=n, s=s, i=0,
                **passed_on(goal, "guesses", "settles"),
            ),
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


# That no program with few changes has the limit of the contrary guesser


def separating_variables() -> tuple[Term, ...]:
    """Oracle f; program h, the guesses G of h at its code with their cost c, their modulus m and
    limit b, how often they change at most, n; modulus k and limit v of the contrary guesses there.
    """
    f, _, G, c, m, b, n = guess_variables()
    (h,) = variables(h=decoding().function.range)
    k, v = variables(k=INT, v=b.sort)
    return f, h, G, c, m, b, n, k, v


@once
def decoded_makes() -> Theorem:
    """A program makes guesses, so what its code is read as does."""
    f, h, G, c, _, _, _, _, _ = separating_variables()
    own = coding().function(h)
    (j,), claim = makes(f, decoding().function(own), own, c, G)
    return prove(
        "decoded-makes",
        forall(f, h, G, c, j, given={"guesses": makes(f, h, own, c, G)}, then=claim),
        lambda goal: [decode_code().at(p=h), goal.hypothesis("guesses", j)],
    )


@once
def separated() -> Theorem:
    """The limit of a program's guesses at its own code, with at most n changes, is not that of the
    contrary guesser for n."""
    evaluate, number = evaluation(), numbering().function
    f, h, G, c, m, b, n, k, v = separating_variables()
    own = coding().function(h)
    (j,) = variables(j=INT)
    program = contrary_program().function(number(n), ask())

    def contrary(stage_: Term) -> Term:
        return evaluate.function(
            f, program, stage(own, stage_), contrary_gas().function(number(stage_))
        )

    seen = seeing().function(c, m)
    late = choose_by(k >= seen, k, seen)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield goal.hypothesis("limit", late)
        yield made_by().at(f=f, x=own, w=number(late), y=number(n))
        yield numeral_length().at(n=late)
        yield numeral_length().at(n=n)
        yield seen_by_then().at(c=c, m=m, j=0)
        yield counting_changes().invariant(G, m)
        yield contradicted().at(
            f=f, x=own, G=G, c=c, m=m, b=b, n=n, s=late, settles=goal.schema("settles"),
            guesses=decoded_makes().schema(
                j, f=f, h=h, G=G, c=c, j=j, guesses=goal.schema("guesses")
            ),
        )

    return prove(
        "mind-changes",
        forall(
            f, h, G, c, m, b, n, k, v,
            given={
                **seldom(h, own),
                "limit": ((j,), implies(both(j >= 0, j >= k), equal(value(contrary(j)), v))),
            },
            then=negate(equal(v, b)),
        ),
        premises,
    )


# That guesses which change seldom settle


@once
def settling() -> Definition:
    """A stage after which nothing changes: recursion on the changes that are left."""
    numbering()
    change()
    coding()
    return define(model.settled_stage, measure=lambda J, s, h, x, i, k: k)


def settling_variables() -> tuple[Term, ...]:
    """Oracle f with its jump J and the steps s of its members; guesser h with its guesses G at x
    and their cost c; stage i; gas n; most changes k."""
    f, J, s, h, c, x, _, _, i, n = limit_variables()
    G, k = variables(G=array_of(INT, x.sort), k=INT)
    return f, J, s, h, c, x, G, i, n, k


def guesses_are(f: Term, h: Term, c: Term, x: Term, G: Term) -> Schema:
    """The schema "the guess at x in stage j is G(j)"."""
    (j,) = variables(j=INT)
    return (j,), implies(j >= 0, equal(value(guessed(f, h, c, x, j)), select(G, j)))


@once
def change_found() -> Theorem:
    """If the search for a change halts in stage i with n units of gas, there is a change before
    stage i + n."""
    evaluate, loop, count = evaluation(), changing(), counting_changes()
    f, _, _, h, c, x, G, i, n, _ = settling_variables()
    result = evaluate.function(f, loop.function(h), stage(x, i), n)

    def premises(goal: Goal) -> Iterable[Fact]:
        known, facts = compared(goal, f, h, c, x, i)
        now = stage(x, i)
        spelled = loop(h).term.args[1]
        test = same_guess()(h)
        _, steps = denoted(f, test.term.args[1], now, known)
        advance = spelled.args[1]
        _, advancing = denoted(f, advance, now)
        left = n - 1 - steps - 1 - advancing
        yield loop(h)
        yield test
        yield from facts
        yield from (each.positive for each in known.values())
        yield evaluate(f, spelled, now, n)
        yield exactly(goal, f, test.term.args[1], now, n - 1, known)
        yield exactly(goal, f, advance, now, n - 1 - steps - 1)
        yield goal.hypothesis("are", i)
        yield goal.hypothesis("are", i + 1)
        yield count(G, i + 1)
        yield changes_grow().at(G=G, i=i + 1, j=i + n)
        yield changes_grow().at(G=G, i=i + 1 + left, j=i + n)
        yield goal.induction(i=i + 1, n=left)

    return prove(
        "change-found",
        forall(
            f, h, c, x, G, i, n,
            given={
                "guesses": guesses(f, h, c, x), "are": guesses_are(f, h, c, x, G),
                "stage": i >= 0, "halts": halts(result),
            },
            then=count.function(G, i + n) > count.function(G, i),
        ),
        premises,
        measure=n,
    )


def settling_hypotheses(most: Term) -> dict[str, Schema]:
    """That the guesses G of h at x change at most so many times; and that J is the jump of f."""
    f, J, s, h, c, x, G, _, _, _ = settling_variables()
    (j,) = variables(j=INT)
    return {
        "guesses": guesses(f, h, c, x), "are": guesses_are(f, h, c, x, G), **is_jump(f, J, s),
        "few": ((j,), counting_changes().function(G, j) <= most),
    }


@once
def settled_from() -> Theorem:
    """Guesses that change at most k times from stage i on are the same from a stage on that the
    jump tells."""
    evaluate, count, there = evaluation(), counting_changes(), settling()
    f, J, s, h, c, x, G, i, _, k = settling_variables()
    (t, m) = variables(t=INT, m=INT)
    last = there.function(J, s, h, x, i, k)
    now = stage(x, i)
    own = coding().function(change().function(h, now))

    def premises(goal: Goal) -> Iterable[Fact]:
        program = change().function(h, now)
        spelled = change()(h, now).term.args[1]
        enough = changing_gas().function(c, i, t)
        yield there(J, s, h, x, i, k)
        yield change()(h, now)
        yield decode_code().at(p=program)
        for n in (select(s, own), enough + 2):
            yield evaluate(f, spelled, own, n)
            yield evaluate(f, spelled.args[0], own, n - 1)
        yield goal.hypothesis("members halt", own)
        yield goal.hypothesis("others loop", own, enough + 2)
        yield goal.hypothesis("few", i + select(s, own))
        yield goal.hypothesis("are", i)
        yield goal.hypothesis("are", t)
        yield change_found().at(
            f=f, h=h, c=c, x=x, G=G, i=i, n=select(s, own) - 2,
            **passed_on(goal, "guesses", "are"),
        )
        yield changes_grow().at(G=G, i=i + select(s, own) - 2, j=i + select(s, own))
        yield change_halts().at(
            f=f, h=h, c=c, x=x, i=i, t=t, n=0, **passed_on(goal, "guesses")
        )
        yield costing(goal, f, h, c, x, i, t)
        yield goal.induction(i=i + select(s, own), k=k - 1)

    return prove(
        "settled-from",
        forall(
            f, J, s, h, c, x, G, m, i, k, t,
            given={
                **settling_hypotheses(m),
                "stage": i >= 0, "left": k >= m - count.function(G, i), "later": t >= last,
            },
            then=both(last >= i, equal(select(G, t), select(G, last))),
        ),
        premises,
        measure=choose_by(k >= 0, k, 0),
    )


@once
def settled() -> Theorem:
    """Guesses that change at most k times are the same from a stage on that the jump tells."""
    f, J, s, h, c, x, G, _, _, k = settling_variables()
    (t,) = variables(t=INT)
    last = settling().function(J, s, h, x, 0, k)
    return prove(
        "mind-changes.settles",
        forall(
            f, J, s, h, c, x, G, k, t,
            given={**settling_hypotheses(k), "later": t >= last},
            then=equal(select(G, t), select(G, last)),
        ),
        lambda goal: [
            counting_changes()(G, 0),
            settled_from().at(
                f=f, J=J, s=s, h=h, c=c, x=x, G=G, m=k, i=0, k=k, t=t,
                **passed_on(goal, "guesses", "are", "members halt", "others loop", "few"),
            ),
        ],
    )


def mind_changes() -> tuple[Theorem, ...]:
    """All parts of ``mind-changes``."""
    return separated(), few(), made_by(), contradicted(), settled()
