"""Self-modification composed: rounds, the one program and what it costs, worked out by hand."""

from __future__ import annotations

import pytest

from checks.catalogue import card
from checks.exhaust import programs_to, trees_to
from models.machine.compiled_run import run, run_batch
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import Program, Then, code, decode, parse_program, size
from models.machine.tree import (
    NIL,
    TRUE,
    Pair,
    Tree,
    length,
    numeral,
    pairs,
    parse_tree,
    tree_list,
)
from models.machine.universal import OVERHEAD, UNIVERSAL, UNIVERSAL_MORE
from models.revision.self_modification import (
    COUNTING_STEPS,
    JOINING_STEPS,
    LAST_STEPS,
    ROUND_STEPS,
    compose,
    composed,
    count,
    revise,
    revised,
    revising,
    revising_gas,
    revision,
)
from tests.revision.modifiers import CASES, GROW, IS_ZERO, SWAPPED, WRAP, Case

ODD = Table({NIL: numeral(2), TRUE: NIL}, otherwise=TRUE)
ORACLES = [EMPTY, FULL, ODD]


def computed(program: Program, oracle: Oracle) -> Oracle:
    class Modified(Oracle):
        def __call__(self, argument: Tree, /) -> Tree:
            found = run(program, argument, oracle=oracle, gas=1_000).value
            assert found is not None
            return found

    return Modified()


# --- the revisions --------------------------------------------------------------------------------


def test_what_the_rounds_make() -> None:
    grow = computed(GROW, EMPTY)
    first = code(IS_ZERO)
    assert revision(grow, first, 0) == first
    assert decode(revision(grow, first, 2)) == parse_program(
        "then(tl, then(tl, if(id, quote 0, quote 1)))"
    )
    assert revision(grow, first, -1) == first


def test_every_tree_is_rewritten() -> None:
    """Also one that is no code."""
    swap = computed(SWAPPED, EMPTY)
    assert revision(swap, parse_tree("<1.<2.0>>"), 1) == parse_tree("<<2.0>.1>")
    assert revision(swap, parse_tree("<1.<2.0>>"), 2) == parse_tree("<1.<2.0>>")


@pytest.mark.parametrize(
    ("modifier", "first", "clock", "after", "steps"),
    [
        # 17 a round, and the modifier: 1 for id, 9 for GROW; 3 to see that the clock is nil
        ("id", numeral(5), NIL, numeral(5), 3),
        ("id", numeral(5), numeral(2), numeral(5), 2 * 18 + 3),
        ("tl", numeral(5), numeral(2), numeral(3), 2 * 18 + 3),
        ("cons(id, id)", TRUE, TRUE, parse_tree("<1.1>"), 22 + 3),
        ("cons(quote 6, cons(quote <2.0>, id))", NIL, TRUE, parse_tree("<6.<<2.0>.0>>"), 26 + 3),
        # What is on the clock does not matter.
        ("tl", numeral(5), tree_list([TRUE, NIL, TRUE]), numeral(2), 3 * 18 + 3),
    ],
)
def test_the_rounds(modifier: str, first: Tree, clock: Tree, after: Tree, steps: int) -> None:
    program, x = parse_program(modifier), numeral(7)
    found = run(revising(program), Pair(clock, Pair(first, x)))
    assert found.value == Pair(NIL, Pair(after, x))
    assert found.steps == steps


# --- the one program ------------------------------------------------------------------------------


@pytest.mark.parametrize("rounds", range(5))
def test_the_numbers_up_to_the_rounds(rounds: int) -> None:
    """Each round lets one more number in."""
    program = compose(GROW, code(IS_ZERO), numeral(rounds))
    for x in range(7):
        assert run(program, numeral(x)).value == (TRUE if x <= rounds else NIL)


def test_rounds_that_are_found_from_the_input() -> None:
    """With as many rounds as the input is long every number is let in; with two less, none but 0
    and 1, for which there are none."""
    everything = count(GROW, code(IS_ZERO), parse_program("id"))
    fewer = count(GROW, code(IS_ZERO), parse_program("then(tl, tl)"))
    for x in range(6):
        assert run(everything, numeral(x)).value == TRUE
        assert run(fewer, numeral(x)).value == (TRUE if x == 0 else NIL)


def test_rounds_that_the_oracle_finds() -> None:
    """Two for nil, none for 1, one for all others."""
    program = count(GROW, code(parse_program("id")), parse_program("ask"))
    for x, value in ((0, 0), (1, 1), (2, 1), (5, 4)):
        assert run(program, numeral(x), oracle=ODD).value == numeral(value)


def test_without_rounds_it_is_the_universal_program() -> None:
    for text in ("tl", "ask", "cons(ask, id)", "while(id, tl)"):
        program = parse_program(text)
        one = run(compose(GROW, code(program), NIL), numeral(3), oracle=FULL)
        plain = run(UNIVERSAL, Pair(code(program), numeral(3)), oracle=FULL)
        assert (one.value, one.queries) == (plain.value, plain.queries)
        assert one.steps == plain.steps + LAST_STEPS + JOINING_STEPS + 12


@pytest.mark.parametrize("oracle", ORACLES, ids=repr)
@pytest.mark.parametrize("rounds", [0, 1, 3])
def test_all_small_modifiers_and_programs(rounds: int, oracle: Oracle) -> None:
    """The one program against the rounds: value, questions, and steps to the step."""
    firsts = [NIL, *(code(program) for program in programs_to(2)), parse_tree("<<2.1>.3>")]
    x, soon = parse_tree("<<2.1>.<1.3>>"), 200
    listed: list[tuple[Program, Tree, Tree, int, list[tuple[Tree, Tree]]]] = []
    for modifier in programs_to(4):
        for first in firsts:
            tree, cost, queries = first, LAST_STEPS, []
            for _ in range(rounds):
                made = run(modifier, tree, oracle=oracle, gas=soon)
                if made.value is None:
                    break
                tree, cost = made.value, cost + made.steps + ROUND_STEPS
                queries += made.queries
            else:
                listed.append((modifier, first, tree, cost, queries))
    assert len(listed) > 1_800
    plain = run_batch(
        [decode(tree) for _, _, tree, _, _ in listed], [x] * len(listed), oracle=oracle, gas=soon,
        results=True, queries=True,
    )
    universal = run_batch(
        [UNIVERSAL] * len(listed), [Pair(tree, x) for _, _, tree, _, _ in listed], oracle=oracle,
        gas=OVERHEAD * soon,
    )
    whole = run_batch(
        [compose(modifier, first, numeral(rounds)) for modifier, first, *_ in listed],
        [x] * len(listed), oracle=oracle, gas=OVERHEAD * soon + 1_000, results=True, queries=True,
    )
    assert whole.results == plain.results
    for i, (_, _, _, cost, queries) in enumerate(listed):
        if plain.halted[i]:
            assert whole.queries[i] == (*queries, *plain.queries[i])
            assert whole.steps[i] == cost + JOINING_STEPS + universal.steps[i] + 12


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_the_rounds_cost(case: Case) -> None:
    """The gas of the theorem is what the loop takes, to the step."""
    modified = computed(case.modifier, FULL)
    for rounds in range(4):
        clock = Pair(numeral(rounds), Pair(case.first, NIL))
        loop = run(revising(case.modifier), clock, oracle=FULL)
        assert loop.steps == revising_gas(modified, case.cost, case.first, rounds)
        assert loop.value == Pair(NIL, Pair(revision(modified, case.first, rounds), NIL))


def test_a_modifier_that_does_not_halt() -> None:
    looping = parse_program("while(quote 1, id)")
    assert run(compose(looping, NIL, TRUE), NIL, gas=100_000).value is None
    assert run(compose(looping, NIL, NIL), NIL).value == NIL


def test_a_modifier_that_rewrites_by_the_oracle() -> None:
    """It asks about the program it is given: relative to the full set it becomes a constant."""
    modifier = parse_program("if(ask, quote <4.5>, id)")
    program = compose(modifier, code(IS_ZERO), numeral(2))
    assert run(program, numeral(3), oracle=FULL).value == numeral(5)
    assert run(program, numeral(3), oracle=EMPTY).value == NIL
    assert [question for question, _ in run(program, NIL, oracle=EMPTY).queries] == [
        code(IS_ZERO), code(IS_ZERO)
    ]


def test_a_program_that_rewrites_itself() -> None:
    """The modifier runs the program on its own code: e becomes [e](e)."""
    modifier = parse_program("cons(id, id)")
    modifier = Then(modifier, UNIVERSAL)
    found = run(compose(modifier, code(GROW), TRUE), parse_tree("<7.3>"))
    assert found.value == run(parse_program(f"then(tl, {GROW})"), parse_tree("<7.3>")).value
    assert found.value == parse_tree("<6.<<2.0>.3>>")


def test_wrapping() -> None:
    """Then(e, While(id, id)) halts where e says nil; wrapped twice, where it halts at all."""
    once, twice = (compose(WRAP, code(IS_ZERO), numeral(n)) for n in (1, 2))
    assert run(once, numeral(2)).value == NIL == run(twice, numeral(2)).value
    assert run(once, NIL, gas=100_000).value is None
    assert run(twice, NIL, gas=100_000).value is None


def test_sizes() -> None:
    """The loop is 12 larger than the modifier; what is built in adds 4 and its pairs."""
    assert size(revising(GROW)) == size(GROW) + 12
    assert size(revise(GROW)) == size(revising(GROW)) + size(UNIVERSAL) + 3
    first, clock = code(IS_ZERO), numeral(3)
    whole = composed(GROW, first, clock, UNIVERSAL)
    assert whole == compose(GROW, first, clock)
    assert size(whole) == size(revised(GROW, UNIVERSAL)) + 4 + 3 + 4 + pairs(first)


# --- the numbers ----------------------------------------------------------------------------------


def test_the_numbers_on_the_card() -> None:
    """In the statement and in its typeset form."""
    found = card("closure")
    beside = UNIVERSAL_MORE + JOINING_STEPS
    assert f"within {OVERHEAD}n + {beside} steps" in found.statement
    assert f"within ${OVERHEAD}n+{beside}$ steps" in found.latex
    assert f"{ROUND_STEPS} and c(e_t) for each, and {LAST_STEPS}." in found.statement
    assert f"${ROUND_STEPS}$ and $c(e_t)$ for each, and ${LAST_STEPS}$." in found.latex
    assert COUNTING_STEPS == 9 and "as many steps later as q takes, and nine" in found.statement
    assert "twelve steps later" in found.statement and "twelve steps later" in found.latex


def test_how_much_later_the_counted_one_is() -> None:
    for text, steps in (("id", 1), ("quote 2", 1), ("while(id, tl)", 11)):
        x = numeral(2)
        found = run(parse_program(text), x)
        assert found.steps == steps and found.value is not None
        later = run(count(GROW, code(IS_ZERO), parse_program(text)), x)
        plain = run(revise(GROW), Pair(found.value, Pair(code(IS_ZERO), x)))
        assert later.value == plain.value
        assert later.steps == plain.steps + steps + COUNTING_STEPS


def test_all_trees_as_clocks() -> None:
    for clock in trees_to(4):
        found = run(compose(GROW, code(IS_ZERO), clock), numeral(2))
        assert found.value == (TRUE if length(clock) >= 2 else NIL)
