"""What several commands ask of their options.

*Definitions*: :func:`refuse_beside`, :func:`require_places`, :func:`tell_places`.
"""

from __future__ import annotations

from pathlib import Path

from models.errors import BadInput


def refuse_beside(option: str, others: dict[str, object]) -> None:
    """Refuse what an option does not go together with."""
    for name, value in others.items():
        if value is not None:
            raise BadInput(f"{name} beside {option}", expected="one of the two")


def require_places(plot: Path | None, table: Path | None) -> None:
    """Refuse places for a picture and a table before what goes there is computed."""
    from checks.files import require_place
    from checks.picture import require_picture

    if plot is not None:
        require_picture(plot)
    if table is not None:
        require_place(table, option="--table")


def tell_places(plot: Path | None, table: Path | None, rows: int) -> None:
    """Say where a picture and a table of so many rows have been written."""
    if plot is not None or table is not None:
        print()
    if plot is not None:
        print(f"Picture: {plot}")
    if table is not None:
        print(f"Table: {table}, {rows:,} {'row' if rows == 1 else 'rows'}")
