"""Mutants of a statement: what it would say with one small thing changed.

*Definitions*: :class:`Mutant`, :func:`mutants`.

*How it is done*. Terms are interned, so a statement is a graph; a mutant has one distinct part of
one hypothesis or of the conclusion changed, wherever that part occurs there (a number and a part
that is left out: in one place). The kinds of change:

- a hypothesis left out; a part of a conjunction or disjunction, or a premise, left out;
- an inequality made strict, or no longer strict; its sides exchanged;
- an equation of numbers, or an equivalence, in one direction only;
- two arguments of one sort exchanged, of a call, a constructor, a difference, a quotient, an
  implication and an if-then-else;
- a test, an equation or a truth value denied;
- a number one more, and one less.

Many changes make a formula weaker or stronger whatever it is about, and where it stands says what
that does to the statement: with a stronger hypothesis or a weaker conclusion a mutant follows from
the theorem, so :attr:`Mutant.weaker` is set. Nothing is believed of that: whoever counts such a
mutant as true proves it from the theorem (:mod:`tests.soundness.mutation_kernel`).

*References*: DeMillo, Lipton, Sayward, 'Hints on test data selection' (1978), for mutation; Lyndon
(1959), 'Properties preserved under homomorphism', for positive and negative occurrences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from proofs.kernel import terms
from proofs.kernel.rules import Hypothesis, Statement
from proofs.kernel.tactics import replace
from proofs.kernel.terms import BOOL, INT, REAL, TRUE, Term, postorder, rebuild

CONCLUSION = "conclusion"

STRICTNESS, SIDES, DIRECTION = "strictness", "sides exchanged", "one direction"
LEFT_OUT, PART_LEFT_OUT = "hypothesis left out", "part left out"
EXCHANGED, DENIED, NUMBER = "arguments exchanged", "denied", "number"
KINDS = (LEFT_OUT, PART_LEFT_OUT, STRICTNESS, SIDES, DIRECTION, EXCHANGED, DENIED, NUMBER)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed statement of a theorem.

    ``place`` is the label of the hypothesis that was changed, or ``conclusion``; ``says`` is the
    change in words. ``weaker``: by its form it follows from the theorem.
    """

    theorem: str
    kind: str
    place: str
    says: str
    statement: Statement
    weaker: bool = False

    @property
    def name(self) -> str:
        """Place and change: the name of the mutant among those of its theorem."""
        return f"{self.place}: {self.says}"

    def __repr__(self) -> str:
        return f"{self.theorem} | {self.name}"


@dataclass(frozen=True, slots=True)
class _Change:
    """A part of a formula and what is put in its place; ``grows``: 1 if the formula becomes true
    more often (weaker), -1 if less often (stronger), 0 if neither can be said."""

    kind: str
    old: Term
    new: Term
    says: str
    grows: int = 0


def mutants(name: str, statement: Statement) -> list[Mutant]:
    """All mutants of a statement, each of which says something else than it."""
    found = [
        Mutant(
            name, LEFT_OUT, hypothesis.label, "left out",
            # It stays as a name for what is always so: a proof may ask for it.
            _with(statement, hypothesis.label, TRUE),
        )
        for hypothesis in statement.hypotheses
    ]
    formulas = [(h.label, h.term) for h in statement.hypotheses]
    for place, formula in [*formulas, (CONCLUSION, statement.conclusion)]:
        for change in _changes(formula):
            changed = replace(formula, change.old, change.new)
            if changed is formula:
                continue
            weaker = change.grows == (1 if place == CONCLUSION else -1)
            mutated = _with(statement, place, changed)
            found.append(Mutant(name, change.kind, place, change.says, mutated, weaker))
    return list(_distinct(found))


def _with(statement: Statement, place: str, formula: Term) -> Statement:
    """The statement with another formula in a place."""
    hypotheses = tuple(
        Hypothesis(h.label, formula, h.bound) if h.label == place else h
        for h in statement.hypotheses
    )
    conclusion = formula if place == CONCLUSION else statement.conclusion
    return Statement(statement.variables, hypotheses, conclusion)


def _distinct(found: list[Mutant]) -> Iterator[Mutant]:
    """Each changed statement once, each under a name of its own."""
    said: set[tuple[int, ...]] = set()
    names: Counter[str] = Counter()
    for mutant in found:
        statement = mutant.statement
        key = tuple(id(term) for term in (
            *(h.term for h in statement.hypotheses), statement.conclusion
        ))
        if key in said:
            continue
        said.add(key)
        names[mutant.name] += 1
        count = names[mutant.name]
        says = mutant.says if count == 1 else f"{mutant.says} ({count})"
        yield Mutant(mutant.theorem, mutant.kind, mutant.place, says, statement, mutant.weaker)


def _changes(formula: Term) -> Iterator[_Change]:
    signs = _signs(formula)
    for term in postorder([formula]):
        sign = signs[id(term)]
        yield from _of_term(term, sign)
        for index in range(len(term.args)):
            yield from _of_argument(term, index, sign * _sign_in(term, index))


def _of_term(term: Term, sign: int) -> Iterator[_Change]:
    """Changes of a part as a whole."""
    op, args = term.op, term.args
    if op == "<":
        yield _Change(STRICTNESS, term, args[0] <= args[1], f"{term!r} or equal", sign)
    if op == "<=":
        yield _Change(STRICTNESS, term, args[0] < args[1], f"{term!r} made strict", -sign)
    if op in ("<", "<="):
        yield _Change(SIDES, term, rebuild(term, args[::-1]), f"{term!r} with its sides exchanged")
    if op == "=":
        yield from _directions(term, sign)
    if term.sort is BOOL and op in ("is", "=", "call", "select"):
        yield _Change(DENIED, term, terms.negate(term), f"{term!r} denied")
    if op in ("call", "make", "-", "/", "=>", "ite"):
        for first, second in combinations(range(len(args)), 2):
            if args[first].sort is args[second].sort:
                exchanged = list(args)
                exchanged[first], exchanged[second] = args[second], args[first]
                which = "" if len(args) == 2 else f" {first + 1} and {second + 1}"
                says = f"{term!r} with its arguments{which} exchanged"
                yield _Change(EXCHANGED, term, rebuild(term, tuple(exchanged)), says)


def _directions(term: Term, sign: int) -> Iterator[_Change]:
    left, right = term.args
    if left.sort in (INT, REAL):
        yield _Change(DIRECTION, term, left <= right, f"{term!r} as ≤", sign)
        yield _Change(DIRECTION, term, right <= left, f"{term!r} as ≥", sign)
    if left.sort is BOOL:
        yield _Change(DIRECTION, term, terms.implies(left, right), f"{term!r} as ⟹", sign)
        yield _Change(DIRECTION, term, terms.implies(right, left), f"{term!r} as ⟸", sign)


def _of_argument(term: Term, index: int, sign: int) -> Iterator[_Change]:
    """Changes of one argument of a part; ``sign``: how the formula depends on it."""
    arg = term.args[index]

    def changed(new: Term) -> Term:
        return rebuild(term, (*term.args[:index], new, *term.args[index + 1 :]))

    if arg.op in ("int", "real"):
        for more in (1, -1):
            new = terms.as_term(terms.number(arg) + more, arg.sort)
            yield _Change(
                NUMBER, term, changed(new), f"{term!r} with {new!r} for {arg!r}", sign * more
            )
    if term.op == "and" or (term.op == "=>" and index == 0):
        yield _Change(PART_LEFT_OUT, term, changed(TRUE), f"{arg!r} left out", sign)
    if term.op == "or":
        yield _Change(PART_LEFT_OUT, term, changed(terms.FALSE), f"{arg!r} left out", -sign)


def _signs(formula: Term) -> dict[int, int]:
    """By each part's identity, how the formula depends on it: 1 if it becomes true more often as
    the part grows, -1 if less often, 0 if neither can be said. False is below true."""
    found: dict[int, int] = {}
    todo = [(formula, 1)]
    while todo:
        term, sign = todo.pop()
        before = found.get(id(term))
        if before is not None and before != sign:
            sign = 0
        if before == sign:
            continue
        found[id(term)] = sign
        todo += [(arg, sign * _sign_in(term, index)) for index, arg in enumerate(term.args)]
    return found


def _sign_in(term: Term, index: int) -> int:
    """How a term depends on one of its arguments."""
    if term.op in ("and", "or", "+"):
        return 1
    if term.op == "not":
        return -1
    if term.op in ("=>", "<", "<="):
        return -1 if index == 0 else 1
    if term.op == "-":
        return 1 if index == 0 else -1
    if term.op == "*":
        factor = term.args[1 - index]
        return 1 if factor.op in ("int", "real") and terms.number(factor) >= 0 else 0
    if term.op == "ite":
        return 0 if index == 0 else 1
    return 0
