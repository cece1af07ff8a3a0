"""Where a claim's instances are gone through: here, in processes of this machine, or on a cluster.

*Definitions*: :class:`Executor`, what is wanted of one (``submit``, as in
:mod:`concurrent.futures`); :func:`opened`, :func:`one_process`; :class:`Here`,
:class:`Processes`, :func:`cluster`.

*References*: PEP 3148 for ``concurrent.futures``; Dask's ``Client.get_executor`` has that shape.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import socket
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor as FuturesExecutor
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, Protocol
from urllib.parse import urlsplit

from checks.workers import begin_worker, interrupts_later
from models.errors import BadInput, quoted

START_SECONDS = 30.0
"""In which fresh interpreters have begun."""

CONNECT_SECONDS = 10.0
"""In which a scheduler must answer."""


class Lost(Exception):
    """A process ended before its work did."""


class Executor(Protocol):
    """Something that does work elsewhere. ``parallel``: how many can be at work at once."""

    parallel: int

    def submit(self, work: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        """Do it some time; the future can raise :class:`Lost`, and the work be submitted again."""
        ...


class Here:
    """This process: what is submitted is done at once."""

    parallel = 1

    def submit(self, work: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(work(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future


class Processes:
    """Worker processes. When one is killed, all are started anew.

    ``copied``: each begins as a copy of this process, in a few milliseconds; else as a fresh
    interpreter, with nothing of this process, such as threads.
    """

    def __init__(self, workers: int, *, copied: bool = False) -> None:
        self.parallel = workers
        self._method = "fork" if copied else "spawn"
        self._prepare = own_output if copied else _nothing
        self._pool: ProcessPoolExecutor | None = None
        self._others = multiprocessing.active_children()

    @property
    def start_seconds(self) -> float:
        """Within which they have begun, also where others work, too."""
        return 1.0 if self._method == "fork" else START_SECONDS

    def submit(self, work: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        for _ in range(2):
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    self.parallel, multiprocessing.get_context(self._method), begin_worker,
                    (self._prepare, ()),
                )
            try:
                with interrupts_later(), warnings.catch_warnings():
                    # Of a copy of a process with threads; see :func:`one_process`.
                    warnings.simplefilter("ignore", DeprecationWarning)
                    return _told_if_lost(self._pool.submit(work, *arguments), BrokenProcessPool)
            except BrokenProcessPool:
                self.close()
        raise Lost

    def close(self) -> None:
        """End all processes, whatever they do."""
        if self._pool is None:
            return
        for process in multiprocessing.active_children():
            if process not in self._others:
                process.kill()  # a claim may have changed what other signals do
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = None


def _nothing() -> None:
    """There is nothing to prepare."""


def own_output() -> None:
    """A copy of a process does not write through what the process was about to write, nor waits for
    one of its locks."""
    sys.stdin = io.StringIO()
    sys.stdout = sys.stderr = os.fdopen(
        2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False
    )


@contextmanager
def one_process() -> Iterator[Processes]:
    """One worker process, so that a claim that ends its process does not end this one.

    Where processes can be copied it is there at once. What is copied with a lock held by another
    thread is nothing that a worker uses: it has output of its own, and only computes.
    """
    processes = Processes(1, copied="fork" in multiprocessing.get_all_start_methods())
    try:
        yield processes
    finally:
        processes.close()


def _told_if_lost(inner: Future[Any], killed: type[Exception]) -> Future[Any]:
    """The same future, with :class:`Lost` for ``killed`` and what was never begun."""
    outer: Future[Any] = Future()

    def done(finished: Future[Any]) -> None:
        if not outer.set_running_or_notify_cancel():
            return  # nobody waits for it any more
        if finished.cancelled():
            outer.set_exception(Lost())
            return
        error = finished.exception()
        if isinstance(error, killed):
            outer.set_exception(Lost())
        elif error is not None:
            outer.set_exception(error)
        else:
            outer.set_result(finished.result())

    inner.add_done_callback(done)
    return outer


class _Cluster:
    """A running Dask scheduler, through its ``concurrent.futures`` form."""

    def __init__(self, executor: FuturesExecutor, workers: int) -> None:
        self.parallel = max(1, workers)
        self._executor = executor

    def submit(self, work: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        from distributed import KilledWorker

        return _told_if_lost(self._executor.submit(work, *arguments), KilledWorker)


def _require_listener(address: str) -> None:
    """Refuse an address at which nothing listens, before Dask waits for it."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in ("tcp", "tls"):
            return
        if not (parts.hostname and parts.port):
            raise ValueError
        socket.create_connection((parts.hostname, parts.port), timeout=CONNECT_SECONDS).close()
    except (OSError, ValueError) as error:
        raise BadInput(
            f"no Dask scheduler answers at {quoted(address)} ({type(error).__name__})",
            where="--executor", expected="the address of a running one, such as tcp://HOST:8786",
        ) from None


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of the Dask scheduler at an address, such as ``tcp://127.0.0.1:8786``.

    Their environment must have this project, and the claim file at the same path. A task whose
    worker is lost is given to another one by the scheduler. Raises :class:`BadInput` if Dask is not
    installed, or nothing answers there.
    """
    try:
        from distributed import Client
    except ImportError:
        raise BadInput(
            "the package 'distributed' is not installed", where="--executor",
            expected="pip install 'jumpbound[dask]'",
        ) from None
    _require_listener(address)
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise BadInput(
            f"no Dask scheduler answers at {quoted(address)} ({type(error).__name__})",
            where="--executor", expected="the address of a running one, such as tcp://HOST:8786",
        ) from None
    with client:
        workers = sum(client.nthreads().values())
        with client.get_executor(pure=False) as executor:
            yield _Cluster(executor, workers)


@contextmanager
def opened(name: str | None, workers: int | None) -> Iterator[Executor]:
    """``processes``, or none: so many worker processes; else the address of a Dask scheduler."""
    if name and name != "processes":
        if "://" not in name:
            raise BadInput(
                f"executor {quoted(name)}", where="--executor",
                expected="processes, or the address of a Dask scheduler, such as tcp://HOST:8786",
            )
        with cluster(name) as executor:
            yield executor
        return
    count = workers or os.cpu_count() or 1
    if count == 1:
        with one_process() as one:
            yield one
        return
    processes = Processes(count)
    try:
        yield processes
    finally:
        processes.close()
