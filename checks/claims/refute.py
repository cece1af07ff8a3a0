"""Refuting claims: one function over three engines.

*Definitions*: :func:`refute`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from checks.claims.claim import Claim
from checks.claims.evaluate import LIMIT
from checks.claims.exhaustive import LARGEST_UNBOUNDED, Target, exhaust_claim
from checks.claims.generators import smallest
from checks.claims.load import Loaded, find
from checks.claims.result import Engine, Outcome
from checks.progress import Event
from models.errors import BadInput, quoted

MOST = 2**32
"""No number that is named is larger."""


def refute(
    claim: Claim | str, *, size: int | None = None, budget: float | None = None,
    engine: Engine = "exhaustive", workers: int | None = None, executor: str | None = None,
    limit: float = LIMIT, fresh: bool = False, folder: Path | None = None, seed: int = 0,
    samples: int | None = None, loaded: Loaded | None = None,
    progress: Callable[[Event], None] = lambda _: None,
) -> Outcome:
    """Look for an instance on which a claim fails: ``FILE::claim``, or the claim itself.

    ``size``: of the largest instances; ``budget``, ``limit``: seconds for all, and for one.
    ``engine``: ``exhaustive`` goes through all, smallest first; ``random`` draws ``samples`` by
    Hypothesis; ``symbolic`` asks Z3. Raises :class:`BadInput` for a claim that cannot be loaded,
    and an engine that cannot be used for it.
    """
    if isinstance(claim, str):
        loaded, claim = find(claim)
    if not isinstance(claim, Claim):
        raise BadInput(
            f"refute({claim!r:.60})", expected="a function with @claim, or a text FILE::claim"
        )
    _require_whole("size", size, 0)
    _require_whole("workers", workers, 1)
    _require_whole("samples", samples, 1)
    _require_whole("seed", seed, 0)
    _require_seconds("budget", budget)
    _require_seconds("limit", limit)
    _require_values(claim)
    if samples is not None and engine != "random":
        raise BadInput(
            f"samples {samples}", where=f"engine {engine}",
            expected="the random engine, which alone draws samples",
        )
    if engine == "exhaustive":
        return exhaust_claim(
            Target(claim, loaded), size=size, budget=budget, workers=workers, executor=executor,
            limit=limit, fresh=fresh, folder=folder, progress=progress,
        )
    if engine not in ("random", "symbolic"):
        raise BadInput(f"engine {quoted(str(engine))}", expected="exhaustive, random or symbolic")
    if executor is not None or (workers or 1) > 1:
        raise BadInput(
            f"engine {engine}", where=f"claim {claim.name}",
            expected="one worker, and no executor: only the exhaustive engine shares out its work",
        )
    if engine == "symbolic":
        from checks.claims.symbolic import read_claim

        return read_claim(claim, size=size, budget=budget, limit=limit, progress=progress)
    from checks.claims.sampled import sample_claim

    return sample_claim(
        Target(claim, loaded), samples=samples, seed=seed, size=size, budget=budget, limit=limit,
        fresh=fresh, folder=folder, progress=progress,
    )


def _require_whole(name: str, given: Any, least: int) -> None:
    if given is None:
        return
    if not isinstance(given, int) or isinstance(given, bool) or not least <= given <= MOST:
        shown = given if isinstance(given, int) else f"{given!r:.60}"
        raise BadInput(f"{name} {shown}", expected=f"a whole number, {least} or more")


def _require_seconds(name: str, given: Any) -> None:
    if given is None and name == "budget":
        return
    if not isinstance(given, int | float) or isinstance(given, bool):
        raise BadInput(f"{name} {given!r:.60}", expected="a number of seconds")
    if not 0 < given < MOST:
        raise BadInput(f"{name} {given:g} s", expected="more than nothing, and not for ever")


def _require_values(claim: Claim) -> None:
    """Refuse a parameter of which it is known that it has no value at all."""
    for name, generator in claim.parameters.items():
        largest = generator.space.largest
        if largest is not None and largest <= LARGEST_UNBOUNDED and (
            smallest(generator.space, largest) is None
        ):
            raise BadInput(
                "there are no values", where=f"claim {claim.name}, parameter {name}",
                expected="a type with values",
            )
