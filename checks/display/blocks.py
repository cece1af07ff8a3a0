"""What a reader is shown, built of few kinds of block, each as plain text and as HTML.

*Definitions*: :class:`Block` and its kinds :class:`Paragraph`, :class:`Heading`, :class:`Table`,
:class:`Lines`, :class:`Listing`, :class:`Fold`, :class:`Picture`, :class:`Branches` of
:class:`Node`; :func:`values`, a table; :class:`Shown`, blocks one after the other.

*How it is done*: HTML is made by :func:`element` alone, which escapes all that is not HTML already.
It has neither scripts nor style sheets nor addresses, so it needs no network and survives what a
notebook takes out of pages that are not trusted. Text has the colour of the page, lines are half
transparent, and badges bring their own background: that can be read in light and in dark themes.
"""

from __future__ import annotations

import base64
import textwrap
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from markupsafe import Markup, escape

WIDTH = 96
"""Letters of a line of text."""

BADGES = {
    "proved": "#1b7f3b", "exhausted": "#1b7f3b", "holds": "#1b7f3b", "halts": "#1b7f3b",
    "yes": "#1b7f3b", "refuted": "#b00020", "fails": "#b00020", "error": "#b00020",
    "loops": "#6b3fa0", "sampled": "#1b5e9e", "depends": "#1b5e9e",
}
"""Backgrounds of badges, under white letters. Any other word is neither good nor bad."""

OTHER_BADGE = "#8a5a00"

LINE = "1px solid rgba(128, 128, 128, 0.45)"

_CELL = f"padding: 0.15em 0.7em; vertical-align: top; border-bottom: {LINE}; text-align: "
_CODE = "background: none; color: inherit; white-space: pre-wrap; overflow-wrap: anywhere"
_LINES = "background: none; color: inherit; margin: 0.4em 0; overflow-x: auto"
_BRANCH = f"list-style: none; margin: 0; padding-left: 1.1em; border-left: {LINE}"

Align: TypeAlias = Literal["left", "right", "code"]
"""Of a column: ``code`` is left, in the letters of a program."""


def element(name: str, *inside: Any, **attributes: str) -> Markup:
    """An HTML element. What is inside is escaped unless it is :class:`Markup`; so are attributes.
    """
    named = Markup("").join(
        Markup(' {}="{}"').format(key, value) for key, value in attributes.items()
    )
    if name == "img":
        return Markup("<img{}>").format(named)
    content = Markup("").join(escape(each) for each in inside)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), named, content)


def badge(word: str) -> Markup:
    """A verdict on a background that says whether it is good."""
    colour = BADGES.get(word, OTHER_BADGE)
    return element(
        "span", word,
        style=f"background: {colour}; color: #ffffff; border-radius: 0.3em; padding: 0.05em 0.45em",
    )


def code(text: str) -> Markup:
    """A program, or another term."""
    return element("code", text, style=_CODE)


class Block(ABC):
    """Something to be shown."""

    @abstractmethod
    def text(self) -> str:
        """For a terminal."""

    @abstractmethod
    def html(self) -> Markup:
        """For a notebook."""


def _wrapped(text: str, indent: str = "", under: str | None = None) -> str:
    return "\n".join(
        textwrap.fill(
            line, WIDTH, initial_indent=indent, subsequent_indent=indent if under is None else under
        )
        for line in text.splitlines() or [""]
    )


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    """A text, with a verdict before it if there is one."""

    words: str
    verdict: str = ""

    @property
    def _between(self) -> str:
        return "" if not self.verdict or self.words[:1] in ("", ",", ":") else " "

    def text(self) -> str:
        return _wrapped(f"{self.verdict}{self._between}{self.words}")

    def html(self) -> Markup:
        lines = Markup("<br>").join(self.words.splitlines())
        before = [badge(self.verdict), self._between] if self.verdict else []
        return element("p", *before, lines, style="margin: 0.4em 0")


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """A title."""

    words: str

    def text(self) -> str:
        return self.words

    def html(self) -> Markup:
        return element("p", element("strong", self.words), style="margin: 0.7em 0 0.2em")


@dataclass(frozen=True, slots=True)
class Table(Block):
    """Columns with name and alignment, and rows of texts. Without names there is no first line."""

    columns: Sequence[tuple[str, Align]]
    rows: Sequence[Sequence[str]]
    verdicts: int | None = None
    """A column whose texts are verdicts."""
    instead: Sequence[str] | None = None
    """Lines that say the same where there is only text, if not in columns."""

    def text(self) -> str:
        if self.instead is not None:
            return "\n".join(self.instead)
        heads = [name for name, _ in self.columns]
        lines = [heads, *self.rows] if any(heads) else list(self.rows)
        if not lines:
            return ""
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(
            "  ".join(
                cell.rjust(width) if align == "right" else cell.ljust(width)
                for cell, width, (_, align) in zip(line, widths, self.columns, strict=True)
            ).rstrip()
            for line in lines
        )

    def html(self) -> Markup:
        heads = [
            element("th", name, style=_CELL + _side(align)) for name, align in self.columns
        ]
        body = [element("tr", *self._cells(row)) for row in self.rows]
        parts = [element("thead", element("tr", *heads))] if any(n for n, _ in self.columns) else []
        table = element(
            "table", *parts, element("tbody", *body),
            style="border-collapse: collapse; border: none; margin: 0.4em 0",
        )
        return element("div", table, style="overflow-x: auto; max-width: 100%")

    def _cells(self, row: Sequence[str]) -> Iterable[Markup]:
        for number, (cell, (_, align)) in enumerate(zip(row, self.columns, strict=True)):
            inside: Any = code(cell) if align == "code" else cell
            if number == self.verdicts and cell:
                inside = badge(cell)
            yield element("td", inside, style=_CELL + _side(align))


def _side(align: Align) -> str:
    return "right" if align == "right" else "left"


def values(found: Mapping[str, str]) -> Table:
    """A value for each name."""
    width = max(map(len, found), default=0)
    lines = [f"  {name:<{width}} = {value}" for name, value in found.items()]
    return Table((("", "left"), ("", "code")), list(found.items()), instead=lines)


@dataclass(frozen=True, slots=True)
class Lines(Block):
    """Lines of text as they are: source, or marks under each other."""

    lines: Sequence[str]
    indent: int = 0

    def text(self) -> str:
        return "\n".join(f"{' ' * self.indent}{line}".rstrip() for line in self.lines)

    def html(self) -> Markup:
        return element("pre", "\n".join(self.lines), style=_LINES)


@dataclass(frozen=True, slots=True)
class Listing(Block):
    """A text for each item."""

    items: Sequence[str]

    def text(self) -> str:
        return "\n".join(_wrapped(item, "  ", "    ") for item in self.items)

    def html(self) -> Markup:
        return element("ul", *(element("li", item) for item in self.items), style="margin: 0.3em 0")


@dataclass(frozen=True, slots=True)
class Fold(Block):
    """Blocks under a line; in a notebook they are seen when it is clicked on, or at once."""

    summary: str
    blocks: Sequence[Block]
    open: bool = False

    def text(self) -> str:
        inside = (textwrap.indent(block.text(), "   ") for block in self.blocks)
        return "\n".join([_wrapped(self.summary, "", "   "), *inside])

    def html(self) -> Markup:
        inside = element(
            "div", *(block.html() for block in self.blocks), style="margin-left: 1.1em"
        )
        attributes = {"open": ""} if self.open else {}
        return element("details", element("summary", self.summary), inside, **attributes)


@dataclass(frozen=True, slots=True)
class Picture(Block):
    """A drawing, as SVG with its own background; ``description`` says what is in it.

    It stands in the page as a picture, so nothing in it can run, or be mixed up with the page.
    ``instead`` are lines that say the same where there is only text.
    """

    svg: str
    description: str
    instead: Sequence[str]

    def text(self) -> str:
        return "\n".join(self.instead)

    def html(self) -> Markup:
        encoded = base64.b64encode(self.svg.encode()).decode()
        return element(
            "img", src=f"data:image/svg+xml;base64,{encoded}", alt=self.description,
            style="max-width: 100%; height: auto",
        )


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a tree: its label, and the branches that go on from it, each with a label."""

    label: str
    branches: tuple[tuple[str, Node], ...] = ()


@dataclass(frozen=True, slots=True)
class Branches(Block):
    """A tree, branch under branch."""

    root: Node

    def text(self) -> str:
        # Each entry: what stands before the node, before its branches, and the node.
        lines: list[str] = []
        left = [("", "", self.root)]
        while left:
            before, under, node = left.pop()
            lines.append(before + node.label)
            last = len(node.branches) - 1
            for number in range(last, -1, -1):
                label, below = node.branches[number]
                corner, line = ("└─ ", "   ") if number == last else ("├─ ", "│  ")
                left.append((f"{under}{corner}{label}: ", under + line, below))
        return "\n".join(lines)

    def html(self) -> Markup:
        # The inner ones first, without recursion: a tree of questions can be deep.
        made: list[Markup] = []
        left: list[tuple[Node, bool]] = [(self.root, False)]
        while left:
            node, ready = left.pop()
            if not ready:
                left.append((node, True))
                left += [(below, False) for _, below in reversed(node.branches)]
                continue
            count = len(node.branches)
            inside = made[len(made) - count :]
            del made[len(made) - count :]
            items = [
                element("li", element("em", f"{label}: "), below)
                for (label, _), below in zip(node.branches, inside, strict=True)
            ]
            listed = element("ul", *items, style=_BRANCH) if items else Markup("")
            made.append(Markup("{}{}").format(code(node.label), listed))
        return element("div", made[0], style="margin: 0.4em 0")


@dataclass(frozen=True, slots=True)
class Shown:
    """Blocks one after the other: printed as text, and as HTML in a notebook."""

    blocks: tuple[Block, ...]

    def __str__(self) -> str:
        text, between = "", ""
        for block in self.blocks:
            if said := block.text():
                text += between + said
                # What a heading is of follows at once.
                between = "\n" if isinstance(block, Heading) else "\n\n"
        return text

    def _repr_html_(self) -> str:
        return str(element("div", *(block.html() for block in self.blocks)))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))
