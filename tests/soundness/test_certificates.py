"""Damaged evidence is refused: no certificate is accepted for a program that halts."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checks.machine.certificate import Halting, Looping, Rejected, check
from checks.machine.decide import decide
from models.machine import EMPTY, NIL, TRUE, Program, Table, Tree, code, programs
from models.machine.run import run

ORACLES = (EMPTY, Table(otherwise=TRUE), Table({NIL: TRUE}))
SMALL = [program for size in range(1, 5) for program in programs(size)]
LOOPING = [
    (program, decision.certificate)
    for program in SMALL
    if (decision := decide(program, code(program), gas=100)).verdict == "loops"
    and isinstance(decision.certificate, Looping)
]
LOOPS = [program for program in SMALL if "while" in repr(program)]
HALTING = [p for p in LOOPS if run(p, code(p), gas=1_000).value is not None]


def accepted(program: Program, value: Tree, oracle: Table, certificate: Looping) -> bool:
    try:
        return check(program, value, oracle, certificate) == "loops"
    except Rejected:
        return False


@st.composite
def damaged(draw: st.DrawFn) -> Looping:
    """A real certificate with a few parts changed, dropped or added, for whatever program."""
    _, certificate = draw(st.sampled_from(LOOPING))
    rows = list(certificate.transitions)
    classes = st.integers(-1, 4)
    for _ in range(draw(st.integers(0, 3))):
        action = draw(st.sampled_from(["flip", "drop", "add"]))
        if action != "add" and not rows:
            continue
        at = draw(st.integers(0, max(len(rows) - 1, 0)))
        if action == "drop":
            del rows[at]
        else:
            row = (draw(classes), draw(classes), draw(classes))
            rows[at : at + (action == "flip")] = [row]
    loop = draw(st.sampled_from(LOOPS))
    invariants = {
        **certificate.invariants,
        **{(loop, draw(classes)): tuple(draw(st.lists(classes, max_size=4))) for _ in range(2)},
    }
    return Looping(draw(st.integers(0, 6)), tuple(rows), invariants)


@settings(max_examples=400, deadline=None)
@given(damaged(), st.sampled_from(HALTING))
def test_no_certificate_is_accepted_for_a_program_that_halts(
    certificate: Looping, program: Program
) -> None:
    for loop in LOOPS[:3]:
        certificate = Looping(
            certificate.steps,
            certificate.transitions,
            {**certificate.invariants, (loop, 1): (0, 1)},
        )
    assert not accepted(program, code(program), EMPTY, certificate)


@settings(max_examples=300, deadline=None)
@given(
    damaged(), st.sampled_from(LOOPS), st.sampled_from(LOOPS), st.sampled_from(ORACLES)
)
def test_certificate_for_another_program_input_or_oracle(
    certificate: Looping, program: Program, other: Program, oracle: Table
) -> None:
    result = run(program, code(other), oracle=oracle, gas=500)
    assume(result.value is not None)
    assert not accepted(program, code(other), oracle, certificate)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(HALTING), st.integers(-5, 200))
def test_replay_with_another_number_of_steps_is_refused(program: Program, steps: int) -> None:
    result = run(program, code(program), gas=1_000)
    assume(steps != result.steps)
    try:
        check(program, code(program), EMPTY, Halting(steps))
    except Rejected:
        return
    raise AssertionError("accepted")


def test_replay_of_a_loop_is_refused() -> None:
    for program, _ in LOOPING:
        try:
            check(program, code(program), EMPTY, Halting(500))
        except Rejected:
            continue
        raise AssertionError("accepted")
