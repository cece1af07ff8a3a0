"""The moving frontier: ratio and scalable share as they change from year to year.

Programmable hardware catches up, so that the ratio R falls; work moves to the side whose value
grows with its resource, so that the scalable share s rises. Specialised hardware pays as long as
R(t)(1-s(t)), its :func:`advantage`, is more than 1.

*Definitions*: the equations :func:`advantage`, :func:`two_to`, :func:`later_ratio` and
:func:`later_scalable` (the exponential laws, a modelling assumption).

*Results*: ``moving-frontier``.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654, for the threshold; 'The Race to
Efficiency', arXiv 2501.02156, for efficiency that doubles so many times a year.
"""

from __future__ import annotations

from fractions import Fraction

from models.algebra import Algebra, equation
from models.amdahl.exponent import power
from models.amdahl.number import Real


@equation()
def advantage(algebra: Algebra, ratio: Real, scalable: Real) -> Real:
    """R(1-s): specialised hardware pays exactly where this is more than 1."""
    return ratio * (1 - scalable)


@equation()
def two_to(algebra: Algebra, exponent: Real) -> Real:
    """2^y, for a rational y; exact.

    This body is the concrete reading; a proof, for every real y, takes it as the function that is
    exp(y log 2), and never looks inside.
    """
    return power.at(algebra, Fraction(2), exponent)


@equation()
def later_ratio(algebra: Algebra, ratio: Real, catch_up: Real, year: Real) -> Real:
    """R 2^(-γt): programmable hardware catches up by γ doublings a year."""
    return algebra.bind(two_to.at(algebra, catch_up * year), lambda grown: ratio / grown)


@equation()
def later_scalable(algebra: Algebra, scalable: Real, migration: Real, year: Real) -> Real:
    """1 - (1-s) 2^(-μt): the bounded share of the work halves μ times a year."""
    return algebra.bind(
        two_to.at(algebra, migration * year), lambda shrunk: 1 - (1 - scalable) / shrunk
    )
