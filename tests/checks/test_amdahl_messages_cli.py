"""What ``jumpbound amdahl`` says of options that do not go together: one line, and exit code 2."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checks.commands.amdahl import amdahl
from models.errors import BadInput
from tests.checks.console import Command, is_one_error


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"ratio": "4"}, "--ratio without --scalable"),
        ({"scalable": "1/2"}, "--scalable without --ratio"),
        ({"ratio": "4..5", "scalable": "1/2", "horizon": "3"}, "an interval beside --horizon"),
        ({"ratio": "4", "scalable": "0..1", "horizon": "3"}, "an interval beside --horizon"),
        ({"ratio": "4", "scalable": "0", "horizon": "-3"}, "--horizon: a horizon of -3"),
        ({"ratio": "4", "scalable": "2", "horizon": "3"}, "--scalable: "),
        ({"ratio": "4", "scalable": "0", "horizon": "3", "catch_up": "-1"}, "--catch-up: "),
    ],
)
def test_one_message(options: dict[str, str], said: str) -> None:
    with pytest.raises(BadInput) as caught:
        amdahl(**options)  # type: ignore[arg-type]
    assert said in str(caught.value)
    assert caught.value.expected


@pytest.mark.parametrize(("arguments", "parts"), [
    (("--ratio", "4..5", "--scalable", "0", "--steps", "5"), ["--steps", "--table FILE"]),
    (("--ratio", "4", "--scalable", "0", "--steps", "5", "--table", "t.csv"), ["--steps", "A..B"]),
    (("--unit", "0.3:8", "--steps", "5"), ["--steps beside --unit"]),
    (("--ratio", "4", "--scalable", "0", "--horizon", "3", "--steps", "5"), ["--steps beside"]),
    (("--ratio", "4", "--scalable", "0", "--table", "t.svg"), ["--table: t.svg", ".csv"]),
    (("--ratio", "4", "--scalable", "0", "--table", "t"), ["--table: t", ".csv"]),
])
def test_what_would_be_ignored_is_refused(
    jumpbound: Command, place: Path, arguments: tuple[str, ...], parts: list[str]
) -> None:
    assert is_one_error(jumpbound("amdahl", *arguments), *parts)
    assert os.listdir(place) == []


@pytest.mark.parametrize(("value", "said"), [
    ("true", "ratio: true;"),
    ("2026-01-01", "ratio: the time 2026-01-01;"),
    ("[4]", "ratio: [4];"),
    ('"sqrt(6)"', "'sqrt(6)' is a root; expected a rational number"),
])
def test_values_of_scenarios_are_shown_as_written(
    jumpbound: Command, place: Path, value: str, said: str
) -> None:
    (place / "s.toml").write_text(
        'title = "t"\n[[workload]]\nname = "w"\nscalable = 0.5\nassumption = "a"\n'
        f'[[hardware]]\nname = "h"\nratio = {value}\nassumption = "a"\n'
    )
    assert is_one_error(jumpbound("amdahl", "--scenario", "s.toml"), "s.toml", said)


def test_equal_hardware_for_bounded_work_is_no_collapse(jumpbound: Command) -> None:
    said = jumpbound("amdahl", "--ratio", "1", "--scalable", "0")
    assert said.out.startswith("no difference: every share is as good\n")
    assert jumpbound("amdahl", "--ratio", "1", "--scalable", "1/9").out.startswith("collapses: ")
