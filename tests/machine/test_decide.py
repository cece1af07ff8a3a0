"""Deciding halting of small programs, with certificates."""

from __future__ import annotations

import json

import pytest

from checks.machine.certificate import Halting, Looping, Rejected, check, from_json
from checks.machine.decide import decide
from models.errors import BadInput
from models.machine import EMPTY, FULL, NIL, TRUE, Table, code, parse_program, parse_tree, programs
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
