"""The exponential and the logarithm, from three named axioms.

*Definitions* accepted by the kernel: the choices :func:`exponential`, :func:`exponential_sum` and
:func:`logarithm`, each by a named axiom:

- for every real z exp z >= 1 + z;
- for all reals a and b exp(a+b) = exp a exp b;
- every real x > 0 has a natural logarithm: a real y with exp y = x.

There is one function with the first two properties; so all that is said of exp is said of it.

*Results* (auxiliary): ``exp-zero``, ``exp-inverse``, ``exp-half``, ``exp-positive``,
``exp-strict``, ``exp-tangent``, ``exp-order``, ``exp-upper``; ``log-order``, ``log-one``,
``log-of-exp``, ``log-product``, ``log-quotient``, ``log-upper``.

*How it is done*: exp 0 is its own square, and at least 1. exp z = exp(z/2)^2 is not negative, and
exp z exp(-z) = 1. The square of 1 + z/2 is more than 1 + z for z other than 0; so
exp b = exp a exp(b-a) is more than exp a (1 + b-a), and exp increases. The logarithm inherits
everything.

*References*: Rudin, 'Principles of Mathematical Analysis' (1976), chapter 8.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from models.efficiency import laws as model
from proofs.amdahl.real import multiply, nonzero, product, quotient_at, reals, sign_of_factor
from proofs.kernel.rules import Definition, Fact, Goal, Theorem, choose, prove
from proofs.kernel.tactics import forall, once, variables
from proofs.kernel.terms import Function, Term, both, equal, iff, implies


@once
def exponential() -> Definition:
    """exp, by a named axiom: it is never below 1 + z."""
    return choose(
        model.exponential, lambda z, r: r >= 1 + z, axiom="for every real z exp z >= 1 + z"
    )


@once
def exponential_sum() -> Definition:
    """exp(a+b), by a named axiom: it is exp a times exp b."""
    exp = exponential().function
    return choose(
        model.exponential_sum,
        lambda a, b, r: both(equal(r, exp(a + b)), equal(r, exp(a) * exp(b))),
        axiom="for all reals a and b exp(a+b) = exp a exp b",
    )


@once
def logarithm() -> Definition:
    """log, by a named axiom: exp log x = x for x > 0."""
    exp = exponential().function
    return choose(
        model.logarithm,
        lambda x, r: implies(x > 0, equal(exp(r), x)),
        axiom="every real x > 0 has a natural logarithm: a real y with exp y = x",
    )


def exp(term: Any) -> Term:
    """exp of a term."""
    return exponential().function(term)


def log(term: Any) -> Term:
    """log of a term."""
    return logarithm().function(term)


@cache
def _congruence(function: Function) -> Theorem:
    names = [f"{side}{place}" for side in "ab" for place in range(len(function.domain))]
    both_sides = variables(**dict(zip(names, (*function.domain, *function.domain), strict=True)))
    half = len(function.domain)
    left, right = both_sides[:half], both_sides[half:]
    return prove(
        f"same-{function.name}",
        forall(*both_sides, then=implies(
            both(*(equal(a, b) for a, b in zip(left, right, strict=True))),
            equal(function(*left), function(*right)),
        )),
    )


def same(left: Term, right: Term) -> Fact:
    """Two calls of one function are equal if their arguments are: for opaque steps."""
    values = {f"a{place}": arg for place, arg in enumerate(left.args)}
    values |= {f"b{place}": arg for place, arg in enumerate(right.args)}
    return _congruence(left.data).at(**values)


@once
def zero() -> Theorem:
    """exp 0 = 1."""
    return prove(
        "exp-zero",
        forall(then=equal(exp(0), 1)),
        lambda goal: [
            exponential()(0), exponential_sum()(0, 0), same(exp(real(0) + 0), exp(0)),
        ],
        opaque=True,
    )


def real(number: int) -> Term:
    """A real numeral as a term."""
    return exp(number).args[0]


@once
def inverse() -> Theorem:
    """exp z exp(-z) = 1."""
    (z,) = reals("z")
    return prove(
        "exp-inverse",
        forall(z, then=equal(exp(z) * exp(-z), 1)),
        lambda goal: [exponential_sum()(z, -z), same(exp(z + -z), exp(0)), zero().at()],
        opaque=True,
    )


@once
def half() -> Theorem:
    """exp z is the square of exp(z/2)."""
    (z,) = reals("z")
    return prove(
        "exp-half",
        forall(z, then=equal(exp(z), exp(z / 2) * exp(z / 2))),
        lambda goal: [
            exponential_sum()(z / 2, z / 2), quotient_at(z / 2), same(exp(z / 2 + z / 2), exp(z))
        ],
        opaque=True,
    )


@once
def positive() -> Theorem:
    """exp z > 0."""
    (z,) = reals("z")
    return prove(
        "exp-positive",
        forall(z, then=exp(z) > 0),
        lambda goal: [half().at(z=z), inverse().at(z=z)],
        opaque=True,
    )


@once
def strict() -> Theorem:
    """exp z > 1 + z for z other than 0."""
    (z,) = reals("z")

    def premises(goal: Goal) -> Iterable[Fact]:
        yield half().at(z=z)
        yield positive().at(z=z)
        yield exponential()(z / 2)
        yield quotient_at(z / 2)

    return prove(
        "exp-strict", forall(z, then=implies(nonzero(z), exp(z) > 1 + z)), premises, opaque=True
    )


@once
def tangent() -> Theorem:
    """exp b >= exp a (1 + b - a), with equality only for a = b."""
    a, b = reals("ab")

    def premises(goal: Goal) -> Iterable[Fact]:
        sum_ = goal.have(
            equal(exp(b), exp(a) * exp(b - a)), exponential_sum()(a, b - a),
            same(exp(a + (b - a)), exp(b)), opaque=True,
        )
        yield sum_
        yield goal.have(
            both(exp(b - a) >= 1 + (b - a), implies(nonzero(b - a), exp(b - a) > 1 + (b - a))),
            exponential()(b - a), strict().at(z=b - a), opaque=True,
        )
        yield positive().at(z=a)
        yield sign_of_factor().at(d=exp(b - a) - (1 + (b - a)), e=exp(a))

    return prove(
        "exp-tangent",
        forall(a, b, then=both(
            exp(b) >= exp(a) * (1 + b - a),
            implies(nonzero(b - a), exp(b) > exp(a) * (1 + b - a)),
        )),
        premises,
        opaque=True,
    )


@once
def order() -> Theorem:
    """exp increases strictly, so that equal values are values of equal numbers."""
    a, b = reals("ab")
    return prove(
        "exp-order",
        forall(a, b, then=both(
            iff(exp(a) < exp(b), a < b), iff(equal(exp(a), exp(b)), equal(a, b))
        )),
        lambda goal: [
            goal.have(
                implies(u < v, exp(u) < exp(v)), tangent().at(a=u, b=v), positive().at(z=u),
                product(exp(u), v - u), opaque=True,
            )
            for u, v in ((a, b), (b, a))
        ] + [same(exp(a), exp(b))],
        opaque=True,
    )


@once
def upper() -> Theorem:
    """exp z (1-z) <= 1, with equality only for z = 0: an upper bound of exp where z < 1."""
    (z,) = reals("z")
    return prove(
        "exp-upper",
        forall(z, then=both(
            exp(z) * (1 - z) <= 1, implies(nonzero(z), exp(z) * (1 - z) < 1)
        )),
        lambda goal: [tangent().at(a=z, b=real(0)), zero().at()],
        opaque=True,
    )


@once
def log_order() -> Theorem:
    """log increases strictly, and equal values are values of equal numbers."""
    x, y = reals("xy")
    return prove(
        "log-order",
        forall(x, y, then=implies(both(x > 0, y > 0), both(
            iff(log(x) < log(y), x < y), iff(equal(log(x), log(y)), equal(x, y))
        ))),
        lambda goal: [logarithm()(x), logarithm()(y), order().at(a=log(x), b=log(y))],
        opaque=True,
    )


@once
def log_of_exp() -> Theorem:
    """log exp z = z."""
    (z,) = reals("z")
    return prove(
        "log-of-exp",
        forall(z, then=equal(log(exp(z)), z)),
        lambda goal: [
            positive().at(z=z), logarithm()(exp(z)), order().at(a=log(exp(z)), b=z)
        ],
        opaque=True,
    )


@once
def log_one() -> Theorem:
    """log 1 = 0."""
    one = real(1)
    return prove(
        "log-one",
        forall(then=equal(log(1), 0)),
        lambda goal: [
            logarithm()(one), zero().at(), order().at(a=log(1), b=real(0))
        ],
        opaque=True,
    )


@once
def log_two() -> Theorem:
    """log 2 lies between 0 and 1."""
    zero_, one, two = map(real, (0, 1, 2))
    return prove(
        "log-two",
        forall(then=both(log(2) > 0, log(2) < 1)),
        lambda goal: [
            logarithm()(two), zero().at(), strict().at(z=one),
            order().at(a=zero_, b=log(2)), order().at(a=log(2), b=one),
        ],
        opaque=True,
    )


@once
def log_product() -> Theorem:
    """log(xy) = log x + log y."""
    x, y = reals("xy")
    return prove(
        "log-product",
        forall(x, y, then=implies(both(x > 0, y > 0), equal(log(x * y), log(x) + log(y)))),
        lambda goal: [
            product(x, y), logarithm()(x), logarithm()(y), logarithm()(x * y),
            exponential_sum()(log(x), log(y)), order().at(a=log(x * y), b=log(x) + log(y)),
            multiply().at(c=exp(log(x)), d=x, e=exp(log(y))),
        ],
        opaque=True,
    )


@once
def log_quotient() -> Theorem:
    """log(x/y) = log x - log y."""
    x, y = reals("xy")
    return prove(
        "log-quotient",
        forall(x, y, then=implies(
            both(x > 0, y > 0), both(x / y > 0, equal(log(x / y), log(x) - log(y)))
        )),
        lambda goal: [
            quotient_at(x / y), sign_of_factor().at(d=x / y, e=y),
            log_product().at(x=x / y, y=y), same(log((x / y) * y), log(x)),
        ],
        opaque=True,
    )


@once
def log_upper() -> Theorem:
    """log x <= x - 1 for x > 0."""
    (x,) = reals("x")
    return prove(
        "log-upper",
        forall(x, then=implies(x > 0, log(x) <= x - 1)),
        lambda goal: [logarithm()(x), exponential()(log(x))],
        opaque=True,
    )
