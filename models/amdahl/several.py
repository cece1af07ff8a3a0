"""The best division of a budget over several kinds of specialised hardware, in closed form.

*Definitions*: :class:`Division` (the answer), :class:`Given` (what one unit gets),
:func:`given_unit`, :func:`no_hardware`; :func:`divide`.

*Results*: ``many-units`` says when a first share gains; this is the optimum itself, which is not
among the theorems that the kernel proves.

*How it is done*: let z_i = x_i/p with p = 1 - X the programmable share, Z = Σ z_i, so that
1/p = 1 + Z and T = (1 + Z)(s + Σ w_i/(1 + R_i z_i)). Write u_i = 1 + R_i z_i >= 1. For a set A of
units outside of which z = 0, let ρ = 1 - Σ_A 1/R_i and σ = 1 - Σ_A w_i. Then

    T = (ρ + Σ_A u_i/R_i) (σ + Σ_A w_i/u_i),

which by Cauchy and Schwarz is at least (sqrt(ρσ) + Σ_A sqrt(w_i/R_i))² if ρ >= 0, with equality
for u_i = t sqrt(w_i R_i), t² = ρ/σ. The u_i are at least 1, and the units outside A don't want a
share, if w_i R_i t² > 1 on A and <= 1 outside; as T is convex, that makes the point a minimum over
all divisions, and t is found by taking units in falling order of w_i R_i while w_i R_i t² > 1: one
joins exactly if w_i/σ > (1/R_i)/ρ, so σ loses a larger fraction than ρ does, ρ stays positive, and
t² only grows, from 1 on. Three things follow. A unit worth a first share alone, w R > 1, gets a
share beside any others. One that is not worth it alone may get one beside others, which make
programmable hardware scarce. And for σ = 0 (no scalable work, and all units join) p tends to 0:
there is no minimum, and the infimum is the square with ρσ = 0.

*References*: 'Modernizing Amdahl's Law', arXiv 2603.20654; Hardy, Littlewood, Pólya, 'Inequalities'
(1934), section 2.4, for Cauchy's inequality.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb

from models.amdahl.enclosure import Number, ball, enclosed_json, number, precise, root_ball
from models.amdahl.number import Real, number_json, simplest, square_root, symbolic
from models.amdahl.problem import Kind, Problem, worth_a_first_share

MAX_ROOTS = 8
"""Of more units than this that get a share, closed forms would be pages of roots."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a unit gets: its share of the budget, None where there is no best division.

    ``pays_alone``: a first share for it gains while the others have none.
    """

    kind: Kind
    pays_alone: bool
    share: Number | None

    @property
    def active(self) -> bool:
        """Whether it gets something."""
        return self.share is None or self.share.enclosure.high > 0

    def to_json(self) -> dict[str, str | float | bool | None]:
        """Plain data."""
        return {
            **number_json("weight", self.kind.weight),
            **number_json("ratio", self.kind.ratio),
            "pays_alone": self.pays_alone,
            **enclosed_json("share", self.share),
        }


@dataclass(frozen=True, slots=True)
class Division:
    """The best division of the budget, and its time.

    ``allocation``: X, what all units get together; None, as each share is, where no division is
    best. ``time``: the infimum of T. ``attained``: a division has that time; None if that was not
    decided. ``collapse``: no division is better than no specialised hardware.
    """

    problem: Problem
    collapse: bool
    units: tuple[Given, ...]
    allocation: Number | None
    time: Number
    attained: bool | None

    @property
    def note(self) -> str:
        """What holds here, in a sentence or two."""
        if self.collapse:
            if len(self.units) == 1:
                return "The scalable share is at or above the threshold: allocation 0 is best."
            because = " (theorem many-units)" if self.problem.plain else ""
            return f"No unit is worth a first share, so no specialised hardware is best{because}."
        if self.attained is False:
            return (
                "Without scalable work the time falls as programmable hardware goes to nothing: it "
                "tends to the time given here and does not reach it, so no division is best."
            )
        if self.attained is None:
            return "Whether some division reaches the time given here was not decided."
        beside = [place for place, unit in self._numbered() if unit.active and not unit.pays_alone]
        left_out = [
            place for place, unit in self._numbered() if unit.pays_alone and not unit.active
        ]
        said = ["The optimum is unique."]
        if beside:
            said.append(
                f"{_places(beside)} not worth a first share alone, and still served beside the "
                "others, which make programmable hardware scarce."
            )
        if left_out:
            said.append(
                f"{_places(left_out)} worth a first share alone, and left out beside better ones: "
                "scalable work suffers more from each further share."
            )
        return " ".join(said)

    def _numbered(self) -> list[tuple[int, Given]]:
        return list(enumerate(self.units, start=1))

    def to_json(self) -> dict[str, Any]:
        """Plain data: numbers as :func:`~models.amdahl.enclosure.enclosed_json` has them."""
        return {
            **number_json("scalable", self.problem.scalable),
            **number_json("gamma", self.problem.gamma),
            **number_json("exponent", self.problem.exponent),
            "collapse": self.collapse,
            **enclosed_json("allocation", self.allocation),
            **enclosed_json("time", self.time),
            "attained": self.attained,
            "units": [unit.to_json() for unit in self.units],
            "note": self.note,
        }


def _places(places: list[int]) -> str:
    """``Unit 2 is``, ``Units 1 and 3 are``."""
    *first, last = map(str, places)
    return f"Units {', '.join(first)} and {last} are" if first else f"Unit {last} is"


def given_unit(given: Problem, kind: Kind, share: Number | None) -> Given:
    """What a unit of a problem gets."""
    return Given(kind, worth_a_first_share(given, kind), share)


def no_hardware(given: Problem) -> Division:
    """The answer where no unit is to get a share."""
    zero, one = number(Fraction(0)), number(Fraction(1))
    return Division(
        given, True, tuple(given_unit(given, kind, zero) for kind in given.kinds), zero, one, True
    )


def divide(given: Problem, *, closed_forms: bool = True) -> Division:
    """The best division for a problem without bandwidth and exponent (:attr:`Problem.plain`).

    Without ``closed_forms`` there are enclosures alone, at a fraction of the time.
    """
    if not given.plain:
        raise ValueError("a bandwidth or an exponent: models.amdahl.allocation has these")
    active, rho, sigma = _active(given)
    if not active:
        return no_hardware(given)
    roots = len(active) if closed_forms else MAX_ROOTS + 1
    time = _time(given, active, rho * sigma, roots)
    if not sigma:
        nothing = tuple(given_unit(given, kind, None) for kind in given.kinds)
        return Division(given, False, nothing, None, time, False)
    together, each = _shares(given, active, rho / sigma, roots)
    zero = number(Fraction(0))
    units = tuple(
        given_unit(given, kind, each.get(place, zero)) for place, kind in enumerate(given.kinds)
    )
    return Division(given, False, units, together, time, True)


def _active(given: Problem) -> tuple[tuple[int, ...], Fraction, Fraction]:
    """The places of the units that get a share, and ρ and σ."""

    def value(place: int) -> Fraction:
        return given.kinds[place].weight * given.kinds[place].ratio

    rho, sigma = Fraction(1), Fraction(1)
    active: list[int] = []
    for place in sorted(range(len(given.kinds)), key=value, reverse=True):
        if not value(place) * rho > sigma:
            break
        active.append(place)
        rho -= 1 / given.kinds[place].ratio
        sigma -= given.kinds[place].weight
        if not sigma:
            break  # the others have no work
    return tuple(sorted(active)), rho, sigma


def _time(given: Problem, active: tuple[int, ...], product: Fraction, roots: int) -> Number:
    """(Σ_A sqrt(w/R) + sqrt(ρσ))²."""
    radicands = [given.kinds[place].weight / given.kinds[place].ratio for place in active]
    radicands += [product] if product else []

    def enclosed() -> arb:
        root = sum(map(root_ball, radicands), arb(0))
        return root * root

    def formula() -> Real:
        root = _sum([square_root(each) for each in radicands])
        return root * root

    return _closed(enclosed, formula, roots=roots)


def _shares(
    given: Problem, active: tuple[int, ...], squared: Fraction, roots: int
) -> tuple[Number, dict[int, Number]]:
    """X, and each active unit's share: z/(1+Z) with z = (sqrt(w R t²) - 1)/R."""
    kinds = {place: given.kinds[place] for place in active}
    radicands = {place: kind.weight * kind.ratio * squared for place, kind in kinds.items()}

    def relative_ball(place: int) -> arb:
        return (root_ball(radicands[place]) - 1) / ball(kinds[place].ratio)

    def relative(place: int) -> Real:
        return (square_root(radicands[place]) - 1) / kinds[place].ratio

    def whole_ball() -> arb:
        return sum(map(relative_ball, active), arb(0))

    def whole() -> Real:
        return _sum([relative(place) for place in active])

    together = _closed(
        lambda: whole_ball() / (1 + whole_ball()),
        lambda: whole() / (1 + whole()),
        roots=roots,
    )
    if len(active) == 1:
        return together, {active[0]: together}

    def share(place: int) -> Number:
        return _closed(
            lambda: relative_ball(place) / (1 + whole_ball()),
            lambda: relative(place) / (1 + whole()),
            roots=roots,
        )

    return together, {place: share(place) for place in active}


def _sum(parts: list[Real]) -> Real:
    total: Real = Fraction(0)
    for part in parts:
        total = total + part
    return total


def _closed(enclosed: Callable[[], arb], formula: Callable[[], Real], *, roots: int) -> Number:
    """A number by its formula, and its enclosure by balls, precise enough to show its digits.

    With one root the formula is brought to its simplest form; with a few that would make thousands
    of terms of it, and it stays as it is unless it is rational as it stands.
    """
    closed_form = None
    if roots <= MAX_ROOTS:
        value = formula()
        if roots == 1 or not symbolic(value) or value.is_Rational:
            return number(simplest(value))
        closed_form = str(value)
    # Neither a time nor an active unit's share is 0.
    return Number(precise(enclosed), None, closed_form)
