"""Wrong variants of the first theorems: each is refused, and its countermodel is one of the models.

A variant is given the very premises of the true proof. What :func:`explain` finds is then confirmed
by running the model functions on it, without the kernel's own evaluator.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from models.algebra import Concrete
from models.amdahl import objective as amdahl
from models.machine.program import Ask, Id, Program, Quote, Then, While, parse_program
from models.machine.semantics import (
    Bottom,
    Do,
    Done,
    Next,
    OutOfGas,
    Push,
    State,
    Stop,
    Swap,
    after,
    evaluate,
    machine,
    start,
)
from models.machine.transform import answering_gas, substitute
from models.machine.tree import NIL, Pair, Tree, parse_tree, trees
from proofs.amdahl import collapse, objective, optimum
from proofs.kernel.evaluate import Finite
from proofs.kernel.reading import is_a, made, part, quote
from proofs.kernel.rules import (
    Statement,
    Theorem,
    prove,
    trusted,
)
from proofs.kernel.terms import (
    REAL,
    TRUE,
    Term,
    as_term,
    both,
    choose_by,
    equal,
    iff,
    implies,
    negate,
    select,
)
from proofs.kernel.terms import substitute as put
from proofs.machine import cycle, semantics, substitution
from tests.soundness.instances import confirm
from tests.soundness.variants import Proof, Variant, halts, proof_of, refused

# --- gas-monotone ---------------------------------------------------------------------------------


f, p, x, n = semantics.evaluation_variables()
ENOUGH, MORE, MOST = (semantics.evaluation().function(f, p, x, n + more) for more in range(3))


def with_gas(outcome: Term, more: int) -> Term:
    """The outcome of a halting run, with more gas left."""
    return made(Done, semantics.value(outcome), semantics.gas(outcome) + more)


GAS_MONOTONE = [
    Variant(
        "with no unit more left",
        semantics.gas_monotone,
        lambda true: true.but(then=equal(MORE, with_gas(ENOUGH, 0))),
        lambda f, p, x, n: (
            halts(enough := evaluate(f, p, x, n)) and evaluate(f, p, x, n + 1) != enough
        ),
    ),
    Variant(
        "with two units of which one is left",
        semantics.gas_monotone,
        lambda true: true.but(then=equal(MOST, with_gas(ENOUGH, 1))),
        lambda f, p, x, n: (
            halts(enough := evaluate(f, p, x, n))
            and evaluate(f, p, x, n + 2) != Done(enough.value, enough.gas + 1)
        ),
    ),
    Variant(
        "without its hypothesis",
        semantics.gas_monotone,
        lambda true: true.but(given={"halts": TRUE}, then=semantics.halts(MORE)),
        lambda f, p, x, n: not halts(evaluate(f, p, x, n + 1)),
    ),
    Variant(
        "from more gas to less",
        semantics.gas_monotone,
        lambda true: true.but(
            given={"halts": semantics.halts(MORE)}, then=semantics.halts(ENOUGH)
        ),
        lambda f, p, x, n: halts(evaluate(f, p, x, n + 1)) and not halts(evaluate(f, p, x, n)),
    ),
]

# --- machine-agreement ----------------------------------------------------------------------------


K, S = proof_of(semantics.machine_agreement).statement.variables[-2:]


def agreement(true: Proof, when_halted: Term, otherwise: Term | None = None) -> Statement:
    """The machine's outcome, said to be one thing where p halts and another where not."""
    left = true.statement.conclusion.args[0]
    if otherwise is None:
        otherwise = made(OutOfGas)
    return true.but(then=equal(left, choose_by(semantics.halts(ENOUGH), when_halted, otherwise)))


def rest(true: Proof, *, more: int = 0, stack: Term | None = None) -> Term:
    """The machine's outcome on what follows p, from p's value and the gas left."""
    assert {K, S} <= set(true.statement.variables)
    state = made(State, K, semantics.value(ENOUGH), S if stack is None else stack)
    return semantics.running().function(f, state, semantics.gas(ENOUGH) + more)


def whole(f: Any, p: Program, x: Tree, n: int, k: Any, s: Any) -> Any:
    return machine(f, State(Next(Do(p), k), x, s), n)


def differs(more: int = 0, stack: Any = None) -> Callable[..., bool]:
    """Whether p halts and the machine's outcome is not the one said of what follows p."""

    def fails(f: Any, p: Program, x: Tree, n: int, k: Any, s: Any) -> bool:
        outcome: Any = evaluate(f, p, x, n)
        if not halts(outcome):
            return False
        state = State(k, outcome.value, s if stack is None else stack)
        return whole(f, p, x, n, k, s) != machine(f, state, outcome.gas + more)

    return fails


MACHINE_AGREEMENT = [
    Variant(
        "with its branches swapped",
        semantics.machine_agreement,
        lambda true: agreement(true, made(OutOfGas), rest(true)),
        lambda f, p, x, n, k, s: (
            halts(evaluate(f, p, x, n)) and halts(whole(f, p, x, n, k, s))
        ),
        {"where": [semantics.halts(ENOUGH)]},
    ),
    Variant(
        "with one unit more for the rest",
        semantics.machine_agreement,
        lambda true: agreement(true, rest(true, more=1)),
        differs(more=1),
    ),
    Variant(
        "with one unit less for the rest",
        semantics.machine_agreement,
        lambda true: agreement(true, rest(true, more=-1)),
        differs(more=-1),
    ),
    Variant(
        "with the stack forgotten",
        semantics.machine_agreement,
        lambda true: agreement(true, rest(true, stack=made(Bottom))),
        differs(stack=Bottom()),
        {
            "where": [
                equal(p, made(Id)),
                equal(K, made(Next, made(Swap), made(Stop))),
                equal(S, made(Push, made(Pair, x, x), made(Bottom))),
                equal(n, 2),
            ],
            "levels": 4,
        },
    ),
    Variant(
        "with a value where p is out of gas",
        semantics.machine_agreement,
        lambda true: agreement(true, rest(true), made(Done, x, n)),
        lambda f, p, x, n, k, s: (
            not halts(evaluate(f, p, x, n)) and whole(f, p, x, n, k, s) != Done(x, n)
        ),
    ),
]

# --- substitution ---------------------------------------------------------------------------------

_, g, k, _, q, _, _, Z = substitution.substitution_variables()
*_, M = proof_of(substitution.computed_value).statement.variables
PROGRAM = substitution.substituting().function(p, q)
EXTRA = substitution.answering().function(g, k, p, x, n)
ORIGINAL = semantics.evaluation().function(g, p, x, n)
REPLACED = semantics.evaluation().function(f, PROGRAM, x, n)
REPLACED_MORE = semantics.evaluation().function(f, PROGRAM, x, n + EXTRA)

ANSWER = semantics.evaluation().function(f, q, Z, select(k, Z))
ANY_GAS = semantics.evaluation().function(f, q, Z, M)

COPYING = Then(Ask(), Id())
"""Computes f from f, in three steps on every tree."""

SEARCH = {
    "where": [equal(q, quote(COPYING, q.sort)), equal(g, f), equal(select(k, x), 3), n < 4],
    "window": {"computes": lambda values: [values["x"]]},
}
SEARCH_BACKWARD = {
    "where": [equal(q, quote(COPYING, q.sort)), equal(g, f), n < 4],
    "window": {"agrees": lambda values: [(values["x"], 3)]},
}

LOOPING = While(Quote(Pair(NIL, NIL)), Id())
"""Halts on no tree."""


def three(_: Tree) -> int:
    """How long COPYING takes; the k of a countermodel says so at the questions asked only."""
    return 3


def right_answer(outcome: Term) -> Term:
    """That an outcome on z has the value g(z)."""
    return equal(semantics.value(outcome), select(g, Z))


def copies(f: Finite, g: Finite, q: Program) -> bool:
    """Whether q computes g from f in three steps: q is COPYING, and g is f on all trees."""
    asked = [*f.values, *g.values, *(tree for count in range(4) for tree in trees(count))]
    return (
        q == COPYING
        and f.otherwise == g.otherwise
        and all(evaluate(f, q, z, 3) == Done(g(z), 0) for z in asked)
    )


def strictly(true: Proof) -> Statement:
    """With more gas left in the conclusion, where the theorem says no less."""
    *parts, more = true.statement.conclusion.args
    assert more.op == "<="
    return true.but(then=both(*parts, more.args[0] < more.args[1]))


SUBSTITUTION = [
    Variant(
        "with the gas of p alone",
        substitution.forward,
        lambda true: true.but(then=semantics.halts(REPLACED)),
        lambda f, g, k, p, q, x, n: (
            copies(f, g, q)
            and halts(evaluate(g, p, x, n))
            and not halts(evaluate(f, substitute(p, q), x, n))
        ),
        {**SEARCH, "where": [equal(p, made(Ask)), *SEARCH["where"]]},
    ),
    Variant(
        "with strictly more gas left",
        substitution.forward,
        strictly,
        lambda f, g, k, p, q, x, n: (
            copies(f, g, q)
            and halts(original := evaluate(g, p, x, n))
            and halts(
                replaced := evaluate(
                    f, substitute(p, q), x, n + answering_gas(g, three, p, x, n)
                )
            )
            and not replaced.gas > original.gas
        ),
        SEARCH,
    ),
    Variant(
        "whatever q computes",
        substitution.forward,
        lambda true: true.but(
            given={"computes": TRUE},
            then=implies(
                semantics.halts(REPLACED_MORE),
                equal(semantics.value(REPLACED_MORE), semantics.value(ORIGINAL)),
            ),
        ),
        lambda f, g, k, p, q, x, n: (
            halts(original := evaluate(g, p, x, n))
            and halts(
                replaced := evaluate(f, substitute(p, q), x, n + answering_gas(g, k, p, x, n))
            )
            and replaced.value != original.value
        ),
        {"window": {"computes": lambda values: [values["x"]]}},
    ),
    Variant(
        "if no value of q is wrong",
        substitution.forward,
        lambda true: true.but(
            given={"computes": implies(semantics.halts(ANSWER), right_answer(ANSWER))},
            then=semantics.halts(REPLACED_MORE),
        ),
        lambda f, g, k, p, q, x, n: (
            q == LOOPING
            and halts(evaluate(g, p, x, n))
            and not halts(
                evaluate(f, substitute(p, q), x, n + answering_gas(g, k, p, x, n))
            )
        ),
        {
            "where": [equal(q, quote(LOOPING, q.sort)), equal(p, made(Ask)), equal(n, 1)],
            "window": {"computes": lambda values: [values["x"]]},
        },
    ),
    Variant(
        "whatever q computes",
        substitution.computed_value,
        lambda true: true.but(given={"computes": TRUE}),
        lambda f, g, k, q, z, m: (
            halts(outcome := evaluate(f, q, z, m)) and outcome.value != g(z)
        ),
        {"window": {"computes": lambda values: [values["z"]]}},
    ),
    Variant(
        "and halts for every gas",
        substitution.computed_value,
        lambda true: true.but(then=semantics.halts(ANY_GAS)),
        lambda f, g, k, q, z, m: copies(f, g, q) and not halts(evaluate(f, q, z, m)),
        {
            "where": [equal(q, quote(COPYING, q.sort)), equal(g, f), equal(select(k, Z), 3)],
            "window": {"computes": lambda values: [values["z"]]},
        },
    ),
    Variant(
        "whatever q computes",
        substitution.backward,
        lambda true: true.but(given={"agrees": TRUE}),
        lambda f, g, p, q, x, n: (
            halts(replaced := evaluate(f, substitute(p, q), x, n))
            and halts(original := evaluate(g, p, x, n))
            and original.value != replaced.value
        ),
        {"where": [equal(p, made(Ask))], "window": {"agrees": lambda values: [(values["x"], 3)]}},
    ),
    Variant(
        "without the hypothesis that it halts",
        substitution.backward,
        lambda true: true.but(given={"halts": TRUE}, then=semantics.halts(ORIGINAL)),
        lambda f, g, p, q, x, n: copies(f, g, q) and not halts(evaluate(g, p, x, n)),
        SEARCH_BACKWARD,
    ),
    Variant(
        "with strictly more gas left",
        substitution.backward,
        strictly,
        lambda f, g, p, q, x, n: (
            copies(f, g, q)
            and halts(replaced := evaluate(f, substitute(p, q), x, n))
            and halts(original := evaluate(g, p, x, n))
            and not original.gas > replaced.gas
        ),
        SEARCH_BACKWARD,
    ),
    Variant(
        "with q in the place of p",
        substitution.backward,
        lambda true: true.but(
            then=implies(
                semantics.halts(semantics.evaluation().function(g, q, x, n)),
                equal(
                    semantics.value(semantics.evaluation().function(g, q, x, n)),
                    semantics.value(REPLACED),
                ),
            )
        ),
        lambda f, g, p, q, x, n: (
            copies(f, g, q)
            and halts(replaced := evaluate(f, substitute(p, q), x, n))
            and halts(outcome := evaluate(g, q, x, n))
            and outcome.value != replaced.value
        ),
        SEARCH_BACKWARD,
    ),
]

# --- looping-certificate-sound, cycles ------------------------------------------------------------


STEPS, PERIOD = proof_of(cycle.cycle_never_halts).statement.variables[-2:]
BEGIN = made(State, made(Next, made(Do, p), made(Stop)), x, made(Bottom))
THERE = semantics.passing().function(f, BEGIN, STEPS)
AGAIN = semantics.passing().function(f, THERE, PERIOD)
UNFINISHED = is_a(part(THERE, State, "control"), Next)


def states(f: Any, p: Program, x: Tree, steps: int, period: int) -> tuple[State, State]:
    """The states in which the cycle begins and ends."""
    there = after(f, start(Concrete(), p, x), steps)
    return there, after(f, there, period)


def same(*fields: str) -> Term:
    """The two states have the same in some fields."""
    return both(*(equal(part(AGAIN, State, name), part(THERE, State, name)) for name in fields))


def halting_cycle(
    label: str, accepted: Term, holds: Callable[[State, State, int], bool], **search: Any
) -> Variant:
    """An acceptance that is too weak: ``holds`` of the two states and the period."""
    return Variant(
        label,
        cycle.cycle_never_halts,
        lambda true: true.but(given={"accepted": accepted}),
        lambda f, p, x, n, steps, period: (
            holds(*states(f, p, x, steps, period), period) and halts(evaluate(f, p, x, n))
        ),
        search,
    )


CYCLE = [
    halting_cycle(
        "of period 0",
        both(PERIOD >= 0, UNFINISHED, equal(AGAIN, THERE)),
        lambda there, again, period: (
            period >= 0 and isinstance(there.control, Next) and again == there
        ),
    ),
    halting_cycle(
        "of a run that is over",
        both(PERIOD > 0, equal(AGAIN, THERE)),
        lambda there, again, period: period > 0 and again == there,
    ),
    halting_cycle(
        "with the accumulator alone compared",
        both(PERIOD > 0, UNFINISHED, same("accumulator")),
        lambda there, again, period: (
            period > 0
            and isinstance(there.control, Next)
            and again.accumulator == there.accumulator
        ),
    ),
    halting_cycle(
        "with the stack forgotten",
        both(PERIOD > 0, UNFINISHED, same("control", "accumulator")),
        lambda there, again, period: (
            period > 0
            and isinstance(there.control, Next)
            and (again.control, again.accumulator) == (there.control, there.accumulator)
        ),
        # The test of the first and of the second round: the rest of the list is on the stack.
        where=[
            equal(p, quote(parse_program("while(hd, tl)"), p.sort)),
            equal(x, quote(parse_tree("<1.<1.nil>>"), x.sort)),
            equal(STEPS, 2), equal(PERIOD, 4), equal(n, 20),
        ],
        levels=12,
    ),
]

# --- amdahl-identity ------------------------------------------------------------------------------

R, s, y, weight = objective.reals("Rsyk")
(share,) = objective.reals("x")
TIME = objective.time().function
ONE = Fraction(1)


def time(R: Fraction, s: Fraction, x: Fraction) -> Any:
    return amdahl.time(R, s, x)


def bottom(R: Any, x: Any) -> Any:
    return (1 + (R - 1) * x) * (1 - x)


def identity(then: Callable[[Any, Any, Any, Any], tuple[Any, Any]], label: str) -> Variant:
    """A wrong formula: the two sides, of T, R, s and x, of a claimed equation."""

    def fails(R: Fraction, s: Fraction, x: Fraction) -> bool:
        left, right = then(time(R, s, x), R, s, x)
        return bottom(R, x) != 0 and left != right

    return Variant(
        label,
        objective.identity,
        lambda true: true.but(then=equal(*then(TIME(R, s, share), R, s, share))),
        fails,
        {"where": [equal(R, 3), equal(s, Fraction(1, 4)), equal(share, Fraction(1, 2))]},
    )


AMDAHL_IDENTITY = [
    identity(
        lambda T, R, s, x: (T - 1, x * (1 - R * (1 - s) - (R - 1) * x) / bottom(R, x)),
        "with a wrong sign",
    ),
    identity(
        lambda T, R, s, x: (T, x * (1 - R * (1 - s) + (R - 1) * x) / bottom(R, x)),
        "without the 1",
    ),
    identity(
        lambda T, R, s, x: (T - 1, x * (1 - R * s + (R - 1) * x) / bottom(R, x)),
        "with the shares of work swapped",
    ),
    identity(
        lambda T, R, s, x: (T - 1, x * (1 - R * (1 - s) + R * x) / bottom(R, x)),
        "with R in the place of R-1",
    ),
]


@pytest.mark.parametrize(
    ("ratio", "scalable", "place"), [(-1, 1, Fraction(1, 2)), (2, 0, 1)]
)
def test_the_identity_fails_at_a_pole_whatever_the_value_of_0_over_0(
    ratio: int, scalable: int, place: Fraction | int
) -> None:
    """To the solvers 0/0 is a number of which nothing is known: T - 1 is it plus 1, or less 1/2."""
    values = {R: as_term(ratio, REAL), s: as_term(scalable, REAL), share: as_term(place, REAL)}
    claimed = put(objective.identity().statement.conclusion, values)
    given = objective.time()(ratio, scalable, place)
    name = f"test-identity-at-a-pole {ratio}"
    assert trusted(prove(name, Statement((), (), negate(claimed)), lambda goal: [given]))


# --- amdahl-convex --------------------------------------------------------------------------------


def not_convex(**dropped: bool) -> Callable[..., bool]:
    """Whether T is not strictly convex at two points, with all hypotheses but those dropped."""

    def fails(R: Any, s: Any, x: Any, y: Any, k: Any) -> bool:
        hypotheses = {
            "ratio": R > 0,
            "some_scalable": s > 0,
            "scalable": s <= 1,
            "x_from": x >= 0,
            "x_to": x < 1,
            "y_from": y >= 0,
            "y_to": y < 1,
            "different": x != y,
            "low": k > 0,
            "high": k < 1,
        }
        between = k * x + (1 - k) * y
        return all({**hypotheses, **dropped}.values()) and not (
            time(R, s, between) < k * time(R, s, x) + (1 - k) * time(R, s, y)
        )

    return fails


AMDAHL_CONVEX = [
    Variant(
        "between equal points",
        objective.convex,
        lambda true: true.but(given={"different": TRUE}),
        not_convex(different=True),
        {"where": [equal(share, y), equal(R, 2), equal(s, Fraction(1, 2))]},
    ),
    Variant(
        "without scalable work",
        objective.convex,
        lambda true: true.but(given={"some scalable": s >= 0}),
        not_convex(some_scalable=True),
        {"where": [equal(s, 0), equal(R, 1)]},
    ),
    Variant(
        "with the weight 1",
        objective.convex,
        lambda true: true.but(given={"high": weight <= 1}),
        not_convex(high=True),
        {"where": [equal(weight, 1), equal(share, 0), equal(R, 2)]},
    ),
    Variant(
        "beyond 1",
        objective.convex,
        lambda true: true.but(given={"y to": y < 3}),
        not_convex(y_to=True),
        {"where": [equal(y, 2), equal(share, 0), equal(weight, Fraction(9, 10)), equal(R, 1)]},
    ),
    Variant(
        "with its sides swapped",
        objective.convex,
        lambda true: true.but(
            then=true.statement.conclusion.args[1] < true.statement.conclusion.args[0]
        ),
        lambda R, s, x, y, k: (
            R > 0
            and 0 < s <= 1
            and 0 <= x < 1
            and 0 <= y < 1
            and x != y
            and 0 < k < 1
            and not k * time(R, s, x) + (1 - k) * time(R, s, y) < time(R, s, k * x + (1 - k) * y)
        ),
        {"where": [equal(R, 2), equal(s, Fraction(1, 2)), equal(weight, Fraction(1, 2))]},
    ),
]

# --- collapse -------------------------------------------------------------------------------------

THRESHOLD = objective.threshold().function(R)

COLLAPSE = [
    Variant(
        "without the threshold",
        collapse.enough,
        lambda true: true.but(given={"threshold": s >= 0}),
        lambda R, s, x: (
            R > 1 and s >= 0 and 0 < x < 1 and not time(R, s, x) > time(R, s, Fraction(0))
        ),
    ),
    Variant(
        "with the threshold of R-1",
        collapse.enough,
        lambda true: true.but(
            given={"ratio": R > 2, "threshold": s >= objective.threshold().function(R - 1)}
        ),
        lambda R, s, x: (
            R > 2
            and s >= amdahl.threshold(R - 1)
            and 0 < x < 1
            and not time(R, s, x) > time(R, s, Fraction(0))
        ),
    ),
    Variant(
        "with x = 0 itself",
        collapse.enough,
        lambda true: true.but(given={"from": share >= 0}),
        lambda R, s, x: (
            R > 1
            and s >= amdahl.threshold(R)
            and 0 <= x < 1
            and not time(R, s, x) > time(R, s, Fraction(0))
        ),
    ),
    Variant(
        "only strictly above the threshold",
        collapse.needed,
        lambda true: true.but(then=s > THRESHOLD),
        # At s = S_c the identity is T - 1 = (R-1) x^2 / bottom, so x = 0 is the unique minimiser.
        lambda R, s: (
            R > 1
            and s == amdahl.threshold(R)
            and all(time(R, s, Fraction(x, 16)) > 1 for x in range(1, 16))
            and not s > amdahl.threshold(R)
        ),
        {
            "where": [equal(s, THRESHOLD)],
            "window": {"unique minimiser": lambda _: [Fraction(x, 16) for x in range(1, 16)]},
        },
    ),
    Variant(
        "with one threshold strict",
        collapse.thresholds,
        lambda true: true.but(
            then=iff(s >= THRESHOLD, objective.critical_ratio().function(s) > R)
        ),
        lambda R, s: (
            R > 0
            and s < 1
            and (s >= amdahl.threshold(R)) != (amdahl.critical_ratio(s) > R)
        ),
    ),
    Variant(
        "half of the budget for positive work",
        collapse.negative,
        lambda true: true.but(given={"negative": TRUE}),
        lambda R, s: R > 1 and not time(R, s, Fraction(1, 2)) < time(R, s, Fraction(0)),
    ),
    Variant(
        "half-way with negative work",
        collapse.half_way,
        lambda true: true.but(given={"scalable": TRUE}),
        lambda R, s: (
            R > 1
            and s < amdahl.threshold(R)
            and not (
                0 < (half := amdahl.break_even(R, s) / 2) < 1
                and time(R, s, half) < time(R, s, Fraction(0))
            )
        ),
        {"where": [equal(R, 2)]},
    ),
]

# --- optimum --------------------------------------------------------------------------------------


def best(R: Any, s: Any) -> Any:
    return amdahl.optimal_allocation(R, amdahl.balance(R, s))


def below(R: Any, s: Any) -> bool:
    return R > 1 and s > 0 and s < amdahl.threshold(R)


# Here the balance is 4, so that all is rational: x* = 3/8 and T* = 16/25.
RATIONAL = {"where": [equal(R, 5), equal(s, Fraction(1, 5))]}
BALANCE = objective.balance().function(R, s)
BEST = objective.optimal_allocation().function(R, BALANCE)
LEAST = objective.optimal_time().function(R, s)

OPTIMUM = [
    Variant(
        "at half the budget",
        optimum.attained,
        lambda true: true.but(then=equal(TIME(R, s, Fraction(1, 2)), LEAST)),
        lambda R, s: (
            below(R, s) and time(R, s, Fraction(1, 2)) != amdahl.optimal_time(R, s)
        ),
        RATIONAL,
    ),
    Variant(
        "with another least time",
        optimum.attained,
        lambda true: true.but(then=equal(TIME(R, s, BEST), LEAST * R)),
        lambda R, s: below(R, s) and time(R, s, best(R, s)) != amdahl.optimal_time(R, s) * R,
        RATIONAL,
    ),
    Variant(
        "at the threshold too",
        optimum.attained,
        lambda true: true.but(given={"threshold": s <= THRESHOLD}),
        lambda R, s: (
            R > 1
            and s > 0
            and s <= amdahl.threshold(R)
            and not (
                0 < best(R, s) < 1 and time(R, s, best(R, s)) == amdahl.optimal_time(R, s)
            )
        ),
        {"where": [equal(R, 5), equal(s, Fraction(4, 5))]},
    ),
    Variant(
        "with x* itself",
        optimum.least,
        lambda true: true.but(then=TIME(R, s, share) > TIME(R, s, BEST)),
        lambda R, s, x: (
            below(R, s) and 0 <= x < 1 and not time(R, s, x) > time(R, s, best(R, s))
        ),
        {"where": [*RATIONAL["where"], equal(share, Fraction(3, 8))]},
    ),
    Variant(
        "beyond 1",
        optimum.least,
        lambda true: true.but(given={"to": share <= 2}),
        lambda R, s, x: (
            below(R, s)
            and 0 <= x <= 2
            and x != best(R, s)
            and not time(R, s, x) > time(R, s, best(R, s))
        ),
        {"where": [*RATIONAL["where"], equal(share, 2)]},
    ),
]

VARIANTS = {
    "gas-monotone": GAS_MONOTONE,
    "machine-agreement": MACHINE_AGREEMENT,
    "substitution": SUBSTITUTION,
    "looping-certificate-sound": CYCLE,
    "amdahl-identity": AMDAHL_IDENTITY,
    "amdahl-convex": AMDAHL_CONVEX,
    "collapse": COLLAPSE,
    "optimum": OPTIMUM,
}
THEOREMS = list(dict.fromkeys(v.theorem for found in VARIANTS.values() for v in found))


@pytest.mark.parametrize(
    "variant",
    [pytest.param(v, id=f"{name} {v.label}") for name, found in VARIANTS.items() for v in found],
)
def test_a_wrong_variant_is_refused_with_a_countermodel(variant: Variant) -> None:
    values = refused(variant)
    assert variant.fails(**values), values
    if variant in AMDAHL_IDENTITY + AMDAHL_CONVEX + COLLAPSE + OPTIMUM:
        assert all(isinstance(value, Fraction) for value in values.values())


@pytest.mark.parametrize("id_", VARIANTS)
def test_each_theorem_has_variants(id_: str) -> None:
    assert len(VARIANTS[id_]) >= 3


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem.__name__)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)
