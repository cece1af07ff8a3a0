"""Wrong variants of ``universal-program``: refused, and false when they are run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checks.machine.universal import ANSWERS, do
from models.machine import universal as model
from models.machine.oracle import EMPTY, FULL, Oracle
from models.machine.program import code, parse_program
from models.machine.semantics import Done
from models.machine.tree import NIL, TRUE, Tree, numeral, tree_list
from models.machine.universal import ASK, ASK_STEPS
from proofs.kernel.evaluate import Finite
from proofs.kernel.reading import made, quote
from proofs.kernel.rules import KernelError, Statement, Theorem, prove
from proofs.kernel.terms import TRUE as ANYTHING
from proofs.kernel.terms import Term, both, choose_by, equal
from proofs.machine import semantics, universal_step
from proofs.machine import universal as proofs
from proofs.machine import universal_clocked as clock
from proofs.machine.program import decoding
from proofs.machine.semantics import gas, halts, value
from proofs.machine.straight import pair
from proofs.machine.tree import measuring
from tests.soundness.instances import Instance, confirm, holds, refuse
from tests.soundness.variants import Proof, proof_of

f, e, x, n = universal_step.universal_variables()
run = semantics.evaluation().function
U = proofs.universal_program()


def coded(text: str) -> Tree:
    return code(parse_program(text))


DOWN = coded("while(id, tl)")
"""Eleven steps on 2, and the universal program 1155."""
LOOP = coded("while(quote 1, id)")
TESTS = coded("while(" * 30 + "hd" + ", id)" * 30)
"""61 steps on nil, of which the universal program makes 7193: thirty loops that end at once, each
the test of the next one."""


def right(conclusion: Term) -> Callable[[Proof], Statement]:
    """With another conclusion."""
    return lambda true: true.but(then=conclusion)


def without(label: str) -> Callable[[Proof], Statement]:
    """The statement without a hypothesis."""
    return lambda true: true.but(given={label: ANYTHING})


def values(e: Tree, x: Tree, n: int, f: Oracle = EMPTY) -> dict[str, Any]:
    return {"f": f, "e": e, "x": x, "n": n}


def as_said(original: Term, result: Term) -> Term:
    """Halts, with the same value."""
    return both(halts(result), equal(value(result), value(original)))


ORIGINAL = run(f, decoding().function(e), x, n)
FORWARD = [
    Instance(
        "in 117 steps for one, and 39 more", proofs.universal,
        right(as_said(ORIGINAL, run(f, U, pair(e, x), 117 * n + 39))), values(TESTS, NIL, 61),
    ),
    Instance(
        "in one step less", proofs.universal,
        right(as_said(ORIGINAL, run(f, U, pair(e, x), 118 * n + 12))),
        values(coded("quote 1"), NIL, 1),
    ),
    Instance(
        "with program and input exchanged", proofs.universal,
        right(as_said(ORIGINAL, run(f, U, pair(x, e), 118 * n + 13))), values(DOWN, NIL, 11),
    ),
    Instance(
        "with the program as its input", proofs.universal,
        right(as_said(ORIGINAL, run(f, U, pair(e, e), 118 * n + 13))),
        values(coded("hd"), NIL, 1),
    ),
    Instance(
        "whether it halts or not", proofs.universal, without("halts"), values(LOOP, NIL, 5)
    ),
]

RESULT = run(f, U, pair(e, x), n)
BACKWARD = [
    Instance(
        "in fewer steps than it takes", proofs.universal_only,
        right(both(
            halts(ORIGINAL), equal(value(ORIGINAL), value(RESULT)),
            gas(ORIGINAL) >= gas(RESULT) + 103,
        )),
        values(coded("id"), NIL, 103),
    ),
    Instance(
        "with another value", proofs.universal_only,
        right(both(
            halts(ORIGINAL), equal(value(ORIGINAL), x), gas(ORIGINAL) > gas(RESULT),
        )),
        values(DOWN, numeral(2), 2_000),
    ),
    Instance(
        "whether it halts or not", proofs.universal_only, without("halts"),
        values(LOOP, NIL, 2_000),
    ),
]

# --- clocked --------------------------------------------------------------------------------------

w = proof_of(clock.universal_clocked).statement.variables[3]
TIME = measuring().function(w)
REPORTED = proof_of(clock.universal_clocked).statement.conclusion
CLOCKED_RUN = REPORTED.args[0].args[0]
"""The clocked program on <<e.x>.w>."""


def report(steps: Term, running: Term, tag: Tree = TRUE) -> Callable[[Proof], Statement]:
    """The report of the run of e for so many steps."""
    original = run(f, decoding().function(e), x, steps)
    halted = pair(quote(tag, x.sort), value(original))
    return right(both(
        halts(CLOCKED_RUN),
        equal(value(CLOCKED_RUN), choose_by(halts(original), halted, running)),
    ))


def clocked(e: Tree, x: Tree, clock: int) -> dict[str, Any]:
    return {"f": EMPTY, "e": e, "x": x, "w": numeral(clock)}


NOTHING = made(type(NIL))
TIGHT = run(
    f, CLOCKED_RUN.args[1], CLOCKED_RUN.args[2], model.CLOCKED_OVERHEAD * TIME + 51
)
CLOCKED = [
    Instance(
        "in one step less", clock.universal_clocked, right(halts(TIGHT)),
        clocked(coded("if(id, hd, tl)"), NIL, 1),
    ),
    Instance(
        "a step early", clock.universal_clocked, report(TIME - 1, NOTHING),
        clocked(DOWN, numeral(2), 11),
    ),
    Instance(
        "a step late", clock.universal_clocked, report(TIME + 1, NOTHING),
        clocked(DOWN, numeral(2), 10),
    ),
    Instance(
        "with the tag false", clock.universal_clocked, report(TIME, NOTHING, NIL),
        clocked(DOWN, numeral(2), 11),
    ),
    Instance(
        "as halted while it runs", clock.universal_clocked,
        report(TIME, pair(quote(TRUE, x.sort), NOTHING)), clocked(LOOP, NIL, 5),
    ),
]

# --- one step -------------------------------------------------------------------------------------

SF, SG, SA, SK, SC, SX, SS, SR, SN = universal_step.state_variables()
STATE = pair(SC, pair(SX, pair(SS, SR)))
THERE = universal_step.reading_state().function(STATE)
FOLLOWING = semantics.stepping().function(SG, THERE)


def stepped(
    more: int = 0, parameter: Term = SR, state: Term = FOLLOWING
) -> Callable[[Proof], Statement]:
    """In so many steps more than said, with this parameter, in this state."""
    enough = universal_step.step_costing().function(SK, THERE) + more
    outcome = run(SF, universal_step.one_step().function(SA), STATE, SN + enough)
    return right(both(
        equal(outcome, made(Done, value(outcome), SN)),
        universal_step.shaped(value(outcome), parameter),
        equal(universal_step.reading_state().function(value(outcome)), state),
    ))


def state(program: str, *, g: Oracle = FULL) -> dict[str, Any]:
    """In which a program is to be done; f says true to every question."""
    return {
        "f": FULL, "g": g, "a": ASK, "k": Finite({}, ASK_STEPS), "n": 0,
        "c": tree_list([do(coded(program))]), "x": NIL, "s": NIL, "r": numeral(2),
    }


STEPPED = [
    Instance(
        "in a step less", universal_step.stepped, stepped(-1), state("if(ask, hd, tl)"), ANSWERS
    ),
    Instance("in a step more", universal_step.stepped, stepped(1), state("ask"), ANSWERS),
    Instance(
        "in the state it was in", universal_step.stepped, stepped(state=THERE), state("id"),
        ANSWERS,
    ),
    Instance(
        "with the state as parameter", universal_step.stepped, stepped(parameter=STATE),
        state("id"), ANSWERS,
    ),
    Instance(
        "with any answers", universal_step.stepped, without("answers"), state("ask", g=EMPTY),
        ANSWERS,
    ),
]

ALL = [*FORWARD, *BACKWARD, *CLOCKED, *STEPPED]
THEOREMS = list(dict.fromkeys(wrong.theorem for wrong in ALL))


@pytest.mark.parametrize(
    "wrong", ALL, ids=lambda wrong: f"{wrong.theorem.__name__} {wrong.label}"
)
def test_a_wrong_variant_is_refused_and_fails_when_run(wrong: Instance) -> None:
    refuse(wrong)


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem.__name__)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)


def test_witnesses() -> None:
    assert holds(proofs.universal, values(DOWN, numeral(2), 11))
    assert holds(proofs.universal_only, values(DOWN, numeral(2), 1_155))
    assert holds(clock.universal_clocked, clocked(DOWN, numeral(2), 11))
    assert holds(universal_step.stepped, state("ask"), ANSWERS)


def test_that_the_program_answers_cannot_be_left_out() -> None:
    """It is handed on to the step; without it there is no proof of the loops."""
    for theorem in (proofs.simulated, clock.clocked, proofs.interpreted, clock.reported):
        theorem()
        true = proof_of(theorem)
        with pytest.raises(KernelError, match="answers"):
            prove(
                f"{true.name} with any answers", true.but(given={"answers": ANYTHING}),
                true.premises, **true.options,
            )
