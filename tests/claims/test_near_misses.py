"""The near misses of examples/claims: each with its verdict, and no smaller counterexample.

What is smaller than a counterexample is gone through here in plain loops, and the sentence is
evaluated by running programs, without what claims are made of.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from checks.catalogue import card
from checks.claims.load import Loaded, load
from checks.claims.refute import refute
from checks.claims.replay import replay, save
from checks.claims.result import Outcome
from docs.generate import CLAIM_FILES, claims_page
from models.machine.diagonal import diagonal
from models.machine.oracle import EMPTY, Oracle, Table
from models.machine.program import Id, Program, Then, code, decode, programs, size
from models.machine.run import Run, run
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, length, pairs, trees

ROOT = Path(__file__).parents[2]
NAMES = [
    f"{path.stem}::{name}" for path in CLAIM_FILES for name in load(path).claims
]
GAS = 400
"""No program as small as those here that halts takes longer on inputs as small as these."""

PATIENCE = 60.0
"""Seconds for an instance: a busy machine changes no verdict."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("claims")
    for path in CLAIM_FILES:
        shutil.copy(path, place)
    return place


@pytest.fixture(scope="module")
def outcome(folder: Path) -> Callable[[str], tuple[Loaded, Outcome]]:
    @cache
    def found(name: str) -> tuple[Loaded, Outcome]:
        file, _, claim = name.partition("::")
        loaded = load(folder / f"{file}.py")
        one = loaded.claims[claim]
        return loaded, refute(
            one, loaded=loaded, size=one.size, workers=1, limit=PATIENCE, folder=folder / "cache",
        )

    return found


@pytest.mark.parametrize("name", NAMES)
def test_verdict(name: str, outcome: Any, tmp_path: Path) -> None:
    loaded, found = outcome(name)
    claim = found.claim
    assert found.verdict == claim.expected
    assert claim.says.endswith(".")
    assert len(claim.about.split()) > 10, "it says why"
    assert found.unknown == found.errors == 0
    if found.verdict == "exhausted":
        assert found.bound == claim.size
        assert found.instances > 20
        assert card(claim.theorem).proof, "the theorem that proves it is proved"
        return
    assert not claim.theorem
    assert found.counterexample.size == claim.size
    assert found.counterexample.smallest
    shutil.copy(loaded.path, tmp_path)
    saved = save(found, loaded, tmp_path / "counterexample.json")
    again = replay(saved, limit=PATIENCE)
    assert again.judgement.what == "fails"
    assert again.values == found.counterexample.values
    assert again.events, "the replay shows what was asked"
    assert not again.changed


def test_there_are_as_many_as_there_should_be(outcome: Any) -> None:
    verdicts = [outcome(name)[1].verdict for name in NAMES]
    assert verdicts.count("refuted") >= 15
    assert verdicts.count("exhausted") >= 8


def test_the_page_of_claims_is_what_they_come_to(outcome: Any) -> None:
    page = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    assert claims_page(lambda name: outcome(name)[1]) == page


# What is smaller, without the spaces of claims


def oracles(weight: int) -> Iterator[Oracle]:
    """Finite sets whose trees have so many pairs, and one each; complements with one more."""
    for cofinite in (False, True):
        least = weight - cofinite
        small = [tree for count in range(least) for tree in trees(count)]
        for number in range(least + 1):
            for chosen in combinations(small, number):
                if sum(1 + pairs(tree) for tree in chosen) == least:
                    inside, outside = (FALSE, TRUE) if cofinite else (TRUE, FALSE)
                    yield Table(dict.fromkeys(chosen, inside), outside)


def shares(count: int) -> Iterator[Fraction]:
    for p in range(count + 2):
        if Fraction(p, count + 1).denominator == count + 1:
            yield Fraction(p, count + 1)


def rationals(count: int) -> Iterator[Fraction]:
    """Positive ones: p/q with p + q - 1 = count."""
    for p in range(1, count + 1):
        if Fraction(p, count + 1 - p).numerator == p:
            yield Fraction(p, count + 1 - p)


def bounds(count: int) -> Iterator[int]:
    yield from [count] if count else []


def booleans(count: int) -> Iterator[bool]:
    yield from [] if count else [False, True]


def instances(total: int, *kinds: Callable[[int], Iterator[Any]]) -> Iterator[tuple[Any, ...]]:
    """All of this size, in any order."""
    for sizes in product(range(total + 1), repeat=len(kinds)):
        if sum(sizes) == total:
            yield from product(*(kind(count) for kind, count in zip(kinds, sizes, strict=True)))


def made(p: Program, x: Tree, oracle: Oracle = EMPTY) -> Run:
    if oracle is EMPTY:
        return _made(p, x)
    return run(p, x, oracle=oracle, gas=GAS)


@cache
def _made(p: Program, x: Tree) -> Run:
    return run(p, x, gas=GAS)


def halts(p: Program, x: Tree, oracle: Oracle = EMPTY) -> bool:
    return made(p, x, oracle).value is not None


def result(p: Program, x: Tree, oracle: Oracle = EMPTY) -> Tree | None:
    return made(p, x, oracle).value


def to_size(k: int) -> list[Program]:
    return [p for count in range(1, k + 1) for p in programs(count)]


def to_pairs(most: int) -> list[Tree]:
    return [x for count in range(most + 1) for x in trees(count)]


# The sentences, evaluated by hand


Members = list[tuple[Tree, bool]]


def members(k: int, oracle: Oracle = EMPTY) -> Members:
    """The codes of programs to a size, and whether each halts on its own; first those that loop."""
    own = [(code(q), halts(q, code(q), oracle)) for q in to_size(k)]
    return sorted(own, key=lambda each: each[1])


def separates(p: Program, own: Members, oracle: Oracle = EMPTY) -> bool:
    """Whether it is nil on the codes of those that loop, and a pair on those that halt."""
    return all(
        (answer := result(p, tree, oracle)) is not None and (answer != NIL) == halting
        for tree, halting in own
    )


def some_revision_decides(k: int) -> bool:
    reached = set()
    for modifier, first in product(to_size(k), repeat=2):
        tree: Tree | None = code(first)
        for _ in range(4):
            if tree is None:
                break
            reached.add(tree)
            tree = result(modifier, tree)
    own = members(k)
    return any(separates(decode(tree), own) for tree in reached)


def revisions_agree(modifier: Program, p: Program, x: Tree) -> bool:
    one, other = (result(modifier, code(q)) for q in (p, Then(Id(), p)))
    if one is None or other is None:
        return True
    return result(decode(one), x) == result(decode(other), x)


def some_names_the_stage(k: int) -> bool:
    taken = {
        code(q): made(q, code(q)).steps for q in to_size(k) if halts(q, code(q))
    }
    return any(
        all(
            (named := result(p, tree)) is not None and length(named) >= steps
            for tree, steps in taken.items()
        )
        for p in to_size(k)
    )


def some_decides_the_limit(oracle: Oracle, k: int) -> bool:
    own = members(k, oracle)
    return any(separates(p, own, oracle) for p in to_size(k))


def joins_agree(left: Oracle, right: Oracle, second: bool, p: Program) -> bool:
    def join(tree: Tree) -> bool:
        if not isinstance(tree, Pair) or tree.head not in (FALSE, TRUE):
            return False
        return (right if tree.head == TRUE else left)(tree.tail) == TRUE

    class Joined(Oracle):
        def __call__(self, tree: Tree, /) -> Tree:
            return TRUE if join(tree) else FALSE

    asked = Pair(TRUE if second else FALSE, code(p))
    in_jump_of_join = halts(decode(asked), asked, Joined())
    return in_jump_of_join == halts(p, code(p), right if second else left)


def errs_at_its_diagonal(p: Program, oracle: Oracle) -> bool:
    loop = diagonal(p)
    right = TRUE if halts(loop, code(loop), oracle) else None
    return result(p, code(loop), oracle) != right


def use_grows(p: Program, x: Tree, y: Tree) -> bool:
    if pairs(x) > pairs(y) or not halts(p, x) or not halts(p, y):
        return True
    on_x, on_y = (
        max((1 + pairs(question) for question, _ in made(p, tree).queries), default=0)
        for tree in (x, y)
    )
    return on_x <= on_y


def one_more_halts(p: Program, x: Tree, oracle: Table, more: Tree) -> bool:
    if oracle(more) == TRUE or not halts(p, x, oracle):
        return True
    return halts(p, x, Table({**oracle.answers, more: TRUE}, oracle.otherwise))


def one_input_tells(p: Program) -> bool:
    window = to_pairs(4)
    shorter = to_size(size(p) - 1)
    if any(all(result(p, x) == result(q, x) for x in window) for q in shorter):
        return True
    return any(all(result(p, x) != result(q, x) for q in shorter) for x in window)


def fixed_points_agree(p: Program, e: Program, d: Program) -> bool:
    window = to_pairs(2)
    for q in (e, d):
        if any(result(q, x) != result(p, Pair(code(q), x)) for x in window):
            return True
    return all(result(e, x) == result(d, x) for x in window)


def small_inputs_tell(p: Program) -> bool:
    return not all(halts(p, x) for x in to_pairs(2)) or all(halts(p, x) for x in trees(3))


def time(ratio: Fraction | int, s: Fraction, x: Fraction) -> Fraction:
    return (1 - s) / (1 + (ratio - 1) * x) + s / (1 - x)


def pays(ratio: Fraction | int, s: Fraction) -> bool:
    """Whether some share is better than none. If one is, so are all smaller ones: T is convex."""
    return time(ratio, s, Fraction(1, 10**6)) < 1


def ten_pays(s: Fraction) -> bool:
    return s == 1 or pays(10, s)


def best_share(ratio: int, s: Fraction) -> Decimal:
    """To fifty digits, of which two that differ here differ in the first ten."""
    if not pays(ratio, s):
        return Decimal(0)
    with localcontext() as context:
        context.prec = 50
        square = (1 - s) * (ratio - 1) / s
        k = (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()
        return (k - 1) / (k + ratio - 1)


def share_grows(s: Fraction, ratio: int, more: int) -> bool:
    if s == 0 or ratio >= more:
        return True
    return best_share(more, s) - best_share(ratio, s) > Decimal("-1e-10")


def collapse_goes_down(ratio: Fraction, s: Fraction, smaller: Fraction) -> bool:
    if ratio <= 1 or not 0 < smaller < s < 1 or pays(ratio, s):
        return True
    return not pays(ratio, smaller)


BY_HAND: dict[str, tuple[Callable[..., bool], tuple[Callable[[int], Iterator[Any]], ...]]] = {
    "self_revision::rounds_decide_the_jump_of_their_own_size": (some_revision_decides, (bounds,)),
    "self_revision::revision_sees_what_a_program_does":
        (revisions_agree, (programs, programs, trees)),
    "guessing::a_guesser_knows_when_it_is_right": (some_names_the_stage, (bounds,)),
    "guessing::layers_are_closed_under_limits": (some_decides_the_limit, (oracles, bounds)),
    "oracles::jump_of_a_join": (joins_agree, (oracles, oracles, booleans, programs)),
    "oracles::partial_jump_escapes": (errs_at_its_diagonal, (programs, oracles)),
    "oracles::use_grows_with_the_input": (use_grows, (programs, trees, trees)),
    "oracles::larger_sets_let_more_halt": (one_more_halts, (programs, trees, oracles, trees)),
    "programs::minimal_because_of_one_input": (one_input_tells, (programs,)),
    "programs::kleene_fixed_point_is_unique": (fixed_points_agree, (programs, programs, programs)),
    "programs::small_inputs_are_enough": (small_inputs_tell, (programs,)),
    "amdahl::ten_times_as_efficient_pays": (ten_pays, (shares,)),
    "amdahl::the_best_share_grows": (share_grows, (shares, bounds, bounds)),
    "amdahl::collapse_goes_down": (collapse_goes_down, (rationals, shares, shares)),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_nothing_smaller_refutes_it(name: str, outcome: Any) -> None:
    holds, kinds = BY_HAND[name]
    _, found = outcome(name)
    gone_through = 0
    for total in range(found.counterexample.size):
        for values in instances(total, *kinds):
            assert holds(*values), values
            gone_through += 1
    assert gone_through >= 2
    assert not holds(*found.found.values)


def test_the_critical_ratio_of_no_bounded_work() -> None:
    """Size 0 has the shares 0 and 1, and at 1 no ratio pays, however large; at 0 every one does."""
    for ratio in (2, 10, 10**9):
        assert pays(ratio, Fraction(0))
        assert all(time(ratio, Fraction(1), Fraction(n, 100)) > 1 for n in range(1, 100))
