"""Outcomes and traces for a reader: as text, and as HTML for a notebook.

*Definitions*: :func:`outcome_text`, :func:`outcome_html`, :func:`report_line`;
:func:`event_text`, :func:`replay_text`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape

from checks.claims.deciders import Event
from checks.claims.replay import Replay
from checks.claims.result import Outcome
from models.machine.run import trace
from models.machine.semantics import Stop
from models.machine.show import show_state

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
        yield "theorem", outcome.claim.theorem


def outcome_text(outcome: Outcome) -> str:
    """An outcome for a terminal."""
    lines = [*textwrap.wrap(outcome.claim.says, 96), "", verdict_text(outcome)]
    found = outcome.counterexample
    if found is not None:
        about = "the smallest there is" if found.smallest else "perhaps not the smallest"
        lines.append(f"\nCounterexample of size {found.size}, {about}:")
        width = max(map(len, found.values), default=0)
        lines += [f"  {name:<{width}} = {text}" for name, text in found.values.items()]
    listed = list(details(outcome))
    if listed:
        lines.append("")
        lines += [f"  {label}: {text}" for label, text in listed]
    if outcome.listed:
        lines.append("\nNot decided, or an error, such as:")
        lines += [
            textwrap.fill(str(each), 96, initial_indent="  ", subsequent_indent="    ")
            for each in outcome.listed[:SHOWN_OPEN]
        ]
    return "\n".join(lines)


def outcome_html(outcome: Outcome) -> str:
    """An outcome for a notebook."""
    colour = {"refuted": "#b00020", "exhausted": "#1b7f3b", "sampled": "#1b5e9e"}.get(
        outcome.verdict, "#9a6700"
    )
    parts = [
        f"<p>{escape(outcome.claim.says)}</p>",
        f"<p><strong style='color:{colour}'>{escape(outcome.verdict)}</strong> "
        f"{escape(verdict_text(outcome).removeprefix(outcome.verdict).lstrip(' :'))}</p>",
    ]
    if outcome.counterexample is not None:
        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(name)}</th>"
            f"<td style='text-align:left'><code>{escape(text)}</code></td></tr>"
            for name, text in outcome.counterexample.values.items()
        )
        parts.append(f"<table>{rows}</table>")
    listed = list(details(outcome))
    if listed:
        items = "".join(f"<li>{escape(label)}: {escape(text)}</li>" for label, text in listed)
        parts.append(f"<ul>{items}</ul>")
    return "".join(parts)


def event_text(event: Event, number: int, *, steps: int) -> str:
    """A question of a claim, its answer, and the first steps of the run behind it."""
    lines = textwrap.wrap(
        f"{number}. {event.question}  {event.answer}", 96, subsequent_indent="   "
    )
    if event.evidence:
        lines.append(f"   {event.evidence}")
    if event.program is not None and steps:
        states = trace(event.program, event.value, oracle=event.oracle, gas=steps)
        for at, state in enumerate(states):
            lines.append(f"   {at:>6}  {show_state(state)}")
        if not isinstance(state.control, Stop):
            lines.append("        …")
    return "\n".join(lines)


def replay_text(found: Replay, *, steps: int) -> str:
    """A claim on a saved instance, step by step; of each run the first ``steps`` steps."""
    lines = textwrap.wrap(f"{found.claim.name}: {found.claim.says}", 96)
    if found.claim.source:
        lines += ["", *(f"    {line}" for line in found.claim.source.rstrip().splitlines())]
    lines += ["", "On"]
    width = max(map(len, found.values), default=0)
    lines += [f"  {name:<{width}} = {text}" for name, text in found.values.items()]
    lines.append("")
    lines += [
        f"{event_text(event, number, steps=steps)}\n"
        for number, event in enumerate(found.events, start=1)
    ]
    said = {
        "fails": "The claim is false here: refuted.",
        "holds": "The claim is true here: this is no counterexample.",
        "skipped": "Its assumption does not hold here: the claim says nothing.",
        "unknown": f"Not decided: {found.judgement.reason}.",
        "error": f"An error: {found.judgement.reason}.",
        "same": "Another program stands for this one.",
    }
    lines.append(said[found.judgement.what])
    if found.changed:
        lines.append("(The claim's file has been changed since this was found.)")
    return "\n".join(lines)
