"""A whole database looked through row by row at one moment, past all that only works while it is in order."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from models.place import check_header, is_server, open_for_reading, problems
from models.sealing import SEALED, netstrings, netstrings_on_file, sealed_on_file

if TYPE_CHECKING:
    from sqlalchemy import Connection

Row = tuple[Any, ...]

ENTRY = ("id", "recorded_at", "table_id", "number", "stream", "version", "cause_id", "rules", "role", "move")
STATES = ("from_state", "to_state", "prev", "hash")
"""What is read of an entry, before the bytes that its hash is made of."""

SAID = ("salt", "field", "text")
_WORDS = """
    SELECT h.id, h.commitment, {said} FROM history h LEFT JOIN history_words w ON w.entry_id = h.id
    WHERE h.commitment IS NOT NULL OR w.id IS NOT NULL ORDER BY h.id, w.id"""


class Archive(Protocol):
    """The rows of a database."""

    on_file: bool

    def rows(self, query: str) -> Iterable[Row]:
        """What a query of ours answers, one row at a time."""

    def entries(self) -> Iterator[Row]:
        """Every entry in the order in which it was added: `ENTRY`, `STATES`, and its bytes without the origin."""

    def words(self) -> Iterator[Row]:
        """All words, and every entry that promises some: the entry's id, its commitment, and the bytes said."""


@contextmanager
def open_archive(place: str) -> Iterator[Archive]:
    """All of a database as it is at one moment. Raises DatabaseProblem."""
    with problems(place):
        if is_server(place):
            with _server(place) as connection:
                yield _OnServer(connection)
        else:
            check_header(Path(place), newer_too=True)
            with closing(open_for_reading(Path(place))) as file:
                file.row_factory = None
                file.execute("BEGIN")
                yield _OnFile(file)


class _OnFile:
    on_file = True

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, query: str) -> Iterable[Row]:
        return self._connection.execute(query)

    def words(self) -> Iterator[Row]:
        said = netstrings_on_file([f"w.{column}" for column in SAID])
        return self._connection.execute(_WORDS.format(said=f"CASE WHEN w.id IS NOT NULL THEN {said} END"))

    def entries(self) -> Iterator[Row]:
        columns = ", ".join((*ENTRY, *STATES))
        query = f"SELECT {columns}, {sealed_on_file()} FROM history ORDER BY id"  # noqa: S608  # our own columns
        return self._connection.execute(query)


class _OnServer:
    on_file = False

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection.execution_options(stream_results=True, max_row_buffer=1000)

    def rows(self, query: str) -> Iterable[Row]:
        return (tuple(row) for row in self._connection.exec_driver_sql(query))

    def words(self) -> Iterator[Row]:
        for entry, promised, word, *said in self.rows(_WORDS.format(said=", ".join(("w.id", *SAID)))):
            yield entry, promised, None if word is None else netstrings(said)

    def entries(self) -> Iterator[Row]:
        first, sealed = ", ".join((*ENTRY, *STATES)), ", ".join(SEALED)
        told = len(ENTRY) + len(STATES)
        for row in self.rows(f"SELECT {first}, {sealed} FROM history ORDER BY id"):  # noqa: S608  # our columns
            yield (*row[:told], netstrings(row[told:]))


@contextmanager
def _server(place: str) -> "Iterator[Connection]":
    from models.database import check_server, server_engine

    engine = server_engine(place).execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with engine.connect() as connection:
        check_server(connection, place, newer_too=True)
        yield connection
