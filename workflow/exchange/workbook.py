"""The sheets of a workbook (.xlsx) as rows of words, read by calamine once its inside has been measured."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import NamedTuple

from workflow.exchange.cells import uncell
from workflow.exchange.measured import Spot, measured
from workflow.exchange.packed import packed, unpacked
from workflow.exchange.problems import Place, wrong
from workflow.exchange.sources import Source


class Sheet(NamedTuple):
    """A sheet: its rows from the first on, each from column A on, and the cells that have no value to be read."""

    name: str
    number: int
    rows: Sequence[Sequence[str]]
    spoilt: Mapping[Spot, str]


def sheets_of(source: Source) -> list[Sheet]:
    """Every sheet, in the order of the workbook. Raises BookRefused for what is none, or too much.

    A date comes as 2026-03-07, with a time as 2026-03-07 17:30, a number as its digits, everything else as the words
    that stand there, without the apostrophe with which a formula was quoted. Of a formula its value is read.
    """
    parts = unpacked(source)
    known = measured(parts, source.name)
    try:
        rows = dict(_rows(packed(parts), [each.name for each in known]))
    except Exception as problem:
        if not _is_of_reader(problem):
            raise
        wrong(Place(source.name, 0), "workbook_broken")
    return [Sheet(each.name, number, rows[each.name], each.spoilt) for number, each in enumerate(known, 1)]


def _rows(data: bytes, names: Iterable[str]) -> Iterable[tuple[str, list[list[str]]]]:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        for name in names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield name, [[_words(value) for value in row] for row in rows]


def _is_of_reader(problem: Exception) -> bool:
    from python_calamine import CalamineError

    return isinstance(problem, (CalamineError, ValueError, OSError))


def _words(value: object) -> str:
    """A value as somebody would type it."""
    if isinstance(value, str):
        return uncell(value.strip()).strip()
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
