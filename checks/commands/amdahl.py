"""The command ``jumpbound amdahl``.

*Definitions*: :func:`amdahl`, as the command line registers it. It hands ``--horizon`` and
``--scenario`` to :mod:`checks.commands.amdahl_horizon` and :mod:`checks.commands.amdahl_scenario`,
which use :func:`given_number`, too.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from checks.commands.common import refuse_beside, require_places, tell_places
from models.errors import BadInput, quoted

if TYPE_CHECKING:
    from models.amdahl.number import Real
    from models.amdahl.uncertainty import Range

STEPS, MOST_STEPS = 10, 10_000
"""Into how many an interval is divided for a table, and the most."""


def amdahl(
    ratio: Annotated[
        str | None,
        typer.Option(
            metavar="R",
            help="Efficiency of specialised hardware: 4, 5/2, 2.5, 8..12; alone also sqrt(6).",
        ),
    ] = None,
    scalable: Annotated[
        str | None,
        typer.Option(
            metavar="S", help="Value-scalable share of the work, from 0 to 1: 1/2, 0.6..0.8."
        ),
    ] = None,
    unit: Annotated[
        list[str] | None,
        typer.Option(
            metavar="W:R", help="Instead of --ratio, once a unit: weight of its work, its ratio."
        ),
    ] = None,
    gamma: Annotated[
        str | None,
        typer.Option(metavar="G", help="Bandwidth: at the share x a ratio is R/(1+GRx)."),
    ] = None,
    exponent: Annotated[
        str | None, typer.Option(metavar="A", help="Scalable work takes s/(1-x)^A.")
    ] = None,
    scenario: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Compare the workloads and options of a TOML file."),
    ] = None,
    horizon: Annotated[
        str | None,
        typer.Option(metavar="YEARS", help="Go so many years on: when does it stop paying?"),
    ] = None,
    catch_up: Annotated[
        str | None,
        typer.Option(metavar="G", help="With --horizon: how often a year the ratio halves."),
    ] = None,
    migrate: Annotated[
        str | None,
        typer.Option(
            metavar="M", help="With --horizon: how often a year the bounded share halves."
        ),
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="YEAR", help="With --horizon: the first year.")
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write a CSV table: over intervals, years, or a scenario."
        ),
    ] = None,
    steps: Annotated[
        int | None,
        typer.Option(
            help="With --table: into how many an interval is divided, 10.", min=1, max=MOST_STEPS
        ),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write a picture (.svg, .png), or of one ratio and share an interactive page "
            "(.html).",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object and nothing else.")
    ] = False,
) -> None:
    """The collapse threshold and the best allocation, exactly."""
    if scenario is not None or horizon is not None:
        refuse_beside("--scenario" if scenario is not None else "--horizon", {
            "--unit": unit or None, "--gamma": gamma, "--exponent": exponent, "--steps": steps,
        })
    laws = {"--catch-up": catch_up, "--migrate": migrate, "--from": first}
    if scenario is not None:
        from checks.commands.amdahl_scenario import run_scenario

        refuse_beside(
            "--scenario", {"--ratio": ratio, "--scalable": scalable, "--horizon": horizon, **laws}
        )
        run_scenario(scenario, plot=plot, table=table, as_json=as_json)
        return
    if horizon is not None:
        from checks.commands.amdahl_horizon import run_horizon

        run_horizon(
            ratio, scalable, horizon, catch_up, migrate, first,
            plot=plot, table=table, as_json=as_json,
        )
        return
    for name, value in laws.items():
        if value is not None:
            raise BadInput(f"{name} without --horizon", expected="--horizon YEARS too")
    units = unit or []
    varied = gamma is not None or exponent is not None
    if units:
        refuse_beside(
            "--unit", {"--ratio": ratio, "--table": table, "--plot": plot, "--steps": steps}
        )
        show_units(units, scalable, given_gamma(gamma), given_exponent(exponent), as_json)
        return
    if (ratio is None) != (scalable is None):
        given, missing = ("--scalable", "--ratio") if ratio is None else ("--ratio", "--scalable")
        raise BadInput(f"{given} without {missing}", expected=f"{missing} too")
    if ratio is None or scalable is None:
        raise BadInput(
            "nothing to compute", where="amdahl",
            expected="--ratio and --scalable, a --unit for each kind of hardware, or --scenario",
        )
    ratios, shares = given_ratio(ratio), given_range(scalable, "--scalable")
    if varied:
        option = "--gamma" if gamma is not None else "--exponent"
        refuse_beside(option, {"--table": table, "--plot": plot, "--steps": steps})
        if not (ratios.single and shares.single):
            raise BadInput(
                f"an interval beside {option}", where="--scalable" if ratios.single else "--ratio",
                expected="one number",
            )
        narrow, power = given_gamma(gamma), given_exponent(exponent)
        if narrow or power != 1:
            show_variant(ratios.low, shares.low, narrow, power, as_json)
            return
    single = ratios.single and shares.single
    if steps is not None and (single or table is None):
        raise BadInput(
            "--steps without a table over an interval", where="--steps",
            expected="--table FILE, and A..B for --ratio or --scalable",
        )
    if not single:
        refuse_beside("an interval", {"--plot": plot})
    require_places(plot, table)
    rows = "" if table is None else table_rows(ratios, shares, steps or STEPS)
    if plot is not None:
        draw(ratios.low, shares.low, plot)
    if table is not None:
        from checks.files import write_whole

        write_whole(table, rows)
    if single:
        show_instance(ratios.low, shares.low, as_json)
    else:
        show_box(ratios, shares, as_json)
    if not as_json:
        tell_places(plot, table, rows.count("\n") - 1)


# What is given


def given_range(text: str, option: str) -> Range:
    """One number, or the interval ``A..B``."""
    from models.amdahl.number import parse_real
    from models.amdahl.uncertainty import span

    first, dots, last = text.partition("..")
    low = parse_real(first, name=option)
    found = span(low, parse_real(last, name=option) if dots else low, name=option)
    if option == "--scalable":
        refuse_outside(found, option)
    return found


def refuse_outside(found: Range, option: str) -> None:
    """Refuse a scalable share that is none."""
    from models.amdahl.number import compare, short_text, sign

    if sign(found.low) < 0 or compare(found.high, 1) > 0:
        raise BadInput(
            f"the scalable share {short_text(found.low if sign(found.low) < 0 else found.high)}",
            where=option, expected="a number from 0 to 1",
        )


def given_ratio(text: str) -> Range:
    """The ratio, or the interval of ratios, none below 1."""
    from models.amdahl.problem import refuse_slow

    found = given_range(text, "--ratio")
    refuse_slow(found.low, "--ratio")
    return found


def given_unit(text: str) -> tuple[Fraction, Fraction]:
    """A unit's weight and ratio."""
    from models.amdahl.number import parse_number, short_text
    from models.amdahl.problem import refuse_slow

    weight, colon, ratio = text.partition(":")
    if not colon or ":" in ratio:
        raise BadInput(
            f"unit {quoted(text)}", where="--unit", expected="W:R, weight and ratio, such as 0.3:8"
        )
    parsed = parse_number(weight, name="--unit"), parse_number(ratio, name="--unit")
    if parsed[0] < 0:
        raise BadInput(
            f"the weight {short_text(parsed[0])}", where="--unit", expected="a weight of at least 0"
        )
    refuse_slow(parsed[1], "--unit")
    return parsed


def given_number(text: str | None, option: str, *, default: int) -> Fraction:
    """The number of an option that may be left out."""
    from models.amdahl.number import parse_number

    return Fraction(default) if text is None else parse_number(text, name=option)


def given_gamma(text: str | None) -> Fraction:
    """The bandwidth γ; 0 is none."""
    from models.amdahl.problem import check_gamma

    return check_gamma(given_number(text, "--gamma", default=0), name="--gamma")


def given_exponent(text: str | None) -> Fraction:
    """The exponent a; 1 is none."""
    from models.amdahl.problem import check_exponent

    return check_exponent(given_number(text, "--exponent", default=1), name="--exponent")


# What is shown


def draw(ratio: Real, scalable: Real, plot: Path) -> None:
    """The picture of one instance."""
    from checks.amdahl.picture import write_picture

    write_picture(ratio, scalable, plot)


def show_instance(ratio: Real, scalable: Real, as_json: bool) -> None:
    """One ratio and one scalable share."""
    from models.amdahl.analysis import analyse
    from models.amdahl.sensitivity import sensitivities

    answers = analyse(ratio, scalable)
    give({**answers.to_json(), "sensitivities": sensitivities(answers).to_json()}, as_json)


def show_units(
    units: list[str], scalable: str | None, gamma: Fraction, exponent: Fraction, as_json: bool
) -> None:
    """Several units."""
    from models.amdahl.allocation import optimum
    from models.amdahl.number import parse_number
    from models.amdahl.problem import problem

    given = problem(
        [given_unit(each) for each in units],
        scalable=None if scalable is None else parse_number(scalable, name="--scalable"),
        gamma=gamma, exponent=exponent,
        names=("--unit", "--scalable"),
    )
    give(optimum(given).to_json(), as_json)


def show_variant(
    ratio: Real, scalable: Real, gamma: Fraction, exponent: Fraction, as_json: bool
) -> None:
    """One unit with a bandwidth or an exponent."""
    from models.amdahl.allocation import analyse_variant

    give(analyse_variant(ratio, scalable, gamma=gamma, exponent=exponent).to_json(), as_json)


def show_box(ratios: Range, shares: Range, as_json: bool) -> None:
    """Intervals."""
    from models.amdahl.uncertainty import uncertain

    give(uncertain(ratios, shares).to_json(), as_json)


def table_rows(ratios: Range, shares: Range, steps: int) -> str:
    """The text of the table."""
    from checks.amdahl.table import table_text

    return table_text(ratios, shares, steps=steps)


def give(data: dict[str, Any], as_json: bool) -> None:
    """The answers, as JSON or for a reader."""
    if as_json:
        from checks.cli import emit

        emit(data)
    else:
        from checks.amdahl.shown import shown

        print("\n".join(shown(data)))
