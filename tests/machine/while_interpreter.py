"""A direct interpreter of WHILE programs: what the compiler is held to.

It follows the text of a program over a store of variables, without environments, liveness or core
terms, and shares nothing with the compiler but the syntax.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from models.machine.tree import NIL, Pair, Tree, pairs, tree_list, truth
from models.machine.while_syntax import (
    Assign,
    Block,
    Call,
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

LARGEST_COMPARED = 60
"""Pairs: comparing larger trees takes the compiled program long."""


class OutOfSteps(Exception):
    """The budget is gone."""


@dataclass
class Interpreter:
    """An oracle, the programs that can be called, a budget of commands, and the query log."""

    oracle: Callable[[Tree], Tree]
    programs: Mapping[str, WhileProgram] = field(default_factory=dict)
    steps: int = 1_000
    log: list[tuple[Tree, Tree]] = field(default_factory=list)

    def run(self, program: WhileProgram, value: Tree) -> Tree:
        store = {program.read: value}
        self.block(program.body, store)
        return store.get(program.write, NIL)

    def block(self, block: Block, store: dict[str, Tree]) -> None:
        for command in block:
            self.step()
            match command:
                case Assign(variable, value):
                    store[variable] = self.value(value, store)
                case Call(variable, name, argument):
                    store[variable] = self.run(self.programs[name], self.value(argument, store))
                case WhileDo(test, body):
                    while self.value(test, store) != NIL:
                        self.step()
                        self.block(body, store)
                case IfElse(test, then, otherwise):
                    self.block(then if self.value(test, store) != NIL else otherwise, store)
                case Switch(subject, cases, default):
                    value = self.value(subject, store)
                    for case in cases:
                        if self.equal(value, self.value(case.match, store)):
                            self.block(case.body, store)
                            break
                    else:
                        self.block(default, store)

    def value(self, expression: Expression, store: dict[str, Tree]) -> Tree:
        match expression:
            case Literal(tree):
                return tree
            case Variable(name):
                return store.get(name, NIL)
            case MakePair(first, second):
                return Pair(self.value(first, store), self.value(second, store))
            case Head(of):
                tree = self.value(of, store)
                return tree.head if isinstance(tree, Pair) else NIL
            case Tail(of):
                tree = self.value(of, store)
                return tree.tail if isinstance(tree, Pair) else NIL
            case Question(of):
                question = self.value(of, store)
                self.log.append((question, self.oracle(question)))
                return self.log[-1][1]
            case Equals(left, right):
                return truth(self.equal(self.value(left, store), self.value(right, store)))
            case ListOf(items):
                return tree_list([self.value(item, store) for item in items])
        raise AssertionError(f"no expression: {expression!r}")

    def equal(self, left: Tree, right: Tree) -> bool:
        if min(pairs(left), pairs(right)) > LARGEST_COMPARED:
            raise OutOfSteps
        return left == right

    def step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise OutOfSteps
