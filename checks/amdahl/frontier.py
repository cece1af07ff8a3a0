"""Finite checks of every part of ``moving-frontier``: rational grids, exact powers of two.

*Definitions*: :func:`moving_frontier`; :func:`instances`, the witnesses of its parts and what their
hypotheses are for.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from checks.amdahl.grid import exhaust_grid
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
from proofs.kernel.rules import Statement

_RATIOS = tuple(Fraction(n, d) for n, d in ((0, 1), (1, 2), (1, 1), (2, 1), (4, 1)))
_SHARES = tuple(Fraction(n, 4) for n in range(5))
_SPEEDS = tuple(Fraction(n, 2) for n in range(-1, 3))
_YEARS = tuple(Fraction(n) for n in range(4))
VALUES = {
    "R": _RATIOS, "Q": _RATIOS, "s": _SHARES, "z": _SHARES,
    "x": tuple(Fraction(n, 8) for n in range(1, 8)),
    "g": _SPEEDS, "m": _SPEEDS, "t": _YEARS, "w": _YEARS,
}
BOUND = "5 ratios R, 5 shares s, 7 allocations x, 4 speeds γ and μ, 4 years t, exact numbers"


def moving_frontier(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts."""
    return [
        exhaust_grid(name, statement, VALUES, bound=BOUND)
        for name, statement in statements.items()
    ]


HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
AT_ONE = {"R": 2, "s": HALF, "x": HALF}
"""The advantage is exactly 1."""
LAWS = {"R": 4, "s": HALF, "g": HALF, "m": HALF, "t": 2, "w": 1}
"""R(t) = 4·2^(-t/2) and 1-s(t) = 2^(-t/2)/2 cross in year 1."""


def instances() -> Claims:
    """An advantage of 2 that halves each year, and the edges."""
    return {
        "moving-frontier.pays": (
            Witness(
                "With R(1-s) = 2 every share up to 1/3 gains.",
                {"R": 4, "s": HALF, "x": Fraction(1, 6)},
            ),
            Without(
                "ratio", "With R = -1 and s = 3 break-even is negative.",
                {"R": -1, "s": 3, "x": HALF},
            ),
            Without(
                "scalable", "With s = -1 break-even is 3, more than the budget.",
                {"R": 2, "s": -1, "x": HALF},
            ),
            Without("advantage", "With R(1-s) = 1 break-even is 0.", AT_ONE),
        ),
        "moving-frontier.stops": (
            Witness("With R(1-s) = 1 half of the budget loses a third.", AT_ONE),
            Witness(
                "Programmable hardware has overtaken: R = 1/2.", {"R": HALF, "s": 0, "x": HALF}
            ),
            Without(
                "ratio", "With R = -9 the share 1/2 makes the time of bounded work negative.",
                {"R": -9, "s": HALF, "x": HALF},
            ),
            Without(
                "scalable", "With R = 1/2 and s = -1 the advantage is 1, and the share 1/2 gains.",
                {"R": HALF, "s": -1, "x": HALF},
            ),
            Without(
                "advantage", "With R(1-s) = 2 the share 1/8 gains.",
                {"R": 4, "s": HALF, "x": Fraction(1, 8)},
            ),
            Without(
                "unlike", "Equal hardware and no scalable work: the time is 1 everywhere.",
                {"R": 1, "s": 0, "x": HALF},
            ),
            Without("from", "x = 0 takes no longer than itself.", AT_ONE | {"x": 0}),
            Without("to", "Beyond x = 1 the time of scalable work is negative.", AT_ONE | {"x": 2}),
        ),
        "moving-frontier.falls": (
            Witness("R halves and s rises.", {"R": 4, "s": QUARTER, "Q": 2, "z": HALF}),
            Without(
                "ratio", "Where R = 0 the advantage stays 0.", {"R": 0, "s": 0, "Q": 0, "z": HALF}
            ),
            Without(
                "some bounded", "Where s = 1 the advantage stays 0.",
                {"R": 4, "s": 1, "Q": 2, "z": 1},
            ),
            Without("catches up", "R rises.", {"R": 2, "s": HALF, "Q": 4, "z": HALF}),
            Without("migrates", "s falls.", {"R": 2, "s": HALF, "Q": 2, "z": QUARTER}),
            Without("moves", "Nothing changes.", {"R": 2, "s": HALF, "Q": 2, "z": HALF}),
        ),
        "moving-frontier.exponential": (
            Witness("In year 2 the advantage is 2^-1, as it is 1 in year 1.", LAWS),
            Witness(
                "Specialised hardware gets better, and more slowly than work migrates.",
                LAWS | {"g": -HALF, "m": Fraction(3, 2), "t": 0},
            ),
            Without(
                "ratio", "With R = -4 and s = 3/2 the ratio stays negative.",
                LAWS | {"R": -4, "s": Fraction(3, 2)},
            ),
            Without(
                "speed", "With γ = -2 the advantage rises.",
                LAWS | {"g": -2, "m": 1, "w": -1},
            ),
            Without(
                "migrates", "With μ = -1/2 the scalable share falls.",
                LAWS | {"g": Fraction(3, 2), "m": -HALF},
            ),
            Without("later", "Before year 0 the scalable share was less.", LAWS | {"t": -2}),
            Without("year", "Year 0 is not the one: the advantage is 2.", LAWS | {"w": 0, "t": 0}),
        ),
    }
