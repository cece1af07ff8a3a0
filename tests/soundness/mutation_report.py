"""What becomes of every mutant: ``make mutants`` goes through all of them and counts.

*Definitions*: :func:`found`, what settles a mutant; :func:`listed`, :func:`listed_false`,
:func:`stale`; :func:`proved`, :func:`refused`; :func:`main`.

Each mutant of each theorem has to be refuted by running the model on an instance, or to be weaker
than the theorem by its form, or to be listed as still true. Whatever is called true is proved by
the kernel, and everything else is refused by it. Of a mutant that is false only where nobody can
run it, the kernel proves the opposite at values that are listed.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Literal, TypeAlias, TypeVar

from rich.console import Console
from rich.progress import track

from checks.files import cache_folder
from proofs.kernel.rules import KernelError, Refused
from proofs.kernel.solvers import configure
from tests.soundness.mutation import KINDS, Mutant, mutants
from tests.soundness.mutation_false import PROVED_FALSE, ProvedFalse
from tests.soundness.mutation_kernel import ask, disproved, from_theorem
from tests.soundness.mutation_pool import Instance, subjects, trials
from tests.soundness.mutation_true import STILL_TRUE, StillTrue

T = TypeVar("T")

SOON, DEADLINE = 0.1, 1.0
"""Seconds for a solver that is asked for what is false: at first, and if neither says so."""

Settled: TypeAlias = Literal["weaker", "true", "false"] | Instance | None


@cache
def listed() -> Mapping[tuple[str, str], StillTrue]:
    """What is listed as still true, by theorem and name of the mutant."""
    return {
        (theorem, name): entry
        for entry in STILL_TRUE
        for theorem, names in entry.mutants.items()
        for name in names
    }


@cache
def listed_false() -> Mapping[tuple[str, str], ProvedFalse]:
    """What is listed as false by proof, by theorem and name of the mutant."""
    return {
        (theorem, name): entry
        for entry in PROVED_FALSE
        for theorem, names in entry.mutants.items()
        for name in names
    }


@cache
def mutants_of(theorem: str) -> tuple[Mutant, ...]:
    """The mutants of a theorem."""
    return tuple(mutants(theorem, subjects()[theorem].theorem.statement))


def found(mutant: Mutant) -> Settled:
    """What settles a mutant, or none: its form, a list, or an instance on which it fails."""
    if mutant.weaker:
        return "weaker"
    if (mutant.theorem, mutant.name) in listed():
        return "true"
    if (mutant.theorem, mutant.name) in listed_false():
        return "false"
    return trials(mutant.theorem).refuted(mutant)


def proved(mutant: Mutant) -> str:
    """Prove a mutant that is weaker or listed, or its opposite if it is listed as false; why that
    failed, or nothing."""
    theorem, name = subjects()[mutant.theorem].theorem, (mutant.theorem, mutant.name)
    try:
        if mutant.weaker:
            from_theorem(theorem, mutant)
        elif name in listed():
            listed()[name].proof(theorem, mutant)
        else:
            false = listed_false()[name]
            disproved(theorem, mutant, false.values(mutant.statement), false.premises)
    except (Refused, KernelError) as error:
        return str(error)
    return ""


def refused(mutant: Mutant) -> bool:
    """Whether the kernel does not take a mutant for true with the true proof's premises.

    Where a solver soon says "sat", more time would change nothing, and it is not waited for the
    other one.
    """
    theorem = subjects()[mutant.theorem].theorem
    for deadline in (SOON, DEADLINE):
        try:
            with configure(deadline=deadline):
                ask(theorem, mutant)
        except Refused as error:
            answers = [a for failed in error.failed for a in failed.answers.values()]
            if any(answer.verdict == "sat" for answer in answers):
                return True
        else:
            return False
    return True


def all_mutants() -> Iterator[Mutant]:
    """Of all theorems."""
    for name in subjects():
        yield from mutants_of(name)


def stale() -> list[str]:
    """What is listed and is no mutant of its theorem, or follows from it by its form."""
    names = {(m.theorem, m.name): m for m in all_mutants()}
    return [
        f"{theorem} | {name}" for theorem, name in (*listed(), *listed_false())
        if (theorem, name) not in names or names[theorem, name].weaker
    ]


def main() -> int:
    """Go through all mutants, print how many are settled how, and what is wrong."""
    console = Console()

    def each(what: str, of: Iterable[T]) -> Iterable[T]:
        return track(list(of), what, console=console)

    with configure(cache=cache_folder()):
        settled = {mutant: found(mutant) for mutant in each("run", all_mutants())}
        true = [m for m, how in settled.items() if how in ("weaker", "true")]
        false = [m for m, how in settled.items() if how == "false"]
        refuted = [m for m, how in settled.items() if isinstance(how, Instance)]
        wrong = [f"not a mutant to list: {name}" for name in stale()]
        wrong += [f"neither refuted nor listed: {m!r}" for m, how in settled.items() if how is None]
        wrong += [
            f"not proved: {mutant!r}: {reason}"
            for mutant in each("prove", [*true, *false]) if (reason := proved(mutant))
        ]
        wrong += [
            f"false, but proved: {mutant!r}" for mutant in each("ask", [*refuted, *false])
            if not refused(mutant)
        ]
        wrong += [
            f"listed, but refuted: {mutant!r} on {instance.values}"
            for mutant in each("try to refute", (m for m in true if not m.weaker))
            if (instance := trials(mutant.theorem).refuted(mutant))
        ]
    print(table(settled), *wrong, sep="\n")
    return 1 if wrong else 0


def table(settled: Mapping[Mutant, Settled]) -> str:
    """Mutants by kind and by what settled them."""
    columns = ("card", "table", "check", "varied", "by sort", "weaker", "true", "false", "open")

    def column(how: Settled) -> str:
        return how.source if isinstance(how, Instance) else how or "open"

    counts = Counter((mutant.kind, column(how)) for mutant, how in settled.items())
    rows = [["", *columns, "all"]]
    for kind in KINDS:
        row = [counts[kind, name] for name in columns]
        rows.append([kind, *map(str, row), str(sum(row))])
    sums = [sum(counts[kind, name] for kind in KINDS) for name in columns]
    rows.append(["all", *map(str, sums), str(sum(sums))])
    return "\n".join(
        f"{row[0]:20}" + "".join(f"{cell:>9}" for cell in row[1:]) for row in rows
    )


if __name__ == "__main__":
    sys.exit(main())
