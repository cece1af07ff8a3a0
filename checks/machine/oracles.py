"""Oracles by name, those among them that have to be decided first.

*Definitions*: :class:`NamedOracle`, :func:`read_oracle`; :class:`BoundedJump`, the finite set
J_k(A) from a decided table; :class:`DecidedJump`, the jump itself, each question decided when it is
asked.

*References*: Soare, 'Turing Computability' (2016), section 3.4, for the jump as a set of programs
that halt on their own codes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from checks.machine.decide import decide
from models.errors import BadInput, quoted
from models.machine.oracle import (
    ORACLE_GAS,
    Decided,
    Oracle,
    OracleUndecided,
    SetOracle,
    Table,
    parse_oracle,
)
from models.machine.program import decode, format_program
from models.machine.tree import TRUE, Tree, brief, format_tree

ALL_FORMS = (
    "empty, full, set:TREE,TREE,…, while:FILE, jump:K, jump:K/ORACLE, jump or jump/ORACLE"
)


LARGEST_SIZE = 10
"""There are 50 million programs of at most this size, and seven times as many with one more."""


MOST_LEVELS = 20
"""Jumps of jumps: a question to one is decided by a run that can ask the one below."""


@dataclass(frozen=True, slots=True)
class NamedOracle:
    """An oracle, the specification that names it, and a text that is its own."""

    spec: str
    oracle: Oracle
    identity: str


class JumpUndecided(OracleUndecided):
    """A question about a program for which neither halting nor looping was found."""


@dataclass(frozen=True, slots=True, eq=False)
class DecidedJump(SetOracle):
    """The programs that halt on their own codes relative to an oracle.

    A question is a program of any size, decided when it is asked, with evidence that the checker
    accepts. Raises :class:`JumpUndecided` for one that is not decided.
    """

    relative_to: Oracle
    name: str = "jump"
    known: dict[Tree, bool] = field(default_factory=dict)

    def __contains__(self, tree: Tree, /) -> bool:
        if tree not in self.known:
            program = decode(tree)
            decision = decide(program, tree, oracle=self.relative_to)
            if decision.verdict == "unknown":
                raise JumpUndecided(
                    f"oracle {self.name}: undecided whether {_shown(tree)} halts on its own code "
                    f"({decision.reason})",
                    expected="a question that can be decided",
                )
            self.known[tree] = decision.verdict == "halts"
        return self.known[tree]


@dataclass(frozen=True, slots=True, eq=False)
class BoundedJump(SetOracle):
    """J_k(A) from a table with unknown programs, for who accepts them.

    Raises :class:`JumpUndecided` when it is asked about one of them.
    """

    members: frozenset[Tree]
    undecided: frozenset[Tree]
    name: str

    def __contains__(self, tree: Tree, /) -> bool:
        if tree in self.undecided:
            raise JumpUndecided(
                f"oracle {self.name}: undecided whether {_shown(tree)} halts on its own code",
                expected="a question that the table decides",
            )
        return tree in self.members


def _shown(tree: Tree) -> str:
    text = format_program(decode(tree))
    return text if len(text) <= 200 else f"the program {brief(tree)}"


def read_oracle(
    spec: str,
    *,
    workers: int | None = None,
    gas: int = ORACLE_GAS,
    accept_unknown: bool = False,
    progress: Callable[[Any], None] | None = None,
) -> NamedOracle:
    """The oracle that a specification names, the bounded jump decided if it is one.

    ``workers``: processes that decide a table. ``accept_unknown``: take an incomplete table too; a
    question about a program that it leaves unknown raises then. Raises :class:`BadInput` as
    :func:`models.machine.oracle.parse_oracle`, and for an incomplete table that is not accepted.
    """
    parts = spec.split("/", MOST_LEVELS + 1)
    if all(part.partition(":")[0] == "jump" for part in parts[: MOST_LEVELS + 1]) and (
        len(parts) > MOST_LEVELS
    ):
        raise BadInput(
            f"oracle {quoted(spec)}: too many levels", expected=f"at most {MOST_LEVELS} jumps"
        )
    name, slash, rest = spec.partition("/")
    kind, colon, bound = name.partition(":")
    if kind != "jump":
        oracle = parse_oracle(spec, gas=gas, forms=ALL_FORMS)
        return NamedOracle(spec, oracle, _identity(oracle))
    if slash and not rest:
        raise BadInput("no oracle after '/'", where=f"oracle {quoted(spec)}", expected=ALL_FORMS)
    options: dict[str, Any] = {
        "workers": workers, "gas": gas, "accept_unknown": accept_unknown, "progress": progress,
    }
    below = read_oracle(rest or "empty", **options)
    if not colon:
        return NamedOracle(spec, DecidedJump(below.oracle, spec), f"jump of {below.identity}")
    from checks.machine.jump import decide_jump

    size = _size(bound, spec)
    table = decide_jump(size, below, **options)
    if table.summary.unknown and not accept_unknown:
        raise BadInput(
            f"oracle {quoted(spec)}: {table.summary.unknown} programs are undecided, such as "
            f"{table.summary.unknown_codes[0]}",
            expected="a complete table, or --accept-unknown",
        )
    identity = f"jump:{size}, digest {table.summary.digest}, of {below.identity}"
    members, undecided = table.members()
    if undecided:
        partial = BoundedJump(frozenset(members), frozenset(undecided), spec)
        return NamedOracle(spec, partial, identity)
    return NamedOracle(spec, Table(dict.fromkeys(members, TRUE)), identity)


def _size(text: str, spec: str) -> int:
    # Python refuses to read numbers of many digits.
    digits = text.isascii() and text.isdigit() and len(text) < 10
    if not (digits and 1 <= int(text) <= LARGEST_SIZE):
        raise BadInput(
            f"size {quoted(text)}", where=f"oracle {quoted(spec)}",
            expected=f"a size from 1 to {LARGEST_SIZE}",
        )
    return int(text)


def _identity(oracle: Oracle) -> str:
    if isinstance(oracle, Decided):
        return f"decided within {oracle.gas} by {_digest(format_program(oracle.program))}"
    assert isinstance(oracle, Table)
    listed = sorted(f"{format_tree(q)}: {format_tree(a)}" for q, a in oracle.answers.items())
    return f"table {_digest('; '.join([*listed, f'else: {format_tree(oracle.otherwise)}']))}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
