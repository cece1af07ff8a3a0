"""Pictures of Amdahl's law with specialised hardware: the time curve and the phase map.

*Definitions*: :func:`time_chart` (T against the allocation), :func:`threshold_chart` (the critical
ratio against the scalable share); :func:`figure`, both with contours and the best share against R.

*Results*: ``collapse``, ``optimum``, ``break-even``, ``share-not-monotone``, shown at one instance.

*How it is done*: marks stand at the numbers of :func:`models.amdahl.analysis.analyse`; only their
places on the page are rounded.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

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
    styled,
    text_layer,
)
from models.amdahl import objective, peak
from models.amdahl.analysis import Analysis, analyse
from models.amdahl.number import Real, exact_text, float_text, float_value
from models.errors import BadInput

if TYPE_CHECKING:
    from checks.picture import Chart

SPECIALISE = "#DCEAF5"
COLLAPSE = "#F8E3D2"

_SAMPLES = 240
_MINUS = "\N{MINUS SIGN}"
_LIMIT = f"1/(1 {_MINUS} s)"


def time_chart(ratio: object, scalable: object) -> Chart:
    """T(R,s,x) over the share x of specialised hardware, for exact R > 0 and 0 <= s <= 1.

    The line T = 1 is no specialised hardware at all; the optimum and break-even are marked where
    they exist. T grows without bound as x tends to 1 (for s > 0), so the vertical axis ends a
    little above 1; where the gain sits at small x, the horizontal axis ends early too.
    """
    answers = analyse(ratio, scalable)
    return styled(
        _time_layers(answers),
        title="Is specialised hardware worth its share of the budget?",
        subtitle=[
            f"efficiency ratio R {_equals(answers.ratio)}, "
            f"scalable share s {_equals(answers.scalable)}, "
            f"threshold 1 {_MINUS} 1/R {_equals(answers.threshold)}: "
            + ("collapse" if answers.collapse else "specialise"),
        ],
        description=f"Time against the share of specialised hardware. {answers.note}",
    )


def _time_layers(answers: Analysis) -> list[Any]:
    import altair as alt

    right = _right_end(answers)
    low, high = _time_range(answers)
    x = alt.X(
        "x:Q",
        title="share x of the budget spent on specialised hardware",
        scale=alt.Scale(domain=[0, right], nice=False),
        axis=alt.Axis(tickCount=10, format="~g", labelFlush=False),
    )
    y = alt.Y(
        "T:Q",
        title="time T, relative to no specialised hardware",
        scale=alt.Scale(domain=[low, high], nice=False, zero=False),
    )
    curve = (
        alt.Chart(inline_data(_time_samples(answers, right, high)))
        .mark_line(color=CURVE, strokeWidth=2.5, clip=True)
        .encode(x=x, y=y, order=alt.Order("x:Q"))
    )
    level = (
        alt.Chart(inline_data([{"T": 1.0}]))
        .mark_rule(color=MUTED, strokeDash=[5, 4], strokeWidth=1.2)
        .encode(y=y)
    )
    layers: list[Any] = [level, curve]

    def text(at: float, height: float, words: str, **style: Any) -> None:
        layers.append(text_layer({"x": at, "T": height}, words, x=x, y=y, **style))

    def point(at: float, height: float, name: str, **style: Any) -> None:
        row = {"x": at, "T": height, "point": name}
        mark = alt.Chart(inline_data([row])).mark_point(size=110, opacity=1, strokeWidth=2, **style)
        tooltip = [
            alt.Tooltip("point:N", title="point"),
            alt.Tooltip("x:Q", title="x", format=".6g"),
            alt.Tooltip("T:Q", title="T", format=".6g"),
        ]
        layers.append(mark.encode(x=x, y=y, tooltip=tooltip))

    none = "T = 1: no specialised hardware"
    if answers.collapse:
        text(right, 1.0, none, color=MUTED, align="right", dx=-6, dy=13)
        point(0.0, 1.0, "optimum", shape="circle", color=BEST, filled=True)
        words = "every x is optimal" if _flat(answers) else "optimum x* = 0, T* = 1"
        text(0.0, 1.0, words, color=BEST, dx=10, dy=16, weight="bold")
    else:
        even = None if answers.break_even is None else float_value(answers.break_even)
        if even is None or even / right > 0.36:
            text(0.0, 1.0, none, color=MUTED, dx=8, dy=-9)
        else:  # the curve crosses the free place on the left, and has left the picture on the right
            text(right, 1.0, none, color=MUTED, align="right", dx=-6, dy=-9)
        best = float_value(answers.time)
        drop = 18 if (best - low) / (high - low) > 0.1 else -16
        if answers.allocation is None:
            point(1.0, best, "infimum", shape="circle", color=BEST, filled=False, fill="white")
            words = f"T tends to 1/R {_equals(answers.time)}, not attained"
            text(1.0, best, words, color=BEST, align="right", dx=-10, dy=drop, weight="bold")
        else:
            at = float_value(answers.allocation)
            words = f"optimum x* {_equals(answers.allocation)}, T* {_equals(answers.time)}"
            if answers.break_even is not None and _tiny(answers):
                words = (
                    f"optimum x* {_equals(answers.allocation)}, "
                    f"break-even x {_equals(answers.break_even)}"
                )
            point(at, best, "optimum", shape="circle", color=BEST, filled=True)
            align, shift = "center", 0
            if at / right < 0.25:
                align, shift = "left", -4 if at / right > 0.02 else 8
            elif at / right > 0.75:
                align, shift = "right", 4
            text(at, best, words, color=BEST, align=align, dx=shift, dy=drop, weight="bold")
        if answers.break_even is not None and even is not None and not _tiny(answers):
            point(even, 1.0, "break-even", shape="diamond", color=EVEN, filled=True)
            words = f"break-even x {_equals(answers.break_even)}"
            if even / right <= 0.7:  # the curve leaves upwards: below it, to the right, is free
                text(even, 1.0, words, color=EVEN, dx=10, dy=16, weight="bold")
            else:
                text(even, 1.0, words, color=EVEN, align="right", dx=-10, dy=-12, weight="bold")
    return layers


def threshold_chart(ratio: object = None, scalable: object = None) -> Chart:
    """The critical ratio R_c(s) = 1/(1-s): above it hardware is specialised, below it is not.

    With both arguments their point is marked; with one alone, its line and the place where that
    meets the curve.
    """
    import altair as alt

    given_ratio = None if ratio is None else analyse(ratio, Fraction(0)).ratio
    given_scalable = None if scalable is None else analyse(Fraction(1), scalable).scalable
    level = None if given_ratio is None else float_value(given_ratio)
    share = None if given_scalable is None else float_value(given_scalable)
    crossing = _crossing(level, share)
    bottom, top = _ratio_range(level, None if crossing is None else crossing[1])
    x = alt.X(
        "s:Q",
        title="scalable share s of the work",
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(tickCount=10, format="~g", labelFlush=False),
    )
    y = _ratio_channel(bottom, top)
    border = [{**row, "bottom": bottom, "top": top} for row in _border(top)]
    layers: list[Any] = [
        *_regions(border, x=x, y=y),
        alt.Chart(inline_data(border))
        .mark_line(color=CURVE, strokeWidth=2.5, clip=True)
        .encode(x=x, y=y, order=alt.Order("R:Q")),
    ]
    if level is not None and share is None:
        layers.append(_rule({"R": level}, y=y))
    if share is not None and level is None:
        layers.append(_rule({"s": share}, x=x))

    def pixel(place: tuple[float, float]) -> tuple[float, float]:
        height = math.log10(place[1] / bottom) / math.log10(top / bottom)
        return WIDTH * place[0], HEIGHT * (1 - height)

    labels = _Labels(curve=[pixel((row["s"], row["R"])) for row in border])
    if level is not None and share is None:
        labels.avoid([(WIDTH * i / 50, pixel((0, level))[1]) for i in range(51)])
    if share is not None and level is None:
        labels.avoid([(WIDTH * share, HEIGHT * i / 50) for i in range(51)])

    subtitle = "Collapse: the best share x of specialised hardware is 0. Specialise: it is more."
    marked, words, shape = crossing, "", "diamond"
    if given_ratio is not None and given_scalable is not None and share is not None:
        answers = analyse(given_ratio, given_scalable)
        here = f"R {_equals(given_ratio)}, s {_equals(given_scalable)}"
        marked, words, shape = (share, float_value(given_ratio)), here, "circle"
        limit = answers.critical_ratio
        edge = f"{_LIMIT} = ∞" if limit is None else f"{_LIMIT} {_equals(limit)}"
        subtitle = (
            f"{here}: collapse, R is not above {edge}"
            if answers.collapse
            else f"{here}: specialise, R is above {edge}"
        )
    elif given_ratio is not None:
        subtitle = f"R {_equals(given_ratio)}: collapse, whatever the scalable share"
        if crossing is not None:
            words = f"s {_equals(analyse(given_ratio, Fraction(0)).threshold)}"
            subtitle = f"R {_equals(given_ratio)}: collapse from {words} on"
    elif given_scalable is not None:
        subtitle = f"s {_equals(given_scalable)}: collapse, whatever the ratio"
        limit = analyse(Fraction(1), given_scalable).critical_ratio
        if limit is not None:
            words = f"R {_equals(limit)}"
            subtitle = f"s {_equals(given_scalable)}: specialise only beyond {words}"

    def write(lines: list[str], places: list[_Place], *, margin: int, **style: Any) -> None:
        place = labels.put(lines, places, size=style.get("size", 13), margin=margin)
        row = {"across": place.across, "down": place.down}
        plain_x = alt.X("across:Q", scale=None, axis=None)
        plain_y = alt.Y("down:Q", scale=None, axis=None)
        layers.append(text_layer(row, lines, x=plain_x, y=plain_y, align=place.align, **style))

    if marked is not None:
        mark = alt.Chart(inline_data([{"s": marked[0], "R": marked[1]}])).mark_point(
            size=120, shape=shape, color=BEST, filled=True, opacity=1, stroke="white", strokeWidth=1
        )
        tooltip = [alt.Tooltip("s:Q", format=".6g"), alt.Tooltip("R:Q", format=".6g")]
        layers.append(mark.encode(x=x, y=y, tooltip=tooltip))
        across, down = pixel(marked)
        labels.avoid([(across, down)])
        around = [
            _Place(across + side * 11, down + shift, "left" if side > 0 else "right")
            for shift in (-11, 13, -22, 24, -33, 35)
            for side in (1, -1)
        ]
        # At the right edge the margin is the place that the curve never reaches.
        if marked[0] > 0.9:  # the curve fills the right edge; the margin is free
            around.append(_Place(WIDTH + 11, down, "left"))
        write([words], around, margin=5, color=BEST, weight="bold")

    def region(shares: Sequence[float], align: Literal["left", "right"], side: int) -> list[_Place]:
        """Places above (1) or below (-1) the curve, the preferred ones first."""
        found = []
        for across in shares:
            edge = pixel((across, 1 / (1 - across)))[1]
            steps = sorted(range(1, 20), key=lambda i: abs(i - 4) if side > 0 else abs(i - 18))
            downs = [HEIGHT * i / 20 for i in steps]
            found += [_Place(WIDTH * across, d, align) for d in downs if side * (edge - d) > 0]
        return found

    write(
        ["specialise", f"R > {_LIMIT}"],
        region((0.12, 0.3, 0.5), "left", 1),
        margin=24,
        color="#0B4F7D",
        size=15,
    )
    write(
        ["collapse", f"R ≤ {_LIMIT}"],
        region((0.96, 0.9, 0.8, 0.6), "right", -1),
        margin=12,
        color="#8A3B00",
        size=15,
    )
    return styled(
        layers,
        title="When does specialised hardware collapse?",
        subtitle=[subtitle],
        description=f"The critical ratio 1/(1-s) against the scalable share s. {subtitle}",
    )


def figure(ratio: object, scalable: object) -> Any:
    """Three panels for exact R > 0 and 0 <= s <= 1: the phase diagram over (s, R) with contours of
    x* and T* and the point in it; T over the share; the best share over R, with its peak.
    """
    import altair as alt

    answers = analyse(ratio, scalable)
    bottom, top = _ratio_range(float_value(answers.ratio))
    word = "collapse" if answers.collapse else "specialise"
    phase = alt.layer(*_phase_layers(answers, bottom, top)).properties(
        width=500, height=522,
        title=heading("When it pays: best share x* (blue), time T* (green, dashed)", size=14),
    )
    time = alt.layer(*_time_layers(answers)).properties(
        width=560, height=190, title=heading("The time", size=14)
    )
    best = alt.layer(*_share_layers(answers, bottom, top)).properties(
        width=560, height=190,
        title=heading(f"The best share by the ratio, at s {_equals(answers.scalable)}", size=14),
    )
    subtitle = (
        f"efficiency ratio R {_equals(answers.ratio)}, scalable share s "
        f"{_equals(answers.scalable)}, threshold 1 {_MINUS} 1/R "
        f"{_equals(answers.threshold)}: {word}"
    )
    whole = alt.hconcat(phase, alt.vconcat(time, best, spacing=34), spacing=44).properties(
        title=heading("Is specialised hardware worth its share of the budget?", [subtitle]),
        description=f"Phase diagram, time, and best share against the ratio. {answers.note}",
    )
    return configured(whole)


SHARE_LEVELS = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5)
TIME_LEVELS = tuple(i / 10 for i in range(1, 10))


def share_contour(ratio: float, share: float) -> float:
    """The s for which x* is ``share`` at R = ``ratio`` > 1, in double precision.

    At the optimum both parts of T change equally fast: (1-s)(R-1)(1-x)^2 = s(1+(R-1)x)^2.
    """
    rate = (1 + (ratio - 1) * share) / (1 - share)
    return 1 / (1 + rate * (rate / (ratio - 1)))


def time_contour(ratio: float, time: float) -> float:
    """The s for which T* is ``time`` at R = ``ratio`` >= 1/``time``, in double precision.

    With s = sin^2 a and 1/R = cos^2 b, T* is cos^2(b - a).
    """
    return math.sin(math.acos(math.sqrt(1 / ratio)) - math.acos(math.sqrt(time))) ** 2


def _phase_layers(answers: Analysis, bottom: float, top: float) -> list[Any]:
    import altair as alt

    x = alt.X(
        "s:Q",
        title="scalable share s of the work",
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(tickCount=10, format="~g", labelFlush=False, grid=False),
    )
    y = _ratio_channel(bottom, top)
    border = [{**row, "bottom": bottom, "top": top} for row in _border(top)]
    layers = _regions(border, x=x, y=y)

    def contour(rows: list[dict[str, float]], **style: Any) -> None:
        chart = alt.Chart(inline_data(rows)).mark_line(clip=True, strokeWidth=1.2, **style)
        layers.append(chart.encode(x=x, y=y, order=alt.Order("R:Q")))

    def write(share: float, ratio: float, words: str, **style: Any) -> None:
        layers.append(text_layer({"s": share, "R": ratio}, words, x=x, y=y, **style))

    for level in TIME_LEVELS:
        reached = [ratio for ratio in _ratios(top) if ratio * level >= 1]
        contour(
            [{"s": time_contour(ratio, level), "R": ratio} for ratio in reached],
            color=EVEN, strokeDash=[5, 4],
        )
        if reached:
            share = time_contour(top, level)
            write(share, top, f"{level:g}", color=EVEN, align="center", dy=-8, size=11)
    for level in SHARE_LEVELS:
        ratios = [ratio for ratio in _ratios(top) if ratio > 1]
        contour([{"s": share_contour(ratio, level), "R": ratio} for ratio in ratios], color=CURVE)
        share, ratio = ((1 - level) / (1 + level)) ** 2, (1 + level) / level  # furthest right
        if ratio < top / 1.5:
            write(share, ratio, f"{level:g}", color=CURVE, align="right", dx=-3, size=11)
    layers.append(
        alt.Chart(inline_data(border))
        .mark_line(color=INK, strokeWidth=2.5, clip=True)
        .encode(x=x, y=y, order=alt.Order("R:Q"))
    )
    write(0.98, bottom, "collapse", color="#8A3B00", align="right", dy=-34, size=15, weight="bold")
    write(0.98, bottom, f"R ≤ {_LIMIT}", color="#8A3B00", align="right", dy=-14)
    place = {"s": float_value(answers.scalable), "R": float_value(answers.ratio)}
    mark = alt.Chart(inline_data([place])).mark_point(
        size=130, shape="circle", color=BEST, filled=True, opacity=1, stroke="white", strokeWidth=1
    )
    layers.append(mark.encode(x=x, y=y))
    return layers


def _share_layers(answers: Analysis, bottom: float, top: float) -> list[Any]:
    """The best share over R; for s = 0 there is none for R > 1, and for s = 1 it is 0."""
    import altair as alt

    scalable = answers.scalable
    share = float_value(scalable)
    inner = 0 < share < 1
    ratio_at = float_value(peak.peak_ratio(scalable)) if inner else 1.0
    most = float_value(peak.peak_allocation(scalable)) if inner else 1.0
    if ratio_at < 1e280:
        top = max(top, 10.0 ** math.ceil(math.log10(ratio_at) + 0.8))
    axis = alt.X(
        "R:Q",
        title="efficiency ratio R (log scale)",
        scale=alt.Scale(type="log", domain=[bottom, top], nice=False),
        axis=_ratio_axis(bottom, top),
    )
    height = alt.Y(
        "x:Q",
        title="best share x*",
        scale=alt.Scale(domain=[0, 1.25 * most], nice=False),
        axis=alt.Axis(tickCount=5, format="~g"),
    )
    ratios = [bottom, *_ratios(top if share > 0 else 1.0), ratio_at]
    curve = [{"R": ratio, "x": _best_share(ratio, share)} for ratio in sorted(set(ratios))]
    layers: list[Any] = [
        alt.Chart(inline_data(curve))
        .mark_line(color=CURVE, strokeWidth=2.5, clip=True)
        .encode(x=axis, y=height, order=alt.Order("R:Q"))
    ]

    def point(ratio: float, at: float, **style: Any) -> None:
        mark = alt.Chart(inline_data([{"R": ratio, "x": at}])).mark_point(
            size=110, filled=True, opacity=1, **style
        )
        layers.append(mark.encode(x=axis, y=height))

    def write(ratio: float, at: float, words: str, color: str, **style: Any) -> None:
        layers.append(
            text_layer({"R": ratio, "x": at}, words, x=axis, y=height, color=color, **style)
        )

    middle = math.sqrt(bottom * top)
    if inner:
        point(ratio_at, most, color=EVEN, shape="diamond")
        left = math.log10(ratio_at / bottom) < 0.5 * math.log10(top / bottom)
        style = {"align": "left", "dx": 10} if left else {"align": "right", "dx": -10}
        found = f"peak x* {_equals(peak.peak_allocation(scalable))}"
        words = f"{found} at R {_equals(peak.peak_ratio(scalable))}"
        write(ratio_at, most, words, EVEN, dy=-13, weight="bold", **style)
    else:
        words = "no best share for R > 1: every further share gains" if share == 0 else "x* = 0"
        write(middle, most / 2, words, MUTED, align="center")
    if answers.allocation is not None:
        point(float_value(answers.ratio), float_value(answers.allocation), color=BEST)
    return layers


def _best_share(ratio: float, share: float) -> float:
    """x* for the curve, in double precision."""
    if ratio <= 1 or ratio * (1 - share) <= 1:
        return 0.0
    balance = math.sqrt((1 - share) / share) * math.sqrt(ratio - 1)
    return max(0.0, (balance - 1) / (balance + ratio - 1))


def _ratios(top: float) -> list[float]:
    """Ratios from 1 to the top, evenly on the logarithmic axis."""
    return [10 ** (math.log10(top) * i / _SAMPLES) for i in range(_SAMPLES + 1)]


def _equals(number: Real) -> str:
    """``= 1/6`` if the exact text is short, otherwise rounded: ``≈ 0.1547``."""
    text = exact_text(number)
    if len(text) <= 7 and "sqrt" not in text:
        return f"= {text.replace('-', _MINUS)}"
    digits = 4
    while digits < 16 and float_text(number, digits=digits) in ("0", "1"):
        digits += 1  # a number in between is not shown as one of the ends
    return f"≈ {float_text(number, digits=digits).replace('-', _MINUS)}"


def _flat(answers: Analysis) -> bool:
    """T is 1 everywhere: R = 1 and s = 0."""
    return answers.ratio == Fraction(1) and answers.scalable == Fraction(0)


def _tiny(answers: Analysis) -> bool:
    """The gain is too small to be drawn: with room for it, no axis label could tell it from 0."""
    return not answers.collapse and 1 - float_value(answers.time) < 1e-9


def _right_end(answers: Analysis) -> float:
    """1, or less where all that is worth seeing happens at small allocations."""
    if answers.break_even is None or _tiny(answers):
        return 1.0
    even = float_value(answers.break_even)
    return 1.0 if even > 0.2 else min(1.0, 3.5 * even)


def _time_range(answers: Analysis) -> tuple[float, float]:
    if answers.collapse or _tiny(answers):
        return 0.6, 2.2
    gain = 1 - float_value(answers.time)
    return max(0.0, 1 - 1.35 * gain), 1 + 0.75 * gain


def _time_samples(answers: Analysis, right: float, high: float) -> list[dict[str, float]]:
    """Points of the curve: evenly over the axis, and ever closer towards its two ends."""
    ratio, scalable = _near(answers.ratio), _near(answers.scalable)
    even = [right * i / _SAMPLES for i in range(_SAMPLES + 1)]
    close = [right * 10 ** (-i / 8) for i in range(12, 72)]
    places = sorted({*even, *close, *(1 - d for d in close if right == 1.0)})
    for number in (answers.allocation, answers.break_even):
        if number is not None:
            places.append(float_value(number))
    rows = []
    for place in sorted(set(places)):
        if place < 1:
            height = float_value(objective.time(ratio, scalable, Fraction(place)))
            rows.append({"x": place, "T": min(height, 2 * high)})
    return rows


def _near(number: Real) -> Fraction:
    return number if isinstance(number, Fraction) else Fraction(float_value(number))


def _border(top: float) -> list[dict[str, float]]:
    """Points of R_c, evenly on the logarithmic axis from 1 to its top."""
    return [{"s": 1 - 1 / ratio, "R": ratio} for ratio in _ratios(top)]


def _ratio_range(*ratios: float | None) -> tuple[float, float]:
    """Whole decades that hold 1, 100 and the given ratios, with some room on both sides."""
    known = [ratio for ratio in ratios if ratio is not None]
    if not all(1e-290 < ratio < 1e290 for ratio in known):
        raise BadInput("a ratio too far from 1 to draw", expected="a ratio from 1e-290 to 1e290")
    top = max([2, *(math.ceil(math.log10(ratio) + 0.1) for ratio in known)])
    bottom = min([0, *(math.floor(math.log10(r) - 0.1) for r in known if r < 1)])
    # Each region keeps a part of the picture that its name fits in.
    return 10.0 ** min(bottom, -((top - 2) // 4)), 10.0 ** max(top, -bottom // 3)


def _ratio_channel(bottom: float, top: float) -> Any:
    """R upwards, on a logarithmic axis."""
    import altair as alt

    return alt.Y(
        "R:Q",
        title="efficiency ratio R of specialised hardware (log scale)",
        scale=alt.Scale(type="log", domain=[bottom, top], nice=False),
        axis=_ratio_axis(bottom, top),
    )


def _regions(border: list[dict[str, float]], *, x: Any, y: Any) -> list[Any]:
    """The two sides of R_c: collapse below, specialise above."""
    import altair as alt

    area = alt.Chart(inline_data([*border, {**border[-1], "s": 1.0, "R": border[-1]["top"]}]))
    return [
        area.mark_area(color=COLLAPSE, clip=True).encode(x=x, y=y, y2="bottom:Q"),
        area.mark_area(color=SPECIALISE, clip=True).encode(x=x, y=y, y2="top:Q"),
    ]


def _ratio_axis(bottom: float, top: float) -> Any:
    import altair as alt

    low, high = round(math.log10(bottom)), round(math.log10(top))
    if high - low <= 3:
        values = [m * 10.0**e for e in range(low, high) for m in (1, 2, 5)] + [10.0**high]
    else:
        step = math.ceil((high - low) / 10)
        values = [10.0**e for e in range(low, high + 1) if e % step == 0]
    if low >= -6 and high <= 7:
        return alt.Axis(values=values, format=",")
    return alt.Axis(values=values, labelExpr="'10^' + format(log(datum.value) / LN10, '.0f')")


def _crossing(level: float | None, share: float | None) -> tuple[float, float] | None:
    """Where the line of the one given number meets R_c, if it does."""
    if level is not None and share is None and level >= 1:
        return 1 - 1 / level, level
    if share is not None and level is None and share < 1:
        return share, 1 / (1 - share)
    return None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a text begins or ends: pixels from the left and from the top of the plot."""

    across: float
    down: float
    align: Literal["left", "right"]


class _Labels:
    """Finds places for texts, off the curve, off all marks and off each other."""

    def __init__(self, *, curve: Iterable[tuple[float, float]]) -> None:
        self.taken = list(curve)

    def avoid(self, places: Iterable[tuple[float, float]]) -> None:
        self.taken += places

    def put(
        self, lines: Sequence[str], places: Sequence[_Place], *, size: int, margin: int
    ) -> _Place:
        """The first place whose box is free, or the one with least in it; it is then taken."""
        width, height = max(map(len, lines)) * size * 0.56, len(lines) * (size + 4)

        def box(place: _Place) -> tuple[float, float, float, float]:
            left = place.across - (width if place.align == "right" else 0)
            return left, left + width, place.down - height / 2, place.down + height / 2

        def trouble(place: _Place) -> int:
            left, right, above, below = box(place)
            inside = (left >= 0 and right <= WIDTH) or left > WIDTH
            count = sum(
                left - margin <= across <= right + margin
                and above - margin / 2 <= down <= below + margin / 2
                for across, down in self.taken
            )
            return count + (0 if inside and above >= 4 and below <= HEIGHT - 4 else 1000)

        best = min(places, key=trouble)
        left, right, above, below = box(best)
        self.taken += [
            (left + (right - left) * i / 10, above + (below - above) * j / 4)
            for i in range(11)
            for j in range(5)
        ]
        return best


def _rule(row: dict[str, float], **channels: Any) -> Any:
    import altair as alt

    return (
        alt.Chart(inline_data([row]))
        .mark_rule(color=MUTED, strokeDash=[5, 4], strokeWidth=1.2)
        .encode(**channels)
    )
