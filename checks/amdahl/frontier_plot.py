"""Pictures of the moving frontier and of scenarios.

*Definitions*: :func:`horizon_chart` (the advantage R(t)(1-s(t)) over the years, one line for each
pair of a workload and an option), :func:`scenario_chart` (that, or without years the pairs on the
map of shares and ratios).

*Results*: ``moving-frontier`` and ``collapse``, shown.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from checks.amdahl.shown import verdict
from checks.picture import (
    BEST,
    HEIGHT,
    INK,
    MUTED,
    WIDTH,
    color_scale,
    dash_scale,
    few_lines,
    inline_data,
    legend_below,
    logarithmic,
    styled,
    text_layer,
)
from models.amdahl.horizon import Horizon
from models.amdahl.number import exact_text, float_value
from models.amdahl.scenario import Comparison

if TYPE_CHECKING:
    from checks.picture import Chart

_SAMPLES = 240
_LOWEST = 0.02
_MARK = 90
_CLOSE = 9
"""The area of a mark, and the distance at which one covers another, in pixels."""

_MINUS = "\N{MINUS SIGN}"


def horizon_chart(horizons: Mapping[str, Horizon], *, title: str) -> Chart:
    """The advantage over the years, by name; where a line comes down to 1, its year is marked.

    Raises :class:`BadInput` for more lines than can be told apart.
    """
    import altair as alt

    few_lines(len(horizons))
    names = list(horizons)
    rows = [row for name, found in horizons.items() for row in _samples(name, found)]
    first = min(row["year"] for row in rows)
    last = max(row["year"] for row in rows)
    ends, ticks = logarithmic(
        min(0.8, *(row["advantage"] for row in rows)),
        max(1.25, *(row["advantage"] for row in rows)) * 1.05,
    )
    x = alt.X(
        "year:Q", title="year", scale=alt.Scale(domain=[first, last], nice=False),
        axis=alt.Axis(
            format="~r", values=_year_ticks(first, last), labelOverlap="greedy", labelSeparation=6
        ),
    )
    y = alt.Y(
        "advantage:Q", title=f"advantage R(t)(1 {_MINUS} s(t)), logarithmic",
        scale=alt.Scale(type="log", domain=ends, nice=False),
        axis=alt.Axis(format="~g", values=ticks),
    )
    legend = legend_below(names) if len(names) > 1 else None
    color = alt.Color(
        "name:N", title=None, sort=names,
        scale=color_scale(names),
        legend=legend,
    )
    dash = alt.StrokeDash(
        "name:N", title=None, sort=names, legend=legend,
        scale=dash_scale(names),
    )
    level = (
        alt.Chart(inline_data([{"advantage": 1.0}]))
        .mark_rule(color=MUTED, strokeDash=[5, 4], strokeWidth=1.2).encode(y=y)
    )
    lines = (
        alt.Chart(inline_data(rows)).mark_line(strokeWidth=2.5, clip=True)
        .encode(x=x, y=y, color=color, strokeDash=dash)
    )
    layers: list[Any] = [level, lines, *_first_values(horizons, ends, x=x, y=y)]
    crossings: list[dict[str, Any]] = [
        {"name": name, "year": _middle(found), "advantage": 1.0, "at": found.crossing.text(7)}
        for name, found in horizons.items()
        if found.verdict == "crosses" and found.crossing is not None
    ]
    if crossings:
        marks = alt.Chart(inline_data(crossings)).mark_point(
            shape="diamond", size=110, filled=True, opacity=1
        )
        tooltip = [
            alt.Tooltip("name:N", title="pair"), alt.Tooltip("at:N", title="stops paying in")
        ]
        layers.append(marks.encode(x=x, y=y, color=color, tooltip=tooltip))
    for row in crossings if len(horizons) == 1 else ():
        at = float(row["year"])
        right = at > (first + last) / 2
        layers.append(text_layer(
            {"year": at, "advantage": 1.0}, f"stops paying in {row['at']}", x=x, y=y,
            color=BEST, align="right" if right else "left", dx=-10 if right else 10,
            dy=16 if right else -14, weight="bold",
        ))
    return styled(
        layers, title=title,
        subtitle=[
            "Above 1 specialised hardware pays; at 1 and below it, none is best.",
            "The laws by which ratio and scalable share change are assumptions.",
        ],
        description=f"{title}: " + "; ".join(
            f"{name}: {found.sentence()}" for name, found in horizons.items()
        ),
    )


def scenario_chart(comparison: Comparison) -> Chart:
    """The picture of a comparison: over the years if it has some, or else on the map."""
    found = {
        f"{cell.workload.name} on {cell.option.name}": cell.horizon
        for cell in comparison.cells if cell.horizon is not None
    }
    if found:
        return horizon_chart(found, title=comparison.scenario.title)
    return _map(comparison)


def _map(comparison: Comparison) -> Chart:
    """The pairs on the plane of scalable share and ratio, with the threshold between the verdicts.
    """
    import altair as alt

    few_lines(len(comparison.cells))
    points = _places(comparison)
    ends, ticks = logarithmic(
        min(0.8, *(row["R"] for row in points)) / 1.1,
        max(10.0, *(row["R"] for row in points)) * 1.2,
    )
    x = alt.X(
        "s:Q", title="value-scalable share s of the work",
        scale=alt.Scale(domain=[0, 1], nice=False),
    )
    y = alt.Y(
        "R:Q", title="efficiency ratio R, logarithmic",
        scale=alt.Scale(type="log", domain=ends, nice=False),
        axis=alt.Axis(format="~g", values=ticks),
    )
    exponents = sorted({w.exponent for w in comparison.scenario.workloads} - {Fraction(1)})
    curves = []
    for a in (Fraction(1), *exponents):
        border = [
            {"s": s, "R": 1 + float(a) * s / (1 - s)}
            for s in (i / _SAMPLES for i in range(_SAMPLES))
        ]
        line = alt.Chart(inline_data(border)).mark_line(
            color=MUTED, strokeWidth=2, clip=True, strokeDash=[1, 0] if a == 1 else [5, 4]
        )
        curves.append(line.encode(x=x, y=y, order=alt.Order("s:Q")))
    words = [
        text_layer({"s": 0.02, "R": ends[1]}, "specialise", x=x, y=y, color=MUTED, dy=14),
        text_layer(
            {"s": 0.98, "R": ends[0]}, "collapse: none is best", x=x, y=y, color=MUTED,
            align="right", dy=-14,
        ),
    ]
    return styled(
        [*curves, *words, *_marks(points, comparison, ends, x=x, y=y)],
        title=comparison.scenario.title,
        subtitle=[
            f"Above the curve R = 1/(1 {_MINUS} s) a share of specialised hardware pays.",
            *(
                [
                    f"Dashed, for workloads with an exponent: R = 1 + a s/(1 {_MINUS} s), a = "
                    + ", ".join(map(exact_text, exponents)) + "."
                ]
                if exponents else []
            ),
            *(
                ["A ring around a mark is one more pair at that place."]
                if any(_ring(points, i, ends) for i in range(len(points))) else []
            ),
        ],
        description=f"{comparison.scenario.title}: " + "; ".join(
            f"{row['workload']} on {row['hardware']}: {row['verdict']}" for row in points
        ),
    )


def _places(comparison: Comparison) -> list[dict[str, Any]]:
    """Where each pair is on the map."""
    return [
        {
            "s": float_value(cell.scalable), "R": float_value(cell.ratio),
            "workload": cell.workload.name, "hardware": cell.option.name,
            "verdict": verdict(cell.collapse),
        }
        for cell in comparison.cells
    ]


def _ring(points: list[dict[str, Any]], place: int, ends: list[float]) -> int:
    """How many pairs before this one its mark would cover."""
    here = points[place]
    unit = math.log(ends[1] / ends[0])
    return sum(
        math.hypot(
            WIDTH * (here["s"] - other["s"]), HEIGHT * math.log(here["R"] / other["R"]) / unit
        ) < _CLOSE
        for other in points[:place]
    )


def _marks(
    points: list[dict[str, Any]], comparison: Comparison, ends: list[float], *, x: Any, y: Any
) -> list[Any]:
    """A mark for each pair; one that would cover others is drawn around them."""
    import altair as alt

    names = [w.name for w in comparison.scenario.workloads]
    options = [h.name for h in comparison.scenario.hardware]
    rings = [_ring(points, i, ends) for i in range(len(points))]
    color = alt.Color(
        "workload:N", sort=names, scale=color_scale(names),
        legend=legend_below(names, title="workload"),
    )
    shape = alt.Shape(
        "hardware:N", sort=options, scale=alt.Scale(domain=options),
        legend=legend_below(options, title="hardware"),
    )
    layers = []
    for ring in sorted(set(rings)):
        rows = [row for row, of in zip(points, rings, strict=True) if of == ring]
        mark = alt.Chart(inline_data(rows)).mark_point(
            size=_MARK * (1 + 1.1 * ring) ** 2, filled=not ring, opacity=1, strokeWidth=2
        )
        layers.append(mark.encode(
            x=x, y=y, color=color, shape=shape,
            tooltip=[alt.Tooltip(f"{name}:N") for name in ("workload", "hardware", "verdict")],
        ))
    return layers


def _year_ticks(first: float, last: float) -> list[float]:
    """The first year, and whole years after it: at most thirteen."""
    step = max(1, math.ceil((last - first) / 12))
    whole = range(math.floor(first) + step, math.floor(last) + 1, step)
    return [first, *map(float, whole)]


def _first_values(
    horizons: Mapping[str, Horizon], ends: list[float], *, x: Any, y: Any
) -> list[Any]:
    """The advantages of the first year, written where the lines begin, if they are far apart."""
    unit = math.log(ends[1] / ends[0]) / HEIGHT
    written: list[float] = []
    layers = []
    for found in horizons.values():
        given = found.frontier
        advantage = given.advantage(given.first).near()
        height = max(advantage, _LOWEST)
        if all(abs(math.log(height / other)) > 17 * unit for other in written):
            written.append(height)
            layers.append(text_layer(
                {"year": float(given.first), "advantage": height}, f"{advantage:.3g}", x=x, y=y,
                color=INK, dx=6, dy=-10 if height < ends[1] * math.exp(-20 * unit) else 14,
            ))
    return layers


def _samples(name: str, found: Horizon) -> list[dict[str, Any]]:
    """Points of a line; where the advantage is too small to draw, it has left the picture."""
    given = found.frontier
    rows: list[dict[str, Any]] = []
    for i in range(_SAMPLES + 1):
        year = given.first + (given.last - given.first) * Fraction(i, _SAMPLES)
        height = given.advantage(year).near()
        if height >= _LOWEST or not rows:
            rows.append({
                "name": name, "year": float(year), "advantage": max(height, _LOWEST),
            })
    return rows


def _middle(found: Horizon) -> float:
    assert found.crossing is not None
    return float(found.crossing.middle)
