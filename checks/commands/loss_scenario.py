"""``jumpbound loss --scenario FILE``: trajectories, compared.

*Definitions*: :func:`scenario_answer`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from checks.commands.loss import MOST_VALUES, Answer, given
from checks.efficiency.scenario_file import read_scenarios
from checks.efficiency.shown import Column, Sheet, plain
from models.amdahl.number import exact_text
from models.efficiency.loss import check_target, check_years, pace_note
from models.efficiency.trajectory import Scenario, Trajectory
from models.errors import BadInput

if TYPE_CHECKING:
    from checks.efficiency.shown import Cell
    from checks.picture import Chart


def scenario_answer(
    files: Sequence[Path], years: Sequence[str], targets: Sequence[str]
) -> Answer:
    """Read and compare; ``years`` and ``targets`` stand in for those of the files."""
    scenario = read_scenarios(files)
    if targets:
        scenario = replace(scenario, targets=tuple(
            check_target(value, where="--target") for value in given("--target", targets)
        ))
    moments = [check_years(value, where="--years") for value in given("--years", years)]
    for each in scenario.trajectories:
        for moment in moments:
            if moment > each.years:
                raise BadInput(
                    f"{plain(moment)} years", where="--years",
                    expected=f"at most {plain(each.years)}, the years of {each.name!r:.60}",
                )

    def sheet(digits: int) -> Sheet:
        return _sheet(scenario, moments, digits)

    def chart() -> Chart:
        from checks.efficiency.plot import scenario_chart

        return scenario_chart(scenario)

    rates = {period.gamma for each in scenario.trajectories for period in each.periods}
    return Answer(
        (scenario.title, *(f"  {line}" for line in scenario.description.splitlines())),
        sheet,
        chart,
        {
            "title": scenario.title,
            "targets": [exact_text(target) for target in scenario.targets],
            "trajectories": [
                {
                    "name": each.name, "kappa": exact_text(each.kappa), "basis": each.basis,
                    "periods": [
                        {
                            "years": exact_text(p.years), "gamma": exact_text(p.gamma),
                            "power": None if p.power is None else exact_text(p.power),
                            "growth": exact_text(p.growth),
                        }
                        for p in each.periods
                    ],
                }
                for each in scenario.trajectories
            ],
        },
        (
            "Where the numbers are from:",
            *(
                f"  {each.name}, κ = {plain(each.kappa)}: {each.basis}"
                for each in scenario.trajectories
            ),
            *filter(None, map(pace_note, sorted(rates))),
        ),
    )


def _sheet(scenario: Scenario, moments: Sequence[Fraction], digits: int) -> Sheet:
    """The borders of periods, or the moments that are asked for; then the targets."""
    rows: list[tuple[Cell, ...]] = []
    for each in scenario.trajectories:
        for moment in moments or _moments(each):
            found = each.point(moment, digits=digits)
            rows.append((
                each.name, "", moment, found.efficiency, found.power, found.compute,
                found.relative_loss,
            ))
        for target in scenario.targets:
            reached = each.time_to(target, digits=digits)
            rows.append((each.name, f"loss {plain(target)}", reached, None, None, None, target))
    if len(rows) > 10 * MOST_VALUES:
        raise BadInput(f"{len(rows)} rows", expected=f"at most {10 * MOST_VALUES}")
    return Sheet(
        (
            Column("trajectory", "trajectory", enclosed=False, align="left"),
            Column("target", "target", enclosed=False, align="left"),
            Column("years", "years", missing="not reached"),
            Column("efficiency", "efficiency", missing=""),
            Column("power", "power", missing=""), Column("compute", "compute", missing=""),
            Column("relative_loss", "relative loss R"),
        ),
        tuple(rows),
    )


def _moments(trajectory: Trajectory) -> list[Fraction]:
    """The borders of periods; whole years too where there are few."""
    starts = trajectory.starts
    if len(starts) > 3 or trajectory.years > 30:
        return list(starts)
    middles = [(first + last) / 2 for first, last in pairwise(starts)]
    return sorted({*starts, *middles})
