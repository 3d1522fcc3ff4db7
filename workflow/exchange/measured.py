"""What the parts of a workbook hold, gone through once before they are read: how far its sheets reach, and its errors.

A cell far away makes a reader fill everything between with nothing, and words told once may stand in a million cells:
so this is counted first, with nothing kept but numbers.
"""

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple
from xml.parsers import expat

from workflow.exchange.problems import OfSheet, Place, wrong

MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 100
MOST_CELLS: Final = 200_000
MOST_LETTERS: Final = 8_000_000
"""In all cells together, each counted with the words that it shares with others."""

_CELL = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile("[0-9]{1,7}")
ERROR, NOT_RECKONED = "cell_in_error", "cell_not_reckoned"

Spot = tuple[int, int]
"""A row and a column, each counted from one."""


class Broken(Exception):
    """It is no workbook."""


class Measured(NamedTuple):
    """A sheet as it is called, and the cells of it that have no value to be read."""

    name: str
    spoilt: Mapping[Spot, str]


def measured(parts: Mapping[str, bytes], file: str) -> list[Measured]:
    """The sheets of a workbook, in their order. Raises BookRefused for what is none, or too much."""
    try:
        return _Measuring(parts, file).all()
    except (Broken, expat.ExpatError, UnicodeDecodeError, ValueError, LookupError):
        wrong(Place(file, 0), "workbook_broken")


def letters_of(column: int) -> str:
    """What a column is called, counted from one: A, B ... Z, AA."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


class _Measuring:
    """Goes through the parts of one workbook."""

    def __init__(self, parts: Mapping[str, bytes], file: str) -> None:
        self.parts, self.file = parts, file
        self.roots = {name: _root(part) for name, part in parts.items()}
        self.letters = 0

    def all(self) -> list[Measured]:
        sheets = self._sheets()
        names = {each.casefold() for each, _ in sheets}
        if not sheets or len(names) < len(sheets):
            raise Broken
        shared = self._shared()
        found = {part: self._sheet(name, number, part, shared) for number, (name, part) in enumerate(sheets, 1)}
        for part, root in self.roots.items():
            if root == "worksheet" and part not in found:
                raise Broken  # a sheet that no reader should find, but one may
        return [Measured(name, found[part]) for name, part in sheets]

    def _only(self, root: str) -> str | None:
        names = [name for name, each in self.roots.items() if each == root]
        if len(names) > 1:
            raise Broken
        return names[0] if names else None

    def _sheets(self) -> list[tuple[str, str]]:
        """The name of each sheet, and the part that holds it."""
        if (book := self._only("workbook")) is None:
            raise Broken
        folder, name = posixpath.split(book)
        related: dict[str, str] = {}
        sheets: list[tuple[str, str]] = []

        def relation(tag: str, told: Mapping[str, str]) -> None:
            if tag == "Relationship":
                related[told["Id"]] = posixpath.normpath(posixpath.join("/", folder, told["Target"]))[1:]

        def sheet(tag: str, told: Mapping[str, str]) -> None:
            if tag == "sheet":
                number = next(value for key, value in told.items() if key.endswith(" id"))
                sheets.append((told["name"], related[number]))

        _each(self.parts[f"{folder}/_rels/{name}.rels"], relation)
        try:
            _each(self.parts[book], sheet)
        except StopIteration:
            raise Broken from None
        return [(name, part) for name, part in sheets if self.roots.get(part) == "worksheet"]

    def _shared(self) -> list[int]:
        """How long each of the words is that cells share."""
        part = self._only("sst")
        lengths: list[int] = []
        if part is not None:

            def begun(tag: str, _: Mapping[str, str]) -> None:
                if tag == "si":
                    lengths.append(0)

            def text(words: str) -> None:
                if lengths:
                    lengths[-1] += len(words)

            _each(self.parts[part], begun, text=text)
        return lengths

    def _sheet(self, name: str, number: int, part: str, shared: list[int]) -> Mapping[Spot, str]:
        cells = _Cells(Place(self.file, 0, "", OfSheet(name, number)), shared, self._count)
        _each(self.parts[part], cells.begun, cells.ended, cells.text)
        return cells.spoilt

    def _count(self, letters: int) -> None:
        self.letters += letters
        if self.letters > MOST_LETTERS:
            wrong(Place(self.file, 0), "workbook_swells_with_words", most=MOST_LETTERS)


class _Cells:
    """The cells of one sheet, as they come."""

    def __init__(self, place: Place, shared: list[int], count: Callable[[int], None]) -> None:
        self.place, self.shared, self.count = place, shared, count
        self.spoilt: dict[Spot, str] = {}
        self.spot: Spot = (0, 0)
        self.filled = 0
        self.kind = ""
        self.value: list[str] | None = None
        self.has_value = self.has_formula = False

    def begun(self, tag: str, told: Mapping[str, str]) -> None:
        """A row or a cell says where it is; without that it comes after the one before."""
        row, column = self.spot
        if tag == "row":
            self.spot = (_number(told["r"]) if "r" in told else row + 1, 0)
        elif tag == "c":
            self.spot = _spot(told["r"]) if "r" in told else (row, column + 1)
            self.kind, self.has_value, self.has_formula = told.get("t", "n"), False, False
        elif tag == "f":
            self.has_formula = True
        elif tag in ("v", "is"):
            self.has_value, self.value = True, []

    def text(self, words: str) -> None:
        """A piece of a value."""
        if self.value is not None:
            self.value.append(words)
            self.count(len(words))

    def ended(self, tag: str) -> None:
        """A value or a cell is over."""
        if tag in ("v", "is") and self.value is not None:
            self._fill("".join(self.value))
            self.value = None
        elif tag == "c" and self.has_formula and not self.has_value:
            self._spoil(NOT_RECKONED)

    def _fill(self, value: str) -> None:
        row, column = self.spot
        self.filled += 1
        if row > MOST_ROWS or column > MOST_COLUMNS or self.filled > MOST_CELLS:
            place = Place(self.place.file, row, "", self.place.of_sheet)
            wrong(place, "sheet_too_large", rows=MOST_ROWS, columns=MOST_COLUMNS, cells=MOST_CELLS)
        if self.kind == "s":
            self.count(self.shared[_number(value)])
        elif self.kind == "e":
            self._spoil(ERROR)

    def _spoil(self, code: str) -> None:
        if self.spot[0] <= MOST_ROWS and self.spot[1] <= MOST_COLUMNS:
            self.spoilt[self.spot] = code


def _spot(reference: str) -> Spot:
    found = _CELL.fullmatch(reference)
    if found is None:
        raise Broken
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise Broken
    return int(text)


class _Enough(Exception):
    """No more is to be known."""


def _root(part: bytes) -> str:
    """The name of the outermost element of a part."""
    names: list[str] = []

    def first(tag: str, _: Mapping[str, str]) -> None:
        names.append(tag)
        raise _Enough

    try:
        _each(part, first)
    except _Enough:
        return names[0]
    raise Broken


def _each(
    part: bytes,
    begun: Callable[[str, Mapping[str, str]], None],
    ended: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Go through a part, which is UTF-8 whatever it says, and has no DOCTYPE: so it can't stand for more than it is."""
    if b"\0" in part or part.startswith((b"\xfe\xff", b"\xff\xfe")):
        raise Broken
    parser = expat.ParserCreate("UTF-8", " ")
    parser.buffer_text = True

    def doctype(*_: Any) -> None:
        raise Broken

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = lambda tag, told: begun(tag.rpartition(" ")[2], told)
    if ended is not None:
        parser.EndElementHandler = lambda tag: ended(tag.rpartition(" ")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    parser.Parse(part, True)
