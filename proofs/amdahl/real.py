"""Facts about real arithmetic that the proofs of this topic name as premises.

*Results* (auxiliary): ``quotient``, ``cancel``, ``multiply``, ``product-nonzero``,
``product-positive``,
``product-nonnegative``, ``scale``, ``sign-of-factor``, ``reciprocal-decreasing``,
``equal-squares``, ``square``.

*How it is done*: one polynomial obligation each. With quotients cleared by ``quotient`` and common
factors dropped by ``cancel`` and ``sign-of-factor``, every later obligation is polynomial too.
"""

from __future__ import annotations

from typing import Any

from proofs.kernel.rules import Fact, Theorem, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import REAL, Term, both, either, equal, iff, implies, negate


def reals(names: str) -> tuple[Term, ...]:
    """Real variables by one-letter names."""
    return variables(**dict.fromkeys(names, REAL))


def nonzero(term: Term) -> Term:
    """term is not 0"""
    return negate(equal(term, 0))


@once
def quotient() -> Theorem:
    """(a/b) b = a for b other than 0."""
    a, b = reals("ab")
    return prove("quotient", forall(a, b, then=implies(nonzero(b), equal((a / b) * b, a))))


@once
def cancel() -> Theorem:
    """A common factor other than 0 can be dropped."""
    c, d, e = reals("cde")
    return prove(
        "cancel",
        forall(c, d, e, then=implies(both(nonzero(e), equal(c * e, d * e)), equal(c, d))),
    )


@once
def multiply() -> Theorem:
    """Equals multiplied by equals are equal."""
    c, d, e = reals("cde")
    return prove("multiply", forall(c, d, e, then=implies(equal(c, d), equal(c * e, d * e))))


@once
def product_nonzero() -> Theorem:
    """A product is 0 exactly if a factor is."""
    a, b = reals("ab")
    return prove(
        "product-nonzero",
        forall(a, b, then=iff(equal(a * b, 0), either(equal(a, 0), equal(b, 0)))),
    )


@once
def product_positive() -> Theorem:
    """A product of positive numbers is positive."""
    a, b = reals("ab")
    return prove("product-positive", forall(a, b, then=implies(both(a > 0, b > 0), a * b > 0)))


@once
def product_nonnegative() -> Theorem:
    """A product of numbers that are not negative is not negative."""
    a, b = reals("ab")
    return prove(
        "product-nonnegative", forall(a, b, then=implies(both(a >= 0, b >= 0), a * b >= 0))
    )


@once
def scale() -> Theorem:
    """a/b = a (1/b) for b other than 0."""
    a, b = reals("ab")
    return prove(
        "scale",
        forall(a, b, then=implies(nonzero(b), equal(a / b, a * (1 / b)))),
        lambda goal: [
            quotient().at(a=a, b=b),
            quotient().at(a=1, b=b),
            cancel().at(c=a / b, d=a * (1 / b), e=b),
        ],
        opaque=True,
    )


@once
def sign_of_factor() -> Theorem:
    """Beside a positive factor, the sign of a product is that of the other one."""
    d, e = reals("de")
    signs = both(iff(d * e >= 0, d >= 0), iff(d * e > 0, d > 0), iff(equal(d * e, 0), equal(d, 0)))
    return prove("sign-of-factor", forall(d, e, then=implies(e > 0, signs)))


@once
def reciprocal_decreasing() -> Theorem:
    """1/u decreases for u > 0."""
    u, v = reals("uv")
    return prove(
        "reciprocal-decreasing",
        forall(u, v, then=implies(both(u > 0, u < v), 1 / v < 1 / u)),
        lambda goal: [
            quotient().at(a=1, b=u),
            quotient().at(a=1, b=v),
            product_positive().at(a=u, b=v),
            sign_of_factor().at(d=1 / u - 1 / v, e=u * v),
        ],
        opaque=True,
    )


@once
def equal_squares() -> Theorem:
    """Numbers that are not negative and have equal squares are equal."""
    a, b = reals("ab")
    return prove(
        "equal-squares",
        forall(a, b, then=implies(both(a >= 0, b >= 0, equal(a * a, b * b)), equal(a, b))),
    )


@once
def square() -> Theorem:
    """Squares are not negative, and are 0 only of 0."""
    (a,) = reals("a")
    return prove("square", forall(a, then=both(a * a >= 0, iff(equal(a * a, 0), equal(a, 0)))))


def quotient_at(fraction: Term) -> Fact:
    """``quotient`` at a term that is a quotient."""
    a, b = fraction.args
    return quotient().at(a=a, b=b)


def product(a: Any, b: Any) -> Fact:
    """``product-positive`` at two terms."""
    return product_positive().at(a=a, b=b)
