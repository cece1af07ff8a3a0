"""Trees: their text forms, their errors, their size in memory and out of it."""

from __future__ import annotations

import copy
import gc
import pickle
import time
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from itertools import pairwise
from typing import Any

import pytest

from models.algebra import Concrete
from models.errors import BadInput, position, quoted
from models.machine import tree as module
from models.machine.tree import (
    FALSE,
    LARGEST_NUMERAL,
    NIL,
    TRUE,
    Nil,
    Pair,
    Tree,
    brief,
    elements,
    format_tree,
    head,
    numeral,
    pairs,
    parse_tree,
    parse_tree_at,
    tail,
    tree_list,
    trees,
    truth,
)

ONE, TWO = Pair(NIL, NIL), Pair(NIL, Pair(NIL, NIL))
STYLES: Any = ("pairs", "numbers", "lists")
MILLION = 1_000_000


def doubled(times: int) -> Tree:
    """A tree of 2^times - 1 pairs, of which only ``times`` are different objects."""
    tree: Tree = NIL
    for _ in range(times):
        tree = Pair(tree, tree)
    return tree


# Values


def test_constants() -> None:
    assert NIL == Nil() == FALSE
    assert TRUE == Pair(Nil(), Nil())
    assert truth(True) == TRUE
    assert truth(False) == FALSE
    assert NIL != TRUE


def test_numerals() -> None:
    assert [numeral(n) for n in range(3)] == [NIL, ONE, TWO]
    for lower, upper in pairwise(numeral(n) for n in range(20)):
        assert upper == Pair(NIL, lower)


@pytest.mark.parametrize("number", [-1, LARGEST_NUMERAL + 1])
def test_no_such_numeral(number: int) -> None:
    with pytest.raises(BadInput, match=rf"numeral {number}; expected a number from 0 to 10000000"):
        numeral(number)


def test_lists() -> None:
    assert tree_list([]) == NIL
    assert tree_list([ONE, TWO]) == Pair(ONE, Pair(TWO, NIL))
    assert tree_list(iter([NIL])) == TRUE
    assert list(elements(tree_list([ONE, NIL, TWO]))) == [ONE, NIL, TWO]
    assert list(elements(numeral(3))) == [NIL, NIL, NIL]


def test_head_and_tail_are_total() -> None:
    read = Concrete()
    tree = Pair(ONE, TWO)
    assert (head(read, tree), tail(read, tree)) == (ONE, TWO)
    assert (head(read, NIL), tail(read, NIL)) == (NIL, NIL)


def test_pairs_are_counted_with_each_occurrence() -> None:
    assert [pairs(tree) for tree in (NIL, ONE, TWO, Pair(TWO, TWO))] == [0, 1, 2, 5]
    assert pairs(doubled(10)) == 2**10 - 1


@pytest.mark.parametrize(
    ("count", "number"), [(0, 1), (1, 1), (2, 2), (3, 5), (4, 14), (5, 42), (6, 132), (7, 429)]
)
def test_all_trees_once(count: int, number: int) -> None:
    found = list(trees(count))
    assert len(found) == len(set(found)) == number
    assert all(pairs(tree) == count for tree in found)
    assert list(trees(-1)) == []


def test_equal_by_structure() -> None:
    first, second = (Pair(Pair(Nil(), TRUE), numeral(4)) for _ in range(2))
    assert first is not second
    assert first == second
    assert hash(first) == hash(second)
    assert len({first, second}) == 1
    assert first != Pair(Pair(Nil(), TRUE), numeral(5))
    assert Pair(ONE, TWO) != Pair(TWO, ONE)
    assert first != "nil"
    assert NIL != 0


def test_small_trees_have_different_hashes() -> None:
    found = [tree for count in range(9) for tree in trees(count)]
    assert len({hash(tree) for tree in found}) == len(found)


@pytest.mark.parametrize("name", ["head", "tail"])
def test_fields_do_not_change(name: str) -> None:
    tree = Pair(ONE, TWO)
    with pytest.raises(FrozenInstanceError):
        setattr(tree, name, NIL)
    with pytest.raises(FrozenInstanceError):
        delattr(tree, name)
    assert tree == Pair(ONE, TWO)


@pytest.mark.parametrize(
    ("first", "second"), [(None, NIL), (NIL, 0), ("nil", NIL), (NIL, (NIL, NIL)), (NIL, Pair)]
)
def test_only_trees_make_a_pair(first: Any, second: Any) -> None:
    with pytest.raises(BadInput, match="expected two trees"):
        Pair(first, second)


@pytest.mark.parametrize("tree", [NIL, TRUE])
def test_values_travel_as_text(tree: Tree) -> None:
    with pytest.raises(TypeError, match="is not pickled; send its text form"):
        pickle.dumps(tree)
    assert copy.copy(tree) is tree
    assert copy.deepcopy(tree) is tree


# Text


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("nil", NIL),
        ("false", NIL),
        ("0", NIL),
        ("000", NIL),
        ("[]", NIL),
        ("[ ]", NIL),
        ("true", ONE),
        ("1", ONE),
        ("[nil]", ONE),
        ("<nil.nil>", ONE),
        ("2", TWO),
        ("[0, 0]", TWO),
        ("007", numeral(7)),
        ("<1.2>", Pair(ONE, TWO)),
        ("<<nil.nil>.<true.false>>", Pair(ONE, Pair(ONE, NIL))),
        ("[1, 2]", Pair(ONE, Pair(TWO, NIL))),
        ("[1,[2],[]]", tree_list([ONE, tree_list([TWO]), NIL])),
        ("[[[]]]", Pair(Pair(NIL, NIL), NIL)),
        ("[<1.2>]", Pair(Pair(ONE, TWO), NIL)),
        ("<[1, 2].[nil, 1]>", Pair(tree_list([ONE, TWO]), tree_list([NIL, ONE]))),
        (" \t<\nnil .\r\n nil> \n", ONE),
        ("[ 1\n,\n2 ]", tree_list([ONE, TWO])),
        ("[2, 5, 3]", tree_list([numeral(2), numeral(5), numeral(3)])),
    ],
)
def test_text_is_read(text: str, tree: Tree) -> None:
    assert parse_tree(text) == tree


@pytest.mark.parametrize(
    ("tree", "texts"),
    [
        (NIL, ("nil", "0", "0")),
        (ONE, ("<nil.nil>", "1", "1")),
        (TWO, ("<nil.<nil.nil>>", "2", "2")),
        (Pair(ONE, NIL), ("<<nil.nil>.nil>", "<1.0>", "[1]")),
        (Pair(NIL, Pair(ONE, NIL)), ("<nil.<<nil.nil>.nil>>", "<0.<1.0>>", "[0, 1]")),
        (
            tree_list([ONE, TWO]),
            ("<<nil.nil>.<<nil.<nil.nil>>.nil>>", "<1.<2.0>>", "[1, 2]"),
        ),
        # The tail of a list is a list, also where it is a numeral.
        (Pair(ONE, TWO), ("<<nil.nil>.<nil.<nil.nil>>>", "<1.2>", "[1, 0, 0]")),
        (Pair(Pair(ONE, NIL), NIL), ("<<<nil.nil>.nil>.nil>", "<<1.0>.0>", "[[1]]")),
    ],
)
def test_text_is_printed_in_three_styles(tree: Tree, texts: tuple[str, str, str]) -> None:
    for style, text in zip(STYLES, texts, strict=True):
        assert format_tree(tree, style=style) == text
        assert parse_tree(text) == tree
    assert format_tree(tree) == texts[0]
    assert repr(tree) == (texts[1] if isinstance(tree, Pair) else "nil")


@pytest.mark.parametrize("style", STYLES)
def test_every_small_tree_is_read_back(style: Any) -> None:
    for tree in (tree for count in range(7) for tree in trees(count)):
        assert parse_tree(format_tree(tree, style=style)) == tree


def test_shared_parts_are_printed_wherever_they_occur() -> None:
    three = Pair(ONE, NIL)
    tree = Pair(three, Pair(three, three))
    assert format_tree(tree, style="lists") == "[[1], [1], 1]"
    assert format_tree(tree, style="numbers") == "<<1.0>.<<1.0>.<1.0>>>"
    assert len(format_tree(doubled(10))) == 6 * (2**10 - 1) + 3


TREE = "a tree: nil, true, false, a number, <TREE.TREE> or [TREE, …]"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"line 1, column 1: no tree; expected {TREE}"),
        (" \n ", f"line 2, column 2: no tree; expected {TREE}"),
        ("<", f"line 1, column 2: the text ends inside a tree; expected {TREE}"),
        ("<nil", "line 1, column 5: the text ends inside a pair; expected '.'"),
        ("<nil.", f"line 1, column 6: the text ends inside a tree; expected {TREE}"),
        ("<nil.nil", "line 1, column 9: the text ends inside a pair; expected '>'"),
        ("<nil,nil>", "line 1, column 5: unexpected ','; expected '.'"),
        ("<nil>", "line 1, column 5: unexpected '>'; expected '.'"),
        ("<nil nil>", "line 1, column 6: unexpected 'nil'; expected '.'"),
        ("<nil.nil.nil>", "line 1, column 9: unexpected '.'; expected '>'"),
        ("<nil.nil]", "line 1, column 9: unexpected ']'; expected '>'"),
        ("<.nil>", f"line 1, column 2: unexpected '.'; expected {TREE}"),
        ("<]", f"line 1, column 2: unexpected ']'; expected {TREE}"),
        (">", f"line 1, column 1: unexpected '>'; expected {TREE}"),
        ("]", f"line 1, column 1: unexpected ']'; expected {TREE}"),
        ("[", f"line 1, column 2: the text ends inside a tree; expected {TREE}"),
        ("[1", "line 1, column 3: the text ends inside a list; expected ',' or ']'"),
        ("[1,", f"line 1, column 4: the text ends inside a tree; expected {TREE}"),
        ("[1,]", f"line 1, column 4: unexpected ']'; expected {TREE}"),
        ("[,1]", f"line 1, column 2: unexpected ','; expected {TREE}"),
        ("[1 2]", "line 1, column 4: unexpected '2'; expected ',' or ']'"),
        ("[1.2]", "line 1, column 3: unexpected '.'; expected ',' or ']'"),
        ("[1>", "line 1, column 3: unexpected '>'; expected ',' or ']'"),
        ("nil nil", "line 1, column 5: unexpected 'n' after the tree; expected the end"),
        ("<1.2>>", "line 1, column 6: unexpected '>' after the tree; expected the end"),
        ("nill", f"line 1, column 1: unexpected 'nill'; expected {TREE}"),
        ("NIL", f"line 1, column 1: unexpected 'NIL'; expected {TREE}"),
        ("-1", f"line 1, column 1: unexpected '-'; expected {TREE}"),
        ("é", f"line 1, column 1: unexpected 'é'; expected {TREE}"),
        ("٣", f"line 1, column 1: unexpected '٣'; expected {TREE}"),
        ("<nil.\n\n  <1\n:2>>", "line 4, column 1: unexpected ':'; expected '.'"),
        ("\n\n [true,\n  truly]", f"line 4, column 3: unexpected 'truly'; expected {TREE}"),
        ("10000001", "line 1, column 1: numeral 10000001; expected at most 10000000"),
        (
            "<nil.1000000000000>",
            "line 1, column 6: numeral of 13 digits; expected at most 10000000",
        ),
    ],
)
def test_errors_say_where_and_what_was_expected(text: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_tree(text)
    assert str(caught.value) == message
    with pytest.raises(BadInput) as caught:
        parse_tree(text, source="--input")
    assert str(caught.value) == f"--input: {message}"


def test_a_message_stays_short() -> None:
    with pytest.raises(BadInput) as caught:
        parse_tree("x" * MILLION)
    assert len(str(caught.value)) < 200
    assert quoted("x" * 60) == repr("x" * 60)
    assert quoted("x" * 61) == repr("x" * 60 + "…")
    assert "\n" not in quoted("a\nb")


def test_positions() -> None:
    text = "ab\n\ncd"
    found = [position(text, offset) for offset in range(len(text) + 1)]
    assert found == [
        f"line {line}, column {column}"
        for line, column in [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1), (3, 2), (3, 3)]
    ]
    assert position(text, 4, "file") == "file: line 3, column 1"


def test_a_tree_inside_a_text() -> None:
    assert parse_tree_at("set: 1, 2", 4) == (ONE, 6)
    assert parse_tree_at("<1.2>x", 0) == (Pair(ONE, TWO), 5)
    with pytest.raises(BadInput, match="oracle: line 1, column 5: no tree"):
        parse_tree_at("set:", 4, source="oracle")


def test_brief() -> None:
    assert brief(NIL) == "0"
    assert brief(Pair(ONE, TWO)) == "<1.2>"
    long = brief(tree_list([numeral(2)] * 50), limit=30)
    assert len(long) <= 30
    assert long.startswith("<2.<2.<2.") and "…" in long and long.endswith(">>>>")
    assert brief(numeral(100_000)) == "100000"
    assert brief(doubled(20)) == f"(a tree of {2**20 - 1} pairs)"
    assert brief(doubled(65)) == "(a tree of at least 2^64 pairs)"


# Large trees


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Trees have no cycles; the cycle collector only takes time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("opening", "closing", "count"), [("<nil.", ">", 300_000), ("<", ".nil>", 100_000)],
    ids=["right", "left"],
)
@pytest.mark.usefixtures("no_collector")
def test_very_long_spines(opening: str, closing: str, count: int) -> None:
    text = opening * count + "nil" + closing * count
    tree = parse_tree(text)
    other: Tree = NIL
    for _ in range(count):
        other = Pair(NIL, other) if opening == "<nil." else Pair(other, NIL)
    assert hash(tree) == hash(other)
    assert tree == other
    assert tree != Pair(other, other)
    assert format_tree(tree) == text
    assert len(repr(tree)) < 100
    del tree, other  # freed without recursion


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("left", [False, True], ids=["right", "left"])
def test_long_spines_in_every_style(style: Any, left: bool) -> None:
    count = 10_000
    tree = TRUE
    for _ in range(count):
        tree = Pair(tree, TRUE) if left else Pair(TRUE, tree)
    text = format_tree(tree, style=style)
    assert parse_tree(text) == tree
    assert pairs(tree) == 2 * count + 1
    assert format_tree(numeral(count), style="numbers") == str(count)


def test_a_tree_far_larger_than_its_memory() -> None:
    times = 30_000
    first, second = doubled(times), doubled(times)
    assert first == second
    assert hash(first) == hash(second)
    assert first != Pair(second, second)
    assert len({first, second}) == 1
    assert pairs(first) == 2**times - 1
    assert repr(first) == "(a tree of at least 2^64 pairs)"
    begin = time.perf_counter()
    for style in STYLES:
        with pytest.raises(BadInput, match="a tree too large to print; expected a text of at most"):
            format_tree(first, style=style)
    assert time.perf_counter() - begin < 30


@pytest.mark.parametrize("style", STYLES)
def test_the_limit_of_printing_is_exact(style: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = parse_tree("[3, [1, <2.2>], <[1].<nil.nil>>]")
    text = format_tree(tree, style=style)
    monkeypatch.setattr(module, "PRINTABLE_CHARACTERS", len(text))
    assert format_tree(tree, style=style) == text
    monkeypatch.setattr(module, "PRINTABLE_CHARACTERS", len(text) - 1)
    with pytest.raises(BadInput, match="too large to print"):
        format_tree(tree, style=style)


@pytest.mark.parametrize("style", STYLES)
def test_the_length_is_known_before_the_text(style: Any) -> None:
    """The way in which a large tree is refused, on trees that can be printed."""
    for tree in (tree for count in range(7) for tree in trees(count)):
        numbers = {} if style == "pairs" else module._numerals(tree)
        length = len(format_tree(tree, style=style))
        assert module._length(tree, style, numbers, 1000) == length
        for limit in range(length):
            assert module._length(tree, style, numbers, limit) > limit


@pytest.mark.parametrize("mark", ["<", "[", "<nil."])
def test_a_text_that_opens_and_never_closes(mark: str) -> None:
    text = mark * MILLION
    with pytest.raises(BadInput, match=f"column {len(text) + 1}: the text ends inside a tree"):
        parse_tree(text)


def test_numerals_of_a_text_share_their_memory() -> None:
    large = 200_000
    tree = parse_tree(f"[{', '.join(str(large - n) for n in range(200))}]")
    found = [tail(Concrete(), item) for item in elements(tree)]
    assert [brief(item) for item in found[:2]] == [str(large - 1), str(large - 2)]
    assert all(below is tail(Concrete(), above) for above, below in pairwise(found))
