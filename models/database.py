"""The database: one SQLite file by the recipe of trust.md section 1, or a PostgreSQL server."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool, QueuePool

from models import actions, history, invitations, meetings, people, reminders, tables
from models.files import new_file
from models.fingerprint import file_schema, fingerprint, known_fingerprint
from models.place import (
    APPLICATION_ID,
    BUSY_SECONDS,
    SCHEMA,
    DatabaseProblem,
    address,
    check_header,
    check_version,
    is_server,
    journal_of,
    problems,
    shown,
)

WRITES = "poyta_writes"

ROWS = (people, tables, meetings, invitations, actions, history, reminders)
"""Every room of rows: one row can't be used before all of them are known."""


class Database:
    """Where everything is kept. Opens sessions for reading and for writing; holds none.

    `before_writing` looks once whether something else is in the way of it, and raises what is.
    """

    def __init__(self, place: str, before_writing: Callable[[Connection, str], None] | None = None) -> None:
        self.place = place
        self.before_writing = before_writing
        self.engine = server_engine(place) if is_server(place) else file_engine(Path(place))
        self._checked = False

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the database and changes nothing. Raises DatabaseProblem."""
        with problems(self.place), Session(self.engine, autoflush=False, expire_on_commit=False) as session:
            self._check(session.connection(), writes=False)
            yield session
            session.rollback()

    @contextmanager
    def writing(self, *, keep: bool = True) -> Iterator[Session]:
        """A session whose changes are all kept, or none if it ends in an error. With `keep` off, none is.

        Raises DatabaseProblem.
        """
        engine = self.engine.execution_options(**{WRITES: True})
        with problems(self.place), Session(engine, autoflush=False, expire_on_commit=False) as session:
            self._check(session.connection(), writes=True)
            yield session
            if keep:
                session.commit()
            else:
                session.expunge_all()  # so that what would have been done can still be told
                session.rollback()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def _check(self, connection: Connection, *, writes: bool) -> None:
        """See once that the schema is what it should be: whoever took a trigger away could move what can't move."""
        if self._checked:
            return
        if is_server(self.place):
            check_server(connection, self.place)
        elif writes and fingerprint(file_schema(connection.exec_driver_sql)) != known_fingerprint():
            raise DatabaseProblem("schema_changed", place=self.place)
        if writes and self.before_writing is not None:
            self.before_writing(connection, self.place)
        self._checked = writes or (is_server(self.place) and self.before_writing is None)


# A server


def server_engine(place: str) -> Engine:
    """What connects to a PostgreSQL server. Raises DatabaseProblem for any other."""
    try:
        url = make_url(place)
        (url.host or "").encode("idna")
    except UnicodeError:
        raise DatabaseProblem("unreachable", place=shown(place)) from None
    except (ArgumentError, ValueError):
        raise DatabaseProblem("unknown_kind", place=shown(place)) from None
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername != "postgresql+psycopg":
        raise DatabaseProblem("unknown_kind", place=shown(place))
    # A type that we have no use for: the library would ask for it at each start.
    return create_engine(url, isolation_level="SERIALIZABLE", poolclass=NullPool, use_native_hstore=False)


def server_version(connection: Connection, place: str) -> int:
    """The schema version of a database on a server. Raises DatabaseProblem: missing, not_ours."""
    if connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        tables = connection.scalar(text("SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema()"))
        raise DatabaseProblem("not_ours" if tables else "missing", place=shown(place))
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if not str(revision).isdigit() or connection.scalar(text("SELECT to_regclass('partnership_tables')")) is None:
        raise DatabaseProblem("not_ours", place=shown(place))
    return int(str(revision))


def check_server(connection: Connection, place: str, *, newer_too: bool = False) -> None:
    """Whether a database on a server can be used. Raises DatabaseProblem: missing, not_ours, newer, older."""
    check_version(server_version(connection, place), place, newer_too=newer_too)


# A file


def file_engine(path: Path, *, any_version: bool = False) -> Engine:
    """What connects to a file of ours; only an upgrade takes any version."""
    engine = create_engine(
        "sqlite://", creator=lambda: connect(path, any_version=any_version), poolclass=QueuePool, pool_size=1
    )

    # The library's own transactions on SQLite lose updates (trust.md 1): so the begin is ours, and a write takes the
    # lock before it reads.
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def connect(path: Path, *, any_version: bool = False) -> sqlite3.Connection:
    """A connection to a file that is ours, with every pragma read back. Raises DatabaseProblem."""
    if not any_version:
        check_header(path)
    connection = sqlite3.connect(
        address(path.absolute()),
        uri=True,
        isolation_level=None,
        timeout=BUSY_SECONDS,
        check_same_thread=False,
    )
    try:
        set_pragmas(connection, journal_of())
    except BaseException:
        connection.close()
        raise
    return connection


def set_pragmas(connection: sqlite3.Connection, journal: str) -> None:
    """Make the file safe, and see that it is (trust.md 1)."""
    wanted = {
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "synchronous": 3 if journal == "delete" else 2,
        "journal_mode": journal,
    }
    for pragma, value in wanted.items():
        if pragma != "journal_mode" or _pragma(connection, pragma) != value:
            connection.execute(f"PRAGMA {pragma}={value}")
    for pragma, value in wanted.items():
        if _pragma(connection, pragma) != value:
            raise DatabaseProblem("unsafe_pragma", pragma=pragma)


def _pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def create_file(path: Path, version: int = SCHEMA) -> None:
    """An empty file that is ours. Raises DatabaseProblem: exists, read_only, disk_full."""
    new_file(path)
    make_ours(path, version)


def make_ours(path: Path, version: int = SCHEMA) -> None:
    """Let an empty file be one of ours."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={version}")
