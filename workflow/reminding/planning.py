"""What is to be said today, to whom: what has not been said of it yet, and whatever a missed run left unsaid."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from models.kept import day_of
from models.reading import Reader, Row
from models.states import Role
from workflow.language.languages import LANGUAGES
from workflow.reminding.held import Duty, Look, duties
from workflow.reminding.stages import ESCALATED, ESCALATION, LATE, REMINDED, SHARED, Stage

USUAL_LANGUAGE = "fi"

Told = tuple[str, date, date | None, str, str]
"""What makes a reminder what it is: the thing, given when, due when, at which stage, and who is told."""


class Saying(NamedTuple):
    """Something to be said of a duty for the first time."""

    duty: Duty
    stage: Stage


class Letter(NamedTuple):
    """What is to be said to one party, and what else it holds."""

    party: str
    language: str
    sayings: Sequence[Saying]
    also: Sequence[Duty]

    @property
    def tables(self) -> list[str]:
        """The references of the tables that it is about."""
        return list(dict.fromkeys(duty.table_ref for duty in (*(each.duty for each in self.sayings), *self.also)))


def letters(reader: Reader, today: date) -> list[Letter]:
    """The letters of a day, in the order of the parties' references."""
    look = Look(reader, today)
    held = duties(look)
    planner = _Planner(look, _told(reader))
    said: dict[str, list[Saying]] = {}
    for duty in held:
        for stage, party in planner.due(duty):
            said.setdefault(party, []).append(Saying(duty, stage))
    return [_letter(party, sayings, held, look.tables) for party, sayings in sorted(said.items(), key=_number)]


def _number(one: tuple[str, object]) -> tuple[str, int]:
    return one[0][0], int(one[0][1:])


def _letter(party: str, sayings: Sequence[Saying], held: Iterable[Duty], tables: Mapping[str, Row]) -> Letter:
    new = {each.duty for each in sayings}
    also = [duty for duty in held if duty.holder == party and duty not in new]
    first = min((tables[each.duty.table_ref] for each in sayings), key=lambda table: int(table["id"]))
    return Letter(party, language_of(first), sayings, also)


def language_of(table: Row) -> str:
    """The first of a table's languages, else Finnish: people have none of their own."""
    spoken = (code.strip() for code in str(table["languages"] or "").split(","))
    return next((code for code in spoken if code in LANGUAGES), USUAL_LANGUAGE)


def _told(reader: Reader) -> dict[Told, date]:
    """What has been said before, and on which day."""
    told: dict[Told, date] = {}
    for row in reader.rows("v_reminders", order="id"):
        due = row["due_on"] and day_of(row["due_on"])
        told[row["stream"], day_of(row["given_on"]), due, row["stage"], row["party_ref"]] = day_of(row["made_on"])
    return told


class _Planner:
    """Who is to be told what, by the stages."""

    def __init__(self, look: Look, told: Mapping[Told, date]) -> None:
        self.look, self.today, self.told = look, look.today, told
        rows = look.reader.rows("v_seats", order="id")
        self.seats = [row for row in rows if row["person_ref"] and _held_on(row, look.today)]
        self.unreachable = {row["ref"] for row in look.reader.rows("v_people", forgotten=True)}

    def due(self, duty: Duty) -> Iterator[tuple[Stage, str]]:
        """Every stage of a duty that is to be told now, with the party to tell."""
        if duty.holder not in self.unreachable:
            stages = SHARED if duty.shared_with else REMINDED[duty.kind]
            come = [stage for stage in stages if self._has_come(stage, duty)]
            yield from ((stage, duty.holder) for stage in come[-1:] if self._untold(duty, stage, [duty.holder]))
        if duty.kind in ESCALATED and not duty.shared_with:
            yield from self._escalated(duty)

    def _escalated(self, duty: Duty) -> Iterator[tuple[Stage, str]]:
        """The one step that has come, if any. A step with nobody to tell is left out."""
        before, heard = LATE, [duty.holder]
        for stage in ESCALATION:
            to = self._seated(stage.told, duty)
            if not to:
                continue
            if not self._has_come(stage, duty) or not self._waited(duty, before, heard, stage):
                return
            if untold := self._untold(duty, stage, to):
                yield from ((stage, each) for each in untold)
                return
            before, heard = stage, to

    def _has_come(self, stage: Stage, duty: Duty) -> bool:
        if stage.after is None:
            return True
        return duty.due_on is not None and duty.due_on + timedelta(days=stage.after) <= self.today

    def _waited(self, duty: Duty, before: Stage, heard: Sequence[str], stage: Stage) -> bool:
        """Whether those before had their time. Whoever can't be reached needs none."""
        days = [self.told.get(_key(duty, before, each)) for each in heard if each not in self.unreachable]
        grace = timedelta(days=(stage.after or 0) - (before.after or 0))
        return all(day is not None and day + grace <= self.today for day in days)

    def _untold(self, duty: Duty, stage: Stage, parties: Iterable[str]) -> list[str]:
        return [each for each in parties if _key(duty, stage, each) not in self.told]

    def _seated(self, role: Role | None, duty: Duty) -> list[str]:
        """Who holds a role towards a table today, but for the one who is late."""
        table = self.look.tables[duty.table_ref]
        refs = dict.fromkeys(row["person_ref"] for row in self.seats if row["role"] == role and _covers(row, table))
        return [ref for ref in refs if ref not in self.unreachable and ref != duty.holder]


def _key(duty: Duty, stage: Stage, party: str) -> Told:
    return duty.stream, duty.given_on, duty.due_on, stage.code.value, party


def _held_on(seat: Row, day: date) -> bool:
    return day_of(seat["since"]) <= day and (seat["until"] is None or day <= day_of(seat["until"]))


def _covers(seat: Row, table: Row) -> bool:
    """Whether a seat is at the table, or over its project, its area or the table that it is a forum of."""
    if seat["project"] is not None:
        return bool(seat["project"] == table["project"])
    if seat["area"] is not None:
        return bool(seat["area"] == table["area"])
    above = table["parent_ref"] if seat["role"] == Role.COORDINATOR else None
    return seat["table_ref"] in (table["ref"], above)
