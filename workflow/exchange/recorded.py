"""The history of tables as it stands in the database, in rows that are quick to read."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions import Action, Referral, Result, Rota
from models.history import HistoryEntry, HistoryWords
from models.kept import pairs_of, strange
from models.meetings import AgendaItem, Meeting, MeetingSeries, Memo
from models.tables import PartnershipTable, Theme


class Recorded(NamedTuple):
    """One entry of the history."""

    id: int
    stream: str
    cause_id: int | None
    recorded_at: datetime
    happened_at: datetime
    actor: str
    auth: str
    move: str
    from_state: str | None
    to_state: str
    facts: str

    @property
    def told(self) -> list[tuple[str, str]]:
        """The facts as pairs."""
        return pairs_of(self.facts)

    def noted(self, name: str) -> list[str]:
        """The facts of that name."""
        return [value for key, value in self.told if key == name]


class Row(NamedTuple):
    """One thing: its kind and id, what it is under now, and what else must be known of it."""

    kind: str
    id: int
    under: str | None
    begins_at: datetime | None = None
    carried_from: int | None = None


class History:
    """Everything recorded of some tables, or of all."""

    def __init__(self, session: Session, tables: Iterable[int] | None) -> None:
        self.session = session
        self.tables = None if tables is None else list(tables)
        self.entries = self._entries()
        self.words = self._words()
        self.causes = {entry.id: entry.cause_id for entry in self.entries}

    def rows(self) -> Iterator[Row]:
        """Every thing, each kind in the order in which its things came into being."""
        for table in self._found(select(PartnershipTable.id), PartnershipTable.id):
            yield Row("table", table.id, None)
        for theme in self._found(select(Theme.id, Theme.table_id), Theme.table_id):
            yield Row("theme", theme.id, f"table:{theme.table_id}")
        for series in self._themed(select(MeetingSeries.id, MeetingSeries.theme_id), MeetingSeries.theme_id):
            yield Row("series", series.id, f"theme:{series.theme_id}")
        for meeting in self._meetings():
            yield Row("meeting", meeting.id, f"series:{meeting.series_id}", meeting.begins_at)
        for memo in self._themed(select(Memo.id, Memo.theme_id, Memo.meeting_id), Memo.theme_id):
            yield Row("memo", memo.id, f"meeting:{memo.meeting_id}")
        for item in self._items():
            above = f"meeting:{item.meeting_id}" if item.meeting_id else f"theme:{item.theme_id}"
            yield Row("item", item.id, above, carried_from=item.carried_from_id)
        for rota in self._themed(select(Rota.id, Rota.theme_id), Rota.theme_id):
            yield Row("rota", rota.id, f"theme:{rota.theme_id}")
        for action in self._actions():
            ways = (
                ("rota", action.rota_id),
                ("item", action.item_id),
                ("meeting", action.meeting_id),
                ("theme", action.theme_id),
            )
            yield Row("action", action.id, next(f"{kind}:{one}" for kind, one in ways if one))
        for referral in self._referrals():
            above = f"item:{referral.item_id}" if referral.item_id else f"theme:{referral.theme_id}"
            yield Row("referral", referral.id, above)
        for result in self._themed(select(Result.id, Result.theme_id), Result.theme_id):
            yield Row("result", result.id, f"theme:{result.theme_id}")

    def root_of(self, entry_id: int) -> int:
        """The entry of the command from which this one followed."""
        while (cause := self._cause(entry_id)) is not None:
            if cause >= entry_id:
                raise strange(str(cause))  # what others wrote could lead in a circle
            entry_id = cause
        return entry_id

    def overridden(self) -> Iterator[tuple[int, str]]:
        """Every promise that was overridden, with the entry of its command, wherever it followed."""
        for entry_id, facts in self.session.execute(
            select(HistoryEntry.id, HistoryEntry.facts)
            .where(HistoryEntry.facts.contains('["overridden"'))
            .order_by(HistoryEntry.id)
        ):
            yield from ((self.root_of(entry_id), code) for name, code in pairs_of(facts) if name == "overridden")

    def _cause(self, entry_id: int) -> int | None:
        if entry_id not in self.causes:
            wanted = select(HistoryEntry.cause_id).where(HistoryEntry.id == entry_id)
            self.causes[entry_id] = self.session.scalars(wanted).one()
        return self.causes[entry_id]

    def _found(self, wanted: Any, table: Any) -> Any:
        """What is wanted, of the tables alone, in the order of its first column."""
        chosen = wanted if self.tables is None else wanted.where(table.in_(self.tables))
        return self.session.execute(chosen.order_by(wanted.selected_columns[0]))

    def _themed(self, wanted: Any, theme: Any) -> Any:
        return self._found(wanted.join(Theme, theme == Theme.id), Theme.table_id)

    def _entries(self) -> list[Recorded]:
        columns = [getattr(HistoryEntry, name) for name in Recorded._fields]
        wanted = select(*columns).where(HistoryEntry.table_id.is_not(None))
        return [Recorded(*row) for row in self._found(wanted, HistoryEntry.table_id)]

    def _words(self) -> dict[int, dict[str, str]]:
        wanted = select(HistoryWords.id, HistoryWords.entry_id, HistoryWords.field, HistoryWords.text)
        joined = wanted.join(HistoryEntry, HistoryWords.entry_id == HistoryEntry.id)
        joined = joined.where(HistoryEntry.table_id.is_not(None))
        words: dict[int, dict[str, str]] = {}
        for each in self._found(joined, HistoryEntry.table_id):
            words.setdefault(each.entry_id, {})[each.field] = each.text
        return words

    def _meetings(self) -> Any:
        wanted = select(Meeting.id, Meeting.series_id, Meeting.begins_at)
        return self._themed(wanted.join(MeetingSeries, Meeting.series_id == MeetingSeries.id), MeetingSeries.theme_id)

    def _items(self) -> Any:
        columns = (AgendaItem.id, AgendaItem.theme_id, AgendaItem.meeting_id, AgendaItem.carried_from_id)
        return self._themed(select(*columns), AgendaItem.theme_id)

    def _actions(self) -> Any:
        columns = (Action.id, Action.theme_id, Action.meeting_id, Action.item_id, Action.rota_id)
        return self._themed(select(*columns), Action.theme_id)

    def _referrals(self) -> Any:
        return self._themed(select(Referral.id, Referral.theme_id, Referral.item_id), Referral.theme_id)
