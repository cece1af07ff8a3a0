"""Finite checks of every part of ``bandwidth`` on rational grids.

*Definitions*: :func:`bandwidth`; :func:`instances`, the witnesses of its parts and what their
hypotheses are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from checks.amdahl.grid import exhaust_grid
from checks.exhaust import exhaust
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
from proofs.kernel.rules import Statement


def _values(*texts: str) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, texts))


RATIOS = _values("0", "1/2", "1", "3/2", "4", "10")
SHARES = _values("0", "1/10", "1/3", "3/4", "9/10", "1")
BANDWIDTHS = _values("0", "1/10", "1/2", "2")
PLACES = _values("0", "1/16", "1/4", "1/2", "9/10", "1")
VALUES = {
    "R": RATIOS, "s": SHARES, "g": BANDWIDTHS, "h": BANDWIDTHS, "x": PLACES, "y": PLACES,
}
BOUND = (
    f"{len(RATIOS)} ratios R, {len(SHARES)} shares s, {len(BANDWIDTHS)} values of γ, "
    f"{len(PLACES)} allocations x, exact"
)

MINIMISERS = tuple(
    (Fraction(R), Fraction(s), tuple((Fraction(g), Fraction(x)) for g, x in places))
    for R, s, places in (
        # For s = 0 they are (√R-1)/(γR); the others are roots that happen to be rational.
        ("4", "0", (("1/3", "3/4"), ("1/2", "1/2"), ("1", "1/4"), ("2", "1/8"))),
        ("9", "0", (("1/4", "8/9"), ("1/3", "2/3"), ("1", "2/9"))),
        ("10", "4/125", (("0", "31/51"), ("1", "1/5"))),
        ("10", "9/34", (("0", "2/7"), ("11/10", "2/17"))),
        ("9", "11/60", (("2/5", "1/4"), ("5/3", "1/10"))),
        ("4", "11/60", (("1/5", "1/3"), ("7/6", "1/7"))),
        ("2", "1/65", (("0", "7/9"), ("11/5", "1/11"))),
    )
)
"""R, s and, for several γ, the share that is best: rows that the grid does not meet."""


def _pairs() -> Iterator[dict[str, Any]]:
    """Two values of γ, each with its best share."""
    for R, s, places in MINIMISERS:
        for (g, x), (h, y) in product(places, repeat=2):
            yield {"R": R, "s": s, "g": g, "h": h, "x": x, "y": y}


def bandwidth(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts; that the best share shrinks, on pairs of best shares."""
    known = sum(len(places) for _, _, places in MINIMISERS)
    return [
        exhaust(name, statement, _pairs(), bound=f"pairs of {known} best shares, exact")
        if name == "bandwidth.shrinks"
        else exhaust_grid(name, statement, VALUES, bound=BOUND)
        for name, statement in statements.items()
    ]


HALF, THIRD, QUARTER = (Fraction(1, n) for n in (2, 3, 4))
AT_RATIO_4 = {"R": 4, "s": 3 * QUARTER}
"""On the threshold, which is 3/4 for R = 4."""
BOUNDED = {"R": 4, "s": 0}
"""With these, and γ = 1, the best share is 1/4."""
NO_TIME = "has the part 0/0 or divides by zero."


def instances() -> Claims:
    """A ratio of 4, whose threshold is 3/4, and the edges."""
    return {**_identities(), **_threshold(), **_sides(), **_more(), **_edges()}


def _identities() -> Claims:
    narrow = {"R": 4, "s": QUARTER, "g": 1}
    return {
        "bandwidth.identity": (
            Witness("A ratio of 4 falls to 4/3 at half of the budget.", {
                **narrow, "x": HALF
            }),
            Without("crowded", "At B = 0 the ratio divides by zero.", {
                **narrow, "x": -QUARTER
            }),
            Without("bounded", f"At N = 0 the time {NO_TIME}", {
                "R": 2, "s": 0, "g": 0, "x": -1
            }),
            Without("scalable", f"At x = 1 the time {NO_TIME}", {**narrow, "x": 1}),
        ),
        "bandwidth.gap": (
            Witness("The shares 1/4 and 1/2.", {**narrow, "x": QUARTER, "y": HALF}),
            Without("crowded", "At B = 0 the ratio divides by zero.", {
                **narrow, "x": -QUARTER, "y": 0
            }),
            Without("crowded'", "At B' = 0 the ratio divides by zero.", {
                **narrow, "x": 0, "y": -QUARTER
            }),
            Without("bounded", f"At N = 0 the time {NO_TIME}", {
                "R": 2, "s": 0, "g": 0, "x": -1, "y": 0
            }),
            Without("bounded'", f"At N' = 0 the time {NO_TIME}", {
                "R": 2, "s": 0, "g": 0, "x": 0, "y": -1
            }),
            Without("scalable", f"At x = 1 the time {NO_TIME}", {**narrow, "x": 1, "y": 0}),
            Without("scalable'", f"At y = 1 the time {NO_TIME}", {**narrow, "x": 0, "y": 1}),
        ),
        "bandwidth.regrouped": (
            Witness("The shares 1/4 and 1/2.", {**narrow, "x": QUARTER, "y": HALF}),
        ),
        "bandwidth.difference": (
            Witness("Half of the budget, with γ = 0 and γ' = 1.", {
                "R": 4, "s": QUARTER, "g": 0, "h": 1, "x": HALF
            }),
            Without("crowded", "At B = 0 the ratio divides by zero.", {
                "R": 4, "s": QUARTER, "g": 1, "h": 0, "x": -QUARTER
            }),
            Without("crowded'", "At B' = 0 the ratio divides by zero.", {
                "R": 4, "s": QUARTER, "g": 0, "h": 1, "x": -QUARTER
            }),
            Without("bounded", f"At N = 0 the time {NO_TIME}", {
                "R": 2, "s": 0, "g": 0, "h": 1, "x": -1
            }),
            Without("bounded'", f"At N' = 0 the time {NO_TIME}", {
                "R": 2, "s": 0, "g": 1, "h": 0, "x": -1
            }),
        ),
    }


def _threshold() -> Claims:
    return {
        "bandwidth.none": (Witness("Whatever γ is.", {"R": 4, "s": QUARTER, "g": 1}),),
        "bandwidth.if": (
            Witness(
                "On the threshold a share of 1/8 takes longer than none, and would without any "
                "limit.",
                {**AT_RATIO_4, "g": 1, "x": Fraction(1, 8)},
            ),
            Without(
                "ratio", "With R = 1, s = 0, the threshold, and γ = 0 the time is 1 everywhere.",
                {"R": 1, "s": 0, "g": 0, "x": HALF},
            ),
            Without(
                "bandwidth",
                "With γ = -2, hardware that helps itself, half of the budget gains on the "
                "threshold of R = 2.",
                {"R": 2, "s": HALF, "g": -2, "x": HALF},
            ),
            Without("threshold", "Without scalable work half of the budget gains.", {
                "R": 2, "s": 0, "g": 0, "x": HALF
            }),
            Without("from", "x = 0 takes as long as itself.", {**AT_RATIO_4, "g": 1, "x": 0}),
            Without("to", "Beyond its pole at x = 1 the time is negative.", {
                "R": 2, "s": 1, "g": 0, "x": 2
            }),
        ),
        "bandwidth.only-if": (
            Witness(
                "With γ = 1, too, 1/7 of the budget gains at s = 1/4.",
                {"R": 4, "s": QUARTER, "g": 1},
            ),
            Without("ratio", "With R = -1 the share is 1/4, and loses.", {
                "R": -1, "s": 1, "g": 0
            }),
            Without("bandwidth", "With γ = -1 the share is -1/2.", {"R": 2, "s": 0, "g": -1}),
            Without("scalable", "With s = -1 the share is 3/2.", {"R": 2, "s": -1, "g": 0}),
            Without("threshold", "Beyond the threshold the share is negative.", {
                "R": 2, "s": 1, "g": 0
            }),
        ),
    }


def _sides() -> Claims:
    start = {"R": 1, "s": 0, "g": 0}
    level = "With R = 1, s = 0 and γ = 0 the time is 1 everywhere."
    return {
        "bandwidth.left": (
            Witness("Without scalable work, and γ = 1, 1/4 is best: 1/8 takes longer.", {
                **BOUNDED, "g": 1, "x": QUARTER, "y": Fraction(1, 8)
            }),
            Without("ratio", level, {**start, "x": HALF, "y": 0}),
            Without("scalable", "With s = -1/4 a share of 3/4 takes as long as none.", {
                "R": 2, "s": -QUARTER, "g": 2, "x": 3 * QUARTER, "y": 0
            }),
            Without("bandwidth", "With γ = -4 a quarter of the budget takes longer than none.", {
                "R": 2, "s": 0, "g": -4, "x": QUARTER, "y": 0
            }),
            Without("from", "Beyond the pole at -1 the time is negative.", {
                "R": 2, "s": 0, "g": 0, "x": 0, "y": -2
            }),
            Without("order", "A share takes as long as itself.", {
                "R": 2, "s": 0, "g": 0, "x": 0, "y": 0
            }),
            Without("x to", "Beyond the pole at 1 a share of 2 takes less time than one of 3.", {
                "R": 4, "s": Fraction(1, 10), "g": 0, "x": 3, "y": 2
            }),
            Without("side", "The best share is left of 1/2, which takes as long as none.", {
                "R": 2, "s": 0, "g": 1, "x": HALF, "y": 0
            }),
        ),
        "bandwidth.right": (
            Witness("Without scalable work, and γ = 1, 1/4 is best: 1/2 takes longer.", {
                **BOUNDED, "g": 1, "x": QUARTER, "y": HALF
            }),
            Without("ratio", level, {**start, "x": 0, "y": THIRD}),
            Without("scalable", "With s = -1/4 a share of 3/4 takes less time than 1/2.", {
                "R": 2, "s": -QUARTER, "g": 2, "x": HALF, "y": 3 * QUARTER
            }),
            Without("bandwidth", "With γ = -1 a third of the budget gains on the threshold.", {
                "R": 2, "s": HALF, "g": -1, "x": 0, "y": THIRD
            }),
            Without("from", "With x = -1 and γ = 1 the ratio is negative.", {
                "R": 4, "s": 0, "g": 1, "x": -1, "y": -HALF
            }),
            Without("order", "A share takes as long as itself.", {
                "R": 2, "s": HALF, "g": 0, "x": 0, "y": 0
            }),
            Without("y to", "Beyond its pole at 1 the time is negative.", {
                "R": 2, "s": 1, "g": 0, "x": 0, "y": 2
            }),
            Without("side", "Without scalable work and without a limit half of the budget gains.", {
                "R": 2, "s": 0, "g": 0, "x": 0, "y": HALF
            }),
        ),
        "bandwidth.ends": (
            Witness("Below the threshold of R = 4: -2 at 0, and 4 at 1.", {
                "R": 4, "s": QUARTER, "g": 1
            }),
            Without("ratio", "With R = -1 the threshold is 2, and f(0) is 2.", {
                "R": -1, "s": 0, "g": 0
            }),
        ),
    }


def _more() -> Claims:
    pair = {**BOUNDED, "g": HALF, "h": 1, "x": HALF, "y": QUARTER}
    return {
        "bandwidth.monotone": (
            Witness("Without scalable work 1/2 is best with γ = 1/2, and 1/4 with γ = 1.", pair),
            Without("ratio", "With R = -2 and γ = 1 the bounded work takes a negative time.", {
                "R": -2, "s": -1, "g": 0, "h": 1, "x": 0, "y": QUARTER
            }),
            Without("bandwidth", "With γ = -4 the ratio is negative at 1/2.", {
                "R": 2, "s": -1, "g": -4, "h": 2, "x": 0, "y": HALF
            }),
            Without("more", "The other way round.", {
                **BOUNDED, "g": 1, "h": HALF, "x": QUARTER, "y": HALF
            }),
            Without(
                "from",
                "With R = 1 and s = 0 a negative share is as good as none for γ = 0, and worse for "
                "γ = 1/2.",
                {"R": 1, "s": 0, "g": 0, "h": HALF, "x": -HALF, "y": 0},
            ),
            Without("to", "Beyond the pole at 1 a share of 2 is better than none for γ = 2.", {
                "R": 1, "s": -1, "g": 0, "h": 2, "x": 0, "y": 2
            }),
            Without("best", "With γ = 0 half of the budget takes less time than none.", {
                "R": 1, "s": -HALF, "g": 0, "h": 1, "x": 0, "y": HALF
            }),
            Without("best with more", "Hardware without any use: half of the budget is lost.", {
                "R": 0, "s": 0, "g": 0, "h": HALF, "x": 0, "y": HALF
            }),
        ),
        "bandwidth.shrinks": (
            Witness("Without scalable work 1/2 is best with γ = 1/2, and 1/4 with γ = 1.", pair),
            Without("ratio", "With R = -5/4 and s = 4/3 f has roots at 1/6 and at 11/31.", {
                "R": Fraction(-5, 4), "s": Fraction(4, 3), "g": 0, "h": Fraction(217, 110),
                "x": Fraction(1, 6), "y": Fraction(11, 31),
            }),
            Without("scalable", "With s = -1/3 f has roots at 1/3 and at 11/19.", {
                "R": 4, "s": -THIRD, "g": Fraction(7, 4), "h": Fraction(589, 264), "x": THIRD,
                "y": Fraction(11, 19),
            }),
            Without("bandwidth", "With γ = -4 f has a root where the ratio is negative.", {
                **BOUNDED, "g": -4, "h": HALF, "x": Fraction(3, 16), "y": HALF
            }),
            Without("more", "One γ has one best share.", {
                **BOUNDED, "g": 1, "h": 1, "x": QUARTER, "y": QUARTER
            }),
            Without("from", "On the threshold the best share is 0 for both.", {
                **AT_RATIO_4, "g": HALF, "h": 1, "x": 0, "y": 0
            }),
            Without("to", "Without scalable work f has a root at 1, too.", pair | {"y": 1}),
            Without("best", "With γ = 0 and no scalable work nothing is best.", {
                **BOUNDED, "g": 0, "h": HALF, "x": HALF, "y": HALF
            }),
            Without("best with more", "The best share with γ = 0 is not best with γ = 1.", {
                "R": 4, "s": QUARTER, "g": 0, "h": 1, "x": THIRD, "y": THIRD
            }),
        ),
    }


def _edges() -> Claims:
    return {
        "bandwidth.unlimited": (
            Witness("Half of the budget, for work that is half scalable.", {
                "R": 4, "s": HALF, "x": HALF
            }),
        ),
        "bandwidth.small-ratio": (
            Witness("Equal hardware, with a limit: half of the budget loses without any scalable "
                    "work, too.", {"R": 1, "s": 0, "g": 1, "x": HALF}),
            Without("ratio", "With R = -2 half of the budget takes a negative time.", {
                "R": -2, "s": 0, "g": 0, "x": HALF
            }),
            Without("small", "With R = 2 and γ = 1 half of the budget takes as long as none.", {
                "R": 2, "s": 0, "g": 1, "x": HALF
            }),
            Without("bandwidth", "With γ = -2 half of the budget takes as long as none.", {
                "R": HALF, "s": 0, "g": -2, "x": HALF
            }),
            Without("scalable", "With s = -1 the scalable work takes a negative time.", {
                "R": 1, "s": -1, "g": 1, "x": HALF
            }),
            Without("some loss", "With R = 1, s = 0 and γ = 0 the time is 1 everywhere.", {
                "R": 1, "s": 0, "g": 0, "x": HALF
            }),
            Without("from", "x = 0 takes as long as itself.", {"R": 0, "s": 0, "g": 0, "x": 0}),
            Without("to", "Beyond its pole at x = 1 the time is negative.", {
                "R": 0, "s": 0, "g": 0, "x": 2
            }),
        ),
        "bandwidth.idle": (
            Witness("Half of the budget, of no use, doubles the time.", {
                "R": 4, "s": 1, "g": 1, "x": HALF
            }),
            Without("ratio", f"At R = -1, x = 1/2 the time {NO_TIME}", {
                "R": -1, "s": 1, "g": 0, "x": HALF
            }),
            Without("bandwidth", f"At B = 0 the time {NO_TIME}", {
                "R": 2, "s": 1, "g": -1, "x": HALF
            }),
            Without("idle", "With R = 1, s = 0 and γ = 0 the time is 1 everywhere.", {
                "R": 1, "s": 0, "g": 0, "x": HALF
            }),
            Without("from", f"At R = 2, x = -1 the time {NO_TIME}", {
                "R": 2, "s": 1, "g": 0, "x": -1
            }),
            Without("to", f"At x = 1 the time {NO_TIME}", {"R": 0, "s": 0, "g": 0, "x": 1}),
        ),
        "bandwidth.none-scalable": (
            Witness("With R = 4 and γ = 1 a quarter of the budget is best, and takes 4/5.", {
                "R": 4, "g": 1
            }),
            Without("ratio", "With R = 1 the share is 0.", {"R": 1, "g": 1}),
            Without("bandwidth", "With γ = -1 the share is negative.", {"R": 4, "g": -1}),
            Without("not all", "With R = 4 and γ = 1/4 the share is 1.", {
                "R": 4, "g": QUARTER
            }),
        ),
    }
