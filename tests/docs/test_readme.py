"""The README and the chapter say what the program prints; the documents name what there is."""

from __future__ import annotations

import re

import pytest

from checks import verify
from checks.catalogue import CARDS, card
from docs.generate import (
    ARCHITECT,
    CHAPTER,
    EFFICIENCY,
    README,
    ROOT,
    STREAMING,
    figures,
    generated,
    proved,
    sessions,
)
from proofs.efficiency.exponential import exponential, exponential_sum, logarithm
from proofs.efficiency.ratio import whole_above


def test_sessions_and_table_are_what_the_commands_print() -> None:
    """Of the finite checks, which take long, every twelfth is done again."""
    text = README.read_text(encoding="utf-8")
    listed = figures(text)
    assert len(listed) > 30
    kept = {name: count for i, (name, count) in enumerate(listed.items()) if i % 12}
    assert generated(text, kept) == text


def test_sessions_of_the_chapter_are_what_the_commands_print() -> None:
    text = CHAPTER.read_text(encoding="utf-8")
    assert sessions(text) == text


def test_sessions_for_the_architect_are_what_the_commands_print() -> None:
    text = ARCHITECT.read_text(encoding="utf-8")
    assert sessions(text) == text


def test_sessions_of_efficiency_are_what_the_commands_print() -> None:
    text = EFFICIENCY.read_text(encoding="utf-8")
    assert sessions(text) == text


def test_theorems_of_efficiency_are_on_cards() -> None:
    paragraphs = re.sub(r"```.*?```", "", EFFICIENCY.read_text(encoding="utf-8"), flags=re.DOTALL)
    named = {each.id for each in CARDS if f"`{each.id}`" in paragraphs}
    assert named == {each.id for each in CARDS if each.topic == "efficiency"}


def test_sessions_on_streaming_are_what_the_commands_print() -> None:
    text = STREAMING.read_text(encoding="utf-8")
    assert sessions(text) == text


def test_theorems_on_streaming_are_on_cards() -> None:
    text = STREAMING.read_text(encoding="utf-8")
    assert {each.id for each in CARDS if f"`{each.id}`" in text} == {
        each.id for each in CARDS if each.topic == "streaming"
    }


def test_theorems_for_the_architect_are_on_cards() -> None:
    text = ARCHITECT.read_text(encoding="utf-8")
    paragraphs = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    named = {each.id for each in CARDS if f"`{each.id}`" in paragraphs}
    assert named >= {
        "collapse", "optimum", "overclaim", "absorption-needed", "many-units", "bandwidth",
        "moving-frontier",
    }
    assert all(each.topic == "amdahl" for each in CARDS if each.id in named)


def test_theorems_of_the_chapter_are_proved_as_it_says() -> None:
    text = CHAPTER.read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z]+-[a-z-]+|closure|separation)`", text))
    assert named >= {
        "closure", "jump-escape", "jump-to-limit", "limit-to-jump", "computable-modulus",
        "separation",
    }
    assert all(card(name).proof for name in named)
    assert "definitions and theorems, no axiom and no choice" in " ".join(text.split())
    (found,) = verify(["separation"], checks=False).cards
    assert found.verdict == "proved"
    assert {kind for kind, _ in found.rests_on} == {"definition", "theorem"}


@pytest.mark.parametrize("document", ["README.md", "docs/amdahl.md", "docs/streaming.md"])
def test_python_examples_give_the_values_in_their_comments(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert blocks
    for block in blocks:
        *setup, last = block.strip().splitlines()
        expression, _, expected = last.partition("  # ")
        names: dict[str, object] = {}
        exec("\n".join(setup), names)
        assert repr(eval(expression, names)) == expected


def test_files_that_the_documents_link_to_exist() -> None:
    for document in (
        "README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/separation.md",
        "docs/claims.md", "docs/writing-claims.md", "docs/amdahl.md", "docs/efficiency.md",
        "docs/streaming.md",
    ):
        path = ROOT / document
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{document} links to {target}"


@pytest.mark.parametrize("document", ["architecture.md", "separation.md"])
def test_files_that_a_document_names_exist(document: str) -> None:
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    named = re.findall(r"`((?:models|proofs|checks|tests)/[a-z_/.]+)`", text)
    assert named
    for name in named:
        assert (ROOT / name).exists(), name


def test_the_five_axioms_that_the_architecture_names() -> None:
    found = {name for card in proved().cards for kind, name in card.rests_on
             if kind == "axiom"}
    assert found == {
        "every nonnegative real is the square of a nonnegative real",
        exponential().sentence, exponential_sum().sentence, logarithm().sentence,
        whole_above().sentence,
    }
    text = " ".join((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split())
    assert (
        "So far there are five: every nonnegative real has a nonnegative square root; "
        "exp z >= 1+z, exp(a+b) = exp a exp b, and every real x > 0 has a natural logarithm "
        "(for `scaling-exponent`, `moving-frontier` and the theorems about efficiency); every real "
        "number has a whole number that is not below it (for `ratio-law` alone)"
    ) in text
