"""Losses, targets, deadlines and burdens: values by hand, and that times and losses invert."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction as F
from time import process_time

import mpmath
import pytest
from flint import ctx

from models.amdahl.enclosure import ball, spanning
from models.efficiency import laws
from models.efficiency.enclosure import Enclosure, narrowed
from models.efficiency.loss import (
    burden_at,
    check_kappa,
    check_rate,
    check_target,
    check_years,
    cost,
    fleet,
    loss_at,
    need,
    pace,
    pace_note,
    rate_needed,
    reach,
)
from models.errors import BadInput


def ends(found: Enclosure) -> tuple[F, F]:
    assert isinstance(found.low, Decimal)
    assert isinstance(found.high, Decimal)
    return F(found.low), F(found.high)


def middle(found: Enclosure) -> float:
    low, high = ends(found)
    return float((low + high) / 2)


def test_times_and_losses_invert() -> None:
    """10,000 times: the loss at the enclosed time is enclosed by what the target was."""
    drawn = random.Random(8)
    digits, begun = 12, process_time()
    for count in range(10_000):
        kappa = F(drawn.randrange(1, 2000), 1000)
        rate = drawn.choice([
            F(0), F(1, 10**30), F(drawn.randrange(1, 5000), 1000),
            F(drawn.randrange(1, 1000), 10 ** drawn.randrange(3, 40)),
        ])
        target = F(drawn.randrange(1, 10**6), 10**6)
        time = narrowed(
            lambda k=kappa, g=rate, r=target: laws.time_to_target(ball(k), ball(g), ball(r)),
            digits,
        )
        low, high = ends(time)
        assert 0 < low <= high, (kappa, rate, target)
        assert (high - low) / high <= F(10) / 10**digits
        with ctx.workprec(320):  # what cancels at γ = 1e-40 costs 130 bits
            loss = laws.relative_loss(ball(kappa), ball(rate), spanning(low, high))
            assert loss.contains(ball(target)), (count, kappa, rate, target)
        # Not only contained: dR/R = -κ dI/(1+I), which is at most a few dozen times dt/t.
        assert loss.rad() < 1e-10 * float(target), (kappa, rate, target)
    assert process_time() - begun < 60


def test_values_by_hand() -> None:
    # γ = 1, 3 years: (8-1)/ln 2 years' compute.
    found = loss_at(F(1, 20), F(1), F(3), digits=12)
    compute = 1 + 7 / mpmath.log(2)
    assert middle(found.compute) == pytest.approx(float(compute), rel=1e-11)
    assert middle(found.relative_loss) == pytest.approx(float(compute**-0.05), rel=1e-11)
    assert middle(found.reduction) == pytest.approx(float(1 - compute**-0.05), rel=1e-11)
    assert found.efficiency.text() == "8"
    # Half the loss at κ = 1/10 takes 2^10 times the compute: 10 doublings, 1023 years.
    half = reach(F(1, 10), F(0), F(1, 2), digits=8)
    found_texts = (half.multiple.text(), half.doublings.text(), half.years.text())
    assert found_texts == ("1024", "10", "1023")
    assert half.halving_years is None
    assert reach(F(1, 10), F(2), F(1, 2), digits=8).halving_years == reach(
        F(1, 5), F(1), F(1, 2), digits=8
    ).halving_years
    # Twice the compute is a doubling: after a year with one a year the burden is what it was.
    later = burden_at(F(1), F(1), F(1, 2), F(1), digits=8)
    assert (later.burden.text(), later.doublings.text()) == ("1", "1")
    assert later.level_years is not None
    assert later.level_years.text() == "1"
    assert burden_at(F(1), F(0), F(1, 2), F(9), digits=8).level_years is None
    assert fleet(F(1), F(0), F(1, 4), F(6), digits=8).fleet.text() == "0.5"
    percent = cost(F(1, 2), [F(0)], F(1, 2), digits=8)
    assert (percent.multiple.text(), percent.years[0].text()) == ("4", "3")


def test_improvements_too_small_for_a_loss_are_shown() -> None:
    found = loss_at(F(1, 10**50), F(0), F(1), digits=6)
    assert found.relative_loss.texts() == ("0.99999", "1")
    low, high = ends(found.reduction)
    assert low <= F(693147180559945, 10**65) <= high


def test_the_rate_that_is_needed() -> None:
    # R_γ(10) = 1/2 at κ = 0.063: mpmath finds the root.
    wanted = mpmath.findroot(
        lambda g: (2 ** (10 * g) - 1) / (g * mpmath.log(2)) - (2 ** (1 / mpmath.mpf("0.063")) - 1),
        1.6,
    )
    assert middle(rate_needed(F(63, 1000), F(1, 2), F(10), digits=14)) == pytest.approx(
        float(wanted), rel=1e-13
    )
    assert need(F(63, 1000), F(1, 2), F(10), digits=6).without_gains.text() == "[60013.1, 60013.2]"


@pytest.mark.parametrize("by", [F(3), F(4), F(10**290)])
def test_no_rate_is_needed_without_gains(by: F) -> None:
    # 2^2 - 1 = 3 years without gains; exactly 3 is decided, too.
    assert rate_needed(F(1, 2), F(1, 2), by, digits=8).text() == "0"


def test_rates_invert_at_all_sizes() -> None:
    drawn = random.Random(3)
    tested = 0
    for _ in range(300):
        kappa = F(drawn.randrange(1, 1000), 10 ** drawn.randrange(0, 6))
        by = F(drawn.randrange(1, 1000), 10 ** drawn.randrange(0, 300))
        target = F(drawn.randrange(1, 10**6), 10**6)
        found = rate_needed(kappa, target, by, digits=9)
        if found.text() == "0":
            time = laws.time_to_target(ball(kappa), ball(F(0)), ball(target))
            assert not time > ball(by)
            continue
        low, high = ends(found)
        assert (high - low) / high <= F(10) / 10**9
        # By monotonicity: too slow at the low end, fast enough at the high one.
        below, above = (
            narrowed(
                lambda k=kappa, g=rate, t=by: 1 - laws.relative_loss(ball(k), ball(g), ball(t)), 30
            )
            for rate in (low, high)
        )
        wanted = 1 - target
        assert below.texts() == above.texts() or (
            float(below.near) <= float(wanted) * (1 + 1e-12)
            and float(above.near) >= float(wanted) * (1 - 1e-12)
        )
        tested += 1
    assert tested > 100


def test_rates_near_none() -> None:
    # A target that is missed by a hair without gains needs a hair: I_γ(T) ≈ T + γ ln 2 T²/2.
    hair = F(1, 10**290)
    low, high = ends(rate_needed(F(1, 2), F(1, 2), 3 - hair, digits=10))
    expected = 2 / (9 * F(693147180559945, 10**15)) * hair
    assert low * (1 - F(1, 10**8)) <= expected <= high * (1 + F(1, 10**8))


def test_paces() -> None:
    assert pace(F(0)) == "no doublings"
    assert pace(F(1)) == "doubles every year"
    assert pace(F(1, 2)) == "doubles every 2 years"
    assert pace(F(3)) == "doubles every 4 months"
    assert pace(F(2)) == "doubles every 6 months"
    assert pace(F(7, 5)) == "doubles 7/5 times a year"
    assert "every four months" in pace_note(F(3))
    assert pace_note(F(2)) == ""
    assert len(pace(F(1, 10**299))) < 100


def test_what_is_refused() -> None:
    for check, bad in (
        (check_kappa, (F(0), F(-1))), (check_rate, (F(-1, 10),)), (check_years, (F(-1),)),
        (check_target, (F(0), F(1), F(2), F(-1, 2))),
    ):
        for number in bad:
            with pytest.raises(BadInput):
                check(number)
    with pytest.raises(BadInput, match="more than 0"):
        check_years(F(0), above=True)
