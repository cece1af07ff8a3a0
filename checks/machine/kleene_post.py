"""Finite checks of ``kleene-post``, with a jump that is decided question by question.

*Definitions*: :class:`SearchJump`; :func:`kleene_post`, and :func:`instances`, witnesses and what
the hypotheses are for.

The jump is asked whether a search for a condition halts, which no certificate of a small program
tells. But a program that asks nothing halts with some condition if and only if it halts at all, and
that is decided (:mod:`checks.machine.decide`); how long the search takes is then seen by running
it. Of a program that asks it is known only if the search is seen to end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any

from checks.exhaust import exhaust, programs_to, trees_to
from checks.machine.decide import decide
from checks.machine.turing_jump import Jump
from checks.results import CheckResult
from checks.witness import Claims, Named, Without, Witness
from models.machine.compiled_run import run as compiled
from models.machine.condition import ANSWER, CHECKED
from models.machine.extension_search import finding, search
from models.machine.kleene_post import from_set
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import Ask, Program, Quote, Then, code, decode, parse_program
from models.machine.run import run
from models.machine.transform import asks, substitute
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, numeral
from proofs.kernel.evaluate import Assignment, Finite, Unevaluated, Window
from proofs.kernel.rules import Statement

STEPS = 10_000_000
"""Enough for the searches that halt."""

SHORT = 10_000
"""Steps after which a search goes to the compiled machine, which takes longer to make ready."""

SMALL = tuple(trees_to(1))
"""Trees on which it is tested that J is the jump, beside those that it is asked about."""

FIND: Program = finding(ANSWER)


class SearchJump(Jump):
    """The jump of an oracle, which decides searches for programs that ask nothing too."""

    def __init__(self, oracle: Oracle) -> None:
        super().__init__(oracle)
        self.searches: dict[Tree, int] = {}
        # Members are asked about twice, and to compare the codes of two searches is a long walk.
        self._last: tuple[Tree | None, int] = (None, 0)

    def __contains__(self, tree: Tree, /) -> bool:
        taken = self._search(tree)
        return super().__contains__(tree) if taken is None else taken > 0

    def steps(self, tree: Tree) -> int:
        taken = self._search(tree)
        return super().steps(tree) if taken is None else taken

    def _search(self, tree: Tree) -> int | None:
        """In how many steps the search halts; 0 if it doesn't, none if this is no search."""
        if tree is self._last[0]:
            return self._last[1]
        taken = self.searches.get(tree)
        if taken is None:
            found = searched(tree)
            if found is None:
                return None
            taken = self.searches[tree] = self._decided(tree, *found)
        self._last = tree, taken
        return taken

    def _decided(self, tree: Tree, program: Tree, value: Tree) -> int:
        """In how many steps a search for a program on a value halts; 0 if it doesn't."""
        decoded = decode(program)
        if not asks(decoded):
            verdict = decide(decoded, value, oracle=self.oracle).verdict
            if verdict == "unknown":
                raise Unevaluated(f"not decided whether {decoded!r} halts")
            if verdict == "loops":
                return 0
        found = run(decode(tree), tree, oracle=self.oracle, gas=SHORT)
        if found.value is None:
            found = compiled(decode(tree), tree, oracle=self.oracle, gas=STEPS, queries=False)
        if found.value is None:
            raise Unevaluated("a search that takes too long")
        return found.steps


def searched(tree: Tree) -> tuple[Tree, Tree] | None:
    """The program and its input if the tree is the code of a search."""
    program = decode(tree)
    if isinstance(program, Then) and program.second == FIND and isinstance(program.first, Quote):
        start = program.first.tree
        if isinstance(start, Pair) and isinstance(start.head, Pair):
            return start.head.head, start.head.tail
    return None


@cache
def jump_of(oracle: Oracle) -> SearchJump:
    """The jump of an oracle; the same one each time, as it remembers what it decided."""
    return SearchJump(oracle)


def with_jump(f: Oracle, root: Tree = NIL) -> dict[str, Any]:
    """An oracle, the jump of its set, the steps of its members; the node that comes first."""
    J = jump_of(f)
    return {"f": f, "J": J, "s": Named(f"the steps of members of {J!r}", J.steps), "w": root}


def told(values: Assignment) -> list[Tree]:
    """Where to test that J is the jump: at small trees, and at the first question of stage 0."""
    program = values["w"].head if isinstance(values["w"], Pair) else NIL
    return [*SMALL, code(search(ANSWER, program, NIL, NIL))]


ABOUT_JUMP: Window = {
    "members halt": told,
    "others loop": lambda values: list(product(told(values), (0, 50))),
    "other": lambda _: SMALL,
}

TWO = Table({NIL: TRUE, numeral(2): TRUE})
SETS: tuple[Oracle, ...] = (EMPTY, FULL, TWO)
LOOP = parse_program("while(quote 1, id)")
PROGRAMS = (
    *(parse_program(text) for text in ("quote 0", "quote 1", "hd", "tl", "id")), LOOP,
    parse_program("if(tl, quote 1, quote 0)"),
)
"""Programs that ask nothing: what they answer does not depend on A."""

LATER = (parse_program("id"), parse_program("hd"))
"""Those of which the turn is not far if nil has the first one: in stages 9 and 21. The next one is
that of tl, in stage 69."""


def first(program: Program) -> Tree:
    """A node whose turn is in stage 0, for a program that asks nothing or its checked form."""
    return Pair(code(substitute(program, CHECKED)), NIL)


def trees() -> Iterator[dict[str, Any]]:
    """Trees that ask a join about its first or its second set, or are no questions."""
    for x in trees_to(2):
        yield with_jump(TWO) | {"x": x}
    yield with_jump(EMPTY, first(LOOP)) | {"x": Pair(TRUE, NIL)}


def wrong_about_join() -> Iterator[dict[str, Any]]:
    """Programs, each with its turn in stage 0."""
    for f, p, n in product((EMPTY, TWO), (LOOP, parse_program("while(quote 1, tl)")), (0, 12)):
        yield with_jump(f, first(from_set(p))) | {"p": p, "n": n}
    yield with_jump(EMPTY, first(from_set(Quote(NIL)))) | {"p": Quote(NIL), "n": 12}


def wrong_about_other() -> Iterator[dict[str, Any]]:
    """Programs that may ask B, with their turn in stage 0 or a later one."""
    for f, p in product((EMPTY, TWO), PROGRAMS):
        yield with_jump(f, first(p)) | {"p": p, "n": 12}
    for p in LATER:
        yield with_jump(TWO) | {"p": p, "n": 1}


def on_use() -> Iterator[dict[str, Any]]:
    """Small programs p that ask, with programs q that answer; right or wrong, in time or not."""
    for g, p, q, x in product(SETS, programs_to(3), programs_to(2), SMALL):
        for k in (0, 3):
            yield {
                "f": FULL, "g": g, "k": Finite({}, k), "p": p, "q": q, "x": x, "n": 12,
                "rest": NIL,
            }


def kleene_post(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """The two sets on small trees, and programs that have their turn in stage 0, 9 or 21."""
    few = "all trees of ≤ 2 pairs with set:0,2 and its jump, one with empty and its jump"
    return [
        *(
            exhaust(name, statements[name], trees(), bound=few, window=ABOUT_JUMP)
            for name in ("kleene-post.above", "kleene-post.below", "kleene-post.other")
        ),
        exhaust(
            "kleene-post.not-below", statements["kleene-post.not-below"], wrong_about_join(),
            bound="two loops, gas 0, 12, empty and set:0,2, with their jumps, and quote 0 with "
            "empty, gas 12",
            window=ABOUT_JUMP,
        ),
        exhaust(
            "kleene-post", statements["kleene-post"], wrong_about_other(),
            bound=f"{len(PROGRAMS)} programs that ask nothing in stage 0, gas 12, with empty and "
            f"set:0,2, and {' and '.join(map(repr, LATER))} in stages 9 and 21, gas 1, with "
            "set:0,2; each with its jump",
            window=ABOUT_JUMP,
        ),
        exhaust(
            "kleene-post.on-use", statements["kleene-post.on-use"], on_use(),
            bound="all programs p of size ≤ 3 and q of size ≤ 2, inputs of ≤ 1 pair, 12 units of "
            f"gas, 0 or 3 for each question, p with {', '.join(map(repr, SETS))}, q with full",
        ),
    ]


# Witnesses

ALL_FALSE = Finite({}, 0)
"""Steps in which no program halts."""

NEVER = {"f": EMPTY, "J": EMPTY, "s": ALL_FALSE}
ALWAYS = {"f": EMPTY, "J": FULL, "s": ALL_FALSE}


def one_search() -> dict[str, Any]:
    """A set that holds the search for a program that asks whether nil is in A, and nothing else."""
    asks_about_nil = Pair(code(parse_program("then(quote <false.nil>, then(ask, tl))")), NIL)
    own = code(search(ANSWER, asks_about_nil.head, NIL, NIL))
    steps = run(decode(own), own, oracle=EMPTY, gas=STEPS).steps
    # Named, as the code of a search is long.
    alone = Named("{the search}", Table({own: TRUE}))
    return {
        "f": EMPTY, "J": alone, "s": Named("its steps", Finite({own: steps}, 0)),
        "w": asks_about_nil,
    }


def instances() -> Claims:
    """The pair of the empty set, and what becomes of it if J is not the jump."""
    none, true = Quote(FALSE), Quote(TRUE)
    loop = {"w": first(from_set(LOOP)), "p": LOOP, "n": 50}
    halting, looping = "members halt", "others loop"
    member = Pair(FALSE, NIL)
    constant = {"w": first(none), "p": none, "n": 1}
    wrong = {"w": first(from_set(none)), "p": none, "n": 1}
    asked = {
        "f": EMPTY, "g": FULL, "k": Finite({}, 1), "p": Ask(), "q": true, "x": NIL, "n": 1,
        "rest": NIL,
    }
    return {
        "kleene-post": (
            Witness(
                "In stage 0 it is the turn of quote 0: with one bit it halts, with nil, so nil is "
                "in the other set.",
                with_jump(EMPTY) | constant, ABOUT_JUMP,
            ),
            Witness(
                "The loop halts with no condition, so nil is not in the other set.",
                with_jump(EMPTY) | {"w": first(LOOP), "p": LOOP, "n": 50}, ABOUT_JUMP,
            ),
            Without(
                halting,
                "J holds all trees, but nothing halts in the steps said: no condition is found, "
                "both sets are empty, and quote 0 is right.",
                ALWAYS | constant, ABOUT_JUMP,
            ),
            Without(
                looping,
                "J is empty, so no search seems to halt, both sets are empty, and quote 0 is "
                "right.",
                NEVER | constant, ABOUT_JUMP,
            ),
        ),
        "kleene-post.on-use": (
            Witness("q says yes, as g does.", asked),
            Without("right", "q says no, g says yes.", asked | {"q": none}),
            Without("halts", "There is no gas.", asked | {"n": 0}),
        ),
        "kleene-post.above": (
            Witness("Whether nil is in A.", with_jump(FULL) | {"x": NIL}),
        ),
        "kleene-post.below": (
            Witness(
                "B holds <false.nil>, as A holds nil.", with_jump(FULL) | {"x": member},
                ABOUT_JUMP,
            ),
            Without(
                halting, "J holds all trees; so nil does not seem to be in A, but it is.",
                ALWAYS | {"f": FULL, "w": NIL, "x": member}, ABOUT_JUMP,
            ),
            Without(
                looping, "J is empty; so nil seems to be in A, but it is not.",
                NEVER | {"w": NIL, "x": member}, ABOUT_JUMP,
            ),
        ),
        "kleene-post.other": (
            Witness(
                "Id is the program of stage 0; it halts, so nil is in the other set.",
                with_jump(EMPTY) | {"x": NIL}, ABOUT_JUMP,
            ),
            Without(
                halting,
                "J holds all trees, but the steps are too few to halt: the search is not run to "
                "its end.",
                ALWAYS | {"w": NIL, "x": NIL}, ABOUT_JUMP,
            ),
            Without(
                looping,
                "J holds one search alone, for the program that asks whether nil is in A: it finds "
                "out that it is not. Asking J about A, it finds out that it is.",
                one_search() | {"x": NIL}, ABOUT_JUMP,
            ),
        ),
        "kleene-post.not-below": (
            Witness(
                "In stage 0 it is the turn of what the loop becomes, which halts with no "
                "condition: it is not right about <true.nil>, as it has no value.",
                with_jump(EMPTY) | loop, ABOUT_JUMP,
            ),
            Without(
                halting, "No condition is found, both sets are empty, and quote 0 is right.",
                ALWAYS | wrong, ABOUT_JUMP,
            ),
            Without(
                looping, "No search seems to halt, both sets are empty, and quote 0 is right.",
                NEVER | wrong, ABOUT_JUMP,
            ),
        ),
    }
