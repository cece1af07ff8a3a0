"""Programs: nine constructors, their size, their code as trees, their text form.

*Definitions*: :class:`Id`, :class:`Hd`, :class:`Tl`, :class:`Ask`, :class:`Quote`, :class:`Cons`,
:class:`Then`, :class:`If`, :class:`While`, :data:`Program`; the equations :func:`size`,
:func:`code`, :func:`decode`; :func:`parse_program`, :func:`format_program`; :func:`programs`.

*Results*: ``decode(code(p)) = p``, for every program p (``decode-code``, in
:mod:`proofs.machine.program`); every tree decodes to a program.

*References*: N. D. Jones, 'Computability and Complexity' (MIT Press 1997), chapter 3, for programs
as data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias, cast

from models.algebra import Algebra, equation
from models.errors import BadInput, position, quoted
from models.machine.tree import (
    NIL,
    PRINTABLE_CHARACTERS,
    Nil,
    Pair,
    Style,
    Tree,
    _trees_by_pairs,
    count_text,
    format_tree,
    head,
    numeral,
    pairs,
    parse_tree_at,
    tail,
)
from models.node import Node


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Program(Node):
    def __post_init__(self) -> None:
        names: tuple[str, ...] = self.__match_args__
        for name in names:
            value = getattr(self, name)
            wanted = (Nil, Pair) if name == "tree" else _Program
            if not isinstance(value, wanted):
                kind = "a tree" if name == "tree" else "a program"
                raise BadInput(f"{type(self).__name__}({name}={value!r})", expected=kind)

    def __repr__(self) -> str:
        program = cast(Program, self)
        if size(program) > 2_000:
            return f"(a program of size {count_text(size(program))})"
        return format_program(program)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Id(_Program):
    """x"""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Hd(_Program):
    """head of x; nil of nil"""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Tl(_Program):
    """tail of x; nil of nil"""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ask(_Program):
    """f(x), the oracle's answer"""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Quote(_Program):
    """a constant tree"""

    tree: Tree


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cons(_Program):
    """<first(x).second(x)>"""

    first: Program
    second: Program


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Then(_Program):
    """second(first(x))"""

    first: Program
    second: Program


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class If(_Program):
    """then(x) if test(x) is non-nil, else otherwise(x)"""

    test: Program
    then: Program
    otherwise: Program


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class While(_Program):
    """x := body(x) as long as test(x) is non-nil; then x"""

    test: Program
    body: Program


Program: TypeAlias = Id | Hd | Tl | Ask | Quote | Cons | Then | If | While

CONSTRUCTORS: tuple[type[Program], ...] = (Id, Hd, Tl, Ask, Quote, Cons, Then, If, While)
"""In the order of their opcodes."""


@equation(shared=True)
def size(algebra: Algebra, program: Program) -> int:
    """Constructors plus pairs of quoted trees; at least 1."""

    def two(first: Program, second: Program) -> int:
        return algebra.bind(
            size.at(algebra, first),
            lambda left: algebra.bind(size.at(algebra, second), lambda right: 1 + left + right),
        )

    def three(first: Program, second: Program, third: Program) -> int:
        return algebra.bind(two(first, second), lambda both: algebra.bind(
            size.at(algebra, third), lambda last: both + last
        ))

    return algebra.case(
        program,
        {
            Id: lambda: 1,
            Hd: lambda: 1,
            Tl: lambda: 1,
            Ask: lambda: 1,
            Quote: lambda tree: algebra.bind(pairs.at(algebra, tree), lambda count: 1 + count),
            Cons: two,
            Then: two,
            If: three,
            While: two,
        },
    )


@equation(shared=True)
def code(algebra: Algebra, program: Program) -> Tree:
    """The program as a tree: ``<num(opcode).fields>``. Injective."""

    def coded(opcode: int, fields: Tree) -> Tree:
        number = NIL if opcode == 0 else numeral(opcode)
        return algebra.make(Pair, _literal(algebra, number), fields)

    def two(opcode: int) -> Callable[[Program, Program], Tree]:
        return lambda first, second: algebra.bind(
            code.at(algebra, first),
            lambda left: algebra.bind(
                code.at(algebra, second),
                lambda right: coded(opcode, algebra.make(Pair, left, right)),
            ),
        )

    def three(first: Program, second: Program, third: Program) -> Tree:
        return algebra.bind(
            code.at(algebra, first),
            lambda a: algebra.bind(
                code.at(algebra, second),
                lambda b: algebra.bind(
                    code.at(algebra, third),
                    lambda c: coded(7, algebra.make(Pair, a, algebra.make(Pair, b, c))),
                ),
            ),
        )

    nothing = _literal(algebra, NIL)
    return algebra.case(
        program,
        {
            Id: lambda: coded(0, nothing),
            Hd: lambda: coded(1, nothing),
            Tl: lambda: coded(2, nothing),
            Ask: lambda: coded(3, nothing),
            Quote: lambda tree: coded(4, tree),
            Cons: two(5),
            Then: two(6),
            If: three,
            While: two(8),
        },
    )


def _literal(algebra: Algebra, tree: Tree) -> Tree:
    """A small constant tree in any reading."""
    if isinstance(tree, Nil):
        return algebra.make(Nil)
    return algebra.make(Pair, _literal(algebra, tree.head), _literal(algebra, tree.tail))


@equation(shared=True)
def decode(algebra: Algebra, tree: Tree) -> Program:
    """The program of a tree: total, and a left inverse of :func:`code`.

    The opcode is the number of tails that can be taken from the head before nil, at most 8;
    missing parts read as nil, so nil decodes to Id.
    """
    fields = tail(algebra, tree)
    left, right = head(algebra, fields), tail(algebra, fields)

    def two(constructor: Callable[[Program, Program], Program]) -> Callable[[], Program]:
        return lambda: algebra.bind(
            decode.at(algebra, left),
            lambda first: algebra.bind(
                decode.at(algebra, right),
                lambda second: algebra.make(constructor, first, second),
            ),
        )

    def three() -> Program:
        return algebra.bind(
            decode.at(algebra, left),
            lambda test: algebra.bind(
                decode.at(algebra, head(algebra, right)),
                lambda then: algebra.bind(
                    decode.at(algebra, tail(algebra, right)),
                    lambda otherwise: algebra.make(If, test, then, otherwise),
                ),
            ),
        )

    by_opcode: list[Callable[[], Program]] = [
        lambda: algebra.make(Id),
        lambda: algebra.make(Hd),
        lambda: algebra.make(Tl),
        lambda: algebra.make(Ask),
        lambda: algebra.make(Quote, fields),
        two(Cons),
        two(Then),
        three,
        two(While),
    ]

    def dispatch(rest: Tree, opcode: int) -> Program:
        if opcode == 8:
            return by_opcode[8]()
        return algebra.case(
            rest,
            {Nil: by_opcode[opcode], Pair: lambda _, more: dispatch(more, opcode + 1)},
        )

    return dispatch(head(algebra, tree), 0)


def format_program(program: Program, *, style: Style = "numbers") -> str:
    """The term, as :func:`parse_program` reads it; ``style`` is that of quoted trees."""
    if 8 * size(program) > PRINTABLE_CHARACTERS:
        raise BadInput(
            "a program too large to print",
            expected=f"a text of at most {PRINTABLE_CHARACTERS} characters",
        )
    parts: list[str] = []
    todo: list[Any] = [program]
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            parts.append(item)
        elif isinstance(item, Quote):
            parts.append(f"quote {format_tree(item.tree, style=style)}")
        else:
            parts.append(type(item).__name__.lower())
            fields = item.fields()
            if fields:
                todo.append(")")
                for field in reversed(fields[1:]):
                    todo += [field, ", "]
                todo += [fields[0], "("]
    return "".join(parts)


_BY_NAME: dict[str, Any] = {cls.__name__.lower(): cls for cls in CONSTRUCTORS}
_WORD = re.compile(r"\s*(?:([A-Za-z_]+)|([(),])|(\S))")
_EXPECTED = (
    "a program: id, hd, tl, ask, quote TREE, cons(P, P), then(P, P), if(P, P, P) or while(P, P)"
)


def parse_program(text: str, *, source: str = "") -> Program:
    """The program that a term denotes, such as ``while(hd, cons(tl, ask))``.

    Raises :class:`BadInput` with line and column.
    """

    def fail(what: str, offset: int, expected: str) -> BadInput:
        return BadInput(what, where=position(text, offset, source), expected=expected)

    def token_at(offset: int) -> tuple[str, int, int]:
        """Text, start and end of the next token; an empty text at the end."""
        token = _WORD.match(text, offset)
        if token is None:
            return "", len(text), len(text)
        group = token.lastindex or 0
        return token.group(group), token.start(group), token.end()

    frames: list[tuple[Any, list[Program]]] = []
    offset = 0
    while True:
        word, at, offset = token_at(offset)
        constructor = _BY_NAME.get(word)
        if constructor is None:
            if not word:
                what = "the text ends inside a program" if frames else "no program"
            elif word.isidentifier():
                what = f"unknown constructor {quoted(word)}"
            else:
                what = f"unexpected {quoted(word)}"
            raise fail(what, at, _EXPECTED)
        program: Program
        if constructor is Quote:
            tree, offset = parse_tree_at(text, offset, source=source)
            program = Quote(tree)
        elif constructor.__match_args__:
            word, at, offset = token_at(offset)
            if word != "(":
                raise fail(f"unexpected {quoted(word)}" if word else "the text ends", at, "'('")
            frames.append((constructor, []))
            continue
        else:
            program = constructor()
        while frames:
            constructor, items = frames[-1]
            items.append(program)
            word, at, offset = token_at(offset)
            wanted = ")" if len(items) == len(constructor.__match_args__) else ","
            if word != wanted:
                count = len(constructor.__match_args__)
                name = constructor.__name__.lower()
                raise fail(
                    f"unexpected {quoted(word)}" if word else f"the text ends inside {name}(",
                    at,
                    f"{wanted!r}: {name} takes {count} programs",
                )
            if wanted == ",":
                break
            frames.pop()
            program = constructor(*items)
        else:
            word, at, _ = token_at(offset)
            if word:
                raise fail(f"unexpected {quoted(word)} after the program", at, "the end")
            return program


@cache
def _programs_of_size(count: int) -> tuple[Program, ...]:
    found: list[Program] = []
    if count == 1:
        found += [Id(), Hd(), Tl(), Ask()]
    found += [Quote(tree) for tree in _trees_by_pairs(count - 1)[count - 1]]
    splits = [(left, count - 1 - left) for left in range(1, count - 1)]
    for constructor in (Cons, Then):
        found += [
            constructor(first, second)
            for left, right in splits
            for first in _programs_of_size(left)
            for second in _programs_of_size(right)
        ]
    found += [
        If(test, then, otherwise)
        for left, rest in splits
        for middle in range(1, rest)
        for test in _programs_of_size(left)
        for then in _programs_of_size(middle)
        for otherwise in _programs_of_size(rest - middle)
    ]
    found += [
        While(test, body)
        for left, right in splits
        for test in _programs_of_size(left)
        for body in _programs_of_size(right)
    ]
    return tuple(found)


def programs(count: int) -> Iterator[Program]:
    """All programs of size ``count``, each once, in a fixed order: by opcode, then by fields."""
    if count > 0:
        yield from _programs_of_size(count)
