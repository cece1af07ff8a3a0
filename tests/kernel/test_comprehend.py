"""Function values: an accepted function with its last argument left open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.algebra import Curried, Equation, Mapped, curried
from models.machine.tree import Nil, Pair, Tree
from proofs.kernel import terms
from proofs.kernel.countermodel import counterexample, explain
from proofs.kernel.evaluate import Unevaluated, compiled
from proofs.kernel.reading import array_of, function_of, made, sort_of
from proofs.kernel.rules import (
    Definition,
    KernelError,
    Refused,
    choose,
    comprehend,
    define,
    definition_of,
    definitions,
    prove,
    trusted,
)
from proofs.kernel.show import named
from proofs.kernel.tactics import forall, variables
from proofs.kernel.terms import INT, equal, implies, select
from tests.kernel.boxes import Box, Boxed, Leaf
from tests.kernel.equations import counting, equation, k, m, n, unused

(t, u) = variables(t=sort_of(Tree), u=sort_of(Tree))


def sum_of_two() -> Equation[Any, Any]:
    """f(n, m) = n + m"""
    return equation(lambda algebra, n, m: n + m, n=int, m=int)


def opened() -> tuple[Equation[Any, Any], Definition, Definition]:
    """A sum, accepted, and with its second argument left open."""
    f = sum_of_two()
    return f, define(f), comprehend(curried(f))


# --- accepted -------------------------------------------------------------------------------------


def test_its_value_at_the_last_argument_is_the_function() -> None:
    f, definition, function_value = opened()
    add, plus = definition.function, function_value.function
    assert plus is function_of(curried(f))
    assert plus.domain == (INT,) and plus.range is array_of(INT, INT)
    assert function_value(n, m).term is equal(select(plus(n), m), add(n, m))
    assert function_value(3, k + 1).term is equal(select(plus(3), k + 1), add(3, k + 1))
    assert function_value.kind == "definition" and function_value.obligations == ()
    assert trusted(function_value) and definition_of(plus) is function_value
    assert function_value in definitions()


def test_it_is_what_the_model_runs() -> None:
    """The law, read on values, is the equation with its last argument left open."""
    f, _, function_value = opened()
    law = compiled(function_value(n, m).term)
    assert all(law({"n": i, "m": j}) for i in range(-2, 3) for j in range(-2, 3))
    add = curried(f)(3)
    assert [add(i) for i in (-3, 0, 4)] == [0, 3, 7]


def test_the_only_argument_left_open() -> None:
    f = counting()
    definition = define(f, measure=lambda n: n)
    function_value = comprehend(curried(f))
    assert function_value.function.domain == ()
    assert function_value(n).term is equal(
        select(function_value.function(), n), definition.function(n)
    )


def test_two_arguments_left_open() -> None:
    f, definition, function_value = opened()
    twice = comprehend(curried(curried(f)))
    both_open = twice.function()
    assert both_open.sort is array_of(INT, array_of(INT, INT))
    assert twice(n).term is equal(select(both_open, n), function_value.function(n))
    theorem = prove(
        unused(),
        forall(n, m, then=equal(select(select(both_open, n), m), n + m)),
        lambda _: [twice(n), function_value(n, m), definition(n, m)],
    )
    assert trusted(theorem)
    assert repr(select(select(both_open, n), m)) == f"{f.name}(·, ·)(n)(m)"
    assert curried(curried(f))()(2)(3) == 5
    assert repr(curried(curried(f))()) == f"{f.name}(·, ·)"
    assert repr(curried(f)(2)) == f"{f.name}(2, ·)"


def test_a_theorem_by_it_lists_it_and_its_function() -> None:
    f, definition, function_value = opened()
    theorem = prove(
        unused(),
        forall(n, m, then=equal(select(function_value.function(n), m), n + m)),
        lambda _: [function_value(n, m), definition(n, m)],
    )
    names = {definition.function.name, function_value.function.name}
    assert names <= {name for kind, name in theorem.rests_on if kind == "definition"}
    # By the law alone, too, it rests on both.
    alone = prove(
        unused(),
        forall(n, m, then=equal(select(function_value.function(n), m), definition.function(n, m))),
        lambda _: [function_value(n, m)],
    )
    assert alone.rests_on == tuple(sorted(("definition", name) for name in names))
    assert named(function_value.function) == f"{f.name}(n, ·)"
    assert named(definition.function) == f.name


def test_of_a_choice_and_its_axiom() -> None:
    """What rests on the function value rests on the choice, and on the axiom behind it."""
    axiom = "every whole number is smaller than one"
    f = equation(lambda algebra, n: n, n=int)
    chosen = choose(f, lambda n, value: value > n, axiom=axiom)
    function_value = comprehend(curried(f))
    theorem = prove(
        unused(),
        forall(n, then=select(function_value.function(), n) > n),
        lambda _: [function_value(n), chosen(n)],
    )
    assert set(theorem.rests_on) == {
        ("axiom", axiom), ("choice", chosen.function.name),
        ("definition", function_value.function.name),
    }


def test_handed_to_a_theorem_with_a_function_value() -> None:
    """What is proved for all function values holds for this one, its schema being supplied."""
    (c,) = variables(c=array_of(INT, INT))
    grows = prove(
        unused("grows"),
        forall(c, n, given={"all": ((m,), select(c, m) > m)}, then=select(c, n) + 1 > n),
        lambda goal: [goal.hypothesis("all", n)],
    )
    f = equation(lambda algebra, n: n + 1, n=int)
    definition = define(f)
    function_value = comprehend(curried(f))
    lemma = prove(
        unused("lemma"), forall(m, then=select(function_value.function(), m) > m),
        lambda _: [function_value(m), definition(m)],
    )
    theorem = prove(
        unused(), forall(n, then=definition.function(n) + 1 > n),
        lambda _: [
            grows.at(c=function_value.function(), n=n, all=lemma.schema(m, m=m)),
            function_value(n),
        ],
    )
    assert ("theorem", grows.name) in theorem.rests_on


def test_once_accepted_it_is_the_same() -> None:
    f, _, function_value = opened()
    assert comprehend(curried(f)) is function_value


# --- refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [None, 0, "f", counting, object(), n, INT])
def test_other_objects(value: Any) -> None:
    with pytest.raises(KernelError, match="last argument left open"):
        comprehend(value)


def test_an_equation_as_it_is() -> None:
    f, definition, _ = opened()
    for value in (f, definition, definition.function, curried(f)(1)):
        with pytest.raises(KernelError, match="last argument left open"):
            comprehend(value)


def test_a_subclass() -> None:
    """It may say that it is of another equation each time it is asked."""

    class Mine(Curried):
        pass

    f, _, _ = opened()
    with pytest.raises(KernelError, match="last argument left open"):
        comprehend(Mine(f))


def test_a_function_not_accepted_yet() -> None:
    f = sum_of_two()
    with pytest.raises(KernelError, match=f"{f.name} is used before it is defined"):
        comprehend(curried(f))
    assert definition_of(function_of(curried(f))) is None
    define(f)
    assert trusted(comprehend(curried(f)))


def test_a_function_that_was_refused() -> None:
    f = equation(lambda algebra, n: f.at(algebra, n) + 1, n=int)
    with pytest.raises(Refused):
        define(f, measure=lambda n: n)
    with pytest.raises(KernelError, match="used before it is defined"):
        comprehend(curried(f))


def test_a_function_without_arguments() -> None:
    f = equation(lambda algebra: 7)
    definition = define(f)
    assert definition().term is equal(definition.function(), 7)
    with pytest.raises(KernelError, match="no argument that could be left open"):
        comprehend(curried(f))


def test_a_definition_through_its_own_function_value() -> None:
    """f(n) = f(·)(n) + 1 would be false: whichever is tried first is refused."""
    f = equation(
        lambda algebra, n: algebra.bind(
            curried(f).at(algebra), lambda itself: algebra.apply(itself, n) + 1
        ),
        n=int,
    )
    for attempt in (
        lambda: define(f),
        lambda: define(f, measure=lambda n: n),
        lambda: comprehend(curried(f)),
    ):
        with pytest.raises(KernelError, match="used before it is defined"):
            attempt()


def test_a_definition_through_the_function_value_of_another_that_is_defined_by_it() -> None:
    first = equation(
        lambda algebra, n: algebra.bind(
            curried(second).at(algebra), lambda other: algebra.apply(other, n) + 1
        ),
        n=int,
    )
    second = equation(lambda algebra, n: first.at(algebra, n), n=int)
    for attempt in (
        lambda: define(first), lambda: define(second),
        lambda: comprehend(curried(first)), lambda: comprehend(curried(second)),
    ):
        with pytest.raises(KernelError, match="used before it is defined"):
            attempt()


def test_a_choice_in_its_place_first() -> None:
    """A symbol chosen as some function value, through which its function is defined afterwards, is
    not that function's value: 0 = 1 would follow."""
    f = equation(
        lambda algebra, n: algebra.bind(
            curried(f).at(algebra), lambda itself: algebra.apply(itself, n) + 1
        ),
        n=int,
    )
    zero = equation(lambda algebra, n: 0 * n, n=int)
    define(zero)
    other = comprehend(curried(zero)).function
    chosen = choose(curried(f), lambda value: equal(value, value), witness=lambda: other())
    assert trusted(chosen)
    definition = define(f)
    assert definition(n).term is equal(
        definition.function(n), select(chosen.function(), n) + 1
    )
    with pytest.raises(KernelError, match="defined already, differently"):
        comprehend(curried(f))


def test_defined_by_its_body() -> None:
    """Its body makes a Python object, which is no term."""
    f, _, _ = opened()
    g = sum_of_two()
    define(g)
    for equation_ in (curried(f), curried(g)):
        with pytest.raises(TypeError):
            define(equation_)


def test_another_object_of_the_same_function() -> None:
    """A second symbol of one name."""
    f, _, _ = opened()
    with pytest.raises(KernelError, match="defined already, differently"):
        comprehend(Curried(f))


def test_a_name_that_another_function_has() -> None:
    f = sum_of_two()
    define(f)
    taken = equation(lambda algebra, n: n, n=int)
    taken.name = f"{f.name}_function"
    define(taken)
    with pytest.raises(KernelError, match="defined already, differently"):
        comprehend(curried(f))
    # And the other way round.
    _, _, function_value = opened()
    late = equation(lambda algebra, n: n, n=int)
    late.name = function_value.function.name
    with pytest.raises(KernelError, match="defined already, differently"):
        define(late)


def test_its_function_exchanged_afterwards() -> None:
    """The law is that of the function it was accepted for."""
    f, definition, function_value = opened()
    g = equation(lambda algebra, n, m: n - m, n=int, m=int)
    other = define(g)
    open_ = curried(f)
    open_.base = g
    with pytest.raises(KernelError, match="defined already, differently"):
        comprehend(open_)
    law = equal(select(function_value.function(n), m), definition.function(n, m))
    assert function_value(n, m).term is law and trusted(function_value)
    with pytest.raises(Refused):
        prove(
            unused(),
            forall(n, m, then=equal(select(function_value.function(n), m), n - m)),
            lambda _: [function_value(n, m), definition(n, m), other(n, m)],
        )


def test_its_function_exchanged_before() -> None:
    """Then it is that of the other one, if that was accepted and has such arguments."""
    f, g = sum_of_two(), counting()
    define(f)
    open_ = curried(f)
    open_.base = g
    with pytest.raises(KernelError, match=f"{g.name} is used before it is defined"):
        comprehend(open_)
    h = equation(lambda algebra, n, m: n - m, n=int, m=int)
    minus = define(h).function
    open_.base = h
    assert comprehend(open_)(5, 2).term is equal(select(function_of(open_)(5), 2), minus(5, 2))
    # Running it runs that one, too.
    assert open_(5)(2) == 3


def test_its_function_exchanged_for_one_of_other_arguments() -> None:
    f, g = sum_of_two(), counting()
    define(f)
    define(g, measure=lambda n: n)
    open_ = curried(f)
    assert function_of(open_).domain == (INT,)
    open_.base = g
    with pytest.raises((KernelError, TypeError)):
        comprehend(open_)
    assert definition_of(function_of(open_)) is None


@pytest.mark.parametrize("arguments", [(), (1,), (1, 2, 3)])
def test_with_another_number_of_arguments(arguments: tuple[Any, ...]) -> None:
    _, _, function_value = opened()
    with pytest.raises(TypeError, match="takes 2 arguments"):
        function_value(*arguments)


def test_with_arguments_of_other_sorts() -> None:
    _, _, function_value = opened()
    for arguments in ((t, 1), (1, t), (1, function_value.function(1)), (n > 0, n)):
        with pytest.raises(TypeError):
            function_value(*arguments)


def test_it_has_no_invariant() -> None:
    """That of its function is had from the function."""
    f = counting()
    definition = define(f, measure=lambda n: n, invariant=lambda n, value: value >= 0)
    function_value = comprehend(curried(f))
    with pytest.raises(KernelError, match="no invariant"):
        function_value.invariant(n)
    assert prove(
        unused(), forall(n, then=select(function_value.function(), n) >= 0),
        lambda _: [function_value(n), definition.invariant(n)],
    )


@pytest.mark.parametrize(
    "claim",
    [
        lambda plus: equal(select(plus(n), m), n - m),
        lambda plus: equal(select(plus(n), m), select(plus(m + 1), n)),
        lambda plus: equal(plus(n), plus(m)),
        lambda plus: implies(equal(select(plus(n), k), select(plus(m), k)), equal(n, m + 1)),
        lambda plus: select(plus(0), n) > n,
    ],
)
def test_what_is_false_of_it_is_refused(claim: Callable[[Any], terms.Term]) -> None:
    _, definition, function_value = opened()
    given = [(n, m), (m, n), (m + 1, n), (n, k), (m, k), (0, n)]
    with pytest.raises(Refused):
        prove(
            unused(), forall(n, m, k, then=claim(function_value.function)),
            lambda _: [
                *(function_value(*values) for values in given),
                *(definition(*values) for values in given),
            ],
        )


# --- countermodels --------------------------------------------------------------------------------


def test_a_countermodel_with_function_values() -> None:
    _, definition, function_value = opened()
    plus = function_value.function
    statement = forall(n, m, then=select(plus(n), m) < 5)
    found = counterexample(statement)
    assert found is not None and found.confirmed
    assert found.values["n"] + found.values["m"] >= 5
    with pytest.raises(Refused) as refused:
        prove(unused(), statement, lambda _: [function_value(n, m), definition(n, m)])
    explained = explain(refused.value)
    assert explained is not None and explained.confirmed


def test_a_countermodel_where_only_few_values_are_one() -> None:
    """The search knows what the function value is at the arguments that it is asked at."""
    _, _, function_value = opened()
    plus = function_value.function
    statement = forall(n, m, given={"seven": equal(n, 7)}, then=terms.negate(
        equal(select(plus(n), m), 12)
    ))
    found = counterexample(statement)
    assert found is not None and found.confirmed and dict(found.values) == {"n": 7, "m": 5}


def test_a_countermodel_with_a_variable_for_a_function_value() -> None:
    (c,) = variables(c=array_of(INT, INT))
    _, _, function_value = opened()
    plus = function_value.function
    statement = forall(
        c, n, given={"like": equal(select(c, n), select(plus(n), 1))}, then=select(c, n) > n + 1
    )
    found = counterexample(statement)
    assert found is not None and found.confirmed
    assert found.values["c"](found.values["n"]) == found.values["n"] + 1


def test_whether_two_functions_are_one_is_not_found_by_running() -> None:
    """They may agree at all arguments, and be different objects."""
    _, _, function_value = opened()
    g = equation(lambda algebra, n, m: m + n, n=int, m=int)
    define(g)
    other = comprehend(curried(g)).function
    assert counterexample(forall(n, then=equal(function_value.function(n), other(n)))) is None
    plus = function_value.function
    same = compiled(equal(plus(n), plus(m)))
    assert same({"n": 3, "m": 3}) is True
    with pytest.raises(Unevaluated, match="may be one"):
        same({"n": 3, "m": 4})


# --- why it is sound ------------------------------------------------------------------------------


def test_a_datatype_that_holds_its_own_functions() -> None:
    """The box that holds just those boxes which do not hold themselves: with such a datatype,
    function values as its fields, that it holds itself if it does not would be a theorem."""
    f = equation(
        lambda algebra, box: algebra.case(box, {
            Leaf: lambda: terms.TRUE,
            Box: lambda holds: terms.negate(algebra.apply(holds, box)),
        }),
        bool, box=Boxed,
    )
    with pytest.raises(TypeError, match="the datatype Boxed holds function values"):
        define(f)
    with pytest.raises(KernelError, match="used before it is defined"):
        comprehend(curried(f))
    (box,) = variables(box=sort_of(Boxed))
    with pytest.raises(TypeError, match="holds function values"):
        prove(unused(), forall(box, then=equal(box, made(Leaf))))


def test_functions_from_functions_are_no_danger() -> None:
    """Diagonalising needs a value that is a function from its own sort."""
    (c,) = variables(c=array_of(sort_of(Tree), INT))
    f = equation(
        lambda algebra, c, t: algebra.case(t, {
            Nil: lambda: algebra.apply(c, t) + 1, Pair: lambda _, tail: algebra.apply(c, tail)
        }),
        c=Mapped[Tree, int], t=Tree,
    )
    definition = define(f)
    function_value = comprehend(curried(f))
    shifted = function_value.function(c)
    nil = made(Nil)
    theorem = prove(
        unused(), forall(c, then=terms.negate(equal(shifted, c))),
        lambda _: [function_value(c, nil), definition(c, nil)],
    )
    assert trusted(theorem)
    with pytest.raises(Refused):
        prove(
            unused(), forall(c, t, then=equal(select(shifted, t), select(c, t))),
            lambda _: [function_value(c, t), definition(c, t)],
        )
