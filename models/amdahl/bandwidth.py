"""The objective when specialised hardware shares one bandwidth: more of it is worth less each.

In :mod:`models.amdahl.objective` a unit of specialised hardware is R times as fast, however much of
it there is. Here all of it draws on one bandwidth, and its ratio falls to R/(1+γRx) at the share x,
where ``gamma`` (γ >= 0) says how narrow the bandwidth is: 0 is none of this, and R x/(1+γRx), the
rate that specialised hardware adds, stays below 1/γ. ``share`` is x, in [0,1).

*Definitions*: the equations :func:`effective_ratio` (R_eff), :func:`bandwidth_time` (T_γ),
:func:`bandwidth_share`, :func:`bandwidth_side`, :func:`bounded_share`, :func:`bounded_time`.

*Results*: ``bandwidth``.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654; Williams, Waterman, Patterson,
'Roofline' (2009), for throughput that bandwidth bounds.
"""

from __future__ import annotations

from models.algebra import Algebra, equation
from models.amdahl.number import Real, square_root


@equation()
def effective_ratio(algebra: Algebra, ratio: Real, gamma: Real, share: Real) -> Real:
    """R_eff(x) = R/(1+γRx), for R > 0, γ >= 0 and x >= 0; R for γ = 0, and at x = 0."""
    return ratio / (1 + gamma * ratio * share)


@equation()
def bandwidth_time(
    algebra: Algebra, ratio: Real, scalable: Real, gamma: Real, share: Real
) -> Real:
    """T_γ(x) = (1-s)/(1-x+R_eff(x)x) + s/(1-x), for R > 0, 0 <= s <= 1, γ >= 0, 0 <= x < 1."""
    return algebra.bind(
        effective_ratio.at(algebra, ratio, gamma, share),
        lambda effective: (
            (1 - scalable) / (1 - share + effective * share) + scalable / (1 - share)
        ),
    )


@equation()
def bandwidth_share(algebra: Algebra, ratio: Real, scalable: Real, gamma: Real) -> Real:
    """(R(1-s)-1)/(2(R-1+γR)), for R > 1 and γ >= 0: below the threshold a share that gains.

    It is not the best one.
    """
    return (ratio * (1 - scalable) - 1) / (2 * (ratio - 1 + gamma * ratio))


@equation()
def bandwidth_side(
    algebra: Algebra, ratio: Real, scalable: Real, gamma: Real, share: Real
) -> Real:
    """s((1-x)B+Rx)² - (1-s)(R-B²)(1-x)² with B = 1+γRx, for R > 1, γ >= 0 and 0 <= s <= 1.

    Its sign says where the best share is: left of x if it is positive, right of x if it is
    negative, and x itself if it is 0.
    """

    def side(crowding: Real) -> Real:
        left = 1 - share
        rate = left * crowding + ratio * share
        return (
            scalable * (rate * rate)
            - (1 - scalable) * (ratio - crowding * crowding) * (left * left)
        )

    return side(1 + gamma * ratio * share)


@equation()
def bounded_share(algebra: Algebra, ratio: Real, gamma: Real) -> Real:
    """(sqrt(R)-1)/(γR), for R > 1 and γ > 0: if less than 1, the best share for s = 0."""
    return algebra.bind(
        square_root.at(algebra, ratio), lambda root: (root - 1) / (gamma * ratio)
    )


@equation()
def bounded_time(algebra: Algebra, ratio: Real, gamma: Real) -> Real:
    """γR/(γR+(sqrt(R)-1)²), for R > 1 and γ > 0: the time at that share, for s = 0."""
    return algebra.bind(
        square_root.at(algebra, ratio),
        lambda root: gamma * ratio / (gamma * ratio + (root - 1) * (root - 1)),
    )
