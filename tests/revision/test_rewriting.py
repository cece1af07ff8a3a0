"""Self-modification as it happens: each revision, what it decides, and the one program beside."""

from __future__ import annotations

import pytest

from checks.revision.rewriting import Answer, revise
from models.errors import BadInput
from models.machine.oracle import EMPTY, FULL, Table
from models.machine.program import code, parse_program, size
from models.machine.run import Run
from models.machine.run import run as reference
from models.machine.tree import NIL, TRUE, Pair, Tree, numeral, parse_tree
from models.revision.rewriting import MOST_ROUNDS, enough, rewrite
from models.revision.self_modification import compose
from tests.revision.modifiers import CASES, GROW, IS_ZERO, SWAPPED, WRAP, Case

NUMBERS = [numeral(n) for n in range(5)]


def values(runs: tuple[Run, ...]) -> list[Tree | None]:
    return [run.value for run in runs]


# --- the model ------------------------------------------------------------------------------------


def test_the_revisions_and_what_they_say() -> None:
    found = rewrite(GROW, code(IS_ZERO), 2, window=NUMBERS)
    assert [revision.program for revision in found.revisions] == [
        IS_ZERO, parse_program("then(tl, if(id, quote 0, quote 1))"),
        parse_program("then(tl, then(tl, if(id, quote 0, quote 1)))"),
    ]
    assert [values(revision.runs) for revision in found.revisions] == [
        [TRUE, NIL, NIL, NIL, NIL], [TRUE, TRUE, NIL, NIL, NIL], [TRUE, TRUE, TRUE, NIL, NIL],
    ]
    assert found.revisions[0].made is None
    made = [revision.made for revision in found.revisions[1:]]
    assert [by.steps for by in made if by] == [9, 9]
    assert found.complete and found.repeats is None and found.last is found.revisions[2]
    assert found.composed == compose(GROW, code(IS_ZERO), numeral(2))


def test_no_round() -> None:
    found = rewrite(GROW, NIL, 0, window=[TRUE])
    assert found.complete and len(found.revisions) == 1
    assert values(found.last.runs) == [TRUE]


def test_questions_of_the_modifier_are_kept() -> None:
    modifier = parse_program("if(ask, quote <3.0>, id)")
    found = rewrite(modifier, code(IS_ZERO), 2, oracle=Table({code(IS_ZERO): TRUE}), window=[NIL])
    first, second = (revision.made for revision in found.revisions[1:])
    assert first is not None and first.queries == ((code(IS_ZERO), TRUE),)
    assert second is not None and second.queries == ((parse_tree("<3.0>"), NIL),)
    assert values(found.revisions[1].runs) == [NIL]


def test_a_modifier_out_of_gas() -> None:
    """On the first program, or on a later one."""
    never = rewrite(parse_program("while(id, id)"), TRUE, 4, gas=100)
    assert not never.complete and len(never.revisions) == 1
    # It takes the tail of every program but 3, on which it goes on for ever.
    later = parse_program("if(then(tl, tl), if(then(tl, then(tl, tl)), tl, while(id, id)), id)")
    found = rewrite(later, numeral(5), 9, gas=100)
    assert [revision.tree for revision in found.revisions] == [numeral(n) for n in (5, 4, 3)]
    assert not found.complete
    assert found.composed == compose(later, numeral(5), numeral(2))


def test_going_round() -> None:
    found = rewrite(SWAPPED, parse_tree("<1.2>"), 5)
    assert found.repeats == (0, 2)
    assert rewrite(SWAPPED, parse_tree("<1.1>"), 3).repeats == (0, 1)
    # Down to nil, where it stays
    assert rewrite(parse_program("tl"), numeral(2), 9).repeats == (2, 3)
    assert rewrite(parse_program("tl"), numeral(2), 2).repeats is None


def test_a_program_that_doubles() -> None:
    """It is 2^40 pairs large, of which one is held for each round."""
    found = rewrite(parse_program("cons(id, id)"), NIL, 40)
    assert len(found.revisions) == 41 and found.complete
    assert found.last.tree == Pair(found.revisions[39].tree, found.revisions[39].tree)


@pytest.mark.parametrize("rounds", [-1, MOST_ROUNDS + 1])
def test_rounds_out_of_range(rounds: int) -> None:
    with pytest.raises(BadInput, match=f"{rounds} rounds"):
        rewrite(GROW, NIL, rounds)


def test_bad_values() -> None:
    with pytest.raises(BadInput, match="expected a program"):
        rewrite(NIL, NIL, 1)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="expected a tree"):
        rewrite(GROW, GROW, 1)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="gas -1"):
        rewrite(GROW, NIL, 1, gas=-1)


def test_it_is_a_value() -> None:
    found = rewrite(GROW, NIL, 1)
    for name in ("rounds", "revisions", "window"):
        with pytest.raises(AttributeError):
            setattr(found, name, None)
    assert isinstance(found.revisions, tuple) and isinstance(found.window, tuple)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_enough_gas_for_the_one_program(case: Case) -> None:
    """What the theorem says is enough, on the reference machine too."""
    for rounds in range(3):
        found = rewrite(case.modifier, case.first, rounds, window=NUMBERS, oracle=FULL)
        for x, plain in zip(NUMBERS, found.last.runs, strict=True):
            gas = enough(found, plain)
            if plain.value is not None:
                one = reference(found.composed, x, oracle=FULL, gas=gas)
                assert one.value == plain.value


# --- with decisions -------------------------------------------------------------------------------


def test_what_is_decided() -> None:
    """Then(e, While(id, id)) halts where e says no."""
    found = revise(WRAP, code(IS_ZERO), 2, window=NUMBERS[:2])
    assert found.answers[0] == (Answer("halts", TRUE, 4), Answer("halts", NIL, 4))
    assert [answer.verdict for answer in found.answers[1]] == ["loops", "halts"]
    assert [answer.verdict for answer in found.answers[2]] == ["loops", "halts"]
    assert found.settled and found.agrees and found.stuck is None
    assert found.composed[0] is None
    one = found.composed[1]
    assert one is not None and one.value == NIL
    assert one == reference(found.rewriting.composed, TRUE, gas=one.steps)


def test_progress_is_told() -> None:
    told: list[tuple[str, int, int]] = []
    revise(
        GROW, code(IS_ZERO), 3, window=NUMBERS,
        progress=lambda event: told.append((event.stage, event.done, event.total)),
    )
    assert told == [
        ("revising", 1, 3), ("revising", 2, 3), ("revising", 3, 3),
        ("deciding", 0, 4), ("deciding", 1, 4), ("deciding", 2, 4), ("deciding", 3, 4),
    ]


def test_what_is_left_unknown() -> None:
    """With gas for ten steps; the search goes further, and finds that it halts."""
    found = revise(parse_program("id"), code(parse_program("while(id, tl)")), 1,
                   window=[numeral(1), numeral(5)], gas=10)
    row = found.answers[1]
    assert (row[0].verdict, row[0].steps) == ("halts", 7)
    assert (row[1].verdict, row[1].value) == ("unknown", None)
    assert row[1].reason == "halts after 23 steps, more than the gas"
    assert not found.settled and found.agrees
    nothing = revise(parse_program("id"), code(parse_program("hd")), 0, window=[NIL], gas=0)
    assert nothing.answers[0][0].reason == "halts after 1 step, more than the gas"


def test_a_modifier_that_is_found_to_loop() -> None:
    found = revise(parse_program("while(id, id)"), TRUE, 3, window=[NIL])
    assert found.stuck == Answer("loops")
    assert not found.settled and found.agrees
    assert len(found.answers) == 1


def test_a_revision_that_comes_back_is_decided_once() -> None:
    found = revise(SWAPPED, code(parse_program("tl")), 5, window=NUMBERS)
    assert found.answers[0] is found.answers[2] is found.answers[4]
    assert found.answers[1] is found.answers[5] != found.answers[0]


def test_as_json() -> None:
    found = revise(GROW, code(IS_ZERO), 1, window=[TRUE])
    data = found.to_json()
    assert data.pop("composed") == {
        "program": repr(found.rewriting.composed), "size": size(found.rewriting.composed),
        "agrees": True, "steps": [found.composed[0].steps],  # type: ignore[union-attr]
    }
    assert data == {
        "modifier": "cons(quote 6, cons(quote <2.0>, id))", "rounds": 1, "complete": True,
        "window": ["1"],
        "revisions": [
            {
                "round": 0, "program": "if(id, quote 0, quote 1)", "size": 5, "steps": None,
                "questions": None,
                "decides": [{"verdict": "halts", "value": "0", "steps": 4}],
            },
            {
                "round": 1, "program": "then(tl, if(id, quote 0, quote 1))", "size": 7, "steps": 9,
                "questions": 0, "decides": [{"verdict": "halts", "value": "1", "steps": 6}],
            },
        ],
        "stuck": None, "repeats": None,
    }


def test_a_large_program_is_told_by_its_size() -> None:
    found = revise(parse_program("cons(id, id)"), code(parse_program("quote 1")), 30, gas=500)
    told = [row["program"] is not None for row in found.to_json()["revisions"]]
    assert told == [True] * 27 + [False] * 4
    assert found.to_json()["revisions"][30]["size"] == 249_855
    longer = revise(parse_program("cons(id, id)"), code(parse_program("quote 1")), 160, gas=500)
    assert longer.to_json()["revisions"][160]["size"] is None  # more than 2^64


def test_relative_to_a_set() -> None:
    """The same modifier and program in two layers."""
    modifier = parse_program("if(ask, quote <4.5>, id)")
    here = revise(modifier, code(IS_ZERO), 1, window=[NIL], oracle=FULL)
    there = revise(modifier, code(IS_ZERO), 1, window=[NIL], oracle=EMPTY)
    assert here.answers[1][0].value == numeral(5)
    assert there.answers[1][0].value == TRUE
    assert here.rewriting.composed == there.rewriting.composed
