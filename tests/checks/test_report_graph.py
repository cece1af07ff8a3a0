"""What rests on what: the relation, its drawing and its words, on verifications made by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise, product
from pathlib import Path

import pytest

from checks import report as package
from checks.catalogue import CARDS, Card, card
from checks.report import render
from checks.report.graph import (
    FONT,
    PADDING,
    TILE,
    WIDTH,
    Arrow,
    GraphPage,
    Name,
    Node,
    Style,
    Tile,
    balanced,
    bottom_up,
    graph_page,
    grounds,
    kernel_order,
    mutual,
    text_width,
    wrapped,
)
from checks.report.layers import draw
from checks.results import CardResult, Part, Verdict, Verification
from tests.checks import test_report
from tests.checks.test_report import HOSTILE, Structure

AXIOM = "every nonnegative real is the square of a nonnegative real"


def part(name: str, *theorems: str, axioms: tuple[str, ...] = ()) -> Part:
    rests = [("definition", "evaluate"), *(("theorem", theorem) for theorem in theorems)]
    return Part(name, "true", "", "proved", 1, {}, (*rests, *(("axiom", a) for a in axioms)))


def result(
    name: str | Card, *parts: Part, verdict: Verdict = "proved", support: tuple[Part, ...] = ()
) -> CardResult:
    one = card(name) if isinstance(name, str) else name
    return CardResult(one, verdict, "", parts, support, ())


def verification(*cards: CardResult) -> Verification:
    return Verification(cards, {}, 1.0)


def sample() -> Verification:
    """A diamond with a lemma, an axiom, a card alone, one that is absent, and two not proved."""
    return verification(
        result("gas-monotone", part("gas-monotone")),
        result(
            "substitution",
            part("substitution.forward", "gas-monotone", "gas-monotone.any"),
            part("substitution.backward", "gas-monotone", "substitution.forward"),
        ),
        result("jump-escape", part("jump-escape", "gas-monotone"), part("decode-code")),
        result(
            "jump-monotone",
            part(
                "jump-monotone",
                "gas-monotone", "gas-monotone.any", "substitution.forward", "decode-code", "visit",
            ),
            support=(
                part("gas-monotone.any", "gas-monotone"),
                part("visit", "decode-code"),
                Part("evaluate", "", "gas equation", "proved", 1, {}),
            ),
        ),
        result("specialisation", part("specialisation")),
        result("kleene-post", verdict="unknown"),
        result("collapse", part("collapse.if", "amdahl-identity", "cancel")),
        result("optimum", part("optimum.least", "cancel", axioms=(AXIOM,))),
        result("bandwidth", part("bandwidth"), verdict="refuted"),
    )


DRAWN = [
    "gas-monotone", "substitution", "jump-escape", "jump-monotone", "specialisation", "collapse",
    "optimum",
]


def cards(*names: str) -> frozenset[Name]:
    return frozenset(("card", name) for name in names)


@pytest.fixture(scope="module")
def graph() -> GraphPage:
    found = graph_page(sample())
    assert found is not None
    return found


def nodes(graph: GraphPage) -> Iterator[Node]:
    for panel in graph.panels:
        yield from panel.nodes


def tiles(graph: GraphPage) -> Iterator[Tile]:
    for node in nodes(graph):
        for _, _, tile in node.tiles:
            yield tile


def arrows(graph: GraphPage) -> Iterator[tuple[Arrow, str, str]]:
    """Arrows with the names of their ends."""
    names = {
        node.number: " ".join(tile.name[1] for _, _, tile in node.tiles) for node in nodes(graph)
    }
    for panel in graph.panels:
        for arrow in panel.arrows:
            yield arrow, names[arrow.start], names[arrow.end]


def section(found: Verification) -> Structure:
    """The section of a page that is whole, balanced and loads nothing."""
    text = render(found)
    page = Structure(text)
    test_report.test_balanced_with_unique_ids(page)
    test_report.test_every_link_has_a_target(page)
    test_report.test_nothing_is_loaded(text, page)
    assert page.tags.count("script") == page.tags.count("title") == 1
    begin = text.index('<section id="page-graph"')
    return Structure(text[begin : text.index("</section>", begin) + len("</section>")])


def spaced(structure: Structure) -> str:
    return " ".join(" ".join(structure.words).split())


# The relation


def test_grounds() -> None:
    assert grounds(sample()) == {
        ("card", "gas-monotone"): frozenset(),
        ("card", "substitution"): cards("gas-monotone"),
        ("card", "jump-escape"): cards("gas-monotone"),
        ("card", "jump-monotone"): cards("gas-monotone", "substitution", "jump-escape"),
        ("card", "specialisation"): frozenset(),
        ("card", "collapse"): {("absent", "amdahl-identity")},
        ("card", "optimum"): {("axiom", AXIOM)},
        ("absent", "amdahl-identity"): frozenset(),
        ("axiom", AXIOM): frozenset(),
    }


def test_a_lemma_may_bear_the_name_of_a_card_that_is_shown() -> None:
    lemma = result("use-principle", part("use-principle", "gas-monotone.any"))
    shown = verification(result("gas-monotone", part("gas-monotone")), lemma)
    assert grounds(shown)["card", "use-principle"] == frozenset()
    alone = verification(lemma)
    assert grounds(alone)["card", "use-principle"] == {("absent", "gas-monotone")}


def test_what_absent_cards_rest_on() -> None:
    forward = part("substitution.forward", "gas-monotone")
    above = result(
        "turing-preorder",
        part("turing-preorder", "substitution.forward", "gas-monotone"),
        support=(forward, part("gas-monotone")),
    )
    found = grounds(verification(above))
    assert found["absent", "substitution"] == {("absent", "gas-monotone")}
    page = graph_page(verification(above))
    assert page is not None and page.absent
    assert [(start, end) for _, start, end in arrows(page)] == [
        ("turing-preorder", "substitution"), ("substitution", "gas-monotone"),
    ]


def test_nothing_rests_on_anything() -> None:
    lone = verification(result("gas-monotone", part("gas-monotone")))
    assert graph_page(lone) is None
    assert graph_page(verification()) is None
    page = Structure(render(lone))
    assert "page-graph" not in page.ids and "What rests on what" not in page.text


def test_mutual() -> None:
    needs = {1: [2], 2: [3], 3: [1, 4], 4: [], 5: [4, 1], 6: [7], 7: [6]}
    assert mutual(needs) == ((1, 2, 3), (4,), (5,), (6, 7))


def test_bottom_up() -> None:
    needs = {"a": ["c", "b"], "b": ["d"], "c": ["d"], "d": []}
    assert list(bottom_up(["a", "b"], needs)) == ["d", "c", "b", "a"]
    assert list(bottom_up(["b"], needs)) == ["d", "b"]
    assert sorted(bottom_up([1], {1: [2], 2: [1]})) == [1, 2]


def test_kernel_order() -> None:
    found = sample()
    order = {one.card.id: steps for one, steps in kernel_order(found, grounds(found))}
    assert {
        name: [(step.name, step.part, step.rests) for step in steps]
        for name, steps in order.items()
    } == {
        "gas-monotone": [("gas-monotone", True, ())],
        "substitution": [
            ("gas-monotone.any", False, ("gas-monotone",)),
            ("substitution.forward", True, ("gas-monotone.any",)),
            ("substitution.backward", True, ("substitution.forward",)),
        ],
        "jump-escape": [
            ("jump-escape", True, ("gas-monotone",)), ("decode-code", True, ()),
        ],
        "jump-monotone": [
            ("visit", False, ("decode-code",)),
            ("jump-monotone", True, ("substitution.forward", "visit")),
        ],
        "specialisation": [("specialisation", True, ())],
        "collapse": [
            ("amdahl-identity", False, ()), ("cancel", False, ()),
            ("collapse.if", True, ("amdahl-identity", "cancel")),
        ],
        "optimum": [("optimum.least", True, ("cancel",))],
    }


def test_cards_come_after_those_that_they_need() -> None:
    found = sample()
    turned = replace(found, cards=found.cards[::-1])
    order = [one.card.id for one, _ in kernel_order(turned, grounds(turned))]
    assert order.index("gas-monotone") < order.index("substitution")
    assert order.index("substitution") < order.index("jump-monotone")


# The drawing


def test_what_is_drawn(graph: GraphPage) -> None:
    assert [tile.name for tile in tiles(graph)] == [
        ("card", "gas-monotone"), ("card", "substitution"), ("card", "jump-escape"),
        ("card", "jump-monotone"), ("card", "specialisation"),
        ("card", "collapse"), ("card", "optimum"), ("absent", "amdahl-identity"),
        ("axiom", AXIOM),
    ]
    assert [tuple(topic.id for topic in panel.topics) for panel in graph.panels] == [
        ("machine",), ("amdahl",),
    ]
    lemmas = {tile.name[1]: tile.lemmas for tile in tiles(graph) if tile.lemmas}
    assert lemmas == {"substitution": 1, "jump-monotone": 2, "collapse": 1, "optimum": 1}
    assert not graph.framed


def test_arrows_are_the_reduction(graph: GraphPage) -> None:
    assert sorted((start, end) for _, start, end in arrows(graph)) == [
        ("collapse", "amdahl-identity"),
        ("jump-escape", "gas-monotone"),
        ("jump-monotone", "jump-escape"),
        ("jump-monotone", "substitution"),
        ("optimum", AXIOM),
        ("substitution", "gas-monotone"),
    ]
    needs = {tile.name[1]: node.needs for node in nodes(graph) for _, _, tile in node.tiles}
    numbers = {tile.name[1]: node.number for node in nodes(graph) for _, _, tile in node.tiles}
    assert set(needs["jump-monotone"]) == {
        numbers[name] for name in ("gas-monotone", "substitution", "jump-escape")
    }


def check_places(graph: GraphPage) -> None:
    """Every arrow goes down from box to box, no boxes overlap, tiles lie in their boxes."""
    for panel in graph.panels:
        boxes = {node.number: node.box for node in panel.nodes}
        for one, other in combinations(boxes.values(), 2):
            assert (
                one.right < other.x or other.right < one.x
                or one.bottom < other.y or other.bottom < one.y
            )
        for arrow in panel.arrows:
            start, end = boxes[arrow.start], boxes[arrow.end]
            assert arrow.curve.points[0][1] == start.bottom < end.y == arrow.curve.end[1]
        for node in panel.nodes:
            assert node.box.right <= panel.width and node.box.bottom <= panel.height
            bottom = node.box.y
            for x, y, tile in node.tiles:
                assert node.box.x <= x and x + TILE <= node.box.right
                assert bottom <= y
                bottom = y + tile.height
            assert bottom <= node.box.bottom


def check_text(tile: Tile) -> None:
    """Every line fits, below the one before it."""
    room = TILE - 2 * PADDING
    assert all(text_width(line.text, line.style) <= room for line in tile.lines)
    bases = [0.0, *(line.y for line in tile.lines)]
    if tile.verdict:
        verdict = text_width(f"✓ {tile.verdict}", "verdict")
        assert verdict + text_width(f"  + {tile.lemmas} lemmas", "note") <= room
        bases.append(tile.foot)
    assert all(line.y - base >= FONT[line.style] for base, line in
               zip(bases, tile.lines, strict=False))
    assert bases[-1] - bases[-2] >= FONT["note"] and bases[-1] <= tile.height - PADDING / 2


def test_places_and_text(graph: GraphPage) -> None:
    check_places(graph)
    for tile in tiles(graph):
        check_text(tile)


def whole_catalogue() -> Verification:
    """Every card proved; each rests on the three before it in its topic, some on another topic."""
    found = []
    for one in CARDS:
        before = [result.card.id for result in found if result.card.topic == one.topic][-3:]
        if one.topic == "revision":
            before.append("substitution")
        lemmas = [f"{one.id}-lemma-{i}" for i in range(26)]
        found.append(result(one, part(one.id, *before, *lemmas, axioms=(AXIOM,))))
    return verification(*found)


def test_whole_catalogue() -> None:
    graph = graph_page(whole_catalogue())
    assert graph is not None
    check_places(graph)
    for tile in tiles(graph):
        check_text(tile)
    shown = [tile.name[1] for tile in tiles(graph) if tile.verdict]
    assert sorted(shown) == sorted(one.id for one in CARDS)
    assert [[topic.id for topic in panel.topics] for panel in graph.panels] == [
        ["machine", "revision"], ["amdahl"], ["efficiency"], ["streaming"],
    ]
    assert [tile.name[1] for tile in tiles(graph)].count(AXIOM) == len(graph.panels)
    assert all(panel.width <= 1.2 * WIDTH for panel in graph.panels)


def test_topics_that_share_a_panel() -> None:
    text = section(whole_catalogue())
    stripes = [v for tag, name, v in text.attributes if (tag, name) == ("path", "class")]
    machine = sum(one.topic == "machine" for one in CARDS)
    revision = sum(one.topic == "revision" for one in CARDS)
    assert stripes.count("stripe topic-0") == machine + 1  # and the legend
    assert stripes.count("stripe topic-1") == revision + 1
    assert "stripe topic-2" not in stripes
    assert not any("stripe" in value for _, _, value in section(sample()).attributes)


def test_cards_that_rest_on_each_other() -> None:
    found = verification(
        result("jump-above", part("jump-above", "jump-escape.error"), part("asking")),
        result("jump-escape", part("jump-escape", "asking"), part("jump-escape.error")),
        result("jump-monotone", part("jump-monotone", "jump-escape", "asking")),
    )
    graph = graph_page(found)
    assert graph is not None and graph.framed
    check_places(graph)
    assert [(start, end) for _, start, end in arrows(graph)] == [
        ("jump-monotone", "jump-above jump-escape")
    ]
    rows = {row.result.card.id: row for row in graph.rows}
    assert rows["jump-above"].rests == (("card", "jump-escape"),)
    assert rows["jump-above"].used == (("card", "jump-escape"), ("card", "jump-monotone"))
    assert "rest on each other" in spaced(section(found))


# The words


def test_rows(graph: GraphPage) -> None:
    rows = {row.result.card.id: row for row in graph.rows}
    assert list(rows) == DRAWN
    top, bottom = rows["jump-monotone"], rows["gas-monotone"]
    assert top.rests == (("card", "substitution"), ("card", "jump-escape"))
    assert top.rests_further == (("card", "gas-monotone"),)
    assert top.used == top.used_further == ()
    assert bottom.used == (("card", "substitution"), ("card", "jump-escape"))
    assert bottom.used_further == (("card", "jump-monotone"),)
    assert rows["optimum"].rests == (("axiom", AXIOM),)
    assert rows["specialisation"].rests == ()


def test_section_in_words() -> None:
    text = spaced(section(sample()))
    for said in (
        "jump-monotone ✓ proved substitution , jump-escape ; through these gas-monotone –",
        "gas-monotone ✓ proved – substitution , jump-escape ; through these jump-monotone",
        "collapse ✓ proved amdahl-identity (not in this report) –",
        "specialisation ✓ proved – –",
        "Oracle machines, degrees and the jump kleene-post",
        "Amdahl's law with specialised hardware bandwidth ✗ refuted",
        "All 13 theorems of the kernel",
        "jump-monotone substitution. forward , visit",
    ):
        assert said in text, said


# The page


def test_each_proved_card_is_one_node_with_its_verdict() -> None:
    text = render(sample())
    plates = re.findall(r'<a class="plate (\w+)" href="#([^"]+)" aria-label="([^"]+)".*?</a>', text,
                        re.DOTALL)
    assert sorted(name for _, name, _ in plates) == sorted(DRAWN)
    for verdict, name, label in plates:
        assert verdict == "proved"
        assert label == f"{name}: {card(name).title}; proved".replace("'", "&#39;")
    drawn = re.findall(r"<svg class=\"drawing\".*?</svg>", text, re.DOTALL)
    assert "".join(drawn).count("✓ proved</text>") == len(DRAWN)
    assert "".join(drawn).count('<g class="arrow"') == 6
    assert "+ 1 lemma</text>" in text and "+ 2 lemmas</text>" in text
    assert text.count(">not in this report</text>") == 1


def test_refuted_node() -> None:
    found = sample()
    refuted = replace(found, cards=tuple(
        replace(one, verdict="refuted") if one.card.id == "substitution" else one
        for one in found.cards
    ))
    assert '<a class="plate refuted" href="#substitution"' in render(refuted)
    assert "✗ refuted</text>" in render(refuted)


def test_section_is_announced() -> None:
    page = Structure(render(sample()))
    assert ("a", "href", "#page-graph") in page.attributes


def test_colours_follow_the_page() -> None:
    """No colour is fixed in the drawing; the style sheet has all of them, light and dark."""
    found = section(sample())
    for _, name, value in found.attributes:
        assert name not in ("fill", "stroke", "style", "color"), value
    css = (Path(package.__file__).parent / "report.css").read_text(encoding="utf-8")
    dark = "".join(re.findall(r"prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}", css, re.DOTALL))
    light = "".join(re.findall(r"^:root \{(.*?)\}", css, re.DOTALL | re.MULTILINE))
    begin, end = css.index("What rests on what"), css.index("footer.page")
    used = set(re.findall(r"(?:fill|stroke|color): var\((--[\w-]+)\)", css[begin:end]))
    assert {"--proved-ground", "--topic-0", "--topic-4"} <= used
    for name in used:
        assert f"{name}:" in light and f"{name}:" in dark
    fixed = re.findall(r"(?:fill|stroke|color): ([^v;][^;]*);", css[begin:end])
    assert set(fixed) == {"none"}


def test_sizes_of_text_are_those_that_were_measured() -> None:
    css = (Path(package.__file__).parent / "report.css").read_text(encoding="utf-8")
    rules = {"id": ".drawing .id", "title": ".drawing text", "verdict": ".drawing .verdict",
             "note": ".drawing .note, .drawing .lemmas"}
    for style, rule in rules.items():
        [body] = re.findall(re.escape(rule) + r" \{([^}]*)\}", css)
        assert f"font-size: {FONT[style]:g}px" in body  # type: ignore[index]


def test_accessible(graph: GraphPage) -> None:
    found = section(sample())
    labels = [v for tag, name, v in found.attributes if (tag, name) == ("svg", "aria-label")]
    assert len(labels) == len(graph.panels) and all(labels)
    assert found.tags.count("table") == found.tags.count("caption") == 2
    scopes = [value for tag, name, value in found.attributes if (tag, name) == ("th", "scope")]
    assert len(scopes) == found.tags.count("th")


def test_hostile_text_stays_text() -> None:
    odd = Card("odd-one", HOSTILE.replace("$", ""), "streaming", HOSTILE, "x", "x")
    name = f"a.{HOSTILE}"
    found = verification(
        result(odd, part(name, "lemma <b>", axioms=(HOSTILE, "<i>" * 80))),
        result("streaming-steps", part("streaming-steps", name, HOSTILE)),
    )
    text = section(found)
    assert not {"script", "title", "b", "i"} & set(text.tags)
    assert "{{" in text.text and "lemma <b>" in text.text
    graph = graph_page(found)
    assert graph is not None
    check_places(graph)
    for tile in tiles(graph):
        check_text(tile)


def test_same_drawing_every_time() -> None:
    assert graph_page(sample()) == graph_page(sample())
    assert render(whole_catalogue()) == render(whole_catalogue())


@pytest.mark.parametrize("style", list(FONT))
def test_wrapped(style: Style) -> None:
    for text in (*(one.title for one in CARDS), *(one.id for one in CARDS), AXIOM, "W" * 90, ""):
        for width in (30.0, 100.0, 168.0):
            for lines in (wrapped(text, style, width), balanced(text, style, width)):
                assert all(lines) and all(text_width(line, style) <= width for line in lines)
                assert "".join("".join(lines).split()) == "".join(text.split())
            greedy = wrapped(text, style, width)
            assert len(balanced(text, style, width)) == len(greedy)
            for line, after in pairwise(greedy):  # no line has room for the next word
                word = re.match(r"[^ .-]*[.-]?", after)
                assert word is not None
                assert text_width(f"{line} {word[0]}", style) > width or text_width(
                    line + word[0], style
                ) > width


def test_no_word_is_left_over() -> None:
    assert wrapped("Finitely many answers, of whatever oracle, add nothing", "title", 168)[-1] == (
        "nothing"
    )
    assert balanced("Finitely many answers, of whatever oracle, add nothing", "title", 168) == (
        "Finitely many", "answers, of whatever", "oracle, add nothing",
    )


def test_no_crossing_where_none_is_needed() -> None:
    """What the first theorems rest on; the order of the cards alone would cross arrows."""
    needs = {
        "gas": (), "substitution": ("gas",), "preorder": ("substitution",), "fixing": (),
        "recursion": ("fixing", "escape"), "finite": ("substitution",), "above": ("escape",),
        "escape": ("bounded",), "monotone": ("escape", "substitution"), "bounded": ("gas",),
    }
    drawing = draw(dict.fromkeys(needs, (100.0, 40.0)), needs, width=560)
    assert len({box.y for box in drawing.boxes.values()}) == 4
    for (one, first), (other, second) in combinations(drawing.curves.items(), 2):
        if one[0] != other[0] and one[1] != other[1]:
            for piece, beside in product(pairwise(first.points), pairwise(second.points)):
                (x, y), (right, _) = piece
                if y == beside[0][1]:  # both between the same two rows
                    assert (x - beside[0][0]) * (right - beside[1][0]) > 0, (one, other)
