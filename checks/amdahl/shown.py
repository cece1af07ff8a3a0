"""The answers of ``jumpbound amdahl`` for a reader, as lines of text.

*Definitions*: :func:`shown`, from the plain data that ``--json`` prints; :func:`verdict`.

*How it is done*: a number is shown exactly and as a decimal where both are short, else by the
interval that it was proved to lie in, with digits rounded outward.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from models.amdahl.enclosure import Interval

WIDTH = 96
LONGEST, LONGEST_SHARE = 60, 30
DIGITS = 12
LABEL = 30


def shown(data: dict[str, Any]) -> list[str]:
    """The lines for any of the command's answers."""
    if "ratio_low" in data:
        lines = _box(data)
    elif "units" in data:
        lines = _units(data)
    else:
        lines = _instance(data)
    found = list(lines)
    if data.get("note"):
        found += ["", *textwrap.wrap(data["note"], WIDTH)]
    return found


def verdict(collapses: bool) -> str:
    """What to do, in a word."""
    return "collapses" if collapses else "specialise"


def _verdict(collapses: bool) -> str:
    return verdict(collapses) + (": no specialised hardware" if collapses else "")


def _row(label: str, value: str) -> str:
    return f"  {label:<{LABEL - 1}} {value}"


def _value(data: dict[str, Any], key: str, *, longest: int = LONGEST) -> str:
    """A number: exactly, as a decimal, and by its interval where there is no short closed form."""
    exact, near = data[key], data[f"{key}_float"]
    if exact is not None:
        if len(exact) <= longest:
            whole = exact.removeprefix("-").isdigit() or near is None
            return str(exact) if whole else f"{exact} ≈ {near:.6g}"
        if f"{key}_low" not in data:
            said = "beyond the range of doubles" if near is None else f"≈ {near:.{DIGITS}g}"
            return f"{said} (exactly with --json)"
    if data.get(f"{key}_low") is None:
        return "none"
    low, high = Interval(
        Fraction(data[f"{key}_low"]), Fraction(data[f"{key}_high"])
    ).texts(DIGITS)
    return low if low == high else f"in [{low}, {high}]"


def _instance(data: dict[str, Any]) -> Iterator[str]:
    varied = "gamma" in data
    rate, pressed, a = "(1+(R-1)x)", "(1-x)", ""
    if varied and data["gamma"] != "0":
        rate = "(1-x+Rx/(1+γRx))"
    if varied and data["exponent"] != "1":
        pressed, a = "(1-x)^a", "a"
    # Where no share is better than another, none collapses.
    flat = not varied and (data["ratio"], data["scalable"]) == ("1", "0")
    yield from ("no difference: every share is as good" if flat else _verdict(data["collapse"]), "")
    yield f"  T(x) = (1-s)/{rate} + s/{pressed}: the time when a share x is specialised"
    yield ""
    yield _row("efficiency ratio R", _value(data, "ratio"))
    yield _row("scalable share s", _value(data, "scalable"))
    if rate != "(1+(R-1)x)":
        yield _row("bandwidth γ", _value(data, "gamma"))
    if a:
        yield _row("exponent a", _value(data, "exponent"))
    threshold = "S_c = (R-1)/(R-1+a)" if a else "S_c = 1 - 1/R"
    critical = "1 + as/(1-s)" if a else "R_c = 1/(1-s)"
    yield _row(f"threshold {threshold}", _value(data, "threshold"))
    yield _row(f"critical ratio {critical}", _value(data, "critical_ratio"))
    for label, key in (
        ("best allocation x*", "allocation"), ("time at x*", "time"),
        ("break-even allocation", "break_even"),
    ):
        yield _row(label, _value(data, key))
    if "sensitivities" in data:
        yield ""
        yield from _sensitivities(data["sensitivities"])


def _sensitivities(data: dict[str, Any]) -> Iterator[str]:
    for label, key in (
        ("dx*/dR", "allocation_by_ratio"), ("dx*/ds", "allocation_by_scalable"),
        ("dT*/dR", "time_by_ratio"), ("dT*/ds", "time_by_scalable"),
    ):
        slope = data[key]
        if slope["value"] is not None:
            said = _value(slope, "value")
        else:
            sides = [
                f"{_value(slope, side)} from {side}"
                for side in ("below", "above") if slope[side] is not None
            ]
            said = ", ".join(sides) or "none"
        yield _row(label, said)
    if data["note"]:
        yield from textwrap.wrap(
            data["note"], WIDTH, initial_indent="  ", subsequent_indent="  "
        )


def _units(data: dict[str, Any]) -> Iterator[str]:
    rate = "(1-X+R_i x_i)" if data["gamma"] == "0" else "(1-X+R_i x_i/(1+γR_i x_i))"
    pressed = "(1-X)" if data["exponent"] == "1" else "(1-X)^a"
    yield from (_verdict(data["collapse"]), "")
    yield f"  T(x) = Σ w_i/{rate} + s/{pressed}, X = Σ x_i: the time when unit i has the share x_i"
    yield ""
    yield _row("scalable share s", _value(data, "scalable"))
    if data["gamma"] != "0":
        yield _row("bandwidth γ", _value(data, "gamma"))
    if data["exponent"] != "1":
        yield _row("exponent a", _value(data, "exponent"))
    yield _row("best allocation X*", _value(data, "allocation"))
    yield _row("time at X*" if data["attained"] else "infimum of the time", _value(data, "time"))
    yield ""
    rows = [("unit", "weight w", "ratio R", "first share alone", "best share")]
    for place, unit in enumerate(data["units"], start=1):
        rows.append((
            str(place), _brief(unit, "weight"), _brief(unit, "ratio"),
            "pays" if unit["pays_alone"] else "does not pay",
            _value(unit, "share", longest=LONGEST_SHARE),
        ))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield "  " + "  ".join([*cells, row[4]])


def _brief(data: dict[str, Any], key: str) -> str:
    exact = str(data[key])
    return exact if len(exact) <= 12 else f"≈ {data[f'{key}_float']:.6g}"


def _box(data: dict[str, Any]) -> Iterator[str]:
    said = {
        "certain": "collapses for sure: no specialised hardware",
        "excluded": "specialise for sure",
        "depends": "depends on the numbers",
    }
    yield from (said[data["collapse"]], "")
    yield "  T(x) = (1-s)/(1+(R-1)x) + s/(1-x): the time when a share x is specialised"
    yield ""
    for label, key in (
        ("efficiency ratio R", "ratio"), ("scalable share s", "scalable"),
        ("threshold S_c = 1 - 1/R", "threshold"),
        ("critical ratio R_c = 1/(1-s)", "critical_ratio"),
        ("best allocation x*", "allocation"), ("time at x*", "time"),
    ):
        yield _row(label, _reach(data, key))


def _reach(data: dict[str, Any], key: str) -> str:
    low, high = data[f"{key}_low"], data[f"{key}_high"]
    if low is None:
        return "none"
    if low == high:
        return _value({"n": low, "n_float": data[f"{key}_low_float"]}, "n")
    ends = []
    for end, value in (("low", low), ("high", high)):
        if value is None:
            ends.append("no bound")
            continue
        text = _value({"n": value, "n_float": data[f"{key}_{end}_float"]}, "n")
        ends.append(f"below {text}" if data.get(f"{key}_{end}_open") else text)
    return "from {} to {}".format(*ends)
