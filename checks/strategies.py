"""Hypothesis strategies: what this project's objects are drawn from, for tests of one's own.

    from hypothesis import given
    from checks.strategies import programs, trees

    @given(programs(12, loops=False), trees(5))
    def test_no_loop_no_wait(program, tree):
        assert run(program, tree, gas=10_000).value is not None

*Definitions*: :func:`trees`, :func:`numerals`, :func:`inputs`; :func:`programs`; :func:`oracles`
(finite and cofinite sets), :func:`functions` (any finite table), :func:`gas`;
:func:`while_programs`, :func:`while_sources`; :func:`guessers`, which are total, and
:func:`candidates`, which need not be; :func:`row_guesser`; :func:`strategy_for`, of the type of a
claim's parameter, and :func:`shared_out`, of several.

*Results*: a size is drawn first, and everything else within it, so values shrink to small ones; the
first constructors are those without parts. ``most`` is the size of the largest values, measured as
in :mod:`checks.claims.generators`.

*References*: D. MacIver, Z. Hatfield-Dodds, 'Hypothesis: A new approach to property-based testing'
(Journal of Open Source Software, 2019).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Annotated, Any, get_args, get_origin

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from checks.claims.generators import AtMost, Bound, Nat, Share, generator_for, smallest
from checks.claims.space import Space
from models.errors import BadInput
from models.machine.oracle import Oracle, Table
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
)
from models.machine.tree import NIL, Pair, Tree, numeral, pairs, truth
from models.machine.while_syntax import (
    Assign,
    Block,
    Call,
    Case,
    Command,
    Equals,
    Expression,
    Head,
    IfElse,
    ListOf,
    Literal,
    MakePair,
    Question,
    Switch,
    Tail,
    Variable,
    WhileDo,
    WhileProgram,
    format_while,
)

MOST = 20
"""The size of the largest values, if nothing else is said."""

MOST_OF_NUMBERS = 10_000
"""And that of numbers, among a claim's parameters: far more than are gone through."""

# Trees


def _tree(draw: DrawFn, count: int) -> Tree:
    """A tree with exactly so many pairs."""
    if count == 0:
        return NIL
    left = draw(st.integers(0, count - 1))
    return Pair(_tree(draw, left), _tree(draw, count - 1 - left))


@st.composite
def trees(draw: DrawFn, most: int = 12, *, least: int = 0) -> Tree:
    """Trees with ``least`` to ``most`` pairs."""
    return _tree(draw, draw(st.integers(least, most)))


def numerals(most: int = 12) -> SearchStrategy[Tree]:
    """``num(0)``, ``num(1)``, … ``num(most)``."""
    return st.integers(0, most).map(numeral)


def inputs(most: int = 6) -> SearchStrategy[Tree]:
    """Inputs: any small tree, numerals more often than by chance."""
    return st.one_of(numerals(most), trees(most))


# Programs


def _program(draw: DrawFn, size: int, leaves: Sequence[Program], loops: bool) -> Program:
    """A program of exactly this size."""
    if size == 1:
        return draw(st.sampled_from(leaves))
    of_two: list[Callable[[Program, Program], Program]] = []
    if size > 2:
        of_two = [Then, Cons, *([While] if loops else [])]
    kinds: list[Callable[..., Program]] = [Quote, *of_two, *([If] if size > 3 else [])]
    kind = draw(st.sampled_from(kinds))
    if kind is Quote:
        return Quote(_tree(draw, size - 1))

    def part(size: int) -> Program:
        return _program(draw, size, leaves, loops)

    if kind is If:
        first = draw(st.integers(1, size - 3))
        second = draw(st.integers(1, size - 2 - first))
        return If(part(first), part(second), part(size - 1 - first - second))
    first = draw(st.integers(1, size - 2))
    made: Program = kind(part(first), part(size - 1 - first))
    return made


@st.composite
def programs(
    draw: DrawFn, most: int = MOST, *, least: int = 1, asks: bool = True, loops: bool = True
) -> Program:
    """Programs of size ``least`` to ``most``; without ``asks`` none asks the oracle, without
    ``loops`` none has a ``while``, so that each halts on every tree."""
    leaves: list[Program] = [Id(), Hd(), Tl(), *([Ask()] if asks else []), Quote(NIL)]
    return _program(draw, draw(st.integers(least, most)), leaves, loops)


def gas(most: int = 120) -> SearchStrategy[int]:
    """Gas for a small run."""
    return st.integers(0, most)


# Oracles


@st.composite
def oracles(draw: DrawFn, most: int = 12) -> Oracle:
    """Finite and cofinite sets of trees: 1 and its pairs for each tree that is listed, and 1 for a
    cofinite set."""
    left = most
    cofinite = left > 0 and draw(st.booleans())
    left -= cofinite
    listed: dict[Tree, Tree] = {}
    while left > 0 and draw(st.integers(0, 2)):
        tree = draw(trees(min(left - 1, 5)))
        if tree not in listed:
            listed[tree] = truth(not cofinite)
            left -= 1 + pairs(tree)
    return Table(listed, otherwise=truth(cofinite))


def functions() -> SearchStrategy[Oracle]:
    """Total functions from trees to trees: sets, and tables with any trees as answers."""
    tables = st.builds(Table, st.dictionaries(trees(3), trees(3), max_size=4), trees(2))
    return st.one_of(oracles(), tables)


# WHILE

NAMES = ("X", "Y", "x'")
"""Few variables: programs in which none meets itself again test little."""

_names = st.sampled_from(NAMES)
_expressions: SearchStrategy[Expression] = st.recursive(
    st.builds(Variable, _names) | st.builds(Literal, trees(3)),
    lambda parts: st.one_of(
        st.builds(Head, parts),
        st.builds(Tail, parts),
        st.builds(MakePair, parts, parts),
        st.builds(Question, parts),
        st.builds(Equals, parts, parts),
        st.builds(ListOf, st.lists(parts, max_size=3).map(tuple)),
    ),
    max_leaves=5,
)


def _blocks(called: Sequence[str], most: int) -> SearchStrategy[Block]:
    simple: SearchStrategy[Command] = st.builds(Assign, _names, _expressions)
    if called:
        simple |= st.builds(Call, _names, st.sampled_from(called), _expressions)

    def larger(commands: SearchStrategy[Command]) -> SearchStrategy[Command]:
        inner = st.lists(commands, max_size=3).map(tuple)
        some = st.lists(commands, min_size=1, max_size=2).map(tuple)
        cases = st.lists(st.builds(Case, _expressions, some), max_size=2).map(tuple)
        return st.one_of(
            st.builds(IfElse, _expressions, inner, inner),
            # A loop over a list, which halts unless its body does something to the list.
            st.builds(
                lambda name, body: WhileDo(
                    Variable(name), (*body, Assign(name, Tail(Variable(name))))
                ),
                _names,
                inner,
            ),
            st.builds(WhileDo, _expressions, inner),
            st.builds(Switch, _expressions, cases, inner),
        )

    commands = st.recursive(simple, larger, max_leaves=5)
    return st.lists(commands, max_size=most).map(tuple)


def while_programs(*called: str, most: int = 5) -> SearchStrategy[WhileProgram]:
    """WHILE programs with at most ``most`` commands in a row; ``called`` are the names of the
    programs that they may call."""
    blocks = _blocks(called, most)
    # In half of them all variables are seen in the end.
    seen = Assign(NAMES[0], ListOf(tuple(map(Variable, NAMES))))
    return st.builds(WhileProgram, _names, _names, blocks, _names) | st.builds(
        WhileProgram, _names, _names, blocks.map(lambda body: (*body, seen)), st.just(NAMES[0])
    )


def while_sources(*called: str, most: int = 5) -> SearchStrategy[str]:
    """The texts of :func:`while_programs`, which
    :func:`~models.machine.while_syntax.parse_while` reads."""
    return while_programs(*called, most=most).map(format_while)


# Guessers


def row_guesser(guesses: Sequence[bool], waits: Sequence[int]) -> Program:
    """The guesser that guesses so in the first stages, and the last one for ever after, at any
    tree; ``waits`` makes each guess some steps longer."""

    def waiting(guess: bool, steps: int) -> Program:
        program: Program = Quote(truth(guess))
        for _ in range(steps):
            program = Then(Tl(), program)
        return program

    *before, program = map(waiting, guesses, waits)
    for guess in reversed(before):
        # On <x.s> and then on s, s-1, …: each round takes a tail off.
        program = If(Tl(), Then(Tl(), program), guess)
    return program


def _row(draw: DrawFn, changes: int) -> Program:
    guesses = draw(st.lists(st.booleans(), min_size=1, max_size=changes + 1))
    waits = st.lists(st.integers(0, 4), min_size=len(guesses), max_size=len(guesses))
    return row_guesser(guesses, draw(waits))


@st.composite
def guessers(draw: DrawFn, changes: int = 3) -> Program:
    """Guessers that have a truth value in every stage, at every tree and relative to every oracle,
    and change their mind at most ``changes`` times: the value on ``<x.num(s)>`` is true or false.

    Some guess the same at all trees, some by what a program without loops says of the tree.
    """
    program = _row(draw, changes)
    for _ in range(draw(st.integers(0, 2))):
        test = draw(programs(6, loops=False))
        program = If(Then(Hd(), test), _row(draw, changes), program)
    return program


def candidates(most: int = 12) -> SearchStrategy[Program]:
    """Programs that may be guessers: any program, and those of :func:`guessers`."""
    return st.one_of(programs(most), guessers())


# Types of claims


@st.composite
def _rationals(draw: DrawFn, most: int) -> Fraction:
    denominator = draw(st.integers(1, most + 1))
    largest = most + 1 - denominator
    return Fraction(draw(st.integers(-largest, largest)), denominator)


@st.composite
def _shares(draw: DrawFn, most: int) -> Fraction:
    denominator = draw(st.integers(1, most + 1))
    return Fraction(draw(st.integers(0, denominator)), denominator)


_BY_TYPE: dict[Any, Callable[[int], SearchStrategy[Any]]] = {
    Tree: trees,
    Program: programs,
    Oracle: oracles,
    Nat: lambda most: st.integers(0, most),
    Bound: lambda most: st.integers(1, most),
    int: lambda most: st.integers(-most, most),
    bool: lambda most: st.booleans(),
    Fraction: _rationals,
    Share: _shares,
}

_NUMBERS = (Nat, Bound, int, Fraction, Share)


def strategy_for(kind: Any, most: int = MOST) -> SearchStrategy[Any]:
    """The values of size at most ``most`` of a type that a claim's parameter may have, those of
    users' own generators included. Raises :class:`BadInput` for a type without a generator, or
    without values of that size."""
    generator = generator_for(kind)
    first = smallest(generator.space, most)
    if first is None:
        raise BadInput(
            f"no values of size at most {most}", where=f"type {generator.name}",
            expected="a larger size",
        )
    if get_origin(kind) is Annotated:
        inner, *notes = get_args(kind)
        caps = [note.size for note in notes if isinstance(note, AtMost)]
        return strategy_for(inner, min([most, *caps]))
    if get_origin(kind) is tuple:
        kinds = get_args(kind)
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            return _lists(kinds[0], most)
        return shared_out(kinds, most)
    if kind in _BY_TYPE:
        return _BY_TYPE[kind](most)
    return _by_place(generator.space, first, most)


@st.composite
def shared_out(draw: DrawFn, kinds: Sequence[Any], most: int | None = None) -> tuple[Any, ...]:
    """A value for each of several types, all of them together of size at most ``most``; with none,
    each is of size at most :data:`MOST`, and numbers at most :data:`MOST_OF_NUMBERS`, as many of
    few digits as of many."""
    if most is None:
        return tuple(
            draw(_number(kind) if kind in _NUMBERS else strategy_for(kind, MOST)) for kind in kinds
        )
    generators = [generator_for(kind) for kind in kinds]
    needs = [smallest(generator.space, most) or 0 for generator in generators]
    left = most - sum(needs)
    values = []
    for kind, generator, need in zip(kinds, generators, needs, strict=True):
        value = draw(strategy_for(kind, need + left))
        left -= generator.measure(value) - need
        values.append(value)
    return tuple(values)


@st.composite
def _number(draw: DrawFn, kind: Any) -> Any:
    """A number; first its length in bits is drawn."""
    bits = draw(st.integers(0, MOST_OF_NUMBERS.bit_length()))
    least = smallest(generator_for(kind).space, MOST_OF_NUMBERS) or 0
    return draw(strategy_for(kind, max(least, min(2**bits, MOST_OF_NUMBERS))))


@st.composite
def _lists(draw: DrawFn, kind: Any, most: int) -> tuple[Any, ...]:
    """A list; an element counts 1 and its size."""
    generator = generator_for(kind)
    values: list[Any] = []
    left = most
    while smallest(generator.space, left - 1) is not None and draw(st.integers(0, 3)):
        values.append(draw(strategy_for(kind, left - 1)))
        left -= 1 + generator.measure(values[-1])
    return tuple(values)


@st.composite
def _by_place(draw: DrawFn, space: Space, least: int, most: int) -> Any:
    """A value of a space: a size, and a place."""
    sizes = [size for size in range(least, most + 1) if space.count(size)]
    size = draw(st.sampled_from(sizes))
    return space.at(size, draw(st.integers(0, space.count(size) - 1)))


__all__ = [
    "candidates", "functions", "gas", "guessers", "inputs", "numerals", "oracles", "programs",
    "row_guesser", "shared_out", "strategy_for", "trees", "while_programs", "while_sources",
]
