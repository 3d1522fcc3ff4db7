"""How a detail, once read, is put into the row it belongs to."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from models.states import Content, Presence, Sector
from workflow.days import local_day
from workflow.language.dates import moment
from workflow.values import Span

if TYPE_CHECKING:
    from models.actions import Rota
    from models.meetings import Meeting
    from models.people import Organisation, Person


class Column:
    """Into the column of that name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, row: Any, value: Any) -> None:
        """Put it there."""
        setattr(row, self.name, value)

    def clear(self, row: Any) -> None:
        """Take it away again."""
        setattr(row, self.name, None)


class Relation:
    """Into a relation and its key, so that promises can ask either."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, row: Any, value: Any) -> None:
        """Put it there."""
        setattr(row, self.name, value)
        setattr(row, f"{self.name}_id", value.id)

    def clear(self, row: Any) -> None:
        """Take it away again."""
        setattr(row, self.name, None)
        setattr(row, f"{self.name}_id", None)


class Either:
    """Into one relation for a person or another for an organisation, clearing the other."""

    def __init__(self, person: str, organisation: str) -> None:
        self.sides = {"person": Relation(person), "organisation": Relation(organisation)}

    def __call__(self, row: Any, value: Any) -> None:
        """Put it there."""
        self.clear(row)
        self.sides[value.kind](row, value)

    def clear(self, row: Any) -> None:
        """Take both away again."""
        for side in self.sides.values():
            side.clear(row)


class Due:
    """A day of its own takes the place of "by the next meeting"."""

    def __call__(self, action: Any, value: Any) -> None:
        """Put it there."""
        action.due_on, action.by_next_meeting = value, False

    def clear(self, action: Any) -> None:
        """By the next meeting again."""
        action.due_on, action.by_next_meeting = None, True


def nowhere(row: Any, value: Any) -> None:
    """Nowhere: what the move changes sees to it (`workflow.changes`)."""


def span(meeting: "Meeting", value: Span) -> None:
    """Into both ends of the meeting."""
    meeting.begins_at, meeting.ends_at = value.begins, value.ends


class OnItsDay:
    """Into a moment on the day of the meeting."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, meeting: "Meeting", value: time) -> None:
        """Put it there."""
        setattr(meeting, self.name, _on_its_day(meeting, value))

    def clear(self, meeting: "Meeting") -> None:
        """Take it away again."""
        setattr(meeting, self.name, None)


began, ended = OnItsDay("began_at"), OnItsDay("ended_at")
"""When a meeting really began, and ended."""


def meeting(item: Any, value: "Meeting") -> None:
    """Onto the agenda of a meeting, at a place that was never given out before."""
    value.agenda_places += 1
    item.meeting, item.meeting_id, item.position = value, value.id, value.agenda_places


def channels(row: "Meeting", value: "list[Any]") -> None:
    """The ways of inviting, each once."""
    from models.meetings import MeetingChannel

    row.channels = [MeetingChannel(channel=channel) for channel in dict.fromkeys(value)]


def places(rota: "Rota", value: "list[Organisation]") -> None:
    """The parties that take turns, in their order; whose turn it is begins with the first of them."""
    from models.actions import RotaPlace

    rota.places = [
        RotaPlace(position=position, organisation=party, organisation_id=party.id)
        for position, party in enumerate(dict.fromkeys(value), start=1)
    ]
    rota.turn = 1


def contents(theme: Any, value: list[Content]) -> None:
    """What the partners share, each once."""
    from models.tables import ThemeContent

    theme.contents = [ThemeContent(content=content) for content in dict.fromkeys(value)]


def shares(action: Any, value: "list[Person | Organisation]") -> None:
    """The parties that share the work."""
    from models.actions import ActionShare

    action.shares = [ActionShare(**_either(one)) for one in value]


def present(row: "Meeting", value: "list[Any]") -> None:
    """Those who were there."""
    _note(row, value, presence=Presence.PRESENT)


def excused(row: "Meeting", value: "list[Any]") -> None:
    """Those who sent word."""
    _note(row, value, presence=Presence.EXCUSED)


def absent(row: "Meeting", value: "list[Any]") -> None:
    """Those who did not come."""
    _note(row, value, presence=Presence.ABSENT)


def arrived(row: "Meeting", value: "list[tuple[Any, time]]") -> None:
    """Who came later."""
    for one, at in value:
        _note(row, [one], arrived=at)


def left(row: "Meeting", value: "list[tuple[Any, time]]") -> None:
    """Who left earlier."""
    for one, at in value:
        _note(row, [one], left=at)


def deputies(row: "Meeting", value: "list[tuple[Person, Person]]") -> None:
    """Who came in whose place."""
    for one, absent_one in value:
        _note(row, [one], deputy_for=absent_one, deputy_for_id=absent_one.id)


def only_for(row: "Meeting", value: "list[tuple[Any, str]]") -> None:
    """Who was there for some matters only."""
    for one, matters in value:
        _note(row, [one], only_for=matters)


def counts(row: "Meeting", value: "list[tuple[Sector, int]]") -> None:
    """How many came of each sector."""
    for sector, people in value:
        _count(row, sector, people)


def total(row: "Meeting", value: int) -> None:
    """How many came in all."""
    _count(row, None, value)


def _on_its_day(row: "Meeting", value: time) -> datetime | None:
    return None if row.begins_at is None else moment(local_day(row.begins_at), value)


def _either(one: Any) -> dict[str, Any]:
    return {one.kind: one, f"{one.kind}_id": one.id}


def _note(row: "Meeting", parties: "Iterable[Any]", **what: Any) -> None:
    from models.meetings import Attendance

    for one in parties:
        known = next((each for each in row.attendance if _is(each, one)), None)
        if known is None:
            known = Attendance(presence=Presence.PRESENT, **_either(one))
            row.attendance.append(known)
        for name, value in what.items():
            setattr(known, name, value)


def _is(known: Any, one: Any) -> bool:
    if one.kind == "person":
        return bool(known.person_id == one.id)
    return known.person_id is None and known.organisation_id == one.id


def _count(row: "Meeting", sector: Sector | None, people: int) -> None:
    from models.meetings import HeadCount

    known = next((each for each in row.head_counts if each.sector == sector), None)
    if known is None:
        known = HeadCount(sector=sector, people=people)
        row.head_counts.append(known)
    known.people = people
