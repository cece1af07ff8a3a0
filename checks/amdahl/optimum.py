"""Finite check of ``optimum``: exact algebraic optima against the grid.

*Definitions*: :func:`optimum`; :func:`instances`, the witnesses of its parts and what their
hypotheses are for.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from checks.exhaust import exhaust
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
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


def instances() -> Claims:
    """An optimum with a root, one without; and where x* or T* is another number, or none."""
    rational = {"R": 4, "s": Fraction(1, 4)}
    # The balance is 1/2, so that x* = 1/3, and T(x*) = 9/7.
    negative = {"R": -1, "s": Fraction(8, 7)}
    no_balance = "With s = 0 the balance k divides by zero: the time falls all the way to x = 1."
    return {
        "optimum.attained": (
            Witness(
                "A little more than a quarter of the budget is best, and saves 7 % of the time.",
                {"R": 2, "s": Fraction(1, 4)},
            ),
            Without(
                "ratio",
                "With R = -1 and s = 8/7 the closed form of T* has roots of negative numbers.",
                negative,
            ),
            Without("some scalable", no_balance, {"R": 4, "s": 0}),
            Without(
                "threshold",
                "On the threshold the balance is 1, and x* = 0: the collapse begins.",
                {"R": 4, "s": Fraction(3, 4)},
            ),
        ),
        "optimum.least": (
            Witness(
                "A share of 1/2 takes longer than the best one, 1/3.",
                rational | {"x": Fraction(1, 2)},
            ),
            Without(
                "ratio",
                "With R = -1 and s = 8/7, x = 0 takes less time than x*.",
                negative | {"x": 0},
            ),
            Without("some scalable", no_balance, {"R": 4, "s": 0, "x": Fraction(1, 2)}),
            Without(
                "threshold",
                "With s = 1 the balance is 0, and x* = -1, where the time is 0/0 + 1/2.",
                {"R": 2, "s": 1, "x": Fraction(1, 2)},
            ),
            Without("from", "Beyond the pole at -1/3 the time is negative.", rational | {"x": -1}),
            Without("to", "Beyond the pole at 1 the time is negative.", rational | {"x": 2}),
        ),
    }
