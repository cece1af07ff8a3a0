"""Recursive definitions: accepted where every call decreases, refused by name where one doesn't."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.algebra import Equation, Mapped
from models.amdahl.number import Real
from models.machine import program as programs
from models.machine.tree import Nil, Pair, Tree
from proofs.kernel import terms
from proofs.kernel.evaluate import compiled
from proofs.kernel.reading import body_of, function_of, made, part, sort_of
from proofs.kernel.rules import (
    Definition,
    Fact,
    KernelError,
    Refused,
    choose,
    define,
    definition_of,
    definitions,
    height,
    prove,
    reached_calls,
    trusted,
)
from proofs.kernel.tactics import forall, variables
from proofs.kernel.terms import FALSE, INT, TRUE, Function, as_term, both, equal, implies
from proofs.machine import program as in_programs
from tests.kernel.equations import counting, equation, m, n, number, r, unused

(t,) = variables(t=sort_of(Tree))


def not_decreasing(refused: Refused) -> list[str]:
    """The calls that are named."""
    return [o.label.partition(": ")[2] for o in refused.failed if o.label.startswith("decrease")]


# --- accepted -------------------------------------------------------------------------------------


def test_counting_down() -> None:
    definition = define(counting(), measure=lambda n: n)
    f = definition.function
    assert definition.kind == "definition" and trusted(definition)
    assert definition.obligations and all(o.proved for o in definition.obligations)
    assert definition(n).term is equal(f(n), terms.choose_by(n > 0, f(n - 1) + 1, 0))
    assert definition(m + 2).term is terms.substitute(definition(n).term, {n: m + 2})
    assert definition_of(f) is definition and definition in definitions()
    three = prove(
        unused("three"),
        forall(then=equal(f(3), 3)),
        lambda _: [definition(i) for i in range(4)],
    )
    assert trusted(three) and ("definition", f.name) in three.rests_on


def test_no_recursion_needs_no_measure() -> None:
    definition = define(equation(lambda algebra, n: n * n, n=int))
    assert definition(7).term is equal(definition.function(7), number(7) * 7)
    assert definition.obligations == ()


def test_two_calls_and_two_measures() -> None:
    f = equation(
        lambda algebra, n: algebra.cond(
            n > 1, lambda: f.at(algebra, n - 1) + f.at(algebra, n - 2), lambda: n
        ),
        n=int,
    )
    definition = define(f, measure=lambda n: n)
    assert [o.label for o in definition.obligations] == [
        f"decrease 1: {f.name}(n - 1)", f"decrease 2: {f.name}(n - 2)"
    ]


def ackermann() -> Equation[Any, Any]:
    def body(algebra: Any, n: Any, m: Any) -> Any:
        return algebra.cond(
            n > 0,
            lambda: algebra.cond(
                m > 0,
                lambda: algebra.bind(
                    f.at(algebra, n, m - 1), lambda inner: f.at(algebra, n - 1, inner)
                ),
                lambda: f.at(algebra, n - 1, as_term(1)),
            ),
            lambda: m + 1,
        )

    f = equation(body, n=int, m=int)
    return f


def test_ackermann_by_two_measures() -> None:
    assert trusted(define(ackermann(), measure=lambda n, m: (n, m)))


def test_ackermann_by_one_measure_is_refused() -> None:
    for measure in (lambda n, m: n, lambda n, m: m, lambda n, m: n + m, lambda n, m: (m, n)):
        with pytest.raises(Refused):
            define(ackermann(), measure=measure)


@pytest.mark.parametrize(
    "definition", [in_programs.counting, in_programs.sizing, in_programs.coding]
)
def test_structural_recursion_by_height(definition: Callable[[], Definition]) -> None:
    assert trusted(definition())


def test_structural_recursion_by_height_alone() -> None:
    assert trusted(define(programs.decode, measure=terms.rank))


def test_heights() -> None:
    """What the kernel says of heights is true of heights."""
    tree = Pair(Pair(Nil(), Nil()), Nil())
    for term in (t, part(t, Pair, "head"), made(Pair, t, made(Nil))):
        facts = height(term)
        assert facts and all(trusted(fact) for fact in facts)
        for value in (tree, tree.head, Nil()):
            assert all(compiled(fact.term)({"t": value}) for fact in facts)
    below = prove(
        unused("below"),
        forall(t, then=terms.rank(t) < terms.rank(made(Pair, t, t))),
        lambda _: height(made(Pair, t, t)),
    )
    assert trusted(below)
    with pytest.raises(Refused):  # a field of what may not have it
        prove(
            unused("field"),
            forall(t, then=terms.rank(part(t, Pair, "head")) < terms.rank(t)),
            lambda _: height(part(t, Pair, "head")),
        )


# --- refused --------------------------------------------------------------------------------------


def grows() -> tuple[Equation[Any, Any], Callable[..., Any], str]:
    f = equation(lambda algebra, n: f.at(algebra, n) + 1, n=int)
    return f, lambda n: n, "(n)"


def has_no_lower_guard() -> tuple[Equation[Any, Any], Callable[..., Any], str]:
    f = equation(lambda algebra, n: f.at(algebra, n - 1), n=int)
    return f, lambda n: n, "(n - 1)"


def has_a_guard_one_too_low() -> tuple[Equation[Any, Any], Callable[..., Any], str]:
    f = equation(
        lambda algebra, n: algebra.cond(n >= 0, lambda: f.at(algebra, n - 1), lambda: 0), n=int
    )
    return f, lambda n: n, "(n - 1)"


def calls_in_the_other_branch() -> tuple[Equation[Any, Any], Callable[..., Any], str]:
    f = equation(
        lambda algebra, n: algebra.cond(n > 0, lambda: 0, lambda: f.at(algebra, n - 1)), n=int
    )
    return f, lambda n: n, "(n - 1)"


def calls_in_its_test() -> tuple[Equation[Any, Any], Callable[..., Any], str]:
    f = equation(
        lambda algebra, n: algebra.cond(
            f.at(algebra, n - 1) > 0, lambda: n, lambda: algebra.cond(n > 0, lambda: 1, lambda: 0)
        ),
        n=int,
    )
    return f, lambda n: n, "(n - 1)"


def calls_under_a_connective() -> tuple[Equation[Any, Any], Callable[..., Any], str]:
    """``and`` is no guard: both sides have a value."""
    f = equation(
        lambda algebra, n: both(n > 0, f.at(algebra, n - 1)), bool, n=int
    )
    return f, lambda n: n, "(n - 1)"


def calls_on_the_whole_tree() -> tuple[Equation[Any, Any], Callable[..., Any], str]:
    f = equation(
        lambda algebra, t: algebra.case(
            t, {Nil: lambda: 0, Pair: lambda head, tail: f.at(algebra, made(Pair, tail, head))}
        ),
        t=Tree,
    )
    return f, terms.rank, "(Pair(t.tail, t.head))"


def calls_on_what_an_oracle_says() -> tuple[Equation[Any, Any], Callable[..., Any], str]:
    f = equation(
        lambda algebra, g, t: algebra.case(
            t, {Nil: lambda: 0, Pair: lambda head, _: f.at(algebra, g, algebra.apply(g, head))}
        ),
        g=Mapped[Tree, Tree],
        t=Tree,
    )
    return f, lambda g, t: terms.rank(t), "(g, g(t.head))"


def has_one_bad_call_of_two() -> tuple[Equation[Any, Any], Callable[..., Any], str]:
    f = equation(
        lambda algebra, n: algebra.cond(
            n > 0, lambda: f.at(algebra, n - 1) + f.at(algebra, n + 1 - 1), lambda: 0
        ),
        n=int,
    )
    return f, lambda n: n, "(n + 1 - 1)"


def has_a_bad_call_inside_another() -> tuple[Equation[Any, Any], Callable[..., Any], str]:
    def body(algebra: Any, n: Any) -> Any:
        return algebra.cond(n > 0, lambda: f.at(algebra, f.at(algebra, n + 1) * 0), lambda: 0)

    f = equation(body, n=int)
    return f, lambda n: n, "(n + 1)"


REFUSED = [
    grows, has_no_lower_guard, has_a_guard_one_too_low, calls_in_the_other_branch,
    calls_in_its_test, calls_under_a_connective, calls_on_the_whole_tree,
    calls_on_what_an_oracle_says, has_one_bad_call_of_two, has_a_bad_call_inside_another,
]


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_a_call_that_does_not_decrease_is_named(
    make: Callable[[], tuple[Equation[Any, Any], Callable[..., Any], str]],
) -> None:
    f, measure, call = make()
    with pytest.raises(Refused) as refused:
        define(f, measure=measure)
    assert f"{f.name}{call}" in not_decreasing(refused.value)
    assert f"{f.name}{call}" in str(refused.value)
    assert definition_of(function_of(f)) is None
    with pytest.raises(KernelError, match="needs a measure"):
        define(f)


def test_only_the_bad_calls_are_named() -> None:
    f, measure, call = has_one_bad_call_of_two()
    with pytest.raises(Refused) as refused:
        define(f, measure=measure)
    assert not_decreasing(refused.value) == [f"{f.name}{call}"]


def test_a_real_measure_is_refused() -> None:
    f = equation(
        lambda algebra, x: algebra.cond(x > 0, lambda: f.at(algebra, x / 2), lambda: 0), x=Real
    )
    with pytest.raises(TypeError, match="Int"):
        define(f, measure=lambda x: x)


def test_a_call_of_a_function_not_accepted_is_refused() -> None:
    first = equation(lambda algebra, n: second.at(algebra, n - 1), n=int)
    second = equation(
        lambda algebra, n: algebra.cond(n > 0, lambda: first.at(algebra, n - 1), lambda: 0), n=int
    )
    for f in (first, second):
        with pytest.raises(KernelError, match="used before it is defined"):
            define(f, measure=lambda n: n)
    plain = equation(lambda algebra, n: n, n=int)
    unknown = Function(unused("unknown"), (INT,), INT)
    for options in (
        {"measure": lambda n: unknown(n)},
        {"invariant": lambda n, value: equal(unknown(n), unknown(n) + value - value)},
        {"invariant": lambda n, value: equal(value, function_of(plain)(n) + value)},
    ):
        with pytest.raises(KernelError, match="used before it is defined"):
            define(plain, **options)
    other = Function(counting_definition().function.name, (INT,), INT)
    with pytest.raises(KernelError, match="used before it is defined"):
        define(equation(lambda algebra, n: other(n), n=int))


def counting_definition() -> Definition:
    return define(counting(), measure=lambda n: n)


@pytest.mark.parametrize(
    "options",
    [
        {"measure": lambda n: n + m},
        {"invariant": lambda n, value: value >= m},
        {"measure": lambda n: n, "invariant": lambda n, value: equal(m, m + value - value)},
    ],
)
def test_other_constants_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(KernelError, match="m is not a parameter"):
        define(counting(), **{"measure": lambda n: n, **options})
    with pytest.raises(KernelError, match="m is not a parameter"):
        define(equation(lambda algebra, n: n + m, n=int))


# --- invariants -----------------------------------------------------------------------------------


def nested() -> Equation[Any, Any]:
    """f(n) = f(f(n-1)) above 0, else 0: that the inner value is small must be known."""

    def body(algebra: Any, n: Any) -> Any:
        return algebra.cond(
            n > 0,
            lambda: algebra.bind(f.at(algebra, n - 1), lambda inner: f.at(algebra, inner)),
            lambda: 0,
        )

    f = equation(body, n=int)
    return f


def test_nested_recursion_needs_its_invariant() -> None:
    f = nested()
    with pytest.raises(Refused) as refused:
        define(f, measure=lambda n: n)
    assert not_decreasing(refused.value) == [f"{f.name}({f.name}(n - 1))"]
    definition = define(f, measure=lambda n: n, invariant=lambda n, value: equal(value, 0))
    assert definition.invariant(m).term is equal(definition.function(m), 0)
    assert [o.label for o in definition.obligations][-1] == "invariant"


@pytest.mark.parametrize(
    "invariant",
    [
        lambda n, value: value >= n,
        lambda n, value: equal(value, 1),
        lambda n, value: value > 0,
        lambda n, value: FALSE,
    ],
)
def test_a_wrong_invariant_is_refused(invariant: Callable[..., Any]) -> None:
    f = nested()
    with pytest.raises(Refused) as refused:
        define(f, measure=lambda n: n, invariant=invariant)
    assert "invariant" in str(refused.value) or not_decreasing(refused.value)
    assert definition_of(function_of(f)) is None


def test_an_invariant_is_not_assumed_of_calls_that_do_not_decrease() -> None:
    """It would be true of f(n) = f(n) + 1 if it could be assumed of f(n)."""
    f = equation(lambda algebra, n: f.at(algebra, n) + 1, n=int)
    with pytest.raises(Refused) as refused:
        define(f, measure=lambda n: n, invariant=lambda n, value: FALSE)
    assert {o.label for o in refused.value.failed} == {"invariant", f"decrease 1: {f.name}(n)"}


def test_a_definition_without_invariant_has_none() -> None:
    with pytest.raises(KernelError, match="no invariant"):
        counting_definition().invariant(n)


def test_an_invariant_may_use_premises_that_hold_always() -> None:
    inner = define(equation(lambda algebra, n: n * n + 1, n=int))
    square = prove(unused("square"), forall(n, then=n * n >= 0))
    f = equation(lambda algebra, n: inner.function(n), n=int)
    positive = lambda n, value: value > 0  # noqa: E731
    with pytest.raises(Refused):
        define(f, invariant=positive)
    definition = define(f, invariant=positive, premises=lambda n: [inner(n), square.at(n=n)])
    fact = definition.invariant(3)
    three = prove(unused("three"), forall(then=definition.function(3) > 0), lambda _: [fact])
    assert {("theorem", square.name), ("definition", inner.function.name)} <= set(three.rests_on)


# --- one name, one definition ---------------------------------------------------------------------


def test_the_same_definition_twice_is_one() -> None:
    f = counting()
    assert define(f, measure=lambda n: n) is define(f, measure=lambda n: n + 1)


def test_another_definition_of_the_name_is_refused() -> None:
    f = counting()
    before = define(f, measure=lambda n: n)
    for body in (lambda algebra, n: n, f.body):
        other = Equation(equation(body, n=int).body)
        other.name = f.name
        with pytest.raises(KernelError, match="defined already, differently"):
            define(other, measure=lambda n: n)
    with pytest.raises(KernelError, match="defined already, differently"):
        define(f, measure=lambda n: n, invariant=lambda n, value: value >= 0)
    with pytest.raises(KernelError, match="defined already, differently"):
        choose(f, lambda n, value: TRUE, witness=lambda n: n)
    f.body = equation(lambda algebra, n: n + 1, n=int).body
    with pytest.raises(KernelError, match="defined already, differently"):
        define(f)
    assert definition_of(before.function) is before


def test_laws_take_terms_of_the_sorts() -> None:
    definition = counting_definition()
    for arguments in ((), (n, n), (r,), (t,), ("n",), (1.5,), (True,)):
        with pytest.raises(TypeError):
            definition(*arguments)


# --- calls and the tests around them --------------------------------------------------------------


def test_reached_calls() -> None:
    f = Function("f", (INT,), INT)
    body = terms.choose_by(
        f(0) > 0, terms.choose_by(n > 1, f(1), f(2)), terms.choose_by(n > 1, f(3), 0) + f(1)
    )
    test = f(0) > 0
    found = {call: reached for reached, call in reached_calls(body, f)}
    assert found == {
        f(0): TRUE,
        f(1): terms.either(both(test, n > 1), terms.negate(test)),
        f(2): both(test, terms.negate(n > 1)),
        f(3): both(terms.negate(test), n > 1),
    }


def test_calls_of_other_functions_need_not_decrease() -> None:
    inner = counting_definition()
    f = equation(lambda algebra, n: inner.function(n + 5) + inner.function(n), n=int)
    assert define(f).obligations == ()
    parameters, body = body_of(f)
    assert len(reached_calls(body)) == 2 and reached_calls(body, function_of(f)) == []
    assert parameters == (n,)


def test_premises_of_another_goal_are_refused() -> None:
    f = equation(lambda algebra, n: n, n=int)
    kept: list[Fact] = []

    def premises(goal: Any) -> list[Fact]:
        kept.append(goal.hypothesis("never"))
        with pytest.raises(KernelError, match="another goal"):
            define(f, invariant=lambda n, value: FALSE, premises=lambda n: kept)
        return []

    prove(unused(), forall(n, given={"never": n < n}, then=implies(n < n, FALSE)), premises)
