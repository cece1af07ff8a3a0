"""Finite check of ``many-units`` on rational units.

*Definitions*: :func:`many_units`; :func:`instances`, the witnesses of its parts and what their
hypotheses are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from checks.exhaust import exhaust
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
from models.amdahl.units import units
from proofs.kernel.rules import Statement

MOST_UNITS = 3
WEIGHTS = tuple(Fraction(n, 8) for n in (0, 1, 2, 3, 8))
RATIOS = (Fraction(1, 2), Fraction(2), Fraction(9))
SHARES = (Fraction(0), Fraction(1, 4), Fraction(2, 3))
BOUND = (
    f"one unit with {len(WEIGHTS)} weights, {len(RATIOS)} ratios, {len(SHARES)} shares; of these a "
    f"third for each of two, a fifth for each of {MOST_UNITS}; exact"
)


def lists() -> Iterator[dict[str, Any]]:
    """Lists of units, with the weight of scalable work that is left, if any."""
    kinds = list(product(WEIGHTS, RATIOS, SHARES))
    for count in range(MOST_UNITS + 1):
        few = kinds[:: 2 * count - 1 if count else 1]
        for chosen in product(few, repeat=count):
            scalable = 1 - sum((weight for weight, _, _ in chosen), Fraction(0))
            if scalable >= 0:
                yield {"u": units(chosen), "s": scalable}


def many_units(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Every part, on all lists; a unit alone at each place, and at places where there is none."""
    found = []
    for name, statement in statements.items():
        names = [str(each.data) for each in statement.variables]
        places = range(-1, MOST_UNITS + 1) if "i" in names else (0,)
        shares = SHARES if "x" in names else (Fraction(0),)
        rows = (
            {key: value for key, value in {**row, "i": i, "x": x}.items() if key in names}
            for row in lists() for i in places for x in shares
        )
        found.append(exhaust(name, statement, rows, bound=BOUND))
    return found


HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
GPU = (HALF, Fraction(4), QUARTER)
"""Half of the work, four times as fast, on a quarter of the budget."""
SLOW = (Fraction(1, 8), Fraction(2), Fraction(0))
"""An eighth of the work, twice as fast: it does not pay."""
HEAVY = (Fraction(2), HALF, HALF)
"""A weight of 2, beyond the whole: beside it something must weigh less than nothing."""
NEGATIVE = (Fraction(-1), Fraction(1), Fraction(0))
BELOW = "A weight below 0 lets a slow unit carry more than the whole: T = 2/3."


def instances() -> Claims:
    """Two units, of which one pays; and lists that are not sound."""
    two = {"u": units([GPU, SLOW]), "s": Fraction(3, 8)}
    none = {"u": units([SLOW, SLOW]), "s": Fraction(3, 4)}
    beyond = {"u": units([(Fraction(0), Fraction(1), Fraction(2))]), "s": 1}
    heavy = {"u": units([HEAVY]), "s": -1}
    heavy_balanced = {"u": units([HEAVY, NEGATIVE]), "s": 0}
    return {
        "many-units.identity": (
            Witness("The first share costs less than it brings: T = 27/28.", two),
            Without(
                "sound", "A weight of -1 makes the sum of the squares negative.",
                {"u": units([(Fraction(-1), Fraction(2), HALF)]), "s": 2},
            ),
            Without(
                "programmable", "With nothing programmable the last term divides by zero.",
                {"u": units([(HALF, Fraction(1), Fraction(1))]), "s": HALF},
            ),
            Without(
                "whole", "Half of the work takes half of the time, without any unit.",
                {"u": units([]), "s": HALF},
            ),
        ),
        "many-units.none": (
            Witness("Nothing for two units.", {**two, "i": -1, "x": HALF}),
            Without("before", "A quarter for the first one.", {**two, "i": 0, "x": QUARTER}),
            Without(
                "whole", "Half of the work takes half of the time.",
                {"u": units([]), "s": HALF, "i": -1, "x": HALF},
            ),
        ),
        "many-units.collapse": (
            Witness("Two units of which none pays.", none),
            Without("sound", BELOW, heavy_balanced),
            Without("programmable", "With X = 2 the scalable work takes the time -1.", beyond),
            Without(
                "whole", "Half of the work takes half of the time.",
                {"u": units([]), "s": HALF},
            ),
            Without("scalable", "Scalable work of weight -1 beside a slow unit.", heavy),
            Without(
                "none pays", "A unit for all work, four times as fast.",
                {"u": units([(Fraction(1), Fraction(4), HALF)]), "s": 0},
            ),
        ),
        "many-units.alone": (
            Witness(
                "The first unit alone, beside an eighth of bounded and 3/8 of scalable work.",
                {**two, "i": 0, "x": HALF},
            ),
            Without(
                "ratio", "There is no third unit: nothing is specialised, and T = 1.",
                {**two, "i": 2, "x": HALF},
            ),
            Without(
                "whole", "Other work that is missing takes no time.",
                {"u": units([GPU]), "s": 0, "i": 0, "x": HALF},
            ),
            Without(
                "from", "A share of -1/3 brings the unit's work to rest.",
                {**two, "i": 0, "x": Fraction(-1, 3)},
            ),
            Without(
                "to", "With x = 1 scalable work comes to rest.", {**two, "i": 0, "x": 1}
            ),
        ),
        "many-units.first-share": (
            Witness("The share 1/6 for a unit with w R = 2.", {**two, "i": 0}),
            Without(
                "sound", "A unit that is slower, of a weight above 1, gets a negative share.",
                {"u": units([(Fraction(4), HALF, Fraction(0)), (Fraction(-3), 1, 0)]), "s": 0,
                 "i": 0},
            ),
            Without(
                "whole", "Scalable work of twice the whole takes more than 1 by itself.",
                {"u": units([(Fraction(1), Fraction(2), Fraction(0))]), "s": 2, "i": 0},
            ),
            Without(
                "scalable", "Beside scalable work of weight -3 a unit can have the weight 4.",
                {"u": units([(Fraction(4), HALF, Fraction(0))]), "s": -3, "i": 0},
            ),
            Without(
                "pays", "With w R = 1 the share is 0.",
                {"u": units([(HALF, Fraction(2), Fraction(0))]), "s": HALF, "i": 0},
            ),
        ),
        "many-units.no-share": (
            Witness("The second unit, of which half of the budget is wasted.",
                    {**two, "i": 1, "x": HALF}),
            Without("sound", BELOW, {**heavy_balanced, "i": 0, "x": HALF}),
            Without(
                "whole", "Half of the work takes half of the time.",
                {"u": units([]), "s": HALF, "i": 0, "x": 0},
            ),
            Without(
                "scalable", "Scalable work of weight -1 beside a slow unit.",
                {**heavy, "i": 0, "x": HALF},
            ),
            Without(
                "from", "The share -1 of a slow unit doubles what is programmable.",
                {"u": units([(Fraction(1), HALF, Fraction(0))]), "s": 0, "i": 0, "x": -1},
            ),
            Without(
                "to", "With X = 2 the scalable work takes the time -1.",
                {"u": units([(Fraction(0), Fraction(1), Fraction(0))]), "s": 1, "i": 0, "x": 2},
            ),
            Without(
                "pays not", "Half of the budget for a unit with w R = 4.",
                {"u": units([(Fraction(1), Fraction(4), Fraction(0))]), "s": 0, "i": 0,
                 "x": HALF},
            ),
        ),
    }
