"""Claims: instances a second by size and workers, and the time to a first counterexample.

*Definitions*: :func:`throughput`, :func:`first_counterexamples`; ``python -m bench.claims`` makes
one measurement, in a process of its own with an empty store, and prints it.

The engine goes through all instances, in one process and in two. A plain loop calls the same
function on the same instances, of :func:`models.machine.program.programs` and
:func:`models.machine.tree.trees`. Hypothesis calls it on instances that it draws, which are not all
of any size, and some of which it draws again.

Strategies are written as somebody would who has Hypothesis and the constructors alone. Whoever
wants those by size takes them from :mod:`checks.strategies`, where that exists.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bench.measure import Section, medians

FILE = Path(__file__).with_name("claim_file.py")

SIZES = (4, 5, 6)
"""Of the largest instances that are counted."""

DRAWN = 2_000
"""Instances that Hypothesis is asked for when its throughput is measured."""

COUNTED = ("runs", "decides")

REFUTED = (
    "collapse_goes_down", "only_id_changes_nothing", "halting_on_nil", "oracles_do_not_matter",
    "halting_on_small_trees",
)


def throughput(repetitions: int) -> Section:
    """Instances a second, of claims that hold."""
    rows: list[dict[str, Any]] = []
    for name in COUNTED:
        counted = _claim(name).space.count
        for size in SIZES:
            modes = ["one", "two", "loop", *(["hypothesis"] if size == SIZES[-1] else [])]
            candidates = {mode: partial(_rate, mode, name, size) for mode in modes}
            found = medians(candidates, repetitions)
            rows.append({
                "claim": name, "size": size, "instances": sum(map(counted, range(size + 1))),
                **found, "scaling": found["two"] / found["one"],
                "to_loop": found["one"] / found["loop"],
            })
            if "hypothesis" in found:
                rows[-1]["to_hypothesis"] = found["one"] / found["hypothesis"]
    columns = {
        "claim": "claim", "size": "size to", "instances": "instances",
        "one": "1 worker, /s", "two": "2 workers, /s", "loop": "plain loop, /s",
        "hypothesis": "Hypothesis, /s", "scaling": "2 / 1", "to_loop": "1 worker / loop",
        "to_hypothesis": "1 worker / Hypothesis",
    }
    notes = [
        "Starting two workers is part of their time, as for a user.",
        f"Hypothesis draws {DRAWN:,} instances, of any size, without its database and deadline.",
    ]
    return Section("claims", "instances of a claim a second", columns, rows, notes)


def first_counterexamples(repetitions: int) -> Section:
    """Seconds until a counterexample is told, for five false claims."""
    rows: list[dict[str, Any]] = []
    for name in REFUTED:
        ours = [_measured("refute", name, 0) for _ in range(repetitions)]
        theirs = [_measured("search", name, 0, seed) for seed in range(repetitions)]
        found = [each for each in theirs if each["size"] is not None]
        row: dict[str, Any] = {
            "claim": name,
            "refute": median(each["seconds"] for each in ours),
            "size": ours[0]["size"],
            "found": f"{len(found)} of {len(theirs)}",
        }
        if found:
            sizes = [each["size"] for each in found]
            row["hypothesis"] = median(each["seconds"] for each in found)
            row["sizes"] = _span(sizes)
        missed = [each["seconds"] for each in theirs if each["size"] is None]
        if missed:
            row["missed"] = median(missed)
        reasons = sorted({each["reason"] for each in theirs if each["reason"]})
        row["reasons"] = ", ".join(reasons)
        rows.append(row)
    columns = {
        "claim": "claim", "refute": "refute, s", "size": "size", "found": "Hypothesis finds one",
        "hypothesis": "then after s", "sizes": "size", "missed": "gives up after s",
        "reasons": "saying",
    }
    notes = [
        "Medians; each search in a fresh process, without the time to import. Hypothesis as it is:",
        "a hundred examples, its deadline, an empty database; another seed each time.",
        "The size is that of all parameters together; that of refute is the smallest there is.",
    ]
    return Section("counterexamples", "time to a counterexample", columns, rows, notes)


def _span(sizes: list[int]) -> str:
    low, high = min(sizes), max(sizes)
    return str(low) if low == high else f"{low} to {high}"


def _rate(mode: str, name: str, size: int) -> float:
    found = _measured(mode, name, size)
    rate: float = found["count"] / found["seconds"]
    return rate


def _measured(mode: str, name: str, size: int, seed: int = 0) -> dict[str, Any]:
    """One measurement, in a process of its own and a folder that is empty."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(__file__).parents[1]
        # Hypothesis has other settings where it sees that it runs in continuous integration.
        kept = {key: value for key, value in os.environ.items() if key != "CI"}
        environment = {**kept, "JUMPBOUND_CACHE": folder, "PYTHONPATH": str(root)}
        command = [sys.executable, "-m", "bench.claims", mode, name, str(size), str(seed)]
        said = subprocess.run(
            command, capture_output=True, text=True, check=True, env=environment, cwd=folder
        ).stdout
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


# What the process does.


def measure(mode: str, name: str, size: int, seed: int) -> dict[str, Any]:
    """Seconds, with how many instances there were, or of what size the counterexample is."""
    modes: dict[str, Callable[[], dict[str, Any]]] = {
        "one": lambda: _refute(name, size, 1),
        "two": lambda: _refute(name, size, 2),
        "refute": lambda: _refute(name, None, None),
        "loop": lambda: _loop(name, size),
        "hypothesis": lambda: _draw(name),
        "search": lambda: _search(name, seed),
    }
    return modes[mode]()


def _refute(name: str, size: int | None, workers: int | None) -> dict[str, Any]:
    from checks.claims import refute

    begin = time.perf_counter()
    found = refute(f"{FILE}::{name}", size=size, workers=workers)
    seconds = time.perf_counter() - begin
    if size is not None and found.verdict != "exhausted":
        raise ValueError(f"{name} should hold: {found.verdict}")
    reported = None if found.counterexample is None else found.counterexample.size
    return {"seconds": seconds, "count": found.gone_through, "size": reported}


def _claim(name: str) -> Any:
    from checks.claims.load import find

    return find(f"{FILE}::{name}")[1]


def _loop(name: str, size: int) -> dict[str, Any]:
    from models.machine.program import programs
    from models.machine.tree import trees

    holds = _claim(name).function
    count = 0
    begin = time.perf_counter()
    for total in range(size + 1):
        for of_program in range(1, total + 1):
            values = list(trees(total - of_program))
            for program in programs(of_program):
                for tree in values:
                    count += 1
                    if not holds(program, tree):
                        raise ValueError(f"{name} should hold")
    return {"seconds": time.perf_counter() - begin, "count": count}


def strategies() -> dict[str, Any]:
    """Plain strategies by the name of a parameter's generator."""
    from hypothesis import strategies as st

    from models.machine.oracle import Table
    from models.machine.program import Ask, Cons, Hd, Id, If, Quote, Then, Tl, While
    from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree

    trees = st.recursive(st.just(NIL), lambda part: st.builds(Pair, part, part), max_leaves=8)
    programs = st.recursive(
        st.sampled_from([Id(), Hd(), Tl(), Ask()]) | st.builds(Quote, trees),
        lambda part: (
            st.builds(Cons, part, part) | st.builds(Then, part, part)
            | st.builds(If, part, part, part) | st.builds(While, part, part)
        ),
        max_leaves=8,
    )

    def made(members: Iterable[Tree], inside: bool) -> Table:
        answer, otherwise = (TRUE, FALSE) if inside else (FALSE, TRUE)
        return Table(dict.fromkeys(members, answer), otherwise)

    return {
        "Tree": trees,
        "Program": programs,
        "Oracle": st.builds(made, st.lists(trees, max_size=4), st.booleans()),
        "Bound": st.integers(min_value=1),
        "Share": st.fractions(min_value=0, max_value=1),
    }


def size_of(value: Any) -> int:
    """As the generators of claims count it."""
    from models.machine.oracle import Table
    from models.machine.program import Program, Quote, size
    from models.machine.tree import NIL, Tree

    if isinstance(value, Program):
        return int(size(value))
    if isinstance(value, Tree):
        return int(size(Quote(value))) - 1
    if isinstance(value, Table):
        return sum(size_of(tree) + 1 for tree in value.answers) + (value.otherwise != NIL)
    return value.denominator - 1 if isinstance(value, Fraction) else abs(int(value))


def _drawn(claim: Any) -> Any:
    from hypothesis import strategies as st

    known = strategies()
    return st.tuples(*(known[each.name] for each in claim.parameters.values()))


def _draw(name: str) -> dict[str, Any]:
    from hypothesis import HealthCheck, Phase, given, settings

    claim = _claim(name)
    count = 0

    @settings(
        max_examples=DRAWN, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(values=_drawn(claim))
    def holds(values: tuple[Any, ...]) -> None:
        nonlocal count
        count += 1
        assert claim.function(*values)

    begin = time.perf_counter()
    holds()
    return {"seconds": time.perf_counter() - begin, "count": count}


def _search(name: str, seed: int) -> dict[str, Any]:
    import hypothesis
    from hypothesis.errors import DeadlineExceeded, FailedHealthCheck, Flaky, Unsatisfiable

    from checks.claims.claim import Skipped, Undecided

    claim = _claim(name)
    last: tuple[Any, ...] = ()

    @hypothesis.seed(seed)
    @hypothesis.given(values=_drawn(claim))
    def holds(values: tuple[Any, ...]) -> None:
        nonlocal last
        try:
            answer = claim.function(*values)
        except (Skipped, Undecided):
            hypothesis.reject()
        if not answer:
            last = values
        assert answer

    reason, found = "", False
    begin = time.perf_counter()
    try:
        holds()
    except AssertionError:
        found = True
    except (FailedHealthCheck, DeadlineExceeded, Flaky, Unsatisfiable) as error:
        reason = type(error).__name__
    except ExceptionGroup as several:  # a counterexample, and an instance beyond its deadline
        found = any(isinstance(each, AssertionError) for each in several.exceptions)
        reason = ", ".join(sorted({type(each).__name__ for each in several.exceptions}))
    seconds = time.perf_counter() - begin
    reported = sum(map(size_of, last)) if found else None
    return {"seconds": seconds, "size": reported, "reason": reason}


def main() -> None:
    """One measurement: mode, claim, size, seed."""
    mode, name, size, seed = sys.argv[1:]
    print(json.dumps(measure(mode, name, int(size), int(seed))))


if __name__ == "__main__":
    main()
