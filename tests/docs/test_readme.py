"""The README says what the program prints."""

from __future__ import annotations

import re
from pathlib import Path

from docs.generate import generated

ROOT = Path(__file__).resolve().parent.parent.parent


def test_sessions_and_table_are_what_the_commands_print() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert generated(text) == text


def test_python_examples_give_the_values_in_their_comments() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert blocks
    for block in blocks:
        *setup, last = block.strip().splitlines()
        expression, _, expected = last.partition("  # ")
        names: dict[str, object] = {}
        exec("\n".join(setup), names)
        assert repr(eval(expression, names)) == expected


def test_files_that_the_documents_link_to_exist() -> None:
    for document in ("README.md", "CONTRIBUTING.md", "docs/architecture.md"):
        path = ROOT / document
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{document} links to {target}"


def test_files_that_the_architecture_names_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for name in re.findall(r"`((?:models|proofs|checks|tests)/[a-z_/.]+)`", text):
        assert (ROOT / name).exists(), name


def test_the_one_axiom_that_the_architecture_names() -> None:
    from checks import verify

    found = {name for card in verify(checks=False).cards for kind, name in card.rests_on
             if kind == "axiom"}
    assert found == {"every nonnegative real is the square of a nonnegative real"}
    text = " ".join((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split())
    assert "So far there is one: every nonnegative real has a nonnegative square root" in text
