"""Without absorption there is no collapse: the best allocation always lies inside (0,1).

*Results*: ``absorption-needed`` (its parts: :func:`gap`, :func:`attained`, :func:`least`,
:func:`unbounded`, and the edges :func:`none_scalable`, :func:`all_scalable`).

*How it is done*: with u² = s and r² = (1-s)/R, (T(x) - (u+r)²) x (1-x) = (u x - r (1-x))²: a
square, zero exactly where u x = r (1-x), which is at r/(u+r). The square roots are the chosen ones;
all that is used of them is their defining property.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.amdahl import absorption as model
from proofs.amdahl.collapse import one, zero
from proofs.amdahl.objective import square_root
from proofs.amdahl.real import (
    multiply,
    nonzero,
    product,
    product_nonzero,
    quotient,
    quotient_at,
    reals,
    reciprocal_decreasing,
    sign_of_factor,
    square,
)
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, equal, iff, implies, negate

separate_time = once(lambda: define(model.separate_time))


@once
def separate_root() -> Definition:
    """r = sqrt((1-s)/R)."""
    square_root()
    return define(model.separate_root)


@once
def separate_allocation() -> Definition:
    """r/(sqrt(s)+r)."""
    separate_root()
    return define(model.separate_allocation)


@once
def separate_least_time() -> Definition:
    """(sqrt(s)+r)²."""
    separate_root()
    return define(model.separate_least_time)


def whole(R: Term, s: Term) -> dict[str, Term]:
    """The hypotheses: some hardware, and a share."""
    return {"ratio": R > 0, "scalable": s >= 0, "at most all": s <= 1}


def mixed(R: Term, s: Term) -> dict[str, Term]:
    """The hypotheses: some hardware, and work of both kinds."""
    return {"ratio": R > 0, "some scalable": s > 0, "some bounded": s < 1}


def roots(R: Term, s: Term) -> tuple[Term, Term]:
    """u = sqrt(s) and r = sqrt((1-s)/R)."""
    return square_root().function(s), separate_root().function(R, s)


@once
def known_roots() -> Theorem:
    """u² = s and R r² = 1-s, and u and r are not negative."""
    R, s = reals("Rs")
    u, r = roots(R, s)
    under = (1 - s) / R

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in whole(R, s)]
        cleared = goal.have(
            both(equal(under * R, 1 - s), under >= 0), *given, quotient_at(under),
            sign_of_factor().at(d=under, e=R), opaque=True,
        )
        chosen = goal.have(
            both(u >= 0, r >= 0, equal(u * u, s), equal(r * r, under)), *given, cleared,
            square_root()(s), separate_root()(R, s), square_root()(under), opaque=True,
        )
        yield goal.have(
            both(u >= 0, r >= 0, equal(u * u, s), equal(R * (r * r), 1 - s)), cleared, chosen,
            opaque=True,
        )

    return prove(
        "separate-roots",
        forall(
            R, s, given=whole(R, s),
            then=both(u >= 0, r >= 0, equal(u * u, s), equal(R * (r * r), 1 - s)),
        ),
        premises,
        opaque=True,
    )


@once
def gap() -> Theorem:
    """(T(x) - T*) x (1-x) = (u x - r (1-x))²."""
    R, s, x = reals("Rsx")
    u, r = roots(R, s)
    t, best = separate_time(), separate_least_time()
    value, least_time = t.function(R, s, x), best.function(R, s)
    p, q = s / (1 - x), (1 - s) / (R * x)
    away = u * x - r * (1 - x)

    def premises(goal: Goal) -> Iterable[Fact]:
        *given, begin, end = (goal.hypothesis(h.label) for h in goal.statement.hypotheses)
        known = goal.have(
            both(equal(u * u, s), equal(R * (r * r), 1 - s)), *given,
            known_roots().at(R=R, s=s), opaque=True,
        )
        parts = goal.have(
            both(equal(p * (1 - x), s), equal(q * (R * x), 1 - s)), given[0], begin, end,
            product_nonzero().at(a=R, b=x), quotient_at(p), quotient_at(q), opaque=True,
        )
        other = goal.have(
            equal(q * x, r * r), given[0], known, parts,
            sign_of_factor().at(d=q * x - r * r, e=R), opaque=True,
        )
        yield goal.have(
            equal((p + q) * (x * (1 - x)), u * u * x + r * r * (1 - x)), known, parts, other,
            multiply().at(c=p * (1 - x), d=s, e=x), multiply().at(c=q * x, d=r * r, e=1 - x),
            opaque=True,
        )
        yield goal.have(
            both(equal(value, p + q), equal(least_time, (u + r) * (u + r))),
            t(R, s, x), best(R, s), opaque=True,
        )

    return prove(
        "absorption-needed.gap",
        forall(
            R, s, x,
            given={**whole(R, s), "from": nonzero(x), "to": negate(equal(x, 1))},
            then=equal((value - least_time) * (x * (1 - x)), away * away),
        ),
        premises,
        opaque=True,
    )


@once
def inside() -> Theorem:
    """0 < x* < 1, and x* is where u x = r (1-x)."""
    R, s, x = reals("Rsx")
    u, r = roots(R, s)
    place = separate_allocation()
    best = place.function(R, s)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in mixed(R, s)]
        positive = goal.have(
            both(u > 0, r > 0), *given, known_roots().at(R=R, s=s), opaque=True
        )
        cleared = goal.have(
            equal(best * (u + r), r), positive, place(R, s), quotient().at(a=r, b=u + r),
            opaque=True,
        )
        yield goal.have(
            both(best > 0, best < 1), positive, cleared,
            sign_of_factor().at(d=best, e=u + r), sign_of_factor().at(d=1 - best, e=u + r),
            opaque=True,
        )
        apart = goal.have(
            equal((x - best) * (u + r), u * x - r * (1 - x)), cleared, opaque=True
        )
        yield goal.have(
            iff(equal(x, best), equal(u * x, r * (1 - x))), positive, apart,
            sign_of_factor().at(d=x - best, e=u + r), opaque=True,
        )

    return prove(
        "separate-inside",
        forall(
            R, s, x, given=mixed(R, s),
            then=both(best > 0, best < 1, iff(equal(x, best), equal(u * x, r * (1 - x)))),
        ),
        premises,
        opaque=True,
    )


@once
def attained() -> Theorem:
    """The best allocation lies inside (0,1), and its time is T*."""
    R, s = reals("Rs")
    u, r = roots(R, s)
    best = separate_allocation().function(R, s)
    value = separate_time().function(R, s, best)
    least_time = separate_least_time().function(R, s)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in mixed(R, s)]
        place = goal.have(
            both(best > 0, best < 1, equal(u * best, r * (1 - best))), *given,
            inside().at(R=R, s=s, x=best), opaque=True,
        )
        bottom = goal.have(best * (1 - best) > 0, place, product(best, 1 - best), opaque=True)
        none = goal.have(
            equal((value - least_time) * (best * (1 - best)), 0), *given, place,
            gap().at(R=R, s=s, x=best), opaque=True,
        )
        yield place
        yield goal.have(
            equal(value, least_time), bottom, none,
            sign_of_factor().at(d=value - least_time, e=best * (1 - best)), opaque=True,
        )

    return prove(
        "absorption-needed.attained",
        forall(
            R, s, given=mixed(R, s), then=both(best > 0, best < 1, equal(value, least_time))
        ),
        premises,
        opaque=True,
    )


@once
def least() -> Theorem:
    """Every other allocation takes more time."""
    R, s, x = reals("Rsx")
    u, r = roots(R, s)
    t = separate_time().function
    best, least_time = separate_allocation().function(R, s), separate_least_time().function(R, s)
    away = u * x - r * (1 - x)
    another = negate(equal(x, best))

    def premises(goal: Goal) -> Iterable[Fact]:
        *given, begin, end = (goal.hypothesis(h.label) for h in goal.statement.hypotheses)
        apart = goal.have(
            implies(another, away * away > 0), *given, inside().at(R=R, s=s, x=x),
            square().at(a=away), opaque=True,
        )
        bottom = goal.have(x * (1 - x) > 0, begin, end, product(x, 1 - x), opaque=True)
        known = goal.have(
            equal((t(R, s, x) - least_time) * (x * (1 - x)), away * away), *given, begin, end,
            gap().at(R=R, s=s, x=x), opaque=True,
        )
        yield goal.have(
            implies(another, t(R, s, x) > least_time), apart, bottom, known,
            sign_of_factor().at(d=t(R, s, x) - least_time, e=x * (1 - x)), opaque=True,
        )
        yield attained().at(R=R, s=s)

    return prove(
        "absorption-needed.least",
        forall(
            R, s, x,
            given={**mixed(R, s), "from": x > 0, "to": x < 1},
            then=implies(another, t(R, s, x) > t(R, s, best)),
        ),
        premises,
        opaque=True,
    )


@once
def unbounded() -> Theorem:
    """Small allocations take any time M: without specialised hardware the work never ends."""
    R, s, x, M = reals("RsxM")
    t = separate_time()
    p, q = s / (1 - x), (1 - s) / (R * x)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        bottom = goal.have(
            R * x > 0, given["ratio"], given["from"], product(R, x), opaque=True
        )
        yield t(R, s, x)
        yield goal.have(
            p >= 0, given["scalable"], given["to"], quotient_at(p),
            sign_of_factor().at(d=p, e=1 - x), opaque=True,
        )
        yield goal.have(
            q >= M, given["small"], bottom, quotient_at(q),
            sign_of_factor().at(d=q - M, e=R * x), opaque=True,
        )

    return prove(
        "absorption-needed.unbounded",
        forall(
            R, s, x, M,
            given={
                "ratio": R > 0, "scalable": s >= 0, "from": x > 0, "to": x < 1,
                "small": M * (R * x) <= 1 - s,
            },
            then=t.function(R, s, x) >= M,
        ),
        premises,
        opaque=True,
    )


@once
def none_scalable() -> Theorem:
    """Edge s = 0: the time 1/(R x) falls strictly, so that no allocation is best."""
    R, x, y = reals("Rxy")
    t = separate_time()
    u, v = R * x, R * y

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h.label) for h in goal.statement.hypotheses]
        order = goal.have(
            both(u > 0, u < v), *given, product(R, x), product(R, y - x), opaque=True
        )
        yield order
        yield reciprocal_decreasing().at(u=u, v=v)
        for place, below in ((x, u), (y, v)):
            nothing = zero() / (1 - place)
            yield t(R, zero(), place)
            yield goal.have(equal((1 - zero()) / below, 1 / below))
            yield goal.have(
                equal(nothing, 0), *given, quotient_at(nothing),
                product_nonzero().at(a=nothing, b=1 - place), opaque=True,
            )

    return prove(
        "absorption-needed.none-scalable",
        forall(
            R, x, y,
            given={"ratio": R > 0, "from": x > 0, "order": x < y, "to": y < 1},
            then=t.function(R, zero(), y) < t.function(R, zero(), x),
        ),
        premises,
        opaque=True,
    )


@once
def all_scalable() -> Theorem:
    """Edge s = 1: nothing is bounded, and the time is 1/(1-x)."""
    R, x = reals("Rx")
    t = separate_time()
    none = (one() - 1) / (R * x)

    return prove(
        "absorption-needed.all-scalable",
        forall(
            R, x,
            given={"ratio": nonzero(R), "from": nonzero(x)},
            then=equal(t.function(R, one(), x), 1 / (1 - x)),
        ),
        lambda goal: [
            t(R, one(), x),
            goal.have(
                equal(none, 0), goal.hypothesis("ratio"), goal.hypothesis("from"),
                quotient_at(none), product_nonzero().at(a=R, b=x),
                product_nonzero().at(a=none, b=R * x), opaque=True,
            ),
        ],
        opaque=True,
    )


def absorption_needed() -> tuple[Theorem, ...]:
    """All parts of ``absorption-needed``."""
    return gap(), attained(), least(), unbounded(), none_scalable(), all_scalable()
