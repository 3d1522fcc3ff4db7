"""Workbooks (.xlsx) as they are opened in Excel: real days and numbers, filters, and headings that stay in sight.

No word is ever a formula or a link: words are written as words, and one that a spreadsheet would reckon with, were it
typed in anew, is quoted with an apostrophe, too (`workflow.exchange.cells`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from workflow.exchange.cells import cell
from workflow.exchange.spreadsheet import Value
from workflow.language.visible import visible
from workflow.spreadsheets.sheet import Sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook

LANGUAGES: Final = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
DAYS: Final = {"fi": "d.m.yyyy", "sv": "d.m.yyyy", "en": "d mmm yyyy"}
"""How a day is shown: so that nobody takes the month for the day, whatever the computer is set up for."""

MOST_LETTERS: Final = 32_767
"""As many go into a cell."""
NARROWEST, WIDEST = 8, 40
"""The width of a column, in letters. What is longer is broken over lines."""
FIRST_DAY: Final = date(1900, 3, 1)
"""Excel has a 29 February 1900, so days before this are other days there: they are written as words."""
LINE, MOST_LINES = 15, 25
"""The height of a line, in points, and how many a row is high at most."""
A4: Final = 9


def as_workbook(title: str, language: str, sheets: Iterable[Sheet], now: datetime) -> bytes:
    """The sheets as one workbook with that title, in that language, made at that moment."""

    def fill(book: "Workbook") -> None:
        formats = Formats(book, language)
        for sheet in sheets:
            _write(book, sheet, formats)

    return workbook(title, language, now, fill)


def workbook(title: str, language: str, now: datetime, fill: "Callable[[Workbook], None]") -> bytes:
    """A workbook with that title, in that language, made at that moment, and filled by a function."""
    from xlsxwriter import Workbook

    data = BytesIO()
    book = Workbook(data, {"in_memory": True})
    book.set_properties({"title": title, "comments": "poyta", "created": now.replace(tzinfo=None, microsecond=0)})
    fill(book)
    book.close()
    return _with_language(data.getvalue(), language)


class Formats:
    """How the cells of one workbook look. All are broken over lines, and begin at the top."""

    def __init__(self, book: "Workbook", language: str) -> None:
        look = {"valign": "top", "text_wrap": True}
        self.heading = book.add_format({**look, "bold": True, "bottom": 1})
        self.words = book.add_format(look)
        self.day = book.add_format({"valign": "top", "align": "left", "num_format": DAYS[language]})
        self.clock = book.add_format({"valign": "top", "align": "left", "num_format": "hh:mm"})
        number = {"valign": "top", "align": "right", "indent": 1}  # away from the words in the next column
        self.number = book.add_format(number)
        self.decimals = book.add_format({**number, "num_format": "0.0"})


def words(text: str) -> str:
    """Words as a cell holds them."""
    told = cell(visible(text))
    return told if len(told) <= MOST_LETTERS else f"{told[: MOST_LETTERS - 1]}…"


def lay_out_for_print(page: Any) -> None:
    """On A4 across, as wide as the paper, with the headings on every page and its number in the foot."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_header("&L&A")
    page.set_footer("&R&P (&N)")


def _write(book: "Workbook", sheet: Sheet, formats: Formats) -> None:
    page = book.add_worksheet(sheet.title)
    rows = [*sheet.rows]
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            write(page, number, column, value, formats)
    last = len(sheet.headings) - 1
    columns = [{"header": heading, "header_format": formats.heading} for heading in sheet.headings]
    page.add_table(0, 0, max(1, len(rows)), last, {"columns": columns, "style": "Table Style Light 1"})
    page.freeze_panes(1, 0)
    widths = list(_widths(sheet.headings, rows))
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    for number, row in enumerate([sheet.headings, *rows]):
        page.set_row(number, LINE * min(MOST_LINES, max(map(_lines, row, widths))))  # not every program does it itself
    lay_out_for_print(page)


def write(page: Any, row: int, column: int, value: Value, formats: Formats) -> None:
    """Write one cell: words as words, a day as a day, a number as a number."""
    if isinstance(value, str):
        page.write_string(row, column, words(value), formats.words)
    elif isinstance(value, date) and value < FIRST_DAY:
        page.write_string(row, column, value.isoformat(), formats.words)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, formats.day)
    elif isinstance(value, time):
        page.write_datetime(row, column, value, formats.clock)
    elif value is not None:
        page.write_number(row, column, value, formats.decimals if isinstance(value, float) else formats.number)


def _widths(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> Iterator[int]:
    for heading, *cells in zip(headings, *rows, strict=True):
        longest = max((_longest_line(each) for each in cells), default=0)
        word = max(map(len, heading.split()))  # a heading is broken between its words; beside it is the filter's button
        yield min(WIDEST, max(NARROWEST, word + 5, longest + 2))


def _longest_line(value: Value) -> int:
    if isinstance(value, str):
        return max(map(len, value[:MOST_LETTERS].split("\n")))
    return len("31.12.2026") if isinstance(value, date) else len(str(value))


def _lines(value: Value, width: int) -> int:
    if not isinstance(value, str):
        return 1
    return sum(max(1, ceil(len(line) / (width - 2))) for line in value[:MOST_LETTERS].split("\n"))


CORE = "docProps/core.xml"


def _with_language(data: bytes, language: str) -> bytes:
    """The same workbook, which also says in which language it is: xlsxwriter has no way to tell."""
    written = BytesIO()
    told = f"<dc:language>{escape(LANGUAGES[language])}</dc:language></cp:coreProperties>"
    with ZipFile(BytesIO(data)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == CORE:
                part = part.replace(b"</cp:coreProperties>", told.encode())
            new.writestr(entry, part, ZIP_DEFLATED)
    return written.getvalue()
