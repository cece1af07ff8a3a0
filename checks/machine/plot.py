"""Pictures of tables of the bounded jump.

*Definitions*: :func:`loops_chart`, the share of programs that loop, by size and oracle.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from checks.picture import BEST, CURVE, EVEN, inline_data, styled

if TYPE_CHECKING:
    from checks.machine.jump import JumpTable
    from checks.picture import Chart

HEIGHT = 240

# With those of the other pictures, from Okabe and Ito's palette; all differ in lightness too.
COLOURS = ("#9AA0A6", BEST, CURVE, "#E69F00", EVEN, "#CC79A7")


def loops_chart(tables: Sequence[JumpTable]) -> Chart:
    """The share of programs that loop on their own code, by size, side by side for each oracle."""
    import altair as alt

    # What cannot be printed, such as a line separator, cannot stand in Vega's expressions either.
    oracles = [
        "".join(letter if letter.isprintable() else "?" for letter in table.oracle.spec)
        for table in tables
    ]
    rows = [
        {"size": size, "share": part.loops / part.programs, "oracle": oracle}
        for oracle, table in zip(oracles, tables, strict=True)
        for size, part in enumerate(table.by_size, start=1)
    ]
    bars = (
        alt.Chart(inline_data(rows))
        .mark_bar()
        .encode(
            x=alt.X("size:O", title="size of the program", axis=alt.Axis(labelAngle=0)),
            xOffset=alt.XOffset("oracle:N", scale=alt.Scale(domain=oracles)),
            y=alt.Y("share:Q", title="share that loops", axis=alt.Axis(format=".0%", tickCount=5)),
            color=alt.Color(
                "oracle:N",
                scale=alt.Scale(domain=oracles, range=list(COLOURS)),
                legend=alt.Legend(
                    orient="top", title="oracle", titleOrient="left", titleFontWeight="normal",
                    titleFontSize=13, labelFontSize=12, symbolType="square", columnPadding=16,
                ),
            ),
        )
    )
    said = "; ".join(
        f"{oracle}: " + ", ".join(f"{part.loops / part.programs:.1%}" for part in table.by_size)
        for oracle, table in zip(oracles, tables, strict=True)
    )
    return styled(
        [bars],
        title="How many programs loop on their own code?",
        subtitle=[],
        description=f"Share of programs that loop, for sizes from 1 on. {said}",
    ).properties(height=HEIGHT)
