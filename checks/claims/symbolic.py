"""The symbolic engine: Z3 finds an instance of a size on which a claim fails, or shows that there
is none.

*Definitions*: :func:`read_claim`.

*Results*: sizes 0, 1, 2, … are gone through in order, each with the bound as a constraint, so what
is found is smallest, unless the claim is undecided or raises on a smaller instance; it is confirmed
by running the claim on it. A size is exhausted only if every path through the claim was read to its
end (:mod:`checks.claims.reading` leaves nothing out, or says so) and on each Z3 answers *unsat*.
Anything else is ``unknown``, with the reason.

*How it is done*: for a claim about numbers alone Z3 is first asked without the bound on their
size: where nothing fails at all, that is answered at once.

*References*: L. de Moura, N. Bjørner, 'Z3: An efficient SMT solver' (TACAS 2008).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from typing import Any

import z3

from checks.claims.claim import Claim, Instance, Skipped
from checks.claims.evaluate import LIMIT, MOST_LISTED, TooLong, at_most, judge
from checks.claims.exhaustive import DEFAULT_BUDGET, LARGEST_UNBOUNDED
from checks.claims.reading import Path, Reading, Truth, Unread, concrete, reading_on
from checks.claims.result import Open, Outcome, counterexample
from checks.progress import Event

PATH_LIMITS = 6
"""A path may take so many times as long as one question to Z3."""

MOST_PATHS = 5_000
"""Paths of a size; more of them are no better than going through the instances."""


def read_claim(
    claim: Claim, *, size: int | None = None, budget: float | None = None, limit: float = LIMIT,
    progress: Callable[[Event], None] = lambda _: None,
) -> Outcome:
    """Look for a smallest instance of size at most ``size`` on which a claim fails.

    ``limit``: seconds for one question to Z3, and for the run that confirms an instance. Without
    ``size`` and ``budget`` it ends after :data:`~checks.claims.exhaustive.DEFAULT_BUDGET`.
    """
    if size is None and budget is None:
        budget = DEFAULT_BUDGET
    search = _Search(claim, size, budget, limit, progress)
    with redirect_stdout(sys.stderr):
        search.run()
    return search.outcome()


class _Late(BaseException):
    """The time is over; the message says which."""


class _Search:
    """What was read so far."""

    def __init__(
        self, claim: Claim, size: int | None, budget: float | None, limit: float,
        progress: Callable[[Event], None],
    ) -> None:
        self.claim = claim
        largest = claim.space.largest
        wanted = LARGEST_UNBOUNDED if size is None else size
        self.last = wanted if largest is None else min(wanted, largest)
        self.whole = largest is not None and self.last == largest
        self.budget = budget
        self.limit = limit
        self.progress = progress
        self.began = self.told = time.monotonic()
        self.paths = 0
        self.read = 0
        """Paths that were read to their end, and on which the assumption holds."""
        self.skipped = 0
        self.bound: int | None = None
        self.found: Instance | None = None
        self.reasons: list[str] = []
        self.open: list[Open] = []

    def run(self) -> None:
        """Size after size, until one is not read to its end or has an instance."""
        try:
            for size in range(self.last + 1):
                if not self.claim.space.count(size):
                    self.bound = size
                    continue
                self._size(size)
                if self.found is not None or self.reasons:
                    return
                self.bound = size
                if len(self.open) >= MOST_LISTED:
                    self.reasons.append("too many instances are undecided, or raise")
                    return
        except _Late as late:
            self._reason(str(late))

    def _size(self, size: int) -> None:
        """All paths of one size."""
        reading = Reading(self.claim, size)
        ask = _Questions(self, reading)
        todo: list[Sequence[bool]] = [()]
        number = 0
        while todo and self.found is None:
            number += 1
            if number > MOST_PATHS:
                self._reason(f"it has more than {MOST_PATHS:,} paths at size {size}")
                return
            path = Path(ask, todo.pop())
            with reading_on(reading.store, path):
                self._follow(reading, path, ask)
            todo += path.others
            self._tell(size)

    def _follow(self, reading: Reading, path: Path, ask: _Questions) -> None:
        """One path: whether the claim fails on an instance of it."""
        self.paths += 1
        values: tuple[Any, ...] | None = None
        try:
            with at_most(self.left(PATH_LIMITS * self.limit)):
                values = reading.parameters()
                said = reading.function()(*values)
        except TooLong:
            self.left(0)
            seconds = PATH_LIMITS * self.limit
            raise _Late(f"a path is not read within {seconds:g} s") from None
        except Skipped:
            self.skipped += 1
            return
        except Unread as error:
            self._reason(f"it cannot be read: {error}")
            return
        except RecursionError:
            self._reason("it cannot be read: it unfolds too deep")
            return
        except Exception as error:
            self._raised(path, ask, values, f"{type(error).__name__}: {error}")
            return
        if type(said) is Truth:
            conditions = [*path.conditions, z3.Not(said.formula)]
        elif said is False or said is True:
            conditions = [*path.conditions, z3.BoolVal(not said)]
        else:
            self._raised(path, ask, values, f"it returned {type(said).__name__}")
            return
        self.read += 1
        try:
            instance = ask.instance(conditions, values)
        except Unread as error:
            self._reason(str(error))
            return
        if instance is None:
            return
        found = judge(self.claim, instance, limit=self.limit)
        if found.what == "fails":
            self.found = instance
        elif found.what in ("unknown", "error"):
            self._listed(instance, found.what, found.reason)
        else:
            shown = "; ".join(self.claim.shown(instance.values).values())
            self._reason(f"Z3 says that it fails on {shown}, and run on that it does not")

    def left(self, seconds: float) -> float:
        """So many seconds, or what is left of the budget. Raises :class:`_Late`."""
        if self.budget is None:
            return seconds
        left = self.began + self.budget - time.monotonic()
        if left <= 0:
            raise _Late(f"stopped by the budget of {self.budget:g} s")
        return min(seconds, left)

    def _raised(
        self, path: Path, ask: _Questions, values: tuple[Any, ...] | None, said: str
    ) -> None:
        """A path on which the function raises: an instance of it shows whether the claim does."""
        if values is None:
            self._reason(f"it cannot be read: {said}")
            return
        try:
            instance = ask.instance(path.conditions, values)
        except Unread as error:
            self._reason(str(error))
            return
        if instance is None:
            return
        found = judge(self.claim, instance, limit=self.limit)
        if found.what == "fails":
            self.found = instance
        elif found.what in ("unknown", "error"):
            self._listed(instance, found.what, found.reason)
        else:
            self._reason(f"it cannot be read: {said}")

    def _listed(self, instance: Instance, what: Any, reason: str) -> None:
        self.open.append(Open(self.claim.shown(instance.values), instance.size, what, reason))

    def _reason(self, reason: str) -> None:
        if reason not in self.reasons:
            self.reasons.append(reason)

    def _tell(self, size: int) -> None:
        now = time.monotonic()
        if now - self.told >= 1:
            self.told = now
            said = f"{self.claim.name}, size {size}: {self.paths:,} paths"
            self.progress(Event("refute", said, size, self.last))

    def outcome(self) -> Outcome:
        """What it comes to."""
        unknown = sum(each.kind == "unknown" for each in self.open)
        common: dict[str, Any] = {
            "claim": self.claim, "engine": "symbolic", "instances": 0, "skipped": 0, "same": 0,
            "unknown": unknown, "errors": len(self.open) - unknown, "bound": self.bound,
            "seconds": time.monotonic() - self.began, "listed": tuple(self.open),
            "paths": self.paths,
        }
        if self.found is not None:
            size = self.found.size
            smallest = all(each.size == size for each in self.open)
            found = counterexample(self.claim, self.found, smallest=smallest, placed=False)
            return Outcome(
                verdict="refuted", whole=False, counterexample=found, found=self.found, **common
            )
        reasons = list(self.reasons)
        if self.open:
            reasons.append("instances that are undecided, or on which the claim raises")
        if reasons and self.bound is not None:
            reasons.append(f"none fails to size {self.bound}")
        if not reasons and not self.read:
            reasons.append(
                f"vacuous: the assumption holds of no instance to size {self.last}" if self.skipped
                else "there are no instances to this size"
            )
        return Outcome(
            verdict="unknown" if reasons else "exhausted", whole=self.whole and not reasons,
            reason="; ".join(reasons), **common,
        )


class _Questions:
    """Questions to Z3 about the instances of a size."""

    def __init__(self, search: _Search, reading: Reading) -> None:
        self.search = search
        self.reading = reading

    def __call__(self, conditions: Sequence[z3.BoolRef]) -> bool | None:
        """Whether they can hold together; none if Z3 does not know."""
        answer, _ = self._checked(conditions)
        return True if answer == z3.sat else False if answer == z3.unsat else None

    def instance(
        self, conditions: Sequence[z3.BoolRef], values: tuple[Any, ...]
    ) -> Instance | None:
        """An instance on which they hold; none if there is none. Raises :class:`Unread` if Z3 does
        not know."""
        answer, solver = self._checked(conditions)
        if answer == z3.unsat:
            return None
        if answer != z3.sat:
            raise Unread(
                f"Z3 does not know whether it fails at size {self.reading.size} "
                f"({solver.reason_unknown()})"
            )
        model = solver.model()
        found = tuple(concrete(value, model) for value in values)
        generators = self.search.claim.parameters.values()
        size = sum(g.measure(value) for g, value in zip(generators, found, strict=True))
        return Instance(found, size, 0)

    def _checked(self, conditions: Sequence[z3.BoolRef]) -> tuple[Any, z3.Solver]:
        reading = self.reading
        if reading.reals and reading.numbers_only:
            answer, solver = self._asked([*reading.ranges, *conditions])
            if answer == z3.unsat:
                return answer, solver
        return self._asked([*reading.ranges, *reading.bounds, *conditions])

    def _asked(self, formulas: Sequence[z3.BoolRef]) -> tuple[Any, z3.Solver]:
        search = self.search
        seconds = search.left(search.limit)
        solver = z3.Solver()
        solver.set("timeout", max(1, int(1000 * seconds)))
        solver.add(*formulas)
        answer = solver.check()
        if answer == z3.unknown:
            if "interrupted" in solver.reason_unknown():
                raise KeyboardInterrupt
            search.left(0)
        return answer, solver
