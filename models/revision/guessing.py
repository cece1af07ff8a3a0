"""Stabilized revision: the guesses of a program at a tree, stage by stage.

A guesser's guess at x in stage s is its value on ``<x.num(s)>``. What is seen of it is a window of
stages. From that alone nothing follows about a limit: the guess may change once more behind the
window, and no program that can be run tells in general whether it does (``limit-to-jump`` asks the
jump, ``computable-modulus`` says what follows if one needs not).

*Definitions*: :class:`Guess`, :class:`Guesses`, what is seen in a window; :func:`guesses`, for a
guesser; :func:`guesses_of_jump`, for the guesser of a program that asks the jump. The two
transformations of the limit lemma are in :mod:`models.revision.limit_lemma`, as functions from
program to program: :func:`~models.revision.limit_lemma.deciding` and
:func:`~models.revision.limit_lemma.guesser`.

*How it is done*: the first guesses are made by the reference; when that gets long, the compiled
machine takes over, which gives the same values after the same steps.

*References*: R. I. Soare, 'Turing Computability' (2016), section 3.6 (the limit lemma); E. M. Gold,
'Limiting recursion' (1965).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from models.errors import BadInput, check_gas
from models.machine.oracle import EMPTY, Oracle, Remembering, Table
from models.machine.program import Program
from models.machine.run import DEFAULT_GAS, check_run, run
from models.machine.tree import NIL, TRUE, Pair, Tree
from models.machine.universal import CLOCKED_OVERHEAD, ROUND_COST, STEP_COST, TEST_COST
from models.revision.limit_lemma import GUESSING_STEPS, STAGE_STEPS, guesser

if TYPE_CHECKING:
    from models.machine.compiled_run import Machine

SHORT = 20_000
"""Steps in all that the reference takes in less time than it takes to load the compiled machine."""

LARGEST_WINDOW = 1_000_000
"""Stages: as Python values their guesses take some hundred megabytes."""

Kind: TypeAlias = Literal["yes", "no", "other", "none"]
"""What a guess is: a truth value, another tree, or no value within the gas."""

Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many guesses are made, and the steps they took."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The value in a stage, none if the gas was not enough, and the steps taken."""

    value: Tree | None
    steps: int

    @property
    def kind(self) -> Kind:
        """Yes for true, no for false."""
        if self.value is None:
            return "none"
        return "no" if self.value == NIL else "yes" if self.value == TRUE else "other"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Stages in succession, the last one included, with the same guess."""

    first: int
    last: int
    value: Tree | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class Guesses:
    """The guesses at ``value`` in stages 0, 1, 2, …, as far as they were looked at."""

    value: Tree
    guesses: tuple[Guess, ...]

    @property
    def changes(self) -> tuple[int, ...]:
        """The mind changes seen: stages s whose guess and that of s+1 are different values."""
        return tuple(
            stage
            for stage, (now, later) in enumerate(pairwise(self.guesses))
            if now.value is not None and later.value is not None and now.value != later.value
        )

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The window, cut where one guess is not the same as the next one."""
        found: list[Stretch] = []
        for stage, guess in enumerate(self.guesses):
            first = stage
            if found and found[-1].value == guess.value:
                first = found.pop().first
            found.append(Stretch(first, stage, guess.value, guess.kind))
        return tuple(found)

    @property
    def unchanged_from(self) -> int | None:
        """The stage after which nothing changed in the window; none if its last guess has no
        value. That says nothing of the stages behind the window."""
        last = self.stretches[-1]
        return None if last.kind == "none" else last.first

    @property
    def first_without_truth_value(self) -> int | None:
        """The first stage without a truth value, by which the program is no guesser."""
        kinds = (guess.kind for guess in self.guesses)
        return next((s for s, kind in enumerate(kinds) if kind in ("other", "none")), None)

    @property
    def steps(self) -> int:
        """The steps of all guesses."""
        return sum(guess.steps for guess in self.guesses)


def guesses(
    program: Program,
    value: Tree,
    *,
    stages: int,
    oracle: Oracle = EMPTY,
    gas: int = DEFAULT_GAS,
    progress: Progress = lambda made, steps: None,
) -> Guesses:
    """The guesses of a program at a tree in stages 0 to ``stages`` - 1, relative to an oracle.

    ``gas``: for each guess. Raises :class:`BadInput` for what cannot be run and for a window
    without a stage, :class:`~models.machine.compiled_run.TooLarge`, and what the oracle raises.
    """
    check_run(program, value, gas)
    return _seen(program, value, stages, oracle, lambda _: gas, progress)


def guesses_of_jump(
    program: Program,
    value: Tree,
    *,
    stages: int,
    oracle: Oracle = EMPTY,
    progress: Progress = lambda made, steps: None,
) -> Guesses:
    """The guesses at what a program decides by asking the jump of an oracle: those of
    :func:`~models.revision.limit_lemma.guesser`, which always has one. Raises as :func:`guesses`.
    """
    check_run(program, value, 0)
    return _seen(guesser(program), value, stages, oracle, enough, progress)


def enough(stage: int) -> int:
    """Gas with which every guesser of a program that asks the jump has its guess in a stage.

    In each round of the clocked loop it asks at most one question, which is decided by that many
    rounds of another one; :func:`~models.revision.limit_lemma.guessing_gas` is no more than this.
    """
    answer = CLOCKED_OVERHEAD * stage + STAGE_STEPS
    return stage * (STEP_COST + ROUND_COST + answer) + TEST_COST + GUESSING_STEPS


def _seen(
    program: Program,
    value: Tree,
    stages: int,
    oracle: Oracle,
    gas: Callable[[int], int],
    progress: Progress,
) -> Guesses:
    if not isinstance(stages, int) or isinstance(stages, bool) or not (
        1 <= stages <= LARGEST_WINDOW
    ):
        raise BadInput(
            f"stages {stages!r:.60}", expected=f"a whole number from 1 to {LARGEST_WINDOW}"
        )
    # An oracle that is no table can be slow, and is asked the same in every stage.
    asked = oracle if isinstance(oracle, Table) else Remembering(oracle)
    inputs = list(_inputs(value, stages))
    found: list[Guess] = []
    spent = 0
    machine: tuple[Machine, int] | None = None
    for stage, input_ in enumerate(inputs):
        need = gas(stage)
        check_gas(need)
        if machine is None:
            result = run(program, input_, oracle=asked, gas=min(need, SHORT - spent))
            if result.value is not None or need <= SHORT - spent:
                found.append(Guess(result.value, result.steps))
                spent += result.steps
                progress(len(found), spent)
                continue
            from models.machine.compiled_run import Machine

            left = inputs[stage:]
            made = Machine([program] * len(left), left, oracle=asked, queries=False)
            machine = made, stage
        compiled, first = machine
        before = spent

        def heard(steps: int, made: int = stage, before: int = before) -> None:
            progress(made, before + steps)

        halted = compiled.run(stage - first, need, heard)
        found.append(Guess(compiled.result() if halted else None, compiled.steps))
        spent += compiled.steps
        progress(len(found), spent)
    return Guesses(value, tuple(found))


def _inputs(value: Tree, stages: int) -> Iterator[Tree]:
    """The pairs ``<value.num(s)>``; the numbers share their parts."""
    stage: Tree = NIL
    for _ in range(stages):
        yield Pair(value, stage)
        stage = Pair(NIL, stage)
