"""Terms as a reader writes them: the text reads as the term, and literals are short."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.machine.program import Cons, Hd, Id, Program, Quote, Then, parse_program
from models.machine.semantics import Bottom, Control, Do, Next, Outcome, Push, Stack, Stop
from models.machine.tree import NIL, Nil, Pair, Tree, numeral, parse_tree
from proofs.kernel.evaluate import compiled
from proofs.kernel.reading import array_of, is_a, made, part, quote, sort_of
from proofs.kernel.rules import Hypothesis
from proofs.kernel.show import cases, show
from proofs.kernel.tactics import forall, variables
from proofs.kernel.terms import (
    BOOL,
    INT,
    REAL,
    Term,
    as_term,
    both,
    choose_by,
    either,
    equal,
    iff,
    implies,
    negate,
    select,
)
from tests.kernel.equations import k, m, n, r, s

TREE, PROGRAM = sort_of(Tree), sort_of(Program)
t, u, p, q = variables(t=TREE, u=TREE, p=PROGRAM, q=PROGRAM)
a, b, c = variables(a=BOOL, b=BOOL, c=BOOL)
(f,) = variables(f=array_of(TREE, INT))
sort_of(Control), sort_of(Stack)  # their constructors can be used from now on
HALF = Fraction(1, 2)


# --- terms ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (n + m * k, "n + m · k"),
        ((n + m) * k, "(n + m) · k"),
        (n - (m - k), "n - (m - k)"),
        (n - m - k, "n - m - k"),
        (r / (s * r), "r / (s · r)"),
        (n * n, "n²"),
        ((n + m) * (n + m) * k, "(n + m)² · k"),
        (n * n * n, "n² · n"),
        (n * (m - 1), "n · (m - 1)"),
        (r * HALF, "r · (1/2)"),
        (r / HALF, "r / (1/2)"),
        (HALF + r, "1/2 + r"),
        (as_term(-1) + n, "-1 + n"),
        (n - -1, "n - (-1)"),
        (negate(equal(n, m)), "n ≠ m"),
        (negate(equal(n + 1, m)), "n + 1 ≠ m"),
        (negate(iff(a, b)), "not (a ⟺ b)"),
        (negate(n < m), "not n < m"),
        (negate(negate(equal(n, m))), "n = m"),
        (both(negate(equal(n, m)), n > 0), "n ≠ m and 0 < n"),
        (implies(both(a, b), either(a, c)), "a and b ⟹ a or c"),
        (both(a, either(b, c)), "a and (b or c)"),
        (both(implies(a, b), c), "(a ⟹ b) and c"),
        (implies(implies(a, b), c), "(a ⟹ b) ⟹ c"),
        (iff(a, implies(b, c)), "a ⟺ (b ⟹ c)"),
        (select(f, t) + 1, "f(t) + 1"),
        (is_a(t, Pair), "t is Pair"),
        (negate(is_a(t, Pair)), "not t is Pair"),
        (part(t, Pair, "head"), "t.head"),
        (choose_by(a, n, m) + 1, "(if a then n else m) + 1"),
    ],
)
def test_terms(term: Term, text: str) -> None:
    assert show(term) == repr(term) == text


numbers = st.recursive(
    st.sampled_from([n, m, k]) | st.integers(-2, 2).map(as_term),
    lambda parts: st.tuples(st.sampled_from("+-*"), parts, parts).map(
        lambda drawn: {
            "+": drawn[1] + drawn[2], "-": drawn[1] - drawn[2], "*": drawn[1] * drawn[2],
        }[drawn[0]]
    ),
    max_leaves=8,
)
formulas = st.recursive(
    st.tuples(st.sampled_from(["<", "≤", "=", "≠"]), numbers, numbers).map(
        lambda drawn: {
            "<": drawn[1] < drawn[2], "≤": drawn[1] <= drawn[2], "=": equal(drawn[1], drawn[2]),
            "≠": negate(equal(drawn[1], drawn[2])),
        }[drawn[0]]
    ),
    lambda parts: parts.map(negate) | st.tuples(parts, parts).map(lambda two: both(*two))
    | st.tuples(parts, parts).map(lambda two: either(*two)),
    max_leaves=5,
)


def read(text: str, values: dict[str, Any]) -> Any:
    """The value of a text by Python's own precedences, which are the usual ones."""
    signs = {"·": "*", "≤": "<=", "≠": "!=", "²": "**2", " = ": " == "}
    for sign, python in signs.items():
        text = text.replace(sign, python)
    return eval(text, {"__builtins__": {}, "true": True, "false": False}, values)


@given(term=numbers | formulas, values=st.tuples(*[st.integers(-3, 3)] * 3))
def test_what_is_written_reads_as_the_same(term: Term, values: tuple[int, ...]) -> None:
    assignment = dict(zip("nmk", values, strict=True))
    assert read(show(term), assignment) == compiled(term)(assignment)


# --- literals -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["1", "3", "<1.0>", "<<1.2>.<3.0>>"])
def test_trees_are_written_as_trees(text: str) -> None:
    literal = quote(parse_tree(text), TREE)
    assert parse_tree(show(literal)) == parse_tree(text)
    assert show(made(Pair, literal, t)) == f"Pair({show(literal)}, t)"


@pytest.mark.parametrize("text", ["quote 2", "cons(hd, tl)", "while(then(hd, ask), quote <1.0>)"])
def test_programs_are_written_as_programs(text: str) -> None:
    literal = quote(parse_program(text), PROGRAM)
    assert show(literal) == text
    assert show(made(Then, literal, p)) == f"Then({text}, p)"
    assert show(both(equal(p, literal), a)) == f"p = {text} and a"


def test_a_constructor_without_fields_has_its_name() -> None:
    assert show(quote(NIL, TREE)) == "Nil"
    assert show(quote(Hd(), PROGRAM)) == "Hd"
    assert show(made(Cons, made(Id), p)) == "Cons(Id, p)"


def test_a_literal_is_one_word_to_what_is_around_it() -> None:
    assert show(made(Then, made(Quote, t), made(Cons, made(Id), made(Hd)))) == (
        "Then(Quote(t), cons(id, hd))"
    )


def test_other_data_have_their_constructors() -> None:
    """Python's words for them are not a reader's."""
    control = made(Next, made(Do, made(Hd)), made(Stop))
    assert show(control) == "Next(Do(Hd), Stop)"
    assert show(made(Push, quote(numeral(1), TREE), made(Bottom))) == "Push(1, Bottom)"
    done = sort_of(Outcome).constructors[0]
    assert show(made(done.cls, quote(numeral(2), TREE), as_term(3))).endswith("(2, 3)")


def test_a_deep_literal() -> None:
    assert show(quote(numeral(20_000), TREE)) == "20000"
    deep = Id()
    for _ in range(3_000):
        deep = Then(deep, Id())
    assert show(quote(deep, PROGRAM)) == "(a program of size 6001)"


def head(tree: Term) -> Term:
    return choose_by(is_a(tree, Nil), tree, part(tree, Pair, "head"))


def test_a_head_that_nil_has_too() -> None:
    assert show(head(t)) == "head(t)"
    assert show(head(head(t))) == "head(head(t))"
    assert show(made(Pair, head(t), u)) == "Pair(head(t), u)"
    tail = choose_by(is_a(t, Nil), t, part(t, Pair, "tail"))
    assert show(is_a(tail, Pair)) == "tail(t) is Pair"


@pytest.mark.parametrize(
    "term",
    [
        choose_by(is_a(t, Nil), u, part(t, Pair, "head")),  # of nil it is something else
        choose_by(is_a(t, Nil), t, part(u, Pair, "head")),
        choose_by(is_a(u, Nil), t, part(t, Pair, "head")),
        choose_by(is_a(t, Pair), t, part(t, Pair, "head")),  # only of a pair is it the tree itself
        choose_by(is_a(p, Cons), p, part(p, Cons, "first")),
        choose_by(is_a(t, Nil), part(t, Pair, "head"), t),
    ],
)
def test_no_other_choice_is_called_a_head(term: Term) -> None:
    assert term.op == "ite"
    assert show(term).startswith("if ")


# --- cases ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "rows"),
    [
        (n + 1, [("n + 1", "")]),
        (choose_by(a, n, m), [("n", "a"), ("m", "")]),
        (choose_by(a, n, choose_by(b, m, k)), [("n", "a"), ("m", "b"), ("k", "")]),
        (
            choose_by(a, choose_by(b, n, m), k),
            [("n", "a and b"), ("m", "a"), ("k", "")],
        ),
        (choose_by(a, n, choose_by(b, n, m)), [("n", "a or b"), ("m", "")]),
        (
            choose_by(a, choose_by(b, n, m), choose_by(c, m, k)),
            [("n", "a and b"), ("m", "a or c"), ("k", "")],
        ),
        (choose_by(a, choose_by(b, n, m), m), [("n", "a and b"), ("m", "")]),
        (choose_by(either(a, b), n, m), [("n", "(a or b)"), ("m", "")]),
        (
            choose_by(a, choose_by(either(b, c), n, m), k),
            [("n", "a and (b or c)"), ("m", "a"), ("k", "")],
        ),
        (
            choose_by(is_a(t, Nil), quote(numeral(2), TREE), head(t)),
            [("2", "t is Nil"), ("head(t)", "")],
        ),
        (choose_by(a, n, m) + 1, [("(if a then n else m) + 1", "")]),
        (head(t), [("head(t)", "")]),
    ],
)
def test_cases(term: Term, rows: list[tuple[str, str]]) -> None:
    assert cases(term) == rows


conditions = st.recursive(
    st.sampled_from([a, b, c]),
    lambda parts: parts.map(negate) | st.tuples(parts, parts).map(lambda two: both(*two))
    | st.tuples(parts, parts).map(lambda two: either(*two)),
    max_leaves=3,
)
choices = st.recursive(
    st.sampled_from([n, m, k, n + 1]),
    lambda parts: st.tuples(conditions, parts, parts).map(lambda drawn: choose_by(*drawn)),
    max_leaves=6,
)


@given(term=choices)
def test_the_first_case_that_holds_is_the_value(term: Term) -> None:
    rows = cases(term)
    assert rows[-1][1] == "" and all(condition for _, condition in rows[:-1])
    numbers = {"n": 5, "m": 7, "k": 11}
    for truths in itertools.product([True, False], repeat=3):
        values = {**numbers, **dict(zip("abc", truths, strict=True))}
        first = next(v for v, condition in rows if not condition or read(condition, values))
        assert read(first, values) == compiled(term)(values)


# --- statements -----------------------------------------------------------------------------------


def test_hypotheses() -> None:
    assert str(Hypothesis("h", n > 0)) == "0 < n"
    assert str(Hypothesis("h", select(f, t) > n, (t,))) == "for all t: n < f(t)"
    statement = forall(
        f, n, given={"g": negate(equal(n, 0)), "h": ((t,), select(f, t) > n)}, then=n > 1
    )
    assert str(statement) == "for all f, n: if n ≠ 0 and (for all t: n < f(t)) then 1 < n"
    assert str(forall(n, then=equal(n, n + 0))) == f"for all n: {equal(n, n + 0)!r}"


def test_real_literals() -> None:
    assert show(equal(r, as_term(HALF, REAL))) == "r = 1/2"
    assert show(r < as_term(-2, REAL)) == "r < -2"
