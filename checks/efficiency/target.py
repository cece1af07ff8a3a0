"""Finite checks of ``time-to-target``, ``fleet-multiple`` and ``burden-constant``.

Numbers are fractions and closed forms with exponentials and logarithms; equalities are those of the
forms, signs those that balls decide. An instance on which neither tells is counted as skipped.

*Definitions*: :func:`time_to_target`, :func:`fleet_multiple`, :func:`burden_constant`; the
witnesses and what hypotheses are for, :func:`time_instances`, :func:`fleet_instances`,
:func:`burden_instances`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from checks.amdahl.grid import exhaust_grid
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
from models.efficiency.laws import logarithm
from proofs.kernel.rules import Statement

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
_KAPPAS = (Fraction(63, 1000), HALF, Fraction(1), Fraction(3))
_RATES = (Fraction(-1), Fraction(0), Fraction(1, 10**30), THIRD, Fraction(1), Fraction(3))
_LOSSES = (Fraction(2, 7), THIRD, HALF, Fraction(1), Fraction(2))
_YEARS = (Fraction(0), HALF, Fraction(1), Fraction(5))
VALUES = {
    "k": _KAPPAS, "g": _RATES, "r": _LOSSES, "t": _YEARS, "b": _RATES[2:],
    "m": (Fraction(0), HALF, Fraction(1), Fraction(8)),
}
BOUND = "4 exponents κ, 6 rates γ, 5 losses r, 4 times t, closed forms, 2048 bits"


def time_to_target(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts."""
    return [
        exhaust_grid(name, statement, VALUES, bound=BOUND)
        for name, statement in statements.items()
    ]


def fleet_multiple(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """The theorem; fleets among them that reach a target on the year."""
    bound = "4 exponents κ, 4 rates γ, 5 losses r, 3 times t, 4 fleets M, closed forms, 2048 bits"
    values = {**VALUES, "g": _RATES[:4], "t": _YEARS[1:]}
    return [
        exhaust_grid(name, statement, values, bound=bound)
        for name, statement in statements.items()
    ]


def burden_constant(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """The theorem."""
    bound = "4 exponents κ, 4 rates β, 5 ratios r, 4 times t, closed forms, 2048 bits"
    return [
        exhaust_grid(name, statement, VALUES, bound=bound)
        for name, statement in statements.items()
    ]


def time_instances() -> Claims:
    """A third of the loss, reached with gains and without them."""
    third = {"k": HALF, "g": 1, "r": THIRD}
    return {
        "time-to-target.reaches": (
            Witness("It takes nine times the compute: log2(1 + 8 ln 2) years.", third),
            Witness("Without gains it takes eight years.", third | {"g": 0}),
            Without(
                "kappa", "With κ = -1 the loss grows: it was a half before time 0.",
                {"k": -1, "g": 0, "r": HALF},
            ),
            Without(
                "rate", "With γ = -1 a fleet never gathers eight times its first year's compute.",
                third | {"g": -1},
            ),
            Without("target", "No compute lowers the loss to 0.", third | {"r": 0}),
            Without("lower", "Twice the loss was before time 0.", {"k": 1, "g": 0, "r": 2}),
        ),
        "time-to-target.inverse": (
            Witness("After eight years without gains.", {"k": HALF, "g": 0, "t": 8}),
            Witness("With fading gains.", {"k": HALF, "g": -THIRD, "t": 3}),
            Without("kappa", "With κ = 0 the loss is always 1.", {"k": 0, "g": 1, "t": 1}),
            Without(
                "later", "Two years before time 0 less than nothing was gathered.",
                {"k": 1, "g": 0, "t": -2},
            ),
        ),
        "time-to-target.fading": (
            Witness("With γ = -1 and κ = 1 the loss comes down to a half, not to 0.4.",
                    {"k": 1, "g": -1, "r": HALF}),
            Without(
                "rate", "With γ = 2 and κ = -1 the loss was a half before time 0.",
                {"k": -1, "g": 2, "r": HALF},
            ),
            Without(
                "least", "With γ = -1 the loss never falls to 1/3.", {"k": 1, "g": -1, "r": THIRD}
            ),
            Without("lower", "Twice the loss was before time 0.", {"k": 1, "g": -1, "r": 2}),
        ),
        "time-to-target.never": (
            Witness("After five years with γ = -1.", {"k": 1, "g": -1, "t": 5}),
            Without(
                "kappa", "With κ = -1 the loss grows from below.", {"k": -1, "g": -1, "t": 1}
            ),
            Without(
                "rate", "With γ = 2 the bound is more than the loss ever was.",
                {"k": 1, "g": 2, "t": 1},
            ),
            Without(
                "later", "A year before time 0 less than nothing was gathered.",
                {"k": 1, "g": -1, "t": -1},
            ),
        ),
    }


def fleet_instances() -> Claims:
    """A third of the loss in a year or two."""
    plain = {"k": HALF, "g": 0, "r": THIRD, "t": 2, "m": 4}
    return {
        "fleet-multiple": (
            Witness("Without gains four times the fleet does in two years what takes one eight.",
                    plain),
            Witness(
                "A year in which efficiency doubles is worth 1/ln 2 years.",
                plain | {"g": 1, "t": 1, "m": 8 * logarithm(2)},
            ),
            Witness("Half of that fleet does not.", plain | {"m": 2}),
            Without(
                "kappa", "With κ = -1 a lower loss asks for less compute, and a negative fleet.",
                plain | {"k": -1, "r": HALF, "m": 1},
            ),
            Without("target", "No fleet lowers the loss to 0.", plain | {"r": 0}),
            Without("later", "In no time no fleet gathers anything.", plain | {"t": 0}),
            Without(
                "fleet", "A negative fleet gathers less than nothing.", plain | {"m": -1}
            ),
        ),
    }


def burden_instances() -> Claims:
    """An eighth of the loss takes six doublings for κ = 1/2, and six years at one a year."""
    eighth = {"k": HALF, "b": 1, "r": Fraction(1, 8), "t": 6}
    return {
        "burden-constant": (
            Witness("Six doublings, one a year: level after six years.", eighth),
            Witness("After five the burden is still twice as much.", eighth | {"t": 5}),
            Witness("A third takes 2 log2(3) doublings.", eighth | {"r": THIRD, "b": THIRD}),
            Without(
                "kappa", "With κ = -1 a lower loss takes fewer than no doublings.",
                eighth | {"k": -1},
            ),
            Without("rate", "With β = -1 the burden grows.", eighth | {"b": -1}),
            Without("ratio", "No compute lowers the loss to 0.", eighth | {"r": 0}),
        ),
    }
