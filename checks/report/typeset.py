"""Text with ``$…$`` mathematics as HTML with MathML.

*Definitions*: :func:`typeset`.

*How it is done*: latex2mathml makes an element tree; its texts are escaped here, as its own output
text is not. A formula that is a paragraph by itself is displayed.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from xml.etree.ElementTree import Element, SubElement, tostring

from latex2mathml.converter import convert_to_element
from markupsafe import Markup, escape

_ALONE = re.compile(r"\$([^$]+)\$([.,;]?)")
_BRACKETS = {"\N{MATHEMATICAL LEFT ANGLE BRACKET}", "\N{MATHEMATICAL RIGHT ANGLE BRACKET}"}
_ROMAN = re.compile(r"[.,;:)]")


@cache
def typeset(text: str) -> Markup:
    """The paragraphs of ``text`` (its lines). Raises ValueError for LaTeX that is not understood."""
    return Markup("\n").join(map(_paragraph, text.split("\n")))


def _paragraph(text: str) -> Markup:
    alone = _ALONE.fullmatch(text)
    if alone:
        formula = _mathml(alone[1] + rf"\text{{{alone[2]}}}" * bool(alone[2]), display="block")
        return Markup('<div class="formula" tabindex="0">{}</div>').format(formula)
    pieces = text.split("$")
    if len(pieces) % 2 == 0:
        raise ValueError(f"a $ without its partner in {text!r}")
    found = [escape(piece) for piece in pieces]
    for i in range(1, len(pieces), 2):
        # Punctuation stays on the line of the formula before it.
        mark = _ROMAN.match(pieces[i + 1])
        after = mark[0] if mark else ""
        before = pieces[i - 1][-1:] if pieces[i - 1].endswith("(") else ""
        formula = _mathml(pieces[i], display="inline")
        if after or before:
            found[i - 1] = found[i - 1][: len(found[i - 1]) - len(before)]
            found[i + 1] = escape(pieces[i + 1][len(after) :])
            pieces[i + 1] = pieces[i + 1][len(after) :]
            formula = Markup('<span class="together">{}{}{}</span>').format(before, formula, after)
        found[i] = formula
    return Markup("<p>{}</p>").format(Markup("").join(found))


def _mathml(latex: str, *, display: str) -> Markup:
    source = convert_to_element(latex, xmlns="", display=display)
    clean = Element("math", {"display": "block"} if display == "block" else {})
    _copy(source, clean)
    text = tostring(clean, encoding="unicode")
    if "\\" in text:
        raise ValueError(f"LaTeX that is not understood: {latex!r}")
    return Markup(text)


def _copy(source: Element, target: Element) -> None:
    """The children of ``source``, with texts that are text."""
    for child in source:
        text = unescape(child.text or "")
        attributes = {name: value for name, value in child.attrib.items() if name != "xmlns"}
        tag = child.tag
        if text in _BRACKETS:
            tag, attributes = "mo", {"stretchy": "false"}
        made = SubElement(target, tag, attributes)
        made.text = text
        _copy(child, made)
