"""Wrong variants of the theorems about efficiency: refused, and false when they are run."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F

import pytest

from checks.efficiency.ratio import SQUARE, WINDOW
from models.efficiency.laws import logarithm
from proofs.amdahl.real import reals
from proofs.efficiency import exponential, laws, pace, rate, ratio, target
from proofs.kernel.rules import Refused, Theorem, prove
from proofs.kernel.tactics import forall
from proofs.kernel.terms import TRUE, both, equal, iff, implies
from tests.soundness.instances import Instance, confirm, refuse

k, g, h, r, t, u, m, b, e, a, c, d, z = reals("kghrtumbeacdz")
HALF, THIRD = F(1, 2), F(1, 3)
LOSS = laws.relative_loss().function(k, g, t)
TIME = laws.time_to_target().function(k, g, r)
FLEET = laws.fleet_multiple().function(k, g, r, t)
BURDEN, COUNT = laws.burden().function(k, b, r, t), laws.doublings().function(k, r)
HALVING = laws.halving_time().function(k, g, r)
LINE = laws.power_law().function

WRONG = [
    Instance(
        "in more than no time", target.reaches,
        lambda true: true.but(then=TIME > 0), {"k": HALF, "g": 1, "r": 1},
    ),
    Instance(
        "for a loss that grows", target.reaches,
        lambda true: true.but(given={"kappa": k < 0}), {"k": -1, "g": 0, "r": HALF},
    ),
    Instance(
        "a year later", target.reaches,
        lambda true: true.but(then=equal(laws.relative_loss().function(k, g, TIME + 1), r)),
        {"k": HALF, "g": 0, "r": THIRD},
    ),
    Instance(
        "at twice the rate", target.inverse,
        lambda true: true.but(then=equal(laws.time_to_target().function(k, 2 * g, LOSS), t)),
        {"k": 1, "g": 1, "t": 1},
    ),
    Instance(
        "of twice the loss", target.inverse,
        lambda true: true.but(then=equal(laws.time_to_target().function(k, g, 2 * LOSS), t)),
        {"k": 1, "g": 0, "t": 3},
    ),
    Instance(
        "down to 0 while efficiency is lost", target.never,
        lambda true: true.but(then=LOSS < laws.least_loss().function(k, g)),
        {"k": 1, "g": -1, "t": 5},
    ),
    Instance(
        "of twice the least loss", target.never,
        lambda true: true.but(then=LOSS > 2 * laws.least_loss().function(k, g)),
        {"k": 1, "g": -1, "t": 5},
    ),
    Instance(
        "in a year", target.fading,
        lambda true: true.but(then=TIME <= 1), {"k": 1, "g": -1, "r": HALF},
    ),
    Instance(
        "one more than needed", target.fleet_multiple,
        lambda true: true.but(then=iff(
            equal(laws.fleet_loss().function(k, g, m, t), r), equal(m, FLEET + 1)
        )),
        {"k": HALF, "g": 0, "r": THIRD, "t": 2, "m": 4},
    ),
    Instance(
        "some fleet also for no gain", target.fleet_multiple,
        lambda true: true.but(then=iff(FLEET > 0, r <= 1)),
        {"k": HALF, "g": 0, "r": 1, "t": 2, "m": 0},
    ),
    Instance(
        "a whole fleet more for any gain", target.fleet_multiple,
        lambda true: true.but(then=iff(FLEET >= 1, r <= 1)),
        {"k": 1, "g": 0, "r": HALF, "t": 2, "m": 0},
    ),
    Instance(
        "times the rate", target.burden_constant,
        lambda true: true.but(then=iff(equal(BURDEN, 1), equal(t, COUNT * b))),
        {"k": HALF, "b": 2, "r": F(1, 8), "t": 3},
    ),
    Instance(
        "with the year itself", target.burden_constant,
        lambda true: true.but(then=iff(BURDEN > 1, t <= COUNT / b)),
        {"k": HALF, "b": 1, "r": F(1, 8), "t": 6},
    ),
    Instance(
        "also while efficiency falls", target.burden_constant,
        lambda true: true.but(given={"rate": b < 0}), {"k": HALF, "b": -1, "r": F(1, 8), "t": 6},
    ),
    Instance(
        "for all rates up to ε", rate.compute_near,
        lambda true: true.but(given={"to": g <= e}), {"e": 1, "g": 1, "t": 2},
    ),
    Instance(
        "for all negative rates", rate.compute_near,
        lambda true: true.but(given={"from": TRUE}), {"e": F(1, 10), "g": -10, "t": 2},
    ),
    Instance(
        "to the power of t alone", rate.no_efficiency,
        lambda true: true.but(then=equal(
            laws.relative_loss().function(k, 0, t), laws.real_power().function(t, -k)
        )),
        {"k": 1, "t": 1},
    ),
    Instance(
        "for all rates up to 1", rate.loss_near,
        lambda true: true.but(given={"to": g <= 1}), {"k": 1, "e": F(1, 10), "g": 1, "t": 2},
    ),
    Instance(
        "a year for a year", rate.bounds,
        lambda true: true.but(then=equal(laws.gathered().function(g, t), t)), {"g": 1, "t": 1},
    ),
    Instance(
        "a geometric bound half as large", rate.bounds,
        lambda true: true.but(then=implies(
            g >= 0,
            laws.gathered().function(g, t) * (1 - laws.growth().function(g) * t) * 2 <= t,
        )),
        {"g": F(1, 10), "t": 1},
    ),
    Instance(
        "also in the same year", rate.falls_in_time,
        lambda true: true.but(given={"later": t <= u}), {"k": 1, "g": 0, "t": 1, "u": 1},
    ),
    Instance(
        "also for κ = 0", rate.falls_in_time,
        lambda true: true.but(given={"kappa": k >= 0}), {"k": 0, "g": 0, "t": 0, "u": 1},
    ),
    Instance(
        "at time 0 too", rate.falls_in_rate,
        lambda true: true.but(given={"later": t >= 0}), {"k": 1, "g": 0, "h": 1, "t": 0},
    ),
    Instance(
        "at the same rate too", rate.falls_in_rate,
        lambda true: true.but(given={"faster": g <= h}), {"k": 1, "g": 1, "h": 1, "t": 1},
    ),
    Instance(
        "from the beginning", pace.limit,
        lambda true: true.but(given={"settled": r <= 1}),
        {"k": HALF, "g": 1, "r": 1, "e": F(1, 10)},
    ),
    Instance(
        "1/κ doublings each time", pace.limit,
        lambda true: true.but(then=1 / k - HALVING < e),
        {"k": HALF, "g": 2, "r": F(1, 10**6), "e": F(1, 10)},
    ),
    Instance(
        "faster at all rates", pace.side,
        lambda true: true.but(then=HALVING < 1 / (k * g)), {"k": HALF, "g": 3, "r": THIRD},
    ),
    Instance(
        "level at a doubling a year", pace.side,
        lambda true: true.but(then=iff(equal(HALVING, 1 / (k * g)), equal(g, 1))),
        {"k": HALF, "g": 1 / logarithm(F(2)), "r": THIRD},
    ),
    Instance(
        "the other way round", ratio.ratio,
        lambda true: true.but(then=equal(
            LINE(a, k, d) / LINE(a, k, c), laws.real_power().function(c / d, -k)
        )),
        {"a": 1, "k": 1, "c": 1, "d": 2},
    ),
    Instance(
        "with the exponent's sign changed", ratio.bounded,
        lambda true: true.but(then=equal(
            ratio.at(z), LINE(ratio.at(1), -ratio.law_exponent().function(ratio.f), z)
        )),
        {"f": SQUARE, "p": 1, "q": 2, "N": 1, "z": 2}, WINDOW,
    ),
    Instance(
        "with twice the law at 1", ratio.bounded,
        lambda true: true.but(then=equal(
            ratio.at(z), LINE(2 * ratio.at(1), ratio.law_exponent().function(ratio.f), z)
        )),
        {"f": SQUARE, "p": 1, "q": 2, "N": 1, "z": 2}, WINDOW,
    ),
    Instance(
        "with the exponent 1", ratio.bounded,
        lambda true: true.but(then=equal(ratio.at(z), LINE(ratio.at(1), 1, z))),
        {"f": SQUARE, "p": 1, "q": 2, "N": 1, "z": 2}, WINDOW,
    ),
    Instance(
        "by the difference of computes", ratio.ratio,
        lambda true: true.but(then=equal(
            LINE(a, k, d) / LINE(a, k, c), laws.real_power().function(d - c, -k)
        )),
        {"a": 1, "k": 1, "c": 1, "d": 3},
    ),
    Instance(
        "the scale kept", ratio.ratio,
        lambda true: true.but(then=equal(
            LINE(a, k, d) / LINE(a, k, c), a * laws.real_power().function(d / c, -k)
        )),
        {"a": 2, "k": 1, "c": 1, "d": 2},
    ),
    Instance(
        "exp z as twice exp(z/2)", exponential.half,
        lambda true: true.but(then=equal(exponential.exp(z), 2 * exponential.exp(z / 2))),
        {"z": 0},
    ),
    Instance(
        "exp strictly above its tangent at 0 too", exponential.strict,
        lambda true: true.but(then=exponential.exp(z) > 1 + z), {"z": 0},
    ),
    Instance(
        "below 1/(1-z) by a half", exponential.upper,
        lambda true: true.but(then=2 * (exponential.exp(z) * (1 - z)) <= 1), {"z": 0},
    ),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong.label}")
def test_wrong_variants_are_refused(wrong: Instance) -> None:
    refuse(wrong)


@pytest.mark.parametrize(
    "theorem",
    [
        target.reaches, target.inverse, target.fading, target.never, target.fleet_multiple,
        target.burden_constant,
        rate.compute_near, rate.loss_near, rate.bounds, rate.no_efficiency, rate.falls_in_time,
        rate.falls_in_rate, rate.starts, pace.limit, pace.side, ratio.ratio, ratio.bounded,
        ratio.continuous,
    ],
    ids=lambda theorem: theorem.__name__,
)
def test_the_true_ones_are_proved(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)


def test_the_axioms_do_not_contradict_each_other() -> None:
    """From all that is derived of exp and log at some numbers nothing false follows."""
    lemmas = [
        exponential.zero().at(), exponential.log_one().at(), exponential.log_two().at(),
        exponential.strict().at(z=z), exponential.inverse().at(z=z), exponential.upper().at(z=z),
        exponential.order().at(a=z, b=t), exponential.log_order().at(x=z, y=t),
        exponential.log_product().at(x=z, y=t), exponential.log_of_exp().at(z=z),
        laws.gathering().at(g=z, t=t), laws.gathered_order().at(g=z, t=t, u=u),
    ]
    with pytest.raises(Refused):
        prove("nothing false", forall(z, t, u, then=both(z > 0, z <= 0)), lambda _: lemmas,
              opaque=True)
