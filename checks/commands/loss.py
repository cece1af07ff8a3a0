"""The command ``jumpbound loss``.

*Definitions*: :func:`loss`, as the command line registers it. It hands ``--scenario`` and ``--fit``
to :mod:`checks.commands.loss_scenario` and :mod:`checks.commands.loss_fit`; :class:`Answer`, which
these make, too, and :func:`give`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from checks.commands.common import refuse_beside, require_places, tell_places
from models.errors import BadInput

if TYPE_CHECKING:
    from checks.efficiency.shown import Cell, Sheet
    from checks.picture import Chart

READER_DIGITS, DATA_DIGITS = 6, 17
"""Digits where ``--digits`` doesn't say: for a reader, and in JSON and CSV."""

PERCENTS = (1, 2, 5, 10, 20, 50)
HORIZON = Fraction(10)
MOST_VALUES = 200
WIDTH = 100


@dataclass(frozen=True, slots=True)
class Answer:
    """What is asked: lines before and after a table, the table, a picture, and data."""

    head: tuple[str, ...]
    sheet: Callable[[int], Sheet]
    """The table, at a number of digits."""
    chart: Callable[[], Chart]
    data: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def loss(
    kappa: Annotated[
        str | None,
        typer.Option(metavar="K", help="Loss falls as compute to the power -K: 0.05, 1/20."),
    ] = None,
    gamma: Annotated[
        list[str] | None,
        typer.Option(metavar="G", help="How often a year efficiency doubles; several times."),
    ] = None,
    years: Annotated[
        list[str] | None,
        typer.Option(metavar="T", help="The relative loss after so many years; several times."),
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(metavar="R", help="What a relative loss takes, 0 < R < 1; several times."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="T", help="With --target: the rate, and the fleet, for T years."),
    ] = None,
    ratio: Annotated[
        list[str] | None,
        typer.Option(metavar="R", help="The burden of lowering the loss to R of what it is."),
    ] = None,
    scenario: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Trajectories of a TOML file; several times."),
    ] = None,
    fit: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Fit K, and G where time is given, to a CSV file."),
    ] = None,
    level: Annotated[
        str | None, typer.Option(metavar="P", help="With --fit: the intervals' level, 0.95.")
    ] = None,
    digits: Annotated[
        int | None, typer.Option(metavar="N", help="Significant digits of every number.")
    ] = None,
    table: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the table as CSV.")
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a picture (.svg, .png, or .html with values)."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object and nothing else.")
    ] = False,
) -> None:
    """Relative loss while efficiency doubles, in rigorous intervals; or what data tell of it.

    With --kappa alone: what it costs to lower the loss by 1, 2, 5, 10, 20 and 50 percent.
    """
    from models.efficiency.enclosure import check_digits

    if digits is not None:
        check_digits(digits, where="--digits")
    numbers: dict[str, object] = {
        "--kappa": kappa, "--gamma": gamma or None, "--years": years or None,
        "--target": target or None, "--by": by, "--ratio": ratio or None,
    }
    if fit is not None:
        from checks.commands.loss_fit import run_fit

        refuse_beside("--fit", {**numbers, "--scenario": scenario or None, "--digits": digits})
        require_places(plot, table, read=(fit,))
        run_fit(fit, level, plot=plot, table=table, as_json=as_json)
        return
    if level is not None:
        raise BadInput("--level without --fit", expected="--fit FILE too")
    if scenario:
        from checks.commands.loss_scenario import scenario_answer

        refuse_beside("--scenario", {
            name: value for name, value in numbers.items() if name not in ("--years", "--target")
        })
        require_places(plot, table, read=scenario)
        give(scenario_answer(scenario, years or [], target or []), digits, plot, table, as_json)
        return
    if kappa is None:
        raise BadInput(
            "nothing to compute", where="loss", expected="--kappa, --scenario FILE or --fit FILE"
        )
    answer = _answer(kappa, gamma or [], years or [], target or [], by, ratio or [])
    require_places(plot, table)
    give(answer, digits, plot, table, as_json)


def _answer(
    kappa: str, gamma: list[str], years: list[str], target: list[str], by: str | None,
    ratio: list[str],
) -> Answer:
    """What is asked for an exponent."""
    from models.efficiency.loss import check_kappa, check_rate, check_target, check_years

    exponent = check_kappa(given("--kappa", [kappa])[0], where="--kappa")
    rates = [check_rate(value, where="--gamma") for value in given("--gamma", gamma)]
    times = [check_years(value, where="--years") for value in given("--years", years)]
    targets = [check_target(value, where="--target") for value in given("--target", target)]
    ratios = [check_target(value, where="--ratio") for value in given("--ratio", ratio)]
    if ratios:
        refuse_beside("--ratio", {"--target": target or None, "--by": by})
        return _burden(exponent, rates or [Fraction(0)], ratios, times)
    if by is not None:
        if not targets:
            raise BadInput("--by without --target", where="--by", expected="--target R too")
        refuse_beside("--by", {"--years": years or None})
        date = check_years(given("--by", [by])[0], where="--by", above=True)
        return _deadline(exponent, rates, targets, date)
    if targets:
        refuse_beside("--target", {"--years": years or None})
        return _targets(exponent, _some(rates, "--target"), targets)
    if times:
        return _losses(exponent, _some(rates, "--years"), times)
    return _costs(exponent, rates or [Fraction(0), Fraction(1), Fraction(2)])


def given(option: str, texts: Sequence[str]) -> list[Fraction]:
    """The numbers of an option, each once."""
    from models.amdahl.number import parse_number
    from models.efficiency.enclosure import MOST_GIVEN

    if len(texts) > MOST_VALUES:
        raise BadInput(f"{len(texts)} of {option}", where=option, expected=f"at most {MOST_VALUES}")
    return list(dict.fromkeys(parse_number(text, name=option, most=MOST_GIVEN) for text in texts))


def _some(rates: list[Fraction], option: str) -> list[Fraction]:
    if not rates:
        raise BadInput(
            f"no --gamma beside {option}", where=option,
            expected="--gamma too: how often a year efficiency doubles, 0 for never",
        )
    return rates


def _values(numbers: Sequence[Fraction]) -> Any:
    """One number as text, several as a list."""
    from models.amdahl.number import exact_text

    texts = [exact_text(number) for number in numbers]
    return texts[0] if len(texts) == 1 else texts


def _rate_notes(rates: Sequence[Fraction]) -> tuple[str, ...]:
    from models.efficiency.loss import pace_note

    return tuple(filter(None, map(pace_note, rates)))


# What is asked


def _losses(kappa: Fraction, rates: list[Fraction], times: list[Fraction]) -> Answer:
    """The loss after some years."""
    from checks.efficiency.plot import loss_chart
    from checks.efficiency.shown import Column, Sheet, plain
    from models.efficiency.loss import loss_at

    def sheet(digits: int) -> Sheet:
        found = [
            loss_at(kappa, rate, time, digits=digits) for rate in rates for time in times
        ]
        return Sheet(
            (
                Column("gamma", "γ", enclosed=False), Column("years", "years", enclosed=False),
                Column("efficiency", "efficiency"), Column("compute", "compute 1 + I"),
                Column("relative_loss", "relative loss R"), Column("reduction", "lower by 1 - R"),
            ),
            tuple(
                (e.gamma, e.years, e.efficiency, e.compute, e.relative_loss, e.reduction)
                for e in found
            ),
        )

    return Answer(
        (f"Relative loss, at κ = {plain(kappa)}",
         "  R(t) = (1 + I(t))^-κ, I(t) = (2^(γt) - 1)/(γ ln 2) years of the fleet's compute, "
         "or t for γ = 0"),
        sheet,
        lambda: loss_chart(kappa, rates, max(times) or HORIZON),
        {"kappa": _values([kappa]), "gamma": _values(rates), "years": _values(times)},
        _rate_notes(rates),
    )


def _targets(kappa: Fraction, rates: list[Fraction], targets: list[Fraction]) -> Answer:
    """What targets take."""
    from checks.efficiency.plot import target_chart
    from checks.efficiency.shown import Column, Sheet, plain
    from models.efficiency.loss import reach

    def sheet(digits: int) -> Sheet:
        found = [
            reach(kappa, rate, target, digits=digits) for target in targets for rate in rates
        ]
        return Sheet(
            (
                Column("target", "loss", enclosed=False), Column("multiple", "compute, times"),
                Column("doublings", "doublings"), Column("gamma", "γ", enclosed=False),
                Column("years_to_target", "years"),
                Column("halving_years", "a halving, in the end"),
            ),
            tuple(
                (e.target, e.multiple, e.doublings, e.gamma, e.years, e.halving_years)
                for e in found
            ),
        )

    return Answer(
        (f"Time to a target, at κ = {plain(kappa)}",
         "  The loss is relative to today's. In the end each halving takes 1/(κγ) years."),
        sheet,
        lambda: target_chart(kappa, targets, rates),
        {"kappa": _values([kappa]), "gamma": _values(rates), "target": _values(targets)},
        _rate_notes(rates),
    )


def _deadline(
    kappa: Fraction, rates: list[Fraction], targets: list[Fraction], by: Fraction
) -> Answer:
    """What it takes to reach targets by a date: the rate, or a larger fleet."""
    from checks.efficiency.plot import target_chart
    from checks.efficiency.shown import Column, Sheet, plain
    from models.efficiency.loss import fleet, need

    def sheet(digits: int) -> Sheet:
        rows: list[tuple[Cell, ...]] = []
        for target in targets:
            needed = need(kappa, target, by, digits=digits)
            fleets = [fleet(kappa, rate, target, by, digits=digits).fleet for rate in rates]
            rows.append((target, needed.without_gains, needed.gamma, *fleets))
        return Sheet(
            (
                Column("target", "loss", enclosed=False),
                Column("years_without_gains", "years without gains"),
                Column("gamma_needed", "γ that is needed"),
                *(
                    Column(f"fleet_at_gamma_{plain(rate)}", f"or fleet, times, γ = {plain(rate)}")
                    for rate in rates
                ),
            ),
            tuple(rows),
        )

    return Answer(
        (f"To reach a loss within {plain(by)} years, at κ = {plain(kappa)}",
         "  Either efficiency doubles γ times a year, or the fleet is so many times as large from "
         "the start."),
        sheet,
        lambda: target_chart(kappa, targets, rates, by),
        {
            "kappa": _values([kappa]), "gamma": _values(rates) if rates else None,
            "target": _values(targets), "by": _values([by]),
        },
        _rate_notes(rates),
    )


def _burden(
    kappa: Fraction, rates: list[Fraction], ratios: list[Fraction], times: list[Fraction]
) -> Answer:
    """Doublings needed and the physical burden."""
    from checks.efficiency.plot import burden_chart
    from checks.efficiency.shown import Column, Sheet, plain
    from models.efficiency.loss import burden_at

    moments = times or [Fraction(0)]

    def sheet(digits: int) -> Sheet:
        found = [
            burden_at(kappa, rate, ratio, time, digits=digits)
            for ratio in ratios for rate in rates for time in moments
        ]
        return Sheet(
            (
                Column("ratio", "loss ratio r", enclosed=False),
                Column("multiple", "compute, times"), Column("doublings", "doublings"),
                Column("gamma", "γ", enclosed=False), Column("years", "years on", enclosed=False),
                Column("burden", "burden, times"), Column("level_years", "level after years"),
            ),
            tuple(
                (e.ratio, e.multiple, e.doublings, e.gamma, e.years, e.burden, e.level_years)
                for e in found
            ),
        )

    def chart() -> Chart:
        if len(ratios) > 1:
            raise BadInput(
                f"{len(ratios)} of --ratio beside --plot", where="--plot", expected="one --ratio"
            )
        return burden_chart(kappa, ratios[0], rates, max(moments) or HORIZON)

    return Answer(
        (f"The burden of a lower loss, at κ = {plain(kappa)}",
         "  r^(-1/κ) times the logical compute is r^(-1/κ) 2^(-γt) times the physical resource t "
         "years on."),
        sheet,
        chart,
        {
            "kappa": _values([kappa]), "gamma": _values(rates), "ratio": _values(ratios),
            "years": _values(moments),
        },
        _rate_notes(rates),
    )


def _costs(kappa: Fraction, rates: list[Fraction]) -> Answer:
    """What another percent costs."""
    from checks.efficiency.plot import loss_chart
    from checks.efficiency.shown import Column, Sheet, plain
    from models.efficiency.loss import cost

    def sheet(digits: int) -> Sheet:
        rows: list[tuple[Cell, ...]] = []
        for percent in PERCENTS:
            each = cost(kappa, rates, Fraction(percent, 100), digits=digits)
            rows.append((f"{percent} %", each.multiple, each.doublings, *each.years))
        return Sheet(
            (
                Column("lower_by", "loss lower by", enclosed=False),
                Column("multiple", "compute, times"), Column("doublings", "doublings"),
                *(
                    Column(f"years_at_gamma_{plain(rate)}", f"years, γ = {plain(rate)}")
                    for rate in rates
                ),
            ),
            tuple(rows),
        )

    return Answer(
        (f"What another percent costs, at κ = {plain(kappa)}",),
        sheet,
        lambda: loss_chart(kappa, rates, HORIZON),
        {"kappa": _values([kappa]), "gamma": _values(rates)},
        (
            "Another 1 % off the loss takes that many times all compute so far, wherever one "
            "stands. The years are those of a fleet that has computed for one year, stays as it "
            "is, and whose efficiency doubles γ times a year.",
            *_rate_notes(rates),
        ),
    )


# What is shown


def give(
    answer: Answer, digits: int | None, plot: Path | None, table: Path | None, as_json: bool
) -> None:
    """Write the files that are asked for, and print."""
    from checks.files import write_whole
    from checks.picture import save_chart

    wanted = DATA_DIGITS if digits is None else digits
    rows = answer.sheet(wanted).csv() if table is not None else ""
    shown: str | dict[str, Any]
    shown = _data(answer, wanted) if as_json else _text(answer, digits or READER_DIGITS)
    if plot is not None:
        save_chart(answer.chart(), plot)
    if table is not None:
        write_whole(table, rows)
    if isinstance(shown, str):
        print(shown)
        tell_places(plot, table, rows.count("\n") - 1)
        return
    from checks.cli import emit

    emit(shown)


def _data(answer: Answer, digits: int) -> dict[str, Any]:
    """Plain data; the record of a table of one row is beside the rest, too."""
    rows = answer.sheet(digits).json()
    single = rows[0] if len(rows) == 1 else {}
    return {
        **answer.data, **single, "digits": digits, "rows": rows, "notes": list(answer.notes)
    }


def _text(answer: Answer, digits: int) -> str:
    sheet = answer.sheet(digits)
    text = "\n".join([*answer.head, "", sheet.text(), ""])
    legend = "[low, high] holds the number; one that stands alone is exact."
    notes = "\n".join(textwrap.fill(note, WIDTH) for note in (*answer.notes, legend))
    return f"{text}\n{notes}"
