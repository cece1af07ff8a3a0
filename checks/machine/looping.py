"""Witnesses of ``looping-certificate-sound``, and what its hypotheses are for.

*Definitions*: :func:`instances`.

The loops are such that a reader sees why they end or not: one test fails as soon as an answer is
false, one goes on as long as the tail of an answer is nil, as it is of false and true. The finite
checks are in :mod:`checks.machine.automaton` and :mod:`checks.machine.cycle`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from checks.exhaust import trees_to
from checks.machine.automaton import depth
from checks.witness import Claims, Without, Witness
from models.machine.automaton import ANY, states, transitions
from models.machine.covering import NoReplies, replies
from models.machine.oracle import EMPTY, FULL, Table
from models.machine.program import parse_program
from models.machine.tree import FALSE, NIL, TRUE, Tree, numeral
from proofs.kernel.evaluate import Finite, Window

NIL_OR_PAIR = depth(1)
"""Nil is in class 0, every pair in class 1."""

ONLY_TRUE = transitions([(0, 0, 1)])
"""Nil is in class 0, true alone in class 1."""

DOUBLING = parse_program("while(ask, cons(id, id))")
"""Never twice in the same state."""

ASKING = parse_program("while(ask, id)")
TAIL_OF_ANSWER = parse_program("while(if(then(ask, tl), quote nil, quote true), id)")

WINDOW: Window = {
    "oracle": lambda _: trees_to(3),
    "replies": lambda _: trees_to(3),
    "set": lambda _: trees_to(3),
    "classes": lambda _: range(ANY, 3),
}

Claimed = tuple[Witness | Without, ...]


def always(*classes: int) -> Finite:
    """These classes, of whatever class the question is."""
    return Finite({}, states(classes))


def staying(*classes: int) -> Finite:
    """The invariant of these classes, for every loop."""
    return Finite({}, always(*classes))


def instances() -> Claims:
    """The five parts."""
    return {
        "looping-certificate-sound": _automaton(),
        "looping-certificate-sound.table": _table(),
        "looping-certificate-sound.set": _set(),
        "looping-certificate-sound.sets": _sets(),
        "looping-certificate-sound.cycle": _cycle(),
    }


def _automaton() -> Claimed:
    growing = {
        "t": NIL_OR_PAIR, "f": FULL, "answers": always(1), "invariants": staying(1),
        "p": parse_program("then(quote true, while(ask, cons(id, id)))"), "x": NIL,
        "n": 100, "steps": 2,
    }
    return (
        Witness(
            "After two steps the loop begins, on a pair. A round makes a larger one, and every "
            "answer is true.",
            growing, WINDOW,
        ),
        Without(
            "oracle",
            "The answers are taken to be pairs, class 1, but f answers nil: the loop ends at once.",
            growing | {"f": EMPTY}, WINDOW,
        ),
        Without(
            "accepted",
            "The invariant says that the value stays a pair, but tails end in nil: it is not "
            "accepted, and the run halts.",
            growing | {"p": parse_program("while(id, tl)"), "x": numeral(2), "steps": 0}, WINDOW,
        ),
    )


def _table() -> Claimed:
    all_but_nil: dict[Tree, Tree] = {NIL: FALSE}
    described = {
        "t": NIL_OR_PAIR, "f": Table(all_but_nil, otherwise=TRUE),
        "r": replies(all_but_nil), "y": TRUE,
        "answers": Finite({ANY: states((0, 1)), 0: states((0,))}, states((1,))),
        "invariants": staying(1), "p": DOUBLING, "x": numeral(1), "n": 100, "steps": 0,
    }
    return (
        Witness(
            "f answers false to nil only. The value stays a pair, so the answer stays true. "
            "-1: questions of any class.",
            described, WINDOW,
        ),
        Without(
            "replies", "f answers false, and not as r and y say: the loop ends.",
            described | {"f": EMPTY}, WINDOW,
        ),
        Without(
            "classes",
            "All answers are false and so in class 0, but they are taken to be in class 1.",
            described | {"f": EMPTY, "r": NoReplies(), "y": FALSE, "answers": always(1)}, WINDOW,
        ),
        Without(
            "accepted", "On nil the answer is false; the certificate is not accepted there.",
            described | {"x": NIL}, WINDOW,
        ),
    )


def _set() -> Claimed:
    any_set = {
        "t": ONLY_TRUE, "f": Table({NIL: TRUE}), "answers": always(0, 1),
        "invariants": staying(0), "p": TAIL_OF_ANSWER, "x": NIL, "n": 100, "steps": 0,
    }
    return (
        Witness(
            "The loop goes on while the tail of the answer is nil, as it is of false and of true.",
            any_set, WINDOW,
        ),
        Without(
            "set", "f answers 2, whose tail is not nil: the loop ends.",
            any_set | {"f": Table(otherwise=numeral(2))}, WINDOW,
        ),
        Without(
            "classes", "The answer false is left out, and false ends this loop.",
            any_set | {"f": EMPTY, "answers": always(1), "p": ASKING}, WINDOW,
        ),
        Without(
            "accepted", "The answer can be false, which ends this loop: it is not accepted.",
            any_set | {"f": EMPTY, "p": ASKING}, WINDOW,
        ),
    )


def _sets() -> Claimed:
    """As for one set, f, but accepted at the start of a run with another oracle, g."""

    def values(claim: Witness | Without) -> dict[str, Any]:
        return {name: claim.values[name] for name in claim.values if name != "steps"} | {"g": FULL}

    witness, *others = (replace(claim, values=values(claim)) for claim in _set())
    accepted_with_g = "It is accepted with g and holds for f: both answer trees whose tail is nil."
    return replace(witness, says=accepted_with_g), *others


def _cycle() -> Claimed:
    return (
        Witness(
            "After two steps the loop begins, on 1; after each round of four it begins again, on "
            "1.",
            {
                "f": EMPTY, "p": parse_program("then(tl, while(id, id))"), "x": numeral(2),
                "n": 100, "steps": 2, "period": 4,
            },
        ),
        Without(
            "accepted",
            "After one step and after five the same test is next, but the accumulator is 2, then "
            "1.",
            {
                "f": EMPTY, "p": parse_program("while(id, tl)"), "x": numeral(2), "n": 100,
                "steps": 1, "period": 4,
            },
        ),
    )
