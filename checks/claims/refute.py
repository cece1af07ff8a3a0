"""Refuting claims: one function over three engines.

*Definitions*: :func:`refute`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from checks.claims.claim import Claim
from checks.claims.evaluate import LIMIT
from checks.claims.exhaustive import Target, exhaust_claim
from checks.claims.load import Loaded, find
from checks.claims.result import Engine, Outcome
from checks.progress import Event
from models.errors import BadInput, quoted


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
    if size is not None and size < 0:
        raise BadInput(f"size {size}", expected="a whole number, 0 or more")
    if budget is not None and budget <= 0:
        raise BadInput(f"budget {budget:g} s", expected="more than nothing")
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
        raise BadInput(f"engine {quoted(engine)}", expected="exhaustive, random or symbolic")
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
