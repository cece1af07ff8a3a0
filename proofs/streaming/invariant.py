"""After every step the tiles hold the product of what was sent.

*Results*: ``streaming-invariant``: all tiles (:func:`invariant`), the word at each place
(:func:`words_held`), and that rows and columns of the result correspond to places, both ways
(:func:`proofs.streaming.tiles.found`, :func:`proofs.streaming.tiles.found_back`).
:func:`streamed`, for any schedule.

*How it is done*: what a step does to a row of a tile, to a tile, a band and the whole grid, each by
induction over a list. The sum of products in the order in which they were sent is what every unit
computes, to the letter: no law of the operations is used.

*References*: 'AI, Native Supercomputing', arXiv 1705.05983.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.streaming import machine as model
from proofs.kernel.reading import made, part
from proofs.kernel.rules import Fact, Goal, Theorem, height, prove
from proofs.kernel.tactics import Supposition, forall, once, variables
from proofs.kernel.terms import ELEMENT, Term, both, equal, implies, rank, select
from proofs.streaming import machine as at
from proofs.streaming import tiles as lists
from proofs.streaming.machine import (
    COUNTS,
    CUT,
    MATRIX,
    OPERATIONS,
    SCHEDULE,
    X,
    Y,
    entry,
    numbers,
    operate,
    plus,
    times,
    zero,
)

before, after = variables(before=MATRIX, after=MATRIX)
rows, columns = variables(rows=CUT, columns=CUT)
(order,) = variables(order=SCHEDULE)
(counts,) = variables(counts=COUNTS)
(missing,) = variables(missing=ELEMENT)
k, i, j, n, r, h, c, w, d = numbers("k i j n r h c w d")

OPERANDS = (plus, times, X, Y)


def multiply_add(total: Term, x: Term, y: Term) -> Term:
    """total + x·y."""
    return operate(plus, total, operate(times, x, y))


def added() -> dict[str, Term | Supposition]:
    """A matrix has the entries of another one, with the products for an inner index added."""
    sums = multiply_add(entry(before, i, j), entry(X, i, k), entry(Y, k, j))
    return {"added": ((i, j), equal(entry(after, i, j), sums))}


@once
def row_added() -> Theorem:
    """What a unit does to a row of its tile."""
    words = at.row_piece().function
    x, ys = entry(X, r, k), words(select(Y, k), c, w)
    old, new = words(select(before, r), c, w), words(select(after, r), c, w)
    done = at.add_row().function(plus, times, x, ys, old, d)
    return prove(
        "streaming.row",
        forall(
            *OPERANDS, before, after, k, r, c, w, d, given=added(),
            then=both(
                equal(part(done, model.CountedRow, "row"), new),
                implies(w >= 0, equal(part(done, model.CountedRow, "made"), d + w)),
            ),
        ),
        lambda goal: [
            at.add_row()(plus, times, x, ys, old, d), goal.hypothesis("added", r, c),
            *(at.row_piece()(select(matrix, row), c, w)
              for matrix, row in ((Y, k), (before, r), (after, r))),
            goal.induction(c=c + 1, w=w - 1, d=d + 1),
        ],
        measure=w,
    )


@once
def tile_added() -> Theorem:
    """What a unit does to its tile."""
    block = at.block().function
    xs, ys = at.column_piece().function(X, k, r, h), at.row_piece().function(select(Y, k), c, w)
    old, new = block(before, r, h, c, w), block(after, r, h, c, w)
    done = at.add_outer().function(plus, times, xs, ys, old, d)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield at.add_outer()(plus, times, xs, ys, old, d)
        yield at.column_piece()(X, k, r, h)
        for matrix in (before, after):
            yield at.block()(matrix, r, h, c, w)
        yield row_added().at(
            plus=plus, times=times, X=X, Y=Y, before=before, after=after, k=k, r=r, c=c, w=w, d=d,
            added=goal.schema("added"),
        )
        first = at.add_row().function(
            plus, times, entry(X, r, k), ys, at.row_piece().function(select(before, r), c, w), d
        )
        yield goal.induction(r=r + 1, h=h - 1, d=part(first, model.CountedRow, "made"))

    return prove(
        "streaming.tile",
        forall(
            *OPERANDS, before, after, k, r, h, c, w, d, given=added(),
            then=both(
                equal(part(done, model.CountedTile, "tile"), new),
                implies(
                    both(h >= 0, w >= 0),
                    equal(part(done, model.CountedTile, "made"), d + h * w),
                ),
            ),
        ),
        premises, measure=h,
    )


@once
def column_length() -> Theorem:
    """A piece of a column has so many words."""
    words = at.column_piece().function(X, k, r, h)
    return prove(
        "column.length",
        forall(X, k, r, h, given={"some": h >= 0}, then=equal(at.word_count().function(words), h)),
        lambda goal: [
            at.column_piece()(X, k, r, h), at.word_count()(words), goal.induction(r=r + 1, h=h - 1)
        ],
        measure=h,
    )


def count(of: Term, name: str) -> Term:
    """Something that was counted."""
    return part(of, model.Counts, name)


def counted(
    old: Term, new: Term, columns_sent: Term | int, rows_sent: Term | int, additions: Term | int
) -> Term:
    """The new counts are the old ones and so much more."""
    return both(*(
        equal(count(new, name), count(old, name) + more)
        for name, more in (
            ("column_words", columns_sent), ("row_words", rows_sent), ("additions", additions)
        )
    ))


@once
def band_added() -> Theorem:
    """What a step does to a band."""
    width, more = lists.of_part(columns)
    band = at.tile_band().function
    extent, parts, proper = at.extent().function, at.parts().function, at.proper().function
    old, new = band(before, r, h, c, columns), band(after, r, h, c, columns)
    arguments = (plus, times, X, Y, k, r, h, c, columns, old, counts)
    done = at.step_band().function(*arguments)
    result = part(done, model.CountedBand, "counts")

    def premises(goal: Goal) -> Iterable[Fact]:
        yield at.step_band()(*arguments)
        for matrix in (before, after):
            yield at.tile_band()(matrix, r, h, c, columns)
        yield at.extent()(columns)
        yield at.parts()(columns)
        yield at.proper()(columns)
        yield column_length().at(X=X, k=k, r=r, h=h)
        yield lists.listed_length().at(line=select(Y, k), c=c, w=width)
        yield tile_added().at(
            plus=plus, times=times, X=X, Y=Y, before=before, after=after, k=k, r=r, h=h, c=c,
            w=width, d=count(counts, "additions"), added=goal.schema("added"),
        )
        xs = at.column_piece().function(X, k, r, h)
        ys = at.row_piece().function(select(Y, k), c, width)
        tile = at.block().function(before, r, h, c, width)
        inner = at.add_outer().function(
            plus, times, xs, ys, tile, count(counts, "additions")
        )
        passed = made(
            model.Counts, count(counts, "column_words") + at.word_count().function(xs),
            count(counts, "row_words") + at.word_count().function(ys),
            part(inner, model.CountedTile, "made"),
        )
        yield goal.induction(c=c + width, columns=more, counts=passed)
        yield from height(more)

    return prove(
        "streaming.band",
        forall(
            *OPERANDS, before, after, k, r, h, c, columns, counts, given=added(),
            then=both(
                equal(part(done, model.CountedBand, "units"), new),
                implies(
                    both(h >= 0, proper(columns)),
                    counted(
                        counts, result, parts(columns) * h, extent(columns), h * extent(columns)
                    ),
                ),
            ),
        ),
        premises, measure=rank(columns),
    )


@once
def grid_added() -> Theorem:
    """What a step does to all units."""
    size, more = lists.of_part(rows)
    grid = at.tiles().function
    extent, parts, proper = at.extent().function, at.parts().function, at.proper().function
    old, new = grid(before, r, rows, columns), grid(after, r, rows, columns)
    arguments = (plus, times, X, Y, k, r, rows, columns, old, counts)
    done = at.step_grid().function(*arguments)
    result = part(done, model.CountedGrid, "counts")

    def premises(goal: Goal) -> Iterable[Fact]:
        yield at.step_grid()(*arguments)
        for matrix in (before, after):
            yield at.tiles()(matrix, r, rows, columns)
        yield at.extent()(rows)
        yield at.parts()(rows)
        yield at.proper()(rows)
        yield band_added().at(
            plus=plus, times=times, X=X, Y=Y, before=before, after=after, k=k, r=r, h=size, c=0,
            columns=columns, counts=counts, added=goal.schema("added"),
        )
        first = at.step_band().function(
            plus, times, X, Y, k, r, size, 0, columns,
            at.tile_band().function(before, r, size, 0, columns), counts,
        )
        yield goal.induction(
            r=r + size, rows=more, counts=part(first, model.CountedBand, "counts")
        )
        yield from height(more)

    return prove(
        "streaming.grid",
        forall(
            *OPERANDS, before, after, k, r, rows, columns, counts, given=added(),
            then=both(
                equal(part(done, model.CountedGrid, "bands"), new),
                implies(
                    both(proper(rows), proper(columns)),
                    counted(
                        counts, result, extent(rows) * parts(columns),
                        parts(rows) * extent(columns), extent(rows) * extent(columns),
                    ),
                ),
            ),
        ),
        premises, measure=rank(rows),
    )


# --- at first -------------------------------------------------------------------------------------


def nothing() -> dict[str, Term | Supposition]:
    """A matrix is zero everywhere."""
    return {"nothing": ((i, j), equal(entry(before, i, j), zero))}


@once
def no_words() -> Theorem:
    """A row of zeros."""
    return prove(
        "streaming.zeros",
        forall(
            zero, before, r, c, w, given=nothing(),
            then=equal(
                at.zeros().function(zero, w), at.row_piece().function(select(before, r), c, w)
            ),
        ),
        lambda goal: [
            at.zeros()(zero, w), at.row_piece()(select(before, r), c, w),
            goal.hypothesis("nothing", r, c), goal.induction(c=c + 1, w=w - 1),
        ],
        measure=w,
    )


@once
def no_tile() -> Theorem:
    """A tile of zeros."""
    return prove(
        "streaming.zero-tile",
        forall(
            zero, before, r, h, c, w, given=nothing(),
            then=equal(
                at.zero_tile().function(zero, h, w), at.block().function(before, r, h, c, w)
            ),
        ),
        lambda goal: [
            at.zero_tile()(zero, h, w), at.block()(before, r, h, c, w),
            no_words().at(
                zero=zero, before=before, r=r, c=c, w=w, nothing=goal.schema("nothing")
            ),
            goal.induction(r=r + 1, h=h - 1),
        ],
        measure=h,
    )


@once
def no_band() -> Theorem:
    """A band of zeros."""
    width, more = lists.of_part(columns)
    return prove(
        "streaming.zero-band",
        forall(
            zero, before, r, h, c, columns, given=nothing(),
            then=equal(
                at.zero_band().function(zero, h, columns),
                at.tile_band().function(before, r, h, c, columns),
            ),
        ),
        lambda goal: [
            at.zero_band()(zero, h, columns), at.tile_band()(before, r, h, c, columns),
            no_tile().at(
                zero=zero, before=before, r=r, h=h, c=c, w=width, nothing=goal.schema("nothing")
            ),
            goal.induction(c=c + width, columns=more), *height(more),
        ],
        measure=rank(columns),
    )


@once
def no_grid() -> Theorem:
    """Tiles of zeros."""
    size, more = lists.of_part(rows)
    return prove(
        "streaming.zero-grid",
        forall(
            zero, before, r, rows, columns, given=nothing(),
            then=equal(
                at.zero_grid().function(zero, rows, columns),
                at.tiles().function(before, r, rows, columns),
            ),
        ),
        lambda goal: [
            at.zero_grid()(zero, rows, columns), at.tiles()(before, r, rows, columns),
            no_band().at(
                zero=zero, before=before, r=r, h=size, c=0, columns=columns,
                nothing=goal.schema("nothing"),
            ),
            goal.induction(r=r + size, rows=more), *height(more),
        ],
        measure=rank(rows),
    )


# --- step by step ---------------------------------------------------------------------------------


def sums(of: Term) -> Term:
    """The matrix of sums over a schedule."""
    found: Term = at.scheduled_matrix().function(*OPERATIONS, of)
    return found


def at_place(of: Term, row: Term, column: Term) -> list[Fact]:
    """What an entry of the matrix of sums is."""
    return [
        at.scheduled_matrix()(*OPERATIONS, of, row),
        at.scheduled_row()(*OPERATIONS, of, row, column),
        at.scheduled()(*OPERATIONS, of, row, column),
    ]


@once
def sum_begins() -> Theorem:
    """The sum over nothing is zero."""
    none = made(model.Nothing)
    return prove(
        "scheduled.nothing",
        forall(*OPERATIONS, i, j, then=equal(entry(sums(none), i, j), zero)),
        lambda _: at_place(none, i, j),
    )


@once
def sum_grows() -> Theorem:
    """One inner index more adds one product."""
    longer = made(model.Sent, order, k)
    products = multiply_add(entry(sums(order), i, j), entry(X, i, k), entry(Y, k, j))
    return prove(
        "scheduled.sent",
        forall(*OPERATIONS, order, k, i, j, then=equal(entry(sums(longer), i, j), products)),
        lambda _: [*at_place(longer, i, j), *at_place(order, i, j)],
    )


def given_operations() -> dict[str, Term]:
    """The operations and matrices, by name, for the use of a theorem."""
    return {str(each.data): each for each in OPERATIONS}


def steps_of(of: Term) -> Term:
    """The machine after a schedule."""
    found: Term = at.stream().function(*OPERATIONS, rows, columns, of)
    return found


@once
def streamed() -> Theorem:
    """After any schedule the tiles hold the sums over it, and this was counted."""
    state, earlier = steps_of(order), part(order, model.Sent, "before")
    index = part(order, model.Sent, "index")
    before_it = steps_of(earlier)
    many = at.sent().function(order)
    extent, parts, proper = at.extent().function, at.parts().function, at.proper().function
    found = part(state, model.State, "counts")
    none = made(model.Nothing)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield at.stream()(*OPERATIONS, rows, columns, order)
        yield at.initial()(zero, rows, columns)
        yield at.sent()(order)
        yield at.machine_step()(plus, times, X, Y, rows, columns, index, before_it)
        yield no_grid().at(
            zero=zero, before=sums(none), r=0, rows=rows, columns=columns,
            nothing=sum_begins().schema(i, j, **given_operations(), i=i, j=j),
        )
        yield grid_added().at(
            plus=plus, times=times, X=X, Y=Y, before=sums(earlier),
            after=sums(made(model.Sent, earlier, index)), k=index, r=0, rows=rows,
            columns=columns, counts=part(before_it, model.State, "counts"),
            added=sum_grows().schema(
                i, j, **given_operations(), order=earlier, k=index, i=i, j=j
            ),
        )
        yield goal.induction(order=earlier)
        yield from height(earlier)

    return prove(
        "streaming.scheduled",
        forall(
            *OPERATIONS, rows, columns, order,
            then=both(
                equal(
                    part(state, model.State, "grid"),
                    at.tiles().function(sums(order), 0, rows, columns),
                ),
                equal(part(state, model.State, "steps"), many),
                implies(
                    both(proper(rows), proper(columns)),
                    both(
                        equal(
                            count(found, "column_words"), many * (extent(rows) * parts(columns))
                        ),
                        equal(count(found, "row_words"), many * (parts(rows) * extent(columns))),
                        equal(count(found, "additions"), many * (extent(rows) * extent(columns))),
                    ),
                ),
            ),
        ),
        premises, measure=rank(order),
    )


# --- the product ----------------------------------------------------------------------------------


def multiplied(of: Term) -> Term:
    """X[:,:n]·Y[:n,:] as a matrix."""
    found: Term = at.product_matrix().function(*OPERATIONS, of)
    return found


@once
def in_order() -> Theorem:
    """The sum over 0, …, n-1 is the product's."""
    upto = at.upto().function
    return prove(
        "scheduled.upto",
        forall(
            *OPERATIONS, n, i, j,
            then=equal(
                at.scheduled().function(*OPERATIONS, upto(n), i, j),
                at.product().function(*OPERATIONS, n, i, j),
            ),
        ),
        lambda goal: [
            at.upto()(n), at.product()(*OPERATIONS, n, i, j),
            at.scheduled()(*OPERATIONS, upto(n), i, j),
            goal.induction(n=n - 1),
        ],
        measure=n,
    )


@once
def same_sums() -> Theorem:
    """Entry by entry, the sums over 0, …, n-1 are the product."""
    order = at.upto().function(n)
    return prove(
        "scheduled.product",
        forall(
            *OPERATIONS, n, i, j,
            then=equal(entry(sums(order), i, j), entry(multiplied(n), i, j)),
        ),
        lambda _: [
            at.scheduled_matrix()(*OPERATIONS, order, i),
            at.scheduled_row()(*OPERATIONS, order, i, j),
            at.product_matrix()(*OPERATIONS, n, i), at.product_row()(*OPERATIONS, n, i, j),
            in_order().at(**given_operations(), n=n, i=i, j=j),
        ],
    )


def after_steps(of: Term) -> Term:
    """The units after the steps 0, …, n-1."""
    return part(steps_of(at.upto().function(of)), model.State, "grid")


@once
def invariant() -> Theorem:
    """After step n the tiles are those of X[:,:n]·Y[:n,:]."""
    order = at.upto().function(n)
    return prove(
        "streaming-invariant",
        forall(
            *OPERATIONS, rows, columns, n,
            then=equal(after_steps(n), at.tiles().function(multiplied(n), 0, rows, columns)),
        ),
        lambda _: [
            streamed().at(**given_operations(), rows=rows, columns=columns, order=order),
            lists.same_tiles().at(
                Z=sums(order), W=multiplied(n), r=0, rows=rows, columns=columns, given=True,
                same=same_sums().schema(i, j, **given_operations(), n=n, i=i, j=j),
            ),
        ],
    )


@once
def words_held() -> Theorem:
    """After step n the unit of a row and a column holds the product's entry, at their place."""
    (p, a), (q, b) = lists.place_of(rows, i), lists.place_of(columns, j)
    extent = at.extent().function
    return prove(
        "streaming-invariant.entries",
        forall(
            *OPERATIONS, rows, columns, n, i, j, missing,
            given={
                "i from": i >= 0, "i to": i < extent(rows),
                "j from": j >= 0, "j to": j < extent(columns),
            },
            then=equal(
                at.held().function(after_steps(n), p, q, a, b, missing),
                at.product().function(*OPERATIONS, n, i, j),
            ),
        ),
        lambda _: [
            invariant().at(**given_operations(), rows=rows, columns=columns, n=n),
            lists.looked_up().at(
                Z=multiplied(n), rows=rows, columns=columns, p=p, q=q, a=a, b=b, missing=missing
            ),
            lists.found().at(rows=rows, r=i), lists.found().at(rows=columns, r=j),
            at.product_matrix()(*OPERATIONS, n, i), at.product_row()(*OPERATIONS, n, i, j),
        ],
    )


def streaming_invariant() -> tuple[Theorem, ...]:
    """All parts of ``streaming-invariant``."""
    return invariant(), words_held(), lists.found(), lists.found_back()
