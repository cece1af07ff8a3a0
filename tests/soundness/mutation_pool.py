"""Instances of every theorem, and mutants refuted by running the model on them.

*Definitions*: :class:`Subject`, :func:`subjects`; :class:`Instance`, :func:`pool`; :class:`Trials`,
:func:`trials`.

The instances of a theorem come, in this order, from its card's witnesses and counterexamples, from
:data:`tests.soundness.mutation_instances.INSTANCES`, from its finite checks (a part of each, spread
over all of it), from these with one value changed, and from a list of values of each sort.

*How it is done*. An instance refutes a mutant if all hypotheses hold on it and the conclusion does
not, by running the very functions that the proofs unfold. A conclusion without a value, as it
divides by zero or has the root of a negative number, does not hold if a solver says so, to which
these may be any numbers; a field of a value that has none is read as some value.

A hypothesis that says "for all" cannot be run on everything. It counts as holding only if it does

- on the window that the finite check or the card gives with the instance;
- on :data:`SAMPLES` of what it speaks of: all trees of at most three pairs, all programs of size at
  most three, some whole numbers;
- wherever a function value was looked up when the rest of the statement was run on the instance,
  and at the programs whose codes were.

So what the outcome depends on has been tested. Everywhere else the function values are what the
source of the instance makes them: the true jump, what a program computes, a constant. What is said
of all real numbers is not sampled (a pole is easily missed): the kernel proves it for the instance.
A function of a real number is then the term that it makes of its argument. If the instance was
written by hand, and there is a function of which the kernel knows little or nothing, what the
theorem itself supposes is believed: a sentence beside the instance says why.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import product
from math import prod
from typing import Any, Final, Literal, TypeAlias, TypeVar

import pytest
from sympy.polys.polyerrors import BasePolynomialError

from checks.catalogue import CARDS, Card
from checks.exhaust import exhaust, programs_to, trees_to
from checks.results import CheckResult
from checks.verification import load
from checks.witness import Needless
from models.algebra import Concrete, Equation, Mapped
from models.errors import BadInput
from models.machine import compiled_run
from models.machine.generic_pair import half_stage, point
from models.machine.generic_programs import computing_gas
from models.machine.oracle import EMPTY, FULL, Table
from models.machine.program import Program, code, decode, parse_program
from models.machine.semantics import Done, OutOfGas, evaluate
from models.machine.tree import NIL, TRUE, Nil, Pair, Tree, numeral
from models.node import Node
from proofs.kernel.evaluate import (
    NO_WINDOW,
    Assignment,
    Finite,
    NoValue,
    Unevaluated,
    Value,
    Window,
    compiled,
)
from proofs.kernel.reading import quote, sort_of
from proofs.kernel.rules import (
    Hypothesis,
    Refused,
    Statement,
    Theorem,
    definition_of,
    prove,
)
from proofs.kernel.solvers import configure
from proofs.kernel.terms import (
    BOOL,
    ELEMENT,
    INT,
    REAL,
    ArraySort,
    Sort,
    Term,
    as_term,
    constants,
    rebuild,
    substitute,
)
from tests.soundness.mutation import Mutant
from tests.soundness.mutation_instances import INSTANCES, TABLE_FIRST, PartlyKnown
from tests.soundness.mutation_kernel import definitions

T = TypeVar("T")

MOST = 300
"""At most twice as many instances are taken from a finite check."""
MOST_VARIED = 600

BY_HAND = ("card", "table")
"""Sources of instances that somebody has thought about."""

NO_VALUE: Final = "no value"
"""What a formula comes to that divides by zero, or has the root of a negative number."""

Outcome: TypeAlias = bool | Literal["no value"] | None
"""What a formula comes to; none if that is not known."""

# The last one is what comes of an algebraic number that was divided by zero.
UNKNOWN = (Unevaluated, BadInput, BasePolynomialError)


@dataclass(frozen=True, slots=True)
class Subject:
    """A theorem that a card's proof returns."""

    card: Card
    theorem: Theorem

    @property
    def name(self) -> str:
        """The theorem's."""
        return self.theorem.name


@cache
def subjects() -> Mapping[str, Subject]:
    """Every theorem of every card with a proof, by name; with the first card that has it."""
    found: dict[str, Subject] = {}
    for card in CARDS:
        if card.proof:
            for theorem in _parts(load(card.proof)()):
                found.setdefault(theorem.name, Subject(card, theorem))
    return found


def _parts(found: Theorem | tuple[Theorem, ...]) -> tuple[Theorem, ...]:
    return (found,) if isinstance(found, Theorem) else found


# Values by sort

_TREE, _PROGRAM = sort_of(Tree), sort_of(Program)
_SMALL_TREES = [*trees_to(3)]
_ASK, _LOOP = parse_program("ask"), parse_program("while(id, id)")

SAMPLES: Mapping[Sort, list[Any]] = {
    _TREE: [*_SMALL_TREES, numeral(4), code(_ASK), code(_LOOP)],
    _PROGRAM: list(programs_to(3)),
    INT: [-1, 0, 1, 2, 3, 5, 12, 40],
    BOOL: [False, True],
}
"""Where a hypothesis that says "for all" is tested on every instance."""

MOST_ROWS = 1_000
"""Of more combinations of elements than these, so many are drawn: a run looks hundreds up."""


def _functions(sort: ArraySort) -> list[Any]:
    """Some functions: constant ones, and for oracles some sets and a function that is none."""
    if sort.range is _TREE and sort.domain is _TREE:
        mixed = Table({NIL: numeral(2), TRUE: NIL}, otherwise=TRUE)
        return [EMPTY, FULL, Table({NIL: TRUE}), mixed, Table(otherwise=numeral(2))]
    return [Finite({}, value) for value in values_of(sort.range)[:8]]


@cache
def values_of(sort: Sort) -> list[Any]:
    """Some values of a sort, to put in the place of others; none are known of some sorts."""
    if isinstance(sort, ArraySort):
        return _functions(sort)
    if sort is _PROGRAM:
        return [parse_program(text) for text in (
            "id", "ask", "hd", "quote nil", "quote <nil.nil>", "tl", "cons(id, ask)",
            "then(tl, ask)", "if(id, ask, hd)", "if(ask, quote nil, quote <nil.nil>)",
            "while(id, tl)", "while(id, id)", "while(ask, tl)",
        )]
    if sort is INT:
        return [0, 1, -1, 30, 2, 3, -2, 4, 6, 9, 14, 40]
    if sort is REAL:
        pairs = ((-2, 1), (-1, 1), (-1, 2), (0, 1), (1, 4), (1, 2), (3, 4), (1, 1), (3, 2), (2, 1),
                 (3, 1), (5, 1))
        return [Fraction(*pair) for pair in pairs]
    return SAMPLES.get(sort, [])


# Instances


@dataclass(frozen=True, slots=True)
class Instance:
    """Values of a theorem's variables, where to test its hypotheses that say "for all", and where
    the values are from."""

    values: Assignment
    window: Window
    source: str
    # What was found out on these values: terms by identity, hypotheses by that and their place.
    known: dict[Any, Outcome] = field(default_factory=dict, repr=False, compare=False)
    # Where the theorem's own formulas look functions up, by identity.
    looked_up: dict[int, Mapping[Sort, list[Any]]] = field(
        default_factory=dict, repr=False, compare=False
    )


def pool(name: str) -> Iterator[Instance]:
    """The instances of a theorem. Whoever has further ones adds them here."""
    subject = subjects()[name]
    statement = subject.theorem.statement
    given = [
        Instance(claim.values, claim.window, "card")
        for claim in _claims(subject.card).get(name, ())
        if not isinstance(claim, Needless)
    ]
    table = [Instance(values, NO_WINDOW, "table") for values in INSTANCES.get(name, ())]
    given = table + given if name in TABLE_FIRST else given + table
    yield from given
    checked = _checked(subject.card).get(name, [])
    yield from checked
    yield from _varied(statement, given)
    yield from _varied(statement, _spread(checked, 20))
    yield from _listed(statement)


@cache
def _claims(card: Card) -> Mapping[str, Any]:
    found: Mapping[str, Any] = load(card.instances)() if card.instances else {}
    return found


def _spread(rows: Iterable[T], most: int) -> list[T]:
    """Some of the rows, at equal distances, the first among them: fewer than twice ``most``."""
    kept: list[T] = []
    step = 1
    for number, row in enumerate(rows):
        if number % step == 0:
            kept.append(row)
            if len(kept) == 2 * most:
                kept = kept[::2]
                step *= 2
    return kept


@cache
def _checked(card: Card) -> Mapping[str, list[Instance]]:
    """The instances of a card's finite checks, by theorem: what these hand to ``exhaust``."""
    statements = {
        name: subject.theorem.statement
        for name, subject in subjects().items()
        if subject.card is card
    }
    names = {id(statement): name for name, statement in statements.items()}
    found: dict[str, list[Instance]] = defaultdict(list)

    def take(
        name: str,
        statement: Statement,
        instances: Iterable[Assignment],
        *,
        bound: str,
        window: Window = NO_WINDOW,
    ) -> CheckResult:
        rows = _spread(instances, MOST)
        found[names[id(statement)]] += [Instance(row, window, "check") for row in rows]
        return CheckResult(name, "exhausted", len(rows), 0, bound, 0.0)

    checks = [load(reference) for reference in card.checks]
    with pytest.MonkeyPatch.context() as patch:
        for module in [m for n, m in sys.modules.items() if n.startswith("checks.")]:
            if getattr(module, "exhaust", None) is exhaust:
                patch.setattr(module, "exhaust", take)
        for check in checks:
            check(statements)
    return found


def _varied(statement: Statement, given: list[Instance]) -> Iterator[Instance]:
    """Instances with one value changed, not all of them, in an order in which all kinds come
    early."""
    changes = [
        (instance, variable, value)
        for instance in given
        for variable in statement.variables
        for value in values_of(variable.sort)
    ]
    random.Random(0).shuffle(changes)
    for instance, variable, value in changes[:MOST_VARIED]:
        values = {**instance.values, str(variable.data): value}
        yield Instance(values, instance.window, "varied")


def _listed(statement: Statement) -> Iterator[Instance]:
    """Combinations of values of the variables' sorts, if there are some for each."""
    listed = [values_of(variable.sort) for variable in statement.variables]
    if all(listed):
        draw = random.Random(1)
        for _ in range(MOST_VARIED // 2):
            values = {
                str(v.data): draw.choice(some)
                for v, some in zip(statement.variables, listed, strict=True)
            }
            yield Instance(values, NO_WINDOW, "by sort")


# Trials


MOST_CALLS = 250_000
"""Calls of equations after which a formula is left unevaluated: a mutant may speak of a stage that
nobody lives to see. They are counted, and not timed, so that each run comes to the same."""


LONG, MOST_STEPS = 5_000, 10_000_000
"""Gas from which on the compiled machine runs a program, and the most steps that it makes."""


REMEMBERED: Mapping[Equation[Any, Any], dict[Any, tuple[Any, int]]] = {
    half_stage: {}, computing_gas: {}, point: {}
}
"""Equations that most mutants of a theorem run on the same values: by arguments, the value and how
many calls it took, which count each time."""


@contextmanager
def few_calls() -> Iterator[None]:
    """Inside, running the model raises :class:`Unevaluated` after :data:`MOST_CALLS` calls. What
    has much gas, the compiled machine runs, which does what ``evaluate`` does."""
    left = MOST_CALLS
    pending = Concrete.call

    def pay(calls: int) -> None:
        nonlocal left
        left -= calls
        if left < 0:
            raise Unevaluated("more calls than are waited for")

    def run(algebra: Concrete, equation: Equation[Any, Any], arguments: tuple[Any, ...]) -> Any:
        for called, _, found in algebra.calls(equation, arguments):
            if called is None:
                return found
            pay(1)
        raise AssertionError("a run without an end")

    def at_once(algebra: Concrete, equation: Equation[Any, Any], arguments: tuple[Any, ...]) -> Any:
        """The value of a call that is not run call by call, or nothing."""
        if equation is evaluate and arguments[-1] > LONG:
            return compiled_outcome(*arguments)
        kept = REMEMBERED.get(equation)
        if kept is None:
            return None
        # Functions are told apart as objects, so what watches one has seen it looked up.
        if arguments in kept:
            found, calls = kept[arguments]
            pay(calls)
        else:
            before = left
            found = run(algebra, equation, arguments)
            kept[arguments] = found, before - left
        return found

    def call(algebra: Concrete, equation: Equation[Any, Any], arguments: tuple[Any, ...]) -> Any:
        found = at_once(algebra, equation, arguments)
        return pending(algebra, equation, arguments) if found is None else found

    def value(algebra: Concrete, equation: Equation[Any, Any], arguments: tuple[Any, ...]) -> Any:
        found = at_once(algebra, equation, arguments)
        return run(algebra, equation, arguments) if found is None else found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Concrete, "value", value)
        patch.setattr(Concrete, "call", call)
        yield


def compiled_outcome(
    oracle: Mapped[Tree, Tree], program: Program, value: Tree, gas: int
) -> Done | OutOfGas:
    """What ``evaluate`` has, by the compiled machine."""
    most = min(gas, MOST_STEPS)
    found = compiled_run.run(program, value, oracle=oracle, gas=most, queries=False)
    if found.value is not None:
        return Done(found.value, gas - found.steps)
    if most < gas:
        raise Unevaluated("more steps than are waited for")
    return OutOfGas()


class Trials:
    """Instances of a statement; its mutants are run on them, and what was run is remembered."""

    def __init__(self, statement: Statement, instances: Iterable[Instance]) -> None:
        self.sorts = {str(v.data): v.sort for v in statement.variables}
        self._instances = iter(instances)
        self._drawn: list[Instance] = []
        self._compiled: dict[int, tuple[Term, Value]] = {}
        # Formulas that most mutants have in common: their values are kept with the instances.
        self._own = {id(term) for term in (
            statement.conclusion, *(h.term for h in statement.hypotheses)
        )}

    def instances(self) -> Iterator[Instance]:
        """All instances, in order; drawn as far as they are wanted."""
        yield from self._drawn
        for instance in self._instances:
            self._drawn.append(instance)
            yield instance

    def refuted(self, mutant: Mutant) -> Instance | None:
        """The first instance on which a mutant fails."""
        return next((i for i in self.instances() if self.fails(mutant.statement, i)), None)

    def fails(self, statement: Statement, instance: Instance) -> bool:
        """Whether all hypotheses hold on an instance and the conclusion does not."""
        # What is most often settled first, so that little is run in vain.
        conclusion = self._value(statement.conclusion, instance)
        return (
            (conclusion is False or conclusion == NO_VALUE)
            and all(self._hypothesis(h, instance) is True for h in statement.hypotheses)
            and self._everywhere(statement, instance)
            and (conclusion is False or self._may_be_false(statement.conclusion, instance))
        )

    def _may_be_false(self, conclusion: Term, instance: Instance) -> bool:
        key = "may be false", id(conclusion)
        if id(conclusion) not in self._own:
            return _may_be_false(conclusion, instance)
        if key not in instance.known:
            instance.known[key] = _may_be_false(conclusion, instance)
        return instance.known[key] is True

    def _run(self, term: Term, values: Assignment) -> Outcome:
        if id(term) not in self._compiled:
            self._compiled[id(term)] = term, compiled(term)
        try:
            with few_calls():
                return bool(self._compiled[id(term)][1](values))
        except NoValue:
            return NO_VALUE
        except UNKNOWN:
            return None

    def _value(self, term: Term, instance: Instance) -> Outcome:
        if id(term) not in self._own:
            return self._run(term, instance.values)
        if id(term) not in instance.known:
            instance.known[id(term)] = self._run(term, instance.values)
        return instance.known[id(term)]

    def _hypothesis(self, hypothesis: Hypothesis, instance: Instance) -> Outcome:
        """Whether a hypothesis holds; one that says "for all", on the window of the instance."""
        if not hypothesis.bound:
            return self._value(hypothesis.term, instance)
        key = id(hypothesis.term), hypothesis.label
        if key in instance.known:
            return instance.known[key]
        width = len(hypothesis.bound)
        try:
            rows = [*instance.window.get(hypothesis.label, lambda _: ())(instance.values)]
        except UNKNOWN:  # a window need not be made for values that were changed
            return None
        found = self._for_all(
            hypothesis, instance, (row if width > 1 else (row,) for row in rows)
        )
        if id(hypothesis.term) in self._own:
            instance.known[key] = found
        return found

    def _for_all(
        self, hypothesis: Hypothesis, instance: Instance, rows: Iterable[tuple[Any, ...]]
    ) -> bool:
        names = [str(bound.data) for bound in hypothesis.bound]
        return all(
            self._run(hypothesis.term, {**instance.values, **dict(zip(names, row, strict=True))})
            is True
            for row in rows
        )

    def _everywhere(self, statement: Statement, instance: Instance) -> bool:
        """Whether what is said for all holds on the samples and wherever it can matter."""
        if not any(h.bound for h in statement.hypotheses):
            return True
        seen = self._looked_up(statement, instance)
        for hypothesis in statement.hypotheses:
            if any(bound.sort is REAL for bound in hypothesis.bound):
                if not self._of_all_reals(hypothesis, instance):
                    return False
                continue
            columns = [
                list(dict.fromkeys([*_of_sort(seen, bound.sort), *SAMPLES.get(bound.sort, [])]))
                for bound in hypothesis.bound
            ]
            rows = product(*columns)
            elements = any(bound.sort is ELEMENT for bound in hypothesis.bound)
            if elements and prod(map(len, columns)) > MOST_ROWS:
                draw = random.Random(0)
                rows = ((*map(draw.choice, columns),) for _ in range(MOST_ROWS))
            if columns and not self._for_all(hypothesis, instance, rows):
                return False
        return True

    def _of_all_reals(self, hypothesis: Hypothesis, instance: Instance) -> bool:
        """Whether a hypothesis about all real numbers holds on an instance."""
        try:
            if not _refusal(hypothesis.term, hypothesis.bound, instance):
                return True
            unknown = any(isinstance(value, PartlyKnown) for value in instance.values.values())
        except TypeError:  # a function value that has no term
            unknown = True
        return unknown and instance.source in BY_HAND and id(hypothesis.term) in self._own

    def _looked_up(self, statement: Statement, instance: Instance) -> dict[Sort, list[Any]]:
        """The values of each sort at which functions are looked up when what is not said for all is
        run on an instance, and the instance's own values; each once."""
        seen: dict[Sort, list[Any]] = defaultdict(list)
        for name, sort in self.sorts.items():
            if not isinstance(sort, ArraySort):
                seen[sort].append(instance.values[name])
        for term in [*(h.term for h in statement.hypotheses if not h.bound), statement.conclusion]:
            for sort, found in self._looked_up_by(term, instance).items():
                seen[sort] += found
        return {sort: list(dict.fromkeys(found)) for sort, found in seen.items()}

    def _looked_up_by(self, term: Term, instance: Instance) -> Mapping[Sort, list[Any]]:
        """The same of one formula."""
        if id(term) in instance.looked_up:
            return instance.looked_up[id(term)]
        seen: dict[Sort, list[Any]] = defaultdict(list)
        self._run(term, dict(instance.values) | {
            name: _Watched(instance.values[name], sort, seen)
            for name, sort in self.sorts.items() if isinstance(sort, ArraySort)
        })
        found = {sort: list(dict.fromkeys(values)) for sort, values in seen.items()}
        if id(term) in self._own:
            instance.looked_up[id(term)] = found
        return found


def _of_sort(seen: Mapping[Sort, list[Any]], sort: Sort) -> list[Any]:
    """What was looked up of a sort; of programs, also those whose codes were."""
    found = seen.get(sort, [])
    return [*found, *map(decode, seen.get(_TREE, []))] if sort is _PROGRAM else found


def _refusal(term: Term, bound: tuple[Term, ...], instance: Instance) -> Refused | None:
    """Why the kernel does not prove a formula about real numbers, on an instance, for all values of
    what is bound; none if it does. Raises TypeError if a function or number has no term."""
    formula = _on_instance(term, bound, instance)
    try:
        with configure(deadline=1.0):
            prove(
                f"for all {', '.join(f'{b!r}' for b in bound)}: {formula!r}",
                Statement(bound, (), formula),
                lambda _: definitions(formula, run=not bound),
            )
    except Refused as refused:
        return refused
    return None


def _on_instance(term: Term, bound: tuple[Term, ...], instance: Instance) -> Term:
    """The formula with the values of an instance. Raises TypeError if one of them has no term."""
    values = {v: instance.values[str(v.data)] for v in constants(term) if v not in bound}
    functions = {v: f for v, f in values.items() if isinstance(v.sort, ArraySort)}
    done: dict[Term, Term] = {}

    def applied(part: Term) -> Term:
        """The part with functions applied; what is defined by them is unfolded."""
        if part not in done:
            if part.op == "call" and any(arg in functions for arg in part.args):
                definition = definition_of(part.data)
                assert definition is not None
                done[part] = applied(definition(*part.args).term.args[1])
            elif part.op == "select" and part.args[0] in functions:
                function = functions[part.args[0]]
                if isinstance(function, Finite) and function.values:
                    raise TypeError("a function with exceptions has no term")
                done[part] = as_term(function(applied(part.args[1])), part.sort)
            else:
                done[part] = rebuild(part, tuple(map(applied, part.args)))
        return done[part]

    formula = applied(term) if functions else term
    given = {
        variable: quote(_exact(value, variable.sort), variable.sort)
        for variable, value in values.items() if variable not in functions
    }
    return substitute(formula, given)


def _exact(value: Any, sort: Sort) -> Any:
    """A whole number as the fraction that a real variable wants."""
    return Fraction(value) if sort is REAL else value


def _of_numbers(value: Any) -> bool:
    """Whether a value is a number, or a finite datum of numbers alone, such as a list of units."""
    if isinstance(value, Node):
        return not isinstance(value, Nil | Pair) and all(map(_of_numbers, value.fields()))
    return isinstance(value, Fraction | int)


def _may_be_false(conclusion: Term, instance: Instance) -> bool:
    """Whether a conclusion without a value is false to a solver, for some numbers in the place of
    what has none."""
    for variable in constants(conclusion):
        of_reals = isinstance(variable.sort, ArraySort) and variable.sort.domain is REAL
        if not of_reals and not _of_numbers(instance.values[str(variable.data)]):
            return False
    try:
        refused = _refusal(conclusion, (), instance)
    except TypeError:
        return False
    answers = [a for o in refused.failed for a in o.answers.values()] if refused else []
    return any(answer.verdict == "sat" for answer in answers)


class _Watched:
    """A function value that notes where it is looked up."""

    def __init__(
        self, function: Callable[[Any], Any], sort: ArraySort, seen: dict[Sort, list[Any]]
    ) -> None:
        self.function = function
        self.sort = sort
        self.seen = seen

    def __call__(self, argument: Any, /) -> Any:
        self.seen[self.sort.domain].append(argument)
        value = self.function(argument)
        if isinstance(self.sort.range, ArraySort):
            return _Watched(value, self.sort.range, self.seen)
        return value


@cache
def trials(name: str) -> Trials:
    """Those of a theorem, on its instances."""
    return Trials(subjects()[name].theorem.statement, pool(name))
