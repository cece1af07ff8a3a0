"""The exhaustive engine: the first failure, what is counted, and what stops it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
import z3

from checks.claims import NIL, Nat, Program, Tree, assume, claim, halts, refute, undecided
from checks.claims.claim import Claim
from checks.claims.evaluate import Tally, TooLong, at_most, tally
from checks.claims.journal import Journal
from checks.claims.load import Loaded
from checks.claims.result import Outcome
from checks.files import cache_folder
from checks.progress import Event
from models.errors import BadInput

ROOT = str(Path(__file__).parents[2])

Refuted = Callable[..., Outcome]

ODD = """
@claim("The sum of two odd numbers is odd.")
def odd(m: Nat, n: Nat) -> bool:
    assume(m % 2 == 1 and n % 2 == 1)
    return (m + n) % 2 == 1
"""

HALTING = """
@claim("What halts on nil halts on everything.")
def halting(p: Program, x: Tree) -> bool:
    assume(halts(p, NIL))
    return halts(p, x)
"""


def test_the_first_failure_with_all_counts(refuted: Refuted) -> None:
    found = refuted(ODD, size=9)
    assert found.verdict == "refuted"
    assert found.counterexample is not None
    assert found.counterexample.values == {"m": "1", "n": "1"}
    assert (found.counterexample.size, found.counterexample.smallest) == (2, True)
    # (0,0); (0,1), (1,0); (0,2), and then (1,1).
    assert (found.instances, found.skipped, found.bound) == (1, 4, 1)


def test_a_true_claim_is_exhausted(refuted: Refuted) -> None:
    found = refuted(ODD.replace("== 1\n", "== 0\n"), size=9)
    pairs = [(m, n) for m in range(10) for n in range(10) if m + n <= 9]
    held = [(m, n) for m, n in pairs if m % 2 == n % 2 == 1]
    assert (found.verdict, found.bound, found.whole) == ("exhausted", 9, False)
    assert (found.instances, found.skipped) == (len(held), len(pairs) - len(held))


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_processes_change_nothing(refuted: Refuted, workers: int) -> None:
    found = refuted(HALTING, size=5, workers=workers, fresh=True)
    assert found.counterexample is not None
    assert found.counterexample.values == {"p": "while(id, id)", "x": "<nil.nil>"}
    assert (found.instances, found.skipped, found.bound) == (179, 0, 3)


def test_a_finite_space_is_whole(refuted: Refuted) -> None:
    found = refuted("""
        @claim
        def one_of_two(a: bool, b: bool, n: Annotated[Nat, AtMost(3)]) -> bool:
            "Of two truth values one is true, or both are false."
            return a or b or not (a or b)
    """.replace("\n        @", "\n        from typing import Annotated\n        @", 1))
    assert (found.verdict, found.instances, found.whole, found.bound) == ("exhausted", 16, True, 3)


def test_a_claim_without_instances_is_vacuous(refuted: Refuted) -> None:
    found = refuted("""
        @claim("Numbers below zero are even.")
        def negative(n: Nat) -> bool:
            assume(n < 0)
            return False
    """, size=20)
    assert (found.verdict, found.instances, found.skipped) == ("unknown", 0, 21)
    assert found.reason == "vacuous: the assumption holds of none of 21 instances"


def test_unknown_instances_are_never_silent(refuted: Refuted) -> None:
    text = """
        @claim("All numbers are small.")
        def small(n: Nat) -> bool:
            if n in (3, 5):
                undecided(f"nobody knows about {n}")
            return n < 8
    """
    found = refuted(text, size=7)
    assert (found.verdict, found.instances, found.unknown) == ("unknown", 6, 2)
    assert [(each.values, each.reason) for each in found.listed] == [
        ({"n": "3"}, "nobody knows about 3"), ({"n": "5"}, "nobody knows about 5")
    ]
    # A failure is one, but perhaps not the smallest.
    found = refuted(text, size=9)
    assert found.verdict == "refuted"
    assert found.counterexample is not None
    assert (found.counterexample.size, found.counterexample.smallest) == (8, False)


def test_a_claim_that_raises_goes_on(refuted: Refuted) -> None:
    found = refuted("""
        @claim("The inverse is at most 1.")
        def inverse(n: Nat, m: Nat) -> bool:
            return 1 / n <= 1
    """, size=4)
    assert (found.verdict, found.errors, found.instances) == ("unknown", 5, 10)
    assert found.listed[0].values == {"n": "0", "m": "0"}
    assert found.listed[0].reason == "it raised ZeroDivisionError: division by zero (line 5)"
    assert found.reason == "the claim raised on 5 instances"


def test_a_claim_that_always_raises_is_given_up(refuted: Refuted) -> None:
    found = refuted("""
        @claim("Names exist.")
        def names(n: Nat) -> bool:
            return no_such_name
    """, size=1_000)
    assert (found.verdict, found.instances) == ("unknown", 0)
    assert found.errors < 300
    assert "given up" in found.reason


@pytest.mark.parametrize(
    ("answer", "said"), [("None", "it returned None"), ("1", "it returned 1"), ("n", "returned 0")]
)
def test_only_truth_values_are_answers(refuted: Refuted, answer: str, said: str) -> None:
    found = refuted(f"""
        @claim("It is so.")
        def so(n: Nat) -> bool:
            return {answer}
    """, size=0)
    assert (found.verdict, found.errors) == ("unknown", 1)
    assert said in found.listed[0].reason


@pytest.mark.parametrize("loop", [
    "while True: pass",
    "while True:\n  try: sum(range(9))\n  except Exception: pass",
    # As a foreign library does with what is raised in it: ctypes makes it an ArgumentError.
    "try:\n  while True: sum(range(9))\nexcept BaseException: raise ValueError from None",
    "try:\n  while True: sum(range(9))\nexcept BaseException: return False",
])
def test_an_endless_loop_is_one_unknown_instance(refuted: Refuted, loop: str) -> None:
    body = loop.replace("\n", "\n            ")
    found = refuted(f"""
        @claim("It ends.")
        def ends(n: Nat) -> bool:
          if n == 2:
            {body}
          return True
    """, size=4, limit=0.2)
    assert (found.verdict, found.instances, found.unknown) == ("unknown", 4, 1)
    assert str(found.listed[0]) == "n = 2: no answer within 0.2 s"


def test_an_alarm_ends_with_its_instance() -> None:
    """However late it comes, it does not come again behind the instance, nor instead of another's.
    """
    heard = []
    before = signal.signal(signal.SIGALRM, lambda *_: heard.append(1))
    left = signal.setitimer(signal.ITIMER_REAL, 60)[0]
    try:
        for wait in range(300):
            with suppress(TooLong), at_most(1e-4 + wait * 1e-6):
                sum(range(wait * 10))
        time.sleep(0.25)
        assert not heard
        assert 30 < signal.getitimer(signal.ITIMER_REAL)[0] <= 60
    finally:
        signal.setitimer(signal.ITIMER_REAL, left)
        signal.signal(signal.SIGALRM, before)


def test_an_alarm_does_not_come_where_an_object_is_deleted(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be lost there, with a warning."""
    lost: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lost.append)

    class Slow:
        def __del__(self) -> None:
            sum(range(1_000))
            time.sleep(0.05)

    with pytest.raises(TooLong), at_most(0.01):
        while True:
            Slow()
            sum(range(1_000_000))
    assert not lost


def test_an_alarm_does_not_come_within_z3(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would leave objects made by half, or become an error of ctypes."""
    lost: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lost.append)
    x = z3.Int("x")
    for wait in range(100):
        with pytest.raises(TooLong) as raised, at_most(1e-3 + wait * 1e-5):
            while True:
                z3.simplify(x + sum(range(1_000)) < x)
        assert raised.value.__cause__ is None
    assert not lost


@pytest.mark.parametrize("swallows", [False, True])
def test_an_endless_loop_in_a_thread(swallows: bool) -> None:
    """As on a worker of a cluster."""
    @claim("It ends.")
    def ends(n: Nat) -> bool:
        try:
            while n == 2:
                pass
        except BaseException:
            if not swallows:
                raise
        return True

    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(tally, ends, 2, 0, 1, limit=0.2).result(timeout=20)
        assert found.listed == ((0, "unknown", "no answer within 0.2 s"),)
        # However short the time is, its end does not come to somebody else.
        again = [pool.submit(tally, ends, n, 0, 1, limit=0.001).result() for n in range(3, 200)]
    assert all(sum(each.counts.values()) == 1 for each in again)


def test_it_ends_where_a_claim_wants_to_leave(refuted: Refuted) -> None:
    found = refuted("""
        import sys
        @claim("It stays.")
        def stays(n: Nat) -> bool:
            print("said")
            return sys.exit(3) if n == 1 else True
    """, size=2)
    assert (found.errors, found.instances) == (1, 2)


def test_the_budget_stops_it(refuted: Refuted) -> None:
    found = refuted("""
        import time
        @claim("Time passes.")
        def passes(n: Nat) -> bool:
            time.sleep(0.02)
            return True
    """, budget=0.3)
    assert found.verdict == "unknown"
    assert found.bound is not None and 0 < found.bound < 40
    assert found.reason == f"stopped by the budget of 0.3 s, complete to size {found.bound}"
    assert found.instances >= found.bound + 1


def test_a_search_goes_on(
    claimed: Callable[[str], tuple[Loaded, Claim]], tmp_path: Path
) -> None:
    """What was done is not done again, also to a larger size; another claim is."""
    counter = tmp_path / "counted"
    text = f"""
        @claim("All is well.")
        def well(n: Nat) -> bool:
            with open({str(counter)!r}, "a") as file:
                file.write(f"{{n}} ")
            return n < 30
    """
    loaded, well = claimed(text)
    refute(well, loaded=loaded, size=5)
    assert refute(well, loaded=loaded, size=9).instances == 10
    assert counter.read_text().split() == [str(n) for n in range(10)]
    found = refute(well, loaded=loaded, size=50)
    assert found.counterexample is not None
    assert (found.counterexample.values, found.instances) == ({"n": "30"}, 31)
    assert refute(well, loaded=loaded, size=50).to_json() | {"seconds": 0} == (
        found.to_json() | {"seconds": 0}
    )
    before = len(counter.read_text().split())
    loaded, well = claimed(text.replace("n < 30", "n < 29"))
    assert refute(well, loaded=loaded, size=50).instances == 30
    assert len(counter.read_text().split()) >= before + 30


def test_no_more_is_done_than_there_is(
    claimed: Callable[[str], tuple[Loaded, Claim]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when pieces of a larger size were done before the last of a smaller one."""
    loaded, well = claimed("""
        @claim("All is well.")
        def well(p: Program, q: Program) -> bool:
            return True
    """)
    refute(well, loaded=loaded, size=6, workers=2)
    (path,) = cache_folder().glob("claims/*")
    lines = path.read_text().splitlines(keepends=True)
    kept = [line for line in lines if '"size":4' not in line.replace(" ", "")]
    assert len(kept) < len(lines)
    path.write_text("".join(kept))
    monkeypatch.setattr("checks.claims.exhaustive.TELL_SECONDS", 0)
    events: list[Event] = []
    found = refute(well, loaded=loaded, size=6, workers=1, progress=events.append)
    assert found.verdict == "exhausted"
    assert events and all(event.done <= event.total for event in events)


def test_a_damaged_journal_is_not_believed(
    claimed: Callable[[str], tuple[Loaded, Claim]], tmp_path: Path
) -> None:
    loaded, odd = claimed(HALTING)
    wanted = refute(odd, loaded=loaded, size=4, workers=1)
    (path,) = (tmp_path / "cache" / "claims").iterdir()
    whole = path.read_text()
    for damaged in (
        whole.replace('"holds":', '"holds":1'),  # another number
        whole[: len(whole) // 2],  # torn
        whole.replace('"fails":1', '"holds":1').replace('"failed":', '"filed":'),
        "\0" * 100 + whole[100:], "",
    ):
        path.write_text(damaged)
        again = refute(odd, loaded=loaded, size=4, workers=1)
        assert (again.verdict, again.instances, again.counterexample) == (
            wanted.verdict, wanted.instances, wanted.counterexample
        )


def test_two_searches_in_one_journal(
    claimed: Callable[[str], tuple[Loaded, Claim]], tmp_path: Path
) -> None:
    """Ranges that were gone through twice count once."""
    loaded, _ = claimed(ODD)
    journal = Journal(tmp_path, "both")
    for begin, end in ((0, 4), (0, 6), (4, 6), (6, 7), (2, 9)):
        journal.add(Tally(3, begin, end, {"holds": end - begin}, None, ()))
    assert [(each.begin, each.end) for each in journal.read()] == [(0, 6), (6, 7)]
    assert loaded.claims


def test_a_claim_without_a_file() -> None:
    @claim("What halts on nil halts on everything.")
    def local(p: Program, x: Tree) -> bool:
        assume(halts(p, NIL))
        return halts(p, x)

    found = refute(local, size=4)
    assert found.counterexample is not None
    assert str(found.counterexample) == "p = while(id, id); x = <nil.nil>"
    assert "refuted" in str(found) and "while(id, id)" in found._repr_html_()
    with pytest.raises(BadInput, match="in no file that other processes can load"):
        refute(local, size=4, workers=2)


def test_what_cannot_be_a_claim() -> None:
    with pytest.raises(BadInput, match="parameter n has no type"):
        claim("One.")(lambda n: True)
    with pytest.raises(BadInput, match=r"parameter x: nothing is known of the type complex"):
        @claim("Two.")
        def two(x: complex) -> bool:
            return True
    with pytest.raises(BadInput, match=r"parameter \*rest"):
        @claim("Three.")
        def three(*rest: Nat) -> bool:
            return True
    with pytest.raises(BadInput, match="budget 0 s"):
        refute(claim("Four.")(four), budget=0)
    with pytest.raises(BadInput, match="engine 'hope'"):
        refute(claim("Four.")(four), engine="hope")  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="size -1"):
        refute(claim("Four.")(four), size=-1)


def four(n: Nat) -> bool:
    undecided("it is about the words")


def test_without_a_size_a_refuted_claim_counts_no_larger_instances(
    claimed: Callable[..., tuple[Loaded, Claim]]
) -> None:
    loaded, claim = claimed("""
        @claim("What halts relative to the empty set halts relative to every other.")
        def all_alike(p: Program, a: Oracle, x: Tree) -> bool:
            assume(halts(p, x))
            return halts(p, x, a)
    """)
    found = refute(claim, loaded=loaded, budget=60, workers=1)
    assert (found.verdict, found.gone_through) == ("refuted", 424)
    # Counting the oracles to size 1,000 would take days, whatever the budget.
    assert claim.space._counts.keys() <= set(range(6))


@pytest.mark.parametrize("workers", [None, 1, 2])
@pytest.mark.parametrize("ending", ["os._exit(0)", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_a_claim_that_ends_its_process_is_one_unknown_instance(
    refuted: Refuted, ending: str, workers: int | None
) -> None:
    found = refuted(f"""
        import os, signal
        @claim("It stays.")
        def stays(n: Nat) -> bool:
            if n == 1:
                {ending}
            return True
    """, size=3, workers=workers)
    assert (found.verdict, found.instances, found.unknown) == ("unknown", 3, 1)
    assert str(found.listed[0]) == "n = 1: its process ended"


def test_a_claim_that_copies_its_process_is_asked_once(refuted: Refuted) -> None:
    found = refuted("""
        import os
        @claim("Copies agree.")
        def copied(n: Nat) -> bool:
            return os.fork() >= 0
    """, size=3)
    assert (found.verdict, found.instances) == ("exhausted", 4)


def test_a_loop_that_switches_the_alarm_off_is_ended(
    refuted: Refuted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checks.claims.exhaustive.PATIENCE", 0.2)
    monkeypatch.setattr("checks.claims.exhaustive.PIECE_SECONDS", 0.1)
    monkeypatch.setattr("checks.claims.exhaustive.FIRST_PIECE", 1)
    found = refuted("""
        import signal
        @claim("It ends.")
        def ends(n: Nat) -> bool:
            if n == 1:
                signal.signal(signal.SIGALRM, signal.SIG_IGN)
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                while True:
                    pass
            return True
    """, size=2, limit=0.1, workers=1)
    assert (found.verdict, found.instances, found.unknown) == ("unknown", 2, 1)


def test_a_second_look_does_not_hang(
    refuted: Refuted, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("checks.claims.exhaustive.PATIENCE", 0.2)
    monkeypatch.setattr("checks.claims.exhaustive.PIECE_SECONDS", 0.1)
    found = refuted(f"""
        import signal
        from pathlib import Path
        @claim("It ends.")
        def ends(n: Nat) -> bool:
            mark = Path({str(tmp_path)!r}) / "mark"
            if mark.exists():
                signal.signal(signal.SIGALRM, signal.SIG_IGN)
                while True:
                    pass
            mark.touch()
            return False
    """, size=2, limit=0.1, workers=1)
    assert (found.verdict, found.reason) == (
        "unknown", "on 0 it fails one time and does not another time"
    )


@pytest.mark.parametrize(
    ("helper", "imported"),
    [
        ("helper.py", "from helper import most"),
        ("package/__init__.py", "import package; most = package.most"),
        ("package/inner.py", "from package import inner; most = inner.most"),
        ("package/inner.py", "from package.inner import most"),
        ("helper.py", "import importlib; most = importlib.import_module('helper').most"),
    ],
)
def test_what_a_claim_imports_belongs_to_it(
    tmp_path: Path, helper: str, imported: str
) -> None:
    """When it changes, the claim is gone through anew."""
    file, other = tmp_path / "claims.py", tmp_path / helper
    other.parent.mkdir(exist_ok=True)
    file.write_text(
        f"from checks.claims import *\n{imported}\n"
        "@claim\ndef few(n: Nat) -> bool:\n    return n < most\n"
    )

    def found(most: int) -> str:
        other.write_text(f"most = {most}\n")
        ended = subprocess.run(
            [sys.executable, "-B", "-c", "from checks.cli import main; main()", "refute",
             "claims.py::few", "--size", "4", "--no-save"],
            capture_output=True, text=True, cwd=tmp_path, check=False, timeout=60,
            env={**os.environ, "PYTHONPATH": ROOT, "JUMPBOUND_CACHE": str(tmp_path / "cache")},
        )
        return ended.stdout

    assert "exhausted to size 4" in found(100)
    assert "n = 3" in found(3)


@pytest.mark.parametrize(
    ("before", "fails", "where"),
    [("seen = []", "seen.append(n) or len(seen) < 4", 6), ("", "unsettled()", 3)],
)
def test_a_claim_that_says_one_thing_and_then_another_is_unknown(
    refuted: Refuted, tmp_path: Path, before: str, fails: str, where: int
) -> None:
    found = refuted(f"""
        from pathlib import Path
        {before}
        def unsettled():
            mark = Path({str(tmp_path)!r}) / "mark"
            if mark.exists():
                return True
            mark.touch()
            return False

        @claim("It depends.")
        def depends(n: Nat) -> bool:
            return n < 3 or {fails}
    """, size=9)
    assert found.verdict == "unknown" and found.counterexample is None
    assert found.reason == f"on {where} it fails one time and does not another time"


@pytest.mark.parametrize(
    "values", ["map(time.sleep, itertools.repeat(0.001))", "[time.sleep(60)]"]
)
def test_the_budget_holds_where_values_are_listed(refuted: Refuted, values: str) -> None:
    began = time.monotonic()
    found = refuted(f"""
        import itertools, time
        class Own(int): pass
        generator(Own, lambda n: {values} if n == 3 else [Own(n)])
        @claim("Numbers are numbers.")
        def numbers(n: Own) -> bool:
            return True
    """, budget=1)
    assert time.monotonic() - began < 10
    assert (found.verdict, found.bound, found.instances) == ("unknown", 2, 3)
    assert found.reason == "stopped by the budget of 1 s, complete to size 2"


def test_a_generator_may_take_its_time(
    refuted: Refuted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checks.claims.exhaustive.PATIENCE", 0.2)
    monkeypatch.setattr("checks.claims.exhaustive.PIECE_SECONDS", 0.1)
    found = refuted("""
        import time
        class Own(int): pass
        generator(Own, lambda n: time.sleep(2) or [Own(n)], largest=1)
        @claim("Numbers are numbers.")
        def numbers(n: Own) -> bool:
            return True
    """, limit=0.1, workers=1)
    assert (found.verdict, found.instances, found.whole) == ("exhausted", 2, True)


def test_progress_does_not_pass_its_end(
    claimed: Callable[..., tuple[Loaded, Claim]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when what was done before is of larger sizes than what is left."""
    loaded, well = claimed("@claim\ndef well(p: Program) -> bool:\n    return True\n")
    found = refute(well, loaded=loaded, size=4, workers=1)
    (path,) = cache_folder().glob("claims/*")
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if '"size":2' not in line.replace(" ", "")))
    monkeypatch.setattr("checks.claims.exhaustive.TELL_SECONDS", 0)
    events: list[Event] = []
    again = refute(well, loaded=loaded, size=4, workers=1, progress=events.append)
    assert again.instances == found.instances == 243
    assert events and all(event.done <= event.total for event in events)
