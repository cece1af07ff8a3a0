"""Wrong variants of ``jump-escape`` and ``jump-above``: refused, and false when they are run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checks.machine.turing_jump import SMALL, Jump, right_about
from models.machine.diagonal import diagonal
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import Id, Program, Quote, Then, code, parse_program
from models.machine.tree import NIL, TRUE, Nil, Pair, Tree, numeral
from models.machine.turing_jump import ABOVE_STEPS, absence
from proofs.kernel.reading import is_a, made, quote
from proofs.kernel.rules import KernelError, Statement, Theorem, prove
from proofs.kernel.terms import TRUE as ANYTHING
from proofs.kernel.terms import Term, both, choose_by, equal, iff, implies, negate, select
from proofs.machine import escape, semantics, turing_jump
from proofs.machine.program import coding, decode_code, decoding
from tests.soundness.instances import Instance, confirm, holds, refuse
from tests.soundness.variants import Proof, proof_of

f, J, s, p, x, n = turing_jump.jump_variables()
run = semantics.evaluation().function
SAYS_NO, SAYS_YES = Quote(NIL), Quote(TRUE)


def without(label: str) -> Callable[[Proof], Statement]:
    """The statement without a hypothesis."""
    return lambda true: true.but(given={label: ANYTHING})


# --- jump-escape ----------------------------------------------------------------------------------

OWN = coding().function(escape.LONG.of(p))
SAID = run(f, p, OWN, n)
ABOUT_DIAGONAL = right_about(lambda values: code(diagonal(values["p"])))


def programs(
    program: Program, J: Oracle | None = None, f: Oracle = EMPTY, n: int = 10, m: int = 20
) -> dict[str, Any]:
    """Values for ``jump-escape``, with the true jump of f if none is given."""
    jump = Jump(f)
    return {"f": f, "J": J or jump, "s": lambda _: 100, "p": program, "n": n, "m": m}


def right(true: Term) -> Callable[[Proof], Statement]:
    """With another conclusion."""
    return lambda proof: proof.but(then=true)


ESCAPE = [
    Instance(
        "for a set with members that loop", turing_jump.escape, without("members halt"),
        programs(SAYS_YES, FULL), ABOUT_DIAGONAL,
    ),
    Instance(
        "for a set that lacks what halts", turing_jump.escape, without("others loop"),
        programs(SAYS_NO, EMPTY), ABOUT_DIAGONAL,
    ),
    Instance(
        "for every value", turing_jump.escape,
        right(negate(semantics.halts(SAID))), programs(SAYS_NO), ABOUT_DIAGONAL,
    ),
    Instance(
        "wrong the other way round", turing_jump.escape,
        right(negate(both(
            semantics.halts(SAID),
            iff(is_a(select(J, OWN), Pair), is_a(semantics.value(SAID), Nil)),
        ))),
        programs(SAYS_NO), ABOUT_DIAGONAL,
    ),
    Instance(
        "at the code of the program itself", turing_jump.escape,
        right(negate(both(
            semantics.halts(run(f, p, coding().function(p), n)),
            iff(
                is_a(select(J, coding().function(p)), Pair),
                is_a(semantics.value(run(f, p, coding().function(p), n)), Pair),
            ),
        ))),
        # It halts, and says so.
        programs(SAYS_YES), ABOUT_DIAGONAL,
    ),
    Instance(
        "in three steps more", turing_jump.error,
        right(implies(
            escape.no(SAID), semantics.halts(run(f, decoding().function(OWN), OWN, n + 3))
        )),
        programs(SAYS_NO, n=1),
    ),
    Instance(
        "after any answer", turing_jump.error,
        right(implies(
            semantics.halts(SAID), semantics.halts(run(f, decoding().function(OWN), OWN, n + 4))
        )),
        programs(SAYS_YES),
    ),
]


# --- codes ----------------------------------------------------------------------------------------


def other_way_round(true: Proof) -> Statement:
    """code(decode(e)) = e: not every tree is the code of a program."""
    (tree,) = (x,)
    conclusion = equal(coding().function(decoding().function(tree)), tree)
    return Statement((p, tree), (), conclusion)


CODES = [
    Instance(
        "the other way round", decode_code, other_way_round, {"p": Id(), "x": numeral(2)}
    ),
    Instance(
        "with a code for its own program", decode_code,
        right(equal(decoding().function(coding().function(p)), made(Quote, coding().function(p)))),
        {"p": Id()},
    ),
    Instance(
        "without a constructor", decode_code,
        right(equal(decoding().function(coding().function(made(Then, p, p))), p)),
        {"p": Id()},
    ),
]


# --- jump-above -----------------------------------------------------------------------------------

ABOVE = turing_jump.above
ABOUT_ABSENCE = right_about(lambda values: code(absence(values["x"])))
ANSWER = select(f, x)
MEMBER = select(J, coding().function(turing_jump.absent().function(x)))
SET = Table({numeral(1): TRUE})


def questions(
    tree: Tree, J: Oracle | None = None, f: Oracle = SET, n: int = ABOVE_STEPS
) -> dict[str, Any]:
    """Values for ``jump-above``, with the true jump of f if none is given."""
    return {"f": f, "J": J or Jump(f), "s": lambda _: 100, "x": tree, "n": n}


def outcome(said: Term, steps: int = ABOVE_STEPS) -> Callable[[Proof], Statement]:
    """With another value or another number of steps."""

    def statement(true: Proof) -> Statement:
        done = made(semantics.Done, said, n - steps)
        left = true.statement.conclusion.args[0]
        return true.but(then=equal(left, choose_by(n >= steps, done, made(semantics.OutOfGas))))

    return statement


YES, NO = quote(TRUE, x.sort), quote(NIL, x.sort)
TRUTH = choose_by(is_a(ANSWER, Pair), YES, NO)

JUMP_ABOVE = [
    Instance(
        "with the complement", ABOVE, outcome(choose_by(is_a(ANSWER, Pair), NO, YES)),
        questions(numeral(1)), ABOUT_ABSENCE,
    ),
    Instance(
        "with the answer itself", ABOVE, outcome(ANSWER),
        # The jump knows only whether it is a pair.
        questions(NIL, f=Table({NIL: numeral(2)})), ABOUT_ABSENCE,
    ),
    Instance(
        "in 25 steps", ABOVE, outcome(TRUTH, ABOVE_STEPS - 1),
        questions(numeral(1), n=ABOVE_STEPS - 1), ABOUT_ABSENCE,
    ),
    Instance(
        "asked for presence", turing_jump.asking,
        right(iff(is_a(MEMBER, Pair), is_a(ANSWER, Pair))), questions(numeral(1)), ABOUT_ABSENCE,
    ),
    Instance(
        "asked without those that halt", turing_jump.asking, without("others loop"),
        questions(numeral(2), EMPTY), ABOUT_ABSENCE,
    ),
    Instance(
        "asked with members that loop", turing_jump.asking, without("members halt"),
        questions(numeral(1), FULL), ABOUT_ABSENCE,
    ),
]

# Whoever uses the lemma about asking must hand it both hypotheses: without one there is no proof.
ABOVE_WITHOUT = [
    Instance(
        "with members that loop", ABOVE, without("members halt"), questions(numeral(1), FULL),
        ABOUT_ABSENCE,
    ),
    Instance(
        "without some that halt", ABOVE, without("others loop"), questions(numeral(2), EMPTY),
        ABOUT_ABSENCE,
    ),
]

ALL = [*ESCAPE, *CODES, *JUMP_ABOVE]
THEOREMS = list(dict.fromkeys(wrong.theorem for wrong in ALL))


@pytest.mark.parametrize("wrong", ALL, ids=lambda wrong: wrong.label)
def test_a_wrong_variant_is_refused_and_fails_when_run(wrong: Instance) -> None:
    refuse(wrong)


@pytest.mark.parametrize("wrong", ABOVE_WITHOUT, ids=lambda wrong: wrong.label)
def test_no_hypothesis_of_jump_above_can_be_left_out(wrong: Instance) -> None:
    true = proof_of(wrong.theorem)
    statement = wrong.statement(true)
    with pytest.raises(KernelError, match=r"others loop|members halt"):
        prove(f"{true.name} {wrong.label}", statement, true.premises, **true.options)
    assert wrong.value(statement) is False
    assert wrong.value(true.statement) is None


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem.__name__)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)


@pytest.mark.parametrize("oracle", [EMPTY, FULL, SET], ids=repr)
def test_witnesses(oracle: Oracle) -> None:
    """The true jump of an oracle, as far as it is tested."""
    for program in (SAYS_NO, SAYS_YES, Id(), parse_program("while(id, tl)")):
        assert holds(turing_jump.escape, programs(program, f=oracle), ABOUT_DIAGONAL)
    for tree in SMALL:
        assert holds(ABOVE, questions(tree, f=oracle), ABOUT_ABSENCE)
        assert holds(turing_jump.asking, questions(tree, f=oracle), ABOUT_ABSENCE)
