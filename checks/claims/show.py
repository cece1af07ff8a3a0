"""Outcomes and replays in words; :mod:`checks.display.claims` shows them whole.

*Definitions*: :func:`verdict_text`, :func:`report_line`, :func:`details`; :func:`conclusion`.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.claims.replay import Replay
from checks.claims.result import Outcome

SHOWN_OPEN = 5
"""Undecided instances that are shown."""


def verdict_text(outcome: Outcome) -> str:
    """The verdict with its bound and its numbers, in a line."""
    bound = "" if outcome.bound is None else f" to size {outcome.bound}"
    if outcome.whole:
        bound = ", all there are"
    counted = f"{outcome.instances:,} instance{'' if outcome.instances == 1 else 's'}"
    if outcome.paths is not None:
        counted = f"by {outcome.paths:,} path{'' if outcome.paths == 1 else 's'}"
    match outcome.verdict:
        case "refuted":
            if outcome.paths is not None:
                return f"refuted on path {outcome.paths:,}"
            return f"refuted by instance {outcome.gone_through:,}"
        case "exhausted":
            return f"exhausted{bound}, {counted}"
        case "sampled":
            return f"sampled, {counted}, seed {outcome.seed}"
        case _:
            if not outcome.instances and outcome.paths is None:
                return f"unknown: {outcome.reason}"
            return f"unknown: {outcome.reason}; {counted}"


def report_line(name: str, outcome: Outcome) -> str:
    """One line for a claim, as a test runner prints it."""
    more = f"  {outcome.counterexample}" if outcome.counterexample else ""
    return f"{name} {outcome.verdict.upper()}  {verdict_text(outcome)}{more}"


def details(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """What is left out of the verdict, with a label."""
    if outcome.skipped:
        yield "skipped by assume", f"{outcome.skipped:,}"
    if outcome.same:
        yield "left out, another program stands for it", f"{outcome.same:,}"
    if outcome.unknown:
        yield "undecided", f"{outcome.unknown:,}"
    if outcome.errors:
        yield "raised an error", f"{outcome.errors:,}"
    if outcome.claim.theorem:
        says = outcome.claim.theorem
        if outcome.verdict == "refuted":
            says += " (which proves something else, since the claim is false)"
        yield "theorem", says
    expected = outcome.claim.expected
    if expected is not None and expected != outcome.verdict and (
        "refuted" in (expected, outcome.verdict)
    ):
        to = "" if outcome.claim.size is None else f", to size {outcome.claim.size}"
        yield "expected", f"{expected}{to}"


def conclusion(found: Replay) -> str:
    """What a claim says of a saved instance."""
    said = {
        "fails": "The claim is false here: refuted.",
        "holds": "The claim is true here: this is no counterexample.",
        "skipped": "Its assumption does not hold here: the claim says nothing.",
        "unknown": f"Not decided: {found.judgement.reason}.",
        "error": f"An error: {found.judgement.reason}.",
        "same": "Another program stands for this one.",
    }
    changed = "\n(The claim's file has been changed since this was found.)" if found.changed else ""
    return said[found.judgement.what] + changed
