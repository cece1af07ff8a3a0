"""The exhaustive engine: all instances of a claim, the smallest first.

*Definitions*: :func:`exhaust_claim`, :class:`Target`.

*Results*: the instances of a size are a range of places (:mod:`checks.claims.space`), which is cut
into pieces that processes go through. Pieces before the first place at which the claim fails are
all gone through, those behind it are not counted; so neither the pieces nor the processes nor an
interruption change what comes out.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from checks.claims.claim import Claim
from checks.claims.evaluate import LIMIT, MOST_LISTED, Tally, TooLong, What, at_most, tally
from checks.claims.executors import Executor, Here, Lost, Processes, one_process, opened
from checks.claims.journal import Journal
from checks.claims.load import Loaded, digest_of, load
from checks.claims.result import Open, Outcome, counted, counterexample
from checks.files import cache_folder
from checks.progress import Event
from models.errors import BadInput

TELL_SECONDS = 1
"""Progress is told at most so often."""

PIECE_SECONDS = 0.5
"""What a piece should take."""

FIRST_PIECE, LARGEST_PIECE = 32, 50_000

ALONE_SECONDS = 1.5
"""For so long one process works alone, if nobody named the number of workers: starting fresh ones
takes as long."""

PATIENCE = 10.0
"""Seconds longer than its work can take in which a process must answer, before it is killed."""

MOST_ERRORS = 100
"""Instances on which a claim may raise before it is given up."""

MOST_KILLED = 10
"""Instances whose process may be killed before it is given up."""

DEFAULT_BUDGET = 60.0
"""Seconds, if neither a size nor a budget is named."""

LARGEST_UNBOUNDED = 1_000
"""Where the search ends if there are instances of ever larger sizes, or none any more."""

Piece: TypeAlias = tuple[int, int, int]
"""A size, and two places."""


@dataclass(frozen=True, slots=True)
class Target:
    """A claim, and the file that others can load it from, if it has one."""

    claim: Claim
    loaded: Loaded | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    """What a worker is told."""

    files: tuple[Path, ...]
    claim: str
    digest: str
    limit: float
    seconds: float


def work(task: _Task, piece: Piece) -> Tally:
    """A piece, in a worker. Raises :class:`BadInput` if the claim is another one there."""
    return tally(
        _claim(task.files, task.claim, task.digest), *piece, limit=task.limit,
        until=time.monotonic() + task.seconds,
    )


@lru_cache(maxsize=16)
def _claim(files: tuple[Path, ...], name: str, digest: str) -> Claim:
    loaded = load(files[0])
    if digest_of(files) != digest or name not in loaded.claims:
        raise BadInput(
            "the file, or one that it imports, has been changed", where=str(files[0]),
            expected="the claim as it was",
        )
    return loaded.claims[name]


def exhaust_claim(
    target: Target, *, size: int | None = None, budget: float | None = None,
    workers: int | None = None, executor: str | None = None, limit: float = LIMIT,
    fresh: bool = False, folder: Path | None = None,
    progress: Callable[[Event], None] = lambda _: None,
) -> Outcome:
    """Go through a claim's instances of size at most ``size``, and at most ``budget`` seconds long.

    With neither it ends after :data:`DEFAULT_BUDGET`. What was done before, in ``folder``, is not
    done again unless ``fresh``. Raises :class:`BadInput` for what the executor refuses.
    """
    if size is None and budget is None:
        budget = DEFAULT_BUDGET
    journal = None
    if target.loaded is not None:
        place = folder or cache_folder()
        identity = f"{target.loaded.digest}\n{target.claim.name}\n{limit}"
        journal = Journal(place, identity)
        if fresh:
            journal.forget()
    search = _Search(target, size, budget, limit, journal, progress)
    if target.loaded is None:
        if executor is not None or (workers or 1) > 1:
            raise BadInput(
                f"claim {target.claim.name} is in no file that other processes can load",
                expected="a claim from a file, FILE::claim, or one worker",
            )
        search.run(Here())
        search.look_again(Here())
        return search.outcome()
    if executor is None and workers is None:
        with one_process() as process:
            search.run(process, until=search.began + ALONE_SECONDS)
    if not search.ended:
        with opened(executor, workers) as found:
            search.run(found)
    with one_process() as process:
        search.look_again(process)
    return search.outcome()


class _Search:
    """The state of a search: what is done, and what is left."""

    def __init__(
        self, target: Target, size: int | None, budget: float | None, limit: float,
        journal: Journal | None, progress: Callable[[Event], None],
    ) -> None:
        self.claim = target.claim
        self.loaded = target.loaded
        self.limit = limit
        self.journal = journal
        self.progress = progress
        largest = target.claim.space.largest
        wanted = LARGEST_UNBOUNDED if size is None else size
        self.last = wanted if largest is None else min(wanted, largest)
        self.whole = largest is not None and self.last == largest
        self.began = time.monotonic()
        self.told = self.began
        self.budget = budget
        self.deadline = None if budget is None else self.began + budget
        self.done: dict[int, list[Tally]] = {}
        self.failed: tuple[int, int] | None = None
        self.errors = 0
        self.over = False
        self.left: list[Piece] = []
        """Pieces that are to be done, in order; behind them come those of ``self.rest``."""
        self.before = self.new = 0
        self.piece = FIRST_PIECE
        self.suspects: dict[Piece, int] = {}
        """Pieces whose process was killed, and how often. They are done one at a time."""
        self.killed = 0
        self.largest = 0
        self.sizes: dict[int, int] = {}
        """How many instances there are of each size that was looked at."""
        self.listing = 0.0
        """Seconds that it took to list the values of one size, at most."""
        self.unsure = False
        """Whether the claim held, at another time, of the instance on which it failed."""
        for each in journal.read() if journal else ():
            if each.size <= self.last:
                self._keep(each)
                self.largest = max(self.largest, each.size)
                self.before += each.end - each.begin
        self.reached = 0
        self.rest = self._gaps()

    def _keep(self, done: Tally) -> None:
        self.done.setdefault(done.size, []).append(done)
        self.errors += done.counts.get("error", 0)
        if done.failed is not None:
            place = (done.size, done.failed)
            self.failed = place if self.failed is None else min(self.failed, place)

    def _gaps(self, first: int = 0) -> Iterator[Piece]:
        """What no piece covers yet, in order, from a size on."""
        for size in range(first, self.last + 1):
            self.reached = size
            # Larger ones are not needed, nor counted: their numbers have ever more digits.
            if self.failed is not None and size > self.failed[0]:
                return
            end = self._count(size)
            begin = 0
            for each in list(self.done.get(size, ())):
                if begin < each.begin:
                    yield size, begin, each.begin
                begin = each.end
            if begin < end:
                yield size, begin, end

    def _count(self, size: int) -> int:
        """How many instances there are of a size. A user's generator may take its time."""
        if size not in self.sizes:
            began = time.monotonic()
            self.sizes[size] = self.claim.space.count(size)
            self.listing = max(self.listing, time.monotonic() - began)
        return self.sizes[size]

    def _next_in_time(self) -> Piece | None:
        """:meth:`_next`, or none if the time is over while a generator lists its values."""
        if self.deadline is None:
            return self._next()
        try:
            with at_most(max(self.deadline - time.monotonic(), 1e-3)):
                return self._next()
        except TooLong:
            self.rest = self._gaps(self.reached)
            return None

    def _next(self) -> Piece | None:
        """A piece that is to be done, before the first failure known."""
        while True:
            if self.left:
                size, begin, end = heapq.heappop(self.left)
            else:
                found = next(self.rest, None)
                if found is None:
                    return None
                size, begin, end = found
            if self.failed is not None:
                if (size, begin) > self.failed:
                    continue
                if size == self.failed[0]:
                    end = min(end, self.failed[1])
                if begin >= end:
                    continue
            cut = end if (size, begin, end) in self.suspects else min(end, begin + self.piece)
            if cut < end:
                heapq.heappush(self.left, (size, cut, end))
            return size, begin, cut

    @property
    def ended(self) -> bool:
        """Whether all is done, or the time is over, or the claim is given up."""
        late = self.deadline is not None and time.monotonic() >= self.deadline
        return self.over or late or self.errors >= MOST_ERRORS

    def look_again(self, executor: Executor) -> None:
        """Ask once more on the instance on which the claim failed, elsewhere or at another time."""
        if self.failed is None:
            return
        size, place = self.failed
        future = self._submit(executor, (size, place, place + 1), None)
        try:
            again = next(iter(self._answered([future], executor))).result()
        except Lost:
            self.unsure = True
        else:
            self.unsure = again.failed is None

    def run(self, executor: Executor, until: float | None = None) -> None:
        """Go on until all is done, or the time is over, or the moment ``until`` has come."""
        deadline = min((t for t in (self.deadline, until) if t is not None), default=None)
        pending: dict[Future[Tally], tuple[Piece, float]] = {}
        ahead = 1 if executor.parallel == 1 else 2 * executor.parallel

        def ended() -> bool:
            return self.ended or (deadline is not None and time.monotonic() >= deadline)

        try:
            while True:
                while len(pending) < (1 if self.suspects else ahead) and not ended():
                    piece = self._next_in_time()
                    if piece is None:
                        break
                    pending[self._submit(executor, piece, deadline)] = piece, time.monotonic()
                if not pending:
                    self.over = not ended()
                    return
                for future in self._answered(pending, executor):
                    piece, since = pending.pop(future)
                    try:
                        found = future.result()
                    except Lost:
                        self._lost(piece)
                        continue
                    self.suspects.pop(piece, None)
                    self._heard(piece, found, time.monotonic() - since)
        finally:
            for future, (piece, _) in pending.items():
                future.cancel()
                heapq.heappush(self.left, piece)

    def _answered(
        self, pending: Collection[Future[Tally]], executor: Executor
    ) -> Collection[Future[Tally]]:
        """Those that are done. Processes that answer nothing for longer than their work can take,
        since a claim has switched its alarm off, are killed."""
        if not isinstance(executor, Processes):
            return wait(pending, return_when=FIRST_COMPLETED).done
        waiting = -(-len(pending) // executor.parallel)
        patience = waiting * (4 * PIECE_SECONDS + self.limit + 2 * self.listing)
        patience += PATIENCE + executor.start_seconds
        done = wait(pending, timeout=patience, return_when=FIRST_COMPLETED).done
        if not done:
            executor.close()
            done = wait(pending, return_when=FIRST_COMPLETED).done
        return done

    def _submit(
        self, executor: Executor, piece: Piece, deadline: float | None
    ) -> Future[Tally]:
        seconds = 4 * PIECE_SECONDS
        if deadline is not None:
            seconds = min(seconds, max(deadline - time.monotonic(), 0))
        if isinstance(executor, Here) or self.loaded is None:
            return executor.submit(self._tally, piece, time.monotonic() + seconds)
        task = _Task(
            self.loaded.files, self.claim.name, self.loaded.digest, self.limit, seconds
        )
        return executor.submit(work, task, piece)

    def _tally(self, piece: Piece, until: float) -> Tally:
        return tally(self.claim, *piece, limit=self.limit, until=until)

    def _lost(self, piece: Piece) -> None:
        """A process was killed at a piece, or beside it. The piece is done again, alone, and cut in
        half if that happens again: down to the instance that kills its process."""
        size, begin, end = piece
        times = self.suspects.pop(piece, 0) + 1
        if times == 1 or (times == 2 and end - begin == 1):
            self.suspects[piece] = times
            heapq.heappush(self.left, piece)
        elif end - begin > 1:
            middle = (begin + end) // 2
            for half in ((size, begin, middle), (size, middle, end)):
                self.suspects[half] = 1
                heapq.heappush(self.left, half)
        else:
            self.killed += 1
            if self.killed > MOST_KILLED:
                raise BadInput(
                    f"worker processes are killed again and again, at instances of size {size}",
                    expected="a claim that needs less memory, or fewer --workers",
                )
            listed: tuple[tuple[int, What, str], ...] = (
                (begin, "unknown", "its process ended"),
            )
            self._heard(piece, Tally(size, begin, end, {"unknown": 1}, None, listed), 1.0)

    def _heard(self, piece: Piece, done: Tally, seconds: float) -> None:
        size, begin, end = piece
        if done.end < end and done.failed is None:
            heapq.heappush(self.left, (size, done.end, end))
        self._keep(done)
        if self.journal is not None:
            self.journal.add(done)
        count = done.end - begin
        self.new += count
        # Not by the time it waited for a process, but by what was done meanwhile.
        wanted = int(PIECE_SECONDS * count / max(seconds, 1e-6))
        self.piece = max(1, min(wanted, 4 * self.piece, LARGEST_PIECE))
        self._tell(size)

    def _tell(self, size: int) -> None:
        now = time.monotonic()
        if now - self.told < TELL_SECONDS:
            return
        self.told = now
        # A piece of a smaller size may come back after one of a larger.
        size = self.largest = max(self.largest, size)
        rate = self.new / max(now - self.began, 1e-9)
        total = sum(self._count(n) for n in range(size + 1))
        # What was done before may be of larger sizes.
        done = min(self.before + self.new, total)
        said = f"{self.claim.name}, size {size}: {rate:,.0f} instances/s"
        if rate:
            said += f", {max(total - done, 0) / rate:,.0f} s left to this size"
        self.progress(Event("refute", said, done, total))

    def outcome(self) -> Outcome:
        """What it comes to, whatever the order in which it was found."""
        counts: dict[str, int] = {}
        listed: list[Open] = []
        bound: int | None = None
        complete = True
        for size in range(self.last + 1):
            if size not in self.sizes:
                complete = False
                break
            pieces = sorted(self.done.get(size, ()), key=lambda each: each.begin)
            if self.failed is not None:
                pieces = [each for each in pieces if (size, each.begin) <= self.failed]
            covered = 0
            for each in pieces:
                covered += each.begin == covered and each.end - each.begin
                for kind, number in each.counts.items():
                    counts[kind] = counts.get(kind, 0) + number
                for place, what, reason in each.listed:
                    if len(listed) < MOST_LISTED and what in ("unknown", "error"):
                        listed.append(self._open(size, place, what, reason))
            if self.failed is not None and size == self.failed[0]:
                complete = False
                break
            complete = complete and covered == self.sizes[size]
            if complete:
                bound = size
            elif not pieces:
                break
        return self._told(counts, tuple(listed), bound, complete)

    def _open(self, size: int, place: int, what: Any, reason: str) -> Open:
        values = self.claim.shown(self.claim.instance(size, place).values)
        return Open(values, size, what, reason)

    def _told(
        self, counts: dict[str, int], listed: tuple[Open, ...], bound: int | None, complete: bool
    ) -> Outcome:
        held, unknown = counts.get("holds", 0), counts.get("unknown", 0)
        skipped, errors = counts.get("skipped", 0), counts.get("error", 0)
        common: dict[str, Any] = {
            "claim": self.claim, "engine": "exhaustive", "skipped": skipped,
            "same": counts.get("same", 0), "unknown": unknown, "errors": errors, "bound": bound,
            "seconds": time.monotonic() - self.began, "listed": listed,
        }
        if self.failed is not None and not self.unsure:
            size, place = self.failed
            instance = self.claim.instance(size, place)
            # Of those that are not listed some might be smaller.
            all_before = not self._left_before(size) and unknown + errors == len(listed)
            found = counterexample(
                self.claim, instance,
                smallest=all_before and all(each.size == size for each in listed),
            )
            return Outcome(
                verdict="refuted", instances=held + 1, whole=False, counterexample=found,
                found=instance, **common,
            )
        reasons = []
        if self.failed is not None:
            instance = self.claim.instance(*self.failed)
            shown = "; ".join(self.claim.shown(instance.values).values())
            reasons.append(f"on {shown} it fails one time and does not another time")
        if errors:
            reasons.append(f"the claim raised on {counted(errors)}")
            if self.errors >= MOST_ERRORS:
                reasons[-1] += ", and was given up"
        if unknown:
            reasons.append(f"{counted(unknown)} undecided")
        late = not complete and self.failed is None and self.errors < MOST_ERRORS
        if late and self.budget is not None:
            where = "nothing complete" if bound is None else f"complete to size {bound}"
            reasons.append(f"stopped by the budget of {self.budget:g} s, {where}")
        if not held and not unknown and not errors and self.failed is None:
            reasons.append(
                f"vacuous: the assumption holds of none of {counted(skipped)}" if skipped
                else "there are no instances to this size"
            )
        return Outcome(
            verdict="unknown" if reasons else "exhausted", instances=held,
            whole=self.whole and complete, reason="; ".join(reasons), **common,
        )

    def _left_before(self, size: int) -> bool:
        """Whether an instance of a smaller size is still to be gone through."""
        return any(
            sum(each.end - each.begin for each in self.done.get(n, ())) < self._count(n)
            for n in range(size)
        )
