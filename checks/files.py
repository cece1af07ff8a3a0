"""Writing files so that each appears whole or not at all.

*Definitions*: :func:`write_whole`, :func:`remove_file`, :func:`require_folder`,
:func:`require_place`, :func:`make_folder`, :func:`cache_folder`, :func:`csv_text`;
:data:`CACHE_PLACE`.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile

from models.errors import BadInput

PLACE = "a writable place"
CACHE_PLACE = "a writable place for what is decided; JUMPBOUND_CACHE can name another"


def write_whole(path: Path, content: str | bytes, *, expected: str = PLACE) -> None:
    """Write to a temporary name beside ``path``, then rename.

    Raises :class:`BadInput` if the place cannot be written; then nothing is left there.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content.encode() if isinstance(content, str) else content)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise BadInput(
            f"cannot write it: {error.strerror}", where=str(path), expected=expected
        ) from None


def remove_file(path: Path, *, expected: str = PLACE) -> None:
    """Make sure that a file is not there. Raises :class:`BadInput` if that is not possible."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(
            f"cannot remove it: {error.strerror}", where=str(path), expected=expected
        ) from None


def require_folder(folder: Path, *, option: str) -> None:
    """Refuse a folder in which no file can be made, before the work whose results go there."""
    if not os.path.isdir(folder):
        raise BadInput(
            "no such folder", where=str(folder), expected=f"an existing folder for {option}"
        )
    try:
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise BadInput(
            f"cannot write there: {error.strerror}", where=str(folder), expected="a writable folder"
        ) from None


def require_place(path: Path, *, option: str) -> None:
    """Refuse a path at which no file can be made or replaced, before the work whose result goes
    there."""
    if os.path.exists(path) and not os.path.isfile(path):
        # A device or a pipe would be replaced too.
        raise BadInput("no place for a file", where=str(path), expected=f"a file for {option}")
    require_folder(path.parent, option=option)


def make_folder(folder: Path, *, expected: str = PLACE) -> None:
    """Make sure that a folder is there. Raises :class:`BadInput` if that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            f"cannot make it: {error.strerror}", where=str(folder), expected=expected
        ) from None


def cache_folder() -> Path:
    """Where what was computed is kept: ``JUMPBOUND_CACHE``, or the user's cache folder."""
    named = os.environ.get("JUMPBOUND_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "jumpbound"


def csv_text(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as CSV, with a row of names."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return stream.getvalue()
