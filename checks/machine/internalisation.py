"""Finite checks of ``finite-internalization``: small programs, all small transcripts.

*Definitions*: :class:`Patched`; :func:`finite_internalization`; :func:`instances`, its witnesses
and what its hypotheses are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.semantics import ORACLES
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
from models.machine.internalisation import answers, listed, patched, transcript
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import parse_program, size
from models.machine.tree import NIL, TRUE, Tree, brief, numeral
from proofs.kernel.evaluate import Finite, Window
from proofs.kernel.rules import Statement

SIZE = 3
GASES = (2, 8, 40)
TREES = tuple(trees_to(2))
EVERYWHERE: Window = dict.fromkeys(("patched", "cost", "agree"), lambda _: TREES)
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

    def __repr__(self) -> str:
        return f"{self.oracle!r} patched by {brief(self.entries)}"


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
        exhaust(name, statements[name], found(), bound=bound, window=EVERYWHERE)
        for name, (found, bound) in instances.items()
    ]


def instances() -> Claims:
    """A set that has all trees, and a transcript in which it says no of 1."""
    t = transcript([(TRUE, NIL)])
    enough = size(answers(t))
    g = Patched(FULL, t)
    given = {"f": FULL, "g": g, "p": parse_program("cons(then(tl, ask), ask)"), "t": t, "x": TRUE}
    cost = {"k": Finite({}, enough)}
    steps = 50
    unlisted = {"p": parse_program("while(ask, id)"), "x": NIL, "n": 20}
    asked = {"f": FULL, "t": t, "z": TRUE, "n": 0}
    return {
        "finite-internalization.forward": (
            Witness(
                "p asks about 0, which is not listed, and about 1, which is, with the answer 0.",
                given | cost | {"n": 7}, EVERYWHERE,
            ),
            Without(
                "patched",
                "g is f, as if nothing were listed: the values differ.",
                given | cost | {"g": FULL, "n": 7}, EVERYWHERE,
            ),
            Without(
                "cost",
                "An answer takes more than one step: the gas does not suffice.",
                given | {"k": Finite({}, 1), "n": 7}, EVERYWHERE,
            ),
            Without(
                "halts",
                "0 is not listed, and f says yes to it for ever: p does not halt, with the answer "
                "to 1 in it or without.",
                given | cost | unlisted, EVERYWHERE,
            ),
        ),
        "finite-internalization.backward": (
            Witness(
                "With the answer to 1 in it, p has relative to f the value that it has relative to "
                "g.",
                given | {"n": steps}, EVERYWHERE,
            ),
            Without(
                "patched",
                "g is f, as if nothing were listed: the values differ.",
                given | {"g": FULL, "n": steps}, EVERYWHERE,
            ),
            Without(
                "halts",
                "0 is not listed, and f says yes to it for ever: p does not halt, with the answer "
                "to 1 in it or without.",
                given | unlisted, EVERYWHERE,
            ),
        ),
        "finite-internalization.unasked": (
            Witness(
                "f says yes of 1, h says no: as 1 is listed, neither is asked about it.",
                given | {"h": Table({TRUE: NIL}, otherwise=TRUE), "n": steps}, EVERYWHERE,
            ),
            Without(
                "agree",
                "h says no of 0 too. That is not listed, so it is asked, and the values differ.",
                given | {"h": EMPTY, "n": steps}, EVERYWHERE,
            ),
        ),
        "finite-internalization.size": (
            Witness(
                f"Of size 5 with two Asks; a program of size {enough} is put in place of each.",
                {"p": given["p"], "t": t},
            ),
        ),
        "finite-internalization.answers": (
            Witness("Nothing is listed: the program is Ask, as large as is allowed.", {"t": NIL}),
            Witness("One question is listed, 1, with the answer 0.", {"t": t}),
        ),
        "transcript-answers": (
            Witness("1 is listed with the answer 0, though f says 1.", asked),
            Witness("0 is not listed: f is asked, and says 1.", asked | {"z": NIL}),
            Without(
                "gas",
                "Nothing is listed, so Ask is to answer, without the one step that it takes.",
                asked | {"t": NIL, "n": -1},
            ),
        ),
        "constant-equality": (
            Witness(
                "2 is not 1, which is found out with two units of gas left.",
                {"f": EMPTY, "c": TRUE, "x": numeral(2), "n": 0},
            ),
            Witness("1 is 1.", {"f": EMPTY, "c": TRUE, "x": TRUE, "n": 0}),
            Without(
                "gas",
                "It takes four steps to see that 0 is 0; there is gas for three.",
                {"f": EMPTY, "c": NIL, "x": NIL, "n": -2},
            ),
        ),
    }
