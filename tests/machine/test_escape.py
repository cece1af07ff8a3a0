"""The errors that small programs make about their diagonals, and what is said where one is open."""

from __future__ import annotations

import pytest

from checks.exhaust import programs_to
from checks.machine.escape import Error, Verdict, confirm, decided, errors
from models.machine.diagonal import diagonal, short_diagonal
from models.machine.oracle import EMPTY, FULL, Table
from models.machine.program import Ask, Id, Program, code, parse_program, size
from models.machine.tree import TRUE


def by_program(found: list[Error]) -> dict[Program, tuple[str, str]]:
    return {error.program: (error.answer, error.verdict) for error in found}


def test_errors_of_the_programs_of_size_1() -> None:
    found = list(errors(5, EMPTY))
    assert all(error.confirmed for error in found)
    assert all(error.code == code(diagonal(error.program)) for error in found)
    said = {
        # A code is a pair; that of a Then has a pair for a head, the opcode, and for a tail.
        "id": ("yes", "loops"), "hd": ("yes", "loops"), "tl": ("yes", "loops"),
        "ask": ("no", "halts"), "quote nil": ("no", "halts"),
    }
    assert by_program(found) == {parse_program(text): row for text, row in said.items()}


def test_the_oracle_matters() -> None:
    ask = Ask()
    assert by_program(list(errors(5, FULL)))[ask] == ("yes", "loops")
    member = Table({code(diagonal(ask)): TRUE})
    assert by_program(list(errors(5, member)))[ask] == ("yes", "loops")
    assert by_program(list(errors(3, member, diagonal=short_diagonal)))[ask] == ("no", "halts")


def test_a_program_without_an_answer() -> None:
    loop = parse_program("while(id, id)")
    assert by_program(list(errors(7, EMPTY)))[loop] == ("none", "loops")


def test_sizes_are_counted() -> None:
    for k in range(5, 8):
        found = list(errors(k, EMPTY))
        assert max(size(error.program) for error in found) == k - 4
        assert max(size(error.diagonal) for error in found) == k
    assert list(errors(4, EMPTY)) == []
    assert len(list(errors(3, EMPTY, diagonal=short_diagonal))) == 5


@pytest.mark.parametrize(
    ("answer", "verdict", "confirmed"),
    [
        ("yes", "loops", True), ("no", "halts", True), ("none", "loops", True),
        ("none", "halts", True), ("yes", "halts", False), ("no", "loops", False),
        ("unknown", "loops", None), ("yes", "unknown", None), ("unknown", "unknown", None),
    ],
)
def test_what_is_an_error(answer: str, verdict: str, confirmed: bool | None) -> None:
    error = Error(Id(), diagonal(Id()), answer, verdict)  # type: ignore[arg-type]
    assert error.confirmed is confirmed


# As a check


def table(k: int) -> dict[Program, Verdict]:
    """Verdicts of the diagonals of size at most k, as a complete table has them."""
    verdict = decided(EMPTY)
    return {diagonal(p): verdict(diagonal(p)) for p in programs_to(k - 4)}


def test_with_verdicts_from_a_table() -> None:
    verdicts = table(7)
    found = confirm("errors", 7, [("empty", EMPTY)], lambda oracle: verdicts.__getitem__)
    assert (found.verdict, found.instances, found.skipped) == ("exhausted", 5 + 1 + 77, 0)
    assert found.bound == "all programs whose diagonal has size ≤ 7, oracles empty"


def test_a_wrong_verdict_is_found() -> None:
    verdicts = {**table(5), diagonal(Ask()): "loops"}
    found = confirm("errors", 5, [("empty", EMPTY)], lambda oracle: verdicts.__getitem__)
    assert found.verdict == "refuted"
    assert found.counterexample == {
        "oracle": "empty", "p": "ask", "answer": "no", "diagonal": "loops",
    }


def test_an_open_verdict_is_not_hidden() -> None:
    verdicts = {**table(5), diagonal(Ask()): "unknown"}
    found = confirm("errors", 5, [("empty", EMPTY)], lambda oracle: verdicts.__getitem__)
    assert (found.verdict, found.instances, found.skipped) == ("unknown", 4, 1)
    assert found.reason == "not decided for 1, such as ask relative to empty"


def test_no_program_is_no_confirmation() -> None:
    found = confirm("errors", 4, [("empty", EMPTY)])
    assert (found.verdict, found.reason) == ("unknown", "no diagonal has size ≤ 4")
