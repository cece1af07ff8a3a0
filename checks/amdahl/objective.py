"""Finite checks of ``amdahl-identity`` and ``amdahl-convex`` on rational grids.

*Definitions*: :func:`identity`, :func:`convex`; :func:`identity_instances`,
:func:`convex_instances`, their witnesses and what their hypotheses are for.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from checks.amdahl.grid import BOUND, grid
from checks.exhaust import exhaust
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
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
        name, statements[name], instances, bound=BOUND + ", 2 weights between pairs of them"
    )


def identity_instances() -> Claims:
    """Where a denominator is 0, both sides are a number and 0/0: two different numbers."""
    return {
        "amdahl-identity": (
            Witness(
                "A third of the budget makes hardware of ratio 4 save a quarter of the time.",
                {"R": 4, "s": Fraction(1, 4), "x": Fraction(1, 3)},
            ),
            Without(
                "bounded",
                "The left side is 1 + 0/0, the right side is 0/0: whatever 0/0 might be, they "
                "differ.",
                {"R": -1, "s": 1, "x": Fraction(1, 2)},
            ),
            Without(
                "scalable",
                "The left side is 0/0 - 1/2, the right side is 0/0: whatever 0/0 might be, they "
                "differ.",
                {"R": 2, "s": 0, "x": 1},
            ),
        )
    }


def convex_instances() -> Claims:
    """The middle of 0 and 1/2, and a change of it for each hypothesis."""
    half = Fraction(1, 2)
    middle = {"R": 2, "s": half, "x": 0, "y": half, "k": half}
    equal = "the two sides are equal."
    return {
        "amdahl-convex": (
            Witness("Half-way from x = 0 to y = 1/2 the time is below the mean.", middle),
            Without(
                "ratio",
                "With R = -1 the time has a pole at x = 1/2. Half-way from 0 to 3/4 it takes "
                "longer than at both ends.",
                middle | {"R": -1, "y": Fraction(3, 4)},
            ),
            Without(
                "some scalable",
                f"With s = 0 and R = 1 the time is 1 everywhere: {equal}",
                middle | {"R": 1, "s": 0},
            ),
            Without(
                "scalable",
                "With s = 2 the bounded part is -1, and its time -1/(1+20x) bends downwards.",
                middle | {"R": 21, "s": 2},
            ),
            Without(
                "x from",
                "With R = 3 the time has a pole at x = -1/2. From -1, beyond it, to 0 the time "
                "is not convex.",
                middle | {"R": 3, "x": -1, "y": 0, "k": Fraction(1, 4)},
            ),
            Without(
                "x to",
                "The time has a pole at x = 1. From 2, beyond it, to 0 it is not convex.",
                middle | {"R": 1, "s": 1, "x": 2, "y": 0, "k": Fraction(1, 4)},
            ),
            Without(
                "y from",
                "The same pole as for x, at -1/2: now y lies beyond it.",
                middle | {"R": 3, "x": 0, "y": -1, "k": Fraction(3, 4)},
            ),
            Without(
                "y to",
                "The same pole as for x, at 1: now y lies beyond it.",
                middle | {"R": 1, "s": 1, "x": 0, "y": 2, "k": Fraction(3, 4)},
            ),
            Without("different", f"With x = y {equal}", middle | {"y": 0}),
            Without("low", f"With weight 0 the point between is y: {equal}", middle | {"k": 0}),
            Without("high", f"With weight 1 the point between is x: {equal}", middle | {"k": 1}),
        )
    }
