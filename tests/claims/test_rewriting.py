"""Programs left out because another stands for them: they compute the same, all to size 5."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.claims import EMPTY, FULL, refute
from checks.claims.claim import Undecided, claim
from checks.claims.deciders import value
from checks.claims.generators import Function, parse_oracle
from checks.claims.result import Outcome
from checks.claims.rewriting import has_loop, is_normal, normal_form, rewritten
from checks.exhaust import programs_to, trees_to
from models.machine.program import Program, parse_program, size

ORACLES = (EMPTY, FULL, parse_oracle("set:nil,2"))


def behaviour(program: Program) -> list[object]:
    """Its values on small trees relative to some oracles, none where it does not halt."""
    return [value(program, tree, oracle) for oracle in ORACLES for tree in trees_to(2)]


def test_every_step_keeps_what_is_computed() -> None:
    steps = 0
    for program in programs_to(5):
        step = rewritten(program)
        if step is None:
            continue
        steps += 1
        assert size(step) <= size(program)
        try:
            before = behaviour(program)
        except Undecided:
            continue
        assert behaviour(step) == before, program
    assert steps > 300


def test_normal_forms() -> None:
    for program in programs_to(5):
        form = normal_form(program)
        assert is_normal(form) and normal_form(form) == form
        assert size(form) <= size(program)
        assert is_normal(program) == (form == program)


@pytest.mark.parametrize(
    ("program", "form"),
    [
        ("then(then(hd, tl), ask)", "then(hd, then(tl, ask))"),
        ("if(quote 1, then(id, ask), tl)", "ask"),
        ("then(while(id, id), quote 1)", "then(while(id, id), quote 1)"),
        ("then(cons(ask, while(id, id)), hd)", "then(cons(ask, while(id, id)), hd)"),
        ("while(then(hd, quote 0), tl)", "id"),
        ("if(while(id, tl), hd, hd)", "if(while(id, tl), hd, hd)"),
    ],
)
def test_what_a_loop_forbids(program: str, form: str) -> None:
    assert normal_form(parse_program(program)) == parse_program(form)


def test_loops() -> None:
    assert has_loop(parse_program("cons(hd, if(id, while(hd, tl), ask))"))
    assert not has_loop(parse_program("cons(hd, if(id, then(hd, tl), ask))"))


def test_what_is_left_out_is_counted(refuted: Callable[..., Outcome]) -> None:
    @claim("All functions are counted.")
    def counted(p: Function) -> bool:
        return True

    found = refute(counted, size=5)
    normal = sum(map(is_normal, programs_to(5)))
    assert (found.verdict, found.instances, found.same) == ("exhausted", normal, 2645 - normal)
    assert "left out, another program stands for it" in str(found)
