"""Witnesses and counterexamples: that a theorem is not empty, and what each hypothesis is for.

*Definitions*: :class:`Witness`, :class:`Without`, :class:`Needless`, what an author claims of a
theorem; :class:`Named`, a function with words for what it is; :func:`confirm`, which tests a claim
by running the model, or by a proof.

A witness is values of a theorem's variables on which all its hypotheses hold. For each hypothesis
there are values on which the others hold and the conclusion fails, or a theorem that does without
it. A hypothesis that itself says "for all" is run on the trees of its window alone: the values are
such that it holds of all others too, which the sentence beside them makes clear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, TypeAlias

from checks.exhaust import text
from checks.results import InstanceResult
from models.errors import BadInput
from models.machine.semantics import Bottom, Done, Next, OutOfGas, Push, Stop
from models.machine.show import show_control, show_stack
from proofs.kernel.evaluate import (
    NO_WINDOW,
    Assignment,
    Unevaluated,
    Window,
    compiled,
    compiled_statement,
)
from proofs.kernel.rules import Hypothesis, KernelError, Statement, Theorem
from proofs.kernel.terms import BOOL, INT, Term, constants


@dataclass(frozen=True, slots=True)
class Witness:
    """Values on which all hypotheses hold; ``says`` in a sentence what they are."""

    says: str
    values: Assignment
    window: Window = field(default_factory=lambda: NO_WINDOW)


@dataclass(frozen=True, slots=True)
class Without:
    """Values on which all hypotheses but one hold, and the conclusion fails."""

    hypothesis: str
    says: str
    values: Assignment
    window: Window = field(default_factory=lambda: NO_WINDOW)


@dataclass(frozen=True, slots=True)
class Needless:
    """A hypothesis that can go: ``theorem`` names, as ``module:function``, one that says the same
    without it."""

    hypothesis: str
    says: str
    theorem: str


Claim: TypeAlias = Witness | Without | Needless
Claims: TypeAlias = Mapping[str, tuple[Claim, ...]]
"""What is claimed of the theorems of a card, by the theorem's name."""


@dataclass(frozen=True, slots=True)
class Named:
    """A function as a value, with words that say what it is."""

    name: str
    function: Callable[[Any], Any]

    def __call__(self, argument: Any, /) -> Any:
        return self.function(argument)

    def __repr__(self) -> str:
        return self.name


def confirm(name: str, statement: Statement, claim: Claim) -> InstanceResult:
    """Test a claim about the theorem ``name``; the result says whether it is right."""
    if isinstance(claim, Needless):
        return _needless(name, statement, claim)
    hypothesis = "" if isinstance(claim, Witness) else claim.hypothesis
    values: dict[str, str] = {}
    shown: tuple[tuple[str, str], ...] = ()
    try:
        reason = _witness(statement, claim) if isinstance(claim, Witness) else _without(
            statement, claim
        )
        values = {key: described(value) for key, value in claim.values.items()}
        if not reason:
            shown = tuple(_shown(statement, hypothesis, claim.values))
    except (Unevaluated, BadInput, KeyError) as error:
        reason = f"it does not run: {error}"
    return InstanceResult(
        name, "without" if hypothesis else "witness", hypothesis, claim.says, values, shown, reason
    )


def missing(name: str, statement: Statement, claims: tuple[Claim, ...]) -> Iterator[InstanceResult]:
    """What a theorem lacks: a witness, or word of a hypothesis."""
    if not any(isinstance(claim, Witness) for claim in claims):
        yield InstanceResult(name, "witness", "", "", {}, (), "there is no witness")
    told = {claim.hypothesis for claim in claims if not isinstance(claim, Witness)}
    for hypothesis in statement.hypotheses:
        if hypothesis.label not in told:
            yield InstanceResult(
                name, "without", hypothesis.label, "", {}, (),
                "there is no counterexample to the statement without it",
            )


def described(value: Any) -> str:
    """A value of the model as a reader writes it."""
    if isinstance(value, Done):
        return f"Done({described(value.value)}, {value.gas})"
    if isinstance(value, OutOfGas):
        return "OutOfGas"
    if isinstance(value, Stop | Next):
        return show_control(value)
    if isinstance(value, Bottom | Push):
        return show_stack(value)
    return text(value)


def dropped(statement: Statement, label: str) -> Statement:
    """The statement without a hypothesis."""
    kept = tuple(h for h in statement.hypotheses if h.label != label)
    if len(kept) == len(statement.hypotheses):
        raise KeyError(f"no hypothesis '{label}'")
    return Statement(statement.variables, kept, statement.conclusion)


def _witness(statement: Statement, claim: Witness) -> str:
    """Why it is none, or nothing."""
    for hypothesis in statement.hypotheses:
        if hypothesis.bound and not _tried(hypothesis, claim):
            return f"'{hypothesis.label}' was tried on no tree"
    value = compiled_statement(statement, claim.window)(claim.values)
    if value is None:
        return "a hypothesis fails"
    return "" if value else "the conclusion fails"


def _without(statement: Statement, claim: Without) -> str:
    """Why it is no counterexample to the statement without the hypothesis, or nothing."""
    for hypothesis in statement.hypotheses:
        if hypothesis.bound and not _tried(hypothesis, claim):
            return f"'{hypothesis.label}' was tried on no tree"
    weaker = compiled_statement(dropped(statement, claim.hypothesis), claim.window)(claim.values)
    if weaker is not False:
        return "another hypothesis fails" if weaker is None else "the conclusion holds"
    if compiled_statement(statement, claim.window)(claim.values) is not None:
        return f"the hypothesis '{claim.hypothesis}' is not seen to fail"
    return ""


def _tried(hypothesis: Hypothesis, claim: Witness | Without) -> bool:
    values = claim.window.get(hypothesis.label)
    return values is not None and any(True for _ in values(claim.values))


def _needless(name: str, statement: Statement, claim: Needless) -> InstanceResult:
    module, _, function = claim.theorem.partition(":")
    reason = ""
    try:
        make: Callable[[], Any] = getattr(import_module(module), function)
        theorem = make()
        weaker = dropped(statement, claim.hypothesis)
        if not isinstance(theorem, Theorem) or not _same(theorem.statement, weaker):
            reason = f"{claim.theorem} does not say the same without it"
    except (KernelError, KeyError) as error:
        reason = str(error)
    return InstanceResult(name, "needless", claim.hypothesis, claim.says, {}, (), reason)


def _same(left: Statement, right: Statement) -> bool:
    """Whether two statements say the same; one may name variables that it does not use."""

    def said(statement: Statement) -> tuple[object, ...]:
        hypotheses = {(h.label, id(h.term), tuple(map(id, h.bound))) for h in statement.hypotheses}
        return frozenset(hypotheses), id(statement.conclusion)

    return said(left) == said(right)


def _shown(
    statement: Statement, hypothesis: str, values: Assignment
) -> Iterator[tuple[str, str]]:
    """Terms of the statement with their values: of the hypothesis that fails, if it is about these
    values alone, and of the conclusion."""
    told = [h.term for h in statement.hypotheses if h.label == hypothesis and not h.bound]
    seen: dict[Term, None] = {}
    for formula in (*told, statement.conclusion):
        seen.update(dict.fromkeys(_computed(formula)))
    for term in seen:
        try:
            yield repr(term), described(compiled(term)(values))
        except Unevaluated:
            yield repr(term), "no value"


def _computed(term: Term) -> Iterator[Term]:
    """The parts of a formula whose values decide it, as far as something has to be computed."""
    if term.sort is BOOL and term.op not in ("call", "constant", "select"):
        for arg in term.args:
            yield from _computed(arg)
        return
    while term.op == "get":
        (term,) = term.args
    if term.op in ("ite", "make") or (term.sort is INT and term.op in ("+", "-", "*")):
        for arg in term.args:
            yield from _computed(arg)
    elif term.op not in ("constant", "int", "real", "true", "false") and constants(term):
        yield term
