"""What a verification found, as plain data: what the command line prints and the report shows.

*Definitions*: :data:`Verdict`, :class:`CheckResult`, :class:`InstanceResult`, :class:`Made`,
:class:`Part`, :class:`CardResult`, :class:`Verification`; in words :func:`last_line`,
:func:`checks_text`, :func:`counted`.

Verdict words, everywhere the same: ``proved`` (unbounded, both solvers), ``exhausted`` (all
instances to a stated bound, with their number), ``sampled`` (n random instances, seed),
``refuted`` (counterexample attached), ``unknown`` (with the reason).
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from checks.catalogue import Card
from checks.display import Displayed

if TYPE_CHECKING:
    from checks.machine.jump import JumpTable

Verdict: TypeAlias = Literal["proved", "exhausted", "sampled", "refuted", "unknown"]
Kind: TypeAlias = Literal["witness", "without", "needless"]

LONGEST = 50
"""Characters of a hypothesis that is short."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A finite check. ``instances``: those on which all hypotheses held; ``skipped``: the others.

    ``bound`` says in words which instances were gone through; ``reason`` why a verdict is
    ``unknown``; ``counterexample`` maps variable names to text.
    """

    name: str
    verdict: Verdict
    instances: int
    skipped: int
    bound: str
    seconds: float
    counterexample: dict[str, str] | None = None
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """As in ``verify --json``."""
        return {
            "name": self.name,
            "verdict": self.verdict,
            "instances": self.instances,
            "skipped": self.skipped,
            "bound": self.bound,
            "seconds": round(self.seconds, 3),
            "counterexample": self.counterexample,
            **({"reason": self.reason} if self.reason else {}),
        }


@dataclass(frozen=True, slots=True)
class InstanceResult:
    """A claim about a theorem, and whether it is right.

    ``witness``: all hypotheses hold on these values; ``without``: the conclusion fails on them,
    and so does one hypothesis alone; ``needless``: a theorem does without that hypothesis.
    ``hypothesis`` is its label, ``formal`` what it says. ``values`` maps variable names to text,
    ``shown`` are terms of the statement with their values, as text; ``reason`` says what is wrong
    with the claim, and is empty if it was confirmed.
    """

    theorem: str
    kind: Kind
    hypothesis: str
    says: str
    values: dict[str, str]
    shown: tuple[tuple[str, str], ...]
    reason: str
    formal: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether the claim is right."""
        return not self.reason

    @property
    def brief(self) -> bool:
        """Whether the hypothesis is short enough to be written out where it is spoken of."""
        return 0 < len(self.formal) <= LONGEST

    @property
    def about(self) -> str:
        """What it claims, or would if it were right, without the theorem's name."""
        if self.kind == "witness":
            return "Witness"
        without = f"Without '{self.hypothesis}'{f' ({self.formal})' if self.brief else ''}"
        if not self.confirmed:
            return without
        return f"{without} it {'fails' if self.kind == 'without' else 'holds'}"

    def to_json(self) -> dict[str, Any]:
        """As in ``show --json`` and ``verify --json``."""
        return {
            "theorem": self.theorem,
            "kind": self.kind,
            "hypothesis": self.hypothesis or None,
            "formal": self.formal or None,
            "says": self.says,
            "values": self.values,
            "shown": [list(pair) for pair in self.shown],
            "confirmed": self.confirmed,
            **({"reason": self.reason} if self.reason else {}),
        }


@dataclass(frozen=True, slots=True)
class Made:
    """A construction for a reader: ``call``, its name with its parameters, and what it makes.

    ``equation`` is the one that the proofs unfold, line by line. ``example``: arguments as text, or
    none if it makes no program from such; ``program`` is what is made of them.
    """

    name: str
    call: str
    says: str
    equation: tuple[str, ...]
    example: tuple[str, ...] | None
    program: str

    @property
    def command(self) -> str:
        """What to type to make the example; nothing if there is none."""
        if self.example is None:
            return ""
        return shlex.join(["jumpbound", "construct", self.name, *self.example])

    def to_json(self) -> dict[str, Any]:
        """As in ``show --json`` and ``verify --json``."""
        made = {"arguments": list(self.example or ()), "program": self.program}
        return {
            "name": self.call,
            "says": self.says,
            "equation": list(self.equation),
            "example": None if self.example is None else made,
        }


@dataclass(frozen=True, slots=True)
class SolverTime:
    """How many obligations one solver proved, and in how many seconds of its own time."""

    proved: int
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """As in ``verify --json``."""
        return {"proved": self.proved, "seconds": round(self.seconds, 4)}


@dataclass(frozen=True, slots=True)
class Slowest:
    """The obligation that took a solver longest: ``name`` says of what theorem or definition."""

    name: str
    solver: str
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """As in ``verify --json``."""
        return {"name": self.name, "solver": self.solver, "seconds": round(self.seconds, 4)}


@dataclass(frozen=True, slots=True)
class Part:
    """One kernel theorem of a card (or an auxiliary one it rests on), or its refusal.

    ``formal`` is the statement as the kernel has it, in infix notation; ``rests_on`` all it rests
    on, as pairs of kind (definition, choice, axiom, theorem) and name; ``reason`` says why it is
    not proved; ``countermodel`` is the kernel's, as text. ``cached``: how many obligations were
    not asked again, as they had been proved before.
    """

    name: str
    formal: str
    summary: str
    verdict: Verdict
    obligations: int
    solvers: dict[str, SolverTime]
    rests_on: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    countermodel: str = ""
    cached: int = 0
    slowest: Slowest | None = None


@dataclass(frozen=True, slots=True)
class CardResult(Displayed):
    """A card with what was found.

    ``parts``: the theorems that the card states. ``support``: the definitions, choices and other
    theorems that these rest on; two cards can share some. ``instances``: witnesses, and what each
    hypothesis is for. ``constructions``: what the card's statement speaks of.
    """

    card: Card
    verdict: Verdict
    reason: str
    parts: tuple[Part, ...]
    support: tuple[Part, ...]
    checks: tuple[CheckResult, ...]
    instances: tuple[InstanceResult, ...] = ()
    constructions: tuple[Made, ...] = ()

    @property
    def obligations(self) -> int:
        """Obligations of the parts and of all that they rest on."""
        return sum(part.obligations for part in (*self.parts, *self.support))

    @property
    def cached(self) -> int:
        """How many of the obligations had been proved before."""
        return sum(part.cached for part in (*self.parts, *self.support))

    def solver(self, name: str) -> SolverTime:
        """One solver's total over parts and support."""
        found = [
            part.solvers[name] for part in (*self.parts, *self.support) if name in part.solvers
        ]
        return SolverTime(sum(t.proved for t in found), sum(t.seconds for t in found))

    @property
    def unconfirmed(self) -> tuple[InstanceResult, ...]:
        """The witnesses and counterexamples that are missing or wrong."""
        return tuple(instance for instance in self.instances if not instance.confirmed)

    @property
    def rests_on(self) -> tuple[tuple[str, str], ...]:
        """All that the parts rest on."""
        return tuple(sorted({rest for part in self.parts for rest in part.rests_on}))

    def to_json(self) -> dict[str, Any]:
        """As in ``verify --json``."""
        return {
            "id": self.card.id,
            "title": self.card.title,
            "topic": self.card.topic,
            "source": self.card.source,
            "statement": self.card.statement,
            "verdict": self.verdict,
            "reason": self.reason,
            "obligations": self.obligations,
            "z3": self.solver("z3").to_json(),
            "cvc5": self.solver("cvc5").to_json(),
            "checks": [check.to_json() for check in self.checks],
            "instances": [instance.to_json() for instance in self.instances],
            "constructions": [made.to_json() for made in self.constructions],
            "needs": sorted({name for kind, name in self.rests_on if kind == "theorem"}),
            "axioms": sorted({name for kind, name in self.rests_on if kind == "axiom"}),
            "formal": [{"name": part.name, "statement": part.formal} for part in self.parts],
        }


@dataclass(frozen=True, slots=True)
class Verification(Displayed):
    """All cards asked for, the versions of what decided them, and tables of the bounded jump."""

    cards: tuple[CardResult, ...]
    versions: dict[str, str]
    seconds: float
    jumps: tuple[JumpTable, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """All theorems and definitions of all cards, each once."""
        found = [part for card in self.cards for part in (*card.parts, *card.support)]
        return tuple({(part.summary, part.name): part for part in found}.values())

    @property
    def solver_seconds(self) -> dict[str, float]:
        """Per solver, the seconds of all parts, each counted once."""
        return {
            name: sum(part.solvers[name].seconds for part in self.parts if name in part.solvers)
            for name in self.versions
        }

    @property
    def slowest(self) -> Slowest | None:
        """The slowest obligation of all."""
        found = [part.slowest for part in self.parts if part.slowest]
        return max(found, key=lambda slowest: slowest.seconds, default=None)

    @property
    def ok(self) -> bool:
        """Whether nothing is refuted, nothing that has a proof failed to be proved, and all
        witnesses and counterexamples are confirmed."""
        return not any(
            result.verdict == "refuted"
            or (result.verdict == "unknown" and result.card.proof)
            or any(check.verdict in ("refuted", "unknown") for check in result.checks)
            or result.unconfirmed
            for result in self.cards
        )

    @property
    def open(self) -> tuple[CardResult, ...]:
        """The cards that are not yet proved."""
        return tuple(result for result in self.cards if result.verdict == "unknown")

    def to_json(self) -> dict[str, Any]:
        """As ``verify --json`` prints it."""
        return {
            "ok": self.ok,
            "theorems": [result.to_json() for result in self.cards],
            "open": [result.card.id for result in self.open],
            "obligations": sum(part.obligations for part in self.parts),
            "solver_seconds": {name: round(s, 2) for name, s in self.solver_seconds.items()},
            "slowest": self.slowest.to_json() if self.slowest else None,
            "versions": self.versions,
            "seconds": round(self.seconds, 2),
            "jumps": [table.to_json() for table in self.jumps],
        }


def last_line(result: Verification) -> str:
    """What the verification comes to, in one line."""
    proved = sum(card.verdict == "proved" for card in result.cards)
    failed = [
        card.card.id
        for card in result.cards
        if card.verdict == "refuted"
        or (card.verdict == "unknown" and card.card.proof)
        or any(check.verdict in ("refuted", "unknown") for check in card.checks)
        or card.unconfirmed
    ]
    waiting = sum(card.verdict == "unknown" and not card.card.proof for card in result.cards)
    parts = [f"{proved} of {len(result.cards)} theorems proved by both solvers"]
    if waiting:
        parts.append(f"{waiting} not yet proved")
    if failed:
        parts.append(f"FAILED: {', '.join(failed)}")
    return "; ".join(parts) + "."


def checks_text(card: CardResult) -> str:
    """The finite checks of a card in a few words."""
    if not card.checks:
        return ""
    words = sorted({check.verdict for check in card.checks})
    instances = sum(check.instances for check in card.checks)
    return f"{' and '.join(words)}, {instances} instances"


def counted(obligations: int) -> str:
    """How many obligations, in words."""
    return "1 obligation" if obligations == 1 else f"{obligations} obligations"
