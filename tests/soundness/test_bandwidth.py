"""Wrong variants of the parts of ``bandwidth``: refused by the kernel, and false when run."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F

import pytest

from checks.catalogue import card
from checks.verification import load
from proofs.amdahl import bandwidth, bandwidth_side, bandwidth_time
from proofs.amdahl.collapse import one, zero
from proofs.amdahl.objective import threshold, time
from proofs.amdahl.real import reals
from proofs.kernel.rules import Theorem
from proofs.kernel.terms import both, equal
from tests.soundness.instances import Instance, confirm, refuse
from tests.soundness.test_amdahl import wrong

R, s, g, h, x, y = reals("Rsghxy")
T = bandwidth_time.bandwidth_time().function
SIDE = bandwidth_side.bandwidth_side().function
GAIN = bandwidth.bandwidth_share().function(R, s, g)
BEST = bandwidth_side.bounded_share().function(R, g)
B, N = bandwidth_time.crowding, bandwidth_time.rated

NARROW = {"R": F(4), "s": F(1, 4), "g": F(1)}
ON_THRESHOLD = {"R": F(4), "s": F(3, 4), "g": F(1)}
BOUNDED = {"R": F(4), "s": F(0), "g": F(1)}
"""Without scalable work, the best share is 1/4."""
PAIR = {"R": F(4), "s": F(0), "g": F(1, 2), "h": F(1), "x": F(1, 2), "y": F(1, 4)}
"""Two values of γ, each with its best share."""

WRONG = [
    wrong(
        "with T in the place of T_γ", bandwidth_time.identity, NARROW | {"x": F(1, 2)},
        then=equal(
            T(R, s, g, x) - 1,
            x * ((R - 1) * x - (R * (1 - s) - 1)) / ((1 - x) * N(R, g, x)),
        ),
    ),
    wrong("with the time s", bandwidth_time.at_zero, NARROW, then=equal(T(R, s, g, zero()), s)),
    wrong(
        "with a threshold that γ moves", bandwidth.enough,
        {"R": F(4), "s": F(3, 5), "g": F(1), "x": F(1, 50)},
        given={"threshold": s >= 1 - (1 + g) / R},
    ),
    wrong("with x = 0 itself", bandwidth.enough, ON_THRESHOLD | {"x": F(0)},
          given={"from": x >= 0}),
    wrong("for hardware that helps itself", bandwidth.enough,
          {"R": F(2), "s": F(1, 2), "g": F(-2), "x": F(1, 2)}, given={"bandwidth": g >= -2}),
    wrong("on the threshold too", bandwidth.needed, ON_THRESHOLD,
          given={"threshold": s <= threshold().function(R)}),
    wrong("at five times the share", bandwidth.needed, NARROW, then=T(R, s, g, 5 * GAIN) < 1),
    wrong(
        "with a plus", bandwidth_side.gap, NARROW | {"x": F(1, 4), "y": F(1, 2)},
        then=equal(
            (T(R, s, g, y) - T(R, s, g, x)) * ((1 - x) * (1 - y) * (N(R, g, x) * N(R, g, y))),
            (y + x) * bandwidth_side.changed(R, s, g, x, y),
        ),
    ),
    wrong(
        "without what is beside f", bandwidth_side.regrouped,
        NARROW | {"x": F(1, 4), "y": F(1, 2)},
        then=equal(
            bandwidth_side.changed(R, s, g, x, y) * N(R, g, x), SIDE(R, s, g, x) * N(R, g, y)
        ),
    ),
    wrong("whatever the side is", bandwidth_side.left,
          BOUNDED | {"x": F(3, 4), "y": F(1, 4)}, given={"side": R > 1}),
    wrong("with x itself", bandwidth_side.left, BOUNDED | {"x": F(1, 4), "y": F(1, 4)},
          given={"order": y <= x}),
    wrong("whatever the side is", bandwidth_side.right,
          BOUNDED | {"x": F(0), "y": F(1, 4)}, given={"side": R > 1}),
    wrong("with less time", bandwidth_side.right, BOUNDED | {"x": F(1, 4), "y": F(1, 2)},
          then=T(R, s, g, y) < T(R, s, g, x)),
    wrong("with a root at 1", bandwidth_side.ends, NARROW,
          then=equal(SIDE(R, s, g, one()), 0)),
    wrong("on the threshold too", bandwidth_side.ends, ON_THRESHOLD,
          then=both(s > threshold().function(R), SIDE(R, s, g, zero()) < 0)),
    wrong(
        "that a larger γ costs nothing", bandwidth.difference,
        {"R": F(4), "s": F(1, 4), "g": F(0), "h": F(1), "x": F(1, 2)},
        then=equal(T(R, s, h, x), T(R, s, g, x)),
    ),
    wrong("that the share rises", bandwidth.monotone, PAIR, then=y >= x),
    wrong("with the larger γ first", bandwidth.monotone,
          PAIR | {"g": F(1), "h": F(1, 2), "x": F(1, 4), "y": F(1, 2)}, given={"more": h < g}),
    wrong("that it halves at least", bandwidth.shrinks,
          {"R": F(4), "s": F(0), "g": F(1, 2), "h": F(2, 3), "x": F(1, 2), "y": F(3, 8)},
          then=2 * y <= x),
    wrong("with one γ", bandwidth.shrinks,
          BOUNDED | {"h": F(1), "x": F(1, 4), "y": F(1, 4)}, given={"more": g <= h}),
    wrong("for γ = 1", bandwidth_time.unlimited, {"R": F(4), "s": F(1, 2), "x": F(1, 2)},
          then=equal(T(R, s, one(), x), time().function(R, s, x))),
    wrong("for a ratio of 2", bandwidth_time.small_ratio,
          {"R": F(2), "s": F(0), "g": F(0), "x": F(1, 2)},
          given={"small": R <= 2, "some loss": R > 1}),
    wrong("for half of the work", bandwidth_time.idle,
          {"R": F(4), "s": F(1, 2), "g": F(0), "x": F(1, 2)}, given={"idle": equal(s, F(1, 2))}),
    wrong("at half of the share", bandwidth_side.none_scalable, {"R": F(4), "g": F(1)},
          then=equal(SIDE(R, zero(), g, BEST / 2), 0)),
]
THEOREMS = list(dict.fromkeys(each.theorem for each in WRONG))


@pytest.mark.parametrize(
    "each", WRONG, ids=[f"{each.theorem.__name__} {each.label}" for each in WRONG]
)
def test_a_wrong_variant_is_refused_and_fails_when_run(each: Instance) -> None:
    refuse(each)


def test_there_are_variants_of_each_part() -> None:
    parts = {theorem.name for theorem in load(card("bandwidth").proof)()}
    assert parts == {each.theorem().name for each in WRONG}


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem.__name__)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)
