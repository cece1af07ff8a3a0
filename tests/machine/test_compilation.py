"""Compiled functions: the machine code that is kept is that of the source as it is now."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

USED = """
from models.compilation import compiled

CONSTANT = 10

@compiled
def inner(x):
    return x + 1

@compiled
def middle(x):
    return inner(x)
"""

USES = """
from models.compilation import compiled
from used import CONSTANT, middle

@compiled
def outer(x):
    return middle(x) * CONSTANT

print(outer(1), len(outer.stats.cache_hits))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "used.py").write_text(USED)
    (tmp_path / "uses.py").write_text(USES)
    return tmp_path


def said(folder: Path) -> list[int]:
    """What the function says, and whether it was there already."""
    found = subprocess.run(
        [sys.executable, "uses.py"],
        capture_output=True, text=True, check=True, cwd=folder, timeout=300,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return [int(word) for word in found.stdout.split()]


def test_kept_while_nothing_changes(folder: Path) -> None:
    assert [said(folder), said(folder)] == [[20, 0], [20, 1]]


@pytest.mark.parametrize(
    ("before", "after", "result"), [("x + 1", "x + 5", 60), ("CONSTANT = 10", "CONSTANT = 7", 14)]
)
def test_compiled_anew_when_another_file_changes(
    folder: Path, before: str, after: str, result: int
) -> None:
    assert said(folder) == [20, 0]
    (folder / "used.py").write_text(USED.replace(before, after))
    assert said(folder) == [result, 0]
    assert said(folder) == [result, 1]
