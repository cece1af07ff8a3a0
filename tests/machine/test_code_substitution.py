"""Substitution on codes: what is computed, task by task, and the reduction of jumps."""

from __future__ import annotations

import pytest

from checks.exhaust import programs_to
from checks.machine.decide import decide
from checks.machine.substitution import Computed
from checks.machine.turing_jump import Jump
from models.machine.code_substitution import (
    JOIN,
    REDUCING_STEPS,
    all_tasks,
    one_task,
    question,
    reducing,
    substitute_code,
    tag,
    visit,
    visiting_steps,
)
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import Quote, Then, code, decode, parse_program, size
from models.machine.run import run
from models.machine.transform import substitute
from models.machine.tree import NIL, TRUE, Pair, Tree, numeral, parse_tree, tree_list, trees

SMALL = [tree for count in range(6) for tree in trees(count)]
ANSWER = parse_program("cons(hd, ask)")
FLIP = parse_program("if(ask, quote false, quote true)")


def state(tasks: list[Tree], values: list[Tree]) -> Tree:
    return Pair(tree_list(tasks), tree_list(values))


def test_on_codes_of_programs() -> None:
    for program in programs_to(4):
        assert substitute_code(code(program), code(ANSWER)) == code(substitute(program, ANSWER))


@pytest.mark.parametrize("tree", SMALL, ids=repr)
def test_on_every_tree(tree: Tree) -> None:
    found = substitute_code(tree, code(ANSWER))
    assert decode(found) == substitute(decode(tree), ANSWER)


def test_a_quoted_code_stays() -> None:
    quoted = code(Quote(code(parse_program("ask"))))
    assert substitute_code(quoted, code(ANSWER)) == quoted


@pytest.mark.parametrize(
    ("task", "values", "tasks", "after", "steps"),
    [
        (visit(code(parse_program("tl"))), [], [], [code(parse_program("tl"))], 45),
        (visit(code(parse_program("ask"))), [NIL], [], [numeral(9), NIL], 56),
        (JOIN, [numeral(2), numeral(1), NIL], [], [Pair(numeral(1), numeral(2)), NIL], 57),
        (tag(numeral(6)), [numeral(3)], [], [Pair(numeral(6), numeral(3))], 49),
        (
            visit(parse_tree("<6.<<1.0>.<2.0>>>")), [],
            [visit(parse_tree("<1.0>")), visit(parse_tree("<2.0>")), JOIN, tag(numeral(6))], [],
            120,
        ),
        (
            visit(parse_tree("<7.<<1.0>.<<2.0>.<3.0>>>>")), [],
            [
                visit(parse_tree("<1.0>")), visit(parse_tree("<2.0>")), visit(parse_tree("<3.0>")),
                JOIN, JOIN, tag(numeral(7)),
            ],
            [], 159,
        ),
    ],
)
def test_one_task(
    task: Tree, values: list[Tree], tasks: list[Tree], after: list[Tree], steps: int
) -> None:
    """The other tasks, here a Join, and the values below stay as they are."""
    found = run(one_task(numeral(9)), state([task, JOIN], values))
    assert found.value == state([*tasks, JOIN], after)
    assert found.steps == steps


@pytest.mark.parametrize("tree", SMALL, ids=repr)
def test_a_visit(tree: Tree) -> None:
    found = run(all_tasks(code(ANSWER)), state([visit(tree)], [TRUE]))
    assert found.value == state([], [substitute_code(tree, code(ANSWER)), TRUE])
    # Three more find that no task is left.
    assert found.steps == visiting_steps(tree) + 3
    assert found.queries == ()


@pytest.mark.parametrize(
    ("program", "steps"),
    [
        ("id", 48), ("hd", 48), ("ask", 59), ("quote 3", 72),
        ("cons(id, ask)", 235 + 48 + 59), ("then(quote 0, ask)", 235 + 72 + 59),
        ("if(ask, id, hd)", 334 + 59 + 48 + 48), ("while(tl, tl)", 254 + 48 + 48),
    ],
)
def test_steps_of_a_visit(program: str, steps: int) -> None:
    assert visiting_steps(code(parse_program(program))) == steps


def test_the_question() -> None:
    for program in programs_to(3):
        own = code(program)
        asked = question(own, code(ANSWER))
        assert decode(asked) == Then(Quote(own), substitute(program, ANSWER))
        assert asked == code(decode(asked))


def test_the_reduction_asks_the_question() -> None:
    program = reducing(code(ANSWER))
    for tree in SMALL:
        asked = question(tree, code(ANSWER))
        found = run(program, tree, oracle=Table({asked: numeral(5)}))
        assert found.value == numeral(5)
        assert found.queries == ((asked, numeral(5)),)
        assert found.steps == visiting_steps(tree) + REDUCING_STEPS


@pytest.mark.parametrize("oracle", [EMPTY, FULL, Table({NIL: TRUE})], ids=repr)
@pytest.mark.parametrize("answer", ["ask", "if(ask, quote false, quote true)", "then(tl, ask)"])
def test_from_one_jump_to_another(oracle: Oracle, answer: str) -> None:
    """The jump of what q computes from a set, from the jump of the set."""
    q = parse_program(answer)
    above, below = Jump(oracle), Jump(Computed(q, oracle))
    for program in programs_to(3):
        own = code(program)
        assert run(reducing(code(q)), own, oracle=above).value == below(own)


def test_the_jumps_differ() -> None:
    """So it matters which questions are asked."""
    program = code(parse_program("while(ask, id)"))
    assert Jump(EMPTY)(program) == TRUE and Jump(FULL)(program) == NIL
    assert run(reducing(code(FLIP)), program, oracle=Jump(EMPTY)).value == NIL
    assert decide(decode(program), program, oracle=FULL).verdict == "loops"


def test_sizes() -> None:
    assert size(all_tasks(NIL)) == size(one_task(NIL)) + 2
    assert size(all_tasks(numeral(7))) == size(all_tasks(NIL)) + 7
