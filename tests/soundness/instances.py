"""Wrong statements with values on which they fail: for those that a search would look for long."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from proofs.kernel.evaluate import Window, compiled_statement
from proofs.kernel.rules import Refused, Statement, Theorem, prove, theorem_named, trusted
from proofs.kernel.solvers import configure
from tests.soundness.variants import Proof, proof_of


@dataclass(frozen=True)
class Instance:
    """A wrong statement of a theorem, and ``values`` of its variables on which it fails.

    ``window``: on what the hypotheses that say "for all" are tested.
    """

    label: str
    theorem: Callable[[], Theorem]
    statement: Callable[[Proof], Statement]
    values: Mapping[str, Any]
    window: Window = field(default_factory=dict)

    def value(self, statement: Statement) -> bool | None:
        """What the model says of a statement on these values; none: a hypothesis fails."""
        found: bool | None = compiled_statement(statement, self.window)(self.values)
        return found


def refuse(wrong: Instance) -> None:
    """The kernel refuses it with the true proof's premises, and it fails when it is run."""
    wrong.theorem()  # with all that its premises rest on
    true = proof_of(wrong.theorem)
    statement = wrong.statement(true)
    assert statement.text() != true.statement.text()
    name = f"{true.name} {wrong.label}"
    # A solver that is asked for what is false may go on for long.
    with configure(deadline=1.0), pytest.raises(Refused) as error:
        prove(name, statement, true.premises, **true.options)
    assert error.value.failed and not any(o.proved for o in error.value.failed)
    assert theorem_named(name) is None
    assert wrong.value(statement) is False
    assert wrong.value(true.statement) is not False


def confirm(theorem: Callable[[], Theorem]) -> None:
    """The true statement is proved with the premises that the wrong ones were given."""
    true = proof_of(theorem)
    proved = prove(true.name, true.statement, true.premises, **true.options)
    assert trusted(proved) and all(obligation.proved for obligation in proved.obligations)


def holds(
    theorem: Callable[[], Theorem], values: Mapping[str, Any], window: Window | None = None
) -> bool:
    """Whether all hypotheses and the conclusion of a theorem hold on values: a witness."""
    return Instance("", theorem, lambda true: true.statement, values, window or {}).value(
        proof_of(theorem).statement
    ) is True
