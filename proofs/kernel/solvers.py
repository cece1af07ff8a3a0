"""Deciding an obligation: both solvers, each in a process that dies at its deadline.

*Definitions*: :class:`Answer`, :class:`Settings`, :func:`configure`, :func:`decide`.

A solver's own time limit is not reliable, so none is used: the process is killed. Only the output
line ``unsat`` of a script, answered with the digest of that very script, counts as a proof; an
error, a timeout, a crash and ``unknown`` are never one.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Literal

from proofs.kernel.cache import ProofCache

NAMES = ("z3", "cvc5")

Verdict = Literal["unsat", "sat", "unknown"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One solver's answer to one script. ``seconds`` is solver time; ``reason`` says why an
    ``unknown`` is one; ``cached`` that an earlier answer to the same text is repeated."""

    solver: str
    version: str
    verdict: Verdict
    seconds: float
    reason: str = ""
    values: str = ""
    cached: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """``deadline``: seconds a solver may take for one script. ``cache``: folder of proved
    obligations, or none. ``fresh``: don't read that cache. ``seed``: the solvers' random seed."""

    deadline: float = 20.0
    cache: Path | None = None
    fresh: bool = False
    seed: int = 0


_settings = Settings()


def settings() -> Settings:
    """The settings in force."""
    return _settings


@contextmanager
def configure(**changes: Any) -> Iterator[Settings]:
    """Other settings for a while."""
    global _settings
    before = _settings
    _settings = replace(before, **changes)
    try:
        yield _settings
    finally:
        _settings = before


class _Process:
    """A solver process and a thread that reads its lines."""

    def __init__(self, solver: str) -> None:
        self.solver = solver
        # The program's own modules, and none that happens to lie in the working directory.
        path = os.pathsep.join(folder or os.getcwd() for folder in sys.path)
        environment = {**os.environ, "PYTHONPATH": path}
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "proofs.kernel.worker", solver],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            text=True,
            encoding="utf-8",
            # Ctrl-C goes to the program alone, which then ends its solvers.
            start_new_session=True,
        )
        self.lines: Queue[str] = Queue()
        threading.Thread(target=self._read, daemon=True).start()
        hello = self._line(60.0)
        try:
            self.version = str(json.loads(hello or "")["version"])
        except (ValueError, TypeError, KeyError):
            self.kill()
            self.version = "missing"

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put("")

    def _line(self, seconds: float) -> str | None:
        try:
            return self.lines.get(timeout=seconds) or None
        except Empty:
            return None

    def ask(self, text: str, deadline: float) -> Answer:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps({"text": text}) + "\n")
            self.process.stdin.flush()
        except OSError:
            self.kill()
            return Answer(self.solver, self.version, "unknown", 0.0, "the solver process is gone")
        line = self._line(deadline)
        if line is None:
            crashed = self.process.poll() is not None
            self.kill()
            reason = "the solver crashed" if crashed else f"no answer within {deadline:g} s"
            return Answer(self.solver, self.version, "unknown", deadline, reason)
        try:
            reply = json.loads(line)
            digest, output = str(reply["digest"]), str(reply["output"])
            seconds = float(reply["seconds"])
        except (ValueError, TypeError, KeyError):
            self.kill()
            return Answer(self.solver, self.version, "unknown", 0.0, "no readable answer")
        if digest != hashlib.sha256(text.encode()).hexdigest():
            self.kill()
            return Answer(self.solver, self.version, "unknown", 0.0, "answer to another text")
        first, _, rest = output.strip().partition("\n")
        if first == "unsat":
            return Answer(self.solver, self.version, "unsat", seconds)
        if first == "sat":
            return Answer(self.solver, self.version, "sat", seconds, values=rest)
        return Answer(self.solver, self.version, "unknown", seconds, first or "no output")

    def alive(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class _Pool:
    """Idle processes by solver; at most as many busy ones as there are cores."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.idle: dict[str, list[_Process]] = {name: [] for name in NAMES}
        self.all: list[_Process] = []
        self.slots = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))

    @contextmanager
    def process(self, solver: str) -> Iterator[_Process]:
        with self.slots:
            with self.lock:
                idle = self.idle[solver]
                found = idle.pop() if idle else None
            if found is None or not found.alive():
                found = _Process(solver)
                with self.lock:
                    self.all.append(found)
            try:
                yield found
            except BaseException:
                found.kill()
                raise
            finally:
                if found.alive():
                    with self.lock:
                        self.idle[solver].append(found)

    def close(self) -> None:
        for process in self.all:
            if process.alive():
                process.kill()


_pool = _Pool()
atexit.register(_pool.close)
_threads = ThreadPoolExecutor(max_workers=32, thread_name_prefix="solver")
_versions: dict[str, str] = {}


def version(solver: str) -> str:
    """The version that the solver's own process reports."""
    if solver not in _versions:
        with _pool.process(solver) as process:
            _versions[solver] = process.version
    return _versions[solver]


def _one(solver: str, text: str, options: Settings) -> Answer:
    cache = ProofCache(options.cache) if options.cache else None
    if cache and not options.fresh:
        seconds = cache.find(text, solver, version(solver))
        if seconds is not None:
            return Answer(solver, version(solver), "unsat", seconds, cached=True)
    with _pool.process(solver) as process:
        answer = process.ask(text, options.deadline)
    if cache and answer.verdict == "unsat":
        cache.add(text, solver, answer.version, answer.seconds)
    return answer


def decide(text: str) -> dict[str, Answer]:
    """Both solvers' answers to a script, by solver name."""
    options = _settings
    futures = {name: _threads.submit(_one, name, text, options) for name in NAMES}
    return {name: future.result() for name, future in futures.items()}


def decide_all(texts: list[str]) -> list[dict[str, Answer]]:
    """:func:`decide` for several scripts at a time."""
    options = _settings
    futures = [
        {name: _threads.submit(_one, name, text, options) for name in NAMES} for text in texts
    ]
    return [{name: f.result() for name, f in row.items()} for row in futures]
