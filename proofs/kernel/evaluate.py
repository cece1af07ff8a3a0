"""Statements read on Python values: what a finite check and a counterexample run.

*Definitions*: :class:`Finite` (a function value with finitely many exceptions), :class:`Atom` (an
element of which nothing is known but its name), :func:`compiled` (a term as a Python function of an
assignment), :func:`compiled_statement`; :class:`Unevaluated`, :class:`NoValue`.

A call of a defined function runs the very equation that the proofs unfold.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from models.algebra import Concrete, Equation
from models.errors import Undecided, Undefined
from models.node import Node
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
    number,
)

Assignment: TypeAlias = Mapping[str, Any]
Value: TypeAlias = Callable[[Assignment], Any]
Window: TypeAlias = Mapping[str, Callable[[Assignment], Iterable[Any]]]
NO_WINDOW: Window = {}


class Unevaluated(Exception):
    """A term was not evaluated: it has no value here, or none that was found."""


class NoValue(Unevaluated):
    """A term has no value here, whoever looks for it: it divides by zero, or has the root of a
    negative number. To the solvers it may have any."""


@dataclass(frozen=True, slots=True)
class Finite:
    """A total function with finitely many listed values and one for all other arguments."""

    values: Mapping[Any, Any]
    otherwise: Any

    def __call__(self, argument: Any, /) -> Any:
        return self.values.get(argument, self.otherwise)

    def __hash__(self) -> int:
        # Equations that remember their calls look function values up too.
        return hash((frozenset(self.values.items()), self.otherwise))

    def __repr__(self) -> str:
        listed = [f"{k!r} -> {v!r}" for k, v in self.values.items()]
        return "{" + ", ".join([*listed, f"else -> {self.otherwise!r}"]) + "}"


@dataclass(frozen=True, slots=True)
class Atom:
    """An element of a set whose members have nothing but names: a solver's model is over one."""

    name: str

    def __repr__(self) -> str:
        return self.name


def default(sort: Sort) -> Any:
    """Some value of a sort."""
    if sort is BOOL:
        return False
    if sort is INT:
        return 0
    if sort is REAL:
        return Fraction(0)
    if sort is ELEMENT:
        return Atom("element")
    if isinstance(sort, ArraySort):
        return Finite({}, default(sort.range))
    assert isinstance(sort, Datatype)
    first = sort.constructors[0]
    return first.cls(*(default(field) for _, field in first.fields))


MOST_REMEMBERED = 1 << 18
"""Values of calls and parts of data that are remembered at once."""


class Calls:
    """Calls of equations with their values: many assignments of a check make the same ones.

    A function value is the same argument only if it is the same object, or equal to it.
    """

    def __init__(self) -> None:
        self.algebra = Concrete(remembers=True)
        self.known: dict[tuple[Equation[Any, Any], tuple[Any, ...]], Any] = {}

    def value(self, equation: Equation[Any, Any], arguments: tuple[Any, ...]) -> Any:
        """The value of a call. Raises what the function values raise."""
        call = (equation, arguments)
        try:
            found = self.known.get(call, self)
        except TypeError:  # an argument without a hash
            return equation(*arguments)
        if found is not self:
            return found
        if self.algebra.remembered() + len(self.known) >= MOST_REMEMBERED:
            self.algebra.forget()
            self.known.clear()
        self.known[call] = found = self.algebra.value(equation, arguments)
        return found


def compiled(term: Term, calls: Calls | None = None) -> Value:
    """A function from an assignment (values by variable name) to the term's value.

    Connectives and if-then-else evaluate no more than they need, from left to right. The function
    raises :class:`Unevaluated` where a needed part has no value. ``calls``: those made before.
    """
    calls = Calls() if calls is None else calls
    done: dict[int, Value] = {}

    def build(term: Term) -> Value:
        if id(term) not in done:
            args = [build(arg) for arg in term.args]
            made = _call(term, args, calls) if term.op == "call" else _BUILDERS[term.op](term, args)
            done[id(term)] = made
        return done[id(term)]

    value = build(term)
    # Calls are remembered for one assignment, so it must be one that nobody changes.
    return lambda assignment: value(dict(assignment))


def compiled_statement(
    statement: Statement, window: Window = NO_WINDOW, calls: Calls | None = None
) -> Value:
    """A function from an assignment to true or false, or None if a hypothesis fails there.

    A schema hypothesis is tested on the values that ``window`` gives, for its label and the
    assignment, as tuples if it has several bound variables; so false means a failure of the
    statement only if these values settle it.
    """
    calls = Calls() if calls is None else calls
    hypotheses = [
        _hypothesis(h, window.get(h.label, lambda _: ()), calls) for h in statement.hypotheses
    ]
    conclusion = compiled(statement.conclusion, calls)

    def value(assignment: Assignment) -> bool | None:
        for hypothesis in hypotheses:
            if not hypothesis(assignment):
                return None
        return bool(conclusion(assignment))

    return value


def _hypothesis(
    hypothesis: Hypothesis, values: Callable[[Assignment], Iterable[Any]], calls: Calls
) -> Value:
    term = compiled(hypothesis.term, calls)
    if not hypothesis.bound:
        return term
    names = [str(bound.data) for bound in hypothesis.bound]

    def bound_to(value: Any) -> dict[str, Any]:
        row = (value,) if len(names) == 1 else value
        return dict(zip(names, row, strict=True))

    return lambda assignment: all(
        term({**assignment, **bound_to(value)}) for value in values(assignment)
    )


def _exact(value: Any) -> Any:
    """A real number that is no ``int``."""
    return Fraction(value) if isinstance(value, int) else value


_RATIONAL = frozenset({int, Fraction})


def _sign(difference: Any) -> int:
    if isinstance(difference, int | Fraction):
        return (difference > 0) - (difference < 0)
    from models.amdahl.number import sign

    try:
        return sign(difference)
    except Undecided as error:
        raise Unevaluated(error.what) from None


def _constant(term: Term, _: list[Value]) -> Value:
    name = str(term.data)
    return lambda assignment: assignment[name]


def _literal(term: Term, _: list[Value]) -> Value:
    value = term.op == "true" if term.op in ("true", "false") else number(term)
    return lambda _: value


def _make(term: Term, args: list[Value]) -> Value:
    cls = term.data.cls
    if not any(arg.sort is REAL for arg in term.args):
        return lambda a: cls(*[arg(a) for arg in args])
    real = [arg.sort is REAL for arg in term.args]
    return lambda a: cls(*[
        _exact(arg(a)) if is_real else arg(a) for arg, is_real in zip(args, real, strict=True)
    ])


def _is(term: Term, args: list[Value]) -> Value:
    cls, (arg,) = term.data.cls, args
    return lambda a: isinstance(arg(a), cls)


def _get(term: Term, args: list[Value]) -> Value:
    constructor, index = term.data
    (arg,) = args

    def value(a: Assignment) -> Any:
        owner = arg(a)
        if not isinstance(owner, constructor.cls):
            if term.sort is ELEMENT:  # which set it is of is for the assignment to say
                raise Unevaluated("a field that is missing may be any element")
            # To the solvers such a field may be anything: this is one of the possible readings.
            return default(term.sort)
        return owner.fields()[index]

    return value


def _of_elements(sort: Sort) -> bool:
    """Whether values of a sort may hold elements."""
    seen: set[int] = set()
    todo = [sort]
    while todo:
        sort = todo.pop()
        if sort is ELEMENT:
            return True
        if isinstance(sort, ArraySort):
            todo += [sort.domain, sort.range]
        elif isinstance(sort, Datatype) and id(sort) not in seen:
            seen.add(id(sort))
            todo += [field for made in sort.constructors for _, field in made.fields]
    return False


def _call(term: Term, args: list[Value], calls: Calls) -> Value:
    function = term.data
    real = [place for place, sort in enumerate(function.domain) if sort is REAL]
    # Elements of two sets may be equal to Python, as 1 and 1.0 are, and are not the same to the
    # operations of these sets: what was computed of elements is not remembered.
    remembered = not any(_of_elements(sort) for sort in (*function.domain, function.range))

    # A term is one object wherever it occurs: its value at an assignment is computed once.
    last: list[Any] = [None, None]

    def value(a: Assignment) -> Any:
        if last[0] is not a:
            if function.equation is None:
                raise Unevaluated(f"{function.name} stands for no function of the model")
            values = [arg(a) for arg in args]
            for place in real:
                values[place] = _exact(values[place])
            try:
                last[1] = (
                    calls.value(function.equation, tuple(values)) if remembered
                    else function.equation(*values)
                )
            except ZeroDivisionError:
                raise NoValue("division by zero") from None
            except Undefined as error:
                raise NoValue(error.what) from None
            except Undecided as error:
                raise Unevaluated(error.what) from None
            last[0] = a
        return last[1]

    return value


def _ite(_: Term, args: list[Value]) -> Value:
    test, then, otherwise = args
    return lambda a: then(a) if test(a) else otherwise(a)


def _equal(term: Term, args: list[Value]) -> Value:
    left, right = args
    if term.args[0].sort is REAL:
        return lambda a: _sign(left(a) - right(a)) == 0
    if isinstance(term.args[0].sort, ArraySort):
        return lambda a: _one_function(left(a), right(a))
    return lambda a: left(a) == right(a)


def _one_function(left: Any, right: Any) -> bool:
    if left == right:
        return True
    raise Unevaluated("two function values may be one though they are made differently")


def _arithmetic(term: Term, args: list[Value]) -> Value:
    left, right = args
    operation = _OPERATORS[term.op]
    if term.sort is not REAL:
        return lambda a: operation(left(a), right(a))

    def value(a: Assignment) -> Any:
        # Python divides two ints in floating point, here or in an equation; fractions stay exact.
        return operation(_exact(left(a)), _exact(right(a)))

    return value


def _quotient(left: Any, right: Any) -> Any:
    if _sign(right) == 0:
        raise NoValue("division by zero")
    return left / right


_OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": _quotient}


def _compare(term: Term, args: list[Value]) -> Value:
    left, right = args
    strict = term.op == "<"

    def value(a: Assignment) -> bool:
        x, y = left(a), right(a)
        if type(x) in _RATIONAL and type(y) in _RATIONAL:
            return bool(x < y if strict else x <= y)
        sign = _sign(y - x)
        return sign > 0 if strict else sign >= 0

    return value


def _rank(_: Term, args: list[Value]) -> Value:
    (arg,) = args

    def rank(node: Any) -> int:
        return 1 + max((rank(f) for f in node.fields() if isinstance(f, Node)), default=-1)

    return lambda a: rank(arg(a))


_BUILDERS: dict[str, Callable[[Term, list[Value]], Value]] = {
    "constant": _constant,
    "true": _literal,
    "false": _literal,
    "int": _literal,
    "real": _literal,
    "make": _make,
    "is": _is,
    "get": _get,
    "ite": _ite,
    "=": _equal,
    "not": lambda _, args: lambda a: not args[0](a),
    "and": lambda _, args: lambda a: all(arg(a) for arg in args),
    "or": lambda _, args: lambda a: any(arg(a) for arg in args),
    "=>": lambda _, args: lambda a: not args[0](a) or args[1](a),
    "+": _arithmetic,
    "-": _arithmetic,
    "*": _arithmetic,
    "/": _arithmetic,
    "<": _compare,
    "<=": _compare,
    "select": lambda _, args: lambda a: args[0](a)(args[1](a)),
    "rank": _rank,
}
