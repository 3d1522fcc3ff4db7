"""Making a database, bringing it up to date, looking whether it is whole, and copying it away."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

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


def upgrade(place: str) -> Upgraded:
    """Bring a database up to date in one transaction, after a copy of the file. Raises DatabaseProblem."""
    with problems(place):
        return _upgrade_server(place) if is_server(place) else _upgrade_file(Path(place))


def check(place: str) -> list[Finding]:
    """Whatever is not as it should be in a database. Raises DatabaseProblem where it can't be looked at."""
    with problems(place):
        return list(_check_server(place) if is_server(place) else _check_file(Path(place)))


def backup(place: str, to: Path) -> Path:
    """A copy of the file as it is at one moment, never over another. Raises DatabaseProblem."""
    if is_server(place):
        raise DatabaseProblem("backup_of_server", place=shown(place))  # its own pg_dump does it better
    version_of(Path(place))
    with problems(place):
        _copy(Path(place), to)
    return to


def file_as_made() -> Schema:
    """The schema that the migrations make, seen by making it in memory."""
    from sqlalchemy import create_engine

    with closing(create_engine("sqlite://").connect()) as connection:
        _migrate(connection)
        return file_schema(connection.exec_driver_sql)


# Making


def _create_file(path: Path) -> None:
    from models.database import create_file, file_engine

    create_file(path, version=0)
    try:
        with _writing(file_engine(path, any_version=True)) as connection:
            _begin(connection)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


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


def _upgrade_file(path: Path) -> Upgraded:
    from models.database import file_engine

    before = _outdated(version_of(path), path)
    if before is None:
        return Upgraded(SCHEMA, SCHEMA)
    kept = _copy_beside(path, before)
    with _writing(file_engine(path, any_version=True)) as connection:
        _migrate(connection)
    return Upgraded(before, SCHEMA, kept)


def _upgrade_server(place: str) -> Upgraded:
    from models.database import server_engine, server_version

    with _writing(server_engine(place)) as connection:
        before = _outdated(server_version(connection, place), place)
        if before is not None:
            _migrate(connection)
    return Upgraded(SCHEMA if before is None else before, SCHEMA)


def _outdated(version: int, place: str | Path) -> int | None:
    """The version, if it is older than ours. Raises DatabaseProblem if it is newer."""
    if version < SCHEMA:
        return version
    check_version(version, place)
    return None


# Copying


def _copy_beside(path: Path, version: int) -> Path:
    names = (path.with_name(f"{path.name}.v{version}{'' if n == 1 else f'-{n}'}.backup") for n in count(1))
    to = next(name for name in names if not name.exists())
    _copy(path, to)
    return to


def _copy(path: Path, to: Path) -> None:
    from models.database import new_file

    new_file(to)
    try:
        with closing(open_for_reading(path)) as connection:
            connection.execute("PRAGMA query_only=0")  # what is written to is the copy
            connection.execute("VACUUM INTO ?", [str(to)])
        _reach_disk(to)
    except BaseException as error:
        to.unlink(missing_ok=True)
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise DatabaseProblem("disk_full", place=str(to)) from error
        raise


def _reach_disk(path: Path) -> None:
    """SQLite does not wait for a copy to reach the disk, so that a power loss could leave half of it."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# Looking


def _check_file(path: Path) -> Iterator[Finding]:
    version = version_of(path)
    with closing(open_for_reading(path)) as connection:
        try:
            yield from _damage(connection)
            yield from _other_version(version, path)
            if version == SCHEMA:
                yield from _differences(file_as_made(), file_schema(connection.execute))
        except sqlite3.DatabaseError as error:
            problem = problem_of(error)
            if problem is None or problem.code not in ("unreadable", "not_ours"):
                raise
            yield Finding("damaged", str(path), str(error))


def _damage(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (says,) in connection.execute("PRAGMA integrity_check"):
        if says != "ok":
            yield Finding("damaged", "", says)
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Finding("points_nowhere", f"{table} {row}", parent)


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
def _writing(engine: "Engine") -> "Iterator[Connection]":
    """One transaction, in which nobody else changes the schema."""
    from models.database import WRITES

    with engine.execution_options(**{WRITES: True}).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")
        yield connection
