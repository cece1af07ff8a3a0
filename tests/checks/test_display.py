"""Results as text and as HTML: everything escaped, readable on any background, no network."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from checks import claim, refute, replay, show, verify
from checks.claims import NIL, AtMost, Claim, Nat, Program, Tree, assume, generator, halts
from checks.claims.result import Outcome
from checks.display import MAKERS, blocks, in_notebooks
from checks.machine.decide import decide, decide_every
from checks.machine.jump import decide_jump
from checks.machine.layer import decide_layer
from checks.revision.guessing import look
from models.errors import BadInput
from models.machine import EMPTY, numeral, parse_program, run
from models.machine.run import trace

ROOT = Path(__file__).parents[2]

HOSTILE = "<script>alert('\"&')</script>"

TAGS = set("p strong em span div table thead tbody tr th td pre code ul li details summary img br "
           "".split())

GUESSER = parse_program("if(tl, then(tl, quote 1), quote 0)")


class Page(HTMLParser):
    """Elements, attributes and text; everything that was opened is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


@claim("What halts on nil halts on everything, <b>says</b> he.")
def halting(p: Program, x: Tree) -> bool:
    # </pre><script>
    assume(halts(p, NIL))
    return halts(p, x)


class Word:
    """Two words."""

    def __init__(self, text: str) -> None:
        self.text = text


generator(Word, lambda size: [Word(HOSTILE)] if size == 0 else [], show=lambda w: w.text, largest=0)


@claim(HOSTILE)
def hostile(word: Word) -> bool:
    return False


@claim(HOSTILE)
def raising(word: Word) -> bool:
    raise ValueError(HOSTILE)


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    """A result of each type by its name, and some more."""
    table = decide_jump(3, workers=1)
    seen = look(
        GUESSER, [numeral(1), numeral(2)], stages=12, oracle=EMPTY, gas=1_000, ahead=True
    )
    verified = verify(["amdahl-identity"], checks=False)
    refuted = refute(halting, size=4)
    return {
        "checks.claims.result.Outcome": refuted,
        "checks.claims.replay.Replay": replay(refuted),
        "checks.machine.decide.search.Decision": decide(parse_program("while(tl, id)"), numeral(3)),
        "checks.machine.decide.search.GenericDecision": decide_every(
            parse_program("if(ask, then(tl, ask), then(cons(id, id), ask))"), numeral(2)
        ),
        "checks.machine.jump.table.JumpTable": table,
        "checks.results.CardResult": verified.cards[0],
        "checks.results.Verification": verified,
        "checks.revision.guessing.Look": seen,
        "models.machine.layer.Layer": decide_layer(3, "numbers:4", "set:2", workers=1),
        "models.machine.run.Run": run(parse_program("then(tl, ask)"), numeral(2)),
        "models.revision.guessing.Guesses": seen.seen[0],
        "a trace": list(trace(parse_program("while(id, tl)"), numeral(2))),
        "an automaton": decide(parse_program("while(quote 1, cons(id, id))"), NIL),
        "both kinds": decide_every(parse_program("while(ask, id)"), numeral(2)),
        "hostile": refute(hostile, size=1),
        "a hostile replay": replay(refute(hostile, size=1)),
        "raising": refute(raising, size=0),
    }


def test_every_type_has_its_maker(results: dict[str, Any]) -> None:
    assert set(MAKERS) < set(results)
    for name, maker in MAKERS.items():
        module, _, kind = name.rpartition(".")
        assert type(results[name]) is getattr(import_module(module), kind)
        where, _, function = maker.partition(":")
        assert callable(getattr(import_module(f"checks.display.{where}"), function))


def test_html_is_escaped_and_needs_nothing(results: dict[str, Any]) -> None:
    for name, result in results.items():
        html = show(result)._repr_html_()
        page = Page(html)
        assert {tag for tag, _ in page.tags} <= TAGS, name
        for tag, attributes in page.tags:
            assert set(attributes) <= ({"src", "alt", "style"} if tag == "img" else
                                       {"style", "open"}), name
            if tag == "img":
                assert str(attributes["src"]).startswith("data:image/svg+xml;base64,")
                assert attributes["alt"]
            assert "url(" not in str(attributes.get("style"))


def test_what_is_hostile_is_text(results: dict[str, Any]) -> None:
    for name in ("hostile", "a hostile replay", "raising"):
        assert HOSTILE in Page(show(results[name])._repr_html_()).words
        assert HOSTILE in str(show(results[name]))
    assert "# </pre><script>" in Page(show(results["checks.claims.replay.Replay"])._repr_html_()
                                      ).words


def colours(html: str) -> Iterator[dict[str, str]]:
    for _, attributes in Page(html).tags:
        style = attributes.get("style") or ""
        found = dict(re.findall(r"(?:^|; )(background|color): ([^;]+)", style))
        if found:
            yield found


def brightness(colour: str) -> float:
    """Relative luminance, as the Web Content Accessibility Guidelines define it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_are_the_pages_or_come_with_their_background(results: dict[str, Any]) -> None:
    badges = 0
    for result in results.values():
        for found in colours(show(result)._repr_html_()):
            if found == {"background": "none", "color": "inherit"}:
                continue
            light, dark = brightness(found["color"]), brightness(found["background"])
            assert (light + 0.05) / (dark + 0.05) >= 4.5
            badges += 1
    assert badges >= 10


def test_text_and_html_say_the_same(results: dict[str, Any]) -> None:
    for name in results.keys() - {"checks.revision.guessing.Look",
                                  "models.revision.guessing.Guesses"}:
        shown = show(results[name])
        text, words = str(shown), Page(shown._repr_html_()).words
        for word in re.findall(r"[\w<>.]+", text):
            assert word in words or "─" in text, (name, word)


def test_an_outcome(results: dict[str, Any]) -> None:
    assert str(results["checks.claims.result.Outcome"]) == (
        "What halts on nil halts on everything, <b>says</b> he.\n\n"
        "refuted by instance 179\n\n"
        "Counterexample of size 4, the smallest there is:\n"
        "  p = while(id, id)\n"
        "  x = <nil.nil>"
    )


def test_a_query_tree(results: dict[str, Any]) -> None:
    shown = show(results["checks.machine.decide.search.GenericDecision"])
    assert str(shown).splitlines() == [
        "halts relative to every set; 4 runs",
        "",
        "2?",
        "├─ no: <2.2>?",
        "│  ├─ no: halts",
        "│  └─ yes: halts",
        "└─ yes: 1?",
        "   ├─ no: halts",
        "   └─ yes: halts",
    ]
    assert Page(shown._repr_html_()).words.count("halts") == 5
    assert sum(tag == "ul" for tag, _ in Page(shown._repr_html_()).tags) == 3


def test_a_deep_tree_of_questions() -> None:
    node = blocks.Node("end")
    for _ in range(1_100):
        node = blocks.Node("next", (("no", blocks.Node("end")), ("yes", node)))
    tree = blocks.Branches(node)
    assert tree.text().count("end") == str(tree.html()).count("end") == 1_101


def test_guesses_are_a_picture_or_marks(results: dict[str, Any]) -> None:
    shown = show(results["checks.revision.guessing.Look"])
    (picture,) = [a for tag, a in Page(shown._repr_html_()).tags if tag == "img"]
    assert "Mind changes by input: 1: 1 change, no more" in str(picture["alt"])
    assert "1      .###########" in str(shown)
    assert "if(tl, then(tl, quote 1), quote 0)" not in str(shown)


def test_a_trace_and_its_end(results: dict[str, Any]) -> None:
    states = results["a trace"]
    assert str(show(states)).splitlines()[0] == "     0  acc 2  stack []  control do while(id, tl)"
    assert str(show(states)).splitlines()[-1] == "    11  acc 0  stack []  control (halted)"
    assert str(show(iter(states), steps=3)).splitlines()[-1] == "     …"
    assert len(str(show(states, steps=3)).splitlines()) == 5


def test_a_replay_of_an_outcome(results: dict[str, Any]) -> None:
    text = str(results["checks.claims.replay.Replay"])
    assert "1. does while(id, id) halt on 0?  yes" in text
    assert text.endswith("The claim is false here: refuted.")


def test_a_replay_needs_a_counterexample() -> None:
    @claim("Every number is a number.")
    def number(n: Nat) -> bool:
        return n == n

    with pytest.raises(BadInput, match="claim number has no counterexample: exhausted"):
        replay(refute(number, size=3))


def test_what_is_no_result() -> None:
    with pytest.raises(BadInput, match="nothing is known of showing a Fraction"):
        show(Fraction(1, 2))
    with pytest.raises(BadInput, match="other things than states"):
        show([1, 2])


def test_importing_checks_is_cheap() -> None:
    code = (
        "import sys, checks, checks.display\n"
        "print([m for m in ('z3', 'altair', 'markupsafe', 'numba', 'IPython', 'hypothesis',"
        " 'checks.claims', 'checks.verification') if m in sys.modules])\n"
        "from checks import assume, claim, refute, replay, show\n"
        "print([m for m in ('altair', 'IPython') if m in sys.modules])\n"
        "import models.machine, models.revision.guessing\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert said.stdout.splitlines() == ["[]", "[]"]


def test_in_ipython_models_show_themselves(results: dict[str, Any]) -> None:
    shell = InteractiveShell()
    found = results["models.machine.run.Run"]
    plain, _ = shell.display_formatter.format(found)
    assert "text/html" not in plain
    in_notebooks(shell)
    for name in MAKERS:
        shown, _ = shell.display_formatter.format(results[name])
        assert shown["text/html"] == show(results[name])._repr_html_(), name
        assert shown["text/plain"] == str(show(results[name])), name


def test_names_of_the_package() -> None:
    assert isinstance(halting, Claim)
    assert isinstance(refute(halting, size=1), Outcome)
    assert AtMost(3).size == 3
