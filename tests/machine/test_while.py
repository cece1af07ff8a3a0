"""The WHILE language: its syntax, its errors, its compiler against a direct interpreter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from checks import strategies
from models.errors import BadInput, position
from models.machine import while_compile, while_syntax
from models.machine.compiled_run import run_batch
from models.machine.oracle import EMPTY, FULL, Table, parse_oracle
from models.machine.program import (
    Ask,
    Cons,
    Hd,
    Id,
    If,
    Program,
    Quote,
    Tl,
    While,
    code,
    format_program,
    parse_program,
    programs,
    size,
)
from models.machine.run import run
from models.machine.source import LARGEST_FILE, compile_source, load_program
from models.machine.tree import NIL, TRUE, Pair, Tree, numeral, parse_tree, trees, truth
from models.machine.while_compile import EQUAL, compile_while, is_tree
from models.machine.while_syntax import (
    LONGEST_SOURCE,
    Assign,
    Block,
    Call,
    Case,
    Equals,
    Expression,
    Head,
    IfElse,
    ListOf,
    Literal,
    MakePair,
    Question,
    Switch,
    Tail,
    Variable,
    WhileDo,
    WhileProgram,
    format_while,
    parse_while,
)
from models.revision.limit_lemma import stage_jump
from tests.machine.while_interpreter import Interpreter, OutOfSteps

EXAMPLES = Path(__file__).parents[2] / "examples" / "while"
X, Y, Z = Variable("X"), Variable("Y"), Variable("Z")


def expression(text: str) -> Expression:
    (command,) = parse_while(f"p read X {{ X := {text} }} write X").body
    assert isinstance(command, Assign)
    return command.value


def block(text: str) -> Block:
    return parse_while(f"p read X {{ {text} }} write X").body


def literal(number: int) -> Literal:
    return Literal(numeral(number))


# Syntax


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("nil", Literal(NIL)),
        ("false", Literal(NIL)),
        ("0", Literal(NIL)),
        ("true", Literal(TRUE)),
        ("3", literal(3)),
        ("<nil.nil>", Literal(TRUE)),
        ("< 2 . <true.false> >", Literal(parse_tree("<2.<1.0>>"))),
        ("[]", ListOf(())),
        ("[X]", ListOf((X,))),
        ("[X, hd Y = 1, []]", ListOf((X, Equals(Head(Y), literal(1)), ListOf(())))),
        ("cons X Y", MakePair(X, Y)),
        ("cons hd X tl Y", MakePair(Head(X), Tail(Y))),
        ("cons cons X Y Z", MakePair(MakePair(X, Y), Z)),
        ("hd tl ask X", Head(Tail(Question(X)))),
        ("hd cons X Y", Head(MakePair(X, Y))),
        ("((X))", X),
        # '=' is weaker than hd, tl and ask, groups to the right and ends up in a cons before it.
        ("hd X = Y", Equals(Head(X), Y)),
        ("hd (X = Y)", Head(Equals(X, Y))),
        ("ask X = true", Equals(Question(X), Literal(TRUE))),
        ("X = Y = Z", Equals(X, Equals(Y, Z))),
        ("(X = Y) = Z", Equals(Equals(X, Y), Z)),
        ("X = cons Y Z", Equals(X, MakePair(Y, Z))),
        ("cons X Y = Z", MakePair(X, Equals(Y, Z))),
        ("(cons X Y) = Z", Equals(MakePair(X, Y), Z)),
        ("cons X = Y Z", MakePair(Equals(X, Y), Z)),
        ("hd cons X Y = Z", Head(MakePair(X, Equals(Y, Z)))),
        ("cons cons X Y = Z X", MakePair(MakePair(X, Equals(Y, Z)), X)),
        ("X(*c*)=(* * ( *)Y", Equals(X, Y)),
        ("nilX", Variable("nilX")),
        ("_a'$9", Variable("_a'$9")),
        ("'", Variable("'")),
    ],
)
def test_an_expression_is_read_with_the_binding_of_hwhile(text: str, wanted: Expression) -> None:
    assert expression(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ()),
        ("X := Y", (Assign("X", Y),)),
        ("X := Y; Y := X", (Assign("X", Y), Assign("Y", X))),
        ("X := <add> [X, Y]", (Call("X", "add", ListOf((X, Y))),)),
        ("X := <add> <1.2>", (Call("X", "add", Literal(parse_tree("<1.2>"))),)),
        ("while X {}", (WhileDo(X, ()),)),
        ("while X = Y { X := Y }", (WhileDo(Equals(X, Y), (Assign("X", Y),)),)),
        ("if X { X := Y }", (IfElse(X, (Assign("X", Y),)),)),
        ("if X {} else {}", (IfElse(X, ()),)),
        ("if X {} else { X := Y }", (IfElse(X, (), (Assign("X", Y),)),)),
        ("switch X {}", (Switch(X, ()),)),
        ("switch X { default : X := Y }", (Switch(X, (), (Assign("X", Y),)),)),
        (
            "switch hd X { case 1:X:=Y; Y:=X case Y = Z : while X {} default : X := Z }",
            (
                Switch(
                    Head(X),
                    (
                        Case(literal(1), (Assign("X", Y), Assign("Y", X))),
                        Case(Equals(Y, Z), (WhileDo(X, ()),)),
                    ),
                    (Assign("X", Z),),
                ),
            ),
        ),
    ],
)
def test_a_block_is_read(text: str, wanted: Block) -> None:
    assert block(text) == wanted


def test_a_program_has_a_name_an_input_and_an_output() -> None:
    text = "// first\r\n(* read\n* *)p\tread A{}write B(**)// no newline"
    assert parse_while(text) == WhileProgram("p", "A", (), "B")


def test_comments_do_not_nest() -> None:
    assert expression("X (* (* *)") == X
    with pytest.raises(BadInput, match="unexpected '\\*'"):
        expression("X (* (* *) *)")


EVERYTHING = """\
all read X {
    X := <helper> cons X (Y = nil);
    while (hd X) = <1.2> {};
    while X {
        if tl X {
            X := tl tl X
        } else {
            X := []
        };
        if ask X {}
    };
    switch cons X Y {
        case (cons 1 X) = Y :
            X := [X, 2, nil];
            Y := X
        default :
            Y := hd cons X (cons Y Z)
    };
    switch X {}
} write Y
"""


def test_the_printer_indents_and_parenthesizes_no_more_than_needed() -> None:
    plain = EVERYTHING.replace("(hd X)", "hd X").replace("(cons Y Z)", "cons Y Z")
    assert format_while(parse_while(EVERYTHING)) == plain
    assert format_while(parse_while(plain)) == plain


def test_a_nested_equality_is_printed_in_parentheses() -> None:
    program = WhileProgram("p", "X", (Assign("X", Equals(X, Equals(Y, Z))),), "X")
    assert "X := X = (Y = Z)\n" in format_while(program)


def test_syntax_is_shown_as_the_python_that_makes_it() -> None:
    shown = "(Assign('X', ListOf((Variable('X'),))), WhileDo(ListOf(()), ()))"
    assert repr(block("X := [X]; while [] {}")) == shown
    assert eval(shown) == block("X := [X]; while [] {}")


def test_positions_do_not_count_in_comparisons() -> None:
    call = parse_while("p read X {\n X := <add> X } write X", source="p.while").body[0]
    assert call == Call("X", "add", X)
    assert hash(call) == hash(Call("X", "add", X))
    assert isinstance(call, Call)
    assert call.where == position("p read X {\n X := <add> X } write X", 18, "p.while")


@pytest.mark.parametrize(
    ("text", "line", "column", "what", "expected"),
    [
        ("", 1, 1, "the text ends too early", "a name"),
        ("read X {} write X", 1, 1, "unexpected 'read', which is a keyword", "a name"),
        ("p read while", 1, 8, "unexpected 'while', which is a keyword", "a name"),
        ("p read X\n{ X := 3", 2, 9, "the text ends too early", "';' or '}'"),
        ("p read X {} write X y", 1, 21, "unexpected 'y' after the program", "the end"),
        ("p read X {\n  X = 3 } write X", 2, 5, "unexpected '='", "':='"),
        ("p read X { X := 3; } write X", 1, 20, "unexpected '}'", "a command"),
        ("p read X { ; } write X", 1, 12, "unexpected ';'", "a command or '}'"),
        ("p read X { X := 3 Y := 4 }", 1, 19, "unexpected 'Y'", "';' or '}'"),
        ("p read X { X := hd X Y := 4 }", 1, 22, "unexpected 'Y'", "';' or '}'"),
        ("p read X { while X {} X := 1 }", 1, 23, "unexpected 'X'", "';' or '}'"),
        ("p read X { if X {} X := 1 }", 1, 20, "unexpected 'X'", "';', 'else' or '}'"),
        ("p read X { if X {} else if X {} }", 1, 25, "unexpected 'if'", "'{'"),
        ("p read X { X := }", 1, 17, "unexpected '}'", "an expression"),
        ("p read X { X := cons X }", 1, 24, "unexpected '}'", "an expression"),
        ("p read X { X := (X; }", 1, 19, "unexpected ';'", "')'"),
        ("p read X { X := [1 2] }", 1, 20, "unexpected '2'", "',' or ']'"),
        ("p read X { X := [1,] }", 1, 20, "unexpected ']'", "an expression"),
        ("p read X { X := 007 }", 1, 18, "unexpected '0'", "';' or '}'"),
        ("p read X { ask := X }", 1, 12, "unexpected 'ask', which is a keyword",
         "a command or '}'"),
        ("p read X { switch X { case 1 : case 2 : X := 1 } }", 1, 32,
         "unexpected 'case'", "a command"),
        ("p read X { switch X { default : X := 1 case 2 : X := 1 } }", 1, 40,
         "unexpected 'case'", "'}'"),
        ("p read X { switch X { case 2 : X := 1 X } }", 1, 39,
         "unexpected 'X'", "';', 'case', 'default' or '}'"),
        ("p read X { X := <nil.Y> }", 1, 22, "unexpected 'Y'",
         "a literal (nil, true, false, a number or <LITERAL.LITERAL>)"),
        ("p read X { X := <Y.Z> }", 1, 19, "unexpected '.'",
         "'>' (a pair <LITERAL.LITERAL> has no variables; for those there is cons)"),
        ("p read X { X := ? }", 1, 17, "unexpected '?'", "an expression"),
        ("p read X { X := 1 ?", 1, 19, "unexpected '?'", "';' or '}'"),
        ("p read X { X := @while }", 1, 17, "@while is not supported: it names a code of HWhile",
         "the number that it stands for in HWhile, 5"),
        ("p read X { X := [@:=] }", 1, 18, "@:= is not supported: it names a code of HWhile",
         "the number that it stands for in HWhile, 2"),
        ("p read X { X := @what }", 1, 17, "@what is not supported: it names a code of HWhile",
         "a number"),
        ("p read X { (* X := 3 }", 1, 12, "a comment that is not closed", "'*)'"),
        ("p read X { X := \n(* 3 }", 2, 1, "a comment that is not closed", "'*)'"),
        ("p read X { X := 1 (*) }", 1, 19, "a comment that is not closed", "'*)'"),
        ("p read X { X := 10000001 }", 1, 17, "the number 10000001",
         "a number from 0 to 10000000: numbers are unary"),
        ("p read X { X :=\n 99999999999999999999999 }", 2, 2, "the number 99999999999999999999…",
         "a number from 0 to 10000000: numbers are unary"),
    ],
)  # fmt: skip
def test_a_syntax_error_says_where_what_and_what_instead(
    text: str, line: int, column: int, what: str, expected: str
) -> None:
    if text.endswith("}") and what.startswith("the number"):
        text += " write X"
    with pytest.raises(BadInput) as caught:
        parse_while(text, source="f.while")
    assert (caught.value.what, caught.value.expected) == (what, expected)
    assert caught.value.where == f"f.while: line {line}, column {column}"


def test_without_a_source_name_the_position_stands_alone() -> None:
    with pytest.raises(BadInput) as caught:
        parse_while("p")
    assert caught.value.where == "line 1, column 2"


def test_a_source_too_long_is_refused() -> None:
    with pytest.raises(BadInput) as caught:
        parse_while(" " * (LONGEST_SOURCE + 1), source="f.while")
    assert str(caught.value) == (
        "f.while: a source of 1,000,001 characters; expected at most 1,000,000 characters"
    )


DEEP = 5_000


@pytest.mark.parametrize(
    "text",
    [
        "X := " + "(" * DEEP + "X" + ")" * DEEP,
        "X := " + "hd " * DEEP + "X",
        "X := " + "cons X " * DEEP + "X",
        "X := " + "cons " * DEEP + "X" + " X" * DEEP,
        "X := " + "X = " * DEEP + "X",
        "X := " + "[" * DEEP + "]" * DEEP,
        "X := " + "<nil." * 10_000 + "nil" + ">" * 10_000,
        "X := " + "<" * DEEP + "nil" + ".nil>" * DEEP,
        "X := 100000",
        "while X {" * (DEEP // 2) + "}" * (DEEP // 2),
        "if X {} else {" * (DEEP // 2) + "X := 1" + "}" * (DEEP // 2),
        "switch X { case X : " * (DEEP // 4) + "X := X" + "}" * (DEEP // 4),
        "switch hd X {" + " case 1 : X := 2" * (DEEP // 4) + "}",
        "; ".join(["X := hd X"] * DEEP),
    ],
    ids=lambda text: text[:16],
)
def test_deep_nesting_is_read_compared_printed_and_compiled(text: str) -> None:
    program = parse_while(f"p read X {{ {text} }} write X")
    assert parse_while(format_while(program)) == program
    assert compile_while(program)
    assert repr(program).startswith("WhileProgram('p', 'X', (")


@pytest.mark.parametrize("text", ["(" * DEEP, "<nil." * DEEP, "while X {" * DEEP, "[" * DEEP])
def test_deep_nesting_that_is_not_closed_is_a_syntax_error(text: str) -> None:
    with pytest.raises(BadInput):
        parse_while(f"p read X {{ X := {text}")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Variable("while"), "name 'while'"),
        (lambda: Variable("9"), "name '9'"),
        (lambda: Assign("", X), "name ''"),
        (lambda: Assign("X", "Y"), "('Y',)"),
        (lambda: Literal(3), "(3,)"),
        (lambda: MakePair(X, NIL), "(Variable('X'), nil)"),
        (lambda: ListOf([X]), "[Variable('X')]"),
        (lambda: WhileDo(X, [Assign("X", X)]), "[Assign('X', Variable('X'))]"),
        (lambda: IfElse(X, (X,)), "(Variable('X'),)"),
        (lambda: Case(X, ()), "a case without commands"),
        (lambda: WhileProgram("p", "X", (), "a b"), "name 'a b'"),
    ],
)
def test_syntax_that_has_no_text_cannot_be_made(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(BadInput) as caught:
        make()
    assert caught.value.what == message
    assert caught.value.expected


# What programs compute


def evaluate(text: str, value: str, *, oracle: str = "empty") -> Tree | None:
    return run(compile_source(text), parse_tree(value), oracle=parse_oracle(oracle)).value


@pytest.mark.parametrize(
    ("body", "value", "wanted"),
    [
        ("Y := X", "<1.2>", "<1.2>"),
        ("", "3", "nil"),
        ("Y := hd X", "<1.2>", "1"),
        ("Y := tl X", "<1.2>", "2"),
        ("Y := cons hd nil tl nil", "3", "<nil.nil>"),
        ("Y := [X, hd X, 7]", "<1.2>", "[<1.2>, 1, 7]"),
        ("Y := []", "1", "nil"),
        ("Y := [X = 3, X = 4, X = nil]", "3", "[true, false, false]"),
        ("Y := [X = nil, nil = X, X = 1]", "nil", "[true, true, false]"),
        ("Y := [hd X = tl X, hd X = hd X]", "<[1, 2].[1, 3]>", "[false, true]"),
        ("Y := X; X := 5", "4", "4"),
        ("while X { Y := cons nil Y; X := tl tl X }", "7", "4"),
        ("while X {}", "nil", "nil"),
        ("if X { Y := 1 } else { Y := 2 }", "5", "1"),
        ("if X { Y := 1 } else { Y := 2 }", "0", "2"),
        ("if X { Y := 1 }", "0", "0"),
        ("switch X { case 1 : Y := 11 case 2 : Y := 12 default : Y := 13 }", "1", "11"),
        ("switch X { case 1 : Y := 11 case 2 : Y := 12 default : Y := 13 }", "2", "12"),
        ("switch X { case 1 : Y := 11 case 2 : Y := 12 default : Y := 13 }", "3", "13"),
        ("switch X { case 1 : Y := 11 }", "2", "nil"),
        ("switch hd X { case Y : X := 4 case tl X : X := 5 }; Y := X", "<2.2>", "5"),
        # The first case that matches runs, alone, and assigning to the subject changes nothing.
        ("switch X { case 1 : X := 2 case 2 : X := 3 case 1 : X := 4 }; Y := X", "1", "2"),
        ("switch 2 { case X : Y := 1 default : Y := 3 }", "2", "1"),
        ("Y := [ask X, ask 1, ask ask 1, (ask X) = false]", "2", "[false, true, true, true]"),
    ],
)
def test_each_construct_means_what_the_textbook_says(body: str, value: str, wanted: str) -> None:
    text = f"p read X {{ {body} }} write Y"
    assert evaluate(text, value, oracle="set:1") == parse_tree(wanted)


def test_only_a_loop_whose_test_stays_true_fails_to_halt() -> None:
    assert run(compile_source("p read X { while true {} } write X"), TRUE, gas=999).value is None
    assert evaluate("p read X { while false {} } write X", "1") == TRUE


def test_the_subject_of_a_switch_is_asked_about_once() -> None:
    program = compile_source(
        "p read X { switch ask X { case 5 : X := 1 case 6 : X := 2 case true : X := 3 } } write X"
    )
    outcome = run(program, NIL, oracle=FULL)
    assert outcome.value == numeral(3)
    assert outcome.queries == ((NIL, TRUE),)


def test_a_question_is_asked_even_if_nobody_needs_the_answer() -> None:
    outcome = run(compile_source("p read X { Y := cons 1 ask X; Y := 2 } write X"), TRUE)
    assert outcome.value == TRUE
    assert outcome.queries == ((TRUE, NIL),)


def test_equality_is_decided_as_trees_are_equal() -> None:
    small = [tree for count in range(4) for tree in trees(count)]
    for left in small:
        for right in small:
            wanted = truth(left == right)
            assert run(EQUAL, Pair(left, right)).value == wanted
            assert run(is_tree(Id(), right), left).value == wanted


def test_equality_takes_steps_linear_in_the_smaller_tree() -> None:
    taken = [run(EQUAL, Pair(numeral(n), numeral(n))).steps for n in (0, 10, 20)]
    assert taken == [37, 687, 1337]
    assert (
        run(EQUAL, Pair(numeral(2), numeral(1_000))).steps
        == run(EQUAL, Pair(numeral(2), numeral(2_000))).steps
    )


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("p read X {} write X", "id"),
        ("p read X {} write Y", "quote 0"),
        ("p read X { while X { X := tl X } } write X", "while(id, tl)"),
        ("p read X { while ask X {} } write X", "while(ask, id)"),
        ("p read X { X := cons X X } write X", "cons(id, id)"),
        ("p read X { Y := hd X; Z := tl Y } write Z", "then(hd, tl)"),
        ("p read X { Y := [1, <2.3>]; Y := tl Y } write Y", "quote <<2.3>.0>"),
        ("p read X { Y := hd X; Y := tl X } write Y", "tl"),
        # Nothing is kept for a loop that overwrites it, nor for a choice that does so both ways.
        ("p read X { while X { Y := hd X; X := Y } } write X", "while(id, hd)"),
        ("p read X { Y := hd X; if tl X { Y := 1 } else { Y := 2 } } write Y",
         "if(tl, quote 1, quote 2)"),
        # The last two variables are kept in one piece while X takes the place of P.
        ("p read P { A := hd P; B := tl P; X := tl P; X := hd X; X := [X, A, B] } write X",
         "then(cons(id, hd), then(cons(hd, cons(tl, then(hd, tl))), then(cons(then(hd, tl), tl), "
         "then(cons(then(hd, hd), tl), cons(hd, cons(then(tl, hd), cons(then(tl, tl), quote 0)))"
         "))))"),
        ("p read X { if X = nil { X := 3 } else { X := 4 } } write X",
         "if(id, quote 4, quote 3)"),
        ("p read X { X := (hd X) = 1 } write X",
         "then(hd, if(id, if(hd, quote 0, if(tl, quote 0, quote 1)), quote 0))"),
        ("p read X { while X { Y := cons hd X Y; X := tl X } } write Y",
         "then(cons(id, quote 0), then(while(hd, then("
         "cons(hd, cons(then(hd, hd), tl)), cons(then(hd, tl), tl))), tl))"),
    ],
)  # fmt: skip
def test_compiled_programs_carry_only_what_is_needed(text: str, term: str) -> None:
    assert format_program(compile_source(text)) == term


# HWhile's own kind of programs


HWHILE_PROGRAMS = {
    "parity": """
        // Is the number even?
        parity
        read N {
            EVEN := true;
            while N {
                N := tl N;
                (* flip *)
                if EVEN { EVEN := false } else { EVEN := true }
            }
        } write EVEN
        """,
    "sum": """
        (* The sum of a list of numbers.
         * It has an inner loop.
         *)
        sum read LIST {
            TOTAL := 0;
            while LIST {
                ELEM := hd LIST;
                LIST := tl LIST;
                while ELEM {
                    TOTAL := cons nil TOTAL;
                    ELEM := tl ELEM
                }
            }
        } write TOTAL
        """,
    "either": """
        either read AB {
            A := hd AB; B := tl AB;
            if A { if B { R := nil } else { R := cons nil nil } }
            else { if B { R := cons nil nil } else { R := nil } }
        } write R
        """,
    "three": """
        three read X {
            switch X {
                case nil             : Y := 0
                case <nil.nil>       : Y := 1
                case <nil.<nil.nil>> : Y := 2
                default              : Y := 3
            }
        } write Y
        """,
    "twice": """
        twice read XY {
            X := hd XY;
            Y := tl XY;
            Z := <sum> [X, Y];
            Z := <sum> [Z, X]
        } write Z
        """,
    "pairs": """
        pairs read L {
            while (L = []) = false {
                OUT := cons cons hd L hd tl L OUT; L := tl tl L
            }
        } write OUT
        """,
}


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("parity", "6", "true"),
        ("parity", "7", "false"),
        ("sum", "[1, 2, 3]", "6"),
        ("sum", "[]", "0"),
        ("either", "<true.false>", "true"),
        ("either", "<true.true>", "false"),
        ("three", "2", "2"),
        ("three", "9", "3"),
        ("twice", "<4.5>", "13"),
        ("pairs", "[1, 2, 3, 4]", "[<3.4>, <1.2>]"),
    ],
)
def test_programs_in_the_style_of_hwhile_run(
    name: str, value: str, wanted: str, tmp_path: Path
) -> None:
    for other, text in HWHILE_PROGRAMS.items():
        (tmp_path / f"{other}.while").write_text(text, encoding="utf-8")
    program = load_program(tmp_path / f"{name}.while")
    assert run(program, parse_tree(value)).value == parse_tree(wanted)


# Files


def test_a_term_file_holds_a_core_term_with_comments(tmp_path: Path) -> None:
    path = tmp_path / "reverse.term"
    path.write_text("// while\nwhile(hd, // test\n cons(tl, ask))\n", encoding="utf-8")
    assert load_program(path) == While(Hd(), Cons(Tl(), Ask()))
    path.write_text("// while\nwhile(hd, // test\n cons tl)\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_program(path)
    assert caught.value.where == f"{path}: line 3, column 7"


def test_any_other_file_holds_a_source(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    path.write_bytes(b"\xef\xbb\xbfp read X {\r\n X := tl X } write X")
    assert load_program(path) == Tl()


def test_an_oracle_can_be_decided_by_a_source() -> None:
    oracle = parse_oracle(f"while:{EXAMPLES / 'member.while'}")
    assert oracle(parse_tree("<2.[1, 2]>")) == TRUE
    assert oracle(parse_tree("<3.[1, 2]>")) == NIL


def refused(path: Path) -> BadInput:
    with pytest.raises(BadInput) as caught:
        load_program(path)
    return caught.value


@pytest.mark.parametrize("suffix", [".while", ".term"])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"p{suffix}"
    expected = "a text file of at most 1,000,000 bytes"

    def check(what: str) -> None:
        error = refused(path)
        assert (error.where, error.what, error.expected) == (str(path), what, expected)

    check("cannot read it: No such file or directory")
    path.mkdir()
    check("cannot read it: Is a directory")
    path.rmdir()
    path.write_bytes(b"p read \xff")
    check("byte 7 is not UTF-8 text")
    path.write_bytes(b" " * (LARGEST_FILE + 1))
    check("the file is too large")
    assert refused(Path("a\0b")).what == "cannot read it: embedded null byte"


def write_programs(directory: Path, **calls: list[str]) -> None:
    """Programs that only call others, a line for each call."""
    for name, called in calls.items():
        body = ";\n".join(f"X := <{other}> X" for other in called)
        (directory / f"{name}.while").write_text(f"{name} read X {{\n{body}}} write X")


def test_a_call_is_the_program_in_the_same_directory(tmp_path: Path) -> None:
    write_programs(tmp_path, a=["b", "c", "b"], b=["c"])
    (tmp_path / "c.while").write_text("c read X { Y := cons X Y } write Y")
    assert run(load_program(tmp_path / "a.while"), NIL).value == parse_tree("[[[nil]]]")
    text = "q read Y { X := 5; Z := <c> Y } write Z"
    program = compile_source(text, source="text", directory=tmp_path)
    assert program == Cons(Id(), Quote(NIL))


def test_variables_of_a_called_program_are_nil_at_each_call(tmp_path: Path) -> None:
    (tmp_path / "one.while").write_text("one read X { Y := cons nil Y } write Y")
    text = "q read X { while X { X := tl X; Y := <one> Y; Z := [Y, Z] } } write Z"
    program = compile_source(text, directory=tmp_path)
    assert run(program, numeral(2)).value == parse_tree("[1, [1, 0]]")


def test_a_call_that_nobody_needs_still_runs(tmp_path: Path) -> None:
    (tmp_path / "loop.while").write_text("loop read X { while true {} } write X")
    text = "q read X { Y := <loop> X } write X"
    assert run(compile_source(text, directory=tmp_path), NIL, gas=1_000).value is None


def test_a_call_of_a_missing_program_is_named_with_its_place(tmp_path: Path) -> None:
    write_programs(tmp_path, a=["b"], b=["b2", "c"], b2=[])
    error = refused(tmp_path / "a.while")
    assert error.where == f"{tmp_path / 'b.while'}: line 3, column 7"
    assert error.what == (
        f"the program <c> in {tmp_path / 'c.while'}: cannot read it: No such file or directory"
    )


def test_a_syntax_error_in_a_called_program_has_its_own_place(tmp_path: Path) -> None:
    write_programs(tmp_path, a=["b"])
    (tmp_path / "b.while").write_text("b read X")
    assert refused(tmp_path / "a.while").where == f"{tmp_path / 'b.while'}: line 1, column 9"


@pytest.mark.parametrize(
    ("calls", "cycle", "place"),
    [
        ({"a": ["a"]}, "a -> a", "a.while: line 2, column 7"),
        ({"a": ["b"], "b": ["a"]}, "a -> b -> a", "b.while: line 2, column 7"),
        (
            {"a": ["d", "b"], "b": ["d", "c"], "c": ["b"], "d": []},
            "b -> c -> b",
            "c.while: line 2, column 7",
        ),
    ],
)
def test_programs_that_call_each_other_are_refused(
    calls: dict[str, list[str]], cycle: str, place: str, tmp_path: Path
) -> None:
    write_programs(tmp_path, **calls)
    error = refused(tmp_path / "a.while")
    assert error.what == f"programs that call each other: {cycle}"
    assert error.where == str(tmp_path / place)


def test_calls_inside_all_commands_are_followed(tmp_path: Path) -> None:
    (tmp_path / "c.while").write_text("c read X { X := cons X X } write X")
    text = """p read X {
        if X { X := <c> X } else { X := <c> X };
        switch X { case 1 : X := <c> X default : X := <c> X };
        while X { X := <c> X; X := nil }
    } write X"""
    assert run(compile_source(text, directory=tmp_path), NIL).value == NIL


def test_a_long_chain_of_calls_is_compiled(tmp_path: Path) -> None:
    names = [f"p{number}" for number in range(400)]
    write_programs(tmp_path, **{a: [b] for a, b in zip(names, [*names[1:], "end"], strict=True)})
    (tmp_path / "end.while").write_text("end read X { X := tl X } write X")
    assert load_program(tmp_path / "p0.while") == Tl()


def test_a_text_without_a_directory_has_no_calls() -> None:
    with pytest.raises(BadInput) as caught:
        compile_source("p read X { X := <q> X } write X", source="text")
    assert caught.value.where == "text: line 1, column 18"
    assert caught.value.what == "a call of <q> and no directory to look for q.while"


def test_translations_that_would_be_too_large_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [f"x{number}" for number in range(1_001)]
    many = "; ".join(f"{name} := X" for name in names)
    with pytest.raises(BadInput, match="the program p has 1002 variables; expected at most 1000"):
        compile_source(f"p read X {{ {many} }} write X")
    commands = "; ".join(f"{name} := hd {name}" for name in names[:30] * 4)
    text = f"p read X {{ {commands}; X := [{', '.join(names[:30])}] }} write X"
    assert size(compile_source(text)) > 1_000
    monkeypatch.setattr(while_compile, "MOST_MOVES", 1_000)
    with pytest.raises(BadInput, match="carries its 31 variables through too many commands"):
        compile_source(text)


# Examples


EXAMPLE_RUNS = [
    ("add", "<2.3>", "empty", "5"),
    ("add", "<0.0>", "empty", "0"),
    ("multiply", "<3.4>", "empty", "12"),
    ("multiply", "<0.4>", "empty", "0"),
    ("reverse", "[1, 2, 3]", "empty", "[3, 2, 1]"),
    ("append", "<[1, 2].[3]>", "empty", "[1, 2, 3]"),
    ("append", "<[].[]>", "empty", "[]"),
    ("equal", "<[1, [2]].[1, [2]]>", "empty", "true"),
    ("equal", "<<1.2>.<1.3>>", "empty", "false"),
    ("equal", "<1.0>", "empty", "false"),
    ("member", "<3.[1, 3, 4]>", "empty", "true"),
    ("member", "<5.[1, 3, 4]>", "empty", "false"),
    ("count_members", "[1, 2, 3]", "set:1,3,7", "2"),
    ("count_members", "[1, 2, 3]", "full", "3"),
    ("least", "2", "set:1,5", "5"),
    ("least", "2", "full", "2"),
    ("least", "2", "empty", None),
    ("diagonal", "3", "set:1", "3"),
    ("diagonal", "1", "set:1", None),
    ("calculate", "[0, 2, 3]", "empty", "5"),
    ("calculate", "[1, 2, 3]", "empty", "6"),
    ("calculate", "[2, 3, 3]", "empty", "true"),
    ("calculate", "[3, 3, 3]", "empty", "nil"),
    ("pairs", "<1.<2.0>>", "empty", "5"),
    ("pairs", "0", "empty", "0"),
    # while(hd, cons(quote 2, ask)), if(id, hd, tl), id
    ("program_size", "<8.<<1.0>.<5.<<4.2>.<3.0>>>>>", "empty", "7"),
    ("program_size", "<7.<<0.0>.<<1.0>.<2.0>>>>", "empty", "4"),
    ("program_size", "0", "empty", "1"),
    ("own_size", "<<4.3>.<1.0>>", "empty", "4"),
    ("length", "[]", "empty", "0"),
    ("length", "[4, [], <1.0>]", "empty", "3"),
    ("member_from", "<2.0>", "set:2", "false"),
    ("member_from", "<2.1>", "set:2", "true"),
    ("member_from", "<2.4>", "set:6", "false"),
    ("member_from", "<2.5>", "set:6", "true"),
    ("member_from", "<3.9>", "set:2", "false"),
    ("only_member_from", "<1.1>", "set:2,4", "false"),
    ("only_member_from", "<1.2>", "set:2,4", "true"),
    ("only_member_from", "<1.3>", "set:2,4", "true"),
    ("only_member_from", "<1.4>", "set:2,4", "false"),
    ("waver", "<3.0>", "empty", "false"),
    ("waver", "<3.1>", "empty", "true"),
    ("waver", "<3.2>", "empty", "false"),
    ("waver", "<3.3>", "empty", "true"),
    ("waver", "<3.8>", "empty", "true"),
    # nil is read as id, which halts after a step
    ("halts_within", "<nil.0>", "empty", "false"),
    ("halts_within", "<nil.1>", "empty", "true"),
    # while(id, id)
    ("halts_within", "<<8.<1.1>>.5>", "empty", "false"),
    # while(ask, id), which halts after three steps if it is not in the set
    ("halts_within", "<<8.<<3.0>.<0.0>>>.2>", "empty", "false"),
    ("halts_within", "<<8.<<3.0>.<0.0>>>.3>", "empty", "true"),
    ("halts_within", "<<8.<<3.0>.<0.0>>>.5>", "full", "false"),
]


@pytest.mark.parametrize(("name", "value", "oracle", "wanted"), EXAMPLE_RUNS)
def test_examples_compute_what_their_comments_say(
    name: str, value: str, oracle: str, wanted: str | None
) -> None:
    program = load_program(EXAMPLES / f"{name}.while")
    outcome = run(program, parse_tree(value), oracle=parse_oracle(oracle), gas=3_000)
    assert outcome.value == (None if wanted is None else parse_tree(wanted))


def test_the_guesser_of_the_jump_simulates_the_machine() -> None:
    """Against the machine itself, on all small programs and trees."""
    program = load_program(EXAMPLES / "halts_within.while")
    own = [code(small) for count in (1, 2, 3) for small in programs(count)]
    own += [tree for count in range(4) for tree in trees(count)]
    own.append(code(parse_program("if(ask, cons(hd, quote 2), while(tl, tl))")))
    stages = (0, 1, 3, 4, 9)
    for oracle in (EMPTY, FULL):
        inputs = [Pair(tree, numeral(stage)) for tree in own for stage in stages]
        found = run_batch([program] * len(inputs), inputs, oracle=oracle, results=True)
        wanted = [stage_jump(oracle, stage, tree) for tree in own for stage in stages]
        assert list(found.results) == wanted
        assert 0 < wanted.count(TRUE) < len(wanted)


def test_every_example_is_run_named_as_its_file_and_says_what_it_does() -> None:
    files = sorted(EXAMPLES.glob("*.while"))
    assert [file.stem for file in files] == sorted({name for name, _, _, _ in EXAMPLE_RUNS})
    for file in files:
        text = file.read_text(encoding="utf-8")
        program = parse_while(text, source=str(file))
        assert program.name == file.stem
        assert text.startswith("(*")
        assert parse_while(format_while(program)) == program


# Programs at random


@settings(max_examples=100, deadline=None)
@given(strategies.while_programs("p", "'$"))
@example(parse_while(EVERYTHING))
def test_what_is_printed_is_read_back(program: WhileProgram) -> None:
    text = format_while(program)
    assert parse_while(text) == program
    assert format_while(parse_while(text)) == text


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(
    strategies.while_programs("p", "q"),
    strategies.while_programs("q", most=2),
    strategies.while_programs(most=2),
    strategies.trees(7),
    strategies.functions(),
)
def test_the_compiled_program_does_what_the_text_says(
    program: WhileProgram, p: WhileProgram, q: WhileProgram, value: Tree, oracle: Table
) -> None:
    interpreter = Interpreter(oracle, {"p": p, "q": q}, steps=40)
    try:
        wanted = interpreter.run(program, value)
    except OutOfSteps:
        assume(False)
    compiled: dict[str, Program] = {}
    for name, source in (("q", q), ("p", p), ("main", program)):
        compiled[name] = compile_while(source, macros=lambda call: compiled[call.program])
    outcome = run(compiled["main"], value, oracle=oracle)
    assert outcome.value == wanted
    assert list(outcome.queries) == interpreter.log


PIECES = [*sorted(while_syntax.KEYWORDS), *"p X ; := : = < > . , ( ) [ ] { } 0 17 @if ?".split()]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "//", "(*", "*)", "\n", "p read X {"])), st.text())
def test_any_text_is_a_program_or_bad_input(pieces: list[str], other: str) -> None:
    for text in (" ".join(pieces), f"p read X {{ X := {other}", other):
        try:
            parse_while(text)
        except BadInput as error:
            assert error.where.startswith("line ")
            assert error.expected


@given(strategies.trees(3), strategies.trees(7))
def test_a_comparison_with_one_tree_is_right(tree: Tree, value: Tree) -> None:
    assert run(is_tree(Id(), tree), value).value == truth(tree == value)


def test_the_smaller_of_the_two_comparisons_is_taken() -> None:
    few = while_compile._FEW
    for pairs, smaller in ((few, True), (2 * few, False)):
        literal_size = size(is_tree(Id(), numeral(pairs)))
        general_size = size(Cons(Id(), Quote(numeral(pairs)))) + 1 + size(EQUAL)
        assert (literal_size < general_size) is smaller


def test_simplifications_keep_their_place() -> None:
    assert while_compile.choose(If(Hd(), Quote(NIL), Quote(TRUE)), Tl(), Id()) == If(
        Hd(), Id(), Tl()
    )
    assert while_compile.then(Quote(parse_tree("<1.2>")), Hd()) == Quote(numeral(1))
    assert while_compile.then(Quote(NIL), Tl()) == Quote(NIL)
    assert while_compile.then(Ask(), Quote(NIL)) == parse_program("then(ask, quote nil)")
    assert run(compile_source("p read X { X := hd [1] } write X"), NIL, oracle=EMPTY).steps == 1


def test_lark_is_loaded_only_to_read_a_source() -> None:
    # What runs core terms should start fast.
    script = "import sys, models.machine.source; sys.exit('lark' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0
