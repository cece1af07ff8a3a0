"""The objective when scalable work suffers more, or less, from giving up programmable hardware.

In :mod:`models.amdahl.objective` the scalable work's time is s/(1-x). Here it is s/(1-x)^a with an
exponent a > 0: above 1 where its value falls off faster than its resource, below 1 where slower.

*Definitions*: the equations :func:`power`, :func:`exponent_time` (T_a), :func:`exponent_threshold`,
:func:`exponent_allocation`.

*Results*: ``scaling-exponent``.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654; Mitrinović, 'Analytic Inequalities'
(1970), section 2.4, for Bernoulli's inequality with real exponents.
"""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module
from typing import Any, cast

from models.algebra import Algebra, equation
from models.amdahl.number import Real, exact_text, sign, simplest
from models.errors import Undefined


@equation(opaque=True)
def power(algebra: Algebra, base: Real, exponent: Real) -> Real:
    """base^exponent, for base > 0 and a rational exponent; exact.

    This body is the concrete reading; a proof, for every real exponent, takes the power as a chosen
    function and never looks inside.
    """
    if not isinstance(exponent, (int, Fraction)):
        raise Undefined(
            f"a power with the exponent {exact_text(exponent)}", expected="a rational exponent"
        )
    if sign(base) <= 0:
        raise Undefined(f"a power of {exact_text(base)}", expected="a base greater than 0")
    whole = Fraction(exponent)
    if whole.denominator == 1 and isinstance(base, (int, Fraction)):
        return cast(Real, Fraction(base) ** whole.numerator)
    sympy: Any = import_module("sympy")
    number = sympy.Rational(base.numerator, base.denominator) if isinstance(base, (int, Fraction)) \
        else base
    return simplest(cast(Real, number ** sympy.Rational(whole.numerator, whole.denominator)))


@equation()
def exponent_time(
    algebra: Algebra, ratio: Real, scalable: Real, exponent: Real, allocation: Real
) -> Real:
    """T_a(x) = (1-s)/(1+(R-1)x) + s/(1-x)^a, for R > 0, 0 <= s <= 1, a > 0 and 0 <= x < 1."""
    return algebra.bind(
        power.at(algebra, 1 - allocation, exponent),
        lambda left: (1 - scalable) / (1 + (ratio - 1) * allocation) + scalable / left,
    )


@equation()
def exponent_threshold(algebra: Algebra, ratio: Real, exponent: Real) -> Real:
    """(R-1)/(R-1+a), for R > 1 and a > 0: from this scalable share on, the best share is 0."""
    return (ratio - 1) / (ratio - 1 + exponent)


@equation()
def exponent_allocation(
    algebra: Algebra, ratio: Real, scalable: Real, exponent: Real
) -> Real:
    """((R-1)(1-s) - a s)/((R-1)(a+2)), for R > 1 and a > 0: below the threshold a share that gains.

    It is not the best one, which has no closed form for most exponents.
    """
    return ((ratio - 1) * (1 - scalable) - exponent * scalable) / ((ratio - 1) * (exponent + 2))
