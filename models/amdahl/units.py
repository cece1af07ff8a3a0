"""Several kinds of specialised hardware, each for a kind of bounded work of its own.

A unit has the weight w of its work, its ratio R, and the share x of the budget that it gets. What
is not given to units is programmable, and everything runs there: a unit's work at the rate of the
programmable share and of its unit together, scalable work at that of the programmable share alone.

*Definitions*: :data:`Units`, a list of units: :class:`NoUnits` or :class:`Unit`; the equations
:func:`shares` (X), :func:`weights`, :func:`rated_shares` (Σ w R x), :func:`deviations`
(Σ w (1-y)²/y with y = rest + R x), :func:`units_time` (Σ w/y), :func:`many_time` (T);
:func:`sound`, whether all weights, ratios and shares are such; :func:`none_pays`, whether
w R <= 1 for every unit; :func:`weight_at`, :func:`ratio_at`, :func:`alone`, the units with a share
for one of them and nothing for the others; :func:`first_share`.

*Results*: ``many-units``.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from models.algebra import Algebra, Equation, equation
from models.amdahl.number import Real
from models.node import Node


@dataclass(frozen=True, slots=True, eq=False)
class NoUnits(Node):
    """The end of the list."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit(Node):
    """A unit, and those behind it in the list."""

    weight: Real
    ratio: Real
    share: Real
    others: Units


Units: TypeAlias = NoUnits | Unit


def units(listed: Iterable[tuple[Real, Real, Real]]) -> Units:
    """The list of units with these weights, ratios and shares."""
    made: Units = NoUnits()
    for weight, ratio, share in reversed(list(listed)):
        made = Unit(weight, ratio, share, made)
    return made


@equation()
def shares(algebra: Algebra, listed: Units) -> Real:
    """X = Σ x: what all units get."""
    return _total(algebra, shares, listed, lambda weight, ratio, share: share)


@equation()
def weights(algebra: Algebra, listed: Units) -> Real:
    """Σ w: the bounded work of all units."""
    return _total(algebra, weights, listed, lambda weight, ratio, share: weight)


@equation()
def rated_shares(algebra: Algebra, listed: Units) -> Real:
    """Σ w R x."""
    return _total(
        algebra, rated_shares, listed, lambda weight, ratio, share: weight * ratio * share
    )


def _total(
    algebra: Algebra, whole: Equation[[Units], Real], listed: Units,
    part: Callable[[Real, Real, Real], Real],
) -> Real:
    """The sum over a list of units."""
    return algebra.case(listed, {
        NoUnits: lambda: Fraction(0),
        Unit: lambda weight, ratio, share, others: algebra.bind(
            whole.at(algebra, others), lambda rest: part(weight, ratio, share) + rest
        ),
    })


@equation()
def units_time(algebra: Algebra, listed: Units, rest: Real) -> Real:
    """Σ w/(rest + R x), ``rest`` being the programmable share."""
    return algebra.case(listed, {
        NoUnits: lambda: Fraction(0),
        Unit: lambda weight, ratio, share, others: algebra.bind(
            units_time.at(algebra, others, rest),
            lambda time: weight / (rest + ratio * share) + time,
        ),
    })


@equation()
def deviations(algebra: Algebra, listed: Units, rest: Real) -> Real:
    """Σ w (1-y)²/y, y = rest + R x being the rate of a unit's work."""

    def deviation(weight: Real, rate: Real) -> Real:
        return weight * ((1 - rate) * (1 - rate)) / rate

    return algebra.case(listed, {
        NoUnits: lambda: Fraction(0),
        Unit: lambda weight, ratio, share, others: algebra.bind(
            deviations.at(algebra, others, rest),
            lambda more: deviation(weight, rest + ratio * share) + more,
        ),
    })


@equation()
def many_time(algebra: Algebra, listed: Units, scalable: Real) -> Real:
    """T = Σ w/(1-X+R x) + s/(1-X), for X < 1; 1 without any share, if Σ w + s = 1."""
    return algebra.bind(
        shares.at(algebra, listed),
        lambda given: algebra.bind(
            units_time.at(algebra, listed, 1 - given),
            lambda bounded: bounded + scalable / (1 - given),
        ),
    )


@equation()
def sound(algebra: Algebra, listed: Units) -> bool:
    """Whether every weight and every share is at least 0, and every ratio more than 0."""
    return _every(
        algebra, sound, listed,
        lambda weight, ratio, share: algebra.cond(
            weight >= 0,
            lambda: algebra.cond(ratio > 0, lambda: share >= 0, lambda: False),
            lambda: False,
        ),
    )


@equation()
def none_pays(algebra: Algebra, listed: Units) -> bool:
    """Whether w R <= 1 for every unit."""
    return _every(algebra, none_pays, listed, lambda weight, ratio, share: weight * ratio <= 1)


def _every(
    algebra: Algebra, whole: Equation[[Units], bool], listed: Units,
    holds: Callable[[Real, Real, Real], bool],
) -> bool:
    """Whether something holds of every unit of a list."""
    return algebra.case(listed, {
        NoUnits: lambda: True,
        Unit: lambda weight, ratio, share, others: algebra.cond(
            holds(weight, ratio, share), lambda: whole.at(algebra, others), lambda: False
        ),
    })


@equation()
def alone(algebra: Algebra, listed: Units, place: int, share: Real) -> Units:
    """The units, with a share for the one at a place (from 0), and nothing for the others."""

    def changed(weight: Real, ratio: Real, old: Real, others: Units) -> Units:
        return algebra.bind(
            alone.at(algebra, others, place - 1, share),
            lambda rest: algebra.make(
                Unit, weight, ratio,
                algebra.cond(algebra.same(place, 0), lambda: share, lambda: Fraction(0)), rest,
            ),
        )

    return algebra.case(listed, {NoUnits: lambda: algebra.make(NoUnits), Unit: changed})


@equation()
def weight_at(algebra: Algebra, listed: Units, place: int) -> Real:
    """The weight of the unit at a place, from 0; 0 if there is none."""
    return _at(algebra, weight_at, listed, place, lambda weight, ratio: weight)


@equation()
def ratio_at(algebra: Algebra, listed: Units, place: int) -> Real:
    """The ratio of the unit at a place, from 0; 0 if there is none."""
    return _at(algebra, ratio_at, listed, place, lambda weight, ratio: ratio)


def _at(
    algebra: Algebra, whole: Equation[[Units, int], Real], listed: Units, place: int,
    part: Callable[[Real, Real], Real],
) -> Real:
    """What is asked of the unit at a place."""
    return algebra.case(listed, {
        NoUnits: lambda: Fraction(0),
        Unit: lambda weight, ratio, share, others: algebra.cond(
            algebra.same(place, 0),
            lambda: part(weight, ratio),
            lambda: whole.at(algebra, others, place - 1),
        ),
    })


@equation()
def first_share(algebra: Algebra, weight: Real, ratio: Real) -> Real:
    """(wR - 1)/(2(R - 1)), half-way to break-even: a share with which a unit pays if w R > 1."""
    return (weight * ratio - 1) / (2 * (ratio - 1))
