"""The tables that a verification shows: small ones that are decided then, and larger ones in store.

*Definitions*: :func:`overview`, :func:`largest_in_store`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from checks.machine.jump.table import JumpTable, decide_jump, in_store
from checks.machine.oracles import LARGEST_SIZE
from checks.progress import Event

SIZE = 5
ORACLES = ("empty", "full", "set:nil", "jump:4")


def overview(
    folder: Path | None = None, progress: Callable[[Event], None] | None = None
) -> tuple[JumpTable, ...]:
    """For a few oracles the largest table that is in store, at least to size :data:`SIZE`."""
    return tuple(largest_in_store(oracle, folder, progress) for oracle in ORACLES)


def largest_in_store(
    oracle: str, folder: Path | None, progress: Callable[[Event], None] | None
) -> JumpTable:
    """The largest finished table for an oracle; one to size :data:`SIZE` is decided if need be."""
    size = SIZE
    while size < LARGEST_SIZE and in_store(size + 1, oracle, folder=folder):
        size += 1
    return decide_jump(size, oracle, folder=folder, progress=progress)
