"""Days as people at the table reckon them: in Finnish time, with Finnish holidays."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from workflow.language.dates import HELSINKI

if TYPE_CHECKING:
    from holidays import HolidayBase

NOON = time(12)


def local_day(moment: datetime) -> date:
    """The day it is in Finland at that moment."""
    return moment.astimezone(HELSINKI).date()


def noon(day: date) -> datetime:
    """The moment that stands for a day of which no hour is known."""
    return datetime.combine(day, NOON, HELSINKI).astimezone(UTC)


def holiday_at(day: date) -> date | None:
    """The public holiday on that day or the next one, whose eve it then is (domain.md 7.11)."""
    return next((each for each in (day, day + timedelta(days=1)) if each in _holidays("fi")), None)


def is_working_day(day: date) -> bool:
    """Whether people are at work that day: neither a weekend, nor a public holiday, nor Midsummer or Christmas Eve."""
    return day.weekday() < 5 and day not in _holidays("fi")


def holiday_name(day: date, language: str) -> str:
    """What a public holiday is called. An empty text on any other day."""
    return str(_holidays(language).get(day, ""))


@cache
def _holidays(language: str) -> "HolidayBase":
    from holidays import country_holidays  # here, since few commands need it and it is large

    return country_holidays("FI", language={"sv": "sv_FI", "en": "en_US"}.get(language, "fi"))
