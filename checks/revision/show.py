"""Guesses for a terminal: a mark for each stage, and a table of mind changes.

*Definitions*: :func:`legend`, :func:`mark_lines`; :func:`columns`, :func:`rows`;
:func:`conclusion`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from models.machine.tree import brief

if TYPE_CHECKING:
    from checks.revision.guessing import Look
    from models.revision.guessing import Guesses, Kind, Stretch

MARKS: dict[Kind, str] = {"yes": "#", "no": ".", "other": "?", "none": " "}
"""Yes and no differ at a glance; what is no truth value leaves a question or a gap."""

WORDS: dict[Kind, str] = {
    "yes": "yes", "no": "no", "other": "another value", "none": "no value within the gas",
}

YES_NO = {True: "yes", False: "no", None: "not known"}

MOST_MARKS = 1_000
"""Stages that are shown one by one."""

MOST_LISTED = 8
"""Mind changes, or stretches of equal guesses, that the table lists."""

LABEL = 24
"""Letters of an input."""


def legend(seen: Sequence[Guesses]) -> str:
    """What the marks in use mean."""
    used = {guess.kind for guesses in seen for guess in guesses.guesses}
    said = [
        f"{MARKS[kind] if MARKS[kind].strip() else 'a gap'} {WORDS[kind]}"
        for kind in MARKS if kind in used
    ]
    return ", ".join([*said, "^ a change of mind"])


def label(guesses: Guesses) -> str:
    """The input in a few letters."""
    return brief(guesses.value, limit=LABEL)


def mark_lines(seen: Sequence[Guesses], width: int) -> Iterator[str]:
    """A line of marks for each input, with a line under it if its guess changes; as many stages at
    a time as fit a width."""
    stages = len(seen[0].guesses)
    indent = max(5, *(len(label(guesses)) for guesses in seen)) + 2
    room = max(10, (width - indent) // 10 * 10)
    for first in range(0, stages, room):
        last = min(first + room, stages)
        if first:
            yield ""
        ticks = (f"{stage:<10}" for stage in range(first, last, 10))
        yield f"{'stage':<{indent}}{''.join(ticks)}".rstrip()
        for guesses in seen:
            marks = "".join(MARKS[guess.kind] for guess in guesses.guesses[first:last])
            yield f"{label(guesses):<{indent}}{marks}".rstrip()
            new = {stage + 1 for stage in guesses.changes}
            if under := "".join("^" if s in new else " " for s in range(first, last)).rstrip():
                yield " " * indent + under


def columns(found: Look) -> tuple[tuple[str, Literal["left", "right"]], ...]:
    """The heads of the table."""
    given: list[tuple[str, Literal["left", "right"]]] = [
        ("input", "left"), ("changes", "right"), ("after stages", "left"), ("last guess", "left"),
        ("same since", "right"), ("most steps", "right"),
    ]
    if found.known is not None:
        given += [("limit", "left"), ("modulus", "right")]
    if found.again is not None:
        what = "changes" if found.total else "yes and no change"
        given.append((f"{what} after stage {len(found.seen[0].guesses) - 1}", "left"))
    return tuple(given)


def rows(found: Look) -> Iterator[tuple[str, ...]]:
    """Per input: how many mind changes, after which stages, the last guess, from which stage on it
    did not change, the steps of the longest guess; and what is known of the other stages."""
    for number, guesses in enumerate(found.seen):
        listed = [str(stage) for stage in guesses.changes[:MOST_LISTED]]
        if len(guesses.changes) > MOST_LISTED:
            listed.append("…")
        row = [
            label(guesses), str(len(guesses.changes)), ", ".join(listed),
            _guess(guesses.stretches[-1]),
            "" if guesses.unchanged_from is None else str(guesses.unchanged_from),
            f"{max(guess.steps for guess in guesses.guesses):,}",
        ]
        if found.known is not None:
            known = found.known[number]
            row += [YES_NO[known.limit], "" if known.modulus is None else str(known.modulus)]
        if found.again is not None:
            row.append(YES_NO[found.again[number]])
        yield tuple(row)


def _guess(stretch: Stretch) -> str:
    if stretch.kind == "other" and stretch.value is not None:
        return brief(stretch.value, limit=LABEL)
    return WORDS[stretch.kind]


def conclusion(found: Look) -> str:
    """What follows from what was seen, and what does not."""
    said = []
    missing = [
        f"{label(guesses)} in stage {guesses.first_without_truth_value}"
        for guesses in found.seen if guesses.first_without_truth_value is not None
    ]
    if missing:
        more = ", …" if len(missing) > MOST_LISTED else ""
        said.append(
            f"This is no guesser, as far as was seen: no truth value at "
            f"{'; '.join(missing[:MOST_LISTED])}{more}."
        )
    known = [one.limit is not None for one in found.known or ()]
    decided = [again is not None for again in found.again or ()]
    if any(known):
        which = "Limits and moduli" if all(known) else "The limits and moduli that are told"
        said.append(
            f"{which} are known: the jump was decided, and the theorem jump-to-limit says from "
            "which stage on all guesses are right."
        )
    elif any(decided):
        where = "" if all(decided) else ", where it is told,"
        if found.total:
            said.append(
                f"Whether a guess changes again{where} was decided with evidence. If it does not, "
                "and all guesses are truth values, the last one is the limit."
            )
        else:
            said.append(
                f"Whether nil comes behind a pair or a pair behind nil{where} was decided with "
                "evidence. Of values that are no truth values it tells nothing more."
            )
    else:
        last = len(found.seen[0].guesses) - 1
        said.append(f"Nothing here tells the limits: a guess may change after stage {last}.")
    said += [
        f"Not known at {label(guesses)}: {one.reason}."
        for guesses, one in zip(found.seen, found.known or (), strict=found.known is not None)
        if one.reason
    ]
    return "\n".join(said)
