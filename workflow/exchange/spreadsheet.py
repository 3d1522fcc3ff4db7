"""Rows for a spreadsheet (CSV), one at a time, so that nothing grows with their number."""

import csv
from collections.abc import Iterable, Iterator

from workflow.exchange.cells import cell
from workflow.language.visible import visible

# For Excel as it is set up in Finland, in Finnish and in Swedish: the decimal sign there is the comma, so its list
# separator is the semicolon, and a file with commas opens with everything in one column. Without the mark at the
# beginning Excel takes UTF-8 for the old Windows code page, and ä and ö come out as two signs each.
SEPARATOR = ";"
MARK = "\ufeff"


class _Row:
    """Where the writer of rows leaves one."""

    def write(self, text: str) -> str:
        """Answer it instead of keeping it, so that nothing grows with the history."""
        return text


def csv_lines(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The lines of a file, with headings first, beginning with the mark of UTF-8."""
    writer = csv.writer(_Row(), delimiter=SEPARATOR)
    yield MARK + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([cell(visible(each)) for each in row])
