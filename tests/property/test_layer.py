"""Layers, on random oracles, windows and programs."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checks.machine.layer import decide_layer, decided_by
from checks.strategies import functions, programs, trees
from models.machine.layer import found_by, layer, said
from models.machine.oracle import Oracle
from models.machine.program import Program, size
from models.machine.run import run
from models.machine.transform import asks, substitute, substituted_size
from models.machine.tree import Tree
from tests.property.reference import outcome

GAS = 200


def windows() -> st.SearchStrategy[tuple[Tree, ...]]:
    """Some different trees."""
    return st.lists(trees(4), min_size=1, max_size=4, unique=True).map(tuple)


@settings(max_examples=20)
@given(functions(), windows())
def test_a_layer_is_what_its_programs_say(oracle: Oracle, window: tuple[Tree, ...]) -> None:
    """By another interpreter. No program of size at most 3 takes long to halt on a small tree."""

    def answer(program: Program, tree: Tree) -> object:
        found, _ = outcome(oracle, program, tree, GAS)
        return "none" if found is None else said(found[0])

    found = decide_layer(3, window, oracle)
    assert found.complete
    assert found.by_size == layer(oracle, 3, window, answer).by_size  # type: ignore[arg-type]


@given(functions(), windows(), programs(9))
def test_a_program_decides_what_it_says(
    oracle: Oracle, window: tuple[Tree, ...], program: Program
) -> None:
    values = [run(program, tree, oracle=oracle, gas=GAS).value for tree in window]
    assume(None not in values)
    answers = {tree: said(value) for tree, value in zip(window, values, strict=True)}
    expected = found_by(program, size(program), window, lambda _, tree: answers[tree])
    assert decided_by(program, window, oracle) == expected


@given(programs(12), programs(12))
def test_the_size_of_a_substituted_program(p: Program, q: Program) -> None:
    assert size(substitute(p, q)) == substituted_size(p, q)
    assert asks(substitute(p, q)) == asks(p) * asks(q)
