"""How often a process of our own looks for garbage.

*Definitions*: :func:`collect_seldom`.
"""

from __future__ import annotations

import atexit
import gc

ALLOCATED, YOUNG, MIDDLE = 100_000, 20, 20
"""Objects made before the youngest are gone through; Python's own number is 700."""


def collect_seldom() -> None:
    """Look for garbage seldom.

    Data are trees without cycles, which are freed without a search: looking for them as often as
    Python does takes a tenth of the time of the finite checks. Not for a process of somebody else,
    who has imported this.
    """
    gc.set_threshold(ALLOCATED, YOUNG, MIDDLE)
    # Nor at the end, when the system takes back all of it: that would take a second.
    atexit.register(gc.freeze)
