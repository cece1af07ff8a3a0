"""The command line: what it prints, where, its exit codes, and what it refuses."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checks import verification
from checks.catalogue import CARDS, card
from checks.results import (
    CardResult,
    CheckResult,
    InstanceResult,
    Part,
    SolverTime,
    Verification,
)
from models.machine.tree import numeral, parse_tree
from tests.checks.console import Command, Said

ROOT = Path(__file__).parents[2]
HEAVY = {"altair", "cvc5", "lark", "rich", "sympy", "z3"}


def process(*arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """The console command, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "checks.cli", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        **more,
    )


def files(folder: Path) -> dict[str, tuple[int, int]]:
    """All that lies in a folder, with sizes and times."""
    found = {}
    for path in sorted(folder.rglob("*")):
        stat = path.lstat()
        found[str(path.relative_to(folder))] = (stat.st_size, stat.st_mtime_ns)
    return found


# Start


def loaded_by(*arguments: str) -> set[str]:
    code = (
        "import sys\n"
        f"sys.argv = ['jumpbound', *{arguments!r}]\n"
        "from checks.cli import main\n"
        "try:\n    main()\nexcept SystemExit as left:\n    assert left.code == 0, left\n"
        f"print('loaded', *({HEAVY!r} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(found.stdout.splitlines()[-1].split()[1:])


def test_help_loads_no_library_but_the_one_that_prints_it() -> None:
    assert loaded_by("--help") <= {"rich"}
    assert loaded_by("verify", "--help") <= {"rich"}


def test_a_run_loads_no_solver() -> None:
    assert loaded_by("run", "-e", "while(id, tl)", "--input", "2") <= {"rich"}


def test_help_names_every_command(jumpbound: Command) -> None:
    said = jumpbound("--help")
    assert (said.code, said.err) == (0, "")
    for name in ("verify", "prove", "axioms", "show", "run", "jump", "layer", "amdahl"):
        assert f" {name} " in said.out
        assert jumpbound(name, "--help").code == 0
    assert jumpbound().out == said.out


def test_a_process_of_its_own(place: Path) -> None:
    found = process("run", "-e", "while(id, tl)", "--input", "2", "--json")
    assert (found.returncode, found.stderr) == (0, "")
    assert json.loads(found.stdout)["steps"] == 11
    before = files(place.parent)
    found = process("run", "-e", "while(id, tl)", "--input", "<2")
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("jumpbound: --input: line 1, column 3: ")
    assert len(found.stderr.splitlines()) == 1
    assert files(place.parent) == before


def test_a_reader_that_leaves_early(place: Path) -> None:
    command = [sys.executable, "-m", "checks.cli", "run", "-e", "id", "--input", "300000"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, env=env) as started:
        assert started.stdout is not None and started.stderr is not None
        assert started.stdout.read(10) == b"<nil.<nil."
        started.stdout.close()
        assert started.stderr.read() == b""
        assert started.wait(60) == 1


def test_ctrl_c(place: Path) -> None:
    command = [
        sys.executable, "-u", "-m", "checks.cli", "run", "--trace",
        "-e", "while(quote 1, id)", "--gas", "1000000000",
    ]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE

    def listen() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)

    with subprocess.Popen(
        command, stdout=pipe, stderr=pipe, env=env, preexec_fn=listen
    ) as started:
        assert started.stdout is not None
        started.stdout.readline()
        started.send_signal(signal.SIGINT)
        _, err = started.communicate(timeout=60)
    assert started.returncode == 130
    assert err.decode().startswith("jumpbound: stopped")
    assert "Traceback" not in err.decode()


# run


def test_run(jumpbound: Command) -> None:
    said = jumpbound("run", "-e", "while(id, tl)", "--input", "2")
    assert (said.code, said.err) == (0, "")
    assert said.out == "nil\nhalted after 11 steps\n"


def test_run_as_json(jumpbound: Command) -> None:
    said = jumpbound("run", "-e", "while(id, tl)", "--input", "2", "--json")
    assert (said.code, said.err) == (0, "")
    assert said.json() == {"outcome": "halted", "value": "nil", "steps": 11, "queries": []}


def test_questions(jumpbound: Command) -> None:
    command = ("run", "-e", "cons(ask, then(hd, ask))", "-i", "<1.2>", "--oracle", "set:1,<3.4>")
    assert jumpbound(*command, "--json").json() == {
        "outcome": "halted",
        "value": "<nil.<nil.nil>>",
        "steps": 7,
        "queries": [
            ["<<nil.nil>.<nil.<nil.nil>>>", "nil"],
            ["<nil.nil>", "<nil.nil>"],
        ],
    }
    assert jumpbound(*command, "--json", "--numbers").json() == {
        "outcome": "halted", "value": "2", "steps": 7, "queries": [["<1.2>", "0"], ["1", "1"]],
    }
    assert jumpbound(*command, "--numbers").out == (
        "2\nhalted after 7 steps\nasked <1.2>: 0\nasked 1: 1\n"
    )


def test_long_questions_are_cut_for_a_reader(jumpbound: Command) -> None:
    arguments = ("run", "-e", "cons(ask, then(tl, ask))", "-i", "50")
    said = jumpbound(*arguments)
    first, second, note = said.out.splitlines()[-3:]
    fifty = "<nil." * 50 + "nil" + ">" * 50
    assert first == f"asked {fifty[:100]}…{fifty[-100:]}: nil"
    assert second.startswith("asked <nil.") and len(second) < 230
    assert note == "--json prints long questions and answers in full"
    assert jumpbound(*arguments, "--json").json()["queries"][0] == [fifty, "nil"]
    assert "--json" not in jumpbound(*arguments, "--numbers").out


def test_out_of_gas(jumpbound: Command) -> None:
    command = ("run", "-e", "while(ask, id)", "--oracle", "full", "--gas", "7")
    said = jumpbound(*command, "--json")
    assert said.code == 1
    assert said.json() == {
        "outcome": "out-of-gas", "value": None, "steps": 7,
        "queries": [["nil", "<nil.nil>"], ["nil", "<nil.nil>"]],
    }
    said = jumpbound(*command)
    assert said.code == 1
    assert said.out.startswith("out of gas after 7 steps: it may halt with more, or never\n")
    assert jumpbound("run", "-e", "id", "--gas", "0").code == 1
    assert jumpbound("run", "-e", "id", "--gas", "1").code == 0


def test_trace(jumpbound: Command) -> None:
    said = jumpbound("run", "-e", "then(tl, id)", "--input", "2", "--trace", "--numbers")
    assert said.code == 0
    assert said.out.splitlines() == [
        "     0  acc 2  stack []  control do then(tl, id)",
        "     1  acc 2  stack []  control do tl; do id",
        "     2  acc 1  stack []  control do id",
        "     3  acc 1  stack []  control (halted)",
        "1",
        "halted after 3 steps",
    ]
    assert jumpbound("run", "-e", "id", "--trace", "--json").json()["steps"] == 1


def test_programs_and_inputs_from_files(jumpbound: Command, place: Path) -> None:
    (place / "p.term").write_text("// go down\nwhile(id, tl)\n", encoding="utf-8")
    (place / "q.while").write_text("q read X { Y := cons X X } write Y", encoding="utf-8")
    (place / "tree.txt").write_text("[1,\n 2]\n", encoding="utf-8")
    (place / "marked.txt").write_text("\ufeff3", encoding="utf-8")
    assert jumpbound("run", "p.term", "--input", "2", "--json").json()["steps"] == 11
    found = jumpbound("run", "q.while", "--input", "@tree.txt", "--json").json()
    assert parse_tree(found["value"]) == parse_tree("<[1, 2].[1, 2]>")
    assert jumpbound("run", "-e", "id", "-i", "@marked.txt", "--numbers").out.startswith("3\n")
    found = jumpbound("run", "-e", "ask", "-i", "5", "--oracle", "while:p.term", "--json").json()
    assert found["value"] == "nil"
    assert jumpbound("run", "-e", "id", "--json").json()["value"] == "nil"


@pytest.mark.parametrize(
    "command", [["run", "-e", "id"], ["halts", "-e", "id"], ["limit", "-e", "id"],
                ["revise", "id", "id"]],
    ids=lambda command: command[0],
)
def test_a_message_about_an_input_names_its_file(
    jumpbound: Command, place: Path, command: list[str]
) -> None:
    (place / "tree.txt").write_text("<1.\n2", encoding="utf-8")
    said = jumpbound(*command, "--input", "@tree.txt")
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "jumpbound: tree.txt: line 2, column 2: the text ends inside a pair; expected '>'\n"
    )


def test_the_version(jumpbound: Command) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    said = jumpbound("--version")
    assert (said.code, said.out, said.err) == (0, f"jumpbound {project['version']}\n", "")


def test_every_example_runs(jumpbound: Command) -> None:
    examples = sorted((ROOT / "examples" / "while").glob("*.while"))
    assert examples
    for example in examples:
        said = jumpbound("run", str(example), "--input", "[1, 2]", "--gas", "5000", "--json")
        assert said.code in (0, 1), said.err
        assert said.json()["outcome"] == ("halted" if said.code == 0 else "out-of-gas")


def test_large_numbers_as_numbers(jumpbound: Command) -> None:
    said = jumpbound("run", "-e", "cons(id, tl)", "-i", "100000", "--numbers", "--json")
    assert said.json()["value"] == "<100000.99999>"
    said = jumpbound("run", "-e", "id", "-i", "1000", "--json")
    assert parse_tree(said.json()["value"]) == numeral(1000)


# amdahl


def test_halts_by_a_cycle(jumpbound: Command, place: Path) -> None:
    (place / "pairs.while").write_text("pairs read X {} write X", encoding="utf-8")
    asked = ("halts", "-e", "while(ask, id)", "-i", "1", "--oracle", "while:pairs.while")
    said = jumpbound(*asked)
    assert said == Said(
        0,
        "loops: it halts for no gas (theorem looping-certificate-sound)\n\n"
        "After 4 steps the machine is in a state in which it is again 4 steps\n"
        "later: the same control list, accumulator and stack.\n",
        "",
    )
    assert jumpbound(*asked, "--json").json() == {
        "verdict": "loops",
        "steps": None,
        "certificate": {"kind": "cycle", "steps": 4, "period": 4},
    }


def test_amdahl(jumpbound: Command) -> None:
    said = jumpbound("amdahl", "--ratio", "4", "--scalable", "1/4", "--json")
    assert (said.code, said.err) == (0, "")
    found = said.json()
    exact = {
        "ratio": "4", "scalable": "1/4", "threshold": "3/4", "critical_ratio": "4/3",
        "allocation": "1/3", "time": "3/4", "break_even": "2/3",
    }
    assert {key: found[key] for key in exact} == exact
    assert found["collapse"] is False
    assert found["allocation_float"] == pytest.approx(1 / 3)
    assert all(isinstance(found[f"{key}_float"], float) for key in exact)


def test_amdahl_irrational_and_collapsed(jumpbound: Command) -> None:
    found = jumpbound("amdahl", "--ratio", "2", "--scalable", "0.25", "--json").json()
    assert "sqrt(3)" in found["allocation"]
    assert found["allocation_float"] == pytest.approx((3**0.5 - 1) / (3**0.5 + 1))
    found = jumpbound("amdahl", "--ratio", "2", "--scalable", "1/2", "--json").json()
    assert found["collapse"] is True
    assert (found["allocation"], found["time"], found["break_even"]) == ("0", "1", None)
    assert found["break_even_float"] is None
    found = jumpbound("amdahl", "--ratio", "2", "--scalable", "1", "--json").json()
    assert (found["critical_ratio"], found["critical_ratio_float"]) == (None, None)


def test_amdahl_for_a_reader(jumpbound: Command) -> None:
    said = jumpbound("amdahl", "--ratio", "2.5", "--scalable", "1/10")
    assert said.code == 0
    assert said.out.startswith("specialise\n")
    assert "5/2" in said.out
    said = jumpbound("amdahl", "--ratio", "1", "--scalable", "1")
    assert said.out.startswith("collapses")
    assert re.search(r"threshold S_c = 1 - 1/R +0\n", said.out), "a whole number once"


def test_amdahl_plot(jumpbound: Command, place: Path) -> None:
    said = jumpbound("amdahl", "--ratio", "4", "--scalable", "1/4", "--plot", "t.svg", "--json")
    assert said.code == 0
    assert said.json()["time"] == "3/4"
    assert [path.name for path in place.iterdir()] == ["t.svg"]
    assert (place / "t.svg").read_text(encoding="utf-8").startswith("<svg")


def test_amdahl_sensitivities(jumpbound: Command) -> None:
    found = jumpbound("amdahl", "--ratio", "4", "--scalable", "3/4", "--json").json()
    slope = found["sensitivities"]["allocation_by_scalable"]
    assert (slope["value"], slope["below"], slope["above"]) == (None, "-2/3", "0")
    said = jumpbound("amdahl", "--ratio", "4", "--scalable", "3/4").out
    assert re.search(r"dx\*/ds +-2/3 ≈ -0.666667 from below, 0 from above\n", said)


def test_amdahl_reads_roots(jumpbound: Command) -> None:
    found = jumpbound("amdahl", "--ratio", "2/(1-sqrt(1/2))", "--scalable", "1/2", "--json").json()
    assert found["allocation"] == "3 - 2*sqrt(2)"
    said = jumpbound("amdahl", "--ratio", "sqrt(6)", "--scalable", "1/3")
    assert max(map(len, said.out.splitlines())) <= 100
    assert "(exactly with --json)" in said.out


def test_amdahl_long_numbers_stay_on_their_lines(jumpbound: Command) -> None:
    for more in ((), ("--gamma", "1e-299"), ("--exponent", "999")):
        said = jumpbound("amdahl", "--ratio", "1e299", "--scalable", "1e-299", *more)
        assert (said.code, said.err) == (0, "")
        assert max(map(len, said.out.splitlines())) <= 100


def test_amdahl_units(jumpbound: Command) -> None:
    asked = ("amdahl", "--unit", "1/2:10", "--unit", "1/4:3", "--scalable", "1/4")
    found = jumpbound(*asked, "--json").json()
    assert found["time"] == "(sqrt(5)/10 + sqrt(3)/6 + sqrt(510)/60)**2"
    assert [unit["pays_alone"] for unit in found["units"]] == [True, False]
    assert found["units"][1]["share_low"].startswith("0.0756991290633565")
    said = jumpbound(*asked).out
    line = r"\n  2 +1/4 +3 +does not pay +in \[0.0756991290633, 0.0756991290634\]\n"
    assert re.search(line, said)
    assert "still served beside" in " ".join(said.split())


def test_amdahl_bandwidth_and_exponent(jumpbound: Command) -> None:
    asked = ("amdahl", "--ratio", "10", "--scalable", "1/2")
    found = jumpbound(*asked, "--gamma", "0.1", "--json").json()
    assert (found["allocation"], found["break_even"]) == (None, "5 - sqrt(21)")
    assert found["threshold"] == "9/10"
    ends = [float(found[f"allocation_{end}"]) for end in ("low", "high")]
    assert ends == [found["allocation_float"]] * 2, "closer than doubles are"
    said = jumpbound(*asked, "--exponent", "3/2").out
    assert re.search(r"threshold S_c = \(R-1\)/\(R-1\+a\) +6/7", said)
    assert re.search(r"best allocation x\* +in \[0.120647897181, 0.120647897182\]\n", said)
    # γ = 0 and a = 1 are the paper's objective, with all that is known of it.
    plain = jumpbound(*asked)
    assert jumpbound(*asked, "--gamma", "0", "--exponent", "1.0") == plain


def test_amdahl_intervals(jumpbound: Command) -> None:
    found = jumpbound("amdahl", "--ratio", "8..12", "--scalable", "0.6..0.8", "--json").json()
    assert (found["collapse"], found["critical_ratio_high"]) == ("excluded", "5")
    said = jumpbound("amdahl", "--ratio", "8..12", "--scalable", "0.9..1").out
    assert said.startswith("depends on the numbers\n")
    assert re.search(r"critical ratio R_c = 1/\(1-s\) +from 10 to no bound\n", said)


def test_amdahl_table(jumpbound: Command, place: Path) -> None:
    asked = ("amdahl", "--ratio", "1..5", "--scalable", "0..1", "--steps", "4", "--table", "t.csv")
    assert jumpbound(*asked).out.endswith("\nTable: t.csv, 25 rows\n")
    with (place / "t.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 25
    assert [row["ratio"] for row in rows[::5]] == ["1", "2", "3", "4", "5"]
    for row in rows:
        one = jumpbound(
            "amdahl", "--ratio", row["ratio"], "--scalable", row["scalable"], "--json"
        ).json()
        slopes = one.pop("sensitivities")
        for key in ("allocation", "time", "break_even", "threshold", "critical_ratio"):
            assert row[key] == (one[key] or "")
            assert row[f"{key}_float"] == ("" if one[key] is None else str(one[f"{key}_float"]))
        assert row["collapse"] == str(one["collapse"]).lower()
        assert row["time_by_scalable"] == (slopes["time_by_scalable"]["value"] or "")
    assert jumpbound("amdahl", "--ratio", "4", "--scalable", "0", "--table", "t.csv").out.endswith(
        "t.csv, 1 row\n"
    )
def test_amdahl_page(jumpbound: Command, place: Path) -> None:
    said = jumpbound("amdahl", "--ratio", "4", "--scalable", "1/4", "--plot", "t.html", "--json")
    assert said.code == 0
    assert "Content-Security-Policy" in (place / "t.html").read_text(encoding="utf-8")
    bad(jumpbound("amdahl", "--ratio", "1e120", "--scalable", "0", "--plot", "u.html"), "too far")
    assert [path.name for path in place.iterdir()] == ["t.html"]


# Cards


def test_list_of_cards(jumpbound: Command) -> None:
    said = jumpbound("show")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert [line.split()[0] for line in lines] == [one.id for one in CARDS]
    assert [" not yet " in line for line in lines] == [not one.proof for one in CARDS]
    found = jumpbound("show", "--json").json()
    assert found["cards"][0] == {
        "id": "gas-monotone", "title": card("gas-monotone").title, "topic": "machine",
        "has_proof": True,
    }


def test_show(jumpbound: Command) -> None:
    said = jumpbound("show", "gas-monotone")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("gas-monotone: ")
    assert "Verdict: proved" in said.out
    assert "definition evaluate" in said.out
    found = jumpbound("show", "gas-monotone", "--json").json()
    assert (found["id"], found["verdict"]) == ("gas-monotone", "proved")
    assert found["idea"] == card("gas-monotone").idea


def test_axioms(jumpbound: Command) -> None:
    said = jumpbound("axioms", "gas-monotone", "--json")
    assert said.code == 0
    found = said.json()
    assert set(found) >= {"id", "verdict", "axioms", "choices", "definitions", "theorems"}
    assert (found["axioms"], found["choices"], found["definitions"]) == ([], [], ["evaluate"])
    said = jumpbound("axioms", "optimum")
    assert said.code == 0
    assert "every nonnegative real is the square of a nonnegative real" in said.out


def test_prove(jumpbound: Command, place: Path) -> None:
    (place / "smt").mkdir()
    said = jumpbound("prove", "gas-monotone", "--smt", "smt", "--json")
    assert (said.code, said.err) == (0, "")
    found = said.json()
    assert (found["ok"], found["verdict"]) == (True, "proved")
    scripts = sorted((place / "smt").iterdir())
    assert len(scripts) == found["obligations"]
    for script in scripts:
        assert script.suffix == ".smt2"
        assert "(check-sat)" in script.read_text(encoding="utf-8")
    said = jumpbound("prove", "gas-monotone")
    assert said.code == 0
    assert said.out.startswith("gas-monotone: proved\n")


def test_a_solver_alone_agrees_with_a_written_obligation(jumpbound: Command, place: Path) -> None:
    (place / "smt").mkdir()
    assert jumpbound("prove", "amdahl-identity", "--smt", "smt").code == 0
    for script in (place / "smt").iterdir():
        found = subprocess.run(
            [sys.executable, "-c", SOLVE, str(script)], capture_output=True, text=True, check=True
        )
        assert found.stdout.split() == ["unsat"]


SOLVE = """
import sys, z3
solver = z3.Solver()
solver.from_file(sys.argv[1])
print(solver.check())
"""


def test_verify(jumpbound: Command, place: Path) -> None:
    (place / "out").mkdir()
    said = jumpbound("verify", "gas-monotone", "amdahl-identity", "--out", "out", "--json")
    assert said.code == 0
    found = said.json()
    assert found["ok"] is True
    assert [theorem["id"] for theorem in found["theorems"]] == ["gas-monotone", "amdahl-identity"]
    for theorem in found["theorems"]:
        assert theorem["verdict"] == "proved"
        assert theorem["z3"]["proved"] == theorem["cvc5"]["proved"] == theorem["obligations"] > 0
        assert [check["verdict"] for check in theorem["checks"]] == ["exhausted"]
    assert sorted(path.name for path in (place / "out").iterdir()) == ["report.html", "report.json"]
    assert json.loads((place / "out" / "report.json").read_text(encoding="utf-8")) == found
    page = (place / "out" / "report.html").read_text(encoding="utf-8")
    assert "gas-monotone" in page and "amdahl-identity" in page
    assert list(place.iterdir()) == [place / "out"]


# What a verification comes to, without proving anything


def result(name: str, verdict: Any, check: Any = None, **more: Any) -> CardResult:
    times = {solver: SolverTime(1, 0.5) for solver in ("z3", "cvc5")}
    part = Part(name, "for all n: n > 1", "", verdict, 1, times, **more)
    checks = () if check is None else (
        CheckResult("grid", check, 7, 0, "n to 9", 0.1, {"n": "1"} if check == "refuted" else None),
    )
    return CardResult(card(name), verdict, more.get("reason", ""), (part,), (), checks)


UNCONFIRMED = InstanceResult(
    "collapse.if", "without", "to", "Beyond the pole.", {"R": "4", "x": "1/2"}, (),
    "the conclusion holds", "x < 1",
)


def waiting() -> CardResult:
    unproved = replace(card("kleene-post"), proof="", checks=(), idea="")
    return CardResult(unproved, "unknown", "not yet proved", (), (), ())


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[CardResult]:
    cards: list[CardResult] = []
    versions = {"z3": "1.2", "cvc5": "3.4"}

    def verify(*_: Any, **__: Any) -> Verification:
        return Verification(tuple(cards), versions, 1.5)

    monkeypatch.setattr(verification, "verify", verify)
    return cards


def test_all_proved(jumpbound: Command, found: list[CardResult]) -> None:
    found += [result("gas-monotone", "proved", "exhausted")]
    said = jumpbound("verify")
    assert said.code == 0
    assert said.out.endswith("1 of 1 theorems proved by both solvers.\n")
    assert "exhausted, 7 instances" in said.out
    assert jumpbound("verify", "--strict").code == 0


def test_not_yet_proved(jumpbound: Command, found: list[CardResult]) -> None:
    found += [result("gas-monotone", "proved"), waiting()]
    said = jumpbound("verify")
    assert said.code == 0
    assert said.out.endswith("1 of 2 theorems proved by both solvers; 1 not yet proved.\n")
    assert jumpbound("verify", "--strict").code == 1
    said = jumpbound("verify", "--strict", "--json")
    assert said.code == 1
    assert (said.json()["ok"], said.json()["open"]) == (True, ["kleene-post"])


@pytest.mark.parametrize(
    "failing",
    [
        result("collapse", "refuted", reason="z3: sat", countermodel="  n = 1"),
        result("collapse", "unknown", reason="z3: unknown"),
        result("collapse", "proved", "refuted"),
        result("collapse", "proved", "unknown"),
        replace(result("collapse", "proved"), instances=(UNCONFIRMED,)),
    ],
    ids=["refuted", "unknown", "check refuted", "check unknown", "not confirmed"],
)
def test_failed(
    jumpbound: Command, found: list[CardResult], place: Path, failing: CardResult
) -> None:
    found += [result("gas-monotone", "proved"), failing]
    said = jumpbound("verify")
    assert said.code == 1
    assert said.out.splitlines()[-1].endswith("FAILED: collapse.")
    assert (place / "report.html").is_file()
    if failing.verdict == "refuted":
        assert "collapse: refuted: z3: sat\n  n = 1\n" in said.out
    if failing.checks and failing.checks[0].verdict == "refuted":
        assert "check grid: refuted: counterexample {'n': '1'}" in said.out
    if failing.instances:
        assert (
            "collapse: collapse.if: Without 'to' (x < 1): not confirmed: the conclusion holds\n"
        ) in said.out
    said = jumpbound("verify", "--json")
    assert said.code == 1
    assert said.json()["ok"] is False
    assert json.loads((place / "report.json").read_text(encoding="utf-8")) == said.json()


def test_show_says_what_is_not_confirmed(jumpbound: Command, found: list[CardResult]) -> None:
    right = replace(UNCONFIRMED, values={"R": "4", "x": "2"}, reason="")
    found += [replace(result("collapse", "proved"), instances=(right, UNCONFIRMED))]
    said = jumpbound("show", "collapse")
    assert said.code == 0
    assert (
        "Witnesses, and what each hypothesis is for\n"
        "  collapse.if\n"
        "    Without 'to' (x < 1) it fails: Beyond the pole.\n"
        "      R = 4; x = 2\n"
        "    Without 'to' (x < 1): NOT CONFIRMED: the conclusion holds\n"
        "      R = 4; x = 1/2\n"
    ) in said.out
    assert [one["confirmed"] for one in jumpbound("show", "collapse", "--json").json()["instances"]
            ] == [True, False]


def test_a_card_not_proved(jumpbound: Command, found: list[CardResult]) -> None:
    found += [result("collapse", "refuted", reason="z3: sat", countermodel="  n = 1")]
    said = jumpbound("prove", "collapse")
    assert (said.code, said.out.splitlines()[0]) == (1, "collapse: refuted: z3: sat")
    assert "  n = 1" in said.out
    assert jumpbound("prove", "collapse", "--json").json()["ok"] is False
    # It rests on nothing yet, which is not the same as on no axiom.
    said = jumpbound("axioms", "collapse")
    assert (said.code, said.out) == (1, "collapse: refuted: z3: sat\n")
    data = jumpbound("axioms", "collapse", "--json").json()
    assert (data["axioms"], data["theorems"]) == (None, None)


# Bad input


BAD = [
    pytest.param(["run", "-e", "id", "-i", "<nil"], "--input: line 1, column 5: ", id="open tree"),
    pytest.param(["run", "-e", "id", "-i", "1 2"], "--input: line 1, column 3: ", id="two trees"),
    pytest.param(["run", "-e", "id", "-i", ""], "--input: line 1, column 1: no tree", id="no tree"),
    pytest.param(["run", "-e", "id", "-i", "99999999"], "numeral 99999999", id="numeral"),
    pytest.param(
        ["run", "-e", "head"], "-e: line 1, column 1: unknown constructor 'head'", id="constructor"
    ),
    pytest.param(["run", "-e", "cons(id"], "-e: line 1, column 8: ", id="open term"),
    pytest.param(["run", "-e", ""], "-e: line 1, column 1: no program", id="no term"),
    pytest.param(["run", "syntax.while"], "syntax.while: line 2, column ", id="WHILE syntax"),
    pytest.param(["run", "bad.term"], "bad.term: line 2, column 3: ", id="term syntax"),
    pytest.param(["run", "calls.while"], "calls.while: line 1, column ", id="missing callee"),
    pytest.param(["run", "missing.while"], "missing.while: cannot read it: No such", id="no file"),
    pytest.param(["run", "."], "cannot read it: Is a directory", id="folder for a file"),
    pytest.param(["run", "binary.while"], "binary.while: byte 0 is not UTF-8 text", id="binary"),
    pytest.param(["run", "binary.term"], "binary.term: byte 0 is not UTF-8 text", id="binary term"),
    pytest.param(["run", "-e", "id", "-i", "@missing"], "missing: cannot read it", id="no input"),
    pytest.param(["run", "-e", "id", "-i", "@."], "cannot read it", id="folder for input"),
    pytest.param(["run", "-e", "id", "-i", "@"], "--input: no file after '@'", id="no name"),
    pytest.param(["run", "-e", "id", "-i", "@binary.term"], "not UTF-8 text", id="binary input"),
    pytest.param(
        ["run", "-e", "id", "-i", "@large.txt"], "large.txt: line 1, column 10000001: ", id="10 MB"
    ),
    pytest.param(["run", "large.term"], "large.term: the file is too large", id="10 MB term"),
    pytest.param(["run", "large.while"], "large.while: the file is too large", id="10 MB WHILE"),
    pytest.param(["run", "full.term"], "full.term: line 1, column 1: ", id="1 MB term"),
    pytest.param(["run", "full.while"], "full.while: ", id="1 MB WHILE"),
    pytest.param(["run", "-e", "id", "-i", "@/dev/zero"], "the file is too large", id="endless"),
    pytest.param(["run", "-e", "ask", "--oracle", "all"], "unknown oracle 'all'", id="oracle"),
    pytest.param(
        ["run", "-e", "ask", "--oracle", "set:1,<2"], "oracle: line 1, column 9: ", id="oracle set"
    ),
    pytest.param(["run", "-e", "id", "--oracle", "while:no"], "no: cannot read", id="oracle file"),
    pytest.param(
        ["run", "-e", "ask", "--oracle", "while:loop.term", "--oracle-gas", "50"],
        "oracle while:loop.term ran out of gas on the question 0; expected an answer within 50",
        id="oracle out of gas",
    ),
    pytest.param(["run", "-e", "id", "--gas", "-1"], "--gas -1; expected a whole", id="gas"),
    pytest.param(["run", "-e", "id", "--oracle-gas", "-3"], "--oracle-gas -3; exp", id="o gas"),
    pytest.param(["run", "-e", "id", "--gas", "many"], "`jumpbound run --help`", id="no number"),
    pytest.param(["run", "-e", "id", "--gas", "1.5"], "'--gas'", id="gas is no whole number"),
    pytest.param(["run", "good.term", "-e", "id"], "two programs; expected FILE or", id="two"),
    pytest.param(["run"], "no program; expected FILE or -e TERM", id="no program"),
    pytest.param(["run", "-e", "id", "--nothing"], "--nothing", id="no such option"),
    pytest.param(["run", "a", "b"], "b", id="too many arguments"),
    pytest.param(
        ["nothing"], "No such command 'nothing'; see `jumpbound --help`", id="no such command"
    ),
    pytest.param(["amdahl", "--ratio", "0", "--scalable", "1/2"], "the ratio 0", id="R is 0"),
    pytest.param(["amdahl", "--ratio", "-2", "--scalable", "1/2"], "the ratio -2", id="R < 0"),
    pytest.param(
        ["amdahl", "--ratio", "0.5", "--scalable", "0.1"],
        "the ratio 1/2 is below 1: hardware slower than programmable hardware never pays",
        id="R < 1",
    ),
    pytest.param(["amdahl", "--ratio", "1/2..3", "--scalable", "0"], "ratio 1/2", id="low R < 1"),
    pytest.param(
        ["amdahl", "--ratio", "12..8", "--scalable", "0"], "the interval 12..8 ends below", id="R.."
    ),
    pytest.param(
        ["amdahl", "--ratio", "8", "--scalable", "0.8..0.6"], "the interval 4/5..3/5", id="s.."
    ),
    pytest.param(["amdahl", "--ratio", "8..", "--scalable", "0"], "no number", id="8.."),
    pytest.param(["amdahl", "--ratio", "1..2..3", "--scalable", "0"], "not a number", id="1..2..3"),
    pytest.param(["amdahl", "--ratio", "8", "--scalable", "0..2"], "share 2", id="0..2"),
    pytest.param(["amdahl"], "nothing to compute", id="amdahl"),
    pytest.param(["amdahl", "--scalable", "1/2"], "--scalable without --ratio", id="no R"),
    pytest.param(
        ["amdahl", "--ratio", "sqrt(2)+sqrt(3)", "--scalable", "0"], "a second root", id="roots"
    ),
    pytest.param(
        ["amdahl", "--ratio", "sqrt(6)", "--scalable", "0", "--gamma", "1"], "irrational", id="root"
    ),
    pytest.param(["amdahl", "--unit", "3"], "unit '3'; expected W:R", id="unit"),
    pytest.param(["amdahl", "--unit", "1:2:3"], "unit '1:2:3'; expected W:R", id="1:2:3"),
    pytest.param(["amdahl", "--unit", ":"], "--unit: ", id="unit :"),
    pytest.param(["amdahl", "--unit", "x:2"], "'x' is not a number", id="unit x"),
    pytest.param(["amdahl", "--unit=-0.1:2"], "the weight -1/10", id="weight < 0"),
    pytest.param(["amdahl", "--unit", "0.1:0.5"], "the ratio 1/2 is below 1", id="slow unit"),
    pytest.param(
        ["amdahl", "--unit", "0.7:3", "--unit", "0.7:4"], "weights add up to 7/5", id="weights > 1"
    ),
    pytest.param(["amdahl", "--unit", "0.7:3"] + ["--unit", "0:2"] * 64, "65 units", id="65 units"),
    pytest.param(
        ["amdahl", "--unit", "0.7:3", "--scalable", "0.2"], "weights that leave 3/10", id="sum"
    ),
    pytest.param(
        ["amdahl", "--unit", "0.7:3", "--scalable", "0.2..0.3"], "not a number", id="unit and .."
    ),
    pytest.param(["amdahl", "--unit", "0.7:3", "--ratio", "3"], "--ratio beside --unit", id="both"),
    pytest.param(
        ["amdahl", "--unit", "0.7:3", "--table", "t.csv"], "--table beside --unit", id="unit table"
    ),
    pytest.param(
        ["amdahl", "--ratio", "3", "--scalable", "0", "--gamma", "-1"], "--gamma: -1", id="gamma"
    ),
    pytest.param(
        ["amdahl", "--ratio", "3", "--scalable", "0", "--exponent", "0"], "--exponent: 0", id="a 0"
    ),
    pytest.param(
        ["amdahl", "--ratio", "3", "--scalable", "0", "--exponent", "1e9"],
        "--exponent: the exponent 1000000000", id="a huge",
    ),
    pytest.param(
        ["amdahl", "--ratio", "3..4", "--scalable", "0", "--gamma", "1"],
        "an interval beside --gamma", id="gamma and ..",
    ),
    pytest.param(
        ["amdahl", "--ratio", "3", "--scalable", "0", "--gamma", "1", "--plot", "t.svg"],
        "--plot beside --gamma", id="gamma and plot",
    ),
    pytest.param(
        ["amdahl", "--ratio", "3..4", "--scalable", "0", "--plot", "t.svg", "--table", "t.csv"],
        "--plot beside an interval", id="plot and ..",
    ),
    pytest.param(
        ["amdahl", "--ratio", "3", "--scalable", "0", "--plot", "t.doc", "--table", "t.csv"],
        "t.doc: ", id="plot and table",
    ),
    pytest.param(
        ["amdahl", "--ratio", "3..4", "--scalable", "0", "--table", "no/t.csv"],
        "no such folder", id="table",
    ),
    pytest.param(
        ["amdahl", "--ratio", "3..4", "--scalable", "0..1", "--table", "t.csv", "--steps", "100"],
        "a table of 10,201 rows", id="rows",
    ),
    pytest.param(
        ["amdahl", "--ratio", "3", "--scalable", "0", "--steps", "0"], "--steps", id="steps"
    ),
    pytest.param(["amdahl", "--ratio", "2", "--scalable", "1.5"], "scalable share 3/2", id="s > 1"),
    pytest.param(["amdahl", "--ratio", "2", "--scalable", "-1"], "scalable share -1", id="s < 0"),
    pytest.param(
        ["amdahl", "--ratio", "two", "--scalable", "1"], "--ratio: line 1, column 1: ", id="R word"
    ),
    pytest.param(["amdahl", "--ratio", "nan", "--scalable", "1"], "'nan' is not a", id="nan"),
    pytest.param(["amdahl", "--ratio", "1/0", "--scalable", "1"], "zero denominator", id="1/0"),
    pytest.param(["amdahl", "--ratio", "2", "--scalable", "1/"], "--scalable: line 1", id="1/"),
    pytest.param(["amdahl", "--ratio", "1e999999999", "--scalable", "1"], "--ratio", id="huge"),
    pytest.param(["amdahl", "--ratio", "4"], "--scalable", id="no s"),
    pytest.param(
        ["amdahl", "--ratio", "4", "--scalable", "0", "--plot", "t.doc"], "t.doc: ", id="suffix"
    ),
    pytest.param(
        ["amdahl", "--ratio", "4", "--scalable", "0", "--plot", "no/t.svg"], "t.svg", id="place"
    ),
    pytest.param(["show", "colapse"], "no theorem 'colapse'; expected collapse", id="card"),
    pytest.param(["show", "123"], "no theorem '123'; expected an id that `jumpbound", id="no card"),
    pytest.param(["prove", "colapse"], "no theorem 'colapse'", id="card to prove"),
    pytest.param(["axioms", "colapse"], "no theorem 'colapse'", id="card with axioms"),
    pytest.param(["prove"], "Missing argument 'ID'; see `jumpbound prove --help`", id="no id"),
    pytest.param(["verify", "collapse", "colapse"], "no theorem 'colapse'", id="second card"),
    pytest.param(["verify", "--out", "none", "collapse"], "none: no such folder", id="no folder"),
    pytest.param(["verify", "--out", "good.term"], "good.term: no such folder", id="no a folder"),
    pytest.param(["prove", "collapse", "--smt", "none"], "none: no such folder", id="no scripts"),
    pytest.param(["verify", "--seed", "-1"], "'--seed'", id="seed"),
    pytest.param(["verify", "--deadline", "0"], "'--deadline'", id="deadline"),
    pytest.param(["verify", "--deadline", "soon"], "'--deadline'", id="deadline is no number"),
]


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the bad commands name."""
    folder = tmp_path_factory.mktemp("given")
    for name, text in {
        "good.term": "id",
        "bad.term": "cons(id,\n  head)",
        "loop.term": "while(quote 1, id)",
        "syntax.while": "p read X {\n X = nil }\nwrite X",
        "calls.while": "p read X { X := <missing> X } write X",
        "large.txt": "<" * 10_000_000,
        "large.term": "<" * 10_000_000,
        "large.while": "<" * 10_000_000,
        "full.term": "<" * 1_000_000,
        "full.while": "<" * 1_000_000,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name in ("binary.while", "binary.term"):
        (folder / name).write_bytes(b"\xff\xfe\x00id")
    return folder


def bad(said: Said, message: str) -> None:
    assert said.code == 2
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert line.startswith("jumpbound: ")
    assert message in line
    assert "Traceback" not in line
    assert len(line) < 600


@pytest.mark.parametrize(("arguments", "message"), BAD)
def test_bad_input(
    jumpbound: Command, given: Path, place: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: list[str], message: str,
) -> None:
    """One line on standard error, exit code 2, and nothing on disk has changed."""
    monkeypatch.chdir(given)
    before = files(given), files(place.parent)
    bad(jumpbound(*arguments), message)
    assert (files(given), files(place.parent)) == before


@pytest.mark.parametrize(
    ("arguments", "message"), [case for case in BAD if case.id not in ("10 MB", "endless")]
)
def test_bad_input_is_no_json(
    jumpbound: Command, given: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: list[str], message: str,
) -> None:
    monkeypatch.chdir(given)
    bad(jumpbound(*arguments, "--json"), message)


@pytest.fixture
def unwritable(place: Path) -> Iterator[Path]:
    """A folder that exists and cannot be written."""
    folder = place / "closed"
    folder.mkdir()
    folder.chmod(0o500)
    try:
        (folder / "try").touch()
    except OSError:
        yield folder
    else:
        # This user may write anywhere but in the kernel's own tree.
        (folder / "try").unlink()
        if not Path("/proc/self").is_dir():
            pytest.skip("no folder that cannot be written")
        yield Path("/proc/self")
    finally:
        folder.chmod(0o700)


def test_a_folder_that_cannot_be_written(jumpbound: Command, place: Path, unwritable: Path) -> None:
    before = files(place.parent)
    bad(jumpbound("verify", "collapse", "--out", str(unwritable)), "cannot write there")
    bad(jumpbound("prove", "collapse", "--smt", str(unwritable)), "cannot write there")
    command = ("amdahl", "--ratio", "4", "--scalable", "1/4", "--plot")
    bad(jumpbound(*command, str(unwritable / "t.svg")), "t.svg")
    assert files(place.parent) == before


def test_a_report_that_cannot_be_replaced(
    jumpbound: Command, place: Path, found: list[CardResult]
) -> None:
    found += [result("gas-monotone", "proved")]
    (place / "report.html").mkdir()
    before = files(place)
    bad(jumpbound("verify"), "report.html: cannot write it")
    assert files(place) == before


def test_a_name_of_two_lines_is_one_line(jumpbound: Command) -> None:
    bad(jumpbound("run", "two\nlines.while"), "two lines.while: cannot read it")


def test_an_oracle_that_runs_out_of_gas_in_a_trace(jumpbound: Command, given: Path) -> None:
    said = jumpbound(
        "run", "-e", "then(id, ask)", "--trace",
        "--oracle", f"while:{given / 'loop.term'}", "--oracle-gas", "50",
    )
    assert said.code == 2
    assert len(said.err.splitlines()) == 1


def test_long_query_log_is_cut(jumpbound: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checks.cli.MOST_LOG", 20)
    arguments = ("run", "-e", "while(id, then(cons(ask, tl), tl))", "--input", "300")
    found = jumpbound(*arguments, "--json").json()
    assert len(found["queries"]) + found["queries_omitted"] == 300
    assert found["queries_omitted"] > 0
    monkeypatch.setattr("checks.cli.MOST_LOG", 10_000_000)
    said = jumpbound(*arguments)
    assert said.out.count("asked ") == 100
    assert "\nand 200 more questions\n" in said.out
    assert "queries_omitted" not in jumpbound("run", "-e", "ask", "--json").json()


@pytest.mark.parametrize(
    "option", [("--deadline", "inf"), ("--deadline", "1e10"), ("--seed", str(2**32))]
)
def test_solver_options_out_of_range(jumpbound: Command, option: tuple[str, str]) -> None:
    said = jumpbound("prove", "gas-monotone", *option)
    assert said.code == 2
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
