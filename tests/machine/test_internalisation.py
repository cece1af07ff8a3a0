"""Transcripts hard-wired into programs: decision trees, answering programs, what they cost."""

from __future__ import annotations

import pytest

from models.machine.internalisation import (
    answers,
    equals,
    internalise,
    listed,
    patched,
    transcript,
)
from models.machine.oracle import EMPTY, FULL, Table
from models.machine.program import Ask, Program, parse_program, size
from models.machine.run import run
from models.machine.transform import asks
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, numeral, pairs, parse_tree, trees

SMALL = [tree for count in range(4) for tree in trees(count)]
TWO_FOR_ONE = transcript([(numeral(1), numeral(2))])


def test_decision_trees_as_terms() -> None:
    nil = "if(id, quote false, quote true)"
    assert equals(NIL) == parse_program(nil)
    assert equals(TRUE) == parse_program(
        f"if(id, if(then(hd, {nil}), then(tl, {nil}), quote false), quote false)"
    )


def test_answering_programs_as_terms() -> None:
    assert answers(NIL) == Ask()
    nil = "if(id, quote false, quote true)"
    assert answers(transcript([(NIL, numeral(3))])) == parse_program(f"if({nil}, quote 3, ask)")
    # Missing parts of an entry read as nil.
    assert answers(Pair(NIL, NIL)) == parse_program(f"if({nil}, quote nil, ask)")


@pytest.mark.parametrize("tree", SMALL, ids=repr)
def test_a_decision_tree_knows_one_tree(tree: Tree) -> None:
    test = equals(tree)
    for x in SMALL:
        found = run(test, x)
        assert found.value == (TRUE if x == tree else FALSE)
        assert found.steps <= size(test) == 14 * pairs(tree) + 5
        assert found.queries == ()


@pytest.mark.parametrize(
    ("tree", "value", "steps"),
    [
        ("nil", "nil", 4),
        ("nil", "1", 4),
        # The root differs.
        ("1", "nil", 4),
        # Test of the root 3, of the parts 1 and then 2+4 for each, and one between them
        ("1", "1", 3 + 1 + 6 + 1 + 6),
        # The head differs: the tail is not looked at.
        ("1", "<1.5>", 3 + 1 + 6 + 1 + 1),
    ],
)
def test_steps_of_a_comparison(tree: str, value: str, steps: int) -> None:
    assert run(equals(parse_tree(tree)), parse_tree(value)).steps == steps


@pytest.mark.parametrize(
    ("entries", "question", "answer"),
    [
        ([], "2", "true"),
        ([("2", "5")], "2", "5"),
        ([("2", "5")], "1", "true"),
        ([("1", "3"), ("2", "5")], "2", "5"),
        # The first of two answers counts.
        ([("2", "5"), ("2", "6")], "2", "5"),
        ([("nil", "nil"), ("<1.2>", "<2.1>")], "<1.2>", "<2.1>"),
    ],
)
def test_patched_oracles(entries: list[tuple[str, str]], question: str, answer: str) -> None:
    given = transcript((parse_tree(z), parse_tree(a)) for z, a in entries)
    z, expected = parse_tree(question), parse_tree(answer)
    assert patched(FULL, given, z) == expected
    assert listed(given, z) == (question in dict(entries))
    found = run(answers(given), z, oracle=FULL)
    assert found.value == expected
    assert found.steps <= size(answers(given))
    assert bool(found.queries) == (question not in dict(entries))


def test_every_tree_is_a_transcript() -> None:
    for given in SMALL:
        program = answers(given)
        assert size(program) <= 14 * pairs(given) + 1
        for z in SMALL:
            found = run(program, z, oracle=FULL)
            assert found.value == patched(FULL, given, z)
            assert found.steps <= size(program)


def test_a_listed_question_is_not_asked() -> None:
    program = parse_program("cons(ask, then(tl, ask))")
    before = run(program, numeral(2), oracle=EMPTY)
    assert [z for z, _ in before.queries] == [numeral(2), numeral(1)]
    after = run(internalise(program, TWO_FOR_ONE), numeral(2), oracle=EMPTY)
    assert [z for z, _ in after.queries] == [numeral(2)]
    assert after.value == Pair(FALSE, numeral(2))


def test_with_an_oracle_that_answers_as_listed_nothing_changes() -> None:
    oracle = Table({numeral(1): numeral(2), NIL: TRUE})
    program = parse_program("while(ask, then(cons(ask, tl), tl))")
    for value in SMALL:
        plain = run(program, value, oracle=oracle, gas=1_000)
        found = run(internalise(program, TWO_FOR_ONE), value, oracle=oracle, gas=10_000)
        assert found.value == plain.value


def test_a_run_is_replayed_without_its_oracle() -> None:
    """The transcript of a run is all that it needs of the oracle."""
    oracle = Table({numeral(3): TRUE, numeral(2): TRUE, numeral(1): NIL})
    program = parse_program("while(ask, tl)")
    seen = run(program, numeral(3), oracle=oracle)
    assert len(seen.queries) == 3
    again = run(internalise(program, transcript(seen.queries)), numeral(3), oracle=EMPTY)
    assert again.value == seen.value == numeral(1)
    assert again.queries == ()


@pytest.mark.parametrize(
    ("program", "count"),
    [("id", 0), ("quote <3.0>", 0), ("ask", 1), ("if(ask, ask, ask)", 3), ("while(ask, tl)", 1)],
)
def test_sizes(program: str, count: int) -> None:
    p: Program = parse_program(program)
    assert asks(p) == count
    # The decision tree of 1 has size 19; with it If, Quote 2 and Ask have 1, 3 and 1.
    assert size(answers(TWO_FOR_ONE)) == 24
    assert size(internalise(p, TWO_FOR_ONE)) == size(p) + 23 * count


def test_deep_constants() -> None:
    deep = numeral(1_000)
    found = run(equals(deep), deep)
    assert found.value == TRUE and found.steps <= size(equals(deep))
    assert run(equals(deep), numeral(999)).value == FALSE
