"""Rational grids: exact values of R, s and x, the edges among them, and two s that are no shares.

Some statements hold of every real s.

*Definitions*: :func:`grid`, the instances on these values; :func:`assignments`, those on other
values; :func:`exhaust_grid`, the finite check of a statement on such a grid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from checks.exhaust import exhaust
from checks.results import CheckResult
from proofs.kernel.rules import Statement

RATIOS = tuple(Fraction(n, d) for n, d in (
    (1, 4), (1, 2), (1, 1), (9, 8), (3, 2), (2, 1), (5, 2), (4, 1), (10, 1), (100, 1), (10**6, 1),
))
ENDS = (Fraction(1, 1000), Fraction(999, 1000))
SHARES = (*(Fraction(n, 12) for n in range(13)), *ENDS, Fraction(-1, 2), Fraction(3, 2))
PLACES = (*(Fraction(n, 16) for n in range(17)), *ENDS)

BOUND = f"{len(RATIOS)} ratios R, {len(SHARES)} shares s, {len(PLACES)} allocations x, exact"


def grid(*names: str) -> Iterator[dict[str, Any]]:
    """All assignments of the grid's values to ``R``, ``s``, ``x``, ``y`` and the weight ``k``."""
    values = {"R": RATIOS, "s": SHARES, "x": PLACES, "y": PLACES[::3], "k": PLACES[4:16:8]}
    return assignments(names, values)


def assignments(
    names: Sequence[str], values: Mapping[str, tuple[Fraction, ...]]
) -> Iterator[dict[str, Any]]:
    """All assignments of values to some of the names that have them."""
    for row in product(*(values[name] for name in names)):
        yield dict(zip(names, row, strict=True))


def exhaust_grid(
    name: str, statement: Statement, values: Mapping[str, tuple[Fraction, ...]], *, bound: str
) -> CheckResult:
    """A statement on all assignments of these values to its variables."""
    names = [str(variable.data) for variable in statement.variables]
    return exhaust(name, statement, assignments(names, values), bound=bound)
