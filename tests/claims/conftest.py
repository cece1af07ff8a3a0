"""Claim files in a folder of their own, and a cache beside it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.claims.claim import Claim
from checks.claims.load import Loaded, load
from checks.claims.refute import refute
from checks.claims.result import Outcome


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Write a claim file; the names of :mod:`checks.claims` are imported in it."""
    monkeypatch.setenv("JUMPBOUND_CACHE", str(tmp_path / "cache"))

    def write(text: str, name: str = "claims.py") -> Path:
        path = tmp_path / name
        path.write_text(f"from checks.claims import *\n{textwrap.dedent(text)}")
        return path

    return write


@pytest.fixture
def claimed(write: Callable[..., Path]) -> Callable[..., tuple[Loaded, Claim]]:
    """The last claim of a file with this text."""

    def claimed(text: str) -> tuple[Loaded, Claim]:
        loaded = load(write(text))
        return loaded, list(loaded.claims.values())[-1]

    return claimed


@pytest.fixture
def refuted(claimed: Callable[..., tuple[Loaded, Claim]]) -> Callable[..., Outcome]:
    """What becomes of the last claim of a file with this text."""

    def refuted(text: str, **options: object) -> Outcome:
        loaded, claim = claimed(text)
        return refute(claim, loaded=loaded, **options)  # type: ignore[arg-type]

    return refuted
