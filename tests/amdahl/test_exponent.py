"""Powers are exact, and the threshold with an exponent is that of an independent minimum."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from models.amdahl import objective
from models.amdahl.exponent import (
    exponent_allocation,
    exponent_threshold,
    exponent_time,
    power,
)
from models.amdahl.number import compare, exact_text, float_value, square_root
from models.errors import Undefined
from proofs.amdahl import exponent as proved
from proofs.kernel.evaluate import compiled
from proofs.kernel.terms import REAL, constant

RATIOS = st.fractions(F(9, 8), F(30), max_denominator=8)
EXPONENTS = st.sampled_from([F(1, 3), F(1, 2), F(1), F(3, 2), F(2), F(3)])


@pytest.mark.parametrize(
    ("base", "exponent", "value"),
    [
        (F(2, 3), F(0), "1"),
        (F(2, 3), F(3), "8/27"),
        (F(2, 3), F(-2), "9/4"),
        (F(4, 9), F(1, 2), "2/3"),
        (F(8, 27), F(2, 3), "4/9"),
        (F(1, 2), F(1, 2), "sqrt(2)/2"),
        (F(1), F(7, 5), "1"),
    ],
)
def test_powers_worked_by_hand(base: F, exponent: F, value: str) -> None:
    assert exact_text(power(base, exponent)) == value


@pytest.mark.parametrize(
    ("base", "exponent", "message"),
    [
        (F(0), F(1, 2), "a power of 0; expected a base greater than 0"),
        (F(-1), F(2), "a power of -1; expected a base greater than 0"),
        (F(1, 2), square_root(F(2)), "the exponent sqrt\\(2\\); expected a rational exponent"),
    ],
)
def test_powers_that_have_no_exact_value(base: F, exponent: F, message: str) -> None:
    with pytest.raises(Undefined, match=message):
        power(base, exponent)


@settings(max_examples=60, deadline=None)
@given(base=st.fractions(F(1, 20), F(1), max_denominator=20), exponent=EXPONENTS)
def test_the_powers_have_the_properties_that_the_axiom_names(base: F, exponent: F) -> None:
    b, a = constant("b", REAL), constant("a", REAL)
    law = compiled(proved.power()(b, a).term)
    assert law({"b": base, "a": exponent})


def test_time_by_hand() -> None:
    assert exponent_time(F(3), F(1, 2), F(2), F(1, 2)) == F(1, 4) + F(2)
    assert exponent_threshold(F(3), F(2)) == F(1, 2)
    assert exponent_allocation(F(3), F(1, 4), F(2)) == F(1, 8)
    assert exponent_threshold(F(4), F(1)) == objective.threshold(F(4))


@settings(max_examples=25, deadline=None)
@given(ratio=RATIOS, exponent=EXPONENTS, share=st.fractions(F(1, 4), F(7, 4), max_denominator=4))
def test_an_independent_minimum_leaves_0_at_the_threshold(
    ratio: F, exponent: F, share: F
) -> None:
    scalable = min(exponent_threshold(ratio, exponent) * share, F(1))
    r, s, a = float(ratio), float(scalable), float(exponent)
    found = minimize_scalar(
        lambda x: (1 - s) / (1 + (r - 1) * x) + s / (1 - x) ** a, bounds=(0, 0.999),
        method="bounded", options={"xatol": 1e-12},
    )
    if share < 1:
        place = exponent_allocation(ratio, scalable, exponent)
        assert 0 < place < 1
        assert compare(exponent_time(ratio, scalable, exponent, place), F(1)) < 0
        assert found.fun <= float_value(exponent_time(ratio, scalable, exponent, place)) + 1e-12
    else:
        assert found.fun == pytest.approx(1)
