"""The command ``jumpbound amdahl``.

*Definitions*: :func:`amdahl`, as the command line registers it; :func:`print_amdahl`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer


def amdahl(
    ratio: Annotated[
        str, typer.Option(metavar="R", help="Efficiency of specialised hardware: 4, 5/2, 2.5.")
    ],
    scalable: Annotated[
        str, typer.Option(metavar="S", help="Value-scalable share of the work, from 0 to 1.")
    ],
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write T(x) as .svg, .png or .html.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object and nothing else.")
    ] = False,
) -> None:
    """The collapse threshold and the best allocation, exactly."""
    from models.amdahl.analysis import analyse
    from models.amdahl.number import parse_number

    R, s = parse_number(ratio, name="--ratio"), parse_number(scalable, name="--scalable")
    result = analyse(R, s)
    if plot is not None:
        from checks.amdahl.plot import time_chart
        from checks.picture import save_chart

        save_chart(time_chart(R, s), plot)
    if as_json:
        from checks.cli import emit

        emit(result.to_json())
    else:
        print_amdahl(result.to_json())


def print_amdahl(data: dict[str, Any]) -> None:
    """The analysis for a reader: exact, and as a decimal where that is different."""

    def both(key: str) -> str:
        exact, value = data[key], data[f"{key}_float"]
        if exact is None:
            return "none"
        whole = str(exact).removeprefix("-").isdigit()
        return exact if value is None or whole else f"{exact} ≈ {value:.6g}"

    verdict = "collapses: no specialised hardware" if data["collapse"] else "specialise"
    print(f"{verdict}\n")
    print("  T(x) = (1-s)/(1+(R-1)x) + s/(1-x): the time when a share x is specialised\n")
    for label, key in (
        ("efficiency ratio R", "ratio"), ("scalable share s", "scalable"),
        ("threshold S_c = 1 - 1/R", "threshold"),
        ("critical ratio R_c = 1/(1-s)", "critical_ratio"),
        ("best allocation x*", "allocation"), ("time at x*", "time"),
        ("break-even allocation", "break_even"),
    ):
        print(f"  {label:<30}{both(key)}")
    if data.get("note"):
        print(f"\n{data['note']}")
