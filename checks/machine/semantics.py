"""Finite checks of ``gas-monotone`` and ``machine-agreement``: all small programs.

*Definitions*: :func:`gas_monotone`, :func:`machine_agreement`; :func:`instances`, their witnesses
and what their hypotheses are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
from models.machine.oracle import EMPTY, FULL, Table
from models.machine.program import Hd, Id, parse_program
from models.machine.semantics import Bottom, Do, MkCons, Next, Push, Stop, Swap
from models.machine.tree import NIL, TRUE, numeral
from proofs.kernel.rules import Statement

SIZE = 4
GAS = 12
ORACLES: tuple[tuple[str, Table], ...] = (
    ("empty", EMPTY), ("full", FULL), ("set:nil", Table({NIL: TRUE})),
)


def runs(size: int, pairs: int, gas: int) -> Iterator[dict[str, Any]]:
    """Oracle f, program p, input x, gas n."""
    for p, x, (_, f), n in product(
        programs_to(size), list(trees_to(pairs)), ORACLES, range(gas + 1)
    ):
        yield {"f": f, "p": p, "x": x, "n": n}


def _bound(size: int, pairs: int, gas: int) -> str:
    oracles = ", ".join(name for name, _ in ORACLES)
    return (
        f"all programs of size ≤ {size}, inputs of ≤ {pairs} pairs, "
        f"gas 0 to {gas}, oracles {oracles}"
    )


def gas_monotone(statements: Mapping[str, Statement]) -> CheckResult:
    """One unit more, on all small runs."""
    return exhaust(
        "gas-monotone",
        statements["gas-monotone"],
        runs(SIZE, 1, GAS),
        bound=_bound(SIZE, 1, GAS),
    )


def machine_agreement(statements: Mapping[str, Statement]) -> CheckResult:
    """Machine against gas equation, in three surroundings."""
    around = [
        (Stop(), Bottom()),
        (Next(Do(Hd()), Stop()), Push(TRUE, Bottom())),
        (Next(Swap(), Next(Do(Id()), Next(MkCons(), Stop()))), Push(NIL, Bottom())),
    ]
    instances = (
        {**run, "k": control, "s": stack}
        for run in runs(SIZE, 1, GAS // 2)
        for control, stack in around
    )
    return exhaust(
        "machine-agreement",
        statements["machine-agreement"],
        instances,
        bound=_bound(SIZE, 1, GAS // 2) + f", {len(around)} surroundings",
    )


def instances() -> Claims:
    """Going down the list 2 takes eleven steps."""
    down = {"f": EMPTY, "p": parse_program("while(id, tl)"), "x": numeral(2)}
    between = {"k": Next(Do(Hd()), Stop()), "s": Push(TRUE, Bottom())}
    return {
        "gas-monotone": (
            Witness("It halts after eleven steps, with twelve one unit is left.", down | {"n": 11}),
            Without(
                "halts", "Out of gas after ten steps, it halts with an eleventh.", down | {"n": 10}
            ),
        ),
        "machine-agreement": (
            Witness(
                "Between a stack that is not empty and a control list that goes on.",
                down | between | {"n": 12},
            ),
        ),
        "machine-agreement.whole": (
            Witness("The machine takes the eleven steps one by one.", down | {"n": 11}),
        ),
    }
