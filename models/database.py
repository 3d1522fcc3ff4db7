"""The database: one SQLite file by the recipe of trust.md section 1, or a PostgreSQL server."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from models.place import (
    APPLICATION_ID,
    BUSY_SECONDS,
    SCHEMA,
    DatabaseProblem,
    check_header,
    is_server,
    journal_of,
)

WRITES = "poyta_writes"


class Database:
    """Where everything is kept. Opens sessions for reading and for writing; holds none."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.engine = _server(make_url(place)) if is_server(place) else _file(Path(place))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the database and changes nothing."""
        with Session(self.engine, autoflush=False, expire_on_commit=False) as session:
            yield session
            session.rollback()

    @contextmanager
    def writing(self, *, keep: bool = True) -> Iterator[Session]:
        """A session whose changes are all kept, or none if it ends in an error. With `keep` off, none is."""
        engine = self.engine.execution_options(**{WRITES: True})
        with Session(engine, autoflush=False, expire_on_commit=False) as session:
            yield session
            if keep:
                session.commit()
            else:
                session.rollback()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _server(url: URL) -> Engine:
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    return create_engine(url, isolation_level="SERIALIZABLE", poolclass=NullPool)


def _file(path: Path) -> Engine:
    engine = create_engine("sqlite://", creator=lambda: connect(path), poolclass=NullPool)

    # The library's own transactions on SQLite lose updates (trust.md 1): so the begin is ours, and a write takes the
    # lock before it reads.
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def connect(path: Path) -> sqlite3.Connection:
    """A connection to a file that is ours, with every pragma read back. Raises DatabaseProblem."""
    check_header(path)
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)
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
    }
    for pragma, value in wanted.items():
        connection.execute(f"PRAGMA {pragma}={value}")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != journal:
        connection.execute(f"PRAGMA journal_mode={journal}")
    for pragma, value in wanted.items():
        if connection.execute(f"PRAGMA {pragma}").fetchone()[0] != value:
            raise DatabaseProblem("unsafe_pragma", pragma=pragma)


def create_file(path: Path) -> None:
    """An empty file that is ours, readable by its owner only. Raises DatabaseProblem where one is in the way."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise DatabaseProblem("exists", place=str(path)) from None
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={SCHEMA}")
    connection.close()
