"""On which side of a share the best share is, under a bandwidth limit.

*Definitions* accepted by the kernel: :func:`bandwidth_side` (f), :func:`bounded_share`,
:func:`bounded_time`.

*Results*: parts of ``bandwidth``: the identity :func:`gap`; :func:`left`, :func:`right`, by which
the sign of f at x says on which side of x all shares take more time; :func:`ends`, the signs of f
at 0 and 1; :func:`none_scalable`, the best share in closed form where no work is scalable.

*How it is done*: with t = y-x, T_γ(y) - T_γ(x) is t D over something positive, where
D = s N(x) N(y) - (1-s)(R - B(x)B(y))(1-x)(1-y) (:func:`gap`), and D N(x) is
f(x) N(y) + (1-s)(1-x) t K (:func:`regrouped`). K (:func:`room`) is positive as long as B² is at
most R. So a root of f is the only minimiser, and no derivative is taken. Where B² exceeds R, f is
positive, and so is D to the right of x.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.amdahl import bandwidth as model
from proofs.amdahl.bandwidth_time import bandwidth_time, crowding, place, positive, rated, turned
from proofs.amdahl.collapse import below_threshold, one, zero
from proofs.amdahl.objective import square_root, threshold
from proofs.amdahl.real import (
    cancel,
    multiply,
    nonzero,
    product,
    product_nonnegative,
    product_nonzero,
    quotient,
    quotient_at,
    reals,
    sign_of_factor,
    square,
)
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, define, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, either, equal, iff, implies

bandwidth_side = once(lambda: define(model.bandwidth_side))


def side(R: Term, s: Term, g: Term, x: Term) -> Term:
    """What has the sign of T_γ's slope at x."""
    return bandwidth_side().function(R, s, g, x)


def room(R: Term, g: Term, x: Term, y: Term) -> Term:
    """What keeps the times on both sides of a minimiser apart from it."""
    b = crowding(R, g, x)
    n = rated(R, g, x)
    return (R - b * b) * ((1 - x) * (g * R * (1 - y) + R - b) + n) + b * g * R * (1 - y) * n


@once
def weighed() -> Theorem:
    """Two differences over denominators of their own, added up with the weights 1-s and s."""
    w, s, d, e, a, n, u, t = reals("wsdeanut")
    return prove(
        "weighed-differences",
        forall(
            w, s, d, e, a, n, u, t,
            given={
                "sum": equal(w, (1 - s) * d + s * e), "first": equal(d * n, t * a),
                "second": equal(e * u, t),
            },
            then=equal(w * (u * n), t * (s * n - (1 - s) * (-a) * u)),
        ),
        lambda goal: [
            goal.hypothesis("sum"),
            multiply().at(c=d * n, d=t * a, e=(1 - s) * u), goal.hypothesis("first"),
            multiply().at(c=e * u, d=t, e=s * n), goal.hypothesis("second"),
            multiply().at(c=w, d=(1 - s) * d + s * e, e=u * n),
        ],
        opaque=True,
    )


@once
def chained() -> Theorem:
    """If w = t c and c n = x, then w n = t x."""
    w, t, c, n, x = reals("wtcnx")
    return prove(
        "chained",
        forall(
            w, t, c, n, x, then=implies(both(equal(w, t * c), equal(c * n, x)),
                                        equal(w * n, t * x)),
        ),
    )


def changed(R: Term, s: Term, g: Term, x: Term, y: Term) -> Term:
    """What T_γ(y) - T_γ(x) has the sign of, for y > x."""
    over = crowding(R, g, x) * crowding(R, g, y) - R
    return s * (rated(R, g, x) * rated(R, g, y)) - (1 - s) * (-over) * ((1 - x) * (1 - y))


@once
def gap() -> Theorem:
    """T_γ(y) - T_γ(x) over a common denominator."""
    R, s, g, x, y = reals("Rsgxy")
    t = bandwidth_time().function
    b, c = crowding(R, g, x), crowding(R, g, y)
    n, m, u, v = rated(R, g, x), rated(R, g, y), 1 - x, 1 - y
    p, q, first, second = b / n, c / m, 1 / u, 1 / v
    change = changed(R, s, g, x, y)
    less = t(R, s, g, y) - t(R, s, g, x)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        times = goal.have(
            equal(less, (1 - s) * (q - p) + s * (second - first)), *given.values(),
            turned().at(R=R, s=s, g=g, x=x), turned().at(R=R, s=s, g=g, x=y), opaque=True,
        )
        bounded = goal.have(
            equal((q - p) * (n * m), (y - x) * (b * c - R)), given["bounded"], given["bounded'"],
            quotient_at(p), quotient_at(q), multiply().at(c=p * n, d=b, e=m),
            multiply().at(c=q * m, d=c, e=n), opaque=True,
        )
        scalable = goal.have(
            equal((second - first) * (u * v), y - x), given["scalable"], given["scalable'"],
            quotient_at(first), quotient_at(second), multiply().at(c=first * u, d=1, e=v),
            multiply().at(c=second * v, d=1, e=u), opaque=True,
        )
        yield goal.have(
            equal(less * (u * v * (n * m)), (y - x) * change), times, bounded, scalable,
            weighed().at(
                w=less, s=s, d=q - p, e=second - first, a=b * c - R, n=n * m, u=u * v, t=y - x
            ),
            opaque=True,
        )

    return prove(
        "bandwidth.gap",
        forall(
            R, s, g, x, y,
            given={
                "crowded": nonzero(b), "crowded'": nonzero(c),
                "bounded": nonzero(n), "bounded'": nonzero(m),
                "scalable": nonzero(u), "scalable'": nonzero(v),
            },
            then=equal(less * (u * v * (n * m)), (y - x) * change),
        ),
        premises,
        opaque=True,
    )


@once
def regrouped() -> Theorem:
    """:func:`changed`, times N, by the side of x."""
    R, s, g, x, y = reals("Rsgxy")
    b, n, u = crowding(R, g, x), rated(R, g, x), 1 - x
    turn = side(R, s, g, x)
    plain = s * (n * n) - (1 - s) * (R - b * b) * (u * u)
    rest = (1 - s) * u * (y - x) * room(R, g, x, y)
    return prove(
        "bandwidth.regrouped",
        forall(
            R, s, g, x, y,
            then=equal(changed(R, s, g, x, y) * n, turn * rated(R, g, y) + rest),
        ),
        lambda goal: [
            goal.have(equal(turn, plain), bandwidth_side()(R, s, g, x), opaque=True),
            goal.have(
                equal(changed(R, s, g, x, y) * n, plain * rated(R, g, y) + rest), opaque=True
            ),
            multiply().at(c=turn, d=plain, e=rated(R, g, y)),
        ],
        opaque=True,
    )


def general(R: Term, s: Term, g: Term) -> dict[str, Term]:
    """The hypotheses: specialised hardware is better at something, and s is not negative."""
    return {"ratio": R > 1, "scalable": s >= 0, "bandwidth": g >= 0}


@once
def either_positive() -> Theorem:
    """a + b is positive if neither is negative, a is positive where d is, b where e is, and e is
    positive where d is 0."""
    a, b, d, e = reals("abde")
    return prove(
        "either-positive",
        forall(
            a, b, d, e,
            then=implies(
                both(
                    d >= 0, implies(equal(d, 0), e > 0), a >= 0, implies(d > 0, a > 0),
                    b >= 0, implies(e > 0, b > 0),
                ),
                a + b > 0,
            ),
        ),
    )


@once
def roomy() -> Theorem:
    """While B² is at most R, :func:`room` is positive."""
    R, g, x, y = reals("Rgxy")
    b, n = crowding(R, g, x), rated(R, g, x)
    spare = R - b * b
    wide = g * R * (1 - y)
    inner = (1 - x) * (wide + R - b) + n

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        crowded = goal.have(
            both(g * R >= 0, g * R * x >= 0, wide >= 0), *given.values(),
            product_nonnegative().at(a=g, b=R), product_nonnegative().at(a=g * R, b=x),
            product_nonnegative().at(a=g * R, b=1 - y), opaque=True,
        )
        rates = goal.have(
            n > 0, given["ratio"], given["bandwidth"], given["x from"], given["x to"],
            positive().at(R=R, g=g, x=x), opaque=True,
        )
        # B is at most B², and that at most R.
        more = goal.have(
            R - b >= 0, crowded, given["under"], product_nonnegative().at(a=b, b=b - 1),
            opaque=True,
        )
        inside = goal.have(
            inner > 0, crowded, rates, more, given["x to"],
            product_nonnegative().at(a=1 - x, b=wide + R - b), opaque=True,
        )
        # Where B² = R, B is more than 1, and so γ more than 0.
        tight = goal.have(
            implies(equal(spare, 0), wide > 0), given["ratio"], crowded, given["y to"],
            product(g * R, 1 - y),
            goal.have(
                implies(equal(spare, 0), nonzero(g * R)), given["ratio"],
                product_nonzero().at(a=g * R, b=x), opaque=True,
            ),
            opaque=True,
        )
        first, second = spare * inner, b * wide * n
        parts = goal.have(
            both(
                first >= 0, implies(spare > 0, first > 0),
                second >= 0, implies(wide > 0, second > 0),
            ),
            given["under"], crowded, rates, inside, product_nonnegative().at(a=spare, b=inner),
            product(spare, inner), product_nonnegative().at(a=b, b=wide), product(b, wide),
            product_nonnegative().at(a=b * wide, b=n), product(b * wide, n), opaque=True,
        )
        yield goal.have(
            first + second > 0, given["under"], tight, parts,
            either_positive().at(a=first, b=second, d=spare, e=wide), opaque=True,
        )
        yield goal.have(equal(room(R, g, x, y), first + second), opaque=True)

    return prove(
        "bandwidth-room",
        forall(
            R, g, x, y,
            given={
                "ratio": R > 1, "bandwidth": g >= 0, "x from": x >= 0, "x to": x < 1,
                "y to": y < 1, "under": b * b <= R,
            },
            then=room(R, g, x, y) > 0,
        ),
        premises,
        opaque=True,
    )


@once
def mixture() -> Theorem:
    """s a + (1-s) e w is positive for positive a, e, w."""
    s, a, e, w = reals("saew")
    return prove(
        "mixture",
        forall(
            s, a, e, w,
            given={"from": s >= 0, "to": s < 1, "a": a > 0, "e": e > 0, "w": w > 0},
            then=s * a + (1 - s) * e * w > 0,
        ),
        lambda goal: [
            *(goal.hypothesis(h.label) for h in goal.statement.hypotheses),
            product_nonnegative().at(a=s, b=a), product(1 - s, e), product((1 - s) * e, w),
        ],
        opaque=True,
    )


@once
def crowded_side() -> Theorem:
    """Where B² exceeds R, or all work is scalable, the best share is left of x."""
    R, s, g, x = reals("Rsgx")
    b, n, u = crowding(R, g, x), rated(R, g, x), 1 - x
    over = b * b - R

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        rates = goal.have(
            both(n > 0, u > 0, b > 0), given["ratio"], given["bandwidth"], given["from"],
            given["to"], positive().at(R=R, g=g, x=x), opaque=True,
        )
        yield goal.have(
            equal(side(R, s, g, x), s * (n * n) + (1 - s) * over * (u * u)),
            bandwidth_side()(R, s, g, x), opaque=True,
        )
        squares = goal.have(
            both(n * n > 0, u * u > 0), rates, product(n, n), product(u, u), opaque=True
        )
        yield goal.have(
            implies(both(s < 1, over > 0), s * (n * n) + (1 - s) * over * (u * u) > 0),
            squares, given["scalable"], mixture().at(s=s, a=n * n, e=over, w=u * u), opaque=True,
        )
        # N is u B and R x, so that N² is at least u² B².
        more = goal.have(
            n * n - over * (u * u) >= 0, given["ratio"], given["from"], rates,
            product_nonnegative().at(a=R, b=x), product_nonnegative().at(a=u, b=b),
            product_nonnegative().at(a=u * b, b=R * x), product_nonnegative().at(a=R * x, b=R * x),
            product_nonnegative().at(a=R, b=u * u), squares, opaque=True,
        )
        yield goal.have(
            implies(s >= 1, s * (n * n) + (1 - s) * over * (u * u) > 0), squares, more,
            surplus().at(s=s, a=n * n, e=over * (u * u)), opaque=True,
        )
        yield given["over"]

    return prove(
        "bandwidth-crowded-side",
        forall(
            R, s, g, x,
            given={
                "ratio": R >= 0, "scalable": s >= 0, "bandwidth": g >= 0, **place(x),
                "over": either(over > 0, s >= 1),
            },
            then=side(R, s, g, x) > 0,
        ),
        premises,
        opaque=True,
    )


@once
def surplus() -> Theorem:
    """s a + (1-s) e is positive for s >= 1, a > 0 and a >= e."""
    s, a, e = reals("sae")
    return prove(
        "surplus",
        forall(
            s, a, e, given={"all": s >= 1, "a": a > 0, "more": a - e >= 0},
            then=s * a + (1 - s) * e > 0,
        ),
        lambda goal: [
            *(goal.hypothesis(h.label) for h in goal.statement.hypotheses),
            product_nonnegative().at(a=s - 1, b=a - e),
        ],
        opaque=True,
    )


def total(R: Term, s: Term, g: Term, x: Term, y: Term) -> Term:
    """What T_γ(y) - T_γ(x) has the sign of, for y > x."""
    kept = (1 - s) * (1 - x) * (y - x) * room(R, g, x, y)
    return side(R, s, g, x) * rated(R, g, y) + kept


@once
def over() -> Theorem:
    """Where B² exceeds R, or all work is scalable, :func:`total` is positive right of x."""
    R, s, g, x, y = reals("Rsgxy")
    b, c = crowding(R, g, x), crowding(R, g, y)
    n, m = rated(R, g, x), rated(R, g, y)
    u, v, step = 1 - x, 1 - y, y - x
    change = changed(R, s, g, x, y)
    plain = s * (n * m) + (1 - s) * (b * c - R) * (u * v)
    whole = total(R, s, g, x, y)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        sized = goal.have(
            both(b > 0, c > 0, n > 0, m > 0, u > 0, v > 0), *given.values(),
            positive().at(R=R, g=g, x=x), positive().at(R=R, g=g, x=y), opaque=True,
        )
        crowded = goal.have(
            implies(b * b > R, b * c - R > 0), *given.values(), sized,
            product_nonnegative().at(a=g, b=R), product_nonnegative().at(a=g * R, b=step),
            product_nonnegative().at(a=b, b=c - b), opaque=True,
        )
        rates = goal.have(both(n * m > 0, u * v > 0), sized, product(n, m), product(u, v))
        wide = goal.have(
            implies(both(s < 1, b * b > R), plain > 0), given["scalable"], crowded, rates,
            mixture().at(s=s, a=n * m, e=b * c - R, w=u * v), opaque=True,
        )
        # N N' is at least (1-x)B (1-y)B'.
        more = goal.have(
            n * m - (b * c - R) * (u * v) >= 0, *given.values(), sized, rates,
            product_nonnegative().at(a=R, b=x), product_nonnegative().at(a=R, b=y),
            product_nonnegative().at(a=u, b=b), product_nonnegative().at(a=v, b=c),
            product_nonnegative().at(a=u * b, b=R * y), product_nonnegative().at(a=v * c, b=R * x),
            product_nonnegative().at(a=R * x, b=R * y), product_nonnegative().at(a=R, b=u * v),
            opaque=True,
        )
        all_scalable = goal.have(
            implies(s >= 1, plain > 0), rates, more,
            surplus().at(s=s, a=n * m, e=(b * c - R) * (u * v)), opaque=True,
        )
        moved = goal.have(
            change > 0, goal.have(plain > 0, wide, all_scalable, given["over"], opaque=True),
            goal.have(equal(change, plain), opaque=True), opaque=True,
        )
        yield regrouped().at(R=R, s=s, g=g, x=x, y=y)
        yield goal.have(change * n > 0, moved, sized, product(change, n), opaque=True)

    return prove(
        "bandwidth-over",
        forall(
            R, s, g, x, y,
            given={
                "ratio": R >= 0, "scalable": s >= 0, "bandwidth": g >= 0,
                "from": x >= 0, "order": x < y, "to": y < 1, "over": either(b * b > R, s >= 1),
            },
            then=whole > 0,
        ),
        premises,
        opaque=True,
    )


@once
def quotient_positive() -> Theorem:
    """What a positive number multiplies to a positive one is positive."""
    a, e, z = reals("aez")
    return prove(
        "quotient-positive",
        forall(a, e, z, then=implies(both(equal(a * e, z), e > 0, z > 0), a > 0)),
    )


def both_places(x: Term, y: Term) -> dict[str, Term]:
    """The hypotheses: x and y are shares."""
    return {"x from": x >= 0, "x to": x < 1, "y from": y >= 0, "y to": y < 1}


@once
def later() -> Theorem:
    """T_γ(y) > T_γ(x) if y - x and :func:`total` have the same sign."""
    R, s, g, x, y = reals("Rsgxy")
    t = bandwidth_time().function
    n, m = rated(R, g, x), rated(R, g, y)
    u, v, step = 1 - x, 1 - y, y - x
    less = t(R, s, g, y) - t(R, s, g, x)
    bottom = u * v * (n * m) * n

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        sized = goal.have(
            both(crowding(R, g, x) > 0, crowding(R, g, y) > 0, n > 0, m > 0, u > 0, v > 0),
            *(given[label] for label in ("ratio", "bandwidth", *both_places(x, y))),
            positive().at(R=R, g=g, x=x), positive().at(R=R, g=g, x=y), opaque=True,
        )
        cleared = goal.have(
            equal(less * bottom, step * total(R, s, g, x, y)), sized,
            gap().at(R=R, s=s, g=g, x=x, y=y), regrouped().at(R=R, s=s, g=g, x=x, y=y),
            chained().at(
                w=less * (u * v * (n * m)), t=step, c=changed(R, s, g, x, y), n=n,
                x=total(R, s, g, x, y),
            ),
            opaque=True,
        )
        below = goal.have(
            bottom > 0, sized, product(u, v), product(n, m), product(u * v, n * m),
            product(u * v * (n * m), n), opaque=True,
        )
        yield goal.have(
            less > 0, cleared, below, given["same sign"],
            quotient_positive().at(a=less, e=bottom, z=step * total(R, s, g, x, y)), opaque=True,
        )

    return prove(
        "bandwidth-later",
        forall(
            R, s, g, x, y,
            given={
                "ratio": R >= 0, "bandwidth": g >= 0, **both_places(x, y),
                "same sign": step * total(R, s, g, x, y) > 0,
            },
            then=t(R, s, g, y) > t(R, s, g, x),
        ),
        premises,
        opaque=True,
    )


@once
def positive_total() -> Theorem:
    """f m + (1-s) u t k is positive, for t > 0, s < 1, f not negative and k positive."""
    f, m, s, u, t, k = reals("fmsutk")
    return prove(
        "positive-total",
        forall(
            f, m, s, u, t, k,
            given={
                "rate": m > 0, "part": u > 0, "step": t > 0, "side": f >= 0, "some bounded": s < 1,
                "room": k > 0,
            },
            then=f * m + (1 - s) * u * t * k > 0,
        ),
        lambda goal: [
            *(goal.hypothesis(h.label) for h in goal.statement.hypotheses),
            product(1 - s, u), product((1 - s) * u, t), product((1 - s) * u * t, k),
            product_nonnegative().at(a=f, b=m),
        ],
        opaque=True,
    )


@once
def negative_total() -> Theorem:
    """f m + (1-s) u t k is negative, for t < 0 and f not positive."""
    f, m, s, u, t, k = reals("fmsutk")
    return prove(
        "negative-total",
        forall(
            f, m, s, u, t, k,
            given={
                "rate": m > 0, "part": u > 0, "step": t < 0, "side": f <= 0, "some bounded": s < 1,
                "room": k > 0,
            },
            then=-(f * m + (1 - s) * u * t * k) > 0,
        ),
        lambda goal: [
            *(goal.hypothesis(h.label) for h in goal.statement.hypotheses),
            product(1 - s, u), product((1 - s) * u, -t), product((1 - s) * u * (-t), k),
            product_nonnegative().at(a=-f, b=m),
        ],
        opaque=True,
    )


@once
def negatives() -> Theorem:
    """A product of negative numbers is positive."""
    a, b = reals("ab")
    return prove("negatives", forall(a, b, then=implies(both(a < 0, -b > 0), a * b > 0)))


@once
def right() -> Theorem:
    """If the best share is not right of x, every share there takes more time than x."""
    R, s, g, x, y = reals("Rsgxy")
    t, turn = bandwidth_time().function, side(R, s, g, x)
    b, m = crowding(R, g, x), rated(R, g, y)
    u, step, kept = 1 - x, y - x, room(R, g, x, y)
    whole = total(R, s, g, x, y)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        order = goal.have(
            both(step > 0, u > 0), given["order"], given["y to"], opaque=True
        )
        rates = goal.have(
            m > 0, *given.values(), positive().at(R=R, g=g, x=y), opaque=True
        )
        wide = goal.have(
            implies(b * b <= R, kept > 0), *given.values(), roomy().at(R=R, g=g, x=x, y=y),
            opaque=True,
        )
        roomed = goal.have(
            implies(both(s < 1, b * b <= R), whole > 0), order, rates, wide, given["side"],
            positive_total().at(f=turn, m=m, s=s, u=u, t=step, k=kept), opaque=True,
        )
        beyond = goal.have(
            implies(either(b * b > R, s >= 1), whole > 0), *given.values(),
            over().at(R=R, s=s, g=g, x=x, y=y), opaque=True,
        )
        signed = goal.have(whole > 0, roomed, beyond, opaque=True)
        yield goal.have(step * whole > 0, order, signed, product(step, whole), opaque=True)
        yield later().at(R=R, s=s, g=g, x=x, y=y)
        yield from given.values()

    return prove(
        "bandwidth.right",
        forall(
            R, s, g, x, y,
            given={
                **general(R, s, g), "from": x >= 0, "order": x < y, "y to": y < 1,
                "side": turn >= 0,
            },
            then=t(R, s, g, y) > t(R, s, g, x),
        ),
        premises,
        opaque=True,
    )


@once
def left() -> Theorem:
    """If the best share is not left of x, every share there takes more time than x."""
    R, s, g, x, y = reals("Rsgxy")
    t, turn = bandwidth_time().function, side(R, s, g, x)
    b, m = crowding(R, g, x), rated(R, g, y)
    u, kept = 1 - x, room(R, g, x, y)
    whole = total(R, s, g, x, y)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        order = goal.have(
            both(y - x < 0, u > 0), given["order"], given["x to"], opaque=True
        )
        rates = goal.have(
            m > 0, *given.values(), positive().at(R=R, g=g, x=y), opaque=True
        )
        under = goal.have(
            both(s < 1, b * b <= R), *given.values(), crowded_side().at(R=R, s=s, g=g, x=x),
            opaque=True,
        )
        wide = goal.have(
            kept > 0, *given.values(), under, roomy().at(R=R, g=g, x=x, y=y), opaque=True
        )
        signed = goal.have(
            -whole > 0, order, rates, under, wide, given["side"],
            negative_total().at(f=turn, m=m, s=s, u=u, t=y - x, k=kept), opaque=True,
        )
        yield goal.have(
            (y - x) * whole > 0, order, signed, negatives().at(a=y - x, b=whole), opaque=True
        )
        yield later().at(R=R, s=s, g=g, x=x, y=y)
        yield from given.values()

    return prove(
        "bandwidth.left",
        forall(
            R, s, g, x, y,
            given={
                **general(R, s, g), "from": y >= 0, "order": y < x, "x to": x < 1,
                "side": turn <= 0,
            },
            then=t(R, s, g, y) > t(R, s, g, x),
        ),
        premises,
        opaque=True,
    )


@once
def ends() -> Theorem:
    """Below the threshold the side of 0 is negative, and with scalable work that of 1 positive."""
    R, s, g = reals("Rsg")
    bandwidth_side()
    first, last = side(R, s, g, zero()), side(R, s, g, one())

    return prove(
        "bandwidth.ends",
        forall(
            R, s, g, given={"ratio": R > 0},
            then=both(
                iff(first < 0, s < threshold().function(R)),
                equal(last, s * (R * R)),
            ),
        ),
        lambda goal: [
            goal.hypothesis("ratio"),
            goal.have(
                equal(first, 1 - R * (1 - s)), bandwidth_side()(R, s, g, zero()), opaque=True
            ),
            goal.have(equal(last, s * (R * R)), bandwidth_side()(R, s, g, one()), opaque=True),
            below_threshold().at(R=R, s=s),
        ],
        opaque=True,
    )


@once
def bounded_share() -> Definition:
    """(sqrt(R)-1)/(γR)."""
    square_root()
    return define(model.bounded_share)


@once
def bounded_time() -> Definition:
    """γR/(γR+(sqrt(R)-1)²)."""
    square_root()
    return define(model.bounded_time)


@once
def factored() -> Theorem:
    """If c w = d, then c (r w) = r d."""
    c, w, d, r = reals("cwdr")
    return prove(
        "factored",
        forall(c, w, d, r, then=implies(equal(c * w, d), equal(c * (r * w), r * d))),
    )


@once
def exchanged() -> Theorem:
    """If c n = r and n h = z, then c z = r h."""
    c, n, r, h, z = reals("cnrhz")
    return prove(
        "exchanged",
        forall(
            c, n, r, h, z,
            then=implies(both(equal(c * n, r), equal(n * h, z)), equal(c * z, r * h)),
        ),
    )


@once
def none_scalable() -> Theorem:
    """Edge s = 0: a root of f and its time in closed form; in (0,1) it is the best share."""
    R, g = reals("Rg")
    root = square_root().function(R)
    x, least = bounded_share().function(R, g), bounded_time().function(R, g)
    n = rated(R, g, x)
    share, wide = crowding(R, g, x) / n, g * R + (root - 1) * (root - 1)
    value, rest = bandwidth_time().function(R, zero(), g, x), 1 / (1 - x)

    def premises(goal: Goal) -> Iterable[Fact]:
        ratio, bandwidth, end = (goal.hypothesis(h) for h in ("ratio", "bandwidth", "not all"))
        squared = goal.have(
            both(root > 1, equal(root * root, R)), ratio, square_root()(R), opaque=True
        )
        wider = goal.have(g * R > 0, ratio, bandwidth, product(g, R), opaque=True)
        cleared = goal.have(
            equal(x * (g * R), root - 1), wider, bounded_share()(R, g),
            quotient().at(a=root - 1, b=g * R), opaque=True,
        )
        place_ = goal.have(
            x > 0, squared, wider, cleared, sign_of_factor().at(d=x, e=g * R), opaque=True
        )
        crowd = goal.have(equal(crowding(R, g, x), root), cleared, opaque=True)
        turning = goal.have(
            equal(side(R, zero(), g, x), 0), crowd, squared, bandwidth_side()(R, zero(), g, x),
            product_nonzero().at(
                a=R - crowding(R, g, x) * crowding(R, g, x), b=(1 - x) * (1 - x)
            ),
            multiply().at(c=crowding(R, g, x), d=root, e=crowding(R, g, x)),
            multiply().at(c=crowding(R, g, x), d=root, e=root), opaque=True,
        )
        # N = √R (1 + (√R-1) x).
        whole = goal.have(
            equal(n, root * (1 + (root - 1) * x)), crowd, squared,
            multiply().at(c=crowding(R, g, x), d=root, e=1 - x),
            multiply().at(c=root * root, d=R, e=x), opaque=True,
        )
        sized = goal.have(
            both(crowding(R, g, x) > 0, n > 0), squared, crowd, place_, whole,
            product(root - 1, x), product(root, 1 + (root - 1) * x), opaque=True,
        )
        scaled = goal.have(
            equal(n * (g * R), root * wide), whole, cleared,
            multiply().at(c=n, d=root * (1 + (root - 1) * x), e=g * R),
            multiply().at(c=x * (g * R), d=root - 1, e=root * (root - 1)), opaque=True,
        )
        positive_wide = goal.have(wide > 0, wider, square().at(a=root - 1), opaque=True)
        part = goal.have(equal(share * n, root), crowd, sized, quotient_at(share), opaque=True)
        known = goal.have(
            equal(least * wide, g * R), positive_wide, bounded_time()(R, g),
            quotient().at(a=g * R, b=wide), opaque=True,
        )
        turned_share = goal.have(
            equal(share * (root * wide), root * (g * R)), part, scaled,
            exchanged().at(c=share, n=n, r=root, h=g * R, z=root * wide), opaque=True,
        )
        turned_least = goal.have(
            equal(least * (root * wide), root * (g * R)), known,
            factored().at(c=least, w=wide, d=g * R, r=root), opaque=True,
        )
        same = goal.have(
            equal(share * (root * wide), least * (root * wide)), turned_share, turned_least,
            opaque=True,
        )
        large = goal.have(
            root * wide > 0, squared, positive_wide, product(root, wide), opaque=True
        )
        yield goal.have(
            equal(share, least), same, large,
            cancel().at(c=share, d=least, e=root * wide), opaque=True,
        )
        yield goal.have(
            equal(value, (1 - zero()) * share + zero() * rest), sized, end,
            turned().at(R=R, s=zero(), g=g, x=x), opaque=True,
        )
        yield place_
        yield turning

    return prove(
        "bandwidth.none-scalable",
        forall(
            R, g, given={"ratio": R > 1, "bandwidth": g > 0, "not all": nonzero(1 - x)},
            then=both(x > 0, equal(side(R, zero(), g, x), 0), equal(value, least)),
        ),
        premises,
        opaque=True,
    )
