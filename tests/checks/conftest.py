"""The console command in a test's own process, and places where it runs."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from checks import cli
from checks.machine.decide import search
from tests.checks.console import Command, Said


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder; the home folder and the cache are beside it."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("JUMPBOUND_CACHE", str(tmp_path / "cache"))
    return folder


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache that the tests of a file share, as tables take time."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUMPBOUND_CACHE", str(folder))
        yield folder


@pytest.fixture
def undecided(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with an oracle for which not every small program is decided."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(search, "THOROUGH", ())  # no search finds an automaton for those
    (tmp_path / "pairs.while").write_text("pairs read X { Y := X } write Y")
    return tmp_path


@pytest.fixture
def jumpbound(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """The console command."""

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["jumpbound", *arguments])
        capsys.readouterr()
        # A process that was stopped ignores Ctrl-C while it ends; this one goes on.
        before = signal.getsignal(signal.SIGINT)
        try:
            with pytest.raises(SystemExit) as left:
                cli.main()
        finally:
            signal.signal(signal.SIGINT, before)
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Said(left.value.code, said.out, said.err)

    return run
