"""Verification: cards proved, refuted and unknown, their checks, and the totals."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import checks
import checks.machine.jump.overview  # the package has a function of this name
from checks import verification
from checks.catalogue import CARDS, Card, card
from checks.results import (
    CardResult,
    CheckResult,
    InstanceResult,
    Part,
    SolverTime,
    Verification,
)
from checks.verification import (
    Event,
    _Tables,
    _work,
    cache_folder,
    prove_card,
    run_checks,
    verify,
)
from models.errors import BadInput
from proofs.kernel.rules import KernelError, Statement, Theorem, prove
from proofs.kernel.solvers import NAMES, configure
from proofs.kernel.tactics import forall, variables
from proofs.kernel.terms import INT, equal

(n,) = variables(n=INT)
UNPROVED = Card("some-card", "Title", "machine", "Source", "Statement.", "Statement.")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return []


@pytest.fixture(scope="module")
def found(cache: Path, events: list[Event]) -> Verification:
    return verify(
        ["amdahl-identity", "gas-monotone", "amdahl-identity"],
        cache=cache,
        progress=events.append,
    )


@pytest.fixture
def functions(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[..., Any]]:
    """What references name in a test."""
    named: dict[str, Callable[..., Any]] = {}
    monkeypatch.setattr(verification, "load", named.__getitem__)
    return named


@pytest.fixture(autouse=True)
def settings(cache: Path) -> Iterator[None]:
    with configure(cache=cache, fresh=False, deadline=20.0, seed=0):
        yield


# Real cards


def test_cards_are_proved_in_the_order_asked_for_and_once(found: Verification) -> None:
    assert [result.card.id for result in found.cards] == [
        "amdahl-identity", "gas-monotone",
    ]
    assert found.ok
    assert found.open == ()
    for result in found.cards:
        assert (result.verdict, result.reason) == ("proved", "")
        assert result.parts
        assert all(part.verdict == "proved" for part in result.parts)
        assert result.obligations > 0
        for name in NAMES:
            assert result.solver(name).proved == result.obligations
            assert result.solver(name).seconds >= 0


def test_checks_are_exhausted(found: Verification) -> None:
    for result in found.cards:
        assert result.checks
        for check in result.checks:
            assert check.verdict == "exhausted"
            assert check.instances > 1000
            assert check.bound


def test_what_a_card_needs(found: Verification, cache: Path) -> None:
    (substitution,) = verify(["substitution"], cache=cache, checks=False).cards
    assert "gas-monotone" in substitution.to_json()["needs"]
    assert ("definition", "evaluate") in substitution.rests_on
    identity, monotone = (result.to_json() for result in found.cards)
    assert monotone["needs"] == []
    assert identity["axioms"] == []


def test_json_has_the_keys_that_others_rely_on(found: Verification) -> None:
    data = json.loads(json.dumps(found.to_json()))
    assert data["ok"] is True
    assert set(data) >= {"ok", "theorems"}
    for theorem in data["theorems"]:
        assert set(theorem) >= {
            "id", "title", "topic", "source", "statement", "verdict", "obligations", "z3", "cvc5",
            "checks", "needs",
        }
        for name in NAMES:
            assert set(theorem[name]) == {"proved", "seconds"}
            assert theorem[name]["proved"] == theorem["obligations"]
        for check in theorem["checks"]:
            assert set(check) >= {"name", "verdict", "instances", "bound", "counterexample"}


def test_progress(found: Verification, events: list[Event]) -> None:
    proving = [event for event in events if event.stage == "proving"]
    assert [(event.done, event.total) for event in proving] == [(1, 2), (2, 2)]
    assert proving[0].text == "amdahl-identity: proved"
    checking = [event for event in events if event.stage == "checking"]
    assert checking[0].done == 0
    assert checking[-1].done == checking[-1].total == 2
    assert checking[-1].text.startswith("gas-monotone: ")
    assert found.seconds > 0


def without_times(found: Verification) -> Any:
    """What was found, but for how long it took and whether it was found before."""
    data = found.to_json()
    del data["seconds"], data["solver_seconds"], data["slowest"]
    for theorem in data["theorems"]:
        del theorem["z3"]["seconds"], theorem["cvc5"]["seconds"]
        for check in theorem["checks"]:
            del check["seconds"]
    return data


def test_two_processes_find_what_one_finds(found: Verification, cache: Path) -> None:
    events: list[Event] = []
    wanted = [result.card.id for result in found.cards]
    again = verify(wanted, cache=cache, workers=2, progress=events.append)
    assert without_times(again) == without_times(found)
    assert [event.text for event in events if event.stage == "proving"] == [
        "amdahl-identity: proved", "gas-monotone: proved",
    ]
    checking = [event for event in events if event.stage == "checking"]
    assert {event.total for event in checking} == {2}
    done = [event.text for event in checking if ":" in event.text]
    assert sorted(done) == [
        f"{result.card.id}: {sum(check.instances for check in result.checks)} instances"
        for result in found.cards
    ]
    assert [event.done for event in checking if ":" in event.text] == [1, 2]


@pytest.mark.parametrize("workers", [1, 2])
def test_other_work_is_done_between_proofs(workers: int, cache: Path) -> None:
    seen: list[str] = []

    def other() -> Iterator[None]:
        for step in range(5):
            seen.append(f"step {step}")
            yield

    verify(
        ["amdahl-identity", "gas-monotone"], cache=cache, workers=workers, meanwhile=other(),
        progress=lambda event: seen.append(event.text) if event.stage == "checking" else None,
    )
    steps = [text for text in seen if text.startswith("step")]
    assert steps == [f"step {step}" for step in range(5)]  # though there are two cards
    assert seen.index("step 0") < seen.index("gas-monotone")  # one after the first proof


def test_a_worker_decides_the_tables_of_the_jump(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overview = sys.modules["checks.machine.jump.overview"]
    monkeypatch.setattr(overview, "SIZE", 2)
    monkeypatch.setattr(overview, "ORACLES", ("empty", "jump:2"))
    monkeypatch.setenv("JUMPBOUND_CACHE", str(tmp_path))
    assert _work(_Tables(tmp_path)) == ()
    events: list[Event] = []
    tables = overview.overview(tmp_path, events.append)
    assert [(table.oracle.spec, table.size) for table in tables] == [("empty", 2), ("jump:2", 2)]
    assert events == []


def wait_until_no_process_is_left() -> None:
    deadline = time.monotonic() + 20
    while multiprocessing.active_children() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("workers", [1, 2])
def test_stopped_while_it_checks(cache: Path, workers: int) -> None:
    def stop(event: Event) -> None:
        if event.stage == "checking" and ":" in event.text:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verify(["amdahl-identity", "gas-monotone"], cache=cache, workers=workers, progress=stop)
    wait_until_no_process_is_left()
    # Nothing of the stopped one is in the way.
    assert verify(["amdahl-identity"], cache=cache, checks=False).ok


def test_a_check_that_fails_in_another_process(cache: Path) -> None:
    """What a check raises is raised here."""
    broken = replace(card("amdahl-identity"), checks=("checks.nowhere:nothing",))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verification, "find_card", lambda _: broken)
        with pytest.raises(ModuleNotFoundError, match="nowhere"):
            verify(["amdahl-identity"], cache=cache, workers=2)
    wait_until_no_process_is_left()


def test_a_second_process_asks_no_solver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the order in which the cards are proved: texts don't depend on it."""
    program = (
        "import json, sys\nfrom checks import verify\n"
        "found = verify(sys.argv[1:], checks=False)\n"
        "print(json.dumps([(p.name, p.obligations, p.cached) for p in found.parts]))"
    )
    monkeypatch.setenv("JUMPBOUND_CACHE", str(tmp_path))

    def parts(*ids: str) -> list[tuple[str, int, int]]:
        said = subprocess.run(
            [sys.executable, "-c", program, *ids], capture_output=True, text=True, check=True,
            cwd=Path(verification.__file__).parents[1],
        )
        return [tuple(row) for row in json.loads(said.stdout)]

    first = parts("substitution", "amdahl-identity", "gas-monotone")
    again = parts("gas-monotone", "amdahl-identity", "substitution")
    assert sum(obligations for _, obligations, _ in first) > 30
    assert sum(cached for _, _, cached in first) == 0
    assert all(cached == obligations for _, obligations, cached in again)
    assert {row[:2] for row in first} == {row[:2] for row in again}


def test_the_slowest_obligation(found: Verification) -> None:
    slowest = found.slowest
    assert slowest is not None
    assert slowest.solver in NAMES
    times = [part.slowest.seconds for part in found.parts if part.slowest]
    assert slowest.seconds == max(times) > 0
    assert found.to_json()["slowest"] == slowest.to_json()
    name, _, _ = slowest.name.partition(": ")
    assert name in {part.summary or part.name for part in found.parts}
    assert found.to_json()["solver_seconds"].keys() == set(NAMES)
    for solver, seconds in found.solver_seconds.items():
        assert seconds == sum(part.solvers[solver].seconds for part in found.parts) > 0
    nothing = replace(found, cards=()).to_json()
    assert nothing["slowest"] is None
    assert nothing["solver_seconds"] == dict.fromkeys(NAMES, 0)


def test_the_same_through_the_package() -> None:
    assert checks.verify is verify
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = checks.nothing


def test_without_checks(cache: Path) -> None:
    (result,) = verify(["gas-monotone"], cache=cache, checks=False).cards
    assert result.verdict == "proved"
    assert result.checks == ()


def test_unknown_card(cache: Path) -> None:
    with pytest.raises(BadInput, match="no theorem 'gas-monoton'; expected gas-monotone"):
        verify(["gas-monotone", "gas-monoton"], cache=cache)


def test_where_proofs_are_remembered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JUMPBOUND_CACHE", str(tmp_path / "here"))
    assert cache_folder() == tmp_path / "here"
    monkeypatch.delenv("JUMPBOUND_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    assert cache_folder() == tmp_path / "caches" / "jumpbound"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "jumpbound"


# Cards that are not proved


def false_theorem() -> Theorem:
    statement = forall(n, given={"positive": n > 0}, then=n > 1)
    return prove("test-false", statement, lambda goal: [])


def true_theorem() -> Theorem:
    statement = forall(n, given={"positive": n > 0}, then=n >= 1)
    return prove("test-true", statement, lambda goal: [])


def test_a_card_without_a_proof_is_unknown() -> None:
    assert prove_card(UNPROVED) == ((), "unknown", "not yet proved", {})


def test_a_proved_card(functions: dict[str, Callable[..., Any]]) -> None:
    functions["true"] = true_theorem
    parts, verdict, reason, statements = prove_card(replace(UNPROVED, proof="true"))
    (part,) = parts
    assert (verdict, reason, part.verdict, part.reason) == ("proved", "", "proved", "")
    assert part.name == "test-true"
    assert list(statements) == ["test-true"]
    assert {name: part.solvers[name].proved for name in NAMES} == dict.fromkeys(NAMES, 1)


def test_a_false_card_is_refuted_with_its_countermodel(
    functions: dict[str, Callable[..., Any]],
) -> None:
    functions["false"] = false_theorem
    parts, verdict, reason, statements = prove_card(replace(UNPROVED, proof="false"))
    (part,) = parts
    assert verdict == part.verdict == "refuted"
    assert "z3: sat" in reason and "cvc5: sat" in reason
    assert "n = 1" in part.countermodel
    assert {name: part.solvers[name].proved for name in NAMES} == dict.fromkeys(NAMES, 0)
    assert list(statements) == ["test-false"]


def test_a_rule_used_wrongly_makes_a_card_unknown(
    functions: dict[str, Callable[..., Any]],
) -> None:
    def broken() -> Theorem:
        raise KernelError("a rule was used wrongly")

    functions["broken"] = broken
    found = prove_card(replace(UNPROVED, proof="broken"))
    assert found == ((), "unknown", "a rule was used wrongly", {})


def test_a_deadline_that_is_over_makes_a_card_unknown(
    functions: dict[str, Callable[..., Any]], cache: Path
) -> None:
    def late() -> Theorem:
        statement = forall(n, given={"positive": n > 0}, then=n + 2 >= 3)
        return prove("test-late", statement, lambda goal: [])

    functions["late"] = late
    with configure(cache=cache, fresh=False, deadline=1e-6, seed=0):
        parts, verdict, reason, _ = prove_card(replace(UNPROVED, proof="late"))
    assert verdict == "unknown"
    assert parts[0].countermodel == ""
    assert "no answer within 1e-06 s" in reason


# Checks


def test_checks_run_the_statements(functions: dict[str, Callable[..., Any]]) -> None:
    given: list[Mapping[str, Statement]] = []
    statements = {"a": forall(n, then=equal(n, n))}

    def check(name: str) -> CheckResult:
        return CheckResult(name, "exhausted", 1, 0, "", 0.0)

    def one(found: Mapping[str, Statement]) -> CheckResult:
        given.append(found)
        return check("one")

    functions["one"] = one
    functions["two"] = lambda _: [check("two"), check("three")]
    functions["missing"] = lambda found: found["b"]
    results = run_checks(replace(UNPROVED, checks=("one", "two", "missing")), statements)
    assert given == [statements]
    assert [result.name for result in results] == ["one", "two", "three", "missing"]
    assert results[-1].verdict == "unknown"
    assert results[-1].reason == "there is no statement 'b' to run"


# Totals


def result(one: Card, verdict: Any, *checks: Any, parts: tuple[Part, ...] = ()) -> CardResult:
    made = tuple(
        CheckResult("check", check, 5, 0, "bound", 0.1, {"n": "1"} if check == "refuted" else None)
        for check in checks
    )
    return CardResult(one, verdict, "", parts, (), made)


@pytest.mark.parametrize(
    ("results", "ok", "waiting"),
    [
        ([], True, 0),
        ([("proved", True)], True, 0),
        ([("proved", True, "exhausted", "sampled")], True, 0),
        ([("proved", True), ("unknown", False)], True, 1),
        ([("unknown", True)], False, 1),
        ([("refuted", True)], False, 0),
        ([("refuted", False)], False, 0),
        ([("proved", True, "refuted")], False, 0),
        ([("proved", True, "unknown")], False, 0),
        ([("proved", True), ("unknown", False, "refuted")], False, 1),
    ],
)
def test_ok(results: list[tuple[Any, ...]], ok: bool, waiting: int) -> None:
    cards = tuple(
        result(replace(UNPROVED, proof="m:f" if proof else ""), verdict, *checks)
        for verdict, proof, *checks in results
    )
    found = Verification(cards, {"z3": "1", "cvc5": "1"}, 0.5)
    assert found.ok is ok
    assert len(found.open) == waiting
    assert found.to_json()["ok"] is ok
    assert len(found.to_json()["open"]) == waiting


def test_a_claim_that_is_not_confirmed_is_not_ok() -> None:
    right = InstanceResult("a", "witness", "", "So.", {}, (), "")
    proved = result(replace(UNPROVED, proof="m:f"), "proved")
    for claims, unconfirmed in (((right,), 0), ((right, replace(right, reason="no")), 1)):
        one = replace(proved, instances=claims)
        assert len(one.unconfirmed) == unconfirmed
        assert Verification((one,), {}, 0.0).ok is (unconfirmed == 0)


def test_constructions_are_verified_with_a_card(cache: Path) -> None:
    (one,) = verify(["optimum"], checks=False, cache=cache).cards
    assert [made.name for made in one.constructions] == list(card("optimum").constructions)
    assert one.to_json()["constructions"][1] == {
        "name": "optimal_allocation(R, k)",
        "says": "The best share x*, k being the balance of R and s.",
        "equation": ["optimal_allocation(R, k) = (k - 1) / (k + R - 1)"],
        "example": None,
    }
    assert all(instance.confirmed for instance in one.instances)


def test_shared_parts_count_once() -> None:
    times = {name: SolverTime(2, 0.25) for name in NAMES}
    own = [Part(name, "", "", "proved", 2, times) for name in ("a", "b")]
    shared = Part("evaluate", "", "definition of evaluate", "proved", 3, times)
    cards = tuple(
        replace(result(card(name), "proved", parts=(part,)), support=(shared,))
        for name, part in zip(("collapse", "optimum"), own, strict=True)
    )
    found = Verification(cards, {}, 0.0)
    assert [part.name for part in found.parts] == ["a", "evaluate", "b"]
    assert found.to_json()["obligations"] == 7
    assert [one.obligations for one in found.cards] == [5, 5]
    assert cards[0].solver("z3") == SolverTime(4, 0.5)


def test_a_check_as_json() -> None:
    check = CheckResult("c", "unknown", 3, 4, "to 9", 1.23456, reason="stopped")
    assert check.to_json() == {
        "name": "c", "verdict": "unknown", "instances": 3, "skipped": 4, "bound": "to 9",
        "seconds": 1.235, "counterexample": None, "reason": "stopped",
    }
    assert "reason" not in replace(check, verdict="exhausted", reason="").to_json()


def test_the_catalogue_names_functions_that_exist() -> None:
    for one in CARDS:
        for reference in filter(None, (*one.checks, one.proof, one.instances)):
            assert callable(verification.load(reference)), reference
