"""Wrong variants of the parts of ``turing-preorder``: each is refused, with a countermodel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from checks.exhaust import trees_to
from checks.machine.substitution import Computed
from models.machine.degrees import composed_gas
from models.machine.oracle import EMPTY, Join, Oracle, Table
from models.machine.program import Ask, Id, Program, parse_program
from models.machine.semantics import Done, evaluate
from models.machine.transform import substitute
from models.machine.tree import FALSE as NO
from models.machine.tree import TRUE as YES
from models.machine.tree import Pair, Tree, numeral
from proofs.kernel.reading import is_a, made, part
from proofs.kernel.rules import Theorem
from proofs.kernel.terms import TRUE, Term, equal, select
from proofs.machine import degrees, semantics
from proofs.machine.substitution import substituting
from tests.soundness.instances import Instance, confirm, refuse
from tests.soundness.variants import Variant, halts, proof_of, refused

RUN = semantics.evaluation().function
SMALL = list(trees_to(3))
ASK = made(Ask)


def variables(theorem: Callable[[], Theorem]) -> dict[str, Term]:
    return {str(v.data): v for v in proof_of(theorem).statement.variables}


def value_is(outcome: Any, value: Tree) -> bool:
    return halts(outcome) and outcome.value == value


def one(_: Tree) -> int:
    """What Ask costs; the costs of a countermodel say so at the questions asked only."""
    return 1


def asks(f: Oracle, program: Program, g: Oracle, *trees: Tree) -> bool:
    """Whether a program is Ask and g is f, where a countermodel says so and on small trees."""
    listed = [*SMALL, *trees]
    return program == Ask() and all(evaluate(f, program, z, 1) == Done(g(z), 0) for z in listed)


def same(*oracles: Term) -> list[Term]:
    return [equal(other, oracles[0]) for other in oracles[1:]]


def windows(*labels: str) -> dict[str, Any]:
    return {label: lambda values: [values["x"]] for label in labels}


# --- reflexive ------------------------------------------------------------------------------------

f, x = (variables(degrees.reflexive)[name] for name in "fx")

REFLEXIVE = [
    Variant(
        "in no step",
        degrees.reflexive,
        lambda true: true.but(then=semantics.halts(RUN(f, ASK, x, 0))),
        lambda f, x: not halts(evaluate(f, Ask(), x, 0)),
    ),
    Variant(
        "with Id",
        degrees.reflexive,
        lambda true: true.but(then=equal(semantics.value(RUN(f, made(Id), x, 1)), select(f, x))),
        lambda f, x: not value_is(evaluate(f, Id(), x, 1), f(x)),
    ),
    Variant(
        "with the step to spare",
        degrees.reflexive,
        lambda true: true.but(then=equal(semantics.gas(RUN(f, ASK, x, 1)), 1)),
        lambda f, x: evaluate(f, Ask(), x, 1).gas != 1,
    ),
]

# --- transitive -----------------------------------------------------------------------------------

T = variables(degrees.transitive)
COMPOSED = substituting().function(T["p"], T["q"])
NEEDED = degrees.composing().function(T["g"], T["k"], T["p"], T["c"], T["x"])
BOTH_ASK = {
    "where": [
        equal(T["p"], ASK), equal(T["q"], ASK), *same(T["f"], T["g"], T["h"]),
        equal(select(T["k"], T["x"]), 1), equal(select(T["c"], T["x"]), 1),
    ],
    "window": windows("lower", "upper"),
}

TRANSITIVE = [
    Variant(
        "with no gas for the answers",
        degrees.transitive,
        lambda true: true.but(
            then=semantics.halts(RUN(T["f"], COMPOSED, T["x"], select(T["c"], T["x"]) - 1))
        ),
        lambda f, g, h, k, c, p, q, x: (
            asks(f, q, g, x) and asks(g, p, h, x)
            and not halts(evaluate(f, substitute(p, q), x, one(x) - 1))
        ),
        BOTH_ASK,
    ),
    Variant(
        "with all gas left",
        degrees.transitive,
        lambda true: true.but(
            then=equal(semantics.gas(RUN(T["f"], COMPOSED, T["x"], NEEDED)), NEEDED)
        ),
        lambda f, g, h, k, c, p, q, x: (
            asks(f, q, g, x) and asks(g, p, h, x)
            and (gas := composed_gas(g, one, p, one, x)) != evaluate(
                f, substitute(p, q), x, gas
            ).gas
        ),
        BOTH_ASK,
    ),
    Variant(
        "whatever p computes",
        degrees.transitive,
        lambda true: true.but(given={"upper": TRUE}),
        lambda f, g, h, k, c, p, q, x: (
            asks(f, q, g, x) and not value_is(evaluate(f, substitute(p, q), x, 2), h(x))
        ),
        {
            "where": [
                equal(T["p"], made(Id)), equal(T["q"], ASK), *same(T["f"], T["g"]),
                equal(select(T["k"], T["x"]), 1), equal(select(T["c"], T["x"]), 1),
            ],
            "window": windows("lower", "upper"),
        },
    ),
]

# --- joins of sets --------------------------------------------------------------------------------

S = variables(degrees.join_of_sets)
MEMBER = equal(select(S["J"], S["x"]), degrees.TRUE)


def set_where(*more: Term) -> dict[str, Any]:
    rest = part(S["x"], Pair, "tail")
    truths = [degrees.is_truth(select(which, rest)) for which in (S["g"], S["h"])]
    joined = equal(select(S["J"], S["x"]), degrees.joins().function(S["g"], S["h"], S["x"]))
    return {
        "where": [is_a(S["x"], Pair), *truths, joined, *more],
        "window": {
            "first": lambda v: [v["x"].tail], "second": lambda v: [v["x"].tail],
            "join": lambda v: [v["x"]],
        },
    }


def is_set_at(which: Oracle, x: Tree) -> bool:
    return which(x) in (NO, YES)


SETS = [
    Variant(
        "of all that is tagged",
        degrees.join_of_sets,
        lambda true: true.but(then=MEMBER),
        lambda g, h, J, x: (
            is_set_at(g, x.tail) and is_set_at(h, x.tail) and Join(g, h)(x) != YES
        ),
        set_where(),
    ),
    Variant(
        "of those of the first set, whatever the tag",
        degrees.join_of_sets,
        lambda true: true.but(
            then=equal(select(S["J"], S["x"]), select(S["g"], part(S["x"], Pair, "tail")))
        ),
        lambda g, h, J, x: (
            is_set_at(g, x.tail) and is_set_at(h, x.tail) and Join(g, h)(x) != g(x.tail)
        ),
        set_where(),
    ),
    Variant(
        "of functions",
        degrees.join_of_sets,
        lambda true: true.but(given={"first": TRUE}),
        lambda g, h, J, x: is_set_at(h, x.tail) and not is_set_at(Join(g, h), x),
        {**set_where(), "where": set_where()["where"][:1] + set_where()["where"][2:]},
    ),
]

# --- inclusion ------------------------------------------------------------------------------------

F, G, Q, C, _, X = proof_of(degrees.included).statement.variables
COST = select(C, X)
FROM = RUN(G, Q, X, COST)
INCLUSION = {
    "where": [equal(Q, ASK), equal(F, G), equal(COST, 1)],
    "window": {"included": lambda v: [v["x"]]},
}


def included_fails(wrong: Callable[[Oracle, Tree], bool]) -> Callable[..., bool]:
    return lambda f, g, q, c, w, x: asks(g, q, f, x) and wrong(f, x)


INCLUDED = [
    Variant(
        "without it",
        degrees.included,
        lambda true: true.but(given={"included": TRUE}),
        lambda f, g, q, c, w, x: not value_is(evaluate(g, q, x, c(x)), f(x)),
        {"window": {"included": lambda _: []}},
    ),
    Variant(
        "with gas to spare",
        degrees.included,
        lambda true: true.but(then=semantics.gas(FROM) > 0),
        included_fails(lambda f, x: not evaluate(f, Ask(), x, 1).gas > 0),
        INCLUSION,
    ),
    Variant(
        "one step sooner",
        degrees.included,
        lambda true: true.but(then=semantics.halts(RUN(G, Q, X, COST - 1))),
        included_fails(lambda f, x: not halts(evaluate(f, Ask(), x, 0))),
        INCLUSION,
    ),
]

# --- with values at hand --------------------------------------------------------------------------

ONE = Table({numeral(1): YES})
TWO = Table({numeral(2): YES})
TAIL = parse_program("then(tl, ask)")
EXCEPT = parse_program("if(id, ask, quote true)")
LEFT_OF_TWO = Pair(NO, numeral(2))
RIGHT_OF_TWO = Pair(YES, numeral(2))

BACKWARDS = substituting().function(T["q"], T["p"])
LATER = Computed(TAIL, ONE)
MIXED = Computed(EXCEPT, LATER)

H = variables(degrees.halves)
HALVED: Mapping[str, Any] = {"g": ONE, "h": TWO, "J": Join(ONE, TWO), "x": numeral(1)}


def of_half(tag: Term, gas: int) -> Term:
    return RUN(H["J"], degrees.half().function(tag), H["x"], gas)


L = variables(degrees.least)
ENOUGH = degrees.joining_gas().function(L["b"], L["c"], L["x"])
JOINING: Mapping[str, Any] = {
    "f": TWO, "g": TWO, "h": TWO, "J": Join(TWO, TWO), "p": Ask(), "q": Ask(), "b": one, "c": one,
    "x": RIGHT_OF_TWO,
}


def joined(*programs: Term, less: int = 0) -> Term:
    return RUN(L["f"], degrees.joining().function(*programs), L["x"], ENOUGH - less)


def small(*labels: str) -> dict[str, Any]:
    return dict.fromkeys(labels, lambda _: SMALL)


IN_ORDER = small("lower", "upper")
A_JOIN = small("join")
ALL = small("left", "right", "join")

INSTANCES = [
    Instance(
        "in the other order",
        degrees.transitive,
        lambda true: true.but(
            then=equal(
                semantics.value(RUN(T["f"], BACKWARDS, T["x"], NEEDED)), select(T["h"], T["x"])
            )
        ),
        {
            "f": ONE, "g": LATER, "h": MIXED, "k": LATER.cost, "c": MIXED.cost,
            "p": EXCEPT, "q": TAIL, "x": numeral(1),
        },
        IN_ORDER,
    ),
    Instance(
        "with the halves swapped",
        degrees.halves,
        lambda true: true.but(
            then=equal(
                of_half(degrees.TRUE, 7), made(Done, select(H["g"], H["x"]), 0)
            )
        ),
        HALVED,
        A_JOIN,
    ),
    Instance(
        "in six steps",
        degrees.halves,
        lambda true: true.but(then=semantics.halts(of_half(degrees.FALSE, 6))),
        HALVED,
        A_JOIN,
    ),
    Instance(
        "of any oracle",
        degrees.halves,
        lambda true: true.but(given={"join": TRUE}),
        {**HALVED, "J": EMPTY},
        A_JOIN,
    ),
    Instance(
        "without a tag",
        degrees.halves,
        lambda true: true.but(
            then=equal(RUN(H["J"], ASK, H["x"], 1), made(Done, select(H["g"], H["x"]), 0))
        ),
        HALVED,
        A_JOIN,
    ),
    Instance(
        "in two steps less",
        degrees.least,
        lambda true: true.but(then=semantics.halts(joined(L["p"], L["q"], less=2))),
        JOINING,
        ALL,
    ),
    Instance(
        "with the parts swapped",
        degrees.least,
        lambda true: true.but(
            then=equal(
                semantics.value(joined(L["q"], L["p"])), select(L["J"], L["x"])
            )
        ),
        {
            **JOINING, "f": ONE, "g": ONE, "h": LATER, "J": Join(ONE, LATER), "q": TAIL,
            "c": LATER.cost,
        },
        ALL,
    ),
    Instance(
        "whatever the left part computes",
        degrees.least,
        lambda true: true.but(given={"left": TRUE}),
        {**JOINING, "p": Id(), "x": LEFT_OF_TWO},
        ALL,
    ),
    Instance(
        "whatever the right part computes",
        degrees.least,
        lambda true: true.but(given={"right": TRUE}),
        {**JOINING, "q": Id()},
        ALL,
    ),
    Instance(
        "of what is no join",
        degrees.least,
        lambda true: true.but(given={"join": TRUE}),
        {**JOINING, "J": EMPTY},
        ALL,
    ),
]

VARIANTS = [*REFLEXIVE, *TRANSITIVE, *SETS, *INCLUDED]


@pytest.mark.parametrize(
    "wrong", VARIANTS, ids=lambda wrong: f"{wrong.theorem().name} {wrong.label}"
)
def test_a_wrong_variant_is_refused_with_a_countermodel(wrong: Variant) -> None:
    values = refused(wrong)
    assert wrong.fails(**values), values


@pytest.mark.parametrize(
    "wrong", INSTANCES, ids=lambda wrong: f"{wrong.theorem().name} {wrong.label}"
)
def test_a_wrong_variant_is_refused_and_fails_when_run(wrong: Instance) -> None:
    refuse(wrong)


@pytest.mark.parametrize("theorem", degrees.turing_preorder(), ids=lambda theorem: theorem.name)
def test_each_part_has_variants(theorem: Theorem) -> None:
    found = [wrong for wrong in (*VARIANTS, *INSTANCES) if wrong.theorem() is theorem]
    assert len(found) >= 3


@pytest.mark.parametrize(
    "theorem",
    list(dict.fromkeys(wrong.theorem for wrong in (*VARIANTS, *INSTANCES))),
    ids=lambda theorem: theorem().name,
)
def test_the_true_statement_is_proved_with_these_premises(theorem: Callable[[], Theorem]) -> None:
    confirm(theorem)
