"""Prove every card, run its finite checks, and collect what was found.

*Definitions*: :func:`verify`, :func:`prove_card`.

A card's proof is a function that makes kernel theorems; whatever keeps it from doing so (a solver
that does not say unsat, a rule used wrongly) makes the card ``unknown`` with that reason, or
``refuted`` if a countermodel was confirmed by running the model on it.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from checks.catalogue import CARDS, Card
from checks.catalogue import card as find_card
from checks.constructions import shown
from checks.files import cache_folder
from checks.progress import Event
from checks.results import (
    CardResult,
    CheckResult,
    InstanceResult,
    Made,
    Part,
    Slowest,
    SolverTime,
    Verdict,
    Verification,
)
from checks.witness import Claims, confirm, missing
from checks.workers import spread
from models.errors import BadInput
from proofs.kernel.countermodel import explain
from proofs.kernel.parcel import Parcel, packed, unpacked
from proofs.kernel.rules import (
    Accepted,
    Definition,
    KernelError,
    Obligation,
    Refused,
    Rest,
    Statement,
    Theorem,
    definitions,
    theorem_named,
)
from proofs.kernel.show import named
from proofs.kernel.solvers import NAMES, configure, version

if TYPE_CHECKING:
    from checks.machine.jump import JumpTable

NOT_YET = "not yet proved"

FEW_CARDS = 3
"""With fewer, and no number of workers named, starting them takes longer than the checks."""

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


def slowest_of(name: str, obligations: Iterable[Obligation]) -> Slowest | None:
    """The obligation that took a solver longest."""
    rows = [
        Slowest(f"{name}: {o.label}", answer.solver, answer.seconds)
        for o in obligations for answer in o.answers.values()
    ]
    return max(rows, key=lambda row: row.seconds, default=None)


def part_of(theorem: Theorem | Definition) -> Part:
    """A theorem or definition as data."""
    said = theorem.said
    if isinstance(said, Accepted):
        name, sentence = named(said.function), said.sentence
        summary = about = f"{said.kind} of {name}"
        rests_on: tuple[Rest, ...] = ()
    else:
        name = about = said.name
        sentence, summary = str(said.statement), ""
        rests_on = tuple(sorted(said.rests))
    cached = sum(all(a.cached for a in o.answers.values()) for o in said.obligations)
    return Part(
        name, sentence, summary, "proved", len(said.obligations), solver_times(said.obligations),
        rests_on, cached=cached, slowest=slowest_of(about, said.obligations),
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


_Proved: TypeAlias = tuple[tuple[Part, ...], Verdict, str, Mapping[str, Statement]]


def prove_card(card: Card) -> _Proved:
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
    workers: int | None = 1,
    progress: Callable[[Event], None] = lambda _: None,
    meanwhile: Iterable[object] = (),
) -> Verification:
    """Prove and check the cards of ``ids``, or all if none are named.

    ``fresh``: ask the solvers again what is in the cache. ``deadline``: seconds per solver and
    obligation. ``workers``: processes for the finite checks; with one, this process runs them; none
    means as many as there are processors, unless there are few cards. ``meanwhile``: other work,
    done while solvers and workers are busy: it is gone through, a step after each proof. Raises
    :class:`models.errors.BadInput` for an unknown id.
    """
    begin = time.perf_counter()
    if isinstance(ids, str):
        raise BadInput(f"verify({ids!r:.60})", expected="a list of ids, such as ['collapse']")
    wanted = [find_card(name) for name in dict.fromkeys(ids)] or list(CARDS)
    folder = cache or cache_folder()
    if workers is None:
        workers = 1 if len(wanted) < FEW_CARDS else os.cpu_count() or 1
    tables = checks and any(card.id == JUMP_CARD for card in wanted)
    with (
        configure(cache=folder, fresh=fresh, deadline=deadline, seed=seed),
        closing(_proofs(wanted, progress)) as proofs,
    ):
        proved: dict[str, _Proved] = {}
        instances: dict[str, tuple[InstanceResult, ...]] = {}
        constructions: dict[str, tuple[Made, ...]] = {}
        checked: dict[str, tuple[CheckResult, ...]] = {}
        total = sum(bool(card.checks) for card in wanted)

        def jobs() -> Iterator[_Checks | _Tables]:
            """What is to be checked, as soon as it is proved; the longest work first."""
            other = iter(meanwhile)
            if tables and workers > 1:
                yield _Tables(folder)
            for card, found in proofs:
                proved[card.id] = _, verdict, _, statements = found
                if checks and card.checks and statements:
                    progress(Event("checking", card.id, len(checked), total))
                    yield _Checks.of(card, statements, packing=workers > 1)
                if verdict == "proved":
                    instances[card.id] = run_instances(card, statements)
                constructions[card.id] = tuple(map(shown, card.constructions))
                next(other, None)
            deque(other, maxlen=0)

        for job, results in spread(
            _work, jobs(), workers=workers, prepare=_nothing, arguments=()
        ):
            if isinstance(job, _Checks):
                checked[job.card.id] = results
                said = f"{job.card.id}: {sum(check.instances for check in results)} instances"
                progress(Event("checking", said, len(checked), total))
        cards = tuple(
            replace(
                result,
                instances=instances.get(result.card.id, ()),
                constructions=constructions[result.card.id],
                checks=checked.get(result.card.id, ()),
            )
            for result in _collected(wanted, proved)
        )
        versions = {name: version(name) for name in NAMES}
    jumps: tuple[JumpTable, ...] = ()
    if tables:
        from checks.machine.jump import overview

        jumps = overview(folder, progress)
    return Verification(cards, versions, time.perf_counter() - begin, jumps)


def _proofs(
    wanted: Sequence[Card], progress: Callable[[Event], None]
) -> Generator[tuple[Card, _Proved], None, None]:
    """The cards in order, each with what its proof comes to. What is closed starts no more."""
    # Solvers run in processes; a thread per core keeps them busy.
    executor = ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2))
    try:
        futures = [executor.submit(prove_card, card) for card in wanted]
        told = 0
        for card, future in zip(wanted, futures, strict=True):
            found = future.result()
            while told < len(futures) and futures[told].done():
                said = f"{wanted[told].id}: {futures[told].result()[1]}"
                told += 1
                progress(Event("proving", said, told, len(wanted)))
            yield card, found
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Checks:
    """The finite checks of a card, with its statements as they are or as data that travels."""

    card: Card
    statements: Mapping[str, Statement | Parcel]

    @classmethod
    def of(cls, card: Card, statements: Mapping[str, Statement], *, packing: bool) -> _Checks:
        if not packing:
            return cls(card, statements)
        return cls(card, {name: packed(statement) for name, statement in statements.items()})


@dataclass(frozen=True, slots=True)
class _Tables:
    """The tables of the bounded jump, decided and kept in a folder."""

    folder: Path


def _work(job: _Checks | _Tables) -> tuple[CheckResult, ...]:
    """What a worker process does."""
    if isinstance(job, _Tables):
        from checks.machine.jump import overview

        overview(job.folder)
        return ()
    statements = {
        name: unpacked(given) if isinstance(given, Parcel) else given
        for name, given in job.statements.items()
    }
    return run_checks(job.card, statements)


def _nothing() -> None:
    """Workers need no preparation."""


def _collected(wanted: Sequence[Card], proved: Mapping[str, _Proved]) -> list[CardResult]:
    """Results by card, with the theorems and definitions that its parts rest on."""
    accepted: dict[Rest, Definition] = {}
    # Functions go by their names in statements.
    names: dict[Rest, Rest] = {}
    for definition in definitions():
        said = definition.said
        accepted[said.kind, said.function.name] = definition
        names[said.kind, said.function.name] = (said.kind, named(said.function))

    def made(rest: Rest) -> Theorem | Definition | None:
        kind, name = rest
        return theorem_named(name) if kind == "theorem" else accepted.get(rest)

    def readable(part: Part) -> Part:
        rests = sorted(names.get(rest, rest) for rest in part.rests_on)
        return replace(part, rests_on=tuple(rests))

    @cache
    def support_of(rest: Rest) -> Part | None:
        found = made(rest)
        return None if found is None else readable(part_of(found))

    results = []
    for card in wanted:
        parts, verdict, reason, _ = proved[card.id]
        own = {("theorem", part.name) for part in parts}
        rests = {rest for part in parts for rest in part.rests_on} - own
        # What is neither a theorem nor accepted, such as an axiom, is no part.
        support = tuple(filter(None, map(support_of, sorted(rests))))
        results.append(CardResult(card, verdict, reason, tuple(map(readable, parts)), support, ()))
    return results
