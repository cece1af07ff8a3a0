"""What theorems say of layers, seen on finite instances.

*Definitions*: :func:`growth`; :class:`Composition`, :func:`compositions` and :func:`composition`
(``turing-preorder``: reductions compose); :class:`Half`, :func:`halves` and :func:`join` (each part
of a join is computed from it); :func:`halting_set` and :func:`outside` (``bounded-escape``: the
jump of slightly larger programs is not in the layer).

Sizes are those that the constructions give: :func:`models.machine.transform.substituted_size` for
:func:`models.machine.transform.substitute`, with :func:`models.machine.degrees.half` for joins.
Every instance is run, or decided with evidence; an instance about which something stays unknown is
not counted as one that holds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from checks.machine.jump import decide_jump
from checks.machine.layer import decide_layer, decided_by
from checks.machine.oracles import NamedOracle, read_oracle
from checks.progress import Event, Pace
from checks.results import CheckResult
from models.machine.compiled_run import run_batch
from models.machine.degrees import half
from models.machine.diagonal import short_diagonal
from models.machine.layer import DecidedSet, Layer, Subset
from models.machine.oracle import Oracle, Table
from models.machine.program import Id, Program, format_program, programs, size
from models.machine.transform import asks, substitute, substituted_size
from models.machine.tree import FALSE, TRUE, Tree, format_tree

UPPER_SIZE = 4
"""Size of the programs that are composed with those of a layer."""

MOST_MIDDLE = 16
"""Sets of a layer that are taken as oracles."""

MOST_TREES = 4_000
"""Trees of the window times sets that are taken as oracles."""

GAS = 1_000_000

SHORTER = size(short_diagonal(Id())) - size(Id())
"""By how much a program must be smaller than those whose jump it cannot decide."""


class _Check:
    """A finite check under way."""

    def __init__(self, name: str, bound: str = "") -> None:
        self.name, self.bound = name, bound
        self.begin = time.perf_counter()
        self.held = self.skipped = 0
        self.unknown = ""

    def result(self, verdict: Any = "", **more: Any) -> CheckResult:
        """The result; without a verdict it is that all instances were gone through."""
        if not verdict and (self.unknown or not self.held):
            verdict, more = "unknown", {"reason": self.unknown or "there is no instance"}
        return CheckResult(
            self.name, verdict or "exhausted", self.held, self.skipped, self.bound,
            time.perf_counter() - self.begin, **more,
        )

    def decides(self, layer: Layer, program: Program, expected: int, members: Subset) -> str:
        """Count a program if it has a size and decides a set relative to a layer's oracle, and the
        set is in the layer of that size; else what is wrong, if something is."""
        if size(program) != expected:
            return f"{program!r} has size {size(program)}, not {expected}"
        found = decided_by(program, layer.window, layer.oracle)
        if any(open_.may_decide(members) for open_ in found.unknown):
            self.unknown = f"undecided what {program!r} decides"
        elif members not in [decided.members for decided in found.sets]:
            return f"{program!r} does not decide it"
        elif expected <= layer.size and layer.up_to(expected).holds(members) is not True:
            return f"it is not in the layer of size {expected}"
        else:
            self.held += 1
        return ""


def shown(layer: Layer, subset: Subset) -> str:
    """A set on the window for a reader."""
    listed = ", ".join(format_tree(tree, style="numbers") for tree in layer.trees(subset))
    return f"{{{listed}}}"


# Growth


def growth(layer: Layer, smaller: Iterable[Layer]) -> CheckResult:
    """Each of the ``smaller`` layers of the same oracle, made for itself, lies in the next one,
    and the last one in ``layer``; the smallest programs stay the same."""
    check = _Check("growth")
    listed = [*smaller, layer]
    check.bound = (
        f"layers of sizes {', '.join(str(one.size) for one in listed)}, each decided for itself: "
        f"every set with its smallest program is in the next one"
    )
    for below, above in pairwise(listed):
        larger = above.by_members()
        for decided in below.sets:
            if larger.get(decided.members) != decided:
                return check.result("refuted", counterexample={
                    "size": str(below.size), "set": shown(below, decided.members),
                    "p": repr(decided.program),
                })
            check.held += 1
    return check.result()


# Composition


@dataclass(frozen=True, slots=True)
class Composition:
    """``lower`` decides the set ``middle`` relative to A wherever ``upper`` asks, which decides the
    set ``members`` relative to that; ``program``, with the first in place of the second's Asks, has
    to decide ``members`` relative to A. ``size``: what the construction says its size is."""

    lower: Program
    middle: Subset
    upper: Program
    members: Subset
    program: Program
    size: int


def compositions(
    layer: Layer,
    *,
    upper: int = UPPER_SIZE,
    most: int = MOST_MIDDLE,
    progress: Callable[[Event], None] | None = None,
) -> Iterator[Composition | None]:
    """For the first ``most`` sets B of a layer, as finite sets, and each program with an Ask, of
    size at most ``upper``, that decides a set relative to B: the composition; none where the
    program of B is asked outside of the window and says something else than B."""
    window = layer.window
    asking = [p for n in range(1, upper + 1) for p in programs(n) if asks(p)]
    middles = layer.sets[:most]
    pace = Pace("checking", "composition", len(middles), progress or (lambda event: None))
    for decided in middles:
        middle = Table(dict.fromkeys(layer.trees(decided.members), TRUE))
        for program in asking:
            for above in decided_by(program, window, middle).sets:
                asked = questions(program, window, middle)
                if not _right(decided.program, asked, middle, layer.oracle):
                    yield None
                    continue
                yield Composition(
                    decided.program, decided.members, program, above.members,
                    substitute(program, decided.program),
                    substituted_size(program, decided.program),
                )
        pace.add(1)


def _right(
    program: Program, asked: tuple[Tree, ...], wanted: Oracle, oracle: Oracle
) -> bool:
    """Whether a program decides a set, relative to an oracle, as far as it is asked about."""
    if not asked:
        return True
    members = sum(1 << place for place, tree in enumerate(asked) if wanted(tree) == TRUE)
    return members in [found.members for found in decided_by(program, asked, oracle).sets]


def questions(program: Program, window: tuple[Tree, ...], oracle: Oracle) -> tuple[Tree, ...]:
    """What a program that halts on the window asks there, each question once."""
    logs = run_batch(
        [program] * len(window), window, oracle=oracle, gas=GAS, queries=True
    ).queries
    return tuple(dict.fromkeys(question for log in logs for question, _ in log))


def composition(
    layer: Layer,
    *,
    upper: int = UPPER_SIZE,
    most: int = MOST_MIDDLE,
    progress: Callable[[Event], None] | None = None,
) -> CheckResult:
    """Each composition decides what it should, has the size that the construction gives, and what
    it decides is in the layer of that size."""
    check = _Check(
        "composition",
        f"the smallest program q of each of {min(most, len(layer.sets))} sets B of the layer, all "
        f"programs p of size ≤ {upper} that ask and decide a set from B, if q is right about B "
        f"wherever p asks: substitute(p, q), of size |p| + asks(p)(|q| - 1), decides the same set",
    )
    for found in compositions(layer, upper=upper, most=most, progress=progress):
        if found is None:
            check.skipped += 1
        elif wrong := check.decides(layer, found.program, found.size, found.members):
            return check.result("refuted", counterexample={
                "q": repr(found.lower), "B": shown(layer, found.middle), "p": repr(found.upper),
                "set": shown(layer, found.members), "wrong": wrong,
            })
    return check.result()


# Join


@dataclass(frozen=True, slots=True)
class Half:
    """A set that ``part`` decides relative to one oracle, and the ``program`` that decides it
    relative to the oracle's join with another. ``size``: what the construction says its size is."""

    part: DecidedSet
    program: Program
    size: int


def halves(layer: Layer, tag: Tree) -> Iterator[Half]:
    """For each set of a layer the program that decides it relative to a join; ``tag``: false if
    the layer's oracle is the first one of the join, true if it is the second."""
    ask = half(tag)
    for decided in layer.sets:
        yield Half(
            decided, substitute(decided.program, ask), substituted_size(decided.program, ask)
        )


def join(left: Layer, right: Layer, both: Layer) -> CheckResult:
    """Every set of two layers is decided relative to the join of their oracles, ``both`` being a
    layer of that, by a program of the size that the construction gives."""
    check = _Check(
        "join", "every set of both layers: substitute(p, half(false)), or half(true) for the "
        "second oracle, of size |p| + asks(p)(|half| - 1), decides it from the join"
    )
    for side, tag in ((left, FALSE), (right, TRUE)):
        for found in halves(side, tag):
            if wrong := check.decides(both, found.program, found.size, found.part.members):
                return check.result("refuted", counterexample={
                    "p": repr(found.part.program), "set": shown(side, found.part.members),
                    "wrong": wrong,
                })
    return check.result()


# The jump


def halting_set(
    layer: Layer, bound: int, oracle: NamedOracle, **options: Any
) -> Subset | None:
    """The jump of programs of size at most ``bound`` on the window; none if not all are decided.

    ``oracle``: that of the layer; ``options``: as for :func:`checks.machine.jump.decide_jump`.
    """
    halting, undecided = decide_jump(bound, oracle, **options).members()
    return None if undecided else layer.subset(halting)


def outside(layer: Layer, bound: int, halting: Subset | None) -> CheckResult:
    """The jump of programs of size at most ``bound``, on a window with all their codes, is in the
    layer of no size that is smaller by two.

    ``halting``: this jump, if it is decided.
    """
    most = min(layer.size, bound - SHORTER)
    check = _Check(
        "jump", f"all programs of size ≤ {most}; none decides which programs of size ≤ {bound} "
        f"halt on their own codes"
    )
    if halting is None:
        return check.result("unknown", reason="not all of the jump is decided")
    if most < 1:
        return check.result("unknown", reason=f"no program is smaller than {bound} by {SHORTER}")
    small = layer.up_to(most)
    found = small.by_members().get(halting)
    if found is not None:
        return check.result("refuted", counterexample={"p": format_program(found.program)})
    check.held = small.programs
    if small.holds(halting) is None:
        check.unknown = "undecided what some programs decide"
    return check.result()


def laws(
    layer: Layer,
    window: str,
    oracle: NamedOracle,
    other: tuple[Layer, NamedOracle] | None = None,
    **options: Any,
) -> Iterator[CheckResult]:
    """All that can be seen of a layer: growth, if it has a smaller one, and composition; with the
    layer of another oracle that of their join; on a window of enough codes the jump.

    ``window`` and ``oracle``: what the layer is made of; ``options``: as for
    :func:`checks.machine.layer.decide_layer`.
    """
    if layer.size > 1:
        smaller = (decide_layer(n, window, oracle, **options) for n in range(1, layer.size))
        yield growth(layer, smaller)
    most = max(1, min(MOST_MIDDLE, MOST_TREES // len(layer.window)))
    yield composition(layer, most=most, progress=options.get("progress"))
    if other is not None:
        second, named = other
        joined = read_oracle(f"join:({oracle.spec})+({named.spec})", **options)
        yield join(layer, second, decide_layer(layer.size, window, joined, **options))
    kind, _, bound = window.partition(":")
    if kind == "codes" and int(bound) > SHORTER:
        yield outside(layer, int(bound), halting_set(layer, int(bound), oracle, **options))
