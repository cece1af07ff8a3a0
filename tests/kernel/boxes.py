"""A datatype that holds functions from itself, in a module where its name is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from models.algebra import Mapped
from models.node import Node


@dataclass(frozen=True, slots=True, eq=False)
class Leaf(Node):
    """An empty box."""


@dataclass(frozen=True, slots=True, eq=False)
class Box(Node):
    """A set of boxes."""

    holds: Mapped[Boxed, bool]


Boxed: TypeAlias = Leaf | Box
