"""What is wrong with a book: every place of it at once, each with its file, line and field."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, NoReturn

from workflow.errors import CheckFailed, PoytaError, Refused, shortened

MOST = 200
"""How many problems are told at once. Whoever has more mends these first."""


class Column(NamedTuple):
    """A column of a sheet: its letter, and what is written over it."""

    letter: str
    heading: str = ""


class OfSheet(NamedTuple):
    """Where a place in a workbook is: the sheet, which one it is, and its columns by the fields that they hold."""

    sheet: str
    number: int
    columns: Mapping[str, Column] = {}


class Place(NamedTuple):
    """Where something stands in a book. In a workbook the line is the row of a sheet."""

    file: str
    line: int
    field: str = ""
    of_sheet: OfSheet | None = None

    def at(self, name: str, line: int | None = None) -> "Place":
        """A place inside this one."""
        field = f"{self.field}/{name}" if self.field else name
        return Place(self.file, self.line if line is None else line, field, self.of_sheet)

    @property
    def column(self) -> Column | None:
        """The column of a sheet that it is in; of several in one cell, that of the cell."""
        return self.of_sheet.columns.get(self.field.partition("[")[0]) if self.of_sheet else None


class BookError(NamedTuple):
    """One thing that is wrong: where, and what, as a code and facts. A step that was refused keeps its refusal."""

    place: Place
    code: str
    facts: Mapping[str, Any] = {}
    refused: Refused | None = None

    @property
    def file(self) -> str:
        """The file."""
        return self.place.file

    @property
    def line(self) -> int:
        """The line, or the row of a sheet."""
        return self.place.line

    @property
    def field(self) -> str:
        """What it is about there."""
        return self.place.field


def _in_order(error: BookError) -> tuple[str, int, int, str]:
    """Sheet by sheet and row by row, from the left to the right."""
    place = error.place
    number = place.of_sheet.number if place.of_sheet else 0
    letter = place.column.letter if place.column else ""
    return place.file, number, place.line, letter.rjust(3)


class BookRefused(CheckFailed):
    """Books that can't be read in, with everything that is wrong with them. Nothing was changed."""

    def __init__(self, errors: Iterable[BookError]) -> None:
        self.errors = tuple(sorted(errors, key=_in_order))
        super().__init__("book_errors", count=len(self.errors), files=sorted({each.file for each in self.errors}))


class Problems:
    """What has been found so far."""

    def __init__(self) -> None:
        self.found: list[BookError] = []

    def add(self, place: Place, code: str, **facts: Any) -> None:
        """Note one. Raises BookRefused when there are more than anybody wants to read."""
        self._add(error_at(place, code, facts))

    def _add(self, error: BookError) -> None:
        self.found.append(error)
        if len(self.found) >= MOST:
            self.tell()

    def note(self, place: Place, error: PoytaError) -> None:
        """Note what reading a value, or the gate, has to say."""
        if isinstance(error, Refused):
            reasons = [reason.code for reason in error.reasons]
            self._add(BookError(place, "refused", {"move": error.move, "reasons": reasons}, error))
        else:
            known = {name: value for name, value in error.facts.items() if name != "field"}
            self._add(BookError(place, error.code, known))

    def tell(self) -> None:
        """Raise BookRefused if there are any."""
        if self.found:
            raise BookRefused(self.found)


def error_at(place: Place, code: str, facts: Mapping[str, Any]) -> BookError:
    """What is wrong there. What somebody wrote is repeated as far as anybody wants to read it."""
    return BookError(place, code, {name: shortened(fact) for name, fact in facts.items()})


def wrong(place: Place, code: str, **facts: Any) -> NoReturn:
    """There is one problem, and no way past it."""
    raise BookRefused([error_at(place, code, facts)])
