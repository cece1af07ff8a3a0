"""The bounded jump: programs decided a second, time and memory by size, checker against search.

*Definitions*: :func:`section` (tables by size), :func:`workers`, :func:`checker`.

Each table is decided by a process of its own with an empty store, as a user would. Peak memory is
that of all its processes together, seen twenty times a second (Linux; elsewhere it is left out).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from bench.measure import Section

SIZES = (5, 6, 7, 8, 9)
"""Of the tables, unless ``JUMPBOUND_BENCH_SIZE`` names a smaller last one: 9 takes some minutes."""

COMPARED = 7
"""Size of the tables with one and two workers, and of that whose checks are timed."""

CODE = "from checks.cli import main; main()"


def section(repetitions: int) -> Section:
    """Time and peak memory of the table by size; each once, as they take minutes."""
    last = int(os.environ.get("JUMPBOUND_BENCH_SIZE", SIZES[-1]))
    rows: list[dict[str, Any]] = []
    for size in SIZES:
        if size > last:
            break
        seconds, memory = _table(size, workers=os.cpu_count() or 1)
        row: dict[str, Any] = {
            "size": size, "programs": _programs(size), "seconds": round(seconds, 2),
            "rate": round(_programs(size) / seconds),
        }
        if memory:
            row["memory"] = round(memory / 2**20)
        if rows:
            row["growth"] = round(seconds / float(rows[-1]["seconds"]), 2)
        rows.append(row)
    columns = {
        "size": "size", "programs": "programs", "seconds": "s", "rate": "programs/s",
        "memory": "peak MB", "growth": "time / size before",
    }
    return Section(
        "jump", f"the table of the bounded jump, empty oracle, {os.cpu_count()} workers",
        columns, rows, [],
    )


def workers(repetitions: int) -> Section:
    """Programs decided a second on one and on two cores, in turns; medians."""
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(max(1, repetitions // 2)):
        for count, found in seconds.items():
            found.append(_table(COMPARED, workers=count)[0])
    total = _programs(COMPARED)
    rows: list[dict[str, Any]] = [
        {
            "workers": count, "seconds": round(median(found), 2),
            "rate": round(total / median(found)),
            "ratio": round(median(seconds[1]) / median(found), 2),
        }
        for count, found in seconds.items()
    ]
    columns = {
        "workers": "workers", "seconds": "s", "rate": "programs/s", "ratio": "times one worker",
    }
    return Section("workers", f"the table to size {COMPARED}", columns, rows, [])


def checker(repetitions: int) -> Section:
    """Time in the checker against that of all else, for one process and every unit of a size."""
    from checks.machine.jump.unit import Decider, units
    from models.machine.oracle import EMPTY

    checks = 0
    checking: list[float] = []
    searching: list[float] = []
    for _ in range(max(1, repetitions // 3)):
        decider = Decider(COMPARED, EMPTY)
        check = decider.checker.check_on_own_code
        spent = 0.0
        checks = 0

        def timed(program: object, certificate: object) -> object:
            nonlocal spent, checks
            begin = time.process_time()
            try:
                return check(program, certificate)  # type: ignore[arg-type]  # noqa: B023
            finally:
                spent += time.process_time() - begin
                checks += 1

        decider.checker.check_on_own_code = timed  # type: ignore[method-assign,assignment]
        begin = time.process_time()
        counts = [decider.parts.programs(n) for n in range(1, COMPARED + 1)]
        for unit in units(COMPARED, counts):
            decider.decide(unit)
        searching.append(time.process_time() - begin - spent)
        checking.append(spent)
    row: dict[str, Any] = {
        "loops": checks, "search": round(median(searching), 2),
        "check": round(median(checking), 2),
        "each": round(1e6 * median(checking) / checks),
        "ratio": round(median(checking) / median(searching), 2),
    }
    columns = {
        "loops": "loops", "search": "search and rows, s", "check": "checker, s",
        "each": "µs a check", "ratio": "checker / search",
    }
    return Section("checker", f"all programs to size {COMPARED}, one process", columns, [row], [])


def _programs(size: int) -> int:
    from models.machine.flat import Enumeration, Forest

    counted = Enumeration(max(1, size - 2), Forest())
    return sum(counted.programs(n) for n in range(1, size + 1))


def _table(size: int, *, workers: int) -> tuple[float, int]:
    """Seconds, and the most bytes that the processes held at once; 0 where that is not known."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(__file__).parents[1]
        environment = {**os.environ, "JUMPBOUND_CACHE": folder, "PYTHONPATH": str(root)}
        begin = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", CODE, "jump", "--size", str(size), "--workers", str(workers)],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        peak = 0
        while process.poll() is None:
            peak = max(peak, _held(process.pid))
            time.sleep(0.05)
        seconds = time.perf_counter() - begin
        if process.returncode:
            raise RuntimeError(f"jump --size {size} ended with {process.returncode}")
        return seconds, peak


def _held(pid: int) -> int:
    """Bytes in memory of a process and those it has started."""
    total = 0
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        total = pages * os.sysconf("SC_PAGE_SIZE")
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            total += sum(_held(int(child)) for child in children.read_text().split())
    except (OSError, IndexError, ValueError):
        pass
    return total
