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
_WITHIN = re.compile(r"(\(?)\$([^$]+)\$([).,;:]*)")
_NAME = re.compile(r"\w+")
_ANGLES = ("⟨", "⟩")
_TIGHT = ("/", "|", ".")
"""Signs with no space around them: quotients, sizes, pairs."""


@cache
def typeset(text: str) -> Markup:
    """The paragraphs of ``text`` (its lines). Raises ValueError for LaTeX it does not know."""
    return Markup("\n").join(map(_paragraph, text.split("\n")))


def _paragraph(text: str) -> Markup:
    alone = _ALONE.fullmatch(text)
    if alone:
        punctuation = rf"\text{{{alone[2]}}}" if alone[2] else ""
        formula = _mathml(alone[1] + punctuation, displayed=True)
        return Markup('<div class="formula" tabindex="0">{}</div>').format(formula)
    words, found = _WITHIN.split(text), Markup()
    for i in range(0, len(words), 4):
        if "$" in words[i]:
            raise ValueError(f"a $ without its partner in {text!r}")
        found += escape(words[i])
        if i + 1 < len(words):
            before, latex, after = words[i + 1 : i + 4]
            formula = _mathml(latex)
            if before or after:  # a line does not end between a formula and its punctuation
                formula = Markup('<span class="together">{}{}{}</span>').format(
                    before, formula, after
                )
            found += formula
    return Markup("<p>{}</p>").format(found)


def _mathml(latex: str, *, displayed: bool = False) -> Markup:
    clean = Element("math", {"display": "block"} if displayed else {})
    _copy(convert_to_element(latex), clean)
    text = tostring(clean, encoding="unicode")
    if "\\" in text:
        raise ValueError(f"unknown LaTeX in {latex!r}")
    return Markup(text)


def _copy(source: Element, target: Element) -> None:
    """The children of ``source``, with character references resolved."""
    for child in source:
        text = unescape(child.text or "")
        if text in _ANGLES:  # brackets, not letters
            made = SubElement(target, "mo", {"stretchy": "false"})
        elif text in _TIGHT:
            made = SubElement(target, "mo", {"lspace": "0", "rspace": "0", "stretchy": "false"})
        elif child.tag == "mtext" and _NAME.fullmatch(text):  # beside text, operators get no space
            made = SubElement(target, "mi", {"mathvariant": "normal"} if len(text) == 1 else {})
        else:
            made = SubElement(target, child.tag, child.attrib)
        made.text = text
        _copy(child, made)
