"""Pictures: their colours, their layout, and the files and pages that they are written to.

*Definitions*: :func:`inline_data`, :func:`text_layer`, :func:`styled`, :func:`heading`,
:func:`configured`, :func:`color_scale`, :func:`dash_scale`, :func:`few_lines`, parts of a chart;
:func:`require_picture`, :func:`save_chart`, :func:`svg`.

Altair is loaded when the first chart is made.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from checks.files import write_whole
from models.errors import BadInput

if TYPE_CHECKING:
    import altair

    Chart: TypeAlias = altair.LayerChart

WIDTH, HEIGHT = 620, 360
SUFFIXES = (".html", ".png", ".svg")

# Okabe and Ito's palette, which colour-blind readers can tell apart; marks differ in shape too.
CURVE = "#0072B2"
BEST = "#D55E00"
EVEN = "#007A5A"
INK = "#222222"
MUTED = "#5F6368"
COLORS = (CURVE, BEST, EVEN, "#CC79A7", "#56B4E9", "#E69F00", "#B5A700", INK)
DASHES = ((1, 0), (6, 3), (2, 2), (8, 3, 2, 3))

MOST_LINES = len(COLORS) * len(DASHES)


def inline_data(rows: Sequence[dict[str, Any]]) -> Any:
    """Rows, as the chart itself holds them."""
    import altair as alt

    return alt.InlineData(values=list(rows))


def text_layer(
    row: dict[str, float],
    words: str | Sequence[str],
    *,
    x: Any,
    y: Any,
    color: str,
    align: str = "left",
    dx: float = 0,
    dy: float = 0,
    size: int = 13,
    weight: str = "normal",
) -> Any:
    """A layer with words at the place of a row, pixels off it; lines one under the other."""
    import altair as alt

    lines = [words] if isinstance(words, str) else list(words)
    style: dict[str, Any] = {
        "color": color,
        "align": align,
        "baseline": "middle",
        "dx": dx,
        "dy": dy - (len(lines) - 1) * (size + 4) / 2,
        "fontSize": size,
        "fontWeight": weight,
        "lineHeight": size + 4,
        "text": lines,
    }
    return alt.Chart(inline_data([row])).mark_text(**style).encode(x=x, y=y)


def color_scale(names: Sequence[str]) -> Any:
    """A colour for each name; with more names than colours they come again."""
    import altair as alt

    return alt.Scale(
        domain=list(names), range=[COLORS[i % len(COLORS)] for i in range(len(names))]
    )


def dash_scale(names: Sequence[str]) -> Any:
    """A kind of line for each name, another one where colours come again."""
    import altair as alt

    dashes = [list(DASHES[i // len(COLORS) % len(DASHES)]) for i in range(len(names))]
    return alt.Scale(domain=list(names), range=dashes)


def few_lines(count: int) -> None:
    """Refuse more lines than can be told apart."""
    if count > MOST_LINES:
        raise BadInput(
            f"{count} pairs in one picture", expected=f"at most {MOST_LINES}, or --table alone"
        )


def styled(layers: Sequence[Any], *, title: str, subtitle: list[str], description: str) -> Chart:
    """The layers as one chart, with a heading; ``description`` is for those who cannot see it."""
    import altair as alt

    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, description=description)
    whole: Chart = configured(chart.properties(title=heading(title, subtitle)))
    return whole


def heading(title: str, subtitle: list[str] | None = None, *, size: int = 16) -> Any:
    """A title above a chart or a part of one, with lines under it."""
    import altair as alt

    return alt.TitleParams(
        text=title,
        subtitle=alt.Undefined if subtitle is None else subtitle,
        anchor="start",
        frame="group",
        fontSize=size,
        fontWeight="bold",
        color=INK,
        subtitleFontSize=13,
        subtitleColor=MUTED,
        subtitlePadding=5,
        offset=14,
    )


def configured(chart: Any) -> Any:
    """The chart, in the fonts and colours that all have."""
    return (
        chart.configure(background="white", font="Helvetica, Arial, sans-serif", padding=14)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK,
            titleColor=INK,
            titleFontWeight="normal",
            labelFontSize=12,
            titleFontSize=13,
            titlePadding=10,
            gridColor="#E6E8EB",
            domainColor="#9AA0A6",
            tickColor="#9AA0A6",
        )
    )


def require_picture(path: Path) -> None:
    """Refuse a path that names no picture in an existing folder, before what is drawn is computed.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise BadInput(
            f"no picture format for the suffix {suffix!r}" if suffix else "no suffix",
            where=str(path),
            expected=f"a file name that ends in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}",
        )
    if not path.parent.is_dir() or path.is_dir():
        raise BadInput("cannot write", where=str(path), expected="a file in an existing folder")


def save_chart(chart: Chart, path: str | Path) -> Path:
    """Write the chart as ``.svg``, ``.png`` or ``.html``, whichever the path says.

    The page needs no network: its scripts are inside. The file appears complete or not at all.
    Raises :class:`BadInput` for another suffix and for a place that cannot be written.
    """
    target = Path(path)
    require_picture(target)
    content = {".html": _html, ".png": _png, ".svg": _svg_file}[target.suffix.lower()](chart)
    write_whole(target, content)
    return target


def svg(chart: Chart, *, prefix: str | None = None) -> str:
    """The chart as an ``<svg>`` element for a page.

    Element ids start with ``prefix``, by default a digest of the picture, so several charts can
    stand in one page.
    """
    buffer = io.StringIO()
    chart.save(buffer, format="svg")
    text = buffer.getvalue()
    text = text[text.index("<svg") :].strip()
    # Vega counts ids on through a whole process; counted from 0 the same chart is the same text.
    ids = {name: str(i) for i, name in enumerate(re.findall(r'\bid="([^"]+)"', text))}
    if ids:
        named = "|".join(map(re.escape, sorted(ids, key=len, reverse=True)))
        reference = re.compile(rf'(\bid="|url\(#|href="#)({named})(?=["\)])')
        text = reference.sub(lambda found: f"{found[1]}@-{ids[found[2]]}", text)
        if prefix is None:
            prefix = "chart-" + hashlib.sha256(text.encode()).hexdigest()[:12]
        text = re.sub(r'(\bid="|url\(#|href="#)@-', rf"\g<1>{prefix}-", text)
    description = chart.to_dict(validate=False).get("description", "")
    label = f'<svg role="img" aria-label="{escape(description)}"'
    return text.replace("<svg", label, 1)


def _svg_file(chart: Chart) -> bytes:
    return (svg(chart) + "\n").encode()


def _png(chart: Chart) -> bytes:
    buffer = io.BytesIO()
    chart.save(buffer, format="png", scale_factor=2)
    return buffer.getvalue()


def _html(chart: Chart) -> bytes:
    buffer = io.StringIO()
    # The editor is a web site: a page that needs no network does not offer it.
    actions = {"export": True, "source": True, "compiled": False, "editor": False}
    chart.save(buffer, format="html", inline=True, embed_options={"actions": actions})
    title = escape(chart.to_dict(validate=False)["title"]["text"])
    page = buffer.getvalue().replace("<head>", f"<head>\n  <title>{title}</title>", 1)
    return page.encode()
