"""The streaming machine: distribution, units that add outer products, collection.

A machine for an L×M result is cut into bands of rows and of columns; unit (p, q) holds the tile of
the result where band p of the rows meets band q of the columns. In the step for the inner index k
the distribution section sends unit (p, q) its piece of column k of X and its piece of row k of Y,
and the unit adds their outer product to its tile. In the end the collection section takes the tiles
out and puts them together. Steps, words and multiply-adds are counted as they happen.

*Definitions*: lists of words and of rows, :data:`Words` and :data:`Rows`; the units,
:data:`Band` (side by side) and :data:`Grid` (one band below the other); :data:`Cut`, the sizes of
the pieces into which rows or columns are cut, with :func:`extent`, :func:`parts`, :func:`proper`,
:func:`even` (pieces of one size, the last one ragged), :func:`start`, :func:`size_of`,
:func:`part_of`, :func:`place_of`; :data:`Schedule`, inner indices in the order in which they are
sent, and :func:`upto`. The distribution section: :func:`column_piece`, :func:`row_piece`. A unit:
:func:`add_row`, :func:`add_outer`. The machine: :class:`State`, :func:`initial`,
:func:`machine_step`, :func:`stream`. The collection section: :func:`collect`, :func:`amount`.

What it is about: :func:`product`, the sum over k < n, and :func:`scheduled`, the sum in the order
of a schedule; :func:`table`, the rows of a matrix; :func:`tiles`, a matrix cut into tiles;
:func:`held`, the word at a place of a unit. Pieces of the inner dimension streamed apart:
:data:`Plan`, :func:`stream_pieces`, :func:`planned`, :func:`times_sent`, :func:`within`.

*Results*: ``streaming-invariant``, ``streaming-equals-product``, ``streaming-traffic``,
``streaming-steps``.

*References*: 'AI, Native Supercomputing', arXiv 1705.05983, for distribution, units and collection.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from models.algebra import Algebra, Element, Mapped, curried, equation
from models.node import Node
from models.streaming.semiring import Matrix, Operation

# --- data -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class NoWords(Node):
    """The end of a list of words."""


@dataclass(frozen=True, slots=True, eq=False)
class Word(Node):
    """A word, and those behind it."""

    word: Element
    others: Words


Words: TypeAlias = NoWords | Word


@dataclass(frozen=True, slots=True, eq=False)
class NoRows(Node):
    """The end of a list of rows."""


@dataclass(frozen=True, slots=True, eq=False)
class Row(Node):
    """A row, and those below it: a tile, or a whole matrix."""

    words: Words
    below: Rows


Rows: TypeAlias = NoRows | Row


@dataclass(frozen=True, slots=True, eq=False)
class NoUnits(Node):
    """The end of a band of units."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit(Node):
    """A unit with its tile, and those to the right of it."""

    tile: Rows
    right: Band


Band: TypeAlias = NoUnits | Unit


@dataclass(frozen=True, slots=True, eq=False)
class NoBands(Node):
    """The end of the bands."""


@dataclass(frozen=True, slots=True, eq=False)
class Bands(Node):
    """A band of units, and those below it."""

    band: Band
    lower: Grid


Grid: TypeAlias = NoBands | Bands


@dataclass(frozen=True, slots=True, eq=False)
class NoParts(Node):
    """The end of a cut."""


@dataclass(frozen=True, slots=True, eq=False)
class Part(Node):
    """A piece with so many rows (or columns), and the pieces behind it."""

    size: int
    more: Cut


Cut: TypeAlias = NoParts | Part


@dataclass(frozen=True, slots=True, eq=False)
class Nothing(Node):
    """Nothing has been sent."""


@dataclass(frozen=True, slots=True, eq=False)
class Sent(Node):
    """An inner index that is sent after those of another schedule."""

    before: Schedule
    index: int


Schedule: TypeAlias = Nothing | Sent


@dataclass(frozen=True, slots=True, eq=False)
class Counts(Node):
    """Words of X and of Y that the distribution section has sent, and multiply-adds made."""

    column_words: int
    row_words: int
    additions: int


@dataclass(frozen=True, slots=True, eq=False)
class State(Node):
    """The units, the steps made so far, and what was counted in them."""

    grid: Grid
    steps: int
    counts: Counts


@dataclass(frozen=True, slots=True, eq=False)
class CountedRow(Node):
    """A row of a tile after an addition, and the multiply-adds made so far."""

    row: Words
    made: int


@dataclass(frozen=True, slots=True, eq=False)
class CountedTile(Node):
    """A tile after an addition, and the multiply-adds made so far."""

    tile: Rows
    made: int


@dataclass(frozen=True, slots=True, eq=False)
class CountedBand(Node):
    """A band of units after a step, and what was counted so far."""

    units: Band
    counts: Counts


@dataclass(frozen=True, slots=True, eq=False)
class CountedGrid(Node):
    """All units after a step, and what was counted so far."""

    bands: Grid
    counts: Counts


def cut(sizes: Iterable[int]) -> Cut:
    """The cut with pieces of these sizes."""
    made: Cut = NoParts()
    for size in reversed(list(sizes)):
        made = Part(size, made)
    return made


def schedule(indices: Iterable[int]) -> Schedule:
    """The schedule that sends these inner indices in this order."""
    made: Schedule = Nothing()
    for index in indices:
        made = Sent(made, index)
    return made


def words_of(row: Words) -> list[Any]:
    """The words of a list."""
    found = []
    while isinstance(row, Word):
        found.append(row.word)
        row = row.others
    return found


def rows_of(matrix: Rows) -> list[list[Any]]:
    """The words of a matrix, row by row."""
    found = []
    while isinstance(matrix, Row):
        found.append(words_of(matrix.words))
        matrix = matrix.below
    return found


def _no_rows(algebra: Algebra) -> Rows:
    return algebra.make(NoRows)


def _no_words(algebra: Algebra) -> Words:
    return algebra.make(NoWords)


def _nothing(algebra: Algebra) -> Schedule:
    return algebra.make(Nothing)


# --- how rows and columns are cut -----------------------------------------------------------------


@equation()
def extent(algebra: Algebra, pieces: Cut) -> int:
    """How many rows (or columns) all pieces have."""
    return algebra.case(pieces, {
        NoParts: lambda: 0,
        Part: lambda size, more: algebra.bind(
            extent.at(algebra, more), lambda rest: size + rest
        ),
    })


@equation()
def parts(algebra: Algebra, pieces: Cut) -> int:
    """The number of pieces."""
    return algebra.case(pieces, {
        NoParts: lambda: 0,
        Part: lambda size, more: algebra.bind(parts.at(algebra, more), lambda rest: 1 + rest),
    })


@equation()
def proper(algebra: Algebra, pieces: Cut) -> bool:
    """Whether no piece has less than no rows."""
    return algebra.case(pieces, {
        NoParts: lambda: True,
        Part: lambda size, more: algebra.cond(
            size >= 0, lambda: proper.at(algebra, more), lambda: False
        ),
    })


@equation()
def even(algebra: Algebra, total: int, size: int) -> Cut:
    """Pieces of one size, 1 or more, the last one smaller if that does not divide the total."""

    def last() -> Cut:
        return algebra.make(Part, total, algebra.make(NoParts))

    return algebra.cond(
        total <= 0,
        lambda: algebra.make(NoParts),
        lambda: algebra.cond(
            total <= size,
            last,
            lambda: algebra.cond(
                size <= 0,
                last,
                lambda: algebra.bind(
                    even.at(algebra, total - size, size),
                    lambda rest: algebra.make(Part, size, rest),
                ),
            ),
        ),
    )


@equation()
def start(algebra: Algebra, pieces: Cut, part: int) -> int:
    """The first row of a piece, both counted from 0: how many rows the pieces before it have."""
    return algebra.case(pieces, {
        NoParts: lambda: 0,
        Part: lambda size, more: algebra.cond(
            part <= 0,
            lambda: 0,
            lambda: algebra.bind(start.at(algebra, more, part - 1), lambda rest: size + rest),
        ),
    })


@equation()
def size_of(algebra: Algebra, pieces: Cut, part: int) -> int:
    """How many rows a piece has; 0 if there is no such piece."""
    return algebra.case(pieces, {
        NoParts: lambda: 0,
        Part: lambda size, more: algebra.cond(
            algebra.same(part, 0), lambda: size, lambda: size_of.at(algebra, more, part - 1)
        ),
    })


@equation()
def part_of(algebra: Algebra, pieces: Cut, row: int) -> int:
    """The piece that a row is in."""
    return algebra.case(pieces, {
        NoParts: lambda: 0,
        Part: lambda size, more: algebra.cond(
            row < size,
            lambda: 0,
            lambda: algebra.bind(part_of.at(algebra, more, row - size), lambda rest: 1 + rest),
        ),
    })


@equation()
def place_of(algebra: Algebra, pieces: Cut, row: int) -> int:
    """The place of a row in the piece that it is in."""
    return algebra.case(pieces, {
        NoParts: lambda: row,
        Part: lambda size, more: algebra.cond(
            row < size, lambda: row, lambda: place_of.at(algebra, more, row - size)
        ),
    })


# --- what is to be computed -----------------------------------------------------------------------


def _entry(algebra: Algebra, matrix: Matrix, row: int, column: int) -> Element:
    return algebra.apply(algebra.apply(matrix, row), column)


def _operate(algebra: Algebra, operation: Operation, left: Element, right: Element) -> Element:
    return algebra.apply(algebra.apply(operation, left), right)


def _multiply_add(
    algebra: Algebra, plus: Operation, times: Operation, total: Element, x: Element, y: Element
) -> Element:
    """total + x·y."""
    return _operate(algebra, plus, total, _operate(algebra, times, x, y))


@equation()
def product(
    algebra: Algebra, plus: Operation, times: Operation, zero: Element, X: Matrix, Y: Matrix,
    n: int, row: int, column: int,
) -> Element:
    """An entry of X[:,:n]·Y[:n,:]: the sum of X[row,k]·Y[k,column] over k < n, from zero on."""
    return algebra.cond(
        n <= 0,
        lambda: zero,
        lambda: algebra.bind(
            product.at(algebra, plus, times, zero, X, Y, n - 1, row, column),
            lambda total: _multiply_add(
                algebra, plus, times, total,
                _entry(algebra, X, row, n - 1), _entry(algebra, Y, n - 1, column),
            ),
        ),
    )


product_row = curried(product)
"""A row of the product, as a function value."""
product_matrix = curried(product_row)
"""The product, as a function value."""


@equation()
def scheduled(
    algebra: Algebra, plus: Operation, times: Operation, zero: Element, X: Matrix, Y: Matrix,
    order: Schedule, row: int, column: int,
) -> Element:
    """The sum of X[row,k]·Y[k,column] over the k of a schedule, in its order, from zero on."""
    return algebra.case(order, {
        Nothing: lambda: zero,
        Sent: lambda before, index: algebra.bind(
            scheduled.at(algebra, plus, times, zero, X, Y, before, row, column),
            lambda total: _multiply_add(
                algebra, plus, times, total,
                _entry(algebra, X, row, index), _entry(algebra, Y, index, column),
            ),
        ),
    })


scheduled_row = curried(scheduled)
scheduled_matrix = curried(scheduled_row)


@equation()
def upto(algebra: Algebra, n: int) -> Schedule:
    """The schedule 0, 1, …, n - 1."""
    return algebra.cond(
        n <= 0,
        lambda: _nothing(algebra),
        lambda: algebra.bind(
            upto.at(algebra, n - 1), lambda before: algebra.make(Sent, before, n - 1)
        ),
    )


@equation()
def sent(algebra: Algebra, order: Schedule) -> int:
    """How many inner indices a schedule sends."""
    return algebra.case(order, {
        Nothing: lambda: 0,
        Sent: lambda before, index: algebra.bind(sent.at(algebra, before), lambda rest: rest + 1),
    })


# --- the distribution section ---------------------------------------------------------------------


@equation()
def column_piece(algebra: Algebra, X: Matrix, k: int, row: int, count: int) -> Words:
    """The words of column k of X in so many rows from a row on."""
    return algebra.cond(
        count <= 0,
        lambda: _no_words(algebra),
        lambda: algebra.bind(
            column_piece.at(algebra, X, k, row + 1, count - 1),
            lambda rest: algebra.make(Word, _entry(algebra, X, row, k), rest),
        ),
    )


@equation()
def row_piece(algebra: Algebra, line: Mapped[int, Element], column: int, count: int) -> Words:
    """So many words of a row from a column on."""
    return algebra.cond(
        count <= 0,
        lambda: _no_words(algebra),
        lambda: algebra.bind(
            row_piece.at(algebra, line, column + 1, count - 1),
            lambda rest: algebra.make(Word, algebra.apply(line, column), rest),
        ),
    )


@equation()
def word_count(algebra: Algebra, words: Words) -> int:
    """The number of words."""
    return algebra.case(words, {
        NoWords: lambda: 0,
        Word: lambda word, others: algebra.bind(
            word_count.at(algebra, others), lambda rest: 1 + rest
        ),
    })


# --- a unit ---------------------------------------------------------------------------------------


@equation()
def add_row(
    algebra: Algebra, plus: Operation, times: Operation, x: Element, ys: Words, row: Words,
    made: int,
) -> CountedRow:
    """A row of a tile with x·y added to each word, y being the word of ``ys`` in its column."""

    def add(word: Element, others: Words) -> CountedRow:
        return algebra.case(ys, {
            NoWords: lambda: algebra.make(CountedRow, row, made),
            Word: lambda y, more: algebra.bind(
                add_row.at(algebra, plus, times, x, more, others, made + 1),
                lambda rest: algebra.case(rest, {
                    CountedRow: lambda words, count: algebra.make(
                        CountedRow,
                        algebra.make(
                            Word, _multiply_add(algebra, plus, times, word, x, y), words
                        ),
                        count,
                    ),
                }),
            ),
        })

    return algebra.case(row, {
        NoWords: lambda: algebra.make(CountedRow, row, made),
        Word: add,
    })


@equation()
def add_outer(
    algebra: Algebra, plus: Operation, times: Operation, xs: Words, ys: Words, tile: Rows,
    made: int,
) -> CountedTile:
    """A tile with the outer product of ``xs`` and ``ys`` added."""

    def add(words: Words, below: Rows) -> CountedTile:
        return algebra.case(xs, {
            NoWords: lambda: algebra.make(CountedTile, tile, made),
            Word: lambda x, more: algebra.bind(
                add_row.at(algebra, plus, times, x, ys, words, made),
                lambda first: algebra.case(first, {
                    CountedRow: lambda added, count: algebra.bind(
                        add_outer.at(algebra, plus, times, more, ys, below, count),
                        lambda rest: algebra.case(rest, {
                            CountedTile: lambda rows, last: algebra.make(
                                CountedTile, algebra.make(Row, added, rows), last
                            ),
                        }),
                    ),
                }),
            ),
        })

    return algebra.case(tile, {
        NoRows: lambda: algebra.make(CountedTile, tile, made),
        Row: add,
    })


# --- the machine ----------------------------------------------------------------------------------


@equation()
def zeros(algebra: Algebra, zero: Element, count: int) -> Words:
    """So many words, all of them zero."""
    return algebra.cond(
        count <= 0,
        lambda: _no_words(algebra),
        lambda: algebra.bind(
            zeros.at(algebra, zero, count - 1), lambda rest: algebra.make(Word, zero, rest)
        ),
    )


@equation()
def zero_tile(algebra: Algebra, zero: Element, height: int, width: int) -> Rows:
    """A matrix of that height and width, all of it zero."""
    return algebra.cond(
        height <= 0,
        lambda: _no_rows(algebra),
        lambda: algebra.bind(
            zeros.at(algebra, zero, width),
            lambda row: algebra.bind(
                zero_tile.at(algebra, zero, height - 1, width),
                lambda rest: algebra.make(Row, row, rest),
            ),
        ),
    )


@equation()
def zero_band(algebra: Algebra, zero: Element, height: int, columns: Cut) -> Band:
    """A band of units of that height, one for each piece of the columns, that hold zero."""
    return algebra.case(columns, {
        NoParts: lambda: algebra.make(NoUnits),
        Part: lambda size, more: algebra.bind(
            zero_tile.at(algebra, zero, height, size),
            lambda tile: algebra.bind(
                zero_band.at(algebra, zero, height, more),
                lambda rest: algebra.make(Unit, tile, rest),
            ),
        ),
    })


@equation()
def zero_grid(algebra: Algebra, zero: Element, rows: Cut, columns: Cut) -> Grid:
    """A band for each piece of the rows, all of whose units hold zero."""
    return algebra.case(rows, {
        NoParts: lambda: algebra.make(NoBands),
        Part: lambda size, more: algebra.bind(
            zero_band.at(algebra, zero, size, columns),
            lambda band: algebra.bind(
                zero_grid.at(algebra, zero, more, columns),
                lambda rest: algebra.make(Bands, band, rest),
            ),
        ),
    })


@equation()
def initial(algebra: Algebra, zero: Element, rows: Cut, columns: Cut) -> State:
    """The machine before its first step: every tile is zero."""
    return algebra.bind(
        zero_grid.at(algebra, zero, rows, columns),
        lambda grid: algebra.make(State, grid, 0, algebra.make(Counts, 0, 0, 0)),
    )


@equation()
def step_band(
    algebra: Algebra, plus: Operation, times: Operation, X: Matrix, Y: Matrix, k: int, row: int,
    height: int, column: int, columns: Cut, band: Band, counts: Counts,
) -> CountedBand:
    """A step of the units of a band. Each is sent its piece of column k of X, ``height`` words from
    a row on, and its piece of row k of Y, as many words as it has columns."""

    def one(width: int, more: Cut, tile: Rows, right: Band) -> CountedBand:
        return algebra.bind(
            column_piece.at(algebra, X, k, row, height),
            lambda xs: algebra.bind(
                row_piece.at(algebra, algebra.apply(Y, k), column, width),
                lambda ys: algebra.bind(
                    word_count.at(algebra, xs),
                    lambda from_X: algebra.bind(
                        word_count.at(algebra, ys),
                        lambda from_Y: work(width, more, tile, right, xs, ys, from_X, from_Y),
                    ),
                ),
            ),
        )

    def work(
        width: int, more: Cut, tile: Rows, right: Band, xs: Words, ys: Words, from_X: int,
        from_Y: int,
    ) -> CountedBand:
        def others(tile: Rows, column_words: int, row_words: int, made: int) -> CountedBand:
            return algebra.bind(
                step_band.at(
                    algebra, plus, times, X, Y, k, row, height, column + width, more, right,
                    algebra.make(Counts, column_words + from_X, row_words + from_Y, made),
                ),
                lambda rest: algebra.case(rest, {
                    CountedBand: lambda units, counted: algebra.make(
                        CountedBand, algebra.make(Unit, tile, units), counted
                    ),
                }),
            )

        return algebra.case(counts, {
            Counts: lambda column_words, row_words, made: algebra.bind(
                add_outer.at(algebra, plus, times, xs, ys, tile, made),
                lambda added: algebra.case(added, {
                    CountedTile: lambda tile, made: others(tile, column_words, row_words, made),
                }),
            ),
        })

    return algebra.case(band, {
        NoUnits: lambda: algebra.make(CountedBand, band, counts),
        Unit: lambda tile, right: algebra.case(columns, {
            NoParts: lambda: algebra.make(CountedBand, band, counts),
            Part: lambda width, more: one(width, more, tile, right),
        }),
    })


@equation()
def step_grid(
    algebra: Algebra, plus: Operation, times: Operation, X: Matrix, Y: Matrix, k: int, row: int,
    rows: Cut, columns: Cut, grid: Grid, counts: Counts,
) -> CountedGrid:
    """A step of all units, those of the first band having the rows from a row on."""

    def one(height: int, more: Cut, band: Band, lower: Grid) -> CountedGrid:
        return algebra.bind(
            step_band.at(
                algebra, plus, times, X, Y, k, row, height, 0, columns, band, counts
            ),
            lambda first: algebra.case(first, {
                CountedBand: lambda units, counted: algebra.bind(
                    step_grid.at(
                        algebra, plus, times, X, Y, k, row + height, more, columns, lower, counted
                    ),
                    lambda rest: algebra.case(rest, {
                        CountedGrid: lambda bands, last: algebra.make(
                            CountedGrid, algebra.make(Bands, units, bands), last
                        ),
                    }),
                ),
            }),
        )

    return algebra.case(grid, {
        NoBands: lambda: algebra.make(CountedGrid, grid, counts),
        Bands: lambda band, lower: algebra.case(rows, {
            NoParts: lambda: algebra.make(CountedGrid, grid, counts),
            Part: lambda height, more: one(height, more, band, lower),
        }),
    })


@equation()
def machine_step(
    algebra: Algebra, plus: Operation, times: Operation, X: Matrix, Y: Matrix, rows: Cut,
    columns: Cut, k: int, state: State,
) -> State:
    """One step of the machine, in which column k of X and row k of Y are sent."""
    return algebra.case(state, {
        State: lambda grid, steps, counts: algebra.bind(
            step_grid.at(algebra, plus, times, X, Y, k, 0, rows, columns, grid, counts),
            lambda after: algebra.case(after, {
                CountedGrid: lambda bands, counted: algebra.make(
                    State, bands, steps + 1, counted
                ),
            }),
        ),
    })


@equation()
def stream(
    algebra: Algebra, plus: Operation, times: Operation, zero: Element, X: Matrix, Y: Matrix,
    rows: Cut, columns: Cut, order: Schedule,
) -> State:
    """The machine after the steps for all inner indices of a schedule."""
    return algebra.case(order, {
        Nothing: lambda: initial.at(algebra, zero, rows, columns),
        Sent: lambda before, index: algebra.bind(
            stream.at(algebra, plus, times, zero, X, Y, rows, columns, before),
            lambda state: machine_step.at(algebra, plus, times, X, Y, rows, columns, index, state),
        ),
    })


# --- the collection section -----------------------------------------------------------------------


@equation()
def joined(algebra: Algebra, words: Words, more: Words) -> Words:
    """Words with others behind them."""
    return algebra.case(words, {
        NoWords: lambda: more,
        Word: lambda word, others: algebra.bind(
            joined.at(algebra, others, more), lambda rest: algebra.make(Word, word, rest)
        ),
    })


@equation()
def beside(algebra: Algebra, left: Rows, right: Rows) -> Rows:
    """Rows with those of another tile behind them."""
    return algebra.case(left, {
        NoRows: lambda: left,
        Row: lambda words, below: algebra.case(right, {
            NoRows: lambda: left,
            Row: lambda behind, lower: algebra.bind(
                joined.at(algebra, words, behind),
                lambda row: algebra.bind(
                    beside.at(algebra, below, lower),
                    lambda rest: algebra.make(Row, row, rest),
                ),
            ),
        }),
    })


@equation()
def blank(algebra: Algebra, height: int) -> Rows:
    """So many rows without words: a tile without columns."""
    return algebra.cond(
        height <= 0,
        lambda: _no_rows(algebra),
        lambda: algebra.bind(
            blank.at(algebra, height - 1),
            lambda rest: algebra.make(Row, algebra.make(NoWords), rest),
        ),
    )


@equation()
def collect_band(algebra: Algebra, height: int, band: Band) -> Rows:
    """The tiles of a band, side by side."""
    return algebra.case(band, {
        NoUnits: lambda: blank.at(algebra, height),
        Unit: lambda tile, right: algebra.bind(
            collect_band.at(algebra, height, right),
            lambda rest: beside.at(algebra, tile, rest),
        ),
    })


@equation()
def stacked(algebra: Algebra, upper: Rows, lower: Rows) -> Rows:
    """Rows with others below them."""
    return algebra.case(upper, {
        NoRows: lambda: lower,
        Row: lambda words, below: algebra.bind(
            stacked.at(algebra, below, lower), lambda rest: algebra.make(Row, words, rest)
        ),
    })


@equation()
def collect(algebra: Algebra, rows: Cut, grid: Grid) -> Rows:
    """The matrix that all tiles make up."""
    return algebra.case(grid, {
        NoBands: lambda: algebra.make(NoRows),
        Bands: lambda band, lower: algebra.case(rows, {
            NoParts: lambda: algebra.make(NoRows),
            Part: lambda height, more: algebra.bind(
                collect_band.at(algebra, height, band),
                lambda upper: algebra.bind(
                    collect.at(algebra, more, lower),
                    lambda rest: stacked.at(algebra, upper, rest),
                ),
            ),
        }),
    })


@equation()
def amount(algebra: Algebra, matrix: Rows) -> int:
    """How many words a matrix has: those that the collection section writes."""
    return algebra.case(matrix, {
        NoRows: lambda: 0,
        Row: lambda words, below: algebra.bind(
            word_count.at(algebra, words),
            lambda first: algebra.bind(amount.at(algebra, below), lambda rest: first + rest),
        ),
    })


# --- matrices as data -----------------------------------------------------------------------------


@equation()
def block(
    algebra: Algebra, Z: Matrix, row: int, height: int, column: int, width: int
) -> Rows:
    """The part of a matrix with so many rows from a row on, and columns from a column on."""
    return algebra.cond(
        height <= 0,
        lambda: _no_rows(algebra),
        lambda: algebra.bind(
            row_piece.at(algebra, algebra.apply(Z, row), column, width),
            lambda words: algebra.bind(
                block.at(algebra, Z, row + 1, height - 1, column, width),
                lambda rest: algebra.make(Row, words, rest),
            ),
        ),
    )


@equation()
def tile_band(
    algebra: Algebra, Z: Matrix, row: int, height: int, column: int, columns: Cut
) -> Band:
    """A band of units that hold the parts of a matrix in these rows, from a column on."""
    return algebra.case(columns, {
        NoParts: lambda: algebra.make(NoUnits),
        Part: lambda width, more: algebra.bind(
            block.at(algebra, Z, row, height, column, width),
            lambda tile: algebra.bind(
                tile_band.at(algebra, Z, row, height, column + width, more),
                lambda rest: algebra.make(Unit, tile, rest),
            ),
        ),
    })


@equation()
def tiles(algebra: Algebra, Z: Matrix, row: int, rows: Cut, columns: Cut) -> Grid:
    """Units that hold a matrix, cut into tiles, from a row on."""
    return algebra.case(rows, {
        NoParts: lambda: algebra.make(NoBands),
        Part: lambda height, more: algebra.bind(
            tile_band.at(algebra, Z, row, height, 0, columns),
            lambda band: algebra.bind(
                tiles.at(algebra, Z, row + height, more, columns),
                lambda rest: algebra.make(Bands, band, rest),
            ),
        ),
    })


@equation()
def table(algebra: Algebra, Z: Matrix, height: int, width: int) -> Rows:
    """The rows of a matrix of that height and width."""
    return block.at(algebra, Z, 0, height, 0, width)


@equation()
def word_at(algebra: Algebra, words: Words, place: int, missing: Element) -> Element:
    """The word at a place, from 0; ``missing`` if there is none."""
    return algebra.case(words, {
        NoWords: lambda: missing,
        Word: lambda word, others: algebra.cond(
            algebra.same(place, 0),
            lambda: word,
            lambda: word_at.at(algebra, others, place - 1, missing),
        ),
    })


@equation()
def row_at(algebra: Algebra, tile: Rows, place: int) -> Words:
    """The row at a place, from 0; without words if there is none."""
    return algebra.case(tile, {
        NoRows: lambda: algebra.make(NoWords),
        Row: lambda words, below: algebra.cond(
            algebra.same(place, 0), lambda: words, lambda: row_at.at(algebra, below, place - 1)
        ),
    })


@equation()
def tile_at(algebra: Algebra, band: Band, place: int) -> Rows:
    """The tile of the unit at a place of a band; without rows if there is none."""
    return algebra.case(band, {
        NoUnits: lambda: algebra.make(NoRows),
        Unit: lambda tile, right: algebra.cond(
            algebra.same(place, 0), lambda: tile, lambda: tile_at.at(algebra, right, place - 1)
        ),
    })


@equation()
def band_at(algebra: Algebra, grid: Grid, place: int) -> Band:
    """The band at a place; without units if there is none."""
    return algebra.case(grid, {
        NoBands: lambda: algebra.make(NoUnits),
        Bands: lambda band, lower: algebra.cond(
            algebra.same(place, 0), lambda: band, lambda: band_at.at(algebra, lower, place - 1)
        ),
    })


@equation()
def held(
    algebra: Algebra, grid: Grid, p: int, q: int, a: int, b: int, missing: Element
) -> Element:
    """The word that unit (p, q) holds in row a and column b of its tile."""
    return algebra.bind(
        band_at.at(algebra, grid, p),
        lambda band: algebra.bind(
            tile_at.at(algebra, band, q),
            lambda tile: algebra.bind(
                row_at.at(algebra, tile, a),
                lambda row: word_at.at(algebra, row, b, missing),
            ),
        ),
    )


# --- pieces of the inner dimension ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class NoPieces(Node):
    """Nothing has been streamed."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece(Node):
    """A piece of the inner dimension that is streamed, from zero on, after the others."""

    earlier: Plan
    piece: Schedule


Plan: TypeAlias = NoPieces | Piece


def plan(pieces: Iterable[Iterable[int]]) -> Plan:
    """The plan with these pieces, in this order."""
    made: Plan = NoPieces()
    for piece in pieces:
        made = Piece(made, schedule(piece))
    return made


@equation()
def add_words(algebra: Algebra, plus: Operation, row: Words, other: Words) -> Words:
    """Two rows, added word by word."""
    return algebra.case(row, {
        NoWords: lambda: row,
        Word: lambda word, others: algebra.case(other, {
            NoWords: lambda: row,
            Word: lambda second, more: algebra.bind(
                add_words.at(algebra, plus, others, more),
                lambda rest: algebra.make(Word, _operate(algebra, plus, word, second), rest),
            ),
        }),
    })


@equation()
def add_rows(algebra: Algebra, plus: Operation, matrix: Rows, other: Rows) -> Rows:
    """Two matrices, added word by word."""
    return algebra.case(matrix, {
        NoRows: lambda: matrix,
        Row: lambda words, below: algebra.case(other, {
            NoRows: lambda: matrix,
            Row: lambda second, lower: algebra.bind(
                add_words.at(algebra, plus, words, second),
                lambda row: algebra.bind(
                    add_rows.at(algebra, plus, below, lower),
                    lambda rest: algebra.make(Row, row, rest),
                ),
            ),
        }),
    })


@equation()
def stream_pieces(
    algebra: Algebra, plus: Operation, times: Operation, zero: Element, X: Matrix, Y: Matrix,
    rows: Cut, columns: Cut, pieces: Plan,
) -> Rows:
    """What is collected of all pieces, added up: to a matrix that is zero at first the collection
    section adds the matrix of each piece, which is streamed by itself."""

    def cleared() -> Rows:
        return algebra.bind(
            extent.at(algebra, rows),
            lambda height: algebra.bind(
                extent.at(algebra, columns),
                lambda width: zero_tile.at(algebra, zero, height, width),
            ),
        )

    def one(earlier: Plan, piece: Schedule) -> Rows:
        return algebra.bind(
            stream_pieces.at(algebra, plus, times, zero, X, Y, rows, columns, earlier),
            lambda before: algebra.bind(
                stream.at(algebra, plus, times, zero, X, Y, rows, columns, piece),
                lambda state: algebra.case(state, {
                    State: lambda grid, steps, counts: algebra.bind(
                        collect.at(algebra, rows, grid),
                        lambda matrix: add_rows.at(algebra, plus, before, matrix),
                    ),
                }),
            ),
        )

    return algebra.case(pieces, {NoPieces: cleared, Piece: one})


@equation()
def planned(
    algebra: Algebra, plus: Operation, times: Operation, zero: Element, X: Matrix, Y: Matrix,
    pieces: Plan, row: int, column: int,
) -> Element:
    """The sum over all pieces, each of them the sum over its schedule."""
    return algebra.case(pieces, {
        NoPieces: lambda: zero,
        Piece: lambda earlier, piece: algebra.bind(
            planned.at(algebra, plus, times, zero, X, Y, earlier, row, column),
            lambda before: algebra.bind(
                scheduled.at(algebra, plus, times, zero, X, Y, piece, row, column),
                lambda more: _operate(algebra, plus, before, more),
            ),
        ),
    })


planned_row = curried(planned)
planned_matrix = curried(planned_row)


@equation()
def times_in(algebra: Algebra, order: Schedule, k: int) -> int:
    """How many times a schedule sends an inner index."""
    return algebra.case(order, {
        Nothing: lambda: 0,
        Sent: lambda before, index: algebra.bind(
            times_in.at(algebra, before, k),
            lambda rest: algebra.cond(algebra.same(index, k), lambda: rest + 1, lambda: rest),
        ),
    })


@equation()
def times_sent(algebra: Algebra, pieces: Plan, k: int) -> int:
    """How many times the pieces of a plan send an inner index."""
    return algebra.case(pieces, {
        NoPieces: lambda: 0,
        Piece: lambda earlier, piece: algebra.bind(
            times_sent.at(algebra, earlier, k),
            lambda before: algebra.bind(
                times_in.at(algebra, piece, k), lambda more: before + more
            ),
        ),
    })


@equation()
def schedule_within(algebra: Algebra, order: Schedule, n: int) -> bool:
    """Whether a schedule sends no other inner indices than 0, …, n - 1."""
    return algebra.case(order, {
        Nothing: lambda: True,
        Sent: lambda before, index: algebra.cond(
            index >= 0,
            lambda: algebra.cond(
                index < n, lambda: schedule_within.at(algebra, before, n), lambda: False
            ),
            lambda: False,
        ),
    })


@equation()
def within(algebra: Algebra, pieces: Plan, n: int) -> bool:
    """Whether the pieces of a plan send no other inner indices than 0, …, n - 1."""
    return algebra.case(pieces, {
        NoPieces: lambda: True,
        Piece: lambda earlier, piece: algebra.bind(
            schedule_within.at(algebra, piece, n),
            lambda inside: algebra.cond(
                inside, lambda: within.at(algebra, earlier, n), lambda: False
            ),
        ),
    })
