"""Runs: outcome, steps, questions, trace."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from itertools import pairwise
from typing import Any

import pytest

from models.errors import BadInput
from models.machine.oracle import EMPTY, FULL, Table
from models.machine.program import Ask, Id, Program, Then, parse_program
from models.machine.run import DEFAULT_GAS, Run, run, trace
from models.machine.semantics import Bottom, Do, Next, State, Stop, step
from models.machine.show import show_state
from models.machine.tree import NIL, TRUE, Pair, Tree, numeral, parse_tree

ONE, TWO = numeral(1), numeral(2)
ORACLE = Table({ONE: TWO, TWO: NIL}, otherwise=TRUE)


def test_a_halted_run() -> None:
    found = run(parse_program("while(id, tl)"), TWO)
    assert found == Run(NIL, 11, ())
    assert found.outcome == "halted"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("id", "0"),
        ("cons(hd, ask)", "<1.2>"),
        ("while(id, tl)", "3"),
        ("if(ask, then(hd, ask), tl)", "[1, 2]"),
    ],
)
def test_out_of_gas_is_one_step_short(text: str, value: str) -> None:
    program, x = parse_program(text), parse_tree(value)
    enough = run(program, x, oracle=ORACLE)
    assert enough.outcome == "halted"
    assert run(program, x, oracle=ORACLE, gas=enough.steps) == enough
    for gas in range(enough.steps):
        found = run(program, x, oracle=ORACLE, gas=gas)
        assert (found.outcome, found.value, found.steps) == ("out-of-gas", None, gas)
        assert found.queries == enough.queries[: len(found.queries)]


def test_default_gas_and_oracle() -> None:
    assert run(parse_program("ask"), TWO) == Run(NIL, 1, ((TWO, NIL),))
    endless = parse_program("while(quote 1, id)")
    assert run(endless, NIL, gas=DEFAULT_GAS // 20).steps == DEFAULT_GAS // 20


@pytest.mark.parametrize("gas", [-1, -1000])
def test_negative_gas(gas: int) -> None:
    with pytest.raises(BadInput, match=f"gas {gas}; expected a whole number, 0 or more"):
        run(Id(), NIL, gas=gas)
    with pytest.raises(BadInput, match=f"gas {gas}; expected a whole number, 0 or more"):
        list(trace(Id(), NIL, gas=gas))


@pytest.mark.parametrize(
    ("text", "value", "queries"),
    [
        ("id", "1", []),
        ("ask", "1", [("1", "2")]),
        ("then(ask, ask)", "1", [("1", "2"), ("2", "0")]),
        ("cons(ask, then(tl, ask))", "<1.2>", [("<1.2>", "1"), ("2", "0")]),
        ("cons(then(tl, ask), ask)", "<1.2>", [("2", "0"), ("<1.2>", "1")]),
        ("if(ask, then(hd, ask), then(tl, ask))", "2", [("2", "0"), ("1", "2")]),
        ("if(ask, then(hd, ask), then(tl, ask))", "<2.5>", [("<2.5>", "1"), ("2", "0")]),
        ("while(ask, tl)", "<1.<0.2>>", [("<1.<0.2>>", "1"), ("<0.2>", "1"), ("2", "0")]),
        # The same question twice is logged twice.
        ("cons(ask, ask)", "2", [("2", "0"), ("2", "0")]),
    ],
)
def test_questions_in_order_with_their_answers(
    text: str, value: str, queries: list[tuple[str, str]]
) -> None:
    found = run(parse_program(text), parse_tree(value), oracle=ORACLE)
    assert found.queries == tuple((parse_tree(q), parse_tree(a)) for q, a in queries)


def test_questions_of_an_unfinished_run() -> None:
    program = parse_program("while(ask, cons(id, id))")
    assert run(program, NIL, oracle=FULL, gas=1).queries == ()
    assert run(program, NIL, oracle=FULL, gas=2).queries == ((NIL, TRUE),)
    found = run(program, NIL, oracle=FULL, gas=30)
    assert found.value is None
    assert [q for q, _ in found.queries] == [NIL, Pair(NIL, NIL), Pair(ONE, ONE), Pair(
        Pair(ONE, ONE), Pair(ONE, ONE)
    )]


def test_runs_are_values() -> None:
    found = run(Ask(), ONE, oracle=ORACLE)
    with pytest.raises(FrozenInstanceError):
        found.steps = 0  # type: ignore[misc]
    assert found == Run(TWO, 1, ((ONE, TWO),))


def test_an_oracle_is_asked_once_per_question() -> None:
    asked: list[Tree] = []

    class Counting(Table):
        def __call__(self, argument: Tree, /) -> Tree:
            asked.append(argument)
            return NIL

    run(parse_program("cons(ask, then(hd, ask))"), TWO, oracle=Counting())
    assert asked == [TWO, NIL]


def test_what_an_oracle_raises_comes_through() -> None:
    class Broken(Table):
        def __call__(self, argument: Tree, /) -> Tree:
            raise BadInput("no answer")

    with pytest.raises(BadInput, match="no answer"):
        run(Ask(), NIL, oracle=Broken())
    assert run(Id(), NIL, oracle=Broken()).value == NIL


# Trace


@pytest.mark.parametrize(
    ("text", "value"),
    [("id", "0"), ("cons(hd, ask)", "<1.2>"), ("while(id, tl)", "2"), ("if(ask, hd, tl)", "1")],
)
def test_trace_has_every_state(text: str, value: str) -> None:
    program, x = parse_program(text), parse_tree(value)
    found = run(program, x, oracle=ORACLE)
    states = list(trace(program, x, oracle=ORACLE))
    assert len(states) == found.steps + 1
    assert states[0] == State(Next(Do(program), Stop()), x, Bottom())
    for before, after in pairwise(states):
        assert step(ORACLE, before) == after
    assert states[-1] == State(Stop(), found.value, Bottom())


def test_trace_ends_when_the_gas_does() -> None:
    endless = parse_program("while(quote 1, id)")
    for gas in (0, 1, 7):
        assert len(list(trace(endless, NIL, gas=gas))) == gas + 1
    states = trace(endless, NIL, gas=10**12)
    assert [next(states) for _ in range(3)] == list(trace(endless, NIL, gas=2))


def test_states_as_text() -> None:
    lines = [show_state(state) for state in trace(parse_program("if(hd, tl, quote 5)"), TWO)]
    assert lines == [
        "acc 2  stack []  control do if(hd, tl, quote 5)",
        "acc 2  stack [2]  control do hd; branch tl, quote 5",
        "acc 0  stack [2]  control branch tl, quote 5",
        "acc 2  stack []  control do quote 5",
        "acc 5  stack []  control (halted)",
    ]
    lines = [show_state(state) for state in trace(parse_program("cons(id, tl)"), ONE)]
    assert lines[1] == "acc 1  stack [1]  control do id; swap; do tl; make pair"
    lines = [show_state(state) for state in trace(parse_program("while(id, tl)"), ONE)]
    assert lines[1] == "acc 1  stack [1]  control do id; loop id, tl"


def test_long_states_are_cut() -> None:
    program: Program = Ask()
    for _ in range(100):
        program = Then(program, program)
    states = trace(program, parse_tree(f"[{', '.join(['5'] * 1000)}]"), oracle=EMPTY)
    for state in [next(states) for _ in range(200)]:
        assert len(show_state(state)) < 600
    huge: Any = NIL
    for _ in range(1000):
        huge = Pair(huge, huge)
    assert "a tree of at least 2^64 pairs" in show_state(next(trace(Id(), huge)))
    assert "program of size at least 2^64" in show_state(next(trace(program, NIL)))
