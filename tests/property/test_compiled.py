"""The compiled machine and the reference, on random programs, inputs, oracles and gas."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from checks.strategies import functions, inputs, programs, trees
from models.machine import compiled_run
from models.machine.compiled_run import run, run_batch
from models.machine.oracle import Decided, Oracle
from models.machine.program import Id, Program, Quote, Then, While
from models.machine.run import Run
from models.machine.run import run as reference
from models.machine.tree import TRUE, Pair, Tree


class Unlisted(Oracle):
    """Not a table, so each question goes to the oracle itself; answers with parts of it."""

    def __init__(self, table: Oracle) -> None:
        self.table = table

    def __call__(self, argument: Tree, /) -> Tree:
        answer = self.table(argument)
        return Pair(answer, argument) if isinstance(answer, Pair) else answer


any_oracle = st.one_of(
    functions(), functions().map(Unlisted), st.sampled_from([Decided(Id()), Decided(Quote(TRUE))])
)
endless = programs(25).map(lambda program: While(Quote(TRUE), program))
"""Programs that run until the gas is gone, and make a lot of trees meanwhile."""


@given(any_oracle, programs(60), st.one_of(inputs(), trees(40)), st.integers(0, 400))
def test_equal_runs(f: Oracle, p: Program, x: Tree, n: int) -> None:
    assert run(p, x, oracle=f, gas=n) == reference(p, x, oracle=f, gas=n)


@given(
    any_oracle, st.one_of(endless, programs(25)), inputs(), st.integers(0, 300),
    st.integers(1, 20), st.integers(1, 3), st.integers(1, 100),
)
def test_equal_runs_with_little_room(
    f: Oracle, p: Program, x: Tree, n: int, heap: int, log: int, steps: int
) -> None:
    with (
        patch.object(compiled_run, "FIRST_HEAP", heap),
        patch.object(compiled_run, "FIRST_LOG", log),
        patch.object(compiled_run, "SLICE", steps),
    ):
        assert run(p, x, oracle=f, gas=n) == reference(p, x, oracle=f, gas=n)


@given(any_oracle, st.lists(st.tuples(programs(12), inputs()), max_size=6), st.integers(0, 100))
def test_a_batch_is_so_many_runs(
    f: Oracle, pairs: list[tuple[Program, Tree]], n: int
) -> None:
    batch = run_batch(
        [p for p, _ in pairs], [x for _, x in pairs], oracle=f, gas=n, results=True, queries=True
    )
    runs = map(Run, batch.results, batch.steps.tolist(), batch.queries)
    assert list(runs) == [reference(p, x, oracle=f, gas=n) for p, x in pairs]


@given(any_oracle, programs(12), programs(12), inputs(), st.integers(0, 100))
def test_twice_the_same_machine(f: Oracle, p: Program, q: Program, x: Tree, n: int) -> None:
    """What a run leaves behind is not seen by the next."""
    batch = run_batch([p, Then(q, p), p], [x, x, x], oracle=f, gas=n, results=True, queries=True)
    assert batch.results[0] == batch.results[2]
    assert batch.steps[0] == batch.steps[2]
    assert batch.queries[0] == batch.queries[2]
