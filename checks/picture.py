"""Pictures: their colours, their layout, and the files and pages that they are written to.

*Definitions*: :func:`inline_data`, :func:`text_layer`, :func:`styled`, :func:`heading`,
:func:`configured`, :func:`color_scale`, :func:`dash_scale`, :func:`few_lines`,
:func:`legend_below`, :func:`logarithmic`, parts of a chart; :func:`require_picture`,
:func:`save_chart`, :func:`svg`.

Altair is loaded when the first chart is made.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import re
import textwrap
from collections.abc import Sequence
from functools import cache
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

    return _uncopied(alt.InlineData)(values=list(rows))


@cache
def _uncopied(data: type[Any]) -> type[Any]:
    """Data of which all copies of a chart have the same: there is a copy for each way in which
    charts are put together, and nobody changes their data."""
    return type(data.__name__, (data,), {"__deepcopy__": lambda self, _: self})


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


LONGEST_NAME = 40
"""A name in a legend is broken into lines of so many characters: one fits on a telephone."""


def legend_below(names: Sequence[str], *, title: str | None = None) -> Any:
    """A legend under the picture that has the names in full, in as many columns as fit."""
    import altair as alt

    lines = {name: textwrap.wrap(name, LONGEST_NAME) or [name] for name in names}
    widest = max(len(line) for wrapped in lines.values() for line in wrapped)
    columns = f"max(1, min({len(names)}, 4, floor(width / {7 * widest + 34})))"
    return alt.Legend(
        orient="bottom", title=title, labelLimit=0, symbolStrokeWidth=2, rowPadding=5,
        # The number of columns follows the width, which a page takes from its window.
        columns=alt.ExprRef(columns),
        labelExpr=f"{json.dumps(lines)}[datum.label]",
    )


def logarithmic(low: float, high: float) -> tuple[list[float], list[float]]:
    """The ends and the ticks of a logarithmic axis that holds two positive numbers.

    Both ends are ticks, so that what lies near an end can be read.
    """
    wide = math.log10(high / low) > 2.5
    steps = (1.0,) if math.log10(high / low) > 6 else (
        (1.0, 2.0, 5.0) if wide else (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0)
    )
    exponents = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 2)
    marks = [float(f"{step}e{exponent}") for exponent in exponents for step in steps]
    first = max(mark for mark in marks if mark <= low)
    last = min(mark for mark in marks if mark >= high)
    return [first, last], [mark for mark in marks if first <= mark <= last]


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


def save_chart(chart: Chart, path: str | Path, *, fluid: bool = False) -> Path:
    """Write the chart as ``.svg``, ``.png`` or ``.html``, whichever the path says.

    The page needs no network: its scripts are inside. A ``fluid`` one is as wide as its window, for
    a chart without places in pixels. The file appears complete or not at all.
    Raises :class:`BadInput` for another suffix and for a place that cannot be written.
    """
    target = Path(path)
    require_picture(target)
    suffix = target.suffix.lower()
    if suffix == ".html" and fluid:
        content = _fluid_html(chart)
    else:
        content = {".html": _html, ".png": _png, ".svg": _svg_file}[suffix](chart)
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


_FLUID = """<meta name="viewport" content="width=device-width, initial-scale=1">
  <style>
    body { margin: 0 auto; max-width: 60rem; padding: 0.75rem 0.75rem 2rem;
      background: white; color: %s; font: 0.9375rem/1.45 Helvetica, Arial, sans-serif;
      overflow-wrap: break-word; }
    h1 { margin: 0.3rem 0; font-size: 1.25rem; line-height: 1.25; }
    p { margin: 0.2rem 0; color: %s; }
    body #vis.vega-embed { display: block; width: 100%%; margin-top: 0.8rem; }
    body #vis.vega-embed.has-actions { padding-right: 0; }
  </style>"""


def _fluid_html(chart: Chart) -> bytes:
    """The page whose picture is drawn as wide as the window: its words are the page's, and wrap."""
    import altair as alt

    words = chart.to_dict(validate=False)["title"]
    picture = chart.properties(
        width="container", autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
    )
    picture.title = alt.Undefined
    head = [f"<h1>{escape(words['text'])}</h1>"]
    head += [f"<p>{escape(line)}</p>" for line in words.get("subtitle", ())]
    page = _page(picture, words["text"], renderer="svg")
    # The scripts inside contain such tags, too: only the page's own has a line to itself.
    end = "</head>\n<body>\n"
    assert page.count(end) == 1
    style = _FLUID % (INK, MUTED)
    return page.replace(end, f"  {style}\n{end}  " + "\n  ".join(head) + "\n").encode()


def _html(chart: Chart) -> bytes:
    return _page(chart, chart.to_dict(validate=False)["title"]["text"]).encode()


def _page(chart: Chart, title: str, **options: str) -> str:
    """A page with the chart, which needs no network."""
    buffer = io.StringIO()
    # The editor is a web site: a page that needs no network does not offer it.
    actions = {"export": True, "source": True, "compiled": False, "editor": False}
    chart.save(buffer, format="html", inline=True, embed_options={"actions": actions, **options})
    return buffer.getvalue().replace("<head>", f"<head>\n  <title>{escape(title)}</title>", 1)
