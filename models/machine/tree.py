"""Trees: the one data type, and its text form.

A tree is ``nil`` or a pair ``<head.tail>``. ``num(0) = nil``, ``num(n+1) = <nil.num(n)>``; lists
are right-nested and end in nil; ``false = nil``, ``true = <nil.nil>``; every non-nil tree is true.

*Definitions*: :class:`Nil`, :class:`Pair`, :data:`Tree`; :func:`head`, :func:`tail` (total: of nil
they are nil); :func:`numeral`, :func:`tree_list`; :func:`pairs`; :func:`parse_tree`,
:func:`format_tree`. Nothing here recurses: a spine of millions of pairs is as good as a short one.

*References*: N. D. Jones, 'Computability and Complexity' (MIT Press 1997), chapter 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from models.algebra import Algebra, Node, equation
from models.errors import BadInput, position

LARGEST_NUMERAL = 10_000_000
"""Numerals are unary: a larger one in the input is a mistake more often than a wish."""

PRINTABLE_CHARACTERS = 100_000_000
"""A tree can share parts and be exponentially larger than its memory; no longer text is made."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Nil(Node):
    """The empty tree: zero, false, the empty list."""

    def __repr__(self) -> str:
        return "nil"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Pair(Node):
    """A pair of trees, written ``<head.tail>``."""

    head: Tree
    tail: Tree

    def __post_init__(self) -> None:
        head, tail = self.head, self.tail
        if not isinstance(head, (Nil, Pair)) or not isinstance(tail, (Nil, Pair)):
            raise BadInput(f"Pair({head!r}, {tail!r})", expected="two trees")
        object.__setattr__(self, "_hash", hash((11, head._hash, tail._hash)))

    def fields(self) -> tuple[Tree, Tree]:
        return (self.head, self.tail)

    def __repr__(self) -> str:
        return brief(self)


Tree: TypeAlias = Nil | Pair

NIL = Nil()
FALSE = NIL
TRUE = Pair(NIL, NIL)


def head(algebra: Algebra, tree: Tree) -> Tree:
    """The head of a pair; nil of nil."""
    return algebra.case(tree, {Nil: lambda: tree, Pair: lambda first, _: first})


def tail(algebra: Algebra, tree: Tree) -> Tree:
    """The tail of a pair; nil of nil."""
    return algebra.case(tree, {Nil: lambda: tree, Pair: lambda _, second: second})


@equation(shared=True)
def pairs(algebra: Algebra, tree: Tree) -> int:
    """The number of pairs in a tree, each occurrence counted."""
    return algebra.case(
        tree,
        {
            Nil: lambda: 0,
            Pair: lambda first, second: algebra.bind(
                pairs.at(algebra, first),
                lambda left: algebra.bind(
                    pairs.at(algebra, second), lambda right: 1 + left + right
                ),
            ),
        },
    )


def numeral(number: int) -> Tree:
    """``num(number)``: a spine of ``number`` nils.

    Raises :class:`BadInput` for a negative number or one above :data:`LARGEST_NUMERAL`.
    """
    if not 0 <= number <= LARGEST_NUMERAL:
        raise BadInput(f"numeral {number}", expected=f"a number from 0 to {LARGEST_NUMERAL}")
    tree: Tree = NIL
    for _ in range(number):
        tree = Pair(NIL, tree)
    return tree


def tree_list(items: Iterable[Tree]) -> Tree:
    """The right-nested list of the items, ending in nil."""
    tree: Tree = NIL
    for item in reversed(list(items)):
        tree = Pair(item, tree)
    return tree


def elements(tree: Tree) -> Iterator[Tree]:
    """The heads along the spine: every tree is a list."""
    while isinstance(tree, Pair):
        yield tree.head
        tree = tree.tail


def truth(value: bool) -> Tree:
    """``true`` or ``false`` as a tree."""
    return TRUE if value else FALSE


TOKEN = re.compile(r"\s*(?:([A-Za-z_]+)|([0-9]+)|([<>.,\[\]])|(\S))")
_EXPECTED = "a tree: nil, true, false, a number, <TREE.TREE> or [TREE, …]"
_Frame: TypeAlias = tuple[str, list[Tree]]


def parse_tree(text: str, *, source: str = "") -> Tree:
    """The tree that the whole text denotes.

    Raises :class:`BadInput` with line and column.
    """
    tree, end = parse_tree_at(text, 0, source=source)
    rest = re.compile(r"\s*").match(text, end)
    stop = rest.end() if rest else end
    if stop < len(text):
        raise BadInput(
            f"unexpected {text[stop]!r} after the tree",
            where=position(text, stop, source),
            expected="the end",
        )
    return tree


def parse_tree_at(text: str, start: int, *, source: str = "") -> tuple[Tree, int]:
    """The tree that begins at ``start`` and the offset behind it."""

    def fail(what: str, offset: int, expected: str) -> BadInput:
        return BadInput(what, where=position(text, offset, source), expected=expected)

    frames: list[_Frame] = []
    offset = start
    match_token = TOKEN.match
    while True:
        token = match_token(text, offset)
        if token is None:
            raise fail("the text ends inside a tree" if frames else "no tree", len(text), _EXPECTED)
        word, digits, mark, _ = token.groups()
        at = token.start(token.lastindex or 0)
        offset = token.end()
        tree: Tree
        if mark == "<" or mark == "[":
            frames.append((mark, []))
            continue
        if mark == "]" and frames and frames[-1][0] == "[" and not frames[-1][1]:
            frames.pop()
            tree = NIL
        elif word == "nil" or word == "false":
            tree = NIL
        elif word == "true":
            tree = TRUE
        elif digits:
            if len(digits) > 12:
                raise fail(f"numeral of {len(digits)} digits", at, f"at most {LARGEST_NUMERAL}")
            try:
                tree = numeral(int(digits))
            except BadInput as error:
                raise fail(error.what, at, error.expected) from None
        else:
            raise fail(f"unexpected {token.group().strip()!r}", at, _EXPECTED)
        # A tree is complete: hand it to the construct around it, which may complete in turn.
        while True:
            if not frames:
                return tree, offset
            kind, items = frames[-1]
            items.append(tree)
            closing = match_token(text, offset)
            found = closing.group(3) if closing else None
            after = closing.end() if closing else len(text)
            if kind == "<":
                wanted = "." if len(items) == 1 else ">"
                if found != wanted:
                    where = closing.start(closing.lastindex or 0) if closing else len(text)
                    what = (
                        f"unexpected {closing.group().strip()!r}"
                        if closing
                        else "the text ends inside a pair"
                    )
                    raise fail(what, where, f"{wanted!r}")
                offset = after
                if wanted == ".":
                    break
                frames.pop()
                tree = Pair(items[0], items[1])
            elif found == ",":
                offset = after
                break
            elif found == "]":
                offset = after
                frames.pop()
                tree = tree_list(items)
            else:
                where = closing.start(closing.lastindex or 0) if closing else len(text)
                what = (
                    f"unexpected {closing.group().strip()!r}"
                    if closing
                    else "the text ends inside a list"
                )
                raise fail(what, where, "',' or ']'")


Style: TypeAlias = Literal["pairs", "numbers", "lists"]


def format_tree(tree: Tree, *, style: Style = "pairs") -> str:
    """The text form; :func:`parse_tree` reads every style back.

    ``pairs``: only ``nil`` and ``<TREE.TREE>``. ``numbers``: numerals as integers. ``lists``:
    numerals as integers and everything else as a list.

    Raises :class:`BadInput` for a text of more than :data:`PRINTABLE_CHARACTERS`.
    """
    text = _text(tree, style, PRINTABLE_CHARACTERS)
    if text is None:
        raise BadInput(
            "a tree too large to print",
            expected=f"a text of at most {PRINTABLE_CHARACTERS} characters",
        )
    return text


def _text(tree: Tree, style: Style, limit: int) -> str | None:
    """The text form, or none if it is longer than ``limit`` (found out without making it)."""
    numbers = {} if style == "pairs" else _numerals(tree)
    parts: list[str] = []
    length = 0
    todo: list[Tree | str] = [tree]
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            part = item
        elif (number := numbers.get(id(item))) is not None:
            part = str(number)
        elif isinstance(item, Nil):
            part = "nil" if style == "pairs" else "0"
        elif style == "lists":
            part = "["
            todo.append("]")
            members = list(elements(item))
            for member in reversed(members[1:]):
                todo += [member, ", "]
            todo.append(members[0])
        else:
            part = "<"
            todo += [">", item.tail, ".", item.head]
        parts.append(part)
        length += len(part)
        if length > limit:
            return None
    return "".join(parts)


def _numerals(tree: Tree) -> dict[int, int]:
    """By identity, the subtrees that are numerals, and their numbers."""
    numbers: dict[int, int] = {}
    seen: set[int] = set()
    todo = [tree]
    while todo:
        spine: list[Pair] = []
        node = todo.pop()
        while isinstance(node, Pair) and id(node) not in seen:
            seen.add(id(node))
            spine.append(node)
            if node.head is not NIL:
                todo.append(node.head)
            node = node.tail
        value = 0 if isinstance(node, Nil) else numbers.get(id(node))
        for pair in reversed(spine):
            value = value + 1 if value is not None and isinstance(pair.head, Nil) else None
            if value is not None:
                numbers[id(pair)] = value
    return numbers


def brief(tree: Tree, *, limit: int = 60) -> str:
    """The text form in ``numbers`` style, cut in the middle when it is long."""
    text = _text(tree, "numbers", 10_000)
    if text is None:
        return f"(a tree of {pairs(tree)} pairs)"
    if len(text) <= limit:
        return text
    return f"{text[: limit // 2]}…{text[-limit // 3 :]}"


def trees(count: int) -> Iterator[Tree]:
    """All trees with exactly ``count`` pairs, each once, in a fixed order."""
    yield from _trees_by_pairs(count)[count]


def _trees_by_pairs(largest: int) -> list[list[Tree]]:
    table: list[list[Tree]] = [[NIL]]
    for count in range(1, largest + 1):
        table.append(
            [
                Pair(first, second)
                for left in range(count)
                for first in table[left]
                for second in table[count - 1 - left]
            ]
        )
    return table
