"""Parquet files, written and read so that what is wrong with one is a clear error.

*Definitions*: :func:`parquet_bytes`, :func:`write_batches`, :func:`read_batches`,
:func:`require_readable`.

The library that reads and writes Parquet does not raise what Python code can expect: it stops with
a kind of exception of its own, and prints to standard error before. Both are caught here. On some
damaged files it ends the process, so a file of unknown origin is read in another process first.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from arro3.core import RecordBatch, RecordBatchReader, Schema, Table
from arro3.io import read_parquet, write_parquet

from checks.files import require_place
from models.errors import BadInput

COMPRESSION = "zstd(3)"
BATCH = 1 << 15


def parquet_bytes(batch: RecordBatch) -> bytes:
    """A Parquet file of one batch."""
    file = io.BytesIO()
    write_parquet(Table.from_batches([batch]), file, compression=COMPRESSION)
    return file.getvalue()


def write_batches(
    path: Path, schema: Schema, batches: Iterable[RecordBatch], metadata: dict[str, str]
) -> None:
    """Write a Parquet file, to a temporary name and then renamed.

    Raises :class:`BadInput` if it cannot be written; then nothing is left there.
    """
    require_place(path, option="the table")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(temporary, "wb") as file:
            raised: list[BaseException] = []
            reader = RecordBatchReader.from_batches(schema, _noticed(batches, raised))
            try:
                with _silent():
                    write_parquet(
                        reader, _Watched(file, raised),  # type: ignore[arg-type]
                        compression=COMPRESSION, key_value_metadata=metadata,
                        max_row_group_size=BATCH,
                    )
            except BaseException as error:
                raise (raised[0] if raised else _plain(error)) from None
        temporary.replace(path)
    except OSError as error:
        raise BadInput(
            f"cannot write it: {error.strerror}", where=str(path), expected="a writable place"
        ) from None
    finally:
        with suppress(OSError):
            temporary.unlink()


_READ_ALL = """
import io, resource, sys
from arro3.io import read_parquet
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
for batch in read_parquet(io.BytesIO(sys.stdin.buffer.read()), batch_size=int(sys.argv[1])):
    pass
"""


def require_readable(content: bytes) -> None:
    """Refuse what cannot be read to the end. Raises :class:`BadInput`."""
    reading = subprocess.run(
        [sys.executable, "-c", _READ_ALL, str(BATCH)],
        input=content, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        env={**os.environ, "RUST_BACKTRACE": "0"},
    )
    if reading.returncode:
        raise _unreadable()


def read_batches(file: Any) -> tuple[dict[str, str], Iterator[RecordBatch]]:
    """The metadata of a Parquet file, and its rows. Raises :class:`BadInput` for any other."""
    try:
        with _silent():
            reader = read_parquet(file, batch_size=BATCH)
    except BaseException as error:
        raise _plain(error) from None
    return dict(reader.schema.metadata_str), _batches(reader)


def _batches(reader: RecordBatchReader) -> Iterator[RecordBatch]:
    while True:
        try:
            with _silent():
                following = next(reader, None)
        except BaseException as error:
            raise _plain(error) from None
        if following is None:
            return
        yield following


def _noticed(
    batches: Iterable[RecordBatch], raised: list[BaseException]
) -> Iterator[RecordBatch]:
    """The batches; what goes wrong in making them is remembered, as the library loses it."""
    try:
        yield from batches
    except BaseException as error:
        raised.append(error)
        raise


class _Watched(io.RawIOBase):
    """A file; what goes wrong in writing it is remembered."""

    def __init__(self, file: Any, raised: list[BaseException]) -> None:
        self.file = file
        self.raised = raised

    def write(self, data: Any) -> int:
        try:
            return int(self.file.write(data))
        except OSError as error:
            self.raised.append(error)
            raise

    def flush(self) -> None:
        try:
            self.file.flush()
        except OSError as error:
            self.raised.append(error)
            raise


def _plain(error: BaseException) -> BaseException:
    """What to raise for an exception of the library, whose panic is no :class:`Exception`."""
    if isinstance(error, Exception) or type(error).__name__ == "PanicException":
        return _unreadable()
    return error


def _unreadable() -> BadInput:
    return BadInput("not a readable Parquet file", expected="a Parquet file")


@contextmanager
def _silent() -> Iterator[None]:
    """Keep the library's own messages from standard error."""
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
