"""Finite checks of the limit lemma and the separation, with jumps decided question by question.

*Definitions*: :class:`Guessed`, a guesser whose limit at a tree is known, :func:`guessers`;
:func:`limit_to_jump`, :func:`jump_to_limit`, :func:`computable_modulus`, :func:`agreement`,
:func:`separation`; witnesses and what the hypotheses are for: :func:`limit_instances`,
:func:`jump_instances`, :func:`modulus_instances`, :func:`separation_instances`.

The program that decides a limit asks the jump about searches that are much larger than any program
in a table. Each is decided with evidence (:mod:`checks.machine.decide`), without the theorems.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, product
from typing import Any

from checks.exhaust import exhaust, programs_to, text, trees_to
from checks.machine.turing_jump import Jump, right_about, with_steps
from checks.results import CheckResult
from checks.witness import Claims, Named, Without, Witness
from models.machine.diagonal import diagonal
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import Ask, Program, Quote, While, code, parse_program, size
from models.machine.run import run
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, numeral, truth
from models.revision.limit_lemma import change, deciding, stopping
from proofs.kernel.evaluate import Assignment, Finite, Window
from proofs.kernel.rules import Statement

SIZE = 4
"""Of the guessers, which have no loops."""

MEMBERS = Table({NIL: TRUE, numeral(2): TRUE})
"""A set that some guessers ask about the stage: whether it is 0 or 2."""

STAGES = SIZE + 2 + 1
"""A guesser of this size without loops takes fewer than four tails of the stage. From stage 7 on
what is left is larger than 2, so the set answers all questions in the same way; truth values that
are guessed from there on are the same."""

ENOUGH = 200
"""Steps that are more than a small guesser or a small program takes."""

SEEN = tuple(trees_to(1))
"""Where what is supposed of all trees is tested, beside the questions that matter."""


# Guessers


@dataclass(frozen=True, slots=True, eq=False)
class Guessed:
    """A guesser h from a set f that guesses b at x from stage m on, and no earlier stage will do.
    """

    h: Program
    f: Oracle
    x: Tree
    m: int
    b: Tree
    known: dict[int, int] = field(default_factory=dict)

    def cost(self, stage: int) -> int:
        """The steps of the guess in a stage."""
        if stage not in self.known:
            input_ = Pair(self.x, numeral(stage))
            self.known[stage] = run(self.h, input_, oracle=self.f, gas=ENOUGH).steps
        return self.known[stage]

    def values(self, **more: Any) -> dict[str, Any]:
        """Values of the variables of the theorems."""
        return {
            "f": self.f, "h": self.h, "c": Named("the steps of the guesses", self.cost),
            "x": self.x, "m": self.m, "b": self.b, **more,
        }


def guess(h: Program, f: Oracle, x: Tree, stage: int) -> Tree | None:
    """The guess in a stage; none if there is none in time."""
    return run(h, Pair(x, numeral(stage)), oracle=f, gas=ENOUGH).value


def has_loop(program: Program) -> bool:
    """Whether a While is in a program."""
    parts = (part for part in program.fields() if isinstance(part, Program))
    return isinstance(program, While) or any(map(has_loop, parts))


FIRST_MEMBER = parse_program(
    "then(while(if(tl, if(then(hd, ask), quote 0, quote 1), quote 0), "
    "cons(cons(quote 0, hd), then(tl, tl))), if(tl, quote 1, quote 0))"
)
"""On ``<num(n).num(s)>``: whether one of the s numbers from n on is in the set."""


def searching(n: int) -> Guessed:
    """This guesser at a number; it searches for the only member of a set, 2."""
    two = Table({numeral(2): TRUE})
    found = n <= 2
    return Guessed(FIRST_MEMBER, two, numeral(n), 3 - n if found else 0, truth(found))


@cache
def guessers() -> tuple[Guessed, ...]:
    """All guessers without loops to a size, at some trees, as far as their guesses are truth
    values; of those of the largest size the ones whose guesses change. And one that has a loop."""
    found = []
    for h, x in product(programs_to(SIZE), SEEN):
        if has_loop(h):
            continue
        guesses = [guess(h, MEMBERS, x, stage) for stage in range(STAGES + 1)]
        changes = [stage for stage, (a, b) in enumerate(pairwise(guesses)) if a != b]
        last = guesses[-1]
        if all(value in (FALSE, TRUE) for value in guesses) and (changes or size(h) < SIZE):
            assert last is not None
            found.append(Guessed(h, MEMBERS, x, 1 + max(changes, default=-1), last))
    return (*found, *map(searching, (0, 1, 2, 3, 5)))


THEIRS = (
    f"all guessers without loops of size < {SIZE}, those of size {SIZE} whose guesses change, at "
    "inputs of ≤ 1 pair, oracle set:0,2; and a search for a member of set:2, at five numbers"
)


# limit-to-jump


def asked(values: Assignment) -> list[Tree]:
    """What the program that decides the limit asks the jump, and some trees more."""
    stages = range(max(values["m"], 0) + 1)
    pairs = (Pair(values["x"], numeral(stage)) for stage in stages)
    return [*(code(change(values["h"], pair)) for pair in pairs), *SEEN]


ABOUT_MODULUS: Window = {"settles": lambda values: range(values["m"], STAGES + 2)}


def about_guesses() -> dict[str, Callable[[Assignment], Any]]:
    """Where to test what is supposed of all stages."""
    stages = range(STAGES + 2)
    return {"guesses": lambda _: stages, "settles": lambda _: stages}


ABOUT_LIMIT: Window = {
    "set": lambda _: SEEN,
    **about_guesses(),
    "members halt": asked,
    "others loop": lambda values: list(product(asked(values), (0, 50))),
}


def limits() -> Iterator[dict[str, Any]]:
    """The guessers with the jumps of their sets."""
    jumps: dict[Oracle, Jump] = {}
    for guessed in guessers():
        J = jumps.setdefault(guessed.f, Jump(guessed.f))
        yield guessed.values(J=J, s=J.steps)


def limit_to_jump(statements: Mapping[str, Statement]) -> CheckResult:
    """What is decided from the jump against the limits known."""
    return exhaust(
        "limit-to-jump", statements["limit-to-jump"], limits(),
        bound=THEIRS, window=ABOUT_LIMIT,
    )


# computable-modulus


def moduli() -> Iterator[dict[str, Any]]:
    """The guessers with programs that find the modulus, or a later one; gas for these."""
    for guessed, later in product(guessers(), (0, 1)):
        m = guessed.m + later
        for q, n in ((Quote(numeral(m)), 1), (parse_program(f"then(id, quote {m})"), 4)):
            yield guessed.values(q=q, n=n) | {"m": m}


def computable_modulus(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """The same guessers, and that both ways to decide their limits agree."""
    return [
        exhaust(
            "computable-modulus", statements["computable-modulus"], moduli(),
            bound=f"{THEIRS}; the modulus and one more, each by two programs",
            window=ABOUT_MODULUS,
        ),
        agreement(),
    ]


def agreement() -> CheckResult:
    """Whether the guess in the stage of the modulus is what the jump decides, on all guessers."""
    begin = time.perf_counter()
    count = 0

    def result(verdict: Any, **more: Any) -> CheckResult:
        seconds = time.perf_counter() - begin
        name = "stopping and deciding agree"
        return CheckResult(name, verdict, count, 0, THEIRS, seconds, **more)

    jumps: dict[Oracle, Jump] = {}
    for guessed in guessers():
        f, x = guessed.f, guessed.x
        J = jumps.setdefault(f, Jump(f))
        one = run(stopping(Quote(numeral(guessed.m)), guessed.h), x, oracle=f)
        other = run(deciding(guessed.h), x, oracle=J)
        count += 1
        if one.value is None or one.value != other.value:
            return result("refuted", counterexample={
                "h": repr(guessed.h), "x": text(x), "stopping": repr(one.value),
                "deciding": repr(other.value),
            })
    return result("exhausted")


# jump-to-limit, and the separation


PROGRAMS = 3
"""Size of the programs that ask the jump."""

PAIRS = 5
"""Of the trees that are asked about."""


def needed(p: Program, J: Jump, x: Tree) -> tuple[int, int] | None:
    """In how many steps p halts on x relative to the jump, and the stage from which on the guesses
    are right, as the card has it; none if p does not halt in time."""
    found = run(p, x, oracle=J, gas=ENOUGH)
    if found.value is None:
        return None
    return found.steps, max([found.steps, *(J.steps(z) for z, _ in found.queries)])


def deciders() -> Iterator[dict[str, Any]]:
    """Programs p that ask the jump, inputs x; the first stage that will do, and the next one."""
    J = Jump(MEMBERS)
    for p, x in product(programs_to(PROGRAMS), SEEN):
        if found := needed(p, J, x):
            n, stage = found
            for t in (stage, stage + 1):
                yield {"f": MEMBERS, "J": J, "s": J.steps, "p": p, "x": x, "n": n, "t": t}


ABOUT_JUMP: Window = {
    "jump is a set": lambda values: [values["x"], *SEEN],
    **right_about(lambda values: values["x"], SEEN),
}


def jump_to_limit(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """Guesses against what small programs decide from the decided jump."""
    small = f"all programs of size ≤ {PROGRAMS}, inputs of ≤ 1 pair, oracle set:0,2"
    return [
        exhaust(
            "jump-to-limit", statements["jump-to-limit"], deciders(),
            bound=f"{small}, with its jump; the first stage that will do and the next one",
            window=ABOUT_JUMP,
        ),
        exhaust(
            "jump-to-limit.guesses", statements["jump-to-limit.guesses"],
            (
                {"f": f, "p": p, "x": x, "t": t}
                for f, p, x, t in product((MEMBERS,), programs_to(PROGRAMS), SEEN, (0, 2))
            ),
            bound=f"{small}, stages 0, 2",
        ),
    ]


def told(values: Assignment) -> list[Tree]:
    """Where to test that J is the jump, for the separation."""
    return [values["x"], code(diagonal(values["p"])), *SEEN]


ABOUT_BOTH: Window = {
    "jump is a set": told,
    "members halt": told,
    "others loop": lambda values: list(product(told(values), (0, 12))),
}


def members() -> Iterator[dict[str, Any]]:
    """Trees x, in the first stage that will do; a program p that is wrong about the jump."""
    programs = list(programs_to(2))
    for f in (EMPTY, MEMBERS):
        J = Jump(f)
        for number, x in enumerate(trees_to(PAIRS)):
            p, t = programs[number % len(programs)], J.steps(x)
            yield {"f": f, "J": J, "s": J.steps, "x": x, "t": t, "p": p, "n": 4}


def steady_guesses() -> Iterator[dict[str, Any]]:
    """Programs p, inputs x, stages w, gas n."""
    for p, x, w, n in product(programs_to(PROGRAMS), SEEN, SEEN, (0, 3, 12)):
        yield {"f": MEMBERS, "p": p, "x": x, "w": w, "n": n}


def separation(statements: Mapping[str, Statement]) -> list[CheckResult]:
    """The guesser of the jump against the decided jump, and steady guesses."""
    return [
        exhaust(
            "separation", statements["separation"], members(),
            bound=f"all trees of ≤ {PAIRS} pairs in the first stage that will do, oracles empty, "
            "set:0,2, with their jumps; in turns all programs of size ≤ 2",
            window=ABOUT_BOTH,
        ),
        exhaust(
            "separation.included", statements["separation.included"], steady_guesses(),
            bound=f"all programs of size ≤ {PROGRAMS}, inputs and stages of ≤ 1 pair, gas 0, 3, "
            "12, oracle set:0,2",
        ),
    ]


# Witnesses


STAGE_IN_SET = parse_program("then(tl, ask)")
WAVERING = Guessed(STAGE_IN_SET, MEMBERS, NIL, 3, FALSE)
"""It guesses whether the stage is 0 or 2."""

LOOP, LIST = code(parse_program("while(id, id)")), code(parse_program("while(tl, tl)"))
"""The first one does not halt on itself; the second one does."""

LIST_STEPS = 11
"""After so many steps."""


def twos(jump: Jump) -> dict[str, Any]:
    """What is no set: 2 on a jump and 0 elsewhere, with the steps of the members."""
    steps = with_steps(jump)["s"]
    name = f"2 on {jump!r}, 0 elsewhere"
    return {"J": Named(name, lambda z: numeral(2) if z in jump else NIL), "s": steps}


def limit_instances() -> Claims:
    """A guesser that changes its mind three times, and others that go wrong."""

    def given(guessed: Guessed, J: Oracle | None = None, **more: Any) -> dict[str, Any]:
        """With the true jump if none is given."""
        jump = {"J": J, "s": Finite({}, 100)} if J else with_steps(Jump(guessed.f))
        return guessed.values(**jump, **more)

    def guessing(h: str, m: int, b: Tree, f: Oracle = EMPTY) -> Guessed:
        return Guessed(parse_program(h), f, NIL, m, b)

    claims = (
        Witness(
            "The guess is whether the stage is in f: yes, no, yes, and from stage 3 on no. The "
            "jump is asked about stages 0 to 3.",
            given(WAVERING), ABOUT_LIMIT,
        ),
        Witness(
            "In stage s the guesser looks for a member of f among the s numbers from x on. It "
            "finds 2 in stage 3.",
            given(searching(0)), ABOUT_LIMIT,
        ),
        Without(
            "set",
            "f answers 2 everywhere, and h guesses the tail of 2, which is true. The jump knows "
            "only that the answer is not nil.",
            given(guessing("then(ask, tl)", 0, TRUE, Table({}, numeral(2)))), ABOUT_LIMIT,
        ),
        Without(
            "guesses",
            "h is not total: it has no guess in stage 0. So no change is found from there on, and "
            "the program waits for that guess.",
            given(guessing("if(tl, quote 1, while(quote 1, id))", 1, TRUE)), ABOUT_LIMIT,
        ),
        Without(
            "guesses",
            "h says 2 and then 3. Neither is false, so the search sees no change, and the answer "
            "is 2.",
            given(guessing("if(tl, quote 3, quote 2)", 1, numeral(3))), ABOUT_LIMIT,
        ),
        Without(
            "settles",
            "The guess is whether the stage is odd. It changes for ever, and the program goes on "
            "asking for ever.",
            given(guessing("then(tl, while(tl, then(tl, tl)))", 3, TRUE)), ABOUT_LIMIT,
        ),
        Without(
            "members halt",
            "J says of every stage that a change is still to come. So the program never guesses.",
            given(WAVERING, FULL), ABOUT_LIMIT,
        ),
        Without(
            "others loop",
            "J says of stage 0 that no change is to come. So the program takes the guess there, "
            "which is yes.",
            given(WAVERING, EMPTY), ABOUT_LIMIT,
        ),
    )
    return {"limit-to-jump": claims}


def jump_instances() -> Claims:
    """Programs that ask about trees which halt on themselves, or do not."""

    def given(p: str, x: Tree, n: int, t: int, J: Oracle | None = None) -> dict[str, Any]:
        """With the true jump of the empty set if none is given."""
        jump = {"J": J, "s": Finite({}, 1)} if J else with_steps(Jump(EMPTY))
        return {"f": EMPTY, **jump, "p": parse_program(p), "x": x, "n": n, "t": t}

    window = ABOUT_JUMP
    return {
        "jump-to-limit": (
            Witness(
                f"x is read as while(tl, tl) and halts on itself after {LIST_STEPS} steps: from "
                "that stage on the guess is yes.",
                given("ask", LIST, 1, LIST_STEPS), window,
            ),
            Witness(
                "p decides the complement of the jump. x is read as while(id, id) and never "
                "halts: from stage 4 on, when p has halted, the guess is yes.",
                given("if(ask, quote 0, quote 1)", LOOP, 4, 4), window,
            ),
            Without(
                "jump is a set",
                "J says 2 of 0, which is read as id and halts; p takes the tail of that, 1. In a "
                "stage the answer is 1 and its tail 0.",
                given("then(ask, tl)", NIL, 3, 3) | twos(Jump(EMPTY)), window,
            ),
            Without(
                "members halt",
                "J holds while(id, id), which never halts: no stage sees it halt.",
                given("ask", LOOP, 1, 9, FULL), window,
            ),
            Without(
                "others loop",
                "J lacks 0, which is read as id and is seen to halt in stage 1.",
                given("ask", NIL, 1, 1, EMPTY), window,
            ),
            Without(
                "halts",
                "n is 0: p has no value yet, which reads as 0 here. In stage 1 the guess is its "
                "value, 1.",
                given("quote 1", NIL, 0, 1), window,
            ),
            Without(
                "decides",
                "The value of p is 2, no truth value. The guess is 1.",
                given("quote 2", NIL, 1, 1), window,
            ),
            Without(
                "stage",
                f"In stage {LIST_STEPS - 1} x has not yet halted on itself, and the guess is no.",
                given("ask", LIST, 1, LIST_STEPS - 1), window,
            ),
        ),
        "jump-to-limit.guesses": (
            Witness(
                "Also a program that never halts has guesses: no in every stage.",
                {"f": EMPTY, "p": parse_program("while(quote 1, id)"), "x": NIL, "t": 5},
            ),
        ),
    }


def modulus_instances() -> Claims:
    """Programs that find the modulus, or a stage that is none."""
    never = Guessed(parse_program("while(quote 1, id)"), EMPTY, NIL, 3, NIL)
    late = Guessed(parse_program("if(tl, quote 5, while(quote 1, id))"), EMPTY, NIL, 1, numeral(5))
    window = ABOUT_MODULUS

    def stage(number: int) -> dict[str, Any]:
        return {"q": Quote(numeral(number)), "n": 1}

    assert WAVERING.m == 3
    return {
        "computable-modulus": (
            Witness(
                "The guess is whether the stage is 0 or 2. q says 3, and in stage 3 the guess is "
                "the limit.",
                WAVERING.values(**stage(3)), window,
            ),
            Witness(
                "h is not total, and what it says is no truth value: from stage 1 on it is 5. That "
                "does no harm: q says 1.",
                late.values(**stage(1)), window,
            ),
            Without(
                "settles",
                "q says 2. In stage 2 the guess is yes, and changes once more.",
                WAVERING.values(**stage(2)) | {"m": 2}, window,
            ),
            Without(
                "settles",
                "There is no guess in stage 3, nor in any other; what is missing reads as 0.",
                never.values(**stage(3)), window,
            ),
            Without(
                "modulus",
                "The modulus is 3, but q says 0, where the guess is yes.",
                WAVERING.values(**stage(0)), window,
            ),
        ),
    }


def separation_instances() -> Claims:
    """The guesser of the jump, and a program that says no of every tree."""

    def given(x: Tree, t: int, J: Oracle | None = None, says: Tree = NIL) -> dict[str, Any]:
        """With the true jump of the empty set if none is given."""
        jump = {"J": J, "s": Finite({}, 1)} if J else with_steps(Jump(EMPTY))
        return {"f": EMPTY, **jump, "x": x, "t": t, "p": Quote(says), "n": 1}

    own = {
        "separation": (
            Witness(
                f"x is read as while(tl, tl) and halts on itself after {LIST_STEPS} steps, so from "
                "that stage on it is guessed. p says no of its diagonal, which halts.",
                given(LIST, LIST_STEPS), ABOUT_BOTH,
            ),
            Witness(
                "x is read as while(id, id) and never halts on itself: no guess says that it does, "
                "nor does that in stage 0. p says yes of its diagonal, which never halts.",
                given(LOOP, 0, says=TRUE), ABOUT_BOTH,
            ),
            Without(
                "jump is a set",
                "J says 2 of 0, which is read as id and halts. The guess is 1.",
                given(NIL, 1) | twos(Jump(EMPTY)), ABOUT_BOTH,
            ),
            Without(
                "members halt",
                "J holds all trees. But while(id, id) is not seen to halt on itself in any stage.",
                given(LOOP, 9, FULL), ABOUT_BOTH,
            ),
            Without(
                "others loop",
                "J holds no tree. But 0 is read as id, and is seen to halt in stage 1.",
                given(NIL, 1, EMPTY), ABOUT_BOTH,
            ),
            Without(
                "stage",
                f"In stage {LIST_STEPS - 1} x has not yet halted on itself.",
                given(LIST, LIST_STEPS - 1), ABOUT_BOTH,
            ),
        ),
        "separation.included": (
            Witness(
                "p asks whether x is in f: yes. So do its steady guesses, in stage 5 as in all "
                "others, two steps later.",
                {"f": MEMBERS, "p": Ask(), "x": numeral(2), "w": numeral(5), "n": 1},
            ),
        ),
    }
    jump_claims = jump_instances()
    return {**own, **limit_instances(), "jump-to-limit": jump_claims["jump-to-limit"]}
