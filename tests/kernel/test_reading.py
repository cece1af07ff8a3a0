"""The two readings of one definition agree: what proofs unfold is what runs."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.strategies import functions, programs, trees
from models.algebra import Equation, Mapped, equation
from models.amdahl import objective
from models.amdahl.number import Real
from models.machine.oracle import Oracle
from models.machine.program import Id, Program, code, decode, size
from models.machine.semantics import (
    Bottom,
    Branch,
    Control,
    Do,
    Done,
    Instruction,
    Loop,
    MkCons,
    Next,
    Outcome,
    Push,
    Stack,
    State,
    Stop,
    Swap,
    after,
    evaluate,
    machine,
    step,
)
from models.machine.transform import answering_gas, substitute
from models.machine.tree import NIL, Pair, Tree, pairs
from proofs.kernel import terms
from proofs.kernel.evaluate import compiled
from proofs.kernel.reading import Symbolic, array_of, body_of, made, quote, sort_of
from proofs.kernel.rules import Definition
from proofs.kernel.terms import BOOL, INT, REAL, constant
from proofs.machine.semantics import evaluation, running, stepping
from proofs.machine.substitution import answering, substituting
from tests.kernel.equations import equation as made_equation
from tests.kernel.equations import n

small_programs = programs(9)
small_trees = trees(5)


@st.composite
def controls(draw: st.DrawFn) -> Control:
    """Control lists that no run has to reach."""
    control: Control = Stop()
    for _ in range(draw(st.integers(0, 3))):
        first, second = draw(programs(4)), draw(programs(4))
        instructions: list[Instruction] = [
            Do(first), Swap(), MkCons(), Branch(first, second), Loop(first, second)
        ]
        control = Next(draw(st.sampled_from(instructions)), control)
    return control


@st.composite
def stacks(draw: st.DrawFn) -> Stack:
    stack: Stack = Bottom()
    for tree in draw(st.lists(trees(3), max_size=3)):
        stack = Push(tree, stack)
    return stack


states = st.builds(State, controls(), small_trees, stacks())
costs = st.builds(lambda rest: lambda tree: (pairs(tree) + rest) % 5, st.integers(0, 4))
gas = st.integers(-1, 25)

ARGUMENTS: dict[Equation[Any, Any], tuple[st.SearchStrategy[Any], ...]] = {
    step: (functions(), states),
    machine: (functions(), states, gas),
    evaluate: (functions(), small_programs, small_trees, gas),
    after: (functions(), states, gas),
    decode: (trees(9),),
    size: (small_programs,),
    code: (small_programs,),
    pairs: (small_trees,),
    substitute: (small_programs, programs(4)),
    answering_gas: (functions(), costs, small_programs, small_trees, gas),
}


def body(eq: Equation[Any, Any]) -> tuple[list[str], Callable[[Any], Any]]:
    """The names of the parameters, and the term of the body as a function of their values."""
    parameters, term = body_of(eq)
    return [str(p.data) for p in parameters], compiled(term)


@pytest.mark.parametrize("eq", ARGUMENTS, ids=lambda eq: eq.name)
@given(data=st.data())
def test_the_term_of_a_body_has_the_value_of_the_equation(
    eq: Equation[Any, Any], data: st.DataObject
) -> None:
    """One unfolding is symbolic, and the calls in it run."""
    names, value = body(eq)
    arguments = data.draw(st.tuples(*ARGUMENTS[eq]))
    assert value(dict(zip(names, arguments, strict=True))) == eq(*arguments)


@given(functions(), small_programs, small_trees, gas)
def test_two_unfoldings_have_the_value_of_the_equation(
    oracle: Oracle, program: Program, tree: Tree, units: int
) -> None:
    parameters, term = body_of(evaluate)
    inner = next(part for part in terms.postorder([term]) if part.op == "call")
    unfolded = terms.substitute(term, dict(zip(parameters, inner.args, strict=True)))
    values = {"oracle": oracle, "program": program, "value": tree, "gas": units}
    assert compiled(terms.equal(inner, unfolded))(values)


LAWS: dict[Callable[[], Definition], Equation[Any, Any]] = {
    evaluation: evaluate,
    stepping: step,
    running: machine,
    substituting: substitute,
    answering: answering_gas,
}


@pytest.mark.parametrize("definition", LAWS, ids=lambda make: make.__name__)
@given(data=st.data())
def test_the_laws_of_the_definitions_hold_in_the_model(
    definition: Callable[[], Definition], data: st.DataObject
) -> None:
    accepted = definition()
    names = [constant(f"a{i}", sort) for i, sort in enumerate(accepted.function.domain)]
    arguments = data.draw(st.tuples(*ARGUMENTS[LAWS[definition]]))
    values = {str(c.data): value for c, value in zip(names, arguments, strict=True)}
    assert compiled(accepted(*names).term)(values)
    if definition is evaluation:
        assert compiled(accepted.invariant(*names).term)(values)


fractions = st.fractions(-3, 3, max_denominator=6)


@pytest.mark.parametrize(
    "eq",
    [
        objective.time, objective.threshold, objective.critical_ratio, objective.break_even,
        objective.optimal_allocation,
    ],
    ids=lambda eq: eq.name,
)
@given(data=st.data())
def test_the_formulas_have_the_same_value(
    eq: Equation[Any, Any], data: st.DataObject
) -> None:
    names, value = body(eq)
    arguments = data.draw(st.tuples(*[fractions] * len(names)))
    try:
        expected = eq(*arguments)
    except ZeroDivisionError:
        return
    assert value(dict(zip(names, arguments, strict=True))) == expected


@given(small_trees, small_programs)
def test_a_quoted_value_is_the_value(tree: Tree, program: Program) -> None:
    assert compiled(quote(tree, sort_of(Tree)))({}) == tree
    assert compiled(quote(program, sort_of(Program)))({}) == program


def test_quoting_takes_values_of_the_sort() -> None:
    assert quote(3, INT) is terms.as_term(3) and quote(Fraction(1, 2), REAL).op == "real"
    assert quote(Done(NIL, 4), sort_of(Outcome)) is made(Done, made(type(NIL)), 4)
    for value, sort in ((NIL, sort_of(Program)), (Id(), sort_of(Tree)), (1, BOOL), (0.5, REAL)):
        with pytest.raises(TypeError):
            quote(value, sort)


# --- sorts of type hints --------------------------------------------------------------------------


def test_sorts_of_hints() -> None:
    assert (sort_of(bool), sort_of(int), sort_of(Real)) == (BOOL, INT, REAL)
    assert sort_of(Tree) is sort_of(Tree) and sort_of(Tree).name == "Tree"
    assert sort_of(State).name == "State"
    assert sort_of(Mapped[Tree, int]) is array_of(sort_of(Tree), INT)
    assert sort_of(Mapped[Tree, Tree]).name == "(Array Tree Tree)"


@pytest.mark.parametrize("hint", [str, float, list, None, "int", int | str, type, Any])
def test_no_sort_of_other_hints(hint: Any) -> None:
    with pytest.raises((TypeError, AttributeError, KeyError)):
        sort_of(hint)


# --- what a body may not do -----------------------------------------------------------------------


def asks_python(algebra: Any, n: Any) -> Any:
    return 1 if n > 0 else 0


def compares_by_identity(algebra: Any, n: Any) -> Any:
    return algebra.cond(n == 0, lambda: 1, lambda: 0)


def compares_terms_by_identity(algebra: Any, n: Any) -> Any:
    return algebra.cond(n == n + 0, lambda: 1, lambda: 0)


def decides_by_python(algebra: Any, n: Any) -> Any:
    return algebra.cond(True, lambda: 1, lambda: 0)


def forgets_a_branch(algebra: Any, n: Any) -> Any:
    return algebra.case(quote(NIL, sort_of(Tree)), {type(NIL): lambda: 1})


def has_another_sort(algebra: Any, n: Any) -> Any:
    return n > 0


def divides(algebra: Any, n: Any) -> Any:
    return n / 2


def takes_the_rest(algebra: Any, n: Any) -> Any:
    return n % 2


def rounds(algebra: Any, n: Any) -> Any:
    return round(n)


def calls_with_another_sort(algebra: Any, n: Any) -> Any:
    return size.at(algebra, n)


def calls_with_too_few(algebra: Any, n: Any) -> Any:
    return substitute.at(algebra, n)


@pytest.mark.parametrize(
    "body",
    [
        asks_python, compares_by_identity, compares_terms_by_identity, decides_by_python,
        forgets_a_branch, has_another_sort, divides, takes_the_rest, rounds,
        calls_with_another_sort, calls_with_too_few,
    ],
    ids=lambda body: body.__name__,
)
def test_a_body_that_reads_differently_is_refused(body: Callable[..., Any]) -> None:
    """Each of these would mean one thing on values and another one on terms, or nothing."""
    with pytest.raises(TypeError):
        body_of(made_equation(lambda algebra, n: body(algebra, n), n=int))


def test_branches_that_are_not_taken_are_not_read() -> None:
    tree = quote(Pair(NIL, NIL), sort_of(Tree))
    found = Symbolic().case(tree, {type(NIL): lambda: 1 / 0, Pair: lambda head, tail: head})
    assert found is quote(NIL, sort_of(Tree))


def test_the_symbol_of_an_equation_is_one() -> None:
    @equation()
    def plain(algebra: Any, n: int) -> int:
        return n

    first, term = body_of(plain)
    again, same = body_of(plain)
    assert first[0] is again[0] is n and term is same is n
