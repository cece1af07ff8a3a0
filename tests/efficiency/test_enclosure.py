"""Enclosures hold the numbers that mpmath computes with many more digits, at every size."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction as F

import mpmath
import pytest
from flint import arb

from models.efficiency import laws
from models.efficiency.enclosure import (
    Enclosure,
    End,
    TenTo,
    at,
    check_digits,
    enclose,
    equal_power,
    near,
    ordered,
    rounded,
)
from models.errors import BadInput, Undecided


def value(end: End) -> F:
    assert isinstance(end, Decimal)
    return F(end)


def holds(found: Enclosure, number: F) -> bool:
    return value(found.low) <= number <= value(found.high)


def width(found: Enclosure) -> F:
    """Units of the last digit: the ends, as whole numbers of them."""
    low, high = value(found.low), value(found.high)
    return (high - low) / high


@pytest.mark.parametrize("digits", [1, 2, 6, 17, 50])
def test_fractions_are_exact_or_enclosed(digits: int) -> None:
    for number in (F(1, 4), F(1), F(999999), F(1, 3), F(2, 3) * 10**40, F(1, 7**50), F(10**25 + 1)):
        found = at(number, digits)
        assert holds(found, number)
        assert width(found) <= F(10) / 10**digits
        if found.exact:
            assert value(found.low) == number


def test_texts() -> None:
    assert at(F(1, 4), 6).text() == "0.25"
    assert at(F(1, 3), 4).text() == "[0.3333, 0.3334]"
    assert at(F(10**30), 4).text() == "1e30"
    assert at(F(1, 3 * 10**30), 4).text() == "[3.333e-31, 3.334e-31]"
    assert at(F(0), 4).text() == "0"
    assert at(F(123456789), 3).texts() == ("123000000", "124000000")
    assert Enclosure(TenTo(Decimal("1.5E+9")), TenTo(Decimal("-1.6E+9")), 0.0).texts() == (
        "10^(1500000000)", "10^(-1600000000)",
    )


def test_rational_values_are_exact() -> None:
    # (1+3)^(-1/2) = 1/2; 2^(2·3) = 64; nothing has happened at time 0.
    assert enclose(laws.relative_loss, F(1, 2), F(0), F(3), digits=5).text() == "0.5"
    assert enclose(laws.efficiency, F(2), F(3), digits=5).text() == "64"
    assert enclose(laws.relative_loss, F(1, 20), F(7, 3), F(0), digits=5).text() == "1"
    assert enclose(laws.doublings, F(1, 100), F(1, 2), digits=5).text() == "100"


def test_a_loss_is_not_above_one() -> None:
    tiny = F(1, 10**299)
    loss = enclose(laws.relative_loss, tiny, tiny, tiny, digits=6, most=1)
    assert loss.texts() == ("0.99999", "1")


@pytest.mark.parametrize("digits", [3, 12, 40])
def test_enclosures_hold_what_mpmath_computes(digits: int) -> None:
    drawn = random.Random(digits)

    def number(low: int, high: int) -> F:
        return F(drawn.randrange(1, 10**9), 10**9) * F(10) ** drawn.randrange(low, high)

    with mpmath.workdps(1000):
        two = mpmath.log(2)
        for _ in range(60):
            kappa, rate, time = number(-3, 3), number(-320, 2), number(-3, 3)
            rate = drawn.choice([F(0), rate, F(1, 10**30), rate.limit_denominator(50)])
            target = F(drawn.randrange(1, 10**6), 10**6)
            k, g, t, r = (mpmath.mpf(n.numerator) / n.denominator
                          for n in (kappa, rate, time, target))
            gathered = mpmath.expm1(g * t * two) / (g * two) if g else t
            multiple = mpmath.power(r, -1 / k)
            wanted = {
                laws.gathered: ((rate, time), gathered),
                laws.relative_loss: ((kappa, rate, time), (1 + gathered) ** -k),
                laws.time_to_target: (
                    (kappa, rate, target),
                    mpmath.log1p(g * two * (multiple - 1)) / (g * two) if g else multiple - 1,
                ),
                laws.fleet_multiple: ((kappa, rate, target, time), (multiple - 1) / gathered),
                laws.doublings: ((kappa, target), mpmath.log(1 / r) / two / k),
                laws.burden: (
                    (kappa, rate, target, time), multiple * mpmath.power(2, -g * t)
                ),
            }
            for equation, (arguments, expected) in wanted.items():
                found = enclose(equation, *arguments, digits=digits)
                assert between(found, expected), (equation, arguments, found.text())


def between(found: Enclosure, expected: mpmath.mpf) -> bool:
    """Whether a number lies in it, but for what cancels of mpmath's digits."""
    slack = mpmath.mpf(10) ** -650

    def end(side: End) -> mpmath.mpf:
        if isinstance(side, TenTo):
            return mpmath.power(10, mpmath.mpf(str(side.exponent)))
        return mpmath.mpf(str(side))

    low, high = end(found.low), end(found.high)
    return bool(low * (1 - slack) <= expected <= high * (1 + slack))


def test_the_limit_without_gains_is_between_its_bounds() -> None:
    """t <= I_γ(t) <= t/(1 - γ t ln 2), where cancellation eats all digits of a double."""
    for exponent in (30, 100, 299):
        rate, time = F(1, 10**exponent), F(7, 3)
        found = enclose(laws.gathered, rate, time, digits=2 * exponent)
        upper = time / (1 - rate * time * F(6931472, 10**7))
        assert time <= value(found.high)
        assert value(found.low) <= upper
        assert value(found.low) > time  # so many digits tell that there are gains


@pytest.mark.parametrize(
    ("equation", "arguments"),
    [
        (laws.relative_loss, (F(10**299), F(10**299), F(10**299))),
        (laws.relative_loss, (F(1, 10**299), F(10**299), F(10**299))),
        (laws.relative_loss, (F(10**299), F(1, 10**299), F(1, 10**299))),
        (laws.time_to_target, (F(1, 10**299), F(0), F(1, 10**299))),
        (laws.time_to_target, (F(1, 10**299), F(10**299), 1 - F(1, 10**299))),
        (laws.time_to_target, (F(10**299), F(1, 10**299), 1 - F(1, 10**299))),
        (laws.burden, (F(1, 10**299), F(10**299), F(1, 2), F(10**299))),
        (laws.fleet_multiple, (F(1, 10**299), F(10**299), F(1, 2), F(10**299))),
    ],
)
def test_numbers_at_the_ends_of_what_is_accepted(
    equation: object, arguments: tuple[F, ...]
) -> None:
    found = enclose(equation, *arguments, digits=10)  # type: ignore[arg-type]
    low, high = found.texts()
    assert "nan" not in low + high
    assert "inf" not in low + high


def test_sizes_beyond_numbers_are_powers_of_ten() -> None:
    # 2^(10^9) has 301,029,996 digits.
    found = enclose(laws.compute_multiple, F(1, 10**9), F(1, 2), digits=12)
    assert found.texts() == ("10^(301029995.663)", "10^(301029995.664)")
    assert found.near == float("inf")
    inverse = enclose(laws.power_law, F(1), F(10**9), F(2), digits=12)
    assert inverse.texts() == ("10^(-301029995.664)", "10^(-301029995.663)")
    assert inverse.near == 0.0


def test_a_radius_with_too_many_digits_is_widened() -> None:
    found = rounded(arb(1, arb(2) ** -(10**12)), 6)
    assert found.texts() == ("0.99999", "1.00001")
    assert rounded(arb(1), 6).texts() == ("1", "1")


def test_near() -> None:
    assert near(laws.relative_loss, F(1, 20), F(0), F(5)) == pytest.approx(6**-0.05, rel=1e-12)


def test_ordered_and_equal_powers() -> None:
    assert ordered(lambda: arb(2).sqrt(), lambda: arb(3).sqrt()) == -1
    assert ordered(lambda: arb(2).sqrt(), lambda: arb(1)) == 1
    with pytest.raises(Undecided):
        ordered(lambda: arb(2).sqrt() ** 2, lambda: arb(2), bits=1024)
    assert equal_power(F(4, 9), F(-3, 2), F(27, 8))
    assert not equal_power(F(4, 9), F(-3, 2), F(27, 7))
    assert not equal_power(F(2), F(1, 2), F(3, 2))
    assert not equal_power(F(2), F(10**300), F(4))
    assert not equal_power(F(2), F(1, 10**300), F(4))
    assert equal_power(F(1), F(10**300, 7), F(1))
    assert equal_power(F(5), F(0), F(1))


def test_digits() -> None:
    for digits in (0, -1, 1001, True):
        with pytest.raises(BadInput, match="digits"):
            check_digits(digits)
    assert rounded(arb(0), 5).text() == "0"
