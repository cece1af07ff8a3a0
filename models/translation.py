"""Equations as Python functions.

:func:`translated` reads an equation's body once, on names in place of values, and writes down what
the body asks of the algebra: a case becomes an ``if``, a call of an equation a function call, a
call of itself as the last step a loop. :meth:`models.algebra.Concrete.calls` does the same work
step by step and is the reference; the two are held equal by test.

*How it is done*: each operation of the algebra adds a statement to the block that is being
written, in the order in which the concrete reading would carry it out. What is written needs
Python's stack for calls that are not last steps; who runs it answers for `RecursionError`.

*References*: Danvy, 'Type-directed partial evaluation' (1996), for programs written down by running
them on names, with a let for each operation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NoReturn

from models.node import Node, constants

if TYPE_CHECKING:
    from models.algebra import Equation


class Untranslatable(TypeError):
    """A body does with a value what is not the algebra's to do."""


@dataclass(frozen=True, slots=True, eq=False)
class _Call:
    """A call of an equation that nothing has asked the value of."""

    equation: Equation[Any, Any]
    arguments: tuple[str, ...]
    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class _Set:
    """``name = text``, or ``name = call``. ``needed``: carried out though nobody uses the name."""

    name: str
    value: str | _Call
    needed: bool = True


@dataclass(frozen=True, slots=True)
class _Make:
    """A constructor applied; ``constructor`` is the name it goes by."""

    name: str
    constructor: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Check:
    """A value was made by the constructor that goes by a name."""

    value: str
    constructor: str


@dataclass(frozen=True, slots=True)
class _Choose:
    """One of several blocks, by the first test that holds; its result gets the name."""

    name: str
    arms: tuple[tuple[str, _Block], ...]
    before: str | None
    otherwise: str | None


@dataclass(slots=True)
class _Block:
    """Statements, and the text of a value or the call that comes last."""

    statements: list[_Set | _Make | _Check | _Choose] = field(default_factory=list)
    result: str | _Call = ""


class _Value:
    """A name that stands for a value: arithmetic on it is written down, all else is refused."""

    # Mangled, so that a field of the value is not taken for one of these.
    __slots__ = ("__text", "__writer")

    def __init__(self, text: str, writer: _Writer) -> None:
        self.__text = text
        self.__writer = writer

    @staticmethod
    def _binary(operator: str) -> Callable[[_Value, Any], _Value]:
        def method(self: _Value, other: Any) -> _Value:
            writer = self.__writer
            return writer.named(f"{self.__text} {operator} {writer.text(other)}")

        return method

    @staticmethod
    def _reflected(operator: str) -> Callable[[_Value, Any], _Value]:
        def method(self: _Value, other: Any) -> _Value:
            writer = self.__writer
            return writer.named(f"{writer.text(other)} {operator} {self.__text}")

        return method

    __add__, __radd__ = _binary("+"), _reflected("+")
    __sub__, __rsub__ = _binary("-"), _reflected("-")
    __mul__, __rmul__ = _binary("*"), _reflected("*")
    __truediv__, __rtruediv__ = _binary("/"), _reflected("/")
    __lt__, __le__, __gt__, __ge__ = map(_binary, ("<", "<=", ">", ">="))

    def __neg__(self) -> _Value:
        return self.__writer.named(f"-{self.__text}")

    def _refuse(self, *_: object) -> NoReturn:
        raise Untranslatable(
            f"{self.__writer.name} looks at a value; an equation's body has only what the algebra "
            "says of it (or is opaque)"
        )

    def _in(self, writer: _Writer) -> str:
        """The name, for the writer whose value it is."""
        if self.__writer is not writer:
            raise Untranslatable(f"{writer.name} uses a value of another body")
        return self.__text

    # isinstance and hasattr ask for the last two, and would take an AttributeError for a no.
    __bool__ = __eq__ = __ne__ = __hash__ = __iter__ = __len__ = _refuse
    __call__ = __getitem__ = __index__ = __int__ = __float__ = __contains__ = _refuse
    __str__ = __repr__ = __format__ = _refuse
    __getattr__ = _refuse
    __class__ = property(_refuse)


_LARGE = 10**18
"""Longer numbers are not written out."""


class _Writer:
    """The algebra that writes down what a body asks of it."""

    def __init__(self, name: str, space: dict[str, Any]) -> None:
        self.name = name
        self.space = space
        self.block = _Block()
        self._fresh = 0
        self._constants: dict[int, str] = {}

    def fresh(self) -> str:
        """A name for a value."""
        self._fresh += 1
        return f"_{self._fresh}"

    def text(self, value: Any) -> str:
        """What to write for a value."""
        if type(value) is _Value:
            return value._in(self)
        if type(value) is _Call:
            raise Untranslatable(f"{self.name} uses a call's value without bind")
        if type(value) is bool or (type(value) is int and abs(value) < _LARGE):
            return f"({value})"
        if not isinstance(value, (int, Fraction, Node)):
            raise Untranslatable(f"{self.name} uses a {type(value).__name__} of its own")
        hash(value)  # data that hold one of ours have none
        return self.constant(value)

    def constant(self, value: Any) -> str:
        """A name for a Python value that is the same in every run."""
        if id(value) not in self._constants:
            name = self._constants[id(value)] = f"_c{len(self._constants)}"
            self.space[name] = value
        return self._constants[id(value)]

    def named(self, text: str | _Call) -> _Value:
        """A name for the value of a text or a call."""
        name = self.fresh()
        self.block.statements.append(_Set(name, text))
        return _Value(name, self)

    def written(self, body: Callable[[], Any]) -> _Block:
        """The block of what a body asks."""
        outer, self.block = self.block, _Block()
        try:
            result = body()
            self.block.result = result if type(result) is _Call else self.text(result)
            return self.block
        finally:
            self.block = outer

    def make(self, constructor: Any, *arguments: Any) -> Any:
        if not arguments:
            return constants[constructor]
        name = self.fresh()
        texts = tuple(map(self.text, arguments))
        self.block.statements.append(_Make(name, self.constant(constructor), texts))
        return _Value(name, self)

    def case(self, value: Any, branches: Mapping[Any, Callable[..., Any]]) -> Any:
        if type(value) is not _Value:
            return branches[type(value)](*value.fields())
        if len(branches) == 1:
            ((cls, branch),) = branches.items()
            self.block.statements.append(_Check(self.text(value), self.constant(cls)))
            return branch(*self._fields(value, cls))

        def arm(cls: Any, branch: Callable[..., Any]) -> tuple[str, _Block]:
            test = f"_type is {self.constant(cls)}"
            return test, self.written(lambda: branch(*self._fields(value, cls)))

        name = self.fresh()
        arms = tuple(arm(cls, branch) for cls, branch in branches.items())
        self.block.statements.append(
            _Choose(name, arms, f"_type = _type_of({self.text(value)})", "raise _KeyError(_type)")
        )
        return _Value(name, self)

    def _fields(self, value: _Value, cls: Any) -> Iterator[_Value]:
        for part in cls.__match_args__:
            name = self.fresh()
            self.block.statements.append(_Set(name, f"{self.text(value)}.{part}", needed=False))
            yield _Value(name, self)

    def cond(self, test: Any, then: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
        if type(test) is not _Value:
            return then() if test else otherwise()
        name = self.fresh()
        arms = (self.text(test), self.written(then)), ("", self.written(otherwise))
        self.block.statements.append(_Choose(name, arms, None, None))
        return _Value(name, self)

    def same(self, left: Any, right: Any) -> Any:
        return self.named(f"_bool({self.text(left)} == {self.text(right)})")

    def apply(self, function: Any, argument: Any) -> Any:
        return self.named(f"{self.text(function)}({self.text(argument)})")

    def bind(self, call: Any, rest: Callable[[Any], Any]) -> Any:
        return rest(self.named(call) if type(call) is _Call else call)

    def call(self, equation: Equation[Any, Any], arguments: tuple[Any, ...]) -> Any:
        return _Call(equation, tuple(map(self.text, arguments)))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of Python. ``unless_unused``: the name it is for, if it may go without."""

    depth: int
    text: str
    unless_unused: str = ""


class _Source:
    """The lines of a function."""

    def __init__(
        self, equation: Equation[Any, Any], parameters: list[str], space: dict[str, Any]
    ) -> None:
        self.equation = equation
        self.parameters = parameters
        self.space = space
        self._functions: dict[Equation[Any, Any], str] = {}

    def lines(self, block: _Block, depth: int, target: str | None) -> Iterator[_Line]:
        """A block; its result is returned, or gets a name."""
        for place, statement in enumerate(block.statements, start=1):
            last = place == len(block.statements) and target is None
            match statement:
                case _Set(name, _Call() as call):
                    yield _Line(depth, f"{name} = {self.call(call)}")
                case _Set(name, text, needed):
                    yield _Line(depth, f"{name} = {text}", "" if needed else name)
                case _Make(name, constructor, arguments):
                    yield from self.make(depth, name, constructor, ", ".join(arguments))
                case _Check(value, constructor):
                    yield _Line(depth, f"if _type_of({value}) is not {constructor}:")
                    yield _Line(depth + 1, f"raise _KeyError(_type_of({value}))")
                case _Choose(name):
                    ends = last and block.result == name
                    yield from self.choose(statement, depth, None if ends else name)
                    if ends:
                        return
        result = block.result
        if target is not None:
            text = self.call(result) if isinstance(result, _Call) else result
            yield _Line(depth, f"{target} = {text}")
        elif not isinstance(result, _Call):
            yield _Line(depth, f"return {result}")
        elif result.equation is self.equation and not self.equation.shared:
            yield from self.again(depth, result.arguments)
        else:
            yield _Line(depth, f"return {self.call(result)}")

    def make(self, depth: int, name: str, constructor: str, arguments: str) -> Iterator[_Line]:
        """A constructor applied: made once, where equal data are made once."""
        made = f"{constructor}({arguments})"
        yield _Line(depth, "if _made is None:")
        yield _Line(depth + 1, f"{name} = {made}")
        yield _Line(depth, "else:")
        yield _Line(depth + 1, f"_key = ({constructor}, {arguments})")
        yield _Line(depth + 1, f"{name} = _made.get(_key)")
        yield _Line(depth + 1, f"if {name} is None:")
        yield _Line(depth + 2, f"{name} = _made[_key] = {made}")

    def choose(self, choice: _Choose, depth: int, target: str | None) -> Iterator[_Line]:
        """An ``if`` with its blocks."""
        if choice.before:
            yield _Line(depth, choice.before)
        word = "if"
        for test, block in choice.arms:
            yield _Line(depth, f"{word} {test}:" if test else "else:")
            yield from self.lines(block, depth + 1, target)
            word = "elif"
        if choice.otherwise:
            yield _Line(depth, "else:")
            yield _Line(depth + 1, choice.otherwise)

    def again(self, depth: int, arguments: tuple[str, ...]) -> Iterator[_Line]:
        """The function once more, with other arguments."""
        pairs = zip(self.parameters, arguments, strict=True)
        changed = [(name, text) for name, text in pairs if name != text]
        if changed:
            names, texts = zip(*changed, strict=True)
            yield _Line(depth, f"{', '.join(names)} = {', '.join(texts)}")
        yield _Line(depth, "continue")

    def call(self, call: _Call) -> str:
        """A call, of a function that is translated when it is first called."""
        name = self._functions.get(call.equation)
        if name is None:
            name = self._functions[call.equation] = f"_f{len(self._functions)}"
            self.space[name] = _on_demand(self.space, name, call.equation)
        return f"{name}({', '.join(('_known', '_made', *call.arguments))})"


def _on_demand(
    space: dict[str, Any], name: str, equation: Equation[Any, Any]
) -> Callable[..., Any]:
    def first(*arguments: Any) -> Any:
        space[name] = function = equation.translated
        return function(*arguments)

    return first


_WORD = re.compile(r"\w+")


def source(equation: Equation[Any, Any]) -> tuple[str, dict[str, Any]]:
    """An equation as the text of a Python function, with the values of the names in it.

    Raises :class:`Untranslatable` for a body that looks at values other than by the algebra.
    """
    space: dict[str, Any] = {"_bool": bool, "_type_of": type, "_KeyError": KeyError}
    writer = _Writer(equation.name, space)
    # Names that begin with an underscore are this module's.
    parameters = [
        f"parameter{place}{name}" if name.startswith("_") else name
        for place, name in enumerate(equation.parameters())
    ]
    names = [_Value(name, writer) for name in parameters]
    block = writer.written(lambda: equation.body(writer, *names))
    lines = list(_Source(equation, parameters, space).lines(block, 2, None))
    # What a part is called is used in what is on the right of the other lines.
    used = {
        word for line in lines
        for word in _WORD.findall(line.text.removeprefix(f"{line.unless_unused} = "))
    }
    taken = ", ".join(("_known", "_made", *parameters))
    written = [
        f"def _function({taken}):",
        "    while True:",
        *(
            "    " * line.depth + line.text
            for line in lines
            if not line.unless_unused or line.unless_unused in used
        ),
    ]
    return "\n".join(written) + "\n", space


def translated(equation: Equation[Any, Any]) -> Callable[..., Any]:
    """The function of an equation: ``function(known, made, *arguments)`` is its value.

    ``known``: values of shared equations' calls so far, and where they are put. ``made``: likewise
    data by constructor and arguments, or none where equal data may be made more than once.
    Raises :class:`Untranslatable`, and the function what the body's operations raise.
    """
    text, space = source(equation)
    exec(compile(text, f"<equation {equation.name}>", "exec"), space)
    function: Callable[..., Any] = space["_function"]
    if not equation.shared:
        return function

    def shared(known: dict[Any, Any], made: dict[Any, Any] | None, /, *arguments: Any) -> Any:
        call = (equation, arguments)
        value = known.get(call, _NONE)
        if value is _NONE:
            value = known[call] = function(known, made, *arguments)
        return value

    return shared


_NONE = object()
