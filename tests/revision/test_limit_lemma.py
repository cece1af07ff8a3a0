"""The programs of the limit lemma, with values and steps worked out by hand."""

from __future__ import annotations

import re

import pytest

from checks.catalogue import card
from checks.machine.turing_jump import Jump
from checks.revision import limit_lemma
from checks.revision.limit_lemma import (
    LIST,
    LIST_STEPS,
    LOOP,
    STAGES,
    agreement,
    guessers,
    has_loop,
    searching,
)
from models.machine.diagonal import diagonal
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import Ask, code, decode, parse_program, size
from models.machine.run import run
from models.machine.semantics import Done, OutOfGas, evaluate
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, length, numeral, parse_tree
from models.machine.universal import ASK
from models.revision.limit_lemma import (
    ADVANCE,
    DECIDING_STEPS,
    SEARCH_END,
    SEARCH_ROUND,
    STEADY_STEPS,
    STOPPING_STEPS,
    change,
    changing,
    changing_gas,
    code_of_change,
    deciding,
    deciding_gas,
    guesser,
    guessing_gas,
    halts_within,
    last_stage,
    same_guess,
    settling_stage,
    stage_cost,
    stage_jump,
    steady,
    stopping,
)

ZERO_AND_TWO = Table({NIL: TRUE, numeral(2): TRUE})
IN_SET = parse_program("then(tl, ask)")
"""Guesses whether the stage is in the set: yes, no, yes, no, no, …; each time in three steps."""

MODULUS = 3
JUMP = Jump(ZERO_AND_TWO)
X = parse_tree("<1.<2.0>>")


def at(stage: int, x: Tree = X) -> Tree:
    return Pair(x, numeral(stage))


# Searching for a change


def test_the_next_stage() -> None:
    assert run(ADVANCE, at(4)).value == at(5)
    assert run(ADVANCE, at(4)).steps == 9


def test_whether_two_guesses_are_the_same() -> None:
    """If of three steps for the guess and two for itself, then the next stage, which takes nine,
    and a guess, with one for each Then; after a no the answer is turned round, in five more."""
    answers = [run(same_guess(IN_SET), at(stage), oracle=ZERO_AND_TWO) for stage in range(5)]
    assert [found.value for found in answers] == [FALSE, FALSE, FALSE, TRUE, TRUE]
    assert [found.steps for found in answers] == [18, 23, 18, 23, 23]


@pytest.mark.parametrize("stage", range(7))
def test_the_search_ends_where_the_guess_changes(stage: int) -> None:
    found = run(changing(IN_SET), at(stage), oracle=ZERO_AND_TWO, gas=3_000)
    if stage < MODULUS:
        assert found.value == at(stage)  # each of these guesses is another one than the next
        assert found.steps <= changing_gas(lambda _: 3, stage, MODULUS)
    else:
        assert found.value is None


def test_the_search_goes_over_guesses_that_are_the_same() -> None:
    five = Table({numeral(5): TRUE})
    assert run(changing(IN_SET), at(1), oracle=five).value == at(4)
    assert run(changing(IN_SET), at(1), oracle=five).steps <= changing_gas(lambda _: 3, 1, 5)


def test_what_a_search_may_cost() -> None:
    """For each stage its guess, the next one, and 40."""
    assert changing_gas(lambda stage: 10 * stage, 2, 4) == (20 + 30 + 40) + (30 + 40 + 40)
    assert changing_gas(lambda _: 3, 4, 4) == changing_gas(lambda _: 3, 5, 4) == 0


def test_the_stage_built_in() -> None:
    assert repr(change(Ask(), at(1, NIL))) == (
        "then(quote 2, while(if(ask, then(cons(hd, cons(quote 0, tl)), ask), "
        "then(cons(hd, cons(quote 0, tl)), then(ask, if(id, quote 0, quote 1)))), "
        "cons(hd, cons(quote 0, tl))))"
    )
    for x in (NIL, X):
        assert run(change(IN_SET, at(0)), x, oracle=ZERO_AND_TWO).value == at(0)


@pytest.mark.parametrize("text", ["id", "then(tl, ask)", "if(tl, quote <1.2>, while(tl, hd))"])
def test_the_code_of_a_search_is_made(text: str) -> None:
    """Three pairs, each in three steps, of four parts in one step each."""
    h = parse_program(text)
    for tree in (NIL, at(3), X):
        found = run(code_of_change(h), tree)
        assert found.value == code(change(h, tree))
        assert found.steps == 13
        assert decode(found.value) == change(h, tree)


# Deciding the limit from the jump


def test_the_last_stage_is_found_with_the_jump() -> None:
    found = run(settling_stage(IN_SET), at(0), oracle=JUMP)
    assert found.value == at(MODULUS)
    assert found.steps == SEARCH_ROUND * MODULUS + SEARCH_END
    assert found.queries == tuple(
        (code(change(IN_SET, at(stage))), TRUE if stage < MODULUS else FALSE)
        for stage in range(MODULUS + 1)
    )


def test_the_last_stage_as_a_function() -> None:
    assert last_stage(JUMP, IN_SET, X, 0, MODULUS) == MODULUS
    assert last_stage(JUMP, IN_SET, X, 0, MODULUS + 9) == MODULUS  # as the jump says
    assert last_stage(JUMP, IN_SET, X, 0, 1) == 1  # no later than the modulus
    assert last_stage(JUMP, IN_SET, X, 5, 4) == 5


@pytest.mark.parametrize("x", [NIL, X])
def test_the_limit_is_decided(x: Tree) -> None:
    """Of the guess, the question takes 26 steps instead of one."""
    found = run(deciding(IN_SET), x, oracle=JUMP)
    assert found.value == FALSE
    guess = 3 + 26 - 1
    search = SEARCH_ROUND * MODULUS + SEARCH_END
    assert search + guess < found.steps <= search + DECIDING_STEPS + guess + 1
    assert found.steps <= deciding_gas(ZERO_AND_TWO, JUMP, IN_SET, lambda _: 3, x, MODULUS)


@pytest.mark.parametrize(
    ("h", "oracle", "x", "limit"),
    [
        ("then(hd, ask)", ZERO_AND_TWO, numeral(2), TRUE),
        ("then(hd, ask)", ZERO_AND_TWO, numeral(1), FALSE),
        ("if(tl, quote true, quote false)", EMPTY, NIL, TRUE),
        ("if(then(tl, tl), then(hd, ask), quote true)", EMPTY, NIL, FALSE),
        ("if(then(tl, tl), then(hd, ask), quote true)", FULL, NIL, TRUE),
        ("then(tl, ask)", FULL, NIL, TRUE),
        ("then(tl, ask)", Table({numeral(6): FALSE}, TRUE), NIL, TRUE),
    ],
)
def test_limits_known_by_hand(h: str, oracle: Table, x: Tree, limit: Tree) -> None:
    assert run(deciding(parse_program(h)), x, oracle=Jump(oracle)).value == limit


def test_the_program_asks_the_jump_about_the_set_too() -> None:
    """It has no oracle but the jump: what the guess asks is asked as an absence."""
    h = parse_program("then(hd, ask)")
    found = run(deciding(h), numeral(2), oracle=JUMP)
    search, absent = (question for question, _ in found.queries)
    assert decode(search) == change(h, at(0, numeral(2)))
    assert repr(decode(absent)) == "while(then(quote 2, ask), id)"


# Guessing what is decided from the jump


def test_what_is_known_of_the_jump_in_a_stage() -> None:
    known = [stage_jump(EMPTY, stage, LIST) for stage in range(LIST_STEPS + 3)]
    assert known == [FALSE] * LIST_STEPS + [TRUE] * 3
    assert stage_jump(EMPTY, 500, LOOP) == FALSE
    asks = code(parse_program("while(ask, id)"))
    assert [stage_jump(EMPTY, 3, asks), stage_jump(FULL, 3, asks)] == [TRUE, FALSE]


@pytest.mark.parametrize("tree", [NIL, LIST, LOOP, code(parse_program("while(ask, id)"))])
@pytest.mark.parametrize("oracle", [EMPTY, FULL])
def test_that_is_found_out_by_a_program(tree: Tree, oracle: Oracle) -> None:
    for stage in (0, 1, 3, LIST_STEPS):
        found = run(halts_within(ASK), Pair(numeral(stage), tree), oracle=oracle)
        assert found.value == stage_jump(oracle, stage, tree)
        assert found.steps == stage_cost(oracle, numeral(stage), tree)


def guesses(p: str, x: Tree, stages: int, oracle: Oracle = EMPTY) -> str:
    """The guesses of the guesser of a program: + for true, - for false."""
    said = {TRUE: "+", FALSE: "-", None: "?"}
    return "".join(
        said[run(guesser(parse_program(p)), at(stage, x), oracle=oracle).value]
        for stage in range(stages)
    )


@pytest.mark.parametrize(
    ("p", "x", "expected"),
    [
        ("ask", NIL, "-+++"),
        ("ask", LIST, "-" * 11 + "++"),
        ("ask", LOOP, "-" * 13),
        # The complement: yes from the fourth step on, and no when the tree is seen to halt
        ("if(ask, quote false, quote true)", LIST, "----" + "+" * 7 + "--"),
        ("if(ask, quote false, quote true)", LOOP, "----" + "+" * 9),
        ("quote true", X, "-+++"),
        ("quote false", X, "----"),
        # Every value but nil counts as yes
        ("quote 2", X, "-+++"),
        ("while(quote true, id)", X, "-" * 9),
        # It halts if the jump says no of 0, in three steps: so it does not from stage 1 on.
        ("while(then(quote 0, ask), quote true)", X, "-" * 9),
    ],
)
def test_guesses_stage_by_stage(p: str, x: Tree, expected: str) -> None:
    assert guesses(p, x, len(expected)) == expected


def test_guesses_depend_on_the_oracle() -> None:
    asks = code(parse_program("while(ask, id)"))
    assert guesses("ask", asks, 6) == "---+++"
    assert guesses("ask", asks, 6, FULL) == "------"


@pytest.mark.parametrize("p", ["ask", "cons(ask, then(hd, ask))", "while(ask, id)", "id"])
@pytest.mark.parametrize("x", [NIL, LIST, LOOP])
def test_a_guess_costs_no_more_than_is_said(p: str, x: Tree) -> None:
    program = parse_program(p)
    for stage in range(6):
        enough = guessing_gas(EMPTY, program, x, numeral(stage))
        assert run(guesser(program), at(stage, x)).steps <= enough


def test_only_the_length_of_the_stage_matters() -> None:
    for clock in (numeral(11), parse_tree("[<1.2>, 3, 0, [1], 0, 0, 1, 2, 3, 4, 5]")):
        assert length(clock) == 11
        assert run(guesser(Ask()), Pair(LIST, clock)).value == TRUE


# Moduli, and guesses that never change


def test_stopping_in_a_stage_to_the_step() -> None:
    program = stopping(parse_program("quote 3"), IN_SET)
    assert repr(program) == "then(cons(id, quote 3), then(tl, ask))"
    assert evaluate(ZERO_AND_TWO, program, X, 1 + 3 + STOPPING_STEPS) == Done(FALSE, 0)
    assert evaluate(ZERO_AND_TWO, program, X, 1 + 3 + STOPPING_STEPS - 1) == OutOfGas()
    early = stopping(parse_program("quote 2"), IN_SET)
    assert run(early, X, oracle=ZERO_AND_TWO).value == TRUE


def test_steady_guesses_to_the_step() -> None:
    assert repr(steady(Ask())) == "then(hd, ask)"
    for w in (NIL, numeral(7), X):
        assert evaluate(ZERO_AND_TWO, steady(Ask()), Pair(NIL, w), 1 + STEADY_STEPS) == Done(
            TRUE, 0
        )
        assert evaluate(ZERO_AND_TWO, steady(Ask()), Pair(NIL, w), STEADY_STEPS) == OutOfGas()


def test_the_numbers_on_the_cards() -> None:
    (said,) = re.findall(r"within n \+ c\(m\) \+ (\d+) steps", card("computable-modulus").statement)
    assert int(said) == STOPPING_STEPS
    (latex,) = re.findall(r"n\+c\(m\)\+(\d+)", card("computable-modulus").latex)
    assert latex == said


# The separation, at work


@pytest.mark.parametrize("p", ["quote false", "quote true", "ask", "then(hd, ask)", "id"])
def test_the_guesser_is_right_where_the_program_is_wrong(p: str) -> None:
    """At the diagonal of a program, from the stage on in which that is seen to halt."""
    program = parse_program(p)
    own = code(diagonal(program))
    jump = Jump(EMPTY)
    said = run(program, own, gas=500).value
    assert said is not None and (said == FALSE) == (jump(own) == TRUE)
    stage = jump.steps(own)
    assert run(guesser(Ask()), at(stage, own)).value == jump(own)
    assert run(guesser(Ask()), at(stage + 5, own)).value == jump(own)


@pytest.mark.parametrize(
    ("p", "x", "limit", "stages"),
    [("quote true", X, TRUE, 2), ("ask", LOOP, FALSE, 1), ("ask", NIL, TRUE, 2)],
)
def test_both_ways_round(p: str, x: Tree, limit: Tree, stages: int) -> None:
    """What p decides from the jump, its guesser guesses in the limit, and that limit is decided
    from the jump again: by questions about searches for a change in what an interpreter says."""
    jump = Jump(EMPTY)
    program = parse_program(p)
    assert run(program, x, oracle=jump).value == limit
    found = run(deciding(guesser(program)), x, oracle=jump)
    assert found.value == limit
    asked = [question for question, _ in found.queries[:stages]]
    assert asked == [code(change(guesser(program), at(stage, x))) for stage in range(stages)]
    assert [answer for _, answer in found.queries[:stages]] == [TRUE] * (stages - 1) + [FALSE]


# What the finite checks go through


def test_the_guessers_of_the_checks_are_what_they_are_said_to_be() -> None:
    found = guessers()
    assert len(found) > 90
    loops = [guessed for guessed in found if has_loop(guessed.h)]
    assert len(loops) == 5
    assert {guessed.m for guessed in found} >= {0, 1, 2, 3}
    assert {guessed.b for guessed in found} == {FALSE, TRUE}
    for guessed in found:
        late = [
            run(guessed.h, at(stage, guessed.x), oracle=guessed.f).value
            for stage in (guessed.m, guessed.m + 1, STAGES, 3 * STAGES, 40)
        ]
        assert late == [guessed.b] * 5
        if guessed.m > 0:
            before = run(guessed.h, at(guessed.m - 1, guessed.x), oracle=guessed.f).value
            assert before not in (None, guessed.b)
    sizes = [size(guessed.h) for guessed in found if not has_loop(guessed.h)]
    assert min(sizes) == 1 and max(sizes) == 4


@pytest.mark.parametrize(("n", "m", "b"), [(0, 3, TRUE), (2, 1, TRUE), (3, 0, FALSE)])
def test_the_search_for_a_member(n: int, m: int, b: Tree) -> None:
    found = searching(n)
    assert (found.m, found.b) == (m, b)


def test_an_error_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert agreement().verdict == "exhausted"
    early = parse_program("quote 0")
    monkeypatch.setattr(limit_lemma, "stopping", lambda q, h: stopping(early, h))
    found = agreement()
    assert found.verdict == "refuted"
    assert found.counterexample is not None
    assert found.counterexample["stopping"] != found.counterexample["deciding"]
