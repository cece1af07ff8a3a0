"""Wrong variants of ``kleene-post`` and what it rests on: refused, and false when they are run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checks.machine.kleene_post import ABOUT_JUMP, LOOP, first, jump_of, with_jump
from models.machine.kleene_post import from_set
from models.machine.oracle import EMPTY, FULL
from models.machine.program import Ask, Program, Quote, parse_program
from models.machine.tree import NIL, TRUE, Pair, Tree, numeral
from proofs.kernel.evaluate import Finite
from proofs.kernel.rules import KernelError, Statement, Theorem, prove
from proofs.kernel.terms import TRUE as ANYTHING
from proofs.kernel.terms import Term, both, constant, equal, negate, select
from proofs.machine import breadth_first, condition, generic_pair, kleene_post
from proofs.machine.semantics import evaluation, halts, value
from tests.soundness.instances import Instance, confirm, refuse
from tests.soundness.test_statements import Proof, proof_of

f, A, J, s, p, x, n = kleene_post.final_variables()
W = generic_pair.W
B = kleene_post.between(A, J, s)


def without(label: str) -> Callable[[Proof], Statement]:
    """The statement without a hypothesis."""
    return lambda true: true.but(given={label: ANYTHING})


def right(then: Term) -> Callable[[Proof], Statement]:
    """With another conclusion."""
    return lambda proof: proof.but(then=then)


def defeated(program: Program, n: int = 1, root: Tree | None = None) -> dict[str, Any]:
    """A program whose turn is first."""
    return with_jump(EMPTY, first(program) if root is None else root) | {"p": program, "n": n}


NO, YES = Quote(NIL), Quote(TRUE)
WHERE = generic_pair.pointing().function(A, J, s, W, condition.FALSE, p)
OUTCOME = evaluation().function(B, p, WHERE, n)


def about(side: Term) -> Term:
    """That p, asking B, is wrong about the set of a side."""
    answer = select(generic_pair.generic_of(A, J, s, side), WHERE)
    return negate(both(halts(OUTCOME), equal(value(OUTCOME), answer)))


_, T, Y, _, _, _ = condition.condition_variables()
Q = constant("q", p.sort)
USED = {
    "f": EMPTY, "g": FULL, "k": Finite({}, 3), "p": Ask(), "x": NIL, "n": 1, "rest": NIL,
}
QUERY = parse_program("then(id, quote 1)")

ALL = [
    Instance(
        "for every value", kleene_post.other_not_from, right(negate(halts(OUTCOME))),
        defeated(NO), ABOUT_JUMP,
    ),
    Instance(
        "about the set that it may ask", kleene_post.other_not_from, right(about(condition.FALSE)),
        defeated(NO), ABOUT_JUMP,
    ),
    Instance(
        "in six steps", kleene_post.above_set,
        lambda true: true.but(then=halts(evaluation().function(
            B, kleene_post.half_of_join().function(condition.FALSE), x, 6
        ))),
        with_jump(FULL) | {"x": NIL},
    ),
    Instance(
        "the set for the join", kleene_post.below_jump,
        lambda true: true.but(then=equal(
            value(true.statement.conclusion.args[0].args[0]), select(A, x)
        )),
        with_jump(FULL) | {"x": NIL}, ABOUT_JUMP,
    ),
    Instance(
        "if q is wrong", kleene_post.answered_on_use, without("right"), USED | {"q": NO},
    ),
    Instance(
        "in no further steps", kleene_post.answered_on_use,
        lambda true: true.but(then=halts(evaluation().function(
            f, kleene_post.substituting().function(p, Q), x, n
        ))),
        USED | {"q": QUERY},
    ),
    Instance(
        "if p does not halt", kleene_post.answered_on_use, without("halts"),
        USED | {"q": YES, "n": 0},
    ),
    Instance(
        "of as long a condition", condition.decided,
        lambda true: true.but(then=condition.is_a(
            condition.deciding().function(T, Y), Pair
        )),
        {"t": NIL, "y": NIL, "b": TRUE},
    ),
    Instance(
        "by a condition that is no extension", condition.extension, without("extends"),
        {"s": Pair(TRUE, NIL), "t": Pair(NIL, NIL), "y": NIL},
    ),
    Instance(
        "of a node in no list", breadth_first.has_its_turn, without("member"),
        {
            "kind": TRUE, "way": NIL, "node": numeral(3), "now": Pair(NIL, NIL), "later": NIL,
            "queue": Pair(Pair(NIL, NIL), NIL), "i": 0,
        },
    ),
]

# Whoever uses a theorem about the jump must hand it both hypotheses: without one is no proof.
NO_STEPS = Finite({}, 0)
WITHOUT_JUMP = [
    Instance(
        f"{theorem.__name__} without {label}", theorem, without(label),
        {"f": EMPTY, "J": jump, "s": NO_STEPS, "w": first(program), "p": NO, "n": 1}, ABOUT_JUMP,
    )
    for theorem, program in (
        (kleene_post.other_not_from, NO), (kleene_post.not_from_set, from_set(NO)),
    )
    for label, jump in (("members halt", FULL), ("others loop", EMPTY))
]

THEOREMS = list(dict.fromkeys(wrong.theorem for wrong in ALL))


@pytest.mark.parametrize("wrong", ALL, ids=lambda wrong: wrong.label)
def test_a_wrong_variant_is_refused_and_fails_when_run(wrong: Instance) -> None:
    refuse(wrong)


@pytest.mark.parametrize("wrong", WITHOUT_JUMP, ids=lambda wrong: wrong.label)
def test_no_hypothesis_about_the_jump_can_be_left_out(wrong: Instance) -> None:
    wrong.theorem()
    true = proof_of(wrong.theorem)
    statement = wrong.statement(true)
    with pytest.raises(KernelError, match=r"others loop|members halt"):
        prove(f"{true.name} {wrong.label}", statement, true.premises, **true.options)
    assert wrong.value(statement) is False
    assert wrong.value(true.statement) is None


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem.__name__)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    theorem()
    confirm(theorem)


def test_a_loop_is_no_exception() -> None:
    statement = kleene_post.other_not_from().statement
    values = defeated(LOOP, 100)
    assert jump_of(EMPTY) is values["J"]
    assert Instance("", kleene_post.other_not_from, lambda _: statement, values, ABOUT_JUMP).value(
        statement
    )
