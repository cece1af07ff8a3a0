"""The search by classes of trees: what it computes is what the checker's equations compute."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.machine.certificate import Checker, Looping, Rejected, _setting, check, check_every
from checks.machine.decide.classes import (
    Automaton,
    answered,
    bits,
    classify,
    cut_off,
    possible,
    table,
)
from checks.machine.decide.infer import Answers, automata
from models.algebra import Concrete
from models.machine import EMPTY, FULL, NIL, TRUE, Oracle, Program, Table, code, programs
from models.machine import automaton as equations
from models.machine.automaton import ANY, VALUES, states, transitions
from models.machine.compiled_run import run_batch
from models.machine.flat import Enumeration, Forest
from models.machine.oracle import Decided
from models.machine.program import Id
from models.machine.tree import parse_tree, trees

SET_NIL = Table({NIL: TRUE})
ALL_BUT_NIL = Table({NIL: NIL}, otherwise=TRUE)
ODD = Table(
    {NIL: parse_tree("<2.1>"), parse_tree("1"): NIL, parse_tree("<1.0>"): TRUE, TRUE: NIL,
     parse_tree("<<1.1>.2>"): parse_tree("3")},
    otherwise=parse_tree("2"),
)
"""Answers that are neither false nor true; the questions are alone in their classes or not."""

ANY_SET = Decided(Id())
"""A set whose answers the automata know nothing of."""

ORACLES: dict[str, Oracle] = {
    "empty": EMPTY, "full": FULL, "set:nil": SET_NIL, "all but nil": ALL_BUT_NIL, "odd": ODD,
    "any set": ANY_SET,
}

PARITY = Automaton("parity", np.array([[1, 2, 1], [2, 1, 2], [1, 2, 1]]))
"""Three classes: nil, and pairs by something like the parity of their size."""

AUTOMATA = [cut_off(1), cut_off(2), PARITY]


# Automata


@pytest.mark.parametrize(("depth", "classes"), [(1, 2), (2, 5), (3, 26)])
def test_trees_cut_off_at_a_depth(depth: int, classes: int) -> None:
    delta = cut_off(depth).delta
    assert delta.shape == (classes, classes)
    assert set(delta.flat) == set(range(1, classes))
    forest = Forest()
    small = [tree for pairs in range(6) for tree in trees(pairs)]
    nodes = [forest.node(tree) for tree in small]
    found = np.zeros(forest.count, np.int64)
    classify(forest.heads, forest.tails, 0, forest.count, delta, found)
    listed = transitions(cut_off(depth).transitions)
    for tree, node in zip(small, nodes, strict=True):
        assert found[node] == equations.classify(listed, tree)


def test_bits_of_a_list() -> None:
    for listed in ([], [0], [3, 1], [63, 0, 5]):
        assert bits(states(listed)) == sum(1 << state for state in listed)


@pytest.mark.parametrize("automaton", [*AUTOMATA, cut_off(3)], ids=lambda found: found.name)
def test_parts_of_classes(automaton: Automaton) -> None:
    heads, tails = automaton.parts()
    listed = transitions(automaton.transitions)
    for state in range(len(automaton.delta)):
        assert heads[state] == bits(equations.heads(listed, state))
        assert tails[state] == bits(equations.tails(listed, state))


def tabulated(automaton: Automaton, oracle: Oracle, size: int) -> tuple[Enumeration, Any]:
    """All programs to a size, with the classes of their values by the compiled search."""
    forest = Forest()
    found = Enumeration(size, forest)
    quoted = np.zeros(len(forest.heads), np.int64)
    classify(forest.heads, forest.tails, 0, forest.count, automaton.delta, quoted)
    heads, tails = automaton.parts()
    every = found.all
    known = np.zeros((len(every), len(automaton.delta)), np.uint64)
    table(
        every.opcode, every.first, every.second, every.third,
        quoted, automaton.delta, heads, tails, answered(oracle, automaton), known,
    )
    return found, known


@pytest.mark.parametrize("automaton", AUTOMATA, ids=lambda found: found.name)
@pytest.mark.parametrize("oracle", ORACLES)
def test_values_are_those_of_the_equation(automaton: Automaton, oracle: str) -> None:
    enumeration, known = tabulated(automaton, ORACLES[oracle], 4)
    setting = _setting(automaton.transitions, ORACLES[oracle], Concrete(remembers=True))
    for number in range(len(enumeration.all)):
        program = enumeration.program(number)
        for state in range(len(automaton.delta)):
            values = setting.values(program, state, VALUES)
            assert ANY not in values
            assert known[number, state] == sum(1 << value for value in set(values)), program


def test_values_with_many_classes() -> None:
    automaton = cut_off(3)
    enumeration, known = tabulated(automaton, SET_NIL, 3)
    setting = _setting(automaton.transitions, SET_NIL, Concrete(remembers=True))
    for number in range(len(enumeration.all)):
        program = enumeration.program(number)
        for state in range(0, 26, 5):
            values = setting.values(program, state, VALUES)
            assert known[number, state] == sum(1 << value for value in set(values)), program


def test_values_of_one_program_are_those_of_the_table() -> None:
    automaton = cut_off(2)
    enumeration, known = tabulated(automaton, SET_NIL, 4)
    forest, every = enumeration.forest, enumeration.all
    quoted = np.zeros(len(forest.heads), np.int64)
    classify(forest.heads, forest.tails, 0, forest.count, automaton.delta, quoted)
    heads, tails = automaton.parts()
    answers = answered(SET_NIL, automaton)
    for number in range(len(every)):
        for state in range(5):
            assert known[number, state] == possible(
                every.opcode[number], every.first[number], every.second[number],
                every.third[number], state, known, quoted, automaton.delta, heads, tails, answers,
            )


@pytest.mark.parametrize("oracle", [name for name in ORACLES if name != "any set"])
def test_a_value_is_in_a_class_that_is_possible(oracle: str) -> None:
    """The run has the last word, also about the equation."""
    automaton = cut_off(3)
    enumeration, known = tabulated(automaton, ORACLES[oracle], 4)
    listed = transitions(automaton.transitions)
    inputs = [tree for pairs in range(4) for tree in trees(pairs)]
    wanted = [enumeration.program(number) for number in range(len(enumeration.all))]
    for value in inputs:
        ran = run_batch(
            wanted, [value] * len(wanted), oracle=ORACLES[oracle], gas=200, results=True
        )
        state = equations.classify(listed, value)
        for number, result in enumerate(ran.results):
            if result is not None:
                reached = equations.classify(listed, result)
                assert int(known[number, state]) >> reached & 1, (wanted[number], value)


# Automata that are found

LOOPS = [
    program for size in range(3, 6) for program in programs(size) if "while" in repr(program)
]
EFFORT = ((2, 500), (3, 1_000), (4, 500))


@pytest.mark.parametrize("oracle", ORACLES)
def test_every_automaton_that_is_found_is_accepted(oracle: str) -> None:
    relative_to = ORACLES[oracle]
    wanted = [*LOOPS, *(program for size in range(1, 4) for program in programs(size))]
    answers = Answers(relative_to)
    halts = run_batch(wanted, [code(p) for p in wanted], oracle=relative_to, gas=1_000).halted
    checker = Checker(relative_to)
    shown = 0
    for program, halted in zip(wanted, halts.tolist(), strict=True):
        found = list(automata(program, code(program), answers, effort=EFFORT))
        for rows in found:
            assert checker.check_on_own_code(program, Looping(0, rows)) == "loops"
        assert not (halted and found)
        shown += bool(found)
    # Most loops at their very start, with four classes.
    assert shown > 0.6 * (len(wanted) - np.count_nonzero(halts))


def test_every_automaton_that_is_found_without_an_oracle_is_one_for_every_set() -> None:
    answers = Answers(None)
    shown = 0
    for program in LOOPS:
        for rows in automata(program, code(program), answers, effort=EFFORT):
            assert check_every(program, code(program), Looping(0, rows)) == "loops"
            shown += 1
    assert shown > 100


SMALL = [tree for pairs in range(4) for tree in trees(pairs)]


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(st.sampled_from(SMALL), st.sampled_from(SMALL), max_size=5),
    st.sampled_from(SMALL), st.sampled_from(LOOPS), st.sampled_from(SMALL),
)
def test_automata_relative_to_any_table(
    listed: dict[Any, Any], otherwise: Any, program: Program, value: Any
) -> None:
    oracle = Table(listed, otherwise)
    halted = run_batch([program], [value], oracle=oracle, gas=1_000).halted[0]
    found = list(automata(program, value, Answers(oracle), effort=EFFORT))
    for rows in found:
        assert check(program, value, oracle, Looping(0, rows)) == "loops"
    assert not (halted and found)


def test_an_automaton_for_one_oracle_is_not_one_for_another() -> None:
    refused = 0
    for program in LOOPS:
        value = code(program)
        halted = run_batch([program], [value], oracle=EMPTY, gas=1_000).halted[0]
        for rows in automata(program, value, Answers(FULL), effort=EFFORT):
            try:
                assert check(program, value, EMPTY, Looping(0, rows)) == "loops"
                assert not halted
            except Rejected:
                refused += 1
    assert refused > 20
