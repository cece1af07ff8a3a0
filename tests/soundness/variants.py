"""Wrong variants of statements, with the premises of the true proof, and their countermodels."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from models.machine.semantics import Done
from proofs.kernel.countermodel import explain
from proofs.kernel.rules import (
    Fact,
    Goal,
    Hypothesis,
    Refused,
    Statement,
    Theorem,
    prove,
    theorem_named,
)
from proofs.kernel.solvers import configure
from proofs.kernel.terms import Term


@dataclass(frozen=True)
class Proof:
    """What a theorem's function hands to ``prove``."""

    name: str
    statement: Statement
    premises: Callable[[Goal], Iterable[Fact]]
    options: Mapping[str, Any]

    def but(
        self, *, given: Mapping[str, Term] | None = None, then: Term | None = None
    ) -> Statement:
        """The statement with other hypotheses under their labels, or with another conclusion."""
        changed = dict(given or {})
        hypotheses = tuple(
            Hypothesis(h.label, changed.pop(h.label, h.term), h.bound)
            for h in self.statement.hypotheses
        )
        assert not changed
        conclusion = self.statement.conclusion if then is None else then
        return Statement(self.statement.variables, hypotheses, conclusion)


class Taken(Exception):
    """Ends a theorem's function where it calls ``prove``."""


def proof_of(theorem: Callable[[], Theorem]) -> Proof:
    """The proof of a theorem, taken from its function."""
    make = inspect.getclosurevars(theorem).nonlocals["make"]
    found: list[Proof] = []

    def take(name: str, statement: Statement, premises: Any = lambda _: (), **options: Any) -> None:
        found.append(Proof(name, statement, premises, options))
        raise Taken

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inspect.getmodule(make), "prove", take)
        with pytest.raises(Taken):
            make()
    return found[0]


@dataclass(frozen=True)
class Variant:
    """A wrong statement of a theorem.

    ``fails`` runs the model on the values of a countermodel: it says whether every hypothesis
    holds there and the conclusion does not. ``search`` narrows the search for the countermodel.
    """

    label: str
    theorem: Callable[[], Theorem]
    statement: Callable[[Proof], Statement]
    fails: Callable[..., bool]
    search: Mapping[str, Any] = field(default_factory=dict)


def refused(variant: Variant) -> Mapping[str, Any]:
    """The countermodel's values, of a variant that is refused."""
    variant.theorem()  # with all that its premises rest on
    true = proof_of(variant.theorem)
    statement = variant.statement(true)
    assert statement.text() != true.statement.text()
    name = f"{true.name} {variant.label}"
    # A solver that is asked for what is false may go on for long.
    with configure(deadline=1.0), pytest.raises(Refused) as error:
        prove(name, statement, true.premises, **true.options)
    assert error.value.name == name
    assert error.value.failed and not any(o.proved for o in error.value.failed)
    assert theorem_named(name) is None
    found = explain(error.value, **variant.search)
    assert found is not None and found.confirmed, found
    assert set(found.values) == {v.data for v in statement.variables}
    return found.values


def halts(outcome: Any) -> bool:
    """Whether an outcome is that of a run that has halted."""
    return isinstance(outcome, Done)
