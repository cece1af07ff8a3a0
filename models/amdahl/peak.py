"""The best share against the efficiency ratio: where it peaks, and how high.

*Definitions*: the equations :func:`peak_ratio` (M), :func:`peak_allocation` (x* at M).

*Results*: ``share-not-monotone``.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from models.algebra import Algebra, equation
from models.amdahl.number import Real, square_root


@equation()
def peak_ratio(algebra: Algebra, scalable: Real) -> Real:
    """M = 2/(1-sqrt(s)), for 0 < s < 1: the ratio that deserves the largest share."""
    return algebra.bind(square_root.at(algebra, scalable), lambda root: 2 / (1 - root))


@equation()
def peak_allocation(algebra: Algebra, scalable: Real) -> Real:
    """(1-sqrt(s))/(1+sqrt(s)), for 0 < s < 1: the largest share that any ratio deserves."""
    return algebra.bind(square_root.at(algebra, scalable), lambda root: (1 - root) / (1 + root))
