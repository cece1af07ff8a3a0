"""Self-modification as it happens: the revisions one by one, and what each says of some trees.

Here the rounds are made, each by a run of the modifier, and every revision is run as a program.
What the last one says, one program says without rewriting: that which
:func:`models.revision.self_modification.compose` makes.

*Definitions*: :class:`Revision`, :class:`Rewriting`, :func:`rewrite`; :func:`enough`, the gas that
suffices for the one program by the theorem.

*Results*: ``closure`` (in :mod:`proofs.revision.self_modification`).

*References*: N. D. Jones, 'Computability and Complexity' (MIT Press 1997), chapter 4 (programs as
data, the universal program).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from models.errors import BadInput
from models.machine.compiled_run import run
from models.machine.oracle import EMPTY, Oracle, Remembering, Table
from models.machine.program import Program, decode
from models.machine.run import DEFAULT_GAS, Run, check_run
from models.machine.specialisation import SPECIALISED_STEPS
from models.machine.tree import Tree, numeral
from models.machine.universal import OVERHEAD, UNIVERSAL_MORE
from models.revision.self_modification import (
    JOINING_STEPS,
    LAST_STEPS,
    ROUND_STEPS,
    compose,
)

MOST_ROUNDS = 100_000


@dataclass(frozen=True, slots=True)
class Revision:
    """A program after some rounds, as a tree, and ``program``, what this is read as.

    ``made``: the run of the modifier that made it; none for the first one. ``runs``: its runs on
    the trees of the window, without their questions.
    """

    tree: Tree
    program: Program
    made: Run | None
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A modifier at work.

    ``revisions``: the first program and what became of it, round by round; fewer than ``rounds``
    and one if the modifier did not halt on the last of them within the gas.
    """

    modifier: Program
    rounds: int
    window: tuple[Tree, ...]
    revisions: tuple[Revision, ...]

    @property
    def complete(self) -> bool:
        """Whether all rounds were made."""
        return len(self.revisions) == self.rounds + 1

    @property
    def last(self) -> Revision:
        """The last revision there is."""
        return self.revisions[-1]

    @property
    def repeats(self) -> tuple[int, int] | None:
        """The round in which a program came back, after the one in which it was there first: from
        then on the revisions go round."""
        first: dict[Tree, int] = {}
        for number, revision in enumerate(self.revisions):
            if revision.tree in first:
                return first[revision.tree], number
            first[revision.tree] = number
        return None

    @property
    def composed(self) -> Program:
        """One program that does what the last revision does."""
        return compose(self.modifier, self.revisions[0].tree, numeral(len(self.revisions) - 1))


def rewrite(
    modifier: Program,
    first: Tree,
    rounds: int,
    *,
    window: Sequence[Tree] = (),
    oracle: Oracle = EMPTY,
    gas: int = DEFAULT_GAS,
    progress: Callable[[int], None] = lambda _: None,
) -> Rewriting:
    """Make the rounds, and run every revision on the trees of the window.

    ``gas``: the most steps of each run; ``progress`` is called with the number of rounds made.
    Raises :class:`BadInput` for a number of rounds below 0 or above :data:`MOST_ROUNDS`, and what
    a run raises.
    """
    if not 0 <= rounds <= MOST_ROUNDS:
        raise BadInput(f"{rounds} rounds", expected=f"a number from 0 to {MOST_ROUNDS}")
    check_run(modifier, first, gas)
    if not isinstance(oracle, Table):
        oracle = Remembering(oracle)
    # A revision that comes back is made and run as before.
    made: dict[Tree, Run] = {}
    seen: dict[Tree, Revision] = {}

    def revision(tree: Tree, by: Run | None) -> Revision:
        if tree in seen:
            return replace(seen[tree], made=by)
        program = decode(tree)
        runs = (run(program, x, oracle=oracle, gas=gas, queries=False) for x in window)
        seen[tree] = Revision(tree, program, by, tuple(runs))
        return seen[tree]

    revisions = [revision(first, None)]
    while len(revisions) <= rounds:
        tree = revisions[-1].tree
        if tree not in made:
            made[tree] = run(modifier, tree, oracle=oracle, gas=gas)
        by = made[tree]
        if by.value is None:
            break
        revisions.append(revision(by.value, by))
        progress(len(revisions) - 1)
    return Rewriting(modifier, rounds, tuple(window), tuple(revisions))


def enough(found: Rewriting, last: Run) -> int:
    """Gas with which the one program halts where a run of the last revision has halted."""
    rewriting = sum(
        revision.made.steps + ROUND_STEPS for revision in found.revisions if revision.made
    )
    universal = OVERHEAD * last.steps + UNIVERSAL_MORE
    return rewriting + LAST_STEPS + universal + JOINING_STEPS + 2 * SPECIALISED_STEPS
