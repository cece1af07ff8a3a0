"""Properties of runs, on random programs, inputs, oracles and gas."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checks.strategies import functions, gas, inputs, programs, trees
from models.algebra import Concrete
from models.machine.oracle import Oracle, Recording, Table
from models.machine.program import (
    Ask,
    Cons,
    Id,
    Program,
    Quote,
    Then,
    While,
    code,
    decode,
    format_program,
    parse_program,
)
from models.machine.run import run, trace
from models.machine.semantics import (
    Bottom,
    Control,
    Do,
    Done,
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
)
from models.machine.tree import NIL, TRUE, Pair, Tree
from tests.property.reference import outcome

surroundings: st.SearchStrategy[tuple[Control, Stack]] = st.sampled_from(
    [
        (Stop(), Bottom()),
        (Next(Do(Ask()), Stop()), Push(TRUE, Bottom())),
        (Next(Swap(), Next(Do(Id()), Next(MkCons(), Stop()))), Push(NIL, Bottom())),
    ]
)


@given(functions(), programs(), inputs(), gas())
def test_machine_equation_and_table_agree(f: Oracle, p: Program, x: Tree, n: int) -> None:
    value, log = outcome(f, p, x, n)
    expected = OutOfGas() if value is None else Done(*value)
    asked = Recording(f)
    assert evaluate(asked, p, x, n) == expected
    assert asked.log == log
    assert machine(f, start(Concrete(), p, x), n) == expected
    found = run(p, x, oracle=f, gas=n)
    assert found.queries == tuple(log)
    assert (found.value, found.steps) == ((None, n) if value is None else (value[0], n - value[1]))


@given(functions(), programs(), inputs(), gas(), surroundings)
def test_machine_agreement_in_any_surrounding(
    f: Oracle, p: Program, x: Tree, n: int, around: tuple[Control, Stack]
) -> None:
    control, stack = around
    first = evaluate(f, p, x, n)
    rest = (
        machine(f, State(control, first.value, stack), first.gas)
        if isinstance(first, Done)
        else OutOfGas()
    )
    assert machine(f, State(Next(Do(p), control), x, stack), n) == rest


@given(functions(), programs(), inputs(), gas(), st.integers(0, 50))
def test_more_gas_changes_nothing_but_what_is_left(
    f: Oracle, p: Program, x: Tree, n: int, more: int
) -> None:
    first = evaluate(f, p, x, n)
    if isinstance(first, Done):
        assert 0 <= first.gas < n
        assert evaluate(f, p, x, n + more) == Done(first.value, first.gas + more)
        steps = n - first.gas
        assert evaluate(f, p, x, steps) == Done(first.value, 0)
        assert evaluate(f, p, x, steps - 1) == OutOfGas()


@given(functions(), programs(), inputs(), gas())
def test_a_trace_has_one_state_a_step(f: Oracle, p: Program, x: Tree, n: int) -> None:
    found = run(p, x, oracle=f, gas=n)
    states = list(trace(p, x, oracle=f, gas=n))
    assert len(states) == found.steps + 1
    assert (states[-1] == State(Stop(), found.value or NIL, Bottom())) is (found.value is not None)


@given(functions(), trees(3), trees(3), programs(), inputs(), gas())
def test_a_run_depends_on_its_questions_alone(
    f: Oracle, question: Tree, answer: Tree, p: Program, x: Tree, n: int
) -> None:
    """The use principle, with an oracle changed at one question."""
    assert isinstance(f, Table)
    found = run(p, x, oracle=f, gas=n)
    changed = Table({**f.answers, question: answer}, f.otherwise)
    if all(asked != question for asked, _ in found.queries):
        assert run(p, x, oracle=changed, gas=n) == found


@given(functions(), programs(), trees(4), inputs(), gas())
def test_specialisation(f: Oracle, p: Program, c: Tree, x: Tree, n: int) -> None:
    plain = run(p, Pair(c, x), oracle=f, gas=n)
    special = run(Then(Cons(Quote(c), Id()), p), x, oracle=f, gas=n + 6)
    assert (special.value, special.steps) == (plain.value, plain.steps + 6)
    assert special.queries == plain.queries


@given(functions(), programs(12), inputs(), gas())
def test_diagonalisation(f: Oracle, p: Program, x: Tree, n: int) -> None:
    said = run(p, x, oracle=f, gas=n)
    found = run(Then(p, While(Id(), Id())), x, oracle=f, gas=2 * n + 10)
    if said.value is not None:
        assert (found.value is not None) is (said.value == NIL)


@given(functions(), programs(), inputs(), gas())
def test_a_program_is_its_code_and_its_text(f: Oracle, p: Program, x: Tree, n: int) -> None:
    found = run(p, x, oracle=f, gas=n)
    assert run(decode(code(p)), x, oracle=f, gas=n) == found
    assert run(parse_program(format_program(p)), x, oracle=f, gas=n) == found
