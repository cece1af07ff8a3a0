"""Writing files so that each appears whole or not at all.

*Definitions*: :func:`write_whole`, :func:`require_folder`, :func:`cache_folder`.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryFile

from models.errors import BadInput


def write_whole(path: Path, content: str | bytes) -> None:
    """Write to a temporary name beside ``path``, then rename.

    Raises :class:`BadInput` if the place cannot be written; then nothing is left there.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content.encode() if isinstance(content, str) else content)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise BadInput(
            f"cannot write it: {error.strerror}", where=str(path), expected="a writable place"
        ) from None


def require_folder(folder: Path, *, option: str) -> None:
    """Refuse a folder in which no file can be made, before the work whose results go there."""
    if not folder.is_dir():
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


def cache_folder() -> Path:
    """Where what was computed is kept: ``JUMPBOUND_CACHE``, or the user's cache folder."""
    named = os.environ.get("JUMPBOUND_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "jumpbound"
