"""``jumpbound refute`` and ``replay`` as a user runs them: outputs, refusals, kills, resumption."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from checks import cli
from checks.claims import executors, refute
from checks.claims.load import find
from checks.claims.replay import save

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from checks.cli import main; main()"]

HALTING = """
@claim("What halts on nil halts on everything.")
def halting(p: Program, x: Tree) -> bool:
    assume(halts(p, NIL))
    return halts(p, x)
"""

SLOW = """
import time
@claim("No program has the value 7 on 1.")
def slow(p: Program, n: Nat) -> bool:
    time.sleep(0.008)
    assume(n % 3 != 1)
    return value(p, numeral(1)) != numeral(7) and not (n == 2 and repr(p) == "cons(ask, ask)")
"""


def jumpbound(*arguments: str, folder: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, cwd=folder, timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, **options,
    )


@pytest.fixture
def refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """The one line that a command says to bad input, in this process."""

    def refused(*arguments: str) -> str:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["jumpbound", *arguments])
        before = sorted(tmp_path.rglob("*.json"))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        assert (ended.value.code, said.out) == (2, "")
        assert len(said.err.splitlines()) == 1
        assert sorted(tmp_path.rglob("*.json")) == before
        return said.err

    return refused


def test_refuted_saved_and_replayed(write: Callable[..., Path], tmp_path: Path) -> None:
    write(HALTING)
    said = jumpbound("refute", "claims.py::halting", "--size", "5", folder=tmp_path)
    assert (said.returncode, said.stderr) == (1, "")
    assert "refuted by instance 179" in said.stdout
    assert "Saved: claims.halting.json" in said.stdout
    saved = json.loads((tmp_path / "claims.halting.json").read_text())
    assert saved["values"] == {"p": "while(id, id)", "x": "<nil.nil>"}
    said = jumpbound("replay", "claims.halting.json", folder=tmp_path)
    assert said.returncode == 1
    assert "1. does while(id, id) halt on 0?  yes" in said.stdout
    assert "     3  acc 0  stack []  control (halted)" in said.stdout
    assert "2. does while(id, id) halt on 1?  no" in said.stdout
    assert said.stdout.endswith("The claim is false here: refuted.\n")
    said = jumpbound("replay", "claims.halting.json", "--json", folder=tmp_path)
    found = json.loads(said.stdout)
    assert (found["verdict"], found["changed"], len(found["events"])) == ("refuted", False, 2)


def test_json_and_a_line_for_each_claim(write: Callable[..., Path], tmp_path: Path) -> None:
    write(HALTING + HALTING.replace("halting", "all_that_is").replace("return", "return True or"))
    said = jumpbound("refute", "claims.py", "--size", "4", "--no-save", folder=tmp_path)
    assert said.stdout.splitlines() == [
        "claims.py::halting REFUTED  refuted by instance 179  p = while(id, id); x = <nil.nil>",
        "claims.py::all_that_is EXHAUSTED  exhausted to size 4, 358 instances",
    ]  # 363 there are; the five while(quote 1, …) of size 4 do not halt on nil
    assert said.returncode == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "claims.py"]
    said = jumpbound("refute", "claims.py::halting", "--size", "3", "--json", folder=tmp_path)
    found = json.loads(said.stdout)
    assert said.returncode == 0
    assert (found["verdict"], found["instances"], found["bound"], found["counterexample"]) == (
        "exhausted", 99, 3, None
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def claim(:\n", "line 2: invalid syntax"),
        ("import no_such_module\n", "line 2: ModuleNotFoundError: No module named"),
        ("@claim\ndef c(n: Program, m) -> bool: return True\n", "parameter m has no type"),
        ("@claim\ndef c(n: Nothing) -> bool: return True\n", "NameError: name 'Nothing'"),
        ("@claim\ndef c(n: set) -> bool: return True\n", "nothing is known of the type set"),
        ("1 / 0\n", "line 2: ZeroDivisionError"),
        ("raise SystemExit(0)\n", "line 2: SystemExit: 0"),
        ("", "no claims in it"),
    ],
)
def test_files_that_are_no_claim_files(
    write: Callable[..., Path], refused: Callable[..., str], text: str, said: str
) -> None:
    write(text)
    assert said in refused("refute", "claims.py")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing.py::claim",), "nothing.py: cannot read it: No such file or directory"),
        ((".",), ".: cannot read it: Is a directory"),
        (("claims.py::other",), "claims.py: no claim 'other'; expected one of halting"),
        (("claims.py::halting", "--budget", "soon"), "--budget: duration 'soon'"),
        (("claims.py::halting", "--budget", "0"), "--budget: duration '0'"),
        (("claims.py::halting", "--size", "-1"), "--size"),
        (("claims.py::halting", "--engine", "luck"), "engine 'luck'"),
        (("claims.py::halting", "--executor", "somewhere"), "--executor: executor 'somewhere'"),
    ],
)
def test_wrong_arguments(
    write: Callable[..., Path], refused: Callable[..., str], arguments: tuple[str, ...], said: str
) -> None:
    write(HALTING)
    assert said in refused("refute", *arguments)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "tcp://127.0.0.1", "tcp://127.0.0.1:x"])
def test_no_scheduler(
    write: Callable[..., Path], refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch,
    address: str,
) -> None:
    """Also without a port one line is all, and at once."""
    write(HALTING)
    monkeypatch.setattr(executors, "CONNECT_SECONDS", 0.3)
    began = time.monotonic()
    said = refused("refute", "claims.py::halting", "--executor", address, "--fresh")
    assert f"--executor: no Dask scheduler answers at '{address}'" in said
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: "", "it is no JSON"),
        (lambda text: "[" * 100_000, "it is no JSON"),
        (lambda text: "[]", "it is no counterexample"),
        (lambda text: text.replace("while(id, id)", "while(id"), "p, line 1, column 9"),
        (lambda text: text.replace("while(id, id)", "__import__('os')"), "unknown constructor"),
        (lambda text: text.replace('"p":', '"q":'), "expected values for p, x"),
        (lambda text: text.replace("::halting", "::other"), "no claim 'other'"),
        (lambda text: text.replace("claims.py", "../../etc/passwd"), "cannot read it"),
        (lambda text: text.replace('"size": 4', '"size": "4"'), "no size in it"),
    ],
)
def test_files_that_cannot_be_replayed(
    write: Callable[..., Path], refused: Callable[..., str], change: Callable[[str], str], said: str
) -> None:
    loaded, halting = find(f"{write(HALTING)}::halting")
    path = save(refute(halting, loaded=loaded, size=5), loaded)
    path.write_text(change(path.read_text()))
    assert said in refused("replay", path.name)


def test_a_changed_claim_is_said_to_be_changed(write: Callable[..., Path], tmp_path: Path) -> None:
    write(HALTING)
    jumpbound("refute", "claims.py::halting", "--size", "5", folder=tmp_path)
    write(HALTING.replace("return halts(p, x)", "return True"))
    found = jumpbound("replay", "claims.halting.json", folder=tmp_path)
    assert found.returncode == 0
    assert "this is no counterexample" in found.stdout
    assert found.stdout.endswith("has been changed since this was found.)\n")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the command; all that it started is ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_killed_ten_times_it_says_the_same(
    write: Callable[..., Path], tmp_path: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    """Killed at ten random moments, and resumed each time."""
    write(SLOW)
    arguments = ("refute", "claims.py::slow", "--size", "5", "--json")
    (tmp_path / "undisturbed").mkdir()
    (tmp_path / "undisturbed" / "claims.py").write_text((tmp_path / "claims.py").read_text())
    wanted = json.loads(jumpbound(*arguments, "--workers", "1", folder=tmp_path / "undisturbed",
                                  ).stdout)
    (journal,) = (tmp_path / "cache" / "claims").iterdir()
    journal.unlink()
    moments = random.Random(20261122)
    killed = 0
    for _ in range(10):
        process = start(*arguments, "--workers", moments.choice("12"))
        time.sleep(moments.uniform(0.3, 1.2))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            killed += 1
        process.communicate()
    found = json.loads(jumpbound(*arguments, folder=tmp_path).stdout)
    for key in ("verdict", "counterexample", "instances", "skipped", "bound"):
        assert found[key] == wanted[key], key
    assert killed >= 5


def test_ctrl_c_stops_it_cleanly(
    write: Callable[..., Path], tmp_path: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    write(SLOW.replace("0.008", "0.05"))
    process = start("refute", "claims.py::slow", "--size", "6", "--workers", "2")
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, "")
    assert err.endswith("jumpbound: stopped; no file is half-written, and proofs are kept\n")
    assert not list(tmp_path.glob("*.json"))


def test_a_killed_worker_is_replaced(
    write: Callable[..., Path], tmp_path: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    """A claim that kills its worker, once."""
    write(f"""
        import os, pathlib
        @claim("All is well.")
        def well(n: Nat, m: Nat) -> bool:
            mark = pathlib.Path({str(tmp_path)!r}) / "killed"
            if n == 20 and not mark.exists():
                mark.touch()
                os.kill(os.getpid(), 9)
            return n < 30
    """)
    process = start("refute", "claims.py::well", "--size", "50", "--workers", "2", "--json")
    out, err = process.communicate(timeout=60)
    found = json.loads(out)
    assert (tmp_path / "killed").exists()
    assert found["counterexample"]["values"] == {"n": "30", "m": "0"}
    assert found["instances"] == sum(range(31)) + 31, err


def test_an_instance_that_kills_its_process_is_one_unknown_instance(
    write: Callable[..., Path], start: Callable[..., subprocess.Popen[str]]
) -> None:
    write("""
        import os
        @claim("All is well.")
        def well(n: Nat, m: Nat) -> bool:
            if (n, m) == (4, 5):
                os.kill(os.getpid(), 9)
            return True
    """)
    process = start("refute", "claims.py::well", "--size", "15", "--workers", "2", "--json")
    out, err = process.communicate(timeout=100)
    found = json.loads(out)
    assert (found["verdict"], found["instances"], found["unknown"]) == ("unknown", 135, 1), err
    assert found["open"] == [{
        "values": {"n": "4", "m": "5"}, "size": 9, "kind": "unknown",
        "reason": "its process ended",
    }]


@pytest.mark.parametrize("engine", ["random", "symbolic"])
def test_a_claim_that_ends_the_process_of_an_engine_is_unknown(
    write: Callable[..., Path], tmp_path: Path, engine: str
) -> None:
    write("""
        import os
        @claim("It stays.")
        def stays(n: Nat) -> bool:
            if n == 1:
                os._exit(0)
            return True
    """)
    said = jumpbound(
        "refute", "claims.py::stays", "--size", "5", "--engine", engine, folder=tmp_path
    )
    assert (said.returncode, said.stderr) == (1, "")
    assert "unknown: the claim ended the process; the exhaustive engine finds" in said.stdout


def test_what_other_engines_find_outside_comes_back_whole(
    write: Callable[..., Path], refused: Callable[..., str], tmp_path: Path
) -> None:
    write("""
        @claim("Numbers are small.")
        def small(n: Nat) -> bool:
            return n < 7
    """)
    for engine in ("random", "symbolic"):
        said = jumpbound("refute", "claims.py::small", "--engine", engine, folder=tmp_path)
        assert (said.returncode, said.stderr) == (1, "")
        assert "n = 7" in said.stdout, said.stdout
        assert json.loads((tmp_path / "claims.small.json").read_text())["values"] == {"n": "7"}
    (tmp_path / "claims.small.json").unlink()
    assert "samples 5" in refused(
        "refute", "claims.py::small", "--engine", "symbolic", "--samples", "5"
    )
