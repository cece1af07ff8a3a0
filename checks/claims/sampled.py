"""The random engine: instances of a claim as Hypothesis draws them, and shrinks one that fails.

*Definitions*: :func:`sample_claim`.

*Results*: the same seed draws the same instances, as long as the claim, this project and Hypothesis
stay the same. An instance on which the claim failed before is kept, by claim and not by the
claim's text, and tried first; what was tried like that is counted like any other. So with kept ones
the outcome depends on them, too.

*How it is done*: an instance whose assumption does not hold is rejected, so that Hypothesis draws
another one. One that is undecided, or on which the claim raises, is neither a success nor a
failure: it is counted and listed, and the next one is drawn. When Hypothesis has shrunk an
instance, the :data:`MOST_SMALLER` smallest of all are gone through: often one of them fails.

*References*: D. MacIver, A. Donaldson, 'Test-case reduction via test-case generation: insights from
the Hypothesis reducer' (ECOOP 2020).
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from itertools import islice
from pathlib import Path
from typing import Any

from checks.claims.claim import Claim, Instance
from checks.claims.evaluate import LIMIT, MOST_LISTED, TooLong, at_most, judge
from checks.claims.exhaustive import MOST_ERRORS, Target
from checks.claims.generators import smallest
from checks.claims.result import Open, Outcome, counted, counterexample
from checks.files import cache_folder
from checks.progress import Event
from models.errors import BadInput

SAMPLES = 1_000
"""Instances, if no number is named."""

MOST_SAMPLES = 10_000_000

MOST_SMALLER = 2_000
"""Instances among which a smaller one is looked for behind Hypothesis's shrinking."""

SMALLER_SECONDS = 5.0
"""For so long at most."""

MOST_PLACES = 100_000
"""Instances of a size among which the place of one is looked for."""


def sample_claim(
    target: Target, *, samples: int | None = None, seed: int = 0, size: int | None = None,
    budget: float | None = None, limit: float = LIMIT, fresh: bool = False,
    folder: Path | None = None, progress: Callable[[Event], None] = lambda _: None,
) -> Outcome:
    """Draw ``samples`` random instances of size at most ``size``, for at most ``budget`` seconds.

    With no size, each parameter has values of size at most :data:`checks.strategies.MOST`, or
    :data:`~checks.strategies.MOST_OF_NUMBERS`. What failed before, kept in ``folder``, is tried
    first unless ``fresh``. Raises :class:`BadInput` if there are no instances of that size.
    """
    number = SAMPLES if samples is None else samples
    if not 1 <= number <= MOST_SAMPLES:
        raise BadInput(f"samples {number}", expected=f"a number from 1 to {MOST_SAMPLES:,}")
    if size is not None and smallest(target.claim.space, size) is None:
        raise BadInput(
            f"no instances of size at most {size}", where=f"claim {target.claim.name}",
            expected="a larger size",
        )
    search = _Samples(target.claim, number, seed, budget, limit, progress)
    with _kept_in((folder or cache_folder()) / "hypothesis"), redirect_stdout(sys.stderr):
        search.run(size, _examples(target, folder or cache_folder()), fresh=fresh)
        search.look_for_smaller()
    return search.outcome()


def _examples(target: Target, folder: Path) -> Path:
    """Where failures of a claim are kept, whatever its text is by now."""
    file = str(target.loaded.path) if target.loaded else target.claim.function.__module__
    identity = f"{file}::{target.claim.name}"
    return folder / "claims" / f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}.examples"


@contextmanager
def _kept_in(folder: Path) -> Iterator[None]:
    """Hypothesis's own files go there, and not to the working directory."""
    from hypothesis.configuration import set_hypothesis_home_dir, storage_directory

    before = storage_directory(intent_to_write=False).path
    set_hypothesis_home_dir(folder)
    try:
        yield
    finally:
        set_hypothesis_home_dir(before)


class _Fails(Exception):
    """The claim fails on an instance."""


class _Enough(BaseException):
    """The time is over, or the claim raised too often. Hypothesis lets it through."""


class _Samples:
    """What was drawn so far, and what the claim said of it."""

    def __init__(
        self, claim: Claim, number: int, seed: int, budget: float | None, limit: float,
        progress: Callable[[Event], None],
    ) -> None:
        self.claim = claim
        self.number = number
        self.seed = seed
        self.budget = budget
        self.limit = limit
        self.progress = progress
        self.began = self.told = time.monotonic()
        self.counts: dict[str, int] = {}
        self.listed: list[Open] = []
        self.failed: Instance | None = None
        self.enough = ""
        self.all_smaller = self.open_smaller = False
        """Whether all smaller instances were gone through, and whether one of them stayed open."""

    def run(self, most: int | None, examples: Path, *, fresh: bool) -> None:
        """Let Hypothesis draw, and shrink what fails."""
        from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
        from hypothesis.database import DirectoryBasedExampleDatabase
        from hypothesis.errors import FlakyFailure, Unsatisfiable

        from checks.strategies import shared_out

        kinds = tuple(self.claim.kinds.values())

        # A claim's own limits count, and none of Hypothesis's. A seed forgets the database that
        # was set before it.
        @settings(
            max_examples=self.number, derandomize=False, deadline=None, print_blob=False,
            database=DirectoryBasedExampleDatabase(examples), verbosity=Verbosity.quiet,
            suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
            phases=[*([] if fresh else [Phase.reuse]), Phase.generate, Phase.shrink],
        )
        @seed(self.seed)
        @given(shared_out(kinds, most))
        def draw(values: tuple[Any, ...]) -> None:
            self._tried(values)

        try:
            draw()
        except (_Fails, _Enough, Unsatisfiable):
            pass
        except FlakyFailure:
            # What it says changes: :meth:`outcome` asks once more.
            pass

    def _tried(self, values: tuple[Any, ...]) -> None:
        from hypothesis import reject

        if self.budget is not None and time.monotonic() - self.began > self.budget:
            self.enough = f"stopped by the budget of {self.budget:g} s"
            raise _Enough
        size = sum(
            generator.measure(value)
            for generator, value in zip(self.claim.parameters.values(), values, strict=True)
        )
        instance = Instance(values, size, 0)
        found = judge(self.claim, instance, limit=self.limit)
        if self.failed is None:
            self._counted(instance, found.what, found.reason)
        if found.what == "fails":
            # The last one of the smallest: Hypothesis ends with what it likes best.
            if self.failed is None or size <= self.failed.size:
                self.failed = instance
            raise _Fails
        if found.what in ("skipped", "same"):
            reject()

    def _counted(self, instance: Instance, what: str, reason: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1
        if what in ("unknown", "error") and len(self.listed) < MOST_LISTED:
            shown = self.claim.shown(instance.values)
            kind: Any = what
            self.listed.append(Open(shown, instance.size, kind, reason))
        if self.counts.get("error", 0) >= MOST_ERRORS:
            self.enough = "and was given up"
            raise _Enough
        now = time.monotonic()
        if now - self.told >= 1:
            self.told = now
            done = sum(n for what, n in self.counts.items() if what not in ("skipped", "same"))
            rate = done / (now - self.began)
            said = f"{self.claim.name}: {rate:,.0f} random instances/s"
            self.progress(Event("refute", said, min(done, self.number), self.number))

    def look_for_smaller(self) -> None:
        """Go through the smallest instances, up to the one on which it failed."""
        if self.failed is None:
            return
        until = time.monotonic() + SMALLER_SECONDS
        if self.budget is not None:
            until = min(until, self.began + self.budget)
        space = self.claim.space
        sizes = range(self.failed.size)
        try:
            with at_most(max(until - time.monotonic(), 1e-3)):
                smaller = ((size, place) for size in sizes for place in range(space.count(size)))
                for size, place in islice(smaller, MOST_SMALLER):
                    instance = self.claim.instance(size, place)
                    found = judge(self.claim, instance, limit=min(self.limit, SMALLER_SECONDS))
                    if found.what == "fails":
                        self.failed, self.all_smaller = instance, True
                        return
                    self.open_smaller |= found.what in ("unknown", "error")
                self.all_smaller = next(smaller, None) is None
        except TooLong:
            return

    def outcome(self) -> Outcome:
        """What it comes to."""
        held, unknown = self.counts.get("holds", 0), self.counts.get("unknown", 0)
        skipped, errors = self.counts.get("skipped", 0), self.counts.get("error", 0)
        reasons = []
        common: dict[str, Any] = {
            "claim": self.claim, "engine": "random", "skipped": skipped,
            "same": self.counts.get("same", 0), "unknown": unknown, "errors": errors,
            "bound": None, "whole": False, "seconds": time.monotonic() - self.began,
            "listed": tuple(self.listed), "seed": self.seed,
        }
        if self.failed is not None:
            again = judge(self.claim, self.failed, limit=self.limit)
            if again.what == "fails":
                return Outcome(
                    verdict="refuted", instances=held + 1, found=self.failed,
                    counterexample=self._shrunk(self.failed), **common,
                )
            shown = "; ".join(self.claim.shown(self.failed.values).values())
            reasons.append(f"on {shown} it fails one time and does not another time")
        if errors:
            reasons.append(f"the claim raised on {counted(errors)}")
            if errors >= MOST_ERRORS:
                reasons[-1] += f", {self.enough}"
        if unknown:
            reasons.append(f"{counted(unknown)} undecided")
        if self.enough and errors < MOST_ERRORS:
            reasons.append(self.enough)
        if not held and not unknown and not errors and self.failed is None:
            reasons.append(f"vacuous: the assumption holds of none of {counted(skipped)}")
        return Outcome(
            verdict="unknown" if reasons else "sampled", instances=held,
            reason="; ".join(reasons), **common,
        )

    def _shrunk(self, instance: Instance) -> Any:
        """The counterexample: the smallest if all smaller ones were gone through. Values that no
        text gives back are found by their place."""
        space = self.claim.space
        least = self.all_smaller and not self.open_smaller
        if all(generator.read is not None for generator in self.claim.parameters.values()):
            return counterexample(self.claim, instance, smallest=least, placed=False)
        wanted = self.claim.shown(instance.values)
        some = zip(range(MOST_PLACES), space.values(instance.size), strict=False)
        places = (place for place, values in some if self.claim.shown(values) == wanted)
        place = next(places, None)
        instance = Instance(instance.values, instance.size, place or 0)
        return counterexample(
            self.claim, instance, smallest=least, placed=place is not None
        )
