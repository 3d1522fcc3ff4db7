"""A picture as PNG, for wherever no SVG can stand: a presentation, a message, an old word processor."""

from workflow.errors import Usage
from workflow.pictures.elements import element, written
from workflow.pictures.lettering import FAMILY

ZOOM = 3
"""Pixels for a unit: 1,320 across, which is sharp on paper."""

WITHOUT_FONTS = False
"""Whether the fonts of the machine are left aside."""


def png(svg: str) -> bytes:
    """The picture in pixels. Raises Usage where the machine has no font to write its words with."""
    if _drawn(_sample("Aa")) == _drawn(_sample("")):  # without a font the library leaves words out, and says nothing
        raise Usage("no_font", fonts=FAMILY.replace("'", "").split(", ")[:3])
    return _drawn(svg, zoom=ZOOM)


def _drawn(svg: str, *, zoom: int = 1) -> bytes:
    from resvg_py import svg_to_bytes

    return svg_to_bytes(svg_string=svg, zoom=zoom, skip_system_fonts=WITHOUT_FONTS)


def _sample(word: str) -> str:
    text = element("text", word, x=4, y=30, font_size=24)
    return written(element("svg", text, xmlns="http://www.w3.org/2000/svg", width=60, height=40, font_family=FAMILY))
