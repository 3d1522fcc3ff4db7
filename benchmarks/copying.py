"""Copies of a table that was lived: with other numbers, names and days, and otherwise as valid as the first.

A template is read once. Whatever must differ in a copy has a place in one list of values, whatever is the same stands
there already, and a row of the copy is no more than a choice of places: so a copy costs little more than its writing.
What must differ is found by the schema, not named here: numbers by their foreign keys, days and moments by their types,
and the rest within texts (`varying`).
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Column, Table

from benchmarks.varying import KEPT_IN, Take, Values, taking
from models.base import Base, Day, Moment
from models.database import ROWS
from models.sealing import SEALED
from workflow.days import holiday_at, local_day

assert ROWS  # every room of rows is here, and so the schema is whole

BY_ITSELF = frozenset({"history", "history_words", "history_tiles", "origin", "refused_attempts"})
"""What is written anew for the whole, or is not there."""

ORDER = tuple(table for table in Base.metadata.sorted_tables if table.name not in BY_ITSELF)
"""Every other table, each after those that it points at."""


class Entry(NamedTuple):
    """An entry of the history of a template: the places of what it says, and those of other entries it names."""

    sealed: Take
    recorded_at: int
    cause: int | None
    prev: int | None
    registers: bool
    words: tuple[tuple[str, int], ...]


class Template:
    """A table that was lived, read from a file of its own."""

    def __init__(self, file: Path, *, over: bool, language: str) -> None:
        self.over = over
        self.language = language
        with closing(sqlite3.connect(file)) as connection:
            pseudonyms = [name for (name,) in connection.execute("SELECT pseudonym FROM people ORDER BY id")]
            ((slug,),) = connection.execute("SELECT slug FROM partnership_tables")
            self.people = len(pseudonyms)
            self.values = Values(pseudonyms, slug)
            self.rows = {table.name: list(self._rows(connection, table)) for table in ORDER}
            self.most = {table.name: _most(connection, table) for table in ORDER}
            self.entries = list(self._entries(connection))
            begins = connection.execute("SELECT begins_at FROM meetings WHERE begins_at IS NOT NULL").fetchall()
        self._days = sorted({local_day(datetime.fromisoformat(each)) for (each,) in begins})

    def fits(self, weeks: int) -> bool:
        """Whether no meeting comes on a holiday or its eve so many weeks earlier, which nobody was warned of."""
        return not any(holiday_at(day - timedelta(weeks=weeks)) for day in self._days)

    def _rows(self, connection: sqlite3.Connection, table: Table) -> Iterator[Take]:
        columns = list(table.columns)
        listed = ", ".join(f'"{column.name}"' for column in columns)
        key = ", ".join(f'"{column.name}"' for column in table.primary_key)
        for row in connection.execute(f"SELECT {listed} FROM {table.name} ORDER BY {key}"):
            told = dict(zip((column.name for column in columns), row, strict=True))
            yield taking([self._place(table, column, told) for column in columns])

    def _place(self, table: Table, column: Column[Any], told: Mapping[str, Any]) -> int:
        value = told[column.name]
        if (of := _numbers(table, column, told)) is not None:
            return self.values.number(of, value)
        if isinstance(column.type, Moment):
            return self.values.moment(value)
        return self.values.day(value) if isinstance(column.type, Day) else self.values.text(value)

    def _entries(self, connection: sqlite3.Connection) -> Iterator[Entry]:
        history = Base.metadata.tables["history"]
        words: dict[int, list[tuple[str, int]]] = {}
        for entry, field, text in connection.execute("SELECT entry_id, field, text FROM history_words ORDER BY id"):
            words.setdefault(entry, []).append((field, self.values.text(text)))
        newest: dict[str, int] = {}
        for nth, row in enumerate(connection.execute(f"SELECT {', '.join(SEALED)} FROM history ORDER BY id")):
            told = dict(zip(SEALED, row, strict=True))
            stream, cause = told["stream"], told["cause_id"]
            told |= {"cause_id": None, "commitment": None, "prev": None}
            places = [self._place(history, history.columns[name], told) for name in SEALED]
            yield Entry(
                taking(places),
                places[SEALED.index("recorded_at")],
                None if cause is None else cause - 1,
                newest.get(stream),
                told["table_id"] is None,
                tuple(words.get(nth + 1, ())),
            )
            newest[stream] = nth


def _numbers(table: Table, column: Column[Any], told: Mapping[str, Any]) -> str | None:
    """Whose rows a column numbers, if any."""
    for key in column.foreign_keys:
        return key.column.table.name
    if column.name == "id":
        return table.name
    if column.name == "thing_id":
        return KEPT_IN[told["kind"]]
    return None


def _most(connection: sqlite3.Connection, table: Table) -> int:
    """The highest number of a row, where rows have one."""
    if "id" not in table.columns:
        return 0
    ((most,),) = connection.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table.name}")
    return int(most)
