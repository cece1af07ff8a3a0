"""Near misses about programs: what they are equal to, and when they halt."""

from checks.claims import (
    Function,
    Nat,
    Oracle,
    Program,
    Tree,
    assume,
    claim,
    halts,
    value,
)
from models.machine.program import code, programs, size
from models.machine.run import run
from models.machine.specialisation import specialise
from models.machine.tree import Pair, trees

PAIRS = 4
WINDOW = tuple(x for count in range(PAIRS + 1) for x in trees(count))


@claim(
    "A program without a shorter equivalent is minimal because of some input, on which nothing "
    "shorter has its value.",
    expected="refuted", size=3,
)
def minimal_because_of_one_input(p: Program) -> bool:
    """If each program shorter than p differs from p on some tree of at most four pairs, then one of
    these trees does for all of them: no shorter program has the value of p there.

    This program gives back every pair, as id does, and makes <nil.nil> of nil, as quote 1 does. So
    on every tree, however large, a shorter one has its value; but none has it on all.
    """
    shorter = [q for count in range(1, size(p)) for q in programs(count)]
    assume(all(_differs(p, q) for q in shorter))
    return any(all(value(q, x) != value(p, x) for q in shorter) for x in WINDOW)


def _differs(p: Program, q: Program) -> bool:
    return any(value(p, x) != value(q, x) for x in WINDOW)


INPUTS = tuple(x for count in range(3) for x in trees(count))


@claim("Kleene's fixed point is unique.", expected="refuted", size=6)
def kleene_fixed_point_is_unique(p: Function, e: Program, d: Program) -> bool:
    """Kleene's theorem gives for every p a program e with [e](x) = [p](<e.x>). Two such programs
    have the same values, as far as inputs of at most two pairs tell; d is no smaller than e.

    The equation may have many solutions. Here p takes the constant out of the code of a quote, so
    that every quote solves it; and ask, whose code has nil there, has the value nil relative to the
    empty set. The theorem recursion-theorem names one solution, and not the only one.
    """
    assume(size(e) <= size(d))
    assume(_is_fixed(p, e) and _is_fixed(p, d))
    return all(value(e, x) == value(d, x) for x in INPUTS)


def _is_fixed(p: Program, e: Program) -> bool:
    return all(value(e, x) == value(p, Pair(code(e), x)) for x in INPUTS)


LARGER = tuple(trees(3))


@claim(
    "If a program halts on all inputs of at most n pairs, it halts on all: n = 2.",
    expected="refuted", size=5,
)
def small_inputs_are_enough(p: Program) -> bool:
    """If p halts on all trees of at most two pairs, it does on those of three.

    A loop can begin deeper in the tree: this one goes on for ever if the head's head is a pair. For
    a larger n there are such programs, too, that look deeper: no n is enough for all.
    """
    assume(all(halts(p, x) for x in INPUTS))
    return all(halts(p, x) for x in LARGER)


@claim(
    "More gas does not change a result.", theorem="gas-monotone", expected="exhausted", size=5,
)
def more_gas_changes_nothing(p: Program, x: Tree, gas: Nat, oracle: Oracle) -> bool:
    """If p halts on x within so many steps, it has the same value if it may take one step more."""
    now = run(p, x, oracle=oracle, gas=gas).value
    assume(now is not None)
    return run(p, x, oracle=oracle, gas=gas + 1).value == now


@claim(
    "A program's first argument can be fixed.",
    theorem="specialisation", expected="exhausted", size=4,
)
def first_arguments_can_be_fixed(p: Program, c: Tree, x: Tree, oracle: Oracle) -> bool:
    """specialise(p, c) has on x what p has on <c.x>, and no value where p has none."""
    return value(specialise(p, c), x, oracle) == value(p, Pair(c, x), oracle)
