"""Damaged query trees are refused: none is accepted for a program that loops for some set."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from checks.machine.certificate import QueryTree, Rejected, check_every
from checks.machine.decide import decide_every
from models.machine import EMPTY, FULL, NIL, TRUE, Program, Table, Tree, code, programs
from models.machine.run import run
from models.machine.tree import trees

TREES = [tree for pairs in range(3) for tree in trees(pairs)]
SETS = [EMPTY, FULL, Table({NIL: TRUE}), Table({NIL: NIL}, otherwise=TRUE)]
ASKING = [
    program for size in range(1, 6) for program in programs(size) if repr(program).count("ask") > 1
]
LOOPING = [
    program
    for program in ASKING
    if any(run(program, code(program), oracle=oracle, gas=500).value is None for oracle in SETS)
]
FOUND = [
    (program, certificate)
    for program in ASKING
    if program not in LOOPING
    and isinstance(certificate := decide_every(program, code(program), gas=200).certificate,
                   QueryTree)
]

Listed = tuple[tuple[Tree, bool], ...]


def accepted(program: Program, certificate: QueryTree) -> bool:
    try:
        return check_every(program, code(program), certificate) == "halts"
    except Rejected:
        return False


@st.composite
def damaged(draw: st.DrawFn) -> tuple[Program, QueryTree]:
    """A program with its query tree, a few parts of which are flipped, dropped or added."""
    program, certificate = draw(st.sampled_from(FOUND))
    runs = [list(listed) for listed in certificate.runs]
    question = st.tuples(st.sampled_from([*TREES, code(program)]), st.booleans())
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["flip", "drop", "add", "drop run", "copy run", "question"]))
        if not runs:
            runs.append([])
        listed = draw(st.sampled_from(runs))
        at = draw(st.integers(0, max(len(listed) - 1, 0)))
        if kind == "add":
            listed.insert(at, draw(question))
        elif kind == "drop run":
            runs.remove(listed)
        elif kind == "copy run":
            runs.append(list(listed))
        elif listed and kind == "flip":
            listed[at] = (listed[at][0], not listed[at][1])
        elif listed and kind == "question":
            listed[at] = draw(question)
        elif listed:
            del listed[at]
    return program, QueryTree(tuple(tuple(listed) for listed in runs))


@cache
def asked(program: Program, which: int) -> Listed:
    """What a run asks, each question once, with the answers."""
    result = run(program, code(program), oracle=SETS[which], gas=500)
    return tuple({question: answer == TRUE for question, answer in result.queries}.items())


def test_there_are_trees_of_many_kinds() -> None:
    assert len(FOUND) > 100 and len(LOOPING) > 20
    assert {len(certificate.runs) for _, certificate in FOUND} >= {2, 3}
    for program, certificate in FOUND:
        assert accepted(program, certificate)


@settings(max_examples=500, deadline=None)
@given(damaged())
def test_a_damaged_tree_that_is_accepted_has_every_run(
    made: tuple[Program, QueryTree],
) -> None:
    program, certificate = made
    if accepted(program, certificate):
        for which in range(len(SETS)):
            assert asked(program, which) in certificate.runs


@settings(max_examples=500, deadline=None)
@given(damaged() | st.sampled_from(FOUND), st.sampled_from(LOOPING))
def test_no_tree_is_accepted_for_a_program_that_loops(
    made: tuple[Program, QueryTree], program: Program
) -> None:
    assert not accepted(program, made[1])
