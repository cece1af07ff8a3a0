"""Wrong variants of ``closure``: refused, and false when they are run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checks.machine.substitution import Computed
from checks.revision.self_modification import AROUND
from checks.witness import Named
from models.machine.oracle import EMPTY, FULL, Table
from models.machine.program import Program, code, parse_program
from models.machine.tree import NIL, TRUE, Tree, length, numeral
from models.machine.universal import UNIVERSAL
from proofs.kernel.evaluate import Finite
from proofs.kernel.rules import KernelError, Statement, Theorem, prove
from proofs.kernel.terms import TRUE as ANYTHING
from proofs.kernel.terms import Term, both, equal, select
from proofs.machine import semantics
from proofs.machine.program import decoding
from proofs.machine.semantics import gas, halts, value
from proofs.machine.straight import pair
from proofs.machine.tree import measuring
from proofs.machine.universal import universal_program
from proofs.revision import self_modification as proofs
from tests.revision.modifiers import GROW, IS_ZERO
from tests.soundness.instances import Instance, confirm, holds, refuse
from tests.soundness.variants import Proof, proof_of

f, u, g, c, w, e, x, n = proofs.revision_variables()
h, k, q, r, b = proofs.layer_variables()
(m,) = (v for v in proof_of(proofs.computed).statement.variables if v.data == "m")
run = semantics.evaluation().function
TIME = measuring().function(w)
COST = proofs.revising_gas().function(g, c, e, TIME)
V = proofs.revised_by(u)


def last(rounds: Term) -> Term:
    """The program after the rounds."""
    return proofs.iterating().function(g, e, rounds)


def right(conclusion: Term) -> Callable[[Proof], Statement]:
    """With another conclusion."""
    return lambda true: true.but(then=conclusion)


def without(label: str) -> Callable[[Proof], Statement]:
    """The statement without a hypothesis."""
    return lambda true: true.but(given={label: ANYTHING})


LOOP = code(parse_program("while(quote 1, id)"))


def values(
    *, u: Program = GROW, e: Tree | None = None, w: Tree | None = None, n: int = 8, x: int = 2
) -> dict[str, Any]:
    """From a program that decides {0}, each round lets one more number in."""
    g = Computed(u, EMPTY)
    return {
        "f": EMPTY, "u": u, "g": g, "c": g.cost, "w": numeral(2) if w is None else w,
        "e": code(IS_ZERO) if e is None else e, "x": numeral(x), "n": n, "v": UNIVERSAL,
    }


def as_said(original: Term, result: Term) -> Term:
    """Halts, with the same value."""
    return both(halts(result), equal(value(result), value(original)))


ORIGINAL = run(f, decoding().function(last(TIME)), x, n)
STATE = pair(w, pair(e, x))
ENOUGH = COST + 118 * n + 16
FORWARD = [
    Instance(
        "after a round less", proofs.forward,
        right(as_said(run(f, decoding().function(last(TIME - 1)), x, n), run(f, V, STATE, ENOUGH))),
        values(),
    ),
    Instance(
        "after a round more", proofs.forward,
        right(as_said(run(f, decoding().function(last(TIME + 1)), x, n), run(f, V, STATE, ENOUGH))),
        values(x=3, n=20),
    ),
    Instance(
        "without rewriting", proofs.forward,
        right(as_said(run(f, decoding().function(e), x, n), run(f, V, STATE, ENOUGH))), values(),
    ),
    Instance(
        "with the first program for the input", proofs.forward,
        right(as_said(ORIGINAL, run(f, V, pair(w, pair(e, e)), ENOUGH))), values(x=0),
    ),
    Instance(
        "with gas for the rounds alone", proofs.forward,
        right(as_said(ORIGINAL, run(f, V, STATE, COST + 16))), values(),
    ),
    Instance(
        "with gas for the run alone", proofs.forward,
        right(as_said(ORIGINAL, run(f, V, STATE, 16 + 118 * n))),
        values(u=parse_program("tl"), e=NIL, w=numeral(60), n=1),
    ),
    Instance("whether it halts or not", proofs.forward, without("halts"), values(e=LOOP)),
]

RESULT = run(f, V, STATE, n)
BACKWARD = [
    Instance(
        "after a round less", proofs.backward,
        right(as_said(RESULT, run(f, decoding().function(last(TIME - 1)), x, n))), values(n=2_000),
    ),
    Instance(
        "with many steps to spare", proofs.backward,
        right(both(
            halts(ORIGINAL), equal(value(ORIGINAL), value(RESULT)),
            gas(ORIGINAL) > gas(RESULT) + 2_000,
        )),
        values(n=2_000),
    ),
    Instance(
        "whether it halts or not", proofs.backward, without("halts"), values(e=LOOP, n=2_000)
    ),
]

# --- built in, and computed -----------------------------------------------------------------------

FIXED = proofs.composed().function(u, e, w, universal_program())
COUNTED = proofs.counted().function(u, e, q, universal_program())


def fixed(later: int, state: Term = STATE) -> Callable[[Proof], Statement]:
    """So many steps later as V on a state."""
    return right(equal(run(f, FIXED, x, n + later), run(f, V, state, n)))


BUILT_IN = [
    Instance("eleven steps later", proofs.fixed, fixed(11), values(n=2_000)),
    Instance("thirteen steps later", proofs.fixed, fixed(13), values(n=2_000)),
    Instance(
        "with program and rounds exchanged", proofs.fixed, fixed(12, pair(e, pair(w, x))),
        values(n=2_000),
    ),
]

FOUND = run(f, q, x, n)


def computed(later: int, rounds: Term) -> Callable[[Proof], Statement]:
    """So many steps later than q as V with these rounds."""
    return right(equal(
        run(f, COUNTED, x, n + m + later), run(f, V, pair(rounds, pair(e, x)), m + gas(FOUND))
    ))


COUNTING = values(n=1) | {"q": parse_program("id"), "m": 2_000}
COMPUTED = [
    Instance("eight steps later", proofs.computed, computed(8, value(FOUND)), COUNTING),
    Instance("ten steps later", proofs.computed, computed(10, value(FOUND)), COUNTING),
    Instance(
        "with the first program for rounds", proofs.computed, computed(9, e), COUNTING,
    ),
    Instance(
        "whether q halts or not", proofs.computed, without("halts"),
        COUNTING | {"q": parse_program("while(quote 1, id)")},
    ),
]

# --- the layer ------------------------------------------------------------------------------------

UP_TO_TWO = Table(dict.fromkeys(map(numeral, range(3)), TRUE))
DECIDING = values() | {"h": UP_TO_TWO, "k": Finite({}, 8)}
FIXED_RUN = run(f, FIXED, x, COST + 118 * select(k, x) + 28)
EACH = values() | {
    "q": parse_program("id"), "r": Named("as many as the input is long", lambda x: x),
    "b": Finite({}, 1), "h": FULL, "k": Named("4 and twice the input", lambda x: 4 + 2 * length(x)),
}
FOUND_TIME = measuring().function(select(r, x))
EACH_COST = proofs.revising_gas().function(g, c, e, FOUND_TIME)
EACH_RUN = run(f, COUNTED, x, EACH_COST + 118 * select(k, x) + 16 + select(b, x) + 9)
LAYERS = [
    Instance(
        "with gas for the rounds alone", proofs.layer,
        right(halts(run(f, FIXED, x, COST + 28))), DECIDING,
    ),
    Instance(
        "at another tree", proofs.layer,
        right(both(halts(FIXED_RUN), equal(value(FIXED_RUN), select(h, pair(x, x))))), DECIDING,
    ),
    Instance(
        "in the steps of the last program", proofs.layer,
        right(halts(run(f, FIXED, x, COST + select(k, x) + 28))), DECIDING,
    ),
    Instance(
        "as the first program", proofs.computed_layer,
        right(both(
            halts(EACH_RUN),
            equal(value(EACH_RUN), value(run(f, decoding().function(e), x, select(k, x)))),
        )),
        EACH,
    ),
    Instance(
        "with the rounds for the value", proofs.computed_layer,
        right(equal(value(EACH_RUN), select(r, x))), EACH,
    ),
    Instance(
        "without gas for the rounds", proofs.computed_layer,
        right(halts(run(f, COUNTED, x, 118 * select(k, x) + 16))),
        EACH | values(u=parse_program("while(quote 0, id)"), e=NIL, x=60) | {
            "h": Named("the input", lambda x: x), "k": Finite({}, 1)
        },
    ),
]

ALL = [*FORWARD, *BACKWARD, *BUILT_IN, *COMPUTED, *LAYERS]
THEOREMS = list(dict.fromkeys(wrong.theorem for wrong in ALL))


def with_window(wrong: Instance) -> Instance:
    return Instance(wrong.label, wrong.theorem, wrong.statement, wrong.values, AROUND)


@pytest.mark.parametrize(
    "wrong", ALL, ids=lambda wrong: f"{wrong.theorem.__name__} {wrong.label}"
)
def test_a_wrong_variant_is_refused_and_fails_when_run(wrong: Instance) -> None:
    refuse(with_window(wrong))


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem.__name__)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)


@pytest.mark.parametrize(
    ("theorem", "label"),
    [
        (proofs.forward, "modifies"), (proofs.backward, "modifies"), (proofs.layer, "modifies"),
        (proofs.computed_layer, "modifies"),
    ],
    ids=lambda given: getattr(given, "__name__", given),
)
def test_that_the_modifier_computes_g_cannot_be_left_out(
    theorem: Callable[[], Theorem], label: str
) -> None:
    """The rounds must be handed that: without it there is no proof."""
    theorem()
    true = proof_of(theorem)
    with pytest.raises(KernelError, match=label):
        prove(
            f"{true.name} whatever the modifier computes", without(label)(true), true.premises,
            **true.options,
        )


def test_witnesses() -> None:
    assert holds(proofs.forward, values(), AROUND)
    assert holds(proofs.backward, values(n=2_000), AROUND)
    assert holds(proofs.fixed, values(n=2_000), AROUND)
    assert holds(proofs.computed, COUNTING, AROUND)
    assert holds(proofs.layer, DECIDING, AROUND)
    assert holds(proofs.computed_layer, EACH, AROUND)


def test_a_layer_is_left_by_a_modifier_from_another_one() -> None:
    """That g is computed from f itself matters: one that knows the full set makes a program that
    nothing of the layer of the empty set is said about."""
    asking = parse_program("if(ask, quote <4.1>, id)")
    other = values(u=asking, w=TRUE, n=1) | {"g": Computed(asking, FULL), "e": NIL}
    true = proof_of(proofs.forward).statement
    assert Instance("", proofs.forward, lambda t: t.statement, other, AROUND).value(true) is None
    assert with_window(
        Instance("", proofs.forward, without("modifies"), other)
    ).value(without("modifies")(proof_of(proofs.forward))) is False
