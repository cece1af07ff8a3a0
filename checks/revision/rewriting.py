"""What the revisions of a self-modifying program decide, with evidence where a run does not end.

*Definitions*: :class:`Answer`, :class:`Decided`; :func:`revise`, which ``jumpbound revise`` shows.

A run that is out of gas says nothing. :mod:`checks.machine.decide` finds that it loops, with a
certificate that the checker accepts, or leaves it unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from checks.machine.decide import decide
from checks.progress import Event
from models.machine.compiled_run import run
from models.machine.oracle import EMPTY, Oracle
from models.machine.program import Program, format_program, size
from models.machine.run import DEFAULT_GAS, Run
from models.machine.tree import Tree, format_tree
from models.revision.rewriting import Revision, Rewriting, enough, rewrite

LONGEST = 100_000
"""A program of a larger size is told by its size alone."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program says of a tree: ``halts`` with a value, ``loops``, or ``unknown``."""

    verdict: Literal["halts", "loops", "unknown"]
    value: Tree | None = None
    steps: int | None = None
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """The value as text."""
        return {
            "verdict": self.verdict,
            "value": None if self.value is None else format_tree(self.value, style="numbers"),
            "steps": self.steps,
            **({"reason": self.reason} if self.reason else {}),
        }


@dataclass(frozen=True, slots=True)
class Decided:
    """A rewriting with what each revision decides, an answer for each tree of the window.

    ``stuck``: if not all rounds were made, what is known of the modifier on the last revision.
    ``composed``: what the one program says, where the last revision halts.
    """

    rewriting: Rewriting
    answers: tuple[tuple[Answer, ...], ...]
    stuck: Answer | None
    composed: tuple[Run | None, ...]

    @property
    def agrees(self) -> bool:
        """Whether the one program says what the last revision does, wherever it halts."""
        return all(
            one is None or one.value == answer.value
            for one, answer in zip(self.composed, self.answers[-1], strict=True)
        )

    @property
    def settled(self) -> bool:
        """Whether all rounds were made, and nothing is left unknown."""
        known = all(answer.verdict != "unknown" for row in self.answers for answer in row)
        return self.rewriting.complete and known

    def to_json(self) -> dict[str, Any]:
        """As ``revise --json`` prints it."""
        found = self.rewriting
        return {
            "modifier": format_program(found.modifier),
            "rounds": found.rounds,
            "complete": found.complete,
            "window": [format_tree(tree, style="numbers") for tree in found.window],
            "revisions": [
                self._revision(number, revision) for number, revision in enumerate(found.revisions)
            ],
            "stuck": self.stuck.to_json() if self.stuck else None,
            "repeats": list(found.repeats) if found.repeats else None,
            "composed": {
                "program": format_program(found.composed), "size": size(found.composed),
                "agrees": self.agrees,
                "steps": [None if one is None else one.steps for one in self.composed],
            },
        }

    def _revision(self, number: int, revision: Revision) -> dict[str, Any]:
        count = size(revision.program)
        return {
            "round": number,
            "program": format_program(revision.program) if count <= LONGEST else None,
            "size": count if count < 2**64 else None,
            "steps": revision.made.steps if revision.made else None,
            "questions": len(revision.made.queries) if revision.made else None,
            "decides": [answer.to_json() for answer in self.answers[number]],
        }


def revise(
    modifier: Program,
    first: Tree,
    rounds: int,
    *,
    window: Sequence[Tree] = (),
    oracle: Oracle = EMPTY,
    gas: int = DEFAULT_GAS,
    progress: Callable[[Event], None] = lambda _: None,
) -> Decided:
    """Make the rounds, decide each revision on the window, and run the one program beside.

    Raises as :func:`models.revision.rewriting.rewrite`.
    """
    found = rewrite(
        modifier, first, rounds, window=window, oracle=oracle, gas=gas,
        progress=lambda made: progress(Event("revising", "", made, rounds)),
    )
    known: dict[Tree, tuple[Answer, ...]] = {}
    for number, revision in enumerate(found.revisions):
        progress(Event("deciding", "", number, len(found.revisions)))
        if revision.tree not in known:
            known[revision.tree] = tuple(
                answer(revision.program, x, result, oracle)
                for x, result in zip(found.window, revision.runs, strict=True)
            )
    stuck = None
    if not found.complete:
        stuck = answer(modifier, found.last.tree, Run(None, gas, ()), oracle)
    whole = found.composed
    composed = tuple(
        None if result.value is None
        else run(whole, x, oracle=oracle, gas=enough(found, result))
        for x, result in zip(found.window, found.last.runs, strict=True)
    )
    return Decided(found, tuple(known[r.tree] for r in found.revisions), stuck, composed)


def answer(program: Program, value: Tree, result: Run, oracle: Oracle) -> Answer:
    """What a run tells, or else the search for a certificate."""
    if result.value is not None:
        return Answer("halts", result.value, result.steps)
    decision = decide(program, value, oracle=oracle)
    if decision.verdict == "loops":
        return Answer("loops")
    # A run that is longer than the gas can be found to halt; its value is not known then.
    unit = "step" if decision.steps == 1 else "steps"
    reason = decision.reason or f"halts after {decision.steps} {unit}, more than the gas"
    return Answer("unknown", reason=reason)
