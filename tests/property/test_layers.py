"""Layered drawings, on random graphs without cycles."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from checks.report.layers import (
    BETWEEN_BOXES,
    Box,
    Curve,
    Drawing,
    components,
    crossings,
    draw,
    reduced,
)

Sizes = dict[int, tuple[float, float]]
Needs = dict[int, set[int]]

WIDTH = 1000.0
CLOSE = 0.11
"""Paths are written to tenths."""


@st.composite
def graphs(draw: DrawFn, most: int = 12) -> tuple[Sizes, Needs]:
    """Boxes with names in a random order, each needing some that are earlier in another."""
    names = draw(st.permutations(range(draw(st.integers(1, most)))))
    sizes = {
        name: (draw(st.sampled_from([40.0, 188.0])), draw(st.sampled_from([20.0, 37.0, 80.0])))
        for name in sorted(names)
    }
    few = draw(st.integers(1, 4))
    needs = {
        name: draw(st.sets(st.sampled_from(names[:i]), max_size=few)) if i else set()
        for i, name in enumerate(names)
    }
    return sizes, needs


def reachable(needs: Needs, start: int) -> set[int]:
    """All that can be reached in one step or more: by definition, not cleverly."""
    found: set[int] = set()
    for need in needs[start]:
        found |= {need} | reachable(needs, need)
    return found


def points(curve: Curve) -> list[tuple[float, float]]:
    """Points along the path as it is written."""
    words = re.findall(r"[MVC]|-?[0-9.]+", curve.path())
    found: list[tuple[float, float]] = []
    while words:
        letter = words.pop(0)
        many = {"M": 2, "V": 1, "C": 6}[letter]
        numbers = [float(word) for word in words[:many]]
        del words[:many]
        if letter == "M":
            found.append((numbers[0], numbers[1]))
            continue
        x, y = found[-1]
        ends = [x, y, *([x, y, x, numbers[0], x, numbers[0]] if letter == "V" else numbers)]
        for step in range(1, 13):
            t = step / 12
            shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            found.append((
                sum(share * ends[2 * i] for i, share in enumerate(shares)),
                sum(share * ends[2 * i + 1] for i, share in enumerate(shares)),
            ))
    return found


def apart(one: Box, other: Box, between: float = 0.0) -> bool:
    return (
        one.right + between <= other.x + 1e-6
        or other.right + between <= one.x + 1e-6
        or one.bottom <= other.y
        or other.bottom <= one.y
    )


def check_drawing(drawing: Drawing[int], sizes: Sizes, needs: Needs) -> None:
    """Everything that makes a drawing readable."""
    boxes, curves = drawing.boxes, drawing.curves
    assert {name: (box.width, box.height) for name, box in boxes.items()} == sizes
    assert set(curves) == {(one, other) for one, ends in needs.items() for other in ends}
    for box in boxes.values():
        assert box.x >= -1e-6 and box.right <= drawing.width + 1e-6
        assert box.y >= 0 and box.bottom <= drawing.height + 1e-6
    for one, other in combinations(boxes.values(), 2):
        assert apart(one, other, BETWEEN_BOXES)
    for (start, end), curve in curves.items():
        path = points(curve)
        assert boxes[start].bottom < boxes[end].y
        assert abs(path[0][1] - boxes[start].bottom) < CLOSE
        assert abs(path[-1][1] - boxes[end].y) < CLOSE
        assert boxes[start].x < path[0][0] < boxes[start].right
        assert boxes[end].x < path[-1][0] < boxes[end].right
        assert all(y <= down for (_, y), (_, down) in pairwise(path))
        for x, y in path:
            assert -CLOSE <= x <= drawing.width + CLOSE
            for box in boxes.values():
                assert not (
                    box.x - CLOSE < x < box.right + CLOSE and box.y + CLOSE < y < box.bottom - CLOSE
                ), (start, end, x, y, box)


@given(graphs(), st.sampled_from([1.0, 400.0, WIDTH]))
def test_boxes_and_arrows(graph: tuple[Sizes, Needs], width: float) -> None:
    sizes, needs = graph
    drawing = draw(sizes, needs, width=width)
    check_drawing(drawing, sizes, needs)
    assert draw(sizes, needs, width=width) == drawing


@given(graphs())
def test_arrows_stay_apart(graph: tuple[Sizes, Needs]) -> None:
    sizes, needs = graph
    curves = draw(sizes, needs, width=WIDTH).curves
    starts = [curve.points[0] for curve in curves.values()]
    assert len(set(starts)) == len(starts)
    for (one, other), curve in curves.items():  # only arrows to one box may join
        for (_, end), second in curves.items():
            if end != other:
                assert not set(curve.points) & set(second.points), (one, other, end)


@given(graphs())
def test_reduction(graph: tuple[Sizes, Needs]) -> None:
    _, needs = graph
    kept = reduced(needs)
    assert set(kept) == set(needs)
    smaller = {name: set(ends) for name, ends in kept.items()}
    for name in needs:
        assert kept[name] <= needs[name]
        assert reachable(smaller, name) == reachable(needs, name)
        for end in kept[name]:  # none can be left out
            assert end not in reachable(smaller | {name: smaller[name] - {end}}, name)


@given(graphs())
def test_components(graph: tuple[Sizes, Needs]) -> None:
    sizes, needs = graph
    parts = components(sizes, needs)
    assert sorted(name for part in parts for name in part) == sorted(sizes)
    of = {name: i for i, part in enumerate(parts) for name in part}
    for name, ends in needs.items():
        assert all(of[name] == of[end] for end in ends)
    for part in parts:
        near, reached = {part[0]}, {part[0]}
        while near:
            near = {
                other
                for other in part
                for one in near
                if other in needs[one] or one in needs[other]
            } - reached
            reached |= near
        assert reached == set(part)


@given(st.permutations(range(5)), st.permutations(range(5, 10)), st.data())
def test_crossings(lower: list[int], upper: list[int], data: st.DataObject) -> None:
    below: list[tuple[int, ...]] = [()] * 5 + [
        tuple(data.draw(st.sets(st.integers(0, 4)))) for _ in range(5)
    ]
    pieces = [(upper.index(one), lower.index(end)) for one in upper for end in below[one]]
    expected = sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(pieces, 2))
    assert crossings((tuple(lower), tuple(upper)), below) == expected
