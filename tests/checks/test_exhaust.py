"""Finite checks: what they count, where they stop, what they show."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from checks.exhaust import exhaust, programs_to, text, trees_to
from checks.machine.semantics import runs
from models.machine.oracle import EMPTY, Table
from models.machine.program import Hd, Program, programs, size
from models.machine.tree import NIL, TRUE, numeral, pairs, parse_tree
from proofs.kernel.reading import sort_of
from proofs.kernel.rules import Statement
from proofs.kernel.tactics import forall, variables
from proofs.kernel.terms import INT, REAL, equal, negate

(n,) = variables(n=INT)
x, y = variables(x=REAL, y=REAL)
(p, q) = variables(p=sort_of(Program), q=sort_of(Program))


def numbers(*values: int) -> list[dict[str, Any]]:
    return [{"n": value} for value in values]


def test_a_statement_that_holds() -> None:
    statement = forall(n, given={"positive": n > 0}, then=n + n > n)
    found = exhaust("doubling", statement, numbers(*range(-3, 6)), bound="n from -3 to 5")
    assert (found.name, found.verdict, found.bound) == ("doubling", "exhausted", "n from -3 to 5")
    assert (found.instances, found.skipped) == (5, 4)
    assert found.counterexample is None
    assert found.reason == ""
    assert found.seconds >= 0


def test_the_first_instance_that_fails_is_shown_and_is_the_last() -> None:
    seen: list[int] = []

    def instances() -> Iterator[dict[str, Any]]:
        for value in range(-2, 100):
            seen.append(value)
            yield {"n": value}

    statement = forall(n, given={"not negative": n >= 0}, then=n * 2 < 10)
    found = exhaust("small", statement, instances(), bound="n to 99")
    assert found.verdict == "refuted"
    assert found.counterexample == {"n": "5"}
    assert (found.instances, found.skipped) == (6, 2)
    assert seen == list(range(-2, 6))


@pytest.mark.parametrize("values", [[], [-1, -2]])
def test_a_check_without_instances_says_nothing(values: list[int]) -> None:
    statement = forall(n, given={"positive": n > 0}, then=n > 0)
    found = exhaust("empty", statement, numbers(*values), bound="")
    assert found.verdict == "unknown"
    assert found.reason == "the hypotheses hold on none of the instances"
    assert (found.instances, found.skipped) == (0, len(values))


def test_what_has_no_value_is_skipped() -> None:
    statement = forall(x, y, then=equal(x / y * y, x))
    rows = [{"x": Fraction(a), "y": Fraction(b)} for a in range(3) for b in range(3)]
    found = exhaust("quotient", statement, rows, bound="")
    assert (found.verdict, found.instances, found.skipped) == ("exhausted", 6, 3)


def test_arithmetic_is_exact() -> None:
    statement = forall(x, then=equal(x / 10 * 3, Fraction(3, 10) * x))
    rows = [{"x": Fraction(k, 7)} for k in range(50)]
    assert exhaust("tenths", statement, rows, bound="").verdict == "exhausted"


def test_a_schema_is_tested_on_the_values_of_its_window() -> None:
    (z,) = variables(z=INT)
    statement = forall(n, given={"least": ((z,), n <= z)}, then=n <= 0)

    def verdict(values: list[int]) -> Any:
        found = exhaust(
            "least", statement, numbers(-1, 0, 1, 2), bound="", window={"least": lambda _: values}
        )
        return found.verdict, found.counterexample, found.instances

    assert verdict([0, 5]) == ("exhausted", None, 2)
    # Too small a window lets through what the hypothesis excludes.
    assert verdict([5]) == ("refuted", {"n": "1"}, 3)


def test_a_window_may_depend_on_the_instance() -> None:
    (z,) = variables(z=INT)
    statement = forall(n, given={"above": ((z,), z > n)}, then=n < 2)
    found = exhaust(
        "above",
        statement,
        numbers(0, 1, 2),
        bound="",
        window={"above": lambda row: range(row["n"], 2)},
    )
    assert (found.verdict, found.instances, found.skipped) == ("refuted", 1, 2)


def test_a_schema_with_two_bound_variables() -> None:
    y, z = variables(y=INT, z=INT)
    statement = forall(n, given={"between": ((y, z), negate(equal(y + z, n)))}, then=n < 2)
    found = exhaust(
        "between", statement, numbers(0, 1, 2, 3), bound="",
        window={"between": lambda _: [(1, 1), (0, 3)]},
    )
    assert (found.verdict, found.instances, found.skipped) == ("exhausted", 2, 2)


def test_programs_in_a_statement() -> None:
    statement: Statement = forall(p, q, then=negate(equal(p, q)))
    rows = [{"p": one, "q": two} for one in programs(1) for two in programs(1)]
    found = exhaust("different", statement, rows, bound="size 1")
    assert (found.verdict, found.instances) == ("refuted", 1)
    assert found.counterexample == {"p": "id", "q": "id"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (NIL, "0"),
        (numeral(12), "12"),
        (parse_tree("[1, 2]"), "<1.<2.0>>"),
        (7, "7"),
        (Fraction(3, 4), "3/4"),
        (Fraction(2), "2"),
        (Hd(), "hd"),
        (Table({TRUE: NIL}), "{1 -> 0, else -> 0}"),
    ],
)
def test_values_as_a_reader_writes_them(value: object, shown: str) -> None:
    assert text(value) == shown


def test_smallest_first() -> None:
    sizes = [size(program) for program in programs_to(4)]
    assert sizes == sorted(sizes)
    assert [sizes.count(k) for k in range(1, 5)] == [5, 1, 77, 160]
    counts = [pairs(tree) for tree in trees_to(4)]
    assert counts == sorted(counts)
    assert [counts.count(k) for k in range(5)] == [1, 1, 2, 5, 14]
    assert list(programs_to(0)) == []


def test_the_instances_of_the_machine_theorems() -> None:
    rows = list(runs(3, 1, 2))
    assert len(rows) == 83 * 2 * 3 * 3
    assert rows[0]["f"] is EMPTY
    assert {row["n"] for row in rows} == {0, 1, 2}
    assert len({(id(row["f"]), row["p"], row["x"], row["n"]) for row in rows}) == len(rows)
