"""Finite checks of ``closure``: small modifiers and first programs, some rounds.

*Definitions*: :func:`closure`; :func:`instances`, its witnesses and what its hypotheses are for.

The theorems suppose that the modifier halts on every tree. Here a modifier is any small program; an
instance is left out if it does not halt on what it is applied to, or on a small tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.semantics import ORACLES
from checks.machine.substitution import Computed
from checks.results import CheckResult
from checks.witness import Claims, Named, Without, Witness
from models.machine import compiled_run
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import Program, code, decode, parse_program
from models.machine.tree import NIL, TRUE, Pair, Tree, length, numeral, tree_list
from models.machine.universal import UNIVERSAL
from models.revision.self_modification import revised, revision
from proofs.kernel.evaluate import Assignment, Finite, Unevaluated, Window
from proofs.kernel.rules import Statement

SIZE = 3
SOON, LATER = 60, 3_000
"""A program that has not halted after SOON steps is taken for one that does not halt; it is looked
whether the one program halts within LATER."""

OTHER = ORACLES[-1:]
ROUNDS = (0, 2)
FIRST_SIZE = 2
ALL_FIRSTS = (NIL, *map(code, programs_to(FIRST_SIZE)))
FIRSTS = (NIL, *map(code, map(parse_program, ("tl", "ask"))))
SMALL = tuple(trees_to(1))
MODIFIERS = tuple(map(parse_program, (
    "tl", "cons(hd, tl)", "cons(quote 6, cons(quote <2.0>, id))", "if(ask, quote 0, quote <3.0>)",
    "cons(quote 4, id)", "cons(quote 7, cons(quote <3.0>, cons(id, quote <1.0>)))",
)))
"""Some that say different things: a part, a copy, Then(tl, e), what the oracle says, Quote e, and
If(Ask, e, hd)."""


def met(values: Assignment) -> list[Tree]:
    """What a modifier is applied to in as many rounds as there are, and small trees."""
    trees = [values["e"]]
    w = values["w"] if "w" in values else values["r"](values["x"])
    for _ in range(length(w)):
        trees.append(values["g"](trees[-1]))
    return [*trees, *SMALL]


def here(values: Assignment) -> list[Tree]:
    """The input."""
    return [values["x"]]


AROUND: Window = {"modifies": met, "decides": here, "counts": here}


def processes(
    modifiers: Iterable[Program], rounds: tuple[int, ...], firsts: tuple[Tree, ...] = FIRSTS
) -> Iterator[dict[str, Any]]:
    """Oracle f, modifier u with what it computes, g, and its steps, c; rounds w, first program e,
    input x, and as n the steps of the last program, or SOON."""
    for (_, f), u, e in product(OTHER, modifiers, firsts):
        g = Computed(u, f)
        for count, x in product(rounds, SMALL):
            w = numeral(count)
            n = _steps(decode(_last(g, e, count)), x, f, SOON)
            yield {"f": f, "u": u, "g": g, "c": g.cost, "w": w, "e": e, "x": x, "n": n}


def _last(g: Oracle, e: Tree, rounds: int) -> Tree:
    """The program after the rounds; the first one if a modifier does not halt, and the instance is
    left out."""
    try:
        return revision(g, e, rounds)
    except Unevaluated:
        return e


def _steps(program: Program, x: Tree, f: Oracle, most: int) -> int:
    return compiled_run.run(program, x, oracle=f, gas=most).steps


def halting() -> Iterator[dict[str, Any]]:
    """The same with the steps of the one program, or LATER; some modifiers."""
    for values in processes(MODIFIERS, (*ROUNDS, 3)):
        pair = Pair(values["w"], Pair(values["e"], values["x"]))
        whole = revised(values["u"], UNIVERSAL)
        yield values | {"n": _steps(whole, pair, values["f"], LATER)}


def layers() -> Iterator[dict[str, Any]]:
    """The same with what the last program computes, h, and its steps, k."""
    for values in processes(MODIFIERS, (*ROUNDS, 3), ALL_FIRSTS):
        last = _last(values["g"], values["e"], length(values["w"]))
        h = Computed(decode(last), values["f"])
        del values["n"]
        yield values | {"h": h, "k": h.cost}


COUNTING = tuple(map(parse_program, ("id", "quote 2", "ask", "if(tl, quote 3, hd)")))


def computed_layers() -> Iterator[dict[str, Any]]:
    """A program q with the rounds r that it finds from x, and its steps b; h and k for these."""
    for q, values in product(COUNTING, processes(MODIFIERS[1:5], (0,))):
        f, g, e = values["f"], values["g"], values["e"]
        r = Computed(q, f)
        h = _Decided(f, g, e, r)
        yield {
            **{name: values[name] for name in ("f", "u", "g", "c", "e", "x")},
            "q": q, "r": r, "b": r.cost, "h": h, "k": h.cost,
        }


class _Decided(Oracle):
    """What the program after the rounds that are found from an input says of it."""

    def __init__(self, f: Oracle, g: Oracle, e: Tree, rounds: Oracle) -> None:
        self.f, self.g, self.e, self.rounds = f, g, e, rounds

    def _last(self, x: Tree) -> Computed:
        return Computed(decode(revision(self.g, self.e, length(self.rounds(x)))), self.f)

    def __call__(self, argument: Tree, /) -> Tree:
        return self._last(argument)(argument)

    def cost(self, argument: Tree) -> int:
        """Its steps."""
        return self._last(argument).cost(argument)

    def __repr__(self) -> str:
        return f"what follows after as many rounds as {self.rounds!r}"


RUNNERS = (UNIVERSAL, parse_program("cons(tl, hd)"))
"""Programs that are given what results: the universal one, and one that exchanges its halves."""


def fixed() -> Iterator[dict[str, Any]]:
    """Modifier u, a program v for what results, rounds w, first program e, input x, gas n."""
    rounds = (NIL, numeral(2), tree_list([TRUE]))
    for (_, f), u, v, w, e, x, n in product(
        OTHER, MODIFIERS, RUNNERS, rounds, FIRSTS, SMALL, (0, 40, 240)
    ):
        yield {"f": f, "u": u, "v": v, "w": w, "e": e, "x": x, "n": n}


def computed() -> Iterator[dict[str, Any]]:
    """The same with a program q for the rounds, its gas n, and gas m for what follows."""
    for (_, f), u, v, q, e, x, n, m in product(
        OTHER, MODIFIERS, RUNNERS, COUNTING, FIRSTS, SMALL, (0, 4, 9), (-4, 240)
    ):
        yield {"f": f, "u": u, "v": v, "q": q, "e": e, "x": x, "n": n, "m": m}


def closure(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Both directions, and what follows for the layer."""
    every = f"all first programs of size ≤ {FIRST_SIZE} and nil"
    firsts = "first programs nil, tl and ask"
    inputs = "inputs of ≤ 1 pair"
    some = f"{len(MODIFIERS)} modifiers, {firsts}, {inputs}"
    oracles = f"oracle {', '.join(name for name, _ in OTHER)}"
    rounds = ", ".join(map(str, ROUNDS))
    runners = "run by the universal program and by one other"
    instances = {
        "closure": (
            processes(programs_to(SIZE), ROUNDS[-1:], ALL_FIRSTS),
            f"all modifiers of size ≤ {SIZE}, {every}, {ROUNDS[-1]} rounds, {inputs}, gas for the "
            f"steps, up to {SOON}, {oracles}",
        ),
        "closure.only": (
            halting(), f"{some}, {rounds}, 3 rounds, gas for the steps, up to {LATER:,}, {oracles}"
        ),
        "closure.layer": (
            layers(),
            f"{len(MODIFIERS)} modifiers, {every}, {inputs}, {rounds}, 3 rounds, {oracles}",
        ),
        "closure.computed-layer": (
            computed_layers(),
            f"4 modifiers, {firsts}, rounds by {len(COUNTING)} programs, {inputs}, {oracles}",
        ),
        "closure.fixed": (
            fixed(), f"{some}, {runners}, three clocks, gas 0, 40, 240, {oracles}"
        ),
        "closure.computed": (
            computed(),
            f"{some}, {runners}, rounds by {len(COUNTING)} programs, gas 0, 4, 9 and -4, 240, "
            f"{oracles}",
        ),
    }
    return [
        exhaust(name, statements[name], found, bound=bound, window=AROUND)
        for name, (found, bound) in instances.items()
    ]


def instances() -> Claims:
    """The modifier that makes Then(tl, e) of e, from a program that decides {0}: after w rounds the
    program decides the numbers up to w."""
    f = EMPTY
    u = parse_program("cons(quote 6, cons(quote <2.0>, id))")
    g = Computed(u, f)
    grow = {"f": f, "u": u, "g": g, "c": Finite({}, 9)}
    first = {"e": code(parse_program("if(id, quote 0, quote 1)"))}
    loop = {"e": code(parse_program("while(quote 1, id)"))}
    two = grow | {"w": numeral(2)} | first
    at_two = two | {"x": numeral(2)}
    upto_two = Table(dict.fromkeys(map(numeral, range(3)), TRUE))
    same = Named("the rounds w that the input is", lambda x: x)
    each = grow | first | {
        "q": parse_program("id"), "r": same, "b": Finite({}, 1), "h": FULL,
        "k": Named("4 and twice the input", lambda x: 4 + 2 * length(x)), "x": numeral(2),
    }
    stay, long = Finite({}, 8), Finite({}, 1_000)
    window = AROUND
    return {
        "closure.layer": (
            Witness(
                "After two rounds the program decides h, the numbers up to 2, and so does one "
                "program that rewrites nothing.",
                two | {"h": upto_two, "k": stay, "x": numeral(2)}, window,
            ),
            Without(
                "modifies",
                "g is said to turn every program into 0, which is read as id and computes h.",
                at_two | {"g": EMPTY, "c": long, "h": _IDENTITY, "k": Finite({}, 1)}, window,
            ),
            Without(
                "decides", "h is empty, but after two rounds the program says yes of 2.",
                at_two | {"h": EMPTY, "k": stay}, window,
            ),
        ),
        "closure.computed-layer": (
            Witness(
                "There are as many rounds as the input is long, so that every number is decided "
                "by a program that says yes of it.",
                each, window,
            ),
            Without(
                "modifies",
                "g is said to turn every program into 0, which is read as id and computes h.",
                each | {"g": EMPTY, "c": long, "h": _IDENTITY, "k": Finite({}, 1)}, window,
            ),
            Without(
                "counts",
                "r says that there are no rounds, and the first program says no of 2. But q finds "
                "two.",
                each | {"r": EMPTY, "b": long, "h": EMPTY, "k": Finite({}, 4)}, window,
            ),
            Without(
                "decides", "h is empty, but after two rounds the program says yes of 2.",
                each | {"h": EMPTY}, window,
            ),
        ),
        "closure": (
            Witness("After two rounds the program says yes of 2, in 8 steps.", at_two | {"n": 8},
                    window),
            Without(
                "modifies",
                "g is said to turn every program into 0, which is read as id.",
                at_two | {"g": EMPTY, "c": long, "n": 1}, window,
            ),
            Without(
                "halts", "The last program does not halt.",
                at_two | loop | {"n": 8}, window,
            ),
        ),
        "closure.only": (
            Witness("The one program has halted, so the last one does, with the same value.",
                    at_two | {"n": 2_000}, window),
            Without(
                "modifies",
                "g is said to turn every program into 0, which is read as id.",
                at_two | {"g": EMPTY, "n": 2_000}, window,
            ),
            Without(
                "halts", "The last program does not halt.",
                at_two | loop | {"n": 2_000}, window,
            ),
        ),
        "closure.fixed": (
            Witness(
                "Both say yes of 2. What is built in takes twelve steps more.",
                {"f": f, "u": u, "v": UNIVERSAL, "w": numeral(2)} | first
                | {"x": numeral(2), "n": 2_000},
            ),
        ),
        "closure.computed": (
            Witness(
                "q is id: as many rounds as the input is long.",
                {"f": f, "u": u, "v": UNIVERSAL, "q": parse_program("id")} | first
                | {"x": numeral(2), "n": 1, "m": 2_000},
            ),
            Without(
                "halts",
                "q does not halt: it finds no number of rounds, and 0 is put down for it.",
                {"f": f, "u": u, "v": UNIVERSAL, "q": parse_program("while(quote 1, id)")}
                | first | {"x": numeral(2), "n": 1, "m": 2_000},
            ),
        ),
    }


_IDENTITY = Named("the input", lambda x: x)
