"""Choices: a witness is proved or an axiom is named, and what rests on it says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.algebra import Equation
from proofs.amdahl.objective import balance, square_root
from proofs.amdahl.optimum import attained, balanced
from proofs.kernel.reading import function_of
from proofs.kernel.rules import (
    KernelError,
    Refused,
    choose,
    define,
    definition_of,
    prove,
    trusted,
)
from proofs.kernel.tactics import forall
from proofs.kernel.terms import (
    FALSE,
    INT,
    Function,
    Term,
    both,
    choose_by,
    either,
    equal,
    implies,
)
from tests.kernel.equations import equation, m, n, r, unused

AXIOM = "every whole number is half of one or one less than half"


def half() -> Equation[Any, Any]:
    return equation(lambda algebra, n: n, n=int)


def is_half(n: Term, value: Term) -> Term:
    return either(equal(value + value, n), equal(value + value + 1, n))


def test_a_witness_is_proved() -> None:
    chosen = choose(
        equation(lambda algebra, n: n, n=int), lambda n, value: value > n, witness=lambda n: n + 1
    )
    assert chosen.kind == "choice" and chosen.sentence == "" and trusted(chosen)
    assert chosen(7).term is (chosen.function(7) > 7)
    assert [o.label for o in chosen.obligations] == ["existence"]
    above = prove(
        unused("above"), forall(n, then=chosen.function(n) >= n), lambda _: [chosen(n)]
    )
    assert above.rests_on == (("choice", chosen.function.name),)


def test_only_the_property_is_known() -> None:
    """Not that the value is the witness."""
    chosen = choose(half(), lambda n, value: value > n, witness=lambda n: n + 1)
    with pytest.raises(Refused):
        prove(
            unused(), forall(n, then=equal(chosen.function(n), n + 1)), lambda _: [chosen(n)]
        )


@pytest.mark.parametrize(
    "witness", [lambda n: n, lambda n: n - 1, lambda n: 0, lambda n: choose_by(n > 0, n + 1, n)]
)
def test_a_wrong_witness_is_refused(witness: Callable[[Term], Term]) -> None:
    f = half()
    with pytest.raises(Refused) as refused:
        choose(f, lambda n, value: value > n, witness=witness)
    assert [o.label for o in refused.value.failed] == ["existence"]
    assert definition_of(function_of(f)) is None


def test_neither_proved_nor_assumed() -> None:
    for options in ({}, {"axiom": ""}, {"axiom": "  "}):
        with pytest.raises(KernelError, match="neither proved nor assumed"):
            choose(half(), is_half, **options)
    for axiom in (3, None, [AXIOM], object()):
        with pytest.raises(KernelError):
            choose(half(), is_half, axiom=axiom)


def test_an_axiom_is_listed_by_all_that_rests_on_it() -> None:
    chosen = choose(half(), is_half, axiom=AXIOM)
    assert chosen.sentence == AXIOM and chosen.obligations == ()
    listed = {("axiom", AXIOM), ("choice", chosen.function.name)}
    f = chosen.function
    first = prove(unused("first"), forall(n, then=f(n) * 2 <= n), lambda _: [chosen(n)])
    assert listed <= set(first.rests_on)
    # Through a theorem, a claim on the way, a definition that needed it, a schema.
    second = prove(unused("second"), forall(n, then=f(n) * 2 <= n + 1), lambda _: [first.at(n=n)])
    third = prove(
        unused("third"),
        forall(n, then=f(n) * 2 <= n + 2),
        lambda goal: [goal.have(f(n) * 2 <= n + 1, second.at(n=n))],
    )
    definition = define(
        equation(lambda algebra, n: f(n) + f(n), n=int),
        invariant=lambda n, value: value <= n,
        premises=lambda n: [first.at(n=n)],
    )
    fourth = prove(
        unused("fourth"),
        forall(n, then=definition.function(n) <= n),
        lambda _: [definition.invariant(n)],
    )
    lemma = prove(
        unused("lemma"),
        forall(given={"all": ((m,), f(m) * 2 <= m)}, then=f(3) * 2 <= 3),
        lambda goal: [goal.hypothesis("all", 3)],
    )
    assert lemma.rests_on == ()
    fifth = prove(
        unused("fifth"),
        forall(then=f(3) <= 1),
        lambda _: [lemma.at(all=first.schema(m, n=m))],
    )
    sixth = choose(
        equation(lambda algebra, n: n, n=int),
        lambda n, value: value * 2 <= n,
        witness=lambda n: f(n),
        premises=lambda n: [first.at(n=n)],
    )
    seventh = prove(
        unused("seventh"), forall(n, then=sixth.function(n) * 2 <= n), lambda _: [sixth(n)]
    )
    for theorem in (second, third, fourth, fifth, seventh):
        assert listed <= set(theorem.rests_on), theorem
    unrelated = prove(unused("unrelated"), forall(n, then=equal(f(n), f(n + 0))))
    assert unrelated.rests_on == ()


def test_the_axiom_of_square_roots_is_listed() -> None:
    sentence = square_root().sentence
    assert sentence and ("axiom", sentence) in balanced().rests_on
    assert ("axiom", sentence) in attained().rests_on
    balance()
    assert {kind for kind, _ in attained().rests_on} == {
        "axiom", "choice", "definition", "theorem"
    }


def test_a_witness_of_its_own_function_is_refused() -> None:
    f = half()
    itself = function_of(f)
    for witness in (lambda n: itself(n), lambda n: itself(n - 1) + 1, lambda n: itself(n) * 0):
        with pytest.raises(KernelError, match="used before it is defined"):
            choose(f, lambda n, value: equal(value, value), witness=witness)
    for property_ in (
        lambda n, value: equal(value, itself(n) + 1),
        lambda n, value: implies(value > itself(n), FALSE),
    ):
        for options in ({"witness": lambda n: n}, {"axiom": AXIOM}):
            with pytest.raises(KernelError, match="used before it is defined"):
                choose(f, property_, **options)


def test_a_witness_of_an_unknown_function_is_refused() -> None:
    unknown = Function(unused("unknown"), (INT,), INT)
    with pytest.raises(KernelError, match="used before it is defined"):
        choose(half(), lambda n, value: value >= value, witness=lambda n: unknown(n))


def test_other_constants_are_refused() -> None:
    for options in ({"witness": lambda n: m}, {"axiom": AXIOM}):
        with pytest.raises(KernelError, match="m is not a parameter"):
            choose(half(), lambda n, value: equal(value, m), **options)
    with pytest.raises(KernelError, match="m is not a parameter"):
        choose(half(), lambda n, value: value >= value, witness=lambda n: m)


def test_sorts() -> None:
    for attempt in (
        lambda: choose(half(), lambda n, value: value + n, witness=lambda n: n),
        lambda: choose(half(), lambda n, value: equal(value, r), witness=lambda n: n),
        lambda: choose(half(), lambda n, value: value >= n, witness=lambda n: r),
        lambda: choose(half(), lambda n, value: value >= n, witness=lambda n: n > 0),
    ):
        with pytest.raises(TypeError):
            attempt()


def test_a_parameter_of_the_name_of_the_value() -> None:
    """A parameter may be called result; it is not the value."""
    f = half()
    f.body = lambda algebra, result: result
    f.body.__annotations__ = {"result": int, "return": int}
    with pytest.raises(Refused):
        choose(f, lambda result, value: value > result, witness=lambda result: result)
    chosen = choose(f, lambda result, value: value > result, witness=lambda result: result + 1)
    assert chosen(n).term is (chosen.function(n) > n)


def test_one_name_one_choice() -> None:
    f = half()
    chosen = choose(f, lambda n, value: value > n, witness=lambda n: n + 1)
    assert choose(f, lambda n, value: value > n, witness=lambda n: n + 2) is chosen
    with pytest.raises(KernelError, match="defined already, differently"):
        choose(f, lambda n, value: value >= n, witness=lambda n: n + 1)
    with pytest.raises(KernelError, match="defined already, differently"):
        define(f)
    with pytest.raises(KernelError, match="no invariant"):
        chosen.invariant(n)


def test_a_choice_of_a_choice() -> None:
    """A witness may be made of what was accepted before, with its property as a premise."""
    first = choose(half(), lambda n, value: value > n, witness=lambda n: n + 1)
    second = half()
    with pytest.raises(Refused):
        choose(second, lambda n, value: value > n + 1, witness=lambda n: first.function(n) + 1)
    chosen = choose(
        second, lambda n, value: value > n + 1, witness=lambda n: first.function(n) + 1,
        premises=lambda n: [first(n)],
    )
    theorem = prove(
        unused(), forall(n, then=chosen.function(n) >= n + 2), lambda _: [chosen(n)]
    )
    assert {("choice", f.function.name) for f in (first, chosen)} == set(theorem.rests_on)


def test_roots_are_known_by_their_property_alone() -> None:
    root = square_root()
    two = both(root.function(r) >= 0, equal(root.function(r) * root.function(r), r))
    assert prove(
        unused(), forall(r, given={"r": r >= 0}, then=two), lambda _: [root(r)], opaque=True
    )
    for claim in (two, root.function(r) >= 0, equal(root.function(r), r)):
        with pytest.raises(Refused):
            prove(unused(), forall(r, then=claim), lambda _: [root(r)], opaque=True)
    assert function_of(root.function.equation) is root.function
