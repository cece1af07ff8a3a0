"""The answers of a finite or cofinite oracle, by classes.

*Definitions* accepted by the kernel: those of :mod:`models.machine.covering`.

*Results*: ``answers-cover`` (:func:`cover`), and ``looping-certificate-sound`` for such oracles
(:func:`table_never_halts`), for any one set (:func:`set_never_halts`) and for all sets at once
(:func:`every_set_never_halts`).

*How it is done*: induction on the list of replies. That a tree is alone in its class is an
induction on the tree: two pairs of a class to which one transition leads have parts of the same
classes.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.machine import covering as model
from models.machine.automaton import ANY, NIL_CLASS, Transition
from models.machine.covering import Reply
from models.machine.semantics import Bottom, Do, Next, OutOfGas, State, Stop
from models.machine.tree import Nil, Pair
from proofs.kernel.reading import made, part
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, height, prove
from proofs.kernel.tactics import Supposition, forall, once, variables
from proofs.kernel.terms import INT, Term, as_term, both, either, equal, negate, rank, select
from proofs.machine.automaton import (
    Setting,
    accepting,
    automaton,
    classes,
    classify,
    contains,
    has,
    never_halts,
    rest,
    single,
    target,
)
from proofs.machine.cycle import cycle_never_halts
from proofs.machine.semantics import evaluation, passing

answer = once(lambda: define(model.answer, measure=lambda r, y, z: rank(r)))
leading = once(lambda: define(model.leading, measure=lambda t, c: rank(t)))


@once
def alone_in_class() -> Definition:
    """The only tree of a class: recursion on the tree."""
    classify(), leading()
    return define(model.alone_in_class, measure=lambda t, x: rank(x))


@once
def answer_classes() -> Definition:
    """Classes of answers: recursion on the list."""
    alone_in_class()
    return define(model.answer_classes, measure=lambda t, r, y, c: rank(r))


@once
def not_led_to() -> Theorem:
    """To the class of a pair, unless it is ANY, a transition leads; counts are not negative."""
    t = automaton()
    a, b, c = classes("abc")
    goal_class = target().function(t, a, b)
    more = part(t, Transition, "rest")
    return prove(
        "class-led-to",
        forall(
            t, a, b, c,
            then=both(
                either(equal(goal_class, ANY), leading().function(t, goal_class) >= 1),
                leading().function(t, c) >= 0,
            ),
        ),
        lambda goal: [
            leading()(t, goal_class), leading()(t, c), target()(t, a, b),
            goal.induction(t=more), goal.induction(t=more, c=goal_class), *height(more),
        ],
        measure=rank(t),
    )


@once
def one_way() -> Theorem:
    """If one transition leads to a class, all its pairs have parts of the same classes."""
    t = automaton()
    a, b, c, d = classes("abcd")
    one, two = target().function(t, a, b), target().function(t, c, d)
    more = part(t, Transition, "rest")
    return prove(
        "class-one-way",
        forall(
            t, a, b, c, d,
            given={
                "same": equal(one, two),
                "class": negate(equal(one, ANY)),
                "once": leading().function(t, one) <= 1,
            },
            then=both(equal(a, c), equal(b, d)),
        ),
        lambda goal: [
            leading()(t, one), target()(t, a, b), target()(t, c, d),
            not_led_to().at(t=more, a=a, b=b, c=one),
            not_led_to().at(t=more, a=c, b=d, c=one),
            goal.induction(t=more), *height(more),
        ],
        measure=rank(t),
    )


@once
def alone() -> Theorem:
    """A tree that is alone in its class is every tree of that class."""
    t = automaton()
    x, z = variables(x=classify().function.domain[1], z=classify().function.domain[1])
    cls = classify().function
    h, r = part(x, Pair, "head"), part(x, Pair, "tail")
    k, s = part(z, Pair, "head"), part(z, Pair, "tail")
    return prove(
        "class-alone",
        forall(
            t, x, z,
            given={
                "alone": alone_in_class().function(t, x),
                "same": equal(cls(t, x), cls(t, z)),
            },
            then=equal(x, z),
        ),
        lambda goal: [
            alone_in_class()(t, x), classify()(t, x), classify()(t, z),
            not_led_to().at(t=t, a=cls(t, k), b=cls(t, s), c=NIL_CLASS),
            one_way().at(t=t, a=cls(t, h), b=cls(t, r), c=cls(t, k), d=cls(t, s)),
            goal.induction(x=h, z=k), goal.induction(x=r, z=s), *height(h), *height(r),
        ],
        measure=rank(x),
    )


@once
def cover() -> Theorem:
    """The class of an answer is among the answer classes of the question's class, and of ANY."""
    t = automaton()
    r, y, z = variables(
        r=answer().function.domain[0], y=answer().function.domain[1], z=answer().function.domain[2]
    )
    cls, among = classify().function, answer_classes().function
    seen = cls(t, answer().function(r, y, z))
    more = part(r, Reply, "rest")
    question = part(r, Reply, "question")

    def premises(goal: Goal) -> Iterable[Fact]:
        yield answer()(r, y, z)
        for state in (cls(t, z), as_term(ANY)):
            whole = among(t, r, y, state)
            yield answer_classes()(t, r, y, state)
            yield contains()(whole, seen)
            yield contains()(rest(whole), seen)
        yield alone().at(t=t, x=question, z=z)
        yield goal.induction(r=more)
        yield from height(more)

    return prove(
        "answers-cover",
        forall(
            t, r, y, z,
            then=both(
                has(among(t, r, y, cls(t, z)), seen), has(among(t, r, y, ANY), seen)
            ),
        ),
        premises,
        measure=rank(r),
    )


@once
def covered() -> Theorem:
    """The same for function values: an oracle f that answers as the list says."""
    v = Setting()
    (r, y, z) = variables(
        r=answer().function.domain[0], y=answer().function.domain[1], z=v.x.sort
    )
    seen = v.cls(select(v.f, z))
    return prove(
        "answers-covered",
        forall(
            v.t, v.f, v.answers, r, y, z,
            given=_described(v, r, y),
            then=both(
                has(select(v.answers, v.cls(z)), seen),
                has(select(v.answers, as_term(ANY)), seen),
            ),
        ),
        lambda goal: [
            goal.hypothesis("replies", z),
            goal.hypothesis("classes", v.cls(z)),
            goal.hypothesis("classes", ANY),
            cover().at(t=v.t, r=r, y=y, z=z),
        ],
    )


def _described(v: Setting, r: Term, y: Term) -> dict[str, Supposition]:
    """f answers as the list r and the answer y to all else say; answers holds their classes."""
    (w,) = variables(w=v.x.sort)
    (c,) = classes("c")
    return {
        "replies": ((w,), equal(select(v.f, w), answer().function(r, y, w))),
        "classes": (
            (c,), equal(select(v.answers, c), answer_classes().function(v.t, r, y, c))
        ),
    }


@once
def table_never_halts() -> Theorem:
    """Relative to a finite or cofinite oracle, a program with an accepted certificate never halts;
    nothing is left to assume."""
    v = Setting()
    (r, y, z) = variables(
        r=answer().function.domain[0], y=answer().function.domain[1], z=v.x.sort
    )
    (steps,) = variables(steps=INT)
    return prove(
        "looping-certificate-sound.table",
        forall(
            v.t, v.f, v.answers, v.invariants, v.p, v.x, v.n, steps, r, y,
            given={
                **_described(v, r, y),
                "accepted": accepting().function(
                    v.t, v.f, v.answers, v.invariants, v.p, v.x, steps
                ),
            },
            then=equal(evaluation().function(v.f, v.p, v.x, v.n), made(OutOfGas)),
        ),
        lambda goal: [
            never_halts().at(
                t=v.t, f=v.f, answers=v.answers, invariants=v.invariants, p=v.p, x=v.x, n=v.n,
                steps=steps,
                oracle=covered().schema(
                    z, t=v.t, f=v.f, answers=v.answers, r=r, y=y, z=z,
                    replies=goal.schema("replies"), classes=goal.schema("classes"),
                ),
            ),
        ],
    )


@once
def truth_classes() -> Definition:
    """The classes of false and true."""
    classify()
    return define(model.truth_classes)


@once
def set_covered() -> Theorem:
    """The classes of false and true hold every answer of a set."""
    v = Setting()
    (z,) = variables(z=v.x.sort)
    seen, true = v.cls(select(v.f, z)), made(Pair, made(Nil), made(Nil))
    both_classes = truth_classes().function(v.t)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield goal.hypothesis("set", z)
        yield goal.hypothesis("classes", v.cls(z))
        yield goal.hypothesis("classes", ANY)
        yield truth_classes()(v.t)
        yield classify()(v.t, made(Nil))
        for listed in (both_classes, single(v.cls(true))):
            yield contains()(listed, seen)

    return prove(
        "answers-of-sets",
        forall(
            v.t, v.f, v.answers, z,
            given=_any_set(v),
            then=both(
                has(select(v.answers, v.cls(z)), seen),
                has(select(v.answers, as_term(ANY)), seen),
            ),
        ),
        premises,
    )


def _any_set(v: Setting) -> dict[str, Supposition]:
    """f is the characteristic function of a set; answers holds the classes of false and true."""
    (w,) = variables(w=v.x.sort)
    (c,) = classes("c")
    nil = made(Nil)
    reply = select(v.f, w)
    return {
        "set": ((w,), either(equal(reply, nil), equal(reply, made(Pair, nil, nil)))),
        "classes": ((c,), equal(select(v.answers, c), truth_classes().function(v.t))),
    }


@once
def set_never_halts() -> Theorem:
    """Relative to a set, a program with a certificate accepted for false and true as the answers
    to every question never halts."""
    v = Setting()
    (z,) = variables(z=v.x.sort)
    (steps,) = variables(steps=INT)
    return prove(
        "looping-certificate-sound.set",
        forall(
            v.t, v.f, v.answers, v.invariants, v.p, v.x, v.n, steps,
            given={
                **_any_set(v),
                "accepted": accepting().function(
                    v.t, v.f, v.answers, v.invariants, v.p, v.x, steps
                ),
            },
            then=equal(evaluation().function(v.f, v.p, v.x, v.n), made(OutOfGas)),
        ),
        lambda goal: [
            never_halts().at(
                t=v.t, f=v.f, answers=v.answers, invariants=v.invariants, p=v.p, x=v.x, n=v.n,
                steps=steps,
                oracle=set_covered().schema(
                    z, t=v.t, f=v.f, answers=v.answers, z=z,
                    set=goal.schema("set"), classes=goal.schema("classes"),
                ),
            ),
        ],
    )


@once
def every_set_never_halts() -> Theorem:
    """A program with a certificate accepted before any step, for whatever oracle g, halts relative
    to no set."""
    v = Setting()
    (g,) = variables(g=v.f.sort)
    accepts = accepting()
    begin = made(State, made(Next, made(Do, v.p), made(Stop)), v.x, made(Bottom))

    def accepted(oracle: Term) -> Term:
        return accepts.function(v.t, oracle, v.answers, v.invariants, v.p, v.x, 0)

    return prove(
        "looping-certificate-sound.sets",
        forall(
            v.t, v.f, g, v.answers, v.invariants, v.p, v.x, v.n,
            given={**_any_set(v), "accepted": accepted(g)},
            then=equal(evaluation().function(v.f, v.p, v.x, v.n), made(OutOfGas)),
        ),
        lambda goal: [
            *(accepts(v.t, f, v.answers, v.invariants, v.p, v.x, 0) for f in (v.f, g)),
            *(passing()(f, begin, 0) for f in (v.f, g)),
            set_never_halts().at(
                t=v.t, f=v.f, answers=v.answers, invariants=v.invariants, p=v.p, x=v.x, n=v.n,
                steps=0, set=goal.schema("set"), classes=goal.schema("classes"),
            ),
        ],
    )


def certificates() -> tuple[Theorem, ...]:
    """All parts of ``looping-certificate-sound``."""
    return (
        never_halts(), table_never_halts(), set_never_halts(), every_set_never_halts(),
        cycle_never_halts(),
    )
