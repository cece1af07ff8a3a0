"""Work spread over processes.

*Definitions*: :func:`spread`; :func:`begin_worker`, :func:`interrupts_later`, for others who start
processes.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from types import FrameType
from typing import Any, TypeVar

from checks.memory import collect_seldom
from models.errors import BadInput

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 2
"""Items waiting for each worker."""


def spread(
    work: Callable[[T], R],
    items: Iterable[T],
    *,
    workers: int,
    prepare: Callable[..., None],
    arguments: tuple[Any, ...],
) -> Iterator[tuple[T, R]]:
    """Each item with what ``work`` makes of it, in no particular order.

    ``prepare`` is called first, with ``arguments``, in each worker; with one worker, here. Items,
    results and arguments travel between processes; ``work`` and ``prepare`` are functions of a
    module. Stopped at any moment, it leaves no process behind. Raises what they raise, and
    :class:`BadInput` if a worker was killed.
    """
    if workers == 1:
        prepare(*arguments)
        for item in items:
            yield item, work(item)
        return
    others = multiprocessing.active_children()
    # A fresh interpreter each: nothing of this process, such as a solver's threads, is copied.
    pool = ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), begin_worker, (prepare, arguments)
    )
    waiting = iter(items)
    try:
        pending: dict[Future[R], T] = {}
        while True:
            for item in islice(waiting, AHEAD * workers - len(pending)):
                with interrupts_later():
                    pending[pool.submit(_obey, work, item)] = item
            if not pending:
                return
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                yield pending.pop(future), future.result()
    except BaseException as error:
        # Nobody waits for what is being worked on.
        for process in multiprocessing.active_children():
            if process not in others:
                process.terminate()
        if not isinstance(error, BrokenProcessPool):
            raise
        raise BadInput(
            "a worker process was killed; the same command goes on with what is left to do",
            expected="enough memory, or fewer --workers",
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def interrupts_later() -> Iterator[None]:
    """Ctrl-C waits. A process that is started here never sees one: it is its parent's affair."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    seen: list[tuple[int, FrameType | None]] = []
    # A signal that is blocked in this thread can come to another one, and is handled in this one.
    before = signal.signal(signal.SIGINT, lambda *arguments: seen.append(arguments))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
        if seen and callable(before):
            before(*seen[0])


_failed: BaseException | None = None


def begin_worker(prepare: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """Start a worker, which does not outlive its parent."""
    global _failed
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
    collect_seldom()
    try:
        prepare(*arguments)
    except Exception as error:  # raised where somebody waits for it
        _failed = error


def _obey(work: Callable[[T], R], item: T) -> R:
    if _failed is not None:
        raise _failed
    return work(item)
