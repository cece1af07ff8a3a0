"""The moving frontier year by year, and the year in which specialised hardware stops paying.

The ratio R(t) does not rise and the scalable share s(t) does not fall; each follows an exponential
law, or a table of years, linear between them. Which law holds is the user's assumption.

*Definitions*: :class:`Power` (c 2^e), the laws :class:`Halving` and :class:`Yearly`
(:func:`yearly`); :class:`Frontier` (:func:`frontier`); :class:`Year`, :class:`Horizon`,
:func:`horizon`.

*Results*: ``moving-frontier``, computed.

*How it is done*: under every law R(t)(1-s(t)) is a rational number times 2 to a rational power,
which is 1 only if the exponent is whole; otherwise balls of some precision tell on which side of 1
it is. So each year's verdict is exact. The year of the crossing comes from the closed form in ball
arithmetic, or from bisection between years, and is an interval that contains it. All other numbers
of a year are balls, too.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal, TypeAlias

from flint import arb, ctx

from models.amdahl.enclosure import PRECISION, Interval, ball, interval, signed
from models.amdahl.number import exact_text, short_text
from models.errors import BadInput

MOST_YEARS = 200
MOST_SPEED = 100
"""The most years of a horizon, and the most doublings in one of them."""

NARROW = Fraction(1, 10**15)
"""The width that bisection stops at, in years."""

Verdict: TypeAlias = Literal["already", "crosses", "never"]


@dataclass(frozen=True, slots=True)
class Power:
    """The real number ``factor`` times 2 to the power ``exponent``, both rational."""

    factor: Fraction
    exponent: Fraction = Fraction(0)

    def times(self, other: Power) -> Power:
        """The product."""
        return Power(self.factor * other.factor, self.exponent + other.exponent)

    def rational(self) -> Fraction | None:
        """The number, if it is rational."""
        if self.exponent.denominator > 1 and self.factor:
            return None
        if not self.factor:
            return Fraction(0)
        return self.factor * Fraction(2) ** self.exponent.numerator

    def above_one(self) -> int:
        """-1, 0 or 1 as the number is less than, equal to or more than 1; exact."""
        if self.factor <= 0:
            return -1
        known = self.rational()
        if known is not None:
            return (known > 1) - (known < 1)
        # 2 to a power that is not whole is irrational: some precision tells.
        return 1 if signed(lambda: self.ball() - 1) > 0 else -1

    def near(self) -> float:
        """A double near the number; infinite beyond their range."""
        with ctx.workprec(64):
            return float(self.ball().mid())

    def ball(self) -> arb:
        """A ball that contains the number, at the precision that is set."""
        return ball(self.factor) * arb(2) ** ball(self.exponent)


@dataclass(frozen=True, slots=True)
class Halving:
    """``first`` in the year ``start``, from where it halves ``speed`` times a year."""

    first: Fraction
    speed: Fraction
    start: Fraction

    def at(self, year: Fraction) -> Power:
        """The value in a year; exact."""
        return Power(self.first, -self.speed * (year - self.start))

    def nodes(self) -> tuple[Fraction, ...]:
        """The years in which the law changes: none."""
        return ()


@dataclass(frozen=True, slots=True)
class Yearly:
    """Values in some years, in order; between two of them linear."""

    years: tuple[Fraction, ...]
    values: tuple[Fraction, ...]

    def at(self, year: Fraction) -> Power:
        """The value in a year of the table's range; exact."""
        if not self.years[0] <= year <= self.years[-1]:
            raise BadInput(
                f"the year {exact_text(year)}",
                expected=f"a year from {exact_text(self.years[0])} to {exact_text(self.years[-1])}",
            )
        place = min(bisect_right(self.years, year), len(self.years) - 1)
        (begin, end), (low, high) = (
            self.years[place - 1 : place + 1], self.values[place - 1 : place + 1]
        )
        return Power(low + (high - low) * (year - begin) / (end - begin))

    def nodes(self) -> tuple[Fraction, ...]:
        """The years of the table."""
        return self.years


Law: TypeAlias = Halving | Yearly


def yearly(points: dict[Fraction, Fraction], *, name: str, rising: bool) -> Yearly:
    """A table's law, of values that do not fall (``rising``) or do not rise.

    Raises :class:`BadInput`, calling the table ``name``, if there are fewer than two years or if a
    value goes the other way: specialised hardware could then stop paying more than once.
    """
    years = tuple(sorted(points))
    if len(years) < 2:
        raise BadInput(f"{len(years)} years", where=name, expected="a table of at least two years")
    for before, after in pairwise(years):
        old, new = points[before], points[after]
        if (new < old) if rising else (new > old):
            raise BadInput(
                f"{exact_text(new)} in {exact_text(after)} after {exact_text(old)} in "
                f"{exact_text(before)}",
                where=name,
                expected="values that do not fall" if rising else "values that do not rise",
            )
    return Yearly(years, tuple(points[year] for year in years))


@dataclass(frozen=True, slots=True)
class Frontier:
    """The laws of the ratio R(t) and of the bounded share 1-s(t), from one year to another.

    Both do not rise (:func:`frontier` and :func:`yearly` see to that).
    """

    ratio: Law
    bounded: Law
    first: Fraction
    last: Fraction

    def advantage(self, year: Fraction) -> Power:
        """R(t)(1-s(t)); exact."""
        return self.ratio.at(year).times(self.bounded.at(year))


def frontier(
    ratio: Fraction | Yearly,
    scalable: Fraction | Yearly,
    *,
    catch_up: Fraction = Fraction(0),
    migration: Fraction = Fraction(0),
    first: Fraction = Fraction(0),
    years: Fraction,
) -> Frontier:
    """Laws from the values in the first year and their speeds, or from tables.

    Raises :class:`BadInput` for a ratio that is not positive, a share outside 0 to 1, a speed below
    0 or too high, a horizon below 1 year or too long, and a table that ends before the horizon.
    """
    if not 1 <= years <= MOST_YEARS:
        raise BadInput(
            f"a horizon of {short_text(years)} years", where="horizon",
            expected=f"1 to {MOST_YEARS} years",
        )
    for name, speed in (("catch-up", catch_up), ("migrate", migration)):
        if not 0 <= speed <= MOST_SPEED:
            raise BadInput(
                f"{short_text(speed)} doublings a year", where=name,
                expected=f"a number from 0 to {MOST_SPEED}",
            )
    values = ratio.values if isinstance(ratio, Yearly) else (ratio,)
    for value in values:
        if value <= 0:
            raise BadInput(
                f"the ratio {short_text(value)}", where="ratio", expected="a number greater than 0"
            )
    for value in scalable.values if isinstance(scalable, Yearly) else (scalable,):
        if not 0 <= value <= 1:
            raise BadInput(
                f"the scalable share {short_text(value)}", where="scalable",
                expected="a number from 0 to 1",
            )
    for name, law in (("ratio", ratio), ("scalable", scalable)):
        if isinstance(law, Yearly) and not law.years[0] <= first <= first + years <= law.years[-1]:
            raise BadInput(
                f"years from {exact_text(law.years[0])} to {exact_text(law.years[-1])}", where=name,
                expected=f"a table from {exact_text(first)} to {exact_text(first + years)}",
            )
    return Frontier(
        Halving(ratio, catch_up, first) if isinstance(ratio, Fraction) else ratio,
        Halving(1 - scalable, migration, first) if isinstance(scalable, Fraction)
        else Yearly(scalable.years, tuple(1 - value for value in scalable.values)),
        first, first + years,
    )


@dataclass(frozen=True, slots=True)
class Year:
    """One year: ratio, scalable share, threshold 1-1/R, advantage R(1-s), optimum.

    ``collapse``, whether no specialised hardware is best, is exact; the numbers are enclosures.
    ``allocation`` is none where no allocation is best (s = 0 and R > 1); ``time`` is the infimum.
    """

    year: Fraction
    ratio: Interval
    scalable: Interval
    threshold: Interval
    advantage: Interval
    collapse: bool
    allocation: Interval | None
    time: Interval

    def to_json(self) -> dict[str, str | bool | None]:
        """Plain data; numbers as text, every digit of which is certain."""
        return {
            "year": exact_text(self.year),
            "ratio": self.ratio.text(12),
            "scalable": self.scalable.text(12),
            "threshold": self.threshold.text(12),
            "advantage": self.advantage.text(12),
            "collapse": self.collapse,
            "allocation": None if self.allocation is None else self.allocation.text(12),
            "time": self.time.text(12),
        }


@dataclass(frozen=True, slots=True)
class Horizon:
    """What comes of a frontier, year by year.

    ``verdict``: ``already``, none is best from the first year on; ``crosses`` within the horizon;
    or ``never`` within it. ``crossing`` encloses the year in which R(t)(1-s(t)) is 1, where there
    is one: for two exponential laws also beyond the horizon.
    """

    frontier: Frontier
    verdict: Verdict
    crossing: Interval | None
    years: tuple[Year, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data; numbers as text, every digit of which is certain."""
        return {
            "verdict": self.verdict,
            "sentence": self.sentence(),
            "year": None if self.crossing is None else self.crossing.text(15),
            "between": None if self.crossing is None else self.crossing.decimals(18),
            "years": [year.to_json() for year in self.years],
        }

    def sentence(self) -> str:
        """The verdict for a reader."""
        first, last = exact_text(self.frontier.first), exact_text(self.frontier.last)
        if self.verdict == "already":
            return f"already collapsed: in year {first} no specialised hardware is best"
        if self.verdict == "crosses":
            assert self.crossing is not None
            return f"specialised hardware stops paying in year {self.crossing.text(10)}"
        beyond = "" if self.crossing is None else (
            f"; by the same laws, in year {self.crossing.text(10)}"
        )
        return f"never within the horizon: specialised hardware pays until year {last}{beyond}"


def horizon(given: Frontier) -> Horizon:
    """The year in which specialised hardware stops paying, and each whole year before and after."""
    years, year = [], given.first
    while year <= given.last:
        years.append(_year(given, year))
        year += 1
    verdict, crossing = _crossing(given)
    return Horizon(given, verdict, crossing, tuple(years))


def _crossing(given: Frontier) -> tuple[Verdict, Interval | None]:
    if given.advantage(given.first).above_one() <= 0:
        return "already", None
    if isinstance(given.ratio, Halving) and isinstance(given.bounded, Halving):
        return _closed_form(given, given.ratio, given.bounded)
    if given.advantage(given.last).above_one() > 0:
        return "never", None
    marks = sorted({
        given.first, given.last,
        *(y for law in (given.ratio, given.bounded) for y in law.nodes()
          if given.first < y < given.last),
    })
    # Between two marks the advantage does not rise.
    after = next(year for year in marks if given.advantage(year).above_one() <= 0)
    before = marks[marks.index(after) - 1]
    while after - before > NARROW:
        if given.advantage(after).above_one() == 0:
            # Between marks it is analytic and falls: where it is more than 1 first, it is 1 once.
            return "crosses", Interval.at(after)
        middle = (before + after) / 2
        if given.advantage(middle).above_one() > 0:
            before = middle
        else:
            after = middle
    return "crosses", Interval(before, after)


def _closed_form(
    given: Frontier, ratio: Halving, bounded: Halving
) -> tuple[Verdict, Interval | None]:
    """t* = log2(R(1-s))/(γ+μ) after the first year, by balls; exact where R(1-s) is 2^k."""
    speed = ratio.speed + bounded.speed
    if not speed:
        return "never", None
    start = ratio.first * bounded.first
    doublings = start.numerator.bit_length() - start.denominator.bit_length()
    if start == Fraction(2) ** doublings:
        crossing = given.first + doublings / speed
        found = Interval.at(crossing)
    else:
        with ctx.workprec(PRECISION):
            logarithm = ball(start).log() / arb(2).log()
            found = interval(ball(given.first) + logarithm / ball(speed))
    return ("never" if given.advantage(given.last).above_one() > 0 else "crosses"), found


def _year(given: Frontier, year: Fraction) -> Year:
    ratio, bounded = given.ratio.at(year), given.bounded.at(year)
    advantage = given.advantage(year)
    collapse = advantage.above_one() <= 0
    with ctx.workprec(PRECISION):

        def shown(power: Power) -> Interval:
            known = power.rational()
            return interval(power.ball()) if known is None else Interval.at(known)

        R, rest = ratio.ball(), bounded.ball()
        exact = bounded.rational()
        share = interval(1 - rest) if exact is None else Interval.at(1 - exact)
        allocation: Interval | None = Interval.at(Fraction(0))
        time = Interval.at(Fraction(1))
        if not collapse and not share.low and not share.high:
            allocation, time = None, interval(1 / R)
        elif not collapse:
            s = 1 - rest
            balance = (rest * (R - 1) / s).sqrt()
            allocation = interval((balance - 1) / (balance + R - 1))
            time = interval(((s * (R - 1)).sqrt() + rest.sqrt()) ** 2 / R)
        return Year(
            year, shown(ratio), share, interval(1 - 1 / R), shown(advantage),
            collapse, allocation, time,
        )
