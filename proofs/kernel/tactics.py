"""Help with naming premises. Nothing here is trusted: it only picks instances.

*Definitions*: :data:`Supposition`; :func:`once`, :func:`forall`, :func:`variables`, :func:`calls`,
:func:`replace`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TypeAlias, TypeVar

from proofs.kernel.rules import Hypothesis, Statement
from proofs.kernel.terms import Function, Sort, Term, constant, postorder, rebuild

T = TypeVar("T")

Supposition: TypeAlias = tuple[tuple[Term, ...], Term]
"""A hypothesis that says "for all": its variables, and what it says of them."""


def once(make: Callable[[], T]) -> Callable[[], T]:
    """A function of no arguments, run once, also when several threads call it."""
    lock = threading.RLock()
    found: list[T] = []

    def value() -> T:
        with lock:
            if not found:
                found.append(make())
            return found[0]

    value.__doc__ = make.__doc__
    value.__name__ = make.__name__
    return value


def variables(**sorts: Sort) -> tuple[Term, ...]:
    """Constants by name and sort."""
    return tuple(constant(name, sort) for name, sort in sorts.items())


def forall(
    *names: Term, given: Mapping[str, Term | Supposition] | None = None, then: Term
) -> Statement:
    """A statement; a hypothesis given as a :data:`Supposition` is a schema."""
    hypotheses = tuple(
        Hypothesis(label, what) if isinstance(what, Term) else Hypothesis(label, what[1], what[0])
        for label, what in (given or {}).items()
    )
    return Statement(names, hypotheses, then)


def calls(function: Function, *terms: Term) -> list[Term]:
    """The calls of a function in terms, each once."""
    return [part for part in postorder(terms) if part.op == "call" and part.data is function]


def replace(term: Term, old: Term, new: Term) -> Term:
    """The term with every occurrence of a part replaced."""
    done: dict[int, Term] = {id(old): new}
    for part in postorder([term]):
        if id(part) not in done:
            done[id(part)] = rebuild(part, tuple(done[id(arg)] for arg in part.args))
    return done[id(term)]
