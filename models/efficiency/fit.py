"""Fitting κ, and γ where time is given, to measured losses, with intervals.

These are estimates in floating point, not enclosures: an interval says what the data tell, under
the assumption that the logarithms of the losses scatter about the law independently and normally,
all as much.

*Definitions*: :class:`Measured` (the data), :class:`Estimate`, :class:`Fit`, :func:`fit`;
:func:`student_quantile`.

*Results*: ``ratio-law``: on logarithmic axes the law is a line, whose slope is -κ.

*How it is done*. With a rate γ the law is log L = a - κ x, where x is the logarithm of logical
compute: log C of a measured compute C; log C + γ t ln 2 if the time is given as well;
log(1 + I_γ(t)) if only the time is. So a and κ are a linear regression, and what is left is a sum
of squares that depends on γ alone. Without time the interval of κ is Student's, exact under the
assumption. With time both intervals are those of the profile likelihood: all values that some
choice of the others brings to a sum of squares of at most (1 + t²/(n-3)) times the least one, t
being Student's quantile with n-3 degrees of freedom. γ is looked for from 0 to :data:`MOST_RATE`.

*References*: Bates and Watts, 'Nonlinear Regression Analysis and Its Applications' (1988), chapter
6, for profiles; Abramowitz and Stegun, 26.7.1, for Student's distribution.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from flint import arb, ctx
from numpy.typing import NDArray

from models.errors import BadInput

Array = NDArray[np.float64]

MOST_RATE = 100.0
MOST_YEARS = 10_000
MOST_ROWS = 20_000
LEAST_RATE = 1e-6
_GRID = 400
_MOST_LOG = 700.0


@dataclass(frozen=True)
class Measured:
    """Losses, with the compute, the time in years, or both, at which they were measured."""

    loss: tuple[float, ...]
    compute: tuple[float, ...] | None = None
    years: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        columns = {"loss": self.loss, "compute": self.compute, "years": self.years}
        if self.compute is None and self.years is None:
            raise BadInput("neither compute nor years", expected="one of them, or both")
        for name, column in columns.items():
            if column is None:
                continue
            if len(column) != len(self.loss):
                raise BadInput(f"{len(column)} of {name}", expected=f"{len(self.loss)}")
            for value in column:
                self._check(name, value)
        if len(self.loss) > MOST_ROWS:
            raise BadInput(f"{len(self.loss)} rows", expected=f"at most {MOST_ROWS}")

    @staticmethod
    def _check(name: str, value: float) -> None:
        good = 0 <= value <= MOST_YEARS if name == "years" else 0 < value < math.inf
        if not good:
            wanted = f"0 to {MOST_YEARS}" if name == "years" else "a number greater than 0"
            raise BadInput(f"{name} {value:g}", where=name, expected=wanted)

    @property
    def timed(self) -> bool:
        """Whether there is a γ to fit."""
        return self.years is not None

    @cached_property
    def heights(self) -> Array:
        """log L."""
        return np.asarray(np.log(np.array(self.loss)))

    def places(self, rate: float) -> Array:
        """The logarithm of logical compute for a rate."""
        if self.years is None:
            return np.asarray(np.log(np.array(self.compute)))
        years = np.array(self.years)
        if self.compute is not None:
            return np.asarray(np.log(np.array(self.compute)) + rate * math.log(2) * years)
        return log_compute(rate, years)


def log_compute(rate: float, years: Array) -> Array:
    """log(1 + I_γ(t)), without overflow and without cancellation."""
    growth = rate * math.log(2)
    if growth == 0:
        return np.asarray(np.log1p(years))
    exponent = growth * years
    small = np.minimum(exponent, 30.0)
    near = np.log1p(np.expm1(small) / growth)
    # From there on 1 + (e^z - 1)/g = e^z (1 + (g-1) e^-z)/g, without the power.
    far = exponent + np.log1p((growth - 1) * np.exp(-np.maximum(exponent, 30.0))) - math.log(growth)
    return np.where(exponent <= 30.0, near, far)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number, and the interval at the level of the fit; an end that the data leave open is None.
    """

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Fit:
    """What the data tell.

    ``verdict`` is ``fitted``, or ``unknown`` if the data can't tell κ from 0, or don't give an
    interval at all; ``reasons`` say what they can't tell. ``fitted`` are the law's
    losses, None beyond the range of doubles, ``residuals`` log L minus the law.
    """

    measured: Measured
    level: float
    verdict: str
    reasons: tuple[str, ...]
    method: str
    kappa: Estimate | None
    gamma: Estimate | None
    scale: float | None
    """a of the law: log L where the logarithm of compute is 0."""
    spread: float | None
    """The standard deviation of the residuals, with the fitted numbers taken off."""
    fitted: tuple[float | None, ...]
    residuals: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A regression log L = a - κ x, with the sum of squares that it leaves and that of x."""

    intercept: float
    kappa: float
    left: float
    spread: float


def _line(places: Array, heights: Array) -> _Line:
    middle, height = float(places.mean()), float(heights.mean())
    across, up = places - middle, heights - height
    spread = float(across @ across)
    # A spread that rounding makes is none.
    if spread <= 1e-24 * max(1.0, middle * middle) * len(places):
        return _Line(height, 0.0, float(up @ up), 0.0)
    slope = float(across @ up) / spread
    rest = up - slope * across
    return _Line(height - slope * middle, -slope, float(rest @ rest), spread)


def fit(measured: Measured, *, level: float = 0.95) -> Fit:
    """Fit κ, and γ if times are given. Raises :class:`BadInput` for a level that is none."""
    if not 0.5 <= level <= 0.9999:
        raise BadInput(f"{level:g}", where="level", expected="a level from 0.5 to 0.9999")
    count, numbers = len(measured.loss), 3 if measured.timed else 2
    method = (
        "profile likelihood of the regression of log loss" if measured.timed
        else "Student's interval of the regression of log loss on log compute"
    )

    def unknown(reason: str) -> Fit:
        return Fit(
            measured, level, "unknown", (reason,), method, None, None, None, None, (), ()
        )

    if count <= numbers:
        return unknown(
            f"too few points: {count}, for {numbers} numbers to fit and an interval at least "
            f"{numbers + 1}"
        )
    if measured.timed and len(set(measured.years or ())) < 3:
        return unknown(
            f"{len(set(measured.years or ()))} different times: a rate needs at least 3"
        )
    if not measured.timed and _line(measured.places(0.0), measured.heights).spread == 0:
        return unknown("all points have the same compute")
    if measured.timed:
        return _profiled(measured, level, method)
    line = _line(measured.places(0.0), measured.heights)
    spread = math.sqrt(line.left / (count - 2))
    half = student_quantile(level, count - 2) * spread / math.sqrt(line.spread)
    kappa = Estimate(line.kappa, line.kappa - half, line.kappa + half)
    return _result(measured, level, method, line, kappa, None, spread, ())


def _profiled(measured: Measured, level: float, method: str) -> Fit:
    """With time: the best rate, and both intervals by profiles."""
    heights = measured.heights
    count = len(heights)
    lines: dict[float, _Line] = {}

    def line(rate: float) -> _Line:
        if rate not in lines:
            lines[rate] = _line(measured.places(rate), heights)
        return lines[rate]

    grid = [0.0, *np.geomspace(LEAST_RATE, MOST_RATE, _GRID).tolist()]
    start = min(range(len(grid)), key=lambda i: line(grid[i]).left)
    best = _least(
        lambda rate: line(rate).left,
        grid[max(start - 1, 0)], grid[min(start + 1, len(grid) - 1)], grid[start],
    )
    found = line(best)
    quantile = student_quantile(level, count - 3)
    # Where the points lie on a law, rounding leaves a little.
    floor = 1e-26 * float(heights @ heights + 1)
    most = max(found.left, floor) * (1 + quantile * quantile / (count - 3))

    def inside(rate: float) -> bool:
        return line(rate).left <= most

    # The rates that are not excluded, next to the best one and beyond it.
    good = [rate for rate in grid if inside(rate)] or [best]
    low = _border(inside, min(good[0], best), _before(grid, min(good[0], best)))
    high = _border(inside, max(good[-1], best), _after(grid, max(good[-1], best)))
    gamma = Estimate(best, low, None if high >= MOST_RATE else high)
    ends = []
    for rate in {*good, best, *np.linspace(low, high, _GRID).tolist()}:
        each = line(rate)
        if each.spread and each.left <= most:
            half = math.sqrt((most - each.left) / each.spread)
            ends += [each.kappa - half, each.kappa + half]
    kappa = Estimate(found.kappa, min(ends, default=None), max(ends, default=None))
    reasons = []
    if high >= MOST_RATE or found.spread == 0:
        reasons.append(
            f"γ has no upper bound below {MOST_RATE:g}: a faster rate with a smaller κ fits as well"
        )
    if low == 0:
        reasons.append("γ can't be told from 0")
    spread = math.sqrt(found.left / (count - 3))
    return _result(measured, level, method, found, kappa, gamma, spread, tuple(reasons))


def _result(
    measured: Measured, level: float, method: str, line: _Line, kappa: Estimate,
    gamma: Estimate | None, spread: float, reasons: Sequence[str],
) -> Fit:
    places = measured.places(0.0 if gamma is None else gamma.value)
    height = line.intercept - line.kappa * places
    verdict = "fitted"
    if kappa.low is None or kappa.high is None or kappa.low <= 0 <= kappa.high:
        verdict = "unknown"
        reasons = (*reasons, "κ can't be told from 0: its interval contains 0")
    elif kappa.high < 0:
        verdict = "unknown"
        reasons = (*reasons, "the loss rises: κ is below 0, and the law is not that of the data")
    return Fit(
        measured, level, verdict, tuple(reasons), method, kappa, gamma, line.intercept, spread,
        tuple(math.exp(each) if abs(each) < _MOST_LOG else None for each in height.tolist()),
        tuple((measured.heights - height).tolist()),
    )


def _least(
    value: Callable[[float], float], low: float, high: float, start: float
) -> float:
    """Where a function of one variable is least between two points, by golden sections."""
    ratio = (math.sqrt(5) - 1) / 2
    first, last = low, high
    for _ in range(100):
        width = last - first
        if width <= 1e-12 * max(last, LEAST_RATE):
            break
        left, right = last - ratio * width, first + ratio * width
        if value(left) <= value(right):
            last = right
        else:
            first = left
    return float(min((start, (first + last) / 2, low), key=value))


def _before(grid: Sequence[float], rate: float) -> float:
    return max((each for each in grid if each < rate), default=rate)


def _after(grid: Sequence[float], rate: float) -> float:
    return min((each for each in grid if each > rate), default=rate)


def _border(inside: Callable[[float], bool], good: float, other: float) -> float:
    """Where a set ends between a point in it and another one; the other one if it is in it, too."""
    if other == good or inside(other):
        return other
    for _ in range(60):
        middle = (good + other) / 2
        if inside(middle):
            good = middle
        else:
            other = middle
    return good


@cache
def student_quantile(level: float, freedom: int) -> float:
    """The t with P(|T| <= t) = ``level``, for Student's distribution.

    P(|T| > t) is the regularised incomplete beta function of ν/(ν+t²) at ν/2 and 1/2.
    """
    with ctx.workprec(128):
        half, wanted = arb(freedom) / 2, 1 - arb(level)
        low, high = arb(0), arb(1)
        for _ in range(100):
            middle = (low + high) / 2
            if middle.beta_lower(half, arb(1) / 2, regularized=True) < wanted:
                low = middle.mid()
            else:
                high = middle.mid()
        share = (low + high) / 2
        return float((freedom * (1 - share) / share).sqrt().mid())
