"""The tables in docs/frontier.json: what is decided anew agrees with them, and they add up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checks.machine.jump import decide_jump
from models.machine.flat import Enumeration, Forest
from models.machine.program import code, parse_program, size
from models.machine.run import run

TABLES = json.loads(
    Path(__file__).parents[2].joinpath("docs", "frontier.json").read_text(encoding="utf-8")
)
SIZE = 5


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["oracle"])
def test_small_sizes_decided_anew(table: dict[str, Any], tmp_path: Path) -> None:
    found = decide_jump(SIZE, table["oracle"], folder=tmp_path, workers=1).to_json()
    assert table["by_size"][:SIZE] == found["by_size"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["oracle"])
def test_counts_add_up(table: dict[str, Any]) -> None:
    programs = Enumeration(table["size"] - 2, Forest())
    assert [row["size"] for row in table["by_size"]] == list(range(1, table["size"] + 1))
    for row in table["by_size"]:
        assert row["programs"] == programs.programs(row["size"])
        assert row["programs"] == row["halts"] + row["loops"] + row["unknown"]
    assert table["complete"] == (not any(row["unknown"] for row in table["by_size"]))
    assert sum(table["certificates"].values()) == sum(row["loops"] for row in table["by_size"])


def test_longest_runs_are_as_long() -> None:
    (table,) = (table for table in TABLES if table["oracle"] == "empty")
    assert table["longest"][0][0] == max(row["max_steps"] for row in table["by_size"])
    for steps, text in table["longest"]:
        program = parse_program(text)
        assert size(program) <= table["size"]
        assert run(program, code(program)).steps == steps
