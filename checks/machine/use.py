"""Finite checks of ``use-principle``: all small programs, pairs of oracles, oracles in stages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.semantics import ORACLES
from checks.results import CheckResult
from models.machine.oracle import EMPTY, FULL, Oracle, SetOracle, Table
from models.machine.tree import NIL, TRUE, Tree, pairs
from proofs.kernel.rules import Statement

SIZE = 4
GASES = (2, 12)
STAGES = 3
SEEN = list(product(trees_to(1), range(STAGES + 1)))
"""Questions and stages on which convergence is tested."""


@dataclass(frozen=True, slots=True, eq=False)
class Small(SetOracle):
    """The trees with at most so many pairs."""

    most: int

    def __contains__(self, tree: Tree, /) -> bool:
        return pairs(tree) <= self.most


@dataclass(frozen=True, slots=True)
class Approach:
    """Oracles by stage, the oracle that they tend to, and a modulus."""

    name: str
    at: Callable[[int], Oracle]
    limit: Oracle
    modulus: Callable[[Tree], int]


APPROACHES = (
    Approach("all trees of at most s pairs", Small, FULL, pairs),
    Approach(
        "everything, and from stage 2 on nothing",
        lambda s: EMPTY if s >= 2 else FULL, EMPTY, lambda _: 2,
    ),
    Approach(
        "nil from stage 1 on",
        lambda s: Table({NIL: TRUE}) if s >= 1 else EMPTY,
        Table({NIL: TRUE}), lambda z: 1 if z == NIL else 0,
    ),
)
"""In the last one the modulus of all questions but nil is 0: what has not changed need not wait."""


def pairs_of_oracles() -> Iterator[dict[str, Any]]:
    """Oracles f and g, program p, input x, gas n."""
    for p, x, n in product(programs_to(SIZE), list(trees_to(1)), GASES):
        for (first, f), (second, g) in product(ORACLES, repeat=2):
            if first != second:
                yield {"f": f, "g": g, "p": p, "x": x, "n": n}


def stages() -> Iterator[dict[str, Any]]:
    """Oracles F by stage with their limit f and modulus m, a stage s, program p, input x, gas n."""
    for p, x, n in product(programs_to(SIZE), list(trees_to(1)), GASES):
        for tending, s in product(APPROACHES, range(STAGES)):
            yield {
                "F": tending.at, "f": tending.limit, "m": tending.modulus, "s": s,
                "p": p, "x": x, "n": n,
            }


def use_principle(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Both parts."""
    small = f"all programs of size ≤ {SIZE}, inputs of ≤ 1 pair, gas {', '.join(map(str, GASES))}"
    return [
        exhaust(
            "use-principle", statements["use-principle"], pairs_of_oracles(),
            bound=f"{small}, every two of the oracles {', '.join(name for name, _ in ORACLES)}",
        ),
        exhaust(
            "use-principle.limit", statements["use-principle.limit"], stages(),
            bound=(
                f"{small}, stages 0 to {STAGES - 1} of "
                + "; ".join(tending.name for tending in APPROACHES)
            ),
            window={"converges": lambda _: SEEN},
        ),
    ]
