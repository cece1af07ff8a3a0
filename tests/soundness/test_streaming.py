"""Wrong variants of the streaming theorems: refused, and false when they are run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.streaming.invariant import A, B
from checks.streaming.pieces import once, window
from checks.streaming.samples import FREE, operands, symbols
from checks.streaming.steps import sized as meshed
from checks.streaming.steps import square
from checks.streaming.traffic import sized
from models.streaming import machine as model
from models.streaming.machine import cut, plan
from models.streaming.mesh import Cell, MeshState
from models.streaming.semiring import INTEGERS
from proofs.kernel.reading import part
from proofs.kernel.rules import Hypothesis, KernelError, Statement, Theorem, prove
from proofs.kernel.tactics import variables
from proofs.kernel.terms import TRUE, Term, both, constants, equal
from proofs.streaming import invariant, mesh, pieces, steps, tiles, traffic
from proofs.streaming import machine as at
from proofs.streaming.machine import CUT, OPERATIONS, PLAN
from tests.soundness.instances import Instance, confirm, refuse
from tests.soundness.variants import Proof, proof_of

rows, columns = variables(rows=CUT, columns=CUT)
(sent,) = variables(pieces=PLAN)
n, i, j, t, r, p, a = at.numbers("n i j t r p a")
L, M, high, wide, P, Q = at.numbers("L M high wide P Q")
NUMBERS = {**operands(INTEGERS, A, B), "rows": cut([1, 1]), "columns": cut([2]), "n": 3}
FREELY = {
    **operands(FREE, symbols("x", 3, 2), symbols("y", 2, 2)), "rows": cut([2, 1]),
    "columns": cut([1, 1]), "n": 2,
}
PIECES = {**NUMBERS, "pieces": plan([[2], [0, 1]])}
LAWS = window(0, 1, 2, 58)


def then(conclusion: Term) -> Callable[[Proof], Statement]:
    """With another conclusion."""
    return lambda true: true.but(then=conclusion)


def without(*labels: str) -> Callable[[Proof], Statement]:
    """With hypotheses that say nothing in the place of these; a schema stays one."""

    def changed(true: Proof) -> Statement:
        return Statement(
            true.statement.variables,
            tuple(
                Hypothesis(h.label, TRUE if h.label in labels else h.term, h.bound)
                for h in true.statement.hypotheses
            ),
            true.statement.conclusion,
        )

    return changed


def product_of(steps: Term) -> Term:
    return invariant.multiplied(steps)


GRID = invariant.after_steps(n)
COLLECTED = at.collect().function(rows, GRID)
BANDS, STRIPS = traffic.even_tiles()
SINGLE = at.even().function(n, 1)
MACHINE = at.stream().function(*OPERATIONS, SINGLE, SINGLE, at.upto().function(n))


def cells(cycles: Term) -> Term:
    found: Term = mesh.mesh().function(*OPERATIONS, n, n, n, cycles)
    return found


WRONG = [
    Instance(
        "one step late", invariant.invariant,
        then(equal(GRID, at.tiles().function(product_of(n + 1), 0, rows, columns))),
        {**FREELY, "n": 1},
    ),
    Instance(
        "with rows and columns exchanged", invariant.invariant,
        then(equal(GRID, at.tiles().function(product_of(n), 0, columns, rows))), FREELY,
    ),
    Instance(
        "with the factors exchanged", invariant.invariant,
        then(equal(GRID, at.tiles().function(
            at.product_matrix().function(*OPERATIONS[:3], *OPERATIONS[4:2:-1], n), 0, rows, columns
        ))),
        FREELY,
    ),
    Instance(
        "at the place of the next row", tiles.found,
        then(both(
            *tiles.inside(rows, r).args[:4],
            equal(
                at.start().function(rows, at.part_of().function(rows, r))
                + at.place_of().function(rows, r) + 1,
                r,
            ),
        )),
        {"rows": cut([2, 3]), "r": 3},
    ),
    Instance(
        "for a piece that ends later", tiles.found_back,
        lambda true: true.but(given={"to": a <= at.size_of().function(rows, p)}),
        {"rows": cut([2, 3]), "p": 0, "a": 2},
    ),
    Instance(
        "of one step less", pieces.whole,
        then(equal(COLLECTED, pieces.whole_table(product_of(n - 1)))), FREELY,
    ),
    Instance(
        "in pieces, for more inner indices", pieces.equals_product,
        then(equal(
            at.stream_pieces().function(*OPERATIONS, rows, columns, sent),
            pieces.whole_table(product_of(n - 1)),
        )),
        PIECES, LAWS,
    ),
    Instance(
        "rounded down", traffic.even_traffic,
        lambda true: true.but(given={
            "bands": both(P * high <= L, L < (P + 1) * high),
            "tiles": both(Q * wide <= M, M < (Q + 1) * wide),
        }),
        sized(5, 4, 2, 3, 2, 2, 1),
    ),
    Instance(
        "with each word read once", traffic.even_traffic,
        then(equal(traffic.words_read(BANDS, STRIPS), n * (L + M))), sized(5, 4, 2, 3, 2, 3, 2),
    ),
    Instance(
        "with bands and tiles exchanged", traffic.even_traffic,
        then(equal(traffic.words_read(BANDS, STRIPS), n * (L * P + M * Q))),
        sized(5, 4, 2, 3, 2, 3, 2),
    ),
    Instance(
        "with the area for the sides", traffic.fitting_traffic,
        then(equal(
            traffic.words_read(BANDS, STRIPS) * (high + wide), L * M * n * (high * wide)
        )),
        sized(4, 6, 2, 3, 2, 2, 2),
    ),
    Instance(
        "in one step less", steps.steps,
        then(equal(part(MACHINE, model.State, "steps"), n - 1)), square(3),
    ),
    Instance(
        "in a cycle before", steps.steps,
        then(equal(
            mesh.totals().function(part(cells(3 * n - 3), MeshState, "cells")),
            at.table().function(product_of(n), n, n),
        )),
        square(3),
    ),
    Instance(
        "in 2n-1 cycles", steps.steps,
        then(equal(part(cells(3 * n - 2), MeshState, "last"), 2 * n - 1)), square(3),
    ),
    Instance(
        "as soon as the edge is there", mesh.computed,
        lambda true: true.but(given={"late": t >= L + M + n - 3}), meshed(2, 4, 3, 6),
    ),
    Instance(
        "with each word sent to each cell", mesh.counts,
        then(equal(mesh.of_state(t, "words"), n * (L * M + M * L))), meshed(2, 4, 3, 7),
    ),
    Instance(
        "for an empty mesh too", mesh.counts,
        lambda true: true.but(given={"L": L >= 0}), meshed(0, 4, 3, 5),
    ),
    Instance(
        "with the words of the next cycle", mesh.cell_held,
        then(equal(
            part(
                mesh.cell_at().function(mesh.of_state(t, "cells"), i, j), Cell, "rightward"
            ),
            mesh.fed_left().function(OPERATIONS[3], n, i, t - i - j),
        )),
        {**meshed(2, 4, 3, 5), "i": 1, "j": 2},
    ),
]


SUPPOSING_LESS = [
    Instance(
        "in pieces, over any addition", pieces.equals_product,
        without("associative", "commutative", "neutral"), {**FREELY, "pieces": plan([[1], [0]])},
        window("0"),
    ),
    Instance(
        "in pieces, though one is sent twice", pieces.equals_product,
        without("once"), {**NUMBERS, "pieces": plan([[0, 1, 2], [1]])}, LAWS,
    ),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong.label}")
def test_wrong_variants_are_refused(wrong: Instance) -> None:
    refuse(wrong)


@pytest.mark.parametrize("wrong", SUPPOSING_LESS, ids=lambda wrong: f"{wrong.label}")
def test_what_is_not_supposed_cannot_be_handed_on(wrong: Instance) -> None:
    """The kernel finds that out before it asks the solvers; and the statement is false."""
    true = proof_of(wrong.theorem)
    statement = wrong.statement(true)
    with pytest.raises(KernelError, match="is not"):
        prove(f"{true.name} {wrong.label}", statement, true.premises, **true.options)
    assert wrong.value(statement) is False
    assert wrong.value(true.statement) is not False


@pytest.mark.parametrize(
    "theorem",
    [
        invariant.invariant, invariant.words_held, tiles.found, tiles.found_back, pieces.whole,
        pieces.collected_pieces, pieces.equals_product, traffic.even_traffic,
        traffic.fitting_traffic, traffic.traffic, traffic.written, steps.steps, mesh.computed,
        mesh.cell_held, mesh.last_cycle, mesh.counts,
    ],
    ids=lambda theorem: theorem.__name__,
)
def test_the_true_ones_are_proved(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)


def test_no_theorem_but_one_supposes_a_law() -> None:
    """And that one supposes none of multiplication."""
    parts = (
        *invariant.streaming_invariant(), *pieces.streaming_equals_product(),
        *traffic.streaming_traffic(), *steps.streaming_steps(),
    )
    supposed = {
        theorem.name: {h.label for h in theorem.statement.hypotheses if h.bound}
        for theorem in parts
    }
    assert {name: labels for name, labels in supposed.items() if labels} == {
        "streaming-equals-product": {"associative", "commutative", "neutral", "once"}
    }
    _, times, *_ = OPERATIONS
    for hypothesis in pieces.equals_product().statement.hypotheses:
        assert times not in constants(hypothesis.term)


def test_the_theorems_rest_on_no_axiom() -> None:
    for theorem in (
        invariant.invariant(), pieces.equals_product(), traffic.even_traffic(), steps.steps()
    ):
        assert not [name for kind, name in theorem.rests_on if kind in ("axiom", "choice")]


def test_the_window_of_what_is_sent_once_is_all_that_it_speaks_of() -> None:
    assert list(once({"n": 2})) == [-1, 0, 1, 2]
