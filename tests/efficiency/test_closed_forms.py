"""Numbers with exponentials and logarithms: exact where they say so, and else decided by balls."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F
from math import exp, isclose, log
from typing import Any

import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.exhaust import exhaust
from checks.witness import described
from models.amdahl.number import Real, closed_form
from models.amdahl.number import sign as sign_of
from models.efficiency.number import Closed, ceiling, exp_of, log_of, sign
from models.errors import Undecided, Undefined
from proofs.amdahl.real import reals
from proofs.efficiency import laws
from proofs.efficiency.exponential import exponential, logarithm
from proofs.kernel.evaluate import NoValue, Unevaluated, compiled
from proofs.kernel.tactics import forall
from proofs.kernel.terms import equal

RATIONALS = st.fractions(-20, 20, max_denominator=12)
POSITIVE = st.fractions(F(1, 12), 20, max_denominator=12)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (lambda: exp_of(F(0)), F(1)),
        (lambda: log_of(F(1)), F(0)),
        (lambda: exp_of(log_of(F(3))), F(3)),
        (lambda: exp_of(2 * log_of(F(3, 4))), F(9, 16)),
        (lambda: exp_of(log_of(F(8)) / 3), F(2)),
        (lambda: exp_of(log_of(F(2)) / 2) * exp_of(log_of(F(8)) / 2), F(4)),
        (lambda: log_of(exp_of(F(5, 7))), F(5, 7)),
        (lambda: log_of(F(8)) / log_of(F(2)), F(3)),
        (lambda: log_of(F(6)) - log_of(F(2)) - log_of(F(3)), F(0)),
        (lambda: exp_of(F(1)) * exp_of(F(-1)), F(1)),
        (lambda: (1 + log_of(F(2))) / (2 + 2 * log_of(F(2))), F(1, 2)),
        (lambda: exp_of(log_of(1 + log_of(F(2)))) - log_of(F(2)), F(1)),
        (lambda: exp_of(log_of(1 + log_of(F(2))) / 2), None),
        (lambda: log_of(F(2)) * log_of(F(3)), None),
    ],
)
def test_what_is_rational_is_seen(value: Callable[[], Real], wanted: F | None) -> None:
    found = value()
    if wanted is None:
        assert isinstance(found, Closed)
    else:
        assert isinstance(found, F) and found == wanted


def test_a_root_of_a_sum_is_one() -> None:
    total: Any = 1 + log_of(F(2))
    root: Any = exp_of(log_of(total) / 2)
    assert root * root == total
    assert root * root * root == total * root
    assert log_of(root) + log_of(1 / root) == 0
    assert exp_of(log_of(1 / total) * 3) * total == 1 / (total * total)


@given(x=POSITIVE, y=POSITIVE, a=RATIONALS, b=RATIONALS)
@settings(max_examples=60, deadline=None)
def test_arithmetic_is_that_of_floating_point(x: F, y: F, a: F, b: F) -> None:
    form: Any = (log_of(x) + a) * exp_of(b / 10) / exp_of(log_of(y) * b / 20) - 3
    near = (log(x) + a) * exp(b / 10) / y ** float(b / 20) - 3
    found = float(form)
    assert isclose(found, near, rel_tol=1e-9, abs_tol=1e-9)
    if abs(near) > 1e-6:
        assert sign(form) == (near > 0) - (near < 0)


@given(x=POSITIVE, y=POSITIVE, a=RATIONALS)
@settings(max_examples=60, deadline=None)
def test_laws_of_powers(x: F, y: F, a: F) -> None:
    def power(base: Any, exponent: F) -> Any:
        return exp_of(exponent * log_of(base))

    assert power(x * y, a) == power(x, a) * power(y, a)
    assert power(x, a) * power(x, -a) == 1
    assert log_of(power(x, a)) == a * log_of(x)
    assert power(power(x, a), F(2, 3)) == power(x, a * 2 / 3)


def test_comparisons() -> None:
    two: Any = log_of(F(2))
    assert F(693147, 10**6) < two < F(693148, 10**6)
    assert two >= two and not two > two
    assert two != F(7, 10) and -two < 0 < two
    assert two == log_of(F(4)) / 2
    assert hash(two) == hash(log_of(F(4)) / 2)
    assert closed_form(two) and sign_of(two) == 1 and not closed_form(F(1))
    tiny = exp_of(F(1, 10**200)) - 1
    assert sign(tiny) == 1 and sign(tiny - F(1, 10**200)) == 1


def test_what_is_not_decided_is_said() -> None:
    # log(x²) - 2 log(x) is 0, which is not seen where x is a sum, multiplied out.
    total: Any = 1 + log_of(F(2))
    hidden: Any = log_of(total * total) - 2 * log_of(total)
    with pytest.raises(Undecided, match="2048 bits don't tell the sign of "):
        sign(hidden)
    with pytest.raises(Undecided):
        assert hidden == 0
    with pytest.raises(Undecided):
        total / hidden


def test_where_there_is_no_value() -> None:
    two: Any = log_of(F(2))
    for value in (F(0), F(-1), -two):
        with pytest.raises(Undefined, match="logarithm"):
            log_of(value)
    with pytest.raises(ZeroDivisionError):
        two / (two - two)
    with pytest.raises(ZeroDivisionError):
        two / 0
    for other in ("1", 1.5, None):
        with pytest.raises(TypeError):
            two + other


def test_ceilings() -> None:
    two: Any = log_of(F(2))
    assert (ceiling(F(7, 3)), ceiling(F(-7, 3)), ceiling(F(3))) == (3, -2, 3)
    assert (ceiling(two), ceiling(-two), ceiling(100 * two)) == (1, 0, 70)


def test_balls() -> None:
    with ctx.workprec(100):
        third, two = arb(1) / 3, log_of(F(2))
        assert exp_of(log_of(third)).overlaps(third)
        for found in (two + third, third + two, two - third, third - two, two * third,
                      third / two, two / third):
            assert isinstance(found, arb) and found.rad() < 1e-25
        assert (third / two * two).overlaps(third)


def test_text() -> None:
    two: Any = log_of(F(2))
    assert str(two) == "log(2)"
    assert str(1 - two / 2) == "1 - 1/2*log(2)"
    assert str(1 / (1 + two)) == "(1)/(1 + log(2))"
    assert str(exp_of(F(3, 2))) == "e^(3/2)"
    assert str(exp_of(log_of(F(2)) / 2)) == "2^(1/2)"
    assert str(exp_of(two * two)) == "exp(log(2)^2)"
    assert str(exp_of(log_of(1 + two) / 2)) == "(1 + log(2))^(1/2)"


def test_statements_are_run_on_them() -> None:
    """What is not decided leaves a formula without a value, and an instance skipped."""
    x, y = reals("xy")
    two: Any = log_of(F(2))
    total = 1 + two
    hidden = [log_of(total * total), 2 * log_of(total)]
    assert compiled(x < y)({"x": two, "y": F(7, 10)}) is True
    assert compiled(equal(x + x, y))({"x": two, "y": log_of(F(4))}) is True
    assert compiled(exponential().function(x) > y)({"x": two, "y": 2}) is False
    with pytest.raises(Unevaluated, match="don't tell"):
        compiled(equal(x, y))(dict(zip("xy", hidden, strict=True)))
    with pytest.raises(Unevaluated, match="don't tell"):
        compiled(laws.gathered().function(x, y))({"x": hidden[0] - hidden[1], "y": 1})
    with pytest.raises(NoValue, match="division"):
        compiled(1 / x)({"x": two - two})
    with pytest.raises(NoValue, match="logarithm"):
        compiled(logarithm().function(x))({"x": F(-1)})
    result = exhaust(
        "some", forall(x, y, then=equal(x, y)),
        [{"x": two, "y": two}, dict(zip("xy", hidden, strict=True))], bound="two",
    )
    assert (result.verdict, result.instances, result.skipped) == ("exhausted", 1, 1)


def test_they_are_shown_with_their_decimals() -> None:
    two: Any = log_of(F(2))
    assert described(two) == "log(2) ≈ 0.693147"
    long = sum((log_of(1 + two + n) for n in range(9)), F(0))
    assert described(long) == f"about {float(long):.6g}"
