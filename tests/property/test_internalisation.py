"""The theorem ``finite-internalization``, on random programs, transcripts and oracles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checks.machine.internalisation import Patched
from checks.strategies import functions, gas, inputs, programs, trees
from models.machine.internalisation import (
    answers,
    equals,
    internalise,
    listed,
    patched,
    transcript,
)
from models.machine.oracle import Oracle
from models.machine.program import Program, size
from models.machine.run import run
from models.machine.semantics import Done, evaluate
from models.machine.transform import answering_gas, asks
from models.machine.tree import FALSE, NIL, TRUE, Tree, pairs

transcripts = st.one_of(
    st.lists(st.tuples(trees(3), trees(3)), max_size=4).map(transcript), trees(8)
)


@given(trees(), trees(), st.booleans())
def test_equality(c: Tree, x: Tree, same: bool) -> None:
    value = c if same else x
    found = run(equals(c), value)
    assert found.value == (TRUE if value == c else FALSE)
    assert found.steps <= size(equals(c)) == 14 * pairs(c) + 5


@given(functions(), transcripts, trees(3))
def test_answers(f: Oracle, t: Tree, z: Tree) -> None:
    found = run(answers(t), z, oracle=f)
    assert found.value == patched(f, t, z)
    assert found.steps <= size(answers(t)) <= 14 * pairs(t) + 1
    assert bool(found.queries) != listed(t, z)


@given(functions(), transcripts, programs(16), inputs(), gas())
def test_both_directions(f: Oracle, t: Tree, p: Program, x: Tree, n: int) -> None:
    enough = size(answers(t))
    g = Patched(f, t)
    whole = internalise(p, t)
    plain = evaluate(g, p, x, n)
    if isinstance(plain, Done):
        extra = answering_gas(g, lambda _: enough, p, x, n)
        found = evaluate(f, whole, x, n + extra)
        assert isinstance(found, Done)
        assert found.value == plain.value and found.gas >= plain.gas
    back = evaluate(f, whole, x, n)
    if isinstance(back, Done):
        assert isinstance(plain, Done)
        assert plain.value == back.value and plain.gas >= back.gas


@given(functions(), functions(), transcripts, programs(16), inputs(), gas())
def test_listed_questions_do_not_matter(
    f: Oracle, other: Oracle, t: Tree, p: Program, x: Tree, n: int
) -> None:
    class Elsewhere(Oracle):
        """f, but on listed questions another oracle."""

        def __call__(self, argument: Tree, /) -> Tree:
            return other(argument) if listed(t, argument) else f(argument)

    whole = internalise(p, t)
    assert evaluate(f, whole, x, n) == evaluate(Elsewhere(), whole, x, n)
    assert not any(listed(t, question) for question, _ in run(whole, x, oracle=f, gas=n).queries)


@given(programs(), transcripts)
def test_sizes(p: Program, t: Tree) -> None:
    assert size(internalise(p, t)) == size(p) + asks(p) * (size(answers(t)) - 1)


@given(programs())
def test_nothing_listed_changes_nothing(p: Program) -> None:
    assert internalise(p, NIL) == p
