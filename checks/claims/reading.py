"""A claim's function read on symbolic values: what it says of all instances of a size at once.

The claim is not written a second time: its own Python code runs, on values that stand for many. A
value of a datatype says for each constructor when it was made by it (a guard) and from what; a
number is a term with its bounds; a truth value is a formula. Where the code branches on a formula,
both ways are gone (:class:`Path`); inside the model's equations nothing branches, the results are
merged.

*Definitions*: :class:`Truth`, :class:`Number`, :class:`Datum`, :class:`Members`; :class:`Path`;
:class:`Bounded`, the algebra; :class:`Reading`, a claim's parameters and function for a size;
:func:`concrete`; :class:`Unread`, raised for what cannot be read.

*Results*: parameters of bounded size have finitely many positions, and a call of an equation is
unfolded at each value that it can have, so nothing is left out. What would be, because it unfolds
too far, asks a decider, or leaves these values, raises :class:`Unread`.

*References*: E. Torlak, R. Bodik, 'A lightweight symbolic virtual machine for solver-aided host
languages' (PLDI 2014), for merging by constructor; C. Cadar, K. Sen, 'Symbolic execution for
software testing: three decades later' (CACM 2013), for paths.
"""

from __future__ import annotations

import builtins
import dis
import inspect
import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from pathlib import Path as FilePath
from typing import Annotated, Any, NewType, NoReturn, TypeAlias, get_args, get_origin

import z3

from checks.claims.claim import Claim, Skipped, assume
from checks.claims.generators import AtMost, Bound, Nat, Share, generator_for, smallest
from models.algebra import Curried, Equation, Partial
from models.amdahl.number import Real, square_root
from models.machine.oracle import Oracle, Table
from models.machine.program import (
    CONSTRUCTORS,
    Cons,
    If,
    Program,
    Quote,
    Then,
    While,
)
from models.machine.program import size as program_size
from models.machine.tree import (
    FALSE,
    NIL,
    TRUE,
    Nil,
    Pair,
    Tree,
    numeral,
    pairs,
    trees,
    truth,
    unary,
)
from models.node import Node

MOST_CALLS = 50_000
"""Calls of equations that are unfolded for one size."""

WIDEST = 10_000
"""Values of a number that are gone through where Python wants one."""

MOST_POSITIONS = 5_000
"""Listed values of a parameter."""

Formula: TypeAlias = "bool | z3.BoolRef"


class Unread(BaseException):
    """The claim cannot be read here; no claim should catch it."""


def unread(reason: str) -> NoReturn:
    """Give up the reading."""
    raise Unread(reason)


# Formulas


def both(*parts: Formula) -> Formula:
    """Conjunction."""
    if any(part is False for part in parts):
        return False
    left = [part for part in parts if part is not True]
    return True if not left else left[0] if len(left) == 1 else z3.And(*left)


def either(*parts: Formula) -> Formula:
    """Disjunction."""
    if any(part is True for part in parts):
        return True
    left = [part for part in parts if part is not False]
    return False if not left else left[0] if len(left) == 1 else z3.Or(*left)


def negation(part: Formula) -> Formula:
    """Negation."""
    return not part if isinstance(part, bool) else z3.Not(part)


def _formula(value: Any) -> Formula:
    """The formula of a truth value."""
    if type(value) is Truth:
        return value.formula
    return bool(value)


def _choice(test: Formula, then: Formula, otherwise: Formula) -> Formula:
    if isinstance(then, bool) or isinstance(otherwise, bool):
        return either(both(test, then), both(negation(test), otherwise))
    return z3.If(test, then, otherwise)


def _truth(formula: Formula) -> Any:
    return formula if isinstance(formula, bool) else Truth(formula)


_BITS = (
    "__lshift__", "__rlshift__", "__rshift__", "__rrshift__", "__and__", "__rand__", "__or__",
    "__ror__", "__xor__", "__rxor__", "__invert__", "__pow__", "__rpow__",
)
_UNREADABLE = (
    "__str__", "__repr__", "__format__", "__hash__", "__iter__", "__len__", "__float__",
    "__complex__", "__contains__", "__getitem__", "__reduce_ex__", "__round__", "__trunc__",
    "__floor__", "__ceil__",
)


def _symbolic(cls: type) -> type:
    """Let Python's other operations on a symbolic value say that they cannot be read."""
    for name in (*_UNREADABLE, *(_BITS if hasattr(cls, "__add__") else ())):
        if name not in vars(cls) or name == "__hash__":

            def refuse(self: Any, *_: Any, name: str = name) -> NoReturn:
                unread(f"{name} of a symbolic value")

            setattr(cls, name, refuse)
    return cls


def _arithmetic(name: str, swapped: bool = False) -> Any:
    def method(self: Any, other: Any) -> Any:
        left, right = (other, self) if swapped else (self, other)
        return _operation(name, left, right)

    return method


def _comparison(name: str) -> Any:
    return lambda self, other: _compared(name, self, other)


class _Arithmetic:
    """The operations that truth values share with numbers: to Python they are 0 and 1."""

    __slots__ = ()

    __add__, __radd__ = _arithmetic("+"), _arithmetic("+", True)
    __sub__, __rsub__ = _arithmetic("-"), _arithmetic("-", True)
    __mul__, __rmul__ = _arithmetic("*"), _arithmetic("*", True)
    __truediv__, __rtruediv__ = _arithmetic("/"), _arithmetic("/", True)
    __floordiv__, __rfloordiv__ = _arithmetic("//"), _arithmetic("//", True)
    __mod__, __rmod__ = _arithmetic("%"), _arithmetic("%", True)
    __lt__, __le__ = _comparison("<"), _comparison("<=")
    __gt__, __ge__ = _comparison(">"), _comparison(">=")

    def __neg__(self) -> Any:
        return 0 - self

    def __pos__(self) -> Any:
        return 0 + self

    def __divmod__(self, other: Any) -> Any:
        return self // other, self % other

    def __rdivmod__(self, other: Any) -> Any:
        return other // self, other % self


@_symbolic
class Truth(_Arithmetic):
    """A truth value that depends on the instance. Where Python branches on it, the path forks."""

    __slots__ = ("formula",)

    def __init__(self, formula: z3.BoolRef) -> None:
        self.formula = formula

    def __bool__(self) -> bool:
        return _path().fork(self.formula)

    def _number(self) -> Number:
        return Number(z3.If(self.formula, z3.IntVal(1), z3.IntVal(0)), 0, 1)

    def __eq__(self, other: object) -> Any:
        if type(other) in (bool, Truth):
            mine, theirs = self.formula, _formula(other)
            return _truth(_choice(mine, theirs, negation(theirs)))
        return self._number() == other

    def __ne__(self, other: object) -> Any:
        return _truth(negation(_formula(self == other)))

    def __and__(self, other: Any) -> Any:
        if type(other) in (bool, Truth):
            return _truth(both(self.formula, _formula(other)))
        return NotImplemented

    def __or__(self, other: Any) -> Any:
        if type(other) in (bool, Truth):
            return _truth(either(self.formula, _formula(other)))
        return NotImplemented

    def __xor__(self, other: Any) -> Any:
        return self != other if type(other) in (bool, Truth) else NotImplemented

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__

    def __getattr__(self, name: str) -> Any:
        unread(f"attribute {name} of a truth value")


@_symbolic
class Number(_Arithmetic):
    """A whole number or a rational that depends on the instance, with bounds where known."""

    __slots__ = ("high", "low", "term")

    def __init__(self, term: z3.ArithRef, low: Any = None, high: Any = None) -> None:
        self.term = term
        self.low = low
        self.high = high

    @property
    def real(self) -> bool:
        """Whether it is a rational, and no int."""
        return bool(self.term.is_real())

    __eq__, __ne__ = _comparison("=="), _comparison("!=")

    def __abs__(self) -> Any:
        negative = _formula(self < 0)
        return merged(negative, -self, self)

    def __pow__(self, exponent: Any) -> Any:
        if type(exponent) is not int or not 0 <= exponent <= 20:
            unread("a power whose exponent is no small number")
        result: Any = Fraction(1) if self.real else 1
        for _ in range(exponent):
            result = result * self
        return result

    def __bool__(self) -> bool:
        return bool(self != 0)

    def __index__(self) -> int:
        """The number itself, on a path of its own for each value that it can have."""
        if self.real or self.low is None or self.high is None or self.high - self.low > WIDEST:
            unread("Python wants the value of a number that can have too many")
        for value in range(self.low, self.high):
            if self == value:
                return value
        _path().fork(self.term == self.high)
        return int(self.high)

    def __int__(self) -> int:
        if self.real:
            unread("the whole part of a rational")
        return self.__index__()

    def __getattr__(self, name: str) -> Any:
        unread(f"attribute {name} of a number")


def _number_like(value: Any) -> Any:
    """The value as an int, a fraction or a :class:`Number`; none if it is no number."""
    kind = type(value)
    if kind is Truth:
        return value._number()
    if kind is bool:
        return int(value)
    if kind in (int, Fraction, Number):
        return value
    if kind is float:
        unread("a floating-point number")
    return None


def _term(value: Any, real: bool) -> Any:
    if type(value) is Number:
        return z3.ToReal(value.term) if real and not value.real else value.term
    if real:
        return z3.Q(Fraction(value).numerator, Fraction(value).denominator)
    return z3.IntVal(value)


def _is_real(value: Any) -> bool:
    return value.real if type(value) is Number else type(value) is Fraction


def _bounds(value: Any) -> tuple[Any, Any]:
    return (value.low, value.high) if type(value) is Number else (value, value)


def _operation(name: str, left: Any, right: Any) -> Any:
    a, b = _number_like(left), _number_like(right)
    if a is None or b is None:
        return NotImplemented
    if name in ("//", "%"):
        return _division(name, a, b)
    real = _is_real(a) or _is_real(b)
    if name == "/":
        if not real:
            unread("/ of two whole numbers, which is a floating-point number")
        _path().defined(_compared("!=", b, 0))
        return Number(_term(a, True) / _term(b, True))
    x, y = _term(a, real), _term(b, real)
    (al, ah), (bl, bh) = _bounds(a), _bounds(b)
    known = None not in (al, ah, bl, bh)
    if name == "+":
        low = None if al is None or bl is None else al + bl
        return Number(x + y, low, None if ah is None or bh is None else ah + bh)
    if name == "-":
        low = None if al is None or bh is None else al - bh
        return Number(x - y, low, None if ah is None or bl is None else ah - bl)
    ends = [p * q for p in (al, ah) for q in (bl, bh)] if known else []
    return Number(x * y, min(ends, default=None), max(ends, default=None))


def _division(name: str, a: Any, b: Any) -> Any:
    """Floor division and its remainder, as Python has them."""
    if _is_real(a) or _is_real(b):
        unread(f"{name} of rationals")
    _path().defined(_compared("!=", b, 0))
    x, y = _term(a, False), _term(b, False)
    # Z3's remainder is never negative; Python's has the sign of the divisor.
    quotient, remainder = x / y, x % y
    down = z3.And(y < 0, remainder != 0)
    if name == "%":
        low, high = (None, None) if type(b) is not int else (0, b - 1) if b > 0 else (b + 1, 0)
        return Number(z3.If(down, remainder + y, remainder), low, high)
    low, high = _bounds(a)
    ends = [] if type(b) is not int or None in (low, high) else [low // b, high // b]
    # Z3 rounds so that the remainder is positive: a divisor below 0 needs one step down.
    return Number(
        z3.If(down, quotient - 1, quotient), min(ends, default=None), max(ends, default=None)
    )


def _compared(name: str, left: Any, right: Any) -> Any:
    a, b = _number_like(left), _number_like(right)
    if a is None or b is None:
        return NotImplemented if name not in ("==", "!=") else name == "!="
    if name in (">", ">="):
        return _compared("<" if name == ">" else "<=", b, a)
    if name == "!=":
        return _truth(negation(_formula(_compared("==", a, b))))
    (al, ah), (bl, bh) = _bounds(a), _bounds(b)
    if ah is not None and bl is not None and (ah < bl or (name == "<=" and ah <= bl)):
        return name != "=="
    if al is not None and bh is not None and (al > bh or (name == "<" and al >= bh)):
        return False
    if name == "==" and None not in (al, bl) and al == ah == bl == bh:
        return True
    real = _is_real(a) or _is_real(b)
    x, y = _term(a, real), _term(b, real)
    return _truth(x < y if name == "<" else x <= y if name == "<=" else x == y)


Alternatives: TypeAlias = "dict[type, tuple[Formula, tuple[Any, ...]]]"


@_symbolic
class Datum:
    """A finite datum that depends on the instance: for each constructor, when it was made by it,
    and its fields then. Exactly one of the guards holds wherever the datum is looked at."""

    __slots__ = ("_alternatives", "_make")

    def __init__(self, make: Callable[[], Alternatives]) -> None:
        self._make: Callable[[], Alternatives] | None = make
        self._alternatives: Alternatives = {}

    def _all(self) -> Alternatives:
        if self._make is not None:
            found = self._make()
            self._alternatives = {
                cls: (guard, fields) for cls, (guard, fields) in found.items() if guard is not False
            }
            self._make = None
        return self._alternatives

    def __bool__(self) -> bool:
        return True  # as every node is to Python

    def __eq__(self, other: object) -> Any:
        return _truth(equal(self, other)) if _is_node(other) else False

    def __ne__(self, other: object) -> Any:
        return _truth(negation(equal(self, other))) if _is_node(other) else True

    def __getattr__(self, name: str) -> Any:
        if any(hasattr(cls, name) for cls in alternatives(self)) and not any(
            name in cls.__match_args__ for cls in alternatives(self)  # type: ignore[attr-defined]
        ):
            unread(f"attribute {name} of a symbolic value")
        found = [
            (guard, fields[cls.__match_args__.index(name)])  # type: ignore[attr-defined]
            for cls, (guard, fields) in alternatives(self).items()
            if name in cls.__match_args__  # type: ignore[attr-defined]
        ]
        if not found or not _path().fork(either(*(guard for guard, _ in found))):
            raise AttributeError(f"this value has no attribute {name!r}", name=name)
        *others, (_, result) = found
        for guard, value in reversed(others):
            result = merged(guard, value, result)
        return result


@_symbolic
class Members:
    """A finite or cofinite set of trees that depends on the instance."""

    __slots__ = ("cofinite", "listed")

    def __init__(self, cofinite: Formula, listed: dict[Tree, Formula]) -> None:
        self.cofinite = cofinite
        self.listed = listed

    def __call__(self, argument: Any) -> Any:
        inside = either(*(
            both(formula, equal(argument, tree)) for tree, formula in self.listed.items()
        ))
        answer = _choice(self.cofinite, negation(inside), inside)
        return merged(answer, TRUE, FALSE)

    def __getattr__(self, name: str) -> Any:
        unread(f"attribute {name} of an oracle")


def is_symbolic(value: Any) -> bool:
    """Whether a value depends on the instance."""
    kind = type(value)
    if kind in (tuple, list):
        return any(map(is_symbolic, value))
    return kind in (Truth, Number, Datum, Members)


def _is_node(value: Any) -> bool:
    return type(value) is Datum or issubclass(type(value), Node)


def alternatives(value: Any) -> Alternatives:
    """By constructor, the guard and the fields of a datum."""
    if type(value) is Datum:
        return value._all()
    return {type(value): (True, value.fields())}


# The store: equal values are made once, so that a call at them is unfolded once.


class _Store:
    """What was made and unfolded in a reading."""

    def __init__(self) -> None:
        self.known: dict[Any, Any] = {}
        self.kept: list[Any] = []
        self.calls = 0

    def key(self, value: Any) -> Any:
        """A key of a value; what it is a key by stays alive."""
        kind = type(value)
        if kind in (Truth, Number):
            term = value.formula if kind is Truth else value.term
            self.kept.append(term)
            return kind, term.get_id()
        if kind in (Datum, Members):
            self.kept.append(value)
            return kind, id(value)
        if kind is Partial:
            return kind, value.equation, tuple(map(self.key, value.arguments))
        try:
            hash(value)
        except TypeError:
            return self.key_of_object(value)
        return kind, value

    def key_of_object(self, value: Any) -> Any:
        self.kept.append(value)
        return "object", id(value)

    def formula(self, formula: Formula) -> Any:
        if isinstance(formula, bool):
            return formula
        self.kept.append(formula)
        return "formula", formula.get_id()

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]


_current_store: ContextVar[_Store] = ContextVar("store")


def merged(test: Formula, then: Any, otherwise: Any) -> Any:
    """The one value or the other."""
    if isinstance(test, bool):
        return then if test else otherwise
    if then is otherwise:
        return then
    if type(then) in (bool, Truth) and type(otherwise) in (bool, Truth):
        return _truth(_choice(test, _formula(then), _formula(otherwise)))
    if _is_node(then) and _is_node(otherwise):
        if not is_symbolic(then) and not is_symbolic(otherwise) and then == otherwise:
            return then
        store = _current_store.get()
        key = ("merged", store.formula(test), store.key(then), store.key(otherwise))
        return store.once(key, lambda: Datum(lambda: _merged(test, then, otherwise)))
    a, b = _number_like(then), _number_like(otherwise)
    if a is None or b is None:
        unread("a choice between values of different types")
    if type(a) is type(b) is not Number and a == b:
        return then
    real = _is_real(a) or _is_real(b)
    (al, ah), (bl, bh) = _bounds(a), _bounds(b)
    return Number(
        z3.If(test, _term(a, real), _term(b, real)),
        None if al is None or bl is None else min(al, bl),
        None if ah is None or bh is None else max(ah, bh),
    )


def _merged(test: Formula, then: Any, otherwise: Any) -> Alternatives:
    left, right = alternatives(then), alternatives(otherwise)
    found: Alternatives = {}
    for cls in [*left, *(cls for cls in right if cls not in left)]:
        if cls not in right:
            guard, fields = left[cls]
            found[cls] = both(test, guard), fields
        elif cls not in left:
            guard, fields = right[cls]
            found[cls] = both(negation(test), guard), fields
        else:
            (a, mine), (b, theirs) = left[cls], right[cls]
            fields = tuple(merged(test, p, q) for p, q in zip(mine, theirs, strict=True))
            found[cls] = _choice(test, a, b), fields
    return found


def equal(left: Any, right: Any) -> Formula:
    """Whether two values are the same."""
    if left is right:
        return True
    if not (_is_node(left) and _is_node(right)):
        return _formula(left == right)
    if not is_symbolic(left) and not is_symbolic(right):
        return bool(left == right)
    store = _current_store.get()
    key = ("equal", store.key(left), store.key(right))

    def compare() -> Formula:
        mine, theirs = alternatives(left), alternatives(right)
        return either(*(
            both(mine[cls][0], theirs[cls][0], *(
                equal(p, q) for p, q in zip(mine[cls][1], theirs[cls][1], strict=True)
            ))
            for cls in mine if cls in theirs
        ))

    found: Formula = store.once(key, compare)
    return found


# Paths


class Path:
    """One way through the function: how each test on it comes out, and what therefore holds.

    ``ask`` says whether formulas can hold together: True, False, or None if that is not known.
    ``others`` are the ways that turn off from it and can be gone.
    """

    def __init__(
        self, ask: Callable[[Sequence[z3.BoolRef]], bool | None], decisions: Sequence[bool]
    ) -> None:
        self.ask = ask
        self.given = tuple(decisions)
        self.taken: list[bool] = []
        self.conditions: list[z3.BoolRef] = []
        self.others: list[tuple[bool, ...]] = []
        self.guards: list[Formula] = []
        self.merging = 0

    def fork(self, test: Formula) -> bool:
        """How a test comes out on this path."""
        if isinstance(test, bool):
            return test
        if self.merging:
            unread("an equation branches in Python, and not by the algebra")
        number = len(self.taken)
        if number < len(self.given):
            choice = self.given[number]
        elif self.ask([*self.conditions, test]) is False:
            choice = False
        else:
            choice = True
            if self.ask([*self.conditions, z3.Not(test)]) is not False:
                self.others.append((*self.taken, False))
        self.taken.append(choice)
        self.conditions.append(test if choice else z3.Not(test))
        return choice

    def assume(self, condition: Any) -> None:
        """Go on only where this holds."""
        formula = _formula(condition)
        if isinstance(formula, bool):
            if not formula:
                raise Skipped
            return
        self.conditions.append(formula)
        if self.ask(self.conditions) is False:
            raise Skipped

    def defined(self, condition: Any) -> None:
        """Raise :class:`ZeroDivisionError` on a path of its own where this does not hold."""
        formula = _formula(condition)
        if self.fork(both(*self.guards, negation(formula))):
            raise ZeroDivisionError("division by zero")

    @contextmanager
    def under(self, guard: Formula) -> Iterator[None]:
        """What is done inside matters only where this holds."""
        self.guards.append(guard)
        try:
            yield
        finally:
            self.guards.pop()


_current_path: ContextVar[Path] = ContextVar("path")


def _path() -> Path:
    return _current_path.get()


# The model's equations


class Bounded:
    """The algebra that runs an equation on symbolic values: branches are merged, calls unfolded."""

    def make(self, constructor: Any, *arguments: Any) -> Any:
        if not any(map(is_symbolic, arguments)):
            return constructor(*arguments)
        store = _current_store.get()
        key = ("make", constructor, *map(store.key, arguments))
        return store.once(key, lambda: Datum(lambda: {constructor: (True, arguments)}))

    def case(self, value: Any, branches: Mapping[Any, Callable[..., Any]]) -> Any:
        if not _is_node(value):
            unread("an equation is called with a value of another type")
        items = list(alternatives(value).items())
        result: Any = None
        for number, (cls, (guard, fields)) in enumerate(reversed(items)):
            with _path().under(guard):
                branch = branches[cls](*fields)
            if branch is value:
                # Of the value itself only what is known of it in this branch.
                branch = self.make(cls, *fields)
            result = merged(guard, branch, result) if number else branch
        return result

    def cond(self, test: Any, then: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
        formula = _formula(test)
        if isinstance(formula, bool):
            return then() if formula else otherwise()
        with _path().under(formula):
            yes = then()
        with _path().under(z3.Not(formula)):
            no = otherwise()
        return merged(formula, yes, no)

    def same(self, left: Any, right: Any) -> Any:
        return _truth(equal(left, right))

    def apply(self, function: Any, argument: Any) -> Any:
        if type(function) is Members:
            return function(argument)
        if type(function) is Partial:
            return self.call(function.equation, (*function.arguments, argument))
        if not is_symbolic(argument):
            return function(argument)
        if type(function) is not Table:
            unread(f"an oracle that is no table is asked a symbolic question: {function!r:.60}")
        result: Any = function.otherwise
        for question, answer in function.answers.items():
            result = merged(equal(argument, question), answer, result)
        return result

    def bind(self, call: Any, rest: Callable[[Any], Any]) -> Any:
        return rest(call)

    def call(self, equation: Equation[Any, Any], arguments: tuple[Any, ...]) -> Any:
        if type(equation) is Curried:
            return Partial(equation.base, arguments)
        if not any(map(_holds_symbols, arguments)):
            return equation(*arguments)
        if equation is square_root:
            unread("a square root, which can be irrational")
        store = _current_store.get()
        store.calls += 1
        if store.calls > MOST_CALLS:
            unread(f"it unfolds to more than {MOST_CALLS:,} calls of the model's equations")
        if _of_reals(equation):
            # Not remembered: a divisor is looked at where the call is made.
            return equation.body(self, *arguments)
        key = ("call", equation, *map(store.key, arguments))
        path = _path()

        def unfold() -> Any:
            path.merging += 1
            try:
                return equation.body(self, *arguments)
            finally:
                path.merging -= 1

        return store.once(key, unfold)


def _holds_symbols(value: Any) -> bool:
    if type(value) is Partial:
        return any(map(_holds_symbols, value.arguments))
    return is_symbolic(value)


def _of_reals(equation: Equation[Any, Any]) -> bool:
    return any(hint == Real for hint in equation.parameters().values())


_ALGEBRA = Bounded()


def _called(equation: Equation[Any, Any], *args: Any, **named: Any) -> Any:
    """An equation at symbolic values; an int where it wants a real becomes one."""
    arguments = equation._positional(args, named) if named else args
    hints = list(equation.parameters().values())
    if len(hints) != len(arguments):
        raise TypeError(f"{equation.name} takes {len(hints)} arguments")
    return _ALGEBRA.call(equation, tuple(
        _as_real(argument) if hint == Real else argument
        for argument, hint in zip(arguments, hints, strict=True)
    ))


def _as_real(value: Any) -> Any:
    found = _number_like(value)
    if found is None:
        unread("an equation of reals is called with a value of another type")
    if type(found) is Number:
        return Number(_term(found, True), found.low, found.high)
    return Fraction(found)


# The names that a claim uses


class _StandIn(type):
    """A class as a claim sees it: of symbolic arguments it makes a symbolic value."""

    of: Any

    def __call__(cls, *args: Any, **named: Any) -> Any:
        real = cls.of
        if not any(map(is_symbolic, (*args, *named.values()))):
            return real(*args, **named)
        if issubclass(real, Node) and real.__match_args__:
            values = dict(zip(real.__match_args__, args, strict=False), **named)
            if tuple(values) != real.__match_args__:
                raise TypeError(f"{real.__name__} takes {', '.join(real.__match_args__)}")
            return _ALGEBRA.make(real, *values.values())
        if real is Fraction and len(args) in (1, 2) and not named:
            numbers = [_as_real(value) for value in args]
            return numbers[0] / numbers[1] if len(numbers) == 2 else numbers[0]
        if real.__module__ == "builtins":
            return real(*args)  # it asks the values for what it needs
        unread(f"{real.__name__} of a symbolic value")

    def __instancecheck__(cls, value: Any) -> bool:
        return _is_instance(value, cls)

    def __getattr__(cls, name: str) -> Any:
        return getattr(cls.__dict__["of"], name)


def _is_instance(value: Any, classes: Any) -> bool:
    """``isinstance``, also of a symbolic value. The path forks on the constructor of a datum."""
    if isinstance(classes, types.UnionType):
        classes = get_args(classes)
    if isinstance(classes, tuple):
        return any(_is_instance(value, cls) for cls in classes)
    wanted = classes.__dict__["of"] if type(classes) is _StandIn else classes
    if type(value) is Datum:
        return _path().fork(either(*(
            guard for made, (guard, _) in alternatives(value).items() if issubclass(made, wanted)
        )))
    if type(value) in (Truth, Number, Members):
        python = {Truth: bool, Members: Table, Number: Fraction if _is_real(value) else int}
        return issubclass(python[type(value)], wanted)
    return isinstance(value, wanted)


def _stand_in(cls: type) -> Any:
    return _StandIn(
        cls.__name__, (), {"of": cls, "__match_args__": getattr(cls, "__match_args__", ())}
    )


class _Module:
    """A module as a claim sees it."""

    def __init__(self, module: types.ModuleType, names: Names) -> None:
        self._module = module
        self._names = names

    def __getattr__(self, name: str) -> Any:
        return self._names.seen(getattr(self._module, name))


class Names:
    """What a claim's names mean in a reading: the same functions, on symbolic values."""

    def __init__(self, claim: Claim) -> None:
        self.folder = _folder(claim.function)
        self.own = claim.function.__globals__
        self._seen: dict[int, tuple[Any, Any]] = {}
        self._globals: dict[int, dict[str, Any]] = {}

    def seen(self, value: Any) -> Any:
        """A value as the claim sees it."""
        found = self._seen.get(id(value))
        if found is None:
            # The value is kept, so that no other one gets its id.
            found = self._seen[id(value)] = (value, None)
            found = self._seen[id(value)] = (value, self._read(value))
        return found[1]

    def _read(self, value: Any) -> Any:
        if value is assume:
            return lambda condition: _path().assume(condition)
        if value is numeral:
            return _numeral
        if value is truth:
            return lambda condition: merged(_formula(condition), TRUE, FALSE)
        if isinstance(value, Claim):
            return self.seen(value.function)
        if isinstance(value, Equation):
            equation = value
            return lambda *args, **named: _called(equation, *args, **named)
        if isinstance(value, NewType):
            return lambda number: number
        if isinstance(value, types.ModuleType):
            return _Module(value, self)
        if isinstance(value, types.FunctionType) and self._is_own(value):
            return self.function(value)
        if isinstance(value, type):
            return value if issubclass(value, BaseException) else _stand_in(value)
        if callable(value) and not isinstance(value, Oracle) and get_origin(value) is None:
            return _given_only(value)
        return value

    def _is_own(self, function: types.FunctionType) -> bool:
        """Whether it is the user's own code, in the claim's file or beside it."""
        if function.__globals__ is self.own:
            return True
        return self.folder is not None and _folder(function) == self.folder

    def function(self, function: Any) -> Any:
        """A function of the user, with names that mean the same on symbolic values."""
        code = function.__code__
        names = {name for inner in _codes(code) for name in inner.co_names}
        for inner in _codes(code):
            _require_readable(inner)
        known = function.__globals__
        own = self._globals.setdefault(id(known), {
            "__builtins__": builtins, "__name__": known.get("__name__", "claim"),
        })
        made: Any = types.FunctionType(
            code, own, function.__name__, function.__defaults__,
            tuple(types.CellType() for _ in function.__closure__ or ()) or None,
        )
        made.__kwdefaults__ = function.__kwdefaults__
        # The function can call itself.
        self._seen[id(function)] = (function, made)
        for name in sorted(names):
            if name == "type":
                own[name] = _given_only(type, self.seen)
            elif name == "isinstance":
                own[name] = _is_instance
            elif name == "id":
                own[name] = _given_only(id)
            elif name in known:
                own[name] = self.seen(known[name])
            elif isinstance(getattr(builtins, name, None), type):
                own[name] = self.seen(getattr(builtins, name))
        for cell, old in zip(made.__closure__ or (), function.__closure__ or (), strict=True):
            try:
                cell.cell_contents = self.seen(old.cell_contents)
            except ValueError:  # not filled yet
                continue
        return made


def _folder(function: Any) -> FilePath | None:
    try:
        file = inspect.getsourcefile(function)
    except TypeError:
        return None
    return FilePath(file).resolve().parent if file else None


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    """A function's code, and that of the functions inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _require_readable(code: types.CodeType) -> None:
    """Refuse what would see through symbolic values. Raises :class:`Unread`."""
    before: Any = None
    for step in dis.get_instructions(code):
        if step.opname == "IS_OP" and not (
            before is not None and before.opname == "LOAD_CONST" and before.argval is None
        ):
            unread(f"line {code.co_firstlineno}: it compares objects by `is`")
        if step.opname == "IMPORT_NAME":
            unread(f"line {code.co_firstlineno}: it imports inside a function")
        before = step


def _given_only(function: Any, seen: Callable[[Any], Any] = lambda value: value) -> Any:
    """A function that is run, on values that do not depend on the instance."""
    name = getattr(function, "__name__", None) or type(function).__name__

    def given(*args: Any, **named: Any) -> Any:
        if any(map(is_symbolic, (*args, *named.values()))):
            unread(f"{name} is no equation of the model: it can be run, and not be read")
        return seen(function(*args, **named))

    return given


def _numeral(number: Any) -> Any:
    if type(number) is not Number:
        return numeral(number)
    if number < 0:
        return numeral(-1)  # which says what is wrong
    return _called(unary, number)


# Parameters


class Reading:
    """A claim's parameters of so much size in all, as symbolic values, and its function on them.

    ``ranges``: what holds of the parameters of any size; ``bounds``: that they are of this size.
    """

    def __init__(self, claim: Claim, size: int) -> None:
        self.claim = claim
        self.size = size
        self.store = _Store()
        self.ranges: list[z3.BoolRef] = []
        self.bounds: list[z3.BoolRef] = []
        self.numbers_only = True
        self.reals = False
        self.names = Names(claim)

    def parameters(self) -> tuple[Any, ...]:
        """The values. Forks on the lengths of lists, so it is called on each path anew."""
        self.ranges, self.bounds = [], []
        kinds = self.claim.kinds
        needs = [smallest(generator_for(kind).space, self.size) for kind in kinds.values()]
        least = sum(need or 0 for need in needs)
        values, total = [], []
        for (name, kind), need in zip(kinds.items(), needs, strict=True):
            value, size = self._parameter(f"{name}!", kind, self.size - least + (need or 0))
            values.append(value)
            total.append(size)
        self.bounds.append(_as_condition(sum(total) == self.size))
        return tuple(values)

    def function(self) -> Callable[..., Any]:
        """The claim's function, as it is, on these values."""
        made: Callable[..., Any] = self.names.seen(self.claim.function)
        return made

    def _parameter(self, name: str, kind: Any, most: int) -> tuple[Any, Any]:
        """A value of a type, and its size, which is at most ``most``."""
        if get_origin(kind) is Annotated:
            inner, *notes = get_args(kind)
            if generator_for(kind).stands is not None:
                unread("it is about programs that stand for others")
            caps = [note.size for note in notes if isinstance(note, AtMost)]
            most = min([most, *caps])
            value, size = self._parameter(name, inner, most)
            if caps:
                self.ranges.append(_as_condition(size <= most))
            return value, size
        if get_origin(kind) is tuple:
            return self._tuple(name, get_args(kind), most)
        if kind is Tree:
            self.numbers_only = False
            value = self._once(name, most, lambda: _tree(name, most))
            return value, _called(pairs, value)
        if kind is Program:
            self.numbers_only = False
            if most < 1:
                raise Skipped
            value = self._once(name, most, lambda: _program(name, most))
            return value, _called(program_size, value)
        if kind is Oracle:
            self.numbers_only = False
            return self._oracle(name, most)
        if kind is bool:
            return Truth(z3.Bool(name)), 0
        if kind in (Nat, Bound, int):
            low = {Nat: 0, Bound: 1, int: -most}[kind]
            if most < low:
                raise Skipped
            number = Number(z3.Int(name), low, max(most, 0))
            if kind is not int:
                self.ranges.append(number.term >= low)
            self.bounds += [number.term >= low, number.term <= most]
            return number, abs(number)
        if kind in (Fraction, Share):
            return self._rational(name, kind, most)
        unread(f"values of the type {generator_for(kind).name} are no values of the model")

    def _once(self, name: str, most: int, make: Callable[[], Any]) -> Any:
        return self.store.once(("parameter", name, most), make)

    def _tuple(self, name: str, kinds: tuple[Any, ...], most: int) -> tuple[Any, Any]:
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            self.numbers_only = False
            length = 0
            while length < most and _path().fork(z3.Bool(f"{name}longer.{length}")):
                length += 1
            kinds = (kinds[0],) * length
            parts = [
                self._parameter(f"{name}{n}!", kind, most - length) for n, kind in enumerate(kinds)
            ]
            return tuple(value for value, _ in parts), length + sum(size for _, size in parts)
        parts = [self._parameter(f"{name}{n}!", kind, most) for n, kind in enumerate(kinds)]
        return tuple(value for value, _ in parts), sum(size for _, size in parts)

    def _oracle(self, name: str, most: int) -> tuple[Any, Any]:
        members = [tree for count in range(most) for tree in trees(count)]
        if len(members) > MOST_POSITIONS:
            unread(f"oracles of size {most} list too many trees")
        cofinite = z3.Bool(f"{name}cofinite") if most > 0 else False
        listed: dict[Tree, Formula] = {
            tree: z3.Bool(f"{name}{place}") for place, tree in enumerate(members)
        }
        size: Any = merged(cofinite, 1, 0)
        for tree, inside in listed.items():
            size = size + merged(inside, 1 + pairs(tree), 0)
        return self._once(name, most, lambda: Members(cofinite, listed)), size

    def _rational(self, name: str, kind: Any, most: int) -> tuple[Any, Any]:
        self.reals = True
        space = generator_for(kind).space
        x, size = z3.Real(name), z3.Int(f"{name}size")
        share = kind is Share
        if share:
            self.ranges += [x >= 0, x <= 1]
        listed = [(value, count) for count in range(most + 1) for value in space.values(count)]
        if len(listed) > MOST_POSITIONS:
            unread(f"there are too many rationals of size {most}")
        self.bounds.append(z3.Or(*(
            z3.And(x == _term(value, True), size == count) for value, count in listed
        )))
        number = Number(x, Fraction(0) if share else None, Fraction(1) if share else None)
        return number, Number(size, 0, most)


def _as_condition(value: Any) -> Any:
    formula = _formula(value)
    return z3.BoolVal(formula) if isinstance(formula, bool) else formula


def _tree(name: str, most: int) -> Any:
    """Any tree with at most so many pairs: at each position there is a pair or not."""
    if most <= 0:
        return NIL

    def make() -> Alternatives:
        pair = z3.Bool(name)
        return {
            Nil: (z3.Not(pair), ()),
            Pair: (pair, (_tree(f"{name}h", most - 1), _tree(f"{name}t", most - 1))),
        }

    return Datum(make)


def _program(name: str, most: int) -> Any:
    """Any program of at most this size, at least 1. The constructors share their parts."""

    def make() -> Alternatives:
        first, second, third = (
            _program(f"{name}{n}", most - less) if most - less >= 1 else None
            for n, less in ((1, 2), (2, 2), (3, 3))
        )
        parts: dict[Any, tuple[Any, ...]] = dict.fromkeys(CONSTRUCTORS[:4], ())
        parts[Quote] = (_tree(f"{name}q", most - 1),)
        if most >= 3:
            parts |= {Cons: (first, second), Then: (first, second), While: (first, second)}
        if most >= 4:
            parts[If] = (first, second, third)
        found: Alternatives = {}
        none_before: Formula = True
        *others, last = parts
        for number, cls in enumerate(others):
            this = z3.Bool(f"{name}.{number}")
            found[cls] = both(none_before, this), parts[cls]
            none_before = both(none_before, z3.Not(this))
        found[last] = none_before, parts[last]
        return found

    return Datum(make)


def concrete(value: Any, model: z3.ModelRef) -> Any:
    """What a value is in a model."""
    kind = type(value)
    if kind is tuple:
        return tuple(concrete(part, model) for part in value)
    if kind is Truth:
        return z3.is_true(model.eval(value.formula, model_completion=True))
    if kind is Number:
        found = model.eval(value.term, model_completion=True)
        if z3.is_int_value(found):
            return found.as_long()
        if not z3.is_rational_value(found):
            unread("a number of the instance that Z3 found is irrational")
        return Fraction(found.numerator_as_long(), found.denominator_as_long())
    if kind is Members:
        cofinite = _holds(value.cofinite, model)
        members = [tree for tree, inside in value.listed.items() if _holds(inside, model)]
        return Table(dict.fromkeys(members, truth(not cofinite)), otherwise=truth(cofinite))
    if kind is not Datum:
        return value
    for cls, (guard, fields) in alternatives(value).items():
        if _holds(guard, model):
            return cls(*(concrete(part, model) for part in fields))
    raise AssertionError("no guard of a datum holds")


def _holds(formula: Formula, model: z3.ModelRef) -> bool:
    if isinstance(formula, bool):
        return formula
    return bool(z3.is_true(model.eval(formula, model_completion=True)))


@contextmanager
def reading_on(store: _Store, path: Path) -> Iterator[None]:
    """Values inside are of this store, and tests inside are of this path."""
    tokens = _current_store.set(store), _current_path.set(path)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, 20_000))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
        _current_store.reset(tokens[0])
        _current_path.reset(tokens[1])


__all__ = [
    "Bounded", "Datum", "Members", "Number", "Path", "Reading", "Truth", "Unread", "concrete",
    "reading_on",
]
