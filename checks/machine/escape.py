"""Finite checks of ``bounded-escape``: its statements, and the error of each small program.

*Definitions*: :func:`bounded_escape`; :class:`Error`, :func:`errors`, :func:`decided`,
:func:`confirm`, :func:`all_errors`; :func:`instances`, witnesses and what the hypotheses are for.

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
from checks.witness import Claims, Without, Witness
from models.algebra import Equation
from models.machine.diagonal import diagonal, short_diagonal
from models.machine.oracle import EMPTY, Oracle, Table
from models.machine.program import Ask, Id, Program, code, parse_program, size
from models.machine.run import run
from models.machine.tree import TRUE, Pair, Tree
from proofs.kernel.evaluate import Assignment, Finite, Window
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


def around(diagonal: Diagonal) -> Window:
    """Where to test what is supposed of all programs of size at most k: on the diagonal and the
    smallest ones."""
    first = list(programs_to(2))

    def asked(values: Assignment) -> list[Program]:
        return [diagonal(values["p"]), *first]

    return {"members halt": asked, "decides": asked}


def bounded_escape(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Every part of the theorem, on all small programs."""
    small = f"all programs of size ≤ {SIZE}"

    def about(name: str, diagonal: Diagonal) -> Iterator[CheckResult]:
        yield exhaust(
            name, statements[name], sets(diagonal),
            bound=_bound(
                f"{small} with the sets they decide, k the size of their diagonal, "
                f"gas {GAS} for members"
            ),
            window=around(diagonal),
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


# Witnesses


def instances() -> Claims:
    """A program that decides a set of one program, and Id, which says yes of every program."""
    only_id = parse_program("if(hd, quote nil, id)")
    finds_id = {
        "f": EMPTY, "J": Finite({code(Id()): True}, False), "s": Finite({}, 1), "c": Finite({}, 4),
        "p": only_id,
    }
    says_yes = {"f": EMPTY, "c": Finite({}, 1), "p": Id()}
    everything = {"J": Finite({}, True)}

    def about(name: str, diagonal: Diagonal, told: str) -> dict[str, Any]:
        more = size(diagonal(Id())) - size(Id())
        window = around(diagonal)
        return {
            name: (
                Witness(
                    "p says yes of the code of id, which halts, and no of all others. So J lacks "
                    "its diagonal, which halts too.",
                    finds_id | {"k": size(only_id) + more}, window,
                ),
                Without(
                    "size",
                    "id decides J_2, as all programs of size 1 and 2 halt. Its diagonal is larger.",
                    says_yes | everything | {"s": Finite({}, 1), "k": 2}, window,
                ),
                Without(
                    "members halt",
                    "id decides the set of all programs. Its diagonal is one, and does not halt.",
                    says_yes | everything | {"s": Finite({}, 100), "k": 1 + more}, window,
                ),
                Without(
                    "decides",
                    "J is empty, but id says yes. So its diagonal does not halt.",
                    says_yes | {"J": Finite({}, False), "s": Finite({}, 0), "k": 1 + more}, window,
                ),
            ),
            f"{name}.error": (
                Witness(
                    "ask says no of its diagonal, which then halts.",
                    {"f": EMPTY, "p": Ask(), "n": 1, "m": more},
                ),
                Witness(
                    "ask says yes of its diagonal, which then does not halt, not in 100 steps "
                    "either.",
                    {"f": Table({code(diagonal(Ask())): TRUE}), "p": Ask(), "n": 1, "m": 100},
                ),
            ),
            f"{name}.size": (Witness(told, {"p": Ask()}),),
        }

    return {
        **about("bounded-escape", diagonal, "then(ask, while(id, id)) is larger than ask by 4."),
        **about("bounded-escape.short", short_diagonal, "while(ask, id) is larger than ask by 2."),
        "bounded-escape.sharp": (
            Witness(
                "A program of size 2: it halts in the first step, and id says that it does.",
                {"f": EMPTY, "p": parse_program("quote 1")},
            ),
            Without(
                "size",
                "while(id, id), of size 3, does not halt on its own code.",
                {"f": EMPTY, "p": parse_program("while(id, id)")},
            ),
        ),
    }
