"""Wrong variants of ``finite-internalization``: refused, and false when they are run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checks.machine.internalisation import TREES, Patched
from models.machine.internalisation import answers, transcript
from models.machine.oracle import EMPTY, FULL, Oracle
from models.machine.program import Ask, Id, Program, parse_program, size
from models.machine.tree import NIL, TRUE, Tree, numeral
from proofs.kernel.reading import quote
from proofs.kernel.rules import KernelError, Statement, Theorem, prove
from proofs.kernel.terms import TRUE as ANYTHING
from proofs.kernel.terms import Term, choose_by, either, equal, negate, select
from proofs.machine import internalisation, semantics
from proofs.machine.program import counting, sizing
from proofs.machine.substitution import answering
from tests.soundness.instances import Instance, confirm, holds, refuse
from tests.soundness.variants import Proof, proof_of

f, g, k, p, t, x, n = internalisation.internalisation_variables()
run = semantics.evaluation().function
WHOLE = internalisation.internalised().function(p, t)
BY = internalisation.answers().function(t)
EXTRA = answering().function(g, k, p, x, n)
PLAIN, FOUND, BACK = run(g, p, x, n), run(f, WHOLE, x, n + EXTRA), run(f, WHOLE, x, n)
EVERYWHERE = dict.fromkeys(("patched", "cost", "agree"), lambda _: TREES)

ASK = Ask()
NIL_IS_TRUE = transcript([(NIL, TRUE)])


def right(conclusion: Term) -> Callable[[Proof], Statement]:
    """With another conclusion."""
    return lambda true: true.but(then=conclusion)


def values(
    program: Program = ASK,
    entries: Tree = NIL_IS_TRUE,
    oracle: Oracle = EMPTY,
    *,
    other: Oracle | None = None,
    x: Tree = NIL,
    n: int = 1,
    cost: int | None = None,
) -> dict[str, Any]:
    """Values; the other oracle is the patched one if none is given, and the cost the least."""
    least = size(answers(entries))
    return {
        "f": oracle, "g": other or Patched(oracle, entries), "t": entries, "p": program, "x": x,
        "k": lambda _: least if cost is None else cost, "n": n, "h": other,
    }


def without(label: str) -> Callable[[Proof], Statement]:
    """The statement without a hypothesis."""
    return lambda true: true.but(given={label: ANYTHING})


RUNS = [
    Instance(
        "with the gas of p alone", internalisation.forward, right(semantics.halts(BACK)),
        values(), EVERYWHERE,
    ),
    Instance(
        "with the oracle as it was", internalisation.forward,
        right(equal(semantics.value(FOUND), semantics.value(run(f, p, x, n)))),
        values(), EVERYWHERE,
    ),
    Instance(
        "with strictly more gas left", internalisation.forward,
        right(semantics.gas(FOUND) > semantics.gas(PLAIN)), values(Id()), EVERYWHERE,
    ),
    Instance(
        "whether p halts or not", internalisation.forward,
        lambda true: true.but(given={"halts": ANYTHING}, then=semantics.halts(FOUND)),
        values(parse_program("while(quote 1, id)"), n=9), EVERYWHERE,
    ),
    Instance(
        "whether it halts or not", internalisation.backward,
        lambda true: true.but(given={"halts": ANYTHING}, then=semantics.halts(PLAIN)),
        values(n=0), EVERYWHERE,
    ),
    Instance(
        "with strictly more gas left", internalisation.backward,
        right(semantics.gas(PLAIN) > semantics.gas(BACK)), values(Id()), EVERYWHERE,
    ),
    Instance(
        "with the values of the oracle", internalisation.backward,
        right(equal(semantics.value(BACK), semantics.value(run(f, p, x, n)))),
        values(n=20), EVERYWHERE,
    ),
]

# --- the lemmas -----------------------------------------------------------------------------------

F, T, Z, N = internalisation.transcript_variables()
*_, M = proof_of(internalisation.answering_agrees).statement.variables
(H, C) = (proof_of(internalisation.unasked).statement.variables[1],
          proof_of(internalisation.equality).statement.variables[1])
TREE_OF = internalisation.equal_to().function(C)
YES, NO = quote(TRUE, x.sort), quote(NIL, x.sort)


def compare(more: Term) -> Term:
    return run(f, TREE_OF, x, n + more)


def constants(c: Tree, x: Tree, n: int = 0) -> dict[str, Any]:
    return {"f": EMPTY, "c": c, "x": x, "n": n}


def runs_of_answers(g: Oracle, m: int = 30) -> dict[str, Any]:
    return {"f": EMPTY, "g": g, "t": NIL_IS_TRUE, "z": NIL, "m": m}


LEMMAS = [
    Instance(
        "with the answers swapped", internalisation.equality,
        right(equal(
            semantics.value(compare(internalisation.steps(C))),
            choose_by(equal(x, C), NO, YES),
        )),
        constants(NIL, NIL),
    ),
    Instance(
        "in three steps for nil", internalisation.equality,
        right(semantics.halts(compare(14 * counting().function(C) + 3))), constants(NIL, NIL),
    ),
    Instance(
        "with gas owed", internalisation.equality, without("gas"), constants(NIL, NIL, -2),
    ),
    Instance(
        "smaller than it is", internalisation.equality_size,
        right(sizing().function(TREE_OF) <= 14 * counting().function(C) + 4), {"c": TRUE},
    ),
    Instance(
        "whatever is listed", internalisation.answered,
        right(equal(
            semantics.value(run(F, internalisation.answers().function(T), Z,
                                N + sizing().function(internalisation.answers().function(T)))),
            select(F, Z),
        )),
        {"f": EMPTY, "t": NIL_IS_TRUE, "z": NIL, "n": 0},
    ),
    Instance(
        "with gas owed", internalisation.answered, without("gas"),
        {"f": EMPTY, "t": NIL, "z": NIL, "n": -1},
    ),
    Instance(
        "with any oracle", internalisation.answering_agrees, without("patched"),
        runs_of_answers(EMPTY), EVERYWHERE,
    ),
    Instance(
        "and halting for every gas", internalisation.answering_agrees,
        right(semantics.halts(run(f, BY, Z, M))), runs_of_answers(Patched(EMPTY, NIL_IS_TRUE), 1),
        EVERYWHERE,
    ),
    Instance(
        "however long the questions", internalisation.answers_size,
        right(sizing().function(BY) <= 13 * counting().function(t)), {"t": NIL},
    ),
    Instance(
        "of equal size", internalisation.larger,
        right(equal(sizing().function(WHOLE), sizing().function(p))),
        {"p": Ask(), "t": NIL_IS_TRUE},
    ),
    Instance(
        "with a whole answering program for each Ask", internalisation.larger,
        right(equal(
            sizing().function(WHOLE),
            sizing().function(p)
            + internalisation.asked().function(p) * sizing().function(BY),
        )),
        {"p": Ask(), "t": NIL_IS_TRUE},
    ),
    Instance(
        "whatever the oracles say", internalisation.answered_alike, without("agree"),
        {"f": EMPTY, "h": FULL, "t": NIL_IS_TRUE, "z": numeral(1), "n": 30},
    ),
    Instance(
        "if they agree on what is listed", internalisation.answered_alike,
        lambda true: true.but(given={"agree": either(
            negate(internalisation.listed().function(T, Z)), equal(select(F, Z), select(H, Z))
        )}),
        {"f": EMPTY, "h": FULL, "t": NIL_IS_TRUE, "z": numeral(1), "n": 30},
    ),
    Instance(
        "with whatever q", internalisation.substituted_alike, without("alike"),
        {"f": EMPTY, "h": FULL, "p": Ask(), "q": Ask(), "x": NIL, "n": 1},
        {"alike": lambda _: [(NIL, 1)]},
    ),
]

ALL = [*RUNS, *LEMMAS]
THEOREMS = list(dict.fromkeys(wrong.theorem for wrong in ALL))


@pytest.mark.parametrize(
    "wrong", ALL, ids=lambda wrong: f"{wrong.theorem.__name__} {wrong.label}"
)
def test_a_wrong_variant_is_refused_and_fails_when_run(wrong: Instance) -> None:
    refuse(wrong)


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem.__name__)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)


# A lemma that supposes something "for all" must be handed it: without it there is no proof.
WITHOUT = [
    Instance(
        "with any oracle", internalisation.forward, without("patched"), values(other=EMPTY),
        EVERYWHERE,
    ),
    Instance(
        "at any cost", internalisation.forward, without("cost"), values(cost=0), EVERYWHERE,
    ),
    Instance(
        "with any oracle", internalisation.backward, without("patched"),
        values(n=20, other=EMPTY), EVERYWHERE,
    ),
    Instance(
        "whatever the oracles say", internalisation.unasked, without("agree"),
        values(other=FULL, x=numeral(1), n=30), EVERYWHERE,
    ),
]


@pytest.mark.parametrize(
    "wrong", WITHOUT, ids=lambda wrong: f"{wrong.theorem.__name__} {wrong.label}"
)
def test_no_hypothesis_can_be_left_out(wrong: Instance) -> None:
    wrong.theorem()
    true = proof_of(wrong.theorem)
    statement = wrong.statement(true)
    with pytest.raises(KernelError):
        prove(f"{true.name} {wrong.label}", statement, true.premises, **true.options)
    assert wrong.value(statement) is False
    assert wrong.value(true.statement) is None


def test_witnesses() -> None:
    """Something is listed and asked, and both oracles answer it as listed or differ there."""
    for theorem, given in (
        (internalisation.forward, values(n=2)),
        (internalisation.backward, values(n=20)),
        (internalisation.unasked, values(other=Patched(EMPTY, NIL_IS_TRUE), n=20)),
    ):
        assert holds(theorem, given, EVERYWHERE)
    assert holds(internalisation.equality, constants(TRUE, TRUE))
    assert holds(
        internalisation.answered, {"f": FULL, "t": NIL_IS_TRUE, "z": NIL, "n": 3}
    )
