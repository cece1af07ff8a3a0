"""Finite self-modification stays in its layer.

*Definitions* accepted by the kernel: those of :mod:`models.revision.self_modification`.

*Results*: ``closure``: what the program after some rounds computes is computed without rewriting,
for a fixed number of rounds (:func:`layer`) and for one computed from the input
(:func:`computed_layer`). Before that: one program, found from the modifier alone, does on
``<w.<e.x>>`` what the program after as many rounds as w is long does on x (:func:`forward`,
:func:`backward`); with first program and rounds built in (:func:`fixed`), and with rounds that
another program finds (:func:`computed`).

*How it is done*: a round has no loop but the modifier's run, which is known; induction on the
number of rounds; then ``universal-program``.

*References*: N. D. Jones, 'Computability and Complexity' (MIT Press 1997), chapter 4.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.machine.program import Tl
from models.machine.specialisation import SPECIALISED_STEPS
from models.machine.tree import Nil, Pair
from models.machine.universal import OVERHEAD, UNIVERSAL_MORE
from models.revision import self_modification as model
from proofs.kernel.reading import array_of, made, part
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, height, prove
from proofs.kernel.tactics import Supposition, forall, once, variables
from proofs.kernel.terms import INT, Term, both, equal, rank, select
from proofs.machine.program import decoding
from proofs.machine.semantics import (
    evaluation,
    evaluation_variables,
    gas,
    halts,
    more_gas,
    value,
)
from proofs.machine.specialisation import outcome as specialised
from proofs.machine.specialisation import specialising
from proofs.machine.straight import denoted, exactly, followed, halting, pair
from proofs.machine.tree import measuring
from proofs.machine.universal import universal, universal_only, universal_program

revising = once(lambda: define(model.revising))


@once
def iterating() -> Definition:
    """The program after so many rounds: recursion on their number."""
    return define(model.revision, measure=lambda g, e, n: n)


@once
def revising_gas() -> Definition:
    """What the rounds cost: recursion on their number."""
    return define(model.revising_gas, measure=lambda g, c, e, n: n)


@once
def revised() -> Definition:
    """The rounds, and the universal program on what results."""
    revising()
    return define(model.revised)


@once
def composed() -> Definition:
    """The same for fixed rounds."""
    revised()
    specialising()
    return define(model.composed)


@once
def counted() -> Definition:
    """The same for rounds that are computed."""
    revised()
    return define(model.counted)


def revision_variables() -> tuple[Term, ...]:
    """Oracle f; modifier u, what it computes, g, and its steps c; rounds w, first program e, input
    x; gas n."""
    f, u, x, n = evaluation_variables()
    (u,) = variables(u=u.sort)
    g, w, e = variables(g=f.sort, w=x.sort, e=x.sort)
    (c,) = variables(c=array_of(x.sort, INT))
    return f, u, g, c, w, e, x, n


def within(f: Term, p: Term, x: Term, steps: Term, answer: Term) -> Term:
    """That p halts on x within so many steps, with this value."""
    outcome = evaluation().function(f, p, x, steps)
    return both(halts(outcome), equal(value(outcome), answer))


def modifies(f: Term, u: Term, g: Term, c: Term) -> Supposition:
    """The schema "on every tree z the modifier has the value g(z), within c(z) steps"."""
    (z,) = variables(z=f.sort.domain)  # type: ignore[attr-defined]
    return (z,), within(f, u, z, select(c, z), select(g, z))


@once
def rounds_made() -> Theorem:
    """The rounds are made, within the steps said."""
    evaluate, loop, cost = evaluation(), revising(), revising_gas()
    iterate, size = iterating(), measuring()
    f, u, g, c, w, e, x, n = revision_variables()
    time = size.function(w)
    need = cost.function(g, c, e, time)
    state = pair(w, pair(e, x))
    result = evaluate.function(f, loop.function(u), state, need + n)
    last = iterate.function(g, e, time)

    def premises(goal: Goal) -> Iterable[Fact]:
        spelled = loop(u).term.args[1]
        test, body = spelled.args
        less = part(w, Pair, "tail")
        modified = goal.hypothesis("modifies", e)
        known = {(u, e): halting(goal, f, u, e, select(c, e), modified)}
        yield modified
        yield evaluate.invariant(f, u, e, select(c, e))
        yield known[u, e].positive
        yield loop(u)
        yield evaluate(f, spelled, state, need + n)
        yield evaluate(f, test, state, need + n - 1)
        yield followed(goal, f, body, state, need + n - 3, known)
        yield size(w)
        yield size.invariant(less)
        yield cost(g, c, e, time)
        yield iterate(g, e, time)
        _, steps = denoted(f, body, state, known)
        rest = cost.function(g, c, select(g, e), size.function(less))
        yield goal.induction(w=less, e=select(g, e), n=need + n - 3 - steps - rest)
        yield goal.induction(w=less, e=select(g, e), n=0)
        yield from height(less)

    return prove(
        "rounds-made",
        forall(
            f, u, g, c, w, e, x, n,
            given={"modifies": modifies(f, u, g, c), "gas": n >= 0},
            then=both(
                need >= 0, halts(result), gas(result) >= n,
                equal(value(result), pair(made(Nil), pair(last, x))),
            ),
        ),
        premises,
        measure=rank(w),
    )


def revised_by(u: Term) -> Term:
    """The program that makes the rounds and runs what results."""
    return revised().function(u, universal_program())


@once
def forward() -> Theorem:
    """If the program after as many rounds as w is long halts on x, so does the one program on
    <w.<e.x>>, with the same value."""
    evaluate, whole, cost, size = evaluation(), revised(), revising_gas(), measuring()
    f, u, g, c, w, e, x, n = revision_variables()
    time = size.function(w)
    last = iterating().function(g, e, time)
    original = evaluate.function(f, decoding().function(last), x, n)
    program = revised_by(u)
    state = pair(w, pair(e, x))
    after = OVERHEAD * n + UNIVERSAL_MORE
    enough = cost.function(g, c, e, time) + after + model.JOINING_STEPS
    result = evaluate.function(f, program, state, enough)

    def premises(goal: Goal) -> Iterable[Fact]:
        spelled = whole(*program.args).term.args[1]
        ended = pair(made(Nil), pair(last, x))
        left = after + model.JOINING_STEPS - 1
        yield whole(*program.args)
        yield evaluate(f, spelled, state, enough)
        yield evaluate.invariant(f, decoding().function(last), x, n)
        yield rounds_made().at(
            f=f, u=u, g=g, c=c, w=w, e=e, x=x, n=left, modifies=goal.schema("modifies")
        )
        over = gas(evaluate.function(f, spelled.args[0], state, enough - 1))
        yield evaluate(f, spelled.args[1], ended, over)
        yield evaluate(f, made(Tl), ended, over - 1)
        yield universal().at(f=f, e=last, x=x, n=n)
        yield more_gas().at(
            f=f, p=universal_program(), x=pair(last, x), n=after, d=over - 2 - after
        )

    return prove(
        "closure",
        forall(
            f, u, g, c, w, e, x, n,
            given={"modifies": modifies(f, u, g, c), "halts": halts(original)},
            then=both(halts(result), equal(value(result), value(original))),
        ),
        premises,
    )


@once
def backward() -> Theorem:
    """If the one program halts on <w.<e.x>>, so does the program after as many rounds as w is long
    on x, with the same value and sooner."""
    evaluate, whole, cost, size = evaluation(), revised(), revising_gas(), measuring()
    f, u, g, c, w, e, x, n = revision_variables()
    time = size.function(w)
    last = iterating().function(g, e, time)
    original = evaluate.function(f, decoding().function(last), x, n)
    program = revised_by(u)
    state = pair(w, pair(e, x))
    result = evaluate.function(f, program, state, n)

    def premises(goal: Goal) -> Iterable[Fact]:
        spelled = whole(*program.args).term.args[1]
        ended = pair(made(Nil), pair(last, x))
        loop = spelled.args[0]
        need = cost.function(g, c, e, time)
        rounds = evaluate.function(f, loop, state, n - 1)
        left = gas(rounds)
        yield whole(*program.args)
        yield evaluate(f, spelled, state, n)
        yield evaluate.invariant(f, loop, state, n - 1)
        # With more gas the rounds end in the state said, so they do with this.
        yield rounds_made().at(
            f=f, u=u, g=g, c=c, w=w, e=e, x=x, n=n - 1, modifies=goal.schema("modifies")
        )
        yield more_gas().at(f=f, p=loop, x=state, n=n - 1, d=need)
        yield evaluate(f, spelled.args[1], ended, left)
        yield evaluate(f, made(Tl), ended, left - 1)
        yield universal_only().at(f=f, e=last, x=x, n=left - 2)
        yield more_gas().at(
            f=f, p=decoding().function(last), x=x, n=left - 2, d=n - left + 2
        )

    return prove(
        "closure.only",
        forall(
            f, u, g, c, w, e, x, n,
            given={"modifies": modifies(f, u, g, c), "halts": halts(result)},
            then=both(
                halts(original), equal(value(original), value(result)),
                gas(original) > gas(result),
            ),
        ),
        premises,
    )


@once
def fixed() -> Theorem:
    """A first program and rounds built in: twelve steps more, and the same outcome, whatever runs
    what results."""
    evaluate, build = evaluation(), composed()
    f, u, _, _, w, e, x, n = revision_variables()
    (v,) = variables(v=u.sort)
    program = build.function(u, e, w, v)
    whole = revised().function(u, v)
    counted_ = specialising().function(whole, w)
    more = n + SPECIALISED_STEPS
    return prove(
        "closure.fixed",
        forall(
            f, u, v, w, e, x, n,
            then=equal(
                evaluate.function(f, program, x, more + SPECIALISED_STEPS),
                evaluate.function(f, whole, pair(w, pair(e, x)), n),
            ),
        ),
        lambda goal: [
            build(*program.args),
            specialised().at(f=f, p=counted_, c=e, x=x, n=more),
            specialised().at(f=f, p=whole, c=w, x=pair(e, x), n=n),
        ],
    )


@once
def computed() -> Theorem:
    """Rounds that a program finds from x: if it halts with w, what follows is as for w, whatever
    runs what results."""
    evaluate, build = evaluation(), counted()
    f, u, _, _, _, e, x, n = revision_variables()
    (q, v, m) = variables(q=u.sort, v=u.sort, m=INT)
    program = build.function(u, e, q, v)
    found = evaluate.function(f, q, x, n)
    whole = revised().function(u, v)
    enough = n + m + model.COUNTING_STEPS
    state = pair(value(found), pair(e, x))

    def premises(goal: Goal) -> Iterable[Fact]:
        counting = halting(goal, f, q, x, n, goal.hypothesis("halts"))
        spelled = build(*program.args).term.args[1]
        known = {(q, x): counting}
        yield build(*program.args)
        yield evaluate(f, spelled, x, enough)
        yield exactly(goal, f, spelled.args[0], x, enough - 1, known)
        yield counting.positive
        yield evaluate.invariant(f, q, x, n)
        # Without gas neither goes on.
        yield evaluate(f, whole, state, m + gas(found))

    return prove(
        "closure.computed",
        forall(
            f, u, v, q, e, x, n, m,
            given={"halts": halts(found)},
            then=equal(
                evaluate.function(f, program, x, enough),
                evaluate.function(f, whole, state, m + gas(found)),
            ),
        ),
        premises,
    )


def decides(f: Term, last: Term, h: Term, k: Term) -> Supposition:
    """The schema "on every tree z the program that ``last`` is read as has the value h(z), within
    k(z) steps"; ``last`` may speak of z."""
    (z,) = variables(z=f.sort.domain)  # type: ignore[attr-defined]
    return (z,), within(f, decoding().function(last), z, select(k, z), select(h, z))


def layer_variables() -> tuple[Term, ...]:
    """What is decided, h, and its steps k; for rounds that are computed from the input, the w that
    q finds, r, and its steps b."""
    f, u, _, c, *_ = revision_variables()
    h, r, k, b, q = variables(h=f.sort, r=f.sort, k=c.sort, b=c.sort, q=u.sort)
    return h, k, q, r, b


@once
def layer() -> Theorem:
    """What the program after the rounds computes from f is computed from f without rewriting."""
    evaluate, build, cost, size = evaluation(), composed(), revising_gas(), measuring()
    f, u, g, c, w, e, x, _ = revision_variables()
    h, k, *_ = layer_variables()
    time = size.function(w)
    last = iterating().function(g, e, time)
    program = build.function(u, e, w, universal_program())
    n = select(k, x)
    whole = cost.function(g, c, e, time) + OVERHEAD * n + UNIVERSAL_MORE + model.JOINING_STEPS
    result = evaluate.function(f, program, x, whole + 2 * SPECIALISED_STEPS)
    return prove(
        "closure.layer",
        forall(
            f, u, g, c, w, e, h, k, x,
            given={"modifies": modifies(f, u, g, c), "decides": decides(f, last, h, k)},
            then=both(halts(result), equal(value(result), select(h, x))),
        ),
        lambda goal: [
            goal.hypothesis("decides", x),
            forward().at(
                f=f, u=u, g=g, c=c, w=w, e=e, x=x, n=n, modifies=goal.schema("modifies")
            ),
            fixed().at(f=f, u=u, v=universal_program(), w=w, e=e, x=x, n=whole),
        ],
    )


@once
def computed_layer() -> Theorem:
    """The same where a program finds from x how many rounds there are for x."""
    evaluate, build, cost, size = evaluation(), counted(), revising_gas(), measuring()
    f, u, g, c, _, e, x, _ = revision_variables()
    h, k, q, r, b = layer_variables()
    (z,) = variables(z=x.sort)

    def last(x: Term) -> Term:
        return iterating().function(g, e, size.function(select(r, x)))

    program = build.function(u, e, q, universal_program())
    n, time = select(k, x), size.function(select(r, x))
    whole = cost.function(g, c, e, time) + OVERHEAD * n + UNIVERSAL_MORE + model.JOINING_STEPS
    result = evaluate.function(f, program, x, whole + select(b, x) + model.COUNTING_STEPS)
    found = within(f, q, z, select(b, z), select(r, z))
    return prove(
        "closure.computed-layer",
        forall(
            f, u, g, c, q, r, b, e, h, k, x,
            given={
                "modifies": modifies(f, u, g, c), "counts": ((z,), found),
                "decides": decides(f, last(z), h, k),
            },
            then=both(halts(result), equal(value(result), select(h, x))),
        ),
        lambda goal: [
            goal.hypothesis("decides", x),
            goal.hypothesis("counts", x),
            forward().at(
                f=f, u=u, g=g, c=c, w=select(r, x), e=e, x=x, n=n,
                modifies=goal.schema("modifies"),
            ),
            computed().at(
                f=f, u=u, v=universal_program(), q=q, e=e, x=x, n=select(b, x), m=whole
            ),
            evaluate.invariant(f, q, x, select(b, x)),
            more_gas().at(
                f=f, p=revised_by(u), x=pair(select(r, x), pair(e, x)), n=whole,
                d=gas(evaluate.function(f, q, x, select(b, x))),
            ),
        ],
    )


def closure() -> tuple[Theorem, ...]:
    """All parts of ``closure``."""
    return layer(), computed_layer(), forward(), backward(), fixed(), computed()
