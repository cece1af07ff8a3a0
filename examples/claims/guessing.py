"""Near misses about guessing in the limit.

A guesser's guess at x in stage s is its value on <x.s>: no if that is nil, and else yes. Its limit
at x is the guess that stays the same from some stage on; the first such stage is its modulus there.
"""

from itertools import pairwise

from checks.claims import (
    EMPTY,
    NIL,
    TRUE,
    Bound,
    Nat,
    Oracle,
    Program,
    Tree,
    assume,
    claim,
    guess,
    jump,
    limit,
    modulus,
    note,
    numeral,
    steps,
    value,
)
from checks.claims.rewriting import has_loop
from models.machine.program import code, programs
from models.machine.tree import Pair, length
from models.revision.limit_lemma import stopping
from models.revision.mind_changes import contrary_guess, seen_stage

MOST_CHANGES = 2


def small_programs(k: int) -> list[Program]:
    """All of size at most k."""
    return [p for size in range(1, k + 1) for p in programs(size)]


@claim(
    "Two mind changes are enough for everything that can be guessed in the limit.",
    expected="refuted", size=1,
)
def two_mind_changes_are_enough(k: Bound) -> bool:
    """For every k, some guesser of size at most k that changes its mind at most twice about the
    code of each program of size at most k has there the limits of contrary(2), a guesser that
    changes its mind at most three times.

    There is none for k = 1, nor for any other k: contrary(2) watches each program h guess at its
    own code and holds the opposite of what it has seen, so that an h with at most two changes is
    wrong at its own code. At size 1 there are five guessers, and only tl changes its mind, from no
    to yes; there contrary(2) says no in the end. That it is so for every k, and for every number in
    the place of 2, is the theorem mind-changes.
    """
    small = small_programs(k)
    return any(_has_the_limits_of_contrary(h, small) for h in small)


def _has_the_limits_of_contrary(h: Program, small: list[Program]) -> bool:
    """Whether h comes at the codes of these programs, with at most two changes at each, to what
    contrary(2) does. Its own code is looked at first."""
    for p in (h, *(p for p in small if p != h)):
        tree = code(p)
        found = limit(h, tree)
        if found is None or _changes(h, tree) > MOST_CHANGES:
            return False
        if found != _limit_of_contrary(MOST_CHANGES, p):
            return False
    return True


def _changes(h: Program, x: Tree, oracle: Oracle = EMPTY) -> int:
    """How often h changes its mind at x, where it has a limit."""
    guesses = [guess(h, x, stage, oracle) == NIL for stage in range(modulus(h, x, oracle) + 1)]
    return sum(now != later for now, later in pairwise(guesses))


def _limit_of_contrary(most: int, h: Program, oracle: Oracle = EMPTY) -> bool:
    """The limit of contrary(most) at the code of h, if h has a limit there.

    It is reached when all guesses of h to the modulus have been seen; the function seen_stage tells
    when that is.
    """
    tree = code(h)
    last = modulus(h, tree, oracle)
    assume(last is not None)

    def cost(stage: int) -> int:
        return steps(h, Pair(tree, numeral(stage)), oracle)

    return contrary_guess(oracle, tree, most, seen_stage(cost, last)) == TRUE


@claim(
    "A guesser with at most n mind changes has at its own code another limit than contrary(n).",
    theorem="mind-changes", expected="exhausted", size=4,
)
def few_mind_changes_are_contradicted(h: Program, n: Nat, oracle: Oracle) -> bool:
    """The limits are decided: that of h, which has no loop, with a certificate; and contrary(n) is
    looked at in a stage in which it has seen all guesses of h to its modulus.

    True for every n: so each further mind change decides more.
    """
    assume(not has_loop(h))
    tree = code(h)
    found = limit(h, tree, oracle)
    assume(found is not None and _changes(h, tree, oracle) <= n)
    return found != _limit_of_contrary(n, h, oracle)


@claim(
    "A guesser that is right from some stage on knows when.",
    expected="refuted", size=3,
)
def a_guesser_knows_when_it_is_right(k: Bound) -> bool:
    """The guesser here says of a program, in stage s, whether it has halted on its own code within
    s steps; it is right from some stage on. For every k, some program of size at most k has, on the
    code of each program of size at most k, a list at least as long as the stage from which on the
    guesses are right.

    For k = 1 and k = 2 id does, as all these programs halt after one step. At size 3 a program runs
    for 15 steps before it halts, and no program of size 3 names a number large enough for all.

    Larger programs name larger numbers, but larger programs run for longer, too. That no program at
    all knows when is what the theorems computable-modulus and jump-escape say together: who knew
    the stage could decide the jump.
    """
    halting = {}
    for p in small_programs(k):
        taken = steps(p, code(p))
        if taken is not None:
            halting[code(p)] = taken
    note("programs of size at most k that halt on their own code", len(halting))
    note("the longest of these runs, in steps", max(halting.values()))
    return any(_names_enough(p, halting) for p in small_programs(k))


def _names_enough(p: Program, taken: dict[Tree, int]) -> bool:
    for tree, least in taken.items():
        named = value(p, tree)
        if named is None or length(named) < least:
            return False
    return True


@claim("C(A) is closed under taking limits.", expected="refuted", size=3)
def layers_are_closed_under_limits(oracle: Oracle, k: Bound) -> bool:
    """The sets H_s of the programs that halt on their own code within s steps relative to A are all
    in C(A), one program decides them from s, and their limit is A'. For every k, a program of size
    at most k decides relative to A, on the codes of the programs of size at most k, what is in this
    limit. Any value but nil may stand for yes.

    For k = 1 and k = 2 id does, as all programs halt. Not for k = 3 and the empty set, and for no
    set A and no k does a program of size at most k-2 (theorem bounded-escape). That without any
    bound no program decides the limit, so that the limits from A are C(A') and more than C(A), is
    the theorem separation.
    """
    in_jump = jump(oracle)
    members = {code(p): code(p) in in_jump for p in small_programs(k)}
    note("programs of size at most k", len(members))
    note("of these are in the limit", sum(members.values()))
    return any(_says_who_is_in(p, members, oracle) for p in small_programs(k))


def _says_who_is_in(p: Program, members: dict[Tree, bool], oracle: Oracle) -> bool:
    """Whether it has a value on each tree, and nil exactly on those that are no members."""
    for tree, member in members.items():
        answer = value(p, tree, oracle)
        if answer is None or (answer != NIL) != member:
            return False
    return True


@claim(
    "Who can name a stage from which on a guesser is right can decide its limit.",
    theorem="computable-modulus", expected="exhausted", size=4,
)
def knowing_when_is_deciding(h: Program, p: Program, x: Tree, oracle: Oracle) -> bool:
    """If p has on x a number that is a stage from which on the guess of h at x does not change, h
    having no loop, then stopping(p, h), which guesses in the stage that p names, says what the
    limit of h is.

    True always, so a guesser of a set outside C(A) has no modulus in C(A).
    """
    assume(not has_loop(h))
    stage = value(p, x, oracle)
    assume(stage is not None and stage == numeral(length(stage)))
    found = limit(h, x, oracle)
    assume(found is not None and modulus(h, x, oracle) <= length(stage))
    return (value(stopping(p, h), x, oracle) != NIL) == found
