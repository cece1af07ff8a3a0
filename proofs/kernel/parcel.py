"""Statements as plain data, for another process to run.

*Definitions*: :class:`Parcel`, :func:`packed`, :func:`unpacked`.

Terms are one object each in a process, so they are not pickled. A parcel lists the parts of a
statement, arguments before what is made of them, and names what is of the model by module and name.
It carries the digest of the statement's text: what is unpacked says the same, or is refused. That
it is proved does not travel, so a finite check in another process runs the statement that was
proved, and no theorem comes into being there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from models.algebra import Curried, curried
from proofs.kernel.reading import array_of, function_of, sort_of
from proofs.kernel.rules import Hypothesis, Statement
from proofs.kernel.terms import (
    BOOL,
    ELEMENT,
    INT,
    REAL,
    ArraySort,
    Datatype,
    Sort,
    Term,
    _term,
    postorder,
)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A statement as plain data.

    ``parts``: operator, numbers of the arguments among the parts, sort, and what the operator needs
    besides. Variables, hypotheses (label, term, bound variables) and the conclusion are numbers of
    parts.
    """

    parts: tuple[tuple[str, tuple[int, ...], Any, Any], ...]
    variables: tuple[int, ...]
    hypotheses: tuple[tuple[str, int, tuple[int, ...]], ...]
    conclusion: int
    digest: str


def packed(statement: Statement) -> Parcel:
    """The statement as plain data. Raises :class:`TypeError` if it speaks of a function or a class
    that is not to be found by its name."""
    bound = [b for h in statement.hypotheses for b in h.bound]
    terms = (*statement.variables, *bound, *(h.term for h in statement.hypotheses))
    parts = list(postorder((*terms, statement.conclusion)))
    number = {part: index for index, part in enumerate(parts)}

    def numbers(terms: tuple[Term, ...]) -> tuple[int, ...]:
        return tuple(number[term] for term in terms)

    return Parcel(
        tuple((p.op, numbers(p.args), _named_sort(p.sort), _named_data(p)) for p in parts),
        numbers(statement.variables),
        tuple((h.label, number[h.term], numbers(h.bound)) for h in statement.hypotheses),
        number[statement.conclusion],
        _digest(statement),
    )


def unpacked(parcel: Parcel) -> Statement:
    """The statement that was packed. Raises :class:`ValueError` if it would say anything else."""
    terms: list[Term] = []
    for op, numbers, sort, data in parcel.parts:
        args = tuple(terms[number] for number in numbers)
        found = _sort(sort)
        terms.append(_term(op, args, found, _data(op, data, args, found)))
    statement = Statement(
        tuple(terms[number] for number in parcel.variables),
        tuple(
            Hypothesis(label, terms[number], tuple(terms[b] for b in bound))
            for label, number, bound in parcel.hypotheses
        ),
        terms[parcel.conclusion],
    )
    if _digest(statement) != parcel.digest:
        raise ValueError("a statement changed on its way")
    return statement


def _digest(statement: Statement) -> str:
    return hashlib.sha256(statement.text().encode()).hexdigest()


_BASIC = {str(sort): sort for sort in (BOOL, INT, REAL, ELEMENT)}


def _named_sort(sort: Sort) -> Any:
    if isinstance(sort, ArraySort):
        return "array", _named_sort(sort.domain), _named_sort(sort.range)
    if isinstance(sort, Datatype):
        module = sort.constructors[0].cls.__module__
        named = ("datatype", module, sort.name)
        if _sort(named) is not sort:
            raise TypeError(f"{module} has another {sort.name}")
        return named
    return str(sort)


def _sort(named: Any) -> Sort:
    if isinstance(named, str):
        return _BASIC[named]
    if named[0] == "array":
        return array_of(_sort(named[1]), _sort(named[2]))
    return sort_of(_lookup(*named[1:]))


def _named_data(term: Term) -> Any:
    if term.op in ("make", "is"):
        return term.data.name
    if term.op == "get":
        constructor, index = term.data
        return constructor.name, index
    if term.op == "call":
        named = _named_equation(term.data.equation)
        if named is None or _equation(named) is not term.data.equation:
            raise TypeError(f"{term.data.name} is not to be found by its name")
        return named
    return term.data


def _data(op: str, named: Any, args: tuple[Term, ...], sort: Sort) -> Any:
    if op in ("make", "is", "get"):
        owner = sort if op == "make" else args[0].sort
        assert isinstance(owner, Datatype)
        by_name = {constructor.name: constructor for constructor in owner.constructors}
        return (by_name[named[0]], named[1]) if op == "get" else by_name[named]
    return function_of(_equation(named)) if op == "call" else named


def _named_equation(equation: Any) -> Any:
    """Module, name, and how many of its last arguments are left open."""
    if isinstance(equation, Curried):
        base = _named_equation(equation.base)
        return base and (*base[:2], base[2] + 1)
    return (equation.body.__module__, equation.name, 0) if equation is not None else None


def _equation(named: Any) -> Any:
    module, name, open_ = named
    found = _lookup(module, name)
    for _ in range(open_):
        found = curried(found)
    return found


def _lookup(module: str, name: str) -> Any:
    return getattr(import_module(module), name, None)
