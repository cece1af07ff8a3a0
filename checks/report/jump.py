"""What the page says about tables of the bounded jump.

*Definitions*: :class:`JumpPage`, :func:`jump_page`; :class:`LongRun`, :func:`longest_runs`,
:class:`Undecided`, :func:`frontier`, :func:`kinds`, :func:`answers`.

*References*: Radó, 'On non-computable functions' (1962), for the longest run by size: the busy
beaver.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.machine.program import decode, format_program, size
from models.machine.tree import parse_tree

if TYPE_CHECKING:
    from checks.machine.jump import JumpTable

MOST_SHOWN = 20
"""Unknown programs of a table that the page lists."""

ENOUGH_GAS = 10_000
"""Steps that the commands allow a run if nothing is said."""

_ANSWERS = {
    "empty": "no to every question",
    "full": "yes to every question",
    "set:nil": "yes to nil alone",
}


@dataclass(frozen=True, slots=True)
class LongRun:
    """A program's run on its own code, and the oracles relative to which it takes these steps."""

    size: int
    steps: int
    program: str
    code: str
    oracles: tuple[str, ...]

    @property
    def again(self) -> str:
        """The command that runs it again; a program's own code is its input if none is named."""
        return shlex.join(["jumpbound", "halts", "-e", self.program, *self._given])

    @property
    def traced(self) -> str:
        """The command that shows every state of the run."""
        run = ["jumpbound", "run", "-e", self.program, "--input", self.code]
        return shlex.join([*run, *self._given, "--trace"])

    @property
    def _given(self) -> list[str]:
        oracle = [] if self.oracles[0] == "empty" else ["--oracle", self.oracles[0]]
        return [*oracle, *(["--gas", str(self.steps)] if self.steps > ENOUGH_GAS else [])]


@dataclass(frozen=True, slots=True)
class Undecided:
    """Programs that a table leaves unknown: how many of how many, and the first of them."""

    oracle: str
    unknown: int
    programs: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JumpPage:
    """What is shown of the tables. ``longest``: of all runs relative to the first oracle."""

    tables: tuple[JumpTable, ...]
    runs: tuple[LongRun, ...]
    longest: LongRun | None
    kinds: tuple[str, ...]
    undecided: tuple[Undecided, ...]


def jump_page(tables: tuple[JumpTable, ...]) -> JumpPage:
    """What the page shows of the tables."""
    return JumpPage(
        tables,
        longest_runs(tables),
        max(longest_runs(tables[:1]), key=lambda run: run.steps, default=None),
        kinds(tables),
        tuple(
            Undecided(
                table.oracle.spec,
                table.summary.unknown,
                table.summary.programs,
                tuple(_term(text) for text in table.summary.unknown_codes[:MOST_SHOWN]),
            )
            for table in tables
            if not table.complete
        ),
    )


def longest_runs(tables: tuple[JumpTable, ...]) -> tuple[LongRun, ...]:
    """For each size the longest run that halts, and the longest of all; by size, longest first."""
    found: dict[tuple[int, str], list[str]] = {}
    for table in tables:
        champions = [pair for part in table.by_size for pair in part.longest[:1]]
        for pair in dict.fromkeys([*champions, *table.summary.longest]):
            found.setdefault(pair, []).append(table.oracle.spec)
    runs = [
        LongRun(size(decode(parse_tree(code))), steps, _term(code), code, tuple(oracles))
        for (steps, code), oracles in found.items()
    ]
    return tuple(sorted(runs, key=lambda run: (run.size, -run.steps)))


def frontier(table: JumpTable) -> int:
    """The largest size such that no program to it is unknown."""
    return next((n for n, part in enumerate(table.by_size) if part.unknown), table.size)


def kinds(tables: tuple[JumpTable, ...]) -> tuple[str, ...]:
    """All kinds of certificates, the numbers in their names in order."""
    found = {kind for table in tables for kind in table.summary.kinds}
    return tuple(
        sorted(found, key=lambda kind: [
            int(word) if i % 2 else word for i, word in enumerate(re.split(r"([0-9]+)", kind))
        ])
    )


def answers(oracle: str) -> str:
    """What an oracle answers, in words; nothing for one without any."""
    bound = re.fullmatch(r"jump:([0-9]+)", oracle)
    if bound:
        return f"yes to the programs of size at most {bound[1]} that halt relative to empty"
    return _ANSWERS.get(oracle, "")


def _term(code: str) -> str:
    return format_program(decode(parse_tree(code)))
