"""A picture as PNG, for wherever no SVG can stand: a presentation, a message, an old word processor."""

from workflow.errors import Usage
from workflow.pictures.elements import element, written
from workflow.pictures.lettering import FAMILY

ZOOM = 3
"""Pixels for a unit: 1,320 across, which is sharp on paper."""


def png(svg: str) -> bytes:
    """The picture in pixels. Raises Usage where the machine has no font to write its words with."""
    from resvg_py import svg_to_bytes

    if _draws_nothing("Aa"):
        raise Usage("no_font", fonts=FAMILY.replace("'", "").split(", ")[:3])
    return svg_to_bytes(svg_string=svg, zoom=ZOOM)


def _draws_nothing(word: str) -> bool:
    """Whether a word leaves no trace: the library draws no letter, and says nothing, where it finds no font."""
    from resvg_py import svg_to_bytes

    with_it, without = (svg_to_bytes(svg_string=_sample(each)) for each in (word, ""))
    return with_it == without


def _sample(word: str) -> str:
    text = element("text", word, x=4, y=30, font_size=24)
    return written(element("svg", text, xmlns="http://www.w3.org/2000/svg", width=60, height=40, font_family=FAMILY))
