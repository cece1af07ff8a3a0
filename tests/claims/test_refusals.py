"""What is refused about claims, in one clear line, and what is told beside a verdict."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest

from checks import cli, verify
from checks.claims import AtMost, Bound, Nat, claim, generator, refute, replay
from checks.claims.claim import Claim
from checks.claims.load import Loaded, load
from checks.claims.result import Outcome
from models.errors import BadInput

Run = Callable[..., tuple[int, str, str]]

SMALL = """
@claim("Numbers are small.")
def small(n: Nat) -> bool:
    return n < 3
"""


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """The exit code, output and errors of a command, in the folder of the claim file."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["jumpbound", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


@claim("Numbers are small.")
def small(n: Nat) -> bool:
    return n < 3


# Generators


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("generator('K', lambda n: [])", "generator for 'K'; expected a class of yours, or a NewT"),
        ("generator(K, 3)", "generator for K: values=3; expected a function"),
        ("generator(K, lambda n: [], show=1)", "generator for K: show=1; expected a function"),
        ("generator(K, lambda n: [], largest=-1)", "largest=-1; expected a whole number, 0 or mor"),
        ("generator(K, lambda n: None)", "generator K, size 0: it raised TypeError: 'NoneType' ob"),
        ("generator(K, lambda n: 1/0)", "generator K, size 0: it raised ZeroDivisionError: divis"),
        ("generator(K, lambda: [])", "generator K, size 0: it raised TypeError: <lambda>() takes"),
        ("generator(K, itertools.count)", "size 0: it lists more than 1,000,000 values; expected"),
        ("generator(K, lambda n: [K(n)], show=lambda v: 1/0)", "K: show raised ZeroDivisionError"),
        ("generator(K, lambda n: [K(n)], show=lambda v: 3)", "generator K: show returned int"),
        ("generator(K, lambda n: [], largest=5)", "parameter n: there are no values"),
        ("K = Annotated[Nat, AtMost(-1)]", "AtMost(-1); expected a whole number, 0 or more"),
        ("K = Annotated[Nat, AtMost(1.5)]", "AtMost(1.5); expected a whole number, 0 or more"),
        ("K = Annotated[Bound, AtMost(0)]", "parameter n: there are no values"),
        ("K = str", " Function, "),
    ],
)
def test_values_that_are_none(
    write: Callable[..., Path], run: Run, made: str, said: str
) -> None:
    write(f"""
        import itertools
        from typing import Annotated
        class K(int): pass
        {made}
        @claim("Numbers are small.")
        def small(n: K) -> bool:
            return n < 3
    """)
    code, out, err = run("refute", "claims.py::small", "--size", "5")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert said in err


def test_a_generator_that_cannot_read_what_it_showed(write: Callable[..., Path], run: Run) -> None:
    write("""
        class K(int): pass
        generator(K, lambda n: [K(n)], show=lambda v: f"k{v}", read=lambda text: 1 / 0)
        @claim("Numbers are small.")
        def small(n: K) -> bool:
            return n < 3
    """)
    assert run("refute", "claims.py::small")[0] == 1
    code, out, err = run("replay", "claims.small.json")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "generator K: read raised ZeroDivisionError: division by zero" in err


# Claims


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("@claim('One.', size=-1)", "@claim(size=-1); expected a whole number, 0 or more"),
        ("@claim('One.', expected='maybe')", "expected='maybe'); expected one of refuted, exhaust"),
        ("@claim('One.', theorem='nope')", "no theorem 'nope'; expected"),
        ("@claim(3)", "@claim(3); expected the claim as a sentence, in quotes"),
    ],
)
def test_options_that_are_none(
    write: Callable[..., Path], run: Run, made: str, said: str
) -> None:
    write(f"{made}\ndef small(n: Nat) -> bool:\n    return n < 3\n")
    code, out, err = run("refute", "claims.py::small", "--size", "5")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert said in err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("claims.py", SMALL + SMALL, "claims.py: line 8: a second function small; expected one na"),
        ("claims.py", "\0", "claims.py: source code string cannot contain null bytes"),
        ("claims.py:small", SMALL, "No such file or directory; expected a claim file, NAME.py or"),
        ("::small", SMALL, "claim '::small'; expected FILE::claim, such as NAME.py::claim"),
        ("claims.py::", SMALL, "claim 'claims.py::'; expected FILE::claim"),
    ],
)
def test_names_and_files_that_are_none(
    write: Callable[..., Path], run: Run, name: str, content: str, said: str
) -> None:
    write(content)
    code, out, err = run("refute", name)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert said in err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"size": "3"}, "size '3'; expected a whole number, 0 or more"),
        ({"size": 3.5}, "size 3.5; expected a whole number"),
        ({"size": True}, "size True"),
        ({"budget": "1s"}, "budget '1s'; expected a number of seconds"),
        ({"budget": float("nan")}, "budget nan s; expected more than nothing"),
        ({"limit": -1}, "limit -1 s; expected more than nothing"),
        ({"limit": None}, "limit None; expected a number of seconds"),
        ({"workers": 0}, "workers 0; expected a whole number, 1 or more"),
        ({"seed": -1, "engine": "random"}, "seed -1; expected a whole number, 0 or more"),
        ({"seed": "a", "engine": "random"}, "seed 'a'"),
        ({"engine": 3}, "engine '3'; expected exhaustive, random or symbolic"),
    ],
)
def test_arguments_that_are_none(options: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput) as refused:
        refute(small, **options)
    assert said in str(refused.value)


def test_what_is_no_claim() -> None:
    with pytest.raises(BadInput, match="expected a function with @claim, or a text FILE::claim"):
        refute(lambda n: n < 3)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match=r"replay\(3\); expected an outcome, or a file"):
        replay(3)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match=r"verify\('collapse'\); expected a list of ids"):
        verify("collapse")
    with pytest.raises(BadInput, match="generator for 'Even'"):
        generator("Even", lambda n: [2 * n])  # type: ignore[arg-type]
    with pytest.raises(BadInput, match=r"AtMost\('x'\)"):
        AtMost("x")  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="claim none, parameter n: there are no values"):
        @claim("There are none.")
        def none(n: Annotated[Bound, AtMost(0)]) -> bool:
            return True

        refute(none)
    assert repr(small) == "<claim small(n: Nat): Numbers are small.>"


# Counterexamples


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("claim", "claims.py", "claim 'claims.py'; expected FILE::claim"),
        ("types", {"n": "Tree"}, "values of n: Tree; expected values of n: Nat, the types of"),
        ("types", [], "its types are none"),
        ("values", {"n": "9" * 1_000}, "expected a whole number, 0 or more, of less than 1,000 di"),
    ],
)
def test_edited_counterexamples(
    write: Callable[..., Path], run: Run, tmp_path: Path, key: str, value: object, said: str
) -> None:
    write(SMALL)
    assert run("refute", "claims.py::small")[0] == 1
    path = tmp_path / "claims.small.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {key: value}))
    code, out, err = run("replay", "claims.small.json")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert said in err


def test_a_counterexample_without_a_place(
    write: Callable[..., Path], run: Run, tmp_path: Path
) -> None:
    """It is found by its text."""
    write(SMALL.replace("return", "print('said')\n    return"))
    assert run("refute", "claims.py::small")[0] == 1
    path = tmp_path / "claims.small.json"
    saved = json.loads(path.read_text())
    del saved["place"]
    path.write_text(json.dumps(saved))
    code, out, err = run("replay", "claims.small.json", "--json")
    # What the claim prints is not part of the object.
    assert (code, json.loads(out)["verdict"], err) == (1, "refuted", "said\n")


def test_notes_of_the_same_name_are_not_lost(
    write: Callable[..., Path], run: Run, tmp_path: Path
) -> None:
    write(SMALL)
    (tmp_path / "claims.small.json").write_text("notes")
    code, out, err = run("refute", "claims.py::small")
    assert (code, out) == (2, "")
    assert "claims.small.json: it is no counterexample, and would be lost; expected no such" in err
    assert (tmp_path / "claims.small.json").read_text() == "notes"
    assert run("refute", "claims.py::small", "--no-save")[0] == 1


def test_a_counterexample_that_cannot_be_saved_is_told(
    write: Callable[..., Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise BadInput("cannot write it: No space left on device", where="claims.small.json")

    write(SMALL)
    monkeypatch.setattr(sys.modules["checks.claims.replay"], "write_whole", full)
    code, out, err = run("refute", "claims.py::small")
    assert code == 2
    assert "n = 3" in out and "Saved" not in out
    assert err == "jumpbound: claims.small.json: cannot write it: No space left on device\n"


def test_it_says_where_counterexamples_are(write: Callable[..., Path], run: Run) -> None:
    write(SMALL + SMALL.replace("small", "tiny"))
    _, out, _ = run("refute", "claims.py::small", "--json")
    assert json.loads(out)["saved"] == "claims.small.json"
    _, out, _ = run("refute", "claims.py::small", "--json", "--size", "2")
    assert json.loads(out)["saved"] is None
    _, out, _ = run("refute", "claims.py")
    assert out.endswith(
        "\nSaved: claims.small.json, claims.tiny.json; `jumpbound replay FILE` shows one step by "
        "step.\n"
    )


def test_a_claim_without_parameters_is_replayed(write: Callable[..., Path], run: Run) -> None:
    write("@claim\ndef never() -> bool:\n    return False\n")
    assert run("refute", "claims.py::never")[0] == 1
    _, out, _ = run("replay", "claims.never.json")
    assert "On" not in out.split()
    assert out.endswith("The claim is false here: refuted.\n")


# Beside the verdict


def test_a_verdict_that_is_not_what_was_expected(
    claimed: Callable[[str], tuple[Loaded, Claim]]
) -> None:
    def told(decorated: str, **options: Any) -> str:
        loaded, one = claimed(f"{decorated}\ndef small(n: Nat) -> bool:\n    return n < 3\n")
        return str(refute(one, loaded=loaded, **options))

    expected = '@claim("One.", expected="refuted", size=5)'
    assert "expected" not in told(expected, size=5)
    assert "expected: refuted, to size 5" in told(expected, size=2)
    assert "expected: exhausted" in told('@claim("One.", expected="exhausted")')
    assert "theorem: collapse (which proves something else, since the claim is false)" in told(
        '@claim("One.", theorem="collapse")'
    )


def test_a_vacuous_claim_counts_nothing(refuted: Callable[..., Outcome]) -> None:
    found = refuted("""
        @claim("Numbers below zero are even.")
        def negative(n: Nat) -> bool:
            assume(n < 0)
            return False
    """, size=3)
    assert str(found).splitlines()[2] == (
        "unknown: vacuous: the assumption holds of none of 4 instances"
    )


def test_a_cache_that_is_no_folder(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    loaded = load(write(SMALL))
    (tmp_path / "file").touch()
    monkeypatch.setenv("JUMPBOUND_CACHE", str(tmp_path / "file"))
    with pytest.raises(BadInput, match="JUMPBOUND_CACHE"):
        refute(loaded.claims["small"], loaded=loaded, size=2)
