"""Deciding halting of small programs, with certificates."""

from __future__ import annotations

import json

import pytest

from checks.machine.certificate import (
    Halting,
    Looping,
    QueryTree,
    Rejected,
    check,
    check_every,
    from_json,
)
from checks.machine.decide import decide, decide_every
from models.errors import BadInput
from models.machine import (
    EMPTY,
    FULL,
    NIL,
    TRUE,
    Table,
    Tree,
    code,
    parse_program,
    parse_tree,
    programs,
)
from models.machine.oracle import Decided
from models.machine.run import run

SET_NIL = Table({NIL: TRUE})
ALL_BUT_NIL = Table({NIL: NIL}, otherwise=TRUE)


@pytest.mark.parametrize(
    "text",
    [
        "while(id, id)",
        "while(id, cons(id, id))",
        # Grow without bound in ways that cutting off at a depth does not see at once.
        "while(hd, cons(while(tl, tl), id))",
        "while(id, if(hd, hd, cons(tl, id)))",
        # Come to rest on one subtree of the input.
        "while(hd, while(tl, tl))",
        "while(while(hd, tl), id)",
        "then(tl, then(tl, while(tl, id)))",
    ],
)
def test_loops_on_own_code(text: str) -> None:
    program = parse_program(text)
    decision = decide(program, code(program), gas=200)
    assert decision.verdict == "loops"
    assert decision.certificate is not None
    assert check(program, code(program), EMPTY, decision.certificate) == "loops"


def test_halting_comes_with_its_steps() -> None:
    decision = decide(parse_program("while(id, tl)"), parse_tree("2"))
    assert (decision.verdict, decision.steps) == ("halts", 11)
    assert decision.certificate == Halting(11)


def test_loop_behind_a_prefix_is_found() -> None:
    program = parse_program("then(cons(id, id), then(cons(id, hd), while(id, id)))")
    decision = decide(program, parse_tree("3"), gas=200)
    assert decision.verdict == "loops"


@pytest.mark.parametrize(
    ("text", "value", "oracle", "verdict"),
    [
        ("while(ask, id)", "nil", EMPTY, "halts"),
        ("while(ask, id)", "nil", FULL, "loops"),
        ("while(ask, id)", "nil", SET_NIL, "loops"),
        ("while(ask, id)", "1", SET_NIL, "halts"),
        ("while(ask, id)", "nil", ALL_BUT_NIL, "halts"),
        ("while(ask, cons(id, id))", "1", ALL_BUT_NIL, "loops"),
        ("while(ask, id)", "<1.2>", Table({parse_tree("<1.2>"): TRUE}), "loops"),
    ],
)
def test_oracles(text: str, value: str, oracle: Table, verdict: str) -> None:
    decision = decide(parse_program(text), parse_tree(value), oracle=oracle, gas=200)
    assert decision.verdict == verdict


def test_loops_relative_to_a_program_oracle_stay_unknown() -> None:
    oracle = Decided(parse_program("id"))
    decision = decide(parse_program("while(id, id)"), TRUE, oracle=oracle, gas=50)
    assert decision.verdict == "unknown"
    assert "out of gas" in decision.reason


def test_every_small_program_is_decided_on_its_own_code() -> None:
    for oracle in (EMPTY, FULL, SET_NIL):
        for size in range(1, 5):
            for program in programs(size):
                decision = decide(program, code(program), oracle=oracle, gas=200)
                assert decision.verdict != "unknown", program
                result = run(program, code(program), oracle=oracle, gas=3_000)
                assert (result.value is not None) == (decision.verdict == "halts")


def test_certificates_survive_json() -> None:
    for text in ("while(hd, cons(while(tl, tl), id))", "hd"):
        program = parse_program(text)
        decision = decide(program, code(program), gas=200)
        assert decision.certificate is not None
        again = from_json(json.loads(json.dumps(decision.certificate.to_json())))
        assert again == decision.certificate


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"kind": "faith"},
        {"kind": "replay", "steps": "3"},
        {"kind": "replay", "steps": True},
        {"kind": "automaton", "steps": 0, "transitions": [[0, 0]], "invariants": []},
        {"kind": "automaton", "steps": 0, "transitions": [], "invariants": [{"loop": "while("}]},
        {
            "kind": "automaton", "steps": 0, "transitions": [],
            "invariants": [{"loop": "while(", "state": 0, "states": []}],
        },
    ],
)
def test_what_is_no_certificate_is_bad_input(data: object) -> None:
    with pytest.raises(BadInput):
        from_json(data)


def test_replay_is_exact() -> None:
    program, value = parse_program("while(id, tl)"), parse_tree("2")
    for steps in (0, 10, 12, -1):
        with pytest.raises(Rejected):
            check(program, value, EMPTY, Halting(steps))
    with pytest.raises(Rejected):
        check(program, value, EMPTY, Looping(-1, ()))


@pytest.mark.parametrize(
    ("text", "value", "verdict"),
    [
        ("id", "nil", "halts"),
        ("if(ask, if(hd, ask, id), tl)", "3", "halts"),
        ("while(id, tl)", "4", "halts"),
        ("while(id, cons(ask, id))", "1", "loops"),
        ("while(if(ask, id, id), id)", "1", "loops"),
        ("if(ask, id, while(id, id))", "1", "depends"),
        ("while(ask, cons(id, id))", "1", "depends"),
        ("while(ask, tl)", "3", "depends"),
    ],
)
def test_every_oracle_at_once(text: str, value: str, verdict: str) -> None:
    program, tree = parse_program(text), parse_tree(value)
    decision = decide_every(program, tree, gas=200)
    assert decision.verdict == verdict
    if verdict == "depends":
        kinds = {
            check(program, tree, oracle, witness.certificate)
            for oracle, witness in decision.witnesses
            if witness.certificate is not None
        }
        assert kinds == {"halts", "loops"}
    else:
        assert decision.certificate is not None
        assert check_every(program, tree, decision.certificate) == verdict


def test_verdicts_for_every_oracle_hold_for_some() -> None:
    for size in range(1, 5):
        for program in programs(size):
            value = code(program)
            generic = decide_every(program, value, gas=200).verdict
            assert generic != "unknown"
            single = {
                decide(program, value, oracle=oracle, gas=200).verdict
                for oracle in (EMPTY, FULL, SET_NIL, ALL_BUT_NIL)
            }
            if generic != "depends":
                assert single == {generic}


@pytest.mark.parametrize(
    "runs",
    [
        (),
        (((NIL, False),),),
        (((NIL, False),), ((NIL, True),), ((NIL, True),)),
        (((NIL, False),), ((TRUE, True),)),
        (((TRUE, False),), ((TRUE, True),)),
        ((), ((NIL, True),)),
        (((NIL, False), (TRUE, False)), ((NIL, False), (TRUE, True)), ((NIL, True),)),
    ],
)
def test_query_tree_that_is_not_complete_or_not_the_programs_is_refused(
    runs: tuple[tuple[tuple[Tree, bool], ...], ...],
) -> None:
    with pytest.raises(Rejected):
        check_every(parse_program("ask"), NIL, QueryTree(runs))


def test_query_tree_of_the_program() -> None:
    tree = QueryTree((((NIL, False),), ((NIL, True),)))
    assert check_every(parse_program("ask"), NIL, tree) == "halts"


def test_certificate_for_one_oracle_is_not_one_for_all() -> None:
    program = parse_program("while(ask, id)")
    certificate = decide(program, NIL, oracle=FULL, gas=50).certificate
    assert isinstance(certificate, Looping)
    with pytest.raises(Rejected):
        check_every(program, NIL, certificate)
    with pytest.raises(Rejected):
        check_every(program, NIL, Looping(1, certificate.transitions, certificate.invariants))
