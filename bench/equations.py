"""Values of equations a second: as Python functions, and by the evaluator of calls.

*Definitions*: :func:`section`.

Each call is computed over and over, by both kinds of :class:`models.algebra.Concrete`, with what is
remembered forgotten in between. The evaluator of calls is the reference (and what a trace is taken
from); the functions are what everything else runs. Arithmetic without cases and calls is as fast
either way, and is there to show that.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from bench.measure import Section, medians
from models.algebra import Concrete, Equation
from models.amdahl import objective
from models.machine.oracle import EMPTY
from models.machine.program import code, decode, parse_program
from models.machine.semantics import evaluate, machine, start
from models.machine.tree import numeral
from models.machine.universal import UNIVERSAL

SECONDS = 0.2
"""A measurement takes so long, at least."""

COLUMNS = {
    "equation": "equation",
    "call": "call",
    "functions": "functions, values/s",
    "calls": "by calls, values/s",
    "ratio": "functions / by calls",
}

LEAST = 2.0
"""How many times as fast the functions should be where there are cases and calls."""

DOWN = parse_program("while(id, tl)")


def _cases() -> list[tuple[str, Equation[Any, Any], tuple[Any, ...]]]:
    state = start(Concrete(), DOWN, numeral(100))
    universal = code(UNIVERSAL)
    return [
        ("down 100", machine, (EMPTY, state, 10_000)),
        ("down 100", evaluate, (EMPTY, DOWN, numeral(100), 10_000)),
        ("the universal program", code, (UNIVERSAL,)),
        ("the universal program", decode, (universal,)),
        ("two fractions", objective.time, (Fraction(8), Fraction(1, 3), Fraction(1, 4))),
    ]


def section(repetitions: int) -> Section:
    """Measure."""
    rows: list[dict[str, Any]] = []
    for what, equation, arguments in _cases():
        for remembers in (False, True):
            found = _measured(equation, arguments, remembers, repetitions)
            about = {"equation": equation.name, "call": f"{what}{', made once' * remembers}"}
            rows.append({**about, **found, "ratio": found["functions"] / found["calls"]})
    least = min(row["ratio"] for row in rows if row["equation"] != objective.time.name)
    verdict = "reached" if least >= LEAST else "NOT REACHED"
    note = f"On data at least {least:.2f} times as fast; wanted {LEAST:g}: {verdict}."
    return Section("equations", "values of equations a second", COLUMNS, rows, [note])


def _measured(
    equation: Equation[Any, Any], arguments: tuple[Any, ...], remembers: bool, repetitions: int
) -> dict[str, float]:
    algebra = Concrete(remembers=remembers)

    def by_calls() -> Any:
        *_, (_, _, value) = algebra.calls(equation, arguments)
        return value

    def functions() -> Any:
        return algebra.value(equation, arguments)

    if functions() != by_calls():
        raise ValueError(f"{equation.name} has two values")

    def rate(compute: Callable[[], Any]) -> float:
        begin, times = time.process_time(), 0
        while time.process_time() - begin < SECONDS:
            algebra.forget()
            compute()
            times += 1
        return times / (time.process_time() - begin)

    return medians(
        {"functions": lambda: rate(functions), "calls": lambda: rate(by_calls)}, repetitions
    )
