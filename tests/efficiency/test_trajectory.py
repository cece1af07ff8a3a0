"""Trajectories and their files: what is computed, what is read, what is refused and how."""

from __future__ import annotations

from fractions import Fraction as F
from pathlib import Path

import mpmath
import pytest

from checks.efficiency.scenario_file import read_scenarios
from models.efficiency import laws
from models.efficiency.enclosure import Enclosure, enclose
from models.efficiency.trajectory import Period, Trajectory
from models.errors import BadInput

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "efficiency"
KAPPA = F(63, 1000)
PERIOD = "[[trajectory.period]]\nyears = 2\ngamma = 1\n"
PLAIN = f'title = "t"\nkappa = 0.063\n[[trajectory]]\nname = "n"\nassumption = "ours"\n{PERIOD}'


def trajectory(*periods: Period, kappa: F = KAPPA) -> Trajectory:
    return Trajectory("n", kappa, periods, "ours")


def written(folder: Path, text: str) -> list[Path]:
    path = folder / "s.toml"
    path.write_text(text, encoding="utf-8")
    return [path]


def inside(found: Enclosure | None, number: object) -> bool:
    assert found is not None
    low, high = (mpmath.mpf(text) for text in found.texts())
    slack = mpmath.mpf(10) ** -13
    return bool(low * (1 - slack) <= number <= high * (1 + slack))


def gathered(rate: object, time: object) -> object:
    growth = mpmath.mpf(rate) * mpmath.log(2)
    return mpmath.expm1(growth * time) / growth if rate else mpmath.mpf(time)


def test_one_period_is_the_law() -> None:
    found = trajectory(Period(F(10), F(1)))
    for years in (F(0), F(1, 3), F(10)):
        assert found.point(years, digits=9).relative_loss.texts() == enclose(
            laws.relative_loss, KAPPA, F(1), years, digits=9
        ).texts()
    reached = found.time_to(F(4, 5), digits=9)
    assert reached is not None
    expected = enclose(laws.time_to_target, KAPPA, F(1), F(4, 5), digits=9)
    assert reached.texts() == expected.texts()


def test_cutting_a_period_changes_nothing() -> None:
    whole = trajectory(Period(F(8), F(3, 2), growth=F(1, 2)))
    half = F(1, 2)
    # After 2 years of half a doubling a year power is 2; in the other one it goes on from 2^(3/2).
    for cut in (
        trajectory(Period(F(2), F(3, 2), None, half), Period(F(6), F(3, 2), F(2), half)),
        trajectory(Period(F(3), F(3, 2), None, half), Period(F(5), F(3, 2), None, half)),
    ):
        same(whole, cut)


def same(whole: Trajectory, cut: Trajectory) -> None:
    for years in (F(3), F(8)):
        first, second = (
            each.point(years, digits=12).compute for each in (whole, cut)
        )
        assert abs(first.near - second.near) <= 1e-11 * first.near
        assert first.texts() == second.texts()
    assert whole.time_to(F(3, 5), digits=10) == cut.time_to(F(3, 5), digits=10)


def test_periods_by_hand() -> None:
    found = trajectory(
        Period(F(1), F(0)), Period(F(2), F(1), power=F(4)),
        Period(F(3), F(2), power=F(1), growth=F(1, 2)),
    )
    assert found.years == 6
    # 1 and 1; then 4 I_1(2); then, of power 1, 2^2 times the efficiency, I_{5/2}(s).
    with mpmath.workdps(30):
        second = 2 + 4 * gathered(1, 2)
        last = second + 4 * gathered(mpmath.mpf("2.5"), mpmath.mpf("1.5"))
        point = found.point(F(9, 2), digits=12)
        assert inside(point.compute, last)
        assert inside(point.relative_loss, last ** -mpmath.mpf("0.063"))
        assert inside(point.power, mpmath.mpf(2) ** 0.75)
        assert point.efficiency.text() == "32"
        # The loss of that very compute is reached then.
        target = F(str(mpmath.nstr(last ** -mpmath.mpf("0.063"), 20)))
        assert inside(found.time_to(target, digits=10), mpmath.mpf("4.5"))


def test_a_target_on_a_border_is_reached_there() -> None:
    # With κ = 1 and no gains compute is 1 + t: loss 1/3 after exactly 2 years.
    found = trajectory(Period(F(2), F(0)), Period(F(2), F(1)), kappa=F(1))
    reached = found.time_to(F(1, 3), digits=10)
    assert inside(reached, 2)
    assert found.time_to(F(1, 100), digits=10) is None


def test_moments_outside_are_refused() -> None:
    with pytest.raises(BadInput, match="0 to 2 years"):
        trajectory(Period(F(2), F(0))).point(F(3), digits=6)
    with pytest.raises(BadInput, match="no periods"):
        trajectory()


def test_the_examples() -> None:
    names = ("baseline", "turtle", "hare")
    found = read_scenarios([EXAMPLES / f"{name}.toml" for name in names])
    assert [each.name for each in found.trajectories] == ["Baseline", "Turtle", "Hare"]
    assert all(each.basis.startswith("assumption: ours") for each in found.trajectories)
    assert all(each.years == 10 for each in found.trajectories)
    base, turtle, hare = (
        each.point(F(10), digits=6).relative_loss.near for each in found.trajectories
    )
    early = [each.point(F(4), digits=6).relative_loss.near for each in found.trajectories]
    assert turtle < hare < base  # steady wins in the end,
    assert early[2] < early[1] < early[0]  # the large fleet at the beginning
    assert found.targets == (F(9, 10), F(4, 5))
    for name in names:
        assert "ours" in (EXAMPLES / f"{name}.toml").read_text(encoding="utf-8")


def test_what_is_read(tmp_path: Path) -> None:
    text = PLAIN + '[[trajectory.period]]\nyears = "1/3"\ngamma = 0.5\npower = 3\ngrowth = 1e-3\n'
    (found,) = read_scenarios(written(tmp_path, text + PERIOD)).trajectories
    assert found.periods == (
        Period(F(2), F(1)), Period(F(1, 3), F(1, 2), F(3), F(1, 1000)),
        Period(F(2), F(1)),
    )
    assert found.kappa == KAPPA


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ["title", "missing"]),
        ('title = "t"\n', ["kappa", "missing"]),
        ('title = "t"\nkappa = 0.1\n', ["no trajectory"]),
        ('title = "t"\nkappa = 0\n', ["kappa", "greater than 0"]),
        ('title = "t"\nkappa = nan\n', ["kappa", "not a number"]),
        ('title = "t"\nkappa = inf\n', ["kappa", "not a number"]),
        ('title = "t"\nkappa = 1e999\n', ["kappa", "too l"]),
        ('title = "t"\nkappa = true\n', ["kappa: true"]),
        ('title = "t"\nkappa = 2025-01-01\n', ["kappa"]),
        ('title = "t"\nkappa = [1]\n', ["kappa", "[1]"]),
        ("title = 3\n", ["title", "a text"]),
        ('title = "t\n', ["line 1"]),
        ("\n\nkappa =\n", ["line 3"]),
        (PLAIN.replace("gamma", "gama"), ["[[trajectory]] 1 [[period]] 1", "gama"]),
        (PLAIN.replace('assumption = "ours"\n', ""), ["no assumption"]),
        (PLAIN.replace("years = 2", "years = 0"), ["years", "greater than 0|0 to"]),
        (PLAIN.replace("years = 2", "years = -2"), ["years"]),
        (PLAIN.replace("years = 2", "years = 1e9"), ["years"]),
        (PLAIN.replace("gamma = 1", "gamma = -1"), ["gamma"]),
        (PLAIN.replace("gamma = 1", 'gamma = "fast"'), ["gamma", "not a number"]),
        (PLAIN.replace("gamma = 1", "gamma = 1\npower = 2"), ["power", "first period"]),
        (PLAIN.replace("gamma = 1", "gamma = 1\npower = 0"), ["power"]),
        (PLAIN.replace(PERIOD, ""), ["no period"]),
        (PLAIN.replace("[[trajectory.period]]", "[trajectory.period]"), ["period"]),
        (PLAIN + PLAIN.partition("0.063\n")[2], ["a second one named 'n'"]),
        (f"targets = [1]\n{PLAIN}", ["targets", "less than 1"]),
        (f"targets = 0.5\n{PLAIN}", ["targets", "a list"]),
        (f"surprise = 1\n{PLAIN}", ["unknown key 'surprise'"]),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, parts: list[str]) -> None:
    with pytest.raises(BadInput) as caught:
        read_scenarios(written(tmp_path, text))
    message = str(caught.value)
    assert "s.toml" in message
    for part in parts:
        assert any(each in message for each in part.split("|")), message


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(BadInput, match="cannot read"):
            read_scenarios([path])
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput):
        read_scenarios([tmp_path / "b.toml"])
    one = written(tmp_path, PLAIN)
    with pytest.raises(BadInput, match="second one"):
        read_scenarios([*one, *one])
