"""The systolic mesh: what its cells hold in every cycle, and how long it takes.

*Definitions* accepted by the kernel: those of :mod:`models.streaming.mesh`.

*Results*: lemmas of ``streaming-steps``: all cells in every cycle (:func:`run`), one of them
(:func:`cell_held`), the cycle of the last multiply-add (:func:`last_cycle`), and what the mesh has
computed then (:func:`computed`).

*How it is done*: a cycle takes the cells from what :func:`models.streaming.mesh.skewed` says of one
cycle to what it says of the next, by induction along a row and down the rows. The cells of a row
work on a stretch of inner indices, one for each cell; whether one of these is from 0 to n-1 is a
matter of the ends of the stretch.

*References*: Kung, Leiserson, 'Systolic arrays (for VLSI)' (1978).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from models.streaming import mesh as model
from proofs.kernel.reading import part
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, choose_by, equal, iff, implies, select
from proofs.streaming import machine as at
from proofs.streaming.invariant import given_operations, multiplied
from proofs.streaming.machine import (
    OPERATIONS,
    X,
    Y,
    defined_by,
    numbers,
    plus,
    times,
    zero,
)

Defined = Callable[[], Definition]

fed_left: Defined = defined_by(model.fed_left, "")
fed_above: Defined = defined_by(model.fed_above, "")
top: Defined = defined_by(model.top, "width", fed_above)
holding: Defined = defined_by(model.holding, "registers")
downwards: Defined = defined_by(model.downwards, "cells")
mesh_row: Defined = defined_by(model.mesh_row, "cells")
mesh_rows: Defined = defined_by(model.mesh_rows, "cells", fed_left, downwards, mesh_row)
cycle: Defined = defined_by(model.cycle, "", top, holding, mesh_rows)
empty_cells: Defined = defined_by(model.empty_cells, "width")
empty_mesh: Defined = defined_by(model.empty_mesh, "height", empty_cells)
mesh: Defined = defined_by(model.mesh, "cycles", empty_mesh, cycle)
row_totals: Defined = defined_by(model.row_totals, "cells")
totals: Defined = defined_by(model.totals, "cells", row_totals)
skewed_row: Defined = defined_by(model.skewed_row, "width", at.product, fed_left, fed_above)
skewed: Defined = defined_by(model.skewed, "height", skewed_row)
cells_at: Defined = defined_by(model.cells_at, "cells")
cells_from: Defined = defined_by(model.cells_from, "cells")
cell_at: Defined = defined_by(model.cell_at, "", cells_at, cells_from)

met: Defined = defined_by(model.met, "")
met_in_row: Defined = defined_by(model.met_in_row, "width", met)
met_in_mesh: Defined = defined_by(model.met_in_mesh, "height", met_in_row)

n, t, r, h, c, w, i, j, L, M = numbers("n t r h c w i j L M")


def row_after(cycles: Term | int, column: Term, width: Term) -> Term:
    """What a row of cells holds after so many cycles."""
    found: Term = skewed_row().function(*OPERATIONS, n, cycles, r, column, width)
    return found


def at_row(cycles: Term | int, column: Term, width: Term) -> Fact:
    """What that is."""
    return skewed_row()(*OPERATIONS, n, cycles, r, column, width)


def moved_down(time: Term, column: Term, width: Term) -> Term:
    """What comes to the cells of row r from above, in the cycle of that time."""
    found: Term = top().function(Y, n, time - r, column, width)
    return found


@once
def passed_down() -> Theorem:
    """What the cells of a row hand down is what comes to the next row in the next cycle."""
    below = top().function(Y, n, t - r - 1, c, w)
    return prove(
        "mesh.down",
        forall(
            *OPERATIONS, n, t, r, c, w,
            then=equal(downwards().function(row_after(t, c, w)), below),
        ),
        lambda goal: [
            downwards()(row_after(t, c, w)), at_row(t, c, w), top()(Y, n, t - r - 1, c, w),
            goal.induction(c=c + 1, w=w - 1),
        ],
        measure=w,
    )


@once
def row_moved() -> Theorem:
    """What a cycle does to a row, and whether a cell of it makes a multiply-add."""
    left = fed_left().function(X, n, r, t - r - c)
    arguments = (plus, times, left, moved_down(t, c, w), row_after(t, c, w))
    done = mesh_row().function(*arguments)
    active = part(done, model.CountedCells, "active")
    met = t - r - c

    def premises(goal: Goal) -> Iterable[Fact]:
        yield mesh_row()(*arguments)
        yield at_row(t, c, w)
        yield at_row(t + 1, c, w)
        yield top()(Y, n, t - r, c, w)
        yield fed_left()(X, n, r, met)
        yield fed_above()(Y, n, met, c)
        for bound in (met, met + 1, n):
            yield at.product()(*OPERATIONS, bound, r, c)
        yield goal.induction(c=c + 1, w=w - 1)

    return prove(
        "mesh.row",
        forall(
            *OPERATIONS, n, t, r, c, w,
            then=both(
                equal(part(done, model.CountedCells, "row"), row_after(t + 1, c, w)),
                active >= 0,
                iff(active > 0, both(w > 0, n > 0, met >= 0, met - (w - 1) < n)),
            ),
        ),
        premises, measure=w,
    )


def mesh_after(cycles: Term | int, row: Term, height: Term) -> Term:
    """What all cells hold after so many cycles, from a row on."""
    found: Term = skewed().function(*OPERATIONS, n, cycles, row, height, w)
    return found


def at_mesh(cycles: Term | int, row: Term, height: Term) -> Fact:
    """What that is."""
    return skewed()(*OPERATIONS, n, cycles, row, height, w)


@once
def rows_moved() -> Theorem:
    """What a cycle does to all rows, and whether a cell makes a multiply-add."""
    arguments = (plus, times, X, n, t, r, top().function(Y, n, t - r, 0, w), mesh_after(t, r, h))
    done = mesh_rows().function(*arguments)
    active = part(done, model.CountedMesh, "active")

    def premises(goal: Goal) -> Iterable[Fact]:
        yield mesh_rows()(*arguments)
        yield at_mesh(t, r, h)
        yield at_mesh(t + 1, r, h)
        yield passed_down().at(**given_operations(), n=n, t=t, r=r, c=0, w=w)
        yield row_moved().at(**given_operations(), n=n, t=t, r=r, c=0, w=w)
        yield goal.induction(r=r + 1, h=h - 1)

    return prove(
        "mesh.rows",
        forall(
            *OPERATIONS, n, t, r, h, w,
            then=both(
                equal(part(done, model.CountedMesh, "cells"), mesh_after(t + 1, r, h)),
                active >= 0,
                iff(
                    active > 0,
                    both(h > 0, w > 0, n > 0, t - r >= 0, t - r - (h - 1) - (w - 1) < n),
                ),
            ),
        ),
        premises, measure=h,
    )


@once
def row_begins() -> Theorem:
    """At first the cells of a row hold nothing."""
    return prove(
        "mesh.empty-row",
        forall(
            *OPERATIONS, n, t, r, c, w,
            given={"cycles": t <= 0, "row": r >= 0, "column": c >= 0},
            then=equal(empty_cells().function(zero, w), row_after(t, c, w)),
        ),
        lambda goal: [
            empty_cells()(zero, w), at_row(t, c, w),
            at.product()(*OPERATIONS, t - r - c, r, c), at.product()(*OPERATIONS, n, r, c),
            fed_left()(X, n, r, t - r - c - 1), fed_above()(Y, n, t - r - c - 1, c),
            goal.induction(c=c + 1, w=w - 1),
        ],
        measure=w,
    )


@once
def begins() -> Theorem:
    """At first the cells hold nothing."""
    return prove(
        "mesh.empty",
        forall(
            *OPERATIONS, n, t, r, h, w, given={"cycles": t <= 0, "row": r >= 0},
            then=equal(empty_mesh().function(zero, h, w), mesh_after(t, r, h)),
        ),
        lambda goal: [
            empty_mesh()(zero, h, w), at_mesh(t, r, h),
            row_begins().at(**given_operations(), n=n, t=t, r=r, c=0, w=w),
            goal.induction(r=r + 1, h=h - 1),
        ],
        measure=h,
    )


def state(cycles: Term) -> Term:
    """The L×M mesh after so many cycles."""
    found: Term = mesh().function(*OPERATIONS, L, n, M, cycles)
    return found


def of_state(cycles: Term, name: str) -> Term:
    """Something of the mesh after so many cycles."""
    return part(state(cycles), model.MeshState, name)


def all_cells(cycles: Term) -> Term:
    """What all cells of the L×M mesh hold after so many cycles."""
    found: Term = skewed().function(*OPERATIONS, n, cycles, 0, L, M)
    return found


@once
def run() -> Theorem:
    """After t cycles cell (i, j) holds the words for k = t-1-i-j, and the sum up to them; the last
    multiply-add was in the last cycle, as long as there is one in it."""
    before = state(t - 1)
    longest = L + M + n - 2

    def premises(goal: Goal) -> Iterable[Fact]:
        yield mesh()(*OPERATIONS, L, n, M, t)
        yield cycle()(plus, times, X, Y, n, M, before)
        yield begins().at(**given_operations(), n=n, t=t, r=0, h=L, w=M)
        yield rows_moved().at(**given_operations(), n=n, t=t - 1, r=0, h=L, w=M)
        yield goal.induction(t=t - 1)

    return prove(
        "mesh.run",
        forall(
            *OPERATIONS, L, n, M, t,
            then=both(
                equal(of_state(t, "cells"), all_cells(t)),
                equal(of_state(t, "cycles"), choose_by(t >= 0, t, 0)),
                implies(
                    both(t >= 0, L > 0, M > 0, n > 0),
                    equal(of_state(t, "last"), choose_by(t <= longest, t, longest)),
                ),
            ),
        ),
        premises, measure=t,
    )


@once
def last_cycle() -> Theorem:
    """The last multiply-add of an L×M mesh is in cycle L+M+N-2."""
    longest = L + M + n - 2
    return prove(
        "streaming-steps.last",
        forall(
            *OPERATIONS, L, n, M, t,
            given={"L": L >= 1, "M": M >= 1, "N": n >= 1, "cycles": t >= longest},
            then=equal(of_state(t, "last"), longest),
        ),
        lambda _: [run().at(**given_operations(), L=L, n=n, M=M, t=t)],
    )


# --- what is counted ------------------------------------------------------------------------------


def in_row(time: Term, column: Term | int, width: Term) -> Term:
    """How many words so many cells have met."""
    found: Term = met_in_row().function(n, time, column, width)
    return found


@once
def row_active() -> Theorem:
    """The cells of a row that make a multiply-add in a cycle are those that meet a word more."""
    left = fed_left().function(X, n, r, t - r - c)
    arguments = (plus, times, left, moved_down(t, c, w), row_after(t, c, w))
    more = in_row(t - r + 1, c, w) - in_row(t - r, c, w)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield mesh_row()(*arguments)
        yield at_row(t, c, w)
        yield top()(Y, n, t - r, c, w)
        yield fed_left()(X, n, r, t - r - c)
        yield fed_above()(Y, n, t - r - c, c)
        for time in (t - r, t - r + 1):
            yield met_in_row()(n, time, c, w)
            yield met()(n, time - c)
        yield goal.induction(c=c + 1, w=w - 1)

    return prove(
        "mesh.row-active",
        forall(
            *OPERATIONS, n, t, r, c, w, given={"some": n >= 0},
            then=equal(part(mesh_row().function(*arguments), model.CountedCells, "active"), more),
        ),
        premises, measure=w,
    )


def in_mesh(time: Term, row: Term | int, height: Term, width: Term) -> Term:
    """How many words all cells have met, from a row on."""
    found: Term = met_in_mesh().function(n, time, row, height, width)
    return found


@once
def rows_active() -> Theorem:
    """So are those of all rows; and a word comes in from the left where one more is met."""
    arguments = (plus, times, X, n, t, r, top().function(Y, n, t - r, 0, w), mesh_after(t, r, h))
    done = mesh_rows().function(*arguments)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield mesh_rows()(*arguments)
        yield at_mesh(t, r, h)
        yield fed_left()(X, n, r, t - r)
        yield passed_down().at(**given_operations(), n=n, t=t, r=r, c=0, w=w)
        yield row_active().at(**given_operations(), n=n, t=t, r=r, c=0, w=w)
        for time in (t, t + 1):
            yield met_in_mesh()(n, time, r, h, w)
            yield met_in_row()(n, time, r, h)
            yield met()(n, time - r)
        yield goal.induction(r=r + 1, h=h - 1)

    return prove(
        "mesh.rows-active",
        forall(
            *OPERATIONS, n, t, r, h, w, given={"some": n >= 0},
            then=both(
                equal(
                    part(done, model.CountedMesh, "active"),
                    in_mesh(t + 1, r, h, w) - in_mesh(t, r, h, w),
                ),
                equal(
                    part(done, model.CountedMesh, "entered"),
                    in_row(t + 1, r, h) - in_row(t, r, h),
                ),
            ),
        ),
        premises, measure=h,
    )


@once
def top_fed() -> Theorem:
    """A word comes in from above where one more is met."""
    registers = top().function(Y, n, t, c, w)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield top()(Y, n, t, c, w)
        yield holding()(registers)
        yield fed_above()(Y, n, t - c, c)
        for time in (t, t + 1):
            yield met_in_row()(n, time, c, w)
            yield met()(n, time - c)
        yield goal.induction(c=c + 1, w=w - 1)

    return prove(
        "mesh.top",
        forall(
            Y, n, t, c, w, given={"some": n >= 0},
            then=equal(
                holding().function(registers), in_row(t + 1, c, w) - in_row(t, c, w)
            ),
        ),
        premises, measure=w,
    )


@once
def row_unmet() -> Theorem:
    """Before the first cycle nothing is met."""
    return prove(
        "met.none-in-row",
        forall(
            n, t, c, w, given={"time": t <= 0, "column": c >= 0}, then=equal(in_row(t, c, w), 0)
        ),
        lambda goal: [
            met_in_row()(n, t, c, w), met()(n, t - c), goal.induction(c=c + 1, w=w - 1)
        ],
        measure=w,
    )


@once
def unmet() -> Theorem:
    """Nor in any row."""
    return prove(
        "met.none",
        forall(
            n, t, r, h, w, given={"time": t <= 0, "row": r >= 0}, then=equal(in_mesh(t, r, h, w), 0)
        ),
        lambda goal: [
            met_in_mesh()(n, t, r, h, w), row_unmet().at(n=n, t=t - r, c=0, w=w),
            goal.induction(r=r + 1, h=h - 1),
        ],
        measure=h,
    )


@once
def row_all_met() -> Theorem:
    """In the end each cell of a row has met all words."""
    return prove(
        "met.all-in-row",
        forall(
            n, t, c, w,
            given={"some": n >= 0, "wide": w >= 0, "late": t >= n + c + w - 1},
            then=equal(in_row(t, c, w), n * w),
        ),
        lambda goal: [
            met_in_row()(n, t, c, w), met()(n, t - c), goal.induction(c=c + 1, w=w - 1)
        ],
        measure=w,
    )


@once
def all_met() -> Theorem:
    """In the end each cell has met all words."""
    return prove(
        "met.all",
        forall(
            n, t, r, h, w,
            given={
                "some": n >= 0, "high": h >= 0, "wide": w >= 0,
                "late": t >= n + r + h - 1 + w - 1,
            },
            then=equal(in_mesh(t, r, h, w), h * (n * w)),
        ),
        lambda goal: [
            met_in_mesh()(n, t, r, h, w), row_all_met().at(n=n, t=t - r, c=0, w=w),
            goal.induction(r=r + 1, h=h - 1),
        ],
        measure=h,
    )


@once
def running_counts() -> Theorem:
    """What the mesh has counted after t cycles."""
    before = state(t - 1)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield mesh()(*OPERATIONS, L, n, M, t)
        yield cycle()(plus, times, X, Y, n, M, before)
        yield run().at(**given_operations(), L=L, n=n, M=M, t=t - 1)
        yield rows_active().at(**given_operations(), n=n, t=t - 1, r=0, h=L, w=M)
        yield top_fed().at(Y=Y, n=n, t=t - 1, c=0, w=M)
        yield unmet().at(n=n, t=0, r=0, h=L, w=M)
        for size in (L, M):
            yield row_unmet().at(n=n, t=0, c=0, w=size)
        yield goal.induction(t=t - 1)

    return prove(
        "mesh.counts",
        forall(
            *OPERATIONS, L, n, M, t, given={"some": n >= 0, "cycles": t >= 0},
            then=both(
                equal(of_state(t, "words"), in_row(t, 0, L) + in_row(t, 0, M)),
                equal(of_state(t, "additions"), in_mesh(t, 0, L, M)),
            ),
        ),
        premises, measure=t,
    )


@once
def counts() -> Theorem:
    """In all, N(L+M) words come in at the edges, each once, and LMN multiply-adds are made."""
    return prove(
        "streaming-steps.words",
        forall(
            *OPERATIONS, L, n, M, t,
            given={"L": L >= 1, "M": M >= 1, "N": n >= 0, "late": t >= L + M + n - 2},
            then=both(
                equal(of_state(t, "words"), n * (L + M)),
                equal(of_state(t, "additions"), L * (n * M)),
            ),
        ),
        lambda _: [
            running_counts().at(**given_operations(), L=L, n=n, M=M, t=t),
            row_all_met().at(n=n, t=t, c=0, w=L), row_all_met().at(n=n, t=t, c=0, w=M),
            all_met().at(n=n, t=t, r=0, h=L, w=M),
        ],
    )


# --- one cell -------------------------------------------------------------------------------------


@once
def from_column() -> Theorem:
    """The cells of a row, from a column on."""
    return prove(
        "mesh.from",
        forall(
            *OPERATIONS, n, t, r, c, w, j, given={"from": j >= 0, "to": j < w},
            then=equal(cells_from().function(row_after(t, c, w), j), row_after(t, c + j, w - j)),
        ),
        lambda goal: [
            cells_from()(row_after(t, c, w), j), at_row(t, c, w),
            goal.induction(c=c + 1, w=w - 1, j=j - 1),
        ],
        measure=w,
    )


@once
def row_found() -> Theorem:
    """The cells of a row of the mesh."""
    return prove(
        "mesh.at",
        forall(
            *OPERATIONS, n, t, r, h, w, i, given={"from": i >= 0, "to": i < h},
            then=equal(
                cells_at().function(mesh_after(t, r, h), i),
                skewed_row().function(*OPERATIONS, n, t, r + i, 0, w),
            ),
        ),
        lambda goal: [
            cells_at()(mesh_after(t, r, h), i), at_mesh(t, r, h),
            goal.induction(r=r + 1, h=h - 1, i=i - 1),
        ],
        measure=h,
    )


@once
def cell_held() -> Theorem:
    """After t cycles the registers of cell (i, j) hold X[i,k] and Y[k,j] for k = t-1-i-j, and its
    sum is the product's entry up to k."""
    cell = cell_at().function(of_state(t, "cells"), i, j)
    met = t - i - j

    def held(name: str) -> Term:
        return part(cell, model.Cell, name)

    return prove(
        "streaming-steps.cell",
        forall(
            *OPERATIONS, L, n, M, t, i, j,
            given={"i from": i >= 0, "i to": i < L, "j from": j >= 0, "j to": j < M},
            then=both(
                equal(held("rightward"), fed_left().function(X, n, i, met - 1)),
                equal(held("downward"), fed_above().function(Y, n, met - 1, j)),
                equal(
                    held("total"),
                    at.product().function(*OPERATIONS, choose_by(met <= n, met, n), i, j),
                ),
            ),
        ),
        lambda _: [
            run().at(**given_operations(), L=L, n=n, M=M, t=t),
            cell_at()(all_cells(t), i, j),
            row_found().at(**given_operations(), n=n, t=t, r=0, h=L, w=M, i=i),
            from_column().at(**given_operations(), n=n, t=t, r=i, c=0, w=M, j=j),
            skewed_row()(*OPERATIONS, n, t, i, j, M - j),
        ],
    )


# --- the result -----------------------------------------------------------------------------------


@once
def row_computed() -> Theorem:
    """The sums of a row, when its last word has come to its last cell."""
    return prove(
        "mesh.row-computed",
        forall(
            *OPERATIONS, n, t, r, c, w, given={"late": t >= n + r + c + w - 1},
            then=equal(
                row_totals().function(row_after(t, c, w)),
                at.row_piece().function(select(multiplied(n), r), c, w),
            ),
        ),
        lambda goal: [
            row_totals()(row_after(t, c, w)), at_row(t, c, w),
            at.row_piece()(select(multiplied(n), r), c, w),
            at.product_matrix()(*OPERATIONS, n, r), at.product_row()(*OPERATIONS, n, r, c),
            at.product()(*OPERATIONS, n, r, c), at.product()(*OPERATIONS, t - r - c, r, c),
            goal.induction(c=c + 1, w=w - 1),
        ],
        measure=w,
    )


@once
def all_computed() -> Theorem:
    """The sums of all rows."""
    return prove(
        "mesh.computed",
        forall(
            *OPERATIONS, n, t, r, h, w, given={"late": t >= n + r + h - 1 + w - 1},
            then=equal(
                totals().function(mesh_after(t, r, h)),
                at.block().function(multiplied(n), r, h, 0, w),
            ),
        ),
        lambda goal: [
            totals()(mesh_after(t, r, h)), at_mesh(t, r, h),
            at.block()(multiplied(n), r, h, 0, w),
            row_computed().at(**given_operations(), n=n, t=t, r=r, c=0, w=w),
            goal.induction(r=r + 1, h=h - 1),
        ],
        measure=h,
    )


@once
def computed() -> Theorem:
    """After L+M+N-2 cycles, and ever after, the mesh has computed X·Y."""
    return prove(
        "streaming-steps.mesh",
        forall(
            *OPERATIONS, L, n, M, t, given={"late": t >= L + M + n - 2},
            then=equal(
                totals().function(of_state(t, "cells")), at.table().function(multiplied(n), L, M)
            ),
        ),
        lambda _: [
            run().at(**given_operations(), L=L, n=n, M=M, t=t),
            all_computed().at(**given_operations(), n=n, t=t, r=0, h=L, w=M),
            at.table()(multiplied(n), L, M),
        ],
    )
