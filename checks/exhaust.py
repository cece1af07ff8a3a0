"""Finite checks: the very statement that is proved, run on every instance to a bound.

*Definitions*: :func:`exhaust`, :func:`programs_to`, :func:`trees_to`.

The statement comes from the kernel's theorem and is evaluated by running the model functions
(:mod:`proofs.kernel.evaluate`); a check has no formulation of its own that could drift.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from checks.results import CheckResult
from models.machine.program import Program, programs
from models.machine.tree import Nil, Pair, Tree, format_tree, trees
from proofs.kernel.evaluate import (
    NO_WINDOW,
    Assignment,
    Unevaluated,
    Window,
    compiled_statement,
)
from proofs.kernel.rules import Statement


def exhaust(
    name: str,
    statement: Statement,
    instances: Iterable[Assignment],
    *,
    bound: str,
    window: Window = NO_WINDOW,
) -> CheckResult:
    """Evaluate a statement on all instances; stop at the first one on which it fails.

    ``refuted`` carries that instance; ``exhausted`` that all were gone through and that the
    hypotheses held on at least one; a check without such an instance is ``unknown``.
    """
    begin = time.perf_counter()
    value = compiled_statement(statement, window)
    held = skipped = 0

    def result(verdict: Any, **more: Any) -> CheckResult:
        seconds = time.perf_counter() - begin
        return CheckResult(name, verdict, held, skipped, bound, seconds, **more)

    for instance in instances:
        try:
            outcome = value(instance)
        except Unevaluated:
            outcome = None
        if outcome is None:
            skipped += 1
            continue
        held += 1
        if not outcome:
            found = {key: text(given) for key, given in instance.items()}
            return result("refuted", counterexample=found)
    if not held:
        return result("unknown", reason="the hypotheses hold on none of the instances")
    return result("exhausted")


def text(value: Any) -> str:
    """A value of an instance as a reader writes it."""
    if isinstance(value, Nil | Pair):
        return format_tree(value, style="numbers")
    if isinstance(value, Fraction | int):
        return str(value)
    return repr(value)


def programs_to(size: int) -> Iterator[Program]:
    """All programs of size at most ``size``, smallest first."""
    for count in range(1, size + 1):
        yield from programs(count)


def trees_to(pairs: int) -> Iterator[Tree]:
    """All trees with at most ``pairs`` pairs, smallest first."""
    for count in range(pairs + 1):
        yield from trees(count)
