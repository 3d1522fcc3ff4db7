"""The memos on the web, and until when: it is no archive, so each is taken off again (domain.md 7.4)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from models.kept import day_of, moment_of
from models.reading import Reader, any_of
from models.states import MemoState
from workflow.days import local_day
from workflow.publishing import A_YEAR


class Published(NamedTuple):
    """A memo that everybody can read."""

    ref: str
    meeting: str
    theme: str
    table: str
    title: str
    link: str
    since: date
    until: date | None
    """The day that was told for taking it off."""
    days: int
    """For how many days it should have been off; below nothing, in how many days it is to be. A year is the most."""

    @property
    def remedies(self) -> list[str]:
        """What tells that it was taken off, once that is due."""
        return [f"poyta memo withdraw {self.meeting}"] if self.days >= 0 else []


def published(reader: Reader, day: date, tables: Sequence[int] | None = None) -> Iterator[Published]:
    """Every memo that is on the web, the longest overdue first. `tables`: only theirs, by their ids."""
    only: dict[str, Any] = {} if tables is None else {"table_ref": any_of(_refs(reader, tables))}
    rows = reader.rows("v_memos", order="id", state=MemoState.PUBLISHED, **only)
    found = [_published(row, day) for row in rows]
    yield from sorted(found, key=lambda each: -each.days)


NAMES = ("ref", "meeting_ref", "theme_ref", "table_ref", "title")


def _published(row: dict[str, object], day: date) -> Published:
    since = local_day(moment_of(str(row["state_since"])))
    until = day_of(str(row["published_until"])) if row["published_until"] else None
    ref, meeting, theme, table, title = (str(row[name]) for name in NAMES)
    return Published(
        ref,
        meeting,
        theme,
        table,
        title,
        str(row["link"] or ""),
        since,
        until,
        (day - (until or _a_year_on(since))).days,
    )


def _a_year_on(day: date) -> date:
    return day + min(A_YEAR, date.max - day)


def _refs(reader: Reader, tables: Sequence[int]) -> list[str]:
    return [str(row["ref"]) for row in reader.rows("v_tables", id=any_of(tables))]
