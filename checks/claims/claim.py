"""Claims: typed functions that say true or false of each instance.

*Definitions*: :func:`claim`, :class:`Claim`; :func:`assume`; :class:`Instance`;
:class:`Undecided`, raised by a decider that does not know.

    >>> from checks.claims import Nat, assume, claim
    >>> @claim("The sum of two odd numbers is odd.")
    ... def sum_of_odd(m: Nat, n: Nat) -> bool:
    ...     assume(m % 2 == 1 and n % 2 == 1)
    ...     return (m + n) % 2 == 1
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn, TypeAlias, get_args, overload

from checks.claims.generators import Generator, generator_for
from checks.claims.space import Product
from models.errors import BadInput

Expected: TypeAlias = Literal["refuted", "exhausted", "unknown"]


class Skipped(Exception):
    """The assumption does not hold: the claim says nothing of this instance."""


class Undecided(Exception):
    """A decider does not know, so nobody knows whether the claim holds of this instance."""


def assume(condition: bool) -> None:
    """Go on only if this holds; else the instance is skipped, and counted as such."""
    if not condition:
        raise Skipped


def undecided(reason: str) -> NoReturn:
    """Leave the instance unknown."""
    raise Undecided(reason)


@dataclass(frozen=True, slots=True)
class Instance:
    """A value for each parameter, of so much size in all, at a place among those of that size."""

    values: tuple[Any, ...]
    size: int
    place: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Claim:
    """A claim. ``says``: the sentence; ``about``: more words; ``theorem``: the card that proves it,
    if it is true; ``expected``: the verdict to a ``size``, as a test of it wants it."""

    name: str
    function: Callable[..., bool]
    parameters: Mapping[str, Generator]
    kinds: Mapping[str, Any]
    says: str
    about: str = ""
    theorem: str = ""
    expected: Expected | None = None
    size: int | None = None
    source: str = ""
    space: Product = field(init=False, repr=False)

    def __post_init__(self) -> None:
        parts = (generator.space for generator in self.parameters.values())
        object.__setattr__(self, "space", Product(lambda *values: values, *parts))

    def __repr__(self) -> str:
        kinds = ", ".join(f"{name}: {each.name}" for name, each in self.parameters.items())
        return f"<claim {self.name}({kinds}): {self.says}>"

    def __call__(self, *values: Any, **named: Any) -> bool:
        """What it says of these values; raises :class:`Skipped` or :class:`Undecided` where it says
        nothing."""
        return self.function(*values, **named)

    def instance(self, size: int, place: int) -> Instance:
        """The instance at a place among those of a size."""
        return Instance(self.space.at(size, place), size, place)

    def shown(self, values: tuple[Any, ...]) -> dict[str, str]:
        """The values by parameter, as text."""
        return {
            name: generator.show(value)
            for (name, generator), value in zip(self.parameters.items(), values, strict=True)
        }


@overload
def claim(says: Callable[..., bool], /) -> Claim: ...
@overload
def claim(
    says: str = ..., /, *, theorem: str = ..., expected: Expected | None = ...,
    size: int | None = ...,
) -> Callable[[Callable[..., bool]], Claim]: ...


def claim(
    says: str | Callable[..., bool] = "", /, *, theorem: str = "",
    expected: Expected | None = None, size: int | None = None,
) -> Claim | Callable[[Callable[..., bool]], Claim]:
    """Make a function into a claim about all values of its parameters' types.

    ``says`` is the sentence; without it the docstring's first line is. ``theorem`` names a card of
    the catalogue that proves it; ``expected`` the verdict that is known, to ``size``. Raises
    :class:`BadInput` for a parameter whose type says nothing of its values, and for options that
    are none.
    """
    _require_options(says, theorem, expected, size)
    if callable(says):
        return _made(says, "", theorem, expected, size)
    sentence = says
    return lambda function: _made(function, sentence, theorem, expected, size)


def _require_options(says: object, theorem: object, expected: object, size: object) -> None:
    if not (callable(says) or isinstance(says, str)):
        raise BadInput(f"@claim({says!r:.60})", expected="the claim as a sentence, in quotes")
    if expected is not None and expected not in get_args(Expected):
        raise BadInput(
            f"@claim(expected={expected!r:.60})", expected=f"one of {', '.join(get_args(Expected))}"
        )
    if size is not None and (not isinstance(size, int) or isinstance(size, bool) or size < 0):
        raise BadInput(f"@claim(size={size!r:.60})", expected="a whole number, 0 or more")
    if theorem:
        from checks.catalogue import card

        card(str(theorem))


def _made(
    function: Callable[..., bool], says: str, theorem: str, expected: Expected | None,
    size: int | None,
) -> Claim:
    name = getattr(function, "__name__", "claim")
    where = f"claim {name}"
    if not inspect.isfunction(function) or inspect.iscoroutinefunction(function) or (
        inspect.isgeneratorfunction(function)
    ):
        raise BadInput("it is no plain function", where=where, expected="def NAME(…) -> bool")
    try:
        hints = typing.get_type_hints(function, include_extras=True)
    except BadInput as error:
        raise BadInput(error.what, where=where, expected=error.expected) from None
    except Exception as error:
        raise BadInput(
            f"its types cannot be read ({type(error).__name__}: {error})", where=where,
            expected="types that exist",
        ) from None
    parameters: dict[str, Generator] = {}
    kinds: dict[str, Any] = {}
    for each in inspect.signature(function).parameters.values():
        if each.kind in (each.VAR_POSITIONAL, each.VAR_KEYWORD):
            raise BadInput(
                f"parameter *{each.name}", where=where, expected="parameters with a name and a type"
            )
        if each.name not in hints:
            raise BadInput(
                f"parameter {each.name} has no type", where=where,
                expected=f"{each.name}: Program, {each.name}: Tree, {each.name}: Nat, …",
            )
        kinds[each.name] = hints[each.name]
        try:
            parameters[each.name] = generator_for(hints[each.name])
        except BadInput as error:
            raise BadInput(
                error.what, where=f"{where}, parameter {each.name}", expected=error.expected
            ) from None
    first, _, rest = (inspect.getdoc(function) or "").partition("\n")
    try:
        source = inspect.getsource(function)
    except (OSError, TypeError):
        source = ""
    about = rest.strip() if not says else "\n".join((first, rest)).strip()
    return Claim(
        name, function, parameters, kinds, says or first.strip() or name, about, theorem, expected,
        size, source,
    )
