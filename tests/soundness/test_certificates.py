"""Damaged evidence is refused: no certificate is accepted for a program that halts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checks.machine.certificate import Cycle, Halting, Looping, Rejected, check
from checks.machine.decide import decide
from models.machine import EMPTY, NIL, TRUE, Oracle, Program, Table, Tree, code, programs
from models.machine.automaton import StateList, accepts, transitions
from models.machine.automaton import states as states_of
from models.machine.oracle import Decided
from models.machine.program import Hd, Id
from models.machine.run import run, trace
from models.machine.semantics import State
from models.machine.tree import trees

ORACLES = (EMPTY, Table(otherwise=TRUE), Table({NIL: TRUE}))
DECIDED = (Decided(Id()), Decided(Hd()))
WITH_A_LOOP = [
    program for size in range(1, 6) for program in programs(size) if "while" in repr(program)
]
FOUND = [
    (program, certificate)
    for program in WITH_A_LOOP
    if (certificate := decide(program, code(program), gas=100).certificate) is not None
]
LOOPING = [(program, found) for program, found in FOUND if isinstance(found, Looping)]
CYCLES = [(program, found) for program, found in FOUND if isinstance(found, Cycle)]
LOOPS = WITH_A_LOOP[:35]
"""Those of size 3 and 4."""
INPUTS = [tree for pairs in range(4) for tree in trees(pairs)]
HALTING = [p for p in LOOPS if run(p, code(p), gas=1_000).value is not None]


def accepted(
    program: Program, value: Tree, oracle: Oracle, certificate: Looping | Cycle
) -> bool:
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
    return Looping(draw(st.integers(0, 6)), tuple(rows))


@settings(max_examples=400, deadline=None)
@given(damaged(), st.sampled_from(HALTING))
def test_no_certificate_is_accepted_for_a_program_that_halts(
    certificate: Looping, program: Program
) -> None:
    assert not accepted(program, code(program), EMPTY, certificate)


@settings(max_examples=400, deadline=None)
@given(
    damaged(), st.sampled_from(HALTING),
    st.dictionaries(
        st.tuples(st.sampled_from(LOOPS), st.integers(-1, 4)),
        st.lists(st.integers(-1, 4), max_size=4),
    ),
)
def test_no_invariants_make_the_acceptance_function_accept_a_program_that_halts(
    certificate: Looping, program: Program, proposed: dict[tuple[Program, int], list[int]]
) -> None:
    automaton = transitions(certificate.transitions)

    def invariants(loop: Program) -> Callable[[int], StateList]:
        return lambda state: states_of(proposed.get((loop, state), []))

    assert not accepts(
        automaton, EMPTY, lambda state: states_of([0]), invariants,
        program, code(program), certificate.steps,
    )


@settings(max_examples=300, deadline=None)
@given(
    damaged(), st.sampled_from(LOOPS), st.sampled_from(LOOPS), st.sampled_from(ORACLES + DECIDED)
)
def test_certificate_for_another_program_input_or_oracle(
    certificate: Looping, program: Program, other: Program, oracle: Oracle
) -> None:
    result = run(program, code(other), oracle=oracle, gas=500)
    assume(result.value is not None)
    assert not accepted(program, code(other), oracle, certificate)


@st.composite
def damaged_cycles(draw: st.DrawFn) -> Cycle:
    """A real cycle, with other numbers of steps or with its own."""
    _, certificate = draw(st.sampled_from(CYCLES))
    more = st.integers(-8, 40)
    return Cycle(certificate.steps + draw(more), certificate.period + draw(st.just(0) | more))


@settings(max_examples=1_000, deadline=None)
@given(
    damaged_cycles(), st.sampled_from(WITH_A_LOOP), st.sampled_from(INPUTS),
    st.sampled_from(ORACLES + DECIDED),
)
def test_no_cycle_is_accepted_for_a_run_that_halts(
    certificate: Cycle, program: Program, value: Tree, oracle: Oracle
) -> None:
    assume(run(program, value, oracle=oracle, gas=500).value is not None)
    assert not accepted(program, value, oracle, certificate)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(CYCLES), st.integers(-8, 40), st.integers(-8, 40))
def test_cycle_with_other_numbers_of_steps(
    found: tuple[Program, Cycle], steps: int, period: int
) -> None:
    program, certificate = found
    changed = Cycle(steps, period)
    expected = steps >= 0 and period > 0
    if expected:
        start, again = (states(program)[number] for number in (steps, steps + period))
        expected = start == again
    assert accepted(program, code(program), EMPTY, changed) is expected
    assert accepted(program, code(program), EMPTY, certificate)


@cache
def states(program: Program) -> list[State]:
    """The first states of a program's run on its own code."""
    return list(trace(program, code(program), gas=100))


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
    for program, _ in LOOPING + CYCLES:
        try:
            check(program, code(program), EMPTY, Halting(500))
        except Rejected:
            continue
        raise AssertionError("accepted")
