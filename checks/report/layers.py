"""Layered drawings of graphs without cycles: boxes in rows, every arrow downward.

*Definitions*: :func:`draw`, :class:`Drawing`, :class:`Box`, :class:`Curve`; :func:`reduced` (the
transitive reduction), :func:`components`, :func:`crossings`.

*Results* (tests hold them on random graphs): every arrow goes down, from the lower edge of one box
to the upper edge of another; no two boxes overlap; no arrow runs through a box.

*How it is done*: connected parts are drawn one by one and packed. In a part, a row is filled from
below, longest chains first, no wider than asked. Arrows to one box that pass a row join there, in a
place of their own between the boxes. Rows are put in order by barycentres and swaps of neighbours,
from several orders drawn by chance, the same in every run; of the results with the fewest crossings
the one with the shortest arrows is taken. With the order fixed, the places across minimise the sum
of squared distances along the arrows. That is a convex problem: it is solved row by row, each row
exactly, as it is isotonic regression after a shift.

*References*: Sugiyama, Tagawa and Toda, 'Methods for visual understanding of hierarchical system
structures' (1981); Gansner, Koutsofios, North and Vo, 'A technique for drawing directed graphs'
(1993); Robertson, Wright and Dykstra, 'Order Restricted Statistical Inference' (1988), section 1.2
(pool adjacent violators).
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from itertools import pairwise
from random import Random
from typing import Generic, TypeAlias, TypeVar

Key = TypeVar("Key", bound=Hashable)
Point: TypeAlias = tuple[float, float]
Row: TypeAlias = tuple[int, ...]

BETWEEN_BOXES = 18.0
"""Room between two boxes of a row."""

BETWEEN_LINES = 14.0
"""Room between a passing arrow and what stands beside it."""

BETWEEN_ROWS = 46.0
STEEPNESS = 0.08
"""Least room between rows; more if an arrow has far to go across, this share of that."""

BETWEEN_PARTS = 36.0
BETWEEN_ENDS = 18.0
"""Room between arrows that begin or end at one box, where the box is wide enough."""

OVERFULL = 1.1
"""A drawing may be wider than asked by this factor, so as not to get long."""

_ROWS = (1.0, 0.8, 0.6, 0.4)
"""Widths of a row's boxes that are tried, as shares of the width."""

_STARTS = 24
_ROUNDS = 8
_KEPT = 8
"""Orders to start from; rounds of ordering from each; how many of the best are placed and compared.
"""

_SETTLING = 80
_SETTLED = 0.05
"""Rounds of placing at most; the largest move, in pixels, after which no more is needed."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner; y grows downward."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Half way across."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Curve:
    """Points from top to bottom; between two the curve leaves and arrives vertically."""

    points: tuple[Point, ...]

    @property
    def end(self) -> Point:
        """Where the arrow points to."""
        return self.points[-1]

    def path(self, short: float = 0.0) -> str:
        """As the path of an SVG, which stops this much above the end, for the head of an arrow."""
        (x, y), *rest = self.points
        words = [f"M{_text(x)} {_text(y)}"]
        for right, down in rest:
            if (right, down) == self.end:
                down = max(y, down - short)
            half = _text((y + down) / 2)
            words.append(
                f"V{_text(down)}"
                if right == x
                else f"C{_text(x)} {half} {_text(right)} {half} {_text(right)} {_text(down)}"
            )
            x, y = right, down
        return "".join(words)


@dataclass(frozen=True, slots=True)
class Drawing(Generic[Key]):
    """Boxes by name, and arrows by the names of their ends."""

    width: float
    height: float
    boxes: dict[Key, Box]
    curves: dict[tuple[Key, Key], Curve]


@dataclass(frozen=True, slots=True)
class _Part:
    """A connected part with its arrows cut at the rows.

    Points are numbered: first the boxes, then the places where an arrow passes a row. ``rows``
    begin at the bottom. ``below``: the points in the next row to which an arrow leads.
    """

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    below: tuple[Row, ...]
    above: tuple[Row, ...]
    boxes: int

    def weight(self, one: int, other: int) -> float:
        """How much it matters that a piece of an arrow is straight: most within a long one."""
        return (1.0, 2.0, 8.0)[(one >= self.boxes) + (other >= self.boxes)]

    def room(self, left: int, right: int) -> float:
        """The least distance between the middles of two neighbours."""
        both = left < self.boxes and right < self.boxes
        between = BETWEEN_BOXES if both else BETWEEN_LINES
        return (self.widths[left] + self.widths[right]) / 2 + between


def draw(
    sizes: Mapping[Key, tuple[float, float]],
    needs: Mapping[Key, Collection[Key]],
    *,
    width: float,
) -> Drawing[Key]:
    """Boxes of these sizes, with an arrow from each to all that it needs, in this width if it will
    do.

    ``needs`` has no cycle. The order of ``sizes`` decides where nothing else does; equal input
    gives an equal drawing.
    """
    found = []
    for part in components(sizes, needs):
        tried: list[Drawing[Key]] = []
        for share in _ROWS:  # arrows that pass need room beside the boxes
            tried.append(_drawn(part, sizes, needs, share * width))
            if tried[-1].width <= OVERFULL * width:
                break
        found.append(min(tried, key=lambda drawing: max(drawing.width, OVERFULL * width)))
    return _packed(found, width)


def reduced(needs: Mapping[Key, Collection[Key]]) -> dict[Key, frozenset[Key]]:
    """The transitive reduction: what is needed, less what follows from the rest.

    It is the least relation from which the same follows. Raises graphlib.CycleError.
    """
    reached: dict[Key, set[Key]] = {}
    kept: dict[Key, frozenset[Key]] = {}
    for one in TopologicalSorter(needs).static_order():
        wanted = needs.get(one, ())
        further = {far for near in wanted for far in reached[near]}
        kept[one] = frozenset(near for near in wanted if near not in further)
        reached[one] = further.union(wanted)
    return kept


def components(
    names: Collection[Key], needs: Mapping[Key, Collection[Key]]
) -> tuple[tuple[Key, ...], ...]:
    """The connected parts, in the order of the names."""
    beside: dict[Key, set[Key]] = {name: set() for name in names}
    for name in names:
        for need in needs.get(name, ()):
            beside[name].add(need)
            beside[need].add(name)
    found: list[tuple[Key, ...]] = []
    seen: set[Key] = set()
    for name in names:
        if name not in seen:
            part, waiting = {name}, [name]
            while waiting:
                new = beside[waiting.pop()] - part
                part |= new
                waiting += new
            seen |= part
            found.append(tuple(one for one in names if one in part))
    return tuple(found)


def crossings(rows: Sequence[Row], below: Sequence[Row]) -> int:
    """How many pairs of arrows between neighbouring rows cross."""
    found = 0
    for lower, upper in pairwise(rows):
        place = {point: number for number, point in enumerate(lower)}
        ends: list[int] = []
        for point in upper:
            own = sorted(place[end] for end in below[point])
            found += sum(len(ends) - bisect_right(ends, end) for end in own)
            for end in own:
                insort(ends, end)
    return found


def _drawn(
    names: Sequence[Key],
    sizes: Mapping[Key, tuple[float, float]],
    needs: Mapping[Key, Collection[Key]],
    width: float,
) -> Drawing[Key]:
    """One connected part, its upper left corner at the origin."""
    place = {name: i for i, name in enumerate(names)}
    wanted = [sorted({place[need] for need in needs.get(name, ())}) for name in names]
    level = _levels(wanted, [sizes[name][0] for name in names], width)
    part, chains = _cut(wanted, [sizes[name][0] for name in names], level)
    rows, across = _placed(part)
    left = min(x - wide / 2 for x, wide in zip(across, part.widths, strict=True))
    across = [x - left for x in across]

    bands: list[tuple[float, float]] = []  # top and bottom of each row
    for row in reversed(rows):
        top = 0.0
        if bands:
            runs = (abs(across[i] - across[end]) for i in row for end in part.above[i])
            top = bands[0][1] + max(BETWEEN_ROWS, BETWEEN_ROWS / 2 + STEEPNESS * max(runs))
        bands.insert(0, (top, top + max(sizes[names[i]][1] for i in row if i < part.boxes)))
    boxes = []
    for i, name in enumerate(names):
        (wide, tall), (top, bottom) = sizes[name], bands[level[i]]
        boxes.append(Box(across[i] - wide / 2, (top + bottom - tall) / 2, wide, tall))
    return Drawing(
        max(x + wide / 2 for x, wide in zip(across, part.widths, strict=True)),
        bands[0][1],
        dict(zip(names, boxes, strict=True)),
        {
            (names[one], names[other]): curve
            for (one, other), curve in _curves(boxes, level, bands, across, chains).items()
        },
    )


def _curves(
    boxes: Sequence[Box],
    level: Sequence[int],
    bands: Sequence[tuple[float, float]],
    across: Sequence[float],
    chains: Mapping[tuple[int, int], Row],
) -> dict[tuple[int, int], Curve]:
    """The arrows: straight down through each row, bent only between rows."""
    arrives = _ends(boxes, {
        (chain[-1], chain[-2]): across[chain[-2]] for chain in chains.values()
    })
    begins = _ends(boxes, {
        chain[:2]: arrives[chain[::-1]] if len(chain) == 2 else across[chain[1]]
        for chain in chains.values()
    })
    found = {}
    for (one, other), chain in chains.items():
        x = begins[chain[:2]]
        points = [(x, boxes[one].bottom), (x, bands[level[one]][1])]
        for row, passing in enumerate(chain[1:-1], start=1):
            top, bottom = bands[level[one] - row]
            points += [(across[passing], top), (across[passing], bottom)]
        x = arrives[chain[:-3:-1]]
        points += [(x, bands[level[other]][0]), (x, boxes[other].y)]
        found[one, other] = Curve(tuple(dict.fromkeys(points)))
    return found


def _levels(
    wanted: Sequence[Sequence[int]], widths: Sequence[float], width: float
) -> tuple[int, ...]:
    """Each box's row, counted from below: above all that it needs, and no row too wide.

    Rows are filled from below, what begins the longest chain of users first. Then a box that more
    arrows lead to than come from moves up to its users, where there is room.
    """
    users: list[list[int]] = [[] for _ in wanted]
    for i, needs in enumerate(wanted):
        for need in needs:
            users[need].append(i)
    order = list(TopologicalSorter(dict(enumerate(wanted))).static_order())
    chain = [0] * len(wanted)
    for i in reversed(order):
        chain[i] = 1 + max((chain[user] for user in users[i]), default=0)

    level = [-1] * len(wanted)
    filled: list[float] = []
    while min(level) < 0:
        filled.append(-BETWEEN_BOXES)  # so that the first box adds no gap
        row = len(filled) - 1
        ready = [
            i for i, at in enumerate(level) if at < 0 and all(level[n] >= 0 for n in wanted[i])
        ]
        for i in sorted(ready, key=lambda i: -chain[i]):
            if filled[row] < 0 or filled[row] + BETWEEN_BOXES + widths[i] <= width:
                level[i] = row
                filled[row] += BETWEEN_BOXES + widths[i]
    for i in reversed(order):
        if len(users[i]) > len(wanted[i]):
            for row in range(min(level[user] for user in users[i]) - 1, level[i], -1):
                if filled[row] + BETWEEN_BOXES + widths[i] <= width:
                    filled[level[i]] -= BETWEEN_BOXES + widths[i]
                    filled[row] += BETWEEN_BOXES + widths[i]
                    level[i] = row
                    break
    used = sorted(set(level))
    return tuple(used.index(row) for row in level)


def _cut(
    wanted: Sequence[Sequence[int]], widths: Sequence[float], level: Sequence[int]
) -> tuple[_Part, dict[tuple[int, int], Row]]:
    """The part with its arrows cut at the rows, and each arrow's points from top to bottom."""
    rows: list[list[int]] = [[] for _ in range(max(level) + 1)]
    for i, row in enumerate(level):
        rows[row].append(i)
    below: list[list[int]] = [[] for _ in wanted]
    passing: dict[tuple[int, int], int] = {}  # where arrows to a box pass a row
    chains: dict[tuple[int, int], Row] = {}
    for i, needs in enumerate(wanted):
        for need in needs:
            chain = [i]
            for row in range(level[i] - 1, level[need], -1):
                if (need, row) not in passing:
                    passing[need, row] = len(below)
                    rows[row].append(len(below))
                    below.append([])
                chain.append(passing[need, row])
            chains[i, need] = (*chain, need)
            for one, other in pairwise(chains[i, need]):
                if other not in below[one]:
                    below[one].append(other)
    above: list[list[int]] = [[] for _ in below]
    for one, ends in enumerate(below):
        for other in ends:
            above[other].append(one)
    part = _Part(
        (*widths, *(0.0 for _ in passing)),
        tuple(map(tuple, rows)), tuple(map(tuple, below)), tuple(map(tuple, above)), len(widths),
    )
    return part, chains


def _placed(part: _Part) -> tuple[tuple[Row, ...], list[float]]:
    """The rows in a good order, and the middle of each point."""
    found: dict[tuple[Row, ...], int] = {}
    chance = Random(0)
    for _ in range(_STARTS):
        start = tuple(tuple(chance.sample(row, len(row))) for row in part.rows)
        for rows in _orders(part, start):
            found.setdefault(rows, crossings(rows, part.below))
    least = min(found.values())
    best = [rows for rows, number in found.items() if number == least][:_KEPT]
    places = [_across(part, rows) for rows in best]
    strains = [round(_strain(part, across), 3) for across in places]
    chosen = strains.index(min(strains))
    return best[chosen], places[chosen]


def _orders(part: _Part, rows: tuple[Row, ...]) -> Iterator[tuple[Row, ...]]:
    """Orders of the rows, by sweeps down and up."""
    place = [0] * len(part.widths)
    now = list(rows)
    for row in now:
        _number(row, place)
    yield rows
    for sweep in range(_ROUNDS):
        upward = sweep % 2 == 1
        beside = part.below if upward else part.above
        for i in range(1, len(now)) if upward else range(len(now) - 2, -1, -1):
            centre = {
                point: sum(place[end] for end in beside[point]) / len(beside[point])
                if beside[point] else float(place[point])
                for point in now[i]
            }
            now[i] = tuple(sorted(now[i], key=centre.__getitem__))
            _number(now[i], place)
        _swap(part, now, place)
        yield tuple(now)


def _number(row: Row, place: list[int]) -> None:
    """Note the place of each point in its row."""
    for i, point in enumerate(row):
        place[point] = i


def _swap(part: _Part, rows: list[Row], place: list[int]) -> None:
    """Swap neighbours as long as that saves crossings."""
    better = True
    while better:
        better = False
        for number, row in enumerate(rows):
            points = list(row)
            for i in range(len(points) - 1):
                if _saved(part, points[i], points[i + 1], place) > 0:
                    points[i : i + 2] = points[i + 1], points[i]
                    better = True
            rows[number] = tuple(points)
            _number(rows[number], place)


def _saved(part: _Part, left: int, right: int, place: Sequence[int]) -> int:
    """How many crossings there are less, if these neighbours are swapped."""
    return sum(
        (place[one] > place[other]) - (place[one] < place[other])
        for beside in (part.below, part.above)
        for one in beside[left]
        for other in beside[right]
    )


def _across(part: _Part, rows: tuple[Row, ...]) -> list[float]:
    """The middles that minimise the weighted squares along the arrows, in this order."""
    x = [0.0] * len(part.widths)
    for row in rows:
        for left, right in pairwise(row):
            x[right] = x[left] + part.room(left, right)
        shift = x[row[-1]] / 2
        for point in row:
            x[point] -= shift
    for settling in range(_SETTLING):
        before = tuple(x)
        for row in rows if settling % 2 else rows[::-1]:
            offsets, targets, weights = [0.0], [], []
            for left, right in pairwise(row):
                offsets.append(offsets[-1] + part.room(left, right))
            for point, offset in zip(row, offsets, strict=True):
                ends = [(end, part.weight(point, end)) for end in _beside(part, point)]
                weight = sum(w for _, w in ends)
                target = sum(x[end] * w for end, w in ends) / weight if ends else x[point]
                targets.append(target - offset)
                weights.append(weight or 1.0)
            for point, value, offset in zip(row, _isotonic(targets, weights), offsets, strict=True):
                x[point] = value + offset
        if max(abs(now - then) for now, then in zip(x, before, strict=True)) < _SETTLED:
            break
    return x


def _isotonic(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The nondecreasing sequence nearest to the values, in weighted squares."""
    pools: list[tuple[float, float, int]] = []  # mean, weight, length
    for value, weight in zip(values, weights, strict=True):
        length = 1
        while pools and pools[-1][0] > value:
            mean, before, many = pools.pop()
            value = (mean * before + value * weight) / (before + weight)
            weight += before
            length += many
        pools.append((value, weight, length))
    return [mean for mean, _, length in pools for _ in range(length)]


def _strain(part: _Part, across: Sequence[float]) -> float:
    """What :func:`_across` minimises."""
    return sum(
        part.weight(point, end) * (across[point] - across[end]) ** 2
        for point, ends in enumerate(part.below)
        for end in ends
    )


def _beside(part: _Part, point: int) -> Row:
    return part.below[point] + part.above[point]


def _ends(boxes: Sequence[Box], aims: Mapping[Row, float]) -> dict[Row, float]:
    """Where across arrows meet a box, by pairs of its number and the next point's.

    They stand side by side in the order of their aims, and one that is nearly at its aim goes
    there, to be straight.
    """
    found: dict[Row, float] = {}
    for i, box in enumerate(boxes):
        own = sorted((aim, pair) for pair, aim in aims.items() if pair[0] == i)
        step = min(BETWEEN_ENDS, 0.7 * box.width / max(len(own), 1))
        for place, (aim, pair) in enumerate(own):
            x = box.middle + (place - (len(own) - 1) / 2) * step
            found[pair] = aim if abs(aim - x) < step / 2 else x
    return found


@dataclass(slots=True)
class _Column:
    """Parts above one another on a shelf."""

    x: float
    width: float
    filled: float


@dataclass(slots=True)
class _Shelf:
    y: float
    height: float
    columns: list[_Column]

    @property
    def right(self) -> float:
        return self.columns[-1].x + self.columns[-1].width


def _packed(parts: Sequence[Drawing[Key]], width: float) -> Drawing[Key]:
    """The parts beside and above one another, the tall ones first."""
    shelves: list[_Shelf] = []
    boxes: dict[Key, Box] = {}
    curves: dict[tuple[Key, Key], Curve] = {}
    for part in sorted(parts, key=lambda part: (-part.height, -part.width)):
        x, y = _place(shelves, part.width, part.height, width)
        boxes |= {
            name: replace(box, x=box.x + x, y=box.y + y) for name, box in part.boxes.items()
        }
        curves |= {
            pair: Curve(tuple((right + x, down + y) for right, down in curve.points))
            for pair, curve in part.curves.items()
        }
    return Drawing(
        max((shelf.right for shelf in shelves), default=0.0),
        max((shelf.y + shelf.height for shelf in shelves), default=0.0),
        boxes,
        curves,
    )


def _place(
    shelves: list[_Shelf], wide: float, tall: float, width: float
) -> tuple[float, float]:
    """The corner of the first free place of this size, which is then taken."""
    for shelf in shelves:
        for column in shelf.columns:
            above = column.filled + BETWEEN_PARTS
            if wide <= column.width and above + tall <= shelf.height:
                column.filled = above + tall
                return column.x, shelf.y + above
        x = shelf.right + BETWEEN_PARTS
        if x + wide <= width:
            shelf.columns.append(_Column(x, wide, tall))
            return x, shelf.y
    y = shelves[-1].y + shelves[-1].height + BETWEEN_PARTS if shelves else 0.0
    shelves.append(_Shelf(y, tall, [_Column(0.0, wide, tall)]))
    return 0.0, y


def _text(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
