"""Rows for a spreadsheet (CSV), one at a time, so that nothing grows with their number."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, time

from workflow.exchange.cells import cell
from workflow.language.visible import visible

# For Excel as it is set up in Finland, in Finnish and in Swedish: the decimal sign there is the comma, so its list
# separator is the semicolon, and a file with commas opens with everything in one column. Without the mark at the
# beginning Excel takes UTF-8 for the old Windows code page, and ä and ö come out as two signs each.
SEPARATOR = ";"
MARK = "\ufeff"

Value = str | int | float | date | time | None
"""What a cell holds. Words are quoted where they would be taken for a formula; a number is a number."""


class _Row:
    """Where the writer of rows leaves one."""

    def write(self, text: str) -> str:
        """Answer it instead of keeping it, so that nothing grows with the history."""
        return text


def csv_lines(headings: Iterable[str], rows: Iterable[Iterable[Value]]) -> Iterator[str]:
    """The lines of a file, with headings first, beginning with the mark of UTF-8.

    A number has a decimal comma, as Excel reads it in Finland. A day is written 2016-03-07: Excel takes that for a day
    whatever the language of the computer and shows it as that computer shows days, while 7.3.2016 is only words where
    Windows is set up for another country. A time is written 17:30, which it takes everywhere, too.
    """
    writer = csv.writer(_Row(), delimiter=SEPARATOR)
    yield MARK + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([_written(each) for each in row])


def _written(value: Value) -> str:
    if isinstance(value, str):
        return cell(visible(value))
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)
