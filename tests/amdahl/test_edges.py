"""The edges that docs/amdahl.md lists: each is inside a theorem, or left out by a hypothesis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from checks.catalogue import card
from checks.verification import load, prove_card
from models.amdahl.units import units
from proofs.kernel.evaluate import NoValue, compiled_statement
from proofs.kernel.rules import Statement

CARDS = (
    "amdahl-identity", "amdahl-convex", "collapse", "optimum", "break-even", "transition",
    "share-not-monotone", "overclaim", "absorption-needed", "bandwidth", "many-units",
    "scaling-exponent",
)
HALF = Fraction(1, 2)
EDGES: Mapping[str, tuple[str, Fraction]] = {
    "s = 0": ("s", Fraction(0)), "s = 1": ("s", Fraction(1)), "R = 1": ("R", Fraction(1)),
    "R < 1": ("R", HALF), "γ = 0": ("g", Fraction(0)), "a = 1": ("a", Fraction(1)),
}
RATIOS = tuple(map(Fraction, (0, 1, 2, 9, 20)))
SHARES = (Fraction(0), Fraction(1, 4), HALF, Fraction(9, 10), Fraction(1))
VALUES: Mapping[str, tuple[Any, ...]] = {
    **dict.fromkeys("RQ", RATIOS), **dict.fromkeys("szxyk", SHARES), "i": (-1, 0, 5),
    **dict.fromkeys("ghamtwM", (Fraction(0), HALF, Fraction(1), Fraction(2))),
    "u": (
        units([]), units([(Fraction(1), Fraction(4), HALF)]),
        units([(HALF, Fraction(4), Fraction(1, 4))]), units([(HALF, Fraction(1), Fraction(1, 4))]),
    ),
}


def rows(title: str) -> Iterator[list[str]]:
    """The rows of the table under a heading that begins like this."""
    text = Path("docs/amdahl.md").read_text(encoding="utf-8")
    table = text[text.index(f"| {title} |") :].split("\n\n")[0].splitlines()
    for line in table[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def names(cell: str) -> list[str]:
    """What is named in a cell."""
    return re.findall("`([^`]+)`", cell)


@cache
def statements(id_: str) -> Mapping[str, Statement]:
    """The parts of a card."""
    found = prove_card(card(id_))
    assert found[1] == "proved"
    return found[3]


def variables(statement: Statement) -> list[str]:
    """Their names."""
    return [str(variable.data) for variable in statement.variables]


@cache
def reached(statement: Statement, edge: str) -> bool:
    """Whether the hypotheses hold somewhere on the edge."""
    name, value = EDGES[edge]
    given = compiled_statement(statement)
    listed = variables(statement)
    for row in product(*((value,) if each == name else VALUES[each] for each in listed)):
        try:
            if given(dict(zip(listed, row, strict=True))) is not None:
                return True
        except NoValue:
            pass
    return False


LISTED = [(cells[0].split(",")[0], name) for cells in rows("edge") for name in names(cells[2])]
LEFT_OUT = [
    (id_, edge)
    for cells in rows("card") for id_ in names(cells[0]) for edge in cells[1].split(", ")
]


@pytest.mark.parametrize(("edge", "name"), LISTED)
def test_a_theorem_that_is_named_speaks_of_the_edge(edge: str, name: str) -> None:
    statement = statements(name.partition(".")[0])[name]
    if EDGES[edge][0] in variables(statement):
        assert reached(statement, edge)
    else:  # the value stands in the formula, as the edge is all that the part is about
        assert not any(EDGES[other][0] == EDGES[edge][0] and other != edge
                       for other, part in LISTED if part == name)


def test_each_edge_is_listed() -> None:
    assert {edge for edge, _ in LISTED} == set(EDGES)


@pytest.mark.parametrize("id_", CARDS)
def test_an_edge_is_inside_or_left_out(id_: str) -> None:
    parts = statements(id_)
    for edge, (name, _) in EDGES.items():
        about = [part for part in parts.values() if name in variables(part)]
        inside = any(reached(part, edge) for part in about)
        named = any(part in parts for listed, part in LISTED if listed == edge)
        assert (not about or inside or named) == ((id_, edge) not in LEFT_OUT), edge


@pytest.mark.parametrize(("id_", "edge"), LEFT_OUT)
def test_what_leaves_an_edge_out_has_counterexamples(id_: str, edge: str) -> None:
    """For each part that speaks of the variable; which hypothesis it is, the card says."""
    found = card(id_)
    claims = load(found.instances)()
    for name, part in statements(id_).items():
        if EDGES[edge][0] in variables(part):
            assert not reached(part, edge)
            assert {h.label for h in part.hypotheses} <= {
                claim.hypothesis for claim in claims[name] if hasattr(claim, "hypothesis")
            }
