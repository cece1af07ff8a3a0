"""Pictures of relative loss: over the years, of targets, burdens, trajectories and fits.

*Definitions*: :func:`loss_chart` (loss against years for several rates, on a linear and on a
logarithmic axis), :func:`target_chart` (years to a target against the rate), :func:`burden_chart`,
:func:`scenario_chart`, :func:`fit_chart`.

*Results*: ``loss-monotone``, ``time-to-target``, ``burden-constant``, ``halving-time``, shown.

*How it is done*: heights are the middles of enclosures; only their places on the page are rounded.
What is too large or too small to draw is left out, never drawn elsewhere.

*References*: 'The Race to Efficiency', arXiv 2501.02156; 'The Unreasonable Effectiveness of Scaling
Laws', arXiv 2603.28507, for its figure of loss over calendar time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from checks.efficiency.shown import plain
from checks.picture import (
    BEST,
    CURVE,
    EVEN,
    MUTED,
    color_scale,
    configured,
    dash_scale,
    few_lines,
    heading,
    inline_data,
)
from models.amdahl.number import float_value
from models.efficiency import laws
from models.efficiency.enclosure import near
from models.efficiency.fit import Fit
from models.efficiency.loss import pace, pace_note, rate_needed
from models.efficiency.trajectory import Scenario, Trajectory
from models.errors import BadInput

if TYPE_CHECKING:
    from checks.picture import Chart

WIDE, HIGH = 420, 330
_SAMPLES = 160
_PLAIN = ".6~g"
_SMALLEST, _LARGEST = 1e-280, 1e280
_DIGITS = 9

Row = dict[str, Any]


def loss_chart(
    kappa: Fraction, gammas: Sequence[Fraction], years: Fraction
) -> Chart:
    """R_γ(t) from now to some years on, one line a rate; without gains compute grows linearly.

    Raises :class:`BadInput` for years or rates that can't be drawn.
    """
    few_lines(len(gammas))
    _require_span(years)
    rates = list(dict.fromkeys(gammas))
    names = [f"γ = {plain(gamma)}: {pace(gamma)}" for gamma in rates]
    rows = [
        {"name": name, "years": at, "loss": height}
        for name, gamma in zip(names, rates, strict=True)
        for at, height in _line(
            partial(near, laws.relative_loss, kappa, gamma), years
        )
    ]
    return _two_panels(
        rows, names,
        title="Relative loss over the years",
        subtitle=[
            f"R(t) = (1 + I(t))^(−κ),  κ = {plain(kappa)}; without doublings compute grows "
            "linearly.",
            *filter(None, map(pace_note, rates)),
        ],
        value="loss relative to today's",
        described=f"Relative loss for κ = {plain(kappa)} over {plain(years)} years",
    )


def target_chart(
    kappa: Fraction, targets: Sequence[Fraction], gammas: Sequence[Fraction],
    by: Fraction | None = None,
) -> Chart:
    """The years to targets against the rate, on a logarithmic axis; given rates are marked, and the
    rate that is needed by a date."""
    import altair as alt

    few_lines(len(targets))
    top = max([Fraction(4), *(gamma * Fraction(5, 4) for gamma in gammas)])
    _require_span(top)
    names = [f"loss {plain(target)}" for target in targets]

    def years(target: Fraction, rate: Fraction) -> float:
        return near(laws.time_to_target, kappa, rate, target)

    rows: list[Row] = []
    marks: list[Row] = []
    for name, target in zip(names, targets, strict=True):
        rows += [
            {"name": name, "rate": rate, "years": height}
            for rate, height in _line(partial(years, target), top)
        ]
        points = {gamma: years(target, gamma) for gamma in gammas}
        marks += [
            {"name": name, "rate": float_value(gamma), "years": height}
            for gamma, height in points.items() if _SMALLEST < height < _LARGEST
        ]
        if by is not None:
            needed = rate_needed(kappa, target, by, digits=_DIGITS).near
            if needed <= float_value(top):
                marks.append({"name": name, "rate": needed, "years": min(
                    float_value(by), years(target, Fraction(0))
                )})
    if not rows:
        raise BadInput(
            "times too long or too short to draw", expected=f"years from {_SMALLEST:g} to "
            f"{_LARGEST:g}",
        )
    low, high = _decades([row["years"] for row in (*rows, *marks)])
    x = alt.X(
        "rate:Q", title="efficiency doublings a year γ",
        scale=alt.Scale(domain=[0, float_value(top)], nice=False),
        axis=alt.Axis(format=_PLAIN, tickCount=8),
    )
    y = alt.Y(
        "years:Q", title="years to the target (log scale)",
        scale=alt.Scale(type="log", domain=[low, high], nice=False),
        axis=alt.Axis(format=_PLAIN, tickCount=6),
    )
    layers: list[Any] = [_lines(rows, names, x, y, "rate:Q")]
    if marks:
        layers.append(_marks(marks, names, x, y, [
            alt.Tooltip("name:N", title="target"), alt.Tooltip("rate:Q", title="γ", format=".4~g"),
            alt.Tooltip("years:Q", title="years", format=".6~g"),
        ]))
    if by is not None and low <= float_value(by) <= high:
        layers.append(
            alt.Chart(inline_data([{"years": float_value(by)}]))
            .mark_rule(color=MUTED, strokeDash=[5, 4]).encode(y=y)
        )
    chart = alt.layer(*layers).properties(width=620, height=360)
    return _titled(
        chart, "Years to a target, by the rate at which efficiency doubles",
        [
            f"κ = {plain(kappa)}" + ("" if by is None else f"; dashed: {plain(by)} years")
            + "; loss relative to today's",
            *filter(None, map(pace_note, gammas)),
        ],
        f"Years to a relative loss of {', '.join(map(plain, targets))} against γ",
    )


def burden_chart(
    kappa: Fraction, ratio: Fraction, gammas: Sequence[Fraction], years: Fraction
) -> Chart:
    """The physical burden r^(-1/κ) 2^(-γt) of lowering the loss by a ratio, t years on."""
    import altair as alt

    few_lines(len(gammas))
    _require_span(years)
    names = [f"γ = {plain(gamma)}: {pace(gamma)}" for gamma in gammas]
    rows: list[Row] = [
        {"name": name, "years": at, "burden": height}
        for name, gamma in zip(names, gammas, strict=True)
        for at, height in _line(
            partial(near, laws.burden, kappa, gamma, ratio), years
        )
    ]
    if not rows:
        raise BadInput("burdens too large to draw", expected=f"burdens up to {_LARGEST:g}")
    low, high = _decades([1.0, *(row["burden"] for row in rows)])
    x = _years_axis(years)
    y = alt.Y(
        "burden:Q", title="physical resource, relative to today's (log scale)",
        scale=alt.Scale(type="log", domain=[low, high], nice=False),
        axis=alt.Axis(format=_PLAIN, tickCount=6),
    )
    level = (
        alt.Chart(inline_data([{"burden": 1.0}]))
        .mark_rule(color=MUTED, strokeDash=[5, 4]).encode(y=y)
    )
    chart = alt.layer(level, _lines(rows, names, x, y, "years:Q"))
    return _titled(
        chart.properties(width=620, height=360),
        f"What it takes to lower the loss to {plain(ratio)} of what it was, later",
        [f"κ = {plain(kappa)}; at the dashed line the burden is what it was",
         *filter(None, map(pace_note, gammas))],
        f"Physical burden over {plain(years)} years for κ = {plain(kappa)}",
    )


def scenario_chart(scenario: Scenario) -> Chart:
    """The losses of trajectories over their years, with the targets that they reach marked."""
    few_lines(len(scenario.trajectories))
    names = [each.name for each in scenario.trajectories]
    rows: list[Row] = []
    marks: list[Row] = []
    for each in scenario.trajectories:
        _require_span(each.years)
        rows += [
            {"name": each.name, "years": at, "loss": height}
            for at, height in _line(
                partial(_loss_of, each), each.years
            )
        ]
        for target in scenario.targets:
            time = each.time_to(target, digits=_DIGITS)
            if time is not None:
                marks.append(
                    {"name": each.name, "years": time.near, "loss": float_value(target)}
                )
    kappas = sorted({each.kappa for each in scenario.trajectories})
    return _two_panels(
        rows, names, marks=marks, title=_cut(scenario.title),
        subtitle=[
            f"κ = {', '.join(map(plain, kappas))}; diamonds: targets. Numbers of scenarios are "
            "assumptions.",
        ],
        value="loss relative to today's",
        described=f"Relative loss of {', '.join(names)}",
    )


def fit_chart(found: Fit) -> Chart:
    """The data with the fitted law over logical compute, and the residuals under them.

    Raises :class:`BadInput` if nothing was fitted.
    """
    import altair as alt

    if found.kappa is None or not found.residuals:
        raise BadInput("nothing to draw: " + "; ".join(found.reasons), expected="data that tell")
    data = found.measured
    timed = data.compute is None
    rate = 0.0 if found.gamma is None else found.gamma.value
    logs = data.places(rate)
    fitted = [each for each in found.fitted if each is not None and _SMALLEST < each < _LARGEST]
    if max(map(abs, logs)) > math.log(_LARGEST) or len(fitted) < len(data.loss):
        raise BadInput(
            "numbers too large to draw", expected=f"numbers from {_SMALLEST:g} to {_LARGEST:g}"
        )
    places = (data.years or ()) if timed else [math.exp(each) for each in logs]
    rows = [
        {"at": at, "loss": loss, "law": law, "residual": residual}
        for at, loss, law, residual in zip(
            places, data.loss, fitted, found.residuals, strict=True
        )
    ]
    described = "compute (log scale)"
    if data.years is not None:
        described = "logical compute: compute times efficiency (log scale)"
    wide = min(places), max(places)
    domain = [wide[0], wide[1] if wide[1] > wide[0] else wide[0] * 2 + 1]
    x = alt.X(
        "at:Q", title="years" if timed else described,
        scale=alt.Scale(domain=domain, nice=False, type="linear" if timed else "log"),
        axis=alt.Axis(format=_PLAIN, tickCount=6),
    )
    heights = [*data.loss, *fitted]
    lowest, highest = min(heights), max(heights)
    margin = max((highest / lowest) ** 0.05, 1.001) if highest / lowest < 1e200 else 10.0
    scale = alt.Scale(type="log", domain=[lowest / margin, highest * margin], nice=False)
    axis = alt.Axis(format=_PLAIN, tickCount=6)
    y = alt.Y("loss:Q", title="loss (log scale)", scale=scale, axis=axis)
    points = alt.Chart(inline_data(rows)).mark_point(
        filled=True, size=70, color=CURVE, opacity=0.9
    ).encode(x=x, y=y, tooltip=[
        alt.Tooltip("at:Q", title="years" if timed else "compute"),
        alt.Tooltip("loss:Q"), alt.Tooltip("law:Q"), alt.Tooltip("residual:Q"),
    ])
    law_y = alt.Y("law:Q", title="loss (log scale)", scale=scale, axis=axis)
    law = (
        alt.Chart(inline_data(rows)).mark_line(color=BEST, strokeWidth=2)
        .encode(x=x, y=law_y, order=alt.Order("at:Q"))
    )
    upper = alt.layer(law, points).properties(width=620, height=260)
    size = max(max(map(abs, found.residuals)), 1e-12) * 1.15
    rest = alt.Y(
        "residual:Q", title="residual of log loss",
        scale=alt.Scale(domain=[-size, size], nice=False),
        axis=alt.Axis(format=".1~e" if size < 1e-3 else "~g", tickCount=5),
    )
    zero = alt.Chart(inline_data([{"residual": 0.0}])).mark_rule(color=MUTED).encode(y=rest)
    lower = alt.layer(
        zero,
        alt.Chart(inline_data(rows)).mark_point(filled=True, size=60, color=EVEN)
        .encode(x=x, y=rest),
    ).properties(width=620, height=130)
    said = [f"κ ≈ {found.kappa.value:.4g}"]
    if found.gamma is not None:
        said.append(f"γ ≈ {found.gamma.value:.4g}")
    return _titled(
        alt.vconcat(upper, lower, spacing=24), "Measured loss and the fitted law",
        [", ".join(said) + f"; {len(rows)} points; intervals at {found.level:.4g}",
         *found.reasons],
        "Measured loss, the fitted law, and residuals",
    )


# Parts


def _loss_of(trajectory: Trajectory, years: Fraction) -> float:
    return trajectory.point(years, digits=_DIGITS).relative_loss.near


def _two_panels(
    rows: list[Row], names: Sequence[str], *, title: str, subtitle: list[str], value: str,
    described: str, marks: Sequence[Row] = (),
) -> Chart:
    """Loss over years, on a linear axis and on a logarithmic one."""
    import altair as alt

    low = min([0.95, *(row["loss"] for row in rows)])
    last = max([*(row["years"] for row in rows), 0.0])
    if not rows or last == 0:
        raise BadInput("losses too small to draw", expected=f"losses from {_SMALLEST:g}")
    x = alt.X(
        "years:Q", title="years from now", scale=alt.Scale(domain=[0, last], nice=False),
        axis=alt.Axis(format=_PLAIN, tickCount=6),
    )
    linear = alt.Y(
        "loss:Q", title=value, axis=alt.Axis(format=_PLAIN, tickCount=6),
        scale=alt.Scale(domain=[0 if low < 0.4 else math.floor(low * 20) / 20, 1], nice=False),
    )
    log = alt.Y(
        "loss:Q", title=f"{value} (log scale)", axis=_log_axis(low),
        scale=alt.Scale(type="log", domain=[low * 0.97, 1], nice=False),
    )
    panels = []
    for y in (linear, log):
        layers: list[Any] = [_lines(rows, names, x, y, "years:Q")]
        if marks:
            layers.append(_marks(marks, names, x, y, [
                alt.Tooltip("name:N", title="trajectory"), alt.Tooltip("loss:Q"),
                alt.Tooltip("years:Q", format=".5~g"),
            ]))
        panels.append(alt.layer(*layers).properties(width=WIDE, height=HIGH))
    return _titled(alt.hconcat(*panels, spacing=36), title, subtitle, described)


def _titled(chart: Any, title: str, subtitle: list[str], described: str) -> Chart:
    whole: Chart = configured(chart.properties(
        title=heading(title, subtitle), description=f"{described}. {' '.join(subtitle)}"
    ))
    return whole


def _lines(rows: list[Row], names: Sequence[str], x: Any, y: Any, order: str) -> Any:
    """Lines, with places on them that tell their values in a page."""
    import altair as alt

    lines = alt.Chart(inline_data(rows)).mark_line(strokeWidth=2.5, clip=True).encode(
        x=x, y=y, order=alt.Order(order), color=_color(names),
        strokeDash=alt.StrokeDash(
            "name:N", sort=list(names), legend=None, scale=dash_scale(names)
        ),
    )
    fields = [key for key in rows[0] if key != "name"]
    places = alt.Chart(inline_data(rows[:: _SAMPLES // 16])).mark_point(
        opacity=0, size=200, clip=True
    ).encode(x=x, y=y, tooltip=[
        alt.Tooltip("name:N", title="line"),
        *(alt.Tooltip(f"{key}:Q", title=key, format=_PLAIN) for key in fields),
    ])
    return alt.layer(lines, places)


def _marks(rows: Sequence[Row], names: Sequence[str], x: Any, y: Any, tooltip: list[Any]) -> Any:
    import altair as alt

    return alt.Chart(inline_data(rows)).mark_point(
        shape="diamond", size=100, filled=True, opacity=1, clip=True
    ).encode(x=x, y=y, color=_color(names), tooltip=tooltip)


def _color(names: Sequence[str]) -> Any:
    import altair as alt

    legend = alt.Legend(orient="bottom", columns=2, labelLimit=300) if len(names) > 1 else None
    return alt.Color(
        "name:N", title=None, sort=list(names), scale=color_scale(names), legend=legend
    )


def _log_axis(low: float) -> Any:
    """An axis from a loss below 1 to 1; where that is less than a decade, with labels inside."""
    import altair as alt

    if low < 0.1:
        return alt.Axis(format=_PLAIN, tickCount=6)
    step = 20 if low > 0.6 else 10
    return alt.Axis(format=_PLAIN, values=[i / step for i in range(1, step + 1) if i / step > low])


def _years_axis(years: Fraction) -> Any:
    import altair as alt

    return alt.X(
        "years:Q", title="years from now",
        scale=alt.Scale(domain=[0, float_value(years)], nice=False),
        axis=alt.Axis(format=_PLAIN, tickCount=6),
    )


def _line(
    value: Callable[[Fraction], float], last: Fraction
) -> Iterable[tuple[float, float]]:
    """Points from 0 to the last one, closer together at the beginning; those that can be drawn."""
    for i in range(_SAMPLES + 1):
        place = last * Fraction(i, _SAMPLES) ** 2
        height = value(place)
        if _SMALLEST < height < _LARGEST:
            yield float_value(place), height


def _decades(heights: Sequence[float]) -> tuple[float, float]:
    """Whole decades around heights."""
    low, high = math.log10(min(heights)), math.log10(max(heights))
    bottom, top = math.floor(low), math.ceil(high)
    return 10.0**bottom, 10.0 ** (top if top > bottom else bottom + 1)


def _require_span(span: Fraction) -> None:
    if not Fraction(1, 10**6) <= span <= 10**9:
        raise BadInput(
            "an axis that can't be drawn", expected="years and rates from 1e-6 to 1e9 for --plot"
        )


def _cut(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:89]}…"

