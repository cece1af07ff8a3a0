"""Wrong variants of ``specialisation``: each is refused, with a countermodel that is run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.machine.oracle import EMPTY
from models.machine.program import Cons, Id, Quote, Then, parse_program, size
from models.machine.semantics import evaluate
from models.machine.specialisation import specialise
from models.machine.tree import Pair, numeral, pairs
from proofs.kernel.evaluate import compiled_statement
from proofs.kernel.reading import made
from proofs.kernel.rules import Theorem
from proofs.kernel.tactics import replace
from proofs.kernel.terms import Term, equal, implies
from proofs.machine import semantics, specialisation
from proofs.machine.program import counting, sizing
from tests.soundness.instances import confirm
from tests.soundness.variants import Variant, halts, proof_of, refused

f, p, c, x, n = specialisation.specialisation_variables()
run = semantics.evaluation().function
SPECIAL = specialisation.specialising().function(p, c)
PAIR, SWAPPED = made(Pair, c, x), made(Pair, x, c)
SIZES = sizing().function(SPECIAL), sizing().function(p)



def variant(
    label: str,
    theorem: Callable[[], Theorem],
    then: Term,
    fails: Callable[..., bool],
) -> Variant:
    """The specialised program is spelled out and p given, which is quicker to unfold."""
    spelled = made(Then, made(Cons, made(Quote, c), made(Id)), p)
    return Variant(
        label, theorem, lambda true: true.but(then=replace(then, SPECIAL, spelled)), fails,
        {"where": [equal(p, made(Id))], "levels": 3},
    )


VARIANTS = [
    variant(
        "in five steps more",
        specialisation.outcome,
        equal(run(f, SPECIAL, x, n + 5), run(f, p, PAIR, n)),
        lambda f, p, c, x, n: (
            evaluate(f, specialise(p, c), x, n + 5) != evaluate(f, p, Pair(c, x), n)
        ),
    ),
    variant(
        "with the same gas",
        specialisation.outcome,
        implies(semantics.halts(run(f, p, PAIR, n)), semantics.halts(run(f, SPECIAL, x, n))),
        lambda f, p, c, x, n: (
            halts(evaluate(f, p, Pair(c, x), n)) and not halts(evaluate(f, specialise(p, c), x, n))
        ),
    ),
    variant(
        "with argument and input exchanged",
        specialisation.outcome,
        equal(run(f, SPECIAL, x, n + 6), run(f, p, SWAPPED, n)),
        lambda f, p, c, x, n: (
            evaluate(f, specialise(p, c), x, n + 6) != evaluate(f, p, Pair(x, c), n)
        ),
    ),
    variant(
        "without the argument",
        specialisation.outcome,
        equal(run(f, SPECIAL, x, n + 6), run(f, p, x, n)),
        lambda f, p, c, x, n: (
            evaluate(f, specialise(p, c), x, n + 6) != evaluate(f, p, x, n)
        ),
    ),
    variant(
        "smaller than it is",
        specialisation.larger,
        SIZES[0] <= SIZES[1] + counting().function(c) + 3,
        lambda p, c: size(specialise(p, c)) > size(p) + pairs(c) + 3,
    ),
]
THEOREMS = list(dict.fromkeys(variant.theorem for variant in VARIANTS))


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.label)
def test_a_wrong_variant_is_refused_with_a_countermodel(variant: Variant) -> None:
    values = refused(variant)
    assert variant.fails(**values), values


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem.__name__)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)


def test_a_witness() -> None:
    """There is no hypothesis; both sides halt here."""
    values = {
        "f": EMPTY, "p": parse_program("cons(tl, hd)"), "c": numeral(1), "x": numeral(2), "n": 5
    }
    assert halts(evaluate(EMPTY, values["p"], Pair(numeral(1), numeral(2)), 5))
    assert compiled_statement(proof_of(specialisation.outcome).statement)(values) is True
