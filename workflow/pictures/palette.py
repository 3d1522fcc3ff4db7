"""Colours that the colour-blind tell apart, each with a pattern that tells it apart in black and white.

The colours are those of Masataka Okabe and Kei Ito, "Color Universal Design" (2008), and light tints of them. Words are
always in dark ink.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

INK, PAPER, FAINT, PALE = "#1a1a1a", "#ffffff", "#6b6b6b", "#f2f2f2"
BLUE, SKY, YELLOW, ORANGE, VERMILLION = "#0072b2", "#56b4e9", "#f0e442", "#e69f00", "#d55e00"

Pattern = Literal["plain", "stripes", "dots", "cross", "level", "upright"]


class Filling(NamedTuple):
    """A colour, and the lines drawn on every square of so many units."""

    colour: str
    size: int
    lines: str


PATTERNS: Mapping[Pattern, Filling] = {
    "plain": Filling("#a3dccb", 8, ""),
    "level": Filling("#fbf3c4", 8, "M0 4H8"),
    "dots": Filling(YELLOW, 8, "M3 4H5M4 3V5"),
    "stripes": Filling(SKY, 8, "M-2 2L2 -2M0 8L8 0M6 10L10 6"),
    "upright": Filling(ORANGE, 8, "M4 0V8"),
    "cross": Filling(VERMILLION, 8, "M0 0L8 8M0 8L8 0"),
}
"""Whatever is filled, by what it looks like."""
