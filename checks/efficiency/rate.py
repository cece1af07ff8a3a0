"""Finite checks of ``no-efficiency-limit``, ``loss-monotone`` and ``halving-time``.

*Definitions*: :func:`no_efficiency_limit`, :func:`loss_monotone`, :func:`halving_time`; the
witnesses and what hypotheses are for, :func:`limit_instances`, :func:`monotone_instances`,
:func:`halving_instances`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from checks.amdahl.grid import exhaust_grid
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
from models.efficiency.laws import logarithm
from proofs.kernel.rules import Statement

HALF, THIRD, TENTH = Fraction(1, 2), Fraction(1, 3), Fraction(1, 10)
_TINY = Fraction(1, 10**30)
_TIMES = (Fraction(0), HALF, Fraction(1), Fraction(20))
NEAR = {
    "k": (Fraction(63, 1000), HALF, Fraction(3)), "t": _TIMES,
    "e": (Fraction(1, 1000), TENTH, Fraction(2)),
    "g": (-TENTH, Fraction(-1, 1000), -_TINY, Fraction(0), _TINY, Fraction(1, 10**6), THIRD),
}
FALLS = {
    "k": (Fraction(63, 1000), HALF, Fraction(3)), "t": _TIMES[:3], "u": _TIMES[1:],
    "g": (Fraction(-1), -_TINY, Fraction(0), THIRD, Fraction(3)),
    "h": (Fraction(-2), Fraction(0), _TINY, THIRD, Fraction(7, 2)),
}
HALVES = {
    "k": (Fraction(63, 1000), HALF, Fraction(1), Fraction(3)),
    "g": (THIRD, Fraction(1), Fraction(2)),
    "e": (Fraction(1, 100), HALF, Fraction(3)),
    "r": (Fraction(1, 10**6), TENTH, HALF, Fraction(1)),
}


def _all(
    statements: Mapping[str, Statement], values: Mapping[str, tuple[Fraction, ...]], bound: str
) -> list[CheckResult]:
    bound = f"{bound}, closed forms, 2048 bits"
    return [
        exhaust_grid(name, statement, values, bound=bound)
        for name, statement in statements.items()
    ]


def no_efficiency_limit(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts; rates as small as 10^-30."""
    return _all(statements, NEAR, "3 exponents κ, 3 margins ε, 7 rates γ, 4 times t")


def loss_monotone(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts; also negative rates, and rates that differ by 10^-30."""
    return _all(statements, FALLS, "3 exponents κ, 5 and 5 rates γ, 3 and 3 times t")


def halving_time(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Both parts."""
    return _all(statements, HALVES, "4 exponents κ, 3 rates γ, 3 margins ε, 4 losses r")


def limit_instances() -> Claims:
    """Small rates, and what goes wrong beyond."""
    near = {"e": TENTH, "g": Fraction(1, 200), "t": 2}
    # δ is positive here: 2/((-1/2)(-1/2)).
    before = {"e": 1, "t": Fraction(-3, 2)}
    return {
        "no-efficiency-limit.compute": (
            Witness("A doubling in 200 years adds less than a tenth of a year to two.", near),
            Witness("Nor does it take more away.", near | {"g": Fraction(-1, 200)}),
            Without("margin", "With ε = 0 there is no room.", {"e": 0, "g": 0, "t": 1}),
            Without(
                "later", "Before time 0 the bound is none: δ is 2 in year -3/2.",
                before | {"g": -2},
            ),
            Without("from", "With γ = -10 the fleet soon gathers nothing.", near | {"g": -10}),
            Without("to", "With γ = 1 two years are worth more than four.", near | {"g": 1}),
        ),
        "no-efficiency-limit.loss": (
            Witness("A doubling in 200 years.", near | {"k": HALF}),
            Without(
                "kappa", "With κ = -1 the loss grows as compute does, and δ is none.",
                {"k": -1, "e": Fraction(21, 10), "t": 2, "g": Fraction(7, 2)},
            ),
            Without("margin", "With ε = 0 there is no room.", {"k": 1, "e": 0, "g": 0, "t": 1}),
            Without(
                "later", "In year -3/2 less than nothing was gathered.",
                before | {"k": 1, "g": 0},
            ),
            Without(
                "from", "With γ = -10 the loss hardly falls.", near | {"k": HALF, "g": -10}
            ),
            Without("to", "With γ = 5 it is a tenth of that.", near | {"k": HALF, "g": 5}),
        ),
        "no-efficiency-limit.bounds": (
            Witness("Two years with a doubling in ten.", {"g": TENTH, "t": 2}),
            Witness("Two years with a halving in ten.", {"g": -TENTH, "t": 2}),
            Witness("Twenty years with a doubling in each.", {"g": 1, "t": 20}),
        ),
        "no-efficiency-limit.none": (
            Witness("After three years half of the loss is left.", {"k": HALF, "t": 3}),
        ),
    }


def monotone_instances() -> Claims:
    """A year more, a doubling more."""
    time = {"k": HALF, "g": 1, "t": 1, "u": 2}
    rate = {"k": HALF, "g": 0, "h": 1, "t": 1}
    return {
        "loss-monotone.time": (
            Witness("The second year.", time),
            Witness("With gains that fade.", time | {"g": -1}),
            Without("kappa", "With κ = 0 the loss is always 1.", time | {"k": 0}),
            Without(
                "from", "In year -2 less than nothing was gathered.", time | {"g": 0, "t": -2}
            ),
            Without("later", "The same year.", time | {"u": 1}),
        ),
        "loss-monotone.rate": (
            Witness("One doubling a year instead of none.", rate),
            Witness("None instead of a halving a year.", rate | {"g": -1, "h": 0}),
            Without("kappa", "With κ = 0 the loss is always 1.", rate | {"k": 0}),
            Without("later", "At time 0 the loss is 1 at every rate.", rate | {"t": 0}),
            Without("faster", "The same rate.", rate | {"h": 0}),
        ),
        "loss-monotone.start": (Witness("At time 0.", {"k": HALF, "g": 1}),),
    }


def halving_instances() -> Claims:
    """One doubling a year, and κ = 1/2: in the long run the loss halves every two years."""
    plain = {"k": HALF, "g": 1, "r": THIRD}
    return {
        "halving-time.limit": (
            Witness("From a millionth on it is two years, up to a tenth.",
                    plain | {"r": Fraction(1, 10**6), "e": TENTH}),
            Without(
                "kappa", "With κ = -1/10 the loss grows, and 1/(κγ) is -10 years.",
                {"k": -TENTH, "g": 1, "e": 4, "r": HALF},
            ),
            Without(
                "rate", "With γ = -1 the loss never falls to a quarter.",
                {"k": 1, "g": -1, "e": 1, "r": Fraction(1, 4)},
            ),
            Without(
                "margin", "With ε = -10 there is no room.", {"k": 1, "g": 1, "e": -10, "r": HALF}
            ),
            Without("positive", "A loss of 0 is never reached.", plain | {"r": 0, "e": 1}),
            Without(
                "settled", "The first halving takes less than two years, by more than a third of "
                "one.",
                plain | {"r": 1, "e": TENTH},
            ),
        ),
        "halving-time.side": (
            Witness("With γ ln 2 < 1 it takes less than two years.", plain),
            Witness("With γ = 1/ln 2 it takes ln 4 years, always.",
                    plain | {"g": 1 / logarithm(2)}),
            Witness("With γ = 3 it takes more than 2/3 of a year.", plain | {"g": 3}),
            Without("kappa", "With κ = -1 the loss grows.", plain | {"k": -1}),
            Without("rate", "With γ = -1/10 1/(κγ) is negative.",
                    {"k": 1, "g": -TENTH, "r": HALF}),
            Without("loss", "A loss of 0 is never reached.", plain | {"r": 0}),
            Without(
                "lower", "With γ = 4 twice the loss was never: nothing had been gathered by then.",
                {"k": 1, "g": 4, "r": 2},
            ),
        ),
    }
