"""Scenarios: several workloads and several hardware options, compared.

*Definitions*: :class:`WorkClass`, :class:`Workload`, :class:`Hardware`, :class:`Scenario`;
:class:`Cell`, :class:`Comparison`, :func:`compare_all`.

*Results*: ``collapse``, ``optimum``, ``break-even`` for each pair of a workload and an option,
``bandwidth`` and ``scaling-exponent`` where these matter, and ``moving-frontier`` for those that
change from year to year.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from models.amdahl.allocation import Variant, analyse_variant
from models.amdahl.analysis import Analysis, analyse
from models.amdahl.enclosure import Number, number
from models.amdahl.horizon import Frontier, Horizon, Yearly, frontier, horizon
from models.amdahl.number import Real


@dataclass(frozen=True, slots=True)
class WorkClass:
    """A part of a workload: its weight, and whether its value is scalable."""

    name: str
    weight: Fraction
    scalable: bool


@dataclass(frozen=True, slots=True)
class Workload:
    """Work with a scalable share, in the first year or by a table of years.

    ``migration``: how often a year the bounded share halves. ``exponent``: a, if the scalable work
    takes s/(1-x)^a (theorem ``scaling-exponent``). ``classes``: what the share was summed
    from, where it was. ``basis``: where the numbers are from, or that they are assumptions.
    """

    name: str
    scalable: Fraction | Yearly
    migration: Fraction
    basis: str
    classes: tuple[WorkClass, ...] = ()
    exponent: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Hardware:
    """Specialised hardware with an efficiency ratio, in the first year or by a table of years.

    ``catch_up``: how often a year the ratio halves. ``gamma``: γ, if bandwidth brings the ratio
    down to R/(1+γRx) at the share x (theorem ``bandwidth``). ``basis``: as that of a workload.
    """

    name: str
    ratio: Fraction | Yearly
    catch_up: Fraction
    basis: str
    gamma: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Scenario:
    """Workloads and options, and the years to go through: none, if ``years`` is none."""

    title: str
    description: str
    workloads: tuple[Workload, ...]
    hardware: tuple[Hardware, ...]
    first: Fraction
    years: Fraction | None

    def frontier(self, workload: Workload, option: Hardware) -> Frontier | None:
        """The laws of a pair. Raises :class:`BadInput` as :func:`models.amdahl.horizon.frontier`
        does."""
        if self.years is None:
            return None
        return frontier(
            option.ratio, workload.scalable, catch_up=option.catch_up,
            migration=workload.migration, first=self.first, years=self.years,
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """A workload on an option: R, s and the analysis of the first year, and what the years bring.

    With a bandwidth or an exponent the analysis is a :class:`~models.amdahl.allocation.Variant`,
    whose numbers are enclosed.
    """

    workload: Workload
    option: Hardware
    ratio: Fraction
    scalable: Fraction
    analysis: Analysis | Variant
    horizon: Horizon | None

    @property
    def threshold(self) -> Real | None:
        """From which scalable share on no specialised hardware is best; none for a variant with
        R < 1."""
        return self.analysis.threshold

    @property
    def collapse(self) -> bool:
        """Whether no specialised hardware is best."""
        if isinstance(self.analysis, Analysis):
            return self.analysis.collapse
        return self.analysis.division.collapse

    @property
    def best(self) -> tuple[Number | None, Number, Number | None]:
        """The best allocation, its time, and break-even."""
        if isinstance(self.analysis, Analysis):
            share, time, even = (
                None if value is None else number(value) for value in
                (self.analysis.allocation, self.analysis.time, self.analysis.break_even)
            )
            assert time is not None
            return share, time, even
        division = self.analysis.division
        return division.allocation, division.time, self.analysis.break_even

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "workload": self.workload.name,
            "hardware": self.option.name,
            **self.analysis.to_json(),
            "horizon": None if self.horizon is None else self.horizon.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every workload on every option, in the order of the scenario."""

    scenario: Scenario
    cells: tuple[Cell, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "title": self.scenario.title,
            "description": self.scenario.description,
            "basis": {
                "workload": {w.name: w.basis for w in self.scenario.workloads},
                "hardware": {h.name: h.basis for h in self.scenario.hardware},
            },
            "comparison": [cell.to_json() for cell in self.cells],
        }


def compare_all(scenario: Scenario) -> Comparison:
    """Analyse all pairs. Raises :class:`BadInput` for numbers that are not in range."""
    cells = []
    for workload in scenario.workloads:
        for option in scenario.hardware:
            cells.append(_cell(scenario, workload, option))
    return Comparison(scenario, tuple(cells))


def _cell(scenario: Scenario, workload: Workload, option: Hardware) -> Cell:
    ratio = _in_year(option.ratio, scenario.first)
    scalable = _in_year(workload.scalable, scenario.first)
    plain = not option.gamma and workload.exponent == 1
    analysis = analyse(ratio, scalable) if plain else analyse_variant(
        ratio, scalable, gamma=option.gamma, exponent=workload.exponent
    )
    laws = scenario.frontier(workload, option)
    years = None if laws is None else horizon(laws)
    return Cell(workload, option, ratio, scalable, analysis, years)


def _in_year(value: Fraction | Yearly, year: Fraction) -> Fraction:
    if isinstance(value, Fraction):
        return value
    known = value.at(year).rational()
    assert known is not None  # a table's values are rational
    return known
