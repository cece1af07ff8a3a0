"""Proved obligations, remembered by content.

*Definitions*: :class:`ProofCache`: a table in a SQLite file, one row for each obligation's text,
solver and version, sealed with a keyed digest.

A row is believed only if its seal matches: the key is made at random beside the table and is
readable by its owner alone. A row that was edited, moved to another obligation, or written for
another solver version does not match and counts as absent. The seal guards against damage, not
against somebody who reads the key: ``--fresh`` and deleting the folder are always right.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

_LAYOUT = "1"


class ProofCache:
    """The cache in a folder. Every failure to read or write means: not cached."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "obligations.sqlite"

    def find(self, text: str, solver: str, version: str) -> float | None:
        """The seconds that an earlier proof took, or none if there is no row to be believed."""
        try:
            with closing(self._open()) as connection:
                row = connection.execute(
                    "select seconds, seal from proved where digest = ? and solver = ?"
                    " and version = ?",
                    (_digest(text), solver, version),
                ).fetchone()
            if row is None:
                return None
            seconds = float(row[0])
            wanted = self._seal(text, solver, version, seconds)
            return seconds if hmac.compare_digest(wanted, str(row[1])) else None
        except (sqlite3.Error, OSError, ValueError, TypeError):
            return None

    def add(self, text: str, solver: str, version: str, seconds: float) -> None:
        """Remember a proof."""
        try:
            with closing(self._open()) as connection, connection:
                connection.execute(
                    "insert or replace into proved values (?, ?, ?, ?, ?)",
                    (
                        _digest(text),
                        solver,
                        version,
                        seconds,
                        self._seal(text, solver, version, seconds),
                    ),
                )
        except sqlite3.OperationalError:
            return  # others are writing, or the folder can't be written: the file is whole
        except sqlite3.DatabaseError:
            self.file.unlink(missing_ok=True)
        except (OSError, ValueError):
            return

    def _open(self) -> sqlite3.Connection:
        self.folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.file, timeout=10.0)
        # Nobody waits for the disk: what is lost with the machine is proved again.
        connection.execute("pragma synchronous = off")
        connection.execute(
            "create table if not exists proved (digest text, solver text, version text,"
            " seconds real, seal text, primary key (digest, solver, version))"
        )
        return connection

    def _seal(self, text: str, solver: str, version: str, seconds: float) -> str:
        parts = (_LAYOUT, _digest(text), solver, version, repr(seconds))
        return hmac.new(self._key(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()

    def _key(self) -> bytes:
        path = self.folder / "key"
        if not path.exists():
            # A complete key appears at once; of several processes the first one's key stays.
            temporary = self.folder / f"key.{os.getpid()}.{secrets.token_hex(4)}"
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(32))
            try:
                os.link(temporary, path)
            except FileExistsError:
                pass
            finally:
                temporary.unlink()
        key = path.read_bytes()
        if len(key) != 32:
            raise ValueError("the key is damaged")
        return key


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
