"""Finite checks of ``jump-monotone``: some reductions, all small trees and codes.

The jumps on both sides are decided question by question, as for ``jump-escape``.

*Definitions*: :func:`jump_monotone`; :func:`instances`, its witnesses and what its hypotheses are
for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.semantics import ORACLES
from checks.machine.substitution import COMPLEMENT, COMPLEMENT_STEPS, Computed
from checks.machine.turing_jump import SMALL, Jump, right_about, with_steps
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
from models.machine.code_substitution import question
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import Program, code, parse_program
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, numeral
from models.machine.turing_jump import absence
from proofs.kernel.evaluate import Assignment, Finite
from proofs.kernel.rules import Statement

GASES = (0, 7)
ANSWERING = ("ask", "if(ask, quote false, quote true)", "then(tl, ask)", "quote true")
"""Programs q, each of which computes a set from any set."""


def codes(size: int) -> tuple[Tree, ...]:
    """The trees of at most so many pairs, and the codes of programs of at most that size."""
    return (*trees_to(size), *map(code, programs_to(size)))


FEW, MANY = codes(2), codes(3)


def reductions() -> Iterator[dict[str, Any]]:
    """f and the g that q computes from it, their jumps J and K, tree e, gas n."""
    for text, (_, f) in product(ANSWERING, ORACLES):
        q = parse_program(text)
        g = Computed(q, f)
        J, K = Jump(f), Jump(g)
        for e, n in product(FEW, GASES):
            yield {
                "f": f, "g": g, "k": g.cost, "q": q, "J": J, "s": J.steps, "K": K, "t": K.steps,
                "e": e, "n": n,
            }


def asked(values: Assignment) -> Tree:
    """The question about e."""
    return _asked(values["e"], values["q"])


@cache
def _asked(e: Tree, q: Program) -> Tree:
    found: Tree = question(e, code(q))
    return found


def around() -> dict[str, Any]:
    """Where to test what is supposed of all trees."""
    below = right_about(lambda values: values["e"])
    return {
        "computes": lambda _: SMALL,
        **right_about(asked),
        **{f"{label} below": window for label, window in below.items()},
    }


def jump_monotone(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """The reduction, its questions, and substitution on codes."""
    few, many = (f"all trees of ≤ {n} pairs and codes of programs of size ≤ {n}" for n in (2, 3))
    oracles = f"oracles {', '.join(name for name, _ in ORACLES)}"
    queries = f"q one of {'; '.join(ANSWERING)}"
    lists = list(trees_to(1))
    instances = {
        "jump-monotone": (
            reductions,
            f"{few}, {queries}, gas {', '.join(map(str, GASES))} more, {oracles}, with their "
            "jumps and those of what q computes",
        ),
        "jump-reduction": (
            lambda: (
                {"f": f, "c": c, "e": e, "n": n}
                for (_, f), c, e, n in product(ORACLES, lists, MANY, GASES)
            ),
            f"{many}, c of ≤ 1 pair, gas {', '.join(map(str, GASES))} more, {oracles}",
        ),
        "code-visited": (
            lambda: (
                {"f": EMPTY, "c": c, "e": e, "k": k, "v": v, "n": n}
                for c, e, k, v, n in product(lists, FEW, lists, lists, (-9, 0, 40))
            ),
            f"{few}, c and other tasks and values of ≤ 1 pair, gas -9, 0, 40 more",
        ),
        "substituted-code": (
            lambda: (
                {"e": e, "q": q}
                for e, q in product((*trees_to(6), *MANY), programs_to(2))
            ),
            "all trees of ≤ 6 pairs and codes of programs of size ≤ 3, programs q of size ≤ 2",
        ),
    }
    return [
        exhaust(name, statements[name], found(), bound=bound, window=around())
        for name, (found, bound) in instances.items()
    ]


def instances() -> Claims:
    """A set and its complement, their jumps, and the program absence(0), which halts if 0 is not in
    its oracle."""
    e = code(absence(NIL))
    only_nil, all_but_nil = Table({NIL: TRUE}), Table({NIL: FALSE}, otherwise=TRUE)

    def given(f: Oracle, g: Oracle, *, n: int = 0, **more: Any) -> dict[str, Any]:
        """With the true jumps where nothing else is given."""
        return {
            "f": f, "g": g, "k": Finite({}, COMPLEMENT_STEPS), "q": COMPLEMENT, "e": e, "n": n,
            **with_steps(Jump(f)), **with_steps(Jump(g), "K", "t"), **more,
        }

    codes = {"e": code(parse_program("then(ask, tl)")), "c": code(parse_program("quote true"))}
    asking = codes | {"f": Table({question(codes["e"], codes["c"]): numeral(2)}, otherwise=TRUE)}
    visit = codes | {"f": EMPTY, "k": NIL, "v": NIL}
    window = around()
    return {
        "jump-monotone": (
            Witness(
                "0 is not in g, so absence(0), whose code is e, halts relative to g: e is in K, "
                "and its question is in J.",
                given(only_nil, all_but_nil), window,
            ),
            Without(
                "computes",
                "g is f, and q says the opposite: e is not in K, but its question is in J.",
                given(only_nil, only_nil), window,
            ),
            Without(
                "members halt",
                "0 is in g, so e is not in K. But J holds every tree.",
                given(EMPTY, FULL, J=FULL, s=Finite({}, 100)), window,
            ),
            Without(
                "others loop",
                "0 is not in g, so e is in K. But J is empty.",
                given(only_nil, all_but_nil, J=EMPTY, s=Finite({}, 0)), window,
            ),
            Without(
                "members halt below",
                "0 is in g, so the question of e is not in J. But K holds every tree.",
                given(EMPTY, FULL, K=FULL, t=Finite({}, 100)), window,
            ),
            Without(
                "others loop below",
                "0 is not in g, so the question of e is in J. But K is empty.",
                given(only_nil, all_but_nil, K=EMPTY, t=Finite({}, 0)), window,
            ),
            Without(
                "gas",
                "With one unit too little the program does not halt.",
                given(only_nil, all_but_nil, n=-1), window,
            ),
        ),
        "jump-reduction": (
            Witness(
                "From the code of then(ask, tl), with the code of quote 1 for c, it makes the "
                "question, to which f says 2.",
                asking | {"n": 0},
            ),
            Without("gas", "With one unit too little it does not ask.", asking | {"n": -1}),
        ),
        "code-visited": (
            Witness(
                "The only task is to visit the code of then(ask, tl). Then that of "
                "then(quote 1, tl) is the only value.",
                visit | {"n": 3},
            ),
        ),
        "substituted-code": (
            Witness(
                "e is not a code, but read as then(ask, id): its part <3.1> as ask, nil as id.",
                {
                    "e": Pair(numeral(6), Pair(Pair(numeral(3), TRUE), NIL)),
                    "q": parse_program("hd"),
                },
            ),
        ),
    }
