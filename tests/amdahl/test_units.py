"""Several kinds of specialised hardware: times by hand, the identity, and first shares."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.amdahl.units import many_units
from models.amdahl.objective import time
from models.amdahl.units import (
    NoUnits,
    Unit,
    alone,
    deviations,
    first_share,
    many_time,
    none_pays,
    rated_shares,
    ratio_at,
    shares,
    sound,
    units,
    weight_at,
    weights,
)
from proofs.amdahl import units as proofs
from proofs.kernel.rules import trusted

GPU = (F(1, 2), F(4), F(1, 4))
VIDEO = (F(1, 4), F(10), F(1, 8))


def test_times_by_hand() -> None:
    two = units([GPU, VIDEO])
    # X = 3/8, and 5/8 is programmable: rates 5/8 + 1 and 5/8 + 5/4.
    assert (shares(two), weights(two)) == (F(3, 8), F(3, 4))
    expected = F(1, 2) / F(13, 8) + F(1, 4) / F(15, 8) + F(1, 4) / F(5, 8)
    assert many_time(two, F(1, 4)) == expected
    assert many_time(units([]), F(1)) == 1
    assert units([]) == NoUnits()
    assert isinstance(two, Unit) and two.others == units([VIDEO])


@pytest.mark.parametrize(
    ("listed", "is_sound", "pays_not"),
    [
        ([], True, True), ([GPU, VIDEO], True, False), ([(F(1, 4), F(4), F(0))], True, True),
        ([GPU, (F(-1), F(1), F(0))], False, False), ([(F(0), F(0), F(0))], False, True),
        ([(F(0), F(1), F(-1, 9))], False, True),
    ],
)
def test_lists(listed: list[tuple[F, F, F]], is_sound: bool, pays_not: bool) -> None:
    assert (sound(units(listed)), none_pays(units(listed))) == (is_sound, pays_not)


def test_a_unit_at_a_place() -> None:
    two = units([GPU, VIDEO])
    assert [weight_at(two, i) for i in (-1, 0, 1, 2)] == [0, F(1, 2), F(1, 4), 0]
    assert [ratio_at(two, i) for i in (-1, 0, 1, 2)] == [0, 4, 10, 0]
    assert alone(two, 1, F(1, 3)) == units([(*GPU[:2], F(0)), (*VIDEO[:2], F(1, 3))])
    assert shares(alone(two, 2, F(1, 3))) == 0
    # (2 - 1)/(2 (4 - 1)), with 1/2 / (5/6 + 4/6) + 1/2 / (5/6).
    assert first_share(F(1, 2), F(4)) == F(1, 6)
    assert many_time(alone(two, 0, F(1, 6)), F(1, 4)) == F(14, 15) == time(F(4), F(1, 2), F(1, 6))


fractions = st.fractions(0, 1, max_denominator=30)


@st.composite
def sound_units(draw: st.DrawFn) -> tuple[list[tuple[F, F, F]], F]:
    """Units with weights and shares of one whole each, and the weight of scalable work."""
    count = draw(st.integers(0, 5))
    work = [draw(fractions) for _ in range(count)]
    budget = [draw(fractions) for _ in range(count)]
    ratios = [draw(st.fractions(F(1, 9), 40, max_denominator=9)) for _ in range(count)]
    scalable, rest = draw(fractions), draw(st.fractions(F(1, 30), 1, max_denominator=30))
    whole, room = sum(work, scalable) or F(1), sum(budget, rest)
    listed = [
        (w / whole, R, x / room) for w, R, x in zip(work, ratios, budget, strict=True)
    ]
    return listed, 1 - sum((w for w, _, _ in listed), F(0))


@given(sound_units())
def test_the_identity(drawn: tuple[list[tuple[F, F, F]], F]) -> None:
    """Against sums over a Python list."""
    listed, s = drawn
    u = units(listed)
    X = sum((x for _, _, x in listed), F(0))
    direct = sum((w / (1 - X + R * x) for w, R, x in listed), F(0)) + s / (1 - X)
    assert many_time(u, s) == direct
    costs = sum((x * (1 - w * R) for w, R, x in listed), F(0))
    squares = sum(
        (w * (X - R * x) ** 2 / (1 - X + R * x) for w, R, x in listed), s * X**2 / (1 - X)
    )
    assert direct - 1 == costs + squares
    assert shares(u) - rated_shares(u) == costs
    assert deviations(u, 1 - X) + s * X**2 / (1 - X) == squares
    assert direct >= 1 or not none_pays(u)


@given(sound_units(), st.integers(0, 4), fractions)
def test_a_unit_alone(drawn: tuple[list[tuple[F, F, F]], F], i: int, x: F) -> None:
    listed, s = drawn
    if i >= len(listed) or x == 1:
        return
    w, R, _ = listed[i]
    u = units(listed)
    assert many_time(alone(u, i, x), s) == time(R, 1 - w, x)
    if w * R > 1:
        share = first_share(w, R)
        assert 0 < share < 1 > many_time(alone(u, i, share), s)
    else:
        assert many_time(alone(u, i, x), s) >= 1


def test_proved_and_checked() -> None:
    found = proofs.many_units()
    assert all(trusted(theorem) for theorem in found)
    checks = many_units({theorem.name: theorem.statement for theorem in found})
    assert {check.verdict for check in checks} == {"exhausted"}
    assert min(check.instances for check in checks) > 100
