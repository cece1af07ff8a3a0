"""The picture of a point, in the form that a file's name asks for.

*Definitions*: :func:`write_picture`.

*Results*: none of its own.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from pathlib import Path

from checks.files import write_whole
from checks.picture import require_picture, save_chart


def write_picture(ratio: object, scalable: object, path: Path) -> None:
    """Write the interactive page (``.html``) or the figure (``.svg``, ``.png``), for exact numbers.

    The file appears complete or not at all. Raises :class:`BadInput` for another suffix, for a
    place that cannot be written, and for numbers that cannot be drawn.
    """
    require_picture(path)
    if path.suffix.lower() == ".html":
        from checks.amdahl.page import page

        write_whole(path, page(ratio, scalable))
    else:
        from checks.amdahl.plot import figure

        save_chart(figure(ratio, scalable), path)
