"""The pictures: complete, self-contained, at the exact places, and drawn without overlaps."""

from __future__ import annotations

import re
import subprocess
import sys
from fractions import Fraction as F
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from checks.amdahl import plot
from checks.picture import save_chart, svg
from models.amdahl.analysis import analyse
from models.amdahl.number import float_value, simplest, square_root
from models.errors import BadInput

LOADS = re.compile(
    r"""<script[^>]*\ssrc\s*=|<link\b|<img\b|<iframe\b|@import|url\(\s*['"]?https?:|<image\b""",
    re.I,
)


@pytest.fixture(scope="module")
def chart() -> Any:
    return plot.time_chart(F(4), F(1, 2))


def words(chart: Any) -> list[str]:
    """The texts of a picture: title, subtitle and labels."""
    spec = chart.to_dict(validate=False)
    found = [spec["title"]["text"], *spec["title"]["subtitle"]]
    for layer in spec["layer"]:
        if layer["mark"]["type"] == "text":
            found += layer["mark"]["text"]
    return found


def rows(chart: Any, name: str) -> list[dict[str, Any]]:
    """The data of the marks that have a field."""
    found = []
    for layer in chart.to_dict(validate=False)["datasets"].values():
        found += [row for row in layer if name in row]
    return found


def test_svg_file(chart: Any, tmp_path: Path) -> None:
    path = save_chart(chart, tmp_path / "t.svg")
    text = path.read_text(encoding="utf-8")
    assert ElementTree.fromstring(text).tag.endswith("svg")
    assert not LOADS.search(text)
    assert 'role="img"' in text
    for label in words(chart):
        assert label.replace(">", "&gt;") in text


def test_png_file(chart: Any, tmp_path: Path) -> None:
    content = save_chart(chart, str(tmp_path / "t.png")).read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    assert width > 2 * plot.WIDTH
    assert height > 2 * plot.HEIGHT


def test_html_file(chart: Any, tmp_path: Path) -> None:
    text = save_chart(chart, tmp_path / "t.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", text, re.S)
    assert scripts
    assert not any("src" in attributes for attributes, _ in scripts)
    outside = re.sub(r"<script[^>]*>.*?</script>", "", text, flags=re.S)
    assert not LOADS.search(outside)
    assert not re.search(r"""https?:""", outside)
    assert not re.search(r"""url\(\s*['"]?https?:|@import|"url":\s*"http""", text)
    assert "<title>Is specialised hardware" in text
    assert len(text) > 300_000  # the scripts are inside


def test_an_old_file_is_replaced_and_nothing_else_stays(chart: Any, tmp_path: Path) -> None:
    target = tmp_path / "t.SVG"
    target.write_text("old")
    save_chart(chart, target)
    assert target.read_text().startswith("<svg")
    assert [path.name for path in tmp_path.iterdir()] == ["t.SVG"]


@pytest.mark.parametrize("name", ["t.pdf", "t", "t.svg.gz", ".svg", "missing/t.svg"])
def test_bad_places(chart: Any, tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput) as caught:
        save_chart(chart, tmp_path / name)
    assert caught.value.expected
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_not_a_picture(chart: Any, tmp_path: Path) -> None:
    (tmp_path / "t.svg").mkdir()
    with pytest.raises(BadInput):
        save_chart(chart, tmp_path / "t.svg")


def test_ids_do_not_meet_in_one_page(chart: Any) -> None:
    other = plot.threshold_chart(F(4), F(1, 2))
    pictures = [svg(chart), svg(other), svg(chart, prefix="again")]
    ids = [re.findall(r'\bid="([^"]+)"', picture) for picture in pictures]
    assert all(ids)
    flat = [name for names in ids for name in names]
    assert len(flat) == len(set(flat))
    for picture, names in zip(pictures, ids, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", picture)) <= set(names)


def test_pictures_are_the_same_every_time(chart: Any) -> None:
    assert svg(chart) == svg(plot.time_chart(F(4), F(1, 2)))


def test_marks_stand_at_the_exact_places() -> None:
    chart = plot.time_chart(F(10), F(1, 2))
    points = {row["point"]: (row["x"], row["T"]) for row in rows(chart, "point")}
    assert points == {"optimum": (1 / 6, 0.8), "break-even": (4 / 9, 1.0)}
    shown = words(chart)
    assert "optimum x* = 1/6, T* = 4/5" in shown
    assert "break-even x = 4/9" in shown
    assert "T = 1: no specialised hardware" in shown


@pytest.mark.parametrize(
    ("ratio", "scalable", "shown", "points"),
    [
        (F(4), F(3, 4), "optimum x* = 0, T* = 1", {"optimum"}),
        (F(1), F(0), "every x is optimal", {"optimum"}),
        (F(5), F(0), "T tends to 1/R = 1/5, not attained", {"infimum"}),
        (F(1, 2), F(1), "optimum x* = 0, T* = 1", {"optimum"}),
        (F(2), F(1, 2) - F(1, 10**12), "optimum x* ≈ 1e\N{MINUS SIGN}12", {"optimum"}),
        (F(10**200), F(1, 10**100), "T* ≈ 1e\N{MINUS SIGN}100", {"optimum", "break-even"}),
    ],
)
def test_edges_are_drawn(ratio: F, scalable: F, shown: str, points: set[str]) -> None:
    chart = plot.time_chart(ratio, scalable)
    assert any(shown in text for text in words(chart))
    assert {row["point"] for row in rows(chart, "point")} == points


def test_algebraic_arguments() -> None:
    ratio = simplest(2 / (1 - square_root(F(1, 2))))
    assert any("x* ≈ 0.1716" in text for text in words(plot.time_chart(ratio, F(1, 2))))


@pytest.mark.parametrize(
    ("ratio", "scalable", "shown"),
    [
        (None, None, "Collapse: the best share"),
        (F(4), F(1, 2), "R = 4, s = 1/2: specialise, R is above"),
        (F(3), F(4, 5), "R = 3, s = 4/5: collapse, R is not above"),
        (F(20), F(19, 20), "collapse, R is not above"),
        (F(50), F(1), "= ∞"),
        (F(10), None, "R = 10: collapse from s = 9/10 on"),
        (F(1, 2), None, "collapse, whatever the scalable share"),
        (None, F(3, 4), "s = 3/4: specialise only beyond R = 4"),
        (None, F(1), "collapse, whatever the ratio"),
        (F(10**30), F(99, 100), "specialise"),
        (F(1, 10**20), F(1, 2), "collapse"),
    ],
)
def test_phase_map(ratio: F | None, scalable: F | None, shown: str) -> None:
    found = words(plot.threshold_chart(ratio, scalable))
    assert any(shown in text for text in found)
    assert all(any(text.startswith(name) for text in found) for name in ("specialise", "collapse"))


@pytest.mark.parametrize(
    ("ratio", "scalable"), [(F(4), F(1, 2)), (F(10**6), F(1, 3)), (F(1, 10**20), F(1, 2))]
)
def test_names_of_regions_stand_in_their_regions(ratio: F, scalable: F) -> None:
    chart = plot.threshold_chart(ratio, scalable).to_dict()
    data = chart["datasets"]
    bottom, top = next((r[0]["bottom"], r[0]["top"]) for r in data.values() if "bottom" in r[0])
    labels = {}
    for layer in chart["layer"]:
        if layer["mark"]["type"] == "text":
            row = data[layer["data"]["name"]][0]
            labels[layer["mark"]["text"][0]] = (
                row["across"] / plot.WIDTH,
                bottom * (top / bottom) ** (1 - row["down"] / plot.HEIGHT),
            )
    for name, above in (("specialise", True), ("collapse", False)):
        share, height = labels[name]
        assert (height > 1 / (1 - share)) is above


def names(spec: dict[str, Any]) -> list[str]:
    """The titles and texts of a figure and of its panels."""
    found = []
    for key in ("hconcat", "vconcat", "layer"):
        for part in spec.get(key, ()):
            found += names(part)
    if "title" in spec:
        found += [spec["title"]["text"], *spec["title"].get("subtitle", ())]
    mark = spec.get("mark", {})
    if mark.get("type") == "text":
        found += mark["text"]
    return found


@pytest.mark.parametrize(
    ("ratio", "scalable", "shown"),
    [
        (F(4), F(1, 2), "peak x* ≈ 0.1716 at R ≈ 6.828"),
        (F(4), F(1, 4), "peak x* = 1/3 at R = 4"),
        (F(3), F(4, 5), "optimum x* = 0, T* = 1"),
        (F(5), F(0), "no best share for R > 1: every further share gains"),
        (F(5), F(1), "x* = 0"),
        (F(1, 2), F(1, 3), "collapse"),
        (F(10**200), F(1, 10**100), "R ≤ 1/(1 \N{MINUS SIGN} s)"),
        (F(1, 10**20), F(1, 2), "T = 1: no specialised hardware"),
    ],
)
def test_figure_of_three_panels(ratio: F, scalable: F, shown: str, tmp_path: Path) -> None:
    figure = plot.figure(ratio, scalable)
    assert shown in names(figure.to_dict(validate=False))
    text = save_chart(figure, tmp_path / "t.svg").read_text(encoding="utf-8")
    assert not LOADS.search(text) and "NaN" not in text and "nfinity" not in text


def test_contours_have_their_level() -> None:
    for ratio in (1.5, 4.0, 100.0, 1e6):
        for level in plot.SHARE_LEVELS:
            scalable = plot.share_contour(ratio, level)
            exact = analyse(F(ratio), F(scalable).limit_denominator(10**7)).allocation
            assert exact is not None and abs(float_value(exact) - level) < 1e-3 * level
        for level in plot.TIME_LEVELS:
            if ratio * level > 1:
                scalable = plot.time_contour(ratio, level)
                time = analyse(F(ratio), F(scalable).limit_denominator(10**7)).time
                assert abs(float_value(time) - level) < 1e-3


def test_bad_numbers() -> None:
    with pytest.raises(BadInput):
        plot.time_chart(F(-1), F(1, 2))
    with pytest.raises(BadInput):
        plot.threshold_chart(F(2), F(3))
    with pytest.raises(BadInput):
        plot.threshold_chart(F(10**295), None)


def test_altair_is_loaded_with_the_first_chart() -> None:
    code = "import sys, checks.amdahl.plot; sys.exit('altair' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
