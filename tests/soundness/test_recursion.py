"""Wrong variants of ``recursion-theorem``: refused, and false when they are run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.machine.oracle import EMPTY, FULL
from models.machine.program import Program, code, parse_program
from models.machine.recursion import (
    MAKE_RECURSIVE,
    MAKE_RECURSIVE_STEPS,
    RECURSIVE_STEPS,
    recursive,
)
from models.machine.semantics import Done, evaluate
from models.machine.tree import NIL, Pair, Tree, numeral
from proofs.kernel.reading import made, quote
from proofs.kernel.rules import Statement, Theorem
from proofs.kernel.terms import TRUE as ANYTHING
from proofs.kernel.terms import Term, equal, implies
from proofs.machine import recursion, semantics
from proofs.machine.program import code_pairs, coding, counting, decoding, sizing
from proofs.machine.specialisation import specialising
from tests.soundness.instances import Instance, confirm, holds, refuse
from tests.soundness.variants import Proof, halts

f, p, x, n = semantics.evaluation_variables()
run = semantics.evaluation().function
coded, decoded = coding().function, decoding().function
WHOLE, UNFINISHED = recursion.recursive().function(p), recursion.with_self().function(p)
OWN = coded(WHOLE)

HD, TL, IDENTITY = (parse_program(text) for text in ("hd", "tl", "id"))
QUOTED = parse_program("quote nil")
"""The program whose code is largest for its size."""


def right(conclusion: Term) -> Callable[[Proof], Statement]:
    """With another conclusion."""
    return lambda true: true.but(then=conclusion)


# --- the outcome ----------------------------------------------------------------------------------


def outcome(
    label: str, conclusion: Term, program: Program, tree: Tree = NIL, gas: int = 9
) -> Instance:
    """A wrong conclusion, with values on which it fails."""
    values = {"f": EMPTY, "p": program, "x": tree, "n": gas}
    return Instance(label, recursion.outcome, right(conclusion), values)


def does(given: Term, *, program: Term = OWN, more: int = RECURSIVE_STEPS) -> Term:
    """That the program of a code does, in so many steps more, what p does on some tree."""
    return equal(run(f, decoded(program), x, n + more), run(f, p, given, n))


TOLD = made(Pair, OWN, x)

OUTCOME = [
    outcome("in a step less", does(TOLD, more=33), IDENTITY, gas=1),
    outcome("in a step more", does(TOLD, more=35), IDENTITY, gas=0),
    outcome(
        "with no more gas",
        implies(semantics.halts(run(f, p, TOLD, n)), semantics.halts(run(f, decoded(OWN), x, n))),
        IDENTITY,
    ),
    outcome(
        "without any gas for p",
        semantics.halts(run(f, decoded(OWN), x, n + RECURSIVE_STEPS)),
        IDENTITY, gas=0,
    ),
    outcome("given the code of p", does(made(Pair, coded(p), x)), HD),
    outcome("given the unfinished code", does(made(Pair, coded(UNFINISHED), x)), HD),
    outcome("as the unfinished program", does(TOLD, program=coded(UNFINISHED)), HD),
    outcome("with code and input exchanged", does(made(Pair, x, OWN)), TL),
    outcome("without the code", does(x), HD, numeral(2)),
]

# --- its code is found ----------------------------------------------------------------------------


def found(program: Program, gas: int = 0) -> dict[str, Any]:
    return {"f": EMPTY, "p": program, "n": gas}


def makes(
    label: str, wanted: Term, *, given: Term | None = None, more: int = MAKE_RECURSIVE_STEPS
) -> Instance:
    """Something else is made, or of something else, or in another time."""
    maker, on = quote(MAKE_RECURSIVE, p.sort), coded(p) if given is None else given
    conclusion = equal(run(f, maker, on, n + more), made(Done, wanted, n))
    return Instance(label, recursion.found, right(conclusion), found(HD))


FOUND = [
    makes("in a step less", OWN, more=30),
    makes("in a step more", OWN, more=32),
    makes("the unfinished code", coded(UNFINISHED)),
    makes("the code of p specialised to itself", coded(specialising().function(p, coded(p)))),
    makes("from its own code", OWN, given=OWN),
    Instance(
        "with gas owed", recursion.found, lambda true: true.but(given={"gas": ANYTHING}),
        found(HD, -1),
    ),
]

# --- sizes ----------------------------------------------------------------------------------------

size, count = sizing().function, counting().function
PAIRS = count(coded(p))


def sizes(
    label: str, theorem: Callable[[], Theorem], conclusion: Term, program: Program
) -> Instance:
    """A wrong size or bound, with a program for which it is."""
    return Instance(label, theorem, right(conclusion), {"p": program})


SIZES = [
    sizes("one less", recursion.larger, equal(size(WHOLE), size(p) + PAIRS + 136), IDENTITY),
    sizes("one more", recursion.larger, equal(size(WHOLE), size(p) + PAIRS + 138), IDENTITY),
    sizes("by as much for each", recursion.larger, equal(size(WHOLE), size(p) + 138), HD),
    sizes("by its pairs twice", recursion.larger, equal(size(WHOLE), size(p) + 2 * PAIRS + 136),
          HD),
    sizes("one less", recursion.bounded, size(WHOLE) <= 9 * size(p) + 133, QUOTED),
    sizes("strictly", recursion.bounded, size(WHOLE) < 9 * size(p) + 134, QUOTED),
    sizes("eight times", recursion.bounded, size(WHOLE) <= 8 * size(p) + 134, QUOTED),
    sizes("always", recursion.bounded, equal(size(WHOLE), 9 * size(p) + 134), IDENTITY),
    sizes("one less", code_pairs, PAIRS <= 8 * size(p) - 4, QUOTED),
    sizes("strictly", code_pairs, PAIRS < 8 * size(p) - 3, QUOTED),
    sizes("always", code_pairs, equal(PAIRS, 8 * size(p) - 3), IDENTITY),
    sizes(
        "seven times", code_pairs, PAIRS <= 7 * size(p) - 2,
        parse_program("while(quote nil, quote nil)"),
    ),
]

ALL = [*OUTCOME, *FOUND, *SIZES]
THEOREMS = list(dict.fromkeys(wrong.theorem for wrong in ALL))


@pytest.mark.parametrize(
    "wrong", ALL, ids=lambda wrong: f"{wrong.theorem.__name__} {wrong.label}"
)
def test_a_wrong_variant_is_refused_and_fails_when_run(wrong: Instance) -> None:
    refuse(wrong)


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem.__name__)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)


@pytest.mark.parametrize("text", ["hd", "tl", "ask", "while(tl, tl)", "then(hd, ask)"])
def test_witnesses(text: str) -> None:
    """For much gas both sides halt, for little neither does."""
    program = parse_program(text)
    told = Pair(code(recursive(program)), numeral(2))
    for oracle in (EMPTY, FULL):
        for gas, enough in ((300, True), (0, False), (-40, False)):
            assert halts(evaluate(oracle, program, told, gas)) is enough
            values = {"f": oracle, "p": program, "x": numeral(2), "n": gas}
            assert holds(recursion.outcome, values)
    assert holds(recursion.found, found(program, 5))
    for theorem in (recursion.larger, recursion.bounded, code_pairs):
        assert holds(theorem, {"p": program})
