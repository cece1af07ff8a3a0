"""The objective without absorption: bounded work runs on specialised hardware only.

In :mod:`models.amdahl.objective` programmable hardware takes part in the bounded work: its rate is
1 - x + R x, which at x = 0 is not 0. Here it is R x alone, so without any specialised hardware the
bounded work never ends. Times are relative to all work on programmable hardware, were that
possible; ``allocation`` is x, in (0,1).

*Definitions*: the equations :func:`separate_time`, :func:`separate_root`,
:func:`separate_allocation`, :func:`separate_least_time`.

*Results*: ``absorption-needed``.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from models.algebra import Algebra, equation
from models.amdahl.number import Real, square_root


@equation()
def separate_time(algebra: Algebra, ratio: Real, scalable: Real, allocation: Real) -> Real:
    """s/(1-x) + (1-s)/(R x), for R > 0, 0 <= s <= 1 and 0 < x < 1."""
    return scalable / (1 - allocation) + (1 - scalable) / (ratio * allocation)


@equation()
def separate_root(algebra: Algebra, ratio: Real, scalable: Real) -> Real:
    """r = sqrt((1-s)/R), for R > 0 and s <= 1."""
    return square_root.at(algebra, (1 - scalable) / ratio)


@equation()
def separate_allocation(algebra: Algebra, ratio: Real, scalable: Real) -> Real:
    """r/(sqrt(s)+r), the best allocation, for R > 0 and 0 < s < 1."""
    return algebra.bind(
        separate_root.at(algebra, ratio, scalable),
        lambda root: algebra.bind(
            square_root.at(algebra, scalable),
            lambda scalable_root: root / (scalable_root + root),
        ),
    )


@equation()
def separate_least_time(algebra: Algebra, ratio: Real, scalable: Real) -> Real:
    """(sqrt(s)+r)^2, the time at the best allocation, for R > 0 and 0 < s < 1."""
    return algebra.bind(
        separate_root.at(algebra, ratio, scalable),
        lambda root: algebra.bind(
            square_root.at(algebra, scalable),
            lambda scalable_root: (scalable_root + root) * (scalable_root + root),
        ),
    )
