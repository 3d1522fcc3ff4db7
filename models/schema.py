"""Making a database, bringing it up to date, and looking whether it is whole."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from models.files import give_new_name, nothing_left, passing, take_away
from models.fingerprint import Schema, file_schema, server_schema
from models.place import (
    APPLICATION_ID,
    SCHEMA,
    DatabaseProblem,
    check_version,
    is_server,
    open_for_reading,
    problem_of,
    problems,
    shown,
    version_of,
)
from models.sealing import new_origin

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).with_name("migrations")

Also = Callable[["Connection", int], None]
"""What else is done in the transaction of an upgrade. It is told the version that the database had before."""


class Upgraded(NamedTuple):
    """What an upgrade did: from which version to which, and where the file as it was is kept."""

    before: int
    after: int
    backup: Path | None = None


class Finding(NamedTuple):
    """Something about a database that is not as it should be: what, where, and what the database says of it."""

    code: str
    where: str
    says: str = ""


def create(place: str) -> None:
    """A new file, or everything that poyta needs in an empty database on a server. Raises DatabaseProblem."""
    with problems(place):
        if is_server(place):
            _create_on_server(place)
        else:
            _create_file(Path(place))


@contextmanager
def making(place: str) -> Iterator[None]:
    """A new database, which is there only if all goes well that is done with it first. Raises DatabaseProblem."""
    create(place)
    try:
        yield
    except BaseException:
        if not is_server(place):
            take_away(Path(place))
        raise


def upgrade(place: str, first: Also | None = None, then: Also | None = None, *, keep: bool = True) -> Upgraded:
    """Bring a database up to date in one transaction, after a copy of the file. Raises DatabaseProblem.

    `first` looks before anything is changed, and may raise what is in the way; `then` is done after everything else.
    With `keep` off all of it is taken back again, and no copy is made.
    """
    with problems(place):
        if not is_server(place) and _outdated(version_of(Path(place)), place) is None and then is None:
            return Upgraded(SCHEMA, SCHEMA)
        return _upgrade(place, first or _nothing, then or _nothing, keep=keep)


def check(place: str) -> list[Finding]:
    """Whatever is not as it should be in a database. Raises DatabaseProblem where it can't be looked at."""
    with problems(place):
        return list(_check_server(place) if is_server(place) else _check_file(Path(place)))


@cache
def file_as_made() -> Schema:
    """The schema that the migrations make, seen by making it in memory."""
    from sqlalchemy import create_engine

    with closing(create_engine("sqlite://").connect()) as connection:
        _migrate(connection)
        return file_schema(connection.exec_driver_sql)


# Making


def _create_file(path: Path) -> None:
    """The file has its name once all of it is there."""
    from models.database import file_engine, make_ours

    if path.exists():
        raise DatabaseProblem("exists", place=str(path))
    nothing_left(path)
    with passing(path, "part") as part:
        make_ours(part, version=0)
        engine = file_engine(part, any_version=True)
        with _let_go(engine), _writing(engine) as connection:
            _begin(connection)
        give_new_name(part, path)


def _create_on_server(place: str) -> None:
    from models.database import server_engine

    with _writing(server_engine(place)) as connection:
        if next(iter(_parts_of_server(connection)), None):
            raise DatabaseProblem("exists", place=shown(place))
        _begin(connection)


def _begin(connection: "Connection") -> None:
    """Everything that a new database needs, and the name that makes it itself."""
    from sqlalchemy import insert

    from models.history import Origin

    _migrate(connection)
    connection.execute(insert(Origin).values(id=1, name=new_origin()))


def _migrate(connection: "Connection") -> None:
    """Run every migration that is missing, on a connection whose transaction is begun and ended elsewhere."""
    from alembic.command import upgrade as to_revision
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    to_revision(config, "head")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")


# Bringing up to date


def _upgrade(place: str, first: Also, then: Also, *, keep: bool) -> Upgraded:
    kept = None
    with _writing(_engine_of_any_version(place), keep=keep) as connection:
        before = _version(connection, place)
        outdated = _outdated(before, place) is not None
        first(connection, before)
        if keep and not is_server(place) and (outdated or then is not _nothing):
            kept = _copy_beside(Path(place), before)  # nobody else can write to it now
        if outdated:
            (_migrate if before else _begin)(connection)
        then(connection, before)
        if outdated:
            _check_keys(connection, place)
    return Upgraded(before, SCHEMA, kept)


def _nothing(connection: "Connection", before: int) -> None:
    """Nothing else."""


def _engine_of_any_version(place: str) -> "Engine":
    from sqlalchemy import event

    from models.database import file_engine, server_engine

    if is_server(place):
        return server_engine(place)
    engine = file_engine(Path(place), any_version=True)
    # SQLite can't alter a constraint: a migration makes the table anew, and while the old one is gone, what points at
    # it points nowhere. Asking for keys can't be switched off within a transaction.
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=OFF"))
    return engine


def _check_keys(connection: "Connection", place: str) -> None:
    """See that all that points at something points at what is there."""
    if not is_server(place):
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            raise DatabaseProblem("points_nowhere", place=place, where=f"{table} {row}", parent=parent)


def _version(connection: "Connection", place: str) -> int:
    """The version of the schema, asked within the transaction: somebody else may just have brought it up to date."""
    from models.database import server_version

    if is_server(place):
        return server_version(connection, place)
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _outdated(version: int, place: str | Path) -> int | None:
    """The version, if it is older than ours. Raises DatabaseProblem if it is newer."""
    if version < SCHEMA:
        return version
    check_version(version, place)
    return None


def _copy_beside(path: Path, version: int) -> Path:
    from models.copies import copy_file, free_name

    to = free_name(path, f"v{version}")
    copy_file(path, to)
    return to


# Looking


def _check_file(path: Path) -> Iterator[Finding]:
    version = version_of(path)
    with closing(open_for_reading(path)) as connection:
        try:
            yield from _damage(connection)
            yield from _other_version(version, path)
            if version == SCHEMA:
                yield from _differences(file_as_made(), file_schema(connection.execute))
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            problem = problem_of(error)
            if problem is not None and problem.code not in _DAMAGED:
                raise
            yield Finding("damaged", str(path), _said(error))


_DAMAGED = ("unreadable", "not_ours", "strange_value")


def _said(error: Exception) -> str:
    """What the database complains of; where it quotes bytes that are no text, the driver can't say it."""
    return error.object.decode(errors="replace") if isinstance(error, UnicodeDecodeError) else str(error)


def _damage(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (says,) in connection.execute("PRAGMA integrity_check"):
        if says != "ok":
            yield Finding("damaged", "", says)
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Finding("points_nowhere", f"{table} {row}", parent)
    yield from _no_text(connection)


def _no_text(connection: sqlite3.Connection) -> Iterator[Finding]:
    """SQLite takes any bytes for a text, and so does its own check; but nobody could read the row.

    The history need not be read for that: its hashes tell, and it is long.
    """
    for (table,) in connection.execute(_SHORT_TABLES).fetchall():
        try:
            for _ in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608  # a name without anything special
                pass
        except sqlite3.OperationalError as error:
            yield Finding("damaged", table, str(error))


_SHORT_TABLES = """
    SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT GLOB '*[^a-z_]*'
    AND name NOT IN ('history', 'history_words')"""


def _check_server(place: str) -> Iterator[Finding]:
    from models.database import server_engine, server_version

    with closing(server_engine(place).connect()) as connection:
        version = server_version(connection, place)
        yield from _other_version(version, place)
        if version == SCHEMA:
            found = _parts_of_server(connection)
            yield from _differences(_server_as_made(connection), found)


def _other_version(version: int, place: str | Path) -> Iterator[Finding]:
    if version != SCHEMA:
        yield Finding("newer" if version > SCHEMA else "older", shown(place), str(version))


def _differences(wanted: Schema, found: Schema) -> Iterator[Finding]:
    for part in sorted(wanted.keys() | found.keys()):
        if part not in found:
            yield Finding("schema_missing", part)
        elif part not in wanted:
            yield Finding("schema_unknown", part)
        elif wanted[part] != found[part]:
            yield Finding("schema_changed", part)


def _server_as_made(connection: "Connection") -> Schema:
    """The schema that the migrations make on this very server, seen by making it of temporary tables."""
    connection.exec_driver_sql("SET LOCAL search_path = pg_temp")
    _migrate(connection)
    made = server_schema(connection.exec_driver_sql, "pg_my_temp_schema()")
    connection.rollback()
    return made


def _parts_of_server(connection: "Connection") -> Schema:
    return server_schema(connection.exec_driver_sql, "current_schema()::regnamespace")


@contextmanager
def _let_go(engine: "Engine") -> Iterator[None]:
    """No connection stays open."""
    try:
        yield
    finally:
        engine.dispose()


@contextmanager
def _writing(engine: "Engine", *, keep: bool = True) -> "Iterator[Connection]":
    """One transaction, in which nobody else changes the schema. With `keep` off, nothing of it is kept."""
    from models.database import WRITES

    try:
        with engine.execution_options(**{WRITES: True}).connect() as connection, connection.begin() as transaction:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")
            yield connection
            if not keep:
                transaction.rollback()
    finally:
        engine.dispose()
