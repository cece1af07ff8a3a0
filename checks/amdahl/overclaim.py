"""Finite checks of every part of ``overclaim`` on rational grids.

*Definitions*: :func:`overclaim`; :func:`instances`, the witnesses of its parts and what their
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


def overclaim(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts."""
    return [
        exhaust(
            name, statement, grid(*(str(v.data) for v in statement.variables)), bound=BOUND
        )
        for name, statement in statements.items()
    ]


HALF = Fraction(1, 2)
NINE_TENTHS = Fraction(9, 10)


def instances() -> Claims:
    """Work of which nine tenths are scalable, which a ratio of 20 still speeds up."""
    some = {"R": 4, "s": HALF, "x": HALF}
    return {
        "overclaim.restored": (
            Witness(
                "Nine tenths are scalable, so that the critical ratio is 10. With 20 every share "
                "below 1/19 gains; here it is 1/38.",
                {"R": 20, "s": NINE_TENTHS, "x": Fraction(1, 38)},
            ),
            Without(
                "scalable",
                "With s = -2 and R = 2 break-even is at 5, which is no share.",
                {"R": 2, "s": -2, "x": HALF},
            ),
            Without(
                "some bounded",
                "With s = 2 the critical ratio is -1. R = 2 is above it, and break-even is at -3.",
                {"R": 2, "s": 2, "x": HALF},
            ),
            Without(
                "ratio", "At the critical ratio break-even is 0.", {"R": 2, "s": HALF, "x": HALF}
            ),
        ),
        "overclaim.instance": (
            Witness(
                "Nine tenths are scalable. A ratio of 20, on 1/38 of the budget, saves 1/111 of "
                "the time.",
                {"s": NINE_TENTHS},
            ),
            Without(
                "scalable",
                "With s = -1/3 the time that it saves divides by zero.",
                {"s": Fraction(-1, 3)},
            ),
            Without("some bounded", "With s = 1 no ratio is critical.", {"s": 1}),
        ),
        "overclaim.bounded-gain": (
            Witness(
                "However fast, hardware cannot save the half that does not run on it.",
                {"R": 10**6, "s": HALF, "x": Fraction(1, 100)},
            ),
            Without(
                "ratio", "With R = -2 the time is negative at 3/4, beyond a pole at 1/3.",
                some | {"R": -2, "s": 0, "x": Fraction(3, 4)},
            ),
            Without(
                "scalable",
                "With s = -1 and R = 1 it is -1/(1-x) and 2 more, at x = 3/4 less than s.",
                {"R": 1, "s": -1, "x": Fraction(3, 4)},
            ),
            Without(
                "some bounded", "With s = 1 and x = 0 the time is s.", {"R": 4, "s": 1, "x": 0}
            ),
            Without("from", "Beyond the pole at -1/3 the time is negative.", some | {"x": -1}),
            Without("to", "Beyond the pole at 1 the time is negative.", some | {"x": 2}),
        ),
        "overclaim.all-scalable": (
            Witness("Half of the budget, of no use, doubles the time.", {"R": 10**6, "x": HALF}),
            Without("bounded", "At this pole the time is 0/0 + 3/4.", {
                "R": 4, "x": Fraction(-1, 3)
            }),
        ),
    }
