"""The table of the language's nine constructors, read directly: what the models must agree with.

It shares nothing with the semantics of :mod:`models` but the types, and recurses, so it is for
small runs only.
"""

from __future__ import annotations

from models.machine.oracle import Oracle
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
from models.machine.tree import NIL, Pair, Tree


class NoGas(Exception):
    """The gas is gone."""


class Reference:
    """One run: the steps it takes and the questions it asks."""

    def __init__(self, oracle: Oracle, gas: int) -> None:
        self.oracle = oracle
        self.gas = gas
        self.log: list[tuple[Tree, Tree]] = []

    def step(self) -> None:
        if self.gas == 0:
            raise NoGas
        self.gas -= 1

    def value(self, program: Program, x: Tree) -> Tree:
        """The program's value, or :class:`NoGas`."""
        self.step()
        match program:
            case Id():
                return x
            case Hd():
                return x.head if isinstance(x, Pair) else NIL
            case Tl():
                return x.tail if isinstance(x, Pair) else NIL
            case Ask():
                self.log.append((x, self.oracle(x)))
                return self.log[-1][1]
            case Quote(tree):
                return tree
            case Cons(p, q):
                first = self.value(p, x)
                self.step()  # Swap
                second = self.value(q, x)
                self.step()  # MkCons
                return Pair(first, second)
            case Then(p, q):
                return self.value(q, self.value(p, x))
            case If(c, p, q):
                test = self.value(c, x)
                self.step()  # Branch
                return self.value(p if isinstance(test, Pair) else q, x)
            case While(c, p):
                test = self.value(c, x)
                self.step()  # Loop
                return self.value(program, self.value(p, x)) if isinstance(test, Pair) else x


def outcome(
    oracle: Oracle, program: Program, x: Tree, gas: int
) -> tuple[tuple[Tree, int] | None, list[tuple[Tree, Tree]]]:
    """Value and gas left (or none, when out of gas), and the query log."""
    run = Reference(oracle, gas)
    try:
        return (run.value(program, x), run.gas), run.log
    except NoGas:
        return None, run.log
