"""Finite checks of ``recursion-theorem``: all small programs, each given its own code.

*Definitions*: :func:`recursion_theorem`; :func:`instances`, witnesses and what a hypothesis is for.

Every recursive program is of size 139 or more and is coded and decoded anew for each instance; so
there are fewer of them than for other theorems.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
from models.machine.oracle import EMPTY, Table
from models.machine.program import Hd, parse_program
from models.machine.tree import NIL, TRUE, numeral
from proofs.kernel.rules import Statement

SIZE = 3
GASES = (-1, 0, 12)
ORACLES = (("empty", EMPTY), ("set:nil", Table({NIL: TRUE})))


def runs() -> Iterator[dict[str, Any]]:
    """Oracle f, program p, input x, gas n."""
    trees = list(trees_to(1))
    for p, x, (_, f), n in product(programs_to(SIZE), trees, ORACLES, GASES):
        yield {"f": f, "p": p, "x": x, "n": n}


def codes() -> Iterator[dict[str, Any]]:
    """Oracle f, program p, gas n left over."""
    for p, n in product(programs_to(SIZE), (-1, 0, 9)):
        yield {"f": EMPTY, "p": p, "n": n}


def recursion_theorem(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """The outcomes, the code that is found, and the sizes."""

    def small(size: int) -> str:
        return f"all programs of size ≤ {size}"

    oracles = ", ".join(name for name, _ in ORACLES)
    instances = {
        "recursion-theorem": (
            runs,
            f"{small(SIZE)}, inputs of ≤ 1 pair, gas {', '.join(map(str, GASES))}, "
            f"oracles {oracles}",
        ),
        "recursion-theorem.found": (codes, f"{small(SIZE)}, gas -1, 0, 9 more, oracle empty"),
        **{
            name: (lambda: ({"p": p} for p in programs_to(SIZE)), small(SIZE))
            for name in ("recursion-theorem.size", "recursion-theorem.bound")
        },
        "code-pairs": (
            lambda: ({"p": p} for p in programs_to(SIZE + 1)), small(SIZE + 1),
        ),
    }
    return [
        exhaust(name, statements[name], found(), bound=bound)
        for name, (found, bound) in instances.items()
    ]


def instances() -> Claims:
    """The quine, which is Hd with its own code, and the program whose code is largest."""
    quine = {"p": Hd()}
    run = quine | {"f": EMPTY, "n": 1}
    largest = {"p": parse_program("quote nil")}
    return {
        "recursion-theorem": (
            Witness("A quine: its value is its own code, after 35 steps.", run | {"x": numeral(2)}),
        ),
        "recursion-theorem.found": (
            Witness("The code of the quine is found in 31 steps, one unit is left.", run),
            Without("gas", "With 30 units of gas it does not halt.", run | {"n": -1}),
        ),
        "recursion-theorem.size": (Witness("The quine is of size 1 + 2 + 137.", quine),),
        "recursion-theorem.bound": (Witness("Equality, for quote nil.", largest),),
        "code-pairs": (Witness("Equality, for quote nil, whose code is <4.nil>.", largest),),
    }
