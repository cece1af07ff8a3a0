"""Tree automata as certificates: what they accept does not halt."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from models.machine.automaton import (
    ANY,
    VALUES,
    NoStates,
    StateList,
    Transitions,
    accepts,
    classify,
    outcomes,
    states,
    target,
    transitions,
)
from models.machine.covering import replies
from models.machine.oracle import EMPTY
from models.machine.program import Program, code, parse_program, programs
from models.machine.run import run
from models.machine.tree import NIL, TRUE, numeral, parse_tree, trees

# Classes: 0 nil, 1 a pair.
PAIRS = transitions((a, b, 1) for a in (0, 1) for b in (0, 1))

# Classes of trees cut off at depth 2: nil, and pairs by which of their parts are pairs.
DEPTH_TWO = transitions(
    (a, b, 1 + 2 * (a > 0) + (b > 0)) for a in range(5) for b in range(5)
)


def listed(found: StateList) -> list[int]:
    result = []
    while not isinstance(found, NoStates):
        result.append(found.first)
        found = found.rest
    return result


def always(*answers: int):  # type: ignore[no-untyped-def]
    return lambda state: states(answers)


def staying_in(*members: int):  # type: ignore[no-untyped-def]
    return lambda program: lambda state: states(members)


def possible(
    automaton: Transitions, text: str, state: int, members: Iterable[int] = ()
) -> set[int]:
    found = outcomes(
        automaton, always(0), staying_in(*members), parse_program(text), states([state]), VALUES
    )
    return set(listed(found))


def test_class_of_a_tree_is_that_of_its_parts() -> None:
    assert classify(PAIRS, parse_tree("nil")) == 0
    assert classify(PAIRS, parse_tree("<nil.nil>")) == 1
    assert classify(DEPTH_TWO, parse_tree("<nil.<nil.nil>>")) == 2
    assert classify(DEPTH_TWO, parse_tree("<<nil.nil>.nil>")) == 3


def test_pair_without_a_transition_has_any_class() -> None:
    partial = transitions([(0, 0, 1)])
    assert target(partial, 0, 1) == ANY
    assert classify(partial, parse_tree("<nil.<nil.nil>>")) == ANY


def test_first_of_two_transitions_counts() -> None:
    assert target(transitions([(0, 0, 1), (0, 0, 2)]), 0, 0) == 1


@pytest.mark.parametrize(
    ("text", "state", "expected"),
    [
        ("id", 1, {1}),
        ("hd", 1, {0, 1}),
        ("hd", 0, {0}),
        ("tl", ANY, {ANY}),
        ("ask", 1, {0}),
        ("quote 3", 0, {1}),
        ("cons(id, hd)", 1, {1}),
        ("then(hd, tl)", 1, {0, 1}),
        ("if(id, quote nil, id)", 1, {0}),
        ("if(id, quote nil, id)", 0, {0}),
        ("if(hd, quote nil, id)", 1, {0, 1}),
    ],
)
def test_outcomes_of_each_constructor(text: str, state: int, expected: set[int]) -> None:
    assert possible(PAIRS, text, state) == expected


def test_loop_needs_an_invariant_that_holds() -> None:
    assert possible(PAIRS, "while(id, id)", 1, [1]) == set()
    assert possible(PAIRS, "while(id, tl)", 1, [0, 1]) == {0}
    # No invariant, one that does not hold the entry, one that a round leaves: anything can happen.
    assert possible(PAIRS, "while(id, id)", 1) == {ANY}
    assert possible(PAIRS, "while(id, id)", 1, [0]) == {ANY}
    assert possible(PAIRS, "while(id, tl)", 1, [1]) == {ANY}


def accepted(program: Program, text: str, steps: int = 0) -> bool:
    return accepts(
        DEPTH_TWO, EMPTY, always(0), staying_in(*range(5)), program, parse_tree(text), steps
    )


def test_certificate_for_a_loop_that_grows() -> None:
    program = parse_program("while(id, cons(id, id))")
    assert accepts(
        PAIRS, EMPTY, always(0), staying_in(1), program, parse_tree("1"), 0
    )
    assert not accepts(
        PAIRS, EMPTY, always(0), staying_in(1), program, parse_tree("nil"), 0
    )


def test_certificate_may_begin_after_some_steps() -> None:
    # On 2 the loop is entered with a pair after two steps; before them classes don't tell.
    program = parse_program("then(tl, while(id, id))")
    value = parse_tree("2")
    assert not accepts(PAIRS, EMPTY, always(0), staying_in(1), program, value, 0)
    assert accepts(PAIRS, EMPTY, always(0), staying_in(1), program, value, 2)
    # In the middle of an instruction that is no program, and after the end, nothing is accepted.
    assert not accepts(PAIRS, EMPTY, always(0), staying_in(1), parse_program("tl"), value, 1)
    assert not accepts(
        PAIRS, EMPTY, always(0), staying_in(1), parse_program("cons(id, id)"), value, 2
    )


def test_nothing_accepted_halts() -> None:
    count = 0
    for size in range(1, 5):
        for program in programs(size):
            for value in [code(program), *trees(1)]:
                for members in ((1,), (0, 1, 2, 3, 4), (1, 2, 3, 4)):
                    if accepts(
                        DEPTH_TWO, EMPTY, always(0), staying_in(*members), program, value, 0
                    ):
                        count += 1
                        assert run(program, value, gas=500).value is None
    assert count > 10


def test_false_answers_of_an_oracle_are_the_callers_concern() -> None:
    # The theorem assumes that the answers cover the oracle; here they don't, and it halts.
    program = parse_program("while(ask, id)")
    value = parse_tree("1")
    assert run(program, value, oracle=EMPTY).value == value
    assert accepts(PAIRS, EMPTY, always(1), staying_in(1), program, value, 0)


def test_automata_in_one_line() -> None:
    assert repr(transitions([(0, 0, 1), (1, 0, ANY)])) == "{<0.0> -> 1, <1.0> -> -1}"
    assert repr(transitions([])) == "{}"
    assert repr(states([2, 0])) == "[2, 0]"
    assert repr(states([])) == "[]"
    assert repr(replies({numeral(2): TRUE, NIL: NIL})) == "{2 -> 1, 0 -> 0}"
    assert repr(replies({})) == "{}"
