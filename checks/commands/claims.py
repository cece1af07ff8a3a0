"""The commands ``jumpbound refute`` and ``jumpbound replay``.

*Definitions*: :func:`refute`, :func:`replay`, as the command line registers them; :func:`duration`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from models.errors import BadInput, quoted

if TYPE_CHECKING:
    from checks.claims.apart import Tell
    from checks.claims.claim import Claim
    from checks.claims.load import Loaded
    from checks.claims.result import Outcome

LONGEST_BUDGET = 10_000_000
"""Seconds; some months."""

_UNITS = {"": 1, "s": 1, "m": 60, "h": 3_600}


def duration(text: str, option: str) -> float:
    """Seconds: ``90``, ``90s``, ``1.5m``, ``2h``. Raises :class:`BadInput`."""
    found = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)([smh]?)", text.strip())
    seconds = float(found[1]) * _UNITS[found[2]] if found else 0.0
    if not 0 < seconds <= LONGEST_BUDGET:
        raise BadInput(
            f"duration {quoted(text)}", where=option, expected="a time such as 90, 90s, 10m or 2h"
        )
    return seconds


def refute(
    name: Annotated[str, typer.Argument(
        metavar="FILE::claim", help="A claim in a Python file; all of its claims if none is named."
    )],
    size: Annotated[int | None, typer.Option(
        help="Size of the largest instances, all parameters together.", min=0, max=1_000
    )] = None,
    budget: Annotated[str | None, typer.Option(
        metavar="TIME",
        help="How long to search, for each claim: 90, 10m, 2h; a minute if no size is named.",
    )] = None,
    engine: Annotated[str, typer.Option(
        help="exhaustive: all instances, smallest first; random: by Hypothesis; symbolic: by Z3."
    )] = "exhaustive",
    limit: Annotated[float, typer.Option(
        help="Seconds for one instance, which is undecided if it takes longer.", min=0.01,
        max=86_400,
    )] = 10.0,
    workers: Annotated[int | None, typer.Option(
        help="Processes; as many as there are processors if not said.", min=1, max=256
    )] = None,
    executor: Annotated[str | None, typer.Option(
        metavar="ADDRESS", help="A running Dask scheduler, tcp://HOST:PORT, instead of processes."
    )] = None,
    seed: Annotated[int, typer.Option(
        help="Of the random engine.", min=0, max=2**32 - 1
    )] = 0,
    samples: Annotated[int | None, typer.Option(
        metavar="N", help="Instances that the random engine draws; 1000 if not said.", min=1,
        max=10_000_000,
    )] = None,
    fresh: Annotated[bool, typer.Option(
        "--fresh", help="Go through all instances again, whatever was done before."
    )] = False,
    save: Annotated[bool, typer.Option(
        help="Write a counterexample to FILE.claim.json, beside FILE."
    )] = True,
    as_json: Annotated[bool, typer.Option(
        "--json", help="Print one JSON object and nothing else."
    )] = False,
) -> None:
    """Look for the smallest instance on which a claim fails, or go through all to a size."""
    from checks.claims.apart import apart
    from checks.claims.load import find, load
    from checks.claims.refute import refute as refute_claim
    from checks.claims.replay import require_place_of
    from checks.claims.replay import save as save_counterexample
    from checks.cli import emit, shown_progress

    seconds = None if budget is None else duration(budget, "--budget")
    if "::" in name:
        loaded, one = find(name)
        claims = [one]
    else:
        loaded = load(Path(name))
        claims = list(loaded.claims.values())
        if not claims:
            raise BadInput("no claims in it", where=name, expected="functions with @claim")
    if save:
        for each in claims:
            require_place_of(loaded, each)
    outcomes: list[tuple[Outcome, Path | None]] = []
    unsaved: BadInput | None = None
    with shown_progress(as_json and not sys.stderr.isatty()) as progress:
        for each in claims:
            # Random instances are for what is larger than what is gone through.
            own = None if engine == "random" else each.size
            def search(tell: Tell, each: Claim = each, own: int | None = own) -> Outcome:
                return refute_claim(
                    each, loaded=loaded, size=own if size is None else size, budget=seconds,
                    engine=engine, workers=workers, executor=executor, limit=limit,  # type: ignore[arg-type]
                    fresh=fresh, seed=seed, samples=samples, progress=tell,
                )

            # The exhaustive engine has worker processes.
            others = engine in ("random", "symbolic")
            found = apart(each, engine, search, progress) if others else search(progress)  # type: ignore[arg-type]
            if not as_json:
                _print(found, loaded, alone=len(claims) == 1)
            place = None
            if save and found.counterexample is not None:
                try:
                    place = save_counterexample(found, loaded)
                except BadInput as error:  # the counterexample is told all the same
                    unsaved = error
            outcomes.append((found, place))
    places = [_beside(place) for _, place in outcomes if place is not None]
    if as_json:
        listed = [
            {**found.to_json(), "saved": None if place is None else str(_beside(place))}
            for found, place in outcomes
        ]
        emit(listed[0] if "::" in name else {"file": name, "claims": listed})
    elif places:
        which = str(places[0]) if len(places) == 1 else "FILE"
        shows = "shows it" if len(places) == 1 else "shows one"
        print(
            f"\nSaved: {', '.join(map(str, places))}; `jumpbound replay {which}` {shows} "
            "step by step."
        )
    if unsaved is not None:
        raise unsaved
    if any(found.verdict in ("refuted", "unknown") for found, _ in outcomes):
        raise typer.Exit(1)


def _print(found: Outcome, loaded: Loaded, *, alone: bool) -> None:
    from checks.claims.show import report_line

    if alone:
        print(found)
    else:
        print(report_line(f"{loaded.path.name}::{found.claim.name}", found))


def _beside(path: Path) -> Path:
    """A path as seen from here, if that is shorter."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def replay(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `jumpbound refute` saved.")],
    steps: Annotated[int, typer.Option(
        help="Steps of the machine to show of each run.", min=0, max=1_000_000
    )] = 20,
    limit: Annotated[float, typer.Option(
        help="Seconds for the instance.", min=0.01, max=86_400
    )] = 10.0,
    as_json: Annotated[bool, typer.Option(
        "--json", help="Print one JSON object and nothing else."
    )] = False,
) -> None:
    """Show a saved counterexample step by step: what the claim asks, what is answered, and why."""
    from checks.claims.replay import replay as replay_file
    from checks.cli import emit
    from checks.display import show

    found = replay_file(file, limit=limit)
    if as_json:
        emit(found.to_json())
    else:
        print(show(found, steps=steps))
    if found.judgement.what != "holds":
        raise typer.Exit(1)
