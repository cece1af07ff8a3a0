"""One definition, two readings.

A function of the model is written once, as an *equation* over an :class:`Algebra`: constructors,
case analysis, comparison, application of a function value, and calls of equations. Read with the
:class:`Concrete` algebra it runs on Python values; read with the symbolic algebra of
:mod:`proofs.kernel.reading` it becomes the term that proofs unfold.

*Definitions*: :class:`Element` (a value of any kind, of which an equation knows nothing);
:class:`Algebra`, :class:`Concrete`, :class:`Equation` and its decorator :func:`equation`;
:func:`curried`, an equation's values at some arguments as a function value.

*How it is done*: a body never calls an equation directly; it hands the call and a continuation to
:meth:`Algebra.bind`. The concrete reading keeps the continuations on a list of its own, so neither
deep data nor long recursion meets Python's recursion limit. Where that list is not needed, a Python
function runs instead, which :mod:`models.translation` writes after the body.

*References*: Carette, Kiselyov, Shan, 'Finally tagless, partially evaluated' (2009), for one
definition with several readings; Reynolds, 'Definitional interpreters' (1972), for continuations.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from threading import local
from typing import (
    Any,
    Generic,
    ParamSpec,
    Protocol,
    TypeVar,
    cast,
    get_type_hints,
)

from models.node import Node, constants, fields_of
from models.translation import translated

T = TypeVar("T")
U = TypeVar("U")
P = ParamSpec("P")
A = TypeVar("A", contravariant=True)
B = TypeVar("B", covariant=True)


class Mapped(Protocol[A, B]):
    """A total function as a value: an oracle, a cost, a modulus. Solvers see an array."""

    def __call__(self, argument: A, /) -> B: ...


class Element(Protocol):
    """A value of any kind: all that an equation does with it is hand it to a function value, and
    ask whether two are equal. Solvers see a sort of which nothing is said but that it has a member,
    so what is proved holds of every nonempty set; where equations run it is any Python value with
    an equality and a hash."""


class Algebra(Protocol):
    """The operations a model function may use. Types are those of the concrete reading."""

    def make(self, constructor: Callable[..., T], *arguments: Any) -> T:
        """The constructor applied to values."""
        ...

    def case(self, value: Node, branches: Mapping[Any, Any]) -> T:  # type: ignore[type-var]
        """The branch of the value's constructor, called with the constructor's fields."""
        ...

    def cond(self, test: bool, then: Callable[[], T], otherwise: Callable[[], T]) -> T:
        """One of two branches; the other is never run."""
        ...

    def same(self, left: Any, right: Any) -> bool:
        """Structural equality."""
        ...

    def apply(self, function: Mapped[T, U], argument: T) -> U:
        """The value of a function value (oracle, cost, modulus) at an argument."""
        ...

    def bind(self, call: T, rest: Callable[[T], U]) -> U:
        """What ``rest`` makes of the value of an equation's call."""
        ...

    def call(self, equation: Equation[Any, T], arguments: tuple[Any, ...]) -> T:
        """The call itself, as a last step or as the first argument of :meth:`bind`."""
        ...


class Equation(Generic[P, T]):
    """A named model function: parameters, body, and (for proofs) a measure that decreases.

    ``eq.at(algebra, ...)`` is a call inside another body; ``eq(...)`` runs on Python values.
    ``shared`` says that equal calls are computed once in a run: for functions that fold over data,
    so that a value with much sharing costs its number of distinct nodes. A body is read once for
    all values, so it does nothing with them but what the algebra offers, and arithmetic (with
    fractions on the right of values); what is computed outside of a branch is computed always.
    ``opaque`` says that a body has Python values, may do with them what it likes, and that no proof
    looks inside.
    """

    def __init__(
        self, body: Callable[..., T], *, shared: bool = False, opaque: bool = False
    ) -> None:
        self.body = body
        self.name = body.__name__
        self.shared = shared
        self.opaque = opaque
        self._reals: tuple[bool, ...] | None = None
        self.__doc__ = body.__doc__

    def parameters(self) -> dict[str, Any]:
        """Names and type hints of the parameters, without the algebra."""
        hints = get_type_hints(self.body)
        return {name: hint for name, hint in hints.items() if name not in ("algebra", "return")}

    def result(self) -> Any:
        """The type hint of the value."""
        return get_type_hints(self.body)["return"]

    def at(self, algebra: Algebra, *args: P.args, **kwargs: P.kwargs) -> T:
        """A call of this equation from another equation's body."""
        return algebra.call(self, self._positional(args, kwargs) if kwargs else args)

    def _positional(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[Any, ...]:
        names = list(self.parameters())[len(args) :]
        if set(names) != set(kwargs):
            raise TypeError(f"{self.name}: expected {', '.join(names)}, not {', '.join(kwargs)}")
        return (*args, *(kwargs[name] for name in names))

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        arguments = self._positional(args, kwargs) if kwargs else args
        if self._reals is None:
            hints = self.parameters().values()
            # A parameter that can be divided is a real number (an int hint says whole number).
            reals = tuple(h is not int and hasattr(h, "__truediv__") for h in hints)
            self._reals = reals if any(reals) else ()
        if self._reals:
            # Python divides two ints in floating point; fractions stay exact.
            arguments = tuple(
                Fraction(arg) if real and isinstance(arg, int) else arg
                for arg, real in zip(arguments, self._reals, strict=True)
            )
        return Concrete().value(self, arguments)

    @cached_property
    def translated(self) -> Callable[..., Any]:
        """The function that runs it: see :func:`models.translation.translated`."""
        if not self.opaque:
            return translated(self)

        def value(_known: Any, _made: Any, /, *arguments: Any) -> Any:
            found = self.body(Concrete(), *arguments)
            if isinstance(found, (_Pending, _Bind)):
                raise TypeError(f"{self.name} is opaque, and ends with a call")
            return found

        return value

    def written(self, *arguments: str) -> str:
        """A call of it as text."""
        return f"{self.name}({', '.join(arguments)})"

    def __repr__(self) -> str:
        return f"<equation {self.name}>"


def equation(
    *, shared: bool = False, opaque: bool = False
) -> Callable[[Callable[..., T]], Equation[..., T]]:
    """Decorator that makes an :class:`Equation` of a body ``body(algebra, ...)``."""

    def decorate(body: Callable[..., T]) -> Equation[..., T]:
        return Equation(body, shared=shared, opaque=opaque)

    return decorate


class Curried(Equation[Any, Any]):
    """An equation with its last parameter left open: its values are function values.

    ``curried(eq)(*a)(z)`` is ``eq(*a, z)``: an oracle, a cost or a modulus that the model computes.
    """

    def __init__(self, base: Equation[Any, Any]) -> None:
        super().__init__(lambda _, *arguments: Partial(self.base, arguments), opaque=True)
        self.base = base
        self.name = f"{base.name}_function"
        self.__doc__ = base.__doc__

    def parameters(self) -> dict[str, Any]:
        """Those of the equation, without the last one."""
        return dict(list(self.base.parameters().items())[:-1])

    def result(self) -> Any:
        """A function from the last parameter to what the equation gives."""
        *_, last = self.base.parameters().values()
        return _function_from(last, self.base.result())

    def written(self, *arguments: str) -> str:
        """A call of it as text: that of the equation, with a dot for the last argument."""
        return self.base.written(*arguments, "·")


def _function_from(argument: Any, value: Any) -> Any:
    """The type hint of a function value."""
    return Mapped[argument, value]


class Partial:
    """An equation with all its arguments but the last."""

    __slots__ = ("arguments", "equation")

    def __init__(self, equation: Equation[Any, Any], arguments: tuple[Any, ...]) -> None:
        self.equation = equation
        self.arguments = arguments

    def __call__(self, argument: Any, /) -> Any:
        return self.equation(*self.arguments, argument)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Partial):
            return NotImplemented
        return self.equation is other.equation and self.arguments == other.arguments

    def __hash__(self) -> int:
        # The arguments may be functions that have no hash.
        return hash(self.equation)

    def __repr__(self) -> str:
        return self.equation.written(*map(repr, self.arguments), "·")


_curried: dict[Equation[Any, Any], Curried] = {}


def curried(base: Equation[Any, Any]) -> Curried:
    """The equation with its last parameter left open; the same one each time."""
    return _curried.setdefault(base, Curried(base))


class _Pending(tuple[Equation[Any, Any], tuple[Any, ...]]):
    """A call: equation and arguments."""

    __slots__ = ()


class _Bind(tuple[Any, Callable[[Any], Any]]):
    """A call, and what is made of its value."""

    __slots__ = ()


class _Depth(local):
    """Whether this thread is computing what was too deep for Python's stack: what that calls for is
    computed in the same way, and not tried twice."""

    exceeded = False


_depth = _Depth()


class Concrete:
    """The reading on Python values; an :class:`Algebra` that runs.

    ``remembers``: values of shared equations' calls are kept from one run to the next, and equal
    data are made once, so that they are found without a walk. :meth:`forget` frees the memory.
    """

    def __init__(self, *, remembers: bool = False) -> None:
        self._known: dict[Any, Any] | None = {} if remembers else None
        self._made: dict[Any, Any] = {}

    def remembered(self) -> int:
        """How many values are kept."""
        return len(self._known or ()) + len(self._made)

    def forget(self) -> None:
        """Keep nothing of the runs so far."""
        if self._known is not None:
            self._known = {}
            self._made = {}

    def make(self, constructor: Callable[..., T], *arguments: Any) -> T:
        if not arguments:
            return cast(T, constants[constructor])
        if self._known is None:
            return constructor(*arguments)
        key = (constructor, *arguments)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = constructor(*arguments)
        return cast(T, made)

    def case(self, value: Node, branches: Mapping[Any, Any]) -> Any:
        cls = type(value)
        return branches[cls](*fields_of[cls](value))

    def cond(self, test: bool, then: Callable[[], T], otherwise: Callable[[], T]) -> T:
        return then() if test else otherwise()

    def same(self, left: Any, right: Any) -> bool:
        return bool(left == right)

    def apply(self, function: Mapped[T, U], argument: T) -> U:
        return function(argument)

    def bind(self, call: T, rest: Callable[[T], U]) -> U:
        bound: Any = _Bind((call, rest))
        return bound  # type: ignore[no-any-return]

    def call(self, equation: Equation[Any, T], arguments: tuple[Any, ...]) -> T:
        pending: Any = _Pending((equation, arguments))
        return pending  # type: ignore[no-any-return]

    def value(self, equation: Equation[Any, T], arguments: tuple[Any, ...]) -> T:
        """The value of a call, computed to the end.

        Python functions written after the equations compute it, and where Python's stack is too
        small for them :meth:`calls`, to which depth is nothing. Function values may then be asked
        again, so one that keeps a record is not for this method.
        """
        if not _depth.exceeded:
            try:
                if self._known is None:
                    return cast(T, equation.translated({}, None, *arguments))
                return cast(T, equation.translated(self._known, self._made, *arguments))
            except RecursionError:
                pass
        before, _depth.exceeded = _depth.exceeded, True
        try:
            ((_, _, value),) = deque(self.calls(equation, arguments), maxlen=1)
        finally:
            _depth.exceeded = before
        return cast(T, value)

    def calls(
        self, equation: Equation[Any, Any], arguments: tuple[Any, ...]
    ) -> Iterator[tuple[Equation[Any, Any] | None, tuple[Any, ...], Any]]:
        """Every call made on the way, as ``(equation, arguments, None)``, in order; at the end
        ``(None, (), value)``. This is the one evaluator: a run's trace is its list of calls."""
        rest: list[Callable[[Any], Any]] = []
        known = {} if self._known is None else self._known
        current: Any = _Pending((equation, arguments))
        while True:
            kind = type(current)
            if kind is _Pending:
                eq, args = current
                if eq.shared:
                    value = known.get(current, _NONE)
                    if value is not _NONE:
                        current = value
                        continue
                    rest.append(_remember(known, current))
                yield eq, args, None
                current = eq.body(self, *args)
            elif kind is _Bind:
                current, following = current
                rest.append(following)
            elif rest:
                current = rest.pop()(current)
            else:
                yield None, (), current
                return


_NONE = object()


def _remember(known: dict[Any, Any], key: Any) -> Callable[[Any], Any]:
    def store(value: Any) -> Any:
        known[key] = value
        return value

    return store
