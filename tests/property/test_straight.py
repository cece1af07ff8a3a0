"""Programs without loops: the term that the proofs have for them says what a run does."""

from __future__ import annotations

import pytest
from hypothesis import given

from checks.strategies import functions, inputs, programs
from models.machine.oracle import Oracle
from models.machine.program import Program, parse_program
from models.machine.run import run
from models.machine.semantics import Done
from models.machine.tree import Tree
from proofs.kernel.evaluate import compiled
from proofs.kernel.reading import made, quote
from proofs.kernel.rules import Fact, Goal, Refused, Statement, prove, trusted
from proofs.kernel.tactics import forall
from proofs.kernel.terms import Term, equal
from proofs.machine.semantics import evaluation, evaluation_variables
from proofs.machine.straight import denoted, followed, reached

f, p, x, n = evaluation_variables()


@given(programs(14, loops=False), functions(), inputs())
def test_value_and_steps(program: Program, oracle: Oracle, value: Tree) -> None:
    result, steps = denoted(f, quote(program, p.sort), x)
    found = run(program, value, oracle=oracle)
    values = {"f": oracle, "x": value}
    assert compiled(result)(values) == found.value
    assert compiled(steps)(values) == found.steps


def test_a_loop_is_not_followed() -> None:
    with pytest.raises(TypeError, match="not a program without loops"):
        denoted(f, quote(parse_program("cons(id, while(hd, tl))"), p.sort), x)


def test_its_claim_is_proved_by_the_kernel() -> None:
    """And with another value it is refused."""
    program = quote(parse_program("if(hd, cons(ask, tl), then(tl, hd))"), p.sort)
    result, steps = denoted(f, program, x)
    outcome = evaluation().function(f, program, x, n + steps)

    def claim(result: Term) -> Statement:
        return forall(f, x, n, given={"gas": n >= 0}, then=equal(outcome, made(Done, result, n)))

    def premises(goal: Goal) -> list[Fact]:
        return [followed(goal, f, program, x, n + steps)]

    assert trusted(prove("followed", claim(result), premises))
    with pytest.raises(Refused):
        prove("followed wrongly", claim(x), premises)


@pytest.mark.parametrize("text, larger", [
    ("if(hd, cons(ask, tl), then(tl, hd))", 5),
    ("then(cons(ask, if(id, quote 1, tl)), if(hd, tl, if(tl, ask, hd)))", 2),
    ("cons(id, then(tl, quote 0))", 6),
])
def test_large_programs_are_followed_in_parts(text: str, larger: int) -> None:
    """The claim is about the steps, too: it does not hold with one less or one more."""
    for number in range(larger):
        text = (f"cons({text}, {text})", f"then({text}, {text})")[number % 2]
    program = quote(parse_program(text), p.sort)
    result, steps = denoted(f, program, x)
    for wrong in (0, -1, 1):
        statement = forall(f, x, n, then=reached(f, program, x, n, result, steps + wrong))

        def premises(goal: Goal) -> list[Fact]:
            return [followed(goal, f, program, x, n)]

        if wrong:
            with pytest.raises(Refused):
                prove(f"{text} in {wrong}", statement, premises)
        else:
            assert trusted(prove(text, statement, premises))
