"""Witnesses and counterexamples: that a theorem is not empty, and what each hypothesis is for.

*Definitions*: :class:`Witness`, :class:`Without`, :class:`Needless`, what an author claims of a
theorem; :class:`Named`, a function with words for what it is; :func:`confirm`, which tests a claim
by running the model, or by a proof.

A witness is values of a theorem's variables on which all its hypotheses hold. For each hypothesis
there are values on which the others hold and the conclusion fails, or a theorem that does without
it. A hypothesis that itself says "for all" is run on the members of its window alone: the values
are such that it holds of all others too, which the sentence beside them makes clear. A conclusion
without a value, as it divides by zero or has the root of a negative number, fails: to the solvers
such a quotient or root may be any number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from importlib import import_module
from typing import Any, TypeAlias

from checks.exhaust import text
from checks.results import InstanceResult, Kind
from checks.streaming.show import shown as streamed
from models.amdahl.number import closed_form, float_text, simplest, symbolic
from models.machine.semantics import Bottom, Done, Next, OutOfGas, Push, State, Stop
from models.machine.show import show_control, show_stack, show_state
from proofs.kernel.evaluate import (
    NO_WINDOW,
    Assignment,
    Calls,
    Finite,
    NoValue,
    Unevaluated,
    Window,
    compiled,
    compiled_statement,
)
from proofs.kernel.rules import Hypothesis, Statement, Theorem
from proofs.kernel.terms import (
    BOOL,
    ELEMENT,
    INT,
    REAL,
    TRUE,
    Datatype,
    Sort,
    Term,
    constants,
)

MOST_SHOWN = 200
"""Characters of what a term comes to; no value is cut that one may want to use again."""

MOST_WRITTEN = 80
"""Characters of a closed form that is not left out beside its decimal."""


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
_KINDS: dict[type[Claim], Kind] = {
    Witness: "witness", Without: "without", Needless: "needless",
}
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
    hypothesis = "" if isinstance(claim, Witness) else claim.hypothesis
    values: dict[str, str] = {}
    shown: tuple[tuple[str, str], ...] = ()
    try:
        if isinstance(claim, Needless):
            reason = _needless(statement, claim)
        else:
            values = dict(_values(statement, claim.values))
            calls = Calls()
            reason = _wrong(statement, hypothesis, claim, calls)
            shown = () if reason else tuple(_shown(statement, hypothesis, claim, calls))
    except Exception as error:
        # A claim runs an author's functions: whatever they do, it was not confirmed.
        reason = " ".join(f"it does not run: {type(error).__name__}: {error}".split())
    return InstanceResult(
        name, _KINDS[type(claim)], hypothesis, claim.says, values, shown, reason,
        _formal(statement, hypothesis),
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
                str(hypothesis),
            )


def described(value: Any) -> str:
    """A value of the model as a reader writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Done):
        return f"Done({described(value.value)}, {value.gas})"
    if isinstance(value, OutOfGas):
        return "OutOfGas"
    if isinstance(value, Stop | Next):
        return show_control(value)
    if isinstance(value, Bottom | Push):
        return show_stack(value)
    if isinstance(value, State):
        return show_state(value)
    if isinstance(value, Finite):
        rows = [f"{described(key)} -> {described(v)}" for key, v in value.values.items()]
        return "{" + ", ".join([*rows, f"else -> {described(value.otherwise)}"]) + "}"
    if closed_form(value):
        near = f"{float(value):.6g}"
        return f"{value} ≈ {near}" if len(f"{value}") <= MOST_WRITTEN else f"about {near}"
    data = streamed(value)
    if data is not None:
        return data
    if symbolic(value):
        exact = simplest(value)
        return f"{exact}" if isinstance(exact, Fraction) else f"{exact} ≈ {float_text(exact)}"
    return text(value)


def dropped(statement: Statement, label: str) -> Statement:
    """The statement without a hypothesis."""
    kept = tuple(h for h in statement.hypotheses if h.label != label)
    if len(kept) == len(statement.hypotheses):
        raise ValueError(f"no hypothesis '{label}'")
    return Statement(statement.variables, kept, statement.conclusion)


def _formal(statement: Statement, label: str) -> str:
    return next((str(h) for h in statement.hypotheses if h.label == label), "")


def _values(statement: Statement, given: Assignment) -> Iterator[tuple[str, str]]:
    """The values of the statement's variables as text. Raises ValueError for one that is missing
    or of another sort."""
    for variable in statement.variables:
        name = str(variable.data)
        if name not in given:
            raise ValueError(f"there is no value of {name}")
        if not _is_of(given[name], variable.sort):
            raise ValueError(f"the value of {name} is not of sort {variable.sort}")
        yield name, described(given[name])


def _is_of(value: Any, sort: Sort) -> bool:
    if sort is ELEMENT:
        return True
    if sort is BOOL or isinstance(value, bool):
        return sort is BOOL and isinstance(value, bool)
    if sort is INT or sort is REAL:
        exact = sort is REAL and (
            isinstance(value, Fraction) or symbolic(value) or closed_form(value)
        )
        return isinstance(value, int) or exact
    if isinstance(sort, Datatype):
        return isinstance(value, tuple(constructor.cls for constructor in sort.constructors))
    return callable(value)


def _wrong(
    statement: Statement, label: str, claim: Witness | Without, calls: Calls
) -> str:
    """Why it is no witness, or no counterexample to the statement without the hypothesis of this
    label; nothing if it is one."""
    kept = statement if isinstance(claim, Witness) else dropped(statement, label)
    for hypothesis in statement.hypotheses:
        if hypothesis.bound and not _tried(hypothesis, claim):
            return f"'{hypothesis.label}' was tried on no value"

    def holds(hypothesis: Hypothesis) -> bool:
        alone = Statement(statement.variables, (hypothesis,), TRUE)
        return compiled_statement(alone, claim.window, calls)(claim.values) is not None

    for hypothesis in kept.hypotheses:
        if not holds(hypothesis):
            return f"the hypothesis '{hypothesis.label}' fails"
    concludes = compiled(statement.conclusion, calls)
    if isinstance(claim, Witness):
        return "" if concludes(claim.values) else "the conclusion fails"
    if all(holds(h) for h in statement.hypotheses if h.label == label):
        return f"the hypothesis '{label}' is not seen to fail"
    try:
        return "the conclusion holds" if concludes(claim.values) else ""
    except NoValue:  # what has no value does not hold
        return ""


def _tried(hypothesis: Hypothesis, claim: Witness | Without) -> bool:
    values = claim.window.get(hypothesis.label)
    return values is not None and any(True for _ in values(claim.values))


def _needless(statement: Statement, claim: Needless) -> str:
    """Why its theorem does not do without the hypothesis; nothing if it does."""
    module, _, function = claim.theorem.partition(":")
    weaker = dropped(statement, claim.hypothesis)
    theorem = getattr(import_module(module), function)()
    if isinstance(theorem, Theorem) and _same(theorem.statement, weaker):
        return ""
    return f"{claim.theorem} does not say the same without it"


def _same(left: Statement, right: Statement) -> bool:
    """Whether two statements say the same; one may name variables that it does not use."""

    def said(statement: Statement) -> tuple[object, ...]:
        hypotheses = {(h.label, id(h.term), tuple(map(id, h.bound))) for h in statement.hypotheses}
        return frozenset(hypotheses), id(statement.conclusion)

    return said(left) == said(right)


def _shown(
    statement: Statement, label: str, claim: Witness | Without, calls: Calls
) -> Iterator[tuple[str, str]]:
    """Terms with their values: of the hypothesis that fails, if it says "for all" where it fails
    first, and of the conclusion."""
    told: list[Term] = []
    for hypothesis in statement.hypotheses:
        if hypothesis.label == label and hypothesis.bound:
            yield from _broken(hypothesis, claim, calls)
        elif hypothesis.label == label:
            told.append(hypothesis.term)
    yield from _valued((*told, statement.conclusion), claim.values, calls)


def _broken(
    hypothesis: Hypothesis, claim: Witness | Without, calls: Calls
) -> Iterator[tuple[str, str]]:
    """Where a hypothesis that says "for all" fails first, and its terms with their values there."""
    names = [str(bound.data) for bound in hypothesis.bound]
    term = compiled(hypothesis.term, calls)
    for found in claim.window[hypothesis.label](claim.values):
        row = dict(zip(names, (found,) if len(names) == 1 else found, strict=True))
        values = {**claim.values, **row}
        if not term(values):
            for name, value in row.items():
                yield f"at {name}", described(value)
            yield from _valued((hypothesis.term,), values, calls)
            return


def _valued(
    formulas: tuple[Term, ...], values: Assignment, calls: Calls
) -> Iterator[tuple[str, str]]:
    for term in dict.fromkeys(part for formula in formulas for part in _computed(formula)):
        try:
            value = described(compiled(term, calls)(values))
            yield repr(term), value if len(value) <= MOST_SHOWN else f"{value[:MOST_SHOWN]}…"
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
