"""The universal program: its step, its loop, its clock, what it costs; run by itself, too."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest

from checks.catalogue import card
from checks.exhaust import programs_to, trees_to
from models.machine import universal
from models.machine.compiled_run import run, run_batch
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import Ask, code, decode, parse_program, programs, size
from models.machine.run import run as reference
from models.machine.run import trace
from models.machine.semantics import (
    Bottom,
    Branch,
    Do,
    Loop,
    MkCons,
    Next,
    Push,
    State,
    Stop,
    Swap,
    step,
)
from models.machine.tree import NIL, TRUE, Pair, Tree, numeral, parse_tree, tree_list
from models.machine.universal import (
    ASK,
    ASK_STEPS,
    BRANCH,
    BRANCH_STEPS,
    CLOCKED,
    CLOCKED_OVERHEAD,
    CLOCKED_STEPS,
    DO_STEPS,
    END_STEPS,
    HALTED_MORE,
    HALTED_STEPS,
    LOOP,
    MK_CONS,
    MK_CONS_STEPS,
    OVERHEAD,
    STEP_COST,
    SWAP,
    SWAP_STEPS,
    TEST_COST,
    UNIVERSAL,
    UNIVERSAL_MORE,
    UNIVERSAL_STEPS,
    decode_control,
    decode_instruction,
    decode_stack,
    decode_state,
    interpreting,
    one_step,
    reporting,
)

ROOT = Path(__file__).parents[2]
STEP = one_step(ASK)
ODD = Table({NIL: numeral(2), TRUE: NIL}, otherwise=TRUE)
ORACLES = [EMPTY, FULL, ODD]
TREES = list(trees_to(2))
HD, TL = parse_program("hd"), parse_program("tl")


def coded(text: str) -> Tree:
    return code(parse_program(text))


def do(text: str) -> Tree:
    """The instruction to do a program."""
    return Pair(NIL, coded(text))


def with_fields(kind: Tree) -> Tree:
    """An instruction with the programs hd and tl."""
    return Pair(kind, Pair(code(HD), code(TL)))


def state(
    control: list[Tree], accumulator: Tree, stack: list[Tree], parameter: Tree = NIL
) -> Tree:
    return Pair(tree_list(control), Pair(accumulator, Pair(tree_list(stack), parameter)))


# --- how trees are read ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tree", "instruction"),
    [
        (NIL, Do(parse_program("id"))),
        (do("cons(hd, ask)"), Do(parse_program("cons(hd, ask)"))),
        (SWAP, Swap()),
        (Pair(numeral(1), numeral(7)), Swap()),
        (MK_CONS, MkCons()),
        (with_fields(BRANCH), Branch(HD, TL)),
        (with_fields(LOOP), Loop(HD, TL)),
        # From four tails on; on the heads nothing depends.
        (with_fields(numeral(9)), Loop(HD, TL)),
        (Pair(tree_list([TRUE] * 3), NIL), Branch(parse_program("id"), parse_program("id"))),
    ],
)
def test_instructions(tree: Tree, instruction: object) -> None:
    assert decode_instruction(tree) == instruction


def test_lists_and_states() -> None:
    control = Next(Swap(), Next(Do(HD), Stop()))
    assert decode_control(tree_list([SWAP, do("hd")])) == control
    assert decode_control(NIL) == Stop()
    assert decode_stack(tree_list([NIL, TRUE])) == Push(NIL, Push(TRUE, Bottom()))
    assert decode_state(state([SWAP, do("hd")], numeral(3), [TRUE], numeral(9))) == State(
        control, numeral(3), Push(TRUE, Bottom())
    )
    assert decode_state(NIL) == State(Stop(), NIL, Bottom())


def test_every_tree_is_a_state_and_makes_its_step() -> None:
    for tree in trees_to(6):
        found = run(STEP, tree, oracle=ODD, gas=STEP_COST + ASK_STEPS).value
        assert found is not None
        assert decode_state(found) == step(ODD, decode_state(tree))


# --- one step -------------------------------------------------------------------------------------

SEVEN = numeral(7)
KINDS: list[tuple[str, Tree, Tree, list[Tree], int]] = [
    # What is done, the state after it (with [swap] behind, accumulator <1.2>, stack [3]), its steps
    ("id", do("id"), state([SWAP], parse_tree("<1.2>"), [numeral(3)], SEVEN), [], 61),
    ("hd", do("hd"), state([SWAP], TRUE, [numeral(3)], SEVEN), [], 71),
    ("tl", do("tl"), state([SWAP], numeral(2), [numeral(3)], SEVEN), [], 75),
    ("ask", do("ask"), state([SWAP], TRUE, [numeral(3)], SEVEN), [parse_tree("<1.2>")], 85),
    ("quote", do("quote 5"), state([SWAP], numeral(5), [numeral(3)], SEVEN), [], 89),
    (
        "cons", do("cons(hd, tl)"),
        state(
            [do("hd"), SWAP, do("tl"), MK_CONS, SWAP], parse_tree("<1.2>"),
            [parse_tree("<1.2>"), numeral(3)], SEVEN,
        ),
        [], 141,
    ),
    (
        "then", do("then(hd, tl)"),
        state([do("hd"), do("tl"), SWAP], parse_tree("<1.2>"), [numeral(3)], SEVEN), [], 113,
    ),
    (
        "if", do("if(ask, hd, tl)"),
        state(
            [do("ask"), with_fields(BRANCH), SWAP], parse_tree("<1.2>"),
            [parse_tree("<1.2>"), numeral(3)], SEVEN,
        ),
        [], 160,
    ),
    (
        "while", do("while(hd, tl)"),
        state(
            [do("hd"), with_fields(LOOP), SWAP], parse_tree("<1.2>"),
            [parse_tree("<1.2>"), numeral(3)], SEVEN,
        ),
        [], 158,
    ),
    ("swap", SWAP, state([SWAP], numeral(3), [parse_tree("<1.2>")], SEVEN), [], 56),
    ("mk_cons", MK_CONS, state([SWAP], parse_tree("<3.<1.2>>"), [], SEVEN), [], 60),
    ("branch", with_fields(BRANCH), state([do("hd"), SWAP], numeral(3), [], SEVEN), [], 86),
    (
        "loop", with_fields(LOOP),
        state([do("tl"), do("while(hd, tl)"), SWAP], numeral(3), [], SEVEN), [], 102,
    ),
]
FROM_NIL: list[tuple[str, Tree, Tree, int]] = [
    ("branch", with_fields(BRANCH), state([do("tl"), SWAP], numeral(3), [], SEVEN), 86),
    ("loop", with_fields(LOOP), state([SWAP], numeral(3), [], SEVEN), 72),
]


@pytest.mark.parametrize(
    ("instruction", "after", "questions", "steps"), [row[1:] for row in KINDS],
    ids=[row[0] for row in KINDS],
)
def test_a_step_of_each_kind(
    instruction: Tree, after: Tree, questions: list[Tree], steps: int
) -> None:
    before = state([instruction, SWAP], parse_tree("<1.2>"), [numeral(3)], SEVEN)
    found = reference(STEP, before, oracle=FULL)
    assert found.value == after
    assert [question for question, _ in found.queries] == questions
    assert found.steps == steps
    assert decode_state(after) == step(FULL, decode_state(before))


@pytest.mark.parametrize(
    ("instruction", "after", "steps"), [row[1:] for row in FROM_NIL],
    ids=[row[0] for row in FROM_NIL],
)
def test_a_test_that_fails(instruction: Tree, after: Tree, steps: int) -> None:
    found = reference(STEP, state([instruction, SWAP], NIL, [numeral(3)], SEVEN))
    assert (found.value, found.steps) == (after, steps)


@pytest.mark.parametrize("instruction", [SWAP, MK_CONS, with_fields(BRANCH), with_fields(LOOP)])
def test_from_an_empty_stack_comes_nil(instruction: Tree) -> None:
    before = state([instruction], TRUE, [])
    found = reference(STEP, before).value
    assert found is not None
    assert decode_state(found) == step(EMPTY, decode_state(before))


def test_a_halted_state_stays() -> None:
    halted = state([], SEVEN, [TRUE], TRUE)
    found = reference(STEP, halted)
    assert (found.value, found.steps) == (halted, 4)


# --- state by state -------------------------------------------------------------------------------


def simulated(firsts: list[Tree], oracle: Oracle) -> list[list[Tree]]:
    """For each first state its states as trees, until one is a halted one."""
    every = [[first] for first in firsts]
    while going := [trees for trees in every if not halted(trees[-1])]:
        found = run_batch(
            [STEP] * len(going), [trees[-1] for trees in going], oracle=oracle, results=True
        )
        for trees, after in zip(going, found.results, strict=True):
            assert after is not None
            trees.append(after)
    return every


def halted(tree: Tree) -> bool:
    return isinstance(tree, Pair) and tree.head == NIL


LONGER = [
    "while(id, tl)", "while(hd, cons(then(hd, tl), then(tl, cons(ask, id))))",
    "then(cons(ask, then(tl, ask)), if(hd, cons(tl, hd), quote <1.2>))",
    "while(while(tl, tl), if(hd, hd, tl))",
]


@pytest.mark.parametrize("oracle", ORACLES, ids=repr)
def test_the_simulation_is_in_the_machine_s_state_after_each_round(oracle: Oracle) -> None:
    runs = [(program, x) for program in programs_to(3) for x in TREES]
    runs += [(parse_program(text), parse_tree("<<2.1>.3>")) for text in LONGER]
    states = {
        (program, x): list(trace(program, x, oracle=oracle, gas=300))
        for program, x in runs
        if run(program, x, oracle=oracle, gas=300).value is not None
    }
    firsts = [state([Pair(NIL, code(program))], x, [], SEVEN) for program, x in states]
    for trees, expected in zip(simulated(firsts, oracle), states.values(), strict=True):
        assert [decode_state(tree) for tree in trees] == expected
        for tree in trees:  # in the form <control.<accumulator.<stack.7>>>
            assert parameter(tree) == SEVEN
    assert len(states) > 300


def parameter(tree: Tree) -> Tree:
    for _ in range(3):
        assert isinstance(tree, Pair)
        tree = tree.tail
    return tree


# --- all small programs ---------------------------------------------------------------------------

STEPS = 2_000
"""More than any run of a small program takes on a small tree, if it halts."""


@pytest.mark.parametrize("oracle", ORACLES, ids=repr)
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_all_programs_of_a_size(count: int, oracle: Oracle) -> None:
    """The same value and questions, within the steps that the theorem says; and it halts nowhere
    else."""
    listed = list(programs(count))
    for x in TREES if count < 5 else TREES[:2]:
        plain = run_batch(
            listed, [x] * len(listed), oracle=oracle, gas=STEPS, results=True, queries=True
        )
        inputs = [Pair(code(program), x) for program in listed]
        found = run_batch(
            [UNIVERSAL] * len(listed), inputs, oracle=oracle, gas=STEPS, results=True, queries=True
        )
        longer = [i for i in range(len(listed)) if plain.halted[i] and not found.halted[i]]
        again = run_batch(
            [UNIVERSAL] * len(longer), [inputs[i] for i in longer], oracle=oracle,
            gas=OVERHEAD * STEPS, results=True, queries=True,
        )
        results, queries = list(found.results), list(found.queries)
        ended, steps = found.halted.copy(), found.steps.copy()
        for j, i in enumerate(longer):
            results[i], queries[i] = again.results[j], again.queries[j]
            ended[i], steps[i] = again.halted[j], again.steps[j]
        assert (ended == plain.halted).all()
        assert results == list(plain.results)
        assert (steps[ended] >= plain.steps[ended]).all()
        assert (steps[ended] <= OVERHEAD * plain.steps[ended] + UNIVERSAL_STEPS).all()
        for i in np.flatnonzero(ended):
            assert queries[i] == plain.queries[i]


@pytest.mark.parametrize("oracle", ORACLES, ids=repr)
def test_every_tree_is_a_program(oracle: Oracle) -> None:
    trees = list(trees_to(7))
    assert len(trees) == 626
    for x in (NIL, TRUE, parse_tree("<<2.1>.3>")):
        plain = run_batch(
            [decode(tree) for tree in trees], [x] * len(trees), oracle=oracle, gas=300,
            results=True,
        )
        found = run_batch(
            [UNIVERSAL] * len(trees), [Pair(tree, x) for tree in trees], oracle=oracle,
            gas=OVERHEAD * 300, results=True,
        )
        assert found.results == plain.results


@pytest.mark.parametrize("oracle", ORACLES, ids=repr)
def test_the_clocked_one_at_every_clock(oracle: Oracle) -> None:
    listed = list(programs_to(4))
    plain = run_batch(listed, [TRUE] * len(listed), oracle=oracle, gas=24, results=True)
    cases: list[tuple[Tree, int, Tree]] = []
    for program, value, steps in zip(listed, plain.results, plain.steps.tolist(), strict=True):
        pair = Pair(code(program), TRUE)
        cases += [(pair, clock, NIL) for clock in range(steps)]
        if value is not None:
            cases += [(pair, clock, Pair(TRUE, value)) for clock in (steps, steps + 1)]
    pairs, clocks, expected = zip(*cases, strict=True)
    inputs = [Pair(pair, numeral(clock)) for pair, clock in zip(pairs, clocks, strict=True)]
    found = run_batch([CLOCKED] * len(inputs), inputs, oracle=oracle, results=True)
    assert found.results == expected
    assert (found.steps <= CLOCKED_OVERHEAD * np.array(clocks) + CLOCKED_STEPS).all()


def test_a_clock_is_as_long_as_tails_can_be_taken() -> None:
    pair = Pair(coded("while(id, tl)"), numeral(2))  # eleven steps
    for clock, value in (
        (tree_list([TRUE] * 10), NIL), (tree_list([TRUE] * 11), Pair(TRUE, NIL)),
        (Pair(numeral(50), NIL), NIL), (NIL, NIL),
    ):
        assert run(CLOCKED, Pair(pair, clock)).value == value


def test_a_program_that_does_not_halt() -> None:
    looping = Pair(coded("while(quote 1, id)"), NIL)
    assert run(UNIVERSAL, looping, gas=1_000_000).value is None
    assert run(CLOCKED, Pair(looping, numeral(5_000)), gas=2_000_000).value == NIL


# --- other answers --------------------------------------------------------------------------------


def test_the_parameter_can_answer() -> None:
    """A program may stand in for Ask, on <parameter.question>; here the parameter is a set of one
    tree, as a program that decides it."""
    equals_two = coded("if(id, if(tl, if(then(tl, tl), quote 0, quote 1), quote 0), quote 0)")
    by_parameter = interpreting(UNIVERSAL)
    asking = parse_program("cons(ask, then(tl, ask))")
    for x in (numeral(1), numeral(2), numeral(3)):
        found = run(by_parameter, Pair(equals_two, Pair(code(asking), x)))
        expected = run(asking, x, oracle=Table({numeral(2): TRUE}))
        assert found.value == expected.value
        assert found.queries == ()


def test_the_report_of_other_answers() -> None:
    found = run(
        reporting(parse_program("hd")), Pair(numeral(1), Pair(SEVEN, Pair(coded("ask"), TRUE)))
    )
    assert found.value == Pair(TRUE, SEVEN)


# --- itself ---------------------------------------------------------------------------------------

OWN = code(UNIVERSAL)


@pytest.mark.parametrize("oracle", ORACLES, ids=repr)
@pytest.mark.parametrize("text", ["id", "ask", "cons(ask, then(tl, ask))", "while(id, tl)"])
def test_it_runs_itself(text: str, oracle: Oracle) -> None:
    program, x = parse_program(text), numeral(2)
    plain = run(program, x, oracle=oracle)
    once = run(UNIVERSAL, Pair(code(program), x), oracle=oracle)
    twice = run(UNIVERSAL, Pair(OWN, Pair(code(program), x)), oracle=oracle)
    assert plain.value == once.value == twice.value
    assert plain.queries == once.queries == twice.queries
    assert twice.steps <= OVERHEAD * once.steps + UNIVERSAL_STEPS


def test_it_runs_itself_running_itself() -> None:
    pair = Pair(coded("while(id, tl)"), numeral(2))
    steps = []
    for _ in range(3):
        found = run(UNIVERSAL, pair, gas=100_000_000)
        assert found.value == NIL
        steps.append(found.steps)
        pair = Pair(OWN, pair)
    assert steps == [1_155, 111_835, 10_855_677]


def test_the_clocked_one_runs_the_plain_one() -> None:
    """After 1155 steps it has halted, and not before."""
    pair = Pair(OWN, Pair(coded("while(id, tl)"), numeral(2)))
    assert run(CLOCKED, Pair(pair, numeral(1_154))).value == NIL
    assert run(CLOCKED, Pair(pair, numeral(1_155))).value == Pair(TRUE, NIL)


# --- what it costs --------------------------------------------------------------------------------


def test_the_bounds_and_what_is_attained() -> None:
    """An If takes all of STEP_COST. One step takes UNIVERSAL no less than its bound, and in a run
    of tests that are loops and end at once, two more steps take twice OVERHEAD."""
    steps = {row[0]: row[4] for row in KINDS}
    assert max(steps.values()) == steps["if"] == STEP_COST == 160
    assert min(steps.values()) == steps["swap"] == 56
    assert run(ASK, NIL).steps == ASK_STEPS == universal.passing_on(NIL) == 3
    assert steps["if"] + TEST_COST == 163
    assert run(UNIVERSAL, Pair(coded("quote 1"), NIL)).steps == OVERHEAD + UNIVERSAL_MORE == 131
    tests = ["hd"]
    while len(tests) < 20:
        tests.append(f"while({tests[-1]}, id)")
    plain = [run(parse_program(text), NIL).steps for text in tests]
    found = [run(UNIVERSAL, Pair(coded(text), NIL)).steps for text in tests]
    assert {later - one for one, later in pairwise(plain)} == {2}
    assert {later - one for one, later in pairwise(found)} == {2 * OVERHEAD} == {236}


def test_the_steps_beside_the_simulation_are_attained() -> None:
    """Those of UNIVERSAL and CLOCKED to the step."""
    for text in ("id", "ask", "quote 3", "if(quote 1, hd, tl)", "while(id, tl)"):
        program = parse_program(text)
        states = list(trace(program, NIL))
        (trees,) = simulated([state([do(text)], NIL, [])], EMPTY)
        rounds = [reference(STEP, tree).steps + TEST_COST for tree in trees[:-1]]
        assert len(rounds) == len(states) - 1
        assert run(UNIVERSAL, Pair(code(program), NIL)).steps == sum(rounds) + UNIVERSAL_STEPS
        for clock in range(len(rounds) + 2):
            own = rounds[:clock] + [4 + TEST_COST] * (clock - len(rounds))
            more = universal.ROUND_COST - TEST_COST
            halted = HALTED_MORE if clock >= len(rounds) else 0
            found = run(CLOCKED, Pair(Pair(code(program), NIL), numeral(clock)))
            assert found.steps == sum(own) + more * clock + CLOCKED_STEPS + halted


def test_what_a_step_costs_over_all_small_programs() -> None:
    """The figures of the README: of runs that halt, without the steps to begin and to end."""
    listed = list(programs_to(5))
    codes = [code(program) for program in listed]
    own, simulating = [], []
    for oracle, x in product((EMPTY, FULL), TREES):
        plain = run_batch(listed, [x] * len(listed), oracle=oracle, gas=STEPS)
        ended = np.flatnonzero(plain.halted)
        found = run_batch(
            [UNIVERSAL] * len(ended), [Pair(codes[i], x) for i in ended], oracle=oracle
        )
        own.append(plain.steps[ended])
        simulating.append(found.steps - UNIVERSAL_STEPS)
    steps, costs = np.concatenate(own), np.concatenate(simulating)
    average, most = costs.sum() / steps.sum(), (costs / steps).max()
    assert (costs >= 59 * steps).all()
    said = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert f"over all {len(steps):,} runs that halt of programs of size at most 5" in said
    assert f"{average:.1f} on average and at most {most:.1f}, and {UNIVERSAL_STEPS} more" in said
    assert f"at most {OVERHEAD} for each step, and {UNIVERSAL_MORE} more" in said
    assert "takes it 59 (Swap) to 163 steps (If)" in said
    assert f"has size {size(UNIVERSAL)} and runs every other" in said
    assert "the 11 steps of `while(id, tl)` on 2 become 1,155, and 111,835" in said


def test_sizes() -> None:
    assert (size(STEP), size(UNIVERSAL), size(CLOCKED)) == (580, 606, 626)
    # No loop but the one around the step.
    assert str(UNIVERSAL).count("while(") == 1 and "while(" not in str(STEP)


def test_the_numbers_on_the_card() -> None:
    """In the statement and in its typeset form."""
    found = card("universal-program")
    assert f"within {OVERHEAD}n + {UNIVERSAL_MORE} steps" in found.statement
    assert f"within ${OVERHEAD}n+{UNIVERSAL_MORE}$ steps" in found.latex
    assert f"at most {CLOCKED_OVERHEAD}|w| + {CLOCKED_STEPS} steps" in found.statement
    assert f"at most ${CLOCKED_OVERHEAD}|w|+{CLOCKED_STEPS}$ steps" in found.latex
    least = min([*DO_STEPS.values(), SWAP_STEPS, MK_CONS_STEPS, BRANCH_STEPS, END_STEPS])
    assert f"takes k(x) + {DO_STEPS[Ask]} steps if an Ask is next" in found.statement
    assert f"takes $k(x)+{DO_STEPS[Ask]}$ steps if an Ask is next" in found.latex
    assert f"from {least} to {STEP_COST} that" in found.statement
    assert f"from ${least}$ to ${STEP_COST}$ that" in found.latex
    assert f"or {HALTED_STEPS} if there is none" in found.statement
    assert f"or ${HALTED_STEPS}$ if there is none" in found.latex
