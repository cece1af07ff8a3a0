"""The objective: total time as a function of the share of specialised hardware.

A budget of hardware is split: a share x of it is specialised, the rest programmable. The share
``scalable`` (s) of the work has a value that grows with its resource and runs on programmable
hardware only; the bounded rest 1 - s runs on both, and on specialised hardware ``ratio`` (R) times
as fast. Times are relative to x = 0. ``allocation`` is x, in [0,1).

*Definitions*: the equations :func:`time` (T), :func:`threshold` (S_c), :func:`critical_ratio`
(R_c), :func:`balance` (k), :func:`optimal_allocation` (x*), :func:`optimal_time` (T*),
:func:`break_even`.

*Results*: ``amdahl-identity``, ``amdahl-convex``, ``collapse``, ``optimum``, ``break-even``,
``transition``, ``share-not-monotone``, ``overclaim``.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from models.algebra import Algebra, equation
from models.amdahl.number import Real, square_root


@equation()
def time(algebra: Algebra, ratio: Real, scalable: Real, allocation: Real) -> Real:
    """T(R,s,x) = (1-s)/(1+(R-1)x) + s/(1-x), for R > 0, 0 <= s <= 1, 0 <= x < 1; T(R,s,0) = 1."""
    return (1 - scalable) / (1 + (ratio - 1) * allocation) + scalable / (1 - allocation)


@equation()
def threshold(algebra: Algebra, ratio: Real) -> Real:
    """S_c = 1 - 1/R: from this scalable share on, the best allocation is 0."""
    return 1 - 1 / ratio


@equation()
def critical_ratio(algebra: Algebra, scalable: Real) -> Real:
    """R_c = 1/(1-s), for s < 1: up to this ratio the best allocation is 0."""
    return 1 / (1 - scalable)


@equation()
def break_even(algebra: Algebra, ratio: Real, scalable: Real) -> Real:
    """(R(1-s)-1)/(R-1), for R > 1: the allocation other than 0 at which the time is 1 again.

    It lies in (0,1) exactly for 0 < s < S_c.
    """
    return (ratio * (1 - scalable) - 1) / (ratio - 1)


@equation()
def balance(algebra: Algebra, ratio: Real, scalable: Real) -> Real:
    """k = sqrt((1-s)(R-1)/s), for R >= 1 and s > 0; k > 1 exactly below the threshold.

    At the optimum, specialised hardware makes the bounded work's rate k times what the scalable
    work has: 1 + (R-1)x* = k (1 - x*).
    """
    return square_root.at(algebra, (1 - scalable) * (ratio - 1) / scalable)


@equation()
def optimal_allocation(algebra: Algebra, ratio: Real, balance: Real) -> Real:
    """x* = (k-1)/(k+R-1), for R > 1 and k > 1, the :func:`balance`."""
    return (balance - 1) / (balance + ratio - 1)


@equation()
def optimal_time(algebra: Algebra, ratio: Real, scalable: Real) -> Real:
    """T* = (sqrt(s(R-1)) + sqrt(1-s))^2 / R, the time at x*, for R > 1 and 0 < s < S_c."""
    return algebra.bind(
        square_root.at(algebra, scalable * (ratio - 1)),
        lambda scalable_root: algebra.bind(
            square_root.at(algebra, 1 - scalable),
            lambda bounded_root: (
                (scalable_root + bounded_root) * (scalable_root + bounded_root) / ratio
            ),
        ),
    )
