"""Immutable finite data, the values of the solvers' datatypes.

*Definitions*: :class:`Node` (a constructor with fields, compared by structure); :data:`fields_of`
(the fields of a node, by its class); :data:`constants` (values without parts, each made once).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter, is_
from typing import Any, ClassVar, TypeVar
from zlib import crc32

T = TypeVar("T")


def _getter(cls: type) -> Callable[[Any], tuple[Any, ...]]:
    """A function from a node of a class to all its fields."""
    names: tuple[str, ...] = cls.__match_args__  # type: ignore[attr-defined]
    if len(names) > 1:
        return attrgetter(*names)
    if names:
        only = attrgetter(*names)
        return lambda node: (only(node),)
    return lambda node: ()


class _Getters(dict[type, Callable[[Any], tuple[Any, ...]]]):
    def __missing__(self, cls: type) -> Callable[[Any], tuple[Any, ...]]:
        self[cls] = made = _getter(cls)
        return made


fields_of = _Getters()


class _Constants(dict[Callable[..., Any], Any]):
    """Values without parts, each of them made once: comparing it costs nothing."""

    def __missing__(self, constructor: Callable[..., Any]) -> Any:
        self[constructor] = made = constructor()
        return made


constants = _Constants()


class Node:
    """Base of all immutable finite data: a constructor with fields, compared by structure.

    Subclasses are frozen dataclasses with slots. The structural hash is computed once, when it is
    first asked for; hash and equality walk with a list of their own and visit a shared part once,
    so spines of millions of nodes and heavily shared values compare without recursion.
    """

    __slots__ = ("_hash",)
    __match_args__: ClassVar[tuple[str, ...]] = ()
    _hash: int

    def fields(self) -> tuple[Any, ...]:
        """The arguments of the constructor, in order."""
        return fields_of[type(self)](self)

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            return _hashed(self)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        cls = type(self)
        if type(other) is not cls:
            return False if isinstance(other, Node) else NotImplemented
        if hash(self) != hash(other):
            return False
        fields = fields_of[cls]
        mine, theirs = fields(self), fields(other)
        return all(map(is_, mine, theirs)) or _equal(mine, theirs)

    def __reduce__(self) -> Any:
        # The default would recurse once a node; values travel as text instead.
        raise TypeError(f"{type(self).__name__} is not pickled; send its text form")

    def __copy__(self: T) -> T:
        return self

    def __deepcopy__(self: T, memo: object) -> T:
        return self


_set_hash: Callable[[Node, int], None] = Node.__dict__["_hash"].__set__


def _equal(left: tuple[Any, ...], right: tuple[Any, ...]) -> bool:
    """Whether the fields of two nodes that have their hash are equal."""
    todo = [(left, right)]
    seen: set[tuple[int, int]] = set()
    visited = 0
    while todo:
        for a, b in zip(*todo.pop(), strict=True):
            if a is b:
                continue
            if not isinstance(a, Node):
                if a != b:
                    return False
                continue
            cls = type(a)
            # A node that has its hash is made of nodes that have theirs.
            if type(b) is not cls or a._hash != b._hash:
                return False
            visited += 1
            if visited > _FEW:
                pair = (id(a), id(b))
                if pair in seen:
                    continue
                seen.add(pair)
            fields = fields_of[cls]
            todo.append((fields(a), fields(b)))
    return True


_FEW = 30
"""So many pairs of nodes are compared before it pays to remember which."""


def _hashed(node: Node) -> int:
    """The hash of a node, by its class and its fields. Its parts get theirs before it."""
    todo = [node]
    while todo:
        part = todo[-1]
        cls = type(part)
        fields = fields_of[cls](part)
        waiting = len(todo)
        for field in fields:
            if isinstance(field, Node):
                if not hasattr(field, "_hash"):
                    todo.append(field)
            elif isinstance(field, tuple):
                todo += [inner for inner in _nodes(field) if not hasattr(inner, "_hash")]
        if len(todo) == waiting:
            todo.pop()
            _set_hash(part, hash((_tags[cls], fields)))
    return node._hash


class _Tags(dict[type, int]):
    """A number for a node class, the same in every process."""

    def __missing__(self, cls: type) -> int:
        self[cls] = tag = crc32(cls.__name__.encode())
        return tag


_tags = _Tags()


def _nodes(fields: tuple[Any, ...]) -> Iterator[Node]:
    """The nodes among the fields, those in a field that holds several included."""
    for field in fields:
        if isinstance(field, Node):
            yield field
        elif isinstance(field, tuple):
            yield from _nodes(field)
