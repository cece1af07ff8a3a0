"""Wrong variants of ``jump-monotone`` and its lemmas: refused, and false when they are run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checks.machine.code_substitution import around
from checks.machine.substitution import Computed
from checks.machine.turing_jump import Jump
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import Ask, Program, code, parse_program
from models.machine.semantics import Done
from models.machine.tree import NIL, TRUE, Pair, Tree, numeral
from proofs.kernel.reading import is_a, made
from proofs.kernel.rules import KernelError, Statement, Theorem, prove
from proofs.kernel.terms import TRUE as ANYTHING
from proofs.kernel.terms import Term, both, equal, iff, select
from proofs.machine import code_substitution as reductions
from proofs.machine import semantics
from proofs.machine.program import coding, decoding
from proofs.machine.substitution import substituting
from tests.soundness.instances import Instance, confirm, holds, refuse
from tests.soundness.variants import Proof, proof_of

f, g, k, q, J, s, K, t, e, n = reductions.reduction_variables()
run = semantics.evaluation().function
CODE = coding().function(q)
MEMBER, BELOW = is_a(select(J, reductions.questioning().function(e, CODE)), Pair), select(K, e)

ASK = Ask()
FLIP = parse_program("if(ask, quote false, quote true)")
# While it is told yes of nil it goes on.
LOOP = code(parse_program("while(then(quote nil, ask), id)"))
SET = Table({NIL: TRUE})


def right(conclusion: Term) -> Callable[[Proof], Statement]:
    """With another conclusion."""
    return lambda true: true.but(then=conclusion)


def without(label: str) -> Callable[[Proof], Statement]:
    """The statement without a hypothesis."""
    return lambda true: true.but(given={label: ANYTHING})


def values(
    q: Program = FLIP,
    f: Oracle = EMPTY,
    e: Tree = LOOP,
    *,
    n: int = 0,
    g: Oracle | None = None,
    J: Oracle | None = None,
    K: Oracle | None = None,
) -> dict[str, Any]:
    """Values; what q computes, and the true jumps, where nothing else is given."""
    computed = Computed(q, f)
    above, below = Jump(f), Jump(g or computed)
    return {
        "f": f, "g": g or computed, "k": computed.cost, "q": q, "J": J or above, "s": above.steps,
        "K": K or below, "t": below.steps, "e": e, "n": n,
    }


WINDOW = around()
MONOTONE = [
    Instance(
        "as the complement", reductions.monotone, right(iff(MEMBER, is_a(BELOW, type(NIL)))),
        values(), WINDOW,
    ),
    Instance(
        "without substituting", reductions.monotone,
        right(iff(is_a(select(J, e), Pair), is_a(BELOW, Pair))), values(), WINDOW,
    ),
    Instance(
        "with the answer about e itself", reductions.monotone,
        right(equal(
            run(J, reductions.reducing().function(CODE), e,
                n + reductions.visiting().function(e) + 35),
            made(Done, select(J, e), n),
        )),
        values(), WINDOW,
    ),
    Instance(
        "in a step less", reductions.monotone,
        right(semantics.halts(
            run(J, reductions.reducing().function(CODE), e,
                n + reductions.visiting().function(e) + 34)
        )),
        values(), WINDOW,
    ),
    Instance("with gas owed", reductions.monotone, without("gas"), values(n=-1), WINDOW),
    # Nothing is lost but one of the four that make J and K jumps.
    Instance(
        "with members above that loop", reductions.monotone, without("members halt"),
        values(J=FULL), WINDOW,
    ),
    Instance(
        "with members missing above", reductions.monotone, without("others loop"),
        values(ASK, J=EMPTY), WINDOW,
    ),
    Instance(
        "with members below that loop", reductions.monotone, without("members halt below"),
        values(K=FULL), WINDOW,
    ),
    Instance(
        "with members missing below", reductions.monotone, without("others loop below"),
        values(ASK, K=EMPTY), WINDOW,
    ),
]

# --- the lemmas -----------------------------------------------------------------------------------

F, C, E, TASKS, V, N = reductions.task_variables()
VISITED = reductions.substituting_code().function
STEPS = reductions.visiting().function
LOOPED = reductions.all_tasks().function(C)


def visiting(more: int, code: Term, under: Term) -> Term:
    """A visit said to take so many steps more, and to leave a code and values."""
    begun = made(Pair, made(Pair, reductions.visit(E), TASKS), V)
    return equal(
        run(F, LOOPED, begun, N + STEPS(E) + more),
        run(F, LOOPED, made(Pair, TASKS, made(Pair, code, under)), N),
    )


def tasks(e: Tree, *, n: int = 3, v: Tree = NIL) -> dict[str, Any]:
    return {"f": EMPTY, "c": numeral(9), "e": e, "k": NIL, "v": v, "n": n}


LEMMAS = [
    Instance(
        "with the code as it was", reductions.visited, right(visiting(0, E, V)),
        tasks(code(ASK)),
    ),
    Instance(
        "in a step more", reductions.visited, right(visiting(1, VISITED(E, C), V)),
        tasks(code(ASK)),
    ),
    Instance(
        "in a step less", reductions.visited_within, right(visiting(-1, VISITED(E, C), V)),
        tasks(code(ASK)),
    ),
    Instance(
        "without the values before", reductions.visited,
        right(visiting(0, VISITED(E, C), made(type(NIL)))), tasks(NIL, v=TRUE),
    ),
    Instance(
        "asking about the tree", reductions.reduction,
        right(equal(
            run(F, reductions.reducing().function(C), E, N + STEPS(E) + 35),
            made(Done, select(F, E), N),
        )),
        {"f": SET, "c": NIL, "e": NIL, "n": 0},
    ),
    Instance(
        "with gas owed", reductions.reduction, without("gas"),
        {"f": SET, "c": NIL, "e": NIL, "n": -1},
    ),
    Instance(
        "as a code", reductions.decoded,
        right(equal(
            VISITED(E, CODE), coding().function(
                substituting().function(decoding().function(E), q)
            ),
        )),
        # nil is read as Id, whose code is another tree.
        {"e": NIL, "q": ASK},
    ),
    Instance(
        "read as it was", reductions.decoded,
        right(equal(decoding().function(VISITED(E, CODE)), decoding().function(E))),
        {"e": code(ASK), "q": FLIP},
    ),
]

ALL = [*MONOTONE, *LEMMAS]
THEOREMS = list(dict.fromkeys(wrong.theorem for wrong in ALL))


@pytest.mark.parametrize(
    "wrong", ALL, ids=lambda wrong: f"{wrong.theorem.__name__} {wrong.label}"
)
def test_a_wrong_variant_is_refused_and_fails_when_run(wrong: Instance) -> None:
    refuse(wrong)


def test_that_q_computes_g_cannot_be_left_out() -> None:
    """Substitution must be handed that: without it there is no proof."""
    wrong = Instance(
        "whatever q computes", reductions.monotone, without("computes"), values(g=EMPTY), WINDOW
    )
    true = proof_of(wrong.theorem)
    statement = wrong.statement(true)
    with pytest.raises(KernelError, match="computes"):
        prove(f"{true.name} {wrong.label}", statement, true.premises, **true.options)
    assert wrong.value(statement) is False
    assert wrong.value(true.statement) is None


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem.__name__)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)


@pytest.mark.parametrize("program", ["ask", "if(ask, quote false, quote true)", "quote true"])
def test_witnesses(program: str) -> None:
    for oracle in (EMPTY, FULL, SET):
        for tree in (LOOP, NIL, code(ASK)):
            given = values(parse_program(program), oracle, tree)
            assert holds(reductions.monotone, given, WINDOW)


def test_both_sides_of_the_equivalence_occur() -> None:
    conclusion = proof_of(reductions.monotone).statement.conclusion
    assert conclusion.args[1] is iff(MEMBER, is_a(BELOW, Pair)) and both(conclusion) is conclusion
    assert (values()["K"](LOOP), values(ASK)["K"](LOOP)) == (NIL, TRUE)
