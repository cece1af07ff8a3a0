"""From a verification to the page.

*Definitions*: :func:`render`, :func:`drawing`, :func:`write_report`.

*How it is done*: the template ``report.html.j2`` writes what the verification says, with
``graph.html.j2`` for what rests on what and ``jump.html.j2`` for tables of the bounded jump;
everything goes through its escaping except mathematics (:mod:`checks.report.typeset`) and pictures
(:mod:`checks.picture`). The page refers to nothing outside it; what little script it has, for the
filter and for printing, it can do without.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from checks.catalogue import CARDS, TOPICS, Topic
from checks.files import write_whole
from checks.report.graph import PADDING, TILE, graph_page
from checks.report.jump import answers, frontier, jump_page
from checks.report.typeset import typeset
from checks.results import (
    CardResult,
    CheckResult,
    InstanceResult,
    Part,
    SolverTime,
    Verdict,
    Verification,
)
from models.errors import counted

if TYPE_CHECKING:
    from checks.machine.jump import JumpTable
    from checks.streaming.table import Point

SOLVERS = {"z3": "Z3", "cvc5": "cvc5"}

VERDICTS: dict[Verdict, tuple[str, str]] = {
    "proved": (
        "✓",
        "For every instance, without a bound: both solvers, each on its own, found every "
        "obligation of the proof valid.",
    ),
    "exhausted": (
        "■",
        "All instances up to the bound that is stated were gone through, and all agree. It says "
        "nothing beyond the bound.",
    ),
    "sampled": (
        "□",
        "Instances drawn at random, as many as stated, from the seed that is stated; all agree. It "
        "says nothing about the others.",
    ),
    "refuted": ("✗", "There is a counterexample, and it is shown."),
    "unknown": (
        "?",
        "Neither: no proof was written yet, or a solver gave no answer, or a search was stopped. "
        "The reason is shown.",
    ),
}
"""Each verdict word with its sign and what it means."""

_INSTANCE = (Fraction(4), Fraction(1, 4))
"""Ratio and scalable share of the pictures: below the threshold 3/4, with x* = 1/3."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with what it shows, as text with ``$…$`` mathematics."""

    svg: Markup
    caption: str


@dataclass(frozen=True, slots=True)
class Section:
    """A topic with its cards, in their order."""

    topic: Topic
    cards: tuple[CardResult, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """Obligations of several parts, those known from before, and each solver's times for all."""

    obligations: int
    cached: int
    solvers: dict[str, SolverTime]


@dataclass(frozen=True, slots=True)
class Summary:
    """What the first lines say.

    ``attempted``: unknown although a proof is written; ``unwritten``: no proof is written yet.
    ``witnesses``, ``counterexamples`` and ``needless`` count the claims that were confirmed,
    ``unconfirmed`` are the cards with others.
    """

    proved: tuple[CardResult, ...]
    attempted: tuple[CardResult, ...]
    unwritten: tuple[CardResult, ...]
    refuted: tuple[CardResult, ...]
    other: tuple[CardResult, ...]
    checks: tuple[tuple[Verdict, int], ...]
    failed_checks: tuple[tuple[CardResult, CheckResult], ...]
    instances: int
    witnesses: int
    counterexamples: int
    needless: int
    unconfirmed: tuple[CardResult, ...]
    total: Total
    axioms: tuple[str, ...]


def render(verification: Verification) -> str:
    """The page: HTML with everything it needs inside."""
    shown = {result.card.id for result in verification.cards}
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "typeset": typeset,
        "seconds": seconds,
        "count": count,
        "counted": counted,
        "breakable": breakable,
    }
    return environment.get_template("report.html.j2").render(
        verification=verification,
        summary=summarise(verification),
        sections=sections(verification),
        verdicts=VERDICTS,
        solvers=SOLVERS,
        figures={name: figures for name, figures in _FIGURES.items() if name in shown},
        shown=shown,
        all_cards=len(CARDS),
        grounds=grounds,
        claims=claims,
        support=lambda result: total(result.support),
        together=lambda result: total((*result.parts, *result.support)),
        unwritten=unwritten,
        jump=jump_page(verification.jumps) if verification.jumps else None,
        jump_figure=_loops,
        frontier=frontier,
        answers=answers,
        graph=graph_page(verification),
        graph_text={"tile": TILE, "padding": PADDING},
    )


def drawing(ids: Iterable[str]) -> Iterator[tuple[Figure, ...]]:
    """Draw, step by step, what :func:`render` shows of these cards, or of all if none are named,
    whatever is found of them: what is drawn is kept."""
    wanted = set(ids)
    for name, figures in _FIGURES.items():
        if not wanted or name in wanted:
            yield figures()


def write_report(verification: Verification, path: Path) -> None:
    """Write the page, whole or not at all. Raises BadInput if the place cannot be written."""
    write_whole(path, render(verification))


def summarise(verification: Verification) -> Summary:
    """Counts over all cards."""
    cards = verification.cards
    unknown = [result for result in cards if result.verdict == "unknown"]
    checks = [(result, check) for result in cards for check in result.checks]
    verdicts = Counter(check.verdict for _, check in checks)
    kinds = Counter(
        claim.kind for result in cards for claim in result.instances if claim.confirmed
    )
    return Summary(
        proved=tuple(result for result in cards if result.verdict == "proved"),
        attempted=tuple(result for result in unknown if not unwritten(result)),
        unwritten=tuple(filter(unwritten, unknown)),
        refuted=tuple(result for result in cards if result.verdict == "refuted"),
        other=tuple(result for result in cards if result.verdict in ("exhausted", "sampled")),
        checks=tuple((verdict, verdicts[verdict]) for verdict in VERDICTS if verdicts[verdict]),
        failed_checks=tuple(
            (result, check) for result, check in checks if check.verdict in ("refuted", "unknown")
        ),
        instances=sum(check.instances for _, check in checks),
        witnesses=kinds["witness"],
        counterexamples=kinds["without"],
        needless=kinds["needless"],
        unconfirmed=tuple(result for result in cards if result.unconfirmed),
        total=total(verification.parts),
        axioms=tuple(
            sorted(
                {
                    name
                    for result in cards
                    if result.verdict == "proved"
                    for kind, name in result.rests_on
                    if kind == "axiom"
                }
            )
        ),
    )


def unwritten(result: CardResult) -> bool:
    """Whether a card is unknown because there is no proof yet."""
    return result.verdict == "unknown" and not result.card.proof


def sections(verification: Verification) -> tuple[Section, ...]:
    """The cards by topic; within one, in the order of the verification."""
    found = []
    for topic in TOPICS:
        cards = tuple(result for result in verification.cards if result.card.topic == topic.id)
        if cards:
            found.append(Section(topic, cards))
    return tuple(found)


def total(parts: tuple[Part, ...]) -> Total:
    """Obligations and times of several parts together."""
    found = {
        name: [part.solvers[name] for part in parts if name in part.solvers] for name in SOLVERS
    }
    return Total(
        sum(part.obligations for part in parts),
        sum(part.cached for part in parts),
        {
            name: SolverTime(sum(t.proved for t in rows), sum(t.seconds for t in rows))
            for name, rows in found.items()
        },
    )


MOST_OPEN = 3
"""Claims of a card that are shown without being asked for; more of them are folded."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What was run for one theorem, with what the fold says that hides the right ones."""

    theorem: str
    right: tuple[InstanceResult, ...]
    wrong: tuple[InstanceResult, ...]
    summary: str
    open: bool


def claims(result: CardResult) -> tuple[Claims, ...]:
    """Witnesses and counterexamples by theorem; wrong ones are never folded."""
    found = []
    for theorem in dict.fromkeys(claim.theorem for claim in result.instances):
        own = [claim for claim in result.instances if claim.theorem == theorem]
        right = tuple(claim for claim in own if claim.confirmed)
        wrong = tuple(claim for claim in own if not claim.confirmed)
        kinds = Counter(claim.kind for claim in right)
        parts = [
            counted(kinds["witness"], "witness", "witnesses") if kinds["witness"] else "",
            counted(kinds["without"], "counterexample") if kinds["without"] else "",
            counted(kinds["needless"], "hypothesis", "hypotheses") + " that can go"
            if kinds["needless"]
            else "",
        ]
        summary = ", ".join(filter(None, parts))
        found.append(Claims(theorem, right, wrong, summary, len(result.instances) <= MOST_OPEN))
    return tuple(found)


def grounds(result: CardResult) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """What a card rests on: kind, heading and names; axioms first, empty kinds left out."""
    headings = {
        "axiom": "Axioms",
        "choice": "Choices",
        "definition": "Definitions",
        "theorem": "Earlier theorems",
    }
    for kind, _ in result.rests_on:
        headings.setdefault(kind, kind.capitalize())
    own = {part.name for part in result.parts}
    named = [
        (kind, heading, tuple(
            name for k, name in result.rests_on if k == kind and (k != "theorem" or name not in own)
        ))
        for kind, heading in headings.items()
    ]
    return tuple(entry for entry in named if entry[2])


def seconds(value: float) -> str:
    """Seconds for a reader: to milliseconds, from ten on to tenths."""
    if value <= 0:
        return "0"
    if value < 0.001:
        return "< 0.001"
    return f"{value:.3f}" if value < 10 else f"{value:,.1f}"


def count(value: int) -> str:
    """A whole number with its thousands set apart."""
    return f"{value:,}"


def breakable(name: str) -> Markup:
    """A name that a narrow column may break after its dots and underscores."""
    return Markup("<wbr>").join(re.split(r"(?<=[._])", name))


@cache
def _optimum() -> tuple[Figure, ...]:
    from checks.amdahl.plot import time_chart
    from checks.picture import svg

    return (
        Figure(
            Markup(svg(time_chart(*_INSTANCE))),
            r"The time $T(R,s,x)$ for $R=4$ and $s=1/4$: the best share is $x^{\ast}=1/3$, where "
            r"$T^{\ast}=3/4$, and shares beyond $2/3$ take longer than none.",
        ),
    )


@cache
def _collapse() -> tuple[Figure, ...]:
    from checks.amdahl.plot import threshold_chart, time_chart
    from checks.picture import svg

    ratio = _INSTANCE[0]
    return (
        Figure(
            Markup(svg(threshold_chart(ratio))),
            "The critical ratio $R_c=1/(1-s)$ against the scalable part $s$. At $R=4$ the collapse "
            "begins at $s=S_c=3/4$.",
        ),
        Figure(
            Markup(svg(time_chart(ratio, Fraction(4, 5)))),
            "The time $T(R,s,x)$ for $R=4$ and $s=4/5$, beyond the threshold $3/4$: every share of "
            "specialised hardware takes longer than none.",
        ),
    )


_KAPPA = Fraction(63, 1000)
_RATES = (Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2), Fraction(3))


@cache
def _losses() -> tuple[Figure, ...]:
    from checks.efficiency.plot import loss_chart
    from checks.picture import svg

    return (
        Figure(
            Markup(svg(loss_chart(_KAPPA, _RATES, Fraction(10)))),
            r"The relative loss $R_\gamma(t)$ for $\kappa=0.063$ and several rates $\gamma$, on a "
            r"linear and on a logarithmic axis. Without doublings compute grows linearly; with "
            r"them the loss falls in the end by half every $1/(\kappa\gamma)$ years.",
        ),
    )


@cache
def _targets() -> tuple[Figure, ...]:
    from checks.efficiency.plot import target_chart
    from checks.picture import svg

    targets = [Fraction(9, 10), Fraction(4, 5), Fraction(1, 2)]
    return (
        Figure(
            Markup(svg(target_chart(_KAPPA, targets, _RATES))),
            r"The years $t(R,\gamma)$ to three targets against the rate $\gamma$, for "
            r"$\kappa=0.063$.",
        ),
    )


@cache
def _burdens() -> tuple[Figure, ...]:
    from checks.efficiency.plot import burden_chart
    from checks.picture import svg

    return (
        Figure(
            Markup(svg(burden_chart(_KAPPA, Fraction(4, 5), _RATES[:4], Fraction(10)))),
            r"The physical burden of lowering the loss to $r=4/5$ of what it was, $t$ years on, "
            r"for $\kappa=0.063$: it is level after $\log_2(1/r)/(\kappa\gamma)$ years.",
        ),
    )


@cache
def _traffic() -> tuple[Figure, ...]:
    from checks.picture import svg
    from checks.streaming.plot import panel_chart

    return (
        Figure(
            Markup(svg(panel_chart(_streaming_points(), "tile", "words"))),
            "Words read and written for a product of 64 by 64, counted in simulated runs. The "
            r"larger the tile, the fewer: streaming moves $LMN(1/\iota+1/\varphi)+LM$. A cache of "
            "as many words as a unit has moves more, for it keeps what was used last and not what "
            "will be. No machine with as large a memory moves fewer than the lower bound; the mesh "
            "holds the whole product, and reads each word once.",
        ),
    )


@cache
def _steps() -> tuple[Figure, ...]:
    from checks.picture import svg
    from checks.streaming.plot import panel_chart

    return (
        Figure(
            Markup(svg(panel_chart(_streaming_points(), "size", "steps"))),
            "Steps for a product of $n$ by $n$, with tiles of 8 by 8, counted in simulated runs: "
            "$n$ if each tile has a unit, $3n-2$ for a mesh, whose words have to move from cell to "
            "cell. The others have the memory of one unit and take tile after tile.",
        ),
    )


@cache
def _streaming_points() -> list[Point]:
    from checks.streaming.table import sweep
    from models.streaming.tiling import Tiling

    return sweep(Tiling(64, 64, 64, 8, 8))


def _loops(tables: tuple[JumpTable, ...]) -> Figure:
    from checks.machine.plot import loops_chart
    from checks.picture import svg

    return Figure(
        Markup(svg(loops_chart(tables))),
        "The share of programs that loop on their own code, by size and oracle. Programs that are "
        "unknown count as not looping.",
    )


_FIGURES = {
    "collapse": _collapse, "optimum": _optimum, "loss-monotone": _losses,
    "time-to-target": _targets, "burden-constant": _burdens, "streaming-traffic": _traffic,
    "streaming-steps": _steps,
}
