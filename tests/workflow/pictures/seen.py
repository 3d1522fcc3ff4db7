"""What is seen of a picture: found in its SVG by reading it, without the code that drew it."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree

from workflow.pictures.lettering import width_of

SVG = "{http://www.w3.org/2000/svg}"
Node = ElementTree.Element


class Words(NamedTuple):
    """A line of text, and the room it takes at most."""

    text: str
    left: float
    right: float
    bottom: float


def read(svg: str) -> Node:
    """The picture as its elements. It has no DOCTYPE, and is well-formed."""
    assert "<!" not in svg
    return ElementTree.fromstring(svg)  # noqa: S314  # our own, without a DOCTYPE


def told(svg: str) -> tuple[str, str]:
    """The title and the description."""
    root = read(svg)
    return tuple(root.findtext(f"{SVG}{name}", "") for name in ("title", "desc"))  # type: ignore[return-value]  # two of them


def words_in(svg: str) -> Iterator[Words]:
    """Every line of text that is drawn."""
    for node in read(svg).iter(f"{SVG}text"):
        size, x = float(node.get("font-size", "0")), float(node.get("x", "0"))
        text = "".join(node.itertext())
        across = width_of(text, size, bold=node.get("font-weight") == "bold")
        left = x - across / 2 if node.get("text-anchor") == "middle" else x
        yield Words(text, left, left + across, float(node.get("y", "0")))


def faults(svg: str) -> list[str]:
    """Whatever is wrong with a picture: outside its sheet, unreadable to somebody, or not harmless."""
    root = read(svg)
    return [*_outside(svg, root), *_unreadable(root), *_broken(root), *_harmful(root)]


def _outside(svg: str, root: Node) -> Iterator[str]:
    across, high = float(root.get("width", "0")), float(root.get("height", "0"))
    for words in words_in(svg):
        if words.left < 0 or words.right > across or not 0 < words.bottom <= high:
            yield f"outside: {words.text}"
    for node in root.iter(f"{SVG}rect"):
        x, y, width, height = (float(node.get(name, "0")) for name in ("x", "y", "width", "height"))
        if x < 0 or y < 0 or x + width > across + 0.1 or y + height > high + 0.1:
            yield f"outside: {node.attrib}"


SMALLEST = 13
"""In units, of which a phone shows nine tenths of a pixel for each. Only five figures in a cell are smaller."""


def _unreadable(root: Node) -> Iterator[str]:
    if root.get("role") != "img" or root.get("lang") not in ("fi", "sv", "en"):
        yield "no role or language"
    names = (root.get("aria-labelledby") or "").split()
    if names != [root.find(f"{SVG}{name}").get("id") for name in ("title", "desc")]:  # type: ignore[union-attr]  # it has them
        yield "not labelled by its title and description"
    for node in root.iter(f"{SVG}text"):
        if float(node.get("font-size", "0")) < SMALLEST and not re.fullmatch(r"\d{5,}", node.text or ""):
            yield f"too small: {node.text}"


def _broken(root: Node) -> Iterator[str]:
    known = ids(root)
    if len(known) != len(set(known)):
        yield "an id twice"
    for node in root.iter():
        for value in node.attrib.values():
            for name in re.findall(r"url\(#([^)]*)\)", value):
                if name not in known:
                    yield f"nothing goes by {name}"


ELEMENTS = frozenset({"svg", "title", "desc", "defs", "pattern", "rect", "circle", "ellipse", "path", "text"})
ATTRIBUTES = frozenset(
    {"id", "lang", "role", "aria-labelledby", "width", "height", "viewBox", "font-family", "font-size", "font-weight"}
    | {"text-anchor", "fill", "x", "y", "rx", "ry", "cx", "cy", "r", "d", "stroke", "stroke-width", "stroke-dasharray"}
    | {"stroke-linejoin", "paint-order", "patternUnits"}
)
"""All that pictures are made of: nothing in them runs, loads, or links anywhere."""


def _harmful(root: Node) -> Iterator[str]:
    for node in root.iter():
        name = node.tag.removeprefix(SVG)
        if name not in ELEMENTS:
            yield f"element: {name}"
        yield from (f"attribute: {each}" for each in node.attrib if each not in ATTRIBUTES)
        yield from (f"address: {each}" for each in node.attrib.values() if "//" in each)


def ids(root: Node) -> list[str]:
    """Every id in a picture."""
    return [name for node in root.iter() if (name := node.get("id"))]


def seats(svg: str) -> list[dict[str, Any]]:
    """Every seat of a round table: where it is, and whether its outline is dashed."""
    found = []
    for node in read(svg).iter(f"{SVG}rect"):
        if node.get("rx") == "14":
            x, y, width, height = (float(node.get(name, "0")) for name in ("x", "y", "width", "height"))
            inside = " ".join(
                words.text for words in words_in(svg) if x < words.left < x + width and y < words.bottom < y + height
            )
            found.append({"x": x, "y": y, "width": width, "height": height, "words": inside, "empty": dashed(node)})
    return found


def dashed(node: Node) -> bool:
    """Whether an outline is dashed."""
    return node.get("stroke-dasharray") is not None
