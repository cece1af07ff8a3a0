"""Finite checks of every part of ``ratio-law``: power laws, and laws that are none.

*Definitions*: :func:`ratio_law`; :func:`instances`, the witnesses of its parts and what their
hypotheses are for; :data:`WILD`, a law of ratios that is no power law.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from checks.amdahl.grid import assignments
from checks.exhaust import exhaust
from checks.results import CheckResult
from checks.witness import Claims, Named, Without, Witness
from models.amdahl.number import Real, closed_form
from proofs.kernel.evaluate import Assignment, Window
from proofs.kernel.rules import Statement

HALF = Fraction(1, 2)
_POINTS = (Fraction(1, 8), HALF, Fraction(1), Fraction(4, 3), Fraction(2), Fraction(3))


def _twos(value: Real) -> Fraction:
    """2^v for the power 2^v in a rational number > 0, and 1 for other numbers."""
    if closed_form(value):
        return Fraction(1)
    if not isinstance(value, Fraction):
        raise TypeError(f"{value!r} is no number that is known")
    if value <= 0:
        return Fraction(1)
    above, below = value.numerator, value.denominator
    return Fraction(above & -above, below & -below)


SQUARE = Named("1/x²", lambda x: 1 / (x * x))
INVERSE = Named("3/x", lambda x: 3 / x)
LEVEL = Named("2", lambda x: Fraction(2))
SHIFTED = Named("1 + x", lambda x: 1 + x)
WILD = Named("the power of 2 in x", _twos)
NEGATIVE = Named("minus the power of 2 in x", lambda x: -_twos(x))
"""A law of ratios on rational numbers, without bound near any point. With the axiom of choice there
is one on all positive reals that agrees with it, and is 1 at e: the logarithms of 2 and of the
other primes and 1 are independent over the rationals, so that they are part of a basis."""


def _pairs(values: Assignment) -> Iterable[Any]:
    return product(_POINTS, repeat=2)


WINDOW: Window = {
    "positive": lambda _: _POINTS,
    "scale-free": _pairs,
    "bounded": lambda _: _POINTS,
}
"""Where hypotheses that say "for all" are tried."""

VALUES = {
    "a": (Fraction(-2), Fraction(0), Fraction(1), Fraction(3)),
    "k": (Fraction(-1), Fraction(0), HALF, Fraction(3)),
    "c": _POINTS, "d": _POINTS,
}


def ratio_law(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts."""
    laws = (SQUARE, INVERSE, LEVEL, SHIFTED)
    result = []
    for name, statement in statements.items():
        if name == "ratio-law.ratio":
            instances: Iterator[Assignment] = assignments(("a", "k", "c", "d"), VALUES)
            bound = "4 factors A, 4 exponents κ, 6 and 6 computes, closed forms, 2048 bits"
        else:
            instances = (
                {"f": f, "p": p, "q": p + HALF, "N": n, "z": z}
                for f, p, n, z in product(
                    laws, (HALF, Fraction(1)), (Fraction(5), Fraction(300)), _POINTS
                )
            )
            bound = "4 laws, 2 intervals, 2 bounds, 6 computes; hypotheses on 6 computes each"
        result.append(exhaust(name, statement, instances, bound=bound, window=WINDOW))
    return result


def instances() -> Claims:
    """The inverse square, a sum that is no power law, and a law that nobody can draw."""

    def law(f: Callable[[Any], Any], **other: Any) -> dict[str, Any]:
        return {"f": f, "p": 1, "q": 2, "N": 1, "z": 2, **other}

    plain = {"a": 3, "k": HALF, "c": 2, "d": 8}
    return {
        "ratio-law.ratio": (
            Witness("Four times the compute, half the loss, whatever A is.", plain),
            Without("scale", "With A = 0 the losses are 0.", plain | {"a": 0}),
            Without("now", "There is no negative compute.", plain | {"c": -1}),
            Without("later", "There is no negative compute.", plain | {"d": -1}),
        ),
        "ratio-law.bounded": (
            Witness("The inverse square is at most 1 from 1 on.", law(SQUARE), WINDOW),
            Without(
                "positive", "Minus the power of 2 in x, extended to all reals by the axiom of "
                "choice, is a law of ratios and negative: it is at most 0.", law(NEGATIVE, N=0),
                WINDOW,
            ),
            Without("scale-free", "1 + x, three at 2, is no power law.", law(SHIFTED, N=3), WINDOW),
            Without(
                "bounded", "The power of 2 in x, extended to all reals by the axiom of choice, is "
                "a law of ratios; it is 4 at 4/3.", law(WILD), WINDOW,
            ),
            Without(
                "from", "From -2 to -1 there is no compute.", law(WILD, p=-2, q=-1), WINDOW
            ),
            Without("to", "At 1 alone every law is bounded.", law(WILD, q=1), WINDOW),
            Without("compute", "There is no negative compute.", law(SQUARE, z=-1), WINDOW),
        ),
    }
