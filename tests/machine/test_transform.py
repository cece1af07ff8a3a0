"""Substitution for the oracle, and what the questions then cost."""

from __future__ import annotations

import pytest

from models.machine.oracle import EMPTY, FULL, Decided, Table
from models.machine.program import (
    Ask,
    Cons,
    Id,
    Program,
    Then,
    parse_program,
    size,
)
from models.machine.run import run
from models.machine.semantics import Done, evaluate
from models.machine.transform import answering_gas, substitute
from models.machine.tree import NIL, TRUE, Pair, numeral, pairs, parse_tree


@pytest.mark.parametrize(
    ("program", "answer", "result"),
    [
        ("ask", "hd", "hd"),
        ("id", "hd", "id"),
        ("hd", "ask", "hd"),
        ("tl", "tl", "tl"),
        ("quote <1.2>", "hd", "quote <1.2>"),
        ("cons(ask, tl)", "hd", "cons(hd, tl)"),
        ("then(tl, ask)", "cons(id, ask)", "then(tl, cons(id, ask))"),
        ("if(ask, ask, ask)", "hd", "if(hd, hd, hd)"),
        ("if(id, hd, tl)", "ask", "if(id, hd, tl)"),
        ("while(ask, then(ask, tl))", "hd", "while(hd, then(hd, tl))"),
        ("then(ask, cons(ask, if(hd, ask, id)))", "ask", "then(ask, cons(ask, if(hd, ask, id)))"),
        ("cons(ask, ask)", "while(id, tl)", "cons(while(id, tl), while(id, tl))"),
    ],
)
def test_every_ask_is_replaced(program: str, answer: str, result: str) -> None:
    assert substitute(parse_program(program), parse_program(answer)) == parse_program(result)


def test_a_quoted_code_of_ask_is_not_ask() -> None:
    program = parse_program("then(quote <3.0>, ask)")
    assert substitute(program, Id()) == parse_program("then(quote <3.0>, id)")


def test_the_answer_may_ask_itself() -> None:
    flip = parse_program("if(ask, quote 0, quote 1)")
    program = substitute(parse_program("cons(ask, then(hd, ask))"), flip)
    oracle = Table({numeral(2): TRUE})
    found = run(program, numeral(2), oracle=oracle)
    assert found.value == parse_tree("<false.true>")
    assert [question for question, _ in found.queries] == [numeral(2), NIL]


def test_deep_and_shared_programs() -> None:
    deep: Program = Ask()
    for _ in range(5_000):
        deep = Then(deep, Ask())
    assert size(substitute(deep, Cons(Id(), Id()))) == 5_000 + 3 * 5_001
    shared: Program = Ask()
    for _ in range(2_000):
        shared = Cons(shared, shared)
    assert size(substitute(shared, Id())) == 2**2_001 - 1


# The cost of the questions


@pytest.mark.parametrize(
    ("program", "value", "gas", "total"),
    [
        ("id", "3", 10, 0),
        ("quote 5", "3", 10, 0),
        ("ask", "3", 0, 0),
        ("ask", "3", 1, 3),
        ("then(tl, ask)", "3", 10, 2),
        ("then(tl, ask)", "3", 2, 0),
        ("cons(ask, ask)", "3", 10, 6),
        ("cons(ask, ask)", "3", 2, 3),
        ("cons(ask, ask)", "3", 3, 3),
        ("cons(ask, ask)", "3", 4, 6),
        ("if(ask, then(tl, ask), id)", "3", 10, 3),
        ("if(id, then(tl, ask), ask)", "3", 10, 2),
        ("if(hd, then(tl, ask), ask)", "3", 10, 3),
        ("while(id, then(cons(ask, id), then(tl, tl)))", "3", 100, 3 + 2 + 1),
        ("while(ask, tl)", "3", 100, 3),
    ],
)
def test_questions_within_the_gas_are_counted(
    program: str, value: str, gas: int, total: int
) -> None:
    """With the empty oracle and a cost of as many steps as the question has pairs."""
    found = answering_gas(EMPTY, pairs, parse_program(program), parse_tree(value), gas)
    assert found == total


def test_the_cost_of_all_questions_of_a_run() -> None:
    program = parse_program("while(ask, then(cons(ask, tl), tl))")
    oracle = Table({numeral(2): TRUE, numeral(1): numeral(5)})
    for gas in range(60):
        asked = run(program, numeral(2), oracle=oracle, gas=gas).queries
        total = sum(1 + pairs(question) for question, _ in asked)
        cost = answering_gas(oracle, lambda z: 1 + pairs(z), program, numeral(2), gas)
        assert cost == total


def test_the_gas_is_enough_and_sometimes_all_needed() -> None:
    decider = parse_program("while(id, tl)")
    oracle = Decided(decider)

    def cost(question: object) -> int:
        assert isinstance(question, type(NIL) | Pair)
        return run(decider, question).steps

    program, x = parse_program("cons(ask, then(tl, ask))"), numeral(4)
    plain = run(program, x, oracle=oracle)
    extra = answering_gas(oracle, cost, program, x, plain.steps)
    assert extra == cost(numeral(4)) + cost(numeral(3)) == 19 + 15
    outcome = evaluate(FULL, substitute(program, decider), x, plain.steps + extra)
    # Each Ask itself is no longer a step.
    assert outcome == Done(plain.value, 2)
