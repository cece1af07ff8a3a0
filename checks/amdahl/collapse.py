"""Finite checks of every part of ``collapse`` on rational grids."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from checks.amdahl.grid import BOUND, PLACES, grid
from checks.exhaust import exhaust
from checks.results import CheckResult
from models.amdahl.number import Real
from models.amdahl.objective import break_even
from proofs.kernel.evaluate import Assignment
from proofs.kernel.rules import Statement


def places(row: Assignment) -> list[Real]:
    """Allocations at which "x = 0 is the unique minimiser" is put to the test."""
    half: Real = break_even(row["R"], row["s"]) / 2 if row["R"] > 1 else Fraction(0)
    return [*PLACES, half]


def collapse(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts; "for all x" in a hypothesis is tested on the grid and half-way to break-even."""
    return [
        exhaust(
            name,
            statement,
            grid(*(str(v.data) for v in statement.variables)),
            bound=BOUND,
            window={"unique minimiser": places},
        )
        for name, statement in statements.items()
    ]
