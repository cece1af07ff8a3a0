"""Finite checks of every part of ``transition``, with exact algebraic numbers.

*Definitions*: :func:`transition`; :func:`instances`, the witnesses of its parts and what their
hypotheses are for.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from checks.exhaust import exhaust
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
from proofs.kernel.rules import Statement

RATIOS = tuple(Fraction(n, d) for n, d in ((3, 2), (2, 1), (4, 1), (10, 1)))
BALANCES = tuple(Fraction(n, d) for n, d in ((1, 2), (1, 1), (65, 64), (3, 2), (2, 1), (6, 1)))
"""Those up to 1 are of shares from the threshold on."""
PLACES = tuple(Fraction(n, 8) for n in range(8))
ROWS = (
    *({"R": ratio, "s": (ratio - 1) / (ratio - 1 + k * k)} for ratio in RATIOS for k in BALANCES),
    {"R": Fraction(2), "s": Fraction(1, 3)},
    {"R": Fraction(1), "s": Fraction(1, 2)},
    {"R": Fraction(1, 2), "s": Fraction(1, 10)},
    {"R": Fraction(4), "s": Fraction(1, 2)},
)
BOUND = (
    f"{len(ROWS)} pairs of a ratio and a share, two of them with an irrational balance, "
    f"{len(PLACES)} allocations x"
)


def transition(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts."""
    return [
        exhaust(
            name, statement,
            ({**row, "x": x} for row in ROWS for x in PLACES)
            if any(v.data == "x" for v in statement.variables) else ROWS,
            bound=BOUND,
        )
        for name, statement in statements.items()
    ]


HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)


def instances() -> Claims:
    """A ratio of 4, whose threshold is 3/4."""
    below = {"R": 4, "s": QUARTER}
    negative = {"R": -1, "s": Fraction(8, 7)}
    return {
        "transition.minimiser": (
            Witness("Below the threshold the best share is 1/2, and 3/4 takes longer.", {
                "R": 4, "s": Fraction(3, 28), "x": 3 * QUARTER
            }),
            Without("ratio", "With R = -1 and s = 8/7 x = 0 takes less time than x*.", {
                **negative, "x": 0
            }),
            Without("some scalable", "With s = 0 the balance divides by zero.", {
                "R": 4, "s": 0, "x": HALF
            }),
            Without("from", "Beyond the pole at -1/3 the time is negative.", below | {"x": -1}),
            Without("to", "Beyond the pole at 1 the time is negative.", below | {"x": 2}),
        ),
        "transition.bend": (
            Witness("The balance is 3, so that x* is 1/3, as R - 1 is: no bend.", below),
            Without("ratio", "With R = 1 the slope divides by zero.", {"R": 1, "s": HALF}),
            Without("some scalable", "With s = 0 the balance divides by zero.", {"R": 4, "s": 0}),
            Without(
                "some bounded", "With s = 2 the balance has the root of a negative number.",
                {"R": 4, "s": 2},
            ),
        ),
        "transition.kink": (
            Witness("The share 1/3 is on the line, which rises by 2/3 for each unit.", below),
            Without(
                "ratio", "With R = -1 the slope would be 1/4.", negative
            ),
            Without("some scalable", "With s = 0 the balance divides by zero.", {"R": 4, "s": 0}),
            Without(
                "threshold", "Beyond the threshold the share stays 0, and the line goes on.",
                {"R": 4, "s": Fraction(7, 8)},
            ),
        ),
        "transition.beyond": (
            Witness("On the threshold the best share is 0.", {"R": 4, "s": 3 * QUARTER}),
            Without("threshold", "Below the threshold it is 1/3.", below),
        ),
    }
