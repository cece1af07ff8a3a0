"""Wrong variants of the parts of ``mind-changes``: each is refused, and fails on an instance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from checks.machine.turing_jump import Jump, with_steps
from checks.revision.mind_changes import (
    ABOUT_GUESSES,
    ABOUT_JUMP,
    NEVER,
    NO,
    NO_YES,
    NO_YES_NO,
    YES,
    Own,
    own_guesses,
    separating,
)
from models.machine.oracle import EMPTY
from models.machine.program import parse_program
from models.machine.tree import NIL, numeral
from models.revision.mind_changes import settled_stage
from proofs.kernel.rules import Theorem
from proofs.kernel.terms import TRUE, Term, both, equal, negate, select
from proofs.machine.degrees import TRUE as YES_TERM
from proofs.machine.semantics import evaluation, gas, halts, value
from proofs.machine.straight import pair
from proofs.machine.tree import measuring
from proofs.machine.universal_step import ask
from proofs.revision import contrary
from proofs.revision import mind_changes as proofs
from tests.soundness.instances import Instance, confirm, refuse
from tests.soundness.variants import proof_of

RUN = evaluation().function
COUNT = contrary.counting_changes().function


def variables(theorem: Callable[[], Theorem]) -> dict[str, Term]:
    return {str(v.data): v for v in proof_of(theorem).statement.variables}


# --- the theorem itself ---------------------------------------------------------------------------

T = variables(proofs.separated)


SEPARATED = [
    Instance(
        "with n+1 changes",
        proofs.separated,
        lambda true: true.but(given={"few": COUNT(T["G"], T["m"]) <= T["n"] + 1}),
        separating(NO_YES, 0), ABOUT_GUESSES,
    ),
    Instance(
        "with n changes up to the stage before the modulus",
        proofs.separated,
        lambda true: true.but(given={"few": COUNT(T["G"], T["m"] - 1) <= T["n"]}),
        separating(NO_YES, 0), ABOUT_GUESSES,
    ),
    Instance(
        "in every stage",
        proofs.separated,
        lambda true: true.but(given={"seen": TRUE}),
        separating(NO, 0, 0), ABOUT_GUESSES,
    ),
    Instance(
        "with the same limit",
        proofs.separated,
        lambda true: true.but(then=equal(
            # That of the run whose value the theorem tells.
            true.statement.conclusion.args[1].args[0], T["b"]
        )),
        separating(YES, 0), ABOUT_GUESSES,
    ),
]

# --- few ------------------------------------------------------------------------------------------

F = variables(contrary.few)
CHANGES = COUNT(contrary.contrary_guesses().function(F["f"], F["x"], F["n"]), F["s"])


def counted(own: Own, n: int, s: int) -> dict[str, Any]:
    return {"f": EMPTY, "x": own.code, "n": n, "s": s}


FEW = [
    Instance(
        "n times",
        contrary.few,
        lambda true: true.but(then=CHANGES <= F["n"]),
        counted(NO_YES, 1, NO_YES.seen + 1),
    ),
    Instance(
        "fewer than n+1 times",
        contrary.few,
        lambda true: true.but(then=CHANGES < F["n"] + 1),
        counted(NO, 0, NO.seen),
    ),
    Instance(
        "n times, if n is not 0",
        contrary.few,
        lambda true: true.but(given={"most": F["n"] >= 1}, then=CHANGES <= F["n"]),
        counted(NO_YES_NO, 2, NO_YES_NO.seen),
    ),
    Instance(
        "for every n",
        contrary.few,
        lambda true: true.but(given={"most": TRUE}),
        counted(NO, -2, 0),
    ),
]

# --- made -----------------------------------------------------------------------------------------

M = variables(contrary.made_by)
PROGRAM = contrary.contrary_program().function(M["y"], ask())
ENOUGH = contrary.contrary_gas().function(M["w"])
MADE = RUN(M["f"], PROGRAM, pair(M["x"], M["w"]), ENOUGH)
LENGTH = measuring().function
GUESS = contrary.contrary_guess().function


def making(own: Own, y: int, w: int) -> dict[str, Any]:
    return {"f": EMPTY, "x": own.code, "w": numeral(w), "y": numeral(y)}


MAKING = [
    Instance(
        "with one change less",
        contrary.made_by,
        lambda true: true.but(
            then=equal(value(MADE), GUESS(M["f"], M["x"], LENGTH(M["y"]) - 1, LENGTH(M["w"])))
        ),
        making(NO_YES, 1, NO_YES.seen),
    ),
    Instance(
        "one stage later",
        contrary.made_by,
        lambda true: true.but(
            then=equal(value(MADE), GUESS(M["f"], M["x"], LENGTH(M["y"]), LENGTH(M["w"]) + 1))
        ),
        making(NO, 0, 0),
    ),
    Instance(
        "with a step less in stage 0",
        contrary.made_by,
        lambda true: true.but(
            then=halts(RUN(M["f"], PROGRAM, pair(M["x"], M["w"]), ENOUGH - 1))
        ),
        making(NO, 0, 0),
    ),
    Instance(
        "with gas to spare",
        contrary.made_by,
        lambda true: true.but(then=both(halts(MADE), gas(MADE) > 0)),
        making(NO, 0, 0),
    ),
    Instance(
        "always true",
        contrary.made_by,
        lambda true: true.but(then=equal(value(MADE), YES_TERM)),
        making(YES, 0, 2),
    ),
]

# --- contradicted ---------------------------------------------------------------------------------

C = variables(proofs.contradicted)


def out_by_one(
    theorem: Callable[[], Theorem],
    of: Mapping[str, Any],
    values: Callable[[Own, int, int], dict[str, Any]],
) -> list[Instance]:
    """The bounds on the changes and on the stage, each too generous by one."""
    seen = proofs.seeing().function(of["c"], of["m"])
    return [
        Instance(
            "with n+1 changes",
            theorem,
            lambda true: true.but(given={"few": COUNT(of["G"], of["m"]) <= of["n"] + 1}),
            values(NO_YES, 0, NO_YES.seen), ABOUT_GUESSES,
        ),
        Instance(
            "one stage earlier",
            theorem,
            lambda true: true.but(given={"seen": of["s"] + 1 >= seen}),
            values(NO, 0, NO.seen - 1), ABOUT_GUESSES,
        ),
    ]


def contradicting(own: Own, n: int, s: int) -> dict[str, Any]:
    return own.seldom(n) | {"x": own.code, "s": s}


SLOW = own_guesses(parse_program("if(tl, quote 0, then(id, then(id, quote 1)))"), EMPTY, 1)
"""Its first guess takes 8 steps, the others 4."""
assert SLOW is not None and SLOW.steps.values == (8, 4)

CONTRADICTED = [
    *out_by_one(proofs.contradicted, C, contradicting),
    Instance(
        "from the modulus on",
        proofs.contradicted,
        lambda true: true.but(given={"seen": C["s"] > C["m"]}),
        contradicting(NO_YES_NO, 2, 3), ABOUT_GUESSES,
    ),
    Instance(
        "with the steps of the last guess alone",
        proofs.contradicted,
        lambda true: true.but(given={"seen": C["s"] >= select(C["c"], C["m"])}),
        contradicting(SLOW, 1, 4), ABOUT_GUESSES,
    ),
    Instance(
        "with the same guess",
        proofs.contradicted,
        lambda true: true.but(
            then=equal(GUESS(C["f"], C["x"], C["n"], C["s"]), C["b"])
        ),
        contradicting(NO, 0, NO.seen), ABOUT_GUESSES,
    ),
]

# --- what is seen last ----------------------------------------------------------------------------


L = variables(proofs.follows)


def follows(own: Own, n: int, s: int) -> dict[str, Any]:
    return contradicting(own, n, s) | {"i": 0, "l": n + 1}


FOLLOWS = [
    Instance(
        "whatever it guesses",
        proofs.follows,
        lambda true: true.but(given={"guesses": TRUE}),
        follows(NEVER, 0, 9), ABOUT_GUESSES,
    ),
    *out_by_one(proofs.follows, L, follows),
]

# --- settles --------------------------------------------------------------------------------------

S = variables(proofs.settled)
LAST = proofs.settling().function(S["J"], S["s"], S["h"], S["x"], 0, S["k"])
JUMP = with_steps(Jump(EMPTY))


def settles(own: Own, k: int, t: int) -> dict[str, Any]:
    return own.made | JUMP | {"h": own.program, "x": NIL, "k": k, "t": t}


ONCE = settled_stage(JUMP["J"], JUMP["s"], NO_YES.program, NIL, 0, 1)
SETTLES = [
    Instance(
        "from stage 0 on",
        proofs.settled,
        lambda true: true.but(given={"later": S["t"] >= 0}),
        settles(NO_YES, 1, 0), ABOUT_JUMP,
    ),
    Instance(
        "with another guess",
        proofs.settled,
        lambda true: true.but(then=negate(equal(select(S["G"], S["t"]), select(S["G"], LAST)))),
        settles(NO_YES, 1, ONCE), ABOUT_JUMP,
    ),
    Instance(
        "before that stage too",
        proofs.settled,
        lambda true: true.but(then=equal(select(S["G"], 0), select(S["G"], LAST))),
        settles(NO_YES, 1, ONCE), ABOUT_JUMP,
    ),
]

D = variables(proofs.settled_from)
(FEW_ONLY,) = (h for h in proof_of(proofs.settled_from).statement.hypotheses if h.label == "few")
SETTLES_FROM = [
    Instance(
        "with one change more",
        proofs.settled_from,
        lambda true: true.but(
            given={"few": COUNT(D["G"], FEW_ONLY.bound[0]) <= D["m"] + 1}
        ),
        settles(NO_YES, 0, 1) | {"i": 0, "m": 0}, ABOUT_JUMP,
    ),
    Instance(
        "with one question less",
        proofs.settled_from,
        lambda true: true.but(given={"left": D["k"] >= D["m"] - COUNT(D["G"], D["i"]) - 1}),
        settles(NO_YES, 0, 1) | {"i": 0, "m": 1}, ABOUT_JUMP,
    ),
]

INSTANCES = [*SEPARATED, *FEW, *MAKING, *CONTRADICTED, *FOLLOWS, *SETTLES, *SETTLES_FROM]
THEOREMS: tuple[Callable[[], Theorem], ...] = (
    proofs.separated, contrary.few, contrary.made_by, proofs.contradicted, proofs.settled,
    contrary.spends, contrary.watches_longer, proofs.follows, contrary.watched, proofs.change_found,
    proofs.settled_from,
)


@pytest.mark.parametrize(
    "wrong", INSTANCES, ids=lambda wrong: f"{wrong.theorem().name} {wrong.label}"
)
def test_a_wrong_variant_is_refused_and_fails(wrong: Instance) -> None:
    refuse(wrong)


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem().name)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)
