"""Elements: values of a set of which nothing is known, to the solvers and where equations run."""

from __future__ import annotations

from typing import Any

import pytest

from models.algebra import Element, Mapped
from models.streaming.machine import NoWords, Word, Words, word_at, word_count, words_of, zeros
from models.streaming.semiring import Operation
from proofs.kernel import terms
from proofs.kernel.countermodel import explain
from proofs.kernel.evaluate import Atom, Finite, Unevaluated, compiled, default
from proofs.kernel.parcel import packed, unpacked
from proofs.kernel.reading import array_of, function_of, is_a, made, part, sort_of
from proofs.kernel.rules import KernelError, Refused, Statement, prove, theorem_named
from proofs.kernel.tactics import forall, variables
from proofs.kernel.terms import (
    BOOL,
    ELEMENT,
    INT,
    Term,
    both,
    either,
    equal,
    implies,
    negate,
    script,
    select,
)
from tests.kernel import element_class

WORDS = sort_of(Words)
a, b, c, d = variables(a=ELEMENT, b=ELEMENT, c=ELEMENT, d=ELEMENT)
f, plus = variables(f=array_of(ELEMENT, ELEMENT), plus=sort_of(Operation))
(words,) = variables(words=WORDS)
DECLARED = "(declare-sort Element 0)"


def add(left: Term, right: Term) -> Term:
    return select(select(plus, left), right)


def test_their_sort() -> None:
    assert sort_of(Element) is ELEMENT
    assert plus.sort is array_of(ELEMENT, array_of(ELEMENT, ELEMENT))
    assert sort_of(Mapped[int, Element]) is array_of(INT, ELEMENT)


def test_the_text_declares_them_once_and_only_if_it_speaks_of_them() -> None:
    n, flag = variables(n=INT, flag=BOOL)
    for goal in (
        equal(a, b), equal(select(f, a), a), equal(add(a, b), c), is_a(words, Word),
        equal(part(words, Word, "word"), a),
    ):
        assert script([], goal).count(DECLARED) == 1
        assert script([], goal).index(DECLARED) < script([], goal).index("(assert")
    assert DECLARED not in script([], both(n < 2, flag))


def test_no_arithmetic_and_no_order() -> None:
    for wrong in (lambda: a + b, lambda: a * 2, lambda: a < b, lambda: -a):
        with pytest.raises(TypeError):
            wrong()  # type: ignore[no-untyped-call]
    with pytest.raises(TypeError):
        equal(a, 1)
    with pytest.raises(TypeError):
        equal(a, words)


TRUE_OF_ALL = [
    forall(a, b, f, then=implies(equal(a, b), equal(select(f, a), select(f, b)))),
    forall(a, b, c, then=either(equal(a, b), equal(b, c), negate(equal(a, b)))),
    forall(a, b, plus, then=equal(add(a, b), add(a, b))),
    forall(a, b, then=negate(equal(made(Word, a, made(NoWords)), made(NoWords)))),
    forall(
        a, b, words,
        then=implies(equal(made(Word, a, words), made(Word, b, words)), equal(a, b)),
    ),
]


@pytest.mark.parametrize("number", range(len(TRUE_OF_ALL)))
def test_what_is_so_in_every_set_is_proved(number: int) -> None:
    assert prove(f"of elements {number}", TRUE_OF_ALL[number]).statement is not None


FALSE_OF_SOME = {
    "one": forall(a, b, then=equal(a, b)),
    "two": forall(a, b, then=negate(equal(a, b))),
    "at most two": forall(a, b, c, then=either(equal(a, b), equal(b, c), equal(a, c))),
    "at most three": forall(
        a, b, c, d,
        then=either(*(
            equal(x, y) for i, x in enumerate((a, b, c, d)) for y in (a, b, c, d)[:i]
        )),
    ),
    "identity": forall(a, f, then=equal(select(f, a), a)),
    "commutative": forall(a, b, plus, then=equal(add(a, b), add(b, a))),
    "associative": forall(
        a, b, c, plus, then=equal(add(add(a, b), c), add(a, add(b, c)))
    ),
    "idempotent": forall(a, plus, then=equal(add(a, a), a)),
    "one word": forall(words, a, then=implies(is_a(words, Word), equal(
        words, made(Word, a, made(NoWords))
    ))),
}


@pytest.mark.parametrize("name", FALSE_OF_SOME)
def test_what_fails_in_some_set_is_refused_with_a_countermodel(name: str) -> None:
    """Sets with one element, and with any number of them, are among those spoken of."""
    with pytest.raises(Refused) as error:
        prove(f"of some sets: {name}", FALSE_OF_SOME[name])
    assert theorem_named(f"of some sets: {name}") is None
    found = explain(error.value)
    assert found is not None and found.confirmed, found
    for value in found.values.values():
        assert isinstance(value, Atom | Finite | Word | NoWords)


def test_a_countermodel_names_elements() -> None:
    with pytest.raises(Refused) as error:
        prove("all equal", FALSE_OF_SOME["one"])
    found = explain(error.value)
    assert found is not None
    assert found.values["a"] != found.values["b"]
    assert isinstance(default(ELEMENT), Atom) and repr(Atom("x")) == "x"


def test_a_datatype_of_that_name_is_refused() -> None:
    other = sort_of(element_class.Element)
    (e,) = variables(e=other)
    with pytest.raises(TypeError, match="a datatype is called Element"):
        script([], both(is_a(e, element_class.Made), equal(a, b)))
    with pytest.raises((TypeError, KernelError)):
        prove("mixed", Statement((e, a, b), (), both(is_a(e, element_class.Made), equal(a, b))))


def test_another_sort_of_that_name_is_none() -> None:
    """Only the sort of the kernel itself is declared."""
    other = terms.Sort("Element")
    x, y = variables(x=other, y=other)
    with pytest.raises(TypeError, match="no sort to the solvers"):
        script([], both(equal(a, b), equal(x, y)))


def test_any_python_value_is_one_where_equations_run() -> None:
    for value in ("word", (1, 2), frozenset({3}), 1.5, None):
        assert words_of(zeros(value, 2)) == [value, value]
        assert word_at(zeros(value, 2), 1, "missing") == value
        assert word_at(zeros(value, 2), 2, "missing") == "missing"
    assert word_count(zeros("word", 3)) == 3


def test_equal_elements_of_two_sets_are_not_taken_for_each_other() -> None:
    """1, 1.0 and True are equal to Python; what a run makes of one is not what it makes of another:
    in the order in which they come, each is handed back as it was."""
    (f,) = variables(f=array_of(WORDS, ELEMENT))
    term = equal(select(f, function_of(zeros)(a, 1)), a)
    seen: list[Any] = []

    def look(row: Words) -> Any:
        assert isinstance(row, Word)
        seen.append(type(row.word))
        return row.word

    value = compiled(term)
    for one in (1, True, 1.0):
        assert value({"a": one, "f": look}) is True
    assert seen == [int, bool, float]


def test_a_field_that_is_missing_is_no_element_that_one_could_name() -> None:
    with pytest.raises(Unevaluated):
        compiled(equal(part(words, Word, "word"), a))({"words": NoWords(), "a": 0})
    assert compiled(equal(part(words, Word, "word"), a))(
        {"words": Word("x", NoWords()), "a": "x"}
    ) is True


def test_statements_about_them_travel() -> None:
    for statement in (*TRUE_OF_ALL, *FALSE_OF_SOME.values()):
        assert unpacked(packed(statement)).text() == statement.text()
