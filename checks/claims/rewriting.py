"""Programs that plainly compute the same: rewriting them to one that stands for all.

*Definitions*: :func:`rewritten`, one step at the top; :func:`normal_form`; :func:`is_normal`.

*Results*: a step keeps [p]^A, the partial function that a program computes, for every A. It makes
the program smaller, or moves a ``then`` to the right; so every program computes what a normal one
of at most its size does. What it does not keep are size, steps, questions and code: only a claim
about [p]^A alone may leave out the programs that are not normal. The tests go through all programs
to size 5 with their exact values.

============================================  ==================================================
``then(id, p)``, ``then(p, id)``              ``p``
``then(then(p, q), r)``                       ``then(p, then(q, r))``
``then(quote a, hd)``, ``then(quote a, tl)``  ``quote`` of the head, of the tail
``then(p, quote b)``                          ``quote b``, if p has no loop
``then(cons(p, q), hd)``, ``…, tl)``          ``p`` if q has no loop, ``q`` if p has none
``cons(quote a, quote b)``                    ``quote <a.b>``
``if(quote a, p, q)``                         ``q`` if a is nil, else ``p``
``if(c, p, p)``                               ``p``, if c has no loop
``while(quote nil, p)``                       ``id``
============================================  ==================================================
"""

from __future__ import annotations

from functools import lru_cache

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
from models.machine.tree import Nil, Pair


@lru_cache(maxsize=65_536)
def has_loop(program: Program) -> bool:
    """Whether there is a ``while`` in it: without one a program has a value on every tree."""
    match program:
        case While():
            return True
        case Cons(p, q) | Then(p, q):
            return has_loop(p) or has_loop(q)
        case If(c, p, q):
            return has_loop(c) or has_loop(p) or has_loop(q)
    return False


def rewritten(program: Program) -> Program | None:
    """The program after a step at its top; none if there is no such step."""
    match program:
        case Then(Id(), p) | Then(p, Id()):
            return p
        case Then(Then(p, q), r):
            return Then(p, Then(q, r))
        case Then(p, Quote()) if not has_loop(p):
            return program.second
        case Then(Quote(tree), Hd()):
            return Quote(tree.head if isinstance(tree, Pair) else tree)
        case Then(Quote(tree), Tl()):
            return Quote(tree.tail if isinstance(tree, Pair) else tree)
        case Then(Cons(p, q), Hd()) if not has_loop(q):
            return p
        case Then(Cons(p, q), Tl()) if not has_loop(p):
            return q
        case Cons(Quote(a), Quote(b)):
            return Quote(Pair(a, b))
        case If(Quote(tree), p, q):
            return q if isinstance(tree, Nil) else p
        case If(c, p, q) if p == q and not has_loop(c):
            return p
        case While(Quote(Nil()), _):
            return Id()
    return None


@lru_cache(maxsize=65_536)
def normal_form(program: Program) -> Program:
    """The program after all steps, inside first."""
    match program:
        case Cons(p, q) | Then(p, q) | While(p, q):
            program = type(program)(normal_form(p), normal_form(q))
        case If(c, p, q):
            program = If(normal_form(c), normal_form(p), normal_form(q))
    step = rewritten(program)
    return program if step is None else normal_form(step)


@lru_cache(maxsize=65_536)
def is_normal(program: Program) -> bool:
    """Whether no step can be made, at the top or inside."""
    match program:
        case Id() | Hd() | Tl() | Ask() | Quote():
            return True
        case Cons(p, q) | Then(p, q) | While(p, q):
            inside = is_normal(p) and is_normal(q)
        case If(c, p, q):
            inside = is_normal(c) and is_normal(p) and is_normal(q)
    return inside and rewritten(program) is None
