"""Wrong variants of the limit lemma and the separation: refused, and false when they are run.

Among them is the totality trap: with a partial jump, a guesser that is not total, or guesses that
do not converge, the statements are false.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from checks.machine.turing_jump import Jump
from checks.revision.limit_lemma import (
    ABOUT_BOTH,
    ABOUT_JUMP,
    ABOUT_LIMIT,
    ABOUT_MODULUS,
    LIST,
    LIST_STEPS,
    LOOP,
    MEMBERS,
    WAVERING,
    Guessed,
    about_guesses,
    limit_instances,
    modulus_instances,
    separation_instances,
)
from checks.witness import Without
from models.machine.oracle import EMPTY, FULL, Oracle
from models.machine.program import Ask, Cons, Id, Program, Quote, Then, code, parse_program
from models.machine.semantics import OutOfGas, evaluate
from models.machine.tree import NIL, TRUE, Nil, Pair, Tree, numeral
from models.machine.universal import UNIVERSAL
from models.revision.limit_lemma import STOPPING_STEPS, change, deciding
from proofs.kernel.reading import is_a, made
from proofs.kernel.rules import KernelError, Statement, Theorem, prove
from proofs.kernel.tactics import variables
from proofs.kernel.terms import INT, Term, both, choose_by, equal, implies, negate, select
from proofs.kernel.terms import TRUE as ANYTHING
from proofs.machine import semantics
from proofs.machine.degrees import FALSE as NO
from proofs.machine.degrees import TRUE as YES
from proofs.machine.escape import diagonal
from proofs.machine.program import coding
from proofs.machine.semantics import halts, value
from proofs.machine.universal import pair
from proofs.machine.use import asking, settling
from proofs.revision import limit_lemma as lemma
from tests.soundness.instances import Instance, confirm, refuse
from tests.soundness.variants import Proof, proof_of

f, J, s, h, c, x, m, b, i, n = lemma.limit_variables()
_, p, _, w = lemma.guessing_variables()
_, q, *_ = proof_of(lemma.computable_modulus).statement.variables
*_, t = proof_of(lemma.jump_to_limit).statement.variables
(j,) = variables(j=INT)
run = semantics.evaluation().function
STAGE = lemma.numbering().function


def given(**changed: Term) -> Callable[[Proof], Statement]:
    """With other hypotheses."""
    return lambda true: true.but(given=changed)


def then(conclusion: Term) -> Callable[[Proof], Statement]:
    """With another conclusion."""
    return lambda true: true.but(then=conclusion)


# --- limit-to-jump --------------------------------------------------------------------------------


def limit(guessed: Guessed = WAVERING, J: Oracle | None = None) -> dict[str, Any]:
    """Values for ``limit-to-jump``, with the true jump if none is given."""
    return guessed.values(J=J or Jump(guessed.f), s=lambda _: 200)


ENOUGH = lemma.deciding_gas().function(f, J, h, c, x, m)
DECIDING = lemma.deciding().function(h)
DECIDED = run(J, DECIDING, x, ENOUGH)

LIMIT = [
    Instance(
        "with the guess of stage 0", lemma.limit_to_jump,
        then(both(halts(DECIDED), equal(value(DECIDED), value(lemma.guessed(f, h, c, x, 0))))),
        limit(), ABOUT_LIMIT,
    ),
    Instance(
        "with the complement", lemma.limit_to_jump,
        then(both(halts(DECIDED), equal(value(DECIDED), choose_by(equal(b, YES), NO, YES)))),
        limit(), ABOUT_LIMIT,
    ),
    Instance(
        "relative to the set itself", lemma.limit_to_jump,
        then(both(
            halts(run(f, DECIDING, x, ENOUGH)), equal(value(run(f, DECIDING, x, ENOUGH)), b)
        )),
        limit(), ABOUT_LIMIT,
    ),
    Instance(
        "in two steps fewer", lemma.limit_to_jump,
        then(halts(run(J, DECIDING, x, ENOUGH - 2))), limit(), ABOUT_LIMIT,
    ),
    Instance(
        "by the guesser", lemma.limit_to_jump,
        then(equal(value(run(J, h, lemma.stage(x, 0), ENOUGH)), b)), limit(), ABOUT_LIMIT,
    ),
    Instance(
        "where the jump says that it changes", lemma.change_asked,
        then(equal(value(lemma.guessed(f, h, c, x, i)), b)),
        limit() | {"i": 0}, ABOUT_LIMIT,
    ),
    Instance(
        "by a search from the modulus on", lemma.change_halts,
        then(halts(run(f, lemma.changing().function(h), lemma.stage(x, t), n))),
        WAVERING.values(i=0, t=3, n=300), about_guesses(),
    ),
]


# --- jump-to-limit --------------------------------------------------------------------------------


def asks(program: str, tree: Tree, n: int, t: int, J: Oracle | None = None) -> dict[str, Any]:
    """Values for ``jump-to-limit``, with the true jump and its steps if none is given."""
    jump = Jump(EMPTY)
    return {
        "f": EMPTY, "J": J or jump, "s": jump.steps, "p": parse_program(program), "x": tree,
        "n": n, "t": t,
    }


ORIGINAL = run(J, p, x, n)
GUESS = lemma.guess_on(f, p, x, STAGE(t))
QUESTIONS = asking().function(J, p, x, n, made(Nil))

JUMP = [
    Instance(
        "one stage earlier", lemma.jump_to_limit,
        given(stage=both(t + 1 >= n, t + 1 >= settling().function(s, QUESTIONS))),
        asks("ask", LIST, 1, LIST_STEPS - 1), ABOUT_JUMP,
    ),
    Instance(
        "as soon as the program has halted", lemma.jump_to_limit, given(stage=t >= n),
        asks("ask", LIST, 1, 1), ABOUT_JUMP,
    ),
    Instance(
        "before the program has halted", lemma.jump_to_limit,
        given(stage=t >= settling().function(s, QUESTIONS)),
        asks("quote 1", NIL, 1, 0), ABOUT_JUMP,
    ),
    Instance(
        "for any value", lemma.jump_to_limit, given(decides=ANYTHING),
        asks("quote 2", NIL, 1, 1), ABOUT_JUMP,
    ),
    Instance(
        "of a program that has not halted", lemma.jump_to_limit, given(halts=ANYTHING),
        asks("quote 1", NIL, 0, 1), ABOUT_JUMP,
    ),
    Instance(
        "relative to the jump", lemma.jump_to_limit,
        then(equal(value(run(J, p, pair(x, STAGE(t)), n)), value(ORIGINAL))),
        # It asks about the stage too.
        asks("ask", LOOP, 1, 3), ABOUT_JUMP,
    ),
    Instance(
        "always yes", lemma.always_guesses, then(both(halts(GUESS), equal(value(GUESS), YES))),
        {"f": EMPTY, "p": parse_program("quote 0"), "x": NIL, "t": 3},
    ),
    Instance(
        "the value of the program", lemma.always_guesses,
        then(equal(value(GUESS), value(run(f, p, x, t)))),
        {"f": FULL, "p": parse_program("ask"), "x": LOOP, "t": 5},
    ),
    Instance(
        "in as many steps as the stage says", lemma.always_guesses,
        then(halts(run(
            f, lemma.guesser().function(p, lemma.halting_within().function(lemma.ask())),
            pair(x, STAGE(t)), t,
        ))),
        {"f": EMPTY, "p": parse_program("quote 0"), "x": NIL, "t": 9},
    ),
]


# --- computable-modulus ---------------------------------------------------------------------------

FOUND = run(f, q, x, n)
STOPPING = lemma.stopping().function(q, h)


def stops(number: int, guessed: Guessed = WAVERING, **more: Any) -> dict[str, Any]:
    return guessed.values(q=Quote(numeral(number)), n=1) | more


NEVER = Guessed(parse_program("while(quote 1, id)"), EMPTY, NIL, 0, NIL)

MODULUS = [
    Instance(
        "one stage earlier", lemma.computable_modulus,
        given(modulus=both(halts(FOUND), equal(value(FOUND), STAGE(m - 1)))),
        WAVERING.values(q=Quote(numeral(2)), n=1), ABOUT_MODULUS,
    ),
    Instance(
        "in one step fewer", lemma.computable_modulus,
        then(halts(run(f, STOPPING, x, n + select(c, m) + STOPPING_STEPS - 1))),
        stops(3), ABOUT_MODULUS,
    ),
    Instance(
        "without a modulus", lemma.computable_modulus, given(modulus=ANYTHING),
        stops(0), ABOUT_MODULUS,
    ),
    Instance(
        "for guesses that do not converge", lemma.computable_modulus, given(settles=ANYTHING),
        stops(2, m=2), ABOUT_MODULUS,
    ),
    Instance(
        "for a guesser that may have no guess", lemma.computable_modulus,
        given(settles=implies(j >= m, equal(value(lemma.guessed(f, h, c, x, j)), b))),
        stops(0, NEVER), ABOUT_MODULUS,
    ),
]


# --- separation -----------------------------------------------------------------------------------


def told(
    tree: Tree, stage: int, program: Program, J: Oracle | None = None, n: int = 1
) -> dict[str, Any]:
    """Values for ``separation``, with the true jump and its steps if none is given."""
    jump = Jump(EMPTY)
    return {
        "f": EMPTY, "J": J or jump, "s": jump.steps, "x": tree, "t": stage, "p": program, "n": n,
    }


OWN = coding().function(diagonal().function(p))
ANSWER = run(f, p, OWN, n)
MEMBER = lemma.guess_on(f, made(Ask), x, STAGE(t))
SEMIDECIDER = Then(Cons(Id(), Id()), Then(UNIVERSAL, Quote(TRUE)))
"""On e it says true if e halts on itself, and else does not halt."""

SEPARATION = [
    Instance(
        "one stage earlier", lemma.separation, given(stage=t + 1 >= select(s, x)),
        told(LIST, LIST_STEPS - 1, Quote(NIL)), ABOUT_BOTH,
    ),
    Instance(
        "in stage 0", lemma.separation, given(stage=t >= 0),
        told(NIL, 0, Quote(NIL)), ABOUT_BOTH,
    ),
    Instance(
        "where no program has a value", lemma.separation, then(negate(halts(ANSWER))),
        told(NIL, 1, Quote(NIL)), ABOUT_BOTH,
    ),
    Instance(
        "for a partial jump", lemma.separation,
        # One that is defined for its members alone: the universal program computes it.
        then(negate(implies(
            is_a(select(J, OWN), Pair), both(halts(ANSWER), equal(value(ANSWER), YES))
        ))),
        told(NIL, 1, SEMIDECIDER, n=400), ABOUT_BOTH,
    ),
    Instance(
        "for a program that does not halt", lemma.separation,
        then(negate(implies(halts(ANSWER), equal(value(ANSWER), select(J, OWN))))),
        told(NIL, 1, parse_program("while(quote 1, id)")), ABOUT_BOTH,
    ),
]

STEADY = run(f, lemma.steady().function(p), pair(x, w), n + 2)
ASKS = {"f": MEMBERS, "p": parse_program("ask"), "x": numeral(2), "w": NIL, "n": 1}

INCLUDED = [
    Instance(
        "in one step more", lemma.included,
        then(equal(run(f, lemma.steady().function(p), pair(x, w), n + 1), run(f, p, x, n))), ASKS,
    ),
    Instance(
        "at the stage", lemma.included, then(equal(STEADY, run(f, p, w, n))),
        ASKS | {"w": numeral(1)},
    ),
    Instance(
        "at the pair", lemma.included, then(equal(STEADY, run(f, p, pair(x, w), n))), ASKS,
    ),
]

ALL = [*LIMIT, *JUMP, *MODULUS, *SEPARATION, *INCLUDED]
THEOREMS = list(dict.fromkeys(wrong.theorem for wrong in ALL))


@pytest.mark.parametrize(
    "wrong", ALL, ids=lambda wrong: f"{wrong.theorem.__name__} {wrong.label}"
)
def test_a_wrong_variant_is_refused_and_fails_when_run(wrong: Instance) -> None:
    refuse(wrong)


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem.__name__)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)


SCHEMAS = [
    (lemma.limit_to_jump, "set"),
    (lemma.limit_to_jump, "guesses"),
    (lemma.limit_to_jump, "settles"),
    (lemma.limit_to_jump, "members halt"),
    (lemma.limit_to_jump, "others loop"),
    (lemma.jump_to_limit, "jump is a set"),
    (lemma.jump_to_limit, "members halt"),
    (lemma.jump_to_limit, "others loop"),
    (lemma.separation, "jump is a set"),
    (lemma.separation, "members halt"),
    (lemma.separation, "others loop"),
]
CLAIMS = {**separation_instances(), **modulus_instances()}


@pytest.mark.parametrize(
    ("theorem", "label"), SCHEMAS, ids=lambda given: getattr(given, "__name__", given)
)
def test_no_hypothesis_about_all_arguments_can_be_left_out(
    theorem: Callable[[], Theorem], label: str
) -> None:
    """Whoever uses the lemmas must hand them these; without one there is no proof, and the values
    on the card show that there can be none."""
    theorem()
    true = proof_of(theorem)
    statement = true.but(given={label: ANYTHING})
    with pytest.raises(KernelError):
        prove(f"{true.name} without {label}", statement, true.premises, **true.options)
    shown = [
        claim for claim in CLAIMS[true.name]
        if isinstance(claim, Without) and claim.hypothesis == label
    ]
    assert shown
    for claim in shown:
        wrong = Instance(label, theorem, lambda _: statement, claim.values, claim.window)
        assert wrong.value(statement) is False
        assert wrong.value(true.statement) is None


def test_the_totality_trap() -> None:
    """Without a guess in each stage, or without a limit, the program does not halt: it waits for a
    guess, or goes on asking."""
    claims = [c for c in limit_instances()["limit-to-jump"] if isinstance(c, Without)]
    partial = next(c.values for c in claims if "not total" in c.says)
    turning = next(c.values for c in claims if c.hypothesis == "settles")
    for values in (partial, turning):
        found = evaluate(values["J"], deciding(values["h"]), values["x"], 3_000)
        assert isinstance(found, OutOfGas)
    assert not changes(partial, 0)
    assert all(changes(turning, stage) for stage in range(12))


def changes(values: Mapping[str, Any], stage: int) -> bool:
    """Whether the jump says that a guess changes in a stage or later."""
    search = change(values["h"], Pair(values["x"], numeral(stage)))
    return bool(values["J"](code(search)) == TRUE)
