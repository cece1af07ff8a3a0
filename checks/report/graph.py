"""What rests on what: the theorems of a verification as a graph.

A card rests on another if a kernel theorem that is a part of the first rests on one that is a part
of the second, itself or through lemmas: kernel theorems that are parts of no card. A card that is
not in the verification is known only by the names of its theorems, which begin with its id.

*Definitions*: :func:`graph_page`, :class:`GraphPage`; :func:`grounds`, the relation;
:func:`mutual`, cards that rest on each other by different parts, which share a node;
:func:`bottom_up`, an order;
:class:`Panel`, the drawing of topics that belong together; :class:`Row`, the same in words;
:func:`kernel_order`, the lemmas too.

*How it is done*: what follows from other arrows is not drawn, and :mod:`checks.report.layers` finds
the places. Topics with an arrow between them share a panel; an axiom stands in each panel that
needs it. Text is measured as in a wide typeface, so that it fits in others.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Literal, TypeAlias, TypeVar

from checks.catalogue import CARDS, TOPICS, Topic
from checks.report.layers import Box, Curve, components, draw, reduced
from checks.results import CardResult, Verdict, Verification

Kind: TypeAlias = Literal["card", "absent", "axiom"]

Name: TypeAlias = tuple[Kind, str]
"""A card's id or the name of an axiom; ``absent``: a card that is not in the verification."""

Grounds: TypeAlias = dict[Name, frozenset[Name]]
"""What each rests on."""

Style: TypeAlias = Literal["id", "title", "note", "verdict"]

Key = TypeVar("Key", bound=Hashable)

WIDTH = 1016.0
"""Of the page, in pixels at the usual size: five tiles."""

TILE = 188.0
"""Width of a tile."""

PADDING = 10.0
FONT: dict[Style, float] = {"id": 11.0, "title": 13.0, "note": 11.0, "verdict": 11.5}
"""Sizes of text in pixels, which ``report.css`` repeats."""

_LEADING: dict[Style, float] = {"id": 16.0, "title": 17.0, "note": 15.0, "verdict": 22.0}
_FRAME = 8.0
_SHARES = {
    **dict.fromkeys("ijlI.,:;'|/\\ ", 0.35),
    **dict.fromkeys("frt!()[]-", 0.42),
    **dict.fromkeys("mwMW@%", 1.0),
}
"""Widths of letters as shares of the size, in DejaVu Sans or Verdana; other typefaces are narrower.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; ``y`` is its base, from the top of its tile."""

    text: str
    style: Style
    y: float


@dataclass(frozen=True, slots=True)
class Tile:
    """A card or an axiom, to be drawn.

    ``lines`` are those from the top; a card's last line, with its verdict and the number of its
    lemmas, has its base at ``foot``. ``topic``: the place of its topic in the panel.
    """

    name: Name
    title: str
    verdict: Verdict | None
    lemmas: int
    topic: int
    lines: tuple[Line, ...]
    foot: float
    height: float


@dataclass(frozen=True, slots=True)
class Node:
    """A box with a tile; with several, in a frame, if they rest on each other.

    ``tiles`` come with their left upper corners. ``needs``: the numbers of all that it rests on,
    by arrows that are drawn or that follow from these.
    """

    number: int
    box: Box
    tiles: tuple[tuple[float, float, Tile], ...]
    needs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a node down to one that it rests on."""

    start: int
    end: int
    curve: Curve


@dataclass(frozen=True, slots=True)
class Panel:
    """The drawing of topics that belong together."""

    topics: tuple[Topic, ...]
    width: float
    height: float
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A card in words: what it rests on and what rests on it; ``further``: through the others."""

    result: CardResult
    rests: tuple[Name, ...]
    rests_further: tuple[Name, ...]
    used: tuple[Name, ...]
    used_further: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A kernel theorem and those it rests on, less what follows; ``part``: a card states it."""

    name: str
    part: bool
    rests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GraphPage:
    """What is shown.

    ``waiting``: cards of which it is not known what they rest on. ``order``: kernel theorems, each
    with the first card that needs it.
    """

    panels: tuple[Panel, ...]
    rows: tuple[Row, ...]
    waiting: tuple[tuple[Topic, tuple[CardResult, ...]], ...]
    order: tuple[tuple[CardResult, tuple[Step, ...]], ...]

    @property
    def framed(self) -> bool:
        """Whether some cards rest on each other."""
        return any(len(node.tiles) > 1 for panel in self.panels for node in panel.nodes)

    @property
    def absent(self) -> bool:
        """Whether some cards that are drawn are not in the verification."""
        return any(
            tile.name[0] == "absent"
            for panel in self.panels for node in panel.nodes for _, _, tile in node.tiles
        )


def graph_page(verification: Verification) -> GraphPage | None:
    """The graph of what was found; none if nothing rests on another theorem or an axiom."""
    found = grounds(verification)
    if not any(found.values()):
        return None
    cards = verification.cards
    waiting = [result for result in cards if ("card", result.card.id) not in found]
    return GraphPage(
        tuple(_panels(verification, found)),
        tuple(_rows(verification, found)),
        tuple(
            (topic, some)
            for topic in TOPICS
            if (some := tuple(result for result in waiting if result.card.topic == topic.id))
        ),
        tuple(kernel_order(verification, found)),
    )


def grounds(verification: Verification) -> Grounds:
    """What each card rests on: other cards, also absent ones, and axioms.

    It has the cards that are proved or that rest on something, in the order of the verification,
    then the absent ones, then the axioms.
    """
    owner = _owners(verification)
    found: dict[Name, set[Name]] = {}
    for theorem, rests in _rests(verification).items():
        if theorem in owner:
            below = found.setdefault(owner[theorem], set())
            below |= {owner[rest] for kind, rest in rests if kind == "theorem" and rest in owner}
            below |= {("axiom", rest) for kind, rest in rests if kind == "axiom"}
            below.discard(owner[theorem])
    used = {need for needs in found.values() for need in needs}
    shown: list[Name] = [
        ("card", result.card.id)
        for result in verification.cards
        if result.verdict == "proved"
        or found.get(("card", result.card.id))
        or ("card", result.card.id) in used
    ]
    absent: list[Name] = [("absent", one.id) for one in CARDS if ("absent", one.id) in used]
    axioms = sorted(name for name in used if name[0] == "axiom")
    return {name: frozenset(found.get(name, ())) for name in (*shown, *absent, *axioms)}


def mutual(needs: Mapping[Key, Collection[Key]]) -> tuple[tuple[Key, ...], ...]:
    """All names in their order, those that need each other, however indirectly, together."""
    reached: dict[Key, set[Key]] = {}
    for name in needs:
        far, waiting = set[Key](), [name]
        while waiting:
            new = set(needs[waiting.pop()]) - far
            far |= new
            waiting += new
        reached[name] = far
    return tuple(dict.fromkeys(
        tuple(one for one in needs if one == name or (one in far and name in reached[one]))
        for name, far in reached.items()
    ))


def bottom_up(names: Iterable[Key], needs: Mapping[Key, Iterable[Key]]) -> Iterator[Key]:
    """The names and all that they need, each once and, but for cycles, after all that it needs."""
    seen: set[Key] = set()
    waiting = [(name, False) for name in names][::-1]
    while waiting:
        name, ready = waiting.pop()
        if ready:
            yield name
        elif name not in seen:
            seen.add(name)
            waiting.append((name, True))
            waiting += [(need, False) for need in needs[name]][::-1]


def kernel_order(
    verification: Verification, found: Grounds
) -> Iterator[tuple[CardResult, tuple[Step, ...]]]:
    """The kernel theorems by the first card that needs them, each after all that it rests on."""
    direct = {theorem: sorted(rests) for theorem, rests in reduced(_theorems(verification)).items()}
    results = {("card", result.card.id): result for result in verification.cards}
    parts = {part.name for result in results.values() for part in result.parts}
    done: set[str] = set()
    for name in bottom_up(found, {name: sorted(needs) for name, needs in found.items()}):
        if name in results:
            own = [part.name for part in results[name].parts if part.verdict == "proved"]
            new = [theorem for theorem in bottom_up(own, direct) if theorem not in done]
            done.update(new)
            if new:
                yield results[name], tuple(
                    Step(theorem, theorem in parts, tuple(direct[theorem])) for theorem in new
                )


def text_width(text: str, style: Style) -> float:
    """How wide it is at most, in the typefaces that systems use for pages."""
    if style == "id":  # every letter is as wide
        return FONT[style] * 0.604 * len(text)
    shares = (
        _SHARES.get(letter, 0.64 if letter.islower() else 0.79 if ord(letter) < 0x2E80 else 1.0)
        for letter in text
    )
    bold = 1.12 if style == "verdict" else 1.0
    return FONT[style] * bold * sum(shares)


def wrapped(text: str, style: Style, width: float) -> tuple[str, ...]:
    """The text in lines that are at most so wide; a word that is wider is cut."""
    lines: list[str] = []
    line = ""
    # A line ends after a space, or within a name after a hyphen or a dot.
    for word in re.findall(r"\S+?(?:[-.](?=\S)|\s+|$)", text.lstrip()):
        while text_width((line + word).rstrip(), style) > width:
            if not line:
                cut = next(n for n in count(1) if text_width(word[: n + 1], style) > width)
                line, word = word[:cut], word[cut:]
            lines.append(line.rstrip())
            line = ""
        line += word
    return (*lines, line.rstrip()) if line else tuple(lines)


def balanced(text: str, style: Style, width: float) -> tuple[str, ...]:
    """As :func:`wrapped`, in as many lines, of which the last is not short if that can be."""
    lines = found = wrapped(text, style, width)
    enough = 0.4 * width
    least = max((text_width(word, style) for word in text.split()), default=0.0)
    while found and text_width(found[-1], style) < enough:
        width -= 4
        found = wrapped(text, style, width)
        if width < least or len(found) > len(lines):
            return lines
    return found


def _rests(verification: Verification) -> dict[str, set[tuple[str, str]]]:
    """For each kernel theorem all that it rests on, as pairs of kind and name."""
    found: dict[str, set[tuple[str, str]]] = {}
    for result in verification.cards:
        for kind, name in (*(("theorem", part.name) for part in result.parts), *result.rests_on):
            if kind == "theorem":
                found.setdefault(name, set())
        for part in (*result.parts, *result.support):
            if part.name in found:  # else it is a definition or choice
                found[part.name] |= set(part.rests_on) - {("theorem", part.name)}
    return found


def _theorems(verification: Verification) -> dict[str, set[str]]:
    """For each kernel theorem the others that it rests on."""
    return {
        theorem: {name for kind, name in rests if kind == "theorem"}
        for theorem, rests in _rests(verification).items()
    }


def _owners(verification: Verification) -> dict[str, Name]:
    """The card of each kernel theorem that belongs to one."""
    shown = {result.card.id for result in verification.cards}
    # Of these the parts are known, and a theorem that only bears a card's name is a lemma.
    known = {result.card.id for result in verification.cards if result.parts}
    owner: dict[str, Name] = {}
    for theorem in _rests(verification):
        head = theorem.split(".")[0]
        if head not in known and any(card.id == head for card in CARDS):
            owner[theorem] = ("card" if head in shown else "absent", head)
    for result in reversed(verification.cards):
        owner |= {part.name: ("card", result.card.id) for part in result.parts}
    return owner


def _panels(verification: Verification, found: Grounds) -> Iterator[Panel]:
    """A drawing for each set of topics that arrows connect."""
    topic_of = {card.id: card.topic for card in CARDS}
    topic_of |= {result.card.id: result.card.topic for result in verification.cards}
    cards = [name for name in found if name[0] != "axiom"]
    owner = _owners(verification)
    beside: dict[str, set[str]] = {topic_of[name]: set() for _, name in cards}
    for card in cards:
        beside[topic_of[card[1]]] |= {topic_of[n] for kind, n in found[card] if kind != "axiom"}
    numbers = count(1)
    for group in components([topic.id for topic in TOPICS if topic.id in beside], beside):
        own = {name: found[name] for name in cards if topic_of[name[1]] in group}
        needed = frozenset[Name]().union(*own.values())
        own |= {name: found[name] for name in found if name[0] == "axiom" and name in needed}
        tiles = {
            name: _tile(
                name, verification, owner,
                0 if name[0] == "axiom" else group.index(topic_of[name[1]]),
            )
            for name in own
        }
        topics = tuple(topic for topic in TOPICS if topic.id in group)
        yield _panel(topics, own, tiles, numbers)


def _panel(
    topics: tuple[Topic, ...],
    found: Grounds,
    tiles: Mapping[Name, Tile],
    numbers: Iterator[int],
) -> Panel:
    """The drawing of these tiles, their nodes numbered."""
    nodes = {next(numbers): names for names in mutual(found)}
    node_of = {name: number for number, names in nodes.items() for name in names}
    needs = {
        number: {node_of[need] for name in names for need in found[name]} - {number}
        for number, names in nodes.items()
    }
    frame = {number: _FRAME if len(names) > 1 else 0.0 for number, names in nodes.items()}
    sizes = {
        number: (
            TILE + 2 * frame[number],
            sum(tiles[name].height + frame[number] for name in names) + frame[number],
        )
        for number, names in nodes.items()
    }
    drawing = draw(sizes, reduced(needs), width=WIDTH)
    made = []
    for number, names in nodes.items():
        box = drawing.boxes[number]
        placed, y = [], box.y + frame[number]
        for name in names:
            placed.append((box.x + frame[number], y, tiles[name]))
            y += tiles[name].height + frame[number]
        made.append(Node(number, box, tuple(placed), tuple(sorted(needs[number]))))
    arrows = tuple(Arrow(*ends, curve) for ends, curve in drawing.curves.items())
    return Panel(topics, drawing.width, drawing.height, tuple(made), arrows)


def _tile(
    name: Name, verification: Verification, owner: Mapping[str, Name], topic: int
) -> Tile:
    """A tile with its text in lines."""
    kind, text = name
    title, verdict, lemmas = "", None, 0
    pieces: list[tuple[str, Style]] = [(text, "id")]
    if kind == "card":
        result = next(one for one in verification.cards if one.card.id == text)
        title, verdict = result.card.title, result.verdict
        lemmas = len(_lemmas(result, owner))
        pieces.append((title, "title"))
    elif kind == "absent":
        pieces.append(("not in this report", "note"))
    else:
        pieces = [("axiom", "id"), (text, "note")]
    lines, y = [], PADDING - 3
    for piece, style in pieces:
        for line in balanced(piece, style, TILE - 2 * PADDING):
            y += _LEADING[style]
            lines.append(Line(line, style, y - 4))
    foot = y + _LEADING["verdict"] - 6
    return Tile(
        name, title, verdict, lemmas, topic, tuple(lines), foot,
        (y if verdict is None else y + _LEADING["verdict"]) + PADDING - 4,
    )


def _lemmas(result: CardResult, owner: Mapping[str, Name]) -> set[str]:
    """The kernel theorems that a card rests on and that are no card's."""
    return {name for kind, name in result.rests_on if kind == "theorem" and name not in owner}


def _rows(verification: Verification, found: Grounds) -> Iterator[Row]:
    """The cards that are drawn, in words."""
    groups = mutual(found)
    group_of = {name: group for group in groups for name in group}
    direct = reduced({
        group: {group_of[need] for name in group for need in found[name]} - {group}
        for group in groups
    })

    def near(one: Name, other: Name) -> bool:
        return group_of[one] == group_of[other] or group_of[other] in direct[group_of[one]]

    for result in verification.cards:
        name: Name = ("card", result.card.id)
        if name in found:
            rests = [other for other in found if other in found[name]]
            used = [other for other in found if name in found[other]]
            yield Row(
                result,
                tuple(other for other in rests if near(name, other)),
                tuple(other for other in rests if not near(name, other)),
                tuple(other for other in used if near(other, name)),
                tuple(other for other in used if not near(other, name)),
            )
