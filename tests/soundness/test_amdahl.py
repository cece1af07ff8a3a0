"""Wrong variants of the parts of ``break-even`` and of what follows it: each is refused by the
kernel, with the true proof's premises, and fails where the model is run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction as F
from typing import Any

import pytest

from checks.catalogue import card
from checks.verification import load
from proofs.amdahl import absorption, break_even, exponent, overclaim, peak, transition
from proofs.amdahl.objective import balance, critical_ratio, square_root, threshold, time
from proofs.amdahl.objective import break_even as even_allocation
from proofs.amdahl.optimum import best_allocation
from proofs.amdahl.real import reals
from proofs.kernel.rules import Theorem
from proofs.kernel.terms import Term, both, equal, iff, implies
from tests.soundness.instances import Instance, confirm, refuse

R, Q, s, a, x, y, M = reals("RQsaxyM")
T = time().function
EVEN = even_allocation().function(R, s)
THRESHOLD = threshold().function(R)


def wrong(
    label: str,
    theorem: Callable[[], Theorem],
    values: Mapping[str, Any],
    *,
    given: Mapping[str, Term] | None = None,
    then: Term | None = None,
) -> Instance:
    """A statement with other hypotheses or another conclusion, and values on which it fails."""
    return Instance(label, theorem, lambda true: true.but(given=given, then=then), values)


BELOW = {"R": F(4), "s": F(1, 4)}

BREAK_EVEN = [
    wrong(
        "with x in the place of x - b", break_even.factored, BELOW | {"x": F(1, 2)},
        then=equal(
            T(R, s, x) - 1, (R - 1) * x * x / ((1 + (R - 1) * x) * (1 - x))
        ),
    ),
    wrong(
        "with R in the place of R - 1", break_even.factored, BELOW | {"x": F(1, 2)},
        then=equal(
            T(R, s, x) - 1, R * x * (x - EVEN) / ((1 + (R - 1) * x) * (1 - x))
        ),
    ),
    wrong(
        "with no gain of none", break_even.gain, BELOW | {"x": F(0)},
        then=iff(T(R, s, x) < 1, x < EVEN),
    ),
    wrong(
        "with a gain at break-even", break_even.gain, BELOW | {"x": F(2, 3)},
        then=iff(T(R, s, x) < 1, both(x > 0, x <= EVEN)),
    ),
    wrong(
        "with half of break-even", break_even.gain, BELOW | {"x": F(1, 2)},
        then=iff(T(R, s, x) < 1, both(x > 0, x < EVEN / 2)),
    ),
    wrong(
        "with a gain at the threshold", break_even.place, {"R": F(4), "s": F(3, 4)},
        then=both(iff(EVEN > 0, s <= THRESHOLD), iff(EVEN < 1, s > 0)),
    ),
    wrong(
        "below 1 without scalable work", break_even.place, {"R": F(4), "s": F(0)},
        then=both(iff(EVEN > 0, s < THRESHOLD), iff(EVEN < 1, s >= 0)),
    ),
    wrong(
        "with the time of half of break-even", break_even.even, BELOW,
        then=equal(T(R, s, EVEN / 2), 1),
    ),
    wrong("with the time of 1 - b", break_even.even, BELOW, then=equal(T(R, s, 1 - EVEN), 1)),
    wrong("for a ratio of 2", break_even.small_ratio, {"R": F(2), "s": F(0), "x": F(1, 2)},
          given={"small": R <= 2}),
    wrong("with a strict loss", break_even.small_ratio, {"R": F(1, 2), "s": F(1, 2), "x": F(0)},
          then=T(R, s, x) > 1),
]

OVERCLAIM = [
    wrong(
        "the sentence as published", overclaim.restored,
        {"R": F(20), "s": F(9, 10), "x": F(1, 38)},
        then=T(R, s, x) >= T(R, s, 0),
    ),
    wrong(
        "at the critical ratio", overclaim.restored, {"R": F(2), "s": F(1, 2), "x": F(1, 2)},
        given={"ratio": R >= critical_ratio().function(s)},
    ),
    wrong(
        "with a gain at break-even", overclaim.restored, {"R": F(4), "s": F(1, 4), "x": F(2, 3)},
        then=implies(both(x > 0, x <= EVEN), T(R, s, x) < T(R, s, 0)),
    ),
    wrong(
        "with twice the gain", overclaim.instance, {"s": F(1, 4)},
        then=equal(
            T(
                overclaim.refuting_ratio().function(s),
                s,
                overclaim.refuting_allocation().function(s),
            ),
            1 - 2 * overclaim.refuting_gain().function(s),
        ),
    ),
    wrong(
        "with more than twice the critical ratio", overclaim.instance, {"s": F(1, 4)},
        then=overclaim.refuting_ratio().function(s) > 2 * critical_ratio().function(s),
    ),
    wrong(
        "with less than the scalable part", overclaim.bounded_gain,
        {"R": F(10**6), "s": F(1, 2), "x": F(1, 100)}, then=T(R, s, x) < s,
    ),
    wrong("for all work scalable, with a bound", overclaim.bounded_gain,
          {"R": F(4), "s": F(1), "x": F(0)}, given={"some bounded": s <= 1}),
    wrong(
        "with the time 1 + x", overclaim.all_scalable, {"R": F(4), "x": F(1, 2)},
        then=equal(T(R, 1, x), 1 + x),
    ),
]

SEPARATE = absorption.separate_time().function
SEPARATE_BEST = absorption.separate_allocation().function(R, s)
SEPARATE_LEAST = absorption.separate_least_time().function(R, s)
EVEN_ROOTS = {"R": F(3), "s": F(1, 4)}
"""Both roots are 1/2."""

ABSORPTION = [
    wrong(
        "with the square of x alone", absorption.gap, EVEN_ROOTS | {"x": F(3, 4)},
        then=equal((SEPARATE(R, s, x) - SEPARATE_LEAST) * (x * (1 - x)), x * x),
    ),
    wrong(
        "that it collapses from the threshold on", absorption.attained,
        {"R": F(1), "s": F(1, 2)}, then=implies(s >= THRESHOLD, SEPARATE_BEST <= 0),
    ),
    wrong(
        "with twice the least time", absorption.attained, EVEN_ROOTS,
        then=equal(SEPARATE(R, s, SEPARATE_BEST), 2 * SEPARATE_LEAST),
    ),
    wrong(
        "with the minimiser itself", absorption.least, EVEN_ROOTS | {"x": F(1, 2)},
        then=SEPARATE(R, s, x) > SEPARATE(R, s, SEPARATE_BEST),
    ),
    wrong(
        "with a smaller least time", absorption.least, EVEN_ROOTS | {"x": F(1, 3)},
        then=SEPARATE(R, s, x) < SEPARATE(R, s, SEPARATE_BEST),
    ),
    wrong(
        "strictly", absorption.unbounded,
        {"R": F(1), "s": F(0), "x": F(1, 2), "M": F(2)}, then=SEPARATE(R, s, x) > M,
    ),
    wrong(
        "that it increases", absorption.none_scalable, {"R": F(4), "x": F(1, 2), "y": F(3, 4)},
        then=SEPARATE(R, 0, y) > SEPARATE(R, 0, x),
    ),
    wrong(
        "with the time 1 + x", absorption.all_scalable, {"R": F(4), "x": F(1, 2)},
        then=equal(SEPARATE(R, 1, x), 1 + x),
    ),
]

FIRST, SECOND = best_allocation(R, s), best_allocation(Q, s)
TOP = peak.peak_ratio().function(s)
K, L = balance().function(R, s), balance().function(Q, s)
RISING = {"R": F(7, 4), "Q": F(7, 3), "s": F(1, 4)}
FALLING = {"R": F(4), "Q": F(13), "s": F(1, 4)}

SHARE = [
    wrong(
        "with a plus", peak.difference, FALLING,
        then=equal(
            (SECOND - FIRST) * (K * (1 - s + s * K) * (L * (1 - s + s * L))),
            (1 - s) * ((L - K) * (1 + s * ((K - 1) * (L - 1)))),
        ),
    ),
    wrong("up to three times the peak", peak.rise, {"R": F(4), "Q": F(31, 4), "s": F(1, 4)},
          given={"to": Q <= 3 * TOP}),
    wrong("that it falls before the peak", peak.rise, RISING, then=SECOND < FIRST),
    wrong("from R = 2 on", peak.fall, {"R": F(7, 3), "Q": F(4), "s": F(1, 4)},
          given={"from": R >= 2}),
    wrong("that it rises after the peak", peak.fall, FALLING, then=SECOND > FIRST),
    wrong(
        "with the peak 1 - √s", peak.peak, {"s": F(1, 4)},
        then=equal(best_allocation(TOP, s), 1 - square_root().function(s)),
    ),
]

POWERED = exponent.exponent_time().function
START = exponent.exponent_threshold().function(R, a)
PLACE = exponent.exponent_allocation().function(R, s, a)
SQUARED = {"R": F(3), "a": F(2), "s": F(1, 2)}
"""On the threshold, which is 1/2 for R = 3 and a = 2."""

EXPONENT = [
    wrong("with the time s", exponent.at_zero, SQUARED, then=equal(POWERED(R, s, a, 0), s)),
    wrong(
        "with the threshold for a = 1", exponent.enough,
        {"R": F(3), "a": F(1, 4), "s": F(2, 3), "x": F(5, 9)},
        given={"threshold": s >= THRESHOLD},
    ),
    wrong("with x = 0 itself", exponent.enough, SQUARED | {"x": F(0)}, given={"from": x >= 0}),
    wrong(
        "with at least half more time", exponent.enough, SQUARED | {"x": F(1, 8)},
        then=POWERED(R, s, a, x) > F(3, 2),
    ),
    wrong("on the threshold too", exponent.needed, SQUARED, given={"threshold": s <= START}),
    wrong(
        "with the threshold for a = 1, below it", exponent.needed,
        {"R": F(3), "a": F(2), "s": F(3, 5)}, given={"threshold": s < THRESHOLD},
    ),
    wrong(
        "at thrice the share", exponent.needed, {"R": F(3), "a": F(2), "s": F(1, 4)},
        then=POWERED(R, s, a, 3 * PLACE) < 1,
    ),
    wrong("without scalable work", exponent.equal_ratio, {"s": F(0), "a": F(2), "x": F(1, 2)},
          given={"some scalable": s >= 0}),
    wrong(
        "for every exponent", exponent.exponent_one, {"R": F(3), "s": F(1, 2), "x": F(1, 2)},
        then=equal(POWERED(R, s, 2, x), T(R, s, x)),
    ),
    wrong(
        "for ratios up to 4", exponent.small_ratio,
        {"R": F(4), "s": F(1, 10), "a": F(1), "x": F(1, 2)}, given={"at most one": R <= 4},
    ),
    wrong(
        "also if neither kind takes notice", exponent.small_ratio,
        {"R": F(1), "s": F(0), "a": F(1), "x": F(1, 2)}, given={"felt": s >= 0},
    ),
]

SHARE_OF = transition.best_share().function(R, s)
SLOPE, MOST = transition.kink_slope().function(R), transition.kink_bound().function(R)
AWAY = THRESHOLD - s

TRANSITION = [
    wrong("with the best share itself", transition.minimiser, BELOW | {"x": F(1, 3)},
          then=T(R, s, x) > T(R, s, SHARE_OF)),
    wrong("with a positive share", transition.minimiser,
          {"R": F(4), "s": F(3, 4), "x": F(1, 2)}, then=SHARE_OF > 0),
    wrong(
        "with a bend of the other sign", transition.bend, {"R": F(4), "s": F(3, 28)},
        then=equal(
            (best_allocation(R, s) - SLOPE * AWAY) * (2 * (K + R - 1) * (R - 1 + K * K)),
            (K - 1) * (K - 1) * (R - 1 - K),
        ),
    ),
    wrong("with no bend", transition.kink, {"R": F(4), "s": F(3, 28)},
          then=equal(SHARE_OF, SLOPE * AWAY)),
    wrong("with twice the slope", transition.kink, {"R": F(4), "s": F(192, 259)},
          then=2 * SLOPE * AWAY - SHARE_OF <= MOST * (AWAY * AWAY)),
    wrong("beyond the threshold", transition.kink, {"R": F(4), "s": F(7, 8)},
          given={"threshold": s < 1}),
    wrong("from half the threshold on", transition.beyond, {"R": F(4), "s": F(3, 7)},
          given={"threshold": s >= THRESHOLD / 2}),
]

WRONG = {
    "transition": TRANSITION,
    "break-even": BREAK_EVEN, "overclaim": OVERCLAIM, "absorption-needed": ABSORPTION,
    "share-not-monotone": SHARE, "scaling-exponent": EXPONENT,
}
ALL = [pytest.param(each, id=f"{id_} {each.label}") for id_, found in WRONG.items()
       for each in found]
THEOREMS = list(dict.fromkeys(each.theorem for found in WRONG.values() for each in found))


@pytest.mark.parametrize("each", ALL)
def test_a_wrong_variant_is_refused_and_fails_when_run(each: Instance) -> None:
    refuse(each)


@pytest.mark.parametrize("id_", WRONG)
def test_each_card_has_variants_of_each_part(id_: str) -> None:
    assert len(WRONG[id_]) >= 3
    parts = {theorem.name for theorem in load(card(id_).proof)()}
    assert parts == {each.theorem().name for each in WRONG[id_]}


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem.__name__)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)
