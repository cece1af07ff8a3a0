"""The objective T(R,s,x), and what is known of square roots.

*Definitions* accepted by the kernel: :func:`time`, :func:`threshold`, :func:`critical_ratio`,
:func:`break_even`, :func:`balance`, :func:`optimal_allocation`, :func:`optimal_time`, and the
choice :func:`square_root`.

*Results*: ``amdahl-identity``, ``amdahl-convex``.

*How it is done*: both are identities with cleared denominators: T - 1 over a common denominator,
and, for 1/u, lambda/u + (1-lambda)/v - 1/w = lambda (1-lambda) (u-v)^2 / (u v w), with
w = lambda u + (1-lambda) v.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from models.amdahl import objective as model
from models.amdahl.number import square_root as root
from proofs.amdahl.real import (
    cancel,
    nonzero,
    product,
    product_nonnegative,
    product_nonzero,
    quotient_at,
    reals,
    scale,
    sign_of_factor,
    square,
)
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, choose, define, prove
from proofs.kernel.tactics import forall, once
from proofs.kernel.terms import Term, both, equal, implies, negate

time = once(lambda: define(model.time))
threshold = once(lambda: define(model.threshold))
critical_ratio = once(lambda: define(model.critical_ratio))
break_even = once(lambda: define(model.break_even))
optimal_allocation = once(lambda: define(model.optimal_allocation))


@once
def square_root() -> Definition:
    """The square root of a nonnegative real, by a named axiom: the reals have one."""
    return choose(
        root,
        lambda v, r: implies(v >= 0, both(r >= 0, equal(r * r, v))),
        axiom="every nonnegative real is the square of a nonnegative real",
    )


@once
def balance() -> Definition:
    """k = sqrt((1-s)(R-1)/s)."""
    square_root()
    return define(model.balance)


@once
def optimal_time() -> Definition:
    """T* = (sqrt(s(R-1)) + sqrt(1-s))^2 / R."""
    square_root()
    return define(model.optimal_time)


@once
def identity() -> Theorem:
    """T - 1 over a common denominator: where it is positive, and where negative, shows."""
    t = time()
    R, s, x = reals("Rsx")
    bounded, scalable = 1 + (R - 1) * x, 1 - x
    top, bottom = x * (1 - R * (1 - s) + (R - 1) * x), bounded * scalable
    parts = (1 - s) / bounded, s / scalable

    def premises(goal: Goal) -> Iterable[Fact]:
        given = goal.hypothesis("bounded"), goal.hypothesis("scalable")
        cleared = goal.have(
            equal((parts[0] + parts[1] - 1) * bottom, top),
            *given, *(quotient_at(part) for part in parts), opaque=True,
        )
        nonzero_bottom = goal.have(
            nonzero(bottom), *given, product_nonzero().at(a=bounded, b=scalable)
        )
        whole = goal.have(
            equal(top / bottom * bottom, top), nonzero_bottom, quotient_at(top / bottom)
        )
        yield t(R, s, x)
        yield goal.have(
            equal(parts[0] + parts[1] - 1, top / bottom),
            cleared, nonzero_bottom, whole,
            cancel().at(c=parts[0] + parts[1] - 1, d=top / bottom, e=bottom), opaque=True,
        )

    return prove(
        "amdahl-identity",
        forall(
            R, s, x,
            given={"bounded": nonzero(bounded), "scalable": nonzero(scalable)},
            then=equal(t.function(R, s, x) - 1, top / bottom),
        ),
        premises,
        opaque=True,
    )


@once
def reciprocal_convex() -> Theorem:
    """1/u is convex for u > 0, strictly between different arguments."""
    u, v, w, k = reals("uvwk")
    different = negate(equal(u, v))
    parts = 1 / u, 1 / v, 1 / w
    excess = k * parts[0] + (1 - k) * parts[1] - parts[2]
    bottom = u * v * w
    gap = k * (1 - k) * ((u - v) * (u - v))

    def premises(goal: Goal) -> Iterable[Fact]:
        given = [goal.hypothesis(label) for label in ("u", "v", "w", "low", "high")]
        inside = goal.have(w > 0, *given, product(k, u), product(1 - k, v))
        quotients = [quotient_at(part) for part in parts]
        cleared = goal.have(equal(excess * bottom, gap), *given, inside, *quotients, opaque=True)
        positive = goal.have(bottom > 0, *given, inside, product(u, v), product(u * v, w))
        weight = goal.have(k * (1 - k) > 0, *given, product(k, 1 - k))
        size = goal.have(
            both(gap >= 0, implies(different, gap > 0)),
            weight, square().at(a=u - v),
            sign_of_factor().at(d=(u - v) * (u - v), e=k * (1 - k)),
        )
        yield goal.have(
            both(excess >= 0, implies(different, excess > 0)),
            cleared, positive, size, sign_of_factor().at(d=excess, e=bottom), opaque=True,
        )

    return prove(
        "reciprocal-convex",
        forall(
            u, v, w, k,
            given={
                "u": u > 0, "v": v > 0, "w": equal(w, k * u + (1 - k) * v),
                "low": k > 0, "high": k < 1,
            },
            then=both(excess >= 0, implies(different, excess > 0)),
        ),
        premises,
        opaque=True,
    )


@once
def convex() -> Theorem:
    """T is strictly convex in x on [0,1)."""
    t = time()
    R, s, x, y, k = reals("Rsxyk")
    between = k * x + (1 - k) * y
    points = (x, y, between)

    def premises(goal: Goal) -> Iterable[Fact]:
        given = {h.label: goal.hypothesis(h.label) for h in goal.statement.hypotheses}
        low, high, distinct = given["low"], given["high"], given["different"]
        inside = goal.have(
            both(between >= 0, between < 1), *given.values(),
            product_nonnegative().at(a=k, b=x), product_nonnegative().at(a=1 - k, b=y),
            product(k, 1 - x), product(1 - k, 1 - y),
        )
        weighted: list[Fact] = []
        denominators: list[tuple[Term, Callable[[Term], Term]]] = [
            (1 - s, lambda z: 1 + (R - 1) * z),
            (s, lambda z: 1 - z),
        ]
        for weight, denominator in denominators:
            u, v, w = (denominator(z) for z in points)
            positive = goal.have(
                both(u > 0, v > 0, w > 0), *given.values(), inside,
                *(product_nonnegative().at(a=R, b=z) for z in points),
            )
            for z in points:
                yield t(R, s, z)
                yield goal.have(
                    equal(weight / denominator(z), weight * (1 / denominator(z))),
                    positive, scale().at(a=weight, b=denominator(z)), opaque=False,
                )
            mean = goal.have(equal(w, k * u + (1 - k) * v))
            excess = k * (1 / u) + (1 - k) * (1 / v) - 1 / w
            gained = goal.have(
                both(excess >= 0, implies(negate(equal(u, v)), excess > 0)),
                positive, mean, low, high,
                reciprocal_convex().at(u=u, v=v, w=w, k=k), opaque=True,
            )
            weighted.append(goal.have(
                both(weight * excess >= 0, implies(both(weight > 0, negate(equal(u, v))),
                                                  weight * excess > 0)),
                given["some scalable"], given["scalable"], gained,
                product_nonnegative().at(a=weight, b=excess), product(weight, excess), opaque=True,
            ))
        yield from weighted
        yield distinct

    return prove(
        "amdahl-convex",
        forall(
            R, s, x, y, k,
            given={
                "ratio": R > 0,
                "some scalable": s > 0,
                "scalable": s <= 1,
                "x from": x >= 0,
                "x to": x < 1,
                "y from": y >= 0,
                "y to": y < 1,
                "different": negate(equal(x, y)),
                "low": k > 0,
                "high": k < 1,
            },
            then=t.function(R, s, between)
            < k * t.function(R, s, x) + (1 - k) * t.function(R, s, y),
        ),
        premises,
        opaque=True,
    )
