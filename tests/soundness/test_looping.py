"""Wrong variants of the parts of ``looping-certificate-sound`` for automata, and of the lemmas to
which these hand on what they suppose of all questions: each is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.machine.looping import (
    NIL_OR_PAIR,
    ONLY_TRUE,
    WINDOW,
    always,
    instances,
    staying,
)
from checks.witness import Without, Witness, dropped
from models.machine.automaton import ANY, NIL_CLASS, NoStates, states
from models.machine.covering import NoReplies
from models.machine.oracle import EMPTY, FULL, Table
from models.machine.program import Ask, parse_program
from models.machine.tree import FALSE, NIL, TRUE, Pair, numeral
from proofs.kernel.evaluate import Finite, compiled_statement
from proofs.kernel.rules import KernelError, Refused, Statement, Theorem, prove, theorem_named
from proofs.kernel.terms import TRUE as HOLDS
from proofs.machine import automaton, covering
from tests.soundness.instances import Instance, confirm, holds, refuse
from tests.soundness.variants import Proof, proof_of

PARTS: tuple[Callable[[], Theorem], ...] = (
    automaton.never_halts, covering.table_never_halts, covering.set_never_halts,
    covering.every_set_never_halts,
)
LEMMAS: tuple[Callable[[], Theorem], ...] = (
    automaton.sound, covering.covered, covering.set_covered,
)
CLAIMS = instances()
DROPPED = [
    (theorem, claim)
    for theorem in PARTS
    for claim in CLAIMS[proof_of(theorem).name]
    if isinstance(claim, Without)
]


def known_classes_only(true: Proof) -> Statement:
    """The answers to questions of which no class is known need not be covered."""
    (oracle,) = (h.term for h in true.statement.hypotheses if h.label == "oracle")
    return true.but(given={"oracle": oracle.args[0]})


def after_two_steps(true: Proof) -> Statement:
    """Accepted in the course of a run, not at its start."""
    (accepted,) = (h.term for h in true.statement.hypotheses if h.label == "accepted")
    return true.but(given={"accepted": accepted.data(*accepted.args[:-1], 2)})


ASKED = {
    "t": NIL_OR_PAIR, "f": EMPTY, "answers": always(1), "invariants": staying(1), "p": Ask(),
    "x": NIL, "n": 1, "k": 1, "s": NIL_CLASS, "i": NoStates(),
}
"""The answer is nil, and is taken to be a pair."""

VARIANTS = [
    Instance(
        "accepted after two steps",
        covering.every_set_never_halts,
        after_two_steps,
        {
            "t": NIL_OR_PAIR, "f": EMPTY, "g": FULL, "answers": always(0, 1),
            "invariants": staying(1), "p": parse_program("then(ask, while(id, id))"), "x": NIL,
            "n": 100,
        },
        WINDOW,
    ),
    Instance(
        "whatever the answers",
        automaton.sound, lambda true: true.but(given={"oracle": HOLDS}), ASKED, WINDOW,
    ),
    Instance(
        "with the answers to questions of known classes only",
        automaton.sound,
        known_classes_only,
        ASKED
        # <1.1> is in no class, so nothing is known of its head: but that is 1, in class 1.
        | {
            "t": ONLY_TRUE, "f": Table({TRUE: TRUE}),
            "answers": Finite({1: states([1])}, states([0])),
            "p": parse_program("then(hd, ask)"), "x": Pair(TRUE, TRUE), "n": 3, "s": ANY,
        },
        WINDOW,
    ),
    Instance(
        "whatever f answers",
        covering.covered,
        lambda true: true.but(given={"replies": HOLDS}),
        {**ASKED, "r": NoReplies(), "y": TRUE, "z": NIL},
        WINDOW,
    ),
    Instance(
        "whatever the classes",
        covering.covered,
        lambda true: true.but(given={"classes": HOLDS}),
        {**ASKED, "r": NoReplies(), "y": FALSE, "z": NIL},
        WINDOW,
    ),
    Instance(
        "of what is no set",
        covering.set_covered,
        lambda true: true.but(given={"set": HOLDS}),
        {**ASKED, "t": ONLY_TRUE, "f": Table(otherwise=numeral(2)), "answers": always(0, 1),
         "z": NIL},
        WINDOW,
    ),
    Instance(
        "whatever the classes",
        covering.set_covered,
        lambda true: true.but(given={"classes": HOLDS}),
        {**ASKED, "z": NIL},
        WINDOW,
    ),
]


@pytest.mark.parametrize(
    ("theorem", "claim"), DROPPED,
    ids=lambda value: value.hypothesis if isinstance(value, Without) else value().name,
)
def test_a_part_is_not_proved_without_a_hypothesis(
    theorem: Callable[[], Theorem], claim: Without
) -> None:
    """A solver has a countermodel, or a lemma is not handed what it supposes of all questions."""
    theorem()
    true = proof_of(theorem)
    statement = true.but(given={claim.hypothesis: HOLDS})
    name = f"{true.name} without {claim.hypothesis}"
    with pytest.raises((KernelError, Refused)):
        prove(name, statement, true.premises, **true.options)
    assert theorem_named(name) is None
    weaker = dropped(true.statement, claim.hypothesis)
    assert compiled_statement(weaker, claim.window)(claim.values) is False


@pytest.mark.parametrize(
    "wrong", VARIANTS, ids=lambda wrong: f"{wrong.theorem().name} {wrong.label}"
)
def test_a_wrong_variant_is_refused_and_fails_when_run(wrong: Instance) -> None:
    refuse(wrong)


@pytest.mark.parametrize("theorem", [*PARTS, *LEMMAS], ids=lambda theorem: theorem().name)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)


@pytest.mark.parametrize(
    "theorem", [covering.table_never_halts, covering.set_never_halts],
    ids=lambda theorem: theorem().name,
)
def test_what_is_accepted_after_fewer_steps_than_none(theorem: Callable[[], Theorem]) -> None:
    """That is at the start; no hypothesis says that the number is not negative."""
    witness = next(c for c in CLAIMS[proof_of(theorem).name] if isinstance(c, Witness))
    for steps in (0, -1, -7):
        assert holds(theorem, {**witness.values, "steps": steps}, witness.window)
