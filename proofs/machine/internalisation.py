"""Finitely many answers hard-wired into a program.

*Definitions* accepted by the kernel: those of :mod:`models.machine.internalisation`, and how many
Asks a program has (:func:`models.machine.transform.asks`).

*Results*: ``finite-internalization``: an internalised program has, relative to f, the same halting
and values as its program relative to f patched by the transcript (:func:`forward`,
:func:`backward`); its outcomes don't depend on the oracle's answers to listed questions
(:func:`unasked`); its size (:func:`larger`, :func:`answers_size`). Before that: the decision tree
of a constant tells it from all other trees (:func:`equality`), and answering takes no more steps
than the answering program is large (:func:`answered`).

*How it is done*: induction on the constant, with the gas that its decision tree is large, and on
the transcript; then ``substitution`` with the answering program for q.

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), section II.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.machine import internalisation as model
from models.machine.program import Ask, Cons, Hd, Id, If, Quote, Then, Tl, While
from models.machine.transform import asks
from models.machine.tree import FALSE, TRUE, Nil, Pair
from proofs.kernel.reading import is_a, made, part, quote
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, height, prove
from proofs.kernel.tactics import Supposition, forall, once, replace, variables
from proofs.kernel.terms import (
    INT,
    Term,
    both,
    choose_by,
    either,
    equal,
    implies,
    rank,
    select,
)
from proofs.machine.program import counting, sizing, subprograms
from proofs.machine.semantics import (
    evaluation,
    evaluation_variables,
    gas,
    halts,
    inner_calls,
    more_gas,
    value,
)
from proofs.machine.substitution import (
    agrees,
    answering,
    computes,
    substituting,
    substitution_variables,
)
from proofs.machine.substitution import backward as substitution_backward
from proofs.machine.substitution import forward as substitution_forward


@once
def equal_to() -> Definition:
    """The decision tree of a constant: recursion on it."""
    return define(model.equals, measure=rank)


@once
def answers() -> Definition:
    """The program that answers by a transcript: recursion on it."""
    equal_to()
    return define(model.answers, measure=rank)


@once
def patched() -> Definition:
    """An oracle patched by a transcript: recursion on the transcript."""
    return define(model.patched, measure=lambda f, t, z: rank(t))


@once
def listed() -> Definition:
    """Whether a question is in a transcript: recursion on the transcript."""
    return define(model.listed, measure=lambda t, z: rank(t))


@once
def internalised() -> Definition:
    """A program with a transcript hard-wired."""
    answers()
    substituting()
    return define(model.internalise)


@once
def asked() -> Definition:
    """The number of Asks, never fewer than none: recursion on the program."""
    return define(
        asks,
        measure=rank,
        invariant=lambda p, count: count >= 0,
        premises=lambda p: [fact for inner in subprograms(p) for fact in height(inner)],
    )


def followed(f: Term, program: Term, x: Term, n: Term) -> Iterator[Fact]:
    """The gas equation at the calls of a run, as far as the program is spelled out."""
    found = evaluation()(f, program, x, n)
    yield found
    for call in inner_calls(found, found.term.args[0]):
        if call.args[1].op == "make":
            yield from followed(*call.args)


def runs_of(program: Term, facts: Iterable[Fact]) -> list[Term]:
    """The calls of the gas equation on a program in facts, each once."""
    found = [call for fact in facts for call in inner_calls(fact) if call.args[1] is program]
    return list(dict.fromkeys(found))


def transcript_variables() -> tuple[Term, ...]:
    """Oracle f, transcript t, question z, gas n."""
    f, _, x, n = evaluation_variables()
    t, z = variables(t=x.sort, z=x.sort)
    return f, t, z, n


def comparing(c: Term) -> tuple[Term, Term]:
    """The decision trees of nil, and of a pair of the parts of c."""
    test = equal_to().function
    false, true = made(Quote, made(Nil)), made(Quote, made(Pair, made(Nil), made(Nil)))
    first = made(Then, made(Hd), test(part(c, Pair, "head")))
    second = made(Then, made(Tl), test(part(c, Pair, "tail")))
    return (
        made(If, made(Id), false, true),
        made(If, made(Id), made(If, first, second, false), false),
    )


def steps(c: Term) -> Term:
    """How large the decision tree of c is, and within how many steps it has its value."""
    return 14 * counting().function(c) + 5


@once
def equality() -> Theorem:
    """The decision tree of c has on x the value "x is c", within as many steps as it is large."""
    test, pairs = equal_to(), counting()
    run = evaluation().function
    f, _, x, n = evaluation_variables()
    (c,) = variables(c=x.sort)
    outcome = run(f, test.function(c), x, n + steps(c))
    said = choose_by(equal(x, c), quote(TRUE, x.sort), quote(FALSE, x.sort))
    left, right = part(c, Pair, "head"), part(c, Pair, "tail")

    def premises(goal: Goal) -> Iterable[Fact]:
        yield test(c)
        yield pairs(c)
        facts = [
            fact for program in comparing(c)
            for fact in followed(f, program, x, n + steps(c))
        ]
        yield from facts
        for half in (left, right):
            yield pairs.invariant(half)
            yield from height(half)
            for call in runs_of(test.function(half), facts):
                yield goal.induction(c=half, x=call.args[2], n=call.args[3] - steps(half))

    return prove(
        "constant-equality",
        forall(
            f, c, x, n,
            given={"gas": n >= 0},
            then=both(halts(outcome), equal(value(outcome), said), gas(outcome) >= n),
        ),
        premises,
        measure=rank(c),
    )


@once
def equality_size() -> Theorem:
    """The size of the decision tree of c."""
    test, pairs, size = equal_to(), counting(), sizing()
    _, _, x, _ = evaluation_variables()
    (c,) = variables(c=x.sort)
    halves = part(c, Pair, "head"), part(c, Pair, "tail")
    return prove(
        "constant-equality.size",
        forall(c, then=equal(size.function(test.function(c)), steps(c))),
        lambda goal: [
            test(c), pairs(c),
            *(fact for program in comparing(c) for fact in sizes(program)),
            *(fact for half in halves for fact in height(half)),
            *(goal.induction(c=half) for half in halves),
        ],
        measure=rank(c),
    )


def sizes(program: Term) -> Iterator[Fact]:
    """The size of a program, as far as it is spelled out."""
    size = sizing()
    yield size(program)
    for field in program.args:
        if field.sort is program.sort:
            if field.op == "make":
                yield from sizes(field)
        elif program.data.cls is Quote:
            yield from constants(field)


def constants(tree: Term) -> Iterator[Fact]:
    """The number of pairs in a tree, as far as it is spelled out."""
    yield counting()(tree)
    for field in tree.args:
        if field.op == "make":
            yield from constants(field)


def entry_of(t: Term) -> tuple[Term, Term, Term]:
    """Question and answer of the first entry of a transcript, and the other entries."""
    entry, rest = part(t, Pair, "head"), part(t, Pair, "tail")
    question, answer = (
        choose_by(is_a(entry, Nil), entry, part(entry, Pair, name)) for name in ("head", "tail")
    )
    return question, answer, rest


def answering_by(t: Term) -> tuple[Term, Term]:
    """What answers by no entry, and by the first and the others."""
    question, answer, rest = entry_of(t)
    test = equal_to().function(question)
    return made(Ask), made(If, test, made(Quote, answer), answers().function(rest))


@once
def answered() -> Theorem:
    """Answering by a transcript takes no more steps than the answering program is large."""
    by, patch, size, pairs = answers(), patched(), sizing(), counting()
    run = evaluation().function
    f, t, z, n = transcript_variables()
    question, answer, rest = entry_of(t)
    outcome = run(f, by.function(t), z, n + size.function(by.function(t)))

    def premises(goal: Goal) -> Iterable[Fact]:
        yield by(t)
        yield patch(f, t, z)
        yield size.invariant(by.function(rest))
        yield pairs.invariant(question)
        yield pairs.invariant(answer)
        yield equality_size().at(c=question)
        yield from height(rest)
        facts: list[Fact] = []
        for program in answering_by(t):
            yield from sizes(program)
            facts += followed(f, program, z, n + size.function(by.function(t)))
        yield from facts
        for call in runs_of(equal_to().function(question), facts):
            yield equality().at(f=f, c=question, x=z, n=call.args[3] - steps(question))
        for call in runs_of(by.function(rest), facts):
            yield goal.induction(t=rest, n=call.args[3] - size.function(by.function(rest)))

    return prove(
        "transcript-answers",
        forall(
            f, t, z, n,
            given={"gas": n >= 0},
            then=both(
                halts(outcome),
                equal(value(outcome), patch.function(f, t, z)),
                gas(outcome) >= n,
            ),
        ),
        premises,
        measure=rank(t),
    )


@once
def answers_size() -> Theorem:
    """How large an answering program can be."""
    by, size, pairs = answers(), sizing(), counting()
    _, t, _, _ = transcript_variables()
    question, answer, rest = entry_of(t)
    entry = part(t, Pair, "head")
    return prove(
        "finite-internalization.answers",
        forall(
            t, then=size.function(by.function(t)) <= 14 * pairs.function(t) + 1
        ),
        lambda goal: [
            by(t), pairs(t), pairs(entry), pairs(made(Nil)),
            *(pairs.invariant(tree) for tree in (question, answer, entry)),
            *(fact for program in answering_by(t) for fact in sizes(program)),
            equality_size().at(c=question),
            *height(rest), goal.induction(t=rest),
        ],
        measure=rank(t),
    )


def internalisation_variables() -> tuple[Term, ...]:
    """Oracles f, g; cost k of an answer; program p, transcript t, input x, gas n."""
    f, g, k, p, _, x, n, _ = substitution_variables()
    (t,) = variables(t=x.sort)
    return f, g, k, p, t, x, n


def patches(f: Term, g: Term, t: Term) -> dict[str, Supposition]:
    """The hypothesis "g is f patched by t"."""
    (y,) = variables(y=t.sort)
    return {"patched": ((y,), equal(select(g, y), patched().function(f, t, y)))}


def suffices(k: Term, t: Term) -> dict[str, Supposition]:
    """The hypothesis "k is enough for an answer"."""
    (y,) = variables(y=t.sort)
    return {"cost": ((y,), select(k, y) >= sizing().function(answers().function(t)))}


@once
def answering_computes() -> Theorem:
    """The answering program computes f patched by t from f."""
    by, size = answers(), sizing()
    f, g, k, _, t, _, _ = internalisation_variables()
    (z,) = variables(z=t.sort)
    program = by.function(t)
    _, conclusion = computes(f, program, g, k, z)
    enough = size.function(program)
    return prove(
        "transcript-computes",
        forall(f, g, k, t, z, given={**patches(f, g, t), **suffices(k, t)}, then=conclusion),
        lambda goal: [
            goal.hypothesis("patched", z), goal.hypothesis("cost", z),
            answered().at(f=f, t=t, z=z, n=0),
            more_gas().at(f=f, p=program, x=z, n=enough, d=select(k, z) - enough),
        ],
    )


@once
def answering_agrees() -> Theorem:
    """The answering program agrees with f patched by t where it halts, whatever the gas."""
    by, size = answers(), sizing()
    f, g, _, _, t, _, _ = internalisation_variables()
    z, m = variables(z=t.sort, m=INT)
    program = by.function(t)
    _, conclusion = agrees(f, program, g, z, m)
    enough = size.function(program)
    return prove(
        "transcript-agrees",
        forall(f, g, t, z, m, given=patches(f, g, t), then=conclusion),
        lambda goal: [
            goal.hypothesis("patched", z),
            answered().at(f=f, t=t, z=z, n=0),
            more_gas().at(f=f, p=program, x=z, n=m, d=enough - m),
            more_gas().at(f=f, p=program, x=z, n=enough, d=m - enough),
        ],
    )


@once
def forward() -> Theorem:
    """If p halts relative to the patched oracle, p internalised does relative to f, with the same
    value."""
    whole, run = internalised(), evaluation().function
    f, g, k, p, t, x, n = internalisation_variables()
    (z,) = variables(z=t.sort)
    extra = answering().function(g, k, p, x, n)
    outcome = run(g, p, x, n)
    result = run(f, whole.function(p, t), x, n + extra)
    return prove(
        "finite-internalization.forward",
        forall(
            f, g, k, p, t, x, n,
            given={**patches(f, g, t), **suffices(k, t), "halts": halts(outcome)},
            then=both(
                extra >= 0,
                halts(result),
                equal(value(result), value(outcome)),
                gas(result) >= gas(outcome),
            ),
        ),
        lambda goal: [
            whole(p, t),
            substitution_forward().at(
                f=f, g=g, k=k, p=p, q=answers().function(t), x=x, n=n,
                computes=answering_computes().schema(
                    z, f=f, g=g, k=k, t=t, z=z,
                    patched=goal.schema("patched"), cost=goal.schema("cost"),
                ),
            ),
        ],
    )


@once
def backward() -> Theorem:
    """If p internalised halts relative to f, p does relative to the patched oracle, with the same
    value."""
    whole, run = internalised(), evaluation().function
    f, g, _, p, t, x, n = internalisation_variables()
    z, m = variables(z=t.sort, m=INT)
    outcome = run(f, whole.function(p, t), x, n)
    result = run(g, p, x, n)
    return prove(
        "finite-internalization.backward",
        forall(
            f, g, p, t, x, n,
            given={**patches(f, g, t), "halts": halts(outcome)},
            then=both(
                halts(result), equal(value(result), value(outcome)), gas(result) >= gas(outcome)
            ),
        ),
        lambda goal: [
            whole(p, t),
            substitution_backward().at(
                f=f, g=g, p=p, q=answers().function(t), x=x, n=n,
                agrees=answering_agrees().schema(
                    z, m, f=f, g=g, t=t, z=z, m=m, patched=goal.schema("patched")
                ),
            ),
        ],
    )


@once
def larger() -> Theorem:
    """The size of an internalised program: one answering program for each Ask."""
    whole, size, count, by = internalised(), sizing(), asked(), answers()
    _, _, _, p, t, _, _ = internalisation_variables()
    return prove(
        "finite-internalization.size",
        forall(
            p, t,
            then=equal(
                size.function(whole.function(p, t)),
                size.function(p) + count.function(p) * (size.function(by.function(t)) - 1),
            ),
        ),
        lambda goal: [
            whole(p, t), substitution_size().at(p=p, q=by.function(t)),
        ],
    )


@once
def substitution_size() -> Theorem:
    """Substitution makes a program larger by as much for each of its Asks."""
    substituted, size, count = substituting(), sizing(), asked()
    _, _, _, p, q, *_ = substitution_variables()
    own = substituted.function(p, q)
    claim = equal(
        size.function(own), size.function(p) + count.function(p) * (size.function(q) - 1)
    )

    def premises(goal: Goal) -> Iterable[Fact]:
        unfolded = [substituted(p, q), size(p), size(own), count(p)]
        for whole in (Cons, Then, If, While):
            about = [
                fact for name in whole.__match_args__ for inner in [part(p, whole, name)]
                for fact in (*height(inner), goal.induction(p=inner))
            ]
            label = f"the size of {whole.__name__}"
            # One constructor at a time: the products of all of them together are slow.
            yield goal.have(implies(is_a(p, whole), claim), *unfolded, *about, label=label)
        yield from unfolded

    return prove("substitution-size", forall(p, q, then=claim), premises, measure=rank(p))


@once
def decided() -> Theorem:
    """With less gas too the decision tree of c has no other value."""
    test, run = equal_to(), evaluation().function
    f, _, x, n = evaluation_variables()
    (c,) = variables(c=x.sort)
    program = test.function(c)
    outcome = run(f, program, x, n)
    said = choose_by(equal(x, c), quote(TRUE, x.sort), quote(FALSE, x.sort))
    return prove(
        "constant-equality.value",
        forall(f, c, x, n, given={"halts": halts(outcome)}, then=equal(value(outcome), said)),
        lambda goal: [
            equality().at(f=f, c=c, x=x, n=0),
            more_gas().at(f=f, p=program, x=x, n=n, d=steps(c) - n),
            more_gas().at(f=f, p=program, x=x, n=steps(c), d=n - steps(c)),
        ],
    )


@once
def silent() -> Theorem:
    """A decision tree asks nothing: its outcomes are the same relative to all oracles."""
    test, run = equal_to(), evaluation().function
    f, _, x, n = evaluation_variables()
    c, h = variables(c=x.sort, h=f.sort)
    program = test.function(c)
    halves = part(c, Pair, "head"), part(c, Pair, "tail")

    def premises(goal: Goal) -> Iterable[Fact]:
        yield test(c)
        for tree in comparing(c):
            facts = list(followed(f, tree, x, n))
            yield from facts
            yield from followed(h, tree, x, n)
            for half in halves:
                yield from height(half)
                for call in runs_of(test.function(half), facts):
                    yield goal.induction(c=half, x=call.args[2], n=call.args[3])

    return prove(
        "constant-equality.silent",
        forall(f, h, c, x, n, then=equal(run(f, program, x, n), run(h, program, x, n))),
        premises,
        measure=rank(c),
    )


@once
def answered_alike() -> Theorem:
    """An answering program has the same outcome relative to oracles that differ on listed
    questions alone."""
    by, known, run = answers(), listed(), evaluation().function
    f, t, z, n = transcript_variables()
    (h,) = variables(h=f.sort)
    question, _, rest = entry_of(t)
    program = by.function(t)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield by(t)
        yield known(t, z)
        yield from height(rest)
        for tree in answering_by(t):
            facts = list(followed(f, tree, z, n))
            yield from facts
            yield from followed(h, tree, z, n)
            for call in runs_of(equal_to().function(question), facts):
                yield silent().at(f=f, h=h, c=question, x=z, n=call.args[3])
                yield decided().at(f=f, c=question, x=z, n=call.args[3])
            for call in runs_of(by.function(rest), facts):
                yield goal.induction(t=rest, n=call.args[3])

    return prove(
        "transcript-answers.alike",
        forall(
            f, h, t, z, n,
            given={"agree": either(known.function(t, z), equal(select(f, z), select(h, z)))},
            then=equal(run(f, program, z, n), run(h, program, z, n)),
        ),
        premises,
        measure=rank(t),
    )


@once
def substituted_alike() -> Theorem:
    """If q has the same outcomes relative to two oracles, so has every program with q in the place
    of Ask."""
    evaluate, sub = evaluation(), substituting()
    run = evaluate.function
    f, _, _, p, q, x, n, z = substitution_variables()
    h, m = variables(h=f.sort, m=INT)
    program = sub.function(p, q)
    outcome = run(f, program, x, n)

    def premises(goal: Goal) -> Iterable[Fact]:
        unfolded = evaluate(f, program, x, n)
        yield unfolded
        yield evaluate(h, program, x, n)
        yield sub(p, q)
        yield goal.hypothesis("alike", x, n)
        for call in inner_calls(unfolded, outcome):
            own = replace(call.args[1], program, p)
            yield evaluate.invariant(*call.args)
            yield sub(own, q)
            yield goal.induction(p=own, x=call.args[2], n=call.args[3])

    return prove(
        "substitution-alike",
        forall(
            f, h, p, q, x, n,
            given={"alike": ((z, m), equal(run(f, q, z, m), run(h, q, z, m)))},
            then=equal(outcome, run(h, program, x, n)),
        ),
        premises,
        measure=n,
    )


def agreement(f: Term, h: Term, t: Term) -> dict[str, Supposition]:
    """The hypothesis "f and h answer alike whatever is not listed"."""
    (y,) = variables(y=t.sort)
    return {
        "agree": (
            (y,), either(listed().function(t, y), equal(select(f, y), select(h, y)))
        )
    }


@once
def always_alike() -> Theorem:
    """The same, of oracles that agree on all questions that are not listed."""
    run = evaluation().function
    f, t, z, n = transcript_variables()
    (h,) = variables(h=f.sort)
    program = answers().function(t)
    return prove(
        "transcript-answers.always",
        forall(
            f, h, t, z, n,
            given=agreement(f, h, t),
            then=equal(run(f, program, z, n), run(h, program, z, n)),
        ),
        lambda goal: [
            goal.hypothesis("agree", z), answered_alike().at(f=f, h=h, t=t, z=z, n=n)
        ],
    )


@once
def unasked() -> Theorem:
    """What oracles say of listed questions does not change the outcomes of an internalised
    program."""
    whole, run = internalised(), evaluation().function
    f, _, _, p, t, x, n = internalisation_variables()
    h, z, m = variables(h=f.sort, z=x.sort, m=INT)
    return prove(
        "finite-internalization.unasked",
        forall(
            f, h, p, t, x, n,
            given=agreement(f, h, t),
            then=equal(
                run(f, whole.function(p, t), x, n), run(h, whole.function(p, t), x, n)
            ),
        ),
        lambda goal: [
            whole(p, t),
            substituted_alike().at(
                f=f, h=h, p=p, q=answers().function(t), x=x, n=n,
                alike=always_alike().schema(
                    z, m, f=f, h=h, t=t, z=z, n=m, agree=goal.schema("agree")
                ),
            ),
        ],
    )


def finite_internalization() -> tuple[Theorem, ...]:
    """All parts of ``finite-internalization``."""
    return forward(), backward(), unasked(), larger(), answers_size(), answered(), equality()
