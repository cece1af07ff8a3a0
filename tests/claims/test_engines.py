"""The engines side by side: the command's options, and random claims on which two must agree."""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks import cli
from checks.claims import refute

TEXT = """
@claim("No two numbers from 2 on have the product 12.")
def twelve(m: Nat, n: Nat) -> bool:
    assume(m > 1 and n > 1)
    return m * n != 12
"""


@pytest.fixture
def said(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Exit code, output and error output of ``refute`` with these options."""

    def said(*options: str) -> tuple[int, str, str]:
        path = write(TEXT)
        monkeypatch.setattr(
            sys, "argv", ["jumpbound", "refute", f"{path}::twelve", "--no-save", *options]
        )
        with pytest.raises(SystemExit) as ended:
            cli.main()
        read = capsys.readouterr()
        code = ended.value.code
        return code if isinstance(code, int) else 0, read.out, read.err

    return said


def test_the_symbolic_engine_by_command(said: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = said("--engine", "symbolic", "--json", "--size", "9")
    found = json.loads(out)
    assert (code, found["verdict"], found["engine"]) == (1, "refuted", "symbolic")
    assert found["counterexample"]["smallest"] is True
    assert {*found["counterexample"]["values"].values()} == {"3", "4"}
    code, out, _ = said("--engine", "symbolic", "--size", "6")
    assert code == 0
    assert re.search(r"^exhausted to size 6, by \d+ paths$", out, flags=re.MULTILINE)


def test_the_random_engine_by_command(said: Callable[..., tuple[int, str, str]]) -> None:
    options = ("--engine", "random", "--seed", "7", "--samples", "3", "--size", "9", "--json")
    first, second = (json.loads(said(*options, "--fresh")[1]) for _ in range(2))
    assert first["verdict"] in ("sampled", "refuted", "unknown")
    assert (first["seed"], first["engine"]) == (7, "random")
    assert {**first, "seconds": 0} == {**second, "seconds": 0}


@pytest.mark.parametrize(("options", "message"), [
    (("--engine", "guess"), "expected exhaustive, random or symbolic"),
    (("--samples", "9"), "the random engine, which alone draws samples"),
    (("--engine", "symbolic", "--workers", "2"), "only the exhaustive engine shares out its work"),
    (("--engine", "random", "--size", "0", "--samples", "0"), "Invalid value for '--samples'"),
])
def test_options_that_do_not_go_together(
    said: Callable[..., tuple[int, str, str]], options: tuple[str, ...], message: str
) -> None:
    code, out, error = said(*options)
    assert (code, out) == (2, "")
    assert message in " ".join(error.split())


SETUP = """
from fractions import Fraction as F
from models.machine.tree import Nil, Pair, length, pairs, truth, unary
from models.machine.program import Cons, Hd, Id, If, Quote, Then, While, code, decode, size
from models.machine.semantics import Done, OutOfGas, evaluate

def first(t):
    return t.head if isinstance(t, Pair) else t

def result(outcome):
    match outcome:
        case Done(value, _):
            return value
        case _:
            return numeral(3)
"""

PARAMETERS = (
    "p: Program", "t: Tree", "n: Nat", "m: int", "b: bool", "f: Oracle", "s: Share", "r: Fraction"
)

PATTERNS: dict[str, tuple[list[str], list[str]]] = {
    # kind: leaves, and what is made of parts {kind}
    "number": (
        ["n", "m", "2", "1", "-1", "3"],
        ["({number} + {number})", "({number} - {number})", "({number} * {number})",
         "({number} // 2)", "({number} % 3)", "({number} // -2)", "({number} % -3)",
         "pairs({tree})", "size({program})", "length({tree})", "abs({number})",
         "max({number}, {number})", "({number} if {truth} else {number})", "({truth} + 1)",
         "sum(range(abs({number}) % 4))"],
    ),
    "tree": (
        ["t", "NIL", "TRUE", "numeral(2)"],
        ["Pair({tree}, {tree})", "code({program})", "unary({number})", "truth({truth})",
         "f({tree})", "first({tree})", "result(evaluate(f, {program}, {tree}, n))",
         "result(evaluate(FULL, {program}, {tree}, 4))"],
    ),
    "program": (
        ["p", "Id()", "Quote(t)"],
        ["Then({program}, {program})", "Cons({program}, {program})",
         "If({program}, Hd(), {program})", "Quote({tree})", "decode({tree})"],
    ),
    "rational": (
        ["s", "r", "F(1, 2)", "n", "F(3)"],
        ["({rational} + {rational})", "({rational} * {rational})", "(F(1) - {rational})",
         "(F(1) * {rational} / (1 + {rational} * {rational}))", "abs({rational})",
         "F({number}, 2)"],
    ),
    "truth": (
        ["b", "(n > 1)", "(t == NIL)", "(m < 0)", "(p == Id())"],
        ["({number} < {number})", "({number} <= {number})", "({number} == {number})",
         "({tree} == {tree})", "({tree} != {tree})", "({program} == {program})",
         "({truth} and {truth})", "({truth} or {truth})", "(not {truth})", "({truth} ^ {truth})",
         "isinstance({program}, Cons)", "isinstance({program}, (Then, While))",
         "({rational} < {rational})", "({rational} == {rational})"],
    ),
}


def expression(draw: random.Random, kind: str, depth: int) -> str:
    """A random expression of a kind."""
    leaves, nodes = PATTERNS[kind]
    if depth == 0:
        return draw.choice(leaves)
    return re.sub(
        r"\{(\w+)\}", lambda found: expression(draw, found[1], depth - 1), draw.choice(nodes)
    )


def test_random_claims_get_the_same_verdict_from_two_engines(claimed: Callable[..., Any]) -> None:
    draw = random.Random(20)
    verdicts: dict[str, int] = {}
    for _ in range(60):
        condition, body = expression(draw, "truth", 2), expression(draw, "truth", 3)
        used = [p for p in PARAMETERS if re.search(rf"\b{p[0]}\b", f"{condition} {body}")]
        text = (
            f"{SETUP}\n@claim\ndef c({', '.join(used[:4])}) -> bool:\n"
            f"    assume({condition})\n    return {body}\n"
        )
        if len(used) > 4:
            continue
        loaded, found = claimed(text)
        all_ = refute(found, loaded=loaded, size=3, workers=1)
        read = refute(found, loaded=loaded, size=3, engine="symbolic")
        verdicts[read.verdict] = verdicts.get(read.verdict, 0) + 1
        if read.verdict == "unknown":
            assert "Z3 says" not in read.reason, text
            assert all_.verdict == "unknown", text
            continue
        assert read.verdict == all_.verdict, text
        if all_.counterexample is not None:
            assert read.counterexample is not None
            assert read.counterexample.size == all_.counterexample.size, text
    assert min(verdicts["refuted"], verdicts["exhausted"]) >= 8
