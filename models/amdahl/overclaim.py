"""An instance for each scalable share below 1 in which specialised hardware pays.

A published sentence says that beyond a critical scalable share specialisation does not pay,
whatever its efficiency advantage. For this objective each share s < 1 refutes it: the ratio and the
allocation here save a part of the time that is known exactly.

*Definitions*: the equations :func:`refuting_ratio`, :func:`refuting_allocation`,
:func:`refuting_gain`.

*Results*: ``overclaim``.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from models.algebra import Algebra, equation
from models.amdahl.number import Real


@equation()
def refuting_ratio(algebra: Algebra, scalable: Real) -> Real:
    """2/(1-s), for s < 1: twice the critical ratio."""
    return 2 / (1 - scalable)


@equation()
def refuting_allocation(algebra: Algebra, scalable: Real) -> Real:
    """(1-s)/(2(1+s)), for s >= 0: half of the break-even allocation at that ratio."""
    return (1 - scalable) / (2 * (1 + scalable))


@equation()
def refuting_gain(algebra: Algebra, scalable: Real) -> Real:
    """(1-s)/(3(1+3s)), for s >= 0: the part of the time that this allocation saves."""
    return (1 - scalable) / (3 * (1 + 3 * scalable))
