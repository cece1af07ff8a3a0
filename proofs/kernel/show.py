"""Terms as a reader would write them.

*Definitions*: :func:`show`.
"""

from __future__ import annotations

from proofs.kernel.terms import BOOL, Term

_INFIX = {"=": "=", "<": "<", "<=": "≤", "+": "+", "-": "-", "*": "·", "/": "/"}
_STRENGTH = {"=>": 1, "or": 2, "and": 3, "=": 5, "<": 5, "<=": 5, "+": 6, "-": 6, "*": 7, "/": 7}


def show(term: Term, around: int = 0) -> str:
    """The term in infix notation; ``around`` is the binding strength of its surroundings."""
    op, args = term.op, term.args
    strength = _STRENGTH.get(op, 9)
    if op == "constant":
        text = str(term.data)
    elif op in ("true", "false"):
        text = op
    elif op in ("int", "real"):
        text = str(term.data)
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
    else:
        left, right = show(args[0], strength), show(args[1], strength + 1)
        text = f"{left} {_INFIX[op]} {right}"
    return f"({text})" if strength < around else text
