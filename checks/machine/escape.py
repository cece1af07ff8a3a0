"""Finite checks of ``bounded-escape``: its statements, and the error of each small program.

*Definitions*: :func:`bounded_escape`; :class:`Error`, :func:`errors`, :func:`decided`,
:func:`confirm`, :func:`all_errors`.

The errors are found without the theorem: what a program answers at the code of its diagonal, and
whether the diagonal halts there, is decided with evidence (:mod:`checks.machine.decide`), or the
latter is taken from a table of verdicts.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal, TypeAlias

from checks.exhaust import exhaust, programs_to
from checks.machine.decide import decide
from checks.machine.semantics import ORACLES as FIRST_ORACLES
from checks.machine.substitution import Computed
from checks.results import CheckResult
from models.algebra import Equation
from models.machine.diagonal import diagonal, short_diagonal
from models.machine.oracle import Oracle, Table
from models.machine.program import Ask, Id, Program, code, size
from models.machine.run import run
from models.machine.tree import TRUE, Pair, Tree
from proofs.kernel.evaluate import Assignment
from proofs.kernel.rules import Statement

Diagonal: TypeAlias = Equation[..., Program]
Verdict: TypeAlias = Literal["halts", "loops", "unknown"]
Answer: TypeAlias = Literal["yes", "no", "none", "unknown"]
Verdicts: TypeAlias = Callable[[Program], Verdict]
"""Whether a program halts on its own code, relative to one oracle."""

SIZE = 4
GASES = (1, 5, 20)
GAS = 30
ORACLES: tuple[tuple[str, Table], ...] = (
    *FIRST_ORACLES,
    # Here Ask answers yes at the code of its diagonal, and no at every other code.
    ("set:code(diagonal(ask))", Table({code(diagonal(Ask())): TRUE})),
)


def _bound(before: str) -> str:
    return f"{before}, oracles {', '.join(name for name, _ in ORACLES)}"


# The statements


def sets(diagonal: Diagonal) -> Iterator[dict[str, Any]]:
    """Programs p with the set J that they decide and their steps c; gas s for its members."""
    for p, (_, f) in product(programs_to(SIZE), ORACLES):
        answers = Computed(p, f)

        def member(tree: Tree, answers: Computed = answers) -> bool:
            return isinstance(answers(tree), Pair)

        k = size(diagonal(p))
        yield {"f": f, "J": member, "s": lambda _: GAS, "c": answers.cost, "p": p, "k": k}


def runs() -> Iterator[dict[str, Any]]:
    """Programs p, gas n for them, gas m for their diagonals."""
    for p, (_, f), n in product(programs_to(SIZE), ORACLES, GASES):
        yield {"f": f, "p": p, "n": n, "m": GAS}


def bounded_escape(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Every part of the theorem, on all small programs.

    What is supposed of all programs of size at most k is tested on the diagonal and on the smallest
    ones.
    """
    small = f"all programs of size ≤ {SIZE}"
    first = list(programs_to(2))

    def about(name: str, diagonal: Diagonal) -> Iterator[CheckResult]:
        def asked(values: Assignment) -> list[Program]:
            return [diagonal(values["p"]), *first]

        yield exhaust(
            name, statements[name], sets(diagonal),
            bound=_bound(
                f"{small} with the sets they decide, k the size of their diagonal, "
                f"gas {GAS} for members"
            ),
            window={"members halt": asked, "decides": asked},
        )
        yield exhaust(
            f"{name}.error", statements[f"{name}.error"], runs(),
            bound=_bound(
                f"{small}, gas {', '.join(map(str, GASES))}, for their diagonals {GAS}"
            ),
        )
        yield exhaust(
            f"{name}.size", statements[f"{name}.size"], ({"p": p} for p in programs_to(SIZE)),
            bound=small,
        )

    sharp = "bounded-escape.sharp"
    return [
        *about("bounded-escape", diagonal),
        *about("bounded-escape.short", short_diagonal),
        exhaust(
            sharp, statements[sharp],
            ({"f": f, "p": p} for p, (_, f) in product(programs_to(SIZE), ORACLES)),
            bound=_bound(small),
        ),
    ]


# The errors


@dataclass(frozen=True, slots=True)
class Error:
    """What a program answers at the code of its diagonal, and whether the diagonal halts there.

    ``none``: the program does not halt. ``unknown``: that was not decided.
    """

    program: Program
    diagonal: Program
    answer: Answer
    verdict: Verdict

    @property
    def code(self) -> Tree:
        """Where the error is."""
        return code(self.diagonal)

    @property
    def confirmed(self) -> bool | None:
        """Whether the answer is not the right one; None where something is unknown."""
        if "unknown" in (self.answer, self.verdict):
            return None
        return self.answer != ("yes" if self.verdict == "halts" else "no")


def decided(oracle: Oracle) -> Verdicts:
    """Verdicts that are decided when asked for, with evidence that the checker accepts."""
    return lambda program: decide(program, code(program), oracle=oracle).verdict


def answer(program: Program, value: Tree, oracle: Oracle) -> Answer:
    """What a program says on a tree; every value but nil is a yes."""
    found = decide(program, value, oracle=oracle)
    if found.steps is None:
        return "none" if found.verdict == "loops" else "unknown"
    said = run(program, value, oracle=oracle, gas=found.steps).value
    return "yes" if isinstance(said, Pair) else "no"


def errors(
    k: int, oracle: Oracle, verdicts: Verdicts | None = None, *, diagonal: Diagonal = diagonal
) -> Iterator[Error]:
    """The errors of all programs whose diagonals have size at most ``k``.

    ``verdicts`` is asked about these diagonals: a table of all programs of size at most ``k`` will
    do. Without it they are decided.
    """
    halting = verdicts or decided(oracle)
    more = size(diagonal(Id())) - size(Id())
    for program in programs_to(k - more):
        against = diagonal(program)
        found = answer(program, code(against), oracle)
        yield Error(program, against, found, halting(against))


def confirm(
    name: str,
    k: int,
    oracles: Iterable[tuple[str, Oracle]],
    verdicts: Callable[[Oracle], Verdicts] = decided,
    *,
    diagonal: Diagonal = diagonal,
) -> CheckResult:
    """Whether all these errors are errors; it stops at the first one that is none."""
    begin = time.perf_counter()
    listed = list(oracles)
    confirmed = 0
    open_: list[str] = []

    def result(verdict: Any, **more: Any) -> CheckResult:
        bound = (
            f"all programs whose {diagonal.name.replace('_', ' ')} has size ≤ {k}, "
            f"oracles {', '.join(oracle for oracle, _ in listed)}"
        )
        seconds = time.perf_counter() - begin
        return CheckResult(name, verdict, confirmed, len(open_), bound, seconds, **more)

    for named, oracle in listed:
        for error in errors(k, oracle, verdicts(oracle), diagonal=diagonal):
            if error.confirmed is None:
                open_.append(f"{error.program!r} relative to {named}")
            elif error.confirmed:
                confirmed += 1
            else:
                return result("refuted", counterexample={
                    "oracle": named, "p": repr(error.program), "answer": error.answer,
                    "diagonal": error.verdict,
                })
    if not confirmed and not open_:
        return result("unknown", reason=f"no diagonal has size ≤ {k}")
    if open_:
        return result("unknown", reason=f"not decided for {len(open_)}, such as {open_[0]}")
    return result("exhausted")


def all_errors(_: Mapping[str, Statement]) -> list[CheckResult]:
    """The programs of size at most :data:`SIZE`, with both their diagonals."""
    return [
        confirm(
            f"errors at the {which.name.replace('_', ' ')}", SIZE + size(which(Id())) - size(Id()),
            ORACLES, diagonal=which,
        )
        for which in (diagonal, short_diagonal)
    ]
