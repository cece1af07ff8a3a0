"""The abstract machine, instruction by instruction, and the gas equation, against the table."""

from __future__ import annotations

import pickle
from itertools import product

import pytest

from models.algebra import Concrete
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import (
    Ask,
    Cons,
    Hd,
    Id,
    If,
    Program,
    Quote,
    Then,
    Tl,
    While,
    code,
    parse_program,
    programs,
)
from models.machine.run import run
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
    OutOfGas,
    Push,
    Stack,
    State,
    Stop,
    Swap,
    evaluate,
    machine,
    start,
    step,
)
from models.machine.tree import NIL, TRUE, Pair, Tree, numeral, parse_tree
from tests.property.reference import outcome

X = parse_tree("<1.2>")
T = parse_tree("[5]")
U = parse_tree("<3.0>")
F = Table({X: T})
P, Q, C = Then(Hd(), Tl()), Ask(), Cons(Id(), Id())
REST: Control = Next(Do(Quote(U)), Next(Swap(), Stop()))
BELOW: Stack = Push(U, Push(NIL, Bottom()))


def control(*instructions: Instruction) -> Control:
    found = REST
    for instruction in reversed(instructions):
        found = Next(instruction, found)
    return found


# Instructions: (instruction, accumulator, stack) to (instructions in its place, accumulator, stack)


@pytest.mark.parametrize(
    ("instruction", "before", "instructions", "after"),
    [
        pytest.param(Do(Id()), (X, BELOW), (), (X, BELOW), id="id"),
        pytest.param(Do(Hd()), (X, BELOW), (), (numeral(1), BELOW), id="hd"),
        pytest.param(Do(Hd()), (NIL, BELOW), (), (NIL, BELOW), id="hd of nil"),
        pytest.param(Do(Tl()), (X, BELOW), (), (numeral(2), BELOW), id="tl"),
        pytest.param(Do(Tl()), (NIL, BELOW), (), (NIL, BELOW), id="tl of nil"),
        pytest.param(Do(Ask()), (X, BELOW), (), (T, BELOW), id="ask"),
        pytest.param(Do(Ask()), (U, BELOW), (), (NIL, BELOW), id="ask otherwise"),
        pytest.param(Do(Quote(T)), (X, BELOW), (), (T, BELOW), id="quote"),
        pytest.param(
            Do(Cons(P, Q)),
            (X, BELOW),
            (Do(P), Swap(), Do(Q), MkCons()),
            (X, Push(X, BELOW)),
            id="cons",
        ),
        pytest.param(Swap(), (X, Push(T, BELOW)), (), (T, Push(X, BELOW)), id="swap"),
        pytest.param(MkCons(), (X, Push(T, BELOW)), (), (Pair(T, X), BELOW), id="make pair"),
        pytest.param(Do(Then(P, Q)), (X, BELOW), (Do(P), Do(Q)), (X, BELOW), id="then"),
        pytest.param(
            Do(If(C, P, Q)), (X, BELOW), (Do(C), Branch(P, Q)), (X, Push(X, BELOW)), id="if"
        ),
        pytest.param(Branch(P, Q), (TRUE, Push(X, BELOW)), (Do(P),), (X, BELOW), id="branch true"),
        pytest.param(Branch(P, Q), (T, Push(X, BELOW)), (Do(P),), (X, BELOW), id="branch non-nil"),
        pytest.param(Branch(P, Q), (NIL, Push(X, BELOW)), (Do(Q),), (X, BELOW), id="branch nil"),
        pytest.param(
            Do(While(C, P)), (X, BELOW), (Do(C), Loop(C, P)), (X, Push(X, BELOW)), id="while"
        ),
        pytest.param(
            Loop(C, P),
            (T, Push(X, BELOW)),
            (Do(P), Do(While(C, P))),
            (X, BELOW),
            id="loop goes round",
        ),
        pytest.param(Loop(C, P), (NIL, Push(X, BELOW)), (), (X, BELOW), id="loop leaves"),
        # No run gets here: an empty stack reads as nil.
        pytest.param(Swap(), (X, Bottom()), (), (NIL, Push(X, Bottom())), id="swap, empty stack"),
        pytest.param(MkCons(), (X, Bottom()), (), (Pair(NIL, X), Bottom()), id="pair, empty stack"),
    ],
)
def test_instruction(
    instruction: Instruction,
    before: tuple[Tree, Stack],
    instructions: tuple[Instruction, ...],
    after: tuple[Tree, Stack],
) -> None:
    state = State(control(instruction), *before)
    assert step(F, state) == State(control(*instructions), *after)


def test_a_halted_state_stays() -> None:
    state = State(Stop(), X, BELOW)
    assert step(F, state) == state
    assert machine(F, state, 3) == Done(X, 3)
    assert machine(F, state, 0) == Done(X, 0)


def test_start() -> None:
    assert start(Concrete(), P, X) == State(Next(Do(P), Stop()), X, Bottom())


def test_states_are_values() -> None:
    first, second = (State(control(Do(P), Swap()), X, Push(T, BELOW)) for _ in range(2))
    assert first == second and hash(first) == hash(second)
    assert first != State(control(Do(P), MkCons()), X, Push(T, BELOW))
    with pytest.raises(TypeError, match="State is not pickled"):
        pickle.dumps(first)


# Steps


@pytest.mark.parametrize(
    ("text", "value", "steps", "result"),
    [
        ("id", "<1.2>", 1, "<1.2>"),
        ("hd", "<1.2>", 1, "1"),
        ("tl", "<1.2>", 1, "2"),
        ("ask", "<1.2>", 1, "true"),
        ("quote 7", "<1.2>", 1, "7"),
        ("cons(id, id)", "3", 5, "<3.3>"),
        ("then(hd, tl)", "<<1.2>.3>", 3, "2"),
        ("if(id, id, id)", "0", 4, "0"),
        ("if(id, id, id)", "1", 4, "1"),
        ("if(hd, quote 1, tl)", "<0.5>", 4, "5"),
        ("if(hd, quote 1, tl)", "<1.5>", 4, "1"),
        ("while(id, tl)", "0", 3, "0"),
        ("while(id, tl)", "2", 11, "0"),
        ("while(id, tl)", "30", 123, "0"),
        ("while(hd, tl)", "<0.7>", 3, "<0.7>"),
        ("cons(cons(hd, tl), ask)", "<1.2>", 9, "<<1.2>.true>"),
        ("then(cons(quote 5, id), tl)", "3", 7, "3"),
    ],
)
def test_exact_steps(text: str, value: str, steps: int, result: str) -> None:
    program, x, y = parse_program(text), parse_tree(value), parse_tree(result)
    found = run(program, x, oracle=FULL)
    assert (found.value, found.steps) == (y, steps)
    for gas in range(steps):
        assert evaluate(FULL, program, x, gas) == OutOfGas()
        assert machine(FULL, start(Concrete(), program, x), gas) == OutOfGas()
    for more in (0, 1, 1000):
        assert evaluate(FULL, program, x, steps + more) == Done(y, more)
        assert machine(FULL, start(Concrete(), program, x), steps + more) == Done(y, more)


@pytest.mark.parametrize("gas", [-1, -10])
def test_negative_gas_is_no_gas(gas: int) -> None:
    assert evaluate(EMPTY, Id(), NIL, gas) == OutOfGas()


ORACLES: dict[str, Oracle] = {"empty": EMPTY, "full": FULL, "table": Table({NIL: X, TRUE: NIL}, T)}


@pytest.mark.parametrize("name", ORACLES)
def test_machine_and_equation_agree_with_the_table_on_all_small_programs(name: str) -> None:
    """All programs of size at most 4."""
    oracle = ORACLES[name]
    values = [NIL, TRUE, parse_tree("<1.2>")]
    halted = 0
    for program, x in product(
        [program for size in range(1, 5) for program in programs(size)], values
    ):
        most = 40
        found, log = outcome(oracle, program, x, most)
        result = run(program, x, oracle=oracle, gas=most)
        assert result.queries == tuple(log)
        if found is None:
            assert (result.value, result.steps) == (None, most)
            gases = {0, 1, 7, most}
        else:
            halted += 1
            assert (result.value, most - result.steps) == found
            gases = {0, result.steps - 1, result.steps, result.steps + 1, most}
        for gas in gases:
            expected = (
                OutOfGas()
                if found is None or gas < result.steps
                else Done(found[0], gas - result.steps)
            )
            assert evaluate(oracle, program, x, gas) == expected
            assert machine(oracle, start(Concrete(), program, x), gas) == expected
    assert halted > 600


# Programs of the design


@pytest.mark.parametrize(
    ("text", "oracle", "answers"),
    [
        ("id", EMPTY, {"0": False, "1": True, "<0.1>": True}),
        ("hd", EMPTY, {"0": False, "1": False, "<1.0>": True}),
        ("ask", Table({TRUE: TRUE}), {"0": False, "1": True, "2": False}),
        ("then(ask, if(id, quote 0, quote 1))", FULL, {"0": False, "3": False}),
    ],
)
def test_diagonal(text: str, oracle: Oracle, answers: dict[str, bool]) -> None:
    """Then(p, While(Id, Id)) halts exactly where p answers false."""
    decider = parse_program(text)
    diagonal = Then(decider, While(Id(), Id()))
    for value, answer in answers.items():
        x = parse_tree(value)
        assert isinstance(run(decider, x, oracle=oracle).value, Pair) is answer
        found = run(diagonal, x, oracle=oracle, gas=2_000)
        assert found.outcome == ("out-of-gas" if answer else "halted")
        if not answer:
            assert found.value == NIL


def test_a_program_is_wrong_about_its_diagonal() -> None:
    for decider in programs(3):
        diagonal = Then(decider, While(Id(), Id()))
        e = code(diagonal)
        said = run(decider, e, gas=500)
        if said.value is not None:
            halts = run(diagonal, e, gas=2_000).value is not None
            assert halts is (said.value == NIL)


def test_specialisation() -> None:
    """Then(Cons(Quote(c), Id), p) on x is p on <c.x>, in 6 more steps."""
    table = Table({parse_tree("<2.2>"): TRUE})
    for program, c, x in product(programs(3), [NIL, numeral(2), T], [NIL, numeral(2)]):
        plain = run(program, Pair(c, x), oracle=table, gas=200)
        special = run(Then(Cons(Quote(c), Id()), program), x, oracle=table, gas=206)
        assert special.value == plain.value
        assert special.steps == plain.steps + 6
        assert special.queries == plain.queries


@pytest.mark.parametrize("text", ["while(quote 1, id)", "while(id, cons(id, id))"])
def test_a_loop_is_out_of_gas_with_any_gas(text: str) -> None:
    program = parse_program(text)
    for gas in (0, 1, 10, 1_000, 20_000):
        assert evaluate(EMPTY, program, TRUE, gas) == OutOfGas()
        assert run(program, TRUE, gas=gas).value is None


# Depth


DEPTH = 10_000


def nested(kind: str) -> Program:
    program: Program = Id()
    for _ in range(DEPTH):
        match kind:
            case "then, first":
                program = Then(program, Id())
            case "then, second":
                program = Then(Id(), program)
            case "cons, first":
                program = Cons(program, Id())
            case "cons, second":
                program = Cons(Id(), program)
            case "if, test":
                program = If(program, Id(), Id())
            case "if, branch":
                program = If(Id(), program, Id())
            case "while, test":
                program = While(Then(program, Quote(NIL)), Id())
    return program


@pytest.mark.parametrize(
    ("kind", "per_level"),
    [
        ("then, first", 2),
        ("then, second", 2),
        ("cons, first", 4),
        ("cons, second", 4),
        ("if, test", 3),
        ("if, branch", 3),
        ("while, test", 4),
    ],
)
def test_deep_programs_do_not_recurse(kind: str, per_level: int) -> None:
    program = nested(kind)
    steps = 1 + per_level * DEPTH
    outcome = evaluate(EMPTY, program, TRUE, 100_000)
    assert isinstance(outcome, Done)
    assert outcome.gas == 100_000 - steps
    found = run(program, TRUE, gas=100_000)
    assert (found.value, found.steps) == (outcome.value, steps)
    assert evaluate(EMPTY, program, TRUE, steps - 1) == OutOfGas()


def test_long_runs_do_not_recurse() -> None:
    loop = parse_program("while(id, tl)")
    x = numeral(24_000)
    assert evaluate(EMPTY, loop, x, 100_000) == Done(NIL, 100_000 - 4 * 24_000 - 3)
    endless = parse_program("while(quote 1, id)")
    assert evaluate(EMPTY, endless, x, 100_000) == OutOfGas()
