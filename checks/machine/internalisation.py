"""Finite checks of ``finite-internalization``: small programs, all small transcripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.semantics import ORACLES
from checks.results import CheckResult
from models.machine.internalisation import answers, listed, patched, transcript
from models.machine.oracle import Oracle, Table
from models.machine.program import size
from models.machine.tree import NIL, TRUE, Tree, numeral
from proofs.kernel.rules import Statement

SIZE = 3
GASES = (2, 8, 40)
TREES = tuple(trees_to(2))
TRANSCRIPTS: tuple[Tree, ...] = (
    *trees_to(2),
    transcript([(TRUE, numeral(2))]),
    transcript([(NIL, TRUE), (TRUE, NIL)]),
    # Two answers to one question
    transcript([(NIL, numeral(2)), (NIL, TRUE)]),
)


class Patched(Oracle):
    """An oracle patched by a transcript."""

    def __init__(self, oracle: Oracle, entries: Tree) -> None:
        self.oracle = oracle
        self.entries = entries

    def __call__(self, argument: Tree, /) -> Tree:
        return patched(self.oracle, self.entries, argument)


def programs() -> Iterator[dict[str, Any]]:
    """Oracle f, transcript t, f patched, the cost of an answer, program p, input x, gas n."""
    for (_, f), t in product(ORACLES, TRANSCRIPTS):
        enough = size(answers(t))
        for p, x, n in product(programs_to(SIZE), trees_to(1), GASES):
            yield {
                "f": f, "g": Patched(f, t), "k": lambda _, enough=enough: enough, "p": p, "t": t,
                "x": x, "n": n,
            }


def pairs_of_oracles() -> Iterator[dict[str, Any]]:
    """Oracles f and h that agree on the trees that are not listed."""
    for (_, f), t in product(ORACLES, TRANSCRIPTS):
        other = {z: TRUE if f(z) == NIL else NIL for z in TREES if listed(t, z)}
        h = Table({**f.answers, **other}, otherwise=f.otherwise)
        for p, x, n in product(programs_to(SIZE), trees_to(1), GASES):
            yield {"f": f, "h": h, "p": p, "t": t, "x": x, "n": n}


def questions() -> Iterator[dict[str, Any]]:
    """Oracle f, transcript t, question z, gas n."""
    for (_, f), t, z, n in product(ORACLES, TRANSCRIPTS, TREES, (0, 5)):
        yield {"f": f, "t": t, "z": z, "n": n}


def constants() -> Iterator[dict[str, Any]]:
    """Oracle f, constant c, input x, gas n."""
    for (_, f), c, x, n in product(ORACLES, list(trees_to(3)), list(trees_to(3)), (0, 5)):
        yield {"f": f, "c": c, "x": x, "n": n}


def finite_internalization(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Both directions, listed questions, sizes, and the answering programs."""
    oracles = f"oracles {', '.join(name for name, _ in ORACLES)}"
    listing = f"{len(TRANSCRIPTS)} transcripts (all trees of ≤ 2 pairs, and longer ones)"
    small = f"all programs of size ≤ {SIZE}"
    runs = (
        f"{small}, {listing}, inputs of ≤ 1 pair, gas {', '.join(map(str, GASES))}, {oracles}"
    )
    everywhere = dict.fromkeys(("patched", "cost", "agree"), lambda _: TREES)
    instances = {
        "finite-internalization.forward": (programs, runs),
        "finite-internalization.backward": (programs, runs),
        "finite-internalization.unasked": (pairs_of_oracles, runs),
        "finite-internalization.size": (
            lambda: ({"p": p, "t": t} for p, t in product(programs_to(SIZE + 1), TRANSCRIPTS)),
            f"all programs of size ≤ {SIZE + 1}, {listing}",
        ),
        "finite-internalization.answers": (
            lambda: ({"t": t} for t in trees_to(6)), "all trees of ≤ 6 pairs"
        ),
        "transcript-answers": (
            questions, f"{listing}, questions of ≤ 2 pairs, gas 0, 5 more, {oracles}"
        ),
        "constant-equality": (
            constants, f"constants and inputs of ≤ 3 pairs, gas 0, 5 more, {oracles}"
        ),
    }
    return [
        exhaust(name, statements[name], found(), bound=bound, window=everywhere)
        for name, (found, bound) in instances.items()
    ]
