"""The days and moments of a book, as they are read and written."""

import re
from datetime import UTC, date, datetime

from workflow.days import local_day
from workflow.errors import BadValue
from workflow.language.dates import HELSINKI, UnreadableDate, moment, read_when

_TO_THE_MICROSECOND = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)"


def read_moment(text: str) -> date | datetime:
    """A day, or a moment to the microsecond. Raises BadValue."""
    if re.fullmatch(_TO_THE_MICROSECOND, text, re.ASCII):
        return _exact(text)
    try:
        when = read_when(text)
    except UnreadableDate as why:
        raise BadValue(f"date_{why.reason}", "on", value=text) from None
    if when.ends is not None:
        raise BadValue("date_not_a_date", "on", value=text)
    return when.day if when.begins is None else moment(when.day, when.begins)


def read_day(text: str) -> date:
    """A day. Raises BadValue."""
    return day_of(read_moment(text))


def day_of(on: date | datetime) -> date:
    """The day in Finland."""
    return local_day(on) if isinstance(on, datetime) else on


def write_moment(on: date | datetime) -> str:
    """What reads back as the same: the day, or the moment on a Finnish clock with its offset."""
    return on.astimezone(HELSINKI).isoformat() if isinstance(on, datetime) else on.isoformat()


def write_span(begins: datetime, ends: datetime | None) -> str:
    """The time of a meeting, so that it reads back as the same."""
    local = begins.astimezone(HELSINKI)
    text = f"{local:%Y-%m-%d %H:%M}" + (f"-{ends.astimezone(HELSINKI):%H:%M}" if ends else "")
    try:
        when = read_when(text)
    except UnreadableDate:  # an hour that comes twice on the night when clocks are put back
        return local.isoformat()
    same = when.begins is not None and moment(when.day, when.begins) == begins
    return text if same else local.isoformat()


def _exact(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text).astimezone(UTC)
        local_day(found)
    except (ValueError, OverflowError):
        raise BadValue("date_no_such_day", "on", value=text) from None
    return found
