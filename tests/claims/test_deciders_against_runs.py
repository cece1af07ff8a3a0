"""The deciders of claims say what the search with its checker and the machine say."""

from __future__ import annotations

import pytest

from checks.claims import halts, steps, uses, value
from checks.claims.deciders import FIRST_GAS
from checks.claims.generators import PROGRAMS, TREES
from checks.machine.decide import decide
from models.machine.oracle import parse_oracle
from models.machine.program import parse_program
from models.machine.run import run
from models.machine.tree import numeral


@pytest.mark.parametrize("spec", ["empty", "all-but:nil"])
def test_on_all_small_programs(spec: str) -> None:
    oracle = parse_oracle(spec)
    programs = [program for size in range(1, 4) for program in PROGRAMS.values(size)]
    for program in programs:
        for tree in (tree for pairs in range(3) for tree in TREES.values(pairs)):
            found = decide(program, tree, oracle=oracle)
            assert halts(program, tree, oracle) == (found.verdict == "halts")
            assert steps(program, tree, oracle) == found.steps
            if found.steps is None:
                assert value(program, tree, oracle) is None
                assert uses(program, tree, oracle) is None
                continue
            made = run(program, tree, oracle=oracle, gas=found.steps)
            assert value(program, tree, oracle) == made.value
            assert uses(program, tree, oracle) == tuple(asked for asked, _ in made.queries)


def test_a_run_longer_than_the_first_one() -> None:
    program = parse_program("while(cons(ask, id), tl)")
    oracle = parse_oracle("full")
    down = parse_program("while(id, then(cons(ask, id), then(tl, tl)))")
    tree = numeral(20)
    made = run(down, tree, oracle=oracle)
    assert made.steps > FIRST_GAS
    assert steps(down, tree, oracle) == made.steps
    assert value(down, tree, oracle) == made.value
    assert uses(down, tree, oracle) == tuple(asked for asked, _ in made.queries)
    assert len(made.queries) == 20
    assert not halts(program, tree, oracle)
