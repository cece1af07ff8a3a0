"""What became of a claim, as plain data.

*Definitions*: :class:`Outcome`, :class:`Counterexample` and :func:`counterexample`, :class:`Open`;
:func:`counted`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from checks.claims.claim import Claim, Instance
from checks.display import Displayed
from checks.results import Verdict

Engine: TypeAlias = Literal["exhaustive", "random", "symbolic"]


@dataclass(frozen=True, slots=True)
class Counterexample:
    """An instance on which a claim fails. ``values``: by parameter, as text; ``smallest``: whether
    it is known that the claim holds of every smaller instance, or says nothing of it."""

    values: dict[str, str]
    kinds: dict[str, str]
    size: int
    place: int | None
    smallest: bool

    def to_json(self) -> dict[str, Any]:
        """As ``refute --json`` prints it."""
        return {
            "values": self.values, "types": self.kinds, "size": self.size, "place": self.place,
            "smallest": self.smallest,
        }

    def __str__(self) -> str:
        return "; ".join(f"{name} = {text}" for name, text in self.values.items()) or "no values"


def counterexample(
    claim: Claim, instance: Instance, *, smallest: bool, placed: bool = True
) -> Counterexample:
    """An instance of a claim as a counterexample; not ``placed``: nobody knows its place."""
    kinds = {name: each.name for name, each in claim.parameters.items()}
    place = instance.place if placed else None
    return Counterexample(claim.shown(instance.values), kinds, instance.size, place, smallest)


def counted(number: int) -> str:
    """So many instances, in words."""
    return "1 instance" if number == 1 else f"{number:,} instances"


@dataclass(frozen=True, slots=True)
class Open:
    """An instance that was not decided, or on which the claim raised; ``reason`` says why."""

    values: dict[str, str]
    size: int
    kind: Literal["unknown", "error"]
    reason: str

    def to_json(self) -> dict[str, Any]:
        """As ``refute --json`` prints it."""
        return {
            "values": self.values, "size": self.size, "kind": self.kind, "reason": self.reason
        }

    def __str__(self) -> str:
        shown = "; ".join(f"{name} = {text}" for name, text in self.values.items())
        return f"{shown}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Outcome(Displayed):
    """What became of a claim.

    ``instances``: those of which it holds or fails; ``skipped``: those of which its assumption does
    not hold; ``same``: those for which another one stands; ``unknown`` and ``errors``: the numbers
    of the others, of which ``listed`` are the first. ``bound``: all instances of at most this size
    were gone through, none if not even the smallest were; ``whole``: whether there are no larger
    ones. ``paths``: the symbolic engine's, each of which stands for many instances; it counts none.
    ``reason`` says why a verdict is ``unknown``.
    """

    claim: Claim = field(repr=False)
    engine: Engine
    verdict: Verdict
    instances: int
    skipped: int
    same: int
    unknown: int
    errors: int
    bound: int | None
    whole: bool
    seconds: float
    counterexample: Counterexample | None = None
    found: Instance | None = field(default=None, repr=False)
    listed: tuple[Open, ...] = ()
    reason: str = ""
    seed: int | None = None
    paths: int | None = None

    @property
    def gone_through(self) -> int:
        """All instances that were looked at."""
        return self.instances + self.skipped + self.same + self.unknown + self.errors

    def to_json(self) -> dict[str, Any]:
        """As ``refute --json`` prints it."""
        return {
            "claim": self.claim.name,
            "says": self.claim.says,
            "theorem": self.claim.theorem or None,
            "engine": self.engine,
            "verdict": self.verdict,
            "instances": self.instances,
            "bound": self.bound,
            "whole": self.whole,
            "skipped": self.skipped,
            "same": self.same,
            "unknown": self.unknown,
            "errors": self.errors,
            "open": [each.to_json() for each in self.listed],
            "counterexample": self.counterexample.to_json() if self.counterexample else None,
            **({"reason": self.reason} if self.reason else {}),
            **({"seed": self.seed} if self.seed is not None else {}),
            **({"paths": self.paths} if self.paths is not None else {}),
            "seconds": round(self.seconds, 3),
        }
