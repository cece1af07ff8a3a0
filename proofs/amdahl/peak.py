"""The best share is not monotone in the ratio: it rises to a peak, then falls.

*Results*: ``share-not-monotone`` (its parts: :func:`difference`, :func:`rise`, :func:`fall`,
:func:`peak`).

*How it is done*: as s k² = (1-s)(R-1), x* = (1-s)(k-1)/(k d) with d = 1-s+s k, and for two ratios
the difference of the shares is (1-s)(j-k)(1 - s(k-1)(j-1))/(k j d e) (:func:`difference`). So what
decides is whether s(k-1)(j-1) is below 1, and at the peak s(k-1)² is 1: there k = 1 + 1/√s. The
square roots are the chosen ones; all that is used of them is their defining property.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.amdahl import peak as model
from proofs.amdahl.collapse import one
from proofs.amdahl.objective import balance, critical_ratio, optimal_allocation, square_root
from proofs.amdahl.optimum import best_allocation
from proofs.amdahl.real import (
    equal_squares,
    multiply,
    product,
    product_nonnegative,
    quotient,
    quotient_at,
    reals,
    sign_of_factor,
    square,
)
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, equal, iff, implies


@once
def peak_ratio() -> Definition:
    """M = 2/(1-√s)."""
    square_root()
    return define(model.peak_ratio)


@once
def peak_allocation() -> Definition:
    """(1-√s)/(1+√s)."""
    square_root()
    return define(model.peak_allocation)


def mixed(s: Term) -> dict[str, Term]:
    """The hypotheses: work of both kinds."""
    return {"some scalable": s > 0, "some bounded": s < 1}


def weight(s: Term, k: Term) -> Term:
    """d = 1-s+s k, with which x* = (1-s)(k-1)/(k d)."""
    return 1 - s + s * k


@once
def cleared() -> Theorem:
    """For R > 1: k > 0, s k² = (1-s)(R-1), and x* k d = (1-s)(k-1)."""
    R, s = reals("Rs")
    k, best = balance().function(R, s), best_allocation(R, s)
    under = (1 - s) * (R - 1) / s

    def premises(goal: Goal) -> Iterable[Fact]:
        ratio, some, bounded = (goal.hypothesis(h) for h in ("ratio", *mixed(s)))
        turned = goal.have(
            both(equal(under * s, (1 - s) * (R - 1)), under > 0), ratio, some, bounded,
            quotient_at(under), product(1 - s, R - 1), sign_of_factor().at(d=under, e=s),
            opaque=True,
        )
        root = goal.have(
            both(k >= 0, equal(k * k, under)), turned, balance()(R, s), square_root()(under),
            opaque=True,
        )
        positive = goal.have(k > 0, turned, root, square().at(a=k), opaque=True)
        squared = goal.have(
            equal(s * k * k, (1 - s) * (R - 1)), turned, root, opaque=True
        )
        share = goal.have(
            equal(best * (k + R - 1), k - 1), ratio, positive,
            optimal_allocation()(R, k), quotient().at(a=k - 1, b=k + R - 1), opaque=True,
        )
        yield positive
        yield squared
        # (1-s)(k+R-1) = k d.
        yield goal.have(
            equal(best * (k * weight(s, k)), (1 - s) * (k - 1)), squared, share,
            multiply().at(c=best * (k + R - 1), d=k - 1, e=1 - s),
            multiply().at(c=s * k * k, d=(1 - s) * (R - 1), e=best), opaque=True,
        )

    return prove(
        "share-cleared",
        forall(
            R, s, given={"ratio": R > 1, **mixed(s)},
            then=both(
                k > 0, equal(s * k * k, (1 - s) * (R - 1)),
                equal(best * (k * weight(s, k)), (1 - s) * (k - 1)),
            ),
        ),
        premises,
        opaque=True,
    )


@once
def difference() -> Theorem:
    """The difference of the shares of two ratios, cleared of its denominators."""
    R, Q, s = reals("RQs")
    k, j = balance().function(R, s), balance().function(Q, s)
    less, more = best_allocation(R, s), best_allocation(Q, s)
    d, e = weight(s, k), weight(s, j)
    gained = (1 - s) * ((j - k) * (1 - s * ((k - 1) * (j - 1))))

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        kinds = given["some scalable"], given["some bounded"]
        shares = goal.have(
            both(
                equal(less * (k * d), (1 - s) * (k - 1)), equal(more * (j * e), (1 - s) * (j - 1))
            ),
            *given.values(), cleared().at(R=R, s=s), cleared().at(R=Q, s=s), opaque=True,
        )
        yield from kinds
        yield goal.have(
            equal((more - less) * (k * d * (j * e)), gained), shares,
            multiply().at(c=less * (k * d), d=(1 - s) * (k - 1), e=j * e),
            multiply().at(c=more * (j * e), d=(1 - s) * (j - 1), e=k * d), opaque=True,
        )

    return prove(
        "share-not-monotone.difference",
        forall(
            R, Q, s, given={"ratio": R > 1, "other ratio": Q > 1, **mixed(s)},
            then=equal((more - less) * (k * d * (j * e)), gained),
        ),
        premises,
        opaque=True,
    )


@once
def at_peak() -> Theorem:
    """At M, s (k-1)² = 1: k = 1 + 1/√s; and M is above 2."""
    (s,) = reals("s")
    u = square_root().function(s)
    M = peak_ratio().function(s)
    k = balance().function(M, s)

    def premises(goal: Goal) -> Iterable[Fact]:
        some, bounded = (goal.hypothesis(h) for h in mixed(s))
        root = goal.have(
            both(u > 0, u < 1, equal(u * u, s)), some, bounded, square_root()(s),
            square().at(a=u), product_nonnegative().at(a=u - 1, b=u + 1), opaque=True,
        )
        turned = goal.have(
            equal(M * (1 - u), 2), root, peak_ratio()(s), quotient().at(a=2, b=1 - u), opaque=True
        )
        above = goal.have(
            M > 2, root, turned, sign_of_factor().at(d=M - 2, e=1 - u), opaque=True
        )
        squared = goal.have(
            both(k > 0, equal(s * k * k, (1 - s) * (M - 1))), some, bounded, above,
            cleared().at(R=M, s=s), opaque=True,
        )
        # (1-s)(M-1) = (1+u)(2-(1-u)) = (1+u)².
        whole = goal.have(
            equal((1 - s) * (M - 1), (1 + u) * (1 + u)), root, turned,
            multiply().at(c=M * (1 - u), d=2, e=1 + u), opaque=True,
        )
        yield goal.have(
            equal(u * k, 1 + u), root, squared, whole, product(u, k),
            equal_squares().at(a=u * k, b=1 + u), opaque=True,
        )
        yield root
        yield above

    return prove(
        "share-at-peak",
        forall(
            s, given=mixed(s),
            then=both(u > 0, u < 1, equal(u * u, s), M > 2, equal(u * k, 1 + u)),
        ),
        premises,
        opaque=True,
    )


@once
def balance_increases() -> Theorem:
    """k increases strictly with the ratio."""
    R, Q, s = reals("RQs")
    k, j = balance().function(R, s), balance().function(Q, s)

    def premises(goal: Goal) -> Iterable[Fact]:
        ratio, order, some, bounded = (
            goal.hypothesis(h) for h in ("ratio", "order", *mixed(s))
        )
        squared = goal.have(
            both(
                k > 0, j > 0, equal(s * k * k, (1 - s) * (R - 1)),
                equal(s * j * j, (1 - s) * (Q - 1)),
            ),
            ratio, order, some, bounded, cleared().at(R=R, s=s), cleared().at(R=Q, s=s),
            opaque=True,
        )
        apart = goal.have(
            (j - k) * (s * (j + k)) > 0, order, bounded, squared, product(1 - s, Q - R),
            opaque=True,
        )
        positive = goal.have(
            s * (j + k) > 0, some, squared, product(s, j + k), opaque=True
        )
        yield squared
        yield goal.have(
            j > k, apart, positive, sign_of_factor().at(d=j - k, e=s * (j + k)), opaque=True
        )

    return prove(
        "balance-increases",
        forall(
            R, Q, s, given={"ratio": R > 1, "order": R < Q, **mixed(s)},
            then=both(k > 0, j > k),
        ),
        premises,
        opaque=True,
    )


@once
def decided() -> Theorem:
    """Of two ratios the larger one deserves the larger share exactly if s(k-1)(j-1) < 1."""
    R, Q, s = reals("RQs")
    k, j = balance().function(R, s), balance().function(Q, s)
    less, more = best_allocation(R, s), best_allocation(Q, s)
    d, e = weight(s, k), weight(s, j)
    rest = 1 - s * ((k - 1) * (j - 1))

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h) for h in ("ratio", "order", *mixed(s))]
        kinds = given[2:]
        order = goal.have(
            both(k > 0, j > k), *given, balance_increases().at(R=R, Q=Q, s=s), opaque=True
        )
        weights = goal.have(
            both(k * d > 0, j * e > 0, (1 - s) * (j - k) > 0), *kinds, order,
            product(s, k), product(s, j), product(k, d), product(j, e), product(1 - s, j - k),
            opaque=True,
        )
        bottom = goal.have(
            k * d * (j * e) > 0, weights, product(k * d, j * e), opaque=True
        )
        known = goal.have(
            equal((more - less) * (k * d * (j * e)), rest * ((1 - s) * (j - k))), *given,
            difference().at(R=R, Q=Q, s=s), opaque=True,
        )
        yield goal.have(
            both(iff(more > less, rest > 0), iff(less > more, 0 > rest)), weights, bottom, known,
            sign_of_factor().at(d=more - less, e=k * d * (j * e)),
            sign_of_factor().at(d=rest, e=(1 - s) * (j - k)), opaque=True,
        )

    return prove(
        "share-decided",
        forall(
            R, Q, s, given={"ratio": R > 1, "order": R < Q, **mixed(s)},
            then=both(iff(more > less, rest > 0), iff(less > more, 0 > rest)),
        ),
        premises,
        opaque=True,
    )


@once
def rise_mixed() -> Theorem:
    """Up to M, the larger ratio deserves the larger share, if some work is bounded."""
    R, Q, s = reals("RQs")
    M = peak_ratio().function(s)
    k, j, top = (balance().function(each, s) for each in (R, Q, M))
    u = square_root().function(s)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h) for h in ("ratio", "order", *mixed(s))]
        ends, kinds = goal.hypothesis("to"), given[2:]
        order = goal.have(
            both(k > 0, j > k), *given, balance_increases().at(R=R, Q=Q, s=s), opaque=True
        )
        peak = goal.have(
            both(u > 0, u < 1, equal(u * u, s), equal(u * top, 1 + u)), *kinds, at_peak().at(s=s),
            opaque=True,
        )
        bound = goal.have(
            top >= j, *given, ends, balance_increases().at(R=Q, Q=M, s=s)
        )
        # u(j-1) ≤ 1, u(k-1) < 1, and both are above -1.
        small = goal.have(
            both(u * (j - 1) <= 1, u * (k - 1) < 1, u * (k - 1) > -1, u * (j - 1) > -1),
            order, peak, bound, product_nonnegative().at(a=u, b=top - j), product(u, j - k),
            product(u, k), opaque=True,
        )
        less = goal.have(
            u * (k - 1) * (u * (j - 1)) < 1, small,
            product_nonnegative().at(a=1 - u * (j - 1), b=1 + u * (k - 1)),
            product(1 - u * (k - 1), 1 + u * (j - 1)), opaque=True,
        )
        yield goal.have(
            1 - s * ((k - 1) * (j - 1)) > 0, peak, less, opaque=True
        )
        yield decided().at(R=R, Q=Q, s=s)

    return prove(
        "share-rises",
        forall(
            R, Q, s, given={"ratio": R > 1, "order": R < Q, "to": Q <= M, **mixed(s)},
            then=best_allocation(R, s) < best_allocation(Q, s),
        ),
        premises,
        opaque=True,
    )


@once
def share_of_all_scalable() -> Theorem:
    """Edge s = 1: the balance is 0, and the formula for the share gives -1/(R-1)."""
    (R,) = reals("R")
    k, best = balance().function(R, 1), best_allocation(R, one())
    under = (1 - one()) * (R - 1) / 1

    def premises(goal: Goal) -> Iterable[Fact]:
        ratio = goal.hypothesis("ratio")
        none = goal.have(
            equal(under, 0), quotient().at(a=(1 - one()) * (R - 1), b=1), opaque=True
        )
        root = goal.have(
            equal(k, 0), none, balance()(R, 1), square_root()(under), square().at(a=k), opaque=True
        )
        yield goal.have(
            equal(best * (R - 1), -1), ratio, root, optimal_allocation()(R, k),
            quotient().at(a=k - 1, b=k + R - 1), opaque=True,
        )

    return prove(
        "share-of-all-scalable",
        forall(R, given={"ratio": R > 1}, then=equal(best * (R - 1), -1)),
        premises,
        opaque=True,
    )


@once
def below_peak() -> Theorem:
    """A ratio up to M is above 1 for s <= 1 only: beyond, M is negative."""
    R, s = reals("Rs")
    M, u = peak_ratio().function(s), square_root().function(s)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h) for h in ("ratio", "to", "some scalable")]
        root = goal.have(
            implies(s > 1, u > 1), given[2], square_root()(s),
            product_nonnegative().at(a=1 - u, b=1 + u), opaque=True,
        )
        yield goal.have(
            s <= 1, *given, root, peak_ratio()(s), quotient().at(a=2, b=1 - u),
            product(M, u - 1), opaque=True,
        )

    return prove(
        "share-below-peak",
        forall(R, s, given={"ratio": R > 1, "to": R <= M, "some scalable": s > 0}, then=s <= 1),
        premises,
        opaque=True,
    )


@once
def rise() -> Theorem:
    """Up to M, the larger ratio deserves the larger share."""
    R, Q, s = reals("RQs")
    M = peak_ratio().function(s)
    less, more = best_allocation(R, s), best_allocation(Q, s)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(h) for h in ("ratio", "order", "to", "some scalable")]
        yield rise_mixed().at(R=R, Q=Q, s=s)
        all_scalable = goal.have(
            implies(
                equal(s, 1), both(equal(less * (R - 1), -1), equal(more * (Q - 1), -1))
            ),
            *given, share_of_all_scalable().at(R=R), share_of_all_scalable().at(R=Q),
        )
        yield goal.have(
            implies(equal(s, 1), less < more), *given, all_scalable, product(R - 1, Q - 1),
            sign_of_factor().at(d=-less, e=R - 1),
            sign_of_factor().at(d=more - less, e=Q - 1), opaque=True,
        )
        yield below_peak().at(R=Q, s=s)

    return prove(
        "share-not-monotone.rise",
        forall(
            R, Q, s,
            given={"ratio": R > 1, "order": R < Q, "to": Q <= M, "some scalable": s > 0},
            then=less < more,
        ),
        premises,
        opaque=True,
    )


@once
def fall() -> Theorem:
    """From M on, the larger ratio deserves the smaller share."""
    R, Q, s = reals("RQs")
    M = peak_ratio().function(s)
    k, j, top = (balance().function(each, s) for each in (R, Q, M))
    u = square_root().function(s)

    def premises(goal: Goal) -> Iterable[Fact]:
        begins, order = goal.hypothesis("from"), goal.hypothesis("order")
        kinds = [goal.hypothesis(h) for h in mixed(s)]
        peak = goal.have(
            both(u > 0, equal(u * u, s), M > 2, equal(u * top, 1 + u)), *kinds, at_peak().at(s=s),
            opaque=True,
        )
        known = goal.have(
            both(j > k, k >= top), begins, order, *kinds, peak,
            balance_increases().at(R=R, Q=Q, s=s), balance_increases().at(R=M, Q=R, s=s),
        )
        large = goal.have(
            both(u * (k - 1) >= 1, u * (j - 1) > 1), peak, known,
            product_nonnegative().at(a=u, b=k - top), product(u, j - k), opaque=True,
        )
        more = goal.have(
            u * (k - 1) * (u * (j - 1)) > 1, large,
            product_nonnegative().at(a=u * (k - 1) - 1, b=u * (j - 1)), opaque=True,
        )
        yield goal.have(
            0 > 1 - s * ((k - 1) * (j - 1)), peak, more, opaque=True
        )
        yield goal.have(R > 1, begins, peak, opaque=True)
        yield decided().at(R=R, Q=Q, s=s)

    return prove(
        "share-not-monotone.fall",
        forall(
            R, Q, s, given={"from": R >= M, "order": R < Q, **mixed(s)},
            then=best_allocation(Q, s) < best_allocation(R, s),
        ),
        premises,
        opaque=True,
    )


@once
def peak() -> Theorem:
    """M is above R_c, and x*(M) = (1-√s)/(1+√s)."""
    (s,) = reals("s")
    u, M = square_root().function(s), peak_ratio().function(s)
    top = balance().function(M, s)
    best, value = best_allocation(M, s), peak_allocation().function(s)
    critical = critical_ratio()
    c = critical.function(s)

    def premises(goal: Goal) -> Iterable[Fact]:
        kinds = [goal.hypothesis(h) for h in mixed(s)]
        known = goal.have(
            both(u > 0, u < 1, equal(u * u, s), M > 2, equal(u * top, 1 + u)), *kinds,
            at_peak().at(s=s), opaque=True,
        )
        turned = goal.have(
            both(equal(M * (1 - u), 2), equal(c * (1 - s), 1), equal(value * (1 + u), 1 - u)),
            *kinds, known, peak_ratio()(s), critical(s), peak_allocation()(s),
            quotient().at(a=2, b=1 - u), quotient().at(a=1, b=1 - s),
            quotient().at(a=1 - u, b=1 + u), opaque=True,
        )
        # (M - R_c)(1-s) = 2(1+u) - 1.
        yield goal.have(
            M > c, *kinds, known, turned, multiply().at(c=M * (1 - u), d=2, e=1 + u),
            sign_of_factor().at(d=M - c, e=1 - s), opaque=True,
        )
        share = goal.have(
            equal(best * (top + M - 1), top - 1), known, optimal_allocation()(M, top),
            quotient().at(a=top - 1, b=top + M - 1), goal.have(
                top > 0, known, sign_of_factor().at(d=top, e=u), opaque=True
            ), opaque=True,
        )
        # u (top - 1) = 1, and u (top + M - 1)(1-u) = (1+u)(1-u) + u(1+u) = 1 + u.
        whole = goal.have(
            equal((top + M - 1) * (u * (1 - u)), 1 + u), known, turned,
            multiply().at(c=M * (1 - u), d=2, e=u),
            multiply().at(c=u * top, d=1 + u, e=1 - u), opaque=True,
        )
        rate = goal.have(
            equal(best * (1 + u), 1 - u), known, share, whole,
            multiply().at(c=best * (top + M - 1), d=top - 1, e=u * (1 - u)),
            multiply().at(c=(top + M - 1) * (u * (1 - u)), d=1 + u, e=best),
            multiply().at(c=u * top, d=1 + u, e=1 - u), opaque=True,
        )
        yield goal.have(
            equal(best, value), known, turned, rate,
            sign_of_factor().at(d=best - value, e=1 + u), opaque=True,
        )

    return prove(
        "share-not-monotone.peak",
        forall(s, given=mixed(s), then=both(M > c, equal(best, value))),
        premises,
        opaque=True,
    )


def share_not_monotone() -> tuple[Theorem, ...]:
    """All parts of ``share-not-monotone``."""
    return difference(), rise(), fall(), peak()
