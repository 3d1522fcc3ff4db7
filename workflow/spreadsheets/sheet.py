"""A list on its way to a spreadsheet: rows of words, numbers, days and times under headings in one language."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from typing import NamedTuple

from models.kept import day_of, moment_of
from workflow.days import local_day
from workflow.exchange.spreadsheet import Value, csv_lines
from workflow.language.dates import HELSINKI


class Sheet(NamedTuple):
    """One sheet."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]


def as_csv(sheet: Sheet) -> Iterator[str]:
    """The lines of a sheet as a CSV file for Excel in Finland."""
    return csv_lines(sheet.headings, sheet.rows)


def day_in(text: str | None) -> date | None:
    """The day that the database keeps, or that of a moment, in Finland. Raises DatabaseProblem."""
    if not text:
        return None
    return local_day(moment_of(text)) if "T" in text else day_of(text)


def clock_in(text: str | None) -> time | None:
    """The time of day in Finland, to the minute, at a moment that the database keeps. Raises DatabaseProblem."""
    return moment_of(text).astimezone(HELSINKI).time().replace(second=0, microsecond=0) if text else None
