"""Finite checks of every part of ``absorption-needed``: rational grids, exact algebraic optima.

*Definitions*: :func:`absorption_needed`; :func:`instances`, the witnesses of its parts and what
their hypotheses are for.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from checks.amdahl.grid import exhaust_grid
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
from proofs.kernel.rules import Statement

VALUES = {
    "R": tuple(Fraction(n, d) for n, d in ((1, 4), (1, 1), (3, 2), (4, 1), (100, 1))),
    "s": tuple(Fraction(n, 10) for n in (0, 1, 2, 5, 9, 10)),
    "x": tuple(Fraction(n, 8) for n in range(1, 8)),
    "y": tuple(Fraction(n, 8) for n in range(1, 8)),
    "M": tuple(Fraction(n) for n in (-1, 0, 1, 2, 10)),
}
BOUND = "5 ratios R, 6 shares s, 7 allocations x, 5 bounds M, exact algebraic numbers"


def absorption_needed(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts."""
    return [
        exhaust_grid(name, statement, VALUES, bound=BOUND)
        for name, statement in statements.items()
    ]


HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
EVEN = {"R": 3, "s": QUARTER}
"""Both roots are 1/2, so that x* is 1/2, and T* is 1."""


def instances() -> Claims:
    """An optimum without roots, and the edges."""
    negative = "has the root of a negative number."
    return {
        "absorption-needed.gap": (
            Witness("A share of 3/4 takes a third longer than the best one.", EVEN | {
                "x": 3 * QUARTER
            }),
            Without("ratio", f"With R = -3 the square {negative}", {
                "R": -3, "s": QUARTER, "x": HALF
            }),
            Without("scalable", f"With s = -1/4 the square {negative}", {
                "R": 3, "s": -QUARTER, "x": HALF
            }),
            Without("at most all", f"With s = 4 the square {negative}", {
                "R": 3, "s": 4, "x": HALF
            }),
            Without("from", "With x = 0 nothing runs the bounded work.", EVEN | {"x": 0}),
            Without("to", "With x = 1 nothing runs the scalable work.", EVEN | {"x": 1}),
        ),
        "absorption-needed.attained": (
            Witness(
                "Nearly all of the work is scalable, and specialised hardware is slower: it is "
                "needed all the same.",
                {"R": HALF, "s": Fraction(99, 100)},
            ),
            Without("ratio", f"With R = -3 x* {negative}", {"R": -3, "s": QUARTER}),
            Without("some scalable", "With s = 0 x* is 1.", {"R": 1, "s": 0}),
            Without("some bounded", "With s = 1 x* is 0.", {"R": 1, "s": 1}),
        ),
        "absorption-needed.least": (
            Witness("A share of 3/4 takes longer than the best one, 1/2.", EVEN | {
                "x": 3 * QUARTER
            }),
            Without("ratio", f"With R = -3 x* {negative}", {"R": -3, "s": QUARTER, "x": HALF}),
            Without(
                "some scalable", "With s = 0 x* is 1, where the time has the part 0/0.",
                {"R": 1, "s": 0, "x": HALF},
            ),
            Without(
                "some bounded", "With s = 1 x* is 0, where the time has the part 0/0.",
                {"R": 1, "s": 1, "x": HALF},
            ),
            Without("from", "A negative share gives a negative time.", EVEN | {
                "x": Fraction(-1, 8)
            }),
            Without("to", "Beyond the pole at 1 the time is negative.", EVEN | {"x": 2}),
        ),
        "absorption-needed.unbounded": (
            Witness(
                "Half of the work is bounded. Equal hardware, on 1/20 of the budget, takes 10 "
                "times as long.",
                {"R": 1, "s": HALF, "x": Fraction(1, 20), "M": 10},
            ),
            Without(
                "ratio", "With R = -1 the bounded work takes a negative time.",
                {"R": -1, "s": HALF, "x": HALF, "M": 10},
            ),
            Without(
                "scalable", "With s = -1 the scalable work takes a negative time.",
                {"R": 1, "s": -1, "x": HALF, "M": 4},
            ),
            Without(
                "from", "A negative share gives a negative time.",
                {"R": 1, "s": HALF, "x": Fraction(-1, 8), "M": 10},
            ),
            Without(
                "to", "Beyond the pole at 1 the time is negative.",
                {"R": 1, "s": HALF, "x": 2, "M": QUARTER},
            ),
            Without(
                "small", "At the best share the time is 1.", EVEN | {"x": HALF, "M": 10}
            ),
        ),
        "absorption-needed.none-scalable": (
            Witness("All work is bounded: the larger share is better.", {
                "R": 4, "x": HALF, "y": 3 * QUARTER
            }),
            Without("ratio", "With R = -1 the times are -2 and -4/3.", {
                "R": -1, "x": HALF, "y": 3 * QUARTER
            }),
            Without("from", "A negative share gives a negative time.", {
                "R": 1, "x": Fraction(-1, 2), "y": HALF
            }),
            Without("order", "Nothing takes less time than itself.", {
                "R": 1, "x": HALF, "y": HALF
            }),
            Without("to", "With y = 1 the time has the part 0/0.", {"R": 1, "x": HALF, "y": 1}),
        ),
        "absorption-needed.all-scalable": (
            Witness("Half of the budget, of no use, doubles the time.", {"R": 4, "x": HALF}),
            Without("ratio", "With R = 0 the time has the part 0/0.", {"R": 0, "x": HALF}),
            Without("from", "With x = 0 the time has the part 0/0.", {"R": 4, "x": 0}),
        ),
    }
