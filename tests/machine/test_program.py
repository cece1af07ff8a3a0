"""Programs: sizes, codes, text forms, enumeration, each as the language's table says."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError
from math import comb
from typing import Any

import pytest

from models.errors import BadInput
from models.machine.program import (
    CONSTRUCTORS,
    Ask,
    Cons,
    Hd,
    Id,
    If,
    Program,
    Quote,
    Then,
    Tl,
    While,
    code,
    decode,
    format_program,
    parse_program,
    programs,
    size,
)
from models.machine.tree import NIL, Pair, Tree, numeral, pairs, parse_tree, trees

COUNTS = {1: 5, 2: 1, 3: 77, 4: 160, 5: 2402, 6: 11094, 7: 105250}
DEEP = 5_000


def small(most: int) -> list[Program]:
    return [program for count in range(1, most + 1) for program in programs(count)]


def deep(kind: type[Program], depth: int = DEEP) -> Program:
    """A program nested in its last argument, or for Cons in its first."""
    program: Program = Ask()
    for _ in range(depth):
        match kind.__name__:
            case "If":
                program = If(Id(), Hd(), program)
            case "Cons":
                program = Cons(program, Tl())
            case name:
                program = {"Then": Then, "While": While}[name](Hd(), program)
    return program


# Size and code


@pytest.mark.parametrize(
    ("program", "number"),
    [
        (Id(), 1),
        (Hd(), 1),
        (Tl(), 1),
        (Ask(), 1),
        (Quote(NIL), 1),
        (Quote(numeral(1)), 2),
        (Quote(parse_tree("<1.2>")), 5),
        (Cons(Hd(), Tl()), 3),
        (Then(Hd(), Quote(numeral(2))), 5),
        (If(Id(), Hd(), Tl()), 4),
        (While(Hd(), Then(Tl(), Ask())), 5),
        (If(Cons(Id(), Id()), While(Id(), Id()), Quote(numeral(1))), 9),
    ],
)
def test_size(program: Program, number: int) -> None:
    assert size(program) == number


CODES = [
    (Id(), "<0.nil>"),
    (Hd(), "<1.nil>"),
    (Tl(), "<2.nil>"),
    (Ask(), "<3.nil>"),
    (Quote(NIL), "<4.nil>"),
    (Quote(parse_tree("<1.2>")), "<4.<1.2>>"),
    (Cons(Hd(), Tl()), "<5.<<1.nil>.<2.nil>>>"),
    (Then(Hd(), Tl()), "<6.<<1.nil>.<2.nil>>>"),
    (If(Hd(), Tl(), Ask()), "<7.<<1.nil>.<<2.nil>.<3.nil>>>>"),
    (While(Hd(), Tl()), "<8.<<1.nil>.<2.nil>>>"),
    (
        Then(Cons(Quote(numeral(1)), Id()), While(Id(), Tl())),
        "<6.<<5.<<4.1>.<0.nil>>>.<8.<<0.nil>.<2.nil>>>>>",
    ),
]


@pytest.mark.parametrize(("program", "tree"), CODES)
def test_code(program: Program, tree: str) -> None:
    assert code(program) == parse_tree(tree)
    assert decode(parse_tree(tree)) == program


@pytest.mark.parametrize(
    ("tree", "program"),
    [
        ("nil", Id()),
        ("<nil.<5.5>>", Id()),
        ("<1.<5.5>>", Hd()),
        ("<2.true>", Tl()),
        ("<3.<nil.nil>>", Ask()),
        ("<5.nil>", Cons(Id(), Id())),
        ("<5.<<2.nil>.nil>>", Cons(Tl(), Id())),
        ("<6.nil>", Then(Id(), Id())),
        ("<6.<nil.<1.nil>>>", Then(Id(), Hd())),
        ("<7.nil>", If(Id(), Id(), Id())),
        ("<7.<<1.nil>.nil>>", If(Hd(), Id(), Id())),
        ("<7.<<1.nil>.<<2.nil>.nil>>>", If(Hd(), Tl(), Id())),
        ("<8.nil>", While(Id(), Id())),
        # Opcodes above 8 count as 8.
        ("<9.<<1.nil>.<2.nil>>>", While(Hd(), Tl())),
        ("<1000.<<1.nil>.<2.nil>>>", While(Hd(), Tl())),
        # The opcode is the number of tails of the head, whatever the heads on the way are.
        ("<[1, 2, 3].nil>", Ask()),
        ("<[[], [5, 5], <1.1>, 7].true>", Quote(numeral(1))),
        ("<<7.<<1.1>.nil>>.nil>", Tl()),
    ],
)
def test_every_tree_is_a_program(tree: str, program: Program) -> None:
    assert decode(parse_tree(tree)) == program


def test_decode_undoes_code() -> None:
    coded = {code(program): program for program in small(5)}
    assert len(coded) == sum(COUNTS[k] for k in range(1, 6))
    for tree, program in coded.items():
        assert decode(tree) == program


def test_decode_is_total() -> None:
    seen = set()
    for tree in (tree for count in range(9) for tree in trees(count)):
        program = decode(tree)
        seen.add(type(program))
        assert decode(code(program)) == program
        assert size(program) >= 1
    assert seen == {Id, Hd, Tl, Ask, Quote, Cons, Then, If}
    assert CONSTRUCTORS == (Id, Hd, Tl, Ask, Quote, Cons, Then, If, While)


# Enumeration


@pytest.mark.parametrize(("count", "number"), COUNTS.items())
def test_number_of_programs(count: int, number: int) -> None:
    assert sum(1 for _ in programs(count)) == number


def test_number_of_programs_by_a_recurrence() -> None:
    catalan = [comb(2 * n, n) // (n + 1) for n in range(7)]
    number = [0]
    for k in range(1, 8):
        two = sum(number[i] * number[k - 1 - i] for i in range(1, k - 1))
        three = sum(
            number[i] * number[j] * number[k - 1 - i - j]
            for i in range(1, k)
            for j in range(1, k - 1 - i)
        )
        number.append((4 if k == 1 else 0) + catalan[k - 1] + 3 * two + three)
    assert number[1:] == list(COUNTS.values())


def test_each_program_once_with_its_size() -> None:
    for count in range(1, 6):
        found = list(programs(count))
        assert len(set(found)) == len(found) == COUNTS[count]
        assert all(size(program) == count for program in found)
        assert found == list(programs(count))


def test_none_smaller_than_the_smallest() -> None:
    assert list(programs(0)) == list(programs(-1)) == []


# Values


def test_equal_by_structure() -> None:
    first, second = (While(Hd(), Cons(Tl(), Quote(numeral(3)))) for _ in range(2))
    assert first == second
    assert hash(first) == hash(second)
    assert Cons(Id(), Hd()) != Then(Id(), Hd())
    assert Id() != NIL
    assert Quote(NIL) != NIL


def test_fields_do_not_change() -> None:
    program = Cons(Id(), Hd())
    with pytest.raises(FrozenInstanceError):
        program.first = Hd()  # type: ignore[misc]
    assert program == Cons(Id(), Hd())


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Quote(Id()), "Quote(tree=id); expected a tree"),
        (lambda: Quote(None), "Quote(tree=None); expected a tree"),
        (lambda: Cons(Id(), NIL), "Cons(second=nil); expected a program"),
        (lambda: Then("id", Id()), "Then(first='id'); expected a program"),
        (lambda: If(Id(), Id(), 3), "If(otherwise=3); expected a program"),
        (lambda: While(Id, Id()), "While(test="),
    ],
)
def test_only_programs_make_a_program(make: Any, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        make()
    assert str(caught.value).startswith(message)


def test_programs_travel_as_text() -> None:
    with pytest.raises(TypeError, match="Cons is not pickled; send its text form"):
        pickle.dumps(Cons(Id(), Id()))


# Text


@pytest.mark.parametrize(
    ("text", "program"),
    [
        ("id", Id()),
        ("hd", Hd()),
        ("tl", Tl()),
        ("ask", Ask()),
        ("quote 0", Quote(NIL)),
        ("quote <1.2>", Quote(parse_tree("<1.2>"))),
        ("while(hd, cons(tl, ask))", While(Hd(), Cons(Tl(), Ask()))),
        ("then(hd, quote 1)", Then(Hd(), Quote(numeral(1)))),
        ("if(id, quote <1.0>, tl)", If(Id(), Quote(parse_tree("[1]")), Tl())),
        ("cons(quote 2, quote 3)", Cons(Quote(numeral(2)), Quote(numeral(3)))),
    ],
)
def test_text_both_ways(text: str, program: Program) -> None:
    assert format_program(program) == text
    assert parse_program(text) == program
    assert repr(program) == text


@pytest.mark.parametrize(
    ("text", "program"),
    [
        ("then(hd, quote <nil.nil>)", Then(Hd(), Quote(numeral(1)))),
        ("quote[1,2]", Quote(parse_tree("[1, 2]"))),
        ("quote true", Quote(numeral(1))),
        ("cons(quote nil,quote false)", Cons(Quote(NIL), Quote(NIL))),
        ("\n while\t( hd ,\n tl )\n ", While(Hd(), Tl())),
        ("if(id,id,id)", If(Id(), Id(), Id())),
    ],
)
def test_text_is_read(text: str, program: Program) -> None:
    assert parse_program(text) == program


def test_styles_of_quoted_trees() -> None:
    program = Then(Quote(parse_tree("[1, 2]")), Hd())
    texts = {
        "pairs": "then(quote <<nil.nil>.<<nil.<nil.nil>>.nil>>, hd)",
        "numbers": "then(quote <1.<2.0>>, hd)",
        "lists": "then(quote [1, 2], hd)",
    }
    for style, text in texts.items():
        assert format_program(program, style=style) == text  # type: ignore[arg-type]
        assert parse_program(text) == program


def test_every_small_program_is_read_back() -> None:
    texts = {format_program(program): program for program in small(5)}
    assert len(texts) == sum(COUNTS[k] for k in range(1, 6))
    for text, program in texts.items():
        assert parse_program(text) == program


PROGRAM = (
    "a program: id, hd, tl, ask, quote TREE, cons(P, P), then(P, P), if(P, P, P) or while(P, P)"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"line 1, column 1: no program; expected {PROGRAM}"),
        ("\n  ", f"line 2, column 3: no program; expected {PROGRAM}"),
        ("head", f"line 1, column 1: unknown constructor 'head'; expected {PROGRAM}"),
        ("While(id, id)", f"line 1, column 1: unknown constructor 'While'; expected {PROGRAM}"),
        ("cons(hd, tail)", f"line 1, column 10: unknown constructor 'tail'; expected {PROGRAM}"),
        ("(id)", f"line 1, column 1: unexpected '('; expected {PROGRAM}"),
        ("cons(,)", f"line 1, column 6: unexpected ','; expected {PROGRAM}"),
        ("cons()", f"line 1, column 6: unexpected ')'; expected {PROGRAM}"),
        ("cons", "line 1, column 5: the text ends; expected '('"),
        ("cons id", "line 1, column 6: unexpected 'id'; expected '('"),
        ("cons(", f"line 1, column 6: the text ends inside a program; expected {PROGRAM}"),
        (
            "cons(id",
            "line 1, column 8: the text ends inside cons(; expected ',': cons takes 2 programs",
        ),
        ("cons(id)", "line 1, column 8: unexpected ')'; expected ',': cons takes 2 programs"),
        (
            "cons(id, id",
            "line 1, column 12: the text ends inside cons(; expected ')': cons takes 2 programs",
        ),
        (
            "then(id, id, id)",
            "line 1, column 12: unexpected ','; expected ')': then takes 2 programs",
        ),
        ("if(id, id)", "line 1, column 10: unexpected ')'; expected ',': if takes 3 programs"),
        (
            "while(id,\n  if(hd, tl id))",
            "line 2, column 13: unexpected 'id'; expected ',': if takes 3 programs",
        ),
        ("id id", "line 1, column 4: unexpected 'id' after the program; expected the end"),
        ("hd(tl)", "line 1, column 3: unexpected '(' after the program; expected the end"),
        ("cons(id, id))", "line 1, column 13: unexpected ')' after the program; expected the end"),
        (
            "cons(quote <1.2, id)",
            "line 1, column 16: unexpected ','; expected '>'",
        ),
    ],
)
def test_errors_say_where_and_what_was_expected(text: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_program(text)
    assert str(caught.value) == message
    with pytest.raises(BadInput) as caught:
        parse_program(text, source="-e")
    assert str(caught.value) == f"-e: {message}"


def test_quote_needs_a_tree() -> None:
    with pytest.raises(BadInput, match="line 1, column 6: no tree"):
        parse_program("quote")
    with pytest.raises(BadInput, match="line 1, column 7: unexpected 'id'; expected a tree"):
        parse_program("quote id")


def test_a_message_stays_short() -> None:
    for text in ("x" * 10**6, f"id {'x' * 10**6}", f"cons(id {'x' * 10**6}"):
        with pytest.raises(BadInput) as caught:
            parse_program(text)
        assert len(str(caught.value)) < 250


# Large programs


@pytest.mark.parametrize("kind", [Cons, Then, If, While])
def test_deep_programs(kind: type[Program]) -> None:
    program = deep(kind)
    per_level = 3 if kind is If else 2
    assert size(program) == 1 + per_level * DEEP
    assert program == deep(kind)
    assert hash(program) == hash(deep(kind))
    text = format_program(program)
    assert parse_program(text) == program
    assert repr(program) == f"(a program of size {1 + per_level * DEEP})"
    tree = code(program)
    assert pairs(tree) > DEEP
    assert decode(tree) == program


def test_a_program_far_larger_than_its_memory() -> None:
    program: Program = Ask()
    tree: Tree = NIL
    for _ in range(4_000):
        program = Cons(program, program)
        tree = Pair(tree, tree)
    assert size(program) == 2**4_001 - 1
    assert repr(program) == "(a program of size at least 2^64)"
    with pytest.raises(BadInput, match="a program too large to print; expected a text of at most"):
        format_program(program)
    assert size(Quote(tree)) == 2**4_000
    assert repr(Quote(tree)) == "(a program of size at least 2^64)"
    assert decode(code(program)) == program


def test_a_term_that_opens_and_never_closes() -> None:
    text = "cons(" * 200_000
    with pytest.raises(BadInput, match="column 1000001: the text ends inside a program"):
        parse_program(text)
