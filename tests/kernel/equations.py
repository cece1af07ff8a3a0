"""Equations for the tests of the kernel: each of a name that no other has."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable
from typing import Any

from models.algebra import Equation
from proofs.kernel.tactics import variables
from proofs.kernel.terms import INT, REAL, Term, as_term

_numbers = itertools.count()
_LOADED = secrets.token_hex(4)

n, m, k = variables(n=INT, m=INT, k=INT)
r, s = variables(r=REAL, s=REAL)


def unused(stem: str = "name") -> str:
    """A name that nothing has, also if this module is loaded a second time in one process."""
    return f"{stem}{next(_numbers)}x{_LOADED}"


def equation(
    body: Callable[..., Any], result: Any = int, *, opaque: bool = False, **parameters: Any
) -> Equation[Any, Any]:
    """The equation of a body, which gets its type hints here."""
    body.__name__ = unused("f")
    body.__annotations__ = {**parameters, "return": result}
    return Equation(body, opaque=opaque)


def counting() -> Equation[Any, Any]:
    """f(n) = f(n-1) + 1 above 0, else 0"""
    f = equation(
        lambda algebra, n: algebra.cond(
            n > 0, lambda: algebra.bind(f.at(algebra, n - 1), lambda v: v + 1), lambda: 0
        ),
        n=int,
    )
    return f


def number(value: int) -> Term:
    """A whole number as a term."""
    return as_term(value)
