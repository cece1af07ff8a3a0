"""Counterexamples in files, and what a claim does on them, step by step.

*Definitions*: :func:`save`, :func:`place_of`, :func:`require_place_of`; :func:`replay`,
:class:`Replay`.

The file is JSON that a reader understands. Its values are text that the generators parse; nothing
in it is evaluated.
"""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checks.claims.claim import Claim, Instance
from checks.claims.deciders import Event, recorded
from checks.claims.evaluate import LIMIT, Judgement, judge
from checks.claims.load import Loaded, load
from checks.claims.result import Outcome
from checks.display import Displayed
from checks.files import require_place, write_whole
from models.errors import BadInput, quoted

FORMAT = "jumpbound counterexample 1"

LARGEST_FILE = 10_000_000


def place_of(loaded: Loaded, claim: Claim) -> Path:
    """Where a claim's counterexample is saved: beside its file."""
    return loaded.path.with_name(f"{loaded.path.stem}.{claim.name}.json")


def require_place_of(loaded: Loaded, claim: Claim) -> None:
    """Refuse a place where no counterexample can be written, and a file there that is none: it
    would be lost."""
    place = place_of(loaded, claim)
    require_place(place, option="a counterexample (or --no-save)")
    if place.exists():
        try:
            _read(place)
        except BadInput:
            raise BadInput(
                "it is no counterexample, and would be lost", where=str(place),
                expected="no such file, or --no-save",
            ) from None


def save(outcome: Outcome, loaded: Loaded, path: Path | None = None) -> Path:
    """Write the counterexample of an outcome. Raises :class:`BadInput` if that is not possible."""
    found = outcome.counterexample
    if found is None:
        raise ValueError("the outcome has no counterexample")
    place = path or place_of(loaded, outcome.claim)
    data = {
        "format": FORMAT,
        "claim": f"{loaded.path.name}::{outcome.claim.name}",
        "says": outcome.claim.says,
        "file_digest": loaded.digest,
        "engine": outcome.engine,
        **found.to_json(),
        "instances": outcome.instances,
    }
    write_whole(place, json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    return place


@dataclass(frozen=True, slots=True)
class Replay(Displayed):
    """A claim on the instance of a file: what it asked, and what it says.

    ``changed``: whether the claim's file is another one than when the instance was found.
    """

    claim: Claim
    values: dict[str, str]
    events: tuple[Event, ...]
    judgement: Judgement
    changed: bool

    def to_json(self) -> dict[str, Any]:
        """As ``replay --json`` prints it."""
        return {
            "claim": self.claim.name,
            "says": self.claim.says,
            "values": self.values,
            "verdict": {"fails": "refuted"}.get(self.judgement.what, self.judgement.what),
            "reason": self.judgement.reason,
            "changed": self.changed,
            "events": [
                {"question": e.question, "answer": e.answer, "evidence": e.evidence}
                for e in self.events
            ],
        }


def replay(found: Outcome | Path | str, *, limit: float = LIMIT) -> Replay:
    """Evaluate a claim on its counterexample: that of an outcome, or of a file. Raises
    :class:`BadInput` for a file that is none, a claim that is not there any more, and an outcome
    without a counterexample."""
    if isinstance(found, Outcome):
        if found.found is None:
            raise BadInput(
                f"claim {found.claim.name} has no counterexample: {found.verdict}",
                expected="an outcome that is refuted",
            )
        return _replayed(found.claim, found.found, changed=False, limit=limit)
    if not isinstance(found, str | Path):
        raise BadInput(
            f"replay({found!r:.60})", expected="an outcome, or a file that `jumpbound refute` wrote"
        )
    path = Path(found)
    data = _read(path)
    file, _, name = data["claim"].rpartition("::")
    if not (file and name):
        raise BadInput(
            f"claim {quoted(data['claim'])}", where=str(path), expected="FILE::claim"
        )
    loaded = load(path.parent / Path(file).name)
    claim = loaded.claims.get(name)
    if claim is None:
        raise BadInput(f"no claim {quoted(name)}", where=str(loaded.path), expected="the claim")
    values = _values(claim, data, path)
    instance = Instance(values, data["size"], data.get("place") or 0)
    return _replayed(claim, instance, changed=data["file_digest"] != loaded.digest, limit=limit)


def _replayed(claim: Claim, instance: Instance, *, changed: bool, limit: float) -> Replay:
    with recorded() as events, redirect_stdout(sys.stderr):
        said = judge(claim, instance, limit=limit)
    return Replay(claim, claim.shown(instance.values), tuple(events), said, changed)


def _read(path: Path) -> dict[str, Any]:
    def fail(what: str) -> BadInput:
        return BadInput(what, where=str(path), expected="a file that `jumpbound refute` wrote")

    try:
        with open(path, "rb") as file:
            content = file.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise fail("it is too large")
        data = json.loads(content)
    except OSError as error:
        raise fail(f"cannot read it: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise fail("it is no JSON") from None
    shapes = {"format": str, "claim": str, "file_digest": str, "values": dict, "size": int}
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise fail("it is no counterexample")
    for key, kind in shapes.items():
        if not isinstance(data.get(key), kind):
            raise fail(f"no {key} in it")
    if not isinstance(data.get("types", {}), dict):
        raise fail("its types are none")
    if not isinstance(data.get("place"), int | None):
        raise fail("its place is no number")
    return data


def _values(claim: Claim, data: dict[str, Any], path: Path) -> tuple[Any, ...]:
    texts = data["values"]
    if list(texts) != list(claim.parameters):
        raise BadInput(
            f"values for {', '.join(map(str, texts)) or 'nothing'}", where=str(path),
            expected=f"values for {', '.join(claim.parameters)}, the claim's parameters",
        )
    kinds = {name: each.name for name, each in claim.parameters.items()}
    if data.get("types", kinds) != kinds:
        raise BadInput(
            f"values of {_listed(data['types'])}", where=str(path),
            expected=f"values of {_listed(kinds)}, the types of the claim's parameters",
        )
    values = []
    for number, (name, text) in enumerate(texts.items()):
        if not isinstance(text, str):
            raise BadInput(f"value of {name}: {text!r:.60}", where=str(path), expected="a text")
        generator = claim.parameters[name]
        try:
            if generator.read is not None:
                values.append(generator.read(text))
            else:
                values.append(_by_place(claim, data)[number])
                if generator.show(values[-1]) != text:
                    raise BadInput(
                        f"another value at its place, {generator.show(values[-1])!r:.60}",
                        expected="a generator that lists what it listed",
                    )
        except BadInput as error:
            where = ", ".join(filter(None, (str(path), name, error.where)))
            raise BadInput(error.what, where=where, expected=error.expected) from None
    return tuple(values)


def _listed(kinds: dict[str, Any]) -> str:
    return ", ".join(f"{name}: {kind}" for name, kind in kinds.items()) or "nothing"


def _by_place(claim: Claim, data: dict[str, Any]) -> tuple[Any, ...]:
    """The instance at the file's place."""
    try:
        return claim.instance(data["size"], data["place"]).values
    except (IndexError, KeyError, TypeError):
        raise BadInput("no instance at its place", expected="a place of this claim") from None
