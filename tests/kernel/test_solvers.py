"""The two solvers: only "unsat" of both, to the very script, within the deadline, is a proof."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from proofs.kernel import rules, solvers
from proofs.kernel.rules import Obligation, Refused, prove, theorem_named
from proofs.kernel.solvers import NAMES, Answer, configure, decide, decide_all, settings
from proofs.kernel.tactics import forall
from proofs.kernel.terms import FALSE, equal, negate, script
from tests.kernel.equations import k, m, n, unused

CUBES = negate(equal(n * n * n + m * m * m, k * k * k))
HARD = script([n > 0, m > 0, k > 0], CUBES)
"""Fermat's last theorem for cubes: neither solver is done with it in seconds."""

EASY = script([], n * n >= 0)
WRONG = script([], n * n > 0)


@pytest.fixture(params=NAMES)
def process(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A solver of this test alone."""
    found = solvers._Process(request.param)
    yield found
    if found.alive():
        found.kill()


def verdicts(text: str) -> dict[str, str]:
    return {name: answer.verdict for name, answer in decide(text).items()}


# --- answers --------------------------------------------------------------------------------------


def test_both_answer() -> None:
    assert verdicts(EASY) == {"z3": "unsat", "cvc5": "unsat"}
    assert verdicts(WRONG) == {"z3": "sat", "cvc5": "sat"}
    rows = decide_all([EASY, WRONG, EASY])
    assert [row["z3"].verdict for row in rows] == ["unsat", "sat", "unsat"]
    assert {a.solver: a.version for a in rows[0].values()} == {
        name: solvers.version(name) for name in NAMES
    }


@pytest.mark.parametrize(
    "text",
    [
        "", "unsat", "(", ")", "(check-sat", "(error \"unsat\")",
        "(set-logic ALL)(assert nothing)(check-sat)",
        "(set-logic ALL)(assert false)",
        "(set-logic ALL)(declare-const x Int)(assert (and false x))(check-sat)",
        "(set-logic ALL)(echo \"warning\")(assert false)(check-sat)",
        "(set-logic ALL)(assert (not a))(assert false)(check-sat)",
        "(set-logic NONE_SUCH)(assert a)(check-sat)",
        "\0", "ü" * 1000, "(" * 100_000,
    ],
    ids=lambda text: repr(text[:40]),
)
def test_what_is_no_script_is_no_proof(text: str) -> None:
    """Not even where "unsat" comes after something else."""
    answers = decide(text)
    assert all(answer.verdict != "unsat" for answer in answers.values()), answers
    assert not Obligation("", text, answers).proved
    assert verdicts(EASY) == {"z3": "unsat", "cvc5": "unsat"}


OUTPUTS = [
    "", "unknown", "unknown\nunsat", "timeout", "sat", "sat\nunsat", "unsatisfiable", "unsat sat",
    "UNSAT", "(error \"line 1\")\nunsat", "warning\nunsat", "success\nunsat", "unsupported\nunsat",
    "; unsat", "\"unsat\"", "(unsat)", "unsat.", "un sat",
]


@pytest.mark.parametrize("output", OUTPUTS)
def test_only_the_line_unsat_is_a_proof(process: Any, output: str) -> None:
    digest = hashlib.sha256(EASY.encode()).hexdigest()
    process.lines.put(json.dumps({"output": output, "seconds": 0.0, "digest": digest}) + "\n")
    answer = process.ask(EASY, 5.0)
    assert answer.verdict == ("sat" if output.startswith("sat") else "unknown")


@pytest.mark.parametrize(
    "line",
    [
        "unsat\n", "\n", "{}\n", "[]\n", "null\n", "3\n", "\"unsat\"\n", "{\"output\": \"unsat\"\n",
        json.dumps({"output": "unsat", "seconds": 0.0}) + "\n",
        json.dumps({"output": "unsat", "digest": hashlib.sha256(EASY.encode()).hexdigest()}) + "\n",
        json.dumps({"output": "unsat", "seconds": 0.0, "digest": ""}) + "\n",
        json.dumps({"output": "unsat", "seconds": "soon", "digest": ""}) + "\n",
        json.dumps({"output": "unsat", "seconds": 0, "digest": None}) + "\n",
        json.dumps(
            {"output": "unsat", "seconds": 0, "digest": hashlib.sha256(WRONG.encode()).hexdigest()}
        )
        + "\n",
    ],
)
def test_an_answer_to_something_else_is_none(process: Any, line: str) -> None:
    """And the process that gave it is not asked again."""
    process.lines.put(line)
    answer = process.ask(EASY, 5.0)
    assert answer.verdict == "unknown" and answer.reason
    assert not process.alive()


def test_a_late_answer_is_not_taken_for_the_next_script(process: Any) -> None:
    first = process.ask(HARD, 0.2)
    assert first.verdict == "unknown" and not process.alive()
    assert process.ask(EASY, 5.0).verdict == "unknown"


# --- deadlines, crashes ---------------------------------------------------------------------------


def test_the_deadline_is_a_hard_one() -> None:
    decide(EASY)
    begin = time.monotonic()
    with configure(deadline=0.5):
        answers = decide(HARD)
    assert time.monotonic() - begin < 15.0
    for answer in answers.values():
        assert answer.verdict == "unknown" and answer.reason == "no answer within 0.5 s"
    assert verdicts(EASY) == {"z3": "unsat", "cvc5": "unsat"}


def test_a_proof_that_takes_too_long_is_refused() -> None:
    given = {"n": n > 0, "m": m > 0, "k": k > 0}
    with configure(deadline=0.3), pytest.raises(Refused) as refused:
        prove(unused(), forall(n, m, k, given=given, then=CUBES))
    assert "no answer within 0.3 s" in str(refused.value)


def test_a_killed_solver_is_no_proof(process: Any) -> None:
    timer = threading.Timer(0.3, process.process.kill)
    timer.start()
    begin = time.monotonic()
    answer = process.ask(HARD, 30.0)
    assert answer.verdict == "unknown" and answer.reason
    assert time.monotonic() - begin < 15.0
    timer.join()
    assert process.ask(EASY, 5.0).verdict == "unknown"


def test_a_solver_killed_while_idle_is_replaced() -> None:
    decide(EASY)
    for name in NAMES:
        for idle in solvers._pool.idle[name]:
            idle.process.kill()
            idle.process.wait()
    assert verdicts(EASY) == {"z3": "unsat", "cvc5": "unsat"}


def test_a_solver_that_cannot_start_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here another program is started in its place, which prints its arguments."""
    monkeypatch.setattr(solvers.sys, "executable", "/bin/echo")
    process = solvers._Process("z3")
    assert process.version == "missing"
    answer = process.ask(EASY, 2.0)
    assert answer.verdict == "unknown" and answer.reason


def test_modules_in_the_working_directory_are_not_the_solvers(tmp_path: Path) -> None:
    root = Path(solvers.__file__).parents[2]
    for name in ("z3.py", "cvc5.py", "json.py", "hashlib.py"):
        (tmp_path / name).write_text("raise SystemExit('another module')\n")
    program = (
        f"import sys; sys.path[:] = [p for p in sys.path if p]; sys.path.insert(0, {str(root)!r})\n"
        "from proofs.kernel.solvers import decide\n"
        "from proofs.kernel.terms import FALSE, script\n"
        "print({a.verdict for a in decide(script([FALSE], FALSE)).values()})\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=tmp_path, capture_output=True, text=True, timeout=60,
    )
    assert done.stdout.strip() == "{'unsat'}", done.stderr


# --- agreement ------------------------------------------------------------------------------------


@pytest.mark.parametrize("verdict", ["sat", "unknown", "UNSAT", "", None])
@pytest.mark.parametrize("name", NAMES)
def test_one_solver_alone_proves_nothing(
    name: str, verdict: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = solvers._one

    def one(solver: str, text: str, options: Any) -> Answer:
        answer = true(solver, text, options)
        return Answer(solver, "1", verdict, 0.0, "said so") if solver == name else answer

    monkeypatch.setattr(solvers, "_one", one)
    with pytest.raises(Refused) as refused:
        prove(unused(), forall(n, then=n * n >= 0))
    (obligation,) = refused.value.failed
    assert not obligation.proved
    assert {a.verdict for a in obligation.answers.values()} == {"unsat", verdict}


@pytest.mark.parametrize("name", NAMES)
def test_one_solver_that_says_unsat_to_everything(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = solvers._one

    def one(solver: str, text: str, options: Any) -> Answer:
        lie = Answer(solver, "1", "unsat", 0.0)
        return lie if solver == name else true(solver, text, options)

    monkeypatch.setattr(solvers, "_one", one)
    called = unused()
    with pytest.raises(Refused):
        prove(called, forall(then=FALSE))
    assert theorem_named(called) is None


def test_a_missing_answer_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    true = rules.decide_all

    for names in ((), ("z3",), ("cvc5",)):
        monkeypatch.setattr(
            rules,
            "decide_all",
            lambda texts, names=names: [{s: row[s] for s in names} for row in true(texts)],
        )
        with pytest.raises(Refused):
            prove(unused(), forall(n, then=n * n >= 0))
    for count in (0, 2):
        monkeypatch.setattr(rules, "decide_all", lambda texts, count=count: true(texts) * count)
        with pytest.raises(ValueError):
            prove(unused(), forall(n, then=n * n >= 0))


def test_answers_are_kept_with_the_obligation() -> None:
    with configure(cache=None):
        theorem = prove(unused(), forall(n, then=n * n >= 0))
    (obligation,) = theorem.obligations
    assert obligation.text == script([], n * n >= 0, seed=settings().seed)
    assert set(obligation.answers) == set(NAMES)
    for answer in obligation.answers.values():
        assert answer.verdict == "unsat" and answer.seconds >= 0 and not answer.cached


# --- settings -------------------------------------------------------------------------------------


def test_settings_hold_for_a_while() -> None:
    before = settings()
    with configure(deadline=3.0, seed=7) as inside:
        assert inside is settings() and (inside.deadline, inside.seed) == (3.0, 7)
        with configure(seed=8):
            assert settings().seed == 8 and settings().deadline == 3.0
        with pytest.raises(RuntimeError), configure(seed=9):
            raise RuntimeError
        assert settings().seed == 7
    assert settings() is before
    with pytest.raises(TypeError), configure(unknown=1):
        pass


def test_the_seed_is_in_the_script() -> None:
    with configure(seed=11):
        theorem = prove(unused(), forall(n, m, then=equal(n * m, m * n)))
    assert "(set-option :random-seed 11)" in theorem.obligations[0].text
    for seed in (-1, 1.0, "1", True, None):
        with configure(seed=seed), pytest.raises(TypeError):
            prove(unused(), forall(n, then=n * n >= 0))


def test_many_scripts_at_once() -> None:
    claims = [n * n >= i for i in range(-20, 20)]
    rows = decide_all([script([], claim) for claim in claims])
    wanted = ["unsat" if i <= 0 else "sat" for i in range(-20, 20)]
    assert [row["z3"].verdict for row in rows] == wanted
    assert [row["cvc5"].verdict for row in rows] == wanted
