"""Dates and times as people type them and as they are said back, in Finnish, Swedish and English."""

import re
import unicodedata
from datetime import UTC, date, datetime, time
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")
LONGEST = 200
"""No date has as many letters: what has is not looked at."""

# fmt: off
Reason = Literal["not_a_date", "no_such_day", "ambiguous", "no_such_time", "twice_that_night",
                 "ends_before_it_begins", "wrong_weekday"]
MONTHS = {
    "fi": ("tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesäkuuta",
           "heinäkuuta", "elokuuta", "syyskuuta", "lokakuuta", "marraskuuta", "joulukuuta"),
    "sv": ("januari", "februari", "mars", "april", "maj", "juni",
           "juli", "augusti", "september", "oktober", "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
}
SHORT_MONTHS = {
    "sv": ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
WEEKDAYS = {
    "fi": ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"),
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
SHORT_WEEKDAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MOMENTS = {"fi": "{day} klo {hours}", "sv": "{day} kl. {hours}", "en": "{day}, {hours}"}
_UNDERSTOOD = {"fi": "{weekday} {day}, viikko {week}", "sv": "{weekday} {day}, vecka {week}",
               "en": "{weekday} {day}, week {week}"}
# fmt: on


def _numbered(*lists: tuple[str, ...]) -> dict[str, int]:
    """The place of each name in its list, counted from one."""
    return {name.casefold(): number for names in lists for number, name in enumerate(names, 1)}


_ON_A_WEEKDAY = tuple(f"{name}na" for name in WEEKDAYS["fi"])  # tiistaina
_MONTH_NUMBERS = _numbered(*MONTHS.values(), *SHORT_MONTHS.values())
_WEEKDAY_NUMBERS = _numbered(*WEEKDAYS.values(), *SHORT_WEEKDAYS.values(), _ON_A_WEEKDAY)

# The patterns meet tidied words: folded case, single spaces. They are compiled at first use, not at import.
_MONTH = "|".join(_MONTH_NUMBERS)
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(_WEEKDAY_NUMBERS)})\.?,? )?"
_ISO_DAY = r"(?P<iso>\d\d\d\d-\d\d-\d\d)"
_DAY_AND_MONTH = rf"(?P<day>\d\d?)(?:\. ?(?P<month>\d\d?)\. ?|\.? (?P<name>{_MONTH})\.? )"
_WEEK = r"(?:, (?:viikko|vecka|week) (?P<week>\d\d?))?"
_CLOCK = r"\d\d?(?:[.:]\d\d)?"
_WITH_MINUTES = r"\d\d?[.:]\d\d"
_KLO = rf"(?:(?:klo|kl)\.? ?|(?={_WITH_MINUTES}(?: ?[-–] ?{_WITH_MINUTES})?$))"  # a bare hour needs its klo
_HOURS = rf"(?:,? {_KLO}(?P<begins>{_CLOCK})(?: ?[-–] ?(?P<ends>{_CLOCK}))?)?"

_WRITTEN = rf"{_WEEKDAY}(?:{_ISO_DAY}|{_DAY_AND_MONTH}(?P<year>\d\d\d\d)){_WEEK}{_HOURS}"
_OFFSET = r"(?P<offset>z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?"
_ISO_MOMENT = rf"{_ISO_DAY}(?P<joint>[t ])(?P<clock>\d\d:\d\d(?::\d\d)?){_OFFSET}"
_SLASHES = r"\d{1,4}/\d\d?(?:/\d{1,4})?"
_YEAR_LAST_OR_SHORT = r"\d\d?-\d\d?-(?:\d\d\d\d|\d\d?)"
_NO_YEAR_OR_SHORT = rf"\d\d?(?:\. ?\d\d?|\.? (?:{_MONTH}))\.?(?: ?(?<!\d)\d\d)?"
_UNSURE = rf"{_WEEKDAY}(?:{_SLASHES}|{_YEAR_LAST_OR_SHORT}|{_NO_YEAR_OR_SHORT}){_HOURS}"


class When(NamedTuple):
    """A day, with the hours it begins and ends in Helsinki where they were given."""

    day: date
    begins: time | None
    ends: time | None


class UnreadableDate(ValueError):
    """What was typed is not one certain day and time; the reason is a code."""

    def __init__(self, text: str, reason: Reason) -> None:
        super().__init__(text, reason)
        self.text = text
        self.reason: Reason = reason


class _Doubt(Exception):
    """Why the words at hand can't be read, before it is known what was typed."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def moment(day: date, clock: time) -> datetime:
    """The moment in UTC when clocks in Helsinki show this time on this day."""
    return datetime.combine(day, clock, HELSINKI).astimezone(UTC)


def read_when(text: str) -> When:
    """The day and hours that a person typed in any of the three languages; refused rather than guessed."""
    try:
        if len(text) > LONGEST:
            raise _Doubt("not_a_date")
        return _read(_tidied(text))
    except _Doubt as doubt:
        raise UnreadableDate(text, doubt.reason) from None
    except OverflowError:  # the outermost hours of the calendar have no moment in UTC
        raise UnreadableDate(text, "no_such_day") from None


def say_day(day: date, language: str) -> str:
    """The day as it is written in a sentence."""
    if language == "en":
        return f"{day.day} {MONTHS['en'][day.month - 1]} {day.year:04}"
    return f"{day.day}.{day.month}.{day.year:04}"


def say_moment(moment: datetime, language: str) -> str:
    """The day and the time, to the minute, on clocks in Helsinki."""
    local = _in_helsinki(moment)
    return _MOMENTS[language].format(day=say_day(local, language), hours=_say_clock(local, language))


def say_span(begins: datetime, ends: datetime, language: str) -> str:
    """From when to when: the day once, or both ends whole if they fall on different days."""
    first, last = say_moment(begins, language), say_moment(ends, language)
    if first == last:
        return first
    if _in_helsinki(begins).date() != _in_helsinki(ends).date():
        return f"{first} – {last}"
    return f"{first}–{_say_clock(_in_helsinki(ends), language)}"


def say_weekday(day: date, language: str) -> str:
    """The day of the week, by its name."""
    return WEEKDAYS[language][day.weekday()]


def say_understood(day: date, language: str) -> str:
    """The day echoed with its weekday and ISO week, so that a slip is seen at once."""
    weekday, week = say_weekday(day, language), day.isocalendar().week
    return _UNDERSTOOD[language].format(weekday=weekday, day=say_day(day, language), week=week)


def _say_clock(local: datetime, language: str) -> str:
    if language == "en":
        return f"{local:%H:%M}"
    return f"{local.hour}.{local.minute:02}" if local.minute else f"{local.hour}"


def _in_helsinki(moment: datetime) -> datetime:
    assert moment.tzinfo, "a moment knows its zone"
    return moment.astimezone(HELSINKI)


def _tidied(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _read(words: str) -> When:
    if found := re.fullmatch(_WRITTEN, words, re.ASCII):
        return _read_written(found)
    if found := re.fullmatch(_ISO_MOMENT, words, re.ASCII):
        return _read_iso_moment(found)
    raise _Doubt("ambiguous" if re.fullmatch(_UNSURE, words, re.ASCII) else "not_a_date")


def _read_written(found: re.Match[str]) -> When:
    day = _day(found)
    _check_weekday(found, day)
    begins, ends = (_told_once(day, _clock(typed)) if typed else None for typed in found.group("begins", "ends"))
    if begins and ends and ends <= begins:
        raise _Doubt("ends_before_it_begins")
    return When(day, begins, ends)


def _read_iso_moment(found: re.Match[str]) -> When:
    day, clock = _day(found), _clock(found["clock"])
    if not found["offset"]:
        return When(day, _told_once(day, clock), None)
    if _may_join_two_times(found):
        raise _Doubt("ambiguous")
    zone = time.fromisoformat(f"00:00{found['offset'].upper()}").tzinfo
    local = datetime.combine(day, clock, zone).astimezone(HELSINKI)
    return When(local.date(), local.time(), None)


def _day(found: re.Match[str]) -> date:
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        month = found["month"] or _MONTH_NUMBERS[found["name"]]
        return date(int(found["year"]), int(month), int(found["day"]))
    except ValueError:
        raise _Doubt("no_such_day") from None


def _check_weekday(found: re.Match[str], day: date) -> None:
    """The weekday and the week, where they are given, are those of the day."""
    _, week, weekday = day.isocalendar()
    right_weekday = not found["weekday"] or _WEEKDAY_NUMBERS[found["weekday"]] == weekday
    right_week = not found["week"] or int(found["week"]) == week
    if not (right_weekday and right_week):
        raise _Doubt("wrong_weekday")


def _clock(typed: str) -> time:
    try:
        hours, minutes, seconds, *_ = [*map(int, re.split("[.:]", typed)), 0, 0]
        return time(hours, minutes, seconds)
    except ValueError:
        raise _Doubt("no_such_time") from None


def _told_once(day: date, clock: time) -> time:
    """The time, if clocks show it once that day: not skipped in spring nor repeated in autumn."""
    first, second = moment(day, clock), moment(day, clock.replace(fold=1))
    if first > second:
        raise _Doubt("no_such_time")
    if first < second:
        raise _Doubt("twice_that_night")
    return clock


def _may_join_two_times(found: re.Match[str]) -> bool:
    """The hyphen begins an offset only after a T, and no offset is further west than twelve hours."""
    offset = found["offset"]
    return offset.startswith("-") and (found["joint"] == " " or offset[1:3] > "12")
