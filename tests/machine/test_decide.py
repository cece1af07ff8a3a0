"""Deciding halting of small programs, with certificates."""

from __future__ import annotations

import json

import pytest

from checks.machine.certificate import (
    Cycle,
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
    Oracle,
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


PAIRS = Decided(parse_program("id"))
"""The set of all pairs."""


class Echo(Oracle):
    """Answers each question with itself: no set."""

    def __call__(self, argument: Tree, /) -> Tree:
        return argument


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("while(id, id)", "1", Cycle),
        ("while(ask, id)", "1", Cycle),
        ("while(ask, cons(id, id))", "nil", Halting),
        ("while(id, cons(ask, id))", "1", Looping),
        ("then(ask, while(id, cons(id, ask)))", "2", Looping),
        # The loop is entered because of an answer; on the other one there is none.
        ("if(ask, while(id, cons(ask, id)), id)", "2", Looping),
    ],
)
def test_oracle_decided_by_a_program(text: str, value: str, kind: type) -> None:
    program, tree = parse_program(text), parse_tree(value)
    decision = decide(program, tree, oracle=PAIRS, gas=100)
    assert isinstance(decision.certificate, kind)
    assert check(program, tree, PAIRS, decision.certificate) == decision.verdict


def test_growing_loop_that_the_answers_decide_stays_unknown() -> None:
    # That every pair is in the set is more than the answers' being true or false says.
    decision = decide(parse_program("while(ask, cons(id, id))"), TRUE, oracle=PAIRS, gas=100)
    assert decision.verdict == "unknown"
    assert decision.reason == (
        "out of gas after 100 steps, without a cycle, and no automaton was found"
    )


def test_oracle_that_is_no_set() -> None:
    at_rest = decide(parse_program("while(ask, id)"), TRUE, oracle=Echo(), gas=50)
    assert isinstance(at_rest.certificate, Cycle)
    program = parse_program("while(id, cons(ask, id))")
    growing = decide(program, TRUE, oracle=Echo(), gas=50)
    assert growing.verdict == "unknown"
    assert growing.reason.endswith("the oracle is not known to be a set")
    certificate = decide(program, TRUE, oracle=PAIRS, gas=50).certificate
    assert isinstance(certificate, Looping)
    with pytest.raises(Rejected, match="for sets and for finite and cofinite oracles only"):
        check(program, TRUE, Echo(), certificate)


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        # Kept are the states after 0, 1, 2, 4, 8, … steps.
        ("while(id, id)", "1", Cycle(4, 4)),
        ("then(tl, while(id, id))", "<nil.1>", Cycle(4, 4)),
        ("while(hd, if(tl, tl, id))", "<1.<1.<1.nil>>>", Cycle(16, 7)),
        ("while(id, while(hd, tl))", "<nil.nil>", Cycle(8, 6)),
    ],
)
def test_cycle_is_found(text: str, value: str, expected: Cycle) -> None:
    program, tree = parse_program(text), parse_tree(value)
    decision = decide(program, tree)
    assert (decision.verdict, decision.steps) == ("loops", None)
    assert decision.certificate == expected


def test_cycle_is_searched_for_as_long_as_there_is_gas() -> None:
    program, tree = parse_program("while(id, id)"), TRUE
    assert decide(program, tree, gas=8).certificate == Cycle(4, 4)
    # The steps after which nothing was found are followed by automata.
    assert isinstance(decide(program, tree, gas=7).certificate, Looping)


def test_cycle_is_exact() -> None:
    program = parse_program("while(id, id)")
    assert check(program, TRUE, EMPTY, Cycle(0, 4)) == "loops"
    for certificate, reason in (
        (Cycle(-1, 4), "no negative number of steps"),
        (Cycle(0, 0), "a positive number of steps"),
        (Cycle(0, -4), "a positive number of steps"),
        (Cycle(1, 3), "over after 1 steps, or in another state after 4"),
    ):
        with pytest.raises(Rejected, match=reason):
            check(program, TRUE, EMPTY, certificate)


def test_cycle_is_of_the_whole_state_and_of_the_oracle() -> None:
    # Both times the head is tested; what is left of the list is on the stack.
    with pytest.raises(Rejected, match="in another state after 6"):
        check(parse_program("while(hd, tl)"), parse_tree("<1.<1.nil>>"), EMPTY, Cycle(2, 4))
    program = parse_program("while(if(ask, quote nil, id), id)")
    certificate = decide(program, TRUE).certificate
    assert isinstance(certificate, Cycle)
    with pytest.raises(Rejected):
        check(program, TRUE, FULL, certificate)


def test_every_small_program_is_decided_on_its_own_code() -> None:
    for oracle in (EMPTY, FULL, SET_NIL):
        for size in range(1, 5):
            for program in programs(size):
                decision = decide(program, code(program), oracle=oracle, gas=200)
                assert decision.verdict != "unknown", program
                result = run(program, code(program), oracle=oracle, gas=3_000)
                assert (result.value is not None) == (decision.verdict == "halts")


def test_certificates_survive_json() -> None:
    for text, kind in (
        ("while(hd, cons(while(tl, tl), id))", Looping), ("hd", Halting), ("while(id, id)", Cycle)
    ):
        program = parse_program(text)
        decision = decide(program, code(program), gas=200)
        assert isinstance(decision.certificate, kind)
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
        {"kind": "cycle", "steps": 0},
        {"kind": "cycle", "steps": 0, "period": 4.0},
        {"kind": "cycle", "steps": "0", "period": 4},
        {"kind": "automaton", "steps": 0, "transitions": [[0, 0]]},
        {"kind": "automaton", "steps": 0, "transitions": [[0, 0, "1"]]},
        {"kind": "automaton", "steps": 0},
    ],
)
def test_what_is_no_certificate_is_bad_input(data: object) -> None:
    with pytest.raises(BadInput) as refused:
        from_json(data)
    assert "Error(" not in str(refused.value)


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
    program = parse_program("while(ask, cons(id, id))")
    certificate = decide(program, NIL, oracle=FULL, gas=50).certificate
    assert isinstance(certificate, Looping)
    with pytest.raises(Rejected):
        check_every(program, NIL, certificate)
    with pytest.raises(Rejected):
        check_every(program, NIL, Looping(1, certificate.transitions))
