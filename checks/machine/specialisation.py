"""Finite check of ``specialisation``: all small programs with small arguments and inputs.

*Definitions*: :func:`specialisation`; :func:`instances`, its witnesses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.semantics import ORACLES
from checks.results import CheckResult
from checks.witness import Claims, Witness
from models.machine.oracle import EMPTY
from models.machine.program import parse_program
from models.machine.tree import numeral
from proofs.kernel.rules import Statement

SIZE = 4
GASES = (-7, 0, 1, 4, 12)


def runs() -> Iterator[dict[str, Any]]:
    """Oracle f, program p, first argument c, input x, gas n."""
    trees = list(trees_to(1))
    for p, c, x, (_, f), n in product(programs_to(SIZE), trees, trees, ORACLES, GASES):
        yield {"f": f, "p": p, "c": c, "x": x, "n": n}


def specialisation(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """The outcomes, and the sizes."""
    oracles = ", ".join(name for name, _ in ORACLES)
    small = f"all programs of size ≤ {SIZE}"
    return [
        exhaust(
            "specialisation",
            statements["specialisation"],
            runs(),
            bound=(
                f"{small}, arguments and inputs of ≤ 1 pair, gas {', '.join(map(str, GASES))}, "
                f"oracles {oracles}"
            ),
        ),
        exhaust(
            "specialisation.size",
            statements["specialisation.size"],
            ({"p": p, "c": c} for p, c in product(programs_to(SIZE), list(trees_to(3)))),
            bound=f"{small}, arguments of ≤ 3 pairs",
        ),
    ]


def instances() -> Claims:
    """A program that exchanges head and tail, with its head fixed."""
    exchange = {"p": parse_program("cons(tl, hd)"), "c": numeral(1)}
    return {
        "specialisation": (
            Witness(
                "p exchanges the parts of a pair. With the head 1 fixed, 2 becomes <2.1>, in six "
                "steps more.",
                exchange | {"f": EMPTY, "x": numeral(2), "n": 5},
            ),
        ),
        "specialisation.size": (
            Witness("p has size 3, and 1 is one pair: 3 + 1 + 4.", exchange),
        ),
    }
