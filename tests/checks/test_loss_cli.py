"""``jumpbound loss`` from the command line: what it prints, writes and refuses."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import mpmath
import pytest

from tests.checks.console import Command, is_one_error

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "efficiency"
BASELINE, TURTLE, HARE = (
    str(EXAMPLES / f"{name}.toml") for name in ("baseline", "turtle", "hare")
)
KAPPA = ("loss", "--kappa", "0.063")
POINTS = "compute,loss\n1,3\n10,2.6\n100,2.25\n1000,1.95\n1e4,1.69\n"


def test_losses(jumpbound: Command) -> None:
    said = jumpbound(*KAPPA, "--gamma", "1", "--gamma", "0", "--years", "10", "--years", "0")
    assert (said.code, said.err) == (0, "")
    # I_1(10) = 1023/ln 2; R = (1 + I)^-0.063.
    loss = (1 + 1023 / mpmath.log(2)) ** -mpmath.mpf("0.063")
    low, high = map(float, re.findall(r"^1 +10 .*\[([\d.]+), ([\d.]+)\] ", said.out, re.M)[0])
    assert low <= loss <= high
    rows = [line.split() for line in said.out.splitlines() if line.startswith("0 ")]
    assert rows[1] == ["0", "0", "1", "1", "1", "0"]
    assert said.out.rstrip().endswith("one that stands alone is exact.")


def test_json_of_one_loss(jumpbound: Command) -> None:
    data = jumpbound(*KAPPA, "--gamma", "1/2", "--years", "3", "--digits", "30", "--json").json()
    assert (data["kappa"], data["gamma"], data["years"]) == ("63/1000", "1/2", "3")
    assert data["digits"] == 30
    low, high = data["relative_loss"]
    with mpmath.workdps(50):
        compute = 1 + (2 ** mpmath.mpf("1.5") - 1) / (mpmath.log(2) / 2)
        assert mpmath.mpf(low) <= compute ** -mpmath.mpf("0.063") <= mpmath.mpf(high)
        assert mpmath.mpf(high) - mpmath.mpf(low) <= mpmath.mpf(10) ** -29
    assert data["rows"][0]["relative_loss"] == [low, high]


def test_a_rate_next_to_none(jumpbound: Command) -> None:
    """I_γ(3) = 3 + 9 γ ln 2 / 2 + …, in the 301st digit."""
    asked = ("--kappa", "1", "--gamma", "1e-300", "--years", "3", "--digits", "310", "--json")
    low, high = jumpbound("loss", *asked).json()["compute"]
    assert low.startswith("4." + "0" * 299 + "3119")  # 9 ln 2 / 2 = 3.1191…
    assert high.startswith("4." + "0" * 299 + "3119")


def test_json_of_several(jumpbound: Command) -> None:
    data = jumpbound(*KAPPA, "--gamma", "0", "--gamma", "2", "--years", "1", "--json").json()
    assert (data["gamma"], data["years"]) == (["0", "2"], "1")
    assert [row["gamma"] for row in data["rows"]] == ["0", "2"]
    assert "relative_loss" not in data
    assert data["rows"][0]["compute"] == ["2", "2"]


def test_what_another_percent_costs(jumpbound: Command) -> None:
    said = jumpbound("loss", "--kappa", "0.5", "--gamma", "0")
    rows = [line.strip() for line in said.out.splitlines() if " %  " in line]
    assert [row.split("%")[0].strip() for row in rows] == ["1", "2", "5", "10", "20", "50"]
    assert rows[-1].split() == ["50", "%", "4", "2", "3"]
    # 0.8^-2 = 1.5625: exactly, as is what a year's fleet takes for it.
    assert rows[-2].split()[:3] == ["20", "%", "1.5625"]
    assert rows[-2].endswith(" 0.5625")
    assert "Another 1 %" in said.out


def test_targets_and_deadlines(jumpbound: Command) -> None:
    said = jumpbound("loss", "--kappa", "1/10", "--gamma", "0", "--gamma", "1", "--target", "0.5")
    rows = [line.split() for line in said.out.splitlines() if line.lstrip().startswith("0.5")]
    assert rows[0] == ["0.5", "1024", "10", "0", "1023", "never"]
    assert rows[1][-1] == "10"
    data = jumpbound("loss", "--kappa", "1/2", "--target", "1/2", "--by", "2", "--json").json()
    low, high = map(mpmath.mpf, data["gamma_needed"])
    for rate, sign in ((low, -1), (high, 1)):
        found = (2 ** (2 * rate) - 1) / (rate * mpmath.log(2)) - 3
        assert sign * found >= -1e-14
    data = jumpbound(
        "loss", "--kappa", "1/2", "--target", "1/2", "--by", "6", "--gamma", "0", "--json"
    ).json()
    assert data["gamma_needed"] == ["0", "0"]
    assert data["years_without_gains"] == ["3", "3"]
    assert data["fleet_at_gamma_0"] == ["0.5", "0.5"]


def test_burdens(jumpbound: Command) -> None:
    data = jumpbound("loss", "--kappa", "1/3", "--ratio", "1/2", "--gamma", "3/2", "--years", "2",
                     "--json").json()
    assert data["multiple"] == ["8", "8"]
    assert data["doublings"] == ["3", "3"]
    assert data["burden"] == ["1", "1"]
    assert data["level_years"] == ["2", "2"]


def test_a_rate_that_is_said_wrongly_elsewhere(jumpbound: Command) -> None:
    for arguments in (
        ("--years", "1"), ("--target", "0.5"), ("--target", "0.5", "--by", "3"), ("--ratio", "0.5"),
        (),
    ):
        said = jumpbound(*KAPPA, "--gamma", "3", *arguments)
        assert "γ = 3 is a doubling every four months" in " ".join(said.out.split())
        assert "four months" in jumpbound(*KAPPA, "--gamma", "3", *arguments, "--json").out
        assert "four months" not in jumpbound(*KAPPA, "--gamma", "2", *arguments).out


def test_the_figure_of_the_paper(jumpbound: Command, place: Path) -> None:
    """Relative loss over the years for several rates, none and linear compute among them."""
    rates = [part for rate in ("0", "1/2", "1", "2", "3") for part in ("--gamma", rate)]
    said = jumpbound(*KAPPA, *rates, "--years", "10", "--plot", "f.svg", "--table", "f.csv")
    assert said.code == 0
    drawn = (place / "f.svg").read_text(encoding="utf-8")
    for words in ("no doublings", "doubles every 2 years", "doubles every 4 months",
                  "without doublings compute grows linearly", "every four months"):
        assert words in drawn
    with (place / "f.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["gamma"] for row in rows] == ["0", "1/2", "1", "2", "3"]
    # Without doublings ten years are ten times the compute of one: (1+10)^-0.063.
    expected = mpmath.mpf(11) ** -mpmath.mpf("0.063")
    assert float(rows[0]["relative_loss_low"]) <= expected <= float(rows[0]["relative_loss_high"])


@pytest.mark.parametrize("suffix", ["svg", "png", "html"])
@pytest.mark.parametrize(
    "arguments",
    [
        KAPPA, (*KAPPA, "--gamma", "1", "--years", "4"),
        (*KAPPA, "--gamma", "1", "--target", "0.8"),
        (*KAPPA, "--target", "0.8", "--target", "0.9", "--by", "5"),
        (*KAPPA, "--ratio", "0.9", "--gamma", "1"),
        ("loss", "--scenario", BASELINE, "--scenario", TURTLE, "--scenario", HARE),
        ("loss", "--fit", "points.csv"),
    ],
)
def test_every_answer_can_be_drawn(
    jumpbound: Command, place: Path, arguments: tuple[str, ...], suffix: str
) -> None:
    (place / "points.csv").write_text(POINTS, encoding="utf-8")
    said = jumpbound(*arguments, "--plot", f"p.{suffix}", "--table", "p.csv")
    assert (said.code, said.err) == (0, "")
    begins = {"svg": b"<svg", "png": b"\x89PNG", "html": b"<!DOCTYPE html>"}[suffix]
    assert (place / f"p.{suffix}").read_bytes().startswith(begins)
    with (place / "p.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert len({len(row) for row in rows}) == 1
    count = len(rows) - 1
    counted = f"{count} {'row' if count == 1 else 'rows'}"
    assert count > 0
    assert said.out.endswith(f"\nPicture: p.{suffix}\nTable: p.csv, {counted}\n")


def test_scenarios(jumpbound: Command) -> None:
    said = jumpbound("loss", "--scenario", BASELINE, "--scenario", TURTLE, "--scenario", HARE)
    assert said.code == 0
    assert said.out.startswith("Baseline; Turtle; Hare\n")
    assert said.out.count("assumption: ours") == 3
    assert "not reached" in said.out
    asked = ("--years", "4", "--target", "0.9", "--target", "0.7", "--json")
    data = jumpbound("loss", "--scenario", HARE, *asked).json()
    moment, reached, missed = data["rows"]
    assert moment["power"] == ["8", "8"]
    # A year of power 2^(2u) and efficiency 2^(u/5), then power 4 and efficiency from 2^(1/5) on.
    log2 = mpmath.log(2)
    first = (2 ** mpmath.mpf("2.2") - 1) / (mpmath.mpf("2.2") * log2)
    speed = 4 * mpmath.mpf(2) ** mpmath.mpf("0.2")
    missing = mpmath.mpf("0.9") ** (-1 / mpmath.mpf("0.063")) - 1 - first
    years = 1 + mpmath.log(1 + log2 / 5 * missing / speed, 2) * 5
    assert float(reached["years"][0]) - 1e-12 <= years <= float(reached["years"][1]) + 1e-12
    assert missed["years"] is None
    assert data["trajectories"][0]["periods"][0]["growth"] == "2"


def test_a_fit(jumpbound: Command, place: Path) -> None:
    (place / "points.csv").write_text(POINTS, encoding="utf-8")
    said = jumpbound("loss", "--fit", "points.csv")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("fitted\n")
    assert "Student's interval" in said.out
    data = jumpbound("loss", "--fit", "points.csv", "--level", "0.9", "--json").json()
    assert (data["verdict"], data["level"], data["points"]) == ("fitted", 0.9, 5)
    assert data["kappa"]["low"] < data["kappa"]["value"] < data["kappa"]["high"]
    assert data["gamma"] is None
    assert len(data["residuals"]) == 5


def test_data_that_cannot_tell(jumpbound: Command, place: Path) -> None:
    (place / "two.csv").write_text("compute,loss\n1,3\n10,2.6\n", encoding="utf-8")
    said = jumpbound("loss", "--fit", "two.csv")
    assert said.code == 1
    assert said.out.startswith("the data can't tell\n")
    assert "too few points" in said.out
    assert jumpbound("loss", "--fit", "two.csv", "--json").json()["verdict"] == "unknown"
    assert is_one_error(jumpbound("loss", "--fit", "two.csv", "--plot", "p.png"), "nothing to draw")
    assert not (place / "p.png").exists()


LONG = "0." + "3" * 401


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (("loss",), ["nothing to compute", "--kappa"]),
        (("loss", "--kappa", "0"), ["--kappa", "κ > 0"]),
        (("loss", "--kappa", "-1/2"), ["--kappa", "κ > 0"]),
        (("loss", "--kappa", "nan"), ["--kappa", "not a number"]),
        (("loss", "--kappa", "inf"), ["--kappa", "not a number"]),
        (("loss", "--kappa", "1e999"), ["--kappa", "too l"]),
        (("loss", "--kappa", LONG), ["--kappa", "too long"]),
        (("loss", "--kappa", ""), ["--kappa", "no number"]),
        ((*KAPPA, "--gamma", "-1", "--years", "1"), ["--gamma", "0 or more"]),
        ((*KAPPA, "--gamma", "fast"), ["--gamma", "not a number"]),
        ((*KAPPA, "--gamma", "1", "--years", "-1"), ["--years", "0 or more"]),
        ((*KAPPA, "--years", "1"), ["no --gamma", "--gamma too"]),
        ((*KAPPA, "--target", "0.5"), ["no --gamma"]),
        ((*KAPPA, "--gamma", "1", "--target", "1"), ["--target", "less than 1"]),
        ((*KAPPA, "--gamma", "1", "--target", "0"), ["--target", "greater than 0"]),
        ((*KAPPA, "--gamma", "1", "--target", "1.5"), ["--target"]),
        ((*KAPPA, "--gamma", "1", "--target", "-0.5"), ["--target"]),
        ((*KAPPA, "--ratio", "1"), ["--ratio", "less than 1"]),
        ((*KAPPA, "--by", "5"), ["--by without --target"]),
        ((*KAPPA, "--target", "0.5", "--by", "0"), ["--by", "more than 0"]),
        ((*KAPPA, "--target", "0.5", "--by", "5", "--years", "1"), ["--years beside --by"]),
        ((*KAPPA, "--gamma", "1", "--target", "0.5", "--years", "1"), ["--years beside --target"]),
        ((*KAPPA, "--ratio", "0.5", "--target", "0.5"), ["--target beside --ratio"]),
        ((*KAPPA, "--ratio", "0.5", "--by", "5"), ["--by beside --ratio"]),
        ((*KAPPA, "--digits", "0"), ["--digits: 0 digits", "1 to 1000"]),
        ((*KAPPA, "--digits", "1001"), ["1001 digits"]),
        ((*KAPPA, "--digits", "x"), ["--digits"]),
        ((*KAPPA, "--level", "0.9"), ["--level without --fit"]),
        ((*KAPPA, "--scenario", HARE), ["--kappa beside --scenario"]),
        (("loss", "--scenario", HARE, "--gamma", "1"), ["--gamma beside --scenario"]),
        (("loss", "--scenario", HARE, "--years", "11"), ["--years", "at most 10"]),
        (("loss", "--scenario", HARE, "--target", "2"), ["--target"]),
        (("loss", "--scenario", HARE, "--scenario", HARE), ["a second one named 'Hare'"]),
        (("loss", "--scenario", "none.toml"), ["cannot read none.toml"]),
        (("loss", "--scenario", "."), ["cannot read"]),
        (("loss", "--fit", "none.csv"), ["cannot read none.csv"]),
        (("loss", "--fit", "."), ["cannot read"]),
        (("loss", "--fit", "x.csv", "--kappa", "1"), ["--kappa beside --fit"]),
        (("loss", "--fit", "x.csv", "--scenario", HARE), ["--scenario beside --fit"]),
        (("loss", "--fit", "x.csv", "--digits", "5"), ["--digits beside --fit"]),
        (("loss", "--fit", "x.csv", "--level", "1"), ["--level", "0.5 to 0.9999"]),
        (("loss", "--fit", "x.csv", "--level", "nan"), ["--level", "not a number"]),
        ((*KAPPA, "--plot", "p.gif"), [".gif"]),
        ((*KAPPA, "--plot", "p"), ["no suffix"]),
        ((*KAPPA, "--plot", "no/p.svg"), ["existing folder"]),
        ((*KAPPA, "--table", "no/p.csv"), ["no such folder"]),
        ((*KAPPA, "--table", "."), ["no place for a file"]),
        ((*KAPPA, "--table", "p.svg"), ["--table: p.svg", ".csv"]),
        (("loss", "--fit", "x.csv", "--table", "x.csv"), ["--table", "x.csv is read"]),
        ((*KAPPA, "--gamma", "1", "--years", "1e30", "--plot", "p.svg", "--table", "t.csv"),
         ["can't be drawn"]),
        ((*KAPPA, "--ratio", "0.5", "--ratio", "0.6", "--plot", "p.svg"), ["one --ratio"]),
        (("loss", "--kappa", "1e-200", "--ratio", "0.5", "--plot", "p.svg"), ["too large to draw"]),
    ],
)
def test_one_message_and_nothing_written(
    jumpbound: Command, place: Path, arguments: tuple[str, ...], parts: list[str]
) -> None:
    assert is_one_error(jumpbound(*arguments), *parts)
    assert os.listdir(place) == []
