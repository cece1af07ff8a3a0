"""``jumpbound loss --fit FILE``: κ, and γ where time is given, from measured losses.

*Definitions*: :func:`run_fit`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from checks.commands.common import tell_places
from checks.display.blocks import Align, Table
from checks.efficiency.data_file import read_measured
from checks.files import csv_text, write_whole
from models.amdahl.number import float_value, parse_number
from models.efficiency.fit import Estimate, Fit, fit
from models.errors import BadInput

MOST_SHOWN = 40
"""Rows of residuals for a reader; all are in ``--table`` and ``--json``."""


def run_fit(
    file: Path, level: str | None, *, plot: Path | None, table: Path | None, as_json: bool
) -> None:
    """Read, fit, write what is asked for, and print. Exit code 1 if the data can't tell κ."""
    share = 0.95 if level is None else float_value(parse_number(level, name="--level"))
    if not 0.5 <= share <= 0.9999:
        raise BadInput(f"the level {level}", where="--level", expected="0.5 to 0.9999")
    found = fit(read_measured(file), level=share)
    if plot is not None:
        from checks.efficiency.plot import fit_chart
        from checks.picture import save_chart

        save_chart(fit_chart(found), plot)
    if table is not None:
        write_whole(table, csv_text([*_columns(found), *_NAMES], _rows(found, 15)))
    if as_json:
        from checks.cli import emit

        emit(fit_json(found))
    else:
        print(_text(found))
        tell_places(plot, table, len(found.measured.loss))
    if found.verdict != "fitted":
        raise typer.Exit(1)


_NAMES = ("loss", "fitted", "residual")


def _columns(found: Fit) -> list[str]:
    given = {"years": found.measured.years, "compute": found.measured.compute}
    return [name for name, values in given.items() if values is not None]


def _rows(found: Fit, digits: int) -> list[list[str]]:
    data = found.measured
    given = [values for values in (data.years, data.compute) if values is not None]
    rows = []
    for index, loss in enumerate(data.loss):
        numbers: list[float | None] = [*(values[index] for values in given), loss]
        if found.residuals:
            numbers += [found.fitted[index], found.residuals[index]]
        else:
            numbers += [None, None]
        rows.append(["" if each is None else f"{each:.{digits}g}" for each in numbers])
    return rows


def fit_json(found: Fit) -> dict[str, Any]:
    """Plain data: estimates as ``{"value", "low", "high"}``, open ends null."""

    def estimate(value: Estimate | None) -> dict[str, float | None] | None:
        if value is None:
            return None
        return {"value": value.value, "low": value.low, "high": value.high}

    return {
        "verdict": found.verdict, "reasons": list(found.reasons), "method": found.method,
        "level": found.level, "points": len(found.measured.loss),
        "kappa": estimate(found.kappa), "gamma": estimate(found.gamma), "log_scale": found.scale,
        "spread": found.spread, "fitted": list(found.fitted), "residuals": list(found.residuals),
    }


def _text(found: Fit) -> str:
    lines = [
        "the data can't tell" if found.verdict != "fitted" else "fitted", "",
        f"  {len(found.measured.loss)} points; {100 * found.level:.6g} % intervals: {found.method}",
    ]
    for name, value in (("κ", found.kappa), ("γ", found.gamma)):
        if value is not None:
            lines.append(f"  {name}  {value.value:.6g}, {_interval(value)}")
    if found.spread is not None:
        lines.append(f"  residuals of log loss: standard deviation {found.spread:.3g}")
    if found.reasons:
        lines += ["", *(f"  {reason}" for reason in found.reasons)]
    if found.residuals:
        align: list[tuple[str, Align]] = [
            (name, "right") for name in (*_columns(found), *_NAMES)
        ]
        rows = _rows(found, 5)
        lines += ["", Table(align, rows[:MOST_SHOWN]).text()]
        if len(rows) > MOST_SHOWN:
            lines.append(f"… {len(rows) - MOST_SHOWN:,} more rows with --table or --json")
    lines += [
        "", "Estimates, not enclosures: they hold if log losses scatter about the law",
        "independently and normally, all as much.",
    ]
    return "\n".join(lines)


def _interval(value: Estimate) -> str:
    low = "open" if value.low is None else f"{value.low:.6g}"
    high = "open" if value.high is None else f"{value.high:.6g}"
    if value.high is None:
        return f"at least {low}"
    return f"between {low} and {high}"
