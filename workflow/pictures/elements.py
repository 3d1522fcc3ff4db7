"""The elements of an SVG, and the one place in which text that others wrote becomes a part of it."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from workflow.language.visible import visible

Value = str | float


class Element(NamedTuple):
    """An element with its attributes, and what is in it: other elements, or text."""

    name: str
    attributes: Mapping[str, Value]
    inside: "tuple[Element | str, ...]" = ()


def element(name: str, *inside: "Element | str", **attributes: Value) -> Element:
    """An element. In the names of attributes `_` stands for `-`, and one at the end for nothing: `class_`."""
    return Element(name, {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}, inside)


def written(drawn: Element) -> str:
    """The element as text, each element on a line of its own, but none between words."""
    return "\n".join(_lines(drawn))


def escaped(text: str) -> str:
    """The text with nothing in it that means anything to XML or HTML, or that no XML may hold."""
    return "".join(MEANT.get(each, each) for each in shown(text))


def shown(text: str) -> str:
    """The text on one line, with a mark for whatever can't be seen. Shown again, it stays as it is."""
    return NEVER.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", visible(text, lines=False))


MEANT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
NEVER = re.compile("[\ufffe\uffff]")
"""What `visible` lets through although no XML may hold it."""


def number(value: float) -> str:
    """A number to one tenth of a unit, the same on every machine."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _lines(drawn: Element) -> Iterator[str]:
    head = _head(drawn)
    if not drawn.inside:
        yield f"<{head}/>"
    elif any(isinstance(each, str) for each in drawn.inside):
        yield f"<{head}>{''.join(map(_inline, drawn.inside))}</{drawn.name}>"
    else:
        yield f"<{head}>"
        for each in drawn.inside:
            assert isinstance(each, Element)
            yield from _lines(each)
        yield f"</{drawn.name}>"


def _inline(drawn: Element | str) -> str:
    if isinstance(drawn, str):
        return escaped(drawn)
    return f"<{_head(drawn)}>{''.join(map(_inline, drawn.inside))}</{drawn.name}>"


def _head(drawn: Element) -> str:
    told = ((name, value if isinstance(value, str) else number(value)) for name, value in drawn.attributes.items())
    return " ".join([drawn.name, *(f'{name}="{escaped(value)}"' for name, value in told)])
