"""The streaming machine in the kernel: its definitions, and variables for what it works on.

*Definitions* accepted by the kernel: those of :mod:`models.streaming.machine`. :func:`operations`,
:func:`work`, variables; :func:`laws`, the laws of addition as hypotheses that say "for all".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.algebra import Curried, Element, Equation, Mapped
from models.streaming import machine as model
from models.streaming.semiring import Matrix, Operation
from proofs.kernel.reading import sort_of
from proofs.kernel.rules import Definition, comprehend, define
from proofs.kernel.tactics import Supposition, once, variables
from proofs.kernel.terms import ELEMENT, INT, Term, equal, rank, select


def defined_by(equation: Equation[Any, Any], name: str, *needs: Callable[[], Definition]) -> Any:
    """The definition of an equation, after those that it needs; what decreases is a parameter: data
    in height, a number in size."""

    def measure(*parameters: Term) -> Term:
        found = parameters[list(equation.parameters()).index(name)]
        return found if found.sort is INT else rank(found)

    def make() -> Definition:
        for needed in needs:
            needed()
        return define(equation, measure=measure if name else None)

    return once(make)


def _values(equation: Curried, *needs: Callable[[], Definition]) -> Callable[[], Definition]:
    """The definition of an equation with its last argument left open."""

    def make() -> Definition:
        for needed in needs:
            needed()
        return comprehend(equation)

    return once(make)


Defined = Callable[[], Definition]

# How rows and columns are cut.
extent: Defined = defined_by(model.extent, "pieces")
parts: Defined = defined_by(model.parts, "pieces")
proper: Defined = defined_by(model.proper, "pieces")
even: Defined = defined_by(model.even, "total")
start: Defined = defined_by(model.start, "pieces")
size_of: Defined = defined_by(model.size_of, "pieces")
part_of: Defined = defined_by(model.part_of, "pieces")
place_of: Defined = defined_by(model.place_of, "pieces")

# What is to be computed.
product: Defined = defined_by(model.product, "n")
product_row: Defined = _values(model.product_row, product)
product_matrix: Defined = _values(model.product_matrix, product_row)
scheduled: Defined = defined_by(model.scheduled, "order")
scheduled_row: Defined = _values(model.scheduled_row, scheduled)
scheduled_matrix: Defined = _values(model.scheduled_matrix, scheduled_row)
upto: Defined = defined_by(model.upto, "n")
sent: Defined = defined_by(model.sent, "order")

# The distribution section, and a unit.
column_piece: Defined = defined_by(model.column_piece, "count")
row_piece: Defined = defined_by(model.row_piece, "count")
word_count: Defined = defined_by(model.word_count, "words")
add_row: Defined = defined_by(model.add_row, "row")
add_outer: Defined = defined_by(model.add_outer, "tile", add_row)

# The machine.
zeros: Defined = defined_by(model.zeros, "count")
zero_tile: Defined = defined_by(model.zero_tile, "height", zeros)
zero_band: Defined = defined_by(model.zero_band, "columns", zero_tile)
zero_grid: Defined = defined_by(model.zero_grid, "rows", zero_band)
initial: Defined = defined_by(model.initial, "", zero_grid)
step_band: Defined = defined_by(
    model.step_band, "band", column_piece, row_piece, word_count, add_outer
)
step_grid: Defined = defined_by(model.step_grid, "grid", step_band)
machine_step: Defined = defined_by(model.machine_step, "", step_grid)
stream: Defined = defined_by(model.stream, "order", initial, machine_step)

# The collection section.
joined: Defined = defined_by(model.joined, "words")
beside: Defined = defined_by(model.beside, "left", joined)
blank: Defined = defined_by(model.blank, "height")
collect_band: Defined = defined_by(model.collect_band, "band", beside, blank)
stacked: Defined = defined_by(model.stacked, "upper")
collect: Defined = defined_by(model.collect, "grid", collect_band, stacked)
amount: Defined = defined_by(model.amount, "matrix", word_count)

# Matrices as data.
block: Defined = defined_by(model.block, "height", row_piece)
tile_band: Defined = defined_by(model.tile_band, "columns", block)
tiles: Defined = defined_by(model.tiles, "rows", tile_band)
table: Defined = defined_by(model.table, "", block)
word_at: Defined = defined_by(model.word_at, "words")
row_at: Defined = defined_by(model.row_at, "tile")
tile_at: Defined = defined_by(model.tile_at, "band")
band_at: Defined = defined_by(model.band_at, "grid")
held: Defined = defined_by(model.held, "", word_at, row_at, tile_at, band_at)

# Pieces of the inner dimension.
add_words: Defined = defined_by(model.add_words, "row")
add_rows: Defined = defined_by(model.add_rows, "matrix", add_words)
stream_pieces: Defined = defined_by(
    model.stream_pieces, "pieces", extent, zero_tile, stream, collect, add_rows
)
planned: Defined = defined_by(model.planned, "pieces", scheduled)
planned_row: Defined = _values(model.planned_row, planned)
planned_matrix: Defined = _values(model.planned_matrix, planned_row)
times_in: Defined = defined_by(model.times_in, "order")
times_sent: Defined = defined_by(model.times_sent, "pieces", times_in)
schedule_within: Defined = defined_by(model.schedule_within, "order")
within: Defined = defined_by(model.within, "pieces", schedule_within)

MATRIX = sort_of(Matrix)
LINE = sort_of(Mapped[int, Element])
OPERATION = sort_of(Operation)
WORDS, ROWS, BAND, GRID = (
    sort_of(hint) for hint in (model.Words, model.Rows, model.Band, model.Grid)
)
CUT, SCHEDULE, PLAN, COUNTS = (
    sort_of(hint) for hint in (model.Cut, model.Schedule, model.Plan, model.Counts)
)

plus, times = variables(plus=OPERATION, times=OPERATION)
(zero,) = variables(zero=ELEMENT)
X, Y, Z = variables(X=MATRIX, Y=MATRIX, Z=MATRIX)
OPERATIONS = (plus, times, zero, X, Y)
"""Addition, multiplication, zero, and the matrices to be multiplied."""


def numbers(names: str) -> tuple[Term, ...]:
    """Integer variables."""
    return variables(**dict.fromkeys(names.split(), INT))


def operate(operation: Term, left: Term, right: Term) -> Term:
    """The operation on two elements."""
    return select(select(operation, left), right)


def entry(matrix: Term, row: Term, column: Term) -> Term:
    """An entry of a matrix."""
    return select(select(matrix, row), column)


def laws(*names: str) -> dict[str, Supposition]:
    """Laws of addition, by name, as hypotheses that say "for all"."""
    a, b, c = variables(a=ELEMENT, b=ELEMENT, c=ELEMENT)

    def add(left: Term, right: Term) -> Term:
        return operate(plus, left, right)

    known: dict[str, Supposition] = {
        "associative": ((a, b, c), equal(add(add(a, b), c), add(a, add(b, c)))),
        "commutative": ((a, b), equal(add(a, b), add(b, a))),
        "neutral": ((a,), equal(add(zero, a), a)),
    }
    return {name: known[name] for name in names}
