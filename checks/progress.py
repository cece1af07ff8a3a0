"""Progress of long work, as plain data.

*Definitions*: :class:`Event`, :class:`Pace`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """So many of all are done. ``stage`` names the work, ``text`` says what was done last."""

    stage: str
    text: str
    done: int
    total: int


class Pace:
    """Progress with the rate and the time left. What is ``done`` before is not counted in it."""

    def __init__(
        self, stage: str, name: str, total: int, tell: Callable[[Event], None]
    ) -> None:
        self.stage, self.name, self.total, self.tell = stage, name, total, tell
        self.done = self.new = 0
        self.began = self.told = time.perf_counter()

    def add(self, count: int) -> None:
        """So many more are done. Told at most once a second, and at the end."""
        self.done += count
        self.new += count
        now = time.perf_counter()
        if now - self.told < 1 and self.done < self.total:
            return
        self.told = now
        rate = self.new / max(now - self.began, 1e-9)
        left = max(self.total - self.done, 0) / max(rate, 1e-9)
        said = f"{self.name}: {rate:,.0f} a second, {left:,.0f} s left"
        self.tell(Event(self.stage, said, self.done, self.total))
