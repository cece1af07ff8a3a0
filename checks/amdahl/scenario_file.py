"""Scenario files: TOML, read into :class:`models.amdahl.scenario.Scenario`.

*Definitions*: :func:`read_scenario`.

A file has a ``title``, one or more ``[[workload]]`` and ``[[hardware]]`` tables, and, where
something changes from year to year, a ``[horizon]``. Numbers are exact: TOML's own, read as the
decimals that are written, or text such as ``"5/3"``. Each workload and each option says, as
``assumption`` or as ``source``, where its numbers are from. A key that is not known is refused: a
misspelt one would be ignored.

*References*: TOML 1.0.0.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from models.amdahl.horizon import MOST_SPEED, MOST_YEARS, Yearly, yearly
from models.amdahl.number import parse_number, short_text
from models.amdahl.problem import check_exponent
from models.amdahl.scenario import Hardware, Scenario, WorkClass, Workload
from models.errors import BadInput

T = TypeVar("T")

MOST_BYTES = 1_000_000
MOST = 50
"""The most workloads, and the most options."""

_NUMBER = 'a number, such as 0.25, or text such as "1/3"'
_WORKLOAD = ("name", "scalable", "scalable_by_year", "work", "migrate", "exponent", "assumption",
             "source")
_HARDWARE = ("name", "ratio", "ratio_by_year", "catch_up", "gamma", "assumption", "source")


class _Written(str):
    """A number with a decimal point, as it is written."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of a file, with the words for its place that a message uses."""

    file: Path
    place: str
    values: Mapping[str, Any]

    def where(self, key: str = "") -> str:
        return ": ".join(part for part in (str(self.file), self.place, key) if part)

    def fail(self, what: str, expected: str, key: str = "") -> NoReturn:
        raise BadInput(what, where=self.where(key), expected=expected)

    def only(self, *keys: str) -> None:
        """Refuse other keys."""
        for key in self.values:
            if key not in keys:
                self.fail(f"unknown key {key!r:.60}", f"one of {', '.join(keys)}")

    def one_of(self, *keys: str) -> str:
        """The one of the keys that is there."""
        found = [key for key in keys if key in self.values]
        if len(found) != 1:
            named = " and ".join(found) if found else f"no {keys[0]}"
            self.fail(named, f"one of {', '.join(keys)}")
        return found[0]

    def text(self, key: str, *, needed: bool = True) -> str:
        value = self.values.get(key, None if needed else "")
        if isinstance(value, _Written) or not isinstance(value, str) or (
            needed and not value.strip()
        ):
            self.fail("missing" if value is None else f"{value!r:.60}", "a text", key)
        return " ".join(value.split())

    def number(
        self, key: str, *, low: int = 0, high: int | None = None, default: Fraction | None = None,
        above: bool = False,
    ) -> Fraction:
        """A number from ``low``, or above it, to ``high``."""
        if key not in self.values:
            if default is not None:
                return default
            self.fail("missing", _NUMBER, key)
        value = _number(self.values[key], self.where(key))
        if value < low or (above and value == low) or (high is not None and value > high):
            span = f"greater than {low}" if above else f"{low} or more"
            self.fail(
                short_text(value),
                f"a number from {low} to {high}" if high is not None else f"a number {span}", key,
            )
        return value

    def by_year(self, key: str, *, rising: bool) -> Yearly:
        """A table from years to numbers."""
        table = self.values[key]
        if not isinstance(table, dict):
            self.fail(f"{table!r:.60}", "a table such as { 2025 = 0.2, 2030 = 0.5 }", key)
        points = {
            parse_number(year, name=self.where(key)): _number(value, self.where(f"{key}.{year}"))
            for year, value in table.items()
        }
        if len(points) > MOST_YEARS + 1:
            self.fail(f"{len(points)} years", f"at most {MOST_YEARS + 1}", key)
        return yearly(points, name=self.where(key), rising=rising)

    def tables(self, key: str) -> list[_Table]:
        """The tables of a list; their names, or numbers, tell them apart."""
        listed = self.values.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
            self.fail(f"{key} is not a list of tables", f"tables that begin with [[{key}]]")
        if len(listed) > MOST:
            self.fail(f"{len(listed)} of [[{key}]]", f"at most {MOST}")
        return [
            _Table(self.file, f"{self.place}{' ' if self.place else ''}[[{key}]] {number}", row)
            for number, row in enumerate(listed, 1)
        ]

    def basis(self) -> str:
        """Where the numbers are from, or that they are assumptions."""
        said = [
            f"{word}: {self.text(key)}"
            for key, word in (("assumption", "assumption"), ("source", "source"))
            if key in self.values
        ]
        if not said:
            self.fail("no assumption and no source", "a text that says where the numbers are from")
        return "; ".join(said)


def _number(value: Any, where: str) -> Fraction:
    if isinstance(value, (int, str)) and not isinstance(value, bool):
        return parse_number(str(value), name=where)
    raise BadInput(f"{value!r:.60}", where=where, expected=_NUMBER)


def read_scenario(file: Path) -> Scenario:
    """Read a scenario file. Raises :class:`BadInput`, with file, table and key, for anything that
    is not one."""
    whole = _Table(file, "", _parsed(file))
    whole.only("title", "description", "workload", "hardware", "horizon")
    workloads = _named(whole.tables("workload"), _workload)
    hardware = _named(whole.tables("hardware"), _hardware)
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


def _parsed(file: Path) -> dict[str, Any]:
    expected = "a scenario file in TOML"
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput(f"cannot read {file}: {error.strerror}", expected=expected) from error
    if len(data) > MOST_BYTES:
        raise BadInput(
            "too long", where=str(file), expected=f"a file of at most {MOST_BYTES} bytes"
        )
    try:
        return tomllib.loads(data.decode(), parse_float=_Written)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadInput(f"{error}"[:200], where=str(file), expected=expected) from error


def _named(tables: Iterable[_Table], read: Callable[[_Table, str], T]) -> tuple[T, ...]:
    """What is read of tables that all have another name."""
    found: dict[str, T] = {}
    for table in tables:
        name = table.text("name")
        if name in found:
            table.fail(f"a second one named {name!r:.60}", "a name of its own", "name")
        found[name] = read(table, name)
    return tuple(found.values())


def _workload(table: _Table, name: str) -> Workload:
    table.only(*_WORKLOAD)
    key = table.one_of("scalable", "scalable_by_year", "work")
    migration = table.number("migrate", high=MOST_SPEED, default=Fraction(0))
    classes: tuple[WorkClass, ...] = ()
    scalable: Fraction | Yearly
    if key == "scalable":
        scalable = table.number(key, high=1)
    elif key == "scalable_by_year":
        _alone(table, key, "migrate")
        scalable = table.by_year(key, rising=True)
        for value in scalable.values:
            if not 0 <= value <= 1:
                table.fail(short_text(value), "shares from 0 to 1", key)
    else:
        classes = _named(table.tables(key), _class)
        total = sum((each.weight for each in classes), Fraction(0))
        if total != 1:
            table.fail(f"weights that add up to {short_text(total)}", "a sum of 1", key)
        scalable = sum((each.weight for each in classes if each.scalable), Fraction(0))
    exponent = Fraction(1)
    if "exponent" in table.values:
        exponent = check_exponent(table.number("exponent"), name=table.where("exponent"))
    return Workload(name, scalable, migration, table.basis(), classes, exponent)


def _class(table: _Table, name: str) -> WorkClass:
    table.only("name", "weight", "scalable")
    scalable = table.values.get("scalable", False)
    if not isinstance(scalable, bool):
        table.fail(f"{scalable!r:.60}", "true or false", "scalable")
    return WorkClass(name, table.number("weight", high=1), scalable)


def _hardware(table: _Table, name: str) -> Hardware:
    table.only(*_HARDWARE)
    key = table.one_of("ratio", "ratio_by_year")
    catch_up = table.number("catch_up", high=MOST_SPEED, default=Fraction(0))
    ratio: Fraction | Yearly
    if key == "ratio":
        ratio = table.number(key, above=True)
    else:
        _alone(table, key, "catch_up")
        ratio = table.by_year(key, rising=False)
        if ratio.values[-1] <= 0:
            table.fail(short_text(ratio.values[-1]), "ratios greater than 0", key)
    return Hardware(
        name, ratio, catch_up, table.basis(), table.number("gamma", default=Fraction(0))
    )


def _alone(table: _Table, key: str, speed: str) -> None:
    if speed in table.values:
        table.fail(f"{key} and {speed}", "one of them: both say what changes", speed)


def _horizon(
    whole: _Table, workloads: Iterable[Workload], hardware: Iterable[Hardware]
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
    table = _Table(whole.file, "[horizon]", values)
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
