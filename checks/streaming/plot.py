"""Pictures of streaming beside a mesh and a cache: words moved and steps, against tile and size.

*Definitions*: :func:`sweep_chart`, all four panels; :func:`panel_chart`, one of them.

*Results*: ``streaming-traffic`` and ``streaming-steps``, shown.

*References*: 'AI, Native Supercomputing', arXiv 1705.05983; Irony, Toledo, Tiskin, Journal of
Parallel and Distributed Computing 64 (2004), for the lower bound.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from checks.picture import (
    BEST,
    CURVE,
    EVEN,
    HEIGHT,
    INK,
    MUTED,
    WIDTH,
    configured,
    heading,
    inline_data,
)
from checks.streaming.table import Point

if TYPE_CHECKING:
    from checks.picture import Chart

Varied: TypeAlias = Literal["tile", "size"]
Quantity: TypeAlias = Literal["words", "steps"]

PANEL_WIDTH, PANEL_HEIGHT = 340, 240

NAMES = {
    "streaming": "streaming, a unit for each tile",
    "streaming-one-unit": "streaming, one unit",
    "mesh": "mesh for the whole product",
    "mesh-of-a-tile": "mesh for one tile",
    "cache": "processor with a cache",
    "least": "lower bound for one unit's memory",
}
# Okabe and Ito's palette, which colour-blind readers can tell apart; dashes and shapes differ too.
COLORS = {
    "streaming": CURVE, "streaming-one-unit": "#56B4E9", "mesh": BEST,
    "mesh-of-a-tile": "#E69F00", "cache": EVEN, "least": INK,
}
DASHES = {
    "streaming": [1, 0], "streaming-one-unit": [6, 3], "mesh": [1, 0], "mesh-of-a-tile": [6, 3],
    "cache": [2, 2], "least": [9, 4],
}
SHAPES = {
    "streaming": "circle", "streaming-one-unit": "circle", "mesh": "square",
    "mesh-of-a-tile": "square", "cache": "triangle-up", "least": "cross",
}
WORDS = ("streaming", "mesh", "cache", "least")
STEPS = ("streaming", "mesh", "streaming-one-unit", "mesh-of-a-tile", "cache")


def sweep_chart(points: list[Point]) -> Chart:
    """Four panels: words moved above, steps below; against the side of the tile at the left,
    against the size at the right."""
    import altair as alt

    whole = points[-1].found.tiling
    panels = []
    listed: tuple[tuple[Quantity, tuple[str, ...]], ...] = (("words", WORDS), ("steps", STEPS))
    for quantity, machines in listed:
        row = [
            _panel(points, "tile", quantity, machines), _panel(points, "size", quantity, machines)
        ]
        panels.append(alt.hconcat(*row, spacing=36))
    of = f"{whole.rows:,} by {whole.inner:,} times {whole.inner:,} by {whole.columns:,}"
    title = f"Streaming, a mesh and a cache: {of}"
    chart = alt.vconcat(*panels, spacing=28).properties(
        title=heading(title, [
            "Each point is simulated and counted; the lower bound (Irony, Toledo, Tiskin 2004) is "
            "for the memory of one unit.",
            f"At the right the tile is {whole.tile_rows:,} by {whole.tile_columns:,}. One mesh for "
            "the whole product holds all of it at once.",
        ]),
        description=_description(points, title),
    )
    return _finished(chart)


def panel_chart(points: list[Point], varied: Varied, quantity: Quantity) -> Chart:
    """One panel as a picture of its own, for a page whose text says what it shows."""
    machines = WORDS if quantity == "words" else STEPS
    chart = _panel(points, varied, quantity, machines, machines).properties(
        width=WIDTH, height=HEIGHT,
        title=heading(f"{_quantity(quantity)} against {_against(varied)}".capitalize()),
        description=_description(points, "Streaming, a mesh and a cache"),
    )
    return _finished(chart)


def _finished(chart: Any) -> Chart:
    found: Chart = configured(chart).configure_legend(
        orient="bottom", title=None, labelLimit=320, columns=3, labelFontSize=12,
        symbolSize=90, symbolStrokeWidth=0,
    )
    return found


def _quantity(quantity: Quantity) -> str:
    return "words moved" if quantity == "words" else "steps"


def _against(varied: Varied) -> str:
    return "the tile" if varied == "tile" else "size"


def _panel(
    points: list[Point], varied: Varied, quantity: Quantity, machines: tuple[str, ...],
    legend: Collection[str] = tuple(NAMES),
) -> Any:
    import altair as alt

    rows = _rows(points, varied, quantity, machines)
    listed = [machine for machine in NAMES if machine in legend]
    names = [NAMES[machine] for machine in listed]
    x = alt.X(
        "at:Q", scale=alt.Scale(type="log", base=2, nice=False, padding=8),
        axis=alt.Axis(
            format="~d", values=sorted({row["at"] for row in rows}), labelOverlap="greedy",
            title="side of the tile" if varied == "tile" else "rows of the product",
        ),
    )
    y = alt.Y(
        "value:Q", scale=alt.Scale(type="log", nice=False, padding=8),
        axis=alt.Axis(
            format="~s", tickCount=5,
            title="words read and written" if quantity == "words" else "steps",
        ),
    )
    color = alt.Color("machine:N", sort=names, scale=alt.Scale(
        domain=names, range=[COLORS[each] for each in listed]
    ))
    dash = alt.StrokeDash("machine:N", sort=names, scale=alt.Scale(
        domain=names, range=[DASHES[each] for each in listed]
    ))
    shape = alt.Shape("machine:N", sort=names, scale=alt.Scale(
        domain=names, range=[SHAPES[each] for each in listed]
    ))
    base = alt.Chart(inline_data(rows)).encode(x=x, y=y, color=color)
    tooltip = [
        alt.Tooltip("machine:N"), alt.Tooltip("at:Q", title="at"),
        alt.Tooltip("value:Q", title=quantity, format=","),
    ]
    return alt.layer(
        base.mark_line(strokeWidth=2).encode(strokeDash=dash),
        base.mark_point(size=55, filled=True, opacity=1).encode(shape=shape, tooltip=tooltip),
    ).properties(
        width=PANEL_WIDTH, height=PANEL_HEIGHT,
        title=alt.TitleParams(
            f"{_quantity(quantity)} against {_against(varied)}", anchor="start", fontSize=13,
            color=MUTED, fontWeight="normal",
        ),
    )


def _rows(
    points: list[Point], varied: Varied, quantity: Quantity, machines: tuple[str, ...]
) -> list[dict[str, Any]]:
    """What is drawn; on a logarithmic scale nothing is 0."""
    found = []
    for point in points:
        if point.varied != varied:
            continue
        tiling = point.found.tiling
        at = tiling.tile_rows if varied == "tile" else tiling.rows
        for machine in machines:
            if machine == "least":
                value = point.found.work("streaming-one-unit").least
            else:
                work = point.found.work(machine)
                value = work.moved if quantity == "words" else work.steps
            if value > 0 and at > 0:
                found.append({"at": at, "value": value, "machine": NAMES[machine]})
    return found


def _description(points: list[Point], title: str) -> str:
    """The picture for those who cannot see it."""
    last = points[-1].found
    said = "; ".join(
        f"{NAMES[work.machine]}: {work.moved:,} words, {work.steps:,} steps" for work in last.works
    )
    return f"{title}. At the largest size {said}."
