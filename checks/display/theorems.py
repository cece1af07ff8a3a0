"""Blocks of verifications and of theorems' cards.

*Definitions*: :func:`verification`, :func:`card`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from checks.display.blocks import Align, Block, Fold, Heading, Lines, Listing, Paragraph, Table
from checks.results import (
    CardResult,
    InstanceResult,
    Verification,
    checks_text,
    counted,
    last_line,
)


def verification(found: Verification) -> Iterator[Block]:
    """A row for each theorem, what failed, and what it took."""
    columns: list[tuple[str, Align]] = [
        ("theorem", "left"), ("verdict", "left"), ("obligations", "right"), ("Z3 s", "right"),
        ("cvc5 s", "right"), ("finite check", "left"),
    ]
    yield Table(columns, [_row(each) for each in found.cards], verdicts=1)
    for each in found.cards:
        yield from _failures(each)
    if not found.cards:
        return
    seconds = "; ".join(
        f"{name} {found.versions[name]}: {taken:.2f} s"
        for name, taken in found.solver_seconds.items()
    )
    yield Paragraph(f"{last_line(found)}\n{seconds}; {found.seconds:.1f} s in all")


def _row(result: CardResult) -> tuple[str, ...]:
    if not result.obligations:
        return result.card.id, result.verdict, "", "", "", checks_text(result)
    return (
        result.card.id, result.verdict, f"{result.obligations:,}",
        f"{result.solver('z3').seconds:.3f}", f"{result.solver('cvc5').seconds:.3f}",
        checks_text(result),
    )


def _failures(result: CardResult) -> Iterator[Block]:
    name = result.card.id
    if result.verdict in ("refuted", "unknown") and result.reason:
        yield Paragraph(f"{name}: {result.reason}")
        countermodels = [part.countermodel for part in result.parts if part.countermodel]
        for text in countermodels:
            yield Lines(text.splitlines())
    for check in result.checks:
        if check.verdict in ("refuted", "unknown"):
            said = check.reason or f"counterexample {check.counterexample}"
            yield Paragraph(f"{name}: check {check.name}: {check.verdict}: {said}")
    for instance in result.unconfirmed:
        about = f"{instance.theorem}: {instance.about}"
        yield Paragraph(f"{name}: {about}: not confirmed: {instance.reason}")


def card(result: CardResult) -> Iterator[Block]:
    """All that there is to say of a theorem, as ``jumpbound show`` says it."""
    about = result.card
    yield Heading(f"{about.id}: {about.title}")
    yield Paragraph(about.statement)
    yield Paragraph(f": {result.reason}" if result.reason else "", result.verdict)
    yield Paragraph(f"Source: {about.source}")
    if about.idea:
        yield Fold("Idea of the proof", [Paragraph(about.idea)])
    for made in result.constructions:
        lines = [*made.equation, *([f"$ {made.command}", made.program] if made.command else [])]
        yield Fold(f"{made.call}: {made.says}", [Lines(lines)])
    for part in result.parts:
        yield Fold(
            f"{part.name}, as the kernel has it ({counted(part.obligations)})",
            [Paragraph(part.formal)],
        )
    for name, instances in groupby(result.instances, lambda found: found.theorem):
        inside = [block for instance in instances for block in _instance(instance)]
        yield Fold(f"Witness of {name}, and what each hypothesis is for", inside)
    if checks := checks_text(result):
        yield Paragraph(f"Finite checks: {checks}")
    if result.rests_on:
        rest = [f"{kind} {name}" for kind, name in result.rests_on]
        yield Fold("Rests on", [Listing(rest)])


def _instance(instance: InstanceResult) -> Iterator[Block]:
    if instance.confirmed:
        yield Paragraph(f"{instance.about}: {instance.says}")
    else:
        yield Paragraph(f"{instance.about}: NOT CONFIRMED: {instance.reason}")
    rows = [*instance.values.items(), *instance.shown]
    if rows:
        yield Table((("", "code"), ("", "code")), [(name, value) for name, value in rows])
