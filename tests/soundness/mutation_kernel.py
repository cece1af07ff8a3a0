"""Mutants before the kernel: it must refuse the wrong ones, and prove what is claimed to be true.

*Definitions*: :func:`ask`, a mutant with the premises of the true proof; :class:`Case`,
:func:`follow`, a mutant proved from its theorem; :func:`from_theorem`, :func:`where_defined`,
:func:`by`, :func:`same_proof`, the ways in which
:data:`tests.soundness.mutation_true.STILL_TRUE` says that this goes.

*How it is done*. A theorem's function is run once more with ``prove`` replaced by what takes the
premises down. To derive a mutant, the theorem is used at the mutant's own variables, beside the
definitions of all functions in sight that do not call themselves. Where the mutant supposes
something else for all values, a lemma says that this is no less than what the theorem supposes.

A quotient by zero, the root of a negative number, and a field of a value that has no such field are
something to the solvers, of which nothing is known, but they are nothing in the model. So a mutant
that goes beyond its theorem only there is refused, but no run can refute it. It is derived with one
hypothesis more for each such part: that it has a value.
"""

from __future__ import annotations

import inspect
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import pytest

from proofs.kernel import rules, terms
from proofs.kernel.rules import (
    Fact,
    Goal,
    Hypothesis,
    KernelError,
    Schema,
    Statement,
    Theorem,
    definition_of,
    prove,
)
from proofs.kernel.terms import ArraySort, Term, fresh, postorder, substitute
from tests.soundness.mutation import Mutant

# --- the true proof's premises --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proof:
    """What a theorem's function hands to ``prove`` beside the statement."""

    premises: Callable[[Goal], Iterable[Fact]]
    options: dict[str, Any]


class _Taken(Exception):
    """Ends a theorem's function where it calls ``prove``."""


@cache
def proof_of(theorem: Theorem) -> Proof:
    """The proof of a theorem of :mod:`proofs`, from the function that made it. Not to be called by
    several threads at a time: other modules have another ``prove`` for a while."""
    found: list[Proof] = []

    def take(
        name: str,
        statement: Statement,
        premises: Callable[[Goal], Iterable[Fact]] = lambda _: (),
        **options: Any,
    ) -> Theorem:
        if name != theorem.name:
            return prove(name, statement, premises, **options)
        found.append(Proof(premises, options))
        raise _Taken

    with pytest.MonkeyPatch.context() as patch:
        for module in _proof_modules():
            if getattr(module, "prove", None) is prove:
                patch.setattr(module, "prove", take)
        with pytest.raises(_Taken):
            _maker(theorem)()
    return found[0]


def _proof_modules() -> list[Any]:
    return [
        module for name, module in sys.modules.items()
        if name.startswith("proofs.") and module is not rules
    ]


def _maker(theorem: Theorem) -> Callable[[], object]:
    """The function that made a theorem, which ``once`` keeps beside it."""
    for module in _proof_modules():
        for value in vars(module).values():
            if inspect.isfunction(value) and "make" in value.__code__.co_freevars:
                kept = inspect.getclosurevars(value).nonlocals
                if any(found is theorem for found in kept.get("found", ())):
                    make: Callable[[], object] = kept["make"]
                    return make
    raise LookupError(f"no function of proofs/ that is marked once has made {theorem.name}")


def ask(theorem: Theorem, mutant: Mutant) -> Theorem:
    """The mutant as a theorem, if the true proof's premises prove it.

    These may not be there to be had: the proof hands on what the theorem supposes for all values,
    and the mutant supposes something else. Then it is tried to derive the mutant from its theorem.
    Raises :class:`Refused` if a solver does not say yes.
    """
    proof = proof_of(theorem)
    try:
        return prove(repr(mutant), mutant.statement, proof.premises, **proof.options)
    except KernelError:
        return from_theorem(theorem, mutant)


# --- mutants that are true ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Case:
    """A mutant being proved. ``case["x"]`` is the variable x."""

    theorem: Theorem
    mutant: Mutant
    goal: Goal

    def __getitem__(self, name: str) -> Term:
        return next(v for v in self.mutant.statement.variables if v.data == name)

    def given(self) -> list[Fact]:
        """The hypotheses but those that say "for all"."""
        hypotheses = self.goal.statement.hypotheses
        return [self.goal.hypothesis(h.label) for h in hypotheses if not h.bound]


Premises: TypeAlias = Callable[[Case], Iterable[Fact]]
Derivation: TypeAlias = Callable[[Theorem, Mutant], Theorem]


def follow(
    theorem: Theorem,
    mutant: Mutant,
    *,
    premises: Premises = lambda _: (),
    with_theorem: bool = True,
    defined: bool = False,
    **options: Any,
) -> Theorem:
    """Prove a mutant from its theorem at the same values, and from definitions.

    ``premises``: further ones; ``with_theorem``: whether to use it; ``defined``: suppose that every
    part has a value. ``options`` are those of ``prove``. Raises :class:`Refused`.
    """
    statement = mutant.statement
    about = [statement.conclusion, *(h.term for h in statement.hypotheses)]
    about += [theorem.statement.conclusion, *(h.term for h in theorem.statement.hypotheses)]
    unfolded = definitions(*about)
    if defined:
        statement = _with_values(statement, unfolded)
    # Of what hypotheses say for all values, nothing is to be had for none.
    unfolded = [
        fact for fact in unfolded if set(terms.constants(fact.term)) <= set(statement.variables)
    ]
    supplied = _suppositions(theorem, mutant) if with_theorem else {}

    def all_premises(goal: Goal) -> Iterator[Fact]:
        if with_theorem:
            values = {str(v.data): v for v in theorem.statement.variables}
            yield theorem.at(**values, **{label: of(goal) for label, of in supplied.items()})
        yield from unfolded
        yield from premises(Case(theorem, mutant, goal))

    return prove(f"{mutant!r}, derived", statement, all_premises, **options)


MOST_CALLS = 60
"""Calls that are followed to see what a term without variables comes to."""


def definitions(*roots: Term, run: bool = False) -> list[Fact]:
    """What is known of all calls in terms, and in what these become by it, of functions that do not
    call themselves; of a function value, where it is looked up. To ``run`` a term without variables
    is to follow all calls, the outer ones first, up to :data:`MOST_CALLS`."""
    found: dict[Term, Fact] = {}
    todo = deque(part for root in roots for part in postorder([root]))
    while todo and not (run and len(found) >= MOST_CALLS):
        part = todo.popleft()
        call, last = (part.args[0], part.args[1:]) if part.op == "select" else (part, ())
        definition = definition_of(call.data) if call.op == "call" else None
        if part in found or definition is None or (not last and isinstance(part.sort, ArraySort)):
            continue
        law = definition(*call.args, *last)
        inside = list(postorder([law.term.args[1]]))
        if run or all(each.op != "call" or each.data is not call.data for each in inside):
            found[part] = law
            todo += inside
        elif definition.kind == "choice":
            found[part] = law
    return list(found.values())


def _with_values(statement: Statement, unfolded: list[Fact]) -> Statement:
    """The statement with one hypothesis more for each part that need not have a value."""
    roots = [statement.conclusion, *(h.term for h in statement.hypotheses)]
    roots += [fact.term for fact in unfolded]
    wanted = dict.fromkeys(
        condition for part in postorder(roots) for condition in _has_value(part)
        if condition is not terms.TRUE
        and set(terms.constants(condition)) <= set(statement.variables)
    )
    more = tuple(
        Hypothesis(f"value {number}", condition) for number, condition in enumerate(wanted, 1)
    )
    return Statement(statement.variables, (*statement.hypotheses, *more), statement.conclusion)


def _has_value(part: Term) -> Iterator[Term]:
    """What makes a term have a value, if its arguments have some."""
    if part.op == "/":
        yield terms.negate(terms.equal(part.args[1], 0))
    if part.op == "get":
        yield terms.test(part.data[0], part.args[0])
    if part.op == "call":
        definition = definition_of(part.data)
        if definition is not None and definition.kind == "choice":
            law = definition(*part.args).term
            if law.op == "=>":
                yield law.args[0]


def _suppositions(theorem: Theorem, mutant: Mutant) -> dict[str, Callable[[Goal], Schema]]:
    """How the goal's hypotheses that say "for all" supply those of the theorem."""
    own = {h.label: h for h in mutant.statement.hypotheses}
    return {
        wanted.label: _supposition(theorem, mutant, wanted, own[wanted.label])
        for wanted in theorem.statement.hypotheses
        if wanted.bound
    }


def _supposition(
    theorem: Theorem, mutant: Mutant, wanted: Hypothesis, given: Hypothesis
) -> Callable[[Goal], Schema]:
    label = wanted.label
    if given == wanted:
        return lambda goal: goal.schema(label)
    # A lemma from the one to the other; its bound variables have names that nothing else has.
    names = tuple(fresh(b) for b in wanted.bound)
    at = dict(zip(wanted.bound, names, strict=True))
    left, right = substitute(given.term, at), substitute(wanted.term, at)
    variables = theorem.statement.variables
    lemma = prove(
        f"{mutant!r}, for all",
        Statement((*variables, *names), (given,), right),
        lambda goal: [goal.hypothesis(label, *names), *definitions(left, right)],
    )
    values = {str(v.data): v for v in (*variables, *names)}
    return lambda goal: lemma.schema(*names, **values, **{label: goal.schema(label)})


def from_theorem(theorem: Theorem, mutant: Mutant) -> Theorem:
    """By the theorem and the definitions."""
    return follow(theorem, mutant)


def where_defined(theorem: Theorem, mutant: Mutant) -> Theorem:
    """By the theorem and the definitions, wherever all parts of the mutant have a value."""
    return follow(theorem, mutant, defined=True)


def by(premises: Premises, **options: Any) -> Derivation:
    """By these premises, beside the definitions; options are those of :func:`follow`."""

    def derive(theorem: Theorem, mutant: Mutant) -> Theorem:
        return follow(theorem, mutant, premises=premises, **options)

    return derive


def disproved(
    theorem: Theorem, mutant: Mutant, values: Mapping[str, Term], premises: Premises
) -> Theorem:
    """The opposite of a mutant's conclusion, at ``values`` of some of its variables, from its own
    hypotheses. Raises :class:`Refused`."""
    statement = mutant.statement
    at = {v: values[str(v.data)] for v in statement.variables if str(v.data) in values}
    hypotheses = tuple(
        Hypothesis(h.label, substitute(h.term, at), h.bound) for h in statement.hypotheses
    )
    opposite = Statement(
        tuple(v for v in statement.variables if v not in at), hypotheses,
        terms.negate(substitute(statement.conclusion, at)),
    )
    return prove(
        f"{mutant!r}, disproved", opposite, lambda goal: premises(Case(theorem, mutant, goal))
    )


def same_proof(theorem: Theorem, mutant: Mutant) -> Theorem:
    """By the proof of the theorem as it stands."""
    return ask(theorem, mutant)
