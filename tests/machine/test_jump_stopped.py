"""The bounded jump when it is stopped, killed, or has no place to write: nothing done is lost."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from checks.files import write_whole
from checks.machine.jump import columns, decide_jump, recheck, unit
from models.errors import BadInput

ROOT = Path(__file__).parents[2]
LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")

SIZE, UNITS = 6, 32
UNIT = 500
COMMAND = (
    f"from checks.machine.jump import unit; unit.UNIT = {UNIT}\n"
    "from checks.cli import main\n"
    "main()"
)
"""The command line, with more units than there would be."""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The digest of a run that nothing happens to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unit, "UNIT", UNIT)
        found = decide_jump(SIZE, workers=1, folder=tmp_path_factory.mktemp("undisturbed"))
    assert len(found.listed) == UNITS
    return found.summary.digest


class Command:
    """A running `jumpbound jump`, in a session of its own."""

    def __init__(self, folder: Path, *more: str, workers: int = 2, **settings: Any) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [
                sys.executable, "-c", COMMAND, "jump", "--size", str(SIZE), "--json",
                "--workers", str(workers), *more,
            ],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "JUMPBOUND_CACHE": str(folder)},
            **settings,
        )

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait until something holds, while the command runs."""
        deadline = time.monotonic() + 100
        while not condition():
            assert self.process.poll() is None, "it has ended too early"
            assert time.monotonic() < deadline
            time.sleep(0.002)

    def members(self) -> list[int]:
        """The processes of the session."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                status = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if status[3] == str(self.process.pid) and status[0] not in "ZX":
                found.append(int(path.parent.name))
        return found

    def workers(self) -> list[int]:
        """The worker processes of the session."""
        found = []
        for pid in self.members():
            try:
                if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    found.append(pid)
            except OSError:
                continue
        return found

    def ended(self) -> tuple[int, str, str]:
        """Exit code and what was said, when no process of the session is left."""
        code = self.process.wait(100)
        deadline = time.monotonic() + 30
        while self.members():
            assert time.monotonic() < deadline, "a process has outlived the command"
            time.sleep(0.01)
        out, err = self.process.communicate(timeout=10)
        return code, out, err


def finished(folder: Path) -> dict[str, int]:
    """The units that are finished, with the time when they were written."""
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("jump/*/*.json")}


@pytest.fixture
def running() -> Iterator[Callable[..., Command]]:
    """Start commands; none is left at the end."""
    started: list[Command] = []

    def start(*arguments: Any, **settings: Any) -> Command:
        started.append(Command(*arguments, **settings))
        return started[-1]

    yield start
    for command in started:
        if command.process.poll() is None:
            os.killpg(command.process.pid, signal.SIGKILL)
            command.process.wait()


def digest(command: Command) -> str:
    code, out, err = command.ended()
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["complete"] is True
    return str(found["digest"])


@LINUX
def test_killed_again_and_again(
    tmp_path: Path, undisturbed: str, running: Callable[..., Command]
) -> None:
    kept: dict[str, int] = {}
    for enough in (1, 12):
        command = running(tmp_path, workers=2)
        command.wait_for(lambda enough=enough: len(finished(tmp_path)) >= enough)  # type: ignore[misc]
        os.kill(command.process.pid, signal.SIGKILL)
        assert command.ended()[0] == -signal.SIGKILL
        now = finished(tmp_path)
        assert enough <= len(now) < UNITS
        assert kept.items() <= now.items(), "what was finished is not done again"
        kept = now
    assert digest(running(tmp_path, workers=1)) == undisturbed
    now = finished(tmp_path)
    assert len(now) == UNITS and kept.items() <= now.items()


@LINUX
@pytest.mark.parametrize("delay", [0.0, 0.2, None])
def test_ctrl_c(
    tmp_path: Path, undisturbed: str, running: Callable[..., Command], delay: float | None
) -> None:
    """A terminal sends it to all processes; workers may be about to start."""
    command = running(tmp_path)
    if delay is None:
        command.wait_for(lambda: len(finished(tmp_path)) >= 6)
    else:
        command.wait_for(lambda: bool(command.workers()))
        time.sleep(delay)
    os.killpg(command.process.pid, signal.SIGINT)
    code, out, err = command.ended()
    # A shell shows both as 130.
    assert code in (130, -signal.SIGINT)
    assert (out, err) == ("", "jumpbound: stopped; no file is half-written, and proofs are kept\n")
    if delay is None:
        kept = finished(tmp_path)
        assert digest(running(tmp_path, workers=1)) == undisturbed
        assert kept.items() <= finished(tmp_path).items()


@LINUX
def test_a_worker_is_killed(
    tmp_path: Path, undisturbed: str, running: Callable[..., Command]
) -> None:
    command = running(tmp_path)
    command.wait_for(lambda: len(finished(tmp_path)) >= 3 and len(command.workers()) == 2)
    os.kill(command.workers()[0], signal.SIGKILL)
    code, out, err = command.ended()
    assert (code, out) == (2, "")
    assert err == (
        "jumpbound: a worker process was killed; the same command goes on with what is left to do; "
        "expected enough memory, or fewer --workers\n"
    )
    assert 3 <= len(finished(tmp_path)) < UNITS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unit, "UNIT", UNIT)
        assert decide_jump(SIZE, workers=1, folder=tmp_path).summary.digest == undisturbed


def test_two_at_once(
    tmp_path: Path, undisturbed: str, running: Callable[..., Command]
) -> None:
    both = [running(tmp_path, workers=1) for _ in range(2)]
    for command in both:
        out, err = command.process.communicate(timeout=100)
        assert (command.process.returncode, err) == (0, "")
        assert json.loads(out)["digest"] == undisturbed


# A full disk


def small_files() -> None:
    """No file can be larger: what a full disk does, and without one."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))


def test_units_that_do_not_fit(
    tmp_path: Path, undisturbed: str, running: Callable[..., Command]
) -> None:
    cache, out = tmp_path / "cache", tmp_path / "out.parquet"
    command = running(cache, "--out", str(out), preexec_fn=small_files)
    said, err = command.process.communicate(timeout=100)
    assert (command.process.returncode, said) == (2, "")
    assert err.startswith(f"jumpbound: {cache}")
    assert ": cannot write it: File too large; expected a writable place for what is decided" in err
    assert len(err.splitlines()) == 1
    kept = finished(cache)
    # Which units were done before the first large one depends on the workers.
    assert 1 <= len(kept) < UNITS
    assert not list(cache.rglob("*.tmp")) and not out.exists()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unit, "UNIT", UNIT)
        assert decide_jump(SIZE, workers=1, folder=cache).summary.digest == undisturbed
        # Now all is decided; it is only the file that does not fit.
        out.write_text("what was there before")
        command = running(cache, "--out", str(out), workers=1, preexec_fn=small_files)
        said, err = command.process.communicate(timeout=100)
        assert (command.process.returncode, said) == (2, "")
        assert err == (
            f"jumpbound: {out}: cannot write it: File too large; expected a writable place\n"
        )
        assert out.read_text() == "what was there before"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "out.parquet"]
        assert kept.items() <= finished(cache).items()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_table_that_does_not_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = decide_jump(3, workers=1, folder=tmp_path / "cache")
    out = tmp_path / "out.parquet"

    def full(path: Any, mode: str) -> Any:
        return open("/dev/full" if ".tmp" in str(path) else path, mode)

    with monkeypatch.context() as patch:
        patch.setattr(columns, "open", full, raising=False)
        with pytest.raises(BadInput, match="cannot write it: No space left on device") as refused:
            found.write(out)
    assert refused.value.where == str(out)
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
    found.write(out)
    assert recheck(out, workers=1).ok


def test_space_runs_out_between_units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checks.machine.jump import store

    monkeypatch.setattr(unit, "UNIT", 20)
    expected = decide_jump(4, workers=1, folder=tmp_path / "other").summary
    cache = tmp_path / "cache"
    for room in range(0, 30, 3):
        written: list[Path] = []

        def limited(
            path: Path, content: str | bytes, expected: str = "", written: list[Path] = written,
            room: int = room,
        ) -> None:
            if len(written) == room:
                raise BadInput("cannot write it: No space left on device", where=str(path))
            written.append(path)
            write_whole(path, content)

        with monkeypatch.context() as patch:
            patch.setattr(store, "write_whole", limited)
            try:
                assert decide_jump(4, workers=1, folder=cache).summary == expected
                break
            except BadInput as error:
                assert "No space left" in str(error)
    assert room > 3
    assert decide_jump(4, workers=1, folder=cache).summary == expected


@pytest.mark.parametrize("moment", ["before", "rename"])
def test_stopped_while_a_table_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    found = decide_jump(3, workers=1, folder=tmp_path / "cache")
    out = tmp_path / "out.parquet"

    def stop(*_: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if moment == "before":
            patch.setattr(type(found.store), "batches", stop)
        else:
            patch.setattr(Path, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            found.write(out)
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]


# No place to write


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("missing/out.parquet", "no such folder"),
        ("folder", "no place for a file"),
        (".", "no place for a file"),
        ("", "no place for a file"),
        ("..", "no place for a file"),
        ("pipe", "no place for a file"),
        ("file/out.parquet", "no such folder"),
        (f"{'x' * 300}/out.parquet", "no such folder"),
        ("x" * 300, "File name too long"),
    ],
)
def test_no_place_for_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    place: str, said: str,
) -> None:
    from checks import cli

    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUMPBOUND_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(
        sys, "argv", ["jumpbound", "jump", "--size", "3", "--workers", "1", "--out", place]
    )
    before = sorted(tmp_path.iterdir())
    with pytest.raises(SystemExit) as left:
        cli.main()
    shown = capsys.readouterr()
    assert (left.value.code, shown.out) == (2, "")
    last = shown.err.splitlines()[-1]
    assert last.startswith("jumpbound: ") and said in last
    assert (tmp_path / "pipe").is_fifo()
    # Refused before the work, where that can be seen.
    new = set(tmp_path.iterdir()) - set(before)
    assert new <= ({tmp_path / "cache"} if "long" in said else set())


@pytest.mark.parametrize("place", ["file", "file/below", "/proc/nowhere", "/dev/null"])
@pytest.mark.parametrize("workers", [1, 2])
def test_no_place_for_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, workers: int
) -> None:
    (tmp_path / "file").write_text("")
    folder = tmp_path / place
    with pytest.raises(BadInput, match=r"cannot make it: (No|File exists)") as refused:
        decide_jump(1, workers=workers, folder=folder)
    assert refused.value.where.startswith(str(folder))
    monkeypatch.setenv("JUMPBOUND_CACHE", str(folder))
    with pytest.raises(BadInput, match="cannot make it"):
        decide_jump(1, "jump:1", workers=1)


def test_a_unit_that_can_not_be_replaced(tmp_path: Path) -> None:
    found = decide_jump(2, workers=1, folder=tmp_path)
    for path in found.store.folder.glob("02-*"):
        path.unlink()
        path.mkdir()
    with pytest.raises(BadInput, match="cannot write it: Is a directory"):
        decide_jump(2, workers=1, folder=tmp_path)
