"""The use principle, on random programs and oracles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checks.strategies import functions, gas, inputs, programs, trees
from models.machine.oracle import Oracle, Table
from models.machine.program import Program
from models.machine.run import run
from models.machine.semantics import evaluate
from models.machine.tree import NIL, TRUE, Pair, Tree, elements, pairs
from models.machine.use import agree, stage, use


@given(functions(), programs(16), inputs(), gas())
def test_the_use_is_the_query_log(f: Oracle, p: Program, x: Tree, n: int) -> None:
    asked = [question for question, _ in run(p, x, oracle=f, gas=n).queries]
    assert list(elements(use(f, p, x, n, NIL))) == asked


@given(functions(), programs(16), inputs(), gas(), trees(4))
def test_what_follows_is_kept(f: Oracle, p: Program, x: Tree, n: int, rest: Tree) -> None:
    asked = list(elements(use(f, p, x, n, NIL)))
    found = use(f, p, x, n, rest)
    for question in asked:
        assert isinstance(found, Pair) and found.head == question
        found = found.tail
    assert found == rest


@given(functions(), functions(), programs(16), inputs(), gas())
def test_oracles_that_agree_on_the_use(
    f: Oracle, g: Oracle, p: Program, x: Tree, n: int
) -> None:
    questions = use(f, p, x, n, NIL)
    # An oracle that is sure to agree on the use, and says true everywhere else.
    patched = Table({question: f(question) for question in elements(questions)}, TRUE)
    for other in (g, patched):
        if agree(f, other, questions):
            assert evaluate(other, p, x, n) == evaluate(f, p, x, n)
            assert use(other, p, x, n, NIL) == questions
    assert agree(f, patched, questions)


@given(functions(), functions(), programs(16), inputs(), gas(), st.integers(0, 8))
def test_stages(f: Oracle, g: Oracle, p: Program, x: Tree, n: int, s: int) -> None:
    """Relative to g at first, then to f, question by question: later for larger ones."""

    class Mixed(Oracle):
        def __call__(self, argument: Tree, /) -> Tree:
            return (f if s >= pairs(argument) else g)(argument)

    questions = use(f, p, x, n, NIL)
    latest = stage(pairs, questions)
    assert latest == max(map(pairs, elements(questions)), default=0)
    if s >= latest:
        assert evaluate(Mixed(), p, x, n) == evaluate(f, p, x, n)
