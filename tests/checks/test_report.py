"""The report: complete, self-contained, escaped, balanced, for every verdict and missing piece."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from checks.catalogue import CARDS, Card, card
from checks.cli import app
from checks.machine.decide import decide
from checks.machine.jump import JumpTable, decide_jump
from checks.machine.jump.store import Summary, joined
from checks.report import drawing, render, write_report
from checks.report.jump import MOST_SHOWN, LongRun, frontier, jump_page, kinds, longest_runs
from checks.results import (
    CardResult,
    CheckResult,
    InstanceResult,
    Made,
    Part,
    SolverTime,
    Verification,
)
from checks.verification import verify
from models.errors import BadInput
from models.machine.program import code, format_program, parse_program
from models.machine.tree import format_tree
from tests.browser import browser, opened

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
            (
                InstanceResult(
                    "gas-monotone", "witness", "", "Eleven steps.", {"p": "while(id, tl)"},
                    (("evaluate(f, p, x, n)", "Done(0, 0)"),), "",
                ),
                InstanceResult(
                    "gas-monotone", "without", "halts", "Ten steps.", {"n": "10"}, (), "",
                    "evaluate(f, p, x, n) is Done",
                ),
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
            (
                InstanceResult(
                    HOSTILE, "without", HOSTILE, HOSTILE, {HOSTILE: HOSTILE},
                    ((HOSTILE, HOSTILE),), "", HOSTILE,
                ),
                InstanceResult(HOSTILE, "witness", "", HOSTILE, {}, (), HOSTILE),
            ),
            (Made(HOSTILE, HOSTILE, HOSTILE, (HOSTILE, HOSTILE), (HOSTILE,), HOSTILE),),
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
            (
                InstanceResult(
                    "collapse.if", "witness", "", "On the threshold.", {"R": "4"}, (), ""
                ),
                InstanceResult(
                    "collapse.if", "without", "to", "Beyond the pole.", {"R": "4", "x": "2"},
                    (("time(R, s, x)", "-5/7"), ("at x", "1/3")), "", "x < 1",
                ),
                InstanceResult(
                    "collapse.if", "without", "from", "", {}, (), "there is none, alas", "0 < x"
                ),
                InstanceResult(
                    "collapse.only-if", "needless", "scalable", "It can go.", {}, (), "",
                    "for all x: " + "0 ≤ x and " * 20 + "0 ≤ s",
                ),
                *(
                    InstanceResult(
                        "collapse.only-if", "without", f"h{i}", "No.", {}, (), f"wrong {i}"
                    )
                    for i in range(6)
                ),
            ),
            (
                Made(
                    "threshold", "threshold(R)", "The threshold.", ("threshold(R) = 1 - 1 / R",),
                    None, "",
                ),
                Made(
                    "cut", "cut(p, q)", "p without q.",
                    ("cut(p, q) =", "  p, if a", "  q, otherwise"), ("then(hd, tl)", "tl"), "hd",
                ),
                Made("long", "long", "A long one.", (), (), "cons(id, id)" * 100),
            ),
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
    assert f"{proved} of 45 theorems proved" in text
    assert f"{waiting} not yet proved: no proof has been written" in text
    assert f"{len(unknown) - waiting} with a proof that did not go through" in text
    assert "105,250 instances (and 1,204 on which a hypothesis does not hold), 12.3 s" in text
    assert "Something needs attention" in text
    assert "stopped by <budget>" in text
    assert "every nonnegative real is the square" in text
    assert "5.4.0" in text and "python 3.11.9" in text


def test_pictures(structure: Structure) -> None:
    plots, panels = 8, 2
    assert structure.tags.count("svg") == plots + panels
    labels = [v for tag, name, v in structure.attributes if (tag, name) == ("svg", "aria-label")]
    assert len(labels) == plots + panels and all(labels)
    assert structure.tags.count("figcaption") == plots + 1


def test_pictures_are_drawn_once(monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    assert len(list(drawing(["loss-monotone", "optimum", "gas-monotone"]))) == 2
    list(drawing([]))
    monkeypatch.delattr("checks.picture.svg")
    assert render(sample()) == page


def test_parts_of_a_catalogue() -> None:
    some = Structure(render(Verification(sample().cards[:1], {}, 0.0)))
    assert "svg" not in some.tags
    text = " ".join(some.text.split())
    assert "1 of 1 theorem proved" in text
    assert "This report covers 1 of the 45 theorems" in text
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


# --- constructions, witnesses and counterexamples -------------------------------------------------


def article(page: str, name: str) -> Structure:
    """The card of a theorem."""
    begin = page.index(f'<article class="card" id="{name}"')
    return Structure(page[begin : page.index("</article>", begin) + len("</article>")])


class Folded(Structure):
    """Its words are those that are seen before anything is unfolded, and what folds are called."""

    def handle_data(self, data: str) -> None:
        folds = self.open.count("details")
        if folds == 0 or (folds == 1 and "summary" in self.open):
            super().handle_data(data)


def seen(page: str, name: str) -> str:
    """What a reader sees of a card at once. Folds that are open count as no folds."""
    text = re.sub(r"<details open>(.*?)</details>", r"<div>\1</div>", page, flags=re.DOTALL)
    begin = text.index(f'<article class="card" id="{name}"')
    end = text.index("</article>", begin) + len("</article>")
    return " ".join(Folded(text[begin:end]).text.split())


def test_constructions(page: str) -> None:
    card_page = article(page, "collapse")
    text = " ".join(card_page.text.split())
    assert "Constructions threshold(R): The threshold. threshold(R) = 1 - 1 / R cut(p, q): " in text
    assert "$ jumpbound construct cut 'then(hd, tl)' tl hd" in text
    assert "long: A long one." in text and "$ jumpbound construct long cons(" in text
    assert "jumpbound construct threshold" not in text
    begin = page.index("cut(p, q) =")
    lines = re.findall(r'<span class="row">(.*?)</span>', page[begin - 50 : begin + 200])
    assert lines == ["cut(p, q) =", "  p, if a", "  q, otherwise"]
    short = seen(page, "collapse")
    assert "$ jumpbound construct cut" in short
    assert "An example" in short and "$ jumpbound construct long" not in short
    assert "Constructions" not in article(page, "gas-monotone").text


def test_witness_and_counterexamples(page: str) -> None:
    text = seen(page, "gas-monotone")  # there are few, so all are seen
    assert (
        "Witness and counterexamples gas-monotone: 1 witness, 1 counterexample "
        "Witness. Eleven steps. p = while(id, tl) evaluate(f, p, x, n)Done(0, 0) "
        "Without evaluate(f, p, x, n) is Done. Ten steps. n = 10"
    ) in text
    assert "Not confirmed" not in text
    text = " ".join(article(page, "collapse").text.split())
    assert "Without x < 1. Beyond the pole. R = 4 x = 2 time(R, s, x)-5/7 at x1/3" in text
    assert "collapse.only-if: 1 hypothesis that can go" in text
    assert "Without scalable it holds. It can go. for all x: 0 ≤ x and 0 ≤ x" in text
    assert "Witness and counterexamples" not in article(page, "amdahl-convex").text


def test_many_are_folded_but_not_those_that_are_wrong(page: str) -> None:
    text = seen(page, "collapse")
    assert "collapse.if: 1 witness, 1 counterexample" in text
    assert "On the threshold." not in text and "Beyond the pole." not in text
    assert "Without 0 < x. Not confirmed: there is none, alas." in text
    for i in range(6):
        assert f"Without h{i}. Not confirmed: wrong {i}." in text


def test_the_alarm_names_what_is_not_confirmed(page: str, structure: Structure) -> None:
    begin = page.index('<div class="alarm">')
    text = " ".join(Structure(page[begin : page.index("</div>", begin) + 6]).text.split())
    assert (
        "Not confirmed, of collapse: collapse.if, without from; collapse.only-if, without h0; "
        "collapse.only-if, without h1; collapse.only-if, without h2; and 3 more"
    ) in text
    assert "gas-monotone" not in text
    assert (
        "2 witnesses on which all hypotheses of a theorem hold, 3 counterexamples to a theorem "
        "without one of them, 1 hypothesis that can go: each was run, or proved."
    ) in " ".join(structure.text.split())


def test_an_alarm_for_a_claim_alone() -> None:
    """All is proved, and one witness is missing."""
    wrong = InstanceResult("collapse.if", "witness", "", "", {}, (), "there is no witness")
    result = CardResult(card("collapse"), "proved", "", (), (), (), (wrong,))
    text = " ".join(Structure(render(Verification((result,), {}, 0.0))).text.split())
    assert "Something needs attention" in text and "Nothing is refuted" not in text
    assert "Not confirmed, of collapse: collapse.if, witness" in text
    assert "on which all hypotheses" not in text


@pytest.mark.parametrize("name", ["collapse", "gas-monotone", "substitution"])
def test_the_card_shows_what_show_prints(name: str, tmp_path: Path) -> None:
    """All that there is, of the theorems as they are."""
    result = verify([name], checks=False, cache=tmp_path)
    (found,) = result.cards
    text = " ".join(article(render(result), name).text.split())
    assert found.instances and bool(found.constructions) == bool(found.card.constructions)
    for made in found.constructions:
        for words in (made.call, made.says, *made.equation, made.command, made.program):
            assert " ".join(words.split()) in text
    for claim in found.instances:
        for words in (
            claim.formal or claim.hypothesis, claim.says if claim.confirmed else claim.reason,
            *claim.values.values(), *(part for pair in claim.shown for part in pair),
        ):
            assert " ".join(words.split()) in text, words


ORACLES = ("empty", "full", "jump:2")


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> tuple[JumpTable, ...]:
    folder = tmp_path_factory.mktemp("cache")
    return tuple(
        decide_jump(3 if oracle == "full" else 5, oracle, workers=1, folder=folder)
        for oracle in ORACLES
    )


def with_tables(*tables: JumpTable) -> Verification:
    chosen = tuple(one for one in sample().cards if one.card.id == "bounded-escape")
    return Verification(chosen, {}, 0.0, tables)


def jump_section(*tables: JumpTable) -> Structure:
    """The section on the bounded jump of a page that is whole and balanced."""
    text = render(with_tables(*tables))
    page = Structure(text)
    test_balanced_with_unique_ids(page)
    test_every_link_has_a_target(page)
    test_nothing_is_loaded(text, page)
    assert page.tags.count("script") == 1
    begin = text.index('<section id="page-jump"')
    return Structure(text[begin : text.index("</main>")])


def spaced(structure: Structure) -> str:
    return " ".join(" ".join(structure.words).split())


def changed(table: JumpTable, size: int, **values: object) -> JumpTable:
    """A table with another summary of one size."""
    parts = list(table.by_size)
    parts[size - 1] = replace(parts[size - 1], **values)  # type: ignore[arg-type]
    return replace(table, by_size=tuple(parts), summary=joined(parts))


def unknown(table: JumpTable, size: int, count: int, *programs: str) -> JumpTable:
    """A table with programs of a size that are unknown."""
    codes = [format_tree(code(parse_program(text)), style="numbers") for text in programs]
    return changed(table, size, unknown=count, unknown_codes=codes)


def test_no_tables_no_section(structure: Structure) -> None:
    assert "page-jump" not in structure.ids
    assert "The bounded jump" not in structure.text


def test_section_says_what_the_tables_say(tables: tuple[JumpTable, ...]) -> None:
    found = jump_section(*tables)
    text = spaced(found)
    assert "No program is left unknown." in text
    for table in tables:
        whole = table.summary
        assert (
            f"{table.oracle.spec} {table.size} {whole.programs:,} {whole.halts:,} {whole.loops:,} 0"
        ) in text
        rows = " ".join(
            f"{n} {part.programs:,} {part.halts:,} {part.loops:,} {part.unknown:,} "
            f"{part.max_steps:,} {part.total_steps:,}"
            for n, part in enumerate(table.by_size, start=1)
        )
        assert f"{table.oracle.spec} {rows}" in text
        assert f"{table.oracle.spec}, size {table.size} {whole.digest}" in text
    loops = " ".join(f"{table.summary.loops:,}" for table in tables)
    assert f"together {loops}" in text
    for kind in kinds(tables):
        row = " ".join(f"{table.summary.kinds.get(kind, 0):,}" for table in tables)
        assert f"{kind} {row}" in text


def test_section_is_announced(tables: tuple[JumpTable, ...]) -> None:
    page = Structure(render(with_tables(*tables)))
    assert page.attributes.count(("a", "href", "#page-jump")) == 2
    assert (
        "The bounded jump is decided relative to empty to size 5, full to size 3, jump:2 to size 5."
        in " ".join(page.text.split())
    )


def test_what_oracles_answer(tables: tuple[JumpTable, ...]) -> None:
    text = " ".join(jump_section(*tables).text.split())
    assert (
        "To what a program asks, empty answers no to every question, full answers yes to every "
        "question, jump:2 answers yes to the programs of size at most 2 that halt relative to "
        "empty."
    ) in text
    other = replace(tables[0], oracle=replace(tables[0].oracle, spec="set:1"))
    assert "To what a program asks" not in jump_section(other).text
    assert "relative to empty" not in jump_section(tables[1], other).text


def test_example_in_the_section(tables: tuple[JumpTable, ...]) -> None:
    program = parse_program("while(id, tl)")
    shown, steps = format_tree(code(program), style="numbers"), decide(program, code(program)).steps
    said = f"while(id, tl) has the code {shown}, with numerals as numbers, and halts on it after"
    assert f"{said} {steps} steps" in " ".join(jump_section(*tables).text.split())


def test_longest_runs(tables: tuple[JumpTable, ...]) -> None:
    runs = longest_runs(tables)
    assert [run.size for run in runs] == sorted(run.size for run in runs)
    for table in tables:
        own = [run for run in runs if table.oracle.spec in run.oracles]
        for size, part in enumerate(table.by_size, start=1):
            assert next(run.steps for run in own if run.size == size) == part.max_steps
        assert {(run.steps, run.code) for run in own} >= set(table.summary.longest)
    assert LongRun(
        5, 53, "while(while(tl, tl), hd)", "<8.<<8.<<2.0>.<2.0>>>.<1.0>>>", ("empty", "jump:2")
    ) in runs
    text = spaced(jump_section(*tables))
    for run in runs:
        names = "all" if len(run.oracles) == 3 else " , ".join(run.oracles)
        assert f"{run.size} {run.steps} {run.program} {run.code} {names}" in text
        assert run.again in text


def test_commands_run_again(
    tables: tuple[JumpTable, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUMPBOUND_CACHE", str(tmp_path))
    shown = jump_page(tables)
    for run in shown.runs:
        _, *words = shlex.split(run.again)
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0
        assert result.stdout == f"halts after {run.steps} step{'s' * (run.steps != 1)}\n"
    assert shown.longest is not None and shown.longest.steps == tables[0].summary.max_steps
    _, *words = shlex.split(shown.longest.traced)
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0
    assert f"halted after {shown.longest.steps} steps" in result.stdout


def test_commands_for_long_runs() -> None:
    run = LongRun(3, 12_345, "while(id, tl)", "<8.<1.<2.0>>>", ("set:nil", "full"))
    assert run.again == "jumpbound halts -e 'while(id, tl)' --oracle set:nil --gas 12345"
    assert run.traced == (
        "jumpbound run -e 'while(id, tl)' --input '<8.<1.<2.0>>>' --oracle set:nil --gas 12345 "
        "--trace"
    )


def test_unknown_programs(tables: tuple[JumpTable, ...]) -> None:
    gap = unknown(tables[0], 3, 2, "while(ask, id)", "while(quote nil, hd)")
    assert [frontier(table) for table in (tables[0], gap)] == [5, 2]
    found = jump_section(gap, *tables[1:])
    text = spaced(found)
    assert "No program is left unknown" not in text
    assert f"? unknown 2 of {gap.summary.programs:,} programs, relative to empty" in text
    assert "while(ask, id) while(quote 0, hd) Programs by size" in text
    assert f"empty 2 of 5 {gap.summary.programs:,}" in text
    assert "badge unknown" in found.classes
    everything = unknown(tables[0], 1, 5, "id", "hd", "tl", "ask", "quote nil")
    assert frontier(everything) == 0
    assert "empty none of 5" in spaced(jump_section(everything))
    page = Structure(render(with_tables(everything)))
    assert "The bounded jump is decided relative to empty to no size." in page.text


def test_many_unknown_programs(tables: tuple[JumpTable, ...]) -> None:
    listed = ["while(ask, id)"] * (MOST_SHOWN + 5)
    text = spaced(jump_section(unknown(tables[0], 5, 2_000, *listed)))
    assert text.count("while(ask, id)") == MOST_SHOWN
    assert f"and {2_000 - MOST_SHOWN:,} more, which the file" in text


def test_kinds_in_order_of_their_numbers(tables: tuple[JumpTable, ...]) -> None:
    many = {"cycle": 1, "automaton, 26 classes": 1, "automaton, 5 classes": 1}
    assert kinds((changed(tables[0], 5, kinds=many),))[-3:] == (
        "automaton, 5 classes", "automaton, 26 classes", "cycle",
    )


def test_section_is_accessible(tables: tuple[JumpTable, ...]) -> None:
    found = jump_section(*tables)
    assert found.tags.count("table") == found.tags.count("caption") == 4
    scopes = [value for tag, name, value in found.attributes if (tag, name) == ("th", "scope")]
    assert len(scopes) == found.tags.count("th")
    assert scopes.count("rowgroup") == len(tables)
    regions = [value for tag, name, value in found.attributes if (tag, name) == ("div", "role")]
    assert regions == ["region"] * 3


def test_picture_of_loops(tables: tuple[JumpTable, ...]) -> None:
    found = jump_section(*tables)
    [label] = [v for tag, name, v in found.attributes if (tag, name) == ("svg", "aria-label")]
    share = tables[1].by_size[2].loops / tables[1].by_size[2].programs
    assert f"full: 0.0%, 0.0%, {share:.1%}" in label
    assert render(with_tables(*tables)) == render(with_tables(*tables))


def test_table_without_loops(tmp_path: Path) -> None:
    found = jump_section(decide_jump(2, workers=1, folder=tmp_path))
    assert "svg" not in found.tags
    assert "How the loops were decided" not in found.text
    assert "empty 2 6 6 0 0" in spaced(found)


def test_table_without_halting_programs(tables: tuple[JumpTable, ...]) -> None:
    none: list[Summary] = [
        replace(part, halts=0, unknown=part.programs, loops=0, longest=[], kinds={})
        for part in tables[0].by_size
    ]
    found = jump_section(replace(tables[0], by_size=tuple(none), summary=joined(none)))
    assert "Every state of the longest" not in found.text


def test_hostile_tables(tables: tuple[JumpTable, ...]) -> None:
    spec = f"while:{HOSTILE}"
    odd = changed(tables[0], 3, kinds={HOSTILE: 3})
    odd = replace(
        unknown(odd, 5, 1, "while(quote <1.<2.nil>>, id)"),
        oracle=replace(odd.oracle, spec=spec),
    )
    odd = replace(odd, summary=replace(odd.summary, digest=HOSTILE))
    found = jump_section(odd, tables[1])
    assert not {"script", "title"} & set(found.tags)
    assert HOSTILE in found.text and "{{ 7*7 }}" in found.text
    assert format_program(parse_program("while(quote <1.<2.nil>>, id)")) in found.text
    assert shlex.quote(spec) in found.text


def test_in_a_browser(tables: tuple[JumpTable, ...], tmp_path: Path) -> None:
    """No error, no request, nothing wider than the screen; the filter and the graph respond."""
    path = tmp_path / "report.html"
    write_report(replace(sample(), jumps=tables), path)
    with browser() as found:
        for width, dark in ((1280, False), (390, True)):
            with opened(found, path, width=width, dark=dark) as seen:
                reader = seen.page
                assert reader.evaluate("() => document.documentElement.scrollWidth") <= width
                rows = reader.locator("#theorem-rows > tr:visible")
                before = rows.count()
                reader.fill("#filter", "gas-monotone")
                assert 0 < rows.count() < before
                reader.locator(".drawing .node").first.hover()
                assert reader.locator(".lighting .lit").count() > 0
