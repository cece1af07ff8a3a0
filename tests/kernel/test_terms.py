"""Terms: interned, well sorted, simplified truly, written once, with plain names only."""

from __future__ import annotations

import copy
import itertools
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.machine.program import Cons, Id, Program, Then
from models.machine.semantics import Done, Outcome
from models.machine.tree import NIL, Nil, Pair, Tree
from proofs.kernel import terms
from proofs.kernel.evaluate import Finite, compiled
from proofs.kernel.reading import array_of, is_a, made, part, quote, sort_of
from proofs.kernel.rules import Refused, prove
from proofs.kernel.solvers import decide
from proofs.kernel.tactics import forall, variables
from proofs.kernel.terms import (
    BOOL,
    FALSE,
    INT,
    REAL,
    TRUE,
    Function,
    Term,
    as_term,
    both,
    choose_by,
    constant,
    either,
    equal,
    iff,
    implies,
    negate,
    script,
    select,
    substitute,
)
from tests.kernel.equations import k, m, n, r, s

TREE, PROGRAM = sort_of(Tree), sort_of(Program)
t, u, p, q = variables(t=TREE, u=TREE, p=PROGRAM, q=PROGRAM)
(truth,) = variables(truth=BOOL)

# --- interning ------------------------------------------------------------------------------------


def test_equal_terms_are_one_object() -> None:
    assert constant("n", INT) is n
    assert (n + 1) * (m - 2) is (n + 1) * (m - 2)
    assert quote(Pair(NIL, NIL), TREE) is made(Pair, made(Nil), made(Nil))
    assert as_term(Fraction(2, 4)) is as_term(Fraction(1, 2))
    assert as_term(3) is not as_term(3, REAL)
    assert constant("n", REAL) is not n
    assert as_term(True) is TRUE and as_term(1) is not TRUE


def test_terms_of_many_threads_are_one_object() -> None:
    barrier = threading.Barrier(8)
    found: list[list[Term]] = []

    def make() -> None:
        barrier.wait()
        found.append([n * i + (m - i) for i in range(10_000, 10_400)])

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(len(set(map(id, row))) == 1 for row in zip(*found, strict=True))


def test_terms_do_not_change_and_are_not_copied_into_others() -> None:
    with pytest.raises(AttributeError):
        n.op = "true"
    with pytest.raises(AttributeError):
        n.extra = 1
    with pytest.raises(TypeError):
        pickle.dumps(n)
    with pytest.raises(TypeError):
        copy.deepcopy(n + 1)


def test_a_term_has_no_truth_value_and_is_not_compared_with_values() -> None:
    for attempt in (
        lambda: bool(n > 0),
        lambda: 0 < n < 3,
        lambda: n == 0,
        lambda: r == Fraction(1, 2),
        lambda: n != "n",
        lambda: 3 in [n],
        lambda: max(n, m),
    ):
        with pytest.raises(TypeError):
            attempt()
    assert (n == n) is True and (n == m) is False and n in (m, n)


# --- sorts ----------------------------------------------------------------------------------------

WRONG: dict[str, Callable[[], object]] = {
    "whole and real": lambda: n + r,
    "a fraction among whole numbers": lambda: n + Fraction(1, 2),
    "a fraction as a whole number": lambda: as_term(Fraction(1, 2), INT),
    "a float": lambda: r + 0.5,
    "text": lambda: as_term("n"),
    "none": lambda: as_term(None),
    "a truth value as a number": lambda: as_term(True, INT),
    "a number as a truth value": lambda: as_term(1, BOOL),
    "a sum of truth values": lambda: truth + truth,
    "a sum of trees": lambda: t + u,
    "an order of trees": lambda: t < u,
    "an order of truth values": lambda: truth < truth,
    "halves of whole numbers": lambda: n / 2,
    "equality of a tree and a number": lambda: equal(t, n),
    "equality of a tree and a program": lambda: equal(t, p),
    "a conjunction of numbers": lambda: both(n, m),
    "a negated number": lambda: negate(n),
    "an implication of numbers": lambda: implies(n, m),
    "an equivalence of numbers": lambda: iff(n, m),
    "a choice by a number": lambda: choose_by(n, n, m),
    "a choice between sorts": lambda: choose_by(truth, n, r),
    "a pair of numbers": lambda: made(Pair, n, m),
    "a pair of one": lambda: made(Pair, t),
    "a program of trees": lambda: made(Cons, t, u),
    "a test of another sort": lambda: is_a(t, Cons),
    "a field of another sort": lambda: part(p, Pair, "head"),
    "a field that is not there": lambda: part(t, Pair, "top"),
    "a value of no function": lambda: select(t, u),
    "a value at another sort": lambda: select(variables(f=array_of(TREE, INT))[0], n),
    "a call with another sort": lambda: Function("f", (INT,), INT)(r),
    "a call with too many": lambda: Function("f", (INT,), INT)(n, n),
    "the height of a number": lambda: terms.rank(n),
    "a variable replaced by another sort": lambda: substitute(n, {n: r}),
    "a term replaced that is no variable": lambda: substitute(n + 1, {n + 1: n}),
    "a goal that is no claim": lambda: script([], n),
    "a premise that is no claim": lambda: script([n], truth),
}


@pytest.mark.parametrize("attempt", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_sort_is_refused(attempt: Callable[[], object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        attempt()


def test_numbers_take_the_sort_beside_them() -> None:
    assert (r + 1).args[1] is as_term(1, REAL)
    assert (1 - n).args[0] is as_term(1, INT)
    assert equal(r, 0).args[1] is as_term(0, REAL)
    assert choose_by(truth, 1, r).args[1] is as_term(1, REAL)


ILL_SORTED = [
    lambda: terms.rebuild(n + m, (r, s)),
    lambda: terms.rebuild(n + m, (r, m)),
    lambda: terms.rebuild(n < m, (t, u)),
    lambda: terms.rebuild(select(variables(f=array_of(TREE, INT))[0], t), (t, t)),
    lambda: terms.rebuild(terms.rank(t), (n,)),
    lambda: terms.rebuild(r / s, (n, m)),
    lambda: terms.rebuild(n + m, (n, m, k)),
    lambda: terms.rebuild(n - m, (n,)),
]


@pytest.mark.parametrize("make", ILL_SORTED)
def test_what_is_put_together_with_wrong_sorts_is_not_written(make: Callable[[], Term]) -> None:
    term = make()
    with pytest.raises(TypeError):
        script([], term if term.sort is BOOL else equal(term, constant("other", term.sort)))


# --- names ----------------------------------------------------------------------------------------

NAMES = [
    "", " ", "a b", "a)", "(a", "|a|", "a|", 'a"', "a;", "a\n", "a\n(assert false)", "1a", "a!",
    "a!1", "opaque!0", "part!0", "a'", "a-b", "é", "x Int) (assert false) (declare-const y", "\\a",
    "a\u2028", ":a", "#b1", "@a",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_more_than_letters_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        constant(name, INT)
    with pytest.raises(ValueError):
        Function(name, (INT,), INT)


@pytest.mark.parametrize("name", ["true", "not", "and", "let", "forall", "assert", "abs", "select"])
def test_a_name_that_solvers_read_as_their_own_proves_nothing(name: str) -> None:
    """What they refuse to declare is at most refused; nothing false is proved of it."""
    x = constant(name, BOOL)
    f = Function(name, (INT,), INT)
    for claim, among in ((x, (x,)), (negate(x), (x,)), (f(n) >= 0, (n,)), (f(n) < 0, (n,))):
        with pytest.raises((Refused, TypeError)):
            prove(f"of the name {name}", forall(*among, then=claim))


def test_one_name_for_two_things_is_refused() -> None:
    f, g = Function("f", (INT,), INT), Function("f", (INT,), INT)
    pair = made(Pair, t, u)
    for claim in (
        equal(f(0), g(0)),
        equal(constant("f", INT), f(0)),
        both(n > 0, constant("n", REAL) > 0),
        equal(constant("Pair", TREE), pair),
        equal(Function("Pair", (TREE, TREE), TREE)(t, u), pair),
        equal(Function("Pair.head", (TREE,), TREE)(pair), t),
        both(constant("rank.Tree", INT) > 0, terms.rank(t) > 0),
    ):
        with pytest.raises(TypeError, match="two symbols"):
            script([], claim)


def test_two_datatypes_of_one_name_are_refused() -> None:
    classes = [type("A", (), {}), type("B", (), {})]
    first, second = (terms.Datatype("Same", [cls]) for cls in classes)
    for sort in (first, second):
        sort.constructors[0].fields = ()
    claims = [equal(constant("x", first), constant("y", first)),
              equal(constant("z", second), constant("w", second))]
    assert all(script([], claim) for claim in claims)
    with pytest.raises(TypeError, match="two datatypes"):
        script(claims, FALSE)


# --- substitution ---------------------------------------------------------------------------------


def test_substitution_is_at_once_and_whole() -> None:
    assert substitute(n + m, {n: m, m: n}) is m + n
    assert substitute((n + 1) * (n + 1), {n: m}) is (m + 1) * (m + 1)
    assert substitute(n + 1, {}) is n + 1
    assert substitute(n + 1, {m: k}) is n + 1


def test_substitution_simplifies_what_it_decides() -> None:
    assert substitute(is_a(t, Pair), {t: made(Pair, u, u)}) is TRUE
    assert substitute(part(t, Pair, "head"), {t: made(Pair, u, t)}) is u
    assert substitute(choose_by(is_a(t, Pair), n, m), {t: made(Nil)}) is m
    # A field of what has no such field stays as it is.
    assert substitute(part(t, Pair, "head"), {t: made(Nil)}).op == "get"


def test_a_deep_term_is_no_trouble() -> None:
    term, tree = n, NIL
    for _ in range(2_000):
        term, tree = term + n, Pair(NIL, tree)
    assert substitute(term, {n: m}) is not term
    assert script([], negate(equal(term, 0))).count("(define-fun") == 0
    assert quote(tree, TREE).op == "make"


# --- simplification, against the meaning of terms -------------------------------------------------

VALUES = {"n": st.integers(-3, 3), "m": st.integers(-3, 3), "truth": st.booleans()}


@st.composite
def expressions(draw: st.DrawFn, boolean: bool, depth: int = 3) -> tuple[Term, Callable[..., Any]]:
    """A term, made by the makers, with its meaning as a Python function, made beside it."""
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        if boolean:
            return draw(
                st.sampled_from(
                    [
                        (TRUE, lambda n, m, truth: True),
                        (FALSE, lambda n, m, truth: False),
                        (truth, lambda n, m, truth: truth),
                    ]
                )
            )
        value = draw(st.integers(-2, 2))
        return draw(
            st.sampled_from(
                [
                    (as_term(value), lambda n, m, truth: value),
                    (n, lambda n, m, truth: n),
                    (m, lambda n, m, truth: m),
                ]
            )
        )
    if boolean:
        kind = draw(st.sampled_from(["not", "and", "or", "=>", "iff", "ite", "=", "<", "<="]))
    else:
        kind = draw(st.sampled_from(["+", "-", "*", "ite"]))
    numeric = kind in ("=", "<", "<=", "+", "-", "*") or (kind == "ite" and not boolean)
    a, x = draw(expressions(not numeric, depth - 1))
    b, y = draw(expressions(not numeric, depth - 1))
    c, z = draw(expressions(True, depth - 1))
    made_: dict[str, tuple[Callable[[], Term], Callable[..., Any]]] = {
        "not": (lambda: negate(a), lambda *v: not x(*v)),
        "and": (lambda: both(a, b, a), lambda *v: x(*v) and y(*v)),
        "or": (lambda: either(a, b, a), lambda *v: x(*v) or y(*v)),
        "=>": (lambda: implies(a, b), lambda *v: not x(*v) or y(*v)),
        "iff": (lambda: iff(a, b), lambda *v: x(*v) == y(*v)),
        "ite": (lambda: choose_by(c, a, b), lambda *v: x(*v) if z(*v) else y(*v)),
        "=": (lambda: equal(a, b), lambda *v: x(*v) == y(*v)),
        "<": (lambda: a < b, lambda *v: x(*v) < y(*v)),
        "<=": (lambda: a <= b, lambda *v: x(*v) <= y(*v)),
        "+": (lambda: a + b, lambda *v: x(*v) + y(*v)),
        "-": (lambda: a - b, lambda *v: x(*v) - y(*v)),
        "*": (lambda: a * b, lambda *v: x(*v) * y(*v)),
    }
    make, meaning = made_[kind]
    return make(), meaning


@given(st.booleans().flatmap(expressions), st.fixed_dictionaries(VALUES))
def test_the_makers_keep_the_meaning(
    expression: tuple[Term, Callable[..., Any]], values: dict[str, Any]
) -> None:
    term, meaning = expression
    assert compiled(term)(values) == meaning(values["n"], values["m"], values["truth"])


@given(expressions(True), expressions(False), st.fixed_dictionaries(VALUES))
def test_substitution_keeps_the_meaning(
    expression: tuple[Term, Callable[..., Any]],
    value: tuple[Term, Callable[..., Any]],
    values: dict[str, Any],
) -> None:
    changed = substitute(expression[0], {n: value[0]})
    rest = values["m"], values["truth"]
    assert compiled(changed)(values) == expression[1](value[1](values["n"], *rest), *rest)


def test_every_simplification_of_small_terms() -> None:
    """All makers, on all terms that they might treat apart."""
    small = [TRUE, FALSE, truth, negate(truth), n < m, negate(n < m)]
    integers = [as_term(i) for i in (-1, 0, 1)] + [n, m, n + 1]
    cases: list[tuple[Term, Callable[..., Any], tuple[Term, ...]]] = []
    for a, b in itertools.product(small, repeat=2):
        cases += [
            (both(a, b), lambda x, y: x and y, (a, b)),
            (either(a, b), lambda x, y: x or y, (a, b)),
            (implies(a, b), lambda x, y: not x or y, (a, b)),
            (iff(a, b), lambda x, y: x == y, (a, b)),
            (negate(both(a, b)), lambda x, y: not (x and y), (a, b)),
        ]
        cases += [
            (choose_by(c, a, b), lambda z, x, y: x if z else y, (c, a, b)) for c in small
        ]
    for a, b in itertools.product(integers, repeat=2):
        cases += [
            (equal(a, b), lambda x, y: x == y, (a, b)),
            (a < b, lambda x, y: x < y, (a, b)),
            (a <= b, lambda x, y: x <= y, (a, b)),
            (a - b, lambda x, y: x - y, (a, b)),
            (a * b, lambda x, y: x * y, (a, b)),
        ]
        cases += [
            (choose_by(c, a, b), lambda z, x, y: x if z else y, (c, a, b)) for c in small
        ]
    for i, j, b in itertools.product((-1, 0, 1), (0, 1), (True, False)):
        values = {"n": i, "m": j, "truth": b}
        for term, meaning, parts in cases:
            assert compiled(term)(values) == meaning(*(compiled(p)(values) for p in parts)), term


def test_the_solvers_agree_with_the_meaning() -> None:
    """Claims that hold for all values in a small range, and one that fails, each decided so."""
    among = [n >= -2, n <= 2, m >= -2, m <= 2]
    claims = [
        negate(n < m), both(n <= m, m <= n), either(n < m, equal(n, m)), iff(truth, n < 0),
        implies(truth, n * n >= m), equal(choose_by(n < m, n, m), choose_by(m < n, m, n)),
        equal(n - (m - n), 2 * n - m), n * n * n <= 8,
    ]
    for claim in claims:
        value = compiled(claim)
        holds = all(
            value({"n": i, "m": j, "truth": b})
            for i, j, b in itertools.product(range(-2, 3), range(-2, 3), (True, False))
        )
        wanted = "unsat" if holds else "sat"
        assert {answer.verdict for answer in decide(script(among, claim)).values()} == {wanted}


def test_numbers_are_written_as_what_they_are() -> None:
    for number, wanted in (
        (as_term(-3), "(- 3)"), (as_term(10**40), str(10**40)),
        (as_term(Fraction(-3, 4)), "(- (/ 3.0 4.0))"), (as_term(2, REAL), "2.0"),
        (as_term(0, REAL), "0.0"),
    ):
        other = constant("other", number.sort)
        assert f"(= other {wanted})" in script([], equal(other, number))


def test_a_shared_part_is_written_once() -> None:
    shared = (n + m) * (n + m)
    text = script([shared > 0], shared + shared > 1)
    assert text.count("(* ") == 1 and text.count("(+ n m)") == 1
    assert text.index("(declare-const n Int)") < text.index("(define-fun part!0")


def test_a_script_is_the_same_in_another_process() -> None:
    """No address and no order of sets is in the text, so what was proved once is found again."""
    program = (
        "from tests.kernel.test_terms import *\n"
        "print(script([is_a(p, Cons), select(variables(f=array_of(TREE, INT))[0], t) > n],"
        " equal(part(p, Cons, 'first'), q)), end='')"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=Path(__file__).parents[2],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1 and "(check-sat)" in texts.pop()


# --- what the solvers are told of data ------------------------------------------------------------


@pytest.mark.parametrize(
    "claim",
    [
        equal(part(made(Id), Cons, "first"), part(made(Id), Then, "first")),
        equal(part(made(Nil), Pair, "head"), made(Nil)),
        equal(part(made(Nil), Pair, "head"), part(made(Nil), Pair, "tail")),
        equal(r / 0, 0),
        equal(r / 0, s / 0),
        equal((r / 0) * 0, r),
        equal(select(variables(f=array_of(INT, INT))[0], n), 0),
        terms.rank(t) > 0,
        equal(t, u),
    ],
    ids=repr,
)
def test_what_has_no_value_may_be_anything(claim: Term) -> None:
    with pytest.raises(Refused):
        prove("no value", forall(*terms.constants(claim), then=claim))


def test_data_are_free() -> None:
    """Constructors are injective and different, and there is nothing else."""
    halted = sort_of(Outcome)
    (o,) = variables(o=halted)
    for claim in (
        implies(equal(made(Pair, t, u), made(Pair, u, t)), equal(t, u)),
        negate(equal(made(Nil), made(Pair, t, u))),
        either(is_a(t, Pair), equal(t, made(Nil))),
        negate(equal(t, made(Pair, t, u))),
        implies(is_a(o, Done), equal(o, made(Done, part(o, Done, "value"), part(o, Done, "gas")))),
    ):
        assert prove(f"data {claim!r}", forall(*terms.constants(claim), then=claim))


def test_function_values_are_their_values() -> None:
    table = Finite({NIL: 3}, 5)
    f = variables(f=array_of(TREE, INT))[0]
    assert compiled(select(f, t))({"f": table, "t": NIL}) == 3
    assert compiled(select(f, t))({"f": table, "t": Pair(NIL, NIL)}) == 5


def test_function_values_can_be_looked_up() -> None:
    table = Finite({NIL: Finite({}, 3), Pair(NIL, NIL): Finite({}, 4)}, Finite({}, 5))
    same = Finite(dict(reversed(table.values.items())), Finite({}, 5))
    assert {table: "found"}[same] == "found"
    assert same not in {Finite({}, Finite({}, 5)): "other"}
