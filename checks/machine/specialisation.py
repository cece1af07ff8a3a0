"""Finite check of ``specialisation``: all small programs with small arguments and inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.semantics import ORACLES
from checks.results import CheckResult
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
