"""The random engine: verdicts, counts, seeds, what it remembers, and what it leaves alone."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from checks.claims import Claim, refute
from checks.claims.load import Loaded
from checks.claims.replay import replay, save
from checks.claims.result import Outcome
from models.errors import BadInput

Refuted = Callable[..., Outcome]

HALTING = """
@claim("What halts on nil halts on everything.")
def halting(p: Program, x: Tree) -> bool:
    assume(halts(p, NIL))
    return halts(p, x)
"""


def test_a_failure_is_shrunk_saved_and_replays(claimed: Callable[..., Any]) -> None:
    loaded, halting = claimed(HALTING)
    found = refute(halting, loaded=loaded, engine="random")
    assert found.verdict == "refuted"
    assert found.counterexample is not None
    # Hypothesis shrinks it, and what is smaller still is gone through.
    assert (found.counterexample.size, found.counterexample.smallest) == (4, True)
    assert (found.counterexample.place, found.seed, found.bound) == (None, 0, None)
    assert replay(save(found, loaded)).judgement.what == "fails"


@pytest.mark.parametrize(("body", "expected"), [
    ("n: Nat) -> bool:\n    return n < 37", "37"),
    ("r: Fraction, s: Share) -> bool:\n    return r * s < 5", "5, 1"),
    ("x: Tree) -> bool:\n    return x == NIL", "<nil.nil>"),
])
def test_numbers_and_trees_shrink_to_the_smallest(
    refuted: Refuted, body: str, expected: str
) -> None:
    found = refuted(f"@claim\ndef wrong({body}\n", engine="random", samples=500)
    assert found.counterexample is not None
    assert ", ".join(found.counterexample.values.values()) == expected


def test_what_is_smaller_than_all_others_is_the_smallest(refuted: Refuted) -> None:
    found = refuted("@claim\ndef never(n: Bound) -> bool:\n    return False\n", engine="random")
    assert found.counterexample is not None
    assert (found.counterexample.size, found.counterexample.smallest) == (1, True)
    assert found.instances == 1


def test_sampled_says_how_many_and_from_which_seed(refuted: Refuted) -> None:
    found = refuted(
        "@claim\ndef fine(p: Program) -> bool:\n    return True\n", engine="random", samples=77,
        seed=5,
    )
    assert (found.verdict, found.instances, found.seed, found.bound) == ("sampled", 77, 5, None)
    assert "sampled, 77 instances, seed 5" in str(found)
    assert found.to_json()["seed"] == 5


SEEN = """
SEEN = []
@claim
def seen(p: Program, f: Oracle, n: Nat) -> bool:
    SEEN.append((repr(p), repr(f), n))
    assume(n % 2)
    return True
"""


def test_a_seed_draws_the_same_and_another_one_does_not(claimed: Callable[..., Any]) -> None:
    loaded, seen = claimed(SEEN)
    draws = []
    for seed in (1, 1, 2):
        list_ = seen.function.__globals__["SEEN"]
        list_.clear()
        found = refute(seen, loaded=loaded, engine="random", seed=seed, samples=40)
        draws.append((list(list_), found.skipped))
    assert draws[0] == draws[1] != draws[2]
    assert found.instances == 40
    assert found.skipped > 0


def test_the_size_bounds_all_parameters_together(refuted: Refuted) -> None:
    found = refuted(
        """
        from checks.claims.generators import generator_for
        @claim
        def bounded(p: Program, x: Tree, n: Nat, r: Fraction) -> bool:
            measure = lambda kind, value: generator_for(kind).measure(value)
            return measure(Program, p) + measure(Tree, x) + n + measure(Fraction, r) <= 6
        """,
        engine="random", size=6, samples=150,
    )
    assert found.verdict == "sampled"


def test_a_failure_is_tried_first_the_next_time(claimed: Callable[..., Any]) -> None:
    """Also after the claim's text was changed."""
    loaded, large = claimed("@claim\ndef large(n: Nat) -> bool:\n    return n < 91\n")
    first = refute(large, loaded=loaded, engine="random", seed=1, samples=500)
    assert first.instances > 1
    loaded, large = claimed("@claim\ndef large(n: Nat) -> bool:\n    return n < 90 + 1 # again\n")
    again = refute(large, loaded=loaded, engine="random", seed=2)
    assert again.instances == 1
    assert again.counterexample == first.counterexample
    fresh = refute(large, loaded=loaded, engine="random", seed=1, samples=500, fresh=True)
    assert fresh.instances == first.instances


def test_an_assumption_that_holds_of_nothing_is_vacuous(refuted: Refuted) -> None:
    found = refuted(
        "@claim\ndef empty(p: Program) -> bool:\n    assume(False)\n    return False\n",
        engine="random", samples=20,
    )
    assert (found.verdict, found.instances) == ("unknown", 0)
    assert found.reason.startswith("vacuous: the assumption holds of none of")


def test_undecided_and_raising_instances_are_neither_true_nor_false(refuted: Refuted) -> None:
    found = refuted(
        """
        import time
        @claim
        def mixed(n: Nat) -> bool:
            if n == 3:
                undecided("three is hard")
            if n == 5:
                raise ValueError("five")
            while n == 7:
                pass
            if n == 8:
                return None
            return True
        """,
        engine="random", size=10, limit=0.05,
    )
    assert (found.verdict, found.unknown, found.errors, found.instances) == ("unknown", 2, 2, 7)
    listed = {each.values["n"]: each.reason for each in found.listed}
    assert listed["3"] == "three is hard"
    assert listed["5"].startswith("it raised ValueError: five")
    assert listed["7"] == "no answer within 0.05 s"
    assert listed["8"].startswith("it returned None")
    assert found.reason == "the claim raised on 2 instances; 2 instances undecided"


def test_a_claim_that_always_raises_is_given_up(refuted: Refuted) -> None:
    found = refuted(
        "@claim\ndef raises(p: Program) -> bool:\n    return 1 // 0\n", engine="random",
        samples=5_000,
    )
    assert (found.verdict, found.errors) == ("unknown", 100)
    assert found.reason == "the claim raised on 100 instances, and was given up"


def test_a_budget_ends_it(refuted: Refuted) -> None:
    found = refuted(
        "import time\n@claim\ndef slow(p: Program) -> bool:\n    time.sleep(0.02)\n"
        "    return True\n",
        engine="random", samples=5_000, budget=0.3,
    )
    assert (found.verdict, found.reason) == ("unknown", "stopped by the budget of 0.3 s")
    assert 0 < found.instances < 20


def test_a_claim_that_changes_its_mind_is_not_refuted(refuted: Refuted) -> None:
    found = refuted(
        """
        CALLS = []
        @claim
        def moody(n: Nat) -> bool:
            CALLS.append(n)
            return len(CALLS) != 5
        """,
        engine="random", samples=50,
    )
    assert found.verdict == "unknown"
    assert "it fails one time and does not another time" in found.reason


def test_values_of_a_users_type_are_found_again(claimed: Callable[..., Any]) -> None:
    loaded, colours = claimed(
        """
        class Hue(str):
            pass
        generator(Hue, lambda size: [Hue("hue" * size)] if size else [])
        @claim
        def short(hue: Hue, n: Nat) -> bool:
            return len(hue) < 12
        """
    )
    found = refute(colours, loaded=loaded, engine="random", samples=300)
    assert found.counterexample is not None
    assert (found.counterexample.size, found.counterexample.place) == (4, 3)
    assert replay(save(found, loaded)).judgement.what == "fails"


@pytest.mark.parametrize(("options", "message"), [
    ({"size": 0}, "no instances of size at most 0"),
    ({"samples": 0}, "samples 0"),
    ({"workers": 2}, "only the exhaustive engine shares out its work"),
    ({"executor": "tcp://127.0.0.1:1"}, "only the exhaustive engine shares out its work"),
])
def test_what_it_cannot_do(refuted: Refuted, options: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        refuted("@claim\ndef one(p: Program) -> bool:\n    return True\n", engine="random",
                **options)


def test_nothing_is_left_in_the_working_directory_or_in_hypothesis(
    refuted: Refuted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    before = settings.default
    refuted("@claim\ndef wrong(n: Nat) -> bool:\n    return n < 9\n", engine="random")
    assert list(folder.iterdir()) == []
    assert list((tmp_path / "cache" / "claims").glob("*.examples"))
    assert settings.default is before


def test_an_interruption_goes_through(claimed: Callable[..., tuple[Loaded, Claim]]) -> None:
    loaded, stops = claimed(
        "import os, signal\n@claim\ndef stops(n: Nat) -> bool:\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n    return True\n"
    )
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with pytest.raises(KeyboardInterrupt):
        refute(stops, loaded=loaded, engine="random")


def test_numbers_are_drawn_beyond_what_is_gone_through(refuted: Refuted) -> None:
    """The exhaustive engine comes to 1,000 at most."""
    found = refuted("@claim\ndef small(n: int) -> bool:\n    return n < 5_000\n", engine="random")
    assert found.verdict == "refuted" and found.counterexample is not None
    assert found.counterexample.values == {"n": "5000"}
    # So many are smaller that not all were gone through.
    assert not found.counterexample.smallest


def test_the_smallest_is_found_where_shrinking_stops(refuted: Refuted) -> None:
    """Smaller numbers fail only here and there."""
    found = refuted("""
        @claim("n² + n + 11 is a prime.")
        def euler(n: Nat) -> bool:
            m = n * n + n + 11
            return all(m % d for d in range(2, min(m, 2_000)))
    """, engine="random")
    assert found.counterexample is not None
    assert (found.counterexample.values, found.counterexample.smallest) == ({"n": "10"}, True)


def test_what_is_open_below_is_told(refuted: Refuted) -> None:
    found = refuted("""
        @claim("Numbers are small.")
        def small(n: Nat) -> bool:
            return n < 50 if n > 2 else undecided("nobody knows")
    """, engine="random")
    assert found.counterexample is not None
    assert (found.counterexample.values, found.counterexample.smallest) == ({"n": "50"}, False)
