"""A claim on instances: on one, and on all of a range of places.

*Definitions*: :func:`judge`, :class:`Judgement`; :func:`tally`, :class:`Tally`; :func:`at_most`,
:class:`TooLong`, for what has limited time.

Whatever happens on an instance is an answer: the claim holds or fails there, its assumption does
not hold, a decider does not know, it takes too long, or it raises. None of this ends the run.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict, dataclass
from types import FrameType
from typing import Any, Literal, TypeAlias

from checks.claims.claim import Claim, Instance, Skipped, Undecided
from models.errors import BadInput
from proofs.kernel.evaluate import Unevaluated

What: TypeAlias = Literal["holds", "fails", "skipped", "same", "unknown", "error"]

MOST_LISTED = 20
"""Instances of a kind that are listed; all are counted."""

LIMIT = 10.0
"""Seconds for one instance."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a claim says of an instance, and why if it says neither yes nor no.

    ``same``: another program stands for this one.
    """

    what: What
    reason: str = ""


class TooLong(BaseException):
    """The time for one instance is over. No claim should catch it."""


def judge(claim: Claim, instance: Instance, *, limit: float = LIMIT) -> Judgement:
    """The claim on an instance, for at most ``limit`` seconds.

    Raises :class:`KeyboardInterrupt`, and nothing else.
    """
    for generator, value in zip(claim.parameters.values(), instance.values, strict=True):
        if generator.stands is not None and not generator.stands(value):
            return Judgement("same")
    process = os.getpid()
    try:
        try:
            with at_most(limit):
                answer = claim.function(*instance.values)
        finally:
            if os.getpid() != process:
                os._exit(1)  # a copy that the claim made of its process
    except Skipped:
        return Judgement("skipped")
    except (Undecided, Unevaluated) as error:
        return Judgement("unknown", str(error))
    except TooLong:
        return Judgement("unknown", f"no answer within {limit:g} s")
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return Judgement("error", _told(error))
    if not isinstance(answer, bool):
        return Judgement("error", f"it returned {answer!r:.60}; expected True or False")
    return Judgement("holds" if answer else "fails")


def _told(error: BaseException) -> str:
    """An exception in a line, with the line of the claim's file that it comes from."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename != __file__]
    place = f" (line {own[0].lineno})" if own else ""
    said = str(error) if isinstance(error, BadInput) else f"{type(error).__name__}: {error}"
    return f"it raised {' '.join(said.split())[:300]}{place}"


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise :class:`TooLong` in what takes longer.

    What becomes of it in there does not count: if something else is raised then (ctypes makes an
    error of its own of it), or nothing, it is raised at the end.
    """
    over = threading.Event()
    alarm = _alarm_in_thread
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        alarm = _alarm
    with alarm(seconds, over):
        try:
            yield
        except (KeyboardInterrupt, TooLong):
            raise
        except BaseException as error:
            if over.is_set():
                raise TooLong from error
            raise
        if over.is_set():
            raise TooLong


@contextmanager
def _alarm(seconds: float, over: threading.Event) -> Iterator[None]:
    """Raise :class:`TooLong` after so many seconds, and say so."""
    inside = True

    def late(number: int, frame: FrameType | None) -> None:
        # On the way in or out nothing may be left undone, the alarm itself least of all.
        here = None if frame is None else frame.f_code.co_filename
        if not inside or here in (__file__, contextlib.__file__):
            return
        if _not_to_be_left(frame):
            signal.setitimer(signal.ITIMER_REAL, 1e-3, 0.1)
            return
        over.set()
        raise TooLong

    before = signal.signal(signal.SIGALRM, late)
    began = time.monotonic()
    left, again = 0.0, 0.0
    try:
        # Again and again: the first one can come to somebody who catches everything.
        left, again = signal.setitimer(signal.ITIMER_REAL, seconds, 0.1)
        try:
            yield
        finally:
            inside = False
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.signal(signal.SIGALRM, before)
        if left:
            # Somebody else's alarm, who has less time left now.
            rest = max(left - (time.monotonic() - began), 1e-3)
            signal.setitimer(signal.ITIMER_REAL, rest, again)


def _not_to_be_left(frame: FrameType | None) -> bool:
    """Whether what is running has to end first. What is raised where an object is deleted is lost,
    and Python warns of it, as it does of an object of Z3 that was made by half."""
    while frame is not None:
        if frame.f_code.co_name == "__del__" or frame.f_globals.get("__package__") == "z3":
            return True
        frame = frame.f_back
    return False


@contextmanager
def _alarm_in_thread(seconds: float, over: threading.Event) -> Iterator[None]:
    """The same where there are no signals, as in the threads of a cluster's worker."""
    thread = ctypes.c_ulong(threading.get_ident())
    lock = threading.Lock()
    inside = True

    def late() -> None:
        with lock:
            if inside:
                over.set()
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(TooLong))

    timer = threading.Timer(seconds, late)
    timer.daemon = True
    # It does not come while its own thread is being started.
    lock.acquire()
    timer.start()
    try:
        lock.release()
        yield
    finally:
        with lock:
            inside = False
            # One that has not come yet shall not come.
            ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, None)
        timer.cancel()


@dataclass(frozen=True, slots=True)
class Tally:
    """What a claim says of the instances of one size at the places from ``begin`` to ``end``.

    ``counts``: how many there are of each kind. If it fails on one, ``failed`` is the place of the
    first such, and instances behind it are not counted. ``listed``: the first places that are
    unknown or raised, with the reason.
    """

    size: int
    begin: int
    end: int
    counts: dict[What, int]
    failed: int | None
    listed: tuple[tuple[int, What, str], ...]

    def to_json(self) -> dict[str, Any]:
        """As the journal has it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Tally:
        """The inverse. Raises what a wrong form raises."""
        listed = tuple((int(place), what, str(reason)) for place, what, reason in data["listed"])
        return cls(**{**data, "listed": listed})


def tally(
    claim: Claim, size: int, begin: int, end: int, *, limit: float = LIMIT,
    until: float | None = None,
) -> Tally:
    """The claim on a range of places, up to the first on which it fails.

    After the time ``until`` (of :func:`time.monotonic`) the range ends, behind one instance at
    least. What a claim prints goes to standard error.
    """
    counts: dict[What, int] = {}
    listed: list[tuple[int, What, str]] = []
    failed = None
    place = begin
    with redirect_stdout(sys.stderr):
        for place, values in enumerate(claim.space.values(size, begin, end), start=begin):
            found = judge(claim, Instance(values, size, place), limit=limit)
            counts[found.what] = counts.get(found.what, 0) + 1
            if found.reason and len(listed) < MOST_LISTED:
                listed.append((place, found.what, found.reason))
            if found.what == "fails":
                failed = place
                break
            if until is not None and time.monotonic() > until:
                end = place + 1
                break
    return Tally(size, begin, end, counts, failed, tuple(listed))
