"""Scenario files: what is read, what is refused and how, and what the examples come to."""

from __future__ import annotations

from fractions import Fraction as F
from pathlib import Path

import pytest

from checks.amdahl.frontier_plot import horizon_chart, scenario_chart
from checks.amdahl.scenario_file import read_scenario
from checks.picture import svg
from models.amdahl.horizon import frontier, horizon
from models.amdahl.scenario import Comparison, compare_all
from models.errors import BadInput

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "amdahl"
WORKLOAD = '[[workload]]\nname = "w"\nscalable = 0.25\nassumption = "ours"\n'
HARDWARE = '[[hardware]]\nname = "h"\nratio = 4\nassumption = "ours"\n'
PLAIN = f'title = "t"\n{WORKLOAD}{HARDWARE}'
YEARS = "[horizon]\nfrom = 2025\nyears = 4\n"


def shares(table: str) -> str:
    """With a table of the share by year."""
    return PLAIN.replace("scalable = 0.25", f"scalable_by_year = {table}") + YEARS


def ratios(table: str) -> str:
    """With a table of the ratio by year."""
    return PLAIN.replace("ratio = 4", f"ratio_by_year = {table}") + YEARS


def written(folder: Path, text: str) -> Path:
    path = folder / "s.toml"
    path.write_text(text, encoding="utf-8")
    return path


def compared(name: str) -> Comparison:
    return compare_all(read_scenario(EXAMPLES / f"{name}.toml"))


def verdicts(found: Comparison) -> list[tuple[str, str, str]]:
    return [
        (
            cell.workload.name, cell.option.name,
            ("collapses" if cell.collapse else "specialise")
            if cell.horizon is None else cell.horizon.verdict,
        )
        for cell in found.cells
    ]


# --- what is read ---------------------------------------------------------------------------------


def test_a_small_one(tmp_path: Path) -> None:
    (cell,) = compare_all(read_scenario(written(tmp_path, PLAIN))).cells
    share, time, even = cell.best
    assert share is not None
    assert even is not None
    assert (share.exact, time.exact, even.exact) == (F(1, 3), F(3, 4), F(2, 3))
    assert cell.horizon is None
    assert cell.workload.basis == "assumption: ours"


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("0.1", F(1, 10)), ('"1/3"', F(1, 3)), ("0.10000000000000000001", F(10**19 + 1, 10**20)),
        ("1e-3", F(1, 1000)), ("1", F(1)), ("0", F(0)), ('"0.30"', F(3, 10)),
    ],
)
def test_numbers_are_what_is_written(tmp_path: Path, number: str, value: F) -> None:
    text = PLAIN.replace("scalable = 0.25", f"scalable = {number}")
    assert read_scenario(written(tmp_path, text)).workloads[0].scalable == value


def test_work_classes_are_summed(tmp_path: Path) -> None:
    work = (
        'work = [{ name = "a", weight = "1/3", scalable = true },'
        ' { name = "b", weight = "1/2" }, { name = "c", weight = "1/6", scalable = true }]'
    )
    text = PLAIN.replace("scalable = 0.25", work)
    (workload,) = read_scenario(written(tmp_path, text)).workloads
    assert workload.scalable == F(1, 2)
    assert [each.scalable for each in workload.classes] == [True, False, True]


def test_laws_of_the_years(tmp_path: Path) -> None:
    text = PLAIN.replace("ratio = 4", "ratio = 4\ncatch_up = 1") + YEARS
    (cell,) = compare_all(read_scenario(written(tmp_path, text))).cells
    assert cell.horizon is not None
    # 4·(3/4) = 3, which halves each year.
    assert cell.horizon.sentence().endswith("2026.584963")
    assert len(cell.horizon.years) == 5


def test_an_exponent_moves_the_threshold(tmp_path: Path) -> None:
    text = PLAIN.replace("0.25", "0.5\nexponent = 3")
    (cell,) = compare_all(read_scenario(written(tmp_path, text))).cells
    # (R-1)/(R-1+a) = 1/2, and s is 1/2: it collapses, as it would not with a = 1.
    assert (cell.threshold, cell.collapse, cell.scalable, cell.ratio) == (F(1, 2), True, F(1, 2), 4)
    assert "exponent" not in PLAIN
    (cell,) = compare_all(read_scenario(written(tmp_path, PLAIN.replace("0.25", "0.5")))).cells
    assert not cell.collapse


def test_a_bandwidth_leaves_the_threshold_and_shrinks_the_share(tmp_path: Path) -> None:
    text = PLAIN.replace("ratio = 4", 'ratio = 4\ngamma = "1/2"')
    (cell,) = compare_all(read_scenario(written(tmp_path, text))).cells
    share, time, _ = cell.best
    assert (cell.threshold, cell.collapse) == (F(3, 4), False)
    assert share is not None
    # Without it the share is 1/3 and the time 3/4.
    assert 0 < share.enclosure.low <= share.enclosure.high < F(1, 3)
    assert F(3, 4) < time.enclosure.low <= time.enclosure.high < 1


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ["no workload", "[[workload]]"]),
        ('title = "t"\n' + HARDWARE, ["no workload", "at least one table [[workload]]"]),
        ('title = "t"\n' + WORKLOAD, ["no hardware", "at least one table [[hardware]]"]),
        (WORKLOAD + HARDWARE, ["title", "missing", "a text"]),
        ("title = ", ["a scenario file in TOML"]),
        (PLAIN + "\n[extra]\n", ["unknown key 'extra'", "one of title"]),
        (PLAIN.replace("ratio = 4", "ration = 4"), ["[[hardware]] 1", "'ration'", "one of name"]),
        (PLAIN.replace("ratio = 4", "ratio = 4\nexponent = 2"), ["unknown key 'exponent'"]),
        (PLAIN.replace("ratio = 4", "ratio = 4\nunits = []"), ["unknown key 'units'"]),
        (PLAIN.replace("0.25", "0.25\nexponent = 0"), ["[[workload]] 1: exponent: 0"]),
        (PLAIN.replace("ratio = 4", "ratio = 4\ngamma = -1"), ["[[hardware]] 1: gamma: -1"]),
        (
            PLAIN.replace("ratio = 4", "ratio = 4\ngamma = 1") + YEARS,
            ["[horizon]: a horizon, and gamma", "one of them"],
        ),
        (
            PLAIN.replace("0.25", "0.25\nexponent = 2") + YEARS,
            ["[horizon]: a horizon, and exponent", "one of them"],
        ),
        (PLAIN.replace("0.25", "1.2"), ["[[workload]] 1: scalable: 6/5", "from 0 to 1"]),
        (PLAIN.replace("0.25", "-0.1"), ["scalable: -1/10", "from 0 to 1"]),
        (PLAIN.replace("0.25", "true"), ["scalable: true", "a number"]),
        (PLAIN.replace("0.25", "nan"), ["scalable", "not a number"]),
        (PLAIN.replace("0.25", "inf"), ["scalable", "not a number"]),
        (PLAIN.replace("0.25", '"1/0"'), ["scalable", "zero denominator"]),
        (PLAIN.replace("0.25", "[1]"), ["scalable: [1]", "a number"]),
        (PLAIN.replace("scalable = 0.25\n", ""), ["[[workload]] 1: no scalable", "_by_year"]),
        (PLAIN.replace("ratio = 4", "ratio = 0.5"), ["ratio: the ratio 1/2 is below 1", "least 1"]),
        (PLAIN.replace("ratio = 4", "ratio = 0"), ["[[hardware]] 1: ratio: 0", "greater than 0"]),
        (PLAIN.replace('ratio = 4\nassumption = "ours"', "ratio = 4"), ["no assumption and no"]),
        (PLAIN.replace('"ours"', '" "'), ["assumption", "a text"]),
        (PLAIN.replace('name = "w"', "name = 1.5"), ["name", "a text"]),
        (PLAIN + WORKLOAD, ["[[workload]] 2: name: a second one named 'w'"]),
        ("workload = 3\n" + PLAIN.replace(WORKLOAD, ""), ["workload", "[[workload]]"]),
        (
            PLAIN.replace("scalable = 0.25", 'work = [{ name = "a", weight = 0.7 }]'),
            ["weights that add up to 7/10", "a sum of 1"],
        ),
        (
            PLAIN.replace(
                "scalable = 0.25",
                'work = [{ name = "a", weight = 0.7 }, { name = "b", weight = 0.7 }]',
            ),
            ["weights that add up to 7/5", "a sum of 1"],
        ),
        (
            PLAIN.replace(
                "scalable = 0.25", 'work = [{ name = "a", weight = 1, scalable = "yes" }]'
            ),
            ["[[workload]] 1 [[work]] 1: scalable: 'yes'", "true or false"],
        ),
        (PLAIN.replace("ratio = 4", "ratio = 4\ncatch_up = 1"), ["no horizon", "[horizon]"]),
        (PLAIN + "[horizon]\nfrom = 2025\n", ["[horizon]: years: missing"]),
        (PLAIN + YEARS.replace("4", "2.5"), ["[horizon]: years: 5/2", "a whole number"]),
        (PLAIN + YEARS.replace("4", "0"), ["[horizon]: years: 0", "from 1 to 200"]),
        (PLAIN + YEARS + "until = 3\n", ["[horizon]: unknown key 'until'"]),
        (
            shares("{ 2025 = 0.5, 2029 = 0.4 }"),
            ["scalable_by_year: 2/5 in 2029 after 1/2 in 2025", "do not fall"],
        ),
        (
            shares("{ 2025 = 0.5, 2029 = 1.4 }"),
            ["scalable_by_year: 7/5", "from 0 to 1"],
        ),
        (
            shares("{ 2025 = 0.1, 2027 = 0.4 }"),
            ["w on h: scalable", "a table from 2025 to 2029"],
        ),
        (
            shares("{ soon = 0.1, 2027 = 0.4 }"),
            ["scalable_by_year", "'soon' is not a number"],
        ),
        (
            ratios("{ 2025 = 4, 2029 = 2 }\ncatch_up = 1"),
            ["ratio_by_year and catch_up", "one of them"],
        ),
        (
            ratios("{ 2025 = 4, 2029 = -1 }"),
            ["ratio_by_year: -1", "greater than 0"],
        ),
    ],
)
def test_one_clear_message(tmp_path: Path, text: str, parts: list[str]) -> None:
    path = written(tmp_path, text)
    with pytest.raises(BadInput) as error:
        read_scenario(path)
    message = str(error.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    for part in parts:
        assert part in message, message


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot read"):
        read_scenario(tmp_path / "none.toml")
    with pytest.raises(BadInput, match="cannot read"):
        read_scenario(tmp_path)
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match="TOML"):
        read_scenario(tmp_path / "bytes.toml")


# --- the examples ---------------------------------------------------------------------------------


def test_gpu() -> None:
    found = compared("gpu-tensor-units")
    assert verdicts(found) == [
        ("training", "tensor units", "specialise"),
        ("training", "low-precision units", "specialise"),
        ("inference with search", "tensor units", "specialise"),
        ("inference with search", "low-precision units", "specialise"),
        ("simulation", "tensor units", "collapses"),
        ("simulation", "low-precision units", "specialise"),
    ]
    training = found.cells[0]
    assert (training.scalable, training.threshold) == (F(1, 10), F(7, 8))


def test_accelerator() -> None:
    found = compared("domain-accelerator")
    assert [verdict for *_, verdict in verdicts(found)] == ["crosses", "never", "crosses", "never"]
    first = found.cells[0].horizon
    assert first is not None
    assert first.crossing is not None
    # log2(32·0.9)/0.5 years.
    assert first.crossing.text(12) == "2035.69599381"


def test_video_pipeline_crosses_the_threshold() -> None:
    found = compared("video-pipeline")
    assert [verdict for *_, verdict in verdicts(found)] == ["crosses", "crosses"]
    constant = found.cells[0].horizon
    assert constant is not None
    assert constant.crossing is not None
    # 1 - 1/10 of the work is scalable after three of the four years from 3/4 to 19/20.
    assert (constant.crossing.low, constant.crossing.high) == (2034, 2034)
    shares = [year.scalable.low for year in constant.years]
    assert shares == sorted(set(shares))


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_examples_say_what_is_assumed(path: Path) -> None:
    scenario = read_scenario(path)
    assert all(
        each.basis.startswith("assumption: ") for each in (*scenario.workloads, *scenario.hardware)
    )
    assert "assumption of ours" in path.read_text(encoding="utf-8")


# --- pictures -------------------------------------------------------------------------------------


def test_a_picture_of_the_years() -> None:
    found = compared("domain-accelerator")
    text = svg(scenario_chart(found))
    for cell in found.cells:
        assert f"{cell.workload.name} on {cell.option.name}" in text
    assert text.count('aria-roledescription="line mark"') == 4
    assert "are assumptions" in text


def test_a_picture_of_the_map() -> None:
    text = svg(scenario_chart(compared("gpu-tensor-units")))
    for word in ("training", "simulation", "tensor units", "specialise", "collapse"):
        assert word in text


def test_the_year_is_marked() -> None:
    result = horizon(frontier(F(4), F(1, 2), catch_up=F(1, 2), first=F(2025), years=F(5)))
    chart = horizon_chart({"advantage": result}, title="t").to_dict(validate=False)
    rows = [row for data in chart["datasets"].values() for row in data if "at" in row]
    assert [(row["year"], row["at"]) for row in rows] == [(2027.0, "2027")]
    heights = {
        row["year"]: row["advantage"]
        for data in chart["datasets"].values() for row in data
        if row.get("name") and "at" not in row
    }
    assert heights[2025.0] == pytest.approx(2)
    assert heights[2027.0] == pytest.approx(1)


def test_too_many_lines_are_refused() -> None:
    result = horizon(frontier(F(4), F(1, 2), years=F(1)))
    with pytest.raises(BadInput, match="at most"):
        horizon_chart({str(i): result for i in range(40)}, title="t")


def test_a_workload_with_an_exponent_has_its_own_border(tmp_path: Path) -> None:
    text = PLAIN.replace("0.25", "0.5\nexponent = 3")  # on its threshold, see above
    chart = scenario_chart(compare_all(read_scenario(written(tmp_path, text))))
    spec = chart.to_dict(validate=False)
    lines = [layer for layer in spec["layer"] if layer["mark"]["type"] == "line"]
    assert [layer["mark"]["strokeDash"] for layer in lines] == [[1, 0], [5, 4]]
    plain, own = (spec["datasets"][layer["data"]["name"]] for layer in lines)
    assert {row["R"] for row in own if row["s"] == 0.5} == {4}
    assert {row["R"] for row in plain if row["s"] == 0.5} == {2}
    assert "a = 3" in spec["title"]["subtitle"][1]


# --- what a picture shows -------------------------------------------------------------------------


def drawn(folder: Path, text: str) -> str:
    return svg(scenario_chart(compare_all(read_scenario(written(folder, text)))))


def test_options_at_one_place_are_all_seen(tmp_path: Path) -> None:
    """One that differs in bandwidth alone is drawn around the other, not over it."""
    second = HARDWARE.replace('"h"', '"narrow"').replace("ratio = 4", "ratio = 4\ngamma = 1")
    found = compare_all(read_scenario(written(tmp_path, PLAIN + second)))
    marks = [
        layer["mark"] for layer in scenario_chart(found).to_dict()["layer"]
        if layer["mark"]["type"] == "point"
    ]
    assert [mark["filled"] for mark in marks] == [True, False]
    assert marks[1]["size"] > 2 * marks[0]["size"]
    assert "one more pair" in drawn(tmp_path, PLAIN + second)
    assert "one more pair" not in drawn(tmp_path, PLAIN)


def test_long_names_are_whole_in_the_legend(tmp_path: Path) -> None:
    name = "wake word, beamforming, transcription, translation and everything else"
    picture = drawn(tmp_path, PLAIN.replace('name = "w"', f'name = "{name}"'))
    assert "wake word, beamforming, transcription," in picture
    assert "translation and everything else" in picture


def test_the_first_advantage_is_written(tmp_path: Path) -> None:
    """4·(3/4) = 3; and both ends of each axis have their number."""
    text = PLAIN.replace("ratio = 4", "ratio = 4\ncatch_up = 1") + YEARS
    chart = scenario_chart(compare_all(read_scenario(written(tmp_path, text)))).to_dict()
    labels = [part["mark"]["text"] for part in chart["layer"] if part["mark"]["type"] == "text"]
    assert ["3"] in labels
    line = next(part for part in chart["layer"] if part["mark"]["type"] == "line")
    for channel in ("x", "y"):
        values = line["encoding"][channel]["axis"]["values"]
        assert [values[0], values[-1]] == line["encoding"][channel]["scale"]["domain"]
    assert "at 1 and below it, none is best" in str(chart)
