"""How the best share and its time change with the ratio and with the scalable share.

*Definitions*: :class:`Slope` (derivatives from both sides), :class:`Sensitivities`,
:func:`sensitivities`.

*Results*: ``transition`` is about the kink of the best share at the threshold; the derivatives are
those of the closed forms of ``optimum``.

*How it is done*: with k = sqrt((1-s)(R-1)/s) the best share is (k-1)/(k+R-1), and
dk/dR = k/(2(R-1)), dk/ds = -k/(2s(1-s)). The time's derivatives are those of T(R,s,x) at fixed
x = x*, since its derivative in x is 0 there (the envelope theorem). From the threshold on x* = 0
and T* = 1, so at the threshold itself each has two one-sided derivatives: those of x* differ,
those of T* are 0 both.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654; Milgrom, Segal, 'Envelope theorems for
arbitrary choice sets', Econometrica 70 (2002).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from models.amdahl import objective
from models.amdahl.analysis import Analysis
from models.amdahl.number import Real, compare, number_json, sign, simplest


@dataclass(frozen=True, slots=True)
class Slope:
    """The derivatives from below and from above, exact; None where there is none."""

    below: Real | None
    above: Real | None

    @property
    def value(self) -> Real | None:
        """The derivative: where those from both sides exist and are the same."""
        if self.below is None or self.above is None or compare(self.below, self.above) != 0:
            return None
        return self.below

    def to_json(self) -> dict[str, str | float | None]:
        """Plain data: ``value``, ``below`` and ``above``, each with its nearest double."""
        found: dict[str, str | float | None] = {}
        for key in ("value", "below", "above"):
            found |= number_json(key, getattr(self, key))
        return found


NONE = Slope(None, None)


@dataclass(frozen=True, slots=True)
class Sensitivities:
    """dx*/dR, dx*/ds, dT*/dR and dT*/ds at one instance, and a sentence where that needs one."""

    allocation_by_ratio: Slope
    allocation_by_scalable: Slope
    time_by_ratio: Slope
    time_by_scalable: Slope
    note: str = ""

    def to_json(self) -> dict[str, object]:
        """Plain data."""
        return {
            "allocation_by_ratio": self.allocation_by_ratio.to_json(),
            "allocation_by_scalable": self.allocation_by_scalable.to_json(),
            "time_by_ratio": self.time_by_ratio.to_json(),
            "time_by_scalable": self.time_by_scalable.to_json(),
            "note": self.note,
        }


def sensitivities(answers: Analysis) -> Sensitivities:
    """The derivatives at an instance, from its analysis."""
    R, s = answers.ratio, answers.scalable
    one = Fraction(1)
    if sign(s) == 0:
        return _without_scalable_work(R)
    if compare(s, one) == 0:
        # All ratios collapse, and so do all scalable shares near 1; there are none above it.
        ended = Slope(Fraction(0), None)
        return Sensitivities(
            _level(), ended, _level(), ended, "No scalable share is above 1, so a side is missing."
        )
    at_threshold = compare(s, answers.threshold) == 0
    if answers.collapse and not at_threshold:
        return Sensitivities(_level(), _level(), _level(), _level())
    share_R, share_s, time_R, time_s = _below_threshold(R, s)
    if at_threshold:
        zero = Fraction(0)
        return Sensitivities(
            Slope(zero, share_R), Slope(share_s, zero), _level(), _level(),
            "Exactly at the threshold the best share has a kink (theorem transition), and only "
            "one-sided derivatives; its time has none.",
        )
    return Sensitivities(
        Slope(share_R, share_R), Slope(share_s, share_s), Slope(time_R, time_R),
        Slope(time_s, time_s),
    )


def _level() -> Slope:
    return Slope(Fraction(0), Fraction(0))


def _below_threshold(R: Real, s: Real) -> tuple[Real, Real, Real, Real]:
    """The closed forms for R > 1 and 0 < s <= S_c."""
    k = objective.balance(R, s)
    x = objective.optimal_allocation(R, k)
    scale = (k + R - 1) * (k + R - 1)
    rate = 1 + (R - 1) * x
    return (
        simplest((R * k / (2 * (R - 1)) - (k - 1)) / scale),
        simplest(-R * k / (2 * s * (1 - s) * scale)),
        simplest(-(1 - s) * x / (rate * rate)),
        simplest(1 / (1 - x) - 1 / rate),
    )


def _without_scalable_work(R: Real) -> Sensitivities:
    """s = 0: T* = 1/R for R > 1, which no share reaches, and 1 for R <= 1."""
    order = compare(R, Fraction(1))
    note = (
        "Without scalable work no share is best, and the first of it costs time at an unbounded "
        "rate: T* - 1/R grows like the square root of s."
    )
    if order < 0:
        ended = Slope(None, Fraction(0))
        return Sensitivities(
            _level(), ended, _level(), ended, "No scalable share is below 0, so a side is missing."
        )
    below = Fraction(0) if order == 0 else simplest(-1 / (R * R))
    by_ratio = Slope(below, simplest(-1 / (R * R)))
    if order == 0:
        ended = Slope(None, Fraction(0))
        # For s > 0 and R = 1 there is no specialised hardware, and T* = 1.
        return Sensitivities(
            Slope(Fraction(0), None), ended, by_ratio, ended,
            "Both kinds of hardware are equal: a ratio above 1 leaves no best share, and one below "
            "it leaves 0.",
        )
    return Sensitivities(NONE, NONE, by_ratio, NONE, note)
