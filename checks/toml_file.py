"""TOML files, read so that a message names file, table and key.

*Definitions*: :class:`TomlTable` (a table with its place: :meth:`TomlTable.only`,
:meth:`TomlTable.text`, :meth:`TomlTable.number`, …), :func:`read_table`, :func:`named`,
:func:`written`.

*How it is done*: numbers are exact, TOML's own, read as the decimals that are written, or text such
as ``"5/3"``. A key that is not known is refused: a misspelt one would be ignored.

*References*: TOML 1.0.0.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from models.amdahl.number import parse_number, short_text
from models.errors import BadInput, quoted

T = TypeVar("T")

MOST_BYTES = 1_000_000
MOST = 50
"""The most tables of a list."""

NUMBER = 'a number, such as 0.25, or text such as "1/3"'


class _Written(str):
    """A number with a decimal point, as it is written."""


@dataclass(frozen=True, slots=True)
class TomlTable:
    """A table of a file, with the words for its place that a message uses."""

    file: Path
    place: str
    values: Mapping[str, Any]

    def where(self, key: str = "") -> str:
        """What a message calls a key's place."""
        return ": ".join(part for part in (str(self.file), self.place, key) if part)

    def fail(self, what: str, expected: str, key: str = "") -> NoReturn:
        """Refuse what is there."""
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
        """A text, in one line."""
        value = self.values.get(key, None if needed else "")
        if isinstance(value, _Written) or not isinstance(value, str) or (
            needed and not value.strip()
        ):
            self.fail("missing" if value is None else written(value), "a text", key)
        return " ".join(value.split())

    def number(
        self, key: str, *, low: int = 0, high: int | None = None, default: Fraction | None = None,
        above: bool = False,
    ) -> Fraction:
        """A number from ``low``, or above it, to ``high``."""
        if key not in self.values:
            if default is not None:
                return default
            self.fail("missing", NUMBER, key)
        value = read_number(self.values[key], self.where(key))
        if value < low or (above and value == low) or (high is not None and value > high):
            span = f"greater than {low}" if above else f"{low} or more"
            self.fail(
                short_text(value),
                f"a number from {low} to {high}" if high is not None else f"a number {span}", key,
            )
        return value

    def tables(self, key: str) -> list[TomlTable]:
        """The tables of a list; their names, or numbers, tell them apart."""
        listed = self.values.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
            self.fail(f"{key} is not a list of tables", f"tables that begin with [[{key}]]")
        if len(listed) > MOST:
            self.fail(f"{len(listed)} of [[{key}]]", f"at most {MOST}")
        return [
            TomlTable(self.file, f"{self.place}{' ' if self.place else ''}[[{key}]] {number}", row)
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


def read_number(value: Any, where: str) -> Fraction:
    """The exact number that a value is. Raises :class:`BadInput`."""
    if isinstance(value, (int, str)) and not isinstance(value, bool):
        return parse_number(str(value), name=where)
    raise BadInput(written(value), where=where, expected=NUMBER)


def written(value: Any) -> str:
    """A value as TOML has it, or what kind it is."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (date, time)):
        return f"the time {value.isoformat()}"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        text = f"[{', '.join(map(written, value[:10]))}{', …' if len(value) > 10 else ''}]"
        return text if len(text) <= 60 else "a list"
    if isinstance(value, str) and not isinstance(value, _Written):
        return quoted(value)
    return f"{value!s:.60}"


def read_table(file: Path) -> TomlTable:
    """A whole file as a table. Raises :class:`BadInput` for what is no TOML."""
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
        values = tomllib.loads(data.decode(), parse_float=_Written)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadInput(f"{error}"[:200], where=str(file), expected=expected) from error
    return TomlTable(file, "", values)


def named(tables: Iterable[TomlTable], read: Callable[[TomlTable, str], T]) -> tuple[T, ...]:
    """What is read of tables that all have another name."""
    found: dict[str, T] = {}
    for table in tables:
        name = table.text("name")
        if name in found:
            table.fail(f"a second one named {name!r:.60}", "a name of its own", "name")
        found[name] = read(table, name)
    return tuple(found.values())
