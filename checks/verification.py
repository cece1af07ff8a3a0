"""Prove every card, run its finite checks, and collect what was found.

*Definitions*: :func:`verify`, :func:`prove_card`.

A card's proof is a function that makes kernel theorems; whatever keeps it from doing so (a solver
that does not say unsat, a rule used wrongly) makes the card ``unknown`` with that reason, or
``refuted`` if a countermodel was confirmed by running the model on it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks.catalogue import CARDS, Card
from checks.catalogue import card as find_card
from checks.constructions import shown
from checks.files import cache_folder
from checks.progress import Event
from checks.results import (
    CardResult,
    CheckResult,
    InstanceResult,
    Part,
    SolverTime,
    Verdict,
    Verification,
)
from checks.witness import Claims, confirm, missing
from proofs.kernel.countermodel import explain
from proofs.kernel.rules import (
    Definition,
    KernelError,
    Obligation,
    Refused,
    Statement,
    Theorem,
    definitions,
    theorems,
)
from proofs.kernel.show import named
from proofs.kernel.solvers import NAMES, configure, version

if TYPE_CHECKING:
    from checks.machine.jump import JumpTable

NOT_YET = "not yet proved"

JUMP_CARD = "bounded-escape"
"""The card with which the tables of the bounded jump are shown."""


def load(reference: str) -> Callable[..., Any]:
    """The function that ``module:function`` names."""
    module, _, name = reference.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function


def solver_times(obligations: Iterable[Obligation]) -> dict[str, SolverTime]:
    """Per solver, how many obligations it proved and in how many seconds."""
    rows = [o.answers[name] for o in obligations for name in NAMES if name in o.answers]
    return {
        name: SolverTime(
            sum(a.verdict == "unsat" for a in rows if a.solver == name),
            sum(a.seconds for a in rows if a.solver == name),
        )
        for name in NAMES
    }


def part_of(theorem: Theorem | Definition) -> Part:
    """A theorem or definition as data."""
    obligations = theorem.obligations
    times = solver_times(obligations)
    cached = sum(all(a.cached for a in o.answers.values()) for o in obligations)
    if isinstance(theorem, Definition):
        name = named(theorem.function)
        return Part(
            name, theorem.sentence, f"{theorem.kind} of {name}", "proved", len(obligations), times,
            cached=cached,
        )
    return Part(
        theorem.name, str(theorem.statement), "", "proved", len(obligations), times,
        theorem.rests_on, cached=cached,
    )


def refused_part(refused: Refused) -> Part:
    """A refusal as data: which obligations failed and why, with a countermodel if there is one."""
    found = explain(refused)
    reasons = str(refused).splitlines()[1:]
    return Part(
        refused.name,
        str(refused.statement) if refused.statement else "",
        "",
        "refuted" if found is not None and found.confirmed else "unknown",
        len(refused.failed),
        solver_times(refused.failed),
        reason="; ".join(line.strip() for line in reasons),
        countermodel=str(found) if found else "",
    )


def prove_card(card: Card) -> tuple[tuple[Part, ...], Verdict, str, Mapping[str, Statement]]:
    """Run a card's proof: its parts, verdict, reason, and the statements its checks run."""
    if not card.proof:
        return (), "unknown", NOT_YET, {}
    try:
        found = load(card.proof)()
    except Refused as refused:
        part = refused_part(refused)
        statements = {refused.name: refused.statement} if refused.statement else {}
        return (part,), part.verdict, part.reason, statements
    except KernelError as error:
        return (), "unknown", str(error), {}
    parts: Sequence[Theorem] = (found,) if isinstance(found, Theorem) else found
    statements = {theorem.name: theorem.statement for theorem in parts}
    return tuple(part_of(theorem) for theorem in parts), "proved", "", statements


class _NoStatement(Exception):
    pass


class _Statements(dict[str, Statement]):
    """The statements by name; one that a refused proof did not get to is told apart from a
    mistake in the check."""

    def __missing__(self, name: str) -> Statement:
        raise _NoStatement(name)


def run_checks(card: Card, statements: Mapping[str, Statement]) -> tuple[CheckResult, ...]:
    """A card's finite checks; one that cannot run is unknown, with the reason."""
    results: list[CheckResult] = []
    for reference in card.checks:
        try:
            found = load(reference)(_Statements(statements))
        except _NoStatement as missing:
            reason = f"there is no statement '{missing}' to run"
            found = CheckResult(reference, "unknown", 0, 0, "", 0.0, reason=reason)
        results += found if isinstance(found, list) else [found]
    return tuple(results)


def run_instances(
    card: Card, statements: Mapping[str, Statement]
) -> tuple[InstanceResult, ...]:
    """The witnesses and counterexamples of a card's theorems, run; what is missing is said."""
    claims: Claims = load(card.instances)() if card.instances else {}
    found: list[InstanceResult] = []
    for name, statement in statements.items():
        own = claims.get(name, ())
        found += [confirm(name, statement, claim) for claim in own]
        found += missing(name, statement, own)
    return tuple(found)


def verify(
    ids: Iterable[str] = (),
    *,
    fresh: bool = False,
    deadline: float = 20.0,
    seed: int = 0,
    cache: Path | None = None,
    checks: bool = True,
    progress: Callable[[Event], None] = lambda _: None,
) -> Verification:
    """Prove and check the cards of ``ids``, or all.

    ``fresh``: ask the solvers again what is in the cache. ``deadline``: seconds per solver and
    obligation. Raises :class:`models.errors.BadInput` for an unknown id.
    """
    begin = time.perf_counter()
    wanted = [find_card(name) for name in dict.fromkeys(ids)] or list(CARDS)
    folder = cache or cache_folder()
    with configure(cache=folder, fresh=fresh, deadline=deadline, seed=seed):
        proved: dict[str, Any] = {}
        # Solvers run in processes; a thread per core keeps them busy.
        executor = ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2))
        try:
            futures = [(card, executor.submit(prove_card, card)) for card in wanted]
            for number, (card, future) in enumerate(futures, start=1):
                proved[card.id] = future.result()
                said = f"{card.id}: {proved[card.id][1]}"
                progress(Event("proving", said, number, len(wanted)))
        finally:
            executor.shutdown(wait=False, cancel_futures=True)
        results = [
            replace(
                result,
                instances=run_instances(result.card, proved[result.card.id][3])
                if result.verdict == "proved"
                else (),
                constructions=tuple(map(shown, result.card.constructions)),
            )
            for result in _collected(wanted, proved)
        ]
        if checks:
            results = _checked(results, proved, progress)
        versions = {name: version(name) for name in NAMES}
    jumps: tuple[JumpTable, ...] = ()
    if checks and any(card.id == JUMP_CARD for card in wanted):
        from checks.machine.jump import overview

        jumps = overview(folder, progress)
    return Verification(tuple(results), versions, time.perf_counter() - begin, jumps)


def _collected(wanted: Sequence[Card], proved: Mapping[str, Any]) -> list[CardResult]:
    """Results by card, with the theorems and definitions that its parts rest on."""
    known: dict[tuple[str, str], Theorem | Definition] = {
        ("theorem", t.name): t for t in theorems()
    }
    # Functions go by their names in statements.
    names = {}
    for d in definitions():
        known[d.kind, d.function.name] = d
        names[d.kind, d.function.name] = (d.kind, named(d.function))

    def readable(part: Part) -> Part:
        rests = sorted(names.get(rest, rest) for rest in part.rests_on)
        return replace(part, rests_on=tuple(rests))

    results = []
    for card in wanted:
        parts, verdict, reason, _ = proved[card.id]
        own = {("theorem", part.name) for part in parts}
        rests = {rest for part in parts for rest in part.rests_on if rest in known} - own
        support = tuple(readable(part_of(known[rest])) for rest in sorted(rests))
        results.append(CardResult(card, verdict, reason, tuple(map(readable, parts)), support, ()))
    return results


def _checked(
    results: Sequence[CardResult],
    proved: Mapping[str, Any],
    progress: Callable[[Event], None],
) -> list[CardResult]:
    """The results with their finite checks."""
    total = sum(bool(result.card.checks) for result in results)
    done = 0
    found = []
    for result in results:
        checks: tuple[CheckResult, ...] = ()
        if result.card.checks and proved[result.card.id][3]:
            progress(Event("checking", result.card.id, done, total))
            checks = run_checks(result.card, proved[result.card.id][3])
            done += 1
            instances = sum(check.instances for check in checks)
            said = f"{result.card.id}: {instances} instances"
            progress(Event("checking", said, done, total))
        found.append(replace(result, checks=checks))
    return found
