"""Automata say the truth about values: a program without possible values does not halt.

*Definitions* accepted by the kernel: those of :mod:`models.machine.automaton`.

*Results*: ``looping-certificate-sound`` (:func:`never_halts`, from :func:`sound`).

*How it is done*: lemmas about lists of classes, each by induction on a list; then induction on gas
for runs and rounds of loops at once (:func:`sound`). A value's class is known through one entry of
a list, which is that class itself or ANY, so each part of a program is followed from both.

*References*: Comon et al., 'Tree Automata Techniques and Applications' (2007).
"""

from __future__ import annotations

from collections.abc import Iterable

from models.machine import automaton as model
from models.machine.automaton import (
    ANY,
    LEAVING,
    NIL_CLASS,
    STAYING,
    VALUES,
    NoStates,
    States,
    Transition,
)
from models.machine.program import Cons, If, Quote, Then, While
from models.machine.semantics import Bottom, Do, Next, OutOfGas, State, Stop
from models.machine.tree import Nil, Pair
from proofs.kernel.reading import is_a, made, part
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, height, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import (
    INT,
    Term,
    as_term,
    both,
    choose_by,
    either,
    equal,
    iff,
    implies,
    rank,
    select,
)
from proofs.machine.semantics import (
    continued,
    evaluation,
    evaluation_variables,
    gas,
    halts,
    machine_agreement,
    passing,
    running,
    value,
    whole_runs,
)

target = once(lambda: define(model.target, measure=lambda t, a, b: rank(t)))
contains = once(lambda: define(model.contains, measure=lambda s, c: rank(s)))


@once
def classify() -> Definition:
    """Classes of trees, from the leaves up."""
    target()
    return define(model.classify, measure=lambda t, x: rank(x))


@once
def join() -> Definition:
    """Two lists as one."""
    contains()
    return define(model.join, measure=lambda a, b: rank(a))


@once
def subset() -> Definition:
    """One list within another."""
    contains()
    return define(model.subset, measure=lambda a, b: rank(a))


heads = once(lambda: define(model.heads, measure=lambda t, c: rank(t)))
tails = once(lambda: define(model.tails, measure=lambda t, c: rank(t)))
holds_pair = once(lambda: define(model.holds_pair, measure=lambda t, c: rank(t)))


@once
def row() -> Definition:
    """Pairs with heads of one class."""
    join(), target()
    return define(model.row, measure=lambda t, a, r: rank(r))


@once
def products() -> Definition:
    """Pairs."""
    row()
    return define(model.products, measure=lambda t, a, b: rank(a))


@once
def may_be_pair() -> Definition:
    """Whether pairs are possible."""
    holds_pair()
    return define(model.may_be_pair, measure=lambda t, s: rank(s))


@once
def outcomes() -> Definition:
    """Outcomes: recursion on the program, then on what is asked, then on the list."""
    classify(), subset(), heads(), tails(), products(), may_be_pair()
    return define(
        model.outcomes,
        measure=lambda t, f, i, p, s, asked: (
            rank(p), choose_by(equal(asked, VALUES), 0, 1), rank(s)
        ),
    )


def lists(names: str) -> tuple[Term, ...]:
    """Variables for lists of classes."""
    return variables(**dict.fromkeys(names, contains().function.domain[0]))


def classes(names: str) -> tuple[Term, ...]:
    """Variables for classes."""
    return variables(**dict.fromkeys(names, INT))


def automaton() -> Term:
    """The variable t for an automaton."""
    (t,) = variables(t=target().function.domain[0])
    return t


def rest(listed: Term) -> Term:
    """A list without its first class."""
    return part(listed, States, "rest")


def has(listed: Term, state: Term | int) -> Term:
    """A list allows a class."""
    return contains().function(listed, state)


def single(state: Term | int) -> Term:
    """The list of one class."""
    return made(States, as_term(state, INT), made(NoStates))




@once
def anything() -> Theorem:
    """A list that allows ANY allows every class."""
    (s,) = lists("s")
    (c,) = classes("c")
    return prove(
        "class-any",
        forall(s, c, given={"any": has(s, ANY)}, then=has(s, c)),
        lambda goal: [
            contains()(s, ANY), contains()(s, c), goal.induction(s=rest(s)), *height(rest(s)),
        ],
        measure=rank(s),
    )


@once
def joined() -> Theorem:
    """A joined list allows what one of the two allows."""
    a, b = lists("ab")
    (c,) = classes("c")
    whole = join().function(a, b)
    tail = join().function(rest(a), b)
    return prove(
        "class-join",
        forall(a, b, c, then=iff(has(whole, c), either(has(a, c), has(b, c)))),
        lambda goal: [
            join()(a, b), contains()(a, c), contains()(whole, c),
            goal.induction(a=rest(a)), *height(rest(a)),
            anything().at(s=tail, c=c), contains()(tail, ANY), 
        ],
        measure=rank(a),
    )


@once
def within() -> Theorem:
    """What a list allows, every list around it does."""
    a, b = lists("ab")
    (c,) = classes("c")
    return prove(
        "class-subset",
        forall(
            a, b, c, given={"subset": subset().function(a, b), "has": has(a, c)}, then=has(b, c)
        ),
        lambda goal: [
            subset()(a, b), contains()(a, c), goal.induction(a=rest(a)), *height(rest(a)),
            anything().at(s=b, c=c),
        ],
        measure=rank(a),
    )


def _parts(which: Definition, name: str, index: int) -> Theorem:
    t = automaton()
    a, b = classes("ab")
    goal_class = target().function(t, a, b)
    mine = (a, b)[index]
    more = part(t, Transition, "rest")

    def premises(goal: Goal) -> Iterable[Fact]:
        yield which(t, goal_class)
        yield target()(t, a, b)
        whole = which.function(t, goal_class)
        yield contains()(whole, mine)
        yield contains()(rest(whole), mine)
        yield goal.induction(t=more)
        yield from height(more)

    return prove(
        name, forall(t, a, b, then=has(which.function(t, goal_class), mine)), premises,
        measure=rank(t),
    )


@once
def heads_complete() -> Theorem:
    """The class of a pair's head is among the heads of the pair's class."""
    return _parts(heads(), "class-heads", 0)


@once
def tails_complete() -> Theorem:
    """The class of a pair's tail is among the tails of the pair's class."""
    return _parts(tails(), "class-tails", 1)


def _open_parts(which: Definition, name: str) -> Theorem:
    """Of ANY, parts have ANY class; of nil, the class of nil."""
    t = automaton()
    (c,) = classes("c")
    more = part(t, Transition, "rest")

    def premises(goal: Goal) -> Iterable[Fact]:
        for state, seen in ((ANY, c), (NIL_CLASS, as_term(NIL_CLASS))):
            whole = which.function(t, state)
            yield which(t, state)
            yield contains()(whole, seen)
            yield contains()(rest(whole), seen)
        yield goal.induction(t=more)
        yield from height(more)

    return prove(
        name,
        forall(
            t, c,
            then=both(
                has(which.function(t, ANY), c), has(which.function(t, NIL_CLASS), NIL_CLASS)
            ),
        ),
        premises,
        measure=rank(t),
    )


heads_open = once(lambda: _open_parts(heads(), "class-heads-open"))
tails_open = once(lambda: _open_parts(tails(), "class-tails-open"))


@once
def row_complete() -> Theorem:
    """A row holds the class of every pair of its classes."""
    t = automaton()
    a, b, d = classes("abd")
    (r,) = lists("r")
    goal_class = target().function(t, d, b)
    whole = row().function(t, a, r)
    others = row().function(t, a, rest(r))
    first = part(r, States, "first")
    inner = target().function(t, a, first)
    return prove(
        "class-row",
        forall(
            t, a, d, r, b,
            given={"head": either(equal(a, ANY), equal(a, d)), "tail": has(r, b)},
            then=has(whole, goal_class),
        ),
        lambda goal: [
            row()(t, a, r), contains()(r, b), contains()(single(ANY), goal_class),
            contains()(single(inner), goal_class),
            joined().at(a=single(inner), b=others, c=goal_class),
            goal.induction(r=rest(r)), *height(rest(r)),
        ],
        measure=rank(r),
    )


@once
def products_complete() -> Theorem:
    """Products hold the class of every pair."""
    t = automaton()
    a, b = classes("ab")
    p, r = lists("pr")
    goal_class = target().function(t, a, b)
    first = part(p, States, "first")
    return prove(
        "class-products",
        forall(
            t, p, r, a, b,
            given={"head": has(p, a), "tail": has(r, b)},
            then=has(products().function(t, p, r), goal_class),
        ),
        lambda goal: [
            products()(t, p, r), contains()(p, a),
            row_complete().at(t=t, a=first, d=a, r=r, b=b),
            joined().at(
                a=row().function(t, first, r), b=products().function(t, rest(p), r), c=goal_class
            ),
            goal.induction(p=rest(p)), *height(rest(p)),
        ],
        measure=rank(p),
    )


@once
def pair_possible() -> Theorem:
    """The class of a pair can hold pairs, and a list that allows it may be one."""
    t = automaton()
    a, b = classes("ab")
    (s,) = lists("s")
    return prove(
        "class-pair",
        forall(
            t, a, b, s,
            given={"has": has(s, target().function(t, a, b))},
            then=may_be_pair().function(t, s),
        ),
        lambda goal: [
            may_be_pair()(t, s), contains()(s, target().function(t, a, b)),
            goal.induction(s=rest(s)), *height(rest(s)),
            target_held().at(t=t, a=a, b=b), any_held().at(t=t),
        ],
        measure=rank(s),
    )


@once
def target_held() -> Theorem:
    """A transition's goal holds pairs."""
    t = automaton()
    a, b = classes("ab")
    goal_class = target().function(t, a, b)
    more = part(t, Transition, "rest")
    return prove(
        "class-goal-holds",
        forall(t, a, b, then=holds_pair().function(t, goal_class)),
        lambda goal: [
            holds_pair()(t, goal_class), target()(t, a, b),
            goal.induction(t=more), *height(more),
        ],
        measure=rank(t),
    )


@once
def any_held() -> Theorem:
    """ANY holds pairs."""
    t = automaton()
    more = part(t, Transition, "rest")
    return prove(
        "class-any-holds",
        forall(t, then=holds_pair().function(t, ANY)),
        lambda goal: [holds_pair()(t, ANY), goal.induction(t=more), *height(more)],
        measure=rank(t),
    )


class Setting:
    """The variables of the theorem, and short names for its terms."""

    def __init__(self) -> None:
        self.symbol = outcomes().function
        _, answers, invariants, _, listed, _ = self.symbol.domain
        self.t = automaton()
        self.f, self.p, self.x, self.n = evaluation_variables()
        self.answers, self.invariants = variables(answers=answers, invariants=invariants)
        self.k, self.s = classes("ks")
        (self.i,) = variables(i=listed)

    def outcomes(self, program: Term, listed: Term, asked: int = VALUES) -> Term:
        """What a program can do on the classes of a list."""
        return self.symbol(self.t, self.answers, self.invariants, program, listed, asked)

    def law(self, program: Term, listed: Term, asked: int = VALUES) -> Fact:
        """The equation of :meth:`outcomes`."""
        return outcomes()(self.t, self.answers, self.invariants, program, listed, asked)

    def of(self, program: Term, state: Term) -> Term:
        """The classes of values on one input class, before they are joined to those on others."""
        (join_,) = self.law(program, single(state)).term.args[1:]
        found: Term = join_.args[0]
        return found

    def cls(self, tree: Term) -> Term:
        """The class of a tree."""
        return classify().function(self.t, tree)


@once
def alone() -> Theorem:
    """On a list, a program can do at least what it can do on the list's first class alone."""
    v = Setting()
    (d,) = classes("d")
    listed = made(States, v.s, v.i)
    return prove(
        "outcomes-first",
        forall(
            v.t, v.answers, v.invariants, v.p, v.s, v.i, d,
            then=both(
                implies(
                    has(v.outcomes(v.p, single(v.s)), d), has(v.outcomes(v.p, listed), d)
                ),
                implies(
                    has(v.outcomes(v.p, v.i), d), has(v.outcomes(v.p, listed), d)
                ),
                iff(has(v.outcomes(v.p, single(v.s)), d), has(v.of(v.p, v.s), d)),
            ),
        ),
        lambda goal: [
            v.law(v.p, listed), v.law(v.p, single(v.s)), v.law(v.p, made(NoStates)),
            contains()(made(NoStates), d),
            joined().at(a=v.of(v.p, v.s), b=v.outcomes(v.p, v.i), c=d),
            joined().at(a=v.of(v.p, v.s), b=made(NoStates), c=d),
        ],
    )


@once
def spread() -> Theorem:
    """If a program can do something on a class, and on ANY, it can on a list that allows it."""
    v = Setting()
    c, d = classes("cd")
    first = part(v.i, States, "first")
    return prove(
        "outcomes-spread",
        forall(
            v.t, v.answers, v.invariants, v.p, v.i, c, d,
            given={
                "has": has(v.i, c),
                "class": has(v.outcomes(v.p, single(c)), d),
                "any": has(v.outcomes(v.p, single(ANY)), d),
            },
            then=has(v.outcomes(v.p, v.i), d),
        ),
        lambda goal: [
            contains()(v.i, c),
            alone().at(
                t=v.t, answers=v.answers, invariants=v.invariants, p=v.p, s=first, i=rest(v.i), d=d
            ),
            goal.induction(i=rest(v.i)), *height(rest(v.i)),
        ],
        measure=rank(v.i),
    )


def _kept(name: str, asked: int) -> Theorem:
    v = Setting()
    (c,) = classes("c")

    def possible(state: Term | int) -> Term:
        found = v.outcomes(v.p, single(state))
        return has(found, NIL_CLASS) if asked == LEAVING else may_be_pair().function(v.t, found)

    whole = v.outcomes(v.p, v.i, asked)
    return prove(
        name,
        forall(
            v.t, v.answers, v.invariants, v.p, v.i, c,
            given={"has": has(v.i, c), "class": possible(c), "any": possible(ANY)},
            then=has(whole, c),
        ),
        lambda goal: [
            contains()(v.i, c), v.law(v.p, v.i, asked), contains()(whole, c),
            contains()(made(States, part(v.i, States, "first"),
                            v.outcomes(v.p, rest(v.i), asked)), c),
            goal.induction(i=rest(v.i)), *height(rest(v.i)),
        ],
        measure=rank(v.i),
    )


leaving = once(lambda: _kept("outcomes-leaving", LEAVING))
staying = once(lambda: _kept("outcomes-staying", STAYING))


@once
def sound() -> Theorem:
    """A value's class is among the outcomes (k = 1); rounds of a loop stay in a checked invariant
    and leave it only by a class on which the test can be nil (k = 0)."""
    v = Setting()
    evaluate = evaluation()
    run = evaluate.function
    t, f, p, x, n, k, s, i = v.t, v.f, v.p, v.x, v.n, v.k, v.s, v.i
    (z,) = variables(z=x.sort)
    outcome = run(f, p, x, n)
    test, body = part(p, While, "test"), part(p, While, "body")
    here = single(s)
    answer = select(v.answers, v.cls(z))
    seen = v.cls(select(f, z))
    stays = v.outcomes(test, i, STAYING)
    closed = subset().function(v.outcomes(body, stays), i)
    of_run = implies(
        both(halts(outcome), either(equal(s, ANY), equal(s, v.cls(x)))),
        has(v.outcomes(p, here), v.cls(value(outcome))),
    )
    of_loop = implies(
        both(halts(outcome), is_a(p, While), closed, has(i, v.cls(x))),
        has(v.outcomes(test, i, LEAVING), v.cls(value(outcome))),
    )
    statement = forall(
        t, f, v.answers, v.invariants, p, x, n, k, s, i,
        given={
            "oracle": (
                (z,),
                both(has(answer, seen), has(select(v.answers, as_term(ANY)), seen)),
            ),
        },
        then=both(implies(equal(k, 1), of_run), implies(equal(k, 0), of_loop)),
    )

    def premises(goal: Goal) -> Iterable[Fact]:
        def follow(program: Term, tree: Term, left: Term, *states: Term | int) -> Term:
            """The induction hypothesis for a part's run, entered in each of some classes."""
            for state in states:
                found.append(goal.induction(p=program, x=tree, n=left, k=1, s=state))
            found.append(evaluate.invariant(f, program, tree, left))
            return run(f, program, tree, left)

        def shape(tree: Term) -> None:
            """The class of a tree from those of its parts."""
            found.append(classify()(t, tree))

        def pair_in(listed: Term, tree: Term) -> None:
            """A list that allows a pair may be one."""
            found.append(pair_possible().at(
                t=t, s=listed,
                a=v.cls(part(tree, Pair, "head")), b=v.cls(part(tree, Pair, "tail")),
            ))

        def spread_at(program: Term, listed: Term, state: Term, seen: Term) -> None:
            found.append(spread().at(
                t=t, answers=v.answers, invariants=v.invariants, p=program, i=listed,
                c=state, d=seen,
            ))

        found: list[Fact] = []
        result = v.cls(value(outcome))
        found.append(evaluate(f, p, x, n))
        found.append(alone().at(
            t=t, answers=v.answers, invariants=v.invariants, p=p, s=s, i=made(NoStates), d=result
        ))
        found.append(contains()(here, result))
        found.append(contains()(single(ANY), result))
        # Hd, Tl, Ask, Quote
        shape(x)
        first, second = part(x, Pair, "head"), part(x, Pair, "tail")
        for complete, unknown in (
            (heads_complete(), heads_open()), (tails_complete(), tails_open()),
        ):
            found.append(complete.at(t=t, a=v.cls(first), b=v.cls(second)))
            found.append(unknown.at(t=t, c=result))
        found.append(goal.hypothesis("oracle", x))
        shape(made(Nil))
        quoted = v.cls(part(p, Quote, "tree"))
        found.append(contains()(single(quoted), result))
        # Cons
        left, right = part(p, Cons, "first"), part(p, Cons, "second")
        one = follow(left, x, n - 1, s)
        two = follow(right, x, gas(one) - 1, s)
        found.append(products_complete().at(
            t=t, p=v.outcomes(left, here), r=v.outcomes(right, here),
            a=v.cls(value(one)), b=v.cls(value(two)),
        ))
        shape(made(Pair, value(one), value(two)))
        # Then
        left, right = part(p, Then, "first"), part(p, Then, "second")
        one = follow(left, x, n - 1, s)
        middle = v.cls(value(one))
        follow(right, value(one), gas(one), middle, ANY)
        spread_at(right, v.outcomes(left, here), middle, result)
        # If
        condition = part(p, If, "test")
        ways = part(p, If, "then"), part(p, If, "otherwise")
        one = follow(condition, x, n - 1, s)
        tests = v.outcomes(condition, here)
        nothing = made(NoStates)
        shape(value(one))
        pair_in(tests, value(one))
        for way in ways:
            follow(way, x, gas(one) - 1, s)
        found.append(joined().at(
            a=choose_by(may_be_pair().function(t, tests), v.outcomes(ways[0], here), nothing),
            b=choose_by(has(tests, NIL_CLASS), v.outcomes(ways[1], here), nothing),
            c=result,
        ))
        # While entered: its rounds, in the invariant named for it
        invariant = select(select(v.invariants, p), s)
        found.append(goal.induction(k=0, i=invariant))
        found.append(anything().at(s=invariant, c=v.cls(x)))
        # While, a round
        seen_here = v.cls(x)
        one = follow(test, x, n - 1, seen_here, ANY)
        shape(value(one))
        for state in (seen_here, as_term(ANY)):
            pair_in(v.outcomes(test, single(state)), value(one))
        for kept in (leaving(), staying()):
            found.append(kept.at(
                t=t, answers=v.answers, invariants=v.invariants, p=test, i=i, c=seen_here
            ))
        two = follow(body, x, gas(one) - 1, seen_here, ANY)
        spread_at(body, stays, seen_here, v.cls(value(two)))
        found.append(within().at(a=v.outcomes(body, stays), b=i, c=v.cls(value(two))))
        found.append(goal.induction(
            p=made(While, test, body), x=value(two), n=gas(two), k=0
        ))
        yield from found

    return prove("outcomes-sound", statement, premises, measure=2 * n + k)


@once
def accepting() -> Definition:
    """The acceptance function."""
    outcomes(), passing()
    return define(model.accepts)


@once
def never_halts() -> Theorem:
    """A program with an accepted certificate does not halt on its input, for any gas."""
    v = Setting()
    t, f, p, x, n = v.t, v.f, v.p, v.x, v.n
    (steps,) = variables(steps=INT)
    (z,) = variables(z=x.sort)
    answer = select(v.answers, v.cls(z))
    seen = v.cls(select(f, z))
    accepts, machine, after = accepting(), running(), passing()
    begin = made(State, made(Next, made(Do, p), made(Stop)), x, made(Bottom))
    # After fewer steps than none, as after none, a run is where it begins.
    passed = choose_by(steps >= 0, steps, 0)
    there = after.function(f, begin, passed)
    control = part(there, State, "control")
    accumulator, stack = part(there, State, "accumulator"), part(there, State, "stack")
    waiting = part(part(control, Next, "instruction"), Do, "program")
    below = part(control, Next, "rest")
    left = n - passed
    outcome = evaluation().function(f, waiting, accumulator, left)
    state = made(State, made(Next, made(Do, waiting), below), accumulator, stack)
    return prove(
        "looping-certificate-sound",
        forall(
            t, f, v.answers, v.invariants, p, x, n, steps,
            given={
                "oracle": (
                    (z,),
                    both(has(answer, seen), has(select(v.answers, as_term(ANY)), seen)),
                ),
                "accepted": accepts.function(t, f, v.answers, v.invariants, p, x, steps),
            },
            then=equal(evaluation().function(f, p, x, n), made(OutOfGas)),
        ),
        lambda goal: [
            accepts(t, f, v.answers, v.invariants, p, x, steps),
            after(f, begin, steps),
            after(f, begin, passed),
            sound().at(
                t=t, f=f, answers=v.answers, invariants=v.invariants, p=waiting, x=accumulator,
                n=left, k=1, s=v.cls(accumulator), i=made(NoStates), oracle=goal.schema("oracle"),
            ),
            contains()(made(NoStates), v.cls(value(outcome))),
            machine_agreement().at(f=f, p=waiting, x=accumulator, n=left, k=below, s=stack),
            goal.have(
                implies(equal(there, state), equal(machine.function(f, there, left),
                                                   machine.function(f, state, left)))
            ),
            whole_runs().at(f=f, p=p, x=x, n=n),
            continued().at(f=f, state=begin, n=n, k=passed),
        ],
    )
