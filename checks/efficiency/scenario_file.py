"""Scenario files of ``jumpbound loss``, TOML.

They are read as :class:`models.efficiency.trajectory.Scenario`.

*Definitions*: :func:`read_scenarios`.

A file has a ``title``, an exponent ``kappa``, perhaps ``targets`` (relative losses), and one or
more ``[[trajectory]]`` tables. A trajectory has a ``name``, says as ``assumption`` or as ``source``
where its numbers are from, and has ``[[trajectory.period]]`` tables with ``years``, ``gamma``
(doublings of efficiency a year), and perhaps ``power`` (the fleet's, relative to that at the
beginning) and ``growth`` (its doublings a year). Without ``power`` it goes on from the period
before. Numbers and keys are those of :mod:`checks.toml_file`.

*References*: 'The Race to Efficiency', arXiv 2501.02156.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from checks.toml_file import TomlTable, named, read_number, read_table, written
from models.amdahl.number import short_text
from models.efficiency.loss import check_kappa, check_target
from models.efficiency.trajectory import MOST_PERIODS, Period, Scenario, Trajectory
from models.errors import BadInput

MOST_YEARS = 1000
MOST_RATE = 100
"""The most years of a period, and the most doublings in one of them."""


def read_scenarios(files: Sequence[Path]) -> Scenario:
    """Read scenario files as one scenario, in their order.

    Raises :class:`BadInput`, with file, table and key, for anything that is not one, and if a name
    comes twice.
    """
    found = [_scenario(file) for file in files]
    trajectories: dict[str, Trajectory] = {}
    for file, scenario in zip(files, found, strict=True):
        for each in scenario.trajectories:
            if each.name in trajectories:
                raise BadInput(
                    f"a second one named {each.name!r:.60}", where=str(file),
                    expected="a name of its own",
                )
            trajectories[each.name] = each
    targets = dict.fromkeys(target for scenario in found for target in scenario.targets)
    return Scenario(
        "; ".join(scenario.title for scenario in found),
        "\n".join(scenario.description for scenario in found if scenario.description),
        tuple(trajectories.values()),
        tuple(sorted(targets, reverse=True)),
    )


def _scenario(file: Path) -> Scenario:
    whole = read_table(file)
    whole.only("title", "description", "kappa", "targets", "trajectory")
    title = whole.text("title")
    kappa = check_kappa(whole.number("kappa", above=True), where=whole.where("kappa"))
    listed = whole.values.get("targets", [])
    if not isinstance(listed, list):
        whole.fail(written(listed), "a list such as [0.9, 0.8]", "targets")
    if len(listed) > MOST_PERIODS:
        whole.fail(f"{len(listed)} targets", f"at most {MOST_PERIODS}", "targets")
    targets = tuple(
        check_target(read_number(value, whole.where("targets")), where=whole.where("targets"))
        for value in listed
    )

    def trajectory(table: TomlTable, name: str) -> Trajectory:
        table.only("name", "assumption", "source", "period")
        periods = _periods(table)
        return Trajectory(name, kappa, periods, table.basis())

    tables = whole.tables("trajectory")
    if not tables:
        whole.fail("no trajectory", "at least one table [[trajectory]]")
    return Scenario(
        title, whole.text("description", needed=False), named(tables, trajectory), targets
    )


def _periods(table: TomlTable) -> tuple[Period, ...]:
    found: list[Period] = []
    for each in table.tables("period"):
        each.only("years", "gamma", "power", "growth")
        years = each.number("years", above=True, high=MOST_YEARS)
        power = each.number("power", above=True) if "power" in each.values else None
        found.append(Period(
            years, each.number("gamma", high=MOST_RATE), power,
            each.number("growth", high=MOST_RATE, default=Fraction(0)),
        ))
    if not found:
        table.fail("no period", "at least one table [[trajectory.period]]")
    first = found[0].power
    if first is not None and first != 1:
        table.fail(
            f"power {short_text(first)} in the first period",
            "1 there: power is relative to the beginning", "power",
        )
    return tuple(found)
