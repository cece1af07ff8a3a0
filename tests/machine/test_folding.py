"""Programs that only count: automata in which all large numbers are alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from checks.machine.certificate import Looping, check
from checks.machine.decide import decide, folding, search
from checks.machine.decide.folding import Folding, TooMany, folded
from models.machine.automaton import ANY
from models.machine.oracle import EMPTY, FULL, SetOracle, Table
from models.machine.program import Ask, Program, Then, Tl, code, parse_program, programs, size
from models.machine.run import run
from models.machine.source import compile_source
from models.machine.tree import NIL, TRUE, Pair, Tree, numeral, pairs, parse_tree
from models.revision.limit_lemma import change, guesser

ZERO_AND_TWO = Table({NIL: TRUE, numeral(2): TRUE})
IN_SET = parse_program("then(tl, ask)")
COUNT_UP = parse_program("while(cons(id, id), cons(quote nil, id))")


def search_from(h: Program, stage: int) -> Program:
    """The search for a change of the guesses of h at 0, from a stage on."""
    program: Program = change(h, Pair(NIL, numeral(stage)))
    return program


def test_classes_of_numbers() -> None:
    """0, 1, and 2 with all that are larger."""
    folding = Folding(2, EMPTY)
    assert [folding.of(numeral(number)) for number in (0, 1, 2, 3, 50)] == [0, 1, 2, 2, 2]
    assert folding.triples == ((0, 0, 1), (0, 1, 2), (0, 2, 2))


def test_classes_of_pairs_are_made_when_asked_for() -> None:
    folding = Folding(2, EMPTY)
    first, same, other = (folding.of(parse_tree(t)) for t in ("<1.3>", "<1.9>", "<<1.0>.1>"))
    assert first == same == 3
    assert (folding.of(parse_tree("<1.0>")), other) == (4, 5)
    assert folding.triples == (
        (0, 0, 1), (0, 1, 2), (0, 2, 2), (1, 2, 3), (1, 0, 4), (4, 1, 5)
    )


@pytest.mark.parametrize(
    ("text", "state", "classes"),
    [
        ("id", 2, {2}),
        ("hd", 2, {0}),
        # What is 2 or more has 1 behind its first nil, or 2 or more.
        ("tl", 2, {1, 2}),
        ("tl", 0, {0}),
        ("then(tl, tl)", 2, {0, 1, 2}),
        ("quote 7", 0, {2}),
        ("cons(quote 0, id)", 1, {2}),
        ("cons(id, tl)", 2, {3, 4}),
        ("if(id, quote 1, quote 0)", 0, {0}),
        ("if(tl, quote 1, quote 0)", 2, {1}),
        ("if(then(tl, tl), quote 1, quote 0)", 2, {0, 1}),
        ("while(id, tl)", 2, {0}),
        ("while(id, cons(quote 0, id))", 1, set()),
        ("while(id, id)", 0, {0}),
        # Of any tree nothing is known, nor of a pair with one.
        ("tl", ANY, {ANY}),
        ("cons(quote 1, id)", ANY, {ANY}),
        ("if(id, quote 1, quote 0)", ANY, {0, 1}),
        ("while(id, tl)", ANY, {ANY}),
        # The set holds 1: of 2 and more the answer is no, of any tree it is unknown.
        ("ask", 0, {0}),
        ("ask", 1, {1}),
        ("ask", 2, {0}),
        ("ask", ANY, {0, 1}),
    ],
)
def test_values_by_classes(text: str, state: int, classes: set[int]) -> None:
    assert Folding(2, Table({TRUE: TRUE})).values(parse_program(text), state) == classes


def test_answers_about_large_numbers() -> None:
    """In a class with others a question is not alone; two such questions can be in one class."""
    table = Table({numeral(3): TRUE, numeral(5): numeral(9), parse_tree("<1.4>"): TRUE})
    folding = Folding(2, table)
    assert folding.values(Ask(), 2) == {0, 1, 2}
    assert folding.values(Ask(), folding.of(parse_tree("<1.9>"))) == {0, 1}
    assert Folding(6, table).values(Ask(), 3) == {1}


def test_of_other_sets_any_answer_is_possible() -> None:
    class Few(SetOracle):
        def __contains__(self, tree: Tree, /) -> bool:
            return pairs(tree) < 3

    assert Folding(3, Few()).values(Ask(), 1) == {0, 1}
    # Whatever is answered, the loop goes on.
    program = parse_program(
        "while(cons(ask, quote <<1.1>.<1.2>>), cons(quote nil, cons(quote nil, id)))"
    )
    assert size(program) > search.SMALL
    found = decide(program, NIL, oracle=Few(), gas=600)
    assert (found.verdict, found.reason) == ("loops", "")


def test_too_many_classes(monkeypatch: pytest.MonkeyPatch) -> None:
    grows = parse_program("while(quote 1, cons(id, id))")
    with pytest.raises(TooMany):
        Folding(2, EMPTY).values(grows, 1)
    assert list(folded(grows, TRUE, EMPTY)) == []
    monkeypatch.setattr(folding, "MOST_CLASSES", 5)
    with pytest.raises(TooMany):
        Folding(2, EMPTY).of(parse_tree("[<1.0>, <1.0>, <1.0>]"))


def test_deep_programs_are_given_up() -> None:
    program = parse_program("id")
    for _ in range(5_000):
        program = Then(program, Then(Tl(), Tl()))
    assert list(folded(program, TRUE, EMPTY)) == []


def test_a_large_input_is_taken_for_any_tree() -> None:
    large = parse_tree(f"[{', '.join('<1.0>' for _ in range(20))}]")
    assert pairs(large) > folding.LARGEST_INPUT
    whatever = parse_program("then(quote 1, while(id, cons(quote nil, id)))")
    looks = parse_program("while(id, cons(quote nil, id))")
    for value, found in ((large, 0), (TRUE, 1)):
        assert bool(list(folded(looks, value, EMPTY))) == bool(found)
        assert list(folded(whatever, value, EMPTY))


@pytest.mark.parametrize("stage", [0, 1, 2, 3, 6])
def test_the_search_for_a_change(stage: int) -> None:
    """The guess is whether the stage is 0 or 2, so it changes for the last time after stage 2."""
    program = search_from(IN_SET, stage)
    assert size(program) > search.SMALL
    found = decide(program, code(program), oracle=ZERO_AND_TWO)
    assert found.verdict == ("halts" if stage <= 2 else "loops")
    assert isinstance(found.certificate, Looping) == (stage > 2)
    long = run(program, code(program), oracle=ZERO_AND_TWO, gas=20_000)
    assert (long.value is None) == (stage > 2)


def test_a_guesser_with_a_loop() -> None:
    """The guess at n in stage s is whether 3 is among the s numbers from n on."""
    h = compile_source("""
        h read NS { N := hd NS; S := tl NS;
            while S { if ask N { F := true }; N := cons nil N; S := tl S } } write F
    """)
    oracle = Table({numeral(3): TRUE})
    for n, stage, verdict in ((2, 1, "halts"), (2, 2, "loops"), (4, 0, "loops")):
        program = change(h, Pair(numeral(n), numeral(stage)))
        assert decide(program, NIL, oracle=oracle).verdict == verdict


def test_a_guesser_that_is_an_interpreter() -> None:
    """The guesses of the guesser of the jump at a loop never change, and those at id once."""
    h = guesser(Ask())
    for tree, stage, verdict in (("<8.<1.1>>", 3, "loops"), ("0", 0, "halts"), ("0", 1, "loops")):
        program = change(h, Pair(parse_tree(tree), numeral(stage)))
        assert search.LARGEST < size(program) <= search.LARGEST_COUNTING
        assert decide(program, code(program)).verdict == verdict


@pytest.mark.parametrize("oracle", [EMPTY, FULL, ZERO_AND_TWO], ids=repr)
def test_nothing_is_proposed_for_a_program_that_halts(oracle: Table) -> None:
    """Also where a proposal is not checked: the classes leave no value out."""
    for program in (p for count in (1, 2, 3, 4) for p in programs(count)):
        for x in (NIL, TRUE, numeral(5)):
            found = run(program, x, oracle=oracle, gas=200)
            if found.value is not None:
                assert list(folded(program, x, oracle)) == []


def test_what_is_proposed_is_accepted() -> None:
    """The values by classes are those of the checker."""
    proposed = 0
    for program in (p for count in (1, 2, 3, 4) for p in programs(count)):
        for proposal in folded(program, TRUE, ZERO_AND_TWO):
            proposed += 1
            assert check(program, TRUE, ZERO_AND_TWO, proposal) == "loops"
    assert proposed > 50


def test_small_programs_are_left_to_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables of the bounded jump do not depend on this."""

    def forbidden(*_: Any) -> Iterator[Looping]:
        raise AssertionError("not for small programs")

    monkeypatch.setattr(search, "folded", forbidden)
    assert decide(COUNT_UP, NIL, gas=300).verdict == "loops"
    for program in programs(4):
        decide(program, code(program), gas=100)
    with pytest.raises(AssertionError, match="not for small"):
        decide(search_from(IN_SET, 3), NIL, oracle=ZERO_AND_TWO)
