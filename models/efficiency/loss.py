"""What the laws of relative loss come to for given numbers, enclosed.

*Definitions*: :func:`check_kappa`, :func:`check_rate`, :func:`check_years`, :func:`check_target`;
the records :class:`Loss` (:func:`loss_at`), :class:`Reach` (:func:`reach`), :class:`Fleet`
(:func:`fleet`), :class:`Need` (:func:`need`), :class:`Cost` (:func:`cost`), :class:`Burden`
(:func:`burden_at`); the equation :func:`reduction`; :func:`rate_needed`; :func:`pace_note`.

*Results*: ``time-to-target``, ``fleet-multiple``, ``burden-constant``, ``halving-time``, computed.

*How it is done*: everything but the rate that is needed is an equation of
:mod:`models.efficiency.laws`, read on balls. The rate is the γ with I_γ(T) = r^(-1/κ) - 1. With
z = γ T ln 2, I_γ(T)/T is the mean of exp(uz) for u from 0 to 1; its logarithm is convex in z, with
slopes from 1/2 to 1 (Jensen; Cauchy and Schwarz), so that Newton's method comes down to the root
from twice the logarithm of what is wanted. What it finds is not believed: the enclosure holds
because I_γ(T) is below the wanted value at its low end and above it at its high end, and rises
with γ (``loss-monotone``).

*References*: 'The Race to Efficiency', arXiv 2501.02156; 'The Unreasonable Effectiveness of Scaling
Laws', arXiv 2603.28507.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from flint import arb, ctx

from models.algebra import Algebra, equation
from models.amdahl.enclosure import ball
from models.amdahl.number import Real, short_text
from models.efficiency import laws
from models.efficiency.enclosure import (
    BITS,
    Enclosure,
    at,
    enclose,
    equal_power,
    ordered,
    rounded,
)
from models.errors import BadInput, Undecided

ZERO, ONE = Fraction(0), Fraction(1)


def check_kappa(value: Fraction, *, where: str = "kappa") -> Fraction:
    """Refuse an exponent that is not above 0."""
    if value <= 0:
        raise BadInput(f"the exponent {short_text(value)}", where=where, expected="κ > 0")
    return value


def check_rate(value: Fraction, *, where: str = "gamma") -> Fraction:
    """Refuse a rate below 0."""
    if value < 0:
        raise BadInput(
            f"the rate {short_text(value)}", where=where, expected="doublings a year, 0 or more"
        )
    return value


def check_years(value: Fraction, *, where: str = "years", above: bool = False) -> Fraction:
    """Refuse years below 0, or, if they must be ``above`` it, 0."""
    if value < 0 or (above and value == 0):
        wanted = "years, more than 0" if above else "years, 0 or more"
        raise BadInput(f"{short_text(value)} years", where=where, expected=wanted)
    return value


def check_target(value: Fraction, *, where: str = "target") -> Fraction:
    """Refuse a relative loss that is not between 0 and 1."""
    if not 0 < value < 1:
        raise BadInput(
            short_text(value), where=where,
            expected="a loss relative to today's, greater than 0 and less than 1",
        )
    return value


@equation()
def reduction(algebra: Algebra, kappa: Real, rate: Real, time: Real) -> Real:
    """1 - R_γ(t): by how much the loss is lower."""
    return algebra.bind(laws.relative_loss.at(algebra, kappa, rate, time), lambda loss: 1 - loss)


@equation()
def available(algebra: Algebra, rate: Real, time: Real) -> Real:
    """1 + I_γ(t): logical compute after t years, in what was there at the beginning."""
    return algebra.bind(laws.gathered.at(algebra, rate, time), lambda compute: 1 + compute)


@equation()
def level_time(algebra: Algebra, kappa: Real, rate: Real, ratio: Real) -> Real:
    """Doublings over γ: the years after which the burden is what it was (``burden-constant``)."""
    return algebra.bind(laws.doublings.at(algebra, kappa, ratio), lambda count: count / rate)


@dataclass(frozen=True, slots=True)
class Loss:
    """The relative loss after some years: R_γ(t) and 1 - R_γ(t), 2^(γt) and 1 + I_γ(t)."""

    gamma: Fraction
    years: Fraction
    relative_loss: Enclosure
    reduction: Enclosure
    efficiency: Enclosure
    compute: Enclosure


def loss_at(kappa: Fraction, gamma: Fraction, years: Fraction, *, digits: int) -> Loss:
    """For κ > 0, γ >= 0 and t >= 0."""
    return Loss(
        gamma, years,
        enclose(laws.relative_loss, kappa, gamma, years, digits=digits, most=1),
        enclose(reduction, kappa, gamma, years, digits=digits, most=1),
        enclose(laws.efficiency, gamma, years, digits=digits),
        enclose(available, gamma, years, digits=digits),
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """What a target takes: the multiple of logical compute, its doublings, and years.

    ``halving_years``: the years that each further halving takes in the long run, 1/(κγ).
    """

    gamma: Fraction
    target: Fraction
    multiple: Enclosure
    doublings: Enclosure
    years: Enclosure
    halving_years: Enclosure | None


def reach(kappa: Fraction, gamma: Fraction, target: Fraction, *, digits: int) -> Reach:
    """For κ > 0, γ >= 0 and a target between 0 and 1."""
    return Reach(
        gamma, target,
        enclose(laws.compute_multiple, kappa, target, digits=digits),
        enclose(laws.doublings, kappa, target, digits=digits),
        enclose(laws.time_to_target, kappa, gamma, target, digits=digits),
        at(1 / (kappa * gamma), digits) if gamma else None,
    )


@dataclass(frozen=True, slots=True)
class Need:
    """The rate that reaches a target by a date; 0 if it is reached without gains."""

    target: Fraction
    by: Fraction
    gamma: Enclosure
    without_gains: Enclosure
    """The years that it takes without gains."""


def need(kappa: Fraction, target: Fraction, by: Fraction, *, digits: int) -> Need:
    """For κ > 0, a target between 0 and 1, and a date after 0."""
    return Need(
        target, by, rate_needed(kappa, target, by, digits=digits),
        enclose(laws.time_to_target, kappa, ZERO, target, digits=digits),
    )


@dataclass(frozen=True, slots=True)
class Fleet:
    """How many times the fleet reaches a target by a date; less than 1 where less would do."""

    gamma: Fraction
    target: Fraction
    by: Fraction
    fleet: Enclosure


def fleet(
    kappa: Fraction, gamma: Fraction, target: Fraction, by: Fraction, *, digits: int
) -> Fleet:
    """For κ > 0, γ >= 0, a target between 0 and 1, and a date after 0."""
    found = enclose(laws.fleet_multiple, kappa, gamma, target, by, digits=digits)
    return Fleet(gamma, target, by, found)


@dataclass(frozen=True, slots=True)
class Cost:
    """What it takes to lower the loss by a share: compute, doublings, and years at some rates."""

    lower_by: Fraction
    multiple: Enclosure
    doublings: Enclosure
    years: tuple[Enclosure, ...]


def cost(
    kappa: Fraction, gammas: Sequence[Fraction], lower_by: Fraction, *, digits: int
) -> Cost:
    """For κ > 0, rates >= 0 and a share between 0 and 1."""
    target = 1 - lower_by
    return Cost(
        lower_by,
        enclose(laws.compute_multiple, kappa, target, digits=digits),
        enclose(laws.doublings, kappa, target, digits=digits),
        tuple(
            enclose(laws.time_to_target, kappa, gamma, target, digits=digits) for gamma in gammas
        ),
    )


@dataclass(frozen=True, slots=True)
class Burden:
    """The physical burden of lowering the loss by a ratio r, t years on: r^(-1/κ) 2^(-γt).

    ``level_years``: when it is what it was, or None if efficiency does not double.
    """

    gamma: Fraction
    ratio: Fraction
    years: Fraction
    multiple: Enclosure
    doublings: Enclosure
    burden: Enclosure
    level_years: Enclosure | None


def burden_at(
    kappa: Fraction, gamma: Fraction, ratio: Fraction, years: Fraction, *, digits: int
) -> Burden:
    """For κ > 0, γ >= 0, a ratio between 0 and 1, and t >= 0."""
    return Burden(
        gamma, ratio, years,
        enclose(laws.compute_multiple, kappa, ratio, digits=digits),
        enclose(laws.doublings, kappa, ratio, digits=digits),
        enclose(laws.burden, kappa, gamma, ratio, years, digits=digits),
        enclose(level_time, kappa, gamma, ratio, digits=digits) if gamma else None,
    )


def rate_needed(kappa: Fraction, target: Fraction, by: Fraction, *, digits: int) -> Enclosure:
    """The least γ >= 0 with R_γ(T) <= r, for κ > 0, 0 < r < 1 and T > 0."""

    def wanted() -> arb:
        return cast(arb, laws.compute_multiple(ball(kappa), ball(target))) - 1

    if equal_power(1 / target, 1 / kappa, 1 + by) or ordered(wanted, lambda: ball(by)) < 0:
        return at(ZERO, digits)
    bits = int(3.33 * digits) + 32
    working = bits + 64
    while working <= BITS:
        with ctx.workprec(working):
            found = _rate_ball(wanted(), by, bits)
        if found is not None:
            return rounded(found, digits)
        working *= 2
    raise Undecided(f"{BITS} bits don't give {digits} digits of the rate that is needed")


def _rate_ball(wanted: arb, by: Fraction, bits: int) -> arb | None:
    """A ball around the γ with I_γ(T) = wanted > T, of so many bits, if these bits tell."""
    time = ball(by)
    if not wanted > time:
        return None
    level = (wanted / time).log().mid()
    root = 2 * level
    for _ in range(64):
        mean = (root.expm1() / root).log().mid()
        slope = (1 / (1 - (-root).exp()) - 1 / root).mid()
        if not (slope > 0 and slope < 2):
            return None  # too few bits for a root this near to 0
        step = ((mean - level) / slope).mid()
        root = (root - step).mid()
        if not root > 0:
            return None
        if abs(step) < root * arb(2) ** -bits:
            break
    rate = (root / (time * arb(2).log())).mid()
    margin = (rate * arb(2) ** -(bits - 8)).mid()
    low, high = (rate - margin).mid(), (rate + margin).mid()
    below, above = (cast(arb, laws.gathered(end, time)) for end in (low, high))
    return low.union(high) if below < wanted and above > wanted else None


def pace_note(gamma: Fraction) -> str:
    """What a rate means, where it has been said wrongly."""
    if gamma == 3:
        return (
            "γ = 3 is a doubling every four months; a published caption says every six months, "
            "which is γ = 2."
        )
    return ""


def pace(gamma: Fraction) -> str:
    """A rate in words: ``doubles every 4 months``."""
    if not gamma:
        return "no doublings"
    months = 12 / gamma
    if months == 12:
        return "doubles every year"
    if months.denominator == 1 and 1 < months <= 1200:
        if months % 12 == 0:
            return f"doubles every {months / 12} years"
        return f"doubles every {months} months"
    return f"doubles {short_text(gamma)} times a year"
