"""Everything that is kept about a person, for themselves to see and to take along (GDPR, Articles 15 and 20)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Table, or_, select
from sqlalchemy.orm import Session

from models.base import Base
from models.history import HistoryEntry, HistoryWords, RefusedAttempt
from models.people import Person
from models.states import RegisterState
from workflow.references import reference
from workflow.register import only_keepers
from workflow.searching import Search
from workflow.texts import KIND_OF, KINDS, place_of
from workflow.work import Work

Document = dict[str, Any]

CALLED: Mapping[str, str] = {
    "partnership_tables": "tables",
    "agenda_items": "items",
    "action_shares": "shares",
    "reminder_letters": "letters",
    "invitation_answers": "answers",
}
"""What the tables of the database are called in the document, where their own name is not plain."""

LEFT_OUT = frozenset({"id", "version", "entries", "came_from"})
"""What a row keeps for the program itself."""


def known_of(work: Work, person: Person) -> Document:
    """The document. Raises NotAllowed for anybody but the person and the keepers of the register."""
    if work.actor.id != person.id:
        only_keepers(work, person, "export")
    return _Knowing(work.session, person).document()


class _Knowing:
    """The way through everything that has to do with a person."""

    def __init__(self, session: Session, person: Person) -> None:
        self.session = session
        self.search = Search(session, person)
        self.person = person
        self.numbers = [each.id for each in self.search.own]
        self.pseudonyms = {each.pseudonym: reference(each) for each in session.scalars(select(Person))}
        self.own_pseudonyms = [each.pseudonym for each in self.search.own]

    def document(self) -> Document:
        """Everything, by what it is."""
        parts = {name: rows for name, rows in self._rows() if rows}
        return {
            "person": self._register(),
            **parts,
            "history": list(self._history()),
            "refused_attempts": list(self._attempts()),
            "texts": list(self._texts()),
        }

    def _register(self) -> Document:
        person, *merged = self.search.own
        return {
            "ref": reference(person),
            "name": person.name,
            "email": person.email,
            "organisation": person.organisation and person.organisation.name,
            "state": RegisterState.FORGOTTEN if person.forgotten else RegisterState.KNOWN,
            "pseudonyms": self.own_pseudonyms,
            "merged": [{"ref": reference(each), "name": each.name, "email": each.email} for each in merged],
        }

    # What names them by number

    def _rows(self) -> Iterator[tuple[str, list[Document]]]:
        """Every row that names the person, of every table that can name one."""
        for table in Base.metadata.sorted_tables:
            naming = [] if table is Person.__table__ else [each for each in table.columns if _points_to(each, "people")]
            if naming:
                wanted = select(table).where(or_(*(each.in_(self.numbers) for each in naming)))
                found = self.session.execute(wanted.order_by(*table.primary_key)).all()
                yield CALLED.get(table.name, table.name), [self._row(table, naming, row) for row in found]

    def _row(self, table: Table, naming: list[Column[Any]], row: Row[Any]) -> Document:
        """A row in plain words: who and what else it names by reference, the person by what they are in it."""
        own = [each.name for each in naming if getattr(row, each.name) in self.numbers]
        told = {
            _plain(each): self._value(each, getattr(row, each.name)) for each in table.columns if each.name not in own
        }
        ref = {"ref": self._called(KIND_OF[table.name], row.id)} if table.name in KIND_OF else {}
        said = {name: value for name, value in told.items() if value is not None and name not in LEFT_OUT}
        return {**ref, "as": [name.removesuffix("_id") for name in own], **said}

    def _value(self, column: Column[Any], value: Any) -> Any:
        target = next((key.column.table.name for key in column.foreign_keys), None)
        if value is None or target is None:
            return value
        return self._called(KIND_OF[target], value) if target in KIND_OF else None

    def _called(self, kind: str, number: int) -> str:
        """Organisations and projects by name, everything else by reference: others have a right to theirs too."""
        thing = self.session.get_one(KINDS[kind], number)
        return str(thing.name) if kind in ("organisation", "project") else reference(thing)

    # What tells of them

    def _history(self) -> Iterator[Document]:
        """Whatever the person did, and wherever the history names them."""
        wanted = select(HistoryEntry).where(or_(*self._telling())).order_by(HistoryEntry.id)
        for entry in self.session.scalars(wanted):
            acted = entry.actor in self.own_pseudonyms
            words = {each.field: each.text for each in entry.words if acted or self._is_named(each.text)}
            yield {
                "entry": place_of(self.session, entry),
                "ref": self._of_stream(entry.stream),
                "kind": _kind_of(entry.stream),
                "acted": acted,
                "move": entry.move,
                "from": entry.from_state,
                "to": entry.to_state,
                "role": entry.role if acted else None,
                "happened_at": entry.happened_at,
                "recorded_at": entry.recorded_at,
                "facts": [[name, self._without_pseudonyms(value)] for name, value in entry.told],
                "words": {field: self._without_pseudonyms(text) for field, text in words.items()},
            }

    def _telling(self) -> Iterator[ColumnElement[bool]]:
        """What an entry is like that tells of the person."""
        yield HistoryEntry.actor.in_(self.own_pseudonyms)
        yield HistoryEntry.stream.in_([each.stream for each in self.search.own])
        for each in self.own_pseudonyms:
            yield HistoryEntry.facts.contains(f"person:{each}")
            yield HistoryEntry.words.any(HistoryWords.text.contains(f"person:{each}"))

    def _is_named(self, text: str) -> bool:
        return any(f"person:{each}" in text for each in self.own_pseudonyms)

    def _attempts(self) -> Iterator[Document]:
        """What they tried, and was refused."""
        tried = select(RefusedAttempt).where(RefusedAttempt.actor.in_(self.own_pseudonyms))
        for each in self.session.scalars(tried.order_by(RefusedAttempt.id)):
            yield {
                "ref": self._of_stream(each.stream),
                "kind": _kind_of(each.stream),
                "move": each.move,
                "reasons": each.reasons.split(","),
                "recorded_at": each.recorded_at,
            }

    def _texts(self) -> Iterator[Document]:
        """What people wrote that names them."""
        for kept in self.search.kept:
            yield {"where": self.search.where(kept), "field": kept.field, "text": kept.text}
        for told in self.search.told:
            yield {"where": told.place, "field": told.field, "text": self._without_pseudonyms(told.text)}

    def _of_stream(self, stream: str) -> str:
        kind, _, number = stream.partition(":")
        return reference(self.session.get_one(KINDS[kind], int(number))) if kind in KINDS else stream

    def _without_pseudonyms(self, text: str) -> str:
        """A fact as people read it: whom it names by reference."""
        return re.sub(r"person:([^ =]+)", lambda found: self.pseudonyms.get(found[1], found[0]), text)


def _kind_of(stream: str) -> str:
    return stream.partition(":")[0]


def _points_to(column: Column[Any], table: str) -> bool:
    return any(key.column.table.name == table for key in column.foreign_keys)


def _plain(column: Column[Any]) -> str:
    return column.name.removesuffix("_id") if column.foreign_keys else column.name
