"""What claims ask is answered exactly, or not at all."""

from __future__ import annotations

import inspect
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.claims import (
    EMPTY,
    FALSE,
    FULL,
    NIL,
    TRUE,
    computes,
    deciders,
    decides,
    guess,
    halts,
    jump,
    limit,
    modulus,
    note,
    numeral,
    steps,
    uses,
    value,
)
from checks.claims.claim import Undecided
from checks.claims.deciders import _run, recorded
from checks.claims.generators import ORACLES, PROGRAMS, TREES, parse_oracle
from checks.exhaust import trees_to
from checks.machine.decide import Decision
from models.errors import BadInput
from models.machine.program import Ask, Id, Program, Then, code, parse_program
from models.machine.run import run
from models.machine.tree import pairs
from models.revision.limit_lemma import steady

GAS = 3_000


def program(text: str):
    return parse_program(text)


# No open instance is known of this size; if one is found, a looping verdict is not tested on it.
@given(st.integers(1, 6), st.integers(0, 3), st.integers(0, 3), st.data())
def test_against_the_machine(size: int, tree_size: int, weight: int, data: st.DataObject) -> None:
    def drawn(space, count):
        return space.at(count, data.draw(st.integers(0, space.count(count) - 1)))

    p, x, f = drawn(PROGRAMS, size), drawn(TREES, tree_size), drawn(ORACLES, weight)
    made = run(p, x, oracle=f, gas=GAS)
    try:
        answer = halts(p, x, f)
    except Undecided:
        return
    if made.value is not None:
        assert answer
        assert value(p, x, f) == made.value
        assert steps(p, x, f) == made.steps
        assert uses(p, x, f) == tuple(question for question, _ in made.queries)
    elif not answer:
        assert value(p, x, f) is steps(p, x, f) is uses(p, x, f) is None
    else:
        taken = steps(p, x, f)
        assert taken is not None and taken > GAS


def test_sets_and_functions_on_a_window() -> None:
    window = list(trees_to(2))
    nonempty = program("if(id, quote 1, quote 0)")
    assert decides(nonempty, lambda tree: pairs(tree) > 0, window)
    assert not decides(nonempty, lambda tree: pairs(tree) > 1, window)
    assert decides(nonempty, [tree for tree in window if tree != NIL], window)
    assert decides(program("ask"), FULL, window, FULL)
    assert not decides(program("id"), FULL, window), "its value is no truth value"
    assert computes(program("then(hd, tl)"), program("then(id, then(hd, tl))"), window)
    loops = program("while(id, id)")
    assert computes(loops, lambda tree: NIL if tree == NIL else None, window)
    assert not computes(loops, lambda tree: NIL, window)


def test_the_jump() -> None:
    halting, looping = program("hd"), program("while(quote 1, id)")
    K = jump()
    assert code(halting) in K
    assert code(looping) not in K
    # It halts on itself if and only if the oracle has its code.
    asks = program("if(ask, id, while(quote 1, id))")
    assert (code(asks) in jump(FULL), code(asks) in jump(EMPTY)) == (True, False)
    assert halts(asks, code(halting), K)
    assert not halts(asks, code(looping), K)


def test_an_open_question_is_not_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciders, "_search", lambda *_, **__: Decision("unknown", reason="no"))
    deciders._remembered.cache_clear()
    p = program("while(id, cons(id, id))")
    for ask in (halts, value, steps, uses):
        with pytest.raises(Undecided, match="undecided whether while"):
            ask(p, TRUE)
    with pytest.raises(Undecided):
        _ = code(p) in jump()
    # A window with a difference on another tree is decided all the same.
    with pytest.raises(Undecided):
        computes(p, lambda tree: NIL, [TRUE])
    deciders._remembered.cache_clear()


def test_limits_of_guessers() -> None:
    # yes in stage 0 and 1, no from stage 2 on: the stage is the tail.
    changing = program("if(then(tl, tl), quote 0, quote 1)")
    assert [guess(changing, NIL, stage) for stage in range(4)] == [TRUE, TRUE, FALSE, FALSE]
    assert (limit(changing, NIL), modulus(changing, NIL)) == (False, 2)
    never = steady(program("if(id, quote 1, quote 0)"))
    assert (limit(never, TRUE), modulus(never, TRUE)) == (True, 0)
    assert limit(never, NIL) is False
    assert limit(program("tl"), NIL) is True, "a number other than 0 is a yes"
    late = program("if(then(tl, then(tl, tl)), while(quote 1, id), quote 1)")
    assert limit(late, NIL) is None, "it has no guess in stage 3"


def test_a_guesser_that_may_have_no_guess_is_not_given_a_limit() -> None:
    """The search for a change goes on for ever, too, where a guess is missing."""
    far = program("then(then(tl, while(then(tl, hd), tl)), quote 1)")
    with pytest.raises(Undecided, match="have a value in every stage"):
        limit(far, NIL)
    assert limit(far, NIL, total=True) is True


def test_a_guesser_without_limit_is_not_given_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """yes in even stages, no in odd ones: it is for others to say that there is none."""
    monkeypatch.setattr(deciders, "MOST_STAGES", 9)
    parity = program(
        "then(then(tl, cons(quote 1, id)), then("
        "while(tl, cons(if(hd, quote 0, quote 1), then(tl, tl))), hd))"
    )
    assert [guess(parity, NIL, stage) for stage in range(4)] == [TRUE, FALSE, TRUE, FALSE]
    with pytest.raises(Undecided, match="change after stage 8"):
        limit(parity, NIL, total=True)


def test_what_is_no_program_is_an_error() -> None:
    with pytest.raises(TypeError, match="is no program"):
        halts(NIL, NIL)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"numeral\(n\) is the tree of a number"):
        halts(program("id"), 3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="is no oracle"):
        halts(program("id"), NIL, lambda tree: tree)  # type: ignore[arg-type]


def test_events_of_a_replay() -> None:
    with recorded() as events:
        halts(program("while(id, id)"), TRUE)
        value(program("hd"), numeral(2), parse_oracle("set:1"))
        decides(program("ask"), lambda tree: True, trees_to(1))
        limit(steady(program("if(id, quote 1, quote 0)")), NIL)
    assert [(event.question, event.answer) for event in events] == [
        ("does while(id, id) halt on 1?", "no"),
        ("the value of hd on 2, relative to set:<nil.nil>?", "0"),
        ("ask decides the set on 2 trees?", "no: on 0 it has 0, and should 1"),
        ("the limit of then(hd, if(id, quote 1, quote 0)) at 0?", "no"),
    ]
    assert events[0].evidence == "a certificate (cycle) that it does not halt"
    halts(program("id"), NIL)
    assert len(events) == 4


def test_a_replay_tells_of_the_first_questions_and_counts_the_others() -> None:
    with recorded() as events:
        for number in range(deciders.MOST_EVENTS + 3):
            halts(program("id"), numeral(number))
        note("numbers that were asked about", number + 1)
    assert len(events) == deciders.MOST_EVENTS + 2
    assert [event.question for event in events[-3:]] == [
        f"does id halt on {deciders.MOST_EVENTS - 1}?",
        "and 3 more questions",
        "numbers that were asked about:",
    ]


def test_a_replay_tells_of_questions_to_a_jump_and_of_notes() -> None:
    loop = program("while(id, id)")
    with recorded() as events:
        assert code(loop) not in jump()
        assert value(program("ask"), code(loop), jump()) == FALSE
        assert note("the share", Fraction(1, 3)) == Fraction(1, 3)
    assert [(event.question, event.answer) for event in events] == [
        ("is while(id, id) in the jump of empty?", "no"),
        (f"the value of ask on {code(loop)!r}, relative to the jump of empty?", "0"),
        ("the share:", "1/3"),
    ]
    assert events[0].evidence == "a certificate (cycle) that it does not halt"


def test_windows_by_name_and_what_is_none() -> None:
    ask, members = program("ask"), parse_oracle("set:1,3")
    assert decides(ask, members, "numbers:9", members)
    assert decides(ask, [numeral(1), numeral(3)], "numbers:9", members)
    assert not decides(ask, [numeral(1)], "numbers:9", members)
    assert decides(ask, [numeral(1)], "numbers:2", members)
    assert computes(program("hd"), program("hd"), "pairs:2")
    with pytest.raises(TypeError, match="the members are an oracle, a function or trees"):
        decides(ask, "set:1,3", "numbers:9", members)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"\[1, 2\]; a window is trees, or a text such as"):
        decides(ask, members, [1, 2])  # type: ignore[list-item]
    with pytest.raises(BadInput, match="unknown window 'letters:3'"):
        decides(ask, members, "letters:3")
    with pytest.raises(TypeError, match=r"'full' is no oracle; parse_oracle"):
        halts(ask, NIL, "full")  # type: ignore[arg-type]


def test_what_is_asked_is_told_once_at_any_height_of_the_stack() -> None:
    """A run that Python's stack is too small for is begun again, with nothing asked so far."""
    program: Program = Id()
    for _ in range(300):
        program = Then(program, Id())
    program = Then(Ask(), program)
    assert len(run(program, NIL).queries) == 1

    def below(levels: int) -> tuple[int, ...]:
        if levels:
            return below(levels - 1)
        found = _run(program, NIL, EMPTY, 2_000)
        assert found is not None
        return (found.steps, len(found.questions))

    room = sys.getrecursionlimit() - 150
    used = len(inspect.stack())
    for levels in range(0, room - used, 50):
        assert below(levels) == (run(program, NIL).steps, 1)
