"""How to divide a budget over several kinds of specialised hardware: the problem in full.

Unit i has the bounded work w_i and the ratio R_i; s is the scalable share; Σ w_i + s = 1. With the
shares x_i, X = Σ x_i, what is left over for programmable hardware is p = 1 - X, and the time is

    T(x) = Σ w_i / (p + g_i(x_i)) + s / p^a,        g_i(x) = R_i x / (1 + γ R_i x).

One unit is the objective of the paper for γ = 0 and a = 1, that of ``bandwidth`` for a = 1, that
of ``scaling-exponent`` for γ = 0; several are those of ``many-units`` for γ = 0 and a = 1.

*Definitions*: :class:`Kind` (weight and ratio of a unit), :class:`Problem`, :func:`problem` (one,
checked); :func:`check_gamma`, :func:`check_exponent`, :func:`refuse_slow`; :func:`time_at` (T);
:func:`first_share_bound`, :func:`worth_a_first_share`; :func:`rational`.

*Results*: ``many-units``, ``bandwidth`` and ``scaling-exponent`` say when a first share gains.

*How it is done*: the derivative of T in direction x_i at x = 0 is Σ w_j + a s - w_i R_i, whatever γ
is. T is convex (g_i is concave and 1/u falls and is convex), so x = 0 is best exactly if none of
these is negative.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from models.amdahl.bandwidth import effective_ratio
from models.amdahl.exponent import power
from models.amdahl.number import Real, compare, exact, short_text
from models.errors import BadInput

MAX_UNITS = 64
MAX_BELOW = 1_000_000
MAX_EXPONENT = 1000
"""Larger exponents would only make numbers long: the scalable work's time is then a wall."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of specialised hardware: the weight of its work, and its ratio."""

    weight: Fraction
    ratio: Fraction


@dataclass(frozen=True, slots=True)
class Problem:
    """Units, scalable share, bandwidth γ and exponent a; made by :func:`problem`."""

    kinds: tuple[Kind, ...]
    scalable: Fraction
    gamma: Fraction = Fraction(0)
    exponent: Fraction = Fraction(1)

    @property
    def plain(self) -> bool:
        """Whether neither bandwidth nor exponent matters, so that there is a closed form."""
        return not self.gamma and (self.exponent == 1 or not self.scalable)


def problem(
    units: Iterable[tuple[object, object]], *, scalable: object = None, gamma: object = 0,
    exponent: object = 1, names: tuple[str, str] = ("units", "scalable"),
) -> Problem:
    """A problem from (weight, ratio) of each unit, all rational.

    The scalable share is what the weights leave, and is checked if it is given. ``names`` is what a
    message calls the two. Raises :class:`BadInput` for numbers that are not rational or not in
    range.
    """
    kinds = tuple(
        Kind(
            rational(weight, f"unit {place}: weight"),
            rational(ratio, f"unit {place}: ratio", positive=True),
        )
        for place, (weight, ratio) in enumerate(units, start=1)
    )
    if not 1 <= len(kinds) <= MAX_UNITS:
        raise BadInput(f"{len(kinds)} units", where=names[0], expected=f"from 1 to {MAX_UNITS}")
    whole = sum((kind.weight for kind in kinds), Fraction(0))
    if whole > 1:
        raise BadInput(
            f"the weights add up to {short_text(whole)}", where=names[0],
            expected="at most 1 in all",
        )
    rest = 1 - whole
    if scalable is not None:
        given = rational(scalable, names[1])
        if given != rest:
            raise BadInput(
                f"the scalable share {short_text(given)}, and weights that leave "
                f"{short_text(rest)}",
                where=names[1], expected="weights and scalable share that add up to 1",
            )
    return Problem(kinds, rest, check_gamma(gamma), check_exponent(exponent))


def check_gamma(value: object, *, name: str = "gamma") -> Fraction:
    """A bandwidth γ >= 0 from outside."""
    return rational(value, name)


def refuse_slow(ratio: Real, where: str) -> None:
    """Refuse a ratio below 1, where somebody asks how much hardware to build."""
    if compare(ratio, 1) < 0:
        raise BadInput(
            f"the ratio {short_text(ratio)} is below 1: hardware slower than programmable hardware "
            "never pays",
            where=where, expected="a ratio of at least 1",
        )


def check_exponent(value: object, *, name: str = "exponent") -> Fraction:
    """An exponent a > 0 from outside, neither tiny nor huge."""
    found = rational(value, name, positive=True)
    if not Fraction(1, MAX_EXPONENT) <= found <= MAX_EXPONENT or found.denominator > MAX_BELOW:
        raise BadInput(
            f"the exponent {short_text(found)}", where=name,
            expected=f"a number from 1/{MAX_EXPONENT} to {MAX_EXPONENT}, with a denominator of at "
            f"most {MAX_BELOW:,}",
        )
    return found


def rational(value: object, name: str, *, positive: bool = False) -> Fraction:
    """A rational number from outside, of at least (or more than) 0, called by its name."""
    found = exact(value, name=name)
    if not isinstance(found, Fraction):
        raise BadInput(
            f"{short_text(found)} is irrational", where=name,
            expected="a rational number; roots are for one unit without bandwidth and exponent",
        )
    if found < 0 or (positive and not found):
        raise BadInput(
            short_text(found), where=name,
            expected=f"a number {'greater than' if positive else 'of at least'} 0",
        )
    return found


def time_at(given: Problem, shares: Sequence[Fraction]) -> Real:
    """T at shares that are at least 0 and add up to less than 1; exact."""
    left = 1 - sum(shares, Fraction(0))
    total: Real = Fraction(0)
    if given.scalable:
        total = given.scalable / power(left, given.exponent)
    for kind, share in zip(given.kinds, shares, strict=True):
        total = total + kind.weight / (
            left + effective_ratio(kind.ratio, given.gamma, share) * share
        )
    return total


def first_share_bound(given: Problem) -> Fraction:
    """Σ w + a s: a first share for one unit alone gains exactly if its w R is more than this."""
    return 1 - given.scalable + given.exponent * given.scalable


def worth_a_first_share(given: Problem, kind: Kind) -> bool:
    """Whether a small enough share for this unit alone beats no specialised hardware."""
    return kind.weight * kind.ratio > first_share_bound(given)
