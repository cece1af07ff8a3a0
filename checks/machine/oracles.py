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
from typing import Any, TypeAlias

from checks.machine.decide import decide
from models.errors import BadInput, quoted
from models.machine.oracle import (
    ORACLE_GAS,
    Decided,
    Oracle,
    OracleUndecided,
    SetOracle,
    Table,
    check_level,
    join_parts,
    joined,
    parse_oracle,
)
from models.machine.program import decode, format_program
from models.machine.tree import TRUE, Tree, brief, format_tree

ALL_FORMS = (
    "empty, full, set:TREE,TREE,…, all-but:TREE,TREE,…, while:FILE, jump:K, "
    "jump:K/ORACLE, jump, jump/ORACLE or join:LEFT+RIGHT"
)


LARGEST_SIZE = 10
"""There are 50 million programs of at most this size, and seven times as many with one more."""


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
    # All of it is read before anything is decided, which can take long.
    plan = _read(spec, gas, "oracle", 1)
    return _made(plan, {
        "workers": workers, "gas": gas, "accept_unknown": accept_unknown, "progress": progress,
    })


@dataclass(frozen=True, slots=True)
class _Jump:
    """A jump that is to be made: bounded if there is a size."""

    spec: str
    size: int | None
    below: _Plan


@dataclass(frozen=True, slots=True)
class _Join:
    """A join that is to be made."""

    spec: str
    left: _Plan
    right: _Plan


_Plan: TypeAlias = NamedOracle | _Jump | _Join


def _read(spec: str, gas: int, source: str, level: int) -> _Plan:
    """What a specification says is to be made. ``level``: how deep it is in others."""
    name, slash, rest = spec.partition("/")
    kind, colon, bound = name.partition(":")
    if kind == "join" and colon:
        check_level(spec, level)
        left, right = (
            _read(part, gas, f"oracle {quoted(part)}", level + 1) for part in join_parts(spec)
        )
        return _Join(spec, left, right)
    if kind != "jump":
        oracle = parse_oracle(spec, gas=gas, forms=ALL_FORMS, source=source)
        return NamedOracle(spec, oracle, _identity(oracle))
    check_level(spec, level)
    if slash and not rest:
        raise BadInput("no oracle after '/'", where=f"oracle {quoted(spec)}", expected=ALL_FORMS)
    size = _size(bound, spec) if colon else None
    return _Jump(spec, size, _read(rest or "empty", gas, source, level + 1))


def _made(plan: _Plan, options: dict[str, Any]) -> NamedOracle:
    """The oracle. ``options``: those of :func:`read_oracle`."""
    if isinstance(plan, NamedOracle):
        return plan
    if isinstance(plan, _Join):
        left, right = _made(plan.left, options), _made(plan.right, options)
        oracle = joined(left.oracle, right.oracle)
        if isinstance(oracle, Table):
            return NamedOracle(plan.spec, oracle, _identity(oracle))
        return NamedOracle(
            plan.spec, oracle, f"join of {_digest(left.identity)} and {_digest(right.identity)}"
        )
    below = _made(plan.below, options)
    if plan.size is None:
        return NamedOracle(
            plan.spec, DecidedJump(below.oracle, plan.spec), f"jump of {below.identity}"
        )
    from checks.machine.jump import decide_jump

    table = decide_jump(plan.size, below, **options)
    if table.summary.unknown and not options["accept_unknown"]:
        raise BadInput(
            f"oracle {quoted(plan.spec)}: {table.summary.unknown} programs are undecided, such as "
            f"{table.summary.unknown_codes[0]}",
            expected="a complete table, or --accept-unknown",
        )
    identity = f"jump:{plan.size}, digest {table.summary.digest}, of {below.identity}"
    members, undecided = table.members()
    if undecided:
        partial = BoundedJump(frozenset(members), frozenset(undecided), plan.spec)
        return NamedOracle(plan.spec, partial, identity)
    return NamedOracle(plan.spec, Table(dict.fromkeys(members, TRUE)), identity)


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
