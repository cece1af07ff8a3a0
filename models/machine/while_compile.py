"""The compiler from the WHILE language to the nine constructors.

A block becomes a program from an *environment* to an environment: the values of the variables that
are still needed, right-nested with the last one in the last tail, ``<v1.<v2.v3>>``. Which variables
an environment holds is its *shape*. An environment of one variable is that variable's value, so
``read X {…} write X`` over X alone carries nothing besides X.

*Definitions*: :func:`compile_while`; :data:`EQUAL`, the program that decides equality of trees;
:func:`is_tree`, the same for one fixed tree.

*How it is done*: a first pass turns commands into the smaller language of :class:`_Set`,
:class:`_Choose` and :class:`_Repeat`, each with the variables it needs and those it always
overwrites. A second pass goes through each block from its end, where it is known which variables
are still needed; :meth:`_Compiler.move` leads from one environment to the next. A variable that is
needed but not in the environment at hand has not been assigned yet: it is nil. Neither pass uses
Python's stack for the nesting of the source.

*References*: N. D. Jones, 'Computability and Complexity' (MIT Press 1997), chapter 4, for one
variable that holds all; Nielson, Nielson, Hankin, 'Principles of Program Analysis' (1999), section
2.1.4, for live variables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any, TypeAlias, TypeVar

from models.errors import BadInput
from models.machine.program import Ask, Cons, Hd, Id, If, Program, Quote, Then, Tl, While
from models.machine.tree import FALSE, NIL, TRUE, Nil, Pair, Tree
from models.machine.while_syntax import (
    Assign,
    Block,
    Call,
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
)

Macros: TypeAlias = Callable[[Call], Program]
"""The compiled program that a call names; raises :class:`BadInput` where there is none."""

MOST_VARIABLES = 1_000
MOST_MOVES = 200_000
"""Variables carried over, summed over all commands: the translation can be that much larger than
its source."""

ID: Program = Id()
NO: Program = Quote(FALSE)
YES: Program = Quote(TRUE)


# Constructors with the simplifications that hold for every program.


def then(first: Program, second: Program) -> Program:
    """``second`` after ``first``."""
    match first, second:
        case Id(), _:
            return second
        case _, Id():
            return first
        case ((Hd() | Tl() | Quote()), Quote()):
            return second
        case Quote(Nil()), (Hd() | Tl()):
            return first
        case Quote(Pair(head, _)), Hd():
            return Quote(head)
        case Quote(Pair(_, tail)), Tl():
            return Quote(tail)
        case _:
            return Then(first, second)


def cons(first: Program, second: Program) -> Program:
    """The pair of two values."""
    match first, second:
        case Quote(head), Quote(tail):
            return Quote(Pair(head, tail))
        case _:
            return Cons(first, second)


def choose(test: Program, yes: Program, no: Program) -> Program:
    """``yes`` or ``no``; a test that only negates another one gives way to that one."""
    match test:
        case If(inner, Quote(Nil()), Quote(Pair())):
            return If(inner, no, yes)
        case _:
            return If(test, yes, no)


# Equality of trees.


def _equal() -> Program:
    # The state is a list of pairs <a.b>, each of two trees that should be equal; at first, of the
    # input alone. As long as the trees of its first pair agree at the root, that pair gives way to
    # the pair of heads and the pair of tails, or to nothing if both trees are nil. The loop ends on
    # the empty list if all are equal, else with a pair that differs still in the list.
    first, rest = Hd(), Tl()
    one, other = Hd(), Tl()
    agree = If(one, other, If(other, NO, YES))
    heads = Cons(Then(one, Hd()), Then(other, Hd()))
    tails = Cons(Then(one, Tl()), Then(other, Tl()))
    is_empty = If(Id(), NO, YES)
    return Then(
        Cons(Id(), Quote(NIL)),
        Then(
            While(
                If(Id(), Then(first, agree), NO),
                If(
                    Then(first, one),
                    Cons(Then(first, heads), Cons(Then(first, tails), rest)),
                    rest,
                ),
            ),
            is_empty,
        ),
    )


EQUAL: Program = _equal()
"""On ``<a.b>``: true if a and b are the same tree, else false."""

_FEW = 10
"""Up to this many pairs, :func:`is_tree` is smaller than a use of :data:`EQUAL`."""


def is_tree(value: Program, tree: Tree) -> Program:
    """True if ``value`` gives this tree, else false. Takes few steps, grows with the tree."""
    match tree:
        case Nil():
            return choose(value, NO, YES)
        case Pair(head, tail):
            same = choose(is_tree(Hd(), head), is_tree(Tl(), tail), NO)
            # Nil has the head and the tail of <nil.nil>; of any other pair it lacks one.
            return then(value, If(Id(), same, NO) if tree == TRUE else same)


def _equals(left: Program, right: Program) -> Program:
    match left, right:
        case _, Quote(tree) if _has_few_pairs(tree):
            return is_tree(left, tree)
        case Quote(tree), _ if _has_few_pairs(tree):
            return is_tree(right, tree)
        case _:
            return then(cons(left, right), EQUAL)


def _has_few_pairs(tree: Tree) -> bool:
    found = 0
    todo = [tree]
    while todo and found <= _FEW:
        node = todo.pop()
        if isinstance(node, Pair):
            found += 1
            todo += [node.head, node.tail]
    return found <= _FEW


# The smaller language, with what the second pass has to know.


@dataclass(frozen=True, slots=True)
class _Set:
    """``variable := program(value)``; ``must_run`` even if nobody needs the variable."""

    variable: str
    value: Expression
    program: Program
    must_run: bool
    needs: frozenset[str]
    overwrites: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Choose:
    """``if test {then} else {otherwise}``"""

    test: Expression
    then: _Simple
    otherwise: _Simple
    needs: frozenset[str]
    overwrites: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Repeat:
    """``while test {body}``"""

    test: Expression
    body: _Simple
    needs: frozenset[str]
    overwrites: frozenset[str] = frozenset()


_Simple: TypeAlias = "tuple[_Set | _Choose | _Repeat, ...]"


def _flow(block: _Simple) -> tuple[frozenset[str], frozenset[str]]:
    """What a block needs of the variables' values before it, and what it always overwrites."""
    needs: set[str] = set()
    overwrites: set[str] = set()
    for command in reversed(block):
        needs -= command.overwrites
        needs |= command.needs
        overwrites |= command.overwrites
    return frozenset(needs), frozenset(overwrites)


def _parts(syntax: Expression | WhileProgram) -> Iterator[Any]:
    """Every node in it, itself included."""
    todo: list[Any] = [syntax]
    while todo:
        part = todo.pop()
        if isinstance(part, tuple):
            todo.extend(part)
        elif not isinstance(part, (str, Nil, Pair)):
            yield part
            todo.extend(part.fields())


def _variables(expression: Expression) -> frozenset[str]:
    return frozenset(part.name for part in _parts(expression) if isinstance(part, Variable))


# A recursive function written as a generator: it yields a call and is sent the value.

T = TypeVar("T")
_Task: TypeAlias = Generator[Any, Any, T]


def _finish(task: _Task[T]) -> T:
    """The value of a task, with the calls under way on a list instead of Python's stack."""
    tasks: list[_Task[Any]] = [task]
    value: Any = None
    while tasks:
        try:
            call = tasks[-1].send(value)
        except StopIteration as stop:
            tasks.pop()
            value = stop.value
        else:
            tasks.append(call)
            value = None
    result: T = value
    return result


Shape: TypeAlias = tuple[str, ...]
"""The variables of an environment, in their order."""


class _Environment:
    """Where the variables are: in a shape, after its first ``start`` variables were dropped."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.start = 0
        self.places = {name: place for place, name in enumerate(shape)}

    def __len__(self) -> int:
        return len(self.shape) - self.start

    @property
    def first(self) -> str:
        return self.shape[self.start]

    def look_up(self, name: str) -> Program:
        """The value of a variable: nil if it is not there."""
        place = self.places.get(name)
        if place is None:
            return Quote(NIL)
        return _at(place - self.start, place == len(self.shape) - 1)


@cache
def _at(place: int, last: bool) -> Program:
    """The value at a place of an environment; the last value has no head to be taken."""
    program: Program = ID if last else Hd()
    for _ in range(place):
        program = then(Tl(), program)
    return program


def compile_while(program: WhileProgram, *, macros: Macros | None = None) -> Program:
    """The program of nine constructors that computes the same function, and asks the oracle the
    same questions in the same order.

    ``macros`` gives the compiled program of a call; without it a call is an error. Raises
    :class:`BadInput` for that, for more than :data:`MOST_VARIABLES` variables, and for a
    translation that carries them along more than :data:`MOST_MOVES` times.
    """
    return _Compiler(program, macros or _no_macros).compiled()


def _no_macros(call: Call) -> Program:
    raise BadInput(
        f"a call of <{call.program}> and no directory to look for {call.program}.while",
        where=call.where,
        expected="a program in a file, beside those that it calls",
    )


class _Compiler:
    """One compilation."""

    def __init__(self, program: WhileProgram, macros: Macros) -> None:
        self.program = program
        self.macros = macros
        names = {
            text for part in _parts(program) for text in part.fields() if isinstance(text, str)
        }
        # One name is enough: once a case is chosen, nobody needs the subject any more.
        self.subject = next(name for n in count() if (name := f"subject{n}") not in names)
        self.uses: Counter[str] = Counter([program.read, program.write])
        self.places: dict[str, int] = {}
        self.moves = 0

    def compiled(self) -> Program:
        simple: _Simple = _finish(self.simplified(self.program.body, 0))
        if len(self.uses) > MOST_VARIABLES:
            raise BadInput(
                f"the program {self.program.name} has {len(self.uses)} variables",
                expected=f"at most {MOST_VARIABLES}",
            )
        # Those in front are reached and changed in the fewest steps.
        order = [name for name, _ in self.uses.most_common()]
        self.places = {name: place for place, name in enumerate(order)}
        return _finish(self.block(simple, (self.program.read,), (self.program.write,)))

    # First pass.

    def simplified(self, block: Block, depth: int) -> _Task[_Simple]:
        simple: list[_Set | _Choose | _Repeat] = []
        for command in block:
            simple += yield self.simplified_command(command, depth)
        return tuple(simple)

    def simplified_command(self, command: Command, depth: int) -> _Task[_Simple]:
        match command:
            case Assign(variable, value):
                return (self.assignment(variable, value, depth),)
            case Call(variable, _, argument):
                return (self.assignment(variable, argument, depth, then=self.macros(command)),)
            case WhileDo(test, body):
                inside: _Simple = yield self.simplified(body, depth + 1)
                return (_Repeat(test, inside, self.used(test, depth + 1) | _flow(inside)[0]),)
            case IfElse(test, then, otherwise):
                yes: _Simple = yield self.simplified(then, depth)
                no: _Simple = yield self.simplified(otherwise, depth)
                return (self.choice(test, yes, no, depth),)
            case Switch(subject, cases, default):
                start: _Simple = ()
                if not isinstance(subject, (Variable, Literal)):
                    start = (self.assignment(self.subject, subject, depth),)
                    subject = Variable(self.subject)
                rest: _Simple = yield self.simplified(default, depth)
                for case in reversed(cases):
                    chosen: _Simple = yield self.simplified(case.body, depth)
                    rest = (self.choice(Equals(subject, case.match), chosen, rest, depth),)
                return start + rest

    def assignment(
        self, variable: str, value: Expression, depth: int, *, then: Program | None = None
    ) -> _Set:
        # An assignment that asks shows in the query log, and a call may fail to halt.
        asks = any(isinstance(part, Question) for part in _parts(value))
        self.used(Variable(variable), depth)
        return _Set(
            variable,
            value,
            then or ID,
            must_run=asks or then is not None,
            needs=self.used(value, depth),
            overwrites=frozenset({variable}),
        )

    def choice(self, test: Expression, yes: _Simple, no: _Simple, depth: int) -> _Choose:
        yes_needs, yes_overwrites = _flow(yes)
        no_needs, no_overwrites = _flow(no)
        needs = self.used(test, depth) | yes_needs | no_needs
        return _Choose(test, yes, no, needs, yes_overwrites & no_overwrites)

    def used(self, expression: Expression, depth: int) -> frozenset[str]:
        """The variables of an expression, after they were counted, in a loop as several uses."""
        names = _variables(expression)
        for name in names:
            self.uses[name] += 4 ** min(depth, 8)
        return names

    # Second pass.

    def shape(self, names: set[str] | frozenset[str]) -> Shape:
        return tuple(sorted(names, key=self.places.__getitem__))

    def block(self, block: _Simple, before: Shape, after: Shape) -> _Task[Program]:
        """From the environment ``before`` to the environment ``after``."""
        program = ID
        if not block:
            program = yield self.move(before, after)
        for index, command in reversed(list(enumerate(block))):
            needed = command.needs | (frozenset(after) - command.overwrites)
            start = self.shape(needed) if index else before
            part: Program = yield self.command(command, start, after)
            program = then(part, program)
            after = start
        return program

    def command(
        self, command: _Set | _Choose | _Repeat, before: Shape, after: Shape
    ) -> _Task[Program]:
        program: Program
        match command:
            case _Set() if command.variable in after:
                program = yield self.move(before, after, command)
                return program
            case _Set() if command.must_run:
                more = self.shape({*after, command.variable})
                program = yield self.move(before, more, command)
                forget: Program = yield self.move(more, after)
                return then(program, forget)
            case _Set():
                program = yield self.move(before, after)
                return program
            case _Choose():
                test: Program = yield self.value(command.test, _Environment(before))
                yes: Program = yield self.block(command.then, before, after)
                no: Program = yield self.block(command.otherwise, before, after)
                return choose(test, yes, no)
            case _Repeat():
                during = self.shape(command.needs | frozenset(after))
                enter: Program = yield self.move(before, during)
                again: Program = yield self.value(command.test, _Environment(during))
                body: Program = yield self.block(command.body, during, during)
                leave: Program = yield self.move(during, after)
                return then(enter, then(While(again, body), leave))

    def move(self, before: Shape, after: Shape, command: _Set | None = None) -> _Task[Program]:
        """From the environment ``before`` to ``after``, where the command's variable is new.

        The new environment is made from its front. What remains of it is made from a part of the
        old one: a tail, once the variables in front of that are no longer wanted. If the two have
        become the same, nothing is left to do.
        """
        new = command.variable if command else None
        pending = command.needs if command else frozenset[str]()
        kept = frozenset(after)
        same = 0
        for old_name, name in zip(reversed(before), reversed(after), strict=False):
            if old_name != name or name == new:
                break
            same += 1

        old = _Environment(before)
        made: list[tuple[Program | None, bool]] = []
        done = 0
        program = ID
        while done < len(after) and not (len(old) == len(after) - done <= same):
            name = after[done]
            can_drop = len(old) > 1 and old.first not in pending
            if can_drop and not (old.first in kept and self.places[old.first] >= self.places[name]):
                made.append((None, True))
                old.start += 1
                continue
            drop = can_drop and old.first == name
            program = old.look_up(name)
            if command and name == new:
                drop, pending = False, frozenset()
                program = yield self.value(command.value, old)
                program = then(program, command.program)
            done += 1
            if done < len(after):
                made.append((program, drop))
                old.start += drop
                program = ID
        self.moves += len(made) + 1
        if self.moves > MOST_MOVES:
            raise BadInput(
                f"the program {self.program.name} carries its {len(self.uses)} variables through "
                "too many commands",
                expected="fewer variables, or some of them in one list",
            )
        for part, drop in reversed(made):
            program = then(Tl(), program) if drop else program
            program = cons(part, program) if part else program
        return program

    def value(self, expression: Expression, old: _Environment) -> _Task[Program]:
        """From an environment to the value of an expression."""
        match expression:
            case Literal(tree):
                return Quote(tree)
            case Variable(name):
                return old.look_up(name)
            case MakePair(first, second):
                return cons((yield self.value(first, old)), (yield self.value(second, old)))
            case Head(of):
                return then((yield self.value(of, old)), Hd())
            case Tail(of):
                return then((yield self.value(of, old)), Tl())
            case Question(of):
                return then((yield self.value(of, old)), Ask())
            case Equals(left, right):
                return _equals((yield self.value(left, old)), (yield self.value(right, old)))
            case ListOf(items):
                program: Program = Quote(NIL)
                for item in reversed(items):
                    program = cons((yield self.value(item, old)), program)
                return program
