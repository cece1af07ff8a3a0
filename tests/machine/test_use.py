"""The use of a run, agreement on it, and the stage from which on it is settled."""

from __future__ import annotations

from typing import Any

import pytest

from checks.exhaust import programs_to
from checks.machine.semantics import ORACLES
from checks.machine.use import APPROACHES, SEEN, Small
from models.machine.oracle import EMPTY, FULL, Oracle, Recording, Table
from models.machine.program import Ask, parse_program
from models.machine.run import run
from models.machine.semantics import Done, evaluate
from models.machine.tree import (
    NIL,
    TRUE,
    elements,
    numeral,
    pairs,
    parse_tree,
    tree_list,
)
from models.machine.use import agree, stage, use
from proofs.kernel.evaluate import compiled_statement
from proofs.machine.use import in_the_limit, whole_run


@pytest.mark.parametrize(
    ("program", "value", "gas", "questions"),
    [
        ("id", "3", 10, "[]"),
        ("quote 5", "3", 10, "[]"),
        ("ask", "3", 0, "[]"),
        ("ask", "3", 1, "[3]"),
        ("then(tl, ask)", "3", 2, "[]"),
        ("then(tl, ask)", "3", 3, "[2]"),
        ("then(ask, ask)", "3", 10, "[3, 0]"),
        ("cons(ask, then(tl, ask))", "3", 2, "[3]"),
        ("cons(ask, then(tl, ask))", "3", 10, "[3, 2]"),
        ("cons(while(id, id), ask)", "3", 10, "[]"),
        ("if(ask, then(tl, ask), id)", "3", 10, "[3]"),
        ("if(id, then(tl, ask), ask)", "3", 10, "[2]"),
        ("if(hd, id, then(tl, ask))", "3", 10, "[2]"),
        ("while(ask, tl)", "3", 100, "[3]"),
        ("while(id, then(cons(ask, tl), tl))", "3", 100, "[3, 2, 1]"),
    ],
)
def test_the_questions_in_their_order(
    program: str, value: str, gas: int, questions: str
) -> None:
    """With the empty oracle."""
    found = use(EMPTY, parse_program(program), parse_tree(value), gas, NIL)
    assert found == parse_tree(questions)


def test_a_list_may_follow() -> None:
    program = parse_program("cons(ask, then(tl, ask))")
    assert use(FULL, program, numeral(2), 10, parse_tree("[7]")) == parse_tree("[2, 1, 7]")
    assert use(FULL, program, numeral(2), 0, parse_tree("[7]")) == parse_tree("[7]")


def test_it_is_the_query_log_of_the_run() -> None:
    """For every gas, so also of runs that do not halt."""
    for program in programs_to(4):
        for gas in (3, 6, 20):
            oracle = Table({NIL: TRUE, TRUE: numeral(2)})
            asked = [question for question, _ in run(program, TRUE, oracle=oracle, gas=gas).queries]
            assert list(elements(use(oracle, program, TRUE, gas, NIL))) == asked


def test_long_runs() -> None:
    program, long = parse_program("while(id, then(cons(ask, tl), tl))"), 1_100
    found = use(EMPTY, program, numeral(long), 100_000, NIL)
    expected = tree_list(numeral(number) for number in range(long, 0, -1))
    assert found == expected
    assert agree(EMPTY, Table({NIL: TRUE}), found)
    assert stage(lambda z: 5 if z == TRUE else 1, found) == 5


@pytest.mark.parametrize(
    ("questions", "same"),
    [("[]", True), ("[1]", True), ("[1, 2, 1]", True), ("[0]", False), ("[1, 2, 0]", False)],
)
def test_agreement(questions: str, same: bool) -> None:
    """Of two oracles that differ at nil alone."""
    other = Table({NIL: numeral(4)})
    assert agree(EMPTY, other, parse_tree(questions)) is same
    assert agree(other, EMPTY, parse_tree(questions)) is same
    assert agree(other, other, parse_tree(questions))


@pytest.mark.parametrize(
    ("questions", "latest"), [("[]", 0), ("[0]", 0), ("[3]", 3), ("[1, 3, 2]", 3), ("[2, 2]", 2)]
)
def test_the_stage_is_the_largest_modulus(questions: str, latest: int) -> None:
    assert stage(pairs, parse_tree(questions)) == latest
    assert stage(lambda z: pairs(z) - 1, parse_tree(questions)) == max(latest - 1, 0)


# The theorem: a witness, and what goes wrong without a hypothesis

ASK = Ask()


def test_a_witness_of_the_use_principle() -> None:
    """Two oracles that differ, and a run that does not ask where they do."""
    f, g = EMPTY, Table({numeral(2): TRUE})
    program, x = parse_program("cons(ask, then(tl, ask))"), numeral(4)
    values = {"f": f, "g": g, "p": program, "x": x, "n": 10}
    assert compiled_statement(whole_run().statement)(values) is True
    assert use(f, program, x, 10, NIL) == tree_list([numeral(4), numeral(3)])
    assert isinstance(evaluate(f, program, x, 10), Done)
    # One question further they differ, and so do the runs.
    deeper = parse_program("then(tl, then(tl, ask))")
    assert evaluate(f, deeper, x, 10) != evaluate(g, deeper, x, 10)


def test_without_agreement_on_the_use() -> None:
    assert evaluate(EMPTY, ASK, NIL, 1) == Done(NIL, 0)
    assert evaluate(FULL, ASK, NIL, 1) == Done(TRUE, 0)


def test_agreement_on_values_alone_is_not_enough() -> None:
    """It must be on all questions, not on those before a branch."""
    g = Table({numeral(1): TRUE})
    program = parse_program("if(ask, id, then(tl, ask))")
    first = tree_list([numeral(2)])
    assert agree(EMPTY, g, first)
    assert evaluate(EMPTY, program, numeral(2), 10) != evaluate(g, program, numeral(2), 10)


def holds(values: dict[str, Any]) -> bool | None:
    statement = in_the_limit().statement
    found: bool | None = compiled_statement(statement, {"converges": lambda _: SEEN})(values)
    return found


def test_witnesses_of_the_limit() -> None:
    """The questions are num(2) and num(1): from stage 2 on, Small(s) answers both as its limit."""
    program, x = parse_program("cons(ask, then(tl, ask))"), numeral(2)
    questions = use(FULL, program, x, 10, NIL)
    for tending in APPROACHES:
        values = {
            "F": tending.at, "f": tending.limit, "m": tending.modulus, "p": program, "x": x, "n": 10
        }
        begin = stage(tending.modulus, use(tending.limit, program, x, 10, NIL))
        assert all(holds({**values, "s": s}) is True for s in range(begin, begin + 3))
    assert stage(pairs, questions) == 2
    runs = [evaluate(Small(s), program, x, 10) for s in range(4)]
    assert runs[0] != runs[1] != runs[2] == runs[3] == evaluate(FULL, program, x, 10)


def test_before_the_stage() -> None:
    """One stage earlier the run may be another."""
    x = numeral(2)
    assert stage(pairs, use(FULL, ASK, x, 1, NIL)) == 2
    assert evaluate(Small(1), ASK, x, 1) == Done(NIL, 0) != evaluate(FULL, ASK, x, 1)


def test_without_convergence() -> None:
    """Oracles that flip for ever: no stage will do."""
    def flipping(s: int) -> Oracle:
        return FULL if s % 2 else EMPTY

    found = [evaluate(flipping(s), ASK, NIL, 1) for s in range(6)]
    assert found == [Done(NIL, 0), Done(TRUE, 0)] * 3


def test_without_a_modulus_at_every_question() -> None:
    """Convergence within every bound is convergence at no bound for all questions at once."""
    for s in range(5):
        assert evaluate(Small(s), ASK, numeral(s + 1), 1) != evaluate(FULL, ASK, numeral(s + 1), 1)


def test_repeated_questions_are_listed_each_time() -> None:
    program = parse_program("cons(ask, cons(ask, ask))")
    for _, oracle in ORACLES:
        recording = Recording(oracle)
        evaluate(recording, program, NIL, 20)
        found = use(oracle, program, NIL, 20, NIL)
        assert list(elements(found)) == [NIL, NIL, NIL] == [z for z, _ in recording.log]
