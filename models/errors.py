"""One exception for everything a user can get wrong.

*Definitions*: :class:`BadInput`, :class:`Undefined`, :class:`Undecided`; :func:`check_gas`,
:func:`position`, :func:`quoted`, :func:`counted`.
"""

from __future__ import annotations


class BadInput(ValueError):
    """Input that cannot be used: what is wrong, where, and what was expected.

    The command line prints it as one line and exits with code 2; Python callers catch it as a
    :class:`ValueError`.
    """

    def __init__(self, what: str, *, where: str = "", expected: str = "") -> None:
        self.what = what
        self.where = where
        self.expected = expected
        super().__init__(what, where, expected)

    def __reduce__(self) -> tuple[object, ...]:
        # By keyword, as it was made: it travels from worker processes.
        return _bad_input, (type(self), self.what, self.where, self.expected)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        wanted = f"; expected {self.expected}" if self.expected else ""
        return f"{place}{self.what}{wanted}"


class Undefined(BadInput):
    """A function was called where it has no value, such as the square root of -1."""


class Undecided(BadInput):
    """A comparison of real numbers that no number of digits within reach decides."""


def _bad_input(kind: type[BadInput], what: str, where: str, expected: str) -> BadInput:
    return kind(what, where=where, expected=expected)


def position(text: str, offset: int, source: str = "") -> str:
    """Line and column (both from 1) of ``offset`` in ``text``, after the name of its source."""
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    place = f"line {line}, column {column}"
    return f"{source}: {place}" if source else place


def quoted(text: str) -> str:
    """A piece of the input in quotes, for a message; cut when it is long."""
    return repr(text if len(text) <= 60 else f"{text[:60]}…")


def counted(number: int, one: str, many: str = "") -> str:
    """A number of things, for a reader: 1 row, 2,000 rows."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def check_gas(gas: object) -> None:
    """Refuse what is no gas bound. Raises :class:`BadInput`."""
    if not isinstance(gas, int) or isinstance(gas, bool) or gas < 0:
        raise BadInput(f"gas {gas!r:.60}", expected="a whole number, 0 or more")
