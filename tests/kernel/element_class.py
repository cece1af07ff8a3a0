"""A datatype that has the name of the sort of elements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from models.node import Node


@dataclass(frozen=True, slots=True, eq=False)
class Made(Node):
    """One constructor."""


@dataclass(frozen=True, slots=True, eq=False)
class Unmade(Node):
    """Another one."""


Element: TypeAlias = Made | Unmade
