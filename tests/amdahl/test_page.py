"""The interactive page, in a browser: it agrees with the equations, and asks nothing of anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction as F
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from checks.amdahl.page import SAYS, page, rows
from checks.catalogue import card
from models.amdahl import objective, peak
from models.amdahl.analysis import analyse
from models.amdahl.number import Real, float_value, simplest, square_root
from models.errors import BadInput
from tests.browser import Opened, browser, opened

RATIOS = [F(float(n)) for n in (0.25, 1, 1.1, 1.5, 2, 3, 4, 7.5, 10, 33, 100, 1e3, 1e6)]
SHARES = [F(float(n)) for n in (0.001, 0.05, 0.1, 0.25, 0.3, 0.5, 0.6, 0.75, 0.9, 0.99, 0.999)]
POINTS = [(ratio, scalable) for ratio in RATIOS for scalable in SHARES]
BOTH = [(r, s) for r, s in POINTS if r > 1]
BELOW = [(r, s) for r, s in BOTH if not analyse(r, s).collapse]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(page(F(4), F(1, 2)), encoding="utf-8")
    return path


@pytest.fixture
def shown(chromium: Any, file: Path) -> Iterator[Opened]:
    with opened(chromium, file) as found:
        yield found


def close(found: float, exact: Real) -> bool:
    """Up to the rounding of a few operations: absolute near 0, relative elsewhere."""
    value = float_value(exact)
    return abs(found - value) <= 1e-9 * max(abs(value), 1e-3)


def text(page: Any, selector: str) -> str:
    return str(page.inner_text(selector)).replace("\u00a0", " ")


def value(page: Any, name: str) -> float:
    shown = text(page, f'tr[data-name="{name}"] td.near')
    return float(shown.replace(",", "").replace("\N{MINUS SIGN}", "-"))


def fill(page: Any, ratio: str, scalable: str) -> None:
    page.fill("#ratio", ratio)
    page.fill("#scalable", scalable)


@pytest.mark.parametrize(
    ("name", "equation", "arguments"),
    [
        ("time", objective.time, [(r, s, F(x, 8)) for r, s in POINTS for x in (0, 1, 4, 7)]),
        ("threshold", objective.threshold, [(r,) for r in RATIOS]),
        ("critical_ratio", objective.critical_ratio, [(s,) for s in SHARES]),
        ("break_even", objective.break_even, BOTH),
        ("balance", objective.balance, BOTH),
        ("optimal_time", objective.optimal_time, BOTH),
        ("optimal_allocation", objective.optimal_allocation,
         [(r, F(float(k))) for r, k in product(RATIOS, (1.5, 2, 30)) if r > 1]),
        ("peak_ratio", peak.peak_ratio, [(s,) for s in SHARES]),
        ("peak_allocation", peak.peak_allocation, [(s,) for s in SHARES]),
    ],
)
def test_formulas_are_the_equations(
    shown: Opened, name: str, equation: Any, arguments: list[tuple[F, ...]]
) -> None:
    given = [[float(number) for number in row] for row in arguments]
    found = shown.page.evaluate(
        "([name, rows]) => rows.map((row) => formulas[name](...row))", [name, given]
    )
    for row, near in zip(arguments, found, strict=True):
        assert close(near, simplest(equation(*row))), (name, row)


def test_every_formula_is_compared(shown: Opened) -> None:
    compared = {mark.args[1][i][0] for mark in test_formulas_are_the_equations.pytestmark
                for i in range(len(mark.args[1]))}
    names = set(shown.page.evaluate("() => Object.keys(formulas)"))
    assert names == compared | {"share_contour", "time_contour"}


def test_contours_have_their_level(shown: Opened) -> None:
    """On the contour of x* = c the optimum is c, and on that of T* = t it takes the time t."""
    found = shown.page.evaluate("""(all) => all.flatMap((r) => [0.01, 0.1, 0.5, 0.9].map((c) => {
      const s = formulas.share_contour(r, c);
      const t = Math.max(c, 1.001 / r);
      const other = formulas.time_contour(r, t);
      const best = formulas.optimal_allocation(r, formulas.balance(r, s));
      return [c, best, t, formulas.optimal_time(r, other)];
    }))""", [float(r) for r in RATIOS if r > F(3, 2)])
    assert len(found) >= 30
    for share, best, time, least in found:
        assert best == pytest.approx(share, rel=1e-6)
        assert least == pytest.approx(time, rel=1e-6)


def test_two_hundred_points_agree_with_the_analysis(shown: Opened) -> None:
    """All that is shown of a point, and the verdict."""
    ratios = "1/4 1 1.1 3/2 5/3 2 3 4 7.5 10 33 100 1000 1e6".split()
    shares = "0 0.001 1/20 0.1 1/4 0.3 1/3 2/5 1/2 0.6 2/3 3/4 0.9 0.999 1".split()
    points = list(product(ratios, shares))
    assert len(points) >= 200
    found = shown.page.evaluate("""(rows) => rows.map(([ratio, scalable]) => {
      move(readRatio(ratio), readScalable(scalable));
      return [state.point.collapse, answers(state.point)];
    })""", points)
    for (ratio, scalable), (collapse, near) in zip(points, found, strict=True):
        exact = analyse(F(ratio), F(scalable))
        assert collapse is exact.collapse
        for name in ("threshold", "critical_ratio", "allocation", "time", "break_even"):
            number = getattr(exact, name)
            if number is None:
                assert near[name] is None, (ratio, scalable, name)
            else:
                assert close(near[name], number), (ratio, scalable, name)


def test_the_start_is_exact(shown: Opened) -> None:
    page = shown.page
    for row in rows(analyse(F(4), F(1, 2))):
        assert text(page, f'tr[data-name="{row.name}"] td.exact') == row.exact
        assert text(page, f'tr[data-name="{row.name}"] td.near') == row.decimal
    assert text(page, "#verdict").startswith("specialise 15.5 % of the budget")
    assert text(page, "#command") == "jumpbound amdahl --ratio 4 --scalable 1/2"
    assert page.is_visible("#precision-start") and not page.is_visible("#precision-moved")


def test_fields_change_the_point(shown: Opened) -> None:
    page = shown.page
    before = page.get_attribute("#handle", "transform")
    fill(page, "3", "0.8")
    assert text(page, "#verdict") == (
        "collapses: the best share is 0. It would pay for R above 5, or s below 0.6667."
    )
    assert page.get_attribute("#handle", "transform") != before
    assert value(page, "critical_ratio") == 5
    assert not page.is_visible("#values td.exact")
    assert page.is_visible("#precision-moved")
    assert text(page, "#command") == "jumpbound amdahl --ratio 3 --scalable 0.8"
    page.click("#reset")
    assert text(page, "#verdict").startswith("specialise")
    assert page.is_visible("#values td.exact >> nth=0")
    assert page.get_attribute("#handle", "transform") == before


def test_the_verdict_does_not_round(shown: Opened) -> None:
    """In doubles 2/3 is below 1 - 1/3."""
    fill(shown.page, "3", "2/3")
    assert text(shown.page, "#verdict").startswith("collapses")
    fill(shown.page, "3", "0.66666666666666666")
    assert text(shown.page, "#verdict").startswith("specialise")


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("ratio", "two", "R is a number"), ("ratio", "0", "R is greater than 0"),
        ("ratio", "1/0", "R is a number"), ("ratio", "1e999", "R is a number"),
        ("ratio", "-3", "R is a number"), ("ratio", "1e110", "from 1e-100"),
        ("scalable", "1.2", "s is at most 1"), ("scalable", "", "s is a number"),
    ],
)
def test_bad_fields(shown: Opened, field: str, typed: str, message: str) -> None:
    page = shown.page
    verdict = text(page, "#verdict")
    page.fill(f"#{field}", typed)
    assert message in text(page, f"#{field}-message")
    assert page.get_attribute(f"#{field}", "aria-invalid") == "true"
    assert text(page, "#verdict") == verdict
    page.locator(f"#{field}").blur()  # what is wrong stays, with what is said of it
    assert page.input_value(f"#{field}") == typed
    assert message in text(page, f"#{field}-message")
    page.focus("#scalable-slider")
    page.keyboard.press("Home")  # another point: the fields show that one
    assert page.input_value(f"#{field}") == {"ratio": "4", "scalable": "0"}[field]
    assert text(page, f"#{field}-message") == ""


def test_sliders_change_the_point(shown: Opened) -> None:
    page = shown.page
    page.focus("#scalable-slider")
    page.keyboard.press("End")
    assert page.input_value("#scalable") == "1"
    assert text(page, "#verdict").startswith("collapses: all work is scalable")
    page.keyboard.press("Home")
    assert text(page, "#verdict").startswith("specialise: all further")
    page.focus("#ratio-slider")
    page.keyboard.press("Home")
    assert page.input_value("#ratio") == "0.5"
    assert text(page, "#verdict").startswith("collapses: specialised hardware is no faster")
    assert page.locator("#exact").is_hidden()  # the command would refuse the ratio
    page.keyboard.press("End")
    assert page.locator("#exact").is_visible()


def test_dragging_moves_the_point(shown: Opened) -> None:
    page = shown.page
    box = page.locator("#handle .best").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 150, y + 10, steps=5)
    assert text(page, "#verdict").startswith("collapses")
    page.mouse.move(x - 50, y - 100, steps=5)
    page.mouse.up()
    assert text(page, "#verdict").startswith("specialise")
    ratio, scalable = float(page.input_value("#ratio")), float(page.input_value("#scalable"))
    assert ratio > 4 and scalable < 0.5
    now = page.locator("#handle .best").bounding_box()
    assert abs(now["x"] - box["x"] + 50) < 2 and abs(now["y"] - box["y"] + 100) < 2


def test_keys_move_the_point(shown: Opened) -> None:
    page = shown.page
    page.focus("#handle")
    page.keyboard.press("ArrowRight")
    assert page.input_value("#scalable") == "0.51"
    page.keyboard.press("Shift+ArrowRight")
    assert page.input_value("#scalable") == "0.61"
    page.keyboard.press("ArrowUp")
    assert page.input_value("#ratio") == "4.19"
    assert "s = 0.61, R = 4.19" in page.get_attribute("#handle", "aria-label")


def test_contours_can_be_hidden(shown: Opened) -> None:
    page = shown.page
    for box, kind in (("#show-share", ".share-contour"), ("#show-time", ".time-contour")):
        assert page.locator(kind).count() > 0
        page.uncheck(box)
        assert page.locator(kind).count() == 0


EDGES = [
    (F(4), F(1, 2)), (F(3), F(4, 5)), (F(10**6), F(1, 3)), (F(10), F(1, 1000)), (F(5), F(0)),
    (F(50), F(999, 1000)), (F(5), F(1)), (F(1), F(0)), (F(1, 2), F(1, 3)), (F(2), F(499, 1000)),
    (F(10**100), F(1, 10**100)), (F(1, 10**100), 1 - F(1, 10**9)), (F(1), F(1, 3)),
]


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_edges_fit_and_raise_nothing(
    chromium: Any, tmp_path: Path, width: int, dark: bool
) -> None:
    """No picture has a number that is none, nor is anything wider than the screen."""
    colours = set()
    for i, (ratio, scalable) in enumerate(EDGES):
        path = tmp_path / f"{i}.html"
        path.write_text(page(ratio, scalable), encoding="utf-8")
        with opened(chromium, path, width=width, dark=dark) as found:
            found.page.wait_for_selector("#phase .border", state="attached")
            assert found.page.evaluate("() => document.documentElement.scrollWidth") <= width
            drawn = found.page.inner_html(".pictures")
            assert not re.search(r"NaN|Infinity|undefined|null", drawn), (ratio, scalable)
            colours.add(found.page.evaluate("() => getComputedStyle(document.body).color"))
            word = "collapses" if analyse(ratio, scalable).collapse else "specialise"
            assert text(found.page, "#verdict").startswith(word)
    [colour] = colours
    assert (int(colour[4:].split(",")[0]) > 128) is dark


def test_a_tap_moves_the_point(chromium: Any, file: Path) -> None:
    with opened(chromium, file, width=390, touch=True) as found:
        area = found.page.locator("#phase .collapse-area")
        area.scroll_into_view_if_needed()
        box = area.bounding_box()
        found.page.touchscreen.tap(box["x"] + 0.8 * box["width"], box["y"] + 0.9 * box["height"])
        assert text(found.page, "#verdict").startswith("collapses")


def test_a_root_as_the_start(chromium: Any, tmp_path: Path) -> None:
    """Its text is shown until the point moves, from then on the double nearest to it is."""
    path = tmp_path / "root.html"
    path.write_text(page(F(4), simplest(square_root(F(1, 2)))), encoding="utf-8")
    with opened(chromium, path) as found:
        assert found.page.input_value("#scalable") == "sqrt(2)/2"
        assert "--scalable 'sqrt(2)/2'" in text(found.page, "#command")
        found.page.fill("#ratio", "5")
        assert found.page.input_value("#scalable") == "0.7071067811865476"


class Structure(HTMLParser):
    """Attributes and ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, name, value) for name, value in attrs]


def test_without_a_browser_it_has_the_values() -> None:
    text = page(F(4), F(1, 2))
    structure = Structure(text)
    ids = [value for _, name, value in structure.found if name == "id"]
    assert len(ids) == len(set(ids))
    for _, name, value in structure.found:
        assert name not in ("src", "href", "style") and not name.startswith("on")
        if name in ("for", "aria-describedby"):
            assert value in ids
    [policy] = [v for _, name, v in structure.found if name == "content" and "default" in (v or "")]
    assert policy is not None and policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "-1 + 2*sqrt(3)/3" in text and "sqrt(3)/4 + 1/2" in text


def test_what_is_proved_is_on_cards() -> None:
    assert all(card(name).topic == "amdahl" for name in SAYS)


@pytest.mark.parametrize(
    ("ratio", "scalable"),
    [(F(10**101), F(1, 2)), (F(1, 10**101), F(1, 2)), (F(2), F(1, 10**101)),
     (F(2), 1 - F(1, 10**10)), (F(0), F(1, 2)), (F(2), F(2))],
)
def test_points_that_are_refused(ratio: F, scalable: F) -> None:
    with pytest.raises(BadInput) as caught:
        page(ratio, scalable)
    assert caught.value.expected
