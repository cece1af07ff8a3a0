"""The reference for claims names what there is: every type, function and verdict."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import checks.claims
from checks.claims.deciders import __name__ as deciders
from checks.claims.generators import generator_for
from checks.claims.load import load
from checks.claims.refute import refute
from checks.claims.replay import replay, save
from checks.claims.result import Verdict
from checks.claims.show import verdict_text
from checks.machine.oracles import read_oracle
from docs.generate import README, ROOT

PAGE = (ROOT / "docs" / "writing-claims.md").read_text(encoding="utf-8")


def named(section: str) -> list[str]:
    """What stands in the first column of a section's table, without arguments."""
    (text,) = re.findall(rf"^## {section}\n(.*?)(?=^## |\Z)", PAGE, flags=re.DOTALL | re.MULTILINE)
    rows = re.findall(r"^\| (`.*?) \|", text, flags=re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`(\w+)", row)]


def test_every_type_has_values() -> None:
    found = named("Parameters, and their size")
    assert len(found) == 13
    for name in found:
        kind = getattr(checks.claims, name, None) or {"int": int, "bool": bool}.get(name)
        if name not in ("tuple", "Annotated"):
            assert generator_for(kind).space.count(1) >= 0


def test_every_function_is_named() -> None:
    exported = {
        name for name in checks.claims.__all__
        if getattr(getattr(checks.claims, name), "__module__", "") == deciders
    }
    assert set(named("What a claim can ask")) == exported | {"undecided"}


def test_every_verdict_is_named() -> None:
    # Proved are theorems; a claim is at most exhausted.
    assert {*named("Verdicts"), "proved"} == set(get_args(Verdict))


BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_the_examples_come_to_what_is_said(tmp_path: Path, block: str) -> None:
    file = tmp_path / "example.py"
    file.write_text(block, encoding="utf-8")
    loaded = load(file)
    said = dict(re.findall(r"^# (\w+): (.*)$", block, flags=re.MULTILINE))
    assert said and set(said) == set(loaded.claims)
    for name, one in loaded.claims.items():
        found = refute(one, loaded=loaded, size=one.size, workers=1, folder=tmp_path)
        told = verdict_text(found)
        if found.counterexample is not None:
            assert found.counterexample.smallest
            told = f"refuted, {found.counterexample}"
            assert replay(save(found, loaded)).judgement.what == "fails"
        assert told == said[name]


def test_every_tool_is_there() -> None:
    names = named("Trees, programs, codes, oracles")
    assert len(names) == 13
    assert set(names) <= set(checks.claims.__all__)


def test_every_key_is_named(tmp_path: Path) -> None:
    file = tmp_path / "example.py"
    file.write_text(BLOCKS[0], encoding="utf-8")
    loaded = load(file)
    (one,) = loaded.claims.values()
    keys = {"saved"}
    for engine in ("exhaustive", "random", "symbolic"):
        found = refute(
            one, loaded=loaded, size=4, engine=engine, folder=tmp_path  # type: ignore[arg-type]
        )
        keys |= set(found.to_json())
        if found.counterexample is not None:
            assert set(re.findall(r"`(\w+)`", key_row("counterexample"))) == {
                "counterexample", *found.counterexample.to_json()
            }
    # The second column explains; of the counterexample alone it lists keys.
    assert {name for row in key_rows() for name in re.findall(r"`(\w+)`", row[0])} == keys


def key_rows() -> list[tuple[str, str]]:
    """The rows of the table of keys."""
    (text,) = re.findall(r"^## What comes out\n(.*)", PAGE, flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"^\| (`.*?) \| (.*) \|$", text, flags=re.MULTILINE)


def key_row(name: str) -> str:
    """The row of a key, whole."""
    return next(" ".join(row) for row in key_rows() if f"`{name}`" in row[0])


def test_what_is_said_of_guesses() -> None:
    tl = checks.claims.parse_program("tl")
    assert checks.claims.limit(tl, checks.claims.NIL) is True
    assert checks.claims.modulus(tl, checks.claims.NIL) == 1


def test_every_oracle_of_the_readme_is_one() -> None:
    (text,) = re.findall(
        r"^## Oracles\n(.*?)^## ", README.read_text(encoding="utf-8"),
        flags=re.DOTALL | re.MULTILINE,
    )
    examples = re.findall(r"\| `([^`]*)` \|$", text, flags=re.MULTILINE)
    assert len(examples) == 8
    for example in examples:
        assert read_oracle(example, workers=1)
