"""What a claim's parameters range over: types, their values by size, and the values as text.

*Definitions*: :class:`Generator`; :func:`generator`, which adds one; :func:`generator_for`, that of
a parameter's type; :func:`smallest`; the types :data:`Nat`, :data:`Bound`, :data:`Share`,
:data:`Function`, :class:`AtMost`.

============================  ====================================================================
parameter's type              values, and their size
============================  ====================================================================
``Tree``                      all trees; pairs
``Program``                   all programs; size (constructors, and pairs of quoted trees)
``Function``                  programs, one standing for those that a rewriting shows to compute the
                              same (:mod:`checks.claims.rewriting`): for claims about [p]^A alone
``Oracle``                    all finite and cofinite sets; 1 + pairs of each tree that is listed,
                              and 1 for a cofinite set
``Nat``, ``Bound``            0, 1, 2, …, and 1, 2, 3, …; the number
``int``                       0, 1, -1, 2, …; the absolute value
``bool``                      size 0
``Fraction``                  all rationals p/q in lowest terms; \\|p\\| + q - 1
``Share``                     the rationals from 0 to 1; the denominator less 1
``tuple[A, B]``               pairs, triples, …; the sum
``tuple[A, ...]``             lists; 1 more for each element
``Annotated[T, AtMost(n)]``   the values of T of size at most n
============================  ====================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd
from typing import Annotated, Any, NewType, TypeAlias, TypeVar, get_args, get_origin

from checks.claims.rewriting import is_normal
from checks.claims.space import Capped, Larger, Listed, Lists, Named, Product, Space, Subsets, Sum
from models.errors import BadInput, quoted
from models.machine.oracle import Oracle, Table, parse_oracle
from models.machine.program import (
    Ask,
    Cons,
    Hd,
    Id,
    If,
    Program,
    Quote,
    Then,
    Tl,
    While,
    format_program,
    parse_program,
)
from models.machine.program import size as program_size
from models.machine.tree import (
    FALSE,
    NIL,
    TRUE,
    Pair,
    Style,
    Tree,
    format_tree,
    pairs,
    parse_tree,
)

T = TypeVar("T")

Nat = NewType("Nat", int)
"""A whole number, 0 or more."""

Bound = NewType("Bound", int)
"""A whole number, 1 or more: of gas, of rounds, of changes."""

Share = NewType("Share", Fraction)
"""A rational from 0 to 1."""


UP_TO_VALUE = "up to what it computes"

Function: TypeAlias = Annotated[Program, UP_TO_VALUE]
"""A program; of those that the rewriting shows to compute the same, the one that is normal."""


@dataclass(frozen=True, slots=True)
class AtMost:
    """``Annotated[T, AtMost(n)]``: the values of T of size at most n. Raises :class:`BadInput` for
    what is no size."""

    size: int

    def __post_init__(self) -> None:
        if not isinstance(self.size, int) or isinstance(self.size, bool) or self.size < 0:
            raise BadInput(f"AtMost({self.size!r:.60})", expected="a whole number, 0 or more")


@dataclass(frozen=True, slots=True, eq=False)
class Generator:
    """The values of a type by size; ``show`` and ``read`` are inverse to each other.

    ``read`` raises :class:`BadInput` for a text that is none of ``show``'s; without it a value is
    found again by its place. ``measure`` is the size of a value. ``stands`` says whether a value is
    the one that stands for all that are equal to it in what matters.
    """

    name: str
    space: Space
    show: Callable[[Any], str]
    read: Callable[[str], Any] | None
    measure: Callable[[Any], int]
    stands: Callable[[Any], bool] | None = None


def smallest(space: Space, most: int) -> int | None:
    """The smallest size of its values; none if that is larger than ``most``."""
    end = most if space.largest is None else min(most, space.largest)
    return next((size for size in range(end + 1) if space.count(size)), None)


def _trees() -> Space:
    leaf = Listed(lambda size: [NIL] if size == 0 else [], largest=0)
    return Named(lambda trees: Sum(leaf, Larger(Product(Pair, trees, trees), 1)))


TREES = _trees()
"""In the order of :func:`models.machine.tree.trees`."""


def _programs() -> Space:
    def parts(program: Space) -> Space:
        return Sum(
            Listed(lambda size: [Id(), Hd(), Tl(), Ask()] if size == 1 else [], largest=1),
            Larger(TREES, 1, Quote),
            Larger(Product(Cons, program, program), 1),
            Larger(Product(Then, program, program), 1),
            Larger(Product(If, program, program, program), 1),
            Larger(Product(While, program, program), 1),
        )

    return Named(parts)


PROGRAMS = _programs()
"""In the order of :func:`models.machine.program.programs`."""


def _set(members: Iterable[Tree], *, inside: bool) -> Table:
    listed = dict.fromkeys(members, TRUE if inside else FALSE)
    return Table(listed, otherwise=FALSE if inside else TRUE)


def _oracles() -> Space:
    members = Subsets(Larger(TREES, 1))
    return Sum(
        Larger(members, 0, lambda chosen: _set(chosen, inside=True)),
        Larger(members, 1, lambda chosen: _set(chosen, inside=False)),
    )


ORACLES = _oracles()


def show_oracle(oracle: Any, *, style: Style = "pairs") -> str:
    """A finite or cofinite set as :func:`models.machine.oracle.parse_oracle` reads it."""
    if not isinstance(oracle, Table) or oracle.otherwise not in (FALSE, TRUE) or not all(
        answer in (FALSE, TRUE) for answer in oracle.answers.values()
    ):
        return repr(oracle)
    inside = oracle.otherwise == FALSE
    members = [
        format_tree(tree, style=style)
        for tree, answer in oracle.answers.items() if answer != oracle.otherwise
    ]
    if not members:
        return "empty" if inside else "full"
    return f"{'set' if inside else 'all-but'}:{','.join(members)}"


def _oracle_size(oracle: Any) -> int:
    """Of a set: 1 and its pairs for each tree that is listed, and 1 if it is cofinite."""
    listed = (tree for tree, answer in oracle.answers.items() if answer != oracle.otherwise)
    return sum(1 + pairs(tree) for tree in listed) + int(oracle.otherwise != FALSE)


def _rationals(size: int) -> list[Fraction]:
    if size == 0:
        return [Fraction(0)]
    positive = [Fraction(p, size + 1 - p) for p in range(1, size + 1) if gcd(p, size + 1) == 1]
    return [sign * value for value in positive for sign in (1, -1)]


def _shares(size: int) -> list[Fraction]:
    q = size + 1
    return [Fraction(p, q) for p in range(q + 1) if gcd(p, q) == 1]


MOST_DIGITS = 1_000
"""Of numbers that are read."""


def _number(low: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        digits = text.removeprefix("-")
        wanted = "a whole number" if low < 0 else f"a whole number, {low} or more"
        if len(digits) >= MOST_DIGITS:
            wanted += f", of less than {MOST_DIGITS:,} digits"
        elif digits.isascii() and digits.isdigit() and int(text) >= low:
            return int(text)
        raise BadInput(f"number {quoted(text)}", expected=wanted)

    return read


def _read_rational(text: str) -> Fraction:
    numerator, slash, denominator = text.partition("/")
    p = _number(-1)(numerator) if not numerator.startswith("-") else -_number(0)(numerator[1:])
    q = _number(1)(denominator) if slash else 1
    return Fraction(p, q)


def _read_share(text: str) -> Fraction:
    value = _read_rational(text)
    if not 0 <= value <= 1:
        raise BadInput(f"share {quoted(text)}", expected="a rational from 0 to 1")
    return value


def _read_bool(text: str) -> bool:
    if text not in ("true", "false"):
        raise BadInput(f"truth value {quoted(text)}", expected="true or false")
    return text == "true"


def _read_integer(text: str) -> int:
    return -_number(0)(text[1:]) if text.startswith("-") else _number(0)(text)


_GENERATORS: dict[Any, Generator] = {}

MOST_LOOKED_UP = 1_000
"""Sizes in which a value is looked for, to say what its size is."""


def _add(
    kind: Any, name: str, space: Space, show: Any, read: Any, measure: Callable[[Any], int]
) -> None:
    _GENERATORS[kind] = Generator(name, space, show, read, measure)


_add(Tree, "Tree", TREES, format_tree, parse_tree, pairs)
_add(Program, "Program", PROGRAMS, format_program, parse_program, program_size)
_add(Oracle, "Oracle", ORACLES, show_oracle, parse_oracle, _oracle_size)
_add(Nat, "Nat", Listed(lambda size: [size]), str, _number(0), int)
_add(Bound, "Bound", Listed(lambda size: [size] if size else []), str, _number(1), int)
_add(int, "int", Listed(lambda size: [size, -size] if size else [0]), str, _read_integer, abs)
_add(
    bool, "bool", Listed(lambda size: [] if size else [False, True], largest=0),
    lambda value: "true" if value else "false", _read_bool, lambda value: 0,
)
_add(
    Fraction, "Fraction", Listed(_rationals), str, _read_rational,
    lambda value: abs(value.numerator) + value.denominator - 1,
)
_add(
    Share, "Share", Listed(_shares), str, _read_share, lambda value: Fraction(value).denominator - 1
)


def generator(
    kind: type[T],
    values: Callable[[int], Iterable[T]],
    *,
    show: Callable[[T], str] = repr,
    read: Callable[[str], T] | None = None,
    largest: int | None = None,
) -> None:
    """Let parameters of type ``kind`` range over what ``values`` lists for each size 0, 1, 2, …

    ``show`` and ``read`` turn a value into text and back; without ``read`` a counterexample is
    found again by its place. ``largest``: there are no values of a larger size. Raises
    :class:`BadInput` for what is no type, a type that has a generator, and what cannot be called.
    """
    _require_kind(kind)
    for what, given in (("values", values), ("show", show), ("read", read)):
        if not callable(given) and not (what == "read" and given is None):
            raise BadInput(
                f"{what}={given!r:.60}", where=f"generator for {_name(kind)}",
                expected="a function",
            )
    if largest is not None and (not isinstance(largest, int) or largest < 0):
        raise BadInput(
            f"largest={largest!r:.60}", where=f"generator for {_name(kind)}",
            expected="a whole number, 0 or more",
        )
    name = _name(kind)
    old = _GENERATORS.get(kind)
    if old is not None and (old.name != name or kind in _BUILT_IN):
        raise BadInput(f"type {name}", expected="a type that has no generator yet")

    space = Listed(values, largest=largest, name=name)

    def measure(value: T) -> int:
        for size in range(MOST_LOOKED_UP if largest is None else largest + 1):
            if value in space.values(size):
                return size
        raise BadInput(f"{show(value)!r:.60}", expected=f"a value that {name}'s generator lists")

    _GENERATORS[kind] = Generator(
        name, space, _guarded(show, name, "show"), read and _guarded(read, name, "read"), measure
    )


def _name(kind: Any) -> str:
    return getattr(kind, "__name__", None) or repr(kind)


def _require_kind(kind: Any) -> None:
    # A NewType is a type by its own name.
    if not isinstance(kind, type) and not hasattr(kind, "__supertype__"):
        raise BadInput(
            f"generator for {kind!r:.60}", expected="a class of yours, or a NewType: not its name"
        )


def _guarded(function: Callable[[Any], Any], name: str, what: str) -> Callable[[Any], Any]:
    """A user's function, which raises nothing but :class:`BadInput`."""

    def guarded(given: Any) -> Any:
        try:
            made = function(given)
        except BadInput:
            raise
        except Exception as error:
            raise BadInput(
                f"{what} raised {type(error).__name__}: {' '.join(str(error).split())[:200]}",
                where=f"generator {name}", expected=f"a function that can {what} every value",
            ) from None
        if what == "show" and not isinstance(made, str):
            raise BadInput(
                f"show returned {type(made).__name__}", where=f"generator {name}",
                expected="a text",
            )
        return made

    return guarded


_BUILT_IN = frozenset(_GENERATORS)


def generator_for(kind: Any) -> Generator:
    """The generator of a parameter's type. Raises :class:`BadInput` if there is none."""
    try:
        found = _GENERATORS.get(kind)
    except TypeError:  # a type that cannot be looked up has none
        found = None
    if found is not None:
        return found
    if get_origin(kind) is Annotated:
        inner, *notes = get_args(kind)
        result = generator_for(inner)
        for note in notes:
            if isinstance(note, AtMost):
                result = replace(result, space=Capped(result.space, note.size))
            elif note is UP_TO_VALUE and inner == Program:
                result = replace(result, name="Function", stands=is_normal)
        return result
    if get_origin(kind) is tuple:
        return _tuples(get_args(kind))
    known = ", ".join(sorted(["Function", *(each.name for each in _GENERATORS.values())]))
    raise BadInput(
        f"nothing is known of the type {_name(kind)}",
        expected=f"one of {known}, a tuple of them, or one with a generator",
    )


def _tuples(kinds: tuple[Any, ...]) -> Generator:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        one = generator_for(kinds[0])
        read_one = one.read
        return Generator(
            f"tuple[{one.name}, ...]", Lists(one.space),
            lambda value: _joined(map(one.show, value)),
            read_one and (lambda text: tuple(map(read_one, _split(text)))),
            lambda value: len(value) + sum(map(one.measure, value)),
        )
    parts = [generator_for(kind) for kind in kinds]

    def show(value: Any) -> str:
        return _joined(part.show(each) for part, each in zip(parts, value, strict=True))

    readers = [part.read for part in parts if part.read]

    def read(text: str) -> Any:
        texts = _split(text)
        if len(texts) != len(parts):
            raise BadInput(f"{len(texts)} values in {quoted(text)}", expected=f"{len(parts)}")
        return tuple(reader(each) for reader, each in zip(readers, texts, strict=True))

    def measure(value: Any) -> int:
        return sum(part.measure(each) for part, each in zip(parts, value, strict=True))

    space = Product(lambda *values: values, *(part.space for part in parts))
    return Generator(
        f"tuple[{', '.join(part.name for part in parts)}]", space, show,
        read if len(readers) == len(parts) else None, measure,
    )


def _joined(texts: Iterable[str]) -> str:
    return f"({'; '.join(texts)})"


def _split(text: str) -> list[str]:
    """The texts between the semicolons of ``(…; …)`` that are in no inner parentheses."""
    inner = text.strip()
    if not (inner.startswith("(") and inner.endswith(")")):
        raise BadInput(f"tuple {quoted(text)}", expected="(VALUE; VALUE; …)")
    inner = inner[1:-1]
    if not inner.strip():
        return []
    texts, depth, start = [], 0, 0
    for place, letter in enumerate(inner):
        depth += (letter == "(") - (letter == ")")
        if letter == ";" and depth == 0:
            texts.append(inner[start:place].strip())
            start = place + 1
    return [*texts, inner[start:].strip()]
