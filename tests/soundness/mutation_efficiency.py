"""Mutants of the theorems about efficiency: how those that are true follow.

*Definitions*: :func:`with_schema`, a mutant of ``ratio-law.bounded`` whose changed hypothesis gives
the one of the theorem, with the premises for each; :func:`either_sign`, for one that allows of laws
that are not positive; derivations for the other theorems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from models.algebra import Algebra, Mapped, curried, equation
from models.amdahl.number import Real
from models.efficiency.laws import value_at
from proofs.amdahl.real import (
    cancel,
    multiply,
    nonzero,
    product,
    product_nonnegative,
    product_nonzero,
    quotient,
    quotient_at,
    sign_of_factor,
    square,
)
from proofs.efficiency import exponential, laws, pace, rate, ratio, target
from proofs.efficiency.exponential import exp, log, real, same
from proofs.kernel import terms
from proofs.kernel.reading import function_of
from proofs.kernel.rules import Fact, Goal, Statement, Theorem, comprehend, define, prove
from proofs.kernel.terms import Term, choose_by, equal, fresh, implies, postorder, substitute
from tests.soundness.mutation import Mutant
from tests.soundness.mutation_kernel import Case, Derivation, by

Named: TypeAlias = Mapping[str, Term]
"""A statement's variables by name."""


def with_schema(
    label: str,
    premises: Callable[[Goal, tuple[Term, ...]], Iterable[Fact]],
    values: Callable[[Named], Mapping[str, Any]] = lambda _: {},
) -> Derivation:
    """By the theorem at other values, after a lemma for what it says under a label for all values;
    ``premises`` are the lemma's, of what all hypotheses of that kind say."""

    def derive(theorem: Theorem, mutant: Mutant) -> Theorem:
        statement = mutant.statement
        named = {str(v.data): v for v in statement.variables}
        given = tuple(h for h in statement.hypotheses if h.bound)
        wanted = next(h for h in theorem.statement.hypotheses if h.label == label)
        names = tuple(fresh(b) for b in wanted.bound)
        changed = dict(values(named))
        bound = dict(zip(wanted.bound, names, strict=True))
        lemma = prove(
            f"{mutant!r}, for all",
            Statement(
                (*statement.variables, *names), given,
                substitute(
                    wanted.term, bound | {named[name]: term for name, term in changed.items()}
                ),
            ),
            lambda goal: premises(goal, names),
            opaque=True,
        )

        def from_theorem(goal: Goal) -> Iterable[Fact]:
            own = {h.label: goal.schema(h.label) for h in given}
            at: dict[str, Any] = {**named, **{str(name.data): name for name in names}}
            supplied = {**own, label: lemma.schema(*names, **at, **own)}
            yield theorem.at(**{**named, **changed}, **supplied)

        return prove(f"{mutant!r}, derived", statement, from_theorem)

    return derive


def law(argument: Term | int) -> Term:
    """L(C)."""
    return ratio.at(argument)


ONE, ONE_ = real(1), Fraction(1)


def reciprocal(goal: Goal, names: tuple[Term, ...]) -> Iterable[Fact]:
    """What is said of c > 1 (or x > 1) is so of c < 1, by what is said of 1/c."""
    c, x = names
    for a, b in ((c, x), (x, c)):
        yield goal.hypothesis("scale-free", a, b)
        yield goal.hypothesis("scale-free", 1 / a, a * b)
        yield goal.hypothesis("scale-free", a * b, 1 / a)
        yield goal.hypothesis("scale-free", 1 / a, a)
        yield goal.hypothesis("scale-free", a, 1 / a)
        yield quotient_at(1 / a)
        yield multiply().at(c=1 / a * a, d=ONE, e=b)
        for same_ in ((1 / a * (a * b), b), (a * b * (1 / a), b), (1 / a * a, ONE),
                      (a * (1 / a), ONE), (a * b, b), (a * b, b * a), (a, ONE)):
            yield same(law(same_[0]), law(same_[1]))
        yield sign_of_factor().at(d=1 / a, e=a)
        yield sign_of_factor().at(d=1 - 1 / a, e=a)
        yield goal.hypothesis("positive", a)
        yield goal.hypothesis("positive", 1 / a)
        yield sign_of_factor().at(
            d=law(a * b) * law(ONE) - law(a) * law(b), e=law(1 / a)
        )
        yield multiply().at(c=law(1 / a) * law(a), d=law(ONE) * law(ONE), e=law(b))
        yield multiply().at(c=law(b) * law(ONE), d=law(1 / a) * law(a * b), e=law(ONE))
        yield product(a, b)
    yield goal.hypothesis("positive", ONE)


def other_number(number: int) -> Callable[[Goal, tuple[Term, ...]], Iterable[Fact]]:
    """L(number) is L(1), by what is said of 1 and 1."""
    there = real(number)

    def premises(goal: Goal, names: tuple[Term, ...]) -> Iterable[Fact]:
        yield goal.hypothesis("scale-free", *names)
        yield goal.hypothesis("scale-free", ONE, ONE)
        yield same(law(ONE * ONE), law(ONE))
        yield goal.hypothesis("positive", ONE)
        yield sign_of_factor().at(d=law(there) - law(ONE), e=law(ONE))

    return premises


def positive_beyond_one(goal: Goal, names: tuple[Term, ...]) -> Iterable[Fact]:
    """L(1) L(4) = L(2)², and L(x) L(1/x) = L(1)²."""
    (x,) = names
    two, four = real(2), real(4)
    for number in (x, 1 / x, two, four):
        yield goal.hypothesis("positive", number)
    yield goal.hypothesis("scale-free", two, two)
    yield goal.hypothesis("scale-free", x, 1 / x)
    yield quotient_at(1 / x)
    yield sign_of_factor().at(d=1 / x - 1, e=x)
    yield same(law(two * two), law(four))
    yield same(law(x * (1 / x)), law(ONE))
    yield same(law(x), law(ONE))
    yield sign_of_factor().at(d=law(ONE), e=law(four))
    yield sign_of_factor().at(d=law(x), e=law(1 / x))
    yield product(law(two), law(two))
    yield product(law(ONE), law(ONE))


def only_bounded(goal: Goal, names: tuple[Term, ...]) -> Iterable[Fact]:
    """By what is said of this one."""
    yield goal.hypothesis("bounded", *names)


def part_of(at: Callable[[Term, Term], tuple[Term, Term]]) -> Derivation:
    """By the theorem on another interval, where what is said of this one bounds the law."""

    def values(named: Named) -> Mapping[str, Any]:
        p, q = at(named["p"], named["q"])
        return {"p": p, "q": q}

    return with_schema("bounded", only_bounded, values)


def smaller(a: Term, b: Term) -> Term:
    """The smaller of two."""
    return choose_by(a < b, a, b)


def larger(a: Term, b: Term) -> Term:
    """The larger of two."""
    return choose_by(a < b, b, a)


@equation()
def turned(algebra: Algebra, law: Mapped[Real, Real], compute: Real) -> Real:
    """L(C), or -L(C) if L(1) is negative; 1 if it is 0."""
    return algebra.bind(value_at.at(algebra, law, ONE_), lambda start: algebra.bind(
        value_at.at(algebra, law, compute),
        lambda value: algebra.cond(
            start > 0,
            lambda: value,
            lambda: algebra.cond(start < 0, lambda: -value, lambda: ONE_),
        ),
    ))


def turned_law() -> Term:
    """That law, as a function value."""
    ratio.value_at()
    define(turned)
    comprehend(curried(turned))
    return function_of(curried(turned))(ratio.f)


def turned_at(argument: Term | int) -> tuple[Term, list[Fact]]:
    """A value of the turned law, and what it is."""
    law_ = turned_law()
    there = real(argument) if isinstance(argument, int) else argument
    facts = [
        ratio.value_at()(law_, there), comprehend(curried(turned))(ratio.f, there),
        define(turned)(ratio.f, there),
    ]
    call = ratio.value_at().function(law_, there)
    known = prove(
        f"turned-{there!r}",
        Statement(
            tuple(terms.constants(call)), (),
            equal(call, choose_by(law(1) > 0, law(there), choose_by(law(1) < 0, -law(there), ONE))),
        ),
        lambda _: facts,
    )
    return call, [known.at(**{str(v.data): v for v in terms.constants(call)})]


def same_sign(goal: Goal, argument: Term) -> Iterable[Fact]:
    """L(x) has the sign of L(1): L(x) L(1) = L(s)², s the root of x, and L(x) L(1/x) = L(1)²."""
    root = exp(log(argument) / 2)
    yield goal.hypothesis("scale-free", root, root)
    yield goal.hypothesis("scale-free", argument, 1 / argument)
    yield exponential.positive().at(z=log(argument) / 2)
    yield exponential.half().at(z=log(argument))
    yield exponential.logarithm()(argument)
    yield quotient_at(1 / argument)
    yield sign_of_factor().at(d=1 / argument, e=argument)
    yield same(law(root * root), law(argument))
    yield same(law(argument * (1 / argument)), law(ONE))
    yield square().at(a=law(root))
    yield square().at(a=law(ONE))
    yield product_nonzero().at(a=law(argument), b=law(1 / argument))
    yield sign_of_factor().at(d=law(argument), e=law(ONE))
    yield sign_of_factor().at(d=law(argument), e=-law(ONE))


def either_sign(theorem: Theorem, mutant: Mutant) -> Theorem:
    """By the theorem for L, or for -L if L(1) is negative; where L(1) is 0, so is L."""
    statement = mutant.statement
    named = {str(v.data): v for v in statement.variables}
    f, p, q, bound, z = (named[name] for name in "fpqNz")
    given = tuple(h for h in statement.hypotheses if h.bound)
    law_ = turned_law()
    at_one, one_facts = turned_at(1)
    c, x = (fresh(v) for v in (ratio.c, ratio.x))
    begin = choose_by(p > 0, p, ONE)
    end, most = choose_by(p > 0, q, real(0)), larger(bound, ONE)
    wanted = {h.label: h for h in theorem.statement.hypotheses if h.bound}

    def lemma(label: str, names: tuple[Term, ...], arguments: tuple[Term, ...],
              more: Callable[[Goal], Iterable[Fact]]) -> Theorem:
        known = [fact for each in arguments for fact in turned_at(each)[1]]
        at = dict(zip(wanted[label].bound, names, strict=True))
        at |= {f: law_, p: begin, q: end, named["N"]: most}
        return prove(
            f"{mutant!r}, {label} for all",
            Statement((*statement.variables, *names), given, substitute(wanted[label].term, at)),
            lambda goal: [*known, *one_facts, *more(goal)],
            opaque=True,
        )

    lemmas = {
        "positive": (lemma("positive", (x,), (x,), lambda goal: same_sign(goal, x)), (x,)),
        "scale-free": (
            lemma(
                "scale-free", (c, x), (c, x, c * x),
                lambda goal: [goal.hypothesis("scale-free", c, x)],
            ),
            (c, x),
        ),
        "bounded": (
            lemma(
                "bounded", (x,), (x,),
                lambda goal: [goal.hypothesis("positive", x), goal.hypothesis("bounded", x)],
            ),
            (x,),
        ),
    }

    def final(goal: Goal) -> Iterable[Fact]:
        own = {h.label: goal.schema(h.label) for h in given}
        schemas = {
            label: proved.schema(
                *names, **named, **{str(name.data): name for name in names}, **own
            )
            for label, (proved, names) in lemmas.items()
        }
        use = theorem.at(f=law_, p=begin, q=end, N=most, z=z, **schemas)
        e = exp(1)
        exponents = (ratio.law_exponent()(law_), ratio.law_exponent()(f))
        logs = (ratio.log_law()(law_, ONE), ratio.log_law()(f, ONE))
        (top, top_facts), (_, there_facts) = turned_at(e), turned_at(z)
        above, below = top / at_one, law(e) / law(1)
        kappas = (exponents[0].term.args[0], exponents[1].term.args[0])
        powers = [laws.real_power().function(z, -kappa) for kappa in kappas]
        yield goal.have(
            implies(nonzero(law(1)), equal(kappas[0], kappas[1])), *exponents, *logs, *one_facts,
            *top_facts, quotient_at(above), quotient_at(below), same(log(above), log(below)),
            cancel().at(c=above, d=below, e=law(1)), opaque=True,
        )
        yield use
        yield from one_facts
        yield from there_facts
        yield laws.power_law()(at_one, kappas[0], z)
        yield laws.power_law()(law(1), kappas[1], z)
        yield same(powers[0], powers[1])
        yield goal.hypothesis("scale-free", z, z)
        yield square().at(a=law(z))

    return prove(f"{mutant!r}, derived", statement, final, opaque=True)


def nothing_satisfies(*where: int) -> Derivation:
    """What is said for all fails at these numbers, so that nothing is supposed."""

    def premises(case: Case) -> Iterable[Fact]:
        yield case.goal.hypothesis("scale-free", *map(real, where))
        for number in where:
            yield same(law(ONE * real(number)), law(number))
        yield quotient().at(a=ONE, b=ONE)

    return by(premises, with_theorem=False)


def renamed(theorem: Callable[[], Theorem], **names: str) -> Derivation:
    """By a theorem with other variables in the place of some."""

    def premises(case: Case) -> Iterable[Fact]:
        variables = (str(v.data) for v in theorem().statement.variables)
        yield theorem().at(**{name: case[names.get(name, name)] for name in variables})

    return by(premises)


def settled_elsewhere(**names: str) -> Derivation:
    """The settled loss lies between 0 and 1 for all positive numbers."""

    def premises(case: Case) -> Iterable[Fact]:
        at = {name: case[names.get(name, name)] for name in "kge"}
        yield pace.settled().at(**at)
        yield from case.given()

    return by(premises, opaque=True)


def calls_of(case: Case, name: str) -> list[Term]:
    """The calls of a function in a mutant."""
    statement = case.mutant.statement
    terms = [statement.conclusion, *(h.term for h in statement.hypotheses)]
    return [part for part in postorder(terms) if part.op == "call" and part.data.name == name]


def within_positive(case: Case) -> Iterable[Fact]:
    """δ is positive, of ε and t as of any quotient of positive numbers."""
    for call in calls_of(case, "rate_within"):
        margin, time = call.args
        yield rate.reach().at(e=margin, t=time)
        if margin.op == "/":
            above, below = margin.args
            yield quotient_at(margin)
            yield sign_of_factor().at(d=margin, e=below)
            yield quotient().at(a=below, b=above)
            yield sign_of_factor().at(d=below / above, e=above)
    yield from case.given()


def both_ways(case: Case) -> Iterable[Fact]:
    """2^(-βt), with β and t in each other's place."""
    b, t = case["b"], case["t"]
    growth = laws.growth().function
    yield laws.efficient().at(g=-b, t=t)
    yield laws.efficient().at(g=-t, t=b)
    yield laws.growing().at(g=-b)
    yield laws.growing().at(g=-t)
    yield same(exp(growth(-b) * t), exp(growth(-t) * b))


def either_first(case: Case) -> Iterable[Fact]:
    """The theorem with β and κ in each other's place: (d/κ)/β is (d/β)/κ."""
    k, b, r, t = (case[name] for name in "kbrt")
    yield target.burden_constant().at(k=b, b=k, r=r, t=t)
    count = laws.doublings()
    first, second = count.function(k, r) / b, count.function(b, r) / k
    for law_ in (count(k, r), count(b, r)):
        yield law_
        yield quotient_at(law_.term.args[1])
    yield quotient_at(first)
    yield quotient_at(second)
    yield product(k, b)
    yield sign_of_factor().at(d=first - second, e=k * b)
    yield from case.given()


def least_defined(case: Case) -> Iterable[Fact]:
    """Where 1 - 1/(γ ln 2) is positive and γ < 1, γ is negative; and where the time to r has a
    value, r is not the least loss."""
    k, g, r = (case[name] for name in "kgr")
    growth, least = laws.growth().function(g), target.least_compute(g)
    multiple = laws.compute_multiple().function(k, r)
    lowest = laws.least_loss()(k, g)
    yield laws.growing().at(g=g)
    yield quotient_at(1 / growth)
    yield sign_of_factor().at(d=least, e=growth)
    yield sign_of_factor().at(d=-(1 / growth), e=-growth)
    yield lowest
    yield laws.power().at(x=least, y=-k)
    yield same(log(lowest.term.args[0]), log(lowest.term.args[1]))
    yield target.loss_is().at(k=k, u=least, r=r)
    yield exponential.log_one().at()
    yield exponential.log_order().at(x=lowest.term.args[0], y=ONE)
    yield exponential.log_order().at(x=ONE, y=least)
    yield product_nonnegative().at(a=-k, b=log(least))
    yield multiply().at(c=multiple, d=least, e=growth)
    yield target.fading().at(k=k, g=g, r=r)
    yield from case.given()


def least_below_one(case: Case) -> Iterable[Fact]:
    """(1 + I_κ(t))^-γ is at least 1 for γ < 0, and the least loss less."""
    k, g, t = (case[name] for name in "kgt")
    growth, least = laws.growth().function(g), target.least_compute(g)
    compute = laws.gathered().function(k, t)
    loss, lowest = laws.relative_loss()(g, k, t), laws.least_loss()(k, g)
    yield laws.growing().at(g=g)
    yield quotient_at(1 / growth)
    yield sign_of_factor().at(d=-(1 / growth), e=-growth)
    yield laws.gathered_start().at(g=k, t=t)
    yield laws.gathered_order().at(g=k, t=real(0), u=t)
    yield exponential.log_one().at()
    for fact, base, exponent, weight in (
        (loss, 1 + compute, -g, -g), (lowest, least, -k, k)
    ):
        value, power = fact.term.args
        yield fact
        yield laws.power().at(x=base, y=exponent)
        yield same(log(value), log(power))
        yield exponential.log_order().at(x=ONE, y=base)
        yield exponential.log_order().at(x=value, y=ONE)
        yield exponential.log_order().at(x=ONE, y=value)
        yield product_nonnegative().at(a=weight, b=log(base))
        yield product(weight, log(base))
    yield from case.given()
