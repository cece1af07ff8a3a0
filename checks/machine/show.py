"""Sets on a window as text.

*Definitions*: :func:`set_text`.
"""

from __future__ import annotations

from models.machine.layer import Layer, Subset
from models.machine.tree import format_tree

MOST_MEMBERS_SHOWN = 8
"""Trees of a window of which every set is listed; of a larger one a set of more than half of the
trees is shown by what is not in it."""

WIDEST_SET = 60
"""Characters of a set's members that are shown to a reader."""


def set_text(layer: Layer, subset: Subset, numbers: bool) -> str:
    """The members of a set on the window; cut if there are many, or what is not in it."""
    count, members = len(layer.window), layer.trees(subset)
    if count > 2 and len(members) == count:
        return "all"
    but = 2 * len(members) > count > MOST_MEMBERS_SHOWN
    listed = layer.trees(~subset) if but else members
    texts: list[str] = []
    room = WIDEST_SET
    for tree in listed:
        texts.append(format_tree(tree, style="numbers" if numbers else "pairs"))
        room -= len(texts[-1]) + 2
        if room < 0 and len(texts) > 1:
            texts[-1] = f"… ({len(listed):,} of {count:,})"
            break
    return f"{'all but ' if but else ''}{{{', '.join(texts)}}}"
