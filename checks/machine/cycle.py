"""Finite check of ``looping-certificate-sound`` for cycles: what is accepted is out of gas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust, trees_to
from checks.machine.automaton import with_a_loop
from checks.machine.semantics import ORACLES
from checks.results import CheckResult
from models.machine.program import code
from proofs.kernel.rules import Statement

SIZE = 4
GAS = 60
STEPS = 3
PERIOD = 8


def instances() -> Iterator[dict[str, Any]]:
    """Programs on their own code and on small trees, with every small cycle claimed of them."""
    for p in with_a_loop(SIZE):
        for x, (_, f), steps, period in product(
            [code(p), *trees_to(1)], ORACLES, range(STEPS + 1), range(PERIOD + 1)
        ):
            yield {"f": f, "p": p, "x": x, "n": GAS, "steps": steps, "period": period}


def cycles(statements: Mapping[str, Statement]) -> CheckResult:
    """Every small cycle, for all small programs."""
    name = "looping-certificate-sound.cycle"
    return exhaust(
        name,
        statements[name],
        instances(),
        bound=(
            f"all programs of size ≤ {SIZE} with a loop, on their code and inputs of ≤ 1 pair, "
            f"gas {GAS}, 0 to {STEPS} steps, period 0 to {PERIOD}, "
            f"oracles {', '.join(oracle for oracle, _ in ORACLES)}"
        ),
    )
