"""Wrong variants of ``moving-frontier``: refused, and false when they are run."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F

import pytest

from proofs.amdahl import frontier
from proofs.amdahl.objective import break_even, time
from proofs.amdahl.real import reals
from proofs.kernel.rules import Theorem
from proofs.kernel.terms import TRUE, both, iff, implies
from tests.soundness.instances import Instance, confirm, refuse

R, s, x, Q, z, g, m, t, w = reals("RsxQzgmtw")
HALF = F(1, 2)
END = break_even().function(R, s)
NOW = frontier.advantage().function
LATER = NOW(frontier.later_ratio().function(R, g, t), frontier.later_scalable().function(s, m, t))
LAWS = {"R": 4, "s": HALF, "g": HALF, "m": HALF, "t": 0, "w": 1}

WRONG = [
    Instance(
        "break-even included", frontier.pays,
        lambda true: true.but(then=implies(
            both(x > 0, x <= END), time().function(R, s, x) < time().function(R, s, 0)
        )),
        {"R": 4, "s": HALF, "x": F(1, 3)},
    ),
    Instance(
        "also in the year itself", frontier.pays,
        lambda true: true.but(given={"advantage": NOW(R, s) >= 1}),
        {"R": 2, "s": HALF, "x": HALF},
    ),
    Instance(
        "for every ratio above 1", frontier.stops,
        lambda true: true.but(given={"advantage": R > 1}), {"R": 4, "s": HALF, "x": F(1, 8)},
    ),
    Instance(
        "with equal hardware and no scalable work", frontier.stops,
        lambda true: true.but(given={"unlike": TRUE}), {"R": 1, "s": 0, "x": HALF},
    ),
    Instance(
        "whichever way work moves", frontier.falls,
        lambda true: true.but(given={"migrates": z <= s}),
        {"R": 2, "s": HALF, "Q": 2, "z": F(1, 4)},
    ),
    Instance(
        "with the year itself", frontier.exponential,
        lambda true: true.but(then=iff(LATER > 1, t <= w)), LAWS | {"t": 1},
    ),
    Instance(
        "with catching up alone in the year", frontier.exponential,
        lambda true: true.but(then=iff(LATER > 1, g * t < (g + m + g) * w)), LAWS | {"t": 2},
    ),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong.label}")
def test_wrong_variants_are_refused(wrong: Instance) -> None:
    refuse(wrong)


@pytest.mark.parametrize(
    "theorem", [frontier.pays, frontier.stops, frontier.falls, frontier.exponential],
    ids=lambda theorem: theorem.__name__,
)
def test_the_true_ones_are_proved(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)
