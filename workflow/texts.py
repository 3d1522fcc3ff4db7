"""Everything that people wrote, wherever it is kept: in the rows as they are now, and in the history."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Column, Row, Table, Text, select
from sqlalchemy.orm import Session

from models.base import Base
from models.history import HistoryEntry, HistoryTile, HistoryWords, Origin, RefusedAttempt
from models.people import Person
from models.reminders import Reminder
from models.tables import PartnershipTable
from workflow.finding import NAMED, STATEFUL
from workflow.references import reference

KINDS = {**STATEFUL, **NAMED}
KIND_OF = {model.__tablename__: kind for kind, model in KINDS.items()}
"""The kind of thing that each table keeps."""


class Kept(NamedTuple):
    """A text in a row as it is now."""

    table: Table
    row: Row[Any]
    column: str
    text: str

    @property
    def field(self) -> str:
        """What the text is called; a translation says of what it is one."""
        return str(self.row.field) if "field" in self.table.c else self.column

    @property
    def key(self) -> Mapping[str, Any]:
        """What tells its row from all others of the table."""
        return {each.name: getattr(self.row, each.name) for each in self.table.primary_key}


class Told(NamedTuple):
    """Words of an entry of the history, and where people find it: its table and its number there."""

    id: int
    entry_id: int
    commitment: str
    field: str
    text: str
    place: str


def texts_of(session: Session) -> Iterator[Kept]:
    """Every text in the rows as they are, but for the names of people. The history is apart (`words_of_history`)."""
    for table in Base.metadata.sorted_tables:
        columns = [] if table.name in APART else [each for each in table.columns if type(each.type) is Text]
        if columns:
            for row in session.execute(select(table).order_by(*table.primary_key)):
                yield from _texts_of_row(table, row, columns)


def words_of_history(session: Session) -> Iterator[Told]:
    """Everything that people wrote when they did something, in the order in which it was written."""
    words = (HistoryWords.id, HistoryWords.entry_id, HistoryEntry.commitment, HistoryWords.field, HistoryWords.text)
    wanted = select(*words, PartnershipTable.slug, HistoryEntry.number).join_from(HistoryWords, HistoryEntry)
    for row in session.execute(wanted.outerjoin(PartnershipTable, _ITS_TABLE).order_by(HistoryWords.id)):
        yield Told(row.id, row.entry_id, row.commitment, row.field, row.text, _place(row.slug, row.number))


def facts_of_history(session: Session) -> Iterator[tuple[str, str]]:
    """Where each entry is found, and its facts, which are never changed."""
    wanted = select(PartnershipTable.slug, HistoryEntry.number, HistoryEntry.facts).order_by(HistoryEntry.id)
    for slug, number, facts in session.execute(wanted.outerjoin_from(HistoryEntry, PartnershipTable, _ITS_TABLE)):
        yield _place(slug, number), facts


def place_of(session: Session, entry: HistoryEntry) -> str:
    """How people find an entry."""
    slug = session.scalars(select(PartnershipTable.slug).filter_by(id=entry.table_id)).one_or_none()
    return _place(slug, entry.number)


def _place(slug: str | None, number: int) -> str:
    return f"{slug or 'poyta'} {number}"


_ITS_TABLE = HistoryEntry.table_id == PartnershipTable.id


def thing_of(session: Session, kept: Kept) -> Any:
    """The thing that a text tells of, or is a part of."""
    kind, number = next((kind, number) for kind, number in _ways(kept) if number is not None)
    return session.get_one(KINDS[kind], number)


def where(session: Session, kept: Kept) -> str:
    """The name of the thing that a text tells of."""
    return reference(thing_of(session, kept))


def _texts_of_row(table: Table, row: Row[Any], columns: list[Column[Any]]) -> Iterator[Kept]:
    for each in columns:
        if text := getattr(row, each.name):
            yield Kept(table, row, each.name, text)


def _ways(kept: Kept) -> Iterator[tuple[str, int | None]]:
    if kept.table.name == "translations":
        yield kept.row.kind, kept.row.thing_id
    elif kept.table.name in PART_OF:
        yield from ((kind, getattr(kept.row, column)) for kind, column in PART_OF[kept.table.name])
    else:
        yield KIND_OF[kept.table.name], kept.row.id


PART_OF: Mapping[str, tuple[tuple[str, str], ...]] = {
    "attendance": (("meeting", "meeting_id"),),
    "memo_entries": (("memo", "memo_id"),),
    "action_shares": (("action", "action_id"),),
    "house_rules": (("table", "table_id"),),
    "reminder_letters": (("person", "person_id"), ("organisation", "organisation_id")),
    "seats": (
        ("table", "table_id"),
        ("project", "project_id"),
        ("person", "person_id"),
        ("organisation", "organisation_id"),
    ),
}
"""What a part belongs to, and the column that says so; of several the first that says anything."""

APART: frozenset[str] = frozenset(
    each.__tablename__ for each in (Person, HistoryEntry, HistoryWords, HistoryTile, Origin, RefusedAttempt, Reminder)
)
"""The tables whose texts are names of people, or of the history: written by the program, or looked at apart."""
