"""The sheet that a picture is drawn on, from the top down, and what makes it readable to everybody."""

import hashlib
from collections.abc import Iterable

from workflow.language.languages import LANGUAGES
from workflow.language.speech import Speech, speech
from workflow.pictures.elements import Element, Value, element, number, written
from workflow.pictures.lettering import FAMILY, wrapped
from workflow.pictures.palette import INK, PAPER, PATTERNS, Pattern

WIDTH = 440
"""Across, in units: a phone shows nearly one a pixel, and on paper they are 116 millimetres."""

MARGIN = 12
HEADING, TEXT, SMALL = 18, 15, 13
"""How high letters are. None are smaller: on a screen of 390 pixels they are still 11 pixels high."""

LEADING = 1.3


class Canvas:
    """A picture that is being drawn. `y` is how far down it has come."""

    def __init__(self, name: str, shown: object, language: str) -> None:
        assert language in LANGUAGES, language
        self.language = language
        self.y = float(MARGIN)
        self._mark = f"{name}-{hashlib.sha256(repr((shown, language)).encode(errors='replace')).hexdigest()[:8]}"
        self._patterns: dict[str, Element] = {}
        self._drawn: list[Element] = []

    @property
    def speech(self) -> Speech:
        """The language of the picture."""
        return speech(self.language)

    # Drawing

    def add(self, *elements: Element) -> None:
        """Draw over what is there."""
        self._drawn += elements

    def under(self, *elements: Element) -> None:
        """Draw beneath what is there."""
        self._drawn[:0] = elements

    def heading(self, text: str, below: str) -> None:
        """What the picture is of, and in smaller letters when."""
        self.words(text, size=HEADING, bold=True, lines=3)
        self.words(below, size=SMALL, lines=2)
        self.y += 8

    def words(
        self,
        text: str,
        *,
        x: float = MARGIN,
        width: float | None = None,
        size: float = TEXT,
        bold: bool = False,
        lines: int = 3,
    ) -> None:
        """A text from the left, over several lines if need be; `y` comes down below it."""
        room = WIDTH - MARGIN - x if width is None else width
        for line in wrapped(text, room, size, bold=bold, lines=lines):
            self.y += size * LEADING
            self.add(label(line, x, self.y - size * (LEADING - 1), size=size, bold=bold))

    def block(
        self,
        text: str,
        x: float,
        y: float,
        *,
        width: float,
        size: float = TEXT,
        bold: bool = False,
        lines: int = 3,
        anchor: str = "middle",
    ) -> None:
        """A text in lines around a point, or from it on: `start`."""
        broken = wrapped(text, width, size, bold=bold, lines=lines)
        top = y - (len(broken) - 1) * size * LEADING / 2 + size * 0.36
        for place, line in enumerate(broken):
            self.add(label(line, x, top + place * size * LEADING, size=size, bold=bold, text_anchor=anchor))

    def fill(self, pattern: Pattern) -> str:
        """What an area is filled with: a colour, and a pattern that tells it from the others in black and white."""
        if pattern not in PATTERNS:
            raise KeyError(pattern)
        mark = f"{self._mark}-{pattern}"
        self._patterns.setdefault(pattern, _pattern(mark, pattern))
        return f"url(#{mark})"

    # In the end

    def svg(self, title: str, sentences: Iterable[str]) -> str:
        """The whole picture: its title, and the description that states in sentences what is drawn."""
        height = self.y + MARGIN
        names = {"title": f"{self._mark}-title", "desc": f"{self._mark}-desc"}
        ground = element("rect", width=WIDTH, height=height, fill=PAPER)
        patterns = [element("defs", *self._patterns.values())] if self._patterns else []
        root = element(
            "svg",
            element("title", title, id=names["title"]),
            element("desc", " ".join(sentences), id=names["desc"]),
            *patterns,
            ground,
            *self._drawn,
            xmlns="http://www.w3.org/2000/svg",
            lang=self.language,
            role="img",
            aria_labelledby=f"{names['title']} {names['desc']}",
            width=WIDTH,
            height=height,
            viewBox=f"0 0 {WIDTH} {number(height)}",
            font_family=FAMILY,
            fill=INK,
        )
        return written(root) + "\n"


def label(text: str, x: float, y: float, *, size: float = TEXT, bold: bool = False, **more: Value) -> Element:
    """A line of text."""
    weight: dict[str, Value] = {"font_weight": "bold"} if bold else {}
    return element("text", text, x=x, y=y, font_size=size, **weight, **more)


def haloed(text: str, x: float, y: float, *, size: float = TEXT) -> Element:
    """A line of text around a point, which can be read on any pattern."""
    around: dict[str, Value] = {"stroke": PAPER, "stroke_width": 5, "stroke_linejoin": "round", "paint_order": "stroke"}
    return label(text, x, y + size * 0.36, size=size, bold=True, text_anchor="middle", **around)


def _pattern(mark: str, name: Pattern) -> Element:
    colour, size, lines = PATTERNS[name]
    ground = element("rect", width=size, height=size, fill=colour)
    return element(
        "pattern",
        ground,
        *([element("path", d=lines, stroke=INK, stroke_width=1, fill="none")] if lines else []),
        id=mark,
        width=size,
        height=size,
        patternUnits="userSpaceOnUse",
    )
