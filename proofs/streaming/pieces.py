"""Streaming computes the product, however rows, columns and inner indices are cut.

*Results*: ``streaming-equals-product``: of all inner indices in order (:func:`whole`), and of
pieces of them, each streamed by itself, in any order, and added up (:func:`equals_product`).

*How it is done*: what is collected of the pieces is the sum over all of them, each from zero on;
for that no law is used (:func:`collected_pieces`). By the laws of addition this sum is the one in
which each inner index counts as many times as it was sent (:func:`by_weight`), and if that is once,
it is the product. Multiplication has no law to obey.

*References*: 'AI, Native Supercomputing', arXiv 1705.05983.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.algebra import Mapped
from models.streaming import machine as model
from models.streaming import weights
from proofs.kernel.reading import made, part, sort_of
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, comprehend, define, height, prove
from proofs.kernel.tactics import Supposition, forall, once, variables
from proofs.kernel.terms import (
    ELEMENT,
    Term,
    both,
    equal,
    implies,
    rank,
    select,
)
from proofs.streaming import machine as at
from proofs.streaming import tiles as lists
from proofs.streaming.invariant import (
    after_steps,
    given_operations,
    invariant,
    multiplied,
    sums,
)
from proofs.streaming.invariant import no_tile as zero_table
from proofs.streaming.invariant import streamed as after_schedule
from proofs.streaming.machine import (
    CUT,
    MATRIX,
    OPERATIONS,
    PLAN,
    SCHEDULE,
    X,
    Y,
    entry,
    laws,
    numbers,
    operate,
    plus,
    times,
    zero,
)

multiple = once(lambda: define(weights.multiple, measure=lambda *given: given[-1]))


@once
def weighted() -> Definition:
    """The sum in which each inner index counts so many times."""
    multiple()
    return define(weights.weighted, measure=lambda *given: given[6])


@once
def in_schedule() -> Definition:
    """How many times a schedule sends each inner index."""
    at.times_in()
    return comprehend(weights.in_schedule)


@once
def in_plan() -> Definition:
    """How many times a plan sends each inner index."""
    at.times_sent()
    return comprehend(weights.in_plan)


first, second, total = variables(first=MATRIX, second=MATRIX, total=MATRIX)
rows, columns = variables(rows=CUT, columns=CUT)
(order,) = variables(order=SCHEDULE)
(pieces,) = variables(pieces=PLAN)
(e,) = variables(e=ELEMENT)
u, v, t = variables(
    **dict.fromkeys(("u", "v", "t"), sort_of(Mapped[int, int]))
)
q, k, i, j, n, r, h, c, w = numbers("q k i j n r h c w")


# --- matrices added -------------------------------------------------------------------------------


def summed() -> dict[str, Term | Supposition]:
    """A matrix is the sum of two."""
    both_of_them = operate(plus, entry(first, i, j), entry(second, i, j))
    return {"sum": ((i, j), equal(entry(total, i, j), both_of_them))}


MATRICES = {"first": first, "second": second, "total": total}


@once
def words_added() -> Theorem:
    """Rows, added word by word."""
    words = at.row_piece().function
    left, right = words(select(first, r), c, w), words(select(second, r), c, w)
    return prove(
        "words.added",
        forall(
            plus, *MATRICES.values(), r, c, w, given=summed(),
            then=equal(at.add_words().function(plus, left, right), words(select(total, r), c, w)),
        ),
        lambda goal: [
            at.add_words()(plus, left, right), goal.hypothesis("sum", r, c),
            *(at.row_piece()(select(each, r), c, w) for each in MATRICES.values()),
            goal.induction(c=c + 1, w=w - 1),
        ],
        measure=w,
    )


@once
def blocks_added() -> Theorem:
    """Blocks, added word by word."""
    block = at.block().function
    left, right = block(first, r, h, c, w), block(second, r, h, c, w)
    return prove(
        "block.added",
        forall(
            plus, *MATRICES.values(), r, h, c, w, given=summed(),
            then=equal(at.add_rows().function(plus, left, right), block(total, r, h, c, w)),
        ),
        lambda goal: [
            at.add_rows()(plus, left, right),
            *(at.block()(each, r, h, c, w) for each in MATRICES.values()),
            words_added().at(plus=plus, **MATRICES, r=r, c=c, w=w, sum=goal.schema("sum")),
            goal.induction(r=r + 1, h=h - 1),
        ],
        measure=h,
    )


# --- what is collected ----------------------------------------------------------------------------


def plan_sums(of: Term) -> Term:
    """The matrix of sums over a plan."""
    found: Term = at.planned_matrix().function(*OPERATIONS, of)
    return found


def at_place(of: Term, row: Term, column: Term) -> list[Fact]:
    """What an entry of the matrix of sums over a plan is."""
    return [
        at.planned_matrix()(*OPERATIONS, of, row),
        at.planned_row()(*OPERATIONS, of, row, column),
        at.planned()(*OPERATIONS, of, row, column),
    ]


@once
def plan_begins() -> Theorem:
    """The sum over no pieces is zero."""
    none = made(model.NoPieces)
    return prove(
        "planned.nothing",
        forall(*OPERATIONS, i, j, then=equal(entry(plan_sums(none), i, j), zero)),
        lambda _: at_place(none, i, j),
    )


@once
def plan_grows() -> Theorem:
    """One piece more adds the sum over it."""
    longer = made(model.Piece, pieces, order)
    return prove(
        "planned.piece",
        forall(
            *OPERATIONS, pieces, order, i, j,
            then=equal(
                entry(plan_sums(longer), i, j),
                operate(plus, entry(plan_sums(pieces), i, j), entry(sums(order), i, j)),
            ),
        ),
        lambda _: [
            *at_place(longer, i, j), *at_place(pieces, i, j),
            at.scheduled_matrix()(*OPERATIONS, order, i),
            at.scheduled_row()(*OPERATIONS, order, i, j),
        ],
    )


def proper_cuts() -> dict[str, Term]:
    """The hypotheses that no piece of rows or columns has less than none."""
    return {
        "proper rows": at.proper().function(rows), "proper columns": at.proper().function(columns)
    }


def whole_table(matrix: Term) -> Term:
    """A matrix of the size of the result, row by row."""
    extent = at.extent().function
    found: Term = at.table().function(matrix, extent(rows), extent(columns))
    return found


@once
def whole() -> Theorem:
    """What is collected after the steps 0, …, n-1 is the product."""
    collected = at.collect().function(rows, after_steps(n))
    extent = at.extent().function
    return prove(
        "streaming-equals-product.whole",
        forall(
            *OPERATIONS, rows, columns, n, given=proper_cuts(),
            then=equal(collected, whole_table(multiplied(n))),
        ),
        lambda _: [
            invariant().at(**given_operations(), rows=rows, columns=columns, n=n),
            lists.collected().at(Z=multiplied(n), r=0, rows=rows, columns=columns),
            at.table()(multiplied(n), extent(rows), extent(columns)),
        ],
    )


@once
def collected_pieces() -> Theorem:
    """What is collected of all pieces is the sum over them."""
    found = at.stream_pieces().function(*OPERATIONS, rows, columns, pieces)
    earlier, piece = (part(pieces, model.Piece, name) for name in ("earlier", "piece"))
    none = made(model.NoPieces)
    extent = at.extent().function
    high, wide = extent(rows), extent(columns)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield at.stream_pieces()(*OPERATIONS, rows, columns, pieces)
        for each in (none, earlier, pieces):
            yield at.table()(plan_sums(each), high, wide)
        yield zero_table().at(
            zero=zero, before=plan_sums(none), r=0, h=high, c=0, w=wide,
            nothing=plan_begins().schema(i, j, **given_operations(), i=i, j=j),
        )
        yield after_schedule().at(**given_operations(), rows=rows, columns=columns, order=piece)
        yield lists.collected().at(Z=sums(piece), r=0, rows=rows, columns=columns)
        yield blocks_added().at(
            plus=plus, first=plan_sums(earlier), second=sums(piece),
            total=plan_sums(made(model.Piece, earlier, piece)), r=0, h=high, c=0, w=wide,
            sum=plan_grows().schema(
                i, j, **given_operations(), pieces=earlier, order=piece, i=i, j=j
            ),
        )
        yield goal.induction(pieces=earlier)
        yield from height(earlier)

    return prove(
        "streaming-equals-product.pieces",
        forall(
            *OPERATIONS, rows, columns, pieces, given=proper_cuts(),
            then=equal(found, whole_table(plan_sums(pieces))),
        ),
        premises, measure=rank(pieces),
    )


# --- the order of a sum ---------------------------------------------------------------------------


def many(element: Term, count: Term) -> Term:
    """An element, added up so many times."""
    found: Term = multiple().function(plus, zero, element, count)
    return found


def by_weights(weight: Term, of: Term) -> Term:
    """The sum over k < n by weights."""
    found: Term = weighted().function(*OPERATIONS, weight, of, i, j)
    return found


def term_of(index: Term) -> Term:
    """X[i,k]·Y[k,j]."""
    return operate(times, entry(X, i, index), entry(Y, index, j))


def passed_on(goal: Goal, *names: str) -> dict[str, object]:
    """Laws, handed on to an earlier theorem."""
    return {name: goal.schema(name) for name in names}


ADDITION = ("associative", "commutative", "neutral")


@once
def multiples_add() -> Theorem:
    """(q + k)·e = q·e + k·e for whole numbers q, k >= 0."""

    def premises(goal: Goal) -> Iterable[Fact]:
        left, right = many(e, q), many(e, k - 1)
        yield multiple()(plus, zero, e, q + k)
        yield multiple()(plus, zero, e, k)
        yield goal.hypothesis("associative", left, right, e)
        yield goal.hypothesis("commutative", left, zero)
        yield goal.hypothesis("neutral", left)
        yield goal.induction(k=k - 1)

    return prove(
        "multiple.sum",
        forall(
            plus, zero, e, q, k, given={**laws(*ADDITION), "q": q >= 0, "k": k >= 0},
            then=equal(many(e, q + k), operate(plus, many(e, q), many(e, k))),
        ),
        premises, measure=k,
    )


@once
def one_more() -> Theorem:
    """If an inner index q counts once more, the sum is that of q more."""

    def premises(goal: Goal) -> Iterable[Fact]:
        before, one, last = by_weights(u, n - 1), term_of(q), term_of(n - 1)
        same = many(last, select(u, n - 1))
        for weight in (u, t):
            yield weighted()(*OPERATIONS, weight, n, i, j)
        yield multiple()(plus, zero, last, select(t, n - 1))
        yield goal.hypothesis("more", n - 1)
        yield goal.hypothesis("weights", n - 1)
        yield goal.hypothesis("associative", before, one, same)
        yield goal.hypothesis("associative", before, same, one)
        yield goal.hypothesis("commutative", one, same)
        yield goal.induction(n=n - 1)

    return prove(
        "weighted.one-more",
        forall(
            *OPERATIONS, u, t, n, q, i, j,
            given={
                **laws("associative", "commutative"),
                "weights": ((k,), select(u, k) >= 0),
                "more": ((k,), both(
                    implies(equal(q, k), equal(select(t, k), select(u, k) + 1)),
                    implies(both(k < q), equal(select(t, k), select(u, k))),
                    implies(both(q < k), equal(select(t, k), select(u, k))),
                )),
                "from": q >= 0,
            },
            then=both(
                implies(
                    q < n, equal(by_weights(t, n), operate(plus, by_weights(u, n), term_of(q)))
                ),
                implies(q >= n, equal(by_weights(t, n), by_weights(u, n))),
            ),
        ),
        premises, measure=n,
    )


@once
def weights_add() -> Theorem:
    """If each weight is the sum of two, so is the sum."""

    def premises(goal: Goal) -> Iterable[Fact]:
        last = term_of(n - 1)
        a, b = by_weights(u, n - 1), by_weights(v, n - 1)
        d, f = many(last, select(u, n - 1)), many(last, select(v, n - 1))

        def add(left: Term, right: Term) -> Term:
            return operate(plus, left, right)

        for weight in (u, v, t):
            yield weighted()(*OPERATIONS, weight, n, i, j)
        yield goal.hypothesis("weights", n - 1)
        yield multiples_add().at(
            plus=plus, zero=zero, e=last, q=select(u, n - 1), k=select(v, n - 1),
            **passed_on(goal, *ADDITION),
        )
        yield goal.hypothesis("associative", a, d, add(b, f))
        yield goal.hypothesis("associative", d, b, f)
        yield goal.hypothesis("commutative", d, b)
        yield goal.hypothesis("associative", b, d, f)
        yield goal.hypothesis("associative", a, b, add(d, f))
        yield goal.hypothesis("neutral", zero)
        yield goal.induction(n=n - 1)

    return prove(
        "weighted.sum",
        forall(
            *OPERATIONS, u, v, t, n, i, j,
            given={
                **laws(*ADDITION),
                "weights": ((k,), both(
                    select(u, k) >= 0, select(v, k) >= 0,
                    equal(select(t, k), select(u, k) + select(v, k)),
                )),
            },
            then=equal(
                by_weights(t, n), operate(plus, by_weights(u, n), by_weights(v, n))
            ),
        ),
        premises, measure=n,
    )


@once
def no_weight() -> Theorem:
    """If nothing counts, the sum is zero."""
    return prove(
        "weighted.nothing",
        forall(
            *OPERATIONS, t, n, i, j,
            given={**laws("neutral"), "weights": ((k,), equal(select(t, k), 0))},
            then=equal(by_weights(t, n), zero),
        ),
        lambda goal: [
            weighted()(*OPERATIONS, t, n, i, j), goal.hypothesis("weights", n - 1),
            multiple()(plus, zero, term_of(n - 1), select(t, n - 1)),
            goal.hypothesis("neutral", zero), goal.induction(n=n - 1),
        ],
        measure=n,
    )


@once
def unit_weights() -> Theorem:
    """If each k < n counts once, the sum is the product's entry."""
    return prove(
        "weighted.once",
        forall(
            *OPERATIONS, pieces, n, w, i, j,
            given={
                **laws("neutral"), "once": once_each(pieces, w), "n": n <= w,
            },
            then=equal(
                by_weights(in_plan().function(pieces), n),
                at.product().function(*OPERATIONS, n, i, j),
            ),
        ),
        lambda goal: [
            weighted()(*OPERATIONS, in_plan().function(pieces), n, i, j),
            at.product()(*OPERATIONS, n, i, j), in_plan()(pieces, n - 1),
            goal.hypothesis("once", n - 1),
            multiple()(plus, zero, term_of(n - 1), at.times_sent().function(pieces, n - 1)),
            multiple()(plus, zero, term_of(n - 1), 0),
            goal.hypothesis("neutral", term_of(n - 1)), goal.induction(n=n - 1),
        ],
        measure=n,
    )


def once_each(of: Term, bound: Term) -> Supposition:
    """Each k with 0 <= k < bound is sent once."""
    return (k,), implies(both(0 <= k, k < bound), equal(at.times_sent().function(of, k), 1))


@once
def counts_positive() -> Theorem:
    """A schedule sends an inner index no less than 0 times."""
    before = part(order, model.Sent, "before")
    number = in_schedule().function
    return prove(
        "times-in.positive",
        forall(order, k, then=select(number(order), k) >= 0),
        lambda goal: [
            in_schedule()(order, k), in_schedule()(before, k), at.times_in()(order, k),
            goal.induction(order=before), *height(before),
        ],
        measure=rank(order),
    )


@once
def plan_positive() -> Theorem:
    """A plan sends an inner index no less than 0 times."""
    earlier, piece = (part(pieces, model.Piece, name) for name in ("earlier", "piece"))
    number = in_plan().function
    return prove(
        "times-sent.positive",
        forall(pieces, k, then=select(number(pieces), k) >= 0),
        lambda goal: [
            in_plan()(pieces, k), in_plan()(earlier, k), at.times_sent()(pieces, k),
            in_schedule()(piece, k), counts_positive().at(order=piece, k=k),
            goal.induction(pieces=earlier), *height(earlier),
        ],
        measure=rank(pieces),
    )


@once
def counts_nothing() -> Theorem:
    """Nothing that is sent is sent 0 times."""
    none = made(model.Nothing)
    return prove(
        "times-in.nothing",
        forall(k, then=equal(select(in_schedule().function(none), k), 0)),
        lambda _: [in_schedule()(none, k), at.times_in()(none, k)],
    )


@once
def plan_nothing() -> Theorem:
    """Without pieces nothing is sent."""
    none = made(model.NoPieces)
    return prove(
        "times-sent.nothing",
        forall(k, then=equal(select(in_plan().function(none), k), 0)),
        lambda _: [in_plan()(none, k), at.times_sent()(none, k)],
    )


@once
def counts_more() -> Theorem:
    """An inner index that is sent once more."""
    longer = made(model.Sent, order, q)
    new, old = (select(in_schedule().function(each), k) for each in (longer, order))
    return prove(
        "times-in.sent",
        forall(
            order, q, k,
            then=both(
                implies(equal(q, k), equal(new, old + 1)),
                implies(both(k < q), equal(new, old)),
                implies(both(q < k), equal(new, old)),
            ),
        ),
        lambda _: [
            in_schedule()(longer, k), in_schedule()(order, k), at.times_in()(longer, k)
        ],
    )


@once
def plan_more() -> Theorem:
    """What a piece more sends."""
    longer = made(model.Piece, pieces, order)
    before, more = select(in_plan().function(pieces), k), select(in_schedule().function(order), k)
    return prove(
        "times-sent.piece",
        forall(
            pieces, order, k,
            then=both(
                before >= 0, more >= 0,
                equal(select(in_plan().function(longer), k), before + more),
            ),
        ),
        lambda _: [
            in_plan()(longer, k), in_plan()(pieces, k), in_schedule()(order, k),
            at.times_sent()(longer, k), plan_positive().at(pieces=pieces, k=k),
            counts_positive().at(order=order, k=k),
        ],
    )


@once
def schedule_by_weight() -> Theorem:
    """The sum over a schedule is the one in which an inner index counts as often as it is sent."""
    before, index = (part(order, model.Sent, name) for name in ("before", "index"))
    counted = in_schedule().function

    def premises(goal: Goal) -> Iterable[Fact]:
        yield at.scheduled()(*OPERATIONS, order, i, j)
        yield at.schedule_within()(order, n)
        yield no_weight().at(
            **given_operations(), t=counted(made(model.Nothing)), n=n, i=i, j=j,
            weights=counts_nothing().schema(k, k=k), **passed_on(goal, "neutral"),
        )
        yield one_more().at(
            **given_operations(), u=counted(before), t=counted(made(model.Sent, before, index)),
            n=n, q=index, i=i, j=j,
            weights=counts_positive().schema(k, order=before, k=k),
            more=counts_more().schema(k, order=before, q=index, k=k),
            **passed_on(goal, "associative", "commutative"),
        )
        yield goal.induction(order=before)
        yield from height(before)

    return prove(
        "scheduled.weighted",
        forall(
            *OPERATIONS, order, n, i, j,
            given={**laws(*ADDITION), "within": at.schedule_within().function(order, n)},
            then=equal(
                at.scheduled().function(*OPERATIONS, order, i, j), by_weights(counted(order), n)
            ),
        ),
        premises, measure=rank(order),
    )


@once
def by_weight() -> Theorem:
    """The sum over a plan is the one in which each inner index counts as often as it is sent."""
    earlier, piece = (part(pieces, model.Piece, name) for name in ("earlier", "piece"))
    counted = in_plan().function

    def premises(goal: Goal) -> Iterable[Fact]:
        yield at.planned()(*OPERATIONS, pieces, i, j)
        yield at.within()(pieces, n)
        yield no_weight().at(
            **given_operations(), t=counted(made(model.NoPieces)), n=n, i=i, j=j,
            weights=plan_nothing().schema(k, k=k), **passed_on(goal, "neutral"),
        )
        yield schedule_by_weight().at(
            **given_operations(), order=piece, n=n, i=i, j=j, **passed_on(goal, *ADDITION)
        )
        yield weights_add().at(
            **given_operations(), u=counted(earlier), v=in_schedule().function(piece),
            t=counted(made(model.Piece, earlier, piece)), n=n, i=i, j=j,
            weights=plan_more().schema(k, pieces=earlier, order=piece, k=k),
            **passed_on(goal, *ADDITION),
        )
        yield goal.induction(pieces=earlier)
        yield from height(earlier)

    return prove(
        "planned.weighted",
        forall(
            *OPERATIONS, pieces, n, i, j,
            given={**laws(*ADDITION), "within": at.within().function(pieces, n)},
            then=equal(
                at.planned().function(*OPERATIONS, pieces, i, j), by_weights(counted(pieces), n)
            ),
        ),
        premises, measure=rank(pieces),
    )


def partition() -> dict[str, Term | Supposition]:
    """The hypotheses that the pieces send each inner index once, and nothing else."""
    return {"within": at.within().function(pieces, n), "once": once_each(pieces, n)}


@once
def sums_agree() -> Theorem:
    """Entry by entry, the sum over the pieces is the product, if they send nothing else."""
    return prove(
        "planned.product",
        forall(
            *OPERATIONS, pieces, n, i, j, given={**laws(*ADDITION), **partition()},
            then=equal(entry(plan_sums(pieces), i, j), entry(multiplied(n), i, j)),
        ),
        lambda goal: [
            goal.hypothesis("within"),
            at.planned_matrix()(*OPERATIONS, pieces, i),
            at.planned_row()(*OPERATIONS, pieces, i, j),
            at.product_matrix()(*OPERATIONS, n, i), at.product_row()(*OPERATIONS, n, i, j),
            by_weight().at(
                **given_operations(), pieces=pieces, n=n, i=i, j=j, **passed_on(goal, *ADDITION)
            ),
            unit_weights().at(
                **given_operations(), pieces=pieces, n=n, w=n, i=i, j=j, once=goal.schema("once"),
                **passed_on(goal, "neutral"),
            ),
        ],
    )


@once
def equals_product() -> Theorem:
    """Pieces of the inner dimension, streamed apart and added up, are the product."""
    found = at.stream_pieces().function(*OPERATIONS, rows, columns, pieces)
    extent = at.extent().function
    high, wide = extent(rows), extent(columns)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield collected_pieces().at(**given_operations(), rows=rows, columns=columns, pieces=pieces)
        for each in (plan_sums(pieces), multiplied(n)):
            yield at.table()(each, high, wide)
        yield goal.hypothesis("within")
        yield lists.same_block().at(
            Z=plan_sums(pieces), W=multiplied(n), r=0, h=high, c=0, w=wide,
            given=at.within().function(pieces, n),
            same=sums_agree().schema(
                i, j, **given_operations(), pieces=pieces, n=n, i=i, j=j,
                once=goal.schema("once"), **passed_on(goal, *ADDITION),
            ),
        )

    return prove(
        "streaming-equals-product",
        forall(
            *OPERATIONS, rows, columns, pieces, n,
            given={**laws(*ADDITION), **proper_cuts(), **partition()},
            then=equal(found, whole_table(multiplied(n))),
        ),
        premises,
    )


def streaming_equals_product() -> tuple[Theorem, ...]:
    """All parts of ``streaming-equals-product``."""
    return equals_product(), whole(), collected_pieces()
