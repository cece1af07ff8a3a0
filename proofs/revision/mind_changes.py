"""Each further mind change decides more.

*Definitions* accepted by the kernel: those of :mod:`proofs.revision.contrary`; :func:`seeing`,
:func:`settling`.

*Results*: ``mind-changes``: a program whose guesses at its own code settle with at most n changes
has another limit there than the contrary guesser (:func:`separated`); the same for a tree that is
read as a program, with a stage from which on the contrary guesses are the opposite
(:func:`contradicted`); guesses that change seldom have a limit (:func:`settled`). The other parts
are in :mod:`proofs.revision.contrary`.

*How it is done*: of a program with at most n changes all guesses are seen and counted, so that what
is seen last is its limit. For the last part the jump is asked whether there is a further change: if
so, it is found within the steps that the search for it takes.

*References*: Y. L. Ershov, 'A hierarchy of sets I' (1968); R. I. Soare, 'Turing Computability'
(2016), chapter 3.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.machine.tree import Nil, Pair
from models.revision import mind_changes as model
from proofs.kernel.reading import array_of, is_a
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, prove
from proofs.kernel.tactics import Supposition, forall, once, variables
from proofs.kernel.terms import (
    INT,
    Term,
    both,
    choose_by,
    either,
    equal,
    implies,
    select,
)
from proofs.machine.degrees import FALSE, TRUE
from proofs.machine.program import coding, decode_code, decoding
from proofs.machine.semantics import evaluation, halts, more_gas, value
from proofs.machine.straight import denoted, exactly
from proofs.machine.tree import numbering, numeral_length
from proofs.machine.turing_jump import is_jump, passed_on
from proofs.machine.universal_step import ask
from proofs.revision.contrary import (
    contrary_gas,
    contrary_guess,
    contrary_program,
    counting_changes,
    few,
    last_of,
    made_by,
    spends,
    watch_variables,
    watching,
)
from proofs.revision.limit_lemma import (
    change,
    change_halts,
    changing,
    changing_gas,
    compared,
    guessed,
    guesses,
    limit_variables,
    same_guess,
    search_costs,
    stage,
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


def own_variables() -> tuple[Term, ...]:
    """Oracle f, tree x, the guesses G of the program x at itself with their cost c, their modulus m
    and limit b, how often they change at most, n."""
    f, x, _, _, _, _, _ = watch_variables()
    G, c = variables(G=array_of(INT, x.sort), c=array_of(INT, INT))
    m, b, n = variables(m=INT, b=x.sort, n=INT)
    return f, x, G, c, m, b, n


def makes(f: Term, h: Term, x: Term, c: Term, G: Term) -> Supposition:
    """The schema "in stage j the guess of h at x is G(j), within c(j) steps"."""
    (j,) = variables(j=INT)
    outcome = guessed(f, h, c, x, j)
    return (j,), implies(j >= 0, both(halts(outcome), equal(value(outcome), select(G, j))))


def seen_as(guess: Term) -> Term:
    """The truth value that a guess stands for: every pair for true."""
    return choose_by(is_a(guess, Nil), FALSE, TRUE)


def opposite(guess: Term) -> Term:
    """The other one."""
    return choose_by(is_a(guess, Nil), TRUE, FALSE)


def seldom(h: Term, x: Term) -> dict[str, Supposition | Term]:
    """That G are the guesses of h at x, from stage m on b, with at most n changes."""
    f, _, G, c, m, b, n = own_variables()
    (j,) = variables(j=INT)
    return {
        "guesses": makes(f, h, x, c, G),
        "settles": ((j,), implies(both(j >= 0, j >= m), equal(select(G, j), b))),
        "few": counting_changes().function(G, m) <= n,
    }


@once
def follows() -> Theorem:
    """Watching such guesses, what is seen last is their limit. Before stage i at most as many
    changes have counted as there were."""
    watch, count = watching(), counting_changes()
    f, x, G, c, m, b, n = own_variables()
    s, i, left = variables(s=INT, i=INT, l=INT)
    # What has been seen before stage i, where true counts as seen at first
    last = choose_by(i <= 0, TRUE, seen_as(select(G, i - 1)))
    first = choose_by(is_a(select(G, 0), Pair), 0, 1)
    used = choose_by(i <= 0, 0, count.function(G, i - 1) + first)
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
        for others in (left, left - 1):
            yield goal.induction(i=i + 1, l=others)

    return prove(
        "watch-follows",
        forall(
            f, x, G, c, m, b, n, s, i, left,
            given={
                **seldom(decoding().function(x), x), "seen": s >= seeing().function(c, m),
                "from": i >= 0, "to": i <= s, "left": left >= n + 1 - used,
            },
            then=equal(last_of(found), seen_as(b)),
        ),
        premises,
        measure=choose_by(s >= i, s - i, 0),
    )


@once
def contradicted() -> Theorem:
    """At the tree of a program whose guesses there settle, with at most n changes, the contrary
    guesses settle on the opposite."""
    guess = contrary_guess()
    f, x, G, c, m, b, n = own_variables()
    (s,) = variables(s=INT)
    return prove(
        "mind-changes.contradicted",
        forall(
            f, x, G, c, m, b, n, s,
            given={
                **seldom(decoding().function(x), x), "seen": s >= seeing().function(c, m),
            },
            then=equal(guess.function(f, x, n, s), opposite(b)),
        ),
        lambda goal: [
            guess(f, x, n, s),
            *(goal.hypothesis(label, j) for label in ("guesses", "settles") for j in (0, m)),
            counting_changes().invariant(G, m), seen_by_then().at(c=c, m=m, j=0),
            spends().at(f=f, x=x, s=s, k=s, i=0, v=TRUE, l=n + 1),
            follows().at(
                f=f, x=x, G=G, c=c, m=m, b=b, n=n, s=s, i=0, l=n + 1,
                **passed_on(goal, "guesses", "settles"),
            ),
        ],
    )


# That no program with few changes has the limit of the contrary guesser


@once
def decoded_makes() -> Theorem:
    """A program makes guesses, so what its code is read as does."""
    f, _, G, c, _, _, _ = own_variables()
    h, j = variables(h=decoding().function.range, j=INT)
    own = coding().function(h)
    (j,), claim = makes(f, decoding().function(own), own, c, G)
    return prove(
        "decoded-makes",
        forall(f, h, G, c, j, given={"guesses": makes(f, h, own, c, G)}, then=claim),
        lambda goal: [decode_code().at(p=h), goal.hypothesis("guesses", j)],
    )


@once
def separated() -> Theorem:
    """Where the guesses of a program at its own code, with at most n changes, have the limit b, the
    contrary guesser for n has in the end the opposite."""
    evaluate, number = evaluation(), numbering().function
    f, _, G, c, m, b, n = own_variables()
    h, s, j = variables(h=decoding().function.range, s=INT, j=INT)
    own = coding().function(h)
    program = contrary_program().function(number(n), ask())
    enough = contrary_gas().function(number(s))
    result = evaluate.function(f, program, stage(own, s), enough)
    return prove(
        "mind-changes",
        forall(
            f, h, G, c, m, b, n, s,
            given={**seldom(h, own), "seen": s >= seeing().function(c, m)},
            then=both(halts(result), equal(value(result), opposite(b))),
        ),
        lambda goal: [
            made_by().at(f=f, x=own, w=number(s), y=number(n)),
            numeral_length().at(n=s), numeral_length().at(n=n),
            seen_by_then().at(c=c, m=m, j=0), counting_changes().invariant(G, m),
            contradicted().at(
                f=f, x=own, G=G, c=c, m=m, b=b, n=n, s=s, settles=goal.schema("settles"),
                guesses=decoded_makes().schema(
                    j, f=f, h=h, G=G, c=c, j=j, guesses=goal.schema("guesses")
                ),
            ),
        ],
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


def guesses_are(f: Term, h: Term, c: Term, x: Term, G: Term) -> Supposition:
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


def settling_hypotheses(most: Term) -> dict[str, Supposition]:
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
        yield search_costs(goal, f, h, c, x, i, t)
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
