"""Who is invited to a meeting, and who invites: the seats of its tables, and those who have a part in its agenda."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from models.kept import day_of
from models.reading import Reader, Row, any_of
from models.states import Answer, AnswerTo, ItemState, Role
from workflow.addresses import mail_address
from workflow.calendar.entries import Guest

AS_CALENDARS_SAY = {Answer.ACCEPTED: "ACCEPTED", Answer.TENTATIVE: "TENTATIVE", Answer.DECLINED: "DECLINED"}
"""The answers by their words in iCalendar (PARTSTAT)."""


class Guests(NamedTuple):
    """Everybody whom a meeting concerns."""

    organiser: Guest | None
    """Whom the answers go to; nobody, where no address is known."""
    invited: list[Guest]
    """All others, in the order of the seats."""

    @property
    def reachable(self) -> list[Guest]:
        """Those with an address."""
        return [each for each in self.invited if each.address]

    @property
    def unreachable(self) -> list[Guest]:
        """Those who must be told in another way."""
        return [each for each in self.invited if not each.address]


def guests_of(reader: Reader, meeting: Row, day: date) -> Guests:
    """Who is invited, as the seats are on the day of the meeting."""
    seats = [row for row in _seats(reader, _tables(reader, meeting)) if _held_on(row, day)]
    people = {row["ref"]: row for row in reader.rows("v_people", forgotten=False)}
    answers = {
        row["person_ref"]: AS_CALENDARS_SAY[Answer(row["answer"])]
        for row in reader.rows("v_answers", meeting_ref=meeting["ref"], answer_to=AnswerTo.NOW)
    }
    organiser = next((each for each in _may_organise(meeting, seats, people) if each.address), None)
    found: dict[str, Guest] = {}
    for each in (*_seated(seats, people), *_with_a_part(reader, meeting, people)):
        found.setdefault(each.ref, each._replace(answer=answers.get(each.ref, each.answer)))
    if organiser is not None:
        found.pop(organiser.ref, None)
    return Guests(organiser, list(found.values()))


def _tables(reader: Reader, meeting: Row) -> list[str]:
    """Its own table and those that it meets with, each with its forums."""
    found = [meeting["table_ref"]]
    found += [row["table_ref"] for row in reader.rows("v_joint_meetings", meeting_ref=meeting["ref"])]
    tables = reader.rows("v_tables", order="id")
    for ref in found:  # grows while it is gone through
        found += [row["ref"] for row in tables if row["parent_ref"] == ref and row["ref"] not in found]
    return found


def _seats(reader: Reader, tables: Iterable[str]) -> list[Row]:
    return reader.rows("v_seats", order="id", table_ref=any_of(tables))


def _held_on(seat: Row, day: date) -> bool:
    return day_of(seat["since"]) <= day and (seat["until"] is None or day <= day_of(seat["until"]))


def _may_organise(meeting: Row, seats: Iterable[Row], people: Mapping[str, Row]) -> Iterator[Guest]:
    """The convener; where nobody could write to them, the secretary."""
    seats = list(seats)
    conveners = [row["person_ref"] for row in seats if row["role"] == Role.CONVENER]
    secretaries = [row["person_ref"] for row in seats if row["role"] == Role.SECRETARY]
    yield from (_person(people[ref]) for ref in [*conveners, meeting["secretary_ref"], *secretaries] if ref in people)


def _seated(seats: Iterable[Row], people: Mapping[str, Row]) -> Iterator[Guest]:
    for row in seats:
        if row["person_ref"] in people:
            yield _person(people[row["person_ref"]])
        elif row["person_ref"] is None:
            yield Guest(row["organisation_ref"], str(row["organisation"]))


def _with_a_part(reader: Reader, meeting: Row, people: Mapping[str, Row]) -> Iterator[Guest]:
    """Who leads and who writes, and those who come because of a matter that they present."""
    yield from (_person(people[meeting[role]]) for role in ("chair_ref", "secretary_ref") if meeting[role] in people)
    on_it = any_of((ItemState.SUBMITTED, ItemState.ACCEPTED))
    for item in reader.rows("v_items", meeting_ref=meeting["ref"], state=on_it, order="position"):
        if item["presenter_ref"] in people:
            yield _person(people[item["presenter_ref"]])._replace(optional=True)


def _person(row: Row) -> Guest:
    address = mail_address(str(row["name"]), row["email"])
    return Guest(row["ref"], str(row["name"]), address.addr_spec if address else None)
