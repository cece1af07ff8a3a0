"""Finite check of ``optimum``: exact algebraic optima against the grid."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from checks.exhaust import exhaust
from checks.results import CheckResult
from proofs.kernel.rules import Statement

RATIOS = tuple(Fraction(n, d) for n, d in ((3, 2), (2, 1), (4, 1), (10, 1)))
SHARES = tuple(Fraction(n, 10) for n in (1, 2, 3, 5))
PLACES = tuple(Fraction(n, 8) for n in range(8))


def optimum(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """T(x*) = T*, and no allocation on the grid takes less time."""
    rows = [{"R": ratio, "s": share} for ratio, share in product(RATIOS, SHARES)]
    bound = f"{len(RATIOS)} ratios R, {len(SHARES)} shares s, exact algebraic numbers"
    return [
        exhaust("optimum.attained", statements["optimum.attained"], rows, bound=bound),
        exhaust(
            "optimum.least",
            statements["optimum.least"],
            ({**row, "x": x} for row in rows for x in PLACES),
            bound=f"{bound}, {len(PLACES)} allocations x",
        ),
    ]
