"""A claim on a real Dask scheduler with two worker processes, one of which is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checks.claims import refute
from checks.claims.load import find

ROOT = Path(__file__).parents[2]

SLOW = """
import time
@claim("Of those that halt on nil, one is not as it should be.")
def well(p: Program, x: Tree) -> bool:
    time.sleep(0.01)
    assume(halts(p, NIL))
    return repr(p) != "cons(ask, quote 1)" or x == NIL
"""


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start Dask's programs; they end with the test."""
    processes: list[subprocess.Popen[bytes]] = []

    def started(program: str, *arguments: str) -> subprocess.Popen[bytes]:
        with open(tmp_path / f"{program}-{len(processes)}.log", "wb") as log:
            processes.append(subprocess.Popen(
                [sys.executable, "-m", "dask", program, *arguments, "--no-dashboard"],
                cwd=tmp_path, stdout=log, stderr=log,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            ))
        return processes[-1]

    yield started
    for process in processes:
        process.kill()
        process.wait()


def test_a_cluster_whose_worker_is_killed(
    write: Callable[..., Path], tmp_path: Path,
    started: Callable[..., subprocess.Popen[bytes]],
) -> None:
    name = f"{write(SLOW)}::well"
    where = tmp_path / "scheduler.json"
    started("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(where))
    address = wait_for(lambda: json.loads(where.read_text())["address"])
    options = ("--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
    workers = [started("worker", address, *options) for _ in range(2)]
    loaded, claim = find(name)
    seen: list[int] = []

    def kill_one(event: object) -> None:
        if not seen:
            workers[0].send_signal(signal.SIGKILL)
        seen.append(1)

    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    found = refute(claim, loaded=loaded, size=5, executor=address, progress=kill_one, fresh=True)
    assert workers[0].wait(timeout=10) == -signal.SIGKILL
    wanted = refute(claim, loaded=loaded, size=5, workers=2, fresh=True)
    assert seen
    assert found.verdict == wanted.verdict == "refuted"
    assert found.to_json() | {"seconds": 0} == wanted.to_json() | {"seconds": 0}


def wait_for(found: Callable[[], str]) -> str:
    """What a function finds when it can."""
    for _ in range(300):
        try:
            return found()
        except (OSError, ValueError, KeyError):
            time.sleep(0.1)
    raise AssertionError("it did not come")
