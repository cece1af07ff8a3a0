"""Finite checks of ``jump-escape`` and ``jump-above``, with jumps decided question by question.

*Definitions*: :class:`Jump`; :func:`jump_escape`, :func:`jump_above`; :func:`escape_instances`,
:func:`above_instances`, witnesses of both and what their hypotheses are for.

That J is the jump is what the theorems suppose of all trees; here each answer of J is decided with
evidence (:mod:`checks.machine.decide`), without the theorems, and tested on the tree that they ask
about and on the smallest ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.decide import Decision, decide
from checks.machine.escape import ORACLES
from checks.results import CheckResult
from checks.witness import Claims, Named, Without, Witness
from models.machine.diagonal import diagonal
from models.machine.oracle import EMPTY, FULL, Oracle, SetOracle, Table
from models.machine.program import Ask, code, decode, parse_program
from models.machine.tree import NIL, TRUE, Tree, format_tree, numeral
from models.machine.turing_jump import ABOVE_STEPS, absence
from proofs.kernel.evaluate import Assignment, Finite, Unevaluated
from proofs.kernel.rules import Statement

SIZE = 3
GASES = (0, 3, 12)
SMALL = tuple(trees_to(2))
"""Trees on which it is tested that J is the jump, beside the one that it is asked about."""

VALUES: tuple[tuple[str, Table], ...] = (
    *ORACLES, ("{nil: 2, 1: 0, else: 1}", Table({NIL: numeral(2), TRUE: NIL}, otherwise=TRUE))
)


class Jump(SetOracle):
    """The jump of an oracle. A question that is not decided leaves an instance unevaluated."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.known: dict[Tree, Decision] = {}

    def _decision(self, tree: Tree) -> Decision:
        found = self.known.get(tree)
        if found is None:
            found = self.known[tree] = decide(decode(tree), tree, oracle=self.oracle)
        if found.verdict == "unknown":
            raise Unevaluated(f"not decided whether {tree!r} halts on itself")
        return found

    def __contains__(self, tree: Tree, /) -> bool:
        return self._decision(tree).verdict == "halts"

    def steps(self, tree: Tree) -> int:
        """In how many steps a member halts; 0 for the others."""
        return self._decision(tree).steps or 0

    def __repr__(self) -> str:
        return f"the jump of {self.oracle!r}"


def with_steps(jump: Jump, J: str = "J", s: str = "s") -> dict[str, Any]:
    """A jump and the steps of its members, as values of these variables."""
    return {J: jump, s: Named(f"the steps of members of {J}", jump.steps)}


def right_about(
    asked: Callable[[Assignment], Tree], small: Iterable[Tree] = SMALL
) -> dict[str, Callable[[Assignment], list[Any]]]:
    """Where to test that J is the jump."""
    others = list(small)

    def trees(values: Assignment) -> list[Any]:
        return [asked(values), *others]

    return {
        "members halt": trees,
        "others loop": lambda values: list(product(trees(values), GASES)),
    }


ABOUT_DIAGONAL = right_about(lambda values: code(diagonal(values["p"])))
ABOUT_ABSENCE = right_about(lambda values: code(absence(values["x"])))


def programs() -> Iterator[dict[str, Any]]:
    """Oracle f with its jump J, program p, gas n."""
    for _, f in ORACLES:
        J = Jump(f)
        for p, n in product(programs_to(SIZE), GASES):
            yield {"f": f, "J": J, "s": J.steps, "p": p, "n": n, "m": 4 * n}


def questions() -> Iterator[dict[str, Any]]:
    """Oracle f with its jump J, tree x, gas n."""
    for _, f in VALUES:
        J = Jump(f)
        for x, more in product(trees_to(3), (-ABOVE_STEPS, -1, 0, 7)):
            yield {"f": f, "J": J, "s": J.steps, "x": x, "n": ABOVE_STEPS + more}


def _named(oracles: Iterable[tuple[str, Oracle]]) -> str:
    return ", ".join(name for name, _ in oracles)


def jump_escape(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Small programs with the jumps of some oracles."""
    small = f"all programs of size ≤ {SIZE}, gas {', '.join(map(str, GASES))}"
    return [
        exhaust(
            name,
            statements[name],
            programs(),
            bound=f"{small}, oracles {_named(ORACLES)}, with their jumps",
            window=ABOUT_DIAGONAL,
        )
        for name in ("jump-escape", "jump-escape.error")
    ] + [
        exhaust(
            "decode-code",
            statements["decode-code"],
            ({"p": p} for p in programs_to(SIZE + 2)),
            bound=f"all programs of size ≤ {SIZE + 2}",
        )
    ]


def jump_above(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Small questions, with just enough gas and with too little."""
    return [
        exhaust(
            name,
            statements[name],
            questions(),
            bound=f"all trees of ≤ 3 pairs, oracles {_named(VALUES)}, with their jumps",
            window=ABOUT_ABSENCE,
        )
        for name in ("jump-above", "jump-above.asking")
    ]


def escape_instances() -> Claims:
    """Ask relative to a set that is said to be its own jump."""
    ask = {"p": Ask(), "n": 1}
    told = Table({code(diagonal(Ask())): TRUE})
    sequence = parse_program("then(ask, tl)")
    return {
        "jump-escape": (
            Witness(
                "f says that the diagonal of ask halts. So it goes round for ever, and is not in "
                "the jump.",
                {"f": told, **with_steps(Jump(told)), **ask}, ABOUT_DIAGONAL,
            ),
            Without(
                "members halt",
                "J is f, so ask is right about it. But the diagonal of ask is in J and goes round "
                "for ever.",
                {"f": FULL, "J": FULL, "s": Finite({}, 100), **ask}, ABOUT_DIAGONAL,
            ),
            Without(
                "others loop",
                "J is f, so ask is right about it. But the diagonal of ask halts and is not in J.",
                {"f": EMPTY, "J": EMPTY, "s": Finite({}, 0), **ask}, ABOUT_DIAGONAL,
            ),
        ),
        "jump-escape.error": (
            Witness(
                "ask says no of its diagonal, which then halts: in five steps, not in four.",
                {"f": EMPTY, "m": 4, **ask},
            ),
            Witness(
                "ask says yes of its diagonal, which then does not halt, not in 100 steps either.",
                {"f": told, "m": 100, **ask},
            ),
        ),
        "decode-code": (
            Witness(
                f"Its code is {format_tree(code(sequence), style='numbers')}.", {"p": sequence}
            ),
        ),
    }


def above_instances() -> Claims:
    """What is asked of the jump of a set of one tree."""
    one = Table({numeral(1): TRUE})
    jump = {"f": one, **with_steps(Jump(one))}
    many = {"f": one, "J": FULL, "s": Finite({}, 100), "x": numeral(1)}
    none = {"f": one, "J": EMPTY, "s": Finite({}, 0), "x": numeral(2)}
    enough = {"n": ABOVE_STEPS}
    return {
        "jump-above": (
            Witness(
                "1 is in f, so absence(1) goes round for ever. It is not in the jump, and above "
                "says true.",
                jump | {"x": numeral(1)} | enough, ABOUT_ABSENCE,
            ),
            Witness(
                "2 is not in f, so absence(2) halts and is in the jump, and above says false.",
                jump | {"x": numeral(2)} | enough, ABOUT_ABSENCE,
            ),
            Without(
                "members halt",
                "J holds absence(1) too, which goes round for ever: above says that 1 is not "
                "in f.",
                many | enough, ABOUT_ABSENCE,
            ),
            Without(
                "others loop",
                "J lacks absence(2), which halts: above says that 2 is in f.",
                none | enough, ABOUT_ABSENCE,
            ),
        ),
        "jump-above.asking": (
            Witness(
                "2 is not in f, so absence(2) halts and is in the jump.",
                jump | {"x": numeral(2)}, ABOUT_ABSENCE,
            ),
            Without(
                "members halt", "J holds absence(1), but 1 is in f.", many, ABOUT_ABSENCE
            ),
            Without(
                "others loop", "J lacks absence(2), but 2 is not in f.", none, ABOUT_ABSENCE
            ),
        ),
    }
