"""Ten thousand random instances of each variant, against SciPy's optimisers; of bandwidth and
exponent together, two thousand.

SciPy sees the objective in floating point, written here once more, and nothing else. Its optimum
has to agree with the certified one within its tolerance, and no time that it finds may lie below
the certified bracket by more than the rounding of one evaluation.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction as F
from typing import Any

import numpy as np
import pytest
from scipy.optimize import brentq, minimize, minimize_scalar

from models.amdahl.allocation import break_even, optimum
from models.amdahl.analysis import analyse
from models.amdahl.enclosure import Number
from models.amdahl.problem import Problem, problem
from models.amdahl.several import Division, divide

INSTANCES, TOGETHER = 10_000, 2_000
ROUNDING = 1e-13
"""Of one evaluation of T, relative; SciPy's T at its own point is above T* but for this."""

AGREES = 1e-9
"""How near SciPy's least time comes to the certified one; the scalar search asks for 1e-12 in x."""


def instances(seed: int, count: int = INSTANCES) -> Iterator[tuple[random.Random, F, F]]:
    """Ratios from 1 to 100, many of them small, and scalable shares in (0,1)."""
    chance = random.Random(seed)
    for _ in range(count):
        ratio = 1 + F(chance.randint(0, 99 if chance.random() < 0.5 else 9) * 20
                      + chance.randint(0, 20), 20)
        yield chance, ratio, F(chance.randint(1, 999), 1000)


def searched(time: Callable[[float], float]) -> tuple[float, float]:
    """The least time that SciPy finds for one share, and where; 0 is looked at too."""
    found = minimize_scalar(
        time, bounds=(0.0, 1 - 1e-12), method="bounded", options={"xatol": 1e-12}
    )
    best = min((found.fun, found.x), (time(0.0), 0.0))
    return float(best[0]), float(best[1])


def agree(time: float, bracket: Number) -> None:
    low, high = float(bracket.enclosure.low), float(bracket.enclosure.high)
    assert high - low <= 1e-15
    assert low - ROUNDING * low <= time <= high + AGREES


def at_zero_slope(slope: Callable[[float], float], found: Number) -> None:
    """Where SciPy finds the slope to change its sign is where the certified share is."""
    place = brentq(slope, 0.0, 1 - 1e-9, xtol=1e-15, rtol=1e-14)
    assert place == pytest.approx(found.near, abs=1e-9)
    assert float(found.enclosure.high - found.enclosure.low) <= 1e-15


@pytest.mark.slow
def test_plain() -> None:
    collapsed = 0
    for number, (_, ratio, scalable) in enumerate(instances(1)):
        R, s = float(ratio), float(scalable)
        least, place = searched(lambda x, R=R, s=s: (1 - s) / (1 + (R - 1) * x) + s / (1 - x))
        found = divide(problem([(1 - scalable, ratio)]), closed_forms=False)
        agree(least, found.time)
        assert found.allocation is not None
        assert place == pytest.approx(found.allocation.near, abs=1e-5)
        assert found.collapse == (scalable * ratio >= ratio - 1)
        collapsed += found.collapse
        if not found.collapse:
            at_zero_slope(
                lambda x, R=R, s=s: s / (1 - x) ** 2 - (1 - s) * (R - 1) / (1 + (R - 1) * x) ** 2,
                found.allocation,
            )
        if number % 50 == 0:  # its closed forms take SymPy ten milliseconds
            answers = analyse(ratio, scalable)
            assert answers.collapse == found.collapse
            assert answers.allocation is not None
            assert found.allocation.enclosure.contains(answers.allocation)
            assert found.time.enclosure.contains(answers.time)
    assert INSTANCES / 20 < collapsed < INSTANCES * 19 / 20


def variant(R: float, s: float, gamma: float, a: float) -> tuple[Any, Any]:
    """T and its slope, in floating point. What x leaves can be given, where 1 - x would lose it."""

    def time(x: float, left: float | None = None) -> float:
        left = 1 - x if left is None else left
        return (1 - s) / (left + R * x / (1 + gamma * R * x)) + s / left**a

    def slope(x: float) -> float:
        rate = 1 - x + R * x / (1 + gamma * R * x)
        gain = R / (1 + gamma * R * x) ** 2 - 1
        return a * s / (1 - x) ** (a + 1) - (1 - s) * gain / rate**2

    return time, slope


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["bandwidth", "exponent", "both"])
def test_one_unit(kind: str) -> None:
    collapsed = broken = 0
    count = TOGETHER if kind == "both" else INSTANCES
    for number, (chance, ratio, scalable) in enumerate(instances(len(kind), count)):
        gamma = F(chance.randint(0, 200), 100) if kind != "exponent" else F(0)
        a = F(chance.randint(1, 50), 10) if kind != "bandwidth" else F(1)
        given = problem([(1 - scalable, ratio)], gamma=gamma, exponent=a)
        found = optimum(given)
        time, slope = variant(*map(float, (ratio, scalable, gamma, a)))
        least, place = searched(time)
        agree(least, found.time)
        assert found.allocation is not None
        assert place == pytest.approx(found.allocation.near, abs=1e-5)
        assert found.collapse == (scalable * (ratio - 1 + a) >= ratio - 1)
        if found.collapse:
            collapsed += 1
            assert found.allocation.exact == 0
            assert break_even(given) is None
            continue
        at_zero_slope(slope, found.allocation)
        if number % 20 == 0:  # its closed form takes SymPy some milliseconds
            broken += 1
            even = break_even(given)
            assert even is not None
            at = even.enclosure.middle
            off = min(at, 1 - at) / 10**9
            assert found.allocation.enclosure.high < at - off
            before, beyond = (time(float(x), float(1 - x)) for x in (at - off, at + off))
            assert before <= 1 + ROUNDING and beyond >= 1 - ROUNDING
    assert count / 20 < collapsed < count * 19 / 20
    assert broken > count / 100


def random_units(chance: random.Random) -> list[tuple[F, F]]:
    """Two to four units and a scalable share."""
    count = chance.randint(2, 4)
    parts = [chance.randint(0 if chance.random() < 0.05 else 1, 100) for _ in range(count)]
    whole = sum(parts) + chance.randint(1, 100)
    top = 400 if chance.random() < 0.8 else 20
    return [(F(part, whole), F(chance.randint(8, top), 8)) for part in parts]


def unit_time(given: Problem) -> tuple[Any, Any]:
    """T over several units, and its gradient, in floating point."""
    w = np.array([float(kind.weight) for kind in given.kinds])
    R = np.array([float(kind.ratio) for kind in given.kinds])
    s, gamma, a = map(float, (given.scalable, given.gamma, given.exponent))

    def time(x: Any) -> float:
        left = 1 - x.sum()
        return float((w / (left + R * x / (1 + gamma * R * x))).sum() + s / left**a)

    def gradient(x: Any) -> Any:
        left = 1 - x.sum()
        pressed = 1 + gamma * R * x
        speed = left + R * x / pressed
        common = (w / speed**2).sum() + a * s / left ** (a + 1)
        return common - w * R / pressed**2 / speed**2

    return time, gradient


def divided(given: Problem) -> tuple[float, Any]:
    """The best division that SciPy finds."""
    time, gradient = unit_time(given)
    count = len(given.kinds)
    found = minimize(
        time, np.full(count, 0.2 / count), jac=gradient, method="SLSQP",
        bounds=[(0, 1)] * count,
        constraints={
            "type": "ineq", "fun": lambda x: 0.999999 - x.sum(), "jac": lambda x: -np.ones(count)
        },
        options={"ftol": 1e-13, "maxiter": 200},
    )
    place = np.maximum(found.x, 0.0)
    return time(place), place


def agree_in_units(given: Problem, found: Division) -> None:
    time, place = divided(given)
    low, high = float(found.time.enclosure.low), float(found.time.enclosure.high)
    assert high - low <= 1e-15
    assert low - ROUNDING * low <= time <= high + 1e-8
    for share, unit in zip(place, found.units, strict=True):
        assert unit.share is not None
        assert share == pytest.approx(unit.share.near, abs=3e-4)


@pytest.mark.slow
def test_several_units() -> None:
    chance = random.Random(5)
    served, collapsed = 0, 0
    for number in range(INSTANCES):
        given = problem(random_units(chance))
        # The closed forms themselves take SymPy ten milliseconds: some of them are made.
        found = optimum(given) if number % 50 == 0 else divide(given, closed_forms=False)
        agree_in_units(given, found)
        collapsed += found.collapse
        served += any(unit.active and not unit.pays_alone for unit in found.units)
        assert all(unit.active for unit in found.units if unit.pays_alone)
    assert collapsed > 100
    assert served > 100, "a unit not worth it alone may be worth it beside others"


@pytest.mark.slow
def test_several_units_with_bandwidth_and_exponent() -> None:
    chance = random.Random(6)
    collapsed = left_out = 0
    for _ in range(TOGETHER):
        given = problem(
            random_units(chance), gamma=F(chance.randint(0, 100), 100),
            exponent=F(chance.randint(1, 60), 10),
        )
        found = optimum(given) if not given.plain else divide(given, closed_forms=False)
        agree_in_units(given, found)
        collapsed += found.collapse
        for unit in found.units:
            if unit.pays_alone and not unit.active:
                left_out += 1
                assert given.exponent > 1
    assert collapsed > 20
    assert left_out > 0, "with an exponent above 1 a unit worth it alone may get nothing"


def test_break_even_needs_one_unit_that_pays() -> None:
    assert break_even(problem([(F(1, 10), 5)], gamma=1)) is None
