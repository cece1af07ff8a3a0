"""What several commands ask of their options.

*Definitions*: :func:`refuse_beside`, :func:`require_places`, :func:`tell_places`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from models.errors import BadInput, counted


def refuse_beside(option: str, others: dict[str, object]) -> None:
    """Refuse what an option does not go together with."""
    for name, value in others.items():
        if value is not None:
            raise BadInput(f"{name} beside {option}", expected="one of the two")


def require_places(
    plot: Path | None,
    table: Path | None,
    *,
    out: Path | None = None,
    read: Iterable[Path | None] = (),
) -> None:
    """Refuse places for a picture, a table and a result before what goes there is computed: also
    one for two of them, or that of a file which is read."""
    from checks.files import require_place
    from checks.picture import require_picture

    if plot is not None:
        require_picture(plot)
    for option, place in (("--table", table), ("--out", out)):
        if place is None:
            continue
        require_place(place, option=option)
        if place.suffix.lower() != ".csv":
            raise BadInput(f"{place}", where=option, expected="a file whose name ends in .csv")
    taken = {path.resolve(): "is read" for path in read if path is not None}
    for option, place in (("--plot", plot), ("--table", table), ("--out", out)):
        if place is None:
            continue
        use = taken.setdefault(place.resolve(), f"is the place for {option}")
        if not use.endswith(option):
            raise BadInput(f"{place} {use}", where=option, expected="another file")


def tell_places(plot: Path | None, table: Path | None, rows: int) -> None:
    """Say where a picture and a table of so many rows have been written."""
    if plot is not None or table is not None:
        print()
    if plot is not None:
        print(f"Picture: {plot}")
    if table is not None:
        print(f"Table: {table}, {counted(rows, 'row')}")
