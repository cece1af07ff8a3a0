"""The catalogue: complete, in order, well formed, and readable on a page."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape

import pytest

from checks.catalogue import CARDS, TOPICS, Card, card, topic
from checks.report.typeset import typeset
from models.errors import BadInput

IDS = """
    gas-monotone machine-agreement use-principle substitution turing-preorder specialisation
    universal-program recursion-theorem closure finite-internalization jump-above jump-escape
    jump-monotone limit-to-jump jump-to-limit computable-modulus separation bounded-escape
    mind-changes kleene-post

    looping-certificate-sound

    amdahl-identity amdahl-convex collapse optimum break-even transition share-not-monotone
    overclaim absorption-needed bandwidth many-units scaling-exponent
    moving-frontier

    no-efficiency-limit loss-monotone time-to-target fleet-multiple halving-time burden-constant
    ratio-law

    streaming-invariant streaming-equals-product streaming-traffic streaming-steps
""".split()

REFERENCE = re.compile(r"(models|proofs|checks)(\.[a-z_]+)+:[a-z_]+")

every_card = pytest.mark.parametrize("one", CARDS, ids=lambda one: one.id)


def test_every_theorem_once_and_in_order() -> None:
    assert [one.id for one in CARDS] == IDS


def test_topics() -> None:
    names = [one.id for one in TOPICS]
    assert len(set(names)) == len(names)
    assert {one.topic for one in CARDS} == set(names)
    for one in TOPICS:
        assert topic(one.id) is one
        assert one.title and one.notation
        assert plain(one.latex)
        same_words(one.notation, one.latex)


@every_card
def test_words(one: Card) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", one.id)
    for text in (one.title, one.source, one.statement, one.latex):
        assert text.strip() == text != ""
        assert "  " not in text
    assert not one.title.endswith(".")
    assert one.statement.endswith(".") and "\\" not in one.statement and "$" not in one.statement
    assert len(one.latex.split("\n")) == len(one.statement.split("\n"))


@every_card
def test_mathematics_converts(one: Card) -> None:
    assert plain(one.latex)


@every_card
def test_formulas_in_a_line_fit_a_phone(one: Card) -> None:
    page = typeset("\n".join(filter(None, (one.latex, one.idea_latex))))
    for formula in re.findall(r"<math>.*?</math>", page):
        text = unescape(re.sub(r"<[^>]*>", "", formula))
        assert len(text) <= 36, text


@every_card
def test_both_forms_have_the_same_words(one: Card) -> None:
    same_words(one.statement, one.latex)
    if one.idea_latex:
        same_words(one.idea, one.idea_latex)
        assert plain(one.idea_latex)


@every_card
def test_references(one: Card) -> None:
    for reference in filter(None, (*one.checks, one.proof, one.instances)):
        assert REFERENCE.fullmatch(reference), reference
    assert one.instances.startswith("checks.") or one.instances == ""
    assert one.proof.startswith("proofs.") or one.proof == ""
    assert all(check.startswith("checks.") for check in one.checks)
    assert bool(one.idea) == bool(one.proof)


def test_lookup() -> None:
    assert card("collapse").id == "collapse"
    with pytest.raises(BadInput, match="no theorem 'colapse'; expected collapse"):
        card("colapse")
    with pytest.raises(BadInput, match="expected an id that `jumpbound show` lists"):
        card("§")


def test_no_solver_is_loaded() -> None:
    code = "import sys, checks.catalogue; print({'z3', 'cvc5', 'sympy'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_mathematics_is_escaped() -> None:
    page = typeset(r"<b>&amp; $a<b\text{<i>&amp;}$")
    assert "<b>" not in page and "<i>" not in page
    assert "&lt;b&gt;&amp;amp; " in page and "&lt;i&gt;" in page


@pytest.mark.parametrize("text", [r"a $\unknowncommand x$ b", "one $ only", r"$x$ and $"])
def test_mathematics_that_is_not_understood(text: str) -> None:
    with pytest.raises(ValueError):
        typeset(text)


def test_formula_alone_is_displayed() -> None:
    assert 'display="block"' in typeset("$x=1$.")
    assert "block" not in typeset("so $x=1$.")
    assert typeset("(if $x$), then").count("together") == 1


def same_words(text: str, latex: str) -> None:
    """Outside of formulas the words of the page are words of the plain text, in its order."""
    words = iter(re.findall(r"[A-Za-z]{3,}", text))
    for word in re.findall(r"[A-Za-z]{3,}", re.sub(r"\$[^$]*\$", " ", latex)):
        assert word in words, word


def plain(latex: str) -> str:
    """The text of the page, without the markup; it has no LaTeX left in it."""
    text = unescape(re.sub(r"<[^>]*>", "", typeset(latex)))
    for mark in ("\\", "$", "{\\", "&#"):
        assert mark not in text, text
    return text
