"""Whatever ``jumpbound loss`` accepts has an answer: two ends in order, and no NaN, no overflow."""

from __future__ import annotations

import io
import json
import re
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import mpmath
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks import cli

WHOLE = st.integers(1, 10**6)
EXPONENT = st.integers(-390, 390)
POSITIVE = st.one_of(
    st.builds("{}/{}".format, WHOLE, WHOLE),
    st.builds("{}e{}".format, WHOLE, EXPONENT),
    st.sampled_from(["1", "0.063", "1e-30", "1e-300", "1e300", "3"]),
)
ZERO_OR_MORE = st.one_of(st.just("0"), POSITIVE)
INSIDE = st.one_of(
    st.integers(2, 10**9).flatmap(
        lambda below: st.integers(1, below - 1).map(lambda above: f"{above}/{below}")
    ),
    st.builds("1e-{}".format, st.integers(1, 399)),
    st.integers(1, 399).map(lambda places: "0." + "9" * places),
)
ANY_TEXT = st.one_of(
    POSITIVE, INSIDE, st.sampled_from(["nan", "inf", "-1", "", "1e999", "0", "1/0", "٣", "x"]),
    st.text(max_size=8).filter(lambda text: "\0" not in text and text.isprintable()),
)


def several(option: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(values, min_size=1, max_size=3).map(
        lambda texts: [f"{option}={text}" for text in texts]
    )


ALL = ("years", "compute", "loss")
QUESTIONS = st.one_of(
    st.tuples(several("--gamma", ZERO_OR_MORE), several("--years", ZERO_OR_MORE)),
    st.tuples(several("--gamma", ZERO_OR_MORE), several("--target", INSIDE)),
    st.tuples(
        several("--target", INSIDE), st.builds("--by={}".format, POSITIVE).map(lambda by: [by]),
        several("--gamma", ZERO_OR_MORE),
    ),
    st.tuples(
        several("--ratio", INSIDE), several("--gamma", ZERO_OR_MORE),
        several("--years", ZERO_OR_MORE),
    ),
    st.tuples(several("--gamma", ZERO_OR_MORE)),
)


def said(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = 0
        try:
            cli.app(list(arguments), standalone_mode=False)
        except cli.BadInput:
            code = 2
    return code, out.getvalue(), err.getvalue()


def size(text: str) -> mpmath.mpf:
    """The logarithm of an end, to compare ends of any size."""
    power = re.fullmatch(r"10\^\((.*)\)", text)
    if power:
        return mpmath.mpf(power[1])
    number = mpmath.mpf(text)
    return mpmath.log10(number) if number else -mpmath.inf


@given(POSITIVE, QUESTIONS, st.integers(1, 30))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_accepted_has_an_answer(
    kappa: str, question: tuple[list[str], ...], digits: int
) -> None:
    arguments = [
        "loss", f"--kappa={kappa}", *(each for part in question for each in part),
        f"--digits={digits}", "--json",
    ]
    code, out, err = said(*arguments)
    assert (code, err) == (0, ""), arguments
    ends = 0
    with mpmath.workdps(60):
        for row in json.loads(out)["rows"]:
            for key, value in row.items():
                if not isinstance(value, list):
                    continue
                low, high = value
                ends += 1
                assert not {"nan", "inf"} & set(re.findall("[a-z]+", f"{low} {high}".lower())), key
                assert size(low) <= size(high), (key, value)
                if key in ("relative_loss", "reduction"):
                    assert size(high) <= 0, value  # at most 1
                if "10^" not in low and low != high:
                    relative = (mpmath.mpf(high) - mpmath.mpf(low)) / mpmath.mpf(high)
                    assert relative <= mpmath.mpf(10) ** (2 - digits), (key, value)
    assert ends


@given(st.lists(st.tuples(
    st.sampled_from(["--kappa", "--gamma", "--years", "--target", "--by", "--ratio", "--level"]),
    ANY_TEXT,
), max_size=5))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_is_answered_or_refused(options: list[tuple[str, str]]) -> None:
    code, out, err = said("loss", *(f"{name}={text}" for name, text in options))
    assert code in (0, 2)
    assert ("nan" in out.lower(), "inf]" in out, err) == (False, False, "")
    assert (out == "") == (code == 2)


@given(st.lists(
    st.tuples(
        st.floats(0, 1e4), st.floats(1e-290, 1e290), st.floats(1e-290, 1e290),
    ), min_size=1, max_size=12,
), st.sets(st.sampled_from(["years", "compute"]), min_size=1))
@settings(max_examples=60, deadline=None)
def test_fits_overflow_nowhere(
    tmp_path_factory: object, rows: list[tuple[float, float, float]], columns: set[str]
) -> None:
    file = Path(tmp_path_factory.mktemp("fit")) / "d.csv"  # type: ignore[attr-defined]
    names = [*sorted(columns), "loss"]
    lines = [
        ",".join(repr(dict(zip(ALL, row, strict=True))[name]) for name in names) for row in rows
    ]
    file.write_text("\n".join([",".join(names), *lines]) + "\n", encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            cli.app(["loss", "--fit", str(file), "--json"], standalone_mode=False)
        except cli.BadInput as error:
            # Decimals of doubles may be longer than what is read as a number.
            assert "too l" in str(error)
            return
    assert "NaN" not in out.getvalue()
    assert "Infinity" not in out.getvalue()
    assert json.loads(out.getvalue())["verdict"] in ("fitted", "unknown")
