"""Finite checks of ``universal-program``: small trees and programs, run by the universal program.

*Definitions*: :func:`universal_program`; :func:`instances`, its witnesses and what its hypotheses
are for.

The gas is what a run takes, to the step, or some if it does not halt soon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.semantics import ORACLES
from checks.results import CheckResult
from checks.witness import Claims, Named, Without, Witness
from models.machine import compiled_run
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import Program, code, decode, parse_program
from models.machine.tree import NIL, TRUE, Pair, Tree, numeral, parse_tree, tree_list
from models.machine.universal import ASK, ASK_STEPS, MK_CONS, SWAP, UNIVERSAL
from proofs.kernel.evaluate import Finite, Window
from proofs.kernel.rules import Statement

SOON, LATER = 60, 3_000
"""A program that has not halted after SOON steps is taken for one that does not halt; it is looked
whether the universal program halts on it within LATER."""

ASKED = ORACLES[::2]


def codes(size: int) -> tuple[Tree, ...]:
    """What is run: trees of at most so many pairs, as every tree is a program, and the codes of
    programs of at most that size."""
    return (*trees_to(size), *map(code, programs_to(size)))


FEW, MANY = codes(2), codes(3)

INPUTS = tuple(trees_to(1))
ANSWERS: Window = {"answers": lambda _: INPUTS}
"""Questions on which it is tested what a program says in place of Ask."""


def runs(trees: tuple[Tree, ...]) -> Iterator[dict[str, Any]]:
    """Oracle f, tree e, input x, and as n the steps of e on x, or SOON."""
    for (_, f), e, x in product(ASKED, trees, INPUTS):
        n = compiled_run.run(decode(e), x, oracle=f, gas=SOON).steps
        yield {"f": f, "e": e, "x": x, "n": n}


def simulations() -> Iterator[dict[str, Any]]:
    """The same with the steps of the universal program, or LATER."""
    for run in runs(MANY):
        pair = Pair(run["e"], run["x"])
        n = compiled_run.run(UNIVERSAL, pair, oracle=run["f"], gas=LATER).steps
        yield run | {"n": n}


def clocks() -> Iterator[dict[str, Any]]:
    """The same with clocks w: none, a step before e halts, then, a step later; or three steps."""
    for run in runs(FEW):
        steps = run.pop("n")
        if run["x"] != NIL:
            continue
        around = map(numeral, dict.fromkeys((0, steps - 1, steps, steps + 1)))
        # The length of a clock counts, whatever is on the list.
        for w in around if steps < SOON else [tree_list([TRUE] * 3)]:
            yield run | {"w": w}


def states() -> Iterator[dict[str, Any]]:
    """A state of control c, accumulator x, stack s and parameter r, and a program a in place of
    Ask with what it answers, g, and its steps, k."""
    f, r = Table({NIL: TRUE}), numeral(2)
    answering: tuple[tuple[Program, Oracle, int], ...] = (
        (ASK, f, ASK_STEPS), (parse_program("quote 1"), FULL, 1),
        (parse_program("hd"), Table(otherwise=r), 1),
    )
    listed = (
        *((tree_list([first, SWAP]), x, s) for first, x, s in product(
            (*map(do, map(code, programs_to(2))), *others()), INPUTS, INPUTS
        )),
        # Control lists of any form
        *((c, TRUE, tree_list([NIL])) for c in trees_to(4)),
    )
    for (a, g, steps), (c, x, s) in product(answering, listed):
        yield {
            "f": f, "g": g, "a": a, "k": Finite({}, steps), "c": c, "x": x, "s": s, "r": r, "n": 0
        }


def do(program: Tree) -> Tree:
    """The instruction to do a program."""
    return Pair(NIL, program)


def others() -> Iterator[Tree]:
    """Instructions of the other kinds, and with parts; a kind beyond that of Loop is read as it."""
    fields = Pair(code(parse_program("hd")), code(parse_program("ask")))
    yield from (SWAP, MK_CONS)
    yield from (Pair(numeral(kind), fields) for kind in range(3, 6))
    for text in ("cons(hd, ask)", "then(hd, ask)", "if(hd, id, ask)", "while(hd, ask)"):
        yield do(code(parse_program(text)))


def universal_program(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Both directions, the clock, and one step."""
    few, many = (f"all trees of ≤ {n} pairs and codes of programs of size ≤ {n}" for n in (2, 3))
    oracles = f"oracles {', '.join(name for name, _ in ASKED)}"
    small = "inputs of ≤ 1 pair"
    instances: dict[str, tuple[Callable[[], Iterator[dict[str, Any]]], str]] = {
        "universal-program": (
            partial(runs, MANY), f"{many}, {small}, gas for their steps, up to {SOON}, {oracles}"
        ),
        "universal-program.only": (
            simulations, f"{many}, {small}, gas for the steps of U, up to {LATER:,}, {oracles}"
        ),
        "universal-program.clocked": (
            clocks, f"{few}, input nil, clocks at 0 and around the step at which they halt, "
            f"{oracles}"
        ),
        "universal-step": (
            states,
            "instructions of all kinds and control lists of ≤ 4 pairs, accumulators and stacks of "
            "≤ 1 pair, three programs in place of Ask",
        ),
    }
    return [
        exhaust(name, statements[name], found(), bound=bound, window=ANSWERS)
        for name, (found, bound) in instances.items()
    ]


def instances() -> Claims:
    """A program that counts down, one that asks, one that goes on for ever; an If and an Ask."""
    down = {"f": EMPTY, "e": code(parse_program("while(id, tl)")), "x": numeral(2)}
    loops = {"f": EMPTY, "e": code(parse_program("while(quote 1, id)")), "x": NIL}
    asks = {"f": FULL, "e": parse_tree("<3.<1.0>>"), "x": TRUE}

    def state(program: str) -> dict[str, Any]:
        """In which a program is to be done."""
        return {
            "f": FULL, "g": FULL, "a": ASK, "k": Finite({}, ASK_STEPS),
            "c": tree_list([do(code(parse_program(program)))]), "x": NIL, "s": NIL,
            "r": numeral(2), "n": 0,
        }

    choice, question = state("if(ask, hd, tl)"), state("ask")
    return {
        "universal-program": (
            Witness(
                "e counts down from 2 in eleven steps, and U on <e.2> does it in 1155, within "
                "1311.",
                down | {"n": 11},
            ),
            Witness(
                "e has a value in one step, and U on <e.0> in 131: it can't be bounded by less.",
                {"f": EMPTY, "e": code(parse_program("quote 1")), "x": NIL, "n": 1},
            ),
            Witness("e is not a code, but read as ask.", asks | {"n": 1}),
            Without("halts", "e goes on for ever, and so does U.", loops | {"n": 11}),
        ),
        "universal-program.only": (
            Witness("U has counted down within 2000 steps, so e has.", down | {"n": 2_000}),
            Without("halts", "U is still at it, and so is e.", loops | {"n": 2_000}),
        ),
        "universal-program.clocked": (
            Witness("After ten steps e is still counting down.", down | {"w": numeral(10)}),
            Witness("After eleven it has halted, with value 0.", down | {"w": numeral(11)}),
            Witness(
                "One step of an If takes the clocked one 223: it can't be bounded by less.",
                {
                    "f": EMPTY, "e": code(parse_program("if(id, hd, tl)")), "x": NIL,
                    "w": numeral(1),
                },
            ),
            Witness(
                "Relative to a set with all trees e has the value 1, and the clock is a list of "
                "two trees: only its length counts.",
                asks | {"w": tree_list([TRUE, NIL])},
            ),
        ),
        "universal-step": (
            Witness("The first step of an If takes the most: 160.", choice, ANSWERS),
            Witness("An Ask takes 82, and the 3 of the answer.", question, ANSWERS),
            Witness(
                "In place of Ask there is hd, which answers every question by the parameter, 2.",
                question | {
                    "a": parse_program("hd"), "g": Named("always 2", lambda _: numeral(2)),
                    "k": Finite({}, 1),
                },
                ANSWERS,
            ),
            Without(
                "answers", "a says 1 to every question, but g says 0.", question | {"g": EMPTY},
                ANSWERS,
            ),
            Without(
                "gas", "The first step of an If takes 160; there is gas for 159.",
                choice | {"n": -1}, ANSWERS,
            ),
        ),
    }
