"""Conditions, the search for one, and the two sets between a set and its jump."""

from __future__ import annotations

from itertools import islice, product

import pytest

from checks.exhaust import trees_to
from checks.machine.kleene_post import LOOP, first, jump_of, searched
from models.algebra import curried
from models.machine.breadth_first import (
    ADVANCE_CONDITIONS,
    ADVANCE_TREES,
    advance,
    descend,
    queue_at,
    turn,
    way_of,
)
from models.machine.condition import (
    ANSWER,
    CHECKED,
    DROP,
    DROP_END,
    DROP_ROUND,
    answer_cost,
    bit,
    drop,
    extends,
    partial_join,
    way_to,
)
from models.machine.extension_search import search
from models.machine.generic_pair import built, generic, point, stage_of
from models.machine.generic_programs import computing, computing_gas
from models.machine.kleene_post import from_set, membership, right_on
from models.machine.oracle import EMPTY, FULL, Oracle, Table
from models.machine.program import Ask, Id, Quote, code, parse_program
from models.machine.run import run
from models.machine.semantics import Done, evaluate
from models.machine.transform import substitute
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, elements, numeral, tree_list
from proofs.machine.kleene_post import jump_not_from

TWO = Table({NIL: TRUE, numeral(2): TRUE})
KNOWN, UNKNOWN = Pair(NIL, TRUE), NIL


def condition(bits: str) -> Tree:
    """A condition, its newest bit first."""
    return tree_list(TRUE if b == "1" else FALSE for b in bits)


def test_what_a_condition_decides() -> None:
    bits = condition("011")
    assert [bit(bits, numeral(n)) for n in range(4)] == [KNOWN, KNOWN, Pair(NIL, NIL), UNKNOWN]
    # Trees of the same length are decided alike; the elements may be any trees.
    assert bit(bits, tree_list([numeral(5), NIL])) == Pair(NIL, NIL)
    assert bit(tree_list([numeral(7)]), NIL) == KNOWN


def test_further_bits_change_nothing() -> None:
    for shorter, longer in product(map(condition, ("", "0", "10", "1")), map(condition, (
        "010", "110", "10", "11", "1", ""
    ))):
        if extends(shorter, longer):
            assert descend(TRUE, way_to(shorter, longer, NIL), shorter) == longer
            for n in range(4):
                known = bit(shorter, numeral(n))
                assert known == UNKNOWN or bit(longer, numeral(n)) == known
    assert extends(condition("10"), condition("010"))
    assert not extends(condition("0"), condition("01"))
    assert not extends(condition("0"), tree_list([numeral(2), NIL]))


@pytest.mark.parametrize("count", range(4))
def test_the_loop_that_counts(count: int) -> None:
    items = tree_list([numeral(4), NIL, TRUE])
    found = run(DROP, Pair(numeral(count), items))
    assert found.value == Pair(NIL, drop(numeral(count), items))
    assert found.steps == DROP_ROUND * count + DROP_END


@pytest.mark.parametrize("oracle", [EMPTY, FULL, TWO], ids=repr)
def test_the_program_that_answers(oracle: Oracle) -> None:
    for bits, question in product(("", "1", "01", "110"), trees_to(4)):
        found = run(ANSWER, Pair(condition(bits), question), oracle=oracle)
        assert found.value == partial_join(oracle, condition(bits), question)
        assert found.steps == answer_cost(oracle, condition(bits), question)


def test_a_checked_question() -> None:
    answers = {NIL: KNOWN, TRUE: Pair(NIL, NIL), numeral(2): UNKNOWN}
    for question, known in answers.items():
        outcome = evaluate(answers.__getitem__, CHECKED, question, 100)
        assert isinstance(outcome, Done) == (known != UNKNOWN)
        assert not isinstance(outcome, Done) or outcome.value == known.tail


# --- breadth first --------------------------------------------------------------------------------

ROOT = Pair(Pair(NIL, NIL), NIL)


def test_conditions_have_their_turns() -> None:
    turns = [queue_at(TRUE, ROOT, n).head.head for n in range(7)]
    assert sorted("".join("01"[b != NIL] for b in elements(t)) for t in turns) == sorted(
        ["", "0", "1", "00", "01", "10", "11"]
    )


@pytest.mark.parametrize("kind", [NIL, TRUE], ids=repr)
def test_the_turn_of_a_node(kind: Tree) -> None:
    for bits in ("", "0", "1", "01", "001", "0010"):
        way = condition(bits)
        number = turn(kind, way, NIL, ROOT.head, NIL)
        assert queue_at(kind, ROOT, number).head.head == descend(kind, way, NIL)


@pytest.mark.parametrize("tree", list(islice(trees_to(3), 9)), ids=repr)
def test_every_tree_has_its_stage(tree: Tree) -> None:
    assert descend(NIL, way_of(tree, NIL), numeral(3)) == Pair(tree, numeral(3))
    root = tree_list([numeral(4)])
    queue = Pair(tree_list([root, NIL]), NIL)
    node = queue_at(NIL, queue, stage_of(root, tree)).head.head
    assert node.head == tree
    assert stage_of(root, numeral(4)) == 0


@pytest.mark.parametrize(
    ("program", "stage"), [("id", 9), ("hd", 21), ("tl", 69), ("quote 0", 1173)]
)
def test_the_stages_that_the_card_names(program: str, stage: int) -> None:
    assert stage_of(NIL, code(substitute(parse_program(program), CHECKED))) == stage


def test_a_program_that_is_made_of_another_is_late() -> None:
    """On its way are more than 20 nodes, each with two children."""
    checked = code(substitute(from_set(Id()), CHECKED))
    assert len(list(elements(way_of(checked, NIL)))) > 20


@pytest.mark.parametrize(
    ("program", "kind"), [(ADVANCE_CONDITIONS, TRUE), (ADVANCE_TREES, NIL)], ids=["bits", "trees"]
)
def test_the_programs_for_a_round(program: object, kind: Tree) -> None:
    queue: Tree = ROOT
    for _ in range(12):
        assert run(program, queue).value == advance(kind, queue)  # type: ignore[arg-type]
        queue = advance(kind, queue)


# --- the search -----------------------------------------------------------------------------------


def found_by(text: str, start: str, value: Tree = NIL, oracle: Oracle = EMPTY) -> Tree | None:
    program = search(ANSWER, code(parse_program(text)), condition(start), value)
    return run(program, NIL, oracle=oracle, gas=100_000).value


def test_the_search_finds_a_condition_with_the_value() -> None:
    assert found_by("quote 3", "") == Pair(condition("0"), numeral(3))
    assert found_by("quote 3", "11") == Pair(condition("11"), numeral(3))
    # It asks whether 9 is in the second set, and halts, after ten steps, only if that is so.
    yes = "then(quote <true.9>, then(ask, while(if(tl, quote 0, quote 1), id)))"
    nine = "010000000"
    assert found_by(yes, nine) == Pair(condition(f"1{nine}"), KNOWN)
    assert found_by(yes, f"0{nine}") is None
    assert found_by("while(quote 1, id)", "") is None


def test_the_first_set_of_the_join_is_the_oracle() -> None:
    nil_in_it = "then(quote <false.nil>, then(ask, tl))"
    for oracle, answer in ((EMPTY, FALSE), (FULL, TRUE)):
        found = found_by(nil_in_it, "", oracle=oracle)
        assert isinstance(found, Pair) and found.tail == answer


# --- the two sets ---------------------------------------------------------------------------------


def test_the_first_stages() -> None:
    J = jump_of(EMPTY)
    # In stage 0 nil, that is Id, is defeated: with [0] it halts on nil, whose bit is then 1; on [0]
    # it halts with the second condition as it is, and the value is a pair.
    state = built(EMPTY, J, J.steps, NIL, 1)
    assert state.tail == Pair(condition("00"), condition("1"))
    later = built(EMPTY, J, J.steps, NIL, 3).tail
    assert extends(condition("00"), later.head) and extends(condition("1"), later.tail)


def test_a_loop_has_its_turn_first() -> None:
    J = jump_of(EMPTY)
    assert built(EMPTY, J, J.steps, first(LOOP), 1).tail == Pair(condition("0"), condition("0"))


@pytest.mark.parametrize("side", [FALSE, TRUE], ids=repr)
def test_the_program_for_a_set(side: Tree) -> None:
    J = jump_of(TWO)
    for tree in trees_to(1):
        found = run(computing(NIL, side), tree, oracle=J)
        assert found.value == generic(TWO, J, J.steps, NIL, side, tree)
        assert found.steps <= computing_gas(TWO, J, J.steps, NIL, side, tree)
        asked = [question for question, _ in found.queries]
        assert len(asked) >= 2 and all(searched(question) is not None for question in asked)


@pytest.mark.parametrize("text", ["quote 0", "quote 1", "id", "hd", "while(quote 1, id)"])
@pytest.mark.parametrize("side", [FALSE, TRUE], ids=repr)
def test_a_program_is_wrong_at_its_point(text: str, side: Tree) -> None:
    program, J = parse_program(text), jump_of(EMPTY)
    root = first(program)
    where = point(EMPTY, J, J.steps, root, side, program)
    other = TRUE if side == FALSE else FALSE
    answer = generic(EMPTY, J, J.steps, root, other, where)
    assert answer in (FALSE, TRUE)
    assert run(program, where, gas=1000).value != answer


def test_what_becomes_of_a_reduction() -> None:
    assert run(from_set(Ask()), NIL, oracle=lambda z: numeral(4)).value == numeral(4)
    assert substitute(Ask(), CHECKED) == CHECKED
    set_ = curried(membership)(Table({NIL: numeral(3)}))
    assert (set_(NIL), set_(TRUE)) == (TRUE, FALSE)


def test_right_on_a_list() -> None:
    questions = tree_list([NIL, numeral(2)])
    assert right_on(EMPTY, Quote(TRUE), TWO, lambda _: 1, questions)
    assert not right_on(EMPTY, Quote(TRUE), TWO, lambda _: 0, questions)
    assert not right_on(EMPTY, Quote(TRUE), TWO, lambda _: 1, Pair(TRUE, questions))


def test_all_of_it_together_is_proved() -> None:
    """That the jump is not computed: this cannot be run, so no card lists it."""
    theorem = jump_not_from()
    assert theorem.name == "kleene-post.jump"
    assert {kind for kind, _ in theorem.rests_on} == {"definition", "theorem"}
    assert all(obligation.proved for obligation in theorem.obligations)
