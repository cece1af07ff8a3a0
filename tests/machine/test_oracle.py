"""Oracles: their answers, their specifications, their errors."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from models.errors import BadInput
from models.machine.oracle import (
    EMPTY,
    FULL,
    MOST_LEVELS,
    ORACLE_GAS,
    Decided,
    Join,
    JoinedSet,
    Oracle,
    OracleUndecided,
    Recording,
    Table,
    join_parts,
    joined,
    parse_oracle,
)
from models.machine.program import Ask, Cons, Hd, Id, parse_program
from models.machine.run import run
from models.machine.tree import FALSE, NIL, TRUE, Pair, Tree, numeral, parse_tree, trees

SMALL = [tree for count in range(5) for tree in trees(count)]
FORMS = "empty, full, set:TREE,TREE,…, all-but:TREE,TREE,…, while:FILE or join:LEFT+RIGHT"


def members(oracle: Oracle) -> set[Tree]:
    """The small trees in the set; every answer is true or false."""
    answers = {tree: oracle(tree) for tree in SMALL}
    assert set(answers.values()) <= {TRUE, FALSE}
    return {tree for tree, answer in answers.items() if answer == TRUE}


def test_empty_and_full() -> None:
    assert members(EMPTY) == members(parse_oracle("empty")) == set()
    assert members(FULL) == members(parse_oracle("full")) == set(SMALL)


@pytest.mark.parametrize(
    ("spec", "texts"),
    [
        ("set:", []),
        ("set: \n", []),
        ("set:nil", ["nil"]),
        ("set:0,1,<1.2>", ["0", "1", "<1.2>"]),
        ("set: [0, 1] , true ,\n<nil.<nil.nil>>", ["<0.<1.0>>", "1", "2"]),
        ("set:1,1,<nil.nil>", ["1"]),
        ("set:[]", ["0"]),
    ],
)
def test_finite_sets(spec: str, texts: list[str]) -> None:
    inside = {parse_tree(text) for text in texts}
    assert members(parse_oracle(spec)) == inside
    assert members(parse_oracle(spec.replace("set:", "all-but:"))) == set(SMALL) - inside


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("", f"unknown oracle ''; expected {FORMS}"),
        ("none", f"unknown oracle 'none'; expected {FORMS}"),
        ("Empty", f"unknown oracle 'Empty'; expected {FORMS}"),
        ("set", f"unknown oracle 'set'; expected {FORMS}"),
        ("sets:nil", f"unknown oracle 'sets:nil'; expected {FORMS}"),
        ("empty:", f"unknown oracle 'empty:'; expected {FORMS}"),
        ("set:nil nil", "oracle: line 1, column 9: unexpected 'n'; expected ',' or the end"),
        ("set:nil;nil", "oracle: line 1, column 8: unexpected ';'; expected ',' or the end"),
        ("set:<1.2", "oracle: line 1, column 9: the text ends inside a pair; expected '>'"),
        ("set:\n1,\n<2,3>", "oracle: line 3, column 3: unexpected ','; expected '.'"),
        ("while:", "oracle: no file after 'while:'; expected while:FILE"),
    ],
)
def test_specification_errors(spec: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_oracle(spec)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("set:1,", "oracle: line 1, column 7: no tree; expected a tree: "),
        ("set:,1", "oracle: line 1, column 5: unexpected ','; expected a tree: "),
        ("set:one", "oracle: line 1, column 5: unexpected 'one'; expected a tree: "),
    ],
)
def test_a_set_is_of_trees(spec: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_oracle(spec)
    assert str(caught.value).startswith(message)


def test_a_message_stays_short() -> None:
    with pytest.raises(BadInput) as caught:
        parse_oracle("x" * 10**6)
    assert len(str(caught.value)) < 200


# Tables


def test_tables_are_total() -> None:
    table = Table({NIL: numeral(3)}, otherwise=numeral(2))
    assert [table(tree) for tree in (NIL, TRUE)] == [numeral(3), numeral(2)]
    assert repr(table) == "{0 -> 3, else -> 2}"
    assert repr(EMPTY) == "{else -> 0}"


def test_a_table_keeps_its_answers() -> None:
    answers = {NIL: TRUE}
    table = Table(answers)
    answers[NIL] = FALSE
    assert table(NIL) == TRUE
    with pytest.raises(TypeError):
        table.answers[NIL] = FALSE  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        table.otherwise = TRUE  # type: ignore[misc]


@pytest.mark.parametrize(
    "make", [lambda: Table({NIL: True}), lambda: Table({"nil": NIL}), lambda: Table(otherwise=0)]
)
def test_a_table_is_of_trees(make: Any) -> None:
    with pytest.raises(BadInput, match="expected trees"):
        make()


def test_recording() -> None:
    oracle = Recording(Table({NIL: TRUE}))
    assert [oracle(tree) for tree in (TRUE, NIL, TRUE)] == [FALSE, TRUE, FALSE]
    assert oracle.log == [(TRUE, FALSE), (NIL, TRUE), (TRUE, FALSE)]


# Sets decided by programs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "nonzero.while").write_text("nonzero read X { Y := X } write Y")
    (tmp_path / "pairs.term").write_text("// a head that is a pair\nthen(hd, hd)")
    (tmp_path / "asks.term").write_text("ask")
    (tmp_path / "loops.term").write_text("if(id, while(id, id), quote 0)")
    return tmp_path


def test_decided_sets(folder: Path) -> None:
    assert members(parse_oracle(f"while:{folder / 'nonzero.while'}")) == set(SMALL) - {NIL}
    assert members(parse_oracle(f"while:{folder / 'pairs.term'}")) == {
        tree
        for tree in SMALL
        if isinstance(tree, Pair)
        and isinstance(tree.head, Pair)
        and isinstance(tree.head.head, Pair)
    }


def test_any_answer_but_nil_is_yes() -> None:
    assert Decided(parse_program("quote <3.4>"))(NIL) == TRUE
    assert Decided(parse_program("quote 0"))(TRUE) == FALSE


def test_the_deciding_program_has_the_empty_oracle(folder: Path) -> None:
    assert members(parse_oracle(f"while:{folder / 'asks.term'}")) == set()


def test_running_out_of_gas_is_an_error_and_no_answer(folder: Path) -> None:
    path = folder / "loops.term"
    oracle = parse_oracle(f"while:{path}", gas=500)
    assert oracle(NIL) == FALSE
    with pytest.raises(OracleUndecided) as caught:
        oracle(numeral(2))
    assert str(caught.value) == (
        f"oracle while:{path} ran out of gas on the question 2; expected an answer within 500 steps"
    )
    assert isinstance(caught.value, BadInput)
    with pytest.raises(OracleUndecided):
        run(Cons(Id(), Ask()), TRUE, oracle=oracle)
    assert run(Hd(), TRUE, oracle=oracle).value == NIL


def test_gas_of_a_decided_set_is_exact() -> None:
    program = parse_program("while(id, tl)")
    assert Decided(program, gas=11)(numeral(2)) == FALSE
    with pytest.raises(OracleUndecided, match="expected an answer within 10 steps"):
        Decided(program, gas=10)(numeral(2))
    assert Decided(program).gas == ORACLE_GAS


def test_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "missing.while"
    with pytest.raises(BadInput) as caught:
        parse_oracle(f"while:{path}")
    assert str(caught.value).startswith(f"{path}: cannot read it: No such file or directory")


def test_errors_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "broken.term"
    path.write_text("cons(id,\n  head)")
    with pytest.raises(BadInput) as caught:
        parse_oracle(f"while:{path}")
    assert str(caught.value).startswith(f"{path}: line 2, column 3: unknown constructor 'head'")


# Joins


def by_tags(left: Oracle, right: Oracle) -> set[Tree]:
    """The small trees in the join of two sets, by its definition."""
    return {
        tree
        for tree in SMALL
        if isinstance(tree, Pair)
        and ((tree.head == FALSE and left(tree.tail) == TRUE)
             or (tree.head == TRUE and right(tree.tail) == TRUE))
    }


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("empty", "empty"), ("set:nil,1", "set:1"), ("full", "set:nil"), ("set:1,2", "full"),
        ("full", "full"), ("empty", "join:set:nil+full"), ("(join:set:nil+set:1)", "set:2"),
    ],
)
def test_joins(left: str, right: str) -> None:
    found = parse_oracle(f"join:{left}+{right}")
    parts = [parse_oracle(part.strip("()")) for part in (left, right)]
    assert members(found) == by_tags(*parts)


def test_a_join_of_finite_sets_is_finite() -> None:
    found = parse_oracle("join:set:nil,2+set:1")
    assert isinstance(found, Table)
    assert found.otherwise == FALSE
    assert set(found.answers) == {parse_tree(text) for text in ("<0.0>", "<0.2>", "<1.1>")}
    assert isinstance(parse_oracle("join:empty+join:set:1+set:2"), Table)


def test_a_join_of_other_sets_is_a_set(folder: Path) -> None:
    for spec in ("join:full+empty", f"join:set:1+while:{folder / 'nonzero.while'}"):
        assert isinstance(parse_oracle(spec), JoinedSet)
    found = parse_oracle(f"join:set:1+while:{folder / 'loops.term'}", gas=500)
    assert found(parse_tree("<false.1>")) == TRUE
    with pytest.raises(OracleUndecided, match="ran out of gas on the question 2"):
        found(parse_tree("<true.2>"))


def test_a_join_of_functions_is_a_function() -> None:
    odd = Table({NIL: numeral(2)})
    finite, other = joined(odd, EMPTY), joined(odd, FULL)
    assert isinstance(finite, Table) and isinstance(other, Join)
    for tree in SMALL:
        assert finite(tree) == Join(odd, EMPTY)(tree)
        assert other(tree) == Join(odd, FULL)(tree)


@pytest.mark.parametrize(
    ("spec", "parts"),
    [
        ("join:a+b", ("a", "b")),
        ("join: a + b ", ("a", "b")),
        ("join:a+join:b+c", ("a", "join:b+c")),
        ("join:(join:a+b)+c", ("join:a+b", "c")),
        ("join:(a)+(b)", ("a", "b")),
        ("join:((while:x+(1).while))+b", ("(while:x+(1).while)", "b")),
        ("join:jump:3/join:(a+b)+c", ("jump:3/join:(a+b)", "c")),
        ("join:a+(b)/(c)", ("a", "(b)/(c)")),
    ],
)
def test_parts_of_a_join(spec: str, parts: tuple[str, str]) -> None:
    assert join_parts(spec) == parts


WANTED = "; expected join:LEFT+RIGHT; a LEFT with a '+' in it stands in parentheses"


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("join:", f"oracle 'join:': no '+'{WANTED}"),
        ("join:full", f"oracle 'join:full': no '+'{WANTED}"),
        ("join:+full", f"oracle 'join:+full': no oracle before the '+'{WANTED}"),
        ("join:full+", f"oracle 'join:full+': no oracle behind the '+'{WANTED}"),
        ("join:()+full", f"oracle 'join:()+full': no oracle before the '+'{WANTED}"),
        ("join:(a+b", f"oracle 'join:(a+b': parentheses that do not match{WANTED}"),
        ("join:a)+b", f"oracle 'join:a)+b': parentheses that do not match{WANTED}"),
        ("join", f"unknown oracle 'join'; expected {FORMS}"),
        ("join:all+full", f"unknown oracle 'all'; expected {FORMS}"),
        ("join:full+empty+full", f"unknown oracle 'empty+full'; expected {FORMS}"),
        (
            "join:full+set:1;2",
            "oracle 'set:1;2': line 1, column 6: unexpected ';'; expected ',' or the end",
        ),
        ("join:while:+full", "oracle 'while:': no file after 'while:'; expected while:FILE"),
    ],
)
def test_specifications_that_are_no_joins(spec: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_oracle(spec)
    assert str(caught.value) == message


def test_joins_within_joins_have_a_limit() -> None:
    nested = "join:empty+" * MOST_LEVELS + "full"
    assert parse_oracle(nested)(parse_tree("<1." * MOST_LEVELS + "0" + ">" * MOST_LEVELS)) == TRUE
    for spec in (f"join:empty+{nested}", "join:(" * 3000 + ")+empty" * 3000):
        with pytest.raises(BadInput, match="too many levels") as caught:
            parse_oracle(spec)
        assert len(str(caught.value)) < 300
