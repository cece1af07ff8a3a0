"""``make seeds``: every theorem proved anew with other random seeds of both solvers.

*Definitions*: :class:`Proving`, :func:`proved_with`, :func:`differences`.

A proof that one seed finds and another does not would hang by a thread: the next release of a
solver could break it. So the verdicts and the numbers of obligations must be the same for all
seeds, and the slowest obligation says how much room there is. Each seed is a process of its own,
with nothing remembered.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[1]

SEEDS = (0, 1, 42, 2_026, 4_294_967_295)

PROGRAM = """
import json, sys
from pathlib import Path
from checks import verify
seed, folder, *ids = sys.argv[1:]
found = verify(ids, seed=int(seed), cache=Path(folder), fresh=True, checks=False)
print(json.dumps(found.to_json()))
"""


@dataclass(frozen=True, slots=True)
class Proving:
    """What came of one seed: per card its verdict and number of obligations; seconds of processor
    time per solver, and the slowest obligation in words."""

    seed: int
    cards: Mapping[str, tuple[str, int]]
    seconds: Mapping[str, float]
    slowest: str


def proved_with(seed: int, ids: Sequence[str] = ()) -> Proving:
    """Prove cards, or all, with a seed."""
    with TemporaryDirectory() as folder:
        said = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(seed), folder, *ids],
            stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT,
        )
    found: dict[str, Any] = json.loads(said.stdout)
    slowest = found["slowest"]
    return Proving(
        seed,
        {card["id"]: (card["verdict"], card["obligations"]) for card in found["theorems"]},
        found["solver_seconds"],
        f"{slowest['name']}, {slowest['seconds']:.2f} s in {slowest['solver']}",
    )


def differences(one: Proving, other: Proving) -> Iterator[str]:
    """The cards of which two seeds say something else, in words."""
    for name in {**one.cards, **other.cards}:
        first, second = one.cards.get(name), other.cards.get(name)
        if first != second:
            yield f"{name}: {first} with seed {one.seed}, {second} with seed {other.seed}"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.seeds", description=__doc__)
    parser.add_argument("seeds", nargs="*", type=int, default=list(SEEDS), metavar="SEED")
    first: Proving | None = None
    different: list[str] = []
    for seed in parser.parse_args().seeds:
        found = proved_with(seed)
        first = first or found
        proved = sum(verdict == "proved" for verdict, _ in found.cards.values())
        times = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in found.seconds.items())
        print(f"seed {seed}: {proved} proved; {times}; slowest: {found.slowest}", flush=True)
        different += differences(first, found)
    print("\n".join(different) or "The same verdicts and obligations with every seed.")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
