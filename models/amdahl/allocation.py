"""The best division of a budget with a bandwidth, an exponent, or both: certified brackets.

No closed form is known here, so the answer is an interval for each number, which provably contains
it.

*Definitions*: :func:`optimum` (for any :class:`~models.amdahl.problem.Problem`),
:func:`break_even`; :class:`Variant`, :func:`analyse_variant` (one unit, with its threshold).

*Results*: ``bandwidth`` and ``scaling-exponent`` are about the threshold, which is exact; the
optimum itself is not among the theorems that the kernel proves. Why the brackets are right:

Let r_i = sqrt(w_i R_i). For a programmable share p in (0,1) and a number q > 0 let

    x_i = max(0, (q r_i - p) / (R_i (1 + γ p))),    y_i = p + g_i(x_i),    D = 1/q²,

and choose q such that Σ x_i = 1 - p. Then ∂g_i/∂x_i · w_i/y_i² is D where x_i > 0 (both sides by
computation), and at most D where x_i = 0. With S = Σ w_i/y_i² + a s/p^(a+1), the derivative of T in
direction x_i is therefore S - D where x_i > 0 and at least that elsewhere. T is convex, so every
division x', which leaves p', has

    T(x') >= T(x) + Σ ∂_i T(x) (x'_i - x_i) >= T(x) + (S - D) (p - p').

If S < D all divisions that leave more than p are worse, and if S > D all that leave less. Every
sign of D - S thus halves the place of the best p, and at any p near it the inequality bounds T*
from below.

*How it is done*: p is searched by :func:`~models.amdahl.bracket.change_of_sign`, from a guess in
floating point; x_i is then computed for all p in the bracket at once. For given p, q is a quotient
of sums over the units with q r_i > p, which are found in falling order of w_i R_i. A unit for which
a ball does not decide that lies so close to the edge that q is between the quotient and p/r_i; both
are covered.

*References*: Boyd, Vandenberghe, 'Convex Optimization' (2004), sections 3.1.3 and 5.5.3.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, ctx

from models.amdahl.bandwidth import bandwidth_time
from models.amdahl.bracket import change_of_sign
from models.amdahl.enclosure import (
    PRECISION,
    Interval,
    Number,
    ball,
    enclosed_json,
    interval,
    number,
    root_ball,
    signed,
    spanning,
)
from models.amdahl.exponent import exponent_threshold
from models.amdahl.number import Real, compare, number_json, short_text, simplest, square_root
from models.amdahl.problem import Problem, problem, rational, worth_a_first_share
from models.amdahl.several import Division, divide, given_unit, no_hardware
from models.errors import BadInput

MAX_PRECISION = 2**14
"""Bits after which a sign is left open, and another point is tried."""


def optimum(given: Problem) -> Division:
    """The best division: in closed form where there is one, else with certified brackets."""
    if given.plain:
        return divide(given)
    if not any(worth_a_first_share(given, kind) for kind in given.kinds):
        return no_hardware(given)
    falls = False if given.scalable else _falls_to_the_end(given)
    if falls is not False:
        return _limit(given, decided=falls is True)
    if not given.scalable and len(given.kinds) == 1:
        return _bounded_alone(given)
    return _division(given, change_of_sign(lambda left: _slope(given, left), _guess(given)))


@dataclass(frozen=True, slots=True)
class _Point:
    """The best division for a programmable share, and D - S there; all as balls.

    D - S is the slope in p of the time of the best division that leaves p.
    """

    shares: tuple[arb, ...]
    time: arb
    slope: arb


def _point(given: Problem, left: arb) -> _Point:
    """At all p of a ball, at the precision that is set."""
    gamma, one = ball(given.gamma), arb(1)
    kinds = given.kinds
    ratios = [ball(kind.ratio) for kind in kinds]
    roots = [root_ball(kind.weight * kind.ratio) for kind in kinds]
    pressed = one + gamma * left
    above, below = (one - left) * pressed, arb(0)
    level: arb | None = None
    open_levels: list[arb] = []
    for place in sorted(
        range(len(kinds)), key=lambda place: kinds[place].weight * kinds[place].ratio, reverse=True
    ):
        if not kinds[place].weight:
            break
        if level is not None and not level * roots[place] > left:
            if level * roots[place] < left:
                break
            open_levels.append(left / roots[place])
            continue
        above += left / ratios[place]
        below += roots[place] / ratios[place]
        level = above / below
    assert level is not None  # the first unit always joins: something is left to give
    for other in open_levels:
        level = level.union(other)
    demand = one / (level * level)
    time, pressure = arb(0), arb(0)
    shares = []
    for kind, ratio, root in zip(kinds, ratios, roots, strict=True):
        if not kind.weight:
            shares.append(arb(0))
            continue
        share = ((level * root - left) / (ratio * pressed)).max(arb(0))
        speed = left + ratio * share / (one + gamma * ratio * share)
        weight = ball(kind.weight)
        time += weight / speed
        pressure += weight / (speed * speed)
        shares.append(share)
    if given.scalable:
        scalable = ball(given.scalable) / _power(left, given.exponent)
        time += scalable
        pressure += ball(given.exponent) * scalable / left
    return _Point(tuple(shares), time, demand - pressure)


def _power(base: arb, exponent: Fraction) -> arb:
    return base ** (int(exponent) if exponent.denominator == 1 else ball(exponent))


def _slope(given: Problem, left: Fraction) -> arb:
    """D - S at p: negative where p is too small, positive where it is too large."""
    return signed(lambda: _point(given, ball(left)).slope, limit=MAX_PRECISION)


def _guess(given: Problem) -> float | None:
    """About where the best p is, in floating point; None where that does not work out."""
    try:
        low, high = 0.0, 1.0
        slope = _float_slope(given)
        while True:
            middle = (low + high) / 2
            if not low < middle < high or high - low < 1e-17:
                return middle
            if slope(middle) < 0:
                low = middle
            else:
                high = middle
    except (OverflowError, ZeroDivisionError, ValueError):
        return None


def _float_slope(given: Problem) -> Callable[[float], float]:
    """D - S in floating point, for guesses."""
    units = sorted(
        ((float(each.weight), float(each.ratio)) for each in given.kinds if each.weight),
        key=lambda unit: -unit[0] * unit[1],
    )
    rows = [(weight, ratio, math.sqrt(weight * ratio)) for weight, ratio in units]
    gamma, scalable, exponent = map(float, (given.gamma, given.scalable, given.exponent))

    def slope(left: float) -> float:
        pressed = 1 + gamma * left
        above, below, level = (1 - left) * pressed, 0.0, math.inf
        for _, ratio, root in rows:
            if level * root <= left:
                break
            above += left / ratio
            below += root / ratio
            level = above / below
        pressure = exponent * scalable / left ** (exponent + 1) if scalable else 0.0
        for weight, ratio, root in rows:
            share = max(0.0, (level * root - left) / (ratio * pressed))
            speed = left + ratio * share / (1 + gamma * ratio * share)
            pressure += weight / (speed * speed)
        return 1 / (level * level) - pressure

    return slope


def _falls_to_the_end(given: Problem) -> bool | None:
    """Without scalable work: whether T falls all the way to p = 0, so that no division is best.

    At p = 0 all units have a share, and S - D has the sign of Σ (1 + γ q r_i)²/R_i - 1 with
    q = 1/Σ sqrt(w_i/R_i). For one unit q r = R, and that is decided exactly; for several None says
    that no precision up to the limit decides it.
    """
    working = [kind for kind in given.kinds if kind.weight]
    if len(working) == 1:
        ratio = working[0].ratio
        return (1 + given.gamma * ratio) ** 2 <= ratio

    def excess() -> arb:
        level = 1 / sum((root_ball(each.weight / each.ratio) for each in working), arb(0))
        gamma = ball(given.gamma)
        total = arb(-1)
        for each in working:
            pressed = 1 + gamma * level * root_ball(each.weight * each.ratio)
            total += pressed * pressed / ball(each.ratio)
        return total

    found = signed(excess, limit=MAX_PRECISION)
    if found > 0:
        return False
    return True if found < 0 else None


def _limit(given: Problem, *, decided: bool) -> Division:
    """The answer where the time tends to its infimum as p tends to 0.

    If that was not decided the slope at 0 is almost 0, and bounds how much lower T may come.
    """
    with ctx.workprec(PRECISION):
        end = _point(given, arb(0))
    time = interval(end.time)
    lower = time.low + min(interval(end.slope).low, Fraction(0))
    units = tuple(given_unit(given, kind, None) for kind in given.kinds)
    return Division(
        given, False, units, None, Number(Interval(lower, time.high)), False if decided else None
    )


def _bounded_alone(given: Problem) -> Division:
    """One unit and no scalable work: the best share is where the rate 1 - x + g(x) is largest.

    That is where g' = R/(1+γRx)² is 1, so 1 + γRx = sqrt(R).
    """
    (kind,) = given.kinds
    share = simplest((square_root(kind.ratio) - 1) / (given.gamma * kind.ratio))
    time = simplest(bandwidth_time(kind.ratio, Fraction(0), given.gamma, share))
    best = number(share)
    return Division(given, False, (given_unit(given, kind, best),), best, number(time), True)


def _division(given: Problem, bracket: Interval) -> Division:
    """The answer from the bracket of p."""
    with ctx.workprec(PRECISION + 4 * bracket.middle.denominator.bit_length()):
        centre = _point(given, ball(bracket.middle))
        upper, slope = interval(centre.time), interval(centre.slope)
        shares = _point(given, spanning(bracket.low, bracket.high)).shares
    lower = upper.low - max(abs(slope.low), abs(slope.high)) * (bracket.high - bracket.low)
    together = Interval(1 - bracket.high, 1 - bracket.low)
    alone = sum(kind.weight > 0 for kind in given.kinds) == 1
    units = tuple(
        given_unit(
            given, kind, Number(together) if alone and kind.weight else _share(share, together)
        )
        for kind, share in zip(given.kinds, shares, strict=True)
    )
    return Division(
        given, False, units, Number(together), Number(Interval(lower, upper.high)), True
    )


def _share(share: arb, together: Interval) -> Number:
    """A unit's share: at least 0, and at most what all get."""
    found = interval(share)
    bounded = Interval(max(found.low, Fraction(0)), min(found.high, together.high))
    return Number(bounded) if bounded.high else number(Fraction(0))


def break_even(given: Problem) -> Number | None:
    """For one unit, the share up to which it gains: T < 1 exactly between 0 and it.

    None if no share gains, or every one does. Exact without exponent: T < 1 is, with the
    denominators cleared, γR x² - (R-1+γR) x + R(1-s) - 1 > 0, and the smaller root is break-even.
    """
    (kind,) = given.kinds
    if not worth_a_first_share(given, kind):
        return None
    if given.exponent == 1 or not given.scalable:
        ratio, gamma = kind.ratio, given.gamma
        linear, constant = ratio - 1 + gamma * ratio, ratio * (1 - given.scalable) - 1
        root: Real = constant / linear
        if gamma:
            inside = linear * linear - 4 * gamma * ratio * constant
            root = simplest((linear - square_root(inside)) / (2 * gamma * ratio))
        return number(root) if compare(root, Fraction(1)) < 0 else None

    def over(share: Fraction) -> arb:
        return signed(lambda: _over(given, ball(share)), limit=MAX_PRECISION)

    return Number(change_of_sign(over))


def _over(given: Problem, share: arb) -> arb:
    """T - 1 for one unit: negative up to break-even, positive beyond."""
    (kind,) = given.kinds
    ratio, left = ball(kind.ratio), 1 - share
    speed = left + ratio * share / (1 + ball(given.gamma) * ratio * share)
    scalable = ball(given.scalable) / _power(left, given.exponent)
    return ball(kind.weight) / speed + scalable - 1


@dataclass(frozen=True, slots=True)
class Variant:
    """The answers for one unit with a bandwidth and an exponent.

    ``threshold``: S_c = (R-1)/(R-1+a), None for R < 1, where no share gains whatever s is;
    ``critical_ratio``: R_c = 1 + a s/(1-s), None for s = 1; γ moves neither. ``division``: the best
    share and its time. ``break_even`` as :func:`break_even` has it.
    """

    division: Division
    threshold: Real | None
    critical_ratio: Real | None
    break_even: Number | None

    def to_json(self) -> dict[str, Any]:
        """Plain data: that of the division, with the ratio, the threshold and break-even."""
        found = self.division.to_json()
        (unit,) = found.pop("units")
        return {
            "ratio": unit["ratio"], "ratio_float": unit["ratio_float"],
            **number_json("threshold", self.threshold),
            **number_json("critical_ratio", self.critical_ratio),
            **found,
            **enclosed_json("break_even", self.break_even),
        }


def analyse_variant(
    ratio: object, scalable: object, *, gamma: object = 0, exponent: object = 1
) -> Variant:
    """One unit for all bounded work: rational R > 0, 0 <= s <= 1, γ >= 0 and a > 0.

    Raises :class:`~models.errors.BadInput` for what is not rational or not in range.
    """
    share = rational(scalable, "scalable")
    if share > 1:
        raise BadInput(
            f"the scalable share {short_text(share)}", where="scalable",
            expected="a number from 0 to 1",
        )
    kind_ratio = rational(ratio, "ratio", positive=True)
    given = problem([(1 - share, kind_ratio)], gamma=gamma, exponent=exponent)
    return Variant(
        optimum(given),
        exponent_threshold(kind_ratio, given.exponent) if kind_ratio >= 1 else None,
        None if share == 1 else 1 + given.exponent * share / (1 - share),
        break_even(given),
    )
