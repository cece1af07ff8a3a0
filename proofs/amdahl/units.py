"""Several kinds of specialised hardware: which of them gets a first share, and when none does.

*Definitions* accepted by the kernel: those of :mod:`models.amdahl.units`.

*Results*: ``many-units``: the identity T - 1 = Σ x (1 - wR) + Σ w (1-y)²/y, with y the rate of each
kind of work (:func:`identity`); no shares are best if no unit pays (:func:`collapse`); a unit alone
is the hardware of ``collapse`` with all other work scalable (:func:`one_unit`); so it gets a first
share if (:func:`first`) and only if (:func:`needed`) w R > 1.

*How it is done*: induction over the list of units, for whatever is programmable. What the identity
says of one unit is w/y = w (2 - y) + w (1-y)²/y; the sum of w (2 - y) is linear in the shares.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.amdahl import units as model
from models.amdahl.units import Unit
from proofs.amdahl.objective import time
from proofs.amdahl.real import (
    cancel,
    multiply,
    nonzero,
    product,
    product_nonnegative,
    quotient,
    quotient_at,
    reals,
    scale,
    sign_of_factor,
    square,
)
from proofs.kernel.reading import is_a, made, part, sort_of
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, height, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import INT, REAL, Term, as_term, both, equal, implies, rank

shares = once(lambda: define(model.shares, measure=rank))
weights = once(lambda: define(model.weights, measure=rank))
rated_shares = once(lambda: define(model.rated_shares, measure=rank))
sound = once(lambda: define(model.sound, measure=rank))
none_pays = once(lambda: define(model.none_pays, measure=rank))
units_time = once(lambda: define(model.units_time, measure=lambda u, r: rank(u)))
deviations = once(lambda: define(model.deviations, measure=lambda u, r: rank(u)))
alone = once(lambda: define(model.alone, measure=lambda u, i, x: rank(u)))
weight_at = once(lambda: define(model.weight_at, measure=lambda u, i: rank(u)))
ratio_at = once(lambda: define(model.ratio_at, measure=lambda u, i: rank(u)))
first_share = once(lambda: define(model.first_share))


def listed(*names: str) -> tuple[Term, ...]:
    """Variables for lists of units."""
    return variables(**dict.fromkeys(names, sort_of(model.Units)))


def unit_place() -> tuple[Term, Term]:
    """Variables for a list of units and a place in it."""
    (u,) = listed("u")
    (i,) = variables(i=INT)
    return u, i


def fields(u: Term) -> tuple[Term, Term, Term, Term]:
    """Weight, ratio and share of the first unit of a list, and the others."""
    weight, ratio, share, others = (
        part(u, Unit, name) for name in ("weight", "ratio", "share", "others")
    )
    return weight, ratio, share, others


@once
def one_term() -> Theorem:
    """w/y = w (2-y) + w (1-y)²/y."""
    w, y = reals("wy")
    deviation = w * ((1 - y) * (1 - y)) / y

    def premises(goal: Goal) -> Iterable[Fact]:
        given = goal.hypothesis("rate")
        cleared = goal.have(
            equal((w / y) * y, (w * (2 - y) + deviation) * y),
            given, quotient_at(w / y), quotient_at(deviation), opaque=True,
        )
        yield goal.have(
            equal(w / y, w * (2 - y) + deviation), given, cleared,
            cancel().at(c=w / y, d=w * (2 - y) + deviation, e=y), opaque=True,
        )

    return prove(
        "deviation",
        forall(w, y, given={"rate": nonzero(y)}, then=equal(w / y, w * (2 - y) + deviation)),
        premises, opaque=True,
    )


@once
def rates() -> Theorem:
    """What sound units say of the first one: its rate is positive."""
    (u,) = listed("u")
    (r,) = reals("r")
    w, R, x, others = fields(u)
    first = both(w >= 0, R > 0, x >= 0, r + R * x > 0, sound().function(others))
    return prove(
        "units.first",
        forall(
            u, r,
            given={
                "sound": sound().function(u), "programmable": r > 0, "some": is_a(u, Unit)
            },
            then=first,
        ),
        lambda goal: [sound()(u), product_nonnegative().at(a=R, b=x)],
    )


@once
def summed() -> Theorem:
    """Σ w/y = (2-r) Σ w - Σ w R x + Σ w (1-y)²/y, for y = r + R x; and the last is not negative."""
    (u,) = listed("u")
    (r,) = reals("r")
    w, R, x, others = fields(u)
    y = r + R * x
    total, weight, rated, more = (
        units_time().function(u, r), weights().function(u), rated_shares().function(u),
        deviations().function(u, r),
    )
    deviation = w * ((1 - y) * (1 - y)) / y

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in ("sound", "programmable")]
        some = is_a(u, Unit)
        yield from given
        first = goal.have(
            implies(some, both(w >= 0, y > 0, sound().function(others))), *given,
            rates().at(u=u, r=r),
        )
        yield first
        term = goal.have(
            implies(some, equal(w / y, w * (2 - y) + deviation)), first, one_term().at(w=w, y=y),
            opaque=True,
        )
        yield term
        yield goal.have(
            implies(some, deviation >= 0), first, quotient_at(deviation),
            square().at(a=1 - y), product_nonnegative().at(a=w, b=(1 - y) * (1 - y)),
            sign_of_factor().at(d=deviation, e=y), opaque=True,
        )
        for definition in (weights, rated_shares):
            yield definition()(u)
        yield units_time()(u, r)
        yield deviations()(u, r)
        yield from height(others)
        yield goal.induction(u=others)

    return prove(
        "units.summed",
        forall(
            u, r, given={"sound": sound().function(u), "programmable": r > 0},
            then=both(equal(total, (2 - r) * weight - rated + more), more >= 0),
        ),
        premises, measure=rank(u),
    )


@once
def many_time() -> Definition:
    """T = Σ w/(1-X+R x) + s/(1-X)."""
    shares(), units_time()
    return define(model.many_time)


def shared(u: Term, s: Term) -> dict[str, Term]:
    """The hypotheses: sound units, something programmable, and work that makes up the whole."""
    return {
        "sound": sound().function(u),
        "programmable": shares().function(u) < 1,
        "whole": equal(weights().function(u) + s, 1),
    }


@once
def identity() -> Theorem:
    """T - 1 = Σ x (1 - wR) + Σ w (1-y)²/y + s X²/(1-X): squares, and what each share costs."""
    (u,) = listed("u")
    (s,) = reals("s")
    X = shares().function(u)
    r = 1 - X
    value, more = many_time().function(u, s), deviations().function(u, r)
    rated, bounded = rated_shares().function(u), units_time().function(u, r)
    last = s * (X * X) / r

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        sums = goal.have(
            both(equal(bounded, (2 - r) * weights().function(u) - rated + more), more >= 0),
            given["sound"], given["programmable"], summed().at(u=u, r=r), opaque=True,
        )
        same = goal.have(equal(s * ((1 - r) * (1 - r)), s * (X * X)))
        term = goal.have(
            equal(s / r, s * (2 - r) + last), given["programmable"], same,
            quotient_at(s / r), quotient_at(last),
            cancel().at(c=s / r, d=s * (2 - r) + last, e=r), opaque=True,
        )
        yield goal.have(equal(value, bounded + s / r), many_time()(u, s), opaque=True)
        yield from (
            sums, term,
            multiply().at(c=weights().function(u) + s, d=1, e=2 - r), given["whole"],
        )

    return prove(
        "many-units.identity",
        forall(
            u, s, given=shared(u, s),
            then=both(equal(value - 1, X - rated + more + last), more >= 0),
        ),
        premises, opaque=True,
    )


@once
def costs() -> Theorem:
    """If no unit pays, Σ w R x is at most Σ x."""
    (u,) = listed("u")
    w, R, x, others = fields(u)

    def premises(goal: Goal) -> Iterable[Fact]:
        for definition in (sound, none_pays, shares, rated_shares):
            yield definition()(u)
        yield product_nonnegative().at(a=x, b=1 - w * R)
        yield from height(others)
        yield goal.induction(u=others)

    return prove(
        "units.costs",
        forall(
            u, given={"sound": sound().function(u), "none pays": none_pays().function(u)},
            then=rated_shares().function(u) <= shares().function(u),
        ),
        premises, measure=rank(u),
    )


@once
def slow() -> Theorem:
    """At a positive rate y, w/y is at least w (2-y)."""
    w, y = reals("wy")
    deviation = w * ((1 - y) * (1 - y)) / y
    return prove(
        "tangent",
        forall(w, y, given={"weight": w >= 0, "rate": y > 0}, then=w / y >= w * (2 - y)),
        lambda goal: [
            one_term().at(w=w, y=y), quotient_at(deviation), square().at(a=1 - y),
            product_nonnegative().at(a=w, b=(1 - y) * (1 - y)),
            sign_of_factor().at(d=deviation, e=y),
            goal.hypothesis("weight"), goal.hypothesis("rate"),
        ],
        opaque=True,
    )


@once
def shares_nonnegative() -> Theorem:
    """Sound units have a share of at least 0."""
    (u,) = listed("u")
    *_, others = fields(u)
    return prove(
        "units.shares",
        forall(u, given={"sound": sound().function(u)}, then=shares().function(u) >= 0),
        lambda goal: [sound()(u), shares()(u), *height(others), goal.induction(u=others)],
        measure=rank(u),
    )


@once
def collapse() -> Theorem:
    """If w R <= 1 for every unit, no shares take less than the time 1."""
    (u,) = listed("u")
    (s,) = reals("s")
    X, W = shares().function(u), weights().function(u)
    value, r = many_time().function(u, s), 1 - X

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        yield goal.have(
            equal(value, units_time().function(u, r) + s / r), many_time()(u, s), opaque=True
        )
        yield summed().at(u=u, r=r)
        yield slow().at(w=s, y=r)
        yield costs().at(u=u)
        yield goal.have(
            (2 - r) * (W + s - 1) >= 0, given["sound"], given["whole"],
            shares_nonnegative().at(u=u), product_nonnegative().at(a=2 - r, b=W + s - 1),
            opaque=True,
        )
        yield from given.values()

    return prove(
        "many-units.collapse",
        forall(
            u, s,
            given={
                "sound": sound().function(u), "programmable": X < 1, "whole": W + s >= 1,
                "scalable": s >= 0, "none pays": none_pays().function(u),
            },
            then=value >= 1,
        ),
        premises, opaque=True,
    )


@once
def nothing() -> Theorem:
    """With nothing for any unit, X = 0 and Σ w/y = Σ w / r."""
    u, i = unit_place()
    x, r = reals("xr")
    w, *_, others = fields(u)
    left = alone().function(u, i, x)
    total, weight = units_time().function(left, r), weights().function(u)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield from scaled(r, w)
        yield alone()(u, i, x)
        yield shares()(left)
        yield units_time()(left, r)
        yield weights()(u)
        yield from height(others)
        yield goal.induction(u=others, i=i - 1)

    return prove(
        "units.nothing",
        forall(
            u, i, x, r, given={"before": i < 0, "programmable": r > 0},
            then=both(
                equal(shares().function(left), 0), equal(total, weight * (1 / r)),
            ),
        ),
        premises, measure=rank(u),
    )


@once
def none() -> Theorem:
    """With nothing for any unit the time is 1."""
    u, i = unit_place()
    s, x = reals("sx")
    left = alone().function(u, i, x)

    def premises(goal: Goal) -> Iterable[Fact]:
        parts = goal.have(
            both(
                equal(shares().function(left), 0),
                equal(units_time().function(left, 1), weights().function(u)),
            ),
            goal.hypothesis("before"), nothing().at(u=u, i=i, x=x, r=1),
        )
        yield goal.have(
            equal(many_time().function(left, s), weights().function(u) + s / 1),
            parts, many_time()(left, s),
        )
        yield goal.hypothesis("whole")

    return prove(
        "many-units.none",
        forall(
            u, i, s, x, given={"before": i < 0, "whole": equal(weights().function(u) + s, 1)},
            then=equal(many_time().function(left, s), 1),
        ),
        premises,
    )


def scaled(r: Term, *terms: Term) -> Iterable[Fact]:
    """w/r = w (1/r), for each."""
    for w in terms:
        yield scale().at(a=w, b=r)


def chosen(u: Term, i: Term) -> tuple[Term, Term]:
    """Weight and ratio of the unit at a place."""
    return weight_at().function(u, i), ratio_at().function(u, i)


@once
def places() -> Theorem:
    """Before the first unit there is none."""
    u, i = unit_place()
    *_, others = fields(u)
    return prove(
        "units.place",
        forall(u, i, given={"before": i < 0}, then=equal(ratio_at().function(u, i), 0)),
        lambda goal: [
            ratio_at()(u, i), *height(others), goal.induction(u=others, i=i - 1),
        ],
        measure=rank(u),
    )


@once
def absent() -> Theorem:
    """A share for a unit that is not there is no share, if all ratios are positive."""
    u, i = unit_place()
    x, r = reals("xr")
    w, *_, others = fields(u)
    left = alone().function(u, i, x)

    def premises(goal: Goal) -> Iterable[Fact]:
        yield from scaled(r, w)
        yield sound()(u)
        yield ratio_at()(u, i)
        yield alone()(u, i, x)
        yield shares()(left)
        yield units_time()(left, r)
        yield weights()(u)
        yield from height(others)
        yield goal.induction(u=others, i=i - 1)

    return prove(
        "units.absent",
        forall(
            u, i, x, r,
            given={
                "sound": sound().function(u), "absent": ratio_at().function(u, i) <= 0,
                "programmable": r > 0,
            },
            then=both(
                equal(shares().function(left), 0),
                equal(units_time().function(left, r), weights().function(u) * (1 / r)),
            ),
        ),
        premises, measure=rank(u),
    )


@once
def only_one() -> Theorem:
    """With a share x for one unit alone, X = x and Σ w/y = w/(r+Rx) + (Σ w - w)/r."""
    u, i = unit_place()
    x, r = reals("xr")
    w, R, _, others = fields(u)
    left, rest = alone().function(u, i, x), alone().function(others, i - 1, x)
    weight, ratio = chosen(u, i)
    inner = chosen(others, i - 1)
    term = weight / (r + ratio * x)
    X, total, weights_of = shares().function, units_time().function, weights().function

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        some = goal.have(is_a(u, Unit), given["ratio"], ratio_at()(u, i))
        place = goal.have(i >= 0, given["ratio"], places().at(u=u, i=i))
        named = [some, place, weight_at()(u, i), ratio_at()(u, i)]
        made_here, made_behind = made(Unit, w, R, x, rest), made(Unit, w, R, 0, rest)
        shape = goal.have(
            both(
                implies(equal(i, 0), equal(left, made_here)),
                implies(i > 0, equal(left, made_behind)),
            ),
            some, place, alone()(u, i, x),
        )
        sums = [
            goal.have(
                implies(case, both(
                    equal(X(left), X(found)), equal(total(left, r), total(found, r)),
                    equal(weight, own), equal(ratio, rate),
                )),
                shape, *named,
            )
            for case, found, (own, rate) in (
                (equal(i, 0), made_here, (w, R)), (i > 0, made_behind, inner)
            )
        ]
        parts = [
            goal.have(
                both(equal(X(found), given_x + X(rest)), equal(
                    total(found, r), w / (r + R * given_x) + total(rest, r)
                )),
                shares()(found), units_time()(found, r), opaque=True,
            )
            for found, given_x in ((made_here, x), (made_behind, as_term(0, REAL)))
        ]
        whole = goal.have(equal(weights_of(u), w + weights_of(others)), some, weights()(u))
        earlier = goal.have(
            implies(i > 0, both(
                equal(X(rest), x),
                equal(
                    total(rest, r),
                    inner[0] / (r + inner[1] * x) + (weights_of(others) - inner[0]) * (1 / r),
                ),
            )),
            given["ratio"], given["programmable"], given["from"], sums[1], some, *height(others),
            goal.induction(u=others, i=i - 1), opaque=True,
        )
        none = goal.have(
            implies(equal(i, 0), both(
                equal(X(rest), 0), equal(total(rest, r), weights_of(others) * (1 / r)),
            )),
            given["programmable"], nothing().at(u=others, i=i - 1, x=x, r=r), opaque=True,
        )
        unshared = goal.have(
            equal(w / (r + R * as_term(0, REAL)), w * (1 / r)), given["programmable"],
            quotient().at(a=w, b=r + R * as_term(0, REAL)), quotient().at(a=1, b=r),
            cancel().at(c=w / (r + R * as_term(0, REAL)), d=w * (1 / r), e=r), opaque=True,
        )
        found = both(
            equal(X(left), x),
            equal(total(left, r), term + (weights_of(u) - weight) * (1 / r)),
        )
        for (case, own, rate), facts in (
            ((equal(i, 0), w, R), (sums[0], parts[0], none)),
            ((i > 0, *inner), (sums[1], parts[1], earlier, unshared)),
        ):
            fraction = own / (r + rate * x)
            same = goal.have(
                implies(case, equal(fraction, term)),
                facts[0], given["ratio"], given["from"], given["programmable"],
                product_nonnegative().at(a=ratio, b=x),
                quotient_at(fraction), quotient_at(term),
                cancel().at(c=fraction, d=term, e=r + ratio * x), opaque=True,
            )
            yield goal.have(implies(case, found), *facts, whole, same, opaque=True)
        yield place

    return prove(
        "units.alone",
        forall(
            u, i, x, r,
            given={"ratio": ratio > 0, "programmable": r > 0, "from": x >= 0},
            then=both(
                equal(shares().function(left), x),
                equal(
                    units_time().function(left, r),
                    term + (weights().function(u) - weight) * (1 / r),
                ),
            ),
        ),
        premises, measure=rank(u),
    )


def alone_given(u: Term, i: Term, x: Term) -> dict[str, Term]:
    """The hypotheses: there is a unit at the place, and x is a share."""
    return {"ratio": ratio_at().function(u, i) > 0, "from": x >= 0, "to": x < 1}


@once
def one_sum() -> Theorem:
    """With a share x for one unit alone, T = w/(1-x+Rx) + (Σ w + s - w)/(1-x)."""
    u, i = unit_place()
    s, x = reals("sx")
    weight, ratio = chosen(u, i)
    left = alone().function(u, i, x)
    value, X = many_time().function(left, s), shares().function(left)
    r = 1 - x
    first = weight / (r + ratio * x)
    rest = weights().function(u) - weight

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        parts = goal.have(
            both(
                equal(X, x), equal(units_time().function(left, r), first + rest * (1 / r)),
            ),
            *given.values(), only_one().at(u=u, i=i, x=x, r=r), opaque=True,
        )
        opened = s / (1 - X)
        yield goal.have(
            equal(value, units_time().function(left, 1 - X) + opened),
            many_time()(left, s), opaque=True,
        )
        yield goal.have(
            equal(units_time().function(left, 1 - X), units_time().function(left, r)),
            goal.have(equal(X, x), parts, opaque=True),
        )
        yield goal.have(
            equal(opened, s * (1 / r)), parts, given["to"], quotient_at(opened),
            quotient().at(a=1, b=r), cancel().at(c=opened, d=s * (1 / r), e=r), opaque=True,
        )
        yield parts
        yield goal.have(
            r + ratio * x > 0, *given.values(), product_nonnegative().at(a=ratio, b=x), opaque=True
        )

    return prove(
        "units.one",
        forall(
            u, i, s, x, given=alone_given(u, i, x),
            then=both(
                equal(X, x), r + ratio * x > 0, equal(value, first + (rest + s) * (1 / r))
            ),
        ),
        premises, opaque=True,
    )


@once
def one_unit() -> Theorem:
    """A unit alone is the hardware of ``collapse``, with all work but its own as scalable."""
    u, i = unit_place()
    s, x = reals("sx")
    weight, ratio = chosen(u, i)
    left = alone().function(u, i, x)
    value, X = many_time().function(left, s), shares().function(left)
    r, rest = 1 - x, weights().function(u) - weight
    first, second = weight / (r + ratio * x), (1 - (1 - weight)) / (1 + (ratio - 1) * x)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        yield from given.values()
        yield one_sum().at(u=u, i=i, s=s, x=x)
        yield quotient_at(first)
        yield quotient_at(second)
        yield cancel().at(c=first, d=second, e=r + ratio * x)
        yield from scaled(r, 1 - weight)
        yield multiply().at(c=rest + s, d=1 - weight, e=1 / r)
        yield time()(ratio, 1 - weight, x)

    return prove(
        "many-units.alone",
        forall(
            u, i, s, x,
            given={**alone_given(u, i, x), "whole": equal(weights().function(u) + s, 1)},
            then=both(
                X < 1, r + ratio * x > 0,
                equal(value, time().function(ratio, 1 - weight, x)),
            ),
        ),
        premises, opaque=True,
    )


@once
def part_of() -> Theorem:
    """A unit's weight is at least 0, and at most that of all."""
    u, i = unit_place()
    weight, _ = chosen(u, i)
    *_, others = fields(u)

    def premises(goal: Goal) -> Iterable[Fact]:
        for definition in (sound, weights):
            yield definition()(u)
        yield weight_at()(u, i)
        yield from height(others)
        yield goal.induction(u=others, i=i - 1)

    return prove(
        "units.weight",
        forall(
            u, i, given={"sound": sound().function(u)},
            then=both(weight >= 0, weight <= weights().function(u)),
        ),
        premises, measure=rank(u),
    )


@once
def first() -> Theorem:
    """If w R > 1, the share (wR-1)/(2(R-1)) of this unit alone makes T less than 1."""
    u, i = unit_place()
    (s,) = reals("s")
    weight, ratio = chosen(u, i)
    x = first_share().function(weight, ratio)
    value = many_time().function(alone().function(u, i, x), s)
    bounded, W = weight / (1 - x + ratio * x), weights().function(u)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        small = goal.have(
            both(weight >= 0, weight <= 1), given["sound"], given["whole"], given["scalable"],
            part_of().at(u=u, i=i), opaque=True,
        )
        more = goal.have(
            ratio > 1, small, given["pays"],
            product_nonnegative().at(a=1 - weight, b=ratio),
            product_nonnegative().at(a=weight, b=-ratio), opaque=True,
        )
        cleared = goal.have(
            equal(x * (2 * (ratio - 1)), weight * ratio - 1), more,
            first_share()(weight, ratio), quotient().at(a=weight * ratio - 1, b=2 * (ratio - 1)),
            opaque=True,
        )
        place = goal.have(
            both(x > 0, x < 1), given["pays"], more, small, cleared,
            product_nonnegative().at(a=1 - weight, b=ratio),
            sign_of_factor().at(d=x, e=2 * (ratio - 1)),
            sign_of_factor().at(d=1 - x, e=2 * (ratio - 1)), opaque=True,
        )
        yield place
        whole = goal.have(
            both(
                equal(value, bounded + (W - weight + s) * (1 / (1 - x))), 1 - x + ratio * x > 0
            ),
            more, place, one_sum().at(u=u, i=i, s=s, x=x), opaque=True,
        )
        yield whole
        # As if the other work made up the whole.
        yield goal.have(
            (W - weight + s) * (1 / (1 - x)) <= (1 - weight) * (1 / (1 - x)),
            place, given["whole"], quotient().at(a=1, b=1 - x),
            sign_of_factor().at(d=1 / (1 - x), e=1 - x),
            product_nonnegative().at(a=1 - W - s, b=1 / (1 - x)), opaque=True,
        )
        rates = (1 - x + ratio * x) * (1 - x)
        sum_of = bounded + (1 - weight) * (1 / (1 - x)) - 1
        saved = goal.have(
            equal(sum_of * rates, x * (1 - weight * ratio + (ratio - 1) * x)),
            whole, place, quotient_at(bounded), quotient().at(a=1, b=1 - x), opaque=True,
        )
        half = goal.have(
            1 - weight * ratio + (ratio - 1) * x < 0, cleared, given["pays"], opaque=True
        )
        yield goal.have(
            sum_of < 0, saved, half, whole, place,
            product(x, -(1 - weight * ratio + (ratio - 1) * x)),
            product(1 - x + ratio * x, 1 - x),
            sign_of_factor().at(d=sum_of, e=rates), opaque=True,
        )

    return prove(
        "many-units.first-share",
        forall(
            u, i, s,
            given={
                "sound": sound().function(u), "whole": W + s <= 1, "scalable": s >= 0,
                "pays": weight * ratio > 1,
            },
            then=both(x > 0, x < 1, value < 1),
        ),
        premises, opaque=True,
    )


@once
def needed() -> Theorem:
    """If w R <= 1, no share of this unit alone makes T less than 1."""
    u, i = unit_place()
    s, x = reals("sx")
    weight, ratio = chosen(u, i)
    left = alone().function(u, i, x)
    value, W = many_time().function(left, s), weights().function(u)
    rate, r = 1 - x + ratio * x, 1 - x

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        known = goal.have(
            both(weight >= 0, W - weight + s >= 0), given["sound"], given["scalable"],
            part_of().at(u=u, i=i), opaque=True,
        )
        there = goal.have(
            implies(ratio > 0, both(
                rate > 0, equal(value, weight / rate + (W - weight + s) * (1 / r)),
            )),
            given["from"], given["to"], one_sum().at(u=u, i=i, s=s, x=x), opaque=True,
        )
        tangents = goal.have(
            implies(ratio > 0, value >= weight * (2 - rate) + (W - weight + s) * (2 - r)),
            there, known, given["to"],
            slow().at(w=weight, y=rate), slow().at(w=1, y=r),
            product_nonnegative().at(a=W - weight + s, b=1 / r - (2 - r)), opaque=True,
        )
        yield goal.have(
            implies(ratio > 0, value >= 1), tangents, given["from"], given["whole"],
            given["pays not"], product_nonnegative().at(a=x, b=1 - weight * ratio),
            product_nonnegative().at(a=1 + x, b=W + s - 1), opaque=True,
        )
        parts = goal.have(
            implies(ratio <= 0, both(
                equal(shares().function(left), 0),
                equal(units_time().function(left, 1), W),
            )),
            given["sound"], absent().at(u=u, i=i, x=x, r=1),
        )
        yield goal.have(
            implies(ratio <= 0, equal(value, W + s / 1)), parts, many_time()(left, s)
        )
        yield given["whole"]

    return prove(
        "many-units.no-share",
        forall(
            u, i, s, x,
            given={
                "sound": sound().function(u), "whole": W + s >= 1, "scalable": s >= 0,
                "from": x >= 0, "to": x < 1, "pays not": weight * ratio <= 1,
            },
            then=value >= 1,
        ),
        premises,
    )


def many_units() -> tuple[Theorem, ...]:
    """All parts of ``many-units``."""
    return identity(), none(), collapse(), one_unit(), first(), needed()
