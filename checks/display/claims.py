"""Blocks of claims' outcomes and replays.

*Definitions*: :func:`outcome`, :func:`replay`.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.claims.deciders import Event
from checks.claims.replay import Replay
from checks.claims.result import Outcome
from checks.claims.show import SHOWN_OPEN, conclusion, details, verdict_text
from checks.display.blocks import Block, Fold, Heading, Lines, Listing, Paragraph, values
from checks.display.machine import states
from models.machine.run import trace


def outcome(found: Outcome) -> Iterator[Block]:
    """The claim, the verdict, the counterexample, and what was left out."""
    yield Paragraph(found.claim.says)
    yield Paragraph(verdict_text(found).removeprefix(found.verdict).lstrip(), found.verdict)
    if found.counterexample is not None:
        about = (
            "the smallest there is" if found.counterexample.smallest
            else "perhaps not the smallest"
        )
        yield Heading(f"Counterexample of size {found.counterexample.size}, {about}:")
        yield values(found.counterexample.values)
    if left_out := [f"{label}: {text}" for label, text in details(found)]:
        yield Listing(left_out)
    if found.listed:
        yield Heading("Not decided, or an error, such as:")
        yield Listing([str(each) for each in found.listed[:SHOWN_OPEN]])


def replay(found: Replay, *, steps: int) -> Iterator[Block]:
    """The claim, its values, each question with its answer and the run behind it, the verdict; of
    each run the first ``steps`` steps."""
    yield Paragraph(f"{found.claim.name}: {found.claim.says}")
    if found.claim.source:
        yield Lines(found.claim.source.rstrip().splitlines(), indent=4)
    if found.values:
        yield Heading("On")
        yield values(found.values)
    for number, event in enumerate(found.events, start=1):
        yield Fold(f"{number}. {event.question}  {event.answer}", list(_behind(event, steps)))
    yield Paragraph(conclusion(found))


def _behind(event: Event, steps: int) -> Iterator[Block]:
    if event.evidence:
        yield Paragraph(event.evidence)
    if event.program is not None and steps:
        run = trace(event.program, event.value, oracle=event.oracle, gas=steps)
        yield from states(run, steps=steps)
