"""Pictures of guesses: a row for each input, its mind changes marked.

*Definitions*: :func:`guesses_chart`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from checks.picture import BEST, CURVE, EVEN, MUTED, inline_data, styled, text_layer
from models.errors import BadInput
from models.machine.tree import brief

if TYPE_CHECKING:
    from checks.picture import Chart
    from checks.revision.guessing import Look
    from models.revision.guessing import Guesses, Kind

ROW = 34
"""The height of a row."""

MOST_ROWS, MOST_STRETCHES, MOST_LETTERS = 60, 5_000, 60

DIAMOND = {
    "shape": "diamond", "size": 90, "color": BEST, "filled": True, "opacity": 1,
    "stroke": "white", "strokeWidth": 1,
}
BAR = {"color": EVEN, "thickness": 4, "size": ROW * 0.85, "opacity": 1}

# As in the other pictures; they differ in lightness too.
LEGEND: dict[Kind, tuple[str, str]] = {
    "yes": ("yes", CURVE),
    "no": ("no", "#CFDDE8"),
    "other": ("another value", "#E69F00"),
    "none": ("no value in time", "#FFFFFF"),
}


def guesses_chart(look: Look, *, of: str, oracle: str) -> Chart:
    """The guesses over the stages, each input in a row. A diamond stands between two stages with
    different guesses, a bar before the modulus where one is known. ``of``, ``oracle``: names for
    the title.

    Raises :class:`BadInput` for what is too much for a picture.
    """
    import altair as alt

    seen = look.seen
    _require_room(seen)
    stages = len(seen[0].guesses)
    labels = _labels(seen)
    left, right = -0.5, stages - 0.5
    x = alt.X(
        "from:Q",
        title="stage",
        scale=alt.Scale(domain=[left, right], nice=False),
        axis=alt.Axis(tickMinStep=1, format="d", grid=False),
    )
    y = alt.Y("input:N", title="input", sort=labels, axis=alt.Axis(labelLimit=260, ticks=False))
    layers: list[Any] = [_bars(look, labels, x, y)]
    if look.known is not None:
        moduli = [
            {"input": label, "from": known.modulus - 0.5, "modulus": known.modulus}
            for label, known in zip(labels, look.known, strict=True)
            if known.modulus is not None and known.modulus < stages
        ]
        layers += _marks(moduli, x, y, "modulus", "tick", **BAR)
    changes = [
        {"input": label, "from": stage + 0.5, "after stage": stage}
        for label, guesses in zip(labels, seen, strict=True)
        for stage in guesses.changes
    ]
    layers += _marks(changes, x, y, "after stage", "point", **DIAMOND)
    said = list(_said(look))
    for label, words in zip(labels, said, strict=True):
        row: dict[str, Any] = {"input": label, "from": right}
        layers.append(text_layer(row, words, x=x, y=y, color=MUTED, dx=8, size=12))
    subtitle = "A diamond marks a change of mind."
    if look.known is not None:
        subtitle += " From a green bar on it is known that there is no further one."
    elif look.again is None:
        subtitle += f" What comes after stage {stages - 1} is not known."
    counted = "; ".join(f"{label}: {words}" for label, words in zip(labels, said, strict=True))
    chart = styled(
        layers, title=f"Guesses of {_printable(of)}",
        subtitle=[f"relative to {_printable(oracle)}", subtitle],
        description=f"Guesses in stages 0 to {stages - 1}. Mind changes by input: {counted}",
    )
    return chart.properties(height=alt.Step(ROW))


def _bars(look: Look, labels: list[str], x: Any, y: Any) -> Any:
    """Stretches of equal guesses."""
    import altair as alt

    rows = [
        {
            "input": label, "from": part.first - 0.5, "to": part.last + 0.5,
            "guess": LEGEND[part.kind][0], "first": part.first, "last": part.last,
        }
        for label, guesses in zip(labels, look.seen, strict=True)
        for part in guesses.stretches
    ]
    used = {row["guess"] for row in rows}
    shown = [(name, colour) for name, colour in LEGEND.values() if name in used]
    colour = alt.Color(
        "guess:N",
        scale=alt.Scale(
            domain=[name for name, _ in shown], range=[colour for _, colour in shown]
        ),
        legend=alt.Legend(
            orient="top", title="guess", titleOrient="left", titleFontWeight="normal",
            titleFontSize=13, labelFontSize=12, symbolType="square", symbolStrokeColor=MUTED,
            symbolStrokeWidth=0.5, columnPadding=16,
        ),
    )
    tooltip = [alt.Tooltip(f"{name}:N") for name in ("input", "guess", "first", "last")]
    return (
        alt.Chart(inline_data(rows))
        .mark_bar(height=ROW * 0.6, stroke=MUTED, strokeWidth=0.5)
        .encode(x=x, x2="to:Q", y=y, color=colour, tooltip=tooltip)
    )


def _marks(
    rows: list[dict[str, Any]], x: Any, y: Any, says: str, kind: str, **style: Any
) -> list[Any]:
    """A layer of marks, or none if there is nothing to mark."""
    import altair as alt

    if not rows:
        return []
    chart = alt.Chart(inline_data(rows))
    marked = chart.mark_tick(**style) if kind == "tick" else chart.mark_point(**style)
    tooltip = [alt.Tooltip("input:N"), alt.Tooltip(f"{says}:Q")]
    return [marked.encode(x=x, y=y, tooltip=tooltip)]


def _said(look: Look) -> Iterator[str]:
    """Per input how many mind changes there are, and whether there are more."""
    for number, guesses in enumerate(look.seen):
        count = len(guesses.changes)
        more = None if look.again is None else look.again[number]
        words = f"{count} change{'' if count == 1 else 's'}"
        yield words + {True: " and more", False: ", no more", None: ""}[more]


def _printable(name: str) -> str:
    """A name for a title: what cannot be printed cannot stand in Vega's expressions either."""
    text = "".join(letter if letter.isprintable() else "?" for letter in name)
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"


def _require_room(seen: Sequence[Guesses]) -> None:
    if not 1 <= len(seen) <= MOST_ROWS:
        raise BadInput(
            f"{len(seen)} inputs in a picture", expected=f"from 1 to {MOST_ROWS} of them"
        )
    stretches = sum(len(guesses.stretches) for guesses in seen)
    if stretches > MOST_STRETCHES:
        raise BadInput(
            f"a picture of {stretches} stretches of equal guesses",
            expected=f"at most {MOST_STRETCHES}: fewer stages",
        )


def _labels(seen: Sequence[Guesses]) -> list[str]:
    """The inputs in a few letters each; equal ones are told apart."""
    found: list[str] = []
    for guesses in seen:
        label = text = brief(guesses.value, limit=32)
        number = 1
        while label in found:
            number += 1
            label = f"{text} ({number})"
        found.append(label)
    return found
