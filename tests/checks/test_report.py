"""The report: complete, self-contained, escaped, balanced, for every verdict and missing piece."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from checks.catalogue import CARDS, Card, card
from checks.report import render, write_report
from checks.results import CardResult, CheckResult, Part, SolverTime, Verification
from models.errors import BadInput

HOSTILE = "<script>alert('&\"1\"')</script> </title> \\ $x$ {{ 7*7 }} \u2028 ⟨⟩"


def times(z3: float, cvc5: float, proved: int) -> dict[str, SolverTime]:
    return {"z3": SolverTime(proved, z3), "cvc5": SolverTime(proved, cvc5)}


def sample() -> Verification:
    """Every verdict, odd characters, missing pieces."""
    written = {
        "gas-monotone": CardResult(
            card("gas-monotone"),
            "proved",
            "both solvers proved all 2 obligations",
            (
                Part(
                    "gas-monotone",
                    "for all f, p, x, n: evaluate(f, p, x, n) is Done ⟹ "
                    "evaluate(f, p, x, n + 1) = Done(evaluate(f, p, x, n).value, "
                    "evaluate(f, p, x, n).gas + 1)",
                    "If p halts with gas n it halts with n+1: same value, one more unit left.",
                    "proved",
                    1,
                    times(0.0041, 0.0183, 1),
                    (("definition", "evaluate"),),
                ),
            ),
            (Part("evaluate", "", "gas equation", "proved", 1, times(0.002, 0.0004, 1), cached=1),),
            (
                CheckResult(
                    "gas_monotone", "exhausted", 105_250, 1_204,
                    "all programs of size at most 5, all inputs of size at most 3, gas up to 40",
                    12.345,
                ),
                CheckResult("gas_sampled", "sampled", 2_000, 0, "size 20, seed 7", 0.5),
            ),
        ),
        "machine-agreement": CardResult(
            card("machine-agreement"),
            "unknown",
            "cvc5 gave no answer within 60 s",
            (
                Part(
                    "machine-agreement", "for all f: true", "", "unknown", 3,
                    {"z3": SolverTime(3, 1.5), "cvc5": SolverTime(2, 61.0)},
                    reason="obligation 2: cvc5 gave no answer within 60 s",
                ),
            ),
            (),
            (CheckResult("machine", "unknown", 12, 0, "", 3.0, reason="stopped by <budget>"),),
        ),
        "substitution": CardResult(
            card("substitution"),
            "refuted",
            HOSTILE,
            (
                Part(
                    "substitution.forward", HOSTILE, HOSTILE, "refuted", 1, {},
                    (("axiom", HOSTILE), ("choice", "a <choice>"), ("theorem", "gas-monotone")),
                    reason=HOSTILE,
                    countermodel=f"p = while(id, id)\nx = <nil.nil>\nn = 3\n{HOSTILE}",
                ),
            ),
            (),
            (
                CheckResult(
                    HOSTILE, "refuted", 3, 0, HOSTILE, 0.0, {"p": "then(hd, tl)", HOSTILE: HOSTILE}
                ),
            ),
        ),
        "bounded-escape": CardResult(
            card("bounded-escape"), "exhausted", "to size 6", (), (),
            (CheckResult("escape", "exhausted", 1, 0, "size 6", 1.0),),
        ),
        "mind-changes": CardResult(card("mind-changes"), "sampled", "", (), (), ()),
        "collapse": CardResult(
            card("collapse"),
            "proved",
            "",
            tuple(
                Part(
                    name, "for all R, s, x: true", "", "proved", 4, times(0.021, 0.2, 4),
                    (
                        ("definition", "time"), ("theorem", "amdahl-identity"),
                        ("theorem", "collapse.if"), ("theorem", "quotient"),
                    ),
                )
                for name in ("collapse.if", "collapse.only-if", "collapse.thresholds")
            ),
            (Part("time-at-zero", "time(R, s, 0) = 1", "", "proved", 1, times(0.01, 0.01, 1)),),
            (CheckResult("collapse", "exhausted", 9_801, 99, "a grid of 1/100", 0.71),),
        ),
        "optimum": CardResult(
            card("optimum"), "proved", "",
            (
                Part(
                    "optimum.attained", "for all R, s: true", "", "proved", 9, times(1.2, 14.5, 9),
                    (
                        ("axiom", "every nonnegative real is the square of a nonnegative real"),
                        ("choice", "square_root"), ("theorem", "collapse.if"),
                    ),
                ),
            ),
            (), (),
        ),
    }
    for name in ("amdahl-identity", "amdahl-convex"):
        written[name] = CardResult(card(name), "proved", "", (), (), ())
    cards = tuple(
        written.get(one.id, CardResult(one, "unknown", "no proof has been written yet", (), (), ()))
        for one in CARDS
    )
    versions = {"z3": "5.4.0", "cvc5": "1.4.2", "python": "3.11.9"}
    return Verification(cards, versions, 91.2345)


@pytest.fixture(scope="module")
def page() -> str:
    return render(sample())


class Structure(HTMLParser):
    """What a browser would see: balanced elements, ids, attributes, text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.classes: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words: list[str] = []
        self.tags: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), (tag, names)
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name == "id":
                self.ids.append(value or "")
            if name == "class":
                self.classes.append(value or "")
        if tag not in ("meta", "input", "link", "br", "wbr"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, (self.open[-3:], tag, self.getpos())
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("script", "style"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


@pytest.fixture(scope="module")
def structure(page: str) -> Structure:
    return Structure(page)


def test_balanced_with_unique_ids(structure: Structure) -> None:
    assert len(set(structure.ids)) == len(structure.ids)
    assert structure.tags.count("h1") == 1
    assert ("html", "lang", "en") in structure.attributes


def test_every_link_has_a_target(structure: Structure) -> None:
    targets = {value for _, name, value in structure.attributes if name == "href"}
    assert targets and all(target[0] == "#" for target in targets)
    assert {target[1:] for target in targets} <= set(structure.ids)
    for _, name, value in structure.attributes:
        if name in ("aria-labelledby", "for"):
            assert value in structure.ids


def test_every_theorem_and_verdict(structure: Structure) -> None:
    for result in sample().cards:
        assert result.card.id in structure.ids
        assert result.card.title in structure.text
        assert result.card.source in structure.text
    for verdict in ("proved", "exhausted", "sampled", "refuted", "unknown"):
        assert f"badge {verdict}" in structure.classes
    assert structure.tags.count("math") > 200


def test_nothing_is_loaded(page: str, structure: Structure) -> None:
    for tag, name, value in structure.attributes:
        assert name not in ("src", "srcset", "action", "data", "poster", "formaction")
        assert not name.startswith("on")
        if name == "href":
            assert tag == "a"
        if re.match(r"\s*(https?:)?//", value):
            assert name.startswith("xmlns"), (tag, name, value)
        if "url(" in value:
            assert re.search(r"url\(['\"]?#", value)
    assert "link" not in structure.tags and "iframe" not in structure.tags
    css = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in css and "@import" not in css
    assert "default-src 'none'" in page


def test_hostile_text_stays_text(page: str, structure: Structure) -> None:
    assert "<script>alert" not in page
    assert structure.tags.count("script") == 1
    assert structure.tags.count("title") == 1
    assert structure.text.count("<script>alert('&\"1\"')</script>") >= 9
    assert "{{ 7*7 }}" in structure.text


def test_numbers(structure: Structure) -> None:
    text = " ".join(structure.text.split())
    cards = sample().cards
    proved = sum(result.verdict == "proved" for result in cards)
    unknown = [result for result in cards if result.verdict == "unknown"]
    waiting = sum(not result.card.proof for result in unknown)
    assert f"{proved} of 44 theorems proved" in text
    assert f"{waiting} not yet proved: no proof has been written" in text
    assert f"{len(unknown) - waiting} with a proof that did not go through" in text
    assert "105,250 instances (and 1,204 on which a hypothesis does not hold), 12.3 s" in text
    assert "Something needs attention" in text
    assert "stopped by <budget>" in text
    assert "every nonnegative real is the square" in text
    assert "5.4.0" in text and "python 3.11.9" in text


def test_pictures(structure: Structure) -> None:
    assert structure.tags.count("svg") == 3
    labels = [v for tag, name, v in structure.attributes if (tag, name) == ("svg", "aria-label")]
    assert len(labels) == 3 and all(labels)
    assert structure.tags.count("figcaption") == 3


def test_parts_of_a_catalogue() -> None:
    some = Structure(render(Verification(sample().cards[:1], {}, 0.0)))
    assert "svg" not in some.tags
    text = " ".join(some.text.split())
    assert "1 of 1 theorem proved" in text
    assert "This report covers 1 of the 44 theorems" in text
    assert "every proof that has been written goes through" in text
    assert "axiom" not in "".join(some.classes)
    Structure(render(Verification((), {}, 0.0)))


def test_card_with_hostile_fields() -> None:
    odd = Card(
        "odd-one", HOSTILE.replace("$", ""), "streaming", HOSTILE, "x", r"<b> $x<\text{<i>}$",
        idea=HOSTILE,
    )
    result = CardResult(odd, "unknown", HOSTILE, (), (), ())
    found = Structure(render(Verification((result,), {"<v>": HOSTILE}, 0.0)))
    assert found.tags.count("script") == 1
    assert "b" not in found.tags and "i" not in found.tags


def test_same_text_every_time(page: str) -> None:
    assert render(sample()) == page


def test_written_whole(tmp_path: Path, page: str) -> None:
    target = tmp_path / "report.html"
    target.write_text("old", encoding="utf-8")
    write_report(sample(), target)
    assert target.read_text(encoding="utf-8") == page
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="expected a writable place"):
        write_report(sample(), tmp_path / "none" / "report.html")
    (tmp_path / "folder").mkdir()
    with pytest.raises(BadInput):
        write_report(sample(), tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
