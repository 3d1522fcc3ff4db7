"""Answers as calendars send them: iCalendar with METHOD:REPLY, by itself or in an e-mail, read with care.

Whoever answers has been written to by somebody else's program, so nothing is believed but who, what and when; and a
file that is no answer is a problem told by its name.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, tzinfo
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.policy import default
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from models.states import Answer
from workflow.calendar.entries import Method
from workflow.exchange.problems import BookError, BookRefused, Place, error_at, wrong
from workflow.exchange.sources import Source
from workflow.language.dates import HELSINKI

if TYPE_CHECKING:
    from icalendar import Component

MOST_OF_A_FILE: Final = 4 * 1024 * 1024
"""Bytes of one file, with whatever else is in the e-mail."""
MOST_OF_A_CALENDAR: Final = 256 * 1024
"""Bytes of one part with a calendar. An answer has about two thousand."""
MOST_PARTS: Final = 100
"""Parts of one e-mail, and entries of one calendar. Parts within parts are slow to read, so they are counted first."""
OUTLOOK_S_OWN: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file in Outlook's own form (.msg) begins."""

ANSWERS: Final = {"ACCEPTED": Answer.ACCEPTED, "TENTATIVE": Answer.TENTATIVE, "DECLINED": Answer.DECLINED}
"""By the words of iCalendar."""

FAILURES: Final = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, MessageError, RecursionError)
"""How the libraries for e-mail and calendars fail at what is neither."""


class Reply(NamedTuple):
    """What one person answered to one invitation."""

    file: str
    uid: str
    address: str
    name: str
    answer: Answer | None
    """Nothing, where it is neither yes, no nor perhaps."""
    answered_at: datetime
    sequence: int
    comment: str = ""
    proposed: datetime | None = None
    """Another time that they ask for, which only the office can agree to."""


def replies_in(sources: Iterable[Source]) -> list[Reply]:
    """Every answer in these files. Raises BookRefused for those that have none, each named."""
    found: list[Reply] = []
    errors: list[BookError] = []
    for source in sources:
        try:
            found += _replies_in(source)
        except BookRefused as refused:
            errors += refused.errors
    if errors:
        raise BookRefused(errors)
    return found


def _replies_in(source: Source) -> list[Reply]:
    place = Place(source.name, 1)
    if not source.data.strip():
        wrong(place, "file_empty")
    if source.data.startswith(OUTLOOK_S_OWN):
        wrong(place, "reply_in_outlook_form")
    if len(source.data) > MOST_OF_A_FILE:
        wrong(place, "file_too_large", most=MOST_OF_A_FILE)
    if source.data.lower().count(b"boundary") > MOST_PARTS:
        wrong(place, "too_many_parts", most=MOST_PARTS)
    try:
        calendars = list(_calendars(source.data, place))
        replies = [each for data in calendars for each in _replies(data, source.name)]
    except FAILURES:
        raise BookRefused([error_at(place, "reply_unreadable", {})]) from None
    return replies or wrong(place, "no_reply")


def _calendars(data: bytes, place: Place) -> Iterator[bytes]:
    """The calendars in a file: itself, or the parts of an e-mail that hold one, each once."""
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
        found = [data.removeprefix(b"\xef\xbb\xbf").lstrip()]
    else:
        found = list(dict.fromkeys(_parts(message_from_bytes(data, policy=default), place)))
    for each in found:
        if len(each) > MOST_OF_A_CALENDAR:
            wrong(place, "file_too_large", most=MOST_OF_A_CALENDAR)
        yield each


def _parts(message: Message | EmailMessage, place: Place) -> Iterator[bytes]:
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            wrong(place, "too_many_parts", most=MOST_PARTS)
        if part.get_content_type() in ("text/calendar", "application/ics") or _is_named_so(part):
            content: Any = part.get_payload(decode=True)
            if content and content.strip():
                yield content.strip()


def _is_named_so(part: Message | EmailMessage) -> bool:
    return not part.is_multipart() and str(part.get_filename() or "").lower().endswith(".ics")


def _replies(data: bytes, file: str) -> Iterator[Reply]:
    from icalendar import Calendar

    for calendar in Calendar.from_ical(data, multiple=True):
        method = str(calendar.get("method", "")).upper()
        if method in (Method.REPLY, Method.COUNTER):
            for event in calendar.walk("VEVENT")[:MOST_PARTS]:
                yield from _of_event(event, file, countered=method == Method.COUNTER)


def _of_event(event: "Component", file: str, *, countered: bool) -> Iterator[Reply]:
    uid, stamp, begins = (_first(event, name) for name in ("uid", "dtstamp", "dtstart"))
    if uid is None or stamp is None:
        return
    for attendee in _all(event, "attendee")[:MOST_PARTS]:
        address = str(attendee)
        if not address.lower().startswith("mailto:"):
            continue
        yield Reply(
            file,
            str(uid),
            unquote(address[len("mailto:") :]).strip(),
            str(attendee.params.get("CN", "")),
            ANSWERS.get(str(attendee.params.get("PARTSTAT", "")).upper()),
            _moment(stamp),
            max(0, int(_first(event, "sequence") or 0)),
            str(_first(event, "comment") or ""),
            _moment(begins, HELSINKI) if countered and begins is not None else None,
        )


def _all(event: "Component", name: str) -> list[Any]:
    found = event.get(name)
    return [] if found is None else found if isinstance(found, list) else [found]


def _first(event: "Component", name: str) -> Any:
    return next(iter(_all(event, name)), None)


def _moment(stamp: Any, zone: tzinfo = UTC) -> datetime:
    """A moment in UTC, of one without a zone as clocks show it there."""
    when = stamp.dt
    if not isinstance(when, datetime):
        when = datetime.combine(when, time())
    return (when.replace(tzinfo=zone) if when.tzinfo is None else when).astimezone(UTC)
