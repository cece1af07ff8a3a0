"""Finite checks of every part of ``scaling-exponent``: rational exponents, exact powers.

*Definitions*: :func:`scaling_exponent`; :func:`instances`, the witnesses of its parts and what
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
    "R": tuple(Fraction(n, d) for n, d in ((1, 2), (3, 2), (4, 1), (10, 1))),
    "s": tuple(Fraction(n, 8) for n in (0, 1, 4, 6, 7, 8)),
    "a": tuple(Fraction(n, d) for n, d in ((0, 1), (1, 2), (1, 1), (3, 2), (3, 1))),
    # Of these 1-x is a square, so that the powers are rational.
    "x": tuple(Fraction(n, d) for n, d in ((0, 1), (7, 16), (5, 9), (3, 4), (99, 100))),
}
BOUND = "4 ratios R, 6 shares s, 5 exponents a, 5 allocations x, exact algebraic numbers"


def scaling_exponent(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts."""
    return [
        exhaust_grid(name, statement, VALUES, bound=BOUND)
        for name, statement in statements.items()
    ]


HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
SQUARE = {"R": 3, "a": 2, "s": HALF}
"""On the threshold, which is 1/2 for R = 3 and a = 2."""


def instances() -> Claims:
    """A scalable part that falls off with the square of its resource, and the edges."""
    low = {"R": 3, "a": 2, "s": QUARTER}
    slow = {"R": HALF, "s": 0, "a": 2, "x": HALF}
    return {
        "scaling-exponent.none": (
            Witness("The budget is as it was.", SQUARE),
        ),
        "scaling-exponent.if": (
            Witness(
                "On the threshold, for a = 2, half of the budget more than doubles the time.",
                SQUARE | {"x": HALF},
            ),
            Without(
                "ratio", "With R = 1 and s = 0, which is the threshold, the time is 1 everywhere.",
                SQUARE | {"R": 1, "s": 0, "x": HALF},
            ),
            Without(
                "exponent",
                "With a = 0 and s = 1, which is the threshold, the time is 1 everywhere.",
                {"R": 3, "a": 0, "s": 1, "x": HALF},
            ),
            Without(
                "threshold", "With s = 1/4, below the threshold, a share of 1/8 gains.",
                low | {"x": Fraction(1, 8)},
            ),
            Without("from", "x = 0 takes no longer than itself.", SQUARE | {"x": 0}),
            Without("to", "Beyond x = 1 the power has no value.", SQUARE | {"x": 2}),
        ),
        "scaling-exponent.only-if": (
            Witness("With s = 1/4 the share 1/8 takes less time than none.", low),
            Without(
                "ratio", "With R = 0 specialised hardware does nothing; the share 3/8 loses.",
                {"R": 0, "a": 0, "s": QUARTER},
            ),
            Without(
                "exponent", "With a = -2 the share that is to gain divides by zero.",
                {"R": 4, "a": -2, "s": HALF},
            ),
            Without(
                "scalable", "With s = -1 the share that is to gain is all of the budget.",
                {"R": 2, "a": 1, "s": -1},
            ),
            Without("threshold", "On the threshold the share is 0.", SQUARE),
        ),
        "scaling-exponent.equal-ratio": (
            Witness(
                "Half of the budget, of no use, makes work with a = 1/2 take 1/√2 - 1/2 longer.",
                {"s": HALF, "a": HALF, "x": HALF},
            ),
            Without(
                "some scalable", "With s = 0 the time is 1 everywhere.",
                {"s": 0, "a": 2, "x": HALF},
            ),
            Without(
                "exponent", "With a = 0 the time is 1 everywhere.", {"s": HALF, "a": 0, "x": HALF}
            ),
            Without("from", "x = 0 takes no longer than itself.", {"s": HALF, "a": 2, "x": 0}),
            Without("to", "Beyond x = 1 the power has no value.", {"s": HALF, "a": 2, "x": 2}),
        ),
        "scaling-exponent.small-ratio": (
            Witness(
                "Hardware half as fast makes bounded work slower: 4/3 for half of the budget.",
                slow,
            ),
            Witness(
                "Also if it is as fast, or does nothing at all, scalable work loses.",
                slow | {"R": 0, "s": HALF, "a": HALF},
            ),
            Without(
                "ratio", "With R = -2 and x = 1/2 bounded work divides a negative number.",
                slow | {"R": -2},
            ),
            Without(
                "at most one", "With R = 4 half of the budget gains.",
                {"R": 4, "s": Fraction(1, 8), "a": 1, "x": HALF},
            ),
            Without(
                "scalable", "With s = -1 it would be the better, the longer scalable work took.",
                slow | {"s": -1},
            ),
            Without(
                "shares", "With s = 2 there is less than no bounded work to be slowed down.",
                {"R": HALF, "s": 2, "a": Fraction(1, 8), "x": HALF},
            ),
            Without(
                "exponent", "With a = -2 scalable work would gain.",
                {"R": HALF, "s": Fraction(7, 8), "a": -2, "x": HALF},
            ),
            Without(
                "felt", "With R = 1 and s = 0 the time is 1 everywhere.",
                {"R": 1, "s": 0, "a": 2, "x": HALF},
            ),
            Without("from", "x = 0 takes no longer than itself.", slow | {"x": 0}),
            Without("to", "Beyond x = 1 the power has no value.", slow | {"x": 2}),
        ),
        "scaling-exponent.one": (
            Witness("It is the objective of the other cards.", {"R": 4, "s": HALF, "x": HALF}),
            Without("ratio", "With R = 0 the threshold 1 - 1/R divides by zero.", {
                "R": 0, "s": HALF, "x": HALF
            }),
            Without("to", "With x = 1 the times divide by zero.", {"R": 4, "s": HALF, "x": 1}),
        ),
    }
