"""The invitation to one meeting, or word that it is called off: an entry for calendars and a letter around it."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple

from models.kept import moment_of
from models.reading import Reader, Row
from models.states import MeetingState
from workflow.addresses import mail_address
from workflow.calendar.entries import Entry, Method, Status, as_ical, uid_of
from workflow.calendar.guests import Guests, guests_of
from workflow.calendar.wording import Subject, head_line, invitation_text, subject_of
from workflow.days import local_day
from workflow.errors import Usage
from workflow.language.visible import visible
from workflow.naming import for_a_file

STATUS = {
    MeetingState.PLANNED: Status.TENTATIVE,
    MeetingState.CONVENED: Status.CONFIRMED,
    MeetingState.AGENDA_SET: Status.CONFIRMED,
    MeetingState.CANCELLED: Status.CANCELLED,
}
"""How certain a meeting is; of what has been held nobody is invited to any more."""


class Invitation(NamedTuple):
    """What is sent."""

    ref: str
    method: Method
    entry: Entry
    guests: Guests
    head: str
    name: str
    """What its files are called, but for the ending: every change of the meeting gives another."""
    written_at: datetime

    def files(self) -> dict[str, bytes]:
        """The entry, and the letter with the entry in it, by the names of their files."""
        ical = as_ical([self.entry], self.method, self.written_at)
        return {f"{self.name}.ics": ical, f"{self.name}.eml": self._letter(ical)}

    def _letter(self, ical: bytes) -> bytes:
        """A draft that a mail program opens to be sent, with the entry as what is offered and as a file."""
        message = EmailMessage(policy=SMTP)
        message["Subject"] = " ".join(visible(self.head, lines=False).split())
        if to := [address for each in self.guests.reachable if (address := mail_address(each.name, each.address))]:
            message["To"] = to
        message["Date"] = format_datetime(self.written_at)
        message["Message-ID"] = f"<{self.entry.sequence}-{self.written_at:%Y%m%d%H%M%S}-{self.entry.uid}>"
        message["X-Unsent"] = "1"
        message.set_content(visible(self.entry.text), cte="quoted-printable")
        asked = {"method": self.method.value, "name": f"{self.name}.ics"}
        message.add_alternative(ical.decode(), subtype="calendar", params=asked, cte="base64")
        message.add_attachment(ical, maintype="application", subtype="ics", filename=f"{self.name}.ics")
        return message.as_bytes()


def invitation(reader: Reader, meeting: Row, now: datetime) -> Invitation:
    """The invitation as it is now. Raises Usage for a meeting without a time, and for one that was held."""
    if MeetingState(meeting["state"]) not in STATUS:
        raise Usage("invitation_too_late", ref=meeting["ref"])
    if not meeting["begins_at"]:
        raise Usage(
            "meeting_without_time", [f"poyta meeting reschedule {meeting['ref']} --when WHEN"], ref=meeting["ref"]
        )
    subject = subject_of(reader, meeting)
    guests = guests_of(reader, meeting, local_day(moment_of(meeting["begins_at"])))
    method = _method(subject, guests)
    entry = meeting_entry(reader, subject, invitation_text(subject, guests))
    if method is not Method.PUBLISH:
        entry = entry._replace(organiser=guests.organiser, guests=guests.reachable)
    parts = [meeting["ref"], for_a_file(meeting["table_ref"]), str(entry.sequence) if entry.sequence else ""]
    return Invitation(meeting["ref"], method, entry, guests, head_line(subject), "-".join(filter(None, parts)), now)


def meeting_entry(reader: Reader, subject: Subject, text: str) -> Entry:
    """A meeting as an entry without anybody's name in its own fields. It must have a time."""
    meeting = subject.meeting
    (counted,) = reader.rows("v_invitations", meeting_ref=meeting["ref"])
    return Entry(
        uid_of(reader, meeting["ref"]),
        int(counted["sequence"]),
        moment_of(meeting["begins_at"]),
        moment_of(meeting["ends_at"]) if meeting["ends_at"] else None,
        subject.title(),
        text,
        subject.place(),
        STATUS.get(MeetingState(meeting["state"]), Status.CONFIRMED),
        takes_time=not subject.cancelled,
    )


def _method(subject: Subject, guests: Guests) -> Method:
    """Without an address on both sides nobody can answer, and a calendar would not take it for an invitation."""
    if subject.cancelled:
        return Method.CANCEL
    return Method.REQUEST if guests.organiser is not None and guests.reachable else Method.PUBLISH
