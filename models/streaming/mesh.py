"""An output-stationary systolic mesh: words move from cell to neighbouring cell.

Cell (i, j) adds up entry (i, j) of X·Y. It has two registers: in each cycle a word of X comes into
the one from the cell at the left, a word of Y into the other from the cell above, and if both came,
their product is added. At the edges row i of X comes in from the left, i cycles late, and column j
of Y from above, j cycles late: only so do the words meet that belong together.

*Definitions*: :data:`Register`; :data:`Registers`, a list of them; the cells, :data:`Cells` (side
by side) and :data:`Mesh` (one row below the other); :class:`MeshState`; the equations
:func:`fed_left` and :func:`fed_above`, what comes in at the edges, :func:`mesh_row`,
:func:`mesh_rows`, :func:`cycle`, :func:`mesh`, the state after so many cycles; :func:`totals`, what
the cells have added up, row by row; :func:`cell_at`. :func:`skewed`: what every cell holds after so
many cycles; :func:`met_in_row`, :func:`met_in_mesh`: how many words it has met.

*Results*: ``streaming-steps``.

*References*: Kung, Leiserson, 'Systolic arrays (for VLSI)' (1978); Kung, 'Why systolic
architectures?' (1982), for results that stay while inputs move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from models.algebra import Algebra, Element, equation
from models.node import Node
from models.streaming.machine import NoRows, NoWords, Row, Rows, Word, Words, product
from models.streaming.semiring import Matrix, Operation


@dataclass(frozen=True, slots=True, eq=False)
class Empty(Node):
    """A register that no word has come into."""


@dataclass(frozen=True, slots=True, eq=False)
class Holding(Node):
    """A register with the word that came into it."""

    held: Element


Register: TypeAlias = Empty | Holding


@dataclass(frozen=True, slots=True, eq=False)
class NoRegisters(Node):
    """The end of a list of registers."""


@dataclass(frozen=True, slots=True, eq=False)
class Registered(Node):
    """A register, and those to the right of it."""

    register: Register
    next: Registers


Registers: TypeAlias = NoRegisters | Registered


@dataclass(frozen=True, slots=True, eq=False)
class NoCells(Node):
    """The end of a row of cells."""


@dataclass(frozen=True, slots=True, eq=False)
class Cell(Node):
    """A cell: the register whose word moves right, the one whose word moves down, and the sum; and
    the cells to the right of it."""

    rightward: Register
    downward: Register
    total: Element
    right: Cells


Cells: TypeAlias = NoCells | Cell


@dataclass(frozen=True, slots=True, eq=False)
class MeshEnd(Node):
    """The end of the rows of cells."""


@dataclass(frozen=True, slots=True, eq=False)
class MeshRow(Node):
    """A row of cells, and those below it."""

    cells: Cells
    lower: Mesh


Mesh: TypeAlias = MeshEnd | MeshRow


@dataclass(frozen=True, slots=True, eq=False)
class CountedCells(Node):
    """A row of cells after a cycle, and how many of them made a multiply-add in it."""

    row: Cells
    active: int


@dataclass(frozen=True, slots=True, eq=False)
class CountedMesh(Node):
    """All cells after a cycle, how many of them made a multiply-add in it, and how many words came
    in from the left."""

    cells: Mesh
    active: int
    entered: int


@dataclass(frozen=True, slots=True, eq=False)
class MeshState(Node):
    """The cells; cycles made so far, words that came in at the edges, and multiply-adds; the number
    of the last cycle in which there was one (the first is 1; 0 if there was none)."""

    cells: Mesh
    cycles: int
    words: int
    additions: int
    last: int


def _empty(algebra: Algebra) -> Register:
    return algebra.make(Empty)


def _mesh_end(algebra: Algebra) -> Mesh:
    return algebra.make(MeshEnd)


def _no_cells(algebra: Algebra) -> Cells:
    return algebra.make(NoCells)


def _no_registers(algebra: Algebra) -> Registers:
    return algebra.make(NoRegisters)


@equation()
def fed_left(algebra: Algebra, X: Matrix, n: int, row: int, k: int) -> Register:
    """What comes in from the left: word k of a row of X, if k is one of 0, …, n - 1."""
    return algebra.cond(
        0 <= k,
        lambda: algebra.cond(
            k < n,
            lambda: algebra.make(Holding, algebra.apply(algebra.apply(X, row), k)),
            lambda: _empty(algebra),
        ),
        lambda: _empty(algebra),
    )


@equation()
def fed_above(algebra: Algebra, Y: Matrix, n: int, k: int, column: int) -> Register:
    """What comes in from above: word k of a column of Y, if k is one of 0, …, n - 1."""
    return algebra.cond(
        0 <= k,
        lambda: algebra.cond(
            k < n,
            lambda: algebra.make(Holding, algebra.apply(algebra.apply(Y, k), column)),
            lambda: _empty(algebra),
        ),
        lambda: _empty(algebra),
    )


@equation()
def top(algebra: Algebra, Y: Matrix, n: int, time: int, column: int, width: int) -> Registers:
    """What comes in from above to the cells of the first row, from a column on: in the cycle of
    that time (the first is 0) word ``time - j`` of column j."""
    return algebra.cond(
        width <= 0,
        lambda: _no_registers(algebra),
        lambda: algebra.bind(
            fed_above.at(algebra, Y, n, time - column, column),
            lambda first: algebra.bind(
                top.at(algebra, Y, n, time, column + 1, width - 1),
                lambda rest: algebra.make(Registered, first, rest),
            ),
        ),
    )


@equation()
def holding(algebra: Algebra, registers: Registers) -> int:
    """How many of the registers hold a word."""
    return algebra.case(registers, {
        NoRegisters: lambda: 0,
        Registered: lambda register, next: algebra.bind(
            holding.at(algebra, next),
            lambda rest: algebra.case(register, {
                Empty: lambda: rest, Holding: lambda held: rest + 1,
            }),
        ),
    })


@equation()
def downwards(algebra: Algebra, cells: Cells) -> Registers:
    """The registers of a row of cells whose words move down."""
    return algebra.case(cells, {
        NoCells: lambda: algebra.make(NoRegisters),
        Cell: lambda rightward, downward, total, right: algebra.bind(
            downwards.at(algebra, right),
            lambda rest: algebra.make(Registered, downward, rest),
        ),
    })


@equation()
def mesh_row(
    algebra: Algebra, plus: Operation, times: Operation, left: Register, above: Registers,
    cells: Cells,
) -> CountedCells:
    """A cycle of a row of cells: what came from the left to the first one, and from above to each,
    was in those registers before the cycle."""

    def one(
        rightward: Register, total: Element, right: Cells, downward: Register, next: Registers
    ) -> CountedCells:
        def moved(total: Element, active: int) -> CountedCells:
            return algebra.bind(
                mesh_row.at(algebra, plus, times, rightward, next, right),
                lambda rest: algebra.case(rest, {
                    CountedCells: lambda row, others: algebra.make(
                        CountedCells, algebra.make(Cell, left, downward, total, row),
                        others + active,
                    ),
                }),
            )

        return algebra.case(left, {
            Empty: lambda: moved(total, 0),
            Holding: lambda x: algebra.case(downward, {
                Empty: lambda: moved(total, 0),
                Holding: lambda y: moved(
                    algebra.apply(
                        algebra.apply(plus, total), algebra.apply(algebra.apply(times, x), y)
                    ),
                    1,
                ),
            }),
        })

    return algebra.case(cells, {
        NoCells: lambda: algebra.make(CountedCells, cells, 0),
        Cell: lambda rightward, downward, total, right: algebra.case(above, {
            NoRegisters: lambda: algebra.make(CountedCells, cells, 0),
            Registered: lambda register, next: one(rightward, total, right, register, next),
        }),
    })


@equation()
def mesh_rows(
    algebra: Algebra, plus: Operation, times: Operation, X: Matrix, n: int, time: int, row: int,
    above: Registers, cells: Mesh,
) -> CountedMesh:
    """A cycle of the rows of cells from a row on; ``above``: what comes to the first of them."""

    def one(first: Cells, lower: Mesh, left: Register, down: Registers) -> CountedMesh:
        entering: int = algebra.case(left, {Empty: lambda: 0, Holding: lambda held: 1})
        return algebra.bind(
            mesh_row.at(algebra, plus, times, left, above, first),
            lambda done: algebra.bind(
                mesh_rows.at(algebra, plus, times, X, n, time, row + 1, down, lower),
                lambda rest: algebra.case(done, {
                    CountedCells: lambda moved, active: algebra.case(rest, {
                        CountedMesh: lambda others, more, entered: algebra.make(
                            CountedMesh, algebra.make(MeshRow, moved, others), active + more,
                            entered + entering,
                        ),
                    }),
                }),
            ),
        )

    return algebra.case(cells, {
        MeshEnd: lambda: algebra.make(CountedMesh, cells, 0, 0),
        MeshRow: lambda first, lower: algebra.bind(
            fed_left.at(algebra, X, n, row, time - row),
            lambda left: algebra.bind(
                downwards.at(algebra, first), lambda down: one(first, lower, left, down)
            ),
        ),
    })


@equation()
def cycle(
    algebra: Algebra, plus: Operation, times: Operation, X: Matrix, Y: Matrix, n: int, width: int,
    state: MeshState,
) -> MeshState:
    """One cycle of a mesh with so many columns, for the inner dimension n."""

    def after(
        done: CountedMesh, cycles: int, words: int, above: int, additions: int, last: int
    ) -> MeshState:
        return algebra.case(done, {
            CountedMesh: lambda cells, active, entered: algebra.make(
                MeshState, cells, cycles + 1, words + entered + above, additions + active,
                algebra.cond(active > 0, lambda: cycles + 1, lambda: last),
            ),
        })

    return algebra.case(state, {
        MeshState: lambda cells, cycles, words, additions, last: algebra.bind(
            top.at(algebra, Y, n, cycles, 0, width),
            lambda above: algebra.bind(
                holding.at(algebra, above),
                lambda came: algebra.bind(
                    mesh_rows.at(algebra, plus, times, X, n, cycles, 0, above, cells),
                    lambda done: after(done, cycles, words, came, additions, last),
                ),
            ),
        ),
    })


@equation()
def empty_cells(algebra: Algebra, zero: Element, width: int) -> Cells:
    """So many cells with empty registers, whose sum is zero."""
    return algebra.cond(
        width <= 0,
        lambda: _no_cells(algebra),
        lambda: algebra.bind(
            empty_cells.at(algebra, zero, width - 1),
            lambda rest: algebra.make(
                Cell, algebra.make(Empty), algebra.make(Empty), zero, rest
            ),
        ),
    )


@equation()
def empty_mesh(algebra: Algebra, zero: Element, height: int, width: int) -> Mesh:
    """A mesh of such cells."""
    return algebra.cond(
        height <= 0,
        lambda: _mesh_end(algebra),
        lambda: algebra.bind(
            empty_cells.at(algebra, zero, width),
            lambda cells: algebra.bind(
                empty_mesh.at(algebra, zero, height - 1, width),
                lambda rest: algebra.make(MeshRow, cells, rest),
            ),
        ),
    )


@equation()
def mesh(
    algebra: Algebra, plus: Operation, times: Operation, zero: Element, X: Matrix, Y: Matrix,
    height: int, n: int, width: int, cycles: int,
) -> MeshState:
    """The mesh for an L×M result after so many cycles, for the inner dimension n."""
    return algebra.cond(
        cycles <= 0,
        lambda: algebra.bind(
            empty_mesh.at(algebra, zero, height, width),
            lambda cells: algebra.make(MeshState, cells, 0, 0, 0, 0),
        ),
        lambda: algebra.bind(
            mesh.at(algebra, plus, times, zero, X, Y, height, n, width, cycles - 1),
            lambda state: cycle.at(algebra, plus, times, X, Y, n, width, state),
        ),
    )


@equation()
def row_totals(algebra: Algebra, cells: Cells) -> Words:
    """The sums of a row of cells."""
    return algebra.case(cells, {
        NoCells: lambda: algebra.make(NoWords),
        Cell: lambda rightward, downward, total, right: algebra.bind(
            row_totals.at(algebra, right), lambda rest: algebra.make(Word, total, rest)
        ),
    })


@equation()
def totals(algebra: Algebra, cells: Mesh) -> Rows:
    """The sums of all cells, row by row."""
    return algebra.case(cells, {
        MeshEnd: lambda: algebra.make(NoRows),
        MeshRow: lambda first, lower: algebra.bind(
            row_totals.at(algebra, first),
            lambda row: algebra.bind(
                totals.at(algebra, lower), lambda rest: algebra.make(Row, row, rest)
            ),
        ),
    })


@equation()
def skewed_row(
    algebra: Algebra, plus: Operation, times: Operation, zero: Element, X: Matrix, Y: Matrix,
    n: int, cycles: int, row: int, column: int, width: int,
) -> Cells:
    """What the cells of a row hold after so many cycles, from a column on: cell (i, j) the words
    with the inner index k = cycles - 1 - i - j, and the sum over all inner indices up to it."""

    def one(total: Element, left: Register, above: Register) -> Cells:
        return algebra.bind(
            skewed_row.at(
                algebra, plus, times, zero, X, Y, n, cycles, row, column + 1, width - 1
            ),
            lambda rest: algebra.make(Cell, left, above, total, rest),
        )

    met = cycles - row - column
    return algebra.cond(
        width <= 0,
        lambda: _no_cells(algebra),
        lambda: algebra.bind(
            product.at(
                algebra, plus, times, zero, X, Y,
                algebra.cond(met <= n, lambda: met, lambda: n), row, column,
            ),
            lambda total: algebra.bind(
                fed_left.at(algebra, X, n, row, met - 1),
                lambda left: algebra.bind(
                    fed_above.at(algebra, Y, n, met - 1, column),
                    lambda above: one(total, left, above),
                ),
            ),
        ),
    )


@equation()
def skewed(
    algebra: Algebra, plus: Operation, times: Operation, zero: Element, X: Matrix, Y: Matrix,
    n: int, cycles: int, row: int, height: int, width: int,
) -> Mesh:
    """What all cells hold after so many cycles, from a row on."""
    return algebra.cond(
        height <= 0,
        lambda: _mesh_end(algebra),
        lambda: algebra.bind(
            skewed_row.at(algebra, plus, times, zero, X, Y, n, cycles, row, 0, width),
            lambda cells: algebra.bind(
                skewed.at(
                    algebra, plus, times, zero, X, Y, n, cycles, row + 1, height - 1, width
                ),
                lambda rest: algebra.make(MeshRow, cells, rest),
            ),
        ),
    )


@equation()
def cells_at(algebra: Algebra, cells: Mesh, row: int) -> Cells:
    """The cells of a row, from 0; none if there is no such row."""
    return algebra.case(cells, {
        MeshEnd: lambda: _no_cells(algebra),
        MeshRow: lambda first, lower: algebra.cond(
            algebra.same(row, 0), lambda: first, lambda: cells_at.at(algebra, lower, row - 1)
        ),
    })


@equation()
def cells_from(algebra: Algebra, cells: Cells, column: int) -> Cells:
    """The cells of a row from a column on: the first of them is the one in that column."""
    return algebra.case(cells, {
        NoCells: lambda: cells,
        Cell: lambda rightward, downward, total, right: algebra.cond(
            algebra.same(column, 0),
            lambda: cells,
            lambda: cells_from.at(algebra, right, column - 1),
        ),
    })


@equation()
def cell_at(algebra: Algebra, cells: Mesh, row: int, column: int) -> Cells:
    """The cell in a row and a column, with those to the right of it."""
    return algebra.bind(
        cells_at.at(algebra, cells, row),
        lambda found: cells_from.at(algebra, found, column),
    )


@equation()
def met(algebra: Algebra, n: int, cycles: int) -> int:
    """How many of the inner indices 0, …, n - 1 are below a number of cycles."""
    return algebra.cond(
        cycles <= 0, lambda: 0, lambda: algebra.cond(cycles <= n, lambda: cycles, lambda: n)
    )


@equation()
def met_in_row(algebra: Algebra, n: int, cycles: int, column: int, width: int) -> int:
    """The sum of these for so many columns from a column on, each of them a cycle later."""
    return algebra.cond(
        width <= 0,
        lambda: 0,
        lambda: algebra.bind(
            met.at(algebra, n, cycles - column),
            lambda first: algebra.bind(
                met_in_row.at(algebra, n, cycles, column + 1, width - 1),
                lambda rest: first + rest,
            ),
        ),
    )


@equation()
def met_in_mesh(
    algebra: Algebra, n: int, cycles: int, row: int, height: int, width: int
) -> int:
    """The sum of these for so many rows from a row on, each of them a cycle later."""
    return algebra.cond(
        height <= 0,
        lambda: 0,
        lambda: algebra.bind(
            met_in_row.at(algebra, n, cycles - row, 0, width),
            lambda first: algebra.bind(
                met_in_mesh.at(algebra, n, cycles, row + 1, height - 1, width),
                lambda rest: first + rest,
            ),
        ),
    )
