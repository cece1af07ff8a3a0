"""The reference for claims names what there is: every type, function and verdict."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import checks.claims
from checks.claims.deciders import __name__ as deciders
from checks.claims.generators import generator_for
from checks.claims.load import load
from checks.claims.refute import refute
from checks.claims.result import Verdict
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


def test_the_example_is_refuted(tmp_path: Path) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    file = tmp_path / "example.py"
    file.write_text(block, encoding="utf-8")
    loaded = load(file)
    (one,) = loaded.claims.values()
    found = refute(one, loaded=loaded, workers=1)
    assert (found.verdict, one.size) == ("refuted", 5)
    assert found.counterexample is not None and found.counterexample.smallest


def test_every_oracle_of_the_readme_is_one() -> None:
    (text,) = re.findall(
        r"^## Oracles\n(.*?)^## ", README.read_text(encoding="utf-8"),
        flags=re.DOTALL | re.MULTILINE,
    )
    examples = re.findall(r"\| `([^`]*)` \|$", text, flags=re.MULTILINE)
    assert len(examples) == 8
    for example in examples:
        assert read_oracle(example, workers=1)
