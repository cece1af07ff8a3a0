"""Cycles as certificates: what they accept does not halt."""

from __future__ import annotations

from itertools import product

import pytest

from models.machine import EMPTY, FULL, NIL, TRUE, Oracle, Table, Tree, parse_program, parse_tree
from models.machine.cycle import repeats
from models.machine.run import trace

# The steps of while(id, id) on a pair: Do While, Do id, Loop, Do id, and Do While again.
AT_REST = parse_program("while(id, id)")


@pytest.mark.parametrize(
    ("steps", "period", "accepted"),
    [
        (0, 4, True),
        (0, 8, True),
        (3, 4, True),
        (17, 12, True),
        (0, 1, False),
        (0, 3, False),
        (0, 5, False),
        (2, 6, False),
        (0, 0, False),
        (0, -4, False),
        # `after` takes no step for a negative number: this is the cycle from the start.
        (-2, 4, True),
    ],
)
def test_loop_of_four_steps(steps: int, period: int, accepted: bool) -> None:
    assert repeats(EMPTY, AT_REST, TRUE, steps, period) is accepted


@pytest.mark.parametrize("steps", range(6))
def test_run_that_is_over_is_no_cycle(steps: int) -> None:
    # On nil, while(id, id) halts after three steps, and then stays as it is.
    assert not any(repeats(EMPTY, AT_REST, NIL, steps, period) for period in range(6))


def test_same_control_and_accumulator_with_another_stack_is_no_cycle() -> None:
    program, value = parse_program("while(hd, tl)"), parse_tree("<1.<1.nil>>")
    there, again = (list(trace(program, value))[at] for at in (2, 6))
    assert (there.control, there.accumulator) == (again.control, again.accumulator)
    assert not repeats(EMPTY, program, value, 2, 4)


def test_cycle_behind_a_prefix() -> None:
    # Two rounds of seven steps go down to the last element, and each further one stays there.
    program, value = parse_program("while(hd, if(tl, tl, id))"), parse_tree("<1.<1.<1.nil>>>")
    assert not repeats(EMPTY, program, value, 0, 6)
    accepted = [steps for steps in range(20) if repeats(EMPTY, program, value, steps, 7)]
    assert accepted == list(range(14, 20))


def test_loop_that_grows_has_no_cycle() -> None:
    program = parse_program("while(id, cons(id, id))")
    assert not any(
        repeats(EMPTY, program, TRUE, steps, period)
        for steps, period in product(range(30), range(30))
    )


def test_the_oracle_decides() -> None:
    program = parse_program("while(ask, id)")
    assert repeats(FULL, program, NIL, 0, 4)
    assert repeats(Table({NIL: TRUE}), program, NIL, 0, 4)
    assert not repeats(EMPTY, program, NIL, 0, 4)


def test_what_the_oracle_raises_is_raised() -> None:
    class Silent(Oracle):
        def __call__(self, argument: Tree, /) -> Tree:
            raise LookupError

    with pytest.raises(LookupError):
        repeats(Silent(), parse_program("while(ask, id)"), NIL, 0, 4)
