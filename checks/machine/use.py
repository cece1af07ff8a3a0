"""Finite checks of ``use-principle``: all small programs, pairs of oracles, oracles in stages.

*Definitions*: :func:`use_principle`; :func:`instances`, its witnesses and what its hypotheses are
for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.semantics import ORACLES
from checks.results import CheckResult
from checks.witness import Claims, Named, Without, Witness
from models.machine.oracle import EMPTY, FULL, Oracle, SetOracle, Table
from models.machine.program import parse_program
from models.machine.tree import NIL, TRUE, Tree, numeral, pairs
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


def instances() -> Claims:
    """Whether a question is asked can depend on the answer to the one before; and the full set as
    the limit of the trees of at most s pairs."""
    asking = {
        "f": EMPTY, "g": Table({TRUE: TRUE}), "p": parse_program("if(ask, then(tl, ask), id)"),
        "n": 6,
    }
    tending = {
        "F": Named("s -> the trees of at most s pairs", Small), "f": FULL,
        "m": Named("z -> its number of pairs", pairs),
        "p": parse_program("then(tl, ask)"), "x": numeral(3), "n": 3,
    }
    seen = {"converges": lambda _: list(product(trees_to(2), range(STAGES + 1)))}
    return {
        "use-principle": (
            Witness(
                "The sets differ at 1. On 2 both answer 0, so p does not go on to ask about 1.",
                asking | {"x": numeral(2)},
            ),
            Without(
                "agree",
                "The input is 1, and p asks about it: after different answers it does different "
                "things.",
                asking | {"x": numeral(1)},
            ),
        ),
        "use-principle.limit": (
            Witness(
                "The only question is 2, the tail of 3; from stage 2 on it has its final answer.",
                tending | {"s": 2}, seen,
            ),
            Without(
                "converges", "The stages tend to the full set, not to the empty one.",
                tending | {"f": EMPTY, "s": 2}, seen,
            ),
            Without(
                "stage", "In stage 1 the question 2 has another answer than in the limit.",
                tending | {"s": 1}, seen,
            ),
        ),
    }
