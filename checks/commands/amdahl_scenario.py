"""``jumpbound amdahl --scenario FILE``: several workloads and hardware options, compared.

*Definitions*: :func:`run_scenario`.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import fill

from checks.amdahl.scenario_file import read_scenario
from checks.amdahl.shown import verdict
from checks.commands.common import require_places, tell_places
from checks.display.blocks import Align, Table
from checks.files import csv_text, write_whole
from models.amdahl.enclosure import Number
from models.amdahl.horizon import Yearly
from models.amdahl.number import Real, exact_text, float_text
from models.amdahl.scenario import Cell, Comparison, Hardware, Workload, compare_all

COLUMNS = (
    "workload", "hardware", "R", "s", "threshold", "verdict", "x*", "T*", "break-even",
)
WIDTH = 100


def run_scenario(file: Path, *, plot: Path | None, table: Path | None, as_json: bool) -> None:
    """Read, compare, write what is asked for, and print."""
    require_places(plot, table)
    found = compare_all(read_scenario(file))
    years = found.scenario.years is not None
    if plot is not None:
        from checks.amdahl.frontier_plot import scenario_chart
        from checks.picture import save_chart

        save_chart(scenario_chart(found), plot, fluid=True)
    if table is not None:
        names = (*COLUMNS, *(["stops paying"] if years else []))
        write_whole(table, csv_text(names, (_row(cell, exact=True) for cell in found.cells)))
    if as_json:
        from checks.cli import emit

        emit(found.to_json())
    else:
        _print_comparison(found)
        tell_places(plot, table, len(found.cells))


def _print_comparison(found: Comparison) -> None:
    """The comparison for a reader, and what its numbers are."""
    scenario = found.scenario
    print(scenario.title)
    if scenario.description:
        print(fill(scenario.description, WIDTH, initial_indent="  ", subsequent_indent="  "))
    years = scenario.years
    if years is not None:
        first, last = exact_text(scenario.first), exact_text(scenario.first + years)
        print(f"\nYears {first} to {last}; the columns from R to break-even are those of {first}.")
    align: list[tuple[str, Align]] = [
        (name, "left" if name in ("workload", "hardware", "verdict") else "right")
        for name in COLUMNS
    ]
    if years is not None:
        align.append(("stops paying", "left"))
    print(f"\n{Table(align, [_row(cell) for cell in found.cells]).text()}")
    print("\nWhere the numbers are from:")
    described: list[Workload | Hardware] = [*scenario.workloads, *scenario.hardware]
    for each in described:
        said = f"{each.name}, {_law(each)}: {each.basis}"
        print(fill(said, WIDTH, initial_indent="  ", subsequent_indent="    "))
    if years is not None:
        print("  How ratios and shares go on from year to year is an assumption, too.")


def _law(of: Workload | Hardware) -> str:
    """The numbers of a workload or an option, in words."""
    if isinstance(of, Workload):
        value, speed, name, moves = of.scalable, of.migration, "s", "the bounded share halves"
    else:
        value, speed, name, moves = of.ratio, of.catch_up, "R", "it halves"
    if isinstance(value, Yearly):
        listed = ", ".join(
            f"{exact_text(share)} in {exact_text(year)}"
            for year, share in zip(value.years, value.values, strict=True)
        )
        return f"{name} = {listed}, linear between"
    parts = ""
    if isinstance(of, Workload) and of.classes:
        parts = " (" + ", ".join(
            f"{each.name} {exact_text(each.weight)}{', scalable' if each.scalable else ''}"
            for each in of.classes
        ) + ")"
    later = f", {moves} {exact_text(speed)} times a year" if speed else ""
    if isinstance(of, Workload):
        variant = f", a = {exact_text(of.exponent)}" if of.exponent != 1 else ""
    else:
        variant = f", γ = {exact_text(of.gamma)}" if of.gamma else ""
    return f"{name} = {exact_text(value)}{parts}{variant}{later}"


def _row(cell: Cell, *, exact: bool = False) -> list[str]:
    def real(value: Real | None) -> str:
        if value is None:
            return "none"
        return exact_text(value) if exact else float_text(value)

    def shown(value: Number | None) -> str:
        if value is None:
            return "none"
        if value.exact is not None:
            return real(value.exact)
        return value.enclosure.text(12 if exact else 6)

    share, time, even = cell.best
    row = [
        cell.workload.name, cell.option.name, real(cell.ratio), real(cell.scalable),
        real(cell.threshold), verdict(cell.collapse),
        shown(share), shown(time), shown(even),
    ]
    horizon = cell.horizon
    if horizon is not None:
        year = "" if horizon.crossing is None else horizon.crossing.text(15 if exact else 8)
        said = {
            "already": "already collapsed", "crosses": year,
            "never": "never within the horizon",
        }
        row.append(said[horizon.verdict])
    return row
