"""Trajectories: fleets whose efficiency and power change from period to period.

*Definitions*: the equation :func:`fleet_power`; :class:`Period`, :class:`Trajectory`;
:class:`Point` (:meth:`Trajectory.point`), :meth:`Trajectory.time_to`; :class:`Scenario`.

*Results*: ``time-to-target`` and ``ratio-law``, period by period.

*How it is done*: in a period that begins with efficiency E and power P, both relative to those at
the beginning, efficiency doubles γ times a year and power ρ times, so that s years gather
E P I_{γ+ρ}(s). Compute is 1 plus what the periods gathered, and the loss is its power -κ. A target
is reached in the period at whose end compute is above r^(-1/κ); where balls of many bits don't tell
two numbers apart, either period has the same time. Balls carry all rounding.

*References*: 'The Race to Efficiency', arXiv 2501.02156, for scenarios of this kind; the
numbers of ours are our own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import accumulate
from typing import cast

from flint import arb

from models.algebra import Algebra, equation
from models.amdahl.enclosure import ball
from models.amdahl.number import Real
from models.efficiency import laws
from models.efficiency.enclosure import Enclosure, enclose, narrowed, ordered
from models.errors import BadInput, Undecided

MOST_PERIODS = 50
ONE = Fraction(1)
_BORDER_BITS = 8192


@equation()
def fleet_power(algebra: Algebra, power: Real, doublings: Real) -> Real:
    """P 2^d: the power of a fleet after some doublings."""
    return algebra.bind(
        laws.real_power.at(algebra, laws.TWO, doublings), lambda grown: power * grown
    )


@dataclass(frozen=True, slots=True)
class Period:
    """Years in which efficiency doubles ``gamma`` times a year.

    ``power``: the fleet's power at the beginning of the period, relative to that at the beginning
    of all, or None if it goes on from the period before; ``growth``: how often a year it doubles.
    """

    years: Fraction
    gamma: Fraction
    power: Fraction | None = None
    growth: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Point:
    """A moment of a trajectory: what is enclosed is relative to the beginning."""

    years: Fraction
    gamma: Fraction
    efficiency: Enclosure
    power: Enclosure
    compute: Enclosure
    relative_loss: Enclosure


@dataclass(frozen=True, slots=True)
class Trajectory:
    """Periods one after the other. ``basis``: where the numbers are from, or that they are
    assumptions."""

    name: str
    kappa: Fraction
    periods: tuple[Period, ...]
    basis: str

    def __post_init__(self) -> None:
        if not self.periods:
            raise BadInput(f"no periods of {self.name}", expected="at least one period")

    @property
    def years(self) -> Fraction:
        """The length of all periods."""
        return sum((period.years for period in self.periods), Fraction(0))

    @property
    def starts(self) -> tuple[Fraction, ...]:
        """When the periods begin, and when the last one ends."""
        return tuple(accumulate((p.years for p in self.periods), initial=Fraction(0)))

    def _place(self, years: Fraction) -> tuple[int, Fraction]:
        """The period in which a moment is, the later one on a border, and its years."""
        if not 0 <= years <= self.years:
            raise BadInput(f"{years} years", where=self.name, expected=f"0 to {self.years} years")
        place = min(bisect_right(self.starts, years) - 1, len(self.periods) - 1)
        return place, years - self.starts[place]

    def _doublings(self, place: int, years: Fraction) -> Fraction:
        """Doublings of efficiency up to some years into a period; exact."""
        before = sum((p.years * p.gamma for p in self.periods[:place]), Fraction(0))
        return before + self.periods[place].gamma * years

    def _power(self, place: int, years: Fraction) -> tuple[Fraction, Fraction]:
        """P and d of the power P 2^d some years into a period; exact."""
        factor, doublings = ONE, Fraction(0)
        for index, period in enumerate(self.periods[: place + 1]):
            if period.power is not None:
                factor, doublings = period.power, Fraction(0)
            doublings += period.growth * (years if index == place else period.years)
        return factor, doublings

    def _speed(self, place: int) -> arb:
        """Compute a year at the beginning of a period."""
        factor, doublings = self._power(place, Fraction(0))
        grown = laws.efficiency(ball(1), ball(self._doublings(place, Fraction(0)) + doublings))
        return ball(factor) * cast(arb, grown)

    def _compute(self, place: int, years: Fraction) -> arb:
        """Compute up to some years into a period."""
        total = arb(1)
        for index, period in enumerate(self.periods[: place + 1]):
            length = years if index == place else period.years
            gathered = laws.gathered(ball(period.gamma + period.growth), ball(length))
            total = total + self._speed(index) * cast(arb, gathered)
        return total

    def point(self, years: Fraction, *, digits: int) -> Point:
        """The moment after some years."""
        place, inside = self._place(years)
        period = self.periods[place]

        return Point(
            years, period.gamma,
            enclose(laws.efficiency, ONE, self._doublings(place, inside), digits=digits),
            enclose(fleet_power, *self._power(place, inside), digits=digits),
            narrowed(lambda: self._compute(place, inside), digits),
            narrowed(
                lambda: cast(
                    arb, laws.power_law(ball(1), ball(self.kappa), self._compute(place, inside))
                ),
                digits,
            ),
        )

    def time_to(self, target: Fraction, *, digits: int) -> Enclosure | None:
        """The years to a relative loss between 0 and 1; None if it is not reached."""

        def wanted() -> arb:
            return cast(arb, laws.compute_multiple(ball(self.kappa), ball(target)))

        for index, period in enumerate(self.periods):
            try:
                end = partial(self._compute, index, period.years)
                found = ordered(end, wanted, bits=_BORDER_BITS)
            except Undecided:
                found = 0  # at this very border: the formula of this period holds there, too
            if found >= 0:
                return narrowed(partial(self._reached, index, wanted), digits)
        return None

    def _reached(self, place: int, wanted: Callable[[], arb]) -> arb:
        """When compute is what is wanted, in a period."""
        period = self.periods[place]
        missing = (wanted() - self._compute(place, Fraction(0))) / self._speed(place)
        rate = ball(period.gamma + period.growth)
        # With κ = 1 the target 1/(1+A) takes the time in which A is gathered.
        inside = laws.time_to_target(ball(1), rate, 1 / (1 + missing))
        return ball(self.starts[place]) + cast(arb, inside)


@dataclass(frozen=True, slots=True)
class Scenario:
    """Trajectories to be compared, and the losses whose times are of interest."""

    title: str
    description: str
    trajectories: tuple[Trajectory, ...]
    targets: tuple[Fraction, ...]
