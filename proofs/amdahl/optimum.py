"""The optimum below the threshold: where it is, how long it takes, and that it is the only one.

*Results*: ``optimum`` (:func:`inside`, :func:`attained`, :func:`least`).

*How it is done*: with A = 1+(R-1)x, B = 1-x and the balance k, where s k^2 = (1-s)(R-1),
(T(x) - T*) R A B = s (A - k B)^2 (:func:`gap`): a square, zero exactly where A = k B, which is at
x*. The square roots are the chosen ones; all that is used of them is their defining property.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from collections.abc import Iterable

from proofs.amdahl.collapse import below_threshold, denominators
from proofs.amdahl.objective import (
    balance,
    optimal_allocation,
    optimal_time,
    square_root,
    threshold,
    time,
)
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
from proofs.kernel.rules import Fact, Goal, Theorem, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, equal, iff, implies, negate


def below(R: Term, s: Term) -> dict[str, Term]:
    """The hypotheses: specialised hardware is better at something, and s is below S_c."""
    return {"ratio": R > 1, "some scalable": s > 0, "threshold": s < threshold().function(R)}


@once
def balanced() -> Theorem:
    """Below the threshold the balance k exceeds 1, and s k^2 = (1-s)(R-1)."""
    R, s = reals("Rs")
    k = balance().function(R, s)
    under = (1 - s) * (R - 1) / s

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in below(R, s)]
        some = goal.hypothesis("some scalable")
        gain = goal.have(
            R * (1 - s) > 1, *given, below_threshold().at(R=R, s=s), opaque=True
        )
        cleared = goal.have(
            equal(under * s, (1 - s) * (R - 1)), some, quotient_at(under), opaque=True
        )
        more = goal.have(
            under > 1, some, gain, cleared, sign_of_factor().at(d=under - 1, e=s), opaque=True
        )
        root = goal.have(
            both(k >= 0, equal(k * k, under)), more, balance()(R, s), square_root()(under),
            opaque=True,
        )
        yield goal.have(k > 1, more, root, square().at(a=k), opaque=True)
        yield goal.have(equal(s * k * k, (1 - s) * (R - 1)), root, cleared, opaque=True)

    return prove(
        "balance-exceeds-one",
        forall(
            R, s, given=below(R, s), then=both(k > 1, equal(s * k * k, (1 - s) * (R - 1)))
        ),
        premises,
        opaque=True,
    )


@once
def best_time() -> Theorem:
    """T* R = s(R-1) + 2 s k + 1 - s."""
    R, s = reals("Rs")
    k, best = balance().function(R, s), optimal_time().function(R, s)
    root = square_root()
    u, v = root.function(s * (R - 1)), root.function(1 - s)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in below(R, s)]
        bounded = goal.have(
            both(R * (1 - s) > 1, s < 1), *given, below_threshold().at(R=R, s=s),
            sign_of_factor().at(d=1 - s, e=R), opaque=True,
        )
        roots = goal.have(
            both(u >= 0, v >= 0, equal(u * u, s * (R - 1)), equal(v * v, 1 - s)),
            *given, bounded, product(s, R - 1), root(s * (R - 1)), root(1 - s), opaque=True,
        )
        known = goal.have(
            both(k > 1, equal(s * k * k, (1 - s) * (R - 1))), *given, balanced().at(R=R, s=s),
            opaque=True,
        )
        squares = goal.have(
            equal(s * k * (s * k), u * v * (u * v)), roots, known, opaque=True
        )
        middle = goal.have(
            equal(s * k, u * v), squares, roots, known, given[1],
            product_nonnegative().at(a=s, b=k), product_nonnegative().at(a=u, b=v),
            equal_squares().at(a=s * k, b=u * v), opaque=True,
        )
        cleared = goal.have(
            equal(best * R, (u + v) * (u + v)), given[0],
            optimal_time()(R, s), quotient().at(a=(u + v) * (u + v), b=R), opaque=True,
        )
        yield goal.have(
            equal(best * R, s * (R - 1) + 2 * s * k + 1 - s), roots, middle, cleared, opaque=True
        )

    return prove(
        "optimal-time-cleared",
        forall(
            R, s, given=below(R, s),
            then=equal(best * R, s * (R - 1) + 2 * s * k + 1 - s),
        ),
        premises,
        opaque=True,
    )


@once
def gap() -> Theorem:
    """(T(x) - T*) R A B = s (A - k B)^2."""
    R, s, x = reals("Rsx")
    k, best = balance().function(R, s), optimal_time().function(R, s)
    t = time()
    a, b = 1 + (R - 1) * x, 1 - x
    p, q = (1 - s) / a, s / b
    value = t.function(R, s, x)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in below(R, s)]
        place = [goal.hypothesis(label) for label in ("from", "to")]
        positive = goal.have(
            both(a > 0, b > 0), given[0], *place, denominators().at(R=R, x=x)
        )
        parts = goal.have(
            both(equal(p * a, 1 - s), equal(q * b, s)), positive, quotient_at(p), quotient_at(q),
            opaque=True,
        )
        known = goal.have(
            equal(s * k * k, (1 - s) * (R - 1)), *given, balanced().at(R=R, s=s), opaque=True
        )
        cleared = goal.have(
            equal(best * R, s * (R - 1) + 2 * s * k + 1 - s), *given, best_time().at(R=R, s=s),
            opaque=True,
        )
        whole = goal.have(
            equal((p + q) * (R * a * b), R * b * (1 - s) + R * a * s), parts,
            multiply().at(c=p * a, d=1 - s, e=R * b), multiply().at(c=q * b, d=s, e=R * a),
            opaque=True,
        )
        share = goal.have(
            equal(best * (R * a * b), (s * (R - 1) + 2 * s * k + 1 - s) * (a * b)), cleared,
            multiply().at(c=best * R, d=s * (R - 1) + 2 * s * k + 1 - s, e=a * b), opaque=True,
        )
        square_of = goal.have(
            equal(
                R * b * (1 - s) + R * a * s - (s * (R - 1) + 2 * s * k + 1 - s) * (a * b),
                s * ((a - k * b) * (a - k * b)),
            ),
            known, multiply().at(c=s * k * k, d=(1 - s) * (R - 1), e=b * b), opaque=True,
        )
        sum_of = goal.have(equal(value, p + q), t(R, s, x), opaque=True)
        yield goal.have(
            equal((value - best) * (R * a * b), s * ((a - k * b) * (a - k * b))),
            whole, share, square_of, sum_of, opaque=True,
        )

    return prove(
        "optimum.gap",
        forall(
            R, s, x, given={**below(R, s), "from": x >= 0, "to": x < 1},
            then=equal((value - best) * (R * a * b), s * ((a - k * b) * (a - k * b))),
        ),
        premises,
        opaque=True,
    )


def best_allocation(R: Term, s: Term) -> Term:
    """x* at the balance of R and s."""
    return optimal_allocation().function(R, balance().function(R, s))


@once
def inside() -> Theorem:
    """0 < x* < 1, and x* is where A = k B."""
    R, s, x = reals("Rsx")
    k = balance().function(R, s)
    best = best_allocation(R, s)
    a, b = 1 + (R - 1) * x, 1 - x

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in below(R, s)]
        more = goal.have(k > 1, *given, balanced().at(R=R, s=s), opaque=True)
        cleared = goal.have(
            equal(best * (k + R - 1), k - 1), given[0], more,
            optimal_allocation()(R, k), quotient().at(a=k - 1, b=k + R - 1), opaque=True,
        )
        yield goal.have(
            both(best > 0, best < 1), given[0], more, cleared,
            sign_of_factor().at(d=best, e=k + R - 1),
            sign_of_factor().at(d=1 - best, e=k + R - 1), opaque=True,
        )
        apart = goal.have(
            equal((x - best) * (k + R - 1), a - k * b), cleared, opaque=True
        )
        yield goal.have(
            iff(equal(x, best), equal(a, k * b)),
            given[0], more, apart, sign_of_factor().at(d=x - best, e=k + R - 1), opaque=True,
        )

    return prove(
        "optimum.inside",
        forall(
            R, s, x, given=below(R, s),
            then=both(
                best > 0, best < 1, iff(equal(x, best), equal(a, k * b))
            ),
        ),
        premises,
        opaque=True,
    )


@once
def attained() -> Theorem:
    """T(x*) = T*, and x* lies inside (0,1)."""
    R, s = reals("Rs")
    k, best = balance().function(R, s), best_allocation(R, s)
    value, least_time = time().function(R, s, best), optimal_time().function(R, s)
    a, b = 1 + (R - 1) * best, 1 - best

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in below(R, s)]
        place = goal.have(
            both(best > 0, best < 1, equal(a, k * b)), *given, inside().at(R=R, s=s, x=best),
            opaque=True,
        )
        bottom = goal.have(
            R * a * b > 0, given[0], place, denominators().at(R=R, x=best),
            product(R, a * b), opaque=True,
        )
        zero_gap = goal.have(
            equal((value - least_time) * (R * a * b), s * ((a - k * b) * (a - k * b))),
            *given, place, gap().at(R=R, s=s, x=best), opaque=True,
        )
        none = goal.have(
            equal(s * ((a - k * b) * (a - k * b)), 0), place, opaque=True
        )
        yield place
        yield goal.have(
            equal(value, least_time), bottom, zero_gap, none,
            sign_of_factor().at(d=value - least_time, e=R * a * b), opaque=True,
        )

    return prove(
        "optimum.attained",
        forall(
            R, s, given=below(R, s),
            then=both(best > 0, best < 1, equal(value, least_time)),
        ),
        premises,
        opaque=True,
    )


@once
def least() -> Theorem:
    """Every other x takes more time."""
    R, s, x = reals("Rsx")
    k, best = balance().function(R, s), best_allocation(R, s)
    t, least_time = time().function, optimal_time().function(R, s)
    a, b = 1 + (R - 1) * x, 1 - x
    difference = (a - k * b) * (a - k * b)
    another = negate(equal(x, best))

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in below(R, s)]
        place = [goal.hypothesis(label) for label in ("from", "to")]
        apart = goal.have(
            implies(another, negate(equal(a, k * b))), *given, inside().at(R=R, s=s, x=x),
            opaque=True,
        )
        positive = goal.have(
            implies(another, s * difference > 0), given[1], apart,
            square().at(a=a - k * b), product(s, difference), opaque=True,
        )
        bottom = goal.have(
            R * a * b > 0, given[0], *place, denominators().at(R=R, x=x), product(R, a * b),
            opaque=True,
        )
        known = goal.have(
            equal((t(R, s, x) - least_time) * (R * a * b), s * difference),
            *given, *place, gap().at(R=R, s=s, x=x), opaque=True,
        )
        more = goal.have(
            implies(another, t(R, s, x) > least_time), bottom, known, positive,
            sign_of_factor().at(d=t(R, s, x) - least_time, e=R * a * b), opaque=True,
        )
        yield goal.have(
            implies(another, t(R, s, x) > t(R, s, best)),
            *given, more, attained().at(R=R, s=s), opaque=True,
        )

    return prove(
        "optimum.least",
        forall(
            R, s, x,
            given={**below(R, s), "from": x >= 0, "to": x < 1},
            then=implies(another, t(R, s, x) > t(R, s, best)),
        ),
        premises,
        opaque=True,
    )


def optimum() -> tuple[Theorem, ...]:
    """All parts of ``optimum``."""
    return attained(), least()
