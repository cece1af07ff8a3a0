"""How many words streaming moves, and how many multiply-adds they serve.

*Results*: ``streaming-traffic``: for any tiling (:func:`traffic`), for tiles of one size of which
the last ones may be smaller (:func:`even_traffic`), for tiles that fit (:func:`fitting_traffic`);
what is written (:func:`written`).

*How it is done*: the counts are those of :func:`proofs.streaming.invariant.streamed`. A cut into
even pieces is followed by induction; the number of its pieces is what division rounded up is
defined by.

*References*: 'AI, Native Supercomputing', arXiv 1705.05983.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.streaming import machine as model
from proofs.kernel.reading import part
from proofs.kernel.rules import Fact, Goal, Theorem, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, equal, implies
from proofs.streaming import machine as at
from proofs.streaming import tiles as lists
from proofs.streaming.invariant import (
    after_steps,
    columns,
    count,
    given_operations,
    multiplied,
    rows,
    streamed,
)
from proofs.streaming.machine import OPERATIONS, numbers
from proofs.streaming.pieces import proper_cuts, whole

n, L, M, high, wide, P, Q, s, t, a, b = numbers("n L M high wide P Q s t a b")


@once
def steps_sent() -> Theorem:
    """0, …, n-1 are n inner indices."""
    return prove(
        "upto.sent",
        forall(
            n, given={"some": n >= 0}, then=equal(at.sent().function(at.upto().function(n)), n)
        ),
        lambda goal: [
            at.upto()(n), at.sent()(at.upto().function(n)), goal.induction(n=n - 1)
        ],
        measure=n,
    )


def counted(rows: Term, columns: Term, name: str) -> Term:
    """Something that was counted in the steps 0, …, n-1."""
    state = at.stream().function(*OPERATIONS, rows, columns, at.upto().function(n))
    return count(part(state, model.State, "counts"), name)


def words_read(rows: Term, columns: Term) -> Term:
    """The words that the distribution section sends."""
    return counted(rows, columns, "column_words") + counted(rows, columns, "row_words")


@once
def traffic() -> Theorem:
    """With L×M results in P bands and Q columns of tiles: N L Q words of X, N P M words of Y."""
    extent, parts = at.extent().function, at.parts().function
    high, wide, down, across = extent(rows), extent(columns), parts(rows), parts(columns)
    return prove(
        "streaming-traffic.any",
        forall(
            *OPERATIONS, rows, columns, n, given={**proper_cuts(), "steps": n >= 0},
            then=both(
                equal(counted(rows, columns, "column_words"), n * (high * across)),
                equal(counted(rows, columns, "row_words"), n * (down * wide)),
                equal(counted(rows, columns, "additions"), n * (high * wide)),
            ),
        ),
        lambda _: [
            streamed().at(
                **given_operations(), rows=rows, columns=columns, order=at.upto().function(n)
            ),
            steps_sent().at(n=n),
        ],
    )


@once
def written() -> Theorem:
    """The collection section writes each word of the L×M result once."""
    extent = at.extent().function
    high, wide = extent(rows), extent(columns)
    return prove(
        "streaming-traffic.written",
        forall(
            *OPERATIONS, rows, columns, n, given=proper_cuts(),
            then=equal(
                at.amount().function(at.collect().function(rows, after_steps(n))), high * wide
            ),
        ),
        lambda _: [
            whole().at(**given_operations(), rows=rows, columns=columns, n=n),
            at.table()(multiplied(n), high, wide),
            lists.block_amount().at(Z=multiplied(n), r=0, h=high, c=0, w=wide),
            lists.sizes().at(rows=rows), lists.sizes().at(rows=columns),
        ],
    )


# --- pieces of one size ---------------------------------------------------------------------------


def rounded_up(total: Term, size: Term, number: Term) -> Term:
    """That a number is the quotient, rounded up."""
    return both((number - 1) * size < total, total <= number * size)


@once
def cut_evenly() -> Theorem:
    """Even pieces: their sizes add up, and there are as many as division rounded up says."""
    cut = at.even().function(t, s)
    _, more = lists.of_part(cut)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield at.even()(t, s)
        for definition in (at.extent, at.parts, at.proper):
            yield definition()(cut)
            yield definition()(more)
        yield goal.induction(t=t - s, P=P - 1)

    return prove(
        "even.cut",
        forall(
            t, s, P, given={"total": t >= 0, "number": rounded_up(t, s, P)},
            then=both(
                equal(at.extent().function(cut), t), equal(at.parts().function(cut), P),
                at.proper().function(cut),
            ),
        ),
        premises, measure=t,
    )


def even_tiles() -> tuple[Term, Term]:
    """Rows and columns cut into pieces of the size of a tile."""
    return at.even().function(L, high), at.even().function(M, wide)


def sized() -> dict[str, Term]:
    """The hypotheses that a result of L×M words is cut into P bands of tiles, Q in each."""
    return {
        "steps": n >= 0, "L": L >= 0, "M": M >= 0, "bands": rounded_up(L, high, P),
        "tiles": rounded_up(M, wide, Q),
    }


def words_written(rows: Term, columns: Term) -> Term:
    """The words that the collection section writes."""
    state = at.stream().function(*OPERATIONS, rows, columns, at.upto().function(n))
    grid = part(state, model.State, "grid")
    found: Term = at.amount().function(at.collect().function(rows, grid))
    return found


@once
def even_traffic() -> Theorem:
    """With tiles of one size, the last ones ragged: N (L ⌈M/φ⌉ + M ⌈L/ι⌉) words are read."""
    bands, strips = even_tiles()
    return prove(
        "streaming-traffic",
        forall(
            *OPERATIONS, n, L, M, high, wide, P, Q, given=sized(),
            then=both(
                equal(words_read(bands, strips), n * (L * Q + M * P)),
                equal(words_written(bands, strips), L * M),
                equal(counted(bands, strips, "additions"), n * (L * M)),
            ),
        ),
        lambda _: [
            traffic().at(**given_operations(), rows=bands, columns=strips, n=n),
            written().at(**given_operations(), rows=bands, columns=strips, n=n),
            cut_evenly().at(t=L, s=high, P=P), cut_evenly().at(t=M, s=wide, P=Q),
        ],
    )


@once
def fitting_traffic() -> Theorem:
    """If the tiles fit: LMN(1/ι+1/φ) words are read, and ιφ/(ι+φ) multiply-adds made for each."""
    bands, strips = even_tiles()
    reads, additions = words_read(bands, strips), counted(bands, strips, "additions")
    area, around = high * wide, high + wide

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        fits = [given["L"], given["M"]]
        yield goal.have(
            implies(
                both(high >= 1, wide >= 1),
                both(equal(reads, n * (L * Q + M * P)), equal(additions, n * (L * M))),
            ),
            *given.values(), signs().at(a=P, b=high), signs().at(a=Q, b=wide),
            even_traffic().at(
                **given_operations(), n=n, L=L, M=M, high=high, wide=wide, P=P, Q=Q
            ),
        )
        # A tile without rows, or without columns, fits only a result without them.
        for empty, total, cut in ((high, L, bands), (wide, M, strips)):
            yield goal.have(
                implies(equal(empty, 0), both(equal(total, 0), equal(additions, 0))),
                *given.values(), at.even()(total, empty), at.extent()(cut),
                traffic().at(**given_operations(), rows=bands, columns=strips, n=n),
                *(proper_even().at(t=each, s=size) for each, size in ((L, high), (M, wide))),
            )
        yield from fits

    return prove(
        "streaming-traffic.fitting",
        forall(
            *OPERATIONS, n, L, M, high, wide, P, Q,
            given={
                "steps": n >= 0, "bands": P >= 0, "tiles": Q >= 0, "high": high >= 0,
                "wide": wide >= 0, "L": equal(L, P * high), "M": equal(M, Q * wide),
            },
            then=both(
                equal(reads * area, (L * M) * n * around),
                equal(additions * around, reads * area),
            ),
        ),
        premises, opaque=True,
    )


@once
def proper_even() -> Theorem:
    """Even pieces are a proper cut."""
    cut = at.even().function(t, s)
    return prove(
        "even.proper",
        forall(t, s, then=at.proper().function(cut)),
        lambda goal: [
            at.even()(t, s), at.proper()(cut), at.proper()(lists.of_part(cut)[1]),
            goal.induction(t=t - s),
        ],
        measure=t,
    )


@once
def signs() -> Theorem:
    """The product of two numbers that are not negative is not."""
    return prove(
        "whole.product",
        forall(a, b, given={"a": a >= 0, "b": b >= 0}, then=a * b >= 0),
        lambda goal: [goal.induction(a=a - 1)], measure=a,
    )


def streaming_traffic() -> tuple[Theorem, ...]:
    """All parts of ``streaming-traffic``."""
    return even_traffic(), fitting_traffic(), traffic(), written()
