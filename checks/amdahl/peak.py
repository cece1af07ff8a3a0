"""Finite checks of every part of ``share-not-monotone``, with exact algebraic numbers.

*Definitions*: :func:`share_not_monotone`; :func:`instances`, the witnesses of its parts and what
their hypotheses are for.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from checks.exhaust import exhaust
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
from proofs.kernel.rules import Statement

# All balances are rational but one: exact sums of several roots are slow.
RATIOS = {
    share: tuple(Fraction(n, d) for n, d in ratios)
    for share, ratios in (
        (Fraction(1, 9), ((9, 8), (3, 2), (3, 1), (33, 8), (9, 1), (33, 1))),
        (Fraction(1, 4), ((4, 3), (7, 4), (7, 3), (5, 2), (4, 1), (13, 1))),
        (Fraction(1, 2), ((5, 4), (2, 1), (5, 1), (10, 1), (17, 1), (26, 1))),
    )
}
BOUND = "3 shares s, 6 ratios for each, exact algebraic numbers"


def share_not_monotone(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts."""
    results = []
    for name, statement in statements.items():
        ratios = [v for v in ("R", "Q") if v in {str(each.data) for each in statement.variables}]
        rows = (
            {"s": share, **dict(zip(ratios, row, strict=True))}
            for share, values in RATIOS.items()
            for row in product(values, repeat=len(ratios))
        )
        results.append(exhaust(name, statement, rows, bound=BOUND))
    return results


QUARTER = Fraction(1, 4)


def instances() -> Claims:
    """A quarter of the work is scalable: the peak is at R = 4, with a share of 1/3."""
    root = "has the root of a negative number."
    rising = {"R": 2, "Q": 4, "s": QUARTER}
    falling = {"R": 4, "Q": 13, "s": QUARTER}
    no_balance = "With s = 0 the balance divides by zero."
    return {
        "share-not-monotone.difference": (
            Witness("The balances are 3 and 6, and the shares 1/3 and 5/18.", falling),
            Without("ratio", f"With R = 0 the balance {root}", falling | {"R": 0}),
            Without("other ratio", f"With Q = 0 the balance {root}", falling | {"Q": 0}),
            Without("some scalable", no_balance, falling | {"s": 0}),
            Without("some bounded", f"With s = 2 the balance {root}", falling | {"s": 2}),
        ),
        "share-not-monotone.rise": (
            Witness("From R = 2 to R = 4 the best share rises to 1/3.", rising),
            Without("ratio", f"With R = 0 the balance {root}", rising | {"R": 0}),
            Without("order", "Nothing is less than itself.", rising | {"R": 4}),
            Without("to", "From R = 4 to 13 the best share falls to 5/18.", falling),
            Without("some scalable", no_balance, rising | {"R": Fraction(3, 2), "Q": 2, "s": 0}),
        ),
        "share-not-monotone.fall": (
            Witness("From R = 4 to R = 13 the best share falls from 1/3 to 5/18.", falling),
            Without("from", "From R = 2 to 4 the best share rises.", rising),
            Without("order", "Nothing is less than itself.", falling | {"Q": 4}),
            Without("some scalable", no_balance, falling | {"s": 0}),
            Without("some bounded", f"With s = 4 the balance {root}", falling | {"s": 4}),
        ),
        "share-not-monotone.peak": (
            Witness("Of three quarters that are bounded, a third of the budget is the most.", {
                "s": QUARTER
            }),
            Without("some scalable", no_balance, {"s": 0}),
            Without("some bounded", "With s = 1 the peak is nowhere.", {"s": 1}),
        ),
    }
