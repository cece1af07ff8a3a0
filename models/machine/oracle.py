"""Oracles: total functions from trees to trees.

*Definitions*: :class:`Oracle`; :class:`Table` (finitely many answers and one for all other trees:
``empty``, ``full``, ``set:TREE,…``, ``all-but:TREE,…`` and what a solver's countermodel gives);
:class:`SetOracle` and :class:`Decided` (a set decided by a program, ``while:FILE``); the equation
:func:`join_answer`, :class:`Join`, :class:`JoinedSet` and :func:`joined`; :class:`Recording`,
:class:`Remembering`; :func:`parse_oracle` and :func:`join_parts`.

A set A is used through its characteristic function, with the trees ``true`` and ``false``.

*References*: P. Odifreddi, 'Classical Recursion Theory' (1989), sections II.3 and V.1 (the join).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeGuard, final

from models.algebra import Algebra, equation
from models.errors import BadInput, check_gas, position, quoted
from models.machine.program import Program
from models.machine.semantics import OracleFunction
from models.machine.tree import FALSE, TRUE, Nil, Pair, Tree, brief, parse_tree_at, truth

ORACLE_GAS = 1_000_000
"""Gas for one question to an oracle that is decided by a program."""


class Oracle(ABC):
    """A total function from trees to trees."""

    @abstractmethod
    def __call__(self, argument: Tree, /) -> Tree:
        """The answer."""


@dataclass(frozen=True, slots=True, eq=False)
class Table(Oracle):
    """``answers`` where they say, ``otherwise`` on every other tree."""

    answers: Mapping[Tree, Tree] = field(default_factory=dict)
    otherwise: Tree = FALSE

    def __post_init__(self) -> None:
        for question, answer in [*self.answers.items(), (self.otherwise, self.otherwise)]:
            if not isinstance(question, (Nil, Pair)) or not isinstance(answer, (Nil, Pair)):
                raise BadInput(f"oracle answer {question!r}: {answer!r}", expected="trees")
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))

    def __call__(self, argument: Tree, /) -> Tree:
        return self.answers.get(argument, self.otherwise)

    def __repr__(self) -> str:
        listed = [f"{brief(q)} -> {brief(a)}" for q, a in self.answers.items()]
        return "{" + ", ".join([*listed, f"else -> {brief(self.otherwise)}"]) + "}"


EMPTY = Table()
FULL = Table(otherwise=TRUE)


class SetOracle(Oracle):
    """A set, through its characteristic function: all its answers are true or false."""

    @abstractmethod
    def __contains__(self, tree: Tree, /) -> bool:
        """Whether a tree is in the set."""

    @final
    def __call__(self, argument: Tree, /) -> Tree:
        return truth(argument in self)


class OracleUndecided(BadInput):
    """A question that the oracle's program did not answer within its gas."""


@dataclass(frozen=True, slots=True)
class Decided(SetOracle):
    """The set of trees on which a program, relative to the empty oracle, answers non-nil.

    Raises :class:`OracleUndecided` when a question takes more than ``gas`` steps.
    """

    program: Program
    gas: int = ORACLE_GAS
    name: str = "program"

    def __post_init__(self) -> None:
        if not isinstance(self.program, Program):
            raise BadInput(f"oracle program {self.program!r:.60}", expected="a program")
        check_gas(self.gas)

    def __contains__(self, tree: Tree, /) -> bool:
        from models.machine.run import run

        outcome = run(self.program, tree, oracle=EMPTY, gas=self.gas)
        if outcome.value is None:
            raise OracleUndecided(
                f"oracle {self.name} ran out of gas on the question {brief(tree)}",
                expected=f"an answer within {self.gas} steps",
            )
        return isinstance(outcome.value, Pair)


@equation()
def join_answer(
    algebra: Algebra, left: OracleFunction, right: OracleFunction, question: Tree
) -> Tree:
    """What the join of two oracles answers: ``left`` at ``<false.x>``, ``right`` at ``<true.x>``.

    Every other tree gets false. Of two sets it is the set of all ``<false.x>`` with x in the first
    and all ``<true.x>`` with x in the second.
    """

    def false(*_: Tree) -> Tree:
        return algebra.make(Nil)

    def second(rest: Tree) -> Callable[[Tree, Tree], Tree]:
        """The tag is a pair: it should be true."""
        return lambda first, more: algebra.case(first, {
            Nil: lambda: algebra.case(more, {
                Nil: lambda: algebra.apply(right, rest), Pair: false,
            }),
            Pair: false,
        })

    return algebra.case(question, {
        Nil: false,
        Pair: lambda tag, rest: algebra.case(tag, {
            Nil: lambda: algebra.apply(left, rest), Pair: second(rest),
        }),
    })


@dataclass(frozen=True, slots=True, eq=False)
class Join(Oracle):
    """The join of two oracles, their least upper bound for Turing reducibility."""

    left: Oracle
    right: Oracle

    def __call__(self, argument: Tree, /) -> Tree:
        return join_answer(self.left, self.right, argument)

    def __repr__(self) -> str:
        return " ⊕ ".join(
            f"({part!r})" if isinstance(part, Join) else repr(part)
            for part in (self.left, self.right)
        )


@dataclass(frozen=True, slots=True, eq=False)
class JoinedSet(SetOracle):
    """The join of two sets, which is a set. :func:`joined` makes sure that they are sets."""

    left: Oracle
    right: Oracle

    def __contains__(self, tree: Tree, /) -> bool:
        return isinstance(join_answer(self.left, self.right, tree), Pair)


def joined(left: Oracle, right: Oracle) -> Oracle:
    """The join of two oracles in the form about which most can be decided: a table if it is one,
    or a set, or any function."""
    if _finite(left) and _finite(right):
        return Table({
            Pair(tag, question): answer
            for tag, table in ((FALSE, left), (TRUE, right))
            for question, answer in table.answers.items()
        })
    return JoinedSet(left, right) if _is_set(left) and _is_set(right) else Join(left, right)


def _finite(oracle: Oracle) -> TypeGuard[Table]:
    """Whether all answers but finitely many are seen to be false."""
    return type(oracle) is Table and oracle.otherwise == FALSE


def _is_set(oracle: Oracle) -> bool:
    """Whether all answers are seen to be true or false."""
    if type(oracle) is Table:
        return {oracle.otherwise, *oracle.answers.values()} <= {FALSE, TRUE}
    return isinstance(oracle, SetOracle)


class Recording(Oracle):
    """An oracle together with the log of what it was asked, in order, and what it answered."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.log: list[tuple[Tree, Tree]] = []

    def __call__(self, argument: Tree, /) -> Tree:
        answer = self.oracle(argument)
        self.log.append((argument, answer))
        return answer


class Remembering(Oracle):
    """An oracle that is asked each question once."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.known: dict[Tree, Tree] = {}

    def __call__(self, argument: Tree, /) -> Tree:
        if argument not in self.known:
            self.known[argument] = self.oracle(argument)
        return self.known[argument]


FORMS = "empty, full, set:TREE,TREE,…, all-but:TREE,TREE,…, while:FILE or join:LEFT+RIGHT"

MOST_LEVELS = 20
"""Joins within joins, and jumps of jumps: a question to one is asked of those below it."""


def parse_oracle(
    spec: str, *, gas: int = ORACLE_GAS, forms: str = FORMS, source: str = "oracle", level: int = 1
) -> Oracle:
    """The oracle that a specification names.

    ``set:`` alone is the empty set. ``gas``: for one question to a ``while:`` oracle; ``forms``:
    what to say of any other specification; ``source``: what to call this one; ``level``: how deep
    it is in others. Raises :class:`BadInput` for a form that is not one of ``empty``, ``full``,
    ``set:TREE,TREE,…``, ``all-but:TREE,TREE,…``, ``while:FILE``, ``join:LEFT+RIGHT``, or what the
    file raises.
    """
    if spec == "empty":
        return EMPTY
    if spec == "full":
        return FULL
    kind, colon, rest = spec.partition(":")
    if colon and kind in ("set", "all-but"):
        listed = _members(spec, len(kind) + 1, source)
        if kind == "set":
            return Table(dict.fromkeys(listed, TRUE))
        return Table(dict.fromkeys(listed, FALSE), otherwise=TRUE)
    if colon and kind == "while":
        from models.machine.source import load_program

        if not rest:
            raise BadInput("no file after 'while:'", where=source, expected="while:FILE")
        return Decided(load_program(Path(rest)), gas=gas, name=spec)
    if colon and kind == "join":
        check_level(spec, level)
        return joined(*(
            parse_oracle(
                part, gas=gas, forms=forms, source=f"oracle {quoted(part)}", level=level + 1
            )
            for part in join_parts(spec)
        ))
    raise BadInput(f"unknown oracle {quoted(spec)}", expected=forms)


def check_level(spec: str, level: int) -> None:
    """Refuse an oracle that is made of others too often. Raises :class:`BadInput`."""
    if level > MOST_LEVELS:
        raise BadInput(
            f"oracle {quoted(spec)}: too many levels",
            expected=f"at most {MOST_LEVELS} jumps and joins within each other",
        )


def join_parts(spec: str) -> tuple[str, str]:
    """The two parts of ``join:LEFT+RIGHT``: before and behind the first plus sign.

    A part can stand in parentheses, and has to where a plus sign in it would be the first one.
    Raises :class:`BadInput` if there is no plus sign or no part.
    """

    def fail(what: str) -> BadInput:
        return BadInput(
            what, where=f"oracle {quoted(spec)}",
            expected="join:LEFT+RIGHT; a LEFT with a '+' in it stands in parentheses",
        )

    text = spec.partition(":")[2]
    open_ = 0
    for place, letter in enumerate(text):
        open_ += (letter == "(") - (letter == ")")
        if open_ < 0:
            break
        if letter == "+" and not open_:
            left, right = (_bare(part) for part in (text[:place], text[place + 1 :]))
            if not left or not right:
                raise fail(f"no oracle {'behind' if left else 'before'} the '+'")
            return left, right
    raise fail("parentheses that do not match" if open_ else "no '+'")


def _bare(part: str) -> str:
    """A part of a join without the parentheses around it."""
    part = part.strip()
    if not (part.startswith("(") and part.endswith(")")):
        return part
    open_ = 0
    for place, letter in enumerate(part):
        open_ += (letter == "(") - (letter == ")")
        if not open_ and place < len(part) - 1:
            return part  # what the first one opens is not the whole
    return part if open_ else part[1:-1].strip()


def _members(spec: str, offset: int, source: str) -> list[Tree]:
    members: list[Tree] = []
    if not spec[offset:].strip():
        return members
    while True:
        member, offset = parse_tree_at(spec, offset, source=source)
        members.append(member)
        rest = spec[offset:].lstrip()
        if not rest:
            return members
        offset = len(spec) - len(rest)
        if rest[0] != ",":
            raise BadInput(
                f"unexpected {rest[0]!r}",
                where=position(spec, offset, source),
                expected="',' or the end",
            )
        offset += 1
