"""Finite checks of every part of ``break-even`` on rational grids.

*Definitions*: :func:`break_even`; :func:`instances`, the witnesses of its parts and what their
hypotheses are for.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from checks.amdahl.grid import BOUND, grid
from checks.exhaust import exhaust
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
from proofs.kernel.rules import Statement


def break_even(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts."""
    return [
        exhaust(
            name, statement, grid(*(str(v.data) for v in statement.variables)), bound=BOUND
        )
        for name, statement in statements.items()
    ]


HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
BELOW = {"R": 4, "s": QUARTER}
"""Below the threshold 3/4 of R = 4; break-even is at 2/3."""


def instances() -> Claims:
    """Below the threshold of R = 4, and at the edges."""
    return {
        "break-even.factored": (
            Witness("Half of the budget lies below break-even.", BELOW | {"x": HALF}),
            Without(
                "ratio", "With R = 1 there is no break-even: it divides by zero.",
                {"R": 1, "s": QUARTER, "x": HALF},
            ),
            Without("bounded", "At the pole -1/3 the time is no number.", BELOW | {
                "x": Fraction(-1, 3)
            }),
            Without("scalable", "At the pole 1 the time is no number.", BELOW | {"x": 1}),
        ),
        "break-even.gain": (
            Witness(
                "At R = 4 half of the budget gains as long as s is below 3/8: here it is 1/4.",
                BELOW | {"x": HALF},
            ),
            Without(
                "ratio",
                "With R = 1/2 and s = 1/4 break-even would be 5/4, but a share of 1/2 loses.",
                {"R": HALF, "s": QUARTER, "x": HALF},
            ),
            Without(
                "from", "Beyond the pole at -1/3 the time is negative.", BELOW | {"x": -1}
            ),
            Without("to", "Beyond the pole at 1 the time is negative.", BELOW | {"x": 2}),
        ),
        "break-even.place": (
            Witness("Break-even is at 2/3, between 0 and 1.", BELOW),
            Without(
                "ratio",
                "With R = 1/2 and s = 1/4, above the threshold -1, break-even would be 5/4.",
                {"R": HALF, "s": QUARTER},
            ),
        ),
        "break-even.even": (
            Witness("A share of 2/3 takes as long as none: 1/4 + 3/4.", BELOW),
            Without("ratio", "With R = 1 break-even divides by zero.", {"R": 1, "s": HALF}),
            Without(
                "some scalable",
                "With s = 0 break-even is at x = 1, where the time has the part 0/0.",
                {"R": 4, "s": 0},
            ),
            Without(
                "some bounded",
                "With s = 1 break-even is at -1/3, where the time has the part 0/0.",
                {"R": 4, "s": 1},
            ),
        ),
        "break-even.small-ratio": (
            Witness(
                "Hardware half as fast, on half of the budget: a third longer, and a half more.",
                {"R": HALF, "s": QUARTER, "x": HALF},
            ),
            Without(
                "ratio", "With R = -2 the time is negative at 3/4, beyond a pole at 1/3.",
                {"R": -2, "s": 0, "x": Fraction(3, 4)},
            ),
            Without("small", "With R = 4 half of the budget gains.", BELOW | {"x": HALF}),
            Without(
                "scalable", "Negative scalable work gains from being slowed down.",
                {"R": 1, "s": -1, "x": HALF},
            ),
            Without(
                "from", "A negative share is more programmable hardware than the budget buys.",
                {"R": 1, "s": HALF, "x": -1},
            ),
            Without(
                "to", "Beyond the pole at 1 the time is negative.", {"R": 1, "s": HALF, "x": 2}
            ),
        ),
    }
