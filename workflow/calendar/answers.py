"""Remembering who answered what: the newest answer of everybody who is invited; and what could not be taken as one."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import select

from models.invitations import InvitationAnswer
from models.meetings import Meeting
from models.reading import Reader
from models.states import Role
from workflow.attempt import Reason
from workflow.calendar.entries import uid_of
from workflow.calendar.guests import guests_of
from workflow.calendar.replies import Reply
from workflow.days import local_day
from workflow.errors import NotAllowed
from workflow.language.letters import composed
from workflow.naming import fold
from workflow.work import Work

OFFICE = (Role.CONVENER, Role.CHAIR, Role.SECRETARY)


class Taken(StrEnum):
    """What was made of a reply."""

    REMEMBERED = "remembered"
    AS_BEFORE = "as_before"
    """It was known already."""
    OLDER = "older"
    """A newer answer of the same person is known."""
    OTHER_MEETING = "other_meeting"
    NOT_INVITED = "not_invited"
    SEVERAL = "several"
    """More than one of those who are invited have that address."""
    NO_ANSWER = "no_answer"
    """Neither yes, no nor perhaps: passed on to somebody else, for one."""
    OTHER_TIME = "other_time"
    """They ask for another time. Nobody has agreed to it."""


class Told(NamedTuple):
    """A reply, what was made of it, and whose it is."""

    reply: Reply
    taken: Taken
    ref: str | None = None
    name: str = ""
    former: bool = False
    """Whether it answers an earlier invitation, of which something has changed since."""


def remember(
    work: Work, reader: Reader, meeting: Meeting, row: Mapping[str, Any], replies: Sequence[Reply]
) -> list[Told]:
    """Remember the replies, the oldest first, and tell what was made of each. Raises NotAllowed.

    `row`: the meeting as `v_meetings` has it.
    """
    if work.first_role(OFFICE, meeting, work.today) is None:
        facts = {"needs": list(OFFICE), "move": "invite", "kind": meeting.kind}
        raise NotAllowed(meeting, "invite", meeting.state, [Reason("role_missing", meeting, facts)], [])
    desk = _Desk(work, reader, meeting, row)
    return [desk.take(each) for each in sorted(replies, key=lambda each: each.answered_at)]


class _Desk:
    """Where the replies to one meeting are opened."""

    def __init__(self, work: Work, reader: Reader, meeting: Meeting, row: Mapping[str, Any]) -> None:
        self.session, self.now, self.meeting = work.session, work.now, meeting
        self.uid = uid_of(reader, str(row["ref"]))
        (counted,) = reader.rows("v_invitations", meeting_ref=row["ref"])
        self.sequence = int(counted["sequence"])
        guests = guests_of(reader, dict(row), _day(meeting, work))
        self.guests = [each for each in (guests.organiser, *guests.invited) if each is not None and each.address]
        known = select(InvitationAnswer).filter_by(meeting_id=meeting.id)
        self.known = {each.person_id: each for each in self.session.scalars(known)}

    def take(self, reply: Reply) -> Told:
        """One of them."""
        if reply.uid != self.uid:
            return Told(reply, Taken.OTHER_MEETING)
        theirs = [each for each in self.guests if _alike(each.address or "", reply.address)]
        if len(theirs) > 1:
            theirs = [each for each in theirs if fold(each.name) == fold(composed(reply.name))] or theirs
        if len(theirs) != 1:
            return Told(reply, Taken.SEVERAL if theirs else Taken.NOT_INVITED)
        told = Told(reply, Taken.REMEMBERED, theirs[0].ref, theirs[0].name, reply.sequence < self.sequence)
        if reply.proposed is not None:
            return told._replace(taken=Taken.OTHER_TIME)
        if reply.answer is None:
            return told._replace(taken=Taken.NO_ANSWER)
        return told._replace(taken=self._put(int(theirs[0].ref[1:]), reply))

    def _put(self, person: int, reply: Reply) -> Taken:
        """In the place of an older one. No clock that is ahead, and no number, stands in the way of later ones."""
        assert reply.answer is not None, "there is nothing to remember"
        new = (min(reply.sequence, self.sequence), min(reply.answered_at, self.now))
        known = self.known.get(person)
        if known is None:
            known = self.known[person] = InvitationAnswer(meeting_id=self.meeting.id, person_id=person)
            self.session.add(known)
        elif (known.sequence, known.answered_at) > new:
            return Taken.OLDER
        elif (known.sequence, known.answered_at, known.answer) == (*new, reply.answer):
            return Taken.AS_BEFORE
        known.answer, (known.sequence, known.answered_at) = reply.answer, new
        self.session.flush()
        return Taken.REMEMBERED


def _day(meeting: Meeting, work: Work) -> date:
    return local_day(meeting.begins_at) if meeting.begins_at else work.today


def _alike(one: str, other: str) -> bool:
    """Whether two addresses reach the same box: in practice no house tells them apart by their capitals."""
    return one.casefold() == other.casefold()
