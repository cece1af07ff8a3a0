"""Terms as a reader would write them.

*Definitions*: :func:`show`, and :func:`cases`, a definition by cases row by row; :func:`named`, a
function by its name.
"""

from __future__ import annotations

from typing import Any

from models.algebra import Curried
from proofs.kernel.terms import BOOL, Function, Term, number, postorder

_TEXTS = ("Tree", "Program")
"""The sorts whose data the model writes as a reader does."""

_INFIX = {"=": "=", "<": "<", "<=": "≤", "+": "+", "-": "-", "*": "·", "/": "/"}
_STRENGTH = {"=>": 1, "or": 2, "and": 3, "=": 5, "<": 5, "<=": 5, "+": 6, "-": 6, "*": 7, "/": 7}


def show(term: Term, around: int = 0) -> str:
    """The term in infix notation; ``around`` is the binding strength of its surroundings."""
    op, args = term.op, term.args
    strength = _STRENGTH.get(op, 9)
    written = _written(term)
    if written is not None:
        text, strength = written, 9
    elif op == "constant":
        text = str(term.data)
    elif op in ("true", "false"):
        text = op
    elif op in ("int", "real"):
        text = str(number(term))
        strength = 7 if "/" in text else 6 if text.startswith("-") else 9
    elif op == "call" and isinstance(term.data.equation, Curried):
        text = term.data.equation.written(*map(show, args))
    elif op in ("make", "call"):
        inner = ", ".join(show(arg) for arg in args)
        text = f"{term.data.name}({inner})" if args else str(term.data.name)
    elif op == "is":
        text = f"{show(args[0], 9)} is {term.data.name}"
        strength = 5
    elif op == "get":
        constructor, index = term.data
        text = f"{show(args[0], 9)}.{constructor.fields[index][0]}"
    elif op == "rank":
        text = f"height({show(args[0])})"
    elif op == "select":
        text = f"{show(args[0], 9)}({show(args[1])})"
    elif op == "not" and args[0].op == "=" and args[0].args[0].sort is not BOOL:
        unlike = args[0].args
        text, strength = f"{show(unlike[0], 5)} ≠ {show(unlike[1], 6)}", 5
    elif op == "not":
        text, strength = f"not {show(args[0], 4)}", 4
    elif op == "ite":
        text = f"if {show(args[0])} then {show(args[1])} else {show(args[2])}"
        strength = 0
    elif op == "=>":
        text = f"{show(args[0], 2)} ⟹ {show(args[1], 1)}"
    elif op in ("and", "or"):
        text = f" {op} ".join(show(arg, strength + 1) for arg in args)
    elif op == "=" and args[0].sort is BOOL:
        text, strength = f"{show(args[0], 2)} ⟺ {show(args[1], 2)}", 1
    elif op == "*" and args[0] is args[1]:
        text, strength = f"{show(args[0], 9)}²", 8
    else:
        left, right = show(args[0], strength), show(args[1], strength + 1)
        text = f"{left} {_INFIX[op]} {right}"
    return f"({text})" if strength < around else text


def named(function: Function) -> str:
    """A function's name; of one with arguments left open, the call with a dot for each of these."""
    equation = function.equation
    if isinstance(equation, Curried):
        return equation.written(*equation.parameters())
    return function.name


def _written(term: Term) -> str | None:
    """A tree or program without variables as the model writes it, and a field that is nil's own if
    there is none."""
    if term.sort.name in _TEXTS and term.args and all(t.op == "make" for t in postorder([term])):
        return repr(_datum(term))
    if term.op == "ite":
        test, then, otherwise = term.args
        if test.op == "is" and otherwise.op == "get" and test.args == otherwise.args == (then,):
            constructor, index = otherwise.data
            name = constructor.fields[index][0]
            return f"{name}({show(then)})" if _is_empty(test) else None
    return None


def _is_empty(test: Term) -> bool:
    """Whether a test is for a constructor without fields."""
    return not test.data.fields


def _datum(term: Term) -> Any:
    made: dict[int, Any] = {}
    for part in postorder([term]):
        made[id(part)] = part.data.cls(*(made[id(arg)] for arg in part.args))
    return made[id(term)]


def cases(term: Term) -> list[tuple[str, str]]:
    """The values that nested if-then-else can have, with the condition of each, both as text: the
    first condition that holds counts, and the last one is empty, for what is otherwise."""
    rows: list[tuple[str, str]] = []

    def add(term: Term, given: tuple[Term, ...]) -> None:
        while term.op == "ite" and _written(term) is None:
            test, then, term = term.args
            add(then, (*given, test))
        value, condition = show(term), " and ".join(show(part, 3) for part in given)
        if rows and rows[-1][0] == value:
            before = rows.pop()[1]
            condition = condition and f"{before} or {condition}"
        rows.append((value, condition))

    add(term, ())
    return rows
