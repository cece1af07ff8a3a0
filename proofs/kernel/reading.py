"""The symbolic reading: a model function as a term.

*Definitions*: :func:`sort_of` (the sort of a type hint), :class:`Symbolic` (the algebra),
:func:`function_of` (the symbol of an equation), :func:`body_of` (the term that its body denotes),
:func:`quote` (a Python value as a term); :func:`made`, :func:`is_a`, :func:`part` (constructors,
tests and fields by Python class).

This and :class:`models.algebra.Concrete` are the two readings of one definition; the branches of a
case become the branches of an if-then-else, a call of an equation a call of its symbol.
"""

from __future__ import annotations

import sys
import threading
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any

from models.algebra import Element, Equation, Mapped
from models.node import Node
from proofs.kernel.terms import (
    BOOL,
    ELEMENT,
    INT,
    REAL,
    ArraySort,
    Constructor,
    Datatype,
    Function,
    Sort,
    Term,
    as_term,
    choose_by,
    constant,
    construct,
    equal,
    field,
    select,
    test,
    unchanged,
)

_datatypes: dict[frozenset[type], Datatype] = {}
_arrays: dict[tuple[int, int], ArraySort] = {}
_functions: dict[Equation[Any, Any], Function] = {}
_lock = threading.RLock()


def sort_of(hint: Any) -> Sort:
    """The sort of a type hint: numbers, truth values, elements of any set, unions of node classes,
    ``Mapped``."""
    from models.amdahl.number import Real

    if hint is bool:
        return BOOL
    if hint is int:
        return INT
    if hint == Real:
        return REAL
    if hint is Element:
        return ELEMENT
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Mapped:
        return array_of(sort_of(arguments[0]), sort_of(arguments[1]))
    classes = arguments if origin in (typing.Union, types.UnionType) else (hint,)
    if all(isinstance(cls, type) and issubclass(cls, Node) for cls in classes):
        return _datatype(hint, classes)
    raise TypeError(f"no sort for {hint!r}")


def array_of(domain: Sort, range_: Sort) -> ArraySort:
    """The sort of function values from one sort to another."""
    key = (id(domain), id(range_))
    return _arrays.setdefault(key, ArraySort(domain, range_))


def _datatype(hint: Any, classes: tuple[type, ...]) -> Datatype:
    key = frozenset(classes)
    with _lock:  # no other thread sees a datatype without its fields
        if key not in _datatypes:
            module = vars(sys.modules[classes[0].__module__])
            names = [name for name, value in module.items() if value == hint]
            if not names:
                raise TypeError(f"{hint!r} has no name beside its first class")
            datatype = Datatype(names[0], classes)
            _datatypes[key] = datatype
            for constructor in datatype.constructors:
                hints = typing.get_type_hints(constructor.cls)
                constructor.fields = tuple(
                    (name, sort_of(hints[name]))
                    for name in constructor.cls.__match_args__  # type: ignore[attr-defined]
                )
            unchanged(datatype)
        return _datatypes[key]


def _constructor(cls: Any) -> Constructor:
    for datatype in _datatypes.values():
        for constructor in datatype.constructors:
            if constructor.cls is cls:
                return constructor
    raise TypeError(f"{cls} belongs to no datatype seen so far")


def made(cls: Any, *arguments: Any) -> Term:
    """The constructor of a class applied to terms."""
    return construct(_constructor(cls), *arguments)


def is_a(term: Term, cls: Any) -> Term:
    """Whether a term was made by the constructor of a class."""
    return test(_constructor(cls), term)


def part(term: Term, cls: Any, name: str) -> Term:
    """A field, by name, of a term made by the constructor of a class."""
    constructor = _constructor(cls)
    names = [field_name for field_name, _ in constructor.fields]
    return field(constructor, names.index(name), term)


class Symbolic:
    """The algebra on terms."""

    def make(self, constructor: Any, *arguments: Any) -> Any:
        return made(constructor, *arguments)

    def case(self, value: Any, branches: Mapping[Any, Callable[..., Any]]) -> Any:
        sort = value.sort
        if not isinstance(sort, Datatype) or set(branches) != {c.cls for c in sort.constructors}:
            raise TypeError(f"the branches are not the constructors of {sort}")
        result: Any = None
        for constructor in reversed(sort.constructors):
            condition = test(constructor, value)
            if value.op == "make" and value.data is not constructor:
                continue
            fields = [field(constructor, i, value) for i in range(len(constructor.fields))]
            branch = branches[constructor.cls](*fields)
            result = branch if result is None else choose_by(condition, branch, result)
        return result

    def cond(self, test: Any, then: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
        if isinstance(test, bool):
            # Most likely from ==, which between terms asks whether they are one object.
            raise TypeError("a test is a comparison of terms or a call of the algebra's same")
        return choose_by(test, then(), otherwise())

    def same(self, left: Any, right: Any) -> Any:
        return equal(left, right)

    def apply(self, function: Any, argument: Any) -> Any:
        return select(function, argument)

    def bind(self, call: Any, rest: Callable[[Any], Any]) -> Any:
        return rest(call)

    def call(self, equation: Equation[Any, Any], arguments: tuple[Any, ...]) -> Any:
        return function_of(equation)(*arguments)


def function_of(equation: Equation[Any, Any]) -> Function:
    """The symbol that stands for an equation in terms."""
    with _lock:
        if equation not in _functions:
            domain = tuple(sort_of(hint) for hint in equation.parameters().values())
            _functions[equation] = Function(
                equation.name, domain, sort_of(equation.result()), equation
            )
        return _functions[equation]


def body_of(equation: Equation[Any, Any]) -> tuple[tuple[Term, ...], Term]:
    """The parameters as constants, and the term that the body denotes on them."""
    function = function_of(equation)
    names = equation.parameters()
    parameters = tuple(
        constant(name, sort) for name, sort in zip(names, function.domain, strict=True)
    )
    return parameters, as_term(equation.body(Symbolic(), *parameters), function.range)


def quote(value: Any, sort: Sort) -> Term:
    """A Python value (number, truth value, finite datum) as a term of a sort."""
    if not isinstance(sort, Datatype):
        return as_term(value, sort)
    done: dict[int, Term] = {}
    todo: list[tuple[Any, Datatype, bool]] = [(value, sort, False)]
    while todo:
        node, datatype, ready = todo.pop()
        constructor = datatype.constructor(type(node))
        pairs = list(zip(node.fields(), constructor.fields, strict=True))
        if ready:
            done[id(node)] = construct(
                constructor,
                *(done[id(v)] if isinstance(s, Datatype) else as_term(v, s) for v, (_, s) in pairs),
            )
        elif id(node) not in done:
            todo.append((node, datatype, True))
            todo += [(v, s, False) for v, (_, s) in pairs if isinstance(s, Datatype)]
    return done[id(value)]
