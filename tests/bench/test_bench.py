"""The bench runs, with and without a C compiler, and says what it measured."""

from __future__ import annotations

import shutil

import pytest

from bench import machine
from bench.measure import Section, medians


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each measurement is one run."""
    monkeypatch.setattr(machine, "STEPS", 1)
    monkeypatch.setattr(machine, "REFERENCE_STEPS", 100)


@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
def test_the_machine_in_c_takes_the_same_steps(short: None) -> None:
    found = machine.section(1)
    assert [row["program"] for row in found.rows] == list(machine.PROGRAMS)
    for row in found.rows:
        assert set(row) == set(machine.COLUMNS)
        assert all(row[key] > 0 for key in row if key != "program")
        assert row["to_c"] == row["compiled"] / row["c"]
    assert len(found.notes) == 2


def test_without_a_c_compiler(short: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    found = machine.section(1)
    assert all("c" not in row and row["to_reference"] > 0 for row in found.rows)
    assert found.notes[0].startswith("No C compiler is here")


def test_a_section_as_text_and_as_json() -> None:
    rows = [{"what": "one", "many": 12_345, "ratio": 0.5}, {"what": "another", "many": 6}]
    columns = {"what": "what", "many": "how many", "ratio": "ratio"}
    section = Section("name", "the title", columns, rows, ["A note."])
    assert str(section).splitlines() == [
        "name: the title",
        "",
        "what     how many  ratio",
        "one        12,345   0.50",
        "another         6",
        "",
        "A note.",
    ]
    assert section.to_json() == {"title": "the title", "rows": rows, "notes": ["A note."]}


def test_the_first_turn_does_not_count() -> None:
    values = {"one": iter([100.0, 1, 2, 9]), "other": iter([0.0, 5, 6, 4])}
    order: list[str] = []

    def measure(name: str) -> float:
        order.append(name)
        return next(values[name])

    found = medians({name: lambda name=name: measure(name) for name in values}, 3)
    assert found == {"one": 2, "other": 5}
    assert order == ["one", "other"] * 4
