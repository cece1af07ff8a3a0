"""Properties of trees, programs and their texts and codes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checks.strategies import programs, trees
from models.errors import BadInput
from models.machine.oracle import parse_oracle
from models.machine.program import (
    Program,
    code,
    decode,
    format_program,
    parse_program,
    size,
)
from models.machine.tree import (
    NIL,
    TRUE,
    Pair,
    Style,
    Tree,
    elements,
    format_tree,
    numeral,
    pairs,
    parse_tree,
    tree_list,
)

styles: st.SearchStrategy[Style] = st.sampled_from(["pairs", "numbers", "lists"])
blanks = st.sampled_from(["", " ", "\n", "\t \r\n"])


@given(trees(60), styles)
def test_a_printed_tree_is_read_back(tree: Tree, style: Style) -> None:
    assert parse_tree(format_tree(tree, style=style)) == tree


@given(trees(20), styles, blanks, blanks)
def test_blanks_between_the_signs_mean_nothing(
    tree: Tree, style: Style, before: str, after: str
) -> None:
    text = format_tree(tree, style=style)
    spaced = "".join(
        f"{before}{sign}{after}" if sign in "<.>[]," else sign for sign in text
    )
    assert parse_tree(spaced) == tree


@given(trees(30))
def test_the_text_of_pairs_has_a_known_length(tree: Tree) -> None:
    assert len(format_tree(tree)) == 6 * pairs(tree) + 3


@given(st.lists(trees(6), max_size=8))
def test_lists_are_read_back(items: list[Tree]) -> None:
    tree = tree_list(items)
    assert list(elements(tree)) == items
    assert pairs(tree) == len(items) + sum(map(pairs, items))
    text = ", ".join(format_tree(item, style="lists") for item in items)
    assert parse_tree(f"[{text}]") == tree


@given(st.integers(0, 1000))
def test_numerals_are_read_back(number: int) -> None:
    tree = numeral(number)
    assert pairs(tree) == number
    assert format_tree(tree, style="numbers") == format_tree(tree, style="lists") == str(number)
    assert parse_tree(str(number)) == tree


@given(trees(10), trees(10))
def test_equal_trees_are_those_of_equal_text(first: Tree, second: Tree) -> None:
    assert (first == second) is (format_tree(first) == format_tree(second))
    assert Pair(first, second) != first
    if first == second:
        assert hash(first) == hash(second)


@given(st.text(alphabet="<>.,[] \n01niltruefalse-", max_size=40))
def test_any_text_is_a_tree_or_bad_input(text: str) -> None:
    for read in (parse_tree, lambda text: parse_oracle(f"set:{text}")):
        try:
            read(text)
        except BadInput as error:
            assert "line " in error.where and "column " in error.where and error.expected


@given(st.text(alphabet="(), \nidhdtlaskquotecons<.>012", max_size=40))
def test_any_text_is_a_program_or_bad_input(text: str) -> None:
    try:
        parse_program(text)
    except BadInput as error:
        assert "line " in error.where and "column " in error.where and error.expected


@given(programs(40), styles)
def test_a_printed_program_is_read_back(program: Program, style: Style) -> None:
    assert parse_program(format_program(program, style=style)) == program


@given(programs(40))
def test_decode_undoes_code(program: Program) -> None:
    assert decode(code(program)) == program


@given(programs(8), programs(8))
def test_codes_of_different_programs_differ(first: Program, second: Program) -> None:
    assert (code(first) == code(second)) is (first == second)


@given(trees(40))
def test_every_tree_is_a_program_and_its_code_the_normal_form(tree: Tree) -> None:
    program = decode(tree)
    assert decode(code(program)) == program
    assert size(program) <= 1 + pairs(tree)


@given(st.lists(trees(4), min_size=8, max_size=12), trees(4), trees(4))
def test_opcodes_above_eight_count_as_eight(heads: list[Tree], first: Tree, second: Tree) -> None:
    assert decode(Pair(tree_list(heads), Pair(first, second))) == decode(
        Pair(numeral(8), Pair(first, second))
    )


def test_what_the_strategies_draw_has_the_size_that_is_asked_for() -> None:
    @given(programs(20), trees(12))
    def check(program: Program, tree: Tree) -> None:
        assert 1 <= size(program) <= 20
        assert 0 <= pairs(tree) <= 12

    check()
    assert NIL != TRUE
