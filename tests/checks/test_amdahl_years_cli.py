"""``jumpbound amdahl --horizon`` and ``--scenario`` from the command line."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from tests.checks.console import Command, is_one_error

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "amdahl"
GPU = str(EXAMPLES / "gpu-tensor-units.toml")
VIDEO = str(EXAMPLES / "video-pipeline.toml")
BASE = ("amdahl", "--ratio", "4", "--scalable", "0.5")
CROSSING = (*BASE, "--horizon", "3", "--catch-up", "0.5", "--migrate", "0.5", "--from", "2030")


def test_the_year(jumpbound: Command) -> None:
    said = jumpbound(*CROSSING)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("specialised hardware stops paying in year 2031\n")
    assert "in year exactly 2031\n" in said.out
    rows = [line.split() for line in said.out.splitlines() if line.startswith("203")]
    assert [row[0] for row in rows] == ["2030", "2031", "2032", "2033"]
    assert [row[-1] for row in rows] == ["specialise", "collapses", "collapses", "collapses"]
    assert rows[0] == ["2030", "4", "0.5", "0.75", "2", "0.154701", "0.933013", "specialise"]
    # R = 4/2^(1/2), s = 1 - 1/(2·2^(1/2)).
    assert rows[1] == ["2031", "2.82843", "0.646447", "0.646447", "1", "0", "1", "collapses"]


def test_a_year_that_is_irrational(jumpbound: Command) -> None:
    said = jumpbound("amdahl", "--ratio", "6", "--scalable", "1/2", "--horizon", "2",
                     "--catch-up", "1")
    # log2(3) = 1.5849625007211561814…
    assert said.out.startswith("specialised hardware stops paying in year 1.584962501\n")
    assert "between 1.584962500721 and 1.584962500722\n" in said.out
    data = jumpbound("amdahl", "--ratio", "6", "--scalable", "1/2", "--horizon", "2",
                     "--catch-up", "1", "--json").json()
    assert data["between"] == ["1.584962500721156181", "1.584962500721156182"]


def test_never_and_already(jumpbound: Command) -> None:
    assert jumpbound(*BASE, "--horizon", "5").out.startswith("never within the horizon: ")
    said = jumpbound(*BASE, "--horizon", "5", "--migrate", "0.1")
    assert said.out.startswith("never within the horizon: specialised hardware pays until year 5; ")
    assert "in year 10\n" in said.out
    said = jumpbound("amdahl", "--ratio", "2", "--scalable", "0.5", "--horizon", "5")
    assert said.out.startswith("already collapsed: in year 0")


def test_files_of_a_horizon(jumpbound: Command, place: Path) -> None:
    said = jumpbound(*CROSSING, "--plot", "h.svg", "--table", "h.csv", "--json")
    assert said.code == 0
    assert said.json()["verdict"] == "crosses"
    assert sorted(os.listdir(place)) == ["h.csv", "h.svg"]
    assert "stops paying in 2031" in (place / "h.svg").read_text(encoding="utf-8")
    with (place / "h.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["year"] for row in rows] == ["2030", "2031", "2032", "2033"]
    assert rows[0]["x*(t)"] == "0.154700538379"


def test_a_scenario(jumpbound: Command) -> None:
    said = jumpbound("amdahl", "--scenario", GPU)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == "A GPU with tensor units"
    assert sum(line.startswith("simulation") for line in lines) == 2
    (row,) = [line for line in lines if line.startswith("simulation") and " 8 " in line]
    assert "collapses" in row
    assert said.out.count("assumption: ") == 5
    found = jumpbound("amdahl", "--scenario", GPU, "--json").json()
    assert [cell["collapse"] for cell in found["comparison"]] == [*[False] * 4, True, False]
    assert found["comparison"][4]["break_even"] is None
    assert found["basis"]["hardware"]["tensor units"].startswith("assumption: ")


def test_a_scenario_with_years(jumpbound: Command, place: Path) -> None:
    said = jumpbound("amdahl", "--scenario", VIDEO, "--table", "v.csv", "--plot", "v.png")
    assert said.code == 0
    assert "Years 2025 to 2035" in said.out
    assert (place / "v.png").read_bytes().startswith(b"\x89PNG")
    with (place / "v.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    # u years after 2031 the ratio is (44-6u)/10 and the bounded share (5-u)/20: 3u²-37u+10 = 0.
    years = [row["stops paying"] for row in rows]
    assert years[0] == "2034"
    assert float(years[1]) == pytest.approx(2031 + (37 - 1249**0.5) / 6, abs=1e-10)
    assert rows[0]["x*"] == "1/3"


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (("amdahl",), ["nothing to compute", "--scenario"]),
        (("amdahl", "--ratio", "4", "--horizon", "3"), ["--horizon: no --scalable"]),
        ((*BASE, "--catch-up", "1"), ["--catch-up without --horizon"]),
        ((*BASE, "--from", "2020"), ["--from without --horizon"]),
        ((*BASE, "--unit", "0.5:4", "--horizon", "3"), ["--unit beside --horizon"]),
        ((*BASE, "--gamma", "1", "--horizon", "3"), ["--gamma beside --horizon"]),
        (("amdahl", "--scenario", GPU, "--exponent", "2"), ["--exponent beside --scenario"]),
        ((*BASE, "--scenario", GPU), ["--ratio beside --scenario"]),
        (("amdahl", "--scenario", GPU, "--horizon", "3"), ["--horizon beside --scenario"]),
        (("amdahl", "--scenario", "none.toml"), ["cannot read none.toml"]),
        ((*BASE, "--horizon", "2.5"), ["--horizon: 5/2", "a whole number"]),
        ((*BASE, "--horizon", "0"), ["horizon", "1 to 200 years"]),
        ((*BASE, "--horizon", "999"), ["horizon", "1 to 200 years"]),
        ((*BASE, "--horizon", "soon"), ["--horizon", "not a number"]),
        ((*BASE, "--horizon", "3", "--catch-up", "-1"), ["catch-up", "0 to 100"]),
        ((*BASE, "--horizon", "3", "--migrate", "1e9"), ["migrate", "0 to 100"]),
        (
            ("amdahl", "--ratio", "4", "--scalable", "1.2", "--horizon", "3"),
            ["the scalable share 6/5"],
        ),
        (("amdahl", "--ratio", "0.5", "--scalable", "1/2", "--horizon", "3"), ["the ratio 1/2"]),
        ((*CROSSING, "--plot", "h.gif"), [".gif"]),
        ((*CROSSING, "--plot", "no/h.svg"), ["existing folder"]),
        ((*CROSSING, "--table", "no/h.csv"), ["no such folder"]),
        (("amdahl", "--scenario", GPU, "--plot", "x"), ["no suffix"]),
    ],
)
def test_one_message_and_nothing_written(
    jumpbound: Command, place: Path, arguments: tuple[str, ...], parts: list[str]
) -> None:
    assert is_one_error(jumpbound(*arguments), *parts)
    assert os.listdir(place) == []


def test_an_empty_scenario(jumpbound: Command, place: Path) -> None:
    (place / "empty.toml").write_text("", encoding="utf-8")
    said = jumpbound("amdahl", "--scenario", "empty.toml")
    assert is_one_error(said, "empty.toml: no workload", "[[workload]]")
