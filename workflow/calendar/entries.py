"""Entries of a calendar, and how they are written as iCalendar (RFC 5545), which every calendar reads.

Moments are written in UTC, since Outlook is reported to misread zones that others define; each calendar shows them in
its reader's own zone.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from models.reading import Reader
from workflow.language.visible import visible

if TYPE_CHECKING:
    from icalendar import Event, vCalAddress

PRODUCT = "-//poyta//poyta//EN"
TYPE = "text/calendar"


class Method(StrEnum):
    """What a calendar is to do with what it gets (RFC 5546)."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    REPLY = "REPLY"
    COUNTER = "COUNTER"


class Status(StrEnum):
    """How certain it is."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


class Guest(NamedTuple):
    """Somebody who is invited, or who invites: with an address, or by name only."""

    ref: str
    name: str
    address: str | None = None
    optional: bool = False
    """Whether the person comes for some matters only."""
    answer: str = "NEEDS-ACTION"


class Entry(NamedTuple):
    """One entry. `begins` and `ends` are moments, or days of which the last does not count any more."""

    uid: str
    sequence: int
    begins: datetime | date
    ends: datetime | date | None
    title: str
    text: str
    place: str = ""
    status: Status = Status.CONFIRMED
    organiser: Guest | None = None
    guests: Sequence[Guest] = ()
    takes_time: bool = True


def uid_of(reader: Reader, ref: str) -> str:
    """What an entry goes by in every calendar: the database and the thing, and so the same for good."""
    (row,) = reader.ask("SELECT name FROM origin")
    return f"{row['name'].rpartition('/')[2]}-{ref}@poyta.invalid"


def as_ical(entries: Iterable[Entry], method: Method, written_at: datetime, name: str = "") -> bytes:
    """The entries as a file. `name`: what a calendar of its own is called."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    if name:
        calendar.add("x-wr-calname", visible(name, lines=False))
    for entry in entries:
        calendar.add_component(_event(entry, written_at))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry, written_at: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", written_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", _when(entry.begins))
    if entry.ends is not None:
        event.add("dtend", _when(entry.ends))
    event.add("summary", visible(entry.title, lines=False))
    event.add("description", visible(entry.text))
    if entry.place:
        event.add("location", visible(entry.place, lines=False))
    event.add("status", entry.status.value)
    event.add("transp", "OPAQUE" if entry.takes_time else "TRANSPARENT")
    if entry.organiser is not None:
        event.add("organizer", _address(entry.organiser), encode=False)
    for guest in entry.guests:
        if guest.address:
            event.add("attendee", _invited(guest), encode=False)
    return event


def _when(when: datetime | date) -> datetime | date:
    return when.astimezone(UTC) if isinstance(when, datetime) else when


def _invited(guest: Guest) -> "vCalAddress":
    address = _address(guest)
    address.params["CUTYPE"] = "INDIVIDUAL"
    address.params["ROLE"] = "OPT-PARTICIPANT" if guest.optional else "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = guest.answer
    address.params["RSVP"] = "TRUE"
    return address


def _address(guest: Guest) -> "vCalAddress":
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{quote(guest.address or '', safe=_PLAIN)}")
    address.params["CN"] = " ".join(visible(guest.name, lines=False).replace('"', "'").split())
    return address


_PLAIN = "@!$'*+-._~"
"""What stands in an address as it is, beside letters and digits (RFC 6068)."""
