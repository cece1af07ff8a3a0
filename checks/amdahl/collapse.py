"""Finite checks of every part of ``collapse`` on rational grids.

*Definitions*: :func:`collapse`; :func:`instances`, the witnesses of its parts and what their
hypotheses are for.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from checks.amdahl.grid import BOUND, PLACES, grid
from checks.exhaust import exhaust
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
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


HALF, THIRD, QUARTER = (Fraction(1, n) for n in (2, 3, 4))
AT_RATIO_4 = {"R": 4, "s": 3 * QUARTER}
"""On the threshold, which is 3/4 for R = 4."""
WINDOW = {"unique minimiser": lambda _: (THIRD, *PLACES)}


def instances() -> Claims:
    """At the threshold of R = 4, and at the edges."""
    return {**_theorem(), **_edges()}


def _theorem() -> Claims:
    return {
        "collapse.if": (
            Witness(
                "On the threshold itself a share of 1/3 takes longer than none.",
                AT_RATIO_4 | {"x": THIRD},
            ),
            Without(
                "ratio",
                "With R = 1 and s = 0, which is the threshold, the time is 1 everywhere.",
                {"R": 1, "s": 0, "x": HALF},
            ),
            Without(
                "threshold",
                "Below the threshold, at s = 1/4, a share of 1/3 saves a quarter of the time.",
                {"R": 4, "s": QUARTER, "x": THIRD},
            ),
            Without("from", "x = 0 takes no longer than itself.", AT_RATIO_4 | {"x": 0}),
            Without(
                "to", "Beyond its pole at x = 1 the time is negative.", AT_RATIO_4 | {"x": 2}
            ),
        ),
        "collapse.only-if": (
            Witness(
                "On the threshold every share in (0,1) takes longer than none; here those of a "
                "grid are tried.",
                AT_RATIO_4, WINDOW,
            ),
            Without(
                "ratio",
                "With R = 0 the time is 1/(1-x), which is least at 0, and the threshold divides "
                "by zero.",
                {"R": 0, "s": 0}, WINDOW,
            ),
            Without(
                "unique minimiser",
                "For R = 4 the share 1/3 takes less time than none, and s = 1/4 is below the "
                "threshold.",
                {"R": 4, "s": QUARTER}, WINDOW,
            ),
        ),
        "collapse.thresholds": (
            Witness("R = 4 is critical for s = 3/4.", AT_RATIO_4),
            Without(
                "ratio",
                "With R = -1 the threshold on s is 2, but R is below the critical ratio 1.",
                {"R": -1, "s": 0},
            ),
            Without(
                "some bounded",
                "With s = 2 the critical ratio is -1: R = 1 is above it, and s above the "
                "threshold 0.",
                {"R": 1, "s": 2},
            ),
        ),
    }


def _edges() -> Claims:
    beyond = "Beyond its pole at x = 1 the time is negative."
    return {
        "collapse.equal-ratio": (
            Witness(
                "Half of the budget, of no use to scalable work, doubles its time.",
                {"s": HALF, "x": HALF},
            ),
            Without(
                "some scalable", "With s = 0 the time is 1 everywhere.", {"s": 0, "x": HALF}
            ),
            Without("from", "x = 0 takes no longer than itself.", {"s": HALF, "x": 0}),
            Without("to", "Beyond its pole at x = 1 the time is less.", {"s": HALF, "x": 2}),
        ),
        "collapse.equal-ratio-bounded": (
            Witness("Half of the budget, for the same time.", {"x": HALF}),
            Without("not all", "At x = 1 the time is 1 + 0/0.", {"x": 1}),
        ),
        "collapse.all-scalable": (
            Witness(
                "However good it is, hardware that nothing runs on is of no use.",
                {"R": 1000, "x": HALF},
            ),
            Without(
                "ratio", "With R = -1 the time at x = 1/2 is 0/0 + 2.", {"R": -1, "x": HALF}
            ),
            Without("from", "x = 0 takes no longer than itself.", {"R": 4, "x": 0}),
            Without("to", beyond, {"R": 4, "x": 2}),
        ),
        "collapse.none-scalable": (
            Witness(
                "From a share of 1/2 to one of 3/4 the time still falls.", {"R": 4, "x": HALF}
            ),
            Without("ratio", "With R = 1 the time is 1 everywhere.", {"R": 1, "x": HALF}),
            Without(
                "from",
                "With R = 2 the time has a pole at x = -1. It is negative at -2, and positive "
                "half-way to 1.",
                {"R": 2, "x": -2},
            ),
            Without(
                "to", "From 3, half-way to 1 is 2, which is no share.", {"R": 2, "x": 3}
            ),
        ),
    }
