"""Fits: against SciPy, on data whose law is known, and on data that can't tell."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from scipy import optimize, stats

from checks.efficiency.data_file import read_measured
from models.efficiency.fit import Measured, fit, log_compute, student_quantile
from models.errors import BadInput

KAPPA, RATE = 0.063, 1.2


def powers(seed: int, *, count: int = 12, noise: float = 0.01) -> Measured:
    drawn = np.random.default_rng(seed)
    compute = np.geomspace(1, 1e6, count)
    loss = 3 * compute**-KAPPA * np.exp(drawn.normal(0, noise, count))
    return Measured(tuple(loss.tolist()), tuple(compute.tolist()))


def timed(seed: int, *, count: int = 30, noise: float = 0.002, both: bool = False) -> Measured:
    drawn = np.random.default_rng(seed)
    years = np.linspace(0, 6, count)
    scatter = drawn.normal(0, noise, count)
    if both:
        compute = np.exp(drawn.normal(0, 1, count) + years / 3)
        places = np.log(compute) + RATE * math.log(2) * years
        loss = 3 * np.exp(-KAPPA * places + scatter)
        return Measured(tuple(loss.tolist()), tuple(compute.tolist()), tuple(years.tolist()))
    loss = 3 * np.exp(-KAPPA * log_compute(RATE, years) + scatter)
    return Measured(tuple(loss.tolist()), None, tuple(years.tolist()))


@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.9999])
@pytest.mark.parametrize("freedom", [1, 2, 7, 1000])
def test_quantiles_are_students(level: float, freedom: int) -> None:
    expected = stats.t.ppf((1 + level) / 2, freedom)
    assert student_quantile(level, freedom) == pytest.approx(expected, rel=1e-9)


def test_a_regression_is_scipys() -> None:
    data = powers(1)
    found = fit(data)
    assert found.kappa is not None
    assert found.kappa.low is not None
    line = stats.linregress(np.log(data.compute or ()), np.log(data.loss))
    half = stats.t.ppf(0.975, len(data.loss) - 2) * line.stderr
    assert found.kappa.value == pytest.approx(-line.slope, rel=1e-12)
    assert found.kappa.low == pytest.approx(-line.slope - half, rel=1e-9)
    assert found.scale == pytest.approx(line.intercept, rel=1e-12)
    fitted = np.log(np.array(found.fitted, dtype=float))
    assert np.allclose(fitted + np.array(found.residuals), np.log(data.loss))


def test_the_best_rate_is_scipys() -> None:
    data = timed(4)
    years, heights = np.array(data.years), np.log(data.loss)
    found = fit(data)
    assert found.kappa is not None
    assert found.gamma is not None
    numbers, covariance = optimize.curve_fit(
        lambda t, a, kappa, rate: a - kappa * log_compute(float(rate), t),
        years, heights, p0=(1.0, 0.1, 1.0),
    )
    assert found.kappa.value == pytest.approx(numbers[1], rel=1e-5)
    assert found.gamma.value == pytest.approx(numbers[2], rel=1e-5)
    # A profile is not symmetric, but of about the width of the linear approximation.
    half = stats.t.ppf(0.975, len(years) - 3) * math.sqrt(covariance[2, 2])
    assert found.gamma.low is not None
    assert found.gamma.high is not None
    assert found.gamma.high - found.gamma.low == pytest.approx(2 * half, rel=0.1)
    # At the ends of the interval the other two numbers at their best leave the allowed squares.
    least = float(np.sum(np.array(found.residuals) ** 2))
    most = least * (1 + stats.f.ppf(0.95, 1, len(years) - 3) / (len(years) - 3))
    for rate in (found.gamma.low, found.gamma.high):
        line = stats.linregress(log_compute(rate, years), heights)
        rest = heights - line.intercept - line.slope * log_compute(rate, years)
        assert float(rest @ rest) == pytest.approx(most, rel=1e-5)


def test_with_compute_and_time_it_is_linear() -> None:
    """log L = a - κ log C - κγ ln 2 t: least squares, and the interval of κ is Student's."""
    data = timed(5, both=True, noise=0.01)
    found = fit(data)
    assert found.kappa is not None
    assert found.gamma is not None
    columns = np.column_stack([
        np.ones(len(data.loss)), np.log(data.compute or ()), np.array(data.years),
    ])
    heights = np.log(data.loss)
    numbers, squares, *_ = np.linalg.lstsq(columns, heights, rcond=None)
    assert found.kappa.value == pytest.approx(-numbers[1], rel=1e-6)
    assert found.gamma.value == pytest.approx(numbers[2] / numbers[1] / math.log(2), rel=1e-6)
    freedom = len(heights) - 3
    error = math.sqrt(squares[0] / freedom * np.linalg.inv(columns.T @ columns)[1, 1])
    half = stats.t.ppf(0.975, freedom) * error
    assert found.kappa.low == pytest.approx(-numbers[1] - half, rel=1e-3)
    assert found.kappa.high == pytest.approx(-numbers[1] + half, rel=1e-3)


def covered(known: float, low: float | None, high: float | None) -> bool:
    assert low is not None
    return low <= known and (high is None or known <= high)


def test_intervals_hold_a_known_exponent_as_often_as_they_say() -> None:
    """Of 400 intervals at 90 percent, as many hold it as in all but 1 of 100,000 trials."""
    hits = 0
    for seed in range(400):
        kappa = fit(powers(seed), level=0.9).kappa
        assert kappa is not None
        hits += covered(KAPPA, kappa.low, kappa.high)
    low, high = stats.binom.ppf([1e-5 / 2, 1 - 1e-5 / 2], 400, 0.9)
    assert low <= hits <= high


@pytest.mark.parametrize("both", [False, True])
def test_intervals_hold_a_known_rate_as_often_as_they_say(both: bool) -> None:
    """With two more numbers a profile's level is approximate: of 100 at 90 percent, most hold."""
    kappas = rates = 0
    for seed in range(100):
        found = fit(timed(seed, both=both), level=0.9)
        assert found.kappa is not None
        assert found.gamma is not None
        kappas += covered(KAPPA, found.kappa.low, found.kappa.high)
        rates += covered(RATE, found.gamma.low, found.gamma.high)
    low = stats.binom.ppf(1e-5, 100, 0.9)
    assert min(kappas, rates) >= low
    assert max(kappas, rates) < 100


def test_points_on_a_law_give_it_back() -> None:
    found = fit(timed(0, noise=0.0))
    assert found.verdict == "fitted"
    assert found.kappa is not None
    assert found.gamma is not None
    assert found.kappa.value == pytest.approx(KAPPA, rel=1e-6)
    assert found.gamma.value == pytest.approx(RATE, rel=1e-6)
    law = fit(powers(0, noise=0.0))
    assert law.kappa is not None
    assert law.kappa.value == pytest.approx(KAPPA, rel=1e-12)


def said(found_reasons: tuple[str, ...], words: str) -> bool:
    return any(words in reason for reason in found_reasons)


def test_what_the_data_cannot_tell() -> None:
    few = fit(Measured((3.0, 2.0), (1.0, 2.0)))
    assert (few.verdict, few.kappa) == ("unknown", None)
    assert said(few.reasons, "too few points")
    same = fit(Measured((3.0, 2.0, 2.5), (4.0, 4.0, 4.0)))
    assert said(same.reasons, "the same compute")
    times = fit(Measured((3.0, 2.0, 2.5, 2.4), None, (0.0, 1.0, 1.0, 0.0)))
    assert said(times.reasons, "2 different times")
    drawn = np.random.default_rng(0)
    noise = fit(Measured(
        tuple(np.exp(drawn.normal(0, 1, 20)).tolist()), tuple(np.geomspace(1, 10, 20).tolist())
    ))
    assert noise.verdict == "unknown"
    assert said(noise.reasons, "κ can't be told from 0")
    rising = fit(Measured((1.0, 2.1, 3.9, 8.0), (1.0, 2.0, 4.0, 8.0)))
    assert rising.verdict == "unknown"
    assert said(rising.reasons, "the loss rises")


def test_rate_and_exponent_trade_off() -> None:
    """Late data are a line in t: only κγ can be told, the long-run pace of halving."""
    years = np.linspace(5, 12, 20)
    drawn = np.random.default_rng(2)
    loss = np.exp(-KAPPA * log_compute(2.0, years) + drawn.normal(0, 0.01, 20))
    found = fit(Measured(tuple(loss.tolist()), None, tuple(years.tolist())))
    assert found.gamma is not None
    assert found.gamma.high is None
    assert said(found.reasons, "γ has no upper bound")
    noisy = fit(timed(1, noise=0.2, count=8))
    assert noisy.verdict == "unknown"


def test_extreme_data_overflow_nowhere() -> None:
    with np.errstate(all="raise", under="ignore"):
        for data in (
            Measured((1e300, 1.0, 1e-300, 2.0, 1.0), (1e300, 1e-300, 1.0, 1.0, 5.0)),
            Measured((1e300, 1.0, 1e-300, 2.0, 1.0), None, (0.0, 1e-300, 1e-9, 1.0, 1e4)),
            Measured((1.0, 1.0, 1.0, 1.0, 1.0), None, (0.0, 1.0, 2.0, 3.0, 1e4)),
            Measured((1.0, 1.0, 1.0, 1.0), (1.0, 2.0, 3.0, 4.0), (0.0, 0.0, 0.0, 0.0)),
        ):
            found = fit(data)
            for estimate in (found.kappa, found.gamma):
                for end in (estimate.value, estimate.low, estimate.high) if estimate else ():
                    assert end is None or math.isfinite(end)


def test_log_compute() -> None:
    years = np.array([0.0, 1e-9, 1.0, 50.0, 1e4])
    assert log_compute(0.0, years) == pytest.approx(np.log1p(years))
    assert log_compute(1e-12, years) == pytest.approx(np.log1p(years), rel=1e-6)
    plain = np.log(1 + (2 ** (2 * years[:4]) - 1) / (2 * math.log(2)))
    assert log_compute(2.0, years)[:4] == pytest.approx(plain, rel=1e-6, abs=1e-12)
    assert log_compute(2.0, years)[4] == pytest.approx(
        2e4 * math.log(2) - math.log(2 * math.log(2)), rel=1e-12
    )


def test_bad_levels_and_columns() -> None:
    with pytest.raises(BadInput, match="level"):
        fit(powers(0), level=1.0)
    with pytest.raises(BadInput, match="neither"):
        Measured((1.0,))
    with pytest.raises(BadInput, match="2 of compute"):
        Measured((1.0,), (1.0, 2.0))
    for bad in (0.0, -1.0, math.inf, math.nan):
        with pytest.raises(BadInput, match="loss"):
            Measured((bad,), (1.0,))
    with pytest.raises(BadInput, match="years"):
        Measured((1.0,), None, (-1.0,))


def data(folder: Path, text: str) -> Path:
    path = folder / "d.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_files(tmp_path: Path) -> None:
    found = read_measured(data(tmp_path, "\ufeffloss, compute\r\n3,1e3\r\n\r\n2.5, 5/2\r\n"))
    assert found == Measured((3.0, 2.5), (1000.0, 2.5))
    found = read_measured(data(tmp_path, 'years,loss,"compute"\n0,1,2\n1,"0.5",3\n'))
    assert found == Measured((1.0, 0.5), (2.0, 3.0), (0.0, 1.0))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ["no rows"]),
        ("\n\n", ["no rows"]),
        ("loss,compute\n", ["no rows of numbers"]),
        ("loss\n1\n", ["line 1", "no compute and no years"]),
        ("compute,years\n1,1\n", ["line 1", "no loss"]),
        ("loss,year\n1,1\n", ["line 1", "unknown column 'year'"]),
        ("loss,loss,compute\n1,1,1\n", ["line 1", "twice"]),
        ("loss,compute\n1,1\n1\n", ["line 3", "1 cells"]),
        ("loss,compute\n1,1\n\n1,2,3\n", ["line 4", "3 cells"]),
        ("loss,compute\n1,nan\n", ["line 2", "compute", "not a number"]),
        ("loss,compute\ninf,1\n", ["line 2", "loss", "not a number"]),
        ("loss,compute\n1,1e999\n", ["line 2", "too l"]),
        ("loss,compute\n1,\n", ["line 2", "no number"]),
        ("loss,compute\n0,1\n", ["line 2", "1e-300"]),
        ("loss,compute\n1,-1\n", ["line 2", "1e-300"]),
        ("loss,years\n1,-1\n", ["line 2", "0 to 10000"]),
        ("loss,years\n1,10001\n", ["line 2", "0 to 10000"]),
        ('loss,compute\n1,"2\n', ["line 2"]),
        ('loss,compute\n1,"2"x\n', ["line 2"]),
        ("loss;compute\n1;2\n", ["line 1", "unknown column"]),
    ],
)
def test_files_that_are_refused(tmp_path: Path, text: str, parts: list[str]) -> None:
    with pytest.raises(BadInput) as caught:
        read_measured(data(tmp_path, text))
    assert "d.csv" in str(caught.value)
    assert all(part in str(caught.value) for part in parts), str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(BadInput, match="cannot read"):
            read_measured(path)
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"loss,compute\n1,\xff\n")
    with pytest.raises(BadInput, match="line 2: no UTF-8"):
        read_measured(bad)
