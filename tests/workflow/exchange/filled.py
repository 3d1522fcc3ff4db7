"""Templates filled in as a person would, and workbooks made of rows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

Rows = Sequence[Sequence[Any]]


def sheets_in(data: bytes) -> dict[str, list[list[Any]]]:
    """What another reader than ours finds in a workbook."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def filled(template: bytes, rows: Mapping[int, Rows]) -> bytes:
    """A template with rows under its headings, by the place of the sheet: 0 is the guide."""
    found = sheets_in(template)
    return workbook_of({name: [*found[name], *rows.get(place, ())] for place, name in enumerate(found)})


def workbook_of(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook: words as words, days as real days; `f"={...}"` within a tuple is a formula with its value."""
    data = BytesIO()
    book = Workbook(data, {"in_memory": True, "strings_to_urls": False})
    day, moment = book.add_format({"num_format": "d.m.yyyy"}), book.add_format({"num_format": "d.m.yyyy hh:mm"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, tuple):
                    page.write_formula(place, column, value[0], None, value[1])
                elif isinstance(value, str):
                    page.write_string(place, column, value)
                elif isinstance(value, datetime | date | time):
                    page.write_datetime(place, column, value, moment if isinstance(value, datetime) else day)
                elif value is not None:
                    page.write(place, column, value)
    book.close()
    return data.getvalue()
