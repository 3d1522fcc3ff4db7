"""From a workbook that was filled in to the book that it is, each part with its sheet, row and column."""

import re
from collections.abc import Mapping, Sequence

from models.states import Sector
from workflow.errors import BadValue
from workflow.exchange.book import Book, Party, Thing, Value, new_thing
from workflow.exchange.forms import (
    FORMS,
    ON,
    UNDER,
    Asked,
    Form,
    column_called,
    form_called,
    is_guide,
    language_of,
    sector_called,
)
from workflow.exchange.measured import letters_of
from workflow.exchange.moments import read_moment
from workflow.exchange.parts import Limits
from workflow.exchange.problems import Column, OfSheet, Place, wrong
from workflow.exchange.sources import Source
from workflow.exchange.workbook import Sheet, sheets_of
from workflow.language.speech import speech
from workflow.naming import close_to

KINDS = {"T": "theme", "M": "meeting"}


def book_filled_in(source: Source, limits: Limits) -> Book:
    """What a workbook tells. Raises BookRefused for one that can't be read at all."""
    book = Book(source.name)
    sheets = sheets_of(source)
    known = [each for each in sheets if form_called(each.name)]
    if not known:
        names = [speech(language).say(form.title) for language in ("fi", "sv", "en") for form in FORMS]
        wrong(Place(source.name, 0), "workbook_empty", known=list(dict.fromkeys(names)))
    for sheet in sheets:
        if form := form_called(sheet.name):
            _Filled(book, limits, sheet, form).read()
        elif not is_guide(sheet.name) and any(any(row) for row in sheet.rows):
            _unknown_sheet(book, sheet, language_of(known[0].name))
    return book


def _unknown_sheet(book: Book, sheet: Sheet, language: str) -> None:
    names = [speech(language).say(form.title) for form in FORMS]
    place = Place(book.file, 0, "", OfSheet(sheet.name, sheet.number))
    book.problems.add(place, "sheet_unknown", known=names, close=close_to(sheet.name, names))


class _Filled:
    """One sheet that was filled in."""

    def __init__(self, book: Book, limits: Limits, sheet: Sheet, form: Form) -> None:
        self.book, self.problems, self.limits = book, book.problems, limits
        self.sheet, self.form = sheet, form
        self.language = language_of(sheet.name)
        self.asked: dict[int, Asked] = {}
        """What the columns ask for, by their places."""
        self.columns: dict[str, Column] = {}
        """Where each field is."""
        self.spoilt = {number for number, _ in sheet.spoilt}

    def read(self) -> None:
        """Every row that is not empty. The first has the headings; without those no other can be read."""
        rows = [(number, row) for number, row in enumerate(self.sheet.rows, 1) if any(row) or number in self.spoilt]
        if rows and self._read_headings(*rows[0]):
            for number, row in rows[1:]:
                self._read_row(number, row)

    def _place(self, number: int, field: str = "") -> Place:
        return Place(self.book.file, number, field, OfSheet(self.sheet.name, self.sheet.number, self.columns))

    def _cell(self, number: int, position: int) -> Place:
        """A cell by where it is, whether anything is known of its column or not."""
        column = Column(letters_of(position + 1), self._heading(self.asked.get(position)))
        return Place(self.book.file, number, "", OfSheet(self.sheet.name, self.sheet.number, {"": column}))

    def _heading(self, asked: Asked | None) -> str:
        return speech(self.language).say(asked.heading) if asked else ""

    # Headings

    def _read_headings(self, number: int, row: Sequence[str]) -> bool:
        before = len(self.problems.found)
        self._tell_spoilt(number)
        for position, heading in enumerate(row):
            if heading:
                self._read_heading(number, position, heading)
        if len(self.problems.found) == before:  # one that is not known may be the one that is missing
            for asked in self.form.columns:
                if asked.required and asked.field not in self.columns:
                    self.problems.add(self._place(number), "heading_missing", heading=self._heading(asked))
        return len(self.problems.found) == before

    def _read_heading(self, number: int, position: int, heading: str) -> None:
        asked = column_called(self.form, heading)
        if asked is None:
            known = [self._heading(each) for each in self.form.columns]
            facts = {"heading": heading, "known": known, "close": close_to(heading, known)}
            self.problems.add(self._cell(number, position), "heading_unknown", **facts)
        elif asked.field in self.columns:
            self.problems.add(self._cell(number, position), "heading_repeated", heading=heading)
        else:
            self.asked[position] = asked
            self.columns[asked.field] = Column(letters_of(position + 1), self._heading(asked))

    # Rows

    def _read_row(self, number: int, row: Sequence[str]) -> None:
        place = self._place(number)
        self.limits.row(place)
        before = len(self.problems.found)
        self._tell_spoilt(number)
        for position, value in enumerate(row):
            if value and position not in self.asked:
                self.problems.add(self._cell(number, position), "without_heading", value=value)
        told = {asked.field: row[position] for position, asked in self.asked.items() if position < len(row)}
        told = {field: value for field, value in told.items() if value}
        if self.form.kind == "action":
            self._action(place, told, before)
        elif len(self.problems.found) == before:
            self.book.parties.append(self._party(place, told))

    def _tell_spoilt(self, number: int) -> None:
        if number in self.spoilt:
            for (_, column), code in sorted(each for each in self.sheet.spoilt.items() if each[0][0] == number):
                self.problems.add(self._cell(number, column - 1), code)

    def _party(self, place: Place, told: Mapping[str, str]) -> Party:
        given: dict[str, Value] = dict(told)
        if "sector" in given:
            sector = sector_called(told["sector"])
            if sector is None:
                self.problems.add(place.at("sector"), "not_a_choice", value=told["sector"], choices=list(Sector))
            given["sector"] = sector or Sector.OTHER  # nothing is read in now, so that no more need be said of it
        return Party(self.form.kind, place, given)

    def _action(self, place: Place, told: dict[str, str], before: int) -> None:
        parent = self._standing(place, told.pop(UNDER, None))
        deed = new_thing("action", parent, place).deeds[0]
        if on := told.pop(ON, None):
            try:
                deed.on = read_moment(on)
            except BadValue as bad:
                self.problems.note(place.at(ON), bad)
        deed.given = {field: _parted(value) if field in SEVERAL else value for field, value in told.items()}
        deed.wrong = len(self.problems.found) > before

    def _standing(self, place: Place, under: str | None) -> Thing:
        """What an action belongs to: one for each row, so that each row is told what is wrong with it."""
        found = _REFERENCE.fullmatch(under or "")
        stands, kind = "", "theme"
        if under is None:
            self.problems.add(place.at(UNDER), "missing")
        elif found is None:
            kinds = ["theme", "meeting", "item"]
            self.problems.add(place.at(UNDER), "not_found", reference=under, kinds=kinds, close=[])
        else:
            stands, kind = found["reference"].upper(), "item" if found["item"] else KINDS[found["letter"].upper()]
        thing = Thing(kind, None, place.at(UNDER), stands=stands)
        thing.called = found["called"] if found else None
        thing.failed = not stands
        self.book.standing.append(thing)
        return thing


SEVERAL = frozenset({"shared_with"})
_REFERENCE = re.compile(
    r"(?P<reference>(?P<letter>[TtMm])\d{1,9}(?P<item>/\d{1,6})?)(?:[\s:–-]+(?P<called>.*))?", re.DOTALL
)


def _parted(value: str) -> list[str]:
    """Several in one cell: with semicolons or lines between, for a name may have commas in it; else with commas."""
    parts = re.split(r"[;\n]", value) if re.search(r"[;\n]", value) else value.split(",")
    return [part.strip() for part in parts if part.strip()]
