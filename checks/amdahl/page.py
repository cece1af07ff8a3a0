"""The interactive page of Amdahl's law with specialised hardware.

One file that needs nothing else: the phase diagram over (s, R) with a point to drag, T(x), the best
share against R, the values, and what is proved.

*Definitions*: :func:`page`.

*Results*: ``amdahl-identity``, ``collapse``, ``optimum``, ``break-even``, ``share-not-monotone``,
``transition``, ``overclaim``, shown at the points of a plane.

*How it is done*: the values of the starting point are those of
:func:`models.amdahl.analysis.analyse`, written as text. Once the point moves, ``page.js`` computes
in double precision by a second reading of the equations, which a test compares with them in a
browser; the verdict it decides exactly. The page's policy allows this one script and this one style
by their digests, and no request at all.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

import json
import shlex
from base64 import b64encode
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from checks.catalogue import card
from checks.report.typeset import typeset
from models.amdahl import peak
from models.amdahl.analysis import Analysis, analyse
from models.amdahl.number import Real, compare, exact_text, float_text, float_value, sign, simplest
from models.errors import BadInput

LEAD = (
    r"A share $x$ of the hardware budget is specialised: $R$ times as fast on bounded work. The "
    r"rest is programmable. A share $s$ of the work grows in value with the hardware it gets, and "
    r"runs on programmable hardware only. Relative to no specialised hardware the time is"
    "\n"
    r"$T(x)=\frac{1-s}{1+(R-1)x}+\frac{s}{1-x},\quad 0\le x<1.$"
)

SAYS = {
    "amdahl-identity": r"$T(x)-1=\frac{x\,(1-R(1-s)+(R-1)x)}{(1+(R-1)x)(1-x)}$",
    "collapse": r"For $R>1$ the best share is $0$ if and only if $s\ge S_c=1-1/R$; for $s<1$ that "
    r"is $R\le R_c=1/(1-s)$.",
    "optimum": r"Otherwise, for $s>0$, it is $x^{\ast}=\frac{k-1}{k+R-1}$ with "
    r"$k=\sqrt{\frac{(1-s)(R-1)}{s}}$, and the time is "
    r"$T^{\ast}=\frac{(\sqrt{s(R-1)}+\sqrt{1-s})^2}{R}$.",
    "break-even": r"For $R>1$ a share is better than none exactly for "
    r"$0<x<\frac{R(1-s)-1}{R-1}$.",
    "transition": r"At the threshold $x^{\ast}$ is continuous and has a kink, with left slope "
    r"$-\frac{R}{2(R-1)}$ in $s$.",
    "share-not-monotone": r"The best share rises in $R$ up to $R=\frac{2}{1-\sqrt{s}}$, where it "
    r"is $\frac{1-\sqrt{s}}{1+\sqrt{s}}$, and falls beyond.",
    "overclaim": r"No $s<1$ rules specialised hardware out for every $R$: any $R>1/(1-s)$ makes "
    r"it pay.",
}
"""What the page shows of each theorem, as text with ``$…$`` mathematics."""

_VALUES = {
    "threshold": r"threshold $S_c=1-1/R$",
    "critical_ratio": r"critical ratio $R_c=1/(1-s)$",
    "allocation": r"best share $x^{\ast}$",
    "time": r"time $T^{\ast}$ there",
    "speedup": r"speed-up $1/T^{\ast}$",
    "break_even": r"break-even share",
    "peak_ratio": r"ratio with the largest best share, $2/(1-\sqrt{s})$",
    "peak_allocation": r"that largest best share",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A value: what the page calls it in its script, and for a reader; exact, and rounded."""

    name: str
    title: str
    exact: str
    decimal: str


def page(ratio: object, scalable: object) -> str:
    """The page, starting at exact R > 0 and 0 <= s <= 1.

    Raises :class:`BadInput` for numbers that are not such, and where doubles can't draw the point.
    """
    analysis = analyse(ratio, scalable)
    _require_drawable(analysis)
    start = {
        "point": {
            "ratio": float_value(analysis.ratio),
            "scalable": float_value(analysis.scalable),
            "ratioText": exact_text(analysis.ratio),
            "scalableText": exact_text(analysis.scalable),
            "collapse": analysis.collapse,
        },
        "command": command(analysis),
    }
    folder = Path(__file__).parent
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"typeset": typeset, "digest": _digest, "embedded": _embedded}
    return environment.get_template("page.html").render(
        analysis=analysis,
        start=start,
        rows=rows(analysis),
        lead=LEAD,
        theorems=[
            {"id": name, "title": card(name).title, "says": says} for name, says in SAYS.items()
        ],
        style=Markup((folder / "page.css").read_text(encoding="utf-8")),
        script=Markup((folder / "page.js").read_text(encoding="utf-8")),
    )


def command(analysis: Analysis) -> str:
    """What to type for the exact values of a point."""
    numbers = (exact_text(analysis.ratio), exact_text(analysis.scalable))
    ratio, scalable = map(shlex.quote, numbers)
    return f"jumpbound amdahl --ratio {ratio} --scalable {scalable}"


def rows(analysis: Analysis) -> list[Row]:
    """The values of a point, in the order in which they are shown."""
    values: dict[str, Real | None] = {
        "threshold": analysis.threshold,
        "critical_ratio": analysis.critical_ratio,
        "allocation": analysis.allocation,
        "time": analysis.time,
        "speedup": simplest(1 / analysis.time),
        "break_even": analysis.break_even,
        "peak_ratio": None,
        "peak_allocation": None,
    }
    if sign(analysis.scalable) > 0 and compare(analysis.scalable, Fraction(1)) < 0:
        values["peak_ratio"] = simplest(peak.peak_ratio(analysis.scalable))
        values["peak_allocation"] = simplest(peak.peak_allocation(analysis.scalable))
    return [Row(name, title, *_both(values[name])) for name, title in _VALUES.items()]


def _both(value: Real | None) -> tuple[str, str]:
    """The exact text, and ten digits; a number that does not exist is ``none``."""
    if value is None:
        return "none", "none"
    return exact_text(value), float_text(value, digits=10).replace("-", "\N{MINUS SIGN}")


def _require_drawable(analysis: Analysis) -> None:
    ratio, scalable = float_value(analysis.ratio), float_value(analysis.scalable)
    if not 1e-100 <= ratio <= 1e100:
        raise BadInput(
            "a ratio too far from 1 for the page", where="ratio",
            expected="a ratio from 1e-100 to 1e100",
        )
    end = any(compare(analysis.scalable, Fraction(number)) == 0 for number in (0, 1))
    if not end and not 1e-100 <= scalable <= 1 - 1e-9:
        raise BadInput(
            "a scalable share too close to 0 or to 1 for the page", where="scalable",
            expected="0, 1, or a share from 1e-100 to 1 - 1e-9",
        )


def _digest(text: str) -> str:
    """What a content security policy calls an inline script or style."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _embedded(data: Any) -> Markup:
    """JSON inside a script element, which it can't close."""
    return Markup(json.dumps(data, ensure_ascii=True).replace("<", r"\u003c"))
