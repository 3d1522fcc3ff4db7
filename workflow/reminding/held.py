"""What each party holds, and until when: open work, and matters to prepare for a meeting.

Read from the views. Whatever else somebody may hold is another function among `SOURCES`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from models.kept import day_of, moment_of
from models.reading import Reader, Row, any_of
from models.states import ActionState, ItemState, MeetingState, TableState, ThemeState
from workflow.days import local_day
from workflow.guards import ENDED_THEME


class Duty(NamedTuple):
    """Something that a party holds."""

    kind: str
    id: int
    ref: str
    title: str
    table_ref: str
    holder: str
    """The reference of the party."""
    given_on: date
    due_on: date | None
    shared_with: str | None = None
    """Who has the main responsibility, where the party only takes part."""

    @property
    def stream(self) -> str:
        """The name of its history."""
        return f"{self.kind}:{self.id}"


class Look:
    """One look at everything that is under way."""

    def __init__(self, reader: Reader, today: date) -> None:
        self.reader = reader
        self.today = today

    @cached_property
    def tables(self) -> Mapping[str, Row]:
        """The tables that are at work, by reference."""
        return {row["ref"]: row for row in self.reader.rows("v_tables", state=TableState.ACTIVE)}

    @cached_property
    def resting(self) -> frozenset[str]:
        """The themes that have ended or are set aside: nobody is pressed for them."""
        idle = (*ENDED_THEME, ThemeState.SUSPENDED)
        return frozenset(row["ref"] for row in self.reader.rows("v_themes", state=any_of(idle)))

    def given_on(self, kind: str, moves: Iterable[str]) -> Mapping[int, date]:
        """The day on which each thing of a kind last came into somebody's hands."""
        query = _GIVEN.format(kind=kind, length=len(kind) + 1, moves=", ".join(f"'{move}'" for move in moves))
        told = self.reader.ask(query)
        return {int(row["stream"].partition(":")[2]): local_day(moment_of(row["given_at"])) for row in told}

    def under_way(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Those whose table and theme are at work."""
        return (row for row in rows if row["table_ref"] in self.tables and row["theme_ref"] not in self.resting)


_GIVEN = (
    "SELECT stream, MAX(happened_at) AS given_at FROM history"
    " WHERE substr(stream, 1, {length}) = '{kind}:' AND move IN ({moves}) GROUP BY stream"
)
"""Past the view, whose names and references would be looked up for every entry of a long history."""


def duties(look: Look) -> list[Duty]:
    """Everything that anybody holds, what is due first before all."""
    found = [duty for source in SOURCES for duty in source(look)]
    return sorted(found, key=lambda duty: (duty.due_on or date.max, duty.kind, duty.id))


def open_work(look: Look) -> Iterator[Duty]:
    """Work that is given and not done. What waits for an answer does not: its clock stands still."""
    rows = look.reader.rows("v_actions", state=any_of((ActionState.ASSIGNED, ActionState.IN_PROGRESS)))
    given = look.given_on("action", ("assign", "reassign", "reopen"))
    for row in look.under_way(rows):
        if row["responsible_ref"]:
            yield _duty(row, row["responsible_ref"], given, row["due"] and day_of(row["due"]))


def shared_work(look: Look) -> Iterator[Duty]:
    """Open work in which a party takes part, though another has the main responsibility."""
    mine = {duty.ref: duty for duty in open_work(look)}
    for row in look.reader.rows("v_shares", action_ref=any_of(mine), order="id"):
        duty = mine[row["action_ref"]]
        if row["party_ref"] not in (None, duty.holder):
            yield duty._replace(holder=row["party_ref"], shared_with=duty.holder)


def matters_to_prepare(look: Look) -> Iterator[Duty]:
    """Matters that somebody is to present in a meeting that is still to come."""
    ahead = (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.AGENDA_SET)
    days = {row["ref"]: row["day"] for row in look.reader.rows("v_meetings", state=any_of(ahead))}
    rows = look.reader.rows("v_items", state=any_of((ItemState.SUBMITTED, ItemState.ACCEPTED)))
    given = look.given_on("item", ("submit",))
    for row in look.under_way(rows):
        day = days.get(row["meeting_ref"])
        if row["presenter_ref"] and day and day_of(day) >= look.today:
            yield _duty(row, row["presenter_ref"], given, day_of(day))


def _duty(row: Row, holder: str, given: Mapping[int, date], due: date | None) -> Duty:
    given_on = given.get(row["id"]) or local_day(moment_of(row["state_since"]))
    return Duty(row["kind"], row["id"], row["ref"], row["title"], row["table_ref"], holder, given_on, due)


SOURCES: Sequence[Callable[[Look], Iterable[Duty]]] = (open_work, shared_work, matters_to_prepare)
"""Where duties come from."""


def titles(reader: Reader, language: str) -> Mapping[tuple[str, int], Any]:
    """The titles of things in a language, as far as they were given, by kind and number."""
    named = reader.rows("v_translations", language=language, field=any_of(("title", "what")))
    return {(row["kind"], row["thing_id"]): row["text"] for row in named}
