"""Finite checks of ``amdahl-identity`` and ``amdahl-convex`` on rational grids."""

from __future__ import annotations

from collections.abc import Mapping

from checks.amdahl.grid import BOUND, grid
from checks.exhaust import exhaust
from checks.results import CheckResult
from proofs.kernel.rules import Statement


def identity(statements: Mapping[str, Statement]) -> CheckResult:
    """The identity, exactly."""
    name = "amdahl-identity"
    return exhaust(name, statements[name], grid("R", "s", "x"), bound=BOUND)


def convex(statements: Mapping[str, Statement]) -> CheckResult:
    """Strict convexity between grid points."""
    name = "amdahl-convex"
    instances = (
        row for row in grid("R", "s", "x", "y", "k") if row["x"] < row["y"]
    )
    return exhaust(
        name, statements[name], instances, bound=BOUND + ", 3 weights between pairs of them"
    )
