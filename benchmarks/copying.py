"""Copies of a table that was lived: with other numbers, names and days, and otherwise as valid as the first.

A template is read once. Whatever must differ in a copy has a place in one list of values, whatever is the same stands
there already, and a row of the copy is no more than a choice of places: so a copy costs little more than its writing.
What is copied is found by the schema, not named here: numbers by their foreign keys, days and moments by their types,
and within texts by their form (`T3`, `person:…`, `2024-03-07`, `{p1}`).
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Column, Table

from models.base import Base, Day, Moment
from models.database import ROWS
from models.moments import written
from models.sealing import SEALED
from models.states import LETTERS
from workflow.days import holiday_at, local_day
from workflow.finding import NAMED, STATEFUL
from workflow.language.dates import HELSINKI, moment

assert ROWS  # whoever names every room has read them all, and the schema is whole

Row = tuple[Any, ...]
Take = Callable[[Sequence[Any]], Row]

KEPT_IN: Mapping[str, str] = {kind: row.__tablename__ for kind, row in {**STATEFUL, **NAMED}.items()}
LETTERED: Mapping[str, str] = {letter: KEPT_IN[kind] for kind, letter in LETTERS.items() if kind in KEPT_IN}
BY_ITSELF = frozenset({"history", "history_words", "history_tiles", "origin", "refused_attempts"})
"""What is written anew for the whole, or is not there."""

ORDER = tuple(table for table in Base.metadata.sorted_tables if table.name not in BY_ITSELF)


class Entry(NamedTuple):
    """An entry of the history of a template: the places of what it says, and those of other entries it names."""

    sealed: Take
    recorded_at: int
    cause: int | None
    prev: int | None
    registers: bool
    words: tuple[tuple[str, int], ...]


class Shift(NamedTuple):
    """How a copy differs: the highest number in each table so far, so many weeks ago, its names and pseudonyms."""

    above: Mapping[str, int]
    weeks: int
    names: Mapping[str, str]
    pseudonyms: Sequence[str]


class Values:
    """The list of everything that the rows of a template say, each thing once."""

    def __init__(self, pseudonyms: Iterable[str], slug: str) -> None:
        self.same: list[Any] = []
        self._places: dict[tuple[str, Any], int] = {}
        self._numbers: list[tuple[int, str, int]] = []
        self._moments: list[tuple[int, Callable[[str, int], str], str]] = []
        self._people: list[tuple[int, int]] = []
        self._names: list[tuple[int, str]] = []
        self._texts: list[tuple[int, str, Take]] = []
        self._pseudonyms = {name: nth for nth, name in enumerate(pseudonyms)}
        self._slug = slug
        self._reads: Mapping[str, Callable[[str], int | None]] = {
            "moment": self.moment,
            "day": self.day,
            "thing": self._reference,
            "stream": self._stream,
            "name": self._named,
            "own": self._own,
        }

    def constant(self, value: Any) -> int:
        """The place of what is the same in every copy."""
        return self._place("constant", (type(value), value), value)[0]

    def number(self, table: str, number: int | None) -> int:
        """The place of the number of a row."""
        if number is None:
            return self.constant(None)
        place, new = self._place("number", (table, number))
        if new:
            self._numbers.append((place, table, number))
        return place

    def moment(self, told: str | None) -> int:
        """The place of a moment."""
        return self._moved(told, earlier_moment)

    def day(self, told: str | None) -> int:
        """The place of a day."""
        return self._moved(told, earlier_day)

    def text(self, told: Any) -> int:
        """The place of a text, with whatever in it must differ."""
        if not isinstance(told, str):
            return self.constant(told)
        parts, at, places = [], 0, []
        for found in _SIGNS.finditer(told):
            if (place := self._sign(found)) is not None:
                parts += [told[at : found.start()].replace("%", "%%"), "%s"]
                places.append(place)
                at = found.end()
        if not places:
            return self.constant(told)
        place, new = self._place("text", told)
        if new:
            self._texts.append((place, "".join(parts) + told[at:].replace("%", "%%"), taking(places)))
        return place

    def new(self, shift: Shift) -> list[Any]:
        """All values of one copy."""
        values = self.same.copy()
        above, weeks = shift.above, shift.weeks
        for place, table, number in self._numbers:
            values[place] = above[table] + number
        for place, earlier, told in self._moments:
            values[place] = earlier(told, weeks)
        for place, nth in self._people:
            values[place] = shift.pseudonyms[nth]
        for place, name in self._names:
            values[place] = shift.names[name]
        for place, pattern, take in self._texts:
            values[place] = pattern % take(values)
        return values

    def _sign(self, found: re.Match[str]) -> int | None:
        """The place of what one sign of a text means; nothing, where it only looks like one."""
        return self._reads[str(found.lastgroup)](found[0])

    def _stream(self, told: str) -> int | None:
        kind, number = told.split(":")
        return None if kind not in KEPT_IN else self._of(f"{kind}:%s", self.number(KEPT_IN[kind], int(number)))

    def _own(self, told: str) -> int | None:
        if told == self._slug:
            return self._named("{slug}")
        return self._person(told) if told in self._pseudonyms else None

    def _reference(self, told: str) -> int | None:
        if told[0] not in LETTERED:
            return None
        return self._of(f"{told[0]}%s", self.number(LETTERED[told[0]], int(told[1:])))

    def _of(self, pattern: str, inner: int) -> int:
        place, new = self._place("of", (pattern, inner))
        if new:
            self._texts.append((place, pattern, taking([inner])))
        return place

    def _named(self, sign: str) -> int:
        place, new = self._place("name", sign)
        if new:
            self._names.append((place, sign[1:-1]))
        return place

    def _person(self, pseudonym: str) -> int:
        place, new = self._place("person", pseudonym)
        if new:
            self._people.append((place, self._pseudonyms[pseudonym]))
        return place

    def _moved(self, told: str | None, earlier: Callable[[str, int], str]) -> int:
        if told is None:
            return self.constant(None)
        place, new = self._place(earlier.__name__, told)
        if new:
            self._moments.append((place, earlier, told))
        return place

    def _place(self, sort: str, key: Any, value: Any = None) -> tuple[int, bool]:
        known = self._places.get((sort, key))
        if known is not None:
            return known, False
        self._places[sort, key] = place = len(self.same)
        self.same.append(value)
        return place, True


_SIGNS = re.compile(
    r"(?P<moment>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)|(?P<day>\b\d{4}-\d\d-\d\d\b)|(?P<thing>\b[A-Z][1-9]\d*\b)"
    r"|(?P<stream>\b[a-z]+:[1-9]\d*\b)|(?P<name>\{\w+\})|(?P<own>[a-z0-9]+(?:-[a-z0-9]+)*)"
)
"""Whatever in a text may have to differ; short names and pseudonyms are looked up."""


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


def taking(places: Sequence[int]) -> Take:
    """What takes the values at these places out of a list, always as a tuple."""
    if len(places) == 1:
        (only,) = places
        return lambda values: (values[only],)
    return itemgetter(*places)


@lru_cache(1 << 14)
def earlier_moment(told: str, weeks: int) -> str:
    """A moment so many weeks earlier by the clock on the wall: summer time or not."""
    local = datetime.fromisoformat(told).astimezone(HELSINKI)
    whole = moment(local.date() - timedelta(weeks=weeks), local.time().replace(microsecond=0))
    return written(whole.replace(microsecond=local.microsecond))


@lru_cache(1 << 15)
def earlier_day(told: str, weeks: int) -> str:
    """A day so many weeks earlier."""
    return (date.fromisoformat(told) - timedelta(weeks=weeks)).isoformat()
