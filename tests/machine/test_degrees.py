"""Reductions between oracles, joins, and what goes wrong without a hypothesis."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checks.exhaust import trees_to
from checks.machine.substitution import Computed
from models.machine.degrees import composed_gas, half, joining, joining_gas
from models.machine.oracle import EMPTY, FULL, Join, Oracle, Table, join_answer
from models.machine.program import Ask, Program, parse_program
from models.machine.run import run
from models.machine.semantics import Done, evaluate
from models.machine.transform import substitute
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, numeral, parse_tree
from proofs.kernel.evaluate import compiled_statement
from proofs.kernel.rules import Theorem
from proofs.machine import degrees

SEEN = list(trees_to(3))
FLIP = parse_program("if(ask, quote false, quote true)")
TAIL = parse_program("then(tl, ask)")
ONE = Table({numeral(1): TRUE})
TWO = Table({numeral(2): TRUE})
LATER = Computed(TAIL, ONE)
"""The trees whose tail is num(1); num(2) is one of them."""


def computes(f: Oracle, program: Program, g: Callable[[Tree], Tree], gas: int = 100) -> bool:
    """Whether a program computes g from f on the small trees."""
    return all(run(program, x, oracle=f, gas=gas).value == g(x) for x in SEEN)


# Joins


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("<false.1>", "true"),
        ("<false.2>", "false"),
        ("<true.1>", "false"),
        ("<true.2>", "true"),
        ("nil", "false"),
        ("<2.1>", "false"),
        ("<2.2>", "false"),
        ("<<1.nil>.1>", "false"),
        ("<<1.nil>.2>", "false"),
        ("<<1.1>.2>", "false"),
    ],
)
def test_a_join_answers_by_the_tag(question: str, answer: str) -> None:
    found = join_answer(ONE, TWO, parse_tree(question))
    assert found == parse_tree(answer) == Join(ONE, TWO)(parse_tree(question))


def test_a_join_of_functions() -> None:
    """Its values are those of the functions; they need not be true or false."""
    joined = Join(Table({NIL: numeral(5)}), Table(otherwise=numeral(7)))
    assert joined(Pair(FALSE, NIL)) == numeral(5)
    assert joined(Pair(TRUE, NIL)) == numeral(7)
    assert joined(Pair(FALSE, TRUE)) == joined(NIL) == FALSE


def test_joins_of_joins() -> None:
    nested = Join(Join(EMPTY, ONE), TWO)
    assert nested(parse_tree("<false.<true.1>>")) == TRUE
    assert nested(parse_tree("<true.2>")) == TRUE
    assert nested(parse_tree("<false.<false.1>>")) == FALSE


def test_joins_as_text() -> None:
    assert repr(Join(EMPTY, ONE)) == "{else -> 0} ⊕ {1 -> 1, else -> 0}"
    assert repr(Join(Join(EMPTY, FULL), EMPTY)) == "({else -> 0} ⊕ {else -> 1}) ⊕ {else -> 0}"
    assert repr(LATER) == "what then(tl, ask) computes from {1 -> 1, else -> 0}"


def test_halves_as_terms() -> None:
    assert half(FALSE) == parse_program("then(cons(quote false, id), ask)")
    assert half(TRUE) == parse_program("then(cons(quote true, id), ask)")


def test_halves_of_a_join() -> None:
    joined = Join(ONE, TWO)
    for x in SEEN:
        assert evaluate(joined, half(FALSE), x, 7) == Done(ONE(x), 0)
        assert evaluate(joined, half(TRUE), x, 7) == Done(TWO(x), 0)
        assert not isinstance(evaluate(joined, half(TRUE), x, 6), Done)


@pytest.mark.parametrize(
    ("question", "steps"),
    [
        ("nil", 7),
        ("<false.1>", 9),
        ("<true.1>", 16),
        ("<<1.1>.1>", 9),
        ("<<nil.1>.1>", 14),
    ],
)
def test_the_steps_to_choose(question: str, steps: int) -> None:
    """Both parts being Ask, which takes one step: at most joining_gas, which allows for both."""
    x = parse_tree(question)
    found = run(joining(Ask(), Ask()), x, oracle=FULL)
    assert found.steps == steps <= joining_gas(lambda _: 1, lambda _: 1, x) == 17


def test_a_join_is_computed() -> None:
    """From ONE: its complement by FLIP, and LATER by TAIL."""
    assert computes(ONE, joining(FLIP, TAIL), Join(Computed(FLIP, ONE), LATER))
    assert not computes(ONE, joining(TAIL, FLIP), Join(Computed(FLIP, ONE), LATER))


def test_a_part_that_is_not_asked_need_not_halt() -> None:
    never = parse_program("while(quote true, id)")
    program = joining(FLIP, never)
    assert run(program, parse_tree("<false.1>"), oracle=ONE).value == FALSE
    assert run(program, parse_tree("<true.1>"), oracle=ONE, gas=1_000).value is None
    assert run(program, NIL, oracle=ONE).value == FALSE


# Composition


def test_the_cost_of_a_composed_reduction() -> None:
    """p is asked once, at the tail; q then costs four steps: if, ask, branch, quote."""
    middle = Computed(FLIP, ONE)
    for x in SEEN:
        assert run(TAIL, x, oracle=middle).steps == 3
        gas = composed_gas(middle, middle.cost, TAIL, lambda _: 3, x)
        assert gas == 3 + 4
        outcome = evaluate(ONE, substitute(TAIL, FLIP), x, gas)
        assert isinstance(outcome, Done)
        assert outcome.value == Computed(TAIL, middle)(x)
        assert outcome.gas == 1  # the step of Ask itself is gone


def test_composed_reductions_compute_what_they_should() -> None:
    assert computes(ONE, substitute(FLIP, TAIL), Computed(FLIP, LATER))
    assert computes(ONE, substitute(FLIP, FLIP), ONE)
    assert computes(ONE, substitute(TAIL, Ask()), LATER)


# The statements: each has a witness, and none of its hypotheses can be left out


def value(theorem: Callable[[], Theorem], **values: Any) -> bool | None:
    """A statement on values; what is supposed of all trees is tested on the small ones."""
    statement = theorem().statement
    window = {h.label: lambda _: SEEN for h in statement.hypotheses if h.bound}
    found: bool | None = compiled_statement(statement, window)(values)
    return found


def four(_: Tree) -> int:
    return 4


def one_more(_: Tree) -> int:
    return 3


X = parse_tree("<true.2>")


def test_witnesses() -> None:
    middle = Computed(FLIP, ONE)
    upper = Computed(TAIL, middle)
    joined = Join(middle, LATER)
    assert value(degrees.reflexive, f=ONE, x=NIL) is True
    assert value(
        degrees.transitive, f=ONE, g=middle, h=upper, k=four, c=one_more, p=TAIL, q=FLIP, x=X
    ) is True
    assert value(degrees.join_of_sets, g=ONE, h=TWO, J=Join(ONE, TWO), x=X) is True
    assert value(degrees.halves, g=ONE, h=TWO, J=Join(ONE, TWO), x=X) is True
    assert value(
        degrees.least, f=ONE, g=middle, h=LATER, J=joined, p=FLIP, q=TAIL, b=four, c=one_more, x=X
    ) is True
    assert value(degrees.included, f=LATER, g=ONE, q=TAIL, c=one_more, w=NIL, x=X) is True


def test_transitivity_needs_both_reductions() -> None:
    two = numeral(2)
    # Id does not compute TWO from ONE, and Ask computes TWO from TWO: composed they are Id.
    assert run(substitute(Ask(), parse_program("id")), two, oracle=ONE).value == two != TWO(two)
    # TAIL computes LATER from ONE, and Id does not compute LATER from LATER: composed they are Id.
    assert run(substitute(parse_program("id"), TAIL), two, oracle=ONE).value == two != LATER(two)


def test_a_join_of_functions_is_no_set() -> None:
    """Both must be sets."""
    odd = Table({NIL: numeral(2)})
    assert Join(odd, EMPTY)(parse_tree("<false.nil>")) == numeral(2)
    assert Join(EMPTY, odd)(parse_tree("<true.nil>")) == numeral(2)


def test_halves_of_what_is_no_join() -> None:
    assert evaluate(EMPTY, half(FALSE), NIL, 7) == Done(FALSE, 0) != Done(FULL(NIL), 0)


def test_a_join_needs_both_parts_and_to_be_the_join() -> None:
    first, second = parse_tree("<false.2>"), parse_tree("<true.2>")
    joined = Join(LATER, LATER)
    assert run(joining(TAIL, TAIL), first, oracle=ONE).value == joined(first) == TRUE
    # Ask does not compute LATER from ONE, on either side.
    assert run(joining(Ask(), TAIL), first, oracle=ONE).value == FALSE != joined(first)
    assert run(joining(TAIL, Ask()), second, oracle=ONE).value == FALSE != joined(second)
    # And what is no join of the two is not computed.
    assert run(joining(TAIL, TAIL), first, oracle=ONE).value != EMPTY(first)


def test_a_program_that_inclusion_does_not_give() -> None:
    """Ask does not compute ONE from TWO."""
    assert run(Ask(), numeral(1), oracle=TWO).value == FALSE != ONE(numeral(1))
