"""Why a statement was refused: a counterexample in the project's own terms.

*Definitions*: :class:`Counterexample`, :func:`counterexample`, :func:`explain`.

*How it is done*: a countermodel of an obligation may interpret functions, at arguments that no
premise speaks of, as they are not. So the statement itself is asked again, with the definitions
unfolded level by level and every call behind the last level declared unreachable (as Leon does):
a model of that is one of the statement. It is then confirmed by running the model functions on it.

*References*: Suter, Köksal, Kuncak, 'Satisfiability modulo recursive programs' (SAS 2011).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from models.algebra import Curried
from models.errors import BadInput
from proofs.kernel import terms
from proofs.kernel.evaluate import (
    NO_WINDOW,
    Atom,
    Finite,
    Unevaluated,
    Window,
    compiled,
    compiled_statement,
    default,
)
from proofs.kernel.rules import Refused, Statement, definition_of, reached_calls
from proofs.kernel.solvers import NAMES, decide
from proofs.kernel.terms import (
    BOOL,
    ELEMENT,
    INT,
    REAL,
    ArraySort,
    Datatype,
    Sort,
    Term,
    script,
    substitute,
)

MOST_CALLS = 4_000
"""Unfolding stops before more calls than this."""

SExpression: TypeAlias = "str | list[SExpression]"


@dataclass(frozen=True, slots=True)
class Counterexample:
    """Values of a statement's variables. ``confirmed``: the model was run on them, every
    hypothesis held and the conclusion failed. Otherwise they only satisfy the solver's script."""

    values: Mapping[str, Any]
    confirmed: bool
    solver: str

    def __str__(self) -> str:
        said = "confirmed by running" if self.confirmed else "of the obligation, not confirmed"
        lines = [f"  {name} = {value!r}" for name, value in self.values.items()]
        return "\n".join([f"countermodel ({self.solver}, {said}):", *lines])


def counterexample(
    statement: Statement,
    *,
    where: Iterable[Term] = (),
    window: Window = NO_WINDOW,
    levels: int = 2,
) -> Counterexample | None:
    """Values on which the hypotheses hold and the conclusion fails, confirmed by running; none if
    none was found, which proves nothing.

    ``where`` narrows the search; an equation for a variable is put in its place, so that what it
    fixes is computed and not searched for. A schema hypothesis is tested on its ``window``.
    """
    value = compiled_statement(statement, window)
    fixed, conditions = _fixed(statement.variables, map(_applied, where))
    goal = _applied(substitute(statement.conclusion, fixed))
    given = [_applied(substitute(h.term, fixed)) for h in statement.hypotheses if not h.bound]
    free = [v for v in statement.variables if v not in fixed]
    for level in range(levels + 1):
        premises = _unfolded([*given, *conditions], goal, level)
        if premises is None:
            return None
        for found in _models(premises, goal, free):
            try:
                known = {str(v.data): compiled(term)(found.values) for v, term in fixed.items()}
                values = {**found.values, **known}
                if value(values) is False:
                    return Counterexample(values, True, found.solver)
            except (Unevaluated, BadInput):
                continue
    return None


def _fixed(
    variables: Sequence[Term], where: Iterable[Term]
) -> tuple[dict[Term, Term], list[Term]]:
    """Variables with the terms they are said to be, which hold none of them, and what is left."""
    fixed: dict[Term, Term] = {}
    conditions: list[Term] = []
    for condition in where:
        condition = substitute(condition, fixed)
        for left, right in (condition.args, condition.args[::-1]) if condition.op == "=" else ():
            if left in variables and left not in terms.constants(right):
                fixed = {v: substitute(term, {left: right}) for v, term in fixed.items()}
                fixed[left] = right
                break
        else:
            conditions.append(condition)
    return fixed, conditions


def _applied(term: Term) -> Term:
    """The term with the function's own value for that of its function value, where this is applied
    to an argument."""
    done: dict[Term, Term] = {}
    for part in terms.postorder([term]):
        found = terms.rebuild(part, tuple(done[arg] for arg in part.args))
        while found.op == "select" and found.args[0].op == "call":
            function, index = found.args
            law = definition_of(function.data)
            if law is None or type(function.data.equation) is not Curried:
                break
            found = law(*function.args, index).term.args[1]
        done[part] = found
    return done[term]


def explain(refused: Refused, **options: Any) -> Counterexample | None:
    """A counterexample to the refused statement, or else a countermodel of the obligation."""
    if refused.statement is not None:
        found = counterexample(refused.statement, **options)
        if found is not None:
            return found
    for premises, goal in refused.parts:
        for model in _models(premises, goal, tuple(terms.constants(*premises, goal))):
            return model
    return None


def _unfolded(given: Sequence[Term], goal: Term, levels: int) -> list[Term] | None:
    """What is given, and definitions at every call reached within so many levels; calls behind
    them are said to be unreached. None if that is too many."""
    premises = list(given)
    roots = [*premises, goal]
    frontier: dict[Term, Term] = {}
    seen: set[Term] = set()

    def add(term: Term, reached: Term) -> None:
        for condition, call in reached_calls(term):
            # A function value that is handed on has no equation: a model may take any for it.
            known = definition_of(call.data) if type(call.data.equation) is not Curried else None
            if call not in seen and known is not None:
                frontier[call] = terms.either(
                    frontier.get(call, terms.FALSE), terms.both(reached, condition)
                )

    for root in roots:
        add(root, terms.TRUE)
    for _ in range(levels + 1):
        level, frontier = frontier, {}
        for call, reached in level.items():
            seen.add(call)
            definition = definition_of(call.data)
            assert definition is not None
            law = _applied(definition(*call.args).term)
            premises.append(law)
            if definition.kind == "definition":
                add(law.args[1], reached)
        if len(seen) + len(frontier) > MOST_CALLS:
            return None
    return premises + [terms.negate(reached) for reached in frontier.values()]


def _models(
    premises: Sequence[Term], goal: Term, variables: Sequence[Term]
) -> Iterator[Counterexample]:
    answers = decide(script(premises, goal, values=True))
    for solver in NAMES:
        answer = answers[solver]
        if answer.verdict != "sat":
            continue
        try:
            values = _values(answer.values, variables)
        except _Unreadable:
            continue
        yield Counterexample(values, False, solver)


class _Unreadable(Exception):
    pass


def _values(text: str, variables: Sequence[Term]) -> dict[str, Any]:
    # A script without variables is asked for no values.
    read = _read(text) if text.strip() else []
    rows = {str(name): _expanded(value, {}) for name, value in read}
    # A variable that the script does not mention may have any value.
    return {
        str(v.data): _value(rows[v.data], v.sort) if v.data in rows else default(v.sort)
        for v in variables
    }


def _read(text: str) -> list[Any]:
    stack: list[list[Any]] = [[]]
    for token in re.findall(r"\|[^|]*\||[()]|[^\s()]+", text):
        if token == "(":
            stack.append([])
        elif token == ")":
            if len(stack) == 1:
                raise _Unreadable(text)
            done = stack.pop()
            stack[-1].append(done)
        else:
            stack[-1].append(token.strip("|"))
    if len(stack) != 1 or len(stack[0]) != 1 or not isinstance(stack[0][0], list):
        raise _Unreadable(text)
    return list(stack[0][0])


def _expanded(expression: Any, names: Mapping[str, Any]) -> Any:
    """The value without ``let``, with which solvers write large ones."""
    match expression:
        case str():
            return names.get(expression, expression)
        case ["let", list(bound), body]:
            values = {str(name): _expanded(value, names) for name, value in bound}
            return _expanded(body, {**names, **values})
    return [_expanded(part, names) for part in expression]


def _value(expression: SExpression, sort: Sort) -> Any:
    """A solver's value of a sort as a Python value."""
    if sort is BOOL:
        return expression == "true"
    if sort is INT:
        return int(_number(expression))
    if sort is REAL:
        return _number(expression)
    if sort is ELEMENT:
        return Atom(_application(expression)[0])
    if isinstance(sort, ArraySort):
        return _function(expression, sort)
    assert isinstance(sort, Datatype)
    head, arguments = _application(expression)
    for constructor in sort.constructors:
        if constructor.name == head and len(constructor.fields) == len(arguments):
            fields = zip(arguments, constructor.fields, strict=True)
            return constructor.cls(*(_value(a, s) for a, (_, s) in fields))
    raise _Unreadable(str(expression))


def _application(expression: SExpression) -> tuple[str, list[SExpression]]:
    """Symbol and arguments; ``(as Nil Tree)`` is the symbol Nil."""
    if isinstance(expression, str):
        return expression, []
    if len(expression) == 3 and expression[0] == "as":
        return str(expression[1]), []
    head, *arguments = expression
    symbol, none = _application(head)
    if none:
        raise _Unreadable(str(expression))
    return symbol, arguments


def _function(expression: SExpression, sort: ArraySort) -> Finite:
    updates: dict[Any, Any] = {}
    while isinstance(expression, list) and expression[0] == "store":
        _, expression, index, value = expression
        updates.setdefault(_value(index, sort.domain), _value(value, sort.range))
    match expression:
        case [["as", "const", _], value]:
            return Finite(updates, _value(value, sort.range))
    raise _Unreadable(str(expression))


def _number(expression: SExpression) -> Any:
    match expression:
        case str():
            try:
                return Fraction(expression.rstrip("?"))
            except ValueError:
                raise _Unreadable(expression) from None
        case ["-", value]:
            return -_number(value)
        case ["/", top, bottom]:
            return _number(top) / _number(bottom)
        case ["to_real", value]:
            return _number(value)
    raise _Unreadable(str(expression))
