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

from models.algebra import Algebra, equation
from models.errors import BadInput, position, quoted
from models.node import Node

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


@equation(shared=True)
def length(algebra: Algebra, tree: Tree) -> int:
    """How many tails can be taken from a tree before nil: the length of a list, or the number that
    a numeral stands for."""
    return algebra.case(tree, {
        Nil: lambda: 0,
        Pair: lambda _, rest: algebra.bind(length.at(algebra, rest), lambda count: count + 1),
    })


@equation()
def unary(algebra: Algebra, number: int) -> Tree:
    """``num(number)``, and nil for a negative number."""
    def more() -> Tree:
        return algebra.bind(
            unary.at(algebra, number - 1),
            lambda less: algebra.make(Pair, algebra.make(Nil), less),
        )

    def none() -> Tree:
        return algebra.make(Nil)

    return algebra.cond(number > 0, more, none)


def numeral(number: int) -> Tree:
    """``num(number)``: a spine of ``number`` nils; :func:`unary` in one loop.

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

    # The open constructs, innermost last: "<" a pair without its head, "." one without its tail,
    # "[" a list without its first element, "," one (for each element so far) that goes on. Complete
    # heads and elements wait in `complete`.
    marks: list[str] = []
    complete: list[Tree] = []
    numerals: list[Tree] = [NIL]  # all numerals of the text are parts of one spine
    offset = start
    match_token = TOKEN.match
    while True:
        token = match_token(text, offset)
        if token is None:
            raise fail("the text ends inside a tree" if marks else "no tree", len(text), _EXPECTED)
        word, digits, mark, _ = token.groups()
        at = token.start(token.lastindex or 0)
        offset = token.end()
        tree: Tree
        if mark == "<" or mark == "[":
            marks.append(mark)
            continue
        if mark == "]" and marks and marks[-1] == "[":
            marks.pop()
            tree = NIL
        elif word == "nil" or word == "false":
            tree = NIL
        elif word == "true":
            tree = TRUE
        elif digits:
            if len(digits) > 12:
                raise fail(f"numeral of {len(digits)} digits", at, f"at most {LARGEST_NUMERAL}")
            if int(digits) > LARGEST_NUMERAL:
                raise fail(f"numeral {int(digits)}", at, f"at most {LARGEST_NUMERAL}")
            while len(numerals) <= int(digits):
                numerals.append(Pair(NIL, numerals[-1]))
            tree = numerals[int(digits)]
        else:
            raise fail(f"unexpected {quoted(token.group().strip())}", at, _EXPECTED)
        # A tree is complete: hand it to the construct around it, which may complete in turn.
        while True:
            if not marks:
                return tree, offset
            inside = marks[-1]
            closing = match_token(text, offset)
            found = closing.group(3) if closing else None
            if inside == "<" and found == ".":
                marks[-1] = "."
            elif inside == "." and found == ">":
                marks.pop()
                tree = Pair(complete.pop(), tree)
                offset = closing.end() if closing else offset
                continue
            elif inside in "[," and found == ",":
                marks.append(",")
            elif inside in "[," and found == "]":
                tree = Pair(tree, NIL)
                while marks.pop() == ",":
                    tree = Pair(complete.pop(), tree)
                offset = closing.end() if closing else offset
                continue
            else:
                kind = "pair" if inside in "<." else "list"
                raise fail(
                    f"unexpected {quoted(closing.group().strip())}"
                    if closing
                    else f"the text ends inside a {kind}",
                    closing.start(closing.lastindex or 0) if closing else len(text),
                    {"<": "'.'", ".": "'>'"}.get(inside, "',' or ']'"),
                )
            complete.append(tree)
            offset = closing.end() if closing else offset
            break


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
    """The text form, or none if it is longer than ``limit``."""
    numbers = {} if style == "pairs" else _numerals(tree)
    parts: list[str] = []
    # A tuple holds what follows an element of a list.
    todo: list[Tree | str | tuple[Tree]] = [tree]
    while todo:
        # What is getting large may be far too large: see before making it.
        if len(parts) > limit or (
            len(parts) == 1_000_000 and _length(tree, style, numbers, limit) > limit
        ):
            return None
        item = todo.pop()
        if isinstance(item, str):
            parts.append(item)
        elif isinstance(item, tuple):
            (rest,) = item
            if isinstance(rest, Nil):
                parts.append("]")
            else:
                parts.append(", ")
                todo += [(rest.tail,), rest.head]
        elif (number := numbers.get(id(item))) is not None:
            parts.append(str(number))
        elif isinstance(item, Nil):
            parts.append("nil" if style == "pairs" else "0")
        elif style == "lists":
            parts.append("[")
            todo += [(item.tail,), item.head]
        else:
            parts.append("<")
            todo += [">", item.tail, ".", item.head]
    text = "".join(parts)
    return text if len(text) <= limit else None


def _length(tree: Tree, style: Style, numbers: dict[int, int], limit: int) -> int:
    """The length of the text form, or some number above ``limit``; shared parts are visited once.

    ``numbers``: the numerals that are written as numbers, by identity.
    """
    # By identity: the length as a whole; in style `lists` also that as what follows an element.
    whole: dict[int, int] = {id(NIL): 3 if style == "pairs" else 1}
    after: dict[int, int] = {id(NIL): 1}
    todo = [tree]
    while todo:
        node = todo[-1]
        if id(node) in whole:
            todo.pop()
        elif isinstance(node, Nil):
            whole[id(node)], after[id(node)] = whole[id(NIL)], after[id(NIL)]
        elif (first := whole.get(id(node.head))) is None:
            todo.append(node.head)
        elif (second := whole.get(id(node.tail))) is None:
            todo.append(node.tail)
        else:
            if style == "lists":
                after[id(node)] = min(2 + first + after[id(node.tail)], limit + 2)
                length = after[id(node)] - 1
            else:
                length = 3 + first + second
            number = numbers.get(id(node))
            whole[id(node)] = min(length, limit + 1) if number is None else len(str(number))
    return whole[id(tree)]


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
        # The text of n pairs has 6n + 3 characters.
        count = (_length(tree, "pairs", {}, 6 * 2**64 + 3) - 3) // 6
        return f"(a tree of {count_text(count)} pairs)"
    if len(text) <= limit:
        return text
    return f"{text[: limit // 2]}…{text[-limit // 3 :]}"


def count_text(count: int) -> str:
    """A count in digits, if it is not too large for that."""
    return str(count) if count < 2**64 else "at least 2^64"


def trees(count: int) -> Iterator[Tree]:
    """All trees with exactly ``count`` pairs, each once, in a fixed order."""
    if count >= 0:
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
