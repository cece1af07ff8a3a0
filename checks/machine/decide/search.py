"""The search for a certificate that a program halts, or that it does not.

*Definitions*: :class:`Decision`, :func:`decide`; for all sets as oracles
:class:`GenericDecision`, :func:`decide_every`.

*How it is done*: run the program for a while. If it does not halt, take the moments at which it is
about to enter a loop, and for each some tree automata: trees cut off at a depth, and the same with
the accumulator's own subtrees told apart exactly. Where the loop can have no value by classes, the
automaton, cut down to the transitions that were used, is the certificate. Every one is handed to
:mod:`checks.machine.certificate` before it is returned, so a mistake here costs an ``unknown``,
never a wrong verdict.

*References*: 'Finite Automata Reduction' of the Busy Beaver deciders (bbchallenge.org), for
deciding non-halting by automata with a separate checker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, Literal

from checks.machine.certificate import (
    Certificate,
    Halting,
    Looping,
    QueryTree,
    Rejected,
    check,
    check_every,
)
from models.machine.automaton import ANY, NIL_CLASS, States, transitions
from models.machine.covering import answer_classes, replies
from models.machine.oracle import EMPTY, Oracle, Table
from models.machine.program import Ask, Cons, Hd, Id, If, Program, Quote, Then, Tl, While, size
from models.machine.run import run, trace
from models.machine.semantics import Do, Next
from models.machine.tree import FALSE, NIL, TRUE, Nil, Pair, Tree, format_tree, truth

GAS = 10_000
"""Steps after which the search for a loop begins."""

LOOK = 400
"""Steps in which moments before a loop are looked for."""

MOST_MOMENTS = 12
MOST_RUNS = 400
MOST_QUESTIONS = 40
MOST_SUBTREES = 40
LARGEST = 2_000
"""A larger program is not searched for loops."""


@dataclass(frozen=True, slots=True)
class Decision:
    """``halts`` with its steps, ``loops`` with a certificate, or ``unknown`` with the reason."""

    verdict: Literal["halts", "loops", "unknown"]
    steps: int | None = None
    certificate: Certificate | None = None
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """As ``halts --json`` prints it."""
        return {
            "verdict": self.verdict,
            "steps": self.steps,
            "certificate": self.certificate.to_json() if self.certificate else None,
            **({"reason": self.reason} if self.reason else {}),
        }


def decide(
    program: Program, value: Tree, *, oracle: Oracle = EMPTY, gas: int = GAS
) -> Decision:
    """Whether a program halts on a tree, with evidence that the checker has accepted.

    Raises what the oracle raises.
    """
    result = run(program, value, oracle=oracle, gas=gas)
    if result.value is not None:
        found = Halting(result.steps)
        check(program, value, oracle, found)
        return Decision("halts", result.steps, found)
    if not isinstance(oracle, Table):
        return Decision(
            "unknown",
            reason=f"out of gas after {gas} steps, and loops relative to such an oracle "
            "are not searched for",
        )
    if size(program) > LARGEST:
        return Decision("unknown", reason=f"out of gas after {gas} steps, and the program is large")
    for steps, waiting, accumulator in _moments(program, value, oracle):
        for automaton in _automata(accumulator):
            certificate = _looping(automaton, steps, waiting, accumulator, oracle)
            if certificate is None:
                continue
            try:
                check(program, value, oracle, certificate)
            except Rejected:
                continue
            return Decision("loops", None, certificate)
    return Decision(
        "unknown", reason=f"out of gas after {gas} steps, and no looping certificate was found"
    )


@dataclass(frozen=True, slots=True)
class GenericDecision:
    """What holds for all sets as oracles: ``halts`` with the query tree, ``loops`` with a
    certificate, ``depends`` with a set of each kind, or ``unknown`` with the reason."""

    verdict: Literal["halts", "loops", "depends", "unknown"]
    certificate: QueryTree | Looping | None = None
    witnesses: tuple[tuple[Table, Decision], ...] = ()
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """As ``halts --oracle generic --json`` prints it."""
        return {
            "verdict": self.verdict,
            "steps": None,
            "certificate": self.certificate.to_json() if self.certificate else None,
            "witnesses": [
                {
                    "answers": [
                        [format_tree(q), isinstance(a, Pair)] for q, a in oracle.answers.items()
                    ],
                    "otherwise": isinstance(oracle.otherwise, Pair),
                    **decision.to_json(),
                }
                for oracle, decision in self.witnesses
            ],
            **({"reason": self.reason} if self.reason else {}),
        }


def decide_every(program: Program, value: Tree, *, gas: int = 2_000) -> GenericDecision:
    """Whether a program halts on a tree relative to every set, to none, or to some."""
    found: dict[str, tuple[Table, Decision]] = {}
    runs: list[tuple[tuple[Tree, bool], ...]] = []
    todo: list[tuple[tuple[Tree, bool], ...]] = [()]
    complete = True
    tried = 0
    while todo and len(found) < 2:
        assumed = todo.pop()
        listed = {question: truth(answer) for question, answer in assumed}
        tried += 1
        if tried > MOST_RUNS:
            complete = False
            break
        for otherwise in (FALSE, TRUE):
            oracle = Table(listed, otherwise)
            result = run(program, value, oracle=oracle, gas=gas)
            if result.value is None:
                decision = decide(program, value, oracle=oracle, gas=gas)
                complete = False
            else:
                decision = Decision("halts", result.steps, Halting(result.steps))
            if decision.verdict != "unknown":
                found.setdefault(decision.verdict, (oracle, decision))
            if otherwise is FALSE:
                asked = tuple(
                    (question, isinstance(reply, Pair))
                    for question, reply in dict(result.queries).items()
                )
                if result.value is not None:
                    runs.append(asked)
                todo += [
                    (*asked[:at], (asked[at][0], True))
                    for at in range(len(assumed), min(len(asked), len(assumed) + MOST_QUESTIONS))
                ]
    if len(found) == 2:
        return GenericDecision("depends", witnesses=(found["halts"], found["loops"]))
    if complete and not todo:
        tree = QueryTree(tuple(runs))
        try:
            check_every(program, value, tree)
            return GenericDecision("halts", tree)
        except Rejected:
            pass
    for rows in _automata(value):
        certificate = _looping(rows, 0, program, value, None)
        if certificate is None:
            continue
        try:
            check_every(program, value, certificate)
        except Rejected:
            continue
        return GenericDecision("loops", certificate)
    return GenericDecision(
        "unknown", reason=f"neither a query tree nor a certificate found, {tried} oracles tried"
    )


def _moments(
    program: Program, value: Tree, oracle: Oracle
) -> Iterator[tuple[int, Program, Tree]]:
    """The start, and moments before a loop: the last ones first, as they are behind any prefix."""
    found: list[tuple[int, Program, Tree]] = [(0, program, value)]
    for steps, state in enumerate(trace(program, value, oracle=oracle, gas=LOOK)):
        match state.control:
            case Next(Do(While() as loop), _):
                found.append((steps, loop, state.accumulator))
    yield found[0]
    # Every loop that was entered, at its first and its last moment: a loop that never ends is one
    # of them, as it was when it was entered.
    seen: dict[Program, list[tuple[int, Program, Tree]]] = {}
    for moment in found[1:]:
        seen.setdefault(moment[1], []).append(moment)
    chosen = {m[0]: m for ms in seen.values() for m in (ms[0], ms[len(ms) // 2], ms[-1])}
    yield from list(chosen.values())[:MOST_MOMENTS]


Rows = dict[tuple[int, int], int]


@cache
def _cut_off(depth: int) -> Rows:
    """Trees cut off at a depth; class 0 is nil."""
    shapes = _shapes(depth)
    number = {shape: index for index, shape in enumerate(shapes)}
    return {
        (number[a], number[b]): number[_cut(a, depth - 1), _cut(b, depth - 1)]
        for a, b in product(shapes, shapes)
    }


@cache
def _shapes(depth: int) -> list[Any]:
    if depth == 0:
        return ["cut"]
    return ["nil", *product(_shapes(depth - 1), repeat=2)]


def _cut(shape: Any, depth: int) -> Any:
    if depth == 0 or shape == "cut":
        return "cut"
    return shape if shape == "nil" else (_cut(shape[0], depth - 1), _cut(shape[1], depth - 1))


def _with_subtrees(tree: Tree, depth: int) -> Rows | None:
    """Trees cut off at a depth, with the subtrees of one tree in classes of their own."""
    exact: dict[Tree, Any] = {NIL: "nil"}
    todo = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, Pair) and node not in exact:
            exact[node] = None
            todo += [node.head, node.tail]
            if len(exact) > MOST_SUBTREES:
                return None

    def shape(node: Tree, depth: int) -> Any:
        if depth == 0:
            return "cut"
        if isinstance(node, Nil):
            return "nil"
        return (shape(node.head, depth - 1), shape(node.tail, depth - 1))

    classes: list[tuple[Tree | None, Any]] = [(NIL, "nil")]
    classes += [(node, shape(node, depth)) for node in exact if node is not NIL]
    classes += [(None, s) for s in _shapes(depth) if s != "nil"]
    number = {key: index for index, key in enumerate(classes)}
    rows: Rows = {}
    for (a, s), (b, t) in product(classes, classes):
        cut = (_cut(s, depth - 1), _cut(t, depth - 1))
        whole = Pair(a, b) if a is not None and b is not None else None
        key = (whole, cut) if whole in exact else (None, cut)
        rows[number[a, s], number[b, t]] = number[key]
    return rows


def _automata(tree: Tree) -> Iterator[Rows]:
    for depth in (1, 2):
        yield _cut_off(depth)
    for depth in (1, 2):
        rows = _with_subtrees(tree, depth)
        if rows is not None:
            yield rows
    yield _cut_off(3)


class _Classes:
    """Possible values by classes, with the invariants and the transitions that were used."""

    def __init__(self, rows: Rows, oracle: Table | None) -> None:
        # Without an oracle: for every set.
        self.rows = rows
        self.used: set[tuple[int, int]] = set()
        self.invariants: dict[tuple[Program, int], tuple[int, ...]] = {}
        self.known: dict[tuple[Program, int], frozenset[int]] = {}
        self.heads: dict[int, set[int]] = {NIL_CLASS: {NIL_CLASS}, ANY: {ANY}}
        self.tails: dict[int, set[int]] = {NIL_CLASS: {NIL_CLASS}, ANY: {ANY}}
        for (left, right), goal in rows.items():
            self.heads.setdefault(goal, set()).add(left)
            self.tails.setdefault(goal, set()).add(right)
        self.pairs = {ANY, *rows.values()}
        self.replies = self._replies(oracle)

    def _replies(self, oracle: Table | None) -> Callable[[int], frozenset[int]]:
        if oracle is None:
            either = frozenset([NIL_CLASS, self.classify(TRUE)])
            return lambda state: either
        if not oracle.answers:
            always = frozenset([self.classify(oracle.otherwise)])
            return lambda state: always
        automaton = transitions((a, b, c) for (a, b), c in self.rows.items())
        listed = replies(oracle.answers)

        @cache
        def answers(state: int) -> frozenset[int]:
            found = answer_classes(automaton, listed, oracle.otherwise, state)
            members = set()
            while isinstance(found, States):
                members.add(found.first)
                found = found.rest
            return frozenset(members)

        for question, reply in oracle.answers.items():
            self.classify(question)
            self.classify(reply)
        self.classify(oracle.otherwise)
        return answers

    def goal(self, left: int, right: int) -> int:
        if ANY in (left, right):
            return ANY
        self.used.add((left, right))
        return self.rows.get((left, right), ANY)

    def classify(self, tree: Tree) -> int:
        done: dict[int, int] = {}
        todo: list[tuple[Tree, bool]] = [(tree, False)]
        while todo:
            node, ready = todo.pop()
            if isinstance(node, Nil):
                done[id(node)] = NIL_CLASS
            elif ready:
                done[id(node)] = self.goal(done[id(node.head)], done[id(node.tail)])
            elif id(node) not in done:
                todo += [(node, True), (node.head, False), (node.tail, False)]
        return done[id(tree)]

    def values(self, program: Program, state: int) -> frozenset[int]:
        key = (program, state)
        if key not in self.known:
            self.known[key] = frozenset(self._values(program, state))
        return self.known[key]

    def _values(self, program: Program, state: int) -> set[int] | frozenset[int]:
        match program:
            case Id():
                return {state}
            case Hd():
                return self.heads.get(state, set())
            case Tl():
                return self.tails.get(state, set())
            case Ask():
                return self.replies(state)
            case Quote(tree):
                return {self.classify(tree)}
            case Cons(first, second):
                lefts, rights = self.values(first, state), self.values(second, state)
                return {self.goal(a, b) for a in lefts for b in rights}
            case Then(first, second):
                return {v for s in self.values(first, state) for v in self.values(second, s)}
            case If(test, then, otherwise):
                tests = self.values(test, state)
                found: set[int] = set()
                if self.may_be_pair(tests):
                    found |= self.values(then, state)
                if self.may_be_nil(tests):
                    found |= self.values(otherwise, state)
                return found
            case While(test, body):
                return self._leaving(program, test, body, state)

    def _leaving(self, loop: Program, test: Program, body: Program, state: int) -> set[int]:
        reached, todo = {state}, [state]
        while todo:
            here = todo.pop()
            if self.may_be_pair(self.values(test, here)):
                new = self.values(body, here) - reached
                reached |= new
                todo += new
        self.invariants[loop, state] = tuple(sorted(reached))
        return {s for s in reached if self.may_be_nil(self.values(test, s))}

    def may_be_pair(self, listed: frozenset[int]) -> bool:
        return any(state in self.pairs for state in listed)

    def may_be_nil(self, listed: frozenset[int]) -> bool:
        return NIL_CLASS in listed or ANY in listed


def _looping(
    rows: Rows, steps: int, waiting: Program, accumulator: Tree, oracle: Table | None
) -> Looping | None:
    """A certificate by an automaton, with no more transitions than it needs if that works too."""
    best: Looping | None = None
    while True:
        classes = _Classes(rows, oracle)
        state = classes.classify(accumulator)
        if classes.values(waiting, state):
            return best
        listed = tuple((a, b, c) for (a, b), c in sorted(rows.items()))
        best = Looping(steps, listed, classes.invariants)
        fewer = {key: goal for key, goal in rows.items() if key in classes.used}
        if len(fewer) == len(rows):
            return best
        rows = fewer
