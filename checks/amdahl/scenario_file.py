"""Scenario files: TOML, read into :class:`models.amdahl.scenario.Scenario`.

*Definitions*: :func:`read_scenario`.

A file has a ``title``, one or more ``[[workload]]`` and ``[[hardware]]`` tables, and, where
something changes from year to year, a ``[horizon]``. Each workload and each option says, as
``assumption`` or as ``source``, where its numbers are from. Numbers and keys are those of
:mod:`checks.toml_file`.

*References*: TOML 1.0.0.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from checks.toml_file import TomlTable, named, read_number, read_table, written
from models.amdahl.horizon import MOST_SPEED, MOST_YEARS, Yearly, yearly
from models.amdahl.number import parse_number, short_text
from models.amdahl.problem import check_exponent, refuse_slow
from models.amdahl.scenario import Hardware, Scenario, WorkClass, Workload
from models.errors import BadInput

_WORKLOAD = ("name", "scalable", "scalable_by_year", "work", "migrate", "exponent", "assumption",
             "source")
_HARDWARE = ("name", "ratio", "ratio_by_year", "catch_up", "gamma", "assumption", "source")


def read_scenario(file: Path) -> Scenario:
    """Read a scenario file. Raises :class:`BadInput`, with file, table and key, for anything that
    is not one."""
    whole = read_table(file)
    whole.only("title", "description", "workload", "hardware", "horizon")
    workloads = named(whole.tables("workload"), _workload)
    hardware = named(whole.tables("hardware"), _hardware)
    for key, found in (("workload", workloads), ("hardware", hardware)):
        if not found:
            whole.fail(f"no {key}", f"at least one table [[{key}]]")
    first, years = _horizon(whole, workloads, hardware)
    scenario = Scenario(
        whole.text("title"), whole.text("description", needed=False), workloads, hardware, first,
        years,
    )
    for workload in workloads:
        for option in hardware:
            try:
                scenario.frontier(workload, option)
            except BadInput as error:
                raise BadInput(
                    error.what, where=f"{file}: {workload.name} on {option.name}: {error.where}",
                    expected=error.expected,
                ) from error
    return scenario


def _workload(table: TomlTable, name: str) -> Workload:
    table.only(*_WORKLOAD)
    key = table.one_of("scalable", "scalable_by_year", "work")
    migration = table.number("migrate", high=MOST_SPEED, default=Fraction(0))
    classes: tuple[WorkClass, ...] = ()
    scalable: Fraction | Yearly
    if key == "scalable":
        scalable = table.number(key, high=1)
    elif key == "scalable_by_year":
        _alone(table, key, "migrate")
        scalable = _by_year(table, key, rising=True)
        for value in scalable.values:
            if not 0 <= value <= 1:
                table.fail(short_text(value), "shares from 0 to 1", key)
    else:
        classes = named(table.tables(key), _class)
        total = sum((each.weight for each in classes), Fraction(0))
        if total != 1:
            table.fail(f"weights that add up to {short_text(total)}", "a sum of 1", key)
        scalable = sum((each.weight for each in classes if each.scalable), Fraction(0))
    exponent = Fraction(1)
    if "exponent" in table.values:
        exponent = check_exponent(table.number("exponent"), name=table.where("exponent"))
    return Workload(name, scalable, migration, table.basis(), classes, exponent)


def _class(table: TomlTable, name: str) -> WorkClass:
    table.only("name", "weight", "scalable")
    scalable = table.values.get("scalable", False)
    if not isinstance(scalable, bool):
        table.fail(written(scalable), "true or false", "scalable")
    return WorkClass(name, table.number("weight", high=1), scalable)


def _hardware(table: TomlTable, name: str) -> Hardware:
    table.only(*_HARDWARE)
    key = table.one_of("ratio", "ratio_by_year")
    catch_up = table.number("catch_up", high=MOST_SPEED, default=Fraction(0))
    ratio: Fraction | Yearly
    if key == "ratio":
        ratio = table.number(key, above=True)
        refuse_slow(ratio, table.where(key))  # a table of years may fall below 1 later
    else:
        _alone(table, key, "catch_up")
        ratio = _by_year(table, key, rising=False)
        if ratio.values[-1] <= 0:
            table.fail(short_text(ratio.values[-1]), "ratios greater than 0", key)
    return Hardware(
        name, ratio, catch_up, table.basis(), table.number("gamma", default=Fraction(0))
    )


def _alone(table: TomlTable, key: str, speed: str) -> None:
    if speed in table.values:
        table.fail(f"{key} and {speed}", "one of them: both say what changes", speed)


def _horizon(
    whole: TomlTable, workloads: Iterable[Workload], hardware: Iterable[Hardware]
) -> tuple[Fraction, Fraction | None]:
    """The first year, and the number of years if there are any."""
    moving = any(isinstance(w.scalable, Yearly) or w.migration for w in workloads) or any(
        isinstance(h.ratio, Yearly) or h.catch_up for h in hardware
    )
    if "horizon" not in whole.values:
        if moving:
            whole.fail(
                "numbers that change from year to year, and no horizon",
                "a table [horizon] with from and years",
            )
        return Fraction(0), None
    values = whole.values["horizon"]
    if not isinstance(values, dict):
        whole.fail("horizon is not a table", "a table [horizon] with from and years")
    table = TomlTable(whole.file, "[horizon]", values)
    table.only("from", "years")
    for key, used in (
        ("exponent", any(workload.exponent != 1 for workload in workloads)),
        ("gamma", any(option.gamma for option in hardware)),
    ):
        if used:
            table.fail(
                f"a horizon, and {key} elsewhere",
                "one of them: theorem moving-frontier is about neither exponents nor bandwidth",
            )
    years = table.number("years", low=1, high=MOST_YEARS)
    if years.denominator > 1:
        table.fail(short_text(years), "a whole number", "years")
    return table.number("from", low=-10_000, high=10_000), years


def _by_year(table: TomlTable, key: str, *, rising: bool) -> Yearly:
    """A table from years to numbers."""
    listed = table.values[key]
    if not isinstance(listed, dict):
        table.fail(written(listed), "a table such as { 2025 = 0.2, 2030 = 0.5 }", key)
    points = {
        parse_number(year, name=table.where(key)): read_number(value, table.where(f"{key}.{year}"))
        for year, value in listed.items()
    }
    if len(points) > MOST_YEARS + 1:
        table.fail(f"{len(points)} years", f"at most {MOST_YEARS + 1}", key)
    return yearly(points, name=table.where(key), rising=rising)
