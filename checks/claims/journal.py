"""What was gone through before, so that a search that is stopped at any moment goes on.

*Definitions*: :class:`Journal`; :func:`source_digest`.

A line for each range of places, written when it is done. A line that is torn, or does not match its
seal, is not believed; its range is gone through again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from checks.claims.evaluate import Tally
from checks.files import CACHE_PLACE, make_folder, remove_file
from models.errors import BadInput


class Journal:
    """The ranges done of one claim. ``identity``: a text that is another one if the claim, what it
    runs on, or the limit for an instance is."""

    def __init__(self, folder: Path, identity: str) -> None:
        self._key = hashlib.sha256(f"{source_digest()}\n{identity}".encode()).hexdigest()
        self.path = folder / "claims" / f"{self._key[:32]}.jsonl"

    def _seal(self, text: str) -> str:
        return hashlib.sha256(f"{self._key}\n{text}".encode()).hexdigest()[:16]

    def read(self) -> list[Tally]:
        """The ranges, in order, none with a place of another one."""
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise BadInput(
                f"cannot read it: {error.strerror}", where=str(self.path),
                expected=CACHE_PLACE,
            ) from None
        found = sorted(self._believed(lines), key=lambda each: (each.size, each.begin, -each.end))
        kept: list[Tally] = []
        for each in found:
            # Two searches at once can do a range twice.
            if not kept or (kept[-1].size, kept[-1].end) <= (each.size, each.begin):
                kept.append(each)
        return kept

    def _believed(self, lines: list[str]) -> Iterator[Tally]:
        for line in lines:
            seal, _, text = line.partition(" ")
            if seal != self._seal(text):
                continue
            try:
                yield Tally.from_json(json.loads(text))
            except (ValueError, TypeError, KeyError):
                continue

    def add(self, done: Tally) -> None:
        """Write a range down. Raises :class:`BadInput` if that is not possible."""
        make_folder(self.path.parent, expected=CACHE_PLACE)
        text = json.dumps(done.to_json(), separators=(",", ":"))
        # A line of its own also behind one that was torn.
        line = f"\n{self._seal(text)} {text}\n".encode()
        try:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
            try:
                os.write(descriptor, line)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise BadInput(
                f"cannot write it: {error.strerror}", where=str(self.path),
                expected=CACHE_PLACE,
            ) from None

    def forget(self) -> None:
        """Begin anew. Raises :class:`BadInput` if that is not possible."""
        remove_file(self.path, expected=CACHE_PLACE)


@cache
def source_digest() -> str:
    """A digest of all that a claim can run: with another version, all is gone through again."""
    root = Path(__file__).parents[2]
    files = sorted(
        path for folder in ("models", "proofs", "checks") for path in (root / folder).rglob("*.py")
    )
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
