"""``jumpbound amdahl --horizon``: the year in which specialised hardware stops paying.

*Definitions*: :func:`run_horizon`.
"""

from __future__ import annotations

from pathlib import Path

from checks.amdahl.shown import verdict
from checks.commands.common import require_places, tell_places
from checks.display.blocks import Align, Table
from checks.files import csv_text, write_whole
from models.amdahl.enclosure import Interval
from models.amdahl.horizon import Horizon, Year
from models.amdahl.number import exact_text
from models.errors import BadInput

COLUMNS = (
    "year", "R(t)", "s(t)", "threshold", "R(t)(1-s(t))", "x*(t)", "T*(t)", "verdict",
)


def run_horizon(
    ratio: str | None,
    scalable: str | None,
    horizon: str,
    catch_up: str | None,
    migrate: str | None,
    first: str | None,
    *,
    plot: Path | None,
    table: Path | None,
    as_json: bool,
) -> None:
    """Answer for exponential laws, as the options say."""
    from checks.commands.amdahl import given_number
    from models.amdahl.horizon import frontier
    from models.amdahl.horizon import horizon as years_of
    from models.amdahl.number import parse_number
    from models.amdahl.problem import refuse_slow

    if ratio is None or scalable is None:
        raise BadInput(
            f"no {'--ratio' if ratio is None else '--scalable'}", where="--horizon",
            expected="--ratio and --scalable too",
        )
    for option, text in (("--ratio", ratio), ("--scalable", scalable)):
        if ".." in text:
            raise BadInput("an interval beside --horizon", where=option, expected="one number")
    years = parse_number(horizon, name="--horizon")
    if years.denominator > 1:
        raise BadInput(exact_text(years), where="--horizon", expected="a whole number of years")
    start = parse_number(ratio, name="--ratio")
    refuse_slow(start, "--ratio")
    values = {
        "catch_up": given_number(catch_up, "--catch-up", default=0),
        "migration": given_number(migrate, "--migrate", default=0),
        "first": given_number(first, "--from", default=0),
    }
    share = parse_number(scalable, name="--scalable")
    try:
        given = frontier(start, share, years=years, **values)
    except BadInput as error:  # the model's names are those of the options
        raise BadInput(error.what, where=f"--{error.where}", expected=error.expected) from error
    require_places(plot, table)
    found = years_of(given)
    if plot is not None:
        from checks.amdahl.frontier_plot import horizon_chart
        from checks.picture import save_chart

        chart = horizon_chart(
            {"advantage": found}, title="When does specialised hardware stop paying?"
        )
        save_chart(chart, plot, fluid=True)
    if table is not None:
        rows = (_cells(year, digits=12) for year in found.years)
        write_whole(table, csv_text(COLUMNS, rows))
    if as_json:
        from checks.cli import emit

        emit(found.to_json())
        return
    print(f"{found.sentence()}\n")
    print("  R(t) = R 2^(-γt) and 1-s(t) = (1-s) 2^(-μt), t years from the first: assumptions")
    if found.crossing is not None:
        low, high = found.crossing.decimals(12)
        between = f"exactly {low}" if low == high else f"between {low} and {high}"
        print(f"  R(t)(1-s(t)) = 1 in year {between}")
    print(f"\n{_years_table(found)}")
    tell_places(plot, table, len(found.years))


def _years_table(found: Horizon) -> str:
    """The years as a table for a reader."""
    align: list[tuple[str, Align]] = [
        (name, "left" if name == "verdict" else "right") for name in COLUMNS
    ]
    return Table(align, [_cells(year) for year in found.years]).text()


def _cells(year: Year, digits: int = 6) -> list[str]:
    def text(value: Interval | None) -> str:
        return "none" if value is None else value.text(digits)

    return [
        exact_text(year.year), text(year.ratio), text(year.scalable), text(year.threshold),
        text(year.advantage), text(year.allocation), text(year.time),
        verdict(year.collapse),
    ]
