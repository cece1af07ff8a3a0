"""``kleene-post`` on random oracles: searches, conditions stage by stage, and programs for them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from checks.machine.kleene_post import LOOP, first, jump_of
from checks.strategies import trees
from models.machine.condition import ANSWER, CHECKED, extends, partial_join
from models.machine.extension_search import search
from models.machine.generic_pair import built, generic, half_stage, point
from models.machine.generic_programs import computing, computing_gas, half_gas, half_staging
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import Program, code, parse_program
from models.machine.run import run
from models.machine.semantics import Done, evaluate
from models.machine.transform import substitute
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, numeral, tree_list

ORACLES = st.sampled_from((EMPTY, FULL, Table({NIL: TRUE, numeral(2): TRUE})))
CONDITIONS = st.lists(st.sampled_from((FALSE, TRUE)), max_size=4).map(tree_list)
SIDES = st.sampled_from((FALSE, TRUE))
QUIET = st.sampled_from([
    LOOP,
    *map(parse_program, (
        "quote 0", "quote 1", "id", "hd", "tl", "then(tl, tl)", "if(tl, quote 1, quote 0)",
    )),
])
"""Programs that ask nothing, and take few steps if they halt."""
ASKING = st.sampled_from([
    parse_program(text) for text in (
        "then(quote <false.0>, ask)", "then(quote <true.0>, ask)", "then(quote <true.1>, ask)",
    )
])
"""Programs that ask about a set of a join."""
FEW = settings(max_examples=8, deadline=None)


@FEW
@given(ORACLES, st.one_of(QUIET, ASKING), CONDITIONS, trees(2))
def test_what_a_search_finds_is_right(f: Oracle, p: Program, c: Tree, x: Tree) -> None:
    """The condition extends the first one, and the program halts with what it decides."""
    found = run(search(ANSWER, code(p), c, x), NIL, oracle=f, gas=50_000).value
    if found is None:
        return
    assert isinstance(found, Pair) and extends(c, found.head)
    outcome = evaluate(lambda z: partial_join(f, found.head, z), p, x, 1000)
    assert isinstance(outcome, Done) and outcome.value == found.tail


@FEW
@given(ORACLES, QUIET, CONDITIONS)
def test_a_search_ends_if_the_program_halts(f: Oracle, p: Program, c: Tree) -> None:
    found = run(search(ANSWER, code(p), c, NIL), NIL, oracle=f, gas=50_000).value
    assert (found is not None) == (run(p, NIL, oracle=f, gas=1000).value is not None)


@FEW
@given(ORACLES, QUIET, st.integers(0, 3))
def test_conditions_extend_one_another(f: Oracle, p: Program, stage: int) -> None:
    """In each stage both get longer, by a bit at least."""
    J = jump_of(f)
    now = built(f, J, J.steps, first(p), stage).tail
    later = built(f, J, J.steps, first(p), stage + 1).tail
    assert isinstance(now, Pair) and isinstance(later, Pair)
    for shorter, longer in ((now.head, later.head), (now.tail, later.tail)):
        assert shorter != longer and extends(shorter, longer)


@FEW
@given(ORACLES, QUIET, SIDES)
def test_a_program_is_wrong_at_its_point(f: Oracle, p: Program, side: Tree) -> None:
    """Asking about the join of the oracle and one set, about the other set."""
    J = jump_of(f)
    root = Pair(code(substitute(p, CHECKED)), NIL)
    y = point(f, J, J.steps, root, side, p)
    other = TRUE if side == FALSE else FALSE
    truth = generic(f, J, J.steps, root, other, y)
    assert truth in (FALSE, TRUE)
    assert run(p, y, oracle=f, gas=1000).value != truth


@FEW
@given(ORACLES, QUIET, CONDITIONS, CONDITIONS)
def test_the_program_for_half_a_stage(f: Oracle, p: Program, a: Tree, b: Tree) -> None:
    """Relative to the jump it makes what the model says, within the gas that is said."""
    J, z = jump_of(f), code(p)
    found = run(half_staging(), Pair(z, Pair(a, b)), oracle=J)
    assert found.value == half_stage(f, J, J.steps, z, a, b)
    assert found.steps <= half_gas(f, J, J.steps, z, a, b)


@FEW
@given(ORACLES, QUIET, SIDES, trees(2))
def test_the_program_for_a_set(f: Oracle, p: Program, side: Tree, x: Tree) -> None:
    J, root = jump_of(f), first(p)
    found = run(computing(root, side), x, oracle=J)
    assert found.value == generic(f, J, J.steps, root, side, x)
    assert found.steps <= computing_gas(f, J, J.steps, root, side, x)
