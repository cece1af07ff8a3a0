"""Finite checks of ``turing-preorder``: small reductions, and what they compute.

*Definitions*: :func:`turing_preorder`; :func:`instances`, its witnesses and what its hypotheses are
for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.semantics import ORACLES
from checks.machine.substitution import COMPLEMENT, COMPLEMENT_STEPS, Computed
from checks.results import CheckResult
from checks.witness import Claims, Without, Witness
from models.machine.oracle import EMPTY, FULL, Join, Table
from models.machine.program import Ask, parse_program
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, numeral
from proofs.kernel.evaluate import Finite, Window
from proofs.kernel.rules import Statement

SIZE = 3
OTHER_SIZE = 2
PAIRS = 3
TREES = list(trees_to(PAIRS))
SEEN = list(trees_to(1))
"""Where what is supposed of all trees is tested."""

NAMES = ", ".join(name for name, _ in ORACLES)
LAST = ORACLES[-1:]


def reflexive() -> Iterator[dict[str, Any]]:
    """An oracle f, an input x."""
    for (_, f), x in product(ORACLES, TREES):
        yield {"f": f, "x": x}


def transitive() -> Iterator[dict[str, Any]]:
    """Programs p and q, the g that q computes from f, and the h that p computes from g."""
    for (_, f), q, p in product(LAST, programs_to(OTHER_SIZE), programs_to(SIZE)):
        g = Computed(q, f)
        h = Computed(p, g)
        for x in SEEN:
            yield {"f": f, "g": g, "h": h, "k": g.cost, "c": h.cost, "p": p, "q": q, "x": x}


def joins() -> Iterator[dict[str, Any]]:
    """Oracles g and h with their join J, an input x."""
    for (_, g), (_, h), x in product(ORACLES, ORACLES, TREES):
        yield {"g": g, "h": h, "J": Join(g, h), "x": x}


def least() -> Iterator[dict[str, Any]]:
    """Programs p and q, and the join J of what they compute from f."""
    for (_, f), p, q in product(LAST, programs_to(SIZE), programs_to(OTHER_SIZE)):
        g, h = Computed(p, f), Computed(q, f)
        for x in TREES:
            yield {
                "f": f, "g": g, "h": h, "J": Join(g, h), "p": p, "q": q,
                "b": g.cost, "c": h.cost, "x": x,
            }


def included() -> Iterator[dict[str, Any]]:
    """A program q, and the f that it computes from g."""
    for (_, g), q in product(ORACLES, programs_to(SIZE)):
        f = Computed(q, g)
        for w, x in product(SEEN, TREES):
            yield {"f": f, "g": g, "q": q, "c": f.cost, "w": w, "x": x}


def seen(*labels: str) -> dict[str, Any]:
    """The small window of these hypotheses."""

    def some(_: Mapping[str, Any]) -> list[Tree]:
        return SEEN

    return dict.fromkeys(labels, some)


def turing_preorder(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Every part."""
    inputs = f"inputs of ≤ {PAIRS} pairs"
    any_two = f"any two of the oracles {NAMES}, {inputs}"
    last = f"oracle {LAST[0][0]}"

    def check(
        part: str, instances: Iterator[dict[str, Any]], bound: str, *labels: str
    ) -> CheckResult:
        name = f"turing-preorder.{part}"
        return exhaust(name, statements[name], instances, bound=bound, window=seen(*labels))

    return [
        check("reflexive", reflexive(), f"oracles {NAMES}, {inputs}"),
        check(
            "transitive", transitive(),
            f"all programs p of size ≤ {SIZE} and q of size ≤ {OTHER_SIZE}, inputs of ≤ 1 pair, "
            f"{last}", "lower", "upper",
        ),
        check("join-of-sets", joins(), any_two, "first", "second", "join"),
        check("halves", joins(), any_two, "join"),
        check(
            "join", least(),
            f"all programs p of size ≤ {SIZE} and q of size ≤ {OTHER_SIZE}, {inputs}, {last}",
            "left", "right", "join",
        ),
        check(
            "included", included(),
            f"all programs q of size ≤ {SIZE}, oracles {NAMES}, {inputs}", "included",
        ),
    ]


ONE, TWO = Table({numeral(1): TRUE}), Table({numeral(2): TRUE})
ALL_BUT_ONE = Table({numeral(1): FALSE}, otherwise=TRUE)
ELEMENTS = list(trees_to(4))
"""Among them those of the joins of these sets that the instances are about."""


def among(*labels: str) -> Window:
    """The window of these hypotheses for the instances."""
    return dict.fromkeys(labels, lambda _: ELEMENTS)


def of_first(tree: Tree) -> Tree:
    """The element of a join for one of its first set."""
    return Pair(FALSE, tree)


def of_second(tree: Tree) -> Tree:
    """The element of a join for one of its second set."""
    return Pair(TRUE, tree)


def instances() -> Claims:
    """Reductions to a set from its complement, and joins of two sets."""
    asks, complements = Finite({}, 1), Finite({}, COMPLEMENT_STEPS)
    return {
        "turing-preorder.reflexive": (
            Witness("Ask does nothing but ask.", {"f": ONE, "x": numeral(1)}),
        ),
        "turing-preorder.transitive": _composed(complements),
        "turing-preorder.join-of-sets": _joined_sets(),
        "turing-preorder.halves": _halved(),
        "turing-preorder.join": _least(asks, complements),
        "turing-preorder.included": _inclusion(asks, complements),
    }


def _composed(complements: Finite) -> tuple[Witness | Without, ...]:
    """All but one tree, from the set of that one; then without nil."""
    reductions = {
        "f": ONE, "g": ALL_BUT_ONE,
        "h": Table({NIL: FALSE, numeral(1): FALSE}, otherwise=TRUE),
        "k": complements, "c": Finite({}, 4),
        "p": parse_program("if(id, ask, quote nil)"), "q": COMPLEMENT, "x": numeral(2),
    }
    window = among("lower", "upper")
    return (
        Witness("q computes the complement of f; p leaves nil out of that.", reductions, window),
        Without(
            "lower", "q computes f itself, not its complement; f and h differ at 2.",
            reductions | {"q": Ask()}, window,
        ),
        Without(
            "upper", "p does not leave nil out: it computes g, which differs from h at 0.",
            reductions | {"p": Ask(), "x": NIL}, window,
        ),
    )


def _joined_sets() -> tuple[Witness | Without, ...]:
    two_sets = {"g": ONE, "h": TWO, "J": Join(ONE, TWO), "x": of_second(numeral(2))}
    answers_two = Table(otherwise=numeral(2))
    window = among("first", "second", "join")
    return (
        Witness("2 is in the second set, so <true.2> is in the join.", two_sets, window),
        Without(
            "first", "g answers 2, neither false nor true; so does the join on 1, or <false.0>.",
            two_sets | {"g": answers_two, "J": Join(answers_two, TWO), "x": of_first(NIL)}, window,
        ),
        Without(
            "second", "h answers 2, neither false nor true; so does the join on <true.0>.",
            two_sets | {"h": answers_two, "J": Join(ONE, answers_two), "x": of_second(NIL)}, window,
        ),
        Without(
            "join", "A join does not hold nil, which is no pair; the full set does.",
            two_sets | {"J": FULL, "x": NIL}, window,
        ),
    )


def _halved() -> tuple[Witness | Without, ...]:
    two_sets = {"g": ONE, "h": TWO, "J": Join(ONE, TWO), "x": numeral(1)}
    return (
        Witness(
            "Asked about <false.1> and <true.1>, the join says that 1 is in the first set only.",
            two_sets, among("join"),
        ),
        Without(
            "join", "1 is in g, but J is empty and does not hold <false.1>.",
            two_sets | {"J": EMPTY}, among("join"),
        ),
    )


def _least(asks: Finite, complements: Finite) -> tuple[Witness | Without, ...]:
    """A set and its complement, from the set."""
    both = {
        "f": ONE, "g": ONE, "h": ALL_BUT_ONE, "J": Join(ONE, ALL_BUT_ONE),
        "p": Ask(), "q": COMPLEMENT, "b": asks, "c": complements, "x": of_second(numeral(2)),
    }
    window = among("left", "right", "join")
    return (
        Witness("From f, p computes f and q its complement; 2 is in the latter.", both, window),
        Without(
            "left", "p computes the empty set, but g holds 1, and J holds 2, or <false.1>.",
            both | {"p": parse_program("quote nil"), "x": of_first(numeral(1))}, window,
        ),
        Without(
            "right", "q computes f, but h is its complement and holds 2.",
            both | {"q": Ask()}, window,
        ),
        Without(
            "join", "J is empty; joining(p, q) computes the join, which holds <true.2>.",
            both | {"J": EMPTY}, window,
        ),
    )


def _inclusion(asks: Finite, complements: Finite) -> tuple[Witness | Without, ...]:
    reduction = {
        "f": ALL_BUT_ONE, "g": ONE, "q": COMPLEMENT, "c": complements, "w": NIL, "x": numeral(1),
    }
    return (
        Witness(
            "f is the complement of g, and q computes it from g.", reduction, among("included")
        ),
        Without(
            "included", "Ask computes g from g, not its complement f.",
            reduction | {"q": Ask(), "c": asks}, among("included"),
        ),
    )
