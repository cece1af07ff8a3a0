"""Instances by hand: some mutants fail on these that are refuted by no other source.

*Definitions*: :data:`INSTANCES`, by theorem.

The functions that make them say why what a theorem supposes of all values holds everywhere there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from checks.machine.automaton import depth
from checks.machine.substitution import COMPLEMENT
from checks.machine.turing_jump import Jump
from models.machine.automaton import ANY, StateList, Transitions, states
from models.machine.covering import NoReplies, truth_classes
from models.machine.diagonal import diagonal, short_diagonal
from models.machine.internalisation import transcript
from models.machine.oracle import EMPTY, FULL, Join, Oracle, Table
from models.machine.program import Ask, Program, code, parse_program
from models.machine.tree import NIL, TRUE, Pair, Tree, numeral
from models.machine.turing_jump import absence
from proofs.kernel.evaluate import Assignment, Finite

TWO = numeral(2)
ALWAYS_TWO = Table(otherwise=TWO)


# --- instances ------------------------------------------------------------------------------------


def same_in_stages(first: Oracle, later: Oracle, limit: Oracle, stage: int) -> Assignment:
    """Ask on nil, relative to one oracle in stage 0 and to another one from stage 1 on."""
    return {
        "F": lambda t: later if t >= 1 else first, "f": limit, "m": Finite({}, 0), "p": Ask(),
        "x": NIL, "n": 1, "s": stage,
    }


def joined(g: Oracle, h: Oracle, tag: Tree, J: Oracle | None = None) -> dict[str, Any]:
    """A question to the join of two oracles, or to J."""
    return {"g": g, "h": h, "J": J or Join(g, h), "x": Pair(tag, NIL)}


def member(of: Callable[[Program], Program], *, known: bool) -> Assignment:
    """The diagonal of ask as the only member of J, of size k; ask says so or, not ``known``, says
    no to everything, and the diagonal halts."""
    own = code(of(Ask()))
    only = Table({own: TRUE})
    more = 4 if of is diagonal else 2
    return {
        "f": only if known else EMPTY, "J": Finite({own: True}, False), "s": Finite({}, 30),
        "c": Finite({}, 1), "p": Ask(), "k": 1 + more,
    }


def nothing_is_decided(k: int) -> Assignment:
    """The program that always says no decides the empty set."""
    return {
        "f": EMPTY, "J": Finite({}, False), "s": Finite({}, 0), "c": Finite({}, 1),
        "p": parse_program("quote nil"), "k": k,
    }


def complement_of_nothing() -> Assignment:
    """f and g are empty, and q computes the complement of f, though not within no step: to the
    program that halts if 0 is not in its oracle, the reduction says that it does not halt."""
    above, below = Jump(EMPTY), Jump(EMPTY)
    return {
        "f": EMPTY, "g": EMPTY, "k": Finite({}, 0), "q": COMPLEMENT, "J": above, "s": above.steps,
        "K": below, "t": below.steps, "e": code(absence(NIL)), "n": 0,
    }


_WAIT = parse_program("while(ask, id)")
_SHORT = parse_program("while(if(then(ask, tl), quote nil, quote <nil.nil>), id)")
_UNKNOWN = parse_program("then(while(id, tl), while(ask, id))")


def certificate(
    program: Program,
    answers: Callable[[int], StateList],
    oracle: Oracle = EMPTY,
    automaton: Transitions | None = None,
) -> dict[str, Any]:
    """A certificate that is accepted with these answers, of a program that halts on nil: the rounds
    of its loops stay in the class in which they are entered; of ``while(id, tl)`` nothing is
    said."""

    def invariants(loop: Program) -> Callable[[int], StateList]:
        unknown = loop == parse_program("while(id, tl)")
        return lambda state: states([] if unknown else [state])

    return {
        "t": automaton or depth(1), "f": oracle, "g": EMPTY, "answers": answers,
        "invariants": invariants, "p": program, "x": NIL, "n": 40, "steps": 0,
    }


def pairs_only(_: int) -> StateList:
    """Every answer is a pair."""
    return states([1])


# It goes on as long as the tail of the answer is nil, as that of false and that of true are.
_NO_SET = certificate(_SHORT, lambda _: truth_classes(depth(2)), ALWAYS_TWO, depth(2))

INSTANCES: Mapping[str, tuple[Assignment, ...]] = {
    "use-principle.limit": (
        # From stage 1 on they are one, so that nothing is said of stage 0, and the other way round.
        same_in_stages(FULL, EMPTY, EMPTY, 0),
        same_in_stages(EMPTY, FULL, EMPTY, 1),
    ),
    "turing-preorder.join-of-sets": (
        joined(ALWAYS_TWO, EMPTY, NIL),
        joined(EMPTY, ALWAYS_TWO, TRUE),
        joined(FULL, EMPTY, NIL, Join(EMPTY, FULL)),
    ),
    "turing-preorder.halves": (joined(FULL, EMPTY, NIL, Join(EMPTY, FULL)),),
    "turing-preorder.join": (
        joined(FULL, EMPTY, NIL, Join(EMPTY, FULL)) | {
            "f": FULL, "p": Ask(), "q": parse_program("quote nil"), "b": Finite({}, 1),
            "c": Finite({}, 1),
        },
    ),
    # The longer a question, the nearer is what each of its pairs costs to 14.
    "finite-internalization.answers": ({"t": transcript([(numeral(25), NIL)])},),
    "jump-monotone": (complement_of_nothing(),),
    "bounded-escape": (
        member(diagonal, known=True), member(diagonal, known=False), nothing_is_decided(4),
    ),
    "bounded-escape.short": (
        member(short_diagonal, known=True), member(short_diagonal, known=False)
    ),
    "looping-certificate-sound": (
        certificate(_WAIT, pairs_only),
        # Right about questions of no class alone; then about those of a class alone.
        certificate(_WAIT, lambda state: states([ANY]) if state == ANY else states([1])),
        certificate(_UNKNOWN, lambda state: states([1]) if state == ANY else states([0])),
    ),
    "looping-certificate-sound.table": (
        certificate(_WAIT, pairs_only) | {"r": NoReplies(), "y": TRUE},
        certificate(_WAIT, pairs_only) | {"r": NoReplies(), "y": NIL},
        certificate(_WAIT, pairs_only, lambda tree: tree) | {"r": NoReplies(), "y": TRUE},
    ),
    "looping-certificate-sound.set": (_NO_SET, certificate(_WAIT, pairs_only)),
    "looping-certificate-sound.sets": (_NO_SET, certificate(_WAIT, pairs_only)),
    # The time has a pole between x and y.
    "amdahl-convex": (
        {
            "R": Fraction(-1, 2), "s": Fraction(1, 100), "x": Fraction(0), "y": Fraction(9, 10),
            "k": Fraction(1, 2),
        },
    ),
    # At this pole the time is 0/0 + 3.
    "collapse.all-scalable": ({"R": Fraction(-1, 2), "x": Fraction(2, 3)},),
    # The balance is 1/2 and x* is 1/3, between 0 and a pole at 1/2.
    "optimum.least": ({"R": Fraction(-1), "s": Fraction(8, 7), "x": Fraction(0)},),
}
