"""How much room words take, and how they are broken over lines: reckoned, for nobody knows the reader's font.

The widths are those of DejaVu Sans, which is wider than the other fonts that pictures are shown in: what fits in it
fits in them.
"""

import unicodedata
from collections.abc import Iterator

from workflow.pictures.elements import shown

FAMILY = (
    "Arial, 'Liberation Sans', 'DejaVu Sans', 'Noto Sans', 'Open Sans', Roboto, Ubuntu, Cantarell, FreeSans,"
    " 'Segoe UI', Helvetica, 'Helvetica Neue', Verdana, Tahoma, sans-serif"
)
"""The fonts that most machines have one of. A picture brings none with it."""

# fmt: off
WIDTHS = (
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863,
    748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635,
    615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636,
    337, 636, 838,
)
"""Of the signs from the space to the tilde, in thousandths of the size."""
# fmt: on
OTHERS = 1000
BOLD = 1.17
"""How much wider bold letters are."""

LONGEST = 1000
"""No name or title is longer. Of what is, the rest is not looked at."""

COMPOUNDS = ("hyvinvointi|alue", "välfärds|område", "välfärds|områden", "toimen|piteet", "toimen|pidettä")
"""Long words of ours that stand in narrow places, with where they may be broken."""


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the text is at most."""
    return sum(map(_width, unicodedata.normalize("NFD", text))) * size / 1000 * (BOLD if bold else 1)


def _width(letter: str) -> int:
    if " " <= letter <= "~":
        return WIDTHS[ord(letter) - 32]
    return 0 if unicodedata.combining(letter) else OTHERS


def wrapped(text: str, width: float, size: float, *, bold: bool = False, lines: int = 3) -> list[str]:
    """The text in at most so many lines, each as wide as it may be; `…` where some of it is left out."""
    found: list[str] = []
    for line in _broken(shown(text[:LONGEST]), width, size, bold=bold):
        if len(found) == lines:
            found[-1] = _with_dots(found[-1], width, size, bold=bold)
            break
        found.append(line)
    return found


def _with_dots(line: str, width: float, size: float, *, bold: bool) -> str:
    while line and width_of(f"{line}…", size, bold=bold) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _broken(text: str, width: float, size: float, *, bold: bool) -> Iterator[str]:
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if width_of(joined, size, bold=bold) <= width:
            line = joined
            continue
        if line:
            yield line
        *whole, line = _pieces(word, width, size, bold=bold)
        yield from whole
    if line:
        yield line


def _pieces(word: str, width: float, size: float, *, bold: bool) -> Iterator[str]:
    """A word that may be too long for a line, in pieces that are not."""
    known = next((each for each in COMPOUNDS if each.replace("|", "") == word.casefold()), "")
    while width_of(word, size, bold=bold) > width:
        fits = _fitting(word, width, size, bold=bold)
        at = known.find("|") if 0 < known.find("|") <= fits else fits
        yield f"{word[:at]}-"
        word, known = word[at:], ""
    yield word


def _fitting(word: str, width: float, size: float, *, bold: bool) -> int:
    """How many of its letters have room before a hyphen: at least one."""
    fits = 1
    while fits + 1 < len(word) and width_of(f"{word[: fits + 1]}-", size, bold=bold) <= width:
        fits += 1
    while fits + 1 < len(word) and unicodedata.combining(word[fits]):
        fits += 1
    return fits
