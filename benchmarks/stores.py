"""Where rows are written in bulk: a new file, or a new database on a server, whose own watch sleeps meanwhile."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Any, Protocol

from benchmarks.copying import ORDER
from benchmarks.varying import Row
from models.base import Base
from models.place import is_server
from models.sealing import SEALED

COLUMNS: Mapping[str, tuple[str, ...]] = {
    **{table.name: tuple(column.name for column in table.columns) for table in ORDER},
    "history": ("id", *SEALED, "hash"),
    "history_words": ("id", "entry_id", "salt", "field", "text"),
    "history_tiles": ("level", "place", "hash"),
}


class Store(Protocol):
    """A database that takes rows as they come."""

    origin: str
    on_file: bool

    def add(self, table: str, rows: Sequence[Row]) -> None:
        """Some more rows of a table."""


def opened(place: str) -> AbstractContextManager[Store]:
    """A new database with nothing in it yet; what is written is kept if all goes well."""
    return _server(place) if is_server(place) else _file(place)


class _File:
    on_file = True

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        ((self.origin,),) = connection.execute("SELECT name FROM origin")

    def add(self, table: str, rows: Sequence[Row]) -> None:
        columns = COLUMNS[table]
        listed, marks = ", ".join(f'"{each}"' for each in columns), ", ".join("?" * len(columns))
        self._connection.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", rows)


@contextmanager
def _file(place: str) -> Iterator[_File]:
    """The triggers and the indexes are taken away and put back: a row costs half of it without them."""
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-16384", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}")  # the file is new: if this fails it is thrown away
        kinds = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql IS NOT NULL"
        ).fetchall()
        connection.execute("BEGIN")
        for kind, name, _ in kinds:
            connection.execute(f"DROP {kind} {name}")
        yield _File(connection)
        for _, _, definition in kinds:
            connection.execute(definition)
        connection.execute("COMMIT")


class _Server:
    on_file = False

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self.origin: str = cursor.execute("SELECT name FROM origin").fetchone()[0]

    def add(self, table: str, rows: Sequence[Row]) -> None:
        listed = ", ".join(f'"{each}"' for each in COLUMNS[table])
        with self._cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def count_on(self) -> None:
        """The server's own counters go on after what was written."""
        for table in Base.metadata.sorted_tables:
            if "id" not in table.columns or table.name == "origin":
                continue
            counter = self._cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table.name]).fetchone()[0]
            if counter is not None:
                most = f"(SELECT MAX(id) FROM {table.name})"
                self._cursor.execute(f"SELECT setval('{counter}', {most}) WHERE {most} IS NOT NULL")


@contextmanager
def _server(place: str) -> Iterator[_Server]:
    """The server's own watch sleeps meanwhile, which only its master may ask for."""
    from models.database import server_engine

    connection: Any = server_engine(place).raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("SET session_replication_role = replica")
        store = _Server(cursor)
        yield store
        store.count_on()
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")  # the server would do so by itself, but only some time later
        connection.commit()
    finally:
        connection.close()
