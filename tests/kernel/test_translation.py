"""Equations as Python functions: what the evaluator of calls does, they do."""

from __future__ import annotations

import gc
import pkgutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import models
from checks.catalogue import CARDS, Card
from checks.strategies import programs, trees
from checks.verification import prove_card, run_instances
from models.algebra import Algebra, Concrete, Equation, Mapped, Partial, curried, equation
from models.errors import Undefined
from models.machine.oracle import EMPTY, parse_oracle
from models.machine.program import Ask, Cons, Id, Program, Quote, While, code, decode, size
from models.machine.run import run
from models.machine.semantics import Done, OutOfGas, Stop, evaluate, machine, start
from models.machine.transform import substitute
from models.machine.tree import NIL, TRUE, Nil, Pair, Tree, numeral, pairs
from models.node import Node
from models.translation import source


@dataclass(frozen=True, slots=True, eq=False)
class Box(Node):
    """Something with something in it."""

    content: Any


@dataclass(frozen=True, slots=True, eq=False)
class Wrong(Node):
    """Something else with something in it."""

    content: Any


def by_calls(call: Equation[Any, Any], *arguments: Any, remembers: bool = False) -> Any:
    """The value that the evaluator of calls comes to."""
    *_, (_, _, value) = Concrete(remembers=remembers).calls(call, arguments)
    return value


@cache
def equations() -> tuple[Equation[Any, Any], ...]:
    """Every equation of the model."""
    for module in pkgutil.walk_packages(models.__path__, "models."):
        import_module(module.name)
    found = [
        value for value in gc.get_objects()
        if type(value) is Equation and value.body.__module__.startswith("models.")
    ]
    return tuple(sorted(found, key=lambda found: (found.body.__module__, found.name)))


OPAQUE = {"exponential", "logarithm", "power", "square_root", "whole_above"}


def test_every_equation_of_the_model_is_translated() -> None:
    assert len(equations()) > 250
    assert {call.name for call in equations() if call.opaque} == OPAQUE
    for call in equations():
        if not call.opaque:
            assert callable(call.translated)
            assert "_function(" in source(call)[0]


def instances_seen(card: Card) -> Counter[str]:
    """How often each equation was called while a card's instances ran, and both ways agreed."""
    seen: Counter[str] = Counter()
    plain: Any = Concrete.value
    algebra: Any = Concrete

    def compared(self: Concrete, call: Equation[Any, Any], arguments: tuple[Any, ...]) -> Any:
        value = plain(self, call, arguments)
        if seen[call.name] < 5 and not call.opaque:
            seen[call.name] += 1
            algebra.value = plain
            try:
                expected = by_calls(call, *arguments)
            finally:
                algebra.value = compared
            assert type(value) is type(expected)
            if not isinstance(value, Partial):
                assert value == expected, call.name
        return value

    statements = prove_card(card)[3]
    algebra.value = compared
    try:
        run_instances(card, statements)
    finally:
        algebra.value = plain
    return seen


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_both_ways_agree_on_the_instances_of_every_theorem(card: Card) -> None:
    seen = instances_seen(card)
    assert seen or card.id in {"gas-monotone"}


oracles = st.sampled_from([EMPTY, parse_oracle("set:0"), parse_oracle("set:1,2")])


@given(programs(8), trees(5), oracles, st.integers(-1, 60), st.booleans())
def test_both_ways_agree_on_runs(
    program: Program, value: Tree, oracle: Any, gas: int, remembers: bool
) -> None:
    algebra = Concrete(remembers=remembers)
    calls: tuple[tuple[Equation[Any, Any], tuple[Any, ...]], ...] = (
        (evaluate, (oracle, program, value, gas)),
        (machine, (oracle, start(algebra, program, value), gas)),
        (code, (program,)),
        (decode, (value,)),
    )
    for call, arguments in calls:
        found = algebra.value(call, arguments)
        assert found == by_calls(call, *arguments, remembers=remembers)


@given(programs(6), programs(4))
def test_both_ways_agree_on_a_transformer(program: Program, other: Program) -> None:
    assert substitute(program, other) == by_calls(substitute, program, other)


def test_a_call_of_itself_as_the_last_step_is_a_loop() -> None:
    forever = While(Quote(TRUE), Id())
    assert machine(EMPTY, start(Concrete(), forever, NIL), 200_000) == OutOfGas()
    assert run(forever, NIL, gas=200_000).steps == 200_000


@equation()
def depth(algebra: Algebra, tree: Tree) -> int:
    """How far down the tails go."""
    return algebra.case(
        tree,
        {
            Nil: lambda: 0,
            Pair: lambda _, below: algebra.bind(depth.at(algebra, below), lambda n: n + 1),
        },
    )


def test_what_is_too_deep_for_pythons_stack_is_computed_all_the_same() -> None:
    long = numeral(50_000)
    assert depth(long) == depth(NIL) + 50_000
    assert pairs(long) == 50_000


@equation()
def asked_below(algebra: Algebra, function: Mapped[Tree, int], tree: Tree) -> int:
    """The function at every tail, added up."""
    return algebra.case(
        tree,
        {
            Nil: lambda: 0,
            Pair: lambda _, below: algebra.bind(
                asked_below.at(algebra, function, below),
                lambda rest: rest + algebra.apply(function, below),
            ),
        },
    )


def test_function_values_inside_what_is_too_deep_are_computed_once_for_each_way() -> None:
    calls = 0

    def counted(tree: Tree) -> int:
        nonlocal calls
        calls += 1
        return depth(tree)

    assert asked_below(counted, numeral(1_200)) == 1_200 * 1_199 // 2
    assert calls <= 2 * 1_200


def test_an_equation_that_never_ends_still_meets_the_limit_of_whoever_calls_it_from_below() -> None:
    def down(levels: int) -> int:
        return depth(numeral(400)) if levels == 0 else down(levels - 1)

    with pytest.raises(RecursionError):
        down(sys.getrecursionlimit())
    assert down(sys.getrecursionlimit() - 300) == 400


def test_errors_of_function_values_come_through() -> None:
    def nowhere(tree: Tree) -> Tree:
        raise Undefined("nothing", expected="something")

    with pytest.raises(Undefined):
        evaluate(nowhere, Ask(), NIL, 5)
    with pytest.raises(TypeError):
        depth(NIL, NIL)
    with pytest.raises(KeyError):
        depth(Box(1))


def test_a_shared_equation_is_computed_once_for_equal_arguments() -> None:
    tree: Tree = NIL
    for _ in range(200):
        tree = Pair(tree, tree)
    assert pairs(tree) == 2**200 - 1


def test_equal_data_are_made_once_where_that_is_asked_for() -> None:
    algebra = Concrete(remembers=True)
    first = algebra.value(code, (Cons(Id(), Id()),))
    second = algebra.value(code, (Cons(Id(), Id()),))
    assert first is second
    assert code(Cons(Id(), Id())) == first
    before = algebra.remembered()
    assert before > 0
    algebra.forget()
    assert algebra.remembered() == 0
    assert algebra.value(code, (Cons(Id(), Id()),)) == first


def looks() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Bodies that look at a value of which they have only the name."""
    yield "truth", lambda algebra, n: 1 if n else 0
    yield "comparison", lambda algebra, n: 1 if n > 0 else 0
    yield "equality", lambda algebra, n: algebra.cond(n == 0, lambda: 1, lambda: 0)
    yield "inequality", lambda algebra, n: algebra.cond(n != 0, lambda: 1, lambda: 0)
    yield "class", lambda algebra, n: 1 if isinstance(n, int) else 0
    yield "attribute", lambda algebra, n: 1 if hasattr(n, "numerator") else n
    yield "text", lambda algebra, n: len(str(n))
    yield "whole number", lambda algebra, n: int(n)
    yield "index", lambda algebra, n: [1, 2][n]
    yield "range", lambda algebra, n: sum(range(n))
    yield "iteration", lambda algebra, n: sum(n)
    yield "call", lambda algebra, n: n(1)
    yield "set", lambda algebra, n: len({n})
    yield "in a tuple", lambda algebra, n: algebra.make(Box, (n, n))
    yield "text of itself", lambda algebra, n: len(repr(n))
    yield "format", lambda algebra, n: len(f"{n:3}")
    yield "field", lambda algebra, n: n.text
    yield "in a function", lambda algebra, n: algebra.apply(lambda m: m + n, 1)
    yield "in a partial call", lambda algebra, n: algebra.apply(Partial(depth, (n,)), 1)
    yield "call in a tuple", lambda algebra, n: algebra.make(Box, (depth.at(algebra, n),))
    yield "call in data", lambda algebra, n: algebra.make(Box, Box(depth.at(algebra, n)))
    yield "call without bind", lambda algebra, n: algebra.make(Box, depth.at(algebra, n))
    yield "run", lambda algebra, n: depth(n)


@pytest.mark.parametrize("body", [pytest.param(b, id=name) for name, b in looks()])
def test_a_body_that_looks_at_a_value_is_refused(body: Callable[..., Any]) -> None:
    body.__annotations__ = {"n": int, "return": int}
    call: Equation[Any, Any] = Equation(body)
    with pytest.raises((TypeError, KeyError)):
        source(call)
    with pytest.raises((TypeError, KeyError)):
        call(3)


def test_the_only_constructor_is_checked_too() -> None:
    @equation()
    def content(algebra: Algebra, box: Box) -> Any:
        return algebra.case(box, {Box: lambda inside: inside})

    assert content(Box(3)) == 3
    wrong: Any = Wrong(3)
    with pytest.raises(KeyError):
        content(wrong)


def test_long_numbers() -> None:
    @equation()
    def more(algebra: Algebra, n: int) -> int:
        return n + 10**5_000

    assert more(1) == 10**5_000 + 1


def test_an_opaque_body_has_a_value() -> None:
    call: Equation[Any, Any] = Equation(lambda algebra, n: depth.at(algebra, n), opaque=True)
    with pytest.raises(TypeError, match="opaque"):
        Concrete().value(call, (NIL,))


def test_an_opaque_body_may_look() -> None:
    def body(algebra: Any, n: int) -> int:
        return 1 if isinstance(n, int) else 0

    call: Equation[Any, Any] = Equation(body, opaque=True)
    assert call(3) == 1


def test_a_constant_of_the_body_is_the_very_object() -> None:
    @equation()
    def half(algebra: Algebra, value: Fraction) -> Fraction:
        return value * Fraction(1, 2)

    @equation()
    def boxed(algebra: Algebra, n: int) -> Box:
        return algebra.make(Box, n)

    assert half(3) == Fraction(3, 2)
    assert curried(boxed)()(3) == boxed(3)


def test_what_is_written_can_be_read() -> None:
    text, names = source(machine)
    assert text.splitlines()[0] == "def _function(_known, _made, oracle, state, gas):"
    assert "while True:" in text
    assert Stop in names.values()
    assert Done in names.values()
    assert size.shared


@equation()
def _clashing(algebra: Algebra, bool: int, type: Tree, KeyError: int, _1: int, _key: int) -> Tree:
    """Parameters called like what a function is written with."""
    return algebra.case(
        type,
        {
            Nil: lambda: algebra.cond(
                algebra.same(bool, KeyError),
                lambda: algebra.make(Pair, algebra.make(Nil), algebra.make(Nil)),
                lambda: algebra.make(Nil),
            ),
            Pair: lambda first, second: algebra.cond(
                _1 > _key,
                lambda: algebra.make(Pair, second, first),
                lambda: _clashing.at(algebra, KeyError, second, bool, _key, _1),
            ),
        },
    )


@given(st.integers(0, 2), trees(3), st.integers(0, 2), st.integers(0, 2), st.integers(0, 2))
def test_parameters_may_have_any_names(
    one: int, tree: Tree, two: int, three: int, four: int
) -> None:
    arguments = (one, tree, two, three, four)
    for remembers in (False, True):
        assert Concrete(remembers=remembers).value(_clashing, arguments) == by_calls(
            _clashing, *arguments
        )
