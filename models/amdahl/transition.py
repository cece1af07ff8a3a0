"""The best share as the scalable part passes the threshold: continuous, with a kink.

*Definitions*: the equations :func:`best_share` (the minimiser of T, below the threshold and from it
on), :func:`kink_slope`, :func:`kink_bound`.

*Results*: ``transition``.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from fractions import Fraction

from models.algebra import Algebra, equation
from models.amdahl.number import Real
from models.amdahl.objective import balance, optimal_allocation, threshold


@equation()
def best_share(algebra: Algebra, ratio: Real, scalable: Real) -> Real:
    """The best allocation, for R > 0 and s > 0: x* below the threshold, 0 from it on."""
    none: Real = Fraction(0)
    return algebra.bind(
        threshold.at(algebra, ratio),
        lambda start: algebra.cond(
            scalable < start,
            lambda: algebra.bind(
                balance.at(algebra, ratio, scalable),
                lambda found: optimal_allocation.at(algebra, ratio, found),
            ),
            lambda: none,
        ),
    )


@equation()
def kink_slope(algebra: Algebra, ratio: Real) -> Real:
    """R/(2(R-1)), for R > 1: the best share gained for each unit below the threshold, at it."""
    return ratio / (2 * (ratio - 1))


@equation()
def kink_bound(algebra: Algebra, ratio: Real) -> Real:
    """R^3/(2(R-1)^2), for R > 1: how far the best share bends away from that line, at most."""
    return ratio * ratio * ratio / (2 * ((ratio - 1) * (ratio - 1)))
