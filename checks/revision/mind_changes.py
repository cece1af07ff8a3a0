"""Finite checks of ``mind-changes``: the contrary guesser and programs that guess at themselves.

*Definitions*: :class:`Row`, guesses that are known for all stages; :func:`following`, a program
that guesses a row; :class:`Own`, the guesses of a program at its own code, :func:`known_guesses`;
:func:`mind_changes`, :func:`agreement`; :func:`instances`, witnesses and what the hypotheses are
for.

What a program guesses in all stages is known if it has no loop: it takes fewer tails of the stage
than it has parts, so that from the stage of its size on its tests and questions have the same
answers; a guess that is a truth value then stays the same.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

from checks.exhaust import exhaust, programs_to, text, trees_to
from checks.machine.turing_jump import Jump, with_steps
from checks.results import CheckResult
from checks.revision.limit_lemma import has_loop
from checks.witness import Claims, Without, Witness
from models.machine.compiled_run import run_batch
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import If, Program, Quote, Then, Tl, code, parse_program, size
from models.machine.run import run
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, numeral, truth
from models.revision.limit_lemma import change
from models.revision.mind_changes import (
    contrary,
    contrary_gas,
    contrary_guess,
    seen_stage,
    settled_stage,
)
from proofs.kernel.evaluate import Assignment, Finite, Window
from proofs.kernel.rules import Statement

NIL_ALONE = Table({NIL: TRUE})
ORACLES = (("empty", EMPTY), ("set:nil", NIL_ALONE))
MOST = (0, 1, 2)
"""The numbers n."""

SIZE = 4
"""Of the guessers without loops."""

LONGEST = 4
"""Of the rows of guesses."""

LARGE = 14
"""A smaller one can be run as a guesser at itself with the contrary guesser for long enough."""

SMALL = 3
"""Of the programs, also such as loop, whose codes the contrary guesser is run at."""

STAGES = 4
"""For these; in stage 3 some guesses are seen, and the next one is."""

NAMED = ", ".join(name for name, _ in ORACLES)


class Row:
    """A function of the stage that is told for the first stages, and then stays the same."""

    def __init__(self, *values: Any) -> None:
        self.values = values

    def __call__(self, stage: int, /) -> Any:
        return self.values[min(max(stage, 0), len(self.values) - 1)]

    @property
    def modulus(self) -> int:
        """From which stage on it does not change."""
        changes = [s for s, (one, next_) in enumerate(pairwise(self.values)) if one != next_]
        return 1 + max(changes, default=-1)

    @property
    def changes(self) -> int:
        """How often it does."""
        return sum(one != next_ for one, next_ in pairwise(self.values))

    def __repr__(self) -> str:
        told = self.values[: self.modulus + 1]
        return ", ".join(text(value) for value in told) + " and so on"


def following(row: tuple[bool, ...]) -> Program:
    """The program that guesses these truth values, one in each stage, and the last one for ever.

    A later one takes more steps. So the contrary guesser sees one after the other, and does not
    skip any.
    """
    *before, last = (Quote(truth(value)) for value in row)
    program: Program = last
    for guess in reversed(before):
        program = If(Tl(), Then(Tl(), program), guess)
    return program


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """The guesses of a program at its own code, and their steps, by stage."""

    program: Program
    oracle: Oracle
    guesses: Row
    steps: Row

    @property
    def code(self) -> Tree:
        """Of the program."""
        return code(self.program)

    @property
    def made(self) -> dict[str, Any]:
        """Values of the variables that say what is guessed."""
        return {"f": self.oracle, "G": self.guesses, "c": self.steps}

    def seldom(self, n: int) -> dict[str, Any]:
        """And of those that say that nothing changes from the modulus on."""
        m = self.guesses.modulus
        return self.made | {"m": m, "b": self.guesses(m), "n": n}

    @property
    def seen(self) -> int:
        """A stage in which they have been seen up to their modulus."""
        return seen_stage(self.steps, self.guesses.modulus)


def own_guesses(program: Program, oracle: Oracle, last: int) -> Own | None:
    """Those of a program that halts soon and of which it is known that from stage ``last`` on
    nothing changes, if all are truth values."""
    runs = [
        run(program, Pair(code(program), numeral(stage)), oracle=oracle)
        for stage in range(last + 1)
    ]
    if any(result.value not in (FALSE, TRUE) for result in runs):
        return None
    steps = Row(*(result.steps for result in runs))
    return Own(program, oracle, Row(*(result.value for result in runs)), steps)


def rows(longest: int) -> Iterator[tuple[bool, ...]]:
    """All rows of at most so many truth values, without one that says the last one twice."""
    for length in range(1, longest + 1):
        for row in product((False, True), repeat=length):
            if length == 1 or row[-1] != row[-2]:
                yield row


def known_guesses() -> Iterator[Own]:
    """Those of all programs without loops to a size, and of all programs for rows to a length."""
    for (_, oracle), program in product(ORACLES, programs_to(SIZE)):
        last = size(program) + 2  # so that what is left of the stage is seen to be no truth value
        if not has_loop(program) and (found := own_guesses(program, oracle, last)):
            yield found
    yield from (follower(row) for row in rows(LONGEST))


def follower(row: tuple[bool, ...]) -> Own:
    """The program that guesses a row."""
    found = own_guesses(following(row), EMPTY, len(row) - 1)
    assert found is not None
    return found


# The statements


def seldom() -> Iterator[dict[str, Any]]:
    """Guesses at themselves that change at most n times, in the first stage in which they have been
    seen and in the next one."""
    for own, n in product(known_guesses(), MOST):
        if own.guesses.changes <= n:
            for s in (own.seen, own.seen + 1):
                yield own.seldom(n) | {"x": own.code, "s": s}


def separations() -> Iterator[dict[str, Any]]:
    """Those of them that change, as often as they may."""
    for own in known_guesses():
        n = own.guesses.changes
        if n and size(own.program) < LARGE:
            yield separating(own, n)


def separating(own: Own, n: int, s: int | None = None) -> dict[str, Any]:
    """Values for the theorem itself: in stage s, the first one that will do."""
    return own.seldom(n) | {"h": own.program, "s": own.seen if s is None else s}


def watched(oracle: Oracle) -> Iterator[tuple[Tree, int]]:
    """Trees that are read as programs, also as such as have no guess; a stage to go to."""
    for program in programs_to(SMALL):
        yield code(program), STAGES
    if oracle is EMPTY:
        for own in map(follower, rows(LONGEST)):
            yield own.code, own.seen + 1


def counted() -> Iterator[dict[str, Any]]:
    """The contrary guesses at such trees."""
    for (_, f), n in product(ORACLES, MOST):
        for x, s in watched(f):
            yield {"f": f, "x": x, "n": n, "s": s}


def made() -> Iterator[dict[str, Any]]:
    """Small trees, clocks, which need not be numbers, and how often the mind changes."""
    trees = [code(program) for program in programs_to(2)]
    trees += [code(following(row)) for row in rows(2)]
    clocks = (NIL, numeral(1), numeral(9), Pair(TRUE, Pair(TRUE, NIL)))
    for (_, f), x, w, y in product(ORACLES, trees, clocks, (NIL, Pair(TRUE, NIL))):
        yield {"f": f, "x": x, "w": w, "y": y}


def settling() -> Iterator[dict[str, Any]]:
    """The programs for rows, with the decided jump, in the first stage that will do and a later
    one. With a change to spare the jump says that there is none."""
    J = Jump(EMPTY)
    for row, more in (*product(rows(3), (0,)), *product(rows(2), (1,))):
        own = follower(row)
        k = own.guesses.changes + more
        last = settled_stage(J, J.steps, own.program, NIL, 0, k)
        for t in (last, last + 2):
            yield own.made | {"J": J, "s": J.steps, "h": own.program, "x": NIL, "k": k, "t": t}


def around(values: Assignment) -> range:
    """Where to test what is supposed of all stages: from the last one on the same is known."""
    return range(len(values["G"].values) + 2)


def asked(values: Assignment) -> list[Tree]:
    """What the jump is asked about, and some trees more."""
    J, h, stage = values["J"], values["h"], 0
    questions: list[Tree] = []
    while len(questions) < values["k"] and (not questions or J(questions[-1]) != NIL):
        questions.append(code(change(h, Pair(values["x"], numeral(stage)))))
        stage += values["s"](questions[-1])
    return [*questions, *trees_to(1)]


ABOUT_GUESSES: Window = {"guesses": around, "settles": around}
ABOUT_JUMP: Window = {
    "guesses": around, "are": around, "few": around, "members halt": asked,
    "others loop": lambda values: list(product(asked(values), (0, 50))),
}


def mind_changes(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """All parts, and the contrary guesser as a program."""
    known = (
        f"all guessers at themselves without loops of size ≤ {SIZE}, oracles {NAMED}, and one for "
        f"each row of ≤ {LONGEST} guesses"
    )
    trees = (
        f"the codes of all programs of size ≤ {SMALL}, oracles {NAMED}, to stage {STAGES}, and of "
        f"one for each row of ≤ {LONGEST} guesses, until they are seen"
    )
    most = ", ".join(map(str, MOST))

    def part(name: str, instances: Iterator[Assignment], bound: str, window: Window) -> CheckResult:
        return exhaust(name, statements[name], instances, bound=bound, window=window)

    return [
        part(
            "mind-changes", separations(),
            f"{known}, of less than {LARGE} parts, if their guesses change; n is how often, in the "
            "first stage that will do",
            ABOUT_GUESSES,
        ),
        part("mind-changes.few", counted(), f"{trees}; n = {most}", {}),
        part(
            "mind-changes.made", made(),
            f"the codes of all programs of size ≤ 2 and of one for each row of ≤ 2 guesses, "
            f"oracles {NAMED}, clocks 0, 1, 9 and a list of 2; n = 0 and a list of 1", {},
        ),
        part(
            "mind-changes.contradicted", seldom(),
            f"{known}; n = {most}, the first stage that will do and the next one", ABOUT_GUESSES,
        ),
        part(
            "mind-changes.settles", settling(),
            "a guesser for each row of ≤ 3 guesses, oracle empty, with its jump; as many changes "
            "as it makes, to 2 guesses also one more; the first stage that will do and one more",
            ABOUT_JUMP,
        ),
        agreement(trees),
    ]


def agreement(bound: str) -> CheckResult:
    """Whether the program has the contrary guesses, in every stage, by the compiled machine."""
    begin = time.perf_counter()
    count = 0

    def result(verdict: Any, **more: Any) -> CheckResult:
        return CheckResult(
            "contrary as a program", verdict, count, 0,
            f"{bound}; n = {', '.join(map(str, MOST))}",
            time.perf_counter() - begin, **more,
        )

    for (name, oracle), n in product(ORACLES, MOST):
        places = [(x, s) for x, last in watched(oracle) for s in range(last + 1)]
        found = run_batch(
            [contrary(n)] * len(places), [Pair(x, numeral(s)) for x, s in places],
            oracle=oracle, gas=contrary_gas(numeral(max(s for _, s in places))), results=True,
        )
        for (x, s), value in zip(places, found.results, strict=True):
            count += 1
            if value != contrary_guess(oracle, x, n, s):
                return result("refuted", counterexample={
                    "f": name, "n": str(n), "x": text(x), "s": str(s), "program": repr(value),
                })
    return result("exhausted")


# Witnesses


YES, NO, NO_YES, YES_NO, NO_YES_NO = (
    follower(row)
    for row in ((True,), (False,), (False, True), (True, False), (False, True, False))
)

NEVER = Own(parse_program("while(quote 1, id)"), EMPTY, Row(FALSE), Row(1))
"""A program that never halts, with guesses that it does not have."""

COUNTING = Own(
    parse_program("if(tl, quote 3, quote 2)"), EMPTY, Row(numeral(2), numeral(3)), Row(4)
)
"""Its guesses are no truth values."""


def instances() -> Claims:
    """Guessers at themselves that change their minds not at all, once and twice."""
    return {
        "mind-changes": _separated(), "mind-changes.few": _few(), "mind-changes.made": _made(),
        "mind-changes.contradicted": _contradicted(), "mind-changes.settles": _settles(),
    }


def _separated() -> tuple[Witness | Without, ...]:
    """With n = 0 or 1."""
    return (
        Witness(
            "h says yes in every stage. The contrary guesser, which need not change its mind, says "
            "no.",
            separating(YES, 0), ABOUT_GUESSES,
        ),
        Witness(
            "h says no, then yes, and n is 1. The contrary guesser says no, yes, and in the end "
            "no.",
            separating(NO_YES, 1), ABOUT_GUESSES,
        ),
        Witness(
            "h says 2, then 3, no truth values. All that is no no counts as yes, and the contrary "
            "guesser says no.",
            separating(COUNTING, 1), ABOUT_GUESSES,
        ),
        Without(
            "guesses",
            "h never halts, so nothing is seen of it and the contrary guess is no, as what h is "
            "said to guess.",
            separating(NEVER, 0), ABOUT_GUESSES,
        ),
        Without(
            "settles",
            "h says yes, then no. Its first guess is taken for its limit, and is the limit of the "
            "contrary guesser.",
            separating(YES_NO, 0, YES_NO.seen + 5) | {"m": 0, "b": TRUE}, ABOUT_GUESSES,
        ),
        Without(
            "few",
            "h changes its mind once, from no to yes, and n is 0. The contrary guesser may change "
            "its mind once, and both say yes in the end.",
            separating(NO_YES, 0), ABOUT_GUESSES,
        ),
        Without(
            "seen",
            "h says no in every stage. The contrary guesser says so in stage 0, when it has seen "
            "nothing, and then yes.",
            separating(NO, 0, 0), ABOUT_GUESSES,
        ),
    )


def _few() -> tuple[Witness | Without, ...]:
    def given(own: Own, n: int, s: int) -> dict[str, Any]:
        return {"f": EMPTY, "x": own.code, "n": n, "s": s}

    return (
        Witness(
            "x guesses no, then yes, and n is 1. The contrary guesser says no, yes, no: two "
            "changes, so n+1 cannot be less.",
            given(NO_YES, 1, NO_YES.seen + 1),
        ),
        Witness(
            "x guesses no, yes, no, and n is 1. The contrary guesser has no change left for the "
            "second no.",
            given(NO_YES_NO, 1, NO_YES_NO.seen + 1),
        ),
        Without(
            "most",
            "For n = -2 the contrary guesser never changes its mind; but that is not at most -1 "
            "times.",
            given(NO_YES, -2, NO_YES.seen),
        ),
    )


def _made() -> tuple[Witness, ...]:
    return (
        Witness(
            f"x guesses no, then yes, and n is 1. In stage {NO_YES.seen} both guesses are "
            "seen, and the contrary guess is no.",
            {"f": EMPTY, "x": NO_YES.code, "w": numeral(NO_YES.seen), "y": numeral(1)},
        ),
    )


def _contradicted() -> tuple[Witness | Without, ...]:
    def given(own: Own, n: int, s: int, **more: Any) -> dict[str, Any]:
        return own.seldom(n) | {"x": own.code, "s": s} | more

    return (
        Witness(
            f"x guesses no, then yes: one change, and n is 1. From stage {NO_YES.seen} on the "
            "contrary guess is no.",
            given(NO_YES, 1, NO_YES.seen), ABOUT_GUESSES,
        ),
        Without(
            "guesses",
            "x never halts, so nothing is seen of it. The contrary guess stays no.",
            given(NEVER, 0, 9), ABOUT_GUESSES,
        ),
        Without(
            "settles",
            "x guesses yes, then no. Its first guess is taken for its limit.",
            given(YES_NO, 0, YES_NO.seen + 5, m=0, b=TRUE), ABOUT_GUESSES,
        ),
        Without(
            "few",
            "x guesses no, then yes: one change, and n is 0. The contrary guesser has seen the no "
            "and may not change its mind again.",
            given(NO_YES, 0, NO_YES.seen), ABOUT_GUESSES,
        ),
        Without(
            "seen",
            "x guesses no. In stage 0 that is not seen, and the contrary guess is no.",
            given(NO, 0, NO.seen - 1), ABOUT_GUESSES,
        ),
    )


def _settles() -> tuple[Witness | Without, ...]:
    jump = with_steps(Jump(EMPTY))
    every = {"J": FULL, "s": Finite({}, 0)}
    none = {"J": EMPTY, "s": Finite({}, 0)}
    once = settled_stage(jump["J"], jump["s"], NO_YES.program, NIL, 0, 1)

    def given(own: Own, k: int, t: int, **more: Any) -> dict[str, Any]:
        return own.made | {"h": own.program, "x": NIL, "k": k, "t": t} | jump | more

    return (
        Witness(
            f"h says no, then yes. The jump tells of a change from stage 0 on, and the search for "
            f"it takes {once} steps, so it is before stage {once}.",
            given(NO_YES, 1, once), ABOUT_JUMP,
        ),
        Witness(
            "h says no in every stage, and might change its mind once. The jump tells that it does "
            "not.",
            given(NO, 1, 0), ABOUT_JUMP,
        ),
        Without(
            "guesses",
            "h says 2 and then 3. Neither is false, so the search sees no change.",
            given(COUNTING, 1, 1), ABOUT_JUMP,
        ),
        Without(
            "are",
            "h says no in every stage, and G no, then yes. The jump tells of no change of h.",
            given(NO, 1, 1, G=NO_YES.guesses), ABOUT_JUMP,
        ),
        Without(
            "members halt",
            "J says that a search halts, but not when: in stage 0 the guess is no, and then yes.",
            given(NO_YES, 1, 1, **every), ABOUT_JUMP,
        ),
        Without(
            "others loop",
            "J says of stage 0 that no change is to come. But one is.",
            given(NO_YES, 1, 1, **none), ABOUT_JUMP,
        ),
        Without(
            "few",
            "h changes its mind once, and k is 0: the jump is not asked, and stage 0 taken.",
            given(NO_YES, 0, 1), ABOUT_JUMP,
        ),
        Without(
            "later",
            f"In stage 0 h says no, but yes in the stage {once} that the jump tells.",
            given(NO_YES, 1, 0), ABOUT_JUMP,
        ),
    )
