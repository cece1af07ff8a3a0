"""Looking at a guesser: its guesses in a window, and what is known of the stages behind it.

*Definitions*: :class:`Look`, :func:`look`; :class:`Known`, a limit with a modulus, or the reason
why none is known; :func:`known_limit`, of the guesses at what a program decides from the jump;
:func:`changes_again`, whether the guess of any guesser changes after a stage.

*Results*: ``jump-to-limit`` gives the modulus; the question of ``limit-to-jump`` is what
:func:`changes_again` decides.

Guesses alone never tell their limit. What does is the jump: each question about it is decided with
evidence that the checker accepts (:mod:`checks.machine.decide`), or stays open.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from checks.display import Displayed
from checks.machine.decide import decide
from checks.machine.turing_jump import Jump
from checks.progress import Event
from models.machine.oracle import Oracle
from models.machine.program import Program
from models.machine.run import run
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, format_tree, numeral
from models.machine.use import stage
from models.revision.guessing import Guess, Guesses, guesses, guesses_of_jump
from models.revision.limit_lemma import change
from proofs.kernel.evaluate import Unevaluated

STEPS = 10_000
"""Within which a program that asks the jump must halt."""


@dataclass(frozen=True, slots=True)
class Known:
    """The limit at a tree and a stage from which on all guesses are it; or why it is not known."""

    limit: bool | None
    modulus: int | None
    reason: str = ""


def known_limit(program: Program, value: Tree, oracle: Oracle, *, gas: int = STEPS) -> Known:
    """What a program decides on a tree from the jump of an oracle, and the modulus of theorem
    ``jump-to-limit``: the greatest of its steps and those of the members that it asks about."""
    jump = Jump(oracle)
    try:
        result = run(program, value, oracle=jump, gas=gas)
    except Unevaluated as undecided:
        return Known(None, None, f"a question to the jump is open: {undecided}")
    if result.value is None:
        return Known(None, None, f"relative to the jump it has not halted after {gas} steps")
    if result.value not in (FALSE, TRUE):
        return Known(None, None, "relative to the jump its value is no truth value")
    questions: Tree = NIL
    for question, _ in result.queries:
        questions = Pair(question, questions)
    return Known(result.value == TRUE, max(result.steps, stage(jump.steps, questions)))


def changes_again(
    guesser: Program, value: Tree, after: int, oracle: Oracle
) -> bool | None:
    """Whether the guess at a tree in some stage is another one than in the stage before, from
    ``after`` on; none if that is not decided. What is no truth value counts as its test does: only
    nil is false, and all pairs are alike.

    If all guesses are truth values: no means that the guess in stage ``after`` is the limit.
    """
    search = change(guesser, Pair(value, numeral(after)))
    verdict = decide(search, NIL, oracle=oracle).verdict
    return None if verdict == "unknown" else verdict == "halts"


@dataclass(frozen=True, slots=True)
class Look(Displayed):
    """What was seen, for each input. ``known``: the limits, if the program asks the jump.
    ``again``: whether the guess changes behind the window, if that was asked. ``program`` and
    ``oracle``: what was looked at."""

    seen: tuple[Guesses, ...]
    known: tuple[Known, ...] | None = None
    again: tuple[bool | None, ...] | None = None
    program: Program | None = field(default=None, repr=False)
    oracle: Oracle | None = field(default=None, repr=False)

    @property
    def total(self) -> bool:
        """Whether every guess seen is a truth value."""
        return all(found.first_without_truth_value is None for found in self.seen)

    @property
    def answered(self) -> bool:
        """Whether it was decided for every input, if that was asked, what comes behind."""
        return None not in (self.again or ())

    def to_json(self) -> dict[str, Any]:
        """As ``limit --json`` prints it."""
        rows = [_row(found) for found in self.seen]
        for row, known in zip(rows, self.known or (), strict=self.known is not None):
            row |= {"limit": known.limit, "modulus": known.modulus}
            if known.reason:
                row["reason"] = known.reason
        for row, again in zip(rows, self.again or (), strict=self.again is not None):
            row["changes_again"] = again
        return {"truth_values": self.total, "inputs": rows}


def _row(found: Guesses) -> dict[str, Any]:
    return {
        "input": format_tree(found.value),
        "guesses": [_plain(guess) for guess in found.guesses],
        "changes": list(found.changes),
        "unchanged_from": found.unchanged_from,
        "steps": found.steps,
        "max_steps": max(guess.steps for guess in found.guesses),
    }


def _plain(guess: Guess) -> bool | str | None:
    """A truth value, none without a value, or a tree as text."""
    if guess.value is None:
        return None
    return {"yes": True, "no": False}.get(guess.kind) if guess.kind != "other" else format_tree(
        guess.value
    )


def look(
    program: Program,
    values: Sequence[Tree],
    *,
    stages: int,
    oracle: Oracle,
    gas: int,
    asks_jump: bool = False,
    ahead: bool = False,
    progress: Callable[[Event], None] = lambda _: None,
) -> Look:
    """The guesses of a program at each value in so many stages.

    ``asks_jump``: of the guesser made of a program that asks the jump of ``oracle``, with what is
    known of its limits; it has a guess in every stage, whatever the gas. ``ahead``: decide whether
    the guesses change behind the window.
    """
    seen = []
    total = len(values) * stages
    begin = time.monotonic()
    for number, value in enumerate(values):

        def heard(made: int, steps: int, before: int = number * stages) -> None:
            now = time.monotonic()
            rate = steps / max(now - begin, 1e-9) / 1e6
            progress(Event("limit", f"{rate:.0f} million steps/s", before + made, total))

        if asks_jump:
            seen.append(guesses_of_jump(
                program, value, stages=stages, oracle=oracle, progress=heard
            ))
        else:
            seen.append(guesses(
                program, value, stages=stages, oracle=oracle, gas=gas, progress=heard
            ))
    known = again = None
    if asks_jump:
        known = tuple(known_limit(program, value, oracle) for value in values)
    elif ahead:
        again = tuple(changes_again(program, value, stages - 1, oracle) for value in values)
    return Look(tuple(seen), known, again, program, oracle)
