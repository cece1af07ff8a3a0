"""The bench runs, with and without a C compiler, and says what it measured."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from bench import claims, machine, streaming
from bench.measure import Section, medians
from checks.claims import refute
from models.streaming.simulate import stream


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


def test_products_by_streaming(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "SIZE", 128)
    found = streaming.section(1)
    assert len(found.rows) == len(streaming.SEMIRINGS) * len(streaming.TILES)
    assert all(row[key] > 0 for row in found.rows for key in ("seconds", "to_numpy", "growth"))
    assert found.notes[1].endswith("reached.")
    for over in streaming.SEMIRINGS:
        left, right = streaming.matrices(over, 9)
        product = stream(left, right, tile=(4, 4), semiring=over).product
        assert np.allclose(
            product.astype(float), streaming.by_numpy(over, left, right).astype(float)
        )


def test_the_first_turn_does_not_count() -> None:
    values = {"one": iter([100.0, 1, 2, 9]), "other": iter([0.0, 5, 6, 4])}
    order: list[str] = []

    def measure(name: str) -> float:
        order.append(name)
        return next(values[name])

    found = medians({name: lambda name=name: measure(name) for name in values}, 3)
    assert found == {"one": 2, "other": 5}
    assert order == ["one", "other"] * 4


def test_instances_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "SIZES", (3,))
    monkeypatch.setattr(claims, "COUNTED", ("decides",))
    seen: list[str] = []

    def rate(mode: str, name: str, size: int) -> float:
        seen.append(mode)
        return 12.0 if mode == "two" else 8.0

    monkeypatch.setattr(claims, "_rate", rate)
    (row,) = claims.throughput(1).rows
    assert (row["instances"], row["scaling"], row["to_hypothesis"]) == (99, 1.5, 1.0)
    assert seen == ["one", "two", "loop", "hypothesis"] * 2


def test_a_measurement_in_a_process_of_its_own() -> None:
    assert claims._measured("refute", "halting_on_nil", 0)["size"] == 4
    assert claims._measured("one", "decides", 3)["count"] == 99


def test_the_loop_and_hypothesis_go_through_instances(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "DRAWN", 20)
    assert claims.measure("loop", "decides", 3, 0)["count"] == 99
    assert claims.measure("hypothesis", "runs", 3, 0)["count"] == 20
    found = claims.measure("search", "collapse_goes_down", 0, 0)
    assert found["seconds"] > 0
    assert found["size"] is None or found["size"] >= 2


@pytest.mark.parametrize("name", claims.REFUTED)
def test_claims_with_a_first_counterexample_are_false(name: str) -> None:
    found = refute(claims._claim(name), size=5, budget=60)
    assert found.counterexample is not None
    assert found.counterexample.smallest
    assert found.found is not None
    assert sum(map(claims.size_of, found.found.values)) == found.counterexample.size


def test_what_hypothesis_does_not_find_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([
        {"seconds": 0.5, "size": 4}, {"seconds": 0.7, "size": 4},
        {"seconds": 2.0, "size": 9, "reason": ""},
        {"seconds": 3.0, "size": None, "reason": "FailedHealthCheck"},
    ])
    monkeypatch.setattr(claims, "REFUTED", ("halting_on_nil",))
    monkeypatch.setattr(claims, "_measured", lambda *arguments: next(answers))
    (row,) = claims.first_counterexamples(2).rows
    assert row == {
        "claim": "halting_on_nil", "refute": 0.6, "size": 4, "found": "1 of 2", "hypothesis": 2.0,
        "sizes": "9", "missed": 3.0, "reasons": "FailedHealthCheck",
    }
