"""Types of parameters, those of users too: their values, as text and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.claims import refute
from checks.claims.generators import generator, generator_for
from checks.claims.load import find
from checks.claims.replay import replay, save
from models.errors import BadInput

COLOURS = """
from enum import Enum
from dataclasses import dataclass

class Colour(Enum):
    RED = 1
    BLUE = 2

@dataclass(frozen=True)
class Graph:
    edges: tuple

generator(Colour, lambda size: [] if size else list(Colour), largest=0,
          show=lambda colour: colour.name, read=lambda text: Colour[text])
generator(Graph, lambda size: [Graph(((0, n),)) for n in range(size + 1)])

@claim("Red graphs are small.")
def small(colour: Colour, graph: Graph, pair: tuple[Nat, Graph]) -> bool:
    return colour is Colour.BLUE or len(graph.edges) + pair[0] < 3 or graph.edges[0][1] != 1
"""


def test_types_of_a_claim_file(write: Callable[..., Path]) -> None:
    loaded, claim = find(f"{write(COLOURS)}::small")
    found = refute(claim, loaded=loaded, size=6)
    assert found.counterexample is not None
    assert found.counterexample.values == {
        "colour": "RED", "graph": "Graph(edges=((0, 1),))",
        "pair": "(2; Graph(edges=((0, 0),)))",
    }
    place = save(found, loaded)
    assert replay(place).judgement.what == "fails"
    data = json.loads(place.read_text())
    for change, said in (
        ({"place": 10**9}, "no instance at its place"),
        ({"place": None}, "no instance at its place"),
        ({"place": data["place"] + 1}, "another value at its place"),
    ):
        place.write_text(json.dumps(data | change))
        with pytest.raises(BadInput, match=said):
            replay(place)


def test_a_type_with_a_generator_keeps_it() -> None:
    with pytest.raises(BadInput, match="type int; expected a type that has no generator yet"):
        generator(int, lambda size: [size])


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (int, "1.5", "number '1.5'"), (int, "--1", "number '-1'"), (bool, "yes", "truth value"),
        (tuple[int, int], "(1; 2; 3)", "3 values"), (tuple[int, int], "1; 2", "tuple '1; 2'"),
        (tuple[int, ...], "(1; x)", "number 'x'"),
    ],
)
def test_texts_that_are_no_values(kind: object, text: str, said: str) -> None:
    read = generator_for(kind).read
    assert read is not None
    with pytest.raises(BadInput, match=said):
        read(text)


def test_types_without_generator() -> None:
    for kind in (set, dict[str, int], list, "Program", None):
        with pytest.raises(BadInput, match="nothing is known of the type"):
            generator_for(kind)
