"""Proofs don't hang by a thread: with another random seed both solvers prove the same.

Here a fifth of the cards is proved with one; ``make seeds`` proves all with five.
"""

from __future__ import annotations

import sys

import pytest

from bench import seeds
from bench.seeds import Proving, differences, proved_with
from checks import verify
from checks.catalogue import CARDS
from proofs.kernel.solvers import NAMES

OTHER = 271_828


def test_another_seed_proves_the_same() -> None:
    some = [card.id for card in CARDS if card.proof][::5]
    found = proved_with(OTHER, some)
    usual = verify(some, checks=False)
    assert found.cards == {
        result.card.id: (result.verdict, result.obligations) for result in usual.cards
    }
    proved = {name for name, (verdict, _) in found.cards.items() if verdict == "proved"}
    assert proved == set(some)
    assert set(found.seconds) == set(NAMES)
    assert all(seconds > 0 for seconds in found.seconds.values())


def proving(seed: int, **cards: tuple[str, int]) -> Proving:
    return Proving(seed, cards, {"z3": 1.5, "cvc5": 2.5}, "a: conclusion, 0.10 s in z3")


def test_differences_are_named() -> None:
    one = proving(0, a=("proved", 3), b=("proved", 4))
    assert list(differences(one, proving(7, a=("proved", 3), b=("proved", 4)))) == []
    assert list(differences(one, proving(7, a=("proved", 5), c=("unknown", 0)))) == [
        "a: ('proved', 3) with seed 0, ('proved', 5) with seed 7",
        "b: ('proved', 4) with seed 0, None with seed 7",
        "c: None with seed 0, ('unknown', 0) with seed 7",
    ]


@pytest.mark.parametrize("verdict", ["proved", "unknown"])
def test_the_command(
    verdict: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def found(seed: int) -> Proving:
        return proving(seed, a=("proved" if seed == 5 else verdict, 3))

    monkeypatch.setattr(seeds, "proved_with", found)
    monkeypatch.setattr(sys, "argv", ["seeds", "5", "6"])
    with pytest.raises(SystemExit) as error:
        seeds.main()
    lines = capsys.readouterr().out.splitlines()
    times = "z3 1.5 s, cvc5 2.5 s; slowest: a: conclusion, 0.10 s in z3"
    assert lines[0] == f"seed 5: 1 proved; {times}"
    if verdict == "proved":
        assert error.value.code == 0
        assert lines[2:] == ["The same verdicts and obligations with every seed."]
    else:
        assert error.value.code == 1
        assert lines[2:] == ["a: ('proved', 3) with seed 5, ('unknown', 3) with seed 6"]
