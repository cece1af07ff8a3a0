"""Matrices as lists: cut into tiles, put together again, looked up, compared word by word.

*Results*: lemmas of the streaming theorems. :func:`same_tiles`, :func:`same_block`: matrices with
the same entries have the same tiles and the same table; :func:`collected`: tiles put together are
the matrix; :func:`looked_up`: the word at a place of a unit; :func:`found`, :func:`found_back`:
rows and places in pieces correspond, both ways.

*How it is done*: each is an induction over a list, or over a number of rows or columns. Where
something is supposed of all entries of a matrix, it is a hypothesis that says "for all"; ``given``
is a condition under which it holds.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.streaming import machine as model
from proofs.kernel.reading import part
from proofs.kernel.rules import Fact, Goal, Theorem, height, prove
from proofs.kernel.tactics import Supposition, forall, once, variables
from proofs.kernel.terms import (
    BOOL,
    ELEMENT,
    Term,
    both,
    equal,
    implies,
    rank,
    select,
)
from proofs.streaming import machine as at
from proofs.streaming.machine import CUT, LINE, MATRIX, Z, entry, numbers

W, line, other = variables(W=MATRIX, line=LINE, other=LINE)
i, j, n, r, h, c, w, v = numbers("i j n r h c w v")
p, q, a, b = numbers("p q a b")
rows, columns = variables(rows=CUT, columns=CUT)
(missing,) = variables(missing=ELEMENT)
(given,) = variables(given=BOOL)


def of_part(pieces: Term) -> tuple[Term, Term]:
    """Size of the first piece of a cut, and the pieces behind it."""
    return part(pieces, model.Part, "size"), part(pieces, model.Part, "more")


# --- the same words -------------------------------------------------------------------------------


def same_entries() -> dict[str, Term | Supposition]:
    """Two matrices have the same entries, if a condition holds, and it does."""
    return {"given": given, "same": ((i, j), implies(given, equal(entry(Z, i, j), entry(W, i, j))))}


@once
def same_listed() -> Theorem:
    """Rows with the same entries have the same words."""
    words = at.row_piece().function

    def premises(goal: Goal) -> Iterable[Fact]:
        yield goal.hypothesis("same", r, c)
        for matrix in (Z, W):
            yield at.row_piece()(select(matrix, r), c, w)
        yield goal.induction(c=c + 1, w=w - 1)

    return prove(
        "words.same",
        forall(
            Z, W, r, c, w, given, given=same_entries(),
            then=equal(words(select(Z, r), c, w), words(select(W, r), c, w)),
        ),
        premises, measure=w,
    )


@once
def same_block() -> Theorem:
    """Matrices with the same entries have the same rows."""
    block = at.block().function

    def premises(goal: Goal) -> Iterable[Fact]:
        yield same_listed().at(Z=Z, W=W, r=r, c=c, w=w, given=given, same=goal.schema("same"))
        for matrix in (Z, W):
            yield at.block()(matrix, r, h, c, w)
        yield goal.induction(r=r + 1, h=h - 1)

    return prove(
        "block.same",
        forall(
            Z, W, r, h, c, w, given, given=same_entries(),
            then=equal(block(Z, r, h, c, w), block(W, r, h, c, w)),
        ),
        premises, measure=h,
    )


@once
def same_band() -> Theorem:
    """Matrices with the same entries have the same tiles, side by side."""
    band = at.tile_band().function
    width, more = of_part(columns)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield same_block().at(
            Z=Z, W=W, r=r, h=h, c=c, w=width, given=given, same=goal.schema("same")
        )
        for matrix in (Z, W):
            yield at.tile_band()(matrix, r, h, c, columns)
        yield goal.induction(c=c + width, columns=more)
        yield from height(more)

    return prove(
        "band.same",
        forall(
            Z, W, r, h, c, columns, given, given=same_entries(),
            then=equal(band(Z, r, h, c, columns), band(W, r, h, c, columns)),
        ),
        premises, measure=rank(columns),
    )


@once
def same_tiles() -> Theorem:
    """Matrices with the same entries have the same tiles."""
    tiles = at.tiles().function
    size, more = of_part(rows)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield same_band().at(
            Z=Z, W=W, r=r, h=size, c=0, columns=columns, given=given, same=goal.schema("same")
        )
        for matrix in (Z, W):
            yield at.tiles()(matrix, r, rows, columns)
        yield goal.induction(r=r + size, rows=more)
        yield from height(more)

    return prove(
        "tiles.same",
        forall(
            Z, W, r, rows, columns, given, given=same_entries(),
            then=equal(tiles(Z, r, rows, columns), tiles(W, r, rows, columns)),
        ),
        premises, measure=rank(rows),
    )


# --- tiles put together ---------------------------------------------------------------------------


@once
def sizes() -> Theorem:
    """A proper cut has no less than no rows, and no less than no pieces."""
    _, more = of_part(rows)
    extent, parts = at.extent().function(rows), at.parts().function(rows)
    return prove(
        "cut.sizes",
        forall(
            rows, given={"proper": at.proper().function(rows)}, then=both(extent >= 0, parts >= 0)
        ),
        lambda goal: [
            at.extent()(rows), at.parts()(rows), at.proper()(rows), goal.induction(rows=more),
            *height(more),
        ],
        measure=rank(rows),
    )


@once
def counted() -> Theorem:
    """A cut has no less than no pieces."""
    _, more = of_part(rows)
    return prove(
        "cut.parts",
        forall(rows, then=at.parts().function(rows) >= 0),
        lambda goal: [at.parts()(rows), goal.induction(rows=more), *height(more)],
        measure=rank(rows),
    )


@once
def joined() -> Theorem:
    """Words of a row, and those that follow."""
    words = at.row_piece().function
    return prove(
        "words.joined",
        forall(
            line, c, w, v, given={"first": w >= 0, "second": v >= 0},
            then=equal(
                at.joined().function(words(line, c, w), words(line, c + w, v)),
                words(line, c, w + v),
            ),
        ),
        lambda goal: [
            at.joined()(words(line, c, w), words(line, c + w, v)),
            at.row_piece()(line, c, w), at.row_piece()(line, c, w + v),
            goal.induction(c=c + 1, w=w - 1),
        ],
        measure=w,
    )


@once
def beside() -> Theorem:
    """A tile, and the one to its right."""
    block = at.block().function
    left, right = block(Z, r, h, c, w), block(Z, r, h, c + w, v)
    return prove(
        "block.beside",
        forall(
            Z, r, h, c, w, v, given={"first": w >= 0, "second": v >= 0},
            then=equal(at.beside().function(left, right), block(Z, r, h, c, w + v)),
        ),
        lambda goal: [
            at.beside()(left, right), at.block()(Z, r, h, c, w), at.block()(Z, r, h, c + w, v),
            at.block()(Z, r, h, c, w + v), joined().at(line=select(Z, r), c=c, w=w, v=v),
            goal.induction(r=r + 1, h=h - 1),
        ],
        measure=h,
    )


@once
def blank() -> Theorem:
    """A tile without columns."""
    return prove(
        "block.blank",
        forall(
            Z, r, h, c, then=equal(at.blank().function(h), at.block().function(Z, r, h, c, 0))
        ),
        lambda goal: [
            at.blank()(h), at.block()(Z, r, h, c, 0), at.row_piece()(select(Z, r), c, 0),
            goal.induction(r=r + 1, h=h - 1),
        ],
        measure=h,
    )


@once
def collected_band() -> Theorem:
    """The tiles of a band, put together."""
    width, more = of_part(columns)
    band, block = at.tile_band().function, at.block().function
    extent = at.extent().function
    whole = band(Z, r, h, c, columns)
    return prove(
        "band.collected",
        forall(
            Z, r, h, c, columns, given={"proper": at.proper().function(columns)},
            then=equal(
                at.collect_band().function(h, whole), block(Z, r, h, c, extent(columns))
            ),
        ),
        lambda goal: [
            at.collect_band()(h, whole), at.tile_band()(Z, r, h, c, columns),
            at.extent()(columns), at.proper()(columns), blank().at(Z=Z, r=r, h=h, c=c),
            beside().at(Z=Z, r=r, h=h, c=c, w=width, v=extent(more)), sizes().at(rows=more),
            goal.induction(c=c + width, columns=more), *height(more),
        ],
        measure=rank(columns),
    )


@once
def stacked() -> Theorem:
    """Rows, and those below them."""
    block = at.block().function
    upper, lower = block(Z, r, h, c, w), block(Z, r + h, v, c, w)
    return prove(
        "block.stacked",
        forall(
            Z, r, h, v, c, w, given={"first": h >= 0, "second": v >= 0},
            then=equal(at.stacked().function(upper, lower), block(Z, r, h + v, c, w)),
        ),
        lambda goal: [
            at.stacked()(upper, lower), at.block()(Z, r, h, c, w), at.block()(Z, r, h + v, c, w),
            goal.induction(r=r + 1, h=h - 1),
        ],
        measure=h,
    )


@once
def collected() -> Theorem:
    """All tiles, put together."""
    size, more = of_part(rows)
    tiles, block, extent = at.tiles().function, at.block().function, at.extent().function
    proper = at.proper().function
    whole = tiles(Z, r, rows, columns)
    return prove(
        "tiles.collected",
        forall(
            Z, r, rows, columns,
            given={"proper rows": proper(rows), "proper columns": proper(columns)},
            then=equal(
                at.collect().function(rows, whole),
                block(Z, r, extent(rows), 0, extent(columns)),
            ),
        ),
        lambda goal: [
            at.collect()(rows, whole), at.tiles()(Z, r, rows, columns), at.extent()(rows),
            at.proper()(rows), collected_band().at(Z=Z, r=r, h=size, c=0, columns=columns),
            stacked().at(Z=Z, r=r, h=size, v=extent(more), c=0, w=extent(columns)),
            at.block()(Z, r, 0, 0, extent(columns)),
            sizes().at(rows=more), goal.induction(r=r + size, rows=more), *height(more),
        ],
        measure=rank(rows),
    )


# --- lengths --------------------------------------------------------------------------------------


@once
def listed_length() -> Theorem:
    """So many words of a row are so many."""
    words = at.row_piece().function(line, c, w)
    return prove(
        "words.length",
        forall(line, c, w, given={"some": w >= 0}, then=equal(at.word_count().function(words), w)),
        lambda goal: [
            at.row_piece()(line, c, w), at.word_count()(words), goal.induction(c=c + 1, w=w - 1)
        ],
        measure=w,
    )


@once
def block_amount() -> Theorem:
    """A block has as many words as its height times its width."""
    block = at.block().function(Z, r, h, c, w)
    return prove(
        "block.amount",
        forall(
            Z, r, h, c, w, given={"high": h >= 0, "wide": w >= 0},
            then=equal(at.amount().function(block), h * w),
        ),
        lambda goal: [
            at.block()(Z, r, h, c, w), at.amount()(block),
            listed_length().at(line=select(Z, r), c=c, w=w), goal.induction(r=r + 1, h=h - 1),
        ],
        measure=h,
    )


# --- words at places ------------------------------------------------------------------------------


@once
def word_found() -> Theorem:
    """The word at a place of a row."""
    words = at.row_piece().function(line, c, w)
    return prove(
        "words.at",
        forall(
            line, c, w, b, missing, given={"from": b >= 0, "to": b < w},
            then=equal(at.word_at().function(words, b, missing), select(line, c + b)),
        ),
        lambda goal: [
            at.row_piece()(line, c, w), at.word_at()(words, b, missing),
            goal.induction(c=c + 1, w=w - 1, b=b - 1),
        ],
        measure=w,
    )


@once
def row_found() -> Theorem:
    """The row at a place of a block."""
    block = at.block().function(Z, r, h, c, w)
    return prove(
        "block.at",
        forall(
            Z, r, h, c, w, a, given={"from": a >= 0, "to": a < h},
            then=equal(
                at.row_at().function(block, a), at.row_piece().function(select(Z, r + a), c, w)
            ),
        ),
        lambda goal: [
            at.block()(Z, r, h, c, w), at.row_at()(block, a),
            goal.induction(r=r + 1, h=h - 1, a=a - 1),
        ],
        measure=h,
    )


@once
def tile_found() -> Theorem:
    """The tile at a place of a band."""
    width, more = of_part(columns)
    band = at.tile_band().function(Z, r, h, c, columns)
    start, size = at.start().function(columns, q), at.size_of().function(columns, q)
    return prove(
        "band.at",
        forall(
            Z, r, h, c, columns, q, given={"from": q >= 0, "to": q < at.parts().function(columns)},
            then=equal(
                at.tile_at().function(band, q), at.block().function(Z, r, h, c + start, size)
            ),
        ),
        lambda goal: [
            at.tile_band()(Z, r, h, c, columns), at.tile_at()(band, q), at.start()(columns, q),
            at.size_of()(columns, q), at.parts()(columns),
            goal.induction(c=c + width, columns=more, q=q - 1), *height(more),
        ],
        measure=rank(columns),
    )


@once
def band_found() -> Theorem:
    """The band at a place of the tiles."""
    size, more = of_part(rows)
    grid = at.tiles().function(Z, r, rows, columns)
    first, many = at.start().function(rows, p), at.size_of().function(rows, p)
    return prove(
        "tiles.at",
        forall(
            Z, r, rows, columns, p, given={"from": p >= 0, "to": p < at.parts().function(rows)},
            then=equal(
                at.band_at().function(grid, p),
                at.tile_band().function(Z, r + first, many, 0, columns),
            ),
        ),
        lambda goal: [
            at.tiles()(Z, r, rows, columns), at.band_at()(grid, p), at.start()(rows, p),
            at.size_of()(rows, p), at.parts()(rows),
            goal.induction(r=r + size, rows=more, p=p - 1), *height(more),
        ],
        measure=rank(rows),
    )


def place_in(pieces: Term, number: Term, place: Term) -> dict[str, Term]:
    """The hypotheses that a cut has a piece of that number, with a row at that place."""
    return {
        f"{number.data} from": number >= 0,
        f"{number.data} to": number < at.parts().function(pieces),
        f"{place.data} from": place >= 0,
        f"{place.data} to": place < at.size_of().function(pieces, number),
    }


@once
def looked_up() -> Theorem:
    """The word that a unit holds at a place of its tile."""
    grid = at.tiles().function(Z, 0, rows, columns)
    start, size = at.start().function, at.size_of().function
    row, column = start(rows, p) + a, start(columns, q) + b

    def premises(goal: Goal) -> Iterable[Fact]:
        many, wide = size(rows, p), size(columns, q)
        yield at.held()(grid, p, q, a, b, missing)
        yield band_found().at(Z=Z, r=0, rows=rows, columns=columns, p=p)
        yield tile_found().at(Z=Z, r=start(rows, p), h=many, c=0, columns=columns, q=q)
        yield row_found().at(Z=Z, r=start(rows, p), h=many, c=start(columns, q), w=wide, a=a)
        yield word_found().at(
            line=select(Z, row), c=start(columns, q), w=wide, b=b, missing=missing
        )

    return prove(
        "tiles.held",
        forall(
            Z, rows, columns, p, q, a, b, missing,
            given={**place_in(rows, p, a), **place_in(columns, q, b)},
            then=equal(at.held().function(grid, p, q, a, b, missing), entry(Z, row, column)),
        ),
        premises,
    )


def place_of(pieces: Term, row: Term) -> tuple[Term, Term]:
    """The piece that a row is in, and its place in it."""
    return at.part_of().function(pieces, row), at.place_of().function(pieces, row)


def inside(pieces: Term, row: Term) -> Term:
    """That the piece and the place of a row are a piece and a place in it, and lead back to it."""
    number, place = place_of(pieces, row)
    return both(
        number >= 0, number < at.parts().function(pieces), place >= 0,
        place < at.size_of().function(pieces, number),
        equal(at.start().function(pieces, number) + place, row),
    )


@once
def found() -> Theorem:
    """Every row has a place in a piece, which leads back to it."""
    size, more = of_part(rows)
    number, _ = place_of(rows, r)

    def premises(goal: Goal) -> Iterable[Fact]:
        for definition in (at.part_of, at.place_of):
            yield definition()(rows, r)
        for definition in (at.start, at.size_of):
            yield definition()(rows, number)
        yield at.extent()(rows)
        yield at.parts()(rows)
        yield counted().at(rows=more)
        yield goal.induction(rows=more, r=r - size)
        yield from height(more)

    return prove(
        "streaming-invariant.place",
        forall(
            rows, r,
            given={"from": r >= 0, "to": r < at.extent().function(rows)},
            then=inside(rows, r),
        ),
        premises, measure=rank(rows),
    )


@once
def found_back() -> Theorem:
    """A place in a piece is that of the row there."""
    _, more = of_part(rows)
    row = at.start().function(rows, p) + a
    number, place = place_of(rows, row)

    def premises(goal: Goal) -> Iterable[Fact]:
        for definition in (at.part_of, at.place_of):
            yield definition()(rows, row)
        for definition in (at.start, at.size_of):
            yield definition()(rows, p)
        yield at.proper()(rows)
        yield starting().at(rows=more, p=p - 1)
        yield none_before().at(rows=rows, p=p)
        yield goal.induction(rows=more, p=p - 1)
        yield from height(more)

    return prove(
        "streaming-invariant.row",
        forall(
            rows, p, a,
            given={
                "proper": at.proper().function(rows), "from": a >= 0,
                "to": a < at.size_of().function(rows, p),
            },
            then=both(equal(number, p), equal(place, a)),
        ),
        premises, measure=rank(rows),
    )


@once
def none_before() -> Theorem:
    """Before the first piece there is none."""
    _, more = of_part(rows)
    return prove(
        "cut.none-before",
        forall(
            rows, p, given={"before": p < 0}, then=equal(at.size_of().function(rows, p), 0)
        ),
        lambda goal: [
            at.size_of()(rows, p), goal.induction(rows=more, p=p - 1), *height(more)
        ],
        measure=rank(rows),
    )


@once
def starting() -> Theorem:
    """The pieces of a proper cut start at no less than 0."""
    _, more = of_part(rows)
    return prove(
        "cut.start",
        forall(
            rows, p, given={"proper": at.proper().function(rows)},
            then=at.start().function(rows, p) >= 0,
        ),
        lambda goal: [
            at.start()(rows, p), at.proper()(rows), goal.induction(rows=more, p=p - 1),
            *height(more),
        ],
        measure=rank(rows),
    )
