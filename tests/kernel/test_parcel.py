"""Statements as data: they come out as they went in, or not at all."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from checks.catalogue import CARDS
from checks.verification import prove_card
from models.machine.program import Program, size
from models.machine.semantics import Done, OutOfGas, evaluate
from models.machine.tree import Tree, numeral
from proofs.amdahl.objective import time
from proofs.kernel.parcel import Parcel, packed, unpacked
from proofs.kernel.reading import array_of, function_of, is_a, made, part, quote, sort_of
from proofs.kernel.rules import Statement, theorems
from proofs.kernel.tactics import forall, variables
from proofs.kernel.terms import (
    BOOL,
    INT,
    REAL,
    as_term,
    choose_by,
    either,
    equal,
    negate,
    rank,
    select,
)
from tests.kernel.equations import counting

TREE, PROGRAM = sort_of(Tree), sort_of(Program)
ORACLE = array_of(TREE, TREE)
n, m, r, b = variables(n=INT, m=INT, r=REAL, b=BOOL)
f, p, x = variables(f=ORACLE, p=PROGRAM, x=TREE)
outcome = function_of(evaluate)(f, p, x, n)

STATEMENTS: Mapping[str, Statement] = {
    "nothing": forall(then=as_term(True)),
    "numbers": forall(n, m, given={"h": n < m + 2, "other": negate(m * n <= -3)}, then=n - m < 2),
    "fractions": forall(r, given={"h": r > 0}, then=r / 3 <= r),
    "truth": forall(b, n, then=either(b, equal(choose_by(b, n, 1), 1))),
    "data": forall(x, then=equal(x, quote(numeral(3), TREE))),
    "heights": forall(p, then=rank(p) >= 0),
    "schema": forall(f, x, given={"h": ((x,), equal(select(f, x), x))}, then=equal(x, x)),
    "calls": forall(
        f, p, x, n,
        given={"halts": is_a(outcome, Done)},
        then=equal(outcome, made(Done, part(outcome, Done, "value"), function_of(size)(p))),
    ),
    "no fields": forall(f, p, x, n, then=equal(outcome, made(OutOfGas))),
}


@pytest.fixture(scope="module")
def proved() -> dict[str, Statement]:
    """Every statement that finite checks run."""
    found: dict[str, Statement] = {}
    for card in CARDS:
        found |= prove_card(card)[3]
    return found


def sent(statement: Statement) -> Statement:
    """By way of another process's memory."""
    parcel = pickle.loads(pickle.dumps(packed(statement)))
    assert isinstance(parcel, Parcel)
    return unpacked(parcel)


@pytest.mark.parametrize("name", STATEMENTS)
def test_what_is_sent_arrives(name: str) -> None:
    assert_same(sent(STATEMENTS[name]), STATEMENTS[name])


def assert_same(found: Statement, wanted: Statement) -> None:
    assert found == wanted
    assert found.text() == wanted.text()
    # In one process equal terms are one object.
    assert found.conclusion is wanted.conclusion
    for one, other in zip(found.hypotheses, wanted.hypotheses, strict=True):
        assert one.term is other.term


def test_every_statement_of_the_catalogue_can_be_sent(proved: dict[str, Statement]) -> None:
    assert len(proved) > 40
    before = len(theorems())
    for statement in proved.values():
        assert_same(sent(statement), statement)
    assert len(theorems()) == before


def test_real_functions_are_sent() -> None:
    R, s, x = variables(R=REAL, s=REAL, x=REAL)
    statement = forall(R, s, x, then=time().function(R, s, x) >= 0)
    assert_same(sent(statement), statement)


@pytest.mark.parametrize("change", [
    {"conclusion": 0},
    {"variables": ()},
    {"hypotheses": ()},
    {"digest": "0" * 64},
])
def test_a_parcel_that_says_something_else_is_refused(change: dict[str, Any]) -> None:
    statement = forall(b, n, given={"h": b}, then=choose_by(b, negate(b), n > 0))
    parcel = packed(statement)
    assert_same(unpacked(parcel), statement)
    with pytest.raises(Exception, match=r"changed on its way|not a variable of the statement"):
        unpacked(replace(parcel, **change))


def test_a_changed_part_is_refused() -> None:
    parcel = packed(forall(n, then=n < 2))
    (place,) = [at for at, row in enumerate(parcel.parts) if row[0] == "int"]
    op, args, sort, _ = parcel.parts[place]
    parts = (*parcel.parts[:place], (op, args, sort, 3), *parcel.parts[place + 1 :])
    with pytest.raises(ValueError, match="changed on its way"):
        unpacked(replace(parcel, parts=parts))


def test_what_has_no_name_in_a_module_is_not_sent() -> None:
    count = function_of(counting())
    with pytest.raises(TypeError, match="not to be found by its name"):
        packed(forall(n, then=count(n) >= 0))


def test_parcels_are_small(proved: dict[str, Statement]) -> None:
    assert max(len(pickle.dumps(packed(s))) for s in proved.values()) < 10_000
