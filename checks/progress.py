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
    """Progress with the rate and the time left. What is ``done`` before is not counted in them.

    The rate begins with what is done first, for that took as long as processes take to start; at
    the end it is that of the whole time.
    """

    def __init__(
        self, stage: str, name: str, total: int, tell: Callable[[Event], None]
    ) -> None:
        self.stage, self.name, self.total, self.tell = stage, name, total, tell
        self.done = self.new = self.first = 0
        self.made = self.told = time.perf_counter()
        self.began: float | None = None

    def add(self, count: int) -> None:
        """So many more are done. Told at most once a second, and at the end."""
        self.done += count
        self.new += count
        now = time.perf_counter()
        if self.done >= self.total:
            rate = self.new / max(now - self.made, 1e-9)
        elif self.began is None:
            self.began, self.first, self.told = now, count, now
            return
        elif now - self.told < 1:
            return
        else:
            rate = (self.new - self.first) / (now - self.began)
        self.told = now
        left = max(self.total - self.done, 0) / max(rate, 1e-9)
        said = f"{self.name}: {rate:,.0f} a second, {left:,.0f} s left"
        self.tell(Event(self.stage, said, self.done, self.total))
